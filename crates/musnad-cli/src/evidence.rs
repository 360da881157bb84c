//! What an annotation rests on, set on a page: tokens with their readings, rows of the lexicon with their columns.

use crate::page::{ASIDE, WORDS};
use crate::typeset::{Piece, Sheet, arabic, given, plain};
use musnad::Document;
use musnad::document::{Classes, Kind, Proclitics, Reading};
use musnad_lexicon::{Entry, Feat, Number, Table, arabic as lexicon};

/// Where an entry stands: `verbs.tsv:120`.
pub fn place(entry: Entry) -> String {
    format!("{}.tsv:{}", entry.table.file(), lexicon().line(entry))
}

/// The row's cells under their names, without the empty ones.
pub fn cells(entry: Entry) -> Vec<Piece<'static>> {
    let row = lexicon().row(entry);
    let mut pieces = Vec::new();
    for (column, cell) in entry.table.columns().iter().zip(row.line().split('\t')) {
        if cell.is_empty() {
            continue;
        }
        pieces.push(plain(format!("{column}:")).styled(ASIDE));
        // Lists are long words otherwise.
        for (i, item) in cell.split('|').enumerate() {
            if i > 0 {
                pieces.push(plain("|").styled(ASIDE));
            }
            pieces.push(given(item));
        }
    }
    pieces
}

/// What kind of form it is, in words; empty for what is not inflected.
pub fn features(feat: Feat) -> String {
    let mut words: Vec<String> = Vec::new();
    if feat.part() != musnad_lexicon::Part::None {
        words.push(format!("{:?}", feat.part()).to_lowercase());
    }
    match feat.get_person() {
        1 => words.push("1st person".to_owned()),
        2 => words.push("2nd person".to_owned()),
        3 => words.push("3rd person".to_owned()),
        _ => {}
    }
    match feat.get_number() {
        Number::Singular => {}
        Number::Dual => words.push("dual".to_owned()),
        Number::Plural => words.push("plural".to_owned()),
    }
    for (on, word) in [
        (feat.is_feminine(), "feminine"),
        (feat.is_passive(), "passive"),
        (feat.is_accusative(), "accusative"),
        (feat.is_construct(), "construct"),
        (feat.is_oblique(), "oblique"),
        (feat.is_human(), "human"),
    ] {
        if on {
            words.push(word.to_owned());
        }
    }
    words.join(" ")
}

/// The classes of function words of the token at `i`, by their names in the table.
pub fn classes(doc: &Document, i: usize) -> Vec<&'static str> {
    let mut names: Vec<&str> = lexicon()
        .rows(Table::Particle)
        .map(|(_, row)| row.get("class"))
        .filter(|class| doc.is(i, Classes::named(class)))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// A reading in its parts: و + ال + وزير.
pub fn parts(doc: &Document, i: usize, reading: &Reading) -> String {
    let letters = [
        (Proclitics::WA, "و"),
        (Proclitics::FA, "ف"),
        (Proclitics::BI, "ب"),
        (Proclitics::LI, "ل"),
        (Proclitics::KA, "ك"),
        (Proclitics::SA, "س"),
        (Proclitics::AL, "ال"),
    ];
    let mut out = String::new();
    for (which, letter) in letters {
        if reading.proclitics.any(which) {
            out.push_str(letter);
            out.push_str(" + ");
        }
    }
    out.push_str(doc.text(doc.span_of_reading(i, reading)));
    if reading.suffix_letters > 0 {
        let last = i + usize::from(reading.tokens).max(1) - 1;
        let word: Vec<char> = doc.word(last).chars().collect();
        out.push_str(" + ");
        out.extend(&word[word.len().saturating_sub(usize::from(reading.suffix_letters))..]);
    }
    out
}

/// An entry on one line: where it stands, its first cell, what it means, its features.
pub fn entry(entry: Entry) -> Vec<Piece<'static>> {
    let row = lexicon().row(entry);
    let mut pieces = vec![plain(place(entry)).styled(ASIDE)];
    let word = match row.get("name") {
        "" => row.line().split('\t').next().unwrap_or_default(),
        name => name,
    };
    pieces.push(arabic(word));
    let meaning = ["gloss", "en", "class", "type"].into_iter().map(|c| row.get(c)).find(|c| !c.is_empty());
    pieces.extend(meaning.map(|m| plain(format!("“{m}”"))));
    let features = features(entry.feat);
    if !features.is_empty() {
        pieces.push(plain(format!("({features})")).styled(ASIDE));
    }
    pieces
}

/// What is known of the token at `i`: its readings, and the entries that each allows. At most `most` entries are shown.
pub fn readings(sheet: &mut Sheet, doc: &Document, i: usize, indent: usize, most: usize) {
    let all = doc.readings(i);
    let mut shown = 0;
    let mut left = 0;
    for reading in all {
        let allowed = || reading.entries.iter().filter(|e| reading.allows(*e));
        if allowed().next().is_none() {
            continue;
        }
        if shown >= most {
            left += allowed().count();
            continue;
        }
        sheet.flow(indent, indent + 2, &[arabic(&parts(doc, i, reading)).styled(WORDS)]);
        for e in allowed() {
            if shown >= most {
                left += 1;
                continue;
            }
            shown += 1;
            sheet.flow(indent + 2, indent + 4, &entry(e));
        }
    }
    if left > 0 {
        sheet.flow(indent, indent, &[plain(format!("and {left} more")).styled(ASIDE)]);
    }
    if shown == 0 && matches!(doc.kind(i), Some(Kind::Word)) {
        sheet.flow(indent, indent, &[plain("in no table").styled(ASIDE)]);
    }
}
