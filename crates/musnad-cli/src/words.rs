//! `musnad lexicon`: what the tables and the morphology know of a word, and whether the tables agree with themselves.

use crate::arguments::{LexiconArguments, LexiconCommand};
use crate::evidence;
use crate::output;
use crate::page::{ASIDE, HEADING, WARNING, WORDS};
use crate::trouble::{Done, Trouble, tell};
use crate::typeset::{Sheet, arabic, plain};
use musnad::document::{Classes, Kind};
use musnad_lexicon::{Entry, Feat, Row, Table, arabic as lexicon, fold};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Runs the command.
pub fn run(arguments: &LexiconArguments) -> Result<Done, Trouble> {
    match arguments.command {
        Some(LexiconCommand::Check) => check(),
        None => known(&arguments.words.join(" ")),
    }
}

/// Shows what is known of each word, and of each phrase under its first word.
fn known(text: &str) -> Result<Done, Trouble> {
    let report = musnad::Report { text: text.to_owned(), ..musnad::Report::default() };
    let doc = musnad::read_until(report, 1);
    if !doc.tokens.iter().any(|t| t.kind == Kind::Word) {
        return Err(Trouble::Usage(format!(
            "lexicon: {text}: no Arabic word in it: the lexicon is one of Arabic"
        )));
    }
    let look = output::look();
    let mut sheet = Sheet::new(look.width, look.coloured);
    let mut all_known = true;
    for i in 0..doc.tokens.len() {
        if doc.kind(i) != Some(Kind::Word) {
            continue;
        }
        if i > 0 {
            sheet.gap();
        }
        let word = doc.text(doc.tokens[i].span);
        let mut head = vec![arabic(word).styled(HEADING)];
        if doc.word(i) != word {
            head.push(plain("folded").styled(ASIDE));
            head.push(arabic(doc.word(i)));
        }
        let classes = evidence::classes(&doc, i);
        if !classes.is_empty() {
            head.push(plain("function word:").styled(ASIDE));
            head.push(plain(classes.join(", ")));
        }
        sheet.flow(0, 2, &head);
        let mut any = false;
        for reading in doc.readings(i) {
            let letters = evidence::parts(&doc, i, reading);
            let mut parts = vec![arabic(&letters).styled(WORDS)];
            if reading.tokens > 1 {
                parts.push(plain("phrase").styled(ASIDE));
            }
            let mut first = true;
            for entry in reading.entries.iter() {
                any = true;
                if std::mem::take(&mut first) {
                    sheet.flow(2, 4, &parts);
                }
                row(&mut sheet, entry, reading.allows(entry));
            }
        }
        let phrase = (0..i).any(|before| {
            doc.readings(before).iter().any(|r| before + usize::from(r.tokens) > i && !r.entries.is_empty())
        });
        if !any && phrase {
            sheet.flow(2, 4, &[plain("part of the phrase above, and in no table by itself").styled(ASIDE)]);
        } else if !any {
            sheet.flow(2, 4, &[plain("in no table").styled(WARNING)]);
            all_known = false;
        }
    }
    let mut out = output::stdout();
    out.write_all(sheet.finish().as_bytes())?;
    out.flush()?;
    Ok(if all_known { Done::Whole } else { Done::SomeFailed })
}

fn row(sheet: &mut Sheet, entry: Entry, fits: bool) {
    let mut pieces = vec![plain(evidence::place(entry))];
    let features = evidence::features(entry.feat);
    if !features.is_empty() {
        pieces.push(plain(format!("({features})")).styled(ASIDE));
    }
    pieces.extend(evidence::cells(entry));
    if !fits {
        pieces.push(plain("not with these clitics").styled(WARNING));
    }
    sheet.flow(4, 8, &pieces);
    if !matches!(entry.table, Table::Verb | Table::Noun) {
        return;
    }
    for (name, table) in [("cue", Table::Cue), ("trigger", Table::Trigger)] {
        for linked in lexicon().linked(entry, table) {
            let mut pieces = vec![plain(name).styled(ASIDE), plain(evidence::place(linked))];
            pieces.extend(evidence::cells(linked));
            sheet.flow(8, 12, &pieces);
        }
    }
}

/// Checks all tables and names every row that is at odds with another or with its column.
fn check() -> Result<Done, Trouble> {
    let faults = faults();
    for fault in &faults {
        tell(format_args!("{fault}"));
    }
    let mut out = output::stdout();
    let rows: usize = Table::ALL.iter().map(|t| lexicon().rows(*t).count()).sum();
    writeln!(out, "{} tables, {rows} rows, {} faults", Table::ALL.len(), faults.len())?;
    out.flush()?;
    Ok(if faults.is_empty() { Done::Whole } else { Done::SomeFailed })
}

/// The columns that together say which thing a row is about; `None` where the build itself refuses a second row.
const fn key(table: Table) -> Option<&'static [&'static str]> {
    match table {
        Table::Particle => Some(&["word", "class"]),
        Table::Verb | Table::Noun => None,
        // One word may be a cue in several acts, and name events of several types: what must differ is what it is told apart by.
        Table::Cue => Some(&["word", "pos", "act", "medium"]),
        Table::Trigger => Some(&["word", "pos", "type", "mode", "conditions"]),
        Table::Time => Some(&["word", "class", "value"]),
        Table::Country => Some(&["iso3"]),
        Table::Place | Table::PlaceMore => Some(&["geonames", "name", "iso3", "kind"]),
        Table::Organization | Table::Person | Table::Work => Some(&["id"]),
        Table::Given | Table::Surname | Table::Portfolio => Some(&["name"]),
        Table::Title | Table::Group => Some(&["word"]),
        Table::Head => Some(&["word", "class"]),
        Table::NameWord | Table::SpeechWord => Some(&["word"]),
    }
}

fn faults() -> Vec<String> {
    let countries: BTreeSet<&str> = lexicon().rows(Table::Country).map(|(_, row)| row.get("iso3")).collect();
    let mut faults = Vec::new();
    for table in Table::ALL {
        let place = |row: u32| evidence::place(Entry { table, row, feat: Feat::default() });
        let mut keys: BTreeMap<Vec<&str>, u32> = BTreeMap::new();
        for (at, row) in lexicon().rows(table) {
            let mut fault = |reason: String| faults.push(format!("{}: {reason}", place(at)));
            if let Some(columns) = key(table) {
                // As they are spelled: أن and إن fold to one word and are two.
                let key: Vec<&str> = columns.iter().map(|c| row.get(c)).collect();
                let shown: Vec<&str> = columns.iter().map(|c| row.get(c)).filter(|c| !c.is_empty()).collect();
                if let Some(before) = keys.insert(key, at) {
                    fault(format!(
                        "{} stands in {} too: make one row of the two",
                        shown.join(" "),
                        place(before)
                    ));
                }
            }
            if let Some(reason) = outside(row, &countries) {
                fault(reason);
            }
            let mut forms = BTreeSet::new();
            for form in row.list("variants").chain((!row.get("variants").is_empty()).then(|| row.get("name")))
            {
                if !forms.insert(form) {
                    fault(format!("{form} stands twice among its own names: leave one"));
                }
            }
        }
    }
    faults.extend(shared_names());
    faults
}

/// Folded, for comparison; what has no letters of Arabic stays as it is.
fn folded(cell: &str) -> String {
    let words: Vec<String> = cell.split_whitespace().map(fold).filter(|w| !w.is_empty()).collect();
    if words.is_empty() { cell.to_owned() } else { words.join(" ") }
}

/// What the grammar of names asks of heads.
const MARKS: [&str; 21] = [
    "weak",
    "bearer",
    "of-state",
    "national",
    "short",
    "plain",
    "militia",
    "portfolio",
    "two-states",
    "press",
    "outside",
    "town",
    "ground",
    "famous",
    "proper",
    "many",
    "institution",
    "numbered",
    "service",
    "talks",
    "two",
];

/// What is wrong with a cell by itself.
fn outside(row: Row, countries: &BTreeSet<&str>) -> Option<String> {
    let is_one_of = |column: &str, allowed: &[&str]| {
        row.list(column)
            .find(|v| !allowed.contains(v))
            .map(|v| format!("{column} {v} is none of {}", allowed.join(", ")))
    };
    let within = |column: &str, most: f64| {
        let cell = row.get(column);
        let fine = cell.is_empty() || cell.parse::<f64>().is_ok_and(|n| n.abs() <= most);
        (!fine).then(|| format!("{column} {cell} is no number of degrees from -{most} to {most}"))
    };
    let state = || {
        row.list("iso3").find(|iso3| !countries.contains(iso3)).map(|iso3| {
            format!("iso3 {iso3} is no state of countries.tsv: add its row there or mend the code")
        })
    };
    match row.table() {
        Table::Particle => {
            let class = row.get("class");
            (Classes::named(class) == Classes(0))
                .then(|| format!("class {class} is none that the grammar knows"))
        }
        Table::Country => within("lat", 90.0).or_else(|| within("lon", 180.0)),
        Table::Place | Table::PlaceMore => {
            state().or_else(|| within("lat", 90.0)).or_else(|| within("lon", 180.0))
        }
        Table::Organization | Table::Person => state(),
        Table::Work => state().or_else(|| is_one_of("class", &["document", "occasion"])),
        Table::Given => is_one_of("gender", &["m", "f"]),
        Table::Title => {
            is_one_of("kind", &["office", "rank", "honorific", "relation", "profession", "style"])
        }
        Table::Group => {
            is_one_of("type", &["person", "group", "organization", "document", "occasion", "place"])
        }
        Table::Head => is_one_of("class", &["organization", "place", "occasion", "document"])
            .or_else(|| is_one_of("kind", &["part", "generic", "either"]))
            .or_else(|| is_one_of("marks", &MARKS)),
        Table::NameWord => row
            .list("class")
            .find(|class| musnad::ar::names::words::Does::named(class).is_none())
            .map(|class| format!("class {class} is none that the grammar knows")),
        Table::SpeechWord => row
            .list("class")
            .find(|class| musnad::ar::statements::words::Does::named(class).is_none())
            .map(|class| format!("class {class} is none that the grammar knows")),
        _ => None,
    }
}

/// Names that two states, two bodies or two people claim at once: the reader could not tell them apart.
fn shared_names() -> Vec<String> {
    let mut faults = Vec::new();
    for table in [Table::Country, Table::Organization, Table::Person, Table::Work] {
        let place = |row: u32| evidence::place(Entry { table, row, feat: Feat::default() });
        let mut owners: BTreeMap<String, u32> = BTreeMap::new();
        for (at, row) in lexicon().rows(table) {
            // One that begins with ? wants evidence before it is taken, so it may be the name of several.
            let sure = row.list("variants").filter(|name| !name.starts_with('?'));
            for name in std::iter::once(row.get("name")).chain(sure) {
                let before = *owners.entry(folded(name)).or_insert(at);
                if before != at {
                    faults.push(format!(
                        "{}: {name} is a name of {} too: leave it where it is meant, or give both a longer one",
                        place(at),
                        place(before)
                    ));
                }
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_fold_to_one_are_one_key() {
        assert_eq!(folded("إسلام آباد"), folded("اسلام اباد"));
        assert_eq!(folded("m"), "m");
    }

    #[test]
    fn the_tables_agree_with_themselves() {
        let faults = faults();
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    }
}
