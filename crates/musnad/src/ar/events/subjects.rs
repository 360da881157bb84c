//! Who does what a verb says, and to whom: subjects before, after and above it, objects, pronouns.

use super::phrases::{Link, Phrase, is_adjective};
use super::scene::{Scene, Side, is_relative};
use super::triggers::{Found, Rule, Slot};
use crate::document::{Classes, EntityId, EntityKind, Kind, MentionKind, Proclitics, Suffix};
use crate::span::Tokens;
use musnad_lexicon::{Number, Part, Table};

/// How far before a token the verb of its sentence may stand, in tokens: no sentence that people write goes on for longer.
const CLAUSES: usize = 160;

impl<'d> Scene<'d> {
    /// The subject of a finite verb: before it, after it, the antecedent of its relative clause, or carried over.
    pub(super) fn subject(&self, found: &Found) -> Option<Side> {
        // وجه الوزير انتقادا ... متهما إياه: a participle that tells how the verb before is done has its subject.
        if found.feat.part() == Part::Active
            && found.feat.is_accusative()
            && self.speech.cue(found.at).is_none()
            && let Some(side) = self.main_subject(found.at)
        {
            return Some(side);
        }
        let told = self.told_subject(found);
        // Who speaks is known from the statement: another noun phrase after the verb is the object.
        if let Some(speaker) =
            self.speech.cue(found.at).and_then(|s| self.doc.statements.get(s.index())).and_then(|s| s.speaker)
            && told.as_ref().is_none_or(|s| !s.entities.contains(&speaker))
            && self.agrees(found, speaker, true)
            && !told.as_ref().is_some_and(|s| self.stands_before_object(found, s))
        {
            return Some(Side::one(speaker));
        }
        told
    }

    /// The subject of the nearest finite verb before a token, in the same sentence and by the same word.
    pub(super) fn main_subject(&self, token: usize) -> Option<Side> {
        let first = (self.tokens.start as usize).max(token.saturating_sub(CLAUSES));
        let level = self.speech.at(token);
        for i in (first..token).rev() {
            if !self.is_verb(i) || self.speech.at(i) != level {
                continue;
            }
            let verb = self.verb_at(i)?;
            // أمن is "security" more often than "he secured": a verb that is no trigger must tell its subject.
            let known = self.found_at(i).is_some();
            let side = if known { self.subject(&verb) } else { self.uncarried(&verb) }
                .or_else(|| self.nation_of_subject(&verb));
            match side.filter(|s| !s.entities.is_empty()) {
                Some(side) => return Some(Side { carried: true, last: None, ..side }),
                None if known => return None,
                None => {}
            }
        }
        None
    }

    /// The state of the adjective of a verb's subject: أتى القرار الروسي "the Russian decision came".
    fn nation_of_subject(&self, verb: &Found) -> Option<Side> {
        let noun = verb.end;
        let plain = self.doc.word(noun).starts_with("ال") && self.doc.cast.covering(noun).is_none();
        plain.then(|| self.nation_in(Tokens::new(noun + 1, noun + 2))).flatten().map(Side::one)
    }

    /// A finite verb as it stands, whether it is a trigger or not.
    pub(super) fn verb_at(&self, i: usize) -> Option<Found> {
        if let Some(found) = self.found_at(i) {
            return Some(*found);
        }
        let (reading, feat) = self.doc.verb(i)?;
        Some(Found {
            at: i,
            end: i + 1,
            span: self.doc.span_of(Tokens::new(i, i + 1)),
            event: None,
            governor: None,
            feat,
            proclitics: reading.proclitics,
            suffix: reading.suffix,
            with: None,
        })
    }

    /// Whether the verb's own clause tells subject and object, one after the other.
    pub(super) fn tells_both(&self, found: &Found) -> bool {
        found.is_finite() && self.uncarried(found).is_some_and(|s| self.stands_before_object(found, &s))
    }

    /// Whether a subject stands right after its verb and an object after it: طالب المحتجون الحكومة "the protesters demanded of the
    /// government". Two noun phrases leave no doubt which is which.
    fn stands_before_object(&self, found: &Found, side: &Side) -> bool {
        let first = self.phrases.get(self.next(found.end)).filter(|p| p.start() == found.end);
        first.is_some_and(|p| side.entities.contains(&p.entity))
            && side.last.is_some()
            && found.suffix == Suffix::None
            && self.object(found, Some(side)).is_some()
    }

    pub(super) fn told_subject(&self, found: &Found) -> Option<Side> {
        self.uncarried(found).or_else(|| {
            if self.is_clause_of_noun(found) { Some(Side::nobody()) } else { self.carried(found) }
        })
    }

    /// Whether a present tense right after a word says something of it: في بيان للمجلس يدعو إلى "in a statement of the council that
    /// calls for". With a pronoun that resumes the noun (بيان دعا فيه إلى) somebody else is the subject.
    fn is_clause_of_noun(&self, found: &Found) -> bool {
        found.feat.part() == Part::Present
            && found.feat.get_person() == 3
            && found.proclitics == Proclitics::default()
            && self.follows_noun(found.at)
            && !self.resumes(found.end)
            && self.speech.cue(found.at).is_none()
    }

    /// Whether a verb stands right after a noun that takes no part, or after وهو "while he".
    pub(super) fn follows_noun(&self, verb: usize) -> bool {
        let Some(prev) = verb.checked_sub(1).filter(|i| self.tokens.has(*i)) else { return false };
        let noun = self.doc.kind(prev) == Some(Kind::Word)
            && self.doc.tokens.get(prev).is_some_and(|t| t.classes == Classes::default())
            && self.doc.time_at(prev).is_none()
            && !self.found_at(prev).is_some_and(Found::is_finite);
        noun || matches!(self.doc.word(prev), "وهو" | "وهي" | "وهم")
    }

    /// The subject that the verb's own clause tells.
    pub(super) fn uncarried(&self, found: &Found) -> Option<Side> {
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
        if takes_object && found.suffix == Suffix::None && self.is_done_by_deed(found) {
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

    /// Whether a deed is the subject right after its verb: قتلت سلسلة تفجيرات العشرات "a series of blasts killed dozens".
    fn is_done_by_deed(&self, found: &Found) -> bool {
        let deed = |i: usize| {
            self.found_at(i).is_some_and(|f| {
                !f.is_finite()
                    && !f.proclitics.any(Proclitics::PREPOSITION)
                    && f.event.is_some_and(|r| r.kind == "ASSAULT" && r.toll.is_none())
            })
        };
        let many = matches!(self.doc.word(found.end), "سلسلة" | "عدة" | "موجة");
        deed(found.end + usize::from(many))
    }

    /// Whether the word before a verb is a definite noun at the head of the clause that is no participant.
    pub(super) fn has_unknown_subject(&self, verb: usize) -> bool {
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

    /// A subject that stands before its verb at the head of the clause.
    pub(super) fn preceding(&self, verb: usize) -> Option<usize> {
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
            if depth == 1
                && (at == start
                    || doc.is(at, Classes::PREPOSITION)
                    || self.is_verb(at)
                    || doc.kind(at) != Some(Kind::Word))
            {
                return None;
            }
            if at <= first {
                return Some(k);
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

    pub(super) fn begins_with_and(&self, p: &Phrase<'_>) -> bool {
        !p.joined && self.doc.word(p.start()).starts_with('و')
    }

    /// A subject that stands after its verb.
    pub(super) fn following(&self, found: &Found) -> Option<usize> {
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
            && self.agrees(found, p.entity, true)
            && !self.is_oblique(p);
        fits.then_some(k)
    }

    /// Whether a phrase is spelled as no subject can be: المدنيين, جنديين, where a subject would be المدنيون, جنديان.
    fn is_oblique(&self, p: &Phrase<'_>) -> bool {
        let i = p.start();
        self.doc.name_at(i).is_none()
            && (self.doc.word(i).ends_with("ين") || self.doc.word(i).ends_with("تين"))
            && self.doc.word_entries(i).any(|(_, e)| {
                matches!(e.table, Table::Group | Table::Title | Table::Noun | Table::Verb)
                    && e.feat.is_oblique()
            })
    }

    /// سيتوجه الوزير إلى عمّان حيث يلتقي الرئيس "the minister goes to Amman, where he meets the president": of what wants two sides a single
    /// noun phrase after the verb is the other, where the sentence has told who goes on.
    pub(super) fn met_by_earlier(&self, found: &Found, rule: &Rule, subject: Option<Side>) -> Option<Side> {
        let wants =
            |s: Slot| rule.actor.iter().flatten().chain(rule.recipient.iter().flatten()).any(|x| *x == s);
        let pair = rule.kind == "CONSULT"
            && found.is_finite()
            && found.suffix == Suffix::None
            && wants(Slot::Object)
            && wants(Slot::Subject);
        let Some(side) = subject.clone().filter(|_| pair) else { return subject };
        let after = side.last.and_then(|l| self.phrases.get(l)).is_some_and(|p| p.start() >= found.end);
        let alone = self.object(found, Some(&side)).is_none()
            && self.after(found, "ب").is_none()
            && self.after(found, "مع").is_none();
        // At the head of its sentence the verb has its own subject.
        let goes_on = found.at > self.tokens.start as usize + 3;
        if !(after && alone && goes_on) {
            return subject;
        }
        self.carried_here(found).filter(|c| c.entities.iter().all(|e| !side.entities.contains(e))).or(subject)
    }

    /// Who the sentence spoke of before, for a verb without a subject of its own: of this sentence only, or the speaker.
    fn carried_here(&self, found: &Found) -> Option<Side> {
        let carried = self.carried(found)?;
        let here = carried.entities.iter().all(|e| {
            self.phrases.iter().any(|p| p.entity == *e && p.end() <= found.at)
                || self.speaker(found.at) == Some(*e)
        });
        here.then_some(carried)
    }

    /// Who the text spoke of before, for a verb without a subject of its own.
    pub(super) fn carried(&self, found: &Found) -> Option<Side> {
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

    /// Whether the verb stands right after الذي, ما or the like.
    pub(super) fn is_relative_clause(&self, found: &Found) -> bool {
        let first = self.tokens.start as usize;
        let mut left = found.at;
        while left > first && self.doc.is(left - 1, Classes::MODAL.or(Classes::NEGATION).or(Classes::BE)) {
            left -= 1;
        }
        left > first && (is_relative(self.doc, left - 1) || self.doc.word(left - 1) == "ما")
    }

    /// The object of a finite verb.
    pub(super) fn object(&self, found: &Found, subject: Option<&Side>) -> Option<Side> {
        if found.suffix != Suffix::None {
            // المدينة التي تحاصرها القوات "the town that the forces besiege": the pronoun is the antecedent.
            if let Some(k) = self.antecedent(found) {
                let p = self.phrases.get(k)?;
                return p.acts().then(|| self.heads(k));
            }
            // الاتفاق الذي تسانده الدول "the agreement that the states back": the pronoun is a thing that takes no part.
            if self.is_relative_clause(found) {
                return None;
            }
            // منافسين تدعمهم إيران "rivals whom Iran backs": after an indefinite noun no word stands for "whom".
            if let Some(k) = self.before(found.at, 1)
                && let Some(p) = self.phrases.get(k)
                && p.end() == found.at
                && p.kind == EntityKind::Group
                && !p.pronoun
                && !self.doc.word(p.start()).contains("ال")
                && matches!(found.suffix, Suffix::They | Suffix::She)
            {
                return Some(self.heads(k));
            }
            return self.pronoun(found, subject);
        }
        // متهما إياه "accusing him": the pronoun stands for itself.
        let apart = match self.doc.word(found.end) {
            "اياه" => Suffix::He,
            "اياها" => Suffix::She,
            "اياهم" => Suffix::They,
            "اياهما" => Suffix::Both,
            _ => Suffix::None,
        };
        if apart != Suffix::None {
            return self.pronoun(&Found { suffix: apart, ..*found }, subject);
        }
        let from = match subject.and_then(|s| s.last) {
            Some(last) if self.phrases.get(last).is_some_and(|p| p.start() >= found.end) => {
                self.phrases.get(last)?.end()
            }
            _ => found.end,
        };
        let mut k = self.next(from);
        let mut from = from;
        // قتل مسلحون في كابول سبعة أشخاص "gunmen in Kabul killed seven people": where it is may stand before the object.
        while let Some(p) = self.phrases.get(k)
            && p.kind == EntityKind::Place
            && matches!(p.link, Link::After("في" | "ب" | "قرب" | "داخل"))
            && p.start() <= from + 4
            && !(from..p.start()).any(|i| self.is_wall(i) || self.is_verb(i) || self.doc.is_mark(i, '،'))
        {
            from = p.end();
            k += 1;
        }
        let p = self.phrases.get(k)?;
        // قُتل عشرون وجُرح ثلاثة: what follows another deed is told of that.
        let other = (from..p.start()).any(|i| {
            self.found_at(i).is_some_and(|f| f.event.is_some() && f.proclitics.any(Proclitics::AND))
        });
        let fits =
            p.link == Link::Free && !p.joined && !p.pronoun && !other && self.is_open(from, p.start(), 6);
        if !fits || subject.is_some_and(|s| s.entities.contains(&p.entity)) {
            return None;
        }
        Some(self.group(k))
    }

    /// Whether a verb that is spelled alike in both voices is passive: its doer stands after من قبل or على يد, or it is one of killing,
    /// seizing or questioning and its only noun phrase is who undergoes it (قتل مدنيان "two civilians were killed").
    pub(super) fn reads_as_passive(&self, found: &Found, rule: &Rule, subject: Option<&Side>) -> bool {
        let takes_object = rule.recipient.iter().flatten().any(|s| *s == Slot::Object);
        if !takes_object || found.suffix != Suffix::None || self.object(found, subject).is_some() {
            return false;
        }
        if found.feat.part() == Part::Past && self.linked(found, Link::By).is_some() {
            return true;
        }
        // هاجم مسلحون "gunmen attacked" has no such passive, and who attacks is who is told first.
        if rule.toll.is_none() && !matches!(rule.mode, Some("abduct" | "investigate")) {
            return false;
        }
        let Some(side) = subject else { return false };
        let people = |id: &EntityId| {
            self.doc.entity(*id).is_some_and(|e| matches!(e.kind, EntityKind::Person | EntityKind::Group))
        };
        let after = side.last.and_then(|l| self.phrases.get(l)).is_some_and(|p| p.start() >= found.end);
        // الرجل الذي قتل في "the man who was killed in": nothing that could be the object follows.
        side.entities.iter().all(people)
            && !side.entities.is_empty()
            && (after || found.feat.part() == Part::Past && self.has_no_noun_after(found))
    }

    /// الذي أطلق سراحه "who was released": the pronoun means who goes free.
    pub(super) fn is_released(&self, found: &Found) -> bool {
        self.is_relative_clause(found)
            && matches!(self.doc.word(found.end), "سراحه" | "سراحها" | "سراحهم" | "سراحهن")
    }

    /// Whether what follows the trigger directly cannot be its object: a preposition, a time, the end of the clause.
    fn has_no_noun_after(&self, found: &Found) -> bool {
        let (doc, i) = (self.doc, found.end);
        i >= self.tokens.end as usize
            || doc.kind(i) == Some(Kind::Mark) && !doc.is_mark(i, '"') && !doc.is_mark(i, '«')
            || doc.time_at(i).is_some()
            || doc.is(i, Classes::PREPOSITION.or(Classes::ADVERB).or(Classes::BY))
                && doc.cast.covering(i).is_none()
                && !doc.word(i).starts_with("ما")
            || doc.cast.covering(i).is_none() && self.has_preposition(i)
    }

    /// What a pronoun at the end of the trigger means.
    pub(super) fn pronoun(&self, found: &Found, not: Option<&Side>) -> Option<Side> {
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
        let at = self.phrases.get(..k)?.iter().rposition(|p| p.acts() && fits(p.entity));
        // دول التحالف والسعودية ... دعمهم: "their" means all that are joined.
        let many = matches!(found.suffix, Suffix::They | Suffix::TheyFeminine);
        if let Some(at) = at.filter(|_| many) {
            let all = self.heads(at).entities;
            return Some(Side { entities: all, last: None, carried: true });
        }
        let near = at.and_then(|at| self.phrases.get(at)).map(|p| p.entity);
        let entity = near.or(self.topic.filter(|e| fits(*e)))?;
        Some(Side { entities: vec![entity], last: None, carried: true })
    }
}
