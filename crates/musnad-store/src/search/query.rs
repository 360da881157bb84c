//! What somebody types to find something, and how it is understood. `docs/search.md` tells it to people.

use super::terms::{self, is_latin, latin_keys};
use std::fmt;

/// A query that has been understood: all of its parts must be so, and of each part one choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub(crate) parts: Vec<Vec<Choice>>,
}

/// One of the choices that `OR` joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// Where its value begins, in characters from 1.
    pub at: usize,
    /// Whether it must not be so.
    pub not: bool,
    pub what: What,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Words(Sought),
    Named(Role, Sought),
    From(String),
    To(String),
    Outlet(Sought),
    Type(&'static str),
    Act(&'static str),
}

/// As what somebody or something named is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Speaker,
    About,
    Via,
    Place,
}

impl Role {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Role::Speaker => "speaker",
            Role::About => "about",
            Role::Via => "via",
            Role::Place => "place",
        }
    }
}

/// One word, or words that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sought {
    /// As it was typed.
    pub typed: String,
    /// Whether it stood in quotation marks.
    pub quoted: bool,
    pub words: Vec<terms::Word>,
    /// Keys, where it is a name in Latin letters.
    pub keys: Vec<String>,
}

impl Sought {
    pub(crate) fn of(typed: &str, quoted: bool) -> Sought {
        let keys = if is_latin(typed) { latin_keys(typed) } else { Vec::new() };
        Sought { typed: typed.to_owned(), quoted, words: terms::words(typed), keys }
    }
}

/// What of a query was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misunderstood {
    /// Where, in characters from 1.
    pub at: usize,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for Misunderstood {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "query, character {}: {}; {}", self.at, self.what, self.remedy)
    }
}

impl std::error::Error for Misunderstood {}

/// The PLOVER types that events have.
pub const TYPES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// The speech acts that statements have.
pub const ACTS: [&str; 18] = [
    "say",
    "inform",
    "affirm",
    "deny",
    "claim",
    "accuse",
    "criticize",
    "praise",
    "demand",
    "warn",
    "threaten",
    "promise",
    "agree",
    "reject",
    "expect",
    "explain",
    "admit",
    "believe",
];

/// The filters.
pub const FILTERS: [&str; 9] = ["speaker", "about", "via", "place", "from", "to", "outlet", "type", "act"];

/// The longest query, in characters, and the most parts; beyond it a query is no question that somebody types.
const LONGEST: usize = 1_000;
const MOST: usize = 40;

/// Quotation marks and what closes them.
const QUOTES: [(char, char); 3] = [('"', '"'), ('«', '»'), ('“', '”')];

/// A piece of the query as it is typed.
struct Piece {
    at: usize,
    /// Where its value begins.
    value_at: usize,
    not: bool,
    filter: Option<String>,
    value: String,
    quoted: bool,
}

impl Query {
    /// Asks for everything.
    #[must_use]
    pub fn all() -> Query {
        Query { parts: Vec::new() }
    }

    /// Understands a query.
    ///
    /// ```
    /// use musnad_store::Query;
    ///
    /// assert!(Query::of("الدوما speaker:\"سيرغي لافروف\" from:2018-04 -تويتر").is_ok());
    /// let told = Query::of("speker:Lavrov").unwrap_err().to_string();
    /// assert!(told.starts_with("query, character 1: there is no filter speker:; "), "{told}");
    /// ```
    pub fn of(typed: &str) -> Result<Query, Misunderstood> {
        if typed.chars().count() > LONGEST {
            return Err(wrong(LONGEST, "it is too long", &format!("ask with at most {LONGEST} characters")));
        }
        let mut parts: Vec<Vec<Choice>> = Vec::new();
        let mut or: Option<usize> = None;
        for piece in pieces(typed)? {
            if piece.filter.is_none() && !piece.not && !piece.quoted && piece.value == "OR" {
                if parts.is_empty() || or.is_some() {
                    return Err(wrong(piece.at, "nothing stands before OR", "write it between two words"));
                }
                or = Some(piece.at);
                continue;
            }
            let Some(what) = what(&piece)? else { continue };
            let choice = Choice { at: piece.value_at, not: piece.not, what };
            match (or.take(), parts.last_mut()) {
                (Some(_), Some(last)) => last.push(choice),
                _ => parts.push(vec![choice]),
            }
            if parts.iter().map(Vec::len).sum::<usize>() > MOST {
                return Err(wrong(piece.at, "these are too many words", &format!("ask for at most {MOST}")));
            }
        }
        if let Some(at) = or {
            return Err(wrong(at, "nothing stands after OR", "write it between two words"));
        }
        if parts.is_empty() {
            return Err(wrong(
                1,
                "there is nothing to look for",
                "give words, a \"phrase\" or a filter such as speaker:NAME",
            ));
        }
        Ok(Query { parts })
    }
}

fn wrong(at: usize, what: &str, remedy: &str) -> Misunderstood {
    Misunderstood { at, what: what.to_owned(), remedy: remedy.to_owned() }
}

fn pieces(typed: &str) -> Result<Vec<Piece>, Misunderstood> {
    let mut out = Vec::new();
    let mut letters = typed.chars().enumerate().peekable();
    while let Some((i, first)) = letters.next() {
        // Marks of direction come along when Arabic is copied.
        if first.is_whitespace() || musnad_lexicon::fold_char(first).is_none() {
            continue;
        }
        let at = i + 1;
        let mut piece =
            Piece { at, value_at: at, not: false, filter: None, value: String::new(), quoted: false };
        let mut next = Some(first);
        if matches!(first, '-' | '−') {
            piece.not = true;
            next = letters.next_if(|(_, c)| !c.is_whitespace()).map(|l| l.1);
        }
        while let Some(c) = next {
            let closing = QUOTES.iter().find(|q| q.0 == c).map(|q| q.1);
            if let Some(closing) = closing.filter(|_| piece.value.is_empty()) {
                piece.quoted = true;
                loop {
                    match letters.next() {
                        Some((_, c)) if c == closing => break,
                        Some((_, c)) => piece.value.push(c),
                        None => {
                            return Err(wrong(
                                at,
                                "the quotation does not end",
                                &format!("write {closing} where it ends"),
                            ));
                        }
                    }
                }
                break;
            }
            let names = !piece.value.is_empty() && piece.value.chars().all(|c| c.is_ascii_alphabetic());
            let more = letters.peek().is_some_and(|(_, c)| !c.is_whitespace());
            if c == ':' && names && piece.filter.is_none() {
                if !more && FILTERS.contains(&piece.value.to_ascii_lowercase().as_str()) {
                    let what = format!("nothing stands after {}:", piece.value);
                    return Err(wrong(at, &what, "write the value right after the colon"));
                }
                if more {
                    piece.filter = Some(std::mem::take(&mut piece.value).to_ascii_lowercase());
                    piece.value_at = letters.peek().map_or(at, |l| l.0 + 1);
                    next = letters.next().map(|l| l.1);
                    continue;
                }
            }
            piece.value.push(c);
            // A quotation begins a piece of its own.
            next = letters
                .next_if(|(_, c)| !c.is_whitespace() && !QUOTES.iter().any(|q| q.0 == *c))
                .map(|l| l.1);
        }
        out.push(piece);
    }
    Ok(out)
}

/// What a piece asks for; `None` where it is punctuation alone.
fn what(piece: &Piece) -> Result<Option<What>, Misunderstood> {
    let sought = Sought::of(&piece.value, piece.quoted);
    let Some(filter) = &piece.filter else {
        return Ok((!sought.words.is_empty()).then_some(What::Words(sought)));
    };
    let named = |sought: Sought| {
        if sought.words.is_empty() {
            let what = format!("nothing to look for stands after {filter}:");
            Err(wrong(piece.at, &what, "give a name; one of several words in quotation marks"))
        } else {
            Ok(sought)
        }
    };
    let one_of = |all: &[&'static str]| {
        all.iter().find(|v| v.eq_ignore_ascii_case(piece.value.trim())).copied().ok_or_else(|| {
            let what = format!("there is no {filter} {}", piece.value);
            wrong(piece.value_at, &what, &format!("give one of {}", all.join(", ")))
        })
    };
    Ok(Some(match filter.as_str() {
        "speaker" => What::Named(Role::Speaker, named(sought)?),
        "about" => What::Named(Role::About, named(sought)?),
        "via" => What::Named(Role::Via, named(sought)?),
        "place" => What::Named(Role::Place, named(sought)?),
        "outlet" => What::Outlet(named(sought)?),
        "from" => What::From(day(piece, "01")?),
        "to" => What::To(day(piece, "99")?),
        "type" => What::Type(one_of(&TYPES)?),
        "act" => What::Act(one_of(&ACTS)?),
        other => {
            let what = format!("there is no filter {other}:");
            let all = FILTERS.map(|f| format!("{f}:")).join(" ");
            let remedy = format!("take one of {all} or put the word in quotation marks");
            return Err(wrong(piece.at, &what, &remedy));
        }
    }))
}

/// A day that the days of a year or month are compared with: `rest` stands for what is not given. Days are compared as text.
fn day(piece: &Piece, rest: &str) -> Result<String, Misunderstood> {
    let folded = musnad_lexicon::fold(piece.value.trim());
    let parts: Vec<&str> = folded.split('-').collect();
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let given = match parts.as_slice() {
        [y] if digits(y, 4) => Some(format!("{y}-{rest}-{rest}")),
        [y, m] if digits(y, 4) && digits(m, 2) && ("01"..="12").contains(m) => {
            Some(format!("{y}-{m}-{rest}"))
        }
        [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2) => {
            folded.parse::<jiff::civil::Date>().ok().map(|d| d.to_string())
        }
        _ => None,
    };
    given.ok_or_else(|| {
        let what = format!("{} is no day", piece.value);
        wrong(piece.value_at, &what, "write it as YYYY-MM-DD, YYYY-MM or YYYY")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(typed: &str) -> String {
        Query::of(typed).unwrap_err().to_string()
    }

    #[test]
    fn words_phrases_choices_and_filters_are_told_apart() {
        let query = Query::of("هجوم OR غارة -\"وزير الدفاع\" speaker:«سيرغي لافروف» to:2018-04").unwrap();
        assert_eq!(query.parts.len(), 4);
        assert_eq!(query.parts[0].len(), 2);
        let Choice { not: true, what: What::Words(phrase), .. } = &query.parts[1][0] else { panic!() };
        assert!(phrase.quoted && phrase.words.len() == 2);
        let Choice { not: false, what: What::Named(Role::Speaker, name), at: 37 } = &query.parts[2][0] else {
            panic!()
        };
        assert_eq!(name.typed, "سيرغي لافروف");
        assert_eq!(query.parts[3][0].what, What::To("2018-04-99".into()));
    }

    #[test]
    fn punctuation_is_passed_over() {
        assert_eq!(Query::of("ترامب: سنرد!").unwrap().parts.len(), 2);
        assert_eq!(Query::of("- ... قصف").unwrap().parts.len(), 1);
        assert_eq!(Query::of("from:٢٠١٨-٠٤-٠٧").unwrap().parts[0][0].what, What::From("2018-04-07".into()));
    }

    #[test]
    fn what_is_not_understood_is_told_with_place_and_remedy() {
        assert_eq!(said(""), said("  …"));
        assert!(
            said("قصف type:WAR").starts_with("query, character 10: there is no type WAR; give one of AGREE,")
        );
        assert!(said("قصف \"بلا نهاية").starts_with("query, character 5: the quotation does not end; "));
        assert!(said("قصف OR").starts_with("query, character 5: nothing stands after OR; "));
        assert!(said("OR قصف").starts_with("query, character 1: nothing stands before OR; "));
        assert!(said("from:2018-13").contains("character 6: 2018-13 is no day; write it as YYYY-MM-DD"));
        assert!(said("from:2018-02-30").contains("is no day"));
        assert!(said("speaker: بوتين").contains("nothing stands after speaker:"));
        assert!(said("https://example.org").contains("there is no filter https:"));
        assert!(said(&"ا ".repeat(41)).contains("too many words"));
        assert!(said(&"ا".repeat(1_001)).contains("too long"));
    }
}
