//! A document as a page: for somebody who knows no Arabic to read, and for somebody who does to check.

use crate::english;
use crate::typeset::{Piece, Sheet, arabic, given, plain};
use anstyle::{AnsiColor, Style};
use musnad::document::{
    Document, EntityId, Event, MentionKind, Role, Statement, StatementId, Status, Time, TimeId, TimeKind,
};
use musnad::record::{entity_id, report_id, statement_id, time_id};
use musnad::{PublishedFrom, Span};
use std::collections::BTreeSet;

/// How a page looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns.
    pub width: usize,
    /// Whether it has colours.
    pub coloured: bool,
}

pub const TITLE: Style = Style::new().bold();
pub const HEADING: Style = AnsiColor::Cyan.on_default().bold();
pub const NAME: Style = AnsiColor::Green.on_default();
pub const ACT: Style = AnsiColor::Yellow.on_default().bold();
pub const WORDS: Style = AnsiColor::Blue.on_default();
pub const ASIDE: Style = Style::new().dimmed();
pub const WARNING: Style = AnsiColor::Red.on_default();

/// Where an annotation begins, after its id.
const HANG: usize = 7;

/// Sets the page.
pub fn page(doc: &Document, look: Look) -> String {
    let mut sheet = Sheet::new(look.width, look.coloured);
    head(&mut sheet, doc);
    section(&mut sheet, "WHO IS WHO", 0..doc.cast.entities.len(), |sheet, i| {
        who(sheet, doc, EntityId::at(i))
    });
    section(&mut sheet, "WHAT WAS SAID", 0..doc.statements.len(), |sheet, i| {
        said(sheet, doc, StatementId::at(i));
    });
    section(&mut sheet, "WHAT HAPPENED", 0..doc.events.len(), |sheet, i| happened(sheet, doc, i));
    section(&mut sheet, "WHEN", 0..doc.times.len(), |sheet, i| when(sheet, doc, TimeId::at(i)));
    section(&mut sheet, "NOTES", 0..doc.notes.len(), |sheet, i| note(sheet, doc, i));
    let debris = doc.layout.debris.len();
    if debris > 0 {
        sheet.gap();
        let pieces = if debris == 1 { "1 piece".to_owned() } else { format!("{debris} pieces") };
        let line = format!("not read: {pieces} of the page around the report, such as links and captions");
        sheet.flow(0, 0, &[plain(line).styled(ASIDE)]);
    }
    sheet.finish()
}

/// A heading and what stands under it; nothing when that is nothing.
fn section(
    sheet: &mut Sheet,
    heading: &'static str,
    items: std::ops::Range<usize>,
    mut set: impl FnMut(&mut Sheet, usize),
) {
    if items.is_empty() {
        return;
    }
    sheet.gap();
    sheet.flow(0, 0, &[plain(heading).styled(HEADING)]);
    for i in items {
        set(sheet, i);
    }
}

fn head(sheet: &mut Sheet, doc: &Document) {
    let report = &doc.report;
    sheet.rule(ASIDE);
    if report.titled
        && let Some(title) = report.text.lines().next()
    {
        sheet.flow(0, 0, &[given(title).styled(TITLE)]);
    }
    let mut facts = Vec::new();
    if let Some(outlet) = &report.outlet {
        facts.push(given(outlet));
    }
    match report.published {
        Some(day) => {
            facts.push(plain(english::day(day)));
            let from = match report.published_from {
                PublishedFrom::Page => "(found on the page)",
                PublishedFrom::Text => "(by the dateline)",
                PublishedFrom::Given | PublishedFrom::None => "",
            };
            if !from.is_empty() {
                facts.push(plain(from).styled(ASIDE));
            }
        }
        None => facts.push(plain("day of publication unknown").styled(WARNING)),
    }
    sheet.flow(0, 0, &dotted(facts));
    let id = report_id(doc);
    // An address stays in one piece, so that it can be copied.
    if let Some(address) = report.uri.as_deref().filter(|uri| **uri != id) {
        sheet.unbroken(&given(address).styled(ASIDE));
    }
    sheet.unbroken(&given(&id).styled(ASIDE));
}

/// Pieces with a dot between them.
pub fn dotted(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out = Vec::with_capacity(pieces.len() * 2);
    for piece in pieces {
        if !out.is_empty() {
            out.push(plain("·").styled(ASIDE));
        }
        out.push(piece);
    }
    out
}

/// What an entity is called in English; its Arabic name where it has no other.
pub fn named(doc: &Document, id: EntityId) -> Piece<'_> {
    let Some(entity) = doc.entity(id) else { return plain("?") };
    let piece = if entity.name_en.is_empty() { arabic(&entity.name) } else { given(&entity.name_en) };
    piece.styled(NAME)
}

/// Names with commas between them.
fn names<'d>(doc: &'d Document, ids: &[EntityId]) -> Vec<Piece<'d>> {
    let mut out = Vec::new();
    for (i, id) in ids.iter().enumerate() {
        if i > 0 {
            out.push(plain(",").joined());
        }
        out.push(named(doc, *id));
    }
    out
}

fn who(sheet: &mut Sheet, doc: &Document, id: EntityId) {
    let Some(entity) = doc.entity(id) else { return };
    let mut facts = vec![named(doc, id)];
    if !entity.name_en.is_empty() {
        facts.push(arabic(&entity.name));
    }
    let mut kind = entity.kind.name().to_owned();
    let country = entity.country.map(english::country).filter(|c| *c != entity.name_en);
    for more in country.into_iter().chain(entity.sector.map(english::sector)) {
        kind.push_str(", ");
        kind.push_str(more);
    }
    facts.push(plain(kind).styled(ASIDE));
    let count = |kind: MentionKind| entity.mentions.iter().filter(|m| m.kind == kind).count();
    let (all, by_name) = (entity.mentions.len(), count(MentionKind::Name));
    let mut mentions = if all == 1 { "1 mention".to_owned() } else { format!("{all} mentions") };
    if by_name < all {
        mentions.push_str(&if by_name == 0 {
            ", not by name".to_owned()
        } else {
            format!(", {by_name} by name")
        });
    }
    facts.push(plain(mentions).styled(ASIDE));
    sheet.labelled(&entity_id(id), 2, HANG, &dotted(facts));
    let mut told = BTreeSet::new();
    for role in doc.cast.roles.iter().filter(|r| r.person == id) {
        // An office that the report names again is no second one.
        if !told.insert((doc.text(role.title), role.of)) {
            continue;
        }
        sheet.flow(HANG, HANG + 2, &office(doc, role));
    }
}

/// An office: in English as far as the lexicon goes, what it is of, and its words.
pub fn office<'d>(doc: &'d Document, role: &Role) -> Vec<Piece<'d>> {
    let mut pieces = Vec::new();
    if let Some(title) = english::title(doc, role.title) {
        pieces.push(plain(title));
    }
    if let Some(of) = role.of {
        pieces.push(plain(if pieces.is_empty() { "office of" } else { "of" }));
        pieces.push(named(doc, of));
    }
    pieces.push(arabic(doc.text(role.title)).styled(WORDS));
    pieces
}

fn said(sheet: &mut Sheet, doc: &Document, id: StatementId) {
    let Some(statement) = doc.statements.get(id.index()) else { return };
    let mut line = vec![speaker(doc, statement), plain(english::act(statement.act)).styled(ACT)];
    line.push(arabic(doc.text(statement.cue)).styled(WORDS));
    line.push(plain("·").styled(ASIDE));
    line.push(plain(statement.kind.name()).styled(ASIDE));
    for time in times_of(doc, statement) {
        line.push(plain("·").styled(ASIDE));
        line.push(plain(moment(doc, time)));
    }
    line.push(plain("·").styled(ASIDE));
    line.push(plain(format!("{:.2}", statement.confidence)).styled(ASIDE));
    sheet.labelled(&statement_id(id), 2, HANG, &line);
    // That the speaker's words came to this outlet goes without saying.
    if statement.medium.is_some() || !statement.via.is_empty() || statement.within.is_some() {
        sheet.flow(HANG, HANG + 2, &arrows(chain(doc, id)));
    }
    for content in &statement.content {
        sheet.flow(HANG + 2, HANG + 2, &[arabic(doc.text(*content)).styled(WORDS)]);
    }
}

fn speaker<'d>(doc: &'d Document, statement: &Statement) -> Piece<'d> {
    statement.speaker.map_or_else(|| plain("somebody").styled(WARNING), |e| named(doc, e))
}

/// The way of a statement from its speaker to the report: by what medium, through whom, inside whose words, up to the outlet.
pub fn chain(doc: &Document, id: StatementId) -> Vec<Piece<'_>> {
    let mut steps = Vec::new();
    let mut at = Some(id);
    // A statement cannot lie within itself, so there are no more steps than statements.
    for _ in 0..doc.statements.len() {
        let Some(statement) = at.and_then(|id| doc.statements.get(id.index())) else { break };
        steps.push(speaker(doc, statement));
        steps.extend(statement.medium.map(|m| plain(english::medium(m)).styled(ASIDE)));
        steps.extend(statement.via.iter().map(|e| named(doc, *e)));
        at = statement.within;
    }
    if let Some(outlet) = &doc.report.outlet {
        steps.push(given(outlet));
    }
    steps
}

pub fn arrows(steps: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    let mut out = Vec::with_capacity(steps.len() * 2);
    for step in steps {
        if !out.is_empty() {
            out.push(plain("→").styled(ASIDE));
        }
        out.push(step);
    }
    out
}

/// When it was said: the times that stand in the sentence of the cue and in nobody's words.
fn times_of(doc: &Document, statement: &Statement) -> Vec<TimeId> {
    let cue = doc.tokens_of(statement.cue);
    let Some((_, sentence)) = doc.sentence(cue.start as usize) else { return Vec::new() };
    let among = |s: &Statement, span: Span| s.content.iter().any(|content| content.overlaps(span));
    // Inside somebody's words, those words are what surrounds it; outside, the author's.
    let outer = statement.within.map(|id| doc.statements.get(id.index()));
    let first = doc.times.partition_point(|t| t.tokens.start < sentence.tokens.start);
    (first..doc.times.len())
        .take_while(|i| sentence.tokens.contains(doc.times[*i].tokens))
        .filter(|i| {
            let Time { span, kind, .. } = doc.times[*i];
            // How long something took is not when it was said.
            let moment = matches!(kind, TimeKind::Date | TimeKind::Time);
            moment
                && match outer {
                    Some(outer) => outer.is_some_and(|o| among(o, span)) && !among(statement, span),
                    None => !doc.statements.iter().any(|s| among(s, span)),
                }
        })
        .map(TimeId::at)
        .collect()
}

fn moment(doc: &Document, id: TimeId) -> String {
    doc.times.get(id.index()).map_or_else(String::new, |t| english::value(t.kind, &t.value))
}

fn happened(sheet: &mut Sheet, doc: &Document, i: usize) {
    let event: &Event = &doc.events[i];
    let mut line = vec![plain(event.kind).styled(ACT)];
    line.extend(event.mode.map(|mode| plain(mode).styled(ACT)));
    line.push(arabic(doc.text(event.trigger)).styled(WORDS));
    line.push(plain("·").styled(ASIDE));
    line.push(plain(status(event.status)));
    line.push(plain("·").styled(ASIDE));
    line.push(plain(format!("{:.2}", event.confidence)).styled(ASIDE));
    sheet.labelled(&format!("v{}", i + 1), 2, HANG, &line);
    let mut parts = names(doc, &event.actors);
    if !event.recipients.is_empty() {
        if parts.is_empty() {
            parts.push(plain("somebody").styled(WARNING));
        }
        parts.push(plain("→").styled(ASIDE));
        parts.extend(names(doc, &event.recipients));
    }
    let mut facts: Vec<Vec<Piece<'_>>> = Vec::new();
    if !parts.is_empty() {
        facts.push(parts);
    }
    facts.extend(event.place.map(|place| vec![plain("in"), named(doc, place)]));
    facts.extend(event.time.map(|time| vec![plain(moment(doc, time))]));
    facts.extend(event.by.and_then(|by| {
        let statement = doc.statements.get(by.index())?;
        Some(vec![plain("told by"), speaker(doc, statement), plain(format!("({})", statement_id(by)))])
    }));
    if !facts.is_empty() {
        let mut line = Vec::new();
        for fact in facts {
            if !line.is_empty() {
                line.push(plain("·").styled(ASIDE));
            }
            line.extend(fact);
        }
        sheet.flow(HANG, HANG + 2, &line);
    }
    if !event.mentions.is_empty() {
        let mut line = vec![plain("also:").styled(ASIDE)];
        line.extend(event.mentions.iter().map(|m| arabic(doc.text(*m)).styled(WORDS)));
        sheet.flow(HANG, HANG + 2, &line);
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::CalledFor => "called for",
        other => other.name(),
    }
}

fn when(sheet: &mut Sheet, doc: &Document, id: TimeId) {
    let Some(time) = doc.times.get(id.index()) else { return };
    let told = english::value(time.kind, &time.value);
    let mut line = vec![arabic(doc.text(time.span)).styled(WORDS), plain(told.clone())];
    if told != time.value {
        line.push(plain(time.value.as_str()).styled(ASIDE));
    }
    line.push(plain(time.kind.name()).styled(ASIDE));
    sheet.labelled(&time_id(id), 2, HANG, &dotted(line));
}

fn note(sheet: &mut Sheet, doc: &Document, i: usize) {
    let note = &doc.notes[i];
    let mut line = vec![plain(format!("{}:", note.code)).styled(WARNING), given(&note.message)];
    line.extend(note.spans.iter().map(|s| arabic(doc.text(*s)).styled(WORDS)));
    sheet.flow(2, 4, &line);
}
