//! Copies, utterances and happenings, written down: all of them, or those in which something has changed.

use super::{Corpus, News};
use crate::across::meeting::{Component, Meeting, Starts, Thing};
use crate::across::utterances::{Said, Telling};
use crate::across::{copies, happenings, utterances};
use crate::compared::{Keyed, place_of};
use rusqlite::{OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Which versions belong to which copy.
type Copies = HashMap<u32, i64>;

impl Corpus<'_> {
    /// Tells copies, utterances and happenings: all anew, or where there are news.
    pub(super) fn write_groups(&self, mut news: Option<News>) -> rusqlite::Result<()> {
        match &news {
            None => self.connection.execute_batch(
                "DELETE FROM copy_members; DELETE FROM copies; DELETE FROM utterance_members; DELETE FROM utterances;
                 DELETE FROM happening_members; DELETE FROM happenings;",
            )?,
            Some(news) => {
                for version in &news.gone {
                    self.take_apart(*version)?;
                }
            }
        }
        // Where copies change, origins do.
        let changed = self.write_copies(news.as_ref())?;
        if let Some(news) = &mut news {
            news.touched.extend(changed);
        }
        let mut copies = Copies::new();
        let places = self.places();
        super::each(self.connection, "SELECT version, copy FROM copy_members", |r| {
            copies.extend(places.get(&r.get(0)?).map(|v| (*v, r.get_unwrap(1))));
            Ok(())
        })?;
        self.write_utterances(news.as_ref(), &copies)?;
        self.write_happenings(news.as_ref(), &copies)
    }

    /// Takes apart the groups that hold something of a version.
    fn take_apart(&self, version: i64) -> rusqlite::Result<()> {
        for step in crate::batch::TAKE_APART {
            self.connection.prepare_cached(step)?.execute([version])?;
        }
        Ok(())
    }

    /// A version as its copies are told about.
    fn carrier(&self, version: u32) -> rusqlite::Result<copies::Carrier> {
        let v = &self.versions[version as usize];
        let told = self.told(version)?;
        Ok(copies::Carrier {
            report: i64::from(version),
            day: v.day,
            name: self.name(version)?,
            outlet: v.outlet.and_then(|o| self.outlets.get(&o)).cloned(),
            agencies: self.names(version, &told.agencies),
        })
    }

    /// Entities by number, as origins are told by.
    fn names(&self, version: u32, places: &[u32]) -> Vec<String> {
        places.iter().filter_map(|e| self.entity(version, *e)).map(|e| e.to_string()).collect()
    }

    /// Tells copies, and which versions have got into other groups or out of them.
    fn write_copies(&self, news: Option<&News>) -> rusqlite::Result<BTreeSet<u32>> {
        let load = |version: u32| {
            let body = self.told(version)?.body;
            self.shingles(self.versions[version as usize].id, body)
        };
        let mut texts = copies::Texts::new(&self.texts, load);
        let starts: Vec<u32> = match news {
            None => self.published.values().flatten().copied().collect(),
            Some(news) => {
                // Who names an agency decides whose text it is.
                let mut starts: BTreeSet<u32> = news.touched.clone();
                for version in &news.gone {
                    let (keys, day) = self.text_of(*version)?;
                    let text = self.shingles(*version, self.told_of(*version)?.body)?;
                    starts.extend(texts.neighbours(&keys, day, &text)?);
                }
                starts.into_iter().collect()
            }
        };
        let mut changed = BTreeSet::new();
        let mut copy = self.connection.prepare("INSERT INTO copies (id, source) VALUES (?1, ?2)")?;
        let mut member = self
            .connection
            .prepare("INSERT INTO copy_members (version, copy, similarity, why) VALUES (?1, ?2, ?3, ?4)")?;
        let mut was = self.connection.prepare("SELECT copy FROM copy_members WHERE version = ?1")?;
        let mut others = self.connection.prepare("SELECT version FROM copy_members WHERE copy = ?1")?;
        let mut delete = self.connection.prepare("DELETE FROM copies WHERE id = ?1")?;
        let row = |r: i64| self.versions[r as usize].id;
        let places = news.map(|_| self.places()).unwrap_or_default();
        for start in starts {
            let Some(found) = texts.component(start)? else { continue };
            if news.is_some() {
                for version in &found.reports {
                    let of = was.query_row([row(i64::from(*version))], |r| r.get::<_, i64>(0)).optional()?;
                    if let Some(of) = of {
                        for other in others.query_map([of], |r| r.get(0))? {
                            changed.extend(places.get(&other?));
                        }
                        delete.execute([of])?;
                    }
                }
            }
            changed.extend(&found.reports);
            if found.reports.len() < 2 {
                continue;
            }
            // The nearest of each: how much of the shorter stands in the longer, and how much of its beginning.
            let mut nearest: BTreeMap<i64, (f32, f32)> = BTreeMap::new();
            let mut edges = Vec::with_capacity(found.edges.len());
            for (a, b, like) in &found.edges {
                let (a, b) = (i64::from(*a), i64::from(*b));
                edges.push((a, b));
                for one in [a, b] {
                    let best = nearest.entry(one).or_insert((0.0, 0.0));
                    if (like.containment, like.lead) > *best {
                        *best = (like.containment, like.lead);
                    }
                }
            }
            let carriers: Vec<copies::Carrier> =
                found.reports.iter().map(|r| self.carrier(*r)).collect::<rusqlite::Result<_>>()?;
            for group in copies::group(&carriers, &edges) {
                let own = |r: &&i64| {
                    group.agency.is_some()
                        && carriers.iter().any(|c| c.report == **r && c.outlet == group.agency)
                };
                let source = group.reports.iter().find(own).or(group.reports.first()).map(|r| row(*r));
                let id = group.reports.iter().map(|r| row(*r)).min();
                copy.execute(params![id, source])?;
                for r in &group.reports {
                    let (contained, lead) = nearest.get(r).copied().unwrap_or_default();
                    let why = format!("{contained:.2} of the shorter text, {lead:.2} of its beginning");
                    member.execute(params![row(*r), id, rounded(contained), why])?;
                }
            }
        }
        Ok(changed)
    }

    /// The keys and the day of a version that need not be a current one.
    fn text_of(&self, version: i64) -> rusqlite::Result<(Vec<u32>, Option<i32>)> {
        let query = "SELECT c.keyed, v.published FROM versions AS v LEFT JOIN comparisons AS c ON c.version = v.id WHERE v.id = ?1";
        self.connection.prepare_cached(query)?.query_row([version], |r| {
            let keyed = r.get_ref(0)?.as_blob_or_null()?.and_then(Keyed::unpacked).unwrap_or_default();
            let day: Option<String> = r.get(1)?;
            let keys = keyed.text.iter().map(|k| u32::from_be_bytes(*k)).collect();
            Ok((keys, day.and_then(|d| d.parse().ok()).map(super::count)))
        })
    }

    /// Who stood at a place of a version before, of a version that was there before.
    fn stood<'n>(
        &'n self,
        news: &'n News,
        row: i64,
        version: Option<u32>,
    ) -> impl Fn(u32) -> Option<i64> + 'n {
        let moved = news.before.get(&row);
        move |place| match moved.and_then(|m| m.get(&place)) {
            Some(was) => *was,
            None => version.and_then(|v| self.entity(v, place)),
        }
    }

    /// Where components are to be made anew: at all things of what is touched, as `now` gives them, and at all that were the same as something that
    /// is no longer, as `then` gives it.
    fn starts<T: Thing, L: FnMut(Option<i32>) -> rusqlite::Result<Vec<T>>>(
        &self,
        news: &News,
        meeting: &mut Meeting<T, L>,
        now: impl Fn(u32) -> rusqlite::Result<Vec<T>>,
        then: impl Fn(i64, Option<u32>) -> rusqlite::Result<Vec<T>>,
    ) -> rusqlite::Result<Starts> {
        let mut starts: BTreeSet<(Option<i32>, i64)> = BTreeSet::new();
        let mut ghosts: Vec<T> = Vec::new();
        for version in &news.touched {
            starts.extend(now(*version)?.iter().map(|t| (t.day(), t.id())));
            let row = self.versions[*version as usize].id;
            if news.before.contains_key(&row) && !news.new.contains(version) {
                ghosts.extend(then(row, Some(*version))?);
            }
        }
        for version in &news.gone {
            ghosts.extend(then(*version, None)?);
        }
        ghosts.sort_by_key(Thing::day);
        for ghost in &ghosts {
            if let Some(day) = ghost.day() {
                meeting.forget_before(day - T::REACH);
            }
            starts.extend(meeting.neighbours(ghost)?.iter().map(|t| (t.day(), t.id())));
        }
        Ok(Starts::These(starts))
    }

    fn write_utterances(&self, news: Option<&News>, copies: &Copies) -> rusqlite::Result<()> {
        let now = |version: u32| {
            let day = self.versions[version as usize].day;
            Ok(self.told(version)?.said(version, day, |e| self.entity(version, e)))
        };
        let load = |day: Option<i32>| -> rusqlite::Result<Vec<Said>> {
            let mut out = Vec::new();
            for version in self.published.get(&day).into_iter().flatten() {
                out.extend(now(*version)?);
            }
            Ok(out)
        };
        let mut meeting = Meeting::new(load);
        let starts = match news {
            None => Starts::All(self.published.keys().copied().collect()),
            Some(news) => {
                let then = |row: i64, version: Option<u32>| {
                    let day = self.text_of(row)?.1;
                    let said =
                        self.told_of(row)?.said(version.unwrap_or(0), day, self.stood(news, row, version));
                    Ok(said.into_iter().map(|s| Said { id: -1, ..s }).collect())
                };
                self.starts(news, &mut meeting, now, then)?
            }
        };
        let first = First::new(self, "statements");
        let mut was =
            self.connection.prepare("SELECT utterance FROM utterance_members WHERE statement = ?1")?;
        let mut delete = self.connection.prepare("DELETE FROM utterances WHERE id = ?1")?;
        meeting.each_component(&starts, |component| {
            if news.is_some() {
                for thing in &component.things {
                    let row = first.row(thing.id)?;
                    if let Some(of) = was.query_row([row], |r| r.get::<_, i64>(0)).optional()? {
                        delete.execute([of])?;
                    }
                }
            }
            self.write_utterance(&component, &first, copies)
        })
    }

    fn write_utterance(
        &self,
        component: &Component<Said>,
        first: &First,
        copies: &Copies,
    ) -> rusqlite::Result<()> {
        let groups = utterances::group(&component.things, &component.edges);
        let nearest = nearest(&groups, &component.edges);
        for group in &groups {
            let mut told: Vec<Telling> = Vec::new();
            for m in group {
                let (version, place) = place_of(*m);
                let via = &self.told(version)?.statements[place].via;
                told.push(self.telling(*m, copies, self.names(version, via))?);
            }
            let origins = utterances::origins(&told);
            let ordered = utterances::in_order(&told);
            let mut rows: Vec<i64> = Vec::new();
            for m in group {
                rows.push(first.row(*m)?);
            }
            let id = rows.iter().min();
            let reports: BTreeSet<i64> = told.iter().map(|t| t.report).collect();
            let (version, place) = place_of(group[0]);
            let speaker = self.told(version)?.statements[place].speaker;
            self.connection
                .prepare_cached(
                    "INSERT INTO utterances (id, speaker, earliest, reports, origins) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    id,
                    speaker.and_then(|e| self.entity(version, e)),
                    ordered.first().map(|t| first.row(t.said)).transpose()?,
                    reports.len(),
                    origins.len()
                ])?;
            let mut member = self.connection.prepare_cached(
                "INSERT INTO utterance_members (statement, utterance, origin, similarity, why) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?;
            for (t, row) in told.iter().zip(&rows) {
                let origin =
                    origins.iter().position(|o| o.reports.contains(&t.report)).unwrap_or_default() + 1;
                let (with, close) = nearest.get(&t.said).copied().unwrap_or((t.said, 0.0));
                let shared = match (of(component, t.said), of(component, with)) {
                    (Some(a), Some(b)) => utterances::closeness(&a.content, &b.content).0,
                    _ => 0,
                };
                let why =
                    format!("the same speaker, {shared} stems in common with statement {}", first.row(with)?);
                member.execute(params![row, id, origin, rounded(close), why])?;
            }
        }
        Ok(())
    }

    fn telling(&self, id: i64, copies: &Copies, via: Vec<String>) -> rusqlite::Result<Telling> {
        let version = place_of(id).0;
        let carrier = self.carrier(version)?;
        Ok(Telling {
            said: id,
            report: carrier.report,
            day: carrier.day,
            name: carrier.name,
            outlet: carrier.outlet,
            copies: copies.get(&version).copied(),
            via,
            agencies: carrier.agencies,
        })
    }

    fn write_happenings(&self, news: Option<&News>, copies: &Copies) -> rusqlite::Result<()> {
        let load = |day: Option<i32>| -> rusqlite::Result<Vec<happenings::Told>> {
            let mut out = Vec::new();
            for version in self.happened.get(&day).into_iter().flatten() {
                let told = self.told(*version)?;
                out.extend(told.happened(*version, Some(day), |e| self.entity(*version, e)));
            }
            Ok(out)
        };
        let mut meeting = Meeting::new(load);
        let starts = match news {
            None => Starts::All(self.happened.keys().copied().collect()),
            Some(news) => {
                let now = |version: u32| {
                    Ok(self.told(version)?.happened(version, None, |e| self.entity(version, e)))
                };
                let then = |row: i64, version: Option<u32>| {
                    let told = self.told_of(row)?;
                    let happened = told.happened(version.unwrap_or(0), None, self.stood(news, row, version));
                    Ok(happened.into_iter().map(|t| happenings::Told { id: -1, ..t }).collect())
                };
                self.starts(news, &mut meeting, now, then)?
            }
        };
        let first = First::new(self, "events");
        let mut was = self.connection.prepare("SELECT happening FROM happening_members WHERE event = ?1")?;
        let mut delete = self.connection.prepare("DELETE FROM happenings WHERE id = ?1")?;
        meeting.each_component(&starts, |component| {
            if news.is_some() {
                for thing in &component.things {
                    let row = first.row(thing.id)?;
                    if let Some(of) = was.query_row([row], |r| r.get::<_, i64>(0)).optional()? {
                        delete.execute([of])?;
                    }
                }
            }
            self.write_happening(&component, &first, copies)
        })
    }

    fn write_happening(
        &self,
        component: &Component<happenings::Told>,
        first: &First,
        copies: &Copies,
    ) -> rusqlite::Result<()> {
        let groups = happenings::group(&component.things, &component.edges);
        let nearest = nearest(&groups, &component.edges);
        for group in &groups {
            let mut rows: Vec<i64> = Vec::new();
            let mut tellings = Vec::new();
            let mut versions = Vec::new();
            let mut days: Vec<(bool, i32)> = Vec::new();
            let mut places: Vec<(bool, i64)> = Vec::new();
            for m in group {
                let (version, place) = place_of(*m);
                let told = self.told(version)?;
                let event = &told.events[place];
                let telling = self.telling(*m, copies, Vec::new())?;
                rows.push(first.row(*m)?);
                versions.push(happenings::Version {
                    day: telling.day,
                    name: telling.name.clone(),
                    told: *m,
                    report: telling.report,
                    status: event.status.clone(),
                    source: event.source.and_then(|e| self.entity(version, e)),
                    figures: event.figures(),
                });
                tellings.push(telling);
                days.extend(event.day.map(|d| (!event.dated, d)));
                places.extend(event.place.and_then(|e| {
                    let is_state = told.at(e).is_some_and(|s| s.is_state);
                    self.entity(version, e).map(|entity| (is_state, entity))
                }));
            }
            let id = rows.iter().min();
            let reports: BTreeSet<i64> = tellings.iter().map(|t| t.report).collect();
            let differ = contradictions(&happenings::contradictions(&versions), &versions);
            self.connection
                .prepare_cached(
                    "INSERT INTO happenings (id, type, day, place, reports, origins, contradiction) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    id,
                    of(component, group[0]).map(|t| t.kind.as_str()),
                    frequent(&days).and_then(|d| day(d.1)),
                    frequent(&places).map(|p| p.1),
                    reports.len(),
                    utterances::origins(&tellings).len(),
                    (!differ.is_empty()).then(|| differ.join("; "))
                ])?;
            let mut member = self.connection.prepare_cached(
                "INSERT INTO happening_members (event, happening, why) VALUES (?1, ?2, ?3)",
            )?;
            for (m, row) in group.iter().zip(&rows) {
                let with = nearest.get(m).map_or(*m, |n| n.0);
                let found =
                    of(component, *m).zip(of(component, with)).and_then(|(a, b)| happenings::evidence(a, b));
                let why = match found {
                    Some(found) => evidence(&found, first.row(with)?),
                    None => String::new(),
                };
                member.execute(params![row, id, why])?;
            }
        }
        Ok(())
    }
}

/// The thing of a number in a component.
fn of<T: Thing>(component: &Component<T>, id: i64) -> Option<&T> {
    let at = component.things.binary_search_by_key(&id, |t| t.id()).ok()?;
    component.things.get(at).map(AsRef::as_ref)
}

/// The rows of statements or events: those of a version follow one another.
struct First<'c> {
    corpus: &'c Corpus<'c>,
    query: String,
}

impl<'c> First<'c> {
    fn new(corpus: &'c Corpus<'c>, table: &str) -> First<'c> {
        First { corpus, query: format!("SELECT min(id) FROM {table} WHERE version = ?1") }
    }

    /// The row of a thing.
    fn row(&self, id: i64) -> rusqlite::Result<i64> {
        let (version, place) = place_of(id);
        let version = self.corpus.versions[version as usize].id;
        let first: i64 =
            self.corpus.connection.prepare_cached(&self.query)?.query_row([version], |r| r.get(0))?;
        Ok(first + place as i64)
    }
}

/// For each thing the nearest of its group: which, and how near.
fn nearest(groups: &[Vec<i64>], edges: &[(i64, i64, f32)]) -> BTreeMap<i64, (i64, f32)> {
    let of: BTreeMap<i64, usize> =
        groups.iter().enumerate().flat_map(|(i, g)| g.iter().map(move |m| (*m, i))).collect();
    let mut out: BTreeMap<i64, (i64, f32)> = BTreeMap::new();
    for (a, b, near) in edges {
        if !of.contains_key(a) || of.get(a) != of.get(b) {
            continue;
        }
        for (one, other) in [(*a, *b), (*b, *a)] {
            let best = out.entry(one).or_insert((other, *near));
            if *near > best.1 || *near == best.1 && other < best.0 {
                *best = (other, *near);
            }
        }
    }
    out
}

/// What stands there most often, of those that come first where any do; of equally frequent ones the smallest.
fn frequent<T: Copy + Ord>(all: &[(bool, T)]) -> Option<(bool, T)> {
    let best = all.iter().map(|a| a.0).min()?;
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for (_, what) in all.iter().filter(|a| a.0 == best) {
        *counts.entry(*what).or_default() += 1;
    }
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0))).map(|(what, _)| (best, what))
}

/// A day that is counted from the first of January of the year 1.
fn day(count: i32) -> Option<String> {
    let day = jiff::civil::date(1, 1, 1).checked_add(jiff::Span::new().try_days(count).ok()?).ok()?;
    Some(day.to_string())
}

fn rounded(p: f32) -> f64 {
    (f64::from(p) * 100.0).round() / 100.0
}

/// In what accounts differ, in words.
fn contradictions(all: &[happenings::Contradiction], versions: &[happenings::Version]) -> Vec<String> {
    let status = |told: i64| versions.iter().find(|v| v.told == told).map_or("", |v| v.status.as_str());
    let mut out: Vec<String> = Vec::new();
    let mut tolls: BTreeMap<&str, (BTreeSet<u32>, bool)> = BTreeMap::new();
    for found in all {
        let said = match found {
            happenings::Contradiction::Denied { .. } => "told as a fact and denied".to_owned(),
            happenings::Contradiction::Status { one, other } => {
                format!("{} and {}", status(*one), status(*other))
            }
            happenings::Contradiction::Figures { toll, one, other, later } => {
                let toll = tolls.entry(toll).or_insert((BTreeSet::new(), false));
                toll.0.extend([one.1, other.1]);
                toll.1 |= *later;
                continue;
            }
        };
        if !out.contains(&said) {
            out.push(said);
        }
    }
    for (toll, (numbers, later)) in tolls {
        let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
        let later = if later { " (reports of several days)" } else { "" };
        out.push(format!("{} {toll}{later}", numbers.join(" or ")));
    }
    out
}

/// What speaks for two events being one, in words.
fn evidence(found: &happenings::Evidence, with: i64) -> String {
    let mut parts = Vec::new();
    let mut count = |n: usize, one: &str, many: &str| {
        if n > 0 {
            parts.push(format!("{n} {}", if n == 1 { one } else { many }));
        }
    };
    count(found.participants, "participant", "participants");
    count(found.states, "state", "states");
    count(found.shared, "stem", "stems");
    match found.places {
        happenings::Places::Equal => parts.push("the place".to_owned()),
        happenings::Places::Contained => parts.push("the state of the place".to_owned()),
        happenings::Places::Unknown | happenings::Places::Apart => {}
    }
    if found.dated && found.days == 0 {
        parts.push("the told day".to_owned());
    }
    if found.figures {
        parts.push("a figure".to_owned());
    }
    format!("{} in common with event {with}", parts.join(", "))
}
