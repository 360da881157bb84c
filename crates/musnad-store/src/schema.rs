//! The schema of a store: its numbered migrations, its views, and what every column means.
//!
//! The meanings stand in [`TABLES`] and nowhere else. `docs/store.md` and the view `columns` inside every store are made from it, and a
//! test fails when a column has no meaning, when a meaning has no column, or when the page is not what would be made.

use std::fmt::Write as _;

/// What marks an SQLite file as a store (`PRAGMA application_id`): the letters "Msnd".
pub const APPLICATION: i32 = 0x4d73_6e64;

/// What makes a store out of an empty file, step by step. A file that has gone through the first n of them is of format n, and says so in
/// `PRAGMA user_version`. A step that has been released never changes; what comes after is a further step.
pub const MIGRATIONS: &[&str] = &[
    include_str!("schema/1-reports.sql"),
    include_str!("schema/2-search.sql"),
    include_str!("schema/3-across.sql"),
    include_str!("schema/4-quicker.sql"),
    include_str!("schema/5-lookups.sql"),
    include_str!("schema/6-compared.sql"),
    include_str!("schema/7-offices.sql"),
];

/// The format that this program writes.
pub const FORMAT: i32 = MIGRATIONS.len() as i32;

/// The views without the last, `columns`, which is made by [`views`].
const VIEWS: &str = include_str!("schema/views.sql");

/// A table or view and what it holds.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What a row of it is.
    pub about: &'static str,
    /// Its columns in their order: name and meaning.
    pub columns: &'static [(&'static str, &'static str)],
}

const NUMBER: &str = "Its number in the record of its version, from 1: `e3` of the record is number 3";
const LINK: &str = "What it is in a register of the world, as `SOURCE:ID` (`geonames:524901`)";
const COUNTRY: &str = "ISO 3166-1 alpha-3 of the state that it belongs to or lies in";
const SECTOR: &str = "PLOVER sector (`GOV`, `MIL`, `MED`)";
const LATITUDE: &str = "Degrees north";
const LONGITUDE: &str = "Degrees east";
const CONFIDENCE: &str = "Probability that it is right, 0 to 1";
const RULE: &str = "What made it";
const BOUND: &str = "How that number is meant: `exact`, `at_least`, `at_most`, `about`";
const PUBLISHED: &str = "Day of publication, `YYYY-MM-DD`";
const OUTLET: &str = "Who published it";
const ADDRESS: &str = "Address of the report";
const TITLE: &str = "Headline of the report";
const BECAUSE: &str = "Rule and row of the lexicon that made it";
const REPORT: &str = "The report, in `reports`";

/// Every table and view with all columns, in the order in which they are best read.
pub static TABLES: &[Table] = &[
    Table {
        name: "outlets",
        about: "Who publishes",
        columns: &[("id", "Number of the outlet"), ("name", "Its name as the inputs give it")],
    },
    Table {
        name: "reports",
        about: "A report, whatever became of its text",
        columns: &[
            ("id", "Number of the report, in the order of adding"),
            (
                "key",
                "What makes it this report: the first 16 bytes of the SHA-256 of `address`, NUL and its address; where it has none, of `id`, NUL, outlet, NUL and given id; where it has neither, the hash of its text",
            ),
            ("given_id", "Id that the input gave it"),
            ("address", ADDRESS),
            ("outlet", OUTLET),
        ],
    },
    Table {
        name: "versions",
        about: "A text that a report had. A changed text under the same key is a new version; the old one stays",
        columns: &[
            ("id", "Number of the version"),
            ("report", REPORT),
            ("number", "1 for the first text of the report, 2 for the next"),
            ("current", "1 for the last text that was added, which the views show; 0 for those before"),
            ("hash", "First 16 bytes of the SHA-256 of `text`, NUL and the text"),
            ("published", PUBLISHED),
            (
                "published_from",
                "Where that day comes from: `given` with the report, `page`, `text` (a dateline), `none`",
            ),
            ("language", "ISO 639-1, or `other` for a text that is in no language that is read"),
            ("reader", "Program and language data that read it"),
            ("words", "Words of the text, separated by white space"),
            ("added", "When it was added, UTC"),
            ("origin", "Where it was read from: file, and record, entry or line in it"),
            ("titled", "1 if the input says that the first line is the headline"),
            ("title", "The headline"),
            ("text", "Headline, newline, body. All positions are Unicode code points into it, from 0"),
        ],
    },
    Table {
        name: "records",
        about: "The whole record of a version, with all mentions, times and notes",
        columns: &[
            ("version", "The version"),
            ("size", "Bytes of the JSON before packing"),
            (
                "json",
                "The record as JSON with an empty `text` (it stands in `versions`), packed with zlib, the text being its dictionary. In Python: `json.loads(zlib.decompressobj(zdict=text.encode()).decompress(json))`",
            ),
        ],
    },
    Table {
        name: "comparisons",
        about: "What a version is compared by with others",
        columns: &[
            ("version", "The version"),
            (
                "keyed",
                "By what it is found: keys of its text, days of its events, keys of its entities; for this program alone, as the next two; made anew by `musnad reread`",
            ),
            ("named", "The keys of its entities in words, packed"),
            (
                "told",
                "Stems of its statements and of the sentences of its events with those who take part, packed",
            ),
        ],
    },
    Table {
        name: "waiting",
        about: "A version that came after it was last told what is the same across reports",
        columns: &[
            ("version", "The version"),
            ("anew", "1 if it was read again, so that all is told anew; 0 if it is new"),
        ],
    },
    Table {
        name: "rules",
        about: "The reasons that annotations give, each once",
        columns: &[("id", "Number of the reason"), ("because", BECAUSE)],
    },
    Table {
        name: "entities",
        about: "Somebody or something across all reports",
        columns: &[
            ("id", "Number of the entity"),
            (
                "key",
                "What it is known by and what decisions by hand refer to; it stays the same when reports are read again",
            ),
            ("type", "`person`, `organization`, `place`, `group`, `document` or `occasion`"),
            ("name", "Its usual name in Arabic"),
            ("name_en", "Its usual name in English"),
            ("country", COUNTRY),
            ("sector", SECTOR),
            ("link", LINK),
            ("latitude", LATITUDE),
            ("longitude", LONGITUDE),
        ],
    },
    Table {
        name: "appearances",
        about: "An entity as it appears in one version",
        columns: &[
            ("id", "Number of the appearance"),
            ("version", "The version that it appears in"),
            ("number", NUMBER),
            ("entity", "Who or what it is across reports"),
            ("why", "Why it is taken for that entity"),
            ("type", "`person`, `organization`, `place`, `group`, `document` or `occasion`"),
            ("name", "The fullest name in the report, else the fullest description"),
            ("name_en", "The usual English name, an English description or a transliteration"),
            ("country", COUNTRY),
            ("sector", SECTOR),
            ("link", LINK),
            ("latitude", LATITUDE),
            ("longitude", LONGITUDE),
            ("named", "1 if a proper name stands in the report, 0 if it is only described"),
            ("mentions", "How often it is mentioned, pronouns included"),
            ("first", "Where it is mentioned first"),
            ("spelling", "Its name and type, in `names`"),
        ],
    },
    Table {
        name: "roles",
        about: "An office or title that a report gives to somebody",
        columns: &[
            ("id", "Number of the role"),
            ("person", "Who holds it, in `appearances`"),
            ("title", "The words of the title"),
            ("institution", "What it is of, in `appearances`"),
            ("rule", RULE),
        ],
    },
    Table {
        name: "statements",
        about: "That somebody said something, as one version tells it",
        columns: &[
            ("id", "Number of the statement"),
            ("version", "The version that tells it"),
            ("number", NUMBER),
            ("kind", "How the words are given: `direct`, `indirect`, `mixed`, `stance`"),
            ("act", "Speech act: `affirm`, `deny`, `demand`, `threaten` and so on"),
            ("speaker", "Whose words they are, in `appearances`"),
            ("medium", "By what medium it was said (`interview`, `press`)"),
            ("within", "The statement inside whose content it is reported"),
            ("cue_start", "Where the word that reports begins"),
            ("cue_end", "Where it ends"),
            ("content", "Where the content stands: a JSON array of `[start, end]`"),
            ("confidence", CONFIDENCE),
            ("rule", RULE),
        ],
    },
    Table {
        name: "relays",
        about: "Through whom a statement reached the report",
        columns: &[
            ("statement", "The statement"),
            ("number", "1 for the one next to the speaker, 2 for the next outward"),
            ("via", "Who passed it on, in `appearances`"),
        ],
    },
    Table {
        name: "mentioned",
        about: "Who or what is mentioned in the content of a statement, by whatever word",
        columns: &[("statement", "The statement"), ("appearance", "Who or what it is, in `appearances`")],
    },
    Table {
        name: "events",
        about: "Who did what to whom, as one version tells it",
        columns: &[
            ("id", "Number of the event"),
            ("version", "The version that tells it"),
            ("number", NUMBER),
            ("type", "PLOVER type (`CONSULT`, `ASSAULT`)"),
            ("mode", "PLOVER mode (`visit`)"),
            (
                "status",
                "`happened`, `ongoing`, `planned`, `called_for`, `possible` or `denied`, as its source tells it",
            ),
            ("time", "When, as TIMEX3 writes it"),
            ("day", "The day, or the first day of the week, month or year that is told"),
            ("place", "Where, in `appearances`"),
            ("told_in", "The statement that tells it; `NULL` where the author does"),
            ("dead", "How many were killed, as told"),
            ("dead_bound", BOUND),
            ("injured", "How many were wounded, as told"),
            ("injured_bound", BOUND),
            ("arrested", "How many were arrested, as told"),
            ("arrested_bound", BOUND),
            ("trigger_start", "Where the word that names it begins"),
            ("trigger_end", "Where it ends"),
            ("sentence", "Which sentence of the text that is, from 1"),
            ("sentence_start", "Where that sentence begins"),
            ("sentence_end", "Where it ends"),
            ("confidence", CONFIDENCE),
            ("rule", RULE),
        ],
    },
    Table {
        name: "participants",
        about: "Who takes part in an event",
        columns: &[
            ("event", "The event"),
            ("part", "`actor` or `recipient`"),
            ("number", "1 for the first of those, 2 for the next"),
            ("appearance", "Who it is, in `appearances`"),
        ],
    },
    Table {
        name: "copies",
        about: "A text that several reports carry",
        columns: &[
            ("id", "Number of the copy"),
            ("source", "The version that the others carry: the agency's, else the earliest"),
        ],
    },
    Table {
        name: "copy_members",
        about: "A version that carries such a text",
        columns: &[
            ("version", "The version"),
            ("copy", "What it carries, in `copies`"),
            ("similarity", "How much of the two texts is the same, 0 to 1"),
            ("why", "Why it is taken for one"),
        ],
    },
    Table {
        name: "utterances",
        about: "Something said once, in however many reports",
        columns: &[
            ("id", "Number of the utterance"),
            ("speaker", "Who said it, in `entities`"),
            ("earliest", "The statement that told it first"),
            ("reports", "How many reports tell it"),
            ("origins", "How many of these have it independently of each other"),
        ],
    },
    Table {
        name: "utterance_members",
        about: "A statement that tells of an utterance",
        columns: &[
            ("statement", "The statement"),
            ("utterance", "What it tells, in `utterances`"),
            ("origin", "Members with the same number have it from the same place"),
            ("similarity", "How near its content is to the others', 0 to 1"),
            ("why", "Why it is taken for the same"),
        ],
    },
    Table {
        name: "happenings",
        about: "Something that happened once, in however many reports",
        columns: &[
            ("id", "Number of the happening"),
            ("type", "PLOVER type"),
            ("day", "The day"),
            ("place", "Where, in `entities`"),
            ("reports", "How many reports tell it"),
            ("origins", "How many of these have it independently of each other"),
            ("contradiction", "In what its accounts contradict each other; `NULL` where they do not"),
        ],
    },
    Table {
        name: "happening_members",
        about: "An event that is an account of a happening; its figures and its status stay its own",
        columns: &[
            ("event", "The event"),
            ("happening", "What it is an account of, in `happenings`"),
            ("why", "Why it is taken for one"),
        ],
    },
    Table {
        name: "decisions",
        about: "What somebody decided by hand about entities. It stands above what was read, and survives another reading",
        columns: &[
            ("id", "Number of the decision, in the order in which they were made"),
            (
                "act",
                "`merge`: the members are one; `split`: the members are another than they were taken for",
            ),
            ("made", "When, UTC"),
            ("made_by", "By whom"),
            ("why", "Why"),
            ("undone", "When it was taken back, UTC; `NULL` while it stands"),
            ("undone_by", "By whom"),
        ],
    },
    Table {
        name: "decision_members",
        about: "What a decision is about",
        columns: &[
            ("decision", "The decision"),
            ("number", "1 for the first member, 2 for the next"),
            (
                "key",
                "Of a merge: keys of the entity, a line each, the strongest first; of a split: the folded name that it has in the report",
            ),
            ("report", "Of a split: the report in which it is another"),
        ],
    },
    Table {
        name: "names",
        about: "A name in Arabic and English of something of a type, each once; the words stand in `appearances`",
        columns: &[
            ("id", "Number of the name"),
            (
                "key",
                "First 8 bytes of the SHA-256 of `name`, the type, the name and the English name, with NUL between them",
            ),
        ],
    },
    Table {
        name: "report_search",
        about: "Which words stand in which current version (FTS5, by the number of the version); the words themselves are not kept",
        columns: &[
            ("headline", "Stems of the headline"),
            ("body", "Stems of the rest"),
            ("words", "All words without attached letters and article"),
            ("names", "Keys of the English names of whoever is named"),
        ],
    },
    Table {
        name: "statement_search",
        about: "Which words stand in the content of which statement of a current version (FTS5, by the number of the statement)",
        columns: &[
            ("stems", "Stems of the content"),
            ("words", "Its words without attached letters and article"),
            ("names", "Keys of the English names of whoever is mentioned in it by name in the report"),
        ],
    },
    Table {
        name: "name_search",
        about: "Which words stand in which name (FTS5, by the number of the name)",
        columns: &[
            ("stems", "Stems of the name in Arabic"),
            ("words", "Its words without attached letters and article"),
            ("english", "Keys of the name in English"),
        ],
    },
    Table {
        name: "reports_flat",
        about: "View: every report with its current text",
        columns: &[
            ("report", REPORT),
            ("published", PUBLISHED),
            ("outlet", OUTLET),
            ("title", TITLE),
            ("text", "Its text"),
            ("version", "How many texts it has had"),
            ("words", "Words of the text"),
            ("statements", "How many statements it has"),
            ("events", "How many events it has"),
            ("language", "Language of the text"),
            ("address", ADDRESS),
            ("given_id", "Id that the input gave it"),
            ("reader", "Program and language data that read it"),
            ("added", "When this text was added, UTC"),
            ("copy", "The text that it carries like other reports, in `copies`"),
        ],
    },
    Table {
        name: "statements_flat",
        about: "View: every statement of the current texts, in words",
        columns: &[
            ("statement", "The statement, in `statements`"),
            ("published", PUBLISHED),
            ("outlet", OUTLET),
            ("speaker", "Whose words they are, as the report names them"),
            ("speaker_en", "The same in English"),
            ("office", "An office that the report gives to the speaker"),
            ("country", COUNTRY),
            ("sector", SECTOR),
            ("act", "Speech act"),
            ("kind", "How the words are given"),
            ("content", "The words; … stands where they are interrupted"),
            ("medium", "By what medium it was said"),
            ("via", "Through whom it reached the report, from the speaker outward"),
            ("within", "The statement inside whose content it is reported"),
            ("cue", "The word that reports"),
            ("confidence", CONFIDENCE),
            ("because", BECAUSE),
            ("title", TITLE),
            ("address", ADDRESS),
            ("report", REPORT),
            ("entity", "The speaker across reports, in `entities`"),
            ("utterance", "What it tells of like other statements, in `utterances`"),
        ],
    },
    Table {
        name: "events_flat",
        about: "View: every event of the current texts, in words",
        columns: &[
            ("event", "The event, in `events`"),
            ("day", "Its day, or the first of a longer time; the day of publication where nothing is told"),
            ("time", "When, as TIMEX3 writes it"),
            ("type", "PLOVER type"),
            ("mode", "PLOVER mode"),
            ("status", "Whether it is so, as its source tells it"),
            ("actors", "Who does it"),
            ("recipients", "Who undergoes it"),
            ("place", "Where"),
            ("country", "ISO 3166-1 alpha-3 of the place"),
            ("latitude", LATITUDE),
            ("longitude", LONGITUDE),
            ("dead", "How many were killed, as told"),
            ("injured", "How many were wounded, as told"),
            ("arrested", "How many were arrested, as told"),
            ("told_by", "By whose word; `NULL` where the author tells it"),
            ("sentence", "The sentence that tells it"),
            ("confidence", CONFIDENCE),
            ("because", BECAUSE),
            ("published", PUBLISHED),
            ("outlet", OUTLET),
            ("title", TITLE),
            ("address", ADDRESS),
            ("report", REPORT),
            ("happening", "What it is an account of like other events, in `happenings`"),
        ],
    },
    Table {
        name: "who",
        about: "View: every entity with what there is of it in the current texts",
        columns: &[
            ("entity", "The entity, in `entities`"),
            ("name", "Its usual name in Arabic"),
            ("name_en", "Its usual name in English"),
            ("type", "What it is"),
            ("country", COUNTRY),
            ("sector", SECTOR),
            ("offices", "The offices that reports give it, the most frequent first, at most five"),
            ("reports", "In how many reports it appears"),
            ("statements", "How many statements are its own"),
            ("events", "In how many events it takes part"),
            ("first_seen", "Day of the earliest report"),
            ("last_seen", "Day of the latest report"),
            ("link", LINK),
        ],
    },
    Table {
        name: "columns",
        about: "View: this list",
        columns: &[
            ("table_name", "A table or view"),
            ("column_name", "A column of it; `NULL` in the row that tells what the table holds"),
            ("meaning", "What it means"),
        ],
    },
];

/// The SQL that makes all views. Run it after dropping those that are there.
pub(crate) fn views() -> String {
    let quoted = |s: &str| format!("'{}'", s.replace('\'', "''"));
    let mut rows = Vec::new();
    for table in TABLES {
        rows.push(format!("({}, NULL, {})", quoted(table.name), quoted(table.about)));
        for (column, meaning) in table.columns {
            rows.push(format!("({}, {}, {})", quoted(table.name), quoted(column), quoted(meaning)));
        }
    }
    let rows = rows.join(",\n");
    let columns = "column1 AS table_name, column2 AS column_name, column3 AS meaning";
    format!("{VIEWS}\nCREATE VIEW columns AS SELECT {columns} FROM (VALUES\n{rows});\n")
}

/// The tables and views with their columns as Markdown, for `docs/store.md`.
#[must_use]
pub fn markdown() -> String {
    let mut out = String::new();
    for table in TABLES {
        let _ = writeln!(out, "### `{}`\n\n{}.\n\n| column | meaning |\n|---|---|", table.name, table.about);
        for (column, meaning) in table.columns {
            let _ = writeln!(out, "| `{column}` | {} |", meaning.replace('|', "\\|"));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;
    use std::collections::BTreeMap;

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(&folder.path().join("s.db")).unwrap();
        (folder, store)
    }

    #[test]
    fn every_column_has_its_meaning_and_every_meaning_its_column() {
        let (_folder, store) = store();
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let query = "SELECT t.name, c.name FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name) AS c
            WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%' AND t.type <> 'shadow' AND c.hidden <> 1 ORDER BY t.name, c.cid";
        let mut query = store.connection().prepare(query).unwrap();
        let rows = query.query_map((), |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?))).unwrap();
        for row in rows {
            let (table, column) = row.unwrap();
            found.entry(table).or_default().push(column);
        }
        let told: BTreeMap<String, Vec<String>> = TABLES
            .iter()
            .map(|t| (t.name.to_owned(), t.columns.iter().map(|c| c.0.to_owned()).collect()))
            .collect();
        assert_eq!(found, told);
        for table in TABLES {
            assert!(!table.about.is_empty());
            for (column, meaning) in table.columns {
                assert!(!meaning.is_empty() && !meaning.ends_with('.'), "{}.{column}", table.name);
            }
        }
        let rows: i64 =
            store.connection().query_row("SELECT count(*) FROM columns", (), |r| r.get(0)).unwrap();
        assert_eq!(rows as usize, TABLES.iter().map(|t| 1 + t.columns.len()).sum::<usize>());
    }

    #[test]
    fn all_tables_are_strict_and_all_references_lead_somewhere() {
        let (_folder, store) = store();
        let lax: i64 = store
            .connection()
            .query_row(
                "SELECT count(*) FROM pragma_table_list
                 WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' AND NOT strict",
                (),
                |r| r.get(0),
            )
            .unwrap();
        assert_eq!(lax, 0);
        // A column that refers to another table is found by an index that begins with it, or every deletion would read the whole table.
        let slow: Vec<String> = store
            .connection()
            .prepare(
                "SELECT t.name || '.' || f.\"from\" FROM pragma_table_list AS t JOIN pragma_foreign_key_list(t.name) AS f
                 WHERE t.schema = 'main' AND NOT EXISTS (
                     SELECT 1 FROM pragma_index_list(t.name) AS i JOIN pragma_index_info(i.name) AS c
                     WHERE c.seqno = 0 AND c.name = f.\"from\")
                 AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c WHERE c.pk = 1 AND c.name = f.\"from\")",
            )
            .unwrap()
            .query_map((), |r| r.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        // Rules are never deleted.
        let slow: Vec<_> = slow.into_iter().filter(|s| !s.ends_with(".rule")).collect();
        assert!(slow.is_empty(), "{slow:?}");
    }

    #[test]
    fn the_page_is_made_from_the_meanings() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/store.md");
        let page = std::fs::read_to_string(path).unwrap();
        let (begin, end) = ("<!-- tables: made from the program -->\n", "<!-- /tables -->");
        let (before, rest) = page.split_once(begin).expect("the page has its tables");
        let (there, after) = rest.split_once(end).expect("the tables end");
        let made = format!("\n{}", markdown());
        if std::env::var_os("UPDATE_DOCS").is_some() {
            std::fs::write(path, format!("{before}{begin}{made}{end}{after}")).unwrap();
        } else {
            assert!(there == made, "docs/store.md is stale: run UPDATE_DOCS=1 cargo test -p musnad-store");
        }
    }
}
