//! Which part of an answer is wanted.

/// A part of what is found: so many after the first so many.
///
/// ```
/// use musnad_store::search::Window;
///
/// assert_eq!(Window::from(10), Window { skip: 0, limit: 10 });
/// assert_eq!(Window { skip: 20, limit: 10 }.next(35), Some(Window { skip: 30, limit: 10 }));
/// assert_eq!(Window { skip: 30, limit: 10 }.next(35), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// How many of the best are passed over.
    pub skip: usize,
    /// How many after them are wanted, at most.
    pub limit: usize,
}

impl Window {
    /// The one after it, if `found` are more than have been shown by then.
    #[must_use]
    pub fn next(self, found: u64) -> Option<Window> {
        let skip = self.skip.saturating_add(self.limit);
        (self.limit > 0 && (skip as u64) < found).then_some(Window { skip, limit: self.limit })
    }
}

/// The first so many.
impl From<usize> for Window {
    fn from(limit: usize) -> Self {
        Window { skip: 0, limit }
    }
}
