//! Something said once, in all the reports that carry it.

use super::lines::EntityRef;
use super::report::CopyGroup;
use super::statement::Statement;
use crate::across::utterances::{Piece, differences};
use crate::store::Store;
use crate::trouble::Trouble;
use rusqlite::{OptionalExtension, Row};

/// Something that somebody said, and how it reached the papers.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Utterance {
    /// Its number in `utterances`.
    pub utterance: i64,
    /// Who said it.
    pub speaker: Option<EntityRef>,
    /// In how many reports it stands.
    pub reports: u64,
    /// How many of these have it independently of each other.
    pub origins: u64,
    /// Day of the earliest report.
    pub first_day: Option<String>,
    /// Day of the latest.
    pub last_day: Option<String>,
    /// The statement that told it first, with which the others are compared.
    pub earliest: i64,
    /// The wordings, the earliest first, then by day.
    pub wordings: Vec<Wording>,
    /// How many wordings there are; more than are given here where there are very many.
    pub total: u64,
    /// The texts that several of the reports carry.
    pub copies: Vec<CopyGroup>,
}

/// What was said, as one report has it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Wording {
    /// The statement, as its report tells it.
    #[serde(flatten)]
    pub told: Statement,
    /// Wordings with the same number have it from the same place; from 1.
    pub origin: u64,
    /// How near its content is to the others', 0 to 1.
    pub similarity: f64,
    /// Why it is taken for the same.
    pub why: String,
    /// The text that its report carries, where others carry it too: its number in `copies`.
    pub copy: Option<i64>,
    /// Where it differs from the earliest wording, word by word; one piece of `same` for the earliest itself.
    pub differences: Vec<Segment>,
}

/// Words of a wording.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Segment {
    /// In which of the two wordings they stand.
    pub kind: SegmentKind,
    /// The words; those of both are given as the earliest has them.
    pub text: String,
}

/// In which of two wordings words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SegmentKind {
    /// In both.
    Same,
    /// In this one alone.
    Added,
    /// In the earliest alone.
    Removed,
}

/// The most wordings that are given.
const MOST: i64 = 200;

impl Store {
    /// An utterance by its number.
    pub fn utterance(&self, id: i64) -> Result<Option<Utterance>, Trouble> {
        let run = || -> rusqlite::Result<Option<Utterance>> {
            let query = "SELECT u.speaker, u.reports, u.origins, u.earliest, count(*), min(v.published), max(v.published)
                 FROM utterances AS u JOIN utterance_members AS m ON m.utterance = u.id JOIN statements AS s ON s.id = m.statement
                 JOIN versions AS v ON v.id = s.version WHERE u.id = ?1 GROUP BY u.id";
            let of = |r: &Row| {
                let utterance = Utterance {
                    utterance: id,
                    speaker: None,
                    reports: r.get(1)?,
                    origins: r.get(2)?,
                    first_day: r.get(5)?,
                    last_day: r.get(6)?,
                    earliest: r.get(3)?,
                    wordings: Vec::new(),
                    total: r.get(4)?,
                    copies: Vec::new(),
                };
                Ok((utterance, r.get::<_, Option<i64>>(0)?))
            };
            let found = self.connection().prepare_cached(query)?.query_row([id], of).optional()?;
            let Some((mut utterance, speaker)) = found else { return Ok(None) };
            let members: Vec<(i64, u64, f64, String, Option<i64>)> = self
                .connection()
                .prepare_cached(
                    "SELECT m.statement, m.origin, m.similarity, m.why, c.copy FROM utterance_members AS m
                     JOIN statements AS s ON s.id = m.statement JOIN versions AS v ON v.id = s.version
                     LEFT JOIN copy_members AS c ON c.version = v.id
                     WHERE m.utterance = ?1 ORDER BY m.statement <> ?2, coalesce(v.published, '~'), m.statement LIMIT ?3",
                )?
                .query_map([id, utterance.earliest, MOST], |r| {
                    Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?))
                })?
                .collect::<rusqlite::Result<_>>()?;
            let mut copies: Vec<i64> = Vec::new();
            let mut first: Option<String> = None;
            for (statement, origin, similarity, why, copy) in members {
                let Some(told) = self.statement(statement)? else { continue };
                let differences = match &first {
                    None => vec![Segment { kind: SegmentKind::Same, text: told.text.clone() }],
                    Some(first) => differences(first, &told.text).into_iter().map(Segment::of).collect(),
                };
                first.get_or_insert_with(|| told.text.clone());
                copies.extend(copy);
                utterance.wordings.push(Wording { told, origin, similarity, why, copy, differences });
            }
            // Who has no name is still described in the report that told it first.
            let described = || utterance.wordings.first().and_then(|w| w.told.speaker.clone());
            let speaker = self.entity_line(speaker)?.or_else(described);
            utterance.speaker = speaker;
            copies.sort_unstable();
            copies.dedup();
            for copy in copies {
                utterance.copies.extend(self.copy_group(copy)?);
            }
            Ok(Some(utterance))
        };
        run().map_err(|e| self.told(&e))
    }
}

impl Segment {
    fn of(piece: Piece) -> Segment {
        let (kind, text) = match piece {
            Piece::Both(text) => (SegmentKind::Same, text),
            Piece::First(text) => (SegmentKind::Removed, text),
            Piece::Second(text) => (SegmentKind::Added, text),
        };
        Segment { kind, text }
    }
}
