//! Expressions of time.
use crate::document::{Document, Rejected, Time};

/// The stage `times`.
#[must_use]
pub fn times(_doc: &Document, _rejected: &mut Vec<Rejected>) -> Vec<Time> {
    Vec::new()
}

/// The day of publication by a dateline.
#[must_use]
pub fn dateline(_doc: &Document) -> Option<jiff::civil::Date> {
    None
}
