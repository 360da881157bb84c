//! Happenings: one event in all the reports that tell of it, with every version beside the others.
//!
//! **Keys.** The type with each participant, with the place and with the figures ([`keys`]); compared are events that share one of these on days that are
//! near ([`DAYS_UNTOLD`]). Participants and places are entities of many reports, as [`super::entities`] made them; who is only described is nobody's key.
//!
//! **Edges.** The type must be the same, the modes must not differ, the day must agree within a tolerance that depends on whether it is told or taken from the
//! day of publication, the places must not exclude each other. Then participants in the same part, the same place and common words of
//! the two sentences are added up ([`same`]): a day of shelling has many attacks with the same parties, and the words tell them apart.
//!
//! **Groups.** Edges are taken from the strongest, as long as all days and places of a group fit ([`group`]).
//!
//! Nothing is averaged: [`Version`]s keep status, source and figures, and [`contradictions`] lists where they differ.

use super::groups::guarded_groups;
use super::meeting::Thing;
use super::utterances::{Content, closeness};
use super::words::{State, hash, hash_all};
use std::borrow::Borrow;
use std::collections::BTreeMap;

/// Days between two told days of one happening: reports differ by the hour's zone and by what "yesterday" is counted from.
pub const DAYS: i32 = 1;
/// Days when one of them is only the day of publication: what happened without a date happened within the last few days.
pub const DAYS_UNTOLD: i32 = 3;
/// Kilometres within which two places are one scene: a town and its quarter, a village and its valley.
pub const NEAR_KM: f64 = 25.0;
/// The most participants that give keys.
pub const PARTICIPANTS: usize = 6;

/// A participant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Participant {
    /// The entity of many reports, by number; `None` for who is only described.
    pub entity: Option<i64>,
    /// Its state.
    pub country: Option<State>,
}

/// Where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The entity of many reports, by number; `None` where the place has no name.
    pub entity: Option<i64>,
    /// The state that it lies in or is.
    pub country: Option<State>,
    /// Whether it is a whole state.
    pub is_state: bool,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
}

/// How many people suffered what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Figure {
    /// `dead`, `injured` or `arrested`.
    pub toll: String,
    /// The number.
    pub number: u32,
    /// `exact`, `at_least`, `at_most` or `about`.
    pub bound: String,
}

/// An event as a report tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The store's number for it.
    pub id: i64,
    /// Its report.
    pub report: i64,
    /// PLOVER type.
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// Who does it.
    pub actors: Vec<Participant>,
    /// Who undergoes it.
    pub recipients: Vec<Participant>,
    /// Where.
    pub place: Option<Spot>,
    /// When: the day that is told, else the day of publication; counted one by one.
    pub day: Option<i32>,
    /// Whether the day is told.
    pub dated: bool,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// The words around the trigger.
    pub words: Content,
}

/// Types in which no side is the one that does it: talks, agreements.
const MUTUAL: [&str; 3] = ["AGREE", "CONSULT", "COOPERATE"];

/// The keys of an event, each once: its type with each named participant, the place and each figure; where nobody and no place is named,
/// with the states. Compared are those that lie under the same key on days that are near.
#[must_use]
pub fn keys(told: &Told) -> Vec<u64> {
    let people = || told.actors.iter().chain(&told.recipients).take(PARTICIPANTS);
    let kind = hash(&told.kind);
    let entities = people().filter_map(|p| p.entity).chain(told.place.iter().filter_map(|p| p.entity));
    let mut out: Vec<u64> = entities.map(|e| hash_all(&[kind, 0, e.unsigned_abs()])).collect();
    if out.is_empty() {
        let states = people().filter_map(|p| p.country).chain(told.place.iter().filter_map(|p| p.country));
        out.extend(states.map(|s| hash_all(&[kind, 1, u64::from(s.number())])));
    }
    out.extend(told.figures.iter().map(|f| hash_all(&[kind, 2, hash(&f.toll), u64::from(f.number)])));
    out.sort_unstable();
    out.dedup();
    out
}

impl Thing for Told {
    const REACH: i32 = DAYS_UNTOLD;

    fn id(&self) -> i64 {
        self.id
    }

    fn day(&self) -> Option<i32> {
        self.day
    }

    fn keys(&self) -> Vec<u64> {
        keys(self)
    }

    fn same(&self, other: &Told) -> Option<f32> {
        same(self, other)
    }
}

/// How two places stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Places {
    /// The same, or so near that they are one scene.
    Equal,
    /// One lies in the other, as far as states go.
    Contained,
    /// One of them is not told, or nothing is known of how they lie.
    Unknown,
    /// Neither lies in the other.
    Apart,
}

/// Compares two places; symmetric.
#[must_use]
pub fn places(a: Option<&Spot>, b: Option<&Spot>) -> Places {
    let (Some(a), Some(b)) = (a, b) else { return Places::Unknown };
    if a.entity.is_some() && a.entity == b.entity {
        return Places::Equal;
    }
    if let (Some(x), Some(y)) = (&a.country, &b.country)
        && x != y
    {
        return Places::Apart;
    }
    if a.is_state || b.is_state {
        return if a.country.is_some() && a.country == b.country {
            Places::Contained
        } else {
            Places::Unknown
        };
    }
    match (a.position, b.position) {
        (Some(x), Some(y)) if kilometres(x, y) <= NEAR_KM => Places::Equal,
        (Some(_), Some(_)) => Places::Apart,
        _ => Places::Unknown,
    }
}

/// The way between two points on the globe.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (dlat, dlon) = (lat_b - lat_a, (b.1 - a.1).to_radians());
    let h = (dlat / 2.0).sin().powi(2) + lat_a.cos() * lat_b.cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// What speaks for two events being one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evidence {
    /// Named participants that both have in the same part (in any part of talks and agreements).
    pub participants: usize,
    /// Named participants of the side that names fewer.
    pub named: usize,
    /// Participants of the same state in the same part, where they are not the same.
    pub states: usize,
    /// How the places stand to each other.
    pub places: Places,
    /// Days between them.
    pub days: u32,
    /// Whether both days are told.
    pub dated: bool,
    /// Stems shared by the sentences.
    pub shared: usize,
    /// Cosine of the sentences.
    pub close: f32,
    /// Whether both give the same number of the same toll.
    pub figures: bool,
}

/// What speaks for it; `None` where something speaks against it: type, mode, day, place. Symmetric.
#[must_use]
pub fn evidence(a: &Told, b: &Told) -> Option<Evidence> {
    let modes = a.mode.is_none() || b.mode.is_none() || a.mode == b.mode;
    if a.id == b.id || a.kind != b.kind || !modes {
        return None;
    }
    let dated = a.dated && b.dated;
    let days = match (a.day, b.day) {
        (Some(x), Some(y)) => x.abs_diff(y),
        (None, None) => 0,
        _ => return None,
    };
    if days > if dated { DAYS } else { DAYS_UNTOLD }.unsigned_abs() {
        return None;
    }
    let places = places(a.place.as_ref(), b.place.as_ref());
    if places == Places::Apart {
        return None;
    }
    let mutual = MUTUAL.contains(&a.kind.as_str());
    let all = |t: &Told| -> Vec<Participant> { t.actors.iter().chain(&t.recipients).copied().collect() };
    let (participants, states) = if mutual {
        overlap(&all(a), &all(b))
    } else {
        let (actors, recipients) = (overlap(&a.actors, &b.actors), overlap(&a.recipients, &b.recipients));
        (actors.0 + recipients.0, actors.1 + recipients.1)
    };
    let named = |t: &Told| t.actors.iter().chain(&t.recipients).filter(|p| p.entity.is_some()).count();
    let (shared, close) = closeness(&a.words, &b.words);
    Some(Evidence {
        participants,
        named: named(a).min(named(b)),
        states,
        places,
        days,
        dated,
        shared,
        close,
        figures: a.figures.iter().any(|f| b.figures.iter().any(|g| f.toll == g.toll && f.number == g.number)),
    })
}

/// Entities that both lists have, and states that both have beyond those.
fn overlap(left: &[Participant], right: &[Participant]) -> (usize, usize) {
    let has = |side: &[Participant], entity: Option<i64>| side.iter().any(|p| p.entity == entity);
    // Who stands there twice counts once.
    let first = |side: &[Participant], i: usize| !has(&side[..i], side[i].entity);
    let same = (0..left.len())
        .filter(|i| left[*i].entity.is_some() && first(left, *i) && has(right, left[*i].entity))
        .count();
    let beyond = |side: &[Participant], against: &[Participant]| {
        let other = |p: &&Participant| p.entity.is_none() || !has(against, p.entity);
        let mut out: Vec<State> = side.iter().filter(other).filter_map(|p| p.country).collect();
        out.sort_unstable();
        out.dedup();
        out
    };
    let l = beyond(left, right);
    if l.is_empty() {
        return (same, 0);
    }
    let r = beyond(right, left);
    (same, l.iter().filter(|c| r.contains(c)).count())
}

/// Strength from which two events are one happening.
pub const SAME: f32 = 0.86;
/// Mean strength between two groups of events from which they may become one.
pub const MEAN: f32 = 0.5;

impl Evidence {
    /// What the evidence adds up to.
    #[must_use]
    pub fn strength(&self) -> f32 {
        let participants = match self.participants {
            0 => 0.0,
            1 => 0.4,
            2 => 0.65,
            _ => 0.8,
        };
        let states = if self.states > 0 { 0.15 } else { 0.0 };
        let place = match self.places {
            Places::Equal => 0.3,
            Places::Contained => 0.15,
            Places::Unknown | Places::Apart => 0.0,
        };
        let day = if self.dated && self.days == 0 { 0.2 } else { 0.0 } - 0.03 * self.days as f32;
        let figures = if self.figures { 0.3 } else { 0.0 };
        participants + states + place + day + figures + 1.6 * self.close
    }
}

/// Whether two events are one happening, and how strongly the evidence says so.
#[must_use]
pub fn same(a: &Told, b: &Told) -> Option<f32> {
    let found = evidence(a, b)?;
    let met = found.participants > 0 || found.states > 0 || found.places == Places::Equal || found.figures;
    let strength = found.strength();
    (met && strength >= SAME).then_some(strength)
}

/// The happenings of two or more events, as the numbers of their events, sorted.
#[must_use]
pub fn group<T: Borrow<Told>>(told: &[T], edges: &[(i64, i64, f32)]) -> Vec<Vec<i64>> {
    let by_id: BTreeMap<i64, &Told> = told.iter().map(Borrow::borrow).map(|t| (t.id, t)).collect();
    let fits = |a: &[i64], b: &[i64]| {
        let all = || a.iter().chain(b).filter_map(|id| by_id.get(id).copied());
        let mut modes = all().filter_map(|t| t.mode.as_deref());
        let mode = modes.next();
        if !days_fit(all()) || modes.any(|m| Some(m) != mode) {
            return false;
        }
        let mut sum = 0.0;
        for x in a.iter().filter_map(|id| by_id.get(id)) {
            for y in b.iter().filter_map(|id| by_id.get(id)) {
                sum += evidence(x, y).map_or(0.0, |e| e.strength());
            }
        }
        sum >= MEAN * (a.len() * b.len()) as f32
    };
    let ids: Vec<i64> = by_id.keys().copied().collect();
    guarded_groups(&ids, edges, fits).into_iter().filter(|g| g.len() > 1).collect()
}

/// Whether the days of a group fit: those that are told lie within [`DAYS`], the others within [`DAYS_UNTOLD`] of those, or of one another
/// where none is told.
fn days_fit<'a>(all: impl Iterator<Item = &'a Told> + Clone) -> bool {
    let range = |dated: bool| {
        let days = all.clone().filter(|t| t.dated == dated).filter_map(|t| t.day);
        days.clone().min().zip(days.max())
    };
    let within = |(from, to): (i32, i32), days: i32| to.abs_diff(from) <= days.unsigned_abs();
    match (range(true), range(false)) {
        (Some(told), None) => within(told, DAYS),
        (None, Some(untold)) => within(untold, DAYS_UNTOLD),
        (Some(told), Some(untold)) => {
            within(told, DAYS)
                && within((untold.0.min(told.0), told.1), DAYS_UNTOLD + DAYS)
                && within((told.0, untold.1.max(told.1)), DAYS_UNTOLD + DAYS)
        }
        (None, None) => true,
    }
}

/// One report's version of a happening.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// The day of the report.
    pub day: Option<i32>,
    /// What names the report for good: its address, else its id.
    pub name: String,
    /// The event.
    pub told: i64,
    /// Its report.
    pub report: i64,
    /// Whether it is told as a fact: `happened`, `ongoing`, `planned`, `called_for`, `possible`, `denied`.
    pub status: String,
    /// By whose word, as the number of an entity; `None` where the report tells it itself.
    pub source: Option<i64>,
    /// Its figures.
    pub figures: Vec<Figure>,
}

/// Where two versions cannot both be right, or say different things.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contradiction {
    /// One denies what the other tells as a fact.
    Denied {
        /// The event told as a fact.
        told: i64,
        /// The event that is denied.
        denied: i64,
    },
    /// Two numbers that cannot both hold.
    Figures {
        /// `dead`, `injured` or `arrested`.
        toll: String,
        /// An event and its number.
        one: (i64, u32),
        /// Another event and its number.
        other: (i64, u32),
        /// Whether the second report is of a later day: then the number may have grown since.
        later: bool,
    },
    /// Two that are not the same about whether it is so, without one denying it: planned and happened.
    Status {
        /// The event of the earlier report.
        one: i64,
        /// The event of the later report.
        other: i64,
    },
}

/// The versions in their order: the earliest report first, of one day by name.
#[must_use]
pub fn versions(versions: &[Version]) -> Vec<Version> {
    let mut out = versions.to_vec();
    out.sort_by(|a, b| (a.day.is_none(), a).cmp(&(b.day.is_none(), b)));
    out.dedup();
    out
}

/// Where the versions of a happening differ: each pair of different claims once, by the earliest reports that make them.
#[must_use]
pub fn contradictions(all: &[Version]) -> Vec<Contradiction> {
    let all = versions(all);
    let mut out = Vec::new();
    let fact = |s: &str| matches!(s, "happened" | "ongoing");
    // The first report of each status, of each source.
    let mut statuses: Vec<&Version> = Vec::new();
    for v in &all {
        if !statuses.iter().any(|s| s.status == v.status && s.source == v.source) {
            statuses.push(v);
        }
    }
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for (i, a) in statuses.iter().enumerate() {
        for b in &statuses[i + 1..] {
            let pair = (a.status.as_str().min(&b.status), a.status.as_str().max(&b.status));
            if pair.0 == pair.1 || fact(pair.0) && fact(pair.1) || seen.contains(&pair) {
                continue;
            }
            seen.push(pair);
            out.push(match (fact(&a.status), fact(&b.status)) {
                (true, _) if b.status == "denied" => Contradiction::Denied { told: a.told, denied: b.told },
                (_, true) if a.status == "denied" => Contradiction::Denied { told: b.told, denied: a.told },
                _ => Contradiction::Status { one: a.told, other: b.told },
            });
        }
    }
    let mut claims: Vec<(&Version, &Figure)> = Vec::new();
    for v in &all {
        for figure in &v.figures {
            if !claims.iter().any(|(_, f)| *f == figure) {
                claims.push((v, figure));
            }
        }
    }
    for (i, (a, x)) in claims.iter().enumerate() {
        for (b, y) in &claims[i + 1..] {
            if x.toll == y.toll && a.told != b.told && !agree(x, y) {
                out.push(Contradiction::Figures {
                    toll: x.toll.clone(),
                    one: (a.told, x.number),
                    other: (b.told, y.number),
                    later: b.day > a.day,
                });
            }
        }
    }
    out.sort();
    out
}

/// Whether some number fits both figures; "about" allows a fifth up and down.
fn agree(a: &Figure, b: &Figure) -> bool {
    let range = |f: &Figure| -> (u64, u64) {
        let n = u64::from(f.number);
        match f.bound.as_str() {
            "at_least" => (n, u64::MAX),
            "at_most" => (0, n),
            "about" => (n - n / 5, n + n / 5),
            _ => (n, n),
        }
    };
    let ((a_low, a_high), (b_low, b_high)) = (range(a), range(b));
    a_low <= b_high && b_low <= a_high
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::utterances::Quotation;
    use proptest::prelude::*;

    /// A number for an entity.
    fn number(entity: &str) -> Option<i64> {
        Some((hash(entity) >> 1) as i64)
    }

    fn who(entity: &str) -> Participant {
        Participant { entity: number(entity), country: None }
    }

    fn town(entity: &str, country: &str, position: (f64, f64)) -> Spot {
        Spot {
            entity: number(entity),
            country: State::of(country),
            is_state: false,
            position: Some(position),
        }
    }

    /// A raid on the harbour of an invented town.
    fn raid(id: i64, day: i32, words: &str) -> Told {
        Told {
            id,
            report: id,
            kind: "ASSAULT".to_owned(),
            mode: Some("aerial".to_owned()),
            actors: vec![who("army")],
            recipients: vec![who("rebels")],
            place: Some(town("mina", "TLR", (30.0, 40.0))),
            day: Some(day),
            dated: true,
            figures: Vec::new(),
            words: Content::of(&[words], Quotation::Parts),
        }
    }

    const HARBOUR: &str = "قصفت طائرات الجيش مخازن المتمردين في ميناء المدينة فجر الخميس"; // aircraft bombed stores in the harbour
    const HARBOUR_TOO: &str = "غارات جوية للجيش على مخازن في الميناء يوم الخميس"; // raids on stores in the harbour
    const ROAD: &str = "استهدف الطيران قافلة على الطريق الجبلي"; // a convoy on the mountain road

    #[test]
    fn one_raid_in_other_words() {
        let (a, b) = (raid(1, 7, HARBOUR), raid(2, 7, HARBOUR_TOO));
        assert!(same(&a, &b).is_some());
        assert_eq!(same(&a, &b), same(&b, &a));
        assert!(keys(&b).iter().any(|k| keys(&a).contains(k)));
    }

    #[test]
    fn another_day_mode_or_country_is_another_event() {
        let a = raid(1, 7, HARBOUR);
        assert_eq!(same(&a, &raid(2, 7 + DAYS + 1, HARBOUR)), None);
        assert_eq!(same(&a, &Told { mode: Some("drone".to_owned()), ..raid(2, 7, HARBOUR) }), None);
        let elsewhere = Some(town("other", "XXX", (10.0, 10.0)));
        assert_eq!(same(&a, &Told { place: elsewhere, ..raid(2, 7, HARBOUR) }), None);
        // Nobody and no place in common, and other words.
        let strangers =
            Told { actors: vec![who("x")], recipients: Vec::new(), place: None, ..raid(2, 7, ROAD) };
        assert_eq!(same(&a, &strangers), None);
    }

    #[test]
    fn a_day_that_is_not_told_allows_more() {
        let untold = Told { dated: false, ..raid(2, 7 + DAYS_UNTOLD, HARBOUR) };
        assert!(same(&raid(1, 7, HARBOUR), &untold).is_some());
    }

    #[test]
    fn places_lie_in_their_state_and_near_each_other() {
        let state =
            Spot { entity: number("taloria"), country: State::of("TLR"), is_state: true, position: None };
        let mina = town("mina", "TLR", (30.0, 40.0));
        assert_eq!(places(Some(&mina), Some(&state)), Places::Contained);
        assert_eq!(places(Some(&mina), Some(&town("quarter", "TLR", (30.1, 40.1)))), Places::Equal);
        assert_eq!(places(Some(&mina), Some(&town("far", "TLR", (33.0, 40.0)))), Places::Apart);
        assert_eq!(places(Some(&mina), None), Places::Unknown);
    }

    fn version(told: i64, day: i32, status: &str, dead: Option<(u32, &str)>) -> Version {
        Version {
            day: Some(day),
            name: format!("r{told}"),
            told,
            report: told,
            status: status.to_owned(),
            source: None,
            figures: dead
                .map(|(number, bound)| Figure { toll: "dead".to_owned(), number, bound: bound.to_owned() })
                .into_iter()
                .collect(),
        }
    }

    #[test]
    fn rival_figures_stand_side_by_side() {
        let all = [
            version(1, 7, "happened", Some((5, "exact"))),
            version(2, 7, "happened", Some((7, "exact"))),
            version(3, 8, "denied", Some((4, "at_least"))),
        ];
        assert_eq!(
            contradictions(&all),
            [
                Contradiction::Denied { told: 1, denied: 3 },
                Contradiction::Figures { toll: "dead".to_owned(), one: (1, 5), other: (2, 7), later: false },
            ]
        );
        let mut back = all.to_vec();
        back.reverse();
        assert_eq!(contradictions(&all), contradictions(&back));
    }

    #[test]
    fn figures_that_can_both_hold_are_no_contradiction() {
        let all = [
            version(1, 7, "happened", Some((5, "at_least"))),
            version(2, 7, "ongoing", Some((7, "exact"))),
            version(3, 7, "happened", Some((8, "about"))),
        ];
        assert_eq!(contradictions(&all), []);
    }

    proptest! {
        #[test]
        fn order_and_repetition_change_nothing(picks in proptest::collection::vec((0usize..3, 0i32..6, any::<bool>()), 1..10)) {
            let all: Vec<Told> = picks
                .iter()
                .enumerate()
                .map(|(i, (w, day, dated))| Told { dated: *dated, ..raid(i as i64, *day, [HARBOUR, HARBOUR_TOO, ROAD][*w]) })
                .collect();
            let edges = |all: &[Told]| -> Vec<(i64, i64, f32)> {
                all.iter().flat_map(|a| all.iter().filter_map(|b| Some((a.id, b.id, same(a, b)?)))).collect()
            };
            let once = group(&all, &edges(&all));
            let mut back: Vec<Told> = all.iter().rev().cloned().collect();
            back.extend(all.clone());
            prop_assert_eq!(once, group(&back, &edges(&back)));
        }

        #[test]
        fn what_is_the_same_shares_a_key(x in 0i32..9, y in 0i32..9, a in 0usize..3, b in 0usize..3) {
            let words = [HARBOUR, HARBOUR_TOO, ROAD];
            let (one, other) = (Told { dated: false, ..raid(1, x, words[a]) }, raid(2, y, words[b]));
            if same(&one, &other).is_some() {
                prop_assert!(keys(&other).iter().any(|k| keys(&one).contains(k)));
            }
        }
    }
}
