//! What somebody decided by hand about entities: made, looked at, taken back. It lies on top of what was read, and survives another reading.

use crate::across::entities::{Decision, Key, Place, Reason, Verdict};
use crate::compared::{Named, Told};
use crate::group::named;
use crate::trouble::Trouble;
use crate::{Batch, Store};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// A decision as it was made.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Made {
    /// Its number.
    pub decision: i64,
    /// `merge` or `split`.
    pub act: String,
    /// When, UTC.
    pub made: String,
    /// By whom.
    pub by: String,
    /// Why.
    pub why: String,
    /// When it was taken back, UTC.
    pub undone: Option<String>,
    /// By whom it was taken back.
    pub undone_by: Option<String>,
    /// What it is about: for a merge the keys of each side, for a split the name and the address (or id) of the report.
    pub about: Vec<String>,
}

/// An entity by its row, for whoever decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    /// Its number in `entities`.
    pub id: i64,
    /// What it is known by.
    pub key: String,
    /// Its usual name.
    pub name: String,
}

/// All decisions that stand, in their order.
pub(crate) fn standing(connection: &Connection) -> rusqlite::Result<Vec<Decision>> {
    let mut query = connection
        .prepare("SELECT id, act, made_by, made FROM decisions WHERE undone IS NULL ORDER BY id")?;
    let rows = query.query_map((), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
    let rows: Vec<(i64, String, String, String)> = rows.collect::<rusqlite::Result<_>>()?;
    let mut out = Vec::new();
    for (number, act, by, at) in rows {
        let members = members(connection, number)?;
        let verdict = if act == "merge" {
            let mut sides = members.iter().map(|(keys, _)| keys.lines().filter_map(Key::read).collect());
            Verdict::Merge(sides.next().unwrap_or_default(), sides.next().unwrap_or_default())
        } else {
            let mut places = Vec::new();
            for (name, report) in members {
                if let Some(report) = report.map(|r| lasting(connection, r)).transpose()?.flatten() {
                    places.push(Place { report, name });
                }
            }
            Verdict::Split(places)
        };
        out.push(Decision { number, verdict, by, at, undone: false });
    }
    Ok(out)
}

/// What a decision is about: key and report.
pub(crate) fn members(
    connection: &Connection,
    decision: i64,
) -> rusqlite::Result<Vec<(String, Option<i64>)>> {
    connection
        .prepare_cached("SELECT key, report FROM decision_members WHERE decision = ?1 ORDER BY number")?
        .query_map([decision], |r| Ok((r.get(0)?, r.get(1)?)))?
        .collect()
}

/// What names a report for good: its address, else what its comparisons have.
fn lasting(connection: &Connection, report: i64) -> rusqlite::Result<Option<String>> {
    let found: Option<(Option<String>, Option<Vec<u8>>)> = connection
        .prepare_cached(
            "SELECT r.address, c.told FROM reports AS r JOIN versions AS v ON v.report = r.id AND v.current
             LEFT JOIN comparisons AS c ON c.version = v.id WHERE r.id = ?1",
        )?
        .query_row([report], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    Ok(found.and_then(|(address, told)| address.or_else(|| Told::unpacked(&told?)?.name)))
}

impl Store {
    /// The entities that a word means: a number, a key, a link, or else all that are called so.
    pub fn entities_called(&self, word: &str) -> Result<Vec<Called>, Trouble> {
        let run = || -> rusqlite::Result<Vec<Called>> {
            for condition in [
                "id = CAST(?1 AS INTEGER) AND ?1 NOT GLOB '*[^0-9]*'",
                "key = ?1",
                "link = ?1",
                "name = ?1 OR name_en = ?1",
            ] {
                let query = format!("SELECT id, key, name FROM entities WHERE {condition} ORDER BY id");
                let mut query = self.connection().prepare(&query)?;
                let found = query
                    .query_map([word], |r| Ok(Called { id: r.get(0)?, key: r.get(1)?, name: r.get(2)? }))?;
                let found: Vec<Called> = found.collect::<rusqlite::Result<_>>()?;
                if !found.is_empty() {
                    return Ok(found);
                }
            }
            Ok(Vec::new())
        };
        run().map_err(|e| self.told(&e))
    }

    /// The report that a word means: a number, an address, or the id that it was given.
    pub fn report_called(&self, word: &str) -> Result<Option<i64>, Trouble> {
        self.connection()
            .query_row(
                "SELECT id FROM reports WHERE id = CAST(?1 AS INTEGER) AND ?1 NOT GLOB '*[^0-9]*' OR address = ?1 OR given_id = ?1
                 ORDER BY address = ?1 DESC, given_id = ?1 DESC LIMIT 1",
                [word],
                |r| r.get(0),
            )
            .optional()
            .map_err(|e| self.told(&e))
    }

    /// All decisions, in the order in which they were made.
    pub fn decisions(&self) -> Result<Vec<Made>, Trouble> {
        let run = || -> rusqlite::Result<Vec<Made>> {
            let mut query = self.connection().prepare(
                "SELECT id, act, made, made_by, why, undone, undone_by FROM decisions ORDER BY id",
            )?;
            let rows = query.query_map((), |r| {
                Ok(Made {
                    decision: r.get(0)?,
                    act: r.get(1)?,
                    made: r.get(2)?,
                    by: r.get(3)?,
                    why: r.get(4)?,
                    undone: r.get(5)?,
                    undone_by: r.get(6)?,
                    about: Vec::new(),
                })
            })?;
            let mut out: Vec<Made> = rows.collect::<rusqlite::Result<_>>()?;
            for made in &mut out {
                for (key, report) in members(self.connection(), made.decision)? {
                    let place = report.map(|r| lasting(self.connection(), r)).transpose()?.flatten();
                    made.about.push(match place {
                        Some(place) => format!("{key} in {place}"),
                        None => key.replace('\n', " or "),
                    });
                }
            }
            Ok(out)
        };
        run().map_err(|e| self.told(&e))
    }
}

/// What decisions refer to an entity by, a key a line: its link, else its strongest keys. `None` where there is none of that row.
fn handle(connection: &Connection, entity: i64) -> rusqlite::Result<Option<String>> {
    let row = connection
        .query_row("SELECT key, link FROM entities WHERE id = ?1", [entity], |r| {
            Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?))
        })
        .optional()?;
    let Some((known_by, link)) = row else { return Ok(None) };
    let decided = Key::read(&known_by).filter(|k| k.reason == Reason::Decision);
    if let (None, Some(text)) = (&decided, link) {
        return Ok(Some(Key { reason: Reason::Link, text }.written()));
    }
    let mut query = connection
        .prepare("SELECT version, number, why, link FROM appearances WHERE entity = ?1 ORDER BY version")?;
    let mut rows = query.query([entity])?;
    let mut keys: BTreeSet<Key> = decided.into_iter().collect();
    let mut last: Option<(i64, Named)> = None;
    while let Some(r) = rows.next()? {
        let version: i64 = r.get(0)?;
        // Who was split off has no keys but that of the decision.
        if r.get_ref(2)?.as_str_or_null()?.is_some_and(|why| why.starts_with("decision|split/")) {
            continue;
        }
        keys.extend(r.get::<_, Option<String>>(3)?.map(|text| Key { reason: Reason::Link, text }));
        if last.as_ref().is_none_or(|l| l.0 != version) {
            last = Some((version, named(connection, version)?));
        }
        let place = r.get::<_, u32>(1)?.saturating_sub(1);
        keys.extend(last.iter().filter_map(|(_, named)| named.at(place)).flat_map(|s| s.keys()));
    }
    if keys.iter().any(|k| k.reason == Reason::Decision) {
        keys.retain(|k| k.reason == Reason::Decision);
    }
    Ok(Some(keys.iter().take(8).map(Key::written).collect::<Vec<_>>().join("\n")))
}

impl Batch<'_> {
    /// Decides that two entities, by their rows, are one. The number of the decision; `None` where one of them is not there.
    pub fn merge(&mut self, one: i64, other: i64, by: &str, why: &str) -> Result<Option<i64>, Trouble> {
        let run = || -> rusqlite::Result<Option<i64>> {
            let one = handle(&self.transaction, one)?;
            let other = handle(&self.transaction, other)?;
            let (Some(one), Some(other)) = (one, other) else { return Ok(None) };
            self.decide("merge", by, why, &[(one, None), (other, None)]).map(Some)
        };
        run().map_err(|e| Trouble::of(self.path, &e))
    }

    /// Decides that what stands for an entity, by its row, in some reports is another. The number of the decision; `None` where the entity
    /// stands in none of them.
    pub fn split(
        &mut self,
        entity: i64,
        reports: &[i64],
        by: &str,
        why: &str,
    ) -> Result<Option<i64>, Trouble> {
        let run = || -> rusqlite::Result<Option<i64>> {
            let mut places = Vec::new();
            for report in reports {
                let version: Option<i64> = self
                    .transaction
                    .query_row("SELECT id FROM versions WHERE report = ?1 AND current", [report], |r| {
                        r.get(0)
                    })
                    .optional()?;
                let Some(version) = version else { continue };
                let named = named(&self.transaction, version)?;
                let mut query = self.transaction.prepare(
                    "SELECT a.number FROM appearances AS a JOIN versions AS v ON v.id = a.version AND v.current
                     WHERE v.report = ?1 AND a.entity = ?2 ORDER BY a.number",
                )?;
                for number in query.query_map(params![report, entity], |r| r.get::<_, u32>(0))? {
                    if let Some(seen) = named.at(number?.saturating_sub(1)) {
                        places.push((seen.name.clone(), Some(*report)));
                    }
                }
            }
            places.dedup();
            if places.is_empty() {
                return Ok(None);
            }
            self.decide("split", by, why, &places).map(Some)
        };
        run().map_err(|e| Trouble::of(self.path, &e))
    }

    /// Takes a decision back. Whether there is one of that number that stands.
    pub fn undo(&mut self, decision: i64, by: &str) -> Result<bool, Trouble> {
        self.transaction
            .execute(
                "UPDATE decisions SET undone = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), undone_by = ?2 WHERE id = ?1 AND undone IS NULL",
                params![decision, by],
            )
            .map(|n| n > 0)
            .map_err(|e| Trouble::of(self.path, &e))
    }

    fn decide(
        &self,
        act: &str,
        by: &str,
        why: &str,
        members: &[(String, Option<i64>)],
    ) -> rusqlite::Result<i64> {
        self.transaction.execute(
            "INSERT INTO decisions (act, made, made_by, why) VALUES (?1, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?2, ?3)",
            params![act, by, why],
        )?;
        let number = self.transaction.last_insert_rowid();
        for (i, (key, report)) in members.iter().enumerate() {
            self.transaction.execute(
                "INSERT INTO decision_members (decision, number, key, report) VALUES (?1, ?2, ?3, ?4)",
                params![number, i + 1, key, report],
            )?;
        }
        Ok(number)
    }
}
