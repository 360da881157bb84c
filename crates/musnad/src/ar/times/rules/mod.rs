//! The rules. Each reads one kind of expression from its first token on; the longest that reads is taken, the earlier of two
//! equally long ones.

mod ago;
mod clock;
pub(super) mod day;
mod feast;
mod length;
mod month;
mod period;
mod reference;
mod set;
mod year;

use super::terms::{Found, Reader};
use super::value::When;

/// One way to name a time.
pub(super) struct Rule {
    /// `dates:weekday`.
    pub(super) name: &'static str,
    /// Reads an expression that begins at a token.
    pub(super) read: fn(&Reader<'_>, usize) -> Option<Draft>,
}

/// An expression read, before its value is known.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// How many letters of its first token stand before it.
    pub(super) cut: u8,
    /// The token after it.
    pub(super) end: usize,
    /// What it says.
    pub(super) when: When,
}

impl Draft {
    fn new(cut: u8, end: usize, when: When) -> Self {
        Draft { cut, end, when }
    }

    fn of(first: &Found, end: usize, when: When) -> Self {
        Draft { cut: first.cut, end, when }
    }
}

/// All rules, in the order in which they are preferred.
pub(super) const RULES: [Rule; 42] = [
    Rule { name: "dates:relative-day", read: day::relative_day },
    Rule { name: "dates:weekday", read: day::weekday },
    Rule { name: "dates:day-of-month", read: day::day_of_month },
    Rule { name: "dates:listed-day", read: day::listed_day },
    Rule { name: "dates:numeric", read: day::numeric },
    Rule { name: "dates:day-of-this-month", read: day::day_of_this_month },
    Rule { name: "dates:month", read: month::month },
    Rule { name: "dates:month-and-day", read: month::month_and_day },
    Rule { name: "dates:second-day", read: month::second_day },
    Rule { name: "dates:month-in-figures", read: month::figures },
    Rule { name: "dates:hijri-month", read: month::hijri },
    Rule { name: "dates:year", read: year::year },
    Rule { name: "dates:bare-year", read: year::bare_year },
    Rule { name: "dates:decade", read: year::decade },
    Rule { name: "dates:century", read: year::century },
    Rule { name: "dates:second-century", read: year::second_century },
    Rule { name: "dates:decade-of-century", read: year::decade_of_century },
    Rule { name: "dates:season", read: year::season },
    Rule { name: "dates:period", read: period::period },
    Rule { name: "dates:counted-day", read: period::counted_day },
    Rule { name: "dates:weekend", read: period::weekend },
    Rule { name: "dates:edge", read: period::edge },
    Rule { name: "dates:part-of-period", read: period::part_of_period },
    Rule { name: "dates:nth-of-month", read: period::nth_of_month },
    Rule { name: "dates:feast", read: feast::feast },
    Rule { name: "dates:ago", read: ago::ago },
    Rule { name: "dates:after", read: ago::after },
    Rule { name: "dates:before-that", read: ago::before_that },
    Rule { name: "dates:reference", read: reference::reference },
    Rule { name: "dates:stretch", read: reference::stretch },
    Rule { name: "times:part-of-day", read: clock::part_of_day },
    Rule { name: "times:day-and-part", read: clock::day_and_part },
    Rule { name: "times:day-and-clock", read: clock::day_and_clock },
    Rule { name: "times:listed-hour", read: clock::listed_hour },
    Rule { name: "times:second-hour", read: clock::second_hour },
    Rule { name: "times:clock", read: clock::clock },
    Rule { name: "durations:last", read: length::last },
    Rule { name: "durations:amount", read: length::amount_alone },
    Rule { name: "durations:age", read: length::age },
    Rule { name: "durations:throughout", read: length::throughout },
    Rule { name: "sets:every", read: set::every },
    Rule { name: "sets:habit", read: set::habit },
];
