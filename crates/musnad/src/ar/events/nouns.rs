//! What stands around a noun that names an event: its genitive, its adjective, its relative clause, the verb around it.

use super::governors::Role;
use super::phrases::{Link, is_adjective};
use super::scene::{Scene, Side};
use super::triggers::{Found, Rule, Slot};
use crate::document::{Classes, EntityKind, Kind, Proclitics, Suffix};
use musnad_lexicon::{Part, Table};

impl<'d> Scene<'d> {
    /// The genitive of a noun and a second noun phrase after it.
    pub(super) fn genitives(&self, found: &Found) -> (Option<Side>, Option<Side>) {
        if matches!(found.suffix, Suffix::None) {
            if found.is_definite() {
                return (None, None);
            }
            // قتل وأسر المسلحين "the killing and capture of the gunmen": the genitive stands after the second.
            if let Some(next) = self.found_at(found.end)
                && next.proclitics.any(Proclitics::AND)
                && next.feat.part() == found.feat.part()
                && !next.is_definite()
            {
                return self.genitives(next);
            }
            let k = self.next(found.end);
            let Some(p) = self.phrases.get(k) else { return (None, None) };
            // دعوة رجل الدين العراقي علي السيد "the call of the Iraqi cleric Ali as-Sayyid": what somebody is may be told before the name.
            let described = p.kind == EntityKind::Person
                && self.doc.kind(found.end) == Some(Kind::Word)
                && self.is_construct(found.end);
            let near = p.link == Link::Free
                && !p.joined
                && !p.pronoun
                && self.is_open(found.end, p.start(), 3)
                && (found.end..p.start())
                    .all(|i| self.doc.kind(i) == Some(Kind::Mark) || described || self.is_construct(i));
            if !near || found.feat.is_accusative() {
                return (None, None);
            }
            let first = self.group(k);
            let second = first
                .last
                .and_then(|last| self.phrases.get(last).map(|p| (last, p.end())))
                .and_then(|(last, end)| {
                    let j = last + 1;
                    let q = self.phrases.get(j)?;
                    (q.link == Link::Free
                        && !q.joined
                        && !q.pronoun
                        && self.is_open(end, q.start(), 2)
                        // إقالة الوزير وتعيين آخر "the dismissal of the minister and the naming of another"
                        && (end..q.start()).all(|i| is_adjective(self.doc, i)))
                    .then(|| self.group(j))
                });
            return (Some(first), second);
        }
        // تمكنت القوات من تدميره: "it" is not who destroys.
        let takes_object =
            found.event.is_some_and(|r| r.recipient.iter().flatten().any(|s| *s == Slot::Object));
        let doer = self
            .found
            .binary_search_by_key(&found.at, |f| f.at)
            .ok()
            .filter(|_| takes_object)
            .and_then(|f| self.governed(f, Role::Actor));
        let pronoun = self.pronoun(found, doer.as_ref());
        // رفضه المبادرة "his refusal of the initiative".
        let k = self.next(found.end);
        let second = self
            .phrases
            .get(k)
            .filter(|q| {
                q.link == Link::Free && !q.joined && !q.pronoun && self.is_open(found.end, q.start(), 1)
            })
            .map(|_| self.group(k));
        (pronoun, second)
    }

    /// Whether the word after a bare noun is its genitive and no participant: تحقيق الأهداف "reaching the aims".
    pub(super) fn has_bare_genitive(&self, found: &Found) -> bool {
        // تحقيقها "reaching it": of a thing that is done to something the pronoun is no doer.
        if matches!(found.suffix, Suffix::He | Suffix::She)
            && found.feat.get_number() == musnad_lexicon::Number::Singular
            && found.event.is_some_and(|r| r.conditions.genitive_is_participant)
        {
            return true;
        }
        if found.is_definite() || found.suffix != Suffix::None || found.feat.is_accusative() {
            return false;
        }
        // تحقيق طموح الدولة "fulfilling the state's ambition": the genitive has one of its own.
        let (one, two) = (found.end, found.end + 1);
        let plain = self.doc.kind(one) == Some(Kind::Word)
            && self.doc.cast.covering(one).is_none()
            && self.is_construct(one)
            && !self.doc.is(one, Classes::PREPOSITION.or(Classes::RELATIVE))
            && !self.doc.word(one).ends_with('ي')
            && !self.doc.word(one).ends_with("ية");
        if plain
            && (self.doc.word(two).starts_with("ال")
                || self.phrases.iter().any(|p| p.start() == two && p.link == Link::Free))
        {
            return true;
        }
        // تحقيق "استراتيجية مصر" "reaching the Strategy for Egypt".
        let quoted = self.doc.is_mark(found.end, '"') || self.doc.is_mark(found.end, '«');
        let i = found.end;
        quoted
            || self.doc.kind(i) == Some(Kind::Word)
                && self.doc.cast.covering(i).is_none()
                && self.doc.word(i).starts_with("ال")
                && !self.doc.is(i, Classes::RELATIVE.or(Classes::PREPOSITION))
    }

    /// The state of an adjective of belonging right after the trigger: الغارات الروسية "the Russian raids".
    pub(super) fn nisba(&self, found: &Found) -> Option<Side> {
        let mut side = Side { entities: Vec::new(), last: None, carried: false };
        for i in found.end..(found.end + 3).min(self.tokens.end as usize) {
            if self.doc.kind(i) != Some(Kind::Word) {
                break;
            }
            let entry = self
                .doc
                .word_entries(i)
                .find(|(_, e)| e.table == Table::Country && e.feat.part() == Part::Nisba);
            if let Some((_, e)) = entry {
                let covered =
                    self.doc.cast.covering(i).filter(|m| m.tokens.start as usize == i).map(|m| m.entity);
                if let Some(state) = covered.or_else(|| self.states.coded(self.doc.row(e).get("iso3"))) {
                    side.entities.push(state);
                }
                continue;
            }
            if !side.entities.is_empty() {
                break;
            }
            if !is_adjective(self.doc, i) && !found.feat.is_accusative() {
                break;
            }
        }
        (!side.entities.is_empty()).then_some(side)
    }

    /// The words themselves: ثلاثة قتلى "three dead".
    pub(super) fn itself(&self, found: &Found) -> Option<Side> {
        let m = self.doc.cast.covering(found.at)?;
        let kind = self.doc.entity(m.entity)?.kind;
        matches!(kind, EntityKind::Person | EntityKind::Group).then(|| Side::one(m.entity))
    }

    /// Who does and who undergoes what a masdar or noun names, by its genitive and what follows.
    ///
    /// Of what takes an object the genitive is the object (اعتقال المعارض), unless a second noun phrase or one with ل follows
    /// (اتهام الحكومة لروسيا "the government's accusation of Russia"); of asking, promising, refusing and threatening it is the doer.
    pub(super) fn masdar_sides(
        &self,
        found: &Found,
        rule: &Rule,
        genitive: Option<&Side>,
        second: Option<&Side>,
    ) -> (Option<Side>, Option<Side>) {
        if found.is_finite() {
            return (None, None);
        }
        let takes_object = rule.recipient.iter().flatten().any(|s| *s == Slot::Object);
        if !takes_object || found.feat.part() != Part::Masdar {
            return (genitive.cloned(), None);
        }
        // تصنيفه منظمة إرهابية من قبل المجلس: the doer is told apart.
        if self.by(found).is_some() {
            return (None, genitive.cloned());
        }
        // زيارة الوزير "the minister's visit", unless the verb before it has told who visits: قام الرئيس بزيارة الجرحى.
        if rule.mode == Some("visit") {
            let host = self
                .found
                .binary_search_by_key(&found.at, |f| f.at)
                .ok()
                .is_some_and(|f| self.governed(f, Role::Actor).is_some());
            let visitor = genitive.filter(|g| {
                !host && g.entities.iter().all(|e| self.may_act(*e) && !self.states.is_state(*e))
            });
            if let Some(visitor) = visitor {
                return (Some(visitor.clone()), second.cloned());
            }
        }
        let other = second.cloned().or_else(|| self.near_for(found));
        let speaks = matches!(rule.kind, "REQUEST" | "REJECT" | "THREATEN" | "AGREE");
        match (genitive, other) {
            (Some(a), Some(b)) => (Some(a.clone()), Some(b)),
            (Some(a), None) if speaks || self.has_object_after(a) => (Some(a.clone()), None),
            (Some(a), None) => (None, Some(a.clone())),
            (None, b) => (None, b),
        }
    }

    /// Whether a thing stands as the object right after the genitive of a masdar, which is then who does it: اعتراض الدفاع الجوي ثلاثة
    /// صواريخ "the air defence's interception of three missiles", استعادة الحكومة السيطرة "the government's regaining of control".
    fn has_object_after(&self, genitive: &Side) -> bool {
        let Some(p) = genitive.last.and_then(|l| self.phrases.get(l)) else { return false };
        let (doc, mut i) = (self.doc, p.end());
        // دبلوماسيين غربيين "western diplomats": after what is indefinite an adjective follows.
        if doc.name_at(p.end() - 1).is_none() && !doc.word(p.end() - 1).starts_with("ال") {
            return false;
        }
        while i < self.tokens.end as usize && doc.cast.covering(i).is_none() && is_adjective(doc, i) {
            if doc.word_entries(i).any(|(_, e)| matches!(e.feat.part(), Part::Masdar)) {
                return true;
            }
            i += 1;
        }
        let plain = doc.kind(i) == Some(Kind::Word)
            && self.tokens.has(i)
            && doc.cast.covering(i).is_none()
            && doc.time_at(i).is_none()
            && !matches!(doc.word(i), "امس" | "غدا")
            && doc.word_entries(i).all(|(_, e)| e.table != Table::Title)
            && doc.tokens.get(i).is_some_and(|t| t.classes == Classes::default())
            && !self.has_preposition(i)
            && !self.resumes(i)
            && !self.is_verb(i)
            && !doc.word(i).starts_with(['و', 'ف'])
            && doc.bare(i) == doc.word(i)
            && !doc.word(i).starts_with("ال")
            && !doc.word(i).starts_with('ب')
            && !doc.word(i).starts_with('ل');
        let adjective =
            doc.word(i).ends_with('ي') || doc.word(i).ends_with("ية") || doc.word(i).ends_with("يه");
        plain && !adjective
    }

    /// The phrase with ل close to a masdar: its object.
    pub(super) fn near_for(&self, found: &Found) -> Option<Side> {
        let k = self.next(found.end);
        let (j, p) = self
            .phrases
            .iter()
            .enumerate()
            .skip(k)
            .take(3)
            .find(|(_, p)| p.link == Link::After("ل") && !p.joined)?;
        let near = p.start() <= found.end + 7
            && (found.end..p.start()).all(|i| {
                !self.is_wall(i) && !self.is_verb(i) && self.doc.kind(i) == Some(Kind::Word)
                    || self.doc.cast.covering(i).is_some()
            });
        near.then(|| self.group(j))
    }

    /// The participant that a relative clause on the trigger tells: الهجوم الذي شنه التنظيم "the attack that the group launched".
    pub(super) fn relative(&self, found: &Found, role: Role) -> Option<Side> {
        if found.is_finite() {
            return None;
        }
        let end = self.tokens.end as usize;
        let verb =
            (found.end..end.min(found.end + 6)).find(|i| self.found_at(*i).is_some_and(Found::is_finite))?;
        let between_fits = (found.end..verb).all(|i| {
            self.doc.is(i, Classes::RELATIVE.or(Classes::MODAL).or(Classes::BE))
                || is_adjective(self.doc, i)
                || self.doc.kind(i) == Some(Kind::Word)
                    && self.doc.cast.covering(i).is_none()
                    && !self.doc.is(i, Classes::PREPOSITION.or(Classes::THAT))
                    && !self.has_preposition(i)
        });
        if !between_fits {
            return None;
        }
        let verb = self.found_at(verb)?;
        let relative = verb.at > 0 && self.doc.is(verb.at - 1, Classes::RELATIVE);
        if !relative && found.is_definite() {
            return None;
        }
        if let Some(rule) = verb.governor {
            let side = if role == Role::Actor { &rule.actor } else { &rule.recipient };
            let resumed = verb.suffix != Suffix::None || self.resumes(verb.end);
            if side.iter().flatten().any(|s| *s == Slot::Subject) && resumed {
                return self.following(verb).map(|k| self.group(k)).or_else(|| self.carried(verb));
            }
        }
        // هجوم استهدف قافلة "an attack that hit a convoy".
        let hits = verb.event.is_some_and(|r| r.kind == "ASSAULT");
        if hits && role == Role::Recipient && verb.suffix == Suffix::None {
            return self.object(verb, None);
        }
        None
    }

    /// The doer of a noun that tells the circumstances: قال حفتر في لقاء مع "Haftar said at a meeting with", من خلال دعم "by backing".
    pub(super) fn around(&self, found: &Found, rule: &Rule) -> Option<Side> {
        if !matches!(rule.kind, "CONSULT" | "AID" | "COERCE" | "COOPERATE" | "RETREAT" | "SANCTION") {
            return None;
        }
        let first = self.tokens.start as usize;
        let attached = found.proclitics.any(Proclitics::BI | Proclitics::LI);
        // في أول لقاء "at the first meeting": a word or two may stand between.
        let near = (found.at.saturating_sub(3).max(first)..found.at).rev().find(|i| {
            self.doc.is(*i, Classes::PREPOSITION) || self.doc.kind(*i) == Some(Kind::Mark) || self.is_verb(*i)
        });
        let before = near.is_some_and(|i| {
            self.doc.word(i) == "من" && self.doc.word(i + 1) == "اجل"
                || matches!(
                    self.doc.bare(i),
                    "في" | "خلال"
                        | "عبر"
                        | "عقب"
                        | "بعد"
                        | "قبل"
                        | "اثر"
                        | "اثناء"
                        | "طريق"
                        | "اجل"
                        | "بهدف"
                        | "قبيل"
                        | "لدى"
                        | "عند"
                )
        });
        if !attached && !before {
            return None;
        }
        // The verb before it, of saying or of doing, has the subject.
        let mut subject = None;
        for i in (found.at.saturating_sub(14).max(first)..found.at).rev() {
            if self.is_wall(i) {
                break;
            }
            if rule.kind == "CONSULT"
                && self.speech.at(i) == self.speech.at(found.at)
                && let Some(speaker) = self
                    .speech
                    .cue(i)
                    .and_then(|s| self.doc.statements.get(s.index()))
                    .and_then(|s| s.speaker)
            {
                return Some(Side { entities: vec![speaker], last: None, carried: true });
            }
            if let Some(verb) = self.found_at(i).filter(|v| v.is_finite()) {
                // تعرضت لهجوم: who comes under attack does not attack.
                if verb.governor.is_some_and(|r| r.recipient.iter().flatten().any(|s| *s == Slot::Subject)) {
                    return None;
                }
                subject = self.subject(verb);
                break;
            }
        }
        let side = subject.or_else(|| {
            let k = self.next(found.at);
            let p = self.phrases.get(k.saturating_sub(6)..k)?.iter().find(|p| {
                p.link == Link::Free
                    && p.acts()
                    && !p.pronoun
                    && self.speech.at(p.start()) == self.speech.at(found.at)
                    && (p.kind != EntityKind::Place || self.states.is_state(p.entity))
                    && !(p.end()..found.at)
                        .any(|i| self.is_wall(i) || matches!(self.doc.word(i), ")" | "-" | "--" | "–"))
            })?;
            Some(Side::one(p.entity))
        })?;
        Some(Side { carried: true, last: None, ..side })
    }
}
