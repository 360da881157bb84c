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
//! What a store does with a batch of new reports, each read by [`read::report`]:
//!
//! 1. It keeps the keys of the seen ([`entities::keys`]), takes all seen that share keys with the new ones, directly or by others (of each
//!    link one is enough), and resolves them with the decisions. Who belongs to another entity than before is *moved*.
//! 2. It keeps the keys of the texts, compares each new one with those that share enough ([`copies::suffices`], [`copies::likeness`]), keeps the edges, and makes anew
//!    the groups of those that have new edges.
//! 3. It keeps keys and stems of statements and events, the new and the moved (with their old keys and edges gone), compares each with what lies under its near keys, and
//!    makes anew the groups of what hangs together with the new edges and with those that are gone.
//!
//! [`copies`], [`entities`], [`utterances`] and [`happenings`] are the four questions. [`mod@read`] takes from a [`musnad::Document`] what they
//! ask for, [`all`] answers all four for reports that are at hand together.

pub mod all;
pub mod copies;
pub mod entities;
pub mod groups;
pub mod happenings;
pub mod read;
pub mod utterances;
pub mod words;
