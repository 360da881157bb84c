//! Statements, each as one report tells it.

use super::cursor::Cursor;
use super::lines::{CURRENT, ENTITY, EntityRef, ReportRef, Span};
use crate::search::terms;
use crate::store::Store;
use crate::trouble::Trouble;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

/// A statement, as one report tells it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Statement {
    /// Its number in `statements`.
    pub statement: i64,
    /// Its id in the record of the report, as `s3`.
    pub record_id: String,
    /// The report that tells it.
    pub report: ReportRef,
    /// What it tells, where that is told more than once: its number in `utterances`.
    pub utterance: Option<i64>,
    /// In how many reports that stands.
    pub reports: u64,
    /// How many of these have it independently of each other.
    pub origins: u64,
    /// Whose words they are.
    pub speaker: Option<EntityRef>,
    /// An office that the report gives the speaker.
    pub office: Option<String>,
    /// Speech act.
    pub act: String,
    /// How the words are given: `direct`, `indirect`, `mixed` or `stance`.
    pub kind: String,
    /// By what medium it was said.
    pub medium: Option<String>,
    /// Through whom it reached the report, the one next to the speaker first.
    pub via: Vec<EntityRef>,
    /// Where the word that reports stands.
    pub cue: Span,
    /// That word.
    pub cue_text: String,
    /// Where the content stands.
    pub content: Vec<Span>,
    /// What was said; ` … ` stands where it is interrupted.
    pub text: String,
    /// Probability that it is right, 0 to 1.
    pub confidence: f64,
    /// What made it.
    pub because: String,
}

/// Some statements of a list.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StatementPage {
    /// How many there are.
    pub total: u64,
    /// Some of them, the latest first.
    pub items: Vec<Statement>,
    /// What to ask for the next page with; null on the last.
    pub next: Option<String>,
}

/// Which statements of somebody are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statements {
    /// Speech acts; all where there is none.
    pub acts: Vec<String>,
    /// A word in any form.
    pub word: Option<String>,
    /// From this day of publication on: a year, a month or a day.
    pub from: Option<String>,
    /// Up to this day of publication.
    pub to: Option<String>,
}

/// What was said and the cue, out of the text. A content is cut out here and not in SQL, which would go through the text for each part.
pub(super) fn cut(text: &str, spans: &[Span]) -> String {
    let mut out = String::new();
    let mut points = text.char_indices().map(|(b, _)| b).chain([text.len()]);
    // Spans follow each other, so that one walk finds them all.
    let mut at = 0;
    let mut byte = 0;
    let mut walk = |to: u64, points: &mut dyn Iterator<Item = usize>| {
        while at <= to {
            match points.next() {
                Some(b) => byte = b,
                None => break,
            }
            at += 1;
        }
        byte
    };
    let mut last = 0;
    for (i, span) in spans.iter().enumerate() {
        if span.start < last {
            // A span before the last one: told from the beginning.
            let start = text.char_indices().map(|(b, _)| b).nth(span.start as usize).unwrap_or(text.len());
            let len = span.end.saturating_sub(span.start) as usize;
            out.push_str(if i > 0 { " … " } else { "" });
            out.extend(text.get(start..).unwrap_or_default().chars().take(len));
            continue;
        }
        let start = walk(span.start, &mut points);
        let end = walk(span.end, &mut points);
        out.push_str(if i > 0 { " … " } else { "" });
        out.push_str(text.get(start..end).unwrap_or_default());
        last = span.end;
    }
    out
}

impl Store {
    /// A statement by its number.
    pub(super) fn statement(&self, id: i64) -> rusqlite::Result<Option<Statement>> {
        let query = "SELECT s.number, s.version, m.utterance, u.reports, u.origins, s.speaker,
                 (SELECT l.title FROM roles AS l WHERE l.person = s.speaker ORDER BY l.id LIMIT 1),
                 s.act, s.kind, s.medium, s.cue_start, s.cue_end, s.content, s.confidence, (SELECT because FROM rules WHERE id = s.rule),
                 v.text
             FROM statements AS s JOIN versions AS v ON v.id = s.version
             LEFT JOIN utterance_members AS m ON m.statement = s.id LEFT JOIN utterances AS u ON u.id = m.utterance WHERE s.id = ?1";
        let mut query = self.connection().prepare_cached(query)?;
        let found = query
            .query_row([id], |r| {
                let cue = Span { start: r.get(10)?, end: r.get(11)? };
                let content: Vec<Span> = serde_json::from_str::<Vec<[u64; 2]>>(r.get_ref(12)?.as_str()?)
                    .unwrap_or_default()
                    .into_iter()
                    .map(|[start, end]| Span { start, end })
                    .collect();
                let text = r.get_ref(15)?.as_str()?;
                let statement = Statement {
                    statement: id,
                    record_id: format!("s{}", r.get::<_, i64>(0)?),
                    report: ReportRef {
                        report: 0,
                        version: 0,
                        published: None,
                        outlet: None,
                        title: None,
                        address: None,
                    },
                    utterance: r.get(2)?,
                    reports: r.get::<_, Option<u64>>(3)?.unwrap_or(1),
                    origins: r.get::<_, Option<u64>>(4)?.unwrap_or(1),
                    speaker: None,
                    office: r.get(6)?,
                    act: r.get(7)?,
                    kind: r.get(8)?,
                    medium: r.get(9)?,
                    via: Vec::new(),
                    cue_text: cut(text, &[cue]),
                    cue,
                    text: cut(text, &content),
                    content,
                    confidence: r.get(13)?,
                    because: r.get(14)?,
                };
                Ok((statement, r.get::<_, i64>(1)?, r.get::<_, Option<i64>>(5)?))
            })
            .optional()?;
        let Some((mut statement, version, speaker)) = found else { return Ok(None) };
        statement.report = self.report_ref(version)?;
        statement.speaker = self.entity_ref(speaker)?;
        statement.via = self.relays(id)?;
        Ok(Some(statement))
    }

    /// Through whom a statement reached its report.
    fn relays(&self, statement: i64) -> rusqlite::Result<Vec<EntityRef>> {
        let query = format!(
            "SELECT {ENTITY} FROM relays AS y JOIN appearances AS a ON a.id = y.via LEFT JOIN entities AS n ON n.id = a.entity
             WHERE y.statement = ?1 ORDER BY y.number"
        );
        self.connection().prepare_cached(&query)?.query_map([statement], |r| EntityRef::of(r, 0))?.collect()
    }

    /// What somebody said, the latest first. `None` where there is no such entity.
    pub fn statements_of(
        &self,
        entity: i64,
        asked: &Statements,
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Option<StatementPage>, Trouble> {
        if !self.has_entity(entity)? {
            return Ok(None);
        }
        let run = || -> rusqlite::Result<StatementPage> {
            let mut given: Vec<Value> = vec![entity.into()];
            let (mut conditions, mut with) = (String::new(), String::new());
            let mut give = |value: Value| {
                given.push(value);
                format!("?{}", given.len())
            };
            if !asked.acts.is_empty() {
                let acts = give(serde_json::to_string(&asked.acts).unwrap_or_default().into());
                conditions += &format!(" AND s.act IN (SELECT value FROM json_each({acts}))");
            }
            if let Some(from) = &asked.from {
                conditions += &format!(" AND v.published >= {}", give(from.clone().into()));
            }
            if let Some(to) = &asked.to {
                conditions += &format!(" AND v.published <= {}", give(to.clone().into()));
            }
            if let Some(word) = &asked.word {
                let matched = give(of_word(word).into());
                with = format!(
                    "WITH hits (id) AS MATERIALIZED (SELECT rowid FROM statement_search WHERE statement_search MATCH {matched}) "
                );
                // The sign keeps SQLite from looking the word up again for every statement.
                conditions += " AND +s.id IN (SELECT id FROM hits)";
            }
            let all = format!(
                "FROM appearances AS a CROSS JOIN statements AS s ON s.speaker = a.id JOIN {CURRENT} ON v.id = s.version AND v.current
                 WHERE a.entity = ?1{conditions}"
            );
            let total = self
                .connection()
                .prepare_cached(&format!("{with}SELECT count(*) {all}"))?
                .query_row(params_from_iter(&given), |r| r.get(0))?;
            let (behind, limit) = page(after, "coalesce(v.published, '')", "s.id", limit, &mut given);
            let sql = format!(
                "{with}SELECT s.id, coalesce(v.published, '') {all}{behind} ORDER BY 2 DESC, s.id LIMIT {limit}"
            );
            let ids: Vec<(i64, String)> = self
                .connection()
                .prepare_cached(&sql)?
                .query_map(params_from_iter(&given), |r| Ok((r.get(0)?, r.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            let (ids, next) = turned(ids, limit);
            let mut items = Vec::with_capacity(ids.len());
            for (id, _) in ids {
                items.extend(self.statement(id)?);
            }
            Ok(StatementPage { total, items, next })
        };
        run().map(Some).map_err(|e| self.told(&e))
    }
}

/// The condition that rows stand behind a cursor, and how many to ask for: one more than a page, which tells whether there is another.
pub(super) fn page(
    after: Option<&Cursor>,
    key: &str,
    id: &str,
    limit: usize,
    given: &mut Vec<Value>,
) -> (String, usize) {
    let mut behind = String::new();
    if let Some(cursor) = after {
        given.push(cursor.key.clone().into());
        let k = given.len();
        given.push(cursor.id.into());
        let n = given.len();
        behind = format!(" AND ({key} < ?{k} OR {key} = ?{k} AND {id} > ?{n})");
    }
    (behind, limit + 1)
}

/// The rows of a page out of what was asked for, and the cursor of the next.
pub(super) fn turned(mut rows: Vec<(i64, String)>, asked: usize) -> (Vec<(i64, String)>, Option<String>) {
    let more = rows.len() == asked;
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|(id, key)| Cursor::after(key, *id).written());
    (rows, next)
}

/// A word in the language of FTS5, in any form. One that has no letters stands nowhere.
fn of_word(word: &str) -> String {
    let words = terms::words(word);
    let any: Vec<String> = words
        .iter()
        .flat_map(|w| {
            let of = |column: &str, term: &str| format!("{column} : \"{}\"", term.replace('"', "\"\""));
            [
                (!w.stem.is_empty()).then(|| of("stems", &w.stem)),
                (!w.bare.is_empty()).then(|| of("words", &w.bare)),
            ]
        })
        .flatten()
        .collect();
    if any.is_empty() { "stems : \"\u{1}\"".to_owned() } else { any.join(" OR ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_cut_out_by_characters() {
        let span = |start, end| Span { start, end };
        assert_eq!(cut("قال نعم ثم لا", &[span(4, 7), span(11, 13)]), "نعم … لا");
        assert_eq!(cut("قال نعم", &[span(4, 99)]), "نعم");
        assert_eq!(cut("قال نعم", &[span(4, 7), span(0, 3)]), "نعم … قال");
        assert_eq!(cut("قال", &[]), "");
        assert_eq!(cut("قال", &[span(0, 3), span(3, 3)]), "قال … ");
    }
}
