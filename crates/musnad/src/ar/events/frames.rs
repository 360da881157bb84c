//! From a trigger to its participants: where the frame of its row says that they stand.

use super::phrases::{Link, Phrase, is_adjective};
use super::triggers::{Found, Frame, Rule, Slot};
use crate::document::{Classes, Document, EntityId, EntityKind, Kind, MentionKind, Proclitics, Suffix};
use crate::span::Tokens;
use musnad_lexicon::{Number, Part, Table};

/// A sentence with its participants and triggers.
pub(super) struct Scene<'d> {
    pub(super) doc: &'d Document,
    pub(super) tokens: Tokens,
    /// The sentence's place in the text.
    pub(super) index: usize,
    pub(super) phrases: Vec<Phrase<'d>>,
    /// The triggers and governors of this sentence, in order.
    pub(super) found: &'d [Found],
    /// Who the sentences before spoke of last.
    pub(super) topic: Option<EntityId>,
    /// What each entity can be in an event.
    pub(super) states: &'d States,
    /// The innermost statement around each token.
    pub(super) speech: &'d super::Speech,
}

/// Which entities are states, and the state of each nation's adjective.
pub(super) struct States {
    state: Vec<bool>,
    by_code: Vec<(&'static str, EntityId)>,
}

impl States {
    pub(super) fn of(doc: &Document) -> Self {
        let lexicon = musnad_lexicon::arabic();
        let mut by_code = Vec::new();
        let state = doc
            .cast
            .entities
            .iter()
            .enumerate()
            .map(|(i, e)| {
                if e.kind != EntityKind::Place {
                    return false;
                }
                let mut known = false;
                for word in e.mentions.iter().map(|m| doc.text(m.span)).chain([e.name.as_str()]) {
                    let folded: Vec<String> = word.split_whitespace().map(musnad_lexicon::fold).collect();
                    for entry in lexicon.entries(&folded.join(" ")).of(Table::Country) {
                        known = true;
                        if entry.feat.part() != Part::Metonym {
                            let code = lexicon.row(entry).get("iso3");
                            if !by_code.iter().any(|(c, _)| *c == code) {
                                by_code.push((code, EntityId::at(i)));
                            }
                        }
                    }
                    if known {
                        break;
                    }
                }
                known
            })
            .collect();
        States { state, by_code }
    }

    /// Whether the entity is a state or a capital that may stand for one.
    pub(super) fn is_state(&self, id: EntityId) -> bool {
        self.state.get(id.index()).copied().unwrap_or(false)
    }

    /// The entity of a state by its code.
    fn coded(&self, code: &str) -> Option<EntityId> {
        self.by_code.iter().find(|(c, _)| *c == code).map(|(_, e)| *e)
    }
}

/// Who takes part in an event.
#[derive(Default, Clone, Debug)]
pub(super) struct Participants {
    pub(super) actors: Vec<EntityId>,
    pub(super) recipients: Vec<EntityId>,
    /// Whether the actors come from a frame with two sides.
    pub(super) sides: bool,
    /// Whether somebody was carried over from before, not told in the clause.
    pub(super) carried: bool,
    /// Whether the genitive that the row wants to be a participant is none.
    pub(super) bare_genitive: bool,
}

/// One or more participants at one place of a frame.
#[derive(Clone, Debug)]
struct Side {
    entities: Vec<EntityId>,
    /// The index of the last phrase; `None` when it is no phrase of the sentence.
    last: Option<usize>,
    carried: bool,
}

impl Side {
    /// A participant that is there and is not known.
    fn nobody() -> Self {
        Side { entities: Vec::new(), last: None, carried: false }
    }

    fn one(entity: EntityId) -> Self {
        Side { entities: vec![entity], last: None, carried: false }
    }
}

/// How far from its verb a prepositional phrase may stand, in tokens.
const REACH: usize = 16;

impl<'d> Scene<'d> {
    /// The participants of the trigger at position `f` of [`Scene::found`].
    pub(super) fn participants(&self, f: usize, rule: &'static Rule) -> Participants {
        let Some(found) = self.found.get(f) else { return Participants::default() };
        let mut out = Participants::default();
        let finite = found.is_finite() || found.feat.part() == Part::Active;
        let subject = if finite { self.subject(found) } else { None };
        let (genitive, second) = if finite { (None, None) } else { self.genitives(found) };
        out.bare_genitive = !finite && self.has_bare_genitive(found);
        let (doer, sufferer) = self.masdar_sides(found, rule, genitive.as_ref(), second.as_ref());
        let passive = found.is_finite()
            && (found.feat.is_passive() || self.reads_as_passive(found, rule, subject.as_ref()));
        let fill = |slot: Slot, role: Role| -> Option<Side> {
            match slot {
                Slot::Subject if passive => self.by(found),
                Slot::Subject if finite => subject.clone(),
                // الاتفاق الإيراني المبرم "the Iranian deal that was concluded": the adjective before it tells a side.
                Slot::Subject if found.feat.part() == Part::Passive => {
                    let from = found.at.saturating_sub(4).max(self.tokens.start as usize);
                    self.by(found)
                        .or_else(|| self.after(found, "من"))
                        .or_else(|| self.nation_in(Tokens::new(from, found.at)).map(Side::one))
                }
                Slot::Subject => doer
                    .clone()
                    .or_else(|| self.by(found))
                    .or_else(|| self.relative(found, Role::Actor))
                    .or_else(|| self.nisba(found))
                    .or_else(|| if role == Role::Actor { self.governed(f, Role::Actor) } else { None })
                    .or_else(|| if role == Role::Actor { self.around(found, rule) } else { None }),
                Slot::Object if passive => subject.clone().or_else(|| self.object(found, None)),
                Slot::Object if finite => self.object(found, subject.as_ref()),
                // القوات المدعومة من الجيران "the forces backed by the neighbours".
                Slot::Object if found.feat.part() == Part::Passive => {
                    self.before(found.at, 2).map(|k| self.heads(k))
                }
                Slot::Object => sufferer.clone(),
                Slot::Genitive => {
                    if finite {
                        None
                    } else {
                        genitive.clone().or_else(|| self.nisba(found))
                    }
                }
                Slot::Itself => self.itself(found),
                Slot::After(preposition) => self.after(found, preposition),
            }
        };
        let take = |frames: &[Frame], role: Role| -> Option<(Side, bool)> {
            for frame in frames {
                let sides: Vec<Option<Side>> = frame.iter().map(|s| fill(*s, role)).collect();
                if sides.iter().all(Option::is_none) {
                    continue;
                }
                // "A with B" wants B where another frame may do without it.
                if frame.len() > 1
                    && sides.iter().any(Option::is_none)
                    && frames.len() > 1
                    && frame.first() != Some(&Slot::Subject)
                {
                    continue;
                }
                let both = sides.iter().filter(|s| s.is_some()).count() > 1;
                let mut side = Side { entities: Vec::new(), last: None, carried: false };
                for one in sides.into_iter().flatten() {
                    side.carried |= one.carried;
                    for e in one.entities {
                        if !side.entities.contains(&e) {
                            side.entities.push(e);
                        }
                    }
                }
                return Some((side, both));
            }
            None
        };
        if let Some((side, both)) = take(&rule.actor, Role::Actor) {
            out.sides = both || side.entities.len() > 1;
            out.carried |= side.carried;
            out.actors = side.entities;
        }
        let by_subject = rule.actor.iter().flatten().any(|s| matches!(s, Slot::Subject | Slot::Genitive));
        // رعت الأمم المتحدة مفاوضات بين: who sponsors talks takes part in them.
        if rule.mode == Some("third-party")
            && let Some(side) = self.governed(f, Role::Actor)
        {
            for e in side.entities.into_iter().rev() {
                if !out.actors.contains(&e) {
                    out.actors.insert(0, e);
                }
            }
        }
        if out.actors.is_empty() && by_subject {
            let side = self
                .by(found)
                .or_else(|| self.relative(found, Role::Actor))
                .or_else(|| if finite { None } else { self.governed(f, Role::Actor) });
            if let Some(side) = side {
                out.actors = side.entities;
            }
        }
        if let Some((side, _)) = take(&rule.recipient, Role::Recipient) {
            out.carried |= side.carried;
            out.recipients = side.entities;
        }
        if out.recipients.is_empty() {
            let side = self.against(found).or_else(|| self.relative(found, Role::Recipient)).or_else(|| {
                if finite || rule.recipient.is_empty() { None } else { self.governed(f, Role::Recipient) }
            });
            if let Some(side) = side {
                out.recipients = side.entities;
            }
        }
        // قال الوزير إن المحادثات مع نظيره: who tells of talks with somebody was there.
        if rule.kind == "CONSULT"
            && !out.sides
            && out.actors.len() == 1
            && out.recipients.is_empty()
            && !finite
            && let Some(speaker) = self.speaker(found.at)
            && self
                .after(found, "مع")
                .is_some_and(|s| s.entities == out.actors && !s.entities.contains(&speaker))
        {
            out.actors.insert(0, speaker);
            out.sides = true;
        }
        if out.recipients.is_empty()
            && matches!(rule.kind, "ACCUSE" | "SUPPORT" | "REJECT" | "THREATEN")
            && found.feat.part() != Part::Noun
            && (!rule.recipient.is_empty() || rule.kind == "REJECT")
        {
            out.recipients = self.concerned(found, rule, &out.actors);
        }
        // القوات بدعم من التحالف: whom it backs is who does the rest.
        if rule.kind == "AID"
            && out.recipients.is_empty()
            && self.doer_after_min(found).is_some()
            && let Some(side) = self.around(found, rule)
        {
            out.recipients = side.entities;
        }
        let (actors, recipients) = (std::mem::take(&mut out.actors), std::mem::take(&mut out.recipients));
        out.actors = actors.into_iter().filter(|e| self.may_act(*e)).collect();
        out.recipients = recipients
            .into_iter()
            .filter(|e| self.may_undergo(*e, rule) && !out.actors.contains(e))
            .collect();
        out
    }

    /// Whom a speech act concerns when its object is no participant itself: دان القصف التركي "condemned the Turkish shelling".
    fn concerned(&self, found: &Found, rule: &Rule, not: &[EntityId]) -> Vec<EntityId> {
        let threat = rule.kind == "THREATEN";
        let mut to = self.clause_end(found).min(found.end + 9);
        if let Some(comma) = (found.end..to).find(|i| self.doc.is_mark(*i, '،')) {
            to = comma;
        }
        let k = self.next(found.end);
        let phrase = self.phrases.get(k..).unwrap_or(&[]).iter().enumerate().find(|(_, p)| {
            p.start() < to
                && p.acts()
                && !p.joined
                && !not.contains(&p.entity)
                && (matches!(p.link, Link::Free | Link::Against | Link::After("ب" | "ل"))
                    || threat && p.link == Link::After("مع"))
                && (p.kind != EntityKind::Place || self.states.is_state(p.entity))
        });
        let until = phrase.map_or(to, |(_, p)| p.start());
        if let Some(nation) =
            self.nation_in(Tokens::new(found.end, until.max(found.end))).filter(|e| !not.contains(e))
        {
            return vec![nation];
        }
        phrase.map(|(j, _)| self.group(k + j).entities).unwrap_or_default()
    }

    /// The doer of a noun that tells the circumstances: قال حفتر في لقاء مع "Haftar said at a meeting with", من خلال دعم "by backing".
    fn around(&self, found: &Found, rule: &Rule) -> Option<Side> {
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

    /// Who does and who undergoes what a masdar or noun names, by its genitive and what follows.
    ///
    /// Of what takes an object the genitive is the object (اعتقال المعارض), unless a second noun phrase or one with ل follows
    /// (اتهام الحكومة لروسيا "the government's accusation of Russia"); of asking, promising, refusing and threatening it is the doer.
    fn masdar_sides(
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
        let other = second.cloned().or_else(|| self.near_for(found));
        let speaks = matches!(rule.kind, "REQUEST" | "REJECT" | "THREATEN" | "AGREE");
        match (genitive, other) {
            (Some(a), Some(b)) => (Some(a.clone()), Some(b)),
            (Some(a), None) if speaks => (Some(a.clone()), None),
            (Some(a), None) => (None, Some(a.clone())),
            (None, b) => (None, b),
        }
    }

    /// The phrase with ل close to a masdar: its object.
    fn near_for(&self, found: &Found) -> Option<Side> {
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

    /// Places act as states only; what is said or held does not act.
    fn may_act(&self, id: EntityId) -> bool {
        match self.doc.entity(id).map(|e| e.kind) {
            Some(EntityKind::Place) => self.states.is_state(id),
            Some(EntityKind::Document | EntityKind::Occasion) | None => false,
            Some(_) => true,
        }
    }

    /// A place that is attacked, taken or garrisoned is where it happens, not to whom.
    fn may_undergo(&self, id: EntityId, rule: &Rule) -> bool {
        match self.doc.entity(id).map(|e| e.kind) {
            Some(EntityKind::Place) => {
                let ground = rule.kind == "COERCE" && rule.mode == Some("seize")
                    || rule.kind == "MOBILIZE"
                    || rule.mode == Some("visit");
                self.states.is_state(id) && !ground
            }
            Some(EntityKind::Document | EntityKind::Occasion) => rule.kind == "REJECT",
            Some(_) => true,
            None => false,
        }
    }

    /// The phrase at `k` with all that are joined to it.
    fn group(&self, k: usize) -> Side {
        let mut side = Side { entities: Vec::new(), last: Some(k), carried: false };
        for (j, p) in self.phrases.iter().enumerate().skip(k) {
            if j > k && !p.joined {
                break;
            }
            if !side.entities.contains(&p.entity) {
                side.entities.push(p.entity);
            }
            side.last = Some(j);
        }
        side
    }

    /// The first phrase that begins at or after a token.
    fn next(&self, token: usize) -> usize {
        self.phrases.partition_point(|p| p.start() < token)
    }

    /// Whether the token ends what a verb's own phrases may reach.
    fn is_wall(&self, i: usize) -> bool {
        let doc = self.doc;
        match doc.kind(i) {
            None => true,
            Some(Kind::Mark) => {
                matches!(doc.word(i).chars().next(), Some('.' | '؛' | ';' | ':' | '!' | '?' | '؟' | '…'))
            }
            Some(_) => {
                doc.is(i, Classes::THAT.or(Classes::WHILE).or(Classes::BECAUSE))
                    && !matches!(doc.word(i), "كون")
            }
        }
    }

    /// Whether the token is a finite verb for certain, so that another clause begins.
    fn is_verb(&self, i: usize) -> bool {
        if self.doc.cast.covering(i).is_some() {
            return false;
        }
        if let Some(f) = self.found_at(i) {
            return f.is_finite();
        }
        let mut verb = false;
        for (_, e) in self.doc.word_entries(i) {
            match e.table {
                Table::Verb if e.feat.is_finite() => verb = true,
                Table::Verb | Table::Noun | Table::Title | Table::Group | Table::Particle | Table::Time => {
                    return false;
                }
                _ => {}
            }
        }
        verb
    }

    fn found_at(&self, token: usize) -> Option<&Found> {
        let k = self.found.partition_point(|f| f.at < token);
        self.found.get(k).filter(|f| f.at == token)
    }

    /// Whether the gap between two places of a clause holds nothing that would govern what follows.
    fn is_open(&self, from: usize, to: usize, most: usize) -> bool {
        if to < from || to - from > most {
            return false;
        }
        (from..to).all(|k| {
            let doc = self.doc;
            if doc.time_at(k).is_some() {
                return true;
            }
            match doc.kind(k) {
                Some(Kind::Mark) => {
                    ["\"", "«", "»", "“", "”", "#", "(", ")", "_", "،"].contains(&doc.word(k))
                }
                Some(_) if doc.word(k) == "من" && k > 0 && counts_with_min(doc.word(k - 1)) => true,
                Some(_) if is_resumption(doc.word(k)) => true,
                Some(_) => {
                    !doc.is(k, Classes::PREPOSITION.or(Classes::THAT).or(Classes::RELATIVE).or(Classes::BY))
                        && !self.is_verb(k)
                        && !self.has_preposition(k)
                }
                None => false,
            }
        })
    }

    /// Whether a word begins with an attached preposition, as far as the lexicon can tell.
    fn has_preposition(&self, i: usize) -> bool {
        let mut attached = false;
        for (r, _) in self.doc.word_entries(i) {
            if !r.proclitics.any(Proclitics::PREPOSITION) {
                return false;
            }
            attached = true;
        }
        attached || self.doc.word(i).starts_with("بال") || self.doc.word(i).starts_with("لل")
    }

    /// Whether a verb's form can be said of an entity.
    fn agrees(&self, found: &Found, id: EntityId, after: bool) -> bool {
        let Some(e) = self.doc.entity(id) else { return false };
        if e.kind == EntityKind::Person {
            if e.feminine.is_some_and(|f| f != found.feat.is_feminine()) {
                return false;
            }
            // السفير "the ambassador" is a man by his word, a name may be anyone's.
            let named = e.mentions.iter().any(|m| m.kind == MentionKind::Name);
            if e.feminine.is_none() && found.feat.is_feminine() && !named && !e.name.contains('ة') {
                return false;
            }
            return after || found.feat.get_number() == Number::Singular;
        }
        // A plural verb is said of people only.
        found.feat.get_number() != Number::Plural
            || matches!(e.kind, EntityKind::Group | EntityKind::Organization | EntityKind::Place)
    }

    /// The subject of a finite verb: before it, after it, the antecedent of its relative clause, or carried over.
    fn subject(&self, found: &Found) -> Option<Side> {
        let told = self.told_subject(found);
        // Who speaks is known from the statement: another noun phrase after the verb is the object.
        if let Some(speaker) =
            self.speech.cue(found.at).and_then(|s| self.doc.statements.get(s.index())).and_then(|s| s.speaker)
            && told.as_ref().is_none_or(|s| !s.entities.contains(&speaker))
            && self.agrees(found, speaker, true)
        {
            return Some(Side::one(speaker));
        }
        told
    }

    fn told_subject(&self, found: &Found) -> Option<Side> {
        self.uncarried(found).or_else(|| self.carried(found))
    }

    /// The subject that the verb's own clause tells.
    fn uncarried(&self, found: &Found) -> Option<Side> {
        let doc = self.doc;
        let first = self.tokens.start as usize;
        let mut left = found.at;
        // Past قد, لم, سوف and the like.
        while left > first
            && doc.is(left - 1, Classes::MODAL.or(Classes::NEGATION).or(Classes::FUTURE).or(Classes::BE))
        {
            left -= 1;
        }
        let relative =
            left > first && doc.is(left - 1, Classes::RELATIVE) && doc.word(left - 1).chars().count() > 2;
        if relative
            && found.suffix == Suffix::None
            && let Some(k) = self.before(left - 1, 4)
            && self.phrases.get(k).is_some_and(|p| p.acts() && self.agrees(found, p.entity, true))
        {
            return Some(self.heads(k));
        }
        // الأخطار التي تهدد الأطفال "the dangers that threaten the children": what follows is the object, unless a pronoun resumes
        // the antecedent (المدينة التي انسحب منها الجيش).
        let takes_object =
            found.event.is_some_and(|r| r.recipient.iter().flatten().any(|s| *s == Slot::Object));
        if relative && takes_object && found.suffix == Suffix::None && !self.resumes(found.end) {
            return Some(Side::nobody());
        }
        // الرئيس يحمل "the president holds …": a noun that nobody knows is the subject.
        if takes_object && found.suffix == Suffix::None && self.has_unknown_subject(left) {
            return Some(Side::nobody());
        }
        let follows = self.following(found);
        if !relative
            && let Some(k) = self.preceding(left)
            && self.phrases.get(k).is_some_and(|p| self.agrees(found, p.entity, false))
        {
            return Some(self.heads(k));
        }
        follows.map(|k| self.group(k))
    }

    /// Whether the word before a verb is a definite noun at the head of the clause that is no participant.
    fn has_unknown_subject(&self, verb: usize) -> bool {
        let first = self.tokens.start as usize;
        let Some(noun) = verb.checked_sub(1).filter(|i| *i >= first) else { return false };
        let definite = self.doc.word(noun).starts_with("ال")
            && self.doc.kind(noun) == Some(Kind::Word)
            && self.doc.cast.covering(noun).is_none()
            && self.doc.time_at(noun).is_none()
            && !self.doc.is(noun, Classes::RELATIVE.or(Classes::ADVERB));
        definite
            && (noun == first
                || self.doc.kind(noun - 1) == Some(Kind::Mark) && !self.doc.is_mark(noun - 1, '،')
                || self.doc.is(noun - 1, Classes::THAT))
    }

    /// Whether a preposition with a pronoun stands at the token: منها, عليه.
    fn resumes(&self, i: usize) -> bool {
        is_resumption(self.doc.word(i))
    }

    /// The phrase right before a token, at most `most` tokens away.
    fn before(&self, token: usize, most: usize) -> Option<usize> {
        let k = self.next(token).checked_sub(1)?;
        let p = self.phrases.get(k)?;
        (p.end() <= token && token - p.end() <= most && (p.end()..token).all(|i| doc_passes(self.doc, i)))
            .then_some(k)
    }

    /// The whole of a conjunction whose last member is phrase `k`.
    fn heads(&self, k: usize) -> Side {
        let mut from = k;
        while from > 0 && self.phrases.get(from).is_some_and(|p| p.joined) {
            from -= 1;
        }
        let mut side = self.group(from);
        side.last = None;
        side
    }

    /// A subject that stands before its verb at the head of the clause.
    fn preceding(&self, verb: usize) -> Option<usize> {
        let doc = self.doc;
        let k = self.next(verb).checked_sub(1)?;
        let p = self.phrases.get(k)?;
        if p.pronoun || !p.acts() || p.end() > verb || verb - p.end() > 8 {
            return None;
        }
        // (CNN) -- زار: what stands in brackets or before a dash is the dateline.
        if (p.end()..verb).any(|i| matches!(doc.word(i).chars().next(), Some(')' | '-' | '–' | '—'))) {
            return None;
        }
        let open = (p.end()..verb).all(|i| {
            doc.time_at(i).is_some()
                || match doc.kind(i) {
                    Some(Kind::Mark) => !self.is_wall(i),
                    _ => {
                        doc.is(i, Classes::ADVERB.or(Classes::PRONOUN).or(Classes::BE).or(Classes::MODAL))
                            || is_adjective(doc, i)
                    }
                }
        });
        if !open {
            return None;
        }
        let mut from = k;
        while from > 0 && self.phrases.get(from).is_some_and(|p| p.joined) {
            from -= 1;
        }
        let head = self.phrases.get(from)?;
        // إلى مسلحين يواجهون النظام "to gunmen who face the regime": after an indefinite noun the verb is a relative clause.
        let indefinite =
            p.kind == EntityKind::Group && p.end() == verb && !self.doc.word(p.start()).contains("ال");
        if indefinite && self.found_at(verb).is_some_and(|f| f.feat.get_number() == Number::Plural) {
            return Some(k);
        }
        if head.link != Link::Free {
            return None;
        }
        let first = self.tokens.start as usize;
        let start = head.start();
        // مسلحو التنظيم يهاجمون: the head of the phrase may be a word that nobody knows.
        for (at, depth) in [(start, 0), (start.saturating_sub(1), 1)] {
            if at <= first {
                return Some(k);
            }
            if depth == 1
                && (doc.is(at, Classes::PREPOSITION) || self.is_verb(at) || doc.kind(at) != Some(Kind::Word))
            {
                return None;
            }
            let prev = at - 1;
            let opens = match doc.kind(prev) {
                Some(Kind::Mark) => true,
                _ => doc.is(
                    prev,
                    Classes::THAT
                        .or(Classes::BE)
                        .or(Classes::WHILE)
                        .or(Classes::BUT)
                        .or(Classes::AS)
                        .or(Classes::THEN)
                        .or(Classes::TOPIC)
                        .or(Classes::CONDITIONAL),
                ),
            };
            let and = doc.word(at).starts_with('و')
                && doc.tokens.get(at).is_some()
                && depth == 0
                && self.begins_with_and(head);
            if opens || and {
                return Some(k);
            }
        }
        None
    }

    fn begins_with_and(&self, p: &Phrase<'_>) -> bool {
        !p.joined && self.doc.word(p.start()).starts_with('و')
    }

    /// A subject that stands after its verb.
    fn following(&self, found: &Found) -> Option<usize> {
        let k = self.next(found.end);
        let p = self.phrases.get(k)?;
        let fits = p.link == Link::Free
            && !p.joined
            && !p.pronoun
            && p.acts()
            && (p.kind != EntityKind::Place || self.states.is_state(p.entity))
            && found.feat.get_number() == Number::Singular
            && found.feat.get_person() == 3
            && self.is_open(found.end, p.start(), 5)
            && self.agrees(found, p.entity, true);
        fits.then_some(k)
    }

    /// Who the text spoke of before, for a verb without a subject of its own.
    fn carried(&self, found: &Found) -> Option<Side> {
        if found.feat.get_person() != 3 {
            return self.speaker(found.at).map(Side::one);
        }
        let level = self.speech.at(found.at);
        // A verb joined to another has its subject: استدعت السفير وطردت القنصل.
        let f = self.found.partition_point(|f| f.at < found.at);
        let verb = self
            .found
            .get(f.saturating_sub(6)..f)?
            .iter()
            .rev()
            .find(|v| v.is_finite() && self.speech.at(v.at) == level && v.feat.get_person() == 3);
        let same = verb
            .filter(|v| {
                v.feat.is_feminine() == found.feat.is_feminine()
                    && !(v.end..found.at).any(|i| self.is_wall(i))
            })
            .and_then(|v| self.uncarried(v))
            .filter(|s| s.entities.iter().all(|e| self.agrees(found, *e, true)));
        if let Some(side) = same {
            return Some(Side { carried: true, last: None, ..side });
        }
        let k = self.next(found.at);
        let from = k.saturating_sub(12);
        // اتصلت in a quotation is "I called" where nobody else is there to call.
        let first_person = self.doc.quote(found.at).is_some()
            && self
                .doc
                .word_entries(found.at)
                .any(|(_, e)| e.table == Table::Verb && e.feat.get_person() == 1);
        if first_person && let Some(speaker) = self.speaker(found.at) {
            return Some(Side { carried: true, ..Side::one(speaker) });
        }
        let earlier = self
            .phrases
            .get(from..k)?
            .iter()
            .enumerate()
            .filter(|(_, p)| {
                p.link == Link::Free && p.acts() && p.end() <= found.at && self.speech.at(p.start()) == level
            })
            .filter(|(_, p)| p.kind != EntityKind::Place || self.states.is_state(p.entity))
            .find(|(_, p)| self.agrees(found, p.entity, false))
            .map(|(j, _)| self.group(from + j));
        if let Some(side) = earlier {
            return Some(Side { carried: true, last: None, ..side });
        }
        let entity = None
            .or_else(|| self.speaker(found.at).filter(|e| self.agrees(found, *e, false)))
            .or(self.topic.filter(|e| self.agrees(found, *e, false)))?;
        Some(Side { entities: vec![entity], last: None, carried: true })
    }

    /// The participant that a relative clause with this verb speaks of.
    pub(super) fn antecedent(&self, found: &Found) -> Option<usize> {
        let first = self.tokens.start as usize;
        let mut left = found.at;
        while left > first && self.doc.is(left - 1, Classes::MODAL.or(Classes::NEGATION).or(Classes::BE)) {
            left -= 1;
        }
        (left > first && is_relative(self.doc, left - 1)).then(|| self.before(left - 1, 4)).flatten()
    }

    /// The speaker of the innermost statement around a token.
    fn speaker(&self, token: usize) -> Option<EntityId> {
        self.speech.at(token).and_then(|s| self.doc.statements.get(s.index())).and_then(|s| s.speaker)
    }

    /// The object of a finite verb.
    fn object(&self, found: &Found, subject: Option<&Side>) -> Option<Side> {
        if found.suffix != Suffix::None {
            // المدينة التي تحاصرها القوات "the town that the forces besiege": the pronoun is the antecedent.
            if let Some(k) = self.antecedent(found) {
                let p = self.phrases.get(k)?;
                return p.acts().then(|| self.heads(k));
            }
            return self.pronoun(found, subject);
        }
        let from = match subject.and_then(|s| s.last) {
            Some(last) if self.phrases.get(last).is_some_and(|p| p.start() >= found.end) => {
                self.phrases.get(last)?.end()
            }
            _ => found.end,
        };
        let k = self.next(from);
        let p = self.phrases.get(k)?;
        let fits = p.link == Link::Free && !p.joined && !p.pronoun && self.is_open(from, p.start(), 6);
        if !fits || subject.is_some_and(|s| s.entities.contains(&p.entity)) {
            return None;
        }
        Some(self.group(k))
    }

    /// Whether a verb that is spelled alike in both voices is passive: its only noun phrase is a victim (قتل مدنيان).
    fn reads_as_passive(&self, found: &Found, rule: &Rule, subject: Option<&Side>) -> bool {
        let kills = rule.kind == "ASSAULT" || rule.kind == "COERCE" && rule.mode == Some("arrest");
        if !kills
            || found.suffix != Suffix::None
            || !rule.recipient.iter().flatten().any(|s| *s == Slot::Object)
        {
            return false;
        }
        let Some(last) = subject.and_then(|s| s.last) else { return false };
        let Some(p) = self.phrases.get(last) else { return false };
        p.start() >= found.end
            && matches!(p.kind, EntityKind::Person | EntityKind::Group)
            && self.object(found, subject).is_none()
    }

    /// What a pronoun at the end of the trigger means.
    fn pronoun(&self, found: &Found, not: Option<&Side>) -> Option<Side> {
        let mentioned = self
            .doc
            .cast
            .starting(found.at)
            .iter()
            .find(|m| self.doc.mention(m).is_some_and(|x| x.kind == MentionKind::Pronoun));
        if let Some(m) = mentioned {
            return Some(Side::one(m.entity));
        }
        let fits = |id: EntityId| -> bool {
            let Some(e) = self.doc.entity(id) else { return false };
            if not.is_some_and(|s| s.entities.contains(&id)) {
                return false;
            }
            let person = e.kind == EntityKind::Person;
            match found.suffix {
                Suffix::He => match e.kind {
                    EntityKind::Person => e.feminine != Some(true),
                    EntityKind::Place => e.feminine == Some(false),
                    EntityKind::Organization => e.feminine != Some(true),
                    _ => false,
                },
                Suffix::She => match e.kind {
                    EntityKind::Person => e.feminine == Some(true),
                    EntityKind::Organization => e.feminine != Some(false),
                    EntityKind::Place => e.feminine != Some(false) && self.states.is_state(id),
                    EntityKind::Group => true,
                    _ => false,
                },
                Suffix::They | Suffix::TheyFeminine => !person && e.kind != EntityKind::Place,
                Suffix::Both => true,
                _ => false,
            }
        };
        if matches!(found.suffix, Suffix::I | Suffix::We | Suffix::Me) {
            return self.speaker(found.at).map(Side::one);
        }
        let k = self.next(found.at);
        let near = self.phrases.get(..k)?.iter().rev().find(|p| p.acts() && fits(p.entity)).map(|p| p.entity);
        let entity = near.or(self.topic.filter(|e| fits(*e)))?;
        Some(Side { entities: vec![entity], last: None, carried: true })
    }

    /// The genitive of a noun and a second noun phrase after it.
    fn genitives(&self, found: &Found) -> (Option<Side>, Option<Side>) {
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
            let near = p.link == Link::Free
                && !p.joined
                && !p.pronoun
                && self.is_open(found.end, p.start(), 3)
                && (found.end..p.start())
                    .all(|i| self.doc.kind(i) == Some(Kind::Mark) || self.is_construct(i));
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
                        && !(end..q.start()).any(|i| self.doc.kind(i) == Some(Kind::Mark)))
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

    /// Whether a word may stand in construct before a genitive: no article, no pronoun, no preposition.
    fn is_construct(&self, i: usize) -> bool {
        !self.doc.word(i).starts_with("ال") && !self.doc.is(i, Classes::ADVERB) && !self.has_preposition(i)
    }

    /// Whether the word after a bare noun is its genitive and no participant: تحقيق الأهداف "reaching the aims".
    fn has_bare_genitive(&self, found: &Found) -> bool {
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
        let i = found.end;
        self.doc.kind(i) == Some(Kind::Word)
            && self.doc.cast.covering(i).is_none()
            && self.doc.word(i).starts_with("ال")
            && !self.doc.is(i, Classes::RELATIVE.or(Classes::PREPOSITION))
    }

    /// The state of an adjective of belonging right after the trigger: الغارات الروسية "the Russian raids".
    fn nisba(&self, found: &Found) -> Option<Side> {
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

    /// The state whose adjective stands among the tokens.
    fn nation_in(&self, tokens: Tokens) -> Option<EntityId> {
        tokens.range().find_map(|i| {
            let (_, e) = self
                .doc
                .word_entries(i)
                .find(|(_, e)| e.table == Table::Country && e.feat.part() == Part::Nisba)?;
            self.states.coded(self.doc.row(e).get("iso3"))
        })
    }

    /// The words themselves: ثلاثة قتلى "three dead".
    fn itself(&self, found: &Found) -> Option<Side> {
        let m = self.doc.cast.covering(found.at)?;
        let kind = self.doc.entity(m.entity)?.kind;
        matches!(kind, EntityKind::Person | EntityKind::Group).then(|| Side::one(m.entity))
    }

    /// The participant after a preposition that follows the trigger in its clause.
    fn after(&self, found: &Found, preposition: &str) -> Option<Side> {
        let to = self.clause_end(found);
        let k = self.next(found.end);
        for (j, p) in self.phrases.iter().enumerate().skip(k) {
            if p.start() >= to {
                break;
            }
            if !p.joined && !p.pronoun && p.link == Link::After(attached(preposition)) {
                // من الاتفاق النووي الإيراني "from the Iranian nuclear deal": the other side is told by the adjective.
                if p.kind == EntityKind::Document {
                    let other = self
                        .phrases
                        .get(j + 1)
                        .filter(|q| q.link == Link::After("مع") && q.start() <= p.end() + 3);
                    return other
                        .map(|_| self.group(j + 1))
                        .or_else(|| self.nation_in(p.tokens).map(Side::one));
                }
                return Some(self.group(j));
            }
        }
        // برصاص الشرطة "by bullets of the police": a word that is no preposition by itself.
        let word = (found.end..to)
            .find(|i| self.doc.word(*i) == preposition && !self.doc.is(*i, Classes::PREPOSITION))?;
        let j = self.next(word + 1);
        let p = self.phrases.get(j)?;
        (p.link == Link::Free && self.is_open(word + 1, p.start(), 2)).then(|| self.group(j))
    }

    /// Where the clause of a trigger ends: at a full stop, at a new clause, or out of reach.
    pub(super) fn clause_end(&self, found: &Found) -> usize {
        let last = (self.tokens.end as usize).min(found.end + REACH);
        (found.end..last)
            .find(|i| {
                self.is_wall(*i)
                    || *i > found.end + 3 && self.is_verb(*i) && !self.doc.is(i - 1, Classes::RELATIVE)
                    || self.doc.is_mark(*i, '،')
                        && self.doc.kind(i + 1).is_some()
                        && self.starts_clause(i + 1)
            })
            .unwrap_or(last)
    }

    /// Whether a word after a comma begins another clause: a verb, with or without و, or a word like فيما.
    fn starts_clause(&self, i: usize) -> bool {
        self.is_verb(i) || self.doc.is(i, Classes::BUT.or(Classes::AS).or(Classes::WHILE).or(Classes::THAT))
    }

    /// The doer that من قبل and the like tell.
    fn by(&self, found: &Found) -> Option<Side> {
        self.linked(found, Link::By).or_else(|| self.doer_after_min(found))
    }

    /// The doer after من of an indefinite noun: بدعم من التحالف "with backing from the coalition".
    fn doer_after_min(&self, found: &Found) -> Option<Side> {
        let kind = found.event.map_or("", |r| r.kind);
        if found.is_finite()
            || found.is_definite()
            || found.suffix != Suffix::None
            || !matches!(kind, "AID" | "SUPPORT" | "REQUEST" | "REJECT" | "ACCUSE" | "THREATEN" | "COOPERATE")
        {
            return None;
        }
        let k = self.next(found.end);
        let p = self.phrases.get(k)?;
        let min = (found.end..(found.end + 3).min(p.start())).find(|i| self.doc.word(*i) == "من")?;
        let plain = (found.end..min)
            .all(|i| self.doc.kind(i) == Some(Kind::Word) && !self.doc.is(i, Classes::PREPOSITION));
        (plain && p.link == Link::After("من") && p.start() <= min + 3).then(|| self.group(k))
    }

    /// The sufferer that ضد and the like tell.
    fn against(&self, found: &Found) -> Option<Side> {
        self.linked(found, Link::Against)
    }

    fn linked(&self, found: &Found, link: Link<'_>) -> Option<Side> {
        let to = self.clause_end(found);
        let k = self.next(found.end);
        self.phrases
            .iter()
            .enumerate()
            .skip(k)
            .take_while(|(_, p)| p.start() < to)
            .find(|(_, p)| p.link == link && !p.joined)
            .map(|(j, _)| self.group(j))
    }

    /// The participant that a relative clause on the trigger tells: الهجوم الذي شنه التنظيم "the attack that the group launched".
    fn relative(&self, found: &Found, role: Role) -> Option<Side> {
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

    /// What the verb or noun that governs the trigger at `f` gives it: شنت إسرائيل غارة "Israel launched a raid".
    fn governed(&self, f: usize, role: Role) -> Option<Side> {
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
            // في السابع من مايو "on the seventh of May" is a circumstance of the verb and parts nothing.
            if (before.end..at)
                .any(|i| self.doc.time_at(i + 1).is_none() && is_circumstance(self.doc, i, before))
            {
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

/// Whether a preposition tells when, why or amid what something is done, so that what follows is not what is done: تعهد في أول
/// إحاطة "pledged at his first briefing", but نجح في "succeeded in".
fn is_circumstance(doc: &Document, i: usize, governor: &Found) -> bool {
    match doc.bare(i) {
        "خلال" | "بعد" | "قبل" | "منذ" | "اثر" | "عقب" | "اثناء" | "وسط" | "قبيل" | "غداة" | "بسبب"
        | "جراء" | "نتيجة" | "لدى" | "مع" | "ضد" | "بشان" | "حول" | "وفق" | "حسب" | "رغم" | "عند" => {
            true
        }
        "في" => {
            let word = governor.governor.map(|r| doc.row(r.entry).get("word")).unwrap_or("");
            !matches!(word, "نجح" | "فشل" | "شرع" | "بدأ" | "قام" | "تسبب")
        }
        _ => false,
    }
}

/// الذي and its like; من is a preposition far more often than "who".
fn is_relative(doc: &Document, i: usize) -> bool {
    doc.is(i, Classes::RELATIVE) && !doc.is(i, Classes::PREPOSITION)
}

/// أكثر من "more than", عدد من "a number of".
fn counts_with_min(word: &str) -> bool {
    matches!(word, "اكثر" | "اقل" | "العديد" | "عدد" | "الكثير" | "كثير" | "مزيد" | "المزيد")
}

/// بها, عليه: a preposition with its pronoun, which governs nothing that follows.
fn is_resumption(word: &str) -> bool {
    const WORDS: [&str; 25] = [
        "بها",
        "به",
        "بهم",
        "بهما",
        "فيها",
        "فيه",
        "فيهم",
        "عليها",
        "عليه",
        "عليهم",
        "منها",
        "منه",
        "منهم",
        "لها",
        "له",
        "لهم",
        "معها",
        "معه",
        "معهم",
        "ضدها",
        "ضده",
        "ضدهم",
        "اليها",
        "اليه",
        "اليهم",
    ];
    WORDS.contains(&word)
}

fn doc_passes(doc: &Document, i: usize) -> bool {
    match doc.kind(i) {
        Some(Kind::Mark) => ["\"", "«", "»", "“", "”", "#", "(", ")", "_", "،"].contains(&doc.word(i)),
        _ => is_adjective(doc, i),
    }
}

/// Which side of an event is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Actor,
    Recipient,
}

/// Which of a governor's own participants is the event's actor or recipient.
fn control(governor: &Found, role: Role) -> Option<Slot> {
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

/// Attached prepositions are known by their letter.
fn attached(preposition: &str) -> &str {
    preposition
}
