//! Puts a whole corpus together and prints, for the labelled pairs, precision and recall, and how large groups become:
//! `cargo run --release -p musnad-store --example across`. With `ERRORS=1` what is wrong with the tuned half; with `LIST=FILE` all groups are
//! written to a file, a member a line: kind, number of the group, report, and where in it, in code points. With `REPEAT=N` only the time is told, for
//! the corpus N times over, each time in another year.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "../tests/common/mod.rs"]
mod common;

use std::time::Instant;

fn main() {
    let Some(news) = common::folder() else {
        println!("the reports are not here; MUSNAD_SHARED may name the folder that has them");
        return;
    };
    let start = Instant::now();
    let all = common::read(&news, |_| true);
    println!("{} reports read in {:.1} s", all.len(), start.elapsed().as_secs_f64());
    if let Some(times) = std::env::var("REPEAT").ok().and_then(|n| n.parse().ok()) {
        repeated(&all, times);
        return;
    }
    let start = Instant::now();
    let (found, across) = common::find(&all);
    println!("put together in {:.1} s", start.elapsed().as_secs_f64());
    let sizes = |name: &str, mut sizes: Vec<usize>| {
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        println!(
            "{name}: {} groups of {} members, the largest {:?}",
            sizes.len(),
            sizes.iter().sum::<usize>(),
            &sizes[..sizes.len().min(8)]
        );
    };
    sizes("copies", across.copies.iter().map(|c| c.reports.len()).collect());
    sizes("entities", across.entities.iter().map(Vec::len).collect());
    sizes("utterances", across.utterances.iter().map(Vec::len).collect());
    sizes("happenings", across.happenings.iter().map(Vec::len).collect());
    let pairs = common::pairs();
    println!(
        "{:12}{:12}{:>10}{:>10}  right wrong missed apart unread",
        "kind", "half", "precision", "recall"
    );
    for ((kind, half), s) in common::score(&pairs, |p| found.together(&all, p)) {
        println!(
            "{kind:12}{half:12}{:>10.3}{:>10.3}  {:>5} {:>5} {:>6} {:>5} {:>6}",
            s.precision(),
            s.recall(),
            s.right,
            s.wrong,
            s.missed,
            s.kept_apart,
            s.unread
        );
    }
    if let Some(path) = std::env::var_os("LIST") {
        std::fs::write(path, found.listed(&all)).unwrap();
    }
    if std::env::var_os("ERRORS").is_some() {
        for pair in pairs.iter().filter(|p| p.half == "tuned") {
            let verdict = found.together(&all, pair);
            if pair.kind == "happening" || pair.kind == "utterance" {
                println!("{}", found.evidence(&all, pair));
            }
            if verdict != Some(pair.same) {
                println!("{} same={} found={verdict:?} {:?}", pair.kind, pair.same, pair.sides);
            }
        }
    }
}

/// How long it takes for `times` as many reports: the same ones in other years.
fn repeated(all: &[common::Compared], times: i32) {
    let mut reports = Vec::new();
    let mut bodies = Vec::new();
    for n in 0..times {
        let later = |day: Option<i32>| day.map(|d| d + 400 * n);
        for c in all {
            let mut report = c.report.clone();
            report.name = format!("{} {n}", report.name);
            report.day = later(report.day);
            for event in &mut report.events {
                event.day = later(event.day);
            }
            reports.push(report);
            bodies.push(c.body.as_str());
        }
    }
    let start = Instant::now();
    let across = musnad_store::across::all::across(&reports, &bodies);
    println!(
        "{} reports put together in {:.1} s: {} copies, {} utterances, {} happenings",
        reports.len(),
        start.elapsed().as_secs_f64(),
        across.copies.len(),
        across.utterances.len(),
        across.happenings.len()
    );
}
