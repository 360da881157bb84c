//! Whether a document holds what a case expects, and if not, what it holds instead, in the words of the format itself.

use crate::common;
use crate::parse::{Case, Event, Expected, Field, Layer, Said};
use musnad::document::{Bound, Document, EntityId, Proclitics, Statement, StatementId};
use musnad::{PublishedFrom, Report, Span};

/// Reads a case's text, checking the document after every stage, and its record.
pub fn read(case: &Case) -> Result<Document, String> {
    let doc = common::read(Report {
        published: case.published,
        published_from: if case.published.is_some() { PublishedFrom::Given } else { PublishedFrom::None },
        titled: case.titled,
        text: case.text.clone(),
        ..Report::default()
    })?;
    common::record(&doc)?;
    Ok(doc)
}

/// Whether the expectation holds.
///
/// # Errors
/// What was found instead, an annotation a line.
pub fn judge(doc: &Document, expected: &Expected) -> Result<(), String> {
    let (holds, layer, at) = match expected {
        Expected::Time { at, value, kind } => (
            doc.times.iter().any(|t| t.span == *at && t.value == *value && t.kind.name() == kind),
            Layer::Times,
            *at,
        ),
        Expected::Name { at, kind } => {
            (doc.names.iter().any(|n| n.span == *at && n.kind.name() == kind), Layer::Names, *at)
        }
        Expected::SameEntity { a, b, same } => {
            let (left, right) = (entity_at(doc, *a), entity_at(doc, *b));
            if left.is_some() && right.is_some() && (left == right) == *same {
                return Ok(());
            }
            let found = [(a, left), (b, right)].map(|(at, e)| {
                format!("{} is {}", quoted(doc, *at), e.map_or("no entity".into(), |e| entity(doc, e)))
            });
            return Err(found.join("\n"));
        }
        Expected::Role { person, title, of } => {
            let who = entity_at(doc, *person);
            let holds = doc.cast.roles.iter().any(|r| {
                trimmed(doc, r.title) == trimmed(doc, *title)
                    && who == Some(r.person)
                    && fits(of, |of| of.map(|of| entity_at(doc, of)) == r.of.map(Some))
            });
            (holds, Layer::Roles, *title)
        }
        Expected::Said(said) => {
            (doc.statements.iter().any(|s| fits_said(doc, s, said)), Layer::Statements, said.content[0])
        }
        Expected::Event(event) => {
            (doc.events.iter().any(|v| fits_event(doc, v, event)), Layer::Events, event.trigger)
        }
        Expected::Debris(at) => {
            let holds = doc.layout.debris.iter().any(|d| trimmed(doc, *d) == trimmed(doc, *at));
            (holds, Layer::Debris, *at)
        }
        Expected::Note(code) => {
            (doc.notes.iter().any(|n| n.code == code.as_str()), Layer::Notes, Span::default())
        }
        Expected::NoNote(code) => {
            (doc.notes.iter().all(|n| n.code != code.as_str()), Layer::Notes, Span::default())
        }
        Expected::Token { at, proclitics } => {
            let holds = doc.tokens.iter().position(|t| t.span == *at).is_some_and(|i| {
                doc.readings(i).iter().any(|r| proclitics_of(r.proclitics) == proclitics.join(" "))
            });
            (holds, Layer::Tokens, *at)
        }
        Expected::Sentences(n) => (doc.layout.sentences.len() == *n, Layer::Sentences, Span::default()),
        Expected::Quote(at) => {
            let holds = doc.layout.quotes.iter().any(|q| doc.span_of(q.inner) == *at);
            (holds, Layer::Quotes, *at)
        }
        Expected::No { layer, at } => {
            let touched = annotations(doc, *layer).into_iter().filter(|(spans, _)| touches(spans, *at));
            let found: Vec<String> = touched.map(|(_, line)| line).collect();
            return if found.is_empty() { Ok(()) } else { Err(found.join("\n")) };
        }
    };
    if holds { Ok(()) } else { Err(nearest(doc, layer, at)) }
}

/// The text of the whole title, content or debris counts, not the marks and the space at its edges.
fn trimmed(doc: &Document, span: Span) -> Span {
    let text = doc.text(span);
    let edge = |c: char| !c.is_alphanumeric();
    let start = text.len() - text.trim_start_matches(edge).len();
    let end = text.trim_end_matches(edge).len();
    if start >= end { span } else { Span::new(span.start + start as u32, span.start + end as u32) }
}

fn touches(spans: &[Span], at: Span) -> bool {
    spans.iter().any(|s| s.overlaps(at))
}

fn fits<T: Copy>(field: &Field<T>, holds: impl Fn(Option<T>) -> bool) -> bool {
    field.is_none_or(holds)
}

/// The entity one of whose mentions covers the text best: half of it at least.
fn entity_at(doc: &Document, at: Span) -> Option<EntityId> {
    let mut best: Option<(f64, EntityId)> = None;
    for (e, entity) in doc.cast.entities.iter().enumerate() {
        for m in entity.mentions.iter().filter(|m| m.span.overlaps(at)) {
            let common = f64::from(m.span.end.min(at.end) - m.span.start.max(at.start));
            let score = common / f64::from(m.span.to(at).len());
            if common * 2.0 >= f64::from(at.len()) && best.is_none_or(|(b, _)| score > b) {
                best = Some((score, EntityId::at(e)));
            }
        }
    }
    best.map(|(_, e)| e)
}

/// Whether each text is covered by one of the entities, and each entity covers one of the texts.
fn same_set(doc: &Document, texts: Option<&[Span]>, entities: &[EntityId]) -> bool {
    let expected: Vec<Option<EntityId>> = texts.unwrap_or(&[]).iter().map(|t| entity_at(doc, *t)).collect();
    expected.iter().all(|e| e.is_some_and(|e| entities.contains(&e)))
        && entities.iter().all(|e| expected.contains(&Some(*e)))
}

fn same_content(doc: &Document, statement: &Statement, content: &[Span]) -> bool {
    statement.content.len() == content.len()
        && statement.content.iter().zip(content).all(|(a, b)| trimmed(doc, *a) == trimmed(doc, *b))
}

fn fits_said(doc: &Document, s: &Statement, said: &Said) -> bool {
    same_content(doc, s, &said.content)
        && fits(&said.by, |by| by.map(|by| entity_at(doc, by)) == s.speaker.map(Some))
        && said.cue.is_none_or(|cue| s.cue == cue)
        && said.act.as_ref().is_none_or(|act| s.act == act.as_str())
        && said.kind.as_ref().is_none_or(|kind| s.kind.name() == kind)
        && said.medium.as_ref().is_none_or(|m| s.medium == m.as_deref())
        && said.via.as_ref().is_none_or(|via| {
            let via: Vec<_> = via.iter().flatten().map(|v| entity_at(doc, *v)).collect();
            via == s.via.iter().map(|v| Some(*v)).collect::<Vec<_>>()
        })
        && fits(&said.within, |outer| is_statement(doc, s.within, outer))
}

/// Whether `id` is the statement with this content, or nothing where none is expected.
fn is_statement(doc: &Document, id: Option<StatementId>, content: Option<Span>) -> bool {
    match (id.and_then(|id| doc.statements.get(id.index())), content) {
        (None, None) => true,
        (Some(s), Some(content)) => {
            let whole = s.content.iter().skip(1).fold(s.content[0], |a, b| a.to(*b));
            same_content(doc, s, &[content]) || trimmed(doc, whole) == trimmed(doc, content)
        }
        _ => false,
    }
}

fn fits_event(doc: &Document, v: &musnad::document::Event, event: &Event) -> bool {
    (v.trigger == event.trigger || v.mentions.contains(&event.trigger))
        && v.kind == event.kind.as_str()
        && v.mode == event.mode.as_deref()
        && event.actors.as_ref().is_none_or(|a| same_set(doc, a.as_deref(), &v.actors))
        && event.recipients.as_ref().is_none_or(|r| same_set(doc, r.as_deref(), &v.recipients))
        && fits(&event.place, |at| at.map(|at| entity_at(doc, at)) == v.place.map(Some))
        && fits(&event.time, |at| at == v.time.map(|t| doc.times[t.0 as usize].span))
        && event.status.as_ref().is_none_or(|s| v.status.name() == s)
        && fits(&event.by, |by| is_statement(doc, v.by, by))
        && event.news.as_ref().is_none_or(|n| (n == "yes") == v.news)
        && event.casualties.as_ref().is_none_or(|c| c.as_deref().unwrap_or_default() == tolls(v))
}

fn proclitics_of(p: Proclitics) -> String {
    let all = [
        (Proclitics::WA, "و"),
        (Proclitics::FA, "ف"),
        (Proclitics::BI, "ب"),
        (Proclitics::LI, "ل"),
        (Proclitics::KA, "ك"),
        (Proclitics::SA, "س"),
        (Proclitics::AL, "ال"),
    ];
    let there: Vec<&str> = all.iter().filter(|(bit, _)| p.any(*bit)).map(|(_, letter)| *letter).collect();
    there.join(" ")
}

/// A text as the format writes it, with its number where it stands more than once.
pub fn quoted(doc: &Document, span: Span) -> String {
    let (text, all) = (doc.text(span), &doc.report.text);
    let mut nth = 1;
    let mut more = false;
    for (i, _) in all.char_indices().filter(|(i, _)| all[*i..].starts_with(text)) {
        nth += usize::from(i < span.start as usize);
        more |= i != span.start as usize;
    }
    let text = text.replace('"', "\\\"");
    if more { format!("\"{text}\"#{nth}") } else { format!("\"{text}\"") }
}

fn entity(doc: &Document, id: EntityId) -> String {
    let Some(e) = doc.entity(id) else { return "nobody".into() };
    let mentions: Vec<String> = e.mentions.iter().take(6).map(|m| quoted(doc, m.span)).collect();
    format!("the {} {} ({})", e.kind.name(), musnad::record::entity_id(id), mentions.join(" "))
}

fn first_mention(doc: &Document, id: EntityId) -> String {
    doc.entity(id).and_then(|e| e.mentions.first()).map_or("none".into(), |m| quoted(doc, m.span))
}

fn texts(doc: &Document, spans: &[Span]) -> String {
    spans.iter().map(|s| quoted(doc, *s)).collect::<Vec<_>>().join(" ")
}

fn entities(doc: &Document, ids: &[EntityId]) -> String {
    if ids.is_empty() {
        return "none".into();
    }
    ids.iter().map(|e| first_mention(doc, *e)).collect::<Vec<_>>().join(" ")
}

fn statement(doc: &Document, s: &Statement) -> String {
    let outer = s.within.and_then(|id| doc.statements.get(id.index()));
    format!(
        "said {} by {} cue {} act {} kind {} medium {} via {} in {}   ({})",
        texts(doc, &s.content),
        s.speaker.map_or("none".into(), |e| first_mention(doc, e)),
        quoted(doc, s.cue),
        s.act,
        s.kind.name(),
        s.medium.unwrap_or("none"),
        entities(doc, &s.via),
        outer.map_or("none".into(), |o| texts(doc, &o.content)),
        s.because.rule,
    )
}

/// The numbers of casualties, as cases write them.
fn tolls(v: &musnad::document::Event) -> Vec<String> {
    let sign = |bound| match bound {
        Bound::Exact => "=",
        Bound::AtLeast => ">=",
        Bound::AtMost => "<=",
        Bound::About => "~",
    };
    v.casualties.iter().map(|c| format!("{}{}{}", c.toll.name(), sign(c.bound), c.number)).collect()
}

fn event(doc: &Document, v: &musnad::document::Event) -> String {
    let by = v.by.and_then(|id| doc.statements.get(id.index()));
    format!(
        "event {}{} {} actors {} recipients {} place {} time {} status {} news {} by {} casualties {}   ({})",
        v.kind,
        v.mode.map(|m| format!("/{m}")).unwrap_or_default(),
        quoted(doc, v.trigger),
        entities(doc, &v.actors),
        entities(doc, &v.recipients),
        v.place.map_or("none".into(), |e| first_mention(doc, e)),
        v.time.map_or("none".into(), |t| quoted(doc, doc.times[t.0 as usize].span)),
        v.status.name(),
        if v.news { "yes" } else { "no" },
        by.map_or("none".into(), |o| texts(doc, &o.content)),
        if v.casualties.is_empty() { "none".into() } else { tolls(v).join(",") },
        v.because.rule,
    )
}

/// Every annotation of a layer: the text it rests on, and a line that tells it.
fn annotations(doc: &Document, layer: Layer) -> Vec<(Vec<Span>, String)> {
    let says = |word: &str, s: Span| (vec![s], format!("{word} {}", quoted(doc, s)));
    match layer {
        Layer::Times => doc
            .times
            .iter()
            .map(|t| {
                let line = format!(
                    "time {} = {} {}   ({})",
                    quoted(doc, t.span),
                    t.value,
                    t.kind.name(),
                    t.because.rule
                );
                (vec![t.span], line)
            })
            .collect(),
        Layer::Names => doc
            .names
            .iter()
            .map(|n| {
                let line = format!("name {} {}   ({})", quoted(doc, n.span), n.kind.name(), n.because.rule);
                (vec![n.span], line)
            })
            .collect(),
        Layer::Entities => (0..doc.cast.entities.len())
            .map(|e| {
                let spans = doc.cast.entities[e].mentions.iter().map(|m| m.span).collect();
                (spans, entity(doc, EntityId::at(e)))
            })
            .collect(),
        Layer::Roles => doc
            .cast
            .roles
            .iter()
            .map(|r| {
                let of = r.of.map_or("none".into(), |e| first_mention(doc, e));
                let (person, title) = (first_mention(doc, r.person), quoted(doc, r.title));
                (vec![r.title], format!("role {person} {title} of {of}   ({})", r.because.rule))
            })
            .collect(),
        Layer::Statements => doc
            .statements
            .iter()
            .map(|s| {
                let mut spans = s.content.clone();
                spans.push(s.cue);
                (spans, statement(doc, s))
            })
            .collect(),
        Layer::Events => doc
            .events
            .iter()
            .map(|v| {
                let mut spans = v.mentions.clone();
                spans.push(v.trigger);
                (spans, event(doc, v))
            })
            .collect(),
        Layer::Debris => doc.layout.debris.iter().map(|d| says("debris", *d)).collect(),
        Layer::Quotes => doc.layout.quotes.iter().map(|q| says("quote", doc.span_of(q.inner))).collect(),
        Layer::Sentences => {
            doc.layout.sentences.iter().map(|s| says("sentence", doc.span_of(s.tokens))).collect()
        }
        Layer::Tokens => (0..doc.tokens.len())
            .map(|i| {
                let mut seen: Vec<String> =
                    doc.readings(i).iter().map(|r| format!("\"{}\"", proclitics_of(r.proclitics))).collect();
                seen.dedup();
                let span = doc.tokens[i].span;
                (vec![span], format!("token {} proclitics {}", quoted(doc, span), seen.join(" or ")))
            })
            .collect(),
        Layer::Notes => doc
            .notes
            .iter()
            .map(|n| (n.spans.clone(), format!("note {}   ({})", n.code, n.message)))
            .collect(),
    }
}

/// The annotations of a layer that touch a text, else the three that stand nearest.
fn nearest(doc: &Document, layer: Layer, at: Span) -> String {
    let mut all = annotations(doc, layer);
    if layer == Layer::Sentences || layer == Layer::Notes {
        return lines(all.into_iter().map(|(_, line)| line).collect());
    }
    let distance = |spans: &[Span]| {
        let apart = |s: &Span| at.start.saturating_sub(s.end).max(s.start.saturating_sub(at.end));
        spans.iter().map(|s| if s.overlaps(at) { 0 } else { apart(s) + 1 }).min().unwrap_or(u32::MAX)
    };
    all.sort_by_key(|(spans, _)| distance(spans));
    let touching = all.iter().filter(|(spans, _)| distance(spans) == 0).count();
    all.truncate(if touching > 0 { touching } else { 3 });
    lines(all.into_iter().map(|(_, line)| line).collect())
}

fn lines(all: Vec<String>) -> String {
    if all.is_empty() { "nothing".into() } else { all.join("\n") }
}
