//! Weeks, months and years by their place before or after now, and their edges and parts.

use super::super::numbers::{cardinal, ordinal};
use super::super::terms::{Count, Edge, Found, Opener, Reader, Term, Toward, Unit};
use super::super::value::{Base, Counted, From, Of, When, Within, Year};
use super::Draft;
use super::month::{hijri, month, opener};
use super::year::{KINDS_OF_YEAR, bare_year, century, decade, season, seasonal, told_year, year};
use crate::document::Proclitics;

fn point(first: &Found, end: usize, base: Base) -> Draft {
    Draft::of(first, end, When::Point(base, Within::Whole))
}

/// Where an adjective puts what stands before it: الماضي "last", قبل الماضي "before last", بعد المقبل "after next". Gives how
/// many further, and the token after it.
pub(super) fn unit_toward(r: &Reader<'_>, at: usize) -> Option<(Toward, i32, usize)> {
    let toward = |f: &Found| match f.term {
        Term::Toward(t) => Some(t),
        _ => None,
    };
    if let Some((t, f)) = r.next(at, toward) {
        return Some((t, 0, at + f.tokens));
    }
    let before = if r.is(at, "ما") { at + 1 } else { at };
    let (by, wants) = match r.doc.word(before) {
        "قبل" if r.joined(before) => (-1, Toward::Last),
        "بعد" if r.joined(before) => (1, Toward::Next),
        _ => return None,
    };
    let (t, f) = r.next(before + 1, toward)?;
    (t == wants || t == Toward::Recent && by == -1).then_some((wants, by, before + 1 + f.tokens))
}

/// A stretch that is told by the one beside it: العام الذي سبقه "the year before it", الأسبوع الذي يليه "the week after it".
/// Gives the token after it.
fn beside(r: &Reader<'_>, at: usize) -> Option<(i32, usize)> {
    if !r.is_one(at, &["الذي", "التي"]) {
        return None;
    }
    let verb = r.doc.word(at + 1);
    let stem = verb.strip_suffix("ها").or_else(|| verb.strip_suffix('ه')).unwrap_or(verb);
    let by = match stem {
        "سبق" | "سبقت" | "يسبق" | "تسبق" | "قبل" => -1,
        "تلا" | "تلى" | "تلت" | "يلي" | "تلي" | "اعقب" | "اعقبت" | "بعد" => 1,
        _ => return None,
    };
    // قبل and بعد need what they are before.
    let told = stem.len() < verb.len() || !matches!(stem, "قبل" | "بعد");
    (told && r.joined(at + 1)).then_some((by, at + 2))
}

/// A stretch of the calendar by its place, and the month that was named in another year: الشهر نفسه من العام الماضي "the same month of
/// last year".
pub(super) fn period(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let draft = placed(r, i)?;
    let same = Base::Shift { unit: Unit::Month, by: 0, from: From::Named };
    let of = draft.end;
    if draft.when == When::Point(same, Within::Whole)
        && r.is_one(of, &["من", "في"])
        && r.joined(of + 1)
        && let Some(Draft {
            end,
            when: When::Point(Base::Shift { unit: Unit::Year, by, from: From::Published }, _),
            ..
        }) = placed(r, of + 1)
    {
        let base = Base::SameMonth(i16::try_from(by).ok()?);
        return Some(Draft::new(draft.cut, end, When::Point(base, Within::Whole)));
    }
    Some(draft)
}

/// A stretch of the calendar by its place: الشهر الماضي "last month", هذا الأسبوع "this week", العام المالي الحالي "the current
/// fiscal year", الأسبوع قبل الماضي "the week before last", في اليوم التالي "on the next day", تلك السنة "that year".
fn placed(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let unit = |f: &Found| match f.term {
        Term::Unit(u, Count::One) if f.definite && u >= Unit::Day => Some(u),
        _ => None,
    };
    if let Some((o, head)) = opener(r, i) {
        let from = match o {
            Opener::This => From::Published,
            Opener::That | Opener::Same => From::Named,
            _ => return None,
        };
        let at = i + head.tokens;
        let (unit, f) = r.next(at, unit)?;
        if unit == Unit::Day && o == Opener::Same && r.doc.word(i) == "ذات" {
            return None;
        }
        let end = at + f.tokens;
        // وافق على ذلك الأسبوع الماضي "agreed to that last week".
        if o == Opener::That && unit_toward(r, end).is_some_and(|(t, ..)| t != Toward::Same) {
            return None;
        }
        // هذا العام الجاري says it twice.
        let end = match unit_toward(r, end) {
            Some((Toward::Current, 0, end)) => end,
            _ => end,
        };
        return Some(point(&head, end, Base::Shift { unit, by: 0, from }));
    }
    // وضوح النهار نفسه is no day.
    let (unit, first) = r.find(i, unit).filter(|(_, f)| r.row_word(f) != "نهار")?;
    let mut at = i + first.tokens;
    if unit == Unit::Year && r.is_one(at, &KINDS_OF_YEAR) {
        at += 1;
    }
    if let Some((by, end)) = beside(r, at) {
        return Some(point(first, end, Base::Shift { unit, by, from: From::Named }));
    }
    let (toward, further, end) = unit_toward(r, at)?;
    // العام الماضي 2017 says it twice.
    let again = r.digits(end).filter(|d| d.len == 4 && (1900..=2100).contains(&d.value) && r.joined(end));
    if unit == Unit::Year
        && let Some(d) = again
    {
        return Some(point(first, end + 1, Base::Year(i16::try_from(d.value).ok()?)));
    }
    let (by, from) = match toward {
        Toward::Last => (-1, From::Published),
        Toward::Next => (1, From::Published),
        Toward::Current => (0, From::Published),
        Toward::Previous if unit == Unit::Day => (-1, From::Named),
        Toward::Previous => (-1, From::Published),
        Toward::Following => (1, From::Named),
        Toward::Same => (0, From::Named),
        Toward::Recent => return None,
    };
    Some(point(first, end, Base::Shift { unit, by: by + further, from }))
}

/// A day counted within something: اليوم الثاني من الهدنة "the second day of the truce". It is the day that the story is at.
pub(super) fn counted_day(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (_, f) = r.find(i, |f| (f.term == Term::Unit(Unit::Day, Count::One) && f.definite).then_some(()))?;
    let at = i + f.tokens;
    if !r.joined(at) {
        return None;
    }
    // اليوم الثالث من أكتوبر is a day of the calendar.
    if let Some(Draft { end, when, .. }) = super::day::day_of_month(r, at) {
        return Some(Draft::of(f, end, when));
    }
    let (_, definite, end) = ordinal(r, at)?;
    // اليوم السابع is also a newspaper, and a day of nothing is no date.
    let of = r.is_one(end, &["من", "على", "لل"])
        || r.doc.word(end).starts_with('ل') && r.joined(end)
        || r.is_one(end, &["والاخير"]);
    (definite && of).then(|| point(f, end, Base::Shift { unit: Unit::Day, by: 0, from: From::Named }))
}

/// The edge of a stretch: أواخر 2015 "late 2015", مطلع الشهر الجاري "the beginning of this month", نهاية العام "the end of the
/// year", منتصف شهر رمضان "the middle of Ramadan".
pub(super) fn edge(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (which, first) = r.find(i, |f| match f.term {
        Term::Edge(e) if !f.definite => Some(e),
        // آخر الشهر "the end of the month".
        Term::Opener(Opener::Final) => Some(Edge::End),
        _ => None,
    })?;
    let at = i + first.tokens;
    if !r.joined(at) {
        return None;
    }
    let (base, end) = stretch(r, at).or_else(|| {
        // 2015 alone is a year here.
        let (y, end) = told_year(r, at)?;
        Some((Base::Year(y), end))
    })?;
    let base = match (base, which) {
        (Base::Hijri { year, month, day: None, toward }, Edge::Middle) => {
            Base::Hijri { year, month, day: Some(15), toward }
        }
        (base, _) => base,
    };
    Some(point(first, end, base))
}

/// A week, month, season, year, decade or century: what has a beginning, a middle and an end.
fn stretch(r: &Reader<'_>, at: usize) -> Option<(Base, usize)> {
    let rules = [period, month, hijri, year, bare_year, season, decade, century];
    let mut best: Option<(Base, usize)> = None;
    for read in rules {
        if let Some(Draft { end, when: When::Point(base, Within::Whole), cut: 0 }) = read(r, at)
            && !matches!(base, Base::Shift { unit: Unit::Day, .. })
            && best.as_ref().is_none_or(|b| b.1 < end)
        {
            best = Some((base, end));
        }
    }
    best = best.or_else(|| {
        // أواخر الصيف "late in the summer".
        let Draft { end, when: When::Point(base, _), .. } = seasonal(r, at)? else { return None };
        Some((base, end))
    });
    best.or_else(|| {
        // نهاية الشهر "the end of the month": this one.
        let (unit, f) = r.next(at, |f| match f.term {
            Term::Unit(u, Count::One) if f.definite && u >= Unit::Week && u != Unit::Decade => Some(u),
            _ => None,
        })?;
        Some((Base::Shift { unit, by: 0, from: From::Published }, at + f.tokens))
    })
}

/// The weekend: نهاية الأسبوع "at the weekend", عطلة نهاية الأسبوع الماضي, نهاية هذا الأسبوع.
pub(super) fn weekend(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (head, at) = match opener(r, i) {
        Some((Opener::Weekend, head)) => (Some(head), i + head.tokens),
        _ => (None, i),
    };
    let end_of = |f: &Found| {
        (f.term == Term::Edge(Edge::End) && !f.definite && r.row_word(f) == "نهاية").then_some(())
    };
    let (_, f) = if head.is_some() { r.next(at, end_of)? } else { r.find(at, end_of)? };
    let first = head.unwrap_or(*f);
    let week = at + f.tokens;
    if let Some(Draft { end, when: When::Point(Base::Shift { unit: Unit::Week, by, .. }, _), .. }) =
        period(r, week).filter(|_| r.joined(week))
    {
        return Some(point(&first, end, Base::Weekend(by)));
    }
    let (_, g) =
        r.next(week, |f| (f.term == Term::Unit(Unit::Week, Count::One) && f.definite).then_some(()))?;
    Some(point(&first, week + g.tokens, Base::Weekend(0)))
}

/// A half, third or quarter of a stretch: النصف الأول من حزيران "the first half of June", الربع الثاني من العام الجاري "the
/// second quarter of this year".
pub(super) fn part_of_period(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (parts, first) = r.find(i, |f| match f.term {
        Term::Fraction(n) if f.definite => Some(n),
        _ => None,
    })?;
    let at = i + first.tokens;
    let (nth, true, at) = ordinal(r, at).filter(|_| r.joined(at)).or_else(|| {
        // الربع الأخير "the last quarter".
        let (_, f) = r.next(at, |f| (f.term == Term::Toward(Toward::Recent)).then_some(()))?;
        Some((parts, true, at + f.tokens))
    })?
    else {
        return None;
    };
    if nth == 0 || nth > parts {
        return None;
    }
    let of = if r.is(at, "من") { at + 1 } else { at };
    // للعام 2018: the preposition is attached, and only a year with its number follows it.
    let attached = of == at && r.at(of).first().is_some_and(|f| f.front.0 != 0);
    let told = || told_year(r, of).map(|(y, end)| (Base::Year(y), end));
    let (base, end) = if attached { told()? } else { stretch(r, of).or_else(told)? };
    let year = match base {
        Base::Year(y) => Year::Told(y),
        Base::Shift { unit: Unit::Year, by, from: From::Published } => Year::Shift(i16::try_from(by).ok()?),
        Base::Shift { unit: Unit::Year, .. } => Year::Named,
        // The half of a month, of a decade: TIMEX3 has no value for it but the whole's.
        base => return Some(point(first, end, base)),
    };
    let letter = match parts {
        2 => 'H',
        4 => 'Q',
        _ => return None,
    };
    Some(point(first, end, Base::PartOfYear { letter, nth, year }))
}

/// The nth weekday, day or week of a stretch: ثالث ثلاثاء من أيلول "the third Tuesday of September", الأسبوع الأول من مايو "the
/// first week of May", آخر جمعة من رمضان "the last Friday of Ramadan", آخر يوم في الشهر, الأسبوع الأخير من عام 2015.
pub(super) fn nth_of_month(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let what = |f: &Found| match f.term {
        Term::Weekday(d) | Term::BareWeekday(d) => Some(Counted::Weekday(d)),
        Term::Unit(Unit::Week, Count::One) => Some(Counted::Week),
        Term::Unit(Unit::Day, Count::One) if r.row_word(f) == "يوم" => Some(Counted::Day),
        // أول أيام الشهر "the first of the days of the month".
        Term::Unit(Unit::Day, Count::Many) if !f.definite => Some(Counted::Day),
        _ => None,
    };
    let last = |f: &Found| match f.term {
        Term::Toward(Toward::Recent) => Some(()),
        _ => None,
    };
    let (what, nth, first, at, joined) = if let Some((w, f)) = r.find(i, what) {
        // الثلاثاء الثالث, الأسبوع الأخير, يوم الجمعة الأول.
        let (w, at) = match r.next(i + f.tokens, what) {
            Some((day @ Counted::Weekday(_), g)) if w == Counted::Day && !f.definite => {
                (day, i + f.tokens + g.tokens)
            }
            _ => (w, i + f.tokens),
        };
        if let Some((_, g)) = r.next(at, last) {
            (w, None, *f, at + g.tokens, false)
        } else {
            let (n, definite, end) = ordinal(r, at).filter(|_| r.joined(at))?;
            if !definite {
                return None;
            }
            (w, Some(n), *f, end, false)
        }
    } else {
        // ثالث ثلاثاء, آخر أسبوع.
        let (nth, first, at) = match opener(r, i) {
            Some((Opener::Final, head)) => (None, head, i + head.tokens),
            _ => {
                let (n, f) = r.find(i, |f| match f.term {
                    Term::Ordinal(n) if !f.definite => Some(n),
                    _ => None,
                })?;
                (Some(n), *f, i + f.tokens)
            }
        };
        let (w, f) = r.next(at, |f| what(f).filter(|_| !f.definite))?;
        let (w, end) = match r.next(at + f.tokens, what) {
            Some((day @ Counted::Weekday(_), g)) if w == Counted::Day => (day, at + f.tokens + g.tokens),
            _ => (w, at + f.tokens),
        };
        let many = matches!(f.term, Term::Unit(_, Count::Many));
        (w, nth, first, end, many)
    };
    if nth.is_some_and(|n| !(1..=31).contains(&n) || n > 5 && matches!(what, Counted::Weekday(_))) {
        return None;
    }
    // أول أيام شهر رمضان: of more than one day, the stretch follows at once.
    let of = if r.is_one(at, &["من", "في"]) { at + 1 } else { at };
    let attached = r.at(of).iter().any(|f| f.front.any(Proclitics::BI | Proclitics::LI));
    if of == at && !joined && !attached || !r.joined(of) {
        return None;
    }
    let (of, end) = counted_in(r, of)?;
    Some(point(&first, end, Base::Nth { what, nth, of }))
}

/// The stretch in which days and weeks are counted, and the token after it.
fn counted_in(r: &Reader<'_>, at: usize) -> Option<(Of, usize)> {
    let month_of = month(r, at).or_else(|| hijri(r, at));
    if let Some(Draft { end, when: When::Point(base, _), .. }) = month_of {
        return match base {
            Base::Month { year, month, .. } => Some((Of::Month { year, month }, end)),
            Base::Hijri { year, month, toward, .. } => Some((Of::Hijri { year, month, toward }, end)),
            _ => None,
        };
    }
    let (base, end) = stretch(r, at)?;
    match base {
        Base::Shift { unit: Unit::Month, by, from: From::Published } => Some((Of::Months(by), end)),
        Base::Shift { unit: Unit::Year, by, from: From::Published } => {
            Some((Of::Year(Year::Shift(i16::try_from(by).ok()?)), end))
        }
        Base::Shift { unit: Unit::Year, by: 0, .. } => Some((Of::Year(Year::Named), end)),
        Base::Year(y) => Some((Of::Year(Year::Told(y)), end)),
        _ => None,
    }
}

/// A number of the article's kind: الثلاثة, الـ24.
pub(super) fn definite_number(r: &Reader<'_>, at: usize) -> Option<(u32, usize)> {
    let article =
        r.doc.word(at) == "ال" || r.at(at).iter().any(|f| f.definite && matches!(f.term, Term::Number(_)));
    if article && r.joined(at) { cardinal(r, at) } else { None }
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn periods() {
        check("اجتمعوا الأسبوع الماضي وهذا الأسبوع.", &["الأسبوع الماضي=2018-W10", "هذا الأسبوع=2018-W11"]);
        check("يجتمعون الشهر المقبل والعام القادم.", &["الشهر المقبل=2018-04", "العام القادم=2019"]);
        check("منذ العام قبل الماضي.", &["العام قبل الماضي=2016"]);
        check("العام المالي الحالي.", &["العام المالي الحالي=2018"]);
        check(
            "بلغ في فبراير ضعف ما كان في الشهر نفسه من العام الماضي.",
            &["فبراير=2018-02", "الشهر نفسه من العام الماضي=2017-02"],
        );
    }

    #[test]
    fn counted_from_what_was_named() {
        check("وصل في 3 مارس. وفي اليوم التالي غادر.", &["3 مارس=2018-03-03", "اليوم التالي=2018-03-04"]);
        check("أعلن ذلك عام 2013. وفي تلك السنة سافر.", &["عام 2013=2013", "تلك السنة=2013"]);
        check("ارتفعت عام 2013 عن العام الذي سبقه.", &["عام 2013=2013", "العام الذي سبقه=2012"]);
        check("دخلت أمس. ومع اليوم الثاني من الهدنة هدأت.", &["أمس=2018-03-14", "اليوم الثاني=2018-03-14"]);
    }

    #[test]
    fn edges_and_parts() {
        check("في أواخر 2015 ومطلع العام الجاري.", &["أواخر 2015=2015", "مطلع العام الجاري=2018"]);
        check("قبل نهاية الشهر.", &["نهاية الشهر=2018-03"]);
        check("في منتصف رمضان 1436هـ.", &["منتصف رمضان 1436هـ=2015-07-02"]);
        check("في النصف الأول من حزيران/يونيو المقبل.", &["النصف الأول من حزيران/يونيو المقبل=2018-06"]);
        check("في الربع الثاني من العام الماضي.", &["الربع الثاني من العام الماضي=2017-Q2"]);
        check("سافر في عطلة نهاية الأسبوع الماضي.", &["عطلة نهاية الأسبوع الماضي=2018-W10-WE"]);
        check("في نهاية المطاف بداية من هنا.", &[]);
    }

    #[test]
    fn nth_of_a_month() {
        check("في الثلاثاء الثالث من أيلول 2014.", &["الثلاثاء الثالث من أيلول 2014=2014-09-16"]);
        check("في آخر اثنين من شهر آذار 2013.", &["آخر اثنين من شهر آذار 2013=2013-03-25"]);
        check("في الأسبوع الأول من مايو 2017.", &["الأسبوع الأول من مايو 2017=2017-W18"]);
        check("في آخر جمعة من رمضان الماضي.", &["آخر جمعة من رمضان الماضي=2017-06-23"]);
        check("في أول يوم جمعة في هذا الشهر.", &["أول يوم جمعة في هذا الشهر=2018-03-02"]);
        check("في آخر يوم من شهر أكتوبر 2015.", &["آخر يوم من شهر أكتوبر 2015=2015-10-31"]);
        check("في الأسبوع الأخير من عام 2015.", &["الأسبوع الأخير من عام 2015=2015-W53"]);
        check("أول أيام شهر رمضان 1436هـ.", &["أول أيام شهر رمضان 1436هـ=2015-06-18"]);
    }
}
