//! Looking things up: [`Query`] is what somebody types, [`terms`] are the words as they are compared, and the answers come from
//! [`Store::find_reports`], [`Store::find_statements`], [`Store::find_entities`] and [`Store::who`].
//!
//! A word is kept under two terms. Its *bare* form has neither attached letters nor the article and is what phrases are made of; its *stem*
//! is what the forms of a word have in common. Names in Latin letters have a *key*, the same for Mohammad, Mohamed and Muhammad.
//!
//! [`Store::find_reports`]: crate::Store::find_reports
//! [`Store::find_statements`]: crate::Store::find_statements
//! [`Store::find_entities`]: crate::Store::find_entities
//! [`Store::who`]: crate::Store::who
//! [`Store::facets`]: crate::Store::facets

mod facets;
mod find;
pub(crate) mod index;
pub(crate) mod marks;
mod names;
mod offices;
mod plan;
pub mod query;
mod rank;
pub(crate) mod sql;
pub mod terms;
mod who;
mod window;

pub use facets::{Count, Facets};
pub use find::{FoundEntity, FoundReport, FoundStatement, NotAnswered, Results};
pub use marks::Excerpt;
pub use query::{Misunderstood, Query};
pub use sql::Among;
pub use who::{Counterpart, Deed, Office, Person, Words};
pub use window::Window;
