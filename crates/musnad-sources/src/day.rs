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

/// The day in a date as sites print it for people: `الجمعة 8 فيفري 2019`, `04 آب/اغسطس 2013`, `12/03/2021`, where the day goes before
/// the month.
pub(crate) fn written_day(text: &str) -> Option<String> {
    named_day(text).or_else(|| numeric_day(text))
}

/// The day in a date that names its month, in Arabic or English, which leaves no doubt which number is the day.
pub(crate) fn named_day(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && !is_mark(c))
        .filter(|word| !word.is_empty())
        .take(64)
        .map(plain)
        .collect();
    let number = |i: usize| words.get(i).and_then(|word| word.parse::<u32>().ok());
    for i in 0..words.len() {
        let Some((month, length)) = arabic_month(&words[i..]).or_else(|| Some((month_of(&words[i])?, 1)))
        else {
            continue;
        };
        // A second name of the same month may follow, then the year.
        let mut after = i + length;
        while let Some((_, more)) = words.get(after..).and_then(arabic_month) {
            after += more;
        }
        let before = i.checked_sub(1).and_then(number);
        let found = match (before, number(after), number(after + 1)) {
            (Some(day), Some(year), _) if day <= 31 && year > 999 => checked(year, month, day),
            // June 4, 2020
            (_, Some(day), Some(year)) if day <= 31 && year > 999 => checked(year, month, day),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The first day written in numbers, with the year at one end.
fn numeric_day(text: &str) -> Option<String> {
    for part in text.split(|c: char| !(c.is_numeric() || matches!(c, '/' | '-' | '.'))) {
        let part = plain(part);
        let found = match leading_numbers(&part).as_slice() {
            [(year, 4), (month, 1..=2), (day, 1..=2)] => checked(*year, *month, *day),
            [(day, 1..=2), (month, 1..=2), (year, 4)] => {
                checked(*year, *month, *day).or_else(|| checked(*year, *day, *month))
            }
            _ => None,
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

/// The day in an address such as `/2018/02/17/`.
pub(crate) fn in_address(uri: &str) -> Option<String> {
    let parts: Vec<&str> = uri.split('/').collect();
    parts.windows(3).find_map(|window| {
        let [year, month, day] = window else { return None };
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return None;
        }
        checked(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    })
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{652}' | '\u{640}')
}

/// A word without vowel signs, with the forms of alef and yeh made one and its digits in ASCII.
fn plain(word: &str) -> String {
    let letters = word.chars().filter(|c| !is_mark(*c));
    letters
        .map(|c| match c {
            'أ' | 'إ' | 'آ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
            '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
            c => c,
        })
        .collect()
}

/// The names of the months from January on, as written without hamza: those of Egypt and the Gulf, of the Levant and Iraq, of Tunisia
/// and Algeria, of Morocco. Joomla writes كانون1 for كانون الأول.
const ARABIC_MONTHS: [&[&str]; 12] = [
    &["يناير", "كانون الثاني", "كانون2", "جانفي"],
    &["فبراير", "شباط", "فيفري"],
    &["مارس", "اذار"],
    &["ابريل", "نيسان", "افريل"],
    &["مايو", "ايار", "ماي"],
    &["يونيو", "يونيه", "حزيران", "جوان"],
    &["يوليو", "يوليه", "تموز", "جويليه", "يوليوز"],
    &["اغسطس", "اب", "اوت", "غشت"],
    &["سبتمبر", "ايلول", "شتنبر"],
    &["اكتوبر", "تشرين الاول", "تشرين1"],
    &["نوفمبر", "تشرين الثاني", "تشرين2", "نونبر"],
    &["ديسمبر", "كانون الاول", "كانون1", "دجنبر"],
];

/// The month that the words begin with, and how many words its name takes.
fn arabic_month(words: &[String]) -> Option<(u32, usize)> {
    let named = |name: &str| {
        let mut parts = name.split(' ');
        let count = parts.clone().count();
        (words.len() >= count && parts.all(|part| words.iter().take(count).any(|word| word == part)))
            .then_some(count)
    };
    ARABIC_MONTHS
        .iter()
        .enumerate()
        .find_map(|(i, names)| Some((i as u32 + 1, names.iter().find_map(|name| named(name))?)))
}

/// Whether a word is the name of a month or part of one.
pub(crate) fn is_month(word: &str) -> bool {
    let word = plain(word);
    month_of(&word).is_some()
        || ARABIC_MONTHS.iter().any(|names| names.iter().any(|name| name.split(' ').any(|part| part == word)))
}

/// The day in writing, if there is such a day, and in years that papers have appeared in: a lower one is of the Hijri calendar.
pub(crate) fn checked(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    ((1800..=2199).contains(&year) && (1..=days).contains(&day))
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
    fn days_as_sites_print_them() {
        for (text, expected) in [
            ("الجمعة 8 فيفري 2019", "2019-02-08"),
            ("الأحد، 04 آب/اغسطس 2013، آخر تحديث 02:21 (GMT+0400)", "2013-08-04"),
            ("نُشر: 01:10-7 مارس 2023 م", "2023-03-07"),
            ("١٢ كانون الأول (ديسمبر) ٢٠٢١", "2021-12-12"),
            ("3 تشرين الثاني 2020 الساعة 10", "2020-11-03"),
            ("تاريخ النشر: 05/11/2020 - 14:30", "2020-11-05"),
            ("الخميس, 17 كانون1/ديسمبر 2015 09:14", "2015-12-17"),
            ("الأربعاء 1438/6/16 هـ الموافق 2017/03/15 م", "2017-03-15"),
            ("2020-11-05 14:30", "2020-11-05"),
            ("March 7, 2023", "2023-03-07"),
            ("14 جمادى الآخرة 1441 هـ الموافق 8 فبراير 2020", "2020-02-08"),
        ] {
            assert_eq!(written_day(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "8 فيفري", "في مارس 2019", "15 رمضان 1440", "45/13/2020", "قبل 3 ساعات"]
        {
            assert_eq!(written_day(text), None, "{text}");
        }
        assert_eq!(in_address("https://a.example/ar/2018/02/17/x.html").as_deref(), Some("2018-02-17"));
        assert_eq!(in_address("https://a.example/2018/13/17/"), None);
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
            "1438-06-16",
            "0000-00-00",
            "2020-06-041",
        ] {
            assert_eq!(day(value), None, "{value}");
        }
        assert_eq!(day("2020-02-29").as_deref(), Some("2020-02-29"));
    }
}
