//! How many of what a query finds are of which outlet, act, type and month.

use super::find::NotAnswered;
use super::plan::{DAY_AND_REPORT, FEW, Hits, Plan};
use super::query::Query;
use super::sql::Among;
use crate::store::Store;
use rusqlite::{Params, Row};
use std::collections::BTreeMap;

/// A value and how many have it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Count {
    /// The value, as the filter takes it; a month is `YYYY-MM`.
    pub value: String,
    /// How many of what was found have it.
    pub count: u64,
}

/// What a query finds, counted by what can be asked further. Every count is what the query finds together with that filter: with
/// `speaker:X`, an act counts the reports in which X speaks so.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Facets {
    /// How many there are.
    pub found: u64,
    /// By outlet, the most frequent first. Empty for entities.
    pub outlets: Vec<Count>,
    /// By speech act, the most frequent first. Empty for entities.
    pub acts: Vec<Count>,
    /// By PLOVER type of the events, the most frequent first. Empty for entities.
    pub types: Vec<Count>,
    /// By month of publication, in order of time. Empty for entities.
    pub months: Vec<Count>,
    /// By kind of entity (`person`, `organization`, …), the most frequent first. Of entities alone.
    pub kinds: Vec<Count>,
    /// By the entities' state, ISO 3166-1 alpha-3, the most frequent first. Of entities alone.
    pub countries: Vec<Count>,
}

impl Store {
    /// How many of all that a query finds are of which outlet, act, type and month; of entities, of which kind and state.
    pub fn facets(&self, query: &Query, among: Among) -> Result<Facets, NotAnswered> {
        if among == Among::Entities {
            Store::not_of_entities(query)?;
        }
        let outlets = self.outlets_for(query)?;
        let run = || {
            let _at_once = self.at_once()?;
            let plan = self.plan(&outlets, among);
            match among {
                Among::Entities => plan.facets_of_entities(query),
                Among::Reports | Among::Statements => plan.facets(query),
            }
        };
        Ok(run().map_err(|e| self.told(&e))?)
    }
}

impl Plan<'_> {
    fn facets_of_entities(&self, query: &Query) -> rusqlite::Result<Facets> {
        let entities = self.entities(query)?;
        let (mut kinds, mut countries) = (Counts::default(), Counts::default());
        for one in &entities.found {
            if let Some(called) = self.named_as(one.same)? {
                kinds.add(&called.kind, 1);
                called.country.iter().for_each(|c| countries.add(c, 1));
            }
        }
        Ok(Facets {
            found: entities.found.len() as u64,
            kinds: kinds.most_first(),
            countries: countries.most_first(),
            ..Facets::default()
        })
    }

    fn facets(&self, query: &Query) -> rusqlite::Result<Facets> {
        let hits = self.hits(query)?;
        let (months, outlets) = self.months_and_outlets(&hits.rows)?;
        Ok(Facets {
            found: hits.rows.len() as u64,
            months: months.in_order(),
            outlets: outlets.most_first(),
            acts: self.acts(&hits)?.most_first(),
            types: self.types(&hits)?.most_first(),
            ..Facets::default()
        })
    }

    fn months_and_outlets(&self, rows: &[i64]) -> rusqlite::Result<(Counts, Counts)> {
        // How many rows are of which version.
        let mut versions: BTreeMap<i64, u64> = BTreeMap::new();
        let of_statement = self.among == Among::Statements;
        if of_statement && rows.len() > FEW {
            let sql = "SELECT id, version FROM statements INDEXED BY statements_by_act";
            self.meeting(sql, (), rows, |r| {
                *versions.entry(r.get(1)?).or_insert(0) += 1;
                Ok(())
            })?;
        } else if of_statement {
            for version in
                self.for_each("SELECT version FROM statements WHERE id = ?1", rows, |r| r.get(0))?
            {
                *versions.entry(version).or_insert(0) += 1;
            }
        } else {
            versions.extend(rows.iter().map(|r| (*r, 1)));
        }
        let mut reports: BTreeMap<i64, u64> = BTreeMap::new();
        let mut months = Counts::default();
        let numbers: Vec<i64> = versions.keys().copied().collect();
        let mut count = |r: &Row, version: i64| {
            let count = versions.get(&version).copied().unwrap_or_default();
            if let Some(month) = r.get_ref("published")?.as_str_or_null()?.and_then(|d| d.get(..7)) {
                months.add(month, count);
            }
            reports.insert(r.get("report")?, count);
            rusqlite::Result::Ok(())
        };
        if numbers.len() > FEW {
            let sql = "SELECT id, published, report FROM versions INDEXED BY versions_by_day WHERE current";
            self.meeting(sql, (), &numbers, |r| count(r, r.get(0)?))?;
        } else {
            let mut day = self.connection.prepare_cached(DAY_AND_REPORT)?;
            for version in &numbers {
                let mut rows = day.query([version])?;
                if let Some(row) = rows.next()? {
                    count(row, *version)?;
                }
            }
        }
        let mut outlets = Counts::default();
        let numbers: Vec<i64> = reports.keys().copied().collect();
        for (outlet, sought) in self.outlets {
            let mut all = 0;
            if numbers.len() > FEW {
                self.meeting("SELECT id FROM reports WHERE outlet = ?1", [outlet], &numbers, |r| {
                    all += reports.get(&r.get(0)?).copied().unwrap_or_default();
                    Ok(())
                })?;
                outlets.add(&sought.typed, all);
            }
        }
        if numbers.len() <= FEW {
            let found = self.for_each("SELECT id, outlet FROM reports WHERE id = ?1", &numbers, |r| {
                Ok((r.get::<_, i64>(0)?, r.get::<_, Option<i64>>(1)?))
            })?;
            for (report, outlet) in found {
                let name = self.outlets.iter().find(|o| Some(o.0) == outlet);
                name.iter()
                    .for_each(|n| outlets.add(&n.1.typed, reports.get(&report).copied().unwrap_or_default()));
            }
        }
        Ok((months, outlets))
    }

    /// Statements by act, or reports that have such statements: of those that the conditions on one statement hold of, if there are any.
    fn acts(&self, hits: &Hits) -> rusqlite::Result<Counts> {
        let mut met = Met::default();
        let of_statement = self.among == Among::Statements;
        let mut take = |r: &Row| {
            let (statement, version): (i64, i64) = (r.get(0)?, r.get(1)?);
            let row = if of_statement { statement } else { version };
            if hits.rows.binary_search(&row).is_ok() {
                met.add(r.get_ref(2)?.as_str()?, row);
            }
            rusqlite::Result::Ok(())
        };
        let of_version = "SELECT id, version, act FROM statements WHERE version = ?1";
        let by_itself = "SELECT id, version, act FROM statements WHERE id = ?1";
        match (&hits.said, of_statement) {
            (Some(said), _) if said.len() <= FEW * 10 => self.each(by_itself, said, take)?,
            (None, true) if hits.rows.len() <= FEW => self.each(by_itself, &hits.rows, take)?,
            (None, false) if hits.rows.len() <= FEW => self.each(of_version, &hits.rows, take)?,
            (said, _) => {
                let all = "SELECT id, version, act FROM statements INDEXED BY statements_by_act";
                match said {
                    Some(said) => self.meeting(all, (), said, take)?,
                    None => {
                        let mut query = self.connection.prepare_cached(all)?;
                        let mut rows = query.query(())?;
                        while let Some(row) = rows.next()? {
                            take(row)?;
                        }
                    }
                }
            }
        }
        Ok(met.counts())
    }

    /// Statements or reports by the types of events that they tell of.
    fn types(&self, hits: &Hits) -> rusqlite::Result<Counts> {
        let mut met = Met::default();
        let of_statement = self.among == Among::Statements;
        let mut take = |r: &Row| {
            let row: Option<i64> = if of_statement { r.get(2)? } else { Some(r.get(1)?) };
            if let Some(row) = row.filter(|row| hits.rows.binary_search(row).is_ok()) {
                met.add(r.get_ref(3)?.as_str()?, row);
            }
            rusqlite::Result::Ok(())
        };
        let by_itself = "SELECT id, version, told_in, type FROM events WHERE id = ?1";
        let of_statements = "SELECT id, version, told_in, type FROM events WHERE told_in = ?1";
        let of_version = "SELECT id, version, told_in, type FROM events WHERE version = ?1";
        match (&hits.done, of_statement) {
            (Some(done), _) if done.len() <= FEW * 10 => self.each(by_itself, done, take)?,
            (None, true) if hits.rows.len() <= FEW => self.each(of_statements, &hits.rows, take)?,
            (None, false) if hits.rows.len() <= FEW => self.each(of_version, &hits.rows, take)?,
            (done, _) => {
                let all = "SELECT id, version, told_in, type FROM events INDEXED BY events_by_type";
                match done {
                    Some(done) => self.meeting(all, (), done, take)?,
                    None => {
                        let mut query = self.connection.prepare_cached(all)?;
                        let mut rows = query.query(())?;
                        while let Some(row) = rows.next()? {
                            take(row)?;
                        }
                    }
                }
            }
        }
        Ok(met.counts())
    }

    /// Goes through what a query gives for each of these numbers.
    fn each(
        &self,
        sql: &str,
        numbers: &[i64],
        mut take: impl FnMut(&Row) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let mut query = self.connection.prepare_cached(sql)?;
        for number in numbers {
            let mut rows = query.query([number])?;
            while let Some(row) = rows.next()? {
                take(row)?;
            }
        }
        Ok(())
    }

    /// Goes through what a query gives whose first column is one of these numbers, which are in order.
    fn meeting(
        &self,
        sql: &str,
        given: impl Params,
        numbers: &[i64],
        mut take: impl FnMut(&Row) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        let mut query = self.connection.prepare_cached(sql)?;
        let mut rows = query.query(given)?;
        while let Some(row) = rows.next()? {
            if numbers.binary_search(&row.get(0)?).is_ok() {
                take(row)?;
            }
        }
        Ok(())
    }
}

/// Which values which rows have, each once.
#[derive(Default)]
struct Met {
    values: Vec<String>,
    rows: Vec<(usize, i64)>,
}

impl Met {
    fn add(&mut self, value: &str, row: i64) {
        // The last one comes first: an index gives one value after the other.
        let at = self.values.iter().rposition(|v| v == value).unwrap_or_else(|| {
            self.values.push(value.to_owned());
            self.values.len() - 1
        });
        self.rows.push((at, row));
    }

    fn counts(mut self) -> Counts {
        self.rows.sort_unstable();
        self.rows.dedup();
        let mut out = Counts::default();
        for same in self.rows.chunk_by(|a, b| a.0 == b.0) {
            out.add(&self.values[same[0].0], same.len() as u64);
        }
        out
    }
}

/// How often which value was met.
#[derive(Default)]
struct Counts(BTreeMap<String, u64>);

impl Counts {
    fn add(&mut self, value: &str, count: u64) {
        if count > 0 {
            *self.0.entry(value.to_owned()).or_insert(0) += count;
        }
    }

    fn in_order(self) -> Vec<Count> {
        self.0.into_iter().map(|(value, count)| Count { value, count }).collect()
    }

    fn most_first(self) -> Vec<Count> {
        let mut out = self.in_order();
        out.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        out
    }
}
