//! Descriptions: noun phrases that mean people and bodies without a proper name (مسلحون مجهولون, المعارضة المسلحة, قوات النظام).

use crate::ar::names::words::{May, Words, outside};
use crate::document::{EntityKind, Kind, Proclitics, Suffix};
use crate::span::{Span, Tokens};
use musnad_lexicon::{Entry, Number, Part, Table};

/// A noun phrase that describes.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Its tokens.
    pub tokens: Tokens,
    /// Its characters.
    pub span: Span,
    /// What it means.
    pub kind: EntityKind,
    /// The row of its head: of groups or, for a people, of countries.
    pub head: Entry,
    /// The head as the table has it, for matching (الوزارة with وزارة الخارجية).
    pub key: String,
    /// Whether it is definite.
    pub definite: bool,
    /// Whether the head stands alone: no adjective, no complement.
    pub bare: bool,
    /// The state whose adjective it has.
    pub state: Option<Entry>,
    /// Number.
    pub number: Number,
    /// Gender, as verbs agree.
    pub feminine: bool,
    /// The pronoun after the head.
    pub suffix: Suffix,
}

/// The phrase whose head is the token at `i`.
#[must_use]
pub fn phrase(words: &Words<'_>, i: usize) -> Option<Phrase> {
    let doc = words.doc;
    let look = words.look(i);
    if words.is_time(i) || look.whole.any(May::FUNCTION) && !look.whole.any(May::GROUP) {
        return None;
    }
    let heads = words.heads(i, May::GROUP);
    if let Some((r, e)) = doc.entries(i).filter(|_| heads).find(|(_, e)| e.table == Table::Group) {
        let cut = outside(r);
        if cut > 0 && look.whole.any(May::GROUP.or(May::TITLE).or(May::NAME)) && r.tokens == 1 {
            return None;
        }
        // القيادة العسكرية "the military command": an adjective after its noun is no soldier.
        let adjective = i > 0
            && r.proclitics.any(Proclitics::AL)
            && words.follows(i)
            && words.is_definite(i - 1)
            && doc.name_at(i - 1).is_none()
            && !words.whole(i - 1).any(May::FUNCTION)
            && (doc.word(i).ends_with("ية") || doc.word(i).ends_with('ي'));
        if adjective {
            return None;
        }
        let row = doc.row(e);
        let many = e.feat.get_number() != Number::Singular;
        if r.tokens == 1 && !many && row.get("type") == "person" && is_adjective(words, i, r, e) {
            return None;
        }
        // القضاء على X "doing away with X" is no judiciary; دولي is "international", not "my states".
        let away = row.get("word") == "قضاء" && doc.word(i + 1) == "على";
        let mine = matches!(r.suffix, Suffix::I | Suffix::Me | Suffix::You | Suffix::YouAll);
        if away || mine && matches!(row.get("type"), "place" | "organization" | "document") {
            return None;
        }
        let kind = match row.get("type") {
            "person" if many => EntityKind::Group,
            "person" => EntityKind::Person,
            "group" => EntityKind::Group,
            "organization" => EntityKind::Organization,
            "place" => EntityKind::Place,
            "document" => EntityKind::Document,
            _ => EntityKind::Occasion,
        };
        let mut end = i + usize::from(r.tokens);
        let article = r.proclitics.any(Proclitics::AL) || row.get("word").starts_with("ال");
        let mut out = Phrase {
            tokens: Tokens::new(i, end),
            span: Span::default(),
            kind,
            head: e,
            key: musnad_lexicon::fold(row.get("word").trim_start_matches("ال")),
            definite: article || r.suffix != Suffix::None,
            bare: true,
            state: None,
            number: e.feat.get_number(),
            feminine: e.feat.is_feminine() || !e.feat.is_human() && many,
            suffix: r.suffix,
        };
        let tail = if r.suffix == Suffix::None { 0 } else { r.suffix_letters };
        end = extend(words, end, article, r.suffix != Suffix::None, &mut out);
        if let Some(more) = of_source(words, end, &out) {
            end = more;
            out.bare = false;
        }
        if let Some(more) = of_many(words, end, &out) {
            end = more;
            out.bare = false;
            out.number = Number::Plural;
            out.kind = EntityKind::Group;
        }
        return Some(finish(words, i, cut, end, tail, out));
    }
    // A people: الليبيون, عشرات الفلسطينيين, 60 فلسطينيا.
    let (r, e) = words.nisba(i)?;
    let cut = outside(&r);
    let counted = i.checked_sub(1).is_some_and(|b| doc.kind(b) == Some(Kind::Number));
    let many = doc.word_entries(i).any(|(x, y)| {
        y.table == Table::Country
            && y.feat.part() == Part::Nisba
            && y.feat.get_number() == Number::Plural
            && x.cut == r.cut
    });
    // الجنود الأميركيين: after a definite noun that it agrees with it is the adjective.
    let noun = i > 0
        && words.follows(i)
        && words.is_definite(i - 1)
        && doc.name_at(i - 1).is_none()
        && !words.whole(i - 1).any(May::FUNCTION.or(May::FINITE))
        && words.whole(i - 1).any(May::GROUP.or(May::TITLE));
    if noun && !counted {
        return None;
    }
    if !many && !counted || cut > 0 && look.whole.any(May::NISBA) || e.feat.is_feminine() {
        return None;
    }
    let article = r.proclitics.any(Proclitics::AL);
    let out = Phrase {
        tokens: Tokens::new(i, i + 1),
        span: Span::default(),
        kind: EntityKind::Group,
        head: e,
        key: format!("people {}", doc.row(e).get("iso3")),
        definite: article,
        bare: true,
        state: Some(e),
        number: Number::Plural,
        feminine: false,
        suffix: Suffix::None,
    };
    Some(finish(words, i, cut, i + 1, 0, out))
}

/// The end of an unnamed source with what is told of it, from its head: مصادر عسكرية, مصدر في المطار. `None` when nothing is.
#[must_use]
pub fn source_end(words: &Words<'_>, head: Tokens, word: &str) -> Option<usize> {
    let from = head.end as usize;
    let mut j = from;
    while j < from + 2
        && words.follows(j)
        && !words.is_time(j)
        && words.doc.name_at(j).is_none()
        && !words.is_definite(j)
        && !words.whole(j).any(May::FUNCTION.or(May::FINITE))
        && (adjectival(words, j) || words.doc.word(j).ends_with('ي') && words.letters(j) > 3)
    {
        j += 1;
    }
    let end = after_source(words, j, word).unwrap_or(j);
    (end > from).then_some(end)
}

/// The end of a noun phrase that is the subject of a verb of saying, from its first word: adjectives that agree, complements, the
/// name at its end.
#[must_use]
pub fn subject_end(words: &Words<'_>, i: usize) -> usize {
    let doc = words.doc;
    let mut j = i + 1;
    let mut definite = words.is_definite(i);
    while j < i + 5 && words.follows(j) && !words.is_time(j) {
        if let Some(n) = doc.name_at(j) {
            let name = &doc.names[n];
            let complement = name.tokens.start as usize == j
                && name.span.start == doc.tokens[j].span.start
                && name.kind != EntityKind::Person
                && !definite;
            return if complement { name.tokens.end as usize } else { j };
        }
        let whole = words.whole(j);
        if whole.any(May::FUNCTION.or(May::FINITE)) && !whole.any(May::NISBA.or(May::NOUN))
            || doc.word(j).starts_with('و')
        {
            break;
        }
        let here = words.is_definite(j);
        if definite && !here {
            break;
        }
        definite = here;
        j += 1;
    }
    j
}

/// The end of "a source at the airport", "sources close to the movement": where an unnamed source is.
fn of_source(words: &Words<'_>, j: usize, out: &Phrase) -> Option<usize> {
    if out.definite { None } else { after_source(words, j, &out.key) }
}

fn after_source(words: &Words<'_>, j: usize, word: &str) -> Option<usize> {
    let doc = words.doc;
    const SOURCES: [&str; 8] = ["مصدر", "مصادر", "مسؤول", "قيادي", "شاهد", "دبلوماسي", "مسؤولون", "ناشط"];
    if !SOURCES.contains(&word) {
        return None;
    }
    let mut k = j;
    if matches!(doc.word(k), "قريبة" | "قريب" | "مقربة" | "مقرب" | "مطلعة" | "مطلع") && words.follows(k)
    {
        k += 1;
        if !matches!(doc.word(k), "من") {
            return Some(k);
        }
    }
    let preposition = matches!(doc.word(k), "في" | "من" | "داخل" | "لدى") && words.follows(k);
    if preposition {
        k += 1;
    }
    if !words.follows(k) || words.is_time(k) {
        return None;
    }
    if let Some(n) = doc.name_at(k) {
        let name = &doc.names[n];
        let attached = name.span.start > doc.tokens[k].span.start && doc.word(k).starts_with('ب');
        let begins = name.tokens.start as usize == k && (preposition || attached);
        return begins.then_some(name.tokens.end as usize);
    }
    // بنادي الاتفاق: a generic word before the name.
    let next = k + 1;
    let head = words.whole(k).or(words.look(k).after).any(May::HEAD.or(May::GROUP));
    if head && (preposition || doc.word(k).starts_with('ب')) {
        return match doc.name_at(next).filter(|_| words.follows(next)) {
            Some(n) if doc.names[n].tokens.start as usize == next => Some(doc.names[n].tokens.end as usize),
            _ if words.is_definite(k) => Some(next),
            _ if words.follows(next) && words.is_definite(next) => Some(next + 1),
            _ => None,
        };
    }
    None
}

/// The end of "a group of protesters", "a number of deputies": من and what the group is made of.
fn of_many(words: &Words<'_>, j: usize, out: &Phrase) -> Option<usize> {
    let doc = words.doc;
    const GROUPS: [&str; 9] = ["مجموعة", "عدد", "عشرات", "مئات", "الاف", "ملايين", "فريق", "حشد", "عدة"];
    let from = doc.word(j) == "من" && words.follows(j) && words.follows(j + 1);
    if !from || !GROUPS.contains(&out.key.as_str()) {
        return None;
    }
    let made_of = phrase(words, j + 1)?;
    (made_of.number != Number::Singular && made_of.tokens.start as usize == j + 1)
        .then_some(made_of.tokens.end as usize)
}

fn finish(words: &Words<'_>, i: usize, cut: u8, end: usize, tail: u8, mut out: Phrase) -> Phrase {
    let doc = words.doc;
    let mut from = i;
    let mut letters = cut;
    // A number before it belongs to it: 6 فتيات, 12 ألف مدني.
    if cut == 0 && matches!(out.kind, EntityKind::Group | EntityKind::Person) && i > 0 {
        let thousand = matches!(doc.word(i - 1), "الف" | "الاف" | "مليون" | "ملايين" | "مئة" | "مائة");
        let before = if thousand && i > 1 && doc.kind(i - 2) == Some(Kind::Number) { i - 2 } else { i - 1 };
        if doc.kind(before) == Some(Kind::Number) && !doc.tokens[i].line_start && !words.is_time(before) {
            from = before;
            letters = 0;
            out.number = Number::Plural;
            out.kind = EntityKind::Group;
            out.bare = false;
        }
    }
    out.tokens = Tokens::new(from, end);
    let stop = doc.cut_end(end - 1, if end == i + 1 { usize::from(tail) } else { 0 });
    let start = doc.cut(from, usize::from(letters));
    // A pronoun stays in the description: قواتها "its forces".
    let stop = if out.suffix == Suffix::None { stop } else { doc.cut_end(end - 1, 0) };
    out.span = Span::new(start, stop.max(start));
    out
}

/// The end of the phrase: a complement, then adjectives that agree.
fn extend(words: &Words<'_>, mut j: usize, article: bool, pronoun: bool, out: &mut Phrase) -> usize {
    let doc = words.doc;
    if !article && !pronoun && words.follows(j) && !words.is_time(j) {
        // What it is of: a name or a definite noun.
        if let Some(n) = doc.name_at(j) {
            let name = &doc.names[n];
            if name.tokens.start as usize == j
                && name.span.start == doc.tokens[j].span.start
                && (name.kind != EntityKind::Person || takes_person(words, j, out))
            {
                out.definite = true;
                out.bare = false;
                return name.tokens.end as usize;
            }
            return j;
        }
        // حكومة الرئيس محمد بخاري: a body of a person with his title.
        if let Some(t) = crate::ar::names::titles::title(words, j)
            .filter(|t| t.definite && t.cut == 0 && t.number == Number::Singular)
            && words.follows(t.tokens.end as usize)
            && let Some(n) = doc.name_at(t.tokens.end as usize)
            && doc.names[n].tokens.start == t.tokens.end
            && doc.names[n].kind == EntityKind::Person
            && out.kind == EntityKind::Organization
        {
            out.definite = true;
            out.bare = false;
            return doc.names[n].tokens.end as usize;
        }
        // وكالة أنباء كوريا الجنوبية, سكان مدينة X: a noun in construct before what makes it definite.
        let next = j + 1;
        let noun = words.follows(next)
            && !words.is_definite(j)
            && doc.name_at(j).is_none()
            && !words.whole(j).any(May::FUNCTION.or(May::FINITE).or(May::TITLE).or(May::NISBA))
            && !doc.word(j).starts_with('و')
            && (words.whole(j).any(May::HEAD.or(May::GROUP)) || matches!(doc.word(j), "انباء"));
        if noun && let Some(n) = doc.name_at(next).filter(|n| doc.names[*n].tokens.start as usize == next) {
            let name = &doc.names[n];
            if name.kind != EntityKind::Person && name.span.start == doc.tokens[next].span.start {
                out.definite = true;
                out.bare = false;
                return name.tokens.end as usize;
            }
        }
        let whole = words.whole(j);
        if words.is_definite(j) && !whole.any(May::FUNCTION.or(May::FINITE).or(May::TITLE)) {
            out.definite = true;
            out.bare = false;
            j += 1;
            if words.follows(j)
                && words.is_definite(j)
                && !words.is_time(j)
                && doc.name_at(j).is_none()
                && adjectival(words, j)
            {
                note_state(words, j, out);
                j += 1;
            }
            return j;
        }
    }
    let mut n = 0;
    while n < 2 && words.follows(j) && !words.is_time(j) && doc.name_at(j).is_none() {
        let whole = words.whole(j);
        if whole.any(May::FUNCTION.or(May::FINITE)) && !whole.any(May::NISBA) {
            break;
        }
        let definite = words.is_definite(j);
        let agrees = definite == (article || pronoun);
        let word = doc.word(j);
        let one = matches!(word, "اخر" | "اخرين" | "اخرون" | "اخرى");
        if !one && (!agrees || !adjectival(words, j)) {
            break;
        }
        note_state(words, j, out);
        out.bare = false;
        j += 1;
        n += 1;
    }
    j
}

/// Whether a singular word for a person is the adjective of the noun before it (تنظيم مسلح "an armed organisation", الميليشيات
/// المسلحة), or a feminine that as a rule is one (سياسية "political").
fn is_adjective(words: &Words<'_>, i: usize, r: &crate::document::Reading, e: Entry) -> bool {
    let doc = words.doc;
    let row = doc.row(e).get("word");
    let participle = e.feat.is_feminine() && !row.ends_with('ة') && row != "امرأة";
    if i == 0 || !words.follows(i) || r.suffix != Suffix::None || outside(r) > 0 {
        return participle;
    }
    let before = words.whole(i - 1);
    if before.any(May::FINITE) {
        return false;
    }
    if participle {
        return true;
    }
    let definite = r.proclitics.any(Proclitics::AL);
    // What ends as adjectives do, after a noun of the same definiteness.
    let ends = row.starts_with('م') || row.ends_with('ي');
    ends && doc.kind(i - 1) == Some(Kind::Word)
        && doc.name_at(i - 1).is_none()
        && !before.any(May::FUNCTION.or(May::TITLE).or(May::NISBA))
        && words.is_definite(i - 1) == definite
        && !words.is_time(i - 1)
        && (definite || words.letters(i - 1) > 2)
}

/// Whether a person's name may complete the description before it: محامو سامر "Samer's lawyers", قوات حفتر "Haftar's forces";
/// not the name of whom a singular describes (المتهم سامر "the accused Samer").
fn takes_person(words: &Words<'_>, j: usize, out: &Phrase) -> bool {
    let construct = words.doc.word_entries(j - 1).any(|(_, e)| e.feat.is_construct());
    construct
        || matches!(out.kind, EntityKind::Organization | EntityKind::Group) && out.number != Number::Singular
        || matches!(
            words.doc.bare(j - 1),
            "حكومة" | "ادارة" | "نظام" | "عائلة" | "اسرة" | "حملة" | "مكتب" | "حزب" | "جماعة"
        )
}

fn note_state(words: &Words<'_>, j: usize, out: &mut Phrase) {
    if let Some((r, e)) = words.nisba(j)
        && outside(&r) == 0
    {
        out.state = Some(e);
    }
}

/// Whether a word may be an adjective: of a state or people, or with an adjective's ending and no verb, title or name.
fn adjectival(words: &Words<'_>, j: usize) -> bool {
    let whole = words.whole(j);
    if whole.any(May::NISBA) {
        return true;
    }
    let word = words.doc.word(j);
    if word.ends_with("ية") && words.letters(j) > 4 && !whole.any(May::COUNTRY.or(May::PLACE)) {
        return true;
    }
    let ends = word.ends_with("ية")
        || word.ends_with("يون")
        || word.ends_with("يين")
        || word.ends_with('ي')
        || word.ends_with("ون")
        || word.ends_with("ين")
        || word.ends_with('ة') && (word.starts_with("الم") || word.starts_with('م'));
    // الميليشيات المسلحة: the feminine of a word for a person is an adjective here.
    let participle = whole.any(May::GROUP)
        && word.ends_with('ة')
        && word.trim_start_matches("ال").starts_with('م')
        && words.doc.entry(j, Table::Group).is_some_and(|(_, e)| e.feat.is_human());
    ends && (participle || !whole.any(May::TITLE.or(May::GROUP).or(May::COUNTRY).or(May::PLACE)))
        && words.letters(j) > 3
        && !word.starts_with('و')
        && !words.look(j).after.any(May::GROUP.or(May::TITLE).or(May::COUNTRY))
}
