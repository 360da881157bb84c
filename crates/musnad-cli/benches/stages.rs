//! How fast each stage reads, how fast the whole is, how soon the program starts and how much memory it takes.
//!
//! Run it with `make bench`, on the demo reports, or with `make bench CORPUS=news.jsonl.gz`, on files of your own. Everything is
//! measured on one core, of several rounds the fastest, so that what else the machine does counts little.

use musnad_sources::{Input, Options, Report};
use std::ffi::OsString;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Rounds go on until this much time has been measured.
const ENOUGH: Duration = Duration::from_secs(3);
/// How often the program is started.
const STARTS: usize = 20;
/// A run over fewer words is over before its second thread has begun.
const WORDS_FOR_JOBS: usize = 100_000;

fn main() -> io::Result<()> {
    // Cargo adds an option of its own.
    let mut paths: Vec<OsString> = std::env::args_os().skip(1).filter(|a| a != "--bench").collect();
    if paths.is_empty() {
        for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/demo"))? {
            paths.push(entry?.path().into());
        }
        // Beside the reports lies a file that tells about them.
        paths.retain(|path| Path::new(path).extension().is_none_or(|e| e != "md"));
        paths.sort();
    }
    let inputs = paths.iter().map(|p| Input::from(p.as_os_str())).collect();
    let (reports, mut out) = (reports(inputs), io::stdout().lock());
    let words: usize = reports.iter().map(|r| r.text.split_whitespace().count()).sum();
    if words == 0 {
        return writeln!(out, "there is nothing to read in {paths:?}");
    }
    let (rounds, best) = rounds(&reports);
    writeln!(out, "{} reports, {words} words, {rounds} rounds on one core", reports.len())?;
    let whole: Duration = best.iter().map(|(_, time)| *time).sum();
    let rate = |time: Duration| (words as f64 / time.as_secs_f64().max(1e-9)) as u64;
    writeln!(out, "{:<12}{:>12}{:>8}", "", "words/s", "share")?;
    for (name, time) in &best {
        let share = 100.0 * time.as_secs_f64() / whole.as_secs_f64();
        writeln!(out, "{name:<12}{:>12}{share:>7.1}%", rate(*time))?;
    }
    writeln!(out, "{:<12}{:>12}", "whole", rate(whole))?;
    program(&mut out, &paths, words)
}

/// All reports of the inputs. What cannot be read is for `musnad read` to tell.
fn reports(inputs: Vec<Input>) -> Vec<musnad::Report> {
    let convert = |report: Report| musnad::Report {
        id: report.id,
        uri: report.uri,
        outlet: report.outlet,
        published: report.published.and_then(|d| d.parse().ok()),
        published_from: musnad::PublishedFrom::Given,
        titled: report.titled,
        text: report.text,
    };
    musnad_sources::read(inputs, Options::default()).filter_map(Result::ok).map(convert).collect()
}

/// The time of each stage over all reports, in the fastest of some rounds.
fn rounds(reports: &[musnad::Report]) -> (usize, Vec<(&'static str, Duration)>) {
    let names = ["open"].into_iter().chain(musnad::STAGES.iter().map(|s| s.name)).chain(["record"]);
    let mut best: Vec<(&str, Duration)> = names.map(|name| (name, Duration::MAX)).collect();
    let (mut spent, mut n) = (Duration::ZERO, 0);
    while spent < ENOUGH {
        let mut times = vec![Duration::ZERO; best.len()];
        for report in reports {
            round(report.clone(), &mut times);
        }
        for ((_, best), time) in best.iter_mut().zip(&times) {
            *best = (*best).min(*time);
        }
        spent += times.iter().sum::<Duration>();
        n += 1;
    }
    (n, best)
}

/// Reads one report and adds to the time of each stage.
fn round(report: musnad::Report, times: &mut [Duration]) {
    let mut start = Instant::now();
    let mut lap = |time: &mut Duration| {
        let now = Instant::now();
        *time += now - start;
        start = now;
    };
    let mut doc = musnad::open(report);
    lap(&mut times[0]);
    if let Some(language) = doc.language {
        for (stage, time) in musnad::STAGES.iter().zip(&mut times[1..]) {
            (stage.run)(language, &mut doc);
            lap(time);
        }
    }
    let json = serde_json::to_string(&musnad::record::record(&doc));
    black_box(json.is_ok());
    if let Some(time) = times.last_mut() {
        lap(time);
    }
}

/// What is measured of the program as a whole.
fn program(out: &mut impl Write, paths: &[OsString], words: usize) -> io::Result<()> {
    let musnad = Path::new(env!("CARGO_BIN_EXE_musnad"));
    writeln!(out, "{:<12}{:>12.1} MB", "binary", musnad.metadata()?.len() as f64 / 1e6)?;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let start = Instant::now();
        // Looks a word up, so the lexicons are loaded.
        Command::new(musnad).args(["lexicon", "قال"]).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        starts.push(start.elapsed());
    }
    starts.sort();
    writeln!(out, "{:<12}{:>12.1} ms", "start", starts[STARTS / 2].as_secs_f64() * 1e3)?;
    let run = |jobs: &str| -> io::Result<(Duration, Option<u64>)> {
        let start = Instant::now();
        let mut child = Command::new(musnad)
            .args(["read", "--quiet", "--format", "jsonl", "--jobs", jobs])
            .args(paths)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut peak = None;
        while child.try_wait()?.is_none() {
            peak = high_water(child.id()).max(peak);
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok((start.elapsed(), peak))
    };
    let (one, peak) = run("1")?;
    if let Some(peak) = peak {
        writeln!(out, "{:<12}{:>12.1} MB", "memory", peak as f64 / 1e3)?;
    }
    if words >= WORDS_FOR_JOBS {
        let (two, peak) = run("2")?;
        if let Some(peak) = peak {
            writeln!(out, "{:<12}{:>12.1} MB", "  2 jobs", peak as f64 / 1e3)?;
        }
        writeln!(out, "{:<12}{:>12.2} times one", "two jobs", one.as_secs_f64() / two.as_secs_f64())?;
    }
    Ok(())
}

/// The most memory that a running process has held so far, in kilobytes; `None` where the system does not tell.
fn high_water(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
