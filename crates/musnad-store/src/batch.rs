//! One transaction of the one who writes.

use crate::entry::{Entry, Event, Role, Statement};
use crate::search::index;
use crate::trouble::{Cause, Trouble};
use rusqlite::{OptionalExtension, Transaction, named_params, params};
use std::collections::HashMap;
use std::fmt;
use std::path::Path;

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is a report that was not there.
    Report,
    /// It is another text of a report that was there, and now the current one.
    Version,
    /// It was there already. Nothing has changed.
    Nothing,
}

/// Why an entry was not taken.
#[derive(Debug)]
pub enum Refused {
    /// The entry itself does not fit; the batch goes on without it. What SQLite says of it.
    Entry(String),
    /// The store cannot be written to; the batch is lost.
    Store(Trouble),
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Entry(said) => write!(f, "the report cannot be stored: {said}"),
            Refused::Store(trouble) => write!(f, "{trouble}"),
        }
    }
}

impl std::error::Error for Refused {}

/// The rows of a version that its words lead to.
struct Rows {
    version: i64,
    statements: Vec<i64>,
    current: bool,
    /// The version that was the current one before.
    instead_of: Option<i64>,
}

/// What an error means for the entry that was to be written.
fn refused(error: &rusqlite::Error, path: &Path) -> Refused {
    if Cause::is_of_one_report(error) {
        Refused::Entry(error.to_string())
    } else {
        Refused::Store(Trouble::of(path, error))
    }
}

/// A transaction: until [`Batch::commit`] nobody sees what it adds, and if that is never called, nothing was added.
#[derive(Debug)]
pub struct Batch<'s> {
    pub(crate) transaction: Transaction<'s>,
    pub(crate) path: &'s Path,
    /// Numbers of reasons that this batch has met.
    rules: HashMap<String, i64>,
}

impl<'s> Batch<'s> {
    pub(crate) fn new(transaction: Transaction<'s>, path: &'s Path) -> Batch<'s> {
        Batch { transaction, path, rules: HashMap::new() }
    }

    /// Adds a report, or a new version of one that is there, or nothing.
    pub fn add(&mut self, entry: &Entry) -> Result<Added, Refused> {
        let (added, to_find) = self.guarded(|batch| batch.add_rows(entry))?;
        self.findable(to_find.iter().map(|rows| (entry, rows)))?;
        Ok(added)
    }

    /// Does this to many reports at once, which is faster: adds each, or puts it in the place of the reading that a version has where one is
    /// given. What became of each, in their order; `None` where a version got another reading. Where one is refused, nothing of the batch may be kept: begin it anew,
    /// and add them one by one.
    pub fn add_all(&mut self, entries: &[(&Entry, Option<i64>)]) -> Result<Vec<Option<Added>>, Refused> {
        let mut done = Vec::with_capacity(entries.len());
        let mut found = Vec::with_capacity(entries.len());
        for (entry, version) in entries {
            let (added, rows) = match version {
                None => self.add_rows(entry).map(|(added, rows)| (Some(added), rows)),
                Some(version) => self.replace_rows(*version, entry).map(|rows| (None, Some(rows))),
            }
            .map_err(|e| refused(&e, self.path))?;
            done.push(added);
            found.extend(rows.map(|rows| (*entry, rows)));
        }
        // Reports may follow one another within a batch as versions of one; only the last is looked through.
        let mut hidden: Vec<i64> = Vec::new();
        for (_, rows) in &found {
            hidden.extend(rows.instead_of);
        }
        found.retain(|(_, rows)| !hidden.contains(&rows.version));
        self.findable(found.iter().map(|(entry, rows)| (*entry, rows)))?;
        Ok(done)
    }

    /// Makes reports be found by their words. It comes after all their rows: SQLite would write the words of each report by themselves
    /// if a savepoint were set between.
    fn findable<'e>(&self, reports: impl Iterator<Item = (&'e Entry, &'e Rows)>) -> Result<(), Refused> {
        let add = || -> rusqlite::Result<()> {
            for (entry, rows) in reports.filter(|(_, rows)| rows.current) {
                index::add(&self.transaction, rows.version, &entry.searchable, &rows.statements)?;
            }
            Ok(())
        };
        add().map_err(|e| Refused::Store(Trouble::of(self.path, &e)))
    }

    /// Puts another reading of the same text in the place of the one that a version has. What was found to be the same as something in
    /// it is taken apart, since its statements and events are others now.
    pub fn replace(&mut self, version: i64, entry: &Entry) -> Result<(), Refused> {
        let rows = self.guarded(|batch| batch.replace_rows(version, entry))?;
        self.findable(std::iter::once((entry, &rows)))
    }

    fn replace_rows(&mut self, version: i64, entry: &Entry) -> rusqlite::Result<Rows> {
        self.forget(version)?;
        self.transaction
            .prepare_cached(
                "UPDATE versions SET published = ?2, published_from = ?3, language = ?4, reader = ?5, title = ?6 WHERE id = ?1",
            )?
            .execute(params![
                version,
                entry.published,
                entry.published_from,
                entry.language,
                entry.reader,
                entry.title
            ])?;
        let rows = self.read_rows(version, entry)?;
        // What it was compared by before is gone, so nobody knows what it was the same as.
        self.transaction
            .prepare_cached("UPDATE waiting SET anew = 1 WHERE version = ?1")?
            .execute([version])?;
        Ok(rows)
    }

    /// Makes all of it last.
    pub fn commit(self) -> Result<(), Trouble> {
        let path = self.path;
        self.transaction.commit().map_err(|e| Trouble::of(path, &e))
    }

    /// Does something to one report wholly or not at all.
    fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> rusqlite::Result<T>) -> Result<T, Refused> {
        let store = |error: &rusqlite::Error, path: &Path| Refused::Store(Trouble::of(path, error));
        self.transaction.execute_batch("SAVEPOINT report").map_err(|e| store(&e, self.path))?;
        match work(self) {
            Ok(done) => {
                self.transaction.execute_batch("RELEASE report").map_err(|e| store(&e, self.path))?;
                Ok(done)
            }
            Err(error) if Cause::is_of_one_report(&error) => {
                self.transaction
                    .execute_batch("ROLLBACK TO report; RELEASE report")
                    .map_err(|e| store(&e, self.path))?;
                self.rules.clear();
                Err(refused(&error, self.path))
            }
            Err(error) => Err(refused(&error, self.path)),
        }
    }

    /// The rows of a report, without what makes it be found by its words.
    fn add_rows(&mut self, entry: &Entry) -> rusqlite::Result<(Added, Option<Rows>)> {
        let mut instead_of = None;
        let key = entry.identity.key;
        let found: Option<i64> = self
            .transaction
            .prepare_cached("SELECT id FROM reports WHERE key = ?1")?
            .query_row([key], |r| r.get(0))
            .optional()?;
        let (report, number) = match found {
            Some(report) => {
                let (known, last): (bool, i64) = self
                    .transaction
                    .prepare_cached(
                        "SELECT coalesce(max(hash = ?2), 0), coalesce(max(number), 0) FROM versions WHERE report = ?1",
                    )?
                    .query_row(params![report, entry.identity.hash], |r| Ok((r.get(0)?, r.get(1)?)))?;
                if known {
                    return Ok((Added::Nothing, None));
                }
                let before: i64 = self
                    .transaction
                    .prepare_cached("SELECT id FROM versions WHERE report = ?1 AND current")?
                    .query_row([report], |r| r.get(0))?;
                self.hide(before)?;
                instead_of = Some(before);
                self.transaction
                    .prepare_cached("UPDATE versions SET current = 0 WHERE report = ?1 AND current")?
                    .execute([report])?;
                (report, last + 1)
            }
            None => {
                let outlet = entry.outlet.as_deref().map(|name| self.outlet(name)).transpose()?;
                self.transaction
                    .prepare_cached(
                        "INSERT INTO reports (key, given_id, address, outlet) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![key, entry.given_id, entry.address, outlet])?;
                (self.transaction.last_insert_rowid(), 1)
            }
        };
        self.transaction
            .prepare_cached(
                "INSERT INTO versions (report, number, current, hash, published, published_from, language, reader, words, added, origin,
                     titled, title, text)
                 VALUES (:report, :number, 1, :hash, :published, :published_from, :language, :reader, :words,
                     strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :origin, :titled, :title, :text)",
            )?
            .execute(named_params! {
                ":report": report,
                ":number": number,
                ":hash": entry.identity.hash,
                ":published": entry.published,
                ":published_from": entry.published_from,
                ":language": entry.language,
                ":reader": entry.reader,
                ":words": entry.words,
                ":origin": entry.origin,
                ":titled": entry.titled,
                ":title": entry.title,
                ":text": entry.text,
            })?;
        let version = self.transaction.last_insert_rowid();
        let rows = Rows { instead_of, ..self.read_rows(version, entry)? };
        Ok((if number == 1 { Added::Report } else { Added::Version }, Some(rows)))
    }

    fn outlet(&self, name: &str) -> rusqlite::Result<i64> {
        let found = self
            .transaction
            .prepare_cached("SELECT id FROM outlets WHERE name = ?1")?
            .query_row([name], |r| r.get(0))
            .optional()?;
        if let Some(id) = found {
            return Ok(id);
        }
        self.transaction.prepare_cached("INSERT INTO outlets (name) VALUES (?1)")?.execute([name])?;
        Ok(self.transaction.last_insert_rowid())
    }

    fn rule(&mut self, because: &str) -> rusqlite::Result<i64> {
        if let Some(id) = self.rules.get(because) {
            return Ok(*id);
        }
        let found: Option<i64> = self
            .transaction
            .prepare_cached("SELECT id FROM rules WHERE because = ?1")?
            .query_row([because], |r| r.get(0))
            .optional()?;
        let id = match found {
            Some(id) => id,
            None => {
                self.transaction
                    .prepare_cached("INSERT INTO rules (because) VALUES (?1)")?
                    .execute([because])?;
                self.transaction.last_insert_rowid()
            }
        };
        self.rules.insert(because.to_owned(), id);
        Ok(id)
    }

    /// Everything that was read out of a version.
    fn read_rows(&mut self, version: i64, entry: &Entry) -> rusqlite::Result<Rows> {
        self.transaction
            .prepare_cached("INSERT INTO records (version, size, json) VALUES (?1, ?2, ?3)")?
            .execute(params![version, entry.record_size, entry.record])?;
        self.transaction
            .prepare_cached("INSERT INTO comparisons (version, keyed, named, told) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![version, entry.compared.keyed, entry.compared.named, entry.compared.told])?;
        self.transaction
            .prepare_cached("INSERT OR IGNORE INTO waiting (version) VALUES (?1)")?
            .execute([version])?;
        let mut appearances = Vec::with_capacity(entry.appearances.len());
        {
            let mut insert = self.transaction.prepare_cached(
                "INSERT INTO appearances (version, number, type, name, name_en, country, sector, link, latitude, longitude, named,
                     mentions, first, spelling)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?;
            for (i, a) in entry.appearances.iter().enumerate() {
                appearances.push(insert.insert(params![
                    version,
                    i + 1,
                    a.kind,
                    a.name,
                    a.name_en,
                    a.country,
                    a.sector,
                    a.link,
                    a.position.map(|p| p.0),
                    a.position.map(|p| p.1),
                    a.named,
                    a.mentions,
                    a.first,
                    index::name(&self.transaction, a)?,
                ])?);
            }
        }
        self.role_rows(&entry.roles, &appearances)?;
        let statements = self.statement_rows(version, &entry.statements, &appearances)?;
        self.event_rows(version, &entry.events, &appearances, &statements)?;
        index::mention(&self.transaction, &entry.searchable, &appearances, &statements)?;
        let current = self
            .transaction
            .prepare_cached("SELECT current FROM versions WHERE id = ?1")?
            .query_row([version], |r| r.get(0))?;
        Ok(Rows { version, statements, current, instead_of: None })
    }

    fn role_rows(&mut self, roles: &[Role], appearances: &[i64]) -> rusqlite::Result<()> {
        for role in roles {
            let rule = self.rule(&role.because)?;
            self.transaction
                .prepare_cached(
                    "INSERT INTO roles (person, title, institution, rule) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![
                    appearances.get(role.person),
                    role.title,
                    role.institution.and_then(|i| appearances.get(i)),
                    rule
                ])?;
        }
        Ok(())
    }

    fn statement_rows(
        &mut self,
        version: i64,
        statements: &[Statement],
        appearances: &[i64],
    ) -> rusqlite::Result<Vec<i64>> {
        // A statement may stand inside a later one, so all numbers are known before any is written.
        let first: i64 = self
            .transaction
            .prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM statements")?
            .query_row((), |r| r.get(0))?;
        let ids: Vec<i64> = (first..).take(statements.len()).collect();
        for (i, (s, id)) in statements.iter().zip(&ids).enumerate() {
            let rule = self.rule(&s.because)?;
            self.transaction
                .prepare_cached(
                    "INSERT INTO statements (id, version, number, kind, act, speaker, medium, within, cue_start, cue_end, content,
                         confidence, rule)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                )?
                .execute(params![
                    id,
                    version,
                    i + 1,
                    s.kind,
                    s.act,
                    s.speaker.and_then(|a| appearances.get(a)),
                    s.medium,
                    s.within.and_then(|w| ids.get(w)),
                    s.cue.start,
                    s.cue.end,
                    s.content,
                    s.confidence,
                    rule,
                ])?;
            for (k, via) in s.via.iter().enumerate() {
                self.transaction
                    .prepare_cached("INSERT INTO relays (statement, number, via) VALUES (?1, ?2, ?3)")?
                    .execute(params![id, k + 1, appearances.get(*via)])?;
            }
        }
        Ok(ids)
    }

    fn event_rows(
        &mut self,
        version: i64,
        events: &[Event],
        appearances: &[i64],
        statements: &[i64],
    ) -> rusqlite::Result<()> {
        for (i, e) in events.iter().enumerate() {
            let rule = self.rule(&e.because)?;
            let [dead, injured, arrested] = e.tolls;
            let event = self
                .transaction
                .prepare_cached(
                    "INSERT INTO events (version, number, type, mode, status, time, day, place, told_in, dead, dead_bound, injured,
                         injured_bound, arrested, arrested_bound, trigger_start, trigger_end, sentence, sentence_start, sentence_end,
                         confidence, rule)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
                )?
                .insert(params![
                    version,
                    i + 1,
                    e.kind,
                    e.mode,
                    e.status,
                    e.time,
                    e.day,
                    e.place.and_then(|a| appearances.get(a)),
                    e.told_in.and_then(|s| statements.get(s)),
                    dead.map(|t| t.0),
                    dead.map(|t| t.1),
                    injured.map(|t| t.0),
                    injured.map(|t| t.1),
                    arrested.map(|t| t.0),
                    arrested.map(|t| t.1),
                    e.trigger.start,
                    e.trigger.end,
                    e.sentence,
                    e.sentence_at.start,
                    e.sentence_at.end,
                    e.confidence,
                    rule,
                ])?;
            let mut insert = self.transaction.prepare_cached(
                "INSERT INTO participants (event, part, number, appearance) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for (part, all) in [("actor", &e.actors), ("recipient", &e.recipients)] {
                for (k, a) in all.iter().enumerate() {
                    insert.execute(params![event, part, k + 1, appearances.get(*a)])?;
                }
            }
        }
        Ok(())
    }

    /// Takes away everything that was read out of a version, and the groups that hold some of it.
    fn forget(&mut self, version: i64) -> rusqlite::Result<()> {
        self.hide(version)?;
        for step in TAKE_APART.iter().chain(FORGET) {
            self.transaction.prepare_cached(step)?.execute([version])?;
        }
        Ok(())
    }
}

impl Batch<'_> {
    /// Makes a version be found no longer.
    fn hide(&self, version: i64) -> rusqlite::Result<()> {
        for step in index::HIDE {
            self.transaction.prepare_cached(step)?.execute([version])?;
        }
        Ok(())
    }
}

/// What takes apart the groups that hold something of version `?1`.
pub(crate) const TAKE_APART: &[&str] = &[
    "DELETE FROM utterances WHERE id IN (
         SELECT m.utterance FROM statements AS s JOIN utterance_members AS m ON m.statement = s.id WHERE s.version = ?1
         UNION SELECT u.id FROM statements AS s JOIN utterances AS u ON u.earliest = s.id WHERE s.version = ?1)",
    "DELETE FROM happenings WHERE id IN (
         SELECT m.happening FROM events AS e JOIN happening_members AS m ON m.event = e.id WHERE e.version = ?1)",
    "DELETE FROM copies WHERE id IN (SELECT copy FROM copy_members WHERE version = ?1)",
];

/// What takes away all that was read out of version `?1`, referring rows first; its groups are taken apart before.
const FORGET: &[&str] = &[
    "DELETE FROM comparisons WHERE version = ?1",
    "DELETE FROM participants WHERE event IN (SELECT id FROM events WHERE version = ?1)",
    "DELETE FROM events WHERE version = ?1",
    index::FORGET,
    "DELETE FROM relays WHERE statement IN (SELECT id FROM statements WHERE version = ?1)",
    "DELETE FROM statements WHERE version = ?1",
    "DELETE FROM roles WHERE person IN (SELECT id FROM appearances WHERE version = ?1)",
    "DELETE FROM appearances WHERE version = ?1",
    "DELETE FROM records WHERE version = ?1",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;
    use musnad::Report;
    use std::time::Duration;

    fn entry(text: &str) -> Entry {
        let report = Report { text: text.to_owned(), ..Default::default() };
        Entry::new(&report, &musnad::read(report.clone()), "here")
    }

    #[test]
    fn one_that_does_not_fit_stops_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::create(&folder.path().join("s.db")).unwrap();
        // "The minister said that the talks go on.", and the same of others.
        let texts = [
            "قال الوزير إن المحادثات مستمرة.",
            "قال السفير إن المحادثات مستمرة.",
            "قال الرئيس إن المحادثات مستمرة.",
        ];
        let mut entries: Vec<Entry> = texts.into_iter().map(entry).collect();
        // A speaker who passes on and is not there.
        entries[1].statements[0].via = vec![99];
        let mut batch = store.begin(Duration::ZERO).unwrap();
        let added: Vec<_> = entries.iter().map(|e| batch.add(e)).collect();
        assert!(matches!(added[0], Ok(Added::Report)) && matches!(added[2], Ok(Added::Report)));
        assert!(
            matches!(&added[1], Err(Refused::Entry(said)) if said.contains("relays.via")),
            "{:?}",
            added[1]
        );
        batch.commit().unwrap();
        let there: Vec<String> = store
            .connection()
            .prepare("SELECT text FROM versions ORDER BY id")
            .unwrap()
            .query_map((), |r| r.get(0))
            .unwrap()
            .collect::<rusqlite::Result<_>>()
            .unwrap();
        assert_eq!(there, [texts[0], texts[2]]);
    }
}
