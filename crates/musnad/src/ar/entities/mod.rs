//! Entities: one for all the names and descriptions that mean the same participant, and the offices that people hold.
//!
//! Names come first (`same` says which mean the same), then titles ([`crate::ar::roles`]), then other descriptions
//! (`phrases`), each taken to the entity that it means or made an entity of its own, in the order of the text.

pub mod english;
pub mod phrases;
pub mod places;
pub mod same;

use crate::ar::names::titles::Of;
use crate::ar::names::words::{Does, May, Words};
use crate::ar::roles::{self, Held, Place};
use crate::document::{
    Because, Cast, Classes, Document, Entity, EntityId, EntityKind, Kind, Link, Mention, MentionKind, Name,
    Rejected, Role, Suffix,
};
use crate::span::{Span, Tokens};
use musnad_lexicon::{Entry, Number, Part, Row, Table};
use same::{Sameness, sameness};
use std::collections::HashMap;

/// An entity while it is being put together.
struct Draft {
    kind: EntityKind,
    mentions: Vec<Mention>,
    row: Option<Entry>,
    /// The head of a body's name or description, for matching.
    head: Option<Entry>,
    country: Option<&'static str>,
    sector: Option<&'static str>,
    number: Number,
    feminine: Option<bool>,
    /// English for a description.
    english: String,
}

/// An office that somebody holds, for matching descriptions.
struct Office {
    person: usize,
    key: String,
    /// What the text says that it is of.
    of: Option<usize>,
    country: Option<&'static str>,
    feminine: bool,
    former: bool,
    at: u32,
}

/// What is known while the text is read from left to right.
struct Reader<'d> {
    words: Words<'d>,
    drafts: Vec<Draft>,
    roles: Vec<(usize, Span, Option<usize>, Because)>,
    /// The entity of each name.
    of_name: Vec<usize>,
    /// States by their row.
    states: HashMap<u32, usize>,
    /// Offices by the first word of their key.
    offices: HashMap<String, Vec<Office>>,
    /// People in the lexicon by the first word of an office and its state.
    known_offices: HashMap<(String, &'static str), usize>,
    /// Bodies and places by the word that describes them: the latest.
    by_head: HashMap<String, usize>,
    /// Descriptions that are entities of their own, by what they say.
    described: HashMap<(EntityKind, String), usize>,
    /// The state that the report is most about.
    main_state: Option<usize>,
    /// The kingdom that the report is most about.
    kingdom: Option<usize>,
    /// The first region of the world that the report names.
    region: Option<usize>,
    /// Where each entity was last met, as a token.
    met: Vec<u32>,
    /// The armed group that was named last.
    armed: Option<usize>,
    /// The person whom the sentence or the one before it speaks of.
    person: Option<usize>,
}

/// The stage `entities`.
#[must_use]
pub fn cast(doc: &Document, _rejected: &mut Vec<Rejected>) -> Cast {
    let words = Words::new(doc);
    let mut reader = Reader {
        words,
        drafts: Vec::new(),
        roles: Vec::new(),
        of_name: Vec::new(),
        states: HashMap::new(),
        offices: HashMap::new(),
        known_offices: HashMap::new(),
        by_head: HashMap::new(),
        described: HashMap::new(),
        main_state: None,
        kingdom: None,
        region: None,
        met: Vec::new(),
        armed: None,
        person: None,
    };
    reader.names(sameness(doc));
    let held = roles::titles(&reader.words);
    reader.offices(&held);
    reader.read(&held);
    reader.finish()
}

impl Reader<'_> {
    /// Makes entities of the names.
    fn names(&mut self, mut same: Sameness) {
        let doc = self.words.doc;
        let acting = acting_capitals(&self.words, &same);
        let mut of_class: HashMap<usize, usize> = HashMap::new();
        // When each full name was last met, for surnames alone.
        let mut last: HashMap<usize, usize> = HashMap::new();
        let mut counts: HashMap<usize, usize> = HashMap::new();
        for (k, name) in doc.names.iter().enumerate() {
            let x = same.of[k];
            let bearer = same.bearer(k, &last);
            if bearer.is_none() && same.spelled[x].parts.len() > 1 {
                last.insert(x, k);
            } else if let Some(b) = bearer {
                last.insert(b, k);
            }
            let row = same.spelled[x].row;
            let metonym = row.filter(|r| r.table == Table::Country && r.feat.part() == Part::Metonym);
            let state = row.filter(|r| {
                r.table == Table::Country && (r.feat.part() != Part::Metonym || acting.contains_key(&x))
            });
            let class = same.classes.find(bearer.unwrap_or(x));
            let e = match (state, of_class.get(&class)) {
                (Some(r), _) => match self.states.get(&r.row) {
                    Some(e) => *e,
                    None => {
                        let e = self.draft(name.kind, Some(r));
                        self.states.insert(r.row, e);
                        e
                    }
                },
                (None, Some(e)) => *e,
                (None, None) => {
                    let row = same.spelled[class].row.or(row);
                    // A capital that does not act is the town.
                    let row = if metonym.is_some() { town(doc, name) } else { row };
                    let e = self.draft(name.kind, row);
                    if let Some(m) = metonym {
                        self.drafts[e].country = Some(doc.row(m).get("iso3"));
                    }
                    of_class.insert(class, e);
                    e
                }
            };
            if self.drafts[e].row.is_none() && metonym.is_none() {
                self.drafts[e].row = row;
            }
            if state.is_some() {
                *counts.entry(e).or_default() += 1;
            }
            self.of_name.push(e);
            self.drafts[e].mentions.push(Mention {
                span: name.span,
                tokens: name.tokens,
                kind: MentionKind::Name,
                because: name.because,
            });
            if self.drafts[e].head.is_none() {
                self.drafts[e].head = name.because.row.filter(|r| r.table == Table::Head);
            }
        }
        let most = |of: &dyn Fn(usize) -> bool| {
            counts
                .iter()
                .filter(|(e, _)| of(**e))
                .map(|(e, n)| (*n, std::cmp::Reverse(*e)))
                .max()
                .map(|(_, e)| e.0)
        };
        let iso3 = |e: usize| self.drafts[e].row.map_or("", |r| doc.row(r).get("iso3"));
        self.main_state = most(&|_| true);
        self.kingdom = most(&|e| matches!(iso3(e), "SAU" | "JOR" | "MAR" | "BHR"));
        self.region = (0..self.drafts.len()).find(|e| {
            self.drafts[*e]
                .row
                .is_some_and(|r| r.table == Table::PlaceMore && doc.row(r).get("kind") == "region")
        });
        let settled = places::settle(&self.words, &self.of_name, |e| {
            let state = self.states.values().any(|s| *s == e);
            Some((self.drafts.get(e)?.row, state))
        });
        for (e, row) in settled {
            self.drafts[e].row = Some(row);
        }
        for e in 0..self.drafts.len() {
            self.describe_named(e);
        }
    }

    fn draft(&mut self, kind: EntityKind, row: Option<Entry>) -> usize {
        self.drafts.push(Draft {
            kind,
            mentions: Vec::new(),
            row,
            head: None,
            country: None,
            sector: None,
            number: Number::Singular,
            feminine: None,
            english: String::new(),
        });
        self.met.push(0);
        self.drafts.len() - 1
    }

    /// Country, sector, gender of a named entity, from its row or its words.
    fn describe_named(&mut self, e: usize) {
        let doc = self.words.doc;
        if let Some(r) = self.drafts[e].row {
            let row = doc.row(r);
            let iso3 = row.get("iso3");
            if !iso3.is_empty() {
                self.drafts[e].country.get_or_insert(iso3);
            }
            let sector = row.get("sector");
            if !sector.is_empty() {
                self.drafts[e].sector = Some(sector);
            }
        }
        let Some(mention) = self.drafts[e].mentions.first().cloned() else { return };
        match self.drafts[e].kind {
            EntityKind::Organization => {
                // The adjective in the name tells the state; the head tells gender and number.
                let state = mention.tokens.range().rev().find_map(|i| self.words.nisba(i));
                if let Some((_, n)) = state {
                    self.drafts[e].country.get_or_insert(doc.row(n).get("iso3"));
                }
                let first = mention.tokens.start as usize;
                let word = doc.word(first);
                let plural = self
                    .words
                    .phrase(first, Table::Group)
                    .is_some_and(|(_, g)| g.feat.get_number() == Number::Plural);
                self.drafts[e].feminine = Some(plural || word.ends_with('ة') || word.ends_with('ا'));
            }
            EntityKind::Place => {
                let word = doc.word(mention.tokens.start as usize);
                // States and towns are feminine, but for a few.
                let masculine = word.ends_with("الاردن")
                    || word.ends_with("العراق")
                    || word.ends_with("لبنان")
                    || word.ends_with("اليمن")
                    || word.ends_with("المغرب")
                    || word.ends_with("السودان");
                self.drafts[e].feminine = Some(!masculine);
            }
            EntityKind::Person => {
                let first = mention.tokens.start as usize;
                if self.words.whole(first).any(May::GIVEN.or(May::GIVEN_TOO)) {
                    self.drafts[e].feminine = Some(self.words.whole(first).any(May::FEMININE));
                }
            }
            _ => {}
        }
    }

    fn state_of(&mut self, row: Entry) -> Option<usize> {
        self.states.get(&row.row).copied()
    }

    /// The entity of a state, made with its adjective as a description where the text has no name of it.
    fn state_or_adjective(&mut self, row: Entry, token: usize) -> usize {
        if let Some(e) = self.state_of(row) {
            return e;
        }
        let doc = self.words.doc;
        let e = self.draft(EntityKind::Place, Some(Entry { feat: musnad_lexicon::Feat::default(), ..row }));
        self.drafts[e].country = Some(doc.row(row).get("iso3"));
        self.drafts[e].feminine = Some(true);
        let n = self.words.nisba(token).map_or(1, |(r, _)| usize::from(r.tokens));
        let tokens = Tokens::new(token, token + n);
        self.states.insert(row.row, e);
        self.mention(e, doc.span_of(tokens), tokens, Because::row("entities:state's adjective", row));
        e
    }

    fn mention(&mut self, e: usize, span: Span, tokens: Tokens, because: Because) {
        self.drafts[e].mentions.push(Mention { span, tokens, kind: MentionKind::Description, because });
        self.meet(e, tokens.start);
    }

    /// Takes down that an entity is met at a token.
    fn meet(&mut self, e: usize, at: u32) {
        self.met[e] = at;
        if self.drafts[e].kind == EntityKind::Person {
            self.person = Some(e);
        }
        if self.is_armed(e) {
            self.armed = Some(e);
        }
    }

    /// Whether an entity is a named armed group: تنظيم X, حركة X, or one that the lexicon knows.
    fn is_armed(&self, e: usize) -> bool {
        let doc = self.words.doc;
        let d = &self.drafts[e];
        if d.kind != EntityKind::Organization {
            return false;
        }
        if let Some(row) = d.row.filter(|r| r.table == Table::Organization) {
            return doc.row(row).get("kind").trim_end_matches('?') == "armed";
        }
        d.mentions.first().filter(|m| m.tokens.len() > 1 || m.kind == MentionKind::Name).is_some_and(|m| {
            let first = m.tokens.start as usize;
            let before = first.checked_sub(1).map_or("", |b| doc.bare(b));
            let head = |w: &str| {
                matches!(
                    w.trim_start_matches(['ل', 'ب']).trim_start_matches("ال"),
                    "تنظيم"
                        | "حركة"
                        | "جماعة"
                        | "ميليشيا"
                        | "ميليشيات"
                        | "مليشيا"
                        | "مليشيات"
                        | "كتائب"
                )
            };
            head(before) || head(doc.word(first))
        })
    }

    /// The entity that a title is of.
    fn of(&mut self, of: &Of) -> Option<usize> {
        match of {
            Of::Nisba(token, row) => Some(self.state_or_adjective(*row, *token)),
            Of::Body(f) => {
                let n = self.words.doc.name_at(f.tokens.start as usize)?;
                self.of_name.get(n).copied()
            }
            Of::Noun(token) => {
                let p = phrases::phrase(&self.words, *token)?;
                self.by_head.get(&p.key).copied()
            }
            _ => None,
        }
    }

    fn country_of(&self, e: usize) -> Option<&'static str> {
        self.drafts[e].country
    }

    /// Takes down the offices of those that the text names, wherever they stand, before any description is read.
    fn offices(&mut self, held: &[Held]) {
        let doc = self.words.doc;
        // Heads of bodies first, so that قائد الجيش finds the army.
        for n in 0..doc.names.len() {
            self.learn_heads(n);
        }
        for (k, h) in held.iter().enumerate() {
            let Some(n) = h.holder else { continue };
            let person = self.of_name[n];
            let t = &h.title;
            let said = self.of(&t.of);
            let of = said.or_else(|| self.of_unsaid(t, person));
            let country = of.and_then(|o| self.country_of(o));
            // نظيره الفرنسي: the office of the last one before him.
            let counterpart = t.key.starts_with("نظير");
            let key = held[..k]
                .iter()
                .rev()
                .take(3)
                .find(|p| counterpart && !p.title.key.starts_with("نظير") && p.title.kind == "office")
                .filter(|p| p.title.tokens.end + 16 > t.tokens.start)
                .map_or_else(|| t.key.clone(), |p| p.title.key.clone());
            if self.drafts[person].country.is_none() {
                self.drafts[person].country = country;
            }
            if self.drafts[person].feminine.is_none() || t.feminine {
                self.drafts[person].feminine = Some(t.feminine);
            }
            if self.drafts[person].sector.is_none() {
                self.drafts[person].sector =
                    english::sector(doc.row(t.head), of.map(|o| self.drafts[o].kind));
            }
            let role = match t.kind {
                "office" => true,
                // مراسل, مدرب; but not "brother of".
                "profession" => !matches!(
                    doc.row(t.head).get("word"),
                    "شاهد"
                        | "مواطن"
                        | "مصدر"
                        | "رجل الأعمال"
                        | "رجل أعمال"
                        | "رجل الدين"
                        | "رجل دين"
                        | "طالب"
                        | "الطالب"
                ),
                _ => doc.row(t.head).get("word").starts_with("نظير"),
            };
            let country = country.or(self.drafts[person].country);
            let first = key.split(' ').next().unwrap_or_default().to_owned();
            self.offices.entry(first).or_default().push(Office {
                person,
                key,
                of: said,
                country,
                feminine: t.feminine,
                former: t.former,
                at: t.tokens.start,
            });
            if role {
                let rule = match h.place {
                    Place::Fused => "roles:title+name",
                    _ => "roles:apposition",
                };
                self.roles.push((person, self.with_article(t.words), of, Because::row(rule, t.head)));
            }
        }
        // What the lexicon knows of those who are named.
        for e in 0..self.drafts.len() {
            let Some(row) = self.drafts[e].row.filter(|r| r.table == Table::Person) else { continue };
            for office in doc.row(row).list("offices") {
                let Some((title, rest)) = office.split_once('@') else { continue };
                let place = rest.split(':').next().unwrap_or("");
                let title = musnad_lexicon::fold(title.trim_start_matches("ال"));
                self.known_offices.entry((title, place)).or_insert(e);
            }
        }
    }

    /// A title's words with the article where للوزير has lost its alef: the preposition's lam and the article's are one sign.
    fn with_article(&self, words: Span) -> Span {
        let doc = self.words.doc;
        let lam = 'ل'.len_utf8() as u32;
        let two = Span::new(words.start.saturating_sub(lam), words.start + lam);
        let both = words.start >= lam && words.len() > lam && doc.text(two) == "لل";
        if both { Span::new(words.start - 'ل'.len_utf8() as u32, words.end) } else { words }
    }

    /// What an office is of when the text does not say: a head of state's or government's, a minister's, is of the state whose he is, as
    /// the lexicon or another title of his says, else of the state that the report is most about.
    fn of_unsaid(&self, t: &crate::ar::names::titles::Title, person: usize) -> Option<usize> {
        const NATIONAL: [&str; 14] = [
            "رئيس",
            "وزير",
            "رئيس الوزراء",
            "رئيس وزراء",
            "رئيس الحكومة",
            "رئيس الجمهورية",
            "رئيس الدولة",
            "ملك",
            "العاهل",
            "ولي العهد",
            "وزير الخارجية",
            "وزير الدفاع",
            "وزير الدولة",
            "ولي ولي العهد",
        ];
        let doc = self.words.doc;
        let row = doc.row(t.head);
        let word = row.get("word").trim_start_matches("ال");
        let national = t.kind == "office"
            && (NATIONAL.iter().any(|n| n.trim_start_matches("ال") == word) || word.starts_with("وزير"));
        if t.of != Of::Unsaid || !national || t.number != Number::Singular {
            return None;
        }
        let state = |iso3: &str| {
            self.states
                .values()
                .copied()
                .filter(|e| {
                    self.drafts[*e].country == Some(iso3) && self.drafts[*e].kind == EntityKind::Place
                })
                .min()
        };
        match self.drafts[person].country {
            Some(iso3) => state(iso3),
            None if word.starts_with("رئيس") && word == "رئيس" => None,
            None => self.main_state,
        }
    }

    /// The words by which a later description may mean the body or place of name `n`.
    fn learn_heads(&mut self, n: usize) {
        let doc = self.words.doc;
        let name = &doc.names[n];
        let e = self.of_name[n];
        let mut learn = |word: &str| match self.by_head.get_mut(word) {
            Some(latest) => *latest = e,
            None => {
                self.by_head.insert(word.to_owned(), e);
            }
        };
        let first = name.tokens.start as usize;
        match name.kind {
            EntityKind::Organization => {
                let from = name.span.start > doc.tokens[first].span.start;
                // للمجلس has lost the article's alef: what is left of it is a lam.
                let word = doc.word(first);
                let word = match word.find("لل") {
                    Some(at) if from && at <= 2 => &word[at + 4..],
                    _ if from => word.trim_start_matches(['و', 'ف']).trim_start_matches(['ب', 'ل', 'ك']),
                    _ => word,
                };
                let word = word.strip_prefix("ال").unwrap_or(word);
                learn(word);
                // صحيفة «X»: the word before the quotation mark.
                let quoted = first.checked_sub(1).filter(|b| doc.kind(*b) == Some(Kind::Mark));
                let before = quoted.unwrap_or(first).checked_sub(1);
                if let Some(before) =
                    before.filter(|b| !doc.tokens[first].line_start && self.words.is_word(*b))
                {
                    let word = doc.bare(before).trim_start_matches(['ل', 'ب']);
                    // الحكومة ومجلس الأمة: a noun of its own before a name joined to it is no head of it.
                    let look = self.words.whole(before).or(self.words.look(before).after);
                    if look.any(May::HEAD) && !from && (quoted.is_some() || !word.starts_with("ال")) {
                        learn(word.strip_prefix("ال").unwrap_or(word));
                    }
                }
                if let Some(row) = name.row.filter(|r| r.table == Table::Organization) {
                    for word in described_as(doc.row(row).get("kind")) {
                        learn(word);
                    }
                }
                if word.starts_with("خارجية") || word.starts_with("داخلية") {
                    learn("وزارة");
                }
            }
            EntityKind::Place => {
                if let Some(before) =
                    first.checked_sub(1).filter(|b| !doc.tokens[first].line_start && self.words.is_word(*b))
                {
                    let word = doc.bare(before);
                    if self.words.whole(before).or(self.words.look(before).after).any(May::HEAD) {
                        learn(word.trim_start_matches(['ل', 'ب']));
                    }
                }
                let word = doc.word(first);
                if self.words.whole(first).any(May::HEAD) {
                    learn(word);
                }
                if let Some(row) = name.row {
                    match row.table {
                        Table::Place => learn("مدينة"),
                        Table::PlaceMore => {
                            for word in place_as(doc.row(row).get("kind")) {
                                learn(word);
                            }
                        }
                        _ => {}
                    }
                }
            }
            EntityKind::Document | EntityKind::Occasion => {
                let word = doc.word(first);
                let word = word.strip_prefix("ال").unwrap_or(word);
                learn(word);
            }
            _ => {}
        }
    }

    /// Reads titles that stand alone and other descriptions from left to right.
    fn read(&mut self, held: &[Held]) {
        let doc = self.words.doc;
        self.by_head.clear();
        let mut next_title = 0;
        let mut next_name = 0;
        let mut i = 0;
        while i < self.words.len() {
            while next_name < doc.names.len() && (doc.names[next_name].tokens.start as usize) <= i {
                self.learn_heads(next_name);
                self.meet(self.of_name[next_name], doc.names[next_name].tokens.start);
                next_name += 1;
            }
            while next_title < held.len() && (held[next_title].title.tokens.start as usize) < i {
                next_title += 1;
            }
            if let Some(h) = held.get(next_title).filter(|h| h.title.tokens.start as usize == i) {
                let end = self.title(h);
                // What the title is of may be a description itself (المتحدث باسم الشرطة).
                // Before the holder's name it is part of one phrase, in which he is meant.
                if let Of::Noun(of) = h.title.of
                    && h.place != Place::Fused
                    && let Some(p) = phrases::phrase(&self.words, of)
                    && p.definite
                    && p.tokens.start as usize == of
                {
                    self.phrase(p);
                }
                i = end.max(i + 1);
                continue;
            }
            if !self.words.is_word(i) || !doc.is_read(i) || doc.name_at(i).is_some() {
                i += 1;
                continue;
            }
            // طالب المتظاهرون "the protesters demanded", not "a student": a verb begins the clause.
            if self.begins_with_verb(i) {
                i += 1;
                continue;
            }
            match phrases::phrase(&self.words, i) {
                // تقول تقارير "reports say".
                Some(p)
                    if p.bare
                        && !p.definite
                        && p.kind == EntityKind::Document
                        && self.speaking(i).is_some() =>
                {
                    i = (p.tokens.end as usize).max(i + 1);
                }
                Some(p) => {
                    let end = p.tokens.end as usize;
                    if !self.heads_name(&p) {
                        // معقل المعارضة, عناصر التنظيم: what the head is of is met before it.
                        let inner =
                            p.of.filter(|j| doc.name_at(*j).is_none())
                                .and_then(|j| phrases::phrase(&self.words, j))
                                .filter(|q| q.definite && q.tokens.start as usize > p.tokens.start as usize)
                                .and_then(|q| self.phrase(q));
                        self.whole(p, inner);
                    }
                    i = end.max(i + 1);
                }
                None => i = self.speaking(i).unwrap_or(i + 1).max(i + 1),
            }
        }
    }

    /// Whether a description is only the generic word before a name: صحيفة «X» "the paper X", منظمة X.
    fn heads_name(&self, p: &phrases::Phrase) -> bool {
        let doc = self.words.doc;
        let end = p.tokens.end as usize;
        let quoted =
            end + 1 < doc.tokens.len() && doc.kind(end) == Some(Kind::Mark) && doc.tokens[end].spaced;
        let named = |i: usize| {
            doc.name_at(i).is_some_and(|n| {
                doc.names[n].tokens.start as usize == i
                    && matches!(doc.names[n].kind, EntityKind::Organization | EntityKind::Place)
            })
        };
        let generic = matches!(p.kind, EntityKind::Organization | EntityKind::Place | EntityKind::Group);
        // صحيفة الغارديان, قناة الجزيرة: the name is the whole of its complement.
        let first = p.tokens.start as usize;
        let complement = doc.name_at(first + 1).is_some_and(|n| {
            let name = &doc.names[n];
            name.tokens.start as usize == first + 1 && name.tokens.end as usize == end
        });
        let head = doc
            .word_entries(first)
            .any(|(_, e)| e.table == Table::Head && matches!(doc.row(e).get("kind"), "generic" | "either"));
        // وكالة سبوتنيك, وكالة أنباء «الأناضول»: a medium's word and its name.
        let medium = crate::ar::statements::heads_medium(doc.bare(first));
        if complement && (head || medium) && generic && p.suffix == Suffix::None {
            return true;
        }
        let agency = medium && end == first + 2 && matches!(doc.word(first + 1), "انباء" | "الانباء");
        (p.bare || agency)
            && generic
            && p.suffix == Suffix::None
            && !p.definite
            && (named(end) || quoted && named(end + 1))
    }

    /// Whether the word is a verb of saying at the beginning of its sentence, with its subject behind it.
    fn begins_with_verb(&self, i: usize) -> bool {
        let doc = self.words.doc;
        let first = doc.sentence(i).is_some_and(|(_, s)| s.tokens.start as usize == i);
        first
            && doc.kind(i + 1) == Some(Kind::Word)
            && self.words.is_definite(i + 1)
            && crate::ar::statements::cues::cue(doc, i, i)
                .is_some_and(|c| c.form == crate::ar::statements::cues::Form::Finite && c.len == 1)
    }

    /// The subject of a verb of saying that nothing else describes: قالت القيادة إن "the command said that", ذكرت وثائق أن
    /// "documents mentioned that". Whoever speaks takes part. Gives the token after it.
    fn speaking(&mut self, i: usize) -> Option<usize> {
        let doc = self.words.doc;
        let verb = i.checked_sub(1).filter(|_| self.words.follows(i))?;
        let look = self.words.whole(i);
        if self.words.is_time(i)
            || look.any(May::FUNCTION.or(May::COUNTRY).or(May::FINITE)) && !look.any(May::NOUN)
        {
            return None;
        }
        let (s, sentence) = doc.sentence(i)?;
        let first = sentence.tokens.start as usize;
        let cue = crate::ar::statements::cues::cue(doc, verb, first)?;
        // لراديو "to a radio": an unknown word with the letter of a preposition is no subject.
        let governed = doc.word(i).starts_with(['ل', 'ب']) && !look.any(May::KNOWN);
        if governed
            || self.words.letters(i) < 3
            || matches!(doc.bare(i), "فيها" | "فيه" | "عنها" | "منها" | "بها" | "لها")
        {
            return None;
        }
        // عليها, عنه, المزيد, الكثير: a preposition with its pronoun, or a quantity, is nobody.
        let pronoun = ["علي", "عن", "من", "في", "الي", "لدي", "ب", "ل", "مع"].iter().any(|p| {
            doc.bare(i).strip_prefix(p).is_some_and(|r| matches!(r, "ه" | "ها" | "هم" | "هما" | "نا"))
        });
        if pronoun || matches!(doc.word(i), "المزيد" | "الكثير" | "القليل" | "العديد" | "ما")
        {
            return None;
        }
        // جيدا, خصوصا: how, not who.
        let raw = doc.text(doc.tokens[i].span);
        if raw.contains('\u{64b}')
            || doc.word(i).ends_with('ا')
                && !look.any(May::GIVEN.or(May::SURNAME))
                && self.words.is_ordinary(i)
        {
            return None;
        }
        // وتابع قائلا "and he went on, saying": a participle carries the verb on.
        if doc.word_entries(i).any(|(_, e)| {
            e.feat.is_accusative()
                || e.table == Table::Verb && e.feat.part() == Part::Active && !self.words.is_definite(i)
        }) {
            return None;
        }
        let says = cue.form == crate::ar::statements::cues::Form::Finite
            && cue.len == 1
            && cue.suffix == Suffix::None
            && cue.row.frames.first().is_some_and(|f| {
                matches!(
                    f.then,
                    crate::ar::statements::cues::Then::That | crate::ar::statements::cues::Then::Quote
                )
            })
            && !matches!(
                doc.row(cue.entry).get("word"),
                "زاد" | "عرف" | "فضل" | "نقل" | "وجد" | "أحس" | "بلغ/II"
            );
        if !says || doc.is(verb, Classes::PREPOSITION) {
            return None;
        }
        // أكد رفض "he stressed the refusal", نقل أحداث, تعلن وصولها: what does not agree with its verb is the object.
        let word = doc.word(i);
        let feminine = word.ends_with('ة') || word.ends_with("ات") || word.ends_with('ى');
        let broken =
            doc.word_entries(i).any(|(_, e)| e.feat.get_number() == Number::Plural && !e.feat.is_human());
        let masdar = !self.words.is_definite(i)
            && doc.word_entries(i).any(|(r, e)| {
                r.cut == 0 && e.table == Table::Verb && e.feat.part() == Part::Masdar && !e.feat.is_feminine()
            });
        let owned = masdar
            || doc.word_entries(i).any(|(r, _)| r.suffix != Suffix::None)
                && !self.words.is_definite(i)
                && word.ends_with("ها");
        let noun = look.any(May::KNOWN);
        if noun
            && (owned
                || cue.feat.is_feminine() && !feminine && !broken
                || !cue.feat.is_feminine() && broken && !feminine)
        {
            return None;
        }
        let end = phrases::subject_end(&self.words, i);
        // What is said must follow: a clause, a colon or a quotation.
        let stop = (sentence.tokens.end as usize).min(end + 14);
        let told = (end..stop).find(|k| {
            doc.is(*k, Classes::THAT)
                || doc.is_mark(*k, ':')
                || doc
                    .layout
                    .quotes
                    .iter()
                    .skip(doc.layout.quotes.partition_point(|q| (q.open as usize) < *k))
                    .take(1)
                    .any(|q| q.open as usize == *k)
        })?;
        let spoken = (end..told).all(|k| doc.sentence(k).is_some_and(|x| x.0 == s));
        let bare = end == i + 1 && !self.words.is_definite(i);
        if !spoken {
            return None;
        }
        // Only when and where may come between.
        let between = end == told
            || doc.kind(end) == Some(Kind::Mark)
            || self.words.is_time(end)
            || self.words.whole(end).any(May::FUNCTION)
            || doc.word(end).starts_with(['ل', 'ب']);
        if !between {
            return None;
        }
        let tokens = Tokens::new(i, end);
        let span = doc.span_of(tokens);
        let word = doc.word(i);
        let many = word.ends_with("ون") || word.ends_with("ات") || word.ends_with("ين");
        // A bare word that no table knows is as a rule a foreign surname.
        let surname = bare && !look.any(May::NOUN.or(May::HEAD).or(May::KNOWN)) && !self.words.is_ordinary(i);
        if bare && !surname && !look.any(May::NOUN.or(May::HEAD)) {
            return None;
        }
        let written =
            doc.word_entries(i).any(|(_, e)| e.table == Table::Group && doc.row(e).get("type") == "document");
        // قال الصندوق: a body that has been named.
        if bare_definite(&self.words, i, end)
            && let Some(e) = self.by_head.get(word.trim_start_matches("ال")).copied()
            && matches!(self.drafts[e].kind, EntityKind::Organization)
        {
            self.mention(e, span, tokens, Because::row("entities:speaker", cue.entry));
            return Some(end);
        }
        // قال البائع, قال أحد العاملين: a participle in the singular is somebody.
        let somebody = matches!(word, "احد" | "احدى")
            || self.words.is_definite(i)
                && doc.word_entries(i).any(|(_, e)| {
                    e.table == Table::Verb
                        && matches!(e.feat.part(), Part::Active)
                        && e.feat.get_number() == Number::Singular
                        && !e.feat.is_feminine()
                });
        let kind = match (many, surname || somebody) {
            _ if written => EntityKind::Document,
            (true, _) => EntityKind::Group,
            _ if doc.word(i) == "البعض" => EntityKind::Group,
            (_, true) => EntityKind::Person,
            _ => EntityKind::Organization,
        };
        let key: String =
            tokens.range().map(|k| doc.word(k).trim_start_matches("ال")).collect::<Vec<_>>().join(" ");
        let e =
            self.described(kind, &key, span, tokens, Because::row("entities:speaker", cue.entry), cue.entry);
        if self.drafts[e].english.is_empty() || self.drafts[e].english == doc.row(cue.entry).get("en") {
            let alone = (end == i + 1).then(|| english::noun_alone(doc.word(i))).flatten();
            self.drafts[e].english =
                alone.unwrap_or_else(|| english::name(&self.words, tokens, span, kind, None));
            self.drafts[e].head = None;
        }
        self.drafts[e].feminine = Some(cue.feat.is_feminine());
        Some(end)
    }

    /// A title: beside its holder's name it is a mention, alone it means somebody. Gives the token after what it takes.
    fn title(&mut self, h: &Held) -> usize {
        let doc = self.words.doc;
        let t = &h.title;
        let start = doc.cut(t.tokens.start as usize, usize::from(t.cut));
        let last = t.tokens.end as usize - 1;
        let span = Span::new(start, doc.tokens[last].span.end.max(start));
        let because = Because::row("entities:title", t.head);
        if span.is_empty() || matches!(t.kind, "rank" | "honorific") && !t.definite {
            return h.title.tokens.end as usize;
        }
        if let Some(n) = h.holder {
            if h.place == Place::Beside && !matches!(t.kind, "rank" | "honorific") {
                self.mention(self.of_name[n], span, t.tokens, because);
            }
            return h.title.tokens.end as usize;
        }
        if matches!(t.kind, "honorific") {
            return h.title.tokens.end as usize;
        }
        let row = doc.row(t.head);
        // رئيسا, معلقا: an indefinite accusative alone says what somebody becomes or how he speaks.
        let before = (t.cut == 0)
            .then(|| phrases::before(&self.words, t.tokens.start as usize, t.definite))
            .flatten()
            .filter(|b| b.what != phrases::Before::This);
        let alone = !t.definite && t.words == span && t.tokens.len() == 1 && before.is_none();
        if t.head.feat.is_accusative() && alone {
            return h.title.tokens.end as usize;
        }
        // مصادر عسكرية في المطار: an unnamed source with what is told of it.
        let (mut span, mut tokens) = (span, t.tokens);
        if !t.definite
            && let Some(end) = phrases::source_end(&self.words, tokens, row.get("word"))
        {
            tokens.end = end as u32;
            span.end = doc.tokens[end - 1].span.end;
        }
        // ناشطون مؤيدون للقضية, مسؤولون أمنيون: what is told of somebody who is not named.
        if tokens.end == t.tokens.end && !t.head.feat.is_construct() && t.kind != "relation" {
            let end = phrases::title_end(&self.words, tokens.end as usize, t.definite);
            if end > tokens.end as usize {
                tokens.end = end as u32;
                span.end = doc.tokens[end - 1].span.end;
            }
        }
        // محامو سامر "Samer's lawyers", ضابطا صف: the plural has lost its nun before what it is of.
        let next = tokens.end as usize;
        if t.head.feat.is_construct()
            && t.tokens.len() == 1
            && self.words.follows(next)
            && doc.name_at(next).is_none()
            && !self.words.is_time(next)
            && !self.words.whole(next).any(May::FUNCTION.or(May::FINITE).or(May::NISBA))
        {
            tokens.end += 1;
            span.end = doc.tokens[next].span.end;
        }
        if t.head.feat.is_construct()
            && let Some(n) = doc.name_at(next).filter(|_| self.words.follows(next))
            && doc.names[n].tokens.start as usize == next
            && t.tokens.len() == 1
        {
            tokens.end = doc.names[n].tokens.end;
            span.end = doc.names[n].span.end;
        }
        // المواطن, المواطنون: the people of the state that the report is about.
        if row.get("word") == "مواطن"
            && t.definite
            && let Some(iso3) = self.of(&t.of).or(self.main_state).and_then(|e| self.country_of(e))
        {
            let key = (EntityKind::Group, format!("people {iso3}"));
            if let Some(e) = self.described.get(&key).copied() {
                self.mention(e, span, tokens, because);
                return tokens.end as usize;
            }
            if t.number == Number::Singular {
                return tokens.end as usize;
            }
        }
        // 23 دبلوماسيا, نحو مئة صحفي, أحد محرريها: what stands before the head.
        if let Some(b) = before {
            tokens.start = b.token as u32;
            span.start = doc.cut(b.token, usize::from(b.letters));
            let (kind, number) = match b.what {
                phrases::Before::One => (EntityKind::Person, Number::Singular),
                phrases::Before::Most if t.number == Number::Singular => (EntityKind::Person, t.number),
                _ => (EntityKind::Group, Number::Plural),
            };
            let of = self.of(&t.of);
            let key = doc.text(span).to_owned();
            let e = self.described(kind, &key, span, tokens, because, t.head);
            self.drafts[e].number = number;
            self.drafts[e].country = of.and_then(|o| self.country_of(o));
            return tokens.end as usize;
        }
        if t.number != Number::Singular {
            let of = self.of(&t.of);
            let e = self.described(
                EntityKind::Group,
                &format!("{} {:?}", t.key, of),
                span,
                tokens,
                because,
                t.head,
            );
            self.drafts[e].number = t.number;
            self.drafts[e].country = of.and_then(|o| self.country_of(o));
            return tokens.end as usize;
        }
        let of = self.of(&t.of);
        let country = of.and_then(|o| self.country_of(o));
        // A headline's "a minister" is the one whom the body names.
        let headline =
            doc.layout.paragraphs.first().is_some_and(|p| p.headline && p.tokens.contains(t.tokens))
                && t.kind == "office";
        if (t.definite || headline)
            && let Some(e) = self.holder_of(h, of, country)
        {
            self.mention(e, span, tokens, Because::row("entities:office", t.head));
            return tokens.end as usize;
        }
        // Somebody without a name.
        let key = if t.definite {
            format!("{} {:?}", t.key, country)
        } else {
            format!("{} @{}", t.key, t.tokens.start)
        };
        let e = self.described(EntityKind::Person, &key, span, tokens, because, t.head);
        if self.drafts[e].country.is_none() {
            self.drafts[e].country = country;
        }
        self.drafts[e].feminine = Some(t.feminine);
        if self.drafts[e].sector.is_none() {
            self.drafts[e].sector = english::sector(row, of.map(|o| self.drafts[o].kind));
        }
        let first = t.key.split(' ').next().unwrap_or_default().to_owned();
        self.offices.entry(first).or_default().push(Office {
            person: e,
            key: t.key.clone(),
            of,
            country,
            feminine: t.feminine,
            former: t.former,
            at: t.tokens.start,
        });
        let office = t.kind == "office"
            && !matches!(row.get("word"), "مسؤول" | "مصدر" | "قيادي" | "مالك" | "صاحب" | "عضو")
            || row.get("word") == "مراسل";
        if office && (t.definite || of.is_some() || t.words != span) {
            let of = of.or_else(|| self.of_unsaid(t, e));
            self.roles.push((e, self.with_article(t.words), of, Because::row("roles:description", t.head)));
        }
        tokens.end as usize
    }

    /// Whom a title that stands alone means; `of` is the body or state that it names.
    fn holder_of(&self, h: &Held, of: Option<usize>, country: Option<&'static str>) -> Option<usize> {
        let t = &h.title;
        let first = t.key.split(' ').next().unwrap_or_default();
        let at = t.tokens.start;
        if let Some(list) = self.offices.get(first) {
            let fits = |o: &&Office| {
                let same = o.key == t.key
                    || !t.key.contains(' ')
                    || o.key.starts_with(&t.key) && o.key[t.key.len()..].starts_with(' ');
                let states = match (country, o.country) {
                    (Some(a), Some(b)) => a == b,
                    _ => true,
                };
                // وزير خارجية «الوفاق» "the foreign minister of the Accord": a body of no known state is told apart by itself.
                let bodies = of.is_none() || o.of.is_none() || of == o.of || country.is_some();
                same && states && bodies && o.feminine == t.feminine && (!t.former || o.former)
            };
            // The same office before one that only begins alike; the nearest before, else the first after.
            let exact = |o: &&Office| {
                o.key == t.key && (country.is_some() == o.country.is_some() || country.is_none())
            };
            let recent = list.len().saturating_sub(64);
            let before = |pick: &dyn Fn(&&Office) -> bool| {
                // Of several who hold such an office the one who was met last.
                list.iter()
                    .skip(recent)
                    .filter(|o| o.at < at && fits(o) && pick(o))
                    .max_by_key(|o| (self.met[o.person], o.at))
            };
            let found = before(&exact)
                .or_else(|| before(&|_| true))
                .or_else(|| list.iter().take(64).find(|o| o.at > at && fits(o) && exact(o)))
                .or_else(|| {
                    list.iter()
                        .take(64)
                        .find(|o| o.at > at && fits(o) && country.is_some() && o.country == country)
                });
            if let Some(o) = found {
                return Some(o.person);
            }
        }
        let country = country?;
        self.known_offices.get(&(t.key.clone(), country)).copied()
    }

    /// The entity of a description that is no other's: the same words mean the same.
    fn described(
        &mut self,
        kind: EntityKind,
        key: &str,
        span: Span,
        tokens: Tokens,
        because: Because,
        head: Entry,
    ) -> usize {
        let key = (kind, key.to_owned());
        let e = match self.described.get(&key) {
            Some(e) => *e,
            None => {
                let e = self.draft(kind, None);
                self.drafts[e].head = Some(head);
                self.drafts[e].english = self.words.doc.row(head).get("en").to_owned();
                self.described.insert(key, e);
                e
            }
        };
        self.mention(e, span, tokens, because);
        e
    }

    /// A description by a noun phrase, and what its complement means: عناصر التنظيم "the organisation's members" are the organisation.
    fn whole(&mut self, p: phrases::Phrase, inner: Option<usize>) {
        let doc = self.words.doc;
        let named = p.of.and_then(|j| doc.name_at(j)).and_then(|n| self.of_name.get(n).copied());
        let body = named.or(inner).filter(|e| self.drafts[*e].kind == EntityKind::Organization);
        let word = doc.row(p.head).get("word");
        let members = match word {
            "عنصر" | "مسلح" | "مقاتل" | "فرد" => true,
            "رجل" => {
                body.is_some_and(|e| self.drafts[e].sector.is_none_or(|s| matches!(s, "COP" | "MIL")))
            }
            _ => false,
        };
        let counted = (p.tokens.start as usize) < p.at;
        if let Some(e) = body.filter(|_| members && p.number != Number::Singular && !counted) {
            self.mention(e, p.span, p.tokens, Because::row("entities:members", p.head));
            return;
        }
        self.phrase(p);
    }

    /// A description by a noun phrase; gives the entity that it means.
    fn phrase(&mut self, p: phrases::Phrase) -> Option<usize> {
        let because = Because::row("entities:description", p.head);
        if p.span.is_empty() {
            return None;
        }
        let state = p.state.and_then(|s| self.state_of(s));
        // الجانب الروسي is Russia.
        if p.key == "جانب" || p.key == "طرف" && p.state.is_some() {
            let s = p.state.filter(|_| p.number == Number::Singular && p.definite)?;
            let token = p.tokens.end as usize - 1;
            let e = match state {
                Some(e) => e,
                None => {
                    let e = self.state_or_adjective(s, token);
                    self.drafts[e].mentions.clear();
                    e
                }
            };
            self.mention(e, p.span, p.tokens, because);
            return Some(e);
        }
        if let Some(e) = self.antecedent(&p) {
            // حزب and حركة: verbs may agree with either.
            if self.drafts[e].kind == EntityKind::Organization
                && self.drafts[e].feminine.is_some_and(|f| f != p.feminine)
            {
                self.drafts[e].feminine = None;
            }
            self.mention(e, p.span, p.tokens, because);
            return Some(e);
        }
        self.new_description(p, because)
    }

    /// Whom or what a definite description means that the text has named or described before.
    fn antecedent(&mut self, p: &phrases::Phrase) -> Option<usize> {
        let doc = self.words.doc;
        let latest = self.by_head.get(&p.key).copied();
        let alone = p.bare && p.definite;
        match p.kind {
            EntityKind::Place if alone => match p.key.as_str() {
                // بلاده: the state of the person who is spoken of.
                "بلاد" | "بلد" | "وطن" if p.suffix != Suffix::None => {
                    let iso3 = self.person.and_then(|e| self.country_of(e));
                    let state = |iso3: &str| {
                        let of = |e: &usize| self.drafts[*e].country == Some(iso3);
                        self.states.values().copied().filter(of).min()
                    };
                    iso3.map_or(self.main_state, state)
                }
                "مملكة" => self.kingdom.or(self.main_state),
                "بلاد" | "دولة" | "جمهورية" | "سلطنة" | "وطن" | "بلد" => {
                    self.main_state
                }
                "منطقة" => latest.filter(|e| self.drafts[*e].kind == EntityKind::Place).or(self.region),
                _ => latest.filter(|e| self.drafts[*e].kind == EntityKind::Place),
            },
            // التنظيم الإرهابي, الحركة الانفصالية: the armed group that was named last.
            EntityKind::Organization
                if p.definite
                    && p.suffix == Suffix::None
                    && p.number == Number::Singular
                    && p.of.is_none()
                    && p.state.is_none()
                    && self.armed.is_some()
                    && matches!(
                        p.key.as_str(),
                        "تنظيم" | "حركة" | "جماعة" | "منظمة" | "مجموعة" | "ميليشيا" | "مليشيا"
                    )
                    && (p.at + 1..p.tokens.end as usize).any(|i| {
                        let word = doc.word(i);
                        let word = word.strip_prefix("ال").unwrap_or(word).trim_end_matches('ة');
                        matches!(word, "ارهابي" | "انفصالي" | "متطرف" | "متشدد" | "متمرد" | "مسلح")
                    }) =>
            {
                self.armed
            }
            EntityKind::Organization if p.definite && p.suffix == Suffix::None => {
                latest.filter(|e| self.drafts[*e].kind == EntityKind::Organization).filter(|e| {
                    alone
                        || p.state.is_some_and(|s| self.drafts[*e].country == Some(doc.row(s).get("iso3")))
                        || self.says_less(p, *e)
                })
            }
            // هذا الاتفاق, القمة: one that was named or told of more fully.
            EntityKind::Document | EntityKind::Occasion if p.definite && p.suffix == Suffix::None => {
                latest.filter(|e| self.drafts[*e].kind == p.kind && (p.bare || self.says_less(p, *e)))
            }
            // المسلحون, المتمردون, العناصر الإرهابية: the armed group that the text has named.
            EntityKind::Group
                if p.definite && p.suffix == Suffix::None && p.state.is_none() && p.of.is_none() =>
            {
                let word = doc.row(p.head).get("word");
                let group = matches!(word, "مجموعة مسلحة" | "مجموعة");
                if group && p.number == Number::Singular {
                    return self.armed;
                }
                let rebels = p.bare
                    && matches!(word, "مسلح" | "متمرد" | "انقلابي" | "إرهابي" | "متشدد" | "جهادي" | "متطرف")
                    || word == "عنصر" && !p.bare;
                self.armed.filter(|_| rebels && p.number != Number::Singular)
            }
            _ => None,
        }
    }

    /// Whether every word of a description stands in a mention of the entity: الاتفاق النووي is الاتفاق النووي الإيراني.
    fn says_less(&self, p: &phrases::Phrase, e: usize) -> bool {
        let doc = self.words.doc;
        let bare = |i: usize| {
            let word = doc.bare(i).trim_start_matches(['ل', 'ب']);
            word.strip_prefix("ال").unwrap_or(word)
        };
        let begin = p.at;
        self.drafts[e].mentions.iter().take(8).any(|m| {
            (begin..p.tokens.end as usize)
                .all(|i| m.tokens.range().any(|k| doc.word(k) == doc.word(i) || bare(k) == bare(i)))
        })
    }

    /// A description that means nobody who was met before.
    fn new_description(&mut self, p: phrases::Phrase, because: Because) -> Option<usize> {
        let doc = self.words.doc;
        // وكالة أنباء كوريا الجنوبية (يونهاب): the name follows in brackets.
        let close = p.tokens.end as usize;
        if p.kind == EntityKind::Organization
            && doc.is_mark(close, '(')
            && let Some(n) = doc.name_at(close + 1).filter(|n| doc.names[*n].kind == EntityKind::Organization)
        {
            let e = self.of_name[n];
            self.mention(e, p.span, p.tokens, because);
            return Some(e);
        }
        let key = self.key(&p);
        if p.kind == EntityKind::Place && (!p.definite || p.suffix != Suffix::None && p.bare) {
            return None;
        }
        if matches!(p.kind, EntityKind::Document | EntityKind::Occasion) && p.bare {
            return None;
        }
        // An unnamed person: the definite one was met before.
        if p.kind == EntityKind::Person
            && p.definite
            && p.bare
            && let Some(o) = self.offices.get(&p.key).and_then(|l| l.last())
        {
            let e = o.person;
            self.mention(e, p.span, p.tokens, because);
            return Some(e);
        }
        let e = self.described(p.kind, &key, p.span, p.tokens, because, p.head);
        let country = p.state.map(|s| doc.row(s).get("iso3"));
        let draft = &mut self.drafts[e];
        draft.number = p.number;
        draft.feminine = Some(p.feminine);
        if draft.country.is_none() {
            draft.country = country;
        }
        if p.head.table == Table::Country {
            let row = doc.row(p.head);
            draft.english =
                english::people(row.get("iso3")).unwrap_or_else(|| format!("people of {}", row.get("en")));
        }
        let known_again = matches!(p.kind, EntityKind::Document | EntityKind::Occasion)
            || p.kind == EntityKind::Organization && !p.bare;
        if known_again {
            self.by_head.insert(p.key.clone(), e);
        }
        if p.kind == EntityKind::Person || p.key == "مصدر" {
            self.offices.entry(p.key.clone()).or_default().push(Office {
                person: e,
                key: p.key.clone(),
                of: None,
                country,
                feminine: p.feminine,
                former: false,
                at: p.tokens.start,
            });
        }
        Some(e)
    }

    /// By what a description of its own is known again.
    fn key(&self, p: &phrases::Phrase) -> String {
        let doc = self.words.doc;
        let many = p.number != Number::Singular || p.kind != EntityKind::Person;
        // الشعب الليبي and الليبيون are one; الشعب, المواطنون are the people of the state that the report is about.
        let people = doc.row(p.head).get("word") == "شعب" || p.key == "مواطنون" && p.definite;
        if people && p.of.is_none() {
            let iso3 = match p.state {
                Some(s) => Some(doc.row(s).get("iso3")),
                None => self.main_state.and_then(|e| self.country_of(e)),
            };
            if let Some(iso3) = iso3 {
                return format!("people {iso3}");
            }
        }
        if !many && !p.definite {
            return format!("{} @{}", p.key, p.tokens.start);
        }
        let mut key = p.key.clone();
        if !p.bare {
            for i in p.tokens.range().filter(|i| *i != p.at) {
                key.push(' ');
                let word = doc.word(i);
                let word = word.strip_prefix("ال").unwrap_or(word);
                key.push_str(word.trim_end_matches("ون").trim_end_matches("ين"));
            }
        }
        key
    }

    fn finish(mut self) -> Cast {
        let doc = self.words.doc;
        for d in &mut self.drafts {
            d.mentions.sort_by_key(|m| m.span);
            d.mentions.dedup_by_key(|m| m.span);
        }
        let mut order: Vec<usize> =
            (0..self.drafts.len()).filter(|e| !self.drafts[*e].mentions.is_empty()).collect();
        order.sort_by_key(|e| (self.drafts[*e].mentions[0].span, *e));
        let mut place = vec![None; self.drafts.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = Some(EntityId::at(new));
        }
        let mut roles: Vec<Role> = self
            .roles
            .iter()
            .filter_map(|(person, title, of, because)| {
                Some(Role {
                    person: place[*person]?,
                    title: *title,
                    of: of.and_then(|o| place[o]),
                    because: *because,
                })
            })
            .collect();
        roles.sort_by_key(|r| (r.title, r.person));
        roles.dedup();
        let entities = order.iter().map(|e| entity(&self.words, &self.drafts[*e])).collect();
        let _ = doc;
        Cast { entities, roles, ..Cast::default() }
    }
}

fn entity(words: &Words<'_>, d: &Draft) -> Entity {
    let doc = words.doc;
    let fullest = |kind: MentionKind| {
        d.mentions
            .iter()
            .filter(|m| m.kind == kind && m.because.rule != "entities:members")
            .max_by_key(|m| (doc.text(m.span).chars().count(), std::cmp::Reverse(m.span)))
    };
    let best = fullest(MentionKind::Name)
        .or_else(|| fullest(MentionKind::Description))
        .or_else(|| d.mentions.first());
    let name = best.map_or_else(String::new, |m| {
        // للقوات has lost the article's alef, the name has not.
        let first = m.tokens.start as usize;
        let end = doc.tokens[first].span.end.min(m.span.end).max(m.span.start);
        let word = english::whole_word(words, first, Span::new(m.span.start, end));
        format!("{word}{}", doc.text(Span::new(end, m.span.end)))
    });
    let row = d.row.map(|r| doc.row(r));
    let known = row.map_or("", |r| r.get("en"));
    let name_en = if !known.is_empty() {
        match row.filter(|_| d.row.is_some_and(|r| r.table == Table::Place)) {
            Some(place) => english::place(place),
            None => known.to_owned(),
        }
    } else if !d.english.is_empty() {
        let head = d.head.filter(|h| matches!(h.table, Table::Title | Table::Group));
        match (head, best) {
            (Some(h), Some(m)) => {
                let feminine = d.feminine == Some(true);
                english::description(words, m, doc.row(h), d.number, feminine, d.country)
            }
            (None, Some(m)) if d.head.is_some_and(|h| h.table == Table::Country) => {
                english::counted(words, m, &d.english)
            }
            _ => d.english.clone(),
        }
    } else {
        best.map_or_else(String::new, |m| english::name(words, m.tokens, m.span, d.kind, d.country))
    };
    let link = d.row.and_then(|r| link(r, doc.row(r)));
    Entity {
        kind: d.kind,
        mentions: d.mentions.clone(),
        name,
        name_en,
        country: d.country,
        sector: d.sector,
        link,
        number: d.number,
        feminine: d.feminine,
    }
}

/// Whether a subject is a single word with the article.
fn bare_definite(words: &Words<'_>, i: usize, end: usize) -> bool {
    end == i + 1 && words.is_definite(i)
}

/// The town that a name is, beside the state that it may stand for.
fn town(doc: &Document, name: &Name) -> Option<Entry> {
    let first = name.tokens.start as usize;
    doc.entries(first)
        .find(|(r, e)| {
            matches!(e.table, Table::Place | Table::PlaceMore) && usize::from(r.tokens) == name.tokens.len()
        })
        .map(|(_, e)| e)
}

fn link(entry: Entry, row: Row) -> Option<Link> {
    let position = match (row.get("lat").parse(), row.get("lon").parse()) {
        (Ok(lat), Ok(lon)) => Some((lat, lon)),
        _ => None,
    };
    let (source, id) = match entry.table {
        Table::Country | Table::Place | Table::PlaceMore => ("geonames", row.get("geonames")),
        Table::Organization | Table::Person | Table::Work => ("musnad", row.get("id")),
        _ => return None,
    };
    (!id.is_empty()).then(|| Link { source, id: id.to_owned(), position })
}

/// The capitals that stand for their state somewhere in the text: met where no preposition of place stands before them. One that is
/// met as a town too is the town throughout, unless the state is named itself: in موسكو ... الجانب الروسي "Moscow ... the Russian
/// side" the town and the state are two.
fn acting_capitals(words: &Words<'_>, same: &Sameness) -> HashMap<usize, ()> {
    let doc = words.doc;
    let mut out = HashMap::new();
    let mut company = None;
    let mut towns = Vec::new();
    let mut states = Vec::new();
    for (k, name) in doc.names.iter().enumerate() {
        let x = same.of[k];
        let Some(row) = same.spelled[x].row.filter(|r| r.table == Table::Country) else { continue };
        if row.feat.part() != Part::Metonym {
            states.push(row.row);
            continue;
        }
        if places::elsewhere(words, name, &mut company) {
            continue;
        }
        let first = name.tokens.start as usize;
        let attached = doc.text(Span::new(doc.tokens[first].span.start, name.span.start));
        let before = first.checked_sub(1).filter(|_| !doc.tokens[first].line_start);
        let placed = attached.contains('ب')
            || before.is_some_and(|b| {
                // زار موسكو, شمال موسكو: the town.
                Does::of(doc.bare(b)).any(Does::WHERE.or(Does::VISITS))
                    || words.whole(b).or(words.look(b).after).any(May::HEAD)
                    || matches!(doc.word(b), "العاصمة" | "بالعاصمة" | "للعاصمة")
            });
        // بين الزنتان وطرابلس: beside a town it is a town.
        let beside = attached.contains('و')
            && before.and_then(|b| doc.name_at(b)).is_some_and(|n| {
                let n = &doc.names[n];
                n.kind == EntityKind::Place && n.row.is_none_or(|r| r.table != Table::Country)
            });
        // طرابلس الليبية: a state has no adjective of itself.
        let own = words
            .nisba(name.tokens.end as usize)
            .is_some_and(|(_, x)| doc.row(x).get("iso3") == doc.row(row).get("iso3"));
        // موسكو: الاتفاق ملغى: at the head of a headline the state speaks.
        let headline = first == 0 && doc.is_mark(name.tokens.end as usize, ':');
        let dateline = doc.tokens[first].line_start
            && !headline
            && doc.kind(name.tokens.end as usize) == Some(crate::document::Kind::Mark);
        // زار الوزير الفرنسي موسكو: what is visited is the town.
        let visited = (1..=5)
            .map_while(|n| first.checked_sub(n))
            .take_while(|b| words.is_word(*b) && !doc.tokens[b + 1].line_start)
            .any(|b| words.does(b, Does::VISITS) && words.whole(b).any(May::FINITE));
        if !placed && !beside && !dateline && !visited && !own {
            out.insert(x, ());
        } else if !dateline {
            towns.push((x, row.row));
        }
    }
    for (x, row) in towns {
        if !states.contains(&row) {
            out.remove(&x);
        }
    }
    out
}

/// The words by which an organisation of a kind is meant again.
fn described_as(kind: &str) -> &'static [&'static str] {
    match kind.trim_end_matches('?') {
        "ministry" => &["وزارة"],
        "parliament" => &["برلمان", "مجلس"],
        "army" => &["جيش"],
        "police" => &["شرطة"],
        "court" => &["محكمة"],
        "party" => &["حزب"],
        "movement" => &["حركة"],
        "armed" => &["تنظيم", "حركة", "جماعة", "مجموعة", "ميليشيا", "مليشيا"],
        "agency" => &["وكالة"],
        "channel" => &["قناة", "شبكة"],
        "radio" => &["اذاعة", "راديو"],
        "paper" => &["صحيفة", "جريدة", "مجلة"],
        "site" => &["موقع"],
        "company" => &["شركة"],
        "bank" => &["بنك", "مصرف"],
        "ngo" | "international" => &["منظمة", "هيئة"],
        "union" => &["نقابة", "اتحاد"],
        "university" => &["جامعة"],
        "sport" => &["نادي", "فريق"],
        _ => &[],
    }
}

/// The words by which a place of a kind is meant again.
fn place_as(kind: &str) -> &'static [&'static str] {
    match kind {
        "governorate" => &["محافظة", "ولاية", "اقليم"],
        "country-part" => &["منطقة", "اقليم"],
        "region" => &["منطقة"],
        "district" | "city" => &["مدينة", "بلدة", "منطقة"],
        "camp" => &["مخيم"],
        "airport" => &["مطار"],
        "crossing" => &["معبر"],
        "base" => &["قاعدة"],
        "island" => &["جزيرة"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{EntityKind, MentionKind};
    use crate::span::Span;
    use crate::{Report, read_until};

    /// Whether two words are mentions of one entity.
    fn same(text: &str, a: &str, b: &str) -> bool {
        let doc = read_until(Report { text: text.into(), ..Report::default() }, 5);
        doc.check().expect("an orderly document");
        let of = |what: &str| {
            doc.cast.entities.iter().position(|e| e.mentions.iter().any(|m| doc.text(m.span) == what))
        };
        assert!(of(a).is_some(), "{a} is nobody in {text}");
        assert!(of(b).is_some(), "{b} is nobody in {text}");
        of(a) == of(b)
    }

    #[test]
    fn surnames_and_spellings() {
        let text = "وصل الوزير إيفان كالدار. وقال كلدار نعم. وحضر كريم العطار ونجله سامي العطار";
        assert!(same(text, "إيفان كالدار", "كلدار"));
        assert!(!same(text, "كريم العطار", "سامي العطار"));
        // Cousins of one first name.
        let text = "حضر خالد بن سامر بن منصور وزير الصحة. وحضر خالد بن كريم بن منصور وزير العدل";
        assert!(!same(text, "خالد بن سامر بن منصور", "خالد بن كريم بن منصور"));
    }

    #[test]
    fn offices_and_bodies_by_description() {
        let text =
            "وصل رئيس الوزراء سامر الحكيم. وقال رئيس الوزراء نعم. ورفضت حركة الضفاف ذلك وقالت الحركة لا";
        assert!(same(text, "سامر الحكيم", "رئيس الوزراء"));
        assert!(same(text, "حركة الضفاف", "الحركة"));
    }

    #[test]
    fn capitals_that_act_are_their_states() {
        assert!(same("أدانت روسيا الهجوم وطالبت موسكو بتحقيق", "روسيا", "موسكو"));
        assert!(!same("وصل الوفد إلى موسكو وقالت روسيا نعم", "روسيا", "موسكو"));
    }

    #[test]
    fn countries_links_and_english() {
        let text = "قال الرئيس الفرنسي كارلو تورليو في دمشق نعم";
        let doc = read_until(Report { text: text.into(), ..Report::default() }, 5);
        let entity = |name: &str| doc.cast.entities.iter().find(|e| e.name == name).expect("an entity");
        assert_eq!(entity("كارلو تورليو").country, Some("FRA"));
        assert_eq!(entity("دمشق").name_en, "Damascus");
        assert_eq!(entity("دمشق").link.as_ref().map(|l| l.source), Some("geonames"));
    }

    /// All descriptions with what they are.
    fn descriptions(text: &str, expect: &[(&str, EntityKind)]) {
        let doc = read_until(Report { text: text.into(), ..Report::default() }, 5);
        doc.check().expect("an orderly document");
        let mut got: Vec<(Span, EntityKind)> = Vec::new();
        for e in &doc.cast.entities {
            got.extend(
                e.mentions.iter().filter(|m| m.kind == MentionKind::Description).map(|m| (m.span, e.kind)),
            );
        }
        got.sort_by_key(|(span, _)| *span);
        let got: Vec<_> = got.into_iter().map(|(span, kind)| (doc.text(span), kind)).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn how_far_descriptions_reach() {
        use EntityKind::{Group, Organization, Person};
        // Numbers and what limits them.
        descriptions(
            "أصاب الانفجار نحو عشرين جنديا وأكثر من 30 شرطيا",
            &[("نحو عشرين جنديا", Group), ("أكثر من 30 شرطيا", Group)],
        );
        descriptions(
            "تحدث أحد المتظاهرين مع بعض النواب",
            &[("أحد المتظاهرين", Person), ("بعض النواب", Group)],
        );
        // What a participle goes on with.
        descriptions("ظهر ناشطون مؤيدون للحكومة", &[("ناشطون مؤيدون للحكومة", Group)]);
        // An indefinite complement, and none after a plural that keeps its nun.
        descriptions("شكلت البلدية لجنة تحقيق", &[("لجنة تحقيق", Organization)]);
        descriptions("ظهر متشددون الأسبوع كله", &[("متشددون", Group)]);
    }

    #[test]
    fn what_is_nobody() {
        // Negotiations, a political solution, a press conference; a plan that is tight and no court, on the other hand.
        descriptions("بدأت مفاوضات حول الحل السياسي في مؤتمر صحفي", &[]);
        descriptions("وضع خطة عسكرية محكمة من جهة أخرى", &[("خطة عسكرية", EntityKind::Document)]);
    }
}
