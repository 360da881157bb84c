//! `musnad search` and `musnad who`, through the program, on the demo reports.

#![allow(clippy::unwrap_used)]

mod common;

use common::{musnad, word};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A store of the demo reports.
fn demo(folder: &Path) -> PathBuf {
    let store = folder.join("demo.db");
    let reports = concat!(env!("CARGO_MANIFEST_DIR"), "/demo");
    let names =
        ["pages", "jisr-protest.txt", "jisr.rss.xml", "mixed.jsonl", "shati.warc.gz", "ufuq-exchange.txt"];
    let inputs = names.map(|name| format!("{reports}/{name}"));
    let mut arguments = vec!["add", word(&store), "--quiet"];
    arguments.extend(inputs.iter().map(String::as_str));
    musnad(&arguments).expect(0);
    store
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&musnad(arguments).expect(0).out).unwrap()
}

#[test]
fn what_is_looked_for_is_found_marked_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    let store = word(&store);
    // The envoy's name in other letters, and "truces" for "truce".
    let answer = json(&["search", store, "Hagberg", "--format", "json", "--limit", "3"]);
    assert!(answer["entities"]["found"].as_u64().unwrap() >= 1, "{answer}");
    assert!(answer["entities"]["shown"][0]["name"]["text"].as_str().unwrap().contains("هاغبرغ"));
    let answer = json(&["search", store, "هدنات", "--in", "reports", "--format", "json"]);
    let (found, shown) = (answer["reports"]["found"].as_u64().unwrap(), &answer["reports"]["shown"]);
    assert!(found >= 3 && answer.get("statements").is_none(), "{answer}");
    assert!(!shown[0]["excerpt"]["marks"].as_array().unwrap().is_empty(), "{answer}");
    let page = musnad(&["search", store, "speaker:العسيلي act:accuse", "--in", "statements"]).expect(0).out;
    assert!(
        page.starts_with("STATEMENTS: ") && page.contains("منذر العسيلي") && page.contains("accuse"),
        "{page}"
    );
    let page = musnad(&["search", store, "الهدنة", "--in", "statements", "--limit", "2"]).expect(0).out;
    assert!(page.contains("[الهدنة]") && page.contains(", the first 2\n"), "{page}");
    let csv = musnad(&["search", store, "-الهدنة from:2023-03-20", "--format", "csv"]).expect(0).out;
    let mut rows = csv.lines();
    assert!(rows.next().unwrap().starts_with("what,id,report,published,outlet,speaker,"));
    assert!(rows.clone().count() > 10);
    assert!(rows.all(|row| ["entity,", "statement,", "report,"].iter().any(|w| row.starts_with(w))), "{csv}");
}

#[test]
fn what_is_not_understood_is_a_wrong_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    let said = musnad(&["search", word(&store), "speker:x"]).expect(2);
    assert!(
        said.err.starts_with("musnad: query, character 1: there is no filter speker:; take one of"),
        "{}",
        said.err
    );
    let said = musnad(&["search", word(&store), "speaker:نويمان", "--in", "entities"]).expect(2);
    assert!(said.err.contains("speaker: says nothing about entities"), "{}", said.err);
    let missing = folder.path().join("none.db");
    musnad(&["search", word(&missing), "x"]).expect(1);
}

#[test]
fn who_shows_offices_words_deeds_and_counterparts() {
    let folder = tempfile::tempdir().unwrap();
    let store = demo(folder.path());
    let person = json(&["who", word(&store), "العسيلي", "--format", "json"]);
    assert_eq!(person["name"], "منذر العسيلي");
    for list in ["offices", "said", "did"] {
        assert!(!person[list].as_array().unwrap().is_empty(), "{list}: {person}");
    }
    let days: Vec<_> = person["said"].as_array().unwrap().iter().map(|s| s["published"].as_str()).collect();
    assert!(days.is_sorted_by(|a, b| a >= b), "the latest first: {days:?}");
    let page = musnad(&["who", word(&store), "العسيلي"]).expect(0).out;
    for heading in ["OFFICES", "SAID: ", "TOOK PART IN: "] {
        assert!(page.contains(heading), "{page}");
    }
    let said = musnad(&["who", word(&store), "لا أحد"]).expect(1);
    assert!(said.err.contains("nobody and nothing in this store is called لا أحد"), "{}", said.err);
}
