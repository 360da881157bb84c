//! What a query finds.

use super::marks::{Excerpt, Marker};
use super::names::{Called, Same};
use super::plan::{Plan, sorted};
use super::query::{Misunderstood, Query, Role, Sought, What};
use super::sql::{Among, is_called};
use super::window::Window;
use crate::store::Store;
use crate::trouble::Trouble;
use std::fmt;

/// How many words of a text are shown.
const ROOM: usize = 32;

/// Some of what was found, best first, and how much there is.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Results<T> {
    /// How many there are.
    pub found: u64,
    /// Whether there are more than that, which are not counted.
    pub at_least: bool,
    /// Those of them that were asked for.
    pub shown: Vec<T>,
}

/// A report that was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct FoundReport {
    /// Its number, in `reports`.
    pub report: i64,
    /// Day of publication.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where the words stand.
    pub excerpt: Excerpt,
    /// Address of the report.
    pub address: Option<String>,
}

/// A statement that was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct FoundStatement {
    /// Its number, in `statements`.
    pub statement: i64,
    /// The number of its report.
    pub report: i64,
    /// Day of publication.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Whose words they are.
    pub speaker: Option<String>,
    /// The same in English.
    pub speaker_en: Option<String>,
    /// Speech act.
    pub act: String,
    /// Through whom it reached the report, from the speaker outward.
    pub via: Option<String>,
    /// The content, where the words stand.
    pub excerpt: Excerpt,
    /// Address of the report.
    pub address: Option<String>,
}

/// An entity that was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct FoundEntity {
    /// Its number, in `entities`, where it is one across reports.
    pub entity: Option<i64>,
    /// Its name in Arabic, with the words that were looked for.
    pub name: Excerpt,
    /// Its name in English.
    pub name_en: Option<String>,
    /// `person`, `organization`, `place`, `group`, `document` or `occasion`.
    #[serde(rename = "type")]
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// An office that a report gives it.
    pub office: Option<String>,
    /// In how many reports it appears.
    pub reports: u64,
    /// Day of the latest of them.
    pub last_seen: Option<String>,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum NotAnswered {
    /// The query is not understood, or asks this store for what it cannot have.
    Query(Misunderstood),
    /// The store cannot be read.
    Store(Trouble),
}

impl fmt::Display for NotAnswered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotAnswered::Query(told) => write!(f, "{told}"),
            NotAnswered::Store(trouble) => write!(f, "{trouble}"),
        }
    }
}

impl std::error::Error for NotAnswered {}

impl From<Misunderstood> for NotAnswered {
    fn from(told: Misunderstood) -> Self {
        NotAnswered::Query(told)
    }
}

impl From<Trouble> for NotAnswered {
    fn from(trouble: Trouble) -> Self {
        NotAnswered::Store(trouble)
    }
}

/// How many current texts are found, the numbers of the best, and those of the events that the query is about.
pub(crate) type VersionsAndEvents = (u64, Vec<i64>, Option<Vec<i64>>);

/// What was said, with a sign where it is interrupted.
pub(super) const CONTENT: &str = "(SELECT group_concat(substr(v.text, 1 + (p.value ->> 0), (p.value ->> 1) - (p.value ->> 0)), ' … ') FROM json_each(s.content) AS p)";
/// Through whom a statement reached the report.
pub(super) const VIA: &str = "(SELECT group_concat(name, ' ← ') FROM (SELECT x.name FROM relays AS y JOIN appearances AS x ON x.id = y.via
     WHERE y.statement = s.id ORDER BY y.number))";
/// What an appearance is across reports: an entity, an entry of a register, or its name.
pub(super) const SAME: &str = "coalesce('e' || a.entity, 'l' || a.link, 'n' || a.spelling)";

impl Store {
    /// How many reports were read before there was search and are not found until they are read again.
    pub fn not_searchable(&self) -> Result<u64, Trouble> {
        let query = "SELECT count(*) FROM versions WHERE reader >= 'unindexed ' AND reader < 'unindexed!' AND current";
        self.connection().query_row(query, (), |r| r.get(0)).map_err(|e| self.told(&e))
    }

    /// The reports that a query finds.
    pub fn find_reports(
        &self,
        query: &Query,
        window: impl Into<Window>,
    ) -> Result<Results<FoundReport>, NotAnswered> {
        let _at_once = self.at_once().map_err(|e| self.told(&e))?;
        let (found, ids) = self.best(query, Among::Reports, window.into())?;
        let marker = Marker::of(query);
        let run = || -> rusqlite::Result<Vec<FoundReport>> {
            let mut details = self.connection().prepare_cached(
                "SELECT v.report, v.published, o.name, v.title, v.text, r.address FROM versions AS v JOIN reports AS r ON r.id = v.report
                 LEFT JOIN outlets AS o ON o.id = r.outlet WHERE v.id = ?1",
            )?;
            let mut out = Vec::with_capacity(ids.len());
            for id in ids {
                let marker = self.naming(&marker, id)?;
                out.push(details.query_row([id], |r| {
                    let title: Option<String> = r.get(3)?;
                    let text: String = r.get(4)?;
                    let body = title.as_deref().and_then(|t| text.strip_prefix(t)).unwrap_or(&text);
                    let mut excerpt = marker.excerpt(body.trim_start(), ROOM);
                    if let Some(title) = title.as_deref().filter(|_| excerpt.marks.is_empty()) {
                        let of_title = marker.excerpt(title, ROOM);
                        if !of_title.marks.is_empty() || excerpt.text.is_empty() {
                            excerpt = of_title;
                        }
                    }
                    let outlet = r.get(2)?;
                    Ok(FoundReport {
                        report: r.get(0)?,
                        published: r.get(1)?,
                        outlet,
                        title,
                        excerpt,
                        address: r.get(5)?,
                    })
                })?);
            }
            Ok(out)
        };
        let shown = run().map_err(|e| self.told(&e))?;
        Ok(Results { found, at_least: false, shown })
    }

    /// The statements that a query finds.
    pub fn find_statements(
        &self,
        query: &Query,
        window: impl Into<Window>,
    ) -> Result<Results<FoundStatement>, NotAnswered> {
        let _at_once = self.at_once().map_err(|e| self.told(&e))?;
        let (found, ids) = self.best(query, Among::Statements, window.into())?;
        let marker = Marker::of(query);
        let run = || -> rusqlite::Result<Vec<FoundStatement>> {
            let mut details = self.connection().prepare_cached(&format!(
                "SELECT s.id, v.report, v.published, o.name, a.name, a.name_en, s.act, {VIA}, {CONTENT}, r.address, v.id
                 FROM statements AS s JOIN versions AS v ON v.id = s.version JOIN reports AS r ON r.id = v.report
                 LEFT JOIN outlets AS o ON o.id = r.outlet LEFT JOIN appearances AS a ON a.id = s.speaker WHERE s.id = ?1"
            ))?;
            let mut out = Vec::with_capacity(ids.len());
            for id in ids {
                let (version, content, mut found) = details.query_row([id], |r| {
                    let found = FoundStatement {
                        statement: r.get(0)?,
                        report: r.get(1)?,
                        published: r.get(2)?,
                        outlet: r.get(3)?,
                        speaker: r.get(4)?,
                        speaker_en: r.get(5)?,
                        act: r.get(6)?,
                        via: r.get(7)?,
                        excerpt: Excerpt::default(),
                        address: r.get(9)?,
                    };
                    Ok((r.get(10)?, r.get::<_, Option<String>>(8)?.unwrap_or_default(), found))
                })?;
                found.excerpt = self.naming(&marker, version)?.excerpt(&content, ROOM * 2);
                out.push(found);
            }
            Ok(out)
        };
        let shown = run().map_err(|e| self.told(&e))?;
        Ok(Results { found, at_least: false, shown })
    }

    /// The entities that a query finds, those of most reports first.
    pub fn find_entities(
        &self,
        query: &Query,
        window: impl Into<Window>,
    ) -> Result<Results<FoundEntity>, NotAnswered> {
        Store::not_of_entities(query)?;
        let window = window.into();
        let (marker, outlets) = (Marker::of(query), self.outlets_for(query)?);
        let run = || -> rusqlite::Result<Results<FoundEntity>> {
            let _at_once = self.at_once()?;
            let plan = self.plan(&outlets, Among::Entities);
            let entities = plan.entities(query)?;
            let mut shown = Vec::new();
            for one in entities.found.iter().skip(window.skip).take(window.limit) {
                let Some(called) = plan.named_as(one.same)? else { continue };
                let Called { name, name_en, kind, country } = called;
                let appearances = entities.appearances(*one);
                let versions = sorted(appearances.iter().map(|a| a.version));
                let names = [(name, name_en.clone().unwrap_or_default())];
                shown.push(FoundEntity {
                    entity: match one.same {
                        Same::Entity(n) => Some(n),
                        Same::Spelling(_) => None,
                    },
                    name: marker.with_names(&names).excerpt(&names[0].0, ROOM),
                    name_en,
                    kind,
                    country,
                    office: plan.office(appearances)?,
                    reports: one.reports,
                    last_seen: plan.last_day(&versions)?,
                });
            }
            Ok(Results { found: entities.found.len() as u64, at_least: false, shown })
        };
        Ok(run().map_err(|e| self.told(&e))?)
    }

    /// Refuses filters that say nothing about entities.
    pub(super) fn not_of_entities(query: &Query) -> Result<(), Misunderstood> {
        for choice in query.parts.iter().flatten() {
            if let What::Named(role @ (Role::Speaker | Role::About | Role::Via), _) = &choice.what {
                return Err(Misunderstood {
                    at: choice.at,
                    what: format!("{}: says nothing about entities", role.name()),
                    remedy: "leave it out or look among reports or statements".into(),
                });
            }
        }
        Ok(())
    }

    /// The marker with the names of a version, where the query has Latin letters.
    fn naming(&self, marker: &Marker, version: i64) -> rusqlite::Result<Marker> {
        if !marker.wants_names() {
            return Ok(marker.clone());
        }
        let names: Vec<(String, String)> = self
            .connection()
            .prepare_cached(
                "SELECT name, name_en FROM appearances WHERE version = ?1 AND named AND name_en IS NOT NULL",
            )?
            .query_map([version], |r| Ok((r.get(0)?, r.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(marker.with_names(&names))
    }

    /// The outlets of this store, with which a query is understood, if it names none that there is not.
    pub(super) fn outlets_for(&self, query: &Query) -> Result<Vec<(i64, Sought)>, NotAnswered> {
        let outlets: Vec<(i64, Sought)> = self
            .connection()
            .prepare_cached("SELECT id, name FROM outlets ORDER BY id")
            .and_then(|mut q| {
                q.query_map((), |r| Ok((r.get(0)?, Sought::of(&r.get::<_, String>(1)?, true))))?.collect()
            })
            .map_err(|e| self.told(&e))?;
        for choice in query.parts.iter().flatten() {
            let What::Outlet(sought) = &choice.what else { continue };
            if !outlets.iter().any(|(_, name)| is_called(name, sought)) {
                let all: Vec<&str> = outlets.iter().map(|o| o.1.typed.as_str()).take(20).collect();
                return Err(NotAnswered::Query(Misunderstood {
                    at: choice.at,
                    what: format!("no outlet of this store is called {}", sought.typed),
                    remedy: if all.is_empty() {
                        "leave outlet: out, no report has an outlet".to_owned()
                    } else {
                        format!("there are {}", all.join(", "))
                    },
                }));
            }
        }
        Ok(outlets)
    }

    pub(super) fn plan<'s>(&'s self, outlets: &'s [(i64, Sought)], among: Among) -> Plan<'s> {
        Plan { connection: self.connection(), outlets, among }
    }

    /// As long as it lives the store is seen as it is now, whoever writes meanwhile.
    pub(super) fn at_once(&self) -> rusqlite::Result<Option<rusqlite::Transaction<'_>>> {
        let connection = self.connection();
        if connection.is_autocommit() { connection.unchecked_transaction().map(Some) } else { Ok(None) }
    }

    /// How many rows are found, and the numbers of those of the best that are asked for: of versions or of statements.
    fn best(&self, query: &Query, among: Among, window: Window) -> Result<(u64, Vec<i64>), NotAnswered> {
        let outlets = self.outlets_for(query)?;
        let run = || {
            let plan = self.plan(&outlets, among);
            let hits = plan.hits(query)?;
            Ok((hits.rows.len() as u64, plan.best(&hits, window)?))
        };
        Ok(run().map_err(|e| self.told(&e))?)
    }

    /// What [`Store::find_statements`] finds, by the numbers in `statements` alone: for those who make something else of them.
    pub fn numbers_of_statements(
        &self,
        query: &Query,
        window: impl Into<Window>,
    ) -> Result<Results<i64>, NotAnswered> {
        let (found, shown) = self.best(query, Among::Statements, window.into())?;
        Ok(Results { found, at_least: false, shown })
    }

    /// What [`Store::find_reports`] finds, by the numbers of the current texts in `versions` alone.
    pub fn numbers_of_versions(
        &self,
        query: &Query,
        window: impl Into<Window>,
    ) -> Result<Results<i64>, NotAnswered> {
        let (found, shown) = self.best(query, Among::Reports, window.into())?;
        Ok(Results { found, at_least: false, shown })
    }

    /// The appearances that a name may mean, by their numbers.
    pub(crate) fn appearances_called(&self, sought: &Sought) -> rusqlite::Result<Vec<i64>> {
        let plan = self.plan(&[], Among::Entities);
        Ok(plan.appearances(&plan.meant(sought)?)?.into_iter().map(|a| a.0).collect())
    }

    /// The current texts that a query finds, the best first, and the events of which all its conditions on one event hold, if it has any.
    pub(crate) fn versions_and_events(
        &self,
        query: &Query,
        limit: usize,
    ) -> Result<VersionsAndEvents, NotAnswered> {
        let outlets = self.outlets_for(query)?;
        let run = || {
            let plan = self.plan(&outlets, Among::Reports);
            let hits = plan.hits(query)?;
            let best = plan.best(&hits, Window::from(limit))?;
            Ok((hits.rows.len() as u64, best, hits.done))
        };
        Ok(run().map_err(|e| self.told(&e))?)
    }
}
