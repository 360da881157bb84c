//! Something that happened once, in all its accounts.

use super::event::Event;
use super::lines::{EntityRef, PlaceRef};
use crate::store::Store;
use crate::trouble::Trouble;
use rusqlite::{OptionalExtension, Row};

/// Something that happened, and who tells what of it. Nothing is averaged: every account keeps its own figures and status.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Happening {
    /// Its number in `happenings`.
    pub happening: i64,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The day.
    pub day: Option<String>,
    /// Where.
    pub place: Option<PlaceRef>,
    /// Who takes part, as told by any account.
    pub participants: Vec<HappeningPart>,
    /// In how many reports it is told.
    pub reports: u64,
    /// How many of these have it independently of each other.
    pub origins: u64,
    /// In what its accounts contradict each other; null where they do not.
    pub contradiction: Option<String>,
    /// The accounts, the earliest first.
    pub versions: Vec<HappeningVersion>,
    /// How many accounts there are; more than are given here where there are very many.
    pub total: u64,
}

/// Somebody who takes part in a happening.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HappeningPart {
    /// Who.
    pub who: EntityRef,
    /// `actor` or `recipient`.
    pub part: String,
    /// By how many accounts.
    pub versions: u64,
}

/// An account of a happening.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HappeningVersion {
    /// The event, as its report tells it.
    #[serde(flatten)]
    pub account: Event,
    /// Why it is taken for an account of this happening.
    pub why: String,
    /// The text that its report carries, where others carry it too: its number in `copies`.
    pub copy: Option<i64>,
}

/// The most accounts that are given.
const MOST: i64 = 200;

impl Store {
    /// A happening by its number.
    pub fn happening(&self, id: i64) -> Result<Option<Happening>, Trouble> {
        let run = || -> rusqlite::Result<Option<Happening>> {
            let query = "SELECT type, day, place, reports, origins, contradiction,
                 (SELECT count(*) FROM happening_members WHERE happening = h.id) FROM happenings AS h WHERE id = ?1";
            let of = |r: &Row| {
                let happening = Happening {
                    happening: id,
                    kind: r.get(0)?,
                    day: r.get(1)?,
                    place: None,
                    participants: Vec::new(),
                    reports: r.get(3)?,
                    origins: r.get(4)?,
                    contradiction: r.get(5)?,
                    versions: Vec::new(),
                    total: r.get(6)?,
                };
                Ok((happening, r.get::<_, Option<i64>>(2)?))
            };
            let found = self.connection().prepare_cached(query)?.query_row([id], of).optional()?;
            let Some((mut happening, place)) = found else { return Ok(None) };
            happening.place = self.place_line(place)?;
            let members: Vec<(i64, String, Option<i64>)> = self
                .connection()
                .prepare_cached(
                    "SELECT m.event, m.why, c.copy FROM happening_members AS m JOIN events AS e ON e.id = m.event
                     JOIN versions AS v ON v.id = e.version LEFT JOIN copy_members AS c ON c.version = v.id
                     WHERE m.happening = ?1 ORDER BY coalesce(v.published, '~'), m.event LIMIT ?2",
                )?
                .query_map([id, MOST], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            for (event, why, copy) in members {
                let Some(account) = self.event(event)? else { continue };
                for (part, list) in [("actor", &account.actors), ("recipient", &account.recipients)] {
                    for who in list {
                        match happening.participants.iter_mut().find(|p| p.part == part && same(&p.who, who))
                        {
                            Some(p) => p.versions += 1,
                            None => happening.participants.push(HappeningPart {
                                who: who.clone(),
                                part: part.to_owned(),
                                versions: 1,
                            }),
                        }
                    }
                }
                happening.versions.push(HappeningVersion { account, why, copy });
            }
            happening.participants.sort_by(|a, b| {
                a.part
                    .cmp(&b.part)
                    .then(b.versions.cmp(&a.versions))
                    .then_with(|| a.who.name.cmp(&b.who.name))
            });
            Ok(Some(happening))
        };
        run().map_err(|e| self.told(&e))
    }
}

/// Whether two are one: the same entity, or the same description where neither is one.
fn same(a: &EntityRef, b: &EntityRef) -> bool {
    match (a.entity, b.entity) {
        (None, None) => a.name == b.name,
        (a, b) => a == b,
    }
}
