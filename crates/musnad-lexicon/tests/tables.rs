//! The tables as files: sorted, so that changes can be read and merged, and with their sources named.

use musnad_lexicon::Table;
use std::path::{Path, PathBuf};

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/ar");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|e| e.expect("an entry").path())
        .collect();
    all.sort();
    all
}

fn name(path: &Path) -> String {
    path.file_name().expect("a file").to_string_lossy().into_owned()
}

#[test]
fn every_file_is_a_table() {
    for path in files() {
        // The list of ordinary words is no table of the index: `Lexicon::is_ordinary` reads it.
        let known = name(&path) == "ordinary_words.tsv"
            || Table::ALL.iter().any(|t| format!("{}.tsv", t.file()) == name(&path));
        assert!(known, "{} is read by nothing", path.display());
    }
}

#[test]
fn rows_are_sorted() {
    let mut faults = Vec::new();
    for path in files() {
        let text = std::fs::read_to_string(&path).expect("a readable table");
        // Places are in the order of their names; the mark of a doubtful one does not count.
        let places = matches!(name(&path).as_str(), "places.tsv" | "places_more.tsv");
        let key = |line: &str| {
            line.split('\t').nth(usize::from(places)).unwrap_or("").trim_start_matches('?').to_owned()
        };
        let rows: Vec<(usize, &str)> =
            text.lines().enumerate().filter(|(_, l)| !l.starts_with('#') && !l.is_empty()).skip(1).collect();
        for two in rows.windows(2) {
            if key(two[0].1) > key(two[1].1) {
                faults.push(format!(
                    "{}:{}: {} stands after {}",
                    name(&path),
                    two[1].0 + 1,
                    key(two[1].1),
                    key(two[0].1)
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn sources_are_named() {
    let data = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../DATA.md"))
        .expect("DATA.md");
    for path in files() {
        let text = std::fs::read_to_string(&path).expect("a readable table");
        let header: String = text.lines().take_while(|l| l.starts_with('#')).collect();
        let named = ["Written for Musnad", "Source:", "Sources:"].iter().any(|s| header.contains(s));
        assert!(named, "the header of {} names no source", path.display());
        assert!(data.contains(&format!("`{}`", name(&path))), "DATA.md does not tell of {}", name(&path));
    }
}
