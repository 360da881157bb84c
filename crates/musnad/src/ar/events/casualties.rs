//! How many were killed, wounded and arrested, and how the number is meant: مقتل 12 شخصا على الأقل "at least twelve killed".

use super::super::times::Numbers;
use super::scene::{Scene, in_bound};
use crate::document::{Bound, Casualty, Classes, Document, Kind, Toll};
use crate::span::Tokens;
use musnad_lexicon::{Number, Part, Table};

/// How far after its word a number may stand, in tokens.
const REACH: usize = 8;

/// The number that the trigger at `f` counts, if its row counts people and one is told.
pub(super) fn casualty(scene: &Scene<'_>, f: usize, numbers: &Numbers<'_>) -> Option<Casualty> {
    let found = scene.found.get(f)?;
    let toll = found.event?.toll?;
    let doc = scene.doc;
    let first = scene.tokens.start as usize;
    if found.feat.part() == Part::Noun
        && found.event?.recipient.iter().flatten().any(|s| *s == super::triggers::Slot::Itself)
    {
        return counted_before(doc, first, found.at, numbers)
            .map(|(number, bound, tokens)| make(doc, toll, number, bound, tokens));
    }
    // مقتل وإصابة 20 شخصا "the killing and wounding of 20": the number is of both together.
    if scene
        .found
        .get(f + 1)
        .is_some_and(|next| next.at == found.end && next.event.is_some_and(|r| r.toll.is_some()))
    {
        return None;
    }
    let end = (found.end + REACH).min(scene.tokens.end as usize);
    let mut i = found.end;
    while i < end {
        if in_bound(doc, i) {
            i += 1;
            continue;
        }
        if scene.is_wall(i)
            || i > found.end
                && (scene.is_verb(i)
                    || scene.found_at(i).is_some_and(|o| o.event.is_some_and(|r| r.toll.is_some())))
            || doc.is(i, Classes::RELATIVE) && !doc.is(i, Classes::PREPOSITION)
            || matches!(doc.bare(i), "بينهم" | "بينهما" | "منهم")
        {
            return None;
        }
        if doc.time_at(i).is_some() || doc.name_at(i).is_some() {
            i += 1;
            continue;
        }
        if let Some((number, word, to)) = quantity(doc, i, numbers) {
            // Numbers of kilometres, calibres and the like count no people.
            if doc.kind(to) == Some(Kind::Word) && is_measure(doc, to) || doc.is_mark(to, '%') {
                return None;
            }
            let (bound, tokens) =
                bounds(doc, first, Tokens::new(i, to), end.max(to + 5).min(scene.tokens.end as usize));
            let bound = if word && bound == Bound::Exact { Bound::AtLeast } else { bound };
            return Some(make(doc, toll, number, bound, tokens));
        }
        i += 1;
    }
    None
}

fn make(doc: &Document, toll: Toll, number: u32, bound: Bound, tokens: Tokens) -> Casualty {
    let mut span = doc.span_of(tokens);
    // و "and" is no part of the number.
    let first = tokens.start as usize;
    if doc.bare(first).len() < doc.word(first).len() {
        span.start = doc.cut(first, 1).max(span.start);
    }
    Casualty { toll, number, bound, span }
}

/// A number at a token, whether it is a word for a multitude, and the token after it. A dual noun is two (جنديان "two soldiers").
fn quantity(doc: &Document, i: usize, numbers: &Numbers<'_>) -> Option<(u32, bool, usize)> {
    if doc.kind(i) == Some(Kind::Mark) {
        return None;
    }
    let many = match doc.bare(i) {
        "عشرات" | "العشرات" => Some(20),
        "مئات" | "المئات" => Some(200),
        "الاف" | "الالاف" => Some(2000),
        _ => None,
    };
    if let Some(least) = many {
        return Some((least, true, i + 1));
    }
    if let Some((n, to)) = numbers.at(i) {
        return (n > 0).then_some((n, false, to));
    }
    // مقتل شخص "the killing of a person": one.
    if matches!(doc.word(i), "شخص" | "شخصا") {
        let one = if doc.word(i + 1) == "واحد" { i + 2 } else { i + 1 };
        return Some((1, false, one));
    }
    // مسلحا "a gunman" is spelled like the construct dual, which has its noun after it.
    let dual = (doc.word(i).ends_with("ان") || doc.word(i).ends_with("ين"))
        && doc.word_entries(i).any(|(_, e)| {
            matches!(e.table, Table::Group | Table::Title | Table::Noun)
                && e.feat.get_number() == Number::Dual
        });
    dual.then_some((2, false, i + 1))
}

/// Whether a word after a number measures something: 12 كيلومترا.
fn is_measure(doc: &Document, i: usize) -> bool {
    let word = doc.word(i);
    if word == "في" {
        return matches!(doc.word(i + 1), "المئة" | "المائة");
    }
    matches!(
        word,
        "كلم"
            | "كم"
            | "متر"
            | "طن"
            | "دولار"
            | "بالمءة"
            | "بالماءة"
            | "عاما"
            | "سنة"
            | "عام"
            | "سنوات"
            | "مليون"
            | "مليار"
    ) || word.starts_with("كيلومتر")
}

/// The number before a noun that is counted: 12 قتيلا, ثلاثة قتلى; قتيلان is two, and قتيل alone is one.
fn counted_before(
    doc: &Document,
    first: usize,
    at: usize,
    numbers: &Numbers<'_>,
) -> Option<(u32, Bound, Tokens)> {
    let from = at.saturating_sub(6).max(first);
    for start in from..at {
        if let Some((number, word, to)) = quantity(doc, start, numbers)
            && (to == at || to + 1 == at && doc.bare(to) == "من")
        {
            let (bound, tokens) = bounds(doc, first, Tokens::new(start, to), at + 6);
            let bound = if word && bound == Bound::Exact { Bound::AtLeast } else { bound };
            return Some((number, bound, tokens));
        }
    }
    let number = doc
        .word_entries(at)
        .find(|(_, e)| e.table == Table::Noun)
        .map(|(r, e)| (e.feat.get_number(), r.proclitics.any(crate::document::Proclitics::AL)))?;
    match number {
        (Number::Dual, _) => Some((2, Bound::Exact, Tokens::new(at, at + 1))),
        _ => None,
    }
}

/// What stands before a number or after the counted noun and bounds it; the tokens with those words.
fn bounds(doc: &Document, first: usize, tokens: Tokens, last: usize) -> (Bound, Tokens) {
    let start = tokens.start as usize;
    let word = |back: usize| start.checked_sub(back).filter(|i| *i >= first).map_or("", |i| doc.bare(i));
    // أكثر من 12 "more than 12": ما لا يقل عن "no fewer than".
    let before = match (word(3), word(2), word(1)) {
        (_, "اكثر" | "ازيد" | "باكثر" | "لاكثر", "من") => Some((Bound::AtLeast, 2)),
        (_, "اقل" | "باقل", "من") => Some((Bound::AtMost, 2)),
        ("لا", "يقل" | "تقل", "عن") => Some((Bound::AtLeast, 3)),
        ("لا", "يزيد" | "تزيد", "عن" | "على") => Some((Bound::AtMost, 3)),
        (_, _, "نحو" | "حوالي" | "قرابة" | "زهاء" | "بنحو" | "بحوالي") => {
            Some((Bound::About, 1))
        }
        (_, "ما", "يقارب") => Some((Bound::About, 2)),
        _ => None,
    };
    if let Some((bound, words)) = before {
        return (bound, Tokens::new(start - words, tokens.end as usize));
    }
    let end = tokens.end as usize;
    for i in end..last.min(end + 5) {
        if doc.kind(i) == Some(Kind::Mark) && !doc.is_mark(i, '"') {
            break;
        }
        match (doc.bare(i), doc.bare(i + 1)) {
            ("على", "الاقل") => return (Bound::AtLeast, tokens),
            ("على", "الاكثر") => return (Bound::AtMost, tokens),
            ("تقريبا", _) => return (Bound::About, tokens),
            _ => {}
        }
    }
    // على الأقل may stand before the number too.
    if word(2) == "على" && word(1) == "الاقل" {
        return (Bound::AtLeast, tokens);
    }
    (Bound::Exact, tokens)
}
