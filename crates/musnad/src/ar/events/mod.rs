//! Events: what somebody did, does or may do to or with somebody, after PLOVER 2.
//!
//! A word that a row of `triggers.tsv` knows is a candidate (`triggers`). Its frame (`frames`) says where in the clause its
//! participants stand, among the noun phrases of its sentence (`phrases`, `scene`): as subjects and objects of verbs
//! (`subjects`), around nouns (`nouns`), or with what governs it (`governors`). Tense, particles, what governs it and whose
//! words it stands in say whether it is so (`status`); mentions of one happening become one event (`merge`).

mod frames;
mod governors;
mod merge;
mod nouns;
mod phrases;
mod scene;
mod status;
mod subjects;
#[cfg(test)]
mod tests;
mod triggers;

use crate::document::{
    Because, Document, EntityId, EntityKind, Event, Rejected, StatementId, Status, TimeId, TimeKind,
};
use frames::Participants;
use merge::Draft;
use phrases::{Link, Phrases};
use scene::{Scene, States};
use triggers::{Found, Rule};

/// The stage `events`.
#[must_use]
pub fn events(doc: &Document, rejected: &mut Vec<Rejected>) -> Vec<Event> {
    let speech = Speech::of(doc);
    let found = triggers::find(doc, &speech, rejected);
    if found.is_empty() {
        return Vec::new();
    }
    let states = States::of(doc);
    let phrases = Phrases::of(doc);
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
            phrases: phrases.within(doc, s, &found[from..to]),
            found: &found[from..to],
            topic,
            states: &states,
            speech: &speech,
            index,
        };
        for f in 0..scene.found.len() {
            drafts.extend(draft(&scene, f, headline, rejected));
        }
        topic = main_participant(&scene).or(topic);
    }
    merge::share_sides(&mut drafts);
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
fn draft(scene: &Scene<'_>, f: usize, headline: bool, rejected: &mut Vec<Rejected>) -> Option<Draft> {
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
    if let Some(speaker) = speaks.and_then(|s| doc.statements.get(s.index())).and_then(|s| s.speaker)
        && matches!(rule.kind, "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" | "SUPPORT" | "AGREE")
        && !who.actors.contains(&speaker)
    {
        who.actors = vec![speaker];
        who.recipients.retain(|e| *e != speaker);
    }
    // الهجوم "the attack" without a word of who may still be a further mention of one that is told.
    let hollow = who.actors.is_empty() && who.recipients.is_empty();
    let mentions =
        hollow && !found.is_finite() && !(rule.conditions.genitive_is_participant && who.bare_genitive);
    let taken_by = scene
        .found
        .get(f.saturating_sub(4)..f)
        .unwrap_or(&[])
        .iter()
        .find(|g| g.with == Some(found.at) && g.event.is_some_and(takes_in))
        .map(|g| g.at);
    if let Some(reason) = fault(&who, rule).filter(|_| !mentions && taken_by.is_none()) {
        rejected.push(Rejected { span: found.span, rule: "events:participants", reason });
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
    let place = place(scene, found, rule, &who);
    let time = time(scene, found);
    // يجتمع المجلس غدا "the council meets tomorrow".
    let past = found.is_finite() && found.feat.part() == musnad_lexicon::Part::Past;
    if matches!(status, Status::Happened | Status::Ongoing) && !past && time.is_some_and(|t| is_ahead(doc, t))
    {
        status = Status::Planned;
    }
    let confidence = confidence(&who, found, speaks.is_some());
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
            by,
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
        hollow,
        at: found.at,
        sentence: scene.tokens.start,
        sentence_index: scene.index,
        headline,
        definite: found.is_definite() || demonstrated(scene, found),
        finite: found.is_finite(),
        carried: who.carried,
        casualty,
        battle: rule.actor.iter().flatten().any(|s| *s == triggers::Slot::After("بين"))
            || matches!(doc.row(rule.entry).get("word"), "عملية" | "حملة"),
        taken_by,
    })
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

/// Where it happens: a place in the clause, else in the sentence.
fn place(scene: &Scene<'_>, found: &Found, rule: &Rule, who: &Participants) -> Option<EntityId> {
    // Where somebody spoke is hardly ever told, and what he spoke of is elsewhere.
    let speaks =
        matches!(rule.kind, "REQUEST" | "ACCUSE" | "SUPPORT" | "REJECT" | "THREATEN" | "AGREE" | "COOPERATE");
    if speaks && rule.mode != Some("investigate") {
        return None;
    }
    // البلدة التي تحاصرها القوات "the town that the forces besiege".
    if let Some(p) =
        scene.antecedent(found).and_then(|k| scene.phrases.get(k)).filter(|p| p.kind == EntityKind::Place)
    {
        return Some(p.entity);
    }
    let to = scene.clause_end(found);
    let is_place = |p: &&phrases::Phrase<'_>| {
        p.kind == EntityKind::Place && !who.actors.contains(&p.entity) && !who.recipients.contains(&p.entity)
    };
    let inside = |link: Link<'_>| {
        matches!(
            link,
            Link::After(
                "في" | "ب"
                    | "على"
                    | "قرب"
                    | "شمال"
                    | "جنوب"
                    | "شرق"
                    | "غرب"
                    | "داخل"
                    | "خارج"
                    | "وسط"
                    | "الى"
                    | "من"
                    | "عبر"
                    | "نحو"
            )
        )
    };
    let ground = matches!(rule.kind, "ASSAULT" | "COERCE" | "RETREAT" | "MOBILIZE" | "CONSULT" | "AID");
    let after = scene
        .phrases
        .iter()
        .filter(is_place)
        .filter(|p| p.start() >= found.end && p.start() < to)
        .find(|p| inside(p.link) || ground && p.link == Link::Free && p.start() <= found.end + 4)
        .map(|p| p.entity);
    after.or_else(|| {
        let k = scene.phrases.partition_point(|p| p.start() < found.at);
        let here = |p: &&phrases::Phrase<'_>| matches!(p.link, Link::After("في" | "ب" | "داخل" | "قرب"));
        scene
            .phrases
            .get(k.saturating_sub(12)..k)
            .and_then(|before| before.iter().rev().filter(is_place).find(here))
            .or_else(|| {
                scene
                    .phrases
                    .get(k..(k + 12).min(scene.phrases.len()))
                    .and_then(|next| next.iter().filter(is_place).find(here))
            })
            .map(|p| p.entity)
    })
}

/// When it happens: the nearest date in the sentence, in the clause rather than outside it.
fn time(scene: &Scene<'_>, found: &Found) -> Option<TimeId> {
    let doc = scene.doc;
    let from = doc.times.partition_point(|t| t.tokens.end <= scene.tokens.start);
    let to = doc.times.partition_point(|t| t.tokens.start < scene.tokens.end);
    let here = doc.times.partition_point(|t| (t.tokens.start as usize) < found.at).clamp(from, to);
    let told = scene.speech.at(found.at);
    let low = here.saturating_sub(4).max(from);
    let high = (here + 4).min(to);
    let end = scene.clause_end(found);
    (low..high)
        .filter_map(|i| doc.times.get(i).map(|t| (i, t)))
        .filter(|(_, t)| matches!(t.kind, TimeKind::Date | TimeKind::Time))
        .filter(|(_, t)| told.is_none() || scene.speech.at(t.tokens.start as usize) == told)
        .min_by_key(|(_, t)| {
            let start = t.tokens.start as usize;
            let distance = if start >= found.end {
                start - found.end
            } else {
                found.at.saturating_sub(t.tokens.end as usize)
            };
            (!(start >= found.end && start < end), distance)
        })
        .map(|(i, _)| TimeId::at(i))
}

/// Whether a time lies after the day of publication.
fn is_ahead(doc: &Document, time: TimeId) -> bool {
    let Some(time) = doc.times.get(time.index()) else { return false };
    if time.value == "FUTURE_REF" {
        return true;
    }
    let day = time.value.get(..10).and_then(|d| d.parse::<jiff::civil::Date>().ok());
    day.zip(doc.report.published).is_some_and(|(day, published)| day > published)
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
