//! Words as they are compared across reports: folded, without attached letters and endings, and as numbers.

use musnad_lexicon::{Part, Table, arabic, fold};
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The words and numbers of a text, folded; ة and ه, ى and ي fall together, as papers confuse them.
///
/// ```
/// # use musnad_store::across::words::words;
/// assert_eq!(words("إلى #مدينة_الميناء، 12.5%"), ["الي", "مدينه", "الميناء", "12.5"]); // to the city of the port
/// ```
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    folded_words(text).iter().map(|w| alike(w)).collect()
}

/// The words and numbers of a text, folded as the lexicon has them.
#[must_use]
pub fn folded_words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    each_piece(text, |word| {
        let folded = fold(word);
        if !folded.is_empty() {
            out.push(folded);
        }
    });
    out
}

/// Gives the words and numbers of a text as they stand there.
fn each_piece(text: &str, mut take: impl FnMut(&str)) {
    for piece in text.split(|c: char| !(is_letter(c) || POINTS.contains(&c))) {
        let piece = piece.trim_matches(POINTS);
        // 2,500 and 3.5 are one number; words joined by a point (bbc.com) fall apart.
        if piece.starts_with(|c: char| c.is_numeric()) {
            take(piece);
        } else {
            piece.split(POINTS).for_each(&mut take);
        }
    }
}

/// What of a word is compared, without the word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Term {
    /// The hash of its stem.
    pub stem: u64,
    /// The hash of its core.
    pub core: u64,
    /// Whether its core is the code of a state.
    pub is_state: bool,
    /// Whether it only joins others.
    pub is_particle: bool,
}

/// How many words a thread remembers.
const REMEMBERED: usize = 100_000;

thread_local! {
    /// The terms of words that this thread has met as they stand in texts, looked up by word only. A word that folds to nothing has none.
    static MET: RefCell<HashMap<Box<str>, Option<Term>, BuildHasherDefault<Quick>>> = RefCell::default();
}

/// The terms of all words of a text, in its order.
pub(crate) fn each_term(text: &str, mut take: impl FnMut(Term)) {
    MET.with_borrow_mut(|met| {
        each_piece(text, |piece| {
            let term = match met.get(piece) {
                Some(term) => *term,
                None => {
                    let folded = fold(piece);
                    let term = (!folded.is_empty()).then(|| term(&alike(&folded)));
                    if met.len() >= REMEMBERED {
                        met.clear();
                    }
                    met.insert(piece.into(), term);
                    term
                }
            };
            if let Some(term) = term {
                take(term);
            }
        });
    });
}

fn term(word: &str) -> Term {
    let core = core(word);
    Term {
        stem: hash(stem(word)),
        core: hash(&core),
        is_state: core.bytes().all(|b| b.is_ascii_uppercase()),
        is_particle: is_particle(word),
    }
}

/// A quick way to find a word in memory; the words are those of the language, not chosen by an enemy, and the table is cleared when full.
#[derive(Default)]
pub(crate) struct Quick(u64);

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.write_u64(u64::from_le_bytes(*eight));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.write_u64(u64::from_le_bytes(last));
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn finish(&self) -> u64 {
        mix(self.0)
    }
}

/// Whether a character may stand within a word; most are letters of Arabic, which need no table.
pub(crate) fn is_letter(c: char) -> bool {
    match c {
        '\u{621}'..='\u{63a}' | '\u{641}'..='\u{64a}' => true,
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        _ => c.is_alphanumeric() || is_sign(c),
    }
}

/// What stands within numbers: the points and commas of both scripts.
const POINTS: [char; 4] = ['.', ',', '٫', '٬'];

/// Vowel signs and other marks within words, which folding takes away.
fn is_sign(c: char) -> bool {
    musnad_lexicon::fold_char(c).is_none()
}

/// ة and ه, ى and ي made one letter, in a word that is folded already.
#[must_use]
pub fn alike(folded: &str) -> String {
    folded
        .chars()
        .map(|c| match c {
            'ة' => 'ه',
            'ى' => 'ي',
            'ؤ' => 'و',
            'ئ' => 'ي',
            '٫' => '.',
            '٬' => ',',
            c => c,
        })
        .collect()
}

/// Attached letters, longest first; what is left must have three letters.
const BEFORE: [&str; 13] = ["وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال", "وس", "و", "ف", "ب", "ل"];
/// Endings of number, gender and possession, longest first; what is left must have three letters.
const AFTER: [&str; 13] = ["هما", "ات", "ان", "ون", "ين", "ها", "هم", "نا", "يه", "ته", "ه", "ي", "ا"];

/// A word without attached letters and endings: a light stem, the same for وبالعقوبات "and with the sanctions" and عقوبة "a sanction".
///
/// It is made to compare, not to read: it may cut a letter that belongs to the word, and then does so in every report.
#[must_use]
pub fn stem(word: &str) -> &str {
    let long = |w: &str| w.chars().nth(2).is_some();
    let mut stem = word;
    if let Some(rest) = BEFORE.iter().find_map(|b| stem.strip_prefix(b).filter(|r| long(r))) {
        stem = rest;
    }
    if let Some(rest) = AFTER.iter().find_map(|a| stem.strip_suffix(a).filter(|r| long(r))) {
        stem = rest;
    }
    stem
}

/// What of a word is compared in what people say: the stem without its long vowels where three letters are left, and the code of the state for
/// a state's names, adjectives and capital. ترامب and ترمب (Trump), روسيا and الروسية (Russia, Russian) and موسكو (Moscow) are one.
#[must_use]
pub fn core(word: &str) -> String {
    if let Some((state, _)) = state_of(word) {
        return state.to_owned();
    }
    let stem = stem(word);
    let mut letters = stem.chars();
    let mut out: String = letters.next().into_iter().collect();
    out.extend(letters.filter(|c| !matches!(c, 'ا' | 'و' | 'ي')));
    if out.chars().count() >= 3 { out } else { stem.to_owned() }
}

/// The state, ISO 3166-1 alpha-3, that a folded word names or that its adjective belongs to; not by its capital.
#[must_use]
pub fn state(word: &str) -> Option<&'static str> {
    state_of(word).filter(|(_, part)| *part != Part::Metonym).map(|(code, _)| code)
}

fn state_of(word: &str) -> Option<(&'static str, Part)> {
    let lexicon = arabic();
    let of = |w: &str| {
        let entry = lexicon.entries(w).first(Table::Country)?;
        let code = lexicon.row(entry).get("iso3");
        (code.len() == 3).then_some((code, entry.feat.part()))
    };
    let spelled = |w: &str| of(w).or_else(|| musnad_lexicon::lenient(w).and_then(|l| of(&l)));
    // صومال has lost the article of الصومال (Somalia), الروسية has one that روسية (Russian) lacks.
    let bare = |w: &str| {
        let other = w.strip_prefix("ال").map_or_else(|| format!("ال{w}"), str::to_owned);
        spelled(w).or_else(|| spelled(&other))
    };
    bare(word).or_else(|| word.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك']).and_then(bare))
}

/// Whether a folded word only joins others: a preposition, a conjunction, a pronoun.
#[must_use]
pub fn is_particle(folded: &str) -> bool {
    let known = |w: &str| arabic().entries(w).has(Table::Particle);
    // على and إلى have lost their ى.
    known(folded)
        || folded.strip_suffix('ي').is_some_and(|w| known(&format!("{w}ى")))
        || folded.strip_prefix(['و', 'ف']).is_some_and(|w| w.chars().nth(1).is_some() && known(w))
}

/// The code of a state, ISO 3166-1 alpha-3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct State([u8; 3]);

impl State {
    /// From its three letters; `None` where they are something else.
    #[must_use]
    pub fn of(code: &str) -> Option<State> {
        <[u8; 3]>::try_from(code.as_bytes()).ok().map(State)
    }

    /// As a number.
    #[must_use]
    pub fn number(self) -> u32 {
        let [a, b, c] = self.0;
        u32::from_be_bytes([0, a, b, c])
    }
}

/// A number for a text, the same on every machine and in every version: FNV-1a with its bits mixed.
#[must_use]
pub fn hash(text: &str) -> u64 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for b in text.bytes() {
        h = (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3);
    }
    mix(h)
}

/// A number for several numbers in their order.
#[must_use]
pub fn hash_all(parts: &[u64]) -> u64 {
    parts.iter().fold(0x9e37_79b9_7f4a_7c15, |h, p| mix(h ^ p).wrapping_mul(0x0100_0000_01b3))
}

/// Mixes the bits (the finaliser of SplitMix64), so that any of them can be used alone.
fn mix(mut h: u64) -> u64 {
    h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

/// The hashed stems of a text that say something (without particles), in its order.
#[must_use]
pub fn telling_stems(text: &str) -> Vec<u64> {
    let mut out = Vec::new();
    each_term(text, |t| out.extend((!t.is_particle).then_some(t.stem)));
    out
}

/// How many numbers two sorted lists share.
#[must_use]
pub fn in_both(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// A key as SQLite keeps it.
#[must_use]
pub fn as_integer(key: u64) -> i64 {
    i64::from_ne_bytes(key.to_ne_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_a_word_are_one() {
        assert_eq!(words("إِيـــرانَ وأوروبا"), ["ايران", "واوروبا"]);
        assert_eq!(words("على مستشفى"), words("علي مستشفي"));
        assert_eq!(words("٢٬٥٠٠ و 2,500"), ["2,500", "و", "2,500"]);
    }

    #[test]
    fn attached_letters_and_endings_go() {
        for word in ["العقوبات", "وبعقوبه", "بالعقوبات", "عقوبه"] {
            let stem = stem(word);
            assert!(stem == "عقوب" || word.starts_with("وب"), "{word} gives {stem}");
        }
        // Three letters stay.
        assert_eq!(stem("بيت"), "بيت");
        assert_eq!(stem("قال"), "قال");
    }

    #[test]
    fn particles_are_known_in_every_spelling() {
        for word in ["من", "في", "علي", "الي", "ان", "وفي"] {
            assert!(is_particle(word), "{word}");
        }
        assert!(!is_particle("مدينه"));
    }

    #[test]
    fn hashes_stay_what_they_are() {
        // Keys are kept in files; a change of this number asks for a new version of the store.
        assert_eq!(hash("a"), 198_367_012_849_983_736);
        assert_ne!(hash_all(&[1, 2]), hash_all(&[2, 1]));
    }
}
