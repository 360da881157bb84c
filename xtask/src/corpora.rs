//! The annotated corpora as reports with a tag for each token.
//!
//! They split attached letters off, here and there or everywhere, and news does not: the letters are put back, and the text
//! is read by the reader's own first stages. What then counts is its tokens.

use crate::Outcome;
use crate::learn::Dice;
use musnad::ar::names::tagger::spans;
use musnad::{Document, Report, Tokens};
use std::collections::HashSet;
use std::io::Read;
use std::path::Path;

/// A report with its tags (see `tagger::TAGS`), one for each token.
pub struct Tagged {
    /// Read up to its times.
    pub doc: Document,
    /// The tags.
    pub tags: Vec<u8>,
}

impl Tagged {
    /// The annotated names: tokens and the index of the kind.
    pub fn names(&self) -> Vec<(Tokens, usize)> {
        spans(&self.tags)
    }
}

/// A word of a corpus and its tag.
type Word = (String, u8);

/// Sentences of a corpus.
type Sentences = Vec<Vec<Word>>;

/// All text of a packed file.
pub fn unpack(path: &Path) -> Outcome<String> {
    let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text)?;
    Ok(text)
}

/// ANERcorp: the sentences to learn from and those kept apart, whole runs of sentences. The tenth of the number [`TEST`] is
/// never learned from; `others` are kept apart in its place, to choose settings by.
pub fn anercorp(data: &Path, others: &[usize]) -> Outcome<(Sentences, Sentences)> {
    let all = sentences(&unpack(&data.join("names/anercorp-train.tsv.gz"))?, |t| match t {
        "PERS" => Some(0),
        "ORG" => Some(1),
        "LOC" => Some(2),
        _ => None,
    });
    let (mut learn, mut test) = (Vec::new(), Vec::new());
    for (i, s) in all.into_iter().enumerate() {
        match i / RUN % 10 {
            part if others.contains(&part) || part == TEST && others.is_empty() => test.push(s),
            TEST => {}
            _ => learn.push(s),
        }
    }
    Ok((learn, test))
}

/// All sentences of ANERcorp that are not learned from.
pub fn apart(learn: &[Vec<Word>], data: &Path) -> Outcome<Sentences> {
    let learned: HashSet<&Vec<Word>> = learn.iter().collect();
    let (most, test) = anercorp(data, &[])?;
    Ok(most.into_iter().chain(test).filter(|s| !learned.contains(s)).collect())
}

/// The tenth of ANERcorp that the committed weights have not seen.
pub const TEST: usize = 9;

/// How many sentences of ANERcorp are kept apart in one run.
const RUN: usize = 60;

/// The kind of a name by its class in NewsFANE and WikiFANE.
fn fane(class: &str) -> Option<usize> {
    match class {
        "Politician" | "Athlete" | "Artist" | "Other_PER" | "Religious_PER" | "Scientist" | "Lawyer"
        | "Police" | "Businessperson" | "Engineer" => Some(0),
        "Non-Governmental" | "Sports" | "Government" | "Media" | "Commercial" | "Educational"
        | "Religious_ORG" | "Medical-Science" | "Entertainment" => Some(1),
        "Nation"
        | "Population-Center"
        | "State-or-Province"
        | "County-or-District"
        | "GPE-Cluster"
        | "Continent"
        | "Water-Body"
        | "Land"
        | "Land-Region-Natural"
        | "Building-Grounds"
        | "Path"
        | "Airport"
        | "Subarea-Facility" => Some(2),
        _ => None,
    }
}

/// NewsFANE without the sentences that are in `without`.
pub fn newsfane(data: &Path, without: &[Vec<Word>]) -> Outcome<Vec<Vec<Word>>> {
    let all = sentences(&unpack(&data.join("names/newsfane.tsv.gz"))?, fane);
    let known: HashSet<u64> = without.iter().flat_map(|s| shingles(s)).collect();
    Ok(all.into_iter().filter(|s| !shingles(s).iter().any(|h| known.contains(h))).collect())
}

/// WikiFANE.
pub fn wikifane(data: &Path) -> Outcome<Vec<Vec<Word>>> {
    Ok(sentences(&unpack(&data.join("names/wikifane.tsv.gz"))?, fane))
}

/// Wojood, nested: the outermost name of a person, organisation or place.
pub fn wojood(data: &Path, part: &str) -> Outcome<Vec<Vec<Word>>> {
    let text = unpack(&data.join(format!("names/wojood-{part}.txt.gz")))?;
    let kind = |label: &str| match label {
        "PERS" => Some(0),
        "ORG" => Some(1),
        "GPE" | "LOC" | "FAC" => Some(2),
        _ => None,
    };
    let mut out = Vec::new();
    let mut sentence: Vec<Word> = Vec::new();
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let mut fields = line.split_whitespace();
        let Some(word) = fields.next() else {
            out.push(join(std::mem::take(&mut sentence)));
            open = None;
            continue;
        };
        let labels: Vec<(bool, usize)> = fields
            .filter_map(|f| f.split_once('-'))
            .filter_map(|(b, l)| Some((b == "B", kind(l)?)))
            .collect();
        // An open name goes on as long as some label of its kind does.
        let goes_on = open.filter(|k| labels.contains(&(false, *k)));
        let tag = match (goes_on, labels.first()) {
            (Some(k), _) => 2 + 2 * k,
            (None, Some((_, k))) => 1 + 2 * k,
            (None, None) => 0,
        };
        open = (tag > 0).then(|| (tag - 1) / 2);
        if word != "$#$" {
            sentence.push((word.to_owned(), tag as u8));
        }
    }
    out.push(join(sentence));
    out.retain(|s| !s.is_empty());
    Ok(out)
}

fn sentences(text: &str, kind: impl Fn(&str) -> Option<usize>) -> Vec<Vec<Word>> {
    let mut out: Vec<Vec<Word>> = Vec::new();
    let mut sentence: Vec<Word> = Vec::new();
    for line in text.lines() {
        let mut fields =
            line.split('\t').map(|f| f.trim_matches(|c: char| c.is_whitespace() || c == '\u{200e}'));
        let word = fields.next().unwrap_or("");
        let label = fields.next().unwrap_or("O");
        if word.is_empty() {
            out.push(join(std::mem::take(&mut sentence)));
            continue;
        }
        let tag = label.split_once('-').and_then(|(b, class)| {
            let k = kind(class)?;
            Some(if b == "B" { 1 + 2 * k } else { 2 + 2 * k })
        });
        sentence.push((word.to_owned(), tag.unwrap_or(0) as u8));
    }
    out.push(join(sentence));
    out.retain(|s| !s.is_empty());
    out
}

/// Puts letters that were split off back to their words.
fn join(words: Vec<Word>) -> Vec<Word> {
    // Where ال begins a name and is no article.
    const NO_ARTICLE: [&str; 12] = [
        "المانيا",
        "ألمانيا",
        "البانيا",
        "ألبانيا",
        "الياس",
        "إلياس",
        "الكسندر",
        "الكساندر",
        "الان",
        "البرت",
        "الفريد",
        "المانيا",
    ];
    let letters = |w: &str| w.chars().all(|c| ('\u{621}'..='\u{652}').contains(&c));
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut pending = String::new();
    let mut begins = true;
    for (k, (word, tag)) in words.iter().enumerate() {
        let next = words.get(k + 1);
        let attaches = *tag == 0
            && matches!(word.as_str(), "و" | "ف" | "ب" | "ل" | "ك" | "س")
            && next.is_some_and(|(n, _)| {
                n.starts_with(|c: char| c.is_ascii_digit())
                    || letters(n) && (n.chars().count() > 1 || n == "ل" || n == "ب")
            });
        if attaches {
            pending.push_str(word);
            continue;
        }
        let pronoun = matches!(word.as_str(), "ه" | "ها" | "هم" | "هما" | "هن" | "نا" | "ي" | "كم");
        if pronoun
            && pending.is_empty()
            && *tag == 0
            && !begins
            && let Some((last, 0)) = out.last_mut()
            && letters(last)
            && last.chars().count() > 1
        {
            if let Some(stem) = last.strip_suffix('ة') {
                *last = format!("{stem}ت");
            }
            last.push_str(word);
            continue;
        }
        let whole =
            if pending.ends_with('ل') && word.starts_with("ال") && !NO_ARTICLE.contains(&word.as_str()) {
                format!("{pending}{}", &word["ا".len()..])
            } else {
                format!("{pending}{word}")
            };
        pending.clear();
        out.push((whole, *tag));
        begins = false;
    }
    if !pending.is_empty() {
        out.push((pending, 0));
    }
    out
}

/// The sentences with other names in the place of theirs, of the same kind, drawn from `pool`: what surrounds a name is the
/// same, and the name is another.
pub fn renamed(sentences: &[Vec<Word>], pool: &[Vec<Word>], dice: &mut Dice) -> Sentences {
    let mut names: [Vec<Vec<&str>>; 3] = Default::default();
    let mut firsts: HashSet<&str> = HashSet::new();
    for s in pool {
        let tags: Vec<u8> = s.iter().map(|w| w.1).collect();
        for (tokens, kind) in spans(&tags) {
            let name: Vec<&str> = s[tokens.range()].iter().map(|w| w.0.as_str()).collect();
            firsts.insert(name[0]);
            names[kind].push(name);
        }
    }
    let mut out = Vec::new();
    for s in sentences {
        let tags: Vec<u8> = s.iter().map(|w| w.1).collect();
        let mut renamed = s.clone();
        for (tokens, kind) in spans(&tags).into_iter().rev() {
            let word = s[tokens.start as usize].0.as_str();
            let attached = ["وب", "ول", "و", "ب", "ل", "ك", "ف"]
                .into_iter()
                .find(|a| !firsts.contains(word) && word.strip_prefix(a).is_some_and(|w| firsts.contains(w)));
            let new = &names[kind][dice.below(names[kind].len())];
            let words = new.iter().enumerate().map(|(k, w)| {
                let before = attached.filter(|_| k == 0).unwrap_or("");
                (format!("{before}{w}"), 1 + 2 * kind as u8 + u8::from(k > 0))
            });
            renamed.splice(tokens.range(), words);
        }
        if renamed != *s {
            out.push(renamed);
        }
    }
    out
}

/// Every `one_in`th report of the news, as the tagger `tag` sees it. Where it is in doubt about a sentence, the whole sentence is
/// left out.
pub fn news(data: &Path, one_in: usize, tag: impl Fn(&Document) -> Vec<u8>) -> Outcome<Vec<Tagged>> {
    let mut files: Vec<_> =
        std::fs::read_dir(data.join("news"))?.filter_map(Result::ok).map(|e| e.path()).collect();
    files.sort();
    let mut out = Vec::new();
    for path in files.iter().filter(|p| p.to_string_lossy().ends_with(".jsonl.gz")) {
        for line in unpack(path)?.lines().step_by(one_in.max(1)) {
            let json: serde_json::Value = serde_json::from_str(line)?;
            let doc = read(json["text"].as_str().unwrap_or("").to_owned());
            let tags = tag(&doc);
            out.push(Tagged { doc, tags });
        }
    }
    Ok(out)
}

/// The tag of a token that is not learned from.
pub const DOUBTED: u8 = u8::MAX;

/// Hashes of all runs of 24 letters of a sentence (of all its letters, when they are fewer), spelling and splits left aside.
fn shingles(sentence: &[Word]) -> Vec<u64> {
    let letters: Vec<char> = sentence
        .iter()
        .flat_map(|(w, _)| w.chars())
        .filter_map(musnad_lexicon::fold_char)
        .filter(|c| c.is_alphabetic())
        .map(|c| match c {
            'ى' => 'ي',
            'ة' => 'ه',
            c => c,
        })
        .collect();
    let hash = |w: &[char]| musnad::ar::names::tagger::hash(&w.iter().collect::<String>());
    if letters.len() < 24 {
        return if letters.len() < 8 { Vec::new() } else { vec![hash(&letters)] };
    }
    letters.windows(24).map(hash).collect()
}

/// Reads sentences as reports of `size` sentences, one a line.
pub fn reports(sentences: &[Vec<Word>], size: usize) -> Vec<Tagged> {
    sentences.chunks(size).map(report).collect()
}

fn report(sentences: &[Vec<Word>]) -> Tagged {
    let mut text = String::new();
    let mut tags_at: Vec<(u32, u8)> = Vec::new();
    for s in sentences {
        for (word, tag) in s {
            tags_at.push((text.len() as u32, *tag));
            text.push_str(word);
            text.push(' ');
        }
        text.pop();
        text.push('\n');
    }
    let doc = read(text);
    let mut tags = Vec::with_capacity(doc.tokens.len());
    let mut last = None;
    for t in &doc.tokens {
        let at = tags_at.partition_point(|(from, _)| *from <= t.span.start).saturating_sub(1);
        let tag = tags_at.get(at).map_or(0, |(_, tag)| *tag);
        // A word of the corpus that is several tokens begins a name once.
        let again = last == Some(at) && tag % 2 == 1;
        tags.push(if again { tag + 1 } else { tag });
        last = Some(at);
    }
    Tagged { doc, tags }
}

/// Reads a text up to its times.
pub fn read(text: String) -> Document {
    let report = Report { text, published: Some(jiff_day()), ..Report::default() };
    let mut doc = Document::new(report, Some(&musnad::ar::ARABIC));
    for stage in musnad::STAGES.iter().take(3) {
        (stage.run)(&musnad::ar::ARABIC, &mut doc);
    }
    doc
}

fn jiff_day() -> jiff::civil::Date {
    jiff::civil::date(2010, 1, 1)
}
