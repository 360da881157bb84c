//! What governs a trigger: the light verb before a noun, what is demanded, planned, refused.

use super::scene::{Scene, Side, is_relative};
use super::triggers::{Found, Slot};
use crate::document::{Classes, Document, Proclitics};

impl<'d> Scene<'d> {
    /// What the verb or noun that governs the trigger at `f` gives it: شنت إسرائيل غارة "Israel launched a raid".
    pub(super) fn governed(&self, f: usize, role: Role) -> Option<Side> {
        let found = self.found.get(f)?;
        let g = self.governor(f)?;
        let governor = self.found.get(g)?;
        let slot = control(governor, role)?;
        let side = match slot {
            Slot::Subject if governor.is_finite() => self.subject(governor),
            Slot::Subject => self.genitives(governor).0.or_else(|| self.governed(g, role)),
            Slot::Genitive => self.genitives(governor).0.or_else(|| self.nisba(governor)),
            Slot::Object if governor.is_finite() => {
                let subject = self.subject(governor);
                self.object(governor, subject.as_ref()).or_else(|| self.after(governor, "ل"))
            }
            Slot::Object => {
                let (first, second) = self.genitives(governor);
                second.or_else(|| self.near_for(governor)).or(first.filter(|_| governor.event.is_none()))
            }
            Slot::After(p) => self.after(governor, p),
            Slot::Itself => None,
        }?;
        // What follows the trigger is no participant of what governs it.
        let late = side.last.and_then(|l| self.phrases.get(l)).is_some_and(|p| p.start() >= found.end);
        (!late).then_some(side)
    }

    /// The nearest verb or noun before the trigger at `f` that governs it.
    pub(super) fn governor(&self, f: usize) -> Option<usize> {
        let found = self.found.get(f)?;
        // طرد ... وتعليق: what is joined to another noun has its governor.
        if !found.is_finite() && found.proclitics.any(Proclitics::AND) {
            let first = (f.saturating_sub(6)..f).rev().find(|g| {
                self.found.get(*g).is_some_and(|g| {
                    !g.is_finite()
                        && g.event.is_some()
                        && g.feat.part() == found.feat.part()
                        && g.is_definite() == found.is_definite()
                        && found.at - g.at < 24
                        && !(g.end..found.at).any(|i| self.is_wall(i))
                })
            });
            return first.and_then(|g| self.governor(g));
        }
        let mut at = found.at;
        let first = self.tokens.start as usize;
        // أن before a verb does not part it from what it depends on.
        if at > first && found.is_finite() && self.doc.is(at - 1, Classes::THAT.or(Classes::NEGATION)) {
            at -= 1;
            if at > first && self.doc.is(at - 1, Classes::THAT) {
                at -= 1;
            }
        } else if found.is_finite() {
            return None;
        }
        for g in (0..f).rev() {
            let before = self.found.get(g)?;
            if at < before.end || at - before.end > 20 {
                return None;
            }
            if (before.end..at).any(|i| self.is_wall(i) || is_relative(self.doc, i) || self.is_verb(i)) {
                return None;
            }
            // ، معتبرا "considering": a word of saying after a comma begins another clause.
            if (before.end..at).any(|i| self.doc.is_mark(i, '،') && self.speech.cue(i + 1).is_some()) {
                return None;
            }
            // في السابع من مايو "on the seventh of May" is a circumstance of the verb and parts nothing.
            if (before.end..at).any(|i| {
                let timed = matches!(self.doc.bare(i), "في" | "منذ")
                    && (i + 1..i + 3).any(|k| self.doc.time_at(k).is_some());
                !timed && is_circumstance(self.doc, i, before)
            }) {
                return None;
            }
            if before.governor.is_some() || before.event.is_some() && (before.is_finite() || before.end == at)
            {
                return Some(g);
            }
            if before.is_finite() {
                return None;
            }
        }
        None
    }
}

/// Which side of an event is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Actor,
    Recipient,
}

/// Which of a governor's own participants is the event's actor or recipient.
pub(super) fn control(governor: &Found, role: Role) -> Option<Slot> {
    if let Some(rule) = governor.governor {
        let frames = if role == Role::Actor { &rule.actor } else { &rule.recipient };
        return frames.first().and_then(|f| f.first()).copied();
    }
    if role == Role::Recipient {
        return None;
    }
    // Who is asked or accused is who does it; who promises, threatens or refuses does it himself.
    let rule = governor.event?;
    match (rule.kind, rule.mode) {
        ("REQUEST", _) | ("ACCUSE", Some("allege")) => {
            rule.recipient.first().and_then(|f| f.first()).copied()
        }
        ("AGREE" | "THREATEN" | "REJECT", _) => Some(Slot::Subject),
        _ => None,
    }
}

/// Whether a preposition tells when, why or amid what something is done, so that what follows is not what is done: تعهد في أول
/// إحاطة "pledged at his first briefing", but نجح في "succeeded in".
pub(super) fn is_circumstance(doc: &Document, i: usize, governor: &Found) -> bool {
    match doc.bare(i) {
        "خلال" | "بعد" | "قبل" | "منذ" | "اثر" | "عقب" | "اثناء" | "وسط" | "قبيل" | "غداة" | "بسبب"
        | "جراء" | "نتيجة" | "لدى" | "مع" | "ضد" | "بشان" | "حول" | "وفق" | "حسب" | "رغم" | "عند" => {
            true
        }
        "في" => {
            let word = governor.governor.map(|r| doc.row(r.entry).get("word")).unwrap_or("");
            !matches!(word, "نجح" | "فشل" | "شرع" | "بدأ" | "قام" | "تسبب" | "استمر")
        }
        _ => false,
    }
}
