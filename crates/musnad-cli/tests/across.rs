//! What is the same across reports, and what is decided by hand, through the program.

mod common;

use common::{file, musnad, word};
use musnad_store::Store;
use std::collections::BTreeSet;
use std::path::Path;

const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/demo");

fn add(store: &Path, files: &[&str]) {
    let paths: Vec<String> = files.iter().map(|f| format!("{DEMO}/{f}")).collect();
    let mut arguments = vec!["add", word(store)];
    arguments.extend(paths.iter().map(String::as_str));
    musnad(&arguments).expect(0);
}

fn rows(store: &Path, query: &str) -> BTreeSet<String> {
    let store = Store::read(store).expect("there is a store");
    let mut query = store.connection().prepare(query).expect("the tables are there");
    let rows = query.query_map((), |r| r.get(0)).expect("they can be read");
    rows.map(|row| row.expect("every row can")).collect()
}

/// Every group in words that do not hang on the order of adding.
fn groups(store: &Path) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for query in [
        "SELECT n.key || ' ' || n.name || ': ' || group_concat(w, ' ') FROM entities AS n JOIN (
             SELECT a.entity, coalesce(r.address, v.title) || '#' || a.number AS w FROM appearances AS a JOIN versions AS v ON v.id = a.version
             JOIN reports AS r ON r.id = v.report ORDER BY 2) AS m ON m.entity = n.id GROUP BY n.id",
        "SELECT c.id IN (SELECT min(version) FROM copy_members GROUP BY copy) || coalesce(s.address, x.title) || ': ' || group_concat(w, ' ') FROM copies AS c
         JOIN versions AS x ON x.id = c.source JOIN reports AS s ON s.id = x.report JOIN (
             SELECT m.copy, coalesce(r.address, v.title) AS w FROM copy_members AS m JOIN versions AS v ON v.id = m.version
             JOIN reports AS r ON r.id = v.report ORDER BY 2) AS m ON m.copy = c.id GROUP BY c.id",
        "SELECT u.reports || ' ' || u.origins || ': ' || group_concat(w, ' ') FROM utterances AS u JOIN (
             SELECT m.utterance, coalesce(r.address, v.title) || '#' || s.number || '/' || m.origin AS w FROM utterance_members AS m
             JOIN statements AS s ON s.id = m.statement JOIN versions AS v ON v.id = s.version
             JOIN reports AS r ON r.id = v.report ORDER BY 2) AS m ON m.utterance = u.id GROUP BY u.id",
        "SELECT h.type || h.reports || ' ' || h.origins || coalesce(h.contradiction, '') || ': ' || group_concat(w, ' ')
         FROM happenings AS h JOIN (
             SELECT m.happening, coalesce(r.address, v.title) || '#' || e.number AS w FROM happening_members AS m
             JOIN events AS e ON e.id = m.event JOIN versions AS v ON v.id = e.version
             JOIN reports AS r ON r.id = v.report ORDER BY 2) AS m ON m.happening = h.id GROUP BY h.id",
    ] {
        let found = rows(store, query);
        assert!(!found.is_empty(), "{query}");
        out.extend(found);
    }
    out
}

#[test]
fn any_order_of_adding_gives_the_same_groups() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (folder.path().join("one.db"), folder.path().join("other.db"));
    let files = ["pages", "checkpoint.jsonl", "jisr.rss.xml", "mixed.jsonl", "shati.warc.gz"];
    add(&one, &files);
    for f in files.iter().rev() {
        add(&other, &[f]);
    }
    assert_eq!(groups(&one), groups(&other));
    // Telling all anew changes nothing.
    let before = groups(&one);
    musnad(&["group", word(&one), "--all"]).expect(0);
    assert_eq!(groups(&one), before);
    assert!(musnad(&["group", word(&one)]).expect(0).err.contains("nothing to do"));
}

#[test]
fn decisions_hold_when_all_is_read_again_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("news.db");
    add(&store, &["pages", "jisr.rss.xml", "mixed.jsonl", "shati.warc.gz"]);
    let before = groups(&store);
    // The activist and the minister of energy: nobody would take them for one.
    let (one, other) = ("جمانة الوراق", "وائل التمامي");
    let together = "SELECT group_concat(DISTINCT a.name) FROM appearances AS a JOIN entities AS n ON n.id = a.entity
        WHERE a.entity IN (SELECT entity FROM appearances WHERE name = 'جمانة الوراق') AND a.named AND a.name LIKE 'وائل%' GROUP BY n.id";
    assert!(rows(&store, together).is_empty());
    let said = musnad(&["merge", word(&store), one, other, "--why", "a test", "--by", "Salma"]).expect(0);
    assert_eq!(said.err, format!("musnad: decision 1: {one} and {other} are one\n"));
    assert_eq!(rows(&store, together).len(), 1);
    let why = "SELECT DISTINCT why FROM appearances WHERE why LIKE 'decision|merge/%'";
    assert_eq!(rows(&store, why), BTreeSet::from(["decision|merge/1".to_owned()]));
    let merged = groups(&store);
    musnad(&["reread", word(&store), "--all"]).expect(0);
    assert_eq!(groups(&store), merged);
    let listed = musnad(&["decisions", word(&store), "--format", "json"]).expect(0).out;
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    assert_eq!((&listed[0]["by"], &listed[0]["why"]), (&"Salma".into(), &"a test".into()));
    musnad(&["undo", word(&store), "1"]).expect(0);
    assert_eq!(groups(&store), before);
    assert!(musnad(&["undo", word(&store), "1"]).expect(1).err.contains("no decision 1 stands"));
    assert!(musnad(&["decisions", word(&store)]).expect(0).out.contains("taken back"));

    let report = "https://ar.jisr.example/news/idJSAR0314022";
    let apart = format!(
        "SELECT DISTINCT n.key FROM appearances AS a JOIN entities AS n ON n.id = a.entity JOIN versions AS v ON v.id = a.version
         JOIN reports AS r ON r.id = v.report WHERE a.name = '{other}' AND r.address = '{report}'"
    );
    musnad(&["split", word(&store), other, report, "--why", "his namesake"]).expect(0);
    assert_eq!(rows(&store, &apart), BTreeSet::from(["decision|split/2".to_owned()]));
    musnad(&["reread", word(&store), "--all"]).expect(0);
    assert_eq!(rows(&store, &apart), BTreeSet::from(["decision|split/2".to_owned()]));
    musnad(&["undo", word(&store), "2"]).expect(0);
    assert_eq!(groups(&store), before);
}

#[test]
fn what_cannot_be_decided_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("news.db");
    let input = file(folder.path(), "a.txt", "قال وزير الصحة سليم البارودي إن المستشفى افتتح.");
    musnad(&["add", word(&store), word(&input)]).expect(0);
    let said = musnad(&["merge", word(&store), "سليم البارودي", "nobody", "--why", "x"]).expect(1).err;
    assert!(said.contains("no entity is called nobody"), "{said}");
    let said = musnad(&["split", word(&store), "سليم البارودي", "nowhere", "--why", "x"]).expect(1).err;
    assert!(said.contains("no report is called nowhere"), "{said}");
}
