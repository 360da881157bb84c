//! Musnad reads Arabic news into a record that can be checked.
//!
//! [`read`] takes a report and gives a [`Document`]: the text and, layer by layer, what has been read out of it. [`record`]
//! prints a document as the JSON record that everything else builds upon.
//!
//! This crate does no IO, knows no clock, starts no threads and draws no random numbers: the same report gives the same
//! document, byte for byte. Reading cannot fail; what is odd about a report becomes a note.

pub mod ar;
mod check;
pub mod document;
pub mod export;
pub mod language;
pub mod record;
mod span;
pub mod stage;

pub use document::{Document, PublishedFrom, Report};
pub use language::Language;
pub use span::{Span, Tokens};
pub use stage::{STAGES, Stage};

/// The languages that reports are read in.
pub static LANGUAGES: [&Language; 1] = [&ar::ARABIC];

/// Reads a report through all stages.
///
/// ```
/// let report = musnad::Report { text: "قال الوزير إن المحادثات مستمرة.".into(), ..Default::default() };
/// let document = musnad::read(report); // "The minister said that the talks go on."
/// assert_eq!(document.statements.len(), 1);
/// ```
#[must_use]
pub fn read(report: Report) -> Document {
    read_until(report, STAGES.len())
}

/// Reads a report through the first `stages` of [`STAGES`].
#[must_use]
pub fn read_until(report: Report, stages: usize) -> Document {
    let mut doc = open(report);
    if let Some(language) = doc.language {
        for stage in STAGES.iter().take(stages) {
            (stage.run)(language, &mut doc);
        }
    }
    doc
}

/// A document with no layer filled, its language found. Text in no language that is known gets a note and is not read.
#[must_use]
pub fn open(report: Report) -> Document {
    let fits = report.text.len() <= document::LONGEST;
    let language = LANGUAGES.into_iter().find(|l| fits && (l.reads)(&report.text));
    let mut doc = Document::new(report, language);
    if language.is_none() {
        let (code, message) = if !fits {
            ("too-long", format!("the text is longer than {} bytes and was not read", document::LONGEST))
        } else if doc.report.text.trim().is_empty() {
            ("empty", "there is no text".to_owned())
        } else {
            ("language", "the text is in no language that is read here".to_owned())
        };
        doc.notes.push(document::Note { code, message, spans: Vec::new() });
    }
    doc
}
