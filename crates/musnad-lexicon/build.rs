//! Compiles `data/ar/*.tsv`: checks every row, generates forms, and writes one index over all of them.
//!
//! What reaches the program is the tables' own text (comments left out), `index.fst` (folded word or phrase to a range of
//! entries) and `entries.bin` (eight bytes each: table, row, features). A fault stops the build with `file:line: reason`.

#[path = "src/feat.rs"]
#[allow(dead_code, clippy::all)]
mod feat;
#[path = "src/fold.rs"]
#[allow(dead_code, clippy::all)]
mod fold;
#[path = "src/morphology.rs"]
#[allow(dead_code, clippy::all)]
mod morphology;
#[path = "src/table.rs"]
#[allow(dead_code, clippy::all)]
mod table;

use feat::{Feat, Part};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use table::Table;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=src");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let mut index: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    let mut faults = Vec::new();
    for table in Table::ALL {
        let path = format!("data/ar/{}.tsv", table.file());
        let source = fs::read_to_string(&path).unwrap_or_default();
        let mut kept = String::with_capacity(source.len());
        let mut header = None;
        let mut seen = BTreeSet::new();
        for (number, line) in source.lines().enumerate() {
            let mut fault = |reason: String| faults.push(format!("{path}:{}: {reason}", number + 1));
            if line.starts_with('#') || line.is_empty() {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            if header.is_none() {
                if cells != table.columns() {
                    fault(format!("the header is {cells:?}, not {:?}", table.columns()));
                }
                header = Some(());
                continue;
            }
            if cells.len() != table.columns().len() {
                fault(format!("{} cells, not {}", cells.len(), table.columns().len()));
                continue;
            }
            if cells.iter().any(|c| c.trim() != *c) {
                fault("a cell begins or ends with a space".into());
            }
            if !seen.insert(line.to_owned()) {
                fault("the row stands twice".into());
            }
            let row = kept.len() as u64;
            assert!(row < 1 << 24, "{path} is over 16 MiB");
            kept.push_str(line);
            kept.push('\n');
            let mut empty = None;
            let keyed = keys(table, &cells, &mut |key, feat| {
                let words: Vec<String> =
                    key.split_whitespace().map(fold::fold).filter(|w| !w.is_empty()).collect();
                if words.is_empty() {
                    empty = Some(format!("{key:?} has no letters"));
                } else {
                    index
                        .entry(words.join(" "))
                        .or_default()
                        .insert((table as u64) << 56 | row << 32 | u64::from(feat.0));
                }
            });
            if let Some(reason) = keyed.err().or(empty) {
                fault(reason);
            }
        }
        fs::write(Path::new(&out).join(format!("{}.tsv", table.file())), kept).expect("OUT_DIR is writable");
    }
    if !faults.is_empty() {
        for f in &faults {
            println!("cargo::error={f}");
        }
        return;
    }
    let mut builder = fst::MapBuilder::memory();
    let mut entries: Vec<u8> = Vec::new();
    for (key, values) in &index {
        let first = (entries.len() / 8) as u64;
        builder.insert(key, first << 16 | values.len() as u64).expect("keys are sorted");
        for v in values {
            entries.extend_from_slice(&v.to_le_bytes());
        }
    }
    let index = builder.into_inner().expect("memory");
    fs::write(Path::new(&out).join("index.fst"), index).expect("OUT_DIR is writable");
    fs::write(Path::new(&out).join("entries.bin"), entries).expect("OUT_DIR is writable");
}

/// Gives `add` every key under which a row is found, with the features of that form; fails with the row's fault.
fn keys(table: Table, cells: &[&str], add: &mut dyn FnMut(&str, Feat)) -> Result<(), String> {
    let list = |cell: &'static str| -> Vec<&str> {
        let cell = table.columns().iter().position(|c| *c == cell).map_or("", |i| cells[i]);
        cell.split('|').filter(|s| !s.is_empty()).collect()
    };
    let none = Feat::default();
    match table {
        Table::Verb => {
            for (form, feat) in
                morphology::conjugate(cells[0], cells[1], cells[2], cells[3], &list("masdars"))?
            {
                add(&form, feat);
            }
        }
        Table::Noun => {
            for (form, feat) in morphology::decline(cells[0], Part::Noun, &list("plurals")) {
                let feat = if cells[2] == "f" { feat.feminine() } else { feat };
                add(&form, feat);
            }
        }
        Table::Cue | Table::Trigger => {
            if cells[1] == "phrase" {
                add(cells[0], none);
            }
        }
        Table::Country => {
            add(cells[1], none);
            list("variants").iter().for_each(|v| add(v, none));
            for nisba in list("nisba") {
                for (form, feat) in morphology::decline(nisba, Part::Nisba, &list("nisba_plurals")) {
                    add(&form, feat);
                }
            }
            list("capital").iter().chain(&list("metonyms")).for_each(|m| add(m, Feat::of(Part::Metonym)));
        }
        Table::Place | Table::PlaceMore | Table::Organization | Table::Person => {
            add(cells[1], none);
            list("variants").iter().for_each(|v| add(v, none));
        }
        Table::Portfolio => {
            add(cells[0], none);
            list("variants").iter().for_each(|v| add(v, none));
        }
        Table::Title => {
            let words = list("word");
            for w in &words {
                // قاض beside قاضي "judge" is the one form without its ي; everything else is made from the other.
                if words.contains(&format!("{w}ي").as_str()) {
                    add(w, Feat::of(Part::Noun).human());
                    continue;
                }
                for (form, feat) in morphology::decline(w, Part::Noun, &list("plural")) {
                    add(&form, feat.human());
                }
            }
            for w in list("feminine") {
                let plural = w.strip_suffix('ة').map(|stem| format!("{stem}ات"));
                let plurals: Vec<&str> = plural.as_deref().into_iter().collect();
                for (form, feat) in morphology::decline(w, Part::Noun, &plurals) {
                    add(&form, feat.feminine().human());
                }
            }
        }
        Table::Group => {
            add(cells[0], none);
            list("forms").iter().for_each(|v| add(v, none));
        }
        Table::Particle | Table::Time | Table::Given | Table::Surname | Table::Head => add(cells[0], none),
    }
    Ok(())
}
