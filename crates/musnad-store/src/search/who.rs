//! Everything that is known of somebody.

use super::find::{CONTENT, NotAnswered, SAME, VIA};
use super::names::Same;
use super::plan::Plan;
use super::query::{Misunderstood, Sought};
use super::sql::{Among, expression};
use super::terms::{latin_words, words};
use crate::store::Store;
use rusqlite::{OptionalExtension, Row, params};
use std::collections::BTreeMap;

/// Who somebody or something is, what they said and did, and with whom.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Person {
    /// Its number, in `entities`, where it is one across reports.
    pub entity: Option<i64>,
    /// The name in Arabic.
    pub name: String,
    /// The name in English.
    pub name_en: Option<String>,
    /// `person`, `organization`, `place`, `group`, `document` or `occasion`.
    #[serde(rename = "type")]
    pub kind: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// What it is in a register of the world.
    pub link: Option<String>,
    /// In how many reports they appear.
    pub reports: u64,
    /// Days of the earliest and the latest.
    pub seen: [Option<String>; 2],
    /// The offices that reports give them, the most frequent first.
    pub offices: Vec<Office>,
    /// How many statements are theirs.
    pub statements: u64,
    /// The latest of these.
    pub said: Vec<Words>,
    /// In how many events they take part.
    pub events: u64,
    /// The latest of these.
    pub did: Vec<Deed>,
    /// With whom they took part in events, most often first.
    pub counterparts: Vec<Counterpart>,
    /// Others who may be meant by the name, with the number of their reports.
    pub others: Vec<(String, u64)>,
}

/// An office.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Office {
    /// Its title.
    pub title: String,
    /// In how many reports it is given.
    pub reports: u64,
    /// Days of the earliest and the latest of these.
    pub seen: [Option<String>; 2],
}

/// Something said.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Words {
    /// Its number, in `statements`.
    pub statement: i64,
    /// Day of publication.
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Speech act.
    pub act: String,
    /// By what medium.
    pub medium: Option<String>,
    /// Through whom it reached the report, from the speaker outward.
    pub via: Option<String>,
    /// What was said.
    pub content: String,
}

/// Something done or undergone.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Deed {
    /// Its number, in `events`.
    pub event: i64,
    /// The day, or that of publication.
    pub day: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether it is so.
    pub status: String,
    /// `actor` or `recipient`.
    pub part: String,
    /// The other actors and recipients.
    pub with: Option<String>,
    /// Where.
    pub place: Option<String>,
}

/// Somebody who takes part in the same events.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Counterpart {
    /// The name in Arabic.
    pub name: String,
    /// The name in English.
    pub name_en: Option<String>,
    /// In how many of the events.
    pub events: u64,
    /// The types of these, the most frequent first, with how many.
    pub types: String,
}

/// How many other meanings of a name are told.
const OTHERS: usize = 5;

/// The reports in which somebody bears a name.
#[derive(Default)]
struct Borne {
    reports: Vec<i64>,
    /// Those in which it is spelled as it was typed.
    exact: Vec<i64>,
    /// Whether it is all of their name in some report.
    just_so: bool,
}

/// Whether all that was typed stands in a name as it was typed.
fn is_spelled(name: &str, english: &str, sought: &Sought) -> bool {
    if sought.keys.is_empty() {
        let name = words(name);
        sought.words.iter().all(|s| name.iter().any(|w| w.bare == s.bare))
    } else {
        let name = latin_words(english);
        latin_words(&sought.typed).iter().all(|w| name.contains(w))
    }
}

impl Store {
    /// What is known of whoever a name means most often; `None` where nobody is called so. Of what was said and done the latest `limit` are
    /// given, of counterparts the most frequent.
    pub fn who(&self, name: &str, limit: usize) -> Result<Option<Person>, NotAnswered> {
        let sought = Sought::of(name, true);
        if sought.words.is_empty() {
            return Err(NotAnswered::Query(Misunderstood {
                at: 1,
                what: "this is no name".into(),
                remedy: "give it in Arabic or in Latin letters".into(),
            }));
        }
        let run = || -> rusqlite::Result<Option<Person>> {
            let _at_once = self.at_once()?;
            let meant = self.meant(&sought)?;
            let Some((same, _)) = meant.first() else { return Ok(None) };
            let plan = Plan { connection: self.connection(), outlets: &[], among: Among::Entities };
            let mut others = Vec::new();
            for (other, reports) in meant.iter().skip(1).take(OTHERS) {
                others.extend(plan.named_as(*other)?.map(|called| (called.name, *reports)));
            }
            let ids = self.appearances_of_same(*same)?;
            let Some(mut person) = self.person(&ids)? else { return Ok(None) };
            person.others = others;
            person.offices = self.offices(&ids)?;
            (person.statements, person.said) = self.said(&ids, limit)?;
            (person.events, person.did) = self.did(&ids, limit)?;
            person.counterparts = self.counterparts(&ids, limit)?;
            Ok(Some(person))
        };
        Ok(run().map_err(|e| self.told(&e))?)
    }

    /// Who may be meant by a name, and in how many reports they bear it, likeliest first. A report counts ten times where its name is
    /// spelled as it was typed and does not only sound alike or come from the same word; whoever is called just so in some report, without further
    /// words, counts ten times as much again.
    fn meant(&self, sought: &Sought) -> rusqlite::Result<Vec<(Same, u64)>> {
        let plan = Plan { connection: self.connection(), outlets: &[], among: Among::Entities };
        let mut called = self
            .connection()
            .prepare_cached("SELECT name, name_en FROM appearances WHERE spelling = ?1 AND named LIMIT 1")?;
        let mut borne: BTreeMap<Same, Borne> = BTreeMap::new();
        for spelling in plan.matching(&expression(sought, Among::Entities))? {
            let of = |r: &Row| Ok((r.get::<_, String>(0)?, r.get::<_, Option<String>>(1)?));
            let Some((name, english)) = called.query_row([spelling], of).optional()? else { continue };
            let exact = is_spelled(&name, english.as_deref().unwrap_or_default(), sought);
            let just_so = exact && name.split_whitespace().count() <= sought.words.len();
            for one in plan.spelled(spelling)? {
                let to = borne.entry(one.same).or_default();
                to.reports.push(one.version);
                to.exact.extend(exact.then_some(one.version));
                to.just_so |= just_so;
            }
        }
        let mut current = plan.current()?;
        let mut out = Vec::new();
        for (same, mut to) in borne {
            let mut count = |versions: &mut Vec<i64>| -> rusqlite::Result<u64> {
                versions.sort_unstable();
                versions.dedup();
                let mut count = 0;
                for version in versions {
                    count += u64::from(current.has(*version)?);
                }
                Ok(count)
            };
            let (reports, exact) = (count(&mut to.reports)?, count(&mut to.exact)?);
            if reports > 0 {
                let weight = (reports + 9 * exact) * if to.just_so { 10 } else { 1 };
                out.push((weight, same, reports));
            }
        }
        out.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        Ok(out.into_iter().map(|(_, same, reports)| (same, reports)).collect())
    }

    /// The numbers of their appearances in current texts, as a JSON array.
    fn appearances_of_same(&self, same: Same) -> rusqlite::Result<String> {
        let (sql, number) = match same {
            Same::Entity(n) => (
                "SELECT json_group_array(a.id) FROM appearances AS a JOIN versions AS v ON v.id = a.version AND v.current
                 WHERE a.entity = ?1",
                n,
            ),
            Same::Spelling(n) => (
                "SELECT json_group_array(a.id) FROM appearances AS a JOIN versions AS v ON v.id = a.version AND v.current
                 WHERE a.spelling = ?1 AND a.entity IS NULL",
                n,
            ),
        };
        self.connection().query_row(sql, [number], |r| r.get(0))
    }

    fn person(&self, ids: &str) -> rusqlite::Result<Option<Person>> {
        let query = "WITH mine (id) AS MATERIALIZED (SELECT value FROM json_each(?1)),
             seen (reports, earliest, latest) AS (
                 SELECT count(DISTINCT v.id), min(v.published), max(v.published) FROM mine AS m JOIN appearances AS a ON a.id = m.id
                 JOIN versions AS v ON v.id = a.version)
             SELECT a.entity, coalesce(n.name, a.name), coalesce(n.name_en, a.name_en), a.type, coalesce(n.country, a.country),
                 coalesce(n.link, a.link), reports, earliest, latest
             FROM seen, (SELECT min(a.id) AS id FROM mine AS m JOIN appearances AS a ON a.id = m.id GROUP BY a.spelling
                 ORDER BY max(a.named) DESC, count(*) DESC, length(a.name) DESC LIMIT 1) AS usual
             JOIN appearances AS a ON a.id = usual.id LEFT JOIN entities AS n ON n.id = a.entity";
        let of = |r: &Row| {
            Ok(Person {
                entity: r.get(0)?,
                name: r.get(1)?,
                name_en: r.get(2)?,
                kind: r.get(3)?,
                country: r.get(4)?,
                link: r.get(5)?,
                reports: r.get(6)?,
                seen: [r.get(7)?, r.get(8)?],
                offices: Vec::new(),
                statements: 0,
                said: Vec::new(),
                events: 0,
                did: Vec::new(),
                counterparts: Vec::new(),
                others: Vec::new(),
            })
        };
        let mut query = self.connection().prepare_cached(query)?;
        let mut rows = query.query_map([ids], of)?;
        rows.next().transpose()
    }

    fn offices(&self, ids: &str) -> rusqlite::Result<Vec<Office>> {
        let query = "SELECT l.title, count(DISTINCT v.id) AS reports, min(v.published), max(v.published)
             FROM json_each(?1) AS j JOIN roles AS l ON l.person = j.value JOIN appearances AS a ON a.id = l.person
             JOIN versions AS v ON v.id = a.version
             GROUP BY l.title ORDER BY reports DESC, l.title LIMIT 10";
        let of = |r: &Row| Ok(Office { title: r.get(0)?, reports: r.get(1)?, seen: [r.get(2)?, r.get(3)?] });
        self.connection().prepare_cached(query)?.query_map([ids], of)?.collect()
    }

    fn said(&self, ids: &str, limit: usize) -> rusqlite::Result<(u64, Vec<Words>)> {
        let query = format!(
            "WITH latest (id, found) AS MATERIALIZED (
                 SELECT s.id, count(*) OVER () FROM json_each(?1) AS j JOIN statements AS s ON s.speaker = j.value
                 JOIN versions AS v ON v.id = s.version ORDER BY v.published DESC, s.id LIMIT ?2)
             SELECT s.id, v.published, o.name, s.act, s.medium, {VIA}, {CONTENT}, l.found
             FROM latest AS l JOIN statements AS s ON s.id = l.id JOIN versions AS v ON v.id = s.version
             JOIN reports AS r ON r.id = v.report LEFT JOIN outlets AS o ON o.id = r.outlet
             ORDER BY v.published DESC, s.id"
        );
        let mut found = 0;
        let of = |r: &Row| {
            found = r.get(7)?;
            Ok(Words {
                statement: r.get(0)?,
                published: r.get(1)?,
                outlet: r.get(2)?,
                act: r.get(3)?,
                medium: r.get(4)?,
                via: r.get(5)?,
                content: r.get::<_, Option<String>>(6)?.unwrap_or_default(),
            })
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let said = self
            .connection()
            .prepare_cached(&query)?
            .query_map(params![ids, limit], of)?
            .collect::<rusqlite::Result<_>>()?;
        Ok((found, said))
    }

    fn did(&self, ids: &str, limit: usize) -> rusqlite::Result<(u64, Vec<Deed>)> {
        let query = "WITH mine (event, part) AS MATERIALIZED (
                 SELECT p.event, min(p.part) FROM json_each(?1) AS j JOIN participants AS p ON p.appearance = j.value GROUP BY p.event),
             latest (id, part, day, found) AS MATERIALIZED (
                 SELECT e.id, m.part, coalesce(e.day, v.published), count(*) OVER () FROM mine AS m JOIN events AS e ON e.id = m.event
                 JOIN versions AS v ON v.id = e.version ORDER BY 3 DESC, e.id LIMIT ?2)
             SELECT e.id, l.day, o.name, e.type, e.status, l.part,
                 (SELECT group_concat(name, '; ') FROM (SELECT x.name FROM participants AS p JOIN appearances AS x ON x.id = p.appearance
                     WHERE p.event = e.id AND p.appearance NOT IN (SELECT value FROM json_each(?1)) ORDER BY p.part, p.number)),
                 (SELECT name FROM appearances WHERE id = e.place), l.found
             FROM latest AS l JOIN events AS e ON e.id = l.id JOIN versions AS v ON v.id = e.version
             JOIN reports AS r ON r.id = v.report LEFT JOIN outlets AS o ON o.id = r.outlet
             ORDER BY l.day DESC, e.id";
        let mut found = 0;
        let of = |r: &Row| {
            found = r.get(8)?;
            Ok(Deed {
                event: r.get(0)?,
                day: r.get(1)?,
                outlet: r.get(2)?,
                kind: r.get(3)?,
                status: r.get(4)?,
                part: r.get(5)?,
                with: r.get(6)?,
                place: r.get(7)?,
            })
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let did = self
            .connection()
            .prepare_cached(query)?
            .query_map(params![ids, limit], of)?
            .collect::<rusqlite::Result<_>>()?;
        Ok((found, did))
    }

    fn counterparts(&self, ids: &str, limit: usize) -> rusqlite::Result<Vec<Counterpart>> {
        let query = format!(
            "WITH mine (event) AS MATERIALIZED (
                 SELECT DISTINCT p.event FROM json_each(?1) AS j JOIN participants AS p ON p.appearance = j.value),
             met (who, name, name_en, type, event) AS MATERIALIZED (
                 SELECT {SAME}, coalesce(n.name, a.name), coalesce(n.name_en, a.name_en), e.type, e.id FROM mine AS m
                 JOIN events AS e ON e.id = m.event JOIN participants AS p ON p.event = e.id JOIN appearances AS a ON a.id = p.appearance
                 LEFT JOIN entities AS n ON n.id = a.entity
                 WHERE a.id NOT IN (SELECT value FROM json_each(?1)) AND a.named),
             counted (who, events, name, name_en, longest) AS MATERIALIZED (
                 SELECT who, count(DISTINCT event), name, name_en, max(length(name)) FROM met GROUP BY who
                 ORDER BY 2 DESC, name LIMIT ?2),
             -- Counted for all at once: a subquery for each would go through all that were met again.
             typed (who, type, times) AS MATERIALIZED (
                 SELECT m.who, m.type, count(DISTINCT m.event) FROM counted AS c CROSS JOIN met AS m ON m.who = c.who GROUP BY 1, 2)
             SELECT c.name, c.name_en, c.events, group_concat(t.type || ' ' || t.times, ', ' ORDER BY t.times DESC, t.type)
             FROM counted AS c JOIN typed AS t ON t.who = c.who GROUP BY c.who ORDER BY c.events DESC, c.name"
        );
        let of = |r: &Row| {
            Ok(Counterpart { name: r.get(0)?, name_en: r.get(1)?, events: r.get(2)?, types: r.get(3)? })
        };
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.connection().prepare_cached(&query)?.query_map(params![ids, limit], of)?.collect()
    }
}
