//! Words as they are compared when something is looked up.

use crate::across::words::{Quick, is_letter};
use musnad_lexicon::{Entries, Lexicon, Part, Table, arabic, fold, lenient};
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;

/// A word of a text and the terms that it is kept under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands, in bytes.
    pub at: Range<usize>,
    /// Without attached letters and article, folded; ة and ه, ى and ي are one.
    pub bare: String,
    /// What its forms have in common. Empty for a word that only joins others.
    pub stem: String,
}

/// The words of a text.
///
/// ```
/// # use musnad_store::search::terms::words;
/// let stems = |text| words(text).into_iter().map(|w| w.stem).collect::<Vec<_>>();
/// assert_eq!(stems("والصواريخ"), stems("صاروخ")); // "and the rockets", "rocket"
/// assert_eq!(stems("سيلتقون"), stems("التقى")); // "they will meet", "he met"
/// assert_eq!(stems("مدرسه"), stems("المدارس")); // "school" with ه for ة, "the schools"
/// ```
#[must_use]
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    each(text, |at, bare, stem| out.push(Word { at, bare: bare.to_owned(), stem: stem.to_owned() }));
    out
}

/// Gives the words of a text one after the other: where each stands, its bare form and its stem.
pub(crate) fn each(text: &str, mut take: impl FnMut(Range<usize>, &str, &str)) {
    MET.with_borrow_mut(|met| {
        let mut start = None;
        // Vowel signs and tatweel stand within words; a tatweel by itself is none.
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (is_letter(c), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    start = None;
                    let word = &text[from..at];
                    if !met.contains_key(word) {
                        if met.len() >= REMEMBERED {
                            met.clear();
                        }
                        met.insert(word.into(), pieces(word));
                    }
                    for (bare, stem) in met.get(word).map(AsRef::as_ref).unwrap_or_default() {
                        take(from..at, bare, stem);
                    }
                }
                _ => {}
            }
        }
    });
}

/// How many words a thread remembers.
const REMEMBERED: usize = 60_000;

/// The bare forms and stems of a word as it stands in a text.
type Pieces = Box<[(String, String)]>;

thread_local! {
    /// What this thread has made of the words that it has met, looked up by word only.
    static MET: RefCell<HashMap<Box<str>, Pieces, BuildHasherDefault<Quick>>> = RefCell::default();
}

/// Folding a presentation form may give several words or other signs.
fn pieces(word: &str) -> Pieces {
    fold(word).split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).map(make).collect()
}

fn make(folded: &str) -> (String, String) {
    if !folded.chars().any(is_arabic) {
        // The index takes words as they are, so capital letters are made small here.
        let small = folded.to_lowercase();
        return (small.clone(), small);
    }
    let lexicon = arabic();
    let (bare, known) = strip(lexicon, folded);
    let stem = if is_particle(lexicon, folded) || known.has(Table::Particle) {
        String::new()
    } else {
        stem(lexicon, &bare, known)
    };
    (alike(&bare), stem)
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64a}' | '\u{66e}'..='\u{6d3}')
}

fn is_particle(lexicon: &Lexicon, folded: &str) -> bool {
    lexicon.entries(folded).has(Table::Particle)
        || folded
            .strip_prefix(['و', 'ف'])
            .is_some_and(|w| w.chars().nth(1).is_some() && lexicon.entries(w).has(Table::Particle))
}

/// What the lexicon has of a word, with ة or ه and ى or ي.
fn known(lexicon: &Lexicon, word: &str) -> Entries {
    let strict = lexicon.entries(word);
    if strict.iter().next().is_some() {
        return strict;
    }
    lenient(word).map_or(strict, |w| lexicon.entries(&w))
}

fn longer_than(word: &str, letters: usize) -> bool {
    word.chars().nth(letters).is_some()
}

/// The article with and without what is attached before it.
const ARTICLE: [&str; 8] = ["وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال"];

/// A word without attached letters and article, and what the lexicon has of it.
fn strip<'a>(lexicon: &Lexicon, word: &'a str) -> (std::borrow::Cow<'a, str>, Entries) {
    let whole = known(lexicon, word);
    // التقى "he met" has no article, though it begins like one.
    let verb = whole.iter().any(|e| {
        e.table == Table::Verb && matches!(e.feat.part(), Part::Past | Part::Present | Part::Masdar)
    });
    if !verb {
        let rest = ARTICLE.iter().find_map(|a| word.strip_prefix(a).filter(|r| longer_than(r, 2)));
        if let Some(rest) = rest {
            return (rest.into(), known(lexicon, rest));
        }
    }
    if whole.iter().next().is_some() {
        return (word.into(), whole);
    }
    if let Some(found) = attached(lexicon, word, 3) {
        return found;
    }
    // Of a word that nobody knows, "and" is taken away: it is the letter most often attached.
    match word.strip_prefix('و').filter(|r| longer_than(r, 3)) {
        Some(rest) => (rest.into(), Entries::default()),
        None => (word.into(), Entries::default()),
    }
}

/// A known word after one or more attached letters.
fn attached<'a>(
    lexicon: &Lexicon,
    word: &'a str,
    deep: usize,
) -> Option<(std::borrow::Cow<'a, str>, Entries)> {
    if deep == 0 {
        return None;
    }
    let mut letters = word.chars();
    let first = letters.next()?;
    let rest = letters.as_str();
    if !matches!(first, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'س') || !longer_than(rest, 2) {
        return None;
    }
    let found = known(lexicon, rest);
    let fits = if first == 'س' {
        found.iter().any(|e| e.feat.part() == Part::Present)
    } else {
        found.iter().next().is_some()
    };
    if fits { Some((rest.into(), found)) } else { attached(lexicon, rest, deep - 1) }
}

/// Endings of number, gender and possession, longest first; what is left has three letters or more.
const AFTER: [&str; 16] =
    ["هما", "تها", "ات", "ان", "ون", "ين", "ها", "هم", "نا", "يه", "ته", "اء", "وا", "ه", "ي", "ا"];

/// What a word's forms have in common: the lemma where the lexicon has one, else the word without endings; of either the consonants.
fn stem(lexicon: &Lexicon, bare: &str, known: Entries) -> String {
    let lemma = |table: Table, column: &str| {
        known.first(table).map(|e| fold(lexicon.row(e).get(column))).filter(|l| !l.is_empty())
    };
    let lemma = lemma(Table::Title, "word")
        .filter(|l| !l.contains(' '))
        .or_else(|| lemma(Table::Noun, "lemma"))
        .or_else(|| lemma(Table::Verb, "lemma"));
    if let Some(lemma) = lemma {
        return consonants(&alike(&lemma), false);
    }
    let word = alike(bare);
    let named = [Table::Surname, Table::Given, Table::Person, Table::Place].iter().any(|t| known.has(*t));
    if named {
        return consonants(&word, false);
    }
    let ending = AFTER.iter().find_map(|a| word.strip_suffix(a).filter(|r| longer_than(r, 2)));
    consonants(ending.unwrap_or(&word), word.ends_with('ه'))
}

/// A word without long vowels after its first letter, if three letters are left. Broken plurals then are what their singulars are: صواريخ
/// and صاروخ "rocket"; أطفال and طفل "child" when the ا before them goes as well, and أسلحة and سلاح "weapon".
fn consonants(word: &str, feminine: bool) -> String {
    let word = match word.strip_prefix('ا') {
        Some(rest) => {
            let letters: Vec<char> = rest.chars().collect();
            let broken = letters.len() == 4 && letters[2] == 'ا' || feminine && letters.len() == 3;
            if broken { rest } else { word }
        }
        None => word,
    };
    let mut letters = word.chars();
    let mut out: String = letters.next().into_iter().collect();
    out.extend(letters.filter(|c| !matches!(c, 'ا' | 'و' | 'ي' | 'ء')));
    if longer_than(&out, 2) { out } else { word.to_owned() }
}

/// ة and ه, ى and ي, and the seats of hamza made one letter, in a word that is folded already.
pub(super) fn alike(folded: &str) -> String {
    folded
        .chars()
        .map(|c| match c {
            'ة' => 'ه',
            'ى' | 'ئ' => 'ي',
            'ؤ' => 'و',
            c => c,
        })
        .collect()
}

/// Whether a word is written in Latin letters.
#[must_use]
pub fn is_latin(word: &str) -> bool {
    word.nfd().any(|c| c.is_ascii_alphabetic()) && !word.chars().any(is_arabic)
}

/// The keys of a name in Latin letters, one a word, without the article.
///
/// ```
/// # use musnad_store::search::terms::latin_keys;
/// assert_eq!(latin_keys("Mohammad"), latin_keys("Muhammed"));
/// assert_eq!(latin_keys("Sergei Lavrov"), latin_keys("Sergey Lavroff"));
/// assert_eq!(latin_keys("al-Qadhafi"), latin_keys("Gaddafi"));
/// ```
#[must_use]
pub fn latin_keys(name: &str) -> Vec<String> {
    latin_words(name).iter().map(|w| latin_key(w)).collect()
}

/// The words of a name in Latin letters as they are written, in small letters without accents and without the article.
pub(super) fn latin_words(name: &str) -> Vec<String> {
    let plain: String = name
        .nfd()
        .filter(|c| !matches!(c, '\u{300}'..='\u{36f}' | '\'' | '’' | 'ʿ' | 'ʾ' | '`'))
        .flat_map(char::to_lowercase)
        .collect();
    let words = || plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let bare: Vec<String> =
        words().filter(|w| !matches!(*w, "al" | "el" | "ul")).map(str::to_owned).collect();
    if bare.is_empty() { words().map(str::to_owned).collect() } else { bare }
}

/// Ways of writing one sound, longest first.
const SOUNDS: [(&str, &str); 14] = [
    ("sch", "s"),
    ("tch", "s"),
    ("sh", "s"),
    ("ch", "s"),
    ("kh", "k"),
    ("gh", "k"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("zh", "z"),
    ("ck", "k"),
    ("ce", "s"),
    ("ci", "s"),
    ("x", "ks"),
];

fn latin_key(word: &str) -> String {
    let mut rest = word;
    if let Some(bare) = ["al", "el"].iter().find_map(|a| rest.strip_prefix(a).filter(|r| r.len() >= 4)) {
        rest = bare;
    }
    let mut out = String::new();
    let first = rest;
    while let Some(c) = rest.chars().next() {
        let begins = rest.len() == first.len();
        if let Some((written, sound)) = SOUNDS.iter().find(|(w, _)| rest.starts_with(w)) {
            push(sound, &mut out);
            rest = &rest[written.len()..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            'a' | 'e' | 'i' | 'o' | 'u' if begins => push("a", &mut out),
            'a' | 'e' | 'i' | 'o' | 'u' => {}
            'y' | 'w' if !begins => {}
            'h' if rest.is_empty() => {}
            'w' | 'v' | 'f' => push("f", &mut out),
            'q' | 'c' | 'g' | 'k' => push("k", &mut out),
            'p' | 'b' => push("b", &mut out),
            c => push(c.encode_utf8(&mut [0; 4]), &mut out),
        }
    }
    if longer_than(&out, 1) { out } else { first.to_owned() }
}

/// Doubled letters are one.
fn push(sound: &str, out: &mut String) {
    if !out.ends_with(sound) || sound.starts_with(|c: char| c.is_numeric()) {
        out.push_str(sound);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same_stem(forms: &[&str]) {
        let stems: Vec<String> = forms.iter().map(|f| words(f)[0].stem.clone()).collect();
        assert!(stems.iter().all(|s| *s == stems[0] && !s.is_empty()), "{forms:?}: {stems:?}");
    }

    fn same_bare(forms: &[&str]) {
        let bare: Vec<String> = forms.iter().map(|f| words(f)[0].bare.clone()).collect();
        assert!(bare.iter().all(|s| *s == bare[0]), "{forms:?}: {bare:?}");
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        same_stem(&["صاروخ", "الصواريخ", "وصواريخ", "صاروخا"]); // rocket
        same_stem(&["وزير", "الوزراء", "وزيرة"]); // minister
        same_stem(&["طفل", "أطفال", "الأطفال"]); // child
        same_stem(&["سلاح", "أسلحة", "الأسلحه"]); // weapon
        same_stem(&["أعلن", "يعلنون", "وسيعلن", "إعلان"]); // announce
        same_stem(&["مدرسة", "مدارس", "بالمدرسه"]); // school
        same_stem(&["جندي", "جنود", "الجنود"]); // soldier
        same_stem(&["عقوبة", "العقوبات", "والعقوبات"]); // sanction
    }

    #[test]
    fn attached_letters_go_and_letters_of_the_word_stay() {
        same_bare(&["إيران", "وإيران", "بإيران", "لإيران", "إِيـــران"]);
        same_bare(&["الوزير", "وزير", "للوزير", "والوزير", "بالوزير"]);
        same_bare(&["لافروف", "ولافروف", "بلافروف"]);
        same_bare(&["مدينة", "المدينه", "ومدينة"]);
        assert_eq!(words("بوتين")[0].bare, "بوتين"); // Putin
        assert_eq!(words("التقى")[0].bare, "التقي"); // he met
    }

    #[test]
    fn particles_have_no_stem() {
        assert!(words("في على ومن").iter().all(|w| w.stem.is_empty()));
    }

    #[test]
    fn spellings_of_a_latin_name_meet_and_others_do_not() {
        for names in [
            &["Mohammad", "Mohamed", "Muhammad", "Mohammed"][..],
            &["Lavrov", "Lavroff"],
            &["Hussein", "Husayn", "Hossein"],
            &["Sisi", "al-Sisi", "El Sisi", "Elsisi"],
            &["Abdullah", "Abdallah", "Abdulla"],
            &["Zeid Ra'ad", "Zeid Raad"],
        ] {
            for name in names {
                assert_eq!(latin_keys(name), latin_keys(names[0]), "{name}");
            }
        }
        assert_ne!(latin_keys("Lavrov"), latin_keys("Lavrin"));
        assert_ne!(latin_keys("Mohammad"), latin_keys("Ahmad"));
        assert_eq!(latin_keys("Al"), ["al"]);
    }

    #[test]
    fn words_stand_where_they_are_said_to() {
        let text = "قال (لافروف): \"12.5%\" — OK";
        let found: Vec<&str> = words(text).iter().map(|w| &text[w.at.clone()]).collect();
        assert_eq!(found, ["قال", "لافروف", "12", "5", "OK"]);
        assert!(words("ـ ، …").is_empty());
    }
}
