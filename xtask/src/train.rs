//! `cargo xtask train-names`.

use crate::corpora::{self, Tagged, reports};
use crate::learn::{Drop, Lessons, crf, perceptron};
use crate::{Outcome, Words, classes, pack};
use musnad::ar::names::tagger::{Features, Model};
use musnad::ar::names::{rules, words};

/// Where the weights are, from the repository's root.
pub const WEIGHTS: &str = "crates/musnad/data/ar/names.bin";

/// Trains on the corpora in a folder. Every setting has its default; the committed weights are made by the defaults.
pub fn train(args: &Words) -> Outcome {
    let data = args.path(1)?;
    let number = |name: &str, default: f32| args.number(name, default);
    let classes = match args.get("classes").map(std::fs::read).transpose()? {
        Some(bytes) => unpack_classes(&bytes),
        None => classes::classes(&data, number("class-passes", 4.0)? as usize, 800, 120)?,
    };
    if let Some(path) = args.get("write-classes") {
        let bytes: Vec<u8> = classes
            .iter()
            .flat_map(|(h, f, c)| h.to_le_bytes().into_iter().chain(f.to_le_bytes()).chain([*c]))
            .collect();
        std::fs::write(path, bytes)?;
    }
    // A model with word classes and no weights: what features need.
    let none = crate::learn::Weights { features: vec![], start: [0.0; 7], next: [[0.0; 7]; 7] };
    let bytes: &'static [u8] = Box::leak(pack::pack(&[], &none, &classes, 0).into_boxed_slice());
    let model = Model::new(bytes).ok_or("no model")?;

    let (learn, test) = corpora::anercorp(&data)?;
    let size = 12;
    let mut lessons = Lessons { own: number("own", 100.0)? as usize, ..Lessons::default() };
    let mut add = |name: &str, domain: u64, weight: f32, reports: Vec<Tagged>| {
        let mut names = 0;
        for r in &reports {
            names += r.names().len();
            let words = words::Words::new(&r.doc);
            let features = Features::new(&words, &rules(&words), &model);
            for s in &r.doc.layout.sentences {
                let tokens = s.tokens.range().map(|i| (features.of(i), domain, r.tags[i]));
                lessons.add(tokens, weight);
            }
        }
        let tokens: usize = reports.iter().map(|r| r.tags.len()).sum();
        eprintln!("{name}: {tokens} tokens, {names} names");
    };
    add("ANERcorp", 0, number("anercorp", 1.0)?, reports(&learn, size));
    let weight = number("newsfane", 0.7)?;
    if weight > 0.0 {
        add("NewsFANE", 1, weight, reports(&corpora::newsfane(&data, &test)?, size));
    }
    let weight = number("wikifane", 0.5)?;
    if weight > 0.0 {
        let share = number("wikifane-share", 0.3)?;
        let all = corpora::wikifane(&data)?;
        let some: Vec<_> = all
            .chunks(size)
            .enumerate()
            .filter(|(i, _)| ((i % 100) as f32) < share * 100.0)
            .flat_map(|(_, c)| c.to_vec())
            .collect();
        add("WikiFANE", 2, weight, reports(&some, size));
    }
    let weight = number("wojood", 0.5)?;
    if weight > 0.0 {
        add("Wojood", 3, weight, reports(&corpora::wojood(&data, "train")?, size));
    }
    lessons.prune(number("least", 3.0)? as u32);
    eprintln!("{} sentences, {} features", lessons.sentences.len(), lessons.hashes.len());
    let drop = Drop {
        form: number("drop-form", 0.15)?,
        lexicon: number("drop-lexicon", 0.15)?,
        rule: number("drop-rule", 0.25)?,
    };
    let passes = number("passes", 4.0)? as usize;
    let weights = match args.get("learner") {
        Some("perceptron") => perceptron(&lessons, passes, drop),
        _ => crf(&lessons, passes, number("rate", 0.05)?, number("pull", 1e-3)?, drop),
    };
    let bytes = pack::pack(&lessons.hashes, &weights, &classes, number("most", 780_000.0)? as usize);
    std::fs::write(args.get("out").unwrap_or(WEIGHTS), &bytes)?;
    eprintln!("{} bytes", bytes.len());
    Ok(())
}

fn unpack_classes(bytes: &[u8]) -> Vec<(u64, u16, u8)> {
    bytes
        .chunks_exact(11)
        .map(|b| {
            let mut hash = [0; 8];
            hash.copy_from_slice(&b[..8]);
            (u64::from_le_bytes(hash), u16::from_le_bytes([b[8], b[9]]), b[10])
        })
        .collect()
}
