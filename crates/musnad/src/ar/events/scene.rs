//! A sentence as the events see it: its participants, its triggers, and how far each reaches.

use super::phrases::{Link, Phrase, is_adjective};
use super::triggers::{Found, Teller};
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
    /// The words of this sentence that tell of events as news, in order.
    pub(super) tellers: &'d [Teller],
    /// Who the sentences before spoke of last.
    pub(super) topic: Option<EntityId>,
    /// What each entity can be in an event.
    pub(super) states: &'d States,
    /// The innermost statement around each token.
    pub(super) speech: &'d super::Speech,
    /// Whether the whole report is about art, business or an accident.
    pub(super) private: bool,
    /// The types of the headline's events.
    pub(super) headlined: &'d [&'static str],
    /// Whether the sentence or the headline speaks of nature's force or of an accident.
    pub(super) accident: bool,
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
    pub(super) fn coded(&self, code: &str) -> Option<EntityId> {
        self.by_code.iter().find(|(c, _)| *c == code).map(|(_, e)| *e)
    }
}

/// One or more participants at one place of a frame.
#[derive(Clone, Debug)]
pub(super) struct Side {
    pub(super) entities: Vec<EntityId>,
    /// The index of the last phrase; `None` when it is no phrase of the sentence.
    pub(super) last: Option<usize>,
    pub(super) carried: bool,
}

impl Side {
    /// A participant that is there and is not known.
    pub(super) fn nobody() -> Self {
        Side { entities: Vec::new(), last: None, carried: false }
    }

    pub(super) fn one(entity: EntityId) -> Self {
        Side { entities: vec![entity], last: None, carried: false }
    }
}

/// How far from its verb a prepositional phrase may stand, in tokens.
const REACH: usize = 16;
impl<'d> Scene<'d> {
    /// The phrase at `k` with all that are joined to it.
    pub(super) fn group(&self, k: usize) -> Side {
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
    pub(super) fn next(&self, token: usize) -> usize {
        self.phrases.partition_point(|p| p.start() < token)
    }

    pub(super) fn found_at(&self, token: usize) -> Option<&Found> {
        let k = self.found.partition_point(|f| f.at < token);
        self.found.get(k).filter(|f| f.at == token)
    }

    /// Whether the token ends what a verb's own phrases may reach.
    pub(super) fn is_wall(&self, i: usize) -> bool {
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
    pub(super) fn is_verb(&self, i: usize) -> bool {
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

    /// Whether the gap between two places of a clause holds nothing that would govern what follows.
    pub(super) fn is_open(&self, from: usize, to: usize, most: usize) -> bool {
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
                Some(_) if is_resumption(doc.word(k)) || in_bound(doc, k) => true,
                Some(_) => {
                    !doc.is(k, Classes::PREPOSITION.or(Classes::THAT).or(Classes::RELATIVE).or(Classes::BY))
                        && !self.is_verb(k)
                        && !self.has_preposition(k)
                        && !self.found_at(k).is_some_and(|f| f.proclitics.any(Proclitics::PREPOSITION))
                }
                None => false,
            }
        })
    }

    /// Whether a word begins with an attached preposition, as far as the lexicon can tell.
    pub(super) fn has_preposition(&self, i: usize) -> bool {
        let mut attached = false;
        for (r, _) in self.doc.word_entries(i) {
            if !r.proclitics.any(Proclitics::PREPOSITION) {
                return false;
            }
            attached = true;
        }
        attached || self.doc.word(i).starts_with("بال") || self.doc.word(i).starts_with("لل")
    }

    /// Whether a word may stand in construct before a genitive: no article, no pronoun, no preposition.
    pub(super) fn is_construct(&self, i: usize) -> bool {
        !self.doc.word(i).starts_with("ال") && !self.doc.is(i, Classes::ADVERB) && !self.has_preposition(i)
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
    pub(super) fn starts_clause(&self, i: usize) -> bool {
        self.is_verb(i) || self.doc.is(i, Classes::BUT.or(Classes::AS).or(Classes::WHILE).or(Classes::THAT))
    }

    /// The speaker of the innermost statement around a token.
    pub(super) fn speaker(&self, token: usize) -> Option<EntityId> {
        self.speech
            .at(token)
            .and_then(|s| self.doc.statements.get(s.index()))
            .and_then(|s| s.speaker)
            // An agency tells what others do.
            .filter(|e| self.doc.entity(*e).is_none_or(|e| e.sector != Some("JRN")))
    }

    /// Whether a verb's form can be said of an entity.
    pub(super) fn agrees(&self, found: &Found, id: EntityId, after: bool) -> bool {
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
        // يدعم المنظمات "he backs the organisations": a masculine verb is not said of what is feminine.
        if found.feat.get_number() == Number::Singular
            && !found.feat.is_feminine()
            && e.feminine == Some(true)
            && matches!(e.kind, EntityKind::Organization | EntityKind::Place)
        {
            return false;
        }
        // A plural verb is said of people only.
        found.feat.get_number() != Number::Plural
            || matches!(e.kind, EntityKind::Group | EntityKind::Organization | EntityKind::Place)
    }

    /// The phrase right before a token, at most `most` tokens away.
    pub(super) fn before(&self, token: usize, most: usize) -> Option<usize> {
        let k = self.next(token).checked_sub(1)?;
        let p = self.phrases.get(k)?;
        (p.end() <= token && token - p.end() <= most && (p.end()..token).all(|i| doc_passes(self.doc, i)))
            .then_some(k)
    }

    /// The whole of a conjunction whose last member is phrase `k`.
    pub(super) fn heads(&self, k: usize) -> Side {
        let mut from = k;
        while from > 0 && self.phrases.get(from).is_some_and(|p| p.joined) {
            from -= 1;
        }
        let mut side = self.group(from);
        side.last = None;
        side
    }

    /// Whether a preposition with a pronoun stands at the token: منها, عليه.
    pub(super) fn resumes(&self, i: usize) -> bool {
        is_resumption(self.doc.word(i))
    }

    pub(super) fn linked(&self, found: &Found, link: Link<'_>) -> Option<Side> {
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

    /// The participant after a preposition that follows the trigger in its clause.
    pub(super) fn after(&self, found: &Found, preposition: &str) -> Option<Side> {
        let to = self.clause_end(found);
        // بينها وبين الدول "between it and the states".
        if preposition == "بين"
            && let Some(i) = (found.end..to).find(|i| {
                matches!(self.doc.bare(*i), "بينه" | "بينها" | "بينهم") && self.doc.word(*i + 1) == "وبين"
            })
        {
            let suffix = match self.doc.bare(i) {
                "بينه" => Suffix::He,
                "بينها" => Suffix::She,
                _ => Suffix::They,
            };
            let mut side = self
                .pronoun(&Found { at: i, end: i + 1, suffix, ..*found }, None)
                .unwrap_or_else(Side::nobody);
            let j = self.next(i + 2);
            if self.phrases.get(j).is_some_and(|p| p.link == Link::After("بين") && p.start() <= i + 4) {
                let other = self.group(j);
                side.entities.extend(
                    other.entities.iter().filter(|e| !side.entities.contains(e)).copied().collect::<Vec<_>>(),
                );
                side.last = other.last;
            }
            return (!side.entities.is_empty()).then_some(side);
        }
        let k = self.next(found.end);
        for (j, p) in self.phrases.iter().enumerate().skip(k) {
            if p.start() >= to {
                break;
            }
            if !p.joined && !p.pronoun && p.link == Link::After(preposition) {
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

    /// Who a preposition with its pronoun means in the clause of the trigger: سيصدر عليه حكم "a sentence will be passed on him".
    pub(super) fn after_pronoun(&self, found: &Found, preposition: &str) -> Option<Side> {
        // أول إحاطة له "his first briefing": after a noun ل tells whose it is.
        if !found.is_finite() && preposition == "ل" {
            return None;
        }
        let mut to = self.clause_end(found).min(found.end + 4);
        if let Some(verb) = (found.end..to).find(|i| self.is_verb(*i)) {
            to = verb;
        }
        let (i, suffix) = (found.end..to).find_map(|i| {
            let stem = match preposition {
                "على" => "علي",
                "الى" => "الي",
                other => other,
            };
            let suffix = match self.doc.bare(i).strip_prefix(stem)? {
                "ه" => Suffix::He,
                "ها" => Suffix::She,
                "هم" => Suffix::They,
                "هما" => Suffix::Both,
                _ => return None,
            };
            Some((i, suffix))
        })?;
        self.pronoun(&Found { at: i, end: i + 1, suffix, ..*found }, None)
    }

    /// The doer that من قبل and the like tell.
    pub(super) fn by(&self, found: &Found) -> Option<Side> {
        self.linked(found, Link::By).or_else(|| self.doer_after_min(found))
    }

    /// The doer after من of an indefinite noun: بدعم من التحالف "with backing from the coalition".
    pub(super) fn doer_after_min(&self, found: &Found) -> Option<Side> {
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
    pub(super) fn against(&self, found: &Found) -> Option<Side> {
        self.linked(found, Link::Against)
    }

    /// The state whose adjective stands among the tokens.
    pub(super) fn nation_in(&self, tokens: Tokens) -> Option<EntityId> {
        tokens.range().find_map(|i| {
            let (_, e) = self
                .doc
                .word_entries(i)
                .find(|(_, e)| e.table == Table::Country && e.feat.part() == Part::Nisba)?;
            self.states.coded(self.doc.row(e).get("iso3"))
        })
    }
}

/// الذي and its like; من is a preposition far more often than "who".
pub(super) fn is_relative(doc: &Document, i: usize) -> bool {
    doc.is(i, Classes::RELATIVE) && !doc.is(i, Classes::PREPOSITION)
}

/// Whether a token is one of ما لا يقل عن "no fewer than", which governs nothing.
pub(super) fn in_bound(doc: &Document, i: usize) -> bool {
    (i.saturating_sub(3)..=i).any(|s| {
        doc.word(s) == "ما"
            && doc.word(s + 1) == "لا"
            && matches!(doc.word(s + 2), "يقل" | "يزيد" | "تقل" | "تزيد")
            && matches!(doc.word(s + 3), "عن" | "على")
    })
}

/// أكثر من "more than", عدد من "a number of".
pub(super) fn counts_with_min(word: &str) -> bool {
    matches!(word, "اكثر" | "اقل" | "العديد" | "عدد" | "الكثير" | "كثير" | "مزيد" | "المزيد")
}

/// بها, عليه: a preposition with its pronoun, which governs nothing that follows.
pub(super) fn is_resumption(word: &str) -> bool {
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

pub(super) fn doc_passes(doc: &Document, i: usize) -> bool {
    match doc.kind(i) {
        Some(Kind::Mark) => ["\"", "«", "»", "“", "”", "#", "(", ")", "_", "،"].contains(&doc.word(i)),
        _ => is_adjective(doc, i),
    }
}
