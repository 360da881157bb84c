//! `musnad add`: inputs to reports, reports to the store.

use crate::arguments::AddArguments;
use crate::progress::Progress;
use crate::read::{inputs, of_source, options, threads};
use crate::storing::{Candidate, How, of_store, stopping, store_all};
use crate::trouble::{Done, Trouble};
use musnad_sources::{Fault, Report};
use musnad_store::{Identity, Store};

/// Runs the command.
pub fn run(arguments: &AddArguments) -> Result<Done, Trouble> {
    let inputs = inputs("add", &arguments.inputs)?;
    let store = Store::create(&arguments.store).map_err(of_store)?;
    let known = Store::read(&arguments.store).map_err(of_store)?;
    let reports = musnad_sources::read(inputs.clone(), options(&arguments.known));
    let progress = if arguments.writing.quiet {
        Progress::silent()
    } else {
        Progress::beside_nothing(reports.progress(), || musnad_sources::total_bytes(&inputs))
    };
    let how = How {
        jobs: threads(arguments.writing.jobs),
        batch: arguments.writing.batch,
        quiet: arguments.writing.quiet,
    };
    store_all(store, Candidates { reports, known }, &how, progress)
}

/// The reports of the inputs, of which those that are in the store need not be read.
struct Candidates<I> {
    reports: I,
    known: Store,
}

impl<I: Iterator<Item = Result<Report, Fault>>> Iterator for Candidates<I> {
    type Item = Result<Candidate, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if stopping() {
            return None;
        }
        let candidate = |report: Report| {
            let origin = report.origin.clone();
            let report = of_source(report);
            // Where the store cannot be asked, it cannot be written to either; the writer will tell.
            if self.known.knows(Identity::of(&report)).unwrap_or(false) {
                Candidate::Known
            } else {
                Candidate::New { report, origin, version: None }
            }
        };
        self.reports.next().map(|item| item.map(candidate))
    }
}
