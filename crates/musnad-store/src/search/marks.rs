//! Where in a text the words of a query stand, and the part of it that shows most of them.

use super::query::{Query, Sought, What};
use super::terms::{Word, words};
use std::ops::Range;

/// A part of a text with the words that were looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Excerpt {
    /// The part; … stands where the text goes on. Line ends are spaces.
    pub text: String,
    /// Where the words stand in it, in code points: `[start, end]`.
    pub marks: Vec<[usize; 2]>,
}

impl Excerpt {
    /// The text with something before and after each mark.
    #[must_use]
    pub fn marked(&self, before: &str, after: &str) -> String {
        let mut out = String::new();
        for (i, c) in self.text.chars().chain(['\0']).enumerate() {
            for _ in self.marks.iter().filter(|m| m[1] == i) {
                out.push_str(after);
            }
            for _ in self.marks.iter().filter(|m| m[0] == i) {
                out.push_str(before);
            }
            if c != '\0' {
                out.push(c);
            }
        }
        out
    }
}

/// The words of a query that are marked where they stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Marker {
    sought: Vec<Sought>,
    /// So many of them together are all that was asked for; names in Arabic come on top.
    enough: usize,
}

impl Marker {
    pub(crate) fn of(query: &Query) -> Marker {
        let wanted = query.parts.iter().flatten().filter(|c| !c.not);
        let sought = wanted.filter_map(|c| match &c.what {
            What::Words(s) => Some(s.clone()),
            _ => None,
        });
        let sought: Vec<Sought> = sought.collect();
        Marker { enough: sought.len(), sought }
    }

    /// Whether a word is in Latin letters, and may be somebody's English name.
    pub(crate) fn wants_names(&self) -> bool {
        self.sought.iter().any(|s| !s.keys.is_empty())
    }

    /// The same for a text in which these are named, in Arabic and in English: a name sought in Latin letters is marked in Arabic.
    pub(crate) fn with_names(&self, names: &[(String, String)]) -> Marker {
        let mut out = self.clone();
        for sought in self.sought.iter().filter(|s| !s.keys.is_empty()) {
            for (name, english) in names {
                let keys = super::terms::latin_keys(english);
                let Some(at) = keys.windows(sought.keys.len()).position(|w| w == sought.keys) else {
                    continue;
                };
                let arabic = words(name);
                // Word for word where there are as many, else the whole name.
                let part = if arabic.len() == keys.len() {
                    arabic.get(at..at + sought.keys.len()).unwrap_or_default()
                } else {
                    &arabic
                };
                for word in part.iter().filter(|w| !w.stem.is_empty()) {
                    out.sought.push(Sought {
                        typed: String::new(),
                        quoted: false,
                        words: vec![word.clone()],
                        keys: Vec::new(),
                    });
                }
            }
        }
        out
    }

    /// Which words of a text are sought, each with which of the sought it is.
    fn hits(&self, text: &[Word]) -> Vec<(usize, usize)> {
        let mut out: Vec<(usize, usize)> = Vec::new();
        for (n, sought) in self.sought.iter().enumerate() {
            let whole = sought.quoted || sought.words.len() > 1;
            let len = sought.words.len().max(1);
            for (i, window) in text.windows(len).enumerate() {
                let same = window
                    .iter()
                    .zip(&sought.words)
                    .all(|(w, s)| w.bare == s.bare || !whole && !s.stem.is_empty() && w.stem == s.stem);
                if same {
                    out.extend((i..i + len).map(|i| (i, n)));
                }
            }
        }
        out.sort_unstable();
        out.dedup_by_key(|h| h.0);
        out
    }

    /// How many of what is sought stand in a text.
    pub(crate) fn different(&self, text: &str) -> usize {
        if self.sought.is_empty() {
            return 0;
        }
        let mut seen: Vec<usize> = self.hits(&words(text)).iter().map(|h| h.1).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.len()
    }

    /// The part of a text that shows most of what is sought: at most `room` words.
    pub(crate) fn excerpt(&self, text: &str, room: usize) -> Excerpt {
        let (mut all, mut read) = (Vec::new(), 0);
        let near = room * 2 / 3;
        // Begins at the hit from which most different ones are near, the earliest such; a few words before it are shown, too. Words are
        // told apart piece by piece, and no further than to where nothing better can come.
        let (hits, start) = loop {
            let to = piece(text, read);
            let more = text.get(read..to).unwrap_or_default();
            all.extend(words(more).into_iter().map(|w| Word { at: w.at.start + read..w.at.end + read, ..w }));
            read = to;
            let hits = self.hits(&all);
            let different = |from: usize| {
                let until = hits.partition_point(|h| h.0 < from + near);
                let inside = hits.get(hits.partition_point(|h| h.0 < from)..until).unwrap_or_default();
                let mut seen: Vec<usize> = inside.iter().map(|h| h.1).collect();
                seen.sort_unstable();
                seen.dedup();
                seen.len()
            };
            let best = hits.iter().map(|h| h.0).max_by_key(|i| (different(*i), usize::MAX - i));
            let start = best.unwrap_or(0);
            let shows_all = best.is_some_and(|b| different(b) >= self.enough);
            let enough = self.sought.is_empty() || shows_all && start + near <= all.len();
            if read == text.len() || enough && all.len() > start + room {
                break (hits, start);
            }
        };
        let whole = read == text.len();
        let first = match whole {
            _ if all.len() <= room => 0,
            true => start.saturating_sub(room / 5).min(all.len() - room),
            false => start.saturating_sub(room / 5),
        };
        let shown = all.get(first..all.len().min(first + room)).unwrap_or_default();
        let (Some(begin), Some(end)) = (shown.first(), shown.last()) else { return Excerpt::default() };
        let from = if first == 0 { 0 } else { begin.at.start };
        let to = if whole && first + shown.len() == all.len() { text.len() } else { end.at.end };
        let hit = |at: &Range<usize>| hits.iter().any(|h| all[h.0].at == *at);
        let mut out = Excerpt::default();
        if first > 0 {
            out.text.push('…');
        }
        let mut points = usize::from(first > 0);
        let mut at = from;
        let push = |piece: &str, out: &mut String, points: &mut usize| {
            for c in piece.chars() {
                out.push(if c.is_whitespace() || c.is_control() { ' ' } else { c });
                *points += 1;
            }
        };
        let mut last: Option<Range<usize>> = None;
        for word in shown {
            // Two words may come out of one sign.
            if last.as_ref() == Some(&word.at) || !hit(&word.at) {
                continue;
            }
            push(text.get(at..word.at.start).unwrap_or_default(), &mut out.text, &mut points);
            let begins = points;
            push(text.get(word.at.clone()).unwrap_or_default(), &mut out.text, &mut points);
            out.marks.push([begins, points]);
            at = word.at.end;
            last = Some(word.at.clone());
        }
        push(text.get(at..to).unwrap_or_default(), &mut out.text, &mut points);
        if to < text.len() {
            out.text.push('…');
        }
        out
    }
}

/// How many bytes of a text are told apart into words at a time.
const PIECE: usize = 600;

/// Where the next piece of a text ends: at white space, so that no word is cut.
fn piece(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    let ends = rest.char_indices().find(|(at, c)| *at >= PIECE && c.is_whitespace());
    from + ends.map_or(rest.len(), |e| e.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(query: &str, text: &str, room: usize) -> String {
        Marker::of(&Query::of(query).unwrap()).excerpt(text, room).marked("[", "]")
    }

    #[test]
    fn words_are_marked_in_all_their_forms() {
        // "The ministers met and the rockets fell."
        let text = "التقى الوزراء\nوسقطت الصواريخ.";
        assert_eq!(marked("صاروخ وزير", text, 30), "التقى [الوزراء] وسقطت [الصواريخ].");
        assert_eq!(marked("\"سقطت الصواريخ\" -وزير", text, 30), "التقى الوزراء [وسقطت] [الصواريخ].");
        assert_eq!(marked("\"الصواريخ سقطت\"", text, 30), "التقى الوزراء وسقطت الصواريخ.");
    }

    #[test]
    fn the_part_with_most_is_shown() {
        let filler = "كلمة ".repeat(40);
        let text = format!("حرب {filler} حرب سلام {filler}");
        let shown = marked("حرب سلام", &text, 12);
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.contains("[حرب] [سلام]"), "{shown}");
        assert_eq!(marked("حرب", "", 12), "");
    }

    #[test]
    fn the_part_with_most_is_shown_however_far_it_stands() {
        let filler = "كلمة ".repeat(400);
        let text = format!("حرب {filler}حرب {filler}حرب سلام {filler}");
        for query in ["حرب سلام", "سلام", "سلام حرب غائب"] {
            assert!(marked(query, &text, 12).contains("حرب] [سلام]") || query == "سلام", "{query}");
        }
        assert!(marked("حرب", &text, 12).starts_with("[حرب] كلمة"));
        assert!(marked("سلام", &text, 12).contains(" [سلام] "));
        let end = format!("{filler}سلام");
        assert!(marked("سلام", &end, 12).ends_with("كلمة [سلام]"));
    }

    #[test]
    fn a_name_in_latin_letters_is_marked_in_arabic() {
        let marker = Marker::of(&Query::of("Lavroff").unwrap());
        let marker = marker.with_names(&[("سيرغي لافروف".into(), "Sergey Lavrov".into())]);
        let shown = marker.excerpt("قال سيرغي لافروف", 9).marked("[", "]"); // "Sergey Lavrov said"
        assert_eq!(shown, "قال سيرغي [لافروف]");
    }
}
