//! What a page asks of a store, as plain values: who somebody is and what they said, one utterance in many reports, one happening in many
//! accounts, events over time and space. `docs/serve.md` tells where each is asked for.
//!
//! Every list comes in pages. A [`Cursor`] stands behind the last thing that was given, not for a number of things, so that what is added
//! meanwhile neither repeats nor hides anything. All positions are code points of a report's text. Only current texts are counted.

mod about;
mod cursor;
mod entity;
mod event;
mod found;
mod happening;
mod lines;
mod network;
mod report;
mod statement;
mod utterance;

pub use about::{About, Counts, Vocabulary};
pub use cursor::Cursor;
pub use entity::{
    Counterpart, CounterpartEvents, Entity, EntityCounts, EntityLink, EntityName, EntityOffice, EntityPlace,
    MergeReason, MonthOf, Profile, TopicWord,
};
pub use event::{
    Day, Event, EventPage, Events, Figure, Period, Place, PlacePage, Sentence, Step, TellsOf, Timeline,
    Tolls, Who,
};
pub use found::{
    Facet, FacetValue, Found, FoundEntity, FoundHappening, FoundPage, FoundReport, FoundStatement,
    FoundUtterance, Marked, Within,
};
pub use happening::{Happening, HappeningPart, HappeningVersion};
pub use lines::{Count, EntityRef, PlaceRef, ReportRef, Span};
pub use network::{Network, NetworkEdge, NetworkNode, Stance};
pub use report::{
    Citation, CopyGroup, CopyMember, RecordEntityOf, RecordEventOf, RecordStatementOf, Report, ReportVersion,
};
pub use statement::{Statement, StatementPage, Statements};
pub use utterance::{Segment, SegmentKind, Utterance, Wording};
