//! All four questions for reports that are at hand together, by the same way as a store answers them.

use super::cast::Cast;
use super::entities::Key;
use super::meeting::{Meeting, Starts};
use super::read::Report;
use super::{copies, entities, happenings, utterances};
use crate::compared::{Compared, place_of};
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

/// What is the same across some reports. Reports, entities, statements and events are numbered through, report by report.
#[derive(Clone, Debug, Default)]
pub struct Across {
    /// Groups of copies.
    pub copies: Vec<copies::Copies>,
    /// The entities of more than one report, as numbers of entities of reports.
    pub entities: Vec<Vec<i64>>,
    /// Utterances, as numbers of statements.
    pub utterances: Vec<Vec<i64>>,
    /// For each utterance its reports by independent origin.
    pub origins: Vec<Vec<utterances::Origin>>,
    /// Happenings, as numbers of events.
    pub happenings: Vec<Vec<i64>>,
    /// All statements.
    pub said: Vec<utterances::Said>,
    /// All events.
    pub told: Vec<happenings::Told>,
}

/// Answers all four questions. `bodies` are the texts of the reports without their headlines.
#[must_use]
pub fn across(reports: &[Report], bodies: &[&str]) -> Across {
    match try_across(reports, bodies) {
        Ok(found) => found,
        Err(never) => match never {},
    }
}

fn try_across(reports: &[Report], bodies: &[&str]) -> Result<Across, Infallible> {
    let compared: Vec<Compared> = reports.iter().map(|r| Compared::of_report(r, 0)).collect();
    let mut out = Across::default();
    // The first number of each report's entities, statements and events.
    let mut first: Vec<[i64; 3]> = Vec::new();
    let mut next = [0; 3];
    for r in reports {
        first.push(next);
        for (n, more) in next.iter_mut().zip([r.seen.len(), r.statements.len(), r.events.len()]) {
            *n += more as i64;
        }
    }
    let through = |layer: usize, id: i64| {
        let (report, place) = place_of(id);
        first[report as usize][layer] + place as i64
    };

    let mut cast = Cast::default();
    for c in &compared {
        cast.add(&c.keyed, |_| None);
    }
    let together = cast.together(&[]);
    let entity =
        |report: usize, place: u32| Some(i64::from(together.class[cast.at(report as u32, place)? as usize]));
    let mut members: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for (r, first) in first.iter().enumerate() {
        for (place, known) in cast.of(r as u32) {
            let class = i64::from(together.class[*known as usize]);
            members.entry(class).or_default().push(first[0] + i64::from(*place));
        }
    }
    out.entities = members.into_values().filter(|m| m.len() > 1).collect();

    let outlet = |report: &Report| {
        let name = report.outlet.as_deref()?;
        let link = super::read::outlet_link(name);
        let known = link.and_then(|text| cast.linked(Key { reason: entities::Reason::Link, text }.number()));
        Some(known.map_or_else(|| name.to_owned(), |k| together.class[k as usize].to_string()))
    };
    let named = |r: usize, places: &[usize]| -> Vec<String> {
        places.iter().filter_map(|e| entity(r, *e as u32)).map(|e| e.to_string()).collect()
    };
    let carrier = |(i, report): (usize, &Report)| copies::Carrier {
        report: i as i64,
        day: report.day,
        name: report.name.clone(),
        outlet: outlet(report),
        agencies: named(i, &report.agencies),
    };
    let carriers: Vec<copies::Carrier> = reports.iter().enumerate().map(carrier).collect();
    let keys: Vec<(Vec<u32>, Option<i32>)> = compared
        .iter()
        .zip(reports)
        .map(|(c, r)| (c.keyed.text.iter().map(|k| u32::from_be_bytes(*k)).collect(), r.day))
        .collect();
    let mut texts = copies::Texts::new(&keys, |i| Ok::<_, Infallible>(copies::shingles(bodies[i as usize])));
    let mut edges = Vec::new();
    for i in 0..reports.len() {
        if let Some(found) = texts.component(i as u32)? {
            edges.extend(found.edges.iter().map(|(a, b, _)| (i64::from(*a), i64::from(*b))));
        }
    }
    out.copies = copies::group(&carriers, &edges);
    let copies_of: BTreeMap<i64, i64> = out
        .copies
        .iter()
        .enumerate()
        .flat_map(|(i, group)| group.reports.iter().map(move |r| (*r, i as i64)))
        .collect();

    let said = |i: usize| compared[i].told.said(i as u32, reports[i].day, |e| entity(i, e));
    let telling = |statement: i64| {
        let (report, place) = place_of(statement);
        let (i, carrier) = (report as usize, &carriers[report as usize]);
        utterances::Telling {
            said: through(1, statement),
            report: carrier.report,
            day: carrier.day,
            name: carrier.name.clone(),
            outlet: carrier.outlet.clone(),
            copies: copies_of.get(&carrier.report).copied(),
            via: named(i, &reports[i].statements[place].via),
            agencies: carrier.agencies.clone(),
        }
    };
    let mut by_day: BTreeMap<Option<i32>, Vec<usize>> = BTreeMap::new();
    for (i, report) in reports.iter().enumerate() {
        by_day.entry(report.day).or_default().push(i);
    }
    let load =
        |day| Ok::<_, Infallible>(by_day.get(&day).into_iter().flatten().flat_map(|i| said(*i)).collect());
    Meeting::new(load).each_component(&Starts::All(by_day.keys().copied().collect()), |c| {
        for group in utterances::group(&c.things, &c.edges) {
            let told: Vec<_> = group.iter().map(|id| telling(*id)).collect();
            out.origins.push(utterances::origins(&told));
            out.utterances.push(group.iter().map(|id| through(1, *id)).collect());
        }
        Ok(())
    })?;
    out.said = (0..reports.len()).flat_map(said).collect();

    let told = |i: usize, day| compared[i].told.happened(i as u32, day, |e| entity(i, e));
    let mut by_day: BTreeMap<Option<i32>, BTreeSet<usize>> = BTreeMap::new();
    for (i, c) in compared.iter().enumerate() {
        for day in &c.keyed.days {
            by_day.entry(*day).or_default().insert(i);
        }
    }
    let load = |day| {
        let on = by_day.get(&day).into_iter().flatten();
        Ok::<_, Infallible>(on.flat_map(|i| told(*i, Some(day))).collect())
    };
    Meeting::new(load).each_component(&Starts::All(by_day.keys().copied().collect()), |c| {
        let groups = happenings::group(&c.things, &c.edges);
        out.happenings.extend(groups.iter().map(|g| g.iter().map(|id| through(2, *id)).collect()));
        Ok(())
    })?;
    out.told = (0..reports.len()).flat_map(|i| told(i, None)).collect();
    Ok(out)
}
