//! Setting lines of mixed direction: Arabic inside English, wrapped to the width of the terminal.
//!
//! A terminal that knows the bidirectional algorithm orders what stands between an isolate's marks by itself; without the marks,
//! an Arabic name between two English words would drag numbers and arrows to its other side. Isolates end with the line, so a
//! piece that is broken over lines is isolated on each.

use anstyle::Style;
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// Begins a stretch that runs from right to left.
const RIGHT_TO_LEFT: char = '\u{2067}';
/// Begins a stretch that runs as its first letter does.
const FIRST_STRONG: char = '\u{2068}';
/// Ends such a stretch.
const POP: char = '\u{2069}';

/// Text of one style that flows with others.
#[derive(Clone, Debug)]
pub struct Piece<'a> {
    text: Cow<'a, str>,
    style: Style,
    opening: Option<char>,
    /// Whether no space stands before it.
    joined: bool,
}

/// Words of the program's own, in English.
pub fn plain<'a>(text: impl Into<Cow<'a, str>>) -> Piece<'a> {
    Piece { text: text.into(), style: Style::new(), opening: None, joined: false }
}

/// Words of a report, which run from right to left.
pub fn arabic(text: &str) -> Piece<'_> {
    Piece { text: harmless(text), style: Style::new(), opening: Some(RIGHT_TO_LEFT), joined: false }
}

/// What a report or its source calls something: in whatever script.
pub fn given(text: &str) -> Piece<'_> {
    Piece { text: harmless(text), style: Style::new(), opening: Some(FIRST_STRONG), joined: false }
}

impl Piece<'_> {
    /// In a style.
    pub fn styled(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// Whether it says nothing.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Without a space before it.
    pub fn joined(mut self) -> Self {
        self.joined = true;
        self
    }
}

/// A page that is set line by line.
pub struct Sheet {
    out: String,
    width: usize,
    coloured: bool,
}

/// The least room that is left for words, however narrow the page and deep the indent.
const NARROWEST: usize = 12;

impl Sheet {
    /// An empty page of a width in columns.
    pub fn new(width: usize, coloured: bool) -> Self {
        Sheet { out: String::new(), width, coloured }
    }

    /// What has been set.
    pub fn finish(self) -> String {
        self.out
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.out.push('\n');
    }

    /// A line across the page.
    pub fn rule(&mut self, style: Style) {
        let line = "─".repeat(self.width);
        self.word(&line, style, None);
        self.out.push('\n');
    }

    /// A piece on a line of its own, however long.
    pub fn unbroken(&mut self, piece: &Piece<'_>) {
        self.word(&piece.text, piece.style, piece.opening);
        self.out.push('\n');
    }

    /// Sets the pieces one after the other and breaks lines where the width is reached. The first line stands after `indent`
    /// spaces, the others after `hang`.
    pub fn flow(&mut self, indent: usize, hang: usize, pieces: &[Piece<'_>]) {
        self.labelled("", indent, hang, pieces);
    }

    /// The same with a label before the first line; `hang` is where the pieces begin.
    pub fn labelled(&mut self, label: &str, indent: usize, hang: usize, pieces: &[Piece<'_>]) {
        let spaces = |n: usize| " ".repeat(n);
        self.out.push_str(&spaces(indent));
        self.word(label, Style::new().dimmed(), None);
        let start = if label.is_empty() { indent } else { hang.max(indent + label.width() + 1) };
        self.out.push_str(&spaces(start - indent - label.width()));
        let (mut room, full) = (self.room(start), self.room(hang));
        // What of the current piece stands on the current line and is not written yet: its words come out as one isolate.
        let mut line = String::new();
        let mut empty = true;
        for piece in pieces {
            let mut first = true;
            for word in piece.text.split_whitespace().flat_map(|w| cut(w, full)) {
                let space = !(empty || first && piece.joined);
                let needed = word.width() + usize::from(space);
                if needed > room && !empty {
                    self.word(&line, piece.style, piece.opening);
                    line.clear();
                    self.out.push('\n');
                    self.out.push_str(&spaces(hang));
                    room = full.saturating_sub(word.width());
                } else {
                    room = room.saturating_sub(needed);
                    if space && first {
                        self.out.push(' ');
                    } else if space {
                        line.push(' ');
                    }
                }
                line.push_str(word);
                (first, empty) = (false, false);
            }
            self.word(&line, piece.style, piece.opening);
            line.clear();
        }
        self.out.push('\n');
    }

    fn room(&self, start: usize) -> usize {
        self.width.saturating_sub(start).max(NARROWEST)
    }

    fn word(&mut self, text: &str, style: Style, opening: Option<char>) {
        if text.is_empty() {
            return;
        }
        let style = if self.coloured { style } else { Style::new() };
        self.out.push_str(&style.render().to_string());
        self.out.extend(opening);
        self.out.push_str(text);
        self.out.extend(opening.map(|_| POP));
        self.out.push_str(&style.render_reset().to_string());
    }
}

/// A word in parts that fit a line: it stays whole unless it is longer than that.
fn cut(word: &str, room: usize) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if rest.width() <= room {
            return Some(std::mem::take(&mut rest));
        }
        let mut at = 0;
        for (i, c) in rest.char_indices() {
            let end = i + c.len_utf8();
            if at > 0 && rest[..end].width() > room {
                break;
            }
            at = end;
        }
        let (head, tail) = rest.split_at(at);
        rest = tail;
        Some(head)
    })
}

/// Text that cannot do anything to a terminal: control characters become a replacement character, marks that reorder what
/// follows are left out, and line ends become spaces.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let reorders = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}');
    // Tags and the like take no room and show nothing, so nobody would know that they are there.
    let hidden = |c: char| matches!(c, '\u{feff}' | '\u{e0000}'..='\u{e0fff}' | '\u{206a}'..='\u{206f}');
    if !text.contains(|c| reorders(c) || hidden(c) || c.is_control() || breaks(c)) {
        return Cow::Borrowed(text);
    }
    let kept = text.chars().filter(|c| !reorders(*c) && !hidden(*c)).map(|c| match c {
        c if breaks(c) => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(width: usize, pieces: &[Piece<'_>]) -> String {
        let mut sheet = Sheet::new(width, false);
        sheet.flow(2, 4, pieces);
        sheet.finish()
    }

    #[test]
    fn lines_break_at_the_width_and_hang() {
        let text = set(20, &[plain("one two three four five six seven")]);
        assert_eq!(text, "  one two three four\n    five six seven\n");
    }

    #[test]
    fn arabic_is_isolated_on_each_line() {
        // "said the minister on Tuesday evening"
        let text = set(18, &[plain("said"), arabic("قال الوزير مساء الثلاثاء"), plain("·")]);
        assert_eq!(text, "  said \u{2067}قال الوزير\u{2069}\n    \u{2067}مساء الثلاثاء\u{2069} ·\n");
    }

    #[test]
    fn a_joined_piece_has_no_space_before_it() {
        assert_eq!(set(40, &[plain("a"), plain("b").joined(), plain("c")]), "  ab c\n");
    }

    #[test]
    fn a_word_longer_than_the_line_is_cut() {
        let text = set(16, &[plain("x".repeat(30))]);
        assert_eq!(text.lines().map(|l| l.trim().len()).collect::<Vec<_>>(), [12, 12, 6]);
    }

    #[test]
    fn styles_wrap_the_words_and_nothing_else() {
        let mut sheet = Sheet::new(40, true);
        sheet.flow(0, 0, &[plain("a"), plain("b").styled(Style::new().bold())]);
        assert_eq!(sheet.finish(), "a \u{1b}[1mb\u{1b}[0m\n");
    }

    #[test]
    fn text_cannot_steer_the_terminal() {
        assert_eq!(harmless("قال"), "قال");
        assert_eq!(harmless("a\u{1b}[31mb"), "a\u{fffd}[31mb");
        assert_eq!(harmless("a\u{202e}b\u{2066}c\u{200f}"), "abc");
        assert_eq!(harmless("a\r\nb\u{2028}c\u{9b}"), "a  b c\u{fffd}");
        assert_eq!(harmless("a\u{e0041}\u{feff}b"), "ab");
    }

    #[test]
    fn an_empty_piece_leaves_no_trace() {
        assert_eq!(set(20, &[arabic(""), plain("a"), plain(" ")]), "  a\n");
    }
}
