//! What is reported over several paragraphs: the answers of an interview, and the points of a list.

use super::content;
use crate::ar::layout::words;
use crate::document::{Document, Kind, Paragraph};
use crate::span::{Span, Tokens};

/// A question has at most so many words, and a subheading between answers at most [`HEADING`].
const QUESTION: usize = 60;
const HEADING: usize = 8;
/// A list has at most so many points, an answer so many paragraphs.
const POINTS: usize = 40;

/// An answer of an interview.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The mark that opens it, which stands for "he said"; the last mark of the question where it has none.
    pub cue: usize,
    /// Its paragraphs.
    pub content: Vec<Span>,
}

/// What a line begins with: the mark or letter of a question, an answer or a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// * or • or a number.
    Bullet(char),
    /// س: "question".
    Question,
    /// ج: "answer".
    Answer,
}

/// The opening of a line, and the first token behind it.
fn opening(doc: &Document, line: Tokens) -> Option<(Opening, usize)> {
    let first = line.start as usize;
    let word = doc.word(first);
    if !line.has(first + 1) {
        return None;
    }
    let colon = |i: usize| doc.is_mark(i, ':') || doc.is_mark(i, '-') || doc.is_mark(i, '/');
    match word {
        "س" | "سؤال" if colon(first + 1) => return Some((Opening::Question, first + 2)),
        "ج" | "جواب" if colon(first + 1) => return Some((Opening::Answer, first + 2)),
        _ => {}
    }
    let mark =
        word.chars().next().filter(|c| matches!(c, '*' | '•' | '-' | '–' | '—' | '●' | '▪' | '■' | '◆'));
    if let Some(mark) = mark.filter(|_| doc.kind(first) == Some(Kind::Mark)) {
        let mut k = first + 1;
        // •• opens an answer where • opens a question.
        let double = line.has(k) && !doc.tokens[k].spaced && doc.word(k) == word || word.chars().count() > 1;
        while line.has(k) && doc.kind(k) == Some(Kind::Mark) && content::opening(doc, k).is_none() {
            k += 1;
        }
        return line.has(k).then_some((Opening::Bullet(if double { '=' } else { mark }), k));
    }
    // 1- or 1. or 1):
    let numbered = doc.kind(first) == Some(Kind::Number)
        && word.len() <= 2
        && (colon(first + 1) || doc.is_mark(first + 1, ')') || doc.is_mark(first + 1, '.'));
    numbered.then_some((Opening::Bullet('1'), first + 2))
}

/// Whether a line is a question of the interviewer: it ends with a question mark and begins with a mark or a letter.
fn question(doc: &Document, line: Tokens) -> Option<Opening> {
    let last = line.end as usize - 1;
    let asks =
        (last.saturating_sub(1)..=last).any(|i| line.has(i) && (doc.is_mark(i, '؟') || doc.is_mark(i, '?')));
    let (opening, _) = opening(doc, line)?;
    (asks && words(doc, line) <= QUESTION && opening != Opening::Answer).then_some(opening)
}

/// The answers of an interview, in order; none where a report has fewer than two questions with an answer below.
#[must_use]
pub fn answers(doc: &Document) -> Vec<Answer> {
    let lines: Vec<Paragraph> =
        doc.layout.paragraphs.iter().copied().filter(|p| !p.debris && !p.tokens.is_empty()).collect();
    let mut out = Vec::new();
    let mut k = 0;
    while k < lines.len() {
        let Some(asked) = question(doc, lines[k].tokens) else {
            k += 1;
            continue;
        };
        k += 1;
        let Some(first) = lines.get(k) else { break };
        // Another question of the same kind below is no answer; •• below • and - below * are.
        let (cue, start) = match opening(doc, first.tokens) {
            Some((o, _)) if o == asked => continue,
            Some((_, start)) => (first.tokens.start as usize, start),
            None => (lines[k - 1].tokens.end as usize - 1, first.tokens.start as usize),
        };
        let mut content = Vec::new();
        content.extend(content::trimmed(doc, start, first.tokens.end as usize, 0));
        k += 1;
        while let Some(line) = lines.get(k)
            && content.len() < POINTS
            && question(doc, line.tokens).is_none()
            && opening(doc, line.tokens).is_none_or(|(o, _)| o != asked)
            && words(doc, line.tokens) > HEADING
        {
            content.extend(content::trimmed(doc, line.tokens.start as usize, line.tokens.end as usize, 0));
            k += 1;
        }
        if !content.is_empty() {
            out.push(Answer { cue, content });
        }
    }
    if out.len() < 2 { Vec::new() } else { out }
}

/// The points of a list below a line that ends with a colon, or the paragraph in quotation marks there; `line` is that line.
#[must_use]
pub fn points(doc: &Document, line: Tokens) -> Vec<Span> {
    let colon = line.end as usize - 1;
    if !doc.is_mark(colon, ':') {
        return Vec::new();
    }
    let below = doc.layout.paragraphs.partition_point(|p| p.tokens.start < line.end);
    let mut out = Vec::new();
    for p in doc.layout.paragraphs[below..].iter().take(POINTS) {
        let first = p.tokens.start as usize;
        if p.debris || p.tokens.is_empty() {
            break;
        }
        if let Some(q) = content::opening(doc, first).filter(|_| out.is_empty()) {
            let inner = doc.layout.quotes[q].inner;
            return content::by_line(doc, inner);
        }
        let Some((Opening::Bullet(_), start)) = opening(doc, p.tokens) else { break };
        out.extend(content::trimmed(doc, start, p.tokens.end as usize, 0));
    }
    out
}
