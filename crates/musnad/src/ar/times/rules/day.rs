//! Days: by their distance from today, by the weekday, by the calendar.

use super::super::numbers::{cardinal, ordinal};
use super::super::terms::{Count, Found, Opener, Reader, Term, Toward, Unit};
use super::super::value::{Base, Counted, From, Of, When, Within, Year};
use super::Draft;
use super::month::{aliases, hijri_tail, tail};
use super::period::unit_toward;

fn whole(first: &Found, end: usize, base: Base) -> Draft {
    Draft::of(first, end, When::Point(base, Within::Whole))
}

/// Any day, as far as the rules of this file know it.
pub(super) fn day(r: &Reader<'_>, i: usize) -> Option<(Base, usize, u8)> {
    let rules = [relative_day, weekday, day_of_month, numeric, day_of_this_month, day_period];
    let mut best: Option<(Base, usize, u8)> = None;
    for read in rules {
        if let Some(Draft { cut, end, when: When::Point(base, Within::Whole) }) = read(r, i)
            && best.as_ref().is_none_or(|b| b.1 < end)
        {
            best = Some((base, end, cut));
        }
    }
    best
}

/// A day by its place: اليوم نفسه "the same day", نفس اليوم, هذا اليوم.
fn day_period(r: &Reader<'_>, i: usize) -> Option<Draft> {
    super::period::period(r, i)
        .filter(|d| matches!(d.when, When::Point(Base::Shift { unit: Unit::Day, .. }, _)))
}

/// Where a second name of the same day may begin: at once, after a comma, or in brackets; and whether in brackets.
fn apposition(r: &Reader<'_>, at: usize) -> [(usize, bool); 2] {
    let comma = r.past_comma(at);
    let bracket = if r.mark(at, '(') { at + 1 } else { at };
    [(comma, false), (bracket, true)]
}

/// The day told once more by the weekday or the calendar (أمس الثلاثاء, اليوم الاثنين 12 مايو): the weekday, what the calendar
/// says, and the token after it.
fn told_again(r: &Reader<'_>, at: usize) -> (Option<i8>, Option<Base>, usize) {
    for (next, bracket) in apposition(r, at) {
        if bracket && next == at {
            continue;
        }
        let closed = |end: usize| if bracket { r.mark(end, ')').then_some(end + 1) } else { Some(end) };
        let named = r.next(next, |f| match f.term {
            Term::Weekday(d) => Some(d),
            _ => None,
        });
        if let Some((weekday, f)) = named {
            let after = next + f.tokens;
            // أمس الجمعة الماضي would be a Friday of its own.
            if r.next(after, |f| matches!(f.term, Term::Toward(_)).then_some(())).is_some() {
                continue;
            }
            let Some(after) = closed(after) else { continue };
            let (base, end) = calendar_again(r, after);
            return (Some(weekday), base, end);
        }
        let (base, end) = calendar_again(r, next);
        if base.is_some()
            && let Some(end) = closed(end)
        {
            return (None, base, end);
        }
    }
    (None, None, at)
}

/// The day told once more by the calendar, or by both calendars: الثلاثاء 17 يوليو, الأربعاء (5 أغسطس), الخميس الموافق 14 شباط,
/// الأحد (10/10/1436هـ) الموافق (26/7/2015م).
fn calendar_again(r: &Reader<'_>, at: usize) -> (Option<Base>, usize) {
    let (first, end) = calendar_once(r, at);
    if let Some(Base::Hijri { .. }) = first {
        let (second, stop) = calendar_once(r, end);
        if let Some(Base::Month { .. }) = second {
            return (second, stop);
        }
    }
    (first, end)
}

fn calendar_once(r: &Reader<'_>, at: usize) -> (Option<Base>, usize) {
    let comma = r.past_comma(at);
    let start = if r.is_one(comma, &["الموافق", "المصادف", "الموافقة"]) {
        comma + 1
    } else {
        at
    };
    for (next, bracket) in apposition(r, start) {
        if bracket && next == start {
            continue;
        }
        let next = if r.is_one(next, &["الموافق", "المصادف"]) { next + 1 } else { next };
        if !r.joined(next) {
            continue;
        }
        // الاثنين في 18 شباط.
        let next = if !bracket && r.is(next, "في") && r.joined(next + 1) { next + 1 } else { next };
        for read in [day_of_month, numeric, day_of_this_month, day_and_month] {
            if let Some(Draft { end, when: When::Point(base, _), .. }) = read(r, next) {
                if !bracket {
                    return (Some(base), end);
                }
                if r.mark(end, ')') {
                    return (Some(base), end + 1);
                }
            }
        }
    }
    (None, at)
}

/// A day by its distance from today: أمس "yesterday", اليوم الاثنين "today, Monday", أول من أمس "the day before yesterday",
/// بعد غد "the day after tomorrow", يوم غد "tomorrow".
pub(super) fn relative_day(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let day_word = |f: &Found| match f.term {
        Term::Day(d) => Some(d),
        _ => None,
    };
    // يوم before it, and يوم alone before "before" and "after": يوم بعد غد.
    let day_unit = r.find(i, day_unit);
    let (head, start) = match day_unit {
        Some((_, f)) => (Some(*f), i + f.tokens),
        None => (None, i),
    };
    let find = |j: usize, want: &dyn Fn(&Found) -> Option<i32>| {
        if j > i { r.next(j, want).map(|x| (x.0, *x.1)) } else { r.find(j, want).map(|x| (x.0, *x.1)) }
    };
    let opener = |o: Opener| move |f: &Found| (f.term == Term::Opener(o)).then_some(0);
    let (by, first, end) = if let Some((d, f)) = find(start, &day_word) {
        if d == 0 && (head.is_some() || !means_today(r, start, start + f.tokens)) {
            return None;
        }
        if d == 1 && f.definite && r.before(i) == "حزب" {
            return None;
        }
        let end = start + f.tokens;
        // أمس الأول "the day before yesterday".
        let before = (d == -1)
            .then(|| r.next(end, |f| (f.term == Term::Ordinal(1) && f.definite).then_some(())))
            .flatten();
        match before {
            Some((_, g)) => (-2, head.unwrap_or(f), end + g.tokens),
            None => (d, head.unwrap_or(f), end),
        }
    } else if let Some((_, f)) =
        find(start, &|f: &Found| (f.term == Term::Ordinal(1) && !f.definite).then_some(0))
    {
        let at = start + f.tokens;
        let at = if r.is(at, "من") { at + 1 } else { at };
        let (_, g) = r.next(at, |f| day_word(f).filter(|d| *d == -1))?;
        (-2, head.unwrap_or(f), at + g.tokens)
    } else if let Some((_, f)) = find(start, &opener(Opener::Before)) {
        // قبل أمس, قبل يوم أمس.
        let at = start + f.tokens;
        let at = r.next(at, self::day_unit).map_or(at, |(_, g)| at + g.tokens);
        let (_, g) = r.next(at, |f| day_word(f).filter(|d| *d == -1))?;
        (-2, head.unwrap_or(f), at + g.tokens)
    } else if let Some((_, f)) = find(start, &opener(Opener::After)) {
        let (_, g) = r.next(start + f.tokens, |f| day_word(f).filter(|d| *d == 1))?;
        (2, head.unwrap_or(f), start + f.tokens + g.tokens)
    } else {
        return None;
    };
    let (weekday, again, end) = told_again(r, end);
    if by == 0 && weekday.is_none() && again.is_none() && means_nowadays(r, i, end) {
        return Some(Draft::of(&first, end, When::Reference("PRESENT_REF")));
    }
    // قال الاثنين: «أغادر اليوم»: a source's own "today" is the day of its words.
    let quoted = by == 0 && r.doc.quote(i).is_some();
    let base = again.unwrap_or(match weekday {
        Some(weekday) => Base::DayAndWeekday { by, weekday },
        None if quoted => Base::Shift { unit: Unit::Day, by, from: From::Said },
        None => Base::Shift { unit: Unit::Day, by, from: From::Published },
    });
    Some(whole(&first, end, base))
}

/// Whether اليوم means "today" here: it is no part of a name (روسيا اليوم "Russia Today", اليوم العالمي "World Day of"), and no
/// day told of in general (اليوم الذي "the day on which").
fn means_today(r: &Reader<'_>, at: usize, next: usize) -> bool {
    let before = r.before(at);
    if matches!(before, "روسيا" | "المصري" | "العرب" | "ليبيا" | "ذات" | "نفس" | "ذلك" | "طوال" | "طيلة")
        || r.doc.word(at.wrapping_sub(1)) == "_"
    {
        return false;
    }
    // برميل في اليوم "barrels a day", 18 ساعة في اليوم.
    let weekday = || r.next(next, |f| matches!(f.term, Term::Weekday(_)).then_some(())).is_some();
    if before == "في" && !weekday() && calendar_once(r, next).0.is_none() {
        return false;
    }
    // في اليوم الثاني "on the second day".
    let counted =
        r.next(next, |f| (matches!(f.term, Term::Ordinal(_)) && f.definite).then_some(())).is_some();
    !counted
        && !r.is_one(
            next,
            &[
                "العالمي",
                "الختامي",
                "الافتتاحي",
                "الموالي",
                "التدريبي",
                "الثقافي",
                "الرياضي",
                "التاريخي",
                "المحدد",
                "المشؤوم",
                "المشئوم",
                "الاسود",
                "الدامي",
                "الدراسي",
                "الاخير",
                "الوطني",
                "الدولي",
                "الذي",
                "الواحد",
                "العربي",
                "الموعود",
                "المفتوح",
                "المشهود",
                "التي",
                "_",
            ],
        )
}

/// Whether اليوم is "nowadays": نحن اليوم "we today", الظروف اليوم ليست كما كانت "circumstances today are not what they were".
fn means_nowadays(r: &Reader<'_>, at: usize, next: usize) -> bool {
    let compared = r.is_one(next, &["ليس", "ليست", "لسنا", "اكثر", "اقل", "افضل", "اسوا"]);
    let said = r.doc.quote(at).is_some()
        && (matches!(r.before(at), "نحن" | "عالم" | "اصبح" | "اصبحت" | "بات" | "باتت" | "اننا" | "عالمنا")
            || r.is_one(next, &["هو", "هي"]));
    // الأزمة التي نواجهها اليوم "the crisis that we face today": what "we" live through is no matter of one day.
    const LIVED: [&str; 7] = ["نواجه", "نعيش", "نشهد", "نرا", "نعاني", "نعرف", "نمر"];
    let faced = LIVED.iter().any(|v| r.before(at).starts_with(v))
        && at >= 2
        && matches!(r.before(at - 1), "الذي" | "التي" | "الذين" | "ما");
    compared || said || faced
}

/// A weekday: الثلاثاء "Tuesday", يوم الاثنين الماضي "last Monday", الثلاثاء 17 يوليو/تموز 2018, السبت قبل الماضي "Saturday
/// before last".
pub(super) fn weekday(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let name = |f: &Found| match f.term {
        Term::Weekday(d) => Some(d),
        _ => None,
    };
    if let Some(draft) = weekday_of_week(r, i) {
        return Some(draft);
    }
    let day_unit = r.find(i, day_unit);
    let (weekday, first, mut end) = match day_unit {
        Some((_, head)) => {
            let at = i + head.tokens;
            let (d, f) = r.next(at, name)?;
            (d, *head, at + f.tokens)
        }
        None => {
            let (d, f) = r.find(i, name)?;
            // صلاة الجمعة "Friday prayer", سوق الثلاثاء "Tuesday market" name no day.
            // الاثنين في المائة "the two per cent".
            let end = i + f.tokens;
            if r.is(end, "في") && r.is_one(end + 1, &["المائة", "المئة"]) {
                return None;
            }
            if matches!(r.before(i), "صلاة" | "خطبة" | "خطيب" | "خطباء" | "سوق" | "صلوات" | "امام" | "جبل")
            {
                return None;
            }
            (d, *f, i + f.tokens)
        }
    };
    let (mut toward, mut weeks, mut week) = (None, 0, None);
    if let Some((t, by, at)) = unit_toward(r, end) {
        toward = Some(t);
        weeks = by;
        end = at;
    } else if let Some((by, at)) = of_week(r, end) {
        week = Some(by);
        end = at;
    } else if let Some(next) = r.and(end)
        && let Some((_, f)) = r.find(next, name)
        && let Some((t, g)) = r.next(next + f.tokens, |f| match f.term {
            Term::Toward(t) => Some(t),
            _ => None,
        })
        && r.doc.word(next + f.tokens).ends_with("ين")
        && g.tokens == 1
    {
        // الجمعة والسبت الماضيين: the adjective in the dual is of both.
        toward = Some(t);
    }
    if matches!(toward, Some(Toward::Same | Toward::Recent)) {
        return None;
    }
    // الجمعة من كل أسبوع "on the Friday of every week".
    if toward.is_none() && r.is(end, "من") && r.is(end + 1, "كل") && r.is(end + 2, "اسبوع") {
        return Some(Draft::of(&first, end + 3, When::Set(format!("XXXX-WXX-{weekday}"))));
    }
    let base = Base::Weekday { weekday, toward, weeks, week };
    if toward.is_none()
        && week.is_none()
        && let Some((day, stop)) = day_of_weekday(r, end)
    {
        return Some(whole(&first, stop, Base::WeekdayAndDay { weekday, day }));
    }
    let named = end;
    let (again, end) = calendar_again(r, end);
    let told_in_words = r.at(named).iter().any(|f| f.definite && matches!(f.term, Term::Ordinal(_)));
    let again = again.map(|b| nth_weekday(weekday, b, told_in_words));
    Some(whole(&first, end, again.unwrap_or(base)))
}

/// الثلاثاء الثالث من أيلول is "Tuesday, 3 September" where that day is a Tuesday, else "the third Tuesday of September".
fn nth_weekday(weekday: i8, base: Base, ordinal: bool) -> Base {
    match base {
        Base::Month { year, month, day: Some(day @ 1..=5) } if ordinal => Base::Nth {
            what: Counted::WeekdayOrDay(weekday),
            nth: u32::try_from(day).ok(),
            of: Of::Month { year, month },
        },
        base => base,
    }
}

/// A weekday with its week: الأسبوع المقبل الأحد "next week on Sunday", أحد الأسبوع الماضي "the Sunday of last week".
fn weekday_of_week(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let week = |draft: Draft| match draft.when {
        When::Point(Base::Shift { unit: Unit::Week, by, from: From::Published }, _) => Some((by, draft)),
        _ => None,
    };
    let base = |weekday, by| Base::Weekday { weekday, toward: None, weeks: 0, week: Some(by) };
    if let Some((weekday, f)) = r.find(i, |f| match f.term {
        Term::BareWeekday(d) if !f.definite => Some(d),
        _ => None,
    }) {
        let at = i + f.tokens;
        let (by, draft) =
            super::period::period(r, at).filter(|d| r.joined(at) && d.cut == 0).and_then(week)?;
        return Some(whole(f, draft.end, base(weekday, by)));
    }
    let (by, draft) = super::period::period(r, i).and_then(week)?;
    let at = r.next(draft.end, day_unit).map_or(draft.end, |(_, f)| draft.end + f.tokens);
    let (weekday, f) = r.next(at, |f| match f.term {
        Term::Weekday(d) => Some(d),
        _ => None,
    })?;
    // الأسبوع الماضي الأحد 3 مايو and الأسبوع المقبل الأحد القادم tell a day of their own.
    let end = at + f.tokens;
    let more = unit_toward(r, end).is_some() || calendar_once(r, end).0.is_some();
    (!more).then(|| Draft::new(draft.cut, end, When::Point(base(weekday, by), Within::Whole)))
}

/// The day of the month right after a weekday: السبت السادس عشر, الجمعة 15 where the number counts nothing.
fn day_of_weekday(r: &Reader<'_>, at: usize) -> Option<(i8, usize)> {
    if !r.joined(at) {
        return None;
    }
    let (n, end) = match r.digits(at).filter(|d| d.len <= 2) {
        Some(d) => (d.value, at + 1),
        None => {
            // الجمعة التاسعة is the ninth Friday: days of the month are masculine.
            let (n, definite, end) = ordinal(r, at).filter(|_| !r.doc.word(at).ends_with('ة'))?;
            (n, if definite && n > 5 { end } else { return None })
        }
    };
    let closed = !r.joined(end)
        || r.doc.kind(end) == Some(crate::document::Kind::Mark)
            && !['/', '-', '–', ':', '%', '('].iter().any(|c| r.mark(end, *c))
        || r.is_one(end, &["حتى", "الى"]);
    let day = i8::try_from(n).ok().filter(|n| (1..=31).contains(n))?;
    closed.then_some((day, end))
}

/// من الأسبوع الماضي "of last week", من هذا الأسبوع "of this week": how many weeks from now.
fn of_week(r: &Reader<'_>, at: usize) -> Option<(i32, usize)> {
    let at = if r.is_one(at, &["من", "في"]) { at + 1 } else { return None };
    let draft = super::period::period(r, at)?;
    match draft.when {
        When::Point(Base::Shift { unit: Unit::Week, by, from: From::Published }, _) => Some((by, draft.end)),
        _ => None,
    }
}

/// The word "day" without its article.
fn day_unit(f: &Found) -> Option<()> {
    (f.term == Term::Unit(Unit::Day, Count::One) && !f.definite).then_some(())
}

/// The number of a day of the month at a token: in digits, or an ordinal. Gives the token after it and the letters before it.
fn day_number(r: &Reader<'_>, i: usize) -> Option<(i8, usize, u8)> {
    let cut = r.at(i).first().map_or(0, |f| f.cut);
    let (n, end) = match ordinal(r, i) {
        // Days are masculine: المرحلة الأولى من مايو is "the first stage of May"; and what follows another definite noun is
        // its adjective.
        Some((n, _, end)) => {
            let feminine = r.doc.word(i).ends_with(['ة', 'ى']);
            let before = r.before(i);
            let adjective = before.starts_with("ال")
                && !matches!(before, "الى" | "الموافق" | "المصادف")
                && r.at(i - 1).is_empty();
            if feminine || adjective {
                return None;
            }
            (n, end)
        }
        None => {
            // Digits only: خمسة مايو is not said.
            let (n, end) = cardinal(r, i)?;
            r.digits(end - 1).filter(|d| d.len <= 2)?;
            (n, end)
        }
    };
    let n = i8::try_from(n).ok().filter(|n| (1..=31).contains(n))?;
    Some((n, end, cut))
}

/// A day of a month: 17 يوليو/تموز 2018 "17 July 2018", الخامس من يونيو "the fifth of June", أول مايو "May Day",
/// 19 يناير (كانون الثاني) من هذا العام "19 January of this year", 15 رمضان 1436هـ.
pub(super) fn day_of_month(r: &Reader<'_>, i: usize) -> Option<Draft> {
    // يوم 4 مارس, يوم الرابع من مارس.
    if let Some((_, head)) = r.find(i, day_unit) {
        let at = i + head.tokens;
        let number = r.joined(at) && (r.digits(at).is_some() || r.doc.word(at).starts_with("ال"));
        let Draft { end, when, .. } = day_of_month(r, at).filter(|_| number)?;
        return Some(Draft::of(head, end, when));
    }
    let (day, at, cut) = day_number(r, i)?;
    let (mut base, end) = of_month(r, at, day)?;
    if named_by_day(r, i, &base) {
        return None;
    }
    // هجمات 11 سبتمبر "the attacks of 11 September" are those of 2001.
    if let Base::Month { year: year @ Year::Untold, month: 9, day: Some(11) } = &mut base
        && matches!(
            r.before(i).trim_start_matches(['ب', 'ل']).trim_start_matches("ال"),
            "هجمات" | "هجوم" | "احداث" | "حداث" | "اعتداءات" | "تفجيرات" | "ضحايا" | "ذكرى"
        )
    {
        *year = Year::Told(2001);
    }
    // من 25 ديسمبر إلى 3 يناير 2018: the year of the second tells the year of the first.
    if let Base::Month { year: year @ Year::Untold, month, .. } = &mut base
        && let Some(next) = list_joint(r, end)
        && let Some((d, at, _)) = day_number(r, next)
        && let Some((Base::Month { year: Year::Told(y), month: m, .. }, _)) = of_month(r, at, d)
    {
        *year = Year::Told(if *month <= m { y } else { y - 1 });
    }
    // 1 شوال 1436 الموافق 17 يوليو 2015: our calendar's date tells the day.
    if let Base::Hijri { .. } = base {
        let next = r.past_comma(at.max(end));
        if r.is_one(next, &["الموافق", "المصادف", "الموافقة"])
            && let Some((d, at, _)) = day_number(r, next + 1)
            && let Some((again, end)) = of_month(r, at, d)
        {
            return Some(Draft::new(cut, end, When::Point(again, Within::Whole)));
        }
    }
    Some(Draft::new(cut, end, When::Point(base, Within::Whole)))
}

/// Words whose names are days of months: قوى 14 آذار, a coalition, مدينة السادس من أكتوبر, a town, ثورة 25 يناير.
const NAMED_BY_DAY: [&str; 26] = [
    "قوى",
    "حركة",
    "تحالف",
    "فريق",
    "تيار",
    "شارع",
    "ميدان",
    "جسر",
    "مدينة",
    "جامعة",
    "حدائق",
    "ساحة",
    "مستشفى",
    "حي",
    "كوبري",
    "محور",
    "تكتل",
    "ائتلاف",
    "ملعب",
    "استاد",
    "ثورة",
    "كتيبة",
    "لواء",
    "ثوار",
    "قوي",
    "حراك",
];

/// Whether the number of a day at `j` belongs to a month's name at `month`.
pub(super) fn is_day_before(r: &Reader<'_>, j: usize, month: usize) -> bool {
    day_number(r, j).is_some_and(|(_, at, _)| at == month || r.is(at, "من") && at + 1 == month)
}

/// Whether a day without a year is the name of something.
pub(super) fn named_by_day(r: &Reader<'_>, i: usize, base: &Base) -> bool {
    let untold =
        matches!(base, Base::Month { year: Year::Untold, .. } | Base::Hijri { year: None, toward: None, .. });
    let before = r.before(i);
    let stem = before.strip_prefix("لل").or_else(|| before.strip_prefix(['ب', 'ل'])).unwrap_or(before);
    // ثورة 23 يوليو 1952: a revolution keeps its year in its name.
    let revolution = stem == "ثورة" && matches!(base, Base::Month { year: Year::Told(_), .. });
    (untold || revolution) && [before, stem].iter().any(|w| NAMED_BY_DAY.contains(w))
}

/// The month that a day's number belongs to, from the token after the number.
fn of_month(r: &Reader<'_>, at: usize, day: i8) -> Option<(Base, usize)> {
    // 7/يوليو/2015 has two slashes; 2/صفر is a score.
    let whole = r.mark(at, '/') && (at + 3..at + 5).any(|j| r.mark(j - 1, '/') && r.digits(j).is_some());
    let dash = (r.mark(at, '-') || whole) && r.tight(at) && r.tight(at + 1);
    let mut at = at + usize::from(dash || r.is(at, "من"));
    if let Some((_, f)) =
        r.next(at, |f| (f.term == Term::Unit(Unit::Month, Count::One) && !f.definite).then_some(()))
    {
        at += f.tokens;
    }
    if let Some((month, f)) = r.next(at, |f| match f.term {
        Term::Month(m) => Some(m),
        _ => None,
    }) {
        let end = aliases(r, at + f.tokens, month);
        let (year, end) = tail(r, end);
        return Some((Base::Month { year, month, day: Some(day) }, end));
    }
    let (month, f) = r.next(at, |f| match f.term {
        Term::Hijri(m) => Some(m),
        _ => None,
    })?;
    let (year, toward, end) = hijri_tail(r, at + f.tokens);
    (day <= 30).then_some((Base::Hijri { year, month, day: Some(day), toward }, end))
}

/// The days of the calendars that a stretch of tokens tells in full, each for itself.
pub(in super::super) fn days_told(r: &Reader<'_>, from: usize, to: usize) -> Vec<Base> {
    let mut out = Vec::new();
    let mut i = from;
    while i < to {
        let named = day_number(r, i).and_then(|(day, at, _)| of_month(r, at, day)).or_else(|| {
            let Draft { end, when: When::Point(base, _), .. } = numeric(r, i)? else { return None };
            Some((base, end))
        });
        match named {
            Some((base, end)) => {
                out.push(base);
                i = end.max(i + 1);
            }
            None => i += 1,
        }
    }
    out
}

/// The first of two or more days of one month: 18-27 فبراير "18–27 February", 17 و25 ديسمبر 2013, من 3 إلى 10 مايو. Each is a
/// date of its own; this one takes its month from the last.
pub(super) fn listed_day(r: &Reader<'_>, i: usize) -> Option<Draft> {
    // A list is not longer than a week of days.
    listed(r, i, 7)
}

fn listed(r: &Reader<'_>, i: usize, depth: u8) -> Option<Draft> {
    if depth == 0 {
        return None;
    }
    let (day, end, cut) = day_number(r, i)?;
    let next = list_joint(r, end)?;
    let last = day_of_month(r, next)
        .or_else(|| day_of_this_month(r, next))
        .or_else(|| listed(r, next, depth - 1))?;
    let base = match last.when {
        When::Point(Base::DayOf { months, .. }, w) => When::Point(Base::DayOf { months, day }, w),
        When::Point(Base::Month { year, month, .. }, w) => {
            When::Point(Base::Month { year, month, day: Some(day) }, w)
        }
        When::Point(Base::Hijri { year, month, toward, .. }, w) => {
            When::Point(Base::Hijri { year, month, day: Some(day), toward }, w)
        }
        _ => return None,
    };
    Some(Draft::new(cut, end, base))
}

/// What joins the items of a list or the ends of a range: و, أو, إلى, حتى, a comma or a dash. Gives the next item's token.
pub(super) fn list_joint(r: &Reader<'_>, at: usize) -> Option<usize> {
    if r.is_one(at, &["الى", "حتى", "وحتى", "او", "والى", "لغاية", "ولغاية"]) {
        // إلى غاية "up to".
        return Some(if r.is(at + 1, "غاية") { at + 2 } else { at + 1 });
    }
    if ['-', '–', '—', '،'].iter().any(|c| r.mark(at, *c)) {
        return Some(at + 1);
    }
    r.and(at)
}

/// A date in figures: 12/3/2018 "12 March 2018", 2018-03-12, 5/10/1436هـ.
pub(super) fn numeric(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (a, b, c, end) = figures(r, i)?;
    let (year, month, day) = if a.1 == 4 { (a, b, c) } else { (c, b, a) };
    if year.1 != 4 && !(year.1 == 2 && end == i + 5) {
        return None;
    }
    let y = if year.1 == 2 { 2000 + year.0 } else { year.0 };
    // The American order is met where the other cannot be.
    let (month, day) = if month.0 > 12 && day.0 <= 12 { (day.0, month.0) } else { (month.0, day.0) };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let (month, day) = (month as i8, day as i8);
    let (base, end) = match y {
        1300..=1500 => {
            let end = if r.is(end, "ه") { end + 1 } else { end };
            (Base::Hijri { year: Some(y as i32), month, day: Some(day), toward: None }, end)
        }
        1900..=2100 => {
            let end = if r.is(end, "م") { end + 1 } else { end };
            (Base::Month { year: Year::Told(y as i16), month, day: Some(day) }, end)
        }
        _ => return None,
    };
    Some(Draft::new(0, end, When::Point(base, Within::Whole)))
}

/// Three numbers joined by slashes, dashes or dots, each with how many digits it has, and the token after them.
type Figures = ((u32, u8), (u32, u8), (u32, u8), usize);
fn figures(r: &Reader<'_>, i: usize) -> Option<Figures> {
    if let Some(a) = r.digits(i) {
        let mark = ['/', '-'].into_iter().find(|c| r.mark(i + 1, *c))?;
        let b = r.digits(i + 2)?;
        let c = r.digits(i + 4)?;
        // 1 / 10 / 1436 is written with spaces where the year tells that it is a date.
        let loose = c.len == 4 && (i + 1..i + 5).all(|j| r.joined(j));
        let tight = loose || (i + 1..i + 5).all(|j| r.tight(j));
        return (tight && r.mark(i + 3, mark)).then_some((
            (a.value, a.len),
            (b.value, b.len),
            (c.value, c.len),
            i + 5,
        ));
    }
    // 12.3.2018 is one token.
    if r.doc.kind(i) != Some(crate::document::Kind::Number) {
        return None;
    }
    let mut parts = r.doc.word(i).split('.').map(|p| {
        let fine = (1..=4).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
        fine.then(|| p.parse::<u32>().ok().map(|n| (n, p.len() as u8))).flatten()
    });
    let all = (parts.next()??, parts.next()??, parts.next()??, i + 1);
    parts.next().is_none().then_some(all)
}

/// Day and month in figures, taken only beside a weekday: السبت 21/9 "Saturday, 21 September".
fn day_and_month(r: &Reader<'_>, i: usize) -> Option<Draft> {
    let (a, b) = (r.digits(i)?, r.digits(i + 2)?);
    if !(r.mark(i + 1, '/') && r.tight(i + 1) && r.tight(i + 2)) || a.len > 2 || b.len > 2 {
        return None;
    }
    let (day, month) = (i8::try_from(a.value).ok()?, i8::try_from(b.value).ok()?);
    ((1..=31).contains(&day) && (1..=12).contains(&month)).then(|| {
        Draft::new(
            0,
            i + 3,
            When::Point(Base::Month { year: Year::Untold, month, day: Some(day) }, Within::Whole),
        )
    })
}

/// A day of a month that is told by its distance: الخامس من الشهر المقبل "the fifth of next month", 25 من الشهر الجاري,
/// 12 الجاري "the 12th inst.".
pub(super) fn day_of_this_month(r: &Reader<'_>, i: usize) -> Option<Draft> {
    // يوم 25 من الشهر, and يوم 27 alone.
    if let Some((_, head)) = r.find(i, day_unit) {
        let at = i + head.tokens;
        if !r.joined(at) {
            return None;
        }
        if let Some(Draft { end, when, .. }) = day_of_this_month(r, at) {
            return Some(Draft::of(head, end, when));
        }
        let (day, end) = day_of_weekday(r, at).filter(|_| r.digits(at).is_some())?;
        return Some(whole(head, end, Base::DayAlone(day)));
    }
    let (day, mut at, cut) = day_number(r, i)?;
    let of = r.is(at, "من");
    if !of && r.digits(i).is_none() {
        return None;
    }
    at += usize::from(of);
    // الأول من كل شهر "the first of every month".
    if of && r.is(at, "كل") && r.is(at + 1, "شهر") {
        return Some(Draft::new(cut, at + 2, When::Set(format!("XXXX-XX-{day:02}"))));
    }
    // الخامس من الشهر "the fifth of the month": this one.
    let this = |f: &Found| (f.definite && f.term == Term::Unit(Unit::Month, Count::One)).then_some(());
    let bare = r.next(at, this).filter(|_| of).map(|(_, f)| at + f.tokens);
    let draft = super::period::period(r, at).filter(|_| r.joined(at));
    if let Some(Draft {
        end,
        when: When::Point(Base::Shift { unit: Unit::Month, by, from: From::Published }, _),
        ..
    }) = draft
    {
        return Some(Draft::new(cut, end, When::Point(Base::DayOf { months: by, day }, Within::Whole)));
    }
    if let Some(end) = bare.filter(|end| unit_toward(r, *end).is_none()) {
        return Some(Draft::new(cut, end, When::Point(Base::DayOf { months: 0, day }, Within::Whole)));
    }
    let (_, f) = r.next(at, |f| (f.term == Term::Toward(Toward::Current)).then_some(()))?;
    // 12 الجاري; of a thing that is "current" there is more than one: 12 الحاليين.
    (r.doc.word(at) == "الجاري" && !of)
        .then(|| Draft::new(cut, at + f.tokens, When::Point(Base::DayOf { months: 0, day }, Within::Whole)))
}

#[cfg(test)]
mod tests {
    use crate::ar::times::testing::check;

    #[test]
    fn by_distance() {
        check("وصل الوفد أمس ويغادر غدا.", &["أمس=2018-03-14", "غدا=2018-03-16"]);
        check("عاد أول من أمس، وسافر أمس الأول.", &["أول من أمس=2018-03-13", "أمس الأول=2018-03-13"]);
        check("يجتمعون بعد غد.", &["بعد غد=2018-03-17"]);
        check("قال بالأمس إنه سيسافر اليوم الخميس.", &["الأمس=2018-03-14", "اليوم الخميس=2018-03-15"]);
        check("التقاه أمس (الأربعاء).", &["أمس (الأربعاء)=2018-03-14"]);
        // The weekday tells which day is meant where a report is dated late.
        check("التقاه أمس الثلاثاء.", &["أمس الثلاثاء=2018-03-13"]);
    }

    #[test]
    fn today_is_no_name() {
        check("قالت قناة روسيا اليوم إن الاحتفال باليوم العالمي للغة تأجل.", &[]);
        check("تابع رئيس حزب الغد النقاش.", &[]);
        check("قالت قوى 14 آذار إن المصنع في مدينة السادس من أكتوبر ينتج ألف برميل في اليوم.", &[]);
        check("قال: «الظروف اليوم ليست كما كانت».", &["اليوم=PRESENT_REF"]);
    }

    #[test]
    fn weekdays() {
        check("وصل الوفد الثلاثاء.", &["الثلاثاء=2018-03-13"]);
        check("وصل الوفد الخميس.", &["الخميس=2018-03-15"]);
        check("سيصل الوفد الثلاثاء.", &["الثلاثاء=2018-03-20"]);
        check("من المقرر أن يصل الوفد الأحد.", &["الأحد=2018-03-18"]);
        check(
            "زارها الاثنين الماضي ويعود الاثنين المقبل.",
            &["الاثنين الماضي=2018-03-12", "الاثنين المقبل=2018-03-19"],
        );
        check("زارها السبت قبل الماضي.", &["السبت قبل الماضي=2018-03-03"]);
        check("زارها يوم الخميس الماضي.", &["يوم الخميس الماضي=2018-03-08"]);
        check("التقيا الأحد من الأسبوع الماضي.", &["الأحد من الأسبوع الماضي=2018-03-11"]);
        check("التقيا الجمعة والسبت الماضيين.", &["الجمعة=2018-03-09", "السبت الماضيين=2018-03-10"]);
        check("أدى صلاة الجمعة في سوق الثلاثاء.", &[]);
        check("يجتمعون الأسبوع المقبل يوم الأحد.", &["الأسبوع المقبل يوم الأحد=2018-03-25"]);
        check("وصل ثلاثاء الأسبوع الماضي.", &["ثلاثاء الأسبوع الماضي=2018-03-06"]);
        check("عاد يوم الجمعة 9. وقتل الجمعة 15 شخصا.", &["يوم الجمعة 9=2018-03-09", "الجمعة=2018-03-09"]);
        check("يجتمعون الأحد من كل أسبوع.", &["الأحد من كل أسبوع=XXXX-WXX-7"]);
    }

    #[test]
    fn weekdays_with_dates() {
        check("وقع الحادث الثلاثاء 17 يوليو/تموز 2012.", &["الثلاثاء 17 يوليو/تموز 2012=2012-07-17"]);
        check("صدر الأربعاء (7 مارس).", &["الأربعاء (7 مارس)=2018-03-07"]);
        check("صدر يوم الخميس الموافق 1 شباط.", &["يوم الخميس الموافق 1 شباط=2018-02-01"]);
    }

    #[test]
    fn days_of_months() {
        check(
            "ولد في 19 يناير (كانون الثاني) من هذا العام.",
            &["19 يناير (كانون الثاني) من هذا العام=2018-01-19"],
        );
        check(
            "انتهت في الثالث والعشرين من أغسطس/آب الماضي.",
            &["الثالث والعشرين من أغسطس/آب الماضي=2017-08-23"],
        );
        check("سيوقعان الاتفاق يوم 4 مايو المقبل.", &["يوم 4 مايو المقبل=2018-05-04"]);
        check("يبدأ في الخامس من الشهر المقبل.", &["الخامس من الشهر المقبل=2018-04-05"]);
        check("بدأ في 12 الجاري.", &["12 الجاري=2018-03-12"]);
        check("توفي في ١٥ رمضان ١٤٣٦هـ.", &["١٥ رمضان ١٤٣٦هـ=2015-07-02"]);
        check(
            "توفي في 15 رمضان 1436 الموافق 2 يوليو 2015.",
            &["15 رمضان 1436 الموافق 2 يوليو 2015=2015-07-02"],
        );
        check("وصل قبل يوم أمس، وغادر يوم 12.", &["قبل يوم أمس=2018-03-13", "يوم 12=2018-03-12"]);
        check("يدفع الراتب في الأول من كل شهر.", &["الأول من كل شهر=XXXX-XX-01"]);
        check(
            "يوم الأحد (10/شوال/1436هـ) الموافق (26/7/2015م).",
            &["يوم الأحد (10/شوال/1436هـ) الموافق (26/7/2015م)=2015-07-26"],
        );
        // An adjective of something else is no number of a day.
        check("انتهت المرحلة الأولى في فبراير.", &["فبراير=2018-02"]);
    }

    #[test]
    fn lists_and_ranges() {
        check("دامت من 18-27 فبراير.", &["18=2018-02-18", "27 فبراير=2018-02-27"]);
        check("جرت في 17 و25 ديسمبر 2013.", &["17=2013-12-17", "25 ديسمبر 2013=2013-12-25"]);
        check("جرت أيام 3 و4 و5 فبراير.", &["3=2018-02-03", "4=2018-02-04", "5 فبراير=2018-02-05"]);
        check("دامت من 25 ديسمبر إلى 3 يناير 2016.", &["25 ديسمبر=2015-12-25", "3 يناير 2016=2016-01-03"]);
        check("يزورها من 4 إلى 12 من الشهر المقبل.", &["4=2018-04-04", "12 من الشهر المقبل=2018-04-12"]);
    }

    #[test]
    fn figures() {
        check("كتبها في 12/2/2018.", &["12/2/2018=2018-02-12"]);
        check("كتبها في 2018-02-12.", &["2018-02-12=2018-02-12"]);
        check("كتبها بتاريخ 5/10/1436هـ.", &["5/10/1436هـ=2015-07-21"]);
        check("النسبة 3/4 والنتيجة 2-1.", &[]);
    }
}
