//! Which names mean the same: spelling variants, surnames alone, short and long forms.

use crate::document::{Document, EntityKind, Kind, Name};
use musnad_lexicon::{Entry, Table, lenient};
use std::collections::HashMap;

/// A name apart from where it stands: its folded words and the row that knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelled {
    /// What it names.
    pub kind: EntityKind,
    /// The folded words, attached letters cut off.
    pub parts: Vec<String>,
    /// The row.
    pub row: Option<Entry>,
    /// Where it first stands, as an index into the names.
    pub first: usize,
}

/// The folded words of a name, with the alef of the article back where للأمم has lost it.
#[must_use]
pub fn parts(doc: &Document, name: &Name) -> Vec<String> {
    let first = name.tokens.start as usize;
    let mut out = Vec::with_capacity(name.tokens.len());
    for i in name.tokens.range() {
        if doc.kind(i) == Some(Kind::Mark) {
            continue;
        }
        let word = doc.word(i);
        if i == first && name.span.start > doc.tokens[i].span.start {
            let stem = musnad_lexicon::fold(
                doc.text(crate::span::Span::new(name.span.start, doc.tokens[i].span.end)),
            );
            let article = stem.starts_with('ل') && word.trim_start_matches(['و', 'ف']).starts_with("لل");
            out.push(if article { format!("ا{stem}") } else { stem });
        } else {
            out.push(word.to_owned());
        }
    }
    out
}

/// What is left of a word when its vowels go and letters that papers confuse fall together: ترامب and ترمب, غريفيث and جريفيث.
#[must_use]
pub fn skeleton(word: &str) -> String {
    let word = word.strip_prefix("ال").filter(|w| w.chars().count() > 2).unwrap_or(word);
    let mut out = String::with_capacity(word.len());
    for (i, c) in word.chars().enumerate() {
        let c = match c {
            'ا' | 'و' | 'ي' | 'ى' | 'ئ' | 'ؤ' | 'ء' if i > 0 => continue,
            'ي' | 'ى' | 'ئ' | 'ء' => 'ا',
            'ة' | 'ه' if i > 0 => continue,
            'غ' | 'ج' => 'ج',
            'ث' => 'ت',
            'ش' => 'س',
            'ذ' | 'ظ' => 'ز',
            'ڤ' => 'ف',
            'پ' => 'ب',
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// The skeleton of several words as one.
#[must_use]
pub fn joined(parts: &[String]) -> String {
    skeleton(&parts.concat())
}

/// Whether a skeleton is long enough to tell names apart.
#[must_use]
pub fn telling(skeleton: &str) -> bool {
    skeleton.chars().count() >= 3
}

/// Connecting words that belong to the surname after them.
const CONNECTING: [&str; 14] =
    ["ابو", "ابي", "ابا", "بن", "ابن", "عبد", "ال", "دي", "دو", "لو", "لا", "فان", "فون", "ديل"];

/// The surname of a full name: the last word with the connecting words before it.
#[must_use]
pub fn surname(parts: &[String]) -> &[String] {
    let mut from = parts.len().saturating_sub(1);
    while from > 1 && CONNECTING.contains(&parts[from - 1].as_str()) {
        from -= 1;
    }
    &parts[from..]
}

/// Classes of names that mean the same, by union and find.
#[derive(Debug, Default)]
pub struct Classes {
    parent: Vec<usize>,
}

impl Classes {
    /// As many classes as there are names.
    #[must_use]
    pub fn new(n: usize) -> Self {
        Classes { parent: (0..n).collect() }
    }
    /// The class of `x`: the smallest index in it.
    pub fn find(&mut self, x: usize) -> usize {
        let mut root = x;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        let mut at = x;
        while self.parent[at] != root {
            at = std::mem::replace(&mut self.parent[at], root);
        }
        root
    }
    /// Makes one class of two.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
    }
}

/// Heads that a short form leaves out: حركة طالبان and طالبان, وزارة الخارجية الروسية and الخارجية الروسية.
const DROPPED: [&str; 26] = [
    "وزارة",
    "حركة",
    "حزب",
    "تنظيم",
    "جماعة",
    "منظمة",
    "وكالة",
    "ميليشيا",
    "ميليشيات",
    "مليشيا",
    "مليشيات",
    "قوات",
    "شبكة",
    "مجموعة",
    "نادي",
    "فريق",
    "شركة",
    "صحيفة",
    "قناة",
    "جمهورية",
    "مملكة",
    "دولة",
    "مدينة",
    "محافظة",
    "منتخب",
    "جبهة",
];

/// Spelled names, the spelled name of each name in the text, and which of them mean the same.
#[derive(Debug)]
pub struct Sameness {
    /// The distinct names.
    pub spelled: Vec<Spelled>,
    /// For each name of the document, its spelled name.
    pub of: Vec<usize>,
    /// The classes of spelled names.
    pub classes: Classes,
    /// Surname to full names of people that bear it.
    by_surname: HashMap<String, Vec<usize>>,
    /// First word to full names of people that begin with it.
    by_first: HashMap<String, Vec<usize>>,
}

/// The most full names that are kept for one surname.
const NAMESAKES: usize = 12;

/// Compares the names of a document.
#[must_use]
pub fn sameness(doc: &Document) -> Sameness {
    let mut index: HashMap<(EntityKind, String), usize> = HashMap::new();
    let mut spelled: Vec<Spelled> = Vec::new();
    let mut of = Vec::with_capacity(doc.names.len());
    for (k, name) in doc.names.iter().enumerate() {
        let parts = parts(doc, name);
        let key = (name.kind, parts.join(" "));
        let at = *index.entry(key).or_insert_with(|| {
            spelled.push(Spelled { kind: name.kind, parts, row: name.row, first: k });
            spelled.len() - 1
        });
        if spelled[at].row.is_none() {
            spelled[at].row = name.row;
        }
        of.push(at);
    }
    let mut out = Sameness {
        classes: Classes::new(spelled.len()),
        spelled,
        of,
        by_surname: HashMap::new(),
        by_first: HashMap::new(),
    };
    rows(&mut out);
    people(&mut out);
    bodies(&mut out);
    brackets(doc, &mut out);
    out
}

/// Names that one row knows.
fn rows(s: &mut Sameness) {
    let mut seen: HashMap<(Table, u32), usize> = HashMap::new();
    for k in 0..s.spelled.len() {
        let Some(row) = s.spelled[k].row else { continue };
        if row.table == Table::Country && row.feat.part() == musnad_lexicon::Part::Metonym {
            // Whether a capital is the city or the state is seen where it stands.
            continue;
        }
        if row.feat.is_doubtful() && s.spelled[k].kind == EntityKind::Person {
            // A short name that several people bear goes to whom the report has named.
            continue;
        }
        match seen.entry((row.table, row.row)) {
            std::collections::hash_map::Entry::Occupied(e) => s.classes.join(*e.get(), k),
            std::collections::hash_map::Entry::Vacant(e) => {
                e.insert(k);
            }
        }
    }
}

/// Whether two names of one first name and one surname may be one person's: what one has between them the other has too, or has
/// nothing. خالد بن سامر بن منصور and خالد بن كريم بن منصور are two.
fn middles_agree(a: &[String], b: &[String]) -> bool {
    let middle = |parts: &[String]| -> Vec<String> {
        let end = parts.len() - surname(parts).len();
        parts[1..end.max(1)]
            .iter()
            .filter(|p| !CONNECTING.contains(&p.as_str()))
            .map(|p| skeleton(p))
            .collect()
    };
    let (a, b) = (middle(a), middle(b));
    let (few, many) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let whole = many.concat();
    few.iter().all(|x| many.contains(x) || whole.contains(x.as_str()))
}

fn people(s: &mut Sameness) {
    let mut whole: HashMap<(String, String), usize> = HashMap::new();
    for k in 0..s.spelled.len() {
        let x = &s.spelled[k];
        if x.kind != EntityKind::Person || x.parts.len() < 2 {
            continue;
        }
        let last = surname(&x.parts);
        let ends = joined(last);
        let begins = skeleton(&x.parts[0]);
        let tail = joined(&x.parts[1..]);
        // رجب أردوغان and رجب طيب أردوغان; جان إيف لودريان and جان إيف لو دريان.
        for key in [(begins.clone(), ends.clone()), (begins.clone(), tail.clone())] {
            if !telling(&format!("{}{}", key.0, key.1)) {
                continue;
            }
            match whole.get(&key).copied() {
                Some(other) if middles_agree(&s.spelled[other].parts, &s.spelled[k].parts) => {
                    s.classes.join(other, k);
                }
                Some(_) => {}
                None => {
                    whole.insert(key, k);
                }
            }
        }
        let surnames: Vec<String> =
            if tail == ends { vec![ends] } else { vec![ends, tail, skeleton(&x.parts[x.parts.len() - 1])] };
        for key in surnames {
            let list = s.by_surname.entry(key).or_default();
            if list.len() < NAMESAKES && !list.contains(&k) {
                list.push(k);
            }
        }
        // عبد الله الثاني is met as عبد الله "Abdullah" again.
        let given = CONNECTING.contains(&x.parts[0].as_str()) && x.parts.len() > 2;
        let begins = if given { joined(&x.parts[..2]) } else { begins };
        let list = s.by_first.entry(begins).or_default();
        if list.len() < NAMESAKES {
            list.push(k);
        }
    }
    // Single names with different vowels: نتانياهو and نتنياهو.
    let mut single: HashMap<String, usize> = HashMap::new();
    for k in 0..s.spelled.len() {
        let x = &s.spelled[k];
        if x.kind != EntityKind::Person || x.parts.len() > 1 && !CONNECTING.contains(&x.parts[0].as_str()) {
            continue;
        }
        let key = joined(&x.parts);
        if !telling(&key) {
            continue;
        }
        match single.get(&key) {
            Some(other) => s.classes.join(*other, k),
            None => {
                single.insert(key, k);
            }
        }
    }
}

fn bodies(s: &mut Sameness) {
    let mut seen: HashMap<(EntityKind, String), usize> = HashMap::new();
    let words = |parts: &[String]| {
        parts.iter().map(|p| p.strip_prefix("ال").unwrap_or(p)).collect::<Vec<_>>().join(" ")
    };
    let meant = |k: EntityKind| {
        matches!(
            k,
            EntityKind::Organization | EntityKind::Place | EntityKind::Occasion | EntityKind::Document
        )
    };
    for k in 0..s.spelled.len() {
        let x = &s.spelled[k];
        if meant(x.kind) {
            let key = (x.kind, words(&x.parts));
            match seen.get(&key) {
                Some(other) => s.classes.join(*other, k),
                None => {
                    seen.insert(key, k);
                }
            }
        }
    }
    for k in 0..s.spelled.len() {
        let x = &s.spelled[k];
        if !meant(x.kind) || x.parts.len() < 2 {
            continue;
        }
        let rows = |a: usize, s: &Sameness| s.spelled[a].row.filter(|r| !matches!(r.table, Table::Country));
        // Without its head, and without its last adjective.
        let head = DROPPED.contains(&x.parts[0].as_str()).then(|| &x.parts[1..]);
        let last = &x.parts[x.parts.len() - 1];
        let adjective = last.starts_with("ال") && last.ends_with(['ي', 'ة']);
        let tail = adjective.then(|| &x.parts[..x.parts.len() - 1]);
        for short in [head, tail].into_iter().flatten() {
            // القدس الشرقية is not القدس, and one word with an adjective is often another thing (الجيش الحر, الجيش السوري).
            let one = short.len() == 1;
            if one && x.kind == EntityKind::Place && x.parts[0] == "القدس" {
                continue;
            }
            let Some(&other) = seen.get(&(x.kind, words(short))) else { continue };
            let differ = matches!((rows(k, s), rows(other, s)), (Some(a), Some(b)) if (a.table, a.row) != (b.table, b.row) && x.kind != EntityKind::Place);
            if !differ {
                s.classes.join(other, k);
            }
        }
    }
    // Spelling: القوات and قوات are different, vowels are not.
    let mut bones: HashMap<(EntityKind, String), usize> = HashMap::new();
    for k in 0..s.spelled.len() {
        let x = &s.spelled[k];
        if !meant(x.kind) || x.row.is_some() && x.kind == EntityKind::Place {
            continue;
        }
        let key = joined(&x.parts);
        if key.chars().count() < 4 {
            continue;
        }
        match bones.get(&(x.kind, key.clone())) {
            Some(other) => s.classes.join(*other, k),
            None => {
                bones.insert((x.kind, key), k);
            }
        }
    }
}

/// A name in brackets after another of the same kind: منظمة الصحة العالمية (WHO).
fn brackets(doc: &Document, s: &mut Sameness) {
    for k in 1..doc.names.len() {
        let (a, b) = (&doc.names[k - 1], &doc.names[k]);
        let between = a.tokens.end as usize..b.tokens.start as usize;
        let opens =
            between.len() == 1 && doc.is_mark(between.start, '(') && doc.is_mark(b.tokens.end as usize, ')');
        let or = between.len() == 3 && doc.word(between.start + 1) == "او";
        if (opens || or) && a.kind == EntityKind::Organization && b.kind == a.kind {
            s.classes.join(s.of[k - 1], s.of[k]);
        }
    }
}

impl Sameness {
    /// The spelled full name that a surname alone means at the name `k`: the nearest before it that bears it, else the first after it.
    #[must_use]
    pub fn bearer(&self, k: usize, last: &HashMap<usize, usize>) -> Option<usize> {
        let x = &self.spelled[self.of[k]];
        let alone = x.parts.len() == 1 || CONNECTING.contains(&x.parts[0].as_str()) && x.parts.len() == 2;
        if x.kind != EntityKind::Person || !alone {
            return None;
        }
        let key = joined(&x.parts);
        let lists = [
            self.by_surname.get(&key),
            lenient(&x.parts[0]).and_then(|l| self.by_surname.get(&skeleton(&l))),
            self.by_first.get(&key),
        ];
        let list = lists.into_iter().flatten().find(|l| l.iter().any(|f| *f != self.of[k]))?;
        let exact = |f: &usize| self.spelled[*f].parts.last() == x.parts.last();
        let good: Vec<usize> = {
            let same: Vec<usize> = list.iter().copied().filter(|f| exact(f)).collect();
            if same.is_empty() { list.clone() } else { same }
        };
        good.iter()
            .copied()
            .filter(|f| last.contains_key(f))
            .max_by_key(|f| last.get(f).copied())
            .or_else(|| good.iter().copied().min_by_key(|f| self.spelled[*f].first))
    }
}
