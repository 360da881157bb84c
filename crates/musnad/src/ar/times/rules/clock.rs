//! Parts of the day and times of the clock.

use super::super::numbers::{cardinal, ordinal};
use super::super::terms::{Count, Edge, Found, Opener, Part, Reader, Term, Toward, Unit};
use super::super::value::{Base, From, When, Within, part_code};
use super::Draft;
use super::day::{day, list_joint};
use super::month::opener;
use super::period::unit_toward;
use crate::document::{Classes, Kind};

const TODAY: Base = Base::Shift { unit: Unit::Day, by: 0, from: From::Published };

/// A part of the day at a token, with or without the article: صباح, بعد ظهر, قبل الظهر, بعد المغرب.
fn part(r: &Reader<'_>, i: usize) -> Option<(Part, Found, usize)> {
    if let Some((o @ (Opener::After | Opener::Before), head)) = opener(r, i) {
        let at = i + head.tokens;
        let (p, f) = r.next(at, |f| match f.term {
            Term::Part(p @ (Part::Noon | Part::Afternoon)) => Some(p),
            Term::Part(Part::Evening) if f.definite && r.row_word(f) == "مغرب" => Some(Part::Evening),
            _ => None,
        })?;
        let part = match (o, p) {
            (Opener::Before, Part::Noon) => Part::Morning,
            (Opener::After, Part::Evening) => Part::Evening,
            _ => Part::Afternoon,
        };
        return Some((part, head, at + f.tokens));
    }
    r.find(i, |f| match f.term {
        Term::Part(p) => Some(p),
        _ => None,
    })
    .map(|(p, f)| (p, *f, i + f.tokens))
}

/// A part of a day: صباح اليوم "this morning", فجر الأحد "at dawn on Sunday", مساء أمس السبت, بعد ظهر الجمعة, هذا الصباح,
/// الليلة الماضية "last night", ليل السبت الأحد "the night from Saturday to Sunday", منتصف ليل الخميس.
pub(super) fn part_of_day(r: &Reader<'_>, i: usize) -> Option<Draft> {
    if let Some((o @ (Opener::This | Opener::That | Opener::Same), head)) = opener(r, i) {
        let at = i + head.tokens;
        let (p, f) = r.next(at, |f| match f.term {
            // هذا العصر is "this age".
            Term::Part(p) if f.definite && p != Part::Afternoon => Some(p),
            _ => None,
        })?;
        let from = if o == Opener::This { From::Published } else { From::Named };
        let base = Base::Shift { unit: Unit::Day, by: 0, from };
        return Some(Draft::of(&head, at + f.tokens, When::Point(base, Within::Part(p))));
    }
    // ليل نهار "night and day" is always.
    if r.doc.word(i) == "ليل" && r.is_one(i + 1, &["نهار", "ونهار"]) {
        return None;
    }
    // منتصف النهار "midday", منتصف نهار الأحد.
    if let Some((_, head)) = r.find(i, |f| (f.term == Term::Edge(Edge::Middle) && !f.definite).then_some(()))
        && r.is_one(i + head.tokens, &["النهار", "نهار", "الظهر", "ظهر"])
    {
        let definite = r.doc.word(i + head.tokens).starts_with("ال");
        let at = i + head.tokens + 1;
        let of = if r.is(at, "من") { at + 1 } else { at };
        let (base, end) = match day(r, of).filter(|d| r.joined(of) && d.2 == 0) {
            Some((base, end, _)) => (base, end),
            None if definite => (Base::Shift { unit: Unit::Day, by: 0, from: From::Sentence }, at),
            None => return None,
        };
        return Some(Draft::of(head, end, When::Point(base, Within::Clock(12, 0))));
    }
    // منتصف الليل "midnight", منتصف ليل الخميس.
    if let Some((_, head)) = r.find(i, |f| (f.term == Term::Edge(Edge::Middle) && !f.definite).then_some(()))
    {
        let at = i + head.tokens;
        let (definite, f) = r.next(at, |f| (f.term == Term::Part(Part::Night)).then_some(f.definite))?;
        let end = at + f.tokens;
        // منتصف الليلة الماضية: the midnight with which today began.
        if definite && let Some((Toward::Last, 0, end)) = unit_toward(r, end) {
            return Some(Draft::of(head, end, When::Point(TODAY, Within::Clock(0, 0))));
        }
        let base = Base::Shift { unit: Unit::Day, by: 0, from: From::Sentence };
        let (base, end) = match day(r, end).filter(|d| r.joined(end) && d.2 == 0) {
            Some((base, end, _)) => (base, night_end(r, end)),
            None if definite => (base, end),
            None => return None,
        };
        return Some(Draft::of(head, end, When::Point(base, Within::Clock(0, 0))));
    }
    let (p, first, end) = part(r, i)?;
    // ليلا "at night", صباحا "in the morning", بعد الظهر "in the afternoon" of the day that is told of.
    if let Some(end) = alone(r, i, end) {
        return Some(Draft::of(&first, end, when_alone(r, i, end, p)));
    }
    let night = p == Part::Night && r.doc.word(i).ends_with("ليلة");
    if first.definite && first.tokens == end - i {
        // الليلة "tonight", الليلة الماضية "last night"; في الصباح "in the morning".
        if !night {
            let before = r.before(i);
            // عند الظهيرة "at noon", خلال الليل "during the night", حتى الصباح "until the morning"; not آلام الظهر "pains of the back".
            let alone = first.front.0 == 0
                && match r.row_word(&first) {
                    "صباح" | "مساء" | "ليل" => {
                        matches!(
                            before,
                            "في" | "منذ" | "خلال" | "اثناء" | "حتى" | "عند" | "مع" | "حلول" | "بحلول"
                        )
                    }
                    "ظهيرة" | "صبيحة" => true,
                    "ظهر" => matches!(before, "عند" | "حتى" | "وقت" | "حوالي"),
                    "فجر" => matches!(before, "عند" | "حتى" | "منذ" | "مع" | "حلول"),
                    _ => false,
                };
            // الصباح الباكر "the early morning".
            let end = if r.is(end, "الباكر") { end + 1 } else { end };
            return alone.then(|| Draft::of(&first, end, when_alone(r, i, end, p)));
        }
        let toward = unit_toward(r, end);
        let (by, end) = match toward {
            Some((Toward::Last, further, end)) => (-1 + further, end),
            Some(_) => return None,
            None if first.front.0 & crate::document::Proclitics::PREPOSITION != 0 => return None,
            None => (0, end),
        };
        if by == 0 && matches!(r.before(i), "في" | "ذات" | "تلك") {
            return None;
        }
        let base = Base::Shift { unit: Unit::Day, by, from: From::Published };
        return Some(Draft::of(&first, end, When::Point(base, Within::Part(p))));
    }
    let of = if r.is(end, "من") { end + 1 } else { end };
    let (base, stop, _) = day(r, of).filter(|d| r.joined(of) && d.2 == 0)?;
    let stop = if p == Part::Night { night_end(r, stop) } else { stop };
    let within = if p == Part::Noon { Within::Clock(12, 0) } else { Within::Part(p) };
    Some(Draft::of(&first, stop, When::Point(base, within)))
}

/// A part of the day that is told without a day.
fn when_alone(r: &Reader<'_>, i: usize, end: usize, p: Part) -> When {
    // عادة "usually" says that it recurs.
    let usually =
        (i.saturating_sub(4)..end + 3).any(|j| matches!(r.doc.word(j), "عادة" | "غالبا" | "دائما" | "غالب"));
    if usually { When::Set(format!("XXXX-XX-XX{}", part_code(p))) } else { When::PartAlone(p) }
}

/// The token after an adverb of a part of the day that stands alone: ليلا "at night", مساءً "in the evening" with its tanwin,
/// بعد الظهر "in the afternoon".
fn alone(r: &Reader<'_>, i: usize, end: usize) -> Option<usize> {
    let word = r.doc.word(i);
    let surface = r.doc.tokens.get(i).map_or("", |t| r.doc.text(t.span));
    let tanwin = surface.contains('\u{64b}');
    let fits = match word {
        "ليلا" | "صباحا" => true,
        // ظهرا and فجرا without the sign may be verbs of two.
        "مساء" | "مساءا" | "عصرا" | "ظهرا" | "فجرا" => tanwin,
        "بعد" | "قبل" => r.is(end.wrapping_sub(1), "الظهر") && end == i + 2,
        _ => false,
    };
    // ليلا ونهارا, صباح مساء: at all times. A day after it makes it the head of a phrase; بعد ظهر takes its day.
    let idiom = r.is_one(end, &["نهارا", "ونهارا", "مساء", "ومساء", "وليلا"])
        || matches!(r.before(i), "نهارا" | "صباحا" | "صلاة" | "اذان");
    let headed =
        r.joined(end) && day(r, if r.is(end, "من") { end + 1 } else { end }).is_some_and(|d| d.2 == 0);
    (fits && !idiom && !headed).then_some(end)
}

/// The token after the second day of a night that lies between two: ليل السبت الأحد, ليل السبت - الأحد.
fn night_end(r: &Reader<'_>, at: usize) -> usize {
    let next = if r.mark(at, '-') || r.mark(at, '/') || r.mark(at, '–') || r.is(at, "الى") {
        at + 1
    } else {
        at
    };
    match r.next(next, |f| matches!(f.term, Term::Weekday(_)).then_some(())) {
        Some((_, f)) => next + f.tokens,
        None => at,
    }
}

/// A part of the day as an adverb: صباحا, مساء, بعد الظهر. Not before the day that it would be the head of (مساء الأحد).
fn adverb(r: &Reader<'_>, at: usize) -> Option<(Part, usize)> {
    if !r.joined(at) {
        return None;
    }
    let (p, f, end) = part(r, at)?;
    let word = r.doc.word(at);
    let fits = f.front.0 == 0
        && (end > at + f.tokens
            || matches!(
                word,
                "صباحا"
                    | "مساء"
                    | "مساءا"
                    | "ليلا"
                    | "ظهرا"
                    | "فجرا"
                    | "عصرا"
                    | "الصبح"
                    | "العصر"
                    | "الفجر"
            ));
    let head = word == "مساء" && day(r, end).is_some_and(|d| r.joined(end) && d.2 == 0);
    (fits && !head).then_some((p, end))
}

/// A day and a part of it after it: اليوم صباحا "today in the morning", الأحد مساء "on Sunday evening".
pub(super) fn day_and_part(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (base, at, cut) = day(r, i)?;
    let (p, end) = adverb(r, at)?;
    let within = if p == Part::Noon { Within::Clock(12, 0) } else { Within::Part(p) };
    Some(Draft::new(cut, end, When::Point(base, within)))
}

/// A day and an hour of it after it: الخميس الساعة الثامنة مساء "on Thursday at 8 p.m.".
pub(super) fn day_and_clock(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (base, at, cut) = day(r, i)?;
    let hour = |f: &Found| (f.term == Term::Unit(Unit::Hour, Count::One) && f.definite).then_some(());
    r.next(at, hour)?;
    let draft = clock(r, at)?;
    // Only an hour without a day of its own is of this day.
    let When::Point(Base::Shift { from: From::Sentence, .. }, within) = draft.when else { return None };
    Some(Draft::new(cut, draft.end, When::Point(base, within)))
}

/// A time of the clock: الساعة الثالثة عصرا "3 p.m.", العاشرة صباحا، الاثنين "10 a.m., Monday", الثامنة والنصف من مساء أمس
/// "half past eight yesterday evening", 18:00.
pub(super) fn clock(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let word = r.find(i, |f| (f.term == Term::Unit(Unit::Hour, Count::One) && f.definite).then_some(()));
    let (cut, at, said) = match word {
        Some((_, f)) => (f.cut, i + f.tokens, true),
        None => (r.at(i).first().map_or(0, |f| f.cut), i, false),
    };
    if said && !r.joined(at) {
        return None;
    }
    // الساعة (11:59).
    let bracket = said && r.mark(at, '(');
    let Time { hour, minute, second, mut end, sure } = time(r, at + usize::from(bracket), said)?;
    if bracket {
        end = r.mark(end, ')').then_some(end + 1)?;
    }
    // عند الثامنة "at eight", قبل السابعة.
    let before = r.before(i);
    let sure = sure || !said && matches!(before, "عند" | "تمام") && closes(r, end);
    // إف 16 فجر أمس, قتل 8 فجر أمس: a bare number is an hour after a preposition only.
    let bare = !said && !sure && r.digits(i).is_some() && !BEFORE_HOUR.contains(&before);
    // The part of the day, with or without the day itself.
    let (mut hour, mut base) = (hour, None);
    let of = if r.is(end, "من") { end + 1 } else { end };
    let headed = part_of_day(r, of).filter(|d| r.joined(of) && d.cut == 0 && !(bare && in_day(d)));
    if let Some(Draft { end: stop, when: When::Point(day, within), .. }) = headed {
        let p = match within {
            Within::Part(p) => Some(p),
            Within::Clock(12, 0) => Some(Part::Noon),
            _ => None,
        };
        hour = p.map_or(hour, |p| on_the_day(hour, p));
        (base, end) = (Some(day), stop);
    } else if let Some((p, stop)) = adverb(r, end) {
        hour = on_the_day(hour, p);
        end = stop;
        let next = r.past_comma(end);
        let next = if next == end && r.is(end, "من") { end + 1 } else { next };
        if r.joined(next)
            && let Some((day, stop, 0)) = day(r, next)
        {
            (base, end) = (Some(day), stop);
        }
    } else if let Some((p, stop)) = in_part(r, end) {
        // السادسة في المساء.
        hour = on_the_day(hour, p);
        end = stop;
    } else if !sure {
        return None;
    } else if let Some((day, stop, 0)) = day(r, of).filter(|_| r.joined(of)) {
        (base, end) = (Some(day), stop);
    }
    if !(0..=24).contains(&hour) || hour == 24 && minute > 0 {
        return None;
    }
    end = past_zone(r, end);
    if base.is_none()
        && let Some((day, stop, 0)) = day(r, end).filter(|_| r.joined(end))
        && zone(r, end.saturating_sub(2))
    {
        // العاشرة بتوقيت غرينتش اليوم.
        (base, end) = (Some(day), stop);
    }
    let base = base.unwrap_or(Base::Shift { unit: Unit::Day, by: 0, from: From::Sentence });
    let base =
        if base == TODAY { Base::Shift { unit: Unit::Day, by: 0, from: From::Published } } else { base };
    let within = match second {
        Some(s) => Within::Seconds(hour, minute, s),
        None => Within::Clock(hour, minute),
    };
    Some(Draft::new(cut, end, When::Point(base, within)))
}

/// A part of the day after "in": في المساء "in the evening".
fn in_part(r: &Reader<'_>, at: usize) -> Option<(Part, usize)> {
    let (p, f) = r.next(at + 1, |f| match f.term {
        Term::Part(p) if f.definite => Some(p),
        _ => None,
    })?;
    r.is(at, "في").then_some((p, at + 1 + f.tokens))
}

/// Whether a part of the day is told with its day: فجر أمس.
fn in_day(d: &Draft) -> bool {
    matches!(d.when, When::Point(_, Within::Part(_) | Within::Clock(..)))
}

/// Words after which a bare number before a part of the day is an hour.
const BEFORE_HOUR: [&str; 16] = [
    "في",
    "عند",
    "حتى",
    "من",
    "منذ",
    "قبل",
    "بعد",
    "الى",
    "نحو",
    "حوالي",
    "قرابة",
    "بحلول",
    "تمام",
    "بين",
    "لغاية",
    "اليوم",
];

/// Whether a clause or phrase ends at a token, so that no noun follows that the word before would be an adjective of.
fn closes(r: &Reader<'_>, at: usize) -> bool {
    !r.joined(at)
        || r.doc.kind(at) != Some(Kind::Word)
        || r.doc.is(at, Classes::PREPOSITION.or(Classes::RELATIVE).or(Classes::THAT))
}

/// The first of two hours with one part of the day: من الثانية إلى الخامسة مساء "from two to five p.m.", بين الخامسة والسادسة
/// صباحا. It takes from the second what it does not say itself.
pub(super) fn listed_hour(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let word = r.find(i, |f| (f.term == Term::Unit(Unit::Hour, Count::One) && f.definite).then_some(()));
    let (cut, at) = match word {
        Some((_, f)) => (f.cut, i + f.tokens),
        None => (r.at(i).first().map_or(0, |f| f.cut), i),
    };
    let from = matches!(r.before(i), "من" | "بين");
    let Time { hour, minute, end, .. } = time(r, at, true).filter(|_| r.joined(at))?;
    // 4 - 5 مساء; without a preposition a list of numbers is no list of hours.
    if !(from || r.digits(i).is_some() && r.mark(end, '-')) {
        return None;
    }
    let next = list_joint(r, end)?;
    let second = clock(r, next)?;
    let When::Point(base, Within::Clock(to, _)) = second.when else { return None };
    // من 11 إلى الثانية ظهرا: the first lies before the second.
    let hour = if to > 12 && hour < 12 && hour + 12 <= to { hour + 12 } else { hour };
    (0..=24).contains(&hour).then(|| Draft::new(cut, end, When::Point(base, Within::Clock(hour, minute))))
}

/// The second of two hours: من الواحدة بعد الظهر إلى الرابعة "from one to four in the afternoon". It takes its part of the day and
/// its day from the first.
pub(super) fn second_hour(r: &Reader<'_>, i: usize) -> Option<Draft> {
    if !matches!(r.before(i), "الى" | "حتى") {
        return None;
    }
    let at = match r.find(i, |f| (f.term == Term::Unit(Unit::Hour, Count::One) && f.definite).then_some(())) {
        Some((_, f)) => i + f.tokens,
        None => i,
    };
    let Time { hour, minute, end, .. } = time(r, at, true).filter(|t| r.joined(at) && closes(r, t.end))?;
    // The first is at most five words long.
    let first = (i.saturating_sub(6)..i - 1)
        .filter(|j| r.joined(j + 1))
        .find_map(|j| clock(r, j).filter(|d| d.end + 1 == i))?;
    let When::Point(base, Within::Clock(from, _)) = first.when else { return None };
    let hour = if hour < 12 && hour < from { hour + 12 } else { hour };
    let cut = r.at(i).first().map_or(0, |f| f.cut);
    (0..=24).contains(&hour).then(|| Draft::new(cut, end, When::Point(base, Within::Clock(hour, minute))))
}

/// A time of the clock as it is read.
struct Time {
    hour: i8,
    minute: i8,
    second: Option<i8>,
    /// The token after it.
    end: usize,
    /// Whether it is a time without a part of the day beside it.
    sure: bool,
}

impl Time {
    fn new(hour: i8, minute: i8, end: usize, sure: bool) -> Self {
        Time { hour, minute, second: None, end, sure }
    }
}

/// The time of the clock at a token.
fn time(r: &Reader<'_>, i: usize, said: bool) -> Option<Time> {
    if let Some(h) = r.digits(i).filter(|d| d.len <= 2 && d.value <= 24) {
        let hour = h.value as i8;
        // 18:00, tight on both sides, so that a score (2 : 1) is none.
        if r.mark(i + 1, ':')
            && r.tight(i + 1)
            && r.tight(i + 2)
            && let Some(m) = r.digits(i + 2).filter(|d| d.len == 2 && d.value < 60)
        {
            let seconds = r.digits(i + 4).filter(|s| s.len == 2 && s.value < 60);
            let second = seconds.filter(|_| r.mark(i + 3, ':') && r.tight(i + 4)).map(|s| s.value as i8);
            let end = i + if second.is_some() { 5 } else { 3 };
            return Some(Time { hour, minute: m.value as i8, second, end, sure: true });
        }
        let (minute, back, end) = minutes(r, i + 1, said);
        return Some(Time::new(hour - back, minute, end, said || zone(r, end)));
    }
    // 0900 before its zone.
    let hundreds = r.digits(i).filter(|d| d.len == 4 && d.value < 2400 && d.value % 100 < 60);
    if let Some(d) = hundreds
        && zone(r, i + 1)
    {
        return Some(Time::new((d.value / 100) as i8, (d.value % 100) as i8, i + 1, true));
    }
    // 10.30 is one token.
    if (said || zone(r, i + 1)) && r.doc.kind(i) == Some(Kind::Number) {
        let (h, m) = r.doc.word(i).split_once(['.', ','])?;
        let (h, m) = (h.parse::<i8>().ok()?, m.parse::<i8>().ok().filter(|_| m.len() == 2)?);
        return ((0..24).contains(&h) && (0..60).contains(&m)).then(|| Time::new(h, m, i + 1, true));
    }
    let (h, end) = match ordinal(r, i) {
        Some((h, true, end)) if said || is_feminine(r, i) => (h, end),
        _ if said => cardinal(r, i)?,
        _ => return None,
    };
    let hour = i8::try_from(h).ok().filter(|h| (1..=12).contains(h))?;
    let named = end;
    let (minute, back, end) = minutes(r, end, said);
    // الثامنة والنصف "half past eight" is an hour without the word; والثانية والثلث may be shares.
    let half = end > named && matches!(minute, 15 | 30 | 45) && r.before(i) != "المرتبة";
    Some(Time::new(hour - back, minute, end, said || half || zone(r, end)))
}

/// The token after a zone and after the time in another zone in brackets: بتوقيت غرينتش, بالتوقيت المحلي, ت.غ, (18:00 ت.غ).
fn past_zone(r: &Reader<'_>, at: usize) -> usize {
    let mut end = at;
    if r.is_one(end, &["بتوقيت", "بالتوقيت", "لتوقيت", "توقيت"]) && r.joined(end + 1)
    {
        end += 2;
        // بتوقيت مكة المكرمة, بتوقيت شرق الولايات المتحدة: only the commonest go on.
        while r.is_one(end, &["المكرمة", "الصيفي", "الشرقي", "المحلي", "ابيب", "العالمي", "الموحد"])
        {
            end += 1;
        }
    } else if r.is(end, "ت") {
        end += zone_letters(r, end);
    }
    if r.mark(end, '(')
        && let Some(t) = time(r, end + 1, true)
    {
        let stop = past_zone_plain(r, t.end);
        if stop > t.end && r.mark(stop, ')') {
            return stop + 1;
        }
    }
    end
}

/// The token after a zone.
fn past_zone_plain(r: &Reader<'_>, at: usize) -> usize {
    if r.is_one(at, &["بتوقيت", "بالتوقيت", "لتوقيت", "توقيت"]) && r.joined(at + 1) {
        return at + 2;
    }
    if r.is(at, "ت") { at + zone_letters(r, at) } else { at }
}

/// How many tokens ت غ, ت.غ and ت.غ. take.
fn zone_letters(r: &Reader<'_>, at: usize) -> usize {
    let dotted = usize::from(r.mark(at + 1, '.'));
    if !r.is(at + 1 + dotted, "غ") {
        return 0;
    }
    let end = 2 + dotted;
    // The last full stop belongs to the letters only where the sentence goes on.
    end + usize::from(dotted > 0 && r.mark(at + end, '.') && r.joined(at + end + 1))
}

/// Whether the name of a zone stands at a token: بتوقيت غرينتش "Greenwich time", بالتوقيت المحلي "local time", ت.غ.
fn zone(r: &Reader<'_>, at: usize) -> bool {
    r.is_one(at, &["بتوقيت", "بالتوقيت", "لتوقيت", "توقيت"])
        || r.is(at, "ت") && (r.is(at + 1, "غ") || r.is(at + 2, "غ"))
}

fn is_feminine(r: &Reader<'_>, i: usize) -> bool {
    r.doc.word(i).ends_with('ة')
}

/// Minutes after the hour: والنصف "half past", وربع, إلا ربعا "a quarter to", و18 دقيقة. Gives the minutes, the hours to take
/// back, and the token after them.
fn minutes(r: &Reader<'_>, at: usize, said: bool) -> (i8, i8, usize) {
    let fraction = |f: &Found| match f.term {
        Term::Fraction(n) => i8::try_from(60 / n).ok(),
        _ => None,
    };
    if r.is(at, "الا") {
        if let Some((m, f)) = r.next(at + 1, fraction) {
            return (60 - m, 1, at + 1 + f.tokens);
        }
        // الثامنة إلا خمس دقائق "five minutes to eight".
        if let Some((m, end)) = cardinal(r, at + 1).filter(|_| r.joined(at + 1))
            && let Some((_, f)) = r.next(end, |f| matches!(f.term, Term::Unit(Unit::Minute, _)).then_some(()))
            && let Some(m) = i8::try_from(m).ok().filter(|m| *m < 60)
        {
            return (60 - m, 1, end + f.tokens);
        }
        return (0, 0, at);
    }
    let Some(next) = r.and(at) else { return (0, 0, at) };
    if let Some((m, f)) = r.find(next, fraction) {
        return (m, 0, next + f.tokens);
    }
    let minute = |f: &Found| matches!(f.term, Term::Unit(Unit::Minute, _)).then_some(());
    if let Some((m, end)) = cardinal(r, next)
        && let Some((_, f)) = r.next(end, minute)
        && let Some(m) = i8::try_from(m).ok().filter(|m| *m < 60)
    {
        return (m, 0, end + f.tokens);
    }
    // السابعة وخمس وثلاثين مساء: before the part of the day the minutes need no word of their own.
    if let Some((m, end)) = cardinal(r, next)
        && (said || adverb(r, end).is_some())
        && let Some(m) = i8::try_from(m).ok().filter(|m| (5..60).contains(m))
        && (closes(r, end) || adverb(r, end).is_some())
    {
        return (m, 0, end);
    }
    (0, 0, at)
}

/// The hour of the day, 0 to 23, that an hour of the clock is in a part of it.
fn on_the_day(hour: i8, part: Part) -> i8 {
    match part {
        Part::Morning if hour == 12 => 0,
        Part::Morning => hour,
        Part::Noon if hour < 10 => hour + 12,
        Part::Noon => hour,
        Part::Afternoon | Part::Evening if hour < 12 => hour + 12,
        Part::Afternoon => hour,
        Part::Evening => hour,
        // الواحدة ليلا is after midnight, العاشرة ليلا before it.
        Part::Night if hour == 12 => 0,
        Part::Night if (6..12).contains(&hour) => hour + 12,
        Part::Night => hour,
    }
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn parts_of_days() {
        check("وصل صباح اليوم وغادر مساء أمس.", &["صباح اليوم=2018-03-15TMO", "مساء أمس=2018-03-14TEV"]);
        check("بدأ فجر الأحد وانتهى ظهر الاثنين.", &["فجر الأحد=2018-03-11TMO", "ظهر الاثنين=2018-03-12T12:00"]);
        check("استقال هذا الصباح.", &["هذا الصباح=2018-03-15TMO"]);
        check("قصفت الليلة الماضية.", &["الليلة الماضية=2018-03-14TNI"]);
        check("قصفت ليل السبت الأحد.", &["ليل السبت الأحد=2018-03-10TNI"]);
        check("اجتمعوا بعد ظهر الجمعة.", &["بعد ظهر الجمعة=2018-03-09TAF"]);
        check("التقوا الأحد مساء.", &["الأحد مساء=2018-03-11TEV"]);
        check("تجمع النفايات عادة في الصباح.", &["الصباح=XXXX-XX-XXTMO"]);
        check("قصفتها ليلا وعاد الهدوء بعد الظهر.", &["ليلا=2018-03-15TNI", "بعد الظهر=2018-03-15TAF"]);
        check("عملوا ليلا ونهارا رغم آلام الظهر.", &[]);
        check(
            "وقع منتصف نهار الأحد ومنتصف النهار.",
            &["منتصف نهار الأحد=2018-03-11T12:00", "منتصف النهار=2018-03-11T12:00"],
        );
        check("فجر نفسه وظهر في المغرب. الشيخ صباح الأحمد في هذا العصر.", &[]);
    }

    #[test]
    fn hours() {
        check("وصل في الساعة الثالثة عصرا.", &["الساعة الثالثة عصرا=2018-03-15T15:00"]);
        check("وصل قبل العاشرة صباحا، الاثنين.", &["العاشرة صباحا، الاثنين=2018-03-12T10:00"]);
        check("وصل عند الثامنة والنصف من مساء أمس.", &["الثامنة والنصف من مساء أمس=2018-03-14T20:30"]);
        check("وقع عند الساعة 18:05 بتوقيت غرينتش.", &["الساعة 18:05 بتوقيت غرينتش=2018-03-15T18:05"]);
        check("وقع الأحد عند 20:30 ت غ.", &["الأحد=2018-03-11", "20:30 ت غ=2018-03-11T20:30"]);
        check(
            "وقع في الساعة الثامنة مساء (18:00 ت.غ) أمس.",
            &["الساعة الثامنة مساء (18:00 ت.غ)=2018-03-15T20:00", "أمس=2018-03-14"],
        );
        check("بدأ في 7:56:30 مساء.", &["7:56:30 مساء=2018-03-15T19:56:30"]);
        check("وصل عند الثامنة والنصف.", &["الثامنة والنصف=2018-03-15T08:30"]);
        check("الساعة الثامنة إلا خمس دقائق مساء.", &["الساعة الثامنة إلا خمس دقائق مساء=2018-03-15T19:55"]);
        check(
            "من الثانية إلى الخامسة مساء أمس.",
            &["الثانية=2018-03-14T14:00", "الخامسة مساء أمس=2018-03-14T17:00"],
        );
        check("المرتبة الثامنة والربع الأخير.", &[]);
        check(
            "أغارت طائرات إف 16 فجر أمس، وقتل 8 مساء الأحد.",
            &["فجر أمس=2018-03-14TMO", "مساء الأحد=2018-03-11TEV"],
        );
        check("وصل في 8 مساء الأحد.", &["8 مساء الأحد=2018-03-11T20:00"]);
        check(
            "من الواحدة بعد الظهر إلى الرابعة.",
            &["الواحدة بعد الظهر=2018-03-15T13:00", "الرابعة=2018-03-15T16:00"],
        );
        check("يجتمعون الأحد الساعة السابعة مساء.", &["الأحد الساعة السابعة مساء=2018-03-18T19:00"]);
        check("الساعة الثانية عشرة إلا ربعا ظهرا.", &["الساعة الثانية عشرة إلا ربعا ظهرا=2018-03-15T11:45"]);
        check("للمرة الثانية فاز 2 : 1.", &[]);
    }
}
