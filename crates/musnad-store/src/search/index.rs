//! What is kept of a report so that it is found.

use super::terms::{Word, latin_keys, words};
use musnad::Span;
use musnad::document::{Document, Entity, MentionKind};
use rusqlite::{OptionalExtension, Transaction, params};

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
        let all = words(text);
        let (before, after) = all.split_at(all.partition_point(|w| w.at.end <= cut));
        let entities = &doc.cast.entities;
        let said = |content: &[Span]| {
            let inside = |at: Span| content.iter().any(|c| c.start <= at.start && at.end <= c.end);
            let of = |w: &&Word| inside(Span { start: w.at.start as u32, end: w.at.end as u32 });
            let terms: Vec<&Word> = all.iter().filter(of).collect();
            let is_mentioned = |e: &Entity| e.mentions.iter().any(|m| inside(m.span));
            let mentioned: Vec<usize> = (0..entities.len()).filter(|i| is_mentioned(&entities[*i])).collect();
            Said {
                stems: stems(terms.iter().copied()),
                words: bare(terms.iter().copied()),
                names: keys(mentioned.iter().map(|i| &entities[*i])),
                mentioned,
            }
        };
        Searchable {
            headline: stems(before),
            body: stems(after),
            words: bare(&all),
            names: keys(entities),
            statements: doc.statements.iter().map(|s| said(&s.content)).collect(),
        }
    }
}

/// Particles have no stem, and what stands apart by them does not come to stand together.
fn stems<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    joined(words.into_iter().map(|w| w.stem.as_str()).filter(|s| !s.is_empty()))
}

fn bare<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    joined(words.into_iter().map(|w| w.bare.as_str()))
}

fn keys<'a>(entities: impl IntoIterator<Item = &'a Entity>) -> String {
    let named = entities.into_iter().filter(|e| e.mentions.iter().any(|m| m.kind == MentionKind::Name));
    let keys: Vec<String> = named.flat_map(|e| latin_keys(&e.name_en)).collect();
    joined(keys.iter().map(String::as_str))
}

fn joined<'a>(terms: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for term in terms {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(term);
    }
    out
}

/// The number of a name, which is kept once.
pub(crate) fn name(
    transaction: &Transaction,
    kind: &str,
    name: &str,
    english: Option<&str>,
) -> rusqlite::Result<i64> {
    let english = english.unwrap_or_default();
    let key = crate::identity::number(&["name", kind, name, english]);
    let found: Option<i64> = transaction
        .prepare_cached("SELECT id FROM names WHERE key = ?1")?
        .query_row([key], |r| r.get(0))
        .optional()?;
    if let Some(id) = found {
        return Ok(id);
    }
    let id = transaction.prepare_cached("INSERT INTO names (key) VALUES (?1)")?.insert([key])?;
    let terms = words(name);
    let keys = latin_keys(english);
    transaction
        .prepare_cached("INSERT INTO name_search (rowid, stems, words, english) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![id, stems(&terms), bare(&terms), joined(keys.iter().map(String::as_str))])?;
    Ok(id)
}

/// Makes a version be found, if it is the current one, and keeps who is mentioned in its statements. `statements` and `appearances` are the
/// numbers of its rows.
pub(crate) fn add(
    transaction: &Transaction,
    version: i64,
    terms: &Searchable,
    appearances: &[i64],
    statements: &[i64],
    current: bool,
) -> rusqlite::Result<()> {
    if current {
        transaction
            .prepare_cached(
                "INSERT INTO report_search (rowid, headline, body, words, names) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![version, terms.headline, terms.body, terms.words, terms.names])?;
    }
    for (said, id) in terms.statements.iter().zip(statements) {
        if current {
            transaction
                .prepare_cached(
                    "INSERT INTO statement_search (rowid, stems, words, names) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![id, said.stems, said.words, said.names])?;
        }
        for who in said.mentioned.iter().filter_map(|m| appearances.get(*m)) {
            transaction
                .prepare_cached("INSERT INTO mentioned (statement, appearance) VALUES (?1, ?2)")?
                .execute(params![id, who])?;
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
