//! The words of times as the rules see them: which tokens have a row in `time_words.tsv`, and what it means.

use crate::document::{Document, Kind, Proclitics, Suffix};
use crate::span::Span;
use musnad_lexicon::{Entry, Table, arabic};
use std::sync::OnceLock;

/// A stretch of time of fixed length, or a part of the calendar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
}

/// Whether a unit's word is singular, dual or plural.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Count {
    One,
    Two,
    Many,
}

/// A part of the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
}

/// Where an adjective puts a time: الماضي "last", المقبل "next".
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Toward {
    Last,
    Previous,
    Next,
    Following,
    Current,
    Recent,
    Same,
}

/// Which edge of a stretch: أوائل, منتصف, أواخر.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Edge {
    Start,
    Middle,
    End,
}

/// A stretch of no fixed length.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stretch {
    Time,
    Period,
    Stage,
    Future,
    /// حين, only of what was told before: ذلك الحين "that time".
    Moment,
}

/// A word that may begin an expression without being a time itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Opener {
    This,
    That,
    Same,
    Before,
    After,
    /// قبلها "before it": before what was told.
    BeforeIt,
    AfterIt,
    Every,
    Final,
    Weekend,
}

/// The day of a feast.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Feast {
    Hijri(i8, i8),
    Gregorian(i8, i8),
    Easter(i32),
    /// Days from the Easter of the Eastern churches.
    EasternEaster(i32),
    /// The nth weekday of a month.
    Nth(i8, i8, i8),
    /// The nearer of the Feast of Breaking the Fast and the Feast of the Sacrifice.
    Eid,
}

/// What a row of the table means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Term {
    Month(i8),
    Hijri(i8),
    Weekday(i8),
    BareWeekday(i8),
    Number(u32),
    Ordinal(u32),
    Fraction(u32),
    Unit(Unit, Count),
    Part(Part),
    /// Its value in TIMEX3.
    Season(&'static str),
    Decade(i16),
    Day(i32),
    Toward(Toward),
    Reference(&'static str),
    Stretch(Stretch),
    Edge(Edge),
    Some,
    Rate(&'static str),
    Feast(Feast),
    Opener(Opener),
}

impl Term {
    /// The meaning of a class and value of the table; `None` for what the header does not list.
    fn parse(class: &str, value: &'static str) -> Option<Term> {
        let number = || value.parse::<u32>().ok();
        let small = || value.parse::<i8>().ok();
        Some(match class {
            "month" => Term::Month(small()?),
            "hijri" => Term::Hijri(small()?),
            "weekday" => Term::Weekday(small()?),
            "bare_weekday" => Term::BareWeekday(small()?),
            "number" => Term::Number(number()?),
            "ordinal" => Term::Ordinal(number()?),
            "fraction" => Term::Fraction(number()?),
            "unit" => {
                let (unit, count) = value.split_once(':')?;
                let unit = match unit {
                    "TS" => Unit::Second,
                    "TM" => Unit::Minute,
                    "TH" => Unit::Hour,
                    "D" => Unit::Day,
                    "W" => Unit::Week,
                    "M" => Unit::Month,
                    "Y" => Unit::Year,
                    "10Y" => Unit::Decade,
                    "100Y" => Unit::Century,
                    _ => return None,
                };
                let count = match count {
                    "1" => Count::One,
                    "2" => Count::Two,
                    "n" => Count::Many,
                    _ => return None,
                };
                Term::Unit(unit, count)
            }
            "part" => Term::Part(match value {
                "MO" => Part::Morning,
                "NOON" => Part::Noon,
                "AF" => Part::Afternoon,
                "EV" => Part::Evening,
                "NI" => Part::Night,
                _ => return None,
            }),
            "season" => Term::Season(value),
            "decade" => Term::Decade(value.parse().ok()?),
            "day" => Term::Day(value.parse().ok()?),
            "toward" => Term::Toward(match value {
                "last" => Toward::Last,
                "previous" => Toward::Previous,
                "next" => Toward::Next,
                "following" => Toward::Following,
                "current" => Toward::Current,
                "recent" => Toward::Recent,
                "same" => Toward::Same,
                _ => return None,
            }),
            "reference" => Term::Reference(value),
            "span" => Term::Stretch(match value {
                "time" => Stretch::Time,
                "period" => Stretch::Period,
                "stage" => Stretch::Stage,
                "future" => Stretch::Future,
                "moment" => Stretch::Moment,
                _ => return None,
            }),
            "edge" => Term::Edge(match value {
                "START" => Edge::Start,
                "MID" => Edge::Middle,
                "END" => Edge::End,
                _ => return None,
            }),
            "some" => Term::Some,
            "rate" => Term::Rate(value),
            "feast" => Term::Feast(match value.split_at_checked(1)? {
                ("E", days) => Feast::Easter(days.parse().ok()?),
                ("O", days) => Feast::EasternEaster(days.parse().ok()?),
                ("X", _) => Feast::Eid,
                ("N", day) => {
                    let mut parts = day.split('-').map(str::parse);
                    let mut part = || parts.next()?.ok();
                    Feast::Nth(part()?, part()?, part()?)
                }
                (calendar, day) => {
                    let (month, day) = day.split_once('-')?;
                    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
                    if calendar == "H" { Feast::Hijri(month, day) } else { Feast::Gregorian(month, day) }
                }
            }),
            "opener" => Term::Opener(match value {
                "this" => Opener::This,
                "that" => Opener::That,
                "same" => Opener::Same,
                "before" => Opener::Before,
                "after" => Opener::After,
                "before_it" => Opener::BeforeIt,
                "after_it" => Opener::AfterIt,
                "every" => Opener::Every,
                "final" => Opener::Final,
                "weekend" => Opener::Weekend,
                _ => return None,
            }),
            _ => return None,
        })
    }
}

/// What the rows mean, by where they begin in the table.
fn meanings() -> &'static [(u32, Term)] {
    static MEANINGS: OnceLock<Vec<(u32, Term)>> = OnceLock::new();
    MEANINGS.get_or_init(|| {
        arabic()
            .rows(Table::Time)
            .filter_map(|(at, row)| Some((at, Term::parse(row.get("class"), row.get("value"))?)))
            .collect()
    })
}

fn meaning(entry: Entry) -> Option<Term> {
    let all = meanings();
    all.binary_search_by_key(&entry.row, |m| m.0).ok().map(|i| all[i].1)
}

/// A row found at a token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) term: Term,
    /// How many tokens it takes.
    pub(super) tokens: usize,
    /// How many letters of the first token stand before it, its article not counted.
    pub(super) cut: u8,
    /// Whether it has the article in this place, attached or as a part of the word.
    pub(super) definite: bool,
    /// Which of و, ف, ب, ل and ك stand before it.
    pub(super) front: Proclitics,
    pub(super) entry: Entry,
}

/// A number written in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digits {
    pub(super) value: u32,
    /// How many digits it is written with.
    pub(super) len: u8,
}

/// The document with the words of times laid out for the rules.
pub(super) struct Reader<'d> {
    pub(super) doc: &'d Document,
    found: Vec<Found>,
    /// Where the rows of each token begin in `found`; one more than there are tokens.
    first: Vec<u32>,
}

impl<'d> Reader<'d> {
    pub(super) fn new(doc: &'d Document) -> Self {
        let mut found = Vec::new();
        let mut first = Vec::with_capacity(doc.tokens.len() + 1);
        for i in 0..doc.tokens.len() {
            first.push(found.len() as u32);
            for reading in doc.readings(i) {
                if reading.suffix != Suffix::None || !reading.entries.has(Table::Time) {
                    continue;
                }
                let p = reading.proclitics;
                if p.any(Proclitics::SA | Proclitics::KA) {
                    continue;
                }
                let article = p.any(Proclitics::AL);
                // للأسبوع "for the week": the article's alef is not written, its lam is what the expression begins with.
                let written = if !article {
                    0
                } else if p.any(Proclitics::LI) {
                    1
                } else {
                    2
                };
                for entry in reading.entries.of(Table::Time) {
                    let Some(term) = meaning(entry) else { continue };
                    let own = arabic().row(entry).get("word").starts_with("ال");
                    found.push(Found {
                        term,
                        tokens: usize::from(reading.tokens),
                        cut: reading.cut.saturating_sub(written),
                        definite: article || own,
                        front: Proclitics(p.0 & (Proclitics::AND | Proclitics::PREPOSITION)),
                        entry,
                    });
                }
            }
        }
        first.push(found.len() as u32);
        Reader { doc, found, first }
    }

    /// The word of a row as the table spells it.
    pub(super) fn row_word(&self, found: &Found) -> &'static str {
        arabic().row(found.entry).get("word")
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.doc.tokens.len()
    }

    /// The rows found at a token.
    pub(super) fn at(&self, i: usize) -> &[Found] {
        match (self.first.get(i), self.first.get(i.saturating_add(1))) {
            (Some(a), Some(b)) => &self.found[*a as usize..*b as usize],
            _ => &[],
        }
    }

    /// The first row at a token that `want` takes.
    pub(super) fn find<T>(&self, i: usize, want: impl Fn(&Found) -> Option<T>) -> Option<(T, &Found)> {
        self.at(i).iter().find_map(|f| want(f).map(|t| (t, f)))
    }

    /// The same for a token inside an expression: on the same line as the one before, without an attached و or preposition.
    pub(super) fn next<T>(&self, i: usize, want: impl Fn(&Found) -> Option<T>) -> Option<(T, &Found)> {
        if !self.joined(i) {
            return None;
        }
        self.at(i).iter().filter(|f| f.front.0 == 0).find_map(|f| want(f).map(|t| (t, f)))
    }

    /// Whether the token goes on in the line of the one before.
    pub(super) fn joined(&self, i: usize) -> bool {
        self.doc.tokens.get(i).is_some_and(|t| !t.line_start)
    }

    /// Whether the token is a word with this folded spelling, in the line of the one before.
    pub(super) fn is(&self, i: usize, word: &str) -> bool {
        self.joined(i) && self.doc.word(i) == word
    }

    /// Whether the token is one of these words, in the line of the one before.
    pub(super) fn is_one(&self, i: usize, words: &[&str]) -> bool {
        self.joined(i) && words.contains(&self.doc.word(i))
    }

    /// The folded spelling of the token before `i` on the same line, without و or ف where a reading allows it; empty at the
    /// beginning.
    pub(super) fn before(&self, i: usize) -> &str {
        if i == 0 || !self.joined(i) {
            return "";
        }
        // Egyptian papers write final ى for ي and the other way round.
        match self.doc.bare(i - 1) {
            "فى" => "في",
            "حتي" => "حتى",
            "الي" => "الى",
            word => word,
        }
    }

    /// Whether the token is the mark `c` and goes on in the line.
    pub(super) fn mark(&self, i: usize, c: char) -> bool {
        self.joined(i) && self.doc.is_mark(i, c)
    }

    /// The token after a comma at `i`, or `i` itself.
    pub(super) fn past_comma(&self, i: usize) -> usize {
        if self.mark(i, '،') || self.mark(i, ',') { i + 1 } else { i }
    }

    /// The number in digits at a token.
    pub(super) fn digits(&self, i: usize) -> Option<Digits> {
        if self.doc.kind(i) != Some(Kind::Number) {
            return None;
        }
        let word = self.doc.word(i);
        if word.len() > 9 || !word.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        Some(Digits { value: word.parse().ok()?, len: word.len() as u8 })
    }

    /// Whether the token is attached to the one before.
    pub(super) fn tight(&self, i: usize) -> bool {
        self.doc.tokens.get(i).is_some_and(|t| !t.spaced)
    }

    /// The token at which what "and" joins begins, where `i` is a و of its own before a number (و18), or `i` itself where its
    /// word has an attached و. `None` where nothing is joined.
    pub(super) fn and(&self, i: usize) -> Option<usize> {
        if !self.joined(i) {
            return None;
        }
        if self.doc.word(i) == "و" {
            return Some(i + 1);
        }
        self.at(i).iter().any(|f| f.front.any(Proclitics::WA)).then_some(i)
    }

    /// The span from a token, without `cut` letters at its front, up to before the token `end`.
    pub(super) fn span(&self, first: usize, cut: u8, end: usize) -> Span {
        let start = self.doc.cut(first, usize::from(cut));
        let last = self.doc.tokens.get(end.saturating_sub(1)).map_or(start, |t| t.span.end);
        Span::new(start, last.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_means_something() {
        for (_, row) in arabic().rows(Table::Time) {
            assert!(Term::parse(row.get("class"), row.get("value")).is_some(), "{}", row.line());
        }
    }
}
