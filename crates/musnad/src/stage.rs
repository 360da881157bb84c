//! The stages: this table *is* the pipeline.
//!
//! Each stage reads the layers before it and fills its own; nothing else changes. The table drives reading, timing,
//! `--until`, the tests that check the document after every stage, and the documentation.

use crate::document::{Document, PublishedFrom};
use crate::language::Language;

/// One step of reading.
pub struct Stage {
    /// Its name, as `--until` takes it.
    pub name: &'static str,
    /// What it adds to the document.
    pub fills: &'static str,
    /// Fills the layer.
    pub run: fn(&'static Language, &mut Document),
}

/// All stages in their order.
pub const STAGES: [Stage; 8] = [
    Stage {
        name: "tokens",
        fills: "words, numbers and marks, with folded spelling, clitics and what the lexicon knows of them",
        run: |language, doc| {
            let layer = (language.tokens)(&doc.report.text);
            doc.tokens = layer.tokens;
            doc.readings = layer.readings;
            doc.folded = layer.folded;
        },
    },
    Stage {
        name: "sentences",
        fills: "lines, sentences, quotations, and the debris that is not read",
        run: |language, doc| doc.layout = (language.layout)(doc),
    },
    Stage {
        name: "times",
        fills: "dates, times, durations and sets with their values",
        run: |language, doc| {
            if doc.report.published.is_none()
                && let Some(day) = (language.dateline)(doc)
            {
                doc.report.published = Some(day);
                doc.report.published_from = PublishedFrom::Text;
            }
            let mut rejected = std::mem::take(&mut doc.rejected);
            doc.times = (language.times)(doc, &mut rejected);
            doc.rejected = rejected;
        },
    },
    Stage {
        name: "names",
        fills: "proper names of people, organisations, places, occasions and documents",
        run: |language, doc| {
            let mut rejected = std::mem::take(&mut doc.rejected);
            doc.names = (language.names)(doc, &mut rejected);
            doc.rejected = rejected;
        },
    },
    Stage {
        name: "entities",
        fills: "entities with all their mentions, and the offices that people hold",
        run: |language, doc| {
            let mut rejected = std::mem::take(&mut doc.rejected);
            doc.cast = (language.cast)(doc, &mut rejected).indexed(doc.tokens.len());
            doc.rejected = rejected;
        },
    },
    Stage {
        name: "statements",
        fills: "who said what, in what act, by what medium and through whom",
        run: |language, doc| {
            let mut rejected = std::mem::take(&mut doc.rejected);
            doc.statements = (language.statements)(doc, &mut rejected);
            doc.rejected = rejected;
        },
    },
    Stage {
        name: "events",
        fills: "who did what to whom, where, when, and whether it is so",
        run: |language, doc| {
            let mut rejected = std::mem::take(&mut doc.rejected);
            doc.events = (language.events)(doc, &mut rejected);
            doc.rejected = rejected;
        },
    },
    Stage {
        name: "notes",
        fills: "what a careful reader would remark on",
        run: |language, doc| doc.notes = (language.notes)(doc),
    },
];
