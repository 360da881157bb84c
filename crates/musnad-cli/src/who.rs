//! `musnad who`: offices, what they said, what they did and with whom.

use crate::arguments::{StatsFormat, WhoArguments};
use crate::output;
use crate::progress::grouped;
use crate::search::{ASIDE, HEADING, WORDS, dated, not_answered, separated};
use crate::storing::open_to_read;
use crate::trouble::{Done, Trouble};
use crate::typeset::{Sheet, given, plain};
use musnad_store::search::Person;
use std::io::{self, Write};

/// Runs the command.
pub fn run(arguments: &WhoArguments) -> Result<Done, Trouble> {
    let name = arguments.name.join(" ");
    let store = open_to_read(&arguments.store)?;
    let Some(person) = store.who(&name, arguments.limit.get()).map_err(|t| not_answered(&t))? else {
        return Err(Trouble::Failed(format!(
            "nobody and nothing in this store is called {name}: `musnad search --in entities` finds parts of names"
        )));
    };
    let mut out = output::stdout();
    match arguments.format {
        StatsFormat::Table => out.write_all(page(&person).as_bytes())?,
        StatsFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &person).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(Done::Whole)
}

/// From the first to the last day that is known.
fn between(days: &[Option<String>; 2]) -> String {
    match days {
        [Some(first), Some(last)] if first == last => first.clone(),
        [Some(first), Some(last)] => format!("{first} to {last}"),
        _ => "no day known".to_owned(),
    }
}

fn page(person: &Person) -> String {
    let look = output::look();
    let mut sheet = Sheet::new(look.width, look.coloured);
    let mut head = vec![given(&person.name).styled(WORDS)];
    head.extend(person.name_en.as_deref().map(|n| given(n).styled(WORDS)));
    head.push(plain(&person.kind).styled(ASIDE));
    head.extend(person.country.as_deref().map(plain));
    head.extend(person.link.as_deref().map(|l| given(l).styled(ASIDE)));
    sheet.flow(0, 2, &separated(head));
    let reports = plain(format!("{} reports", grouped(person.reports)));
    sheet.flow(0, 2, &separated(vec![reports, plain(between(&person.seen))]));
    if !person.others.is_empty() {
        let mut pieces = vec![plain("also called so:").styled(ASIDE)];
        for (i, (name, reports)) in person.others.iter().enumerate() {
            pieces.push(given(name));
            let comma = if i + 1 < person.others.len() { "," } else { "" };
            pieces.push(plain(format!("({}){comma}", grouped(*reports))));
        }
        sheet.flow(0, 2, &pieces);
    }
    let heading = |sheet: &mut Sheet, what: &str, found: u64, shown: usize| {
        sheet.gap();
        let of = if found > shown as u64 { format!(", the latest {shown}") } else { String::new() };
        sheet.flow(0, 0, &[plain(format!("{what}: {}{of}", grouped(found))).styled(HEADING)]);
    };
    if !person.offices.is_empty() {
        sheet.gap();
        sheet.flow(0, 0, &[plain("OFFICES").styled(HEADING)]);
    }
    for office in &person.offices {
        let times = plain(format!("{} reports", grouped(office.reports)));
        sheet.flow(
            2,
            6,
            &separated(vec![given(&office.title), times, plain(between(&office.seen)).styled(ASIDE)]),
        );
    }
    heading(&mut sheet, "SAID", person.statements, person.said.len());
    for s in &person.said {
        let mut pieces = dated(s.published.as_deref(), s.outlet.as_deref());
        pieces.push(plain(&s.act));
        pieces.extend(s.medium.as_deref().map(|m| plain(m).styled(ASIDE)));
        pieces.extend(s.via.as_deref().map(given));
        sheet.flow(2, 6, &separated(pieces));
        sheet.flow(4, 4, &[given(&s.content)]);
    }
    heading(&mut sheet, "TOOK PART IN", person.events, person.did.len());
    for e in &person.did {
        let mut pieces = dated(e.day.as_deref(), e.outlet.as_deref());
        pieces.push(plain(&e.kind));
        pieces.push(plain(&e.part));
        pieces.push(plain(&e.status).styled(ASIDE));
        pieces.extend(e.with.as_deref().map(given));
        pieces.extend(e.place.as_deref().map(given));
        sheet.flow(2, 6, &separated(pieces));
    }
    if !person.counterparts.is_empty() {
        sheet.gap();
        sheet.flow(0, 0, &[plain("WITH").styled(HEADING)]);
    }
    for c in &person.counterparts {
        let mut pieces = vec![plain(grouped(c.events)), given(&c.name).styled(WORDS)];
        pieces.extend(c.name_en.as_deref().map(given));
        pieces.push(plain(&c.types).styled(ASIDE));
        sheet.flow(2, 6, &separated(pieces));
    }
    sheet.finish()
}
