//! Events: what somebody did, does or may do to or with somebody, after PLOVER 2.
//!
//! A word that a row of `triggers.tsv` knows is a candidate (`triggers`). Its frame (`frames`) says where in the clause its
//! participants stand, among the noun phrases of its sentence (`phrases`, `scene`): as subjects and objects of verbs
//! (`subjects`), around nouns (`nouns`), or with what governs it (`governors`). Tense, particles, what governs it and whose
//! words it stands in say whether it is so (`status`); mentions of one happening become one event (`merge`).

mod casualties;
mod circumstances;
mod completions;
mod frames;
mod governors;
mod merge;
mod nearby;
mod news;
mod nouns;
mod phrases;
mod scene;
mod status;
mod subjects;
#[cfg(test)]
mod tests;
mod triggers;

use super::times::Numbers;
use crate::document::{Because, Document, EntityId, EntityKind, Event, Rejected, StatementId, Status};
use frames::Participants;
use merge::Draft;
use phrases::{Link, Phrases};
use scene::{Scene, States};
use triggers::{Found, Rule};

/// The stage `events`.
#[must_use]
pub fn events(doc: &Document, rejected: &mut Vec<Rejected>) -> Vec<Event> {
    let speech = Speech::of(doc);
    let triggers::Triggers { found, accidents, tellers, private } = triggers::find(doc, &speech, rejected);
    if found.is_empty() {
        return Vec::new();
    }
    // What the headline tells is what the report is about.
    let titled = headline_of(doc).unwrap_or_default();
    let headlined: Vec<&str> =
        found.iter().filter(|f| titled.has(f.at)).filter_map(|f| f.event).map(|r| r.kind).collect();
    let states = States::of(doc);
    let phrases = Phrases::of(doc);
    // Numbers are read only where something is counted.
    let numbers = found.iter().any(|f| f.event.is_some_and(|r| r.toll.is_some())).then(|| Numbers::of(doc));
    let mut drafts: Vec<Draft> = Vec::new();
    let mut topic = None;
    for (index, sentence) in doc.layout.sentences.iter().enumerate() {
        let s = sentence.tokens;
        let from = found.partition_point(|f| f.at < s.start as usize);
        let to = found.partition_point(|f| f.at < s.end as usize);
        let headline = doc.layout.paragraphs.get(sentence.paragraph as usize).is_some_and(|p| p.headline);
        let scene = Scene {
            doc,
            tokens: s,
            phrases: phrases.within(doc, s, &found[from..to], &states),
            found: &found[from..to],
            topic,
            states: &states,
            speech: &speech,
            index,
            tellers: {
                let from = tellers.partition_point(|t| t.at < s.start as usize);
                let to = tellers.partition_point(|t| t.at < s.end as usize);
                &tellers[from..to]
            },
            private,
            headlined: &headlined,
            accident: accidents.iter().any(|i| s.has(*i) || headline_of(doc).is_some_and(|h| h.has(*i))),
        };
        for f in 0..scene.found.len() {
            let toll = numbers.as_ref().and_then(|n| casualties::casualty(&scene, f, n));
            let mut one = draft(&scene, f, headline, toll.is_some(), rejected);
            if let Some(draft) = &mut one {
                draft.event.casualties.extend(toll);
            }
            drafts.extend(one);
        }
        topic = main_participant(&scene).or(topic);
    }
    merge::share_sides(&mut drafts);
    completions::complete(doc, &states, &speech, &mut drafts);
    merge::merge(&doc.cast, drafts)
}

/// Who speaks where.
struct Speech {
    /// The innermost statement around each token; `u32::MAX` where there is none.
    of: Vec<u32>,
    /// The tokens of cues with their statements, in order.
    cues: Vec<(u32, u32)>,
}

impl Speech {
    fn of(doc: &Document) -> Self {
        let mut pieces: Vec<(u32, crate::span::Tokens, u32)> = Vec::new();
        for (i, s) in doc.statements.iter().enumerate() {
            for c in &s.content {
                pieces.push((c.len(), doc.tokens_of(*c), i as u32));
            }
        }
        // Shorter contents lie inside longer ones and are written over them.
        pieces.sort_by_key(|(len, tokens, i)| (std::cmp::Reverse(*len), tokens.start, *i));
        let mut of = vec![u32::MAX; doc.tokens.len()];
        for (_, tokens, i) in pieces {
            of.get_mut(tokens.range()).unwrap_or(&mut []).fill(i);
        }
        let mut cues: Vec<(u32, u32)> = Vec::new();
        for (i, s) in doc.statements.iter().enumerate() {
            cues.extend(doc.tokens_of(s.cue).range().map(|t| (t as u32, i as u32)));
        }
        cues.sort_unstable();
        Speech { of, cues }
    }

    /// The statement whose cue the token belongs to.
    fn cue(&self, token: usize) -> Option<StatementId> {
        let k = self.cues.partition_point(|(t, _)| (*t as usize) < token);
        self.cues.get(k).filter(|(t, _)| *t as usize == token).map(|(_, s)| StatementId(*s))
    }

    fn at(&self, token: usize) -> Option<StatementId> {
        self.of.get(token).copied().filter(|i| *i != u32::MAX).map(StatementId)
    }
}

/// Who a sentence is about: its first noun phrase that may act and that nothing governs.
fn main_participant(scene: &Scene<'_>) -> Option<EntityId> {
    let subject = |p: &&phrases::Phrase<'_>| p.link == Link::Free && p.acts() && !p.pronoun;
    // A state comes last: reports begin with where they were written.
    scene
        .phrases
        .iter()
        .filter(subject)
        .find(|p| p.kind != EntityKind::Place)
        .or_else(|| scene.phrases.iter().filter(subject).find(|p| scene.states.is_state(p.entity)))
        .map(|p| p.entity)
}

/// The event that a trigger names, if its row's conditions hold.
fn draft(
    scene: &Scene<'_>,
    f: usize,
    headline: bool,
    counted: bool,
    rejected: &mut Vec<Rejected>,
) -> Option<Draft> {
    let doc = scene.doc;
    let found = scene.found.get(f)?;
    let rule = found.event?;
    let by = scene.speech.at(found.at);
    let mut who = scene.participants(f, rule);
    // تحركاتهم والتعزيزات "their movements and the reinforcements": what is joined to a noun shares its doer.
    if who.actors.is_empty()
        && !found.is_finite()
        && found.proclitics.any(crate::document::Proclitics::AND)
        && let Some(g) = f.checked_sub(1)
        && let Some(before) = scene.found.get(g)
        && !before.is_finite()
        && found.at - before.end <= 6
        && let Some(rule) = before.event
    {
        let shared = scene.participants(g, rule).actors;
        who.actors = shared.into_iter().filter(|e| !who.recipients.contains(e)).collect();
    }
    let speaks = scene.speech.cue(found.at);
    // شن هجوما على خصومه "launched an attack on his opponents", with words that are on record as a statement.
    if speaks.is_some() && rule.kind == "ASSAULT" {
        rejected.push(Rejected { span: found.span, rule: "events:cue", reason: "it is said, not done" });
        return None;
    }
    if let Some(speaker) = speaks.and_then(|s| doc.statements.get(s.index())).and_then(|s| s.speaker)
        && matches!(rule.kind, "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" | "SUPPORT" | "AGREE")
        && !who.actors.contains(&speaker)
        && !scene.tells_both(found)
    {
        who.actors = vec![speaker];
        who.recipients.retain(|e| *e != speaker);
    }
    let teller = speaks.is_none() && is_mere_teller(scene, found, rule, &who);
    if teller {
        who.actors.clear();
    }
    // الهجوم "the attack" without a word of who may still be a further mention of one that is told.
    // القتلى "the dead" are those of whom was told.
    let itself = rule.recipient.iter().flatten().any(|s| *s == triggers::Slot::Itself);
    let known = itself && found.is_definite() && !headline && who.actors.is_empty();
    let hollow = known || who.actors.is_empty() && who.recipients.is_empty();
    let mentions =
        hollow && !found.is_finite() && !(rule.conditions.genitive_is_participant && who.bare_genitive);
    let taken_by = scene
        .found
        .get(f.saturating_sub(4)..f)
        .unwrap_or(&[])
        .iter()
        .find(|g| g.with == Some(found.at) && g.event.is_some_and(takes_in))
        .map(|g| g.at);
    // قتل أربعة "four were killed": that somebody undergoes it is told, though nobody who could be an entity.
    let victims = counted && rule.kind == "ASSAULT" && hollow && !itself;
    if let Some(reason) = fault(&who, rule).filter(|_| !mentions && !teller && taken_by.is_none() && !victims)
    {
        rejected.push(Rejected { span: found.span, rule: "events:participants", reason });
        return None;
    }
    if let Some(reason) = sphere(scene, f, rule, &who) {
        rejected.push(Rejected { span: found.span, rule: "events:sphere", reason });
        return None;
    }
    // Victims only: the row has no place for a doer, or a verb of killing or wounding has none here.
    let casualty = rule.kind == "ASSAULT"
        && (rule.recipient.iter().flatten().any(|s| *s == triggers::Slot::Itself)
            || !rule.recipient.is_empty()
                && rule.actor.iter().flatten().all(|s| matches!(s, triggers::Slot::After(_)))
            || who.actors.is_empty()
                && matches!(doc.row(rule.entry).get("word"), "قتل" | "أصاب" | "جرح" | "سقط"));
    let statement = by.and_then(|s| doc.statements.get(s.index()));
    let mut status = status::status(scene, f, statement, headline);
    let place = circumstances::place(scene, found, rule, &who, status);
    // دعا إلى إضراب الأربعاء المقبل "called for a strike next Wednesday": what has been said was not said on a day to come.
    let said = speaks.is_some() && found.is_finite() && found.feat.part() == musnad_lexicon::Part::Past;
    let time = circumstances::time(scene, f).filter(|t| !(said && circumstances::is_ahead(doc, *t)));
    // يجتمع المجلس غدا "the council meets tomorrow".
    let past = found.is_finite() && found.feat.part() == musnad_lexicon::Part::Past;
    if matches!(status, Status::Happened | Status::Ongoing)
        && !past
        && time.is_some_and(|t| circumstances::is_ahead(doc, t))
    {
        status = Status::Planned;
    }
    let confidence = if victims { 0.45 } else { confidence(&who, found, speaks.is_some()) };
    Some(Draft {
        event: Event {
            kind: rule.kind,
            mode: rule.mode.or_else(|| assembly(doc, rule, &who)),
            trigger: found.span,
            mentions: Vec::new(),
            actors: who.actors,
            recipients: who.recipients,
            place,
            time,
            status,
            news: scene.is_news(f),
            by,
            casualties: Vec::new(),
            confidence,
            because: Because::row(
                if speaks.is_some() {
                    "events:cue"
                } else if found.is_finite() {
                    "events:verb"
                } else {
                    "events:noun"
                },
                rule.entry,
            ),
        },
        word: doc.row(rule.entry).get("word"),
        hollow: hollow && !victims,
        nearby: if teller && hollow {
            Some(nearby::Sides::default())
        } else if hollow && !itself {
            nearby::nearby(scene, found, rule)
        } else {
            None
        },
        cue: speaks.is_some(),
        at: found.at,
        sentence: scene.tokens.start,
        sentence_index: scene.index,
        headline,
        definite: found.is_definite() || demonstrated(scene, found),
        finite: found.is_finite(),
        dual: found.is_finite() && found.feat.get_number() == musnad_lexicon::Number::Dual,
        carried: who.carried,
        casualty,
        battle: rule.actor.iter().flatten().any(|s| *s == triggers::Slot::After("بين"))
            || matches!(doc.row(rule.entry).get("word"), "عملية" | "حملة"),
        taken_by,
    })
}

/// Whether somebody is only taken to do what is told in his own words: who tells of deeds of force, of aid or of punishment hardly ever
/// does them himself, unless he says "we" (in the annotated reports one in five).
fn is_mere_teller(scene: &Scene<'_>, found: &Found, rule: &Rule, who: &Participants) -> bool {
    let deed = matches!(
        rule.kind,
        "ASSAULT" | "COERCE" | "AID" | "COOPERATE" | "RETREAT" | "SANCTION" | "MOBILIZE" | "PROTEST"
    );
    let [actor] = who.actors[..] else { return false };
    // توعد بالقضاء على "vowed to destroy": what somebody promises or threatens is his own doing.
    let own = scene
        .speech
        .at(found.at)
        .and_then(|s| scene.doc.statements.get(s.index()))
        .is_some_and(|s| matches!(s.act, "promise" | "threaten" | "agree" | "reject" | "deny" | "admit"));
    deed && !own
        && (!found.is_finite() || found.feat.get_person() != 1)
        && scene.speaker(found.at) == Some(actor)
        && scene.doc.entity(actor).is_some_and(|e| matches!(e.kind, EntityKind::Person | EntityKind::Group))
}

/// The headline's tokens.
fn headline_of(doc: &Document) -> Option<crate::span::Tokens> {
    doc.layout.paragraphs.first().filter(|p| p.headline).map(|p| p.tokens)
}

/// Why an event is none of politics: an accident's victims, companies at their business.
fn sphere(scene: &Scene<'_>, f: usize, rule: &Rule, who: &Participants) -> Option<&'static str> {
    let doc = scene.doc;
    // قتل ثلاثة أشخاص في زلزال "three people were killed in an earthquake".
    let suffered = rule.toll.is_some_and(|t| t != crate::document::Toll::Arrested)
        || matches!((rule.kind, rule.mode), ("ASSAULT", Some("destroy")) | ("COERCE", Some("deport")));
    if scene.accident && suffered {
        let by_force = scene.found.iter().enumerate().any(|(k, o)| {
            k != f
                && o.event
                    .is_some_and(|r| r.kind == "ASSAULT" && r.toll.is_none() && r.mode != Some("destroy"))
        });
        let by_body =
            who.actors.iter().any(|e| doc.entity(*e).is_some_and(|e| e.kind == EntityKind::Organization));
        if !by_force && !by_body {
            return Some("an accident or nature did it");
        }
    }
    let public = |e: &EntityId| {
        scene.states.is_state(*e)
            || doc.entity(*e).is_some_and(|e| {
                !matches!(
                    e.sector,
                    None | Some(
                        "BUS" | "MNC" | "AGR" | "CVL" | "EDU" | "ELI" | "JRN" | "LAB" | "MED" | "REL" | "SOC"
                    )
                )
            })
    };
    let nobody_public = !who.actors.iter().chain(&who.recipients).any(public);
    if scene.private && nobody_public && !scene.headlined.contains(&rule.kind) {
        return Some("nobody of public life takes part, in a report about art, business or an accident");
    }
    // نشرت الصحيفة "the paper published" deploys nothing.
    let by_press = !who.actors.is_empty()
        && who.actors.iter().all(|e| doc.entity(*e).is_some_and(|e| e.sector == Some("JRN")));
    if by_press && rule.kind == "MOBILIZE" {
        return Some("the press does not do it");
    }
    // اطلعت عليه وكالة "an agency has seen it", قال في اتصال هاتفي بالصحيفة "said in a telephone call to the paper".
    let press = |side: &[EntityId]| {
        !side.is_empty() && side.iter().all(|e| doc.entity(*e).is_some_and(|e| e.sector == Some("JRN")))
    };
    if rule.kind == "CONSULT" && rule.mode != Some("visit") && (press(&who.actors) || press(&who.recipients))
    {
        return Some("it is said to the press");
    }
    let words = matches!(rule.kind, "AGREE" | "COOPERATE" | "CONSULT" | "SUPPORT" | "AID" | "REQUEST");
    let firms = who
        .actors
        .iter()
        .chain(&who.recipients)
        .all(|e| doc.entity(*e).is_some_and(|e| matches!(e.sector, Some("BUS" | "MNC" | "AGR"))));
    (words && firms && !(who.actors.is_empty() && who.recipients.is_empty()))
        .then_some("companies are at their business")
}

/// Whether an event of this row and the one that its object names are one: قطع الهدنة "broke the truce", وقع اتفاقا "signed an
/// agreement". Who asks for talks or refuses them has not held them.
fn takes_in(rule: &Rule) -> bool {
    matches!(
        rule.kind,
        "AGREE"
            | "SANCTION"
            | "ASSAULT"
            | "CONCEDE"
            | "RETREAT"
            | "MOBILIZE"
            | "CONSULT"
            | "AID"
            | "PROTEST"
            | "COERCE"
    )
}

/// A meeting of a body of many states has many sides though one name: يجتمع مجلس الأمن "the Security Council meets".
fn assembly(doc: &Document, rule: &Rule, who: &Participants) -> Option<&'static str> {
    let [one] = who.actors[..] else { return None };
    let body = doc.entity(one).filter(|e| e.kind == EntityKind::Organization && e.country.is_none())?;
    let meets = rule.kind == "CONSULT"
        && matches!(doc.row(rule.entry).get("word"), "اجتمع" | "اجتماع" | "جلسة" | "قمة");
    (meets && who.recipients.is_empty() && body.name.starts_with("مجلس")).then_some("multilateral")
}

/// Whether هذا "this" or the like stands before the trigger.
fn demonstrated(scene: &Scene<'_>, found: &Found) -> bool {
    found.at > scene.tokens.start as usize
        && scene.doc.is(found.at - 1, crate::document::Classes::DEMONSTRATIVE)
}

/// Why the participants do not make an event; `None` when they do.
fn fault(who: &Participants, rule: &Rule) -> Option<&'static str> {
    let c = &rule.conditions;
    if who.actors.is_empty() && who.recipients.is_empty() {
        return Some("nobody takes part");
    }
    if c.genitive_is_participant && who.bare_genitive {
        return Some("its genitive is no participant");
    }
    if c.actor && who.actors.is_empty() {
        return Some("nobody does it");
    }
    if c.recipient && who.recipients.is_empty() {
        return Some("nobody undergoes it");
    }
    if c.two && !(who.actors.len() > 1 || !who.actors.is_empty() && !who.recipients.is_empty()) {
        return Some("only one side is told");
    }
    None
}

/// How probable it is that the event is right, by how much of its frame was found. Of the annotated reports' events two in three
/// are found without more than a trigger and one participant, five in six where a verb has both of its own.
fn confidence(who: &Participants, found: &Found, cue: bool) -> f32 {
    let mut c: f32 = 0.6;
    if !who.actors.is_empty() && !who.recipients.is_empty() || who.sides {
        c += 0.08;
    }
    if cue || found.is_finite() {
        c += 0.07;
    }
    if who.carried {
        c -= 0.08;
    }
    c
}
