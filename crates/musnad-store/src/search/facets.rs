//! How many of what a query finds are of which outlet, act, type and month.

use super::find::{NotAnswered, SAME};
use super::query::Query;
use super::sql::{Among, Asked};
use crate::store::Store;
use rusqlite::params_from_iter;
use rusqlite::types::Value;
use std::collections::{BTreeMap, HashSet};

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

/// Above so many, what is asked of each is read in one go through the table.
const FEW: usize = 2_000;

/// Numbers of rows.
struct Rows(HashSet<i64>);

impl Rows {
    /// A condition on a column that holds of these rows, or of all where they are many.
    fn condition(&self, column: &str) -> (String, Option<String>) {
        if self.0.len() > FEW {
            return (String::new(), None);
        }
        let mut ids: Vec<i64> = self.0.iter().copied().collect();
        ids.sort_unstable();
        let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
        (format!(" AND {column} IN (SELECT value FROM json_each(?))"), Some(format!("[{}]", ids.join(","))))
    }
}

impl Store {
    /// How many of all that a query finds are of which outlet, act, type and month; of entities, of which kind and state.
    pub fn facets(&self, query: &Query, among: Among) -> Result<Facets, NotAnswered> {
        if among == Among::Entities {
            Store::not_of_entities(query)?;
        }
        let asked = self.asked(query, among)?;
        let run = || match among {
            Among::Entities => self.facets_of_entities(&asked),
            Among::Reports | Among::Statements => self.facets_of_texts(&asked, among),
        };
        Ok(run().map_err(|e| self.told(&e))?)
    }

    fn facets_of_entities(&self, asked: &Asked) -> rusqlite::Result<Facets> {
        let mut asked = asked.clone();
        let from = asked.names_from();
        let sql = format!(
            "{} SELECT {SAME}, coalesce(n.type, a.type), coalesce(n.country, a.country) FROM {from}
             JOIN versions AS v ON v.id = a.version AND v.current LEFT JOIN entities AS n ON n.id = a.entity WHERE 1 {}",
            asked.with(&[]),
            asked.and()
        );
        let (mut seen, mut kinds, mut countries) = (HashSet::new(), Counts::default(), Counts::default());
        let mut rows = self.connection().prepare(&sql)?;
        let mut rows = rows.query(params_from_iter(&asked.given))?;
        while let Some(row) = rows.next()? {
            if seen.insert(row.get::<_, String>(0)?) {
                kinds.add(row.get(1)?);
                countries.add(row.get(2)?);
            }
        }
        Ok(Facets {
            found: seen.len() as u64,
            kinds: kinds.most_first(),
            countries: countries.most_first(),
            ..Facets::default()
        })
    }

    fn facets_of_texts(&self, asked: &Asked, among: Among) -> rusqlite::Result<Facets> {
        let mut facets = Facets::default();
        let mut ids = asked.clone();
        let from = ids.texts_from(among);
        let row = among.row();
        let sql = format!(
            "{} SELECT {row}, substr(v.published, 1, 7), v.report FROM {from} {}",
            ids.with(&[]),
            ids.and()
        );
        let (mut found, mut months, mut outlets) = (HashSet::new(), Counts::default(), BTreeMap::new());
        let mut rows = self.connection().prepare(&sql)?;
        let mut rows = rows.query(params_from_iter(&ids.given))?;
        while let Some(row) = rows.next()? {
            if found.insert(row.get(0)?) {
                months.add(row.get(1)?);
                *outlets.entry(row.get::<_, i64>(2)?).or_insert(0) += 1;
            }
        }
        facets.found = found.len() as u64;
        facets.months = months.in_order();
        facets.outlets = self.outlets_of(&outlets)?;
        let found = Rows(found);
        let (statements, events) = match among {
            Among::Statements => ("s.id", "e.told_in"),
            _ => ("s.version", "e.version"),
        };
        let counted =
            |conditions: &[String], value: &str, table: &str, row: &str| -> rusqlite::Result<Vec<Count>> {
                let mut given: Vec<Value> = asked.given.clone();
                let (few, ids) = found.condition(row);
                let few = few.replace('?', &format!("?{}", given.len() + 1));
                given.extend(ids.map(Value::from));
                let conditions: String = conditions.iter().map(|c| format!(" AND {c}")).collect();
                let sql = format!(
                    "{} SELECT {row}, {value} FROM {table} WHERE {row} IS NOT NULL{few}{conditions}",
                    asked.with(&[])
                );
                let (mut seen, mut counts) = (HashSet::new(), Counts::default());
                let mut rows = self.connection().prepare(&sql)?;
                let mut rows = rows.query(params_from_iter(&given))?;
                while let Some(row) = rows.next()? {
                    let (id, value): (i64, String) = (row.get(0)?, row.get(1)?);
                    if found.0.contains(&id) && seen.insert((id, value.clone())) {
                        counts.add(Some(value));
                    }
                }
                Ok(counts.most_first())
            };
        facets.acts = counted(&asked.of_statement, "s.act", "statements AS s", statements)?;
        facets.types = counted(&asked.of_event, "e.type", "events AS e", events)?;
        Ok(facets)
    }

    /// Counts by report as counts by outlet.
    fn outlets_of(&self, reports: &BTreeMap<i64, u64>) -> rusqlite::Result<Vec<Count>> {
        let mut outlets = Counts::default();
        let mut add = |name: String, count: &u64| *outlets.0.entry(name).or_insert(0) += count;
        if reports.len() > FEW {
            let mut rows = self.connection().prepare_cached(
                "SELECT r.id, o.name FROM outlets AS o CROSS JOIN reports AS r ON r.outlet = o.id",
            )?;
            let mut rows = rows.query(())?;
            while let Some(row) = rows.next()? {
                if let Some(count) = reports.get(&row.get(0)?) {
                    add(row.get(1)?, count);
                }
            }
        } else {
            let mut one = self.connection().prepare_cached(
                "SELECT o.name FROM reports AS r JOIN outlets AS o ON o.id = r.outlet WHERE r.id = ?1",
            )?;
            for (report, count) in reports {
                for name in one.query_map([report], |r| r.get(0))? {
                    add(name?, count);
                }
            }
        }
        Ok(outlets.most_first())
    }
}

/// How often which value was met.
#[derive(Default)]
struct Counts(BTreeMap<String, u64>);

impl Counts {
    fn add(&mut self, value: Option<String>) {
        if let Some(value) = value {
            *self.0.entry(value).or_insert(0) += 1;
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
