//! Times against tables: `times.tsv`, written for Musnad, and two corpora made elsewhere for assistants that people talk to: the Arabic
//! cases of duckling (BSD-3-Clause) and of Recognizers-Text (MIT). Those two lie beside the checkout as data for development, or where
//! `MUSNAD_SHARED` says; without them their tests say so and pass. What of them does not hold stands in `dates_left.tsv`, with the reason.

use musnad::document::{Document, Time, TimeKind};
use musnad::{PublishedFrom, Report};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How many of the cases that newspapers might write must hold, in percent.
const SHARE: usize = 85;

fn shared() -> Option<PathBuf> {
    let given = std::env::var_os("MUSNAD_SHARED").map(PathBuf::from);
    let beside =
        || Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|a| a.join("shared")).find(|s| s.is_dir());
    given.or_else(beside)
}

fn corpus(name: &str) -> Option<Value> {
    let path = shared().map(|s| s.join("data/dates").join(name)).filter(|p| p.is_file())?;
    Some(serde_json::from_str(&std::fs::read_to_string(path).expect("the corpus can be read")).expect("JSON"))
}

fn read(text: &str, published: &str) -> Document {
    let published = published.get(..10).and_then(|d| d.parse().ok());
    assert!(published.is_some(), "a day of publication");
    let text = text.to_owned();
    let doc = musnad::read_until(
        Report { published, published_from: PublishedFrom::Given, text, ..Report::default() },
        3,
    );
    assert_eq!(doc.check(), Ok(()));
    doc
}

fn kind(time: &Time) -> &'static str {
    match time.kind {
        TimeKind::Date => "date",
        TimeKind::Time => "time",
        TimeKind::Duration => "duration",
        TimeKind::Set => "set",
    }
}

#[test]
fn expressions_of_newspapers() {
    let rows = include_str!("times.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    let (mut expressions, mut wrong) = (0, Vec::new());
    for row in rows {
        let cells: Vec<&str> = row.split('\t').collect();
        let [_, published, sentence, times, _] = cells[..] else { panic!("five columns: {row}") };
        let expected: Vec<&str> = if times == "-" { Vec::new() } else { times.split(" | ").collect() };
        expressions += expected.len();
        let doc = read(sentence, published);
        let found: Vec<String> =
            doc.times.iter().map(|t| format!("{} = {} {}", doc.text(t.span), t.value, kind(t))).collect();
        if found != expected {
            wrong.push(format!("{sentence}: {found:?}, not {expected:?}"));
        }
    }
    assert!(expressions >= 200, "{expressions}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The cases that do not hold: corpus and text to why.
fn left() -> BTreeMap<(&'static str, &'static str), &'static str> {
    let rows = include_str!("dates_left.tsv").lines().filter(|l| !l.starts_with('#')).skip(1);
    rows.map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let [corpus, text, why, _] = cells[..] else { panic!("four columns: {row}") };
        assert!(["spoken", "english", "convention", "open"].contains(&why), "{row}");
        ((corpus, text), why)
    })
    .collect()
}

/// Holds the cases of a corpus against the list of those left.
#[allow(clippy::print_stderr)]
fn judge(name: &str, cases: &[(String, Result<(), String>)], at_least: usize) {
    let left = left();
    let mut trouble = Vec::new();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for (text, result) in cases {
        let why = left.get(&(name, text.trim()));
        match (result, why) {
            (Ok(()), None) => *count.entry("right").or_default() += 1,
            (Err(_), Some(why)) => *count.entry(why).or_default() += 1,
            (Ok(()), Some(_)) => trouble.push(format!("holds, and is listed: {text}")),
            (Err(found), None) => trouble.push(format!("{text}\t{found}")),
        }
    }
    eprintln!("{name}: {count:?}");
    assert!(cases.len() >= at_least, "only {} cases of {name}", cases.len());
    let (right, open) = (count.get("right").copied().unwrap_or(0), count.get("open").copied().unwrap_or(0));
    assert!(trouble.is_empty(), "{name}, {} cases:\n{}", trouble.len(), trouble.join("\n"));
    assert!(right * 100 >= (right + open) * SHARE, "{right} right, {open} open");
}

/// The values in TIMEX3 of a case of duckling, `datetime (2013, 2, 12, 0, 0, 0) Day`: those of a stretch are its first and its last.
fn of_duckling(case: &str) -> Option<Vec<String>> {
    let grain = case.rsplit(')').next()?.split_whitespace().next()?;
    let inner = case.split_once('(')?.1.rsplit_once(')')?.0;
    let n: Vec<i16> = inner.split([',', '(', ')']).filter_map(|x| x.trim().parse().ok()).collect();
    let date = |n: &[i16]| jiff::civil::date(n[0], n[1] as i8, n[2] as i8);
    let value = |n: &[i16]| {
        let day = date(n);
        Some(match grain {
            "Day" => day.to_string(),
            "Week" => {
                let week = day.iso_week_date();
                format!("{:04}-W{:02}", week.year(), week.week())
            }
            "Month" => format!("{:04}-{:02}", n[0], n[1]),
            "Year" => format!("{:04}", n[0]),
            "Second" if n[5] > 0 => format!("{day}T{:02}:{:02}:{:02}", n[3], n[4], n[5]),
            "Hour" | "Minute" => format!("{day}T{:02}:{:02}", n[3], n[4]),
            // The moment at which somebody speaks.
            "Second" => "PRESENT_REF".to_owned(),
            _ => return None,
        })
    };
    match n.len() {
        6 => Some(vec![value(&n)?]),
        // The end is not counted in.
        12 if grain == "Day" => {
            Some(vec![value(&n[..6])?, date(&n[6..]).yesterday().expect("a day before").to_string()])
        }
        // Two hours of one day, where the words name both.
        12 if grain == "Hour" && n[..3] == n[6..9] => {
            let last = [n[6], n[7], n[8], n[9] - 1, 0, 0];
            Some(vec![value(&n[..6])?, value(&last)?])
        }
        _ => None,
    }
}

#[test]
#[allow(clippy::print_stderr)]
fn phrases_of_duckling() {
    let Some(corpus) = corpus("duckling-ar.json") else {
        eprintln!("skipped: the corpus of duckling is not beside the checkout");
        return;
    };
    let published = corpus["reference"].as_str().expect("a day of reference");
    let mut cases = Vec::new();
    for case in corpus["cases"].as_array().expect("a list of cases") {
        let values = case["value"].as_str().and_then(of_duckling);
        for phrase in case["phrases"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            // What lies before the day of reference is told, the rest is planned.
            let past = values.iter().flatten().any(|v| v.as_str() < &published[..10]);
            let text = if past { format!("وصلوا {phrase}.") } else { format!("سيصلون {phrase}.") };
            let doc = read(&text, published);
            let found: Vec<&str> = doc.times.iter().map(|t| t.value.as_str()).collect();
            let result = match &values {
                Some(values) if values.iter().map(String::as_str).eq(found.iter().copied()) => Ok(()),
                Some(values) => Err(format!("{found:?}, not {values:?}")),
                // Stretches that TIMEX3 tells otherwise: found, one value.
                None if doc.times.len() == 1 => Ok(()),
                None => Err(format!("{found:?}, not one")),
            };
            cases.push((phrase.to_owned(), result));
        }
    }
    judge("duckling", &cases, 170);
}

/// Words of an expression that Recognizers-Text counts in and we do not.
const AROUND: [&str; 21] = [
    "في", "من", "إلى", "بين", "حتى", "خلال", "طوال", "و", "-", "يوم", "هذا", "مدة", "لمدة", "حول", "بعد",
    "قبل", "على", "عند", ",", "،", ".",
];

/// Whether all words of an expected expression that are no prepositions or joints lie in times of ours.
fn covered(doc: &Document, text: &str) -> bool {
    let Some(start) = doc.report.text.find(text) else { return false };
    let mut at = start;
    text.split_whitespace().all(|word| {
        let from = at + doc.report.text[at..].find(word).unwrap_or(0);
        at = from + word.len();
        // The letters at the edges may be a preposition or a mark.
        let inside = |t: &&Time| (t.span.start as usize) < at && from < t.span.end as usize;
        AROUND.contains(&word) || doc.times.iter().any(|t| inside(&t))
    })
}

/// Whether one of our times, or two of them, tell what a case of Recognizers-Text is resolved to.
fn resolved(doc: &Document, value: &Value) -> bool {
    let timex = value["Timex"].as_str().unwrap_or_default();
    let side = |name: &str| -> Vec<&str> {
        value[name].as_object().into_iter().flatten().filter_map(|(_, v)| v.as_str()).collect()
    };
    let found: Vec<&str> = doc.times.iter().map(|t| t.value.as_str()).collect();
    let clock = |v: &str| v.split_once('T').map(|(_, t)| t.to_owned());
    // T07 is 07:00, (T17,T18,PT1H) a stretch of hours.
    let hour = |v: &str| {
        let v = v.trim_start_matches('T');
        if v.len() == 2 && v.bytes().all(|b| b.is_ascii_digit()) { format!("{v}:00") } else { v.to_owned() }
    };
    if let Some(inner) = timex.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        let parts: Vec<&str> = inner.split(',').collect();
        let [from, to, length] = parts[..] else { return false };
        let ends = |a: &str, b: &str| match found[..] {
            [x, y] => {
                let year = |v: &str| if v.ends_with("-01-01") { v[..4].to_owned() } else { v.to_owned() };
                (x == a || x == year(a)) && (y == b || y == year(b))
            }
            _ => false,
        };
        let hours = from.starts_with('T')
            && found.iter().filter_map(|v| clock(v)).collect::<Vec<_>>() == [hour(from), hour(to)];
        // The third quarter, the seventies.
        let part = match length {
            "P3M" => found.iter().any(|v| v.contains("-Q")),
            "P10Y" => found.iter().any(|v| v.ends_with('X') && from[2..3] == v[2..3]),
            _ => false,
        };
        let sides = ["FutureResolution", "PastResolution"].iter().any(|s| {
            let side = side(s);
            matches!(side[..], [a, b] if ends(b, a) || ends(a, b))
        });
        return hours || part || sides || found.contains(&length);
    }
    let one = |v: &str| {
        v == timex
            || timex.starts_with('T') && clock(v).is_some_and(|c| c == hour(timex))
            || timex.len() == 2 && v.ends_with(timex)
            || (timex == "PT0.5H" && v == "PT30M")
            || ["FutureResolution", "PastResolution"].iter().any(|name| {
                side(name).iter().any(|day| {
                    let week = |d: &str| {
                        let week = d.parse::<jiff::civil::Date>().ok()?.iso_week_date();
                        Some(format!("{:04}-W{:02}", week.year(), week.week()))
                    };
                    v == *day
                        || timex.contains("-W0") && week(day).is_some_and(|w| w == v)
                        || v.len() == 7 && !v.contains('W') && day.starts_with(v) && day.ends_with("-01")
                })
            })
    };
    found.iter().any(|v| one(v))
}

#[test]
#[allow(clippy::print_stderr)]
fn phrases_of_recognizers() {
    let Some(corpus) = corpus("recognizers-ar.json") else {
        eprintln!("skipped: the corpus of Recognizers-Text is not beside the checkout");
        return;
    };
    let mut cases = Vec::new();
    for (part, list) in corpus.as_object().expect("an object") {
        for case in list.as_array().expect("a list of cases") {
            let published = case["Context"]["ReferenceDateTime"].as_str().unwrap_or("2016-11-07");
            let text = case["Input"].as_str().expect("a text");
            let doc = read(text, published);
            let results: Vec<&Value> = case["Results"].as_array().into_iter().flatten().collect();
            let right = if results.is_empty() {
                doc.times.is_empty()
            } else if part.ends_with("Parser") {
                results.iter().all(|r| resolved(&doc, &r["Value"]))
            } else {
                results.iter().all(|r| r["Text"].as_str().is_some_and(|t| covered(&doc, t.trim())))
            };
            let found: Vec<String> =
                doc.times.iter().map(|t| format!("{}={}", doc.text(t.span), t.value)).collect();
            let result = if right {
                Ok(())
            } else {
                let wanted: Vec<&Value> = results
                    .iter()
                    .map(|r| if r["Value"].is_null() { &r["Text"] } else { &r["Value"]["Timex"] })
                    .collect();
                Err(format!("{found:?}, not {wanted:?}"))
            };
            cases.push((format!("{part}: {text}"), result));
        }
    }
    judge("recognizers", &cases, 490);
}
