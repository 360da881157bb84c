//! What is kept of a report so that it is found.

use super::terms::{self, latin_keys};
use crate::entry::Appearance;
use musnad::Span;
use musnad::document::{Document, Entity, MentionKind};
use rusqlite::{OptionalExtension, Transaction, params};
use std::ops::Range;

/// The terms of a report, made on any thread.
#[derive(Clone, Debug, Default)]
pub(crate) struct Searchable {
    /// Stems of the headline and of the rest.
    headline: String,
    body: String,
    /// Bare words of all of it.
    words: String,
    /// Keys of the English names of whoever is named in it.
    names: String,
    statements: Vec<Said>,
}

/// The terms of a statement's content.
#[derive(Clone, Debug, Default)]
struct Said {
    stems: String,
    words: String,
    names: String,
    /// Who is mentioned in it, by their places among the entities.
    mentioned: Vec<usize>,
}

impl Searchable {
    pub(crate) fn of(doc: &Document) -> Searchable {
        let text = &doc.report.text;
        let headline = doc.layout.paragraphs.first().filter(|p| p.headline);
        let cut = headline.map_or(0, |p| doc.span_of(p.tokens).end as usize);
        let all = Terms::of(text);
        let first = all.places.partition_point(|w| w.at.end <= cut);
        let entities = &doc.cast.entities;
        let said = |content: &[Span]| {
            let inside = |at: Span| content.iter().any(|c| c.start <= at.start && at.end <= c.end);
            let is_mentioned = |e: &Entity| e.mentions.iter().any(|m| inside(m.span));
            let mentioned: Vec<usize> = (0..entities.len()).filter(|i| is_mentioned(&entities[*i])).collect();
            let ranges = all.inside(content);
            Said {
                stems: joined(ranges.iter().map(|r| all.stems(r.clone()))),
                words: joined(ranges.iter().map(|r| all.bare(r.clone()))),
                names: keys(mentioned.iter().map(|i| &entities[*i])),
                mentioned,
            }
        };
        let statements = doc.statements.iter().map(|s| said(&s.content)).collect();
        Searchable {
            headline: all.stems(0..first).to_owned(),
            body: all.stems(first..all.places.len()).to_owned(),
            names: keys(entities),
            statements,
            words: all.bare,
        }
    }
}

/// The words of a text: their bare forms and their stems, with a space between, and where each stands in the text and in these. Particles
/// have no stem, and what stands apart by them does not come to stand together.
#[derive(Default)]
struct Terms {
    bare: String,
    stems: String,
    places: Vec<Place>,
}

/// Where a word stands in the text, its bare form among the bare forms, and its stem among the stems.
struct Place {
    at: Range<usize>,
    bare: Range<usize>,
    stem: Range<usize>,
}

impl Terms {
    fn of(text: &str) -> Terms {
        let mut out = Terms::default();
        terms::each(text, |at, bare, stem| {
            let bare = push(&mut out.bare, bare);
            let stem = push(&mut out.stems, stem);
            out.places.push(Place { at, bare, stem });
        });
        out
    }

    /// The runs of words that lie within spans, each once. A word of which attached letters alone lie outside of it (ب in بالاتفاق, "with the
    /// agreement") belongs to a span.
    fn inside(&self, spans: &[Span]) -> Vec<Range<usize>> {
        let run = |s: &Span| {
            let from = self.places.partition_point(|w| w.at.end <= s.start as usize);
            from..self.places.partition_point(|w| w.at.start < s.end as usize)
        };
        let mut runs: Vec<Range<usize>> = spans.iter().map(run).filter(|r| r.start < r.end).collect();
        runs.sort_by_key(|r| (r.start, r.end));
        for i in 1..runs.len() {
            runs[i].start = runs[i].start.max(runs[i - 1].end);
            runs[i].end = runs[i].end.max(runs[i].start);
        }
        runs
    }

    fn bare(&self, words: Range<usize>) -> &str {
        let part = self.places.get(words).unwrap_or_default();
        let (Some(first), Some(last)) = (part.first(), part.last()) else { return "" };
        self.bare.get(first.bare.start..last.bare.end).unwrap_or_default()
    }

    fn stems(&self, words: Range<usize>) -> &str {
        let part = self.places.get(words).unwrap_or_default();
        let mut with = part.iter().filter(|w| !w.stem.is_empty());
        let Some(first) = with.next() else { return "" };
        let last = with.next_back().unwrap_or(first);
        self.stems.get(first.stem.start..last.stem.end).unwrap_or_default()
    }
}

/// Adds a term, if it is one, and tells where it stands.
fn push(out: &mut String, term: &str) -> Range<usize> {
    if !term.is_empty() && !out.is_empty() {
        out.push(' ');
    }
    let from = out.len();
    out.push_str(term);
    from..out.len()
}

fn keys<'a>(entities: impl IntoIterator<Item = &'a Entity>) -> String {
    let named = entities.into_iter().filter(|e| e.mentions.iter().any(|m| m.kind == MentionKind::Name));
    let keys: Vec<String> = named.flat_map(|e| latin_keys(&e.name_en)).collect();
    joined(keys.iter().map(String::as_str))
}

fn joined<'a>(terms: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for term in terms {
        push(&mut out, term);
    }
    out
}

/// The number of an entity's name, which is kept once.
pub(crate) fn name(transaction: &Transaction, of: &Appearance) -> rusqlite::Result<i64> {
    let found: Option<i64> = transaction
        .prepare_cached("SELECT id FROM names WHERE key = ?1")?
        .query_row([of.spelling], |r| r.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    let id = transaction.prepare_cached("INSERT INTO names (key) VALUES (?1)")?.insert([of.spelling])?;
    let terms = Terms::of(&of.name);
    let keys = latin_keys(of.name_en.as_deref().unwrap_or_default());
    transaction
        .prepare_cached("INSERT INTO name_search (rowid, stems, words, english) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id, terms.stems, terms.bare, joined(keys.iter().map(String::as_str))])?;
    Ok(id)
}

/// What tells a name of something from all others.
pub(crate) fn spelling(kind: &str, name: &str, english: &str) -> i64 {
    crate::identity::number(&["name", kind, name, english])
}

/// Makes a current version be found by its words. `statements` are the numbers of its rows.
pub(crate) fn add(
    transaction: &Transaction,
    version: i64,
    terms: &Searchable,
    statements: &[i64],
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO report_search (rowid, headline, body, words, names) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![version, terms.headline, terms.body, terms.words, terms.names])?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO statement_search (rowid, stems, words, names) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (said, id) in terms.statements.iter().zip(statements) {
        insert.execute(params![id, said.stems, said.words, said.names])?;
    }
    Ok(())
}

/// Keeps who is mentioned in the statements of a version. `statements` and `appearances` are the numbers of its rows.
pub(crate) fn mention(
    transaction: &Transaction,
    terms: &Searchable,
    appearances: &[i64],
    statements: &[i64],
) -> rusqlite::Result<()> {
    let mut insert =
        transaction.prepare_cached("INSERT INTO mentioned (statement, appearance) VALUES (?1, ?2)")?;
    for (said, id) in terms.statements.iter().zip(statements) {
        for who in said.mentioned.iter().filter_map(|m| appearances.get(*m)) {
            insert.execute(params![id, who])?;
        }
    }
    Ok(())
}

/// What makes version `?1` be found no longer. It comes before its statements are taken away.
pub(crate) const HIDE: &[&str] = &[
    "DELETE FROM report_search WHERE rowid = ?1",
    "DELETE FROM statement_search WHERE rowid IN (SELECT id FROM statements WHERE version = ?1)",
];

/// What else is kept of the mentions of version `?1`.
pub(crate) const FORGET: &str =
    "DELETE FROM mentioned WHERE statement IN (SELECT id FROM statements WHERE version = ?1)";
