//! What is asked of a store: its records and events one after the other, what is to be read again, how much there is of what.

use crate::store::Store;
use crate::trouble::Trouble;
use musnad::export::{EntityRow, EventRow, ReportRow, SentenceRow};
use musnad::{PublishedFrom, Report, record};
use rusqlite::{OptionalExtension, Row, params};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Current versions, published on a day or later where one is given.
const CURRENT: &str = "SELECT id FROM versions WHERE current AND (?1 IS NULL OR published >= ?1) ORDER BY id";

impl Store {
    /// The numbers of the current versions, in the order of adding. With `since`, `YYYY-MM-DD`, only of those published on that day or
    /// later.
    pub fn current(&self, since: Option<&str>) -> Result<Vec<i64>, Trouble> {
        self.ids(CURRENT, params![since])
    }

    /// The numbers of the versions that none of these readers has read, in the order of adding.
    pub fn read_by_others(&self, readers: &[String]) -> Result<Vec<i64>, Trouble> {
        let readers = serde_json::to_string(readers).unwrap_or_default();
        let query =
            "SELECT id FROM versions WHERE reader NOT IN (SELECT value FROM json_each(?1)) ORDER BY id";
        self.ids(query, params![readers])
    }

    /// The numbers of all versions, in the order of adding.
    pub fn all_versions(&self) -> Result<Vec<i64>, Trouble> {
        self.ids("SELECT id FROM versions ORDER BY id", params![])
    }

    fn ids(&self, query: &str, given: impl rusqlite::Params) -> Result<Vec<i64>, Trouble> {
        let run = || -> rusqlite::Result<Vec<i64>> {
            self.connection().prepare_cached(query)?.query_map(given, |r| r.get(0))?.collect()
        };
        run().map_err(|e| self.told(&e))
    }

    /// The report of a version as it was given to the reader. `None` where there is no such version.
    pub fn given(&self, version: i64) -> Result<Option<Report>, Trouble> {
        let query = "SELECT r.given_id, r.address, o.name, v.published, v.published_from, v.titled, v.text
            FROM versions AS v JOIN reports AS r ON r.id = v.report LEFT JOIN outlets AS o ON o.id = r.outlet WHERE v.id = ?1";
        let report = |r: &Row| {
            let from: String = r.get(4)?;
            let from = match from.as_str() {
                "given" => PublishedFrom::Given,
                "page" => PublishedFrom::Page,
                // A day that was read in the text is found there again.
                _ => PublishedFrom::None,
            };
            let published: Option<String> = r.get(3)?;
            let published = published.filter(|_| from != PublishedFrom::None).and_then(|d| d.parse().ok());
            Ok(Report {
                id: r.get(0)?,
                uri: r.get(1)?,
                outlet: r.get(2)?,
                published,
                published_from: from,
                titled: r.get(5)?,
                text: r.get(6)?,
            })
        };
        self.connection()
            .prepare_cached(query)
            .and_then(|mut q| q.query_row([version], report).optional())
            .map_err(|e| self.told(&e))
    }

    /// The record of a version as JSON on one line, byte for byte as it was when it was read. `None` where there is no such version.
    pub fn record(&self, version: i64) -> Result<Option<String>, Trouble> {
        let query = "SELECT v.text, c.json, c.size FROM versions AS v JOIN records AS c ON c.version = v.id WHERE v.id = ?1";
        let found: Option<(String, Vec<u8>, usize)> = self
            .connection()
            .prepare_cached(query)
            .and_then(|mut q| q.query_row([version], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?))).optional())
            .map_err(|e| self.told(&e))?;
        let Some((text, packed, size)) = found else { return Ok(None) };
        let damaged = |what: &str| {
            self.trouble(crate::Cause::Damaged(format!("the record of version {version} {what}")))
        };
        let json =
            crate::entry::unpacked(&packed, &text, size).ok_or_else(|| damaged("cannot be unpacked"))?;
        // In a string of JSON every quotation mark has a backslash before it, so the first place that looks like the empty text is it.
        let (before, after) = json.split_once(EMPTY_TEXT).ok_or_else(|| damaged("has no text"))?;
        let text = serde_json::to_string(&text).unwrap_or_default();
        Ok(Some(format!("{before},\"text\":{text}{after}")))
    }

    /// Gives the events of a version to `take`, in their order, as exports want them.
    pub fn events(
        &self,
        version: i64,
        take: &mut dyn FnMut(&EventRow) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Trouble> {
        self.events_of(version, take).map_err(|e| self.told(&e))
    }

    fn events_of(
        &self,
        version: i64,
        take: &mut dyn FnMut(&EventRow) -> ControlFlow<()>,
    ) -> rusqlite::Result<ControlFlow<()>> {
        let Some(report) = self.report_of(version)? else { return Ok(ControlFlow::Continue(())) };
        let appearances = self.appearances_of(version)?;
        let entity = |id: Option<i64>| id.and_then(|id| appearances.get(&id)).map(AppearanceOf::row);
        let mut events = self.connection().prepare_cached(
            "SELECT e.id, e.number, e.type, e.mode, e.status, e.trigger_start, e.trigger_end, e.sentence, e.sentence_start, e.sentence_end,
                 e.place, e.time, e.dead, e.injured, e.arrested, s.speaker, e.confidence
             FROM events AS e LEFT JOIN statements AS s ON s.id = e.told_in WHERE e.version = ?1 ORDER BY e.number",
        )?;
        let mut participants = self.connection().prepare_cached(
            "SELECT appearance FROM participants WHERE event = ?1 AND part = ?2 ORDER BY number",
        )?;
        let points = Characters::of(&report.text);
        let mut rows = events.query([version])?;
        while let Some(r) = rows.next()? {
            let event: i64 = r.get(0)?;
            let mut parts = |part: &str| -> rusqlite::Result<Vec<EntityRow>> {
                let ids = participants.query_map(params![event, part], |r| r.get::<_, i64>(0))?;
                ids.filter_map(|id| id.map(|id| entity(Some(id))).transpose()).collect()
            };
            let (actors, recipients) = (parts("actor")?, parts("recipient")?);
            let (kind, mode, status): (String, Option<String>, String) = (r.get(2)?, r.get(3)?, r.get(4)?);
            let time: Option<String> = r.get(11)?;
            let (start, end) = (r.get(8)?, r.get(9)?);
            let row = EventRow {
                report: ReportRow {
                    id: report.id.as_str().into(),
                    uri: report.uri.as_deref(),
                    outlet: report.outlet.as_deref(),
                    published: report.published.as_deref().map(Into::into),
                    title: report.title.as_deref(),
                    language: &report.language,
                },
                number: r.get(1)?,
                kind: &kind,
                mode: mode.as_deref(),
                status: &status,
                trigger: points.between(r.get(5)?, r.get(6)?),
                sentence: SentenceRow { number: r.get(7)?, start, end, text: points.between(start, end) },
                actors,
                recipients,
                place: entity(r.get(10)?),
                time: time.as_deref(),
                dead: r.get(12)?,
                injured: r.get(13)?,
                arrested: r.get(14)?,
                teller: entity(r.get(15)?),
                confidence: r.get(16)?,
            };
            if take(&row).is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    fn report_of(&self, version: i64) -> rusqlite::Result<Option<ReportOf>> {
        let query = "SELECT r.given_id, r.address, o.name, v.published, v.title, v.language, v.text
            FROM versions AS v JOIN reports AS r ON r.id = v.report LEFT JOIN outlets AS o ON o.id = r.outlet WHERE v.id = ?1";
        let report = |r: &Row| {
            let (id, text): (Option<String>, String) = (r.get(0)?, r.get(6)?);
            Ok(ReportOf {
                id: id.unwrap_or_else(|| record::id_of_text(&text)),
                uri: r.get(1)?,
                outlet: r.get(2)?,
                published: r.get(3)?,
                title: r.get(4)?,
                language: r.get(5)?,
                text,
            })
        };
        self.connection().prepare_cached(query)?.query_row([version], report).optional()
    }

    fn appearances_of(&self, version: i64) -> rusqlite::Result<HashMap<i64, AppearanceOf>> {
        let query = "SELECT id, name, name_en, country, sector, link, latitude, longitude, type = 'place' FROM appearances
            WHERE version = ?1";
        let of = |r: &Row| {
            let position = r.get::<_, Option<f64>>(6)?.zip(r.get(7)?);
            let found = AppearanceOf {
                name: r.get(1)?,
                name_en: r.get::<_, Option<String>>(2)?.unwrap_or_default(),
                country: r.get(3)?,
                sector: r.get(4)?,
                link: r.get(5)?,
                position,
                is_place: r.get(8)?,
            };
            Ok((r.get(0)?, found))
        };
        self.connection().prepare_cached(query)?.query_map([version], of)?.collect()
    }

    /// Counts what is in the store.
    pub fn stats(&self) -> Result<Stats, Trouble> {
        let run = || -> rusqlite::Result<Stats> {
            let count = |query: &str| self.connection().query_row(query, (), |r| r.get(0));
            let counts = |query: &str| -> rusqlite::Result<Vec<(String, u64)>> {
                self.connection().prepare(query)?.query_map((), |r| Ok((r.get(0)?, r.get(1)?)))?.collect()
            };
            Ok(Stats {
                reports: count("SELECT count(*) FROM reports")?,
                versions: count("SELECT count(*) FROM versions")?,
                words: count("SELECT coalesce(sum(words), 0) FROM versions WHERE current")?,
                statements: count("SELECT count(*) FROM statements AS s JOIN versions AS v ON v.id = s.version AND v.current")?,
                events: count("SELECT count(*) FROM events AS e JOIN versions AS v ON v.id = e.version AND v.current")?,
                outlets: counts(
                    "SELECT coalesce(o.name, ''), count(*) AS n FROM reports AS r LEFT JOIN outlets AS o ON o.id = r.outlet
                     GROUP BY o.id ORDER BY n DESC, o.name",
                )?,
                months: counts(
                    "SELECT coalesce(substr(published, 1, 7), '') AS month, count(*) FROM versions WHERE current
                     GROUP BY month ORDER BY month",
                )?,
                acts: counts(
                    "SELECT s.act, count(*) AS n FROM statements AS s JOIN versions AS v ON v.id = s.version AND v.current
                     GROUP BY s.act ORDER BY n DESC, s.act",
                )?,
                types: counts(
                    "SELECT e.type, count(*) AS n FROM events AS e JOIN versions AS v ON v.id = e.version AND v.current
                     GROUP BY e.type ORDER BY n DESC, e.type",
                )?,
                speakers: self
                    .connection()
                    .prepare(
                        // With a single max(), SQLite takes the other columns from the row that has it: the most frequent name.
                        "SELECT name, name_en, sum(times) AS n, max(times) FROM (
                             SELECT coalesce(a.entity, a.link, a.name) AS who, coalesce(n.name, a.name) AS name,
                                 coalesce(n.name_en, a.name_en, '') AS name_en, count(*) AS times
                             FROM statements AS s
                             JOIN versions AS v ON v.id = s.version AND v.current
                             JOIN appearances AS a ON a.id = s.speaker
                             LEFT JOIN entities AS n ON n.id = a.entity
                             WHERE a.named GROUP BY who, 2)
                         GROUP BY who ORDER BY n DESC, name LIMIT 20",
                    )?
                    .query_map((), |r| {
                        Ok(Speaker { name: r.get(0)?, name_en: r.get(1)?, statements: r.get(2)? })
                    })?
                    .collect::<rusqlite::Result<_>>()?,
            })
        };
        run().map_err(|e| self.told(&e))
    }
}

/// Where the text stands in a record that is kept without it.
const EMPTY_TEXT: &str = ",\"text\":\"\"";

/// What a store holds. All but the number of versions counts current texts only.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Stats {
    /// Reports.
    pub reports: u64,
    /// All texts that they have had.
    pub versions: u64,
    /// Words of the texts.
    pub words: u64,
    /// Statements.
    pub statements: u64,
    /// Events.
    pub events: u64,
    /// Reports by outlet, most first; an empty name is of those without one.
    pub outlets: Vec<(String, u64)>,
    /// Reports by month of publication, `YYYY-MM`; an empty one is of those whose day is not known.
    pub months: Vec<(String, u64)>,
    /// Statements by speech act, most first.
    pub acts: Vec<(String, u64)>,
    /// Events by PLOVER type, most first.
    pub types: Vec<(String, u64)>,
    /// Who is named and has most statements.
    pub speakers: Vec<Speaker>,
}

/// Somebody who speaks.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Speaker {
    /// The name in Arabic.
    pub name: String,
    /// The name in English, or empty.
    pub name_en: String,
    /// How many statements are theirs.
    pub statements: u64,
}

struct ReportOf {
    id: String,
    uri: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    title: Option<String>,
    language: String,
    text: String,
}

struct AppearanceOf {
    name: String,
    name_en: String,
    country: Option<String>,
    sector: Option<String>,
    link: Option<String>,
    position: Option<(f64, f64)>,
    is_place: bool,
}

impl AppearanceOf {
    fn row(&self) -> EntityRow<'_> {
        EntityRow {
            name: &self.name,
            name_en: &self.name_en,
            country: self.country.as_deref(),
            sector: self.sector.as_deref(),
            link: self.link.as_deref().and_then(|l| l.split_once(':')),
            position: self.position,
            is_place: self.is_place,
        }
    }
}

/// From code points back to bytes: the byte at which every character begins, and the length.
struct Characters<'a> {
    text: &'a str,
    bytes: Vec<usize>,
}

impl<'a> Characters<'a> {
    fn of(text: &'a str) -> Self {
        Characters { text, bytes: text.char_indices().map(|(b, _)| b).chain([text.len()]).collect() }
    }

    fn between(&self, start: usize, end: usize) -> &'a str {
        let at = |point: usize| self.bytes.get(point).copied().unwrap_or(self.text.len());
        self.text.get(at(start)..at(end)).unwrap_or_default()
    }
}
