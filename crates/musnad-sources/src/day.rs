//! The day of publication, in the forms that machines write it.

/// The day at the start of a date or a timestamp, as `YYYY-MM-DD`, or `None` where there is none that exists.
///
/// Read are ISO 8601 and its kin (`2020-06-04`, `2020/6/4`, `20200604`, `2020-06-04T21:30:00+03:00`) and the forms of mail and feeds
/// (`Thu, 04 Jun 2020 21:30:00 GMT`, `June 4, 2020`). The day is the one written, in whatever zone it was written.
pub fn day(value: &str) -> Option<String> {
    let value = value.trim();
    let numbers = leading_numbers(value);
    match numbers.as_slice() {
        [(year, 4), (month, 1..=2), (day, 1..=2)] => checked(*year, *month, *day),
        [(compact, 8), ..] => checked(compact / 10_000, compact / 100 % 100, compact % 100),
        _ => with_month_name(value),
    }
}

/// Up to three numbers, with their counts of digits, that stand at the start of the value with one `-`, `/` or `.` between them.
fn leading_numbers(value: &str) -> Vec<(u32, usize)> {
    let mut numbers: Vec<(u32, usize)> = Vec::new();
    let mut open = false;
    for c in value.chars().take(16) {
        match c.to_digit(10) {
            Some(digit) if open => {
                if let Some((number, digits)) = numbers.last_mut() {
                    *number = number.saturating_mul(10).saturating_add(digit);
                    *digits += 1;
                }
            }
            Some(digit) if numbers.len() < 3 => {
                numbers.push((digit, 1));
                open = true;
            }
            None if open && numbers.len() < 3 && matches!(c, '-' | '/' | '.') => open = false,
            _ => break,
        }
    }
    numbers
}

/// `4 Jun 2020` or `Jun 4, 2020`, after a weekday or without one.
fn with_month_name(value: &str) -> Option<String> {
    let mut words = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    if words.peek().is_some_and(|word| is_weekday(word)) {
        words.next();
    }
    let (first, second, year) = (words.next()?, words.next()?, words.next()?);
    let (day, month) = match (month_of(second), month_of(first)) {
        (Some(month), _) => (first, month),
        (None, Some(month)) => (second, month),
        (None, None) => return None,
    };
    if year.len() != 4 {
        return None;
    }
    checked(year.parse().ok()?, month, day.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok()?)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

fn month_of(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    let is_month =
        |name: &&str| word == **name || word == name[..3] || (word == "sept" && name.starts_with("sept"));
    MONTHS.iter().position(is_month).map(|i| i as u32 + 1)
}

fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let word = word.to_ascii_lowercase();
    DAYS.iter().any(|name| word.len() >= 3 && name.starts_with(&word))
}

/// The day in writing, if there is such a day.
pub(crate) fn checked(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    ((1000..=2999).contains(&year) && (1..=days).contains(&day))
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_machines_write_them() {
        for value in [
            "2020-06-04",
            "2020-6-4",
            " 2020/06/04 10:00",
            "2020.06.04",
            "20200604",
            "20200604T101500Z",
            "2020-06-04T21:30:00+03:00",
            "Thu, 04 Jun 2020 21:30:00 GMT",
            "Thursday, 4 June 2020",
            "4 Jun 2020",
            "June 4, 2020",
            "June 4th, 2020 5:00 pm",
        ] {
            assert_eq!(day(value).as_deref(), Some("2020-06-04"), "{value}");
        }
    }

    #[test]
    fn days_that_are_none() {
        for value in [
            "",
            "yesterday",
            "2020-13-01",
            "2021-02-29",
            "2020-06",
            "04/06/2020",
            "1591264800",
            "0000-00-00",
            "2020-06-041",
        ] {
            assert_eq!(day(value), None, "{value}");
        }
        assert_eq!(day("2020-02-29").as_deref(), Some("2020-02-29"));
    }
}
