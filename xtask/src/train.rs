//! `cargo xtask train-names`.

use crate::corpora::{self, DOUBTED, Tagged, reports};
use crate::learn::{Dice, Drop, Lessons, Weights, crf, perceptron};
use crate::{Outcome, Words, classes, pack};
use musnad::ar::names::tagger::{CLASSES, Classes, Features, KINDS, Model, PerTag, tag};
use musnad::ar::names::{rules, words};
use std::path::{Path, PathBuf};

/// Where the weights are, from the repository's root.
pub const WEIGHTS: &str = "crates/musnad/data/ar/names.bin";

/// How many sentences of a corpus are read as one report.
pub const SIZE: usize = 12;

/// Trains on the corpora in a folder. Every setting has its default; the committed weights are made by the defaults.
pub fn train(args: &Words) -> Outcome {
    let data = args.path(1)?;
    let number = |name: &str, default: f32| args.number(name, default);
    let classes = match args.get("classes").map(std::fs::read).transpose()? {
        Some(bytes) => unpack_classes(&bytes),
        None => {
            let vectors = args.get("vectors").map_or_else(|| data.join("word-vectors"), PathBuf::from);
            classes::classes(&data, &vectors, number("class-passes", 4.0)? as usize)?
        }
    };
    if let Some(path) = args.get("write-classes") {
        let bytes: Vec<u8> = classes
            .iter()
            .flat_map(|(h, c)| h.to_le_bytes().into_iter().chain(c.iter().flat_map(|c| c.to_le_bytes())))
            .collect();
        std::fs::write(path, bytes)?;
    }
    // A model with word classes and no weights: what features need.
    let none = crate::learn::Weights { features: vec![], start: [0.0; 7], next: [[0.0; 7]; 7] };
    let bytes: &'static [u8] = Box::leak(pack::pack(&[], &none, &classes, 0, 0.0, 0.0).into_boxed_slice());
    let model = Model::new(bytes).ok_or("no model")?;

    let (learn, test) = corpora::anercorp(&data, &args.tenths()?)?;
    let size = number("size", SIZE as f32)? as usize;
    let mut lessons = Lessons { own: number("own", 100.0)? as usize, ..Lessons::default() };
    let mut add = |name: &str, domain: u64, weight: f32, reports: Vec<Tagged>| {
        let (mut names, mut sentences) = (0, 0);
        for r in &reports {
            let words = words::Words::new(&r.doc);
            let features = Features::new(&words, &rules(&words), &model);
            for s in &r.doc.layout.sentences {
                let tags = r.tags.get(s.tokens.range()).unwrap_or(&[]);
                if tags.contains(&DOUBTED) {
                    continue;
                }
                names += tags.iter().filter(|t| *t % 2 == 1).count();
                sentences += 1;
                let tokens = s.tokens.range().map(|i| (features.of(i), domain, r.tags[i]));
                lessons.add(tokens, weight);
            }
        }
        eprintln!("{name}: {sentences} sentences, {names} names");
    };
    let wiki = corpora::wikifane(&data)?;
    add("ANERcorp", 0, number("anercorp", 1.0)?, reports(&learn, size));
    let weight = number("renamed", 0.15)?;
    if weight > 0.0 {
        let others = corpora::renamed(&learn, &wiki, &mut Dice::new(5));
        add("ANERcorp with other names", 4, weight, reports(&others, size));
    }
    let weight = number("newsfane", 0.7)?;
    if weight > 0.0 {
        add(
            "NewsFANE",
            1,
            weight,
            reports(&corpora::newsfane(&data, &corpora::apart(&learn, &data)?)?, size),
        );
    }
    let weight = number("wikifane", 0.5)?;
    if weight > 0.0 {
        let share = number("wikifane-share", 0.3)?;
        let some: Vec<_> = wiki
            .chunks(size)
            .enumerate()
            .filter(|(i, _)| ((i % 100) as f32) < share * 100.0)
            .flat_map(|(_, c)| c.to_vec())
            .collect();
        add("WikiFANE", 2, weight, reports(&some, size));
    }
    let weight = number("wojood", 0.5)?;
    if weight > 0.0 {
        add("Wojood", 0, weight, reports(&corpora::wojood(&data, "train")?, size));
    }
    let weight = number("news", 0.3)?;
    if let Some(path) = args.get("teacher")
        && weight > 0.0
    {
        let teacher = Model::new(Box::leak(std::fs::read(path)?.into_boxed_slice())).ok_or("no teacher")?;
        let sure = number("sure", 0.7)?;
        let tag = |doc: &musnad::Document| labels(doc, &teacher, sure);
        add(
            "News",
            number("news-domain", 0.0)? as u64,
            weight,
            corpora::news(&data, number("one-in", 12.0)? as usize, tag)?,
        );
    }
    lessons.prune(number("least", 3.0)? as u32);
    eprintln!("{} sentences, {} features", lessons.sentences.len(), lessons.hashes.len());
    let most = number("most", 700_000.0)? as usize;
    // Other settings one after the other, with the same lessons: `--try "pull=0.01 passes=6; drop-form=0"`.
    for text in args.get("try").unwrap_or("").split(';').filter(|t| !t.trim().is_empty()) {
        let mut with = args.clone();
        for (name, value) in text.split_whitespace().filter_map(|t| t.split_once('=')) {
            with.named.insert(0, (name.to_owned(), value.to_owned()));
        }
        let weights = learn_from(&lessons, &with)?;
        println!("{text}");
        check(&lessons.kept(&weights), &weights, &classes, &data, &test, size)?;
    }
    let weights = learn_from(&lessons, args)?;
    let kept = lessons.kept(&weights);
    if args.get("check").is_some() {
        check(&kept, &weights, &classes, &data, &test, size)?;
    }
    let bytes = pack::pack(&kept, &weights, &classes, most, number("outside", 0.4)?, number("shared", 0.35)?);
    std::fs::write(args.get("out").unwrap_or(WEIGHTS), &bytes)?;
    eprintln!("{} bytes", bytes.len());
    Ok(())
}

fn learn_from(lessons: &Lessons, args: &Words) -> Outcome<Weights> {
    let number = |name: &str, default: f32| args.number(name, default);
    let drop = Drop {
        form: number("drop-form", 0.3)?,
        class: number("drop-class", 0.2)?,
        lexicon: number("drop-lexicon", 0.25)?,
        rule: number("drop-rule", 0.3)?,
        any: number("drop-any", 0.0)?,
    };
    let passes = number("passes", 4.0)? as usize;
    Ok(match args.get("learner") {
        Some("perceptron") => perceptron(lessons, passes, drop),
        _ => {
            let averaged = number("averaged", 2.0)? as usize;
            crf(lessons, passes, number("rate", 0.05)?, number("pull", 3e-3)?, drop, averaged)
        }
    })
}

/// Prints what the tagger alone reaches, for several numbers that are taken from the score of being outside.
fn check(
    kept: &[(u64, PerTag)],
    weights: &Weights,
    classes: &[(u64, Classes)],
    data: &Path,
    test: &[Vec<(String, u8)>],
    size: usize,
) -> Outcome {
    let sets = [reports(test, size), reports(&corpora::wojood(data, "val")?, size)];
    for (outside, shared) in [(0.0, 0.35), (0.2, 0.35), (0.4, 0.0), (0.4, 0.35), (0.6, 0.35)] {
        let bytes = pack::pack(kept, weights, classes, usize::MAX, outside, shared);
        let model = Model::new(Box::leak(bytes.into_boxed_slice())).ok_or("no model")?;
        for set in &sets {
            println!("{outside} {shared} {}", crate::eval::alone(set, &model));
        }
    }
    Ok(())
}

/// What a tagger says of a report, as tags to learn from. Sentences in which it is not sure of every token are left out, and
/// so are sentences without names.
fn labels(doc: &musnad::Document, teacher: &Model, sure: f32) -> Vec<u8> {
    let words = words::Words::new(doc);
    let tagged = tag(&words, &rules(&words), teacher);
    let mut out = vec![0; words.len()];
    for g in &tagged.guesses {
        let Some(k) = KINDS.iter().position(|k| *k == g.kind) else { continue };
        for (at, i) in g.tokens.range().enumerate() {
            out[i] = 1 + 2 * k as u8 + u8::from(at > 0);
        }
    }
    for s in &doc.layout.sentences {
        let range = s.tokens.range();
        let doubt = range.clone().any(|i| tagged.tags[i][usize::from(out[i])] < sure);
        if doubt || out[range.clone()].iter().all(|t| *t == 0) {
            out[range].fill(DOUBTED);
        }
    }
    out
}

fn unpack_classes(bytes: &[u8]) -> Vec<(u64, Classes)> {
    let (words, _) = bytes.as_chunks::<{ 8 + 2 * CLASSES }>();
    words
        .iter()
        .map(|b| {
            let (h, c) = b.split_at(8);
            let mut hash = [0; 8];
            hash.copy_from_slice(h);
            let mut classes = [0; CLASSES];
            for (to, c) in classes.iter_mut().zip(c.as_chunks::<2>().0) {
                *to = u16::from_le_bytes(*c);
            }
            (u64::from_le_bytes(hash), classes)
        })
        .collect()
}
