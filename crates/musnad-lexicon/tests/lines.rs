//! A row is found again in its file.

use musnad_lexicon::{Entry, Feat, Table, arabic};

#[test]
fn every_row_stands_in_the_line_that_is_told() {
    let lexicon = arabic();
    for table in Table::ALL {
        let path = format!("{}/data/ar/{}.tsv", env!("CARGO_MANIFEST_DIR"), table.file());
        let Ok(file) = std::fs::read_to_string(&path) else { continue };
        let lines: Vec<&str> = file.lines().collect();
        // Counting the lines before a row takes time, so of a long table some rows must do.
        let rows: Vec<_> = lexicon.rows(table).collect();
        let step = (rows.len() / 500).max(1);
        for (at, row) in rows.iter().step_by(step).chain(rows.last()) {
            let line = lexicon.line(Entry { table, row: *at, feat: Feat::default() });
            assert_eq!(lines.get(line - 1), Some(&row.line()), "{path}:{line}");
        }
    }
}
