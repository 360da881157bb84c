//! Utterances: one thing that somebody said, in all the reports that carry it.
//!
//! **Keys.** The speaker, as the entity that [`super::entities`] made of it, ([`key`]); compared are statements of one speaker on
//! days that are at most [`DAYS`] apart. A speaker without a name (an official, the sources) is no entity of many reports; its
//! statements have the words of its description as a key ([`Speaker::Described`]), and only nearly the same words make them one.
//!
//! **Edges.** What was said is compared as weighted bags of stems ([`Content`], [`closeness`]): words between quotation marks weigh
//! [`QUOTED`] times, for they are the speaker's own and papers do not rephrase them. Closeness is the cosine, so a short version of a long statement
//! is still near to it; those that share few stems must be closer ([`same`]).
//!
//! **Groups.** Edges are taken from the strongest, as long as all statements of a group lie within [`SPAN`] days and are on the whole near each
//! other ([`MEAN`]): what a minister repeats all summer is not one utterance ([`group`]).
//!
//! **Origins.** How many independent ways lead to the utterance ([`origins`]): reports that are copies of one another, that name the same
//! agency or the same third through whom the words came, or that one outlet prints without naming anybody, are one.

use super::groups::{groups, guarded_groups};
use super::meeting::Thing;
use super::words::{each_term, hash, hash_all, stem, words};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

/// Days between reports of one utterance at most: papers quote yesterday's speech tomorrow, and weeklies the week's; a week later a speaker may
/// say the same words anew.
pub const DAYS: i32 = 4;
/// Days from the first to the last report of an utterance at most: what is announced one day is recalled all week.
pub const SPAN: i32 = 7;
/// What a stem between quotation marks weighs, beside 1 for any other.
pub const QUOTED: f32 = 2.0;
/// What the name of a state weighs: all that is said of a matter names the same states.
pub const STATE: f32 = 0.5;
/// Stems from which contents share many.
pub const MANY: usize = 5;
/// Closeness from which statements of one speaker that share many stems are one utterance. On the tuned pairs, versions of one utterance come down
/// to 0.45 with many stems, and others of the same matter up to 0.40.
pub const CLOSE: f32 = 0.42;
/// Stems that two contents must share at least: two are shared by chance by all that a minister says of one matter.
pub const SHARED: usize = 3;
/// Closeness for those that share few: other statements of the same matter come up to 0.46 there.
pub const CLOSE_WITH_FEW: f32 = 0.5;
/// Mean closeness between two groups of statements from which they may become one. Below [`CLOSE`], for the versions of one utterance are cut
/// differently; without it a chain of half-shared statements would put together all that a president says in four days.
pub const MEAN: f32 = 0.34;
/// Closeness from which statements of speakers without a name, described by the same words, are one: nearly the same text.
pub const VERBATIM: f32 = 0.75;
/// Stems that those must share.
pub const SHARED_VERBATIM: usize = 6;

/// Whose statement it is, as far as reports can be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Speaker {
    /// An entity of many reports, by a number that holds for all of them.
    Known(i64),
    /// Somebody without a name, by the description.
    Described(String),
}

/// A statement as it is compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The store's number for it.
    pub id: i64,
    /// Its report.
    pub report: i64,
    /// The day of the report, counted one by one; `None` where it is not known.
    pub day: Option<i32>,
    /// Who says it.
    pub speaker: Speaker,
    /// What.
    pub content: Content,
}

/// What was said: the stems, each once, in the order of their hashes, and whether they stand between quotation marks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// The upper bits of the hash, then whether it is a state, in the lowest bit whether it is quoted.
    stems: Vec<u32>,
    /// The length of the vector that the weights of the stems make.
    size: f32,
}

/// Bits of a stem's hash that are kept. Two contents of twenty stems share one by chance once in 2,600 times.
const BITS: u32 = 20;

/// Quotation marks that open and close.
const MARKS: [char; 8] = ['"', '«', '»', '“', '”', '„', '‟', '\u{ff02}'];

impl Content {
    /// The stems of some text; `all_quoted` for statements that are quoted as a whole (their marks stand outside of the text).
    #[must_use]
    pub fn of(pieces: &[&str], quotation: Quotation) -> Content {
        let mut stems: Vec<u32> = Vec::new();
        let mut inside = false;
        for piece in pieces {
            for (i, part) in piece.split(MARKS).enumerate() {
                inside = if i > 0 { !inside } else { inside };
                let quoted = inside || quotation == Quotation::Whole;
                each_term(part, |t| {
                    if !t.is_particle {
                        stems.push(
                            ((t.core >> (64 - BITS)) as u32) << 2
                                | u32::from(t.is_state) << 1
                                | u32::from(quoted),
                        );
                    }
                });
            }
        }
        stems.sort_unstable();
        // What stands there several times counts once, as quoted if it is anywhere.
        stems.dedup_by(|later, kept| {
            let same = *later >> 2 == *kept >> 2;
            if same {
                *kept |= *later;
            }
            same
        });
        Content::from_stems(stems)
    }

    /// From what [`Content::stems`] gave.
    pub(crate) fn from_stems(stems: Vec<u32>) -> Content {
        let size = stems.iter().map(|s| weight(*s) * weight(*s)).sum::<f32>().sqrt();
        Content { stems, size }
    }

    /// The stems, sorted: twenty bits of their hash, then whether it is a state, in the lowest bit whether it is quoted.
    pub(crate) fn stems(&self) -> &[u32] {
        &self.stems
    }

    /// How many stems there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.stems.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }
}

/// How a statement's words are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quotation {
    /// All of them in quotation marks.
    Whole,
    /// Those that stand between marks within the content.
    Parts,
}

/// What a stem weighs.
fn weight(stem: u32) -> f32 {
    let quoted = if stem & 1 == 1 { QUOTED } else { 1.0 };
    if stem & 2 == 2 { quoted * STATE } else { quoted }
}

/// How close two contents are: stems shared, and the cosine from 0 to 1; symmetric.
#[must_use]
pub fn closeness(a: &Content, b: &Content) -> (usize, f32) {
    let (mut i, mut j, mut shared, mut product) = (0, 0, 0, 0.0);
    while i < a.stems.len() && j < b.stems.len() {
        let (x, y) = (a.stems[i], b.stems[j]);
        match (x >> 2).cmp(&(y >> 2)) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                product += weight(x) * weight(y);
                i += 1;
                j += 1;
            }
        }
    }
    if shared == 0 {
        return (0, 0.0);
    }
    (shared, (product / (a.size * b.size)).min(1.0))
}

/// The key of a statement. Compared are those that lie under the same key on days that are near.
#[must_use]
pub fn key(speaker: &Speaker) -> u64 {
    match speaker {
        Speaker::Known(entity) => hash_all(&[0, entity.unsigned_abs()]),
        Speaker::Described(words) => hash_all(&[1, hash(words)]),
    }
}

impl Thing for Said {
    const REACH: i32 = DAYS;

    fn id(&self) -> i64 {
        self.id
    }

    fn day(&self) -> Option<i32> {
        self.day
    }

    fn keys(&self) -> Vec<u64> {
        vec![key(&self.speaker)]
    }

    fn same(&self, other: &Said) -> Option<f32> {
        same(self, other)
    }
}

/// Whether two statements are one utterance, and how close their contents are.
#[must_use]
pub fn same(a: &Said, b: &Said) -> Option<f32> {
    let near = match (a.day, b.day) {
        (Some(a), Some(b)) => a.abs_diff(b) <= DAYS.unsigned_abs(),
        (None, None) => true,
        _ => false,
    };
    if a.id == b.id || a.speaker != b.speaker || !near {
        return None;
    }
    let (shared, close) = closeness(&a.content, &b.content);
    let (least, from) = match a.speaker {
        Speaker::Known(_) if shared >= MANY => (MANY, CLOSE),
        Speaker::Known(_) => (SHARED, CLOSE_WITH_FEW),
        Speaker::Described(_) => (SHARED_VERBATIM, VERBATIM),
    };
    (shared >= least && close >= from).then_some(close)
}

/// The utterances of two or more statements, as the numbers of their statements, sorted.
#[must_use]
pub fn group<S: Borrow<Said>>(said: &[S], edges: &[(i64, i64, f32)]) -> Vec<Vec<i64>> {
    let by_id: BTreeMap<i64, &Said> = said.iter().map(Borrow::borrow).map(|s| (s.id, s)).collect();
    let days = |ids: &[i64]| {
        let all = ids.iter().filter_map(|id| by_id.get(id).and_then(|s| s.day));
        all.clone().min().zip(all.max())
    };
    let fits = |a: &[i64], b: &[i64]| {
        if let (Some(x), Some(y)) = (days(a), days(b))
            && x.1.max(y.1).abs_diff(x.0.min(y.0)) > SPAN.unsigned_abs()
        {
            return false;
        }
        let mut sum = 0.0;
        for x in a.iter().filter_map(|id| by_id.get(id)) {
            for y in b.iter().filter_map(|id| by_id.get(id)) {
                sum += closeness(&x.content, &y.content).1;
            }
        }
        sum >= MEAN * (a.len() * b.len()) as f32
    };
    let ids: Vec<i64> = by_id.keys().copied().collect();
    guarded_groups(&ids, edges, fits).into_iter().filter(|g| g.len() > 1).collect()
}

/// One report of an utterance, as its ways are told apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Telling {
    /// The statement.
    pub said: i64,
    /// Its report.
    pub report: i64,
    /// The day of the report.
    pub day: Option<i32>,
    /// What names the report for good: its address, else its id.
    pub name: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// The group of copies that the report belongs to.
    pub copies: Option<i64>,
    /// Through whom the words came, from the statement's chain: agencies, papers, channels, bodies; as keys of entities.
    pub via: Vec<String>,
    /// The agencies that the report names as its sources, in whatever statement.
    pub agencies: Vec<String>,
}

/// Why two reports are one origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OneOrigin {
    /// They are copies of one another.
    Copies,
    /// They name the same agency or the same third through whom the words came.
    Via,
    /// One outlet prints both, and one of them names nobody.
    Outlet,
}

/// Reports that have the words from one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The reports, the earliest first.
    pub reports: Vec<i64>,
    /// What holds them together, each reason once; empty for one report.
    pub because: Vec<OneOrigin>,
    /// Those through whom the words came, as they are named.
    pub via: Vec<String>,
}

/// The tellings in their order: the earliest first, of one day by name.
#[must_use]
pub fn in_order(tellings: &[Telling]) -> Vec<Telling> {
    let mut out = tellings.to_vec();
    out.sort_by(|a, b| {
        let day = |t: &Telling| (t.day.is_none(), t.day);
        day(a).cmp(&day(b)).then(a.name.cmp(&b.name)).then(a.said.cmp(&b.said))
    });
    out.dedup();
    out
}

/// The independent origins of an utterance, the one with the earliest report first. Eleven reports of one agency's text have one.
#[must_use]
pub fn origins(tellings: &[Telling]) -> Vec<Origin> {
    let tellings = in_order(tellings);
    let mut sources: BTreeMap<i64, BTreeSet<String>> = BTreeMap::new();
    for t in &tellings {
        sources.entry(t.report).or_default().extend(t.via.iter().chain(&t.agencies).cloned());
    }
    let silent = |report: i64| sources.get(&report).is_none_or(BTreeSet::is_empty);
    // What each report shares with others of its origin.
    let mut shared: BTreeMap<(OneOrigin, String), BTreeSet<i64>> = BTreeMap::new();
    let mut share = |why: OneOrigin, what: String, report: i64| {
        shared.entry((why, what)).or_default().insert(report);
    };
    for t in &tellings {
        if let Some(copies) = t.copies {
            share(OneOrigin::Copies, copies.to_string(), t.report);
        }
        if let Some(outlet) = &t.outlet {
            // An agency's own report is where those have it from who name it.
            share(OneOrigin::Via, outlet.clone(), t.report);
        }
        for via in sources.get(&t.report).into_iter().flatten() {
            share(OneOrigin::Via, via.clone(), t.report);
        }
    }
    let mut edges: Vec<(i64, i64, OneOrigin)> = Vec::new();
    for ((why, what), reports) in &shared {
        let prints = |r: &i64| tellings.iter().any(|t| t.report == *r && t.outlet.as_ref() == Some(what));
        let names = |r: &i64| sources.get(r).is_some_and(|s| s.contains(what));
        let (own, others): (Vec<i64>, Vec<i64>) =
            reports.iter().copied().partition(|r| *why == OneOrigin::Via && prints(r) && !names(r));
        edges.extend(others.windows(2).map(|w| (w[0], w[1], *why)));
        // Of one outlet's reports, those that name nobody are one origin, and the one of whoever names the outlet.
        let silent: Vec<i64> = own.iter().copied().filter(|r| silent(*r)).collect();
        edges.extend(silent.windows(2).map(|w| (w[0], w[1], OneOrigin::Outlet)));
        if let (Some(other), Some(one)) = (others.first(), silent.first()) {
            edges.push((*other, *one, OneOrigin::Via));
        }
    }
    let reports: Vec<i64> = tellings.iter().map(|t| t.report).collect();
    let plain: Vec<(i64, i64)> = edges.iter().map(|(a, b, _)| (*a, *b)).collect();
    let mut out: Vec<Origin> = groups(&reports, &plain)
        .into_iter()
        .map(|group| {
            let because: BTreeSet<OneOrigin> =
                edges.iter().filter(|(a, _, _)| group.contains(a)).map(|(_, _, why)| *why).collect();
            let mut ordered: Vec<i64> = Vec::new();
            for t in tellings.iter().filter(|t| group.contains(&t.report)) {
                if !ordered.contains(&t.report) {
                    ordered.push(t.report);
                }
            }
            let via: BTreeSet<&String> = group.iter().filter_map(|r| sources.get(r)).flatten().collect();
            Origin {
                reports: ordered,
                because: because.into_iter().collect(),
                via: via.into_iter().cloned().collect(),
            }
        })
        .collect();
    out.sort_by_key(|o| tellings.iter().position(|t| Some(&t.report) == o.reports.first()));
    out
}

/// A piece of two wordings laid side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words of both.
    Both(String),
    /// Words of the first alone.
    First(String),
    /// Words of the second alone.
    Second(String),
}

/// The most words of a content that are laid side by side.
const LONGEST: usize = 400;

/// Where two wordings differ, word by word: words with the same stem count as the same, and are given as the first has them.
#[must_use]
pub fn differences(first: &str, second: &str) -> Vec<Piece> {
    let cut = |text: &str| -> Vec<(String, u64)> {
        text.split_whitespace()
            .take(LONGEST)
            .map(|w| (w.to_owned(), hash(words(w).first().map_or(w, |f| stem(f)))))
            .collect()
    };
    let (a, b) = (cut(first), cut(second));
    // How long the longest common row of words is from each place on.
    let mut longest = vec![vec![0u16; b.len() + 1]; a.len() + 1];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i][j] = if a[i].1 == b[j].1 {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out: Vec<Piece> = Vec::new();
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i].1 == b[j].1 {
            push(&mut out, Piece::Both(a[i].0.clone()));
            i += 1;
            j += 1;
        } else if j == b.len() || i < a.len() && longest[i + 1][j] >= longest[i][j + 1] {
            push(&mut out, Piece::First(a[i].0.clone()));
            i += 1;
        } else {
            push(&mut out, Piece::Second(b[j].0.clone()));
            j += 1;
        }
    }
    out
}

fn push(out: &mut Vec<Piece>, piece: Piece) {
    match (out.last_mut(), piece) {
        (Some(Piece::Both(words)), Piece::Both(word))
        | (Some(Piece::First(words)), Piece::First(word))
        | (Some(Piece::Second(words)), Piece::Second(word)) => {
            words.push(' ');
            words.push_str(&word);
        }
        (_, piece) => out.push(piece),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Suha al-Marjan, and another.
    const MARJAN: i64 = 1;
    const RAWWAS: i64 = 2;

    fn said(id: i64, day: i32, speaker: i64, words: &str) -> Said {
        Said {
            id,
            report: id,
            day: Some(day),
            speaker: Speaker::Known(speaker),
            content: Content::of(&[words], Quotation::Parts),
        }
    }

    /// The minister Suha al-Marjan of the invented Taloria: the bridge opens on Thursday, and it cost less than planned.
    const OPENS: &str = "جسر الميناء سيفتح أمام السيارات يوم الخميس المقبل";
    const OPENS_TOO: &str = "الجسر \"سيفتح أمام السيارات\" الخميس";
    const COST: &str = "كلفة الجسر جاءت أقل مما خططت له الحكومة";

    #[test]
    fn what_is_said_in_other_words_is_one_utterance() {
        let found = same(&said(1, 7, MARJAN, OPENS), &said(2, 8, MARJAN, OPENS_TOO));
        assert!(found.is_some());
        assert_eq!(found, same(&said(2, 8, MARJAN, OPENS_TOO), &said(1, 7, MARJAN, OPENS)));
    }

    #[test]
    fn another_matter_speaker_or_week_is_another_utterance() {
        let first = said(1, 7, MARJAN, OPENS);
        assert_eq!(same(&first, &said(2, 7, MARJAN, COST)), None);
        assert_eq!(same(&first, &said(2, 7, RAWWAS, OPENS)), None);
        assert_eq!(same(&first, &said(2, 7 + DAYS + 1, MARJAN, OPENS)), None);
    }

    #[test]
    fn quoted_words_weigh_more() {
        let plain = |t: &str| Content::of(&[t], Quotation::Parts);
        let quoted = plain("قال \"سيفتح الجسر\" رغم اعتراض البلدية والتجار"); // "the bridge will open", in spite of objections
        let words = plain("سيفتح الجسر");
        let others = plain("اعتراض البلدية");
        assert!(closeness(&quoted, &words).1 > closeness(&quoted, &others).1);
    }

    #[test]
    fn who_has_no_name_must_say_nearly_the_same_words() {
        let official = |id, words: &str| Said {
            speaker: Speaker::Described("مسءول".to_owned()), // an official
            ..said(id, 7, MARJAN, words)
        };
        assert!(same(&official(1, OPENS), &official(2, OPENS)).is_some());
        assert_eq!(same(&official(1, OPENS), &official(2, OPENS_TOO)), None);
    }

    fn telling(report: i64, outlet: &str, copies: Option<i64>, via: &[&str]) -> Telling {
        Telling {
            said: report,
            report,
            day: Some(7),
            name: format!("r{report}"),
            outlet: Some(outlet.to_owned()),
            copies,
            via: via.iter().map(|v| (*v).to_owned()).collect(),
            agencies: Vec::new(),
        }
    }

    fn ways(tellings: &[Telling]) -> Vec<Vec<i64>> {
        origins(tellings).into_iter().map(|o| o.reports).collect()
    }

    #[test]
    fn copies_and_one_agency_are_one_origin() {
        let all = [
            telling(1, "ufuq", Some(5), &[]),
            telling(2, "sahil", Some(5), &["wakala"]),
            telling(3, "jarida", None, &["wakala"]),
            telling(4, "radio", None, &[]),
            telling(5, "wakala", None, &[]),
        ];
        assert_eq!(ways(&all), [vec![1, 2, 3, 5], vec![4]]);
        assert_eq!(origins(&all)[0].because, [OneOrigin::Copies, OneOrigin::Via]);
    }

    #[test]
    fn an_outlet_that_names_nobody_repeats_itself() {
        let silent = [telling(1, "ufuq", None, &[]), telling(2, "ufuq", None, &[])];
        assert_eq!(ways(&silent), [vec![1, 2]]);
        let sourced = [telling(1, "ufuq", None, &["wakala"]), telling(2, "ufuq", None, &["sahil"])];
        assert_eq!(ways(&sourced), [vec![1], vec![2]]);
    }

    #[test]
    fn wordings_are_laid_side_by_side() {
        assert_eq!(
            differences("سيفتح الجسر يوم الخميس", "يفتح الجسر الجديد الخميس"),
            [
                Piece::First("سيفتح".to_owned()),
                Piece::Second("يفتح".to_owned()),
                Piece::Both("الجسر".to_owned()),
                Piece::First("يوم".to_owned()),
                Piece::Second("الجديد".to_owned()),
                Piece::Both("الخميس".to_owned()),
            ]
        );
    }

    proptest! {
        #[test]
        fn order_and_repetition_change_nothing(picks in proptest::collection::vec((0usize..3, 0i32..12), 1..12)) {
            let all: Vec<Said> = picks
                .iter()
                .enumerate()
                .map(|(i, (w, day))| said(i as i64, *day, MARJAN, [OPENS, OPENS_TOO, COST][*w]))
                .collect();
            let edges = |all: &[Said]| -> Vec<(i64, i64, f32)> {
                all.iter()
                    .flat_map(|a| all.iter().filter_map(|b| Some((a.id, b.id, same(a, b)?))))
                    .collect()
            };
            let once = group(&all, &edges(&all));
            let mut back: Vec<Said> = all.iter().rev().cloned().collect();
            back.extend(all.clone());
            prop_assert_eq!(once, group(&back, &edges(&back)));
        }

        #[test]
        fn origins_have_no_order(picks in proptest::collection::vec((0usize..3, 0i64..3, 0usize..3), 1..9)) {
            let all: Vec<Telling> = picks
                .iter()
                .enumerate()
                .map(|(i, (o, c, v))| telling(i as i64, ["a", "b", "c"][*o], (*c > 0).then_some(*c), [&["a"][..], &["x"], &[]][*v]))
                .collect();
            let back: Vec<Telling> = all.iter().rev().chain(&all).cloned().collect();
            prop_assert_eq!(origins(&all), origins(&back));
        }
    }
}
