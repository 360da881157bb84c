//! Prints the reports of its arguments as JSON lines, faults to standard error: what `tools/compare_pages.py` measures.

use std::io::Write;

use musnad_sources::{Input, Options, read};

fn main() -> std::io::Result<()> {
    let inputs = std::env::args_os().skip(1).map(|word| Input::from(word.as_os_str())).collect();
    let mut out = std::io::stdout().lock();
    for item in read(inputs, Options::default()) {
        match item {
            Ok(report) => {
                let line = serde_json::json!({
                    "origin": report.origin.to_string(), "id": report.id, "uri": report.uri, "outlet": report.outlet,
                    "published": report.published, "titled": report.titled, "text": report.text,
                });
                writeln!(out, "{line}")?;
            }
            Err(fault) => writeln!(std::io::stderr(), "{fault}")?,
        }
    }
    Ok(())
}
