//! The chain: by what medium something was said, through whom it came, and what is reported inside what.

use super::cues;
use super::words::Does;
use super::{Draft, subject};
use crate::document::{
    Document, EntityId, EntityKind, Kind, MentionAt, MentionKind, Proclitics, StatementId, StatementKind,
};
use crate::span::Tokens;
use musnad_lexicon::{Table, arabic};
use std::collections::HashMap;

/// Somebody who carries the words of another: "according to Reuters" beside a statement.
#[derive(Clone, Copy, Debug)]
pub struct Carrier {
    /// The token of the phrase.
    pub at: usize,
    /// The sentence, as an index.
    pub sentence: usize,
    /// The carrier.
    pub who: EntityId,
    /// The medium that the phrase names: بحسب بيان الرئاسة "according to the presidency's statement".
    pub medium: Option<&'static str>,
}

/// A sentence that tells on what occasion the words around it were said: جاء ذلك خلال لقائه السفير "that came when he met the
/// ambassador".
#[derive(Clone, Copy, Debug)]
pub struct Occasion {
    /// The sentence, as an index.
    pub sentence: usize,
    /// The tokens that tell the occasion.
    pub tokens: Tokens,
}

/// The occasion that a sentence tells; `cue` is where the first cue in it stands.
#[must_use]
pub fn occasion(doc: &Document, sentence: usize, tokens: Tokens, cue: Option<usize>) -> Option<Occasion> {
    let first = tokens.start as usize;
    let came = Does::CAME.is(doc.bare(first).trim_start_matches('و'));
    let that = Does::WHAT_CAME.bare(doc, first + 1);
    // تعليقات الوزير جاءت ضمن تغريدات "the minister's comments came in tweets".
    let told = Does::WHAT_CAME.is(doc.bare(first).trim_start_matches('و'))
        && !matches!(doc.word(first), "ذلك" | "هذا" | "هذه")
        && tokens.range().take(24).any(|i| matches!(doc.word(i), "جاءت" | "جاء" | "وردت"));
    // وأدلى الوزير بتصريحه في بيان "the minister made his remark in a statement".
    let made =
        Does::MADE.bare(doc, first) && tokens.range().take(12).any(|i| doc.word(i).starts_with("بتصريح"));
    // The remark that is made is a cue itself, and in تعليقات الوزير الذي توقع …، جاءت في تغريدات the tweets come late.
    let end = cue.filter(|_| !made && !told).unwrap_or(tokens.end as usize);
    (came && that || told || made).then(|| Occasion { sentence, tokens: Tokens::new(first, end) })
}

/// Whether an entity is a news medium: by its row in the lexicon, or by the head before one of its mentions.
#[must_use]
pub fn is_medium(doc: &Document, id: EntityId) -> bool {
    let Some(entity) = doc.entity(id) else { return false };
    if !matches!(entity.kind, EntityKind::Organization | EntityKind::Group) || is_network(doc, entity) {
        return false;
    }
    entity.mentions.iter().take(8).any(|m| {
        let known = doc.name_at(m.tokens.start as usize).and_then(|n| doc.names[n].row).is_some_and(|e| {
            e.table == Table::Organization
                && matches!(
                    doc.row(e).get("kind").trim_end_matches('?'),
                    "agency" | "channel" | "radio" | "paper" | "site"
                )
        });
        let i = m.tokens.start as usize;
        let stem = |i: usize| {
            let word = doc.word(i);
            let article = |w: &str| Does::MEDIUM.is(&format!("ال{w}"));
            Does::MEDIUM.is(word)
                || word
                    .strip_prefix(['ل', 'و', 'ب'])
                    .is_some_and(|w| Does::MEDIUM.is(w) || w.strip_prefix('ل').is_some_and(article))
        };
        known
            || stem(i)
            || i > 0
                && (stem(i - 1)
                    || doc.is_mark(i - 1, '"') && i > 1 && stem(i - 2)
                    || doc.is_mark(i - 1, '«') && i > 1 && stem(i - 2))
    })
}

/// The medium that a source's phrase names before or with the one whose it is: بيان in "according to the presidency's statement",
/// for which the agency's own report is not taken.
#[must_use]
pub fn of_carrier(doc: &Document, from: usize, to: usize) -> Option<&'static str> {
    let lexicon = arabic();
    (from..to.max(from + 1)).find_map(|i| {
        doc.entries(i)
            .filter(|(_, e)| matches!(e.table, Table::Noun | Table::Cue))
            .flat_map(|(_, e)| lexicon.linked(e, Table::Cue))
            .find_map(|c| cues::row(c).and_then(|r| r.medium))
            .filter(|m| matches!(*m, "statement" | "letter" | "social_media" | "press_conference"))
    })
}

/// Whether the word at `i` is a written statement as the one that speaks: البيان "the statement".
fn is_written(doc: &Document, i: usize) -> bool {
    Does::WRITTEN.bare(doc, i)
}

/// Who issued the statement that speaks behind a cue: أضاف البيان "the statement added" is whoever spoke last by a statement,
/// قال بيان للوزارة "a statement by the ministry said" the one named. `None` when no statement stands there.
#[must_use]
pub fn issuer(doc: &Document, drafts: &[Draft], from: usize, limit: usize) -> Option<EntityId> {
    let mut i = from;
    while i < limit && i < from + 3 && (doc.time_at(i).is_some() || matches!(doc.word(i), "في" | "ال")) {
        i += 1;
    }
    if !is_written(doc, i) {
        return None;
    }
    let speaks = |e: EntityId| {
        doc.entity(e).is_some_and(|x| {
            !matches!(x.kind, EntityKind::Document | EntityKind::Occasion | EntityKind::Place)
        })
    };
    // بيان للوزارة, بيان صادر عن الوزارة, بيان الوزارة.
    let near = doc.cast.within(Tokens::new(i + 1, (i + 6).min(limit)));
    let named = near.iter().find(|m| {
        let k = m.tokens.start as usize;
        let between = (i + 1..k).all(|b| Does::ISSUED.at(doc, b));
        between && speaks(m.entity)
    });
    // تقرير "a report" of nobody named is nobody's known before.
    let known = doc.word(i).starts_with("ال") || !Does::OF_ANYBODY.at(doc, i);
    named.map(|m| m.entity).or_else(|| {
        if !known {
            return None;
        }
        let of = |d: &&Draft| d.statement.within.is_none() && d.statement.speaker.is_some_and(speaks);
        let written = drafts.iter().rev().take(12).filter(of).find(|d| {
            d.statement.medium == Some("statement") || named_medium(doc, d.clause, d.cue) == Some("statement")
        });
        written.or_else(|| drafts.iter().rev().take(40).find(of)).and_then(|d| d.statement.speaker)
    })
}

/// Whether an entity is a social network (تويتر): what is said there has it for its medium, and nobody carries it.
pub fn is_network(doc: &Document, entity: &crate::document::Entity) -> bool {
    let lexicon = arabic();
    entity.mentions.iter().take(8).flat_map(|m| m.tokens.range()).any(|i| {
        doc.word(i) == "التواصل"
            || doc.entries(i).any(|(_, e)| {
                e.table == Table::Cue
                    && lexicon
                        .linked(e, Table::Cue)
                        .any(|c| cues::row(c).is_some_and(|r| r.medium == Some("social_media")))
            })
    })
}

/// The first token of a sentence that no statement has taken as its content yet, before token `at`.
#[must_use]
pub fn free_from(drafts: &[Draft], sentence: usize, first: usize, at: usize) -> usize {
    drafts
        .iter()
        .rev()
        .take_while(|d| d.sentence == sentence)
        .map(|d| d.content.end as usize)
        .filter(|e| *e < at)
        .max()
        .map_or(first, |e| e.max(first))
}

/// Whether nothing but marks and وذلك "and that is" stands in a run of tokens: what was said before it has been taken already.
#[must_use]
pub fn nothing_left(doc: &Document, mut tokens: std::ops::Range<usize>) -> bool {
    tokens.all(|i| doc.kind(i) == Some(Kind::Mark) || doc.word(i) == "وذلك")
}

/// Fills medium, via and nesting of all statements.
pub fn link(doc: &Document, drafts: &mut Vec<Draft>, carriers: &[Carrier], occasions: &[Occasion]) {
    drop_doubles(drafts);
    nest(drafts);
    for d in drafts.iter_mut() {
        medium(doc, d, carriers);
        through(doc, d);
    }
    let mut met = Vec::new();
    for occasion in occasions {
        tell_occasion(doc, drafts, *occasion, carriers, &mut met);
    }
    carry(doc, drafts, carriers);
    spread(doc, drafts, met);
    by_carrier(drafts, carriers);
    headlines(doc, drafts);
    for d in drafts.iter_mut() {
        confide(d);
    }
}

/// Two cues that claim the same words of the same speaker are one statement: the first keeps it.
fn drop_doubles(drafts: &mut Vec<Draft>) {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for d in drafts.drain(..) {
        let double = kept.iter().rev().take(4).any(|k| {
            k.content == d.content
                && k.cue != d.cue
                && (k.statement.speaker == d.statement.speaker || d.statement.speaker.is_none())
        });
        if !double {
            kept.push(d);
        }
    }
    *drafts = kept;
}

/// A statement whose cue lies inside another's content is reported in it.
fn nest(drafts: &mut [Draft]) {
    for i in 0..drafts.len() {
        let (cue, sentence) = (drafts[i].cue, drafts[i].sentence);
        let mut best: Option<(usize, usize)> = None;
        for j in (i.saturating_sub(24)..(i + 12).min(drafts.len())).filter(|j| *j != i) {
            let outer = &drafts[j];
            let near = outer.sentence.abs_diff(sentence) <= 40;
            let inside = near
                && outer.cue != cue
                && outer.statement.content.iter().any(|c| c.contains(drafts[i].statement.cue));
            if inside && best.is_none_or(|(_, len)| outer.content.len() < len) {
                best = Some((j, outer.content.len()));
            }
        }
        drafts[i].statement.within = best.map(|(j, _)| StatementId::at(j));
    }
    // Two statements may not hold one another.
    for i in 0..drafts.len() {
        let mut outer = drafts[i].statement.within;
        let mut steps = 0;
        while let Some(o) = outer {
            steps += 1;
            if o.index() == i || steps > 32 {
                drafts[i].statement.within = None;
                break;
            }
            outer = drafts[o.index()].statement.within;
        }
    }
}

/// The medium that the words around the cue name: "in a statement", "to reporters", "on Twitter".
fn medium(doc: &Document, d: &mut Draft, carriers: &[Carrier]) {
    if d.statement.medium.is_some() || is_noun(d) {
        return;
    }
    let own = d.statement.because.row.and_then(cues::row).and_then(|r| r.medium);
    d.statement.medium = own.or_else(|| named_medium(doc, d.clause, d.cue)).or_else(|| {
        // At the end of the sentence: "..., in a statement"; what stands after "according to" is the carrier's.
        let sentence = doc.layout.sentences[d.sentence].tokens;
        let carrier = carriers.iter().filter(|c| c.sentence == d.sentence).map(|c| c.at as u32).min();
        let start = d.content.end.max(d.clause.end);
        let end = carrier.unwrap_or(sentence.end).min(sentence.end);
        // وفقا لفيديو "according to a video": what is named there is the source's.
        let source = |i: &u32| {
            cues::cue(doc, *i as usize, sentence.start as usize).is_some_and(|c| c.form == cues::Form::Source)
        };
        let tail = Tokens { start, end: (start..end).find(source).unwrap_or(end) };
        // حيث سيلتقي الرئيس "where he will meet the president" is no occasion of speech.
        let verb = |i: usize| {
            doc.word_entries(i).any(|(_, e)| e.table == Table::Verb && e.feat.is_finite())
                && !doc.word_entries(i).any(|(_, e)| e.table == Table::Noun)
        };
        let until = tail.range().find(|i| Does::OPENS_CLAUSE.at(doc, *i) && verb(i + 1));
        let tail = Tokens { start: tail.start, end: until.map_or(tail.end, |u| u as u32) };
        if tail.start < tail.end { named_medium(doc, tail, d.cue) } else { None }
    });
}

/// Whether a statement is told by a verbal noun: it is an act of its own, not part of the utterance around it.
fn is_noun(d: &Draft) -> bool {
    d.statement.because.rule == "statements:verbal-noun"
}

/// The first medium named in a run of tokens, as something in, through or during which one speaks.
fn named_medium(doc: &Document, tokens: Tokens, cue: Tokens) -> Option<&'static str> {
    let lexicon = arabic();
    for i in tokens.range().filter(|i| !cue.has(*i)) {
        if doc.time_at(i).is_some() {
            continue;
        }
        for (reading, entry) in doc.entries(i) {
            if !matches!(entry.table, Table::Noun | Table::Cue | Table::Verb) {
                continue;
            }
            for linked in lexicon.linked(entry, Table::Cue) {
                let Some(medium) = cues::row(linked).and_then(|r| r.medium) else { continue };
                // للصحافيين "to the journalists" has its preposition in the word.
                let phrase = reading.tokens > 1
                    || entry.table == Table::Cue
                        && medium == "press_conference"
                        && doc.row(entry).get("word").starts_with('ل');
                // خلال ترؤسه اجتماعا "while he presided over a meeting": the preposition may stand two words before.
                // عقب لقائه "after his meeting": not in it.
                let after = medium == "meeting"
                    && (1..=2).any(|n| i >= n + tokens.start as usize && Does::AROUND.bare(doc, i - n));
                if after {
                    continue;
                }
                let before = (1..=2).any(|n| i >= n + tokens.start as usize && Does::IN.bare(doc, i - n));
                let attached = reading.proclitics.any(Proclitics::BI);
                // جاء في البيان: the statement itself is the subject.
                let subject = i + 1 >= tokens.end as usize || i == cue.end as usize;
                if phrase || before || attached || subject {
                    return Some(medium);
                }
            }
        }
    }
    None
}

/// Through whom the words came, by the clause itself: "to the agency", "the channel quoted him as saying", "in a statement by his
/// spokesman".
fn through(doc: &Document, d: &mut Draft) {
    let speaker = d.statement.speaker;
    // أفاد مراسل «العربية»: the correspondent's word is his medium's report, and nobody carried it.
    let correspondent = speaker.is_some_and(|s| {
        doc.entity(s).is_some_and(|e| {
            e.kind == EntityKind::Person
                && e.mentions.iter().take(4).any(|m| {
                    m.kind == MentionKind::Description
                        && Does::CORRESPONDENT.bare(doc, m.tokens.start as usize)
                })
        })
    });
    if correspondent {
        d.statement.medium = d.statement.medium.or(Some("report"));
        return;
    }
    for m in doc.cast.within(d.clause) {
        let of_statement = d.statement.medium == Some("statement") && issues(doc, m);
        // وكالة «نوفوستي»: the head before a name is no carrier beside it.
        let next = m.tokens.end as usize;
        let head = doc.mention(m).is_some_and(|x| x.kind == MentionKind::Description)
            && (next..next + 2).any(|k| doc.cast.starting(k).iter().any(|n| is_medium(doc, n.entity)));
        if head
            || Some(m.entity) == speaker
            || d.statement.via.contains(&m.entity)
            || !is_medium(doc, m.entity) && !of_statement
        {
            continue;
        }
        d.statement.via.push(m.entity);
        // What is said to a radio or television station is an interview.
        if d.statement.medium.is_none() && speaks_on_air(doc, m) {
            d.statement.medium = Some("interview");
        }
    }
    if d.statement.medium.is_none()
        && d.statement.via.is_empty()
        && speaker.is_some_and(|s| is_medium(doc, s))
    {
        d.statement.medium = Some("report");
    }
}

/// Whether a mention stands after a statement as the one who issued it: في بيان للمتحدث باسمه "in a statement by his spokesman".
fn issues(doc: &Document, m: &MentionAt) -> bool {
    let i = m.tokens.start as usize;
    let attached = subject::letters_before(doc, m) > 0 && doc.word(i).starts_with('ل');
    let statement =
        |k: usize| matches!(doc.bare(k).trim_start_matches(['ب', 'ل']), "بيان" | "بيانا" | "البيان" | "يان");
    attached && (1..=3).any(|n| i >= n && statement(i - n))
        || i >= 3
            && matches!(doc.word(i - 1), "عن")
            && matches!(doc.word(i - 2), "صادر" | "صدر")
            && statement(i - 3)
}

/// Whether a mention is the body that issued what stands before it: أصدره المكتب "which the office issued", times and commas between.
fn issued_by(doc: &Document, m: &MentionAt) -> bool {
    let body = doc.entity(m.entity).is_some_and(|e| e.kind == EntityKind::Organization);
    let mut i = m.tokens.start as usize;
    let mut steps = 0;
    while i > 0 && steps < 8 && (doc.kind(i - 1) == Some(Kind::Mark) || doc.time_at(i - 1).is_some()) {
        i -= 1;
        steps += 1;
    }
    body && i > 0
        && (Does::ISSUES_IT.bare(doc, i - 1)
            || i > 1 && doc.word(i - 1) == "عن" && Does::ISSUES_IT.bare(doc, i - 2))
}

/// Gives the occasion that a sentence tells to what the last speaker said before it.
fn tell_occasion(
    doc: &Document,
    drafts: &mut [Draft],
    occasion: Occasion,
    carriers: &[Carrier],
    met: &mut Vec<(EntityId, Known)>,
) {
    let medium = named_medium(doc, occasion.tokens, Tokens::new(0, 0));
    // Both stand in the order of their sentences.
    let by = &carriers[carriers.partition_point(|c| c.sentence < occasion.sentence)
        ..carriers.partition_point(|c| c.sentence <= occasion.sentence)];
    let first = drafts.partition_point(|d| d.sentence < occasion.sentence);
    let end = drafts.partition_point(|d| d.sentence <= occasion.sentence);
    // ، وفق ما ذكرته الوكالة "as the agency mentioned".
    let told = drafts[first..end].iter().filter_map(|d| d.statement.speaker);
    // مع مراسل قناة «الحدث»: whom he called is no carrier.
    let called = |m: &&MentionAt| {
        let i = m.tokens.start as usize;
        (1..=3).any(|n| i >= n && Does::CORRESPONDENT.bare(doc, i - n))
    };
    // What another's words are carried by in this sentence is theirs.
    let others = drafts[first..end].iter().any(is_noun);
    let mut via: Vec<EntityId> = doc
        .cast
        .within(occasion.tokens)
        .iter()
        .filter(|m| !called(m))
        .map(|m| m.entity)
        .chain(by.iter().filter(|_| !others).map(|c| c.who))
        .chain(told)
        .filter(|e| is_medium(doc, *e))
        .collect();
    if via.is_empty() && medium == Some("statement") {
        // في بيان أصدره، مساء الاثنين، مكتب المبعوث "in a statement that the envoy's office issued on Monday evening".
        via.extend(doc.cast.within(occasion.tokens).iter().find(|m| issued_by(doc, m)).map(|m| m.entity));
    }
    // Whom they met there speaks there too.
    if matches!(medium, Some("press_conference" | "meeting")) {
        let person = |e: &EntityId| doc.entity(*e).is_some_and(|x| x.kind == EntityKind::Person);
        met.extend(
            doc.cast
                .within(occasion.tokens)
                .iter()
                .map(|m| m.entity)
                .filter(person)
                .map(|e| (e, Known { medium, via: via.clone() })),
        );
    }
    let before = drafts[..first].iter().rposition(|d| d.statement.within.is_none() && !is_noun(d));
    let Some(last) = before else { return };
    // وأدلى الوزير بتصريحه في بيان: the one who is named there, if he spoke before.
    let spoke = |e: &EntityId| drafts[..=last].iter().rev().take(24).any(|d| d.statement.speaker == Some(*e));
    let named = doc.cast.within(occasion.tokens).iter().map(|m| m.entity).find(spoke);
    let speaker = named.or(drafts[last].statement.speaker);
    for d in drafts[..=last].iter_mut().rev().take(if named.is_some() { 24 } else { usize::MAX }) {
        let other = named.is_some() && d.statement.speaker != speaker;
        if d.statement.within.is_some() || is_noun(d) || other {
            continue;
        }
        // What knows all of it already closes what was said on another occasion.
        let told = (medium.is_none() || d.statement.medium.is_some())
            && (via.is_empty() || !d.statement.via.is_empty());
        if d.statement.speaker != speaker || told {
            break;
        }
        if d.statement.medium.is_none() {
            d.statement.medium = medium;
        }
        if d.statement.via.is_empty() {
            d.statement.via = via.iter().copied().filter(|v| Some(*v) != speaker).collect();
        }
    }
}

fn speaks_on_air(doc: &Document, m: &MentionAt) -> bool {
    let i = m.tokens.start as usize;
    (0..=2).any(|n| {
        i >= n
            && (Does::ON_AIR.at(doc, i - n)
                || doc.word(i - n).strip_prefix('ل').is_some_and(|w| Does::ON_AIR.is(w)))
    })
}

/// Gives what "according to the agency" carries to the statements before it in the same utterance.
fn carry(doc: &Document, drafts: &mut [Draft], carriers: &[Carrier]) {
    for c in carriers {
        // Statements stand in the order of their sentences.
        let from = drafts.partition_point(|d| d.sentence < c.sentence);
        let to = drafts.partition_point(|d| d.sentence <= c.sentence);
        let Some(last) =
            drafts[from..to].iter().rposition(|d| d.statement.speaker != Some(c.who)).map(|k| from + k)
        else {
            continue;
        };
        // بعد تأكيد الرئيس ضرورة …، وفق رويترز: what only a noun reports in the sentence is what is carried.
        let only = is_noun(&drafts[last])
            && drafts[from..=last].iter().all(|d| is_noun(d) || d.statement.within.is_some())
            && drafts[last].statement.within.is_none();
        if only {
            if drafts[last].statement.via.is_empty() {
                drafts[last].statement.via.push(c.who);
            }
            continue;
        }
        let speaker = drafts[last].statement.speaker;
        for d in drafts[..=last].iter_mut().rev() {
            if d.statement.within.is_some() || is_noun(d) {
                continue;
            }
            let headline =
                doc.layout.paragraphs[doc.layout.sentences[d.sentence].paragraph as usize].headline;
            // What is carried already closes the utterance before.
            let carried = d.sentence != c.sentence && !d.statement.via.is_empty();
            if d.statement.speaker != speaker || headline && d.sentence != c.sentence || carried {
                break;
            }
            if d.statement.via.is_empty() {
                d.statement.via.push(c.who);
            }
        }
    }
}

/// The medium that a source's phrase names is that of what it carries, where nothing tells the occasion.
fn by_carrier(drafts: &mut [Draft], carriers: &[Carrier]) {
    for c in carriers.iter().filter(|c| c.medium.is_some()) {
        let carried = |d: &&mut Draft| {
            d.statement.within.is_none()
                && !is_noun(d)
                && d.statement.medium.is_none()
                && d.statement.via.contains(&c.who)
        };
        for d in drafts.iter_mut().filter(carried) {
            d.statement.medium = c.medium;
        }
    }
}

/// How what somebody says came to the report, as far as it is read.
struct Known {
    medium: Option<&'static str>,
    via: Vec<EntityId>,
}

/// Medium and via hold for the whole of an utterance. A report as a rule tells one utterance of a speaker: what is said without
/// a medium of its own goes on in the last one that was named, and headline and lead belong to the first.
fn spread(doc: &Document, drafts: &mut [Draft], met: Vec<(EntityId, Known)>) {
    let outer: Vec<usize> = (0..drafts.len())
        .filter(|i| drafts[*i].statement.within.is_none() && !is_noun(&drafts[*i]))
        .collect();
    // Who else speaks at a press conference: "with his counterpart".
    let mut known: HashMap<EntityId, Known> = HashMap::new();
    for (who, k) in met {
        known.insert(who, k);
    }
    // Where a speaker's medium is told first, and where anything of how his words came is.
    let mut first_medium: HashMap<EntityId, usize> = HashMap::new();
    let mut first: HashMap<EntityId, usize> = HashMap::new();
    for (n, &i) in outer.iter().enumerate() {
        let Some(speaker) = drafts[i].statement.speaker else { continue };
        let clause = drafts[i].clause;
        let st = &mut drafts[i].statement;
        let own = st.medium.is_some() || !st.via.is_empty();
        // وخلال تجمع قال "and at a rally he said": on another occasion nobody is known to have carried it.
        let another = matches!(st.medium, Some("speech" | "press_conference" | "social_media"));
        if let Some(k) = known.get(&speaker) {
            if st.via.is_empty() && (!another || k.medium == st.medium) {
                st.via.clone_from(&k.via);
            }
            if st.medium.is_none() {
                st.medium = k.medium;
            }
        }
        if st.medium.is_some() {
            first_medium.entry(speaker).or_insert(n);
        }
        if own {
            first.entry(speaker).or_insert(n);
        }
        if st.medium.is_some() || !st.via.is_empty() {
            known.insert(speaker, Known { medium: st.medium, via: st.via.clone() });
        }
        if own && matches!(st.medium, Some("press_conference" | "meeting")) {
            let (medium, via) = (st.medium, st.via.clone());
            for m in doc.cast.within(clause).iter().filter(|m| m.entity != speaker) {
                if doc.entity(m.entity).is_some_and(|e| e.kind == EntityKind::Person) {
                    known.entry(m.entity).or_insert_with(|| Known { medium, via: via.clone() });
                }
            }
        }
    }
    for (n, &i) in outer.iter().enumerate() {
        let Some(speaker) = drafts[i].statement.speaker else { continue };
        let later = |first: &HashMap<EntityId, usize>| first.get(&speaker).copied().filter(|from| *from > n);
        let medium = later(&first_medium).and_then(|from| drafts[outer[from]].statement.medium);
        let via = later(&first).map(|from| drafts[outer[from]].statement.via.clone());
        let st = &mut drafts[i].statement;
        if st.medium.is_none() && st.via.is_empty() {
            st.via = via.unwrap_or_default();
        }
        if st.medium.is_none() {
            st.medium = medium;
        }
    }
}

/// A headline tells what the body tells again: it came the same way, also where it has the state for its minister.
fn headlines(doc: &Document, drafts: &mut [Draft]) {
    let headline =
        |d: &Draft| doc.layout.paragraphs[doc.layout.sentences[d.sentence].paragraph as usize].headline;
    let words = |d: &Draft| -> Vec<&str> {
        // خطر, خطرا, الخطر: without the article and what case and gender add.
        let stem = |i: usize| {
            let word = doc.bare(i);
            let word = word.strip_prefix("بال").or_else(|| word.strip_prefix("ال")).unwrap_or(word);
            word.trim_end_matches(['ا', 'ة', 'ه'])
        };
        d.content.range().filter(|i| doc.kind(*i) == Some(Kind::Word)).map(stem).collect()
    };
    for i in 0..drafts.len().min(6) {
        let st = &drafts[i].statement;
        if !headline(&drafts[i]) || st.medium.is_some() || !st.via.is_empty() || st.within.is_some() {
            continue;
        }
        let title = words(&drafts[i]);
        let best = drafts[i + 1..]
            .iter()
            .take(12)
            .filter(|d| !headline(d) && d.statement.within.is_none() && !is_noun(d))
            .map(|d| {
                let body = words(d);
                let shared = title.iter().filter(|w| body.contains(w)).count();
                (shared, d)
            })
            .filter(|(shared, _)| *shared >= 3 && *shared * 2 > title.len())
            .max_by_key(|(shared, _)| *shared);
        if let Some((_, d)) = best {
            let (medium, via) = (d.statement.medium, d.statement.via.clone());
            let speaker = drafts[i].statement.speaker;
            drafts[i].statement.medium = medium;
            drafts[i].statement.via = via.into_iter().filter(|v| Some(*v) != speaker).collect();
        }
    }
}

/// How likely a statement is right, speaker included: the share that was right of its rule's and its kind's on annotated reports, in
/// round figures. `eval/confidence.tsv` tells how far that holds.
fn confide(d: &mut Draft) {
    let noun = is_noun(d);
    let base: f32 = match d.statement.because.rule {
        "statements:verb-subject" => 0.92,
        "statements:headline-colon" => 0.9,
        "statements:verb-alone" => 0.85,
        "statements:participle" | "statements:subject-verb" => 0.82,
        "statements:quoted-by" => 0.75,
        "statements:answer" => 0.6,
        "statements:verbal-noun" => 0.3,
        _ => 0.5,
    };
    let stance = if d.statement.kind == StatementKind::Stance && !noun { 0.8 } else { 1.0 };
    // What is reported inside others' words is right less than half as often.
    let nested = if d.statement.within.is_some() && !noun { 0.45 } else { 1.0 };
    let unknown = if d.statement.speaker.is_none() { 0.1 } else { 1.0 };
    d.statement.confidence = base * stance * nested * unknown;
}
