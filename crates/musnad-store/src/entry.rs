//! A report with all that was read out of it, as rows. Making it is the larger part of storing, and can be done on any thread.

use crate::compared::{Compared, Packed};
use crate::identity::Identity;
use crate::search::index::{self, Searchable};
use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};
use musnad::document::{Casualty, Document, EntityId, MentionKind, Toll};
use musnad::record::{self, CodePoints, Points};
use musnad::{Report, Span, export};
use std::fmt::Write as _;

/// A report as it is stored.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(crate) identity: Identity,
    pub(crate) given_id: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) published_from: &'static str,
    pub(crate) language: &'static str,
    pub(crate) reader: String,
    pub(crate) words: u64,
    pub(crate) origin: String,
    pub(crate) titled: bool,
    pub(crate) title: Option<String>,
    pub(crate) text: String,
    pub(crate) record_size: usize,
    pub(crate) record: Vec<u8>,
    pub(crate) compared: Packed,
    pub(crate) appearances: Vec<Appearance>,
    pub(crate) roles: Vec<Role>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) events: Vec<Event>,
    pub(crate) searchable: Searchable,
}

/// An entity of the report. References to it are places in [`Entry::appearances`].
#[derive(Clone, Debug)]
pub(crate) struct Appearance {
    pub kind: &'static str,
    pub name: String,
    pub name_en: Option<String>,
    pub country: Option<&'static str>,
    pub sector: Option<&'static str>,
    pub link: Option<String>,
    pub position: Option<(f64, f64)>,
    pub named: bool,
    pub mentions: usize,
    pub first: usize,
    /// The key of its name in `names`.
    pub spelling: i64,
}

#[derive(Clone, Debug)]
pub(crate) struct Role {
    pub person: usize,
    pub title: String,
    pub institution: Option<usize>,
    pub because: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Statement {
    pub kind: &'static str,
    pub act: &'static str,
    pub speaker: Option<usize>,
    pub medium: Option<&'static str>,
    pub within: Option<usize>,
    pub cue: Points,
    pub content: String,
    pub via: Vec<usize>,
    pub confidence: f64,
    pub because: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub kind: &'static str,
    pub mode: Option<&'static str>,
    pub status: &'static str,
    pub time: Option<String>,
    pub day: Option<String>,
    pub place: Option<usize>,
    pub told_in: Option<usize>,
    /// The number and its bound of the dead, the injured and the arrested.
    pub tolls: [Option<(u32, &'static str)>; 3],
    pub trigger: Points,
    pub sentence: usize,
    pub sentence_at: Points,
    pub actors: Vec<usize>,
    pub recipients: Vec<usize>,
    pub confidence: f64,
    pub because: String,
}

impl Entry {
    /// The entry of a report: as it was given, as it was read, and a word on where it came from.
    #[must_use]
    pub fn new(given: &Report, doc: &Document, origin: impl Into<String>) -> Entry {
        let points = CodePoints::of(&doc.report.text);
        let record = record::record(doc).without_text();
        // Writing to memory cannot fail, and a record has no keys that JSON lacks.
        let json = serde_json::to_vec(&record).unwrap_or_default();
        Entry {
            identity: Identity::of(given),
            given_id: given.id.clone(),
            address: given.uri.clone(),
            outlet: given.outlet.clone(),
            published: doc.report.published.map(|d| d.to_string()),
            published_from: doc.report.published_from.name(),
            language: doc.language.map_or("other", |l| l.code),
            reader: record::reader(doc.language),
            words: given.text.split_whitespace().count() as u64,
            origin: origin.into(),
            titled: given.titled,
            title: title(doc),
            text: given.text.clone(),
            record_size: json.len(),
            record: packed(&json, &given.text),
            compared: Compared::of(doc).packed(),
            appearances: appearances(doc, &points),
            roles: roles(doc),
            statements: statements(doc, &points),
            events: events(doc, &points),
            searchable: Searchable::of(doc),
        }
    }

    /// About how many bytes it holds in memory.
    #[must_use]
    pub fn weight(&self) -> usize {
        let rows = self.appearances.len() + self.roles.len() + self.statements.len() + self.events.len();
        self.text.len() + self.record.len() + self.compared.len() + 200 * rows
    }

    /// How many words its text has.
    #[must_use]
    pub fn words(&self) -> u64 {
        self.words
    }
}

/// The headline: the first line where the reader takes it for one.
fn title(doc: &Document) -> Option<String> {
    let headline = doc.layout.paragraphs.first().filter(|p| p.headline)?;
    Some(doc.text(doc.span_of(headline.tokens)).to_owned())
}

/// The record, packed with the text as its dictionary: names and titles stand there already.
fn packed(json: &[u8], text: &str) -> Vec<u8> {
    let mut packer = Compress::new(Compression::default(), true);
    // A stream that has just begun takes a dictionary, and what comes with room enough is packed in one step.
    let _ = packer.set_dictionary(text.as_bytes());
    let mut out = Vec::with_capacity(json.len() + json.len() / 8 + 64);
    let _ = packer.compress_vec(json, &mut out, FlushCompress::Finish);
    out.shrink_to_fit();
    out
}

/// The record again, of this many bytes; `None` where it is something else.
pub(crate) fn unpacked(packed: &[u8], text: &str, size: usize) -> Option<String> {
    let mut unpacker = Decompress::new(true);
    let mut out = Vec::with_capacity(size);
    let mut status = unpacker.decompress_vec(packed, &mut out, FlushDecompress::Finish);
    if status.as_ref().is_err_and(|e| e.needs_dictionary().is_some()) {
        unpacker.set_dictionary(text.as_bytes()).ok()?;
        let rest = packed.get(unpacker.total_in() as usize..)?;
        status = unpacker.decompress_vec(rest, &mut out, FlushDecompress::Finish);
    }
    // All room is taken before the end of the stream is seen.
    let whole = matches!(status, Ok(Status::StreamEnd | Status::Ok | Status::BufError)) && out.len() == size;
    String::from_utf8(out).ok().filter(|_| whole)
}

fn place_of(id: EntityId) -> usize {
    id.index()
}

fn appearances(doc: &Document, points: &CodePoints) -> Vec<Appearance> {
    let of = |e: &musnad::document::Entity| Appearance {
        kind: e.kind.name(),
        name: e.name.clone(),
        name_en: Some(e.name_en.clone()).filter(|n| !n.is_empty()),
        country: e.country,
        sector: e.sector,
        link: e.link.as_ref().map(|l| format!("{}:{}", l.source, l.id)),
        position: e.link.as_ref().and_then(|l| l.position),
        named: e.mentions.iter().any(|m| m.kind == MentionKind::Name),
        mentions: e.mentions.len(),
        first: e.mentions.first().map_or(0, |m| points.at(m.span.start)),
        spelling: index::spelling(e.kind.name(), &e.name, &e.name_en),
    };
    doc.cast.entities.iter().map(of).collect()
}

fn roles(doc: &Document) -> Vec<Role> {
    let of = |r: &musnad::document::Role| Role {
        person: place_of(r.person),
        title: doc.text(r.title).to_owned(),
        institution: r.of.map(place_of),
        because: record::because(doc, r.because),
    };
    doc.cast.roles.iter().map(of).collect()
}

fn statements(doc: &Document, points: &CodePoints) -> Vec<Statement> {
    let of = |s: &musnad::document::Statement| Statement {
        kind: s.kind.name(),
        act: s.act,
        speaker: s.speaker.map(place_of),
        medium: s.medium,
        within: s.within.map(|w| w.index()),
        cue: points.span(s.cue),
        content: pieces(&s.content, points),
        via: s.via.iter().copied().map(place_of).collect(),
        confidence: rounded(s.confidence),
        because: record::because(doc, s.because),
    };
    doc.statements.iter().map(of).collect()
}

fn events(doc: &Document, points: &CodePoints) -> Vec<Event> {
    let toll = |all: &[Casualty], toll: Toll| {
        all.iter().find(|c| c.toll == toll).map(|c| (c.number, c.bound.name()))
    };
    let of = |v: &musnad::document::Event| {
        let time = v.time.and_then(|t| doc.times.get(t.index())).map(|t| t.value.clone());
        let (sentence, sentence_at) = export::sentence(doc, v);
        Event {
            kind: v.kind,
            mode: v.mode,
            status: v.status.name(),
            day: time.as_deref().and_then(export::day).map(|d| d.0),
            time,
            place: v.place.map(place_of),
            told_in: v.by.map(|s| s.index()),
            tolls: [Toll::Dead, Toll::Injured, Toll::Arrested].map(|t| toll(&v.casualties, t)),
            trigger: points.span(v.trigger),
            sentence,
            sentence_at: points.span(sentence_at),
            actors: v.actors.iter().copied().map(place_of).collect(),
            recipients: v.recipients.iter().copied().map(place_of).collect(),
            confidence: rounded(v.confidence),
            because: record::because(doc, v.because),
        }
    };
    doc.events.iter().map(of).collect()
}

/// Spans as a JSON array of pairs.
fn pieces(spans: &[Span], points: &CodePoints) -> String {
    let mut out = String::from("[");
    for (i, span) in spans.iter().enumerate() {
        let at = points.span(*span);
        let comma = if i > 0 { "," } else { "" };
        let _ = write!(out, "{comma}[{},{}]", at.start, at.end);
    }
    out.push(']');
    out
}

/// A probability with two decimals, as the record has it.
fn rounded(p: f32) -> f64 {
    (f64::from(p) * 100.0).round() / 100.0
}
