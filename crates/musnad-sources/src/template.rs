//! What templates put around reports: the names of their boxes and the lines on their pages, from `data/boxes.tsv` and
//! `data/phrases.tsv`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::day;
use crate::html::Element;

/// Only words of a date, with at least one number among them.
pub(crate) fn is_date_line(folded: &str) -> bool {
    let mut numbers = 0;
    let mut words = 0;
    for word in folded.split(' ') {
        words += 1;
        let digits = word.chars().filter(|c| c.is_numeric()).count();
        if digits > 0 && word.chars().count() <= digits + 1 {
            // 17 or 05ت, the hour with its zone.
            numbers += 1;
        } else if !TABLES.date_words.contains(word) && !day::is_month(word) {
            return false;
        }
    }
    numbers > 0 && words > 1
}

/// Only names of buttons, and their counts.
pub(crate) fn is_tool_line(folded: &str) -> bool {
    let mut rest = folded;
    let mut tools = 0;
    while !rest.is_empty() {
        let length = match TABLES.phrase_at_start(rest, &[PhraseKind::Tool]) {
            Some((_, words)) => {
                tools += 1;
                rest.match_indices(' ').nth(words - 1).map_or(rest.len(), |(at, _)| at)
            }
            None => {
                let word = rest.split(' ').next().unwrap_or(rest);
                if !word.chars().all(char::is_numeric) {
                    return false;
                }
                word.len()
            }
        };
        rest = rest[length..].trim_start();
    }
    tools > 0
}

/// Letters for comparing: without vowel signs and tatweel, with the forms of alef, yeh and teh marbuta made one, other signs as
/// single spaces.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            '\u{64b}'..='\u{652}' | '\u{670}' | '\u{640}' | '\u{200c}'..='\u{200f}' => continue,
            'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            // The other Arabic letters and the small Latin ones, without a look into Unicode's tables.
            '\u{620}'..='\u{64a}' | 'a'..='z' | '0'..='9' => c,
            '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
            c if c.is_alphanumeric() => {
                folded.extend(c.to_lowercase());
                continue;
            }
            '©' => c,
            _ => ' ',
        };
        if c != ' ' || !folded.ends_with(' ') {
            folded.push(c);
        }
    }
    folded.trim().to_owned()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BoxKind {
    Body,
    Lead,
    Junk,
    Comments,
    Small,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhraseKind {
    Related,
    Comments,
    Tool,
    Notice,
    Within,
    Policy,
    Label,
    /// Asks the reader to follow, and where to: together they are a notice.
    Follow,
    Channel,
}

/// What the name of an element says of it.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Named {
    pub(crate) kind: Option<BoxKind>,
    pub(crate) date: bool,
    pub(crate) title: bool,
}

/// The parts of a name and what a box of this name is, or nothing for the names of dates.
type BoxName = (Vec<&'static str>, Option<BoxKind>);

/// The tables of names and phrases, read once.
pub(crate) struct Tables {
    /// By the first part of the name.
    boxes: HashMap<&'static str, Vec<BoxName>>,
    /// By the first word of the phrase: the whole folded phrase, its words and its kind.
    phrases: HashMap<String, Vec<(String, usize, PhraseKind)>>,
    /// The phrases that are looked for anywhere in a line.
    within: Vec<(String, PhraseKind)>,
    date_words: HashSet<String>,
}

pub(crate) static TABLES: LazyLock<Tables> =
    LazyLock::new(|| Tables::of(include_str!("../data/boxes.tsv"), include_str!("../data/phrases.tsv")));

/// The rows of a table: lines of columns, without comments.
fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?))
    })
}

impl Tables {
    fn of(boxes: &'static str, phrases: &'static str) -> Tables {
        let mut tables = Tables {
            boxes: HashMap::new(),
            phrases: HashMap::new(),
            within: Vec::new(),
            date_words: HashSet::new(),
        };
        for (kind, name) in rows(boxes) {
            let kind = match kind {
                "body" => Some(BoxKind::Body),
                "lead" => Some(BoxKind::Lead),
                "junk" => Some(BoxKind::Junk),
                "comments" => Some(BoxKind::Comments),
                "small" => Some(BoxKind::Small),
                _ => None,
            };
            let parts: Vec<&str> = name.split('-').collect();
            tables.boxes.entry(parts[0]).or_default().push((parts, kind));
        }
        for (kind, phrase) in rows(phrases) {
            let phrase = fold(phrase);
            let kind = match kind {
                "related" => PhraseKind::Related,
                "comments" => PhraseKind::Comments,
                "tool" => PhraseKind::Tool,
                "notice" => PhraseKind::Notice,
                "label" => PhraseKind::Label,
                "within" => PhraseKind::Within,
                "policy" => PhraseKind::Policy,
                "follow" => PhraseKind::Follow,
                "channel" => PhraseKind::Channel,
                _ => {
                    tables.date_words.insert(phrase);
                    continue;
                }
            };
            if matches!(kind, PhraseKind::Within | PhraseKind::Policy | PhraseKind::Channel) {
                tables.within.push((phrase, kind));
                continue;
            }
            let words = phrase.split(' ').count();
            let first = phrase.split(' ').next().unwrap_or_default().to_owned();
            tables.phrases.entry(first).or_default().push((phrase, words, kind));
        }
        tables
    }

    /// The longest phrase of these kinds that a folded text begins with, and its words.
    pub(crate) fn phrase_at_start(&self, folded: &str, kinds: &[PhraseKind]) -> Option<(PhraseKind, usize)> {
        let first = folded.split(' ').next()?;
        let begins = |phrase: &str| {
            folded.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let found = self
            .phrases
            .get(first)?
            .iter()
            .filter(|(phrase, _, kind)| kinds.contains(kind) && begins(phrase));
        found.max_by_key(|(_, words, _)| *words).map(|(_, words, kind)| (*kind, *words))
    }

    pub(crate) fn count_within(&self, folded: &str, kind: PhraseKind) -> usize {
        self.within.iter().filter(|(phrase, k)| *k == kind && folded.contains(phrase.as_str())).count()
    }

    /// What class and id say. In each word the name that starts first counts; a word such as `has-share` or `no-sidebar` speaks of
    /// what else is there. A word that names the body goes before the others.
    pub(crate) fn named(&self, element: &Element<'_>) -> Named {
        let mut named = Named::default();
        let words = ["class", "id"]
            .into_iter()
            .filter_map(|key| element.attribute(key))
            .flat_map(str::split_whitespace);
        for word in words.take(16) {
            let parts = parts(word);
            if matches!(
                parts.first().map(String::as_str),
                None | Some("has" | "no" | "with" | "without" | "is" | "not")
            ) {
                continue;
            }
            named.title |= parts.iter().any(|part| part == "title" || part == "headline");
            let mut kind = None;
            for start in 0..parts.len() {
                let rows = self.boxes.get(parts[start].as_str()).into_iter().flatten();
                let matching = rows.filter(|(name, _)| {
                    parts[start..].iter().map(String::as_str).take(name.len()).eq(name.iter().copied())
                });
                let mut longest = 0;
                for (name, row) in matching {
                    match row {
                        None => named.date = true,
                        Some(row) if kind.is_none() || (longest > 0 && name.len() > longest) => {
                            kind = Some(*row);
                            longest = name.len();
                        }
                        Some(_) => {}
                    }
                }
            }
            if named.kind.is_none() || kind == Some(BoxKind::Body) {
                named.kind = kind.or(named.kind);
            }
        }
        named
    }
}

/// The parts of a name in lower case: `btn-readMore2` is btn, read, more.
fn parts(word: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut before = ' ';
    for c in word.chars().take(80) {
        let fresh = !c.is_alphabetic() || (c.is_uppercase() && before.is_lowercase());
        if fresh && parts.last().is_some_and(|part| !part.is_empty()) {
            parts.push(String::new());
        }
        // Numbers only tell boxes of one kind apart.
        if c.is_alphabetic()
            && let Some(part) = parts.last_mut()
        {
            part.extend(c.to_lowercase());
        }
        before = c;
    }
    if parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::Tree;

    const KINDS: [&str; 14] = [
        "channel", "follow", "body", "comments", "date", "junk", "label", "lead", "notice", "policy",
        "related", "small", "tool", "within",
    ];

    #[test]
    fn tables_are_sorted_and_whole() {
        for table in [include_str!("../data/boxes.tsv"), include_str!("../data/phrases.tsv")] {
            let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
            assert!(lines.is_sorted());
            for line in lines {
                assert_eq!(line.split('\t').count(), 3, "{line}");
                let (kind, name) = rows(Box::leak(line.to_owned().into_boxed_str())).next().unwrap();
                assert!(!kind.is_empty() && KINDS.contains(&kind) && !name.trim().is_empty(), "{line}");
            }
        }
        for (_, name) in rows(include_str!("../data/boxes.tsv")) {
            assert_eq!(parts(name).join("-"), name, "a name is written as its parts");
        }
    }

    #[test]
    fn names_say_what_a_box_is() {
        let named = |attributes: &str| {
            let page = format!("<div {attributes}>");
            TABLES.named(Tree::parse(&page).element(1).unwrap())
        };
        assert_eq!(named("class='entry-content clearfix'").kind, Some(BoxKind::Body));
        assert_eq!(named("class=postContent").kind, Some(BoxKind::Body));
        assert_eq!(named("class='field-type-text-with-summary'").kind, Some(BoxKind::Body));
        assert_eq!(named("class='related-post-content'").kind, Some(BoxKind::Junk));
        assert_eq!(named("class='article-body has-related'").kind, Some(BoxKind::Body));
        assert_eq!(named("class='no-sidebar' id=wrap").kind, None);
        assert_eq!(named("id=comments-2").kind, Some(BoxKind::Comments));
        assert_eq!(named("class=readMore").kind, Some(BoxKind::Junk));
        assert!(named("class='entry-title'").title);
        assert!(named("class=article-date").date);
        assert_eq!(named("class=update").kind, None);
    }

    #[test]
    fn lines_of_templates() {
        assert!(is_tool_line(&fold("شارك: فيسبوك | تويتر | واتساب 12")));
        assert!(!is_tool_line(&fold("شارك الوزير في المؤتمر")));
        assert!(is_date_line(&fold("نُشر: الأربعاء 4 آب/أغسطس 2021 - 02:11 م")));
        assert!(!is_date_line(&fold("4 قتلى في يوم واحد")));
        assert_eq!(fold("«إقرأ أيضًا»: الصـورة"), "اقرا ايضا الصوره");
    }
}
