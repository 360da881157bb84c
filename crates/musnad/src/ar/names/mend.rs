//! What the whole of a report's names says of single ones: pieces of one name side by side become one, a surname is no town,
//! a base is no al-Qaeda, and a list of places goes on.

use super::Found;
use super::people::is_servant;
use super::words::{Does, May, Words};
use crate::ar::entities::same::skeleton;
use crate::document::{EntityKind, Kind, Proclitics};
use crate::span::Tokens;
use musnad_lexicon::{Part, Table};
use std::collections::HashSet;

/// The names of a report, mended; in order, not overlapping.
#[must_use]
pub fn mend(words: &Words<'_>, mut found: Vec<Found>) -> Vec<Found> {
    found.retain(|f| {
        !fixed_phrase(words, f) && !described(words, f) && !adjective(words, f) && !military(words, f)
    });
    surnames(words, &mut found);
    bases(words, &mut found);
    shorts(words, &mut found);
    let found = joined(words, found);
    listed(words, series(words, found))
}

/// ولاية الفقيه "the guardianship of the jurist": what stands in a fixed phrase is no name.
fn fixed_phrase(words: &Words<'_>, f: &Found) -> bool {
    let first = f.tokens.start as usize;
    (first.saturating_sub(2)..=first)
        .any(|i| words.no_name(i).is_some_and(|end| end > first && f.tokens.end as usize <= end))
}

/// فندق فاخر "a luxurious hotel": a head and an indefinite adjective, which only the tagger took for a name.
fn described(words: &Words<'_>, f: &Found) -> bool {
    let (first, last) = (f.tokens.start as usize, f.tokens.end as usize - 1);
    f.rule == "names:tagger"
        && f.tokens.len() == 2
        && matches!(f.kind, EntityKind::Place | EntityKind::Organization)
        && words.whole(first).any(May::HEAD)
        && !words.is_definite(last)
        && words.is_word(last)
        && (words.is_ordinary(last) || words.whole(last).any(May::NOUN))
}

/// دبلوماسيا روسيا "a Russian diplomat": the adjective, which the tagger takes for the state; في مشهد يجسد "in a scene that embodies".
fn adjective(words: &Words<'_>, f: &Found) -> bool {
    let i = f.tokens.start as usize;
    let single = f.kind == EntityKind::Place && f.tokens.len() == 1;
    let state = f.row.is_none() && super::bodies::qualifies(words, i);
    let noun = f.row.is_none()
        && !words.is_definite(i)
        && words.whole(i).any(May::NOUN.or(May::DOUBTFUL))
        && words.follows(i + 1)
        && (words.whole(i + 1).any(May::FINITE) || super::bodies::described(words, i + 1));
    single && f.cut == 0 && (state || noun)
}

/// The row is a place's, and no state's or capital's.
fn is_town(f: &Found) -> bool {
    f.kind == EntityKind::Place
        && f.row.is_some_and(|r| {
            matches!(r.table, Table::Place | Table::PlaceMore) && r.feat.part() == Part::None
        })
}

/// قال دورهام "Durham said" after ألفريد دورهام: the surname of somebody whom the report names in full is no town.
fn surnames(words: &Words<'_>, found: &mut [Found]) {
    let doc = words.doc;
    let full: HashSet<&str> = found
        .iter()
        .filter(|f| f.kind == EntityKind::Person && f.tokens.len() > 1)
        .map(|f| doc.word(f.tokens.end as usize - 1))
        .filter(|w| !w.starts_with("ال"))
        .collect();
    if full.is_empty() {
        return;
    }
    for f in found.iter_mut().filter(|f| is_town(f) && f.tokens.len() == 1 && f.cut == 0) {
        let i = f.tokens.start as usize;
        let located = i.checked_sub(1).is_some_and(|b| {
            !doc.tokens[i].line_start
                && (Does::of(doc.bare(b)).any(Does::WHERE)
                    || words.look(b).whole.or(words.look(b).after).any(May::HEAD))
        });
        if full.contains(doc.word(i)) && !located {
            *f = Found {
                kind: EntityKind::Person,
                row: None,
                rule: "names:surname of the report",
                ..f.clone()
            };
        }
    }
}

/// القاعدة العسكرية "the military base", القاعدة الشعبية "the popular base": with an adjective of its own it is no al-Qaeda.
fn military(words: &Words<'_>, f: &Found) -> bool {
    let i = f.tokens.start as usize;
    let before = i.checked_sub(1).map_or("", |b| words.doc.bare(b));
    f.kind == EntityKind::Organization
        && f.tokens.len() == 1
        && words.doc.word(i).ends_with("لقاعدة")
        && !matches!(before, "تنظيم" | "شبكة" | "زعيم" | "عناصر" | "مقاتلي" | "مسلحي")
        && words.follows(i + 1)
        && words.is_definite(i + 1)
        && words.doc.word(i + 1).ends_with("ية")
        && !words.does(i + 1, Does::JUDGING)
}

/// القاعدة "the base" in a report on قاعدة حميميم "the base of Hmeimim" that does not speak of تنظيم القاعدة "al-Qaeda".
fn bases(words: &Words<'_>, found: &mut Vec<Found>) {
    let doc = words.doc;
    let word = |i: usize| {
        let word = doc.word(i);
        word.strip_prefix(['و', 'ف', 'ب', 'ل']).unwrap_or(word)
    };
    let base = |f: &Found| f.kind == EntityKind::Place && word(f.tokens.start as usize) == "قاعدة";
    if !found.iter().any(base) {
        return;
    }
    let network = |f: &Found| {
        f.kind == EntityKind::Organization
            && f.tokens.len() == 1
            && doc.word(f.tokens.start as usize).ends_with("لقاعدة")
    };
    let named = |f: &Found| {
        f.tokens.start.checked_sub(1).is_some_and(|b| {
            matches!(word(b as usize), "تنظيم" | "شبكة" | "زعيم" | "عناصر" | "مقاتلي" | "مسلحي" | "داعش")
        })
    };
    if !found.iter().any(|f| network(f) && named(f)) {
        found.retain(|f| !network(f));
    }
}

/// The given name before a body's name that is a surname too: عبدالملك #الحوثي.
fn namesake(words: &Words<'_>, f: &Found, before: Option<&Found>) -> Option<usize> {
    let first = f.tokens.start as usize;
    let surname = f.kind == EntityKind::Organization
        && f.tokens.len() == 1
        && f.cut == 0
        && f.row.is_some_and(|r| r.table == Table::Organization)
        && words.is_definite(first)
        && words.doc.word(first).ends_with('ي');
    if !surname {
        return None;
    }
    let tag = first.checked_sub(1).is_some_and(|b| words.doc.is_mark(b, '#'));
    let given = first.checked_sub(1 + usize::from(tag))?;
    let free = before.is_none_or(|o| {
        o.tokens.end as usize <= given || o.tokens.start as usize == given && o.kind == EntityKind::Person
    });
    let look = words.whole(given);
    (free
        && words.is_word(given)
        && !words.doc.tokens[first].line_start
        && (look.any(May::GIVEN.or(May::GIVEN_TOO)) || is_servant(words.doc.word(given)))
        && !look.any(May::FUNCTION.or(May::FINITE).or(May::TITLE).or(May::GROUP).or(May::HEAD)))
    .then_some(given)
}

/// التحالف "the coalition" in a report that names التحالف العربي: of some bodies the head alone is as much a name as the whole.
fn shorts(words: &Words<'_>, found: &mut Vec<Found>) {
    let doc = words.doc;
    let head = |i: usize| {
        doc.word_entries(i).find(|(r, e)| {
            e.table == Table::Head
                && r.tokens == 1
                && r.suffix == crate::document::Suffix::None
                && r.proclitics.any(Proclitics::AL)
                && doc.row(*e).list("marks").any(|m| m == "short")
        })
    };
    let bodies = || found.iter().filter(|f| f.kind == EntityKind::Organization && f.tokens.len() > 1);
    let full: HashSet<u32> =
        bodies().flat_map(|f| f.tokens.range()).filter_map(head).map(|(_, e)| e.row).collect();
    if full.is_empty() {
        return;
    }
    let mut more = Vec::new();
    let mut next = 0;
    for i in 0..doc.tokens.len() {
        while found.get(next).is_some_and(|f| f.tokens.end as usize <= i) {
            next += 1;
        }
        if found.get(next).is_some_and(|f| f.tokens.start as usize <= i) || !doc.is_read(i) {
            continue;
        }
        let Some((reading, entry)) = head(i).filter(|(_, e)| full.contains(&e.row)) else { continue };
        // المقاومة المسلحة "armed resistance" is another.
        if words.follows(i + 1) && words.is_definite(i + 1) && !words.whole(i + 1).any(May::FUNCTION) {
            continue;
        }
        more.push(Found {
            tokens: Tokens::new(i, i + 1),
            cut: super::words::outside(reading),
            tail: 0,
            kind: EntityKind::Organization,
            row: Some(entry),
            rule: "names:short form",
        });
    }
    found.extend(more);
    found.sort_by_key(|f| f.tokens.start);
}

/// Pieces of one name side by side: رازان أشرف النجار, نورث يورك, and the given name before a surname that stands alone.
fn joined(words: &Words<'_>, found: Vec<Found>) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    for mut f in found {
        let first = f.tokens.start as usize;
        // محمد الحوثي: after a given name it is somebody of the family that the movement is called after.
        if let Some(given) = namesake(words, &f, out.last()) {
            out.pop_if(|o| o.tokens.start as usize == given);
            f = Found {
                tokens: Tokens::new(given, f.tokens.end as usize),
                kind: EntityKind::Person,
                row: None,
                rule: "names:pieces of one",
                ..f
            };
            out.push(f);
            continue;
        }
        if let Some(before) = out.last_mut()
            && before.tokens.end == f.tokens.start
            && before.kind == f.kind
            && before.tokens.len() == 1
            && before.row.is_none()
            && before.tail == 0
            && f.cut == 0
            && words.follows(first)
        {
            let i = before.tokens.start as usize;
            let given = words.look(i).whole.or(words.look(i).after).any(May::GIVEN.or(May::GIVEN_TOO))
                && !words.whole(i).any(May::TITLE.or(May::GROUP));
            let fits = match f.kind {
                EntityKind::Person => given && f.row.is_none_or(|_| f.tokens.len() == 1),
                EntityKind::Place => is_town(&f) && !words.whole(i).any(May::KNOWN),
                _ => false,
            };
            if fits {
                before.tokens.end = f.tokens.end;
                before.rule = "names:pieces of one";
                continue;
            }
        }
        // قال مشعل النافع: a given name that is a word too, before a surname that the tagger found.
        let alone = f.kind == EntityKind::Person
            && f.tokens.len() == 1
            && f.row.is_none()
            && words.is_definite(first);
        if alone
            && words.follows(first)
            && let Some(b) = first.checked_sub(1)
            && out.last().is_none_or(|o| o.tokens.end as usize <= b)
            && words.is_word(b)
            && !words.is_time(b)
            && (words.whole(b).any(May::GIVEN.or(May::GIVEN_TOO)) || is_servant(words.doc.word(b)))
            && !words.whole(b).any(May::FUNCTION.or(May::FINITE).or(May::TITLE).or(May::GROUP).or(May::HEAD))
        {
            f.tokens.start = b as u32;
            f.rule = "names:pieces of one";
        }
        // وذكر أرتورو لوبيز ليفي: a first name that nobody knows, after a verb, title or mark.
        if f.kind == EntityKind::Person
            && f.cut == 0
            && f.row.is_none()
            && words.follows(first)
            && first >= 1
            && out.last().is_none_or(|o| (o.tokens.end as usize) < first)
            && super::bodies::unknown(words, first - 1)
            && !words.is_definite(first - 1)
            && words.letters(first - 1) > 3
            && first.checked_sub(2).is_none_or(|b| {
                words.doc.kind(b) == Some(Kind::Mark)
                    || words.doc.tokens[first - 1].line_start
                    || words.whole(b).any(May::FINITE.or(May::TITLE))
            })
        {
            f.tokens.start -= 1;
            f.rule = "names:pieces of one";
        }
        // إلى لاليت مودي: after a preposition or title no verb can stand, so the unknown word is the first name of somebody.
        if f.kind == EntityKind::Person
            && f.cut == 0
            && f.tokens.len() == 1
            && let Some(row) = f.row.filter(|r| r.table == Table::Person)
            && words.follows(first)
            && first >= 2
            && out.last().is_none_or(|o| (o.tokens.end as usize) < first)
            && words.follows(first - 1)
            && super::bodies::unknown(words, first - 1)
            && !words.is_definite(first - 1)
            && words.letters(first - 1) > 3
        {
            let b = first - 2;
            let title = words.whole(b).any(May::TITLE.or(May::NISBA)) && words.is_definite(b);
            let to = matches!(words.doc.bare(b), "الى" | "مع" | "من" | "عن" | "على" | "ضد" | "بين");
            if title || to {
                // Another person of that surname, unless only the vowels differ: بارك أوباما.
                let own = words.doc.row(row).get("name").split(' ').next().unwrap_or_default();
                let same = skeleton(&musnad_lexicon::fold(own)) == skeleton(words.doc.word(first - 1));
                f.tokens.start -= 1;
                f.row = f.row.filter(|_| same);
                f.rule = "names:pieces of one";
            }
        }
        // في بومبانو بيتش: an unknown word between a preposition of place and a town's name.
        let small = is_town(&f) && f.tokens.len() == 1 && f.cut == 0 && !words.is_definite(first);
        if small
            && words.follows(first)
            && first >= 2
            && out.last().is_none_or(|o| (o.tokens.end as usize) < first)
            && super::bodies::unknown(words, first - 1)
            && !words.does(first - 1, Does::WHERE)
            && Does::of(words.doc.bare(first - 2)).any(Does::WHERE)
        {
            f = Found {
                tokens: Tokens { start: f.tokens.start - 1, end: f.tokens.end },
                row: None,
                rule: "names:pieces of one",
                ..f
            };
        }
        out.push(f);
    }
    out
}

/// قرى كتاف ورازح وطخية: what stands in a list after a word for several places is a place, be it also a person's name.
fn series(words: &Words<'_>, mut found: Vec<Found>) -> Vec<Found> {
    let doc = words.doc;
    let other = May::FUNCTION
        .or(May::FINITE)
        .or(May::TITLE)
        .or(May::GROUP)
        .or(May::HEAD)
        .or(May::NISBA)
        .or(May::TIME);
    for i in 0..words.len() {
        if !words.does(i, Does::PLACES) || !doc.is_read(i) {
            continue;
        }
        // The single words of the list, with what stands before their stems.
        let mut items: Vec<(usize, u8)> = Vec::new();
        let mut j = i + 1;
        while j < i + 16 && words.follows(j) && !words.is_time(j) {
            let cut = u8::from(j > i + 1);
            if cut == 1 && !doc.word(j).starts_with('و') {
                break;
            }
            let at = found.partition_point(|f| (f.tokens.end as usize) <= j);
            if let Some(f) = found
                .get(at)
                .filter(|f| f.tokens.start as usize == j && f.kind == EntityKind::Place && f.cut == cut)
            {
                items.push((j, u8::MAX));
                j = f.tokens.end as usize;
                continue;
            }
            let look = words.look(j);
            let word = doc.word(j);
            let stem = if cut == 1 { &word['و'.len_utf8()..] } else { word };
            // In genitive no noun or adjective ends so; a foreign name may.
            let foreign = stem.ends_with('ا') && !stem.ends_with("يا") && !items.is_empty();
            let ordinary = words.is_ordinary(j) || musnad_lexicon::arabic().is_ordinary(stem);
            let fits = words.letters(j) >= 3 + usize::from(cut)
                && !look.whole.or(look.after).any(other)
                && (!ordinary || foreign);
            if !fits {
                break;
            }
            items.push((j, cut));
            j += 1;
        }
        if items.len() < 3 || items.iter().all(|(_, cut)| *cut == u8::MAX) {
            continue;
        }
        found.retain(|f| !items.iter().any(|(at, cut)| *cut != u8::MAX && f.tokens.range().contains(at)));
        found.extend(items.iter().filter(|(_, cut)| *cut != u8::MAX).map(|(at, cut)| Found {
            tokens: Tokens::new(*at, at + 1),
            cut: *cut,
            tail: 0,
            kind: EntityKind::Place,
            row: None,
            rule: "names:list of places",
        }));
        found.sort_by_key(|f| f.tokens.start);
    }
    found
}

/// كتاف ورازح وطخية: after two places a word that nobody knows, joined by و, is the third.
fn listed(words: &Words<'_>, found: Vec<Found>) -> Vec<Found> {
    let doc = words.doc;
    let mut out: Vec<Found> = Vec::with_capacity(found.len());
    let mut places = 0_u32;
    let mut all = found.into_iter().peekable();
    while let Some(f) = all.next() {
        let follows = out.last().is_some_and(|b| b.tokens.end == f.tokens.start)
            && doc.word(f.tokens.start as usize).starts_with('و');
        places = match (f.kind, follows) {
            (EntityKind::Place, true) => places + 1,
            (EntityKind::Place, false) => 1,
            _ => 0,
        };
        let mut end = f.tokens.end as usize;
        out.push(f);
        // A list of states is told whole by the lexicons.
        while places >= 2 && all.peek().is_none_or(|n| n.tokens.start as usize > end) && goes_on(words, end) {
            out.push(Found {
                tokens: Tokens::new(end, end + 1),
                cut: 1,
                tail: 0,
                kind: EntityKind::Place,
                row: None,
                rule: "names:list of places",
            });
            end += 1;
        }
    }
    out
}

/// Whether the word at `i` is و with a word that nobody knows, and the phrase ends there or goes on with و.
fn goes_on(words: &Words<'_>, i: usize) -> bool {
    let doc = words.doc;
    let Some(rest) = doc.word(i).strip_prefix('و') else { return false };
    let look = words.look(i);
    let known = look.whole.or(look.after);
    let closes = match doc.kind(i + 1) {
        None | Some(Kind::Mark) => true,
        _ => doc.tokens[i + 1].line_start || doc.word(i + 1).starts_with('و') || words.nisba(i + 1).is_some(),
    };
    words.follows(i)
        && rest.chars().count() >= 4
        && !known.any(May::KNOWN.or(May::FUNCTION).or(May::FINITE))
        && !words.is_ordinary(i)
        && !words.is_time(i)
        && closes
}
