//! Word classes without supervision: vectors of words that stand in the same surroundings (skip-grams with negative samples,
//! one table for the words before and one for those after), put into clusters by k-means, once finely and once coarsely.

use crate::Outcome;
use crate::corpora::unpack;
use crate::learn::Dice;
use musnad::ar::names::tagger::{Classes, hash};
use musnad::ar::tokens::tokens;
use musnad::document::Kind;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

const SIZE: usize = 48;
/// How many words to either side are looked at.
const WINDOW: usize = 2;

/// The classes of all words worth one, by the hash of their folded spelling.
pub fn classes(data: &Path, vectors_at: &Path, passes: usize) -> Outcome<Vec<(u64, Classes)>> {
    let mut out: BTreeMap<u64, Classes> = BTreeMap::new();
    let (words, vectors) = by_surroundings(data, passes)?;
    let sizes = [(800, 8), (120, 12), (2500, 5)];
    add(&mut out, &words, &vectors, SIZE, &sizes, 0);
    let (words, vectors, size) = by_encoder(vectors_at)?;
    add(&mut out, &words, &vectors, size, &[(2000, 6), (500, 8), (100, 12)], 3);
    Ok(out.into_iter().collect())
}

fn add(
    out: &mut BTreeMap<u64, Classes>,
    words: &[String],
    vectors: &[f32],
    size: usize,
    sizes: &[(usize, usize)],
    from: usize,
) {
    for (k, (clusters_of, rounds)) in sizes.iter().enumerate() {
        for (word, c) in words.iter().zip(clusters(vectors, size, *clusters_of, *rounds)) {
            out.entry(hash(word)).or_default()[from + k] = c as u16 + 1;
        }
        eprintln!("{clusters_of} classes");
    }
}

/// The vectors that `tools/word_vectors.py` has made: words, vectors one after the other, and their size.
fn by_encoder(folder: &Path) -> Outcome<(Vec<String>, Vec<f32>, usize)> {
    let words = std::fs::read_to_string(folder.join("words.txt"))?;
    let bytes = std::fs::read(folder.join("vectors.f32"))?;
    let (numbers, _) = bytes.as_chunks::<4>();
    let numbers: Vec<f32> = numbers.iter().map(|b| f32::from_le_bytes(*b)).collect();
    let words: Vec<String> = words.lines().map(musnad_lexicon::fold).collect();
    let size = numbers.len() / words.len().max(1);
    if size == 0 || size * words.len() != numbers.len() {
        return Err("words.txt and vectors.f32 do not belong together".into());
    }
    Ok((words, numbers, size))
}

/// Skip-gram vectors of the frequent words of the news.
fn by_surroundings(data: &Path, passes: usize) -> Outcome<(Vec<String>, Vec<f32>)> {
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
    Ok((words, vectors))
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

/// The product of two vectors of a length that eight divides; eight sums at once are what a processor can do.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, b) = (a.as_chunks::<8>().0, b.as_chunks::<8>().0);
    let mut sums = [0.0_f32; 8];
    for (x, y) in a.iter().zip(b) {
        for k in 0..8 {
            sums[k] += x[k] * y[k];
        }
    }
    sums.iter().sum()
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
fn clusters(vectors: &[f32], size: usize, k: usize, rounds: usize) -> Vec<usize> {
    let n = vectors.len() / size;
    let row = |i: usize| i * size..(i + 1) * size;
    let mut dice = Dice::new(11);
    let mut centres: Vec<f32> = Vec::with_capacity(k * size);
    for _ in 0..k {
        // Words are in order of frequency: centres are drawn from the frequent ones.
        centres.extend_from_slice(&vectors[row(dice.below(n.min(20_000)))]);
    }
    let mut of = vec![0; n];
    for _ in 0..rounds {
        for (i, slot) in of.iter_mut().enumerate() {
            let v = &vectors[row(i)];
            let mut best = (f32::MIN, 0);
            for (c, centre) in centres.chunks_exact(size).enumerate() {
                let x = dot(v, centre);
                if x > best.0 {
                    best = (x, c);
                }
            }
            *slot = best.1;
        }
        centres.fill(0.0);
        for (i, c) in of.iter().enumerate() {
            for (x, y) in centres[c * size..(c + 1) * size].iter_mut().zip(&vectors[row(i)]) {
                *x += y;
            }
        }
        for v in centres.chunks_mut(size) {
            let len = dot(v, v).sqrt().max(1e-9);
            v.iter_mut().for_each(|x| *x /= len);
        }
    }
    of
}
