//! Which of the rows that were found are shown: those that match best, the latest of them first.

use super::plan::{DAY_AND_REPORT, FEW, Hits, Plan, Rows};
use super::sql::Among;
use super::window::Window;
use rusqlite::{OptionalExtension, Row};

/// So many of what was found are ranked by their words, those that were added last: beyond that, whoever asks has to say more.
const RANKED: usize = 5_000;

/// Where a row stands among those that match as well: its day, its report and its number.
type Place = (Option<String>, i64, i64);

impl Plan<'_> {
    /// The numbers of the best.
    pub(super) fn best(&self, hits: &Hits, window: Window) -> rusqlite::Result<Rows> {
        let end = window.skip.saturating_add(window.limit).min(hits.rows.len());
        if window.skip >= end {
            return Ok(Rows::new());
        }
        let Some(matched) = &hits.matched else { return self.latest(&hits.rows, window.skip, end) };
        let mut scores = self.scores(matched, &hits.rows)?;
        scores.sort_unstable();
        // Of what matches as well, the latest come first; only such rows are asked for their day.
        let (mut out, mut done) = (Rows::new(), 0);
        for alike in scores.chunk_by(|a, b| a.0 == b.0) {
            let (from, to) = (window.skip.max(done) - done, end.min(done + alike.len()).max(done) - done);
            if from < to {
                let mut rows: Rows = alike.iter().map(|s| s.1).collect();
                rows.sort_unstable();
                out.extend(self.latest(&rows, from, to)?);
            }
            done += alike.len();
            if done >= end {
                break;
            }
        }
        Ok(out)
    }

    /// How well rows match, in tenths, the best lowest. A word of the headline tells most; as it was typed, it tells more than another
    /// form.
    fn scores(&self, matched: &str, rows: &[i64]) -> rusqlite::Result<Vec<(i64, i64)>> {
        let table = self.among.table();
        let weights = if self.among == Among::Reports { "5.0, 1.0, 1.0, 2.0" } else { "1.0, 1.0, 1.0" };
        let of = |r: &Row| Ok((r.get(1)?, r.get(0)?));
        let rows = &rows[rows.len().saturating_sub(RANKED)..];
        let numbers: Vec<String> = rows.iter().map(i64::to_string).collect();
        let numbers = format!("[{}]", numbers.join(","));
        // The sign keeps SQLite from looking the words up again for every row.
        let sql = format!(
            "SELECT rowid, CAST(round(bm25({table}, {weights}) * 10) AS INTEGER) FROM {table}
             WHERE {table} MATCH ?1 AND +rowid IN (SELECT value FROM json_each(?2))"
        );
        self.connection.prepare_cached(&sql)?.query_map([matched, &numbers], of)?.collect()
    }

    /// From the one to the other of these rows in order of day, the latest first; those of one version in the order of the text.
    fn latest(&self, rows: &[i64], from: usize, to: usize) -> rusqlite::Result<Rows> {
        let among_statements = self.among == Among::Statements;
        // Where they are few, all are asked for their day; else days are gone through from the last.
        if rows.len() <= FEW.max(to) {
            let mut day = self.connection.prepare_cached(DAY_AND_REPORT)?;
            let mut version =
                self.connection.prepare_cached("SELECT version FROM statements WHERE id = ?1")?;
            let mut places: Vec<Place> = Vec::with_capacity(rows.len());
            for row in rows {
                let version = if among_statements { version.query_row([row], |r| r.get(0))? } else { *row };
                let of = |r: &Row| Ok((r.get(0)?, r.get(1)?));
                let (day, report) = day.query_row([version], of).optional()?.unwrap_or_default();
                places.push((day, report, *row));
            }
            places.sort_unstable_by(|a, b| (&b.0, b.1, a.2).cmp(&(&a.0, a.1, b.2)));
            return Ok(places.get(from..to).unwrap_or_default().iter().map(|p| p.2).collect());
        }
        let mut out = Rows::new();
        let mut of_version =
            self.connection.prepare_cached("SELECT id FROM statements WHERE version = ?1 ORDER BY id")?;
        let mut days = self.connection.prepare_cached(
            "SELECT id FROM versions INDEXED BY versions_by_day WHERE current ORDER BY published DESC, report DESC",
        )?;
        let mut days = days.query(())?;
        let is_there = |row: &i64| rows.binary_search(row).is_ok();
        while out.len() < to {
            let Some(version) = days.next()? else { break };
            let version: i64 = version.get(0)?;
            if among_statements {
                for id in of_version.query_map([version], |r| r.get(0))? {
                    out.extend(Some(id?).filter(is_there));
                }
            } else {
                out.extend(Some(version).filter(is_there));
            }
        }
        out.truncate(to);
        Ok(out.split_off(from.min(out.len())))
    }

    /// The latest day of these versions.
    pub(super) fn last_day(&self, versions: &[i64]) -> rusqlite::Result<Option<String>> {
        let mut days = self.connection.prepare_cached(DAY_AND_REPORT)?;
        let plan = Plan { among: Among::Reports, ..*self };
        let last = plan.latest(versions, 0, 1)?;
        let Some(last) = last.first() else { return Ok(None) };
        days.query_row([last], |r| r.get(0)).optional().map(Option::flatten)
    }
}
