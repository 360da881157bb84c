//! `musnad search`: what a store has to a question.

use crate::arguments::{Among, ListFormat, SearchArguments};
use crate::output;
use crate::progress::grouped;
use crate::storing::{of_store, open_to_read};
use crate::trouble::{Done, Trouble, tell};
use crate::typeset::{Piece, Sheet, given, plain};
use musnad_store::Query;
use musnad_store::search::{Excerpt, FoundEntity, FoundReport, FoundStatement, NotAnswered, Results};
use std::io::{self, Write};

/// Everything that was found.
#[derive(Debug, Default, serde::Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    entities: Option<Results<FoundEntity>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statements: Option<Results<FoundStatement>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reports: Option<Results<FoundReport>>,
}

/// Runs the command.
pub fn run(arguments: &SearchArguments) -> Result<Done, Trouble> {
    let query = Query::of(&arguments.query).map_err(|told| Trouble::Usage(told.to_string()))?;
    let store = open_to_read(&arguments.store)?;
    let old = store.not_searchable().map_err(of_store)?;
    if old > 0 {
        let old = grouped(old);
        tell(format_args!("{old} reports are not looked through: run `musnad reread` once"));
    }
    let (limit, among) = (arguments.limit.get(), arguments.among);
    let mut answer = Answer::default();
    if matches!(among, Among::Entities | Among::All) {
        match store.find_entities(&query, limit) {
            Ok(found) => answer.entities = Some(found),
            // Among all, what says nothing about entities is looked for among the others.
            Err(NotAnswered::Query(_)) if among == Among::All => {}
            Err(told) => return Err(not_answered(&told)),
        }
    }
    if matches!(among, Among::Statements | Among::All) {
        answer.statements = Some(store.find_statements(&query, limit).map_err(|t| not_answered(&t))?);
    }
    if matches!(among, Among::Reports | Among::All) {
        answer.reports = Some(store.find_reports(&query, limit).map_err(|t| not_answered(&t))?);
    }
    let mut out = output::stdout();
    match arguments.format {
        ListFormat::Table => out.write_all(page(&answer).as_bytes())?,
        ListFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &answer).map_err(io::Error::from)?;
            out.write_all(b"\n")?;
        }
        ListFormat::Csv => out.write_all(csv(&answer).as_bytes())?,
    }
    out.flush()?;
    Ok(Done::Whole)
}

/// A query that is not understood is a wrong command line; a store that cannot be read is none.
pub fn not_answered(told: &NotAnswered) -> Trouble {
    match told {
        NotAnswered::Query(told) => Trouble::Usage(told.to_string()),
        NotAnswered::Store(trouble) => Trouble::Failed(trouble.to_string()),
    }
}

fn shown(excerpt: &Excerpt) -> String {
    excerpt.marked("[", "]")
}

fn page(answer: &Answer) -> String {
    let look = output::look();
    let mut sheet = Sheet::new(look.width, look.coloured);
    let mut first = true;
    let mut heading = |sheet: &mut Sheet, what: &str, found: u64, shown: usize| {
        if !std::mem::take(&mut first) {
            sheet.gap();
        }
        let of = if found > shown as u64 { format!(", the first {shown}") } else { String::new() };
        sheet.flow(0, 0, &[plain(format!("{what}: {}{of}", grouped(found))).styled(HEADING)]);
    };
    if let Some(entities) = &answer.entities {
        heading(&mut sheet, "ENTITIES", entities.found, entities.shown.len());
        for e in &entities.shown {
            let name = shown(&e.name);
            let mut pieces = vec![given(&name).styled(WORDS)];
            pieces.extend(e.name_en.as_deref().map(given));
            pieces.push(plain(&e.kind).styled(ASIDE));
            pieces.extend(e.country.as_deref().map(plain));
            pieces.extend(e.office.as_deref().map(given));
            pieces.push(plain(format!("{} reports", grouped(e.reports))));
            pieces.extend(e.last_seen.as_ref().map(|day| plain(format!("to {day}"))));
            sheet.flow(2, 6, &separated(pieces));
        }
    }
    if let Some(statements) = &answer.statements {
        heading(&mut sheet, "STATEMENTS", statements.found, statements.shown.len());
        for s in &statements.shown {
            let mut pieces = dated(s.published.as_deref(), s.outlet.as_deref());
            pieces.extend(s.speaker.as_deref().map(|n| given(n).styled(WORDS)));
            pieces.extend(s.speaker_en.as_deref().map(given));
            pieces.push(plain(&s.act));
            pieces.extend(s.via.as_deref().map(given));
            sheet.flow(2, 6, &separated(pieces));
            sheet.flow(4, 4, &[given(&shown(&s.excerpt))]);
        }
    }
    if let Some(reports) = &answer.reports {
        heading(&mut sheet, "REPORTS", reports.found, reports.shown.len());
        for r in &reports.shown {
            let mut pieces = dated(r.published.as_deref(), r.outlet.as_deref());
            pieces.extend(r.title.as_deref().map(|t| given(t).styled(WORDS)));
            sheet.flow(2, 6, &separated(pieces));
            sheet.flow(4, 4, &[given(&shown(&r.excerpt))]);
            if let Some(address) = &r.address {
                sheet.flow(4, 4, &[given(address).styled(ASIDE)]);
            }
        }
    }
    sheet.finish()
}

/// Headings.
pub const HEADING: anstyle::Style = anstyle::Style::new().bold();
/// Words of reports.
pub const WORDS: anstyle::Style = anstyle::Style::new().bold();
/// What is said by the way.
pub const ASIDE: anstyle::Style = anstyle::Style::new().dimmed();

/// Day and outlet.
pub fn dated<'a>(day: Option<&'a str>, outlet: Option<&'a str>) -> Vec<Piece<'a>> {
    let mut out = vec![plain(day.unwrap_or("no day")).styled(ASIDE)];
    out.extend(outlet.map(|o| given(o).styled(ASIDE)));
    out
}

/// With a point between each two.
pub fn separated(pieces: Vec<Piece<'_>>) -> Vec<Piece<'_>> {
    crate::page::dotted(pieces)
}

/// One row each, whatever it is; what it does not have stays empty.
fn csv(answer: &Answer) -> String {
    let mut out = String::from(
        "what,id,report,published,outlet,speaker,act,via,name,name_en,type,country,reports,title,excerpt,address\n",
    );
    let mut row = |cells: [&str; 16]| {
        let cells: Vec<String> = cells.iter().map(|c| cell(c)).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    };
    fn or(o: &Option<String>) -> &str {
        o.as_deref().unwrap_or_default()
    }
    for e in answer.entities.iter().flat_map(|f| &f.shown) {
        let id = e.entity.map(|i| i.to_string()).unwrap_or_default();
        let (name, reports) = (e.name.text.as_str(), e.reports.to_string());
        let (english, country) = (or(&e.name_en), or(&e.country));
        row([
            "entity",
            &id,
            "",
            or(&e.last_seen),
            "",
            "",
            "",
            "",
            name,
            english,
            &e.kind,
            country,
            &reports,
            "",
            "",
            "",
        ]);
    }
    for s in answer.statements.iter().flat_map(|f| &f.shown) {
        let (id, report, excerpt) = (s.statement.to_string(), s.report.to_string(), shown(&s.excerpt));
        let (day, outlet, speaker, via) = (or(&s.published), or(&s.outlet), or(&s.speaker), or(&s.via));
        let address = or(&s.address);
        row([
            "statement",
            &id,
            &report,
            day,
            outlet,
            speaker,
            &s.act,
            via,
            "",
            "",
            "",
            "",
            "",
            "",
            &excerpt,
            address,
        ]);
    }
    for r in answer.reports.iter().flat_map(|f| &f.shown) {
        let (id, excerpt) = (r.report.to_string(), shown(&r.excerpt));
        let (day, outlet, title, address) = (or(&r.published), or(&r.outlet), or(&r.title), or(&r.address));
        row(["report", &id, &id, day, outlet, "", "", "", "", "", "", "", "", title, &excerpt, address]);
    }
    out
}

/// A cell of CSV; a spreadsheet must not take it for a formula.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let quote = formula || text.contains([',', '"', '\n', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if quote { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
