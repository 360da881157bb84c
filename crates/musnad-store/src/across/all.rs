//! All four questions for reports that are at hand together. What a store does step by step is done here at once; tests hold the one against the other.

use super::read::Report;
use super::{copies, entities, happenings, utterances};
use std::collections::BTreeMap;

/// What is the same across some reports. Reports, entities, statements and events are numbered through, report by report.
#[derive(Clone, Debug, Default)]
pub struct Across {
    /// Pairs of reports that are copies, with how alike they are.
    pub copy_edges: Vec<(i64, i64)>,
    /// Groups of copies.
    pub copies: Vec<copies::Copies>,
    /// For each entity of each report, the number of the entity that it is.
    pub entity_of: Vec<i64>,
    /// The entities of more than one report.
    pub entities: Vec<entities::Entity>,
    /// Utterances, as numbers of statements.
    pub utterances: Vec<Vec<i64>>,
    /// For each utterance its reports by independent origin.
    pub origins: Vec<Vec<utterances::Origin>>,
    /// Happenings, as numbers of events.
    pub happenings: Vec<Vec<i64>>,
}

/// Pairs of things one of which lies under a key that the other is near to, each pair once, with how many such keys there are.
#[must_use]
pub fn pairs(keys: &[Vec<u64>], near: &[Vec<u64>]) -> Vec<(usize, usize, usize)> {
    let mut out = Vec::new();
    each_pair(keys, near, |a, b, shared| out.push((a, b, shared)));
    out
}

/// The same, one after the other: there may be many times more pairs than things.
pub fn each_pair(keys: &[Vec<u64>], near: &[Vec<u64>], mut take: impl FnMut(usize, usize, usize)) {
    let mut kept: Vec<(u64, u32)> =
        keys.iter().enumerate().flat_map(|(i, keys)| keys.iter().map(move |k| (*k, i as u32))).collect();
    kept.sort_unstable();
    let mut met: Vec<usize> = Vec::new();
    for (i, keys) in near.iter().enumerate() {
        met.clear();
        for key in keys {
            let first = kept.partition_point(|k| k.0 < *key);
            let under = kept[first..].iter().take_while(|k| k.0 == *key).map(|k| k.1 as usize);
            met.extend(under.take_while(|j| *j < i));
        }
        met.sort_unstable();
        for same in met.chunk_by(|a, b| a == b) {
            take(same[0], i, same.len());
        }
    }
}

/// Answers all four questions. `bodies` are the texts of the reports without their headlines.
#[must_use]
pub fn across(reports: &[Report], bodies: &[&str]) -> Across {
    let mut out = Across { copy_edges: copy_edges(reports, bodies), ..Across::default() };
    let known = known(reports);
    let resolved = entities::resolve(&known, &[]);
    out.entity_of = (0..known.len() as i64).collect();
    for entity in &resolved {
        for member in &entity.members {
            out.entity_of[*member as usize] = entity.members[0];
        }
    }
    out.entities = resolved.into_iter().filter(|e| e.members.len() > 1).collect();
    let named: Vec<Option<String>> =
        known.iter().zip(&out.entity_of).map(|(k, e)| (!k.keys.is_empty()).then(|| e.to_string())).collect();
    let agencies = |r: usize, first: usize| -> Vec<String> {
        reports[r].agencies.iter().filter_map(|a| named[first + a].clone()).collect()
    };
    let linked: BTreeMap<&str, &String> = known
        .iter()
        .zip(&named)
        .flat_map(|(k, n)| k.keys.iter().map(move |key| (key, n)))
        .filter(|(key, _)| key.reason == entities::Reason::Link)
        .filter_map(|(key, n)| Some((key.text.as_str(), n.as_ref()?)))
        .collect();
    let outlet = |report: &Report| {
        let name = report.outlet.as_deref()?;
        let link = super::read::outlet_link(name);
        Some(
            link.and_then(|l| linked.get(l.as_str()).copied()).map_or_else(|| name.to_owned(), String::clone),
        )
    };
    let mut carriers = Vec::new();
    let mut first = 0;
    for (i, report) in reports.iter().enumerate() {
        carriers.push(copies::Carrier {
            report: i as i64,
            day: report.day,
            name: report.name.clone(),
            outlet: outlet(report),
            agencies: agencies(i, first),
        });
        first += report.seen.len();
    }
    out.copies = copies::group(&carriers, &out.copy_edges);
    let said = said(reports, &named);
    let keys: Vec<Vec<u64>> = said.iter().map(|s| vec![utterances::key(&s.speaker, s.day)]).collect();
    let near: Vec<Vec<u64>> = said.iter().map(|s| utterances::near_keys(&s.speaker, s.day)).collect();
    let edges: Vec<(i64, i64, f32)> = pairs(&keys, &near)
        .into_iter()
        .filter_map(|(a, b, _)| Some((said[a].id, said[b].id, utterances::same(&said[a], &said[b])?)))
        .collect();
    out.utterances = utterances::group(&said, &edges);
    let mut copies_of: BTreeMap<i64, i64> = BTreeMap::new();
    for (i, group) in out.copies.iter().enumerate() {
        copies_of.extend(group.reports.iter().map(|r| (*r, i as i64)));
    }
    let mut tellings: Vec<utterances::Telling> = Vec::new();
    let mut first = 0;
    for (i, report) in reports.iter().enumerate() {
        for s in &report.statements {
            let carrier = &carriers[i];
            tellings.push(utterances::Telling {
                said: tellings.len() as i64,
                report: i as i64,
                day: report.day,
                name: report.name.clone(),
                outlet: carrier.outlet.clone(),
                copies: copies_of.get(&(i as i64)).copied(),
                via: s.via.iter().filter_map(|e| named.get(first + e).cloned().flatten()).collect(),
                agencies: carrier.agencies.clone(),
            });
        }
        first += report.seen.len();
    }
    let of = |group: &Vec<i64>| -> Vec<utterances::Telling> {
        group.iter().filter_map(|id| tellings.get(*id as usize)).cloned().collect()
    };
    out.origins = out.utterances.iter().map(|g| utterances::origins(&of(g))).collect();
    let told = told(reports, &named);
    let keys: Vec<Vec<u64>> = told.iter().map(happenings::keys).collect();
    let near: Vec<Vec<u64>> = told.iter().map(happenings::near_keys).collect();
    let edges: Vec<(i64, i64, f32)> = pairs(&keys, &near)
        .into_iter()
        .filter_map(|(a, b, _)| Some((told[a].id, told[b].id, happenings::same(&told[a], &told[b])?)))
        .collect();
    out.happenings = happenings::group(&told, &edges);
    out
}

fn copy_edges(reports: &[Report], bodies: &[&str]) -> Vec<(i64, i64)> {
    let keys: Vec<Vec<u64>> = reports.iter().map(|r| r.copy_keys.clone()).collect();
    let mut shingles: BTreeMap<usize, copies::Shingles> = BTreeMap::new();
    let mut out = Vec::new();
    for (a, b, shared) in pairs(&keys, &keys) {
        if !copies::suffices(shared, keys[a].len(), keys[b].len()) {
            continue;
        }
        let apart = reports[a].day.zip(reports[b].day).map_or(0, |(a, b)| a.abs_diff(b));
        if apart > copies::DAYS.unsigned_abs() {
            continue;
        }
        for i in [a, b] {
            shingles.entry(i).or_insert_with(|| copies::shingles(bodies[i]));
        }
        if copies::likeness(&shingles[&a], &shingles[&b]).is_copy() {
            out.push((a as i64, b as i64));
        }
    }
    out
}

/// All seen of the reports, numbered through.
#[must_use]
pub fn known(reports: &[Report]) -> Vec<entities::Known> {
    let mut out = Vec::new();
    for report in reports {
        for seen in &report.seen {
            out.push(entities::Known {
                id: out.len() as i64,
                place: super::read::place(report, seen),
                keys: entities::keys(seen),
                country: seen.country.clone(),
            });
        }
    }
    out
}

/// All statements, with their speakers as entities of all reports.
#[must_use]
pub fn said(reports: &[Report], named: &[Option<String>]) -> Vec<utterances::Said> {
    let mut out = Vec::new();
    let mut first = 0;
    for (i, report) in reports.iter().enumerate() {
        for s in &report.statements {
            let known = s.speaker.and_then(|e| named.get(first + e).cloned().flatten());
            let speaker = known.map_or_else(
                || utterances::Speaker::Described(s.described.clone()),
                utterances::Speaker::Known,
            );
            out.push(utterances::Said {
                id: out.len() as i64,
                report: i as i64,
                day: report.day,
                speaker,
                content: s.content.clone(),
            });
        }
        first += report.seen.len();
    }
    out
}

/// All events, with their participants as entities of all reports.
#[must_use]
pub fn told(reports: &[Report], named: &[Option<String>]) -> Vec<happenings::Told> {
    let mut out = Vec::new();
    let mut first = 0;
    for (i, report) in reports.iter().enumerate() {
        let who = |list: &[usize]| {
            list.iter()
                .map(|e| happenings::Participant {
                    entity: named.get(first + e).cloned().flatten(),
                    country: report.seen.get(*e).and_then(|s| s.country.clone()),
                })
                .collect()
        };
        for v in &report.events {
            let place = v.place.and_then(|e| {
                let seen = report.seen.get(e)?;
                Some(happenings::Spot {
                    entity: named.get(first + e).cloned().flatten(),
                    country: seen.country.clone(),
                    is_state: seen.is_state,
                    position: seen.position,
                })
            });
            out.push(happenings::Told {
                id: out.len() as i64,
                report: i as i64,
                kind: v.kind.clone(),
                mode: v.mode.clone(),
                actors: who(&v.actors),
                recipients: who(&v.recipients),
                place,
                day: v.day,
                dated: v.dated,
                figures: v.figures.clone(),
                words: v.words.clone(),
            });
        }
        first += report.seen.len();
    }
    out
}
