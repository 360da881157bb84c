//! Statements: who said what, in what act, by what medium and through whom.
//!
//! A cue (`cues`) has a subject (`subject`) and content (`content`); how the words came to the report is `chain`'s part; `read` puts them together.

pub mod chain;
pub mod content;
pub mod cues;
mod read;
pub mod subject;

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
}

/// The stage `statements`.
#[must_use]
pub fn statements(doc: &Document, rejected: &mut Vec<Rejected>) -> Vec<Statement> {
    let mut reader =
        Reader { doc, drafts: Vec::new(), spoke: Vec::new(), carriers: Vec::new(), consumed: 0, rejected };
    for (s, sentence) in doc.layout.sentences.iter().enumerate() {
        let tokens = sentence.tokens;
        let paragraph = doc.layout.paragraphs[sentence.paragraph as usize];
        if paragraph.headline
            && let Some(draft) = headline(doc, s, tokens)
        {
            reader.spoke.extend(draft.statement.speaker);
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
            if relative && told.is_some() {
                ends.push(cue.at - 1);
            }
        }
        ends.sort_unstable();
        let stops = Stops(ends);
        for cue in &cues {
            reader.read(s, cue, &stops);
        }
    }
    let Reader { mut drafts, carriers, .. } = reader;
    chain::link(doc, &mut drafts, &carriers);
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
    let told = Told {
        cue: Tokens::new(colon, colon + 1),
        span: doc.tokens[colon].span,
        act: "say",
        rule: "statements:headline-colon",
        row: None,
        clause: Tokens::new(first, colon),
        explicit: true,
        feminine: false,
    };
    Some(told.by(doc, s, Some(who), pieces, kind))
}

/// Whether a clause with a verb, a negation or a quotation follows: then a state before a colon speaks, and is no dateline
/// (تركيا: مقتل "Turkey: death of").
fn clause_follows(doc: &Document, i: usize) -> bool {
    content::opening(doc, i).is_some()
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
    dash.filter(|i| named(*i)).map_or(tokens.start as usize, |i| i + 1)
}
