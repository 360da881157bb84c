//! What a query finds.

use super::marks::{Excerpt, Marker};
use super::query::{Misunderstood, Query, Role, Sought, What};
use super::sql::{Among, Asked, is_called};
use super::window::Window;
use crate::store::Store;
use crate::trouble::Trouble;
use rusqlite::{Row, params_from_iter};
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
        let mut asked = self.asked(query, Among::Entities)?;
        let from = asked.names_from();
        let window = window.into();
        let [limit, skip] = window.limit_and_offset().map(|n| asked.give(n));
        let hits = format!(
            "hits (id, same, version, published) AS MATERIALIZED (
                 SELECT a.id, {SAME}, v.id, v.published FROM {from} JOIN versions AS v ON v.id = a.version AND v.current WHERE 1 {})",
            asked.and()
        );
        let best = format!(
            "best (same, reports, last, found) AS MATERIALIZED (
                 SELECT same, count(DISTINCT version), max(published), count(*) OVER () FROM hits GROUP BY same
                 ORDER BY 2 DESC, same LIMIT {limit} OFFSET {skip})"
        );
        // What is asked of each of the best is asked of all at once: a subquery for each would go through all hits again.
        let usual = "usual (same, id, place) AS MATERIALIZED (
                 SELECT h.same, min(h.id), row_number() OVER (
                     PARTITION BY h.same ORDER BY max(x.named) DESC, count(*) DESC, max(length(x.name)) DESC, min(h.id))
                 FROM best AS b CROSS JOIN hits AS h ON h.same = b.same JOIN appearances AS x ON x.id = h.id GROUP BY h.same, x.spelling)";
        let offices = "offices (same, title, place) AS MATERIALIZED (
                 SELECT h.same, l.title, row_number() OVER (PARTITION BY h.same ORDER BY count(*) DESC, l.title)
                 FROM best AS b CROSS JOIN hits AS h ON h.same = b.same JOIN roles AS l ON l.person = h.id GROUP BY h.same, l.title)";
        let sql = format!(
            "{} SELECT a.entity, coalesce(n.name, a.name), coalesce(n.name_en, a.name_en), a.type, coalesce(n.country, a.country),
                 o.title, b.reports, b.last, b.found
             FROM best AS b JOIN usual AS u ON u.same = b.same AND u.place = 1 JOIN appearances AS a ON a.id = u.id
             LEFT JOIN offices AS o ON o.same = b.same AND o.place = 1
             LEFT JOIN entities AS n ON n.id = a.entity ORDER BY b.reports DESC, b.same",
            asked.with(&[hits, best, usual.to_owned(), offices.to_owned()])
        );
        let marker = Marker::of(query);
        let mut found = 0;
        let entity = |r: &Row| {
            found = r.get(8)?;
            let (name, english): (String, Option<String>) = (r.get(1)?, r.get(2)?);
            let names = [(name.clone(), english.clone().unwrap_or_default())];
            Ok(FoundEntity {
                entity: r.get(0)?,
                name: marker.with_names(&names).excerpt(&name, ROOM),
                name_en: english,
                kind: r.get(3)?,
                country: r.get(4)?,
                office: r.get(5)?,
                reports: r.get(6)?,
                last_seen: r.get(7)?,
            })
        };
        let shown = self
            .connection()
            .prepare(&sql)
            .and_then(|mut q| q.query_map(params_from_iter(&asked.given), entity)?.collect())
            .map_err(|e| self.told(&e))?;
        if found == 0 && window.skip > 0 {
            found = self.find_entities(query, 1)?.found;
        }
        Ok(Results { found, at_least: false, shown })
    }

    /// Refuses filters that say nothing about entities.
    pub(super) fn not_of_entities(query: &Query) -> Result<(), Misunderstood> {
        for choice in query.parts.iter().flatten() {
            if let What::Named(role @ (Role::Speaker | Role::About | Role::Via), _) = &choice.what {
                return Err(Misunderstood {
                    at: 1,
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

    /// A query for this store.
    pub(super) fn asked(&self, query: &Query, among: Among) -> Result<Asked, NotAnswered> {
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
                    at: 1,
                    what: format!("no outlet of this store is called {}", sought.typed),
                    remedy: if all.is_empty() {
                        "leave outlet: out, no report has an outlet".to_owned()
                    } else {
                        format!("there are {}", all.join(", "))
                    },
                }));
            }
        }
        Ok(Asked::of(query, among, &outlets))
    }

    /// How many rows are found, and the numbers of the best.
    fn best(&self, query: &Query, among: Among, window: Window) -> Result<(u64, Vec<i64>), NotAnswered> {
        let mut asked = self.asked(query, among)?;
        let rows = match among {
            Among::Statements => "statements AS s JOIN versions AS v ON v.id = s.version AND v.current",
            Among::Reports | Among::Entities => "versions AS v",
        };
        let row = if among == Among::Statements { "s.id" } else { "v.id" };
        let sql = match asked.matched.take() {
            Some(matched) => {
                let given = asked.give(matched);
                let [limit, skip] = window.limit_and_offset().map(|n| asked.give(n));
                let table = among.table();
                // A word of the headline tells most; as it was typed, it tells more than another form.
                let weights = if among == Among::Reports { "5.0, 1.0, 1.0, 2.0" } else { "1.0, 1.0, 1.0" };
                let found = format!(
                    "found (id, score) AS MATERIALIZED (SELECT rowid, round(bm25({table}, {weights}), 1) FROM {table} WHERE {table} MATCH {given})"
                );
                format!(
                    "{} SELECT {row}, count(*) OVER () FROM found AS f CROSS JOIN {rows} WHERE {row} = f.id {}
                     ORDER BY f.score, v.published DESC, {row} LIMIT {limit} OFFSET {skip}",
                    asked.with(&[found]),
                    asked.and()
                )
            }
            None => {
                let [limit, skip] = window.limit_and_offset().map(|n| asked.give(n));
                format!(
                    "{} SELECT {row}, count(*) OVER () FROM {rows} WHERE v.current {} ORDER BY v.published DESC, {row} LIMIT {limit} OFFSET {skip}",
                    asked.with(&[]),
                    asked.and()
                )
            }
        };
        let mut found = 0;
        let ids = self
            .connection()
            .prepare(&sql)
            .and_then(|mut q| {
                q.query_map(params_from_iter(&asked.given), |r| {
                    found = r.get(1)?;
                    r.get(0)
                })?
                .collect()
            })
            .map_err(|e| self.told(&e))?;
        if found == 0 && window.skip > 0 {
            // Past the end no row tells how many there are.
            return Ok((self.best(query, among, Window::from(1))?.0, Vec::new()));
        }
        Ok((found, ids))
    }
}
