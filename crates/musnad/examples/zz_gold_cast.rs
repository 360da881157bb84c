//! dev only
use musnad::Span;
use musnad::document::*;
use std::io::Write;
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let perfect = std::fs::read_to_string("/tmp/perfect.jsonl")?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in perfect.lines() {
        let j: serde_json::Value = serde_json::from_str(line)?;
        let r = &j["report"];
        let report = musnad::Report {
            id: r["id"].as_str().map(str::to_owned),
            published: r["published"].as_str().and_then(|d| d.parse().ok()),
            published_from: PublishedFrom::Given,
            titled: true,
            text: r["text"].as_str().unwrap_or("").to_owned(),
            ..Default::default()
        };
        let mut doc = musnad::read_until(report, 4);
        let bytes: Vec<u32> = doc
            .report
            .text
            .char_indices()
            .map(|(b, _)| b as u32)
            .chain([doc.report.text.len() as u32])
            .collect();
        let mut times: Vec<Time> = j["times"]
            .as_array()
            .unwrap()
            .iter()
            .map(|t| {
                let span = Span::new(
                    bytes[t["start"].as_u64().unwrap() as usize],
                    bytes[t["end"].as_u64().unwrap() as usize],
                );
                Time {
                    span,
                    tokens: doc.tokens_of(span),
                    kind: TimeKind::Date,
                    value: t["value"].as_str().unwrap().to_owned(),
                    because: Because::rule("gold"),
                }
            })
            .collect();
        times.sort_by_key(|t| t.span);
        times.dedup_by(|b, a| b.tokens.start < a.tokens.end);
        doc.times = times;
        let mut cast = Cast::default();
        let mut ids = std::collections::BTreeMap::new();
        for e in j["entities"].as_array().unwrap() {
            let kind = match e["type"].as_str().unwrap() {
                "person" => EntityKind::Person,
                "organization" => EntityKind::Organization,
                "place" => EntityKind::Place,
                "group" => EntityKind::Group,
                "document" => EntityKind::Document,
                _ => EntityKind::Occasion,
            };
            let mut mentions = vec![];
            for m in e["mentions"].as_array().unwrap() {
                let span = Span::new(
                    bytes[m["start"].as_u64().unwrap() as usize],
                    bytes[m["end"].as_u64().unwrap() as usize],
                );
                let tokens = doc.tokens_of(span);
                if tokens.is_empty() {
                    continue;
                }
                mentions.push(Mention {
                    span,
                    tokens,
                    kind: if m["kind"] == "name" { MentionKind::Name } else { MentionKind::Description },
                    because: Because::rule("gold"),
                });
            }
            mentions.sort_by_key(|m| m.span);
            mentions.dedup();
            if mentions.is_empty() {
                continue;
            }
            ids.insert(e["id"].as_str().unwrap().to_owned(), EntityId(cast.entities.len() as u32));
            let name = e["name"].as_str().unwrap().to_owned();
            let feminine = (kind == EntityKind::Organization
                && ["وزارة", "حركة", "منظمة", "وكالة", "صحيفة", "جماعة", "هيئة", "قوات"]
                    .iter()
                    .any(|h| name.starts_with(h)))
            .then_some(true);
            cast.entities.push(Entity {
                kind,
                mentions,
                name,
                name_en: String::new(),
                country: None,
                sector: None,
                link: None,
                number: musnad_lexicon::Number::Singular,
                feminine,
            });
        }
        for r in j["roles"].as_array().unwrap() {
            if let Some(p) = ids.get(r["person"].as_str().unwrap()) {
                cast.roles.push(Role {
                    person: *p,
                    title: Span::new(
                        bytes[r["title"]["start"].as_u64().unwrap() as usize],
                        bytes[r["title"]["end"].as_u64().unwrap() as usize],
                    ),
                    of: None,
                    because: Because::rule("gold"),
                });
            }
        }
        cast.roles.sort_by_key(|r| r.title);
        doc.cast = cast.indexed(doc.tokens.len());
        for s in &musnad::STAGES[5..] {
            (s.run)(doc.language.unwrap(), &mut doc);
        }
        if let Ok(d) = std::env::var("DEBUG") {
            if doc.report.id.as_deref().unwrap_or("").contains(&d) {
                for r in &doc.rejected {
                    eprintln!("{} @{} {} {}", doc.text(r.span), r.span.start, r.rule, r.reason);
                }
                for s in &doc.statements {
                    eprintln!(
                        "S {} @{} | {:?} | {}",
                        doc.text(s.cue),
                        s.cue.start,
                        s.speaker.map(|e| doc.cast.entities[e.index()].name.clone()),
                        s.content.iter().map(|c| doc.text(*c)).collect::<Vec<_>>().join(" … ")
                    );
                }
            }
        }
        doc.check().map_err(|e| format!("{e}"))?;
        serde_json::to_writer(&mut out, &musnad::record::record(&doc))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
