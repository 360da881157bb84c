//! Events.
use crate::document::{Document, Event, Rejected};

/// The stage `events`.
#[must_use]
pub fn events(_doc: &Document, _rejected: &mut Vec<Rejected>) -> Vec<Event> {
    Vec::new()
}
