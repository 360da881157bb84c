//! Forms generated from lemmas: the verb's paradigm and the noun's.
//!
//! A verb is built with its vowels from root and form, by the rules that every grammar of written Arabic gives (for instance
//! W. Wright, *A Grammar of the Arabic Language*, vol. I; K. Ryding, *A Reference Grammar of Modern Standard Arabic*, ch. 21–32),
//! and spelled at the end, without vowel signs but with every hamza on its seat. Past and present thus built must be the
//! lemma and the imperfect that the table gives: a wrong root or form is a fault of the row, found when the tables are compiled.
//!
//! Inside this file a word is a string of Arabic consonants and of vowels in Latin letters: `a i u` short, `A I U` long, `Y` a
//! final ā written ى, `~` doubling, `<` an initial alef that carries no hamza, `E` the silent alef of the plural, `T` the alef
//! of the accusative. So `قAل` is قال "he said".

use crate::feat::{Feat, Number, Part};

/// All forms of a verb without clitics: past, present (all moods), imperative, passive, masdars and participles, in every
/// person, number and gender.
///
/// `lemma` is the past tense, third person masculine singular. `root` has its letters separated by spaces, hamza written ء.
/// `form` is `I` to `X`, or `Q1`, `Q2`, `Q4` for roots of four letters. `imperfect` is the third person masculine singular; it
/// shows the vowel of hollow and defective verbs. Each of `masdars` may be followed by broken plurals: `قول/أقوال`.
///
/// A passive is given only where its letters differ from the active of the same person (قيل, يقال; not أعلن, which may be
/// either). Participles come as [`Part::Active`] and [`Part::Passive`] even where they are spelled alike (مؤكد).
/// Shapes that a verb or noun takes only before a pronoun (لقائ of لقائه, يقرؤ of يقرؤه) are marked as construct.
///
/// # Errors
/// When root and form do not give `lemma` and `imperfect`, with the reason.
pub fn conjugate(
    lemma: &str,
    root: &str,
    form: &str,
    imperfect: &str,
    masdars: &[&str],
) -> Result<Vec<(String, Feat)>, String> {
    let verb = Verb::new(lemma, root, form, imperfect)?;
    let mut active = Forms::default();
    verb.past(&verb.past, Feat::of(Part::Past), &mut active);
    verb.present(&verb.present, verb.prefix, Feat::of(Part::Present), &mut active);
    for (given, part) in [(lemma, Part::Past), (imperfect, Part::Present)] {
        let third = Feat::of(part).person(3);
        if !active.0.iter().any(|(w, f)| *f == third && w == given) {
            let made: Vec<&str> =
                active.0.iter().filter(|(_, f)| *f == third).map(|(w, _)| w.as_str()).collect();
            return Err(format!(
                "root {root} in form {form} gives {} for the {part:?}, not {given}",
                made.join(" or ")
            ));
        }
    }
    let mut passive = Forms::default();
    verb.past(&verb.past_passive, Feat::of(Part::Past), &mut passive);
    verb.present(&verb.present_passive, 'u', Feat::of(Part::Present), &mut passive);
    passive.0.retain(|form| !active.0.contains(form));
    let mut out = active;
    out.0.extend(passive.0.into_iter().map(|(w, f)| (w, f.passive())));
    verb.imperative(&mut out);
    verb.participles(&mut out);
    for masdar in masdars {
        let mut items = masdar.split('/').filter(|m| !m.is_empty());
        let Some(singular) = items.next() else { continue };
        let mut plurals: Vec<String> = items.map(str::to_owned).collect();
        if let Some(stem) = singular.strip_suffix('ة') {
            plurals.push(format!("{stem}ات"));
        } else if verb.derived {
            plurals.extend(attach(singular, "ات"));
            // تولٍّ "taking over" beside التولي: only the indefinite lacks its ي.
            if let Some(short) = singular.strip_suffix('ي')
                && matches!(verb.ending, Ending::Defective)
            {
                out.add_spelled(short.to_owned(), Feat::of(Part::Masdar));
            }
        }
        let plurals: Vec<&str> = plurals.iter().map(String::as_str).collect();
        out.0.extend(decline(singular, Part::Masdar, &plurals));
    }
    Ok(out.sorted())
}

/// A noun's or adjective's forms without clitics (the article, prepositions and pronouns are cut off by the tokens).
///
/// `plurals` are all its plurals, broken and sound: a plural in ون also gives ين and the two that lose their nun before a
/// complement, one in ات needs no more. An adjective of belonging ([`Part::Nisba`]) is declined in both genders and makes its
/// sound plurals by itself. Of a phrase the first word is declined and the rest kept (رئيسا وزراء "two prime ministers").
#[must_use]
pub fn decline(lemma: &str, part: Part, plurals: &[&str]) -> Vec<(String, Feat)> {
    let f = Feat::of(part);
    let mut out = Forms::default();
    let (head, rest) = match lemma.split_once(' ') {
        Some((head, rest)) => (head, format!(" {rest}")),
        None => (lemma, String::new()),
    };
    if part != Part::Nisba && head.ends_with("ات") && head.chars().count() > 4 && plurals.is_empty() {
        // A plural given as a lemma (محادثات "talks").
        out.add_spelled(lemma.to_owned(), f.feminine().number(Number::Plural));
        return out.0;
    }
    singular_and_dual(head, f, &mut out);
    if part == Part::Nisba && !head.ends_with('ة') {
        singular_and_dual(&format!("{head}ة"), f, &mut out);
        out.add_spelled(format!("{head}ات"), f.feminine().number(Number::Plural));
        sound_plural(head, f, &mut out);
    }
    for form in &mut out.0 {
        form.0.push_str(&rest);
    }
    for many in plurals {
        out.0.extend(plural(many, part));
    }
    if !rest.is_empty() {
        // A word with a complement never carries the accusative alef.
        out.0.retain(|(_, f)| !f.is_accusative());
    }
    out.sorted()
}

/// The forms of a plural, broken or sound, as [`decline`] makes them.
#[must_use]
pub fn plural(word: &str, part: Part) -> Vec<(String, Feat)> {
    let (head, rest) = word.split_once(' ').unwrap_or((word, ""));
    let mut out = Forms::default();
    broken_or_sound_plural(head, Feat::of(part), &mut out);
    if !rest.is_empty() {
        out.0.iter_mut().for_each(|(w, _)| *w = format!("{w} {rest}"));
    }
    out.sorted()
}

fn singular_and_dual(word: &str, f: Feat, out: &mut Forms) {
    let two = |f: Feat| f.number(Number::Dual);
    if let Some(stem) = word.strip_suffix('ة') {
        let f = f.feminine();
        out.add_spelled(word.to_owned(), f);
        out.add_spelled(format!("{stem}تان"), two(f));
        out.add_spelled(format!("{stem}تين"), two(f).oblique());
        out.add_spelled(format!("{stem}تا"), two(f).construct());
        out.add_spelled(format!("{stem}تي"), two(f).oblique().construct());
        return;
    }
    let f = if word.ends_with('ى') { f.feminine() } else { f };
    out.add_spelled(word.to_owned(), f);
    before_pronoun(word, f, out);
    if takes_accusative_alef(word) {
        out.add_all(attach(word, "ا"), f.accusative());
    }
    out.add_all(attach(word, "ان"), two(f));
    out.add_all(attach(word, "ين"), two(f).oblique());
    out.add_all(attach(word, "آ"), two(f).construct());
    out.add_all(attach(word, "ي"), two(f).oblique().construct());
}

fn broken_or_sound_plural(word: &str, f: Feat, out: &mut Forms) {
    let f = f.number(Number::Plural);
    if let Some(stem) = word.strip_suffix("ون")
        && stem.chars().count() > 2
    {
        sound_plural(stem, f, out);
        return;
    }
    if word.ends_with("ات") {
        out.add_spelled(word.to_owned(), f.feminine());
        return;
    }
    out.add_spelled(word.to_owned(), f);
    before_pronoun(word, f, out);
    if takes_accusative_alef(word) {
        out.add_all(attach(word, "ا"), f.accusative());
    }
}

fn sound_plural(stem: &str, f: Feat, out: &mut Forms) {
    let f = f.number(Number::Plural);
    out.add_all(attach(stem, "ون"), f);
    out.add_all(attach(stem, "ين"), f.oblique());
    out.add_all(attach(stem, "و"), f.construct());
    out.add_all(attach(stem, "ي"), f.oblique().construct());
}

/// لقاء and مبدأ have no room for the alef of the accusative, سلوى and زيارة no use for it.
fn takes_accusative_alef(word: &str) -> bool {
    !["ة", "ى", "ا", "اء", "أ"].iter().any(|end| word.ends_with(end))
}

/// The shapes of a noun that ends in hamza before a pronoun: لقائه, لقاؤه "his meeting".
fn before_pronoun(word: &str, f: Feat, out: &mut Forms) {
    for end in ["ء", "أ"] {
        if let Some(stem) = word.strip_suffix(end) {
            for seat in ["ئ", "ؤ"] {
                out.add_spelled(format!("{stem}{seat}"), f.construct());
            }
        }
    }
}

/// A spelled word with an ending: only a final hamza or ى changes. The dual without nun is asked for as `آ`, since it differs
/// from the accusative after hamza (مبدآ) only.
fn attach(word: &str, ending: &str) -> Vec<String> {
    let dual = ending == "آ";
    let plain = if dual { "ا" } else { ending };
    let with = |stem: &str, middle: &str| vec![format!("{stem}{middle}{plain}")];
    if let Some(stem) = word.strip_suffix('ى') {
        return with(stem, if plain.starts_with('و') { "" } else { "ي" });
    }
    if let Some(stem) = word.strip_suffix('أ') {
        return match ending {
            "ان" | "ات" | "آ" => vec![format!("{stem}آ{}", &plain["ا".len()..])],
            "ون" | "و" => {
                vec![format!("{stem}ؤ{plain}"), format!("{stem}أ{plain}"), format!("{stem}ئ{plain}")]
            }
            "ين" | "ي" => vec![format!("{stem}ئ{plain}"), format!("{stem}أ{plain}")],
            _ => with(word, ""),
        };
    }
    if let Some(stem) = word.strip_suffix('ء') {
        let joins = stem.chars().next_back().is_some_and(|c| !"اأإآدذرزوؤء".contains(c));
        return match plain.chars().next() {
            Some('و') if stem.ends_with('ا') => {
                vec![format!("{stem}ؤ{plain}"), format!("{stem}ء{plain}"), format!("{stem}ئ{plain}")]
            }
            Some('ي') if stem.ends_with('ا') => vec![format!("{stem}ء{plain}"), format!("{stem}ئ{plain}")],
            _ if joins => with(stem, "ئ"),
            _ => with(word, ""),
        };
    }
    with(word, "")
}

/// Forms with their features, as they are collected.
#[derive(Default)]
struct Forms(Vec<(String, Feat)>);

impl Forms {
    /// Adds every spelling of a word given with its vowels.
    fn add(&mut self, word: &str, feat: Feat) {
        self.add_all(spell(word), feat);
    }
    fn add_all(&mut self, words: Vec<String>, feat: Feat) {
        for w in words {
            self.add_spelled(w, feat);
        }
    }
    fn add_spelled(&mut self, word: String, feat: Feat) {
        self.0.push((word, feat));
    }
    fn sorted(mut self) -> Vec<(String, Feat)> {
        self.0.sort();
        self.0.dedup();
        self.0
    }
}

/// What the last two root letters do to a stem.
#[derive(Clone, Copy, PartialEq)]
enum Ending {
    /// Nothing: أعلن, وصف, قرأ.
    Sound,
    /// The middle letter has become a long vowel: قال, أفاد.
    Hollow,
    /// The last two letters are one before vowels: رد, استمر.
    Doubled,
    /// The last letter is weak: دعا, نفى, أبدى.
    Defective,
}

/// A stem: what stands before the last two root letters, these, and the vowel between them.
#[derive(Clone)]
struct Stem {
    onset: String,
    middle: String,
    vowel: char,
    last: char,
    /// The vowel that a hollow stem keeps before a consonant.
    short: char,
    ending: Ending,
}

struct Verb {
    past: Stem,
    present: Stem,
    past_passive: Stem,
    present_passive: Stem,
    /// The vowel of the present's prefix: يَكتب, يُعلن.
    prefix: char,
    root: Vec<char>,
    ending: Ending,
    /// Any form but I: masdars are regular and have plurals in ات.
    derived: bool,
    form: Form,
}

/// Verb forms by the Roman numerals that grammars give them; Q for those of four letters.
#[derive(Clone, Copy, PartialEq)]
#[allow(clippy::upper_case_acronyms)]
enum Form {
    I,
    II,
    III,
    IV,
    V,
    VI,
    VII,
    VIII,
    IX,
    X,
    Q1,
    Q2,
    Q4,
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u' | 'A' | 'I' | 'U')
}

fn is_weak(c: char) -> bool {
    matches!(c, 'و' | 'ي')
}

fn long(vowel: char) -> char {
    vowel.to_ascii_uppercase()
}

/// The vowel that a letter of the spelled lemma or imperfect betrays.
fn betrayed(letter: Option<char>) -> Option<char> {
    match letter? {
        'ئ' | 'ي' => Some('i'),
        'ؤ' | 'و' => Some('u'),
        'أ' | 'ا' | 'ى' | 'آ' => Some('a'),
        _ => None,
    }
}

impl Verb {
    fn new(lemma: &str, root: &str, form: &str, imperfect: &str) -> Result<Verb, String> {
        let mut letters = Vec::new();
        for part in root.split(' ') {
            let mut chars = part.chars();
            match (chars.next(), chars.next()) {
                (Some('أ' | 'إ' | 'ؤ' | 'ئ'), None) => {
                    return Err(format!("hamza is written ء in a root, not as in {root}"));
                }
                (Some(c @ 'ء'..='ي'), None) if c != 'ا' && c != 'ى' => letters.push(c),
                _ => return Err(format!("root {root:?} is not letters with one space between")),
            }
        }
        let form = match form {
            "I" => Form::I,
            "II" => Form::II,
            "III" => Form::III,
            "IV" => Form::IV,
            "V" => Form::V,
            "VI" => Form::VI,
            "VII" => Form::VII,
            "VIII" => Form::VIII,
            "IX" => Form::IX,
            "X" => Form::X,
            "Q1" => Form::Q1,
            "Q2" => Form::Q2,
            "Q4" => Form::Q4,
            _ => return Err(format!("form {form:?} is none of I to X, Q1, Q2, Q4")),
        };
        let four = matches!(form, Form::Q1 | Form::Q2 | Form::Q4);
        if letters.len() != if four { 4 } else { 3 } {
            return Err(format!("root {root} does not have the number of letters of its form"));
        }
        let ending = ending(&letters, form, lemma);
        let from_end = |word: &str, n: usize| word.chars().rev().nth(n);
        // The only vowels that letters betray are those of hollow, defective and hamzated verbs, and only in form I are
        // they not the form's own.
        let (r1, r2, r3) = (letters[0], letters[1], letters[2]);
        let (v1, v2) = if ending == Ending::Hollow {
            let v = betrayed(from_end(imperfect, 1)).unwrap_or('u');
            ('a', v)
        } else if ending == Ending::Doubled {
            // Only after a hamza does the vowel show: يئن "he moans", يؤم "he leads".
            (
                'a',
                imperfect
                    .chars()
                    .nth(1)
                    .filter(|c| "ئؤ".contains(*c))
                    .and_then(|c| betrayed(Some(c)))
                    .unwrap_or('u'),
            )
        } else if r2 == 'ء' && ending != Ending::Defective {
            (betrayed(from_end(lemma, 1)).unwrap_or('a'), betrayed(from_end(imperfect, 1)).unwrap_or('a'))
        } else {
            (betrayed(from_end(lemma, 0)).unwrap_or('a'), betrayed(from_end(imperfect, 0)).unwrap_or('u'))
        };
        let short = if v2 == 'a' { 'i' } else { v2 };
        let (double, last) = (format!("{r2}~"), letters[letters.len() - 1]);
        let single = letters[letters.len() - 2].to_string();
        let stem = |onset: String, middle: &str, vowel: char, short: char| Stem {
            onset,
            middle: middle.to_owned(),
            vowel,
            last,
            short,
            ending,
        };
        // Onsets and middle vowels of past, present, past passive and present passive.
        let four_stems = |onsets: [String; 4], middle: &str, vowels: [char; 4]| {
            let [a, b, c, d] = onsets;
            [
                stem(a, middle, vowels[0], 'a'),
                stem(b, middle, vowels[1], 'a'),
                stem(c, middle, vowels[2], 'i'),
                stem(d, middle, vowels[3], 'a'),
            ]
        };
        let aiia = ['a', 'i', 'i', 'a'];
        let aaia = ['a', 'a', 'i', 'a'];
        let seen = (r1, r2, r3) == ('ر', 'ء', 'ي');
        let stems = match form {
            Form::I => {
                // وصف يصف: the first letter goes where the imperfect lacks it. رأى يرى: the hamza goes, with its letter's place.
                let drops = r1 == 'و' && imperfect.chars().nth(1) != Some('و');
                let onset = if drops { String::new() } else { r1.to_string() };
                let mut stems = four_stems(
                    [format!("{r1}a"), onset, format!("{r1}u"), r1.to_string()],
                    &single,
                    [v1, v2, 'i', 'a'],
                );
                stems[0].short = short;
                if seen {
                    for i in [1, 3] {
                        stems[i].onset = String::new();
                        stems[i].middle = "ر".to_owned();
                    }
                }
                stems
            }
            Form::II => four_stems(
                [format!("{r1}a"), format!("{r1}a"), format!("{r1}u"), format!("{r1}a")],
                &double,
                aiia,
            ),
            Form::III => four_stems(
                [format!("{r1}A"), format!("{r1}A"), format!("{r1}U"), format!("{r1}A")],
                &single,
                aiia,
            ),
            Form::IV => {
                let mut stems = four_stems(
                    [format!("ءa{r1}"), r1.to_string(), format!("ءu{r1}"), r1.to_string()],
                    &single,
                    aiia,
                );
                if seen {
                    for (stem, onset) in stems.iter_mut().zip(["ءa", "", "ءu", ""]) {
                        stem.onset = onset.to_owned();
                        stem.middle = "ر".to_owned();
                    }
                }
                stems
            }
            Form::V => four_stems(
                [format!("تa{r1}a"), format!("تa{r1}a"), format!("تu{r1}u"), format!("تa{r1}a")],
                &double,
                aaia,
            ),
            Form::VI => four_stems(
                [format!("تa{r1}A"), format!("تa{r1}A"), format!("تu{r1}U"), format!("تa{r1}A")],
                &single,
                aaia,
            ),
            Form::VII => four_stems(
                [format!("<iن{r1}a"), format!("ن{r1}a"), format!("<uن{r1}u"), format!("ن{r1}a")],
                &single,
                aiia,
            ),
            Form::VIII => {
                let x = eighth(r1, lemma);
                four_stems(
                    [format!("<i{x}a"), format!("{x}a"), format!("<u{x}u"), format!("{x}a")],
                    &single,
                    aiia,
                )
            }
            Form::IX => four_stems(
                [format!("<i{r1}{r2}a"), format!("{r1}{r2}a"), format!("<u{r1}{r2}u"), format!("{r1}{r2}a")],
                &last.to_string(),
                aiia,
            ),
            Form::X => four_stems(
                [format!("<iستa{r1}"), format!("ستa{r1}"), format!("<uستu{r1}"), format!("ستa{r1}")],
                &single,
                aiia,
            ),
            Form::Q1 => four_stems(
                [format!("{r1}a{r2}"), format!("{r1}a{r2}"), format!("{r1}u{r2}"), format!("{r1}a{r2}")],
                &single,
                aiia,
            ),
            Form::Q2 => four_stems(
                [
                    format!("تa{r1}a{r2}"),
                    format!("تa{r1}a{r2}"),
                    format!("تu{r1}u{r2}"),
                    format!("تa{r1}a{r2}"),
                ],
                &single,
                aaia,
            ),
            Form::Q4 => four_stems(
                [
                    format!("<i{r1}{r2}a{r3}"),
                    format!("{r1}{r2}a{r3}"),
                    format!("<u{r1}{r2}u{r3}"),
                    format!("{r1}{r2}a{r3}"),
                ],
                &last.to_string(),
                aiia,
            ),
        };
        let [past, present, past_passive, present_passive] = stems;
        let prefix = if matches!(form, Form::II | Form::III | Form::IV | Form::Q1) { 'u' } else { 'a' };
        Ok(Verb {
            past,
            present,
            past_passive,
            present_passive,
            prefix,
            root: letters,
            ending,
            derived: form != Form::I,
            form,
        })
    }

    fn past(&self, stem: &Stem, f: Feat, out: &mut Forms) {
        use Number::{Dual, Plural};
        let third = f.person(3);
        let (one, fs, dual, fd, mp, closed);
        if self.ending == Ending::Defective {
            let base = stem.base();
            let by_waw = stem.final_alef(&self.root) == 'A' && !stem.middle.starts_with('ي');
            let x = if by_waw { 'و' } else { 'ي' };
            if stem.vowel == 'a' {
                one = format!("{base}{}", stem.final_alef(&self.root));
                (fs, fd) = (format!("{base}aت"), format!("{base}aتA"));
                (dual, mp) = (format!("{base}a{x}A"), format!("{base}aوE"));
                closed = format!("{base}a{x}");
            } else {
                one = format!("{base}iي");
                (fs, fd) = (format!("{base}iيaت"), format!("{base}iيaتA"));
                (dual, mp) = (format!("{base}iيA"), format!("{base}UE"));
                closed = format!("{base}I");
            }
        } else {
            let open = stem.open();
            (fs, fd) = (format!("{open}aت"), format!("{open}aتA"));
            (dual, mp) = (format!("{open}A"), format!("{open}UE"));
            closed = stem.closed();
            one = open;
        }
        out.add(&one, third);
        out.add(&fs, third.feminine());
        out.add(&dual, third.number(Dual));
        out.add(&fd, third.number(Dual).feminine());
        out.add(&mp, third.number(Plural));
        out.add(&format!("{closed}ن"), third.number(Plural).feminine());
        let second = f.person(2);
        out.add(&format!("{closed}ت"), second);
        out.add(&format!("{closed}ت"), second.feminine());
        out.add(&format!("{closed}تuمA"), second.number(Dual));
        out.add(&format!("{closed}تuم"), second.number(Plural));
        out.add(&format!("{closed}تuن"), second.number(Plural).feminine());
        out.add(&format!("{closed}ت"), f.person(1));
        out.add(&format!("{closed}نA"), f.person(1).number(Plural));
    }

    fn present(&self, stem: &Stem, prefix: char, f: Feat, out: &mut Forms) {
        use Number::{Dual, Plural};
        let e = PresentEndings::of(stem);
        let third = f.person(3);
        let second = f.person(2);
        let mut put =
            |letter: char, rest: &str, feat: Feat| out.add(&format!("{letter}{prefix}{rest}"), feat);
        for (letter, feat) in [
            ('ي', third),
            ('ت', third.feminine()),
            ('ت', second),
            ('ء', f.person(1)),
            ('ن', f.person(1).number(Plural)),
        ] {
            put(letter, &e.bare, feat);
            put(letter, &e.jussive, feat);
            if stem.last == 'ء' {
                // The indicative before a pronoun: يقرؤه "he reads it".
                let before_pronoun = format!("{letter}{prefix}{}u", e.bare);
                if spell(&before_pronoun) != spell(&format!("{letter}{prefix}{}", e.bare)) {
                    put(letter, &format!("{}u", e.bare), feat.construct());
                }
            }
        }
        for (letter, feat) in [
            ('ي', third.number(Dual)),
            ('ت', third.number(Dual).feminine()),
            ('ت', second.number(Dual)),
            ('ت', second.number(Dual).feminine()),
        ] {
            put(letter, &format!("{}ن", e.dual), feat);
            put(letter, &e.dual, feat);
        }
        for (letter, feat) in [('ي', third.number(Plural)), ('ت', second.number(Plural))] {
            put(letter, &format!("{}ن", e.masculine), feat);
            put(letter, &format!("{}E", e.masculine), feat);
            put(letter, &e.feminine_plural, feat.feminine());
        }
        put('ت', &format!("{}ن", e.you_feminine), second.feminine());
        put('ت', &e.you_feminine, second.feminine());
    }

    fn imperative(&self, out: &mut Forms) {
        if self.form == Form::I && self.root == ['ر', 'ء', 'ي'] {
            // The imperative of رأى, a single letter, is not used.
            return;
        }
        let mut stem = self.present.clone();
        if self.form == Form::I
            && matches!(self.root[..], ['ء', 'خ', 'ذ'] | ['ء', 'ك', 'ل'] | ['ء', 'م', 'ر'])
        {
            // خذ "take!", كل "eat!", مر "order!" lose their hamza, and no other verbs do.
            stem.onset.clear();
        }
        let e = PresentEndings::of(&stem);
        let f = Feat::of(Part::Imperative).person(2);
        let start = |rest: &str| {
            let mut chars = rest.chars();
            let cluster = chars.next().is_some() && chars.next().is_some_and(|c| !is_vowel(c) && c != '~');
            match (self.form, cluster) {
                (Form::IV, _) => format!("ءa{rest}"),
                (_, true) => format!("<i{rest}"),
                (_, false) => rest.to_owned(),
            }
        };
        if e.jussive.chars().filter(|c| !is_vowel(*c)).count() > 1 {
            // وعى would give ع, which is no word that anybody writes.
            out.add(&start(&e.jussive), f);
        }
        if self.ending == Ending::Doubled {
            out.add(&start(&e.bare), f);
        }
        out.add(&start(&e.you_feminine), f.feminine());
        out.add(&start(&e.dual), f.number(Number::Dual));
        out.add(&start(&format!("{}E", e.masculine)), f.number(Number::Plural));
        out.add(&start(&e.feminine_plural), f.number(Number::Plural).feminine());
    }

    fn participles(&self, out: &mut Forms) {
        let (active, passive) = (Feat::of(Part::Active), Feat::of(Part::Passive));
        let (r1, r2, last) = (self.root[0], &self.root[1], self.root[self.root.len() - 1]);
        if self.form != Form::I {
            let stem = |vowel: char, of: &Stem| {
                let mut stem = of.clone();
                stem.onset = format!("مu{}", stem.onset);
                stem.vowel = vowel;
                stem
            };
            let (a, p) = (stem('i', &self.present), stem('a', &self.present_passive));
            // Forms VII, IX and Q4 are never transitive.
            let transitive = !matches!(self.form, Form::VII | Form::IX | Form::Q4);
            if self.ending == Ending::Defective {
                qadi(&a.base(), active, out);
                if transitive {
                    mustawa(&p.base(), p.final_alef(&self.root), passive, out);
                }
            } else {
                sound_participle(&a.open(), active, out);
                if transitive {
                    sound_participle(&p.open(), passive, out);
                }
            }
            return;
        }
        match self.ending {
            Ending::Sound => {
                sound_participle(&format!("{r1}A{r2}i{last}"), active, out);
                sound_participle(&format!("مa{r1}{r2}U{last}"), passive, out);
            }
            Ending::Doubled => {
                sound_participle(&format!("{r1}A{r2}~"), active, out);
                sound_participle(&format!("مa{r1}{r2}U{last}"), passive, out);
            }
            Ending::Hollow => {
                if last == 'ء' {
                    // جاءٍ "coming" from ج ي ء: the two hamzas give way to a defective form.
                    qadi(&format!("{r1}Aء"), active, out);
                } else {
                    sound_participle(&format!("{r1}Aءi{last}"), active, out);
                }
                let vowel = if *r2 == 'و' { 'U' } else { 'I' };
                sound_participle(&format!("مa{r1}{vowel}{last}"), passive, out);
            }
            Ending::Defective => {
                qadi(&format!("{r1}A{r2}"), active, out);
                let end = if last == 'و' && self.past.vowel == 'a' { "uو~" } else { "iي~" };
                sound_participle(&format!("مa{r1}{r2}{end}"), passive, out);
            }
        }
    }
}

/// How the last two root letters behave; the lemma tells the few that keep what they could lose (استحوذ, ازدوج).
fn ending(root: &[char], form: Form, lemma: &str) -> Ending {
    let (middle, last) = (root[root.len() - 2], root[root.len() - 1]);
    let from_end = |n: usize| lemma.chars().rev().nth(n);
    if matches!(form, Form::IX | Form::Q4) {
        Ending::Doubled
    } else if is_weak(last) {
        Ending::Defective
    } else if matches!(form, Form::I | Form::IV | Form::VII | Form::VIII | Form::X)
        && is_weak(middle)
        && matches!(from_end(1), Some('ا' | 'آ'))
    {
        Ending::Hollow
    } else if middle == last
        && matches!(form, Form::I | Form::III | Form::IV | Form::VI | Form::VII | Form::VIII | Form::X)
        && from_end(1) != Some(last)
    {
        Ending::Doubled
    } else {
        Ending::Sound
    }
}

/// The first root letter of form VIII with its ت, which it swallows or changes: اتهم, ادعى, ازداد, اصطدم, اطلع.
fn eighth(r1: char, lemma: &str) -> String {
    let second = lemma.chars().nth(1);
    match r1 {
        'و' | 'ي' => "تت".to_owned(),
        'ء' if second == Some('ت') => "تت".to_owned(),
        'د' => "دد".to_owned(),
        'ذ' | 'ظ' | 'ث' if lemma.chars().nth(2) != Some('ت') => {
            second.map_or_else(String::new, |c| format!("{c}{c}"))
        }
        'ز' => "زد".to_owned(),
        'ص' | 'ض' => format!("{r1}ط"),
        'ط' => "طط".to_owned(),
        _ => format!("{r1}ت"),
    }
}

impl Stem {
    fn base(&self) -> String {
        format!("{}{}", self.onset, self.middle)
    }

    /// The final long a of a defective stem: ا in دعا (root in و, form I) and after ي (أحيا), else ى.
    fn final_alef(&self, root: &[char]) -> char {
        let first_form_past =
            root.len() == 3 && self.onset == format!("{}a", root[0]) && !self.middle.contains('~');
        if self.middle.starts_with('ي') || first_form_past && self.last == 'و' { 'A' } else { 'Y' }
    }

    /// Before a vowel, or at the end of a word whose final short vowel is not written. Not for defective stems.
    fn open(&self) -> String {
        let Stem { onset, middle, vowel, last, .. } = self;
        let after_vowel = onset.chars().next_back().is_some_and(is_vowel);
        match self.ending {
            Ending::Hollow if after_vowel => {
                let stem = &onset[..onset.len() - 1];
                let vowel = if onset.ends_with('u') { 'I' } else { 'A' };
                format!("{stem}{vowel}{last}")
            }
            Ending::Hollow => format!("{onset}{}{last}", long(*vowel)),
            Ending::Doubled if after_vowel => format!("{onset}{middle}~"),
            Ending::Doubled => format!("{onset}{vowel}{middle}~"),
            Ending::Sound | Ending::Defective => format!("{onset}{middle}{vowel}{last}"),
        }
    }

    /// Before a consonant, and in the jussive. Not for defective stems.
    fn closed(&self) -> String {
        let Stem { onset, middle, vowel, last, short, .. } = self;
        let after_vowel = onset.chars().next_back().is_some_and(is_vowel);
        match self.ending {
            Ending::Hollow if after_vowel => format!("{}{short}{last}", &onset[..onset.len() - 1]),
            Ending::Hollow => format!("{onset}{vowel}{last}"),
            _ => format!("{onset}{middle}{vowel}{last}"),
        }
    }
}

/// A present stem before each kind of ending, the ending's vowel included and its nun left out.
struct PresentEndings {
    bare: String,
    jussive: String,
    dual: String,
    masculine: String,
    you_feminine: String,
    feminine_plural: String,
}

impl PresentEndings {
    fn of(stem: &Stem) -> PresentEndings {
        let base = stem.base();
        let six = |bare: &str, dual: &str, masculine: &str, you: &str, feminine: &str| PresentEndings {
            bare: format!("{base}{bare}"),
            // Its short vowel is not written, but a hamza before it is written by it: لم ينأ "he did not go far".
            jussive: format!("{base}{}", stem.vowel),
            dual: format!("{base}{dual}"),
            masculine: format!("{base}{masculine}"),
            you_feminine: format!("{base}{you}"),
            feminine_plural: format!("{base}{feminine}ن"),
        };
        match (stem.ending, stem.vowel) {
            (Ending::Defective, 'i') => six("I", "iيA", "U", "I", "I"),
            (Ending::Defective, 'u') => six("U", "uوA", "U", "I", "U"),
            (Ending::Defective, _) => {
                six(if stem.middle.starts_with('ي') { "A" } else { "Y" }, "aيA", "aو", "aي", "aي")
            }
            _ => {
                let (open, closed) = (stem.open(), stem.closed());
                PresentEndings {
                    dual: format!("{open}A"),
                    masculine: format!("{open}U"),
                    you_feminine: format!("{open}I"),
                    bare: open,
                    feminine_plural: format!("{closed}ن"),
                    jussive: closed,
                }
            }
        }
    }
}

/// Declines a participle by its stem and by what stands between stem and endings: nothing, or the ي of a defective.
fn participle(bare: &[&str], stem: &str, feminine: &str, plural: [&str; 2], f: Feat, out: &mut Forms) {
    use Number::{Dual, Plural};
    let g = f.feminine();
    for b in bare {
        out.add(b, f);
    }
    if !stem.ends_with("aء") && !stem.ends_with("aي") {
        out.add(&format!("{stem}aT"), f.accusative());
    }
    for (ending, f) in [
        ("Aن", f.number(Dual)),
        ("aين", f.number(Dual).oblique()),
        ("A", f.number(Dual).construct()),
        ("aي", f.number(Dual).oblique().construct()),
        ("Aت", g.number(Plural)),
    ] {
        out.add(&format!("{stem}{ending}"), f);
    }
    for (ending, f) in [
        ("ة", g),
        ("تAن", g.number(Dual)),
        ("تaين", g.number(Dual).oblique()),
        ("تA", g.number(Dual).construct()),
        ("تaي", g.number(Dual).oblique().construct()),
    ] {
        out.add(&format!("{feminine}{ending}"), f);
    }
    let [nominative, oblique] = plural;
    let many = f.number(Plural);
    out.add(&format!("{nominative}ن"), many);
    out.add(&format!("{oblique}ن"), many.oblique());
    out.add(nominative, many.construct());
    out.add(oblique, many.oblique().construct());
}

fn sound_participle(stem: &str, f: Feat, out: &mut Forms) {
    participle(&[stem], stem, &format!("{stem}a"), [&format!("{stem}U"), &format!("{stem}I")], f, out);
}

/// The declension of قاضٍ "judge": active participles of defective verbs.
fn qadi(base: &str, f: Feat, out: &mut Forms) {
    participle(
        &[base, &format!("{base}I")],
        &format!("{base}iي"),
        &format!("{base}iيa"),
        [&format!("{base}U"), &format!("{base}I")],
        f,
        out,
    );
}

/// The declension of مستوًى "level": passive participles of defective verbs.
fn mustawa(base: &str, alef: char, f: Feat, out: &mut Forms) {
    participle(
        &[&format!("{base}{alef}")],
        &format!("{base}aي"),
        &format!("{base}A"),
        [&format!("{base}aو"), &format!("{base}aي")],
        f,
        out,
    );
}

/// The spellings of a word given with its vowels: one, or a few where the seat of a hamza is free.
fn spell(word: &str) -> Vec<String> {
    let c = regular(word);
    let mut out = vec![String::new()];
    let mut i = 0;
    while i < c.len() {
        let letter = match c[i] {
            'a' | 'i' | 'u' | '~' => None,
            'A' | 'E' | 'T' | '<' => Some('ا'),
            'I' => Some('ي'),
            'U' => Some('و'),
            'Y' => Some('ى'),
            'ء' => {
                let (seats, eaten) = hamza(&c, i);
                out = seats.iter().flat_map(|s| out.iter().map(move |o| format!("{o}{s}"))).collect();
                i += eaten;
                None
            }
            // A consonant that meets its like is written once: أثبتّ, أعلنّا.
            x if c.get(i + 1) == Some(&x) => None,
            x => Some(x),
        };
        if let Some(letter) = letter {
            out.iter_mut().for_each(|o| o.push(letter));
        }
        i += 1;
    }
    out
}

/// Settles what no word keeps: two hamzas in one syllable (آمن, أومن, إيمان), ي after u (يوقن), و after i (إيقاف).
fn regular(word: &str) -> Vec<char> {
    let c: Vec<char> = word.chars().collect();
    let mut out: Vec<char> = Vec::with_capacity(c.len());
    for (i, &x) in c.iter().enumerate() {
        let closed = c.get(i + 1).is_none_or(|&n| !is_vowel(n) && n != '~' && n != 'Y');
        let previous = out.last().copied();
        let hamzas = x == 'ء' && out.len() >= 2 && out[out.len() - 2] == 'ء';
        let lengthens = match previous {
            Some('u') => closed && (x == 'ي' || hamzas),
            Some('i') => closed && (x == 'و' || hamzas),
            Some('a') => closed && hamzas,
            _ => false,
        };
        match previous {
            Some(v) if lengthens && i + 1 < c.len() => {
                out.pop();
                out.push(long(v));
            }
            _ => out.push(x),
        }
    }
    out
}

/// The seats that the hamza at `i` may take, and how many letters after it they swallow (the alef of آ).
///
/// The stronger of the vowels before and after it decides, i before u before a; after a long vowel it may stand alone.
fn hamza(c: &[char], i: usize) -> (&'static [&'static str], usize) {
    let own = c[i + 1..].iter().copied().find(|x| *x != '~');
    let before = c[..i].iter().rev().copied().find(|x| *x != '~');
    let alef = usize::from(own == Some('A'));
    let Some(before) = before else {
        return match own {
            Some('A') => (&["آ"], alef),
            Some('i' | 'I') => (&["إ"], 0),
            _ => (&["أ"], 0),
        };
    };
    match (before, own) {
        ('i', None) => (&["ئ"], 0),
        ('u', None) => (&["ؤ"], 0),
        ('a', None) => (&["أ"], 0),
        (_, None) => (&["ء"], 0),
        (_, Some('i' | 'I')) | ('i' | 'I' | 'ي', _) => (&["ئ"], 0),
        ('U' | 'و', Some('U')) => (&["ؤ", "ء"], 0),
        ('a', Some('U')) => (&["ؤ", "أ", "ئ"], 0),
        ('A', Some('U')) => (&["ؤ", "ء", "ئ"], 0),
        (b, Some('U')) if !is_vowel(b) => (&["ؤ", "ئ"], 0),
        (_, Some('u' | 'U')) | ('u', _) => (&["ؤ"], 0),
        ('U' | 'A' | 'و', Some('a' | 'A' | 'Y')) => (&["ء"], 0),
        // قرآ or قرأا "they (two) read", but تآمر only.
        ('a', Some('A')) if matches!(c[i + 2..], [] | ['ن']) => (&["آ", "أا"], alef),
        (_, Some('A')) => (&["آ"], alef),
        _ => (&["أ"], 0),
    }
}
