//! Reports that many threads read and one writes into a store, in batches of one transaction.
//!
//! What has been committed stays whatever happens, and the same command run again goes on from there.

use crate::in_order::{Sink, in_order};
use crate::progress::{Counts, Progress, grouped};
use crate::read::guarded;
use crate::trouble::{Done, Trouble, tell};
use musnad_sources::{Fault, Origin};
use musnad_store::{Added, Batch, Cause, Entry, Groups, Refused, Store};
use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

/// How many bytes the reports of a batch may hold.
const HEAVY: usize = 4 << 20;
/// How old what was read may grow before it is stored.
const OLD: Duration = Duration::from_secs(1);
/// How long one waits for another program that writes before one says so, and how long after.
const PATIENCE: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(120)];
/// How many different reasons of failures the summary tells.
const REASONS: usize = 10;

/// A report on its way into the store.
pub enum Candidate {
    /// It is there already and need not be read.
    Known,
    /// It is to be read: as it was given, where it came from, and the version in whose place the reading goes, if any.
    New { report: musnad::Report, origin: Origin, version: Option<i64> },
}

/// A report that has been read and waits to be written.
struct Job {
    entry: Entry,
    origin: Origin,
    version: Option<i64>,
}

/// What a thread made of a candidate.
enum Made {
    Known,
    Read(Box<Job>),
}

/// Whether somebody asked to stop.
static STOP: AtomicBool = AtomicBool::new(false);

/// Whether somebody asked to stop.
pub fn stopping() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// From now on Ctrl-C asks to stop when what has been read is stored; a second one stops at once.
fn heed_interruptions() {
    // It fails only where another handler is set; then Ctrl-C ends the program at once, which loses nothing either.
    let _ = ctrlc::set_handler(|| {
        if STOP.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        tell(format_args!("stopping when what has been read is stored; once more stops at once"));
    });
}

/// What became of the reports, as far as it was committed.
#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    new: u64,
    versions: u64,
    known: u64,
    replaced: u64,
}

impl Totals {
    /// With one more of which this became; `None` where it was read again.
    fn with(mut self, done: Option<Added>) -> Totals {
        match done {
            Some(Added::Report) => self.new += 1,
            Some(Added::Version) => self.versions += 1,
            Some(Added::Nothing) => self.known += 1,
            None => self.replaced += 1,
        }
        self
    }

    fn and(self, other: Totals) -> Totals {
        Totals {
            new: self.new + other.new,
            versions: self.versions + other.versions,
            known: self.known + other.known,
            replaced: self.replaced + other.replaced,
        }
    }
}

/// What was written: what was committed, what was refused, and what put an end to it.
struct Written {
    totals: Totals,
    refused: Vec<Fault>,
    trouble: Option<musnad_store::Trouble>,
    /// What is the same across reports, if it was told anew, and how long that took.
    groups: Option<(Groups, Duration)>,
}

/// How reports are stored.
pub struct How {
    /// How many threads read.
    pub jobs: NonZero<usize>,
    /// How many reports are stored in one transaction.
    pub batch: NonZero<usize>,
    /// Whether the summary is left out.
    pub quiet: bool,
}

/// Reads the candidates and writes them into the store, and tells how that went.
pub fn store_all(
    store: Store,
    candidates: impl Iterator<Item = Result<Candidate, Fault>> + Send,
    how: &How,
    progress: Progress,
) -> Result<Done, Trouble> {
    heed_interruptions();
    let (send, receive) = sync_channel(1);
    let writer = thread::spawn(move || write(store, &receive));
    let mut sink = Collector {
        batch: how.batch.get(),
        jobs: Vec::new(),
        weight: 0,
        since: Instant::now(),
        out: Some(send),
        known: 0,
        counts: Counts::default(),
        progress,
        reasons: BTreeMap::new(),
    };
    in_order(candidates, how.jobs, |item| item.and_then(read), &mut sink);
    sink.hand_over();
    sink.out = None;
    let written = writer.join().map_err(|_| Trouble::Failed("the writer broke off".to_owned()))?;
    sink.finish(written, how.quiet)
}

fn read(candidate: Candidate) -> Result<Made, Fault> {
    let Candidate::New { report, origin, version } = candidate else { return Ok(Made::Known) };
    let entry = guarded(&origin, || {
        let doc = musnad::read(report.clone());
        Entry::new(&report, &doc, origin.to_string())
    })?;
    Ok(Made::Read(Box::new(Job { entry, origin, version })))
}

/// Writes batch after batch until there are no more or one cannot be written.
fn write(mut store: Store, batches: &Receiver<Vec<Job>>) -> Written {
    let mut written = Written { totals: Totals::default(), refused: Vec::new(), trouble: None, groups: None };
    while let Ok(jobs) = batches.recv() {
        match write_batch(&mut store, &jobs, &mut written.refused) {
            Ok(totals) => written.totals = written.totals.and(totals),
            Err(trouble) => {
                written.trouble = Some(trouble);
                break;
            }
        }
    }
    if written.trouble.is_none() && !stopping() {
        match group(&mut store) {
            Ok(groups) => written.groups = groups,
            Err(trouble) => written.trouble = Some(trouble),
        }
    }
    written
}

/// Tells what is the same across reports, if any have come since it was told.
pub fn group(store: &mut Store) -> Result<Option<(Groups, Duration)>, musnad_store::Trouble> {
    if store.is_grouped()? {
        return Ok(None);
    }
    let started = Instant::now();
    let mut batch = begin(store)?;
    let groups = batch.group()?;
    batch.commit()?;
    Ok(Some((groups, started.elapsed())))
}

/// Begins to write, and says so if that has to wait for another program.
pub fn begin(store: &mut Store) -> Result<Batch<'_>, musnad_store::Trouble> {
    if busy(store)? {
        tell(format_args!(
            "{}: another program is writing to the store; waiting for it",
            store.path().display()
        ));
    }
    store.begin(PATIENCE[1])
}

/// Says how much is the same.
pub fn tell_groups((groups, took): (Groups, Duration)) {
    tell(format_args!(
        "{} entities, {} copied texts, {} utterances and {} happenings in several accounts, told in {:.2} s",
        grouped(groups.entities as u64),
        grouped(groups.copies as u64),
        grouped(groups.utterances as u64),
        grouped(groups.happenings as u64),
        took.as_secs_f64()
    ));
}

fn write_batch(
    store: &mut Store,
    jobs: &[Job],
    refused: &mut Vec<Fault>,
) -> Result<Totals, musnad_store::Trouble> {
    let mut batch = begin(store)?;
    let entries: Vec<_> = jobs.iter().map(|job| (&job.entry, job.version)).collect();
    match batch.add_all(&entries) {
        Ok(done) => {
            batch.commit()?;
            return Ok(done.into_iter().fold(Totals::default(), Totals::with));
        }
        Err(Refused::Store(trouble)) => return Err(trouble),
        // One does not fit: each is added by itself, and that one left out.
        Err(Refused::Entry(_)) => drop(batch),
    }
    let mut totals = Totals::default();
    let mut batch = begin(store)?;
    for job in jobs {
        let done = match job.version {
            None => batch.add(&job.entry).map(Some),
            Some(version) => batch.replace(version, &job.entry).map(|()| None),
        };
        match done {
            Ok(done) => totals = totals.with(done),
            Err(refusal @ Refused::Entry(_)) => {
                let fault = Fault { origin: job.origin.clone(), reason: refusal.to_string() };
                tell(format_args!("{fault}"));
                refused.push(fault);
            }
            Err(Refused::Store(trouble)) => return Err(trouble),
        }
    }
    batch.commit()?;
    Ok(totals)
}

/// Whether another program writes for longer than a moment.
fn busy(store: &mut Store) -> Result<bool, musnad_store::Trouble> {
    match store.begin(PATIENCE[0]) {
        Ok(_unused) => Ok(false),
        Err(trouble) if trouble.cause == Cause::Locked => Ok(true),
        Err(trouble) => Err(trouble),
    }
}

/// Collects what has been read into batches for the writer.
struct Collector {
    batch: usize,
    jobs: Vec<Job>,
    weight: usize,
    since: Instant,
    /// `None` when the writer takes no more.
    out: Option<SyncSender<Vec<Job>>>,
    known: u64,
    counts: Counts,
    progress: Progress,
    /// Why reports failed: the reason without its numbers, how often, and the first time with them.
    reasons: BTreeMap<String, (u64, String)>,
}

impl Collector {
    /// Hands over what there is, and waits until the writer takes it.
    fn hand_over(&mut self) {
        self.weight = 0;
        let jobs = std::mem::take(&mut self.jobs);
        if !jobs.is_empty() && self.out.as_ref().is_some_and(|out| out.send(jobs).is_err()) {
            self.out = None;
        }
        self.since = Instant::now();
    }

    fn failed(&mut self, fault: &Fault) {
        self.counts.failures += 1;
        let alike: String = fault.reason.chars().filter(|c| !c.is_ascii_digit()).collect();
        self.reasons.entry(alike).or_insert_with(|| (0, fault.reason.clone())).0 += 1;
    }

    fn finish(mut self, written: Written, quiet: bool) -> Result<Done, Trouble> {
        self.progress.clear();
        for fault in &written.refused {
            self.failed(fault);
        }
        let totals = Totals { known: written.totals.known + self.known, ..written.totals };
        if !quiet {
            self.tell_summary(totals);
            if let Some(groups) = written.groups {
                tell_groups(groups);
            }
        }
        if let Some(trouble) = written.trouble {
            return Err(Trouble::Failed(trouble.to_string()));
        }
        if stopping() {
            tell(format_args!("stopped before the end; the same command goes on from here"));
        }
        Ok(if self.counts.failures == 0 && !stopping() { Done::Whole } else { Done::SomeFailed })
    }

    fn tell_summary(&self, totals: Totals) {
        let seconds = self.progress.elapsed().as_secs_f64();
        let mut parts = Vec::new();
        for (n, what) in [
            (totals.new, "new"),
            (totals.versions, "changed"),
            (totals.replaced, "read again"),
            (totals.known, "there already"),
        ] {
            if n > 0 {
                parts.push(format!("{} {what}", grouped(n)));
            }
        }
        if parts.is_empty() {
            parts.push("no reports".to_owned());
        }
        let rate = grouped((self.counts.words as f64 / seconds.max(1e-3)) as u64);
        let failed = grouped(self.counts.failures);
        let plural = if self.counts.failures == 1 { "" } else { "s" };
        tell(format_args!(
            "{}; {} words read in {seconds:.2} s ({rate} words/s), {failed} failure{plural}",
            parts.join(", "),
            grouped(self.counts.words)
        ));
        if self.counts.failures < 2 {
            return;
        }
        let mut reasons: Vec<&(u64, String)> = self.reasons.values().collect();
        reasons.sort_by_key(|(n, reason)| (std::cmp::Reverse(*n), reason.as_str()));
        for (n, reason) in reasons.iter().take(REASONS) {
            tell(format_args!("  {} × {reason}", grouped(*n)));
        }
        if reasons.len() > REASONS {
            tell(format_args!("  and {} other reasons, told above", reasons.len() - REASONS));
        }
    }
}

impl Sink for Collector {
    type Item = Result<Made, Fault>;

    fn take(&mut self, item: Self::Item) -> ControlFlow<()> {
        match item {
            Ok(Made::Known) => {
                self.known += 1;
                self.counts.reports += 1;
            }
            Ok(Made::Read(job)) => {
                self.counts.reports += 1;
                self.counts.words += job.entry.words();
                self.weight += job.entry.weight();
                if self.jobs.is_empty() {
                    self.since = Instant::now();
                }
                self.jobs.push(*job);
                if self.jobs.len() >= self.batch || self.weight >= HEAVY {
                    self.hand_over();
                }
            }
            Err(fault) => {
                self.progress.clear();
                tell(format_args!("{fault}"));
                self.failed(&fault);
            }
        }
        if self.out.is_some() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    fn tick(&mut self) {
        // What waits long is stored, unless the writer has enough to do.
        if !self.jobs.is_empty() && self.since.elapsed() > OLD {
            let jobs = std::mem::take(&mut self.jobs);
            match self.out.as_ref().map(|out| out.try_send(jobs)) {
                Some(Ok(())) => {
                    self.weight = 0;
                    self.since = Instant::now();
                }
                Some(Err(TrySendError::Full(jobs))) => self.jobs = jobs,
                Some(Err(TrySendError::Disconnected(_))) | None => self.out = None,
            }
        }
        self.progress.draw(self.counts);
    }

    fn weight(item: &Self::Item) -> usize {
        match item {
            Ok(Made::Read(job)) => job.entry.weight(),
            _ => 0,
        }
    }
}

/// What went wrong with a store, as the program tells it.
pub fn of_store(trouble: musnad_store::Trouble) -> Trouble {
    Trouble::Failed(trouble.to_string())
}

/// The store at a path, for a command that only looks.
pub fn open_to_read(path: &Path) -> Result<Store, Trouble> {
    Store::read(path).map_err(of_store)
}
