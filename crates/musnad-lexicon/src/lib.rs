//! Musnad's language data: reviewable tables under `data/`, the forms generated from them, and one index over both.
//!
//! [`arabic`] gives the lexicon of Arabic. A word is looked up by its folded spelling ([`fold`]) without clitics; what comes
//! back are [`Entry`]s, each a row of a table with the features of the form that was found. A phrase is looked up word by word
//! with a [`Cursor`].
//!
//! The tables themselves are in the program as text and are read where they lie, so starting costs nothing.

mod feat;
mod fold;
mod morphology;
mod table;

pub use feat::{Feat, Number, Part};
pub use fold::{fold, fold_char, fold_into, is_presentation_form, lenient};
pub use morphology::{conjugate, decline, plural};
pub use table::Table;

use std::sync::OnceLock;

macro_rules! tables {
    ($($file:literal),*) => {
        /// The text of each table, in the order of [`Table::ALL`].
        static TEXTS: [&str; Table::ALL.len()] = [$(include_str!(concat!(env!("OUT_DIR"), "/", $file, ".tsv"))),*];
        /// Of each table, how many lines of its file (comments, the header) were left out before a row: pairs of the row from
        /// which a number holds and the number, four bytes each.
        static LEFT_OUT: [&[u8]; Table::ALL.len()] =
            [$(include_bytes!(concat!(env!("OUT_DIR"), "/", $file, ".left_out"))),*];
    };
}

tables![
    "particles",
    "verbs",
    "nouns",
    "cues",
    "triggers",
    "time_words",
    "countries",
    "places",
    "places_more",
    "organizations",
    "people",
    "given_names",
    "surnames",
    "portfolios",
    "titles",
    "groups",
    "word_classes",
    "name_words",
    "works",
    "speech_words"
];
static INDEX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/index.fst"));
static ENTRIES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/entries.bin"));
static ORDINARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ordinary.fst"));
static LINKS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/links.bin"));

/// The lexicon of Arabic.
#[must_use]
pub fn arabic() -> &'static Lexicon {
    static ARABIC: OnceLock<Lexicon> = OnceLock::new();
    ARABIC.get_or_init(|| {
        // The index is made by this crate's own build, so an unreadable one cannot reach a running program: an empty one
        // stands in only to keep this function free of panics, and the tests below would see it.
        let index = fst::raw::Fst::new(INDEX).ok();
        let ordinary = fst::raw::Fst::new(ORDINARY).ok();
        Lexicon { index, ordinary }
    })
}

/// The tables of one language and the index over them.
pub struct Lexicon {
    index: Option<fst::raw::Fst<&'static [u8]>>,
    ordinary: Option<fst::raw::Fst<&'static [u8]>>,
}

/// What a table says of a form: the row, and the features of the form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// The table that the row stands in.
    pub table: Table,
    /// Where the row begins in the table's text, in bytes: its identity within the table.
    pub row: u32,
    /// The features of the form under which it was found.
    pub feat: Feat,
}

/// The entries of one word or phrase: a range, cheap to keep and to copy.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Entries {
    first: u32,
    len: u16,
}

/// A row of a table, read where it lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Row {
    table: Table,
    line: &'static str,
}

/// A place in the index: what has been fed so far is the beginning of some key.
#[derive(Clone, Copy)]
pub struct Cursor<'a> {
    lexicon: &'a Lexicon,
    node: fst::raw::CompiledAddr,
    output: u64,
}

impl Lexicon {
    /// The entries of a folded word or of a phrase of folded words with one space between them.
    #[must_use]
    pub fn entries(&self, folded: &str) -> Entries {
        self.cursor().and_then(|c| c.feed(folded)).map_or(Entries::default(), |c| c.entries())
    }

    /// The beginning of all keys; `None` when the lexicon is empty.
    #[must_use]
    pub fn cursor(&self) -> Option<Cursor<'_>> {
        let index = self.index.as_ref()?;
        Some(Cursor { lexicon: self, node: index.root().addr(), output: 0 })
    }

    /// Whether a folded word is hardly ever part of a proper name, as `ordinary_words.tsv` has it: with its clitics, or after
    /// و ف, ب ل ك and the article are taken off, or a pronoun or an ending of number or gender.
    #[must_use]
    pub fn is_ordinary(&self, folded: &str) -> bool {
        const ENDS: [&str; 17] = [
            "", "ه", "ها", "هم", "هما", "نا", "كم", "ي", "ا", "ة", "ية", "ات", "ين", "ون", "ان", "ته", "تها",
        ];
        let Some(words) = self.ordinary.as_ref() else { return false };
        // One walk along the word: wherever a listed word ends, the rest must be an ending.
        let walk = |w: &str| {
            let mut node = words.root();
            for (i, b) in w.bytes().enumerate() {
                // No stem is shorter than three letters, and a letter of Arabic is two bytes.
                if i >= 4 && i.is_multiple_of(2) && w.is_char_boundary(i) {
                    let rest = &w[i..];
                    if node.is_final() && ENDS.contains(&rest) {
                        return true;
                    }
                    // زيارته "his visit": ة is written ت before a pronoun.
                    if rest.starts_with('ت') && ENDS.contains(&&rest[2..]) {
                        let tied = "ة"
                            .bytes()
                            .try_fold(node, |n, b| Some(words.node(n.transition(n.find_input(b)?).addr)));
                        if tied.is_some_and(|n| n.is_final()) {
                            return true;
                        }
                    }
                }
                match node.find_input(b) {
                    Some(t) => node = words.node(node.transition(t).addr),
                    None => return false,
                }
            }
            w.len() > 4 && node.is_final()
        };
        let article = |w: &str| walk(w) || w.strip_prefix("ال").is_some_and(walk);
        let preposition = |w: &str| {
            article(w)
                || w.strip_prefix(['ب', 'ل', 'ك', 'س']).is_some_and(article)
                || w.strip_prefix("لل").is_some_and(walk)
        };
        preposition(folded) || folded.strip_prefix(['و', 'ف']).is_some_and(preposition)
    }

    /// The row that an entry points to.
    #[must_use]
    pub fn row(&self, entry: Entry) -> Row {
        let text = TEXTS[entry.table as usize];
        let line = text.get(entry.row as usize..).and_then(|t| t.lines().next()).unwrap_or("");
        Row { table: entry.table, line }
    }

    /// The line of the table's file in which the row of an entry stands, from 1.
    #[must_use]
    pub fn line(&self, entry: Entry) -> usize {
        let text = TEXTS[entry.table as usize];
        let before = text.get(..entry.row as usize).unwrap_or(text);
        let rows = before.bytes().filter(|b| *b == b'\n').count();
        let (pairs, _) = LEFT_OUT[entry.table as usize].as_chunks::<8>();
        let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |n, b| n << 8 | u32::from(*b));
        let found = pairs.partition_point(|pair| number(&pair[..4]) <= entry.row);
        let left_out = found.checked_sub(1).map_or(0, |i| number(&pairs[i][4..]));
        rows + left_out as usize + 1
    }

    /// The rows of [`Table::Cue`] or [`Table::Trigger`] that an entry brings with it, in the order of that table: of a verb or
    /// noun those that speak of its lemma, of a cue or trigger itself.
    pub fn linked(&self, entry: Entry, to: Table) -> impl Iterator<Item = Entry> {
        let from = u64::from(to == Table::Trigger) << 63
            | (entry.table as u64) << 56
            | u64::from(entry.row & 0xff_ffff) << 32;
        let (links, _) = LINKS.as_chunks::<8>();
        let itself = (entry.table == to).then_some(entry);
        let known =
            matches!(entry.table, Table::Verb | Table::Noun) && matches!(to, Table::Cue | Table::Trigger);
        let first = links.partition_point(|l| u64::from_le_bytes(*l) < from);
        let linked = links[first..]
            .iter()
            .map(|l| u64::from_le_bytes(*l))
            .take_while(move |l| known && l >> 32 == from >> 32)
            .map(move |l| Entry { table: to, row: l as u32 & 0xff_ffff, feat: entry.feat });
        itself.into_iter().chain(linked)
    }

    /// All rows of a table in their order.
    pub fn rows(&self, table: Table) -> impl Iterator<Item = (u32, Row)> {
        let mut at = 0;
        TEXTS[table as usize].lines().map(move |line| {
            let row = at;
            at += line.len() as u32 + 1;
            (row, Row { table, line })
        })
    }
}

impl<'a> Cursor<'a> {
    /// Goes on by `part`; `None` when no key goes on so.
    #[must_use]
    pub fn feed(self, part: &str) -> Option<Cursor<'a>> {
        let index = self.lexicon.index.as_ref()?;
        let Cursor { lexicon, mut node, mut output } = self;
        for b in part.bytes() {
            let from = index.node(node);
            let t = from.transition(from.find_input(b)?);
            output += t.out.value();
            node = t.addr;
        }
        Some(Cursor { lexicon, node, output })
    }

    /// The entries of exactly what has been fed; empty when it is only the beginning of a key.
    #[must_use]
    pub fn entries(self) -> Entries {
        let Some(index) = self.lexicon.index.as_ref() else { return Entries::default() };
        let node = index.node(self.node);
        if !node.is_final() {
            return Entries::default();
        }
        let value = self.output + node.final_output().value();
        Entries { first: (value >> 16) as u32, len: (value & 0xffff) as u16 }
    }
}

impl Entries {
    /// Whether nothing is known.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.len == 0
    }

    /// Each entry, in the order of tables and rows.
    pub fn iter(self) -> impl Iterator<Item = Entry> + Clone {
        let from = self.first as usize * 8;
        let bytes = ENTRIES.get(from..from + self.len as usize * 8).unwrap_or(&[]);
        bytes.chunks_exact(8).map(|b| {
            let mut raw = [0; 8];
            raw.copy_from_slice(b);
            let value = u64::from_le_bytes(raw);
            Entry {
                table: Table::ALL[((value >> 56) as usize).min(Table::ALL.len() - 1)],
                row: (value >> 32) as u32 & 0xff_ffff,
                feat: Feat(value as u32),
            }
        })
    }

    /// The entries in one table.
    pub fn of(self, table: Table) -> impl Iterator<Item = Entry> + Clone {
        self.iter().filter(move |e| e.table == table)
    }

    /// The first entry in one table.
    #[must_use]
    pub fn first(self, table: Table) -> Option<Entry> {
        self.of(table).next()
    }

    /// Whether some entry is in the table.
    #[must_use]
    pub fn has(self, table: Table) -> bool {
        self.first(table).is_some()
    }
}

impl Row {
    /// The cell of a named column; empty when the cell is, or when the table has no such column.
    #[must_use]
    pub fn get(self, column: &str) -> &'static str {
        self.table.column(column).and_then(|i| self.line.split('\t').nth(i)).unwrap_or("")
    }

    /// The items of a cell that holds a list.
    pub fn list(self, column: &str) -> impl Iterator<Item = &'static str> {
        self.get(column).split('|').filter(|s| !s.is_empty())
    }

    /// The table that the row stands in.
    #[must_use]
    pub const fn table(self) -> Table {
        self.table
    }

    /// The whole row as it stands in the table.
    #[must_use]
    pub const fn line(self) -> &'static str {
        self.line
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{} {:?}", self.table.file(), self.row, self.feat)
    }
}
