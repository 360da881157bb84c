//! Speakers: who is the subject of a cue.

use super::cues::{Cue, Form, Lead};
use super::words::Does;
use crate::document::{
    Classes, Document, Entity, EntityId, EntityKind, Kind, MentionAt, MentionKind, Proclitics, Suffix,
};
use crate::span::Tokens;
use musnad_lexicon::{Number, Part, Table};

/// Who is said to speak, and where the words that say so end.
#[derive(Clone, Debug, Default)]
pub struct Subject {
    /// The speakers; several for "Moscow and Damascus accuse"; none where the verb stands alone.
    pub who: Vec<EntityId>,
    /// The token after the subject; after the cue where none follows it.
    pub end: usize,
    /// Whether it stands before the cue.
    pub before: bool,
}

/// How far from its verb a subject may begin, in tokens.
const REACH: usize = 14;

/// Whether the word at `i` stands under a preposition: its own attached one.
fn attached_preposition(doc: &Document, i: usize, letters: u8) -> bool {
    doc.readings(i)
        .iter()
        .filter(|r| r.proclitics.any(Proclitics::PREPOSITION))
        .any(|r| letters > 0 && r.cut <= letters)
}

/// Letters of the first token that stand before a mention.
#[must_use]
pub fn letters_before(doc: &Document, m: &MentionAt) -> u8 {
    let Some(mention) = doc.mention(m) else { return 0 };
    let i = m.tokens.start as usize;
    let Some(token) = doc.tokens.get(i) else { return 0 };
    let before = crate::span::Span::new(token.span.start, mention.span.start.max(token.span.start));
    doc.text(before).chars().filter(|c| !super::super::tokens::vanishes(*c)).count().min(9) as u8
}

/// Whether the token at `i` stands after a preposition.
#[must_use]
pub fn governed_at(doc: &Document, i: usize) -> bool {
    // لـ«الشرق الأوسط» "to Asharq Al-Awsat": the preposition stands before the quotation mark.
    let quoted = i > 1 && super::content::opening(doc, i - 1).is_some();
    let before = if quoted { i.checked_sub(2) } else { i.checked_sub(1) };
    before.is_some_and(|b| {
        // لـCNN "to CNN" too.
        is_preposition(doc, b)
            || matches!(doc.word(b).trim_end_matches('ـ'), "ل" | "ب")
                && (quoted || doc.kind(i) == Some(Kind::Foreign))
    })
}

/// Whether a mention is governed by a preposition, attached or before it.
#[must_use]
pub fn governed(doc: &Document, m: &MentionAt) -> bool {
    let i = m.tokens.start as usize;
    let letters = letters_before(doc, m);
    let attached = letters > 0 && {
        let word = doc.word(i);
        let mut chars = word.chars().take(usize::from(letters));
        chars.any(|c| matches!(c, 'ب' | 'ل' | 'ك'))
    };
    // مع الزميل فريد "with our colleague Farid": his title stands between.
    let called = |b: usize| {
        doc.entry(b, Table::Title).is_some()
            || doc.entry(b, Table::Group).is_some_and(|(_, e)| doc.row(e).get("type") == "person")
    };
    let title = i > 0 && called(i - 1) && !doc.tokens[i].line_start;
    attached
        || attached_preposition(doc, i, letters) && letters > 1
        || governed_at(doc, i)
        || title && doc.kind(i - 1) == Some(Kind::Word) && governed_at(doc, i - 1)
}

/// Whether the token is a preposition and nothing else that matters here.
#[must_use]
pub fn is_preposition(doc: &Document, i: usize) -> bool {
    doc.kind(i) == Some(Kind::Word) && doc.is(i, Classes::PREPOSITION.or(Classes::BY))
}

/// Whether the token is a mark that may stand between a verb and its subject, or inside a subject.
fn passing_mark(doc: &Document, i: usize) -> bool {
    match doc.word(i).chars().next() {
        Some('،' | ',' | '(' | ')' | '#') => true,
        // A quotation is passed only where it is a name.
        Some(_) => {
            super::content::opening(doc, i).is_some_and(|q| super::content::is_name(doc, q))
                || doc
                    .layout
                    .quotes
                    .get(doc.quote(i.wrapping_sub(1)).map_or(usize::MAX, |(q, _)| q))
                    .is_some_and(|q| q.close == Some(i as u32))
        }
        None => false,
    }
}

/// Whether the token may stand between a verb and its subject, or inside a subject, without being one.
fn passes(doc: &Document, i: usize) -> bool {
    if doc.kind(i) == Some(Kind::Mark) {
        return passing_mark(doc, i);
    }
    let head = |t: Table| doc.entry(i, t).is_some_and(|(r, _)| !r.proclitics.any(Proclitics::PREPOSITION));
    doc.time_at(i).is_some()
        || doc.is(i, Classes::ADVERB.or(Classes::MODAL).or(Classes::QUANTIFIER))
        || head(Table::Title)
        || head(Table::Group)
        || is_body_head(doc, i)
        || in_title(doc, i)
        || matches!(doc.word(i), "انباء" | "الانباء")
        || doc.entry(i, Table::Country).is_some_and(|(_, e)| e.feat.part() == Part::Nisba)
}

/// Whether the word is a further word of a title: الخارجية in وزير الخارجية "foreign minister".
fn in_title(doc: &Document, i: usize) -> bool {
    (1..=3).any(|n| i >= n && doc.entry(i - n, Table::Title).is_some_and(|(r, _)| usize::from(r.tokens) > n))
        || i > 0
            && doc.entry(i - 1, Table::Title).is_some()
            && doc.entry(i, Table::Portfolio).is_some_and(|(r, _)| !r.proclitics.any(Proclitics::PREPOSITION))
}

/// Whether the word is the generic head of a body's name: صحيفة "paper", منظمة "organisation".
fn is_body_head(doc: &Document, i: usize) -> bool {
    doc.entry(i, Table::Head).is_some_and(|(r, e)| {
        !r.proclitics.any(Proclitics::PREPOSITION) && doc.row(e).get("class") == "organization"
    })
}

/// The longest mention that begins at token `i`, or that begins with `i`'s letters after a conjunction.
#[must_use]
pub fn starting(doc: &Document, i: usize) -> Option<MentionAt> {
    doc.cast.starting(i).first().copied()
}

/// Whether a mention is only the adjective of a state in what somebody is called: الأمريكي in "the American minister".
#[must_use]
pub fn is_adjective(doc: &Document, m: &MentionAt) -> bool {
    m.tokens.len() == 1
        && doc
            .entry(m.tokens.start as usize, Table::Country)
            .is_some_and(|(_, e)| e.feat.part() == Part::Nisba)
}

/// Whether an entity can speak.
fn speaks(entity: &Entity) -> bool {
    matches!(
        entity.kind,
        EntityKind::Person
            | EntityKind::Organization
            | EntityKind::Group
            | EntityKind::Place
            | EntityKind::Document
    )
}

/// Whether a verb's form goes with an entity as its subject.
#[must_use]
pub fn agrees(cue: &Cue, entity: &Entity, before: bool) -> bool {
    if cue.form == Form::Masdar {
        return true;
    }
    let feminine = cue.feat.is_feminine();
    let number = cue.feat.get_number();
    if let Some(f) = entity.feminine
        && entity.number == Number::Singular
        && f != feminine
    {
        return false;
    }
    if entity.kind == EntityKind::Person && entity.number == Number::Singular && number != Number::Singular {
        return false;
    }
    // Before its subject the verb stands in the singular; after it and without it, in the subject's number.
    !(before
        && entity.number == Number::Plural
        && entity.kind == EntityKind::Person
        && number == Number::Singular
        && !feminine)
}

/// Follows a subject through its apposition and its conjuncts: the speakers and the token after the last word.
fn extend(doc: &Document, first: MentionAt, limit: usize, and: bool) -> (Vec<EntityId>, usize) {
    let mut who = vec![first.entity];
    let mut end = first.tokens.end as usize;
    let mut k = end;
    let mut steps = 0;
    // وشركة «بيزك» "and the company Bezeq": the conjunction stands at the head.
    let mut conjoined = false;
    while k < limit && steps < 24 {
        steps += 1;
        if let Some(m) = starting(doc, k)
            && !governed(doc, &m)
            && m.tokens.end as usize <= limit
        {
            let letters = letters_before(doc, &m);
            let joined = letters > 0 && doc.word(k).starts_with('و') || conjoined;
            if joined {
                let comparable = doc.entity(m.entity).is_some_and(speaks);
                if and && comparable && (k == end || conjoined) && !who.contains(&m.entity) {
                    who.push(m.entity);
                } else if !who.contains(&m.entity) {
                    break;
                }
            } else if who.len() > 1 && !who.contains(&m.entity) {
                break;
            } else if who.len() == 1 && who[0] != m.entity {
                // وزير الخارجية الفرنسي، جان إيف: a description and the name that explains it; the name counts.
                let named = |e: EntityId| {
                    doc.entity(e).is_some_and(|x| x.mentions.iter().any(|m| m.kind == MentionKind::Name))
                };
                let person = |e: EntityId| doc.entity(e).is_some_and(|x| x.kind == EntityKind::Person);
                if person(m.entity) && named(m.entity) && !(person(who[0]) && named(who[0])) {
                    who[0] = m.entity;
                } else if doc.entry(k, Table::Country).is_some_and(|(_, e)| e.feat.part() == Part::Nisba) {
                    // The state in its adjective: وزارة الدفاع الروسية.
                } else {
                    break;
                }
            }
            end = m.tokens.end as usize;
            k = end;
            conjoined = false;
            continue;
        }
        // نتنياهو، الذي استجوب مرتين، "Netanyahu, who was questioned twice,": what is told of the subject is passed.
        if doc.is_mark(k, '،') && doc.is(k + 1, Classes::RELATIVE) {
            let close = (k + 2..limit.min(k + 24)).find(|i| doc.is_mark(*i, '،'));
            if let Some(close) = close {
                end = close + 1;
                k = close + 1;
                continue;
            }
        }
        // مجلس الأمن التابع للأمم المتحدة "the Council, which belongs to the United Nations": what a body belongs to is passed.
        if doc.word(k).starts_with("التابع") && k == end {
            let of = (k + 1..limit.min(k + 4)).find_map(|i| starting(doc, i));
            if let Some(m) = of {
                end = m.tokens.end as usize;
                k = end;
                continue;
            }
        }
        // وصف الوزير الاتفاق "the minister described the agreement": a noun that describes is the object.
        let object = doc.entry(k, Table::Group).is_some() && doc.entry(k, Table::Title).is_none();
        if passes(doc, k) && !object {
            conjoined |= k == end && is_body_head(doc, k) && doc.word(k).starts_with('و');
            if !doc.tokens[k].kind.eq(&Kind::Mark) || doc.is_mark(k, ')') || doc.is_mark(k, '»') {
                end = k + 1;
            }
            k += 1;
            continue;
        }
        break;
    }
    (who, end)
}

/// A participant from its first mention on, with its apposition: who is meant, and the token after the last word.
#[must_use]
pub fn whole(doc: &Document, first: MentionAt, limit: usize) -> (Vec<EntityId>, usize) {
    extend(doc, first, limit, true)
}

/// The subject of a cue in a sentence; `limit` is the first token that cannot belong to it.
#[must_use]
pub fn subject(doc: &Document, cue: &Cue, sentence: Tokens, limit: usize) -> Subject {
    match cue.form {
        Form::Finite => {
            // الهجوم الذي تبناه التنظيم: the pronoun stands for what is explained, so the subject follows.
            let resumed = cue.suffix != Suffix::None && cue.at > 0 && doc.is(cue.at - 1, Classes::RELATIVE);
            // التي تقول تركيا إنها امتداد "which Turkey says is an extension": who says it stands behind the verb.
            let named = cue.at > 0
                && doc.is(cue.at - 1, Classes::RELATIVE)
                && after(doc, cue, limit).is_some_and(|s| {
                    starting(doc, cue.end()).is_some()
                        && doc.is(s.end, Classes::THAT)
                        && !doc.word(s.end).starts_with('و')
                });
            let found = if resumed || named { None } else { before(doc, cue, sentence) };
            found
                .or_else(|| compound(doc, cue, sentence))
                .or_else(|| told_before(doc, cue, sentence))
                .or_else(|| unknown_before(doc, cue, sentence))
                .or_else(|| after(doc, cue, limit))
                .unwrap_or_else(|| none(cue))
        }
        Form::Masdar => possessor(doc, cue, limit).unwrap_or_else(|| none(cue)),
        Form::Source => source(doc, cue, limit).unwrap_or_else(|| none(cue)),
        Form::Participle | Form::Phrase => none(cue),
    }
}

fn none(cue: &Cue) -> Subject {
    Subject { who: Vec::new(), end: cue.end(), before: false }
}

/// A subject before its verb, from the beginning of the clause: الوزير قال, وكان المتحدث باسم الجيش قد قال.
fn before(doc: &Document, cue: &Cue, sentence: Tokens) -> Option<Subject> {
    let conjoined = |i: usize| doc.is(i, Classes::THAT) && doc.word(i).starts_with('و');
    if cue.proclitics.any(Proclitics::AND) {
        return None;
    }
    let first = sentence.start as usize;
    let mut k = cue.at;
    let mut chain: Option<MentionAt> = None;
    let mut steps = 0;
    while k > first && steps < 40 {
        steps += 1;
        let i = k - 1;
        if let Some(m) = doc.cast.covering(i) {
            if governed(doc, m) && doc.time_at(i).is_none() {
                // A phrase between subject and verb, or in what the subject is called; the subject stands before it.
                if chain.is_none() && cue.at - k > 6 {
                    return None;
                }
            } else if chain.is_none() || !is_adjective(doc, m) {
                chain = Some(*m);
            }
            k = m.tokens.start as usize;
            if letters_before(doc, m) > 0 && chain.is_some() {
                break;
            }
            continue;
        }
        if doc.is(i, Classes::RELATIVE) {
            // البيان الذي أكد: what the relative clause explains.
            if chain.is_some() {
                return None;
            }
            let mut b = i;
            while b > first && (doc.is_mark(b - 1, '،') || doc.is_mark(b - 1, ',')) {
                b -= 1;
            }
            let m = doc.cast.covering(b.checked_sub(1)?)?;
            return Some(Subject { who: vec![m.entity], end: cue.end(), before: true });
        }
        let opens = doc.is(
            i,
            Classes::BE
                .or(Classes::THAT)
                .or(Classes::WHILE)
                .or(Classes::BUT)
                .or(Classes::AS)
                .or(Classes::TOPIC),
        );
        // فيما نفت روسيا: the clause begins here, and nobody stands before its verb.
        if chain.is_none() && doc.is(i, Classes::WHILE.or(Classes::BUT)) {
            return None;
        }
        if (opens || conjoined(i)) && (chain.is_some() || doc.is(i, Classes::BE)) {
            break;
        }
        // الجانب الروسي «أكد …»: the quotation begins with the verb.
        let quoted = i + 1 == cue.at && super::content::opening(doc, i).is_some();
        if quoted || passes(doc, i) || doc.is(i, Classes::NEGATION) || doc.is_mark(i, ':') {
            if chain.is_some() && (doc.is_mark(i, '،') || doc.is_mark(i, ',') || doc.is_mark(i, ':')) {
                // A comma before the chain: apposition, or the end of something else.
                let apposed = i > first
                    && (doc.cast.covering(i - 1).is_some()
                        || doc.entry(i - 1, Table::Title).is_some()
                        || doc.time_at(i - 1).is_some());
                if !apposed {
                    break;
                }
            }
            k = i;
            continue;
        }
        if chain.is_some() && cue.at - k <= 3 && (doc.kind(i) == Some(Kind::Mark)) {
            break;
        }
        return None;
    }
    let m = chain?;
    let start = m.tokens.start as usize;
    // The chain must begin the clause.
    let begins = start == first
        || k <= first
        || doc.is(
            k - 1,
            Classes::BE
                .or(Classes::THAT)
                .or(Classes::WHILE)
                .or(Classes::BUT)
                .or(Classes::AS)
                .or(Classes::TOPIC),
        )
        || doc.kind(k - 1) == Some(Kind::Mark)
        || letters_before(doc, &m) > 0;
    if !begins || governed(doc, &m) || cue.at < start {
        return None;
    }
    let (who, _) = extend(doc, m, cue.at, true);
    // الجانب الروسي أكد "the Russian side affirmed": a description has a gender of its own, the state another.
    let described = doc.mention(&m).is_some_and(|x| x.kind == MentionKind::Description);
    // What gender a body's name has is told by its verb.
    let told = |x: &Entity| (described || cue.feat.is_feminine()) && x.kind != EntityKind::Person;
    let loose = |x: &Entity| who.len() > 1 || told(x);
    let fits =
        who.iter().any(|e| doc.entity(*e).is_some_and(|x| speaks(x) && (loose(x) || agrees(cue, x, false))));
    fits.then_some(Subject { who, end: cue.end(), before: true })
}

/// A subject inside a compound tense: كانت الإدارة المكلفة قد قررت "the administration in charge had decided". It stands between كان
/// and قد.
fn compound(doc: &Document, cue: &Cue, sentence: Tokens) -> Option<Subject> {
    let first = sentence.start as usize;
    let had = cue.at.checked_sub(1).filter(|k| *k > first && doc.bare(*k) == "قد")?;
    let be = (first..had).rev().take(24).find(|i| doc.is(*i, Classes::BE))?;
    let nobody = || (had > be + 1).then(|| Subject { who: Vec::new(), end: cue.end(), before: true });
    let Some(m) = (be + 1..had).find_map(|i| starting(doc, i).filter(|m| !governed(doc, m))) else {
        return nobody();
    };
    let (who, _) = extend(doc, m, cue.at, true);
    let fits = who
        .iter()
        .any(|e| doc.entity(*e).is_some_and(|x| speaks(x) && (who.len() > 1 || agrees(cue, x, false))));
    if fits { Some(Subject { who, end: cue.end(), before: true }) } else { nobody() }
}

/// A subject right behind كان with what explains it, before its verb: كانت قوات الدفاع، الجناح العسكري للحزب، دانت.
fn told_before(doc: &Document, cue: &Cue, sentence: Tokens) -> Option<Subject> {
    let first = sentence.start as usize;
    let be = (first..cue.at).rev().take(16).find(|i| doc.is(*i, Classes::BE))?;
    let m = starting(doc, be + 1).filter(|m| !governed(doc, m))?;
    let clause = Classes::THAT.or(Classes::RELATIVE).or(Classes::WHILE).or(Classes::BUT);
    let apposed = (be + 1..cue.at).all(|i| {
        !doc.is(i, clause)
            && !doc.word_entries(i).any(|(r, e)| {
                r.cut == 0 && e.table == Table::Verb && e.feat.is_finite() && doc.cast.covering(i).is_none()
            })
    });
    let entity = doc.entity(m.entity)?;
    // What gender a body's name has is told by its verb.
    let fits = agrees(cue, entity, false) || cue.feat.is_feminine() && entity.kind != EntityKind::Person;
    (apposed && cue.proclitics.0 == 0 && speaks(entity) && fits).then(|| Subject {
        who: vec![m.entity],
        end: cue.end(),
        before: true,
    })
}

/// A subject that is no entity inside a compound tense: كانت وسائل إعلام نشرت "media had published". Nobody behind the verb is its
/// subject then.
fn unknown_before(doc: &Document, cue: &Cue, sentence: Tokens) -> Option<Subject> {
    let first = sentence.start as usize;
    let be = (first..cue.at).rev().take(7).find(|i| doc.is(*i, Classes::BE))?;
    let words =
        |i: usize| doc.kind(i) == Some(Kind::Word) && !doc.is(i, Classes::MODAL) && doc.time_at(i).is_none();
    let between = (be + 1..cue.at).filter(|i| words(*i)).count();
    let plain = (be + 1..cue.at).all(|i| {
        doc.kind(i) != Some(Kind::Mark)
            && !is_preposition(doc, i)
            && !doc.is(i, Classes::THAT.or(Classes::RELATIVE))
    });
    (between > 0 && plain && cue.proclitics.0 == 0).then(|| Subject {
        who: Vec::new(),
        end: cue.end(),
        before: true,
    })
}

/// A subject after its verb: قال الوزير.
fn after(doc: &Document, cue: &Cue, limit: usize) -> Option<Subject> {
    let mut k = cue.end();
    let stop = limit.min(k + REACH);
    let mut title = None;
    let mut headed = false;
    // قالت كل من فرنسا والكويت "France and Kuwait each said".
    if doc.word(k) == "كل" && doc.word(k + 1) == "من" {
        k += 2;
    } else if matches!(doc.word(k), "فيه" | "فيها" | "خلاله" | "خلالها" | "عنه" | "عنها" | "عنهم")
    {
        // في الوقت الذي قال فيه الوزير "at the time when the minister said".
        k += 1;
    }
    let each = k;
    while k < stop {
        if let Some(m) = starting(doc, k)
            && (!governed(doc, &m) || k == each && k > cue.end())
            && letters_allowed(doc, &m)
        {
            let entity = doc.entity(m.entity)?;
            let place_of_title =
                title.is_some() && entity.kind != EntityKind::Person && entity.kind != EntityKind::Group;
            if !place_of_title {
                // After a head the verb agrees with the head: ذكرت صحيفة «X».
                // What gender a name has is told by the verb before it (ذكرت الأمم المتحدة); only a masculine verb that takes
                // an object may have a body that is feminine as that object (طالب الحكومة).
                let told_by_verb = entity.kind != EntityKind::Person
                    && (cue.feat.is_feminine() || !cue.row.frames.iter().any(|f| f.lead == Lead::Object));
                let person = entity.kind == EntityKind::Person;
                let fits = agrees(cue, entity, false) || told_by_verb || title.is_some() && !person || headed;
                if !speaks(entity) || !fits {
                    return None;
                }
                let (who, end) = extend(doc, m, limit, true);
                return Some(Subject { who, end, before: false });
            }
            k = m.tokens.end as usize;
            continue;
        }
        if doc.is(k, Classes::THAT) || doc.is_mark(k, ':') {
            break;
        }
        if is_preposition(doc, k) && doc.time_at(k).is_none() {
            // A phrase before the subject, of three words at most: وقال في بيان الوزير is rare.
            title?;
            k += 1;
            continue;
        }
        if title.is_none() && doc.entry(k, Table::Title).is_some() {
            title = Some(k);
        }
        headed |= doc.entry(k, Table::Head).is_some() || doc.entry(k, Table::Group).is_some();
        let mark = doc.kind(k) == Some(Kind::Mark) && !passing_mark(doc, k);
        if mark || title.is_none() && !passes(doc, k) {
            return None;
        }
        k += 1;
    }
    None
}

/// A subject has no attached letters but و.
fn letters_allowed(doc: &Document, m: &MentionAt) -> bool {
    letters_before(doc, m) == 0
}

/// The subject of the verb that a noun of saying goes with, up to ten tokens before it: وجهت الوزارة انتقادات "the ministry
/// levelled criticism".
#[must_use]
pub fn of_light_verb(doc: &Document, cue: &Cue, sentence: Tokens) -> Option<EntityId> {
    let from = cue.at.saturating_sub(10).max(sentence.start as usize);
    for i in (from..cue.at).rev() {
        if doc.kind(i) == Some(Kind::Mark) && !doc.is_mark(i, '،') {
            return None;
        }
        let verb = doc.word_entries(i).find(|(r, e)| {
            e.table == Table::Verb
                && e.feat.is_finite()
                && e.feat.get_person() == 3
                && r.suffix == Suffix::None
                && Does::LIGHT.lemma(doc.row(*e).get("lemma"))
        });
        if let Some((reading, entry)) = verb {
            let light = Cue {
                at: i,
                len: 1,
                form: Form::Finite,
                feat: entry.feat,
                proclitics: reading.proclitics,
                ..*cue
            };
            let subject = before(doc, &light, sentence).or_else(|| after(doc, &light, cue.at))?;
            return subject.who.first().copied();
        }
    }
    None
}

/// The speaker of a verbal noun: its genitive (رفض الحركة "the movement's refusal"), with the article after من (تحذير من الوزير).
fn possessor(doc: &Document, cue: &Cue, limit: usize) -> Option<Subject> {
    let k = cue.end();
    if cue.suffix != Suffix::None || cue.proclitics.any(Proclitics::AL) || k >= limit {
        return None;
    }
    // دعوة رجل الدين العراقي علي "the call of the Iraqi cleric Ali": his title stands before him.
    let titled = |i: usize| {
        doc.entry(i, Table::Title).is_some()
            || doc.entry(i, Table::Country).is_some_and(|(_, e)| e.feat.part() == Part::Nisba)
    };
    let mut k = k;
    while k < limit
        && starting(doc, k).is_none()
        && (titled(k) || k > cue.end() && titled(k - 1) && doc.word(k).starts_with("ال"))
    {
        k += 1;
    }
    let m = starting(doc, k).filter(|m| letters_before(doc, m) == 0)?;
    doc.entity(m.entity).filter(|e| speaks(e) && e.kind != EntityKind::Document)?;
    let (who, end) = extend(doc, m, limit, true);
    Some(Subject { who, end, before: false })
}

/// Whether a token may stand between "according to" and the one whose words they are: what was written or counted (بيان, تقديرات),
/// a title, a head, a preposition, a mark of a name. Of another noun nobody is the source: وفق مصالحها "by its interests".
fn of_source(doc: &Document, i: usize) -> bool {
    if doc.kind(i) == Some(Kind::Mark) {
        return matches!(doc.word(i), "(" | ")" | "«" | "»" | "\"" | "“" | "”" | "#");
    }
    doc.is(i, Classes::PREPOSITION.or(Classes::QUANTIFIER).or(Classes::ADVERB).or(Classes::RELATIVE))
        || doc.time_at(i).is_some()
        || matches!(doc.word(i), "ل" | "ب")
        || doc.entries(i).any(|(r, e)| {
            matches!(e.table, Table::Noun | Table::Title | Table::Head | Table::Group | Table::Cue | Table::Country)
                && r.suffix == Suffix::None
                // بيان نشره الديوان "a statement that the court published", صادر عن "issued by".
                || e.table == Table::Verb
                    && (e.feat.is_finite() && r.suffix != Suffix::None
                        || e.feat.part() != Part::Masdar && !e.feat.is_finite())
        })
}

/// The speaker after "according to": وفقا لبيان الوزارة, بحسب رويترز.
fn source(doc: &Document, cue: &Cue, limit: usize) -> Option<Subject> {
    let mut k = cue.end();
    let stop = limit.min(k + 10);
    let mut found: Option<(Vec<EntityId>, usize)> = None;
    while k < stop {
        if let Some(m) = starting(doc, k)
            && doc.entity(m.entity).is_some_and(speaks)
        {
            // بيان وزارة الدفاع "the defence ministry's statement": the ministry speaks.
            let of = (k + 1..m.tokens.end as usize)
                .filter(|_| Does::WRITTEN.bare(doc, k))
                .find_map(|i| starting(doc, i))
                .filter(|o| {
                    doc.entity(o.entity).is_some_and(|e| e.kind != EntityKind::Document && speaks(e))
                });
            found = Some(extend(doc, of.unwrap_or(m), limit, false));
            break;
        }
        if !of_source(doc, k) {
            break;
        }
        k += 1;
    }
    found.map(|(who, end)| Subject { who, end, before: false })
}
