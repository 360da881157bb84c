//! Where in a list the next page begins.

use std::fmt::Write as _;

/// Stands behind the last thing of a page: the day that it is sorted by, and its number. What it is made of is nobody's business but the
/// list's that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(super) key: String,
    pub(super) id: i64,
}

impl Cursor {
    pub(super) fn after(key: &str, id: i64) -> Cursor {
        Cursor { key: key.to_owned(), id }
    }

    /// As it is given to whoever asks for the next page: letters and digits.
    #[must_use]
    pub fn written(&self) -> String {
        let mut out = String::new();
        for byte in format!("{}/{}", self.id, self.key).bytes() {
            let _ = write!(out, "{byte:02x}");
        }
        out
    }

    /// From what was given. `None` where that never was a cursor.
    #[must_use]
    pub fn read(written: &str) -> Option<Cursor> {
        let hex = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
        if written.len() > 200
            || !written.len().is_multiple_of(2)
            || !written.bytes().all(|b| b.is_ascii_hexdigit())
        {
            return None;
        }
        let bytes: Vec<u8> = written.as_bytes().chunks(2).map(hex).collect::<Option<_>>()?;
        let text = String::from_utf8(bytes).ok()?;
        let (id, key) = text.split_once('/')?;
        Some(Cursor { key: key.to_owned(), id: id.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let cursor = Cursor::after("2018-04-07", 417);
        assert_eq!(Cursor::read(&cursor.written()), Some(cursor));
        for wrong in ["", "1", "zz", "2018", "+1+2", "3f2f", &"0".repeat(300)] {
            assert_eq!(Cursor::read(wrong), None, "{wrong}");
        }
    }
}
