//! A report with its record, its other texts and the reports that carry the same.

use super::lines::{REPORT, ReportRef, Span};
use super::statement::cut;
use crate::store::Store;
use crate::trouble::Trouble;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// A report, with the record of one of its texts.
#[derive(Clone, Debug, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Report {
    /// The report and which of its texts this is.
    #[serde(flatten)]
    pub report: ReportRef,
    /// Id that the input gave it.
    pub given_id: Option<String>,
    /// Where the day of publication comes from: `given`, `page`, `text` or `none`.
    pub published_from: String,
    /// ISO 639-1, or `other`.
    pub language: String,
    /// Words of the text.
    pub words: u64,
    /// Program and language data that read it.
    pub reader: String,
    /// When it was added, UTC.
    pub added: String,
    /// Whether it is the text that was added last.
    pub current: bool,
    /// The record of the text, as it was read (`musnad.record/1`).
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub record: Box<serde_json::value::RawValue>,
    /// Who the entities of the record are across reports, by their ids in it.
    pub entities: BTreeMap<String, RecordEntityOf>,
    /// The statements of the record by their ids in it.
    pub statements: BTreeMap<String, RecordStatementOf>,
    /// The events of the record by their ids in it.
    pub events: BTreeMap<String, RecordEventOf>,
    /// All texts that the report had, the first one first.
    pub versions: Vec<ReportVersion>,
    /// The text that it carries, where others carry it too.
    pub copies: Option<CopyGroup>,
    /// The report before it by day.
    pub previous: Option<ReportRef>,
    /// The report after it.
    pub next: Option<ReportRef>,
}

/// Who an entity of a record is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordEntityOf {
    /// Its number in `entities`; null where it is known in this report only.
    pub entity: Option<i64>,
    /// Its usual name in Arabic, across reports.
    pub name: String,
    /// The same in English.
    pub name_en: Option<String>,
    /// In how many reports it appears.
    pub reports: u64,
}

/// What a statement of a record is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordStatementOf {
    /// Its number in `statements`.
    pub statement: i64,
    /// What it tells, where that is told more than once: its number in `utterances`.
    pub utterance: Option<i64>,
    /// In how many reports that stands.
    pub reports: u64,
    /// How many of these have it independently of each other.
    pub origins: u64,
}

/// What an event of a record is.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordEventOf {
    /// Its number in `events`.
    pub event: i64,
    /// What it is an account of, where there is more than one: its number in `happenings`.
    pub happening: Option<i64>,
    /// In how many reports that stands.
    pub reports: u64,
    /// Whether its accounts contradict each other.
    pub contradicted: bool,
}

/// A text that a report had.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReportVersion {
    /// Which, from 1.
    pub version: u32,
    /// Whether it was added last.
    pub current: bool,
    /// Day of publication.
    pub published: Option<String>,
    /// When it was added, UTC.
    pub added: String,
    /// The headline.
    pub title: Option<String>,
    /// Its words.
    pub words: u64,
}

/// A text that several reports carry.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CopyGroup {
    /// Its number in `copies`.
    pub copy: i64,
    /// The report that the others carry: the agency's, else the earliest.
    pub source: ReportRef,
    /// All of them, the earliest first.
    pub members: Vec<CopyMember>,
    /// How many there are; more than are given here where there are very many.
    pub total: u64,
}

/// A report that carries a text.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CopyMember {
    /// The report.
    pub report: ReportRef,
    /// How much of the two texts is the same, 0 to 1.
    pub similarity: f64,
    /// Why it is taken for one.
    pub why: String,
}

/// What is copied as a citation: the exact characters, and where they stand.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Citation {
    /// The report.
    pub report: ReportRef,
    /// Which characters of the text.
    pub at: Span,
    /// These characters.
    pub text: String,
    /// First 16 bytes of the SHA-256 of `text`, NUL and the whole text, in hexadecimal: tells whether somebody else has the same text.
    pub hash: String,
    /// All of it on one line.
    pub citation: String,
}

/// The most members of a copy that are given.
const MOST: i64 = 200;

impl Store {
    /// A report by its number, with the current text or another.
    pub fn report(&self, report: i64, version: Option<u32>) -> Result<Option<Report>, Trouble> {
        let Some(id) = self.version_of(report, version).map_err(|e| self.told(&e))? else { return Ok(None) };
        let Some(record) = self.record(id)? else { return Ok(None) };
        let record = serde_json::value::RawValue::from_string(record).map_err(|_| {
            self.trouble(crate::Cause::Damaged(format!("the record of version {id} is no JSON")))
        })?;
        let run = || -> rusqlite::Result<Report> {
            let query = format!(
                "SELECT {REPORT}, r.given_id, v.published_from, v.language, v.words, v.reader, v.added, v.current FROM versions AS v
                 JOIN reports AS r ON r.id = v.report LEFT JOIN outlets AS o ON o.id = r.outlet WHERE v.id = ?1"
            );
            let of = |r: &Row| {
                Ok(Report {
                    report: ReportRef::of(r, 0)?,
                    given_id: r.get(6)?,
                    published_from: r.get(7)?,
                    language: r.get(8)?,
                    words: r.get(9)?,
                    reader: r.get(10)?,
                    added: r.get(11)?,
                    current: r.get(12)?,
                    record,
                    entities: BTreeMap::new(),
                    statements: BTreeMap::new(),
                    events: BTreeMap::new(),
                    versions: Vec::new(),
                    copies: None,
                    previous: None,
                    next: None,
                })
            };
            let mut out = self.connection().prepare_cached(&query)?.query_row([id], of)?;
            out.entities = self.entities_of_record(id)?;
            out.statements = self.statements_of_record(id)?;
            out.events = self.events_of_record(id)?;
            out.versions = self.texts(report)?;
            let copy: Option<i64> = self
                .connection()
                .prepare_cached("SELECT copy FROM copy_members WHERE version = ?1")?
                .query_row([id], |r| r.get(0))
                .optional()?;
            if let Some(copy) = copy {
                out.copies = self.copy_group(copy)?;
            }
            (out.previous, out.next) = self.neighbours(id)?;
            Ok(out)
        };
        run().map(Some).map_err(|e| self.told(&e))
    }

    /// The number of a text of a report.
    fn version_of(&self, report: i64, version: Option<u32>) -> rusqlite::Result<Option<i64>> {
        let query = "SELECT id FROM versions WHERE report = ?1 AND iif(?2 IS NULL, current, number = ?2)";
        self.connection().prepare_cached(query)?.query_row(params![report, version], |r| r.get(0)).optional()
    }

    fn entities_of_record(&self, version: i64) -> rusqlite::Result<BTreeMap<String, RecordEntityOf>> {
        let query = "SELECT a.number, a.entity, coalesce(n.name, a.name), coalesce(n.name_en, a.name_en),
                 (SELECT count(*) FROM appearances AS x WHERE x.entity = a.entity)
             FROM appearances AS a LEFT JOIN entities AS n ON n.id = a.entity WHERE a.version = ?1";
        let of = |r: &Row| {
            let entity: Option<i64> = r.get(1)?;
            let reports = if entity.is_some() { r.get(4)? } else { 1 };
            let entity = RecordEntityOf { entity, name: r.get(2)?, name_en: r.get(3)?, reports };
            Ok((format!("e{}", r.get::<_, i64>(0)?), entity))
        };
        self.connection().prepare_cached(query)?.query_map([version], of)?.collect()
    }

    fn statements_of_record(&self, version: i64) -> rusqlite::Result<BTreeMap<String, RecordStatementOf>> {
        let query = "SELECT s.number, s.id, m.utterance, u.reports, u.origins FROM statements AS s
             LEFT JOIN utterance_members AS m ON m.statement = s.id LEFT JOIN utterances AS u ON u.id = m.utterance WHERE s.version = ?1";
        let of = |r: &Row| {
            let statement = RecordStatementOf {
                statement: r.get(1)?,
                utterance: r.get(2)?,
                reports: r.get::<_, Option<u64>>(3)?.unwrap_or(1),
                origins: r.get::<_, Option<u64>>(4)?.unwrap_or(1),
            };
            Ok((format!("s{}", r.get::<_, i64>(0)?), statement))
        };
        self.connection().prepare_cached(query)?.query_map([version], of)?.collect()
    }

    fn events_of_record(&self, version: i64) -> rusqlite::Result<BTreeMap<String, RecordEventOf>> {
        let query = "SELECT e.number, e.id, m.happening, h.reports, h.contradiction IS NOT NULL FROM events AS e
             LEFT JOIN happening_members AS m ON m.event = e.id LEFT JOIN happenings AS h ON h.id = m.happening WHERE e.version = ?1";
        let of = |r: &Row| {
            let event = RecordEventOf {
                event: r.get(1)?,
                happening: r.get(2)?,
                reports: r.get::<_, Option<u64>>(3)?.unwrap_or(1),
                contradicted: r.get(4)?,
            };
            Ok((format!("v{}", r.get::<_, i64>(0)?), event))
        };
        self.connection().prepare_cached(query)?.query_map([version], of)?.collect()
    }

    fn texts(&self, report: i64) -> rusqlite::Result<Vec<ReportVersion>> {
        let query = "SELECT number, current, published, added, title, words FROM versions WHERE report = ?1 ORDER BY number";
        let of = |r: &Row| {
            Ok(ReportVersion {
                version: r.get(0)?,
                current: r.get(1)?,
                published: r.get(2)?,
                added: r.get(3)?,
                title: r.get(4)?,
                words: r.get(5)?,
            })
        };
        self.connection().prepare_cached(query)?.query_map([report], of)?.collect()
    }

    /// A text that several reports carry.
    pub(super) fn copy_group(&self, copy: i64) -> rusqlite::Result<Option<CopyGroup>> {
        let query = "SELECT source, (SELECT count(*) FROM copy_members WHERE copy = c.id) FROM copies AS c WHERE id = ?1";
        let found = self
            .connection()
            .prepare_cached(query)?
            .query_row([copy], |r| Ok((r.get::<_, i64>(0)?, r.get(1)?)))
            .optional()?;
        let Some((source, total)) = found else { return Ok(None) };
        let query = format!(
            "SELECT {REPORT}, m.similarity, m.why FROM copy_members AS m JOIN versions AS v ON v.id = m.version
             JOIN reports AS r ON r.id = v.report LEFT JOIN outlets AS o ON o.id = r.outlet
             WHERE m.copy = ?1 ORDER BY coalesce(v.published, '~'), v.id LIMIT ?2"
        );
        let member =
            |r: &Row| Ok(CopyMember { report: ReportRef::of(r, 0)?, similarity: r.get(6)?, why: r.get(7)? });
        let members = self
            .connection()
            .prepare_cached(&query)?
            .query_map([copy, MOST], member)?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Some(CopyGroup { copy, source: self.report_ref(source)?, members, total }))
    }

    /// The reports before and after a version by day of publication, then by the order of adding.
    fn neighbours(&self, version: i64) -> rusqlite::Result<(Option<ReportRef>, Option<ReportRef>)> {
        let near = |than: &str, order: &str| -> rusqlite::Result<Option<ReportRef>> {
            // On the same day first, then on another: each is a step in the index.
            let query = format!(
                "SELECT id FROM (
                     SELECT * FROM (SELECT x.id, 0 AS far FROM versions AS x, versions AS v WHERE v.id = ?1 AND x.current
                         AND x.published IS v.published AND x.id {than} v.id ORDER BY x.id {order} LIMIT 1)
                     UNION ALL SELECT * FROM (SELECT x.id, 1 AS far FROM versions AS x, versions AS v WHERE v.id = ?1 AND x.current
                         AND x.published {than} v.published ORDER BY x.published {order}, x.id {order} LIMIT 1))
                 ORDER BY far LIMIT 1"
            );
            let found: Option<i64> =
                self.connection().prepare_cached(&query)?.query_row([version], |r| r.get(0)).optional()?;
            found.map(|id| self.report_ref(id)).transpose()
        };
        Ok((near("<", "DESC")?, near(">", "ASC")?))
    }

    /// The exact characters of a text, with what one writes beside them.
    pub fn citation(
        &self,
        report: i64,
        version: Option<u32>,
        at: Option<Span>,
    ) -> Result<Option<Citation>, Trouble> {
        let run = || -> rusqlite::Result<Option<Citation>> {
            let Some(id) = self.version_of(report, version)? else { return Ok(None) };
            let query = "SELECT text, lower(hex(hash)), length(text), length(coalesce(title, '')) FROM versions WHERE id = ?1";
            let report = self.report_ref(id)?;
            let found = self.connection().prepare_cached(query)?.query_row([id], |r| {
                let (whole, title): (u64, u64) = (r.get(2)?, r.get(3)?);
                // Without a place it is the headline, or the whole text where there is none.
                let at = at.unwrap_or(Span { start: 0, end: if title > 0 { title } else { whole } });
                let at = Span { start: at.start.min(whole), end: at.end.min(whole).max(at.start.min(whole)) };
                Ok((at, cut(r.get_ref(0)?.as_str()?, &[at]), r.get(1)?))
            })?;
            let (at, text, hash) = found;
            let citation = line(&report, at, &text);
            Ok(Some(Citation { report, at, text, hash, citation }))
        };
        run().map_err(|e| self.told(&e))
    }
}

/// A citation on one line. Marks of direction keep the Arabic parts together in a line of either direction; those that a report brings
/// along could turn the rest of the line around.
fn line(report: &ReportRef, at: Span, text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let isolated = |s: &str| {
        let plain = s.replace(turns, "");
        format!("\u{2068}{}\u{2069}", plain.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let mut parts = vec![isolated(&format!("«{text}»"))];
    parts.extend(report.outlet.as_deref().map(isolated));
    parts.extend(report.title.as_deref().filter(|t| *t != text).map(isolated));
    parts.extend(report.published.clone());
    parts.extend(report.address.as_deref().map(isolated));
    let version = if report.version > 1 { format!(", version {}", report.version) } else { String::new() };
    parts.push(format!("characters {}–{}{version}", at.start, at.end));
    parts.join(", ")
}
