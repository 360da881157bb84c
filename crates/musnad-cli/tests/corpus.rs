//! Real news through the program: all of it is read, and any number of jobs gives the same bytes.
//!
//! News belongs to its outlets and is no part of this project. The test looks for `shared/data/news/*.jsonl.gz` beside the checkout or
//! in a folder above it, or under `MUSNAD_SHARED`, and says so when there is none.

mod common;

use common::{musnad, word};
use std::path::{Path, PathBuf};

fn folder() -> Option<PathBuf> {
    let given = std::env::var_os("MUSNAD_SHARED").map(PathBuf::from);
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|a| a.join("shared"));
    given.into_iter().chain(beside).map(|s| s.join("data/news")).find(|news| news.is_dir())
}

#[test]
fn all_news_is_read_and_jobs_change_nothing() {
    let Some(news) = folder() else {
        println!("skipped: there is no folder shared/data/news here");
        return;
    };
    let mut files: Vec<PathBuf> = std::fs::read_dir(&news).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort_by_key(|path| path.metadata().unwrap().len());
    let smallest = files.first().expect("the folder holds news");
    let two = musnad(&["read", "--jobs", "2", word(smallest)]).expect(0);
    let one = musnad(&["read", "--jobs", "1", word(smallest)]).expect(0);
    // Comparing by hand: nobody wants to see megabytes of difference.
    assert!(one.out == two.out, "one job and two give different records of {}", smallest.display());
    let all = musnad(&["read", "--jobs", "2", word(&news)]).expect(0);
    assert!(all.err.contains(" 0 failures"), "{}", all.err);
    let lines = all.out.lines().count();
    assert!(
        all.err.replace(',', "").contains(&format!("{lines} reports")),
        "{lines} records, but {}",
        all.err
    );
}
