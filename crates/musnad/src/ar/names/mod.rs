//! Proper names.
//!
//! One pass from left to right takes, at each token, the best of what the lexicons know ([`bodies::known`], [`people::person`]),
//! what a head makes ([`bodies::body`]) and what a title announces (`titles`). A second pass finds the same names again where
//! they stand without what gave them away: a surname alone, a name with letters attached, an abbreviation.

pub mod bodies;
pub mod mend;
pub mod people;
pub mod tagger;
pub mod titles;
pub mod words;

use crate::ar::entities::same::skeleton;
use crate::document::{Because, Document, EntityKind, Kind, Name, Rejected};
use crate::span::{Span, Tokens};
use musnad_lexicon::{Entry, Table, arabic};
use people::Expect;
use std::collections::HashMap;
use words::{Does, May, Words};

/// A name that a rule has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its tokens.
    pub tokens: Tokens,
    /// Letters of the first token before it, in characters of the folded spelling.
    pub cut: u8,
    /// Letters of the last token after it.
    pub tail: u8,
    /// What it names.
    pub kind: EntityKind,
    /// The row that knows it, or the head's.
    pub row: Option<Entry>,
    /// The rule.
    pub rule: &'static str,
}

impl Found {
    /// Its characters.
    #[must_use]
    pub fn span(&self, doc: &Document) -> Span {
        let start = doc.cut(self.tokens.start as usize, usize::from(self.cut));
        Span::new(start, doc.cut_end(self.tokens.end as usize - 1, usize::from(self.tail)).max(start))
    }
}

/// The stage `names`.
#[must_use]
pub fn names(doc: &Document, _rejected: &mut Vec<Rejected>) -> Vec<Name> {
    let words = Words::new(doc);
    let found = mend::mend(&words, tagger::combine(&words, rules(&words), tagger::arabic(), &tagger::TRUST));
    found
        .into_iter()
        .filter_map(|f| {
            let span = f.span(doc);
            if span.is_empty() {
                return None;
            }
            let row = f.row.filter(|e| {
                matches!(
                    e.table,
                    Table::Person
                        | Table::Organization
                        | Table::Place
                        | Table::PlaceMore
                        | Table::Country
                        | Table::Work
                )
            });
            let because = f.row.map_or(Because::rule(f.rule), |row| Because::row(f.rule, row));
            Some(Name { span, tokens: f.tokens, kind: f.kind, row, because })
        })
        .collect()
}

/// What the rules alone find, in order, not overlapping.
#[must_use]
pub fn rules(words: &Words<'_>) -> Vec<Found> {
    let mut found = scan(words);
    let more = again(words, &found);
    found.extend(more);
    found.sort_by_key(|f| (f.tokens.start, std::cmp::Reverse(f.tokens.end)));
    let mut end = 0;
    found.retain(|f| {
        let fits = f.tokens.start >= end && !f.span(words.doc).is_empty();
        end = if fits { f.tokens.end } else { end };
        fits
    });
    found
}

/// The first pass.
fn scan(words: &Words<'_>) -> Vec<Found> {
    let doc = words.doc;
    let n = words.len();
    let mut out: Vec<Found> = Vec::new();
    // Where a title says that a person's name follows.
    let mut expect: Vec<Expect> = vec![Expect::Nothing; n + 1];
    let mut i = 0;
    while i < n {
        if !doc.is_read(i) || words.is_time(i) {
            i += 1;
            continue;
        }
        let kind = doc.tokens[i].kind;
        if kind == Kind::Mark {
            if let Some(f) = hashtag(words, i).or_else(|| marked(words, i)) {
                i = f.tokens.end as usize;
                out.push(f);
            } else {
                i += 1;
            }
            continue;
        }
        if kind == Kind::Foreign {
            if let Some(f) = foreign(words, i) {
                i = f.tokens.end as usize;
                out.push(f);
            } else {
                i += 1;
            }
            continue;
        }
        if kind != Kind::Word {
            i += 1;
            continue;
        }
        // رئيس الحكومة الإسبانية: the title has the word for the body in it.
        if i > 0
            && !doc.tokens[i].line_start
            && words.title(i - 1).is_some_and(|(r, _)| r.tokens == 2)
            && matches!(doc.word(i), "الحكومة" | "الدولة" | "الوزراء")
        {
            i += 1;
            continue;
        }
        if let Some(end) = words.no_name(i) {
            i = end;
            continue;
        }
        // د. أستريد ستوكلبرغر "Dr. ...".
        if doc.word(i) == "د"
            && doc.is_mark(i + 1, '.')
            && words.is_word(i + 2)
            && let Some(slot) = expect.get_mut(i + 2)
        {
            *slot = Expect::Name;
        }
        // شقيقته وتدعى برينسيس "his sister, named Princess".
        if words.does(i, Does::NAMED)
            && words.follows(i + 1)
            && let Some(slot) = expect.get_mut(i + 1)
        {
            *slot = Expect::Name;
        }
        // A title announces a name after it. It is read on all the same: what it is of may be a name.
        // التحالف الحاكم X "the ruling alliance X": a participle that judges the noun before it is no ruler.
        let judges = i > 0
            && words.follows(i)
            && words.does(i, Does::JUDGING)
            && words.is_definite(i - 1)
            && !words.whole(i - 1).any(May::FUNCTION.or(May::FINITE).or(May::TITLE));
        if !judges
            && let Some(t) = titles::title(words, i)
            && let Some((at, comma)) = titles::name_after(words, &t)
        {
            let announced = match (comma, t.definite, t.number) {
                (_, _, musnad_lexicon::Number::Plural | musnad_lexicon::Number::Dual) => Expect::Nothing,
                // X، نائب الوزير، وسامر: what "and" joins is no apposition.
                (true, ..) if doc.word(at).starts_with('و') && !words.whole(at).any(May::NAME) => {
                    Expect::Nothing
                }
                (true, ..) => Expect::AfterComma,
                (false, true, _) => Expect::Name,
                (false, false, _) if t.kind == "rank" || t.kind == "honorific" => Expect::Name,
                (false, false, _) => Expect::Nothing,
            };
            if let Some(slot) = expect.get_mut(at) {
                *slot = (*slot).max(announced);
            }
        }
        let announced = expect[i];
        let body = bodies::body(words, i);
        let person = people::person(words, i, announced);
        let best = match (body, person) {
            (Some(b), Some(p)) => {
                let lexicon = p.row.is_some();
                let sure = b.row.is_some_and(|r| !r.feat.is_doubtful());
                // A title wants a person; else the longer name, and the lexicon's before one that grammar made.
                let titled = announced == Expect::Name && !(sure && b.tokens.end >= p.tokens.end && !lexicon);
                let person_wins = if b.tokens.start as usize > i || titled {
                    true
                } else if p.tokens.end != b.tokens.end {
                    p.tokens.end > b.tokens.end
                } else {
                    lexicon && !matches!(b.kind, EntityKind::Organization)
                };
                if person_wins { Some(p) } else { Some(b) }
            }
            (b, p) => p.or(b),
        };
        match best {
            Some(f) if f.tokens.end as usize > i => {
                i = f.tokens.end as usize;
                out.push(f);
            }
            _ => i += 1,
        }
    }
    out
}

/// A hashtag that is a name: #محمود_عباس, #البيت_الأبيض.
fn hashtag(words: &Words<'_>, i: usize) -> Option<Found> {
    let doc = words.doc;
    let first = i + 1;
    if !doc.is_mark(i, '#') || !words.is_word(first) {
        return None;
    }
    let mut joined = doc.word(first).to_owned();
    let mut end = first + 1;
    while doc.is_mark(end, '_') && words.is_word(end + 1) && end < first + 12 {
        joined.push(' ');
        joined.push_str(doc.word(end + 1));
        end += 2;
    }
    let entry = arabic()
        .entries(&joined)
        .iter()
        .filter_map(|e| {
            let kind = match e.table {
                Table::Person => EntityKind::Person,
                Table::Organization => EntityKind::Organization,
                Table::Work if doc.row(e).get("class") == "document" => EntityKind::Document,
                Table::Work => EntityKind::Occasion,
                Table::Country if e.feat.part() != musnad_lexicon::Part::Nisba => EntityKind::Place,
                Table::Place | Table::PlaceMore => EntityKind::Place,
                _ => return None,
            };
            Some((e, kind))
        })
        .min_by_key(|(e, kind)| (*kind == EntityKind::Place, e.table != Table::Organization, e.table));
    if let Some((e, kind)) = entry {
        let tokens = Tokens::new(first, end);
        return Some(Found { tokens, cut: 0, tail: 0, kind, row: Some(e), rule: "names:hashtag" });
    }
    // #معركة_الحديدة, #قوات_الشرعية_اليمنية: a head with what is known or a state's adjective.
    let last = end - 1;
    let told = May::NISBA.or(May::COUNTRY).or(May::PLACE).or(May::PORTFOLIO).or(May::ORGANIZATION);
    if last > first && words.whole(last).any(told) {
        let head = doc.word_entries(first).find(|(r, e)| {
            e.table == Table::Head && r.cut == 0 && matches!(doc.row(*e).get("kind"), "part" | "either")
        });
        if let Some((_, e)) = head {
            let kind = match doc.row(e).get("class") {
                "organization" => EntityKind::Organization,
                "place" => EntityKind::Place,
                "occasion" => EntityKind::Occasion,
                _ => EntityKind::Document,
            };
            let tokens = Tokens::new(first, end);
            return Some(Found { tokens, cut: 0, tail: 0, kind, row: Some(e), rule: "names:hashtag" });
        }
    }
    // #إحسان_إقبال: two names that are words too, joined in one tag and not both of every day.
    let parts = || (first..end).step_by(2);
    let other = May::FUNCTION.or(May::FINITE).or(May::TITLE).or(May::NISBA).or(May::COUNTRY);
    let tag = end > first + 1
        && end <= first + 7
        && words.whole(first).any(May::GIVEN.or(May::GIVEN_TOO))
        && parts().all(|k| words.whole(k).any(May::NAME) && !words.whole(k).any(other))
        && !parts().all(|k| words.is_ordinary(k));
    people::person(words, first, Expect::Nothing)
        .or_else(|| {
            tag.then_some(Found {
                tokens: Tokens::new(first, end),
                cut: 0,
                tail: 0,
                kind: EntityKind::Person,
                row: None,
                rule: "names:hashtag",
            })
        })
        .or_else(|| bodies::known(words, first, bodies::Backing::None))
        .filter(|f| f.tokens.end as usize <= end)
}

/// A name that quotation marks alone set off: مراسل «الحدث». Only what the lexicons know.
fn marked(words: &Words<'_>, i: usize) -> Option<Found> {
    let inner = bodies::quoted(words, i)?;
    if let Some(f) = bodies::known(words, inner.start as usize, bodies::Backing::Organization) {
        return (f.tokens == inner && f.kind == EntityKind::Organization).then_some(f);
    }
    // شركة الأبحاث "غافيكال": what nobody knows, after a word for bodies with its complement.
    let doc = words.doc;
    let strange = inner.range().all(|k| {
        doc.kind(k) == Some(Kind::Foreign)
            || words.is_word(k)
                && !words.look(k).whole.or(words.look(k).after).any(May::KNOWN.or(May::FUNCTION))
                && !words.is_ordinary(k)
                && words.letters(k) > 2
    });
    let plain = |k: usize| {
        words.is_word(k) && !doc.tokens[k].line_start && !words.whole(k).any(May::FUNCTION.or(May::FINITE))
    };
    let headed = i >= 2
        && (plain(i - 1) && bodies::names_follow(words, i - 2)
            || i >= 3
                && (i - 2..i).all(|k| plain(k) && words.is_definite(k))
                && bodies::names_follow(words, i - 3));
    (strange && headed && inner.len() <= 3).then_some(Found {
        tokens: inner,
        cut: 0,
        tail: 0,
        kind: EntityKind::Organization,
        row: None,
        rule: "names:word for bodies+quotation",
    })
}

/// A name in Latin letters: an abbreviation in capitals, or what the lexicons know.
fn foreign(words: &Words<'_>, i: usize) -> Option<Found> {
    let doc = words.doc;
    if let Some(f) = bodies::known(words, i, bodies::Backing::None) {
        return Some(f);
    }
    let text = doc.text(doc.tokens[i].span);
    let letters = text.chars().count();
    let capitals = (2..=6).contains(&letters) && text.chars().all(|c| c.is_ascii_uppercase());
    let alone = doc.kind(i + 1) != Some(Kind::Foreign)
        && i.checked_sub(1).is_none_or(|b| doc.kind(b) != Some(Kind::Foreign));
    // (CNN), "MSF": an abbreviation is a name where marks or a word for media set it off; GPS and DVD are things.
    let before = i.checked_sub(1);
    let set_off = before.is_some_and(|b| {
        doc.is_mark(b, '(') && doc.is_mark(i + 1, ')')
            || doc.kind(b) == Some(Kind::Mark) && doc.quote(i).is_some_and(|(_, q)| q.inner.len() == 1)
            || words.whole(b).or(words.look(b).after).any(May::HEAD.or(May::GROUP))
    });
    (capitals && alone && set_off).then(|| Found {
        tokens: Tokens::new(i, i + 1),
        cut: 0,
        tail: 0,
        kind: EntityKind::Organization,
        row: None,
        rule: "names:capitals",
    })
}

/// The second pass: names of the first by another of their words.
fn again(words: &Words<'_>, found: &[Found]) -> Vec<Found> {
    let doc = words.doc;
    let mut taken = vec![false; words.len()];
    // Folded first word to what goes on from it: the rest of the words, which name it is.
    let mut known: HashMap<String, Vec<(Vec<String>, usize)>> = HashMap::new();
    let mut learn = |parts: Vec<String>, which: usize| {
        let mut parts = parts.into_iter();
        if let Some(first) = parts.next() {
            let rest: Vec<String> = parts.collect();
            let list = known.entry(first).or_default();
            if list.len() < 8 && !list.iter().any(|(r, _)| *r == rest) {
                list.push((rest, which));
            }
        }
    };
    for (which, f) in found.iter().enumerate() {
        for slot in taken.get_mut(f.tokens.range()).unwrap_or(&mut []) {
            *slot = true;
        }
        let parts: Vec<String> = f
            .tokens
            .range()
            .filter(|i| doc.kind(*i) != Some(Kind::Mark))
            .enumerate()
            .map(|(k, i)| {
                let word = doc.word(i);
                let cut = if k == 0 { usize::from(f.cut) } else { 0 };
                let stem = word.char_indices().nth(cut).map_or("", |(at, _)| &word[at..]);
                if cut > 0 && stem.starts_with("ل") && word.starts_with("لل")
                    || cut == 1 && word.contains("لل") && stem.starts_with('ل')
                {
                    format!("ا{stem}")
                } else {
                    stem.to_owned()
                }
            })
            .collect();
        // A town whose name is a word too is told anew each time.
        let first = f.tokens.start as usize;
        let word_too = f.kind == EntityKind::Place
            && f.tokens.len() == 1
            && (words.is_ordinary(first) || words.whole(first).any(May::NOUN.or(May::GROUP)))
            && words.whole(first).or(words.look(first).after).any(May::DOUBTFUL)
            && !doc
                .word_entries(first)
                .any(|(_, e)| matches!(e.table, Table::Place | Table::PlaceMore) && !e.feat.is_doubtful());
        if parts.is_empty() || parts.len() > 8 || word_too {
            continue;
        }
        if f.kind == EntityKind::Person
            && parts.len() > 1
            && parts[0].chars().count() > 2
            && f.cut == 0
            && !words.is_ordinary(f.tokens.start as usize)
        {
            // The first word alone: Koreans, Brazilians, people known by it.
            learn(parts[..1].to_vec(), which);
        }
        if f.kind == EntityKind::Person && parts.len() > 1 {
            // The surname alone, with the words that belong to it (بن سلمان, أبو الغيط, دي ميستورا).
            let last = parts.len() - 1;
            let mut from = last;
            while from > 1 && Does::of(&parts[from - 1]).any(Does::PARTICLE) {
                from -= 1;
            }
            // حسن نصر الله: the surname has two words.
            if from == last && last > 1 && Does::of(&parts[last]).any(Does::NOT_OWN) {
                from -= 1;
            }
            let king = Does::of(&parts[last]).any(Does::ORDINAL);
            // الله of عبد الله is nobody's name alone.
            let own = !Does::of(&parts[last]).any(Does::NOT_OWN);
            if (own && parts[from].chars().count() > 2 || from < last) && !king {
                learn(parts[from..].to_vec(), which);
            }
            if from < last && parts[last].chars().count() > 2 && own {
                learn(parts[last..].to_vec(), which);
            }
        }
        if f.kind != EntityKind::Person || parts.len() > 1 || parts[0].chars().count() > 2 {
            learn(parts, which);
        }
    }
    // Surnames without their vowels: نتانياهو and نتنياهو.
    let mut bones: HashMap<String, usize> = HashMap::new();
    for (which, f) in found.iter().enumerate() {
        let last = f.tokens.end as usize - 1;
        if f.kind == EntityKind::Person && (f.tokens.len() > 1 || f.row.is_some()) && !words.is_ordinary(last)
        {
            let bone = skeleton(doc.word(last));
            if bone.chars().count() >= 3 {
                bones.entry(bone).or_insert(which);
            }
        }
    }
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if taken[i] || !words.is_word(i) && doc.kind(i) != Some(Kind::Foreign) || !doc.is_read(i) {
            i += 1;
            continue;
        }
        match same(words, i, &known, found, &taken).or_else(|| alike(words, i, &bones, found)) {
            Some(f) => {
                i = f.tokens.end as usize;
                out.push(f);
            }
            None => i += 1,
        }
    }
    out
}

/// A word that nobody knows and that only its vowels tell from a surname of the report.
fn alike(words: &Words<'_>, i: usize, bones: &HashMap<String, usize>, found: &[Found]) -> Option<Found> {
    let look = words.look(i);
    let strange = !look.whole.any(May::KNOWN.or(May::FUNCTION)) && words.letters(i) >= 4 && !words.is_time(i);
    if !strange || bones.is_empty() || words.is_ordinary(i) {
        return None;
    }
    let f = &found[*bones.get(&skeleton(words.doc.word(i)))?];
    let same = words.is_definite(i) == words.is_definite(f.tokens.end as usize - 1);
    same.then(|| Found {
        tokens: Tokens::new(i, i + 1),
        cut: 0,
        tail: 0,
        rule: "names:again by consonants",
        ..f.clone()
    })
}

/// The known name that stands at `i`, attached letters allowed.
fn same(
    words: &Words<'_>,
    i: usize,
    known: &HashMap<String, Vec<(Vec<String>, usize)>>,
    found: &[Found],
    taken: &[bool],
) -> Option<Found> {
    let doc = words.doc;
    let word = doc.word(i);
    let whole = words.whole(i);
    let attached = |cut: usize| -> Option<(u8, String)> {
        let (at, _) = word.char_indices().nth(cut)?;
        let before = &word[..at];
        let fits = matches!(before, "" | "و" | "ف" | "ب" | "ل" | "ك" | "وب" | "ول" | "وك" | "فب" | "فل");
        let rest = &word[at..];
        // للتنظيم: the article's alef is not written after ل.
        if before.ends_with('ل') && rest.starts_with('ل') {
            return fits.then(|| (cut as u8, format!("ا{rest}")));
        }
        fits.then(|| (cut as u8, rest.to_owned()))
    };
    for cut in 0..3 {
        let Some((cut, stem)) = attached(cut) else { continue };
        let Some(list) = known.get(&stem) else { continue };
        let mut best: Option<(usize, usize)> = None;
        for (rest, which) in list {
            let goes_on = rest.iter().enumerate().all(|(k, w)| {
                let at = i + 1 + k;
                words.follows(at) && !taken[at] && doc.word(at) == w
            });
            if goes_on && best.is_none_or(|(n, _)| rest.len() > n) {
                best = Some((rest.len(), *which));
            }
        }
        let Some((n, which)) = best else { continue };
        let f = &found[which];
        // One word that is also an ordinary one (صالح, الأسد) is the name only as it was introduced.
        if n == 0 {
            // نائب مساعد وزير الدفاع: a title is not the first name of somebody whom the report has named.
            if f.kind == EntityKind::Person && f.tokens.len() > 1 && whole.any(May::TITLE) {
                let first = doc.word(f.tokens.start as usize).ends_with(stem.as_str());
                if first || words.follows(i + 1) && words.whole(i + 1).any(May::NAME) {
                    continue;
                }
            }
            // للحكيم "to al-Hakim": a surname with the article, of somebody whom the report has named in full.
            let introduced = f.kind == EntityKind::Person && f.tokens.len() > 1 && stem.starts_with("ال");
            // بدوما after مدينة دوما: the letters before the name make no word of it.
            let town =
                f.kind == EntityKind::Place && !whole.any(May::KNOWN) && !words.look(i).after.any(May::NOUN);
            if cut > 0 && !introduced && !town && words.is_ordinary(i)
                || whole.any(May::FUNCTION)
                || words.is_time(i)
            {
                continue;
            }
            let state = f.row.is_some_and(|r| r.table == Table::Country);
            // قائمة سائرون after تحالف «سائرون»: a word for bodies stands before it again.
            let headed = f.kind == EntityKind::Organization
                && i > 0
                && !doc.tokens[i].line_start
                && words.whole(i - 1).or(words.look(i - 1).after).any(May::HEAD);
            // إن إقبال وصل: after إن an indefinite noun would be in the accusative (إقبالا).
            let subject = cut == 0
                && f.kind == EntityKind::Person
                && f.tokens.len() > 1
                && whole.any(May::NAME)
                && !words.is_definite(i)
                && !doc.tokens[i].line_start
                && matches!(doc.bare(i.saturating_sub(1)), "ان" | "بان" | "لان" | "لكن" | "كان")
                && !doc.word(i).ends_with('ا')
                && words.follows(i + 1)
                && (words.whole(i + 1).any(May::FINITE)
                    || matches!(doc.word(i + 1), "كان" | "كانت" | "لم" | "قد" | "لن" | "لا")
                    || !words.whole(i + 1).any(May::KNOWN.or(May::FUNCTION)) && !words.is_definite(i + 1));
            if cut == 0
                && !headed
                && !state
                && !subject
                && words.is_ordinary(i)
                && !(words.is_definite(i) && f.kind == EntityKind::Person && whole.any(May::NAME))
            {
                continue;
            }
            if f.kind == EntityKind::Person && whole.any(May::FINITE) && !whole.any(May::SURE) {
                continue;
            }
        }
        return Some(Found { tokens: Tokens::new(i, i + 1 + n), cut, rule: "names:again", ..f.clone() });
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::document::EntityKind::{Organization, Person, Place};
    use crate::{Report, read_until};

    fn check(text: &str, expect: &[(crate::document::EntityKind, &str)]) {
        let doc = read_until(Report { text: text.into(), ..Report::default() }, 4);
        doc.check().expect("an orderly document");
        let got: Vec<_> = doc.names.iter().map(|n| (n.kind, doc.text(n.span))).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn people_by_given_names_and_titles() {
        check("وصل سامر بن كريم الحكيم أمس", &[(Person, "سامر بن كريم الحكيم")]);
        check("قال العميد كريم العطار إن الطريق آمن", &[(Person, "كريم العطار")]);
        check("التقى الوزير الفرنسي تورليو باشان", &[(Person, "تورليو باشان")]);
        // An adjective of a state, a participle and a town are no surnames.
        check("زار الوزير سامر الحكيم الرباط", &[(Person, "سامر الحكيم"), (Place, "الرباط")]);
        check("قال الطالب الكردي الجامعي نعم", &[]);
    }

    #[test]
    fn a_name_known_from_elsewhere() {
        check(
            "الحكيم: نعم\nوصل الوزير سامر الحكيم. وقال للحكيم إن الحكيم باق",
            &[(Person, "الحكيم"), (Person, "سامر الحكيم"), (Person, "لحكيم"), (Person, "الحكيم")],
        );
    }

    #[test]
    fn bodies_by_heads() {
        check("أعلنت وزارة الخارجية الأردنية ذلك", &[(Organization, "وزارة الخارجية الأردنية")]);
        check("أعلنت الخارجية الأردنية ذلك", &[(Organization, "الخارجية الأردنية")]);
        check("انتشر الجيش الوطني الليبي", &[(Organization, "الجيش الوطني الليبي")]);
        check("ذكرت صحيفة «المرسى» ذلك", &[(Organization, "المرسى")]);
        // A description is no name.
        check("قال رئيس لجنة تحقيق إن قوات النظام انسحبت", &[]);
    }

    #[test]
    fn places_and_attached_letters() {
        check("وصل إلى مدينة حلب", &[(Place, "حلب")]);
        check("هبطت في مطار عدن الدولي", &[(Place, "مطار عدن الدولي")]);
        check("دعا مجلس الأمن للأمم المتحدة", &[(Organization, "مجلس الأمن"), (Organization, "لأمم المتحدة")]);
        check("فتح الباب ودخل", &[]);
        check("سقطت مدينة الباب", &[(Place, "الباب")]);
        check("عن #ليبيا", &[(Place, "ليبيا")]);
    }
}
