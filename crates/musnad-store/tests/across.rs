//! What is the same is the same however reports came: at once, in parts, with changed texts in between.

#![allow(clippy::unwrap_used)]

use musnad::{PublishedFrom, Report};
use musnad_store::{Entry, Store};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// Who speaks: invented people with an office, a state or a medium, and some whose names meet.
const SPEAKERS: [&str; 6] = [
    "وزير الصحة التونسي تيمور الزرغاني", // the Tunisian minister of health, Taym al-Zirgani
    "تيمور الزرغاني",                    // Taym al-Zirgani
    "وزير الصحة العماني تيمور الزرغاني", // the Omani one
    "وزير الخارجية الروسي سيرغي لافروف",  // the Russian foreign minister Sergey Lavrov
    "لافروف",                             // Lavrov
    "محمد الغامدي",                      // Muhammad al-Ghamdi
];

/// What they say: two matters, each in two wordings.
const CONTENTS: [&str; 4] = [
    "إن جسر الميناء الجديد سيفتح أمام السيارات والحافلات يوم الخميس المقبل بعد عامين من العمل",
    "إن الجسر \"سيفتح أمام السيارات والحافلات\" الخميس بعد عامين من العمل في الميناء",
    "إن كلفة المستشفى الكبير جاءت أقل مما خططت له الحكومة وإن المصرف تكفل بالباقي كله",
    "إن الحكومة خططت لكلفة أكبر للمستشفى الكبير وإن مصرف التنمية تكفل بالباقي",
];

/// What happens: attacks and visits with rival figures.
const EVENTS: [&str; 4] = [
    "وهاجم مسلحون قافلة قرب الموصل يوم الأحد، وقتل خمسة جنود.", // gunmen attacked a convoy near Mosul, five soldiers were killed
    "وهاجم مسلحون قافلة للجيش قرب الموصل يوم الأحد، ما أسفر عن مقتل سبعة جنود.", // seven
    "وزار الرئيس الفرنسي إيمانويل ماكرون تونس يوم الاثنين.",    // Macron visited Tunis
    "والتقى لافروف في موسكو وزير الصحة التونسي تيمور الزرغاني.", // Lavrov met al-Zirgani
];

/// An agency's paragraph, which copies carry.
const AGENCY: &str = "وأعلنت وزارة الأشغال اليوم افتتاح جسر الميناء الجديد بعد عامين من العمل المتواصل. ويمتد الجسر على طول ثمانمئة متر وله أربع حارات للسيارات وممر للمشاة والدراجات. وكان الجسر القديم قد أغلق قبل ثلاثة أعوام بسبب تشققات ظهرت في دعائمه بعد الفيضان.";

/// Which report, of which day, outlet, and what stands in it.
type Pick = (u8, Option<u8>, u8, usize, usize, usize, bool);

fn report((n, day, outlet, speaker, content, event, copied): &Pick) -> Report {
    let agency = if *copied { AGENCY } else { "" };
    // Words that no other report has, so that only those with the agency's paragraph are copies.
    let own: Vec<String> =
        if *copied { Vec::new() } else { (0..60).map(|i| format!("كلمة{n}و{i}")).collect() };
    let via = if *copied { " لوكالة رويترز" } else { "" };
    Report {
        id: None,
        uri: Some(format!("https://example.org/{n}")),
        outlet: ["الساحة", "رويترز"].get(usize::from(*outlet)).map(|o| (*o).to_owned()),
        published: day.and_then(|d| format!("2022-05-{:02}", 2 * d + 1).parse().ok()),
        published_from: PublishedFrom::Given,
        titled: true,
        text: format!(
            "خبر {outlet}\n{agency} قال {}{via} {}. {}\n{}.",
            SPEAKERS[*speaker],
            CONTENTS[*content],
            EVENTS[*event],
            own.join(" ")
        ),
    }
}

fn add(store: &mut Store, picks: &[Pick], everything: bool) {
    let entries: Vec<Entry> = picks
        .iter()
        .map(report)
        .map(|given| Entry::new(&given, &musnad::read(given.clone()), "a test"))
        .collect();
    let mut batch = store.begin(Duration::from_secs(1)).unwrap();
    let all: Vec<(&Entry, Option<i64>)> = entries.iter().map(|e| (e, None)).collect();
    batch.add_all(&all).unwrap();
    batch.commit().unwrap();
    group(store, everything);
}

fn group(store: &mut Store, everything: bool) {
    let mut batch = store.begin(Duration::from_secs(1)).unwrap();
    if everything { batch.group_all() } else { batch.group() }.unwrap();
    batch.commit().unwrap();
    let wrong = "SELECT count(*) FROM pragma_foreign_key_check";
    assert_eq!(store.connection().query_row(wrong, (), |r| r.get::<_, i64>(0)).unwrap(), 0);
}

/// Every row that tells what is the same.
fn rows(store: &Store) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for (table, columns) in [
        ("entities", "id, key, type, name, name_en, country, sector, link"),
        ("appearances", "id, entity, why"),
        ("copies", "id, source"),
        ("copy_members", "version, copy, similarity, why"),
        ("utterances", "id, speaker, earliest, reports, origins"),
        ("utterance_members", "statement, utterance, origin, similarity, why"),
        ("happenings", "id, type, day, place, reports, origins, contradiction"),
        ("happening_members", "event, happening, why"),
        ("waiting", "version"),
    ] {
        let query = format!("SELECT '{table} ' || json_array({columns}) FROM {table}");
        let mut query = store.connection().prepare(&query).unwrap();
        let found = query.query_map((), |r| r.get::<_, String>(0)).unwrap();
        out.extend(found.map(Result::unwrap));
    }
    out
}

/// Every group as members, in words that do not hang on the order of adding.
fn groups(store: &Store) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for query in [
        "SELECT n.key || ' ' || n.name || ': ' || (SELECT group_concat(w) FROM (SELECT r.address || '#' || a.number AS w
             FROM appearances AS a JOIN versions AS v ON v.id = a.version JOIN reports AS r ON r.id = v.report
             WHERE a.entity = n.id ORDER BY 1)) FROM entities AS n",
        "SELECT 'copy ' || (SELECT group_concat(w) FROM (SELECT r.address AS w FROM copy_members AS m JOIN versions AS v ON v.id = m.version
             JOIN reports AS r ON r.id = v.report WHERE m.copy = c.id ORDER BY 1)) FROM copies AS c",
        "SELECT 'said ' || u.reports || ' ' || u.origins || (SELECT group_concat(w) FROM (SELECT r.address || '#' || s.number AS w
             FROM utterance_members AS m JOIN statements AS s ON s.id = m.statement JOIN versions AS v ON v.id = s.version
             JOIN reports AS r ON r.id = v.report WHERE m.utterance = u.id ORDER BY 1)) FROM utterances AS u",
        "SELECT h.type || h.reports || ' ' || h.origins || coalesce(h.contradiction, '') || (SELECT group_concat(w) FROM (
             SELECT r.address || '#' || e.number AS w FROM happening_members AS m JOIN events AS e ON e.id = m.event
             JOIN versions AS v ON v.id = e.version JOIN reports AS r ON r.id = v.report WHERE m.happening = h.id ORDER BY 1))
             FROM happenings AS h",
    ] {
        let mut query = store.connection().prepare(query).unwrap();
        let found = query.query_map((), |r| r.get::<_, String>(0)).unwrap();
        out.extend(found.map(Result::unwrap));
    }
    out
}

fn store(folder: &Path, name: &str) -> Store {
    Store::create(&folder.join(name)).unwrap()
}

fn picks() -> impl Strategy<Value = Vec<Pick>> {
    let pick = (
        0u8..14,
        proptest::option::weighted(0.9, 0u8..3),
        0u8..3,
        0usize..SPEAKERS.len(),
        0usize..CONTENTS.len(),
        0usize..EVENTS.len(),
        any::<bool>(),
    );
    proptest::collection::vec(pick, 2..16)
}

#[test]
fn who_is_parted_leaves_a_group_that_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = store(folder.path(), "news.db");
    // The Tunisian minister twice and somebody of his name say the same thing on the same day; then an Omani one of this name comes.
    let by = |n, speaker| (n, Some(1), 0, speaker, 0, 0, false);
    add(&mut store, &[by(2, 0), by(3, 0), by(1, 1)], false);
    let members = "SELECT count(*) FROM utterance_members";
    let count = |store: &Store| store.connection().query_row(members, (), |r| r.get::<_, i64>(0)).unwrap();
    assert_eq!(count(&store), 3);
    add(&mut store, &[by(4, 2)], false);
    let found = rows(&store);
    assert_eq!(count(&store), 2);
    group(&mut store, true);
    assert_eq!(found, rows(&store));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    /// Reports in parts, some of them other texts of the same report, leave row for row what telling all anew leaves.
    #[test]
    fn parts_leave_what_the_whole_leaves(picks in picks(), cuts in proptest::collection::vec(1usize..15, 0..4)) {
        let folder = tempfile::tempdir().unwrap();
        let mut in_parts = store(folder.path(), "parts.db");
        let mut from = 0;
        let cuts: BTreeSet<usize> = cuts.into_iter().filter(|c| *c < picks.len()).chain([picks.len()]).collect();
        for cut in cuts {
            add(&mut in_parts, &picks[from..cut], false);
            from = cut;
        }
        let found = rows(&in_parts);
        group(&mut in_parts, true);
        let wanted = rows(&in_parts);
        let more: Vec<_> = found.difference(&wanted).collect();
        let less: Vec<_> = wanted.difference(&found).collect();
        prop_assert!(more.is_empty() && less.is_empty(), "more: {more:#?}\nless: {less:#?}");
    }

    /// Another order of reports gives the same groups of the same members.
    #[test]
    fn no_order_changes_a_group(picks in picks(), turn in 0usize..16) {
        // Of a report only one text here: the last that comes is the current one, and that is another in another order.
        let mut seen = BTreeSet::new();
        let picks: Vec<Pick> = picks.into_iter().filter(|p| seen.insert(p.0)).collect();
        let folder = tempfile::tempdir().unwrap();
        let (mut one, mut other) = (store(folder.path(), "one.db"), store(folder.path(), "other.db"));
        add(&mut one, &picks, false);
        let mut turned = picks.clone();
        turned.rotate_left(turn % picks.len());
        for pick in turned.iter().rev() {
            add(&mut other, std::slice::from_ref(pick), false);
        }
        prop_assert_eq!(groups(&one), groups(&other));
    }
}
