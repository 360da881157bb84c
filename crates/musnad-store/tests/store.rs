//! Stores in files: what is added, what stays, and what is told when something is wrong.

#![allow(clippy::unwrap_used)]

use musnad::{PublishedFrom, Report};
use musnad_store::{Added, Cause, Entry, Identity, Refused, Store, Trouble};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;

const SOON: Duration = Duration::from_millis(50);

/// "The minister of health, Salim al-Barudi, said that the hospital in Taloria was opened yesterday. Gunmen attacked a convoy near Mosul,
/// and five soldiers were killed." An invented report, with a number that makes its text another.
fn report(n: usize) -> Report {
    Report {
        id: Some(format!("r{n}")),
        uri: Some(format!("https://example.org/{n}")),
        outlet: Some("الساحة".to_owned()),
        published: "2022-05-08".parse().ok(),
        published_from: PublishedFrom::Given,
        titled: true,
        text: format!(
            "افتتاح المستشفى رقم {n}\nقال وزير الصحة سليم البارودي إن المستشفى رقم {n} افتتح أمس. وهاجم مسلحون قافلة قرب الموصل، وقتل خمسة جنود."
        ),
    }
}

fn entry(report: &Report) -> Entry {
    Entry::new(report, &musnad::read(report.clone()), "news.jsonl:line 1")
}

fn add(store: &mut Store, reports: &[Report]) -> Vec<Added> {
    let mut batch = store.begin(SOON).expect("nobody else writes");
    let added = reports.iter().map(|r| batch.add(&entry(r)).expect("it fits")).collect();
    batch.commit().expect("there is room");
    added
}

fn number(store: &Store, query: &str) -> i64 {
    store.connection().query_row(query, (), |r| r.get(0)).expect("a number")
}

fn sound(store: &Store) {
    let said: String =
        store.connection().query_row("PRAGMA integrity_check", (), |r| r.get(0)).expect("it can be checked");
    assert_eq!(said, "ok");
    assert_eq!(number(store, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("news.db");
    (folder, path)
}

#[test]
fn adding_again_changes_nothing_and_a_changed_text_is_a_version() {
    let (_folder, path) = folder();
    let mut store = Store::create(&path).unwrap();
    let first = report(1);
    let identity = Identity::of(&first);
    assert!(!store.knows(identity).unwrap());
    assert_eq!(add(&mut store, &[first.clone(), first.clone()]), [Added::Report, Added::Nothing]);
    assert!(store.knows(identity).unwrap());
    let changed = Report { text: report(1).text + " وأصيب ثلاثة.", ..first.clone() };
    assert!(!store.knows(Identity::of(&changed)).unwrap());
    assert_eq!(
        add(&mut store, &[changed.clone(), first, changed]),
        [Added::Version, Added::Nothing, Added::Nothing]
    );
    assert_eq!(number(&store, "SELECT count(*) FROM reports"), 1);
    assert_eq!(number(&store, "SELECT count(*) FROM versions"), 2);
    assert_eq!(number(&store, "SELECT number FROM versions WHERE current"), 2);
    // The views show the current text alone.
    assert_eq!(
        number(&store, "SELECT count(*) FROM statements_flat"),
        number(&store, "SELECT count(*) FROM statements WHERE version = 2")
    );
    assert_eq!(store.current(None).unwrap(), [2]);
    sound(&store);
}

#[test]
fn what_is_stored_comes_back_as_it_was() {
    let (_folder, path) = folder();
    let mut store = Store::create(&path).unwrap();
    let odd = Report {
        id: Some("\",\"text\":\"\"".to_owned()),
        uri: None,
        text: report(2).text.replace("سليم", "\"سليم\"\u{2028}\\"),
        ..report(2)
    };
    let nameless = Report {
        id: None,
        uri: None,
        outlet: None,
        published: None,
        published_from: PublishedFrom::None,
        ..report(3)
    };
    let english = Report { text: "Nothing here is Arabic.".to_owned(), ..report(4) };
    for (i, given) in [report(1), odd, nameless, english].into_iter().enumerate() {
        assert_eq!(add(&mut store, std::slice::from_ref(&given)), [Added::Report]);
        let version = i as i64 + 1;
        let doc = musnad::read(given.clone());
        let record = serde_json::to_string(&musnad::record::record(&doc)).unwrap();
        assert_eq!(store.record(version).unwrap().unwrap(), record);
        assert_eq!(store.given(version).unwrap().unwrap(), given);
        let mut seen = Vec::new();
        let mut take = |event: &musnad::export::EventRow| {
            seen.push((
                musnad::export::csv(event),
                serde_json::to_value(musnad::export::plover(event)).unwrap(),
            ));
            ControlFlow::Continue(())
        };
        assert_eq!(store.events(version, &mut take).unwrap(), ControlFlow::Continue(()));
        let events = musnad::export::events(&doc);
        let told: Vec<_> = events
            .iter()
            .map(|e| (musnad::export::csv(e), serde_json::to_value(musnad::export::plover(e)).unwrap()))
            .collect();
        assert_eq!(seen, told);
        assert!(i == 3 || !seen.is_empty());
    }
    assert_eq!(store.record(9).unwrap(), None);
    assert_eq!(store.current(Some("2022-05-08")).unwrap(), [1, 2, 4]);
    assert_eq!(store.current(Some("2022-05-09")).unwrap(), [] as [i64; 0]);
}

#[test]
fn the_views_tell_it_in_words() {
    let (_folder, path) = folder();
    let mut store = Store::create(&path).unwrap();
    add(&mut store, &[report(1)]);
    let (speaker, office, content): (String, String, String) = store
        .connection()
        .query_row("SELECT speaker, office, content FROM statements_flat", (), |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .unwrap();
    assert_eq!((speaker.as_str(), office.as_str()), ("سليم البارودي", "وزير الصحة"));
    assert_eq!(content, "المستشفى رقم 1 افتتح أمس");
    let (place, dead, sentence): (String, i64, String) = store
        .connection()
        .query_row("SELECT place, dead, sentence FROM events_flat WHERE type = 'ASSAULT'", (), |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .unwrap();
    assert_eq!((place.as_str(), dead), ("الموصل", 5));
    assert!(sentence.starts_with("وهاجم مسلحون") && sentence.ends_with("جنود."), "{sentence}");
}

#[test]
fn a_batch_that_is_not_committed_was_never_there() {
    let (_folder, path) = folder();
    let mut store = Store::create(&path).unwrap();
    add(&mut store, &[report(1)]);
    let mut batch = store.begin(SOON).unwrap();
    assert_eq!(batch.add(&entry(&report(2))).unwrap(), Added::Report);
    drop(batch);
    assert_eq!(number(&store, "SELECT count(*) FROM reports"), 1);
    assert!(!store.knows(Identity::of(&report(2))).unwrap());
    sound(&store);
}

#[test]
fn one_writes_and_others_read() {
    let (_folder, path) = folder();
    let mut store = Store::create(&path).unwrap();
    add(&mut store, &[report(1)]);
    let reader = Store::read(&path).unwrap();
    let mut second = Store::open(&path).unwrap();
    let mut batch = store.begin(SOON).unwrap();
    batch.add(&entry(&report(2))).unwrap();
    assert_eq!(number(&reader, "SELECT count(*) FROM reports"), 1, "what is not committed is not seen");
    let told = second.begin(SOON).map(|_| ()).unwrap_err();
    assert_eq!(told.cause, Cause::Locked);
    assert!(told.to_string().contains("another program is writing"), "{told}");
    batch.commit().unwrap();
    assert_eq!(number(&reader, "SELECT count(*) FROM reports"), 2);
    assert_eq!(add(&mut second, &[report(2), report(3)]), [Added::Nothing, Added::Report]);
}

#[test]
fn a_full_disk_loses_nothing_and_the_work_goes_on_when_there_is_room() {
    let (_folder, path) = folder();
    let mut store = Store::create(&path).unwrap();
    add(&mut store, &[report(0)]);
    // SQLite says of a file that may not grow what it says of a disk that is full.
    let pages = number(&store, "PRAGMA page_count") + 12;
    number(&store, &format!("PRAGMA max_page_count = {pages}"));
    let mut stored = 1;
    let told: Trouble = loop {
        let mut batch = store.begin(SOON).unwrap();
        match batch.add(&entry(&report(stored))) {
            Ok(_) => {}
            Err(Refused::Store(trouble)) => break trouble,
            Err(refused) => panic!("{refused}"),
        }
        match batch.commit() {
            Ok(()) => stored += 1,
            Err(trouble) => break trouble,
        }
        assert!(stored < 1000, "it never gets full");
    };
    assert_eq!(told.cause, Cause::Full);
    assert!(told.to_string().starts_with(&format!("{}: there is no more room", path.display())), "{told}");
    assert_eq!(number(&store, "SELECT count(*) FROM reports"), stored as i64);
    sound(&store);
    number(&store, "PRAGMA max_page_count = 1000000");
    assert_eq!(add(&mut store, &[report(stored - 1), report(stored)]), [Added::Nothing, Added::Report]);
    sound(&store);
}

#[test]
fn a_store_that_may_not_be_written_to_is_told_and_can_be_read() {
    let (folder, path) = folder();
    let mut store = Store::create(&path).unwrap();
    add(&mut store, &[report(1)]);
    store.connection().pragma_update(None, "query_only", true).unwrap();
    let told = store.begin(SOON).map(|_| ()).unwrap_err();
    assert_eq!(told.cause, Cause::ReadOnly);
    assert!(told.to_string().contains("may not be written to"), "{told}");
    drop(store);
    // Where neither the file nor its folder can be written to, it is read all the same. (Whoever may do everything may do this, too.)
    let set = |path: &Path, may: bool| {
        let mut permissions = std::fs::metadata(path).unwrap().permissions();
        permissions.set_readonly(!may);
        std::fs::set_permissions(path, permissions).unwrap();
    };
    set(&path, false);
    set(folder.path(), false);
    let store = Store::read(&path);
    let count =
        store.as_ref().map(|s| number(s, "SELECT count(*) FROM reports")).map_err(ToString::to_string);
    set(folder.path(), true);
    assert_eq!(count, Ok(1));
}

#[test]
fn files_that_are_no_stores_are_left_as_they_are() {
    let (folder, path) = folder();
    let told = |path: &Path| {
        let (write, read) =
            (Store::create(path).map(|_| ()).unwrap_err(), Store::read(path).map(|_| ()).unwrap_err());
        assert_eq!(write.cause, read.cause);
        write
    };
    std::fs::write(&path, "تقرير\nقال الوزير إن المحادثات مستمرة.".repeat(50)).unwrap();
    let before = std::fs::read(&path).unwrap();
    assert_eq!(told(&path).cause, Cause::NotADatabase);
    assert_eq!(std::fs::read(&path).unwrap(), before);

    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE reports (id)").unwrap();
    let before = std::fs::read(&other).unwrap();
    assert_eq!(told(&other).cause, Cause::NotAStore);
    assert_eq!(std::fs::read(&other).unwrap(), before);

    let newer = folder.path().join("newer.db");
    Store::create(&newer).unwrap().connection().pragma_update(None, "user_version", 99).unwrap();
    let told_of_newer = told(&newer);
    assert_eq!(told_of_newer.cause, Cause::Newer(99, musnad_store::schema::FORMAT));
    assert!(told_of_newer.to_string().contains("use the newer program"), "{told_of_newer}");

    let none = folder.path().join("none.db");
    assert_eq!(Store::read(&none).map(|_| ()).unwrap_err().cause, Cause::Missing);
    assert_eq!(Store::open(&none).map(|_| ()).unwrap_err().cause, Cause::Missing);
    assert!(!none.exists());
    // What was made and left empty, by an interruption at the first moment, becomes a store.
    std::fs::write(&none, b"").unwrap();
    assert_eq!(Store::read(&none).map(|_| ()).unwrap_err().cause, Cause::Missing);
    assert!(Store::create(&none).is_ok() && Store::read(&none).is_ok());

    assert!(matches!(told(folder.path()).cause, Cause::CannotOpen(_)));
    assert!(matches!(
        Store::create(&folder.path().join("no/such/folder.db")).map(|_| ()).unwrap_err().cause,
        Cause::CannotOpen(_)
    ));
}

#[test]
fn a_store_that_was_cut_short_is_told_to_be_damaged() {
    let (_folder, path) = folder();
    let mut store = Store::create(&path).unwrap();
    add(&mut store, &(0..20).map(report).collect::<Vec<_>>());
    drop(store);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
    let told = Store::read(&path).and_then(|s| s.stats()).map(|_| ()).unwrap_err();
    assert!(matches!(told.cause, Cause::Damaged(_)), "{told}");
}

#[test]
fn reading_again_keeps_texts_and_decisions_and_takes_groups_apart() {
    let (_folder, path) = folder();
    let mut store = Store::create(&path).unwrap();
    add(&mut store, &[report(1), report(2)]);
    store
        .connection()
        .execute_batch(
            "UPDATE versions SET reader = 'musnad 0.0.1' WHERE id = 1;
             INSERT INTO entities (id, key, type, name) VALUES (1, 'person:x', 'person', 'x');
             UPDATE appearances SET entity = 1, why = 'test' WHERE version = 1;
             INSERT INTO utterances SELECT 1, 1, min(id), 2, 2 FROM statements;
             INSERT INTO utterance_members SELECT id, 1, 1, 1.0, 'test' FROM statements;
             INSERT INTO happenings VALUES (1, 'ASSAULT', '2022-05-08', NULL, 1, 1, NULL), (2, 'ASSAULT', NULL, NULL, 1, 1, NULL);
             INSERT INTO happening_members SELECT id, version, 'test' FROM events;
             INSERT INTO decisions VALUES (1, 'split', '2022-06-01T00:00:00Z', 'me', 'another man', NULL, NULL);
             INSERT INTO decision_members VALUES (1, 1, 'person:x', 1);",
        )
        .unwrap();
    let readers = [musnad::record::reader(Some(musnad::LANGUAGES[0]))];
    assert_eq!(store.read_by_others(&readers).unwrap(), [1]);
    let before = store.record(2).unwrap();
    let given = store.given(1).unwrap().unwrap();
    assert_eq!(given, report(1));
    let mut batch = store.begin(SOON).unwrap();
    batch.replace(1, &entry(&given)).unwrap();
    batch.commit().unwrap();
    assert!(store.read_by_others(&readers).unwrap().is_empty());
    assert_eq!(store.record(2).unwrap(), before);
    for (query, n) in [
        ("SELECT count(*) FROM versions", 2),
        ("SELECT count(DISTINCT version) FROM statements", 2),
        ("SELECT count(DISTINCT version) FROM events", 2),
        ("SELECT count(*) FROM utterances", 0),
        ("SELECT count(*) FROM utterance_members", 0),
        ("SELECT id FROM happenings", 2),
        ("SELECT count(*) FROM happening_members WHERE happening = 1", 0),
        ("SELECT count(*) FROM decision_members", 1),
    ] {
        assert_eq!(number(&store, query), n, "{query}");
    }
    sound(&store);
}

#[test]
fn counts_are_of_current_texts() {
    let (_folder, path) = folder();
    let mut store = Store::create(&path).unwrap();
    let changed = Report { text: report(1).text + " وأصيب ثلاثة.", ..report(1) };
    let undated = Report { published: None, published_from: PublishedFrom::None, outlet: None, ..report(2) };
    add(&mut store, &[report(1), changed, undated]);
    let stats = store.stats().unwrap();
    assert_eq!((stats.reports, stats.versions), (2, 3));
    assert_eq!(stats.outlets, [(String::new(), 1), ("الساحة".to_owned(), 1)]);
    assert_eq!(stats.months, [(String::new(), 1), ("2022-05".to_owned(), 1)]);
    assert_eq!(stats.statements, 2);
    assert_eq!(stats.speakers[0].name, "سليم البارودي");
    assert_eq!(stats.speakers[0].statements, 2);
    assert_eq!(stats.events, stats.types.iter().map(|t| t.1).sum::<u64>());
    assert_eq!(stats.statements, stats.acts.iter().map(|t| t.1).sum::<u64>());
}
