//! The record of many reports: one SQLite file that any tool opens, and the place where reports meet.

pub mod across;
