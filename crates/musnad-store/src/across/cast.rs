//! Everybody in all reports, put together: [`super::entities`] for many reports at once, by numbers only.

use super::entities::{Held, Reason, Together};
use crate::compared::{Keyed, SeenKeys};
use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::words::Quick;

/// Whether a key, as [`super::entities::Key::number`] writes it, is a link.
pub(crate) fn is_link(key: u64) -> bool {
    Reason::ALL.get((key >> 56) as usize) == Some(&Reason::Link)
}

/// Everybody who has keys. Reports are added in an order that hangs on nothing but themselves. Of those with one link a single one stands
/// for all.
#[derive(Default)]
pub(crate) struct Cast {
    held: Held,
    links: HashMap<u64, u32, BuildHasherDefault<Quick>>,
    /// For each report where its own begin in `seen`.
    first: Vec<u32>,
    /// Place in the record, and which of `held` it is.
    seen: Vec<(u32, u32)>,
    /// Where each of `held` was met first: report and place in the record.
    met: Vec<(u32, u32)>,
}

impl Cast {
    /// Adds a report. `split` gives the key of a decision that somebody of it is another than its own keys say.
    pub(crate) fn add(&mut self, keyed: &Keyed, split: impl Fn(&SeenKeys) -> Option<u64>) {
        let report = self.first.len() as u32;
        self.first.push(self.seen.len() as u32);
        for seen in &keyed.seen {
            let state = seen.state.map(super::words::State::number);
            let split = split(seen);
            let link = seen.keys().find(|k| is_link(*k)).filter(|_| split.is_none());
            let known = link.and_then(|l| self.links.get(&l).copied());
            let known = known.unwrap_or_else(|| self.held.push(link, state));
            if known as usize == self.met.len() {
                self.met.push((report, seen.place));
            }
            if let Some(link) = link {
                self.links.insert(link, known);
                self.held.of_state(known, state);
            }
            match split {
                Some(key) => self.held.keys.push((key, known)),
                None => self.held.keys.extend(seen.keys().map(|k| (k, known))),
            }
            self.seen.push((seen.place, known));
        }
    }

    /// Those of a report: place in the record, and who it is.
    pub(crate) fn of(&self, report: u32) -> &[(u32, u32)] {
        let at = |r: usize| self.first.get(r).map_or(self.seen.len(), |i| *i as usize);
        self.seen.get(at(report as usize)..at(report as usize + 1)).unwrap_or_default()
    }

    /// Who stands at a place of a report.
    pub(crate) fn at(&self, report: u32, place: u32) -> Option<u32> {
        let of = self.of(report);
        of.binary_search_by_key(&place, |s| s.0).ok().and_then(|i| of.get(i)).map(|s| s.1)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.met.len()
    }

    /// Where somebody was met first: report and place in the record.
    pub(crate) fn met(&self, known: u32) -> (u32, u32) {
        self.met.get(known as usize).copied().unwrap_or_default()
    }

    /// Who has a link, by its key.
    pub(crate) fn linked(&self, link: u64) -> Option<u32> {
        self.links.get(&link).copied()
    }

    /// Whether it is the entry of a register.
    pub(crate) fn is_linked(&self, known: u32) -> bool {
        self.held.link(known).is_some()
    }

    /// The first who has the strongest key that anybody has.
    pub(crate) fn with(&self, keys: impl Iterator<Item = u64>) -> Option<u32> {
        for key in keys {
            let first = self.held.keys.iter().filter(|k| k.0 == key).map(|k| k.1).min();
            if first.is_some() {
                return first;
            }
        }
        None
    }

    /// Puts them together; `decided` are joins that decisions make.
    pub(crate) fn together(&mut self, decided: &[(u32, u32, u64)]) -> Together {
        self.held.together(is_link, decided)
    }

    /// The keys after that: each key with who has it, sorted.
    pub(crate) fn keys(&self) -> &[(u64, u32)] {
        &self.held.keys
    }
}
