//! From a Markdown file to cases: the format is told in `specs/README.md`. Whatever is not understood is an error with its
//! line, so that no expectation can hold by being misread.

use jiff::civil::Date;
use musnad::Span;

/// One text and what is expected of its record.
#[derive(Debug)]
pub struct Case {
    pub file: String,
    /// The line of its heading, from 1.
    pub line: usize,
    pub name: String,
    pub published: Option<Date>,
    pub titled: bool,
    pub text: String,
    pub expectations: Vec<Expectation>,
}

/// One line of an `expect` block.
#[derive(Debug)]
pub struct Expectation {
    /// From 1.
    pub line: usize,
    /// As it is written.
    pub source: String,
    pub what: Expected,
}

/// A field that may be left out (then anything goes), be `none`, or be given.
pub type Field<T> = Option<Option<T>>;

#[derive(Debug)]
pub enum Expected {
    Time {
        at: Span,
        value: String,
        kind: String,
    },
    Name {
        at: Span,
        kind: String,
    },
    SameEntity {
        a: Span,
        b: Span,
        same: bool,
    },
    Role {
        person: Span,
        title: Span,
        of: Field<Span>,
    },
    Said(Said),
    Event(Event),
    Debris(Span),
    Note(String),
    Token {
        at: Span,
        proclitics: Vec<String>,
    },
    Sentences(usize),
    Quote(Span),
    /// No annotation of a layer touches the text.
    No {
        layer: Layer,
        at: Span,
    },
    NoNote(String),
}

#[derive(Debug, Default)]
pub struct Said {
    pub content: Vec<Span>,
    pub by: Field<Span>,
    pub cue: Option<Span>,
    pub act: Option<String>,
    pub kind: Option<String>,
    pub medium: Field<String>,
    pub via: Field<Vec<Span>>,
    pub within: Field<Span>,
}

#[derive(Debug, Default)]
pub struct Event {
    pub kind: String,
    pub mode: Option<String>,
    pub trigger: Span,
    pub actors: Field<Vec<Span>>,
    pub recipients: Field<Vec<Span>>,
    pub place: Field<Span>,
    pub time: Field<Span>,
    pub status: Option<String>,
    pub by: Field<Span>,
    pub news: Option<String>,
    /// `dead=12`, `injured>=20`, `arrested~30`, `dead<=5`.
    pub casualties: Field<Vec<String>>,
}

/// What annotations can be asked for at a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    Times,
    Names,
    Entities,
    Roles,
    Statements,
    Events,
    Debris,
    Quotes,
    Tokens,
    Sentences,
    Notes,
}

const ENTITY_KINDS: &[&str] = &["person", "organization", "place", "group", "document", "occasion"];
const TIME_KINDS: &[&str] = &["date", "time", "duration", "set"];
const STATEMENT_KINDS: &[&str] = &["direct", "indirect", "mixed", "stance"];
#[rustfmt::skip]
const ACTS: &[&str] = &[
    "say", "inform", "affirm", "deny", "claim", "accuse", "criticize", "praise", "demand", "warn", "threaten", "promise",
    "agree", "reject", "expect", "explain", "admit", "believe",
];
#[rustfmt::skip]
const MEDIA: &[&str] = &[
    "statement", "press_conference", "interview", "speech", "social_media", "report", "call", "letter", "meeting", "other",
];
const STATUSES: &[&str] = &["happened", "ongoing", "planned", "called_for", "possible", "denied"];
#[rustfmt::skip]
const NOTES: &[&str] = &[
    "empty", "language", "quote-unclosed", "speaker-unknown", "time-after-publication", "time-conflict", "too-long",
];
const PROCLITICS: &[&str] = &["و", "ف", "ب", "ل", "ك", "س", "ال"];
/// PLOVER's types, each with its modes.
#[rustfmt::skip]
const EVENTS: &[(&str, &[&str])] = &[
    ("AGREE", &[]),
    ("CONSULT", &["visit", "third-party", "multilateral", "phone"]),
    ("SUPPORT", &[]),
    ("CONCEDE", &[]),
    ("COOPERATE", &[]),
    ("AID", &[]),
    ("RETREAT", &["withdraw", "release", "disarm", "ceasefire", "access", "resign"]),
    ("REQUEST", &["assist", "change", "yield", "meet"]),
    ("ACCUSE", &["disapprove", "investigate", "allege"]),
    ("REJECT", &["assist", "change", "yield", "meet"]),
    ("THREATEN", &["restrict", "arrest", "relations", "expel", "territory", "violence"]),
    ("PROTEST", &["demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"]),
    ("SANCTION", &["convict", "expel", "withdraw", "discontinue"]),
    ("MOBILIZE", &["troops", "weapons", "police", "militia"]),
    ("COERCE", &["seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation",
        "cyber"]),
    ("ASSAULT", &["abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives",
        "suicide-attack", "aerial", "drone", "heavy-weapons", "crowd-control", "unconventional"]),
];

/// All cases of a file, and all its errors as `file:line: reason`.
pub fn cases(file: &str, markdown: &str) -> (Vec<Case>, Vec<String>) {
    let (mut cases, mut errors): (Vec<Case>, Vec<String>) = (Vec::new(), Vec::new());
    let mut open: Option<Draft> = None;
    let mut lines = markdown.lines().enumerate().map(|(i, l)| (i + 1, l));
    while let Some((line, l)) = lines.next() {
        let mut error = |line: usize, reason: &str| errors.push(format!("{file}:{line}: {reason}"));
        if l.starts_with('#') {
            if let Some(draft) = open.take() {
                draft.finish(file, &mut cases, &mut errors);
            }
            if let Some(name) = l.strip_prefix("### ") {
                if cases.iter().any(|c| c.name == name.trim()) {
                    errors.push(format!("{file}:{line}: there is already a case of this name"));
                }
                open = Some(Draft { line, name: name.trim().to_owned(), ..Draft::default() });
            }
        } else if let Some(info) = l.strip_prefix("```") {
            let mut body = Vec::new();
            loop {
                match lines.next() {
                    Some((_, "```")) => break,
                    Some(next) => body.push(next),
                    None => {
                        error(line, "this block never closes");
                        break;
                    }
                }
            }
            let Some(draft) = open.as_mut() else {
                error(line, "a block outside of a case");
                continue;
            };
            let mut words = info.split_whitespace();
            match words.next() {
                Some("ar") if draft.text.is_some() => error(line, "a second text in one case"),
                Some("ar") => {
                    for word in words {
                        match word.strip_prefix("published=").map(str::parse) {
                            Some(Ok(date)) => draft.published = Some(date),
                            Some(Err(_)) => error(line, &format!("{word} holds no date")),
                            None if word == "titled" => draft.titled = true,
                            None => error(line, &format!("unknown word {word:?} after ar")),
                        }
                    }
                    draft.text = Some(body.iter().map(|(_, l)| *l).collect::<Vec<_>>().join("\n"));
                }
                Some("expect") if draft.text.is_none() => error(line, "expectations before their text"),
                Some("expect") => {
                    if words.next().is_some() {
                        error(line, "unknown words after expect");
                    }
                    let text = draft.text.as_deref().unwrap_or_default();
                    for (line, source) in body.into_iter().filter(|(_, l)| !l.trim().is_empty()) {
                        draft.lines += 1;
                        match expected(source, text) {
                            Ok(what) => {
                                let source = source.trim().to_owned();
                                draft.expectations.push(Expectation { line, source, what });
                            }
                            Err(reason) => error(line, &reason),
                        }
                    }
                }
                _ => error(line, "a block is either ar or expect"),
            }
        } else if let Some(draft) = open.as_mut().filter(|_| !l.trim().is_empty()) {
            draft.glossed |= draft.text.is_none();
        }
    }
    if let Some(draft) = open.take() {
        draft.finish(file, &mut cases, &mut errors);
    }
    (cases, errors)
}

/// A case that is being read.
#[derive(Default)]
struct Draft {
    line: usize,
    name: String,
    glossed: bool,
    published: Option<Date>,
    titled: bool,
    text: Option<String>,
    lines: usize,
    expectations: Vec<Expectation>,
}

impl Draft {
    fn finish(self, file: &str, cases: &mut Vec<Case>, errors: &mut Vec<String>) {
        let Draft { line, name, published, titled, expectations, .. } = self;
        let mut error = |reason: &str| errors.push(format!("{file}:{line}: {reason}"));
        if !self.glossed {
            error("the case has no gloss in English before its text");
        }
        if self.lines == 0 {
            error("the case expects nothing");
        }
        match self.text {
            Some(text) if !text.trim().is_empty() => {
                cases.push(Case { file: file.to_owned(), line, name, published, titled, text, expectations });
            }
            _ => error("the case has no text"),
        }
    }
}

/// A word or a quoted text with the place it means.
#[derive(Debug, Clone, PartialEq)]
enum Item {
    Word(String),
    Text { at: Option<Span>, written: String },
}

/// Cuts a line into words and quoted texts, `"…"` or `"…"#2`; a quotation mark inside is written `\"`.
fn items(line: &str, text: &str) -> Result<Vec<Item>, String> {
    let mut out = Vec::new();
    let mut chars = line.chars().peekable();
    while let Some(&c) = chars.peek() {
        if c.is_whitespace() {
            chars.next();
        } else if c == '"' {
            chars.next();
            let mut written = String::new();
            loop {
                match chars.next() {
                    Some('\\') if chars.peek() == Some(&'"') => {
                        chars.next();
                        written.push('"');
                    }
                    Some('"') => break,
                    Some(c) => written.push(c),
                    None => return Err("a quotation mark never closes".into()),
                }
            }
            let mut nth = 1;
            if chars.next_if_eq(&'#').is_some() {
                let mut digits = String::new();
                while let Some(d) = chars.next_if(char::is_ascii_digit) {
                    digits.push(d);
                }
                nth = digits.parse().ok().filter(|n| *n > 0).ok_or("# needs a number from 1")?;
            }
            if chars.peek().is_some_and(|c| !c.is_whitespace()) {
                return Err(format!("{written:?} needs a space after it"));
            }
            out.push(Item::Text { at: occurrence(text, &written, nth), written });
        } else {
            let mut word = String::new();
            while let Some(c) = chars.next_if(|c| !c.is_whitespace() && *c != '"') {
                word.push(c);
            }
            out.push(Item::Word(word));
        }
    }
    Ok(out)
}

/// The `nth` place, from 1, where `part` stands in `text`.
fn occurrence(text: &str, part: &str, nth: usize) -> Option<Span> {
    let (start, _) = text.char_indices().filter(|(i, _)| text[*i..].starts_with(part)).nth(nth - 1)?;
    (!part.is_empty()).then(|| Span::new(start as u32, (start + part.len()) as u32))
}

/// The items of a line that are still to be read.
struct Rest {
    items: std::iter::Peekable<std::vec::IntoIter<Item>>,
}

impl Rest {
    fn word(&mut self) -> Result<String, String> {
        match self.items.next() {
            Some(Item::Word(word)) => Ok(word),
            Some(Item::Text { written, .. }) => Err(format!("a word is expected before {written:?}")),
            None => Err("the line stops too early".into()),
        }
    }

    fn text(&mut self) -> Result<Span, String> {
        match self.items.next() {
            Some(Item::Text { at: Some(span), .. }) => Ok(span),
            Some(Item::Text { written, .. }) => Err(format!("the text does not hold {written:?} (so often)")),
            Some(Item::Word(word)) => Err(format!("a text in quotation marks is expected, not {word}")),
            None => Err("the line stops too early".into()),
        }
    }

    fn texts(&mut self) -> Result<Vec<Span>, String> {
        let mut all = vec![self.text()?];
        while matches!(self.items.peek(), Some(Item::Text { .. })) {
            all.push(self.text()?);
        }
        Ok(all)
    }

    fn written(&mut self) -> Result<String, String> {
        match self.items.next() {
            Some(Item::Text { written, .. }) => Ok(written),
            _ => Err("a text in quotation marks is expected".into()),
        }
    }

    /// One of the words of `known`.
    fn one_of(&mut self, known: &[&str]) -> Result<String, String> {
        let word = self.word()?;
        if known.contains(&word.as_str()) {
            Ok(word)
        } else {
            Err(format!("{word} is none of {}", known.join(", ")))
        }
    }

    fn none(&mut self) -> bool {
        self.items.next_if_eq(&Item::Word("none".into())).is_some()
    }

    /// `none`, or what `read` reads.
    fn or_none<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, String>) -> Result<Option<T>, String> {
        if self.none() { Ok(None) } else { read(self).map(Some) }
    }

    /// The next field's name; `None` at the end of the line.
    fn field(&mut self) -> Result<Option<String>, String> {
        if self.items.peek().is_none() { Ok(None) } else { self.word().map(Some) }
    }

    fn end(&mut self) -> Result<(), String> {
        match self.items.next() {
            None => Ok(()),
            Some(Item::Word(word)) => Err(format!("{word} is too much")),
            Some(Item::Text { written, .. }) => Err(format!("{written:?} is too much")),
        }
    }
}

fn once<T>(slot: &mut Option<T>, value: T, field: &str) -> Result<(), String> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(format!("{field} is given twice")),
    }
}

/// Reads `dead>=12,injured=3`.
fn tolls(rest: &mut Rest) -> Result<Vec<String>, String> {
    let word = rest.word()?;
    for toll in word.split(',') {
        let what = toll.trim_end_matches(|c: char| c.is_ascii_digit());
        let kind = what.trim_end_matches(['=', '<', '>', '~']);
        let known = ["dead", "injured", "arrested"].contains(&kind)
            && ["=", ">=", "<=", "~"].contains(&&what[kind.len()..])
            && what.len() < toll.len();
        if !known {
            return Err(format!("{toll} is no number of casualties"));
        }
    }
    Ok(word.split(',').map(str::to_owned).collect())
}

/// Reads one line of an `expect` block about `text`.
fn expected(line: &str, text: &str) -> Result<Expected, String> {
    let mut rest = Rest { items: items(line, text)?.into_iter().peekable() };
    let first = rest.word()?;
    let what = match first.as_str() {
        "time" => {
            let at = rest.text()?;
            rest.one_of(&["="])?;
            let value = rest.word()?;
            if value.contains(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || "-:_".contains(c)))
            {
                return Err(format!("{value} is no value of a time"));
            }
            Expected::Time { at, value, kind: rest.one_of(TIME_KINDS)? }
        }
        "name" => Expected::Name { at: rest.text()?, kind: rest.one_of(ENTITY_KINDS)? },
        "entity" => {
            let a = rest.text()?;
            let same = rest.one_of(&["=", "!="])? == "=";
            Expected::SameEntity { a, b: rest.text()?, same }
        }
        "role" => {
            let (person, title) = (rest.text()?, rest.text()?);
            let of = match rest.field()?.as_deref() {
                None => None,
                Some("of") => Some(rest.or_none(Rest::text)?),
                Some(field) => return Err(format!("unknown field {field} of a role")),
            };
            Expected::Role { person, title, of }
        }
        "said" => {
            let mut said = Said { content: rest.texts()?, ..Said::default() };
            while let Some(field) = rest.field()? {
                match field.as_str() {
                    "by" => once(&mut said.by, rest.or_none(Rest::text)?, &field)?,
                    "cue" => once(&mut said.cue, rest.text()?, &field)?,
                    "act" => once(&mut said.act, rest.one_of(ACTS)?, &field)?,
                    "kind" => once(&mut said.kind, rest.one_of(STATEMENT_KINDS)?, &field)?,
                    "medium" => once(&mut said.medium, rest.or_none(|r| r.one_of(MEDIA))?, &field)?,
                    "via" => once(&mut said.via, rest.or_none(Rest::texts)?, &field)?,
                    "in" => once(&mut said.within, rest.or_none(Rest::text)?, &field)?,
                    _ => return Err(format!("unknown field {field} of a statement")),
                }
            }
            Expected::Said(said)
        }
        "event" => {
            let word = rest.word()?;
            let (kind, mode) = word.split_once('/').map_or((word.as_str(), None), |(k, m)| (k, Some(m)));
            let (_, modes) =
                EVENTS.iter().find(|e| e.0 == kind).ok_or(format!("{kind} is no type of event"))?;
            if mode.is_some_and(|m| !modes.contains(&m)) {
                return Err(format!("{word}: the modes of {kind} are {}", modes.join(", ")));
            }
            let (kind, mode) = (kind.to_owned(), mode.map(str::to_owned));
            let mut event = Event { kind, mode, trigger: rest.text()?, ..Event::default() };
            while let Some(field) = rest.field()? {
                match field.as_str() {
                    "actors" => once(&mut event.actors, rest.or_none(Rest::texts)?, &field)?,
                    "recipients" => once(&mut event.recipients, rest.or_none(Rest::texts)?, &field)?,
                    "place" => once(&mut event.place, rest.or_none(Rest::text)?, &field)?,
                    "time" => once(&mut event.time, rest.or_none(Rest::text)?, &field)?,
                    "status" => once(&mut event.status, rest.one_of(STATUSES)?, &field)?,
                    "by" => once(&mut event.by, rest.or_none(Rest::text)?, &field)?,
                    "news" => once(&mut event.news, rest.one_of(&["yes", "no"])?, &field)?,
                    "casualties" => once(&mut event.casualties, rest.or_none(tolls)?, &field)?,
                    _ => return Err(format!("unknown field {field} of an event")),
                }
            }
            Expected::Event(event)
        }
        "debris" => Expected::Debris(rest.text()?),
        "note" => Expected::Note(rest.one_of(NOTES)?),
        "token" => {
            let at = rest.text()?;
            rest.one_of(&["proclitics"])?;
            let proclitics: Vec<String> = rest.written()?.split_whitespace().map(str::to_owned).collect();
            if let Some(p) = proclitics.iter().find(|p| !PROCLITICS.contains(&p.as_str())) {
                return Err(format!("{p} is no proclitic"));
            }
            Expected::Token { at, proclitics }
        }
        "sentences" => {
            let n = rest.word()?;
            Expected::Sentences(n.parse().map_err(|_| format!("{n} is no number"))?)
        }
        "quote" => Expected::Quote(rest.text()?),
        "no" => match rest.word()?.as_str() {
            "time" => Expected::No { layer: Layer::Times, at: rest.text()? },
            "name" => Expected::No { layer: Layer::Names, at: rest.text()? },
            "entity" => Expected::No { layer: Layer::Entities, at: rest.text()? },
            "role" => Expected::No { layer: Layer::Roles, at: rest.text()? },
            "said" => Expected::No { layer: Layer::Statements, at: rest.text()? },
            "event" => Expected::No { layer: Layer::Events, at: rest.text()? },
            "debris" => Expected::No { layer: Layer::Debris, at: rest.text()? },
            "quote" => Expected::No { layer: Layer::Quotes, at: rest.text()? },
            "note" => Expected::NoNote(rest.one_of(NOTES)?),
            word => return Err(format!("unknown word {word} after no")),
        },
        word => return Err(format!("unknown word {word}")),
    };
    rest.end()?;
    Ok(what)
}
