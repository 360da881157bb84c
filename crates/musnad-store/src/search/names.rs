//! Which entities a query finds.

use super::plan::{FEW, Inside, Plan, Rows, sorted};
use super::query::{Choice, Query, Role, What};
use super::sql::{Among, expression};
use rusqlite::{OptionalExtension, Row};
use std::collections::HashMap;

/// What appears in a report, across reports: an entity, or where it is none, a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Same {
    Entity(i64),
    Spelling(i64),
}

/// An appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Appears {
    pub same: Same,
    pub version: i64,
    pub id: i64,
    spelling: i64,
}

/// An entity that was found, by its appearances: from the one to the other of those found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub same: Same,
    pub reports: u64,
    from: usize,
    to: usize,
}

/// The entities that a query finds, those of most reports first.
#[derive(Debug, Default)]
pub(super) struct Entities {
    appearances: Vec<Appears>,
    pub found: Vec<Found>,
}

impl Entities {
    /// Its appearances in order of version.
    pub(super) fn appearances(&self, of: Found) -> &[Appears] {
        self.appearances.get(of.from..of.to).unwrap_or_default()
    }
}

/// What a part of the query leaves.
enum Left {
    Spellings(Rows),
    Appearances(Rows),
    Versions(Rows),
}

impl Left {
    fn has(&self, one: &Appears) -> bool {
        match self {
            Left::Spellings(rows) => rows.binary_search(&one.spelling).is_ok(),
            Left::Appearances(rows) => rows.binary_search(&one.id).is_ok(),
            Left::Versions(rows) => rows.binary_search(&one.version).is_ok(),
        }
    }
}

const ALL: &str = "SELECT id, spelling, entity, version FROM appearances WHERE ";

impl Plan<'_> {
    /// The entities that a query finds.
    pub(super) fn entities(&self, query: &Query) -> rusqlite::Result<Entities> {
        let (mut with, mut left, mut not_left) = (Vec::new(), Vec::new(), Vec::new());
        let (mut of_statement, mut of_event, mut mixed) = (Vec::new(), Vec::new(), Vec::new());
        let mut frame = super::plan::Frame::default();
        for part in &query.parts {
            if let Some(words) = super::plan::words_alone(part) {
                let any: Vec<String> = words.iter().map(|w| expression(w, Among::Entities)).collect();
                with.push(format!("({})", any.join(" OR ")));
                continue;
            }
            match part.as_slice() {
                [Choice { not: true, what: What::Words(s), .. }] => {
                    not_left.push(Left::Spellings(self.matching(&expression(s, Among::Entities))?));
                }
                [Choice { not: false, what, .. }] => match what {
                    What::Act(_) => of_statement.push(what),
                    What::Type(_) | What::Named(Role::Place, _) => of_event.push(what),
                    _ if self.frames(&mut frame, what) => {}
                    _ => mixed.push(part),
                },
                _ => mixed.push(part),
            }
        }
        if !of_statement.is_empty() {
            left.push(Left::Appearances(self.speakers(&of_statement)?));
        }
        if !of_event.is_empty() {
            left.push(Left::Appearances(self.participants(&self.done(&of_event, None)?)?));
        }
        let mut any_of: Vec<Vec<(bool, Left)>> = Vec::new();
        for part in mixed {
            let choices = part.iter().map(|c| Ok((c.not, self.left(&c.what)?)));
            any_of.push(choices.collect::<rusqlite::Result<_>>()?);
        }
        let mut appearances = if with.is_empty() {
            match left.iter().position(|l| matches!(l, Left::Appearances(_))) {
                Some(at) => match left.swap_remove(at) {
                    Left::Appearances(ids) => self.for_each(&format!("{ALL} id = ?1"), &ids, of)?,
                    _ => Vec::new(),
                },
                None if frame.is_empty() => self.list(&format!("{ALL} spelling IS NOT NULL"), (), of)?,
                None => {
                    let versions = Plan { among: Among::Reports, ..*self }.all(&frame)?;
                    if versions.len() <= FEW {
                        self.for_each(&format!("{ALL} version = ?1"), &versions, of)?
                    } else {
                        self.list(&format!("{ALL} spelling IS NOT NULL"), (), of)?
                    }
                }
            }
        } else {
            self.for_each(&format!("{ALL} spelling = ?1"), &self.matching(&with.join(" AND "))?, of)?
        };
        appearances.retain(|a| {
            left.iter().all(|l| l.has(a))
                && !not_left.iter().any(|l| l.has(a))
                && any_of.iter().all(|any| any.iter().any(|(not, l)| *not != l.has(a)))
        });
        let mut inside = Inside::of(self.connection, &frame)?;
        let mut fault = None;
        appearances.retain(|a| {
            inside.has(a.version).unwrap_or_else(|e| {
                fault = Some(e);
                false
            })
        });
        if let Some(fault) = fault {
            return Err(fault);
        }
        appearances.sort_unstable();
        let mut found = Vec::new();
        let mut from = 0;
        for one in appearances.chunk_by(|a, b| a.same == b.same) {
            let to = from + one.len();
            let reports = one.chunk_by(|a, b| a.version == b.version).count() as u64;
            found.push(Found { same: one[0].same, reports, from, to });
            from = to;
        }
        found.sort_by(|a, b| b.reports.cmp(&a.reports).then(a.same.cmp(&b.same)));
        Ok(Entities { appearances, found })
    }

    /// What one condition leaves.
    fn left(&self, what: &What) -> rusqlite::Result<Left> {
        Ok(match what {
            What::Words(sought) => Left::Spellings(self.matching(&expression(sought, Among::Entities))?),
            What::Act(_) => Left::Appearances(self.speakers(&[what])?),
            What::Type(_) | What::Named(Role::Place, _) => {
                Left::Appearances(self.participants(&self.done(&[what], None)?)?)
            }
            What::From(_) | What::To(_) | What::Outlet(_) | What::Named(..) => {
                Left::Versions(Plan { among: Among::Reports, ..*self }.one(what)?)
            }
        })
    }

    /// Who makes statements of which all conditions hold.
    fn speakers(&self, conditions: &[&What]) -> rusqlite::Result<Rows> {
        let said = sorted(self.said(conditions, None)?.into_iter().map(|s| s.0));
        if let [What::Act(act)] = conditions {
            let sql = "SELECT speaker FROM statements WHERE act = ?1 AND speaker IS NOT NULL";
            return Ok(sorted(self.numbers(sql, [act])?));
        }
        let sql = "SELECT speaker FROM statements WHERE id = ?1 AND speaker IS NOT NULL";
        self.for_each(sql, &said, |r| r.get(0)).map(sorted)
    }

    /// The title that somebody has most often in the last of their appearances.
    pub(super) fn office(&self, appearances: &[Appears]) -> rusqlite::Result<Option<String>> {
        /// So many appearances tell it as well as all.
        const ENOUGH: usize = 100;
        let last = &appearances[appearances.len().saturating_sub(ENOUGH)..];
        let ids = sorted(last.iter().map(|a| a.id));
        let mut times: HashMap<String, usize> = HashMap::new();
        for title in self.for_each("SELECT title FROM roles WHERE person = ?1", &ids, |r| r.get(0))? {
            *times.entry(title).or_insert(0) += 1;
        }
        Ok(times.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0))).map(|t| t.0))
    }

    /// The appearances under a spelling.
    pub(super) fn spelled(&self, spelling: i64) -> rusqlite::Result<Vec<Appears>> {
        self.list(&format!("{ALL} spelling = ?1"), [spelling], of)
    }

    /// What it is called, and what it is.
    pub(super) fn named_as(&self, same: Same) -> rusqlite::Result<Option<Called>> {
        let (sql, number) = match same {
            Same::Entity(n) => ("SELECT name, name_en, type, country FROM entities WHERE id = ?1", n),
            Same::Spelling(n) => (
                "SELECT name, name_en, type, country FROM appearances WHERE spelling = ?1 AND entity IS NULL LIMIT 1",
                n,
            ),
        };
        let of =
            |r: &Row| Ok(Called { name: r.get(0)?, name_en: r.get(1)?, kind: r.get(2)?, country: r.get(3)? });
        self.connection.prepare_cached(sql)?.query_row([number], of).optional()
    }
}

/// What an entity is called in Arabic and in English, its kind and its state.
pub(super) struct Called {
    pub name: String,
    pub name_en: Option<String>,
    pub kind: String,
    pub country: Option<String>,
}

fn of(row: &Row) -> rusqlite::Result<Appears> {
    let (id, spelling, entity): (_, Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let spelling = spelling.unwrap_or_default();
    let same = entity.map_or(Same::Spelling(spelling), Same::Entity);
    Ok(Appears { same, version: row.get(3)?, id, spelling })
}
