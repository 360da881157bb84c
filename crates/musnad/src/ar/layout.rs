//! Layout: lines, sentences, quotations, and what the page left in the text that is no part of the report.

use crate::document::{Classes, Document, Kind, Layout, Paragraph, Quote, Sentence};
use crate::span::{Span, Tokens};
use musnad_lexicon::Table;

/// A headline is never longer than this, in bytes of the line: a longer first line is text.
const LONGEST_HEADLINE: u32 = 400;
/// A sentence of more tokens than this is cut at the next comma: no writer means it as one, and what a later stage looks at in
/// one sentence must not grow with the length of the line.
const LONGEST_SENTENCE: usize = 140;
/// A quotation runs on over so many lines at most.
const RUNS_ON: usize = 6;
/// Quotations nested deeper than this are not told apart.
const DEEPEST: usize = 6;

/// The stage `sentences`.
#[must_use]
pub fn layout(doc: &Document) -> Layout {
    let mut layout = Layout { paragraphs: paragraphs(doc), ..Layout::default() };
    mark_debris(doc, &mut layout);
    layout.quote_of = vec![u32::MAX; doc.tokens.len()];
    layout.sentence_of = vec![u32::MAX; doc.tokens.len()];
    // Marks that close what an earlier line opened.
    let mut closed: Vec<usize> = Vec::new();
    for p in 0..layout.paragraphs.len() {
        let paragraph = layout.paragraphs[p];
        if paragraph.debris {
            continue;
        }
        closed.retain(|i| *i >= paragraph.tokens.start as usize);
        quotes(doc, paragraph.tokens, &closed, &mut layout);
        closed.extend(run_on(doc, p, &mut layout));
        sentences(doc, p as u32, paragraph.tokens, &mut layout);
    }
    layout
}

/// Lets a quotation that its line does not close run on to the line that closes it, [`RUNS_ON`] lines away at most. Lines between may
/// begin with an opening mark again, as printers do. Gives the mark that closes it.
fn run_on(doc: &Document, p: usize, layout: &mut Layout) -> Option<usize> {
    let line = layout.paragraphs[p].tokens;
    let from = layout.quotes.partition_point(|q| q.open < line.start);
    let unclosed = |q: &Quote| q.close.is_none() && q.within.is_none() && q.inner.end == line.end;
    let q = from + layout.quotes[from..].iter().position(unclosed)?;
    let opened = doc.word(layout.quotes[q].open as usize).chars().next().unwrap_or(' ');
    let mut close = None;
    for next in layout.paragraphs[p + 1..].iter().take(RUNS_ON) {
        if next.debris || next.headline {
            return None;
        }
        match closing(doc, next.tokens, opened) {
            Closing::Here(i) => {
                close = Some(i);
                break;
            }
            Closing::Later => {}
            Closing::Never => return None,
        }
    }
    let close = close?;
    let quote = &mut layout.quotes[q];
    quote.close = Some(close as u32);
    quote.inner.end = close as u32;
    let inner = quote.inner;
    for i in inner.range().filter(|i| *i >= line.end as usize) {
        layout.quote_of[i] = q as u32;
    }
    Some(close)
}

/// Where a quotation of an earlier line closes.
enum Closing {
    Here(usize),
    Later,
    Never,
}

/// Looks in a line for the mark that closes a quotation opened before it: the first that closes and has nothing in its line to close.
fn closing(doc: &Document, line: Tokens, opened: char) -> Closing {
    let mut depth = 0usize;
    for i in line.range() {
        let mark =
            if doc.kind(i) == Some(Kind::Mark) { doc.word(i).chars().next().unwrap_or(' ') } else { ' ' };
        let Some((may_open, may_close)) = shape(mark) else { continue };
        let before = i > line.start as usize;
        let next = line.has(i + 1).then(|| doc.tokens[i + 1]);
        let opens = may_open
            && (!may_close || doc.tokens[i].spaced || !before)
            && next.is_some_and(|n| !n.spaced && n.kind != Kind::Mark);
        if opens {
            // The mark is repeated at the beginning of the line: it goes on.
            if before {
                depth += 1;
            }
        } else if may_close && pairs(opened, mark) {
            if depth == 0 {
                return if before { Closing::Here(i) } else { Closing::Never };
            }
            depth -= 1;
        }
    }
    if depth == 0 { Closing::Later } else { Closing::Never }
}

fn paragraphs(doc: &Document) -> Vec<Paragraph> {
    let mut out: Vec<Paragraph> = Vec::new();
    for (i, token) in doc.tokens.iter().enumerate() {
        match out.last_mut() {
            Some(last) if !token.line_start => last.tokens.end = i as u32 + 1,
            _ => {
                out.push(Paragraph { tokens: Tokens::new(i, i + 1), headline: false, debris: false });
            }
        }
    }
    let more = out.len() > 1;
    if let Some(first) = out.first_mut()
        && doc.report.titled
        && more
        && doc.span_of(first.tokens).len() <= LONGEST_HEADLINE
    {
        first.headline = true;
    }
    out
}

/// How many tokens of a run are no marks.
#[must_use]
pub fn words(doc: &Document, tokens: Tokens) -> usize {
    tokens.range().filter(|i| doc.kind(*i) != Some(Kind::Mark)).count()
}

/// Whether a line ends as sentences do, quotation marks and brackets behind the full stop allowed.
fn ends_as_sentence(doc: &Document, tokens: Tokens) -> bool {
    let last = tokens.range().next_back();
    last.is_some_and(|i| doc.kind(i) == Some(Kind::Mark) && !doc.is_mark(i, '-'))
}

/// Marks lines that the page added: those that begin with its words ("read also", "share"), and related headlines, which stand
/// alone between paragraphs that all end with a full stop, and do not.
fn mark_debris(doc: &Document, layout: &mut Layout) {
    let body: Vec<usize> = (0..layout.paragraphs.len()).filter(|p| !layout.paragraphs[*p].headline).collect();
    let stopped = body.iter().filter(|p| ends_as_sentence(doc, layout.paragraphs[**p].tokens)).count();
    let strict = body.len() >= 4 && stopped * 3 >= body.len() * 2;
    let last_text = body.iter().rev().copied().find(|p| ends_as_sentence(doc, layout.paragraphs[*p].tokens));
    for (k, &p) in body.iter().enumerate() {
        let tokens = layout.paragraphs[p].tokens;
        let count = words(doc, tokens);
        let first = tokens.range().find(|i| doc.kind(*i) != Some(Kind::Mark));
        let by_words = count <= 30
            && first.is_some_and(|i| {
                let phrase = doc.entries(i).find(|(r, e)| {
                    r.cut == 0
                        && e.table == Table::Particle
                        && Classes::named(doc.row(*e).get("class")) == Classes::DEBRIS
                });
                // A word that is also an ordinary one needs a colon or the end of the line behind it.
                phrase.is_some_and(|(r, _)| {
                    let after = i + usize::from(r.tokens);
                    !tokens.has(after)
                        || doc.kind(after) == Some(Kind::Mark)
                        || r.tokens > 1
                        || count <= 12 && !ends_as_sentence(doc, tokens)
                })
            });
        let headline = strict
            && k > 0
            && last_text.is_some_and(|last| p < last)
            && (3..=20).contains(&count)
            && !ends_as_sentence(doc, tokens);
        let address = count <= 6
            && doc.text(doc.span_of(tokens)).contains(['@', '/'])
            && tokens.range().all(|i| doc.kind(i) != Some(Kind::Word));
        let credit = count <= 30 && is_credited(doc, tokens);
        if by_words || headline || address || credit || count == 0 && k + 1 == body.len() && tokens.len() > 2
        {
            layout.paragraphs[p].debris = true;
            layout.debris.push(doc.span_of(tokens));
        }
    }
    // "...more" at the end of the last line.
    if let Some(&p) = body.last()
        && !layout.paragraphs[p].debris
    {
        let tokens = layout.paragraphs[p].tokens;
        let last = tokens.end as usize - 1;
        if tokens.len() > 3
            && doc.is(last, Classes::DEBRIS)
            && doc.is_mark(last - 1, '.')
            && doc.word(last - 1).len() > 1
        {
            layout.debris.push(doc.span_of(Tokens::new(last - 1, last + 1)));
            layout.paragraphs[p].tokens.end = last as u32 - 1;
        }
    }
    layout.debris.sort();
}

/// Whether a line is a picture's caption that ends with its credit in brackets: (تصوير: سامر الحكيم) "photograph: Samer al-Hakim".
fn is_credited(doc: &Document, line: Tokens) -> bool {
    let Some(open) = line.range().rev().skip(1).find(|i| doc.is_mark(*i, '(') || doc.is_mark(*i, ')')) else {
        return false;
    };
    doc.is_mark(line.end as usize - 1, ')')
        && doc.is_mark(open, '(')
        && doc.is(open + 1, Classes::DEBRIS)
        && doc.is_mark(open + 2, ':')
        && !line.range().any(|i| doc.is_mark(i, '.'))
}

/// What a quotation mark may do by its shape.
fn shape(c: char) -> Option<(bool, bool)> {
    match c {
        '«' | '“' | '„' | '‘' | '‹' | '‟' => Some((true, false)),
        '»' | '”' | '’' | '›' => Some((false, true)),
        '"' | '\'' | '″' | '`' | '＂' => Some((true, true)),
        _ => None,
    }
}

/// Whether two marks can be the two sides of one quotation.
fn pairs(open: char, close: char) -> bool {
    match open {
        '«' => close == '»',
        '»' => close == '«',
        '‹' => close == '›',
        '“' | '„' | '‟' | '”' => matches!(close, '“' | '”' | '"'),
        '‘' | '’' | '`' => matches!(close, '’' | '‘' | '\'' | '`'),
        '"' | '＂' => matches!(close, '"' | '”' | '“' | '＂'),
        c => c == close,
    }
}

/// Finds the quotations of one line. Marks that look alike on both sides are told apart by the space around them, a mark of
/// the wrong shape (»…«, ”…”) by what is open.
fn quotes(doc: &Document, line: Tokens, closed: &[usize], layout: &mut Layout) {
    // Open quotations: index into `layout.quotes`, the mark.
    let mut open: Vec<(usize, char)> = Vec::new();
    let end = line.end as usize;
    for i in line.range() {
        let token = doc.tokens[i];
        let mark = if token.kind == Kind::Mark { doc.word(i).chars().next().unwrap_or(' ') } else { ' ' };
        // So is an opening mark that a line repeats inside it.
        let taken = closed.contains(&i) || i as u32 == line.start && layout.quote_of[i] != u32::MAX;
        if let Some((may_open, may_close)) = shape(mark).filter(|_| !taken) {
            let before = i.checked_sub(1).filter(|_| i > line.start as usize);
            let next = (i + 1 < end).then(|| doc.tokens[i + 1]);
            let foreign = |t: Option<Kind>| t == Some(Kind::Foreign);
            let apostrophe = matches!(mark, '\'' | '’' | '`' | '‘')
                && !token.spaced
                && foreign(before.and_then(|b| doc.kind(b)))
                && next.is_some_and(|n| !n.spaced && n.kind == Kind::Foreign);
            // و"…", بـ«…»: attached letters stand before an opening mark without a space.
            let clitic = before
                .is_some_and(|b| doc.kind(b) == Some(Kind::Word) && doc.word(b).chars().count() <= 2)
                && next.is_some_and(|n| !n.spaced);
            let closing = open.iter().rposition(|(_, o)| pairs(*o, mark));
            let opens_by_space =
                (token.spaced || before.is_none() || clitic || before.is_some_and(|b| doc.is_mark(b, '(')))
                    && next.is_some_and(|n| !n.spaced);
            let closes = closing.is_some()
                && (may_close || mark == '«' || mark == '“')
                && !(may_open
                    && opens_by_space
                    && next.is_some_and(|n| n.kind != Kind::Mark)
                    && token.spaced)
                && !(mark == '«' && opens_by_space);
            if apostrophe {
                // Part of a foreign word.
            } else if let Some(at) = closing.filter(|_| closes) {
                // What was opened inside and never closed ends here.
                while open.len() > at {
                    if let Some((q, _)) = open.pop() {
                        let quote = &mut layout.quotes[q];
                        quote.inner.end = i as u32;
                        if open.len() == at {
                            quote.close = Some(i as u32);
                        }
                    }
                }
            } else if (may_open || opens_by_space) && open.len() < DEEPEST && next.is_some() {
                let within = open.last().map(|(q, _)| *q as u32);
                open.push((layout.quotes.len(), mark));
                layout.quotes.push(Quote {
                    open: i as u32,
                    close: None,
                    inner: Tokens::new(i + 1, end),
                    within,
                });
            }
        }
        if let Some(&(q, _)) = open.last()
            && layout.quotes[q].open != i as u32
        {
            layout.quote_of[i] = q as u32;
        }
    }
    // The marks themselves belong to what is around them.
    for q in 0..layout.quotes.len() {
        let quote = layout.quotes[q];
        if line.has(quote.open as usize) {
            let outer = quote.within.unwrap_or(u32::MAX);
            layout.quote_of[quote.open as usize] = outer;
            if let Some(close) = quote.close {
                layout.quote_of[close as usize] = outer;
            }
        }
    }
}

fn letters(doc: &Document, i: usize) -> usize {
    doc.word(i).chars().count()
}

/// Whether the mark at `i` ends a sentence.
fn ends(doc: &Document, i: usize, line: Tokens) -> bool {
    let mark = doc.word(i);
    if mark.starts_with(['؟', '?', '!']) {
        return true;
    }
    let dots = mark.len();
    if !mark.starts_with('.') {
        return false;
    }
    let next = i + 1;
    if !line.has(next) {
        return true;
    }
    let before = i.checked_sub(1);
    let short_before = before.is_some_and(|b| {
        doc.kind(b) == Some(Kind::Word) && letters(doc, b) == 1
            || doc.kind(b) == Some(Kind::Foreign) && letters(doc, b) <= 2
    });
    if doc.tokens[next].spaced {
        // د. سامر "Dr. Samer": an abbreviated title; three dots may stand inside a sentence.
        return dots == 1 && !short_before;
    }
    // A full stop with the next sentence attached (بوغدانوف.وأعلنت), not an abbreviation (أر.تي.إل) or an address.
    dots == 1
        && doc.kind(next) == Some(Kind::Word)
        && letters(doc, next) >= 2
        && before.is_some_and(|b| {
            doc.kind(b) != Some(Kind::Foreign) && letters(doc, b) >= 3 || doc.kind(b) == Some(Kind::Mark)
        })
}

fn sentences(doc: &Document, paragraph: u32, line: Tokens, layout: &mut Layout) {
    let mut start = line.start as usize;
    let push = |start: usize, end: usize, layout: &mut Layout| {
        let s = layout.sentences.len() as u32;
        layout.sentence_of[start..end].fill(s);
        layout.sentences.push(Sentence { tokens: Tokens::new(start, end), paragraph });
    };
    for i in line.range() {
        // A full stop inside a quotation that closes does not end the sentence that quotes it.
        let quoted = layout.quotes.get(layout.quote_of[i] as usize).is_some_and(|q| q.close.is_some());
        let closes_quote =
            !quoted && i > start && shape(doc.word(i).chars().next().unwrap_or(' ')).is_some() && {
                let before = i - 1;
                layout.quote_of[before] != u32::MAX
                    && doc.kind(before) == Some(Kind::Mark)
                    && ends(doc, before, Tokens::new(line.start as usize, i))
            };
        let longest = if quoted || !doc.is_mark(i, '،') { LONGEST_SENTENCE * 2 } else { LONGEST_SENTENCE };
        let long = i.saturating_sub(start) >= longest;
        let stop = !quoted && ends(doc, i, line);
        if stop || long || closes_quote && line.has(i + 1) && doc.tokens[i + 1].spaced {
            let mut end = i + 1;
            // Marks that close belong to the sentence before them.
            while line.has(end) && doc.kind(end) == Some(Kind::Mark) && !doc.tokens[end].spaced {
                end += 1;
            }
            if end > start && i >= start {
                push(start, end, layout);
                start = end;
            }
        }
    }
    if start < line.end as usize {
        push(start, line.end as usize, layout);
    }
    // A quotation that never closes ends with the sentence that opens it.
    let from = layout.quotes.partition_point(|q| q.open < line.start);
    for q in &mut layout.quotes[from..] {
        if q.close.is_none()
            && let Some(s) = layout.sentences.get(layout.sentence_of[q.open as usize] as usize)
        {
            q.inner.end = q.inner.end.min(s.tokens.end).max(q.inner.start);
        }
    }
}

/// The letters of a span, for messages: the first few words.
#[must_use]
pub fn excerpt(doc: &Document, span: Span) -> String {
    let text = doc.text(span);
    let mut out: String = text.chars().take(40).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::{Report, read_until};

    fn check(text: &str, expect: &[&str]) {
        let doc = read_until(Report { text: text.into(), titled: true, ..Report::default() }, 2);
        let got: Vec<&str> = doc.layout.sentences.iter().map(|s| doc.text(doc.span_of(s.tokens))).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn a_quotation_runs_on_over_lines() {
        quotes("قال: «سنبقى هنا.\n«ولن نرحل». ثم مضى", &["سنبقى هنا.\n«ولن نرحل"]);
        quotes("قال \"سنبقى هنا.\nولن نرحل\".\nوأضاف \"نعم\"", &["سنبقى هنا.\nولن نرحل", "نعم"]);
        quotes("قال «سنبقى هنا.\nوقال «نعم» ومضى", &["سنبقى هنا.", "نعم"]);
    }

    fn quotes(text: &str, expect: &[&str]) {
        let doc = read_until(Report { text: text.into(), ..Report::default() }, 2);
        let got: Vec<&str> = doc.layout.quotes.iter().map(|q| doc.text(doc.span_of(q.inner))).collect();
        assert_eq!(got, expect, "{text}");
    }

    #[test]
    fn sentences_end_at_full_stops_outside_quotations() {
        check(
            "وصل الوفد.وأعلن البيان ذلك. قال د. سامر نعم",
            &["وصل الوفد.", "وأعلن البيان ذلك.", "قال د. سامر نعم"],
        );
        check("قال: «نعم. نحن هنا». وأضاف أر.تي.إل", &["قال: «نعم. نحن هنا».", "وأضاف أر.تي.إل"]);
        check("بلغت 3.5 في المئة. هل انتهى؟ نعم", &["بلغت 3.5 في المئة.", "هل انتهى؟", "نعم"]);
    }

    #[test]
    fn quotation_marks_of_all_kinds() {
        quotes("قال «نعم» و\"لا\" و“ربما”", &["نعم", "لا", "ربما"]);
        quotes("قال »نعم« ثم ”لا”", &["نعم", "لا"]);
        quotes("قال \"إن 'الوفاق' باق\"", &["إن 'الوفاق' باق", "الوفاق"]);
        quotes("قال \"لم تنته", &["لم تنته"]);
        quotes("بـ«المساعدات»", &["المساعدات"]);
        quotes("Côte d'Ivoire", &[]);
    }
}
