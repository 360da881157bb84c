//! What is the same across the reports of a store, told from all its current versions and the decisions by hand.
//!
//! It is told as a whole and in one transaction. Reports are taken in the order of their keys, not in that in which they came, and a group is
//! numbered as its first member: the same reports give the same groups, however they were added.

use crate::across::all::each_pair;
use crate::across::entities::{self, Decision, Key, Known, Place, Reason, Verdict};
use crate::across::utterances::{Content, Speaker, Telling};
use crate::across::words::hash;
use crate::across::{copies, happenings, utterances};
use crate::compared::Compared;
use crate::trouble::Trouble;
use crate::{Batch, Store};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// How many groups there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Entities, those of one report too.
    pub entities: usize,
    /// Texts that several reports carry.
    pub copies: usize,
    /// Things said that several statements tell of.
    pub utterances: usize,
    /// Happenings with several accounts.
    pub happenings: usize,
}

impl Store {
    /// Whether what is the same has been told of all that is there.
    pub fn is_grouped(&self) -> Result<bool, Trouble> {
        self.connection()
            .query_row("SELECT NOT EXISTS (SELECT 1 FROM waiting)", (), |r| r.get(0))
            .map_err(|e| self.told(&e))
    }
}

impl Batch<'_> {
    /// Tells anew what is the same across all current versions, and writes what differs from before.
    pub fn group(&mut self) -> Result<Groups, Trouble> {
        let run = || -> rusqlite::Result<Groups> {
            // Entities change their numbers among each other; at the end every reference must lead somewhere.
            self.transaction.pragma_update(None, "defer_foreign_keys", true)?;
            let decisions = crate::decisions::standing(&self.transaction)?;
            let corpus = Corpus::load(&self.transaction, &decisions)?;
            let groups = corpus.write(&self.transaction)?;
            self.transaction.execute("DELETE FROM waiting", ())?;
            Ok(groups)
        };
        run().map_err(|e| Trouble::of(self.path, &e))
    }
}

/// A current version. Entities, statements and events of all versions are numbered through.
struct Version {
    id: i64,
    compared: Compared,
    /// The number of its first entity.
    seen: usize,
}

/// All current versions, with their entities put together.
pub(crate) struct Corpus {
    versions: Vec<Version>,
    /// The rows of the appearances, by the number of the entity of the report.
    appearances: Vec<i64>,
    statements: Vec<i64>,
    events: Vec<i64>,
    /// For each entity of a report which of `entities` it is.
    entity_of: Vec<Option<usize>>,
    /// Why each is it.
    why: Vec<Option<String>>,
    pub(crate) entities: Vec<Across>,
}

/// An entity of many reports, or of one.
pub(crate) struct Across {
    /// What it is known by.
    pub key: String,
    /// What decisions refer to.
    pub handle: Vec<Key>,
    /// Its row: the first appearance.
    pub id: i64,
}

impl Corpus {
    pub(crate) fn load(connection: &Connection, decisions: &[Decision]) -> rusqlite::Result<Corpus> {
        let query =
            "SELECT v.id, c.packed FROM reports AS r JOIN versions AS v ON v.report = r.id AND v.current
            JOIN comparisons AS c ON c.version = v.id ORDER BY r.key";
        let shared = shared_keys(connection, decisions)?;
        let split: BTreeMap<&Place, i64> = decisions
            .iter()
            .filter_map(|d| match &d.verdict {
                Verdict::Split(places) => Some(places.iter().map(move |p| (p, d.number))),
                Verdict::Merge(..) => None,
            })
            .flatten()
            .collect();
        let mut versions: Vec<Version> = Vec::new();
        let mut seen = 0;
        let mut known: Vec<Known> = Vec::new();
        // One for each link stands for all that have it.
        let mut links: BTreeMap<String, usize> = BTreeMap::new();
        let mut stands_for: Vec<Option<usize>> = Vec::new();
        let mut query = connection.prepare(query)?;
        let mut rows = query.query(())?;
        while let Some(r) = rows.next()? {
            let Some(mut compared) = Compared::unpacked(r.get_ref(1)?.as_blob()?) else { continue };
            for (i, s) in compared.seen.iter_mut().enumerate() {
                let place = Place { report: compared.name.clone(), name: s.name.clone() };
                let mut keys: Vec<Key> = s.keys().collect();
                s.keys.truncate(1);
                if let Some(number) = split.get(&place) {
                    keys = vec![entities::split_key(*number)];
                }
                let Some(first) = keys.first().cloned() else {
                    stands_for.push(None);
                    continue;
                };
                keys.retain(|k| *k == first || shared.contains(&hash(&k.written())));
                let id = (seen + i) as i64;
                if first.reason == Reason::Link {
                    let at = *links.entry(first.text.clone()).or_insert(known.len());
                    stands_for.push(Some(at));
                    if let Some(k) = known.get_mut(at) {
                        k.keys.extend(keys);
                        k.keys.sort();
                        k.keys.dedup();
                        k.country = k.country.take().or_else(|| s.country.clone());
                        continue;
                    }
                    // What stands for many stands in no place that a decision could mean.
                    let place = Place { report: String::new(), name: String::new() };
                    known.push(Known { id, place, keys, country: s.country.clone() });
                    continue;
                }
                stands_for.push(Some(known.len()));
                known.push(Known { id, place, keys, country: s.country.clone() });
            }
            let n = compared.seen.len();
            versions.push(Version { id: r.get(0)?, compared, seen });
            seen += n;
        }
        let resolved = entities::resolve(&known, decisions);
        let mut home: HashMap<i64, usize> = HashMap::new();
        for (i, e) in resolved.iter().enumerate() {
            home.extend(e.members.iter().map(|m| (*m, i)));
        }
        let entity_of: Vec<Option<usize>> =
            stands_for.iter().map(|k| home.get(&known.get((*k)?)?.id).copied()).collect();
        let mut reasons: HashMap<i64, &Key> = HashMap::new();
        for (a, b, key) in resolved.iter().flat_map(|e| &e.joins) {
            for one in [a, b] {
                reasons.entry(*one).and_modify(|k| *k = (*k).min(key)).or_insert(key);
            }
        }
        let why = |k: &Option<usize>| {
            let known = known.get((*k)?)?;
            let linked = known.keys.iter().any(|k| k.reason == Reason::Link);
            let reason = reasons.get(&known.id).copied();
            match reason {
                Some(key) if !linked || key.reason == Reason::Decision => Some(key.written()),
                _ if linked => Some(Reason::Link.name().to_owned()),
                _ => None,
            }
        };
        let why: Vec<Option<String>> = stands_for.iter().map(why).collect();
        let appearances = numbers(connection, "appearances", &versions)?;
        let mut first: Vec<i64> = vec![i64::MAX; resolved.len()];
        for (entity, row) in entity_of.iter().zip(&appearances) {
            if let Some(e) = entity {
                first[*e] = first[*e].min(*row);
            }
        }
        // Known by the strongest key that no other has.
        let by_id: HashMap<i64, &Known> = known.iter().map(|k| (k.id, k)).collect();
        let mut owners: HashMap<&Key, (usize, bool)> = HashMap::new();
        for (i, e) in resolved.iter().enumerate() {
            for key in e.members.iter().filter_map(|m| by_id.get(m)).flat_map(|k| &k.keys) {
                owners.entry(key).and_modify(|o| o.1 &= o.0 == i).or_insert((i, true));
            }
        }
        let mut entities = Vec::with_capacity(resolved.len());
        for (i, e) in resolved.iter().enumerate() {
            let members: Vec<&Known> = e.members.iter().filter_map(|m| by_id.get(m).copied()).collect();
            let keys: BTreeSet<&Key> = members.iter().flat_map(|k| &k.keys).collect();
            let own = keys.iter().find(|k| owners.get(*k).is_some_and(|o| o.1));
            let key = own.map(|k| k.written()).or_else(|| {
                let place = members.iter().map(|m| &m.place).min()?;
                Some(format!("{}|{}|{}", keys.first()?.written(), place.report, place.name))
            });
            let key = key.unwrap_or_else(|| format!("{i}"));
            entities.push(Across { key, handle: entities::handle(&members), id: first[i] });
        }
        let statements = numbers(connection, "statements", &versions)?;
        let events = numbers(connection, "events", &versions)?;
        Ok(Corpus { versions, appearances, statements, events, entity_of, why, entities })
    }

    /// The entity that stands at a place of a version, as the questions take it.
    fn named(&self, version: &Version, place: usize) -> Option<String> {
        self.entity_of.get(version.seen + place).copied().flatten().map(|e| e.to_string())
    }

    /// The row of the entity that stands at a place of a version.
    fn entity_row(&self, version: &Version, place: usize) -> Option<i64> {
        let entity = self.entity_of.get(version.seen + place).copied().flatten()?;
        self.entities.get(entity).map(|e| e.id)
    }

    fn write(&self, connection: &Connection) -> rusqlite::Result<Groups> {
        self.write_entities(connection)?;
        connection.execute_batch(
            "DELETE FROM copy_members; DELETE FROM copies; DELETE FROM utterance_members; DELETE FROM utterances;
             DELETE FROM happening_members; DELETE FROM happenings;",
        )?;
        let carriers = self.carriers();
        let (copies, copies_of) = self.write_copies(connection, &carriers)?;
        let utterances = self.write_utterances(connection, &carriers, &copies_of)?;
        let happenings = self.write_happenings(connection, &carriers, &copies_of)?;
        Ok(Groups { entities: self.entities.len(), copies, utterances, happenings })
    }

    /// The versions as their copies are told about.
    fn carriers(&self) -> Vec<copies::Carrier> {
        let linked: HashMap<&str, usize> = self
            .entities
            .iter()
            .enumerate()
            .flat_map(|(i, e)| e.handle.iter().map(move |k| (k, i)))
            .filter(|(k, _)| k.reason == Reason::Link)
            .map(|(k, i)| (k.text.as_str(), i))
            .collect();
        let mut outlets: HashMap<&str, String> = HashMap::new();
        for name in self.versions.iter().filter_map(|v| v.compared.outlet.as_deref()) {
            outlets.entry(name).or_insert_with(|| {
                let link = crate::across::read::outlet_link(name);
                let entity = link.and_then(|l| linked.get(l.as_str()).copied());
                entity.map_or_else(|| name.to_owned(), |e| e.to_string())
            });
        }
        let of = |(i, v): (usize, &Version)| copies::Carrier {
            report: i as i64,
            day: v.compared.day,
            name: v.compared.name.clone(),
            outlet: v.compared.outlet.as_deref().and_then(|o| outlets.get(o)).cloned(),
            agencies: v.compared.agencies.iter().filter_map(|a| self.named(v, *a)).collect(),
        };
        self.versions.iter().enumerate().map(of).collect()
    }

    fn write_copies(
        &self,
        connection: &Connection,
        carriers: &[copies::Carrier],
    ) -> rusqlite::Result<(usize, BTreeMap<i64, i64>)> {
        let keys: Vec<Vec<u64>> = self.versions.iter().map(|v| v.compared.text_keys()).collect();
        let day = |i: usize| self.versions[i].compared.day;
        let mut candidates: Vec<(usize, usize)> = Vec::new();
        each_pair(&keys, &keys, |a, b, shared| {
            let apart = day(a).zip(day(b)).map_or(0, |(a, b)| a.abs_diff(b));
            if copies::suffices(shared, keys[a].len(), keys[b].len()) && apart <= copies::DAYS.unsigned_abs()
            {
                candidates.push((a, b));
            }
        });
        drop(keys);
        // By days, so that what lies behind need not be kept.
        let earlier = |(a, b): &(usize, usize)| day(*a).min(day(*b)).or(day(*a)).or(day(*b));
        candidates.sort_by_key(|pair| (earlier(pair), *pair));
        let mut shingles: BTreeMap<usize, copies::Shingles> = BTreeMap::new();
        let mut text = connection.prepare("SELECT text FROM versions WHERE id = ?1")?;
        let mut now = None;
        let mut edges: Vec<(i64, i64)> = Vec::new();
        // The nearest of each: how much of the shorter stands in the longer, and how much of its beginning.
        let mut nearest: BTreeMap<i64, (f32, f32)> = BTreeMap::new();
        for (a, b) in candidates {
            let from = earlier(&(a, b));
            if from != now {
                now = from;
                shingles.retain(|i, _| day(*i).is_none() || day(*i) >= from);
            }
            for i in [a, b] {
                if let std::collections::btree_map::Entry::Vacant(free) = shingles.entry(i) {
                    let text: String = text.query_row([self.versions[i].id], |r| r.get(0))?;
                    let body = text.get(self.versions[i].compared.body..).unwrap_or_default();
                    free.insert(copies::shingles(body));
                }
            }
            let like = copies::likeness(&shingles[&a], &shingles[&b]);
            if like.is_copy() {
                let (a, b) = (a as i64, b as i64);
                edges.push((a, b));
                for one in [a, b] {
                    let best = nearest.entry(one).or_insert((0.0, 0.0));
                    if (like.containment, like.lead) > *best {
                        *best = (like.containment, like.lead);
                    }
                }
            }
        }
        drop(shingles);
        let groups = copies::group(carriers, &edges);
        let mut copies_of = BTreeMap::new();
        let mut copy = connection.prepare("INSERT INTO copies (id, source) VALUES (?1, ?2)")?;
        let mut member = connection
            .prepare("INSERT INTO copy_members (version, copy, similarity, why) VALUES (?1, ?2, ?3, ?4)")?;
        for (i, group) in groups.iter().enumerate() {
            copies_of.extend(group.reports.iter().map(|r| (*r, i as i64)));
            let row = |r: &i64| self.versions[*r as usize].id;
            let own = |r: &&i64| group.agency.is_some() && carriers[**r as usize].outlet == group.agency;
            let source = group.reports.iter().find(own).or(group.reports.first()).map(row);
            let id = group.reports.iter().map(row).min();
            copy.execute(params![id, source])?;
            for r in &group.reports {
                let (contained, lead) = nearest.get(r).copied().unwrap_or_default();
                let why = format!("{contained:.2} of the shorter text, {lead:.2} of its beginning");
                member.execute(params![row(r), id, rounded(contained), why])?;
            }
        }
        Ok((groups.len(), copies_of))
    }

    fn write_utterances(
        &self,
        connection: &Connection,
        carriers: &[copies::Carrier],
        copies_of: &BTreeMap<i64, i64>,
    ) -> rusqlite::Result<usize> {
        let mut said: Vec<utterances::Said> = Vec::new();
        let mut tellings: Vec<Telling> = Vec::new();
        for (i, v) in self.versions.iter().enumerate() {
            for s in &v.compared.statements {
                let id = said.len() as i64;
                let known = s.speaker.and_then(|e| self.named(v, e));
                let speaker = known.map_or_else(|| Speaker::Described(s.described.clone()), Speaker::Known);
                said.push(utterances::Said {
                    id,
                    report: i as i64,
                    day: v.compared.day,
                    speaker,
                    content: s.content(),
                });
                let via = s.via.iter().filter_map(|e| self.named(v, *e)).collect();
                tellings.push(telling(id, i, &carriers[i], copies_of, via));
            }
        }
        let keys: Vec<Vec<u64>> = said.iter().map(|s| vec![utterances::key(&s.speaker, s.day)]).collect();
        let near: Vec<Vec<u64>> = said.iter().map(|s| utterances::near_keys(&s.speaker, s.day)).collect();
        let mut edges: Vec<(i64, i64, f32)> = Vec::new();
        each_pair(&keys, &near, |a, b, _| {
            edges.extend(
                utterances::same(&said[a], &said[b]).map(|strength| (said[a].id, said[b].id, strength)),
            );
        });
        drop((keys, near));
        let groups = utterances::group(&said, &edges);
        let of: BTreeMap<i64, usize> =
            groups.iter().enumerate().flat_map(|(i, g)| g.iter().map(move |m| (*m, i))).collect();
        let nearest = nearest(&of, &edges);
        let speaker_of = |id: i64| {
            let s = &said[id as usize];
            let v = &self.versions[s.report as usize];
            let first = self.first_statement(s.report as usize, &tellings, id);
            v.compared.statements.get(first)?.speaker.and_then(|e| self.entity_row(v, e))
        };
        let mut utterance = connection.prepare(
            "INSERT INTO utterances (id, speaker, earliest, reports, origins) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let mut member = connection.prepare(
            "INSERT INTO utterance_members (statement, utterance, origin, similarity, why) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for group in &groups {
            let told: Vec<Telling> = group.iter().map(|m| tellings[*m as usize].clone()).collect();
            let origins = utterances::origins(&told);
            let ordered = utterances::in_order(&told);
            let row = |m: i64| self.statements[m as usize];
            let id = group.iter().map(|m| row(*m)).min();
            let reports: BTreeSet<i64> = told.iter().map(|t| t.report).collect();
            utterance.execute(params![
                id,
                group.first().and_then(|m| speaker_of(*m)),
                ordered.first().map(|t| row(t.said)),
                reports.len(),
                origins.len()
            ])?;
            for t in &told {
                let origin =
                    origins.iter().position(|o| o.reports.contains(&t.report)).unwrap_or_default() + 1;
                let (with, close) = nearest.get(&t.said).copied().unwrap_or_default();
                let (shared, _) =
                    utterances::closeness(&said[t.said as usize].content, &said[with as usize].content);
                let why = format!("the same speaker, {shared} stems in common with statement {}", row(with));
                member.execute(params![row(t.said), id, origin, rounded(close), why])?;
            }
        }
        Ok(groups.len())
    }

    /// The place of a statement within its version.
    fn first_statement(&self, version: usize, tellings: &[Telling], id: i64) -> usize {
        let before = tellings.partition_point(|t| t.report < version as i64);
        (id as usize).saturating_sub(before)
    }

    fn write_happenings(
        &self,
        connection: &Connection,
        carriers: &[copies::Carrier],
        copies_of: &BTreeMap<i64, i64>,
    ) -> rusqlite::Result<usize> {
        let mut told: Vec<happenings::Told> = Vec::new();
        let mut at: Vec<(usize, usize)> = Vec::new();
        for (i, v) in self.versions.iter().enumerate() {
            let country = |e: usize| v.compared.seen.get(e).and_then(|s| s.country.clone());
            let who = |list: &[usize]| {
                let of =
                    |e: &usize| happenings::Participant { entity: self.named(v, *e), country: country(*e) };
                list.iter().map(of).collect::<Vec<_>>()
            };
            for (k, event) in v.compared.events.iter().enumerate() {
                let place = event.place.and_then(|e| {
                    let seen = v.compared.seen.get(e)?;
                    Some(happenings::Spot {
                        entity: self.named(v, e),
                        country: seen.country.clone(),
                        is_state: seen.is_state,
                        position: seen.position,
                    })
                });
                told.push(happenings::Told {
                    id: told.len() as i64,
                    report: i as i64,
                    kind: event.kind.clone(),
                    mode: event.mode.clone(),
                    actors: who(&event.actors),
                    recipients: who(&event.recipients),
                    place,
                    day: event.day,
                    dated: event.dated,
                    figures: event.figures(),
                    words: Content::from_bytes(&event.words),
                });
                at.push((i, k));
            }
        }
        let keys: Vec<Vec<u64>> = told.iter().map(happenings::keys).collect();
        let near: Vec<Vec<u64>> = told.iter().map(happenings::near_keys).collect();
        let mut edges: Vec<(i64, i64, f32)> = Vec::new();
        each_pair(&keys, &near, |a, b, _| {
            edges.extend(
                happenings::same(&told[a], &told[b]).map(|strength| (told[a].id, told[b].id, strength)),
            );
        });
        drop((keys, near));
        let groups = happenings::group(&told, &edges);
        let of: BTreeMap<i64, usize> =
            groups.iter().enumerate().flat_map(|(i, g)| g.iter().map(move |m| (*m, i))).collect();
        let nearest = nearest(&of, &edges);
        let mut happening = connection.prepare(
            "INSERT INTO happenings (id, type, day, place, reports, origins, contradiction) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let mut member = connection
            .prepare("INSERT INTO happening_members (event, happening, why) VALUES (?1, ?2, ?3)")?;
        for group in &groups {
            let row = |m: i64| self.events[m as usize];
            let id = group.iter().map(|m| row(*m)).min();
            let mut tellings = Vec::new();
            let mut versions = Vec::new();
            let mut days: Vec<(bool, i32)> = Vec::new();
            let mut places: Vec<(bool, usize)> = Vec::new();
            for m in group {
                let (i, k) = at[*m as usize];
                let (v, event) = (&self.versions[i], &self.versions[i].compared.events[k]);
                tellings.push(telling(*m, i, &carriers[i], copies_of, Vec::new()));
                versions.push(happenings::Version {
                    day: v.compared.day,
                    name: v.compared.name.clone(),
                    told: *m,
                    report: i as i64,
                    status: event.status.clone(),
                    source: event.source.and_then(|e| self.named(v, e)),
                    figures: event.figures(),
                });
                days.extend(event.day.map(|d| (!event.dated, d)));
                places.extend(event.place.and_then(|e| {
                    let is_state = v.compared.seen.get(e).is_some_and(|s| s.is_state);
                    self.entity_of.get(v.seen + e).copied().flatten().map(|entity| (is_state, entity))
                }));
            }
            let reports: BTreeSet<i64> = tellings.iter().map(|t| t.report).collect();
            let differ = contradictions(&happenings::contradictions(&versions), &versions);
            happening.execute(params![
                id,
                told[group[0] as usize].kind,
                frequent(&days).map(|d| day(d.1)),
                frequent(&places).map(|p| self.entities[p.1].id),
                reports.len(),
                utterances::origins(&tellings).len(),
                (!differ.is_empty()).then(|| differ.join("; "))
            ])?;
            for m in group {
                let with = nearest.get(m).map_or(*m, |n| n.0);
                let why = happenings::evidence(&told[*m as usize], &told[with as usize])
                    .map_or_else(String::new, |e| evidence(&e, row(with)));
                member.execute(params![row(*m), id, why])?;
            }
        }
        Ok(groups.len())
    }

    fn write_entities(&self, connection: &Connection) -> rusqlite::Result<()> {
        let found: HashMap<i64, usize> =
            self.appearances.iter().enumerate().map(|(i, row)| (*row, i)).collect();
        let mut rows: Vec<Profile> = self.entities.iter().map(|_| Profile::default()).collect();
        let mut moved: Vec<(i64, Option<i64>, Option<&str>)> = Vec::new();
        let mut query = connection.prepare(
            "SELECT id, entity, why, type, name, name_en, country, sector, link, latitude, longitude, named FROM appearances",
        )?;
        let mut all = query.query(())?;
        while let Some(r) = all.next()? {
            let id: i64 = r.get(0)?;
            let at = found.get(&id).copied();
            let entity = at.and_then(|i| self.entity_of[i]);
            let row = entity.map(|e| self.entities[e].id);
            let why = at.and_then(|i| self.why[i].as_deref());
            if r.get::<_, Option<i64>>(1)? != row || r.get_ref(2)?.as_str_or_null()? != why {
                moved.push((id, row, why));
            }
            if let Some(e) = entity {
                rows[e].count(r)?;
            }
        }
        drop(all);
        let mut there: HashMap<i64, Row> = HashMap::new();
        let mut query = connection.prepare(
            "SELECT id, key, type, name, name_en, country, sector, link, latitude, longitude FROM entities",
        )?;
        let mut all = query.query(())?;
        while let Some(r) = all.next()? {
            there.insert(r.get(0)?, Row::of(r)?);
        }
        drop(all);
        let mut changed: Vec<(i64, Row)> = Vec::new();
        for (entity, profile) in self.entities.iter().zip(rows) {
            let row = profile.row(entity.key.clone());
            if there.remove(&entity.id).as_ref() != Some(&row) {
                changed.push((entity.id, row));
            }
        }
        // Those left over are no entities any more.
        let mut gone: Vec<i64> = there.into_keys().collect();
        gone.sort_unstable();
        let mut delete = connection.prepare("DELETE FROM entities WHERE id = ?1")?;
        for id in gone.iter().chain(changed.iter().map(|(id, _)| id)) {
            delete.execute([id])?;
        }
        let mut insert = connection.prepare(
            "INSERT INTO entities (id, key, type, name, name_en, country, sector, link, latitude, longitude)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        for (id, r) in &changed {
            insert.execute(params![
                id,
                r.key,
                r.kind,
                r.name,
                r.name_en,
                r.country,
                r.sector,
                r.link,
                r.position.map(|p| p.0),
                r.position.map(|p| p.1)
            ])?;
        }
        let mut update = connection.prepare("UPDATE appearances SET entity = ?2, why = ?3 WHERE id = ?1")?;
        for (id, row, why) in moved {
            update.execute(params![id, row, why])?;
        }
        Ok(())
    }
}

/// The hashes of keys that more than one has, and of those that decisions refer to. The others make nobody one.
fn shared_keys(connection: &Connection, decisions: &[Decision]) -> rusqlite::Result<BTreeSet<u64>> {
    let mut met: HashMap<u64, bool> = HashMap::new();
    let mut query = connection.prepare(
        "SELECT c.packed FROM comparisons AS c JOIN versions AS v ON v.id = c.version AND v.current",
    )?;
    let mut rows = query.query(())?;
    while let Some(r) = rows.next()? {
        let Some(compared) = Compared::unpacked(r.get_ref(0)?.as_blob()?) else { continue };
        for key in compared.seen.iter().flat_map(|s| s.keys().collect::<Vec<_>>()) {
            met.entry(hash(&key.written())).and_modify(|twice| *twice = true).or_insert(false);
        }
    }
    let mut out: BTreeSet<u64> = met.into_iter().filter(|(_, twice)| *twice).map(|(key, _)| key).collect();
    for decision in decisions {
        if let Verdict::Merge(one, other) = &decision.verdict {
            out.extend(one.iter().chain(other).map(|k| hash(&k.written())));
        }
    }
    Ok(out)
}

/// The rows of a table that belong to the versions, in the order of the versions and within each of the record.
fn numbers(connection: &Connection, table: &str, versions: &[Version]) -> rusqlite::Result<Vec<i64>> {
    let mut query =
        connection.prepare(&format!("SELECT id FROM {table} WHERE version = ?1 ORDER BY number"))?;
    let mut out = Vec::new();
    for v in versions {
        for id in query.query_map([v.id], |r| r.get(0))? {
            out.push(id?);
        }
    }
    Ok(out)
}

fn telling(
    id: i64,
    version: usize,
    carrier: &copies::Carrier,
    copies_of: &BTreeMap<i64, i64>,
    via: Vec<String>,
) -> Telling {
    Telling {
        said: id,
        report: version as i64,
        day: carrier.day,
        name: carrier.name.clone(),
        outlet: carrier.outlet.clone(),
        copies: copies_of.get(&(version as i64)).copied(),
        via,
        agencies: carrier.agencies.clone(),
    }
}

/// For each thing the nearest of its group: which, and how near.
fn nearest(of: &BTreeMap<i64, usize>, edges: &[(i64, i64, f32)]) -> BTreeMap<i64, (i64, f32)> {
    let mut out: BTreeMap<i64, (i64, f32)> = BTreeMap::new();
    for (a, b, near) in edges {
        if of.get(a).is_none() || of.get(a) != of.get(b) {
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

/// What the appearances of an entity say of it, with how often.
#[derive(Default)]
struct Profile {
    names: BTreeMap<(bool, Rc<str>), usize>,
    english: BTreeMap<Rc<str>, usize>,
    kinds: BTreeMap<Rc<str>, usize>,
    countries: BTreeMap<Rc<str>, usize>,
    sectors: BTreeMap<Rc<str>, usize>,
    links: BTreeMap<Rc<str>, usize>,
    position: Option<(f64, f64)>,
}

impl Profile {
    fn count(&mut self, r: &rusqlite::Row) -> rusqlite::Result<()> {
        let word = |column: usize| Ok::<_, rusqlite::Error>(r.get_ref(column)?.as_str_or_null()?);
        let add = |counts: &mut BTreeMap<Rc<str>, usize>, word: Option<&str>| {
            if let Some(word) = word {
                match counts.get_mut(word) {
                    Some(n) => *n += 1,
                    None => _ = counts.insert(word.into(), 1),
                }
            }
        };
        add(&mut self.kinds, word(3)?);
        add(&mut self.english, word(5)?);
        add(&mut self.countries, word(6)?);
        add(&mut self.sectors, word(7)?);
        add(&mut self.links, word(8)?);
        let name: Rc<str> = word(4)?.unwrap_or_default().into();
        *self.names.entry((r.get(11)?, name)).or_default() += 1;
        if self.position.is_none() {
            self.position = r.get::<_, Option<f64>>(9)?.zip(r.get(10)?);
        }
        Ok(())
    }

    fn row(self, key: String) -> Row {
        let usual = |counts: &BTreeMap<Rc<str>, usize>| {
            counts.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(word, _)| word.to_string())
        };
        // A name before a description; the fuller of equally frequent ones.
        let name = self.names.iter().max_by(|a, b| {
            let rank = |x: (&(bool, Rc<str>), &usize)| (x.0.0, *x.1, x.0.1.chars().count());
            rank(*a).cmp(&rank(*b)).then(b.0.cmp(a.0))
        });
        Row {
            key,
            kind: usual(&self.kinds).unwrap_or_default(),
            name: name.map(|(n, _)| n.1.to_string()).unwrap_or_default(),
            name_en: usual(&self.english),
            country: usual(&self.countries),
            sector: usual(&self.sectors),
            link: usual(&self.links),
            position: self.position,
        }
    }
}

/// A row of `entities` without its number.
#[derive(PartialEq)]
struct Row {
    key: String,
    kind: String,
    name: String,
    name_en: Option<String>,
    country: Option<String>,
    sector: Option<String>,
    link: Option<String>,
    position: Option<(f64, f64)>,
}

impl Row {
    fn of(r: &rusqlite::Row) -> rusqlite::Result<Row> {
        Ok(Row {
            key: r.get(1)?,
            kind: r.get(2)?,
            name: r.get(3)?,
            name_en: r.get(4)?,
            country: r.get(5)?,
            sector: r.get(6)?,
            link: r.get(7)?,
            position: r.get::<_, Option<f64>>(8)?.zip(r.get(9)?),
        })
    }
}
