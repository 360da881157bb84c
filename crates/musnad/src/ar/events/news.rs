//! Whether a sentence tells an event as news or refers to it as known: انفجرت سيارة في السوق "a car blew up in the market", but
//! منذ اغتيال الرئيس "since the president's murder", المتهمون بالهجوم "those accused of the attack".

use super::phrases::is_adjective;
use super::scene::{Scene, is_relative};
use super::triggers::{Found, Teller};
use crate::document::{Classes, Kind, Proclitics, Suffix};
use musnad_lexicon::{Part, Table};

/// How far before a noun the verb may stand that tells of it right away, in tokens: أعلنت مصادر أمنية في المدينة مقتل "security sources in the
/// city announced the killing of".
const NEAR: usize = 14;

/// How far before a preposition its verb may stand: أدى انفجار … إلى مقتل "a blast … led to the killing of".
const FAR: usize = 30;

/// How far a verb may stand after the one that it is joined to, in tokens.
const JOINED: usize = 14;

/// How far from noun to noun this is followed.
const DEPTH: u8 = 5;

impl Scene<'_> {
    /// Whether the sentence tells the trigger at `f` of its list as news.
    pub(super) fn is_news(&self, f: usize) -> bool {
        let Some(found) = self.found.get(f) else { return false };
        if self.asks() || self.is_opinion(found.at) {
            return false;
        }
        if found.is_finite() { self.verb_tells(found.at, 0) } else { self.noun_is_told(found.at, Some(f), 0) }
    }

    /// Whether it stands in what somebody accuses, denies, demands or fears. What has been done is no part of a demand or a fear.
    fn is_opinion(&self, at: usize) -> bool {
        let statement = self.speech.at(at).and_then(|s| self.doc.statements.get(s.index()));
        let done = || {
            let first = self.tokens.start as usize;
            (at.saturating_sub(NEAR).max(first)..=at)
                .rev()
                .find(|i| self.is_verb(*i))
                .and_then(|i| self.doc.verb(i))
                .is_some_and(|(_, f)| f.part() == Part::Past)
        };
        statement.is_some_and(|s| match s.act {
            "accuse" | "deny" | "reject" | "criticize" | "praise" => true,
            "demand" | "warn" | "threaten" | "promise" | "expect" | "believe" => !done(),
            _ => false,
        })
    }

    /// Whether the sentence is a question.
    fn asks(&self) -> bool {
        let last = self.tokens.end as usize;
        (last.saturating_sub(2)..last).any(|i| self.doc.is_mark(i, '؟') || self.doc.is_mark(i, '?'))
    }

    /// Whether a finite verb tells what it says: not where الذي "who" makes it a description, nor after بعد أن "after", a negation or a
    /// condition. A verb that is joined to another does as that one does.
    fn verb_tells(&self, at: usize, depth: u8) -> bool {
        if depth > DEPTH {
            return false;
        }
        let doc = self.doc;
        let first = self.tokens.start as usize;
        let mut left = at;
        while left > first && doc.is(left - 1, Classes::MODAL.or(Classes::BE)) {
            left -= 1;
        }
        let joined = self.verb_proclitics(at).any(Proclitics::AND);
        if joined
            && let Some(verb) = (at.saturating_sub(JOINED).max(first)..at).rev().find(|i| self.is_verb(*i))
            && !(verb..at).any(|i| self.is_wall(i) || doc.is_mark(i, '،'))
        {
            return self.verb_tells(verb, depth + 1);
        }
        let word = |back: usize| left.checked_sub(back).filter(|i| *i >= first).map_or("", |i| doc.bare(i));
        let describes =
            left > first && is_relative(doc, left - 1) && word(1).chars().count() > 3 && word(1) != "مما";
        let looks_back = match word(1) {
            "بعدما" | "منذ" | "قبلما" | "كلما" | "طالما" | "لو" | "اذا" | "لكي" | "كي" | "لم" | "لن"
            | "لا" | "ليس" | "لما" | "حيث" | "من" | "ان" | "الا" => true,
            // عندما اغتيل "when he was murdered", at the head of its sentence, goes back to what is known.
            "عندما" | "حينما" | "حين" => left <= first + 2,
            "انه" | "انها" | "انهم" | "اننا" => {
                matches!(word(2), "بعد" | "منذ" | "قبل" | "لو" | "دون" | "يعني" | "الى")
            }
            _ => false,
        };
        if !describes
            && !looks_back
            && let Some(deed) = self.described_deed(left)
        {
            return self.noun_is_told(
                deed.at,
                Some(self.found.partition_point(|f| f.at < deed.at)),
                depth + 1,
            );
        }
        // سفينة اختطفها قراصنة "a ship that pirates hijacked".
        let resumes = self.suffix(at) && self.follows_noun(left) && !doc.word(left - 1).starts_with("ال");
        if resumes && self.teller(at).is_none() {
            return false;
        }
        !describes && !looks_back
    }

    /// The deed that a verb right after it describes: هجوم استهدف مبنى "an attack that hit a building".
    fn described_deed(&self, verb: usize) -> Option<&Found> {
        let first = self.tokens.start as usize;
        let from = verb.saturating_sub(4).max(first);
        let deed = self.found.iter().rev().find(|f| f.at < verb && f.at >= from)?;
        let adjectives = (deed.end..verb).all(|i| {
            self.doc.kind(i) == Some(Kind::Word) && !self.doc.is(i, Classes::PREPOSITION.or(Classes::THAT))
        });
        // إن هجوما أسفر "an attack resulted": at the head of its clause the deed is the verb's subject.
        let heads = deed.at == first
            || self.is_wall(deed.at - 1)
            || self.doc.kind(deed.at - 1) == Some(Kind::Mark)
            || self.doc.is(deed.at - 1, Classes::THAT);
        (!heads && !deed.is_finite() && !deed.is_definite() && deed.event.is_some() && adjectives)
            .then_some(deed)
    }

    fn suffix(&self, at: usize) -> bool {
        self.found_at(at).is_some_and(|f| f.suffix != Suffix::None)
    }

    fn verb_proclitics(&self, at: usize) -> Proclitics {
        self.found_at(at)
            .map(|f| f.proclitics)
            .or_else(|| self.teller(at).map(|t| t.proclitics))
            .or_else(|| self.doc.verb(at).map(|(r, _)| r.proclitics))
            .unwrap_or_default()
    }

    /// The word that tells as news what a noun at a place names.
    fn teller(&self, at: usize) -> Option<&Teller> {
        let k = self.tellers.partition_point(|t| t.at < at);
        self.tellers.get(k).filter(|t| t.at == at)
    }

    /// Whether a word that tells does so where it stands.
    fn teller_tells(&self, teller: &Teller, depth: u8) -> bool {
        if teller.feat.is_finite() {
            !teller.proclitics.any(Proclitics::SA) && self.verb_tells(teller.at, depth + 1)
        } else {
            depth < DEPTH && self.noun_is_told(teller.at, None, depth + 1)
        }
    }

    fn noun_is_told(&self, at: usize, f: Option<usize>, depth: u8) -> bool {
        if depth > DEPTH {
            return false;
        }
        let doc = self.doc;
        let first = self.tokens.start as usize;
        let mut head = at;
        let (mut attached, mut definite, mut joined) = self.clitics(at, f);
        // سلسلة من التفجيرات "a series of bombings", عملية اغتيال "a murder": words that only count or class the deed.
        while !joined && attached.is_none() && head > first {
            let prev = head - 1;
            if doc.kind(prev) == Some(Kind::Mark) && is_bracket(self, prev) {
                head = prev;
                continue;
            }
            let of = doc.word(prev) == "من" && head >= first + 2 && classes_deed(doc.bare(prev - 1));
            let class = if of { prev - 1 } else { prev };
            let counts = doc.kind(class) == Some(Kind::Number) && doc.time_at(class).is_none();
            if !of && !counts && !classes_deed(strip(doc.bare(class))) && self.masdar_teller(class).is_none()
            {
                break;
            }
            if let Some(teller) = self.masdar_teller(class) {
                return self.teller_tells(&Teller { ..*teller }, depth);
            }
            (attached, definite, joined) = self.clitics(class, None);
            head = class;
        }
        if joined && attached.is_none() {
            // مقتل ثلاثة وإصابة خمسة "three killed and five wounded": what is joined is told as what it is joined to.
            let before = self
                .found
                .iter()
                .rev()
                .find(|g| g.at < at && g.event.is_some() && !g.is_finite() && at - g.end < 14);
            let same = before.filter(|g| !(g.end..at).any(|i| self.is_wall(i) || self.is_verb(i)));
            if let Some(g) = same {
                let k = self.found.partition_point(|x| x.at < g.at);
                return self.noun_is_told(g.at, Some(k), depth + 1);
            }
        }
        let preposition = attached.map(str::to_owned).or_else(|| {
            let prev = head.checked_sub(1).filter(|i| *i >= first)?;
            (doc.is(prev, Classes::PREPOSITION.or(Classes::BECAUSE)) || circumstance(doc.bare(prev)))
                .then(|| doc.bare(prev).to_owned())
        });
        if let Some(preposition) = preposition {
            return self.told_after(head, &preposition, depth);
        }
        self.told_freely(head, at, definite, depth)
    }

    fn clitics(&self, at: usize, f: Option<usize>) -> (Option<&'static str>, bool, bool) {
        let found = f.and_then(|f| self.found.get(f));
        let p = match found {
            Some(found) => found.proclitics,
            None => self
                .doc
                .word_entries(at)
                .find(|(_, e)| matches!(e.table, Table::Noun | Table::Verb))
                .map_or(Proclitics::default(), |(r, _)| r.proclitics),
        };
        let attached = if p.any(Proclitics::BI) {
            Some("ب")
        } else if p.any(Proclitics::LI) {
            Some("ل")
        } else if p.any(Proclitics::KA) {
            Some("ك")
        } else {
            None
        };
        (attached, p.any(Proclitics::AL), p.any(Proclitics::AND))
    }

    fn masdar_teller(&self, at: usize) -> Option<&Teller> {
        self.teller(at).filter(|t| !t.feat.is_finite())
    }

    /// Whether a verb before a preposition tells of what follows it: تعرض لهجوم "came under attack".
    fn told_after(&self, head: usize, preposition: &str, depth: u8) -> bool {
        let first = self.tokens.start as usize;
        let from = head.saturating_sub(FAR).max(first);
        for i in (from..head).rev() {
            // ، مشيرا إلى "pointing out": what another word of saying begins is no longer the first verb's.
            let says = self.speech.cue(i).is_some() && self.teller(i).is_none();
            if self.is_wall(i) && !self.doc.is_mark(i, ':') || says {
                return false;
            }
            if let Some(teller) = self.teller(i)
                && teller.rule.tells.contains(&preposition)
            {
                return self.teller_tells(teller, depth);
            }
            if self.is_verb(i) {
                return false;
            }
        }
        false
    }

    /// Whether a noun that nothing governs by a preposition is told: as subject or object of a verb that tells, or as the news of a
    /// line without a verb (مقتل ثلاثة في بغداد "three killed in Baghdad").
    fn told_freely(&self, head: usize, at: usize, definite: bool, depth: u8) -> bool {
        let doc = self.doc;
        let first = self.tokens.start as usize;
        let from = head.saturating_sub(NEAR).max(first);
        let mut opens = from == first;
        for i in (from..head).rev() {
            // بأنه هجوم وحشي "that it is a savage attack" judges what is known.
            if doc.is(i, Classes::THAT) && !doc.word(i).ends_with("ان") && doc.word(i) != "الا" {
                return false;
            }
            if self.is_wall(i) || doc.is(i, Classes::THAT) {
                opens = true;
                break;
            }
            // لا يعني ضرب "does not mean the striking of".
            if matches!(doc.bare(i), "لا" | "لم" | "لن" | "ليس" | "ليست") {
                return false;
            }
            if let Some(teller) = self.teller(i) {
                let direct = teller.rule.tells.iter().any(|t| matches!(*t, "subj" | "obj"));
                return direct && self.teller_tells(teller, depth);
            }
            if self.is_verb(i) {
                return false;
            }
            // A noun right before it has it as its genitive: منفذ الهجوم "the attack's perpetrator".
            let noun = doc.kind(i) == Some(Kind::Word)
                && self.is_construct(i)
                && !is_adjective(doc, i)
                && doc.cast.covering(i).is_none()
                && doc.time_at(i).is_none();
            if i + 1 == head && noun {
                return false;
            }
        }
        if !opens {
            return false;
        }
        // What its own verb tells of it: الهجوم أسفر عن "the attack resulted in".
        let end = (at + FAR).min(self.tokens.end as usize);
        let mut i = at + 1;
        while i < end {
            // مجزرة حديثة: a name for what the line is about.
            if doc.is_mark(i, ':')
                || doc.is(i, Classes::PRONOUN.or(Classes::BE)) && !doc.is(i, Classes::RELATIVE)
            {
                return false;
            }
            if self.is_wall(i) {
                break;
            }
            if let Some(teller) = self.teller(i).filter(|t| t.feat.is_finite()) {
                return teller.rule.tells.contains(&"subj") && self.teller_tells(teller, depth);
            }
            if let Some(event) = self.found_at(i).filter(|f| f.is_finite()) {
                return event.event.is_some_and(|r| r.kind == "ASSAULT") && self.verb_tells(i, depth + 1);
            }
            if self.is_verb(i) {
                return false;
            }
            i += 1;
        }
        !definite
    }
}

fn strip(word: &str) -> &str {
    word.strip_prefix("ال").unwrap_or(word)
}

/// Words that class or count a deed: عملية اغتيال, سلسلة هجمات.
fn classes_deed(word: &str) -> bool {
    matches!(
        word,
        "عملية"
            | "عمليات"
            | "سلسلة"
            | "عدة"
            | "عدد"
            | "محاولة"
            | "محاولات"
            | "حادث"
            | "حادثة"
            | "حوادث"
            | "اعمال"
            | "موجة"
            | "بعض"
            | "اول"
            | "ثاني"
            | "اخر"
            | "احدث"
            | "نحو"
    )
}

fn circumstance(word: &str) -> bool {
    matches!(
        word,
        "بعد"
            | "قبل"
            | "منذ"
            | "اثر"
            | "عقب"
            | "خلال"
            | "جراء"
            | "نتيجة"
            | "وسط"
            | "ضد"
            | "بسبب"
            | "غداة"
            | "قبيل"
            | "اثناء"
    )
}

fn is_bracket(scene: &Scene<'_>, i: usize) -> bool {
    ['"', '«', '»'].iter().any(|m| scene.doc.is_mark(i, *m))
}
