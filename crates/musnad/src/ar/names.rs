//! Proper names.
use crate::document::{Document, Name, Rejected};

/// The stage `names`.
#[must_use]
pub fn names(_doc: &Document, _rejected: &mut Vec<Rejected>) -> Vec<Name> {
    Vec::new()
}
