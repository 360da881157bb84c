//! The specification: every case of `specs/*.md` is read and must hold. The format is told in `specs/README.md`.
//!
//! `specs/known-failures.txt` lists the cases that do not hold yet, as `file#case`. A case outside the list that fails and a
//! case of the list that holds both fail the test, so the list tells the truth. `UPDATE_SPECS=1` writes it anew.

#[path = "../common/mod.rs"]
mod common;
mod judge;
mod parse;

use parse::{Case, cases};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

const KNOWN: &str = "known-failures.txt";
const KNOWN_HEADER: &str =
    "# Cases that do not hold yet. Written by UPDATE_SPECS=1 cargo test -p musnad --test specs\n";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("specs")
}

fn all_cases() -> (Vec<Case>, Vec<String>) {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("specs/ is there")
        .map(|e| e.expect("specs/ can be listed").path())
        .filter(|p| p.extension().is_some_and(|e| e == "md") && !p.ends_with("README.md"))
        .collect();
    paths.sort();
    let (mut all, mut errors) = (Vec::new(), Vec::new());
    for path in paths {
        let file = path.file_name().expect("a file").to_string_lossy().into_owned();
        let markdown = std::fs::read_to_string(&path).expect("a readable file");
        let (cases, wrong) = cases(&file, &markdown);
        all.extend(cases);
        errors.extend(wrong);
    }
    (all, errors)
}

/// What does not hold of a case, told for a reader; empty when all holds.
fn failures(case: &Case) -> String {
    let mut out = String::new();
    let doc = match judge::read(case) {
        Ok(doc) => doc,
        Err(broken) => return format!("{}:{}: {}\n  {broken}\n", case.file, case.line, case.name),
    };
    for e in &case.expectations {
        if let Err(found) = judge::judge(&doc, &e.what) {
            let found = found.replace('\n', "\n           ");
            let (file, name) = (&case.file, &case.name);
            writeln!(out, "{file}:{}: {name}\n  expected {}\n  found    {found}", e.line, e.source)
                .expect("a string takes all");
        }
    }
    out
}

#[test]
fn specifications_hold() {
    let (cases, errors) = all_cases();
    assert!(errors.is_empty(), "the specification cannot be read:\n{}", errors.join("\n"));
    let known: BTreeSet<String> = std::fs::read_to_string(folder().join(KNOWN))
        .unwrap_or_default()
        .lines()
        .filter(|l| !l.starts_with("# ") && !l.trim().is_empty())
        .map(str::to_owned)
        .collect();
    let mut failing = BTreeSet::new();
    let (mut new, mut old) = (String::new(), String::new());
    for case in &cases {
        let told = failures(case);
        let key = format!("{}#{}", case.file, case.name);
        if !told.is_empty() {
            let list = if known.contains(&key) { &mut old } else { &mut new };
            list.push_str(&told);
            failing.insert(key);
        }
    }
    println!("{} of {} cases hold, {} are listed", cases.len() - failing.len(), cases.len(), known.len());
    if std::env::var_os("UPDATE_SPECS").is_some() {
        let lines: String = failing.iter().map(|k| format!("{k}\n")).collect();
        std::fs::write(folder().join(KNOWN), format!("{KNOWN_HEADER}{lines}"))
            .expect("the list can be written");
        return;
    }
    // Shown with `--nocapture`: what the listed cases lack.
    println!("{old}");
    let stale: Vec<&str> = known.difference(&failing).map(String::as_str).collect();
    assert!(new.is_empty(), "{} cases hold, but:\n{new}", cases.len() - failing.len());
    assert!(
        stale.is_empty(),
        "{KNOWN} lists cases that hold or are gone (UPDATE_SPECS=1):\n{}",
        stale.join("\n")
    );
}

/// A file of one case about two sentences, with these lines expected.
fn sample(expect: &str) -> String {
    format!(
        "# Sample\n\n### a case\nThe minister said: \"yes\". Yes.\n\n```ar published=2018-03-15\nقال الوزير: \"نعم\". نعم.\n```\n\
         ```expect\n{expect}\n```\n"
    )
}

/// Judges the lines of a sample: what is told when they do not hold.
fn told(expect: &str) -> String {
    let (cases, errors) = cases("sample.md", &sample(expect));
    assert_eq!(errors, [""; 0]);
    cases.iter().map(failures).collect()
}

#[test]
fn what_holds_holds_and_what_does_not_is_told() {
    assert_eq!(
        told("sentences 2\nquote \"نعم\"\ntoken \"الوزير\" proclitics \"ال\"\nno quote \"الوزير\""),
        ""
    );
    let three = told("sentences 3");
    assert!(
        three.starts_with("sample.md:10: a case\n  expected sentences 3\n  found    sentence "),
        "{three}"
    );
    assert!(told("quote \"نعم\"#2").contains("found    quote \"نعم\"#1"), "{}", told("quote \"نعم\"#2"));
    assert!(told("no quote \"نعم\"").contains("quote \"نعم\"#1"));
    for line in [
        "time \"نعم\" = 2018-03-14 date",
        "name \"نعم\" person",
        "entity \"نعم\" = \"الوزير\"",
        "entity \"نعم\" != \"الوزير\"",
        "role \"الوزير\" \"نعم\"",
        "said \"الوزير\" by \"نعم\"",
        "event CONSULT/visit \"نعم\"#2 actors \"الوزير\"",
        "debris \"الوزير\"",
        "note time-conflict",
        "token \"الوزير\" proclitics \"و ب\"",
    ] {
        assert!(told(line).contains(&format!("expected {line}\n")), "{line} holds");
    }
}

#[test]
fn what_cannot_be_read_is_an_error() {
    for (line, reason) in [
        ("tme \"نعم\" = 2018 date", "unknown word tme"),
        ("time \"نعم\" 2018 date", "2018 is none of ="),
        ("time \"نعم\" = tomorrow date", "tomorrow is no value of a time"),
        ("time \"نعم\" = 2018 day", "day is none of date, time, duration, set"),
        ("name \"نعم\" person extra", "extra is too much"),
        ("name \"كلا\" person", "the text does not hold \"كلا\" (so often)"),
        ("name \"نعم\"#3 person", "the text does not hold \"نعم\" (so often)"),
        ("name \"نعم person", "a quotation mark never closes"),
        ("name نعم person", "a text in quotation marks is expected, not نعم"),
        ("said \"نعم\" from \"الوزير\"", "unknown field from of a statement"),
        ("said \"نعم\" act speak", "speak is none of say, "),
        ("said \"نعم\" act say act say", "act is given twice"),
        ("event MEET \"نعم\"", "MEET is no type of event"),
        ("event CONSULT/dinner \"نعم\"", "the modes of CONSULT are visit, "),
        ("event CONSULT \"نعم\" actors", "the line stops too early"),
        ("no idea \"نعم\"", "unknown word idea after no"),
        ("token \"نعم\" proclitics \"من\"", "من is no proclitic"),
        ("no note time-conflicts", "time-conflicts is none of empty, "),
        ("sentences many", "many is no number"),
    ] {
        let (_, errors) = cases("sample.md", &sample(line));
        assert_eq!(errors.len(), 1, "{line}: {errors:?}");
        assert!(errors[0].starts_with("sample.md:10: ") && errors[0].contains(reason), "{line}: {errors:?}");
    }
}

#[test]
fn a_case_is_whole() {
    let errors = |markdown: &str| cases("sample.md", markdown).1.join("\n");
    let text = "```ar\nنعم\n```\n";
    let expect = "```expect\nsentences 1\n```\n";
    assert_eq!(errors(&format!("### a\nYes.\n{text}{expect}")), "");
    assert!(errors(&format!("### a\n{text}{expect}")).contains("no gloss"));
    assert!(errors(&format!("### a\nYes.\n{text}")).contains("expects nothing"));
    assert!(errors(&format!("### a\nYes.\n{expect}{text}")).contains("before their text"));
    assert!(errors(&format!("### a\nYes.\n{text}```expect\nsentences 1\n")).contains("never closes"));
    assert!(errors(&format!("### a\nYes.\n{text}{expect}### a\nYes.\n{text}{expect}")).contains("already"));
    assert!(
        errors(&format!("### a\nYes.\n```ar publshed=2018\nنعم\n```\n{expect}")).contains("unknown word")
    );
    assert!(errors(&format!("### a\nYes.\n```arabic\nنعم\n```\n{expect}")).contains("either ar or expect"));
}
