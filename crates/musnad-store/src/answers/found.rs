//! What a query finds, with what each thing leads to.

use super::cursor::Cursor;
use super::event::Event;
use super::lines::{EntityRef, PlaceRef, ReportRef, Span};
use super::statement::Statement;
use crate::search::{Among, Excerpt, Facets, NotAnswered, Query, Window};
use crate::store::Store;
use rusqlite::{OptionalExtension, Row};

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
/// How far one can turn pages. Nobody reads the ten thousandth of what was found.
const FURTHEST: usize = 10_000;

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
                    page.items.push(Found::Report(self.found_report(one).map_err(told)?));
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
            Within::Utterances => self.found_utterances(query, skip, limit, &mut page)?,
            Within::Happenings => self.found_happenings(query, skip, limit, &mut page)?,
        }
        let next = skip + limit;
        if page.total > next as u64 && next < FURTHEST {
            page.next = Some(Cursor::after("", next as i64).written());
        }
        if facets {
            page.facets = Facet::of(&self.facets(query, within.among())?, within);
        }
        Ok(page)
    }

    fn found_report(&self, one: crate::search::FoundReport) -> rusqlite::Result<FoundReport> {
        let query = "SELECT v.id, (SELECT count(*) FROM statements WHERE version = v.id), (SELECT count(*) FROM events WHERE version = v.id),
                 (SELECT count(*) FROM copy_members AS m JOIN copy_members AS n ON n.copy = m.copy WHERE m.version = v.id)
             FROM versions AS v WHERE v.report = ?1 AND v.current";
        let of = |r: &Row| Ok((r.get::<_, i64>(0)?, r.get(1)?, r.get(2)?, r.get::<_, u64>(3)?));
        let (version, statements, events, copies) =
            self.connection().prepare_cached(query)?.query_row([one.report], of)?;
        let report = self.report_ref(version)?;
        let title = report.title.clone().map(|text| Marked { text, marks: Vec::new() });
        Ok(FoundReport {
            report,
            title,
            excerpt: Marked::of(one.excerpt),
            statements,
            events,
            copies: copies.max(1),
        })
    }

    fn found_utterances(
        &self,
        query: &Query,
        skip: usize,
        limit: usize,
        page: &mut FoundPage,
    ) -> Result<(), NotAnswered> {
        let found = self.find_statements(query, LOOKED_THROUGH)?;
        page.at_least = found.found as usize > LOOKED_THROUGH;
        let run = || -> rusqlite::Result<Vec<FoundUtterance>> {
            let mut of = self
                .connection()
                .prepare_cached("SELECT utterance FROM utterance_members WHERE statement = ?1")?;
            let mut best: Vec<(i64, i64, Excerpt)> = Vec::new();
            for one in found.shown {
                let utterance: Option<i64> = of.query_row([one.statement], |r| r.get(0)).optional()?;
                let Some(utterance) = utterance else { continue };
                if !best.iter().any(|b| b.0 == utterance) {
                    best.push((utterance, one.statement, one.excerpt));
                }
            }
            page.total = best.len() as u64;
            let mut items = Vec::new();
            for (utterance, statement, excerpt) in best.into_iter().skip(skip).take(limit) {
                if let Some(statement) = self.statement(statement)? {
                    let (reports, origins) = (statement.reports, statement.origins);
                    let excerpt = Marked::of(excerpt);
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
        let found = self.find_reports(query, LOOKED_THROUGH)?;
        page.at_least = found.found as usize > LOOKED_THROUGH;
        let run = || -> rusqlite::Result<Vec<FoundHappening>> {
            let mut of = self.connection().prepare_cached(
                "SELECT m.happening, m.event FROM versions AS v JOIN events AS e ON e.version = v.id
                 JOIN happening_members AS m ON m.event = e.id WHERE v.report = ?1 AND v.current ORDER BY e.number",
            )?;
            let mut best: Vec<(i64, i64)> = Vec::new();
            for one in found.shown {
                let rows = of.query_map([one.report], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?)))?;
                for row in rows {
                    let (happening, event) = row?;
                    if !best.iter().any(|b| b.0 == happening) {
                        best.push((happening, event));
                    }
                }
            }
            page.total = best.len() as u64;
            let mut items = Vec::new();
            for (happening, event) in best.into_iter().skip(skip).take(limit) {
                items.extend(self.found_happening(happening, event)?);
            }
            Ok(items)
        };
        page.items = run().map_err(|e| self.told(&e))?.into_iter().map(Found::Happening).collect();
        Ok(())
    }

    fn found_happening(&self, happening: i64, event: i64) -> rusqlite::Result<Option<FoundHappening>> {
        let Some(account) = self.event(event)? else { return Ok(None) };
        let excerpt = Marked { text: account.sentence.text.clone(), marks: Vec::new() };
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
