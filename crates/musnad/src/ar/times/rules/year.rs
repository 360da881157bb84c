//! Years, decades, centuries and seasons.

use super::super::calendar;
use super::super::numbers::{cardinal, ordinal};
use super::super::terms::{Count, Found, Opener, Reader, Term, Toward, Unit};
use super::super::value::{Base, From, When, Within, Year};
use super::Draft;
use super::day::list_joint;
use super::month::opener;
use super::period::{period, unit_toward};
use crate::document::{Classes, Kind, Proclitics};
use musnad_lexicon::Table;

/// The adjectives that may stand between "year" and its number or "last".
pub(super) const KINDS_OF_YEAR: [&str; 10] = [
    "المالي",
    "المالية",
    "الدراسي",
    "الدراسية",
    "الجامعي",
    "الميلادي",
    "الميلادية",
    "الهجري",
    "الهجرية",
    "التقويمي",
];

/// The token after the letter or word that names the calendar: م, هـ, ميلادية.
pub(super) fn era_letter(r: &Reader<'_>, at: usize) -> usize {
    if r.is_one(at, &["م", "ه", "هجرية", "هجري", "ميلادية", "ميلادي", "للهجرة"])
    {
        at + 1
    } else {
        at
    }
}

/// The Gregorian year in which the middle of a Hijri year lies.
fn of_hijri(year: u32) -> Option<i16> {
    calendar::from_hijri(i32::try_from(year).ok()?, 7, 1).map(|d| d.year())
}

/// A year's number at a token: four digits, of the Hijri calendar where they say so.
fn year_number(r: &Reader<'_>, i: usize) -> Option<(i16, usize)> {
    let d = r.digits(i).filter(|d| d.len == 4)?;
    let end = era_letter(r, i + 1);
    let hijri = (1300..1500).contains(&d.value) && end > i + 1 && r.doc.word(i + 1).starts_with('ه');
    let year = if hijri { of_hijri(d.value)? } else { i16::try_from(d.value).ok()? };
    (hijri || (1000..=2100).contains(&d.value)).then_some((year, end))
}

fn year_word(f: &Found) -> Option<()> {
    matches!(f.term, Term::Unit(Unit::Year, Count::One)).then_some(())
}

/// A year told by its number, with or without the word "year" before it: عام 2014, لسنة 2014, 2014.
pub(super) fn told_year(r: &Reader<'_>, i: usize) -> Option<(i16, usize)> {
    if !r.joined(i) {
        return None;
    }
    match r.find(i, year_word) {
        Some((_, f)) => of_year_word(r, i + f.tokens),
        None => year_number(r, i).filter(|(y, _)| (1800..=2100).contains(y)).or_else(|| in_words(r, i)),
    }
}

/// A year in words alone: ألفين وثمانية عشر, ألف وتسعمئة وسبعة وستين. Not ألفي جندي "two thousand soldiers".
fn in_words(r: &Reader<'_>, i: usize) -> Option<(i16, usize)> {
    if r.digits(i).is_some() || !matches!(r.doc.word(i), "الفين" | "الفان" | "الف") {
        return None;
    }
    let (n, end) = cardinal(r, i).filter(|(n, _)| (1900..=2100).contains(n))?;
    let closed = !r.joined(end) || r.doc.kind(end) == Some(Kind::Mark);
    (closed || end > i + 1 && !r.doc.word(end).ends_with('ا')).then_some((n as i16, end))
}

/// What follows the word "year" when it is a number: عام 2014, العام المالي 2015, عام 67, عام ألفين وخمسة.
fn of_year_word(r: &Reader<'_>, at: usize) -> Option<(i16, usize)> {
    let at = if r.is_one(at, &KINDS_OF_YEAR) { at + 1 } else { at };
    if !r.joined(at) {
        return None;
    }
    if let Some(found) = year_number(r, at) {
        return Some(found);
    }
    if let Some(d) = r.digits(at) {
        let year = match (d.len, d.value) {
            // عام 67 "the year '67" of the century that makes it past.
            (2, v @ 30..) => 1900 + v,
            (2, v) => 2000 + v,
            (3, v) => v,
            _ => return None,
        };
        // عام 48 ساعة is no year.
        // الطعن رقم 7423 لسنة 62 ق: a year of a court.
        let counted = r.next(at + 1, |f| matches!(f.term, Term::Unit(..)).then_some(())).is_some()
            || r.is_one(at + 1, &["ق", "قضائية", "قضائي"]) && !r.is(at + 3, "م");
        return (!counted).then_some((year as i16, at + 1));
    }
    let (n, end) = cardinal(r, at)?;
    ((1000..=2100).contains(&n)).then_some((n as i16, end))
}

/// A year by its number: عام 1976 "1976", سنة 2003, العام 2013, عام ألفين وثمانية عشر.
pub(super) fn year(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (_, f) = r.find(i, year_word)?;
    let (y, end) = of_year_word(r, i + f.tokens)?;
    // عام 70 قبل الميلاد "70 BC".
    if r.is(end, "قبل") && r.is(end + 1, "الميلاد") {
        let (n, _) = cardinal(r, end - 1).filter(|_| r.digits(end - 1).is_some()).unwrap_or((y as u32, end));
        let value = format!("BC{n:04}");
        return Some(Draft::of(f, end + 2, When::Point(Base::Era(value), Within::Whole)));
    }
    // سنة 650 ق.م.
    if let Some(d) = r.digits(end - 1)
        && r.is(end, "ق")
        && r.mark(end + 1, '.')
        && r.is(end + 2, "م")
    {
        let value = format!("BC{:04}", d.value);
        return Some(Draft::of(f, end + 3, When::Point(Base::Era(value), Within::Whole)));
    }
    Some(Draft::of(f, end, When::Point(Base::Year(y), Within::Whole)))
}

/// Words after which four digits are a year without saying so.
const BEFORE_YEAR: [&str; 13] = [
    "في",
    "منذ",
    "حتى",
    "خلال",
    "بحلول",
    "قبل",
    "بعد",
    "العامين",
    "عامي",
    "اعوام",
    "الاعوام",
    "سنوات",
    "السنوات",
];
/// Nouns that a year's number follows to say which one is meant; names (كأس العالم 2018, رؤية 2030) are not among them.
const OF_YEAR: [&str; 32] = [
    "انتخابات",
    "حرب",
    "ثورة",
    "انتفاضة",
    "اتفاق",
    "اتفاقية",
    "معاهدة",
    "احداث",
    "حدود",
    "مواليد",
    "موسم",
    "غزو",
    "هجمات",
    "هجوم",
    "اعتداءات",
    "تفجيرات",
    "ازمة",
    "استفتاء",
    "كارثة",
    "زلزال",
    "دستور",
    "انقلاب",
    "مجزرة",
    "مذبحة",
    "نكسة",
    "نكبة",
    "برلمان",
    "احتجاجات",
    "بيانات",
    "مستويات",
    "احصاءات",
    "تعداد",
];

/// Whether a number stands after a noun that a year tells apart: حرب 1967, انتخابات الرئاسة الأميركية 2016. Only adjectives and
/// names of places stand between, so many as it gives.
fn of_dated(r: &Reader<'_>, i: usize) -> Option<usize> {
    let mut j = i;
    for between in 0..4 {
        if j == 0 || !r.joined(j) || r.doc.kind(j - 1) != Some(Kind::Word) {
            return None;
        }
        j -= 1;
        let word = r.doc.bare(j);
        let stem = [word, word.trim_start_matches(['ب', 'ل', 'ك']), word.trim_start_matches("ال")];
        if stem.iter().any(|s| OF_YEAR.contains(s) || OF_YEAR.contains(&s.trim_start_matches("ال"))) {
            return Some(between);
        }
        let place = r
            .doc
            .entries(j)
            .any(|(_, e)| matches!(e.table, Table::Place | Table::PlaceMore | Table::Country));
        if !word.starts_with("ال") && !place {
            return None;
        }
    }
    None
}

/// Four digits that are a year by what stands around them: في 2015 "in 2015", عامي 2012 و2013 "2012 and 2013", حرب 1967 "the
/// war of 1967". Not the number of things (2000 شخص) nor of a name (كأس العالم 2018).
pub(super) fn bare_year(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let d = r.digits(i).filter(|d| d.len == 4)?;
    let (year, end) = year_number(r, i)?;
    let hijri = d.value < 1500 && i32::from(year) != d.value as i32;
    if !hijri && !(1900..=2099).contains(&d.value) {
        return None;
    }
    let taken = Some(Draft::new(0, end, When::Point(Base::Year(year), Within::Whole)));
    if hijri || end > i + 1 {
        return taken;
    }
    // 2000 شخص counts, 1999.5 and 2000% measure.
    let counted = r.joined(end)
        && (r.mark(end, '%')
            || matches!(
                r.doc.word(end),
                "دولار" | "شخص" | "مقاتل" | "جندي" | "كيلومتر" | "متر" | "طن" | "مدني" | "مليون"
            ));
    if counted {
        return None;
    }
    let round = d.value.is_multiple_of(1000);
    let before = r.before(i);
    // العامين 2017 و2018, أعوام 2000 و2004.
    let years = |f: &Found| matches!(f.term, Term::Unit(Unit::Year, Count::Two | Count::Many)).then_some(());
    let head = if r.is_one(i.wrapping_sub(1), &["الماليين", "الدراسيين", "الماليتين"])
    {
        2
    } else {
        1
    };
    if i >= head && r.joined(i) && r.find(i - head, years).is_some() {
        return taken;
    }
    // ابتداء من 2016 "from 2016 on", تعود إلى 2011 "dates back to 2011", الأشهر الأولى من 2018.
    let two_before = if i >= 2 && r.joined(i - 1) { r.doc.bare(i - 2) } else { "" };
    let part = |f: &Found| {
        (f.definite && matches!(f.term, Term::Ordinal(_) | Term::Toward(Toward::Recent))).then_some(())
    };
    let since = before == "من"
        && (matches!(two_before, "ابتداء" | "اعتبارا" | "بدءا" | "انطلاقا" | "اعتبار" | "جزء" | "كبير")
            || i >= 2 && r.find(i - 2, part).is_some())
        || before == "الى"
            && matches!(
                two_before,
                "تعود" | "يعود" | "عاد" | "عادت" | "يرجع" | "ترجع" | "تاريخه" | "تاريخها"
            );
    let closed = !r.joined(end) || r.doc.kind(end) != Some(Kind::Word) || function_word(r, end);
    let dated = of_dated(r, i);
    if (since || dated.is_some_and(|between| between > 0)) && closed {
        return taken;
    }
    if BEFORE_YEAR.contains(&before) || dated == Some(0) {
        // In 2000 there is a year, before 2000 of something there is none.
        return if round && r.joined(end) && r.doc.kind(end) == Some(Kind::Word) && before != "في" {
            None
        } else {
            taken
        };
    }
    // 2017/2018 is the name of a season or of a fiscal year, 1950-1953 how long something went on.
    let of_two = |a: usize, b: usize| {
        let slash = r.mark(a + 1, '/');
        let dash = r.mark(a + 1, '-') || r.mark(a + 1, '–');
        let counted = r.joined(b + 1) && r.doc.kind(b + 1) == Some(Kind::Word) && !function_word(r, b + 1);
        let (Some(a), Some(b)) = (r.digits(a), r.digits(b)) else { return false };
        let years = [a, b].iter().all(|d| d.len == 4 && (1900..=2099).contains(&d.value));
        years && (slash && a.value.abs_diff(b.value) == 1 || dash && a.value < b.value && !counted)
    };
    let more = |j: usize| r.mark(j, '-') || r.mark(j, '/') || r.mark(j, '–');
    let whole = |a: usize| !(more(a + 3) || a > 0 && r.tight(a) && more(a - 1));
    if r.joined(i + 2) && of_two(i, i + 2) && whole(i) || i >= 2 && of_two(i - 2, i) && whole(i - 2) {
        return taken;
    }
    let another = |j: usize| r.digits(j).is_some_and(|x| x.len == 4 && (1900..=2099).contains(&x.value));
    // من 2012 إلى 2015, بين 2012 و2013, 2012-2013.
    let opens = list_joint(r, i + 1).is_some_and(another);
    if opens && matches!(before, "من" | "بين" | "للفترة" | "الفترة" | "(" | "المالي" | "الدراسي" | "المالية")
    {
        return taken;
    }
    let joint = (i.saturating_sub(3)..i).any(|j| another(j) && list_joint(r, j + 1) == Some(i));
    if joint && r.joined(i) && i >= 2 {
        // The one before was taken, or stands after "year".
        let first = (i.saturating_sub(3)..i).find(|j| another(*j)).unwrap_or(i);
        let headed = r.find(first.wrapping_sub(1), year_word).is_some()
            || KINDS_OF_YEAR.contains(&r.before(first))
            || bare_year(r, first).is_some();
        return if headed { taken } else { None };
    }
    // (2009-2017) and (2003) after what they date.
    if r.mark(i.wrapping_sub(1), '(') && (r.mark(end, ')') || opens) {
        return taken;
    }
    // و2014 after a year with its word: عام 2012 و2014.
    None
}

/// Whether a word is no noun that a number before it could count: a preposition, a relative pronoun, a verb, a word with "and".
fn function_word(r: &Reader<'_>, at: usize) -> bool {
    let doc = r.doc;
    let class = Classes::PREPOSITION.or(Classes::RELATIVE).or(Classes::THAT);
    let verb = || doc.word_entries(at).any(|(_, e)| e.table == Table::Verb && e.feat.is_finite());
    // An attached و on a word that the lexicon lacks, or before a number.
    doc.word(at).starts_with('و')
        || doc.is(at, class)
        || doc.readings(at).iter().any(|x| x.proclitics.any(Proclitics::AND))
        || verb()
}

/// Words after which the decades before the sixties are meant and no age.
const DECADE_BEFORE: [&str; 8] = ["منذ", "خلال", "اواخر", "اوائل", "منتصف", "مطلع", "نهاية", "بداية"];

/// A decade: الستينيات "the sixties", تسعينات القرن الماضي "the nineties of the last century".
pub(super) fn decade(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (n, f) = r.find(i, |f| match f.term {
        Term::Decade(n) => Some(n),
        _ => None,
    })?;
    let end = i + f.tokens;
    let at = if r.is(end, "من") { end + 1 } else { end };
    let (mut base, mut stop) = (1900, end);
    if at > end && !r.is(at, "القرن") {
        // الثمانينات من عمره "his eighties" is an age.
        if !f.definite || r.is_one(at, &["العمر", "عمره", "عمرها", "عمرهم", "عمري"]) {
            return None;
        }
    }
    if r.is(at, "القرن") {
        let toward = unit_toward(r, at + 1);
        if let Some((Toward::Last | Toward::Previous, 0, end)) = toward {
            stop = end;
        } else if let Some((Toward::Current, 0, end)) = toward {
            (base, stop) = (2000, end);
        } else if let Some((nth, _, end)) = ordinal(r, at + 1).filter(|o| o.1) {
            (base, stop) = (i16::try_from(nth).ok()?.checked_sub(1)?.checked_mul(100)?, end);
        }
    } else if n < 60 && !DECADE_BEFORE.contains(&r.before(i)) {
        // في الثلاثينيات is an age as often.
        return None;
    } else if !f.definite || r.is_one(at, &["العمر", "عمره", "عمرها", "عمرهم"]) {
        // في الستينيات من عمره "in his sixties"; without an article it needs its century.
        return None;
    }
    let value = format!("{:03}X", (base + n) / 10);
    Some(Draft::of(f, stop, When::Point(Base::Era(value), Within::Whole)))
}

/// A decade of a century: العقد الأول من القرن الحالي "the first decade of this century".
pub(super) fn decade_of_century(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (_, f) =
        r.find(i, |f| (f.term == Term::Unit(Unit::Decade, Count::One) && f.definite).then_some(()))?;
    let last = |f: &Found| (f.term == Term::Toward(Toward::Recent)).then_some(());
    let at = i + f.tokens;
    let (nth, at) = match r.next(at, last) {
        Some((_, g)) => (10, at + g.tokens),
        None => ordinal(r, at).filter(|o| o.1 && r.joined(at)).map(|(n, _, end)| (n, end))?,
    };
    let at = if r.is(at, "من") { at + 1 } else { return None };
    if !r.joined(at) || !(1..=10).contains(&nth) {
        return None;
    }
    let (century, end) = match (century(r, at), period(r, at)) {
        (Some(Draft { end, when: When::Point(Base::Era(v), _), .. }), _) => {
            (v.get(..2)?.parse::<u32>().ok()?, end)
        }
        // The century that the years around 2000 call this one or the last.
        (
            None,
            Some(Draft { end, when: When::Point(Base::Shift { unit: Unit::Century, by, .. }, _), .. }),
        ) => (u32::try_from(20 + by).ok()?, end),
        _ => return None,
    };
    let value = format!("{century:02}{}X", nth - 1);
    Some(Draft::of(f, end, When::Point(Base::Era(value), Within::Whole)))
}

/// The second of two centuries: القرنين الثامن عشر والتاسع عشر "the eighteenth and nineteenth centuries".
pub(super) fn second_century(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let cut = r.at(i).iter().find(|f| f.front.any(Proclitics::WA)).map(|f| f.cut)?;
    let two = |f: &Found| (f.term == Term::Unit(Unit::Century, Count::Two)).then_some(());
    let headed = (i.saturating_sub(3)..i)
        .any(|j| r.find(j, two).is_some() && ordinal(r, j + 1).is_some_and(|o| o.2 == i));
    let (n, _, end) = ordinal(r, i).filter(|o| headed && o.1 && r.joined(i))?;
    let end = if r.is(end, "الميلادي") || r.is(end, "الميلاديين") { end + 1 } else { end };
    let value = format!("{:02}XX", n.checked_sub(1)?);
    Some(Draft::new(cut, end, When::Point(Base::Era(value), Within::Whole)))
}

/// A century: القرن الماضي "the last century", القرن التاسع عشر "the nineteenth century", القرن الـ21.
pub(super) fn century(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (_, f) = r.find(i, |f| {
        (matches!(f.term, Term::Unit(Unit::Century, Count::One | Count::Two)) && f.definite).then_some(())
    })?;
    let at = i + f.tokens;
    if !r.joined(at) {
        return None;
    }
    let (n, end) = match ordinal(r, at) {
        Some((n, true, end)) => (n, end),
        _ => cardinal(r, at).filter(|(n, _)| (1..=21).contains(n))?,
    };
    // فوكس للقرن العشرين is a company.
    if r.before(i) == "فوكس" {
        return None;
    }
    // القرن الخامس قبل الميلاد "the fifth century BC".
    if r.is(end, "قبل") && r.is(end + 1, "الميلاد") {
        let value = format!("BC{:02}XX", n.checked_sub(1)?);
        return Some(Draft::of(f, end + 2, When::Point(Base::Era(value), Within::Whole)));
    }
    // القرن السابع الهجري: its middle lies in the thirteenth of ours.
    let hijri = r.is(end, "الهجري");
    let n = if hijri { ((n * 100).checked_sub(50)? * 97 / 100 + 622) / 100 + 1 } else { n };
    let century = n.checked_sub(1)?;
    let end = if hijri || r.is(end, "الميلادي") { end + 1 } else { end };
    Some(Draft::of(f, end, When::Point(Base::Era(format!("{century:02}XX")), Within::Whole)))
}

/// A season of a year: صيف 2015 "summer 2015", الصيف الماضي "last summer", هذا الصيف, شتاء العام المقبل. Not الربيع العربي.
pub(super) fn season(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let name = |f: &Found| match f.term {
        Term::Season(s) => Some(s),
        _ => None,
    };
    if let Some((Opener::This, head)) = opener(r, i) {
        let at = i + head.tokens;
        let (season, f) = r.next(at, name).filter(|(_, f)| f.definite)?;
        let base = Base::Season { season, year: Year::Shift(0) };
        return Some(Draft::of(&head, at + f.tokens, When::Point(base, Within::Whole)));
    }
    let (season, f) = r.find(i, name)?;
    let at = i + f.tokens;
    let told = |year: Year, end: usize| {
        Some(Draft::of(f, end, When::Point(Base::Season { season, year }, Within::Whole)))
    };
    if f.definite {
        if let Some((y, end)) = told_year(r, at).filter(|_| r.digits(at).is_some()) {
            return told(Year::Told(y), end);
        }
        let Some((toward, 0, end)) = unit_toward(r, at) else {
            return seasonal(r, i).filter(|_| BEFORE_SEASON.contains(&r.before(i)));
        };
        let year = match toward {
            Toward::Current => Year::Shift(0),
            Toward::Same => Year::Named,
            t => Year::Lean(t),
        };
        return Some(Draft::of(f, end, When::Point(Base::Season { season, year }, Within::Whole)));
    }
    let of = if r.is(at, "من") { at + 1 } else { at };
    if let Some((y, end)) = told_year(r, of) {
        return Some(Draft::of(
            f,
            end,
            When::Point(Base::Season { season, year: Year::Told(y) }, Within::Whole),
        ));
    }
    // ربيع وصيف 2016: the year of the second is the year of both.
    if let Some(next) = r.and(at)
        && let Some((_, g)) = r.find(next, name)
        && let Some((y, _)) = told_year(r, next + g.tokens)
    {
        return told(Year::Told(y), at);
    }
    let draft = period(r, of).filter(|_| r.joined(of))?;
    let When::Point(Base::Shift { unit: Unit::Year, by, from }, _) = draft.when else { return None };
    let year = if from == From::Published { Year::Shift(by as i16) } else { Year::Named };
    Some(Draft::of(f, draft.end, When::Point(Base::Season { season, year }, Within::Whole)))
}

/// Words after which a season with its article is a time.
const BEFORE_SEASON: [&str; 15] = [
    "في",
    "خلال",
    "بحلول",
    "حلول",
    "منذ",
    "قبل",
    "بعد",
    "حتى",
    "فصل",
    "فصلي",
    "مع",
    "هذا",
    "موسم",
    "طوال",
    "من",
];

/// A season with its article and nothing beside it: بحلول الخريف "by the autumn", فصل الصيف "the summer season".
pub(super) fn seasonal(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (season, f) = r.find(i, |f| match f.term {
        Term::Season(s) if f.definite => Some(s),
        _ => None,
    })?;
    let end = i + f.tokens;
    // الربيع العربي "the Arab Spring".
    if r.joined(end)
        && r.doc.word(end).starts_with("ال")
        && r.doc.kind(end) == Some(Kind::Word)
        && !function_word(r, end)
    {
        return None;
    }
    let base = Base::Season { season, year: Year::Untold };
    Some(Draft::of(f, end, When::Point(base, Within::Whole)))
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn years() {
        check("ولد عام 1976 ومات سنة 2003م.", &["عام 1976=1976", "سنة 2003م=2003"]);
        check("وقع في عام ألفين وستة عشر.", &["عام ألفين وستة عشر=2016"]);
        check("صدر في 2015، ومنذ 2016 يطبق.", &["2015=2015", "2016=2016"]);
        check(
            "بين عامي 2012 و2013، ومن 2009 إلى غاية 2011.",
            &["2012=2012", "2013=2013", "2009=2009", "2011=2011"],
        );
        check("ولاية الرئيس (2009-2017).", &["2009=2009", "2017=2017"]);
        check("للموسم 2017/2018.", &["2017=2017", "2018=2018"]);
        check("بعد حرب 1967 وانتخابات الرئاسة الأميركية 2016.", &["1967=1967", "2016=2016"]);
        check("خلال الحرب الكورية 1950-1953.", &["1950=1950", "1953=1953"]);
        check("للعامين 2017 و2018، ابتداء من 2019.", &["2017=2017", "2018=2018", "2019=2019"]);
        check("زارها في 7 فبراير ألفين وثمانية عشر.", &["7 فبراير ألفين وثمانية عشر=2018-02-07"]);
        check("سقطت عام 70 قبل الميلاد.", &["عام 70 قبل الميلاد=BC0070"]);
        check("بنيت سنة 650 ق.م تقريبا، والطعن رقم 12 لسنة 62 ق.", &["سنة 650 ق.م=BC0650"]);
    }

    #[test]
    fn numbers_and_names_are_no_years() {
        check("كأس العالم 2018 ورؤية 2030 وقرار مجلس الأمن 2254.", &[]);
        check("قتل 2015 شخصا وجرح أكثر من 2000.", &[]);
        check("الأمين العام للمنظمة.", &[]);
    }

    #[test]
    fn decades_centuries_and_seasons() {
        check(
            "في تسعينات القرن الماضي وأواخر الستينيات.",
            &["تسعينات القرن الماضي=199X", "أواخر الستينيات=196X"],
        );
        check("بني في القرن التاسع عشر.", &["القرن التاسع عشر=18XX"]);
        check("في القرنين الثامن عشر والتاسع عشر.", &["القرنين الثامن عشر=17XX", "التاسع عشر=18XX"]);
        check("في العقد الثاني من القرن الحالي.", &["العقد الثاني من القرن الحالي=201X"]);
        check("سيعودون بحلول الخريف.", &["الخريف=2018-FA"]);
        check("تشكيلة ربيع وصيف 2016.", &["ربيع=2016-SP", "صيف 2016=2016-SU"]);
        check("وهو رجل في الثلاثينيات.", &[]);
        check("في صيف 2015 والصيف الماضي.", &["صيف 2015=2015-SU", "الصيف الماضي=2017-SU"]);
        check("بعد الربيع العربي.", &[]);
    }
}
