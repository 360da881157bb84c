//! What depends on the language of a report, behind one value.

use crate::document::{Cast, Document, Event, Layout, Name, Note, Reading, Rejected, Statement, Time, Token};
use musnad_lexicon::Lexicon;

/// A language that reports are read in: its lexicon and one function for each stage. A stage reads the layers before it and
/// gives its own; what it looked at and did not take it may leave in the list of the rejected.
pub struct Language {
    /// ISO 639-1.
    pub code: &'static str,
    /// The version of its data, as it stands in the record's `reader`.
    pub data: &'static str,
    /// Its lexicon.
    pub lexicon: fn() -> &'static Lexicon,
    /// Whether a text is written in it.
    pub reads: fn(&str) -> bool,
    /// Words, numbers and marks, with folded spellings and what the lexicon knows of them.
    pub tokens: fn(&str) -> TokenLayer,
    /// Lines, sentences, quotations and debris.
    pub layout: fn(&Document) -> Layout,
    /// The day of publication by a dateline, for reports that came without one.
    pub dateline: fn(&Document) -> Option<jiff::civil::Date>,
    /// Expressions of time.
    pub times: fn(&Document, &mut Vec<Rejected>) -> Vec<Time>,
    /// Proper names.
    pub names: fn(&Document, &mut Vec<Rejected>) -> Vec<Name>,
    /// Entities and roles.
    pub cast: fn(&Document, &mut Vec<Rejected>) -> Cast,
    /// Statements.
    pub statements: fn(&Document, &mut Vec<Rejected>) -> Vec<Statement>,
    /// Events.
    pub events: fn(&Document, &mut Vec<Rejected>) -> Vec<Event>,
    /// Remarks.
    pub notes: fn(&Document) -> Vec<Note>,
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code)
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

/// What the stage `tokens` gives.
#[derive(Clone, Debug, Default)]
pub struct TokenLayer {
    /// The tokens.
    pub tokens: Vec<Token>,
    /// Their readings, those of one token side by side.
    pub readings: Vec<Reading>,
    /// Their folded spellings, one after the other.
    pub folded: String,
}
