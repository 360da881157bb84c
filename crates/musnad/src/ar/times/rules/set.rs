//! What recurs: كل يوم, يوميا, أيام الجمعة.

use super::super::numbers::cardinal;
use super::super::terms::{Count, Found, Opener, Reader, Term, Unit};
use super::super::value::{When, length, part_code};
use super::Draft;
use super::length::fraction;
use super::month::opener;
use crate::document::Kind;

/// With "every": كل يوم "every day", كل ثلاثة أشهر "every three months", كل يوم جمعة "every Friday", كل صباح "every morning".
pub(super) fn every(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (Opener::Every, head) = opener(r, i)? else { return None };
    let at = i + head.tokens;
    if !r.joined(at) {
        return None;
    }
    let weekday = |f: &Found| match f.term {
        Term::Weekday(d) | Term::BareWeekday(d) => Some(d),
        _ => None,
    };
    let unit = r.next(at, |f| match f.term {
        Term::Unit(u, Count::One) if !f.definite => Some(u),
        _ => None,
    });
    let (value, end) = if let Some((unit, f)) = unit {
        let after = at + f.tokens;
        match r.next(after, weekday).filter(|_| unit == Unit::Day) {
            Some((d, g)) => (format!("XXXX-WXX-{d}"), after + g.tokens),
            // كل عام وأنتم بخير is a greeting.
            None if r.doc.word(after).starts_with("وانت") => return None,
            None => (length(unit, Some(1)), after),
        }
    } else if let Some(Draft { end, when: When::Length(value), .. }) = fraction(r, at) {
        (value, end)
    } else if let Some((d, f)) =
        // كل أحد "everybody" and كل اثنين "every two" need the word "day".
        r
            .next(at, weekday)
            .filter(|(_, f)| f.definite || !matches!(f.term, Term::BareWeekday(1 | 7)))
    {
        (format!("XXXX-WXX-{d}"), at + f.tokens)
    } else if let Some((s, f)) = r.next(at, |f| match f.term {
        Term::Season(s) if !f.definite => Some(s),
        _ => None,
    }) {
        (format!("XXXX-{s}"), at + f.tokens)
    } else if let Some((p, f)) = r.next(at, |f| match f.term {
        Term::Part(p) if !f.definite => Some(p),
        _ => None,
    }) {
        (format!("XXXX-XX-XX{}", part_code(p)), at + f.tokens)
    } else {
        let two = r.next(at, |f| match f.term {
            Term::Unit(u, Count::Two) if !f.definite => Some(u),
            _ => None,
        });
        match two {
            Some((u, f)) => (length(u, Some(2)), at + f.tokens),
            None => {
                let (n, next) = cardinal(r, at)?;
                let (u, f) = r.next(next, |f| match f.term {
                    Term::Unit(u, _) if !f.definite => Some(u),
                    _ => None,
                })?;
                (length(u, Some(n)), next + f.tokens)
            }
        }
    };
    Some(Draft::of(&head, end, When::Set(value)))
}

/// Without it: يوميا "daily", أيام الجمعة "on Fridays", مرتين في الأسبوع "twice a week", في اليوم الواحد "a day".
pub(super) fn habit(r: &Reader<'_>, i: usize) -> Option<Draft> {
    if let Some((unit, f)) = r.find(i, |f| match f.term {
        Term::Unit(u, Count::One) if f.definite && u >= Unit::Day => Some(u),
        _ => None,
    }) && r.before(i) == "في"
    {
        let end = i + f.tokens;
        let one = usize::from(r.is_one(end, &["الواحد", "الواحدة"]));
        let once =
            |back: usize| i >= back && matches!(r.doc.bare(i - back), "مرة" | "مرتين" | "مرتان" | "مرات");
        // مرات كثيرة في اليوم "many times a day".
        let times = once(2) || once(3) && r.is_one(i - 2, &["كثيرة", "عدة", "عديدة", "واحدة"]);
        // مرة في العام الماضي is once.
        let other = r.joined(end + one)
            && r.doc.word(end + one).starts_with("ال")
            && r.doc.kind(end + one) == Some(Kind::Word);
        return (times && !other || one > 0)
            .then(|| Draft::of(f, end + one, When::Set(length(unit, Some(1)))));
    }
    if let Some((rate, f)) = r.find(i, |f| match f.term {
        Term::Rate(v) => Some(v),
        _ => None,
    }) {
        return Some(Draft::of(f, i + f.tokens, When::Set(rate.to_owned())));
    }
    let (_, first) =
        r.find(i, |f| (f.term == Term::Unit(Unit::Day, Count::Many) && !f.definite).then_some(()))?;
    let at = i + first.tokens;
    let (d, f) = r.next(at, |f| match f.term {
        Term::Weekday(d) => Some(d),
        _ => None,
    })?;
    // أيام الجمعة والسبت والأحد are three days, not one that recurs.
    if r.and(at + f.tokens)
        .is_some_and(|n| r.find(n, |f| matches!(f.term, Term::Weekday(_)).then_some(())).is_some())
    {
        return None;
    }
    Some(Draft::of(first, at + f.tokens, When::Set(format!("XXXX-WXX-{d}"))))
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn sets() {
        check("تجمع يوميا وتنشر كل أسبوع.", &["يوميا=P1D", "كل أسبوع=P1W"]);
        check("يجتمعون كل ثلاثة أشهر.", &["كل ثلاثة أشهر=P3M"]);
        check("يتظاهرون كل يوم جمعة وأيام السبت.", &["كل يوم جمعة=XXXX-WXX-5", "أيام السبت=XXXX-WXX-6"]);
        check("يستيقظ كل صباح.", &["كل صباح=XXXX-XX-XXTMO"]);
        check("يتناوله كل ربع ساعة.", &["كل ربع ساعة=PT15M"]);
        check("يحتفلون في 30 مارس من كل عام.", &["30 مارس من كل عام=XXXX-03-30"]);
        check("كل عام وأنتم بخير، وكل أحد يعرف ذلك.", &[]);
        check("يزورونها كل صيف، مرتين في الأسبوع.", &["كل صيف=XXXX-SU", "الأسبوع=P1W"]);
        check("زارها مرة في العام الماضي.", &["العام الماضي=2017"]);
    }
}
