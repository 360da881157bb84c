//! Whether a clause tells what has happened or what is planned.

use super::terms::Reader;
use super::value::Lean;
use crate::document::{Classes, Kind, Proclitics};
use musnad_lexicon::{Part, Table};

/// How many tokens back the verb of the clause is looked for.
const REACH: usize = 30;

/// Words that make what follows a plan: من المقرر "it is scheduled", الاجتماع المرتقب "the awaited meeting".
const PLANNED: [&str; 26] = [
    "المقرر",
    "مقرر",
    "المقررة",
    "مقررة",
    "المزمع",
    "مزمع",
    "المزمعة",
    "المرتقب",
    "مرتقب",
    "المرتقبة",
    "مرتقبة",
    "المنتظر",
    "المنتظرة",
    "المتوقع",
    "متوقع",
    "المتوقعة",
    "يعتزم",
    "تعتزم",
    "ينوي",
    "تنوي",
    "يتوقع",
    "لن",
    "سوف",
    "المقبل",
    "المقبلة",
    "استعدادا",
];

/// Words that begin a clause with a verb, so that the word after them is one whatever it is.
fn opens_verb(reader: &Reader<'_>, i: usize) -> bool {
    reader.doc.is(i, Classes::RELATIVE) || reader.doc.word(i) == "ان"
}

/// The tense of the clause around an expression that begins at token `i`, by the nearest verb or word of planning before it.
pub(super) fn lean(reader: &Reader<'_>, i: usize) -> Lean {
    let doc = reader.doc;
    let from = doc
        .sentence(i)
        .map_or(i.saturating_sub(REACH), |(_, s)| s.tokens.start as usize)
        .max(i.saturating_sub(REACH));
    // منذ الأحد "since Sunday" looks back whatever the verb.
    if matches!(reader.before(i), "منذ" | "مذ") {
        return Lean::Past;
    }
    for j in (from..i).rev() {
        if doc.kind(j) != Some(Kind::Word) {
            continue;
        }
        let word = doc.bare(j);
        // بعد عودته، السبت: what comes after something is told of, not planned; غادروا is a past.
        if matches!(word, "بعد" | "عقب" | "اثر" | "غداة" | "ذلك" | "وذلك")
            || word.ends_with("وا") && word.chars().count() > 4
        {
            return Lean::Past;
        }
        if PLANNED.contains(&word) || doc.is(j, Classes::FUTURE) {
            return Lean::Future;
        }
        match tense(reader, j) {
            Some(Lean::Present) if matches!(reader.before(j), "لم" | "كان" | "كانت" | "كانوا") =>
            {
                return Lean::Past;
            }
            Some(lean) => return lean,
            None => {}
        }
        if is_will(doc.word(j)) {
            return Lean::Future;
        }
        // التي انطلقت: a word after a relative that is no present is a past.
        if j > from && opens_verb(reader, j - 1) {
            return if is_present(word) { Lean::Present } else { Lean::Past };
        }
    }
    Lean::Past
}

/// The tense of a finite verb of the lexicon in the third person. أعلن "he announced" is also "I announce", which newspapers
/// do not write.
fn tense(reader: &Reader<'_>, i: usize) -> Option<Lean> {
    let mut found = None;
    for (reading, entry) in reader.doc.word_entries(i) {
        let third = entry.table == Table::Verb && entry.feat.is_finite() && entry.feat.get_person() == 3;
        // The article and prepositions stand before nouns that are spelled like verbs.
        if !third || reading.proclitics.any(Proclitics::AL | Proclitics::BI | Proclitics::KA | Proclitics::LI)
        {
            continue;
        }
        match entry.feat.part() {
            Part::Past => return Some(Lean::Past),
            Part::Present if reading.proclitics.any(Proclitics::SA) => found = Some(Lean::Future),
            Part::Present => found = found.or(Some(Lean::Present)),
            _ => {}
        }
    }
    found
}

/// Whether a word looks like a future with س: سيعقد "will hold", ستبدأ. Nouns that begin so are told by their ends or known.
fn is_will(word: &str) -> bool {
    let word = word.strip_prefix(['و', 'ف']).filter(|w| w.starts_with('س')).unwrap_or(word);
    let Some(verb) = word.strip_prefix('س') else { return false };
    let long = verb.chars().count() >= 4;
    let noun = [
        "ياس",
        "يار",
        "يناء",
        "يطر",
        "يدة",
        "يدات",
        "يول",
        "تار",
        "تراتيج",
        "تين",
        "تون",
        "توكهولم",
        "تالين",
        "يرغي",
        "يناريو",
        "يدني",
        "تيفن",
        "توديو",
        "يمنس",
        "يلفا",
        "يمون",
        "ناب",
    ]
    .iter()
    .any(|n| verb.starts_with(n));
    long && !noun && is_present(verb) && !verb.ends_with('ة') && !verb.ends_with("ية")
}

/// Whether a word has the prefix of the present: يعقد, تبدأ.
fn is_present(word: &str) -> bool {
    word.starts_with(['ي', 'ت', 'ن']) && !word.ends_with('ة')
}
