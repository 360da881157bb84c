//! Feasts: عيد الأضحى, رأس السنة, ثاني أيام عيد الفطر.

use super::super::numbers::ordinal;
use super::super::terms::{Count, Feast, Found, Reader, Term, Toward, Unit};
use super::super::value::{Base, When, Within, Year};
use super::Draft;
use super::month::tail;

/// Adjectives of feasts.
const BLESSED: [&str; 6] = ["المبارك", "السعيد", "المجيد", "الميلادية", "الشريف", "المباركة"];

/// Words after which "the Feast" alone is a time.
const BEFORE_FEAST: [&str; 16] = [
    "في",
    "خلال",
    "قبل",
    "بعد",
    "منذ",
    "حتى",
    "مع",
    "حلول",
    "قبيل",
    "عقب",
    "قرب",
    "اقتراب",
    "عطلة",
    "اجازة",
    "الى",
    "طوال",
];

/// A feast as a date: عيد الفطر "the Feast of Breaking the Fast", رأس السنة "New Year", عيد الميلاد 2020, ثاني أيام عيد الأضحى
/// "the second day of the Feast of the Sacrifice", ليلة عيد الميلاد "Christmas Eve".
pub(super) fn feast(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let name = |f: &Found| match f.term {
        Term::Feast(x) => Some(x),
        _ => None,
    };
    let cut = r.at(i).first().map_or(0, |f| f.cut);
    let (feast, f, days, start) = match r.find(i, name) {
        Some((x, f)) => (x, f, 0, i),
        None => {
            let (days, start) = day_of_feast(r, i)?;
            let (x, f) = r.next(start, name)?;
            (x, f, days, start)
        }
    };
    // صلاة العيد "the prayer of the Feast", فرحة العيد "its joy".
    if feast == Feast::Eid && start == i && !BEFORE_FEAST.contains(&r.before(i)) {
        return None;
    }
    // أحداث يوم الأرض "the events of Land Day", حفل بمناسبة عيد الفطر: the feast tells what, not when.
    let occasion = r.before(i).trim_start_matches(['ب', 'ل']);
    if start == i
        && matches!(
            occasion,
            "احداث"
                | "مناسبة"
                | "فعاليات"
                | "مسيرات"
                | "مسيرة"
                | "احتفالات"
                | "معايدة"
                | "تهاني"
        )
    {
        return None;
    }
    let at = start + f.tokens;
    let at = if r.is_one(at, &BLESSED) { at + 1 } else { at };
    let (year, end) = tail(r, at);
    let year = if year == Year::Lean(Toward::Current) { Year::Shift(0) } else { year };
    Some(Draft::new(cut, end, When::Point(Base::Feast { feast, days, year }, Within::Whole)))
}

/// What stands before a feast and says which of its days is meant: ثاني أيام, أيام, اليوم الثالث من, ليلة. Gives how many days
/// after the first it is, and the token of the feast.
fn day_of_feast(r: &Reader<'_>, i: usize) -> Option<(i32, usize)> {
    let days = |f: &Found| match f.term {
        Term::Unit(Unit::Day, Count::One | Count::Many) if !f.definite => Some(()),
        _ => None,
    };
    if let Some((_, f)) = r.find(i, days) {
        return Some((0, i + f.tokens));
    }
    if r.is_one(i, &["ليلة", "عشية", "وليلة", "وعشية"]) || matches!(r.doc.word(i), "ليلة" | "عشية")
    {
        return Some((-1, i + 1));
    }
    let whole = r.find(i, |f| (f.term == Term::Unit(Unit::Day, Count::One) && f.definite).then_some(()));
    if let Some((_, f)) = whole {
        let (n, true, at) = ordinal(r, i + f.tokens)? else { return None };
        let at = if r.is_one(at, &["من", "في"]) { at + 1 } else { return None };
        let at = r.next(at, days).map_or(at, |(_, f)| at + f.tokens);
        return Some((i32::try_from(n).ok()? - 1, at));
    }
    let (n, _, at) = ordinal(r, i).filter(|o| (1..=7).contains(&o.0))?;
    let (_, f) = r.next(at, days)?;
    Some((i32::try_from(n).ok()? - 1, at + f.tokens))
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn feasts() {
        check("في عيد الأضحى 2013.", &["عيد الأضحى 2013=2013-10-15"]);
        check("في عيد الفصح 2013.", &["عيد الفصح 2013=2013-03-31"]);
        check("سيعود في رأس السنة.", &["رأس السنة=2019-01-01"]);
        check("في رأس السنة الهجرية 2019.", &["رأس السنة الهجرية 2019=2019-08-31"]);
        check("وقع في ثاني أيام عيد الفطر 2017.", &["ثاني أيام عيد الفطر 2017=2017-06-26"]);
        check("في اليوم الثالث من عيد الأضحى الماضي.", &["اليوم الثالث من عيد الأضحى الماضي=2017-09-03"]);
        check("سيعود بعد العيد لأداء صلاة العيد.", &["العيد=2018-06-15"]);
        check("أقيم حفل بمناسبة عيد الفطر بعد أحداث يوم الأرض.", &[]);
        check("في عيد القيامة وشم النسيم 2018.", &["شم النسيم 2018=2018-04-09"]);
    }
}
