//! Titles: an office, rank or relation with what it is of (نائب رئيس الوزراء التركي, المتحدثة باسم البيت الأبيض, قائد الجيش).
//!
//! The same reading of a title serves three stages: names (a person's name follows), entities (it describes a person) and roles.

use super::Found;
use super::bodies::body;
use super::words::{Does, May, Words, outside};
use crate::document::{Classes, Kind, Proclitics, Suffix};
use crate::span::{Span, Tokens};
use musnad_lexicon::{Entry, Number, Table};

/// What a title is of.
#[derive(Clone, Debug, PartialEq)]
pub enum Of {
    /// The text does not say at this place.
    Unsaid,
    /// A state, by its adjective: الفرنسي "French"; the token and the row.
    Nisba(usize, Entry),
    /// The United Nations, by the adjective أممي.
    World(usize),
    /// A named body or place.
    Body(Found),
    /// A body or place by a common noun: النادي "the club"; its token.
    Noun(usize),
    /// Whoever a pronoun means: مساعده "his assistant", نظيره.
    Pronoun(Suffix),
}

/// A title in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Title {
    /// All its tokens, with what it is of.
    pub tokens: Tokens,
    /// The letters before the first token's stem that are not part of it.
    pub cut: u8,
    /// The words of the title without what it is of where that is an entity.
    pub words: Span,
    /// The head's row.
    pub head: Entry,
    /// office, rank, honorific, relation or profession.
    pub kind: &'static str,
    /// What it is of.
    pub of: Of,
    /// Whether it is definite: by the article, a definite complement or a pronoun.
    pub definite: bool,
    /// Grammatical number of the holder.
    pub number: Number,
    /// Whether the holder is a woman, by the form.
    pub feminine: bool,
    /// Whether it belongs to the past or another: السابق "former".
    pub former: bool,
    /// What it is called apart from its holder and spelling, so that two mentions of one office can be matched.
    pub key: String,
}

/// The title whose head is the token at `i`.
#[must_use]
pub fn title(words: &Words<'_>, i: usize) -> Option<Title> {
    let doc = words.doc;
    let look = words.look(i);
    if words.is_time(i) {
        return None;
    }
    let (mut r, mut e) = words.title(i)?;
    if r.tokens == 2 && doc.word(i + 1) == "الجيش" {
        // قائد الجيش: the army is a body that the office is of.
        let alone = doc.word_entries(i).find(|(_, e)| e.table == Table::Title).map(|(r, e)| (*r, e));
        (r, e) = alone.unwrap_or((r, e));
    }
    if look.whole.any(May::FUNCTION) && r.tokens == 1 {
        return None;
    }
    // وصاحب, but not the letters of another word: a cut word that is whole something else is no title.
    if r.tokens == 1 && outside(&r) > 0 && look.whole.any(May::TITLE.or(May::GROUP).or(May::NAME)) {
        return None;
    }
    let row = doc.row(e);
    let kind = row.get("kind");
    let cut = outside(&r);
    let n = usize::from(r.tokens);
    let last = doc.word(i + n - 1);
    let first_article = r.proclitics.any(Proclitics::AL) || after(doc.word(i), cut).starts_with("ال");
    // رئيس الوزراء is definite by its last word.
    let article = first_article || n > 1 && last.starts_with("ال");
    let mut out = Title {
        tokens: Tokens::new(i, i + n),
        cut,
        words: Span::default(),
        head: e,
        kind,
        of: Of::Unsaid,
        definite: article || r.suffix != Suffix::None,
        number: e.feat.get_number(),
        feminine: e.feat.is_feminine(),
        former: false,
        key: String::new(),
    };
    out.key.push_str(row.get("word").trim_start_matches("ال"));
    let start = doc.cut(i, usize::from(cut));
    let mut end = i + n;
    let mut j = i + n;
    let mut tail = 0u8;
    if r.suffix != Suffix::None || matches!(row.get("word"), "نظيره" | "نظيرهم") {
        out.of = Of::Pronoun(if r.suffix == Suffix::None { Suffix::He } else { r.suffix });
        out.definite = true;
        tail = r.suffix_letters;
    }
    let mut spokesman = last == "باسم" || last == "باسمه" || last == "باسمها";
    if last == "باسمه" || last == "باسمها" {
        out.of = Of::Pronoun(Suffix::He);
    }
    let mut takes = row.get("of");
    // A head without article, or whose last word is an adjective (أمين عام), goes on with what it is of.
    // القائم بأعمال مساعد الوزير and النائب الأول لرئيس المجلس go on too.
    let mut construct = (!article || matches!(last, "باعمال" | "لرئيس")) && r.suffix == Suffix::None;
    let mut steps = 0;
    if kind == "honorific" || kind == "rank" && (!construct || takes == "none") {
        // سمو الأمير, اللواء الركن, العميد أحمد: nothing belongs to it but further words of its kind.
        while words.follows(j) && steps < 2 && words.does(j, Does::RANK) {
            j += 1;
            end = j;
            steps += 1;
        }
    } else {
        while steps < 12 && words.follows(j) {
            steps += 1;
            if words.is_time(j) {
                break;
            }
            let word = doc.word(j);
            let whole = words.whole(j);
            if spokesman {
                spokesman = false;
                let Some((of, to, shown)) = spoken_for(words, j) else { break };
                out.of = of;
                out.definite = true;
                j = to;
                end = shown;
                continue;
            }
            if matches!(word, "باسم") {
                spokesman = true;
                j += 1;
                end = j;
                continue;
            }
            if matches!(word, "باسمه" | "باسمها") {
                out.of = Of::Pronoun(Suffix::He);
                j += 1;
                end = j;
                continue;
            }
            if takes.contains("portfolio")
                && let Some((p, pe)) = words.phrase(j, Table::Portfolio).filter(|(p, _)| {
                    p.cut == 0 || p.proclitics.any(Proclitics::LI) && !p.proclitics.any(Proclitics::AND)
                })
            {
                out.key.push(' ');
                out.key.push_str(doc.row(pe).get("name"));
                j += usize::from(p.tokens);
                end = j;
                out.definite = true;
                construct = false;
                continue;
            }
            if matches!(word, "شؤون" | "شئون") && takes.contains("portfolio") && words.follows(j + 1)
            {
                // وزير شؤون الاتحاد الأوروبي: affairs that no table lists.
                let to = body(words, j + 1)
                    .filter(|f| f.tokens.start as usize == j + 1)
                    .map_or(j + 2, |f| f.tokens.end as usize);
                out.key.push_str(" شؤون");
                j = to;
                end = j;
                out.definite = true;
                construct = false;
                continue;
            }
            if word == "عن" && row.get("word") == "مسؤول" && words.follows(j + 1) && words.is_definite(j + 1)
            {
                // المسؤول عن الملف الأمني "the official in charge of the security file".
                j += 2;
                while words.follows(j)
                    && words.is_definite(j)
                    && doc.word(j).ends_with(['ي', 'ة'])
                    && !words.whole(j).any(May::NISBA)
                {
                    j += 1;
                }
                end = j;
                out.definite = true;
                continue;
            }
            // الرئيس المنتهية ولايته "the outgoing president".
            if word == "المنتهية" && end == j && matches!(doc.word(j + 1), "ولايته" | "ولايتها")
            {
                j += 2;
                end = j;
                out.former = true;
                continue;
            }
            if words.does(j, Does::MODIFIER) {
                if end == j {
                    end = j + 1;
                }
                out.former |= words.does(j, Does::FORMER);
                if !words.does(j, Does::FORMER) && out.of == Of::Unsaid {
                    out.key.push(' ');
                    out.key.push_str(word.trim_start_matches("ال"));
                }
                j += 1;
                continue;
            }
            if let Some((nr, ne)) = words.nisba(j).filter(|(nr, _)| outside(nr) == 0) {
                // The adjective of a definite title has the article, that of an indefinite one has not.
                let article = nr.proclitics.any(Proclitics::AL);
                let agrees = article || !out.definite;
                let open = matches!(out.of, Of::Unsaid | Of::Pronoun(_));
                if open && agrees && ne.feat.get_number() != Number::Plural {
                    out.of = Of::Nisba(j, ne);
                    out.definite |= article;
                    construct = false;
                    j += usize::from(nr.tokens);
                    continue;
                }
                break;
            }
            if matches!(word, "الاممي" | "الاممية" | "اممي" | "اممية") {
                out.of = Of::World(j);
                j += 1;
                end = j;
                continue;
            }
            // سفير خادم الحرمين الشريفين: the ambassador of whom a style means.
            if construct
                && let Some((nr, _)) =
                    words.title(j).filter(|(r, e)| outside(r) == 0 && doc.row(*e).get("kind") == "style")
            {
                out.of = Of::Noun(j);
                out.definite = true;
                construct = false;
                j += usize::from(nr.tokens);
                continue;
            }
            if construct && whole.any(May::TITLE) {
                let Some((nr, ne)) = words.title(j).filter(|(nr, _)| outside(nr) == 0) else { break };
                let nested = doc.row(ne);
                if nested.get("kind") == "office" || nested.get("kind") == "profession" {
                    let definite = nr.proclitics.any(Proclitics::AL) || word.starts_with("ال");
                    out.key.push(' ');
                    out.key.push_str(nested.get("word").trim_start_matches("ال"));
                    j += usize::from(nr.tokens);
                    end = j;
                    takes = nested.get("of");
                    out.definite |= definite;
                    construct = !definite && nr.suffix == Suffix::None;
                    spokesman = doc.word(j - 1) == "باسم";
                    continue;
                }
                break;
            }
            let li = word.starts_with('ل');
            // الأمين العام لحلف "المرسى" سامر: the body's name in quotation marks.
            if out.of == Of::Unsaid
                && (construct || li)
                && words.look(j).whole.or(words.look(j).after).any(May::HEAD)
                && let Some(inner) = super::bodies::quoted(words, j + 1)
                && let Some(f) = body(words, j).filter(|f| inner.contains(f.tokens))
            {
                j = inner.end as usize + 1;
                out.of = Of::Body(f);
                out.definite = true;
                construct = false;
                continue;
            }
            if out.of == Of::Unsaid && (construct || li) {
                let fits =
                    |f: &Found| f.tokens.start as usize == j && (f.cut == 0 && construct || f.cut == 1 && li);
                if let Some(f) = body(words, j).filter(fits) {
                    // لاعب وسط فريق الاتفاق: a name that begins later is met below.
                    j = f.tokens.end as usize;
                    out.of = Of::Body(f);
                    out.definite = true;
                    construct = false;
                    let go_on =
                        words.follows(j) && matches!(doc.word(j), "لحقوق" | "لشؤون" | "لمكافحة" | "للشؤون");
                    if go_on && words.follows(j + 1) {
                        j += 2;
                        end = j;
                    }
                    continue;
                }
            }
            if construct
                && out.of == Of::Unsaid
                && words.is_definite(j)
                && !whole.any(May::FUNCTION.or(May::FINITE))
                && !whole.any(May::SURE)
            {
                // قائد الجيش: a body by a common noun; رئيس اللجان: part of the title.
                let body = words
                    .phrase(j, Table::Group)
                    .is_some_and(|(_, g)| matches!(doc.row(g).get("type"), "organization" | "place"));
                if whole.any(May::GROUP) && body {
                    out.of = Of::Noun(j);
                } else if words.is_ordinary(j) || whole.any(May::KNOWN) {
                    end = j + 1;
                    out.key.push(' ');
                    out.key.push_str(word);
                } else {
                    break;
                }
                out.definite = true;
                construct = false;
                j += 1;
                while words.follows(j)
                    && words.is_definite(j)
                    && words.is_ordinary(j)
                    && !words.whole(j).any(May::NISBA.or(May::TITLE))
                    && doc.word(j).ends_with(['ي', 'ة'])
                    && !words.does(j, Does::MODIFIER)
                    && matches!(out.of, Of::Unsaid)
                {
                    j += 1;
                    end = j;
                }
                continue;
            }
            // رئيس بلدية سان نيكولا: the generic word is the title's own last word.
            if construct
                && out.of == Of::Unsaid
                && j > i + 1
                && words.whole(j - 1).any(May::HEAD)
                && let Some(f) = body(words, j - 1).filter(|f| f.tokens.start as usize == j)
            {
                j = f.tokens.end as usize;
                out.of = Of::Body(f);
                out.definite = true;
                construct = false;
                continue;
            }
            if construct && out.of == Of::Unsaid && whole.any(May::HEAD) && !words.is_definite(j) {
                // A name after a word that stands outside it: محافظ مدينة عدن, لاعب وسط فريق الاتفاق.
                if let Some(f) = body(words, j) {
                    j = f.tokens.end as usize;
                    out.of = Of::Body(f);
                    out.definite = true;
                    construct = false;
                    continue;
                }
            }
            // مساعد وزير الخارجية الأميركي للأمن الدولي: what the office is for stands between it and the name.
            if matches!(out.of, Of::Nisba(..) | Of::Body(_))
                && (word.starts_with("لل") || word == "لشؤون")
                && words.letters(j) > 4
            {
                let mut to = j + 1;
                let joined = |k: usize| {
                    doc.word(k).starts_with("وال") || doc.word(k).starts_with('و') && words.is_ordinary(k)
                };
                while to < j + 6
                    && words.follows(to)
                    && !words.is_time(to)
                    && (words.is_definite(to) || joined(to))
                    && !words.whole(to).any(May::SURE.or(May::TITLE).or(May::FINITE))
                {
                    to += 1;
                }
                let named = words.whole(to).any(May::GIVEN.or(May::PERSON)) || doc.is_mark(to, '،');
                if named {
                    j = to;
                    break;
                }
            }
            let open = out.of == Of::Unsaid && out.definite && out.number == Number::Singular;
            // مدير الإمداد والتموين بالمركز: the second of two things that an office is over, where its holder's name follows.
            if open && end == j && j > i + n && word.starts_with("وال") && second(words, j) {
                let mut to = j + 1;
                while to < j + 3 && words.follows(to) && doc.word(to).starts_with("وال") && second(words, to)
                {
                    to += 1;
                }
                if announces(words, to)
                    || held_in(words, &out.key, to).is_some_and(|(_, k)| announces(words, k))
                {
                    j = to;
                    end = to;
                    continue;
                }
            }
            // القيادي الإخواني بحركة حسم سامر, الزعيم الديني سامر: an adjective of the title itself.
            if open && first_article && n == 1 && end == j && j == i + 1 && adjective(words, j, out.feminine)
            {
                let former = words.does(j + 1, Does::FORMER);
                let to = if former { j + 2 } else { j + 1 };
                if announces(words, to)
                    || held_in(words, &out.key, to).is_some_and(|(_, k)| announces(words, k))
                {
                    j += 1;
                    end = j;
                    continue;
                }
            }
            // مساعد وزير الدفاع لشؤون الأمن الدولي: what a deputy's office is for.
            if open && end == j && matches!(word, "لشؤون" | "للشؤون" | "لشئون" | "للشئون") && deputy(&out.key)
            {
                let to = affairs(words, j);
                if to > j + 1 {
                    j = to;
                    end = to;
                    continue;
                }
            }
            // مساعد وزير الخارجية للشؤون الأوروبية وشؤون آسيا.
            if open && end == j && matches!(word, "وشؤون" | "وشئون" | "ومكافحة") && deputy(&out.key)
            {
                let to = affairs(words, j - 1);
                if to > j + 1 {
                    j = to;
                    end = to;
                    continue;
                }
            }
            // عين مستشارا جديدا, كان مسؤولا كبيرا: an adjective in the accusative.
            let accusative = |k: usize| {
                doc.word(k).ends_with('ا')
                    && words.letters(k) > 3
                    && !words.is_definite(k)
                    && !words.does(k, Does::FORMER)
            };
            if n == 1
                && end == j
                && j == i + 1
                && out.of == Of::Unsaid
                && accusative(i)
                && accusative(j)
                && words.is_ordinary(j)
                && !whole.any(May::TITLE.or(May::FUNCTION).or(May::NAME))
            {
                j += 1;
                end = j;
                continue;
            }
            // المستشار في الديوان الملكي سامر, مسؤولة السياسة بالاتحاد الأوروبي ليلى: where it is held, before the holder's name.
            if open
                && let Some((of, to)) = held_in(words, &out.key, j)
                && announces(words, to)
            {
                out.of = of;
                j = to;
                continue;
            }
            // سفير الولايات المتحدة في الفلبين; المبعوث الأممي إلى اليمن.
            if matches!(word, "في" | "لدى" | "الى" | "عن")
                && steps < 10
                && let Some(f) = body(words, j + 1).filter(|f| {
                    // نائب عن مدينة X: the generic word stands between.
                    let generic = words.whole(j + 1).any(May::HEAD) && f.tokens.start as usize == j + 2;
                    (f.tokens.start as usize == j + 1 || generic) && f.cut == 0
                })
            {
                let to = f.tokens.end as usize;
                // One is sent to a place; a minister only travels there.
                let sent = ["envoy", "ambassador", "representative", "delegate", "coordinator"];
                let english = doc.row(out.head).get("en");
                if word == "الى" && end == j && sent.iter().any(|s| english.contains(s)) {
                    end = to;
                    j = to;
                    continue;
                }
                if out.of == Of::Unsaid && takes.contains("place") && word == "في" && out.definite {
                    // المدير الإقليمي في اليمن: where the office is held.
                    j = to;
                    continue;
                }
                if out.of != Of::Unsaid {
                    j = to;
                    continue;
                }
            }
            break;
        }
        // A quotation right after a construct: مراسل «الحدث».
        if construct
            && out.of == Of::Unsaid
            && let Some(inner) = super::bodies::quoted(words, j)
        {
            let found = Found {
                tokens: inner,
                cut: 0,
                tail: 0,
                kind: crate::document::EntityKind::Organization,
                row: super::bodies::known(words, inner.start as usize, super::bodies::Backing::Organization)
                    .filter(|f| f.tokens == inner)
                    .and_then(|f| f.row),
                rule: "names:title+quotation",
            };
            out.of = Of::Body(found);
            out.definite = true;
            j = inner.end as usize + 1;
        }
    }
    if row.get("word") == "أمير" && article && out.of == Of::Unsaid {
        // الأمير X "Prince X" is no office; أمير قطر "the emir of Qatar" is.
        out.kind = "honorific";
    }
    out.tokens.end = j.max(end) as u32;
    let stop = doc.cut_end(
        end - 1,
        if end == i + n && !matches!(row.get("word"), "نظيره" | "نظيرهم") {
            usize::from(tail)
        } else {
            0
        },
    );
    out.words = Span::new(start, stop.max(start));
    let bare: Vec<&str> = out.key.split(' ').map(|w| w.strip_prefix("ال").unwrap_or(w)).collect();
    out.key = musnad_lexicon::fold(&bare.join(" "));
    if out.words.is_empty() {
        return None;
    }
    Some(out)
}

/// Whether a person's name, or a rank or further office before one, begins at the token.
fn announces(words: &Words<'_>, at: usize) -> bool {
    let whole = words.whole(at);
    words.follows(at)
        && !words.is_time(at)
        && (whole.any(May::GIVEN.or(May::PERSON)) && !whole.any(May::FUNCTION)
            || words.phrase(at, Table::Person).is_some_and(|(r, _)| r.tokens > 1 && r.cut == 0)
            || whole.any(May::GIVEN_TOO)
                && !words.is_ordinary(at)
                && !whole.any(May::FUNCTION.or(May::FINITE))
            || super::people::is_servant(words.doc.word(at))
            || whole.any(May::TITLE) && words.is_definite(at) && words.title(at).is_some())
}

/// Whether و with a definite noun may be the second of what an office is over: والتموين.
fn second(words: &Words<'_>, at: usize) -> bool {
    let other = May::TITLE
        .or(May::COUNTRY)
        .or(May::PLACE)
        .or(May::PERSON)
        .or(May::NISBA)
        .or(May::GROUP)
        .or(May::ORGANIZATION)
        .or(May::HEAD);
    words.follows(at) && !words.is_time(at) && !words.look(at).after.any(other)
}

/// Whether the definite word at `at` may be the adjective of a title: الديني, المزدوج.
fn adjective(words: &Words<'_>, at: usize, feminine: bool) -> bool {
    let other = May::TITLE
        .or(May::NISBA)
        .or(May::GROUP)
        .or(May::HEAD)
        .or(May::COUNTRY)
        .or(May::PLACE)
        .or(May::PERSON)
        .or(May::GIVEN)
        .or(May::ORGANIZATION)
        .or(May::FUNCTION)
        .or(May::PORTFOLIO);
    words.is_definite(at)
        && words.follows(at)
        && words.doc.word(at).ends_with('ة') == feminine
        && !words.is_time(at)
        && !words.does(at, Does::MODIFIER)
        && !words.whole(at).any(other)
}

/// Whether a title by its key is a deputy's or adviser's.
fn deputy(key: &str) -> bool {
    ["مساعد", "مستشار", "نائب", "وكيل", "القائم", "قائم", "مبعوث", "ممثل"].iter().any(|w| key.starts_with(w))
}

/// The token after the affairs that begin at `at`: لشؤون الأمن الدولي, للشؤون الأمنية ومكافحة الإرهاب.
fn affairs(words: &Words<'_>, at: usize) -> usize {
    let doc = words.doc;
    let mut to = at + 1;
    while to < at + 8 && words.follows(to) && !words.is_time(to) {
        let word = doc.word(to);
        let joined = matches!(word, "ومكافحة" | "وشؤون" | "وشئون" | "وحقوق");
        let after = matches!(doc.word(to - 1), "لشؤون" | "لشئون" | "ومكافحة" | "وشؤون" | "وشئون" | "وحقوق");
        let whole = words.whole(to);
        let fits = joined && words.follows(to + 1)
            || after && whole.any(May::COUNTRY.or(May::PLACE))
            || (words.is_definite(to) || word.starts_with("وال"))
                && !words
                    .look(to)
                    .whole
                    .or(words.look(to).after)
                    .any(May::SURE.or(May::TITLE).or(May::FINITE))
            || word.starts_with('و')
                && !whole.any(May::KNOWN)
                && words.look(to).after.any(May::PLACE.or(May::COUNTRY))
                && words.whole(to - 1).any(May::COUNTRY.or(May::PLACE));
        if !fits {
            break;
        }
        to += 1;
    }
    to
}

/// Where an office is held, as the words after it tell: في الديوان الملكي, بوزارة الدفاع, على مكتب الوزير; and the token after.
fn held_in(words: &Words<'_>, key: &str, j: usize) -> Option<(Of, usize)> {
    let doc = words.doc;
    let word = doc.word(j);
    if !words.follows(j) || words.is_time(j) {
        return None;
    }
    let organization = |f: &Found| f.kind == crate::document::EntityKind::Organization;
    let noun = |k: usize| {
        words.is_definite(k)
            && words.whole(k).any(May::GROUP.or(May::HEAD))
            && !words.whole(k).any(May::TITLE)
    };
    let over = word == "على" && key.starts_with("مشرف");
    if matches!(word, "في" | "لدى") || over {
        let at = j + 1;
        if !words.follows(at) {
            return None;
        }
        if let Some(f) = body(words, at)
            .filter(|f| organization(f) && f.cut == 0 && matches!(f.tokens.start as usize - at, 0 | 1))
        {
            let to = f.tokens.end as usize;
            let close = usize::from(doc.kind(to) == Some(Kind::Mark) && f.tokens.start as usize > at + 1);
            return Some((Of::Body(f), to + close));
        }
        if over && doc.word(at) == "مكتب" {
            let mut k = at + 1;
            while k < at + 3 && words.title(k).is_some_and(|(_, e)| doc.row(e).get("kind") == "honorific") {
                k += 1;
            }
            return Some((Of::Noun(at), office_end(words, k)?));
        }
        return noun(at).then_some((Of::Noun(at), at + 1));
    }
    // لسمو ولي العهد "to his highness the crown prince".
    if matches!(word, "لسمو" | "لجلالة" | "لفخامة" | "لمعالي" | "لدولة" | "لسعادة")
    {
        return Some((Of::Unsaid, office_end(words, j + 1)?));
    }
    if !word.starts_with('ب') || words.whole(j).any(May::FUNCTION.or(May::FINITE).or(May::NAME)) {
        return None;
    }
    if let Some(f) = body(words, j).filter(|f| {
        organization(f)
            && (f.tokens.start as usize == j && f.cut == 1 || f.tokens.start as usize == j + 1 && f.cut == 0)
    }) {
        let to = f.tokens.end as usize;
        return Some((Of::Body(f), to));
    }
    let plain = word.starts_with("بال") && words.look(j).after.any(May::GROUP.or(May::HEAD));
    plain.then_some((Of::Noun(j), j + 1))
}

/// The token after an office at `k` and its portfolio: وزير الدفاع, ولي العهد.
fn office_end(words: &Words<'_>, k: usize) -> Option<usize> {
    let (r, _) = words
        .title(k)
        .filter(|(r, e)| words.follows(k) && outside(r) == 0 && words.doc.row(*e).get("kind") == "office")?;
    let to = k + usize::from(r.tokens);
    let portfolio = words.phrase(to, Table::Portfolio).filter(|(p, _)| words.follows(to) && p.cut == 0);
    Some(portfolio.map_or(to, |(p, _)| to + usize::from(p.tokens)))
}

/// Whom a spokesman speaks for: what that is, the token after it, and the token after the words that stay in the title.
fn spoken_for(words: &Words<'_>, j: usize) -> Option<(Of, usize, usize)> {
    let doc = words.doc;
    if let Some(f) = body(words, j).filter(|f| f.tokens.start as usize == j) {
        let to = f.tokens.end as usize;
        // الناطقة باسم الخارجية الروسية: the state's adjective stands outside the title.
        let ministry = words.whole(j).any(May::PORTFOLIO) && !words.whole(j).any(May::HEAD);
        let nisba = ministry && to == j + 2 && words.whole(to - 1).any(May::NISBA);
        return Some((Of::Body(f), to, if nisba { to - 1 } else { to }));
    }
    if let Some((p, _)) = words.phrase(j, Table::Portfolio).filter(|(p, _)| p.cut == 0) {
        let to = j + usize::from(p.tokens);
        if let Some((_, ne)) = words.nisba(to).filter(|_| words.follows(to)) {
            return Some((Of::Nisba(to, ne), to + 1, to));
        }
        return Some((Of::Noun(j), to, to));
    }
    if !words.is_word(j) || doc.is(j, Classes::PREPOSITION) {
        return None;
    }
    // A noun with its definite complements: باسم قيادة المنطقة العسكرية الثانية.
    let mut to = j + 1;
    while to < j + 4
        && words.follows(to)
        && words.is_definite(to)
        && !words.whole(to).any(May::TITLE.or(May::SURE))
        && !words.is_time(to)
    {
        to += 1;
    }
    Some((Of::Noun(j), to, to))
}

fn after(word: &str, cut: u8) -> &str {
    word.char_indices().nth(usize::from(cut)).map_or("", |(at, _)| &word[at..])
}

/// Where a person's name may begin after a title: directly, or after a comma or bracket; the token and whether a mark stands between.
#[must_use]
pub fn name_after(words: &Words<'_>, title: &Title) -> Option<(usize, bool)> {
    let j = title.tokens.end as usize;
    let doc = words.doc;
    if words.follows(j) {
        return Some((j, false));
    }
    doc.tokens.get(j).filter(|t| t.kind == Kind::Mark && !t.line_start)?;
    // رئيس الوزراء السابق (رئيس الجمهورية الحالي)، X: what brackets hold stands between.
    if doc.is_mark(j, '(') && title.definite && words.title(j + 1).is_some() {
        let close = (j + 2..j + 12).find(|k| doc.is_mark(*k, ')'));
        let next = close.map(|c| if doc.is_mark(c + 1, '،') { c + 2 } else { c + 1 });
        return next.filter(|n| words.is_word(*n) && !doc.tokens[*n].line_start).map(|n| (n, true));
    }
    if doc.is_mark(j, ')') {
        let next = if doc.is_mark(j + 1, '،') { j + 2 } else { j + 1 };
        return (words.is_word(next) && !doc.tokens[next].line_start).then_some((next, true));
    }
    if doc.is_mark(j, '#') {
        return Some((j + 1, false));
    }
    if matches!(doc.word(j), "،" | "," | "(") && title.definite {
        let next = if doc.is_mark(j + 1, '#') { j + 2 } else { j + 1 };
        return (words.is_word(next) && !doc.tokens[next].line_start).then_some((next, true));
    }
    None
}
