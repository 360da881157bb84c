//! What the command line refuses, and what its help says.

mod common;

use common::{PORT, command, file, musnad, run, with_input, word};

#[test]
fn wrong_command_lines_are_told_and_end_with_2() {
    for (arguments, told) in [
        (&["read", "--format", "xml"][..], "xml"),
        (&["read", "--until", "nonsense"], "tokens"),
        (&["read", "--jobs", "0"], "0"),
        (&["read", "--jobs", "many"], "many"),
        (&["read", "--published", "3/4/2022"], "YYYY-MM-DD"),
        (&["read", "--published", "2022-02-30"], "YYYY-MM-DD"),
        (&["read", "--no-such-option"], "--no-such-option"),
        (&["nonsense"], "nonsense"),
        (&[], "Usage"),
        (&["explain"], "INPUT"),
        (&["explain", "-", "s1", "--at", "3"], "--at"),
        (&["lexicon"], "WORD"),
        (&["lexicon", "water"], "no Arabic word"),
        (&["demo", "no-such-report"], "musnad demo --list"),
        (&["add"], "STORE"),
        (&["add", "x.db", "--batch", "0"], "0"),
        (&["export", "x.db", "--format", "pretty"], "pretty"),
        (&["export", "x.db", "--since", "May"], "YYYY-MM-DD"),
    ] {
        let run = musnad(arguments).expect(2);
        assert!(run.err.contains(told), "{arguments:?}: {told} is not in:\n{}", run.err);
        assert_eq!(run.out, "", "{arguments:?}");
        assert!(arguments.is_empty() || run.err.starts_with("musnad: "), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn the_program_says_its_name_first() {
    let run = musnad(&["lexicon", "water"]).expect(2);
    assert!(run.err.starts_with("musnad: lexicon: water: "), "{}", run.err);
    assert_eq!(run.err.lines().count(), 1, "one chain: {}", run.err);
}

#[test]
fn every_command_has_help_with_an_example() {
    let run = musnad(&["--help"]).expect(0);
    for name in ["read", "explain", "lexicon", "demo", "add", "reread", "export", "stats", "stages"] {
        assert!(run.out.contains(name), "{name}");
        let help = musnad(&[name, "--help"]).expect(0).out;
        assert!(help.contains("Usage: musnad"), "{help}");
        if name != "stages" {
            assert!(help.contains("Examples:\n  musnad "), "{name} has no example:\n{help}");
        }
    }
    assert!(musnad(&["--version"]).expect(0).out.starts_with("musnad "));
}

/// Runs the command lines of some documentation, as far as the first pipe or remark, in an empty folder. Their files need not be there.
fn hold<'a>(examples: impl Iterator<Item = &'a str>) -> usize {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let mut seen = 0;
    for example in examples.filter_map(|line| line.trim().strip_prefix("musnad ")) {
        let plain = example.split(['|', '>', '#']).next().unwrap_or_default().replace('\'', "");
        let arguments: Vec<&str> = plain.split_whitespace().collect();
        let run = run(command(&arguments).current_dir(folder.path()), b"");
        assert_ne!(run.code, 2, "musnad {example}\n{}", run.err);
        seen += 1;
    }
    seen
}

#[test]
fn the_examples_of_the_help_are_command_lines_that_hold() {
    for name in ["read", "explain", "lexicon", "demo", "add", "reread", "export", "stats"] {
        let help = musnad(&[name, "--help"]).expect(0).out;
        assert!(hold(help.split("Examples:\n").nth(1).unwrap().lines()) > 1, "{name}");
    }
}

#[test]
fn the_readme_shows_every_command_and_what_it_shows_holds() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md")).unwrap();
    for name in ["read", "explain", "lexicon", "demo", "add", "export", "stats", "stages"] {
        assert!(readme.contains(&format!("\nmusnad {name}")), "{name} is not in the README");
    }
    assert!(hold(readme.lines()) >= 5);
}

#[test]
fn stages_are_those_that_until_takes() {
    let stages = musnad(&["stages"]).expect(0).out;
    let names: Vec<&str> = stages.lines().filter_map(|l| l.split_whitespace().next()).collect();
    assert_eq!(names, musnad::STAGES.iter().map(|s| s.name).collect::<Vec<_>>());
    for name in names {
        with_input(&["read", "-", "--until", name], PORT.as_bytes()).expect(0);
    }
}

#[test]
fn odd_names_of_files_are_no_trouble() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), "تقرير مهم.txt", PORT);
    assert_eq!(musnad(&["read", word(&path)]).expect(0).records().len(), 1);
}
