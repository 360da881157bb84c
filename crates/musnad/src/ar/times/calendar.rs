//! The arithmetic of calendars: days, ISO weeks, Hijri dates, Easter.

use icu_calendar::cal::{Hijri, Iso};
use jiff::civil::Date;

/// The day `days` after another; `None` past the calendar's end.
pub(super) fn add_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// How many days a day lies after another.
pub(super) fn days_between(from: Date, to: Date) -> i32 {
    // The difference of two days of the calendar fits into 32 bits.
    from.until(to).map_or(0, |s| s.get_days())
}

/// Monday is 1, Sunday is 7.
pub(super) fn weekday(day: Date) -> i8 {
    day.weekday().to_monday_one_offset()
}

/// The month `by` months after another, as year and month; `None` before the common era and past the calendar's end.
pub(super) fn add_months(year: i16, month: i8, by: i32) -> Option<(i16, i8)> {
    let n = (i32::from(year) * 12 + i32::from(month) - 1).checked_add(by)?;
    let year = i16::try_from(n.div_euclid(12)).ok().filter(|y| *y > 0)?;
    Some((year, i8::try_from(n.rem_euclid(12) + 1).ok()?))
}

/// The Monday of the day's ISO week.
pub(super) fn monday(day: Date) -> Date {
    add_days(day, 1 - i32::from(weekday(day))).unwrap_or(day)
}

/// `2018-W20`.
pub(super) fn iso_week(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// Easter Sunday of the Western churches (the anonymous Gregorian computus).
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - b / 4 - g + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// Easter Sunday of the Eastern churches, as a Gregorian day (Meeus' Julian computus).
pub(super) fn eastern_easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let d = (19 * (y % 19) + 15) % 30;
    let e = (2 * (y % 4) + 4 * (y % 7) - d + 34) % 7;
    let n = d + e + 114;
    let julian = Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()?;
    // The two calendars are this many days apart.
    add_days(julian, y / 100 - y / 400 - 2)
}

/// The Gregorian day of a Hijri one by the calendar of Umm al-Qura.
pub(super) fn from_hijri(year: i32, month: i8, day: i8) -> Option<Date> {
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let hijri = Hijri::new_umm_al_qura();
    let fits = (1..=12).contains(&month) && (1000..2000).contains(&year);
    let found = fits
        .then(|| {
            icu_calendar::Date::try_new(year.into(), icu_calendar::types::Month::new(month), day, hijri).ok()
        })
        .flatten()?
        .to_calendar(Iso);
    let (month, day) = (found.month().ordinal, found.day_of_month().0);
    Date::new(
        i16::try_from(found.year().extended_year()).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// The Hijri year and month of a day.
pub(super) fn to_hijri(day: Date) -> Option<(i32, i8)> {
    let (month, dom) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    let iso = icu_calendar::Date::try_new_iso(i32::from(day.year()), month, dom).ok()?;
    let hijri = iso.to_calendar(Hijri::new_umm_al_qura());
    Some((hijri.year().extended_year(), i8::try_from(hijri.month().ordinal).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn weeks_months_and_easter() {
        assert_eq!(iso_week(date(2018, 3, 18)), "2018-W11");
        assert_eq!(monday(date(2018, 3, 18)), date(2018, 3, 12));
        assert_eq!(add_months(2018, 1, -1), Some((2017, 12)));
        assert_eq!(add_months(2018, 12, 1), Some((2019, 1)));
        assert_eq!(add_months(2018, 12, i32::MAX), None);
        assert_eq!(easter(2013), Some(date(2013, 3, 31)));
        assert_eq!(easter(2019), Some(date(2019, 4, 21)));
        assert_eq!(eastern_easter(2018), Some(date(2018, 4, 8)));
        assert_eq!(eastern_easter(2013), Some(date(2013, 5, 5)));
    }

    #[test]
    fn hijri_days() {
        assert_eq!(from_hijri(1436, 9, 15), Some(date(2015, 7, 2)));
        assert_eq!(from_hijri(1439, 10, 1), Some(date(2018, 6, 15)));
        assert_eq!(to_hijri(date(2018, 6, 15)), Some((1439, 10)));
        assert_eq!(from_hijri(1436, 13, 1), None);
    }
}
