//! `musnad reread`: what an older reader has read is read again.

use crate::arguments::RereadArguments;
use crate::progress::Progress;
use crate::read::threads;
use crate::storing::{Candidate, How, group, of_store, stopping, store_all};
use crate::trouble::{Done, Trouble, tell};
use musnad_sources::{Fault, Origin};
use musnad_store::Store;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Runs the command.
pub fn run(arguments: &RereadArguments) -> Result<Done, Trouble> {
    let mut store = Store::open(&arguments.store).map_err(of_store)?;
    let known = Store::read(&arguments.store).map_err(of_store)?;
    let readers: Vec<String> =
        musnad::LANGUAGES.iter().map(|l| Some(*l)).chain([None]).map(musnad::record::reader).collect();
    let versions = if arguments.all { known.all_versions() } else { known.read_by_others(&readers) };
    let versions = versions.map_err(of_store)?;
    if versions.is_empty() {
        if !arguments.writing.quiet {
            tell(format_args!("nothing to do: this program has read all that is there"));
        }
        group(&mut store).map_err(of_store)?;
        return Ok(Done::Whole);
    }
    let total = versions.len() as u64;
    let taken = Arc::new(AtomicU64::new(0));
    let progress = if arguments.writing.quiet {
        Progress::silent()
    } else {
        let taken = Arc::clone(&taken);
        Progress::counted(move || taken.load(Ordering::Relaxed), total)
    };
    let path = arguments.store.to_string_lossy().into();
    let candidates = Stored { versions: versions.into_iter(), known, path, taken };
    let how = How {
        jobs: threads(arguments.writing.jobs),
        batch: arguments.writing.batch,
        quiet: arguments.writing.quiet,
    };
    store_all(store, candidates, &how, progress)
}

/// The reports of a store, by version.
struct Stored {
    versions: std::vec::IntoIter<i64>,
    known: Store,
    path: Arc<str>,
    taken: Arc<AtomicU64>,
}

impl Iterator for Stored {
    type Item = Result<Candidate, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if stopping() {
                return None;
            }
            let version = self.versions.next()?;
            self.taken.fetch_add(1, Ordering::Relaxed);
            let record = u64::try_from(version).ok();
            let origin = Origin { path: Arc::clone(&self.path), record, entry: None, line: None };
            match self.known.given(version) {
                Ok(Some(report)) => {
                    return Some(Ok(Candidate::New { report, origin, version: Some(version) }));
                }
                // Another program has taken it away meanwhile.
                Ok(None) => {}
                Err(trouble) => return Some(Err(Fault { origin, reason: trouble.to_string() })),
            }
        }
    }
}
