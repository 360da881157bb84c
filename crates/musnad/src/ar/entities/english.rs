//! English for what the lexicons do not know, and the sector of office holders.

use crate::ar::names::words::Words;
use crate::document::{EntityKind, Kind, Mention};
use crate::span::{Span, Tokens};
use musnad_lexicon::{Number, Part, Row, Table, arabic};
use std::borrow::Cow;
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

/// States whose people bear Arabic names.
const ARAB: [&str; 23] = [
    "ARE", "BHR", "COM", "DJI", "DZA", "EGY", "ESH", "IRQ", "JOR", "KWT", "LBN", "LBY", "MAR", "MRT", "OMN",
    "PSE", "QAT", "SAU", "SDN", "SOM", "SYR", "TUN", "YEM",
];

/// Endings of names that are not Arabic, folded: of Slavs, Turks, Germans, Scandinavians, Romance peoples, Georgians and Persians.
const FOREIGN_ENDINGS: [&str; 32] = [
    "اوغلو",
    "برغ",
    "برج",
    "بيرغ",
    "تشي",
    "دوتير",
    "ستاين",
    "ستون",
    "سكايا",
    "سكي",
    "سن",
    "سون",
    "شفيلي",
    "شيا",
    "غتون",
    "فا",
    "فسكي",
    "فيتش",
    "كوف",
    "كوفا",
    "لاند",
    "لد",
    "مان",
    "ندو",
    "نز",
    "نغ",
    "نكو",
    "هايم",
    "وفا",
    "وف",
    "يف",
    "يفا",
];

/// Letters that spell hardly anything but Arabic words.
const ARABIC_LETTERS: [char; 12] = ['ح', 'ع', 'ص', 'ض', 'ط', 'ظ', 'ق', 'ذ', 'ء', 'ئ', 'ؤ', 'ة'];

/// Words of names that are always written alike: (folded, English).
const SMALL: [(&str, &str); 37] = [
    ("ابا", "Aba"),
    ("ابن", "Ibn"),
    ("ابو", "Abu"),
    ("ابي", "Abi"),
    ("ال", "Al"),
    ("ام", "Umm"),
    ("اوف", "of"),
    ("باب", "Bab"),
    ("برج", "Burj"),
    ("بن", "bin"),
    ("بنت", "bint"),
    ("بني", "Bani"),
    ("بو", "Bou"),
    ("بيت", "Beit"),
    ("بير", "Bir"),
    ("تشي", "Chi"),
    ("تل", "Tell"),
    ("خان", "Khan"),
    ("دا", "da"),
    ("دو", "do"),
    ("دي", "de"),
    ("دير", "Deir"),
    ("ذو", "Dhu"),
    ("راس", "Ras"),
    ("زو", "zu"),
    ("سان", "San"),
    ("سيدي", "Sidi"),
    ("شيخ", "Sheikh"),
    ("عبد", "Abd"),
    ("عين", "Ain"),
    ("فان", "van"),
    ("فون", "von"),
    ("كفر", "Kafr"),
    ("لا", "La"),
    ("لو", "Le"),
    ("نيو", "New"),
    ("وادي", "Wadi"),
];

/// The English of a word that a table's row gives it, and the row.
#[derive(Clone, Copy)]
struct Heard {
    en: &'static str,
    arab: bool,
    row: (Table, u32),
}

/// How words of known names are written, by their folded spelling: people first, then places.
fn heard() -> &'static HashMap<String, Vec<Heard>> {
    static HEARD: OnceLock<HashMap<String, Vec<Heard>>> = OnceLock::new();
    HEARD.get_or_init(|| {
        let mut out: HashMap<String, Vec<Heard>> = HashMap::new();
        for table in [Table::Person, Table::Place] {
            for (at, row) in arabic().rows(table) {
                let name = row.get("name").trim_start_matches('?');
                let en = row.get("en");
                let arab = ARAB.contains(&row.get("iso3"));
                let pieces =
                    |e: &'static str| e.split(' ').filter(|w| !matches!(*w, "al" | "el" | "Al" | "El"));
                let words = name.split(' ').count();
                let hyphens = en.split([' ', '-']).count() == words && !en.contains("al-");
                let all: Vec<&'static str> =
                    if hyphens { en.split([' ', '-']).collect() } else { pieces(en).collect() };
                // "Pope Francis", "Queen Rania": the title is no word of the name.
                let titled = ["Pope ", "Queen ", "King ", "Emperor ", "Prince ", "Princess ", "Patriarch "];
                if all.len() != words || titled.iter().any(|t| en.starts_with(t)) {
                    continue;
                }
                for (word, en) in name.split(' ').zip(all) {
                    out.entry(musnad_lexicon::fold(word)).or_default().push(Heard {
                        en,
                        arab,
                        row: (table, at),
                    });
                }
            }
        }
        out
    })
}

/// A table of this crate's own: its rows without comments and header.
fn own(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|l| !l.starts_with('#')).skip(1)
}

/// The letters of `letters.tsv`: key (mode, tab, letters) to Latin letters, sorted.
fn sounds() -> &'static [(&'static str, &'static str)] {
    static SOUNDS: OnceLock<Vec<(&'static str, &'static str)>> = OnceLock::new();
    SOUNDS.get_or_init(|| own(include_str!("letters.tsv")).filter_map(|l| l.rsplit_once('\t')).collect())
}

/// A row of `english.tsv`: kind, word, English.
fn glossed(kind: &str, word: &str) -> Option<&'static str> {
    static WORDS: OnceLock<HashMap<(&'static str, &'static str), &'static str>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        own(include_str!("english.tsv"))
            .filter_map(|l| {
                let (kind, rest) = l.split_once('\t')?;
                let (word, en) = rest.split_once('\t')?;
                Some(((kind, word), en))
            })
            .collect()
    });
    words.get(&(kind, word)).copied()
}

/// A word without vowel signs; its alefs keep their hamza, which tells i from a.
fn spelling(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            'أ' | 'إ' | 'آ' => Some(c),
            c => musnad_lexicon::fold_char(c),
        })
        .collect()
}

/// GeoNames' scholarly letters as newspapers have them.
#[must_use]
pub fn plain(en: &str) -> String {
    en.chars()
        .filter_map(|c| match c {
            'ā' => Some('a'),
            'Ā' => Some('A'),
            'ī' => Some('i'),
            'ū' => Some('u'),
            'ḩ' => Some('h'),
            'Ḩ' => Some('H'),
            'ţ' => Some('t'),
            'Ţ' => Some('T'),
            'ş' => Some('s'),
            'Ş' => Some('S'),
            'ḑ' => Some('d'),
            'Ḑ' => Some('D'),
            '‘' | '’' | '\u{327}' | '\u{304}' => None,
            c => Some(c),
        })
        .collect()
}

fn capital(text: &str, out: &mut String) {
    let mut chars = text.chars();
    if let Some(c) = chars.next() {
        out.extend(c.to_uppercase());
        out.push_str(chars.as_str());
    }
}

/// Latin letters for one word without the article, by `letters.tsv`: the widest context that it has decides.
fn letters(word: &str, foreign: bool) -> String {
    const SHAPES: [(usize, usize); 8] = [(3, 2), (2, 2), (1, 2), (2, 1), (1, 1), (0, 1), (1, 0), (0, 0)];
    let text: Vec<char> = "__^".chars().chain(word.chars()).chain("__".chars()).collect();
    let sounds = sounds();
    let mut out = String::new();
    let mut key = String::new();
    // An Arabic syllable begins with one consonant and ends with at most one: where letters would have more, a vowel is heard.
    let mut closed = 1;
    for k in 2..text.len() - 2 {
        for (before, after) in SHAPES {
            if before > k {
                continue;
            }
            key.clear();
            key.push_str(if foreign { "f\t" } else { "a\t" });
            key.extend(&text[k - before..k]);
            key.push('[');
            key.push(text[k]);
            key.push(']');
            key.extend(&text[k + 1..k + 1 + after]);
            if let Ok(at) = sounds.binary_search_by(|(x, _)| (*x).cmp(key.as_str())) {
                // No Arabic word has a v.
                let plain;
                let mut latin = sounds[at].1;
                if !foreign && text[k] == 'ك' && latin.starts_with('c') && !latin.starts_with("ch") {
                    plain = latin.replacen('c', "k", 1);
                    latin = plain.as_str();
                } else if !foreign && latin.contains('v') {
                    plain = latin.replace('v', if text[k] == 'و' { "w" } else { "f" });
                    latin = plain.as_str();
                }
                let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
                if !foreign
                    && closed > 1
                    && latin.starts_with(|c| !vowel(c))
                    && (latin.contains(vowel) || k > 3)
                {
                    let last = k + 3 == text.len() && !latin.contains(vowel);
                    if !last || closed > 2 || out.chars().all(|c| !vowel(c)) {
                        out.push(if text.get(k + 1) == Some(&'ا') && k == 4 { 'i' } else { 'a' });
                        closed = 0;
                    }
                }
                out.push_str(latin);
                if latin.ends_with(vowel) {
                    closed = 0;
                } else if !latin.is_empty() {
                    closed = 1 + if latin.contains(vowel) { 0 } else { closed };
                }
                break;
            }
        }
    }
    // إي at the beginning is one sound that two letters spell.
    if let Some(rest) = out.strip_prefix("ee") {
        out = format!("e{rest}");
    }
    out
}

/// Whether the words of a name spell a foreign one, by its state, by the words that are known, by endings and letters.
fn is_foreign(words: &[String], country: Option<&str>, hidden: Option<(Table, u32)>) -> bool {
    if let Some(c) = country {
        return !ARAB.contains(&c);
    }
    let mut score = 0;
    let mut plain = true;
    for word in words {
        let folded = musnad_lexicon::fold(word);
        if let Some(list) = heard().get(&folded) {
            let known = list.iter().filter(|h| Some(h.row) != hidden && h.row.0 == Table::Person);
            score += known.map(|h| if h.arab { -1 } else { 1 }).sum::<i32>().clamp(-2, 2);
        }
        if SMALL.iter().any(|(w, _)| *w == folded) {
            score -= i32::from(matches!(folded.as_str(), "بن" | "ابو" | "عبد" | "ال" | "ابن" | "ام"));
        }
        if folded.starts_with("ال") && folded.chars().count() > 4 {
            score -= 2;
        } else if FOREIGN_ENDINGS.iter().any(|e| folded.ends_with(e) && folded.len() > e.len() + 2) {
            score += 2;
        }
        if folded.contains(ARABIC_LETTERS) {
            plain = false;
            score -= 1;
        }
        if folded.contains(['پ', 'ڤ', 'چ', 'گ']) || folded.contains("تش") {
            score += 2;
        }
    }
    score + i32::from(plain) > 0
}

/// The English of one word of a name: as known names have it, else by its letters.
fn word(word: &str, foreign: bool, place: bool, hidden: Option<(Table, u32)>) -> String {
    // Figures and Latin letters stay as they are.
    if word.is_ascii() {
        return word.to_owned();
    }
    let folded = musnad_lexicon::fold(word);
    if folded.is_ascii() {
        return folded;
    }
    if let Some((_, en)) = SMALL.iter().find(|(w, _)| *w == folded) {
        return (*en).to_owned();
    }
    if let Some(en) = glossed("name", &folded).filter(|_| !place && hidden.is_none()) {
        return en.to_owned();
    }
    // الكلمة الحرة, الوفاق: words that newspapers, parties and clubs are named by.
    if let Some(en) =
        folded.strip_prefix("ال").filter(|_| !place && hidden.is_none()).and_then(|w| glossed("word", w))
    {
        return format!("al-{en}");
    }
    let table = if place { Table::Place } else { Table::Person };
    let mut known: Vec<(usize, &'static str)> = Vec::new();
    for h in heard().get(&folded).into_iter().flatten() {
        if Some(h.row) == hidden {
            continue;
        }
        // What the same kind of name of the same origin has weighs most.
        let weight = match (h.row.0 == table, h.arab != foreign) {
            (true, true) => 8,
            (true, false) => 2,
            (false, true) => 2,
            (false, false) => 1,
        };
        match known.iter_mut().find(|(_, en)| *en == h.en) {
            Some((n, _)) => *n += weight,
            None => known.push((weight, h.en)),
        }
    }
    if let Some((n, en)) = known.iter().rev().max_by_key(|(n, _)| *n)
        && *n >= 8
    {
        return plain(en);
    }
    if !place {
        let entries = arabic().entries(&folded);
        for table in [Table::Given, Table::Surname] {
            let named = entries
                .of(table)
                .map(|e| arabic().row(e))
                .find(|r| !r.get("en").is_empty() && musnad_lexicon::fold(r.get("name")) == folded);
            if let Some(row) = named {
                let en = row.get("en");
                // البرغوثي is "al-Barghouti"; "Erruas" and "Louarak" have the article in other letters, and are spelled anew.
                let article = folded.strip_prefix("ال").filter(|r| r.chars().count() > 2);
                let kept = ["Al", "AL", "al", "El", "el", "Abd"].iter().any(|a| en.starts_with(a));
                if let Some(stem) = article.filter(|_| !kept && !foreign) {
                    let first = stem.chars().next().unwrap_or('ا');
                    if en.starts_with('L') && first != 'ل'
                        || en.starts_with('E') && first != 'ا' && first != 'ع'
                    {
                        break;
                    }
                    return format!("al-{}", plain(en));
                }
                return en.replace("Al-", "al-").replace("Abdul-", "Abdul ");
            }
        }
    }
    if let Some((_, en)) = known.iter().rev().max_by_key(|(n, _)| *n) {
        return plain(en);
    }
    let raw = spelling(word);
    let article = raw.strip_prefix("ال").filter(|r| r.chars().count() > 2);
    let mut out = String::new();
    if article.is_some() {
        out.push_str("al-");
    }
    let stem = article.unwrap_or(&raw);
    // عبدالقادر is two words that are written as one.
    if let Some(rest) = stem.strip_prefix("عبدال").filter(|r| r.chars().count() > 2) {
        out.push_str("Abdul");
        out.push_str(&letters(rest, false));
        return out;
    }
    // What has the article is Arabic wherever it is.
    let latin = letters(stem, foreign && article.is_none());
    let latin = if article.is_some() && !place { craft(stem, &latin).unwrap_or(latin) } else { latin };
    capital(&latin, &mut out);
    out
}

/// A surname of a craft with its middle letter doubled, which Arabic does not write: الوراق "al-Warraq", الرواس "al-Rawwas".
fn craft(stem: &str, latin: &str) -> Option<String> {
    let letters: Vec<char> = stem.chars().collect();
    let shape = letters.len() == 4 && letters[2] == 'ا' && !matches!(letters[1], 'ا' | 'ي');
    let l: Vec<char> = latin.chars().collect();
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    // One consonant between two a: "waraq"; not "khabar", nor ضفاف "difaf", a plural.
    let at = (1..l.len().saturating_sub(1)).find(|k| vowel(l[k - 1]) && !vowel(l[*k]))?;
    let single = shape && l[at - 1] == 'a' && l[at + 1] == 'a';
    single.then(|| l[..=at].iter().chain(&l[at..]).collect())
}

/// The numeral of a king or pope at the end of a name, and how many words it is: السادس عشر XVI.
fn ordinal(words: &[String]) -> Option<(String, usize)> {
    const ORDINALS: [(&str, &str); 10] = [
        ("الاول", "I"),
        ("الثاني", "II"),
        ("الثالث", "III"),
        ("الرابع", "IV"),
        ("الخامس", "V"),
        ("السادس", "VI"),
        ("السابع", "VII"),
        ("الثامن", "VIII"),
        ("التاسع", "IX"),
        ("العاشر", "X"),
    ];
    let folded = |k: usize| words.get(k).map(|w| musnad_lexicon::fold(w)).unwrap_or_default();
    let first = folded(0);
    if words.len() == 2 && folded(1) == "عشر" {
        let first = if first == "الحادي" { "الاول".to_owned() } else { first };
        let (_, n) = ORDINALS.iter().find(|(w, _)| *w == first)?;
        return Some((format!("X{n}"), 2));
    }
    if words.len() != 1 {
        return None;
    }
    ORDINALS.iter().find(|(w, _)| *w == first).map(|(_, n)| ((*n).to_owned(), 1))
}

/// A name within a name or description: as the tables have it, else by its letters, and whether it is a body's. A person's surname alone
/// is a surname.
fn known_name(words: &[&str], country: Option<&str>, place: bool) -> (String, bool) {
    let text = musnad_lexicon::fold(&words.join(" "));
    let entries = arabic().entries(&text);
    for table in [Table::Country, Table::PlaceMore, Table::Place, Table::Organization, Table::Person] {
        for e in entries.of(table) {
            let row = arabic().row(e);
            if table == Table::Country && matches!(e.feat.part(), Part::Nisba | Part::Metonym) {
                continue;
            }
            let en = match table {
                Table::Place => self::place(row),
                _ => row.get("en").to_owned(),
            };
            if en.is_empty() {
                continue;
            }
            let alone = table == Table::Person && words.len() == 1;
            let surname = alone && musnad_lexicon::fold(row.get("name")) != text;
            let en = match en.split_once(' ').filter(|_| surname) {
                Some((_, last)) => last.to_owned(),
                None => en.split(" (").next().unwrap_or(&en).to_owned(),
            };
            return (en, table == Table::Organization && !e.feat.is_doubtful());
        }
    }
    (latin(words, country, place, None), false)
}

/// A name in Latin letters as English newspapers have it. `country`: whose citizen or where it is, if known. `hidden`: a row that is
/// not looked at, for measuring on names that are known.
///
/// ```
/// # use musnad::ar::entities::english::latin;
/// assert_eq!(latin(&["بيتر", "ليرنر"], None, false, None), "Peter Lerner");
/// assert_eq!(latin(&["خالد", "بن", "منصور"], None, false, None), "Khaled bin Mansour");
/// ```
#[must_use]
pub fn latin(words: &[&str], country: Option<&str>, place: bool, hidden: Option<(Table, u32)>) -> String {
    let words: Vec<String> = words.iter().map(|w| spelling(w)).collect();
    let foreign = is_foreign(&words, country, hidden);
    let mut out = String::new();
    let mut k = 0;
    while k < words.len() {
        if !out.is_empty() && !out.ends_with(['-', ' ']) {
            out.push(' ');
        }
        // عبد الله is also written as one word, which the tables have.
        if words[k] == "عبد" && k + 1 < words.len() && words[k + 1].starts_with("ال") {
            out.push_str(&word(&words[k..k + 2].concat(), foreign, place, hidden));
            k += 2;
            continue;
        }
        if k > 0
            && !place
            && let Some((numeral, n)) = ordinal(&words[k..])
        {
            out.push_str(&numeral);
            k += n;
            continue;
        }
        let en = word(&words[k], foreign, place, hidden);
        if out.is_empty() && !en.starts_with("al-") {
            capital(&en, &mut out);
        } else {
            out.push_str(&en);
        }
        k += 1;
    }
    out
}

/// The state whose adjective a folded word is, and whether that is all it is.
fn state_of(folded: &str) -> Option<&'static str> {
    let bare = folded.strip_prefix("ال").unwrap_or(folded);
    [folded, bare].into_iter().find_map(|w| {
        arabic()
            .entries(w)
            .of(Table::Country)
            .find(|e| e.feat.part() == Part::Nisba)
            .map(|e| arabic().row(e).get("iso3"))
    })
}

fn adjective(stem: &str) -> Option<&'static str> {
    let plain = stem.strip_suffix('ة').unwrap_or(stem);
    let many = ["ين", "ون"].into_iter().find_map(|e| stem.strip_suffix(e));
    [Some(stem), Some(plain), many].into_iter().flatten().find_map(|w| glossed("adjective", w))
}

/// Adds a known name to what a head is of; a generic word before it that the name has too goes.
fn take(of: &mut Vec<String>, en: String) {
    let en = en.split(" (").next().unwrap_or(&en).to_owned();
    let generic = of.last().map(|w| w.trim_start_matches("the ").to_lowercase());
    if generic.is_some_and(|g| en.to_lowercase().contains(&g)) {
        of.pop();
    }
    of.push(en);
}

/// The English of a phrase that begins with a head: a body's or place's name, or a description. `head`: the English of the head and
/// how many words it is. Adjectives come before the head, what it is of after it or, a name, before it.
fn headed(head: &str, words: &[&str], named: Option<&[bool]>, country: Option<&str>, place: bool) -> String {
    let described = named.is_some();
    let mut before: Vec<String> = Vec::new();
    let mut nation = None;
    let mut of: Vec<String> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    let mut k = 0;
    while k < words.len() {
        let mut folded = musnad_lexicon::fold(words[k]);
        // للدراسات "for studies": what it is for is what it is of.
        if let Some(rest) = folded.strip_prefix("لل").filter(|r| r.chars().count() > 2) {
            folded = format!("ال{rest}");
        }
        let stem = folded.strip_prefix("ال").filter(|s| s.chars().count() > 2).unwrap_or(&folded);
        let rest = &words[k..];
        // The longest name of a state, body, place or portfolio that begins here.
        let known = (1..=rest.len().min(6)).rev().find_map(|n| {
            let text = musnad_lexicon::fold(&rest[..n].join(" "));
            let entries = arabic().entries(&text);
            entries.iter().find_map(|e| {
                let row = arabic().row(e);
                let en = match e.table {
                    Table::Country if e.feat.part() != Part::Nisba && e.feat.part() != Part::Metonym => {
                        row.get("en").to_owned()
                    }
                    Table::Portfolio => title_case(row.get("en")),
                    Table::Organization | Table::PlaceMore | Table::Place
                        if !e.feat.is_doubtful() && n < words.len() =>
                    {
                        row.get("en").to_owned()
                    }
                    _ => return None,
                };
                (!en.is_empty()).then_some((n, en))
            })
        });
        // الجمهورية اليمنية is a name before it is two adjectives; بريطانيا is the state and no accusative.
        let surely = known.as_ref().is_some_and(|(n, _)| {
            *n > 1 && folded.starts_with("ال")
                || folded.ends_with("يا") && state_of(&folded).is_some() && !folded.starts_with("ال")
        });
        if surely && let Some((n, en)) = known {
            take(&mut of, en);
            k += n;
            continue;
        }
        // الكورية الجنوبية: an adjective of two words.
        let pair = rest.get(1).and_then(|w| state_of(&format!("{folded} {}", musnad_lexicon::fold(w))));
        let state = pair.or_else(|| state_of(&folded));
        let adjectives = 1 + usize::from(pair.is_some());
        if described && matches!(folded.as_str(), "اخر" | "اخرى" | "اخرين" | "اخرون") {
            before.insert(0, "other".to_owned());
        } else if let Some(iso3) = state.filter(|_| names.is_empty() || k + adjectives == words.len()) {
            k += adjectives - 1;
            let name = || country_en(iso3);
            if described && matches!(head, "dozens" | "hundreds" | "thousands" | "number") {
                of.extend(people(iso3));
                k += 1;
                continue;
            }
            let adjective = glossed("nation", iso3).map(str::to_owned).or_else(name);
            match of.last_mut().filter(|_| described && folded.starts_with("ال")) {
                // جلسة البرلمان اليوناني: the parliament's adjective.
                Some(last) => {
                    let en = adjective.unwrap_or_default();
                    *last = match last.strip_prefix("the ") {
                        Some(noun) => format!("the {en} {noun}"),
                        None => format!("{en} {last}"),
                    };
                }
                None => nation = adjective,
            }
        } else if let Some(en) =
            adjective(stem).filter(|_| names.is_empty() || !described && folded.starts_with("ال"))
        {
            // After a noun that it is of, the adjective is that noun's.
            let en = if described { lower(en) } else { en.to_owned() };
            match of.last_mut().filter(|_| folded.starts_with("ال")) {
                Some(last) => {
                    *last = match last.strip_prefix("the ") {
                        Some(noun) => format!("the {en} {noun}"),
                        None => format!("{en} {last}"),
                    }
                }
                None => before.insert(0, en),
            }
        } else if let Some((n, en)) = known {
            take(&mut of, en);
            k += n;
            continue;
        } else if let Some(en) = glossed("noun", stem)
            .or_else(|| glossed("head", stem).filter(|en| !en.is_empty() && folded.starts_with("ال")))
            .filter(|_| names.is_empty())
        {
            let the = if folded.starts_with("ال") && !en.ends_with('s') { "the " } else { "" };
            of.push(if described { format!("{the}{}", en.to_lowercase()) } else { en.to_owned() });
        } else if let Some(en) = stem
            .strip_prefix('و')
            .map(|s| s.strip_prefix("ال").unwrap_or(s))
            .and_then(|s| glossed("noun", s))
            .filter(|_| !of.is_empty())
        {
            if let Some(last) = of.last_mut() {
                *last = format!("{last} and {en}");
            }
        } else if let Some(en) = described.then(|| noun(stem)).flatten() {
            let the = if folded.starts_with("ال") && !en.ends_with('s') { "the " } else { "" };
            of.push(format!("{the}{en}"));
        } else if named.is_none_or(|n| n.get(k) == Some(&true))
            && !matches!(folded.as_str(), "في" | "من" | "باسم" | "على")
        {
            names.push(words[k]);
        }
        k += 1;
    }
    let mut out: Vec<String> = nation.into_iter().collect();
    out.append(&mut before);
    let (name, body) =
        if names.is_empty() { (String::new(), false) } else { known_name(&names, country, place) };
    // جمعية الصليب الأحمر: the name is whole without its head; قاعدة العند: "al-Anad airbase" has it.
    let has_head = name.to_lowercase().ends_with(&head.to_lowercase())
        || head == "Base" && name.ends_with("airbase")
        || head == "Airport" && name.ends_with("airbase");
    if !described && (body || has_head && !head.is_empty()) {
        return name;
    }
    if !described
        && name.is_empty()
        && of.len() == 1
        && matches!(head, "Base" | "Airport")
        && of[0].ends_with("airbase")
    {
        return of.remove(0);
    }
    let outlet = matches!(
        head,
        "agency" | "newspaper" | "channel" | "company" | "network" | "website" | "magazine" | "movement"
    );
    if described && !name.is_empty() && of.is_empty() && outlet {
        out.push(name);
        out.push(head.to_owned());
        return out.join(" ");
    }
    // "Singapore Summit", "Security Forces", but "Ministry of Defence"; "Battle of", "Mount".
    let last = head.split(' ').next_back().unwrap_or(head);
    let governs = head.contains(' ')
        || matches!(
            last,
            "Ministry"
                | "Council"
                | "House"
                | "Court"
                | "Battle"
                | "Law"
                | "Treaty"
                | "Bank"
                | "College"
                | "Ministries"
        );
    if !described
        && of.len() == 1
        && name.is_empty()
        && !governs
        && !head.is_empty()
        && !of[0].contains(" and ")
    {
        out.append(&mut of);
    }
    let leads = matches!(head, "Mount" | "Wadi" | "Operation" | "Battle");
    if !described && !name.is_empty() && !leads {
        out.push(name.clone());
    }
    if !head.is_empty() {
        out.push(head.to_owned());
    }
    if leads && !name.is_empty() {
        out.push(if head == "Battle" { format!("of {name}") } else { name.clone() });
    }
    let mut out = out.join(" ");
    if described && !name.is_empty() {
        of.push(name);
    }
    for en in of {
        let joined = out.is_empty() || [" of", " for", " to", " in"].iter().any(|e| out.ends_with(e));
        out.push_str(if joined { " " } else { " of " });
        if described && !en.starts_with("the ") && en.split(' ').next_back().is_some_and(is_body) {
            out.push_str("the ");
        }
        out.push_str(&en);
    }
    out.trim().to_owned()
}

/// Whether an English noun for a body wants the article.
fn is_body(noun: &str) -> bool {
    matches!(
        noun,
        "Ministry"
            | "Council"
            | "Army"
            | "Police"
            | "Movement"
            | "Party"
            | "Parliament"
            | "Government"
            | "Union"
            | "Committee"
    )
}

/// An adjective within a sentence: those of peoples and faiths keep their capital.
fn lower(en: &str) -> String {
    const PROPER: [&str; 16] = [
        "Arab",
        "Islamic",
        "Kurdish",
        "European",
        "African",
        "Asian",
        "Houthi",
        "Christian",
        "Coptic",
        "Orthodox",
        "Catholic",
        "Jewish",
        "Sunni",
        "Shiite",
        "Amiri",
        "Shura",
    ];
    if PROPER.contains(&en) { en.to_owned() } else { en.to_lowercase() }
}

/// The people of a state: "Palestinians", "people of France".
#[must_use]
pub fn people(iso3: &str) -> Option<String> {
    let nation = if iso3 == "USA" { "American" } else { glossed("nation", iso3)? };
    let many = ["an", "i", "n", "k", "t", "b", "r", "d"].iter().any(|e| nation.ends_with(e))
        && !nation.ends_with("men");
    Some(if many && iso3 != "ESP" { format!("{nation}s") } else { format!("{nation} people") })
}

/// The English of a row of places: as newspapers write it where the project's own table has the same place.
#[must_use]
pub fn place(row: Row) -> String {
    let entries = arabic().entries(&musnad_lexicon::fold(row.get("name").trim_start_matches('?')));
    let own =
        entries.of(Table::PlaceMore).map(|e| arabic().row(e)).find(|o| o.get("iso3") == row.get("iso3"));
    match own.map_or("", |o| o.get("en")) {
        "" => plain(row.get("en")),
        en => en.to_owned(),
    }
}

/// The English of a noun that heads titles or descriptions: الجيش "the army" after قادة "commanders".
fn noun(stem: &str) -> Option<String> {
    let entries = arabic().entries(stem);
    [Table::Group, Table::Title].into_iter().find_map(|t| {
        let e = entries.of(t).next()?;
        let en = arabic().row(e).get("en");
        let en = en.split(',').next().unwrap_or(en);
        let en = if e.feat.get_number() == Number::Singular { en.to_owned() } else { plural(en) };
        (!en.is_empty()).then_some(en)
    })
}

fn country_en(iso3: &str) -> Option<String> {
    country(iso3).map(str::to_owned)
}

fn title_case(text: &str) -> String {
    let mut out = String::new();
    for w in text.split(',').next().unwrap_or(text).split(' ') {
        if !out.is_empty() {
            out.push(' ');
        }
        if matches!(w, "and" | "of" | "the" | "for") {
            out.push_str(w);
        } else {
            capital(w, &mut out);
        }
    }
    out
}

/// The name of a body or place whose first word says what it is.
#[must_use]
pub fn body(words: &[&str], country: Option<&str>, place: bool) -> String {
    let folded: Vec<String> = words.iter().map(|w| musnad_lexicon::fold(w)).collect();
    for n in [2, 1] {
        if folded.len() < n {
            continue;
        }
        let text = folded[..n].join(" ");
        let bare = text.strip_prefix("ال").unwrap_or(&text);
        if let Some(head) = glossed("head", bare).filter(|_| folded.len() > n) {
            return headed(head, &words[n..], None, country, place);
        }
    }
    // المعارضة التركية "Turkish opposition": a body by the word that describes it.
    if !place && folded.len() > 1 {
        let bare = folded[0].strip_prefix("ال").unwrap_or(&folded[0]);
        let group =
            arabic().entries(bare).of(Table::Group).any(|e| arabic().row(e).get("type") == "organization");
        let adjectives = folded[1..].iter().all(|w| {
            let stem = w.strip_prefix("ال").unwrap_or(w);
            state_of(w).is_some() || adjective(stem).is_some() || glossed("noun", stem).is_some()
        });
        if let Some(en) = noun(bare).filter(|_| group && adjectives) {
            return headed(&title_case(&en), &words[1..], None, country, place);
        }
    }
    // الخارجية الروسية: the ministry goes without its head.
    if !place {
        let portfolio =
            |w: &str| arabic().entries(w).of(Table::Portfolio).next().map(|e| arabic().row(e).get("en"));
        if let Some(en) = folded.first().and_then(|w| portfolio(w)).filter(|_| folded.len() < 3) {
            return headed(&format!("Ministry of {}", title_case(en)), &words[1..], None, country, place);
        }
    }
    latin(words, country, place, None)
}

/// More than one of what an English noun means: the first noun of "member of parliament" is the one that changes.
fn plural(en: &str) -> String {
    let (noun, rest) = en.find(" of ").or_else(|| en.find(" for")).map_or((en, ""), |at| en.split_at(at));
    if noun == "another" {
        return "others".to_owned();
    }
    if let Some(what) = noun.strip_prefix("one ") {
        return format!("people {what}{rest}");
    }
    if noun.ends_with("ed") {
        return format!("{noun} people{rest}");
    }
    let noun = match noun.strip_suffix("man") {
        Some(stem) if !noun.ends_with("German") && !noun.ends_with("human") => format!("{stem}men"),
        _ if noun.ends_with('s') && !noun.ends_with("ss")
            || ["media", "aircraft", "police", "intelligence", "personnel"]
                .iter()
                .any(|n| noun.ends_with(n))
            || noun.ends_with("people")
            || noun.ends_with("men") =>
        {
            noun.to_owned()
        }
        _ if noun.ends_with("person") => format!("{}people", noun.trim_end_matches("person")),
        _ if noun.ends_with("child") => format!("{noun}ren"),
        _ if noun.ends_with('y') && !["ay", "ey", "oy"].iter().any(|e| noun.ends_with(e)) => {
            format!("{}ies", &noun[..noun.len() - 1])
        }
        _ if noun.ends_with("ss") || noun.ends_with("ch") || noun.ends_with("sh") || noun.ends_with('x') => {
            format!("{noun}es")
        }
        _ => format!("{noun}s"),
    };
    format!("{noun}{rest}")
}

/// The letters of a word within a span; للقوات, of which the span has but the second lam, gets back the article's alef.
#[must_use]
pub fn whole_word<'d>(words: &Words<'d>, token: usize, within: Span) -> Cow<'d, str> {
    let doc = words.doc;
    let text = doc.text(within);
    let cut = doc.tokens.get(token).is_some_and(|t| t.span.start < within.start);
    let lam = 'ل'.len_utf8() as u32;
    let two = Span::new(within.start.saturating_sub(lam), within.start + lam);
    match text.strip_prefix('ل').filter(|_| cut && doc.text(two) == "لل") {
        Some(rest) => Cow::Owned(format!("ال{rest}")),
        None => Cow::Borrowed(text),
    }
}

/// The words of a mention without marks, attached letters cut off its first.
fn words_of<'d>(words: &Words<'d>, tokens: Tokens, span: Span) -> Vec<(usize, Cow<'d, str>)> {
    let doc = words.doc;
    tokens
        .range()
        .filter_map(|i| {
            let token = doc.tokens.get(i)?;
            let within =
                Span::new(token.span.start.max(span.start), token.span.end.min(span.end).max(span.start));
            (token.kind != Kind::Mark && !within.is_empty()).then(|| (i, whole_word(words, i, within)))
        })
        .collect()
}

/// The English of a speaker that a single word describes, when it is known: المكتب "office".
#[must_use]
pub fn noun_alone(folded: &str) -> Option<String> {
    let stem = folded.strip_prefix("ال").unwrap_or(folded);
    glossed("head", stem)
        .or_else(|| glossed("noun", stem))
        .filter(|en| !en.is_empty())
        .map(str::to_lowercase)
        .or_else(|| noun(stem))
}

/// The English of a name that no row knows.
#[must_use]
pub fn name(
    words: &Words<'_>,
    tokens: Tokens,
    span: Span,
    kind: EntityKind,
    country: Option<&str>,
) -> String {
    let found = words_of(words, tokens, span);
    let all: Vec<&str> = found.iter().map(|w| w.1.as_ref()).collect();
    match kind {
        EntityKind::Person => latin(&all, country, false, None),
        EntityKind::Place => body(&all, country, true),
        _ => body(&all, country, false),
    }
}

/// The English of a description by its head's, with its adjectives, its state and what it is of.
#[must_use]
pub fn description(
    words: &Words<'_>,
    mention: &Mention,
    head: Row,
    number: Number,
    feminine: bool,
    country: Option<&str>,
) -> String {
    let en = head.get("en");
    // "emir, prince": the first of several senses.
    let en = en.split(',').next().unwrap_or(en);
    let mut noun = en.to_owned();
    if feminine && number == Number::Singular {
        for (man, woman) in [
            ("spokesman", "spokeswoman"),
            ("chairman", "chairwoman"),
            ("actor", "actress"),
            ("king", "queen"),
        ] {
            if en == man {
                noun = woman.to_owned();
            }
        }
    }
    let all = words_of(words, mention.tokens, mention.span);
    let text = all.iter().map(|w| musnad_lexicon::fold(&w.1)).collect::<Vec<_>>().join(" ");
    if let Some(en) = glossed("phrase", text.strip_prefix("ال").unwrap_or(&text)) {
        return en.to_owned();
    }
    let (before, skip) = quantity(words, &all);
    let counted = before.as_ref().is_some_and(|b| b.many);
    // المحتجين is read as two protesters or as many; a sound plural is as a rule many, a noun with a broken plural is two.
    let first = all.get(skip).map_or("", |w| w.1.as_ref());
    let broken = head.list("plural").chain(head.list("forms")).next().is_some_and(|p| !p.ends_with("ون"));
    let two =
        number == Number::Dual && (["ان", "تين", "ا", "تي"].iter().any(|e| first.ends_with(e)) || broken);
    let many = match number {
        Number::Singular => None,
        Number::Dual if two && !counted => Some("two "),
        Number::Dual | Number::Plural => Some(""),
    };
    // "groups.tsv" may give a noun that is a plural already.
    let plural_already = noun.ends_with('s') && !noun.ends_with("ss") || noun.contains("s of");
    if (many.is_some() || counted) && !plural_already {
        noun = plural(&noun);
    }
    let length = head.line().split('\t').next().map_or(1, |w| w.split(' ').count());
    let rest = all.get((skip + length).min(all.len())..).unwrap_or(&[]);
    let named: Vec<bool> = rest.iter().map(|w| words.doc.name_at(w.0).is_some()).collect();
    let rest: Vec<&str> = rest.iter().map(|w| w.1.as_ref()).collect();
    let text = headed(&noun, &rest, Some(&named), country, false);
    let text = text.replace("dozens of thousands", "tens of thousands");
    match (before, many) {
        (Some(b), _) => format!("{} {text}", b.text),
        (None, Some(two)) => format!("{two}{text}"),
        _ => text,
    }
}

/// The English of a people with its number: 6 أتراك "6 Turkish people".
#[must_use]
pub fn counted(words: &Words<'_>, mention: &Mention, noun: &str) -> String {
    let all = words_of(words, mention.tokens, mention.span);
    match quantity(words, &all).0 {
        Some(q) => format!("{} {noun}", q.text),
        None => noun.to_owned(),
    }
}

/// What stands before the head of a description, in English, and whether it makes it many.
struct Quantity {
    text: String,
    many: bool,
}

/// The numbers, quantifiers and demonstratives before a head, and how many words they are: أكثر من 30 "more than 30".
fn quantity(words: &Words<'_>, all: &[(usize, Cow<'_, str>)]) -> (Option<Quantity>, usize) {
    let doc = words.doc;
    let mut out: Vec<String> = Vec::new();
    let mut many = false;
    let mut skip = 0;
    while skip + 1 < all.len() {
        let folded = musnad_lexicon::fold(&all[skip].1);
        let number = arabic()
            .entries(folded.strip_prefix('و').unwrap_or(&folded))
            .of(Table::Time)
            .map(|e| arabic().row(e))
            .find(|r| r.get("class") == "number");
        let heads = arabic().entries(&folded).iter().any(|e| matches!(e.table, Table::Group | Table::Title));
        let en = match folded.as_str() {
            _ if doc.kind(all[skip].0) == Some(Kind::Number) => {
                many = true;
                folded.clone()
            }
            "نحو" | "حوالي" | "قرابة" | "زهاء" => "about".to_owned(),
            "اكثر" | "ازيد" => "more than".to_owned(),
            "اقل" => "fewer than".to_owned(),
            "بعض" => "some".to_owned(),
            "عدد" | "عدة" | "بضعة" | "بضع" => "several".to_owned(),
            "العديد" | "عديد" => "many".to_owned(),
            "احد" | "احدى" => "one of the".to_owned(),
            "هذا" | "هذه" => "this".to_owned(),
            "هؤلاء" => "these".to_owned(),
            "ذلك" | "تلك" => "that".to_owned(),
            "اكبر" => "largest".to_owned(),
            "اول" => "first".to_owned(),
            "ابرز" => "most prominent".to_owned(),
            "اهم" => "most important".to_owned(),
            "من" | "عن" | "على" => String::new(),
            _ if heads
                || skip > 0 && matches!(out.last().map(String::as_str), Some("one of the" | "some")) =>
            {
                break;
            }
            _ => match number {
                Some(row) => {
                    many = true;
                    row.get("gloss").to_owned()
                }
                None => break,
            },
        };
        many |= matches!(en.as_str(), "some" | "several" | "many" | "one of the" | "these");
        if !en.is_empty() {
            out.push(en);
        }
        skip += 1;
    }
    if out.is_empty() {
        return (None, skip);
    }
    (Some(Quantity { text: out.join(" "), many }), skip)
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
