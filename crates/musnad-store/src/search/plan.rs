//! Which rows a query finds, as sets of their numbers.
//!
//! A planner of SQL does not know how many reports a name or a word is in, and now and then goes through all of them for each of a few. Here
//! every part of a query is looked up by itself, from the index that holds all that is asked of it, and the sets are intersected. What a
//! part alone would find in very many rows is asked of the few that the other parts leave.

use super::query::{Choice, Query, Role, Sought, What};
use super::sql::{Among, country, expression, is_called};
use rusqlite::types::ToSql;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use std::collections::{HashMap, HashSet};

/// Numbers of rows, in order, each once.
pub(super) type Rows = Vec<i64>;

/// Up to so many rows are asked one by one; of more, the whole index is read.
pub(super) const FEW: usize = 1_000;

/// What a query finds among reports (numbers of versions) or statements.
#[derive(Debug, Default)]
pub(super) struct Hits {
    pub rows: Rows,
    /// What all of them match, in the language of FTS5, by which they are ranked.
    pub matched: Option<String>,
    /// The statements and events of which all conditions on one statement or one event hold; `None` where there is no such condition.
    pub said: Option<Rows>,
    pub done: Option<Rows>,
}

/// Whom a name may mean: whose name it is, and the entities that have a name with these words in some report.
#[derive(Debug, Default)]
pub(super) struct Meant {
    spellings: Rows,
    entities: Rows,
}

/// An appearance and the version that it is in.
type Appearance = (i64, i64);

/// Where all rows of a query have to lie.
#[derive(Debug, Default)]
pub(super) struct Frame<'q> {
    from: Option<&'q str>,
    to: Option<&'q str>,
    /// Outlets, of each part one.
    outlets: Vec<Vec<i64>>,
}

/// Looks up the parts of a query.
#[derive(Clone, Copy)]
pub(super) struct Plan<'s> {
    pub connection: &'s Connection,
    /// All outlets.
    pub outlets: &'s [(i64, Sought)],
    pub among: Among,
}

impl Plan<'_> {
    /// The reports or statements that a query finds.
    pub(super) fn hits(&self, query: &Query) -> rusqlite::Result<Hits> {
        let mut hits = Hits::default();
        let (mut with, mut without) = (Vec::new(), Vec::new());
        let mut frame = Frame::default();
        let (mut of_statement, mut of_event, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for part in &query.parts {
            if let Some(words) = words_alone(part) {
                let any: Vec<String> = words.iter().map(|w| expression(w, self.among)).collect();
                with.push(format!("({})", any.join(" OR ")));
                continue;
            }
            match part.as_slice() {
                [Choice { not: true, what: What::Words(s), .. }] => without.push(expression(s, self.among)),
                [Choice { not: false, what, .. }] => match what {
                    What::Act(_) | What::Named(Role::Speaker | Role::Via, _) => of_statement.push(what),
                    What::Type(_) | What::Named(Role::Place, _) => of_event.push(what),
                    _ if self.frames(&mut frame, what) => {}
                    _ => others.push(part),
                },
                _ => others.push(part),
            }
        }
        let mut set: Option<Rows> = None;
        let mut current = false;
        if !with.is_empty() {
            let mut matched = with.join(" AND ");
            for without in &without {
                matched = format!("({matched}) NOT {without}");
            }
            narrow(&mut set, self.matching(&matched)?);
            hits.matched = Some(matched);
            current = true;
        }
        // Those with a name first: they leave the fewest.
        let named = |c: &[&What]| c.iter().any(|w| matches!(w, What::Named(..)));
        for named_now in [true, false] {
            if !of_statement.is_empty() && named(&of_statement) == named_now {
                let said = self.said(&of_statement, set.as_deref())?;
                narrow(&mut set, self.rows_of(&said, |s| s.0, |s| s.1));
                hits.said = Some(sorted(said.into_iter().map(|s| s.0)));
            }
            if !of_event.is_empty() && named(&of_event) == named_now {
                let done = self.done(&of_event, set.as_deref())?;
                narrow(&mut set, self.rows_of_events(&done));
                hits.done = Some(sorted(done.into_iter().map(|e| e.id)));
            }
        }
        for part in others.iter().filter(|p| !has_complement(p)) {
            narrow(&mut set, self.any(part)?);
        }
        let mut rows = match set {
            Some(rows) if current && frame.is_empty() => rows,
            Some(rows) => self.within(rows, &frame)?,
            None => self.all(&frame)?,
        };
        if hits.matched.is_none() {
            for without in &without {
                rows = less(&rows, &self.matching(without)?);
            }
        }
        for part in others.iter().filter(|p| has_complement(p)) {
            rows = self.keep_any(rows, part)?;
        }
        hits.rows = rows;
        Ok(hits)
    }

    /// Takes a condition on day or outlet into the frame, if it is one.
    pub(super) fn frames<'q>(&self, frame: &mut Frame<'q>, what: &'q What) -> bool {
        match what {
            What::From(day) => frame.from = frame.from.max(Some(day.as_str())),
            What::To(day) => frame.to = Some(frame.to.map_or(day.as_str(), |d| d.min(day))),
            What::Outlet(sought) => frame.outlets.push(self.called(sought)),
            _ => return false,
        }
        true
    }

    /// The rows that match.
    pub(super) fn matching(&self, expression: &str) -> rusqlite::Result<Rows> {
        let table = self.among.table();
        let sql = format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1");
        Ok(sorted(self.numbers(&sql, [expression])?))
    }

    /// What any of these choices finds, none of which is what must not be.
    fn any(&self, part: &[Choice]) -> rusqlite::Result<Rows> {
        let mut out = Rows::new();
        for choice in part {
            out.extend(self.one(&choice.what)?);
        }
        Ok(sorted(out))
    }

    /// The rows of which one of these choices holds; some are what must not be.
    fn keep_any(&self, rows: Rows, part: &[Choice]) -> rusqlite::Result<Rows> {
        let mut out = Rows::new();
        for choice in part {
            let there = self.one(&choice.what)?;
            out.extend(if choice.not { less(&rows, &there) } else { both(&rows, &there) });
        }
        Ok(sorted(out))
    }

    /// What one condition finds, by itself.
    pub(super) fn one(&self, what: &What) -> rusqlite::Result<Rows> {
        match what {
            What::Words(sought) => self.matching(&expression(sought, self.among)),
            What::From(day) => self.all(&Frame { from: Some(day), ..Frame::default() }),
            What::To(day) => self.all(&Frame { to: Some(day), ..Frame::default() }),
            What::Outlet(sought) => {
                self.all(&Frame { outlets: vec![self.called(sought)], ..Frame::default() })
            }
            What::Named(Role::About, sought) => {
                let appearances = self.appearances(&self.meant(sought)?)?;
                match self.among {
                    Among::Statements => {
                        let ids = sorted(appearances.into_iter().map(|a| a.0));
                        let sql = "SELECT statement FROM mentioned WHERE appearance = ?1";
                        self.for_each(sql, &ids, |r| r.get(0)).map(sorted)
                    }
                    _ => Ok(sorted(appearances.into_iter().map(|a| a.1))),
                }
            }
            What::Act(_) | What::Named(Role::Speaker | Role::Via, _) => {
                Ok(self.rows_of(&self.said(&[what], None)?, |s| s.0, |s| s.1))
            }
            What::Type(_) | What::Named(Role::Place, _) => {
                Ok(self.rows_of_events(&self.done(&[what], None)?))
            }
        }
    }

    fn rows_of<T>(&self, found: &[T], statement: impl Fn(&T) -> i64, version: impl Fn(&T) -> i64) -> Rows {
        match self.among {
            Among::Statements => sorted(found.iter().map(statement)),
            _ => sorted(found.iter().map(version)),
        }
    }

    fn rows_of_events(&self, found: &[Done]) -> Rows {
        match self.among {
            Among::Statements => sorted(found.iter().filter_map(|e| e.told_in)),
            _ => sorted(found.iter().map(|e| e.version)),
        }
    }

    /// The statements of which all conditions hold, with their versions. Of conditions without a name only what lies in `inside` need be told.
    pub(super) fn said(
        &self,
        conditions: &[&What],
        inside: Option<&[i64]>,
    ) -> rusqlite::Result<Vec<(i64, i64)>> {
        let mut act: Option<&str> = None;
        for what in conditions {
            if let What::Act(a) = what {
                if act.is_some_and(|b| b != *a) {
                    return Ok(Vec::new());
                }
                act = Some(a);
            }
        }
        let mut out: Option<Vec<(i64, i64)>> = None;
        for what in conditions {
            let What::Named(role, sought) = what else { continue };
            let who = self.meant(sought)?;
            let mut ids = sorted(self.appearances(&who)?.into_iter().map(|a| a.0));
            if *role == Role::Speaker {
                ids = sorted(ids.into_iter().chain(self.holders(sought)?));
            }
            let sql = match (role, act) {
                (Role::Via, _) => {
                    "SELECT s.id, s.version, s.act FROM relays AS y CROSS JOIN statements AS s ON s.id = y.statement WHERE y.via = ?1"
                }
                _ => "SELECT id, version, act FROM statements WHERE speaker = ?1",
            };
            let of = |r: &Row| {
                let fits =
                    act.is_none_or(|a| r.get_ref(2).and_then(|v| Ok(v.as_str()? == a)).unwrap_or(false));
                Ok(if fits { Some((r.get(0)?, r.get(1)?)) } else { None })
            };
            let mut found: Vec<(i64, i64)> = self.for_each(sql, &ids, of)?.into_iter().flatten().collect();
            found.sort_unstable();
            found.dedup();
            out = Some(match out {
                Some(before) => {
                    let there: HashSet<i64> = found.iter().map(|s| s.0).collect();
                    before.into_iter().filter(|s| there.contains(&s.0)).collect()
                }
                None => found,
            });
        }
        if let Some(out) = out {
            return Ok(out);
        }
        let Some(act) = act else { return Ok(Vec::new()) };
        let of = |r: &Row| Ok((r.get(0)?, r.get(1)?));
        match inside.filter(|i| i.len() <= FEW) {
            Some(few) if self.among == Among::Statements => {
                let sql = "SELECT id, version, act FROM statements WHERE id = ?1";
                let of = |r: &Row| Ok((r.get_ref(2)?.as_str()? == act, (r.get(0)?, r.get(1)?)));
                let found = self.for_each(sql, few, of)?;
                Ok(found.into_iter().filter(|s| s.0).map(|s| s.1).collect())
            }
            Some(few) => {
                let mut out = Vec::new();
                let mut query = self
                    .connection
                    .prepare_cached("SELECT id, version FROM statements WHERE act = ?1 AND version = ?2")?;
                for version in few {
                    for row in query.query_map((act, version), of)? {
                        out.push(row?);
                    }
                }
                Ok(out)
            }
            None => self.list("SELECT id, version FROM statements WHERE act = ?1", [act], of),
        }
    }

    /// The events of which all conditions hold. Of conditions without a name only what lies in `inside` need be told.
    pub(super) fn done(&self, conditions: &[&What], inside: Option<&[i64]>) -> rusqlite::Result<Vec<Done>> {
        let mut kind: Option<&str> = None;
        for what in conditions {
            if let What::Type(k) = what {
                if kind.is_some_and(|b| b != *k) {
                    return Ok(Vec::new());
                }
                kind = Some(k);
            }
        }
        let mut places: Option<Rows> = None;
        for what in conditions {
            let What::Named(_, sought) = what else { continue };
            let mut ids: Rows = self.appearances(&self.meant(sought)?)?.into_iter().map(|a| a.0).collect();
            if let Some(country) = country(sought) {
                let sql = "SELECT id FROM appearances WHERE country = ?1 AND type = 'place'";
                ids.extend(self.numbers(sql, [country])?);
            }
            let ids = sorted(ids);
            narrow(&mut places, ids);
        }
        let of =
            |r: &Row| Ok(Done { id: r.get(0)?, version: r.get(1)?, told_in: r.get(2)?, place: r.get(3)? });
        match (places, kind) {
            (Some(places), None) => {
                self.for_each("SELECT id, version, told_in, place FROM events WHERE place = ?1", &places, of)
            }
            (Some(places), Some(kind)) => {
                // A probe costs some ten rows read in order.
                let count = "SELECT count(*) FROM events WHERE type = ?1";
                let many: usize = self.connection.prepare_cached(count)?.query_row([kind], |r| r.get(0))?;
                if many < places.len().saturating_mul(10) {
                    let sql = "SELECT id, version, told_in, place FROM events WHERE type = ?1";
                    let mut found = self.list(sql, [kind], of)?;
                    found.retain(|e| e.place.is_some_and(|p| places.binary_search(&p).is_ok()));
                    return Ok(found);
                }
                let mut out = Vec::new();
                let mut query = self.connection.prepare_cached(
                    "SELECT id, version, told_in, place FROM events WHERE place = ?1 AND type = ?2",
                )?;
                for place in places {
                    for row in query.query_map((place, kind), of)? {
                        out.push(row?);
                    }
                }
                Ok(out)
            }
            (None, Some(kind)) => match inside.filter(|i| i.len() <= FEW) {
                Some(few) if self.among != Among::Statements => {
                    let mut out = Vec::new();
                    let mut query = self.connection.prepare_cached(
                        "SELECT id, version, told_in, place FROM events WHERE type = ?1 AND version = ?2",
                    )?;
                    for version in few {
                        for row in query.query_map((kind, version), of)? {
                            out.push(row?);
                        }
                    }
                    Ok(out)
                }
                _ => self.list("SELECT id, version, told_in, place FROM events WHERE type = ?1", [kind], of),
            },
            (None, None) => Ok(Vec::new()),
        }
    }

    /// Who takes part in events.
    pub(super) fn participants(&self, events: &[Done]) -> rusqlite::Result<Rows> {
        let ids = sorted(events.iter().map(|e| e.id));
        self.for_each("SELECT appearance FROM participants WHERE event = ?1", &ids, |r| r.get(0)).map(sorted)
    }

    /// Whom a name may mean.
    pub(super) fn meant(&self, sought: &Sought) -> rusqlite::Result<Meant> {
        let sql = "SELECT rowid FROM name_search WHERE name_search MATCH ?1";
        let spellings = sorted(self.numbers(sql, [expression(sought, Among::Entities)])?);
        let sql = "SELECT DISTINCT entity FROM appearances WHERE spelling = ?1 AND entity IS NOT NULL";
        let entities = sorted(self.for_each(sql, &spellings, |r| r.get(0))?);
        Ok(Meant { spellings, entities })
    }

    /// Where they appear.
    pub(super) fn appearances(&self, meant: &Meant) -> rusqlite::Result<Vec<Appearance>> {
        let of = |r: &Row| Ok((r.get(0)?, r.get(1)?));
        let mut out =
            self.for_each("SELECT id, version FROM appearances WHERE entity = ?1", &meant.entities, of)?;
        // Those with an entity are among these already.
        let sql = "SELECT id, version FROM appearances WHERE spelling = ?1 AND entity IS NULL";
        out.extend(self.for_each(sql, &meant.spellings, of)?);
        out.sort_unstable();
        out.dedup();
        Ok(out)
    }

    /// The outlets that are called so.
    pub(super) fn called(&self, sought: &Sought) -> Vec<i64> {
        self.outlets.iter().filter(|(_, name)| is_called(name, sought)).map(|o| o.0).collect()
    }

    /// Those rows that are current and lie in the frame.
    fn within(&self, mut rows: Rows, frame: &Frame) -> rusqlite::Result<Rows> {
        let mut version = self.connection.prepare_cached("SELECT version FROM statements WHERE id = ?1")?;
        let mut inside = Inside::of(self.connection, frame)?;
        let mut fault = None;
        rows.retain(|row| {
            let version = match self.among {
                Among::Statements => version.query_row([row], |r| r.get(0)),
                _ => Ok(*row),
            };
            version.and_then(|v| inside.has(v)).unwrap_or_else(|e| {
                fault = Some(e);
                false
            })
        });
        fault.map_or(Ok(rows), Err)
    }

    /// Tells of versions whether they are current.
    pub(super) fn current(&self) -> rusqlite::Result<Inside<'_, 'static>> {
        const ANY: &Frame<'static> = &Frame { from: None, to: None, outlets: Vec::new() };
        Inside::of(self.connection, ANY)
    }

    /// All current rows in the frame.
    pub(super) fn all(&self, frame: &Frame) -> rusqlite::Result<Rows> {
        let sql = format!(
            "SELECT id, report FROM versions INDEXED BY versions_by_day WHERE current{}",
            frame.days(&["?1", "?2"])
        );
        let reports = frame.reports(self.connection)?;
        let (from, to) = (frame.from.unwrap_or_default(), frame.to.unwrap_or_default());
        let mut versions = self.list(&sql, [from, to], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?)))?;
        versions.retain(|v| reports.as_ref().is_none_or(|r| r.contains(&v.1)));
        let versions = sorted(versions.into_iter().map(|v| v.0));
        match self.among {
            Among::Statements => self
                .for_each("SELECT id FROM statements WHERE version = ?1", &versions, |r| r.get(0))
                .map(sorted),
            _ => Ok(versions),
        }
    }

    pub(super) fn numbers(&self, sql: &str, given: impl Params) -> rusqlite::Result<Vec<i64>> {
        self.list(sql, given, |r| r.get(0))
    }

    pub(super) fn list<T>(
        &self,
        sql: &str,
        given: impl Params,
        of: impl FnMut(&Row) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        self.connection.prepare_cached(sql)?.query_map(given, of)?.collect()
    }

    /// What a query gives for each of these numbers.
    pub(super) fn for_each<T>(
        &self,
        sql: &str,
        ids: &[i64],
        of: impl Fn(&Row) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<Vec<T>> {
        let mut out = Vec::new();
        let mut query = self.connection.prepare_cached(sql)?;
        for id in ids {
            for row in query.query_map([id as &dyn ToSql], &of)? {
                out.push(row?);
            }
        }
        Ok(out)
    }
}

/// An event.
#[derive(Debug)]
pub(super) struct Done {
    pub id: i64,
    pub version: i64,
    pub told_in: Option<i64>,
    place: Option<i64>,
}

impl Frame<'_> {
    pub(super) fn is_empty(&self) -> bool {
        self.from.is_none() && self.to.is_none() && self.outlets.is_empty()
    }

    /// The condition on the day, each value as it is written in the SQL.
    fn days(&self, given: &[&str; 2]) -> String {
        // A value that is not asked for is named all the same: it is given.
        let from = self
            .from
            .map_or(format!(" AND {} = ''", given[0]), |_| format!(" AND published >= {}", given[0]));
        let to =
            self.to.map_or(format!(" AND {} = ''", given[1]), |_| format!(" AND published <= {}", given[1]));
        from + &to
    }

    /// The reports of its outlets; `None` where any will do.
    fn reports(&self, connection: &Connection) -> rusqlite::Result<Option<HashSet<i64>>> {
        let Some(first) = self.outlets.first() else { return Ok(None) };
        let outlets = first.iter().filter(|o| self.outlets.iter().all(|all| all.contains(o)));
        let mut out = HashSet::new();
        let mut query = connection.prepare_cached("SELECT id FROM reports WHERE outlet = ?1")?;
        for outlet in outlets {
            for id in query.query_map([outlet], |r| r.get(0))? {
                out.insert(id?);
            }
        }
        Ok(Some(out))
    }
}

/// Tells of versions whether they are current and lie in a frame.
pub(super) struct Inside<'c, 'q> {
    version: rusqlite::CachedStatement<'c>,
    outlet: rusqlite::CachedStatement<'c>,
    frame: &'q Frame<'q>,
    known: HashMap<i64, bool>,
}

impl<'c, 'q> Inside<'c, 'q> {
    pub(super) fn of(connection: &'c Connection, frame: &'q Frame<'q>) -> rusqlite::Result<Self> {
        Ok(Inside {
            version: connection.prepare_cached(DAY_AND_REPORT)?,
            outlet: connection.prepare_cached("SELECT outlet FROM reports WHERE id = ?1")?,
            frame,
            known: HashMap::new(),
        })
    }

    pub(super) fn has(&mut self, version: i64) -> rusqlite::Result<bool> {
        if let Some(known) = self.known.get(&version) {
            return Ok(*known);
        }
        let has = self.look(version)?;
        self.known.insert(version, has);
        Ok(has)
    }

    fn look(&mut self, version: i64) -> rusqlite::Result<bool> {
        let frame = self.frame;
        let found = self
            .version
            .query_row([version], |r| {
                let day = r.get_ref(0)?.as_str_or_null()?;
                let fits = frame.from.is_none_or(|f| day.is_some_and(|d| d >= f))
                    && frame.to.is_none_or(|t| day.is_some_and(|d| d <= t));
                Ok((fits, r.get::<_, i64>(1)?))
            })
            .optional()?;
        let Some((true, report)) = found else { return Ok(false) };
        if frame.outlets.is_empty() {
            return Ok(true);
        }
        let outlet: Option<i64> = self.outlet.query_row([report], |r| r.get(0))?;
        Ok(outlet.is_some_and(|o| frame.outlets.iter().all(|all| all.contains(&o))))
    }
}

/// Day and report of a version, if it is current, from the index alone.
pub(super) const DAY_AND_REPORT: &str =
    "SELECT published, report FROM versions INDEXED BY versions_current_days WHERE current AND id = ?1";

/// The words of a part that has nothing else.
pub(super) fn words_alone(part: &[Choice]) -> Option<Vec<&Sought>> {
    part.iter()
        .map(|c| match &c.what {
            What::Words(s) if !c.not => Some(s),
            _ => None,
        })
        .collect()
}

fn has_complement(part: &[Choice]) -> bool {
    part.iter().any(|c| c.not)
}

pub(super) fn sorted(rows: impl IntoIterator<Item = i64>) -> Rows {
    let mut out: Rows = rows.into_iter().collect();
    if !out.is_sorted() {
        out.sort_unstable();
    }
    out.dedup();
    out
}

/// What is in both.
pub(super) fn both(left: &[i64], right: &[i64]) -> Rows {
    let (few, many) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    if few.len() * 16 < many.len() {
        return few.iter().copied().filter(|i| many.binary_search(i).is_ok()).collect();
    }
    let mut rest = many.iter().copied().peekable();
    few.iter()
        .copied()
        .filter(|i| {
            while rest.next_if(|r| r < i).is_some() {}
            rest.peek() == Some(i)
        })
        .collect()
}

/// What is in the first alone.
fn less(rows: &[i64], without: &[i64]) -> Rows {
    let mut rest = without.iter().copied().peekable();
    rows.iter()
        .copied()
        .filter(|i| {
            while rest.next_if(|r| r < i).is_some() {}
            rest.peek() != Some(i)
        })
        .collect()
}

fn narrow(set: &mut Option<Rows>, rows: Rows) {
    *set = Some(match set.take() {
        Some(before) => both(&before, &rows),
        None => rows,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_and_part() {
        let many: Rows = (0..1_000).map(|i| i * 3).collect();
        assert_eq!(both(&[1, 3, 4, 6, 2_997, 3_000], &many), [3, 6, 2_997]);
        assert_eq!(both(&many, &[1, 3, 4, 6, 2_997, 3_000]), [3, 6, 2_997]);
        assert_eq!(both(&[1, 3, 5, 7], &[2, 3, 4, 5, 9]), [3, 5]);
        assert_eq!(less(&[1, 3, 5, 7], &[2, 3, 4, 5, 9]), [1, 7]);
        assert_eq!(less(&[1], &[]), [1]);
        assert_eq!(sorted([3, 1, 3, 2]), [1, 2, 3]);
    }
}
