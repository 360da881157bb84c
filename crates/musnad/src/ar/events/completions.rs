//! What the clause of an event leaves out and the text around it tells: the doer of an attack, where it is.

use super::Speech;
use super::merge::Draft;
use super::scene::States;
use crate::document::{Document, EntityId, EntityKind, MentionKind, Proclitics, Status, TimeId, TimeKind};
use musnad_lexicon::{Number, Table};

/// How many drafts back a fact may be taken from.
const BACK: usize = 6;
/// How many sentences back.
const SENTENCES: usize = 2;

/// Completes the drafts of a report, which come in the order of the text.
pub(super) fn complete(doc: &Document, states: &States, speech: &Speech, drafts: &mut [Draft]) {
    let days = days_of_speakers(doc, speech);
    for draft in drafts.iter_mut().filter(|d| d.event.time.is_none() && d.event.by.is_none() && !d.headline) {
        // ودعا الوزير ... "and the minister called for": he speaks on the day that the report begins with.
        let speaks = draft.cue
            && matches!(draft.event.kind, "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" | "SUPPORT" | "AGREE");
        // قال ... خلال لقاء مع "said at a meeting with": he said it on that day.
        let meets = draft.event.kind == "CONSULT" && !draft.finite && draft.carried;
        if (speaks || meets) && draft.event.status == Status::Happened {
            let day = days.iter().find(|(who, _)| draft.event.actors.contains(who)).map(|(_, t)| *t);
            draft.event.time = day;
        }
    }
    for k in 0..drafts.len() {
        let (before, rest) = drafts.split_at_mut(k);
        let Some((draft, after)) = rest.split_first_mut() else { continue };
        // الطرفان "the two sides", الزعيمان "the two leaders": those who are named before.
        if let [pair] = draft.event.actors[..]
            && is_pair(doc, pair)
            && let Some(two) = pair_meant(doc, states, pair, draft, before)
        {
            draft.event.actors = two;
            draft.event.recipients.retain(|e| !draft.event.actors.contains(e));
        }
        // التقيا "the two met": the two of the meeting or the deal before.
        if draft.dual && draft.event.actors.len() < 2 && draft.event.recipients.is_empty() {
            let two = before
                .iter()
                .rev()
                .take(3)
                .find_map(two_of)
                .filter(|two| draft.event.actors.iter().all(|e| two.contains(e)) || draft.carried);
            if let Some(two) = two {
                draft.event.actors = two;
            }
        }
        if draft.battle && !draft.hollow && draft.event.recipients.is_empty() && draft.event.actors.len() < 2
        {
            let foes = before
                .iter()
                .rev()
                .take(2 * BACK)
                .chain(after.iter().take(BACK))
                .filter_map(|o| foes(doc, o, draft));
            if let Some(foes) = foes.min_by_key(|(distance, _)| *distance).map(|(_, foes)| foes) {
                draft.event.actors = foes;
                draft.carried = true;
            }
        }
        if draft.hollow || !is_force(draft) {
            continue;
        }
        let near = |other: &&Draft| {
            other.sentence_index.abs_diff(draft.sentence_index) <= SENTENCES
                && is_force(other)
                && !other.hollow
        };
        // The doer of the deed before, where the same people suffer: قصفت القوات البلدة ... وجرح مدنيون.
        if draft.event.actors.is_empty() && !draft.event.recipients.is_empty() {
            let doer = before
                .iter()
                .rev()
                .take(BACK)
                .filter(near)
                .chain(after.iter().take(1).filter(|o| o.sentence == draft.sentence))
                .find(|o| !o.event.actors.is_empty() && suffers_alike(o, draft))
                .map(|o| o.event.actors.clone());
            if let Some(doer) = doer {
                draft.event.actors =
                    doer.into_iter().filter(|e| !draft.event.recipients.contains(e)).collect();
                draft.carried = true;
            }
        }
        // Who is arrested for a deed and who is helped after it are elsewhere.
        let on_the_spot = draft.event.kind == "ASSAULT"
            || draft.event.kind == "COERCE" && !matches!(draft.event.mode, Some("arrest" | "censor"));
        if draft.event.place.is_none() && !draft.headline && is_done(draft) {
            draft.event.place = before
                .iter()
                .rev()
                .take(if on_the_spot { 2 * BACK } else { 0 })
                .filter(|o| is_force(o) && !o.hollow)
                .filter(|o| {
                    let distance = draft.sentence_index.abs_diff(o.sentence_index);
                    distance <= 1 || distance <= 3 * SENTENCES && shares(o, draft)
                })
                .find_map(|o| o.event.place)
                .or_else(|| land(doc, states, draft));
        }
    }
}

/// How far back the two of a pair may be named, in tokens.
const PAIR: usize = 80;

/// Whether an entity is only known as two of a kind: الطرفان, الزعيمين, البلدان.
fn is_pair(doc: &Document, id: EntityId) -> bool {
    doc.entity(id).is_some_and(|e| {
        e.mentions.iter().all(|m| {
            let i = m.tokens.start as usize;
            let mut numbers = doc
                .word_entries(i)
                .filter(|(r, e)| {
                    r.proclitics.any(Proclitics::AL) && matches!(e.table, Table::Group | Table::Title)
                })
                .map(|(_, e)| e.feat.get_number())
                .peekable();
            m.kind == MentionKind::Description
                && numbers.peek().is_some()
                && numbers.all(|n| n == Number::Dual)
        })
    })
}

/// The two whom a pair means: the two sides of an event before, or the last two people or states that are named before it.
fn pair_meant(
    doc: &Document,
    states: &States,
    pair: EntityId,
    draft: &Draft,
    before: &[Draft],
) -> Option<Vec<EntityId>> {
    let word = &doc.entity(pair)?.name;
    let sides = word.starts_with("الطرف") || word.starts_with("الجانب");
    let fits = |id: EntityId| {
        doc.entity(id).is_some_and(|e| match e.kind {
            _ if id == pair => false,
            EntityKind::Place => states.is_state(id) && !is_people(word),
            EntityKind::Person => is_people(word),
            _ => sides,
        })
    };
    let peers = |two: &Vec<EntityId>| {
        let person = |e: &EntityId| doc.entity(*e).is_some_and(|e| e.kind == EntityKind::Person);
        two.iter().all(|e| if sides { *e != pair && !person(e) } else { fits(*e) })
    };
    let told = before
        .iter()
        .rev()
        .take(BACK)
        .filter(|d| matches!(d.event.kind, "CONSULT" | "AGREE" | "RETREAT" | "ASSAULT" | "COOPERATE"))
        .filter_map(two_of)
        .find(peers);
    if told.is_some() || sides {
        return told;
    }
    let mut named: Vec<EntityId> = Vec::new();
    for i in (draft.at.saturating_sub(PAIR)..draft.at).rev() {
        for m in doc.cast.starting(i) {
            let name = doc.mention(m).is_some_and(|x| x.kind == MentionKind::Name);
            if name && fits(m.entity) && !named.contains(&m.entity) {
                named.push(m.entity);
            }
        }
        if named.len() >= 2 {
            named.truncate(2);
            named.reverse();
            return Some(named);
        }
    }
    None
}

/// Whether a word for two means people and no states: الزعيمان, الوزيران.
fn is_people(word: &str) -> bool {
    let arabic = musnad_lexicon::arabic();
    let entries = arabic.entries(&musnad_lexicon::fold(word.strip_prefix("ال").unwrap_or(word)));
    // الرجلان "the two men".
    entries.of(Table::Title).next().is_some()
        || entries.of(Table::Group).any(|e| arabic.row(e).get("type") == "person")
}

/// How many sentences below the headline may tell the day.
const LEAD: usize = 3;

/// On which day each speaker of the report's first sentences spoke, as these tell.
fn days_of_speakers(doc: &Document, speech: &Speech) -> Vec<(EntityId, TimeId)> {
    let mut out: Vec<(EntityId, TimeId)> = Vec::new();
    let body = doc
        .layout
        .sentences
        .iter()
        .filter(|s| doc.layout.paragraphs.get(s.paragraph as usize).is_some_and(|p| !p.headline))
        .take(LEAD);
    for sentence in body {
        let times = doc.times.iter().enumerate().filter(|(_, t)| {
            sentence.tokens.has(t.tokens.start as usize)
                && matches!(t.kind, TimeKind::Date | TimeKind::Time)
                // في عام 2014 "in 2014" is no day on which somebody speaks.
                && (t.value.len() >= 10 || t.value == "PRESENT_REF")
                && speech.at(t.tokens.start as usize).is_none()
        });
        let Some((time, _)) = times.into_iter().next() else { continue };
        for s in doc.statements.iter().filter(|s| s.within.is_none()) {
            let cue = doc.tokens_of(s.cue).start as usize;
            if let Some(speaker) = s.speaker.filter(|_| sentence.tokens.has(cue))
                && !out.iter().any(|(who, _)| *who == speaker)
            {
                out.push((speaker, TimeId::at(time)));
            }
        }
    }
    out
}

/// The two sides of an event.
fn two_of(draft: &Draft) -> Option<Vec<EntityId>> {
    let (a, r) = (&draft.event.actors, &draft.event.recipients);
    match (a.len(), r.len()) {
        (2, 0) => Some(a.clone()),
        (1, 1) => Some(a.iter().chain(r).copied().collect()),
        _ => None,
    }
}

/// Whether it is something done on the ground, which has a doer and a place even when the clause does not tell them.
fn is_force(draft: &Draft) -> bool {
    matches!(draft.event.kind, "ASSAULT" | "COERCE" | "PROTEST" | "AID")
}

fn is_done(draft: &Draft) -> bool {
    matches!(draft.event.status, Status::Happened | Status::Ongoing)
}

fn shares(a: &Draft, b: &Draft) -> bool {
    let of = |d: &Draft| d.event.actors.iter().chain(&d.event.recipients).copied().collect::<Vec<EntityId>>();
    let theirs = of(b);
    of(a).iter().any(|e| theirs.contains(e))
}

/// How many sentences away those who fight may be told.
const FRONT: usize = 5;

/// The two armed sides of a deed near a battle that does not tell them: قصف الجيش مواقع التنظيم ... المعارك "the army shelled the group's
/// positions ... the battles". With how far away it is, in sentences.
fn foes(doc: &Document, deed: &Draft, battle: &Draft) -> Option<(usize, Vec<EntityId>)> {
    let distance = deed.sentence_index.abs_diff(battle.sentence_index);
    let force =
        matches!((deed.event.kind, deed.event.mode), ("ASSAULT", _) | ("COERCE", Some("seize") | None));
    if deed.hollow || !force || distance > FRONT || !is_done(deed) {
        return None;
    }
    let armed = |e: &EntityId| {
        doc.entity(*e).is_some_and(|e| {
            e.kind == EntityKind::Organization
                && e.sector.is_none_or(|s| matches!(s, "MIL" | "REB" | "PRM" | "GOV" | "COP" | "IGO"))
        })
    };
    let actors = deed.event.actors.iter().filter(|e| armed(e));
    let sides: Vec<EntityId> =
        actors.chain(deed.event.recipients.iter().filter(|e| armed(e))).copied().collect();
    let told = &battle.event.actors;
    let two = sides.len() > 1
        && (deed.event.actors.iter().any(armed) && deed.event.recipients.iter().any(armed) || deed.battle)
        && told.iter().all(|e| sides.contains(e));
    two.then_some((distance, sides))
}

/// Whether two deeds are told of the same sufferers, or in one sentence.
fn suffers_alike(a: &Draft, b: &Draft) -> bool {
    a.event.recipients.iter().any(|e| b.event.recipients.contains(e))
        || a.sentence == b.sentence && a.event.recipients.is_empty()
}

/// A state's own organ arrests and forbids at home: السلطات المصرية "the Egyptian authorities", where the report names Egypt.
fn land(doc: &Document, states: &States, draft: &Draft) -> Option<EntityId> {
    if draft.event.kind != "COERCE"
        || !matches!(draft.event.mode, Some("arrest" | "restrict" | "censor" | "curfew"))
    {
        return None;
    }
    let actor = draft.event.actors.first().and_then(|e| doc.entity(*e))?;
    let code = actor.country.filter(|_| actor.kind == EntityKind::Organization)?;
    states.coded(code)
}
