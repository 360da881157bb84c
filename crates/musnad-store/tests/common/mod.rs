//! The labelled pairs (`tests/pairs.tsv`) and the reports that they point into.
//!
//! News belongs to its outlets and is no part of this project. The reports are looked for in `shared/data/news/*.jsonl.gz` beside the
//! checkout or in a folder above it, or under `MUSNAD_SHARED`.

use flate2::read::GzDecoder;
use musnad::record::CodePoints;
use musnad::{Document, PublishedFrom};
use musnad_store::across::read::{Report, body, report};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A judged pair.
pub struct Pair {
    /// `tuned`, `untouched` or `drawn`.
    pub half: String,
    /// `copy`, `entity`, `happening` or `utterance`.
    pub kind: String,
    /// Whether they are the same.
    pub same: bool,
    /// Report, and where in it, in code points.
    pub sides: [(String, Option<(usize, usize)>); 2],
}

/// Reads `tests/pairs.tsv`.
pub fn pairs() -> Vec<Pair> {
    let text = include_str!("../pairs.tsv");
    let lines = text.lines().filter(|l| !l.starts_with('#')).skip(1);
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let side = |i: usize| {
                let at = |k: usize| cells[k].parse::<usize>().ok();
                (cells[i].to_owned(), at(i + 1).zip(at(i + 2)))
            };
            Pair {
                half: cells[0].to_owned(),
                kind: cells[1].to_owned(),
                same: cells[2] == "1",
                sides: [side(3), side(6)],
            }
        })
        .collect()
}

/// Where the news lies, if it does.
pub fn folder() -> Option<PathBuf> {
    let given = std::env::var_os("MUSNAD_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|a| a.join("shared"));
    given.into_iter().chain(beside).map(|s| s.join("data/news")).find(|news| news.is_dir())
}

/// A report that has been read, as it is compared, and what is needed to find the places of a pair in it.
pub struct Compared {
    /// Its id.
    pub id: String,
    /// As it is compared.
    pub report: Report,
    /// Its text without the headline.
    pub body: String,
    /// For each entity the names' places, for each statement the content's, for each event the trigger's, in code points.
    pub spans: [Vec<Vec<(usize, usize)>>; 3],
}

/// Reads the reports of a folder that `wanted` asks for, on two threads.
pub fn read(news: &Path, wanted: impl Fn(&str) -> bool + Sync) -> Vec<Compared> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(news)
        .expect("the folder can be listed")
        .map(|e| e.expect("the folder can be listed").path())
        .filter(|p| p.to_string_lossy().ends_with(".jsonl.gz"))
        .collect();
    paths.sort();
    let mut lines = Vec::new();
    for path in paths {
        let mut text = String::new();
        let file = std::fs::File::open(&path).expect("the file opens");
        GzDecoder::new(file).read_to_string(&mut text).expect("the file is gzip of UTF-8");
        lines.extend(text.lines().map(str::to_owned));
    }
    let half = lines.len() / 2;
    let one = |lines: &[String]| -> Vec<Compared> {
        lines.iter().filter_map(|line| compared(line, &wanted)).collect()
    };
    std::thread::scope(|s| {
        let other = s.spawn(|| one(&lines[half..]));
        let mut all = one(&lines[..half]);
        all.extend(other.join().expect("reading does not panic"));
        all
    })
}

fn compared(line: &str, wanted: &(impl Fn(&str) -> bool + Sync)) -> Option<Compared> {
    let json: serde_json::Value = serde_json::from_str(line).expect("a line is an object");
    let field = |name: &str| json[name].as_str().map(str::to_owned);
    let id = field("id")?;
    if !wanted(&id) {
        return None;
    }
    let doc = musnad::read(musnad::Report {
        id: Some(id.clone()),
        uri: field("uri"),
        outlet: field("outlet"),
        published: field("published").and_then(|d| d.parse().ok()),
        published_from: PublishedFrom::Given,
        titled: true,
        text: field("text").unwrap_or_default(),
    });
    Some(Compared { id, report: report(&doc), body: body(&doc).to_owned(), spans: spans(&doc) })
}

fn spans(doc: &Document) -> [Vec<Vec<(usize, usize)>>; 3] {
    let points = CodePoints::of(&doc.report.text);
    let span = |s: musnad::Span| {
        let p = points.span(s);
        (p.start, p.end)
    };
    [
        doc.cast.entities.iter().map(|e| e.mentions.iter().map(|m| span(m.span)).collect()).collect(),
        doc.statements.iter().map(|s| s.content.iter().map(|c| span(*c)).collect()).collect(),
        doc.events
            .iter()
            .map(|v| v.mentions.iter().chain([&v.trigger]).map(|t| span(*t)).collect())
            .collect(),
    ]
}

/// Which of the things at the places of `lists` overlaps most with `at`, counted in characters; of equal ones the shortest.
pub fn at(lists: &[Vec<(usize, usize)>], at: (usize, usize)) -> Option<usize> {
    let common = |s: &(usize, usize)| s.1.min(at.1).saturating_sub(s.0.max(at.0));
    let best = lists
        .iter()
        .enumerate()
        .map(|(i, spans)| {
            let overlap: usize = spans.iter().map(common).max().unwrap_or(0);
            let length: usize = spans.iter().filter(|s| common(s) > 0).map(|s| s.1 - s.0).min().unwrap_or(0);
            (overlap, std::cmp::Reverse(length), std::cmp::Reverse(i))
        })
        .max()?;
    (best.0 * 2 > (at.1 - at.0)).then_some(best.2.0)
}

/// What became of the pairs of one half and kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The same, and found to be.
    pub right: usize,
    /// Not the same, but found to be.
    pub wrong: usize,
    /// The same, but not found to be.
    pub missed: usize,
    /// Not the same, and not found to be.
    pub kept_apart: usize,
    /// Of those missed or kept apart: one side is not there in what was read.
    pub unread: usize,
}

impl Score {
    /// Of those found, how many are right.
    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }
    /// Of those that are the same, how many are found.
    pub fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

/// Whether the two sides of a pair are together in what was found; `None` where a side was not read.
pub type Verdict = Option<bool>;

/// Judges all pairs by `together`.
pub fn score(pairs: &[Pair], together: impl Fn(&Pair) -> Verdict) -> BTreeMap<(String, String), Score> {
    let mut out: BTreeMap<(String, String), Score> = BTreeMap::new();
    for pair in pairs {
        let score = out.entry((pair.kind.clone(), pair.half.clone())).or_default();
        let verdict = together(pair);
        match (pair.same, verdict.unwrap_or(false)) {
            (true, true) => score.right += 1,
            (false, true) => score.wrong += 1,
            (true, false) => score.missed += 1,
            (false, false) => score.kept_apart += 1,
        }
        score.unread += usize::from(verdict.is_none());
    }
    out
}

/// The groups of all four questions, and where to find the things of a report in them.
pub struct Found {
    /// The reports by id.
    pub index: BTreeMap<String, usize>,
    /// The first number of each report's entities, statements and events.
    pub first: Vec<[usize; 3]>,
    /// For each report, entity, statement and event the group that it is in.
    pub group: [BTreeMap<i64, usize>; 4],
    /// All statements.
    pub said: Vec<musnad_store::across::utterances::Said>,
    /// All events.
    pub told: Vec<musnad_store::across::happenings::Told>,
}

/// Answers the four questions for what was read.
pub fn find(all: &[Compared]) -> (Found, musnad_store::across::all::Across) {
    let reports: Vec<Report> = all.iter().map(|c| c.report.clone()).collect();
    let bodies: Vec<&str> = all.iter().map(|c| c.body.as_str()).collect();
    let across = musnad_store::across::all::across(&reports, &bodies);
    let mut first = Vec::new();
    let mut next = [0; 3];
    for c in all {
        first.push(next);
        for (n, list) in next.iter_mut().zip(&c.spans) {
            *n += list.len();
        }
    }
    let of = |groups: Vec<&Vec<i64>>| {
        let mut out = BTreeMap::new();
        for (i, group) in groups.into_iter().enumerate() {
            out.extend(group.iter().map(|id| (*id, i)));
        }
        out
    };
    let group = [
        of(across.copies.iter().map(|c| &c.reports).collect()),
        of(across.entities.iter().collect()),
        of(across.utterances.iter().collect()),
        of(across.happenings.iter().collect()),
    ];
    let index = all.iter().enumerate().map(|(i, c)| (c.id.clone(), i)).collect();
    let (said, told) = (across.said.clone(), across.told.clone());
    (Found { index, first, group, said, told }, across)
}

impl Found {
    /// What the comparison of the two sides rests on.
    #[allow(dead_code)] // The example shows it, the test does not.
    pub fn evidence(&self, all: &[Compared], pair: &Pair) -> String {
        let side = |i: usize| {
            let (report, span) = &pair.sides[i];
            let r = *self.index.get(report)?;
            let layer = if pair.kind == "utterance" { 1 } else { 2 };
            Some(self.first[r][layer] + at(&all[r].spans[layer], (*span)?)?)
        };
        let (Some(a), Some(b)) = (side(0), side(1)) else { return "unread".to_owned() };
        if pair.kind == "utterance" {
            let (x, y) = (&self.said[a], &self.said[b]);
            let (shared, close) = musnad_store::across::utterances::closeness(&x.content, &y.content);
            return format!(
                "  {} speaker={} shared={shared} close={close:.2} {}",
                pair.same,
                x.speaker == y.speaker,
                x.content.len().min(y.content.len())
            );
        }
        let (x, y) = (&self.told[a], &self.told[b]);
        match musnad_store::across::happenings::evidence(x, y) {
            Some(e) => format!("  {} {} {:.2} {e:?}", pair.same, x.kind, e.strength()),
            None => format!(
                "  {} {} against: {:?}/{:?} {:?}/{:?} {:?} {:?}",
                pair.same, x.kind, x.mode, y.mode, x.day, y.day, x.place, y.place
            ),
        }
    }

    /// All groups, a member a line.
    #[allow(dead_code)] // The example writes it, the test does not.
    pub fn listed(&self, all: &[Compared]) -> String {
        let mut out = String::new();
        for (layer, kind) in ["copy", "entity", "utterance", "happening"].into_iter().enumerate() {
            let mut lines: Vec<(usize, String)> = Vec::new();
            for (r, c) in all.iter().enumerate() {
                let things = if layer == 0 { 1 } else { c.spans[layer - 1].len() };
                for i in 0..things {
                    let id = if layer == 0 { r } else { self.first[r][layer - 1] + i };
                    let Some(group) = self.group[layer].get(&(id as i64)) else { continue };
                    let span = match layer {
                        0 => (0, 0),
                        _ => c.spans[layer - 1][i].last().copied().unwrap_or_default(),
                    };
                    lines.push((*group, format!("{}\t{}\t{}", c.id, span.0, span.1)));
                }
            }
            lines.sort();
            for (group, line) in lines {
                out.push_str(&format!("{kind}\t{group}\t{line}\n"));
            }
        }
        out
    }

    /// Whether the sides of a pair are in one group.
    pub fn together(&self, all: &[Compared], pair: &Pair) -> Verdict {
        let layer = match pair.kind.as_str() {
            "copy" => 0,
            "entity" => 1,
            "utterance" => 2,
            _ => 3,
        };
        let mut groups = Vec::new();
        for (report, span) in &pair.sides {
            let r = *self.index.get(report)?;
            let id = match span {
                Some(span) => self.first[r][layer - 1] + at(&all[r].spans[layer - 1], *span)?,
                None => r,
            };
            groups.push(self.group[layer].get(&(id as i64)).copied());
        }
        Some(groups[0].is_some() && groups[0] == groups[1])
    }
}
