//! `musnad explain`, through the program.

mod common;

use common::{COUNCIL, PORT, file, lines, musnad, with_input, word};

fn explain(arguments: &[&str]) -> common::Run {
    let mut all = vec!["explain", "-"];
    all.extend(arguments);
    with_input(&all, lines(&[PORT]).as_bytes())
}

#[test]
fn everything_is_listed_with_its_reason() {
    let run = explain(&[]).expect(0);
    let record = with_input(&["read", "-"], lines(&[PORT]).as_bytes()).expect(0).records().remove(0);
    let mut seen = 0;
    for layer in ["entities", "statements", "events", "times"] {
        for annotation in record[layer].as_array().unwrap() {
            let id = annotation["id"].as_str().unwrap();
            assert!(
                run.out.lines().any(|l| l.starts_with(&format!("{id} "))),
                "{id} is missing:\n{}",
                run.out
            );
            seen += 1;
        }
    }
    assert!(seen > 0);
    for s in record["statements"].as_array().unwrap() {
        let rule = s["because"].as_str().unwrap().split('+').next().unwrap();
        assert!(run.out.contains(rule), "{rule} is missing:\n{}", run.out);
    }
}

#[test]
fn a_statement_shows_its_rule_its_row_and_its_tokens() {
    let run = explain(&["s1"]).expect(0);
    for part in [
        "s1 say",
        "cue",
        "\u{2067}قال\u{2069}",
        "because",
        "statements:",
        "cues.tsv:",
        "act:",
        "tokens",
        "verbs.tsv:",
        "▸",
    ] {
        assert!(run.out.contains(part), "{part} is missing:\n{}", run.out);
    }
}

#[test]
fn the_row_is_the_one_in_the_file() {
    let run = explain(&["s1"]).expect(0);
    let place = run.out.split_whitespace().find(|w| w.starts_with("cues.tsv:")).unwrap();
    let line: usize = place.trim_start_matches("cues.tsv:").parse().unwrap();
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../musnad-lexicon/data/ar/cues.tsv");
    let text = std::fs::read_to_string(table).unwrap();
    assert!(text.lines().nth(line - 1).unwrap().starts_with("قال\tverb\tsay"), "line {line}");
}

#[test]
fn every_id_of_a_record_can_be_explained() {
    let record = with_input(&["read", "-"], lines(&[PORT]).as_bytes()).expect(0).records().remove(0);
    for layer in ["entities", "statements", "events", "times"] {
        for annotation in record[layer].as_array().unwrap() {
            let id = annotation["id"].as_str().unwrap();
            let run = explain(&[id]).expect(0);
            assert!(run.out.starts_with(&format!("{id} ")) && run.out.contains("because"), "{}", run.out);
        }
    }
}

#[test]
fn a_position_shows_what_covers_it() {
    let record = with_input(&["read", "-"], lines(&[PORT]).as_bytes()).expect(0).records().remove(0);
    let s = &record["statements"][0];
    let run = explain(&["--at", &s["cue"]["start"].to_string()]).expect(0);
    assert!(run.out.contains("\ns1 ") && run.out.contains("  cue "), "{}", run.out);
    let run = explain(&["--at", &s["content"][0]["start"].to_string()]).expect(0);
    assert!(run.out.contains("\ns1 ") && run.out.contains("  content "), "{}", run.out);
    // The line's end is in no annotation.
    let run = explain(&["--at", "23"]).expect(0);
    assert!(run.out.contains("between words") && run.out.contains("no annotation"), "{}", run.out);
}

#[test]
fn ids_and_positions_that_are_not_there_are_told() {
    let run = explain(&["s99"]).expect(2);
    assert!(run.err.starts_with("musnad: explain: s99: ") && run.err.contains("s1 to s"), "{}", run.err);
    for wrong in ["x1", "s0", "s", "1", "س1"] {
        explain(&[wrong]).expect(2);
    }
    let run = explain(&["--at", "100000"]).expect(2);
    assert!(run.err.contains("characters"), "{}", run.err);
}

#[test]
fn one_of_many_reports_must_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "two.jsonl", lines(&[PORT, COUNCIL]));
    let run = musnad(&["explain", word(&path)]).expect(2);
    assert!(run.err.contains("--report"), "{}", run.err);
    let by_number = musnad(&["explain", word(&path), "--report", "2"]).expect(0);
    let by_id = musnad(&["explain", word(&path), "--report", "r2"]).expect(0);
    assert_eq!(by_number.out, by_id.out);
    assert!(by_id.out.contains("أعلن"), "{}", by_id.out);
    musnad(&["explain", word(&path), "--report", "r3"]).expect(2);
}

#[test]
fn a_file_that_is_not_there_is_a_failure() {
    let run = musnad(&["explain", "/no/such/file"]).expect(1);
    assert!(run.err.starts_with("musnad: ") && run.err.contains("/no/such/file"), "{}", run.err);
}

#[test]
fn what_the_caller_knows_counts() {
    let text = "قال الوزير أمس إن المحادثات مستمرة."; // "The minister said yesterday that the talks go on."
    let run = with_input(&["read", "-", "--published", "2022-05-08"], text.as_bytes()).expect(0);
    let times = run.records()[0]["times"].as_array().unwrap().clone();
    assert!(times.iter().any(|t| t["value"] == "2022-05-07"), "{times:?}");
    let run = with_input(&["explain", "-", "t1", "--published", "2022-05-08"], text.as_bytes()).expect(0);
    assert!(
        run.out.contains("2022-05-07") && run.out.contains("2022-05-08, the day of publication"),
        "{}",
        run.out
    );
}
