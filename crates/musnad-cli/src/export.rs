//! `musnad export`: what a store holds, as `musnad read` would print it.

use crate::arguments::{ExportArguments, ExportFormat};
use crate::output;
use crate::read::plover_line;
use crate::storing::{of_store, open_to_read};
use crate::trouble::{Done, Trouble};
use std::io::{self, Write};
use std::ops::ControlFlow;

/// Runs the command.
pub fn run(arguments: &ExportArguments) -> Result<Done, Trouble> {
    let store = open_to_read(&arguments.store)?;
    let since = arguments.since.map(|d| d.to_string());
    let mut out = output::stdout();
    if arguments.format == ExportFormat::Csv {
        out.write_all(musnad::export::csv_header().as_bytes())?;
    }
    for version in store.current(since.as_deref()).map_err(of_store)? {
        match arguments.format {
            ExportFormat::Jsonl => {
                if let Some(line) = store.record(version).map_err(of_store)? {
                    writeln!(out, "{line}")?;
                }
            }
            ExportFormat::Csv | ExportFormat::Plover => {
                let mut broken: Option<io::Error> = None;
                let mut take = |event: &musnad::export::EventRow| {
                    let mut bytes = Vec::new();
                    if arguments.format == ExportFormat::Csv {
                        bytes.extend_from_slice(musnad::export::csv(event).as_bytes());
                    } else {
                        plover_line(event, &mut bytes);
                    }
                    match out.write_all(&bytes) {
                        Ok(()) => ControlFlow::Continue(()),
                        Err(error) => {
                            broken = Some(error);
                            ControlFlow::Break(())
                        }
                    }
                };
                // Why it broke off, if it did, is told below.
                let _ = store.events(version, &mut take).map_err(of_store)?;
                if let Some(error) = broken {
                    return Err(error.into());
                }
            }
        }
    }
    out.flush()?;
    Ok(Done::Whole)
}
