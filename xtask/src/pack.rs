//! Weights as the reader reads them where they lie.

use crate::learn::Weights;
use musnad::ar::names::tagger::{Classes, HEADER, MAGIC, PROBES, PerTag, TAGS, slot};

/// The largest weight; others are cut off. A byte holds 127 steps of it.
const LARGEST: f32 = 3.0;

/// The file: at most `most` features, those that weigh most. `outside` is taken from the score of every token to be outside of
/// names: what is learned from many corpora at once finds too few names rather than too many. `shared` is the share of a word's
/// other places in its scores.
pub fn pack(
    features: &[(u64, PerTag)],
    w: &Weights,
    classes: &[(u64, Classes)],
    most: usize,
    outside: f32,
    shared: f32,
) -> Vec<u8> {
    let scale = LARGEST / 127.0;
    let quantised = |row: &[f32; TAGS]| row.map(|x| (x / scale).round().clamp(-127.0, 127.0) as i8);
    let mut kept: Vec<(u64, [i8; TAGS])> = features
        .iter()
        .map(|(h, row)| (*h, quantised(row)))
        .filter(|(_, q)| q.iter().any(|x| *x != 0))
        .collect();
    let weight = |q: &[i8; TAGS]| q.iter().map(|x| i32::from(*x).abs()).max().unwrap_or(0);
    kept.sort_by_key(|(h, q)| (std::cmp::Reverse(weight(q)), *h));
    eprintln!("{} features weigh something, {} are kept", kept.len(), kept.len().min(most));
    kept.truncate(most);
    let bits = log2((kept.len() * 3).div_ceil(2));
    let mut features = vec![[0_u8; 8]; 1 << bits];
    let mut lost = 0;
    for (h, q) in &kept {
        let (from, print) = slot(*h);
        let mut entry = [print; 8];
        for (to, x) in entry[1..].iter_mut().zip(q) {
            *to = x.to_le_bytes()[0];
        }
        let mask = features.len() - 1;
        // The heaviest come first; a later one with the same print on its way would be read as an earlier one.
        let free = (0..PROBES)
            .map(|k| (from + k) & mask)
            .find(|at| features[*at][0] == 0 || features[*at][0] == print);
        match free {
            Some(at) if features[at][0] == 0 => features[at] = entry,
            _ => lost += 1,
        }
    }
    let class_bits = log2(classes.len() * 3 / 2);
    let mut words = vec![[0_u8; 16]; 1 << class_bits];
    for (h, of_word) in classes {
        let mask = words.len() - 1;
        let free = (0..PROBES)
            .map(|k| (*h as usize).wrapping_add(k) & mask)
            .find(|at| words[*at][4..].iter().all(|b| *b == 0));
        if let Some(at) = free {
            let hash = ((h >> 32) as u32).to_le_bytes();
            let bytes = hash.into_iter().chain(of_word.iter().flat_map(|c| c.to_le_bytes()));
            for (to, b) in words[at].iter_mut().zip(bytes) {
                *to = b;
            }
        }
    }
    eprintln!("2^{bits} slots, {lost} features lost; 2^{class_bits} slots of classes");
    let mut out = Vec::with_capacity(HEADER + 8 * features.len() + 16 * words.len());
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&class_bits.to_le_bytes());
    out.extend_from_slice(&bits.to_le_bytes());
    out.extend_from_slice(&scale.to_le_bytes());
    out.extend_from_slice(&shared.to_le_bytes());
    for row in [&w.start].into_iter().chain(&w.next) {
        for (tag, x) in row.iter().enumerate() {
            let x = if tag == 0 { x - outside } else { *x };
            out.extend_from_slice(&x.to_le_bytes());
        }
    }
    out.extend_from_slice(words.as_flattened());
    out.extend_from_slice(features.as_flattened());
    out
}

fn log2(n: usize) -> u32 {
    n.max(2).next_power_of_two().trailing_zeros()
}
