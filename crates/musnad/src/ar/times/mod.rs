//! The stage `times`: dates, times of day, durations and sets, with their values as in TIMEX3.
//!
//! A rule (`rules`) reads one kind of expression from its first token on and says what it means before it is known what that
//! is relative to (`value::When`); the longest reading at a token is taken. Afterwards, in the order of the text, each gets its value from the day
//! of publication, the tense of its clause and the times named before it. Rules are tried only at tokens that have a row in
//! `time_words.tsv` or are numbers, and none looks further than a few tokens, so the stage is linear in the text.

mod calendar;
mod numbers;
mod rules;
mod tense;
mod terms;
mod value;

use crate::document::{Because, Document, Kind, Rejected, Time, TimeKind};
use crate::span::Tokens;
use jiff::civil::Date;
use musnad_lexicon::Table;
use rules::{Draft, RULES};
use terms::{Reader, Term};
use value::{Base, Context, Lean, Of, Point, When, Within, Year};

/// The stage `times`.
#[must_use]
pub fn times(doc: &Document, rejected: &mut Vec<Rejected>) -> Vec<Time> {
    let reader = Reader::new(doc);
    let mut context = Context { published: doc.report.published, ..Context::default() };
    let mut sentence = None;
    // The end of the last expression that was told or planned, and which.
    let mut last: Option<(usize, Lean)> = None;
    // The day last named outside quotations, and its sentence.
    let mut told: Option<(usize, Date)> = None;
    let mut out = Vec::new();
    let mut i = 0;
    while i < reader.len() {
        let Some((rule, draft)) = at(&reader, i) else {
            rejected.extend(rejection(&reader, i));
            i += 1;
            continue;
        };
        let here = doc.sentence(i).map(|s| s.0);
        if here != sentence {
            (sentence, context.day, context.here) = (here, None, None);
        }
        // Two sentences on, a quotation is of another day.
        let near = |(s, day): &(usize, Date)| {
            let now = here.unwrap_or_default();
            let past = context.published.is_none_or(|p| (0..15).contains(&calendar::days_between(*day, p)));
            (past && now.saturating_sub(*s) <= 1).then_some(*day)
        };
        context.said = told.as_ref().and_then(near);
        let asks = match &draft.when {
            When::PartAlone(_) | When::After(..) | When::Afterwards => true,
            When::Point(base, _) => asks_tense(base),
            _ => false,
        };
        let lean = match last {
            _ if !asks => Lean::Past,
            // من الثلاثاء إلى الخميس: the second of two is told as the first.
            Some((end, lean))
                if end + 1 == i && joint(&reader, end) || end == i && reader.and(i) == Some(i) =>
            {
                lean
            }
            _ => tense::lean(&reader, i),
        };
        last = asks.then_some((draft.end, lean));
        let (kind, value, point) = draft.when.resolve(&context, lean);
        if let Some(point) = point {
            if let Point::Day(d) = point {
                context.day = Some(d);
                if doc.quote(i).is_none() {
                    told = Some((here.unwrap_or_default(), d));
                }
            }
            context.here = Some(point.clone());
            context.named = Some(point);
        }
        out.push(time(&reader, i, &draft, rule, kind, value));
        i = draft.end.max(i + 1);
    }
    out
}

/// Whether a token joins the two ends of a stretch of time, or the two last of a list.
fn joint(reader: &Reader<'_>, at: usize) -> bool {
    reader.is_one(at, &["الى", "حتى", "وحتى", "و", "او"]) || reader.mark(at, '-') || reader.mark(at, '–')
}

/// Why a token that looks like a time is none, for those that a reader would ask about.
fn rejection(reader: &Reader<'_>, i: usize) -> Option<Rejected> {
    if !reader.doc.is_read(i) {
        return None;
    }
    let span = reader.doc.tokens.get(i)?.span;
    if reader.digits(i).is_some_and(|d| d.len == 4 && (1900..2100).contains(&d.value)) {
        return Some(Rejected {
            span,
            rule: "dates:bare-year",
            reason: "nothing beside the number says that it is a year",
        });
    }
    reader.at(i).iter().find_map(|f| match f.term {
        Term::Weekday(_) => Some(Rejected {
            span,
            rule: "dates:weekday",
            reason: "the word before makes it a part of a name",
        }),
        Term::Month(_) => Some(Rejected {
            span,
            rule: "dates:month",
            reason: "the word has another meaning, and nothing beside it says that it is a month",
        }),
        _ => None,
    })
}

/// The longest expression that begins at a token, with the rule that read it.
fn at(reader: &Reader<'_>, i: usize) -> Option<(&'static str, Draft)> {
    let number = reader.doc.kind(i) == Some(Kind::Number)
        || matches!(reader.doc.word(i), "ال" | "لل" | "بال") && reader.doc.kind(i + 1) == Some(Kind::Number);
    if !number && reader.at(i).is_empty() || !reader.doc.is_read(i) {
        return None;
    }
    let mut best: Option<(&'static str, Draft)> = None;
    for rule in &RULES {
        if let Some(draft) = (rule.read)(reader, i)
            && best.as_ref().is_none_or(|b| b.1.end < draft.end)
        {
            best = Some((rule.name, draft));
        }
    }
    best
}

/// Whether the value depends on whether the clause tells the past or the future.
fn asks_tense(base: &Base) -> bool {
    matches!(
        base,
        Base::Weekday { toward: None, week: None, .. }
            | Base::Month { year: Year::Untold, .. }
            | Base::WeekdayAndDay { .. }
            | Base::DayAlone(_)
            | Base::Nth { of: Of::Month { year: Year::Untold, .. }, .. }
            | Base::Nth { of: Of::Hijri { year: None, toward: None, .. }, .. }
            | Base::Season { year: Year::Untold, .. }
            | Base::Hijri { year: None, toward: None, .. }
            | Base::Feast { year: Year::Untold, .. }
            | Base::Weekend(0)
    )
}

fn time(
    reader: &Reader<'_>,
    i: usize,
    draft: &Draft,
    rule: &'static str,
    kind: TimeKind,
    value: String,
) -> Time {
    let mut end = draft.end;
    let mut span = reader.span(i, draft.cut, end);
    // A bracket opened inside is closed inside: 22 يوليو (تموز).
    let text = reader.doc.text(span);
    let (open, close) = (text.matches('(').count(), text.matches(')').count());
    let mut first = i;
    if open > close && reader.mark(end, ')') {
        end += 1;
        span = reader.span(i, draft.cut, end);
    } else if close > open && i > 0 && reader.mark(i - 1, '(') {
        // (5) أيام.
        first = i - 1;
        span = reader.span(first, 0, end);
    }
    let row = reader.at(i).first().map(|f| f.entry);
    let because = row.map_or(Because::rule(rule), |row| Because::row(rule, row));
    Time { span, tokens: Tokens::new(first, end), kind, value, because }
}

/// The days that an expression tells by both calendars (15 رمضان 1436 الموافق 2 يوليو 2015), where it tells more than one.
#[must_use]
pub fn days_told_twice(doc: &Document, time: &Time) -> Vec<Date> {
    let tokens = time.tokens.start as usize..time.tokens.end as usize;
    let class = |name: &str| {
        tokens
            .clone()
            .any(|i| doc.entries(i).any(|(_, e)| e.table == Table::Time && doc.row(e).get("class") == name))
    };
    // Most expressions are one day by one calendar, which needs no second look.
    let numbers = tokens.clone().filter(|i| doc.kind(*i) == Some(Kind::Number)).count();
    if numbers < 4 || !class("hijri") && !class("month") && numbers < 6 {
        return Vec::new();
    }
    let reader = Reader::new(doc);
    let days: Vec<Date> = rules::day::days_told(&reader, tokens.start, tokens.end)
        .into_iter()
        .filter_map(|base| {
            let (.., point) = When::Point(base, Within::Whole).resolve(&Context::default(), Lean::Past);
            if let Some(Point::Day(d)) = point { Some(d) } else { None }
        })
        .collect();
    if days.len() > 1 { days } else { Vec::new() }
}

/// How far into the text, in tokens, a dateline is looked for.
const DATELINE: usize = 80;

/// The day of publication by a dateline (القاهرة - 15 مارس 2018; أعلن اليوم الخميس 15 مارس 2018), for reports that came without
/// one: the first whole date near the beginning of the text that stands like one.
#[must_use]
pub fn dateline(doc: &Document) -> Option<Date> {
    let reader = Reader::new(doc);
    let mut i = 0;
    while i < reader.len().min(DATELINE) {
        let Some((rule, draft)) = at(&reader, i) else {
            i += 1;
            continue;
        };
        // The day stands between marks or on a line of its own, or with its weekday; in a sentence it is a day told of.
        let before = reader.doc.tokens[i].line_start || i > 0 && doc.kind(i - 1) == Some(Kind::Mark);
        let after = !reader.joined(draft.end) || doc.kind(draft.end) == Some(Kind::Mark);
        let alone = before && after || matches!(rule, "dates:weekday" | "dates:relative-day");
        if alone
            && let When::Point(
                base @ (Base::Month { year: Year::Told(_), day: Some(_), .. }
                | Base::Hijri { year: Some(_), day: Some(_), .. }),
                Within::Whole,
            ) = &draft.when
        {
            let (.., point) =
                When::Point(base.clone(), Within::Whole).resolve(&Context::default(), Lean::Past);
            return match point {
                Some(Point::Day(d)) => Some(d),
                _ => None,
            };
        }
        i = draft.end.max(i + 1);
    }
    None
}

/// The numbers of a text, for whoever counts something else than time.
pub(super) struct Numbers<'d>(terms::Reader<'d>);

impl<'d> Numbers<'d> {
    pub(super) fn of(doc: &'d Document) -> Self {
        Numbers(terms::Reader::new(doc))
    }

    /// A number in digits or words at a token, and the token after it: خمسة وعشرين "twenty-five".
    pub(super) fn at(&self, i: usize) -> Option<(u32, usize)> {
        numbers::cardinal(&self.0, i)
    }
}

#[cfg(test)]
mod testing {
    use crate::{PublishedFrom, Report};

    /// Reads a text published on Thursday 15 March 2018 and compares what is found in it, as `words=value`, in order.
    pub(super) fn check(text: &str, expected: &[&str]) {
        let report = Report {
            published: Some(jiff::civil::date(2018, 3, 15)),
            published_from: PublishedFrom::Given,
            text: text.to_owned(),
            ..Report::default()
        };
        let doc = crate::read_until(report, 3);
        assert_eq!(doc.check(), Ok(()));
        let found: Vec<String> =
            doc.times.iter().map(|t| format!("{}={}", doc.text(t.span), t.value)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[cfg(test)]
mod tests {
    use crate::{PublishedFrom, Report};

    #[test]
    fn datelines() {
        let published = |text: &str| {
            let doc = crate::read_until(Report { text: text.to_owned(), ..Report::default() }, 3);
            assert_eq!(doc.report.published.is_some(), doc.report.published_from == PublishedFrom::Text);
            doc.report.published.map(|d| d.to_string())
        };
        let day = Some("2018-03-15".to_owned());
        assert_eq!(published("القاهرة - 15 مارس 2018 - أعلن الوزير أمس استقالته."), day);
        assert_eq!(published("أعلن الوزير اليوم الخميس 15 مارس 2018 استقالته."), day);
        assert_eq!(published("أعلن الوزير استقالته.\nالخميس 15/3/2018\nوقال إنه تعب."), day);
        assert_eq!(published("أبرم الاتفاق في 14 يوليو 2015 ثم انسحب منه."), None);
        assert_eq!(published("أعلن الوزير أمس استقالته."), None);
    }
}
