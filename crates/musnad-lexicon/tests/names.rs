//! From a name in a report to the rows of organisations and people that bear it.

use musnad_lexicon::{Table, arabic, fold};

/// The ids of a table's rows that are found under a name, each with whether the name is doubtful there.
fn found(table: Table, name: &str) -> Vec<(&'static str, bool)> {
    let folded: Vec<String> = name.split([' ', '-', '.']).filter(|w| !w.is_empty()).map(fold).collect();
    let lexicon = arabic();
    let mut out: Vec<_> = lexicon
        .entries(&folded.join(" "))
        .of(table)
        .map(|e| (lexicon.row(e).get("id"), e.feat.is_doubtful()))
        .collect();
    out.sort();
    out.dedup();
    out
}

#[test]
fn a_name_is_found_in_every_spelling() {
    for (table, name, id) in [
        (Table::Organization, "رويترز", "reuters"),
        (Table::Organization, "الاتحاد الإفريقي", "african-union"),
        (Table::Organization, "الإتحاد الأفريقي", "african-union"),
        // ديمقراطي and ديموقراطي, the name has the first.
        (Table::Organization, "قوات سوريا الديموقراطية", "sdf"),
        // Marks that join words are spaces in keys.
        (Table::Person, "كيم جونغ-أون", "kim-jong-un"),
        // أبو "father of" in the genitive.
        (Table::Organization, "أبي سياف", "abu-sayyaf"),
        // ميليشيا and مليشيا.
        (Table::Organization, "مليشيا الحوثي", "houthis"),
        // The article's hamza and the hamza of a name are written or not.
        (Table::Person, "رجب طيب إردوغان", "erdogan"),
        // عبد الفتاح and عبدالفتاح.
        (Table::Person, "عبد الفتاح السيسي", "sisi"),
        (Table::Person, "عبدالفتاح السيسي", "sisi"),
        (Table::Person, "أبي بكر البغدادي", "baghdadi"),
    ] {
        assert_eq!(found(table, name), [(id, false)], "{name}");
    }
}

#[test]
fn a_name_that_means_something_else_is_doubtful() {
    // النهضة "revival", the party; حركة النهضة can mean nothing else.
    assert_eq!(found(Table::Organization, "النهضة"), [("ennahda", true)]);
    assert_eq!(found(Table::Organization, "حركة النهضة"), [("ennahda", false)]);
    // الحياة "life", a paper: the name itself is doubtful, and صحيفة "paper" before it takes the doubt away.
    assert_eq!(found(Table::Organization, "الحياة"), [("al-hayat", true)]);
    assert_eq!(found(Table::Organization, "صحيفة الحياة"), [("al-hayat", false)]);
    // صالح "righteous", the president of Yemen.
    assert_eq!(found(Table::Person, "صالح"), [("saleh-ali", true)]);
    assert_eq!(found(Table::Person, "علي عبد الله صالح"), [("saleh-ali", false)]);
}

#[test]
fn no_name_keeps_the_mark_of_doubt() {
    for table in [Table::Organization, Table::Person] {
        for (_, row) in arabic().rows(table) {
            let id = row.get("id");
            assert!(found(table, row.get("name")).contains(&(id, row.get("kind").ends_with('?'))), "{id}");
            for name in row.list("variants") {
                let (plain, doubtful) = name.strip_prefix('?').map_or((name, false), |n| (n, true));
                assert!(found(table, plain).contains(&(id, doubtful)), "{id}: {name}");
            }
        }
    }
}

#[test]
fn a_certain_name_is_no_word() {
    let lexicon = arabic();
    // In news طالبان "two students" is the movement, واس "console!" the agency, and مودي "one who destroys" the Indian, ناسا
    // "people" in the accusative the space agency.
    let settled = ["طالبان", "واس", "مودي", "ناسا"];
    let words = [Table::Particle, Table::Verb, Table::Noun, Table::Time, Table::Title, Table::Group];
    let mut taken = Vec::new();
    for table in [Table::Organization, Table::Person] {
        for (_, row) in lexicon.rows(table) {
            for name in std::iter::once(row.get("name")).chain(row.list("variants")) {
                let entries = lexicon.entries(&fold(name));
                let certain = entries.of(table).any(|e| !e.feat.is_doubtful());
                if certain && !settled.contains(&name) && words.iter().any(|w| entries.has(*w)) {
                    taken.push(format!("{}: {name}", row.get("id")));
                }
            }
        }
    }
    assert!(taken.is_empty(), "mark these with ?: {taken:?}");
}
