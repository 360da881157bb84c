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

/// A report, or what is wrong with it, and the names that it goes by.
struct Demo {
    file: &'static str,
    name: String,
    report: Result<Report, Fault>,
}

/// Runs the command.
pub fn run(arguments: &DemoArguments) -> Result<Done, Trouble> {
    let mut chosen = demos();
    if let Some(name) = arguments.names.iter().find(|name| !chosen.iter().any(|d| d.is_called(name))) {
        return Err(Trouble::Usage(format!(
            "demo: {name}: no demo report is called that: `musnad demo --list` names them"
        )));
    }
    chosen.retain(|d| arguments.names.is_empty() || arguments.names.iter().any(|name| d.is_called(name)));
    if arguments.list {
        return list(&chosen);
    }
    let reports = chosen.into_iter().map(|d| d.report);
    print(reports, &How::asked(&arguments.reading, None), Progress::silent())
}

/// All reports of all files.
fn demos() -> Vec<Demo> {
    FILES.iter().flat_map(|(file, bytes)| demos_of(file, bytes)).collect()
}

/// The reports of one file. Each is called by its id; one that has none by its file, with a number where there are several.
fn demos_of(file: &'static str, bytes: &[u8]) -> Vec<Demo> {
    let all: Vec<_> = musnad_sources::read_bytes(file, bytes, Options::default()).collect();
    let several = all.len() > 1;
    let name = |i: usize, report: &Result<Report, Fault>| match report {
        Ok(Report { id: Some(id), .. }) => id.clone(),
        _ if several => format!("{}-{}", stem(file), i + 1),
        _ => stem(file).to_owned(),
    };
    all.into_iter().enumerate().map(|(i, report)| Demo { file, name: name(i, &report), report }).collect()
}

/// The name of a file without its folder and endings.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}

impl Demo {
    /// Whether the report or its file goes by a name.
    fn is_called(&self, name: &str) -> bool {
        name == self.name || name == self.file || name == stem(self.file)
    }
}

fn list(demos: &[Demo]) -> Result<Done, Trouble> {
    let look = output::look();
    let mut sheet = Sheet::new(look.width, look.coloured);
    let mut before = "";
    for demo in demos {
        if demo.file != before {
            sheet.flow(0, 2, &[plain(demo.file).styled(HEADING)]);
            before = demo.file;
        }
        let report = demo.report.as_ref().map_err(|fault| Trouble::Failed(fault.to_string()))?;
        let pieces = [
            plain(demo.name.as_str()),
            plain(report.published.as_deref().unwrap_or_default()).styled(ASIDE),
            given(report.outlet.as_deref().unwrap_or_default()).styled(ASIDE),
            given(report.text.lines().next().unwrap_or_default()),
        ];
        sheet.flow(2, 4, &pieces);
    }
    let mut out = output::stdout();
    out.write_all(sheet.finish().as_bytes())?;
    out.flush()?;
    Ok(Done::Whole)
}
