//! `musnad demo`: the reports in the program itself, read the way that any others are.

use crate::arguments::DemoArguments;
use crate::output;
use crate::page::{ASIDE, HEADING};
use crate::progress::Progress;
use crate::read::{How, print};
use crate::trouble::{Done, Trouble};
use crate::typeset::{Sheet, given, plain};
use musnad_sources::{Fault, Options, Report};
use std::io::Write;

/// The files under `demo/`: their names there and their bytes.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/demo.rs"));

/// Runs the command.
pub fn run(arguments: &DemoArguments) -> Result<Done, Trouble> {
    if arguments.list {
        return list();
    }
    let names = arguments.names.clone();
    for name in &names {
        if !reports().any(|(file, report)| is_called(name, file, &report)) {
            return Err(Trouble::Usage(format!(
                "demo: {name}: no demo report is called that: `musnad demo --list` names them"
            )));
        }
    }
    let chosen = reports()
        .filter(move |(file, report)| names.is_empty() || names.iter().any(|n| is_called(n, file, report)))
        .map(|(_, report)| report);
    print(chosen, &How::asked(&arguments.reading, None), Progress::silent())
}

/// All reports of all files, with the file that each stands in.
fn reports() -> impl Iterator<Item = (&'static str, Result<Report, Fault>)> + Send {
    FILES.iter().flat_map(|(file, bytes)| {
        musnad_sources::read_bytes(file, *bytes, Options::default()).map(move |report| (*file, report))
    })
}

/// The name of a report: its id, else the file's.
fn name(file: &'static str, report: &Report) -> String {
    report.id.clone().unwrap_or_else(|| stem(file).to_owned())
}

/// The name of a file without its folder and endings.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}

fn is_called(name: &str, file: &'static str, report: &Result<Report, Fault>) -> bool {
    let of_report = report.as_ref().is_ok_and(|r| self::name(file, r) == name);
    of_report || name == file || name == stem(file) || file.rsplit('/').next() == Some(name)
}

fn list() -> Result<Done, Trouble> {
    let look = output::look();
    let mut sheet = Sheet::new(look.width, look.coloured);
    let mut before = "";
    for (file, report) in reports() {
        if file != before {
            sheet.flow(0, 2, &[plain(file).styled(HEADING)]);
            before = file;
        }
        match report {
            Ok(report) => {
                let day = report.published.clone().unwrap_or_default();
                let title = report.text.lines().next().unwrap_or_default();
                let outlet = report.outlet.as_deref().unwrap_or_default();
                sheet.labelled(
                    "",
                    2,
                    4,
                    &[
                        plain(name(file, &report)),
                        plain(day).styled(ASIDE),
                        given(outlet).styled(ASIDE),
                        given(title),
                    ],
                );
            }
            Err(fault) => return Err(Trouble::Failed(fault.to_string())),
        }
    }
    let mut out = output::stdout();
    out.write_all(sheet.finish().as_bytes())?;
    out.flush()?;
    Ok(Done::Whole)
}
