//! What is the same across reports: copies of a text, one utterance in many reports, one happening with many accounts, one entity under
//! many names.
//!
//! Everything here is a pure function over plain structs. It knows neither SQLite nor files, so that it can be tested on pairs of reports
//! written down in a test.
//!
//! All four questions are answered in the same way, and this makes the answer independent of the order in which reports come:
//!
//! * **Keys.** What is asked about gives keys, from itself alone. Only things with a key in common are ever compared, so a new report is
//!   compared with a few, however many are kept. Keys are what a store must index.
//! * **Edges.** Two things are the same or not by what they are, not by what else there is. The relation is symmetric.
//! * **Groups.** A group is whatever hangs together by edges ([`groups`]), and where it holds what cannot be one (two states, two
//!   weeks) it is cut by a rule that looks at the group as a set.
//!
//! Adding a thing twice adds no key and no edge, so it changes nothing.
//!
//! So what hangs together by edges can be grouped by itself ([`meeting`]): for all things, one day after the other, or only where something
//! has come, gone or changed, with the same outcome.
//!
//! [`copies`], [`entities`], [`utterances`] and [`happenings`] are the four questions. [`mod@read`] takes from a [`musnad::Document`] what they
//! ask for, [`all`] answers all four for reports that are at hand together.

pub mod all;
pub(crate) mod cast;
pub mod copies;
pub mod entities;
pub mod groups;
pub mod happenings;
pub mod meeting;
pub mod read;
pub mod utterances;
pub mod words;
