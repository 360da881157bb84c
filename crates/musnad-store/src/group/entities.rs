//! Who is who, written down: what differs from before.

use super::{Corpus, each};
use crate::across::entities::{Key, Reason};
use crate::compared::Named;
use rusqlite::params;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// An appearance that is another's than before, or for another reason.
struct Moved {
    id: i64,
    version: u32,
    place: u32,
    row: Option<i64>,
    /// Whether the reason is to be found; else there is none.
    has_reason: bool,
}

impl Corpus<'_> {
    /// Writes who is who, and gives those who stood elsewhere before, by version and place in the record.
    pub(super) fn write_entities(&mut self) -> rusqlite::Result<BTreeMap<i64, BTreeMap<u32, Option<i64>>>> {
        let mut before: BTreeMap<i64, BTreeMap<u32, Option<i64>>> = BTreeMap::new();
        let mut moved: Vec<Moved> = Vec::new();
        // Entities that have gained or lost somebody.
        let mut touched: BTreeSet<i64> = BTreeSet::new();
        let mut gone: Vec<i64> = Vec::new();
        let places = self.places();
        let waiting: BTreeSet<i64> = {
            let mut all = BTreeSet::new();
            each(self.connection, "SELECT version FROM waiting", |r| {
                all.insert(r.get(0)?);
                Ok(())
            })?;
            all
        };
        // The rows of a version follow one another.
        let mut last = (0, None);
        each(self.connection, "SELECT id, version, number, entity, why FROM appearances ORDER BY id", |r| {
            let (id, of): (i64, i64) = (r.get(0)?, r.get(1)?);
            if last.0 != of {
                last = (of, places.get(&of).copied());
            }
            let was: Option<i64> = r.get(3)?;
            let place = (r.get::<_, i64>(2)? - 1) as u32;
            let Some(version) = last.1 else {
                if let Some(was) = was {
                    touched.insert(was);
                    gone.push(id);
                    before.entry(of).or_default().insert(place, Some(was));
                }
                return Ok(());
            };
            let known = self.cast.at(version, place);
            let row = known.and_then(|_| self.entity(version, place));
            let reason = known.and_then(|k| self.reason(k));
            let why = r.get_ref(4)?.as_str_or_null()?;
            if was != row {
                touched.extend(was.into_iter().chain(row));
                if !waiting.contains(&of) {
                    before.entry(of).or_default().insert(place, was);
                }
            }
            if was != row || why.map(number_of) != reason {
                moved.push(Moved { id, version, place, row, has_reason: reason.is_some() });
            }
            Ok(())
        })?;
        self.move_appearances(&moved, &gone)?;
        drop(moved);
        self.write_rows(touched)?;
        Ok(before)
    }

    /// The number of the reason why somebody is who it is. A register's entry is known by itself, unless somebody decided.
    fn reason(&self, known: u32) -> Option<u64> {
        let because = self.because.get(known as usize).copied().flatten();
        if self.cast.is_linked(known) {
            return because.filter(|k| self.decided.contains_key(k)).or(Some(LINKED));
        }
        because
    }

    fn move_appearances(&self, moved: &[Moved], gone: &[i64]) -> rusqlite::Result<()> {
        let mut update =
            self.connection.prepare("UPDATE appearances SET entity = ?2, why = ?3 WHERE id = ?1")?;
        for id in gone {
            update.execute(params![id, None::<i64>, None::<&str>])?;
        }
        let mut last: Option<(u32, Named)> = None;
        for m in moved {
            let reason = self.cast.at(m.version, m.place).and_then(|k| self.reason(k));
            let why = match reason.filter(|_| m.has_reason) {
                None => None,
                Some(LINKED) => Some(Reason::Link.name().to_owned()),
                Some(key) if self.decided.contains_key(&key) => self.decided.get(&key).cloned(),
                Some(key) => {
                    if last.as_ref().is_none_or(|l| l.0 != m.version) {
                        last = Some((m.version, self.named(m.version)?));
                    }
                    last.as_ref().and_then(|(_, named)| written(named, m.place, key))
                }
            };
            update.execute(params![m.id, m.row, why])?;
        }
        Ok(())
    }

    /// Writes the rows of entities that have changed: of those that are touched, that have come or gone, or that are known by another key.
    fn write_rows(&self, mut touched: BTreeSet<i64>) -> rusqlite::Result<()> {
        let mut there: BTreeMap<i64, String> = BTreeMap::new();
        each(self.connection, "SELECT id, key FROM entities", |r| {
            there.insert(r.get(0)?, r.get(1)?);
            Ok(())
        })?;
        // For each entity the strongest key that no other has, the strongest of all, and who has it first.
        let mut own: HashMap<u32, (u64, u32)> = HashMap::new();
        let mut any: HashMap<u32, (u64, u32)> = HashMap::new();
        for run in self.cast.keys().chunk_by(|a, b| a.0 == b.0) {
            let class = self.class[run[0].1 as usize];
            let alone = run.iter().all(|k| self.class[k.1 as usize] == class);
            if alone {
                own.entry(class).or_insert(run[0]);
            }
            for k in run {
                any.entry(self.class[k.1 as usize]).or_insert(*k);
            }
        }
        let mut changed: Vec<(i64, String)> = Vec::new();
        for (class, row) in self.row.iter().enumerate().filter(|(_, row)| **row != i64::MAX) {
            let class = class as u32;
            let was = there.remove(row);
            let key = match own.get(&class) {
                Some((key, _)) if was.as_deref().map(number_of) == Some(*key) => {
                    was.clone().unwrap_or_default()
                }
                Some(at) => self.key_of(*at)?,
                None => self.key_of_none(class, any.get(&class).copied())?,
            };
            if touched.remove(row) || was.as_ref() != Some(&key) {
                changed.push((*row, key));
            }
        }
        let mut delete = self.connection.prepare("DELETE FROM entities WHERE id = ?1")?;
        for id in there.keys() {
            delete.execute([id])?;
        }
        let mut insert = self.connection.prepare(
            "INSERT INTO entities (id, key, type, name, name_en, country, sector, link, latitude, longitude)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        let mut old = self.connection.prepare(
            "SELECT id, key, type, name, name_en, country, sector, link, latitude, longitude FROM entities WHERE id = ?1",
        )?;
        let mut members = self.connection.prepare(
            "SELECT id, entity, why, type, name, name_en, country, sector, link, latitude, longitude, named FROM appearances
             WHERE entity = ?1 ORDER BY id",
        )?;
        let mut rows: Vec<(i64, Row)> = Vec::new();
        for (id, key) in changed {
            let mut profile = Profile::default();
            let mut all = members.query([id])?;
            while let Some(r) = all.next()? {
                profile.count(r)?;
            }
            let row = profile.row(key);
            let was = old.query_row([id], Row::of).map(Some).or_else(|e| match e {
                rusqlite::Error::QueryReturnedNoRows => Ok(None),
                e => Err(e),
            })?;
            if was.as_ref() != Some(&row) {
                rows.push((id, row));
            }
        }
        // Keys may pass from one to another: those that change go before any comes.
        for (id, _) in &rows {
            delete.execute([id])?;
        }
        for (id, r) in &rows {
            insert.execute(params![
                id,
                r.key,
                r.kind,
                r.name,
                r.name_en,
                r.country,
                r.sector,
                r.link,
                r.position.map(|p| p.0),
                r.position.map(|p| p.1)
            ])?;
        }
        Ok(())
    }

    /// A key in words: its number, and who of the cast has it.
    fn key_of(&self, (key, known): (u64, u32)) -> rusqlite::Result<String> {
        if let Some(decided) = self.decided.get(&key) {
            return Ok(decided.clone());
        }
        let (version, place) = self.cast.met(known);
        if self.cast.is_linked(known) {
            let text = self
                .connection
                .prepare_cached("SELECT link FROM appearances WHERE version = ?1 AND number = ?2")?
                .query_row(params![self.versions[version as usize].id, place + 1], |r| r.get(0))?;
            return Ok(Key { reason: Reason::Link, text }.written());
        }
        Ok(written(&self.named(version)?, place, key).unwrap_or_else(|| format!("{key:x}")))
    }

    /// What an entity is known by that has no key for itself: its strongest, and where it was met first.
    fn key_of_none(&self, class: u32, strongest: Option<(u64, u32)>) -> rusqlite::Result<String> {
        let key = strongest.map(|k| self.key_of(k)).transpose()?.unwrap_or_default();
        let (version, place) = self.cast.met(class);
        let name = self.named(version)?.at(place).map(|s| s.name.clone()).unwrap_or_default();
        Ok(format!("{key}|{}|{name}", self.name(version)?))
    }
}

/// Stands for the reason of an entry of a register.
const LINKED: u64 = u64::MAX;

/// The number of a key or reason that was written down.
fn number_of(written: &str) -> u64 {
    if written == Reason::Link.name() { LINKED } else { Key::read(written).map_or(0, |k| k.number()) }
}

/// A key of somebody in a version, in words.
fn written(named: &Named, place: u32, key: u64) -> Option<String> {
    named.at(place)?.keys().find(|k| k.number() == key).map(|k| k.written())
}

/// What the appearances of an entity say of it, with how often.
#[derive(Default)]
struct Profile {
    names: BTreeMap<(bool, Rc<str>), usize>,
    english: BTreeMap<Rc<str>, usize>,
    kinds: BTreeMap<Rc<str>, usize>,
    countries: BTreeMap<Rc<str>, usize>,
    sectors: BTreeMap<Rc<str>, usize>,
    links: BTreeMap<Rc<str>, usize>,
    position: Option<(f64, f64)>,
}

impl Profile {
    fn count(&mut self, r: &rusqlite::Row) -> rusqlite::Result<()> {
        let word = |column: usize| Ok::<_, rusqlite::Error>(r.get_ref(column)?.as_str_or_null()?);
        let add = |counts: &mut BTreeMap<Rc<str>, usize>, word: Option<&str>| {
            if let Some(word) = word {
                match counts.get_mut(word) {
                    Some(n) => *n += 1,
                    None => _ = counts.insert(word.into(), 1),
                }
            }
        };
        add(&mut self.kinds, word(3)?);
        add(&mut self.english, word(5)?);
        add(&mut self.countries, word(6)?);
        add(&mut self.sectors, word(7)?);
        add(&mut self.links, word(8)?);
        let name: Rc<str> = word(4)?.unwrap_or_default().into();
        *self.names.entry((r.get(11)?, name)).or_default() += 1;
        if self.position.is_none() {
            self.position = r.get::<_, Option<f64>>(9)?.zip(r.get(10)?);
        }
        Ok(())
    }

    fn row(self, key: String) -> Row {
        let usual = |counts: &BTreeMap<Rc<str>, usize>| {
            counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(word, _)| word.to_string())
        };
        // A name before a description; the fuller of equally frequent ones.
        let name = self.names.iter().max_by(|a, b| {
            let rank = |x: (&(bool, Rc<str>), &usize)| (x.0.0, *x.1, x.0.1.chars().count());
            rank(*a).cmp(&rank(*b)).then(b.0.cmp(a.0))
        });
        Row {
            key,
            kind: usual(&self.kinds).unwrap_or_default(),
            name: name.map(|(n, _)| n.1.to_string()).unwrap_or_default(),
            name_en: usual(&self.english),
            country: usual(&self.countries),
            sector: usual(&self.sectors),
            link: usual(&self.links),
            position: self.position,
        }
    }
}

/// A row of `entities` without its number.
#[derive(PartialEq)]
struct Row {
    key: String,
    kind: String,
    name: String,
    name_en: Option<String>,
    country: Option<String>,
    sector: Option<String>,
    link: Option<String>,
    position: Option<(f64, f64)>,
}

impl Row {
    fn of(r: &rusqlite::Row) -> rusqlite::Result<Row> {
        Ok(Row {
            key: r.get(1)?,
            kind: r.get(2)?,
            name: r.get(3)?,
            name_en: r.get(4)?,
            country: r.get(5)?,
            sector: r.get(6)?,
            link: r.get(7)?,
            position: r.get::<_, Option<f64>>(8)?.zip(r.get(9)?),
        })
    }
}
