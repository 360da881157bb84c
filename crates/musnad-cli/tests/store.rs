//! `musnad add`, `reread`, `export` and `stats`, through the program.

mod common;

use common::{Run, command, file, musnad, run, with_input, word};
use serde_json::{Value, json};
use std::path::Path;

/// "Opening of hospital N. The minister of health, Salim al-Barudi, said that hospital N was opened yesterday. Gunmen attacked a convoy
/// near Mosul, and five soldiers were killed." An invented report.
fn report(n: usize) -> Value {
    json!({
        "id": format!("r{n}"), "uri": format!("https://example.org/{n}"), "outlet": "الساحة", "published": format!("2022-05-{:02}", n % 28 + 1),
        "title": format!("افتتاح المستشفى رقم {n}"),
        "text": format!("قال وزير الصحة سليم البارودي إن المستشفى رقم {n} افتتح أمس. وهاجم مسلحون قافلة قرب الموصل، وقتل خمسة جنود."),
    })
}

fn lines(reports: impl IntoIterator<Item = Value>) -> String {
    reports.into_iter().map(|r| r.to_string() + "\n").collect()
}

/// Adds what stands on standard input.
fn add(store: &Path, input: &str) -> Run {
    with_input(&["add", word(store), "-"], input.as_bytes())
}

#[test]
fn what_is_added_comes_out_as_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("news.db");
    let input = lines((0..30).map(report));
    let said = add(&store, &input).expect(0);
    assert!(said.err.starts_with("musnad: 30 new; "), "{}", said.err);
    assert_eq!(said.out, "");
    for format in ["jsonl", "csv", "plover"] {
        let read = with_input(&["read", "-", "--format", format], input.as_bytes()).expect(0);
        assert!(read.out.lines().count() >= 30);
        let exported = musnad(&["export", word(&store), "--format", format]).expect(0);
        assert_eq!(exported.out, read.out, "{format}");
    }
    // Any number of threads makes the same store.
    let other = folder.path().join("other.db");
    with_input(&["add", word(&other), "--jobs", "3", "--batch", "4"], input.as_bytes()).expect(0);
    assert_eq!(contents(&other), contents(&store));
}

#[test]
fn adding_again_adds_what_is_new_and_keeps_what_was_changed() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("news.db");
    add(&store, &lines((0..5).map(report))).expect(0);
    let again = add(&store, &lines((0..5).map(report))).expect(0);
    assert!(again.err.starts_with("musnad: 5 there already; 0 words read"), "{}", again.err);
    let mut changed = report(2);
    changed["text"] = "قال وزير الصحة سليم البارودي إن المستشفى أغلق.".into();
    let said = add(&store, &lines([report(1), changed.clone(), report(7)])).expect(0);
    assert!(said.err.starts_with("musnad: 1 new, 1 changed, 1 there already; "), "{}", said.err);
    let exported = musnad(&["export", word(&store)]).expect(0).records();
    let ids: Vec<_> = exported.iter().map(|r| r["report"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["r0", "r1", "r3", "r4", "r2", "r7"]);
    assert!(exported[4]["report"]["text"].as_str().unwrap().ends_with("أغلق."));
    let stats: Value =
        serde_json::from_str(&musnad(&["stats", word(&store), "--format", "json"]).expect(0).out).unwrap();
    assert_eq!((&stats["reports"], &stats["versions"]), (&json!(6), &json!(7)));
    assert_eq!(stats["outlets"], json!([{"outlet": "الساحة", "count": 6}]));
    assert_eq!(stats["speakers"][0]["name"], "سليم البارودي");
    let table = musnad(&["stats", word(&store)]).expect(0).out;
    assert!(
        table.starts_with("6 reports and 1 older version, ") && table.contains("\n         6  2022-05\n"),
        "{table}"
    );
}

#[test]
fn one_bad_report_stops_no_other_and_the_summary_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("news.db");
    let input = lines([report(1)]) + "{\"text\": 7}\n{\"text\": 8}\nnonsense\n" + &lines([report(2)]);
    let said = add(&store, &input).expect(1);
    assert!(said.err.contains("standard input:line 2: "), "{}", said.err);
    assert!(said.err.contains("musnad: 2 new; ") && said.err.contains("3 failures\n"), "{}", said.err);
    assert!(said.err.contains("musnad:   2 × "), "{}", said.err);
    assert_eq!(musnad(&["export", word(&store)]).expect(0).records().len(), 2);
    let quiet = with_input(&["add", word(&store), "--quiet"], input.as_bytes()).expect(1);
    assert_eq!(quiet.err.lines().count(), 3, "{}", quiet.err);
}

#[test]
fn exports_since_a_day_leave_out_the_days_before() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("news.db");
    add(&store, &lines((0..28).map(report))).expect(0);
    let late = musnad(&["export", word(&store), "--since", "2022-05-20"]).expect(0).records();
    assert_eq!(late.len(), 9);
    assert!(late.iter().all(|r| r["report"]["published"].as_str().unwrap() >= "2022-05-20"));
    let csv = musnad(&["export", word(&store), "--since", "2022-06-01", "--format", "csv"]).expect(0).out;
    assert_eq!(csv.lines().count(), 1, "the header alone: {csv}");
}

#[test]
fn reading_again_makes_the_same_of_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("news.db");
    let mut undated = report(3);
    undated["published"] = Value::Null;
    undated["text"] =
        "الساحة (كاردينة 3 مايو 2022) - قال وزير الصحة سليم البارودي إن المستشفى افتتح أمس.".into();
    add(&store, &lines([report(1), report(2), undated])).expect(0);
    let before = musnad(&["export", word(&store)]).expect(0).out;
    let idle = musnad(&["reread", word(&store)]).expect(0);
    assert!(idle.err.contains("nothing to do"), "{}", idle.err);
    let all = musnad(&["reread", word(&store), "--all"]).expect(0);
    assert!(all.err.starts_with("musnad: 3 read again; "), "{}", all.err);
    assert_eq!(musnad(&["export", word(&store)]).expect(0).out, before);
    let older = musnad_store::Store::open(&store).unwrap();
    older.connection().execute("UPDATE versions SET reader = 'musnad 0.0.1' WHERE id > 1", ()).unwrap();
    drop(older);
    let some = musnad(&["reread", word(&store)]).expect(0);
    assert!(some.err.starts_with("musnad: 2 read again; "), "{}", some.err);
    assert_eq!(musnad(&["export", word(&store)]).expect(0).out, before);
}

#[test]
fn what_is_wrong_with_a_store_is_told_in_one_chain() {
    let folder = tempfile::tempdir().unwrap();
    let text = file(folder.path(), "report.txt", "قال الوزير إن المحادثات مستمرة.".repeat(40));
    let none = folder.path().join("none.db");
    for (arguments, told) in [
        (&["add", word(&text), "-"][..], "this is no store"),
        (&["stats", word(&text)], "this is no store"),
        (&["stats", word(&none)], "there is no store here; `musnad add` makes one"),
        (&["export", word(&none)], "there is no store here"),
        (&["reread", word(&none)], "there is no store here"),
        (&["add", word(folder.path()), "-"], "it is a folder"),
    ] {
        let said = musnad(arguments).expect(1);
        assert!(said.err.contains(told), "{arguments:?}: {}", said.err);
        assert_eq!(said.err.lines().count(), 1, "{}", said.err);
        assert_eq!(said.out, "");
    }
    assert!(!none.exists());
}

#[test]
fn a_reader_that_has_had_enough_of_an_export_is_no_trouble() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("news.db");
    add(&store, &lines((0..200).map(report))).expect(0);
    for format in ["jsonl", "csv", "plover"] {
        let mut child = command(&["export", word(&store), "--format", format])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stderr.is_empty());
    }
}

#[test]
fn two_that_write_take_turns() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("news.db");
    // Some reports are in both.
    let inputs = [0..120, 80..200]
        .map(|range| file(folder.path(), &format!("{}.jsonl", range.start), lines(range.map(report))));
    let children: Vec<_> = inputs
        .iter()
        .map(|input| {
            command(&["add", word(&store), word(input), "--jobs", "1", "--batch", "5"])
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(musnad(&["export", word(&store)]).expect(0).records().len(), 200);
    // Nobody is there any more: all is in the one file.
    assert!(!folder.path().join("news.db-wal").exists());
}

/// Everything in a store but the moments at which it was added, a line for each row.
fn contents(path: &Path) -> Vec<String> {
    let store = musnad_store::Store::read(path).expect("there is a store");
    let mut out = Vec::new();
    for table in musnad_store::schema::TABLES.iter().filter(|t| !t.about.starts_with("View")) {
        let columns: Vec<String> =
            table.columns.iter().filter(|c| c.0 != "added").map(|c| format!("quote(\"{}\")", c.0)).collect();
        let query = format!("SELECT '{}|' || {} FROM \"{0}\"", table.name, columns.join(" || '|' || "));
        let mut query = store.connection().prepare(&query).expect("the tables are there");
        let rows = query.query_map((), |r| r.get(0)).expect("they can be read");
        out.extend(rows.map(|row| row.expect("every row can")));
    }
    out.sort();
    out
}

/// Kills the program while it adds, again and again, until it gets through; what is there then is what an undisturbed run leaves.
/// `tools/kill_store.py` does the same for longer.
#[test]
#[cfg(unix)]
fn killed_at_any_moment_it_loses_nothing_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let input = file(folder.path(), "news.jsonl", lines((0..300).map(report)));
    let undisturbed = folder.path().join("undisturbed.db");
    let started = std::time::Instant::now();
    musnad(&["add", word(&undisturbed), word(&input), "--batch", "16"]).expect(0);
    let whole = started.elapsed();
    let store = folder.path().join("killed.db");
    let mut there = 0;
    for kill in 1..=8u32 {
        let mut child =
            command(&["add", word(&store), word(&input), "--batch", "16", "--quiet"]).spawn().unwrap();
        // Each time a little later, from the making of the file to near the end of the work.
        std::thread::sleep(whole * kill / 16);
        child.kill().unwrap();
        child.wait().unwrap();
        if !store.exists() {
            continue;
        }
        // Before the first commit there is nothing to look at.
        let Ok(open) = musnad_store::Store::open(&store) else { continue };
        let said: String = open.connection().query_row("PRAGMA integrity_check", (), |r| r.get(0)).unwrap();
        assert_eq!(said, "ok");
        let now: i64 = open.connection().query_row("SELECT count(*) FROM records", (), |r| r.get(0)).unwrap();
        assert!(now >= there, "{there} reports were there, now {now}");
        there = now;
    }
    musnad(&["add", word(&store), word(&input)]).expect(0);
    assert_eq!(contents(&store), contents(&undisturbed));
}

/// Ctrl-C: what has been read is stored, and the exit code says that it is not all.
#[test]
#[cfg(unix)]
fn interrupted_it_stores_what_it_has_read() {
    let folder = tempfile::tempdir().unwrap();
    let input = file(folder.path(), "news.jsonl", lines((0..2000).map(report)));
    let store = folder.path().join("news.db");
    let child = command(&["add", word(&store), word(&input), "--jobs", "1", "--batch", "8"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let count = || {
        let open = musnad_store::Store::read(&store).ok()?;
        open.connection().query_row("SELECT count(*) FROM records", (), |r| r.get::<_, i64>(0)).ok()
    };
    // Before the first of them are stored, the program may not heed signals yet.
    while count().unwrap_or(0) == 0 {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    run(std::process::Command::new("kill").args(["-INT", &child.id().to_string()]), b"").expect(0);
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("stopping when what has been read is stored"), "{said}");
    assert!(said.contains("the same command goes on from here"), "{said}");
    let there = count().unwrap();
    let told = said.split("musnad: ").find_map(|l| l.split_once(" new; ")).unwrap().0;
    assert_eq!(told.replace(',', ""), there.to_string(), "the summary tells what is there");
    assert!((1..2000).contains(&there), "{there}");
}
