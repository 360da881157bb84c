//! Points that are only said to lie before, after or now: حاليا "at present", في وقت لاحق "later", المرحلة المقبلة.

use super::super::terms::{Count, Found, Opener, Part, Reader, Stretch, Term, Toward, Unit};
use super::super::value::{Base, From, When, Within};
use super::Draft;
use super::clock;
use super::day::day;
use super::month::{month, opener};
use super::period::{period, unit_toward};
use crate::document::{Classes, Kind, Proclitics};

/// Adverbs: حاليا "at present", مؤخرا "recently", لاحقا "later", الآونة الأخيرة "recent times".
pub(super) fn reference(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (value, f) = r.find(i, |f| match f.term {
        Term::Reference(v) => Some(v),
        _ => None,
    })?;
    let end = i + f.tokens;
    match r.doc.bare(i) {
        // آلان, a name, is spelled like الآن "now" without its signs.
        "الان" if r.doc.text(r.span(i, f.cut, i + 1)).starts_with('آ') => return None,
        // وأخيرا closes a list, and أخيرا at the beginning of a sentence a text: "finally".
        "اخيرا" if f.front.any(Proclitics::AND) || begins_sentence(r, i) => return None,
        // وزيرا سابقا "a former minister" is an adjective; قريبا من "close to".
        "سابقا" | "لاحقا" if is_accusative(r, i) => return None,
        "قريبا" if r.is(end, "من") || r.is(end, "جدا") && r.is(end + 1, "من") || is_accusative(r, i) =>
        {
            return None;
        }
        _ => {}
    }
    Some(Draft::of(f, end, When::Reference(value)))
}

fn begins_sentence(r: &Reader<'_>, i: usize) -> bool {
    r.doc.sentence(i).is_some_and(|(_, s)| s.tokens.start as usize == i)
}

/// Whether the word before is an indefinite noun in the accusative, so that this one may be its adjective.
fn is_accusative(r: &Reader<'_>, i: usize) -> bool {
    let before = r.before(i);
    before.ends_with('ا') && before.chars().count() > 3 && !before.ends_with("وا") && !before.ends_with("ها")
}

/// How long a stretch is said to be.
const LONG: [&str; 9] = ["طويلة", "قصيرة", "وجيزة", "طويل", "قصير", "وجيز", "بسيطة", "قريبة", "بعيدة"];

/// The token after what says how long a stretch is: قصيرة, زمنية وجيزة, قصير جدا.
fn past_long(r: &Reader<'_>, at: usize) -> usize {
    let from = if r.is_one(at, &["زمنية", "زمني"]) { at + 1 } else { at };
    if !r.is_one(from, &LONG) {
        return at;
    }
    if r.is_one(from + 1, &["جدا", "نسبيا"]) { from + 2 } else { from + 1 }
}

/// Stretches without a length: وقت لاحق "a later time", وقت سابق اليوم "earlier today", الفترة المقبلة "the coming period",
/// الوقت الراهن "the present time", هذه الأيام "these days", في المستقبل "in the future", في الماضي "in the past".
pub(super) fn stretch(r: &Reader<'_>, i: usize) -> Option<Draft> {
    if let Some((Opener::This, head)) = opener(r, i) {
        let at = i + head.tokens;
        let (_, f) =
            r.next(at, |f| (f.definite && f.term == Term::Unit(Unit::Day, Count::Many)).then_some(()))?;
        return Some(Draft::of(&head, at + f.tokens, When::Reference("PRESENT_REF")));
    }
    // في الماضي: the adjective stands for a noun.
    if r.before(i) == "في" {
        let past = r.find(i, |f| {
            (matches!(f.term, Term::Toward(Toward::Last | Toward::Previous)) && f.front.0 == 0).then_some(())
        });
        if let Some((_, f)) = past {
            let alone = matches!(r.doc.word(i), "الماضي" | "السابق") && !r.before(i - 1).starts_with("ال");
            return alone.then(|| Draft::of(f, i + f.tokens, When::Reference("PAST_REF")));
        }
    }
    // ذلك الحين "that time", تلك الفترة.
    if let Some((Opener::That, head)) = opener(r, i) {
        let at = i + head.tokens;
        let then = |f: &Found| {
            let term = matches!(f.term, Term::Stretch(Stretch::Moment | Stretch::Time | Stretch::Period));
            (f.definite && term).then_some(())
        };
        let (_, f) = r.next(at, then)?;
        return Some(Draft::of(&head, at + f.tokens, When::Then));
    }
    // قبل فترة قصيرة "a short while ago", بعد وقت قصير "a short while after".
    if let Some((o @ (Opener::Before | Opener::After), head)) = opener(r, i) {
        let at = i + head.tokens;
        let (kind, f) = r.next(at, |f| match f.term {
            Term::Stretch(s @ (Stretch::Period | Stretch::Time)) if !f.definite => Some(s),
            _ => None,
        })?;
        let named = at + f.tokens;
        let end = past_long(r, named);
        let complement = r.joined(end)
            && (r.doc.word(end).starts_with("ال")
                || o == Opener::After && end == named && (r.is(end, "من") || !closes(r, end)));
        if complement || end == named && kind == Stretch::Time {
            return None;
        }
        let when = if o == Opener::Before { When::Reference("PAST_REF") } else { When::Afterwards };
        return Some(Draft::of(&head, end, when));
    }
    if let Some(draft) = hours_of(r, i) {
        return Some(draft);
    }
    // ساعة متأخرة من مساء السبت "a late hour on Saturday evening".
    if let Some((_, f)) =
        r.find(i, |f| (f.term == Term::Unit(Unit::Hour, Count::One) && !f.definite).then_some(()))
    {
        let at = i + f.tokens;
        let inner = if r.is(at + 1, "من") { at + 2 } else { at + 1 };
        let (when, end) =
            inner_point(r, inner).filter(|_| r.is_one(at, &["متاخرة", "مبكرة"]) && r.joined(inner))?;
        return Some(Draft::of(f, end, when));
    }
    let (kind, f) = r.find(i, |f| match f.term {
        Term::Stretch(s) => Some(s),
        _ => None,
    })?;
    let end = i + f.tokens;
    let reference = |value: &'static str, end: usize| Some(Draft::of(f, end, When::Reference(value)));
    if kind == Stretch::Future {
        let here = f.definite && (matches!(r.before(i), "في") || f.front.any(Proclitics::BI));
        let near =
            if r.is_one(end, &["القريب", "البعيد", "المنظور"]) { end + 1 } else { end };
        return if here { reference("FUTURE_REF", near) } else { None };
    }
    if f.definite {
        return match unit_toward(r, end) {
            Some((Toward::Current, 0, end)) => reference("PRESENT_REF", end),
            Some((Toward::Next | Toward::Following, 0, end)) if kind != Stretch::Time => {
                reference("FUTURE_REF", end)
            }
            Some((Toward::Last | Toward::Previous | Toward::Recent, 0, end)) if kind == Stretch::Period => {
                reference("PAST_REF", end)
            }
            _ => None,
        };
    }
    let adjective = r.doc.word(end);
    let fits = r.joined(end)
        && match kind {
            Stretch::Time => matches!(adjective, "سابق" | "لاحق" | "متاخر" | "مبكر" | "قريب"),
            Stretch::Period => matches!(adjective, "لاحقة" | "سابقة"),
            Stretch::Stage => matches!(adjective, "لاحقة"),
            Stretch::Future | Stretch::Moment => false,
        };
    if fits {
        // وقت سابق من صباح اليوم: what follows tells the day, and the whole is one expression.
        let inner = if r.is(end + 1, "من") { end + 2 } else { end + 1 };
        if r.joined(inner)
            && let Some((when, end)) = inner_point(r, inner)
        {
            return Some(Draft::of(f, end, when));
        }
        return match adjective {
            "سابق" | "سابقة" => reference("PAST_REF", end + 1),
            "لاحق" | "لاحقة" | "قريب" => reference("FUTURE_REF", end + 1),
            _ => None,
        };
    }
    // منذ فترة طويلة "for a long time".
    let before = r.before(i);
    let past = past_long(r, end);
    let long = past > end;
    let since = matches!(before, "منذ" | "من" | "بعد" | "قبل" | "خلال" | "طوال" | "مدى" | "في" | "غضون")
        || f.front.any(Proclitics::LI);
    let taken = match before {
        "منذ" => kind == Stretch::Period || kind == Stretch::Time && long,
        _ => since && long && kind == Stretch::Period,
    };
    taken.then(|| Draft::of(f, past, When::Length("PXD".to_owned())))
}

/// Whether no noun follows that the word before could be the head of.
fn closes(r: &Reader<'_>, at: usize) -> bool {
    !r.joined(at)
        || r.doc.kind(at) != Some(Kind::Word)
        || r.doc.is(at, Classes::PREPOSITION.or(Classes::RELATIVE).or(Classes::THAT))
        || r.doc.readings(at).iter().any(|x| x.proclitics.any(Proclitics::AND))
}

/// Hours of a day or of a part of it: الساعات الأولى من فجر الأحد "the first hours of Sunday's dawn", الساعات الأولى من يوم الاثنين,
/// ساعات الصباح الأولى "the first hours of the morning".
fn hours_of(r: &Reader<'_>, i: usize) -> Option<Draft> {
    const WHICH: [&str; 5] = ["الاولى", "المبكرة", "المتاخرة", "الاخيرة", "القليلة"];
    let (_, f) = r.find(i, |f| (f.term == Term::Unit(Unit::Hour, Count::Many)).then_some(()))?;
    let at = i + f.tokens;
    if f.definite {
        let of = if r.is(at + 1, "من") { at + 2 } else { return None };
        let (when, end) = inner_point(r, of).filter(|_| r.is_one(at, &WHICH) && r.joined(of))?;
        let late = r.is_one(at, &["المتاخرة", "الاخيرة"]);
        return Some(Draft::of(f, end, of_hours(when, late)));
    }
    let (p, g) = r.next(at, |f| match f.term {
        Term::Part(p) if f.definite => Some(p),
        _ => None,
    })?;
    let which = at + g.tokens;
    let end = if r.is_one(which, &WHICH) { which + 1 } else { return None };
    let of = if r.is(end, "من") { end + 1 } else { end };
    Some(match day(r, of).filter(|d| r.joined(of) && d.2 == 0) {
        Some((base, stop, _)) => Draft::of(f, stop, When::Point(base, Within::Part(p))),
        None => Draft::of(f, end, When::PartAlone(p)),
    })
}

/// The first or last hours of a day are its morning or night.
fn of_hours(when: When, late: bool) -> When {
    match when {
        When::Point(
            base @ (Base::Shift { unit: Unit::Day, .. }
            | Base::Weekday { .. }
            | Base::DayAndWeekday { .. }
            | Base::Month { day: Some(_), .. }),
            Within::Whole,
        ) => When::Point(base, Within::Part(if late { Part::Night } else { Part::Morning })),
        when => when,
    }
}

/// A day, a part of it, or a week, month or year at a token.
fn inner_point(r: &Reader<'_>, at: usize) -> Option<(When, usize)> {
    let plain = |f: &&Found| f.front.0 == 0;
    if !r.at(at).iter().any(|f| plain(&f)) && r.digits(at).is_none() {
        return None;
    }
    let day = day(r, at).map(|(base, end, _)| (When::Point(base, Within::Whole), end));
    let named = [clock::part_of_day, period, month].into_iter().filter_map(|read| read(r, at));
    let best =
        day.into_iter().chain(named.map(|d| (d.when, d.end))).reduce(|a, b| if b.1 > a.1 { b } else { a });
    let best = best.or_else(|| {
        // وقت متأخر من الليل "late at night".
        let (p, f) = r.next(at, |f| match f.term {
            Term::Part(p) if f.definite => Some(p),
            _ => None,
        })?;
        Some((When::PartAlone(p), at + f.tokens))
    });
    best.or_else(|| {
        // وقت سابق من الشهر "earlier this month".
        let (unit, f) = r.next(at, |f| match f.term {
            Term::Unit(u @ (Unit::Week | Unit::Month | Unit::Year), Count::One) if f.definite => Some(u),
            _ => None,
        })?;
        let base = Base::Shift { unit, by: 0, from: From::Published };
        Some((When::Point(base, Within::Whole), at + f.tokens))
    })
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn adverbs() {
        check("يقيم حاليا هناك وزارها مؤخرا.", &["حاليا=PRESENT_REF", "مؤخرا=PAST_REF"]);
        check("سيعلن ذلك لاحقا.", &["لاحقا=FUTURE_REF"]);
        check("كان وزيرا سابقا قريبا من المكان. وأخيرا نام.", &[]);
        check("غادر فورا، وكان دائما يأتي من قبل هذه المرة.", &[]);
    }

    #[test]
    fn stretches() {
        check("سيتصل في وقت لاحق اليوم.", &["وقت لاحق اليوم=2018-03-15"]);
        check("قال في وقت سابق.", &["وقت سابق=PAST_REF"]);
        check("قال في وقت متأخر من مساء الأحد.", &["وقت متأخر من مساء الأحد=2018-03-11TEV"]);
        check("قال في ساعة متأخرة من الليل.", &["ساعة متأخرة من الليل=2018-03-15TNI"]);
        check("في الساعات الأولى من صباح الأحد.", &["الساعات الأولى من صباح الأحد=2018-03-11TMO"]);
        check("في ساعات الفجر الأولى من يوم الأحد.", &["ساعات الفجر الأولى من يوم الأحد=2018-03-11TMO"]);
        check("زارها في 2009، ومنذ ذلك الحين لم يعد.", &["2009=2009", "ذلك الحين=2009"]);
        check("أعلن ذلك بعد وقت قصير من وصوله.", &["بعد وقت قصير=PAST_REF"]);
        check("سيعلن ذلك بعد فترة وجيزة.", &["بعد فترة وجيزة=FUTURE_REF"]);
        check("بعد فترة من الهدوء.", &[]);
        check("في المستقبل وفي المرحلة المقبلة.", &["المستقبل=FUTURE_REF", "المرحلة المقبلة=FUTURE_REF"]);
        check("حتى الوقت الراهن.", &["الوقت الراهن=PRESENT_REF"]);
        check("تيار المستقبل والماضي.", &[]);
    }
}
