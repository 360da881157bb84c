//! Events whose own words give nobody: الحرب "the war", وقف القتال "an end to the fighting". Who undergoes them may stand near.

use super::phrases::{Link, Phrase};
use super::scene::Scene;
use super::triggers::{Found, Rule};
use crate::document::{EntityId, EntityKind};

/// Actors and recipients.
pub(super) type Sides = (Vec<EntityId>, Vec<EntityId>);

/// How far behind its trigger a participant may stand that no frame reaches, in tokens.
const BEHIND: usize = 12;

/// How many phrases before it are looked at.
const BEFORE: usize = 48;

/// Who is likely to undergo it: who is told right after the trigger. Who does it is left open, however many stand near. `None` where
/// the sentence tells of nobody who could take part.
pub(super) fn nearby(scene: &Scene<'_>, found: &Found, rule: &Rule) -> Option<Sides> {
    // Of a bare threat, refusal or deployment, and where a row wants both sides, it is mostly none.
    // So of relief, of what is lifted, and of a war that a text looks back to.
    let bare = matches!(rule.kind, "THREATEN" | "REJECT" | "MOBILIZE" | "AID" | "CONCEDE")
        || scene.doc.row(rule.entry).get("word") == "حرب";
    if bare || rule.conditions.two && rule.kind != "ASSAULT" {
        return None;
    }
    // Who tells of protests or battles is hardly in them.
    let deed = matches!(rule.kind, "ASSAULT" | "COERCE" | "MOBILIZE" | "PROTEST");
    let speaker = scene.speaker(found.at);
    let may = |p: &&Phrase<'_>| {
        // في بغداد "in Baghdad" is where it happens.
        p.link != Link::After("في")
            && !(deed && speaker == Some(p.entity))
            && p.acts()
            && (p.kind != EntityKind::Place || scene.states.is_state(p.entity))
            && !is_medium(scene, p.entity)
    };
    let k = scene.next(found.end);
    let to = scene.clause_end(found).min(found.end + BEHIND);
    let behind = scene.phrases.get(k..).unwrap_or(&[]).iter().take_while(|p| p.start() < to).find(may);
    let earlier = scene.phrases.get(k.saturating_sub(BEFORE)..k).unwrap_or(&[]);
    let before = earlier.iter().rev().filter(|p| p.end() <= found.at).find(may);
    let subject = earlier.iter().filter(|p| p.link == Link::Free && !p.joined).find(may);
    let one = |p: Option<&Phrase<'_>>| p.map(|p| p.entity);
    let teller = speaker.or(one(subject)).or(one(before)).or(scene.topic);
    let undergone = !rule.recipient.is_empty()
        && matches!(rule.kind, "ASSAULT" | "COERCE" | "SANCTION" | "ACCUSE" | "SUPPORT");
    if undergone && let Some(p) = behind {
        return Some((Vec::new(), vec![p.entity]));
    }
    let doer = if deed || rule.kind == "RETREAT" {
        one(behind).or(one(before)).or(scene.topic.filter(|t| speaker != Some(*t)))
    } else {
        teller.or(one(behind))
    };
    // Of those who might do it hardly one in ten does: that somebody does is certain, so the event stands without a name.
    doer.map(|_| (Vec::new(), Vec::new()))
}

/// An agency or a paper tells what others do.
fn is_medium(scene: &Scene<'_>, id: EntityId) -> bool {
    scene.doc.entity(id).is_some_and(|e| e.sector == Some("JRN"))
}
