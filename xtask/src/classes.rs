//! Word classes without supervision: vectors of words that stand in the same surroundings (skip-grams with negative samples,
//! one table for the words before and one for those after), put into clusters by k-means, once finely and once coarsely.

use crate::Outcome;
use crate::corpora::unpack;
use crate::learn::Dice;
use musnad::ar::names::tagger::hash;
use musnad::ar::tokens::tokens;
use musnad::document::Kind;
use std::collections::HashMap;
use std::path::Path;

const SIZE: usize = 48;
/// How many words to either side are looked at.
const WINDOW: usize = 2;

/// Of each frequent word its hash, fine class and coarse class, classes from 1.
pub fn classes(data: &Path, passes: usize, fine: usize, coarse: usize) -> Outcome<Vec<(u64, u16, u8)>> {
    let (lines, counts) = read(data)?;
    let words: Vec<String> = {
        let mut all: Vec<(String, u32)> = counts.into_iter().filter(|(_, n)| *n >= 5).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all.into_iter().map(|x| x.0).collect()
    };
    let ids: HashMap<&str, u32> = words.iter().enumerate().map(|(i, w)| (w.as_str(), i as u32)).collect();
    let text: Vec<Vec<u32>> =
        lines.iter().map(|l| l.split(' ').filter_map(|w| ids.get(w).copied()).collect()).collect();
    eprintln!(
        "{} words in {} lines, {} forms",
        text.iter().map(Vec::len).sum::<usize>(),
        text.len(),
        words.len()
    );
    let vectors = vectors(&text, words.len(), passes);
    let fine = clusters(&vectors, fine, 8);
    let coarse = clusters(&vectors, coarse, 12);
    Ok(words
        .iter()
        .zip(fine.iter().zip(&coarse))
        .map(|(w, (f, c))| (hash(w), *f as u16 + 1, *c as u8 + 1))
        .collect())
}

type Counts = HashMap<String, u32>;

fn read(data: &Path) -> Outcome<(Vec<String>, Counts)> {
    let mut files: Vec<_> =
        std::fs::read_dir(data.join("news"))?.filter_map(Result::ok).map(|e| e.path()).collect();
    files.sort();
    let mut lines = Vec::new();
    let mut counts = Counts::new();
    for path in files.iter().filter(|p| p.to_string_lossy().ends_with(".jsonl.gz")) {
        for line in unpack(path)?.lines() {
            let json: serde_json::Value = serde_json::from_str(line)?;
            for part in json["text"].as_str().unwrap_or("").lines() {
                let layer = tokens(part);
                let mut words = String::new();
                for t in &layer.tokens {
                    let raw = &part[t.span.range()];
                    let word = match t.kind {
                        Kind::Mark => raw.to_owned(),
                        Kind::Number => "0".to_owned(),
                        _ => musnad_lexicon::fold(raw),
                    };
                    if !words.is_empty() {
                        words.push(' ');
                    }
                    words.push_str(&word);
                    match counts.get_mut(&word) {
                        Some(n) => *n += 1,
                        None => {
                            counts.insert(word, 1);
                        }
                    }
                }
                lines.push(words);
            }
        }
    }
    Ok((lines, counts))
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn row(table: &[f32], i: usize) -> &[f32] {
    &table[i * SIZE..(i + 1) * SIZE]
}

fn vectors(text: &[Vec<u32>], words: usize, passes: usize) -> Vec<f32> {
    let mut dice = Dice::new(7);
    let mut counts = vec![0_u32; words];
    for w in text.iter().flatten() {
        counts[*w as usize] += 1;
    }
    let total: f32 = counts.iter().map(|c| *c as f32).sum();
    let mut noise: Vec<u32> = Vec::new();
    for (w, c) in counts.iter().enumerate() {
        let times = (f64::from(*c).powf(0.75) / 4.0).ceil() as usize;
        noise.extend(std::iter::repeat_n(w as u32, times));
    }
    let mut inner: Vec<f32> = (0..words * SIZE).map(|_| (dice.float() - 0.5) / SIZE as f32).collect();
    let mut outer = vec![0.0_f32; 2 * words * SIZE];
    let mut grad = [0.0_f32; SIZE];
    for pass in 0..passes {
        let rate = 0.04 * (1.0 - pass as f32 / passes as f32).max(0.1);
        for line in text {
            for (i, w) in line.iter().enumerate() {
                // Frequent words are looked at less often.
                let share = counts[*w as usize] as f32 / total;
                if share > 1e-3 && dice.float() > (1e-3 / share).sqrt() {
                    continue;
                }
                let from = i.saturating_sub(WINDOW);
                for (j, context) in
                    line.iter().enumerate().take(i + WINDOW + 1).skip(from).filter(|(j, _)| *j != i)
                {
                    let side = usize::from(j > i) * words;
                    let me = *w as usize * SIZE;
                    grad.fill(0.0);
                    for k in 0..5 {
                        let (target, want) = if k == 0 {
                            (*context as usize, 1.0)
                        } else {
                            (noise[dice.below(noise.len())] as usize, 0.0)
                        };
                        let at = (side + target) * SIZE;
                        let x = dot(&inner[me..me + SIZE], &outer[at..at + SIZE]);
                        let p = 1.0 / (1.0 + musnad::ar::names::tagger::exp(-x));
                        let g = rate * (want - p);
                        for d in 0..SIZE {
                            grad[d] += g * outer[at + d];
                            outer[at + d] += g * inner[me + d];
                        }
                    }
                    for d in 0..SIZE {
                        inner[me + d] += grad[d];
                    }
                }
            }
        }
        eprintln!("vectors, pass {}", pass + 1);
    }
    for v in inner.chunks_mut(SIZE) {
        let len = dot(v, v).sqrt().max(1e-9);
        v.iter_mut().for_each(|x| *x /= len);
    }
    inner
}

/// The cluster of each vector, from 0: k-means on the sphere.
fn clusters(vectors: &[f32], k: usize, rounds: usize) -> Vec<usize> {
    let n = vectors.len() / SIZE;
    let mut dice = Dice::new(11);
    let mut centres: Vec<f32> = Vec::with_capacity(k * SIZE);
    for _ in 0..k {
        // Words are in order of frequency: centres are drawn from the frequent ones.
        centres.extend_from_slice(row(vectors, dice.below(n.min(20_000))));
    }
    let mut of = vec![0; n];
    for _ in 0..rounds {
        for (i, slot) in of.iter_mut().enumerate() {
            let v = row(vectors, i);
            let mut best = (f32::MIN, 0);
            for c in 0..k {
                let x = dot(v, row(&centres, c));
                if x > best.0 {
                    best = (x, c);
                }
            }
            *slot = best.1;
        }
        centres.fill(0.0);
        for (i, c) in of.iter().enumerate() {
            for (x, y) in centres[c * SIZE..(c + 1) * SIZE].iter_mut().zip(row(vectors, i)) {
                *x += y;
            }
        }
        for v in centres.chunks_mut(SIZE) {
            let len = dot(v, v).sqrt().max(1e-9);
            v.iter_mut().for_each(|x| *x /= len);
        }
    }
    of
}
