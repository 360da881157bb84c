//! Things that may be the same, met day by day.
//!
//! Only things under a common key on days that are near are compared ([`Thing`]). From one thing its neighbours are found, from these theirs, and
//! so on: what hangs together is a [`component`](Meeting::component), and whatever groups it falls into hangs on nothing outside of it. So groups can be made anew
//! component by component, for all things or only where something has changed, with the same outcome; and what lies
//! behind can be forgotten ([`Meeting::forget_before`]), so that memory does not grow with the number of reports.

use super::words::Quick;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::BuildHasherDefault;
use std::rc::Rc;

/// What is compared: a statement, an event.
pub trait Thing {
    /// How many days apart two may be that are the same. Those without a day are compared with one another.
    const REACH: i32;
    /// Its number; groups are made in the order of these.
    fn id(&self) -> i64;
    /// Its day.
    fn day(&self) -> Option<i32>;
    /// Its keys, each once.
    fn keys(&self) -> Vec<u64>;
    /// Whether it is the same as another, and how strongly that holds; symmetric.
    fn same(&self, other: &Self) -> Option<f32>;
}

type Quickly = BuildHasherDefault<Quick>;

/// Things of a day.
struct Day<T> {
    /// In the order of their numbers.
    things: Vec<Rc<T>>,
    /// Their places in that list, by key.
    under: HashMap<u64, Vec<u32>, Quickly>,
}

impl<T: Thing> Day<T> {
    fn of(mut things: Vec<T>) -> Day<T> {
        things.sort_by_key(Thing::id);
        let mut under: HashMap<u64, Vec<u32>, Quickly> = HashMap::default();
        for (i, thing) in things.iter().enumerate() {
            for key in thing.keys() {
                under.entry(key).or_default().push(i as u32);
            }
        }
        Day { things: things.into_iter().map(Rc::new).collect(), under }
    }
}

/// What hangs together: the things in the order of their numbers, and which of them are the same, how strongly.
pub struct Component<T> {
    /// The things.
    pub things: Vec<Rc<T>>,
    /// Pairs of their numbers, each once.
    pub edges: Vec<(i64, i64, f32)>,
}

/// The days that are at hand, each loaded when it is first asked for.
pub struct Meeting<T, L> {
    days: BTreeMap<Option<i32>, Day<T>>,
    load: L,
    /// Those that are in a component that was given already.
    done: HashSet<i64, Quickly>,
}

impl<T: Thing, E, L: FnMut(Option<i32>) -> Result<Vec<T>, E>> Meeting<T, L> {
    /// `load` gives the things of a day.
    pub fn new(load: L) -> Meeting<T, L> {
        Meeting { days: BTreeMap::new(), load, done: HashSet::default() }
    }

    /// The things of a day, in the order of their numbers.
    pub fn day(&mut self, day: Option<i32>) -> Result<Vec<Rc<T>>, E> {
        Ok(self.at(day)?.things.clone())
    }

    fn at(&mut self, day: Option<i32>) -> Result<&Day<T>, E> {
        if !self.days.contains_key(&day) {
            let things = (self.load)(day)?;
            self.days.insert(day, Day::of(things));
        }
        // It has been put there just now.
        self.days.get(&day).map_or_else(|| unreachable!("the day is loaded"), Ok)
    }

    /// Forgets the days before one; they are loaded again if anything asks for them.
    pub fn forget_before(&mut self, day: i32) {
        self.days.retain(|d, _| d.is_none_or(|d| d >= day));
    }

    /// Gives those that may be the same as a thing: under a common key on a day that is near. Each once.
    fn each_candidate(&mut self, thing: &T, mut take: impl FnMut(&Rc<T>)) -> Result<(), E> {
        let keys = thing.keys();
        let days: Vec<Option<i32>> = match thing.day() {
            None => vec![None],
            Some(day) => (day - T::REACH..=day + T::REACH).map(Some).collect(),
        };
        let mut met: Vec<u32> = Vec::new();
        for day in days {
            let day = self.at(day)?;
            met.clear();
            met.extend(keys.iter().filter_map(|k| day.under.get(k)).flatten());
            if keys.len() > 1 {
                met.sort_unstable();
                met.dedup();
            }
            for other in met.iter().filter_map(|i| day.things.get(*i as usize)) {
                take(other);
            }
        }
        Ok(())
    }

    /// Those that are the same as a thing that need not be there itself.
    pub fn neighbours(&mut self, thing: &T) -> Result<Vec<Rc<T>>, E> {
        let mut out = Vec::new();
        self.each_candidate(thing, |other| {
            if thing.same(other).is_some() {
                out.push(Rc::clone(other));
            }
        })?;
        Ok(out)
    }

    /// What hangs together with a thing; `None` where that was given before.
    pub fn component(&mut self, start: &Rc<T>) -> Result<Option<Component<T>>, E> {
        if self.done.contains(&start.id()) {
            return Ok(None);
        }
        let mut things: BTreeMap<i64, Rc<T>> = BTreeMap::from([(start.id(), Rc::clone(start))]);
        let mut edges = Vec::new();
        let mut waiting = vec![Rc::clone(start)];
        let mut done = std::mem::take(&mut self.done);
        while let Some(one) = waiting.pop() {
            done.insert(one.id());
            self.each_candidate(&one, |other| {
                // Who is done has been compared with all.
                if done.contains(&other.id()) {
                    return;
                }
                if let Some(strength) = one.same(other) {
                    edges.push((one.id(), other.id(), strength));
                    things.entry(other.id()).or_insert_with(|| {
                        waiting.push(Rc::clone(other));
                        Rc::clone(other)
                    });
                }
            })?;
        }
        self.done = done;
        Ok(Some(Component { things: things.into_values().collect(), edges }))
    }

    /// All components that hold something of these days, or only those with some of these things, in the order of days. Days that lie behind are
    /// forgotten on the way.
    pub fn each_component(
        &mut self,
        starts: &Starts,
        mut take: impl FnMut(Component<T>) -> Result<(), E>,
    ) -> Result<(), E> {
        let days: Vec<Option<i32>> = match starts {
            Starts::All(days) => days.iter().copied().collect(),
            Starts::These(things) => {
                let days: BTreeSet<Option<i32>> = things.iter().map(|t| t.0).collect();
                days.into_iter().collect()
            }
        };
        for day in days {
            if let Some(day) = day {
                self.forget_before(day - T::REACH);
            }
            for thing in self.day(day)? {
                let wanted = match starts {
                    Starts::All(_) => true,
                    Starts::These(things) => things.contains(&(day, thing.id())),
                };
                if wanted && let Some(component) = self.component(&thing)? {
                    take(component)?;
                }
            }
        }
        Ok(())
    }
}

/// Where components are looked for.
pub enum Starts {
    /// On these days, and there are no others.
    All(BTreeSet<Option<i32>>),
    /// At these things, by day and number.
    These(BTreeSet<(Option<i32>, i64)>),
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::convert::Infallible;

    /// A number on a day; near numbers are the same.
    #[derive(Clone, Debug)]
    struct Number {
        id: i64,
        day: Option<i32>,
        value: i32,
    }

    impl Thing for Number {
        const REACH: i32 = 2;

        fn id(&self) -> i64 {
            self.id
        }

        fn day(&self) -> Option<i32> {
            self.day
        }

        fn keys(&self) -> Vec<u64> {
            vec![0, u64::from(self.value.unsigned_abs()) % 3 + 1]
        }

        fn same(&self, other: &Number) -> Option<f32> {
            let near = match (self.day, other.day) {
                (Some(a), Some(b)) => a.abs_diff(b) <= 2,
                (None, None) => true,
                _ => false,
            };
            (near && self.id != other.id && self.value.abs_diff(other.value) <= 1).then_some(1.0)
        }
    }

    fn parts(all: &[Number], starts: &Starts) -> Vec<(Vec<i64>, usize)> {
        let load = |day: Option<i32>| -> Result<Vec<Number>, Infallible> {
            Ok(all.iter().filter(|n| n.day == day).cloned().collect())
        };
        let mut out = Vec::new();
        Meeting::new(load)
            .each_component(starts, |c| {
                out.push((c.things.iter().map(|t| t.id).collect(), c.edges.len()));
                Ok(())
            })
            .unwrap();
        out.sort();
        out
    }

    proptest! {
        #[test]
        fn components_are_what_hangs_together(
            picks in proptest::collection::vec((proptest::option::of(0i32..14), 0i32..9), 1..24),
            some in proptest::collection::vec(0usize..24, 0..4),
        ) {
            let all: Vec<Number> = picks
                .iter()
                .enumerate()
                .map(|(i, (day, value))| Number { id: i as i64, day: *day, value: *value })
                .collect();
            let mut edges = Vec::new();
            for a in &all {
                edges.extend(all.iter().filter(|b| a.id < b.id && a.same(b).is_some()).map(|b| (a.id, b.id)));
            }
            let ids: Vec<i64> = all.iter().map(|n| n.id).collect();
            let wanted: Vec<(Vec<i64>, usize)> = super::super::groups::groups(&ids, &edges)
                .into_iter()
                .map(|g| {
                    let n = edges.iter().filter(|(a, _)| g.contains(a)).count();
                    (g, n)
                })
                .collect();
            let found = parts(&all, &Starts::All(all.iter().map(|n| n.day).collect()));
            prop_assert_eq!(&found, &wanted);
            // Where only some are asked about, their components are the same, each once.
            let some: Vec<&Number> = some.iter().filter_map(|i| all.get(*i)).collect();
            let found = parts(&all, &Starts::These(some.iter().map(|n| (n.day, n.id)).collect()));
            let wanted: Vec<_> =
                wanted.into_iter().filter(|(g, _)| some.iter().any(|n| g.contains(&n.id))).collect();
            prop_assert_eq!(found, wanted);
        }
    }
}
