//! The reports in web archives: the pages, texts and feeds of WARC files, the texts of WET files.

use std::io::{self, BufRead, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use encoding_rs::Encoding;
use flate2::bufread::{DeflateDecoder, ZlibDecoder};

use crate::decode::{self, Source};
use crate::sniff::{self, Kind};
use crate::{Fault, Origin, Progress, PublishedFrom, Report, begins_with_headline, feed, page};

/// The lines before a record's content, or those of HTTP, take no more than this.
const HEADER: usize = 256 << 10;

/// The records of one archive.
pub(crate) struct Records {
    source: Source,
    origin: Origin,
    limit: usize,
    record: u64,
    /// A feed found in the archive, whose entries come before the next record.
    feed: Option<Box<feed::Entries>>,
    progress: Arc<Progress>,
    ended: bool,
}

/// What the lines before a record say.
#[derive(Default)]
struct Header {
    kind: String,
    uri: Option<String>,
    content_type: String,
    length: Option<u64>,
}

impl Records {
    pub(crate) fn new(source: Source, origin: Origin, limit: usize, progress: Arc<Progress>) -> Records {
        Records { source, origin, limit, record: 0, feed: None, progress, ended: false }
    }

    pub(crate) fn next(&mut self) -> Option<Result<Report, Fault>> {
        loop {
            if let Some(feed) = &mut self.feed {
                match feed.next() {
                    Some(item) => return Some(item),
                    None => self.feed = None,
                }
            }
            if self.ended {
                return None;
            }
            match self.next_record() {
                Ok(Some(report)) => return Some(Ok(report)),
                Ok(None) => {}
                Err(reason) => return Some(Err(Fault::new(self.place(), reason))),
            }
        }
    }

    fn place(&self) -> Origin {
        Origin { record: Some(self.record), ..self.origin.clone() }
    }

    /// Reads one record. `None` is a record that is no report, or the end.
    fn next_record(&mut self) -> Result<Option<Report>, String> {
        let first = loop {
            let (line, whole) = self.line()?;
            if !line.trim_ascii().is_empty() {
                break line;
            }
            if !whole {
                self.ended = true;
                return Ok(None);
            }
        };
        self.record += 1;
        if !first.starts_with(b"WARC/") {
            self.find_record()?;
            return Err(
                "no record begins where one should: the archive is damaged here; fetch it again".to_owned()
            );
        }
        let header = self.header()?;
        let Some(length) = header.length else {
            self.find_record()?;
            return Err(
                "the record does not say how long it is (Content-Length); fetch the archive again".to_owned()
            );
        };
        let content = match header.kind.as_str() {
            "response" | "resource" | "conversion" => self.content(&header, length),
            _ => Ok(None),
        };
        // Whatever the content is, the next record begins after all of it.
        let (content, left) = match content {
            Ok(Some((content, read))) => (Ok(Some(content)), length - read),
            Ok(None) => (Ok(None), length),
            Err((reason, read)) => (Err(reason), length - read),
        };
        self.skip(left, length)?;
        match content? {
            None => Ok(None),
            Some(content) => self.report(header, content),
        }
    }

    /// One line without its end, and whether it has one. Of a line that is too long the start is kept.
    fn line(&mut self) -> Result<(Vec<u8>, bool), String> {
        let mut line = Vec::new();
        loop {
            let ahead = match self.source.fill_buf() {
                Ok(ahead) => ahead,
                Err(error) => {
                    self.ended = !decode::resumes(&error);
                    self.record += u64::from(line.is_empty());
                    return Err(decode::reason(&error));
                }
            };
            if ahead.is_empty() {
                return Ok((line, false));
            }
            let end = memchr::memchr(b'\n', ahead);
            let piece = &ahead[..end.unwrap_or(ahead.len())];
            line.extend_from_slice(&piece[..piece.len().min(HEADER - line.len().min(HEADER))]);
            let used = piece.len() + usize::from(end.is_some());
            self.source.consume(used);
            if end.is_some() {
                line.truncate(line.trim_ascii_end().len());
                return Ok((line, true));
            }
        }
    }

    fn header(&mut self) -> Result<Header, String> {
        let mut header = Header::default();
        let mut read = 0;
        loop {
            let (line, whole) = self.line()?;
            read += line.len();
            if !whole || read > HEADER {
                self.ended = true;
                return Err("the record is cut short in its first lines; fetch the archive again".to_owned());
            }
            if line.is_empty() {
                return Ok(header);
            }
            let line = String::from_utf8_lossy(&line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => header.kind = value.to_ascii_lowercase(),
                "warc-target-uri" => {
                    let uri = value.trim_start_matches('<').trim_end_matches('>');
                    header.uri = Some(uri.to_owned()).filter(|uri| !uri.is_empty());
                }
                "content-type" => header.content_type = value.to_ascii_lowercase(),
                "content-length" => header.length = value.parse().ok(),
                _ => {}
            }
        }
    }

    /// Passes over what is damaged, up to the line before which the next record begins.
    fn find_record(&mut self) -> Result<(), String> {
        loop {
            if self.source.peek(5) == b"WARC/" {
                return Ok(());
            }
            let (_, whole) = self.line()?;
            if !whole {
                self.ended = true;
                return Ok(());
            }
        }
    }

    fn skip(&mut self, left: u64, length: u64) -> Result<(), String> {
        let skipped = io::copy(&mut (&mut self.source).take(left), &mut io::sink());
        let missing = match &skipped {
            Ok(skipped) => left - skipped,
            Err(_) => left,
        };
        if missing == 0 {
            return Ok(());
        }
        self.ended = !skipped.as_ref().is_err_and(decode::resumes);
        Err(match skipped {
            Err(error) => decode::reason(&error),
            Ok(_) => {
                format!(
                    "the record is cut short: of {length} bytes {} are there; fetch the archive again",
                    length - missing
                )
            }
        })
    }

    /// The content of a record that may be a report, and how many of the record's bytes have been read.
    fn content(&mut self, header: &Header, length: u64) -> Result<Option<(Content, u64)>, (String, u64)> {
        let mut read = 0;
        let mut http = Http { content_type: header.content_type.clone(), ..Http::default() };
        if header.content_type.starts_with("application/http")
            || (header.kind == "response" && header.content_type.is_empty())
        {
            http = match self.http(length, &mut read).map_err(|reason| (reason, read))? {
                Some(http) if http.status == 200 => http,
                _ => return Ok(Some((Content::default(), read))),
            };
        }
        let essence = http.content_type.split(';').next().unwrap_or_default().trim();
        let text = essence.is_empty()
            || essence.starts_with("text/")
            || essence.contains("xml")
            || essence.contains("html");
        let other = matches!(
            essence,
            "text/css" | "text/javascript" | "text/vtt" | "text/calendar" | "image/svg+xml"
        );
        if !text || other {
            return Ok(Some((Content::default(), read)));
        }
        let left = length - read;
        if left > self.limit as u64 {
            return Err((decode::too_large(self.limit), read));
        }
        let mut bytes = Vec::new();
        let taken = (&mut self.source).take(left).read_to_end(&mut bytes);
        read += bytes.len() as u64;
        match taken {
            Err(error) => {
                self.ended = !decode::resumes(&error);
                Err((decode::reason(&error), length))
            }
            // The rest is missed when it is passed over.
            Ok(_) if read < length => Ok(Some((Content::default(), read))),
            Ok(_) => Ok(Some((Content { bytes, http }, read))),
        }
    }

    /// The lines of HTTP before the page.
    fn http(&mut self, length: u64, read: &mut u64) -> Result<Option<Http>, String> {
        let mut http = Http::default();
        let mut first = true;
        while *read < length {
            let mut line = Vec::new();
            let most = (length - *read).min(HEADER as u64);
            let taken = (&mut self.source).take(most).read_until(b'\n', &mut line).map_err(|error| {
                self.ended = !decode::resumes(&error);
                decode::reason(&error)
            })?;
            *read += taken as u64;
            if taken == 0 || taken == HEADER {
                return Ok(None);
            }
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end();
            if first {
                first = false;
                let mut words = line.split_whitespace();
                if !words.next().is_some_and(|word| word.starts_with("HTTP")) {
                    return Ok(None);
                }
                http.status = words.next().and_then(|status| status.parse().ok()).unwrap_or(0);
                continue;
            }
            if line.is_empty() {
                return Ok(Some(http));
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim().to_ascii_lowercase();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => http.content_type = value,
                "content-encoding" => http.encoding = value,
                "transfer-encoding" => http.chunked = value.contains("chunked"),
                _ => {}
            }
        }
        Ok(None)
    }

    fn report(&mut self, header: Header, content: Content) -> Result<Option<Report>, String> {
        if content.bytes.is_empty() {
            return Ok(None);
        }
        let charset = content.http.charset();
        let bytes = content.decoded(self.limit)?;
        let uri = header.uri;
        if header.kind == "conversion" {
            let text = decode::strict_text(bytes, charset).map_err(|broken| broken.reason)?;
            return Ok(self.text(text, uri));
        }
        let name = uri.as_deref().and_then(|uri| uri.split(['?', '#']).next()).unwrap_or_default();
        match sniff::kind_of(&bytes, name) {
            Ok(Kind::Page) if bytes.len() > page::LARGEST => Err(decode::too_large(page::LARGEST)),
            Ok(Kind::Page) => {
                let report = page::report(&decode::page_text(&bytes, charset), uri.as_deref(), self.place())?;
                self.passed_over(report.is_none());
                Ok(report)
            }
            Ok(Kind::Feed) => {
                let source = Source::new(Box::new(Cursor::new(bytes)));
                self.feed = Some(Box::new(feed::Entries::new(source, self.place(), self.limit)));
                Ok(None)
            }
            Ok(Kind::Text) if !name.ends_with("robots.txt") && content_is_text(&header.content_type) => {
                let text = decode::strict_text(bytes, charset).map_err(|broken| broken.reason)?;
                Ok(self.text(text, uri))
            }
            _ => {
                self.passed_over(true);
                Ok(None)
            }
        }
    }

    fn text(&self, text: String, uri: Option<String>) -> Option<Report> {
        self.passed_over(text.trim().is_empty());
        if text.trim().is_empty() {
            return None;
        }
        Some(Report {
            id: None,
            uri,
            outlet: None,
            published: None,
            published_from: PublishedFrom::None,
            titled: begins_with_headline(&text),
            text,
            origin: self.place(),
        })
    }

    fn passed_over(&self, is: bool) {
        self.progress.records_passed_over.fetch_add(u64::from(is), Ordering::Relaxed);
    }
}

fn content_is_text(content_type: &str) -> bool {
    content_type.is_empty()
        || content_type.starts_with("text/plain")
        || content_type.starts_with("application/http")
}

/// What the server said of its answer.
#[derive(Default)]
struct Http {
    status: u16,
    content_type: String,
    encoding: String,
    chunked: bool,
}

impl Http {
    fn charset(&self) -> Option<&'static Encoding> {
        let label =
            self.content_type.split(';').skip(1).find_map(|part| part.trim().strip_prefix("charset="))?;
        Encoding::for_label(label.trim_matches(['"', '\'', ' ']).as_bytes())
    }
}

/// The bytes of a record as they are in the archive.
#[derive(Default)]
struct Content {
    bytes: Vec<u8>,
    http: Http,
}

impl Content {
    /// The bytes without the codings of HTTP. Some crawlers undo them and leave the header as it was: what the bytes say counts.
    fn decoded(self, limit: usize) -> Result<Vec<u8>, String> {
        let mut bytes = self.bytes;
        if self.http.chunked
            && let Some(joined) = join_chunks(&bytes)
        {
            bytes = joined;
        }
        let read = |reader: &mut dyn Read| {
            let mut out = Vec::new();
            let result = reader.take(limit as u64 + 1).read_to_end(&mut out);
            if out.len() > limit { Err(decode::too_large(limit)) } else { Ok((out, result.is_ok())) }
        };
        for coding in self.http.encoding.split(',').map(str::trim).rev() {
            bytes = match coding {
                "deflate" => match read(&mut ZlibDecoder::new(bytes.as_slice()))? {
                    (out, true) => out,
                    _ => match read(&mut DeflateDecoder::new(bytes.as_slice()))? {
                        (out, true) => out,
                        _ => bytes,
                    },
                },
                "br" => match read(&mut brotli_decompressor::Decompressor::new(bytes.as_slice(), 4096))? {
                    (out, true) => out,
                    _ => bytes,
                },
                "gzip" | "x-gzip" | "zstd" => {
                    let mut source = decode::unpack(Source::new(Box::new(Cursor::new(bytes))))?;
                    decode::whole(&mut source, limit)?
                }
                _ => bytes,
            };
        }
        Ok(bytes)
    }
}

/// The data of a chunked transfer, or nothing where the bytes are no chunks. What is missing at the end is left out.
fn join_chunks(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let end = memchr::memchr(b'\n', &rest[..rest.len().min(1024)]);
        let Some(end) = end else { return (!joined.is_empty()).then_some(joined) };
        let size = std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(joined);
        }
        let data = &rest[..size.min(rest.len())];
        joined.extend_from_slice(data);
        rest = &rest[data.len()..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(joined);
        }
    }
}
