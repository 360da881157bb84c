//! What is the same across reports: copies of a text, one utterance in many reports, one happening with many accounts, one entity under
//! many names.
//!
//! Everything here is a pure function over plain structs. It knows neither SQLite nor files, so that it can be tested on pairs of reports
//! written down in a test.
