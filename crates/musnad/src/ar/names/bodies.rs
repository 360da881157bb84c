//! Names of organisations, places, occasions and documents: those that the lexicons know, and those that grammar makes of a
//! head and what follows it (وزارة الدفاع الروسية "the Russian Defence Ministry", مطار عدن الدولي "Aden International Airport").

use super::Found;
use super::people::person;
use super::words::{Does, May, Words, outside};
use crate::document::{Classes, EntityKind, Kind, Proclitics, Reading, Suffix};
use crate::span::Tokens;
use musnad_lexicon::{Entry, Part, Row, Table};

/// What speaks for a name that wants evidence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Backing {
    /// Nothing.
    None,
    /// A word for a place before it: مدينة الباب "the town of al-Bab".
    Place,
    /// A word for an organisation before it, or quotation marks: صحيفة «الحياة» "the newspaper Al-Hayat".
    Organization,
}

/// The name at token `i`, by the lexicons or by its head.
#[must_use]
pub fn body(words: &Words<'_>, i: usize) -> Option<Found> {
    let known = known(words, i, Backing::None);
    if known.is_none()
        && let Some(f) = saintly(words, i)
    {
        return Some(f);
    }
    if let Some(f) = ministry(words, i).or_else(|| military_region(words, i)) {
        return Some(f);
    }
    let made =
        if words.look(i).whole.or(words.look(i).after).any(May::HEAD) { headed(words, i) } else { None };
    match (known, made) {
        // The longer one, and what the lexicons know where both are the same.
        (Some(k), Some(m)) if m.tokens.start == k.tokens.start && m.tokens.end > k.tokens.end => Some(m),
        (Some(k), _) => Some(k),
        (None, m) => m,
    }
}

/// في ساو برناردو دو كامبو: a foreign town of several words after a preposition of place.
fn saintly(words: &Words<'_>, i: usize) -> Option<Found> {
    let doc = words.doc;
    let before = i.checked_sub(1).filter(|_| words.follows(i))?;
    if !words.does(i, Does::SAINT) || !Does::of(doc.bare(before)).any(Does::WHERE) {
        return None;
    }
    let mut end = i + 1;
    while end < i + 5
        && words.follows(end)
        && (unknown(words, end)
            || words.whole(end).any(May::NAME) && !words.is_ordinary(end)
            || end > i + 1 && matches!(doc.word(end), "دي" | "دو" | "ديل" | "دا"))
    {
        end += 1;
    }
    (end > i + 1).then(|| Found {
        tokens: Tokens::new(i, end),
        cut: 0,
        tail: 0,
        kind: EntityKind::Place,
        row: None,
        rule: "names:foreign town",
    })
}

/// A ministry by its portfolio alone: الخارجية الأردنية "the Jordanian foreign ministry".
fn ministry(words: &Words<'_>, i: usize) -> Option<Found> {
    let look = words.look(i);
    if !look.whole.or(look.after).any(May::PORTFOLIO) || look.whole.any(May::GROUP) {
        return None;
    }
    let (r, e) =
        words.doc.word_entries(i).find(|(r, e)| e.table == Table::Portfolio && r.suffix == Suffix::None)?;
    // السياسة الخارجية الأميركية "American foreign policy", وزير الخارجية الأميركية: not a ministry by its portfolio.
    let before = i.checked_sub(1).filter(|_| words.follows(i));
    if before.is_some_and(|b| words.is_definite(b) && outside(r) == 0 || words.whole(b).any(May::TITLE)) {
        return None;
    }
    let end = i + 1;
    let word = words.doc.word(end);
    let (n, _) = words.nisba(end).filter(|(n, _)| words.follows(end) && outside(n) == 0 && n.tokens == 1)?;
    // The ministry is feminine even where its portfolio is not: الدفاع الروسية, but الدفاع الروسي is Russian defence.
    (n.proclitics.any(Proclitics::AL)
        && word.ends_with('ة')
        && Does::of(&musnad_lexicon::fold(words.doc.row(e).get("name"))).any(Does::ALONE))
    .then(|| Found {
        tokens: Tokens::new(i, end + 1),
        cut: outside(r),
        tail: 0,
        kind: EntityKind::Organization,
        row: Some(e),
        rule: "names:portfolio+nisba",
    })
}

/// المنطقة العسكرية الثانية "the Second Military Region".
fn military_region(words: &Words<'_>, i: usize) -> Option<Found> {
    let doc = words.doc;
    let cut = match doc.word(i) {
        "المنطقة" => 0,
        "بالمنطقة" | "والمنطقة" | "للمنطقة" => 1,
        _ => return None,
    };
    (words.follows(i + 1)
        && doc.word(i + 1) == "العسكرية"
        && words.follows(i + 2)
        && words.does(i + 2, Does::REGIONS))
    .then(|| Found {
        tokens: Tokens::new(i, i + 3),
        cut,
        tail: 0,
        kind: EntityKind::Organization,
        row: None,
        rule: "names:military region",
    })
}

/// The longest name that the lexicons have at `i`.
#[must_use]
pub fn known(words: &Words<'_>, i: usize, backing: Backing) -> Option<Found> {
    let doc = words.doc;
    let look = words.look(i);
    let single = look.whole.or(look.after);
    let wanted = May::COUNTRY.or(May::PLACE).or(May::ORGANIZATION);
    let phrases = doc.readings(i).first().is_some_and(|r| r.tokens > 1);
    if !single.any(wanted) && !phrases {
        return None;
    }
    let mut best: Option<(u16, u8, Reading, Entry, EntityKind)> = None;
    for (r, e) in doc.entries(i) {
        if r.suffix != Suffix::None {
            continue;
        }
        if r.tokens > 2 && (1..usize::from(r.tokens)).any(|k| matches!(doc.word(i + k), "التابع" | "التابعة"))
        {
            continue;
        }
        // Of what has the same words: what is meant by the word before it, then organisations, states, towns.
        let (kind, rank) = match e.table {
            Table::Organization => (EntityKind::Organization, if backing == Backing::Place { 5 } else { 1 }),
            Table::Country if e.feat.part() != Part::Nisba => (EntityKind::Place, 2),
            Table::Work if doc.row(e).get("class") == "document" => (EntityKind::Document, 1),
            Table::Work => (EntityKind::Occasion, 1),
            Table::PlaceMore => (EntityKind::Place, 3),
            Table::Place => (EntityKind::Place, 4),
            _ => continue,
        };
        let backed =
            r.tokens == 1 && e.feat.is_doubtful() && (backing != Backing::None || backed(words, i, r, e));
        if r.tokens == 1 && !backed && !stands(words, i, r, e, backing) {
            continue;
        }
        // What the report itself backs is not doubted again.
        let e = if backed { Entry { feat: musnad_lexicon::Feat::default(), ..e } } else { e };
        let rank = 2 * rank + u8::from(r.tokens == 1 && e.feat.is_doubtful());
        // الأراضي السعودية: after a definite noun it is the adjective.
        if e.table == Table::Country && r.tokens == 1 && qualifies(words, i) {
            continue;
        }
        if r.tokens > 1 && e.feat.is_doubtful() && backing == Backing::None {
            continue;
        }
        let better = best.is_none_or(|(n, k, ..)| r.tokens > n || r.tokens == n && rank < k);
        if better {
            best = Some((r.tokens, rank, *r, e, kind));
        }
    }
    let (n, _, r, e, kind) = best?;
    let end = i + usize::from(n);
    // What the lexicon has with its generic word stands without it: محافظة حضرموت, صحيفة حرييت, تنظيم داعش.
    if n > 1 && r.cut <= 1 && generic(words, i, e) {
        let whole = known_as(words, i + 1, end, e);
        let media = e.table == Table::Organization && !words.is_definite(i + 1);
        let place = matches!(e.table, Table::Place | Table::PlaceMore | Table::Country);
        let press =
            matches!(doc.row(e).get("kind").trim_end_matches('?'), "paper" | "channel" | "site" | "radio");
        if whole && (place || media || press) {
            return Some(Found {
                tokens: Tokens::new(i + 1, end),
                cut: 0,
                tail: 0,
                kind,
                row: Some(e),
                rule: "names:lexicon",
            });
        }
    }
    // العلمين الجديدة "New Alamein" is another town than العلمين.
    let town =
        matches!(e.table, Table::Place | Table::PlaceMore) && n == 1 && doc.row(e).get("kind") == "city";
    if town && words.follows(end) && matches!(doc.word(end), "الجديدة") && !words.is_definite(end + 1)
    {
        return Some(Found {
            tokens: Tokens::new(i, end + 1),
            cut: outside(&r),
            tail: 0,
            kind,
            row: None,
            rule: "names:new town",
        });
    }
    Some(Found {
        tokens: Tokens::new(i, end),
        cut: outside(&r),
        tail: 0,
        kind,
        row: Some(e),
        rule: "names:lexicon",
    })
}

/// Whether the head's row has one of its marks.
fn marked(row: Row, mark: &str) -> bool {
    row.list("marks").any(|m| m == mark)
}

/// Whether the word at `i` is a head of the given class with a mark.
fn head_marked(words: &Words<'_>, i: usize, class: &str, mark: &str) -> bool {
    words.doc.word_entries(i).any(|(r, h)| {
        let row = words.doc.row(h);
        h.table == Table::Head && r.suffix == Suffix::None && row.get("class") == class && marked(row, mark)
    })
}

/// Whether the word at `i` is one for companies, media and the like, which a name in quotation marks may follow.
#[must_use]
pub fn names_follow(words: &Words<'_>, i: usize) -> bool {
    let doc = words.doc;
    !words.is_definite(i)
        && doc.word_entries(i).any(|(r, h)| {
            h.table == Table::Head
                && r.suffix == Suffix::None
                && doc.row(h).get("class") == "organization"
                && matches!(doc.row(h).get("kind"), "generic" | "either")
        })
}

/// Whether the lexicon's phrase begins with a word that stands outside names.
fn generic(words: &Words<'_>, i: usize, e: Entry) -> bool {
    match e.table {
        Table::Place | Table::PlaceMore => head_marked(words, i, "place", "town"),
        // دولة الإمارات: the word for what it is stands before a name that is whole without it.
        Table::Country => head_word(words, i) == "دولة",
        Table::Organization => {
            head_marked(words, i, "organization", "press") || head_marked(words, i, "organization", "outside")
        }
        _ => false,
    }
}

/// Whether the words from `i` to `end` are a name of the row by themselves.
fn known_as(words: &Words<'_>, i: usize, end: usize, e: Entry) -> bool {
    words.doc.readings(i).iter().any(|r| {
        r.cut == 0
            && i + usize::from(r.tokens) == end
            && r.entries.iter().any(|x| x.table == e.table && x.row == e.row)
    })
}

/// Whether a word that is a state's name and its adjective is the adjective here: الأراضي السعودية "the Saudi lands",
/// دبلوماسيا روسيا "a Russian diplomat" in the accusative.
#[must_use]
pub fn qualifies(words: &Words<'_>, i: usize) -> bool {
    let Some(before) = i.checked_sub(1).filter(|_| words.follows(i)) else { return false };
    if !words.whole(i).any(May::NISBA) {
        return false;
    }
    let other = May::FUNCTION.or(May::FINITE).or(May::COUNTRY).or(May::PLACE).or(May::NAME);
    let accusative = words.doc.word(i).ends_with("يا")
        && words.doc.word(before).ends_with('ا')
        && words.letters(before) > 3
        && !words.is_definite(before)
        && !words.look(before).whole.or(words.look(before).after).any(other);
    // مواقع عسكرية سورية "Syrian military sites": after an indefinite adjective of its own ending.
    let feminine = words.doc.word(i).ends_with('ة')
        && words.doc.word(before).ends_with("ية")
        && !words.is_definite(before)
        && !words.look(before).whole.or(words.look(before).after).any(other.or(May::HEAD).or(May::TITLE));
    // هيئة سورية معارضة "a Syrian opposition body".
    let body = words.doc.word(i).ends_with('ة')
        && words.doc.word(before).ends_with('ة')
        && !words.is_definite(before)
        && words.doc.word_entries(before).any(|(r, h)| {
            h.table == Table::Head
                && r.suffix == Suffix::None
                && words.doc.row(h).get("class") == "organization"
        });
    let feminine = feminine || body;
    words.is_definite(before) && modified(words, before) || accusative || feminine
}

/// Whether the definite word at `i` may have the adjective of a state after it: no name, title or function word.
fn modified(words: &Words<'_>, i: usize) -> bool {
    let whole = words.whole(i);
    !whole.any(May::FUNCTION.or(May::COUNTRY).or(May::PERSON).or(May::TIME))
        && !matches!(words.doc.word(i), "العربية")
}

/// Whether the report backs a town whose name is also a word (صور, Tyre and "pictures"): it speaks of the town's state, and the
/// word stands where a town does and where the other could hardly.
fn backed(words: &Words<'_>, i: usize, r: &Reading, e: Entry) -> bool {
    let doc = words.doc;
    if !matches!(e.table, Table::Place | Table::PlaceMore) {
        return false;
    }
    let iso3 = doc.row(e).get("iso3");
    if words.does(i, Does::COMMON)
        || words.whole(i).any(May::GROUP.or(May::HEAD)) && words.is_definite(i)
        || !words.tells_of(iso3)
    {
        return false;
    }
    let of_state = |k: usize| {
        words.follows(k)
            && words.nisba(k).is_some_and(|(n, x)| {
                outside(&n) == 0 && n.proclitics.any(Proclitics::AL) && doc.row(x).get("iso3") == iso3
            })
    };
    let next = doc.word(i + 1);
    // قتل في صور جنوب لبنان, but في صور نشرتها الوكالة "in pictures that the agency published".
    let closes = doc.kind(i + 1).is_none_or(|kind| kind == Kind::Mark)
        || doc.tokens[i + 1].line_start
        || of_state(i + 1)
        || next.starts_with('و')
        || words.does(i + 1, Does::WHERE) && !matches!(next, "من" | "عبر");
    if located(words, i, r) && closes && words.near(i, iso3) {
        return true;
    }
    let inhabited = i > 0 && !doc.tokens[i].line_start && words.does(i - 1, Does::VISITS);
    // صور اللبنانية: an indefinite word cannot have a definite adjective; سكان العين الإماراتية.
    if (!words.is_definite(i) || inhabited) && of_state(i + 1) && next.ends_with('ة') && r.cut <= 1 {
        return true;
    }
    let Some(before) = i.checked_sub(1).filter(|_| !doc.tokens[i].line_start) else {
        // صور - وكالات: a dateline.
        let agency = (i + 2..i + 5).any(|k| {
            words.look(k).whole.any(May::ORGANIZATION)
                || matches!(doc.word(k), "وكالات" | "الوكالات" | "مراسلنا")
        });
        return r.cut == 0 && matches!(next, "-" | "–" | "—" | "(" | "/") && agency;
    };
    // صيدا وصور: beside a town of the same state.
    let beside = |k: usize| {
        words.whole(k).any(May::PLACE)
            && doc.word_entries(k).any(|(p, x)| {
                outside(p) <= 1
                    && matches!(x.table, Table::Place | Table::PlaceMore)
                    && !x.feat.is_doubtful()
                    && doc.row(x).get("iso3") == iso3
            })
    };
    closes && r.proclitics.any(Proclitics::AND) && outside(r) == 1 && beside(before)
}

/// Whether one word may be taken for the name that an entry has for it.
fn stands(words: &Words<'_>, i: usize, r: &Reading, e: Entry, backing: Backing) -> bool {
    let look = words.look(i);
    if backing != Backing::None {
        return true;
    }
    let doc = words.doc;
    if !words.spelled(i, r, e) {
        return false;
    }
    // في وجدة: after a preposition the word does not begin with "and".
    if r.proclitics.any(Proclitics::AND) && preceded(words, i) {
        return false;
    }
    // فلاتر "filters" is no فـ with a small town's name.
    if e.table == Table::Place
        && r.proclitics.any(Proclitics::FA)
        && e.feat.part() != Part::Metonym
        && doc.row(e).get("population").parse().is_ok_and(|n: u64| n < 500_000)
    {
        return false;
    }
    // بارا is no ب with a town of India, where the report does not speak of India.
    if e.table == Table::Place
        && r.proclitics.any(Proclitics::PREPOSITION)
        && e.feat.part() != Part::Metonym
        && !look.whole.any(May::KNOWN)
        && doc.row(e).get("population").parse().is_ok_and(|n: u64| n < 500_000)
        && !words.tells_of(doc.row(e).get("iso3"))
        && words.letters(i) < 6
    {
        return false;
    }
    if e.feat.is_doubtful() {
        // A town whose name is a rare word: في X "in X".
        let place = matches!(e.table, Table::Place | Table::PlaceMore);
        let noun = look.whole.any(May::HEAD.or(May::GROUP).or(May::TITLE).or(May::NOUN));
        // في مشهد يجسد "in a scene that embodies".
        let goes_on =
            words.follows(i + 1) && (words.whole(i + 1).any(May::FINITE) || described(words, i + 1));
        return place && r.cut == 0 && !noun && !goes_on && !words.is_ordinary(i) && located(words, i, r);
    }
    if e.table == Table::Country && e.feat.part() == Part::None {
        // مالي is Mali and "financial".
        let ambiguous = matches!(doc.word(i), "مالي" | "ومالي" | "قطر" | "عمان" | "المغرب");
        return !ambiguous || doc.word(i) != "مالي" && doc.word(i) != "ومالي" || located(words, i, r);
    }
    // A word that is whole something else is no name with a letter cut from it (بلد "country", not ب and لد).
    if r.cut > 0 && look.whole.any(May::GIVEN.or(May::PERSON)) && !look.whole.any(May::DOUBTFUL) {
        return false;
    }
    // وجدة "and Jeddah" before Oujda: the whole is a rarer name.
    let rare =
        look.whole.any(May::PLACE) && look.whole.any(May::DOUBTFUL) && r.proclitics.any(Proclitics::AND);
    if r.cut > 0 && rare {
        return true;
    }
    if r.cut > 0 && look.whole.any(May::KNOWN.or(May::FUNCTION)) && !look.whole.any(May::NAME) {
        return e.feat.part() == Part::Metonym || located(words, i, r) && !words.is_ordinary(i);
    }
    // للنيل من X "to harm X" is not the Nile.
    let article = doc.row(e).get("name").starts_with("ال") && !doc.word(i).contains("لل");
    let ordinary =
        !article && (e.table == Table::Place || e.table == Table::PlaceMore && doc.word(i).contains("لل"));
    if r.cut > 0 && ordinary && words.is_ordinary(i) {
        return false;
    }
    let other = May::FUNCTION.or(May::FINITE).or(May::TITLE).or(May::NOUN);
    if r.cut == 0 && look.whole.any(other) {
        // الموصل is "conducting" too, but hardly in a report on Iraq.
        let town = matches!(e.table, Table::Place | Table::PlaceMore)
            && words.is_definite(i)
            && !look.whole.any(May::FUNCTION.or(May::FINITE).or(May::TITLE).or(May::GROUP))
            && !words.is_ordinary(i)
            && words.tells_of(doc.row(e).get("iso3"));
        return town
            || matches!(e.table, Table::Country | Table::Organization | Table::Work)
            || located(words, i, r);
    }
    // A town that is a name of people first, and small.
    if e.table == Table::Place && look.whole.any(May::SURE) && e.feat.part() != Part::Metonym {
        let people = doc.row(e).get("population").parse().unwrap_or(0u64);
        return people > 300_000 || located(words, i, r);
    }
    true
}

/// في مشهد نادر "in a rare scene": whether the word at `j` is an ordinary indefinite adjective, so that the noun before it is one.
#[must_use]
pub fn described(words: &Words<'_>, j: usize) -> bool {
    let whole = words.whole(j);
    let other = May::FUNCTION.or(May::PLACE).or(May::COUNTRY).or(May::ORGANIZATION).or(May::TITLE);
    words.follows(j)
        && !words.is_definite(j)
        && !words.is_time(j)
        && words.is_ordinary(j)
        && !whole.any(other)
        && !words.doc.word(j).starts_with(['و', 'ف', 'ب', 'ل', 'ك'])
        && words.letters(j) > 2
}

/// Whether a preposition stands before the word.
fn preceded(words: &Words<'_>, i: usize) -> bool {
    words.follows(i)
        && i.checked_sub(1).is_some_and(|b| {
            words.doc.is(b, Classes::PREPOSITION) && !words.doc.word(b).ends_with(['ه', 'ا', 'م'])
        })
}

/// Whether a preposition of place is attached to the word or stands before it.
fn located(words: &Words<'_>, i: usize, r: &Reading) -> bool {
    if r.proclitics.any(Proclitics::BI) {
        return true;
    }
    let Some(before) = i.checked_sub(1) else { return false };
    r.cut == 0 && Does::of(words.doc.bare(before)).any(Does::WHERE)
}

/// Whether the quotation that opens with the mark at `i` holds a short name; its tokens.
#[must_use]
pub fn quoted(words: &Words<'_>, i: usize) -> Option<Tokens> {
    if words.doc.kind(i) != Some(Kind::Mark) {
        return None;
    }
    let quotes = &words.doc.layout.quotes;
    let q = quotes.partition_point(|q| (q.open as usize) < i);
    let quote = quotes.get(q).filter(|q| q.open as usize == i)?;
    quote.close?;
    let n = quote.inner.len();
    let clean = quote.inner.range().all(|k| {
        words.doc.kind(k) != Some(Kind::Mark) || words.doc.is_mark(k, '-') || words.doc.is_mark(k, '.')
    });
    ((1..=5).contains(&n) && clean).then_some(quote.inner)
}

/// The name that a head at `i` makes.
fn headed(words: &Words<'_>, i: usize) -> Option<Found> {
    let doc = words.doc;
    let mut best: Option<Found> = None;
    // مديرية رازح "the district of Razih", but مديرية الأمن "the security directorate": the place after the word decides.
    let both = matches!(head_word(words, i), "مديرية" | "مركز");
    if both && let Some(f) = generic_place(words, i) {
        return Some(f);
    }
    for (r, e) in doc.word_entries(i).filter(|(r, e)| e.table == Table::Head && r.suffix == Suffix::None) {
        let row = doc.row(e);
        // القرار 1701, ميزانية 2018: with its number it is a name.
        let number = if doc.word(i + 1) == "رقم" { i + 2 } else { i + 1 };
        let long = number == i + 2 || doc.word(number).chars().count() >= 3;
        let counted = doc.kind(number) == Some(Kind::Number) && !doc.is_mark(number + 1, '%');
        if marked(row, "numbered") && counted && long && !doc.tokens[number].line_start {
            let kind =
                if row.get("class") == "document" { EntityKind::Document } else { EntityKind::Occasion };
            let tokens = Tokens::new(i, number + 1);
            return Some(Found {
                tokens,
                cut: outside(r),
                tail: 0,
                kind,
                row: Some(e),
                rule: "names:head+number",
            });
        }
        let (class, kind) = (row.get("class"), row.get("kind"));
        let definite = r.proclitics.any(Proclitics::AL);
        let found = match (class, kind, definite) {
            ("organization", "generic", false) => generic_organization(words, i),
            ("organization", _, false) => construct(words, i, *r, e, EntityKind::Organization),
            ("organization", "part" | "either", true) => with_adjectives(words, i, *r, e),
            ("place", "generic", false) => generic_place(words, i),
            ("place", _, false) => construct(words, i, *r, e, EntityKind::Place),
            ("occasion", _, false) if marked(row, "talks") => talks(words, i, *r, e),
            ("occasion", _, false) if marked(row, "famous") => {
                construct(words, i, *r, e, EntityKind::Occasion)
            }
            ("document", _, false) if marked(row, "famous") => {
                construct(words, i, *r, e, EntityKind::Document)
            }
            _ => None,
        };
        let longer = |f: &Found| best.as_ref().is_none_or(|b| f.tokens.end > b.tokens.end);
        if let Some(f) = found.filter(longer) {
            best = Some(f);
        }
    }
    best
}

/// جولة مشاورات الكويت "the Kuwait round of talks": talks that are called by the town where they are held.
fn talks(words: &Words<'_>, i: usize, r: Reading, e: Entry) -> Option<Found> {
    let doc = words.doc;
    let mut k = i + 1;
    while k < i + 3
        && words.follows(k)
        && doc.word_entries(k).any(|(r, h)| {
            h.table == Table::Head && r.cut == 0 && r.suffix == Suffix::None && marked(doc.row(h), "talks")
        })
    {
        k += 1;
    }
    let town = known(words, k, Backing::None).filter(|f| words.follows(k) && f.cut == 0)?;
    let metonym = town.row.is_some_and(|x| x.feat.part() == Part::Metonym);
    let city = town.row.is_some_and(|x| matches!(x.table, Table::Place | Table::PlaceMore));
    let end = town.tokens.end as usize;
    // مفاوضات واشنطن وطهران "the talks of Washington and Tehran".
    let pair = words.follows(end) && doc.word(end).starts_with('و');
    let held = city || metonym || doc.word(k) == "الكويت";
    (town.kind == EntityKind::Place && held && !pair).then(|| Found {
        tokens: Tokens::new(i, end),
        cut: outside(&r),
        tail: 0,
        kind: EntityKind::Occasion,
        row: Some(e),
        rule: "names:talks+town",
    })
}

/// A definite head with adjectives, a state's or region's among them: الجيش الوطني الليبي "the Libyan National Army".
fn with_adjectives(words: &Words<'_>, i: usize, r: Reading, e: Entry) -> Option<Found> {
    let mut end = 0;
    let mut j = i + 1;
    let mut plain = 0;
    // المؤسسات المصرية "the Egyptian institutions": many bodies are no body.
    let many = marked(words.doc.row(e), "many");
    let institution = marked(words.doc.row(e), "institution");
    while j < i + 5 && words.follows(j) && !words.is_time(j) {
        let word = words.doc.word(j);
        let state = words.is_definite(j)
            && words.nisba(j).is_some_and(|(n, x)| {
                outside(&n) == 0 && (x.feat.get_number() != musnad_lexicon::Number::Plural)
            });
        let national = words.does(j, Does::NATIONAL) && marked(words.doc.row(e), "national");
        let regional = words.does(j, Does::REGIONAL) && !marked(words.doc.row(e), "plain");
        // المفوضية العليا للانتخابات العراقية: what it is for stands before the state's adjective.
        if plain > 0
            && end == 0
            && word.starts_with("لل")
            && words.follows(j + 1)
            && words.is_definite(j + 1)
            && words.nisba(j + 1).is_some()
        {
            end = j + 2;
            break;
        }
        // النيابة العامة "the public prosecution", المخابرات العامة are names as they stand.
        let public =
            word == "العامة" && matches!(words.doc.row(e).get("word"), "نيابة" | "استخبارات" | "مخابرات");
        // المجلس الدستوري, الحزب الشيوعي: the institution needs no state's adjective.
        let public = public || institution && words.does(j, Does::INSTITUTION) && (j == i + 1 || plain > 0);
        if many && !(state && plain > 0) {
            return None;
        }
        if state || regional || national || public {
            end = j + 1;
        } else if words.is_definite(j)
            && (end == 0 && plain < 2 && adjective(words, j)
                || end > 0 && words.does(j, Does::STANDING.or(Does::INSTITUTION)))
        {
            plain += 1;
            if end > 0 {
                end = j + 1;
            }
        } else {
            break;
        }
        j += 1;
    }
    // الهيئة العامة للاستثمار "the General Authority for Investment": what it is for makes the name.
    let weak = marked(words.doc.row(e), "weak");
    if end == 0 && plain > 0 && !weak && (i + 1..j).all(|k| words.does(k, FORMAL)) {
        let other = May::PLACE
            .or(May::COUNTRY)
            .or(May::PERSON)
            .or(May::ORGANIZATION)
            .or(May::TITLE)
            .or(May::GROUP)
            .or(May::HEAD)
            .or(May::NISBA);
        let named = words.follows(j)
            && words.doc.word(j).starts_with("لل")
            && words.letters(j) > 5
            && !words.look(j).after.any(other)
            && !words.is_time(j);
        end = if named { j + 1 } else { purpose(words, j) };
        if end == j {
            return None;
        }
        let adjective = named
            && words.follows(end)
            && words.is_definite(end)
            && relative(words.doc.word(end))
            && !words.whole(end).any(May::TITLE.or(May::NISBA));
        end += usize::from(adjective);
    }
    if end == 0 {
        return None;
    }
    end = purpose(words, end);
    Some(Found {
        tokens: Tokens::new(i, end),
        cut: outside(&r),
        tail: 0,
        kind: EntityKind::Organization,
        row: Some(e),
        rule: "names:head+nisba",
    })
}

/// The adjectives of public bodies.
const FORMAL: Does = Does::PUBLIC.or(Does::NATIONAL).or(Does::INSTITUTION);

/// Whether a definite word may be an adjective that belongs to a name: no title, no description, no place.
fn adjective(words: &Words<'_>, j: usize) -> bool {
    let whole = words.whole(j);
    words.is_definite(j)
        && !whole.any(May::TITLE.or(May::COUNTRY).or(May::FUNCTION).or(May::TIME))
        && (!whole.any(May::PLACE) || whole.any(May::DOUBTFUL) || words.does(j, Does::PUBLIC))
        && !words.is_time(j)
        && words.doc.word(j).ends_with(['ي', 'ة', 'ى', 'م', 'د', 'ر'])
}

/// The end of a name that goes on with what it is for: المرصد السوري لحقوق الإنسان "the Syrian Observatory for Human Rights".
fn purpose(words: &Words<'_>, end: usize) -> usize {
    if !words.follows(end) || !words.does(end, Does::PURPOSE) {
        return end;
    }
    let mut j = end + 1;
    if words.doc.word(end).starts_with("لل") {
        while words.follows(j)
            && j < end + 3
            && words.is_definite(j)
            && words.doc.word(j).ends_with(['ي', 'ة'])
        {
            j += 1;
        }
        return j;
    }
    if words.follows(j) && (words.is_definite(j) || words.whole(j).any(May::COUNTRY)) { j + 1 } else { end }
}

/// A head in construct with what follows it: حزب الأمة, قوات الدفاع الجوي السعودي, وادي المسيني.
fn construct(words: &Words<'_>, i: usize, r: Reading, e: Entry, kind: EntityKind) -> Option<Found> {
    let doc = words.doc;
    let row = doc.row(e);
    let head = row.get("word");
    let mark = |m: &str| marked(row, m);
    let either = row.get("kind") == "either";
    let found = |start: usize, end: usize, cut: u8, rule: &'static str| Found {
        tokens: Tokens::new(start, end),
        cut,
        tail: 0,
        kind,
        row: Some(e),
        rule,
    };
    let k = i + 1;
    if let Some(inner) = quoted(words, k) {
        // The name is what the marks hold: تنظيم «القاعدة».
        let scored = matches!(kind, EntityKind::Organization);
        if let Some(f) = known(words, inner.start as usize, Backing::Organization)
            .filter(|f| scored && f.kind == kind && f.tokens.end <= inner.end)
        {
            return Some(f);
        }
        return (scored && (either || !mark("weak")))
            .then(|| found(inner.start as usize, inner.end as usize, 0, "names:head+quotation"));
    }
    if !words.follows(k) || words.is_time(k) {
        return None;
    }
    let whole = words.whole(k);
    if whole.any(May::FUNCTION.or(May::FINITE)) && !whole.any(May::COUNTRY.or(May::PLACE)) {
        return None;
    }
    // سجن روسي "a Russian prison", هيئة سورية معارضة "a Syrian opposition body", جسر جوي "an air bridge": adjectives.
    let indefinite = !words.is_definite(k);
    let nisba_here = indefinite && words.nisba(k).is_some_and(|(n, _)| outside(&n) == 0);
    let agrees = doc.word(i).ends_with('ة') && doc.word(k).ends_with('ة');
    if nisba_here && (!whole.any(May::COUNTRY) || agrees)
        || kind == EntityKind::Place && indefinite && doc.word(k).ends_with('ي') && words.is_ordinary(k)
    {
        return None;
    }
    let weak = kind == EntityKind::Organization && mark("weak");
    // مصلحة الضرائب "the tax department", but مصلحة الشعب "the people's interest".
    if mark("service") && !words.does(k, Does::SERVICE) {
        return None;
    }
    // حكومة البشير "Bashir's government": a description with the person's name in it.
    if weak
        && !mark("bearer")
        && words.is_definite(k)
        && whole.any(May::PERSON)
        && !whole.any(May::NISBA.or(May::COUNTRY).or(May::PLACE).or(May::ORGANIZATION).or(May::GROUP))
        && !words.is_ordinary(k)
    {
        return None;
    }
    if kind == EntityKind::Organization && words.is_definite(k) {
        // برلمان الإقليم, لجنة الحزب: a body or place by a common noun makes a description.
        let common = words.phrase(k, Table::Group).is_some_and(|(g, x)| {
            g.tokens == 1 && matches!(doc.row(x).get("type"), "organization" | "place")
        }) && words.does(k, Does::COMMON);
        // للجنة العليا is "for the High Committee", not لجنة with a complement.
        if common || words.does(k, Does::PUBLIC.or(Does::REGIONAL)) {
            return None;
        }
    }
    // What it is of: a portfolio, a name, a definite noun, or a noun in construct with one of these.
    let mut j;
    let mut proper = false;
    // Whether the complement is a name that is whole: nothing of what follows belongs to it (حركة طالبان الأفغانية).
    let mut whole_name = false;
    if let Some((p, _)) = words.phrase(k, Table::Portfolio).filter(|(p, _)| p.cut == 0) {
        j = k + usize::from(p.tokens);
        proper = mark("portfolio");
    } else if let Some(f) = known(words, k, Backing::None).filter(|f| f.cut == 0) {
        if either && f.kind == EntityKind::Organization {
            // تنظيم داعش: a name that is whole without its head.
            let whole_name = f.row.is_some_and(|x| x.table == Table::Organization) && !words.is_definite(k);
            if whole_name && !matches!(head, "حزب" | "حركة") {
                return Some(f);
            }
        }
        let state = f.kind == EntityKind::Place;
        if weak && (f.kind == EntityKind::Organization && f.tokens.len() > 1 || state && !mark("of-state")) {
            // قوات التحالف العربي, أمن السعودية: a description of or with what has a name of its own.
            return None;
        }
        j = f.tokens.end as usize;
        proper = true;
        whole_name = f.kind == EntityKind::Organization;
    } else if whole.any(May::TITLE) && !whole.any(May::SURE) && !peers(words, k) {
        // حكومة الرئيس ... "the government of President ...", مكتب الأمين العام.
        return None;
    } else if words.is_definite(k) {
        j = k + 1;
        let ground = kind == EntityKind::Place && mark("ground");
        proper = (!words.is_ordinary(k) || ground) && !whole.any(May::GROUP);
        // ميليشيا الحوثي الانقلابية: the adjective judges, it is no part of the name.
        let militia = mark("militia") && relative(doc.word(k));
        // اتحاد الإذاعة والتلفزيون, لجنة الأمن والدفاع: what some bodies are of are two.
        let two = kind == EntityKind::Organization
            && mark("two")
            && words.follows(j)
            && doc.word(j).starts_with("وال")
            && words.is_ordinary(k)
            && !words.look(j).after.any(
                May::TITLE
                    .or(May::COUNTRY)
                    .or(May::PLACE)
                    .or(May::PERSON)
                    .or(May::NISBA)
                    .or(May::HEAD)
                    .or(May::GROUP),
            )
            && !words.is_time(j);
        if two {
            j += 1;
        }
        whole_name =
            kind == EntityKind::Organization && (proper || militia) && !words.whole(k).any(May::NISBA);
        proper |= whole_name;
    } else if let Some(f) = inner_place(words, k, kind) {
        // فندق خليج مارينا: a hotel named after a place with a head of its own.
        j = f.tokens.end as usize;
        proper = true;
    } else if kind == EntityKind::Place && head == "عين" && whole.any(May::SURE) {
        // عين جون بولتون "appointed John Bolton" is no spring.
        return None;
    } else if kind == EntityKind::Place
        && (whole.any(May::SURE) || whole.any(May::NAME) && !words.is_ordinary(k) && words.follows(k + 1))
    {
        j = person(words, k, super::people::Expect::Nothing).map_or(k + 1, |f| f.tokens.end as usize);
        while j < k + 3 && unknown(words, j) {
            j += 1;
        }
        proper = true;
    } else if kind == EntityKind::Organization && either && whole.any(May::SURE) && !whole.any(May::GIVEN) {
        j = k + 1;
        proper = true;
    } else if !whole.any(May::KNOWN) && words.look(k).after == May::default() && !words.is_ordinary(k) {
        // نقطة ضعفك "your weak point": a noun with its pronoun, not a name.
        let owned = words.letters(k) > 4 && doc.word(k).ends_with(['ك', 'ه'])
            || doc.word(k).ends_with("هم")
            || doc.word(k).ends_with("نا");
        if owned && kind == EntityKind::Place {
            return None;
        }
        // اتحاد يرأسه X "a union that X heads": a verb with its pronoun.
        let verb = doc.word(k).starts_with(['ي', 'ت']) && doc.word(k).ends_with(['ه'])
            || doc.word(k).ends_with("ها");
        if verb {
            return None;
        }
        let bearers = mark("bearer");
        if kind == EntityKind::Organization && weak && !bearers {
            return None;
        }
        // إعلان محضر الاجتماع "the announcement of the minutes of the meeting".
        let chain = words.follows(k + 1) && words.is_definite(k + 1) && words.is_ordinary(k + 1);
        if chain && matches!(kind, EntityKind::Document | EntityKind::Occasion) {
            return None;
        }
        // A name that nobody knows: حركة X.
        j = k + 1;
        while j < k + 3 && unknown(words, j) {
            j += 1;
        }
        proper = true;
    } else if words.follows(k + 1)
        && (words.is_definite(k + 1) || whole.any(May::HEAD) && known(words, k + 1, Backing::None).is_some())
        && !whole.any(May::NISBA)
        && !words.whole(k + 1).any(May::TITLE.or(May::NISBA))
        && !words.is_time(k + 1)
        && matches!(kind, EntityKind::Organization)
        // تنظيم استخدام الطائرات "the regulation of the use of aircraft".
        && !(head == "تنظيم" && whole.any(May::NOUN))
    {
        // هيئة أركان الجيش, مجلس شورى مجاهدي ...
        match known(words, k + 1, Backing::None).filter(|f| f.cut == 0) {
            Some(f) => {
                j = f.tokens.end as usize;
                proper = true;
            }
            None => j = k + 2,
        }
    } else {
        return None;
    }
    // Adjectives of the head or of what it is of.
    let mut adjectives = 0;
    let mut nisba = false;
    // وكالة الأنباء الرسمية "the official news agency": an adjective that judges, after an ordinary noun, describes.
    let judged =
        kind == EntityKind::Organization && !proper && words.follows(j) && words.does(j, Does::JUDGING);
    if judged {
        return None;
    }
    while words.follows(j) && adjectives < 3 && !words.is_time(j) && !whole_name {
        let word = doc.word(j);
        // خطوط التجارة العالمية "the world's lines of trade": of the world is no name of a weak head.
        let regional = words.does(j, Does::REGIONAL) && !(weak && word.starts_with("العالمي"));
        let is_nisba = words.is_definite(j) && words.whole(j).any(May::NISBA) || regional;
        let fits = match kind {
            EntityKind::Place => words.does(j, Does::OF_PLACES),
            // مجلس الأعمال السعودي الفرنسي: two states.
            _ if nisba && is_nisba => mark("two-states"),
            _ if nisba => words.does(j, Does::STANDING),
            _ if words.does(j, Does::JUDGING) => false,
            // اتحاد الشباب الشيوعيين "the Union of Young Communists".
            _ if word.ends_with("يين") => {
                words.is_definite(j) && words.is_definite(k) && !words.whole(j).any(May::TITLE)
            }
            _ => {
                is_nisba
                    || words.does(j, Does::PUBLIC)
                    || !nisba && adjective(words, j) && relative(word) && !participle(words, j)
            }
        };
        if !fits {
            break;
        }
        nisba |= is_nisba;
        adjectives += 1;
        j += 1;
    }
    // مؤسسة العلاقات الخارجية والأمنية: a second adjective, joined by و.
    let second = kind == EntityKind::Organization
        && !nisba
        && j > k + 1
        && words.follows(j)
        && doc.word(j).starts_with("وال")
        && doc.word(j).ends_with("ية")
        && doc.word(j - 1).ends_with("ية")
        && !words.look(j).after.any(
            May::NISBA
                .or(May::TITLE)
                .or(May::HEAD)
                .or(May::PORTFOLIO)
                .or(May::COUNTRY)
                .or(May::PLACE)
                .or(May::ORGANIZATION)
                .or(May::GROUP),
        );
    if second {
        j += 1;
    }
    // منظومة العمل الحكومي المصرية: what such heads are of must be a name by itself.
    if weak && !proper && mark("proper") {
        return None;
    }
    let stock = head == "قوات" && matches!(doc.word(k), "التحالف" | "الدرك");
    if weak && !proper && !nisba && !stock {
        return None;
    }
    if weak && !nisba && words.does(k, Does::STANDS_ALONE) {
        return None;
    }
    if matches!(kind, EntityKind::Occasion | EntityKind::Document) {
        // قرار مجلس الأمن 2510, كأس العالم 2018: the number belongs to the name.
        let numbered = doc.kind(j) == Some(Kind::Number) && !doc.tokens[j].line_start;
        if !proper && head != "كأس" || head == "قرار" && !numbered {
            return None;
        }
        if numbered {
            return Some(found(i, j + 1, outside(&r), "names:head+complement"));
        }
    }
    if kind == EntityKind::Place && !proper && adjectives == 0 {
        return None;
    }
    j = purpose(words, j);
    Some(found(i, j, outside(&r), "names:head+complement"))
}

/// The place with a head of its own that a place is named after.
fn inner_place(words: &Words<'_>, k: usize, kind: EntityKind) -> Option<Found> {
    let place = kind == EntityKind::Place && words.whole(k).any(May::HEAD) && !words.is_definite(k);
    place.then(|| headed(words, k)).flatten().filter(|f| f.kind == kind && f.tokens.start as usize == k)
}

/// Whether a title at `k` is a plural that bodies are named after: مجلس اللوردات, نقابة الصحفيين.
fn peers(words: &Words<'_>, k: usize) -> bool {
    words.is_definite(k)
        && words.title(k).is_some_and(|(_, e)| e.feat.get_number() == musnad_lexicon::Number::Plural)
}

/// Whether a definite word in -ي is a participle with its own complement: قرار مجلس الأمن الداعي إلى "calling for".
fn participle(words: &Words<'_>, j: usize) -> bool {
    words.doc.word(j).ends_with('ي') && words.whole(j).any(May::NOUN)
}

/// Whether a folded definite word ends as relative adjectives do: الكردستاني, الحضرمية.
fn relative(word: &str) -> bool {
    word.ends_with('ي') || word.ends_with("ية")
}

/// Whether the word at `j` is known to nobody and may be part of a foreign name.
#[must_use]
pub fn unknown(words: &Words<'_>, j: usize) -> bool {
    let look = words.look(j);
    words.follows(j)
        && !look.whole.any(May::KNOWN.or(May::FUNCTION).or(May::FINITE))
        && !look.after.any(May::KNOWN)
        && words.letters(j) > 2
        && !words.is_time(j)
        && !words.doc.word(j).starts_with('و')
        && !words.is_ordinary(j)
}

/// The head of a name at `i` as the table has it, without attached letters; empty where there is none.
fn head_word(words: &Words<'_>, i: usize) -> &'static str {
    words.doc.entry(i, Table::Head).map_or("", |(_, e)| words.doc.row(e).get("word"))
}

/// The name after a word for media and companies, which stands outside it: صحيفة «الحياة», وكالة رويترز.
fn generic_organization(words: &Words<'_>, i: usize) -> Option<Found> {
    let doc = words.doc;
    let k = i + 1;
    let found = |start: usize, end: usize, row: Option<Entry>| Found {
        tokens: Tokens::new(start, end),
        cut: 0,
        tail: 0,
        kind: EntityKind::Organization,
        row,
        rule: "names:word for media or companies+",
    };
    if let Some(inner) = quoted(words, k) {
        let row = known(words, inner.start as usize, Backing::Organization)
            .filter(|f| f.tokens == inner && f.kind == EntityKind::Organization)
            .and_then(|f| f.row);
        return Some(found(inner.start as usize, inner.end as usize, row));
    }
    if doc.kind(k) == Some(Kind::Foreign) && !doc.tokens[k].line_start {
        let mut end = k + 1;
        while doc.kind(end) == Some(Kind::Foreign) && !doc.tokens[end].line_start && end < k + 4 {
            end += 1;
        }
        return Some(found(k, end, None));
    }
    if !words.follows(k) || words.is_time(k) {
        return None;
    }
    let whole = words.whole(k);
    if whole.any(May::FUNCTION.or(May::FINITE).or(May::TITLE))
        || whole.any(May::NISBA) && !words.is_definite(k)
    {
        return None;
    }
    if let Some(f) = known(words, k, Backing::Organization).filter(|f| f.cut == 0) {
        let organization = f.kind == EntityKind::Organization;
        // صحيفة الشرق الأوسط is a paper, شركة مصر للطيران no state; but وكالة أنباء in a state is none.
        if organization || words.is_definite(k) {
            return Some(found(k, f.tokens.end as usize, f.row.filter(|_| organization)));
        }
        return None;
    }
    let press = head_marked(words, i, "organization", "press");
    if words.is_definite(k)
        && !words.is_ordinary(k)
        && (press || !whole.any(May::KNOWN) && relative(doc.word(k)))
    {
        let mut end = k + 1;
        if words.follows(end)
            && words.is_definite(end)
            && press
            && !words.whole(end).any(May::NISBA)
            && relative(doc.word(end))
        {
            end += 1;
        }
        return Some(found(k, end, None));
    }
    let mut end = k;
    while end < k + 3 && unknown(words, end) {
        end += 1;
    }
    (end > k).then(|| found(k, end, None))
}

/// The name after a word for places, which stands outside it: مدينة تعز, بلدة مضايا.
fn generic_place(words: &Words<'_>, i: usize) -> Option<Found> {
    let k = i + 1;
    let found = |start: usize, end: usize, row: Option<Entry>| Found {
        tokens: Tokens::new(start, end),
        cut: 0,
        tail: 0,
        kind: EntityKind::Place,
        row,
        rule: "names:word for places+",
    };
    if let Some(inner) =
        quoted(words, k).filter(|_| !matches!(words.doc.bare(i), "مركز" | "دولة" | "عاصمة" | "حدود"))
    {
        return Some(found(inner.start as usize, inner.end as usize, None));
    }
    if !words.follows(k) || words.is_time(k) {
        return None;
    }
    let whole = words.whole(k);
    // أراضي البلاد, محيط مفرق X: only after a word for a town or province is a doubtful name one.
    let town = head_marked(words, i, "place", "town");
    let backing = if town { Backing::Place } else { Backing::None };
    if let Some(f) = known(words, k, backing).filter(|f| f.cut == 0 && f.kind == EntityKind::Place) {
        // مركز الشرطة: an ordinary word stays one unless the lexicons' place is as long as the phrase.
        return Some(found(k, f.tokens.end as usize, f.row));
    }
    // سان نيكولا دي لو غارزا: foreign towns of several words.
    let saint = words.does(k, Does::SAINT);
    let mut end = k + 1;
    while saint
        && end < k + 6
        && words.follows(end)
        && (unknown(words, end)
            || words.whole(end).any(May::NAME)
            || matches!(words.doc.word(end), "دي" | "دو" | "لو" | "لا" | "ديل" | "دا"))
    {
        end += 1;
    }
    if end > k + 1 {
        return Some(found(k, end, None));
    }
    let strict =
        May::FUNCTION.or(May::FINITE).or(May::TITLE).or(May::NISBA).or(May::GROUP).or(May::ORGANIZATION);
    // حي الزيتون: a quarter is called by any definite noun.
    let quarter = words.doc.bare(i) == "حي"
        && words.is_definite(k)
        && !whole.any(May::TITLE.or(May::NISBA).or(May::GROUP).or(May::HEAD));
    if quarter {
        return Some(found(k, k + 1, None));
    }
    if whole.any(strict) || words.look(k).after.any(May::KNOWN) || words.is_ordinary(k) {
        return None;
    }
    if !town || whole.any(May::NOUN) {
        return None;
    }
    let mut end = k + 1;
    while end < k + 3 && (unknown(words, end) || words.follows(end) && words.does(end, Does::OF_PLACES)) {
        end += 1;
    }
    Some(found(k, end, None))
}
