//! What makes a report this report, and its text this text.

use musnad::Report;
use sha2::{Digest, Sha256};

/// How a report is known in a store. It is told from the report as it came in, before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Identity {
    /// Which report it is.
    pub key: [u8; 16],
    /// Which text of it.
    pub hash: [u8; 16],
}

impl Identity {
    /// The identity of a report: its address makes it this report; where it has none, its outlet and the id that it came with; where it
    /// has neither, its text.
    #[must_use]
    pub fn of(report: &Report) -> Identity {
        let hash = digest(&["text", &report.text]);
        let key = match (&report.uri, &report.id) {
            (Some(uri), _) => digest(&["address", uri]),
            (None, Some(id)) => digest(&["id", report.outlet.as_deref().unwrap_or_default(), id]),
            (None, None) => hash,
        };
        Identity { key, hash }
    }
}

/// The first 16 bytes of the SHA-256 of the parts with a NUL between them. The first part says what the others are, so that an id is never
/// taken for an address.
fn digest(parts: &[&str]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            hash.update([0]);
        }
        hash.update(part.as_bytes());
    }
    let mut out = [0; 16];
    out.copy_from_slice(&hash.finalize()[..16]);
    out
}

/// The first 8 of these bytes as a number.
pub(crate) fn number(parts: &[&str]) -> i64 {
    let [a, b, c, d, e, f, g, h, ..] = digest(parts);
    i64::from_be_bytes([a, b, c, d, e, f, g, h])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(uri: Option<&str>, id: Option<&str>, outlet: Option<&str>, text: &str) -> Identity {
        let own = |s: Option<&str>| s.map(str::to_owned);
        Identity::of(&Report {
            uri: own(uri),
            id: own(id),
            outlet: own(outlet),
            text: text.into(),
            ..Default::default()
        })
    }

    #[test]
    fn the_address_goes_before_the_id_and_the_id_before_the_text() {
        let address = Some("https://example.org/1");
        assert_eq!(report(address, Some("a"), None, "x").key, report(address, None, Some("o"), "y").key);
        assert_eq!(report(None, Some("a"), Some("o"), "x").key, report(None, Some("a"), Some("o"), "y").key);
        assert_ne!(report(None, Some("a"), Some("o"), "x").key, report(None, Some("a"), Some("p"), "x").key);
        assert_ne!(report(None, None, None, "x").key, report(None, None, None, "y").key);
        // An id that looks like an address is an id.
        assert_ne!(report(address, None, None, "x").key, report(None, address, None, "x").key);
        // Nor do outlet and id run together.
        assert_ne!(report(None, Some("ab"), Some(""), "x").key, report(None, Some("b"), Some("a"), "x").key);
    }

    #[test]
    fn the_text_is_told_apart_by_itself() {
        let a = report(Some("https://example.org/1"), None, None, "x");
        let b = report(Some("https://example.org/1"), None, None, "y");
        assert_eq!(a.key, b.key);
        assert_ne!(a.hash, b.hash);
        assert_eq!(a.hash, report(None, None, None, "x").hash);
    }
}
