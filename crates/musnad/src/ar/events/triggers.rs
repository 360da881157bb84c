//! Which words name an event: the rows of `triggers.tsv`, made ready once, and the search for them in a text.

use super::Speech;
use super::phrases::heads_body;
use super::scene::is_resumption;
use crate::document::{Classes, Document, Kind, MentionKind, Proclitics, Reading, Rejected, Status, Suffix};
use crate::document::{EntityKind, Role, Toll};
use crate::span::{Span, Tokens};
use musnad_lexicon::{Entry, Feat, Part, Row, Table, arabic, fold};
use std::sync::OnceLock;

/// Where a participant stands, seen from the trigger.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Slot {
    /// The subject; of a noun or masdar, of the verb that governs it.
    Subject,
    /// The object; of a masdar the genitive.
    Object,
    /// The genitive or the adjective of belonging.
    Genitive,
    /// The word itself: قتيل "a dead man".
    Itself,
    /// After a preposition.
    After(&'static str),
}

/// Slots that are filled together.
pub(super) type Frame = Vec<Slot>;

/// What a row asks for before it holds.
#[derive(Default, Debug)]
pub(super) struct Conditions {
    /// One of these among the words after the trigger.
    with: Vec<String>,
    /// None of these there.
    not: Vec<String>,
    /// One of these in the sentence.
    near: Vec<String>,
    /// Parts of the verb that count; empty for the usual ones.
    only: Vec<Part>,
    /// A genitive that follows must be a participant.
    pub(super) genitive_is_participant: bool,
    /// An actor must be found.
    pub(super) actor: bool,
    /// A recipient must be found.
    pub(super) recipient: bool,
    /// Two sides must be found.
    pub(super) two: bool,
}

/// A row of `triggers.tsv`, taken apart.
#[derive(Debug)]
pub(super) struct Rule {
    /// The row.
    pub(super) entry: Entry,
    /// The type; empty where the row names no event.
    pub(super) kind: &'static str,
    pub(super) mode: Option<&'static str>,
    pub(super) actor: Vec<Frame>,
    pub(super) recipient: Vec<Frame>,
    pub(super) status: Option<Status>,
    pub(super) conditions: Conditions,
    /// What those suffered whom the word counts.
    pub(super) toll: Option<Toll>,
    /// The sphere of life that the word is a mark of.
    pub(super) sphere: Option<&'static str>,
    /// Where the event stands that the word tells of as news: `subj`, `obj` or a preposition.
    pub(super) tells: Vec<&'static str>,
    /// How much its conditions say: the more, the better the row knows.
    weight: usize,
}

impl Rule {
    /// Whether it says something of the event that the word governs.
    pub(super) fn governs(&self) -> bool {
        self.kind.is_empty()
            && (!self.actor.is_empty() || !self.recipient.is_empty() || self.status.is_some())
    }
    /// Whether what it covers is no trigger.
    fn blocks(&self) -> bool {
        self.kind.is_empty() && !self.governs() && self.sphere.is_none() && self.tells.is_empty()
    }
}

/// All rules, by row.
pub(super) fn rules() -> &'static [Rule] {
    static RULES: OnceLock<Vec<Rule>> = OnceLock::new();
    RULES.get_or_init(|| arabic().rows(Table::Trigger).map(|(at, row)| rule(at, row)).collect())
}

/// The rule of an entry of the triggers' table.
pub(super) fn rule_of(entry: Entry) -> Option<&'static Rule> {
    let all = rules();
    all.binary_search_by_key(&entry.row, |r| r.entry.row).ok().and_then(|i| all.get(i))
}

fn rule(at: u32, row: Row) -> Rule {
    let frames = |column: &str| -> Vec<Frame> {
        row.list(column).map(|f| f.split('+').filter_map(slot).collect()).collect()
    };
    let mut conditions = Conditions::default();
    let mut sphere = None;
    let mut tells = Vec::new();
    let mut toll = None;
    let mut weight = 0;
    for condition in row.list("conditions") {
        let (name, values) = condition.split_once(':').unwrap_or((condition, ""));
        let word = |w: &str| match w.strip_suffix('*') {
            Some(front) => format!("{}*", fold(front)),
            None => fold(w),
        };
        let words = || values.split('/').map(word).collect::<Vec<String>>();
        match name {
            "with" => conditions.with = words(),
            "not" => conditions.not.extend(words()),
            "near" => conditions.near = words(),
            "gen" => conditions.genitive_is_participant = true,
            "needs" => match values {
                "actor" => conditions.actor = true,
                "recipient" => conditions.recipient = true,
                _ => conditions.two = true,
            },
            "only" => {
                for value in values.split('/') {
                    match value {
                        "finite" => {
                            conditions.only.extend([Part::Past, Part::Present, Part::Imperative]);
                        }
                        "past" => conditions.only.push(Part::Past),
                        "present" => conditions.only.push(Part::Present),
                        "masdar" => conditions.only.push(Part::Masdar),
                        "active" => conditions.only.push(Part::Active),
                        _ => conditions.only.push(Part::Passive),
                    }
                }
            }
            "toll" => {
                toll = Some(match values {
                    "dead" => Toll::Dead,
                    "injured" => Toll::Injured,
                    _ => Toll::Arrested,
                });
            }
            "tells" => tells = values.split('/').map(preposition).collect(),
            _ => sphere = Some(values),
        }
        // Words that stand there tell more than the part of speech, and what does not stand there tells nothing.
        weight += match name {
            "with" | "near" => 2,
            "not" | "toll" => 0,
            _ => 1,
        };
    }
    Rule {
        entry: Entry { table: Table::Trigger, row: at, feat: Feat::default() },
        kind: row.get("type"),
        mode: Some(row.get("mode")).filter(|m| !m.is_empty()),
        actor: frames("actor"),
        recipient: frames("recipient"),
        status: status(row.get("status")),
        conditions,
        toll,
        sphere,
        tells,
        weight,
    }
}

fn slot(word: &'static str) -> Option<Slot> {
    Some(match word {
        "subj" => Slot::Subject,
        "obj" => Slot::Object,
        "gen" => Slot::Genitive,
        "self" => Slot::Itself,
        other => Slot::After(preposition(other.strip_prefix("prep:")?)),
    })
}

/// The folded spelling of a preposition of the table.
fn preposition(word: &'static str) -> &'static str {
    match word {
        "إلى" => "الى",
        "أمام" => "امام",
        "أيدي" => "ايدي",
        other => other,
    }
}

fn status(word: &str) -> Option<Status> {
    Some(match word {
        "happened" => Status::Happened,
        "ongoing" => Status::Ongoing,
        "planned" => Status::Planned,
        "called_for" => Status::CalledFor,
        "possible" => Status::Possible,
        "denied" => Status::Denied,
        _ => return None,
    })
}

/// A word or phrase that may name an event, or that governs one that does.
#[derive(Clone, Copy)]
pub(super) struct Found {
    /// The token, the first of a phrase.
    pub(super) at: usize,
    /// The token after the last.
    pub(super) end: usize,
    /// The words without attached letters, the article kept.
    pub(super) span: Span,
    /// The row of the event; `None` for what only governs.
    pub(super) event: Option<&'static Rule>,
    /// The row by which it governs.
    pub(super) governor: Option<&'static Rule>,
    pub(super) feat: Feat,
    pub(super) proclitics: Proclitics,
    pub(super) suffix: Suffix,
    /// The token by which the row knew its sense: الهدنة of قطع الهدنة "broke the truce".
    pub(super) with: Option<usize>,
}

impl Found {
    /// Whether it is a finite verb here.
    pub(super) fn is_finite(&self) -> bool {
        self.feat.is_finite()
    }
    /// Whether it stands with the article.
    pub(super) fn is_definite(&self) -> bool {
        self.proclitics.any(Proclitics::AL)
    }
}

/// What [`find`] finds.
#[derive(Default)]
pub(super) struct Triggers {
    /// All triggers and governors of the text, in order.
    pub(super) found: Vec<Found>,
    /// The tokens that speak of nature's force or of an accident, in order.
    pub(super) accidents: Vec<usize>,
    /// The words that tell of an event as news, in order.
    pub(super) tellers: Vec<Teller>,
    /// Whether the whole report is about art or business, or about an accident.
    pub(super) private: bool,
}

/// A word that tells of an event as news: أسفر عن "resulted in", شن "launched".
#[derive(Clone, Copy)]
pub(super) struct Teller {
    pub(super) at: usize,
    pub(super) rule: &'static Rule,
    pub(super) feat: Feat,
    pub(super) proclitics: Proclitics,
}

/// All triggers and governors of the text, none where the whole report is about sport.
pub(super) fn find(doc: &Document, speech: &Speech, rejected: &mut Vec<Rejected>) -> Triggers {
    let titles = title_tokens(doc);
    let mut cues: Vec<u32> = doc.statements.iter().map(|s| doc.tokens_of(s.cue).start).collect();
    cues.sort_unstable();
    let mut out: Vec<Found> = Vec::new();
    let mut accidents = Vec::new();
    let mut tellers = Vec::new();
    let (mut sport, mut art, mut business) = (0, 0, 0);
    let mut words = 0;
    let mut free_from = 0;
    let mut next_title = 0;
    for i in 0..doc.tokens.len() {
        if doc.kind(i) != Some(Kind::Word) || !doc.is_read(i) {
            continue;
        }
        words += 1;
        if i < free_from {
            continue;
        }
        while titles.get(next_title).is_some_and(|t| t.end as usize <= i) {
            next_title += 1;
        }
        let in_title = titles.get(next_title).is_some_and(|t| t.has(i));
        let seen = look(doc, speech, i, out.last());
        match seen.sphere {
            Some("sport") => sport += 1,
            Some("art") => art += 1,
            Some("business") => business += 1,
            Some("nature") => accidents.push(i),
            _ => {}
        }
        tellers.extend(seen.teller);
        if let Some(end) = seen.blocked {
            free_from = end;
            continue;
        }
        let Some(found) = seen.found else { continue };
        let cue = cues.binary_search(&(i as u32)).is_ok();
        if found.event.is_some() && !cue && (in_title || is_named(doc, &found)) {
            rejected.push(Rejected {
                span: found.span,
                rule: "events:trigger",
                reason: "it is part of a name or title",
            });
            continue;
        }
        free_from = found.end;
        if found.event.is_none() && !found.is_finite() && heads_body(doc, i) {
            continue;
        }
        out.push(found);
    }
    // A match is full of attacks, strikes and defeats.
    if sport >= 3 && sport * 50 >= words {
        rejected.extend(out.iter().filter(|f| f.event.is_some()).map(|f| Rejected {
            span: f.span,
            rule: "events:sphere",
            reason: "the report is about sport",
        }));
        out.clear();
    }
    let about = |marks: usize| marks >= 3 && marks * 60 >= words;
    Triggers {
        private: about(art) || about(business) || about(accidents.len()),
        found: out,
        accidents,
        tellers,
    }
}

/// The titles of the roles, in order, as tokens.
fn title_tokens(doc: &Document) -> Vec<Tokens> {
    let mut out: Vec<Tokens> = doc.cast.roles.iter().map(|r: &Role| doc.tokens_of(r.title)).collect();
    out.sort_unstable();
    out
}

/// Whether the trigger is part of a proper name, or the head of what somebody is called (المتظاهرون "the demonstrators").
fn is_named(doc: &Document, found: &Found) -> bool {
    let itself =
        found.event.is_some_and(|r| r.recipient.iter().chain(&r.actor).flatten().any(|s| *s == Slot::Itself));
    if itself {
        return doc.name_at(found.at).is_some();
    }
    if let Some(name) = doc.name_at(found.at).and_then(|n| doc.names.get(n)) {
        return !matches!(name.kind, EntityKind::Occasion) || name.tokens.start as usize != found.at;
    }
    let Some(at) = doc.cast.covering(found.at) else { return false };
    let (Some(entity), Some(mention)) = (doc.entity(at.entity), doc.mention(at)) else { return false };
    match (entity.kind, mention.kind) {
        (_, MentionKind::Pronoun) => false,
        (EntityKind::Occasion, _) => false,
        (EntityKind::Document, kind) => kind == MentionKind::Name && found.feat.part() != Part::Passive,
        (_, MentionKind::Name) => true,
        // لجنة تحقيق "a commission of inquiry" inquires.
        (EntityKind::Organization | EntityKind::Place, MentionKind::Description) => {
            found.feat.part() != Part::Passive && found.event.is_none_or(|r| r.mode != Some("investigate"))
        }
        // منفذو الهجوم "the perpetrators of the attack" names an attack.
        (EntityKind::Person | EntityKind::Group, MentionKind::Description) => {
            let part = found.feat.part();
            // مفاوضات alone is "negotiations", whoever else the word may mean.
            let noun = part == Part::Noun && at.tokens.len() == 1;
            at.tokens.start as usize == found.at && part != Part::Passive && !noun
        }
    }
}

/// What [`look`] sees at a token.
#[derive(Default)]
struct Seen {
    found: Option<Found>,
    /// The token after a phrase in which nothing is a trigger.
    blocked: Option<usize>,
    /// The sphere of life that it is a mark of.
    sphere: Option<&'static str>,
    teller: Option<Teller>,
}

fn look(doc: &Document, speech: &Speech, i: usize, before: Option<&Found>) -> Seen {
    let lexicon = arabic();
    let mut seen = Seen::default();
    let mut event: Option<(&'static Rule, Entry, &Reading)> = None;
    let mut governor: Option<(&'static Rule, Entry, &Reading)> = None;
    let mut with = None;
    let mut nominal: Option<Option<bool>> = None;
    let function_word = doc.tokens.get(i).is_some_and(|t| t.classes != Classes::default());
    let spoken = speech.at(i).is_some() || doc.quote(i).is_some();
    for (reading, entry) in doc.entries(i) {
        if !matches!(entry.table, Table::Verb | Table::Noun | Table::Trigger) {
            continue;
        }
        // هناك "there" is no "he congratulated you", and يرد is "he responds" where nothing shortens يردي.
        let functional = reading.tokens == 1 && function_word && is_function_word(doc, i, reading, entry);
        // لا تفقد "does not lose" is no "inspected", وهو أمر "which is a matter" no "ordered".
        let no_past = entry.table == Table::Verb
            && entry.feat.part() == Part::Past
            && reading.tokens == 1
            && i.checked_sub(1).is_some_and(|p| {
                matches!(doc.bare(p), "لم" | "لن" | "لا" | "سوف" | "كي" | "لكي")
                    || matches!(doc.bare(p), "هو" | "هي" | "لهو") && homograph(doc, i, true)
            });
        // شنقا "by hanging" is no "the two hanged".
        let two = entry.table == Table::Verb
            && entry.feat.is_finite()
            && entry.feat.get_number() == musnad_lexicon::Number::Dual
            && doc.word_entries(i).any(|(_, e)| {
                e.table == Table::Verb && e.feat.part() == Part::Masdar && e.feat.is_accusative()
            });
        if reading.tokens == 1
            && (two
                || no_past
                || entry.table == Table::Verb && is_of_women(entry.feat)
                || addresses(reading, entry) && !spoken)
        {
            continue;
        }
        // Phrases come first: once one is taken, the word alone says nothing.
        if reading.tokens == 1 && event.is_some_and(|(_, _, r)| r.tokens > 1) {
            break;
        }
        for trigger in lexicon.linked(entry, Table::Trigger) {
            let Some(rule) = rule_of(trigger) else { continue };
            if rule.sphere.is_some() {
                seen.sphere = rule.sphere;
                // تحطم طائرة "the crash of a plane" smashes nothing.
                if reading.tokens > 1 {
                    seen.blocked = Some(i + usize::from(reading.tokens));
                    return seen;
                }
                continue;
            }
            if !rule.tells.is_empty() {
                let resumed = entry.feat.is_finite() && reading.suffix != Suffix::None;
                let part = entry.feat.is_finite() || entry.feat.part() == Part::Masdar;
                if part && holds(doc, i, i + usize::from(reading.tokens), rule, resumed).is_some() {
                    let teller = Teller { at: i, rule, feat: entry.feat, proclitics: reading.proclitics };
                    // تعرض is "came under" where nothing makes it a noun.
                    let sure = *nominal.get_or_insert_with(|| is_nominal(doc, i, reading, before));
                    let rank = |t: &Teller| {
                        (t.proclitics == Proclitics::default(), t.feat.is_finite() != (sure == Some(true)))
                    };
                    if seen.teller.is_none_or(|old| rank(&teller) > rank(&old)) {
                        seen.teller = Some(teller);
                    }
                }
                continue;
            }
            if rule.blocks() {
                // A form that is a word of its own: مقاتلات "fighter planes", beside the verb's مقاتلة.
                if reading.tokens > 1 || entry.table == Table::Trigger {
                    seen.blocked = Some(i + usize::from(reading.tokens));
                    return seen;
                }
                continue;
            }
            let end = i + usize::from(reading.tokens);
            if !counts(doc, i, reading, entry, rule) {
                continue;
            }
            let resumed = entry.feat.is_finite() && reading.suffix != Suffix::None;
            let Some(took) = holds(doc, i, end, rule, resumed) else { continue };
            // عبر ... عن تقديره "expressed his esteem" is no "through".
            if functional && !took.is_some_and(|k| k > end && doc.word(k - 1) == "عن") {
                continue;
            }
            let feat = entry.feat;
            // So of a verb with further words: زرع عبوة "laid, laying a charge".
            if entry.table == Table::Verb
                || reading.tokens > 1 && (feat.is_finite() || feat.part() == Part::Masdar)
            {
                let sure = *nominal.get_or_insert_with(|| is_nominal(doc, i, reading, before));
                let conflicts = match sure {
                    Some(nominal) => nominal == feat.is_finite(),
                    None => false,
                };
                if conflicts && homograph(doc, i, feat.is_finite()) {
                    continue;
                }
            }
            let best = if rule.governs() { &mut governor } else { &mut event };
            let better = best.is_none_or(|(old, e, r)| {
                let rank = |rule: &Rule, e: Entry, r: &Reading| {
                    (
                        r.tokens,
                        std::cmp::Reverse(cost(doc, i, r, e)),
                        rule.weight,
                        e.feat.is_finite(),
                        std::cmp::Reverse(r.cut),
                    )
                };
                rank(rule, entry, reading) > rank(old, e, r)
            });
            if better {
                *best = Some((rule, entry, reading));
                if !rule.governs() {
                    with = took;
                }
            }
        }
    }
    let event = event.filter(|(_, e, r)| r.tokens > 1 || !is_outdone(doc, i, r, *e));
    let Some((_, entry, reading)) = event.or(governor) else { return seen };
    // The article is part of the word as it is cited: الهجوم.
    let article = if reading.proclitics.any(Proclitics::AL) {
        let written = !(reading.proclitics.any(Proclitics::LI)
            && reading.cut <= 2 + u8::from(reading.proclitics.any(Proclitics::AND)));
        if written { 2 } else { 0 }
    } else {
        0
    };
    let start = doc.cut(i, usize::from(reading.cut).saturating_sub(article));
    let end = i + usize::from(reading.tokens);
    // Of a phrase the first word is the trigger: ألقى of ألقى القبض; a noun's adjective tells nothing more.
    let stop = doc.tokens.get(i).map_or(start, |t| t.span.end);
    seen.found = Some(Found {
        at: i,
        end,
        span: Span::new(start, stop.max(start)),
        event: event.map(|(r, ..)| r),
        governor: governor.map(|(r, ..)| r),
        feat: entry.feat,
        proclitics: reading.proclitics,
        suffix: reading.suffix,
        with,
    });
    seen
}

/// Whether a present tense has lost its long vowel (يقل, ينف) where nothing takes it: لم, لا and ل do.
fn is_short(doc: &Document, i: usize, reading: &Reading, entry: Entry) -> bool {
    let feat = entry.feat;
    if feat.part() != Part::Present
        || feat.get_number() != musnad_lexicon::Number::Singular && feat.get_person() == 3
        || reading.proclitics.any(Proclitics::LI)
    {
        return false;
    }
    let full = doc.row(entry).get("imperfect").chars().count();
    let letters = doc.word(i).chars().count();
    let here = letters.saturating_sub(usize::from(reading.cut + reading.suffix_letters));
    here < full && !(i > 0 && doc.is(i - 1, Classes::NEGATION))
}

/// Whether a form means who speaks or who is spoken to: where nobody speaks its letters are something else (يعاني "suffers" is
/// no "he helps me", أمني is "of security").
fn addresses(reading: &Reading, entry: Entry) -> bool {
    matches!(reading.suffix, Suffix::I | Suffix::Me | Suffix::We | Suffix::You | Suffix::YouAll)
        || entry.feat.is_finite() && entry.feat.get_person() != 3
}

/// How much a reading asks of the reader: clitics, a dropped vowel, a passive that the letters show.
fn cost(doc: &Document, i: usize, reading: &Reading, entry: Entry) -> u8 {
    let feat = entry.feat;
    let article = if reading.proclitics.any(Proclitics::AL) { 2 } else { 0 };
    // و "and" costs nothing.
    let and = u8::from(reading.proclitics.any(Proclitics::AND));
    let mut cost = reading.cut.saturating_sub(article + and)
        + reading.suffix_letters
        + u8::from(reading.suffix != Suffix::None);
    if entry.table == Table::Verb {
        cost += 4 * u8::from(is_short(doc, i, reading, entry));
        if feat.is_finite() {
            cost += 2 * u8::from(feat.is_passive()) + 3 * u8::from(feat.get_person() != 3);
            cost += u8::from(feat.get_number() == musnad_lexicon::Number::Dual);
        }
    }
    cost
}

/// Whether the token is more easily read as a word that names no event: وزير is "minister" and no passive of زار "visited".
fn is_outdone(doc: &Document, i: usize, reading: &Reading, entry: Entry) -> bool {
    if doc.time_at(i).is_some() {
        // فجر السبت "at dawn on Saturday" is no explosion.
        return true;
    }
    let own = cost(doc, i, reading, entry);
    if own == 0 {
        return false;
    }
    let lexicon = arabic();
    doc.word_entries(i).any(|(r, e)| {
        let rival = matches!(e.table, Table::Verb | Table::Noun | Table::Title | Table::Cue)
            || e.table == Table::Particle && doc.row(e).get("class") != "by";
        if !rival || cost(doc, i, r, e) > own {
            return false;
        }
        let event = lexicon.linked(e, Table::Trigger).any(|t| rule_of(t).is_some_and(|r| !r.kind.is_empty()));
        let says = || {
            lexicon.linked(e, Table::Cue).next().is_some()
                || matches!(e.table, Table::Particle | Table::Title | Table::Cue)
        };
        let cheaper = cost(doc, i, r, e) < own;
        // بحثه is "his search", whatever its rows ask for, and no "with urging him".
        let whole = cheaper && r.cut < reading.cut && e.table == Table::Verb;
        whole || !event && (cheaper || says())
    })
}

/// Whether the token is a function word as easily as the word that it is read as: قبل is "before" and no "accepted", but فتحت is
/// "opened" and no "so under". Of those that tell a doer (بدعم "with the backing of") the noun still counts.
fn is_function_word(doc: &Document, i: usize, reading: &Reading, entry: Entry) -> bool {
    let own = (cost(doc, i, reading, entry), reading.cut);
    // هنأ "congratulated" is written unlike هنا "here".
    let hamza = doc.tokens.get(i).is_some_and(|t| doc.text(t.span).ends_with('أ'));
    doc.word_entries(i).any(|(r, e)| {
        e.table == Table::Particle
            && doc.row(e).get("class") != "by"
            && (cost(doc, i, r, e), r.cut) <= own
            && (!hamza || doc.row(e).get("word").ends_with('أ'))
    })
}

/// Whether a verb speaks of several women: news hardly ever does, and اثنين "two" is spelled like "they (women) praised".
fn is_of_women(feat: Feat) -> bool {
    feat.is_finite() && feat.is_feminine() && feat.get_number() == musnad_lexicon::Number::Plural
}

/// Whether the token has a reading of the other sort, finite or nominal, with the same letters.
fn homograph(doc: &Document, i: usize, finite: bool) -> bool {
    doc.word_entries(i).any(|(_, e)| match e.table {
        Table::Verb => e.feat.is_finite() != finite,
        Table::Noun => finite,
        _ => false,
    })
}

/// Whether a part of the verb counts for a row.
fn counts(doc: &Document, i: usize, reading: &Reading, entry: Entry, rule: &Rule) -> bool {
    let part = entry.feat.part();
    let only = &rule.conditions.only;
    let definite = reading.proclitics.any(Proclitics::AL);
    // استقالته is "his resignation": who resigns has no object.
    let object = rule.recipient.iter().flatten().any(|s| *s == Slot::Object);
    // ناقشتها "she discussed it": what is discussed is no side.
    // صاروخا أطلقته "a missile that it fired": the pronoun is the word that the row asks for.
    let takes = object || rule.governs() || rule.kind == "CONSULT" || !rule.conditions.with.is_empty();
    if entry.feat.is_finite() && reading.suffix != Suffix::None && !takes {
        return false;
    }
    match part {
        Part::Past | Part::Present => only.is_empty() || only.contains(&part),
        Part::Imperative => {
            (only.is_empty() || only.contains(&part))
                && doc.quote(i).is_some()
                && entry.feat.get_number() != musnad_lexicon::Number::Singular
        }
        Part::Masdar => only.is_empty() || only.contains(&part),
        Part::Active => {
            // القرار الداعي لوقف النار "the resolution that calls for a cease-fire": with what belongs to it, it is a relative clause.
            if definite
                && !reading.proclitics.any(Proclitics::PREPOSITION | Proclitics::AND)
                && (only.is_empty() || only.contains(&part))
                && governs_next(doc, i)
            {
                return true;
            }
            if definite || reading.proclitics.any(Proclitics::PREPOSITION) {
                return false;
            }
            // مهددا "threatening" is said of somebody; مهدد alone may be any adjective.
            let said = entry.feat.is_accusative()
                || i > 0 && doc.is(i - 1, Classes::BE.or(Classes::THAT).or(Classes::PRONOUN))
                || entry.feat.is_feminine() && doc.is_mark(i.wrapping_sub(1), '،');
            (only.is_empty() || only.contains(&part)) && (said || only.contains(&part))
        }
        // أجانب محتجزين في البلاد "foreigners held in the country": with what belongs to it, it is a relative clause.
        Part::Passive => {
            only.contains(&part)
                || only.is_empty()
                    && matches!(rule.kind, "COERCE" | "SANCTION" | "AID")
                    && !reading.proclitics.any(Proclitics::PREPOSITION | Proclitics::AND)
                    && governs_next(doc, i)
        }
        _ => true,
    }
}

/// Whether the token at `i` is a noun here: what stands before it decides between قَتَلَ "killed" and قَتْل "killing".
/// `None` when nothing tells.
fn is_nominal(doc: &Document, i: usize, reading: &Reading, before: Option<&Found>) -> Option<bool> {
    let p = reading.proclitics;
    if p.any(Proclitics::AL | Proclitics::BI | Proclitics::KA) {
        return Some(true);
    }
    if p.any(Proclitics::SA) {
        return Some(false);
    }
    let sentence = doc.sentence(i)?.1;
    if i == sentence.tokens.start as usize {
        return None;
    }
    let prev = i - 1;
    if p == Proclitics::default() && completes(doc, i, before, sentence.tokens.start as usize) {
        return Some(true);
    }
    if doc.kind(prev) == Some(Kind::Mark) {
        return None;
    }
    // هجوم قتل فيه "an attack in which was killed": the pronoun goes back to the noun before the verb.
    if is_resumption(doc.word(i + 1)) && prev_is_indefinite(doc, prev) {
        return Some(false);
    }
    if p.any(Proclitics::AND) {
        // دعم الجماعة ومدها بالسلاح "supporting the group and supplying it": joined to the noun or verb before it.
        return before
            .filter(|f| f.end <= i && i - f.end <= 8 && sentence.tokens.has(f.at))
            .filter(|f| (f.end..i).all(|k| doc.kind(k) != Some(Kind::Mark)))
            .map(|f| !f.is_finite());
    }
    let word = doc.word(prev);
    // قضية خطف "the case of the kidnapping", عن طريق زرع "by laying", خصوصا قتل "above all the killing of".
    let construct = word.ends_with('ة') && prev_is_indefinite(doc, prev);
    if construct || word == "طريق" || matches!(word, "خصوصا" | "لاسيما" | "وخصوصا" | "ولاسيما")
    {
        return Some(true);
    }
    let because = doc.is(prev, Classes::BECAUSE) && !word.ends_with("ان") && !matches!(word, "اذ");
    if matches!(word, "غير" | "عدم" | "دون" | "بدون") || because || doc.is(prev, Classes::DEMONSTRATIVE)
    {
        return Some(true);
    }
    let finite_after = Classes::MODAL
        .or(Classes::NEGATION)
        .or(Classes::FUTURE)
        .or(Classes::RELATIVE)
        .or(Classes::CONDITIONAL)
        .or(Classes::BE);
    if word == "قد" || word == "لقد" {
        return Some(false);
    }
    // من is "from" far more often than "who".
    if doc.is(prev, Classes::PREPOSITION) && !doc.is(prev, Classes::WHILE) {
        return Some(true);
    }
    if matches!(word, "ان" | "بان" | "وان" | "الا") {
        // أن نزع السلاح سيبدأ "that the taking of the weapons will begin": a verb in the past stands after بعد أن and its like only.
        let past = !doc.word(i).starts_with(['ت', 'ي', 'ا']);
        let timed = || {
            prev > 0 && matches!(doc.bare(prev - 1), "بعد" | "قبل" | "منذ" | "الى" | "سبق" | "بمجرد" | "ما")
        };
        return (past && word != "الا" && !timed()).then_some(true);
    }
    if doc.is(prev, finite_after) {
        return Some(false);
    }
    let known = doc.word_entries(prev).find(|(_, e)| matches!(e.table, Table::Verb | Table::Noun));
    match known {
        Some((r, e)) if e.table == Table::Noun || !e.feat.is_finite() => {
            // A noun without article or pronoun before it makes it a genitive: وقف قصف "the stop of the shelling".
            (!r.proclitics.any(Proclitics::AL) && r.suffix == Suffix::None && !e.feat.is_accusative())
                .then_some(true)
        }
        Some((_, e)) if e.feat.is_finite() => Some(true),
        _ => None,
    }
}

/// Whether a token is a noun or adjective without article, as far as its letters tell.
fn prev_is_indefinite(doc: &Document, i: usize) -> bool {
    doc.kind(i) == Some(Kind::Word)
        && !["ال", "لل", "بال", "وال", "كال", "فال"].iter().any(|a| doc.word(i).starts_with(a))
        && doc.tokens.get(i).is_some_and(|t| t.classes == Classes::default())
        && doc.name_at(i).is_none()
}

/// Whether a word completes the verb or the decision before it: قرر الاتحاد أمس فرض عقوبات "the union decided yesterday the imposing of
/// sanctions", قرار الاتحاد فرض. After a verb and its subject no second verb stands without a word that joins it; after an indefinite
/// noun one may (هجوم قتل فيه "an attack in which were killed").
fn completes(doc: &Document, i: usize, before: Option<&Found>, first: usize) -> bool {
    let Some(b) = before.filter(|b| b.at >= first && b.end < i && i - b.end <= 14) else { return false };
    let decides = b.governor.is_some_and(|r| r.status == Some(Status::Planned)) && !b.is_definite();
    if !b.is_finite() && !decides {
        return false;
    }
    let last = if doc.is_mark(i - 1, '،') { i - 2 } else { i - 1 };
    let timed = doc.time_at(last).is_some();
    let closed = timed || last == i - 1 && (doc.word(last).starts_with("ال") || doc.name_at(last).is_some());
    let joins = Classes::THAT
        .or(Classes::RELATIVE)
        .or(Classes::BECAUSE)
        .or(Classes::WHILE)
        .or(Classes::BUT)
        .or(Classes::AS)
        .or(Classes::PREPOSITION);
    closed
        && (b.end..i).all(|k| match doc.kind(k) {
            Some(Kind::Mark) => ['،', '#', '"', '«', '»'].iter().any(|m| doc.is_mark(k, *m)),
            _ => !doc.is(k, joins) || doc.cast.covering(k).is_some() || doc.time_at(k).is_some(),
        })
}

/// How many words after a trigger belong to its frame.
const REACH: usize = 8;

/// Whether the words around a trigger are as the row asks: the word that it asks for, if it asks for one; `None` when not.
fn holds(doc: &Document, i: usize, end: usize, rule: &Rule, resumed: bool) -> Option<Option<usize>> {
    let c = &rule.conditions;
    if c.with.is_empty() && c.not.is_empty() && c.near.is_empty() {
        return Some(None);
    }
    let (_, sentence) = doc.sentence(i)?;
    let last = (sentence.tokens.end as usize).min(end + 2 * REACH);
    let after = || words_after(doc, end, last);
    // الاتفاق الذي وقعته الحكومة "the deal that the government signed": the pronoun is the word before.
    let before = || (i.saturating_sub(REACH).max(sentence.tokens.start as usize)..i).rev();
    let with = after()
        .find(|k| is_one_of(doc, *k, &c.with))
        .or_else(|| before().filter(|_| resumed).find(|k| is_one_of(doc, *k, &c.with)));
    if !c.with.is_empty() && with.is_none() {
        return None;
    }
    if !c.not.is_empty() {
        let before = i.checked_sub(1).filter(|b| sentence.tokens.has(*b));
        if after().chain(before).any(|k| is_one_of(doc, k, &c.not)) {
            return None;
        }
    }
    if !c.near.is_empty() {
        let s = sentence.tokens;
        let from = (s.start as usize).max(i.saturating_sub(25));
        let to = (s.end as usize).min(i + 25);
        if !(from..to).any(|k| k != i && is_one_of(doc, k, &c.near)) {
            return None;
        }
    }
    Some(with)
}

/// The words of the frame: up to the next full stop, colon or the like. What stands between two commas is passed: عبر الوزير، سامر
/// الحكيم، عن تقديره "the minister, Samer al-Hakim, expressed his esteem".
fn words_after(doc: &Document, from: usize, to: usize) -> impl Iterator<Item = usize> {
    let comma = |k: &usize| doc.is_mark(*k, '،');
    let first = (from..to).find(comma);
    let second = first.and_then(|f| (f + 1..to.min(f + 6)).find(comma));
    // أعرب نائب الرئيس، عن تقديره: the comma parts nothing before a preposition.
    let idle = first.filter(|f| matches!(doc.word(f + 1), "عن" | "على" | "الى" | "من" | "ضد"));
    let aside = match (first, idle.or(second)) {
        (Some(f), Some(s)) => f..s + 1,
        _ => 0..0,
    };
    (from..to)
        .filter(move |k| !aside.contains(k))
        .take_while(move |k| {
            doc.kind(*k) != Some(Kind::Mark)
                || doc.is_mark(*k, '"')
                || doc.is_mark(*k, '«')
                || doc.is_mark(*k, '»')
                || doc.is_mark(*k, '#')
                || doc.is_mark(*k, '_')
        })
        .filter(move |k| doc.kind(*k) != Some(Kind::Mark))
        .take(REACH)
}

/// Whether a token is one of the words, with or without و, ف, article or pronoun.
fn is_one_of(doc: &Document, i: usize, words: &[String]) -> bool {
    let word = doc.word(i);
    let any = |w: &str| {
        words.iter().any(|x| match x.strip_suffix('*') {
            Some(front) => w.len() > front.len() && w.starts_with(front),
            None => x == w,
        })
    };
    if any(word) {
        return true;
    }
    // انقلبت عليه "turned against him" is انقلبت على.
    let bare = match word {
        "عليه" | "عليها" | "عليهم" => "على",
        "منه" | "منها" | "منهم" => "من",
        "معه" | "معها" | "معهم" => "مع",
        "اليه" | "اليها" | "اليهم" => "الى",
        "عنه" | "عنها" | "عنهم" => "عن",
        _ => "",
    };
    if !bare.is_empty() && any(bare) {
        return true;
    }
    let stem = word.strip_prefix(['و', 'ف']).filter(|s| s.len() > 4).unwrap_or(word);
    if stem.len() != word.len() && any(stem) {
        return true;
    }
    // The object of a verbal noun comes after ل: إفشال الجماعة لجولة "the group's wrecking of the round".
    for front in ["ال", "ل", "لل", "ب"] {
        if let Some(bare) = stem.strip_prefix(front)
            && bare.len() > 4
            && any(bare)
        {
            return true;
        }
    }
    for pronoun in ["ها", "هم", "ه"] {
        if let Some(bare) = stem.strip_suffix(pronoun)
            && bare.len() > 4
        {
            if any(bare) {
                return true;
            }
            if let Some(feminine) = bare.strip_suffix('ت')
                && words.iter().any(|x| x.strip_suffix('ة') == Some(feminine))
            {
                return true;
            }
        }
    }
    false
}

/// Whether the word after a participle is joined to it by a preposition: الداعي لوقف, المدعومة من, محتجزين في.
fn governs_next(doc: &Document, i: usize) -> bool {
    let next = i + 1;
    doc.kind(next) == Some(Kind::Word)
        && (doc.is(next, Classes::PREPOSITION.or(Classes::BY))
            || doc.word(next).chars().count() > 3
                && doc.word_entries(next).next().is_some()
                && doc.word_entries(next).all(|(r, _)| r.proclitics.any(Proclitics::PREPOSITION)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_taken_apart() {
        assert!(rules().len() >= 900);
        for rule in rules() {
            assert!(
                rule_of(rule.entry).is_some_and(|r| std::ptr::eq(r, rule)),
                "{rule:?} is not found by its row"
            );
            let event = !rule.kind.is_empty();
            let tells = !rule.tells.is_empty();
            let ways = [event, rule.governs(), rule.sphere.is_some(), tells, rule.blocks()];
            assert_eq!(ways.iter().filter(|w| **w).count(), 1, "{rule:?} is one thing only");
        }
    }
}
