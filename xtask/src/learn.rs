//! Learners of the tagger's weights: a conditional random field by stochastic gradients, and an averaged perceptron. Both see
//! the same features and the same features left out at random.

use musnad::ar::names::tagger::{Group, PerTag, TAGS, best, exp, group, may_follow};
use std::collections::HashMap;

/// A stream of numbers that looks random and is the same every time (xorshift).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    /// From 0 to 1.
    pub fn float(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }
    /// From 0 up to `n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.next() >> 32) as usize * n.max(1)) >> 32
    }
}

/// A sentence to learn from.
pub struct Sentence {
    /// The features of all tokens by their number, one token after the other.
    features: Vec<u32>,
    ends: Vec<u32>,
    tags: Vec<u8>,
    weight: f32,
}

/// All sentences, and the features by number.
#[derive(Default)]
pub struct Lessons {
    pub sentences: Vec<Sentence>,
    pub ids: HashMap<u64, u32>,
    pub hashes: Vec<u64>,
    pub counts: Vec<u32>,
    /// Whether a feature is a corpus's own, by number.
    pub owned: Vec<bool>,
    /// How many features of a token of another corpus are also learned as that corpus's own.
    pub own: usize,
}

impl Lessons {
    /// Adds a sentence: for each token its features and tag.
    pub fn add<'a>(&mut self, tokens: impl Iterator<Item = (&'a [u64], u64, u8)>, weight: f32) {
        let mut s = Sentence { features: Vec::new(), ends: Vec::new(), tags: Vec::new(), weight };
        for (features, domain, tag) in tokens {
            // What is true of one corpus only is learned beside what is true of all, and is not kept.
            let some = if domain > 0 { self.own.min(features.len()) } else { 0 };
            let own = features.iter().take(some).map(|f| (f ^ domain << 40) & !7 | 3);
            for (k, f) in features.iter().copied().chain(own).enumerate() {
                let next = self.hashes.len() as u32;
                let id = *self.ids.entry(f).or_insert(next);
                if id == next {
                    self.hashes.push(f);
                    self.counts.push(0);
                    self.owned.push(k >= features.len());
                }
                self.counts[id as usize] += 1;
                s.features.push(id);
            }
            s.ends.push(s.features.len() as u32);
            s.tags.push(tag);
        }
        self.sentences.push(s);
    }

    /// Each feature that is kept and its weights: no corpus's own.
    pub fn kept(&self, w: &Weights) -> Vec<(u64, PerTag)> {
        let all = self.hashes.iter().zip(&w.features).zip(&self.owned);
        all.filter(|(_, owned)| !**owned).map(|((h, row), _)| (*h, *row)).collect()
    }

    /// Forgets features that occur fewer than `least` times.
    pub fn prune(&mut self, least: u32) {
        let mut renumbered = vec![u32::MAX; self.hashes.len()];
        let (mut hashes, mut counts, mut owned) = (Vec::new(), Vec::new(), Vec::new());
        for (id, n) in self.counts.iter().enumerate().filter(|(_, n)| **n >= least) {
            renumbered[id] = hashes.len() as u32;
            hashes.push(self.hashes[id]);
            counts.push(*n);
            owned.push(self.owned[id]);
        }
        for s in &mut self.sentences {
            let mut features = Vec::new();
            let mut from = 0;
            for end in &mut s.ends {
                let to = *end as usize;
                features.extend(
                    s.features[from..to].iter().map(|f| renumbered[*f as usize]).filter(|f| *f != u32::MAX),
                );
                from = to;
                *end = features.len() as u32;
            }
            s.features = features;
        }
        self.ids = HashMap::new();
        (self.hashes, self.counts, self.owned) = (hashes, counts, owned);
    }
}

/// What was learned.
pub struct Weights {
    pub features: Vec<PerTag>,
    pub start: PerTag,
    pub next: [PerTag; TAGS],
}

/// How features are left out.
#[derive(Clone, Copy)]
pub struct Drop {
    pub form: f32,
    /// A word's classes together with the word itself.
    pub class: f32,
    pub lexicon: f32,
    pub rule: f32,
    /// Any feature by itself.
    pub any: f32,
}

/// One sentence with some groups of features left out: (range of features by token).
fn thinned(s: &Sentence, hashes: &[u64], drop: Drop, dice: &mut Dice, out: &mut Vec<Vec<u32>>) {
    out.resize_with(s.tags.len(), Vec::new);
    // Lexicons and rules fail a whole text or a single word.
    let (no_lexicon, no_rule) = (dice.float() < drop.lexicon / 2.0, dice.float() < drop.rule / 2.0);
    let mut from = 0;
    for (slot, end) in out.iter_mut().zip(&s.ends) {
        slot.clear();
        let no_class = dice.float() < drop.class;
        let no_form = no_class || dice.float() < drop.form;
        let no_lexicon = no_lexicon || dice.float() < drop.lexicon / 2.0;
        let no_rule = no_rule || dice.float() < drop.rule / 2.0;
        let kept = |f: &&u32| match group(hashes[**f as usize]) {
            Group::Form => !no_form,
            Group::Lexicon => !no_lexicon,
            Group::Rule => !no_rule,
            Group::Class => !no_class,
            Group::Other => true,
        };
        let some = s.features[from..*end as usize].iter().filter(kept);
        if drop.any > 0.0 {
            slot.extend(some.filter(|_| dice.float() >= drop.any));
        } else {
            slot.extend(some);
        }
        from = *end as usize;
    }
}

fn shuffled(n: usize, dice: &mut Dice) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        order.swap(i, dice.below(i + 1));
    }
    order
}

/// Forward and backward sums over all sequences of tags of a sentence.
struct Sums {
    ahead: Vec<PerTag>,
    behind: Vec<PerTag>,
    emit: Vec<PerTag>,
    step: [PerTag; TAGS],
    log: f64,
}

impl Sums {
    fn new(scores: &[PerTag], start: &PerTag, next: &[PerTag; TAGS]) -> Sums {
        let step: [PerTag; TAGS] = std::array::from_fn(|a| {
            std::array::from_fn(|b| if may_follow(a, b) { exp(next[a][b]) } else { 0.0 })
        });
        let normal = |x: PerTag| {
            let sum: f32 = x.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            (x.map(|x| x / sum), f64::from(sum).ln())
        };
        let mut out = Sums { ahead: Vec::new(), behind: Vec::new(), emit: Vec::new(), step, log: 0.0 };
        for score in scores {
            let top = score.iter().copied().fold(f32::MIN, f32::max);
            let e = score.map(|x| exp(x - top));
            let now: PerTag = std::array::from_fn(|b| match out.ahead.last() {
                None => f32::from(u8::from(may_follow(0, b))) * exp(start[b]) * e[b],
                Some(before) => (0..TAGS).map(|a| before[a] * step[a][b]).sum::<f32>() * e[b],
            });
            let (now, log) = normal(now);
            out.log += f64::from(top) + log;
            out.ahead.push(now);
            out.emit.push(e);
        }
        out.behind.resize(scores.len(), [1.0; TAGS]);
        for i in (1..scores.len()).rev() {
            let then: PerTag = std::array::from_fn(|b| out.emit[i][b] * out.behind[i][b]);
            out.behind[i - 1] =
                normal(std::array::from_fn(|a| (0..TAGS).map(|b| step[a][b] * then[b]).sum::<f32>())).0;
        }
        out
    }

    /// The probability of each tag.
    fn tag(&self, i: usize) -> PerTag {
        let p: PerTag = std::array::from_fn(|k| self.ahead[i][k] * self.behind[i][k]);
        let sum: f32 = p.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        p.map(|x| x / sum)
    }

    /// The probability of each pair of tags, the token before and this one.
    fn pair(&self, i: usize) -> [PerTag; TAGS] {
        let p: [PerTag; TAGS] = std::array::from_fn(|a| {
            std::array::from_fn(|b| {
                self.ahead[i - 1][a] * self.step[a][b] * self.emit[i][b] * self.behind[i][b]
            })
        });
        let sum: f32 = p.iter().flatten().sum::<f32>().max(f32::MIN_POSITIVE);
        p.map(|row| row.map(|x| x / sum))
    }
}

/// A conditional random field by AdaGrad with a pull towards zero.
///
/// The weights given back are the average of those after each sentence of the last passes: what was learned from the
/// sentences seen last does not weigh more than the rest.
pub fn crf(lessons: &Lessons, passes: usize, rate: f32, pull: f32, drop: Drop, averaged: usize) -> Weights {
    let n = lessons.hashes.len();
    let mut w = Weights { features: vec![[0.0; TAGS]; n], start: [0.0; TAGS], next: [[0.0; TAGS]; TAGS] };
    let mut squares = vec![[0.01_f32; TAGS]; n];
    let mut chain_squares = [[1.0_f32; TAGS]; TAGS + 1];
    let mut dice = Dice::new(3);
    let mut tokens: Vec<Vec<u32>> = Vec::new();
    let mut scores: Vec<PerTag> = Vec::new();
    // The averages, as changes times when they were made.
    let mut late = Weights { features: vec![[0.0; TAGS]; n], start: [0.0; TAGS], next: [[0.0; TAGS]; TAGS] };
    let mut now = 0.0_f32;
    let total = (averaged.min(passes) * lessons.sentences.len()) as f32;
    for pass in 0..passes {
        let average = pass + averaged >= passes;
        let rate = rate / (1.0 + pass as f32 * 0.4);
        let mut loss = 0.0;
        for k in shuffled(lessons.sentences.len(), &mut dice) {
            let s = &lessons.sentences[k];
            now += f32::from(u8::from(average)) / total.max(1.0);
            thinned(s, &lessons.hashes, drop, &mut dice, &mut tokens);
            scores.clear();
            for t in tokens.iter().take(s.tags.len()) {
                let mut sum = [0.0; TAGS];
                for f in t {
                    for (x, y) in sum.iter_mut().zip(&w.features[*f as usize]) {
                        *x += y;
                    }
                }
                scores.push(sum);
            }
            // The same sum is expected with all features.
            let whole = 1.0 / (1.0 - drop.any);
            scores.iter_mut().flatten().for_each(|x| *x *= whole);
            let sums = Sums::new(&scores, &w.start, &w.next);
            loss += sums.log;
            for (i, tag) in s.tags.iter().enumerate() {
                let gold = usize::from(*tag);
                loss -= f64::from(scores[i][gold]);
                let (mut change_start, mut change_next) = ([0.0; TAGS], [[0.0; TAGS]; TAGS]);
                if i == 0 {
                    loss -= f64::from(w.start[gold]);
                    change_start = sums.tag(0);
                    change_start[gold] -= 1.0;
                } else {
                    let last = usize::from(s.tags[i - 1]);
                    loss -= f64::from(w.next[last][gold]);
                    change_next = sums.pair(i);
                    change_next[last][gold] -= 1.0;
                }
                let mut g = sums.tag(i);
                g[gold] -= 1.0;
                if g.iter().all(|x| x.abs() < 1e-4) {
                    continue;
                }
                for f in &tokens[i] {
                    let (w, q) = (&mut w.features[*f as usize], &mut squares[*f as usize]);
                    let late = &mut late.features[*f as usize];
                    for t in 0..TAGS {
                        let g = s.weight * g[t] + pull * w[t];
                        q[t] += g * g;
                        let step = rate * g / q[t].sqrt();
                        w[t] -= step;
                        late[t] += step * now;
                    }
                }
                let rows = w.next.iter_mut().zip(&change_next).chain([(&mut w.start, &change_start)]);
                let later = late.next.iter_mut().chain([&mut late.start]);
                for (((row, change), q), late) in rows.zip(&mut chain_squares).zip(later) {
                    for t in 0..TAGS {
                        let g = s.weight * change[t];
                        q[t] += g * g;
                        let step = rate * g / q[t].sqrt();
                        row[t] -= step;
                        late[t] += step * now;
                    }
                }
            }
        }
        eprintln!("crf, pass {}: {:.4} a sentence", pass + 1, loss / lessons.sentences.len() as f64);
    }
    // A step made when a share s of the averaged time was over counts for the rest of it: w + Σ step·s.
    if total > 0.0 {
        let rows = w.features.iter_mut().chain([&mut w.start]).chain(&mut w.next);
        let late = late.features.iter().chain([&late.start]).chain(&late.next);
        for (x, y) in rows.zip(late) {
            for (x, y) in x.iter_mut().zip(y) {
                *x += y;
            }
        }
    }
    w
}

/// An averaged perceptron.
pub fn perceptron(lessons: &Lessons, passes: usize, drop: Drop) -> Weights {
    let n = lessons.hashes.len();
    let mut w = Weights { features: vec![[0.0; TAGS]; n], start: [0.0; TAGS], next: [[0.0; TAGS]; TAGS] };
    let mut sums = Weights { features: vec![[0.0; TAGS]; n], start: [0.0; TAGS], next: [[0.0; TAGS]; TAGS] };
    let mut dice = Dice::new(3);
    let mut tokens: Vec<Vec<u32>> = Vec::new();
    let mut now = 1.0_f32;
    for pass in 0..passes {
        let mut wrong = 0;
        for k in shuffled(lessons.sentences.len(), &mut dice) {
            let s = &lessons.sentences[k];
            thinned(s, &lessons.hashes, drop, &mut dice, &mut tokens);
            let scores: Vec<PerTag> = tokens
                .iter()
                .take(s.tags.len())
                .map(|t| {
                    let mut sum = [0.0; TAGS];
                    for f in t {
                        for (x, y) in sum.iter_mut().zip(&w.features[*f as usize]) {
                            *x += y;
                        }
                    }
                    sum
                })
                .collect();
            let guess = best(&scores, &w.start, &w.next);
            for (i, (have, want)) in guess.iter().zip(&s.tags).enumerate() {
                let (have, want) = (usize::from(*have), usize::from(*want));
                let step = s.weight;
                if have != want {
                    wrong += 1;
                    for f in &tokens[i] {
                        let (x, y) = (&mut w.features[*f as usize], &mut sums.features[*f as usize]);
                        x[want] += step;
                        y[want] += step * now;
                        x[have] -= step;
                        y[have] -= step * now;
                    }
                }
                let rows = if i == 0 { (None, None) } else { (Some(guess[i - 1]), Some(s.tags[i - 1])) };
                if (rows.0, have) != (rows.1, want) {
                    for (row, tag, step) in [(rows.1, want, step), (rows.0, have, -step)] {
                        let (x, y) = match row {
                            Some(r) => {
                                (&mut w.next[usize::from(r)][tag], &mut sums.next[usize::from(r)][tag])
                            }
                            None => (&mut w.start[tag], &mut sums.start[tag]),
                        };
                        *x += step;
                        *y += step * now;
                    }
                }
            }
            now += 1.0;
        }
        eprintln!("perceptron, pass {}: {wrong} tags wrong", pass + 1);
    }
    let average = |x: &mut PerTag, y: &PerTag| {
        for (x, y) in x.iter_mut().zip(y) {
            *x -= y / now;
        }
    };
    for (x, y) in w.features.iter_mut().zip(&sums.features) {
        average(x, y);
    }
    average(&mut w.start, &sums.start);
    for (x, y) in w.next.iter_mut().zip(&sums.next) {
        average(x, y);
    }
    // Probabilities come from differences of scores: a perceptron's have no scale of their own.
    let scale = 0.35;
    for row in w.features.iter_mut().chain([&mut w.start]).chain(&mut w.next) {
        row.iter_mut().for_each(|x| *x *= scale);
    }
    w
}
