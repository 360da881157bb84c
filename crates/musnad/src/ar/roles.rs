//! Offices: which titles the text gives to whom.
//!
//! A title stands before its holder's name (الرئيس الفرنسي X), after it between commas (X، وزير الخارجية،), in a pile of titles
//! (محافظ حضرموت قائد المنطقة، اللواء X), or alone, and then it describes somebody who is named elsewhere or nowhere.

use crate::ar::names::titles::{self, Of, Title};
use crate::ar::names::words::{May, Words};
use crate::document::{EntityKind, Kind};
use musnad_lexicon::Number;

/// How a title goes with a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// Right before the name or right after it: one phrase with it.
    Fused,
    /// Beside it, set off by a comma or bracket.
    Beside,
    /// By itself.
    Alone,
}

/// A title with the name of its holder.
#[derive(Clone, Debug)]
pub struct Held {
    /// The title.
    pub title: Title,
    /// The holder, as an index into the names.
    pub holder: Option<usize>,
    /// How it goes with the name.
    pub place: Place,
}

/// All titles of the text in order, with their holders.
#[must_use]
pub fn titles(words: &Words<'_>) -> Vec<Held> {
    let doc = words.doc;
    let mut all: Vec<Held> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if !words.is_word(i) || !doc.is_read(i) {
            i += 1;
            continue;
        }
        if let Some(n) = doc.name_at(i) {
            // ميدان الشيخ زايد, but also the state that a longer title is of.
            i = doc.names[n].tokens.end as usize;
            continue;
        }
        let Some(mut title) = titles::title(words, i) else {
            i += 1;
            continue;
        };
        // من المقرر "it is planned" is no rapporteur; منصب وزير "the post of minister" and مكتب المحافظ are nobody.
        let before = i.checked_sub(1).map_or("", |b| doc.bare(b));
        let post = matches!(
            before.trim_start_matches(['ل', 'ب', 'ك']),
            "منصب" | "مكتب" | "حقيبة" | "مقعد" | "المقر" | "مقر"
        );
        // رئيسا للوزراء, مجلس وزراء: the ministers are no one but the office's name.
        let council = title.number == Number::Plural
            && title.tokens.len() == 1
            && matches!(
                before.trim_start_matches(['ل', 'ب']).trim_start_matches("ال"),
                "رئيس" | "رئيسا" | "رئيسة" | "رئاسة" | "مجلس" | "نائب"
            );
        if council {
            i += 1;
            continue;
        }
        // رسالته المؤرخة في "his letter dated": no historian.
        let dated = title.key == "مؤرخ"
            && title.definite
            && matches!(doc.word(title.tokens.end as usize), "في" | "بتاريخ");
        let rapporteur = title.key == "مقرر" && title.of == Of::Unsaid || dated;
        let unnamed = doc.name_at(title.tokens.end as usize).is_none()
            && titles::name_after(words, &title)
                .is_none_or(|(at, comma)| !comma || person_at(words, at).is_none());
        if rapporteur || attribute(words, &title) || post && unnamed {
            i += 1;
            continue;
        }
        widen(words, &mut title);
        let names_follow = doc.name_at(title.tokens.end as usize);
        // A word that is a given name too, alone and without article, is no title (أمين, نجيب).
        let bare = title.tokens.len() == 1 && !title.definite && words.whole(i).any(May::NAME);
        if bare && names_follow.is_none() {
            i += 1;
            continue;
        }
        i = (title.tokens.end as usize).max(i + 1);
        all.push(Held { title, holder: None, place: Place::Alone });
    }
    for k in (0..all.len()).rev() {
        let next = all.get(k + 1).cloned();
        let (holder, place) = holder(words, &all[k].title, next.as_ref());
        all[k].holder = holder;
        all[k].place = place;
    }
    // محمد كنان، نائب الرئيس وزير الدفاع حاكم X: a pile that follows its holder.
    for k in 1..all.len() {
        let before = &all[k - 1];
        let Some(n) = before.holder.filter(|n| doc.names[*n].tokens.end <= before.title.tokens.start) else {
            continue;
        };
        let (end, start) = (before.title.tokens.end as usize, all[k].title.tokens.start as usize);
        let next = start == end || start == end + 1 && matches!(doc.word(end), "،" | ",");
        let office = matches!(all[k].title.kind, "office" | "profession");
        if all[k].holder.is_none()
            && next
            && office
            && all[k].title.definite
            && all[k].title.number == Number::Singular
            && !doc.tokens[start].line_start
        {
            all[k].holder = Some(n);
            all[k].place = Place::Beside;
        }
    }
    // كلف الرئيس المصري، وزير الإسكان X: who holds the first office elsewhere is not X.
    let last = |n: usize| doc.word(doc.names[n].tokens.end as usize - 1);
    for k in 0..all.len() {
        let Some(n) = all[k].holder.filter(|_| all[k].place == Place::Beside && all[k].title.definite) else {
            continue;
        };
        let piled = all[k].title.tokens.end <= doc.names[n].tokens.start
            && all.get(k + 1).is_some_and(|next| next.title.tokens.start < doc.names[n].tokens.start);
        let of = |t: &Title| match &t.of {
            Of::Nisba(_, row) => Some(row.row),
            _ => None,
        };
        let taken = piled
            && of(&all[k].title).is_some()
            && all.iter().take(64).any(|o| {
                o.place == Place::Fused
                    && o.title.key == all[k].title.key
                    && of(&o.title) == of(&all[k].title)
                    && o.holder.is_some_and(|m| last(m) != last(n))
            });
        if taken {
            all[k].holder = None;
            all[k].place = Place::Alone;
        }
    }
    // الفريق is a rank before a name and a team without one.
    all.retain(|h| {
        h.holder.is_some()
            || h.title.kind != "rank"
            || !words.whole(h.title.tokens.start as usize).any(May::GROUP)
    });
    all
}

/// Whether a bare definite participle is an adjective of the noun before it: حزبه الحاكم "his ruling party".
fn attribute(words: &Words<'_>, title: &Title) -> bool {
    const PARTICIPLES: [&str; 12] = [
        "حاكم",
        "معارض",
        "مسؤول",
        "مرشح",
        "قائد",
        "مقاتل",
        "مراقب",
        "ممثل",
        "رئيس",
        "شريك",
        "مدافع",
        "منافس",
    ];
    let i = title.tokens.start as usize;
    if i == 0 || title.cut > 0 || title.tokens.len() > 1 || !words.follows(i) {
        return false;
    }
    let before = i - 1;
    if of_politics(words, title, before) {
        return true;
    }
    if !PARTICIPLES.contains(&title.key.as_str()) {
        return false;
    }
    let owned = words
        .doc
        .word_entries(before)
        .any(|(r, e)| r.suffix != crate::document::Suffix::None && !e.feat.is_finite());
    let noun = words.is_definite(before)
        && !words.whole(before).any(May::FUNCTION.or(May::FINITE).or(May::TITLE).or(May::NISBA));
    words.is_definite(i)
        && (owned && !words.whole(before).any(May::FUNCTION)
            || noun && words.doc.name_at(before).is_none() && !words.is_time(before))
}

/// Whether a word in -ي for a person is the adjective of the noun before it: الحل السياسي "the political solution", مؤتمر صحفي "a press
/// conference", مستقبله السياسي "his political future", الشعب الشقيق "the brother people".
fn of_politics(words: &Words<'_>, title: &Title, before: usize) -> bool {
    let doc = words.doc;
    let i = title.tokens.start as usize;
    let whole = words.whole(before);
    const ADJECTIVES: [&str; 9] =
        ["سياسي", "عسكري", "اعلامي", "دبلوماسي", "اكاديمي", "رياضي", "صحافي", "صحفي", "شقيق"];
    let press = matches!(title.key.as_str(), "صحافي" | "صحفي");
    let brother = title.key == "شقيق";
    if !ADJECTIVES.contains(&title.key.as_str())
        || title.number != Number::Singular
        || !words.is_word(before)
        || whole.any(May::FUNCTION.or(May::TITLE)) && !whole.any(May::HEAD.or(May::GROUP))
        || words.is_time(before)
    {
        return false;
    }
    let definite = words.is_definite(i);
    let named = doc.name_at(before).is_some();
    let owned = doc
        .word_entries(before)
        .any(|(r, e)| r.suffix != crate::document::Suffix::None && !e.feat.is_finite());
    if definite {
        // A noun with the article cannot be of what follows it, so that is its adjective; the verb's subject could be.
        return words.is_definite(before) && !whole.any(May::FINITE) && (!named || brother)
            || owned && !whole.any(May::FINITE);
    }
    if named || whole.any(May::FINITE) {
        return false;
    }
    if press {
        return matches!(
            doc.bare(before).trim_start_matches(['ل', 'ب']),
            "مؤتمر" | "لقاء" | "حوار" | "بيان" | "تصريح" | "حديث" | "عمل" | "تقرير" | "مقال"
        );
    }
    // An arrest or killing is of somebody; other nouns are political.
    let undergone = matches!(
        doc.bare(before),
        "اعتقال"
            | "مقتل"
            | "قتل"
            | "اغتيال"
            | "توقيف"
            | "اختطاف"
            | "خطف"
            | "مصرع"
            | "اصابة"
            | "طرد"
            | "اقالة"
            | "استدعاء"
            | "تعيين"
    );
    !undergone
        && words.letters(before) > 1
        && !whole.any(May::NISBA)
        && !brother
        && !words.is_definite(before)
}

/// A title that goes on to a comma after which its holder is named: منسق الشؤون الإنسانية في حالات الطوارئ، X; المحلل البارز في شركة
/// "غافيك"، X; محلل آخر في المعهد، X.
fn widen(words: &Words<'_>, title: &mut Title) {
    let doc = words.doc;
    let from = title.tokens.end as usize;
    if !words.follows(from)
        || title.number != Number::Singular
        || matches!(title.kind, "rank" | "honorific" | "relation")
        || person_at(words, from).is_some()
    {
        return;
    }
    // Adjectives of the title itself belong to its words: المديرة التنفيذية, خبير اقتصادي.
    let mut j = from;
    let mut adjectives = from;
    let said = !matches!(title.of, Of::Unsaid);
    let word = doc.word(j);
    let other = matches!(word, "اخر" | "اخرى");
    let adjective = other
        || words.is_definite(j) == words.is_definite(title.tokens.start as usize)
            && doc.name_at(j).is_none()
            && word.ends_with(['ي', 'ة', 'ز', 'ر'])
            && !words.whole(j).any(May::FUNCTION.or(May::FINITE).or(May::TITLE).or(May::NISBA));
    if !said && adjective {
        j += 1;
        adjectives = if other { from } else { j };
    }
    if !matches!(doc.word(j), "في" | "لدى" | "عن" | "من")
        && !doc.word(j).starts_with(['ل', 'ب'])
        && !doc.word(j).starts_with("وال")
        && j == from
    {
        return;
    }
    let begin = j;
    let mut body = None;
    let mut purpose = None;
    while j < begin + 10 && j < words.len() && !doc.tokens[j].line_start {
        if doc.kind(j) == Some(Kind::Mark) {
            if !matches!(doc.word(j), "\"" | "«" | "»" | "“" | "”") {
                break;
            }
        } else if words.is_time(j)
            || words.whole(j).any(May::FINITE) && !words.whole(j).any(May::NOUN.or(May::HEAD).or(May::GROUP))
        {
            break;
        }
        if let Some(n) = doc.name_at(j).filter(|n| doc.names[*n].tokens.start as usize == j) {
            if doc.names[n].kind == EntityKind::Person {
                break;
            }
            if doc.names[n].kind == EntityKind::Organization || body.is_none() {
                body = Some(n);
            }
            j = (doc.names[n].tokens.end as usize).max(j + 1);
            continue;
        }
        if purpose.is_none() && j > begin && matches!(doc.word(j), "في" | "لدى") {
            purpose = Some(j);
        }
        j += 1;
    }
    let named = matches!(doc.word(j), "،" | ",")
        && person_at(words, j + 1).is_some_and(|n| {
            let closes = doc.names[n].tokens.end as usize;
            doc.kind(closes) != Some(Kind::Word) || !doc.word(closes).starts_with('و')
        });
    if j > from && named {
        title.tokens.end = j as u32;
        if !said {
            // What it is for belongs to its words (المديرة التنفيذية لقسم الشرق الأوسط); where it is held does not.
            let place = matches!(doc.word(begin), "في" | "لدى" | "من") || doc.word(begin).starts_with('ب');
            let last = match (body, purpose) {
                _ if place => adjectives,
                (Some(_), Some(p)) => p,
                (Some(n), None) => doc.names[n].tokens.start as usize,
                (None, _) => j,
            };
            if last > 0 {
                title.words.end = title.words.end.max(doc.tokens[last - 1].span.end);
            }
            if let Some(n) = body {
                title.of = Of::Body(crate::ar::names::Found {
                    tokens: doc.names[n].tokens,
                    cut: 0,
                    tail: 0,
                    kind: doc.names[n].kind,
                    row: doc.names[n].row,
                    rule: "roles:apposition",
                });
            }
        }
        title.definite = true;
    }
}

fn person_at(words: &Words<'_>, i: usize) -> Option<usize> {
    let doc = words.doc;
    let n = doc.name_at(i)?;
    let name = &doc.names[n];
    let whole = name.tokens.start as usize == i && name.span.start == doc.tokens[i].span.start;
    (name.kind == EntityKind::Person && whole).then_some(n)
}

/// عين سامر مستشارا "appointed Samer an adviser", كان سامر مسؤولا: an office in the accusative after its holder, whose name begins at
/// `name`, and a verb of appointing or being before both.
fn appointed(words: &Words<'_>, title: &Title, name: usize) -> bool {
    const VERBS: [&str; 15] = [
        "عين",
        "عينت",
        "تعيين",
        "بتعيين",
        "انتخب",
        "انتخاب",
        "بانتخاب",
        "اختار",
        "اختيار",
        "كان",
        "كانت",
        "اصبح",
        "بات",
        "نصب",
        "كلف",
    ];
    let doc = words.doc;
    let start = title.tokens.start as usize;
    !title.definite
        && title.cut == 0
        && doc.word(start).ends_with('ا')
        && words.follows(start)
        && (name.saturating_sub(3)..name).any(|k| VERBS.contains(&doc.bare(k)))
}

fn holder(words: &Words<'_>, title: &Title, next: Option<&Held>) -> (Option<usize>, Place) {
    let doc = words.doc;
    let alone = (None, Place::Alone);
    if title.number != Number::Singular {
        return alone;
    }
    let start = title.tokens.start as usize;
    let mut after = titles::name_after(words, title);
    // متحدث باسم رئيسة الحكومة، X "a spokesman for the prime minister, X": an unnamed spokesman of X.
    let spokesman = title.key.starts_with("متحدث") || title.key.starts_with("ناطق");
    let unnamed = spokesman
        && !doc.word(start).trim_start_matches(['و', 'ل', 'ب']).starts_with("ال")
        && doc.tokens[title.tokens.range()].len() > 2
        && (title.tokens.start as usize + 2..title.tokens.end as usize)
            .any(|k| words.whole(k).any(May::TITLE) && words.title(k).is_some());
    // مدير مكتب الرئيس X: whose office it is.
    let office = title.key.starts_with("مدير مكتب")
        && title.tokens.len() > 2
        && words.whole(title.tokens.end as usize - 1).any(May::TITLE);
    if unnamed || office {
        after = None;
    }
    if let Some((at, false)) = after
        && let Some(n) = person_at(words, at)
    {
        return (Some(n), Place::Fused);
    }
    // The next title of the pile: directly, after a comma (ranks and honorifics only), or joined by و.
    if let (Some((at, comma)), Some(next)) = (after, next)
        && next.title.tokens.start as usize == at
        && next.holder.is_some()
        && (next.place == Place::Fused
            || next.holder.is_some_and(|n| doc.names[n].tokens.start >= next.title.tokens.end))
    {
        let joined = next.title.cut > 0;
        let long = title.key.contains(' ') && !matches!(title.of, Of::Nisba(..));
        // أحمد وزير الدولة ومدير المكتب X: who stands before holds the first of two that are joined.
        let before = start > 0
            && joined
            && !comma
            && words.follows(start)
            && doc.name_at(start - 1).is_some_and(|n| {
                doc.names[n].kind == EntityKind::Person && doc.names[n].tokens.end as usize == start
            });
        // نائب الملا عمر is another's deputy.
        if !before && title.definite && (!joined || !comma && long) {
            let beside = comma || next.place == Place::Beside;
            return (next.holder, if beside { Place::Beside } else { Place::Fused });
        }
    }
    // After the name: X، وزير الخارجية or X وزير الخارجية.
    if title.cut == 0 && start > 0 && !doc.tokens[start].line_start {
        let before = start - 1;
        let mark = matches!(doc.word(before), "،" | "," | "(");
        let at = if mark { before.checked_sub(1) } else { Some(before) };
        let named = at.and_then(|at| doc.name_at(at)).filter(|n| {
            let name = &doc.names[*n];
            name.kind == EntityKind::Person && name.tokens.end as usize == at.map_or(0, |a| a + 1)
        });
        if let Some(n) = named
            && (mark || title.definite || appointed(words, title, doc.names[n].tokens.start as usize))
            && !matches!(title.kind, "rank" | "honorific" | "relation")
        {
            return (Some(n), if mark { Place::Beside } else { Place::Fused });
        }
    }
    if let Some((at, true)) = after
        && let Some(n) = person_at(words, at)
        && title.definite
    {
        let closes = doc.names[n].tokens.end as usize;
        // A list of names after commas is no apposition: the name is closed by a mark or the line's end.
        let closed =
            doc.tokens.get(closes).is_none_or(|t| t.kind == crate::document::Kind::Mark || t.line_start)
                || doc.is_mark(closes, ')')
                || !doc.word(closes).starts_with('و');
        if closed {
            return (Some(n), Place::Beside);
        }
    }
    alone
}

#[cfg(test)]
mod tests {
    use crate::{Report, read_until};

    /// Holder, title, what it is of.
    fn check(text: &str, expect: &[(&str, &str, &str)]) {
        let doc = read_until(Report { text: text.into(), ..Report::default() }, 5);
        doc.check().expect("an orderly document");
        let name = |e: crate::document::EntityId| doc.entity(e).map_or("", |e| e.name.as_str());
        let got: Vec<_> = doc
            .cast
            .roles
            .iter()
            .map(|r| (name(r.person), doc.text(r.title), r.of.map_or("", name)))
            .collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn before_and_after_the_name() {
        check("قال رئيس الوزراء الأردني سامر الحكيم نعم", &[("سامر الحكيم", "رئيس الوزراء", "الأردني")]);
        check("قال سامر الحكيم، وزير خارجية تونس، نعم", &[("سامر الحكيم", "وزير خارجية", "تونس")]);
        check(
            "قالت المتحدثة باسم البيت الأبيض ليلى حداد نعم",
            &[("ليلى حداد", "المتحدثة باسم البيت الأبيض", "البيت الأبيض")],
        );
    }

    #[test]
    fn piles() {
        check(
            "قال محافظ حلب قائد الشرطة، اللواء سامر الحكيم، نعم",
            &[("سامر الحكيم", "محافظ", "حلب"), ("سامر الحكيم", "قائد الشرطة", "")],
        );
    }

    #[test]
    fn what_is_no_office() {
        // The ruling party, what is planned, a post without a holder, a rank.
        check("قال حزبه الحاكم إنه من المقرر أن يتولى منصب وزير", &[]);
        check("قال العقيد سامر الحكيم نعم", &[]);
    }
}
