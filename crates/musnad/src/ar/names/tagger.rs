//! A trained tagger: a linear chain over the tokens of a sentence that says of each whether a name of a person, an
//! organisation or a place begins there, goes on, or neither.
//!
//! Its weights are made from annotated corpora by `cargo xtask train-names` and are read where they lie in the program; see
//! `MODELS.md` for what they were made from. What it looks at are the same summaries of the lexicons that the rules
//! use, the letters at both ends of a word, word classes that were found without supervision, the words around, what the rest
//! of the report does with the same word, and what the rules themselves have found. So it learns how far each rule is to be
//! trusted on text that the rules' authors have not seen.

use super::Found;
use super::words::{May, Words};
use crate::document::{EntityKind, Kind};
use crate::span::Tokens;
use musnad_lexicon::Table;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

/// How many tags there are: outside, and the beginning and inside of a person, an organisation and a place, in this order.
pub const TAGS: usize = 7;

/// One number for each tag.
pub type PerTag = [f32; TAGS];

/// The kinds of entities that are tagged, in the order of the tags.
pub const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Organization, EntityKind::Place];

/// The first bytes of a file of weights.
pub const MAGIC: &[u8; 8] = b"MNAMES02";

/// Bytes before the tables: magic, base-2 logarithms of the two tables' sizes, the scale, the share of a word's other
/// places, and the weights of transitions.
pub const HEADER: usize = 8 + 4 + 4 + 4 + 4 + 4 * TAGS * (TAGS + 1);

/// How many classes a word has: by its surroundings in news, finely and coarsely, and by what an encoder of many languages
/// makes of it alone, from fine to coarse.
pub const CLASSES: usize = 6;

/// The classes of a word, each from 1; 0 where it has none.
pub type Classes = [u16; CLASSES];

/// How far a feature is looked for from where its hash points. The writer of the tables keeps to it.
pub const PROBES: usize = 64;

static WEIGHTS: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/ar/names.bin"));

/// The weights that come with the program.
#[must_use]
pub fn arabic() -> Option<&'static Model> {
    static MODEL: OnceLock<Option<Model>> = OnceLock::new();
    MODEL.get_or_init(|| Model::new(WEIGHTS)).as_ref()
}

/// Weights, read where they lie.
///
/// Both tables are open-addressed. A slot of weights is one byte of the feature's hash (0 when it is free) and a signed byte
/// for each tag; a slot of word classes is four bytes of the word's hash and two for each of its classes, all 0 when it is
/// free.
pub struct Model {
    classes: &'static [[u8; 16]],
    weights: &'static [[u8; 8]],
    scale: f32,
    /// How much a word's score for a kind is that of the same word elsewhere in the report, 0 to 1.
    shared: f32,
    start: PerTag,
    next: [PerTag; TAGS],
}

impl Model {
    /// From the bytes of a file of weights; `None` when they are none.
    #[must_use]
    pub fn new(bytes: &'static [u8]) -> Option<Model> {
        let (header, tables) = bytes.split_at_checked(HEADER)?;
        let (magic, numbers) = header.split_at_checked(8)?;
        if magic != MAGIC {
            return None;
        }
        let (numbers, _) = numbers.as_chunks::<4>();
        let mut numbers = numbers.iter().copied();
        let mut int = || numbers.next().map(u32::from_le_bytes);
        let (words, features) = (int()?, int()?);
        if words > 24 || features > 24 {
            return None;
        }
        let mut float = || numbers.next().map(f32::from_le_bytes).filter(|x| x.is_finite());
        let (scale, shared) = (float()?, float()?);
        let mut row = || -> Option<PerTag> {
            let mut out = [0.0; TAGS];
            for x in &mut out {
                *x = float()?;
            }
            Some(out)
        };
        let start = row()?;
        let mut next = [[0.0; TAGS]; TAGS];
        for to in &mut next {
            *to = row()?;
        }
        let (classes, weights) = tables.split_at_checked(16 << words)?;
        let ((classes, _), (weights, rest)) = (classes.as_chunks::<16>(), weights.as_chunks::<8>());
        if !rest.is_empty() || weights.len() != 1 << features {
            return None;
        }
        Some(Model { classes, weights, scale, shared, start, next })
    }

    /// The sums of the weights of features, for each tag.
    ///
    /// The slots where the features' hashes point are fetched first, all of them, and looked at then: fetching is slow, and
    /// many can be under way at once as long as nothing is decided by what comes.
    fn sum(&self, features: &[u64], fetched: &mut Vec<[u8; 8]>) -> PerTag {
        let mask = self.weights.len() - 1;
        let at = |k: usize| self.weights.get(k & mask).copied().unwrap_or_default();
        fetched.clear();
        fetched.extend(features.iter().map(|f| at(slot(*f).0)));
        let mut sums = [0_i16; 8];
        // The first byte of a slot is no weight; its sum is left out below.
        let mut add = |slot: [u8; 8]| {
            for (sum, w) in sums.iter_mut().zip(slot) {
                *sum = sum.saturating_add(i16::from(i8::from_le_bytes([w])));
            }
        };
        for (f, first) in features.iter().zip(fetched.iter()) {
            let (from, print) = slot(*f);
            if first[0] == print {
                add(*first);
            } else if first[0] != 0 {
                for k in 1..PROBES {
                    let next = at(from + k);
                    if next[0] == print {
                        add(next);
                    }
                    if next[0] == print || next[0] == 0 {
                        break;
                    }
                }
            }
        }
        let [_, weights @ ..] = sums;
        weights.map(|x| f32::from(x) * self.scale)
    }

    /// The classes of a word by the hash of its folded spelling; zeros when it has none.
    #[must_use]
    pub fn classes(&self, word: u64) -> Classes {
        let mask = self.classes.len() - 1;
        let print = (word >> 32) as u32;
        let from = word as usize;
        let mut out = [0; CLASSES];
        for k in 0..PROBES {
            let Some(slot) = self.classes.get(from.wrapping_add(k) & mask) else { break };
            let (hash, classes) = slot.split_at(4);
            let (classes, _) = classes.as_chunks::<2>();
            if classes.iter().all(|c| *c == [0, 0]) {
                break;
            }
            if *hash == print.to_le_bytes() {
                for (to, c) in out.iter_mut().zip(classes) {
                    *to = u16::from_le_bytes(*c);
                }
                break;
            }
        }
        out
    }
}

/// Where in the table of weights a feature is looked for first (more bits than the table may need), and the byte that tells it
/// from others, never 0.
#[must_use]
pub fn slot(feature: u64) -> (usize, u8) {
    ((feature >> 16) as usize, ((feature >> 56) as u8).max(1))
}

/// The hash of a word.
#[must_use]
pub fn hash(word: &str) -> u64 {
    finish(word.bytes().fold(BASIS, step))
}

const BASIS: u64 = 0xcbf2_9ce4_8422_2325;

fn step(h: u64, byte: u8) -> u64 {
    (h ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
}

fn finish(h: u64) -> u64 {
    let h = (h ^ h >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^ h >> 29
}

fn mix(a: u64, b: u64) -> u64 {
    let h = (a ^ b.rotate_left(23)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    h ^ h >> 31
}

/// What a feature rests on, in the lowest bits of its hash: training leaves out one or the other at random, so that the
/// tagger does not lean on a word or a lexicon alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Group {
    /// The word itself.
    Form,
    /// The lexicons.
    Lexicon,
    /// The rules.
    Rule,
    /// The word's ends, the words around and all else.
    Other,
    /// The word's classes.
    Class,
}

/// The group of a feature.
#[must_use]
pub fn group(feature: u64) -> Group {
    match feature & 7 {
        0 => Group::Form,
        1 => Group::Lexicon,
        2 => Group::Rule,
        4 => Group::Class,
        _ => Group::Other,
    }
}

/// How many letters at either end of a word are looked at.
const ENDS: usize = 5;

/// What there is to know of a spelling, made once for each in a report.
#[derive(Clone, Copy, Default)]
struct Form {
    word: u64,
    before: [u64; ENDS],
    after: [u64; ENDS],
    letters: u64,
    /// Of the word, or of its stem where only that has classes.
    classes: [u64; CLASSES],
    ordinary: bool,
}

fn form(word: &str, kind: Kind, model: &Model) -> Form {
    let mut out = Form::default();
    match kind {
        Kind::Number => {
            out.word = mix(1, word.len().min(6) as u64);
            return out;
        }
        Kind::Mark => {
            out.word = hash(word);
            return out;
        }
        Kind::Word | Kind::Foreign => {}
    }
    out.word = hash(word);
    let mut h = BASIS;
    let mut bytes = [0; 4];
    for (k, c) in word.chars().enumerate() {
        if let Some(slot) = out.before.get_mut(k) {
            h = c.encode_utf8(&mut bytes).bytes().fold(h, step);
            *slot = finish(h);
        }
        out.letters += 1;
    }
    h = BASIS;
    for (slot, c) in out.after.iter_mut().zip(word.chars().rev()) {
        h = c.encode_utf8(&mut bytes).bytes().fold(h, step);
        *slot = finish(h);
    }
    let mut classes = model.classes(out.word);
    // Without what may be attached in front: a rare form has the classes of its stem. By its surroundings a form has a class
    // of its own more often than by its letters.
    let mut rest = word;
    while classes.contains(&0) && rest.len() > 6 {
        let Some(stem) = rest.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك']) else { break };
        rest = stem;
        let of_stem = match rest.strip_prefix('ل') {
            Some(bare) if word.len() > 8 => model.classes(hash(&format!("ال{bare}"))),
            _ => model.classes(hash(rest)),
        };
        for (c, s) in classes.iter_mut().zip(of_stem).filter(|(c, s)| **c == 0 && *s > 0) {
            // The stem of a form with attached letters is not quite the class itself.
            *c = s | 1 << 14;
        }
    }
    out.classes = classes.map(u64::from);
    out.ordinary = kind == Kind::Word && musnad_lexicon::arabic().is_ordinary(word);
    out
}

/// What a report does with a word, as bits that are counted.
const SIGNS: usize = 10;

/// One token as features see it.
#[derive(Clone, Copy, Default)]
struct Seen {
    form: Form,
    stem: u64,
    kind: u64,
    whole: u64,
    after: u64,
    /// The rule that has found a name here, with its kind and whether it begins or goes on.
    rule: u64,
    rule_kind: u64,
    /// The phrase of the lexicons that covers the token.
    phrase: u64,
    /// Quotation mark before or after it, quotation around it.
    quoted: u64,
    elsewhere: u16,
}

/// A token as it is kept for the whole report: its form is made once for each spelling and found by its index.
#[derive(Clone, Copy, Default)]
struct Kept {
    form: u32,
    whole: u32,
    after: u32,
    rule_kind: u16,
    phrase: u16,
    signs: u16,
    elsewhere: u16,
    kind: u8,
    quoted: u8,
    stem: u64,
    rule: u64,
}

/// All tokens of a report as features see them.
struct View {
    forms: Vec<Form>,
    kept: Vec<Kept>,
}

impl View {
    /// The tokens of a sentence, written over `out`; none where they are no part of the report.
    fn sentence(&self, tokens: Tokens, out: &mut Vec<Seen>) {
        out.clear();
        for k in self.kept.get(tokens.range()).unwrap_or(&[]) {
            out.push(Seen {
                form: self.forms.get(k.form as usize).copied().unwrap_or_default(),
                stem: k.stem,
                kind: u64::from(k.kind),
                whole: u64::from(k.whole),
                after: u64::from(k.after),
                rule: k.rule,
                rule_kind: u64::from(k.rule_kind),
                phrase: u64::from(k.phrase),
                quoted: u64::from(k.quoted),
                elsewhere: k.elsewhere,
            });
        }
    }
}

/// The features of all tokens of a report.
pub struct Features {
    list: Vec<u64>,
    ends: Vec<u32>,
}

impl Features {
    /// The features of the token at `i`.
    #[must_use]
    pub fn of(&self, i: usize) -> &[u64] {
        let at = |k: usize| self.ends.get(k).map_or(self.list.len(), |e| *e as usize);
        let from = i.checked_sub(1).map_or(0, at);
        self.list.get(from..at(i)).unwrap_or(&[])
    }

    /// Looks at a report in which the rules have found `found`, in order.
    #[must_use]
    pub fn new(words: &Words<'_>, found: &[Found], model: &Model) -> Features {
        let view = see(words, found, model);
        let mut tokens = Vec::new();
        let mut out =
            Features { list: Vec::with_capacity(words.len() * ROOM), ends: Vec::with_capacity(words.len()) };
        for s in &words.doc.layout.sentences {
            let range = s.tokens.range();
            view.sentence(s.tokens, &mut tokens);
            // Tokens of debris have none.
            let at = out.list.len() as u32;
            out.ends.resize(range.start.max(out.ends.len()), at);
            for i in 0..tokens.len() {
                features(&tokens, i, &mut out.list);
                out.ends.push(out.list.len() as u32);
            }
        }
        out
    }
}

/// About as many features a token has.
const ROOM: usize = 140;

fn see(words: &Words<'_>, found: &[Found], model: &Model) -> View {
    let doc = words.doc;
    let n = words.len();
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut forms: Vec<Form> = Vec::new();
    let mut seen: Vec<Kept> = Vec::with_capacity(n);
    let mut quote_before = false;
    for i in 0..n {
        let kind = doc.tokens[i].kind;
        let word = doc.word(i);
        let at = *known.entry(word).or_insert_with(|| {
            forms.push(form(word, kind, model));
            forms.len() as u32 - 1
        });
        let form = forms[at as usize];
        let look = words.look(i);
        let stem = word.char_indices().nth(usize::from(look.cut)).map_or("", |(at, _)| &word[at..]);
        let is_quote = |i: usize| {
            doc.kind(i) == Some(Kind::Mark) && matches!(doc.word(i), "\"" | "«" | "»" | "“" | "”" | "'")
        };
        let quoted =
            u8::from(quote_before) | u8::from(is_quote(i + 1)) << 1 | u8::from(doc.quote(i).is_some()) << 2;
        quote_before = is_quote(i);
        seen.push(Kept {
            form: at,
            stem: if look.cut == 0 { form.word } else { hash(stem) },
            kind: kind as u8 + 1,
            whole: look.whole.0,
            after: look.after.0 | u32::from(look.cut) << 24,
            quoted,
            ..Kept::default()
        });
    }
    for f in found {
        for (k, s) in seen.get_mut(f.tokens.range()).unwrap_or(&mut []).iter_mut().enumerate() {
            s.rule_kind = (f.kind as u16 + 1) << 1 | u16::from(k == 0);
            s.rule = mix(hash(f.rule), u64::from(s.rule_kind) | u64::from(f.row.is_some()) << 8);
        }
    }
    for i in 0..n {
        let phrase = doc.readings(i).iter().take_while(|r| r.tokens > 1).find_map(|r| {
            r.entries.iter().find(|e| r.allows(*e)).map(|e| (usize::from(r.tokens), e.table as u16 + 1))
        });
        if let Some((len, table)) = phrase {
            for (k, s) in seen[i..].iter_mut().take(len).enumerate() {
                if s.phrase == 0 {
                    s.phrase = table << 1 | u16::from(k == 0);
                }
            }
        }
    }
    signs(&mut seen, &forms);
    View { forms, kept: seen }
}

/// Counts what the report does with each stem, and gives each token what is done with the same stem at other places.
fn signs(seen: &mut [Kept], forms: &[Form]) {
    let has = |s: Option<&Kept>, may: May| s.is_some_and(|s| May(s.whole).any(may));
    for i in 0..seen.len() {
        let before = i.checked_sub(1).and_then(|b| seen.get(b));
        let next = seen.get(i + 1);
        let here = &seen[i];
        let kind = here.rule_kind >> 1;
        let signs = [
            has(before, May::TITLE),
            has(before, May::GIVEN),
            has(before, May::HEAD),
            has(before, May::FINITE),
            has(next, May::FINITE),
            has(next, May::SURNAME.or(May::SURNAME_TOO)),
            has(before, May::NISBA),
            kind == EntityKind::Person as u16 + 1,
            kind == EntityKind::Organization as u16 + 1,
            kind == EntityKind::Place as u16 + 1,
        ];
        seen[i].signs = signs.iter().enumerate().fold(0, |set, (k, x)| set | u16::from(*x) << k);
    }
    let mut counts: HashMap<u64, [u16; SIGNS]> = HashMap::new();
    let wanted = |s: &Kept| {
        s.kind == Kind::Word as u8 + 1 && forms.get(s.form as usize).is_some_and(|f| f.letters > 2)
    };
    for s in seen.iter().filter(|s| wanted(s)) {
        let count = counts.entry(s.stem).or_default();
        for (k, c) in count.iter_mut().enumerate() {
            *c = c.saturating_add(s.signs >> k & 1);
        }
    }
    for s in seen.iter_mut().filter(|s| wanted(s)) {
        if let Some(count) = counts.get(&s.stem) {
            s.elsewhere =
                count.iter().enumerate().fold(0, |set, (k, c)| set | u16::from(*c > (s.signs >> k & 1)) << k);
        }
    }
}

fn features(tokens: &[Seen], i: usize, out: &mut Vec<u64>) {
    let edge = Seen { form: Form { word: 7, ..Form::default() }, ..Seen::default() };
    let at = |k: isize| i.checked_add_signed(k).and_then(|i| tokens.get(i)).copied().unwrap_or(edge);
    let (b3, b2, b1, z, n1, n2) = (at(-3), at(-2), at(-1), at(0), at(1), at(2));
    let mut template = 0;
    let mut push = |group: Group, atom: u64, more: u64| {
        template += 1;
        out.push(mix(mix(template, atom), more) & !7 | group as u64);
    };
    use Group::{Class as C, Form as F, Lexicon as L, Other as O, Rule as R};
    let first = u64::from(i == 0);
    let fine = |s: &Seen| s.form.classes[0];
    let coarse = |s: &Seen| s.form.classes[1];
    push(O, 0, 0);
    // The word itself, its ends and its classes.
    push(F, z.form.word, 0);
    push(F, z.stem, z.form.before[0]);
    push(F, z.stem, 0);
    push(F, b1.form.word, z.form.word);
    push(F, z.form.word, n1.form.word);
    for k in 0..ENDS {
        push(O, z.form.before[k], 0);
        push(O, z.form.after[k], 0);
    }
    push(O, z.form.before[2], z.form.after[1]);
    push(O, z.kind, z.form.letters.min(10));
    for c in z.form.classes {
        push(C, c, 0);
    }
    push(C, coarse(&z), z.form.before[1]);
    push(C, coarse(&z), z.form.after[1]);
    push(O, z.quoted, first);
    push(C, z.quoted, coarse(&z));
    // The words around.
    for x in [b3, b2, b1, n1, n2] {
        push(O, x.form.word, 0);
        push(O, fine(&x), 0);
        push(O, coarse(&x), 0);
        push(L, x.whole, 0);
    }
    push(O, b2.form.word, b1.form.word);
    push(O, n1.form.word, n2.form.word);
    push(C, b1.form.word, coarse(&z));
    push(C, n1.form.word, coarse(&z));
    push(O, b1.form.after[1], z.form.after[1]);
    push(O, z.form.after[1], n1.form.after[1]);
    push(O, b1.form.before[1], z.form.before[1]);
    push(O, z.form.before[1], n1.form.before[1]);
    push(C, fine(&b1), fine(&z));
    push(C, fine(&z), fine(&n1));
    push(O, fine(&b1), fine(&n1));
    push(C, coarse(&b1), coarse(&z));
    push(C, coarse(&z), coarse(&n1));
    push(C, mix(coarse(&b1), coarse(&z)), coarse(&n1));
    push(C, mix(coarse(&b2), coarse(&b1)), coarse(&z));
    push(O, coarse(&b2), coarse(&b1));
    push(O, coarse(&n1), coarse(&n2));
    // What the lexicons know.
    push(L, z.whole, 0);
    push(L, z.after, 0);
    push(L, z.whole, z.after);
    push(L, z.whole, u64::from(z.form.ordinary));
    push(L, z.phrase, 0);
    push(L, z.phrase, b1.phrase);
    push(L, b1.whole, z.whole);
    push(L, z.whole, n1.whole);
    push(L, mix(b1.whole, z.whole), n1.whole);
    push(L, mix(b2.whole, b1.whole), z.whole);
    push(L, b1.whole, coarse(&z));
    push(L, n1.whole, coarse(&z));
    push(L, b2.whole, b1.whole);
    push(L, n1.whole, n2.whole);
    push(L, z.whole, coarse(&z));
    push(L, reach(tokens, i), 0);
    push(L, reach(tokens, i), coarse(&z));
    template = 150;
    let mut push = |group: Group, atom: u64, more: u64| {
        template += 1;
        out.push(mix(mix(template, atom), more) & !7 | group as u64);
    };
    // Classes by the encoder.
    let [of_z, of_b, of_n] = [z, b1, n1].map(|s| s.form.classes);
    for k in 3..CLASSES {
        push(O, of_b[k], 0);
        push(O, of_n[k], 0);
        push(C, of_b[k], of_z[k]);
        push(C, of_z[k], of_n[k]);
    }
    push(C, mix(of_b[5], of_z[5]), of_n[5]);
    push(C, mix(b2.form.classes[5], of_b[5]), of_z[5]);
    push(C, mix(of_z[5], of_n[5]), n2.form.classes[5]);
    push(C, b1.form.word, of_z[4]);
    push(C, n1.form.word, of_z[4]);
    push(C, b2.form.word, of_z[5]);
    push(C, n2.form.word, of_z[5]);
    push(C, b1.whole, of_z[5]);
    push(C, of_z[4], z.quoted);
    push(O, b2.form.classes[4], 0);
    push(O, n2.form.classes[4], 0);
    push(L, z.whole, of_z[5]);
    let (head, far) = head(tokens, i);
    push(O, head, far);
    push(C, head, of_z[5]);
    push(C, head, coarse(&z));
    template = 100;
    let mut push = |group: Group, atom: u64, more: u64| {
        out.push(mix(mix(template, atom), more) & !7 | group as u64);
    };
    for bit in bits(z.whole) {
        push(L, bit, 1);
    }
    for bit in bits(z.after & 0xff_ffff) {
        push(L, bit, 2);
    }
    // What the rest of the report does with it.
    push(R, u64::from(z.elsewhere), 3);
    for bit in bits(u64::from(z.elsewhere)) {
        push(R, bit, 4);
    }
    // The rules.
    push(R, z.rule, 5);
    push(R, z.rule_kind, 6);
    push(R, b1.rule_kind, 7);
    push(R, n1.rule_kind, 8);
    push(R, mix(b1.rule_kind, z.rule_kind), 9);
    push(R, mix(z.rule_kind, n1.rule_kind), 10);
    push(R, mix(z.rule, coarse(&z)), 11);
    push(R, mix(z.rule, z.whole), 12);
    push(R, mix(z.rule, coarse(&b1)), 13);
    push(R, mix(z.rule_kind, of_z[5]), 14);
}

/// The head of a title, a name or a description that stands nearest before the token on its side of a mark, and how far.
fn head(tokens: &[Seen], i: usize) -> (u64, u64) {
    for k in 1..6 {
        let Some(s) = i.checked_sub(k).and_then(|b| tokens.get(b)) else { break };
        if May(s.whole as u32 | s.after as u32 & 0xff_ffff).any(May::HEAD.or(May::GROUP).or(May::TITLE)) {
            return (s.stem, k as u64);
        }
        if s.kind == Kind::Mark as u64 + 1 && s.quoted & 2 == 0 && k > 1 {
            break;
        }
    }
    (0, 0)
}

fn bits(set: u64) -> impl Iterator<Item = u64> {
    (0..32).filter(move |k| set >> k & 1 == 1)
}

/// How far back a title stands, over words that may belong to it; 0 when there is none.
fn reach(tokens: &[Seen], i: usize) -> u64 {
    for k in 1..6 {
        let Some(s) = i.checked_sub(k).and_then(|b| tokens.get(b)) else { return 0 };
        let may = May(s.whole as u32);
        if may.any(May::TITLE) {
            return k as u64;
        }
        let between = May::NISBA.or(May::DEFINITE).or(May::PORTFOLIO).or(May::COUNTRY);
        if !may.any(between) && May(s.after as u32 & 0xff_ffff).0 & between.0 == 0 {
            return 0;
        }
    }
    0
}

/// A name as the tagger sees it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Guess {
    /// Its tokens, attached letters among them.
    pub tokens: Tokens,
    /// What it names.
    pub kind: EntityKind,
    /// The lowest probability among the tags of its tokens, 0 to 1.
    pub sure: f32,
}

/// What the tagger says of a report.
pub struct Tagged {
    /// The names of the best sequence of tags, in order.
    pub guesses: Vec<Guess>,
    /// The probability of each tag for each token; outside in debris.
    pub tags: Vec<PerTag>,
}

impl Tagged {
    /// The probability that the tokens are one name of a kind, by its least likely token.
    #[must_use]
    pub fn sure(&self, tokens: Tokens, kind: EntityKind) -> f32 {
        let Some(k) = KINDS.iter().position(|x| *x == kind) else { return 0.0 };
        let (begin, inside) = (1 + 2 * k, 2 + 2 * k);
        let Some(tags) = self.tags.get(tokens.range()) else { return 0.0 };
        tags.iter().enumerate().map(|(at, p)| if at == 0 { p[begin] } else { p[inside] }).fold(1.0, f32::min)
    }

    /// The highest probability among the tokens to belong to some name.
    #[must_use]
    pub fn any(&self, tokens: Tokens) -> f32 {
        let Some(tags) = self.tags.get(tokens.range()) else { return 0.0 };
        tags.iter().map(|p| 1.0 - p[0]).fold(0.0, f32::max)
    }
}

/// Tags a report in which the rules have found `found`.
#[must_use]
pub fn tag(words: &Words<'_>, found: &[Found], model: &Model) -> Tagged {
    let view = see(words, found, model);
    let mut tokens = Vec::new();
    // Features are summed token by token: those of a long report would take a hundred times its text.
    let mut list: Vec<u64> = Vec::with_capacity(ROOM);
    let mut fetched: Vec<[u8; 8]> = Vec::with_capacity(ROOM);
    let mut outside = [0.0; TAGS];
    outside[0] = 1.0;
    let mut out = Tagged { guesses: Vec::new(), tags: vec![outside; words.len()] };
    let mut scores: Vec<PerTag> = vec![[0.0; TAGS]; words.len()];
    for s in &words.doc.layout.sentences {
        view.sentence(s.tokens, &mut tokens);
        for (i, score) in (0..tokens.len()).zip(s.tokens.range()) {
            list.clear();
            features(&tokens, i, &mut list);
            scores[score] = model.sum(&list, &mut fetched);
        }
    }
    share(&view, &mut scores, model.shared);
    for s in &words.doc.layout.sentences {
        let Some(scores) = scores.get(s.tokens.range()) else { continue };
        let best = best(scores, &model.start, &model.next);
        if let Some(tags) = out.tags.get_mut(s.tokens.range()) {
            marginals(scores, &model.start, &model.next, tags);
        }
        for (tokens, k) in spans(&best) {
            let tokens = Tokens::new(
                s.tokens.start as usize + tokens.start as usize,
                s.tokens.start as usize + tokens.end as usize,
            );
            let sure = out.sure(tokens, KINDS[k]);
            out.guesses.push(Guess { tokens, kind: KINDS[k], sure });
        }
    }
    out
}

/// A word is mostly one thing in one report: its scores for each kind come nearer to their average over all its places.
fn share(view: &View, scores: &mut [PerTag], share: f32) {
    let kinds = |s: &PerTag| [s[0], s[1].max(s[2]), s[3].max(s[4]), s[5].max(s[6])];
    let stem = |k: &Kept| -> Option<u64> {
        let letters = view.forms.get(k.form as usize).map_or(0, |f| f.letters);
        let wanted = k.kind == Kind::Word as u8 + 1 && letters > 2 && !May(k.whole).any(May::FUNCTION);
        wanted.then_some(k.stem)
    };
    let mut sums: HashMap<u64, ([f32; 4], f32)> = HashMap::new();
    for (k, s) in view.kept.iter().zip(scores.iter()) {
        if let Some(stem) = stem(k) {
            let (sum, n) = sums.entry(stem).or_default();
            for (x, y) in sum.iter_mut().zip(kinds(s)) {
                *x += y;
            }
            *n += 1.0;
        }
    }
    for (k, s) in view.kept.iter().zip(scores.iter_mut()) {
        if let Some((sum, n)) = stem(k).and_then(|stem| sums.get(&stem))
            && *n > 1.0
        {
            let own = kinds(s);
            for (tag, x) in s.iter_mut().enumerate() {
                let kind = tag.div_ceil(2);
                *x += share * (sum[kind] / n - own[kind]);
            }
        }
    }
}

/// The runs of tokens that a sequence of tags makes names, with the index of their kind.
#[must_use]
pub fn spans(tags: &[u8]) -> Vec<(Tokens, usize)> {
    let mut out: Vec<(Tokens, usize)> = Vec::new();
    for (i, tag) in tags.iter().map(|t| usize::from(*t)).enumerate().filter(|(_, t)| *t > 0) {
        let kind = ((tag - 1) / 2).min(KINDS.len() - 1);
        match out.last_mut() {
            Some((tokens, k)) if tag % 2 == 0 && *k == kind && tokens.end as usize == i => tokens.end += 1,
            _ => out.push((Tokens::new(i, i + 1), kind)),
        }
    }
    out
}

/// Whether a tag may come after another.
#[must_use]
pub const fn may_follow(before: usize, tag: usize) -> bool {
    tag == 0 || tag % 2 == 1 || before == tag || before + 1 == tag
}

/// The best sequence of tags (Viterbi): `start` scores the first tag, `next[a][b]` the step from `a` to `b`.
#[must_use]
pub fn best(scores: &[PerTag], start: &PerTag, next: &[PerTag; TAGS]) -> Vec<u8> {
    const NEVER: f32 = -1e9;
    let mut from: Vec<[u8; TAGS]> = Vec::with_capacity(scores.len());
    let mut now = [0.0; TAGS];
    for (i, score) in scores.iter().enumerate() {
        let mut then = [NEVER; TAGS];
        let mut back = [0; TAGS];
        for b in 0..TAGS {
            if i == 0 {
                if may_follow(0, b) {
                    then[b] = start[b] + score[b];
                }
                continue;
            }
            for a in 0..TAGS {
                let sum = now[a] + next[a][b];
                if may_follow(a, b) && sum > then[b] {
                    (then[b], back[b]) = (sum, a as u8);
                }
            }
            then[b] += score[b];
        }
        from.push(back);
        now = then;
    }
    let mut tag = 0;
    for k in 1..TAGS {
        if now[k] > now[tag] {
            tag = k;
        }
    }
    let mut out = vec![0; scores.len()];
    for (slot, back) in out.iter_mut().zip(&from).rev() {
        *slot = tag as u8;
        tag = usize::from(back[tag]);
    }
    out
}

/// The probability of each tag of each token (forward and backward); gives the logarithm of the sum over all sequences.
pub fn marginals(scores: &[PerTag], start: &PerTag, next: &[PerTag; TAGS], out: &mut [PerTag]) -> f64 {
    let mut step = [[0.0; TAGS]; TAGS];
    for (a, row) in step.iter_mut().enumerate() {
        for (b, x) in row.iter_mut().enumerate() {
            *x = if may_follow(a, b) { exp(next[a][b]) } else { 0.0 };
        }
    }
    let n = scores.len().min(out.len());
    let mut log = 0.0;
    let mut emit: Vec<PerTag> = Vec::with_capacity(n);
    let mut ahead: Vec<PerTag> = Vec::with_capacity(n);
    for (i, score) in scores.iter().take(n).enumerate() {
        let top = score.iter().copied().fold(f32::MIN, f32::max);
        log += f64::from(top);
        let e = score.map(|x| exp(x - top));
        let mut now = [0.0; TAGS];
        match ahead.last() {
            None => {
                for b in (0..TAGS).filter(|b| may_follow(0, *b)) {
                    now[b] = exp(start[b]) * e[b];
                }
            }
            Some(before) => {
                for a in 0..TAGS {
                    for b in 0..TAGS {
                        now[b] += before[a] * step[a][b];
                    }
                }
                for b in 0..TAGS {
                    now[b] *= e[b];
                }
            }
        }
        let sum: f32 = now.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        log += f64::from(sum).ln();
        out[i] = now.map(|x| x / sum);
        ahead.push(out[i]);
        emit.push(e);
    }
    let mut behind = [1.0; TAGS];
    for i in (0..n).rev() {
        let p = &mut out[i];
        for k in 0..TAGS {
            p[k] *= behind[k];
        }
        let sum: f32 = p.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        for x in p.iter_mut() {
            *x /= sum;
        }
        let mut now = [0.0; TAGS];
        for a in 0..TAGS {
            for b in 0..TAGS {
                now[a] += step[a][b] * emit[i][b] * behind[b];
            }
        }
        let sum: f32 = now.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        behind = now.map(|x| x / sum);
    }
    log
}

/// The exponential function in plain arithmetic, the same on every machine; accurate to seven digits, 0 far below zero.
#[must_use]
pub fn exp(x: f32) -> f32 {
    let x = x.clamp(-87.0, 87.0);
    let n = (x * std::f32::consts::LOG2_E + 0.5).floor();
    let r = x - n * std::f32::consts::LN_2;
    let p = 1.0 + r * (1.0 + r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r / 720.0)))));
    p * f32::from_bits(((n as i32 + 127) as u32) << 23)
}

/// From which probability on the tagger is believed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trust {
    /// A name of each kind that the rules have not found.
    pub add: [f32; 3],
    /// A name of each kind that the rules have found is dropped when no token of it is likelier than this to be in a name.
    pub keep: [f32; 3],
    /// Another kind for a name of the rules.
    pub kind: f32,
    /// An organisation where the rules see a place that the lexicons know: a club that is called by its town.
    pub known: f32,
    /// A longer extent for a name of the rules.
    pub longer: f32,
    /// Any other extent.
    pub extent: f32,
}

/// As measured on several corpora; `cargo xtask eval-names` prints them.
pub const TRUST: Trust =
    Trust { add: [0.6, 0.5, 0.6], keep: [0.1, 0.0, 0.03], kind: 0.8, known: 0.8, longer: 0.7, extent: 0.8 };

/// The names of the rules and of the tagger together, in order, not overlapping. `found` is in order and does not overlap.
#[must_use]
pub fn combine<'d>(words: &Words<'d>, found: Vec<Found>, model: Option<&Model>, trust: &Trust) -> Vec<Found> {
    let Some(model) = model else { return found };
    let tagged = tag(words, &found, model);
    let typed = |kind: EntityKind| KINDS.iter().position(|k| *k == kind);
    let mut out: Vec<Found> = Vec::with_capacity(found.len() + 8);
    let mut forms: Option<HashSet<&str>> = None;
    let all =
        |words: &Words<'d>| -> HashSet<&'d str> { (0..words.len()).map(|i| words.doc.word(i)).collect() };
    // Names of the rules that some other extent has taken the place of.
    let mut dropped = vec![false; found.len()];
    for g in &tagged.guesses {
        let Some(k) = typed(g.kind) else { continue };
        let from = found.partition_point(|f| f.tokens.end <= g.tokens.start);
        let to = found.partition_point(|f| f.tokens.start < g.tokens.end);
        let over = found.get(from..to.max(from)).unwrap_or(&[]);
        let same = over.len() == 1 && over[0].tokens == g.tokens;
        if same {
            let f = &over[0];
            let needed = if f.row.is_none() { trust.kind } else { trust.known };
            let town = f.row.is_none() || f.kind == EntityKind::Place && g.kind == EntityKind::Organization;
            if f.kind != g.kind && typed(f.kind).is_some() && town && g.sure >= needed {
                dropped[from] = true;
                let row =
                    f.row.filter(|r| !matches!(r.table, Table::Place | Table::PlaceMore | Table::Country));
                out.push(Found { kind: g.kind, row, rule: "names:tagger", ..f.clone() });
            }
            continue;
        }
        let needed = match over {
            [] => trust.add[k],
            [f] if g.tokens.contains(f.tokens) => trust.longer,
            _ => trust.extent,
        };
        // دونالد #ترمب, إحسان_إقبال: what the rules have joined is one name.
        let joined = |f: &Found| {
            f.kind == EntityKind::Person
                && f.tokens.contains(g.tokens)
                && f.tokens.range().any(|i| words.doc.is_mark(i, '#') || words.doc.is_mark(i, '_'))
        };
        if over.iter().any(joined) {
            continue;
        }
        // A town in the name of a club or company: دينامو كييف "Dynamo Kyiv".
        let town = |f: &Found| {
            f.kind == EntityKind::Place
                && g.kind == EntityKind::Organization
                && g.tokens.len() > 1
                && g.tokens.contains(f.tokens)
                && g.sure >= trust.known
        };
        let other =
            |f: &Found| (f.kind != g.kind || f.row.is_some_and(|r| !r.feat.is_doubtful())) && !town(f);
        // Two names of the rules side by side are two: التقى سامر ليلى "Samer met Layla".
        if g.sure < needed || over.len() > 1 || over.iter().any(other) {
            continue;
        }
        if out.iter().rev().take(2).any(|f| f.tokens.overlaps(g.tokens)) {
            continue;
        }
        let Some(mut new) = fit(words, forms.get_or_insert_with(|| all(words)), g, over.first()) else {
            continue;
        };
        // كتاف ورازح "Kitaf and Razih": what follows a name and begins with "and" is joined to it.
        let before = from.checked_sub(1).and_then(|b| found.get(b)).into_iter().chain(out.last());
        let first = new.tokens.start as usize;
        if new.cut == 0
            && before.clone().any(|f| f.tokens.end == new.tokens.start && f.kind == new.kind)
            && words.doc.word(first).starts_with('و')
            && words.letters(first) > 3
            && !words.whole(first).any(May::NAME.or(May::PLACE).or(May::ORGANIZATION))
        {
            new.cut = 1;
        }
        dropped.get_mut(from..to.max(from)).unwrap_or(&mut []).fill(true);
        // Where the rules have taken two people for one, the rest is the other.
        if let [f] = over
            && f.kind == EntityKind::Person
            && f.tokens.start == g.tokens.start
            && f.tokens.end >= g.tokens.end + 2
        {
            let rest = Tokens { start: g.tokens.end, end: f.tokens.end };
            out.push(Found { tokens: rest, cut: 0, row: None, rule: "names:tagger", ..f.clone() });
        }
        out.push(new);
    }
    let news = !out.is_empty();
    for (f, gone) in found.into_iter().zip(dropped) {
        // What the lexicons are sure of is not doubted: the corpora have other habits about what a name is.
        let known = f.row.is_some_and(|r| !r.feat.is_doubtful());
        let doubted = !known && typed(f.kind).is_some_and(|k| tagged.any(f.tokens) < trust.keep[k]);
        if !gone && !doubted {
            out.push(f);
        }
    }
    out.sort_by_key(|f| (f.tokens.start, f.tokens.end));
    if news {
        // What is found at one place is found at all.
        let more = super::again(words, &out);
        if !more.is_empty() {
            out.extend(more);
            out.sort_by_key(|f| (f.tokens.start, f.tokens.end));
        }
    }
    out
}

/// A guess as a name: without marks at its edges and letters attached in front.
fn fit(words: &Words<'_>, forms: &HashSet<&str>, guess: &Guess, over: Option<&Found>) -> Option<Found> {
    let doc = words.doc;
    let mut tokens = guess.tokens;
    let is_mark = |i: u32| doc.kind(i as usize) == Some(Kind::Mark);
    while tokens.start < tokens.end && is_mark(tokens.start) {
        tokens.start += 1;
    }
    while tokens.start < tokens.end && is_mark(tokens.end - 1) {
        tokens.end -= 1;
    }
    let first = tokens.start as usize;
    // No name goes over the end of a line, and none is a time or a function word.
    let broken = (first + 1..tokens.end as usize).any(|i| doc.tokens.get(i).is_some_and(|t| t.line_start));
    if tokens.is_empty() || broken || tokens.range().any(|i| words.is_time(i)) {
        return None;
    }
    // "And" joins two names; it is not inside one.
    let joined = |i: usize| {
        let look = words.look(i);
        look.cut > 0 && words.doc.word(i).starts_with('و') && !look.whole.any(May::NAME)
    };
    if (first + 1..tokens.end as usize).any(joined) && guess.kind == EntityKind::Person {
        return None;
    }
    if tokens.len() == 1 && (words.whole(first).any(May::FUNCTION) || !words.is_word(first)) {
        return None;
    }
    let row =
        over.filter(|f| f.tokens.start == tokens.start && f.tokens.end == tokens.end).and_then(|f| f.row);
    let cut = match over.filter(|f| f.tokens.start == tokens.start) {
        Some(f) => f.cut,
        None => attached(words, forms, first),
    };
    if words.letters(first) <= usize::from(cut) + 1 && tokens.len() == 1 {
        return None;
    }
    Some(Found { tokens, cut, tail: 0, kind: guess.kind, row, rule: "names:tagger" })
}

/// How many letters before a name are attached ones: as the lexicons read the word, or as the report writes it elsewhere.
fn attached(words: &Words<'_>, forms: &HashSet<&str>, i: usize) -> u8 {
    let look = words.look(i);
    let name =
        May::NAME.or(May::PLACE).or(May::COUNTRY).or(May::ORGANIZATION).or(May::HEAD).or(May::PORTFOLIO);
    if look.whole.any(name) {
        return 0;
    }
    if look.cut > 0 && look.after.any(name) {
        return look.cut;
    }
    let doc = words.doc;
    let word = doc.word(i);
    let Some(stem) = word.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك']) else { return 0 };
    let chars = stem.chars().count();
    // للمنظمة: the article's alef is not written after ل, and the name begins with the second lam.
    if chars > 3 && (word.starts_with("لل") || stem.starts_with("ال") && !word.starts_with('ل')) {
        return 1;
    }
    if let Some(deeper) = stem.strip_prefix(['ب', 'ل', 'ك']).filter(|_| word.starts_with(['و', 'ف']))
        && (deeper.starts_with("ال") || stem.starts_with("لل"))
        && deeper.chars().count() > 3
    {
        return 2;
    }
    // The same word without the letter stands elsewhere in the report, or with another one.
    let elsewhere = chars > 2
        && (forms.contains(stem)
            || ['و', 'ف', 'ب', 'ل', 'ك']
                .into_iter()
                .filter(|c| !word.starts_with(*c))
                .any(|c| forms.contains(format!("{c}{stem}").as_str())));
    u8::from(elsewhere)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn exp_is_exact_enough() {
        for x in [-80.0_f32, -3.5, -0.1, 0.0, 0.3, 1.0, 9.7, 40.0] {
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-5, "{x}");
        }
        assert!(exp(f32::NEG_INFINITY) < 1e-37);
    }

    #[test]
    fn tags_make_names() {
        assert_eq!(
            spans(&[0, 1, 2, 1, 0, 5, 6, 4]),
            [(Tokens::new(1, 3), 0), (Tokens::new(3, 4), 0), (Tokens::new(5, 7), 2), (Tokens::new(7, 8), 1)]
        );
    }

    #[test]
    fn the_best_sequence_and_the_sums_agree_with_counting_all() {
        let score = |a: usize, b: usize| ((a * 7 + b * 5) % 11) as f32 / 4.0 - 1.0;
        let scores: Vec<PerTag> = (0..4).map(|i| std::array::from_fn(|k| score(i + 1, k))).collect();
        let start: PerTag = std::array::from_fn(|k| score(9, k));
        let next: [PerTag; TAGS] = std::array::from_fn(|a| std::array::from_fn(|b| score(a + 3, b + 2)));
        let mut top = (f32::MIN, vec![]);
        let mut sums = [[0.0_f64; TAGS]; 4];
        let mut total = 0.0;
        for code in 0..TAGS.pow(4) {
            let tags: Vec<usize> = (0..4).map(|k| code / TAGS.pow(k) % TAGS).collect();
            let fits = may_follow(0, tags[0]) && tags.windows(2).all(|w| may_follow(w[0], w[1]));
            if !fits {
                continue;
            }
            let mut sum = start[tags[0]];
            for (i, t) in tags.iter().enumerate() {
                sum += scores[i][*t] + if i > 0 { next[tags[i - 1]][*t] } else { 0.0 };
            }
            if sum > top.0 {
                top = (sum, tags.iter().map(|t| *t as u8).collect());
            }
            total += f64::from(sum).exp();
            for (i, t) in tags.iter().enumerate() {
                sums[i][*t] += f64::from(sum).exp();
            }
        }
        assert_eq!(best(&scores, &start, &next), top.1);
        let mut p = vec![[0.0; TAGS]; 4];
        let log = marginals(&scores, &start, &next, &mut p);
        assert!((log - total.ln()).abs() < 1e-4);
        for i in 0..4 {
            for k in 0..TAGS {
                assert!((f64::from(p[i][k]) - sums[i][k] / total).abs() < 1e-4);
            }
        }
    }

    fn names(text: &str) -> Vec<(String, EntityKind)> {
        let report = crate::Report { text: text.to_owned(), ..Default::default() };
        let doc = crate::read(report);
        doc.names.iter().map(|n| (doc.text(n.span).to_owned(), n.kind)).collect()
    }

    #[test]
    fn names_that_no_lexicon_has_are_found_by_what_surrounds_them() {
        // "The foreign minister met the prime minister Zarmuk Tulvani in the town of Darmifan, and Tulvani said that ..."
        let found = names(
            "التقى وزير الخارجية رئيس الوزراء زرموك تولفاني في مدينة درميفان، وقال تولفاني إن المحادثات مستمرة.",
        );
        assert!(found.contains(&("درميفان".to_owned(), EntityKind::Place)), "{found:?}");
        assert!(found.contains(&("تولفاني".to_owned(), EntityKind::Person)), "{found:?}");
    }

    #[test]
    fn ordinary_sentences_have_no_names() {
        // "The weather was fine and the children played in the garden until evening."
        assert_eq!(names("كان الطقس جميلا ولعب الأطفال في الحديقة حتى المساء."), []);
    }

    #[test]
    fn the_weights_of_the_program_are_read() {
        let model = arabic().expect("weights");
        assert_ne!(model.classes(hash("قال")), [0; CLASSES]);
        assert_eq!(model.classes(hash("زرموكتولفان")), [0; CLASSES]);
    }

    #[test]
    fn tagging_holds_for_text_of_any_kind() {
        let model = arabic().expect("weights");
        for text in ["", "«", "و", "ب ب ب", "12 :: \"\" د. ب. ا", "لل", "قال\n\nقال", "ـــ ‏‏ #_#_"]
        {
            let report = crate::Report { text: text.to_owned(), ..Default::default() };
            let mut doc = Document::new(report, Some(&crate::ar::ARABIC));
            for stage in crate::STAGES.iter().take(3) {
                (stage.run)(&crate::ar::ARABIC, &mut doc);
            }
            let words = Words::new(&doc);
            let tagged = tag(&words, &[], model);
            assert_eq!(tagged.tags.len(), doc.tokens.len());
            assert!(tagged.tags.iter().all(|p| (p.iter().sum::<f32>() - 1.0).abs() < 1e-3));
            let _ = combine(&words, Vec::new(), Some(model), &TRUST);
        }
    }

    #[test]
    fn broken_weights_are_none() {
        assert!(Model::new(b"").is_none());
        assert!(Model::new(b"MNAMES02 and then nothing that makes sense").is_none());
    }
}
