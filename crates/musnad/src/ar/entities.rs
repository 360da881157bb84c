//! Entities and roles.
use crate::document::{Cast, Document, Rejected};

/// The stage `entities`.
#[must_use]
pub fn cast(_doc: &Document, _rejected: &mut Vec<Rejected>) -> Cast {
    Cast::default()
}
