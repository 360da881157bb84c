//! Looking things up in a store of a few reports.

#![allow(clippy::unwrap_used)]

use musnad_store::search::{Among, Count, NotAnswered, Window};
use musnad_store::{Entry, Query, Store};
use proptest::prelude::*;
use std::time::Duration;

/// Invented reports: day, outlet, text.
const REPORTS: [(&str, &str, &str); 4] = [
    // "Rockets on the port. The minister of defence Mohamed al-Baroudi said that the rockets fell on the port. Clara Neumann denied that."
    (
        "2023-03-01",
        "الساحة",
        "صواريخ على الميناء\nقال وزير الدفاع محمد البارودي إن الصواريخ سقطت على الميناء. ونفت المتحدثة كلارا نويمان ذلك.",
    ),
    // "Schools closed. Hundreds demonstrated in Paris on Monday. The ministry of education announced the closure of the schools."
    (
        "2023-03-05",
        "Al-Jisr",
        "إغلاق المدارس\nتظاهر مئات الأشخاص في باريس يوم الاثنين. وأعلنت وزارة التعليم إغلاق المدارس.",
    ),
    // "Sergey Lavrov met his counterpart. The Russian minister of foreign affairs Sergey Lavrov accused Britain of lying, as Reuters reported. Lavrov added
    // that Britain hid the truth."
    (
        "2023-03-09",
        "Al-Jisr",
        "لافروف يلتقي نظيره\nاتهم وزير الخارجية الروسي سيرغي لافروف بريطانيا بالكذب، بحسب وكالة رويترز. وأضاف لافروف أن بريطانيا تخفي الحقيقة.",
    ),
    ("2023-03-10", "الساحة", "صاروخ واحد\nأصاب صاروخ مدرسة مهجورة."), // "One rocket. A rocket hit a deserted school."
];

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::create(&folder.path().join("s.db")).unwrap();
    let mut batch = store.begin(Duration::ZERO).unwrap();
    for (day, outlet, text) in REPORTS {
        batch.add(&entry(day, outlet, text, None)).unwrap();
    }
    batch.commit().unwrap();
    (folder, store)
}

fn entry(day: &str, outlet: &str, text: &str, uri: Option<&str>) -> Entry {
    let given = musnad::Report {
        published: Some(day.parse().unwrap()),
        published_from: musnad::PublishedFrom::Given,
        outlet: Some(outlet.to_owned()),
        titled: true,
        uri: uri.map(str::to_owned),
        text: text.to_owned(),
        ..Default::default()
    };
    Entry::new(&given, &musnad::read(given.clone()), "here")
}

/// The numbers of the reports that a query finds, in order of number.
fn reports(store: &Store, query: &str) -> Vec<i64> {
    let found = store.find_reports(&Query::of(query).unwrap(), 10).unwrap();
    let mut out: Vec<i64> = found.shown.iter().map(|r| r.report).collect();
    assert_eq!(found.found, out.len() as u64);
    out.sort_unstable();
    out
}

fn statements(store: &Store, query: &str) -> Vec<String> {
    let found = store.find_statements(&Query::of(query).unwrap(), 10).unwrap();
    found.shown.into_iter().map(|s| format!("{} {}", s.speaker.unwrap_or_default(), s.act)).collect()
}

#[test]
fn a_word_is_found_in_all_its_forms_and_spellings() {
    let (_folder, store) = store();
    for query in ["صاروخ", "الصواريخ", "والصواريخ"] {
        assert_eq!(reports(&store, query), [1, 4], "{query}");
    }
    assert_eq!(reports(&store, "مدرسه"), [2, 4]);
    assert_eq!(reports(&store, "صاروخ مدرسة"), [4]);
    assert_eq!(reports(&store, "صاروخ -مدرسة"), [1]);
    assert_eq!(reports(&store, "لافروف OR ميناء"), [1, 3]);
    assert_eq!(reports(&store, "-صاروخ"), [2, 3]);
}

#[test]
fn phrases_stand_together() {
    let (_folder, store) = store();
    assert_eq!(reports(&store, "\"وزير الدفاع\""), [1]);
    assert_eq!(reports(&store, "«وزير خارجية»"), [3]);
    assert_eq!(reports(&store, "\"الدفاع وزير\""), [0; 0]);
}

#[test]
fn names_are_found_in_latin_letters() {
    let (_folder, store) = store();
    for query in ["Lavrov", "Lavroff", "\"Sergei Lavrov\"", "speaker:lavrov"] {
        assert_eq!(reports(&store, query), [3], "{query}");
    }
    for query in ["Mohammad", "Muhammed Barudi"] {
        assert_eq!(reports(&store, query), [1], "{query}");
    }
    let found = store.find_entities(&Query::of("Mohammed").unwrap(), 5).unwrap();
    assert_eq!(found.shown.len(), 1);
    assert_eq!(found.shown[0].name.text, "محمد البارودي");
    assert_eq!(found.shown[0].name.marks, [[0, 4]]);
}

#[test]
fn filters_hold_of_one_statement_or_event() {
    let (_folder, store) = store();
    assert_eq!(reports(&store, "speaker:البارودي"), [1]);
    // He spoke, and somebody denied, but he did not deny.
    assert_eq!(reports(&store, "speaker:البارودي act:deny"), [0; 0]);
    assert_eq!(reports(&store, "speaker:نويمان act:deny"), [1]);
    assert_eq!(reports(&store, "speaker:البارودي OR speaker:لافروف"), [1, 3]);
    assert_eq!(reports(&store, "via:Reuters"), [3]);
    assert_eq!(reports(&store, "type:protest place:فرنسا"), [2]);
    assert_eq!(reports(&store, "type:PROTEST place:باريس"), [2]);
    assert_eq!(reports(&store, "from:2023-03-05 to:2023-03-09"), [2, 3]);
    assert_eq!(reports(&store, "outlet:jisr"), [2, 3]);
    assert_eq!(reports(&store, "-outlet:الساحة"), [2, 3]);
    assert_eq!(statements(&store, "about:بريطانيا"), ["سيرغي لافروف say"]);
    let told = store.find_reports(&Query::of("outlet:غيره").unwrap(), 5).unwrap_err().to_string();
    assert!(told.contains("no outlet of this store is called غيره; there are الساحة, Al-Jisr"), "{told}");
}

#[test]
fn a_speaker_is_found_by_office() {
    let (_folder, store) = store();
    for query in [
        "speaker:\"وزير الخارجية الروسي\"",
        "speaker:\"وزير خارجية روسيا\"",
        "speaker:\"Russian foreign minister\"",
        "speaker:\"foreign minister of Russia\" act:accuse",
    ] {
        assert_eq!(reports(&store, query), [3], "{query}");
    }
    assert_eq!(reports(&store, "speaker:\"defence minister\""), [1]);
    for query in ["speaker:\"وزير الخارجية الفرنسي\"", "speaker:\"Russian defence minister\""]
    {
        assert_eq!(reports(&store, query), [0; 0], "{query}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let (_folder, store) = store();
    let said = |query: &str| {
        let told = store.find_entities(&Query::of(query).unwrap(), 5).unwrap_err();
        told.to_string()
    };
    assert!(
        said("ميناء outlet:غيره").starts_with("query, character 14: no outlet"),
        "{}",
        said("ميناء outlet:غيره")
    );
    assert!(said("-outlet:\"غيره\"").starts_with("query, character 9: no outlet"));
    assert!(
        said("ميناء speaker:لافروف").starts_with("query, character 15: speaker: says nothing about entities")
    );
}

#[test]
fn who_takes_the_name_as_it_is_spelled() {
    // In Latin letters the town of al-Hudaydah sounds like the president's name, Hadi, and is in more reports.
    let (_folder, mut store) = store();
    let mut batch = store.begin(Duration::ZERO).unwrap();
    for n in 1..=3 {
        let text = format!("وصلت {n} سفن إلى ميناء الحديدة."); // "n ships reached the port of al-Hudaydah."
        batch.add(&entry("2023-05-01", "الساحة", &text, None)).unwrap();
    }
    // "President Abdrabbuh Mansur Hadi announced the closure of the bridge."
    batch.add(&entry("2023-05-02", "الساحة", "أعلن الرئيس عبد ربه منصور هادي إغلاق الجسر.", None)).unwrap();
    batch.commit().unwrap();
    let hadi = store.who("Hadi", 5).unwrap().unwrap();
    assert_eq!((hadi.name.as_str(), hadi.reports), ("عبد ربه منصور هادي", 1));
    assert_eq!(hadi.others, [("ميناء الحديدة".to_owned(), 3)]);
    assert_eq!(store.who("Lavroff", 5).unwrap().unwrap().name, "سيرغي لافروف");
}

#[test]
fn the_best_come_first_with_their_words_marked() {
    let (_folder, store) = store();
    let found = store.find_reports(&Query::of("الميناء").unwrap(), 5).unwrap();
    assert!(found.shown[0].excerpt.marked("[", "]").contains("على [الميناء]"));
    let found = store.find_reports(&Query::of("from:2023").unwrap(), 2).unwrap();
    assert_eq!(found.found, 4);
    // Without words the latest come first.
    assert_eq!(found.shown.iter().map(|r| r.report).collect::<Vec<_>>(), [4, 3]);
}

#[test]
fn a_count_is_what_is_found_with_that_filter() {
    let (_folder, store) = store();
    for typed in ["صاروخ OR لافروف OR باريس", "speaker:لافروف", "from:2023", "place:فرنسا", "-مدرسة"]
    {
        let found = |more: &str, among| {
            let query = Query::of(&format!("{typed} {more}")).unwrap();
            match among {
                Among::Reports => store.find_reports(&query, 1).unwrap().found,
                Among::Statements => store.find_statements(&query, 1).unwrap().found,
                Among::Entities => store.find_entities(&query, 1).unwrap().found,
            }
        };
        for among in [Among::Reports, Among::Statements] {
            let facets = store.facets(&Query::of(typed).unwrap(), among).unwrap();
            assert_eq!(facets.found, found("", among), "{typed}");
            let filters = [("outlet", &facets.outlets), ("act", &facets.acts), ("type", &facets.types)];
            for (filter, counts) in filters {
                for Count { value, count } in counts {
                    let more = format!("{filter}:\"{value}\"");
                    assert_eq!(*count, found(&more, among), "{typed} {more} {among:?}");
                }
            }
            for Count { value, count } in &facets.months {
                assert_eq!(*count, found(&format!("from:{value} to:{value}"), among), "{typed} {value}");
            }
            // What is not listed is not there.
            let listed: u64 = facets.months.iter().map(|m| m.count).sum();
            assert_eq!(listed, facets.found, "{typed}");
            for act in ["deny", "accuse", "say", "praise"] {
                let there = facets.acts.iter().any(|a| a.value == act);
                assert_eq!(there, found(&format!("act:{act}"), among) > 0, "{typed} {act} {among:?}");
            }
        }
    }
    let facets = store.facets(&Query::of("محمد OR لافروف").unwrap(), Among::Entities).unwrap();
    assert_eq!(facets.kinds, [Count { value: "person".into(), count: facets.found }]);
    assert!(facets.found > 0 && facets.acts.is_empty() && facets.months.is_empty());
    assert!(store.facets(&Query::of("speaker:محمد").unwrap(), Among::Entities).is_err());
}

#[test]
fn an_answer_is_given_in_parts() {
    let (_folder, store) = store();
    let query = Query::of("from:2023").unwrap();
    let all: Vec<i64> = store.find_reports(&query, 9).unwrap().shown.iter().map(|r| r.report).collect();
    let (mut parts, mut next) = (Vec::new(), Some(Window { skip: 0, limit: 3 }));
    while let Some(window) = next {
        let part = store.find_reports(&query, window).unwrap();
        assert_eq!(part.found, 4);
        parts.extend(part.shown.iter().map(|r| r.report));
        next = window.next(part.found);
    }
    assert_eq!(parts, all);
    let names = Query::of("-قمر").unwrap();
    let all = store.find_entities(&names, 100).unwrap();
    assert_eq!(all.found, all.shown.len() as u64);
    let part = store.find_entities(&names, Window { skip: 2, limit: 2 }).unwrap();
    assert_eq!(part.shown, all.shown[2..4]);
    // Past the end there is nothing, of as many as before.
    let past = store.find_statements(&query, Window { skip: 1_000, limit: 5 }).unwrap();
    assert_eq!((past.found, past.shown.len()), (store.find_statements(&query, 1).unwrap().found, 0));
}

#[test]
fn only_the_current_text_is_found_and_a_new_reading_takes_the_place_of_the_old() {
    let (_folder, mut store) = store();
    let address = Some("https://example.org/1");
    let first = entry("2023-04-01", "الساحة", "قال الوزير سالم الحداد إن الجسر مغلق.", address);
    let second = entry("2023-04-01", "الساحة", "قال السفير نبيل الخطيب إن النفق مفتوح.", address);
    for new in [&first, &second] {
        let mut batch = store.begin(Duration::ZERO).unwrap();
        batch.add(new).unwrap();
        batch.commit().unwrap();
    }
    assert_eq!(reports(&store, "الجسر"), [0; 0]);
    assert_eq!(statements(&store, "جسر"), [""; 0]);
    assert_eq!(reports(&store, "النفق"), [5]);
    assert!(store.who("سالم الحداد", 5).unwrap().is_none());
    for (version, reading) in [(5, &first), (6, &second)] {
        let mut batch = store.begin(Duration::ZERO).unwrap();
        batch.replace(version, reading).unwrap();
        batch.commit().unwrap();
    }
    assert_eq!(reports(&store, "الجسر"), [0; 0]);
    assert_eq!(reports(&store, "النفق"), [5]);
    assert_eq!(statements(&store, "نفق"), ["نبيل الخطيب say"]);
}

#[test]
fn who_tells_offices_words_and_deeds() {
    let (_folder, store) = store();
    let person = store.who("Lavroff", 5).unwrap().unwrap();
    assert_eq!(person.name_en.as_deref(), Some("Sergey Lavrov"));
    assert_eq!(person.reports, 1);
    assert_eq!(person.offices[0].title, "وزير الخارجية الروسي".replace(" الروسي", ""));
    assert_eq!(person.statements, 2);
    assert!(
        person
            .said
            .iter()
            .any(|s| s.act == "accuse" && s.via.as_deref().is_some_and(|v| v.contains("رويترز")))
    );
    assert!(person.events >= 1);
    assert!(person.counterparts.iter().any(|c| c.name.contains("بريطانيا") && c.types.contains("ACCUSE")));
    assert!(store.who("لا أحد هنا", 5).unwrap().is_none());
    assert!(store.who("…", 5).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever is typed gives an answer or is said not to be understood; SQLite never has anything against it.
    #[test]
    fn any_query_is_answered_or_told_what_is_wrong_with_it(
        query in prop_oneof![
            any::<String>(),
            "(-?(speaker|about|via|place|outlet|from|to|type|act|x)?:?[\"«”]?[ا-يa-zA-Z0-9*^(){}+\\-'\"%; ]{0,9}[\"»]? ?(OR|AND|NOT|NEAR)? ){0,6}",
        ]
    ) {
        thread_local! {
            static STORE: (tempfile::TempDir, Store) = store();
        }
        STORE.with(|(_folder, store)| {
            let Ok(query) = Query::of(&query) else { return Ok(()) };
            let fine = |told: Option<NotAnswered>| !matches!(told, Some(NotAnswered::Store(_)));
            prop_assert!(fine(store.find_reports(&query, 3).err()));
            prop_assert!(fine(store.find_statements(&query, 3).err()));
            prop_assert!(fine(store.find_entities(&query, 3).err()));
            Ok(())
        })?;
    }

    /// So does whatever is given as a name.
    #[test]
    fn any_name_is_somebody_or_nobody(name in any::<String>()) {
        thread_local! {
            static STORE: (tempfile::TempDir, Store) = store();
        }
        STORE.with(|(_folder, store)| {
            let told = store.who(&name, 3);
            prop_assert!(!matches!(told, Err(NotAnswered::Store(_))), "{told:?}");
            Ok(())
        })?;
    }
}
