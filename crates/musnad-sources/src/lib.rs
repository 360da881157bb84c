//! Files, pages, feeds and archives turned into reports, one by one.
//!
//! [`read`] takes files, folders and standard input and gives a [`Report`] for each report it finds and a [`Fault`] for each thing
//! that could not be read, in a stable order. What an input is, is told by its content first and its name second:
//!
//! | input | what becomes a report |
//! |---|---|
//! | plain text | the file; its first line is the headline |
//! | HTML page | its main text under its headline, with outlet and day of publication where the page states them |
//! | JSON lines, a JSON array, one JSON object | each object with `text` and, where known, `id`, `title`, `published`, `outlet`, `uri` |
//! | RSS or Atom | each entry |
//! | WARC | each page, text or feed that was answered with status 200 |
//! | WET | each conversion record |
//! | folder | what the files in it hold, recursively, sorted by name, without hidden files |
//!
//! Any of them may be packed with gzip (of one or many members) or zstd, also twice. Text may be UTF-8, UTF-16, Windows-1256 or
//! ISO-8859-6 (and whatever else a page declares); a declaration, a byte order mark or the letters themselves tell.
//!
//! Everything streams: what is held in memory is one report and some buffers, whatever the size of the input. A report larger than
//! [`Options::max_report_bytes`] is a fault, so that a packed file that unfolds without end does no harm. No input makes this crate panic.
//!
//! Text that comes as JSON or as plain text is handed on letter for letter; only a byte order mark at its start is dropped.
//!
//! ```
//! use musnad_sources::{Options, read_bytes};
//!
//! let lines = r#"{"id": "a1", "title": "وصول القافلة", "text": "وصلت القافلة إلى المدينة.", "published": "2021-03-04T10:00:00Z"}"#;
//! let reports: Vec<_> = read_bytes("reports.jsonl", lines, Options::default()).collect();
//! let report = reports[0].as_ref().unwrap();
//! assert_eq!(report.text, "وصول القافلة\nوصلت القافلة إلى المدينة.");
//! assert_eq!(report.published.as_deref(), Some("2021-03-04"));
//! ```

mod archive;
mod blocks;
mod day;
mod decode;
mod feed;
mod html;
mod jsonl;
mod metadata;
mod page;
mod sniff;
mod template;

use std::collections::VecDeque;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use day::day;
use decode::Source;
use sniff::Kind;

/// One report as it came in, before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The id that the input gives it (`id` of a JSON object, `guid` of a feed's entry).
    pub id: Option<String>,
    /// Its address.
    pub uri: Option<String>,
    /// Who published it, by the input's own word.
    pub outlet: Option<String>,
    /// The day of publication as `YYYY-MM-DD`, a day that exists. A time of day and an offset are dropped: it is the day as written.
    pub published: Option<String>,
    /// Where `published` comes from.
    pub published_from: PublishedFrom,
    /// Whether the first line of `text` is a headline.
    pub titled: bool,
    /// Headline, newline, body.
    pub text: String,
    /// Where it came from, for messages.
    pub origin: Origin,
}

/// Where the day of publication comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishedFrom {
    /// The input states it as a field of its own (JSON, a feed), or [`Options::published`] does.
    Given,
    /// It was found on the page.
    Page,
    /// It is not known.
    None,
}

/// The place in the inputs that a report or a fault comes from. Shown as `archive.warc.gz:record 3` or `news.jsonl:line 12`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The path as it was given or found, or `standard input`.
    pub path: Arc<str>,
    /// The record of an archive, counted from 1.
    pub record: Option<u64>,
    /// The entry of a feed, counted from 1.
    pub entry: Option<u64>,
    /// The line, counted from 1: of a JSON object its first.
    pub line: Option<u64>,
}

impl Origin {
    pub(crate) fn of(path: &str) -> Origin {
        Origin { path: path.into(), record: None, entry: None, line: None }
    }

    pub(crate) fn at_line(&self, line: u64) -> Origin {
        Origin { line: Some(line), ..self.clone() }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        for (what, number) in [("record", self.record), ("entry", self.entry), ("line", self.line)] {
            if let Some(number) = number {
                write!(f, ":{what} {number}")?;
            }
        }
        Ok(())
    }
}

/// Something that could not be read. Shown as `news.jsonl:line 12: reason; what to do`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where it is.
    pub origin: Origin,
    /// What is wrong there and what to do about it.
    pub reason: String,
}

impl Fault {
    pub(crate) fn new(origin: Origin, reason: impl Into<String>) -> Fault {
        Fault { origin, reason: reason.into() }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.reason)
    }
}

impl std::error::Error for Fault {}

/// Where to read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// A file, or a folder with all that is in it.
    Path(PathBuf),
    /// Standard input, written `-` on the command line.
    Stdin,
}

impl From<&OsStr> for Input {
    /// The input that a word of the command line means.
    fn from(word: &OsStr) -> Input {
        if word == "-" { Input::Stdin } else { Input::Path(word.into()) }
    }
}

/// What the caller knows about the inputs.
#[derive(Clone, Debug)]
pub struct Options {
    /// The outlet of reports that name none.
    pub outlet: Option<String>,
    /// The day of publication, `YYYY-MM-DD`, of reports that state none. It goes before a day that was merely found on a page, and
    /// is written into the report as it is: check it with [`day()`] first.
    pub published: Option<String>,
    /// The most bytes that one report may take, unpacked: the file of a text or a page, the line or object of JSON, the entry of a
    /// feed, the body of an archive's record.
    pub max_report_bytes: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { outlet: None, published: None, max_report_bytes: 64 << 20 }
    }
}

/// How far the reading has come. It is shared: read it from any thread while another reads the reports.
#[derive(Debug, Default)]
pub struct Progress {
    bytes_read: AtomicU64,
    records_passed_over: AtomicU64,
}

impl Progress {
    /// Bytes read of the inputs so far, as they lie on disk, to compare with [`total_bytes`].
    pub fn bytes_read(&self) -> u64 {
        self.bytes_read.load(Ordering::Relaxed)
    }

    /// Pages of archives that held no report, such as front pages; they are passed over without a fault.
    pub fn records_passed_over(&self) -> u64 {
        self.records_passed_over.load(Ordering::Relaxed)
    }
}

/// The bytes of all inputs as they lie on disk, or `None` when standard input or another pipe is among them.
///
/// Folders are walked for it, so it costs a look at each file; what cannot be looked at counts as nothing.
pub fn total_bytes(inputs: &[Input]) -> Option<u64> {
    fn of_path(path: &Path, total: &mut u64) -> Option<()> {
        let Ok(metadata) = fs::metadata(path) else { return Some(()) };
        if metadata.is_dir() {
            let Ok(paths) = listing(path) else { return Some(()) };
            for path in paths.iter().filter(|path| !is_link_to_folder(path)) {
                of_path(path, total)?;
            }
            Some(())
        } else if metadata.is_file() {
            *total += metadata.len();
            Some(())
        } else {
            None
        }
    }
    let mut total = 0;
    for input in inputs {
        match input {
            Input::Stdin => return None,
            Input::Path(path) => of_path(path, &mut total)?,
        }
    }
    Some(total)
}

/// Opens each input in turn and gives its reports and faults one by one.
///
/// The order is that of the inputs, in a folder that of the names. Memory is bounded by the largest report, whatever the inputs.
pub fn read(inputs: Vec<Input>, options: Options) -> Reports {
    Reports::over(inputs.into_iter().map(Pending::Input).collect(), options)
}

/// The reports in the bytes of one file of the given name.
pub fn read_bytes(name: &str, bytes: impl Into<Vec<u8>>, options: Options) -> Reports {
    read_reader(name, io::Cursor::new(bytes.into()), options)
}

/// The reports in what a reader yields. The name stands in messages, and its ending (`.jsonl`, `.html.gz`) is a hint.
pub fn read_reader(name: &str, reader: impl Read + Send + 'static, options: Options) -> Reports {
    Reports::over(VecDeque::from([Pending::Reader(name.to_owned(), Box::new(reader))]), options)
}

/// The reports and faults of some inputs: see [`read`].
pub struct Reports {
    /// What is still to be opened, first to last. A folder is replaced by its files when its turn comes.
    pending: VecDeque<Pending>,
    current: Option<Reading>,
    options: Arc<Options>,
    progress: Arc<Progress>,
}

enum Pending {
    Input(Input),
    /// A path found in a folder: links to folders and what is neither file nor folder are passed over.
    Found(PathBuf),
    Reader(String, Box<dyn Read + Send>),
}

/// An input that has been opened, by its kind.
enum Reading {
    Once(Box<Result<Report, Fault>>),
    Lines(jsonl::Lines),
    Values(jsonl::Values),
    Entries(Box<feed::Entries>),
    Records(Box<archive::Records>),
}

impl Reading {
    fn next(&mut self) -> Option<Result<Report, Fault>> {
        match self {
            Reading::Once(_) => None,
            Reading::Lines(lines) => lines.next(),
            Reading::Values(values) => values.next(),
            Reading::Entries(entries) => entries.next(),
            Reading::Records(records) => records.next(),
        }
    }
}

impl Reports {
    fn over(pending: VecDeque<Pending>, options: Options) -> Reports {
        Reports { pending, current: None, options: Arc::new(options), progress: Arc::default() }
    }

    /// How far the reading has come: keep a copy and look at it while the iterator runs.
    pub fn progress(&self) -> Arc<Progress> {
        Arc::clone(&self.progress)
    }

    /// Opens what is next: a file becomes the current reading, a folder makes way for its files.
    fn open(&mut self, pending: Pending) -> Result<(), Fault> {
        let (name, reader): (String, Box<dyn Read + Send>) = match pending {
            Pending::Reader(name, reader) => (name, reader),
            Pending::Input(Input::Stdin) => ("standard input".to_owned(), Box::new(io::stdin())),
            Pending::Input(Input::Path(path)) => match self.open_path(&path)? {
                Some(file) => (path.to_string_lossy().into_owned(), Box::new(file)),
                None => return Ok(()),
            },
            Pending::Found(path) => {
                let special = fs::metadata(&path).is_ok_and(|m| !m.is_file() && !m.is_dir());
                if special || is_link_to_folder(&path) {
                    return Ok(());
                }
                match self.open_path(&path)? {
                    Some(file) => (path.to_string_lossy().into_owned(), Box::new(file)),
                    None => return Ok(()),
                }
            }
        };
        let counted = Counted { reader, progress: self.progress() };
        let origin = Origin::of(&name);
        self.current = Some(self.open_source(Source::new(Box::new(counted)), origin)?);
        Ok(())
    }

    fn open_path(&mut self, path: &Path) -> Result<Option<fs::File>, Fault> {
        let fault = |error: &io::Error| {
            let link = path.is_symlink() && error.kind() == io::ErrorKind::NotFound;
            let reason = if link {
                "this is a link to something that is not there; mend the link or remove it".to_owned()
            } else {
                decode::reason(error)
            };
            Fault::new(Origin::of(&path.to_string_lossy()), reason)
        };
        if fs::metadata(path).map_err(|error| fault(&error))?.is_dir() {
            for path in listing(path).map_err(|error| fault(&error))?.into_iter().rev() {
                self.pending.push_front(Pending::Found(path));
            }
            return Ok(None);
        }
        fs::File::open(path).map(Some).map_err(|error| fault(&error))
    }

    fn open_source(&self, source: Source, origin: Origin) -> Result<Reading, Fault> {
        let fault = |reason: String| Fault::new(origin.clone(), reason);
        let mut source = decode::unpack(source).map_err(fault)?;
        let kind = sniff::kind(&mut source, &origin.path).map_err(fault)?;
        let limit = self.options.max_report_bytes;
        Ok(match kind {
            Kind::Text => {
                let bytes = decode::whole(&mut source, limit).map_err(fault)?;
                let text = decode::strict_text(bytes, None).map_err(|broken| match broken.line {
                    Some(line) => Fault::new(origin.at_line(line), broken.reason),
                    None => fault(broken.reason),
                })?;
                if text.trim().is_empty() {
                    return Err(fault("the file holds no text; remove it".to_owned()));
                }
                Reading::Once(Box::new(Ok(Report {
                    id: None,
                    uri: None,
                    outlet: None,
                    published: None,
                    published_from: PublishedFrom::None,
                    titled: begins_with_headline(&text),
                    text,
                    origin,
                })))
            }
            Kind::Page => {
                let bytes = decode::whole(&mut source, limit.min(page::LARGEST)).map_err(fault)?;
                let text = decode::page_text(&bytes, None);
                let report = page::report(&text, None, origin.clone()).map_err(fault)?;
                Reading::Once(Box::new(report.ok_or_else(|| fault(page::NO_TEXT.to_owned()))))
            }
            Kind::Feed => Reading::Entries(Box::new(feed::Entries::new(source, origin, limit))),
            Kind::Archive => {
                Reading::Records(Box::new(archive::Records::new(source, origin, limit, self.progress())))
            }
            Kind::JsonLines => Reading::Lines(jsonl::Lines::new(decode::utf8(source), origin, limit)),
            Kind::Json => Reading::Values(jsonl::Values::new(decode::utf8(source), origin, limit)),
        })
    }

    /// Fills in what the caller knows and the report does not say.
    fn complete(&self, mut report: Report) -> Report {
        if report.outlet.is_none() {
            report.outlet.clone_from(&self.options.outlet);
        }
        if report.published_from != PublishedFrom::Given && self.options.published.is_some() {
            report.published.clone_from(&self.options.published);
            report.published_from = PublishedFrom::Given;
        }
        report
    }
}

impl Iterator for Reports {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.current.take() {
                Some(Reading::Once(item)) => return Some(item.map(|report| self.complete(report))),
                Some(mut reading) => {
                    if let Some(item) = reading.next() {
                        self.current = Some(reading);
                        return Some(item.map(|report| self.complete(report)));
                    }
                }
                None => {
                    let pending = self.pending.pop_front()?;
                    if let Err(fault) = self.open(pending) {
                        return Some(Err(fault));
                    }
                }
            }
        }
    }
}

/// Counts the bytes that pass through.
struct Counted {
    reader: Box<dyn Read + Send>,
    progress: Arc<Progress>,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(out)?;
        self.progress.bytes_read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

/// What is in a folder, sorted by name, without hidden files and without the folder of pictures and scripts that a browser saves
/// beside a page (`page_files` beside `page.html`).
fn listing(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        if !name.as_encoded_bytes().starts_with(b".") {
            names.push(name);
        }
    }
    names.sort_unstable();
    let of_page = |name: &OsStr| {
        let Some(stem) = name.to_str().and_then(|name| name.strip_suffix("_files")) else { return false };
        [".html", ".htm"].iter().any(|end| names.binary_search(&format!("{stem}{end}").into()).is_ok())
    };
    Ok(names.iter().filter(|name| !of_page(name)).map(|name| folder.join(name)).collect())
}

/// Links to folders are not followed inside a folder: they could lead round in a circle.
fn is_link_to_folder(path: &Path) -> bool {
    path.is_symlink() && path.is_dir()
}

/// Whether the first line can be a headline: text follows it, and it is neither a paragraph nor a sentence with its full stop. Of the
/// headlines of 11,979 reports of five outlets the longest has 124 letters, and two end in a full stop.
pub(crate) fn begins_with_headline(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else { return false };
    let first = first.trim();
    let length = first.chars().take(201).count();
    let sentence = first.ends_with('.') && !first.ends_with("..");
    (1..=200).contains(&length) && !sentence && !rest.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headline_needs_text_after_it() {
        assert!(begins_with_headline("عنوان\nنص"));
        assert!(!begins_with_headline("عنوان"));
        assert!(!begins_with_headline("عنوان\n \n"));
        assert!(!begins_with_headline("\nنص"));
        assert!(!begins_with_headline(&format!("{}\nنص", "كلمة ".repeat(60))));
        assert!(!begins_with_headline("وصلت القافلة أمس.\nنص"));
        assert!(begins_with_headline("وصلت القافلة...\nنص"));
    }

    #[test]
    fn faults_say_where() {
        let origin = Origin { record: Some(3), entry: Some(2), ..Origin::of("a/b.warc") };
        let fault = Fault::new(origin, "cut short; fetch it again");
        assert_eq!(fault.to_string(), "a/b.warc:record 3:entry 2: cut short; fetch it again");
    }
}
