//! Tokens: words, numbers and marks, with their folded spelling and every way to see the lexicon's words in them.
//!
//! Written Arabic attaches "and", "so", "in", "to", "as", "will" and "the" to the front of a word and pronouns to its end.
//! Which letters are clitics cannot be told from the word alone (والي is "governor" or "and to"), so no token is cut apart:
//! each carries its [`Reading`]s, one for every cut that leaves a stem or phrase of the lexicon.

use crate::document::{Classes, Kind, Proclitics, Reading, Suffix, Token};
use crate::language::TokenLayer;
use crate::span::Span;
use musnad_lexicon::{Cursor, Entries, Lexicon, Table, arabic, fold_char, fold_into, is_presentation_form};
use std::collections::HashMap;

/// Whether a text is Arabic: a third of its letters are of the Arabic script, and hardly any of those that Persian, Urdu and
/// Kurdish have and Arabic lacks.
#[must_use]
pub fn is_arabic(text: &str) -> bool {
    let (mut arabic, mut other, mut foreign) = (0u64, 0u64, 0u64);
    for c in text.chars() {
        if is_arabic_letter(c) {
            arabic += 1;
            foreign += u64::from(matches!(
                c,
                'پ' | 'چ' | 'ژ' | 'گ' | 'ی' | 'ے' | 'ں' | 'ٹ' | 'ڈ' | 'ڑ' | 'ە' | 'ۆ' | 'ێ'
            ));
        } else if c.is_alphabetic() {
            other += 1;
        }
    }
    // Egyptian typesetting now and then writes a final ی, and names keep a پ: only a text full of them is not Arabic.
    arabic > 0 && arabic * 2 >= other && foreign * 12 <= arabic
}

fn is_arabic_letter(c: char) -> bool {
    matches!(c, 'ء'..='غ' | 'ف'..='ي' | 'ٱ'..='ۓ' | 'ە' | 'ݐ'..='ݿ') || is_presentation_form(c)
}

/// Invisible characters that belong to the word they stand in, and to no word at its edge.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{61c}')
}

/// Vowel signs and stretching, which belong to the letter before them.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{640}')
}

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Space,
    Invisible,
    Sign,
    Arabic,
    Letter,
    Digit,
    Mark,
}

fn class(c: char) -> Class {
    match c {
        ' ' | '\n' | '\t' | '\r' => Class::Space,
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' | '٠'..='٩' | '۰'..='۹' => Class::Digit,
        '!'..='~' => Class::Mark,
        _ if is_sign(c) => Class::Sign,
        _ if is_arabic_letter(c) => Class::Arabic,
        _ if is_invisible(c) => Class::Invisible,
        _ if c.is_whitespace() || c.is_control() => Class::Space,
        _ if c.is_alphabetic() => Class::Letter,
        // A combining mark of another script stays with its letter.
        '\u{300}'..='\u{36f}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe2f}' => Class::Sign,
        _ => Class::Mark,
    }
}

/// Cuts a text into tokens and looks each of them up.
#[must_use]
pub fn tokens(text: &str) -> TokenLayer {
    let mut layer = TokenLayer { folded: String::with_capacity(text.len()), ..TokenLayer::default() };
    cut(text, &mut layer);
    look_up(arabic(), &mut layer);
    layer
}

fn cut(text: &str, layer: &mut TokenLayer) {
    let mut chars = text.char_indices().peekable();
    let (mut spaced, mut line_start) = (true, true);
    while let Some((start, c)) = chars.next() {
        let first = class(c);
        let kind = match first {
            Class::Space | Class::Invisible => {
                spaced |= first == Class::Space;
                line_start |= c == '\n';
                continue;
            }
            Class::Arabic => Kind::Word,
            Class::Letter => Kind::Foreign,
            Class::Digit => Kind::Number,
            // A sign without a letter before it, a stretched space for instance.
            Class::Sign | Class::Mark => Kind::Mark,
        };
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let then = class(next);
            let joins = match (kind, then) {
                (_, Class::Sign) => true,
                (Kind::Word, Class::Arabic)
                | (Kind::Foreign, Class::Letter)
                | (Kind::Number, Class::Digit) => true,
                (Kind::Number, Class::Mark) if matches!(next, '.' | ',' | '٫' | '٬') => {
                    let mut ahead = chars.clone();
                    ahead.next();
                    ahead.next().is_some_and(|(_, c)| class(c) == Class::Digit)
                }
                // Dots and dashes come in runs, other marks one by one.
                (Kind::Mark, Class::Mark) => {
                    next == c && matches!(c, '.' | '-' | '_' | '*' | '=' | '…' | '•')
                }
                (Kind::Word | Kind::Foreign | Kind::Number, Class::Invisible) => {
                    // Direction marks and joiners inside a word stay in it; at its end they are gaps.
                    while chars.next_if(|(_, c)| class(*c) == Class::Invisible).is_some() {}
                    let goes_on = chars.peek().is_some_and(|(_, c)| match class(*c) {
                        Class::Arabic => kind == Kind::Word,
                        Class::Letter => kind == Kind::Foreign,
                        Class::Digit => kind == Kind::Number,
                        Class::Sign => true,
                        _ => false,
                    });
                    if goes_on {
                        continue;
                    }
                    false
                }
                _ => false,
            };
            if !joins {
                break;
            }
            chars.next();
            end = at + next.len_utf8();
        }
        let raw = &text[start..end];
        let from = layer.folded.len();
        if kind == Kind::Mark {
            layer.folded.push_str(raw)
        } else {
            fold_into(raw, &mut layer.folded)
        }
        // A token longer than 65,535 bytes is no word of any lexicon; it is kept whole, its spelling is not.
        if layer.folded.len() - from > usize::from(u16::MAX) {
            layer.folded.truncate(from);
        }
        let folded = (from as u32, (layer.folded.len() - from) as u16);
        let span = Span::new(start as u32, end as u32);
        layer.tokens.push(Token {
            span,
            kind,
            spaced,
            line_start,
            folded,
            readings: (0, 0),
            classes: Classes::default(),
        });
        (spaced, line_start) = (false, false);
    }
}

/// A cut of the first token: which clitics, how many letters and bytes of the folded spelling they take, and whether the
/// unwritten alef of the article is to be put back.
#[derive(Clone, Copy)]
struct Cut {
    proclitics: u8,
    letters: u8,
    bytes: usize,
    article: bool,
}

/// The longest phrase of the lexicon is far shorter.
const LONGEST_PHRASE: usize = 12;

/// What is known of a spelling: the readings of the token alone, its classes, and the right last letter of a careless one.
#[derive(Clone, Copy)]
struct Known {
    first: u32,
    len: u16,
    classes: Classes,
    put_right: Option<char>,
}

/// From the last token to the first, so that a phrase sees its further words as they have been put right.
fn look_up(lexicon: &'static Lexicon, layer: &mut TokenLayer) {
    let Some(root) = lexicon.cursor() else { return };
    let mut cuts: Vec<Cut> = Vec::new();
    let mut found: Vec<Reading> = Vec::new();
    let TokenLayer { tokens, readings, folded } = layer;
    let written = folded.clone();
    // Egyptian papers write every final yeh without dots: then unknown words are Yemenis and Russians more often than right hands.
    let undotted = tokens.iter().any(|t| matches!(spelling(&written, *t), "فى" | "وفى" | "التى" | "الذى"));
    // A word every few dozen bytes is new: room for them all spares growing the map again and again.
    let mut known: HashMap<&str, Known> = HashMap::with_capacity(tokens.len() / 2);
    for i in (0..tokens.len()).rev() {
        let token = tokens[i];
        if token.kind == Kind::Mark {
            continue;
        }
        // Readings of the token alone depend on its spelling only, and most words of a report come more than once.
        let alone = known.get(spelling(&written, token)).copied();
        let mut put_right = alone.and_then(|k| k.put_right);
        if let Some(letter) = put_right {
            replace_last(folded, token, letter);
        }
        read(root, tokens, folded, i, alone.is_some(), &mut cuts, &mut found);
        if alone.is_none()
            && token.kind == Kind::Word
            && let Some((last, letter)) = careless(spelling(folded, token))
            && !makes_sense(&found)
        {
            replace_last(folded, token, letter);
            read(root, tokens, folded, i, false, &mut cuts, &mut found);
            if is_meant(spelling(folded, token), &found, last, undotted) {
                put_right = Some(letter);
            } else {
                replace_last(folded, token, last);
                read(root, tokens, folded, i, false, &mut cuts, &mut found);
            }
        }
        let first = readings.len() as u32;
        found.sort_by_key(order);
        readings.extend_from_slice(&found);
        let classes = match alone {
            Some(Known { first, len, classes, .. }) => {
                let from = first as usize;
                readings.extend_from_within(from..from + usize::from(len));
                classes
            }
            None => {
                let phrases = found.iter().take_while(|r| r.tokens > 1).count();
                let classes = classes(lexicon, &found[phrases..]);
                let (first, len) = (first + phrases as u32, (found.len() - phrases) as u16);
                known.insert(spelling(&written, token), Known { first, len, classes, put_right });
                classes
            }
        };
        tokens[i].readings = (first, (readings.len() as u32 - first) as u16);
        tokens[i].classes = classes;
    }
}

/// Gives the readings of token `i`: of phrases alone when those of the token are known.
fn read(
    root: Cursor<'_>,
    tokens: &[Token],
    folded: &str,
    i: usize,
    known: bool,
    cuts: &mut Vec<Cut>,
    found: &mut Vec<Reading>,
) {
    found.clear();
    let word = spelling(folded, tokens[i]);
    proclitics(word, tokens[i].kind, cuts);
    for cut in cuts {
        let Some(cursor) = (if cut.article { root.feed("ا") } else { Some(root) }) else { continue };
        let stem = &word[cut.bytes..];
        let end = if known { cursor.feed(stem) } else { stems(cursor, stem, *cut, found) };
        if let Some(end) = end {
            phrases(tokens, folded, i, *cut, end, found);
        }
    }
}

/// The last letter of a word and what a careless writer may have meant by it: فى for في "in", الي for إلى "to", الخارجيه for
/// الخارجية "foreign affairs".
fn careless(word: &str) -> Option<(char, char)> {
    let last = word.chars().next_back().filter(|_| word.len() > 2)?;
    let meant = match last {
        'ى' => 'ي',
        'ي' => 'ى',
        'ه' => 'ة',
        _ => return None,
    };
    Some((last, meant))
}

/// Whether one of the readings allows an entry.
fn makes_sense(readings: &[Reading]) -> bool {
    readings.iter().any(|r| r.entries.iter().any(|e| r.allows(e)))
}

/// Whether a word whose own spelling is unknown is the one that these readings were found for under another. Most unknown words
/// are only words that the tables lack (مدى "extent" is not the name مدي, دوره "his role" is not دورة "session"), so function
/// words are taken, words with the article, which cannot have a pronoun, and where no yeh has dots any word.
fn is_meant(word: &str, readings: &[Reading], last: char, undotted: bool) -> bool {
    readings.iter().any(|r| {
        let definite = r.proclitics.any(Proclitics::AL) || {
            // The article of الخارجية "foreign affairs" is part of the row.
            let mut stem = word.chars().skip(usize::from(r.cut));
            stem.next() == Some('ا') && stem.next() == Some('ل')
        };
        r.entries.iter().any(|e| {
            r.allows(e)
                && (e.table == Table::Particle && last != 'ه'
                    || last == 'ه' && definite
                    || last == 'ى' && undotted)
        })
    })
}

/// Replaces the last letter of a token's folded spelling by another of two bytes.
fn replace_last(folded: &mut String, token: Token, letter: char) {
    let end = token.folded.0 as usize + usize::from(token.folded.1);
    let mut bytes = [0; 4];
    folded.replace_range(end - 2..end, letter.encode_utf8(&mut bytes));
}

fn spelling(folded: &str, token: Token) -> &str {
    &folded[token.folded.0 as usize..][..usize::from(token.folded.1)]
}

/// Longer phrases first, then fewer clitics.
fn order(r: &Reading) -> (std::cmp::Reverse<u16>, u8, u8, u8) {
    (std::cmp::Reverse(r.tokens), r.cut + r.suffix_letters, r.suffix_letters, r.proclitics.0)
}

fn classes(lexicon: &Lexicon, readings: &[Reading]) -> Classes {
    let mut all = Classes::default();
    for r in readings {
        for e in r.entries.of(Table::Particle).filter(|e| r.suffix == Suffix::None && r.allows(*e)) {
            all = all.or(Classes::named(lexicon.row(e).get("class")));
        }
    }
    all
}

/// Every way to cut clitics from the front of a word.
fn proclitics(word: &str, kind: Kind, out: &mut Vec<Cut>) {
    out.clear();
    let whole = Cut { proclitics: 0, letters: 0, bytes: 0, article: false };
    out.push(whole);
    if kind != Kind::Word {
        return;
    }
    let mut from = [Some(whole), None];
    let (and, rest) = match word.chars().next() {
        Some('و') => (Proclitics::WA, &word[2..]),
        Some('ف') => (Proclitics::FA, &word[2..]),
        _ => (0, ""),
    };
    if and != 0 && !rest.is_empty() {
        let cut = Cut { proclitics: and, letters: 1, bytes: 2, article: false };
        out.push(cut);
        from[1] = Some(cut);
    }
    for base in from.into_iter().flatten() {
        let rest = &word[base.bytes..];
        let add = |p: u8, letters: u8, bytes: usize, article: bool| Cut {
            proclitics: base.proclitics | p,
            letters: base.letters + letters,
            bytes: base.bytes + bytes,
            article,
        };
        let long = |s: &str| s.len() > 2;
        if let Some(stem) = rest.strip_prefix("ال")
            && long(stem)
        {
            out.push(add(Proclitics::AL, 2, 4, false));
        }
        let preposition = match rest.chars().next() {
            Some('ب') => Proclitics::BI,
            Some('ل') => Proclitics::LI,
            Some('ك') => Proclitics::KA,
            Some('س') => Proclitics::SA,
            _ => continue,
        };
        let stem = &rest[2..];
        if long(stem) {
            out.push(add(preposition, 1, 2, false));
        }
        if preposition == Proclitics::SA {
            continue;
        }
        if preposition == Proclitics::LI {
            if let Some(noun) = stem.strip_prefix('ل')
                && long(noun)
            {
                // The article is part of the name (للأمم المتحدة), or it is not (للوزير "for the minister").
                out.push(add(Proclitics::LI, 1, 2, true));
                out.push(add(Proclitics::LI | Proclitics::AL, 2, 4, false));
            }
        } else if let Some(noun) = stem.strip_prefix("ال")
            && long(noun)
        {
            out.push(add(preposition | Proclitics::AL, 3, 6, false));
        }
    }
}

const SUFFIXES: [(&str, Suffix, u8); 10] = [
    ("ه", Suffix::He, 1),
    ("ها", Suffix::She, 2),
    ("هم", Suffix::They, 2),
    ("هما", Suffix::Both, 3),
    ("هن", Suffix::TheyFeminine, 2),
    ("ي", Suffix::I, 1),
    ("ني", Suffix::Me, 2),
    ("نا", Suffix::We, 2),
    ("ك", Suffix::You, 1),
    ("كم", Suffix::YouAll, 2),
];

/// Adds the readings of a stem with and without a pronoun at its end; gives the cursor after the whole of it, for phrases.
fn stems<'a>(cursor: Cursor<'a>, stem: &str, cut: Cut, out: &mut Vec<Reading>) -> Option<Cursor<'a>> {
    let reading = |entries: Entries, suffix: Suffix, letters: u8| Reading {
        proclitics: Proclitics(cut.proclitics),
        cut: cut.letters,
        suffix,
        suffix_letters: letters,
        tokens: 1,
        entries,
    };
    let mut at = cursor;
    let mut before: Option<Cursor<'a>> = None;
    for (i, c) in stem.char_indices() {
        let rest = &stem[i..];
        // No pronoun is longer than three letters, and a stem has at least two.
        if i >= 4
            && rest.len() <= 6
            && let Some((_, suffix, letters)) = SUFFIXES.iter().find(|s| s.0 == rest)
        {
            let last = stem[..i].chars().next_back();
            let restored = match last {
                // زيارته "his visit": ة is written ت before a pronoun.
                Some('ت') => before.and_then(|b| b.feed("ة")),
                // يراه "he sees it": final ى is written ا.
                Some('ا') => before.and_then(|b| b.feed("ى")),
                // قالوه "they said it": the silent alef goes.
                Some('و') => at.feed("ا"),
                _ => None,
            };
            for end in [Some(at), restored].into_iter().flatten() {
                let entries = end.entries();
                if !entries.is_empty() {
                    out.push(reading(entries, *suffix, *letters));
                }
            }
        }
        before = Some(at);
        let next = i + c.len_utf8();
        let Some(fed) = at.feed(&stem[i..next]) else {
            // تبناه "he adopted it": no form goes on with the alef that stands for its final ى.
            if c == 'ا'
                && i >= 4
                && let Some((_, suffix, letters)) = SUFFIXES.iter().find(|s| s.0 == &stem[next..])
                && let Some(end) = at.feed("ى")
                && !end.entries().is_empty()
            {
                out.push(reading(end.entries(), *suffix, *letters));
            }
            return None;
        };
        at = fed;
    }
    let entries = at.entries();
    if !entries.is_empty() {
        out.push(reading(entries, Suffix::None, 0));
    }
    Some(at)
}

/// Adds the phrases of the lexicon that begin with token `i`, from the cursor after its stem.
fn phrases(tokens: &[Token], folded: &str, i: usize, cut: Cut, mut at: Cursor<'_>, out: &mut Vec<Reading>) {
    for n in 1..LONGEST_PHRASE {
        let Some(token) = tokens.get(i + n) else { return };
        // A phrase stands on one line, and no mark is part of it but what joins words: the underscore of a hashtag
        // (#البيت_الأبيض), the hyphen of a name (كيم جونغ-أون, also "جونغ- أون") and the full stops of an acronym (بي.بي.سي).
        let tight = tokens.get(i + n + 1).is_some_and(|t| !t.spaced);
        let joins = match spelling(folded, *token) {
            "_" | "-" | "–" => true,
            "." => tight,
            _ => false,
        };
        if token.kind == Kind::Mark && joins && !token.spaced {
            continue;
        }
        let joined = tokens.get(i + n - 1).is_some_and(|t| t.kind == Kind::Mark);
        if token.kind == Kind::Mark || token.line_start || !token.spaced && !joined {
            return;
        }
        let Some(next) = at.feed(" ").and_then(|c| c.feed(spelling(folded, *token))) else { return };
        at = next;
        let entries = at.entries();
        if !entries.is_empty() {
            out.push(Reading {
                proclitics: Proclitics(cut.proclitics),
                cut: cut.letters,
                suffix: Suffix::None,
                suffix_letters: 0,
                tokens: n as u16 + 1,
                entries,
            });
        }
    }
}

/// Whether a character is folded away, for those who count letters.
#[must_use]
pub fn vanishes(c: char) -> bool {
    fold_char(c).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let layer = tokens(text);
        layer.tokens.iter().map(|t| text[t.span.range()].to_owned()).collect()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(words("قال: «نعم»."), ["قال", ":", "«", "نعم", "»", "."]);
        assert_eq!(words("2,665 و3.5، 2015."), ["2,665", "و", "3.5", "،", "2015", "."]);
        assert_eq!(words("حذَّر... #سامر_الحكيم"), ["حذَّر", "...", "#", "سامر", "_", "الحكيم"]);
        assert_eq!(words("(CNN)--\u{200f}دبي\u{200f}"), ["(", "CNN", ")", "--", "دبي"]);
    }

    #[test]
    fn clitics_and_pronouns_are_seen() {
        let layer = tokens("وسيقولون زيارته للوزير");
        let of = |i: usize| {
            let (from, len) = layer.tokens[i].readings;
            layer.readings[from as usize..][..usize::from(len)].to_vec()
        };
        let will = of(0).into_iter().find(|r| r.proclitics.any(Proclitics::SA)).expect("will");
        assert_eq!(will.proclitics.0, Proclitics::WA | Proclitics::SA);
        assert_eq!(will.cut, 2);
        let minister = of(2).into_iter().find(|r| r.proclitics.any(Proclitics::AL)).expect("the minister");
        assert_eq!((minister.proclitics.0, minister.cut), (Proclitics::LI | Proclitics::AL, 2));
        assert!(minister.entries.has(Table::Title));
    }

    #[test]
    fn marks_that_join_words_do_not_end_a_phrase() {
        let longest = |text: &str| {
            let layer = tokens(text);
            let (from, len) = layer.tokens[0].readings;
            layer.readings[from as usize..][..usize::from(len)].iter().map(|r| r.tokens).max()
        };
        assert_eq!(longest("كيم جونغ أون"), Some(3));
        assert_eq!(longest("كيم جونغ-أون"), Some(4));
        assert_eq!(longest("كيم جونغ- أون"), Some(4));
        assert_eq!(longest("بي.بي.سي"), Some(5));
        assert_eq!(longest("البيت_الأبيض"), Some(3));
        // A hyphen with spaces around it, a full stop and a line end a name.
        assert_eq!(longest("كيم جونغ - أون"), Some(1));
        assert_eq!(longest("بي. بي. سي"), None);
        assert_eq!(longest("البيت\nالأبيض"), Some(1));
    }

    #[test]
    fn careless_spelling_is_put_right_where_only_that_is_known() {
        let layer = tokens("فى وزارة الخارجيه على موسى");
        assert_eq!(layer.folded, "فيوزارةالخارجيةعلىموسى");
        let phrase = layer.readings.iter().any(|r| r.tokens == 2 && r.entries.has(Table::Organization));
        assert!(phrase || layer.readings.iter().any(|r| r.entries.has(Table::Portfolio)));
    }

    #[test]
    fn other_languages_are_told_apart() {
        assert!(is_arabic("قال الوزير"));
        assert!(!is_arabic("The minister said"));
        assert!(!is_arabic("رییس جمهور ایران گفت که این موضوع پیگیری می‌شود"));
        assert!(!is_arabic("123 ..."));
    }
}
