//! Prints the forms of every verb of the lexicon, or of a file with the columns of `verbs.tsv`, one a line: lemma, root, form,
//! imperfect, word, features. For `tools/check_forms.py`.

use musnad_lexicon::{Table, arabic, conjugate};
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let lines: Vec<String> = match std::env::args().nth(1) {
        Some(path) => std::fs::read_to_string(path)?.lines().map(str::to_owned).collect(),
        None => arabic().rows(Table::Verb).map(|(_, row)| row.line().to_owned()).collect(),
    };
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let [lemma, root, form, imperfect, masdars, ..] = cells[..] else {
            writeln!(std::io::stderr(), "too few cells: {line}")?;
            continue;
        };
        let masdars: Vec<&str> = masdars.split('|').collect();
        match conjugate(lemma, root, form, imperfect, &masdars) {
            Ok(forms) => {
                for (word, feat) in forms {
                    writeln!(out, "{lemma}\t{root}\t{form}\t{imperfect}\t{word}\t{feat:?}")?;
                }
            }
            Err(reason) => writeln!(std::io::stderr(), "{lemma}: {reason}")?,
        }
    }
    out.flush()
}
