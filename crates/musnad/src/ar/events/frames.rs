//! From a trigger to its participants: where the frame of its row says that they stand.

use super::governors::Role;
use super::phrases::{Link, is_adjective};
use super::scene::{Scene, Side};
use super::triggers::{Found, Frame, Rule, Slot};
use crate::document::{EntityId, EntityKind, Proclitics};
use crate::span::Tokens;
use musnad_lexicon::Part;

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

impl<'d> Scene<'d> {
    /// The participants of the trigger at position `f` of [`Scene::found`].
    pub(super) fn participants(&self, f: usize, rule: &'static Rule) -> Participants {
        let Some(found) = self.found.get(f) else { return Participants::default() };
        let mut out = Participants::default();
        let finite = found.is_finite() || found.feat.part() == Part::Active;
        let subject = if finite { self.subject(found) } else { None };
        let subject = self.met_by_earlier(found, rule, subject);
        let (genitive, second) = if finite { (None, None) } else { self.genitives(found) };
        out.bare_genitive = !finite && self.has_bare_genitive(found);
        let (doer, sufferer) = self.masdar_sides(found, rule, genitive.as_ref(), second.as_ref());
        let passive = found.is_finite()
            && (found.feat.is_passive()
                || self.reads_as_passive(found, rule, subject.as_ref())
                || self.is_released(found));
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
                // إخراج المسلحين "bringing the gunmen out": they leave.
                Slot::Object if role == Role::Actor => sufferer.clone().or_else(|| genitive.clone()),
                Slot::Object => sufferer.clone(),
                Slot::Genitive => {
                    if finite {
                        None
                    } else {
                        genitive.clone().or_else(|| self.nisba(found))
                    }
                }
                Slot::Itself => self.itself(found),
                // طلب من الوزارة "a request of the ministry": it asks.
                Slot::After("من") if role == Role::Recipient && self.doer_after_min(found).is_some() => {
                    None
                }
                Slot::After(preposition) => self.after(found, preposition).or_else(|| {
                    // تبادل إطلاق النار معهم "the exchange of fire with them".
                    ((role == Role::Recipient || preposition == "مع" && rule.kind == "ASSAULT")
                        && !self.is_relative_clause(found))
                    .then(|| self.after_pronoun(found, preposition))
                    .flatten()
                }),
            }
        };
        let take = |frames: &[Frame], role: Role| -> Option<(Side, bool)> {
            // A frame whose places are all told is the one that is meant: التقى الوزير أمس بنظيره, not "met" without whom.
            let told = frames.iter().find(|f| f.len() > 1 && f.iter().all(|s| fill(*s, role).is_some()));
            for frame in told.into_iter().chain(frames) {
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
        // اجتماع للقادة الأوروبيين "a meeting of the European leaders": those whom ل tells meet, with who presides.
        if rule.kind == "CONSULT"
            && !finite
            && !found.is_definite()
            && !out.sides
            && matches!(self.doc.row(rule.entry).get("word"), "اجتمع" | "اجتماع" | "جلسة" | "قمة" | "لقاء")
            && let Some(side) = self.near_for(found)
        {
            let host = self.governed(f, Role::Actor).map(|s| s.entities).unwrap_or_default();
            out.actors =
                host.iter().copied().chain(side.entities.into_iter().filter(|e| !host.contains(e))).collect();
            out.sides = out.actors.len() > 1;
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
        // أكد رفض التدخل "he stressed his refusal of interference": who stresses it is who refuses.
        if out.actors.is_empty()
            && !finite
            && matches!(
                rule.kind,
                "REJECT"
                    | "SUPPORT"
                    | "AGREE"
                    | "ACCUSE"
                    | "REQUEST"
                    | "SANCTION"
                    | "RETREAT"
                    | "MOBILIZE"
                    | "CONCEDE"
            )
            && let Some(speaker) = self.stressed_by(found)
            && !out.recipients.contains(&speaker)
        {
            out.actors.push(speaker);
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
        // دعا إلى انسحاب القوات "called for the withdrawal of the forces": who is to do it is asked.
        if rule.kind == "REQUEST"
            && out.recipients.is_empty()
            && (finite || found.feat.part() == Part::Masdar)
        {
            out.recipients = self.asked(f, &out.actors);
        }
        // زار الوزير عمّان بدعوة من نظيره "visited Amman at the invitation of his counterpart": who does so was invited.
        if rule.kind == "REQUEST"
            && out.recipients.is_empty()
            && found.proclitics.any(Proclitics::BI)
            && self.doer_after_min(found).is_some()
            && let Some(side) = self.main_subject(found.at)
        {
            out.recipients = side.entities;
        }
        // القوات بدعم من التحالف: whom it backs is who does the rest.
        if rule.kind == "AID"
            && out.recipients.is_empty()
            && self.doer_after_min(found).is_some()
            && let Some(side) = self.around(found, rule)
        {
            out.recipients = side.entities;
        }
        // زار الوزير عمّان على رأس وفد "visited Amman at the head of a delegation".
        if rule.mode == Some("visit") && !out.actors.is_empty() {
            let to = self.clause_end(found) + 4;
            let k = self.next(found.end);
            for p in self.phrases.get(k..).unwrap_or(&[]).iter().take_while(|p| p.start() < to) {
                let leads = p.start().checked_sub(1).map_or("", |i| self.doc.bare(i));
                if matches!(leads, "راس" | "يرافقه" | "برفقة" | "يرافقها")
                    && matches!(p.kind, EntityKind::Group | EntityKind::Organization)
                    && !out.actors.contains(&p.entity)
                {
                    out.actors.push(p.entity);
                }
            }
        }
        let (actors, recipients) = (std::mem::take(&mut out.actors), std::mem::take(&mut out.recipients));
        out.actors = actors.into_iter().filter(|e| self.may_act(*e)).collect();
        out.recipients = recipients
            .into_iter()
            .filter(|e| self.may_undergo(*e, rule) && !out.actors.contains(e))
            .collect();
        out
    }

    /// Who stresses, renews or declares what the noun names, where the noun stands right after the cue.
    fn stressed_by(&self, found: &Found) -> Option<EntityId> {
        let first = self.tokens.start as usize;
        if found.is_definite() || found.proclitics.any(Proclitics::AND) {
            return None;
        }
        let at = (found.at.saturating_sub(3).max(first)..found.at)
            .rev()
            .find(|i| self.speech.cue(*i).is_some())?;
        let open = (at + 1..found.at).all(|i| {
            self.doc.is_mark(i, '"') || matches!(self.doc.word(i), "عن" | "على") || self.doc.is_mark(i, '«')
        });
        let statement = self.doc.statements.get(self.speech.cue(at)?.index())?;
        (open && matches!(statement.act, "affirm" | "inform" | "say" | "believe" | "explain" | "promise"))
            .then_some(statement.speaker)
            .flatten()
    }

    /// Whom a speech act concerns when its object is no participant itself: دان القصف التركي "condemned the Turkish shelling".
    pub(super) fn concerned(&self, found: &Found, rule: &Rule, not: &[EntityId]) -> Vec<EntityId> {
        let threat = rule.kind == "THREATEN";
        // انتقد الوزير، سامر حداد، أمس، الضربة: the subject and when it was said stand before what is criticised.
        let mut from = found.end;
        let mut k = self.next(from);
        while let Some(p) = self.phrases.get(k)
            && p.link == Link::Free
            && not.contains(&p.entity)
            && self.is_open(from, p.start(), 4)
        {
            from = p.end();
            k += 1;
        }
        while from > found.end
            && (self.doc.is_mark(from, '،')
                || self.doc.time_at(from).is_some()
                || is_adjective(self.doc, from) && self.doc.is_mark(from + 1, '،'))
        {
            from += 1;
        }
        let mut to = self.clause_end(found).max(from).min(from + 9);
        if let Some(comma) = (from..to).find(|i| self.doc.is_mark(*i, '،')) {
            to = comma;
        }
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
        // ندد بالغارات التي شنتها القوات "decried the raids that the forces launched": who did it is meant.
        if matches!(rule.kind, "ACCUSE" | "SUPPORT")
            && let Some(f) = self.deed(from, until.min(from + 3))
            && let Some(deed) = self.found.get(f).and_then(|d| d.event)
        {
            let doers: Vec<EntityId> =
                self.participants(f, deed).actors.into_iter().filter(|e| !not.contains(e)).collect();
            if !doers.is_empty() {
                return doers;
            }
        }
        if let Some(nation) = self.nation_in(Tokens::new(from, until.max(from))).filter(|e| !not.contains(e))
        {
            return vec![nation];
        }
        phrase.map(|(j, _)| self.group(k + j).entities).unwrap_or_default()
    }

    /// Who is to do what the trigger at `f` asks for, where the clause of what is asked for tells it.
    fn asked(&self, f: usize, not: &[EntityId]) -> Vec<EntityId> {
        let Some((found, asked)) = self.found.get(f).zip(self.found.get(f + 1)) else { return Vec::new() };
        let near = asked.at <= found.end + 3
            && !asked.is_finite()
            && !(found.end..asked.at).any(|i| self.is_wall(i) || self.is_verb(i) || self.doc.is_mark(i, '،'));
        let Some(rule) =
            asked.event.filter(|r| near && matches!(r.kind, "RETREAT" | "ASSAULT" | "COERCE" | "CONCEDE"))
        else {
            return Vec::new();
        };
        let (genitive, second) = self.genitives(asked);
        let doer = self.masdar_sides(asked, rule, genitive.as_ref(), second.as_ref()).0;
        doer.or_else(|| self.nisba(asked))
            .map(|s| s.entities.into_iter().filter(|e| !not.contains(e) && self.may_act(*e)).collect())
            .unwrap_or_default()
    }

    /// The noun among some tokens that names a deed of force.
    fn deed(&self, from: usize, to: usize) -> Option<usize> {
        let f = self.found.partition_point(|f| f.at < from);
        let deed = self.found.get(f).filter(|d| d.at < to && !d.is_finite())?;
        deed.event
            .is_some_and(|r| {
                matches!(r.kind, "ASSAULT" | "COERCE" | "SANCTION" | "MOBILIZE") && r.toll.is_none()
            })
            .then_some(f)
    }

    /// Places act as states only; what is said or held does not act.
    pub(super) fn may_act(&self, id: EntityId) -> bool {
        match self.doc.entity(id).map(|e| e.kind) {
            Some(EntityKind::Place) => self.states.is_state(id),
            Some(EntityKind::Document | EntityKind::Occasion) | None => false,
            Some(_) => true,
        }
    }

    /// A place that is attacked, taken or garrisoned is where it happens, not to whom.
    pub(super) fn may_undergo(&self, id: EntityId, rule: &Rule) -> bool {
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
}
