//! Events, each as one report tells it: as a list, over time, on the map.

use super::cursor::Cursor;
use super::lines::{CURRENT, Count, ENTITY, EntityRef, PlaceRef, ReportRef, Span};
use super::statement::{cut, page, turned};
use crate::search::query::Sought;
use crate::search::sql::country;
use crate::store::Store;
use crate::trouble::Trouble;
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params, params_from_iter};
use std::collections::BTreeMap;

/// An event, as one report tells it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Event {
    /// Its number in `events`.
    pub event: i64,
    /// Its id in the record of the report, as `v3`.
    pub record_id: String,
    /// The report that tells it.
    pub report: ReportRef,
    /// What it is an account of, where there is more than one: its number in `happenings`.
    pub happening: Option<i64>,
    /// In how many reports that stands.
    pub reports: u64,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// `happened`, `ongoing`, `planned`, `called_for`, `possible` or `denied`, as its source tells it.
    pub status: String,
    /// The day: as told, else that of publication.
    pub day: Option<String>,
    /// Whether the day is told.
    pub dated: bool,
    /// When, as TIMEX3 writes it.
    pub time: Option<String>,
    /// Where.
    pub place: Option<PlaceRef>,
    /// Who did it.
    pub actors: Vec<EntityRef>,
    /// To whom.
    pub recipients: Vec<EntityRef>,
    /// How many were killed, wounded and arrested.
    pub tolls: Tolls,
    /// The statement that tells it; null where the author does.
    pub told_by: Option<TellsOf>,
    /// The sentence.
    pub sentence: Sentence,
    /// Probability that it is right, 0 to 1.
    pub confidence: f64,
    /// What made it.
    pub because: String,
}

/// Numbers of casualties, as told.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tolls {
    /// Killed.
    pub dead: Option<Figure>,
    /// Wounded.
    pub injured: Option<Figure>,
    /// Arrested.
    pub arrested: Option<Figure>,
}

/// A number, as told.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figure {
    /// The number.
    pub number: i64,
    /// How it is meant: `exact`, `at_least`, `at_most` or `about`.
    pub bound: String,
}

/// The statement that tells of an event.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TellsOf {
    /// Its number in `statements`.
    pub statement: i64,
    /// Its id in the record, as `s3`.
    pub record_id: String,
    /// Speech act.
    pub act: String,
    /// Whose words they are.
    pub speaker: Option<EntityRef>,
}

/// The sentence in which an event stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sentence {
    /// Where it stands in the report.
    pub at: Span,
    /// Its text; a long one is cut around the trigger.
    pub text: String,
    /// Where the word that names the event stands in `text`, in code points.
    pub trigger: Span,
    /// Where that word stands in the report.
    pub trigger_at: Span,
}

/// The most characters of a sentence that are shown.
const SENTENCE: u64 = 1_200;

/// Some events of a list.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventPage {
    /// How many there are.
    pub total: u64,
    /// Some of them, the latest first.
    pub items: Vec<Event>,
    /// What to ask for the next page with; null on the last.
    pub next: Option<String>,
}

/// Which events are asked for; all conditions hold of one event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Events {
    /// PLOVER types; all where there is none.
    pub types: Vec<String>,
    /// PLOVER modes.
    pub modes: Vec<String>,
    /// Whether it is so.
    pub statuses: Vec<String>,
    /// Who did it.
    pub actor: Option<Who>,
    /// To whom.
    pub recipient: Option<Who>,
    /// Who takes part, as actor or recipient; all of these.
    pub participants: Vec<Who>,
    /// Where; of a state, also in its towns.
    pub place: Option<Who>,
    /// From this day on: a year, a month or a day.
    pub from: Option<String>,
    /// Up to this day.
    pub to: Option<String>,
}

/// Somebody or something that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// By the number in `entities`.
    Entity(i64),
    /// By a name, in Arabic or in Latin letters: all who are called so.
    Named(String),
}

/// How long a period of a time line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Step {
    /// A day.
    Day,
    /// A week, from Monday on.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// Events over time.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Timeline {
    /// How long a period is.
    pub by: Step,
    /// How many events there are.
    pub total: u64,
    /// Of these, how many have no day.
    pub undated: u64,
    /// Events by type, most first.
    pub types: Vec<Count>,
    /// The periods in which there are events, the earliest first.
    pub periods: Vec<Period>,
}

/// A period of a time line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Period {
    /// Its first day.
    pub start: String,
    /// Its last day.
    pub end: String,
    /// How many events there are in it.
    pub total: u64,
    /// Events by type, most first.
    pub types: Vec<Count>,
}

/// Events by place.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlacePage {
    /// How many events there are.
    pub total: u64,
    /// Of these, how many have a place whose position is known.
    pub placed: u64,
    /// How many places there are.
    pub places: u64,
    /// Those with most events.
    pub items: Vec<Place>,
}

/// A place and what happened there.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Place {
    /// The place.
    pub place: PlaceRef,
    /// Whether it is a state.
    pub is_state: bool,
    /// How many events there are.
    pub total: u64,
    /// Events by type, most first.
    pub types: Vec<Count>,
}

/// A day, a month or a year that days are compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day;

impl Day {
    /// The earliest of the days that a year, month or day means. `None` where it is none of these.
    #[must_use]
    pub fn first(written: &str) -> Option<String> {
        Day::filled(written, "-01-01", "-01")
    }

    /// The latest of them; it may be a day that a month does not have, for days are compared as text.
    #[must_use]
    pub fn last(written: &str) -> Option<String> {
        Day::filled(written, "-12-31", "-31")
    }

    fn filled(written: &str, year: &str, month: &str) -> Option<String> {
        let written = written.trim();
        let rest = match written.len() {
            4 => "-01-01",
            7 => "-01",
            10 => "",
            _ => return None,
        };
        format!("{written}{rest}").parse::<Date>().ok()?;
        Some(match written.len() {
            4 => format!("{written}{year}"),
            7 => format!("{written}{month}"),
            _ => written.to_owned(),
        })
    }
}

/// The day of an event.
const DAY: &str = "coalesce(e.day, v.published)";

/// A question about events in SQL.
#[derive(Debug, Default)]
pub(super) struct Matching {
    /// Rows to name before it.
    names: Vec<String>,
    conditions: String,
    pub(super) given: Vec<Value>,
}

impl Matching {
    pub(super) fn of(store: &Store, asked: &Events) -> rusqlite::Result<Matching> {
        let mut out = Matching::default();
        for (column, list) in [("type", &asked.types), ("mode", &asked.modes), ("status", &asked.statuses)] {
            if !list.is_empty() {
                let list = out.give(serde_json::to_string(list).unwrap_or_default());
                out.conditions += &format!(" AND e.{column} IN (SELECT value FROM json_each({list}))");
            }
        }
        for (part, who) in [("actor", &asked.actor), ("recipient", &asked.recipient)] {
            if let Some(who) = who {
                let who = out.who(store, who)?;
                out.conditions += &format!(
                    " AND e.id IN (SELECT event FROM participants WHERE part = '{part}' AND appearance IN {who})"
                );
            }
        }
        for who in &asked.participants {
            let who = out.who(store, who)?;
            out.conditions +=
                &format!(" AND e.id IN (SELECT event FROM participants WHERE appearance IN {who})");
        }
        if let Some(place) = &asked.place {
            let within = out.within(store, place)?;
            let who = out.who(store, place)?;
            out.conditions += &format!(" AND (e.place IN {who}{within})");
        }
        if let Some(from) = &asked.from {
            let from = out.give(from.clone());
            out.conditions += &format!(" AND {DAY} >= {from}");
        }
        if let Some(to) = &asked.to {
            let to = out.give(to.clone());
            out.conditions += &format!(" AND {DAY} <= {to}");
        }
        Ok(out)
    }

    pub(super) fn give(&mut self, value: impl Into<Value>) -> String {
        self.given.push(value.into());
        format!("?{}", self.given.len())
    }

    /// The rows of `appearances` that somebody may be.
    fn who(&mut self, store: &Store, who: &Who) -> rusqlite::Result<String> {
        let name = format!("who{}", self.names.len());
        let sql = match who {
            Who::Entity(id) => {
                let id = self.give(*id);
                format!("{name} (id) AS MATERIALIZED (SELECT id FROM appearances WHERE entity = {id})")
            }
            Who::Named(typed) => {
                let ids = store.appearances_called(&Sought::of(typed, true))?;
                let ids = self.give(serde_json::to_string(&ids).unwrap_or_default());
                format!("{name} (id) AS MATERIALIZED (SELECT value FROM json_each({ids}))")
            }
        };
        self.names.push(sql);
        Ok(name)
    }

    /// That an event is in a state, if a state is meant.
    fn within(&mut self, store: &Store, place: &Who) -> rusqlite::Result<String> {
        let state = match place {
            Who::Named(typed) => country(&Sought::of(typed, true)),
            Who::Entity(id) => store.place_line(Some(*id))?.filter(is_state).and_then(|p| p.country),
        };
        let Some(state) = state else { return Ok(String::new()) };
        let state = self.give(state);
        Ok(format!(" OR (SELECT country FROM appearances WHERE id = e.place) = {state}"))
    }

    /// A query: `select` is what comes after the rows that are named, and has `FROM` in it.
    pub(super) fn sql(&self, more: &[String], select: &str) -> String {
        let all: Vec<&str> = self.names.iter().chain(more).map(String::as_str).collect();
        let with = if all.is_empty() { String::new() } else { format!("WITH {} ", all.join(",\n")) };
        with + select
    }

    /// The events, as the rest of a query after `FROM`.
    pub(super) fn rows(&self) -> String {
        format!("events AS e JOIN {CURRENT} ON v.id = e.version AND v.current WHERE 1{}", self.conditions)
    }
}

impl Store {
    /// An event by its number.
    pub(super) fn event(&self, id: i64) -> rusqlite::Result<Option<Event>> {
        let query = "SELECT e.number, e.version, m.happening, h.reports, e.type, e.mode, e.status, coalesce(e.day, v.published),
                 e.day IS NOT NULL, e.time, e.place, e.told_in, e.dead, e.dead_bound, e.injured, e.injured_bound, e.arrested, e.arrested_bound,
                 e.trigger_start, e.trigger_end, e.sentence_start, e.sentence_end, e.confidence, (SELECT because FROM rules WHERE id = e.rule),
                 v.text
             FROM events AS e JOIN versions AS v ON v.id = e.version
             LEFT JOIN happening_members AS m ON m.event = e.id LEFT JOIN happenings AS h ON h.id = m.happening WHERE e.id = ?1";
        let figure = |r: &Row, i: usize| -> rusqlite::Result<Option<Figure>> {
            let number: Option<i64> = r.get(i)?;
            let bound: Option<String> = r.get(i + 1)?;
            Ok(number.map(|number| Figure { number, bound: bound.unwrap_or_else(|| "exact".into()) }))
        };
        let mut query = self.connection().prepare_cached(query)?;
        let found = query
            .query_row([id], |r| {
                let trigger = Span { start: r.get(18)?, end: r.get(19)? };
                let sentence = Span { start: r.get(20)?, end: r.get(21)? };
                let event = Event {
                    event: id,
                    record_id: format!("v{}", r.get::<_, i64>(0)?),
                    report: ReportRef {
                        report: 0,
                        version: 0,
                        published: None,
                        outlet: None,
                        title: None,
                        address: None,
                    },
                    happening: r.get(2)?,
                    reports: r.get::<_, Option<u64>>(3)?.unwrap_or(1),
                    kind: r.get(4)?,
                    mode: r.get(5)?,
                    status: r.get(6)?,
                    day: r.get(7)?,
                    dated: r.get(8)?,
                    time: r.get(9)?,
                    place: None,
                    actors: Vec::new(),
                    recipients: Vec::new(),
                    tolls: Tolls { dead: figure(r, 12)?, injured: figure(r, 14)?, arrested: figure(r, 16)? },
                    told_by: None,
                    sentence: shown(r.get_ref(24)?.as_str()?, sentence, trigger),
                    confidence: r.get(22)?,
                    because: r.get(23)?,
                };
                let (version, place, told_in): (i64, Option<i64>, Option<i64>) =
                    (r.get(1)?, r.get(10)?, r.get(11)?);
                Ok((event, version, place, told_in))
            })
            .optional()?;
        let Some((mut event, version, place, told_in)) = found else { return Ok(None) };
        event.report = self.report_ref(version)?;
        event.place = self.place_ref(place)?;
        event.actors = self.participants(id, "actor")?;
        event.recipients = self.participants(id, "recipient")?;
        if let Some(statement) = told_in {
            event.told_by = self.tells_of(statement)?;
        }
        Ok(Some(event))
    }

    fn participants(&self, event: i64, part: &str) -> rusqlite::Result<Vec<EntityRef>> {
        let query = format!(
            "SELECT {ENTITY} FROM participants AS p JOIN appearances AS a ON a.id = p.appearance LEFT JOIN entities AS n ON n.id = a.entity
             WHERE p.event = ?1 AND p.part = ?2 ORDER BY p.number LIMIT 200"
        );
        self.connection()
            .prepare_cached(&query)?
            .query_map(params![event, part], |r| EntityRef::of(r, 0))?
            .collect()
    }

    fn tells_of(&self, statement: i64) -> rusqlite::Result<Option<TellsOf>> {
        let query = "SELECT number, act, speaker FROM statements WHERE id = ?1";
        let found = self
            .connection()
            .prepare_cached(query)?
            .query_row([statement], |r| Ok((r.get::<_, i64>(0)?, r.get(1)?, r.get::<_, Option<i64>>(2)?)))
            .optional()?;
        let Some((number, act, speaker)) = found else { return Ok(None) };
        Ok(Some(TellsOf {
            statement,
            record_id: format!("s{number}"),
            act,
            speaker: self.entity_ref(speaker)?,
        }))
    }

    /// Events, the latest first.
    pub fn events_page(
        &self,
        asked: &Events,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<EventPage, Trouble> {
        let run = || -> rusqlite::Result<EventPage> {
            let mut matching = Matching::of(self, asked)?;
            let count = matching.sql(&[], &format!("SELECT count(*) FROM {}", matching.rows()));
            let total = self
                .connection()
                .prepare_cached(&count)?
                .query_row(params_from_iter(&matching.given), |r| r.get(0))?;
            let rows = matching.rows();
            let key = format!("coalesce({DAY}, '')");
            let (behind, limit) = page(after, &key, "e.id", limit, &mut matching.given);
            let sql = matching.sql(
                &[],
                &format!("SELECT e.id, {key} FROM {rows}{behind} ORDER BY 2 DESC, e.id LIMIT {limit}"),
            );
            let ids: Vec<(i64, String)> = self
                .connection()
                .prepare_cached(&sql)?
                .query_map(params_from_iter(&matching.given), |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let (ids, next) = turned(ids, limit);
            let mut items = Vec::with_capacity(ids.len());
            for (id, _) in ids {
                items.extend(self.event(id)?);
            }
            Ok(EventPage { total, items, next })
        };
        run().map_err(|e| self.told(&e))
    }

    /// Events over time. Without a step, one is taken with which there are not too many periods.
    pub fn timeline(&self, asked: &Events, by: Option<Step>) -> Result<Timeline, Trouble> {
        let run = || -> rusqlite::Result<Timeline> {
            let matching = Matching::of(self, asked)?;
            let sql = matching
                .sql(&[], &format!("SELECT {DAY}, e.type, count(*) FROM {} GROUP BY 1, 2", matching.rows()));
            let days: Vec<(Option<String>, String, u64)> = self
                .connection()
                .prepare_cached(&sql)?
                .query_map(params_from_iter(&matching.given), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(over_time(&days, by))
        };
        run().map_err(|e| self.told(&e))
    }

    /// Events by place: those with most events.
    pub fn places(&self, asked: &Events, limit: usize) -> Result<PlacePage, Trouble> {
        let run = || -> rusqlite::Result<PlacePage> {
            let matching = Matching::of(self, asked)?;
            // By rows of `appearances` first, of which there are fewer than of events.
            let there = format!(
                "there (place, type, events) AS MATERIALIZED (SELECT e.place, e.type, count(*) FROM {} GROUP BY 1, 2)",
                matching.rows()
            );
            let sql = matching.sql(
                &[there],
                "SELECT a.entity, t.type, sum(t.events) FROM there AS t LEFT JOIN appearances AS a ON a.id = t.place GROUP BY 1, 2",
            );
            let mut by_place: BTreeMap<i64, BTreeMap<String, u64>> = BTreeMap::new();
            let mut total = 0;
            let mut query = self.connection().prepare_cached(&sql)?;
            let mut rows = query.query(params_from_iter(&matching.given))?;
            while let Some(r) = rows.next()? {
                let count: u64 = r.get(2)?;
                total += count;
                if let Some(place) = r.get::<_, Option<i64>>(0)? {
                    *by_place.entry(place).or_default().entry(r.get(1)?).or_default() += count;
                }
            }
            let mut items = Vec::new();
            for (entity, types) in by_place {
                let Some(place) = self.place_line(Some(entity))? else { continue };
                if place.lat.is_none() || place.lon.is_none() {
                    continue;
                }
                let types = most_first(&types);
                let is_state = is_state(&place);
                items.push(Place { place, is_state, total: types.iter().map(|t| t.count).sum(), types });
            }
            let placed = items.iter().map(|p| p.total).sum();
            items.sort_by(|a, b| b.total.cmp(&a.total).then(a.place.entity.cmp(&b.place.entity)));
            let places = items.len() as u64;
            items.truncate(limit);
            Ok(PlacePage { total, placed, places, items })
        };
        run().map_err(|e| self.told(&e))
    }
}

/// Whether a place is a state: its name is one.
fn is_state(place: &PlaceRef) -> bool {
    country(&Sought::of(&place.name, true)).is_some_and(|c| Some(&c) == place.country.as_ref())
}

/// Counts, most first.
pub(super) fn most_first(counts: &BTreeMap<String, u64>) -> Vec<Count> {
    let mut out: Vec<Count> =
        counts.iter().map(|(value, count)| Count { value: value.clone(), count: *count }).collect();
    out.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    out
}

/// The sentence around a trigger.
fn shown(text: &str, sentence: Span, trigger: Span) -> Sentence {
    let length = sentence.end.saturating_sub(sentence.start);
    let at = if length <= SENTENCE {
        sentence
    } else {
        let start = trigger.start.saturating_sub(SENTENCE / 2).max(sentence.start);
        Span { start, end: (start + SENTENCE).min(sentence.end) }
    };
    let within = |point: u64| point.clamp(at.start, at.end) - at.start;
    Sentence {
        at: sentence,
        text: cut(text, &[at]),
        trigger: Span { start: within(trigger.start), end: within(trigger.end) },
        trigger_at: trigger,
    }
}

/// Up to how many days a time line goes by days, by weeks and by months where nothing is said.
const BY_DAY: i32 = 92;
const BY_WEEK: i32 = 731;
const BY_MONTH: i32 = 7_305;

fn over_time(days: &[(Option<String>, String, u64)], by: Option<Step>) -> Timeline {
    let mut dated: BTreeMap<Date, BTreeMap<String, u64>> = BTreeMap::new();
    let mut types: BTreeMap<String, u64> = BTreeMap::new();
    let (mut total, mut undated) = (0, 0);
    for (day, kind, count) in days {
        total += count;
        *types.entry(kind.clone()).or_default() += count;
        match day.as_deref().and_then(|d| d.parse::<Date>().ok()) {
            Some(day) => *dated.entry(day).or_default().entry(kind.clone()).or_default() += count,
            None => undated += count,
        }
    }
    let by = by.unwrap_or_else(|| {
        let (Some((first, _)), Some((last, _))) = (dated.first_key_value(), dated.last_key_value()) else {
            return Step::Day;
        };
        match (*last - *first).get_days() {
            days if days <= BY_DAY => Step::Day,
            days if days <= BY_WEEK => Step::Week,
            days if days <= BY_MONTH => Step::Month,
            _ => Step::Year,
        }
    });
    let mut periods: BTreeMap<Date, BTreeMap<String, u64>> = BTreeMap::new();
    for (day, types) in dated {
        let into = periods.entry(begins(day, by)).or_default();
        for (kind, count) in types {
            *into.entry(kind).or_default() += count;
        }
    }
    let periods = periods
        .iter()
        .map(|(start, types)| Period {
            start: start.to_string(),
            end: ends(*start, by).to_string(),
            total: types.values().sum(),
            types: most_first(types),
        })
        .collect();
    Timeline { by, total, undated, types: most_first(&types), periods }
}

/// The first day of the period that a day is in.
fn begins(day: Date, by: Step) -> Date {
    match by {
        Step::Day => day,
        Step::Week => {
            let back = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(back.days()).unwrap_or(day)
        }
        Step::Month => day.first_of_month(),
        Step::Year => day.first_of_year(),
    }
}

/// The last day of the period that begins on a day.
fn ends(start: Date, by: Step) -> Date {
    match by {
        Step::Day => start,
        Step::Week => start.checked_add(6.days()).unwrap_or(start),
        Step::Month => start.last_of_month(),
        Step::Year => start.last_of_year(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_or_a_month_means_its_days() {
        assert_eq!(Day::first("2018").as_deref(), Some("2018-01-01"));
        assert_eq!(Day::last("2018-02").as_deref(), Some("2018-02-31"));
        assert_eq!(Day::last("2018-02-03").as_deref(), Some("2018-02-03"));
        for wrong in ["", "18", "2018-13", "2018-02-30", "abcd", "2018-2", "２０１８"] {
            assert_eq!(Day::first(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn periods_begin_and_end() {
        let count = |day: &str, n| (Some(day.to_owned()), "AID".to_owned(), n);
        let days = [count("2024-02-29", 2), count("2024-03-01", 1), (None, "AID".to_owned(), 4)];
        let weeks = over_time(&days, Some(Step::Week));
        assert_eq!((weeks.total, weeks.undated), (7, 4));
        assert_eq!(weeks.periods.len(), 1);
        assert_eq!(
            (weeks.periods[0].start.as_str(), weeks.periods[0].end.as_str()),
            ("2024-02-26", "2024-03-03")
        );
        let months = over_time(&days, Some(Step::Month));
        assert_eq!((months.periods[0].end.as_str(), months.periods[0].total), ("2024-02-29", 2));
        assert_eq!(over_time(&days, None).by, Step::Day);
    }
}
