//! Somebody or something across reports: names, offices, and what they said and did, where and with whom.

use super::event::most_first;
use super::lines::{Count, ENTITY, EntityRef, PlaceRef};
use crate::search::terms::words;
use crate::store::Store;
use crate::trouble::Trouble;
use rusqlite::{OptionalExtension, Row};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody or something across reports.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entity {
    /// Its number in `entities`.
    pub entity: i64,
    /// What it is known by and what decisions by hand refer to.
    pub key: String,
    /// Its usual name in Arabic.
    pub name: String,
    /// The same in English.
    pub name_en: Option<String>,
    /// `person`, `organization`, `place`, `group`, `document` or `occasion`.
    #[serde(rename = "type")]
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// PLOVER sector (`GOV`, `MIL`, `MED`).
    pub sector: Option<String>,
    /// What it is in a register of the world.
    pub link: Option<EntityLink>,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// All spellings of the name, the most frequent first.
    pub names: Vec<EntityName>,
    /// Offices that reports give it, the most frequent first.
    pub offices: Vec<EntityOffice>,
    /// Day of the earliest report in which it appears.
    pub first_seen: Option<String>,
    /// Day of the latest.
    pub last_seen: Option<String>,
    /// How much there is of it.
    pub counts: EntityCounts,
    /// Why what appears in the reports is taken for one, the most frequent reason first.
    pub reasons: Vec<MergeReason>,
}

/// An entry of a register.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntityLink {
    /// The register: `geonames`, or `musnad` for the lexicon's own.
    pub source: String,
    /// The entry.
    pub id: String,
}

/// A spelling of a name.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntityName {
    /// In Arabic.
    pub name: String,
    /// The same in English.
    pub name_en: Option<String>,
    /// Whether it is a name and not a description.
    pub named: bool,
    /// In how many reports it is the fullest one.
    pub reports: u64,
}

/// An office.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntityOffice {
    /// The words of the title.
    pub title: String,
    /// What it is of.
    pub of: Option<EntityRef>,
    /// In how many reports it is given.
    pub reports: u64,
    /// Day of the earliest of these.
    pub first: Option<String>,
    /// Day of the latest.
    pub last: Option<String>,
}

/// How much there is of an entity, in current texts.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntityCounts {
    /// Reports in which it appears.
    pub reports: u64,
    /// Mentions in them, pronouns included.
    pub mentions: u64,
    /// Statements that are its own.
    pub statements: u64,
    /// Events in which it takes part.
    pub events: u64,
    /// Events that happen there, of a place.
    pub events_there: u64,
}

/// A reason why what appears in reports is taken for one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeReason {
    /// The reason.
    pub why: String,
    /// In how many reports.
    pub reports: u64,
}

/// What an entity said and did, counted.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// Its number in `entities`.
    pub entity: i64,
    /// Its statements by speech act, most first.
    pub acts: Vec<Count>,
    /// Words that it says more often than others do, the most telling first.
    pub words: Vec<TopicWord>,
    /// Events in which it takes part by type, most first.
    pub event_types: Vec<Count>,
    /// By month of publication, the earliest first; months in which there is nothing are left out.
    pub months: Vec<MonthOf>,
    /// With whom it takes part in events, most often first.
    pub counterparts: Vec<Counterpart>,
    /// Where the events in which it takes part happen, most first.
    pub places: Vec<EntityPlace>,
}

/// A word that somebody says more often than others do.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TopicWord {
    /// The word in the form in which they say it most; `word=` of the list of statements takes it.
    pub word: String,
    /// In how many of the statements that were looked at.
    pub statements: u64,
    /// How telling it is: the share of these in which it stands, times the logarithm of how rare it is in all statements.
    pub score: f64,
}

/// A month.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MonthOf {
    /// The month, `YYYY-MM`; empty for what has no day.
    pub month: String,
    /// Statements.
    pub statements: u64,
    /// Events.
    pub events: u64,
}

/// Somebody who takes part in the same events.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counterpart {
    /// Who.
    pub who: EntityRef,
    /// In how many of the events.
    pub events: u64,
    /// The events by type and direction, most first.
    pub by: Vec<CounterpartEvents>,
}

/// Events with a counterpart.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CounterpartEvents {
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// `out`: the entity does it to the counterpart; `in`: the counterpart to the entity; `with`: both are on one side.
    pub direction: String,
    /// How many events.
    pub count: u64,
}

/// Where an entity takes part in events.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntityPlace {
    /// Where.
    pub place: PlaceRef,
    /// In how many events.
    pub events: u64,
}

/// The most of each list.
const NAMES: usize = 60;
const OFFICES: usize = 40;
const COUNTERPARTS: usize = 60;
const PLACES: usize = 200;
const WORDS: usize = 40;
/// How many of somebody's statements are looked through for words, the latest; more cost time and tell little more.
const LOOKED_THROUGH: i64 = 400;
/// Of how many words it is asked how rare they are.
const CANDIDATES: usize = 80;

/// A counterpart, the events with it, and these by type and direction.
type Met = (EntityRef, BTreeSet<i64>, BTreeMap<(String, &'static str), BTreeSet<i64>>);

/// Appearances of entity ?1 in current texts.
const MINE: &str = "appearances AS a JOIN versions AS v INDEXED BY versions_current_days ON v.id = a.version AND v.current WHERE a.entity = ?1";

impl Store {
    /// An entity by its number.
    pub fn entity(&self, id: i64) -> Result<Option<Entity>, Trouble> {
        let run = || -> rusqlite::Result<Option<Entity>> {
            let query = "SELECT key, name, name_en, type, country, sector, link, latitude, longitude FROM entities WHERE id = ?1";
            let of = |r: &Row| {
                let link: Option<String> = r.get(6)?;
                Ok(Entity {
                    entity: id,
                    key: r.get(0)?,
                    name: r.get(1)?,
                    name_en: r.get(2)?,
                    kind: r.get(3)?,
                    country: r.get(4)?,
                    sector: r.get(5)?,
                    link: link
                        .as_deref()
                        .and_then(|l| l.split_once(':'))
                        .map(|(source, id)| EntityLink { source: source.to_owned(), id: id.to_owned() }),
                    lat: r.get(7)?,
                    lon: r.get(8)?,
                    names: Vec::new(),
                    offices: Vec::new(),
                    first_seen: None,
                    last_seen: None,
                    counts: EntityCounts {
                        reports: 0,
                        mentions: 0,
                        statements: 0,
                        events: 0,
                        events_there: 0,
                    },
                    reasons: Vec::new(),
                })
            };
            let Some(mut entity) = self.connection().prepare_cached(query)?.query_row([id], of).optional()?
            else {
                return Ok(None);
            };
            let c = self.connection();
            (entity.counts.reports, entity.counts.mentions, entity.first_seen, entity.last_seen) = c
                .prepare_cached(&format!(
                    "SELECT count(DISTINCT v.id), coalesce(sum(a.mentions), 0), min(v.published), max(v.published) FROM {MINE}"
                ))?
                .query_row([id], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
            let count = |sql: String| -> rusqlite::Result<u64> {
                c.prepare_cached(&sql)?.query_row([id], |r| r.get(0))
            };
            entity.counts.statements = count(format!(
                "WITH mine (id) AS MATERIALIZED (SELECT a.id FROM {MINE})
                    SELECT count(*) FROM mine AS m CROSS JOIN statements AS s ON s.speaker = m.id"
            ))?;
            entity.counts.events =
                count(format!("WITH mine (id) AS MATERIALIZED (SELECT a.id FROM {MINE})
                    SELECT count(DISTINCT p.event) FROM mine AS m CROSS JOIN participants AS p ON p.appearance = m.id"))?;
            entity.counts.events_there = count(format!(
                "WITH mine (id) AS MATERIALIZED (SELECT a.id FROM {MINE})
                    SELECT count(*) FROM mine AS m CROSS JOIN events AS e ON e.place = m.id"
            ))?;
            entity.names = c
                .prepare_cached(&format!(
                    "SELECT a.name, max(a.name_en), max(a.named), count(*) AS n FROM {MINE} GROUP BY a.name
                     ORDER BY max(a.named) DESC, n DESC, a.name LIMIT {NAMES}"
                ))?
                .query_map([id], |r| {
                    Ok(EntityName {
                        name: r.get(0)?,
                        name_en: r.get(1)?,
                        named: r.get(2)?,
                        reports: r.get(3)?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            entity.offices = self.offices_of(id)?;
            entity.reasons = c
                .prepare_cached(&format!(
                    "SELECT a.why, count(*) AS n FROM {MINE} AND a.why IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1"
                ))?
                .query_map([id], |r| Ok(MergeReason { why: r.get(0)?, reports: r.get(1)? }))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Some(entity))
        };
        run().map_err(|e| self.told(&e))
    }

    fn offices_of(&self, entity: i64) -> rusqlite::Result<Vec<EntityOffice>> {
        // With a single max(), SQLite takes the other columns from the row that has it: an institution that is an entity.
        let query = format!(
            "SELECT l.title, max(i.entity), l.institution, count(DISTINCT v.id) AS n, min(v.published) FROM appearances AS a
             JOIN versions AS v INDEXED BY versions_current_days ON v.id = a.version AND v.current JOIN roles AS l ON l.person = a.id
             LEFT JOIN appearances AS i ON i.id = l.institution
             WHERE a.entity = ?1 GROUP BY l.title, i.entity ORDER BY n DESC, l.title LIMIT {OFFICES}"
        );
        let last = "SELECT max(v.published) FROM appearances AS a JOIN versions AS v INDEXED BY versions_current_days ON v.id = a.version AND v.current
             JOIN roles AS l ON l.person = a.id LEFT JOIN appearances AS i ON i.id = l.institution
             WHERE a.entity = ?1 AND l.title = ?2 AND i.entity IS ?3";
        type Held = (String, Option<i64>, Option<i64>, u64, Option<String>);
        let rows: Vec<Held> = self
            .connection()
            .prepare_cached(&query)?
            .query_map([entity], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let mut out = Vec::with_capacity(rows.len());
        for (title, institution, appearance, reports, first) in rows {
            let last = self
                .connection()
                .prepare_cached(last)?
                .query_row((entity, &title, institution), |r| r.get(0))?;
            let of = self.entity_ref(appearance)?;
            out.push(EntityOffice { title, of, reports, first, last });
        }
        Ok(out)
    }

    /// What an entity said and did, counted. `None` where there is no such entity.
    pub fn profile(&self, id: i64) -> Result<Option<Profile>, Trouble> {
        let run = || -> rusqlite::Result<Option<Profile>> {
            let c = self.connection();
            if self.entity_line(Some(id))?.is_none() {
                return Ok(None);
            }
            let counts = |sql: String| -> rusqlite::Result<Vec<(String, u64)>> {
                let of = |r: &Row| Ok((r.get::<_, Option<String>>(0)?.unwrap_or_default(), r.get(1)?));
                c.prepare_cached(&sql)?.query_map([id], of)?.collect()
            };
            let said = "appearances AS a CROSS JOIN statements AS s ON s.speaker = a.id JOIN versions AS v INDEXED BY versions_current_days ON v.id = s.version AND v.current
                 WHERE a.entity = ?1";
            let acts = counts(format!("SELECT s.act, count(*) FROM {said} GROUP BY 1"))?;
            let by_month =
                counts(format!("SELECT substr(v.published, 1, 7), count(*) FROM {said} GROUP BY 1"))?;
            let did = "WITH mine (event) AS MATERIALIZED (
                     SELECT DISTINCT p.event FROM appearances AS a JOIN versions AS v INDEXED BY versions_current_days ON v.id = a.version AND v.current
                     CROSS JOIN participants AS p ON p.appearance = a.id WHERE a.entity = ?1)";
            let types = counts(format!(
                "{did} SELECT e.type, count(*) FROM mine AS m CROSS JOIN events AS e ON e.id = m.event GROUP BY 1"
            ))?;
            let events_by_month = counts(format!(
                "{did} SELECT substr(coalesce(e.day, v.published), 1, 7), count(*) FROM mine AS m CROSS JOIN events AS e ON e.id = m.event
                 JOIN versions AS v INDEXED BY versions_current_days ON v.id = e.version AND v.current GROUP BY 1"
            ))?;
            let mut months: BTreeMap<String, MonthOf> = BTreeMap::new();
            let of_month = |month: &str| MonthOf { month: month.to_owned(), statements: 0, events: 0 };
            for (month, count) in by_month {
                months.entry(month.clone()).or_insert_with(|| of_month(&month)).statements = count;
            }
            for (month, count) in events_by_month {
                months.entry(month.clone()).or_insert_with(|| of_month(&month)).events = count;
            }
            let mut places: Vec<EntityPlace> = Vec::new();
            let by_place: Vec<(i64, u64)> = c
                .prepare_cached(&format!(
                    "{did} SELECT x.entity, count(*) AS n FROM mine AS m CROSS JOIN events AS e ON e.id = m.event
                     JOIN appearances AS x ON x.id = e.place WHERE x.entity IS NOT NULL GROUP BY 1 ORDER BY n DESC, 1 LIMIT {PLACES}"
                ))?
                .query_map([id], |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            for (place, events) in by_place {
                if let Some(place) = self.place_line(Some(place))? {
                    places.push(EntityPlace { place, events });
                }
            }
            Ok(Some(Profile {
                entity: id,
                acts: most_first(&acts.into_iter().collect()),
                words: self.topic_words(id)?,
                event_types: most_first(&types.into_iter().collect()),
                months: months.into_values().collect(),
                counterparts: self.counterparts_of(id)?,
                places,
            }))
        };
        run().map_err(|e| self.told(&e))
    }

    fn counterparts_of(&self, id: i64) -> rusqlite::Result<Vec<Counterpart>> {
        let query = format!(
            "WITH mine (event, part) AS MATERIALIZED (
                 SELECT p.event, min(p.part) FROM appearances AS a JOIN versions AS v INDEXED BY versions_current_days ON v.id = a.version AND v.current
                 CROSS JOIN participants AS p ON p.appearance = a.id WHERE a.entity = ?1 GROUP BY p.event)
             SELECT {ENTITY}, e.type, m.part, p.part, m.event FROM mine AS m CROSS JOIN participants AS p ON p.event = m.event
             JOIN events AS e ON e.id = m.event JOIN appearances AS a ON a.id = p.appearance JOIN entities AS n ON n.id = a.entity
             WHERE a.entity <> ?1"
        );
        let mut met: BTreeMap<i64, Met> = BTreeMap::new();
        let mut query = self.connection().prepare_cached(&query)?;
        let mut rows = query.query([id])?;
        while let Some(r) = rows.next()? {
            let who = EntityRef::of(r, 0)?;
            let Some(number) = who.entity else { continue };
            let (kind, mine, part, event): (String, String, String, i64) =
                (r.get(5)?, r.get(6)?, r.get(7)?, r.get(8)?);
            let direction = match (mine.as_str(), part.as_str()) {
                ("actor", "recipient") => "out",
                ("recipient", "actor") => "in",
                _ => "with",
            };
            let of = met.entry(number).or_insert_with(|| (who, BTreeSet::new(), BTreeMap::new()));
            of.1.insert(event);
            of.2.entry((kind, direction)).or_default().insert(event);
        }
        let mut out: Vec<Counterpart> = met
            .into_values()
            .map(|(who, events, by)| {
                let mut by: Vec<CounterpartEvents> = by
                    .into_iter()
                    .map(|((kind, direction), events)| CounterpartEvents {
                        kind,
                        direction: direction.to_owned(),
                        count: events.len() as u64,
                    })
                    .collect();
                by.sort_by_key(|b| std::cmp::Reverse(b.count));
                Counterpart { who, events: events.len() as u64, by }
            })
            .collect();
        out.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.who.entity.cmp(&b.who.entity)));
        out.truncate(COUNTERPARTS);
        Ok(out)
    }

    /// The words that somebody says more often than others do.
    fn topic_words(&self, id: i64) -> rusqlite::Result<Vec<TopicWord>> {
        let query = "WITH latest (id) AS MATERIALIZED (
                 SELECT s.id FROM appearances AS a CROSS JOIN statements AS s ON s.speaker = a.id JOIN versions AS v INDEXED BY versions_current_days ON v.id = s.version AND v.current
                 WHERE a.entity = ?1 ORDER BY v.published DESC, s.id LIMIT ?2)
             SELECT (SELECT group_concat(substr(v.text, 1 + (p.value ->> 0), (p.value ->> 1) - (p.value ->> 0)), ' ') FROM json_each(s.content) AS p)
             FROM latest AS l CROSS JOIN statements AS s ON s.id = l.id JOIN versions AS v ON v.id = s.version";
        let mut looked = 0u64;
        // By stem: in how many statements, and how often in which form.
        let mut stems: BTreeMap<String, (u64, BTreeMap<String, u64>, String)> = BTreeMap::new();
        let mut query = self.connection().prepare_cached(query)?;
        let mut rows = query.query([id, LOOKED_THROUGH])?;
        while let Some(r) = rows.next()? {
            let text: Option<String> = r.get(0)?;
            looked += 1;
            let mut seen: BTreeSet<String> = BTreeSet::new();
            let text = text.as_deref().unwrap_or_default();
            for word in words(text) {
                if word.stem.chars().count() < 3 || word.stem.chars().any(char::is_numeric) {
                    continue;
                }
                let of = stems.entry(word.stem.clone()).or_default();
                *of.1.entry(word.bare).or_default() += 1;
                if of.2.is_empty() {
                    of.2 = text.get(word.at).unwrap_or_default().to_owned();
                }
                of.0 += u64::from(seen.insert(word.stem));
            }
        }
        if looked == 0 {
            return Ok(Vec::new());
        }
        let mut candidates: Vec<(String, u64, String)> = stems
            .into_iter()
            .filter(|(_, (n, ..))| *n >= 2 || looked < 8)
            .map(|(stem, (n, forms, written))| {
                // A form without its attached letters may be taken for another word; then it is given as it is written.
                let same = |form: &str| matches!(words(form).as_slice(), [w] if w.stem == stem);
                let forms = forms.into_iter().filter(|f| same(&f.0));
                let form = forms.max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|f| f.0);
                let form = form.unwrap_or(written);
                (stem, n, form)
            })
            .collect();
        candidates.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        candidates.truncate(CANDIDATES);
        let all: u64 = self.connection().query_row("SELECT count(*) FROM statements", (), |r| r.get(0))?;
        let mut rarity = self
            .connection()
            .prepare_cached("SELECT count(*) FROM statement_search WHERE statement_search MATCH ?1")?;
        let mut out = Vec::new();
        for (stem, n, word) in candidates {
            let having: u64 = rarity.query_row([format!("stems : \"{stem}\"")], |r| r.get(0))?;
            let rare = (all.max(1) as f64 / having.max(1) as f64).ln();
            let score = (n as f64 / looked as f64) * rare.max(0.0);
            out.push(TopicWord { word, statements: n, score: (score * 1e4).round() / 1e4 });
        }
        out.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.word.cmp(&b.word)));
        out.truncate(WORDS);
        Ok(out)
    }
}
