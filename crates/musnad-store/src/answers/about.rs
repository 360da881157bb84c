//! What there is in a store, and with which words it speaks.

use super::lines::{CURRENT, Count, counted};
use crate::schema::FORMAT;
use crate::store::Store;
use crate::trouble::Trouble;
use std::collections::BTreeMap;

/// What a store holds.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct About {
    /// The format of the store.
    pub format: i32,
    /// Programs and language data that have read the reports.
    pub readers: Vec<Count>,
    /// How much there is of what.
    pub counts: Counts,
    /// Earliest day of publication.
    pub first_day: Option<String>,
    /// Latest day of publication.
    pub last_day: Option<String>,
    /// Reports by outlet, most first.
    pub outlets: Vec<Count>,
    /// Reports by month of publication, `YYYY-MM`, the earliest first.
    pub months: Vec<Count>,
    /// The words that statements, events and entities are told by.
    pub vocabulary: Vocabulary,
    /// Versions that have not been compared with others yet: `musnad group` does it.
    pub waiting: u64,
    /// Reports that an older program has added and that search does not find until `musnad reread` has been run.
    pub not_searchable: u64,
}

/// How much there is of what, in current texts.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    /// Reports.
    pub reports: u64,
    /// All texts that they have had.
    pub versions: u64,
    /// Words of the current texts.
    pub words: u64,
    /// Statements.
    pub statements: u64,
    /// Events.
    pub events: u64,
    /// Entities across reports.
    pub entities: u64,
    /// Texts that several reports carry.
    pub copies: u64,
    /// Things said once, in however many reports.
    pub utterances: u64,
    /// Things that happened once, in however many reports.
    pub happenings: u64,
}

/// The closed vocabularies, with how often each word of them is used, most first.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Vocabulary {
    /// Speech acts of statements.
    pub acts: Vec<Count>,
    /// How the words of statements are given.
    pub kinds: Vec<Count>,
    /// By what medium statements were made.
    pub mediums: Vec<Count>,
    /// PLOVER types of events.
    pub event_types: Vec<Count>,
    /// PLOVER modes of events.
    pub modes: Vec<Count>,
    /// Whether events are so.
    pub statuses: Vec<Count>,
    /// Types of entities.
    pub entity_types: Vec<Count>,
}

impl Store {
    /// Counts what there is.
    pub fn about(&self) -> Result<About, Trouble> {
        let run = || -> rusqlite::Result<About> {
            let count = |query: &str| self.connection().query_row(query, (), |r| r.get::<_, u64>(0));
            let counts = |query: &str| -> rusqlite::Result<Vec<Count>> {
                self.connection().prepare(query)?.query_map((), counted)?.collect()
            };
            // Each table is gone through once, however many of its columns are counted.
            let of = |table: &str, columns: [&str; 3]| -> rusqlite::Result<[Vec<Count>; 3]> {
                let [a, b, c] = columns;
                let mut told: [BTreeMap<String, u64>; 3] = Default::default();
                // Of all, those of texts that have a later version are taken away: hardly any, where a join would ask of every row.
                let superseded = format!(
                    "WHERE version IN (SELECT id FROM versions EXCEPT SELECT v.id FROM {CURRENT} WHERE v.current)"
                );
                for (of, takes) in [("NOT INDEXED", false), (superseded.as_str(), true)] {
                    let mut query = self.connection().prepare(&format!(
                        "SELECT {a}, {b}, {c}, count(*) FROM {table} {of} GROUP BY 1, 2, 3"
                    ))?;
                    let mut rows = query.query(())?;
                    while let Some(row) = rows.next()? {
                        let n: u64 = row.get(3)?;
                        for (i, counts) in told.iter_mut().enumerate() {
                            if let Some(value) = row.get::<_, Option<String>>(i)? {
                                let count = counts.entry(value).or_default();
                                *count = if takes { count.saturating_sub(n) } else { *count + n };
                            }
                        }
                    }
                }
                for counts in &mut told {
                    counts.retain(|_, n| *n > 0);
                }
                // The sort is stable: what is there equally often stays in the order of its spelling.
                Ok(told.map(|counts| {
                    let mut list: Vec<Count> =
                        counts.into_iter().map(|(value, count)| Count { value, count }).collect();
                    list.sort_by_key(|c| std::cmp::Reverse(c.count));
                    list
                }))
            };
            let [acts, kinds, mediums] = of("statements", ["act", "kind", "medium"])?;
            let [event_types, modes, statuses] = of("events", ["type", "mode", "status"])?;
            let sum = |list: &[Count]| list.iter().map(|c| c.count).sum();
            let (first_day, last_day) = self.connection().query_row(
                "SELECT min(published), max(published) FROM versions WHERE current",
                (),
                |r| Ok((r.get(0)?, r.get(1)?)),
            )?;
            Ok(About {
                format: FORMAT,
                readers: counts(
                    "SELECT reader, count(*) AS n FROM versions WHERE current GROUP BY 1 ORDER BY n DESC, 1",
                )?,
                counts: Counts {
                    reports: count("SELECT count(*) FROM reports")?,
                    versions: count("SELECT count(*) FROM versions")?,
                    words: count("SELECT coalesce(sum(words), 0) FROM versions WHERE current")?,
                    statements: sum(&acts),
                    events: sum(&event_types),
                    entities: count("SELECT count(*) FROM entities")?,
                    copies: count("SELECT count(*) FROM copies")?,
                    utterances: count("SELECT count(*) FROM utterances")?,
                    happenings: count("SELECT count(*) FROM happenings")?,
                },
                first_day,
                last_day,
                outlets: counts(
                    "SELECT o.name, count(*) AS n FROM reports AS r LEFT JOIN outlets AS o ON o.id = r.outlet
                     GROUP BY o.id ORDER BY n DESC, o.name",
                )?,
                months: counts(
                    "SELECT substr(published, 1, 7) AS month, count(*) FROM versions WHERE current GROUP BY month ORDER BY month",
                )?,
                vocabulary: Vocabulary {
                    acts,
                    kinds,
                    mediums,
                    event_types,
                    modes,
                    statuses,
                    entity_types: counts(
                        "SELECT type, count(*) AS n FROM entities GROUP BY 1 ORDER BY n DESC, 1",
                    )?,
                },
                waiting: count("SELECT count(*) FROM waiting")?,
                not_searchable: 0,
            })
        };
        let mut about = run().map_err(|e| self.told(&e))?;
        about.not_searchable = self.not_searchable()?;
        Ok(about)
    }
}
