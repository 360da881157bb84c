//! Statements: who said what, in what act, by what medium and through whom.
//!
//! A cue (`cues`) has a subject (`subject`) and content (`content`); how the words came to the report is `chain`'s part; `read` puts them together.
//! What goes over several paragraphs, answers and lists, is `interview`'s; which words do what around speech stands in `speech_words.tsv` (`words`).

pub mod chain;
pub mod content;
pub mod cues;
mod interview;
mod read;
pub mod subject;
pub mod words;

use crate::document::{
    Because, Classes, Document, EntityId, EntityKind, Kind, MentionKind, Rejected, Statement, StatementKind,
};
use crate::span::{Span, Tokens};
use content::{How, Stops};
use cues::{Cue, Form, Then};
use musnad_lexicon::{Entry, Part, Table};
use read::Reader;

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
    /// Whether the cue's form is feminine: who goes on speaking is spoken of in the same gender.
    pub feminine: bool,
    /// Whether it is told aside, in a relative clause or by a noun: the main clause does not go on with its speaker.
    pub aside: bool,
}

/// Whether a word in its folded spelling is the head of a medium's name, with or without the letter of a preposition: وكالة "agency".
#[must_use]
pub fn heads_medium(word: &str) -> bool {
    words::Does::MEDIUM.is(word) || word.strip_prefix(['ل', 'ب']).is_some_and(|w| words::Does::MEDIUM.is(w))
}

/// The stage `statements`.
#[must_use]
pub fn statements(doc: &Document, rejected: &mut Vec<Rejected>) -> Vec<Statement> {
    let mut reader =
        Reader { doc, drafts: Vec::new(), spoke: Vec::new(), carriers: Vec::new(), consumed: 0, rejected };
    let mut occasions = Vec::new();
    // Whoever spoke before the first question answers all of them.
    let mut interviewed = None;
    let mut answers = interview::answers(doc).into_iter().peekable();
    for (s, sentence) in doc.layout.sentences.iter().enumerate() {
        let tokens = sentence.tokens;
        let paragraph = doc.layout.paragraphs[sentence.paragraph as usize];
        if paragraph.headline {
            for part in parts(doc, tokens) {
                for draft in headline(doc, s, part) {
                    reader.spoke.extend(draft.statement.speaker);
                    reader.drafts.push(draft);
                }
            }
        }
        if let Some(answer) = answers.next_if(|a| tokens.has(a.cue)) {
            let speaker = interviewed.or_else(|| reader.spoke.last().copied()).or_else(|| first_person(doc));
            interviewed = speaker;
            let told = Told {
                cue: Tokens::new(answer.cue, answer.cue + 1),
                span: doc.tokens[answer.cue].span,
                act: "say",
                rule: "statements:answer",
                row: None,
                clause: Tokens::new(answer.cue, answer.cue + 1),
                explicit: false,
                feminine: false,
                aside: false,
            };
            let mut draft = told.by(doc, s, speaker, answer.content, StatementKind::Indirect);
            draft.statement.medium = Some("interview");
            reader.drafts.push(draft);
        }
        let (cues, mut ends) = find(doc, tokens);
        for cue in &cues {
            let limit = tokens.end as usize;
            let subject = subject::subject(doc, cue, tokens, limit);
            let told = content::start(doc, cue, &subject, limit).map(|s| s.how);
            if content::stops(doc, cue, told) {
                ends.push(cue.at);
            }
            // ، الذين يطالبون "who demand": a relative clause that reports others is theirs.
            let relative = cue.form == cues::Form::Finite
                && cue.at > tokens.start as usize + 1
                && doc.is(cue.at - 1, Classes::RELATIVE)
                && doc.is_mark(cue.at - 2, '،');
            // التي "which" may explain a thing, that "threatens" without a word.
            let people = relative && !doc.word(cue.at - 1).ends_with("التي");
            let clause = matches!(told, Some(How::That | How::Quote | How::Colon));
            if relative && told.is_some() && (people || clause) {
                ends.push(cue.at - 1);
            }
        }
        ends.sort_unstable();
        if let Some(quotation) = alone(doc, tokens)
            && let Some(last) = reader.drafts.last_mut()
            && last.sentence + 1 == s
            && last.content.end <= tokens.start
            && last.statement.kind == StatementKind::Direct
            && last.content.end + 3 >= doc.layout.sentences[last.sentence].tokens.end
        {
            last.statement.content.extend(content::by_line(doc, quotation));
            last.content.end = quotation.end;
            last.sentence = s;
        }
        let stops = Stops(ends);
        occasions.extend(chain::occasion(doc, s, tokens, cues.first().map(|c| c.at)));
        for cue in &cues {
            reader.read(s, cue, &stops);
        }
    }
    let Reader { mut drafts, carriers, .. } = reader;
    chain::link(doc, &mut drafts, &carriers, &occasions);
    drafts.into_iter().map(|d| d.statement).collect()
}

/// The quotation that a sentence consists of: what was quoted before it goes on.
fn alone(doc: &Document, sentence: Tokens) -> Option<Tokens> {
    let quote = doc.layout.quotes[content::opening(doc, sentence.start as usize)?];
    let close = quote.close?;
    let rest = close + 1..sentence.end;
    let long = quote.inner.range().filter(|i| doc.kind(*i) == Some(Kind::Word)).count() >= 4;
    (long && rest.into_iter().all(|i| doc.kind(i as usize) == Some(Kind::Mark))).then_some(quote.inner)
}

/// The person whom a report names first.
fn first_person(doc: &Document) -> Option<EntityId> {
    let person = |e: EntityId| doc.entity(e).is_some_and(|x| x.kind == EntityKind::Person);
    let all = Tokens::new(0, doc.tokens.len());
    doc.cast.within(all).iter().map(|m| m.entity).find(|e| person(*e))
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
        // ولي العهد "the crown prince": a noun inside a title is none of saying.
        let titled = (1..=3).any(|n| {
            i >= n + first && doc.entry(i - n, Table::Title).is_some_and(|(r, _)| usize::from(r.tokens) > n)
        });
        let named = titled
            || doc.cast.covering(i).and_then(|m| doc.mention(m)).is_some_and(|m| m.kind == MentionKind::Name);
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

/// The parts of a headline, which two dots set apart: السبهان: …. وقرقاش: … .
fn parts(doc: &Document, headline: Tokens) -> Vec<Tokens> {
    let mut out = Vec::new();
    let mut from = headline.start as usize;
    for i in headline.range() {
        let dots = doc.word(i).starts_with("..") || doc.word(i).starts_with(['…', '|']);
        // Only where another speaker follows: dots also stand inside what one says.
        let colon = (i + 1..headline.end as usize).take(8).any(|k| doc.is_mark(k, ':'));
        if dots && colon && doc.kind(i) == Some(Kind::Mark) && doc.quote(i).is_none() {
            out.push(Tokens::new(from, i));
            from = i + 1;
        }
    }
    out.push(Tokens::new(from, headline.end as usize));
    out
}

/// A headline of the kind "Lavrov: …": the cue is the colon.
fn headline(doc: &Document, s: usize, tokens: Tokens) -> Vec<Draft> {
    let first = tokens.start as usize;
    let Some(colon) = tokens.range().take(14).find(|i| doc.is_mark(*i, ':')) else { return Vec::new() };
    if colon + 1 >= tokens.end as usize || doc.quote(colon).is_some() {
        return Vec::new();
    }
    // A verb of saying before the colon has it for its own.
    if (first..colon).any(|i| cues::cue(doc, i, first).is_some_and(|c| c.form == Form::Finite)) {
        return Vec::new();
    }
    let who = before_colon(doc, first, colon);
    let kind = |e: &EntityId| doc.entity(*e).map(|x| x.kind);
    let place = who.iter().all(|e| kind(e) == Some(EntityKind::Place));
    if who.is_empty()
        || place && !clause_follows(doc, colon + 1, tokens.end as usize)
        || who.iter().any(|e| kind(e) == Some(EntityKind::Occasion))
    {
        return Vec::new();
    }
    let start = content::Start { token: colon + 1, letters: 0, how: How::Colon };
    let Some((pieces, kind)) = content::content(doc, start, tokens.end as usize, &Stops(Vec::new())) else {
        return Vec::new();
    };
    let told = Told {
        cue: Tokens::new(colon, colon + 1),
        span: doc.tokens[colon].span,
        act: "say",
        rule: "statements:headline-colon",
        row: None,
        clause: Tokens::new(first, colon),
        explicit: true,
        feminine: false,
        aside: false,
    };
    who.into_iter().map(|w| told.by(doc, s, Some(w), pieces.clone(), kind)).collect()
}

/// Who speaks before the colon of a headline: the last who is named before it without a preposition, and those joined to them
/// (ماكرون وميركل: "Macron and Merkel:"). What stands between may say to whom and where (واشنطن لعباس: "Washington to Abbas:").
fn before_colon(doc: &Document, first: usize, colon: usize) -> Vec<EntityId> {
    let mut who = Vec::new();
    let mut k = colon;
    while k > first {
        let i = k - 1;
        if let Some(m) = doc.cast.covering(i).filter(|m| who.is_empty() || !subject::is_adjective(doc, m)) {
            k = m.tokens.start as usize;
            if subject::governed(doc, m) {
                let preposition = |i: usize| {
                    subject::is_preposition(doc, i)
                        || matches!(doc.word(i), "ل" | "لـ" | "ب" | "بـ")
                        || content::opening(doc, i).is_some()
                };
                while k > first && preposition(k - 1) {
                    k -= 1;
                }
                continue;
            }
            // معلقا على تصريح ترامب "commenting on a remark of Trump": part of a phrase with a preposition.
            let phrase = (first..k)
                .rev()
                .take(3)
                .take_while(|i| doc.kind(*i) == Some(Kind::Word) && doc.cast.covering(*i).is_none())
                .find(|i| subject::is_preposition(doc, *i));
            if let Some(preposition) = phrase {
                k = preposition;
                continue;
            }
            let joined = subject::letters_before(doc, m) > 0 && doc.word(k).starts_with('و');
            who.push(m.entity);
            if !joined {
                break;
            }
        } else if matches!(doc.word(i), "(" | ")" | "«" | "»" | "\"" | "“" | "”")
            || who.is_empty() && colon - k < 3 && doc.kind(i) == Some(Kind::Word)
        {
            k = i;
        } else {
            break;
        }
    }
    who.reverse();
    who
}

/// Whether a clause with a verb, a negation or a quotation follows: then a state before a colon speaks, and is no dateline
/// (تركيا: مقتل "Turkey: death of").
fn clause_follows(doc: &Document, i: usize, end: usize) -> bool {
    // تصريحات إيران الأخيرة تؤكد "the latest remarks of Iran confirm": a verb in the present after its subject.
    let tells = (i..end.min(i + 7)).take_while(|k| !doc.is(*k, Classes::RELATIVE)).any(|k| {
        let mut verbs = doc.word_entries(k).peekable();
        verbs.peek().is_some()
            && verbs.all(|(_, e)| e.table == Table::Verb && e.feat.part() == Part::Present)
            && doc.cast.covering(k - 1).is_some()
    });
    // عملية شاملة بالغوطة باتت ضرورية "a whole operation … has become necessary".
    let became = (i + 1..end.min(i + 7))
        .take_while(|k| !doc.is(*k, Classes::RELATIVE))
        .any(|k| doc.is(k, Classes::BE) && !doc.word(k).starts_with('و'));
    tells
        || became
        || content::opening(doc, i).is_some()
        || doc
            .is(i, Classes::NEGATION.or(Classes::FUTURE).or(Classes::MODAL).or(Classes::THAT).or(Classes::BE))
        || doc.word_entries(i).any(|(_, e)| e.table == Table::Verb && e.feat.part() == Part::Present)
}

/// What is known of a cue once it is read: everything about a statement but who says what.
struct Told {
    cue: Tokens,
    span: Span,
    act: &'static str,
    rule: &'static str,
    row: Option<Entry>,
    clause: Tokens,
    explicit: bool,
    feminine: bool,
    aside: bool,
}

impl Told {
    /// The statement of one speaker.
    fn by(
        &self,
        doc: &Document,
        sentence: usize,
        speaker: Option<EntityId>,
        content: Vec<Span>,
        kind: StatementKind,
    ) -> Draft {
        let whole = content.iter().copied().reduce(Span::to).unwrap_or_default();
        Draft {
            content: doc.tokens_of(whole),
            cue: self.cue,
            sentence,
            clause: self.clause,
            explicit: self.explicit,
            feminine: self.feminine,
            aside: self.aside,
            statement: Statement {
                kind,
                act: self.act,
                speaker,
                cue: self.span,
                content,
                medium: None,
                via: Vec::new(),
                within: None,
                confidence: 0.0,
                because: Because { rule: self.rule, row: self.row },
            },
        }
    }
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
    let Some(dash) = dash.filter(|i| named(*i)) else { return tokens.start as usize };
    // كابل - «الشرق الأوسط»: "Kabul - Asharq Al-Awsat:": the paper's own name and a colon.
    (dash + 1..(dash + 8).min(tokens.end as usize)).find(|i| doc.is_mark(*i, ':')).map_or(dash + 1, |i| {
        let paper = (dash + 1..i).all(|k| doc.kind(k) == Some(Kind::Mark) || doc.cast.covering(k).is_some());
        if paper { i + 1 } else { dash + 1 }
    })
}
