//! `musnad demo`: the reports in the program itself, read the way that any others are.

use crate::arguments::DemoArguments;
use crate::output;
use crate::page::{ASIDE, HEADING};
use crate::progress::Progress;
use crate::read::{How, of_source, print, threads};
use crate::storing::{self, Candidate, of_store, open_to_read, store_all};
use crate::trouble::{Done, Trouble};
use crate::typeset::{Sheet, given, plain};
use musnad_sources::{Fault, Options, Report};
use musnad_store::Store;
use musnad_store::rusqlite::{self, OptionalExtension};
use std::io::Write;
use std::num::NonZero;
use std::path::Path;

/// The files under `demo/`: their names there and their bytes.
static FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/demo.rs"));

/// A report, or what is wrong with it, and the names that it goes by.
struct Demo {
    file: &'static str,
    name: String,
    report: Result<Report, Fault>,
}

/// Runs the command.
pub fn run(arguments: &DemoArguments) -> Result<Done, Trouble> {
    let mut chosen = demos();
    if let Some(name) = arguments.names.iter().find(|name| !chosen.iter().any(|d| d.is_called(name))) {
        return Err(Trouble::Usage(format!(
            "demo: {name}: no demo report is called that: `musnad demo --list` names them"
        )));
    }
    chosen.retain(|d| arguments.names.is_empty() || arguments.names.iter().any(|name| d.is_called(name)));
    if arguments.list {
        return list(&chosen);
    }
    if let Some(path) = &arguments.store {
        return fill(path, chosen, arguments.reading.quiet);
    }
    let reports = chosen.into_iter().map(|d| d.report);
    print(reports, &How::asked(&arguments.reading, None), Progress::silent())
}

/// Fills a store with all demo reports, and shows what is the same across them.
fn fill(path: &Path, demos: Vec<Demo>, quiet: bool) -> Result<Done, Trouble> {
    let store = Store::create(path).map_err(of_store)?;
    let candidates = demos.into_iter().map(|d| {
        d.report.map(|report| {
            let origin = report.origin.clone();
            Candidate::New { report: of_source(report), origin, version: None }
        })
    });
    let how = storing::How { jobs: threads(None), batch: NonZero::<usize>::MAX, quiet };
    let done = store_all(store, candidates, &how, Progress::silent())?;
    let store = open_to_read(path)?;
    let page = same(&store).map_err(|e| of_store(store.told(&e)))?;
    let mut out = output::stdout();
    out.write_all(page.as_bytes())?;
    out.flush()?;
    Ok(done)
}

/// A copied text, what one said in three outlets out of one, and a happening whose accounts contradict each other.
fn same(store: &Store) -> rusqlite::Result<String> {
    let look = output::look();
    let mut sheet = Sheet::new(look.width, look.coloured);
    let list = |sheet: &mut Sheet, query: &str, group: i64| -> rusqlite::Result<()> {
        let mut query = store.connection().prepare(query)?;
        let mut rows = query.query([group])?;
        while let Some(r) = rows.next()? {
            let words: [Option<String>; 4] = [r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?];
            let [day, outlet, words, aside] = words.map(Option::unwrap_or_default);
            let pieces =
                [plain(day).styled(ASIDE), given(&outlet), given(&words), plain(aside).styled(ASIDE)];
            let pieces: Vec<_> = pieces.into_iter().filter(|p| !p.is_blank()).collect();
            sheet.flow(2, 4, &pieces);
        }
        Ok(())
    };
    let first = |query: &str| {
        let of = |r: &rusqlite::Row| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?));
        store.connection().query_row(query, (), of).optional()
    };
    if let Some((copy, said)) = first(
        "SELECT m.copy, count(*) || ' reports carry one text' FROM copy_members AS m GROUP BY m.copy ORDER BY count(*) DESC, m.copy LIMIT 1",
    )? {
        sheet.flow(0, 2, &[plain(format!("COPIES: {said}")).styled(HEADING)]);
        let query = "SELECT v.published, o.name, v.title, iif(c.source = v.id, 'the source', m.why) FROM copy_members AS m
            JOIN copies AS c ON c.id = m.copy JOIN versions AS v ON v.id = m.version JOIN reports AS r ON r.id = v.report
            LEFT JOIN outlets AS o ON o.id = r.outlet WHERE m.copy = ?1 ORDER BY c.source <> v.id, v.published, v.id";
        list(&mut sheet, query, copy)?;
    }
    if let Some((utterance, said)) = first(
        "SELECT u.id, printf('%d reports, %d origin%s', u.reports, u.origins, iif(u.origins = 1, '', 's')) FROM utterances AS u
         WHERE u.speaker IS NOT NULL ORDER BY u.origins = 1 AND u.reports >= 3 DESC, u.reports DESC, u.id LIMIT 1",
    )? {
        sheet.gap();
        sheet.flow(0, 2, &[plain(format!("AN UTTERANCE: {said}")).styled(HEADING)]);
        let query = "SELECT s.published, s.outlet, s.speaker || ': ' || s.content, 'origin ' || m.origin FROM utterance_members AS m
            JOIN statements_flat AS s ON s.statement = m.statement WHERE m.utterance = ?1 ORDER BY m.origin, s.published, s.statement";
        list(&mut sheet, query, utterance)?;
    }
    if let Some((happening, said)) = first(
        "SELECT id, type || coalesce(', ' || day, '') || ': ' || reports || ' reports say ' || contradiction FROM happenings
         WHERE contradiction IS NOT NULL ORDER BY reports DESC, id LIMIT 1",
    )? {
        sheet.gap();
        sheet.flow(0, 2, &[plain(format!("A HAPPENING: {said}")).styled(HEADING)]);
        let query = "SELECT e.published, e.outlet, e.sentence,
                e.status || coalesce(', ' || e.dead || ' dead', '') || coalesce(', ' || e.injured || ' injured', '')
            FROM happening_members AS m JOIN events_flat AS e ON e.event = m.event WHERE m.happening = ?1 ORDER BY e.published, e.event";
        list(&mut sheet, query, happening)?;
    }
    Ok(sheet.finish())
}

/// All reports of all files.
fn demos() -> Vec<Demo> {
    FILES.iter().flat_map(|(file, bytes)| demos_of(file, bytes)).collect()
}

/// The reports of one file. Each is called by its id; one that has none by its file, with a number where there are several.
fn demos_of(file: &'static str, bytes: &[u8]) -> Vec<Demo> {
    let all: Vec<_> = musnad_sources::read_bytes(file, bytes, Options::default()).collect();
    let several = all.len() > 1;
    let name = |i: usize, report: &Result<Report, Fault>| match report {
        Ok(Report { id: Some(id), .. }) => id.clone(),
        _ if several => format!("{}-{}", stem(file), i + 1),
        _ => stem(file).to_owned(),
    };
    all.into_iter().enumerate().map(|(i, report)| Demo { file, name: name(i, &report), report }).collect()
}

/// The name of a file without its folder and endings.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').next().unwrap_or(name)
}

impl Demo {
    /// Whether the report or its file goes by a name.
    fn is_called(&self, name: &str) -> bool {
        name == self.name || name == self.file || name == stem(self.file)
    }
}

fn list(demos: &[Demo]) -> Result<Done, Trouble> {
    let look = output::look();
    let mut sheet = Sheet::new(look.width, look.coloured);
    let mut before = "";
    for demo in demos {
        if demo.file != before {
            sheet.flow(0, 2, &[plain(demo.file).styled(HEADING)]);
            before = demo.file;
        }
        let report = demo.report.as_ref().map_err(|fault| Trouble::Failed(fault.to_string()))?;
        let pieces = [
            plain(demo.name.as_str()),
            plain(report.published.as_deref().unwrap_or_default()).styled(ASIDE),
            given(report.outlet.as_deref().unwrap_or_default()).styled(ASIDE),
            given(report.text.lines().next().unwrap_or_default()),
        ];
        sheet.flow(2, 4, &pieces);
    }
    let mut out = output::stdout();
    out.write_all(sheet.finish().as_bytes())?;
    out.flush()?;
    Ok(Done::Whole)
}
