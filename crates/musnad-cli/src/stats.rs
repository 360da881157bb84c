//! `musnad stats`: how much there is of what in a store.

use crate::arguments::{StatsArguments, StatsFormat};
use crate::output;
use crate::progress::grouped;
use crate::storing::{of_store, open_to_read};
use crate::trouble::{Done, Trouble};
use musnad_store::Stats;
use std::io::{self, Write};

/// Runs the command.
pub fn run(arguments: &StatsArguments) -> Result<Done, Trouble> {
    let stats = open_to_read(&arguments.store)?.stats().map_err(of_store)?;
    let mut out = output::stdout();
    match arguments.format {
        StatsFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &json(&stats)).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
        StatsFormat::Table => table(&stats, &mut out)?,
    }
    out.flush()?;
    Ok(Done::Whole)
}

/// The counts as one object; what has no name is `null`.
fn json(stats: &Stats) -> serde_json::Value {
    let named = |counts: &[(String, u64)], what: &str| -> serde_json::Value {
        let row = |(name, n): &(String, u64)| {
            let name = if name.is_empty() { serde_json::Value::Null } else { name.as_str().into() };
            serde_json::json!({ what: name, "count": n })
        };
        counts.iter().map(row).collect()
    };
    serde_json::json!({
        "reports": stats.reports,
        "versions": stats.versions,
        "words": stats.words,
        "statements": stats.statements,
        "events": stats.events,
        "outlets": named(&stats.outlets, "outlet"),
        "months": named(&stats.months, "month"),
        "acts": named(&stats.acts, "act"),
        "types": named(&stats.types, "type"),
        "speakers": stats.speakers,
    })
}

/// The counts as a page. Numbers stand before names, so that names of either direction need no columns.
fn table(stats: &Stats, out: &mut impl Write) -> io::Result<()> {
    let older = stats.versions.saturating_sub(stats.reports);
    let kept = match older {
        0 => String::new(),
        1 => " and 1 older version".to_owned(),
        n => format!(" and {} older versions", grouped(n)),
    };
    writeln!(
        out,
        "{} reports{kept}, {} words, {} statements, {} events",
        grouped(stats.reports),
        grouped(stats.words),
        grouped(stats.statements),
        grouped(stats.events)
    )?;
    for (heading, counts) in [
        ("Reports by outlet", &stats.outlets),
        ("Reports by month", &stats.months),
        ("Statements by act", &stats.acts),
        ("Events by type", &stats.types),
    ] {
        if !counts.is_empty() {
            writeln!(out, "\n{heading}")?;
        }
        for (name, n) in counts {
            writeln!(out, "{:>10}  {}", grouped(*n), if name.is_empty() { "(not known)" } else { name })?;
        }
    }
    if !stats.speakers.is_empty() {
        writeln!(out, "\nStatements by speaker")?;
    }
    for speaker in &stats.speakers {
        let english =
            if speaker.name_en.is_empty() { String::new() } else { format!("{}  ", speaker.name_en) };
        writeln!(out, "{:>10}  {english}{}", grouped(speaker.statements), speaker.name)?;
    }
    Ok(())
}
