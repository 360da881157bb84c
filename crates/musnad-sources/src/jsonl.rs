//! Reports in JSON: one object a line, or objects over several lines and arrays of them.

use std::fmt;
use std::io::BufRead;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Unexpected, Visitor};

use crate::day::named_day;
use crate::decode::{self, Source};
use crate::{Fault, Origin, PublishedFrom, Report, begins_with_headline, day};

/// One object a line.
pub(crate) struct Lines {
    source: Source,
    origin: Origin,
    limit: usize,
    /// The lines read so far.
    line: u64,
    /// The start of a line that does not lie whole in the source's buffer.
    partial: Vec<u8>,
    ended: bool,
}

impl Lines {
    pub(crate) fn new(source: Source, origin: Origin, limit: usize) -> Lines {
        Lines { source, origin, limit, line: 0, partial: Vec::new(), ended: false }
    }

    pub(crate) fn next(&mut self) -> Option<Result<Report, Fault>> {
        while !self.ended {
            self.line += 1;
            let origin = self.origin.at_line(self.line);
            let parsed = match self.next_line() {
                Ok(parsed) => parsed,
                Err(reason) => Err(reason),
            };
            match parsed {
                Ok(None) => {}
                Ok(Some(fields)) => match fields.into_report(origin.clone()) {
                    Ok(report) => return Some(Ok(report)),
                    Err(reason) => return Some(Err(Fault::new(origin, reason))),
                },
                Err(reason) => return Some(Err(Fault::new(origin, reason))),
            }
        }
        None
    }

    /// Reads and parses one line. Nothing is copied when the line lies whole in the buffer.
    fn next_line(&mut self) -> Result<Result<Option<Fields>, String>, String> {
        self.partial.clear();
        let mut length = 0;
        loop {
            let ahead = match self.source.fill_buf() {
                Ok(ahead) => ahead,
                Err(error) => {
                    self.ended = !decode::resumes(&error);
                    return Err(decode::reason(&error));
                }
            };
            if ahead.is_empty() {
                self.ended = true;
                if length > self.limit {
                    return Err(decode::too_large(self.limit));
                }
                return Ok(Fields::of_line(&self.partial));
            }
            let end = memchr::memchr(b'\n', ahead);
            let piece = &ahead[..end.unwrap_or(ahead.len())];
            length = length.saturating_add(piece.len());
            let used = piece.len() + usize::from(end.is_some());
            let parsed = match end {
                Some(_) if length > self.limit => Some(Err(decode::too_large(self.limit))),
                Some(_) if self.partial.is_empty() => Some(Fields::of_line(piece)),
                _ => {
                    // Of a line that is too long nothing more is kept; its end is still to be found.
                    if length <= self.limit {
                        self.partial.extend_from_slice(piece);
                    } else {
                        self.partial = Vec::new();
                    }
                    end.map(|_| Fields::of_line(&self.partial))
                }
            };
            self.source.consume(used);
            if let Some(parsed) = parsed {
                return Ok(parsed);
            }
        }
    }
}

/// Objects that may stretch over lines, alone, one after another or in an array.
pub(crate) struct Values {
    source: Source,
    origin: Origin,
    limit: usize,
    line: u64,
    ended: bool,
    /// The arrays that are open.
    depth: usize,
    value: Vec<u8>,
}

impl Values {
    pub(crate) fn new(source: Source, origin: Origin, limit: usize) -> Values {
        Values { source, origin, limit, line: 1, ended: false, depth: 0, value: Vec::new() }
    }

    pub(crate) fn next(&mut self) -> Option<Result<Report, Fault>> {
        let start = match self.skip_to_value() {
            Ok(true) => self.line,
            Ok(false) => return None,
            Err(reason) => return Some(Err(Fault::new(self.origin.at_line(self.line), reason))),
        };
        let origin = self.origin.at_line(start);
        let fields = self.take_value().and_then(|()| Fields::of_line(&self.value));
        match fields.and_then(|fields| fields.ok_or_else(|| NOT_AN_OBJECT.to_owned())) {
            Ok(fields) => {
                Some(fields.into_report(origin.clone()).map_err(|reason| Fault::new(origin, reason)))
            }
            Err(reason) => Some(Err(Fault::new(origin, reason))),
        }
    }

    fn peek(&mut self) -> Result<Option<u8>, String> {
        if self.ended {
            return Ok(None);
        }
        match self.source.fill_buf() {
            Ok(ahead) => {
                self.ended = ahead.is_empty();
                Ok(ahead.first().copied())
            }
            Err(error) => {
                self.ended = true;
                Err(decode::reason(&error))
            }
        }
    }

    /// Passes over what stands between objects: spaces, commas, and the brackets of arrays.
    fn skip_to_value(&mut self) -> Result<bool, String> {
        while let Some(byte) = self.peek()? {
            match byte {
                b'\n' => self.line += 1,
                b'[' => self.depth += 1,
                b']' => self.depth = self.depth.saturating_sub(1),
                b' ' | b'\t' | b'\r' | b',' => {}
                _ => return Ok(true),
            }
            self.source.consume(1);
        }
        if std::mem::take(&mut self.depth) > 0 {
            return Err("the file ends in the middle of the array; fetch it again".to_owned());
        }
        Ok(false)
    }

    /// Takes one value: an object to the bracket that closes it, anything else to the next comma or line.
    fn take_value(&mut self) -> Result<(), String> {
        self.value.clear();
        let (mut depth, mut quoted, mut escaped, mut length) = (0_usize, false, false, 0_usize);
        loop {
            if self.peek()?.is_none() {
                return if depth > 0 || quoted {
                    Err("the file ends in the middle of the object that begins here; fetch it again"
                        .to_owned())
                } else {
                    Ok(())
                };
            }
            let ahead = self.source.fill_buf().map_err(|error| decode::reason(&error))?;
            let mut used = 0;
            let mut closed = false;
            for byte in ahead {
                if quoted {
                    match byte {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'"' => quoted = false,
                        _ => {}
                    }
                } else {
                    match byte {
                        b'"' => quoted = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' if depth > 1 => depth -= 1,
                        b'}' | b']' if depth == 1 => {
                            used += 1;
                            closed = true;
                            break;
                        }
                        b',' | b'\n' | b']' if depth == 0 && length + used > 0 => {
                            closed = true;
                            break;
                        }
                        _ => {}
                    }
                }
                used += 1;
            }
            self.line += memchr::memchr_iter(b'\n', &ahead[..used]).count() as u64;
            length = length.saturating_add(used);
            if length <= self.limit {
                self.value.extend_from_slice(&ahead[..used]);
            } else {
                self.value = Vec::new();
            }
            self.source.consume(used);
            if closed {
                return if length <= self.limit { Ok(()) } else { Err(decode::too_large(self.limit)) };
            }
        }
    }
}

const NOT_AN_OBJECT: &str = "this is not a JSON object; give each report as {\"text\": \"…\"}";

/// The fields of a report that are known. Others are passed over.
#[derive(Default)]
struct Fields {
    id: Option<String>,
    text: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
    uri: Option<String>,
    title: Option<String>,
}

impl Fields {
    /// The fields of an object, or `None` for a blank line.
    fn of_line(line: &[u8]) -> Result<Option<Fields>, String> {
        let line = line.trim_ascii();
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        match line.first() {
            None => return Ok(None),
            Some(b'{') => {}
            Some(_) => return Err(NOT_AN_OBJECT.to_owned()),
        }
        let line = std::str::from_utf8(line).map_err(|error| {
            format!("invalid UTF-8 at byte {}; save the file again as UTF-8", error.valid_up_to() + 1)
        })?;
        serde_json::from_str(line).map(Some).map_err(|error| {
            let message = error.to_string();
            let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
            if error.is_data() {
                format!("{message} (byte {}); give the fields of a report as strings", error.column())
            } else {
                format!("not valid JSON: {message} (byte {}); write the object again", error.column())
            }
        })
    }

    fn into_report(self, origin: Origin) -> Result<Report, String> {
        let filled = |field: Option<String>| field.filter(|value| !value.trim().is_empty());
        let published = match filled(self.published) {
            None => None,
            Some(written) => Some(day(&written).or_else(|| named_day(&written)).ok_or_else(|| {
                let shown: String = written.chars().take(40).collect();
                format!("`published` is \"{shown}\", which is no day; write it as YYYY-MM-DD or leave it out")
            })?),
        };
        let title = filled(self.title);
        let body = self.text.filter(|text| title.is_none() || !text.trim().is_empty());
        let (text, titled) = match (title, body) {
            (None, None) => return Err("the object has no `text`; give the report as \"text\"".to_owned()),
            (None, Some(text)) => {
                let titled = begins_with_headline(&text);
                (text, titled)
            }
            (Some(title), None) => (title, true),
            (Some(title), Some(text)) => match text.strip_prefix(title.as_str()) {
                Some(rest) => {
                    let titled =
                        rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n') || rest.is_empty();
                    (text, titled)
                }
                None => (format!("{title}\n{text}"), true),
            },
        };
        if text.trim().is_empty() {
            return Err("the `text` is empty; give the report as \"text\"".to_owned());
        }
        Ok(Report {
            id: filled(self.id),
            uri: filled(self.uri),
            outlet: filled(self.outlet),
            published_from: if published.is_some() { PublishedFrom::Given } else { PublishedFrom::None },
            published,
            titled,
            text,
            origin,
        })
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(key) = map.next_key::<Key>()? {
            match key {
                Key::Id => fields.id = map.next_value::<Word<true>>()?.0,
                Key::Text => fields.text = map.next_value::<Word<false>>()?.0,
                Key::Published => fields.published = map.next_value::<Word<true>>()?.0,
                Key::Outlet => fields.outlet = map.next_value::<Word<false>>()?.0,
                Key::Uri => fields.uri = map.next_value::<Word<false>>()?.0,
                Key::Title => fields.title = map.next_value::<Word<false>>()?.0,
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(fields)
    }
}

enum Key {
    Id,
    Text,
    Published,
    Outlet,
    Uri,
    Title,
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
        struct KeyVisitor;
        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a field")
            }

            fn visit_str<E>(self, name: &str) -> Result<Key, E> {
                Ok(match name {
                    "id" => Key::Id,
                    "text" => Key::Text,
                    "published" => Key::Published,
                    "outlet" => Key::Outlet,
                    "uri" => Key::Uri,
                    "title" => Key::Title,
                    _ => Key::Other,
                })
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// A string or null; with `NUMBERS`, a number too, as written.
struct Word<const NUMBERS: bool>(Option<String>);

impl<'de, const NUMBERS: bool> Deserialize<'de> for Word<NUMBERS> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordVisitor<const NUMBERS: bool>;
        impl<const NUMBERS: bool> Visitor<'_> for WordVisitor<NUMBERS> {
            type Value = Word<NUMBERS>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Word(Some(value.to_owned())))
            }

            fn visit_string<E>(self, value: String) -> Result<Self::Value, E> {
                Ok(Word(Some(value)))
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Word(None))
            }

            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Self::Value, E> {
                if NUMBERS {
                    Ok(Word(Some(value.to_string())))
                } else {
                    Err(E::invalid_type(Unexpected::Unsigned(value), &self))
                }
            }

            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Self::Value, E> {
                if NUMBERS {
                    Ok(Word(Some(value.to_string())))
                } else {
                    Err(E::invalid_type(Unexpected::Signed(value), &self))
                }
            }
        }
        deserializer.deserialize_any(WordVisitor::<NUMBERS>)
    }
}

#[cfg(test)]
mod tests {
    use crate::{Options, PublishedFrom, Report, read_bytes};

    fn all(name: &str, content: &str) -> Vec<Result<Report, String>> {
        read_bytes(name, content, Options::default())
            .map(|item| item.map_err(|fault| fault.to_string()))
            .collect()
    }

    fn one(content: &str) -> Report {
        all("a.jsonl", content).remove(0).unwrap()
    }

    #[test]
    fn text_comes_through_letter_for_letter() {
        let text = "  \u{feff}عنوان \r\n\r\n نصّ\u{200f}\u{a0}ـــ ﻻ \u{1F600}\t\n\n";
        let line = format!("{{\"text\": {}}}", serde_json::to_string(text).unwrap());
        assert_eq!(one(&line).text, text);
        assert_eq!(one("{\"text\": \"\\u0642\\u0627\\u0644\\n\\ud83d\\ude00\"}").text, "قال\n😀");
    }

    #[test]
    fn fields() {
        let report = one(
            r#"{"id": 7, "text": "ع\nن", "published": "2020-06-04T23:59:00+03:00", "outlet": "الشاهد", "uri": "u", "more": {"a": [1, null]}}"#,
        );
        assert_eq!(report.id.as_deref(), Some("7"));
        assert_eq!(report.published.as_deref(), Some("2020-06-04"));
        assert_eq!(report.published_from, PublishedFrom::Given);
        assert_eq!(report.outlet.as_deref(), Some("الشاهد"));
        assert_eq!(report.uri.as_deref(), Some("u"));
        assert!(report.titled);
        let bare = one(r#"{"text": "نص واحد", "published": null, "outlet": ""}"#);
        assert_eq!((bare.published, bare.outlet, bare.titled), (None, None, false));
        assert_eq!(bare.published_from, PublishedFrom::None);
    }

    #[test]
    fn days_with_a_named_month_are_read() {
        assert_eq!(
            one("{\"text\": \"ا\", \"published\": \"4 حزيران/يونيو 2020\"}").published.as_deref(),
            Some("2020-06-04")
        );
        let fault = all("a", "{\"text\": \"ا\", \"published\": \"04/06/2020\"}").remove(0).unwrap_err();
        assert!(fault.ends_with("which is no day; write it as YYYY-MM-DD or leave it out"), "{fault}");
    }

    #[test]
    fn title_goes_first_once() {
        assert_eq!(one(r#"{"title": "عنوان", "text": "نص"}"#).text, "عنوان\nنص");
        let kept = one(r#"{"title": "عنوان", "text": "عنوان\r\nنص"}"#);
        assert_eq!((kept.text.as_str(), kept.titled), ("عنوان\r\nنص", true));
        let run_on = one(r#"{"title": "وصل", "text": "وصلت القافلة"}"#);
        assert_eq!((run_on.text.as_str(), run_on.titled), ("وصلت القافلة", false));
        assert_eq!(one(r#"{"title": "عنوان"}"#).text, "عنوان");
    }

    #[test]
    fn bad_lines_are_named_and_the_rest_is_read() {
        let items = all(
            "a.jsonl",
            "{\"text\": \"ا\"}\n\n42\n[1]\n{\"text\": 5}\n{\"text\": \"ب\"\n{}\n{\"text\": \"\"}\n{\"text\": \"ج\", \"published\": \"أمس\"}\r\n{\"text\": \"د\"}",
        );
        let shown: Vec<String> =
            items.iter().map(|item| item.as_ref().map_or_else(Clone::clone, |r| r.text.clone())).collect();
        assert_eq!(shown.len(), 9, "{shown:#?}");
        assert_eq!(shown[0], "ا");
        assert!(shown[1].starts_with("a.jsonl:line 3: this is not a JSON object"), "{}", shown[1]);
        assert!(shown[2].starts_with("a.jsonl:line 4: this is not a JSON object"));
        assert!(
            shown[3].starts_with("a.jsonl:line 5: invalid type: integer `5`, expected a string"),
            "{}",
            shown[3]
        );
        assert!(
            shown[4].starts_with("a.jsonl:line 6: not valid JSON: EOF while parsing an object"),
            "{}",
            shown[4]
        );
        assert!(shown[5].starts_with("a.jsonl:line 7: the object has no `text`"));
        assert!(shown[6].starts_with("a.jsonl:line 8: the `text` is empty"));
        assert!(shown[7].starts_with("a.jsonl:line 9: `published` is \"أمس\", which is no day"));
        assert_eq!(shown[8], "د");
    }

    #[test]
    fn arrays_and_objects_over_lines() {
        let items = all(
            "a.json",
            "[\n {\"text\": \"ا]}\\\"\"},\n {\n \"text\":\n \"ب\"\n },\n 5,\n {\"text\": \"ج\"}\n]\n",
        );
        let texts: Vec<_> =
            items.iter().map(|item| item.as_ref().map(|r| (r.text.as_str(), r.origin.line))).collect();
        assert_eq!(texts[0], Ok(("ا]}\"", Some(2))));
        assert_eq!(texts[1], Ok(("ب", Some(3))));
        assert!(texts[2].is_err_and(|fault| fault.starts_with("a.json:line 7: this is not a JSON object")));
        assert_eq!(texts[3], Ok(("ج", Some(8))));
        assert_eq!(texts.len(), 4);
        let cut = all("a.json", "{\n \"text\": \"ا");
        assert!(
            cut[0]
                .as_ref()
                .is_err_and(|fault| fault.starts_with("a.json:line 1: the file ends in the middle"))
        );
        assert_eq!(cut.len(), 1);
    }

    #[test]
    fn long_lines_are_faults_and_the_rest_is_read() {
        let options = Options { max_report_bytes: 1 << 20, ..Options::default() };
        let content = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"ب\"}}\n", "ا".repeat(1 << 20));
        for name in ["a.jsonl", "a.json"] {
            let content = if name == "a.json" {
                format!("[{content}]").replace("}\n{", "},{")
            } else {
                content.clone()
            };
            let items: Vec<_> = read_bytes(name, content, options.clone()).collect();
            assert!(items[0].as_ref().unwrap_err().reason.contains("larger than 1 MiB"));
            assert_eq!(items[1].as_ref().unwrap().text, "ب");
            assert_eq!(items.len(), 2);
        }
    }
}
