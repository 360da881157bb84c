//! `musnad demo`, through the program.

mod common;

use common::musnad;
use std::collections::BTreeSet;

#[test]
fn the_demo_reports_are_read_like_any_others() {
    let run = musnad(&["demo", "--format", "jsonl"]).expect(0);
    let records = run.records();
    assert!(records.len() >= 24, "{} reports", records.len());
    let outlets: BTreeSet<&str> = records.iter().filter_map(|r| r["report"]["outlet"].as_str()).collect();
    assert!(outlets.len() >= 5, "{outlets:?}");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/demo");
    let files = [
        "checkpoint.jsonl",
        "jisr-protest.txt",
        "jisr.rss.xml",
        "mixed.jsonl",
        "pages",
        "shati.warc.gz",
        "ufuq-exchange.txt",
    ];
    let paths: Vec<String> = files.iter().map(|f| format!("{folder}/{f}")).collect();
    let mut arguments = vec!["read"];
    arguments.extend(paths.iter().map(String::as_str));
    assert_eq!(musnad(&arguments).expect(0).out, run.out, "the same path, the same bytes");
}

#[test]
fn every_layer_has_something_to_show() {
    let records = musnad(&["demo"]).expect(0).records();
    for layer in ["entities", "roles", "times", "statements", "events"] {
        let with = records.iter().filter(|r| !r[layer].as_array().unwrap().is_empty()).count();
        assert!(with * 2 > records.len(), "only {with} of {} reports have {layer}", records.len());
    }
}

#[test]
fn the_list_names_every_report_and_the_names_work() {
    let list = musnad(&["demo", "--list"]).expect(0).out;
    // Under the name of the file, two spaces in; what is longer than a line goes on four spaces in.
    let indented = list.lines().filter_map(|l| l.strip_prefix("  ")).filter(|l| !l.starts_with(' '));
    let names: BTreeSet<&str> = indented.filter_map(|l| l.split(' ').next()).collect();
    let all = musnad(&["demo"]).expect(0).records().len();
    assert_eq!(names.len(), all, "{list}");
    for name in ["ufuq-arrest", "marsa-sanctions", "jisr-protest", "shati-2"] {
        assert!(names.contains(&name), "{name} is not in:\n{list}");
        let run = musnad(&["demo", name, "--quiet"]).expect(0);
        assert_eq!(run.records().len(), 1, "{name}");
        assert_eq!(run.err, "");
    }
}

#[test]
fn a_file_is_a_name_for_all_its_reports() {
    assert_eq!(musnad(&["demo", "mixed.jsonl", "ufuq-arrest"]).expect(0).records().len(), 8);
    assert_eq!(musnad(&["demo", "mixed"]).expect(0).records().len(), 7);
    assert_eq!(
        musnad(&["demo", "--list", "mixed"]).expect(0).out.lines().filter(|l| l.contains("2023-")).count(),
        7
    );
}

#[test]
fn a_page_of_a_demo_report_is_for_the_eye() {
    let run = musnad(&["demo", "ufuq-arrest", "--format", "pretty"]).expect(0);
    for part in ["WHO IS WHO", "WHAT WAS SAID", "WHAT HAPPENED", "WHEN", "Friday 3 March 2023"] {
        assert!(run.out.contains(part), "{part} is missing:\n{}", run.out);
    }
}

#[test]
fn a_store_of_the_demo_reports_shows_what_is_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("demo.db");
    let page = musnad(&["demo", "--store", common::word(&store), "--quiet"]).expect(0).out;
    for shown in
        ["COPIES: 3 reports carry one text", "AN UTTERANCE: 3 reports, 1 origin", "5 or 9 dead", "the source"]
    {
        // Lines may break anywhere.
        let flowing = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flowing.contains(shown), "{shown} is not in:\n{page}");
    }
    // What was added is there, and the page is the same the second time.
    assert_eq!(musnad(&["demo", "--store", common::word(&store), "--quiet"]).expect(0).out, page);
}
