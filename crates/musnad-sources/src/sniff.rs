//! What an input is, told by its first bytes, and by its name where they leave it open.

use std::borrow::Cow;

use encoding_rs::UTF_8;

use crate::decode::{self, HEAD, Source};

/// The kinds of input that hold reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Text,
    /// HTML.
    Page,
    /// RSS or Atom.
    Feed,
    /// WARC or WET.
    Archive,
    /// One JSON object a line.
    JsonLines,
    /// JSON objects over several lines, or an array of them.
    Json,
}

/// Tells what an unpacked input is, or why it can hold no report.
pub(crate) fn kind(source: &mut Source, name: &str) -> Result<Kind, String> {
    let head = source.peek(HEAD);
    if head.is_empty() {
        // An input that fails before its first byte is no empty input: the error is the reason.
        return match std::io::BufRead::fill_buf(source) {
            Err(error) => Err(decode::reason(&error)),
            Ok(_) => Err("the file is empty; remove it or put the report into it".to_owned()),
        };
    }
    kind_of(head, name)
}

/// The same of bytes, the start of an input or all of it.
pub(crate) fn kind_of(head: &[u8], name: &str) -> Result<Kind, String> {
    let head = &head[..head.len().min(HEAD)];
    // An archive may hold pictures near its start.
    if head.trim_ascii_start().starts_with(b"WARC/") {
        return Ok(Kind::Archive);
    }
    if let Some((what, advice)) = foreign(head) {
        return Err(format!("this is {what}, not text; {advice}"));
    }
    let encoding = decode::encoding(head, None);
    let text = if encoding == UTF_8 {
        Cow::Borrowed(head)
    } else {
        encoding.decode(head).0.into_owned().into_bytes().into()
    };
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&text);
    if is_binary(text) {
        return Err(
            "this is not text (it holds control characters); leave it out or turn it into text".to_owned()
        );
    }
    let name = Name::of(name);
    let start = text.trim_ascii_start();
    if start.starts_with(b"<") && is_feed(start) {
        return Ok(Kind::Feed);
    }
    let markup = |tag: &[u8]| memchr::memmem::find(text, tag).is_some();
    let page_by_name = name.is(&["html", "htm", "xhtml", "shtml"]);
    if (start.starts_with(b"<") && (is_html(start) || page_by_name))
        || (page_by_name && markup(b"</") && markup(b"<p"))
    {
        return Ok(Kind::Page);
    }
    if start.starts_with(b"<?xml") {
        return Err("this is XML, but neither a feed nor a page; turn it into text or JSON lines".to_owned());
    }
    let json = name.is(&["jsonl", "ndjson", "json"]) || looks_like_json(start) || has_json_lines(start);
    if json && !name.is(&["txt"]) {
        return Ok(if is_json_lines(start, &name) { Kind::JsonLines } else { Kind::Json });
    }
    Ok(Kind::Text)
}

/// The endings of a name, without those of packing: `a.jsonl.gz` ends in `jsonl`.
struct Name(String);

impl Name {
    fn of(name: &str) -> Name {
        let mut name = name.to_ascii_lowercase();
        while let Some(inner) =
            [".gz", ".gzip", ".zst", ".zstd"].iter().find_map(|end| name.strip_suffix(end))
        {
            name = inner.to_owned();
        }
        Name(name)
    }

    fn is(&self, endings: &[&str]) -> bool {
        self.0.rsplit_once('.').is_some_and(|(_, end)| endings.contains(&end))
    }
}

/// What follows comments, declarations and white space at the start.
fn first_tag(start: &[u8]) -> &[u8] {
    let mut rest = start;
    loop {
        rest = rest.trim_ascii_start();
        let end: &[u8] = match rest {
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'?', ..] => b"?>",
            _ => return rest,
        };
        let Some(at) = memchr::memmem::find(rest, end) else { return b"" };
        rest = &rest[at + end.len()..];
    }
}

/// The root is that of RSS (also of its old kind in RDF) or of Atom.
fn is_feed(start: &[u8]) -> bool {
    let mut rest = first_tag(start);
    if rest.len() > 9 && rest[..9].eq_ignore_ascii_case(b"<!doctype") {
        let Some(end) = memchr::memchr(b'>', rest) else { return false };
        rest = first_tag(&rest[end + 1..]);
    }
    let roots: [&[u8]; 5] = [b"<rss", b"<feed", b"<rdf:RDF", b"<atom:feed", b"<a10:feed"];
    roots.iter().any(|root| {
        rest.strip_prefix(*root)
            .is_some_and(|rest| rest.first().is_none_or(|byte| byte.is_ascii_whitespace() || *byte == b'>'))
    })
}

/// The first tag is one that pages begin with.
fn is_html(start: &[u8]) -> bool {
    let rest = first_tag(start);
    let head = rest[..rest.len().min(64)].to_ascii_lowercase();
    let Some(name) = head.strip_prefix(b"<") else { return false };
    if name.starts_with(b"!doctype html") {
        return true;
    }
    let end = name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
    const FIRST: [&[u8]; 14] = [
        b"html", b"head", b"body", b"meta", b"title", b"link", b"script", b"style", b"div", b"p", b"table",
        b"article", b"main", b"h1",
    ];
    FIRST.contains(&&name[..end])
}

/// An object, or an array of objects, begins here.
fn looks_like_json(start: &[u8]) -> bool {
    match start.first() {
        Some(b'{') => matches!(start[1..].trim_ascii_start().first(), Some(b'"' | b'}') | None),
        Some(b'[') => matches!(start[1..].trim_ascii_start().first(), Some(b'{')),
        _ => false,
    }
}

/// One of the first lines is an object, though the first is not: lines of JSON of which some are bad.
fn has_json_lines(start: &[u8]) -> bool {
    let lines = start.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    lines.take(4).any(|line| {
        line.starts_with(b"{")
            && line.ends_with(b"}")
            && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok()
    })
}

/// Whether each line is an object of its own: the first line ends as one, or the name says so. A first line that is longer than what
/// was looked at is taken for one.
fn is_json_lines(start: &[u8], name: &Name) -> bool {
    if name.is(&["jsonl", "ndjson"]) {
        return true;
    }
    let first = start.split(|byte| *byte == b'\n').next().unwrap_or(start);
    if !first.starts_with(b"{") && !first.starts_with(b"[") {
        return has_json_lines(start);
    }
    let whole = first.len() < start.len();
    let line = first.trim_ascii_end();
    line.starts_with(b"{") && (if whole { line.ends_with(b"}") } else { line.len() > 1 })
}

/// Formats that are known by their first bytes and hold no text that could be read as it lies.
fn foreign(head: &[u8]) -> Option<(&'static str, &'static str)> {
    const TO_TEXT: &str = "turn it into text first, or leave it out";
    const LEAVE: &str = "leave it out";
    const UNPACK: &str = "unpack it first";
    let starts: [(&[u8], &str, &str); 24] = [
        (b"%PDF", "a PDF", TO_TEXT),
        (
            b"PK\x03\x04",
            "a zip file (or a document of an office program)",
            "unpack it or save it as text first",
        ),
        (b"PK\x05\x06", "an empty zip file", LEAVE),
        (b"\x89PNG", "a picture (PNG)", LEAVE),
        (b"\xff\xd8\xff", "a picture (JPEG)", LEAVE),
        (b"GIF8", "a picture (GIF)", LEAVE),
        (b"II*\0", "a picture (TIFF)", LEAVE),
        (b"MM\0*", "a picture (TIFF)", LEAVE),
        (b"\0\0\x01\0", "a picture (icon)", LEAVE),
        (b"BZh", "packed with bzip2", UNPACK),
        (b"\xfd7zXZ\0", "packed with xz", UNPACK),
        (b"7z\xbc\xaf\x27\x1c", "a 7z file", UNPACK),
        (b"Rar!\x1a", "a RAR file", UNPACK),
        (b"\x04\x22\x4d\x18", "packed with lz4", UNPACK),
        (b"\xd0\xcf\x11\xe0", "a document of an old office program", TO_TEXT),
        (b"{\\rtf", "a rich text document", TO_TEXT),
        (b"SQLite format 3\0", "a database", "export its rows as JSON lines"),
        (b"PAR1", "a Parquet file", "export its rows as JSON lines"),
        (b"\x7fELF", "a program", LEAVE),
        (b"MZ\x90", "a program", LEAVE),
        (b"OggS", "a recording", LEAVE),
        (b"ID3", "a recording", LEAVE),
        (b"wOFF", "a font", LEAVE),
        (b"wOF2", "a font", LEAVE),
    ];
    if let Some((_, what, advice)) = starts.iter().find(|(start, ..)| head.starts_with(start)) {
        return Some((what, advice));
    }
    match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(("a picture (WebP)", LEAVE)),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(("a film", LEAVE)),
        _ if head.get(257..262) == Some(b"ustar") => Some(("a tar file", UNPACK)),
        _ => None,
    }
}

/// Text has no NUL and hardly any other control characters.
fn is_binary(text: &[u8]) -> bool {
    let control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    text.contains(&0) || text.iter().filter(control).count() * 50 > text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn of(name: &str, bytes: &[u8]) -> Result<Kind, String> {
        kind(&mut Source::new(Box::new(Cursor::new(bytes.to_vec()))), name)
    }

    #[test]
    fn content_goes_before_the_name() {
        assert_eq!(of("a.txt", "عنوان\nنص".as_bytes()), Ok(Kind::Text));
        assert_eq!(of("a", b"{\"text\": \"x\"}\n{\"text\": \"y\"}"), Ok(Kind::JsonLines));
        assert_eq!(of("a.html", b"{\"text\": \"x\"}\n"), Ok(Kind::JsonLines));
        assert_eq!(of("a", b"[{\"text\": \"x\"}]"), Ok(Kind::Json));
        assert_eq!(of("a.json", b"{\n  \"text\": \"x\"\n}"), Ok(Kind::Json));
        assert_eq!(of("a.jsonl.gz", b"42\n"), Ok(Kind::JsonLines));
        assert_eq!(of("standard input", b"oops\n{\"text\": \"x\"}\n"), Ok(Kind::JsonLines));
        assert_eq!(of("a", "[صورة] وصلت القافلة".as_bytes()), Ok(Kind::Text));
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert!(of("a.txt", b"%PDF-1.4\n%\xe2\xe3").unwrap_err().contains("a PDF"));
        assert!(of("a", b"\x89PNG\r\n\x1a\n\0\0").unwrap_err().contains("picture"));
        assert!(of("a", b"PK\x03\x04\x14\0").unwrap_err().contains("zip"));
        assert!(of("a", b"").unwrap_err().contains("empty"));
        assert!(of("a", b"abc\0def\x01\x02").unwrap_err().contains("control"));
    }
}
