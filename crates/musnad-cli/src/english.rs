//! What the record's codes and a report's titles are in plain English.

use jiff::civil::Date;
use musnad::document::{Document, TimeKind};
use musnad::{Span, Tokens};
use musnad_lexicon::{Entry, Part, Table};

/// A speech act, in the past.
pub fn act(act: &str) -> &str {
    match act {
        "say" => "said",
        "inform" => "announced",
        "affirm" => "affirmed",
        "deny" => "denied",
        "claim" => "claimed",
        "accuse" => "accused",
        "criticize" => "criticised",
        "praise" => "praised",
        "demand" => "demanded",
        "warn" => "warned",
        "threaten" => "threatened",
        "promise" => "promised",
        "agree" => "agreed",
        "reject" => "rejected",
        "expect" => "expected",
        "explain" => "explained",
        "admit" => "admitted",
        "believe" => "held",
        other => other,
    }
}

/// A medium, as the first step of a chain.
pub fn medium(medium: &str) -> &str {
    match medium {
        "press_conference" => "press conference",
        "social_media" => "social media",
        "other" => "other medium",
        other => other,
    }
}

/// A sector of PLOVER.
pub fn sector(code: &str) -> &str {
    match code {
        "GOV" => "government",
        "MIL" => "military",
        "COP" => "police",
        "JUD" => "judiciary",
        "LEG" => "legislature",
        "SPY" => "intelligence",
        "PTY" => "party",
        "OPP" => "opposition",
        "REB" => "armed group",
        "UAF" => "unidentified armed force",
        "PRE" => "former government",
        "CRM" => "crime",
        "CVL" => "civilians",
        "MED" | "JRN" => "media",
        "BUS" => "business",
        "EDU" => "education",
        "HLH" => "health",
        "LAB" => "labour",
        "AGR" => "agriculture",
        "REF" => "refugees",
        "REL" => "religion",
        "IGO" => "intergovernmental",
        "NGO" => "non-governmental",
        "MNC" => "multinational",
        "ELI" => "elite",
        "SOC" => "society",
        "ACT" => "activists",
        "LAW" => "law",
        "DIS" => "displaced",
        "TOP" => "top official",
        other => other,
    }
}

/// The name of a state.
pub fn country(iso3: &'static str) -> &'static str {
    musnad_lexicon::arabic()
        .rows(Table::Country)
        .map(|(_, row)| row)
        .find(|row| row.get("iso3") == iso3)
        .map_or(iso3, |row| row.get("en"))
}

/// A day: Tuesday 13 March 2018.
pub fn day(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

/// The value of a time.
pub fn value(kind: TimeKind, value: &str) -> String {
    let told = match value {
        "PAST_REF" => Some("in the past".to_owned()),
        "PRESENT_REF" => Some("now".to_owned()),
        "FUTURE_REF" => Some("in the future".to_owned()),
        _ if kind == TimeKind::Duration => duration(value),
        _ => moment(value),
    };
    told.unwrap_or_else(|| value.to_owned())
}

/// A day, a part of one, or an hour: `2018-03-13TEV` is the evening of Tuesday 13 March 2018.
fn moment(value: &str) -> Option<String> {
    let Some((date, time)) = value.split_once('T') else {
        return value.parse().ok().map(day).or_else(|| month(value)).or_else(|| week(value));
    };
    let date = day(date.parse().ok()?);
    Some(match time {
        "MO" => format!("morning of {date}"),
        "MI" => format!("noon of {date}"),
        "AF" => format!("afternoon of {date}"),
        "EV" => format!("evening of {date}"),
        "NI" => format!("night of {date}"),
        clock if clock.starts_with(|c: char| c.is_ascii_digit()) => format!("{clock} on {date}"),
        _ => return None,
    })
}

/// `2018-W11` is the week of its Monday.
fn week(value: &str) -> Option<String> {
    let (year, week) = value.split_once("-W")?;
    let monday =
        jiff::civil::ISOWeekDate::new(year.parse().ok()?, week.parse().ok()?, jiff::civil::Weekday::Monday);
    Some(format!("week of {}", day(monday.ok()?.date())))
}

/// `2018-03` is March 2018.
fn month(value: &str) -> Option<String> {
    (value.len() == 7).then_some(())?;
    let first: Date = format!("{value}-01").parse().ok()?;
    Some(first.strftime("%B %Y").to_string())
}

/// `P3D` is 3 days, `PT2H` 2 hours, `PXY` some years.
fn duration(value: &str) -> Option<String> {
    let (rest, of_day) = match value.strip_prefix("PT") {
        Some(rest) => (rest, true),
        None => (value.strip_prefix('P')?, false),
    };
    let unit = rest.chars().next_back()?;
    let count = &rest[..rest.len() - unit.len_utf8()];
    let name = match unit {
        'S' => "second",
        'M' if of_day => "minute",
        'H' => "hour",
        'D' => "day",
        'W' => "week",
        'M' => "month",
        'Y' => "year",
        'E' => "decade",
        'C' => "century",
        _ => return None,
    };
    let plural = if name == "century" { "centuries".to_owned() } else { format!("{name}s") };
    match count {
        "1" => Some(format!("1 {name}")),
        "X" => Some(format!("some {plural}")),
        n if n.chars().all(|c| c.is_ascii_digit()) && !n.is_empty() => Some(format!("{n} {plural}")),
        _ => None,
    }
}

/// A title in English, as far as the lexicon knows its words: وزير الخارجية is "minister of foreign affairs".
pub fn title(doc: &Document, span: Span) -> Option<String> {
    let Tokens { start, end } = doc.tokens_of(span);
    let (mut at, end) = (start as usize, end as usize);
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    while at < end {
        let known = doc.entries(at).filter(|(r, _)| at + usize::from(r.tokens) <= end).find_map(|(r, e)| {
            let english = in_english(doc, e)?;
            Some((usize::from(r.tokens).max(1), e, english))
        });
        // A word that the lexicon does not know would leave a hole, and half a title says something else.
        let (tokens, entry, english) = known?;
        let of = matches!(before, Some(Table::Title)) && entry.table == Table::Portfolio;
        words.push(if of { format!("of {english}") } else { english.to_owned() });
        before = Some(entry.table);
        at += tokens;
    }
    (!words.is_empty()).then(|| words.join(" "))
}

fn in_english(doc: &Document, entry: Entry) -> Option<&'static str> {
    let fits = match entry.table {
        Table::Title | Table::Portfolio | Table::Group | Table::Organization | Table::Place => true,
        Table::Country => !matches!(entry.feat.part(), Part::Metonym | Part::Nisba),
        _ => false,
    };
    let english = doc.row(entry).get("en");
    // Of several meanings the first is the usual one: رئيس is "president, head".
    let usual = english.split(", ").next().unwrap_or(english);
    (fits && !usual.is_empty()).then_some(usual)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_told_in_words() {
        for (kind, timex, english) in [
            (TimeKind::Date, "2018-03-13", "Tuesday 13 March 2018"),
            (TimeKind::Date, "2018-03", "March 2018"),
            (TimeKind::Date, "2018", "2018"),
            (TimeKind::Date, "2018-SU", "2018-SU"),
            (TimeKind::Date, "2018-W11", "week of Monday 12 March 2018"),
            (TimeKind::Time, "2018-03-13TEV", "evening of Tuesday 13 March 2018"),
            (TimeKind::Time, "2018-03-13T21:00", "21:00 on Tuesday 13 March 2018"),
            (TimeKind::Date, "2018-02-30", "2018-02-30"),
            (TimeKind::Date, "PAST_REF", "in the past"),
            (TimeKind::Duration, "P3D", "3 days"),
            (TimeKind::Duration, "P1M", "1 month"),
            (TimeKind::Duration, "PT1M", "1 minute"),
            (TimeKind::Duration, "PXY", "some years"),
            (TimeKind::Duration, "P", "P"),
        ] {
            assert_eq!(value(kind, timex), english);
        }
    }

    #[test]
    fn titles_are_put_together_from_their_words() {
        // "The foreign minister arrived."
        let text = "وصل وزير الخارجية";
        let doc = musnad::read(musnad::Report { text: text.into(), ..musnad::Report::default() });
        let from = text.find("وزير").unwrap() as u32;
        let span = Span::new(from, text.len() as u32);
        assert_eq!(title(&doc, span).as_deref(), Some("minister of foreign affairs"));
        assert_eq!(title(&doc, Span::new(0, 6)), None, "a verb is no title");
    }

    #[test]
    fn states_have_names() {
        assert_eq!(country("RUS"), "Russia");
        assert_eq!(country("???"), "???");
    }
}
