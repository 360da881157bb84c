//! Numbers in words and in digits: خمسة وعشرين, الثالث والعشرين, ألفين وثمانية عشر, الـ24.

use super::terms::{Reader, Term};

/// The number of a row, if it is one.
fn number_word(term: Term) -> Option<u32> {
    match term {
        Term::Number(n) => Some(n),
        _ => None,
    }
}

/// A cardinal number at a token, in digits (24, الـ24) or in words, and the token after it.
pub(super) fn cardinal(r: &Reader<'_>, i: usize) -> Option<(u32, usize)> {
    if let Some(d) = r.digits(i) {
        // 10 آلاف "10 thousand".
        return Some(match r.next(i + 1, |f| number_word(f.term)) {
            Some((n @ (1000 | 1_000_000), f)) if d.value < 1000 => (d.value * n, i + 1 + f.tokens),
            _ => (d.value, i + 1),
        });
    }
    // The article stands before digits as a word of its own: الـ24 "the 24".
    if matches!(r.doc.word(i), "ال" | "لل" | "بال")
        && r.joined(i + 1)
        && let Some(d) = r.digits(i + 1)
    {
        return Some((d.value, i + 2));
    }
    let (mut last, mut at) = part(r, i)?;
    let mut total = last;
    loop {
        // ثلاثة آلاف "three thousand", خمسة ملايين "five million".
        if (2..1000).contains(&total)
            && let Some((n @ (1000 | 1_000_000), f)) = r.next(at, |f| number_word(f.term))
        {
            total *= n;
            last = total;
            at += f.tokens;
            continue;
        }
        let Some(next) = r.and(at) else { break };
        let Some((n, end)) = part(r, next) else { break };
        let tens = last < 10 && (20..100).contains(&n) && n % 10 == 0;
        let smaller = n < lowest(last);
        if !tens && !smaller {
            break;
        }
        total += n;
        last = n + if tens { last } else { 0 };
        at = end;
    }
    Some((total, at))
}

/// The value of the last digit that is not 0: 2000 has 1000, 120 has 10.
fn lowest(n: u32) -> u32 {
    let mut unit = 1;
    while n > 0 && n.is_multiple_of(unit * 10) {
        unit *= 10;
    }
    unit
}

/// One piece of a number in words: a word, a teen (ثلاثة عشر) or a number of hundreds (ثلاث مئة).
fn part(r: &Reader<'_>, i: usize) -> Option<(u32, usize)> {
    let (n, f) = r.find(i, |f| number_word(f.term))?;
    let at = i + f.tokens;
    let next = r.next(at, |f| number_word(f.term).filter(|_| !f.definite));
    match next {
        Some((10, f)) if (1..10).contains(&n) => Some((n + 10, at + f.tokens)),
        Some((100, f)) if (3..10).contains(&n) => Some((n * 100, at + f.tokens)),
        _ => Some((n, at)),
    }
}

/// An ordinal at a token (الثالث, الحادي عشر, الثالث والعشرين, العشرين), and the token after it. `definite` says whether it has
/// its article; round ones need it, for without it they are cardinals.
pub(super) fn ordinal(r: &Reader<'_>, i: usize) -> Option<(u32, bool, usize)> {
    let first = r.find(i, |f| match f.term {
        Term::Ordinal(n) => Some(n),
        _ => None,
    });
    if let Some((n, f)) = first {
        let (definite, at) = (f.definite, i + f.tokens);
        // الثالث عشر "the thirteenth"; some write عشرة.
        if let Some((10, f)) = r.next(at, |f| number_word(f.term).filter(|_| !f.definite)) {
            return Some((n + 10, definite, at + f.tokens));
        }
        if let Some(next) = r.and(at)
            && let Some((tens, f)) = r.find(next, |f| {
                number_word(f.term).filter(|n| f.definite && (20..100).contains(n) && n % 10 == 0)
            })
        {
            return Some((n + tens, definite, next + f.tokens));
        }
        return Some((n, definite, at));
    }
    let (n, f) = r.find(i, |f| {
        number_word(f.term).filter(|n| f.definite && (*n == 1 || (20..100).contains(n) && n % 10 == 0))
    })?;
    Some((n, true, i + f.tokens))
}
