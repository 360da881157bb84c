//! Points told by their distance: قبل ثلاثة أيام "three days ago", بعد ستة أشهر "in six months".

use super::super::calendar;
use super::super::terms::{Count, Found, Opener, Reader, Term, Unit};
use super::super::value::{Base, From, When, Within, Year};
use super::Draft;
use super::length::{Amount, adjective, amount, and_half, approximately, stands_alone};
use super::month::opener;
use crate::document::Proclitics;

/// The amount after "before" or "after", and what it is counted from (بعد يومين من الهجوم).
fn distance(r: &Reader<'_>, i: usize, wants: Opener) -> Option<(Found, Amount, Anchor)> {
    let (found, head) = opener(r, i)?;
    // على بعد 90 دقيقة is "90 minutes away".
    if found != wants || matches!(r.before(i), "من" | "ما" | "على") {
        return None;
    }
    let at = approximately(r, i + head.tokens);
    if !r.joined(at) {
        return None;
    }
    // قبل نحو عقد is "about a decade ago", قبل عقد "before holding".
    let about = at > i + head.tokens;
    let bound = at > i + head.tokens + 1;
    let amount = amount(r, at).or_else(|| unit_alone(r, at, about))?;
    // قبل عامين ونصف العام.
    let amount = match and_half(r, amount.end, amount.unit) {
        Some((end, _)) => Amount { end, exact: false, ..amount },
        None => amount,
    };
    // بعد أسبوعين من الآن "two weeks from now".
    if r.is(amount.end, "من") && r.is_one(amount.end + 1, &["الان", "اليوم"]) {
        let amount = Amount { end: amount.end + 2, ..amount };
        return Some((head, amount, Anchor::Now));
    }
    let from = if r.is_one(amount.end, &["من", "على"]) { Anchor::Told } else { Anchor::Untold };
    // بعد أقل من عام "in less than a year" is no point; بعد أقل من عام على الهجوم is when it is told of.
    let open = bound && wants == Opener::After && from == Anchor::Untold;
    let amount = Amount { exact: amount.exact && !open, ..amount };
    Some((head, amount, from))
}

/// A unit without a number, which is an amount after "before" and "after": بعد يوم, قبل أشهر.
fn unit_alone(r: &Reader<'_>, at: usize, about: bool) -> Option<Amount> {
    let ((unit, count), f) = r.find(at, |f| match f.term {
        Term::Unit(u, c @ (Count::One | Count::Many)) if !f.definite => Some((u, c)),
        _ => None,
    })?;
    let end = at + f.tokens;
    if !(stands_alone(r, end, unit, count) || about && unit >= Unit::Decade) {
        return None;
    }
    let end = if count == Count::Many { adjective(r, end) } else { end };
    Some(Amount { unit, count: (count == Count::One).then_some(1), end, exact: true })
}

/// Before or after what was told: قبل ذلك بيومين "two days before that", بعدها بأسبوع "a week after it".
pub(super) fn before_that(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (found, head) = opener(r, i)?;
    let next = i + head.tokens;
    let (sign, at) = match found {
        Opener::BeforeIt => (-1, next),
        Opener::AfterIt => (1, next),
        Opener::Before if r.is(next, "ذلك") => (-1, next + 1),
        Opener::After if r.is(next, "ذلك") => (1, next + 1),
        _ => return None,
    };
    let with = r.at(at).iter().any(|f| f.front.any(Proclitics::BI));
    let at = if r.is(at, "ب") { at + 1 } else { at };
    let at = approximately(r, at);
    if !r.joined(at) || !(with || at > next && !r.is(at - 1, "ذلك")) {
        return None;
    }
    let a = amount(r, at).or_else(|| unit_alone(r, at, false))?;
    let when = match a.count {
        Some(n) if a.exact && a.unit >= Unit::Day => {
            let n = i32::try_from(n).ok()?.checked_mul(sign)?;
            let (unit, by) = in_years(a.unit, n)?;
            When::Point(Base::Shift { unit, by, from: From::Told }, Within::Whole)
        }
        _ if sign < 0 => When::Reference("PAST_REF"),
        _ => When::Afterwards,
    };
    Some(Draft::of(&head, a.end, when))
}

/// Decades and centuries as years.
fn in_years(unit: Unit, by: i32) -> Option<(Unit, i32)> {
    Some(match unit {
        Unit::Decade => (Unit::Year, by.checked_mul(10)?),
        Unit::Century => (Unit::Year, by.checked_mul(100)?),
        u => (u, by),
    })
}

/// بعد ساعات قليلة "after a few hours": an adjective stands before the token.
fn described(r: &Reader<'_>, end: usize) -> bool {
    r.find(end - 1, |f| matches!(f.term, Term::Unit(..)).then_some(())).is_none()
}

/// What a distance is counted from, as the words beside it tell.
#[derive(Clone, Copy, PartialEq)]
enum Anchor {
    Untold,
    /// من الآن "from now".
    Now,
    /// من الهجوم "from the attack".
    Told,
}

/// Before now: قبل ثلاثة أيام "three days ago", قبل سنوات "years ago", قبل نحو عامين "about two years ago".
pub(super) fn ago(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (head, a, from) = distance(r, i, Opener::Before)?;
    let when = match a.count {
        Some(n) if from == Anchor::Told && a.exact && a.unit >= Unit::Month => {
            let (unit, by) = in_years(a.unit, -i32::try_from(n).ok()?)?;
            told_later(r, a.end, unit, by).unwrap_or(When::Reference("PAST_REF"))
        }
        Some(n) if from != Anchor::Told && a.exact && a.unit >= Unit::Day => {
            let (unit, by) = in_years(a.unit, -i32::try_from(n).ok()?)?;
            When::Point(Base::Shift { unit, by, from: From::Published }, Within::Whole)
        }
        _ => When::Reference("PAST_REF"),
    };
    Some(Draft::of(&head, a.end, when))
}

/// قبل شهر من توليه المنصب في يناير 2017 "a month before he took office in January 2017": counted from the month or year that is
/// named after it in the same sentence.
fn told_later(r: &Reader<'_>, end: usize, unit: Unit, by: i32) -> Option<When> {
    let here = r.doc.sentence(end)?.0;
    for j in end + 1..end + 13 {
        if r.doc.sentence(j).is_none_or(|s| s.0 != here) {
            return None;
        }
        let draft = super::year::year(r, j).or_else(|| super::month::month(r, j));
        let base = match draft.map(|d| d.when) {
            Some(When::Point(Base::Year(y), _)) if unit == Unit::Year => {
                Base::Year(y.checked_add(i16::try_from(by).ok()?)?)
            }
            Some(When::Point(Base::Month { year: Year::Told(y), month, .. }, _)) => {
                let months = if unit == Unit::Year { by.checked_mul(12)? } else { by };
                let (y, month) = calendar::add_months(y, month, months)?;
                Base::Month { year: Year::Told(y), month, day: None }
            }
            _ => continue,
        };
        return Some(When::Point(base, Within::Whole));
    }
    None
}

/// After now, or after something: بعد ستة أشهر "in six months"; بعد يومين من الهجوم "two days after the attack" is the day that
/// the story is at. بعد أسابيع من "weeks after" tells no point, only a length.
pub(super) fn after(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (head, a, from) = distance(r, i, Opener::After)?;
    let when = match a.count {
        // بعد ساعات من الهجوم: the day that the story is at.
        None if from == Anchor::Told && a.unit <= Unit::Day && !described(r, a.end) => {
            When::Point(Base::Shift { unit: Unit::Day, by: 0, from: From::Sentence }, Within::Whole)
        }
        None if from == Anchor::Told => return None,
        Some(n) if from == Anchor::Now && a.exact && a.unit >= Unit::Day => {
            let (unit, by) = in_years(a.unit, i32::try_from(n).ok()?)?;
            When::Point(Base::Shift { unit, by, from: From::Published }, Within::Whole)
        }
        Some(_) if from == Anchor::Told && a.exact && a.unit >= Unit::Day => {
            let unit = if a.unit == Unit::Week { Unit::Day } else { a.unit };
            When::Point(Base::Shift { unit, by: 0, from: From::Here }, Within::Whole)
        }
        Some(n) if a.exact && (Unit::Day..=Unit::Year).contains(&a.unit) => {
            When::After(a.unit, i32::try_from(n).ok()?)
        }
        _ => When::Afterwards,
    };
    Some(Draft::of(&head, a.end, when))
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn before_now() {
        check("وصل قبل ثلاثة أيام.", &["قبل ثلاثة أيام=2018-03-12"]);
        check("توفي قبل نحو عامين.", &["قبل نحو عامين=2016"]);
        check("هاجر قبل سنوات.", &["قبل سنوات=PAST_REF"]);
        check("ظروفنا قبل خمس أو عشر سنوات.", &["قبل خمس أو عشر سنوات=PAST_REF"]);
        check("قتل من قبل ثلاثة أشخاص.", &[]);
        check(
            "أقر ذلك قبل شهر من تولي العطار منصبه في يناير 2017.",
            &["قبل شهر=2016-12", "يناير 2017=2017-01"],
        );
    }

    #[test]
    fn before_or_after_what_was_told() {
        check("وصل في 3 مارس، وغادر بعد ذلك بيومين.", &["3 مارس=2018-03-03", "بعد ذلك بيومين=2018-03-05"]);
        check("وصل في 3 مارس، وكان أعلن قبلها بأيام.", &["3 مارس=2018-03-03", "قبلها بأيام=PAST_REF"]);
        check("استقال عام 2010، وتوفي بعدها بعام.", &["عام 2010=2010", "بعدها بعام=2011"]);
        check("قبل ذلك بكثير.", &[]);
    }

    #[test]
    fn after_now_or_something() {
        check("قد يعود بعد ستة أشهر.", &["بعد ستة أشهر=FUTURE_REF"]);
        check("سيصبح نافذا بعد 15 يوما.", &["بعد 15 يوما=2018-03-30"]);
        check("عاد بعد يومين من الهجوم.", &["بعد يومين=2018-03-15"]);
        check("عاد بعد أقل من أسبوع على الهجوم.", &["بعد أقل من أسبوع=2018-03-15"]);
        check("ستنتهي الولاية بعد أقل من عام.", &["بعد أقل من عام=FUTURE_REF"]);
        check("عاد بعد أسابيع من الغياب.", &["أسابيع=PXW"]);
        check("اعتقل بعد ساعات من التفجير.", &["بعد ساعات=2018-03-15"]);
        check("عاد بعد أيام قليلة، وسيسافر بعد أشهر.", &["بعد أيام قليلة=PAST_REF", "بعد أشهر=FUTURE_REF"]);
        check("سيعود بعد أسبوعين من الآن.", &["بعد أسبوعين من الآن=2018-W13"]);
        check("سيعود بعد ستة أشهر من الآن.", &["بعد ستة أشهر من الآن=2018-09"]);
        check("بعد مرور يومين على الحادث.", &["يومين=P2D"]);
    }
}
