//! The record of one report, as JSON: what the rest of the world sees of a [`Document`].
//!
//! Positions inside the program are bytes; in the record they are Unicode code points. The conversion is here and nowhere else.

use crate::document::{
    Because, Bound, Document, EntityId, EntityKind, MentionKind, PublishedFrom, StatementId, StatementKind,
    Status, TimeId, TimeKind, Toll,
};
use crate::language::Language;
use crate::span::Span;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The version of the record's shape.
pub const SCHEMA: &str = "musnad.record/1";

/// A record; its fields are the contract's.
#[derive(Serialize, Debug)]
pub struct Record<'a> {
    schema: &'static str,
    reader: String,
    report: ReportOut<'a>,
    entities: Vec<EntityOut<'a>>,
    roles: Vec<RoleOut>,
    times: Vec<TimeOut<'a>>,
    statements: Vec<StatementOut>,
    events: Vec<EventOut>,
    notes: Vec<NoteOut<'a>>,
}

/// A span in code points.
#[derive(Serialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Points {
    /// The first character.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
}

#[derive(Serialize, Debug)]
struct ReportOut<'a> {
    id: String,
    uri: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<String>,
    published_from: &'static str,
    language: &'static str,
    title: Option<Points>,
    text: &'a str,
    debris: Vec<Points>,
}

#[derive(Serialize, Debug)]
struct EntityOut<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
    name_en: &'a str,
    country: Option<&'static str>,
    sector: Option<&'static str>,
    link: Option<LinkOut<'a>>,
    mentions: Vec<MentionOut>,
}

#[derive(Serialize, Debug)]
struct LinkOut<'a> {
    source: &'static str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lon: Option<f64>,
}

#[derive(Serialize, Debug)]
struct MentionOut {
    #[serde(flatten)]
    at: Points,
    kind: &'static str,
    because: String,
}

#[derive(Serialize, Debug)]
struct RoleOut {
    person: String,
    title: Points,
    of: Option<String>,
    because: String,
}

#[derive(Serialize, Debug)]
struct TimeOut<'a> {
    id: String,
    #[serde(flatten)]
    at: Points,
    #[serde(rename = "type")]
    kind: &'static str,
    value: &'a str,
    because: String,
}

#[derive(Serialize, Debug)]
struct StatementOut {
    id: String,
    kind: &'static str,
    act: &'static str,
    speaker: Option<String>,
    cue: Points,
    content: Vec<Points>,
    medium: Option<&'static str>,
    via: Vec<String>,
    #[serde(rename = "in")]
    within: Option<String>,
    confidence: f64,
    because: String,
}

#[derive(Serialize, Debug)]
struct EventOut {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    mode: Option<&'static str>,
    trigger: Points,
    mentions: Vec<Points>,
    actors: Vec<String>,
    recipients: Vec<String>,
    place: Option<String>,
    time: Option<String>,
    status: &'static str,
    news: bool,
    by: Option<String>,
    casualties: Vec<CasualtyOut>,
    confidence: f64,
    because: String,
}

#[derive(Serialize, Debug)]
struct CasualtyOut {
    #[serde(rename = "type")]
    toll: &'static str,
    number: u32,
    bound: &'static str,
    #[serde(flatten)]
    at: Points,
}

#[derive(Serialize, Debug)]
struct NoteOut<'a> {
    code: &'static str,
    message: &'a str,
    spans: Vec<Points>,
}

/// From bytes to code points: the number of characters before every 128th byte, the rest is counted.
pub struct CodePoints<'a> {
    text: &'a str,
    before: Vec<u32>,
}

const BLOCK: usize = 128;

impl<'a> CodePoints<'a> {
    /// Counts the characters of a text.
    #[must_use]
    pub fn of(text: &'a str) -> Self {
        let starts = |b: &[u8]| b.iter().filter(|b| (**b as i8) >= -0x40).count() as u32;
        let mut sum = 0;
        let before = text
            .as_bytes()
            .chunks(BLOCK)
            .map(|chunk| {
                let here = sum;
                sum += starts(chunk);
                here
            })
            .collect();
        CodePoints { text, before }
    }

    /// The number of characters before a byte.
    #[must_use]
    pub fn at(&self, byte: u32) -> usize {
        let byte = byte as usize;
        let block = (byte / BLOCK).min(self.before.len().saturating_sub(1));
        let Some(before) = self.before.get(block) else { return 0 };
        let rest = &self.text.as_bytes()[block * BLOCK..byte.min(self.text.len())];
        *before as usize + rest.iter().filter(|b| (**b as i8) >= -0x40).count()
    }

    /// A span in characters.
    #[must_use]
    pub fn span(&self, span: Span) -> Points {
        Points { start: self.at(span.start), end: self.at(span.end) }
    }
}

/// The id of an entity as it stands in the record.
#[must_use]
pub fn entity_id(id: EntityId) -> String {
    format!("e{}", id.0 + 1)
}

/// The id of a time as it stands in the record.
#[must_use]
pub fn time_id(id: TimeId) -> String {
    format!("t{}", id.0 + 1)
}

/// The id of a statement as it stands in the record.
#[must_use]
pub fn statement_id(id: StatementId) -> String {
    format!("s{}", id.0 + 1)
}

/// What made an annotation, as it stands in the record: the rule and the row's file and first cell.
#[must_use]
pub fn because(doc: &Document, because: Because) -> String {
    match because.row {
        Some(entry) => {
            let line = doc.row(entry).line();
            let first = line.split('\t').next().unwrap_or_default();
            format!("{}+{}/{first}", because.rule, entry.table.file())
        }
        None => because.rule.to_owned(),
    }
}

impl EntityKind {
    /// As it stands in the record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Organization => "organization",
            EntityKind::Place => "place",
            EntityKind::Group => "group",
            EntityKind::Document => "document",
            EntityKind::Occasion => "occasion",
        }
    }
}

impl MentionKind {
    /// As it stands in the record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            MentionKind::Name => "name",
            MentionKind::Description => "description",
            MentionKind::Pronoun => "pronoun",
        }
    }
}

impl TimeKind {
    /// As it stands in the record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            TimeKind::Date => "date",
            TimeKind::Time => "time",
            TimeKind::Duration => "duration",
            TimeKind::Set => "set",
        }
    }
}

impl StatementKind {
    /// As it stands in the record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            StatementKind::Direct => "direct",
            StatementKind::Indirect => "indirect",
            StatementKind::Mixed => "mixed",
            StatementKind::Stance => "stance",
        }
    }
}

impl Status {
    /// As it stands in the record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Status::Happened => "happened",
            Status::Ongoing => "ongoing",
            Status::Planned => "planned",
            Status::CalledFor => "called_for",
            Status::Possible => "possible",
            Status::Denied => "denied",
        }
    }
}

impl Toll {
    /// As it stands in the record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Toll::Dead => "dead",
            Toll::Injured => "injured",
            Toll::Arrested => "arrested",
        }
    }
}

impl Bound {
    /// As it stands in the record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Bound::Exact => "exact",
            Bound::AtLeast => "at_least",
            Bound::AtMost => "at_most",
            Bound::About => "about",
        }
    }
}

impl PublishedFrom {
    /// As it stands in the record.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            PublishedFrom::Given => "given",
            PublishedFrom::Page => "page",
            PublishedFrom::Text => "text",
            PublishedFrom::None => "none",
        }
    }
}

/// A probability with two decimals, as the record prints it.
fn rounded(p: f32) -> f64 {
    (f64::from(p) * 100.0).round() / 100.0
}

/// The program and the language data that read a report, as the record names them.
#[must_use]
pub fn reader(language: Option<&Language>) -> String {
    format!("musnad {} {}", env!("CARGO_PKG_VERSION"), language.map_or("none", |l| l.data))
}

impl Record<'_> {
    /// The record with an empty text, for those who keep the text elsewhere. Nothing else changes: `"text":""` stands once in its JSON
    /// where the text would.
    #[must_use]
    pub fn without_text(mut self) -> Self {
        self.report.text = "";
        self
    }
}

/// The record of a document.
#[must_use]
pub fn record(doc: &Document) -> Record<'_> {
    let points = CodePoints::of(&doc.report.text);
    let spans = |all: &[Span]| all.iter().map(|s| points.span(*s)).collect::<Vec<_>>();
    let ids = |all: &[EntityId]| all.iter().map(|e| entity_id(*e)).collect::<Vec<_>>();
    let report = &doc.report;
    let title = doc.layout.paragraphs.first().filter(|p| p.headline).map(|p| {
        // The headline is its line, from the first character to the newline.
        let end = report.text.find('\n').unwrap_or(report.text.len()) as u32;
        points.span(Span::new(0, end.max(doc.span_of(p.tokens).end)))
    });
    Record {
        schema: SCHEMA,
        reader: reader(doc.language),
        report: ReportOut {
            id: report_id(doc),
            uri: report.uri.as_deref(),
            outlet: report.outlet.as_deref(),
            published: report.published.map(|d| d.to_string()),
            published_from: report.published_from.name(),
            language: doc.language.map_or("other", |l| l.code),
            title,
            text: &report.text,
            debris: spans(&doc.layout.debris),
        },
        entities: doc
            .cast
            .entities
            .iter()
            .enumerate()
            .map(|(i, e)| EntityOut {
                id: entity_id(EntityId::at(i)),
                kind: e.kind.name(),
                name: &e.name,
                name_en: &e.name_en,
                country: e.country,
                sector: e.sector,
                link: e.link.as_ref().map(|l| LinkOut {
                    source: l.source,
                    id: &l.id,
                    lat: l.position.map(|p| p.0),
                    lon: l.position.map(|p| p.1),
                }),
                mentions: e
                    .mentions
                    .iter()
                    .map(|m| MentionOut {
                        at: points.span(m.span),
                        kind: m.kind.name(),
                        because: because(doc, m.because),
                    })
                    .collect(),
            })
            .collect(),
        roles: doc
            .cast
            .roles
            .iter()
            .map(|r| RoleOut {
                person: entity_id(r.person),
                title: points.span(r.title),
                of: r.of.map(entity_id),
                because: because(doc, r.because),
            })
            .collect(),
        times: doc
            .times
            .iter()
            .enumerate()
            .map(|(i, t)| TimeOut {
                id: time_id(TimeId::at(i)),
                at: points.span(t.span),
                kind: t.kind.name(),
                value: &t.value,
                because: because(doc, t.because),
            })
            .collect(),
        statements: doc
            .statements
            .iter()
            .enumerate()
            .map(|(i, s)| StatementOut {
                id: statement_id(StatementId::at(i)),
                kind: s.kind.name(),
                act: s.act,
                speaker: s.speaker.map(entity_id),
                cue: points.span(s.cue),
                content: spans(&s.content),
                medium: s.medium,
                via: ids(&s.via),
                within: s.within.map(statement_id),
                confidence: rounded(s.confidence),
                because: because(doc, s.because),
            })
            .collect(),
        events: doc
            .events
            .iter()
            .enumerate()
            .map(|(i, v)| EventOut {
                id: format!("v{}", i + 1),
                kind: v.kind,
                mode: v.mode,
                trigger: points.span(v.trigger),
                mentions: spans(&v.mentions),
                actors: ids(&v.actors),
                recipients: ids(&v.recipients),
                place: v.place.map(entity_id),
                time: v.time.map(time_id),
                status: v.status.name(),
                news: v.news,
                by: v.by.map(statement_id),
                casualties: v
                    .casualties
                    .iter()
                    .map(|c| CasualtyOut {
                        toll: c.toll.name(),
                        number: c.number,
                        bound: c.bound.name(),
                        at: points.span(c.span),
                    })
                    .collect(),
                confidence: rounded(v.confidence),
                because: because(doc, v.because),
            })
            .collect(),
        notes: doc
            .notes
            .iter()
            .map(|n| NoteOut { code: n.code, message: &n.message, spans: spans(&n.spans) })
            .collect(),
    }
}

/// The report's id: given, else the one that its text gives it.
#[must_use]
pub fn report_id(doc: &Document) -> String {
    doc.report.id.clone().unwrap_or_else(|| id_of_text(&doc.report.text))
}

/// The id of a report that came without one: the first 16 hexadecimal digits of the SHA-256 of its text.
#[must_use]
pub fn id_of_text(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(8).map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_code_points() {
        let text = "aقb".repeat(100);
        let points = CodePoints::of(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte as u32), n);
        }
        assert_eq!(points.at(text.len() as u32), 300);
    }
}
