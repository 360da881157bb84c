//! Remarks that a careful reader would make.
use crate::document::{Document, Note};

/// The stage `notes`.
#[must_use]
pub fn notes(_doc: &Document) -> Vec<Note> {
    Vec::new()
}
