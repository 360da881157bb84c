//! Points told by their distance: قبل ثلاثة أيام "three days ago", بعد ستة أشهر "in six months".

use super::super::terms::{Count, Found, Opener, Reader, Term, Unit};
use super::super::value::{Base, From, When, Within};
use super::Draft;
use super::length::{Amount, amount, and_half, approximately, stands_alone};
use super::month::opener;

/// The amount after "before" or "after", and whether what it is counted from follows (بعد يومين من الهجوم).
fn distance(r: &Reader<'_>, i: usize, wants: Opener) -> Option<(Found, Amount, bool)> {
    let (found, head) = opener(r, i)?;
    if found != wants || r.before(i) == "من" || r.before(i) == "ما" {
        return None;
    }
    let at = approximately(r, i + head.tokens);
    if !r.joined(at) {
        return None;
    }
    let amount = amount(r, at).or_else(|| {
        // بعد يوم, قبل أشهر: the unit alone is an amount here.
        let ((unit, count), f) = r.next(at, |f| match f.term {
            Term::Unit(u, c @ (Count::One | Count::Many)) if !f.definite => Some((u, c)),
            _ => None,
        })?;
        let end = at + f.tokens;
        if !stands_alone(r, end, unit, count) {
            return None;
        }
        Some(Amount { unit, count: (count == Count::One).then_some(1), end, exact: true })
    })?;
    // قبل عامين ونصف العام.
    let amount = match and_half(r, amount.end, amount.unit) {
        Some((end, _)) => Amount { end, exact: false, ..amount },
        None => amount,
    };
    let from = r.is_one(amount.end, &["من", "على"]);
    Some((head, amount, from))
}

/// Before now: قبل ثلاثة أيام "three days ago", قبل سنوات "years ago", قبل نحو عامين "about two years ago".
pub(super) fn ago(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (head, a, from) = distance(r, i, Opener::Before)?;
    let when = match a.count {
        Some(n) if !from && a.exact && a.unit >= Unit::Day => {
            let by = -i32::try_from(n).ok()?;
            let (unit, by) = match a.unit {
                Unit::Decade => (Unit::Year, by.checked_mul(10)?),
                Unit::Century => (Unit::Year, by.checked_mul(100)?),
                u => (u, by),
            };
            When::Point(Base::Shift { unit, by, from: From::Published }, Within::Whole)
        }
        _ => When::Reference("PAST_REF"),
    };
    Some(Draft::of(&head, a.end, when))
}

/// After now, or after something: بعد ستة أشهر "in six months"; بعد يومين من الهجوم "two days after the attack" is the day that
/// the story is at. بعد أسابيع من "weeks after" tells no point, only a length.
pub(super) fn after(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (head, a, from) = distance(r, i, Opener::After)?;
    let when = match a.count {
        None if from => return None,
        Some(_) if from && a.exact && a.unit >= Unit::Day => {
            let unit = if a.unit == Unit::Week { Unit::Day } else { a.unit };
            When::Point(Base::Shift { unit, by: 0, from: From::Here }, Within::Whole)
        }
        Some(n) if a.exact && (Unit::Day..=Unit::Year).contains(&a.unit) => {
            When::After(a.unit, i32::try_from(n).ok()?)
        }
        _ => When::Reference("FUTURE_REF"),
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
    }

    #[test]
    fn after_now_or_something() {
        check("قد يعود بعد ستة أشهر.", &["بعد ستة أشهر=FUTURE_REF"]);
        check("سيصبح نافذا بعد 15 يوما.", &["بعد 15 يوما=2018-03-30"]);
        check("عاد بعد يومين من الهجوم.", &["بعد يومين=2018-03-15"]);
        check("عاد بعد أسابيع من الغياب.", &["أسابيع=PXW"]);
        check("بعد مرور يومين على الحادث.", &["يومين=P2D"]);
    }
}
