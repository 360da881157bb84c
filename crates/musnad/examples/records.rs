//! Prints the record of each JSON report named on the command line (`id`, `text`, `published`), one a line: a short way from
//! an edit to a score while a stage is being written. Stops after the stage that `UNTIL` names.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let until = std::env::var("UNTIL").ok();
    let stages = until.map_or(musnad::STAGES.len(), |u| {
        musnad::STAGES.iter().position(|s| s.name == u).map_or(musnad::STAGES.len(), |i| i + 1)
    });
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        let field = |name: &str| json[name].as_str().map(str::to_owned);
        let report = musnad::Report {
            id: field("id"),
            outlet: field("source").or(field("outlet")),
            published: field("published").and_then(|d| d.parse().ok()),
            published_from: musnad::PublishedFrom::Given,
            titled: true,
            text: field("text").unwrap_or_default(),
            ..musnad::Report::default()
        };
        let doc = musnad::read_until(report, stages);
        doc.check().map_err(|e| format!("{path}: {e}"))?;
        serde_json::to_writer(&mut out, &musnad::record::record(&doc))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
