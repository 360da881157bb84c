//! `musnad group`, and what is decided by hand: `musnad merge`, `split`, `undo` and `decisions`.

use crate::arguments::{
    Deciding, DecisionsArguments, GroupArguments, MergeArguments, SplitArguments, StatsFormat, UndoArguments,
};
use crate::output;
use crate::page::{ASIDE, HEADING};
use crate::storing::{begin, of_store, open_to_read, tell_groups};
use crate::trouble::{Done, Trouble, tell};
use crate::typeset::{Sheet, given, plain};
use musnad_store::{Called, Store};
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

/// Runs `musnad group`.
pub fn group(arguments: &GroupArguments) -> Result<Done, Trouble> {
    let mut store = open(&arguments.store)?;
    let told = if arguments.all {
        let started = Instant::now();
        let mut batch = begin(&mut store).map_err(of_store)?;
        let groups = batch.group_all().map_err(of_store)?;
        batch.commit().map_err(of_store)?;
        Some((groups, started.elapsed()))
    } else {
        crate::storing::group(&mut store).map_err(of_store)?
    };
    if !arguments.quiet {
        match told {
            Some(groups) => tell_groups(groups),
            None => tell(format_args!("nothing to do: nothing has come since it was told what is the same")),
        }
    }
    Ok(Done::Whole)
}

/// Runs `musnad merge`.
pub fn merge(arguments: &MergeArguments) -> Result<Done, Trouble> {
    let mut store = open(&arguments.store)?;
    let one = entity(&store, &arguments.one)?;
    let other = entity(&store, &arguments.other)?;
    if one.id == other.id {
        return Err(Trouble::Failed(format!(
            "{} and {} are one entity already",
            arguments.one, arguments.other
        )));
    }
    let (by, why) = kept(&arguments.deciding)?;
    let mut batch = begin(&mut store).map_err(of_store)?;
    let number = batch.merge(one.id, other.id, &by, why).map_err(of_store)?;
    let Some(number) = number else { return Err(gone()) };
    batch.group_all().map_err(of_store)?;
    batch.commit().map_err(of_store)?;
    tell(format_args!("decision {number}: {} and {} are one", one.name, other.name));
    Ok(Done::Whole)
}

/// Runs `musnad split`.
pub fn split(arguments: &SplitArguments) -> Result<Done, Trouble> {
    let mut store = open(&arguments.store)?;
    let one = entity(&store, &arguments.entity)?;
    let mut reports = Vec::new();
    for word in &arguments.reports {
        let report = store.report_called(word).map_err(of_store)?;
        reports.push(report.ok_or_else(|| {
            Trouble::Failed(format!(
                "no report is called {word}; give its address, its id, or its number in the table `reports`"
            ))
        })?);
    }
    let (by, why) = kept(&arguments.deciding)?;
    let mut batch = begin(&mut store).map_err(of_store)?;
    let number = batch.split(one.id, &reports, &by, why).map_err(of_store)?;
    let Some(number) = number else {
        return Err(Trouble::Failed(format!("{} stands in none of these reports", one.name)));
    };
    batch.group_all().map_err(of_store)?;
    batch.commit().map_err(of_store)?;
    tell(format_args!("decision {number}: {} is another in these reports", one.name));
    Ok(Done::Whole)
}

/// Runs `musnad undo`.
pub fn undo(arguments: &UndoArguments) -> Result<Done, Trouble> {
    let mut store = open(&arguments.store)?;
    let by = name(arguments.by.as_deref());
    let mut batch = begin(&mut store).map_err(of_store)?;
    if !batch.undo(arguments.decision, &by).map_err(of_store)? {
        return Err(Trouble::Failed(format!(
            "no decision {} stands; `musnad decisions` lists them",
            arguments.decision
        )));
    }
    batch.group_all().map_err(of_store)?;
    batch.commit().map_err(of_store)?;
    tell(format_args!("decision {} is taken back", arguments.decision));
    Ok(Done::Whole)
}

/// Runs `musnad decisions`.
pub fn list(arguments: &DecisionsArguments) -> Result<Done, Trouble> {
    let decisions = open_to_read(&arguments.store)?.decisions().map_err(of_store)?;
    let mut out = output::stdout();
    if arguments.format == StatsFormat::Json {
        serde_json::to_writer_pretty(&mut out, &decisions).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
    } else {
        let look = output::look();
        let mut sheet = Sheet::new(look.width, look.coloured);
        for d in &decisions {
            let head = [
                plain(format!("{} {}", d.decision, d.act)).styled(HEADING),
                plain(format!("{} by", d.made)).styled(ASIDE),
                given(&d.by),
            ];
            sheet.flow(0, 2, &head);
            for about in &d.about {
                sheet.flow(2, 4, &[given(about)]);
            }
            sheet.flow(2, 4, &[given(&d.why)]);
            if let Some(undone) = &d.undone {
                let by = given(d.undone_by.as_deref().unwrap_or_default());
                sheet.flow(2, 4, &[plain(format!("taken back {undone} by")).styled(ASIDE), by]);
            }
        }
        out.write_all(sheet.finish().as_bytes())?;
    }
    out.flush()?;
    Ok(Done::Whole)
}

fn open(path: &Path) -> Result<Store, Trouble> {
    Store::open(path).map_err(of_store)
}

/// The only entity that a word means.
fn entity(store: &Store, word: &str) -> Result<Called, Trouble> {
    let mut found = store.entities_called(word).map_err(of_store)?;
    match (found.pop(), found.as_slice()) {
        (Some(only), []) => Ok(only),
        (None, _) => Err(Trouble::Failed(format!(
            "no entity is called {word}; give its number in the table `entities`, its key, its link or its whole name"
        ))),
        (Some(last), others) => {
            let numbers: Vec<String> =
                others.iter().chain([&last]).map(|n| format!("{} ({})", n.id, n.key)).collect();
            Err(Trouble::Failed(format!(
                "several entities are called {word}; give a number: {}",
                numbers.join(", ")
            )))
        }
    }
}

/// Who decides, and why.
fn kept(deciding: &Deciding) -> Result<(String, &str), Trouble> {
    if deciding.why.trim().is_empty() {
        return Err(Trouble::Usage("--why: a decision needs a reason, in a few words".to_owned()));
    }
    Ok((name(deciding.by.as_deref()), deciding.why.trim()))
}

fn name(given: Option<&str>) -> String {
    given
        .map(str::to_owned)
        .or_else(|| ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|v| std::env::var(v).ok()))
        .unwrap_or_else(|| "somebody".to_owned())
}

fn gone() -> Trouble {
    Trouble::Failed("another program has changed these entities meanwhile; look them up again".to_owned())
}
