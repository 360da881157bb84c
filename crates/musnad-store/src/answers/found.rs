//! What a query finds, with what each thing leads to.

use super::cursor::Cursor;
use super::event::Event;
use super::lines::{CURRENT, EntityRef, PlaceRef, ReportRef, Span};
use super::statement::Statement;
use crate::search::marks::Marker;
use crate::search::{Among, Excerpt, Facets, NotAnswered, Query, Window};
use crate::store::Store;
use rusqlite::{OptionalExtension, Row};
use std::collections::{HashMap, HashSet};

/// Among what is looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Within {
    /// What was said, as each report tells it.
    Statements,
    /// Texts of reports.
    Reports,
    /// Names.
    Entities,
    /// What happened, told by more than one report.
    Happenings,
    /// What was said, told by more than one report.
    Utterances,
}

/// Some of what a query finds.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundPage {
    /// Among what was looked.
    #[serde(rename = "in")]
    pub within: Within,
    /// How many there are.
    pub total: u64,
    /// Whether there may be more than `total`: only the best were looked through.
    pub at_least: bool,
    /// Some of them, the best first.
    pub items: Vec<Found>,
    /// What to ask for the next page with; null on the last.
    pub next: Option<String>,
    /// What all of it can be narrowed by.
    pub facets: Vec<Facet>,
}

/// Something that a query finds.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "found", rename_all = "lowercase")]
#[allow(clippy::large_enum_variant)] // a page has fifty of them
pub enum Found {
    /// A statement.
    Statement(FoundStatement),
    /// A report.
    Report(FoundReport),
    /// An entity.
    Entity(FoundEntity),
    /// A happening.
    Happening(FoundHappening),
    /// An utterance.
    Utterance(FoundUtterance),
}

/// A part of a text with the words that were looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Marked {
    /// The part; … stands where the text goes on. Line ends are spaces.
    pub text: String,
    /// Where the words stand in it, in code points.
    pub marks: Vec<Span>,
}

/// A statement that was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundStatement {
    /// The statement.
    pub statement: Statement,
    /// The content, where the words stand.
    pub excerpt: Marked,
}

/// A report that was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundReport {
    /// The report.
    pub report: ReportRef,
    /// The headline with the words.
    pub title: Option<Marked>,
    /// The text, where the words stand.
    pub excerpt: Marked,
    /// How many statements it tells.
    pub statements: u64,
    /// How many events it tells.
    pub events: u64,
    /// How many reports carry this text, with this one.
    pub copies: u64,
}

/// An entity that was found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundEntity {
    /// Who or what.
    pub who: EntityRef,
    /// Its name with the words.
    pub name: Marked,
    /// An office that a report gives it.
    pub office: Option<String>,
    /// In how many reports it appears.
    pub reports: u64,
    /// Day of the latest of them.
    pub last_seen: Option<String>,
}

/// An utterance that was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundUtterance {
    /// Its number in `utterances`.
    pub utterance: i64,
    /// In how many reports it stands.
    pub reports: u64,
    /// How many of these have it independently of each other.
    pub origins: u64,
    /// The wording that was found.
    pub statement: Statement,
    /// Its content, where the words stand.
    pub excerpt: Marked,
}

/// A happening that was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundHappening {
    /// Its number in `happenings`.
    pub happening: i64,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The day.
    pub day: Option<String>,
    /// Where.
    pub place: Option<PlaceRef>,
    /// In how many reports it is told.
    pub reports: u64,
    /// How many of these have it independently of each other.
    pub origins: u64,
    /// In what its accounts contradict each other; null where they do not.
    pub contradiction: Option<String>,
    /// The account that was found.
    pub account: Event,
    /// Its sentence, where the words stand.
    pub excerpt: Marked,
}

/// What can be narrowed by.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facet {
    /// By what: `outlet`, `act`, `type` (of events), `month`, `kind` (of entities) or `country`.
    pub facet: String,
    /// Its values, the most frequent first; months in order of time.
    pub values: Vec<FacetValue>,
}

/// A value, and how many have it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FacetValue {
    /// The value; empty for what is not known.
    pub value: String,
    /// How many have it.
    pub count: u64,
    /// What to add to the query to see these only; null where the language of queries has no word for it.
    pub query: Option<String>,
}

/// How many of the best are looked through for utterances and happenings.
const LOOKED_THROUGH: usize = 300;
/// How many words of a text are shown.
const ROOM: usize = 64;
/// How far one can turn pages. Nobody reads the ten thousandth of what was found.
const FURTHEST: usize = 10_000;

/// The beginning of a text, without the headline.
fn begins(text: &str) -> Marked {
    let body = text.split_once('\n').map_or(text, |t| t.1);
    let words: Vec<&str> = body.split_whitespace().take(32).collect();
    Marked { text: words.join(" ") + if words.len() == 32 { "…" } else { "" }, marks: Vec::new() }
}

impl Within {
    /// Among what a query looks for these.
    const fn among(self) -> Among {
        match self {
            Within::Statements | Within::Utterances => Among::Statements,
            Within::Reports | Within::Happenings => Among::Reports,
            Within::Entities => Among::Entities,
        }
    }
}

impl Facet {
    fn of(facets: &Facets, within: Within) -> Vec<Facet> {
        let values = |list: &[crate::search::Count], query: &dyn Fn(&str) -> Option<String>| {
            let value = |c: &crate::search::Count| FacetValue {
                query: query(&c.value).filter(|_| !c.value.is_empty()),
                value: c.value.clone(),
                count: c.count,
            };
            list.iter().map(value).collect()
        };
        let filter = |name: &'static str| move |value: &str| Some(format!("{name}:{}", quoted(value)));
        let month = |value: &str| Some(format!("from:{value} to:{value}"));
        let all: [(&str, Vec<FacetValue>); 6] = [
            ("outlet", values(&facets.outlets, &filter("outlet"))),
            ("act", values(&facets.acts, &filter("act"))),
            ("type", values(&facets.types, &filter("type"))),
            ("month", values(&facets.months, &month)),
            ("kind", values(&facets.kinds, &|_| None)),
            ("country", values(&facets.countries, &|_| None)),
        ];
        // Acts are of statements, not of what happens.
        let fits = |name: &str| within != Within::Happenings || name != "act";
        all.into_iter()
            .filter(|(name, values)| !values.is_empty() && fits(name))
            .map(|(facet, values)| Facet { facet: facet.to_owned(), values })
            .collect()
    }
}

/// A value as a filter takes it.
fn quoted(value: &str) -> String {
    let plain =
        !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
    match (plain, value.contains('"')) {
        (true, _) => value.to_owned(),
        (false, false) => format!("\"{value}\""),
        (false, true) => format!("«{}»", value.replace('»', "")),
    }
}

impl Marked {
    fn of(excerpt: Excerpt) -> Marked {
        let marks = excerpt.marks.iter().map(|[start, end]| Span { start: *start as u64, end: *end as u64 });
        Marked { marks: marks.collect(), text: excerpt.text }
    }
}

impl Store {
    /// What a query finds: `limit` of it behind the cursor, and, with `facets`, what all of it can be narrowed by.
    pub fn found(
        &self,
        query: &Query,
        within: Within,
        after: Option<&Cursor>,
        limit: usize,
        facets: bool,
    ) -> Result<FoundPage, NotAnswered> {
        // What is ranked has no key that a row could stand behind: here the cursor counts.
        let skip = after.and_then(|c| usize::try_from(c.id).ok()).unwrap_or(0).min(FURTHEST);
        let mut page = FoundPage {
            within,
            total: 0,
            at_least: false,
            items: Vec::new(),
            next: None,
            facets: Vec::new(),
        };
        let told = |e: rusqlite::Error| self.told(&e);
        if query.parts.is_empty() {
            self.found_of_all(within, skip, limit, &mut page).map_err(told)?;
        } else {
            self.found_of_words(query, within, skip, limit, &mut page)?;
        }
        let next = skip + limit;
        if page.total > next as u64 && next < FURTHEST {
            page.next = Some(Cursor::after("", next as i64).written());
        }
        if facets {
            let facets = if query.parts.is_empty() && within == Within::Entities {
                self.facets_of_all_entities().map_err(told)?
            } else {
                self.facets(query, within.among())?
            };
            page.facets = Facet::of(&facets, within);
        }
        Ok(page)
    }

    fn found_of_words(
        &self,
        query: &Query,
        within: Within,
        skip: usize,
        limit: usize,
        page: &mut FoundPage,
    ) -> Result<(), NotAnswered> {
        let told = |e: rusqlite::Error| self.told(&e);
        match within {
            Within::Statements => {
                let found = self.find_statements(query, Window { skip, limit })?;
                (page.total, page.at_least) = (found.found, found.at_least);
                for one in found.shown {
                    if let Some(statement) = self.statement(one.statement).map_err(told)? {
                        let excerpt = Marked::of(one.excerpt);
                        page.items.push(Found::Statement(FoundStatement { statement, excerpt }));
                    }
                }
            }
            Within::Reports => {
                let found = self.find_reports(query, Window { skip, limit })?;
                (page.total, page.at_least) = (found.found, found.at_least);
                for one in found.shown {
                    let version = self.current_of(one.report).map_err(told)?;
                    page.items.push(Found::Report(
                        self.found_report(version, Marked::of(one.excerpt)).map_err(told)?,
                    ));
                }
            }
            Within::Entities => {
                let found = self.find_entities(query, Window { skip, limit })?;
                (page.total, page.at_least) = (found.found, found.at_least);
                for one in found.shown {
                    let who = EntityRef {
                        entity: one.entity,
                        name: one.name.text.clone(),
                        name_en: one.name_en,
                        kind: one.kind,
                        country: one.country,
                    };
                    page.items.push(Found::Entity(FoundEntity {
                        who,
                        name: Marked::of(one.name),
                        office: one.office,
                        reports: one.reports,
                        last_seen: one.last_seen,
                    }));
                }
            }
            Within::Utterances => self.found_utterances(query, skip, limit, page)?,
            Within::Happenings => self.found_happenings(query, skip, limit, page)?,
        }
        Ok(())
    }

    /// All entities by kind and state: these stand in the table, and nothing need be looked up.
    fn facets_of_all_entities(&self) -> rusqlite::Result<Facets> {
        let counts = |column: &str| -> rusqlite::Result<Vec<crate::search::Count>> {
            let sql = format!(
                "SELECT {column}, count(*) AS n FROM entities WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1"
            );
            let of = |r: &Row| Ok(crate::search::Count { value: r.get(0)?, count: r.get(1)? });
            self.connection().prepare_cached(&sql)?.query_map((), of)?.collect()
        };
        Ok(Facets { kinds: counts("type")?, countries: counts("country")?, ..Facets::default() })
    }

    /// The latest of all; of entities those that appear most.
    fn found_of_all(
        &self,
        within: Within,
        skip: usize,
        limit: usize,
        page: &mut FoundPage,
    ) -> rusqlite::Result<()> {
        let c = self.connection();
        let count = |sql: &str| c.prepare_cached(sql)?.query_row((), |r| r.get::<_, u64>(0));
        let ids = |sql: &str| -> rusqlite::Result<Vec<i64>> {
            c.prepare_cached(sql)?.query_map([limit as i64, skip as i64], |r| r.get(0))?.collect()
        };
        let plain = |text: &str| Marked { text: text.to_owned(), marks: Vec::new() };
        match within {
            Within::Statements => {
                page.total = count(&format!(
                    "SELECT count(*) FROM statements AS s JOIN {CURRENT} ON v.id = s.version AND v.current"
                ))?;
                let latest = "SELECT s.id FROM versions AS v INDEXED BY versions_by_day CROSS JOIN statements AS s ON s.version = v.id
                     WHERE v.current ORDER BY v.published DESC, v.report, v.id, s.number LIMIT ?1 OFFSET ?2";
                for id in ids(latest)? {
                    if let Some(statement) = self.statement(id)? {
                        let excerpt = plain(&statement.text);
                        page.items.push(Found::Statement(FoundStatement { statement, excerpt }));
                    }
                }
            }
            Within::Reports => {
                page.total = count("SELECT count(*) FROM reports")?;
                let latest = "SELECT v.id FROM versions AS v INDEXED BY versions_by_day WHERE v.current
                     ORDER BY v.published DESC, v.report, v.id LIMIT ?1 OFFSET ?2";
                for id in ids(latest)? {
                    let beginning: String = c
                        .prepare_cached("SELECT substr(text, 1, 600) FROM versions WHERE id = ?1")?
                        .query_row([id], |r| r.get(0))?;
                    page.items.push(Found::Report(self.found_report(id, begins(&beginning))?));
                }
            }
            Within::Entities => {
                page.total = count("SELECT count(*) FROM entities")?;
                let often =
                    "SELECT entity FROM appearances INDEXED BY appearances_by_entity WHERE entity IS NOT NULL
                     GROUP BY entity ORDER BY count(*) DESC, entity LIMIT ?1 OFFSET ?2";
                for id in ids(often)? {
                    let Some(who) = self.entity_line(Some(id))? else { continue };
                    let (reports, last_seen) = c
                        .prepare_cached(&format!(
                            "SELECT count(*), max(v.published) FROM appearances AS a JOIN {CURRENT} ON v.id = a.version AND v.current
                             WHERE a.entity = ?1"
                        ))?
                        .query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
                    let office = c
                        .prepare_cached(
                            "SELECT l.title FROM appearances AS a CROSS JOIN roles AS l ON l.person = a.id WHERE a.entity = ?1
                             GROUP BY l.title ORDER BY count(*) DESC, l.title LIMIT 1",
                        )?
                        .query_row([id], |r| r.get(0))
                        .optional()?;
                    let name = plain(&who.name);
                    page.items.push(Found::Entity(FoundEntity { who, name, office, reports, last_seen }));
                }
            }
            Within::Utterances => {
                page.total = count("SELECT count(*) FROM utterances")?;
                let latest = format!(
                    "SELECT u.earliest FROM utterances AS u CROSS JOIN statements AS s ON s.id = u.earliest
                     CROSS JOIN {CURRENT} ON v.id = s.version AND v.current ORDER BY v.published DESC, u.reports DESC, u.id LIMIT ?1 OFFSET ?2"
                );
                for id in ids(&latest)? {
                    let Some(statement) = self.statement(id)? else { continue };
                    let Some(utterance) = statement.utterance else { continue };
                    let (reports, origins, excerpt) =
                        (statement.reports, statement.origins, plain(&statement.text));
                    page.items.push(Found::Utterance(FoundUtterance {
                        utterance,
                        reports,
                        origins,
                        statement,
                        excerpt,
                    }));
                }
            }
            Within::Happenings => {
                page.total = count("SELECT count(*) FROM happenings")?;
                let latest =
                    "SELECT id FROM happenings ORDER BY day DESC, reports DESC, id LIMIT ?1 OFFSET ?2";
                for id in ids(latest)? {
                    let event: Option<i64> = c
                        .prepare_cached("SELECT min(event) FROM happening_members WHERE happening = ?1")?
                        .query_row([id], |r| r.get(0))?;
                    let Some(event) = event else { continue };
                    page.items.extend(self.found_happening(id, event, None)?.map(Found::Happening));
                }
            }
        }
        Ok(())
    }

    /// The number of the current text of a report.
    fn current_of(&self, report: i64) -> rusqlite::Result<i64> {
        let query = "SELECT id FROM versions WHERE report = ?1 AND current";
        self.connection().prepare_cached(query)?.query_row([report], |r| r.get(0))
    }

    fn found_report(&self, version: i64, excerpt: Marked) -> rusqlite::Result<FoundReport> {
        let query = "SELECT (SELECT count(*) FROM statements WHERE version = ?1), (SELECT count(*) FROM events WHERE version = ?1),
                 (SELECT count(*) FROM copy_members AS m JOIN copy_members AS n ON n.copy = m.copy WHERE m.version = ?1)";
        let of = |r: &Row| Ok((r.get(0)?, r.get(1)?, r.get::<_, u64>(2)?));
        let (statements, events, copies) =
            self.connection().prepare_cached(query)?.query_row([version], of)?;
        let report = self.report_ref(version)?;
        let title = report.title.clone().map(|text| Marked { text, marks: Vec::new() });
        Ok(FoundReport { report, title, excerpt, statements, events, copies: copies.max(1) })
    }

    fn found_utterances(
        &self,
        query: &Query,
        skip: usize,
        limit: usize,
        page: &mut FoundPage,
    ) -> Result<(), NotAnswered> {
        let found = self.numbers_of_statements(query, LOOKED_THROUGH)?;
        page.at_least = found.found as usize > LOOKED_THROUGH;
        let marker = Marker::of(query);
        let run = || -> rusqlite::Result<Vec<FoundUtterance>> {
            let mut of = self
                .connection()
                .prepare_cached("SELECT utterance FROM utterance_members WHERE statement = ?1")?;
            let mut seen = HashSet::new();
            let mut best: Vec<(i64, i64)> = Vec::new();
            for statement in found.shown {
                let utterance: Option<i64> = of.query_row([statement], |r| r.get(0)).optional()?;
                best.extend(utterance.filter(|u| seen.insert(*u)).map(|u| (u, statement)));
            }
            page.total = best.len() as u64;
            let mut items = Vec::new();
            for (utterance, statement) in best.into_iter().skip(skip).take(limit) {
                if let Some(statement) = self.statement(statement)? {
                    let (reports, origins) = (statement.reports, statement.origins);
                    let excerpt = Marked::of(marker.excerpt(&statement.text, ROOM));
                    items.push(FoundUtterance { utterance, reports, origins, statement, excerpt });
                }
            }
            Ok(items)
        };
        page.items = run().map_err(|e| self.told(&e))?.into_iter().map(Found::Utterance).collect();
        Ok(())
    }

    fn found_happenings(
        &self,
        query: &Query,
        skip: usize,
        limit: usize,
        page: &mut FoundPage,
    ) -> Result<(), NotAnswered> {
        let (found, versions, done) = self.versions_and_events(query, LOOKED_THROUGH)?;
        page.at_least = found as usize > LOOKED_THROUGH;
        let marker = Marker::of(query);
        let run = || -> rusqlite::Result<Vec<FoundHappening>> {
            // Of each happening the account that is shown: one whose sentence has the words, else the first.
            let mut of = self.connection().prepare_cached(
                "SELECT m.happening, m.event, substr(v.text, 1 + e.sentence_start, min(e.sentence_end - e.sentence_start, 2000))
                 FROM versions AS v CROSS JOIN events AS e ON e.version = v.id CROSS JOIN happening_members AS m ON m.event = e.id
                 WHERE v.id = ?1 ORDER BY e.number",
            )?;
            let mut at: HashMap<i64, usize> = HashMap::new();
            let mut best: Vec<(i64, i64, usize)> = Vec::new();
            for version in versions {
                let mut rows = of.query([version])?;
                while let Some(r) = rows.next()? {
                    let (happening, event): (i64, i64) = (r.get(0)?, r.get(1)?);
                    if done.as_ref().is_some_and(|d| d.binary_search(&event).is_err()) {
                        continue;
                    }
                    let words = marker.different(r.get_ref(2)?.as_str_or_null()?.unwrap_or_default());
                    match at.get(&happening) {
                        Some(i) if best[*i].2 >= words => {}
                        Some(i) => best[*i] = (happening, event, words),
                        None => {
                            at.insert(happening, best.len());
                            best.push((happening, event, words));
                        }
                    }
                }
            }
            // Those whose own sentence has the words come first, the report around it says less.
            best.sort_by_key(|b| std::cmp::Reverse(b.2));
            page.total = best.len() as u64;
            let mut items = Vec::new();
            for (happening, event, _) in best.into_iter().skip(skip).take(limit) {
                items.extend(self.found_happening(happening, event, Some(&marker))?);
            }
            Ok(items)
        };
        page.items = run().map_err(|e| self.told(&e))?.into_iter().map(Found::Happening).collect();
        Ok(())
    }

    fn found_happening(
        &self,
        happening: i64,
        event: i64,
        marker: Option<&Marker>,
    ) -> rusqlite::Result<Option<FoundHappening>> {
        let Some(account) = self.event(event)? else { return Ok(None) };
        let sentence = &account.sentence.text;
        let excerpt = match marker {
            Some(marker) => Marked::of(marker.excerpt(sentence, ROOM)),
            None => Marked { text: sentence.clone(), marks: Vec::new() },
        };
        let query = "SELECT type, day, place, reports, origins, contradiction FROM happenings WHERE id = ?1";
        let of = |r: &Row| {
            let found = FoundHappening {
                happening,
                kind: r.get(0)?,
                day: r.get(1)?,
                place: None,
                reports: r.get(3)?,
                origins: r.get(4)?,
                contradiction: r.get(5)?,
                account,
                excerpt,
            };
            Ok((found, r.get::<_, Option<i64>>(2)?))
        };
        let found = self.connection().prepare_cached(query)?.query_row([happening], of).optional()?;
        let Some((mut found, place)) = found else { return Ok(None) };
        found.place = self.place_line(place)?;
        Ok(Some(found))
    }
}
