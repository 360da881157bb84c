//! The record of many reports: one SQLite file that any tool opens, and the place where reports meet.
//!
//! A [`Store`] is the open file. An [`Entry`] is a report with all that was read out of it, as rows: making one is the work of many
//! threads, adding it the work of one. A [`Batch`] is one transaction; what has been committed stays, whatever happens afterwards.
//!
//! What makes two reports the same is their [`Identity`]: the address (or outlet and given id, or else the text) and the text. It is told
//! before a report is read, so that adding again costs no reading.
//!
//! ```
//! use musnad_store::{Added, Entry, Identity, Store};
//!
//! let folder = tempfile::tempdir()?;
//! let mut store = Store::create(&folder.path().join("news.db"))?;
//! let report = musnad::Report { text: "قال الوزير إن المحادثات مستمرة.".into(), ..Default::default() };
//! let identity = Identity::of(&report); // "The minister said that the talks go on."
//! assert!(!store.knows(identity)?);
//!
//! let given = report.clone();
//! let entry = Entry::new(&given, &musnad::read(report), "a test");
//! let mut batch = store.begin(std::time::Duration::from_secs(5))?;
//! assert_eq!(batch.add(&entry)?, Added::Report);
//! batch.commit()?;
//! assert!(store.knows(identity)?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod across;
pub mod answers;
mod batch;
mod compared;
mod decisions;
mod entry;
mod group;
mod identity;
mod look;
pub mod schema;
pub mod search;
mod store;
mod trouble;

pub use batch::{Added, Batch, Refused};
pub use decisions::{Called, Made};
pub use entry::Entry;
pub use group::Groups;
pub use identity::Identity;
pub use look::{Speaker, Stats};
/// SQLite, as [`Store::connection`] speaks with it.
pub use rusqlite;
pub use search::Query;
pub use store::Store;
pub use trouble::{Cause, Trouble};
