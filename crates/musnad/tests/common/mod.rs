//! Reading with every invariant checked, for all tests.

use musnad::document::Document;
use musnad::{Report, STAGES, Span};
use serde_json::Value;

/// Reads a report and checks the document after every stage.
///
/// # Errors
/// The first stage after which something does not hold, and what.
pub fn read(report: Report) -> Result<Document, String> {
    let text = report.text.clone();
    let mut doc = musnad::open(report);
    doc.check().map_err(|e| format!("before the first stage: {e}"))?;
    if let Some(language) = doc.language {
        for stage in &STAGES {
            (stage.run)(language, &mut doc);
            doc.check().map_err(|e| format!("after {}: {e}", stage.name))?;
        }
    }
    if doc.report.text != text {
        return Err("the text has changed".into());
    }
    Ok(doc)
}

/// The record as it is printed, checked against the document: every span in code points gives the text that the document's span in
/// bytes gives, and every id that is referred to is the id of something.
///
/// # Errors
/// The first thing that does not hold.
pub fn record(doc: &Document) -> Result<String, String> {
    let json = serde_json::to_string(&musnad::record::record(doc)).map_err(|e| e.to_string())?;
    let value: Value = serde_json::from_str(&json).map_err(|e| e.to_string())?;
    let chars: Vec<char> = doc.report.text.chars().collect();
    let same = |what: &str, at: &Value, span: Span| -> Result<(), String> {
        let end = |name: &str| at[name].as_u64().map(|n| n as usize);
        let points = end("start").zip(end("end")).and_then(|(a, b)| chars.get(a..b));
        let text = doc.text(span);
        if points.is_some_and(|p| p.iter().copied().eq(text.chars())) {
            Ok(())
        } else {
            Err(format!("{what}: the record says {at}, the document says {text:?}"))
        }
    };
    let list = |value: &Value, layer: &str| value[layer].as_array().cloned().unwrap_or_default();
    let all = |what: &str, layer: &[Value], spans: &[Span]| {
        if layer.len() != spans.len() {
            return Err(format!("{what}: {} in the record, {} in the document", layer.len(), spans.len()));
        }
        layer.iter().zip(spans).try_for_each(|(v, s)| same(what, v, *s))
    };
    let [entities, roles, times, statements, events, notes] =
        ["entities", "roles", "times", "statements", "events", "notes"].map(|layer| list(&value, layer));
    let spans = |layer: &[Value], field: &str| layer.iter().map(|v| v[field].clone()).collect::<Vec<_>>();

    all("times", &times, &doc.times.iter().map(|t| t.span).collect::<Vec<_>>())?;
    all("titles", &spans(&roles, "title"), &doc.cast.roles.iter().map(|r| r.title).collect::<Vec<_>>())?;
    all("cues", &spans(&statements, "cue"), &doc.statements.iter().map(|s| s.cue).collect::<Vec<_>>())?;
    all("triggers", &spans(&events, "trigger"), &doc.events.iter().map(|v| v.trigger).collect::<Vec<_>>())?;
    all("debris", &list(&value["report"], "debris"), &doc.layout.debris)?;
    for (v, e) in entities.iter().zip(&doc.cast.entities) {
        all("mentions", &list(v, "mentions"), &e.mentions.iter().map(|m| m.span).collect::<Vec<_>>())?;
    }
    for (v, s) in statements.iter().zip(&doc.statements) {
        all("content", &list(v, "content"), &s.content)?;
    }
    for (v, e) in events.iter().zip(&doc.events) {
        all("mentions of an event", &list(v, "mentions"), &e.mentions)?;
    }
    for (v, n) in notes.iter().zip(&doc.notes) {
        all("notes", &list(v, "spans"), &n.spans)?;
    }

    let mut ids: Vec<&str> = Vec::new();
    for v in [&entities, &times, &statements, &events].into_iter().flatten() {
        ids.push(v["id"].as_str().ok_or("an id is missing")?);
    }
    ids.sort_unstable();
    if ids.windows(2).any(|w| w[0] == w[1]) {
        return Err("an id stands twice".into());
    }
    for v in [&roles, &statements, &events].into_iter().flatten() {
        for field in ["person", "of", "speaker", "via", "in", "actors", "recipients", "place", "time", "by"] {
            let named = match &v[field] {
                Value::Array(many) => many.clone(),
                Value::Null => continue,
                one => vec![one.clone()],
            };
            for id in named {
                if id.as_str().is_none_or(|id| ids.binary_search(&id).is_err()) {
                    return Err(format!("{field} names {id}, which is nothing"));
                }
            }
        }
    }
    Ok(json)
}
