//! Statements.
use crate::document::{Document, Rejected, Statement};

/// The stage `statements`.
#[must_use]
pub fn statements(_doc: &Document, _rejected: &mut Vec<Rejected>) -> Vec<Statement> {
    Vec::new()
}
