//! Prints the forms of every verb of the lexicon, one a line: lemma, root, form, imperfect, word, features.
//! For `tools/check_forms.py`.

use musnad_lexicon::{Table, arabic, conjugate};
use std::io::Write;

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (_, row) in arabic().rows(Table::Verb) {
        let (lemma, root, form) = (row.get("lemma"), row.get("root"), row.get("form"));
        let masdars: Vec<&str> = row.list("masdars").collect();
        match conjugate(lemma, root, form, row.get("imperfect"), &masdars) {
            Ok(forms) => {
                for (word, feat) in forms {
                    writeln!(out, "{lemma}\t{root}\t{form}\t{}\t{word}\t{feat:?}", row.get("imperfect"))?;
                }
            }
            Err(reason) => writeln!(out, "{lemma}\t{reason}")?,
        }
    }
    out.flush()
}
