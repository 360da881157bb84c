//! What the questions ask of one report, taken from what was read out of it.

use super::copies;
use super::entities::{Place, Seen, lasting_name};
use super::happenings::Figure;
use super::utterances::{Content, Quotation};
use musnad::document::{Document, Entity, EntityId, EntityKind, Mention, MentionKind, StatementKind};
use std::collections::BTreeMap;

/// One report, as it is compared with others. Entities are given by their place in the report's list.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What names it for good: its address, else its id.
    pub name: String,
    /// The day of publication, counted from the first of January of the year 1.
    pub day: Option<i32>,
    /// Who published it, as it was given.
    pub outlet: Option<String>,
    /// The keys of its text, for [`super::copies`].
    pub copy_keys: Vec<u64>,
    /// Its entities.
    pub seen: Vec<Seen>,
    /// Agencies, papers and channels that it names as those through whom words came.
    pub agencies: Vec<usize>,
    /// Its statements.
    pub statements: Vec<Statement>,
    /// Its events.
    pub events: Vec<Event>,
}

/// A statement as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Who says it.
    pub speaker: Option<usize>,
    /// How the speaker is described, folded; for who has no name.
    pub described: String,
    /// Through whom it came.
    pub via: Vec<usize>,
    /// What.
    pub content: Content,
}

/// An event as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// PLOVER type.
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who does it.
    pub actors: Vec<usize>,
    /// Who undergoes it.
    pub recipients: Vec<usize>,
    /// Where.
    pub place: Option<usize>,
    /// When: told, else the day of publication.
    pub day: Option<i32>,
    /// Whether the day is told.
    pub dated: bool,
    /// Whether it is told as a fact.
    pub status: String,
    /// By whose word.
    pub source: Option<usize>,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// The words around the trigger.
    pub words: Content,
}

/// The body of a report: its text without the headline.
#[must_use]
pub fn body(doc: &Document) -> &str {
    let headline = doc.layout.paragraphs.first().filter(|p| p.headline);
    let after = headline.map_or(0, |p| doc.span_of(p.tokens).end as usize);
    doc.report.text.get(after..).unwrap_or("")
}

/// Takes a report apart.
#[must_use]
pub fn report(doc: &Document) -> Report {
    let day = doc.report.published.map(count);
    let seen: Vec<Seen> = seen(doc);
    let statements = doc
        .statements
        .iter()
        .map(|s| {
            let pieces: Vec<&str> = s.content.iter().map(|span| doc.text(*span)).collect();
            let quotation = if s.kind == StatementKind::Direct { Quotation::Whole } else { Quotation::Parts };
            Statement {
                speaker: s.speaker.map(|e| e.0 as usize),
                described: s
                    .speaker
                    .and_then(|e| doc.entity(e))
                    .map(|e| lasting_name(&e.name))
                    .unwrap_or_default(),
                via: s.via.iter().map(|e| e.0 as usize).collect(),
                content: Content::of(&pieces, quotation),
            }
        })
        .collect();
    let mut agencies: Vec<usize> = doc
        .statements
        .iter()
        .flat_map(|s| &s.via)
        .filter(|e| {
            doc.entity(**e).is_some_and(|e| e.sector == Some("JRN") && e.kind == EntityKind::Organization)
        })
        .map(|e| e.0 as usize)
        .collect();
    agencies.sort_unstable();
    agencies.dedup();
    Report {
        name: doc.report.uri.clone().unwrap_or_else(|| musnad::record::report_id(doc)),
        day,
        outlet: doc.report.outlet.clone(),
        copy_keys: copies::keys(body(doc)),
        seen,
        agencies,
        statements,
        events: events(doc, day),
    }
}

/// A day, counted from the first of January of the year 1.
pub(crate) fn count(date: jiff::civil::Date) -> i32 {
    let first = jiff::civil::date(1, 1, 1);
    date.since((jiff::Unit::Day, first)).map_or(0, |span| span.get_days())
}

fn events(doc: &Document, published: Option<i32>) -> Vec<Event> {
    let ids = |list: &[EntityId]| list.iter().map(|e| e.0 as usize).collect();
    doc.events
        .iter()
        .map(|v| {
            let told = v.time.and_then(|t| doc.times.get(t.0 as usize)).and_then(|t| {
                t.value.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok()).map(count)
            });
            let at = doc.tokens_of(v.trigger).start as usize;
            let sentence = doc.sentence(at).map_or(v.trigger, |(_, s)| doc.span_of(s.tokens));
            Event {
                kind: v.kind.to_owned(),
                mode: v.mode.map(str::to_owned),
                actors: ids(&v.actors),
                recipients: ids(&v.recipients),
                place: v.place.map(|e| e.0 as usize),
                day: told.or(published),
                dated: told.is_some(),
                status: v.status.name().to_owned(),
                source: v
                    .by
                    .and_then(|s| doc.statements.get(s.0 as usize))
                    .and_then(|s| s.speaker)
                    .map(|e| e.0 as usize),
                figures: v
                    .casualties
                    .iter()
                    .map(|c| Figure {
                        toll: c.toll.name().to_owned(),
                        number: c.number,
                        bound: c.bound.name().to_owned(),
                    })
                    .collect(),
                words: Content::of(&[doc.text(sentence)], Quotation::Parts),
            }
        })
        .collect()
}

/// Sectors of bodies that stand in so many reports that they tell nobody apart.
const EVERYWHERE: [&str; 15] =
    ["COP", "GOV", "JUD", "LEG", "MIL", "REB", "SPY", "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "JRN"];

fn seen(doc: &Document) -> Vec<Seen> {
    let link = |e: &Entity| e.link.as_ref().map(|l| format!("{}:{}", l.source, l.id));
    let named = |m: &&Mention| m.kind == MentionKind::Name;
    // Whoever can be a companion: persons, and bodies that a name tells apart.
    let reference =
        |e: &Entity| link(e).or_else(|| e.mentions.iter().find(named).map(|_| lasting_name(&e.name)));
    let company: Vec<(usize, String)> = doc
        .cast
        .entities
        .iter()
        .enumerate()
        .filter(|(_, e)| matches!(e.kind, EntityKind::Person | EntityKind::Organization))
        .filter(|(_, e)| e.kind == EntityKind::Person || !e.sector.is_some_and(|s| EVERYWHERE.contains(&s)))
        .filter_map(|(i, e)| Some((i, reference(e)?)))
        .collect();
    let home = home(doc);
    let mut offices: BTreeMap<u32, Vec<(String, Option<String>)>> = BTreeMap::new();
    for role in &doc.cast.roles {
        let of = role.of.and_then(|e| doc.entity(e)).and_then(reference);
        offices.entry(role.person.0).or_default().push((doc.text(role.title).to_owned(), of));
    }
    doc.cast
        .entities
        .iter()
        .enumerate()
        .map(|(i, e)| {
            let mut names: Vec<String> = Vec::new();
            let mut spans: Vec<_> = e.mentions.iter().filter(named).map(|m| doc.text(m.span)).collect();
            spans.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then(a.cmp(b)));
            for name in spans {
                if !names.iter().any(|n| n == name) {
                    names.push(name.to_owned());
                }
            }
            let named = !names.is_empty();
            Seen {
                kind: e.kind,
                names,
                country: e.country.map(str::to_owned),
                sector: e.sector.map(str::to_owned),
                link: link(e),
                offices: offices.remove(&(i as u32)).unwrap_or_default(),
                company: if named {
                    company.iter().filter(|(j, _)| *j != i).map(|(_, c)| c.clone()).collect()
                } else {
                    Vec::new()
                },
                home: home.map(str::to_owned),
                is_state: is_state(e),
                position: e.link.as_ref().and_then(|l| l.position),
            }
        })
        .collect()
}

/// Whether a place is a whole state: the row that knows it is one of the table of states.
fn is_state(entity: &Entity) -> bool {
    entity.kind == EntityKind::Place
        && entity
            .mentions
            .iter()
            .any(|m| m.because.row.is_some_and(|r| r.table == musnad_lexicon::Table::Country))
}

/// The state that a report speaks of most: twice as often as of the next.
fn home(doc: &Document) -> Option<&'static str> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for e in &doc.cast.entities {
        if let Some(country) = e.country.filter(|_| e.sector != Some("JRN")) {
            *counts.entry(country).or_default() += e.mentions.len();
        }
    }
    let mut order: Vec<(usize, &'static str)> = counts.into_iter().map(|(c, n)| (n, c)).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    match order[..] {
        [] => None,
        [(_, only)] => Some(only),
        [(most, first), (next, _), ..] => (most >= 2 * next).then_some(first),
    }
}

/// Where a seen of a report stands, for decisions.
#[must_use]
pub fn place(report: &Report, seen: &Seen) -> Place {
    let name = seen.names.first().map(|n| lasting_name(n)).unwrap_or_default();
    Place { report: report.name.clone(), name }
}

/// An outlet as an entity: the link that the lexicon has for its name, as [`Seen::link`]. So an agency that publishes is the agency that
/// others name.
///
/// ```
/// # use musnad_store::across::read::outlet_link;
/// assert_eq!(outlet_link("رويترز").as_deref(), Some("musnad:reuters"));
/// assert_eq!(outlet_link("جريدة الميناء"), None); // the Harbour Gazette, invented
/// ```
#[must_use]
pub fn outlet_link(outlet: &str) -> Option<String> {
    let lexicon = musnad_lexicon::arabic();
    let folded = super::words::folded_words(outlet).join(" ");
    let entry = lexicon.entries(&folded).first(musnad_lexicon::Table::Organization)?;
    Some(format!("musnad:{}", lexicon.row(entry).get("id")))
}
