//! Statements: who said what, in what act, by what medium and through whom.
//!
//! A cue ([`cues`]) has a subject ([`subject`]) and content ([`content`]); how the words came to the report is [`chain`]'s part.

pub mod chain;
pub mod content;
pub mod cues;
pub mod subject;

use crate::document::{
    Because, Classes, Document, EntityId, EntityKind, Kind, MentionKind, Rejected, Statement, StatementKind,
    Suffix,
};
use crate::span::{Span, Tokens};
use content::{How, Stops};
use cues::{Cue, Form, Then};
use musnad_lexicon::{Part, Table};
use subject::Subject;

/// A statement as it is found, with what later steps need to know.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The statement, its chain not yet filled.
    pub statement: Statement,
    /// The tokens of the cue.
    pub cue: Tokens,
    /// The sentence, as an index.
    pub sentence: usize,
    /// The tokens of the content, from first to last.
    pub content: Tokens,
    /// Where the clause of the cue begins and its content starts, for phrases such as "in a statement".
    pub clause: Tokens,
    /// Whether the speaker is named in the clause itself.
    pub explicit: bool,
}

/// The stage `statements`.
#[must_use]
pub fn statements(doc: &Document, rejected: &mut Vec<Rejected>) -> Vec<Statement> {
    let mut drafts: Vec<Draft> = Vec::new();
    // The last who spoke, newest last, for verbs without a subject.
    let mut spoke: Vec<EntityId> = Vec::new();
    let mut agencies: Vec<chain::Carrier> = Vec::new();
    for (s, sentence) in doc.layout.sentences.iter().enumerate() {
        let tokens = sentence.tokens;
        let paragraph = doc.layout.paragraphs[sentence.paragraph as usize];
        if paragraph.headline
            && let Some(draft) = headline(doc, s, tokens)
        {
            spoke.extend(draft.statement.speaker);
            drafts.push(draft);
        }
        let (cues, mut ends) = find(doc, tokens);
        ends.extend(cues.iter().filter(|c| content::stops(doc, c)).map(|c| c.at));
        ends.sort_unstable();
        let stops = Stops(ends);
        for cue in &cues {
            read(doc, s, cue, &stops, &mut drafts, &mut spoke, &mut agencies, rejected);
        }
    }
    chain::link(doc, &mut drafts, &agencies);
    drafts.into_iter().map(|d| d.statement).collect()
}

/// The cues of a sentence, in order, none inside another; and where "according to what" begins, which ends what stands before.
fn find(doc: &Document, sentence: Tokens) -> (Vec<Cue>, Vec<usize>) {
    let first = sentence.start as usize;
    let mut out: Vec<Cue> = Vec::new();
    let mut ends = Vec::new();
    let mut i = first;
    while i < sentence.end as usize {
        if let Some(n) = according(doc, i) {
            ends.push(i);
            i += n;
            continue;
        }
        let named =
            doc.cast.covering(i).and_then(|m| doc.mention(m)).is_some_and(|m| m.kind == MentionKind::Name);
        if doc.kind(i) == Some(Kind::Word)
            && !named
            && doc.time_at(i).is_none()
            && let Some(c) = cues::cue(doc, i, first)
            && c.end() <= sentence.end as usize
        {
            i = c.end();
            // وأضاف قائلا "and he added, saying": the second only carries the first on.
            let echo = matches!(c.form, Form::Participle | Form::Masdar)
                && out.last().is_some_and(|p| {
                    p.form == Form::Finite
                        && p.row.frames.iter().any(|f| f.then == Then::Quote)
                        && echoes(doc, p.end(), c.at)
                });
            if !echo {
                out.push(c);
            }
        } else {
            i += 1;
        }
    }
    (out, ends)
}

/// Whether only a subject, times and commas stand between a verb of saying and a participle.
fn echoes(doc: &Document, from: usize, to: usize) -> bool {
    to <= from + 12
        && (from..to).all(|i| {
            doc.time_at(i).is_some()
                || doc.entry(i, Table::Title).is_some()
                || doc.cast.covering(i).is_some() && !subject::is_preposition(doc, i)
        })
}

/// The number of tokens of "according to what" (وفقا لما, حسبما) at token `i`: a verb of saying follows, and what it reports
/// stands before.
fn according(doc: &Document, i: usize) -> Option<usize> {
    doc.entries(i)
        .filter(|(_, e)| e.table == Table::Particle && doc.row(*e).get("class") == "according")
        .map(|(r, _)| usize::from(r.tokens))
        .next()
        .filter(|n| doc.word_entries(i + n).any(|(_, e)| e.table == Table::Verb && e.feat.is_finite()))
}

/// A headline of the kind "Lavrov: …": the cue is the colon.
fn headline(doc: &Document, s: usize, tokens: Tokens) -> Option<Draft> {
    let first = tokens.start as usize;
    let colon = tokens.range().take(12).find(|i| doc.is_mark(*i, ':'))?;
    if colon + 1 >= tokens.end as usize || doc.quote(colon).is_some() {
        return None;
    }
    // A verb of saying before the colon has it for its own.
    if (first..colon).any(|i| cues::cue(doc, i, first).is_some_and(|c| c.form == Form::Finite)) {
        return None;
    }
    let m = (first..colon).find_map(|i| subject::starting(doc, i))?;
    let entity = doc.entity(m.entity)?;
    let ends = m.tokens.end as usize;
    // The mention is the last thing before the colon, but for a name that goes on.
    if colon > ends + 3 {
        return None;
    }
    let who = (ends..colon)
        .rev()
        .find_map(|i| subject::starting(doc, i))
        .filter(|x| doc.entity(x.entity).is_some_and(|e| e.kind == EntityKind::Person))
        .map_or(m.entity, |x| x.entity);
    if matches!(entity.kind, EntityKind::Place) && who == m.entity && !clause_follows(doc, colon + 1) {
        return None;
    }
    if matches!(entity.kind, EntityKind::Occasion) {
        return None;
    }
    let start = content::Start { token: colon + 1, letters: 0, how: How::Colon };
    let (pieces, kind) = content::content(doc, start, tokens.end as usize, &Stops(Vec::new()))?;
    let span = doc.tokens[colon].span;
    Some(draft(
        doc,
        s,
        Tokens::new(colon, colon + 1),
        span,
        kind,
        "say",
        Some(who),
        pieces,
        "statements:headline-colon",
        None,
        (first, colon),
        true,
    ))
}

/// Whether a clause with a verb, a negation or a quotation follows: then a state before a colon speaks, and is no dateline
/// (تركيا: مقتل "Turkey: death of").
fn clause_follows(doc: &Document, i: usize) -> bool {
    content::opening(doc, i).is_some()
        || doc
            .is(i, Classes::NEGATION.or(Classes::FUTURE).or(Classes::MODAL).or(Classes::THAT).or(Classes::BE))
        || doc.word_entries(i).any(|(_, e)| e.table == Table::Verb && e.feat.part() == Part::Present)
}

#[allow(clippy::too_many_arguments)]
fn draft(
    doc: &Document,
    sentence: usize,
    cue: Tokens,
    span: Span,
    kind: StatementKind,
    act: &'static str,
    speaker: Option<EntityId>,
    pieces: Vec<Span>,
    rule: &'static str,
    row: Option<musnad_lexicon::Entry>,
    clause: (usize, usize),
    explicit: bool,
) -> Draft {
    let whole = pieces.iter().copied().reduce(Span::to).unwrap_or_default();
    Draft {
        content: doc.tokens_of(whole),
        cue,
        sentence,
        clause: Tokens::new(clause.0, clause.1.max(clause.0)),
        explicit,
        statement: Statement {
            kind,
            act,
            speaker,
            cue: span,
            content: pieces,
            medium: None,
            via: Vec::new(),
            within: None,
            confidence: 0.0,
            because: Because { rule, row },
        },
    }
}

/// The cue's own letters, without what is attached to it in front.
fn cue_span(doc: &Document, cue: &Cue) -> Span {
    Span::new(doc.cut(cue.at, usize::from(cue.cut)), doc.tokens[cue.end() - 1].span.end)
}

/// Reads one cue into statements.
#[allow(clippy::too_many_arguments)]
fn read(
    doc: &Document,
    s: usize,
    cue: &Cue,
    stops: &Stops,
    drafts: &mut Vec<Draft>,
    spoke: &mut Vec<EntityId>,
    agencies: &mut Vec<chain::Carrier>,
    rejected: &mut Vec<Rejected>,
) {
    let sentence = doc.layout.sentences[s].tokens;
    let end = sentence.end as usize;
    let limit = stops.limit(cue, end);
    let span = cue_span(doc, cue);
    let mut reject =
        |rule: &'static str, reason: &'static str| rejected.push(Rejected { span, rule, reason });
    if cue.form == Form::Source {
        source(doc, s, cue, stops, drafts, spoke, agencies, &mut reject);
        return;
    }
    let subject = subject::subject(doc, cue, sentence, limit);
    // A verb after "according to what": its content stands before it.
    let phrase =
        (1..=3).find(|n| cue.at >= sentence.start as usize + n && according(doc, cue.at - n) == Some(*n));
    let according = cue.form == Form::Finite && phrase.is_some();
    let head = cue.at - phrase.unwrap_or(0);
    let start = if according { None } else { content::start(doc, cue, &subject, limit) };
    let aside = cue.form == Form::Masdar || in_relative_clause(doc, cue);
    let found = match start {
        // What a noun or a relative clause reports in the middle of a sentence ends with its phrase.
        Some(start) if aside && start.how != How::Quote => {
            let clause = content::end(doc, start.token, end, stops);
            content::content_to(doc, start, content::comma(doc, start.token, clause), end)
                .map(|(p, k)| (p, k, start.how))
        }
        Some(start) => content::content(doc, start, end, stops).map(|(p, k)| (p, k, start.how)),
        None => None,
    };
    // وهو ما تنفيه أنقرة "which Ankara denies": the content is what was just reported or told.
    let which = cue.form == Form::Finite
        && cue.suffix != Suffix::None
        && cue.at >= 2
        && doc.word(cue.at - 1) == "ما"
        && matches!(doc.bare(cue.at - 2), "هو" | "هي" | "هذا")
        && matches!(cue.row.act, "deny" | "affirm" | "reject" | "admit");
    if which && let Some(speaker) = subject.who.first().copied() {
        let told = drafts
            .iter()
            .rev()
            .find(|d| d.sentence == s)
            .map(|d| (d.statement.content.clone(), d.statement.kind));
        let told = told.or_else(|| content::preceding(doc, cue.at - 2, first_word(doc, s)));
        if let Some((pieces, kind)) = told {
            let tokens = Tokens::new(cue.at, cue.end());
            drafts.push(draft(
                doc,
                s,
                tokens,
                span,
                kind,
                cue.row.act,
                Some(speaker),
                pieces,
                "statements:which",
                Some(cue.entry),
                (cue.at, subject.end),
                true,
            ));
            return;
        }
    }
    if according && found.is_none() {
        let consumed = chain::free_from(drafts, s, first_word(doc, s), head);
        let nothing_left = (consumed..head).all(|i| doc.kind(i) == Some(Kind::Mark) || doc.word(i) == "وذلك");
        let told = drafts.last().is_some_and(|d| d.sentence == s);
        if let Some(who) =
            subject.who.first().copied().filter(|w| told && (nothing_left || chain::is_medium(doc, *w)))
        {
            agencies.push(chain::Carrier { at: cue.at, sentence: s, who });
            return reject("statements:according-to", "it carries somebody else's words");
        }
    }
    let (pieces, kind, how) = match found {
        Some(x) => x,
        None => {
            let quote_before = cue.at > sentence.start as usize + 1;
            let first = chain::free_from(drafts, s, first_word(doc, s), head);
            let back = (according
                || quote_before
                    && cue.form == Form::Finite
                    && cue.row.frames.iter().any(|f| f.then == Then::Quote))
            .then(|| content::preceding(doc, head, first))
            .flatten()
            .filter(|(_, k)| according || *k == StatementKind::Direct);
            match back {
                Some((p, k)) => (p, k, How::Quote),
                None => return reject("statements:frame", "nothing that this cue could report follows it"),
            }
        }
    };
    if !accepts(doc, cue, &subject, how, &mut reject) {
        return;
    }
    // رفض in أكد رفضه "affirmed his refusal" is the content of the cue before it.
    if cue.form == Form::Masdar
        && drafts
            .last()
            .is_some_and(|d| d.content.start as usize == cue.at && d.cue.end as usize + 8 > cue.at)
    {
        return reject("statements:verbal-noun", "the content of the cue before it");
    }
    let explicit = !subject.who.is_empty();
    let mut who = subject.who.clone();
    if !explicit && let Some(issuer) = chain::issuer(doc, drafts, cue.end(), limit) {
        who.push(issuer);
    }
    if who.is_empty() {
        who.extend(carried(doc, cue, s, drafts, spoke));
    }
    let rule = match (cue.form, explicit, subject.before) {
        (Form::Finite, true, false) => "statements:verb-subject",
        (Form::Finite, true, true) => "statements:subject-verb",
        (Form::Finite, false, _) => "statements:verb-alone",
        (Form::Participle, ..) => "statements:participle",
        (Form::Masdar, ..) => "statements:verbal-noun",
        _ => "statements:phrase",
    };
    if who.is_empty() && matches!(cue.form, Form::Masdar | Form::Participle) {
        return reject("statements:speaker", "nobody is said to speak");
    }
    let act = cue.row.act;
    // What stands before a verb and belongs to no other statement may name the occasion: وفي كلمة أمام البرلمان، قال.
    let clause_from = if cue.form == Form::Finite {
        chain::free_from(drafts, s, first_word(doc, s), cue.at)
    } else {
        cue.at
    };
    let content_from = pieces.first().map_or(limit, |p| doc.tokens_of(*p).start as usize);
    let clause = (clause_from, content_from.max(cue.end()));
    let tokens = Tokens::new(cue.at, cue.end());
    if who.is_empty() {
        drafts.push(draft(
            doc,
            s,
            tokens,
            span,
            kind,
            act,
            None,
            pieces,
            rule,
            Some(cue.entry),
            clause,
            explicit,
        ));
        return;
    }
    if cue.form == Form::Finite && !explicit && start.is_some() && impersonal(doc, cue, how) {
        return reject("statements:verb", "an impersonal passive: it is recalled, expected that");
    }
    let inside = drafts.iter().rev().take(8).any(|d| d.content.has(cue.at));
    for speaker in who {
        if cue.form == Form::Finite && !inside && !aside {
            spoke.push(speaker);
        }
        drafts.push(draft(
            doc,
            s,
            tokens,
            span,
            kind,
            act,
            Some(speaker),
            pieces.clone(),
            rule,
            Some(cue.entry),
            clause,
            explicit,
        ));
    }
}

/// Whether a cue with its content is a statement at all.
fn accepts(
    doc: &Document,
    cue: &Cue,
    subject: &Subject,
    how: How,
    reject: &mut impl FnMut(&'static str, &'static str),
) -> bool {
    let sentence_before = cue.at.checked_sub(1);
    match cue.form {
        // A noun reports only where it is told whose word it is and what it says.
        Form::Masdar => {
            let possessed = cue.suffix != Suffix::None;
            let done = sentence_before.is_some_and(|b| doc.bare(b) == "تم" || doc.bare(b) == "جرى");
            if subject.who.is_empty() && !possessed && !done {
                reject("statements:verbal-noun", "nobody's word");
                return false;
            }
            if done
                && subject.who.is_empty()
                && !matches!(cue.row.act, "affirm" | "demand" | "warn" | "deny" | "reject")
            {
                reject("statements:verbal-noun", "something that was done, not said");
                return false;
            }
            if how == How::Np && matches!(cue.row.act, "believe" | "expect" | "say" | "explain" | "agree") {
                reject("statements:verbal-noun", "its complement is no content");
                return false;
            }
            true
        }
        Form::Participle => {
            let circumstantial = cue.feat.is_accusative()
                || cue.opens
                || matches!(how, How::That | How::Quote | How::Colon) && cue.proclitics.0 == 0;
            if !circumstantial {
                reject("statements:participle", "an adjective");
            }
            circumstantial
        }
        Form::Finite => {
            if cue.at > 0
                && doc.is(cue.at - 1, Classes::NEGATION)
                && doc.word(cue.at - 1) != "ما"
                && !matches!(cue.row.word, "استبعد" | "أخفى")
            {
                reject("statements:negated", "what somebody does not say");
                return false;
            }
            if cues::after_what(doc, cue.at) && doc.bare(cue.at - 1) != "كما" && how != How::Quote {
                reject("statements:verb", "a name for a thing: what he called");
                return false;
            }
            let near = subject.before || !subject.who.is_empty();
            if cues::is_function_word(doc, cue) && (!near || how == How::Np) {
                reject("statements:verb", "a function word");
                return false;
            }
            // Others' words inside a quotation are told of with their speaker; without one, the source goes on itself.
            let quoted =
                doc.quote(cue.at).is_some_and(|(q, x)| x.close.is_some() && !content::is_name(doc, q));
            if quoted && subject.who.is_empty() {
                reject("statements:verb", "part of the quoted words");
                return false;
            }
            let inanimate = |e: &EntityId| {
                doc.entity(*e).is_some_and(|x| {
                    matches!(x.kind, EntityKind::Document | EntityKind::Occasion | EntityKind::Place)
                })
            };
            if cue.row.act == "believe"
                && how == How::Np
                && (subject.who.is_empty() || subject.before && subject.who.iter().any(inanimate))
            {
                reject("statements:verb", "what is believed of a thing by nobody named");
                return false;
            }
            // Without a subject of its own, and with only a noun after it, a verb that tells or names things means too much else.
            let loose = matches!(
                cue.row.act,
                "inform"
                    | "believe"
                    | "say"
                    | "claim"
                    | "expect"
                    | "explain"
                    | "affirm"
                    | "criticize"
                    | "praise"
            );
            if how == How::Np && subject.who.is_empty() && loose {
                reject("statements:verb", "no subject, and only a noun after it");
                return false;
            }
            // A verb that takes a bare noun needs a subject of its own: many of these verbs have other senses.
            let weak = matches!(how, How::Np | How::Prep);
            if weak && subject.who.is_empty() && !cue.opens {
                reject("statements:verb", "no subject, and only a noun after it");
                return false;
            }
            true
        }
        _ => true,
    }
}

/// Verbs whose present without a subject is as a rule a passive that nobody vouches for: يذكر أن "it is recalled that".
const IMPERSONAL: [&str; 12] =
    ["ذكر/I", "اعتقد", "توقع", "رجح", "اشتبه", "خشي", "افترض", "عرف", "علم", "ظن", "نشر", "تردد"];

fn impersonal(doc: &Document, cue: &Cue, how: How) -> bool {
    cue.feat.part() == Part::Present
        && how == How::That
        && IMPERSONAL.contains(&cue.row.word)
        && doc.is(cue.end(), Classes::THAT)
}

/// Whether the verb stands in a relative clause: الذي تبناه التنظيم "which the organisation claimed".
fn in_relative_clause(doc: &Document, cue: &Cue) -> bool {
    cue.form == Form::Finite && cue.at > 0 && doc.is(cue.at - 1, Classes::RELATIVE)
}

/// The first token of a sentence behind its dateline: دبي، الإمارات (CNN) -- "Dubai, UAE (CNN) --".
fn first_word(doc: &Document, s: usize) -> usize {
    let tokens = doc.layout.sentences[s].tokens;
    let dash = tokens.range().take(14).find(|i| {
        let word = doc.word(*i);
        doc.kind(*i) == Some(Kind::Mark)
            && (word.starts_with('-') || word.starts_with('–') || word.starts_with('—'))
    });
    let named = |i: usize| {
        i == tokens.start as usize || doc.is_mark(i - 1, ')') || doc.cast.covering(i - 1).is_some()
    };
    dash.filter(|i| named(*i)).map_or(tokens.start as usize, |i| i + 1)
}

/// Verbs that carry an utterance on.
const CONTINUES: [&str; 12] =
    ["أضاف", "تابع", "أردف", "استطرد", "زاد", "واصل", "مضى", "ختم", "اختتم", "استدرك", "أكمل", "استرسل"];

/// Whether the word before token `i` is a noun that takes it as its complement: انتقادات المفوض "the commissioner's criticism".
fn in_construct(doc: &Document, i: usize, first: usize) -> bool {
    if i <= first || doc.kind(i - 1) == Some(Kind::Mark) || doc.time_at(i - 1).is_some() {
        return false;
    }
    let b = i - 1;
    if doc.tokens[b].classes != Classes::default()
        || doc.entry(b, Table::Title).is_some()
        || doc.entry(b, Table::Head).is_some()
    {
        return false;
    }
    !doc.word_entries(b).any(|(_, e)| e.table == Table::Verb && e.feat.is_finite())
}

/// The first person, body or group in a run of tokens that no preposition governs and that a cue's form fits.
fn told_of(doc: &Document, cue: &Cue, tokens: Tokens) -> Option<EntityId> {
    let fits = |m: &&crate::document::MentionAt| {
        !subject::governed(doc, m)
            && !in_construct(doc, m.tokens.start as usize, tokens.start as usize)
            && doc.entity(m.entity).is_some_and(|e| {
                matches!(e.kind, EntityKind::Person | EntityKind::Organization | EntityKind::Group)
                    && subject::agrees(cue, e, true)
            })
    };
    doc.cast.within(tokens).iter().find(fits).map(|m| m.entity)
}

/// Who goes on speaking: for a participle or a verb without a subject, the one who spoke last and whom the form fits.
fn carried(doc: &Document, cue: &Cue, s: usize, drafts: &[Draft], spoke: &[EntityId]) -> Option<EntityId> {
    let fits = |e: &EntityId| doc.entity(*e).is_some_and(|x| subject::agrees(cue, x, true));
    let same = drafts
        .iter()
        .rev()
        .take_while(|d| d.sentence == s)
        .filter(|d| !d.content.has(cue.at))
        .find_map(|d| d.statement.speaker);
    if matches!(cue.form, Form::Participle | Form::Masdar)
        && let Some(e) = same.filter(|e| cue.form == Form::Masdar || fits(e))
    {
        return Some(e);
    }
    let sentence = doc.layout.sentences[s].tokens;
    // The subject of the sentence so far: the first who can speak and whom the form fits.
    let clause = Tokens { start: first_word(doc, s) as u32, end: cue.at as u32 };
    let so_far = told_of(doc, cue, clause);
    if cue.form == Form::Participle && so_far.is_some() {
        return so_far;
    }
    if let Some(e) = same.filter(fits) {
        return Some(e);
    }
    if cue.at > sentence.start as usize + 2 && so_far.is_some() {
        return so_far;
    }
    // وأضاف "and he added" goes on with who spoke; وقال may also be of whom the last sentence told.
    if !CONTINUES.contains(&cue.row.word)
        && let Some(previous) = s.checked_sub(1).map(|p| doc.layout.sentences[p].tokens)
        && drafts.last().is_none_or(|d| d.sentence + 1 < s)
        && let Some(e) = told_of(doc, cue, previous)
    {
        return Some(e);
    }
    spoke.iter().rev().take(6).find(|e| fits(e)).or(spoke.last()).copied()
}

/// "According to": the source speaks, unless somebody else does in the same sentence; then it only carries the words.
#[allow(clippy::too_many_arguments)]
fn source(
    doc: &Document,
    s: usize,
    cue: &Cue,
    stops: &Stops,
    drafts: &mut Vec<Draft>,
    spoke: &mut Vec<EntityId>,
    agencies: &mut Vec<chain::Carrier>,
    reject: &mut impl FnMut(&'static str, &'static str),
) {
    let sentence = doc.layout.sentences[s].tokens;
    let (first, end) = (sentence.start as usize, sentence.end as usize);
    let span = cue_span(doc, cue);
    let limit = stops.limit(cue, end);
    let subject = subject::subject(doc, cue, sentence, limit);
    let who = if subject.who.is_empty()
        && (cue.suffix != Suffix::None || cue.len > 1)
        && cue.row.word.ends_with(['ل', 'ر', 'م', 'ف'])
    {
        // على حد قوله "in his words": whoever is spoken of.
        spoke.last().copied()
    } else {
        subject.who.first().copied()
    };
    let who = match chain::issuer(doc, drafts, cue.end(), limit) {
        Some(issuer) if subject.who.is_empty() => Some(issuer),
        _ => who,
    };
    let Some(who) = who else {
        return reject("statements:source", "no source that is an entity follows");
    };
    let same_sentence: Vec<usize> =
        (0..drafts.len()).rev().take_while(|d| drafts[*d].sentence == s).collect();
    let carrier = chain::is_medium(doc, who);
    let consumed = chain::free_from(drafts, s, first_word(doc, s), cue.at);
    let nothing_left = consumed > first
        && (consumed..cue.at).all(|i| doc.kind(i) == Some(Kind::Mark) || doc.word(i) == "وذلك");
    if !same_sentence.is_empty()
        && (carrier
            || nothing_left
            || same_sentence.iter().any(|d| drafts[*d].statement.speaker == Some(who)))
    {
        agencies.push(chain::Carrier { at: cue.at, sentence: s, who });
        return reject("statements:source", "it carries somebody else's words");
    }
    let tokens = Tokens::new(cue.at, cue.end());
    let leads = cue.at <= first_word(doc, s) + 1;
    let found = if leads {
        let mut k = subject.end.max(cue.end());
        // The verb of another speaker follows (ووفقا لرويترز قالت الحكومة): the source carries.
        let verb = stops.0.iter().any(|c| *c >= k && *c <= k + 1)
            || cues::cue(doc, k, first).is_some_and(|c| c.form == Form::Finite);
        if verb {
            agencies.push(chain::Carrier { at: cue.at, sentence: s, who });
            return;
        }
        while k < end
            && (doc.kind(k) == Some(Kind::Mark) && content::opening(doc, k).is_none()
                || doc.is(k, Classes::THAT)
                || doc.word(k) == "فان")
        {
            k += 1;
        }
        content::content(doc, content::Start { token: k, letters: 0, how: How::That }, end, stops)
    } else {
        content::preceding(doc, cue.at, consumed)
    };
    let Some((pieces, kind)) = found else {
        return reject("statements:source", "nothing that it could report stands by it");
    };
    spoke.push(who);
    let explicit = !subject.who.is_empty();
    drafts.push(draft(
        doc,
        s,
        tokens,
        span,
        kind,
        cue.row.act,
        Some(who),
        pieces,
        "statements:according-to",
        Some(cue.entry),
        (cue.at, subject.end.max(cue.end())),
        explicit,
    ));
    // What a source says in the middle of a sentence whose speaker comes later is looked at again there.
    if carrier && let Some(d) = drafts.last_mut() {
        d.statement.medium = Some("report");
    }
}
