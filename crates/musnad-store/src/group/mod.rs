//! What is the same across the reports of a store, told from its current versions and the decisions by hand.
//!
//! Entities are told of all versions whenever any have come: their keys are few bytes, and one name more can part what was one. What changed is
//! written. Copies, utterances and happenings are told component by component ([`crate::across::meeting`]): of all things, or only where something has come, gone, or
//! become another entity's. The outcome is the same, and it is written in one transaction.
//!
//! Reports are taken in the order of their keys, not in that in which they came, and a group is numbered as its first member: the same reports
//! give the same groups, however they were added.

mod entities;
mod told;

use crate::across::cast::Cast;
use crate::across::copies;
use crate::across::entities::{Decision, Key, Reason, Verdict, split_key};
use crate::compared::{Keyed, Named, Told};
use crate::trouble::Trouble;
use crate::{Batch, Store};
use rusqlite::{Connection, OptionalExtension};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// How many groups there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Entities, those of one report too.
    pub entities: usize,
    /// Texts that several reports carry.
    pub copies: usize,
    /// Things said that several statements tell of.
    pub utterances: usize,
    /// Happenings with several accounts.
    pub happenings: usize,
}

impl Store {
    /// Whether what is the same has been told of all that is there.
    pub fn is_grouped(&self) -> Result<bool, Trouble> {
        self.connection()
            .query_row("SELECT NOT EXISTS (SELECT 1 FROM waiting)", (), |r| r.get(0))
            .map_err(|e| self.told(&e))
    }
}

impl Batch<'_> {
    /// Tells what is the same across all current versions, where something has come since it was told.
    pub fn group(&mut self) -> Result<Groups, Trouble> {
        let news = "SELECT coalesce(max(anew), 0) OR NOT EXISTS (SELECT 1 FROM entities) FROM waiting";
        let anew = self.transaction.query_row(news, (), |r| r.get(0));
        let run = || tell(&self.transaction, anew?);
        run().map_err(|e| Trouble::of(self.path, &e))
    }

    /// Tells all of it anew, after a decision by hand or when in doubt. What is written is what [`Batch::group`] leaves, too.
    pub fn group_all(&mut self) -> Result<Groups, Trouble> {
        tell(&self.transaction, true).map_err(|e| Trouble::of(self.path, &e))
    }
}

/// Tells what is the same: of everything, or where something waits.
fn tell(connection: &Connection, everything: bool) -> rusqlite::Result<Groups> {
    // Entities change their numbers among each other; at the end every reference must lead somewhere.
    connection.pragma_update(None, "defer_foreign_keys", true)?;
    let mut corpus = Corpus::load(connection, &crate::decisions::standing(connection)?)?;
    let changed = corpus.write_entities()?;
    let news = if everything { None } else { Some(corpus.news(changed)?) };
    corpus.write_groups(news)?;
    connection.execute("DELETE FROM waiting", ())?;
    let count = |table| connection.query_row(&format!("SELECT count(*) FROM {table}"), (), |r| r.get(0));
    Ok(Groups {
        entities: count("entities")?,
        copies: count("copies")?,
        utterances: count("utterances")?,
        happenings: count("happenings")?,
    })
}

/// A current version.
struct Version {
    id: i64,
    report: i64,
    /// The day of publication, counted from the first of January of the year 1.
    day: Option<i32>,
    outlet: Option<i64>,
    /// The row of its first appearance; the others follow it.
    appearances: i64,
}

/// All current versions that can be compared, in the order of the keys of their reports, with everybody in them.
struct Corpus<'c> {
    connection: &'c Connection,
    versions: Vec<Version>,
    /// Their keys as texts, and their days.
    texts: Vec<(Vec<u32>, Option<i32>)>,
    /// Their places by day of publication, and by the days of their events.
    published: BTreeMap<Option<i32>, Vec<u32>>,
    happened: BTreeMap<Option<i32>, Vec<u32>>,
    cast: Cast,
    /// For each of the cast which entity it is.
    class: Vec<u32>,
    /// The strongest key that puts each together with others.
    because: Vec<Option<u64>>,
    /// The row of each entity: its first appearance.
    row: Vec<i64>,
    /// What the keys that decisions give are in words.
    decided: BTreeMap<u64, String>,
    /// Outlets as origins are told by: an entity where they are one, else the name.
    outlets: BTreeMap<i64, String>,
    /// What was read of some versions lately.
    met: RefCell<BTreeMap<u32, Rc<Told>>>,
}

/// How many versions are kept unpacked: about those of some days.
const MET: usize = 1_500;

/// What has changed since it was told what is the same.
struct News {
    /// Versions of which something is to be told anew.
    touched: BTreeSet<u32>,
    /// Versions that are new.
    new: BTreeSet<u32>,
    /// Versions that are the current ones no longer.
    gone: Vec<i64>,
    /// Who stood where, of versions that were there before, by version and place in the record.
    before: BTreeMap<i64, BTreeMap<u32, Option<i64>>>,
}

impl<'c> Corpus<'c> {
    fn load(connection: &'c Connection, decisions: &[Decision]) -> rusqlite::Result<Corpus<'c>> {
        let mut appearances: HashMap<i64, i64> = HashMap::new();
        each(connection, "SELECT version, min(id) FROM appearances GROUP BY version", |r| {
            appearances.insert(r.get(0)?, r.get(1)?);
            Ok(())
        })?;
        let mut reports: Vec<([u8; 16], i64, Option<i64>)> = Vec::new();
        each(connection, "SELECT key, id, outlet FROM reports ORDER BY id", |r| {
            reports.push((r.get(0)?, r.get(1)?, r.get(2)?));
            Ok(())
        })?;
        let report = |id: i64| reports.binary_search_by_key(&id, |r| r.1).ok().map(|i| &reports[i]);
        // Keys are read in the order of the rows, and taken in the order of the reports' keys.
        let mut bytes: Vec<u8> = Vec::new();
        let mut ranges: HashMap<i64, std::ops::Range<usize>> = HashMap::new();
        each(connection, "SELECT version, keyed FROM comparisons", |r| {
            let from = bytes.len();
            bytes.extend_from_slice(r.get_ref(1)?.as_blob()?);
            ranges.insert(r.get(0)?, from..bytes.len());
            Ok(())
        })?;
        let mut order: Vec<([u8; 16], Version)> = Vec::new();
        each(connection, "SELECT id, report, published FROM versions WHERE current", |r| {
            let (id, of): (i64, i64) = (r.get(0)?, r.get(1)?);
            if let Some((key, report, outlet)) = report(of).filter(|_| ranges.contains_key(&id)) {
                let day = r.get_ref(2)?.as_str_or_null()?.and_then(|d| d.parse().ok()).map(count);
                let appearances = appearances.get(&id).copied().unwrap_or_default();
                order.push((*key, Version { id, report: *report, day, outlet: *outlet, appearances }));
            }
            Ok(())
        })?;
        drop((appearances, reports));
        order.sort_by_key(|v| v.0);
        let versions: Vec<Version> = order.into_iter().map(|v| v.1).collect();
        let splits = splits(connection, decisions, &versions)?;
        let mut corpus = Corpus {
            connection,
            texts: Vec::with_capacity(versions.len()),
            published: BTreeMap::new(),
            happened: BTreeMap::new(),
            cast: Cast::default(),
            class: Vec::new(),
            because: Vec::new(),
            row: Vec::new(),
            decided: BTreeMap::new(),
            outlets: BTreeMap::new(),
            met: RefCell::default(),
            versions,
        };
        for (i, v) in corpus.versions.iter().enumerate() {
            let packed = ranges.get(&v.id).and_then(|r| bytes.get(r.clone())).unwrap_or_default();
            let keyed = Keyed::unpacked(packed).unwrap_or_default();
            let split = |place: u32| splits.get(&(i as u32, place)).map(|n| split_key(*n).number());
            corpus.cast.add(&keyed, |seen| split(seen.place));
            corpus.texts.push((keyed.text.iter().map(|k| u32::from_be_bytes(*k)).collect(), v.day));
            corpus.published.entry(v.day).or_default().push(i as u32);
            for day in &keyed.days {
                corpus.happened.entry(*day).or_default().push(i as u32);
            }
        }
        drop((bytes, ranges));
        corpus.put_together(decisions)?;
        Ok(corpus)
    }

    /// Tells who is who, with the decisions on top.
    fn put_together(&mut self, decisions: &[Decision]) -> rusqlite::Result<()> {
        let mut joins = Vec::new();
        for decision in decisions {
            let key = match &decision.verdict {
                Verdict::Merge(one, other) => {
                    let key = Key { reason: Reason::Decision, text: format!("merge/{}", decision.number) };
                    let with = |keys: &[Key]| self.cast.with(keys.iter().map(Key::number));
                    if let (Some(a), Some(b)) = (with(one), with(other))
                        && a != b
                    {
                        joins.push((a.min(b), a.max(b), key.number()));
                    }
                    key
                }
                Verdict::Split(_) => split_key(decision.number),
            };
            self.decided.insert(key.number(), key.written());
        }
        let together = self.cast.together(&joins);
        self.because = vec![None; self.cast.len()];
        // The strongest come first.
        for (a, b, key) in together.joins {
            for one in [a, b] {
                self.because[one as usize].get_or_insert(key);
            }
        }
        self.class = together.class;
        self.row = vec![i64::MAX; self.class.len()];
        for (i, v) in self.versions.iter().enumerate() {
            for (place, known) in self.cast.of(i as u32) {
                let row = &mut self.row[self.class[*known as usize] as usize];
                *row = (*row).min(v.appearances + i64::from(*place));
            }
        }
        let mut outlets = BTreeMap::new();
        each(self.connection, "SELECT id, name FROM outlets", |r| {
            let name: String = r.get(1)?;
            let link = crate::across::read::outlet_link(&name);
            let known = link.and_then(|text| self.cast.linked(Key { reason: Reason::Link, text }.number()));
            let of = known.map_or(name, |k| self.row[self.class[k as usize] as usize].to_string());
            outlets.insert(r.get(0)?, of);
            Ok(())
        })?;
        self.outlets = outlets;
        Ok(())
    }

    /// The row of the entity that stands at a place of a version.
    fn entity(&self, version: u32, place: u32) -> Option<i64> {
        let class = self.class.get(self.cast.at(version, place)? as usize)?;
        self.row.get(*class as usize).copied()
    }

    /// The place of a version among all.
    fn places(&self) -> HashMap<i64, u32> {
        self.versions.iter().enumerate().map(|(i, v)| (v.id, i as u32)).collect()
    }

    /// What is compared of a version.
    fn told(&self, version: u32) -> rusqlite::Result<Rc<Told>> {
        if let Some(told) = self.met.borrow().get(&version) {
            return Ok(Rc::clone(told));
        }
        let told = Rc::new(self.told_of(self.versions[version as usize].id)?);
        let mut met = self.met.borrow_mut();
        if met.len() >= MET {
            met.clear();
        }
        met.insert(version, Rc::clone(&told));
        Ok(told)
    }

    /// The same by the version's row, which need not be a current one.
    fn told_of(&self, version: i64) -> rusqlite::Result<Told> {
        let mut query = self.connection.prepare_cached("SELECT told FROM comparisons WHERE version = ?1")?;
        let told = query.query_row([version], |r| Ok(Told::unpacked(r.get_ref(0)?.as_blob()?))).optional()?;
        Ok(told.flatten().unwrap_or_default())
    }

    /// The keys of a version in words.
    fn named(&self, version: u32) -> rusqlite::Result<Named> {
        named(self.connection, self.versions[version as usize].id)
    }

    /// What names the report of a version for good.
    fn name(&self, version: u32) -> rusqlite::Result<String> {
        let mut query = self.connection.prepare_cached("SELECT address FROM reports WHERE id = ?1")?;
        let address: Option<String> =
            query.query_row([self.versions[version as usize].report], |r| r.get(0))?;
        match address {
            Some(address) => Ok(address),
            None => Ok(self.told(version)?.name.clone().unwrap_or_default()),
        }
    }

    /// The body of a version's text, cut into shingles.
    fn shingles(&self, version: i64, body: u32) -> rusqlite::Result<copies::Shingles> {
        let mut query = self.connection.prepare_cached("SELECT text FROM versions WHERE id = ?1")?;
        query.query_row([version], |r| {
            Ok(copies::shingles(r.get_ref(0)?.as_str()?.get(body as usize..).unwrap_or_default()))
        })
    }

    /// What has come and gone; `before` are those who stood where they stand no longer.
    fn news(&self, before: BTreeMap<i64, BTreeMap<u32, Option<i64>>>) -> rusqlite::Result<News> {
        let places = self.places();
        let mut new = BTreeSet::new();
        each(self.connection, "SELECT version FROM waiting", |r| {
            new.extend(places.get(&r.get(0)?).copied());
            Ok(())
        })?;
        let mut gone = Vec::new();
        each(
            self.connection,
            "SELECT DISTINCT o.id FROM waiting AS w JOIN versions AS v ON v.id = w.version
             JOIN versions AS o ON o.report = v.report AND NOT o.current ORDER BY o.id",
            |r| {
                gone.push(r.get(0)?);
                Ok(())
            },
        )?;
        let mut touched = new.clone();
        touched.extend(before.keys().filter_map(|v| places.get(v)));
        Ok(News { touched, new, gone, before })
    }
}

/// Where decisions say that somebody is another: version and place in the record, with the number of the decision.
fn splits(
    connection: &Connection,
    decisions: &[Decision],
    versions: &[Version],
) -> rusqlite::Result<BTreeMap<(u32, u32), i64>> {
    let mut out = BTreeMap::new();
    for decision in decisions.iter().filter(|d| matches!(d.verdict, Verdict::Split(_))) {
        for (name, report) in crate::decisions::members(connection, decision.number)? {
            let Some(i) = versions.iter().position(|v| Some(v.report) == report) else { continue };
            let named = named(connection, versions[i].id)?;
            let of = named.seen.iter().filter(|s| s.name == name);
            out.extend(of.map(|s| ((i as u32, s.place), decision.number)));
        }
    }
    Ok(out)
}

/// The keys of a version in words, by its row.
pub(crate) fn named(connection: &Connection, version: i64) -> rusqlite::Result<Named> {
    let mut query = connection.prepare_cached("SELECT named FROM comparisons WHERE version = ?1")?;
    let named = query.query_row([version], |r| Ok(Named::unpacked(r.get_ref(0)?.as_blob()?))).optional()?;
    Ok(named.flatten().unwrap_or_default())
}

/// Asks a query without parameters and looks at each row.
fn each(
    connection: &Connection,
    query: &str,
    mut look: impl FnMut(&rusqlite::Row) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut query = connection.prepare(query)?;
    let mut rows = query.query(())?;
    while let Some(row) = rows.next()? {
        look(row)?;
    }
    Ok(())
}

/// A day counted from the first of January of the year 1.
fn count(day: jiff::civil::Date) -> i32 {
    crate::across::read::count(day)
}
