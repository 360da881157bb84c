//! The entries of RSS and Atom feeds as reports, one at a time.
//!
//! An entry is given as soon as it is read, so a long feed takes no more memory than its longest entry, and of a feed that is cut
//! short the entries before the cut are read.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use quick_xml::Reader;
use quick_xml::errors::Error;
use quick_xml::events::{BytesStart, Event};

use crate::day::{day, written_day};
use crate::decode::{self, Source};
use crate::html::collapse;
use crate::{Fault, Origin, PublishedFrom, Report, page};

/// The entries of one feed.
pub(crate) struct Entries {
    reader: Reader<Bounded>,
    buffer: Vec<u8>,
    origin: Origin,
    entry: u64,
    /// The title of the feed: the outlet of entries that name none.
    title: Option<String>,
    /// The names of the elements that are open.
    open: Vec<String>,
    /// Whether broken letters have been mended in the feed.
    broken: Arc<AtomicBool>,
    ended: bool,
}

/// A source that gives no more than the limit between two entries.
struct Bounded {
    source: Source,
    used: usize,
    limit: usize,
}

impl Read for Bounded {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.source.read(out)?;
        self.used = self.used.saturating_add(n);
        Ok(n)
    }
}

impl BufRead for Bounded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.used > self.limit {
            return Err(decode::damage(decode::too_large(self.limit)));
        }
        self.source.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.used = self.used.saturating_add(n);
        self.source.consume(n);
    }
}

/// What an entry says, field by field.
#[derive(Default)]
struct Entry {
    id: String,
    title: Text,
    link: String,
    about: String,
    summary: Text,
    content: Text,
    published: String,
    updated: String,
    source: String,
}

/// Markup, or plain text where the feed says so.
#[derive(Default)]
struct Text {
    value: String,
    plain: bool,
}

impl Entries {
    pub(crate) fn new(mut source: Source, origin: Origin, limit: usize) -> Entries {
        let declared = decode::declared_in_markup(source.peek(decode::HEAD));
        let (source, broken) = decode::utf8_mended(source, declared);
        let mut reader = Reader::from_reader(Bounded { source, used: 0, limit });
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        Entries {
            reader,
            buffer: Vec::new(),
            origin,
            entry: 0,
            title: None,
            open: Vec::new(),
            broken,
            ended: false,
        }
    }

    pub(crate) fn next(&mut self) -> Option<Result<Report, Fault>> {
        if self.ended {
            return None;
        }
        let mut entry: Option<Box<Entry>> = None;
        // The depth of the entry's element, and of the field of it that is being read.
        let (mut top, mut field_depth) = (0, 0);
        let mut field = Field::None;
        let mut feed_title = String::new();
        loop {
            self.buffer.clear();
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(error) => {
                    self.ended = true;
                    let reason = match &error {
                        Error::Io(error) => decode::reason(error),
                        _ => format!("this is not well-formed XML ({error}); fetch the feed again"),
                    };
                    return Some(Err(self.fault(entry.is_some(), reason)));
                }
            };
            match event {
                Event::Start(tag) => {
                    let name = local(tag.name().as_ref()).to_owned();
                    let depth = self.open.len();
                    if depth >= 512 {
                        self.ended = true;
                        let reason =
                            "the elements of this feed lie too deep in each other; fetch the feed again"
                                .to_owned();
                        return Some(Err(self.fault(entry.is_some(), reason)));
                    }
                    self.open.push(name.clone());
                    match &mut entry {
                        None if matches!(name.as_str(), "item" | "entry") => {
                            self.entry += 1;
                            top = depth;
                            let about = attribute(&tag, "rdf:about").unwrap_or_default();
                            entry = Some(Box::new(Entry { about, ..Entry::default() }));
                        }
                        None => {
                            let of_feed = self
                                .open
                                .get(depth.wrapping_sub(1))
                                .is_some_and(|parent| matches!(parent.as_str(), "channel" | "feed"));
                            if name == "title" && of_feed && self.title.is_none() {
                                field = Field::FeedTitle;
                                field_depth = depth;
                            }
                        }
                        Some(entry) if field != Field::None => {
                            // Markup inside a field, as XHTML content has it, is kept as markup.
                            if let Some(text) = entry.markup(field) {
                                text.push('<');
                                text.push_str(&tag);
                                text.push('>');
                            }
                        }
                        Some(entry) => {
                            let direct = depth == top + 1;
                            let of_source = depth == top + 2
                                && self.open.get(depth - 1).is_some_and(|parent| parent == "source");
                            field = match name.as_str() {
                                "title" if of_source => Field::Source,
                                _ if !direct => Field::None,
                                "source" if attribute(&tag, "url").is_some() => Field::Source,
                                "link" => {
                                    let alternate =
                                        attribute(&tag, "rel").is_none_or(|rel| rel == "alternate");
                                    match attribute(&tag, "href") {
                                        Some(href) if alternate && entry.link.is_empty() => {
                                            entry.link = href;
                                            Field::None
                                        }
                                        Some(_) => Field::None,
                                        None => Field::Link,
                                    }
                                }
                                name => Field::of(name),
                            };
                            field_depth = depth;
                            let plain = match attribute(&tag, "type").as_deref() {
                                Some("text" | "text/plain") => true,
                                Some(_) => false,
                                None => self.open.first().is_some_and(|root| root == "feed"),
                            };
                            if let Some(text) = entry.text(field) {
                                text.value.clear();
                                text.plain = plain;
                            }
                        }
                    }
                }
                Event::End(tag) => {
                    self.open.pop();
                    let depth = self.open.len();
                    if let Some(open) = &mut entry {
                        if depth <= top {
                            let entry = entry.take().unwrap_or_default();
                            self.reader.get_mut().used = 0;
                            return Some(self.report(*entry));
                        }
                        if field != Field::None && depth <= field_depth {
                            field = Field::None;
                        } else if let Some(text) = open.markup(field) {
                            text.push_str("</");
                            text.push_str(&tag);
                            text.push('>');
                        }
                    } else {
                        // What stands between the entries is no entry's.
                        self.reader.get_mut().used = 0;
                        if field == Field::FeedTitle && depth <= field_depth {
                            field = Field::None;
                            self.title = Some(page::plain(&feed_title)).filter(|title| !title.is_empty());
                        }
                    }
                }
                Event::Text(text) => push(&mut entry, &mut feed_title, field, &text),
                Event::CData(text) => push(&mut entry, &mut feed_title, field, &text),
                Event::GeneralRef(name) => {
                    let inside = self.open.len() > field_depth + 1;
                    let written = format!("&{};", &*name);
                    // Markup inside a field stays escaped until it is read as markup.
                    let meant = if inside { written.into() } else { crate::html::unescape(&written, true) };
                    push(&mut entry, &mut feed_title, field, &meant);
                }
                Event::Eof => {
                    self.ended = true;
                    return if entry.is_some() {
                        Some(Err(self.fault(
                            true,
                            "the feed ends in the middle of this entry; fetch it again".to_owned(),
                        )))
                    } else if self.entry == 0 {
                        Some(Err(self.fault(
                            false,
                            "this feed has no entries; fetch it again or leave it out".to_owned(),
                        )))
                    } else if !self.open.is_empty() {
                        Some(Err(self.fault(
                            false,
                            "the feed is cut short after its last whole entry; fetch it again".to_owned(),
                        )))
                    } else {
                        None
                    };
                }
                _ => {}
            }
        }
    }

    fn fault(&self, in_entry: bool, reason: String) -> Fault {
        Fault::new(if in_entry { self.place() } else { self.origin.clone() }, reason)
    }

    fn place(&self) -> Origin {
        Origin { entry: Some(self.entry), ..self.origin.clone() }
    }

    fn report(&self, entry: Entry) -> Result<Report, Fault> {
        let title = entry.title.line();
        let content = entry.content.paragraphs();
        let body = if content.trim().is_empty() { entry.summary.paragraphs() } else { content };
        let body = body.trim();
        if title.is_empty() && body.is_empty() {
            return Err(self.fault(true, "the entry has neither title nor text; leave it out".to_owned()));
        }
        let repeated =
            body.strip_prefix(title.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'));
        let text = match (title.is_empty(), repeated || body.is_empty()) {
            (false, false) => format!("{title}\n{body}"),
            (false, true) if body.is_empty() => title.clone(),
            _ => body.to_owned(),
        };
        if self.broken.load(Ordering::Relaxed) && text.contains('\u{fffd}') {
            return Err(self.fault(
                true,
                "letters of this entry are broken (invalid UTF-8); fetch the feed again".to_owned(),
            ));
        }
        let filled = |values: [&str; 2]| values.into_iter().map(collapse).find(|value| !value.is_empty());
        let published = [&entry.published, &entry.updated]
            .into_iter()
            .find_map(|value| day(value).or_else(|| written_day(value)));
        Ok(Report {
            id: filled([&entry.id, &entry.about]),
            uri: filled([&entry.link, &entry.about])
                .or_else(|| filled([&entry.id, ""]).filter(|id| id.starts_with("http"))),
            outlet: Some(page::plain(&entry.source))
                .filter(|source| !source.is_empty())
                .or_else(|| self.title.clone()),
            published_from: if published.is_some() { PublishedFrom::Given } else { PublishedFrom::None },
            published,
            titled: !title.is_empty(),
            text,
            origin: self.place(),
        })
    }
}

/// The field that text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    None,
    FeedTitle,
    Id,
    Title,
    Link,
    Summary,
    Content,
    Published,
    Updated,
    Source,
}

impl Field {
    fn of(name: &str) -> Field {
        match name {
            "id" | "guid" => Field::Id,
            "title" => Field::Title,
            "description" | "summary" => Field::Summary,
            "content:encoded" | "content" => Field::Content,
            "pubDate" | "published" | "issued" | "dc:date" => Field::Published,
            "updated" | "modified" => Field::Updated,
            _ => Field::None,
        }
    }
}

impl Entry {
    fn text(&mut self, field: Field) -> Option<&mut Text> {
        match field {
            Field::Title => Some(&mut self.title),
            Field::Summary => Some(&mut self.summary),
            Field::Content => Some(&mut self.content),
            _ => None,
        }
    }

    /// Where markup inside a field is kept: it makes the field markup, whatever it was said to be.
    fn markup(&mut self, field: Field) -> Option<&mut String> {
        let text = self.text(field)?;
        text.plain = false;
        Some(&mut text.value)
    }

    fn value(&mut self, field: Field) -> Option<&mut String> {
        match field {
            Field::Id => Some(&mut self.id),
            Field::Link => Some(&mut self.link),
            Field::Published => Some(&mut self.published),
            Field::Updated => Some(&mut self.updated),
            Field::Source => Some(&mut self.source),
            _ => self.text(field).map(|text| &mut text.value),
        }
    }
}

impl Text {
    fn is_plain(&self) -> bool {
        let has_tags = ["</", "<br", "<p>", "<p ", "/>"].iter().any(|tag| self.value.contains(tag));
        !has_tags && (self.plain || !self.value.contains('<'))
    }

    fn paragraphs(&self) -> String {
        if !self.is_plain() {
            return page::fragment(&self.value);
        }
        let value = if self.plain { (&*self.value).into() } else { crate::html::unescape(&self.value, true) };
        let lines: Vec<String> = value.lines().map(collapse).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }

    fn line(&self) -> String {
        if self.plain && self.is_plain() { collapse(&self.value) } else { page::plain(&self.value) }
    }
}

fn push(entry: &mut Option<Box<Entry>>, feed_title: &mut String, field: Field, text: &str) {
    match entry {
        Some(entry) => {
            if let Some(value) = entry.value(field) {
                value.push_str(text);
            }
        }
        None if field == Field::FeedTitle => feed_title.push_str(text),
        None => {}
    }
}

/// A name without the prefix that some feeds give to the elements of RSS and Atom themselves.
fn local(name: &str) -> &str {
    ["atom:", "rss:", "a10:"].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name)
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    let found =
        attributes.with_checks(false).flatten().take(32).find(|attribute| attribute.key.as_ref() == name)?;
    Some(crate::html::unescape(&found.value, false).into_owned())
}
