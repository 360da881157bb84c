//! The documents at the root say what is so.

use musnad::STAGES;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn document(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).expect("the document is there")
}

#[test]
fn the_table_of_stages_is_the_program_s() {
    let architecture = document("ARCHITECTURE.md");
    let rows: Vec<&str> = architecture
        .lines()
        .skip_while(|l| !l.starts_with("<!-- stages"))
        .take_while(|l| !l.starts_with("<!-- /stages"))
        .filter(|l| l.starts_with("| `"))
        .collect();
    let stages: Vec<String> = STAGES.iter().map(|s| format!("| `{}` | {} |", s.name, s.fills)).collect();
    assert_eq!(rows, stages, "ARCHITECTURE.md should hold:\n{}\n", stages.join("\n"));
}

#[test]
fn the_code_map_names_files_that_are_there() {
    let architecture = document("ARCHITECTURE.md");
    let map = architecture.split("## Where is what?").nth(1).expect("there is a code map");
    let map = map.split("\n## ").next().unwrap_or_default();
    let mut folder = root();
    let mut seen = 0;
    for line in map.lines() {
        for path in line.split('`').skip(1).step_by(2).filter(|p| p.contains('/') || p.ends_with(".rs")) {
            if line.starts_with('`') && line.starts_with(&format!("`{path}`")) {
                folder = root().join(path);
            }
            let path = path.trim_end_matches("*.tsv");
            let there = folder.join(path).exists() || root().join(path).exists();
            assert!(there, "{path} is not there: {line}");
            seen += 1;
        }
    }
    assert!(seen > 15, "only {seen} paths are named");
}

#[test]
fn links_between_documents_lead_somewhere() {
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "DATA.md", "MODELS.md", "CHANGELOG.md"] {
        let text = document(name);
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let there = link.starts_with("https://") || root().join(link).exists();
            assert!(there, "{name} links to {link}");
        }
    }
}
