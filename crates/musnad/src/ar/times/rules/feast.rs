//! Feasts: عيد الأضحى, رأس السنة.

use super::super::calendar;
use super::super::terms::{Feast, Reader, Term, Toward};
use super::super::value::{Base, When, Within, Year};
use super::Draft;
use super::month::tail;
use jiff::civil::Date;

/// The day on which a feast falls in a Gregorian year.
pub(super) fn gregorian(feast: Feast, year: i16) -> Option<Date> {
    match feast {
        Feast::Gregorian(m, d) => Date::new(year, m, d).ok(),
        Feast::Easter(days) => calendar::add_days(calendar::easter(year)?, days),
        Feast::Hijri(m, d) => {
            let (h, _) = calendar::to_hijri(Date::new(year, 7, 1).ok()?)?;
            (h - 1..=h + 1).find_map(|h| calendar::from_hijri(h, m, d).filter(|x| x.year() == year))
        }
    }
}

/// A feast as a date: عيد الفطر "the Feast of Breaking the Fast", رأس السنة "New Year", عيد الميلاد 2020.
pub(super) fn feast(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (feast, f) = r.find(i, |f| match f.term {
        Term::Feast(x) => Some(x),
        _ => None,
    })?;
    let at = i + f.tokens;
    let at = if r.is_one(at, &["المبارك", "السعيد", "المجيد", "الميلادية", "الشريف"])
    {
        at + 1
    } else {
        at
    };
    let (year, end) = tail(r, at);
    let year = if year == Year::Lean(Toward::Current) { Year::Shift(0) } else { year };
    Some(Draft::of(f, end, When::Point(Base::Feast { feast, year }, Within::Whole)))
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn feasts() {
        check("في عيد الأضحى 2013.", &["عيد الأضحى 2013=2013-10-15"]);
        check("في عيد الفصح 2013.", &["عيد الفصح 2013=2013-03-31"]);
        check("سيعود في رأس السنة.", &["رأس السنة=2019-01-01"]);
        check("في رأس السنة الهجرية 2019.", &["رأس السنة الهجرية 2019=2019-08-31"]);
    }
}
