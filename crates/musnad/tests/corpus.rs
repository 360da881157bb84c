//! Every report of a folder of real news is read, the document checked after every stage.
//!
//! News belongs to its outlets and is no part of this project. The test looks for `shared/data/news/*.jsonl.gz` beside the checkout or
//! in a folder above it, or under `MUSNAD_SHARED`, and says so when there is none. Each line is an object with `id`, `text`, `published`.

mod common;

use flate2::read::GzDecoder;
use musnad::{PublishedFrom, Report};
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// One report in so many is read twice, and both records compared.
const TWICE: usize = 10;

fn folder() -> Option<PathBuf> {
    let given = std::env::var_os("MUSNAD_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|a| a.join("shared"));
    given.into_iter().chain(beside).map(|s| s.join("data/news")).find(|news| news.is_dir())
}

fn lines(news: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(news)
        .expect("the folder can be listed")
        .map(|e| e.expect("the folder can be listed").path())
        .filter(|p| p.to_string_lossy().ends_with(".jsonl.gz"))
        .collect();
    paths.sort();
    let mut all = Vec::new();
    for path in paths {
        let mut text = String::new();
        let file = std::fs::File::open(&path).expect("the file opens");
        GzDecoder::new(file).read_to_string(&mut text).expect("the file is gzip of UTF-8");
        all.extend(text.lines().map(str::to_owned));
    }
    all
}

/// Reads the report of a line; what does not hold, with the report's id.
fn read(line: &str, twice: bool) -> Result<(), String> {
    let json: serde_json::Value = serde_json::from_str(line).map_err(|e| e.to_string())?;
    let field = |name: &str| json[name].as_str().map(str::to_owned);
    let report = Report {
        id: field("id"),
        outlet: field("outlet"),
        published: field("published").and_then(|d| d.parse().ok()),
        published_from: PublishedFrom::Given,
        titled: true,
        text: field("text").unwrap_or_default(),
        ..Report::default()
    };
    let id = report.id.clone().unwrap_or_default();
    let checked = || -> Result<(), String> {
        let doc = common::read(report.clone())?;
        if twice {
            let first = common::record(&doc)?;
            let again = musnad::read(report.clone());
            if serde_json::to_string(&musnad::record::record(&again)).ok().as_deref() != Some(&first) {
                return Err("a second reading gives another record".into());
            }
        }
        Ok(())
    };
    // A panic is told like any other fault, and the other reports are read all the same.
    catch_unwind(AssertUnwindSafe(checked))
        .unwrap_or(Err("a panic, told above".into()))
        .map_err(|e| format!("{id}: {e}"))
}

#[test]
fn every_report_of_the_corpus_is_read() {
    let Some(news) = folder() else {
        println!("skipped: there is no folder shared/data/news here");
        return;
    };
    let lines = lines(&news);
    assert!(!lines.is_empty(), "{} holds no reports", news.display());
    let (next, faults) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(line) = lines.get(i) else { break };
                    if let Err(fault) = read(line, i % TWICE == 0) {
                        faults.lock().expect("no thread panics").push(fault);
                    }
                }
            });
        }
    });
    let mut faults = faults.into_inner().expect("no thread panics");
    faults.sort();
    println!("{} reports read, {} with faults", lines.len(), faults.len());
    assert!(
        faults.is_empty(),
        "{} of {} reports: {:#?}",
        faults.len(),
        lines.len(),
        &faults[..faults.len().min(20)]
    );
}
