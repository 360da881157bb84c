//! Months of both calendars.

use super::super::terms::{Count, Found, Opener, Reader, Term, Toward, Unit};
use super::super::value::{Base, From, When, Within, Year, feast_in};
use super::Draft;
use super::period::{period, unit_toward};
use super::year::{era_letter, told_year};
use crate::document::{Kind, Proclitics};

/// Words after which a month's name is a month also where its letters are another word's.
const BEFORE_MONTH: [&str; 19] = [
    "في",
    "منذ",
    "خلال",
    "من",
    "بين",
    "حتى",
    "الى",
    "قبل",
    "بعد",
    "بحلول",
    "مطلع",
    "بداية",
    "اوائل",
    "منتصف",
    "نهاية",
    "اواخر",
    "شهري",
    "اشهر",
    "ذات",
];

/// The months' names of Iraq and the Levant.
const LEVANTINE: [&str; 9] = ["كانون", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "أيلول", "تشرين"];

fn is_levantine(r: &Reader<'_>, f: &Found) -> bool {
    let word = r.row_word(f);
    word == "آب" || LEVANTINE.iter().any(|l| word.starts_with(l))
}

/// Other names of the same month after the first: يوليو/تموز, يناير (كانون الثاني), أيار - مايو. Gives the token after them. A
/// name from the other set of names that means another month (مارس/نيسان) is a slip, which the notes tell.
pub(super) fn aliases(r: &Reader<'_>, mut at: usize, month: i8) -> usize {
    let levantine = at > 0
        && r.at(at - 1)
            .iter()
            .chain(r.at(at.saturating_sub(2)))
            .any(|f| f.term == Term::Month(month) && is_levantine(r, f));
    loop {
        let bracket = r.mark(at, '(');
        let slash = ['/', '-', '–', '\\'].iter().any(|c| r.mark(at, *c));
        let next = at + usize::from(bracket || slash);
        let same = r.next(next, |f| match f.term {
            Term::Month(m) if m == month => Some(()),
            // مايو - حزيران may be a stretch of two months, مايو/حزيران and مايو (حزيران) are one month's two names.
            Term::Month(_) => ((bracket || r.mark(at, '/')) && is_levantine(r, f) != levantine).then_some(()),
            _ => None,
        });
        let Some((_, f)) = same else { return at };
        let end = next + f.tokens;
        match (bracket, r.mark(end, ')')) {
            (true, true) => at = end + 1,
            (true, false) => return at,
            _ => at = end,
        }
    }
}

/// What tells the year after a month: 2018, الماضي, من العام الماضي, من هذا العام; and the token after it.
pub(super) fn tail(r: &Reader<'_>, at: usize) -> (Year, usize) {
    if let Some((toward, by, end)) = unit_toward(r, at) {
        // مايو الماضي 2017 tells the year as well.
        if let Some((y, end)) = told_year(r, end) {
            return (Year::Told(y), end);
        }
        let year = match (toward, by) {
            (Toward::Current, _) => Year::Shift(0),
            (Toward::Same, _) => Year::Named,
            (Toward::Recent, _) => Year::Lean(Toward::Last),
            (t, 0) => Year::Lean(t),
            (_, by) => Year::Shift(by as i16),
        };
        return (year, end);
    }
    // 7/يوليو/2015.
    let slash = ['/', '-'].iter().any(|c| r.mark(at, *c)) && r.digits(at + 1).is_some_and(|d| d.len == 4);
    let comma = if slash { at + 1 } else { r.past_comma(at) };
    if let Some((y, end)) = told_year(r, comma).or_else(|| old_year(r, comma)) {
        // يناير 2018 الماضي says it twice.
        let end = unit_toward(r, end).map_or(end, |(.., end)| end);
        return (Year::Told(y), end);
    }
    let of = if r.is_one(at, &["من", "في"]) { at + 1 } else { at };
    if let Some((y, end)) = told_year(r, of) {
        return (Year::Told(y), end);
    }
    // 30 مارس من كل عام "30 March of every year".
    if of > at
        && let Some((Opener::Every, head)) = opener(r, of)
        && let Some((_, f)) =
            r.next(of + head.tokens, |f| (f.term == Term::Unit(Unit::Year, Count::One)).then_some(()))
    {
        return (Year::Every, of + head.tokens + f.tokens);
    }
    let year_period = period(r, of).filter(|_| r.joined(of)).and_then(|d| match d.when {
        When::Point(Base::Shift { unit: Unit::Year, by, from }, _) => Some((by, from, d.end)),
        _ => None,
    });
    match year_period {
        Some((by, From::Published, end)) => (Year::Shift(by as i16), end),
        Some((0, _, end)) => (Year::Named, end),
        _ => (Year::Untold, at),
    }
}

/// A year before our time, where nothing follows that it could count: ديسمبر 1391.
fn old_year(r: &Reader<'_>, at: usize) -> Option<(i16, usize)> {
    let d = r.digits(at).filter(|d| d.len == 4 && (1000..1800).contains(&d.value) && r.joined(at))?;
    let end = era_letter(r, at + 1);
    let closed = !r.joined(end) || r.doc.kind(end) == Some(Kind::Mark);
    closed.then_some((i16::try_from(d.value).ok()?, end))
}

/// The day after its month: مارس 26, as translations from English have it, where nothing follows that the number could count.
pub(super) fn month_and_day(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let Draft { cut, end, when: When::Point(Base::Month { year: Year::Untold, month, day: None }, _) } =
        month(r, i)?
    else {
        return None;
    };
    let d = r.digits(end).filter(|d| d.len <= 2 && (1..=31).contains(&d.value) && r.joined(end))?;
    let (year, stop) = tail(r, end + 1);
    // أغسطس 3.1 في المئة, whose decimals an invisible mark may part.
    let mark = r.doc.kind(stop) == Some(Kind::Mark);
    let decimal =
        mark && r.tight(stop) && r.tight(stop + 1) && r.digits(stop + 1).is_some() && r.mark(stop, '.');
    let closed = stop > end + 1
        || !r.joined(stop)
        || mark && !r.mark(stop, '%') && !r.mark(stop, '/') && !decimal
        || r.is_one(stop, &["الى", "حتى"]);
    let base = Base::Month { year, month, day: Some(i8::try_from(d.value).ok()?) };
    closed.then(|| Draft::new(cut, stop, When::Point(base, Within::Whole)))
}

/// The second day of a stretch after its month: 15 in تموز 13-15, 28 in مارس 26 إلى 28.
pub(super) fn second_day(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let d = r.digits(i).filter(|d| d.len <= 2 && (1..=31).contains(&d.value) && r.joined(i))?;
    let before = i.checked_sub(3)?;
    let joint = r.is_one(i - 1, &["الى", "حتى"]) || ['-', '–'].iter().any(|c| r.mark(i - 1, *c));
    // The month's name may be two words long.
    let first = [before, before.saturating_sub(1)]
        .into_iter()
        .filter_map(|j| month_and_day(r, j))
        .find(|d| joint && d.end == i - 1)?;
    let When::Point(Base::Month { year, month, .. }, w) = first.when else { return None };
    let (told, end) = tail(r, i + 1);
    let year = if told == Year::Untold { year } else { told };
    let base = Base::Month { year, month, day: Some(i8::try_from(d.value).ok()?) };
    Some(Draft::new(0, end, When::Point(base, w)))
}

/// A month in figures with its year: في 3/2015 "in 3/2015", where a preposition says that it is no number of a decree.
pub(super) fn figures(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (m, y) = (r.digits(i)?, r.digits(i + 2)?);
    let tight = r.mark(i + 1, '/') && r.tight(i + 1) && r.tight(i + 2) && !r.mark(i + 3, '/');
    let fits = m.len <= 2 && (1..=12).contains(&m.value) && y.len == 4 && (1900..=2100).contains(&y.value);
    let licensed = matches!(r.before(i), "في" | "منذ" | "حتى" | "شهر" | "بتاريخ" | "خلال");
    let base = Base::Month { year: Year::Told(y.value as i16), month: m.value as i8, day: None };
    (tight && fits && licensed).then(|| Draft::new(0, i + 3, When::Point(base, Within::Whole)))
}

/// A month: مايو الماضي "last May", شهر حزيران/يونيو المقبل, نوفمبر عام 2019, فبراير.
pub(super) fn month(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let name = |f: &Found| match f.term {
        Term::Month(m) => Some(m),
        _ => None,
    };
    let unit = r.find(i, |f| (matches!(f.term, Term::Unit(Unit::Month, Count::One))).then_some(()));
    let (month, first, at, sure) = match unit {
        Some((_, head)) => {
            let at = i + head.tokens;
            let (m, f) = r.next(at, name)?;
            (m, *head, at + f.tokens, true)
        }
        None => {
            // No month of ours takes the article: الأب is "the father".
            let (m, f) = r.find(i, |f| name(f).filter(|_| !f.definite))?;
            (m, *f, i + f.tokens, false)
        }
    };
    // كذبة أبريل "April fool's joke".
    if matches!(r.before(i), "كذبة" | "_") {
        return None;
    }
    let named = aliases(r, at, month);
    let (mut year, end) = tail(r, named);
    if !sure && year == Year::Untold && named == at && is_another_word(r, i, &first) {
        return None;
    }
    if year == Year::Untold {
        // يونيو ويوليو 2015: the year of the second is the year of both.
        if let Some(next) = super::day::list_joint(r, named)
            && let Some((m, f)) = r.find(next, name)
        {
            let after = aliases(r, next + f.tokens, m);
            let (second, _) = tail(r, after);
            let both = matches!(second, Year::Told(_) | Year::Shift(_)) || r.doc.word(after).ends_with("ين");
            if m > month && both {
                year = second;
            }
        }
    }
    let base = Base::Month { year, month, day: None };
    // حدائق أكتوبر, a town; قوى 14 آذار, whose day has been turned down before.
    let numbered = |j: &usize| super::day::is_day_before(r, *j, i) && super::day::named_by_day(r, *j, &base);
    if !sure && (super::day::named_by_day(r, i, &base) || (i.saturating_sub(4)..i).any(|j| numbered(&j))) {
        return None;
    }
    Some(Draft::of(&first, end, When::Point(base, Within::Whole)))
}

/// Whether a month's name without anything beside it may be another word: مارس "he practised", ماي a British name, آب and أب
/// "father", which are spelled alike without their hamzas.
fn is_another_word(r: &Reader<'_>, i: usize, f: &Found) -> bool {
    let word = r.row_word(f);
    if !matches!(word, "مارس" | "آب" | "ماي" | "جوان" | "أوت") {
        return false;
    }
    // إب is a city and أب "a father"; a careless آب without its sign stays.
    let surface = r.doc.text(r.span(i, f.cut, i + 1));
    if surface.starts_with(['أ', 'إ']) {
        return true;
    }
    let listed = r.at(i.wrapping_sub(1)).iter().any(|f| matches!(f.term, Term::Month(_)));
    let in_time = BEFORE_MONTH.contains(&r.before(i)) && !matches!(word, "ماي" | "جوان")
        || f.front.any(Proclitics::PREPOSITION) && word == "مارس";
    !listed && !in_time
}

/// What tells the year after a Hijri month: 1436هـ, الماضي; the adjectives of Ramadan stand between. Gives the token after it.
pub(super) fn hijri_tail(r: &Reader<'_>, at: usize) -> (Option<i32>, Option<Toward>, usize) {
    let at = if r.is_one(at, &["المبارك", "الفضيل", "الكريم", "المعظم", "الحرام", "الخير", "الاصب"])
    {
        at + 1
    } else {
        at
    };
    // 10/شوال/1436هـ.
    let slash = ['/', '-'].iter().any(|c| r.mark(at, *c)) && r.digits(at + 1).is_some_and(|d| d.len == 4);
    let at = at + usize::from(slash);
    if let Some((toward, by, end)) = unit_toward(r, at)
        && by == 0
        && !matches!(toward, Toward::Same | Toward::Recent)
    {
        return (None, Some(toward), end);
    }
    // لهذا العام 1439هـ "of this year, 1439".
    let this = if r.is_one(at, &["لهذا", "هذا", "من"]) { at + 1 } else { at };
    let this = if r.is(at, "من") && r.is(this, "هذا") { this + 1 } else { this };
    let after = if r.is_one(this, &["عام", "سنة", "العام", "السنة", "لعام", "للعام"])
    {
        this + 1
    } else {
        this
    };
    let year = [at, after]
        .into_iter()
        .find_map(|j| r.digits(j).filter(|d| (1300..1500).contains(&d.value)).map(|d| (d.value, j + 1)));
    match year {
        Some((y, end)) => (Some(y as i32), None, era_letter(r, end)),
        None => (None, None, at),
    }
}

/// A month of the Hijri year: شهر رمضان المبارك "the blessed month of Ramadan", شوال الماضي, ذي القعدة 1436هـ. All but Ramadan
/// and the two-word names are names of men and other words as well, and need more than themselves.
pub(super) fn hijri(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let name = |f: &Found| match f.term {
        Term::Hijri(m) => Some(m),
        _ => None,
    };
    let unit = r.find(i, |f| (f.term == Term::Unit(Unit::Month, Count::One) && !f.definite).then_some(()));
    let (month, first, at, sure) = match unit {
        Some((_, head)) => {
            let at = i + head.tokens;
            let (m, f) = r.next(at, name)?;
            (m, *head, at + f.tokens, true)
        }
        None => {
            let (m, f) = r.find(i, name)?;
            let before = r.before(i);
            let in_time =
                matches!(
                    before,
                    "في" | "خلال"
                        | "منذ"
                        | "قبل"
                        | "بعد"
                        | "حتى"
                        | "طوال"
                        | "طيلة"
                        | "نهاية"
                        | "بداية"
                        | "مطلع"
                        | "منتصف"
                        | "اواخر"
                        | "اوائل"
                        | "حلول"
                        | "بحلول"
                        | "هلال"
                        | "اول"
                        | "اخر"
                        | "نهار"
                ) || before == "من" && i >= 2 && matches!(r.doc.word(i - 2), "الاواخر" | "الاوائل" | "الاوسط");
            let this = matches!(before, "هذا");
            (m, *f, i + f.tokens, f.tokens > 1 || in_time && matches!(m, 9 | 10) || this && m == 9)
        }
    };
    let (year, toward, end) = hijri_tail(r, at);
    // A year of ours makes a month of رمضان and رجب, which are names of men as well.
    if !sure && end == at && told_year(r, end).is_none() {
        return None;
    }
    // رمضان 2019: the year of our calendar in which it falls.
    if year.is_none()
        && toward.is_none()
        && let Some((y, end)) = told_year(r, end)
    {
        let feast = super::super::terms::Feast::Hijri(month, 15);
        let base = match feast_in(feast, y) {
            Some(d) => Base::Month { year: Year::Told(d.year()), month: d.month(), day: None },
            None => Base::Year(y),
        };
        return Some(Draft::of(&first, end, When::Point(base, Within::Whole)));
    }
    Some(Draft::of(&first, end, When::Point(Base::Hijri { year, month, day: None, toward }, Within::Whole)))
}

/// Whether the token opens with "this".
pub(super) fn opener(r: &Reader<'_>, i: usize) -> Option<(Opener, Found)> {
    r.find(i, |f| match f.term {
        Term::Opener(o) => Some(o),
        _ => None,
    })
    .map(|(o, f)| (o, *f))
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn months_by_any_name() {
        check("زارها في مايو الماضي.", &["مايو الماضي=2017-05"]);
        check("زارها في شهر حزيران/يونيو المقبل.", &["شهر حزيران/يونيو المقبل=2018-06"]);
        check("زارها في كانون الثاني 2014.", &["كانون الثاني 2014=2014-01"]);
        check("زارها في جويلية وغشت 2016.", &["جويلية=2016-07", "غشت 2016=2016-08"]);
        check("زارها في مارس من العام الماضي.", &["مارس من العام الماضي=2017-03"]);
        check("ستعقد القمة في نوفمبر.", &["نوفمبر=2018-11"]);
        check("عقدت القمة في نوفمبر.", &["نوفمبر=2017-11"]);
        check("ألف الكتاب في ديسمبر 1391.", &["ديسمبر 1391=1391-12"]);
        check("تزور البلاد من مارس 26 إلى 28.", &["مارس 26=2018-03-26", "28=2018-03-28"]);
        check("قتل في مارس 26 شخصا.", &["مارس=2018-03"]);
        check("صدر القرار رقم 3/2015 في 7/2016.", &["7/2016=2016-07"]);
    }

    #[test]
    fn other_words_are_no_months() {
        check("مارس ضغوطا على الأب.", &[]);
        check("مضيق باب المندب.", &[]);
        check("قالت تيريزا ماي ذلك.", &[]);
        check("التقاه في مارس.", &["مارس=2018-03"]);
    }

    #[test]
    fn hijri_months() {
        check("تأجلت إلى شهر رمضان المبارك.", &["شهر رمضان المبارك=2017-06"]);
        check("ولد في شوال 1436هـ.", &["شوال 1436هـ=2015-07"]);
        check("يبدأ في رمضان 2019.", &["رمضان 2019=2019-05"]);
        check("قال رجب شعبان رمضان ذلك.", &[]);
        check("في 10/شوال/1436هـ.", &["10/شوال/1436هـ=2015-07-26"]);
    }
}
