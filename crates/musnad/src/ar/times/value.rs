//! What expressions say, and the values that they take in a report: told against the day of publication and the times named
//! before.

use super::calendar;
use super::terms::{Feast, Part, Toward, Unit};
use crate::document::TimeKind;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// What an expression says before it is known what it is relative to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum When {
    /// A point of the calendar, maybe with a part of its day or a time of the clock.
    Point(Base, Within),
    /// A length of time, as in TIMEX3.
    Length(String),
    /// What recurs, as in TIMEX3.
    Set(String),
    /// A part of the day alone: في الصباح. In the present it recurs, else it is of the day that the story is at.
    PartAlone(Part),
    /// So many units after now or after what was told: بعد ستة أشهر.
    After(Unit, i32),
    /// A point that is only said to lie before, after or now.
    Reference(&'static str),
    /// A while after what was told: بعد وقت قصير. Of what is told it lies before now, of what is planned after it.
    Afterwards,
    /// The time named before in the same sentence: ذلك الحين.
    Then,
}

/// What is told about the time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Within {
    Whole,
    Part(Part),
    /// Hours and minutes.
    Clock(i8, i8),
    /// Hours, minutes and seconds.
    Seconds(i8, i8, i8),
}

/// The year of a date, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    Told(i16),
    /// الماضي, المقبل and theirs after a month: the nearest such month on that side.
    Lean(Toward),
    /// العام الماضي, العام المقبل after a month: so many years from the year of publication.
    Shift(i16),
    /// من العام نفسه: the year last named.
    Named,
    /// من كل عام: each.
    Every,
    Untold,
}

/// A point of the calendar as the words tell it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Base {
    /// A month, or a day of it, of the Gregorian year.
    Month {
        year: Year,
        month: i8,
        day: Option<i8>,
    },
    /// A day of a month that is itself told by its distance from now: الخامس من الشهر الجاري.
    DayOf {
        months: i32,
        day: i8,
    },
    Year(i16),
    /// The month that was named, in the year so many from now: الشهر نفسه من العام الماضي.
    SameMonth(i16),
    /// A month of the Hijri year, or a day of it.
    Hijri {
        year: Option<i32>,
        month: i8,
        day: Option<i8>,
        toward: Option<Toward>,
    },
    /// A day of the week; `weeks` further on, and in the week that lies `week` weeks from now where that is told.
    Weekday {
        weekday: i8,
        toward: Option<Toward>,
        weeks: i32,
        week: Option<i32>,
    },
    /// So many days from now, and the weekday that it is said to be.
    DayAndWeekday {
        by: i32,
        weekday: i8,
    },
    /// A weekday with the day of its month: الجمعة 15. The nearest such day.
    WeekdayAndDay {
        weekday: i8,
        day: i8,
    },
    /// A day of a month that is not told: يوم 27.
    DayAlone(i8),
    /// The nth, or the last, weekday, day or week of a stretch.
    Nth {
        what: Counted,
        nth: Option<u32>,
        of: Of,
    },
    /// So many units from now or from the time last named.
    Shift {
        unit: Unit,
        by: i32,
        from: From,
    },
    /// The end of the week that lies so many weeks from now.
    Weekend(i32),
    /// A quarter (1-4) or half (1-2) of a year: its letter, its number, and the year.
    PartOfYear {
        letter: char,
        nth: u32,
        year: Year,
    },
    Season {
        season: &'static str,
        year: Year,
    },
    /// Decades and centuries: `196X`, `18XX`.
    Era(String),
    /// So many days after the first day of a feast.
    Feast {
        feast: Feast,
        days: i32,
        year: Year,
    },
}

/// What is counted within a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Weekday(i8),
    /// الثلاثاء الثالث من أيلول: the day of the month where it is such a weekday, else the nth such weekday.
    WeekdayOrDay(i8),
    Day,
    Week,
}

/// A stretch in which days and weeks are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    Month {
        year: Year,
        month: i8,
    },
    /// The month so many months from now.
    Months(i32),
    Hijri {
        year: Option<i32>,
        month: i8,
        toward: Option<Toward>,
    },
    Year(Year),
}

/// What a distance is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum From {
    Published,
    /// The time named last, else publication.
    Named,
    /// The time named last, where it is told closely enough: قبل ذلك بيومين.
    Told,
    /// The day named before in the same sentence, else publication: a time of the clock without a day.
    Sentence,
    /// The day of the words that a quotation holds, where one was named shortly before it, else publication.
    Said,
    /// The time named before in the same sentence, be it a day, month or year, else publication.
    Here,
}

/// Whether a clause tells what has happened, what happens, or what is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lean {
    Past,
    /// With a day beside it, the present tells a plan: يلتقي الوزير نظيره الثلاثاء.
    Present,
    Future,
}

/// A point of the calendar found.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Point {
    Day(Date),
    /// The week of a Monday.
    Week(Date),
    Month(i16, i8),
    Year(i16),
    /// Another value, and a day in it where one is known.
    Other(String, Option<Date>),
}

/// What is known where a value is asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    pub(super) published: Option<Date>,
    /// The time named last.
    pub(super) named: Option<Point>,
    /// The day named last in the same sentence.
    pub(super) day: Option<Date>,
    /// The day last named outside quotations, in this sentence or the one before it.
    pub(super) said: Option<Date>,
    /// The time named last in the same sentence.
    pub(super) here: Option<Point>,
}

impl Point {
    /// A day in it.
    pub(super) fn day(&self) -> Option<Date> {
        match self {
            Point::Day(d) | Point::Week(d) => Some(*d),
            Point::Month(y, m) => Date::new(*y, *m, 1).ok(),
            Point::Year(y) => Date::new(*y, 1, 1).ok(),
            Point::Other(_, d) => *d,
        }
    }

    /// Its value in TIMEX3.
    fn value(&self) -> String {
        match self {
            Point::Day(d) => d.to_string(),
            Point::Week(d) => calendar::iso_week(*d),
            Point::Month(y, m) => format!("{y:04}-{m:02}"),
            Point::Year(y) => format!("{y:04}"),
            Point::Other(v, _) => v.clone(),
        }
    }
}

/// The code of a part of the day.
pub(super) fn part_code(part: Part) -> &'static str {
    match part {
        Part::Morning => "TMO",
        Part::Noon => "T12:00",
        Part::Afternoon => "TAF",
        Part::Evening => "TEV",
        Part::Night => "TNI",
    }
}

impl When {
    /// The kind, value and point of an expression in its context.
    pub(super) fn resolve(&self, context: &Context, lean: Lean) -> (TimeKind, String, Option<Point>) {
        match self {
            When::Length(v) => (TimeKind::Duration, v.clone(), None),
            When::Set(v) => (TimeKind::Set, v.clone(), None),
            When::Reference(v) => (TimeKind::Date, (*v).to_owned(), None),
            When::Afterwards => {
                let value = if lean == Lean::Past { "PAST_REF" } else { "FUTURE_REF" };
                (TimeKind::Date, value.to_owned(), None)
            }
            When::Then => {
                let value = context.here.as_ref().map_or_else(|| "PAST_REF".to_owned(), Point::value);
                (TimeKind::Date, value, None)
            }
            When::After(unit, by) => after(*unit, *by, context, lean),
            When::PartAlone(part) if lean == Lean::Present || context.published.is_none() => {
                (TimeKind::Set, format!("XXXX-XX-XX{}", part_code(*part)), None)
            }
            // Of a year or a month that was named no day is known.
            When::PartAlone(part)
                if context.named.as_ref().is_some_and(|p| !matches!(p, Point::Day(_)))
                    && lean == Lean::Past =>
            {
                (TimeKind::Time, format!("XXXX-XX-XX{}", part_code(*part)), None)
            }
            When::PartAlone(part) => {
                let base = Base::Shift { unit: Unit::Day, by: 0, from: From::Named };
                When::Point(base, Within::Part(*part)).resolve(context, lean)
            }
            When::Point(base @ Base::Month { year: Year::Every, .. }, _) => {
                (TimeKind::Set, base.unanchored(), None)
            }
            When::Point(base, within) => {
                let point = base.point(context, lean);
                let known = point.is_some();
                let mut value = point.as_ref().map_or_else(|| base.unanchored(), Point::value);
                let of_day = known || value.starts_with("XXXX-");
                match within {
                    Within::Whole => {}
                    Within::Part(p) if of_day => value.push_str(part_code(*p)),
                    Within::Clock(h, m) if of_day => value.push_str(&format!("T{h:02}:{m:02}")),
                    Within::Seconds(h, m, s) if of_day => value.push_str(&format!("T{h:02}:{m:02}:{s:02}")),
                    // A time of day on a day that cannot be told.
                    Within::Part(p) => value = format!("XXXX-XX-XX{}", part_code(*p)),
                    Within::Clock(h, m) => value = format!("XXXX-XX-XXT{h:02}:{m:02}"),
                    Within::Seconds(h, m, s) => value = format!("XXXX-XX-XXT{h:02}:{m:02}:{s:02}"),
                }
                let kind = if *within == Within::Whole { TimeKind::Date } else { TimeKind::Time };
                (kind, value, point)
            }
        }
    }
}

/// The point so many units after now, where the clause plans, or after the day named before, where it tells. Plans for months
/// and years on are counted from no day that can be told.
fn after(unit: Unit, by: i32, context: &Context, lean: Lean) -> (TimeKind, String, Option<Point>) {
    let from = match lean {
        Lean::Future if unit <= Unit::Week => context.published,
        Lean::Past => context.named.as_ref().and_then(Point::day),
        _ => None,
    };
    let point = from.and_then(|d| shift(d, unit, by));
    // What is told has happened by the day of publication.
    let fits = lean == Lean::Future || point.as_ref().and_then(Point::day) <= context.published;
    match point.filter(|_| fits) {
        Some(p) => (TimeKind::Date, p.value(), Some(p)),
        None if lean == Lean::Past => (TimeKind::Date, "PAST_REF".to_owned(), None),
        None => (TimeKind::Date, "FUTURE_REF".to_owned(), None),
    }
}

impl Base {
    /// The point of the calendar; `None` where it is relative to a day of publication that is not known.
    fn point(&self, context: &Context, lean: Lean) -> Option<Point> {
        let now = context.published;
        match self {
            Base::Year(y) => Some(Point::Year(*y)),
            Base::SameMonth(by) => {
                let month = context.named.as_ref().and_then(Point::day).or(now)?.month();
                Some(Point::Month(now?.year().checked_add(*by)?, month))
            }
            Base::Era(v) => Some(Point::Other(v.clone(), None)),
            Base::Month { year, month, day } => {
                let year = year_of(*year, *month, *day, context, lean)?;
                match day {
                    // The 29th of February stands in leap years only: another year cannot be meant.
                    Some(d) => Date::new(year, *month, *d).ok().map(Point::Day),
                    None => Some(Point::Month(year, *month)),
                }
            }
            Base::DayOf { months, day } => {
                let now = now?;
                let (y, m) = calendar::add_months(now.year(), now.month(), *months)?;
                Date::new(y, m, *day).ok().map(Point::Day)
            }
            Base::Hijri { year, month, day, toward } => hijri(*year, *month, *day, *toward, context, lean),
            Base::Weekday { weekday, toward, weeks, week } => {
                let now = now?;
                let day = match week {
                    Some(w) => calendar::add_days(calendar::monday(now), w * 7 + i32::from(*weekday) - 1)?,
                    None => {
                        let back = (i32::from(calendar::weekday(now)) - i32::from(*weekday)).rem_euclid(7);
                        let past = calendar::add_days(now, -back)?;
                        match (toward, lean) {
                            (Some(Toward::Last | Toward::Previous), _) if back == 0 => {
                                calendar::add_days(now, -7)?
                            }
                            // On a Tuesday, the Tuesday that is told of or planned is today.
                            (None, _) if back == 0 => now,
                            (Some(Toward::Next | Toward::Following), _)
                            | (None, Lean::Future | Lean::Present) => calendar::add_days(past, 7)?,
                            _ => past,
                        }
                    }
                };
                calendar::add_days(day, weeks * 7).map(Point::Day)
            }
            Base::DayAndWeekday { by, weekday } => {
                // A report that is dated late says أمس السبت of a day before yesterday: the nearest Saturday is meant.
                let day = calendar::add_days(now?, *by)?;
                let off = (i32::from(*weekday) - i32::from(calendar::weekday(day))).rem_euclid(7);
                calendar::add_days(day, if off > 3 { off - 7 } else { off }).map(Point::Day)
            }
            Base::WeekdayAndDay { weekday, day } => {
                let now = now?;
                let fits = |months: i32| {
                    let (y, m) = calendar::add_months(now.year(), now.month(), months)?;
                    Date::new(y, m, *day).ok().filter(|d| calendar::weekday(*d) == *weekday)
                };
                let near = |d: &Date| {
                    let days = calendar::days_between(now, *d);
                    (if lean == Lean::Past { days > 0 } else { days < 0 }, days.abs())
                };
                (-6..=6).filter_map(fits).min_by_key(near).map(Point::Day)
            }
            Base::DayAlone(day) => {
                let now = now?;
                let months = match lean {
                    Lean::Past if *day > now.day() => -1,
                    Lean::Future | Lean::Present if *day < now.day() => 1,
                    _ => 0,
                };
                let (y, m) = calendar::add_months(now.year(), now.month(), months)?;
                Date::new(y, m, *day).ok().map(Point::Day)
            }
            Base::Nth { what, nth, of } => nth_of(*what, *nth, *of, context, lean),
            Base::Shift { unit, by, from } => {
                let named = match from {
                    From::Published => None,
                    From::Named => context.named.as_ref().and_then(Point::day),
                    From::Sentence => context.day,
                    From::Said => context.said,
                    From::Here => context.here.as_ref().and_then(Point::day),
                    From::Told => {
                        let close = |p: &&Point| match p {
                            Point::Day(_) => true,
                            Point::Week(_) => *unit >= Unit::Week,
                            Point::Month(..) => *unit >= Unit::Month,
                            Point::Year(_) | Point::Other(..) => *unit >= Unit::Year,
                        };
                        let told = context.named.as_ref().filter(close).and_then(Point::day);
                        return shift(told?, *unit, *by);
                    }
                };
                shift(named.or(now)?, *unit, *by)
            }
            Base::Weekend(weeks) => {
                let day = calendar::add_days(now?, weeks * 7)?;
                Some(Point::Other(format!("{}-WE", calendar::iso_week(day)), Some(calendar::monday(day))))
            }
            Base::PartOfYear { letter, nth, year } => {
                let year = plain_year(*year, context)?;
                Some(Point::Other(format!("{year:04}-{letter}{nth}"), Date::new(year, 1, 1).ok()))
            }
            Base::Season { season, year } => {
                // A season is placed by its middle month.
                let month = match *season {
                    "SP" => 4,
                    "SU" => 7,
                    "FA" => 10,
                    _ => 1,
                };
                let mut year = year_of(*year, month, None, context, lean)?;
                // The winter that began in December is named by that year.
                if *season == "WI" && !matches!(self, Base::Season { year: Year::Told(_), .. }) {
                    year -= 1;
                }
                Some(Point::Other(format!("{year:04}-{season}"), Date::new(year, month, 1).ok()))
            }
            Base::Feast { feast, days, year } => {
                let first = feast_day(*feast, *year, context, lean)?;
                calendar::add_days(first, *days).map(Point::Day)
            }
        }
    }

    /// The value of a point that cannot be told without the day of publication.
    fn unanchored(&self) -> String {
        match self {
            Base::Weekday { weekday, .. }
            | Base::DayAndWeekday { weekday, .. }
            | Base::WeekdayAndDay { weekday, .. } => format!("XXXX-WXX-{weekday}"),
            Base::Month { month, day: Some(day), .. } => format!("XXXX-{month:02}-{day:02}"),
            Base::Month { month, day: None, .. } => format!("XXXX-{month:02}"),
            Base::Shift { by, .. } | Base::Weekend(by) => match by {
                0 => "PRESENT_REF",
                ..0 => "PAST_REF",
                _ => "FUTURE_REF",
            }
            .to_owned(),
            Base::Season { season, .. } => format!("XXXX-{season}"),
            Base::PartOfYear { letter, nth, .. } => format!("XXXX-{letter}{nth}"),
            Base::DayOf { day, .. } | Base::DayAlone(day) => format!("XXXX-XX-{day:02}"),
            Base::Feast { feast: Feast::Gregorian(m, d), .. } => format!("XXXX-{m:02}-{d:02}"),
            _ => "XXXX".to_owned(),
        }
    }
}

impl Of {
    /// Its first and its last day.
    fn bounds(self, context: &Context, lean: Lean) -> Option<(Date, Date)> {
        let month = |y: i16, m: i8| {
            let first = Date::new(y, m, 1).ok()?;
            Some((first, first.last_of_month()))
        };
        match self {
            Of::Month { year, month: m } => month(year_of(year, m, None, context, lean)?, m),
            Of::Months(by) => {
                let now = context.published?;
                let (y, m) = calendar::add_months(now.year(), now.month(), by)?;
                month(y, m)
            }
            Of::Hijri { year, month, toward } => {
                let year = hijri_year(year, month, None, toward, context, lean)?;
                let last = [30, 29].into_iter().find_map(|d| calendar::from_hijri(year, month, d))?;
                Some((calendar::from_hijri(year, month, 1)?, last))
            }
            Of::Year(year) => {
                let year = plain_year(year, context)?;
                Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
            }
        }
    }
}

/// The nth, or the last, weekday, day or full week of a stretch; of a year the weeks are those of ISO 8601.
fn nth_of(what: Counted, nth: Option<u32>, of: Of, context: &Context, lean: Lean) -> Option<Point> {
    let (first, last) = of.bounds(context, lean)?;
    let steps = nth.map(|n| i32::try_from(n).unwrap_or(i32::MAX).saturating_sub(1));
    if let (Counted::Week, Of::Year(_)) = (what, of) {
        let weeks = match nth {
            Some(n) => i8::try_from(n).ok()?..=i8::try_from(n).ok()?,
            None => 52..=53,
        };
        let monday = |w| ISOWeekDate::new(first.year(), w, Weekday::Monday).ok().map(ISOWeekDate::date);
        return weeks.rev().find_map(monday).map(Point::Week);
    }
    let (weekday, length) = match what {
        Counted::Day => {
            let day = steps.map_or(Some(last), |n| calendar::add_days(first, n))?;
            return (day <= last).then_some(Point::Day(day));
        }
        Counted::WeekdayOrDay(d) => {
            let same =
                steps.and_then(|n| calendar::add_days(first, n)).filter(|x| calendar::weekday(*x) == d);
            if let Some(day) = same {
                return Some(Point::Day(day));
            }
            (d, 1)
        }
        Counted::Weekday(d) => (d, 1),
        Counted::Week => (1, 7),
    };
    let ahead = (i32::from(weekday) - i32::from(calendar::weekday(first))).rem_euclid(7);
    let steps =
        steps.unwrap_or_else(|| (calendar::days_between(first, last) + 1 - length - ahead).div_euclid(7));
    let day = calendar::add_days(first, steps.checked_mul(7)?.checked_add(ahead)?)?;
    match what {
        Counted::Week => Some(Point::Week(day)),
        _ => (day <= last).then_some(Point::Day(day)),
    }
}

/// The year that a part of a year belongs to.
fn plain_year(year: Year, context: &Context) -> Option<i16> {
    let now = context.published.map(Date::year);
    Some(match year {
        Year::Told(y) => y,
        Year::Shift(by) => now? + by,
        Year::Lean(Toward::Last | Toward::Previous) => now? - 1,
        Year::Lean(Toward::Next | Toward::Following) => now? + 1,
        Year::Named => context.named.as_ref().and_then(Point::day).map(Date::year).or(now)?,
        Year::Lean(_) | Year::Untold | Year::Every => now?,
    })
}

/// A month named without its year may lie this many months before publication; one further back is rather the coming one.
const FAR_BACK: i32 = 8;

/// The year of a month, or of a day of it.
fn year_of(year: Year, month: i8, day: Option<i8>, context: &Context, lean: Lean) -> Option<i16> {
    let (last, lean) = match year {
        Year::Lean(Toward::Last | Toward::Previous) => (true, Lean::Past),
        Year::Lean(Toward::Next | Toward::Following) => (true, Lean::Future),
        Year::Untold => (false, lean),
        _ => return plain_year(year, context),
    };
    let now = context.published?;
    // Compared as month and day; without a day, a month against the month of publication.
    let here = (now.month(), day.map_or(0, |_| now.day()));
    let told = (month, day.unwrap_or(0));
    let y = now.year();
    Some(match lean {
        Lean::Past if told < here || told == here && !last => {
            let back = i32::from(now.month() - month);
            // In December, "January" without a year or adjective is rather the coming one.
            if !last && back > FAR_BACK { y + 1 } else { y }
        }
        Lean::Past => {
            let back = 12 - i32::from(month - now.month());
            if !last && back > FAR_BACK { y } else { y - 1 }
        }
        _ if told > here || told == here && !last => y,
        // What was weeks ago is not what is planned for a year from then without saying so, nor is what the present tells.
        Lean::Present if !last && i32::from(now.month() - month) <= 3 => y,
        _ if !last && i32::from(now.month() - month) <= 1 => y,
        _ => y + 1,
    })
}

/// The point that lies so many units from a day.
fn shift(day: Date, unit: Unit, by: i32) -> Option<Point> {
    // Before the common era there is no year to write: the value is PAST_REF.
    let year = |by: i32| i16::try_from(i32::from(day.year()).checked_add(by)?).ok().filter(|y| *y > 0);
    Some(match unit {
        Unit::Second | Unit::Minute | Unit::Hour => return None,
        Unit::Day => Point::Day(calendar::add_days(day, by)?),
        Unit::Week => Point::Week(calendar::monday(calendar::add_days(day, by.checked_mul(7)?)?)),
        Unit::Month => {
            let (y, m) = calendar::add_months(day.year(), day.month(), by)?;
            Point::Month(y, m)
        }
        Unit::Year => Point::Year(year(by)?),
        Unit::Decade => {
            let y = year(by.checked_mul(10)?)?;
            Point::Other(format!("{:03}X", y / 10), Date::new(y, 1, 1).ok())
        }
        Unit::Century => {
            let y = year(by.checked_mul(100)?)?;
            Point::Other(format!("{:02}XX", y / 100), Date::new(y, 1, 1).ok())
        }
    })
}

/// The year of a month of the Hijri year, or of a day of it.
fn hijri_year(
    year: Option<i32>,
    month: i8,
    day: Option<i8>,
    toward: Option<Toward>,
    context: &Context,
    lean: Lean,
) -> Option<i32> {
    Some(match year {
        Some(y) => y,
        None => {
            let now = context.published?;
            let (y, m) = calendar::to_hijri(now)?;
            let start = |y| calendar::from_hijri(y, month, day.unwrap_or(1));
            match (toward, lean) {
                (Some(Toward::Last | Toward::Previous), _) if m == month && day.is_none() => y - 1,
                // What the present tells is the nearest.
                (None, Lean::Present) => {
                    let far = |h: &i32| start(*h).map_or(i32::MAX, |d| calendar::days_between(now, d).abs());
                    [y - 1, y, y + 1].into_iter().min_by_key(far)?
                }
                (Some(Toward::Next | Toward::Following), _) | (None, Lean::Future) => {
                    if start(y)? > now {
                        y
                    } else {
                        y + 1
                    }
                }
                (Some(Toward::Current), _) => y,
                _ => {
                    let past = if start(y)? <= now { y } else { y - 1 };
                    // A month that begins within weeks is not last year's.
                    let soon = day.is_none() && start(y)? > now && start(y)? <= calendar::add_days(now, 60)?;
                    if soon { y } else { past }
                }
            }
        }
    })
}

fn hijri(
    year: Option<i32>,
    month: i8,
    day: Option<i8>,
    toward: Option<Toward>,
    context: &Context,
    lean: Lean,
) -> Option<Point> {
    let year = hijri_year(year, month, day, toward, context, lean)?;
    match day {
        Some(d) => calendar::from_hijri(year, month, d).map(Point::Day),
        None => {
            // A month of the Hijri year lies in two of ours; the one that holds its middle stands for it.
            let middle = calendar::from_hijri(year, month, 15)?;
            Some(Point::Month(middle.year(), middle.month()))
        }
    }
}

fn feast_day(feast: Feast, year: Year, context: &Context, lean: Lean) -> Option<Date> {
    if feast == Feast::Eid {
        // العيد alone is the nearer of the two.
        let both = [Feast::Hijri(10, 1), Feast::Hijri(12, 10)];
        let now = context.published?;
        let days = both.into_iter().filter_map(|f| feast_day(f, year, context, lean));
        return days
            .min_by_key(|d| (lean == Lean::Future && *d < now, calendar::days_between(now, *d).abs()));
    }
    let in_year = |y: i16| feast_in(feast, y);
    match year {
        Year::Untold => {
            let now = context.published?;
            let y = now.year();
            // A feast near at hand is meant, and of two far ones the one that the clause looks to.
            let near = |d: &Date| {
                let days = calendar::days_between(now, *d).abs();
                let wrong = if lean == Lean::Past { *d > now } else { *d < now };
                (lean == Lean::Future && wrong, days > 90, wrong, days)
            };
            [y - 1, y, y + 1].into_iter().filter_map(in_year).min_by_key(near)
        }
        Year::Lean(Toward::Last | Toward::Previous) => {
            let now = context.published?;
            let here = in_year(now.year())?;
            if here < now { Some(here) } else { in_year(now.year() - 1) }
        }
        Year::Lean(Toward::Next | Toward::Following) => {
            let now = context.published?;
            let here = in_year(now.year())?;
            if here > now { Some(here) } else { in_year(now.year() + 1) }
        }
        _ => in_year(plain_year(year, context)?),
    }
}

/// The first day of a feast in a year of our calendar.
pub(super) fn feast_in(feast: Feast, year: i16) -> Option<Date> {
    match feast {
        Feast::Gregorian(m, d) => Date::new(year, m, d).ok(),
        Feast::Easter(days) => calendar::add_days(calendar::easter(year)?, days),
        Feast::EasternEaster(days) => calendar::add_days(calendar::eastern_easter(year)?, days),
        Feast::Hijri(m, d) => {
            let (h, _) = calendar::to_hijri(Date::new(year, 7, 1).ok()?)?;
            (h - 1..=h + 1).find_map(|h| calendar::from_hijri(h, m, d).filter(|x| x.year() == year))
        }
        Feast::Nth(m, weekday, nth) => {
            let first = Date::new(year, m, 1).ok()?;
            let ahead = (i32::from(weekday) - i32::from(calendar::weekday(first))).rem_euclid(7);
            calendar::add_days(first, ahead + 7 * (i32::from(nth) - 1))
        }
        Feast::Eid => None,
    }
}

/// A length of time in TIMEX3; `None` for the count stands for an unknown one.
pub(super) fn length(unit: Unit, count: Option<u32>) -> String {
    // TIMEX3 counts decades and centuries in years.
    let (letter, times) = match unit {
        Unit::Second => ("TS", 1),
        Unit::Minute => ("TM", 1),
        Unit::Hour => ("TH", 1),
        Unit::Day => ("D", 1),
        Unit::Week => ("W", 1),
        Unit::Month => ("M", 1),
        Unit::Year => ("Y", 1),
        Unit::Decade => ("Y", 10),
        Unit::Century => ("Y", 100),
    };
    let count = count.map_or_else(|| "X".to_owned(), |n| n.saturating_mul(times).to_string());
    match letter.strip_prefix('T') {
        Some(l) => format!("PT{count}{l}"),
        None => format!("P{count}{letter}"),
    }
}
