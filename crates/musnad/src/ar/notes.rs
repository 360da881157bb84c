//! Remarks that a careful reader would make: dates that cannot be right, quotations that never close, words that nobody says.

use crate::document::{Document, Kind, Note, Proclitics, PublishedFrom, Status, Time, TimeKind};
use crate::span::Span;
use jiff::civil::Date;
use musnad_lexicon::Table;

/// The stage `notes`.
#[must_use]
pub fn notes(doc: &Document) -> Vec<Note> {
    let mut out = Vec::new();
    times(doc, &mut out);
    after_publication(doc, &mut out);
    quotations(doc, &mut out);
    for s in doc.statements.iter().filter(|s| s.speaker.is_none()) {
        out.push(Note {
            code: "speaker-unknown",
            message: "the text does not tell who says this".to_owned(),
            spans: vec![s.cue],
        });
    }
    out.sort_by_key(|n| n.spans.first().copied().unwrap_or_default());
    out
}

/// The day that a time names; `None` for a month, a year or anything that is not one day.
fn day(time: &Time) -> Option<Date> {
    time.value.get(..10).filter(|_| matches!(time.kind, TimeKind::Date | TimeKind::Time))?.parse().ok()
}

/// The values that the words of a time have in one class of `time_words.tsv`.
fn values(doc: &Document, time: &Time, class: &str) -> Vec<i8> {
    let mut out = Vec::new();
    let mut i = time.tokens.start as usize;
    while i < time.tokens.end as usize {
        let found = doc
            .entries(i)
            .filter(|(_, e)| e.table == Table::Time)
            .map(|(r, e)| (usize::from(r.tokens), doc.row(e)))
            .find(|(_, row)| row.get("class").trim_start_matches("bare_") == class);
        if let Some((_, row)) = found {
            out.extend(row.get("value").parse::<i8>().ok());
        }
        i += found.map_or(1, |(n, _)| n);
    }
    out
}

fn conflict(message: String, spans: Vec<Span>) -> Note {
    Note { code: "time-conflict", message, spans }
}

fn times(doc: &Document, out: &mut Vec<Note>) {
    for time in &doc.times {
        if let (Some(date), [weekday]) = (day(time), values(doc, time, "weekday").as_slice()) {
            let real = date.weekday().to_monday_one_offset();
            if real != *weekday {
                out.push(conflict(
                    format!("{date} was not the day of the week that is named"),
                    vec![time.span],
                ));
            }
        }
        twice(doc, time, out);
        let months = values(doc, time, "month");
        if months.windows(2).any(|m| m[0] != m[1]) && time.kind == TimeKind::Date {
            out.push(conflict(
                "the two names of the month mean different months".to_owned(),
                vec![time.span],
            ));
        }
    }
    for pair in doc.times.windows(2) {
        let [a, b] = pair else { continue };
        let (Some(x), Some(y)) = (day(a), day(b)) else { continue };
        let between = a.tokens.end as usize..b.tokens.start as usize;
        if x == y || between.len() > 12 {
            continue;
        }
        // الموافق "corresponding to": two calendars, one day; sighting the moon may move it by one.
        if between.len() <= 2
            && between.clone().any(|i| matches!(doc.word(i), "الموافق" | "موافق" | "الموافقة"))
        {
            let apart = x.until(y).map_or(0, |s| s.get_days().abs());
            if apart > 1 {
                let message = format!("the two calendars do not agree: {x} and {y}");
                out.push(conflict(message, vec![a.span, b.span]));
            }
            continue;
        }
        if !a.value.contains('T') && !b.value.contains('T') && one_thing(doc, a, b) {
            let message = format!("one thing is dated both {x} and {y}");
            out.push(conflict(message, vec![a.span, b.span]));
        }
    }
}

/// What one expression says twice: the day by two calendars, yesterday by its weekday, last year by its number.
fn twice(doc: &Document, time: &Time, out: &mut Vec<Note>) {
    let days = super::times::days_told_twice(doc, time);
    if let [x, .., y] = days.as_slice() {
        // Sighting the moon may move a Hijri day by one.
        if x.until(*y).map_or(0, |s| s.get_days().abs()) > 1 {
            out.push(conflict(format!("the two calendars do not agree: {x} and {y}"), vec![time.span]));
        }
    }
    let Some(published) = doc.report.published.filter(|_| doc.report.published_from == PublishedFrom::Given)
    else {
        return;
    };
    // أمس السبت on a Monday.
    if let ([by], [_], 2, Some(named)) = (
        values(doc, time, "day").as_slice(),
        values(doc, time, "weekday").as_slice(),
        time.tokens.len(),
        day(time),
    ) && let Ok(counted) = published.checked_add(jiff::Span::new().days(*by))
        && counted != named
    {
        let message = format!("{counted} was not the day of the week that is named");
        out.push(conflict(message, vec![time.span]));
    }
    // العام الماضي 2015 in 2018.
    let first = time.tokens.start as usize;
    let year = doc.entries(first).any(|(_, e)| e.table == Table::Time && doc.row(e).get("value") == "Y:1");
    let by = (first..time.tokens.end as usize).find_map(|i| {
        doc.entries(i).filter(|(_, e)| e.table == Table::Time).find_map(|(_, e)| {
            match (doc.row(e).get("class"), doc.row(e).get("value")) {
                ("toward", "last") => Some(-1),
                ("toward", "current") => Some(0),
                ("toward", "next") => Some(1),
                _ => None,
            }
        })
    });
    let told = doc.word((time.tokens.end as usize).saturating_sub(1)).parse::<i16>().ok();
    if let (true, Some(by), Some(told)) = (year, by, told.filter(|y| *y >= 1900))
        && told != published.year() + by
    {
        let message = format!("the year is told as {} and as {told}", published.year() + by);
        out.push(conflict(message, vec![time.span]));
    }
}

/// Whether two days stand in one clause that tells of one thing: "a visit planned today of the prime minister to Amman
/// tomorrow". No mark, no conjunction and no verb lies between, and no preposition makes a stretch of the two.
fn one_thing(doc: &Document, a: &Time, b: &Time) -> bool {
    let between = a.tokens.end as usize..b.tokens.start as usize;
    let same = doc.sentence(a.tokens.start as usize).map(|s| s.0)
        == doc.sentence(b.tokens.start as usize).map(|s| s.0);
    let preposition = |i: usize| super::statements::subject::is_preposition(doc, i);
    let first = doc.word(b.tokens.start as usize);
    same && between.len() >= 2
        && !preposition(between.end - 1)
        && !first.starts_with('و')
        && between.clone().all(|i| {
            let finite =
                doc.word_entries(i).any(|(r, e)| r.cut == 0 && e.table == Table::Verb && e.feat.is_finite());
            let joined = doc.readings(i).iter().any(|r| r.proclitics.any(Proclitics::AND));
            // The marks of a quoted name («الوفاق») part nothing.
            let parts = doc.kind(i) == Some(Kind::Mark)
                && !doc.is_mark(i, '«')
                && !doc.is_mark(i, '»')
                && !doc.is_mark(i, '"');
            !parts
                && !joined
                && !doc.is(i, crate::document::Classes::RELATIVE.or(crate::document::Classes::THAT))
                && (!finite || doc.cast.covering(i).is_some())
        })
        && deictic(doc, a)
        && deictic(doc, b)
}

/// Whether a time is a day seen from today (اليوم, غدا, أمس): two such days in one clause are rarely meant.
fn deictic(doc: &Document, time: &Time) -> bool {
    !values(doc, time, "day").is_empty() && time.tokens.len() == 1
}

/// Something told as having happened on a day that is still to come.
fn after_publication(doc: &Document, out: &mut Vec<Note>) {
    let Some(published) = doc.report.published else { return };
    for event in &doc.events {
        let Some(time) = event.time.and_then(|t| doc.times.get(t.index())) else { continue };
        if event.status == Status::Happened
            && let Some(date) = day(time)
            && date > published
        {
            out.push(Note {
                code: "time-after-publication",
                message: format!(
                    "what is told as past is dated {date}, after the day of publication, {published}"
                ),
                spans: vec![event.trigger, time.span],
            });
        }
    }
}

/// Quotation marks that open and never close. Where the next line opens one too, the quotation runs on over paragraphs.
fn quotations(doc: &Document, out: &mut Vec<Note>) {
    let opens = |p: usize| {
        doc.layout.paragraphs.get(p).is_some_and(|x| {
            let first = x.tokens.start;
            let q = doc.layout.quotes.partition_point(|q| q.open < first);
            doc.layout.quotes.get(q).is_some_and(|q| q.open == first)
        })
    };
    for q in doc.layout.quotes.iter().filter(|q| q.close.is_none()) {
        let i = q.open as usize;
        let paragraph = doc.sentence(i).map(|(_, s)| s.paragraph as usize);
        if paragraph.is_some_and(|p| opens(p + 1)) {
            continue;
        }
        out.push(Note {
            code: "quote-unclosed",
            message: "this quotation mark never closes".to_owned(),
            spans: vec![doc.tokens[i].span],
        });
    }
}
