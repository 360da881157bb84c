//! Lengths of time: ثلاثة أيام, شهرين, عدة سنوات, الأيام الماضية.

use super::super::numbers::{cardinal, ordinal};
use super::super::terms::{Count, Found, Opener, Reader, Term, Toward, Unit};
use super::super::value::{When, length};
use super::Draft;
use super::month::opener;
use super::period::{definite_number, unit_toward};
use crate::document::{Classes, Kind, Proclitics};
use musnad_lexicon::Table;

/// A number of units.
#[derive(Clone, Debug)]
pub(super) struct Amount {
    pub(super) unit: Unit,
    /// `None` for an unknown number.
    pub(super) count: Option<u32>,
    /// The token after it.
    pub(super) end: usize,
    /// Whether it is one whole number of units: not a half, a range or a sum.
    pub(super) exact: bool,
}

/// The token after words of approximation: نحو "about", أكثر من "more than".
pub(super) fn approximately(r: &Reader<'_>, at: usize) -> usize {
    if r.is_one(at, &["نحو", "حوالي", "قرابة", "زهاء"]) {
        return at + 1;
    }
    if r.is_one(at, &["اكثر", "اقل", "ازيد"]) && r.is(at + 1, "من") {
        return at + 2;
    }
    at
}

fn unit_of(f: &Found) -> Option<(Unit, Count)> {
    match f.term {
        Term::Unit(u, c) if !f.definite => Some((u, c)),
        _ => None,
    }
}

/// What is said of a length after its unit: سنوات قليلة, أيام عدة, شهرين كاملين.
pub(super) fn adjective(r: &Reader<'_>, at: usize) -> usize {
    let fits = r.is_one(
        at,
        &[
            "قليلة",
            "طويلة",
            "عدة",
            "عديدة",
            "كثيرة",
            "معدودة",
            "متتالية",
            "متواصلة",
            "كاملة",
            "كاملا",
            "كاملين",
            "كامل",
            "متتاليين",
            "متتاليا",
            "قلائل",
            "ونيف",
        ],
    );
    let at = if fits { at + 1 } else { at };
    // عقدين من الزمن "two decades of time".
    if r.is(at, "من") && r.is_one(at + 1, &["الزمن", "الزمان", "الوقت"]) {
        at + 2
    } else {
        at
    }
}

/// Whether a dual has lost its nun before a complement, or is an adjective of belonging: عامي 2012, يومي "daily".
fn in_construct(r: &Reader<'_>, i: usize) -> bool {
    r.doc.word(i).ends_with('ي')
}

/// A number of units at a token: ثلاثة أيام "three days", 48 ساعة, شهرين "two months", عام واحد, نصف ساعة, عدة أسابيع, خمس أو عشر
/// سنوات "five or ten years".
pub(super) fn amount(r: &Reader<'_>, i: usize) -> Option<Amount> {
    // يومين, شهران.
    let dual = r.find(i, |f| unit_of(f).filter(|(_, c)| *c == Count::Two));
    if let Some(((unit, _), f)) = dual {
        if in_construct(r, i) {
            return None;
        }
        let end = i + f.tokens;
        // يومين أو ثلاثة "two or three days".
        if r.is(end, "او")
            && let Some((_, end)) = cardinal(r, end + 1).filter(|_| r.joined(end + 1))
        {
            return Some(Amount { unit, count: None, end, exact: false });
        }
        return Some(Amount { unit, count: Some(2), end: adjective(r, end), exact: true });
    }
    if let Some(((unit, _), f)) = r.find(i, |f| unit_of(f).filter(|(_, c)| *c == Count::One)) {
        let end = i + f.tokens;
        if r.is_one(end, &["واحد", "واحدة", "واحدا"]) {
            return Some(Amount { unit, count: Some(1), end: end + 1, exact: true });
        }
        // شهر أو شهرين, أسبوع إلى أسبوعين.
        if r.is_one(end, &["او", "الى"])
            && let Some((_, g)) =
                r.next(end + 1, |f| unit_of(f).filter(|(u, c)| *u == unit && *c == Count::Two))
        {
            return Some(Amount { unit, count: None, end: end + 1 + g.tokens, exact: false });
        }
        return None;
    }
    if let Some((_, f)) = r.find(i, |f| (f.term == Term::Some && !f.definite).then_some(())) {
        let at = i + f.tokens;
        let at = if r.is(at, "من") { at + 1 } else { at };
        let (unit, g) = r.next(at, |f| match f.term {
            Term::Unit(u, Count::Many) => Some(u),
            _ => None,
        })?;
        return Some(Amount { unit, count: None, end: at + g.tokens, exact: true });
    }
    let definite = definite_number(r, i).is_some();
    // In 584 ألفا the word is no number of its own.
    let after_digits = i > 0 && r.joined(i) && r.doc.kind(i - 1) == Some(Kind::Number);
    if after_digits && r.digits(i).is_none() {
        return None;
    }
    let (n, at) = cardinal(r, i)?;
    // (5) أيام.
    let at = if i > 0 && r.mark(i - 1, '(') && r.mark(at, ')') { at + 1 } else { at };
    // 3 و6 أشهر, خمس أو عشر سنوات, 3-6 أشهر: one of several numbers.
    let several = [("او", 1), ("الى", 1)]
        .iter()
        .find(|(w, _)| r.is(at, w))
        .map(|_| at + 1)
        .or_else(|| (r.mark(at, '-') || r.mark(at, '–')).then_some(at + 1))
        .or_else(|| r.and(at));
    if let Some(next) = several
        && r.joined(next)
        && let Some((_, next)) = cardinal(r, next)
        && let Some(((unit, _), f)) = r.next(next, unit_of)
        && r.next(next + f.tokens, |f| matches!(f.term, Term::Month(_) | Term::Hijri(_)).then_some(()))
            .is_none()
    {
        return Some(Amount { unit, count: None, end: adjective(r, next + f.tokens), exact: false });
    }
    let ((unit, count), f) = r.next(at, unit_of)?;
    // الخمس سنوات stays for the rule of definite lengths.
    if definite || count == Count::Two {
        return None;
    }
    let end = at + f.tokens;
    // من 1 إلى 8 شهر أيلول: the month has its name.
    if unit == Unit::Month
        && count == Count::One
        && r.next(end, |f| matches!(f.term, Term::Month(_) | Term::Hijri(_)).then_some(())).is_some()
    {
        return None;
    }
    // من 23 ألفا عام 1975: the year belongs to its own number.
    if unit == Unit::Year && r.digits(end).is_some_and(|d| d.len == 4) && r.joined(end) {
        return None;
    }
    if unit == Unit::Second && count == Count::One && r.digits(i).is_none() {
        return None;
    }
    Some(Amount { unit, count: Some(n), end: adjective(r, end), exact: true })
}

/// Words after which a unit alone is a length: لمدة عام "for a year", منذ أشهر "for months".
const BEFORE_LENGTH: [&str; 16] = [
    "لمدة",
    "مدة",
    "منذ",
    "خلال",
    "طوال",
    "طيلة",
    "نحو",
    "حوالي",
    "قرابة",
    "زهاء",
    "غضون",
    "مدى",
    "مدار",
    "مرور",
    "بعد",
    "قبل",
];

/// Whether a unit alone, from `i` to before `end`, is a length and not the head of a phrase (أيام العيد "the days of the feast")
/// or another word (بعد عقد اجتماع "after holding a meeting").
pub(super) fn stands_alone(r: &Reader<'_>, end: usize, unit: Unit, count: Count) -> bool {
    // ثانية is also "again", عقد "holding", قرن "horn": without a number only their plurals are lengths.
    if count == Count::One && matches!(unit, Unit::Second | Unit::Minute | Unit::Decade | Unit::Century) {
        return r.is(end, "من") && r.is(end + 1, "الزمن") || r.is(end, "الزمن");
    }
    if !r.joined(end) {
        return true;
    }
    // A number makes it a year (عام 2012), a name or a definite noun its complement.
    if r.digits(end).is_some() {
        return false;
    }
    let word = r.doc.word(end);
    let complement = word.starts_with("ال")
        && !matches!(word, "الى" | "الا" | "التي" | "الذي" | "الذين" | "اللذين" | "اللتين" | "الان")
        && r.doc.kind(end) == Some(Kind::Word);
    let month =
        r.next(end, |f| matches!(f.term, Term::Month(_) | Term::Hijri(_) | Term::Weekday(_)).then_some(()));
    // أسبوع باريس للأزياء "Paris Fashion Week".
    let place = count == Count::One
        && r.doc.entries(end).any(|(x, e)| {
            x.cut == 0 && matches!(e.table, Table::Place | Table::Country) && !e.feat.is_doubtful()
        });
    !complement && month.is_none() && !place
}

/// A number of units on its own: عامين "two years", 69 عاما "69 years (of age)", عدة أيام "several days", لمدة أسبوع "for a week",
/// عام ونصف "a year and a half", منذ سنوات "for years".
pub(super) fn amount_alone(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let cut = r.at(i).first().map_or(0, |f| f.cut);
    if let Some(d) = fraction(r, i) {
        return Some(d);
    }
    if let Some(d) = decimal(r, i) {
        return Some(d);
    }
    // عاما وأربعة أشهر: the sum needs no word before it.
    let summed = || one(r, i).filter(|_| r.before(i) != "بين");
    let first = amount(r, i).or_else(|| bare(r, i)).or_else(summed)?;
    // 1400 سنة ضوئية "1400 light years" is a distance.
    if first.unit == Unit::Year && r.is_one(first.end, &["ضوئية", "ضوئيا", "ضوئيتين"]) {
        return None;
    }
    // سنة وستة أشهر, عام ونصف العام, ساعة ونصف.
    if let (Some(n), true) = (first.count, first.exact) {
        if let Some((end, more)) = and_half(r, first.end, first.unit) {
            return Some(Draft::new(cut, end, When::Length(more(n))));
        }
        let (mut value, mut last) = (length(first.unit, Some(n)), first.clone());
        while let Some(next) = r.and(last.end)
            && let Some(more) = amount(r, next).or_else(|| one(r, next)).filter(|a| {
                a.exact && a.unit < last.unit && (a.unit >= Unit::Day) == (first.unit >= Unit::Day)
            })
            && let Some(m) = more.count
        {
            value += length(more.unit, Some(m)).trim_start_matches('P').trim_start_matches('T');
            last = more;
        }
        if last.end > first.end {
            return Some(Draft::new(cut, last.end, When::Length(value)));
        }
    }
    // 24 شهرا المقبلة.
    let end = match unit_toward(r, first.end) {
        Some((Toward::Last | Toward::Next | Toward::Recent, 0, end)) if first.end > i + 1 => end,
        _ => first.end,
    };
    Some(Draft::new(cut, end, When::Length(length(first.unit, first.count))))
}

/// One unit in a sum, before a further one: عامان وشهر و21 يوما.
fn one(r: &Reader<'_>, i: usize) -> Option<Amount> {
    let (unit, f) = r.find(i, |f| unit_of(f).filter(|(_, c)| *c == Count::One).map(|x| x.0))?;
    let end = i + f.tokens;
    let next = r.and(end)?;
    amount(r, next).filter(|a| a.unit < unit).map(|_| Amount { unit, count: Some(1), end, exact: true })
}

/// A unit without a number after a word that makes it a length.
fn bare(r: &Reader<'_>, i: usize) -> Option<Amount> {
    let ((unit, count), f) = r.find(i, unit_of)?;
    let end = i + f.tokens;
    if count == Count::Two {
        return None;
    }
    let before = r.before(i);
    let more = before == "من"
        && i >= 2
        && matches!(r.before(i - 1), "اكثر" | "اقل" | "ازيد" | "لاكثر" | "باكثر" | "لاقل");
    let licensed = BEFORE_LENGTH.contains(&before)
        || more
        || f.front.any(Proclitics::LI)
        || count == Count::Many && before == "في" && !matches!(unit, Unit::Decade | Unit::Year);
    // قبل الهجوم بأيام "days before the attack".
    let by = f.front.any(Proclitics::BI)
        && count == Count::Many
        && (2..5).any(|k| i >= k && matches!(r.before(i + 1 - k), "قبل" | "بعد" | "قبيل"))
        && r.before(i).starts_with("ال");
    let licensed = licensed || by;
    let described = adjective(r, end);
    let of = count == Count::Many && r.is(end, "من") && unit != Unit::Decade;
    // أعلى مستوى في أسبوع "the highest in a week", where nothing follows that would make it the week of something.
    let closed = !r.joined(end) || r.doc.kind(end) == Some(Kind::Mark) || r.doc.is(end, Classes::PREPOSITION);
    let within = before == "في"
        && closed
        && match count {
            Count::One => matches!(unit, Unit::Week | Unit::Month),
            _ => unit == Unit::Year,
        };
    // منذ أكثر من عقد "for more than a decade", where عقد cannot be "holding".
    let comparative = i.saturating_sub(2);
    if more
        && count == Count::One
        && matches!(unit, Unit::Decade | Unit::Century)
        && (BEFORE_LENGTH.contains(&r.before(comparative)) || r.doc.word(comparative).starts_with('ل'))
    {
        return Some(Amount { unit, count: Some(1), end: described, exact: true });
    }
    // سوى عام ونصف "but a year and a half".
    let half = count == Count::One && and_half(r, end, unit).is_some();
    let licensed = licensed || within || half || lasting(r, i);
    let fits = licensed || count == Count::Many && described > end && unit != Unit::Decade || of;
    if !fits || !stands_alone(r, end, unit, count) {
        return None;
    }
    // عقود also means "contracts".
    if unit == Unit::Decade
        && count == Count::Many
        && !matches!(before, "منذ" | "طوال" | "مدى" | "مدار" | "قبل")
    {
        return None;
    }
    Some(Amount { unit, count: (count == Count::One).then_some(1), end: described, exact: true })
}

/// Whether a verb of lasting stands shortly before: استغرق البحث أسابيع "the search took weeks".
fn lasting(r: &Reader<'_>, i: usize) -> bool {
    const STEMS: [&str; 6] = ["ستغرق", "ستمر", "دام", "دامت", "تدوم", "يدوم"];
    (i.saturating_sub(4)..i).any(|j| {
        let word = r.doc.bare(j);
        let stem = word.strip_prefix(['ا', 'ي', 'ت']).unwrap_or(word);
        STEMS[..2].iter().any(|s| stem.starts_with(s)) || STEMS[2..].contains(&word)
    })
}

/// What a unit and a half comes to.
pub(super) type Half = fn(u32) -> String;

/// "And a half" after a number of units.
pub(super) fn and_half(r: &Reader<'_>, at: usize, unit: Unit) -> Option<(usize, Half)> {
    let next = r.and(at)?;
    let (_, f) = r.find(next, |f| (f.term == Term::Fraction(2)).then_some(()))?;
    let mut end = next + f.tokens;
    // ونصف العام, ونصف الشهر.
    if let Some((_, g)) = r.next(end, |f| match f.term {
        Term::Unit(u, Count::One) if u == unit => Some(()),
        _ => None,
    }) {
        end += g.tokens;
    }
    let half: Half = match unit {
        Unit::Year => |n| format!("P{n}Y6M"),
        Unit::Hour => |n| format!("PT{n}H30M"),
        Unit::Month => |n| format!("P{n}M15D"),
        Unit::Day => |n| format!("P{n}DT12H"),
        Unit::Decade => |n| format!("P{}Y", n * 10 + 5),
        Unit::Century => |n| format!("P{}Y", n * 100 + 50),
        Unit::Minute => |n| format!("PT{n}M30S"),
        Unit::Week | Unit::Second => return None,
    };
    Some((end, half))
}

/// A part of one unit: نصف ساعة "half an hour", ربع قرن "a quarter of a century".
pub(super) fn fraction(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (n, f) = r.find(i, |f| match f.term {
        Term::Fraction(n) if !f.definite => Some(n),
        _ => None,
    })?;
    let at = i + f.tokens;
    let (unit, g) = r.next(at, |f| match f.term {
        Term::Unit(u, Count::One) if !f.definite => Some(u),
        _ => None,
    })?;
    // نصف شهر مارس is not half a month.
    if !stands_alone(r, at + g.tokens, unit, Count::Many) {
        return None;
    }
    let value = match (unit, n) {
        (Unit::Hour, _) => format!("PT{}M", 60 / n),
        (Unit::Year, _) => format!("P{}M", 12 / n),
        (Unit::Century, 2 | 4) => format!("P{}Y", 100 / n),
        (Unit::Day, _) => format!("PT{}H", 24 / n),
        (Unit::Decade, 2) => "P5Y".to_owned(),
        (Unit::Month, 2) => "P15D".to_owned(),
        (Unit::Minute, _) => format!("PT{}S", 60 / n),
        _ => return None,
    };
    Some(Draft::of(f, at + g.tokens, When::Length(value)))
}

/// A number with a decimal point: 3.5 سنوات "3.5 years", 1,200 يوم.
fn decimal(r: &Reader<'_>, i: usize) -> Option<Draft> {
    if r.doc.kind(i) != Some(Kind::Number) || r.digits(i).is_some() {
        return None;
    }
    let number = r.doc.word(i).replace('٫', ".").replace([',', '٬'], "");
    let plain = number.bytes().all(|b| b.is_ascii_digit() || b == b'.') && number.matches('.').count() <= 1;
    if !plain || number.len() > 9 {
        return None;
    }
    let ((unit, _), f) = r.next(i + 1, unit_of)?;
    let value = length(unit, None);
    // Decades would need arithmetic that nobody writes with a decimal point.
    (unit < Unit::Decade).then(|| Draft::new(0, i + 1 + f.tokens, When::Length(value.replace('X', &number))))
}

/// A definite length next to now: الأيام الماضية "the past days", السنوات الخمس الأخيرة "the last five years", الـ24 ساعة
/// المقبلة "the next 24 hours", العامين الماضيين, آخر ثلاثة أيام "the last three days".
pub(super) fn last(r: &Reader<'_>, i: usize) -> Option<Draft> {
    if let Some((Opener::Final, head)) = opener(r, i) {
        let at = i + head.tokens;
        let a = amount(r, at).filter(|_| r.joined(at))?;
        return Some(Draft::of(&head, a.end, When::Length(length(a.unit, a.count))));
    }
    let cut = r.at(i).first().map_or(0, |f| f.cut);
    let toward = |at: usize| {
        unit_toward(r, at).filter(|(t, by, _)| *by == 0 && *t != Toward::Same).map(|(.., end)| end)
    };
    // الـ24 ساعة المقبلة, العشر سنوات الأخيرة.
    if let Some((n, at)) = definite_number_here(r, i) {
        // الأربعة الأشهر الماضية: the unit has its article too.
        if n > 2
            && let Some((unit, f)) = r.next(at, |f| match f.term {
                Term::Unit(u, Count::Many) if f.definite => Some(u),
                _ => None,
            })
        {
            let end = at + f.tokens;
            return Some(Draft::new(cut, toward(end).unwrap_or(end), When::Length(length(unit, Some(n)))));
        }
        // From three to ten the unit is plural: الاثنان يوم الخميس is no length.
        let fits = |c: Count| {
            c != Count::Two && n > 1 && !(n <= 10 && c == Count::One && r.digits(at - 1).is_none())
        };
        let ((unit, _), f) = r.next(at, |f| unit_of(f).filter(|(_, c)| fits(*c)))?;
        let end = at + f.tokens;
        // مع القوى الست عام 2015.
        if unit == Unit::Year && r.digits(end).is_some() && r.joined(end) {
            return None;
        }
        return Some(Draft::new(cut, toward(end).unwrap_or(end), When::Length(length(unit, Some(n)))));
    }
    let ((unit, count), f) = r.find(i, |f| match f.term {
        Term::Unit(u, c) if f.definite => Some((u, c)),
        _ => None,
    })?;
    let at = i + f.tokens;
    match count {
        Count::Two => {
            // In العامين 2014 و2015 it is two years by their numbers; السنتين اللتين قضاهما are two.
            let end = toward(at)
                .or_else(|| r.is_one(at, &["اللتين", "اللذين", "اللتان", "اللذان"]).then_some(at))?;
            Some(Draft::of(f, end, When::Length(length(unit, Some(2)))))
        }
        Count::Many => {
            let few = if r.is_one(at, &["القليلة", "القلائل", "المعدودة", "الطويلة", "العديدة"])
            {
                at + 1
            } else {
                at
            };
            if let Some(end) = toward(few) {
                // الأيام المقبلة القليلة.
                let end = if r.is(end, "القليلة") { end + 1 } else { end };
                return Some(Draft::of(f, end, When::Length(length(unit, None))));
            }
            // الأشهر 3 القادمة.
            let figures = || {
                let d = r.digits(at).filter(|_| r.joined(at) && toward(at + 1).is_some())?;
                Some((d.value, at + 1))
            };
            let (n, next) = definite_number(r, at).or_else(figures)?;
            if n < 2 {
                return None;
            }
            // الأسابيع الثلاثة أو الأربعة المقبلة.
            if let Some((_, next)) = definite_number(r, next + 1).filter(|_| r.is(next, "او")) {
                let end = toward(next).unwrap_or(next);
                return Some(Draft::of(f, end, When::Length(length(unit, None))));
            }
            let end = toward(next).unwrap_or(next);
            Some(Draft::of(f, end, When::Length(length(unit, Some(n)))))
        }
        Count::One => None,
    }
}

/// A whole unit that something went on for: طوال العام "all year", طيلة الأسبوع "all week".
pub(super) fn throughout(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (unit, f) = r.find(i, |f| match f.term {
        Term::Unit(u @ (Unit::Day | Unit::Week | Unit::Month | Unit::Year), Count::One) if f.definite => {
            Some(u)
        }
        _ => None,
    })?;
    let licensed = matches!(r.before(i), "طوال" | "طيلة" | "مدار" | "امتداد");
    licensed.then(|| Draft::of(f, i + f.tokens, When::Length(length(unit, Some(1)))))
}

/// An age without the word "years": في الثلاثين من عمره "at thirty", السابعة والعشرين من العمر, يبلغ من العمر 30.
pub(super) fn age(r: &Reader<'_>, i: usize) -> Option<Draft> {
    const OWN: [&str; 8] = ["العمر", "عمره", "عمرها", "عمرهما", "عمرهم", "عمري", "عمرك", "عمرهن"];
    let cut = r.at(i).first().map_or(0, |f| f.cut);
    let (n, end) = match ordinal(r, i).filter(|o| o.1 && r.digits(i).is_none()) {
        Some((n, _, end)) => (n, end),
        None => cardinal(r, i)?,
    };
    let years = length(Unit::Year, Some(n));
    if !(1..=130).contains(&n) {
        return None;
    }
    // العقد الثالث من عمرها is her twenties.
    if r.is(end, "من") && r.is_one(end + 1, &OWN) && r.before(i) != "العقد" {
        return Some(Draft::new(cut, end + 2, When::Length(years)));
    }
    let closed = !r.joined(end) || r.doc.kind(end) == Some(Kind::Mark) && !r.mark(end, '%');
    // بلغ الـ92 "reached 92".
    let reached = r.doc.word(i) == "ال"
        && (15..=110).contains(&n)
        && matches!(r.before(i), "بلغ" | "بلغت" | "يبلغ" | "تبلغ" | "ناهز" | "ناهزت" | "يناهز" | "تناهز");
    if reached && !r.joined(end) {
        return Some(Draft::new(cut, end, When::Length(years)));
    }
    let told = r.digits(i).is_some() && (OWN.contains(&r.before(i)) || r.before(i) == "عمر");
    (told && closed).then(|| Draft::new(cut, end, When::Length(years)))
}

/// A number with the article at the beginning of an expression.
fn definite_number_here(r: &Reader<'_>, i: usize) -> Option<(u32, usize)> {
    let article = matches!(r.doc.word(i), "ال" | "لل" | "بال")
        || r.at(i).iter().any(|f| f.definite && matches!(f.term, Term::Number(_)));
    if article { cardinal(r, i) } else { None }
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn amounts() {
        check("دامت ثلاثة أيام و48 ساعة.", &["ثلاثة أيام=P3D", "48 ساعة=PT48H"]);
        check("البالغ من العمر 69 عاما.", &["69 عاما=P69Y"]);
        check("لمدة أسبوع وخلال شهرين.", &["أسبوع=P1W", "شهرين=P2M"]);
        check("منذ عدة أيام وبضع سنوات.", &["عدة أيام=PXD", "بضع سنوات=PXY"]);
        check("أمامها ما بين 3 و6 أشهر.", &["3 و6 أشهر=PXM"]);
        check("نصف ساعة أو ربع قرن.", &["نصف ساعة=PT30M", "ربع قرن=P25Y"]);
        check("دامت عاما ونصف العام وسنة وستة أشهر.", &["عاما ونصف العام=P1Y6M", "سنة وستة أشهر=P1Y6M"]);
        check("دامت سنتين وشهر و21 يوما.", &["سنتين وشهر و21 يوما=P2Y1M21D"]);
        check("أفرج عنه وقد قضى عاما وأربعة أشهر.", &["عاما وأربعة أشهر=P1Y4M"]);
        check("احتجز الاثنان يوم الخميس.", &["يوم الخميس=2018-03-15"]);
        check("النجم على بعد 1400 سنة ضوئية، يراقب مرة بين أسبوع وعشرة أيام.", &["عشرة أيام=P10D"]);
        check("خمسة وعشرين عاما، ثم أحد عشر يوما.", &["خمسة وعشرين عاما=P25Y", "أحد عشر يوما=P11D"]);
        check("قبل 10 آلاف سنة بنيت.", &["قبل 10 آلاف سنة=PAST_REF"]);
        check("منذ فترة طويلة.", &["فترة طويلة=PXD"]);
    }

    #[test]
    fn other_words_are_no_lengths() {
        check("مدير عام المؤسسة بشكل عام.", &[]);
        check("تستعد لعقد اجتماع بعد عقد لقاء ثانية.", &[]);
        check("خلال أيام العمل وساعات الليل.", &[]);
    }

    #[test]
    fn next_to_now() {
        check("خلال الأيام الثلاثة الماضية.", &["الأيام الثلاثة الماضية=P3D"]);
        check("خلال الأربعة الأشهر الماضية.", &["الأربعة الأشهر الماضية=P4M"]);
        check("في السنتين اللتين قضاهما هناك.", &["السنتين=P2Y"]);
        check("منذ أكثر من عقد، وقبل عقدين من الزمن.", &["عقد=P10Y", "قبل عقدين من الزمن=1998"]);
        check("لم يمض سوى عام ونصف عليه.", &["عام ونصف=P1Y6M"]);
        check("يستمر طوال العام.", &["العام=P1Y"]);
        check(
            "توفي في الثلاثين من عمره، وهي في السابعة والعشرين من العمر.",
            &["الثلاثين من عمره=P30Y", "السابعة والعشرين من العمر=P27Y"],
        );
        check("أمهلهم (5) أيام.", &["(5) أيام=P5D"]);
        check("خلال الأيام القليلة المقبلة.", &["الأيام القليلة المقبلة=PXD"]);
        check("خلال الـ24 ساعة الماضية.", &["الـ24 ساعة الماضية=PT24H"]);
        check(
            "في العامين الماضيين والسنوات الخمس الأخيرة.",
            &["العامين الماضيين=P2Y", "السنوات الخمس الأخيرة=P5Y"],
        );
    }
}
