//! Work shared by threads, with results in the order of the work.
//!
//! Each thread takes the next item itself, works on it, and hands in the result; results that come before their turn wait.
//! Whoever runs far ahead of the turn waits too, so what is in memory is bounded, and so is what a slow reader of the output
//! makes pile up. The results are the same, in the same order, for any number of threads.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// What takes the results.
pub trait Sink {
    /// A result.
    type Item;
    /// Takes the next result. `Break` when no more are wanted.
    fn take(&mut self, item: Self::Item) -> ControlFlow<()>;
    /// Called now and then while the work goes on.
    fn tick(&mut self);
    /// How many bytes a waiting result holds.
    fn weight(item: &Self::Item) -> usize;
}

/// How many results may wait for their turn for each thread.
const AHEAD: usize = 64;
/// How many bytes the waiting results may hold before threads that are ahead stop.
const HEAVY: usize = 16 << 20;
/// How often the sink is called while the work goes on.
const TICK: Duration = Duration::from_millis(100);

struct Queue<'s, S: Sink> {
    sink: &'s mut S,
    /// The number of the result whose turn it is.
    turn: usize,
    waiting: BTreeMap<usize, S::Item>,
    weight: usize,
    running: usize,
    stopped: bool,
}

/// Runs `work` on every item of `source` in `jobs` threads and gives the results to `sink` in the order of the items.
pub fn in_order<I, S>(source: I, jobs: NonZero<usize>, work: impl Fn(I::Item) -> S::Item + Sync, sink: &mut S)
where
    I: Iterator + Send,
    S: Sink + Send,
    S::Item: Send,
{
    let jobs = jobs.get();
    let source = Mutex::new(source.enumerate().fuse());
    let queue = Mutex::new(Queue {
        sink,
        turn: 0,
        waiting: BTreeMap::new(),
        weight: 0,
        running: jobs,
        stopped: false,
    });
    let (turned, finished) = (Condvar::new(), Condvar::new());
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                let _leaving = Leaving { queue: &queue, turned: &turned, finished: &finished };
                while let Some((n, item)) = next(&source) {
                    if hand_in(&queue, &turned, n, work(item), jobs).is_break() {
                        break;
                    }
                }
            });
        }
        let mut held = lock(&queue);
        while held.running > 0 {
            held = finished.wait_timeout(held, TICK).unwrap_or_else(PoisonError::into_inner).0;
            held.sink.tick();
        }
    });
}

/// Signs a thread off, also one that panics: nobody must wait for its result.
struct Leaving<'q, 's, S: Sink> {
    queue: &'q Mutex<Queue<'s, S>>,
    turned: &'q Condvar,
    finished: &'q Condvar,
}

impl<S: Sink> Drop for Leaving<'_, '_, S> {
    fn drop(&mut self) {
        let mut held = lock(self.queue);
        held.running -= 1;
        held.stopped |= thread::panicking();
        self.turned.notify_all();
        self.finished.notify_all();
    }
}

/// Takes the next item, and holds the lock no longer than that.
fn next<I: Iterator>(source: &Mutex<I>) -> Option<I::Item> {
    lock(source).next()
}

fn hand_in<S: Sink>(
    queue: &Mutex<Queue<'_, S>>,
    turned: &Condvar,
    n: usize,
    result: S::Item,
    jobs: usize,
) -> ControlFlow<()> {
    let mut held = lock(queue);
    // The thread whose turn it is never waits, so the others do not wait for ever.
    while !held.stopped && n != held.turn && (n >= held.turn + AHEAD * jobs || held.weight > HEAVY) {
        held = turned.wait(held).unwrap_or_else(PoisonError::into_inner);
    }
    held.weight += S::weight(&result);
    held.waiting.insert(n, result);
    while !held.stopped {
        let turn = held.turn;
        let Some(result) = held.waiting.remove(&turn) else { break };
        held.weight -= S::weight(&result);
        held.turn += 1;
        held.stopped = held.sink.take(result).is_break();
    }
    turned.notify_all();
    if held.stopped { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
}

/// A lock that a thread which panicked has held is still good: everything behind it is whole between two calls.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Taken {
        all: Vec<u64>,
        until: Option<usize>,
    }

    impl Sink for Taken {
        type Item = u64;
        fn take(&mut self, item: u64) -> ControlFlow<()> {
            self.all.push(item);
            if self.until == Some(self.all.len()) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        }
        fn tick(&mut self) {}
        fn weight(_: &u64) -> usize {
            HEAVY / 3
        }
    }

    fn jobs(n: usize) -> NonZero<usize> {
        NonZero::new(n).unwrap()
    }

    /// Work whose length has nothing to do with its place.
    fn uneven(n: u64) -> u64 {
        thread::sleep(Duration::from_micros(n * 7919 % 500));
        n * 2
    }

    #[test]
    fn results_keep_the_order_of_the_work() {
        for n in [1, 2, 7] {
            let mut sink = Taken::default();
            in_order(0..500u64, jobs(n), uneven, &mut sink);
            assert_eq!(sink.all, (0..500).map(|n| n * 2).collect::<Vec<_>>(), "{n} threads");
        }
    }

    #[test]
    fn a_sink_that_has_enough_ends_the_work() {
        let mut sink = Taken { until: Some(10), ..Taken::default() };
        in_order(0.., jobs(3), uneven, &mut sink);
        assert_eq!(sink.all.len(), 10);
    }

    #[test]
    fn one_slow_item_holds_the_others_back() {
        // While the first item is worked on, the others may run ahead by their window only.
        let seen = Mutex::new(0u64);
        let mut sink = Taken::default();
        let work = |n: u64| {
            if n == 0 {
                thread::sleep(Duration::from_millis(80));
                return *lock(&seen);
            }
            *lock(&seen) += 1;
            n
        };
        in_order(0..10_000u64, jobs(2), work, &mut sink);
        assert!(sink.all[0] <= 6, "{} items were worked on while the first was", sink.all[0]);
        assert_eq!(sink.all.len(), 10_000);
    }

    #[test]
    fn a_panic_does_not_leave_the_others_waiting() {
        let mut sink = Taken::default();
        let work = |n: u64| if n == 5 { panic!("as this test wants") } else { uneven(n) };
        let run = std::panic::AssertUnwindSafe(|| in_order(0..100_000u64, jobs(2), work, &mut sink));
        assert!(std::panic::catch_unwind(run).is_err());
    }

    #[test]
    fn no_work_is_no_trouble() {
        let mut sink = Taken::default();
        in_order(std::iter::empty(), jobs(4), uneven, &mut sink);
        assert!(sink.all.is_empty());
    }
}
