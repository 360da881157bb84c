//! English for what the lexicons do not know, and the sector of office holders.

use crate::ar::names::words::{May, Words};
use crate::document::{EntityKind, Kind};
use crate::span::{Span, Tokens};
use musnad_lexicon::{Row, Table, arabic};
use std::collections::HashMap;
use std::sync::OnceLock;

/// The English name of a state by its code.
#[must_use]
pub fn country(iso3: &str) -> Option<&'static str> {
    static NAMES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    let names = NAMES
        .get_or_init(|| arabic().rows(Table::Country).map(|(_, r)| (r.get("iso3"), r.get("en"))).collect());
    names.get(iso3).copied()
}

/// A name in Latin letters: word by word from the tables of names, else letter by letter.
#[must_use]
pub fn name(words: &Words<'_>, tokens: Tokens, span: Span) -> String {
    let doc = words.doc;
    let mut out = String::new();
    for i in tokens.range() {
        let token = doc.tokens[i];
        if token.kind == Kind::Mark {
            continue;
        }
        let within = Span::new(token.span.start.max(span.start), token.span.end.min(span.end));
        if !out.is_empty() {
            out.push(' ');
        }
        if token.kind == Kind::Foreign || token.kind == Kind::Number {
            out.push_str(doc.text(within));
            continue;
        }
        let known = if words.whole(i).any(May::NAME) && within == token.span {
            doc.word_entries(i)
                .find(|(r, e)| r.cut == 0 && matches!(e.table, Table::Given | Table::Surname))
                .map(|(_, e)| doc.row(e).get("en"))
        } else {
            None
        };
        match known.filter(|k| !k.is_empty()) {
            Some(en) => out.push_str(en),
            None => letters(&musnad_lexicon::fold(doc.text(within)), &mut out),
        }
    }
    out
}

/// Arabic letters as newspapers in English would have them.
fn letters(word: &str, out: &mut String) {
    let rest = word.strip_prefix("ال").filter(|r| r.chars().count() > 2);
    if rest.is_some() {
        out.push_str("al-");
    }
    let word = rest.unwrap_or(word);
    let mut first = true;
    let mut vowel = true;
    let all: Vec<char> = word.chars().collect();
    for (i, c) in all.iter().enumerate() {
        let (text, is_vowel) = match c {
            'ا' => ("a", true),
            'ب' => ("b", false),
            'ت' | 'ط' => ("t", false),
            'ث' => ("th", false),
            'ج' => ("j", false),
            'ح' | 'ه' => ("h", false),
            'خ' => ("kh", false),
            'د' | 'ض' => ("d", false),
            'ذ' => ("dh", false),
            'ر' => ("r", false),
            'ز' | 'ظ' => ("z", false),
            'س' | 'ص' => ("s", false),
            'ش' => ("sh", false),
            'غ' => ("gh", false),
            'ف' => ("f", false),
            'ق' => ("q", false),
            'ك' => ("k", false),
            'ل' => ("l", false),
            'م' => ("m", false),
            'ن' => ("n", false),
            'و' if i == 0 => ("w", false),
            'و' => ("u", true),
            'ي' if i == 0 => ("y", false),
            'ي' | 'ى' => ("i", true),
            'ة' => ("a", true),
            'ع' | 'ء' | 'ئ' | 'ؤ' => ("", true),
            _ => ("", vowel),
        };
        // Between two consonants a short vowel is heard that is not written.
        if !is_vowel && !vowel && i + 1 < all.len() && !text.is_empty() {
            out.push('a');
        }
        if first && !text.is_empty() {
            let mut chars = text.chars();
            if let Some(c) = chars.next() {
                out.extend(c.to_uppercase());
                out.push_str(chars.as_str());
            }
            first = false;
        } else {
            out.push_str(text);
        }
        vowel = is_vowel;
    }
}

/// The PLOVER sector of whoever holds an office.
#[must_use]
pub fn sector(title: Row, of: Option<EntityKind>) -> Option<&'static str> {
    let en = title.get("en");
    let has = |words: &[&str]| words.iter().any(|w| en.contains(w));
    if title.get("kind") == "rank"
        || has(&["commander", "soldier", "officer", "general"])
            && !has(&["secretary", "general director", "attorney"])
    {
        return Some("MIL");
    }
    if has(&["judge", "prosecutor", "justice", "lawyer"]) {
        return Some("JUD");
    }
    if has(&["journalist", "correspondent", "editor", "presenter"]) {
        return Some("JRN");
    }
    if has(&["member of parliament", "senator", "speaker", "deputy of"]) {
        return Some("LEG");
    }
    if has(&["patriarch", "imam", "mufti", "pope", "bishop", "cleric", "priest"]) {
        return Some("REL");
    }
    let state = matches!(of, Some(EntityKind::Place));
    if has(&[
        "minister",
        "president",
        "king",
        "prime",
        "ambassador",
        "governor",
        "crown",
        "monarch",
        "consul",
    ]) && (state || !has(&["president"]))
    {
        return Some("GOV");
    }
    None
}
