//! Places in the text: spans of bytes and runs of tokens.

use std::ops::Range;

/// A stretch of the report's text, in bytes, end exclusive; both ends lie on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// From `start` up to `end`, in bytes.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Span { start, end }
    }

    /// As a range to slice the text with.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A run of tokens by their index, end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Tokens {
    /// The first token.
    pub start: u32,
    /// The token after the last.
    pub end: u32,
}

impl Tokens {
    /// From token `start` up to token `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Tokens { start: start as u32, end: end as u32 }
    }

    /// As a range of indices.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Number of tokens.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start) as usize
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether the token at `i` is one of them.
    #[must_use]
    pub const fn has(self, i: usize) -> bool {
        self.start as usize <= i && i < self.end as usize
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Tokens) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a token.
    #[must_use]
    pub const fn overlaps(self, other: Tokens) -> bool {
        self.start < other.end && other.start < self.end
    }
}
