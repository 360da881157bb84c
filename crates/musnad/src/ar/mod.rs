//! Arabic: all grammar that the reader knows of the language. Its words are data, in the lexicon's tables.

pub mod entities;
pub mod events;
pub mod layout;
pub mod names;
pub mod notes;
pub mod roles;
pub mod statements;
pub mod times;
pub mod tokens;

use crate::language::Language;

/// Modern Standard Arabic as newspapers and agencies write it.
pub static ARABIC: Language = Language {
    code: "ar",
    data: "ar-2026.11",
    lexicon: musnad_lexicon::arabic,
    reads: tokens::is_arabic,
    tokens: tokens::tokens,
    layout: layout::layout,
    dateline: times::dateline,
    times: times::times,
    names: names::names,
    cast: entities::cast,
    statements: statements::statements,
    events: events::events,
    notes: notes::notes,
};
