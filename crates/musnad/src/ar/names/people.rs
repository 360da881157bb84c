//! Names of people: a given name and what goes with it (محمد بن سلمان, علي عبد الله صالح), and unknown words where a title
//! says that a name must follow (وزير الخارجية الفرنسي جان إيف لودريان).

use super::Found;
use super::words::{Does, May, Words, outside};
use crate::document::{EntityKind, Kind, Reading, Suffix};
use crate::span::Tokens;
use musnad_lexicon::{Entry, Table};

/// Whether something before a word says that a person's name follows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Expect {
    /// Nothing does.
    Nothing,
    /// A title and a comma or bracket: وزير الخارجية، جان إيف لودريان.
    AfterComma,
    /// A title: الرئيس ترمب.
    Name,
}

/// The name of a person at token `i`.
#[must_use]
pub fn person(words: &Words<'_>, i: usize, expect: Expect) -> Option<Found> {
    let doc = words.doc;
    if !words.is_word(i) || words.is_time(i) {
        return None;
    }
    let look = words.look(i);
    let word = doc.word(i);
    // Most words are plainly no beginning of a name.
    let phrase = doc.readings(i).first().is_some_and(|r| r.tokens > 1);
    let either = look.whole.or(look.after);
    if expect == Expect::Nothing && !phrase && !either.any(May::NAME) {
        let begins = word.strip_prefix(['و', 'ل', 'ب', 'ف']).unwrap_or(word);
        if !matches!(begins, "عبد" | "ابو" | "ابي" | "ابا" | "ام")
            && !begins.starts_with("عبد")
            && !word.starts_with("عبد")
        {
            return None;
        }
    }
    // A person in public life, the longest name that the lexicons have.
    let known = phrase || either.any(May::PERSON);
    let public = doc
        .entries(i)
        .filter(|_| known)
        .find(|(r, e)| {
            e.table == Table::Person
                && r.suffix == Suffix::None
                && (r.tokens > 1 || words.spelled(i, r, *e))
                && !(e.feat.is_doubtful() && r.tokens == 1 && expect == Expect::Nothing)
        })
        .map(|(r, e)| (*r, e));
    // الملك عبد الله الثاني: where the lexicon's name begins with a title, the name is what follows it.
    if let Some((r, e)) = public
        && r.tokens > 1
        && look.whole.any(May::TITLE)
        && words.is_definite(i)
    {
        let tokens = Tokens::new(i + 1, i + usize::from(r.tokens));
        return Some(Found {
            tokens,
            cut: 0,
            tail: 0,
            kind: EntityKind::Person,
            row: Some(e),
            rule: "names:lexicon",
        });
    }
    // A title or an adjective of a state before a name is no part of it: الأميركي دونالد, مساعد رضا.
    let heads = look.whole.any(May::TITLE.or(May::NISBA))
        && (words.is_definite(i) || words.whole(i + 1).any(May::GIVEN) || is_servant(doc.word(i + 1)));
    if heads && (public.is_none() || words.is_definite(i)) {
        return None;
    }
    // للملك سلمان: a title with its article after ل.
    if public.is_none() && word.starts_with("لل") && look.after.any(May::TITLE) {
        return None;
    }
    // حرب ترامب "Trump's war": a word that is a name too, before the surname of somebody in public life.
    let other =
        |k: usize| words.follows(k) && words.whole(k).any(May::PERSON) && !words.whole(k).any(May::GIVEN);
    if public.is_none()
        && expect == Expect::Nothing
        && !look.whole.any(May::GIVEN.or(May::PERSON))
        && look.whole.any(May::HEAD.or(May::NOUN).or(May::GROUP))
        && other(i + 1)
    {
        return None;
    }
    // الطالب الكردي الجامعي: two adjectives, not a surname.
    let again = words.follows(i + 1) && words.is_definite(i + 1) && words.is_ordinary(i + 1);
    if public.is_none() && words.is_definite(i) && again && word.ends_with('ي') {
        return None;
    }
    let opens = matches!(word, "عبد" | "ابو" | "ابي" | "ابا" | "بن" | "ابن" | "ام");
    let (cut, mut sure, row, mut end): (u8, bool, Option<Entry>, usize) = if let Some((r, e)) = public {
        (outside(&r), true, Some(e), i + usize::from(r.tokens))
    } else if look.whole.any(May::FUNCTION.or(May::FINITE)) && !look.whole.any(May::GIVEN) && !opens {
        return None;
    } else if look.whole.any(May::GIVEN) {
        (0, true, None, i + 1)
    } else if look.whole.any(May::GIVEN_TOO) && !(words.is_definite(i) && expect == Expect::Nothing) {
        (0, false, None, i + 1)
    } else if opens {
        if !words.follows(i + 1) || words.whole(i + 1).any(May::FUNCTION.or(May::FINITE).or(May::TITLE)) {
            return None;
        }
        if word == "عبد" && !words.is_definite(i + 1) && doc.word(i + 1) != "ربه" && doc.word(i + 1) != "الله"
        {
            return None;
        }
        if (word == "بن" || word == "ابن") && expect == Expect::Nothing {
            return None;
        }
        // أبو ظبي and other places are met before this.
        if words.is_ordinary(i + 1) && !words.whole(i + 1).any(May::NAME) && word != "عبد" {
            return None;
        }
        (0, word == "عبد" || words.whole(i + 1).any(May::SURE), None, i + 2)
    } else if is_servant(word) {
        (0, true, None, i + 1)
    } else if look.cut > 0
        && (look.after.any(May::GIVEN) || is_servant(after(word, look.cut)))
        && !look.whole.any(May::KNOWN)
        && !(words.is_ordinary(i) && expect == Expect::Nothing && !look.after.any(May::SURE))
    {
        (look.cut, look.after.any(May::GIVEN), None, i + 1)
    } else if word.strip_prefix('و').is_some_and(is_servant) {
        (1, true, None, i + 1)
    } else if expect > Expect::Nothing {
        if words.letters(i) < 3
            || word.starts_with("لل")
            || words.is_definite(i) && !look.whole.any(May::NAME)
        {
            return None;
        }
        // مغشيا عليه "unconscious", المحكوم عليه: a participle with its preposition.
        if words.follows(i + 1) && matches!(doc.word(i + 1), "عليه" | "عليها" | "عليهما" | "عليهم")
        {
            return None;
        }
        // يرزقان "they are given": a verb that nobody lists.
        if word.starts_with('ي')
            && (word.ends_with("ون") || word.ends_with("ان"))
            && !look.whole.any(May::NAME)
        {
            return None;
        }
        if blocked(words, i) || look.after.any(May::COUNTRY.or(May::PLACE).or(May::TITLE).or(May::NISBA)) {
            return None;
        }
        let surname = look.whole.any(May::SURNAME.or(May::SURNAME_TOO));
        if words.is_ordinary(i) && !surname {
            return None;
        }
        if expect == Expect::AfterComma && !look.whole.any(May::SURNAME) && look.whole.any(May::KNOWN) {
            return None;
        }
        if look.whole.any(May::PLACE.or(May::ORGANIZATION)) && !look.whole.any(May::DOUBTFUL) && !surname {
            return None;
        }
        (0, look.whole.any(May::SURNAME), None, i + 1)
    } else {
        return None;
    };
    if opens && word == "عبد" && end == i + 2 && doc.word(i + 1) == "رب" && words.follows(end) {
        end += 1;
    }
    let mut parts = end - i;
    // Whether an unknown word is part of it.
    let mut foreign = false;
    // تميم الحداد is not the emir whom الأمير تميم means: with a further name it is anybody's given name.
    let given = public.is_some_and(|(r, e)| {
        let alike = |other: &Reading| other.tokens == 1 && other.cut == r.cut && other.suffix == r.suffix;
        r.tokens == 1
            && e.feat.is_doubtful()
            && doc.entries(i).any(|(other, e)| e.table == Table::Given && alike(other))
    });
    // What goes on: further names, connecting words with a name after them, unknown words.
    while end < i + 9 {
        let (at, joined) = match joint(words, end) {
            Some(at) => (at, true),
            None => (end, false),
        };
        if joined && public.is_some_and(|(r, _)| r.tokens == 1) && doc.is_mark(end, '-') {
            break;
        }
        if !joined && !words.follows(at) || !words.is_word(at) || words.is_time(at) {
            break;
        }
        let word = doc.word(at);
        let look = words.look(at);
        // محمد مرسي المنتمي, دياز كانيل حاصل: after a whole name that the lexicons have only what is a name and nothing else belongs to it.
        let whole_name = public.is_some_and(|(r, _)| r.tokens > 1 && end == i + usize::from(r.tokens));
        // Of given names alone (محمد حسين) a surname goes on.
        let open = doc.word(i) == "عبد" || words.whole(end - 1).any(May::GIVEN.or(May::GIVEN_TOO));
        let fits = if open {
            look.whole.any(May::NAME) || !look.whole.any(May::KNOWN) && !words.is_definite(at)
        } else {
            look.whole.any(May::SURE) && !look.whole.any(May::TITLE.or(May::NISBA)) && !words.is_ordinary(at)
        };
        if whole_name && !fits && !words.does(at, Does::BETWEEN.or(Does::ORDINAL)) && !is_servant(word) {
            break;
        }
        // ترامب نتانياهو: two people side by side; غادر شفيق الإمارات: a state is no surname.
        let other = public.is_some_and(|(r, _)| r.tokens == 1 && end == i + 1) && look.whole.any(May::PERSON);
        let short = !given && public.is_some_and(|(r, _)| r.tokens == 1) && !words.whole(i).any(May::GIVEN);
        // زار سامر الحكيم الرباط: after a full name a town is no surname.
        let town = parts >= 2 && look.whole.any(May::PLACE) && !look.whole.any(May::DOUBTFUL.or(May::GIVEN));
        if short
            || town && words.is_definite(at)
            || other && !given && !look.whole.any(May::GIVEN)
            || look.whole.any(May::COUNTRY)
                && !look.whole.any(May::GIVEN)
                // النائب محمد السويد، : after a title and one given name, with a mark behind it, a surname all the same.
                && !(expect == Expect::Name
                    && parts == 1
                    && cut == 0
                    && public.is_none()
                    && words.is_definite(at)
                    && doc.is_mark(at + 1, '،'))
        {
            break;
        }
        if look.whole.any(May::COUNTRY) && !look.whole.any(May::GIVEN) {
            end = at + 1;
            parts += 1;
            break;
        }
        if words.does(at, Does::BETWEEN) {
            if word == "الله" && parts == 1 && cut > 0 {
                // بتوفيق الله "by God's grace".
                break;
            }
            if matches!(word, "الدين" | "الله" | "الاسلام") {
                end = at + 1;
                parts += 1;
                sure = true;
                continue;
            }
            // The connecting word needs a name after it.
            // حسين بن #عبدالله: a hash sign may stand between.
            let next = joint(words, at + 1).unwrap_or(at + 1);
            if !(words.follows(next) || next > at + 1 && words.is_word(next))
                || blocked(words, next)
                    && !words.whole(next).any(May::NAME)
                    && !words.does(next, Does::BETWEEN)
            {
                break;
            }
            // لا and لو are also "no" and "if".
            // آل "the house of" folds to the letters of the article.
            let house = doc.text(doc.tokens[at].span).starts_with('آ');
            let latin = matches!(word, "لا" | "لو" | "دا" | "ال" | "ام") && !house;
            if latin && (words.is_ordinary(next) || words.whole(next).any(May::FINITE)) {
                break;
            }
            if matches!(word, "بن" | "ابن" | "بنت" | "عبد" | "ابو" | "ال" | "ولد") {
                sure = true;
            }
            end = if words.does(next, Does::BETWEEN) && !matches!(doc.word(next), "الدين" | "الله") {
                next
            } else {
                next + 1
            };
            parts += 2;
            continue;
        }
        if words.does(at, Does::ORDINAL) {
            if expect == Expect::Name || whole_name {
                end = at + 1;
                parts += 1;
                continue;
            }
            break;
        }
        if look.whole.any(May::SURE) && !look.whole.any(May::FINITE.or(May::FUNCTION)) || is_servant(word) {
            sure |= !look.whole.any(May::NISBA);
            end = at + 1;
            parts += 1;
            continue;
        }
        if look.whole.any(May::GIVEN_TOO.or(May::SURNAME_TOO))
            && !look.whole.any(May::FUNCTION.or(May::FINITE))
        {
            let fits = !words.is_ordinary(at)
                || (sure || expect == Expect::Name)
                    && words.is_definite(at)
                    && !look.whole.any(May::TITLE.or(May::GROUP));
            if fits
                && (!look.whole.any(May::TITLE.or(May::NISBA))
                    || parts == 1 && words.is_definite(at) && look.whole.any(May::NISBA))
            {
                end = at + 1;
                parts += 1;
                continue;
            }
            break;
        }
        // العميد ذياب القبلي، : after a title and a first name, a definite word in -i before a mark is the surname.
        let surname = expect == Expect::Name
            && parts == 1
            && words.is_definite(at)
            && word.ends_with('ي')
            && doc.kind(at + 1) == Some(Kind::Mark)
            && !look.whole.any(May::NISBA.or(May::TITLE).or(May::GROUP));
        if surname {
            end = at + 1;
            parts += 1;
            continue;
        }
        // صادق دويد لسكاي نيوز: a name of several words with a letter before it.
        let another = word.starts_with(['ل', 'ب'])
            && super::bodies::known(words, at, super::bodies::Backing::None).is_some_and(|f| f.cut > 0);
        if another
            || blocked(words, at)
            || attached(look.after, words, at) && !joined
            || word.starts_with('و') && !begins_with_w(word, look.after)
            || words.is_ordinary(at) && !joined
            || words.letters(at) < 2
        {
            break;
        }
        let taken = look.whole.any(May::PLACE.or(May::ORGANIZATION)) && !look.whole.any(May::DOUBTFUL);
        // ديفيد X where X is a small town too.
        if taken && !(parts == 1 && sure && row.is_none() && is_small_town(words, at)) {
            break;
        }
        foreign |= !look.whole.any(May::KNOWN);
        end = at + 1;
        parts += 1;
    }
    let plain = !words.whole(i).any(May::TITLE.or(May::GROUP));
    let enough = match expect {
        Expect::Name => true,
        Expect::AfterComma => sure || parts >= 2,
        // كريم X: a name that is a word too, but hardly ever an ordinary one, before a word that nobody knows.
        Expect::Nothing => {
            public.is_some() || parts >= 2 && (sure || foreign && cut == 0 && plain && !words.is_ordinary(i))
        }
    };
    if !enough {
        return None;
    }
    Some(Found {
        tokens: Tokens::new(i, end),
        cut,
        tail: 0,
        kind: EntityKind::Person,
        row: row.filter(|_| !(given && end > i + 1)),
        rule: match (public.is_some() && !(given && end > i + 1), expect) {
            (true, _) => "names:lexicon",
            (_, Expect::Nothing) => "names:given name+",
            _ => "names:title+",
        },
    })
}

/// Whether the letters before a known stem are attached letters rather than its first: لإيران, بالقاهرة; not كيري, لافروف.
fn attached(after: May, words: &Words<'_>, i: usize) -> bool {
    let else_ = May::COUNTRY
        .or(May::PLACE)
        .or(May::ORGANIZATION)
        .or(May::TITLE)
        .or(May::GROUP)
        .or(May::NISBA)
        .or(May::HEAD)
        .or(May::NAME);
    // ك "as" hardly ever stands before a name.
    if words.doc.word(i).starts_with('ك') {
        return false;
    }
    after.any(else_) && !after.any(May::DOUBTFUL) || after.any(May::KNOWN) && words.is_ordinary(i)
}

/// Whether a word that begins with و is a foreign name in w (ويلينغام, وودورد) rather than "and" with a name.
fn begins_with_w(word: &str, after: May) -> bool {
    !after.any(May::KNOWN) && matches!(word.chars().nth(1), Some('ي' | 'ا' | 'و')) && word.chars().count() > 3
}

/// Whether the word at `i` is known as a town only, and not a large one.
fn is_small_town(words: &Words<'_>, i: usize) -> bool {
    let doc = words.doc;
    let whole = words.whole(i);
    !whole.any(May::COUNTRY.or(May::ORGANIZATION))
        && doc
            .word_entries(i)
            .filter(|(r, e)| r.cut == 0 && matches!(e.table, Table::Place | Table::PlaceMore))
            .all(|(_, e)| {
                e.table == Table::Place
                    && doc.row(e).get("population").parse().is_ok_and(|n: u64| n < 500_000)
            })
}

/// عبدالله, عبدالرحمن and the like, written as one word.
pub fn is_servant(word: &str) -> bool {
    word.strip_prefix("عبدال").is_some_and(|rest| rest.chars().count() >= 2) || word == "عبدربه"
}

fn after(word: &str, cut: u8) -> &str {
    word.char_indices().nth(usize::from(cut)).map_or("", |(at, _)| &word[at..])
}

/// Whether the word is plainly something else than a name.
fn blocked(words: &Words<'_>, i: usize) -> bool {
    let whole = words.whole(i);
    let else_ = May::FUNCTION
        .or(May::FINITE)
        .or(May::TITLE)
        .or(May::GROUP)
        .or(May::HEAD)
        .or(May::COUNTRY)
        .or(May::NISBA)
        .or(May::PORTFOLIO)
        .or(May::TIME);
    whole.any(else_) && !whole.any(May::SURE)
        || whole.any(May::NOUN) && words.is_ordinary(i)
        || words.is_time(i)
}

/// The word after a hyphen, underscore or hash sign that joins two parts of a name: كيم جونغ-أون, محمود_عباس, دونالد #ترمب.
fn joint(words: &Words<'_>, i: usize) -> Option<usize> {
    let doc = words.doc;
    let mark = doc.tokens.get(i).filter(|t| t.kind == Kind::Mark && !t.line_start)?;
    let next = doc.tokens.get(i + 1).filter(|t| t.kind == Kind::Word && !t.line_start)?;
    let joins = match doc.word(i) {
        "-" | "–" => !mark.spaced,
        "_" => !mark.spaced && !next.spaced,
        "#" => mark.spaced && !next.spaced,
        _ => false,
    };
    joins.then_some(i + 1)
}
