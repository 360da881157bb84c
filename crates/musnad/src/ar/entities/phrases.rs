//! Descriptions: noun phrases that mean people and bodies without a proper name (مسلحون مجهولون, المعارضة المسلحة, قوات النظام).

use crate::ar::names::words::{May, Words, outside};
use crate::document::{Classes, EntityKind, Kind, Proclitics, Suffix};
use crate::span::{Span, Tokens};
use musnad_lexicon::{Entry, Number, Part, Table, arabic};

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
    /// The token of the head.
    pub at: usize,
    /// The token of the noun or name that the head is of.
    pub of: Option<usize>,
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
        if misread(words, i, r, e, many) {
            return None;
        }
        let kind = match row.get("type") {
            "person" if many => EntityKind::Group,
            "person" => EntityKind::Person,
            "group" => EntityKind::Group,
            "organization" => EntityKind::Organization,
            // دول أخرى "other states" are actors, not a place.
            "place" if many && row.get("word") == "دولة" => EntityKind::Group,
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
            // -ين is two in few texts and many in most.
            number: if many && doc.word(i).ends_with("ين") { Number::Plural } else { e.feat.get_number() },
            feminine: e.feat.is_feminine() || !e.feat.is_human() && many,
            suffix: r.suffix,
            at: i,
            of: None,
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
        if out.key == "حدود"
            && doc.word(end) == "مع"
            && words.follows(end)
            && let Some(n) = doc.name_at(end + 1).filter(|n| doc.names[*n].tokens.start as usize == end + 1)
        {
            end = doc.names[n].tokens.end as usize;
            out.bare = false;
        }
        let out = finish(words, i, cut, end, tail, out);
        return (!names_nobody(words, i, &out)).then_some(out);
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
        at: i,
        of: None,
    };
    Some(finish(words, i, cut, i + 1, 0, out))
}

/// Whether the head at `i` is another word here: مفاوضات "negotiations", طالب "he demanded", تمردا مسلحا "an armed revolt", محكمة "tight".
fn misread(words: &Words<'_>, i: usize, r: &crate::document::Reading, e: Entry, many: bool) -> bool {
    let doc = words.doc;
    let row = doc.row(e);
    let word = doc.word(i);
    let before = i.checked_sub(1).filter(|_| words.follows(i));
    let finite_before = before.is_some_and(|b| words.whole(b).any(May::FINITE));
    let article = r.proclitics.any(Proclitics::AL);
    let person = row.get("type") == "person";
    // The plural of a verbal noun is spelled like women who do it.
    if person && many && word.ends_with("ات") && !row.get("word").ends_with('ة') {
        let verbal = doc
            .word_entries(i)
            .any(|(_, e)| e.table == Table::Noun || e.table == Table::Verb && e.feat.part() == Part::Masdar);
        if verbal || row.get("word") == "مخالف" {
            return true;
        }
    }
    if person && !many && r.tokens == 1 && !article && r.suffix == Suffix::None {
        // طالب نائب "a deputy demanded": the verb unless a verb or number stands before it.
        let verb = words.whole(i).any(May::FINITE) && !finite_before;
        // A lone accusative says how or what: وتابع معلقا, يعد مخالفا.
        let how = e.feat.is_accusative() && row.get("word").starts_with('م');
        let counted = before.is_some_and(|b| doc.kind(b) == Some(Kind::Number))
            || i > 0 && doc.kind(i - 1) == Some(Kind::Number);
        if (verb || how) && !counted {
            return true;
        }
    }
    // خطة عسكرية محكمة "a tight military plan": the feminine participle after an indefinite feminine.
    let participle =
        !person && !many && !article && word.starts_with('م') && word.ends_with('ة') && outside(r) == 0;
    if participle
        && let Some(b) = before
        && doc.word(b).ends_with('ة')
        && !words.is_definite(b)
        && doc.name_at(b).is_none()
        && !words.whole(b).any(May::FUNCTION)
    {
        return true;
    }
    let next = doc.word(i + 1);
    match row.get("word") {
        "آخر" => !many,
        // من جهته, من جهة أخرى "for his part, on the other hand".
        "جهة" => {
            !article && !many
                || r.suffix != Suffix::None
                || matches!(next, "اخرى" | "ثانية" | "نظر" | "اولى")
                || before.is_some_and(|b| matches!(doc.word(b), "كل" | "كافة" | "جميع"))
        }
        // غض الطرف "turn a blind eye"; متعدد الأطراف "multilateral".
        "طرف" => {
            !article && !many && r.suffix == Suffix::None
                || before.is_some_and(|b| doc.word(b).ends_with("غض") || doc.word(b).contains("متعدد"))
        }
        _ => false,
    }
}

/// Whether a description says what kind of thing rather than which: a place in the plural, the dead in a count of them, a body
/// that nothing tells apart and that does nothing.
fn names_nobody(words: &Words<'_>, i: usize, out: &Phrase) -> bool {
    let doc = words.doc;
    let row = doc.row(out.head);
    let many = out.number != Number::Singular;
    let before = i.checked_sub(1).filter(|_| words.follows(i));
    let finite_before = before.is_some_and(|b| words.whole(b).any(May::FINITE));
    match (out.kind, row.get("word")) {
        (EntityKind::Group, "دولة") => out.bare,
        (EntityKind::Place, "حدود") => out.bare,
        (EntityKind::Place, "عاصمة") => {
            // العاصمة اللبنانية بيروت, كابل العاصمة: a word for the name beside it.
            let end = out.tokens.end as usize;
            words.follows(end) && doc.name_at(end).is_some()
                || before.is_some_and(|b| doc.name_at(b).is_some())
        }
        (EntityKind::Place, _) => many,
        (EntityKind::Group, "ضحية" | "قتيل" | "جريح" | "مصاب") => {
            out.bare && out.definite && !finite_before
        }
        (EntityKind::Organization, "قوة") => !many,
        // السلطة is power, السلطات the authorities.
        (EntityKind::Organization, "سلطة") => out.bare && !many && !doc.is(i + 1, Classes::RELATIVE),
        (EntityKind::Organization, "موقع") => out.suffix != Suffix::None || many,
        (EntityKind::Organization, _) => out.bare && !out.definite && !finite_before,
        (EntityKind::Document, "رسالة") => many,
        (EntityKind::Person, "شخص") => out.bare && !out.definite,
        _ => false,
    }
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
    if !definite && keeps_its_nun(words, i) {
        return j;
    }
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
    const SOURCES: [&str; 20] = [
        "مصدر",
        "مصادر",
        "مسؤول",
        "قيادي",
        "شاهد",
        "دبلوماسي",
        "مسؤولون",
        "ناشط",
        "عضو",
        "ضابط",
        "موظف",
        "باحث",
        "خبير",
        "محلل",
        "طبيب",
        "نائب",
        "زعيم",
        "مقاتل",
        "جندي",
        "مستشار",
    ];
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
    if cut == 0
        && let Some(before) = before(words, i, out.definite)
    {
        let people = matches!(out.kind, EntityKind::Group | EntityKind::Person)
            || out.kind == EntityKind::Organization
            || matches!(before.what, Before::This | Before::Most);
        if people {
            let body = out.kind == EntityKind::Organization;
            from = before.token;
            letters = before.letters;
            match before.what {
                Before::This => {}
                Before::Most => out.bare = false,
                Before::One => {
                    out.number = Number::Singular;
                    out.kind = if body { EntityKind::Organization } else { EntityKind::Person };
                    out.bare = false;
                    out.definite = false;
                }
                Before::Count => {
                    out.number = Number::Plural;
                    out.kind = if body { EntityKind::Organization } else { EntityKind::Group };
                    out.bare = false;
                }
            }
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

/// What belongs to a description before its head.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Before {
    /// هذه الجماعة "this group".
    This,
    /// أحد محرريها "one of its editors".
    One,
    /// 23 دبلوماسيا, نحو مئة جريح, عدد من المسؤولين, بعض الساسة.
    Count,
    /// أكبر شركة, أول رئيس: a superlative before what it is of.
    Most,
}

/// Where a description begins that has words before its head.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Begin {
    /// What stands there.
    pub what: Before,
    /// Its first token.
    pub token: usize,
    /// The letters of that token that are not part of it.
    pub letters: u8,
}

/// The demonstrative, number or quantifier before the head at `i`.
#[must_use]
pub fn before(words: &Words<'_>, i: usize, definite: bool) -> Option<Begin> {
    let doc = words.doc;
    let last = i.checked_sub(1).filter(|_| !doc.tokens[i].line_start)?;
    if words.is_time(last) {
        return None;
    }
    let begin = |what, token, letters| Some(Begin { what, token, letters });
    // The word without the letters attached to it, when what is left is one of these.
    let stripped = |k: usize, list: &[&str]| -> Option<u8> {
        let word = doc.word(k);
        if list.contains(&word) {
            return Some(0);
        }
        let mut rest = word;
        for n in 1..=2u8 {
            rest = rest.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك'])?;
            if list.contains(&rest) {
                return Some(n);
            }
        }
        None
    };
    if words.follows(i)
        && words.is_definite(i)
        && let Some(n) = stripped(last, &["هذا", "هذه", "هؤلاء", "ذلك", "تلك", "هذين", "هاتين"])
    {
        return begin(Before::This, last, n);
    }
    if let Some(from) = number(words, last) {
        // What limits the number: نحو, أكثر من, ما لا يقل عن.
        let b = from.checked_sub(1).filter(|_| !doc.tokens[from].line_start);
        if let Some(b) = b {
            if let Some(n) = stripped(b, &["نحو", "حوالي", "قرابة", "زهاء"]) {
                return begin(Before::Count, b, n);
            }
            if matches!(doc.word(b), "من" | "عن" | "على")
                && let Some(c) = b.checked_sub(1)
                && let Some(n) = stripped(c, &["اكثر", "اقل", "ازيد", "اكبر"])
            {
                return begin(Before::Count, c, n);
            }
        }
        let letters = stripped_number(words, from);
        return begin(Before::Count, from, letters);
    }
    if !words.follows(i) {
        return None;
    }
    if let Some(n) = stripped(last, &["بعض", "عدة", "بضعة", "بضع"]) {
        return begin(Before::Count, last, n);
    }
    if !definite
        && !doc.word(i).starts_with('و')
        && let Some(n) =
            stripped(last, &["اكبر", "اول", "ابرز", "اهم", "اقوى", "اقدم", "احدث", "اكثر", "اخر"])
    {
        return begin(Before::Most, last, n);
    }
    if let Some(n) = stripped(last, &["احد", "احدى"]) {
        return begin(Before::One, last, n);
    }
    // عدد من المسؤولين, أربعة من وزرائه.
    if doc.word(last) == "من"
        && definite
        && let Some(c) = last.checked_sub(1).filter(|_| words.follows(last))
    {
        if let Some(n) = stripped(c, &["عدد", "العديد", "عديد", "مجموعة", "بعض"]) {
            return begin(Before::Count, c, n);
        }
        if words.is_word(c)
            && let Some(from) = number(words, c)
        {
            return begin(Before::Count, from, stripped_number(words, from));
        }
    }
    None
}

fn stripped_number(words: &Words<'_>, i: usize) -> u8 {
    words.doc.word_entries(i).find(|(_, e)| e.table == Table::Time).map_or(0, |(r, _)| outside(r))
}

/// The first token of the number that ends with the token at `last`, in digits or words: 12 ألف, أربعة, خمسة وعشرين.
fn number(words: &Words<'_>, last: usize) -> Option<usize> {
    let doc = words.doc;
    let is = |k: usize| {
        !words.is_time(k)
            && (doc.kind(k) == Some(Kind::Number)
                || doc.word_entries(k).any(|(r, e)| {
                    e.table == Table::Time
                        && doc.row(e).get("class") == "number"
                        && r.suffix == Suffix::None
                        && !r.proclitics.any(Proclitics::AL)
                }))
    };
    let mut from = None;
    let mut k = last;
    loop {
        if !is(k) || last - k > 4 {
            break;
        }
        from = Some(k);
        if k == 0
            || doc.tokens[k].line_start
            || stripped_number(words, k) > 0 && !doc.word(k).starts_with('و')
        {
            break;
        }
        k -= 1;
    }
    from
}

/// The end of the phrase: a complement, then adjectives that agree, then what the last of them goes on with.
fn extend(words: &Words<'_>, j: usize, article: bool, pronoun: bool, out: &mut Phrase) -> usize {
    let (j, of) = if article || pronoun { (j, Of::Nothing) } else { complement(words, j, out) };
    let definite = article || pronoun || matches!(of, Of::Definite | Of::Name);
    // حلفاء واشنطن الأوروبيون: after a name only what agrees with the head; what agrees with the name is part of it.
    let most = match of {
        Of::Nothing => 3,
        Of::Definite | Of::Indefinite => 2,
        Of::Name => usize::from(out.number != Number::Singular && out.kind == EntityKind::Group),
    };
    let (end, state) = adjectives(words, j, definite, most, of == Of::Name);
    out.state = state.or(out.state);
    out.bare &= end == j;
    // القوات الموالية لها, ناشطون مؤيدون للقضية: what a participle goes on with.
    if end > j
        && matches!(out.kind, EntityKind::Group | EntityKind::Organization | EntityKind::Person)
        && let Some(to) = participle_goes_on(words, end)
    {
        return to;
    }
    end
}

/// What a head without article or pronoun is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Of {
    Nothing,
    Name,
    Definite,
    Indefinite,
}

/// The complement of a head in construct: a name, a definite noun with its adjectives, an indefinite noun (لجنة تحقيق).
fn complement(words: &Words<'_>, j: usize, out: &mut Phrase) -> (usize, Of) {
    let doc = words.doc;
    if !words.follows(j) || words.is_time(j) || keeps_its_nun(words, out.at) && out.tokens.len() == 1 {
        return (j, Of::Nothing);
    }
    if let Some(n) = doc.name_at(j) {
        let name = &doc.names[n];
        if name.tokens.start as usize == j
            && name.span.start == doc.tokens[j].span.start
            && (name.kind != EntityKind::Person || takes_person(words, j, out))
        {
            out.definite = true;
            out.bare = false;
            out.of = Some(j);
            return (name.tokens.end as usize, Of::Name);
        }
        return (j, Of::Nothing);
    }
    // حكومة الرئيس محمد بخاري: a body of a person with his title.
    if out.kind == EntityKind::Organization
        && let Some(t) = crate::ar::names::titles::title(words, j)
            .filter(|t| t.definite && t.cut == 0 && t.number == Number::Singular)
        && words.follows(t.tokens.end as usize)
        && let Some(n) = doc.name_at(t.tokens.end as usize)
        && doc.names[n].tokens.start == t.tokens.end
        && doc.names[n].kind == EntityKind::Person
    {
        out.definite = true;
        out.bare = false;
        return (doc.names[n].tokens.end as usize, Of::Name);
    }
    // وكالة أنباء كوريا الجنوبية, سكان مدينة X: a noun in construct before what makes it definite.
    let next = j + 1;
    let whole = words.whole(j);
    let noun = !words.is_definite(j)
        && !whole.any(May::FUNCTION.or(May::FINITE).or(May::TITLE).or(May::NISBA))
        && !doc.word(j).starts_with('و')
        && (whole.any(May::HEAD.or(May::GROUP)) || matches!(doc.word(j), "انباء"));
    if noun && words.follows(next) {
        if let Some(n) = doc.name_at(next).filter(|n| doc.names[*n].tokens.start as usize == next) {
            let name = &doc.names[n];
            if name.kind != EntityKind::Person && name.span.start == doc.tokens[next].span.start {
                out.definite = true;
                out.bare = false;
                return (name.tokens.end as usize, Of::Name);
            }
        }
        // قادة دول التحالف, عناصر فلول التنظيم.
        if words.is_definite(next)
            && doc.name_at(next).is_none()
            && !words.is_time(next)
            && !words.whole(next).any(May::FUNCTION.or(May::FINITE).or(May::NISBA))
        {
            out.of = Some(next);
            out.definite = true;
            out.bare = false;
            return (next + 1, Of::Definite);
        }
    }
    // منفذو هذا الهجوم: a demonstrative before it.
    if doc.is(j, Classes::DEMONSTRATIVE)
        && words.follows(next)
        && words.is_definite(next)
        && doc.name_at(next).is_none()
        && !words.is_time(next)
    {
        out.of = Some(next);
        out.definite = true;
        out.bare = false;
        return (next + 1, Of::Definite);
    }
    if words.is_definite(j) && !whole.any(May::FUNCTION.or(May::FINITE).or(May::TITLE)) {
        out.of = Some(j);
        out.definite = true;
        out.bare = false;
        return (j + 1, Of::Definite);
    }
    // لجنة تحقيق "a committee of inquiry", ضباط شرطة: an indefinite noun that is no adjective, adverb or object.
    let kind = !matches!(out.kind, EntityKind::Place) && out.number != Number::Dual;
    let accusative = doc.word_entries(j).any(|(_, e)| e.feat.is_accusative()) || doc.word(j).ends_with('ا');
    if kind
        && !words.is_definite(j)
        && !accusative
        && !whole.any(May::FUNCTION.or(May::FINITE).or(May::NISBA).or(May::COUNTRY).or(May::PLACE))
        && !doc.word(j).starts_with(['و', 'ب', 'ل'])
        && verbal_noun(words, j)
    {
        out.bare = false;
        return (j + 1, Of::Indefinite);
    }
    (j, Of::Nothing)
}

/// Whether the word is a sound plural or dual with its nun, which it loses before what it is of: متشددون "hardliners" is of nothing.
fn keeps_its_nun(words: &Words<'_>, i: usize) -> bool {
    let word = words.doc.word(i);
    (word.ends_with("ون") || word.ends_with("ين") || word.ends_with("ان"))
        && words.doc.word_entries(i).any(|(_, e)| {
            matches!(e.table, Table::Group | Table::Title)
                && e.feat.get_number() != Number::Singular
                && !e.feat.is_construct()
                && (e.feat.is_oblique()
                    || word.ends_with("ون")
                    || word.ends_with("ان") && e.feat.get_number() == Number::Dual)
        })
}

/// Whether the word may be a verbal noun, a noun of the lexicons or the head of a description, and no participle.
fn verbal_noun(words: &Words<'_>, j: usize) -> bool {
    words.doc.word_entries(j).any(|(r, e)| {
        r.cut == 0
            && r.suffix == Suffix::None
            && match e.table {
                Table::Verb => e.feat.part() == Part::Masdar,
                Table::Noun => true,
                Table::Group => words.doc.row(e).get("type") == "organization",
                // مجلس وزراء, لجنة خبراء: the title in the plural.
                Table::Title => e.feat.get_number() == Number::Plural,
                _ => false,
            }
    })
}

/// Where a title's description ends that nobody is named with, from the token after the title: adjectives, and what a participle
/// goes on with (ناشطون مؤيدون للقضية الكردية).
#[must_use]
pub fn title_end(words: &Words<'_>, j: usize, definite: bool) -> usize {
    let (end, _) = adjectives(words, j, definite, 2, false);
    if end > j { participle_goes_on(words, end).unwrap_or(end) } else { end }
}

/// The token after the adjectives from `j` on, at most `most`, and the state that one of them is of; they agree in definiteness, and in
/// number after a name (`strict`).
fn adjectives(
    words: &Words<'_>,
    mut j: usize,
    definite: bool,
    most: usize,
    strict: bool,
) -> (usize, Option<Entry>) {
    let doc = words.doc;
    let mut state = None;
    for _ in 0..most {
        if !words.follows(j) || words.is_time(j) || doc.name_at(j).is_some() {
            break;
        }
        let whole = words.whole(j);
        let word = doc.word(j);
        let one = matches!(
            word,
            "اخر"
                | "اخرين"
                | "اخرون"
                | "اخرى"
                | "اثنين"
                | "اثنان"
                | "اثنتين"
                | "عدة"
                | "عديدة"
                | "كثيرة"
                | "كثيرون"
        ) || definite
            && matches!(
                word,
                "الثلاث"
                    | "الاربع"
                    | "الخمس"
                    | "الست"
                    | "السبع"
                    | "الثلاثة"
                    | "الاربعة"
                    | "الخمسة"
            );
        if whole.any(May::FUNCTION.or(May::FINITE)) && !whole.any(May::NISBA) && !one {
            break;
        }
        let agrees = words.is_definite(j) == definite;
        let plural = word.ends_with("ون") || word.ends_with("ين");
        // ناشطون مؤيدون, معارضون مسلحون: a participle beside another plural of people tells of them.
        let participle = plural
            && j > 0
            && word.trim_start_matches("ال").starts_with('م')
            && whole.any(May::GROUP)
            && doc.word_entries(j - 1).any(|(_, e)| {
                matches!(e.table, Table::Group | Table::Title) && e.feat.get_number() != Number::Singular
            });
        if !one && (!agrees || strict && !plural || !participle && !adjective(words, j)) {
            break;
        }
        if let Some((r, e)) = words.nisba(j)
            && outside(&r) == 0
        {
            state = Some(e);
        }
        j += 1;
    }
    (j, state)
}

/// The end of what a participle goes on with, from the token after it: لها, للقضية الكردية, على السلطة, به دوليا.
fn participle_goes_on(words: &Words<'_>, j: usize) -> Option<usize> {
    let doc = words.doc;
    let last = j.checked_sub(1)?;
    let participle = doc.word(last).trim_start_matches("ال").starts_with('م')
        || doc
            .word_entries(last)
            .any(|(_, e)| e.table == Table::Verb && matches!(e.feat.part(), Part::Active | Part::Passive));
    if !participle || words.whole(last).any(May::NISBA) || !words.follows(j) || words.is_time(j) {
        return None;
    }
    let word = doc.word(j);
    // A preposition with its pronoun: لها, به, عليهم.
    if matches!(
        word,
        "له" | "لها"
            | "لهم"
            | "لنا"
            | "به"
            | "بها"
            | "بهم"
            | "عليه"
            | "عليها"
            | "عليهم"
            | "منه"
            | "منها"
            | "فيه"
            | "فيها"
            | "عنه"
            | "عنها"
            | "اليه"
            | "اليها"
    ) {
        let abroad = words.follows(j + 1)
            && matches!(doc.word(j + 1), "دوليا" | "محليا" | "امميا" | "اقليميا" | "رسميا");
        return Some(if abroad { j + 2 } else { j + 1 });
    }
    let alone = matches!(word, "على" | "من" | "عن" | "ضد");
    let noun = if alone { j + 1 } else { j };
    if !words.follows(noun) || words.is_time(noun) {
        return None;
    }
    if let Some(n) = doc.name_at(noun).filter(|n| doc.names[*n].tokens.start as usize == noun) {
        let name = &doc.names[n];
        let attached = name.span.start > doc.tokens[noun].span.start && word.starts_with(['ل', 'ب']);
        return (alone || attached).then_some(name.tokens.end as usize);
    }
    let attached = word.starts_with("لل") || word.starts_with("بال");
    let definite = if alone { words.is_definite(noun) } else { attached && words.letters(noun) > 4 };
    if !definite || words.whole(noun).any(May::FUNCTION) || words.whole(noun).any(May::TITLE) {
        return None;
    }
    let mut to = noun + 1;
    while to < noun + 3
        && words.follows(to)
        && words.is_definite(to)
        && doc.name_at(to).is_none()
        && !words.is_time(to)
        && adjective(words, to)
        && !words.whole(to).any(May::FUNCTION)
    {
        to += 1;
    }
    Some(to)
}

/// Whether a word may be an adjective by what the lexicons know or by its shape: of a state, a participle, one in -ي, فعيل.
fn adjective(words: &Words<'_>, j: usize) -> bool {
    let doc = words.doc;
    let friendly = matches!(doc.word(j), "الشقيق" | "الشقيقة" | "الصديق" | "الصديقة");
    if friendly || adjectival(words, j) {
        return true;
    }
    let whole = words.whole(j);
    if doc.word(j).starts_with('و')
        || whole.any(
            May::FUNCTION
                .or(May::FINITE)
                .or(May::TITLE)
                .or(May::GROUP)
                .or(May::HEAD)
                .or(May::COUNTRY)
                .or(May::PLACE),
        )
        || words.look(j).after.any(May::GROUP.or(May::TITLE).or(May::COUNTRY))
    {
        return false;
    }
    let participle = doc.word_entries(j).any(|(r, e)| {
        outside(r) == 0
            && r.suffix == Suffix::None
            && e.table == Table::Verb
            && matches!(e.feat.part(), Part::Active | Part::Passive)
            && !e.feat.is_accusative()
    });
    if participle {
        return true;
    }
    if whole.any(May::NOUN) {
        return false;
    }
    // جديد, كبيرة: the shape of most adjectives that are no participles, and of a few nouns.
    const NOUNS: [&str; 8] = ["طريق", "جميع", "حديث", "حريق", "يمين", "رصيف", "ضمير", "بريد"];
    let stem = doc.word(j).trim_start_matches("ال").trim_end_matches('ة');
    let shape = stem.chars().count() == 4 && stem.chars().nth(2) == Some('ي');
    shape && !NOUNS.contains(&stem) && arabic().is_ordinary(doc.word(j))
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

/// Whether a word may be an adjective: of a state or people, or with an adjective's ending and no verb, title or name.
fn adjectival(words: &Words<'_>, j: usize) -> bool {
    let whole = words.whole(j);
    if whole.any(May::NISBA) {
        return true;
    }
    let word = words.doc.word(j);
    if word.ends_with("ية") && words.letters(j) > 4 && !whole.any(May::COUNTRY) {
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
