//! Who does what with whom: entities that take part in the same events, as a graph.

use super::event::{Events, Matching, most_first};
use super::lines::{Count, EntityRef};
use crate::store::Store;
use crate::trouble::Trouble;
use rusqlite::params_from_iter;
use std::collections::BTreeMap;

/// Who does what with whom.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Network {
    /// How many events there are.
    pub total: u64,
    /// How many entities take part in them together with others.
    pub entities: u64,
    /// Those that do so most often.
    pub nodes: Vec<NetworkNode>,
    /// What is between these, most first.
    pub edges: Vec<NetworkEdge>,
}

/// An entity in the network.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NetworkNode {
    /// Who.
    #[serde(flatten)]
    pub who: EntityRef,
    /// In how many of the events it takes part together with others.
    pub count: u64,
}

/// What is between two entities.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NetworkEdge {
    /// Who does it, by the number in `entities`; either of the two where they do it together.
    pub source: i64,
    /// To whom, or with whom.
    pub target: i64,
    /// Whether the source does it to the target; else they do it together.
    pub directed: bool,
    /// What most of the events are.
    pub stance: Stance,
    /// How many events there are.
    pub count: u64,
    /// Events by type, most first.
    pub types: Vec<Count>,
}

/// What kinds of events say about two who take part in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// They meet and talk: CONSULT.
    Meets,
    /// One supports, helps, agrees with or gives way to the other: SUPPORT, AGREE, COOPERATE, AID, CONCEDE, RETREAT.
    Supports,
    /// One asks something of the other: REQUEST.
    Asks,
    /// One accuses the other or refuses: ACCUSE, REJECT.
    Accuses,
    /// One protests against the other: PROTEST.
    Protests,
    /// One threatens, punishes or arms against the other: THREATEN, SANCTION, MOBILIZE.
    Threatens,
    /// One arrests, expels or represses the other: COERCE.
    Coerces,
    /// One attacks the other: ASSAULT.
    Fights,
}

impl Stance {
    fn of(kind: &str) -> Stance {
        match kind {
            "CONSULT" => Stance::Meets,
            "REQUEST" => Stance::Asks,
            "ACCUSE" | "REJECT" => Stance::Accuses,
            "PROTEST" => Stance::Protests,
            "THREATEN" | "SANCTION" | "MOBILIZE" => Stance::Threatens,
            "COERCE" => Stance::Coerces,
            "ASSAULT" => Stance::Fights,
            _ => Stance::Supports,
        }
    }
}

/// Those who take part in an event: entities and whether they are actors.
type Parts = Vec<(i64, bool)>;

/// More participants of one side are a list of names, and no relation of each to each.
const MOST: usize = 12;

impl Store {
    /// Who does what with whom: the `limit` who do so most often. `edges` says how many relations there are at most.
    pub fn network(&self, asked: &Events, limit: usize, edges: usize) -> Result<Network, Trouble> {
        let run = || -> rusqlite::Result<Network> {
            let matching = Matching::of(self, asked)?;
            let wanted =
                format!("wanted (id, type) AS MATERIALIZED (SELECT e.id, e.type FROM {})", matching.rows());
            let sql = matching.sql(
                &[wanted],
                "SELECT w.id, w.type, p.part = 'actor', a.entity FROM wanted AS w CROSS JOIN participants AS p ON p.event = w.id
                 JOIN appearances AS a ON a.id = p.appearance AND a.entity IS NOT NULL ORDER BY w.id",
            );
            let mut query = self.connection().prepare_cached(&sql)?;
            let mut rows = query.query(params_from_iter(&matching.given))?;
            let mut events: Vec<(String, Parts)> = Vec::new();
            let mut last = None;
            let mut total = 0;
            while let Some(r) = rows.next()? {
                let id: i64 = r.get(0)?;
                if last != Some(id) {
                    total += 1;
                    last = Some(id);
                    events.push((r.get(1)?, Vec::new()));
                }
                if let Some((_, parts)) = events.last_mut() {
                    let part = (r.get(3)?, r.get(2)?);
                    if !parts.contains(&part) {
                        parts.push(part);
                    }
                }
            }
            self.drawn(&events, total, limit, edges)
        };
        run().map_err(|e| self.told(&e))
    }

    fn drawn(
        &self,
        events: &[(String, Parts)],
        total: u64,
        limit: usize,
        most: usize,
    ) -> rusqlite::Result<Network> {
        let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
        let mut edges: BTreeMap<(i64, i64, bool), BTreeMap<String, u64>> = BTreeMap::new();
        for (kind, parts) in events {
            let mut there: Vec<i64> = parts.iter().map(|p| p.0).collect();
            there.sort_unstable();
            there.dedup();
            if there.len() < 2 || there.len() > 2 * MOST {
                continue;
            }
            for who in &there {
                *counts.entry(*who).or_default() += 1;
            }
            for (i, (a, a_acts)) in parts.iter().enumerate() {
                for (b, b_acts) in &parts[i + 1..] {
                    let key = match (a_acts, b_acts) {
                        _ if a == b => continue,
                        (true, false) => (*a, *b, true),
                        (false, true) => (*b, *a, true),
                        // Who are done something to together have not done anything with each other.
                        (false, false) => continue,
                        (true, true) => (*a.min(b), *a.max(b), false),
                    };
                    *edges.entry(key).or_default().entry(kind.clone()).or_default() += 1;
                }
            }
        }
        let entities = counts.len() as u64;
        let mut ranked: Vec<(i64, u64)> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.truncate(limit);
        let mut nodes = Vec::with_capacity(ranked.len());
        for (entity, count) in ranked {
            if let Some(who) = self.entity_line(Some(entity))? {
                nodes.push(NetworkNode { who, count });
            }
        }
        let shown: std::collections::BTreeSet<i64> = nodes.iter().filter_map(|n| n.who.entity).collect();
        let mut edges: Vec<NetworkEdge> = edges
            .into_iter()
            .filter(|((a, b, _), _)| shown.contains(a) && shown.contains(b))
            .map(|((source, target, directed), types)| {
                let mut stances: BTreeMap<Stance, u64> = BTreeMap::new();
                for (kind, count) in &types {
                    *stances.entry(Stance::of(kind)).or_default() += count;
                }
                // Of equally frequent ones the sharper.
                let stance = stances
                    .into_iter()
                    .max_by_key(|(stance, n)| (*n, *stance))
                    .map_or(Stance::Meets, |s| s.0);
                let count = types.values().sum();
                NetworkEdge { source, target, directed, stance, count, types: most_first(&types) }
            })
            .collect();
        edges.sort_by(|a, b| b.count.cmp(&a.count).then((a.source, a.target).cmp(&(b.source, b.target))));
        edges.truncate(most);
        Ok(Network { total, entities, nodes, edges })
    }
}
