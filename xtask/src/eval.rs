//! `cargo xtask eval-names`: what the rules, the tagger and both together find, on several corpora.

use crate::corpora::{self, Tagged, reports};
use crate::{Outcome, Words};
use musnad::ar::names::tagger::{KINDS, Model, TRUST, Trust, combine, tag};
use musnad::ar::names::words;
use musnad::ar::names::{Found, rules};
use musnad::document::EntityKind;
use musnad::{Span, Tokens};
use std::collections::HashSet;
use std::path::Path;

/// Right, wanted and found, for each kind.
#[derive(Clone, Copy, Default)]
struct Tally([[u32; 3]; 3]);

impl Tally {
    fn add<T: Eq + std::hash::Hash + Copy>(&mut self, want: &[(T, usize)], have: &[(T, usize)]) {
        let wanted: HashSet<(T, usize)> = want.iter().copied().collect();
        for (_, k) in want {
            self.0[*k][1] += 1;
        }
        for x in have {
            self.0[x.1][2] += 1;
            self.0[x.1][0] += u32::from(wanted.contains(x));
        }
    }
    fn sum(&self) -> [u32; 3] {
        std::array::from_fn(|i| self.0.iter().map(|k| k[i]).sum())
    }
    fn line(&self) -> String {
        let f = |[right, want, have]: [u32; 3]| {
            let (r, w, h) = (f64::from(right), f64::from(want.max(1)), f64::from(have.max(1)));
            format!("{:5.1} ({:.0}/{:.0})", 200.0 * r / (w + h), 100.0 * r / h, 100.0 * r / w)
        };
        format!(
            "person {}  organization {}  place {}  all {}",
            f(self.0[0]),
            f(self.0[1]),
            f(self.0[2]),
            f(self.sum())
        )
    }
    fn f1(&self) -> f64 {
        let [right, want, have] = self.sum();
        200.0 * f64::from(right) / f64::from((want + have).max(1))
    }
}

fn of(kind: EntityKind) -> Option<usize> {
    KINDS.iter().position(|k| *k == kind)
}

fn tokens(found: &[Found]) -> Vec<(Tokens, usize)> {
    found.iter().filter_map(|f| Some((f.tokens, of(f.kind)?))).collect()
}

/// A report, its names with their kinds, and its debris.
type Annotated = (musnad::Document, Vec<(Span, usize)>, Vec<Span>);

/// A corpus whose names are runs of tokens, or one whose names are spans of text.
enum Set {
    Tokens(Vec<Tagged>),
    Spans(Vec<Annotated>),
}

impl Set {
    fn docs(&self) -> Vec<&musnad::Document> {
        match self {
            Set::Tokens(all) => all.iter().map(|t| &t.doc).collect(),
            Set::Spans(all) => all.iter().map(|t| &t.0).collect(),
        }
    }

    fn tally(&self, find: impl Fn(usize, &words::Words<'_>) -> Vec<Found>) -> Tally {
        let mut out = Tally::default();
        match self {
            Set::Tokens(all) => {
                for (i, t) in all.iter().enumerate() {
                    let words = words::Words::new(&t.doc);
                    out.add(&t.names(), &tokens(&find(i, &words)));
                }
            }
            Set::Spans(all) => {
                for (i, (doc, want, debris)) in all.iter().enumerate() {
                    let words = words::Words::new(doc);
                    let have: Vec<(Span, usize)> = find(i, &words)
                        .iter()
                        .filter_map(|f| Some((trim(doc.text(f.span(doc)), f.span(doc)), of(f.kind)?)))
                        .filter(|(s, _)| !debris.iter().any(|d| d.overlaps(*s)))
                        .collect();
                    out.add(want, &have);
                }
            }
        }
        out
    }
}

/// Without what is no letter at both ends.
fn trim(text: &str, span: Span) -> Span {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let start = text.find(word).unwrap_or(0);
    let end = text.char_indices().rev().find(|(_, c)| word(*c)).map_or(text.len(), |(i, c)| i + c.len_utf8());
    Span::new(span.start + start as u32, span.start + end as u32)
}

/// Annotated reports: every occurrence of every name, longer names first.
fn annotated(folder: &Path) -> Outcome<Set> {
    let mut paths: Vec<_> = std::fs::read_dir(folder)?.filter_map(Result::ok).map(|e| e.path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "json"));
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        let json: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        let text = json["text"].as_str().unwrap_or("");
        let mut names: Vec<(&str, &str)> = Vec::new();
        for e in json["entities"].as_array().into_iter().flatten() {
            for n in e["names"].as_array().into_iter().flatten() {
                names.push((n.as_str().unwrap_or(""), e["type"].as_str().unwrap_or("")));
            }
        }
        names.sort_by_key(|(n, _)| std::cmp::Reverse(n.chars().count()));
        let mut debris = Vec::new();
        for d in json["debris"].as_array().into_iter().flatten() {
            let nth = d["nth"].as_u64().unwrap_or(1).max(1) as usize;
            if let Some((at, part)) = text.match_indices(d["text"].as_str().unwrap_or("\0")).nth(nth - 1) {
                debris.push(Span::new(at as u32, (at + part.len()) as u32));
            }
        }
        let mut taken: Vec<Span> = Vec::new();
        let mut want = Vec::new();
        for (name, kind) in names {
            let with_li = name.strip_prefix("ال").map(|rest| format!("ل{rest}"));
            let forms = [(name, false)].into_iter().chain(with_li.as_deref().map(|n| (n, true)));
            for (form, li) in forms {
                for (at, _) in text.match_indices(form) {
                    let span = Span::new(at as u32, (at + form.len()) as u32);
                    let letter =
                        |c: char| c.is_alphanumeric() || c == '_' || ('\u{64b}'..='\u{652}').contains(&c);
                    let before = text[..at].rsplit(|c| !letter(c)).next().unwrap_or("");
                    let rest = before.strip_prefix(['و', 'ف']).unwrap_or(before);
                    let fits = if li { rest == "ل" } else { matches!(rest, "" | "ب" | "ل" | "ك" | "س") };
                    let ends =
                        !text[at + form.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
                    let free = !taken.iter().chain(&debris).any(|t| t.overlaps(span));
                    if fits && ends && free {
                        taken.push(span);
                        let kind = match kind {
                            "person" => 0,
                            "organization" => 1,
                            "place" => 2,
                            _ => continue,
                        };
                        want.push((trim(form, span), kind));
                    }
                }
            }
        }
        let published = json["published"].as_str().and_then(|d| d.parse().ok());
        let report = musnad::Report { text: text.to_owned(), published, titled: true, ..Default::default() };
        out.push((musnad::read_until(report, 3), want, debris));
    }
    Ok(Set::Spans(out))
}

/// What the tagger alone finds, the rules' names among its features.
pub fn alone(set: &[Tagged], model: &Model) -> String {
    let mut out = Tally::default();
    for t in set {
        let words = words::Words::new(&t.doc);
        let have: Vec<(Tokens, usize)> = tag(&words, &rules(&words), model)
            .guesses
            .iter()
            .filter_map(|g| Some((g.tokens, of(g.kind)?)))
            .collect();
        out.add(&t.names(), &have);
    }
    out.line()
}

pub fn eval(args: &Words) -> Outcome {
    let data = args.path(1)?;
    let path = args.get("weights").unwrap_or(crate::train::WEIGHTS);
    let bytes: &'static [u8] = Box::leak(std::fs::read(path)?.into_boxed_slice());
    let model = Model::new(bytes).ok_or("these are no weights")?;
    let (_, test) = corpora::anercorp(&data, &args.tenths()?)?;
    let size = args.number("size", crate::train::SIZE as f32)? as usize;
    let mut sets = vec![
        ("ANERcorp, a tenth kept apart", Set::Tokens(reports(&test, size))),
        ("Wojood val", Set::Tokens(reports(&corpora::wojood(&data, "val")?, size))),
    ];
    if let Ok(folder) = args.path(2) {
        sets.push(("annotated reports", annotated(&folder)?));
    }
    let alone = |w: &words::Words<'_>, found: &[Found]| -> Vec<Found> {
        let guess = |g: &musnad::ar::names::tagger::Guess| Found {
            tokens: g.tokens,
            cut: 0,
            tail: 0,
            kind: g.kind,
            row: None,
            rule: "names:tagger",
        };
        tag(w, found, &model).guesses.iter().map(guess).collect()
    };
    for (name, set) in &sets {
        println!("{name}");
        println!("  rules   {}", set.tally(|_, w| rules(w)).line());
        if let Set::Tokens(_) = set {
            println!("  tagger without rules {}", set.tally(|_, w| alone(w, &[])).line());
            println!("  tagger  {}", set.tally(|_, w| alone(w, &rules(w))).line());
        }
        println!("  both    {}", set.tally(|_, w| combine(w, rules(w), Some(&model), &TRUST)).line());
    }
    if let Some((_, set @ Set::Spans(_))) = sets.last() {
        println!("annotated reports, a third of the names unknown to the rules");
        println!("  rules   {}", set.tally(|_, w| forget(w)).line());
        println!("  both    {}", set.tally(|_, w| combine(w, forget(w), Some(&model), &TRUST)).line());
    }
    if args.get("grid").is_some() {
        grid(&sets, &model);
    }
    if let Some(which) = args.get("show") {
        let (_, set) = sets.get(which.parse::<usize>()?).ok_or("no such set")?;
        show(set, &model);
    }
    if let Some(which) = args.get("errors") {
        let (_, set) = sets.get(which.parse::<usize>()?).ok_or("no such set")?;
        errors(set, |w| alone(w, &rules(w)));
    }
    if let Some(which) = args.get("errors-of-both") {
        let (_, set) = sets.get(which.parse::<usize>()?).ok_or("no such set")?;
        errors(set, |w| combine(w, rules(w), Some(&model), &TRUST));
    }
    let start = std::time::Instant::now();
    let mut count = 0;
    for _ in 0..3 {
        for doc in sets.iter().flat_map(|(_, s)| s.docs()) {
            let words = words::Words::new(doc);
            let found: Vec<Found> = Vec::new();
            count += words.len();
            std::hint::black_box(tag(&words, &found, &model));
        }
    }
    println!("{:.0} tokens a second", count as f64 / start.elapsed().as_secs_f64());
    Ok(())
}

/// What the rules find, less a third of the names wherever they stand: as if the lexicons had never heard of them.
fn forget(words: &words::Words<'_>) -> Vec<Found> {
    let mut found = rules(words);
    found.retain(|f| !musnad::ar::names::tagger::hash(words.doc.text(f.span(words.doc))).is_multiple_of(3));
    found
}

/// F1 of each set for other degrees of trust.
fn grid(sets: &[(&str, Set)], model: &Model) {
    let mut tried: Vec<(String, Trust)> = vec![("as it is".into(), TRUST)];
    for x in [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 2.0] {
        for (k, name) in ["person", "organization", "place"].iter().enumerate() {
            let mut t = TRUST;
            t.add[k] = x;
            tried.push((format!("add {name} {x}"), t));
        }
        tried.push((format!("kind {x}"), Trust { kind: x, ..TRUST }));
        tried.push((format!("known {x}"), Trust { known: x, ..TRUST }));
        tried.push((format!("longer {x}"), Trust { longer: x, ..TRUST }));
        tried.push((format!("extent {x}"), Trust { extent: x, ..TRUST }));
    }
    for x in [0.0, 0.01, 0.03, 0.06, 0.1, 0.2, 0.3] {
        for (k, name) in ["person", "organization", "place"].iter().enumerate() {
            let mut t = TRUST;
            t.keep[k] = x;
            tried.push((format!("keep {name} {x}"), t));
        }
    }
    for (name, trust) in tried {
        let mut f: Vec<String> = Vec::new();
        for (_, set) in sets {
            f.push(format!("{:6.2}", set.tally(|_, w| combine(w, rules(w), Some(model), &trust)).f1()));
            if let Set::Spans(_) = set {
                f.push(format!("{:6.2}", set.tally(|_, w| combine(w, forget(w), Some(model), &trust)).f1()));
            }
        }
        println!("{name:24} {}", f.join(" "));
    }
}

/// What both together change in what the rules found, for the reader's own eyes.
fn show(set: &Set, model: &Model) {
    for doc in set.docs() {
        let words = words::Words::new(doc);
        let before = rules(&words);
        let after = combine(&words, before.clone(), Some(model), &TRUST);
        let tagged = tag(&words, &before, model);
        for (sign, these, those) in [('-', &before, &after), ('+', &after, &before)] {
            for f in these.iter().filter(|f| !those.contains(f)) {
                println!(
                    "{sign} {:?} {} {:.2}",
                    f.kind,
                    doc.text(f.span(doc)),
                    tagged.sure(f.tokens, f.kind)
                );
            }
        }
    }
}

/// What is missed and what is made up, with the rule, the tagger's probability and the words around.
fn errors(set: &Set, find: impl Fn(&words::Words<'_>) -> Vec<Found>) {
    let Set::Tokens(all) = set else { return };
    for t in all {
        let words = words::Words::new(&t.doc);
        let found = find(&words);
        let have = tokens(&found);
        let want = t.names();
        for (sign, these, those) in [('-', &want, &have), ('+', &have, &want)] {
            for (tokens, kind) in these.iter().filter(|x| !those.contains(x)) {
                let around = Tokens::new((tokens.start as usize).saturating_sub(3), tokens.end as usize + 3);
                let rule = found.iter().find(|f| f.tokens.overlaps(*tokens)).map_or("", |f| f.rule);
                println!(
                    "{sign} {:?} {}\t{rule}\t{}",
                    KINDS[*kind],
                    t.doc.text(t.doc.span_of(*tokens)),
                    t.doc.text(t.doc.span_of(around)).replace('\n', " / ")
                );
            }
        }
    }
}
