//! Connections to the store, as many as threads can use at once. SQLite works on threads of its own; whoever waits for one stands in a queue,
//! and nobody works for who has gone away.

use crate::problem::Problem;
use musnad_store::rusqlite::InterruptHandle;
use musnad_store::{Store, Trouble};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How many requests may wait for a connection.
const QUEUE: usize = 512;
/// How long one waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long an answer may take to find.
const TIME: Duration = Duration::from_secs(10);

/// The connections.
#[derive(Debug)]
pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Store>>,
    seats: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// A connection of which only one thing is asked: whether anything has been written since.
    watch: Mutex<Watch>,
}

#[derive(Debug)]
struct Watch {
    store: Store,
    last: i64,
}

/// What stops the work for a request when nobody waits for it any more.
struct Stop {
    handle: Arc<Mutex<Option<InterruptHandle>>>,
}

impl Drop for Stop {
    fn drop(&mut self) {
        // The work takes the handle away before it gives its connection back, so that nobody else is stopped.
        if let Some(handle) = self.handle.lock().unwrap_or_else(PoisonError::into_inner).take() {
            handle.interrupt();
        }
    }
}

impl Readers {
    /// Opens a store for so many threads.
    pub(crate) fn open(path: PathBuf, seats: usize) -> Result<Readers, Trouble> {
        let store = Store::read(&path)?;
        let watch = Watch { store: Store::read(&path)?, last: 0 };
        Ok(Readers {
            path,
            idle: Mutex::new(vec![store]),
            seats: Arc::new(Semaphore::new(seats)),
            waiting: AtomicUsize::new(0),
            watch: Mutex::new(watch),
        })
    }

    /// A number that is another one as soon as anything has been written to the store. It is read before an answer is looked for, so that an
    /// answer is never older than it says.
    pub(crate) fn change(&self) -> i64 {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let told = watch.store.connection().pragma_query_value(None, "data_version", |r| r.get(0));
        // What cannot be told may have changed.
        watch.last = told.unwrap_or(watch.last.wrapping_sub(1));
        watch.last
    }

    /// Asks the store something; all of it is answered from the store as it is at one moment.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Readers>,
        question: impl FnOnce(&Store) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let seat = {
            let _place = Place::take(&self.waiting)
                .ok_or_else(|| Problem::busy("there are more requests than can wait for an answer"))?;
            let seat = tokio::time::timeout(PATIENCE, Arc::clone(&self.seats).acquire_owned()).await;
            let seat = seat.map_err(|_| Problem::busy("the request has waited too long for its turn"))?;
            seat.map_err(|_| Problem::busy("the server is stopping"))?
        };
        let readers = Arc::clone(self);
        let handle = Arc::new(Mutex::new(None));
        let stop = Stop { handle: Arc::clone(&handle) };
        let work = tokio::task::spawn_blocking(move || {
            let _seat = seat;
            let idle = readers.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let store = match idle {
                Some(store) => store,
                None => Store::read(&readers.path)?,
            };
            *handle.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(store.connection().get_interrupt_handle());
            let answer = {
                let _moment = store.connection().unchecked_transaction().map_err(|e| store.told(&e))?;
                question(&store)
            };
            let stopped = handle.lock().unwrap_or_else(PoisonError::into_inner).take().is_none();
            let broken = answer.as_ref().is_err_and(|p| p.status >= 500);
            if !stopped && !broken {
                readers.idle.lock().unwrap_or_else(PoisonError::into_inner).push(store);
            }
            answer
        });
        let answer = tokio::time::timeout(TIME, work).await;
        let answer = answer.map_err(|_| {
            Problem::busy("the answer takes too long to find; ask for less: a shorter time, fewer words, one more filter")
        })?;
        drop(stop);
        answer.map_err(|_| Problem::inside("the answer could not be made"))?
    }
}

/// A place in the queue.
struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    fn take(waiting: &'a AtomicUsize) -> Option<Place<'a>> {
        let place = Place(waiting);
        (waiting.fetch_add(1, Ordering::Relaxed) < QUEUE).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
