//! From a query to SQL. No word of the query stands in the SQL itself, and in the language of FTS5 every term is quoted.

use super::query::{Choice, Query, Role, Sought, What};
use rusqlite::types::Value;
use std::fmt::Write as _;

/// Among what is looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Among {
    /// The current texts of reports.
    Reports,
    /// Their statements.
    Statements,
    /// Whoever and whatever appears in them.
    Entities,
}

impl Among {
    /// The table of its words.
    pub(crate) const fn table(self) -> &'static str {
        match self {
            Among::Reports => "report_search",
            Among::Statements => "statement_search",
            Among::Entities => "name_search",
        }
    }

    /// The column that is the row of that table.
    pub(crate) const fn row(self) -> &'static str {
        match self {
            Among::Reports => "v.id",
            Among::Statements => "s.id",
            Among::Entities => "a.spelling",
        }
    }

    const fn stems(self) -> &'static str {
        match self {
            Among::Reports => "{headline body}",
            Among::Statements | Among::Entities => "stems",
        }
    }

    const fn keys(self) -> &'static str {
        match self {
            Among::Reports | Among::Statements => "names",
            Among::Entities => "english",
        }
    }
}

/// A query as SQL: rows to name before it, conditions, and what they are given.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Common table expressions: whom the names mean.
    pub names: Vec<String>,
    pub conditions: Vec<String>,
    /// Those of them that hold of one statement and of one event, apart.
    pub of_statement: Vec<String>,
    pub of_event: Vec<String>,
    /// What all rows match, in the language of FTS5.
    pub matched: Option<String>,
    pub given: Vec<Value>,
}

/// Rows of which table a condition is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Report,
    Statement,
    Event,
}

impl Asked {
    /// The SQL of a query. `outlets` are those of the store with their numbers.
    pub(crate) fn of(query: &Query, among: Among, outlets: &[(i64, Sought)]) -> Asked {
        let mut out = Asked::default();
        let mut matched: Vec<String> = Vec::new();
        for part in &query.parts {
            let words: Option<Vec<&Sought>> = part
                .iter()
                .map(|c| match &c.what {
                    What::Words(s) if !c.not => Some(s),
                    _ => None,
                })
                .collect();
            if let Some(words) = words {
                let any: Vec<String> = words.iter().map(|w| expression(w, among)).collect();
                matched.push(format!("({})", any.join(" OR ")));
                continue;
            }
            if let [Choice { not: false, what }] = part.as_slice() {
                let (of, condition) = out.condition(what, among, outlets);
                match of {
                    Of::Statement => out.of_statement.push(condition),
                    Of::Event => out.of_event.push(condition),
                    Of::Report => out.conditions.push(condition),
                }
                continue;
            }
            let any: Vec<String> = part
                .iter()
                .map(|c| {
                    let (of, condition) = out.condition(&c.what, among, outlets);
                    let condition = around(of, &[condition], among);
                    if c.not { format!("NOT coalesce({condition}, 0)") } else { condition }
                })
                .collect();
            out.conditions.push(format!("({})", any.join(" OR ")));
        }
        // Those on one statement or one event all have to hold of the same one.
        for (of, conditions) in [(Of::Statement, &out.of_statement), (Of::Event, &out.of_event)] {
            if !conditions.is_empty() {
                out.conditions.push(around(of, conditions, among));
            }
        }
        out.matched = (!matched.is_empty()).then(|| matched.join(" AND "));
        out
    }

    /// A value that the SQL is given, as it is written there.
    pub(crate) fn give(&mut self, value: impl Into<Value>) -> String {
        self.given.push(value.into());
        format!("?{}", self.given.len())
    }

    /// The condition that a part makes, and of what.
    fn condition(&mut self, what: &What, among: Among, outlets: &[(i64, Sought)]) -> (Of, String) {
        match what {
            What::Words(sought) => {
                let (row, table) = (among.row(), among.table());
                let given = self.give(expression(sought, among));
                (Of::Report, format!("{row} IN (SELECT rowid FROM {table} WHERE {table} MATCH {given})"))
            }
            What::From(day) => {
                let day = self.give(day.clone());
                (Of::Report, format!("v.published >= {day}"))
            }
            What::To(day) => {
                let day = self.give(day.clone());
                (Of::Report, format!("v.published <= {day}"))
            }
            What::Outlet(sought) => {
                let ids: Vec<String> = outlets
                    .iter()
                    .filter(|(_, name)| is_called(name, sought))
                    .map(|(id, _)| id.to_string())
                    .collect();
                let ids = ids.join(", ");
                (Of::Report, format!("(SELECT outlet FROM reports WHERE id = v.report) IN ({ids})"))
            }
            What::Act(act) => {
                let act = self.give((*act).to_owned());
                (Of::Statement, format!("s.act = {act}"))
            }
            What::Type(kind) => {
                let kind = self.give((*kind).to_owned());
                (Of::Event, format!("e.type = {kind}"))
            }
            What::Named(role, sought) => {
                let who = self.named(sought);
                match role {
                    Role::Speaker => (Of::Statement, format!("s.speaker IN {who}")),
                    Role::Via => (
                        Of::Statement,
                        format!("s.id IN (SELECT y.statement FROM relays AS y WHERE y.via IN {who})"),
                    ),
                    Role::Place => {
                        let mut condition = format!("e.place IN {who}");
                        if let Some(country) = country(sought) {
                            let country = self.give(country);
                            let _ = write!(
                                condition,
                                " OR (SELECT country FROM appearances WHERE id = e.place) = {country}"
                            );
                        }
                        (Of::Event, format!("({condition})"))
                    }
                    Role::About if among == Among::Statements => (
                        Of::Report,
                        format!("s.id IN (SELECT statement FROM mentioned WHERE appearance IN {who})"),
                    ),
                    Role::About => {
                        (Of::Report, format!("v.id IN (SELECT version FROM appearances WHERE id IN {who})"))
                    }
                }
            }
        }
    }

    /// The rows of `appearances` that a name may mean: those with these words in their names, and those found to be the same entity.
    fn named(&mut self, sought: &Sought) -> String {
        let given = self.give(expression(sought, Among::Entities));
        let name = format!("named{}", self.names.len());
        self.names.push(format!(
            "{name} (id) AS MATERIALIZED (
                 SELECT a.id FROM name_search AS n CROSS JOIN appearances AS a ON a.spelling = n.rowid WHERE name_search MATCH {given}
                 UNION SELECT b.id FROM name_search AS n CROSS JOIN appearances AS a ON a.spelling = n.rowid AND a.named
                     JOIN appearances AS b ON b.entity = a.entity WHERE name_search MATCH {given})"
        ));
        name
    }

    /// The texts or statements that have the words, with `versions AS v`, up to where further conditions follow.
    pub(crate) fn texts_from(&mut self, among: Among) -> String {
        let rows = match among {
            Among::Statements => "statements AS s JOIN versions AS v ON v.id = s.version",
            Among::Reports | Among::Entities => "versions AS v",
        };
        match self.matched.take() {
            Some(matched) => {
                let (given, table, row) = (self.give(matched), among.table(), among.row());
                format!(
                    "(SELECT rowid AS id FROM {table} WHERE {table} MATCH {given}) AS f CROSS JOIN {rows} WHERE {row} = f.id AND v.current"
                )
            }
            None => format!("{rows} WHERE v.current"),
        }
    }

    /// The appearances of whoever has the words in their names, as `a`. CROSS JOIN keeps the order: the words are looked up once, not
    /// again for every row.
    pub(crate) fn names_from(&mut self) -> String {
        match self.matched.take() {
            Some(matched) => {
                // The sign keeps SQLite from going through all that take part in such events again for every name.
                for condition in &mut self.conditions {
                    *condition = condition.replace("a.id IN (SELECT", "+a.id IN (SELECT");
                }
                let given = self.give(matched);
                format!(
                    "(SELECT rowid FROM name_search WHERE name_search MATCH {given}) AS f CROSS JOIN appearances AS a ON a.spelling = f.rowid"
                )
            }
            None => "appearances AS a".to_owned(),
        }
    }

    /// `WITH …`, or nothing.
    pub(crate) fn with(&self, more: &[String]) -> String {
        let all: Vec<&str> = self.names.iter().chain(more).map(String::as_str).collect();
        if all.is_empty() { String::new() } else { format!("WITH {}", all.join(",\n")) }
    }

    /// The conditions with ` AND ` before each.
    pub(crate) fn and(&self) -> String {
        self.conditions.iter().fold(String::new(), |out, c| out + "\n AND " + c)
    }
}

/// Conditions on one statement or event as one on what is looked for.
fn around(of: Of, conditions: &[String], among: Among) -> String {
    let all = conditions.join(" AND ");
    match (of, among) {
        (Of::Report, _) | (Of::Statement, Among::Statements) => format!("({all})"),
        (Of::Statement, Among::Reports) => {
            format!("v.id IN (SELECT s.version FROM statements AS s WHERE {all})")
        }
        (Of::Statement, Among::Entities) => {
            format!("a.id IN (SELECT s.speaker FROM statements AS s WHERE s.speaker IS NOT NULL AND {all})")
        }
        (Of::Event, Among::Reports) => format!("v.id IN (SELECT e.version FROM events AS e WHERE {all})"),
        (Of::Event, Among::Statements) => {
            format!("s.id IN (SELECT e.told_in FROM events AS e WHERE e.told_in IS NOT NULL AND {all})")
        }
        (Of::Event, Among::Entities) => format!(
            "a.id IN (SELECT p.appearance FROM events AS e JOIN participants AS p ON p.event = e.id WHERE {all})"
        ),
    }
}

/// A phrase of FTS5. Terms have letters and digits only; quotation marks are doubled all the same.
fn phrase<'a>(terms: impl Iterator<Item = &'a str>) -> String {
    let terms: Vec<String> = terms.map(|t| t.replace('"', "\"\"")).collect();
    format!("\"{}\"", terms.join(" "))
}

/// A word or phrase in the language of FTS5.
pub(crate) fn expression(sought: &Sought, among: Among) -> String {
    let bare = format!("words : {}", phrase(sought.words.iter().map(|w| w.bare.as_str())));
    if !sought.keys.is_empty() {
        // What is written in Latin letters stands in the text as it is, or is somebody's English name.
        let keys = format!("{} : {}", among.keys(), phrase(sought.keys.iter().map(String::as_str)));
        return format!("({bare} OR {keys})");
    }
    // Words of a name may stand in any order and with others between them.
    let apart = among == Among::Entities || !sought.quoted && sought.words.len() == 1;
    if !apart {
        return format!("({bare})");
    }
    let one = |w: &super::terms::Word| {
        let bare = phrase(std::iter::once(w.bare.as_str()));
        if w.stem.is_empty() || sought.quoted && among != Among::Entities {
            format!("words : {bare}")
        } else {
            let stem = phrase(std::iter::once(w.stem.as_str()));
            format!("({} : {stem} OR words : {bare})", among.stems())
        }
    };
    let all: Vec<String> = sought.words.iter().map(one).collect();
    format!("({})", all.join(" AND "))
}

/// Whether a name has all these words, or what was typed stands in it: `sky` in SkyNews.
pub(crate) fn is_called(name: &Sought, sought: &Sought) -> bool {
    if name.typed.to_lowercase().contains(sought.typed.trim().to_lowercase().as_str()) {
        return true;
    }
    if sought.keys.is_empty() || name.keys.is_empty() {
        sought.words.iter().all(|w| name.words.iter().any(|n| n.bare == w.bare))
    } else {
        sought.keys.iter().all(|k| name.keys.contains(k))
    }
}

/// The state, ISO 3166-1 alpha-3, that is sought.
pub(crate) fn country(sought: &Sought) -> Option<String> {
    use musnad_lexicon::{Part, Table, arabic, fold};
    let lexicon = arabic();
    let folded: Vec<String> = sought.typed.split_whitespace().map(fold).collect();
    let entries = lexicon.entries(&folded.join(" "));
    let by_name =
        entries.of(Table::Country).find(|e| e.feat.part() == Part::None || e.feat.part() == Part::Noun);
    let row = match by_name {
        Some(entry) => Some(lexicon.row(entry)),
        None => lexicon
            .rows(Table::Country)
            .map(|r| r.1)
            .find(|r| r.get("en").eq_ignore_ascii_case(sought.typed.trim())),
    };
    row.map(|r| r.get("iso3")).filter(|c| c.len() == 3).map(str::to_owned)
}
