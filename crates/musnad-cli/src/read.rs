//! `musnad read`: inputs to reports, reports to documents, documents to what is printed.

use crate::arguments::{Format, Known, ReadArguments, Reading};
use crate::in_order::{Sink, in_order};
use crate::output;
use crate::page::{Look, page};
use crate::progress::{Counts, Progress, summary};
use crate::trouble::{Done, Trouble, tell};
use musnad::Document;
use musnad_sources::{Fault, Input, Options, Origin, Report};
use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// Runs the command.
pub fn run(arguments: &ReadArguments) -> Result<Done, Trouble> {
    let inputs = inputs("read", &arguments.inputs)?;
    let reports = musnad_sources::read(inputs.clone(), options(&arguments.known));
    let progress = if arguments.reading.quiet {
        Progress::silent()
    } else {
        Progress::on_terminal(reports.progress(), || musnad_sources::total_bytes(&inputs))
    };
    let how = How::asked(&arguments.reading, arguments.jobs);
    print(reports, &how, progress)
}

/// The inputs that the words name. None is standard input, unless somebody sits there who may not know that they are waited for.
pub fn inputs(command: &str, words: &[OsString]) -> Result<Vec<Input>, Trouble> {
    if words.is_empty() && io::stdin().is_terminal() {
        return Err(Trouble::Usage(format!(
            "{command}: no INPUT: name files or folders, or `-` for standard input; `musnad demo` reads reports of its own"
        )));
    }
    if words.is_empty() {
        return Ok(vec![Input::Stdin]);
    }
    Ok(words.iter().map(|word| Input::from(word.as_os_str())).collect())
}

/// How many threads read: as many as were asked for, else as many as the machine runs at once.
pub fn threads(jobs: Option<NonZero<usize>>) -> NonZero<usize> {
    jobs.or_else(|| thread::available_parallelism().ok()).unwrap_or(NonZero::<usize>::MIN)
}

/// What the caller knows, as the sources take it.
pub fn options(known: &Known) -> Options {
    Options {
        outlet: known.outlet.clone(),
        published: known.published.map(|d| d.to_string()),
        ..Options::default()
    }
}

/// How reports are read and printed.
pub struct How {
    pub format: Format,
    pub look: Look,
    pub stages: usize,
    pub jobs: NonZero<usize>,
    pub quiet: bool,
}

impl How {
    /// As the command line asks for it, and as fits this machine and where the output goes.
    pub fn asked(reading: &Reading, jobs: Option<NonZero<usize>>) -> Self {
        How {
            format: output::format(reading.format),
            look: output::look(),
            stages: reading.stages(),
            jobs: threads(jobs),
            quiet: reading.quiet,
        }
    }
}

/// Reads every report and prints it, in the order of the reports, whatever becomes of any one of them.
pub fn print(
    reports: impl Iterator<Item = Result<Report, Fault>> + Send,
    how: &How,
    progress: Progress,
) -> Result<Done, Trouble> {
    let mut printer = Printer {
        out: output::stdout(),
        format: how.format,
        counts: Counts::default(),
        progress,
        broken: None,
    };
    in_order(
        Unbroken(Some(reports)),
        how.jobs,
        |item| item.and_then(|report| read_one(report, how)),
        &mut printer,
    );
    printer.finish(how.quiet)
}

/// A report that has been read, as it is printed.
struct Printed {
    bytes: Vec<u8>,
    words: u64,
}

fn read_one(report: Report, how: &How) -> Result<Printed, Fault> {
    let origin = report.origin.clone();
    let words = report.text.split_whitespace().count() as u64;
    guarded(&origin, || {
        let doc = musnad::read_until(of_source(report), how.stages);
        let mut bytes = Vec::with_capacity(4 * doc.report.text.len());
        match how.format {
            Format::Jsonl => line(&doc, &mut bytes),
            Format::Json => indented(&doc, &mut bytes),
            Format::Plover => {
                for event in &musnad::export::events(&doc) {
                    plover_line(event, &mut bytes);
                }
            }
            Format::Csv => {
                for event in &musnad::export::events(&doc) {
                    bytes.extend_from_slice(musnad::export::csv(event).as_bytes());
                }
            }
            Format::Pretty => {
                bytes.extend_from_slice(page(&doc, how.look).as_bytes());
                bytes.push(b'\n');
            }
        }
        Printed { bytes, words }
    })
}

/// A record on one line. Writing to memory cannot fail, and a record has no keys that JSON lacks.
fn line(doc: &Document, out: &mut Vec<u8>) {
    // A record takes about five times its text: room is made once, since a buffer that grows is for a while there twice.
    out.reserve(doc.report.text.len() * 5 + 1024);
    let _ = serde_json::to_writer(&mut *out, &musnad::record::record(doc));
    out.push(b'\n');
}

/// An event on one line as PLOVER writes it; nothing where it does not count it.
pub fn plover_line(event: &musnad::export::EventRow, out: &mut Vec<u8>) {
    if let Some(event) = musnad::export::plover(event) {
        let _ = serde_json::to_writer(&mut *out, &event);
        out.push(b'\n');
    }
}

/// A record on many lines, without the last line's end: a comma may have to follow.
fn indented(doc: &Document, out: &mut Vec<u8>) {
    let _ = serde_json::to_writer_pretty(out, &musnad::record::record(doc));
}

/// The report as the reader takes it.
pub fn of_source(report: Report) -> musnad::Report {
    let published = report.published.as_deref().and_then(|d| d.parse().ok());
    musnad::Report {
        id: report.id,
        uri: report.uri,
        outlet: report.outlet,
        published,
        published_from: match report.published_from {
            _ if published.is_none() => musnad::PublishedFrom::None,
            musnad_sources::PublishedFrom::Given => musnad::PublishedFrom::Given,
            musnad_sources::PublishedFrom::Page => musnad::PublishedFrom::Page,
            musnad_sources::PublishedFrom::None => musnad::PublishedFrom::None,
        },
        titled: report.titled,
        text: report.text,
    }
}

thread_local! {
    /// What a panic on this thread said, while one would be caught; `None` where it would not.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Runs `work` on one report. It never panics; if it did all the same, that report would be a fault and the others be read.
pub fn guarded<T>(origin: &Origin, work: impl FnOnce() -> T) -> Result<T, Fault> {
    static HOOK: std::sync::Once = std::sync::Once::new();
    HOOK.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let caught = SAID.with_borrow_mut(|said| {
                said.as_mut().map(|said| *said = info.to_string().replace('\n', " ")).is_some()
            });
            if !caught {
                before(info);
            }
        }));
    });
    SAID.set(Some(String::new()));
    let done = catch_unwind(AssertUnwindSafe(work));
    let said = SAID.take().unwrap_or_default();
    done.map_err(|_| {
        let reason =
            format!("the reader broke off ({said}); this is a fault of musnad, please tell its authors");
        Fault { origin: origin.clone(), reason }
    })
}

/// Reports that end with a fault if giving the next one panics.
struct Unbroken<I>(Option<I>);

impl<I: Iterator<Item = Result<Report, Fault>>> Iterator for Unbroken<I> {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let inner = self.0.as_mut()?;
        let nowhere = Origin { path: "the inputs".into(), record: None, entry: None, line: None };
        let next = guarded(&nowhere, || inner.next()).unwrap_or_else(|fault| {
            self.0 = None;
            Some(Err(fault))
        });
        if next.is_none() {
            self.0 = None;
        }
        next
    }
}

/// Writes what has been read and tells what has not.
struct Printer<W> {
    out: W,
    format: Format,
    counts: Counts,
    progress: Progress,
    broken: Option<io::Error>,
}

impl<W: Write> Printer<W> {
    fn write(&mut self, printed: &Printed) -> io::Result<()> {
        if self.format == Format::Json {
            self.out.write_all(if self.counts.reports == 0 { b"[\n" } else { b",\n" })?;
        }
        if self.format == Format::Csv && self.counts.reports == 0 {
            self.out.write_all(musnad::export::csv_header().as_bytes())?;
        }
        self.out.write_all(&printed.bytes)
    }

    /// What is left to write when all reports are.
    fn end(&mut self) -> io::Result<()> {
        if self.format == Format::Json {
            self.out.write_all(if self.counts.reports == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        if self.format == Format::Csv && self.counts.reports == 0 {
            self.out.write_all(musnad::export::csv_header().as_bytes())?;
        }
        self.out.flush()
    }

    fn finish(mut self, quiet: bool) -> Result<Done, Trouble> {
        self.progress.clear();
        let written = match self.broken.take() {
            Some(error) => Err(error),
            None => self.end(),
        };
        written?;
        if !quiet {
            tell(format_args!("{}", summary(self.counts, self.progress.elapsed())));
        }
        Ok(if self.counts.failures == 0 { Done::Whole } else { Done::SomeFailed })
    }
}

impl<W: Write> Sink for Printer<W> {
    type Item = Result<Printed, Fault>;

    fn take(&mut self, item: Self::Item) -> ControlFlow<()> {
        match item {
            Ok(printed) => {
                if self.broken.is_none() {
                    self.broken = self.write(&printed).err();
                }
                if self.broken.is_some() {
                    return ControlFlow::Break(());
                }
                self.counts.reports += 1;
                self.counts.words += printed.words;
            }
            Err(fault) => {
                self.counts.failures += 1;
                self.progress.clear();
                tell(format_args!("{fault}"));
            }
        }
        ControlFlow::Continue(())
    }

    fn tick(&mut self) {
        // Whoever waits for records at the other end of a pipe gets those that are ready.
        if self.broken.is_none() {
            self.broken = self.out.flush().err();
        }
        self.progress.draw(self.counts);
    }

    fn weight(item: &Self::Item) -> usize {
        item.as_ref().map_or(0, |printed| printed.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here() -> Origin {
        Origin { path: "news.jsonl".into(), record: None, entry: None, line: Some(3) }
    }

    #[test]
    fn a_panic_is_a_fault_of_its_report() {
        let fault = guarded(&here(), || panic!("as this\ntest wants")).map(|()| 0).unwrap_err();
        let told = fault.to_string();
        assert!(told.starts_with("news.jsonl:line 3: ") && told.contains("as this test wants"), "{told}");
        assert_eq!(told.lines().count(), 1);
        assert_eq!(guarded(&here(), || 7), Ok(7));
    }

    #[test]
    fn a_source_that_panics_ends_with_a_fault() {
        let mut n = 0;
        let source = std::iter::from_fn(|| {
            n += 1;
            assert!(n < 3, "as this test wants");
            Some(Err(Fault { origin: here(), reason: "odd".to_owned() }))
        });
        let all: Vec<_> = Unbroken(Some(source)).collect();
        assert_eq!(all.len(), 3);
        assert!(all[2].as_ref().is_err_and(|f| f.reason.contains("as this test wants")));
    }
}
