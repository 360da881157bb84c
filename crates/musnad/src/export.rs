//! Events as other schemes write them: PLOVER's JSON lines and a table in the manner of ACLED. What each loses is told in `docs/events.md`.
//!
//! The record itself is never reduced; the reductions that these schemes ask for are made here.

use crate::document::{Document, Entity, EntityId, EntityKind, Event, Status, Toll};
use crate::record::{CodePoints, report_id};
use serde::Serialize;
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

/// An event in PLOVER's own shape.
#[derive(Serialize, Debug)]
pub struct Plover {
    id: String,
    date: Option<String>,
    actor: Vec<Participant>,
    event: [&'static str; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recipient: Vec<Participant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event_loc: Option<Place>,
    event_text: String,
    quad_code: u8,
    event_scale: f32,
    mode: Vec<&'static str>,
    context: [&'static str; 0],
    text: String,
    text_info: TextInfo,
    cite_info: CiteInfo,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<Size>,
}

#[derive(Serialize, Debug)]
struct Participant {
    code: Option<&'static str>,
    sector: Option<&'static str>,
    entity_text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier_id: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    identifier_text: String,
}

#[derive(Serialize, Debug)]
struct Place {
    extracted_place: String,
    resolved_place: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    geonameid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
    country_code: Option<&'static str>,
}

#[derive(Serialize, Debug)]
struct TextInfo {
    sequence: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize, Debug)]
struct CiteInfo {
    citation: String,
    url: Option<String>,
    title: Option<String>,
    language: &'static str,
    publication: Option<String>,
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

/// The events of a document as PLOVER counts them: what happened or goes on; meetings, support, cooperation and aid to come as
/// AGREE, announced retreats as CONCEDE. What is only demanded, possible or denied is left out: the demand, the threat and the denial
/// are events of their own.
#[must_use]
pub fn plover(doc: &Document) -> Vec<Plover> {
    let points = CodePoints::of(&doc.report.text);
    let report = report_id(doc);
    let title = doc
        .layout
        .paragraphs
        .first()
        .filter(|p| p.headline)
        .map(|p| doc.text(doc.span_of(p.tokens)).to_owned());
    doc.events
        .iter()
        .enumerate()
        .filter_map(|(i, event)| {
            let (kind, mode) = reduced(event)?;
            let code = code(kind, mode)?;
            let (sequence, span) = sentence(doc, event);
            let at = points.span(span);
            Some(Plover {
                id: format!("{report}-v{}", i + 1),
                date: date(doc, event).map(|(day, _)| day),
                actor: event.actors.iter().filter_map(|e| participant(doc, *e)).collect(),
                event: [kind],
                recipient: event.recipients.iter().filter_map(|e| participant(doc, *e)).collect(),
                event_loc: event.place.and_then(|e| doc.entity(e)).map(place),
                event_text: doc.text(event.trigger).to_owned(),
                quad_code: code.quad,
                event_scale: code.scale,
                mode: mode.into_iter().collect(),
                context: [],
                text: doc.text(span).to_owned(),
                text_info: TextInfo { sequence, start: at.start, end: at.end },
                cite_info: CiteInfo {
                    citation: report.clone(),
                    url: doc.report.uri.clone(),
                    title: title.clone(),
                    language: doc.language.map_or("other", |l| l.code),
                    publication: doc.report.outlet.clone(),
                },
                size: size(event),
            })
        })
        .collect()
}

/// What the scheme makes of an event's status; `None` for what it does not count.
fn reduced(event: &Event) -> Option<(&'static str, Option<&'static str>)> {
    match (event.status, event.kind) {
        (Status::Happened | Status::Ongoing, kind) => Some((kind, event.mode)),
        (Status::Planned, "CONSULT" | "SUPPORT" | "COOPERATE" | "AID" | "AGREE") => Some(("AGREE", None)),
        (Status::Planned, "RETREAT" | "CONCEDE") => Some(("CONCEDE", None)),
        _ => None,
    }
}

fn participant(doc: &Document, id: EntityId) -> Option<Participant> {
    let e = doc.entity(id)?;
    Some(Participant {
        code: e.country,
        sector: e.sector,
        entity_text: e.name.clone(),
        identifier_id: e.link.as_ref().map(|l| format!("{}:{}", l.source, l.id)),
        identifier_text: e.name_en.clone(),
    })
}

fn place(e: &Entity) -> Place {
    let position = e.link.as_ref().and_then(|l| l.position);
    Place {
        extracted_place: e.name.clone(),
        resolved_place: e.name_en.clone(),
        geonameid: e.link.as_ref().filter(|l| l.source == "geonames").map(|l| l.id.clone()),
        lat: position.map(|p| p.0),
        lon: position.map(|p| p.1),
        country_code: e.country,
    }
}

fn number(event: &Event, toll: Toll) -> Option<u32> {
    event.casualties.iter().find(|c| c.toll == toll).map(|c| c.number)
}

fn size(event: &Event) -> Option<Size> {
    (!event.casualties.is_empty()).then(|| Size {
        dead: number(event, Toll::Dead),
        injured: number(event, Toll::Injured),
        arrested: number(event, Toll::Arrested),
    })
}

/// The place of the trigger's sentence in the text, from 1, and the sentence.
fn sentence(doc: &Document, event: &Event) -> (usize, crate::span::Span) {
    let token = doc.tokens_of(event.trigger).start as usize;
    doc.sentence(token).map_or((0, event.trigger), |(i, s)| (i + 1, doc.span_of(s.tokens)))
}

/// How exactly an event's day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Precision {
    /// Not told: it is the day of publication.
    Untold,
    Day,
    Week,
    /// A month, a season or a year, of which the first day is given.
    Longer,
}

/// The day of an event: as told, the first day of a longer time, else the day of publication.
fn date(doc: &Document, event: &Event) -> Option<(String, Precision)> {
    let value = event.time.and_then(|t| doc.times.get(t.index())).map_or("", |t| t.value.as_str());
    let told = (|| {
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
    })();
    told.or_else(|| doc.report.published.map(|d| (d.to_string(), Precision::Untold)))
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

/// The events of a document, a row each, whatever their status.
#[must_use]
pub fn csv(doc: &Document) -> String {
    let report = report_id(doc);
    let mut out = String::new();
    for (i, event) in doc.events.iter().enumerate() {
        let code = code(event.kind, event.mode);
        let (day, precision) = date(doc, event).map_or((String::new(), Precision::Untold), |d| d);
        let names = |ids: &[EntityId]| {
            ids.iter().filter_map(|e| doc.entity(*e)).map(english).collect::<Vec<_>>().join("; ")
        };
        let first = |ids: &[EntityId]| ids.first().and_then(|e| doc.entity(*e));
        let rest = |ids: &[EntityId]| names(ids.get(1..).unwrap_or_default());
        let (one, two) = (first(&event.actors), first(&event.recipients));
        let place = event.place.and_then(|e| doc.entity(e));
        let position = place.and_then(|e| e.link.as_ref()).and_then(|l| l.position);
        let speaker = event
            .by
            .and_then(|s| doc.statements.get(s.index()))
            .and_then(|s| s.speaker)
            .and_then(|e| doc.entity(e));
        let toll = |toll| number(event, toll).map(|n| n.to_string()).unwrap_or_default();
        let cells: [String; 32] = [
            format!("{report}-v{}", i + 1),
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
            event.status.name().to_owned(),
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
            doc.report.outlet.clone().unwrap_or_default(),
            doc.report.uri.clone().unwrap_or_default(),
            doc.text(sentence(doc, event).1).to_owned(),
            toll(Toll::Dead),
            toll(Toll::Injured),
            toll(Toll::Arrested),
            code.map(|c| c.cameo).unwrap_or_default().to_owned(),
            code.map(|c| c.quad.to_string()).unwrap_or_default(),
            code.map(|c| c.scale.to_string()).unwrap_or_default(),
            speaker.map(english).unwrap_or_default().to_owned(),
            format!("{:.2}", event.confidence),
            report.clone(),
        ];
        for (k, cell) in cells.iter().enumerate() {
            if k > 0 {
                out.push(',');
            }
            quote(cell, &mut out);
        }
        out.push_str("\r\n");
    }
    out
}

/// The English name, or the Arabic one where none is known.
fn english(e: &Entity) -> &str {
    if e.name_en.is_empty() { &e.name } else { &e.name_en }
}

fn is_state(e: &Entity) -> bool {
    e.kind == EntityKind::Place
        && musnad_lexicon::arabic()
            .entries(&musnad_lexicon::fold(&e.name))
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
        let all = plover(&doc);
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].event, all[0].date.as_deref()), (["AGREE"], Some("2018-03-16")));
        assert!(csv(&doc).lines().count() > 1);
    }
}
