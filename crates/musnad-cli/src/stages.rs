//! `musnad stages`: the table of stages.

use crate::output;
use crate::trouble::{Done, Trouble};
use std::io::Write;

/// Runs the command.
pub fn run() -> Result<Done, Trouble> {
    let mut out = output::stdout();
    let width = musnad::STAGES.iter().map(|s| s.name.len()).max().unwrap_or(0);
    for stage in &musnad::STAGES {
        writeln!(out, "{:width$}  {}", stage.name, stage.fills)?;
    }
    out.flush()?;
    Ok(Done::Whole)
}
