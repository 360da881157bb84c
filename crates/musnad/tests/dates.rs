//! Dates against a corpus made elsewhere: the Arabic cases of duckling (BSD-3-Clause), a parser of dates that people say to
//! assistants. They lie beside the checkout as data for development, or where `MUSNAD_SHARED` says; without them the test says so and
//! passes.

use musnad::{PublishedFrom, Report};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// How many of the phrases must get the value that the corpus gives them, in percent.
const SHARE: usize = 80;

/// What newspapers do not write: spoken words (بكرة "tomorrow", امبارح "yesterday", الجاي "coming"), misspellings, and months and
/// hours by cardinal numbers ("month three", "hour two").
const SPOKEN: [&str; 19] = [
    "بكر",
    "الجاي",
    "امبارح",
    "القبل",
    " الي ",
    "نص شهر",
    "شهر ثلاث",
    "شهر عشرة",
    "شهر 3",
    "حالا",
    "الشهر الماض",
    "اربعا ",
    "ثان ",
    "الساعة ثلاثة",
    "الساعة خمسة",
    "عشر ة",
    "من اسبوع",
    "الشهر التاسع",
    "في هذه اللحظة",
];

fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("MUSNAD_SHARED").map(PathBuf::from);
    let beside =
        || Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|a| a.join("shared")).find(|s| s.is_dir());
    given.or_else(beside)
}

/// The value in TIMEX3 of a case: `datetime (2013, 2, 12, 0, 0, 0) Day`. `None` for intervals and moments, which TIMEX3 tells
/// otherwise.
fn expected(case: &str) -> Option<String> {
    if case.contains("Interval") {
        return None;
    }
    let (numbers, grain) = case.split_once('(')?.1.split_once(')')?;
    let n: Vec<u32> = numbers.split(',').filter_map(|x| x.trim().parse().ok()).collect();
    let [year, month, day, hour, minute, _] = n[..] else { return None };
    let date = jiff::civil::date(year as i16, month as i8, day as i8);
    Some(match grain.split_whitespace().next()? {
        "Day" => date.to_string(),
        "Week" => {
            let week = date.iso_week_date();
            format!("{:04}-W{:02}", week.year(), week.week())
        }
        "Month" => format!("{year:04}-{month:02}"),
        "Year" => format!("{year:04}"),
        "Hour" | "Minute" => format!("{date}T{hour:02}:{minute:02}"),
        _ => return None,
    })
}

#[test]
#[allow(clippy::print_stderr)]
fn phrases_of_duckling() {
    let Some(path) = shared().map(|s| s.join("data/dates/duckling-ar.json")).filter(|p| p.is_file()) else {
        eprintln!("skipped: the corpus of duckling is not beside the checkout");
        return;
    };
    let corpus: Value =
        serde_json::from_str(&std::fs::read_to_string(path).expect("the corpus can be read")).expect("JSON");
    let published = corpus["reference"].as_str().and_then(|r| r.get(..10)?.parse().ok());
    assert!(published.is_some(), "the corpus has a day of reference");
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for case in corpus["cases"].as_array().expect("a list of cases") {
        let Some(value) = case["value"].as_str().and_then(expected) else { continue };
        for phrase in case["phrases"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if SPOKEN.iter().any(|s| phrase.contains(s)) {
                continue;
            }
            // Assistants are asked about what is to come: "they will arrive".
            let text = format!("سيصلون {phrase}.");
            let report =
                Report { published, published_from: PublishedFrom::Given, text, ..Report::default() };
            let doc = musnad::read_until(report, 3);
            all += 1;
            match doc.times.first() {
                Some(t) if t.value == value => right += 1,
                other => wrong.push(format!("{phrase}: {:?}, not {value}", other.map(|t| &t.value))),
            }
        }
    }
    eprintln!("{right} of {all} phrases\n{}", wrong.join("\n"));
    assert!(all >= 90, "only {all} phrases of the corpus can be compared");
    assert!(right * 100 >= all * SHARE, "{right} of {all} phrases, under {SHARE} %:\n{}", wrong.join("\n"));
}
