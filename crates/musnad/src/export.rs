//! Events as other schemes write them: PLOVER's JSON lines and a table in the manner of ACLED. What each loses is told in `docs/events.md`.
//!
//! The record itself is never reduced; the reductions that these schemes ask for are made here.

use crate::document::{Document, Entity, EntityId, EntityKind, Event, Toll};
use crate::record::{CodePoints, report_id};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// How PLOVER and CAMEO number an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Code {
    /// 1 and 2: cooperation in words and in deeds; 3 and 4: conflict in words and in deeds.
    pub quad: u8,
    /// From cooperation (10) to conflict (-10).
    pub scale: f32,
    /// The nearest CAMEO category; its first two digits are its root.
    pub cameo: &'static str,
}

struct Row {
    kind: &'static str,
    mode: &'static str,
    code: Code,
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        include_str!("../data/plover.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let (kind, mode) = (cells.next()?, cells.next()?);
                let (quad, scale) = (cells.next()?.parse().ok()?, cells.next()?.parse().ok()?);
                Some(Row { kind, mode, code: Code { quad, scale, cameo: cells.next()? } })
            })
            .collect()
    })
}

/// The numbers of a type and mode; those of the type alone where the mode has none.
#[must_use]
pub fn code(kind: &str, mode: Option<&str>) -> Option<Code> {
    let of = |mode: &str| rows().iter().find(|r| r.kind == kind && r.mode == mode).map(|r| r.code);
    of(mode.unwrap_or("")).or_else(|| of(""))
}

/// An event with all that the schemes want to know of it: from a document ([`events`]), or from wherever records are kept.
#[derive(Clone, Debug, PartialEq)]
pub struct EventRow<'a> {
    /// Its report.
    pub report: ReportRow<'a>,
    /// Its place among the events of its report, from 1.
    pub number: usize,
    /// PLOVER type.
    pub kind: &'a str,
    /// PLOVER mode.
    pub mode: Option<&'a str>,
    /// As [`Status::name`](crate::document::Status::name) gives it.
    pub status: &'a str,
    /// The words that name it.
    pub trigger: &'a str,
    /// The sentence that these stand in.
    pub sentence: SentenceRow<'a>,
    /// Who does it.
    pub actors: Vec<EntityRow<'a>>,
    /// Who undergoes it.
    pub recipients: Vec<EntityRow<'a>>,
    /// Where.
    pub place: Option<EntityRow<'a>>,
    /// When, as in TIMEX3.
    pub time: Option<&'a str>,
    /// How many were killed.
    pub dead: Option<u32>,
    /// How many were wounded.
    pub injured: Option<u32>,
    /// How many were arrested.
    pub arrested: Option<u32>,
    /// By whose word.
    pub teller: Option<EntityRow<'a>>,
    /// Probability that it is right, 0 to 1.
    pub confidence: f64,
}

/// What the schemes want to know of a report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportRow<'a> {
    /// Its id.
    pub id: Cow<'a, str>,
    /// Its address.
    pub uri: Option<&'a str>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// The day of publication, `YYYY-MM-DD`.
    pub published: Option<Cow<'a, str>>,
    /// The headline.
    pub title: Option<&'a str>,
    /// The language's code.
    pub language: &'a str,
}

/// A sentence of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SentenceRow<'a> {
    /// Its place in the text, from 1; 0 when it is not known.
    pub number: usize,
    /// Its characters in the text, in code points.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
    /// Its words.
    pub text: &'a str,
}

/// What the schemes want to know of an entity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EntityRow<'a> {
    /// Its fullest name in the report.
    pub name: &'a str,
    /// Its English name, or empty.
    pub name_en: &'a str,
    /// ISO 3166-1 alpha-3.
    pub country: Option<&'a str>,
    /// PLOVER sector.
    pub sector: Option<&'a str>,
    /// The register and the id there.
    pub link: Option<(&'a str, &'a str)>,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    /// Whether it is a place.
    pub is_place: bool,
}

/// The events of a document.
#[must_use]
pub fn events(doc: &Document) -> Vec<EventRow<'_>> {
    let points = CodePoints::of(&doc.report.text);
    let headline = doc.layout.paragraphs.first().filter(|p| p.headline);
    let report = ReportRow {
        id: report_id(doc).into(),
        uri: doc.report.uri.as_deref(),
        outlet: doc.report.outlet.as_deref(),
        published: doc.report.published.map(|d| d.to_string().into()),
        title: headline.map(|p| doc.text(doc.span_of(p.tokens))),
        language: doc.language.map_or("other", |l| l.code),
    };
    let entities =
        |ids: &[EntityId]| ids.iter().filter_map(|e| doc.entity(*e)).map(entity).collect::<Vec<_>>();
    let number = |event: &Event, toll| event.casualties.iter().find(|c| c.toll == toll).map(|c| c.number);
    let row = |(i, event): (usize, &'_ Event)| {
        let (number_of_sentence, span) = sentence(doc, event);
        let at = points.span(span);
        let by = event.by.and_then(|s| doc.statements.get(s.index())).and_then(|s| s.speaker);
        EventRow {
            report: report.clone(),
            number: i + 1,
            kind: event.kind,
            mode: event.mode,
            status: event.status.name(),
            trigger: doc.text(event.trigger),
            sentence: SentenceRow {
                number: number_of_sentence,
                start: at.start,
                end: at.end,
                text: doc.text(span),
            },
            actors: entities(&event.actors),
            recipients: entities(&event.recipients),
            place: event.place.and_then(|e| doc.entity(e)).map(entity),
            time: event.time.and_then(|t| doc.times.get(t.index())).map(|t| t.value.as_str()),
            dead: number(event, Toll::Dead),
            injured: number(event, Toll::Injured),
            arrested: number(event, Toll::Arrested),
            teller: by.and_then(|e| doc.entity(e)).map(entity),
            confidence: f64::from(event.confidence),
        }
    };
    doc.events.iter().enumerate().map(row).collect()
}

fn entity(e: &Entity) -> EntityRow<'_> {
    EntityRow {
        name: &e.name,
        name_en: &e.name_en,
        country: e.country,
        sector: e.sector,
        link: e.link.as_ref().map(|l| (l.source, l.id.as_str())),
        position: e.link.as_ref().and_then(|l| l.position),
        is_place: e.kind == EntityKind::Place,
    }
}

/// The place of the trigger's sentence in the text, from 1, and the sentence.
#[must_use]
pub fn sentence(doc: &Document, event: &Event) -> (usize, crate::span::Span) {
    let token = doc.tokens_of(event.trigger).start as usize;
    doc.sentence(token).map_or((0, event.trigger), |(i, s)| (i + 1, doc.span_of(s.tokens)))
}

/// An event in PLOVER's own shape.
#[derive(Serialize, Debug)]
pub struct Plover<'a> {
    id: String,
    date: Option<String>,
    actor: Vec<Participant<'a>>,
    event: [&'a str; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recipient: Vec<Participant<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_loc: Option<Place<'a>>,
    event_text: &'a str,
    quad_code: u8,
    event_scale: f32,
    mode: Vec<&'a str>,
    context: [&'static str; 0],
    text: &'a str,
    text_info: TextInfo,
    cite_info: CiteInfo<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<Size>,
}

#[derive(Serialize, Debug)]
struct Participant<'a> {
    code: Option<&'a str>,
    sector: Option<&'a str>,
    entity_text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier_id: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    identifier_text: &'a str,
}

#[derive(Serialize, Debug)]
struct Place<'a> {
    extracted_place: &'a str,
    resolved_place: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    geonameid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    country_code: Option<&'a str>,
}

#[derive(Serialize, Debug)]
struct TextInfo {
    sequence: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize, Debug)]
struct CiteInfo<'a> {
    citation: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    language: &'a str,
    publication: Option<&'a str>,
}

#[derive(Serialize, Debug)]
struct Size {
    #[serde(skip_serializing_if = "Option::is_none")]
    dead: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    injured: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    arrested: Option<u32>,
}

/// An event as PLOVER counts it: what happened or goes on; meetings, support, cooperation and aid to come as AGREE, announced retreats
/// as CONCEDE. What is only demanded, possible or denied is left out: the demand, the threat and the denial are events of their own.
#[must_use]
pub fn plover<'a>(event: &'a EventRow<'a>) -> Option<Plover<'a>> {
    let (kind, mode) = reduced(event)?;
    let code = code(kind, mode)?;
    let report = &event.report;
    let any = event.dead.or(event.injured).or(event.arrested).is_some();
    Some(Plover {
        id: format!("{}-v{}", report.id, event.number),
        date: date(event).map(|(day, _)| day),
        actor: event.actors.iter().map(participant).collect(),
        event: [kind],
        recipient: event.recipients.iter().map(participant).collect(),
        event_loc: event.place.as_ref().map(place),
        event_text: event.trigger,
        quad_code: code.quad,
        event_scale: code.scale,
        mode: mode.into_iter().collect(),
        context: [],
        text: event.sentence.text,
        text_info: TextInfo {
            sequence: event.sentence.number,
            start: event.sentence.start,
            end: event.sentence.end,
        },
        cite_info: CiteInfo {
            citation: &report.id,
            url: report.uri,
            title: report.title,
            language: report.language,
            publication: report.outlet,
        },
        size: any.then_some(Size { dead: event.dead, injured: event.injured, arrested: event.arrested }),
    })
}

/// What the scheme makes of an event's status; `None` for what it does not count.
fn reduced<'a>(event: &EventRow<'a>) -> Option<(&'a str, Option<&'a str>)> {
    match (event.status, event.kind) {
        ("happened" | "ongoing", kind) => Some((kind, event.mode)),
        ("planned", "CONSULT" | "SUPPORT" | "COOPERATE" | "AID" | "AGREE") => Some(("AGREE", None)),
        ("planned", "RETREAT" | "CONCEDE") => Some(("CONCEDE", None)),
        _ => None,
    }
}

fn participant<'a>(e: &EntityRow<'a>) -> Participant<'a> {
    Participant {
        code: e.country,
        sector: e.sector,
        entity_text: e.name,
        identifier_id: e.link.map(|(source, id)| format!("{source}:{id}")),
        identifier_text: e.name_en,
    }
}

fn place<'a>(e: &EntityRow<'a>) -> Place<'a> {
    Place {
        extracted_place: e.name,
        resolved_place: e.name_en,
        geonameid: e.link.filter(|l| l.0 == "geonames").map(|l| l.1),
        lat: e.position.map(|p| p.0),
        lon: e.position.map(|p| p.1),
        country_code: e.country,
    }
}

/// How exactly an event's day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Not told: it is the day of publication.
    Untold,
    /// A day.
    Day,
    /// A week, of which the first day is given.
    Week,
    /// A month, a season or a year, of which the first day is given.
    Longer,
}

/// The day of an event: as told, the first day of a longer time, else the day of publication.
fn date(event: &EventRow) -> Option<(String, Precision)> {
    day(event.time.unwrap_or_default())
        .or_else(|| event.report.published.as_ref().map(|d| (d.to_string(), Precision::Untold)))
}

/// The first day of a TIMEX3 value, `YYYY-MM-DD`; `None` where it names none.
#[must_use]
pub fn day(value: &str) -> Option<(String, Precision)> {
    if let Some(day) = value.get(..10).filter(|d| d.parse::<jiff::civil::Date>().is_ok()) {
        return Some((day.to_owned(), Precision::Day));
    }
    let year: i16 = value.get(..4)?.parse().ok()?;
    let rest = value.get(4..)?;
    if let Some(week) = rest.strip_prefix("-W").and_then(|w| w.get(..2)) {
        let week =
            jiff::civil::ISOWeekDate::new(year, week.parse().ok()?, jiff::civil::Weekday::Monday).ok()?;
        return Some((week.date().to_string(), Precision::Week));
    }
    let month = rest.strip_prefix('-').and_then(|m| m.get(..2)).and_then(|m| m.parse().ok()).unwrap_or(1);
    jiff::civil::Date::new(year, month, 1).ok().map(|d| (d.to_string(), Precision::Longer))
}

/// The columns of [`csv`], in the manner of ACLED where it has the like.
pub const COLUMNS: &[&str] = &[
    "event_id",
    "event_date",
    "year",
    "time_precision",
    "event_type",
    "sub_event_type",
    "status",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "country1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "country2",
    "iso",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_url",
    "notes",
    "fatalities",
    "injured",
    "arrested",
    "cameo",
    "quad",
    "scale",
    "told_by",
    "confidence",
    "report_id",
];

/// The first row of the table.
#[must_use]
pub fn csv_header() -> String {
    COLUMNS.join(",") + "\r\n"
}

/// An event as a row of the table, whatever its status.
#[must_use]
pub fn csv(event: &EventRow) -> String {
    let code = code(event.kind, event.mode);
    let (day, precision) = date(event).map_or((String::new(), Precision::Untold), |d| d);
    let rest = |all: &[EntityRow]| all.iter().skip(1).map(english).collect::<Vec<_>>().join("; ");
    let (one, two) = (event.actors.first(), event.recipients.first());
    let place = event.place.as_ref();
    let position = place.and_then(|e| e.position);
    let toll = |number: Option<u32>| number.map(|n| n.to_string()).unwrap_or_default();
    let cells: [String; 32] = [
        format!("{}-v{}", event.report.id, event.number),
        day.clone(),
        day.get(..4).unwrap_or_default().to_owned(),
        match precision {
            Precision::Day => "1",
            Precision::Week => "2",
            Precision::Longer => "3",
            Precision::Untold => "0",
        }
        .to_owned(),
        event.kind.to_owned(),
        event.mode.unwrap_or_default().to_owned(),
        event.status.to_owned(),
        one.map(english).unwrap_or_default().to_owned(),
        rest(&event.actors),
        one.and_then(|e| e.sector).unwrap_or_default().to_owned(),
        one.and_then(|e| e.country).unwrap_or_default().to_owned(),
        two.map(english).unwrap_or_default().to_owned(),
        rest(&event.recipients),
        two.and_then(|e| e.sector).unwrap_or_default().to_owned(),
        two.and_then(|e| e.country).unwrap_or_default().to_owned(),
        place.and_then(|e| e.country).unwrap_or_default().to_owned(),
        place.map(english).unwrap_or_default().to_owned(),
        position.map(|p| p.0.to_string()).unwrap_or_default(),
        position.map(|p| p.1.to_string()).unwrap_or_default(),
        match place {
            None => "0",
            Some(e) if is_state(e) => "3",
            Some(_) if position.is_some() => "1",
            Some(_) => "2",
        }
        .to_owned(),
        event.report.outlet.unwrap_or_default().to_owned(),
        event.report.uri.unwrap_or_default().to_owned(),
        event.sentence.text.to_owned(),
        toll(event.dead),
        toll(event.injured),
        toll(event.arrested),
        code.map(|c| c.cameo).unwrap_or_default().to_owned(),
        code.map(|c| c.quad.to_string()).unwrap_or_default(),
        code.map(|c| c.scale.to_string()).unwrap_or_default(),
        event.teller.as_ref().map(english).unwrap_or_default().to_owned(),
        format!("{:.2}", event.confidence),
        event.report.id.to_string(),
    ];
    let mut out = String::new();
    for (k, cell) in cells.iter().enumerate() {
        if k > 0 {
            out.push(',');
        }
        quote(cell, &mut out);
    }
    out.push_str("\r\n");
    out
}

/// The English name, or the Arabic one where none is known.
fn english<'a>(e: &EntityRow<'a>) -> &'a str {
    if e.name_en.is_empty() { e.name } else { e.name_en }
}

fn is_state(e: &EntityRow) -> bool {
    e.is_place
        && musnad_lexicon::arabic()
            .entries(&musnad_lexicon::fold(e.name))
            .of(musnad_lexicon::Table::Country)
            .next()
            .is_some()
}

/// A cell, in quotation marks where it holds what would end it.
fn quote(cell: &str, out: &mut String) {
    if cell.contains([',', '"', '\n', '\r']) {
        let _ = write!(out, "\"{}\"", cell.replace('"', "\"\""));
    } else {
        out.push_str(cell);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_its_numbers() {
        for row in rows() {
            assert!(
                (1..=4).contains(&row.code.quad) && row.code.scale.abs() <= 10.0,
                "{} {}",
                row.kind,
                row.mode
            );
            assert!((3..=4).contains(&row.code.cameo.len()), "{} {}", row.kind, row.mode);
            assert!(code(row.kind, None).is_some());
        }
        assert_eq!(rows().len(), 83);
        assert_eq!(code("CONSULT", Some("visit")).map(|c| c.cameo), Some("042"));
        assert_eq!(code("NONE", None), None);
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let mut out = String::new();
        quote("a \"b\", c", &mut out);
        assert_eq!(out, "\"a \"\"b\"\", c\"");
    }

    fn read(text: &str, published: &str) -> Document {
        crate::read(crate::Report {
            text: text.to_owned(),
            published: published.parse().ok(),
            published_from: crate::PublishedFrom::Given,
            ..Default::default()
        })
    }

    #[test]
    fn a_meeting_to_come_is_an_agreement() {
        // "The president will visit Algiers tomorrow. He did not visit Tunis."
        let doc = read("سيزور الرئيس فاروق المنستيري الجزائر غدا. ولم يزر الرئيس تونس.", "2018-03-15");
        let rows = events(&doc);
        let all: Vec<_> = rows.iter().filter_map(plover).collect();
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].event, all[0].date.as_deref()), (["AGREE"], Some("2018-03-16")));
        assert!(rows.len() > 1);
        assert_eq!(csv(&rows[0]).lines().count(), 1);
    }
}
