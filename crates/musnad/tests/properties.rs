//! What holds of every text whatever, on random ones: no stage panics, the document's invariants hold after each, the record says
//! in code points what the document says in bytes, and the same report gives the same bytes.
//!
//! The random numbers are the same in every run; `PROPTEST_RNG_SEED=7 PROPTEST_CASES=100000` looks elsewhere and further.

mod common;

use musnad::{PublishedFrom, Report, STAGES};
use musnad_lexicon::{Table, arabic};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::sync::LazyLock;

/// Words of every table of the lexicon, its phrases among them.
static WORDS: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    let first_cells =
        |t: Table| arabic().rows(t).filter_map(|(_, row)| row.line().split('\t').next()).collect();
    Table::ALL.into_iter().map(first_cells).filter(|words: &Vec<&str>| !words.is_empty()).collect()
});

/// What news is made of besides the lexicon's words.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    // Clitics, alone and before words; inflected verbs of saying; people and bodies that no table knows.
    "و", "ف", "ب", "ل", "ك", "س", "ال", "لل", "وال", "بال", "قال", "وقالت", "وأضاف", "مؤكدا", "قائلة", "قوله", "يقولون", "إنه", "أن", "بأنها",
    "سامر", "الحكيم", "سامر الحكيم", "ليلى قاسم", "عبد الرحمن", "بن", "أبو", "آل", "وزير الخارجية", "الرئيس", "المتحدث باسم", "للأمم المتحدة",
    "وزارة الدفاع", "حزب", "حركة", "مجلس", "المجلس", "دمشق", "لموسكو", "الروسي", "الروسية", "الوفد", "مسؤول", "مصدر", "هو", "هي", "هم", "الذي",
    // Times.
    "أمس", "الثلاثاء", "اليوم", "17 يوليو/تموز 2018", "الشهر الماضي", "منذ", "3 أيام", "18:30", "الساعة", "مساء", "بعد غد", "عام", "2018",
    "31 فبراير", "99 رمضان 1439", "يوم 0", "خلال", "العقد المقبل", "٢٠١٨", "۱۴",
    "99999999999", "2147483647", "32767", "214748364 أسبوعا", "بعد", "قبل", "أشهر", "عقود", "قرون", "رأس السنة الهجرية", "عيد الفطر", "الماضي",
    // Events.
    "زيارة", "التقى", "محادثات", "هجوم", "اعتقال", "قصفت", "دعا إلى", "هدد", "لم", "سوف", "قد", "لن", "نفى", "استقال",
    // Marks.
    "\"", "'", "«", "»", "“", "”", "„", "‘", "’", "‹", "›", "(", ")", "[", "]", ":", "،", ",", ".", "..", "...", "…", "؟", "?", "!", "؛", "-", "--", "–", "/", "\\",
    "#", "@", "_", "%", "=", "*", "•", "|", "\n", "\n\n", "\r\n", "\t", "\u{a0}", "\u{2028}", "\u{85}", "\0",
    // Numbers and other scripts.
    "1", "3.5", "2,500", "1.", ".5", "1,,2", "٣٫٥", "AFP", "(CNN)", "Reuters", "d'Ivoire", "www.musnad.example", "日本", "é", "e\u{301}", "پاکستان", "İ",
    // Presentation forms; one of them stands for four words.
    "ﻻ", "ﺍﻟﻮﺯﻳﺮ", "ﷲ", "ﷺ", "ﷻ", "ﻗﺎﻝ", "ﺑﻴﺎﻥ",
    // Vowel signs, stretching, direction marks, joiners, alone and in words.
    "\u{64b}", "\u{651}\u{64e}", "ـ", "ـــــــ", "قـــال", "قَالَ", "الرَّئيس", "\u{670}", "\u{6dd}", "\u{200f}", "\u{200e}", "\u{202b}", "\u{202e}", "\u{2067}",
    "\u{2069}", "\u{200d}", "\u{200c}", "\u{feff}", "\u{ad}", "و\u{200f}قال", "\u{202b}قال\u{202c}", "اقرأ أيضا", "مشاركة :", "...المزيد",
];

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        4 => (any::<proptest::sample::Index>(), any::<proptest::sample::Index>())
            .prop_map(|(table, row)| { let words = table.get(&WORDS[..]); (*row.get(&words[..])).to_owned() }),
        1 => any::<char>().prop_map(String::from),
        1 => proptest::collection::vec(proptest::char::range('ء', 'ي'), 1..8).prop_map(|letters| letters.into_iter().collect()),
    ]
}

/// Text that looks like news for a few words at a time.
fn arabic_like() -> impl Strategy<Value = String> {
    let joint = prop_oneof![8 => Just(" "), 2 => Just(""), 1 => Just("\n"), 1 => Just("  ")];
    proptest::collection::vec((piece(), joint), 0..60)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, joint)| [piece, joint.to_owned()]).collect())
}

/// The texts of all specification cases.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("specs");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("specs/ is there").flatten().map(|e| e.path()).collect();
    files.sort();
    let markdown: String = files.iter().filter_map(|f| std::fs::read_to_string(f).ok()).collect();
    markdown
        .split("\n```ar")
        .skip(1)
        .filter_map(|block| block.split_once('\n')?.1.split("\n```").next().map(str::to_owned))
        .collect()
});

/// Sentences that rules were written for, after words were lost, doubled, moved and put in.
fn mangled() -> impl Strategy<Value = String> {
    let change = (any::<proptest::sample::Index>(), any::<proptest::sample::Index>(), 0..5u8, piece());
    let texts = proptest::collection::vec(any::<proptest::sample::Index>(), 1..4);
    (texts, proptest::collection::vec(change, 0..12)).prop_map(|(texts, changes)| {
        let text: Vec<&str> = texts.iter().map(|i| i.get(&TEXTS[..]).as_str()).collect();
        let text = text.join("\n");
        let mut words: Vec<String> =
            text.split_inclusive([' ', '\n', '،', ':', '"']).map(str::to_owned).collect();
        for (at, other, kind, piece) in changes {
            let (at, other) = (at.index(words.len()), other.index(words.len()));
            match kind {
                0 => words[at].clear(),
                1 => words[at] = words[at].repeat(2),
                2 => words.swap(at, other),
                3 => words.insert(at, piece),
                _ => words[at] = words[at].trim_end().to_owned(),
            }
        }
        words.concat()
    })
}

/// Quotation marks of all kinds around and between a few words.
fn quotations() -> impl Strategy<Value = String> {
    let mark = proptest::sample::select(
        &["\"", "'", "«", "»", "“", "”", "‘", "’", "\" ", " \"", " «", "» ", "\n", ".", ". ", ":"][..],
    );
    let word = proptest::sample::select(&["قال ", "إن", "الوزير ", "و", "نعم", ""][..]);
    proptest::collection::vec((mark, word), 0..40)
        .prop_map(|parts| parts.into_iter().flat_map(|(mark, word)| [mark, word]).collect())
}

fn report(text: impl Strategy<Value = String>) -> impl Strategy<Value = Report> {
    let day = prop_oneof![
        1 => Just(None),
        2 => (-3000i16..=3000, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| jiff::civil::Date::new(y, m, d).ok()),
        1 => Just(Some(jiff::civil::Date::MIN)),
        1 => Just(Some(jiff::civil::Date::MAX)),
        3 => Just(Some(jiff::civil::date(2018, 3, 15))),
    ];
    (text, day, any::<bool>()).prop_map(|(text, published, titled)| Report {
        published,
        published_from: if published.is_some() { PublishedFrom::Given } else { PublishedFrom::None },
        titled,
        text,
        ..Report::default()
    })
}

/// All that has to hold of a report.
fn holds(report: Report) -> Result<(), TestCaseError> {
    let fail = |e| TestCaseError::fail(format!("{e}, in {:?}", report.text));
    let doc = common::read(report.clone()).map_err(fail)?;
    let json = common::record(&doc).map_err(fail)?;
    let again = musnad::read(report.clone());
    prop_assert_eq!(serde_json::to_string(&musnad::record::record(&again)).expect("a record is JSON"), json);
    if doc.language.is_none() {
        prop_assert!(
            doc.tokens.is_empty() && doc.notes.len() == 1,
            "text that is not read has one note and no tokens"
        );
    }
    // Reading up to a stage gives what that stage gave.
    let half = musnad::read_until(report, STAGES.len() / 2);
    prop_assert_eq!(half.names, doc.names);
    prop_assert!(half.statements.is_empty() && half.events.is_empty());
    Ok(())
}

fn config(cases: u32) -> ProptestConfig {
    let fixed = std::env::var_os("PROPTEST_RNG_SEED").is_none();
    let mut config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if fixed {
        config.rng_seed = RngSeed::Fixed(2018);
    }
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    config
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn any_text(report in report(any::<String>())) {
        holds(report)?;
    }

    #[test]
    fn any_characters_among_arabic_letters(
        report in report(proptest::collection::vec(prop_oneof![2 => proptest::char::range('ء', 'ي'), 1 => any::<char>(), 1 => Just(' ')], 0..80)
            .prop_map(|chars| chars.into_iter().collect::<String>()))
    ) {
        holds(report)?;
    }

    #[test]
    fn quotation_marks_in_any_order(report in report(quotations())) {
        holds(report)?;
    }
}

proptest! {
    #![proptest_config(config(2000))]

    #[test]
    fn text_that_looks_like_news(report in report(arabic_like())) {
        holds(report)?;
    }

    #[test]
    fn sentences_that_rules_were_written_for(report in report(mangled())) {
        holds(report)?;
    }
}

#[test]
fn text_without_arabic_is_not_read() {
    for (text, code) in [
        ("", "empty"),
        (" \n\t\u{a0}\n", "empty"),
        ("\u{200f}\u{202b}\u{feff}", "language"),
        ("The minister said that the talks go on.", "language"),
        ("رییس جمهور ایران گفت که این موضوع پیگیری می‌شود", "language"),
        ("12345 ... «» !", "language"),
        ("ـــــــ \u{64b}\u{651}", "language"),
    ] {
        let doc = common::read(Report { text: text.into(), ..Report::default() }).expect("all holds");
        let codes: Vec<&str> = doc.notes.iter().map(|n| n.code).collect();
        assert_eq!((doc.language, codes), (None, vec![code]), "{text:?}");
        let json = common::record(&doc).expect("all holds");
        assert!(json.contains("\"language\":\"other\"") && json.contains("\"entities\":[]"), "{json}");
    }
}

/// What once broke.
#[test]
fn found_before() {
    use jiff::civil::Date;
    for (text, published) in [
        // The year before the first of the calendar.
        ("رأس السنة الهجرية", Date::MIN),
        ("عيد الفطر الماضي", Date::MIN),
        ("رأس السنة الهجرية المقبلة", Date::MAX),
    ] {
        let report = Report { published: Some(published), text: text.into(), ..Report::default() };
        common::read(report).unwrap_or_else(|e| panic!("{text}: {e}"));
    }
}

/// Long runs of one thing, which are where a stage that looks back or ahead without bound would hang or overflow.
#[test]
fn long_runs_of_one_thing() {
    for part in PIECES.iter().chain(&["قال سامر الحكيم: \"", "(«", "وقال إن ", "أمس ", "بن ", "ا", "🙂 "])
    {
        let text = format!("قال الوزير {}", part.repeat(5000));
        let doc =
            common::read(Report { text, ..Report::default() }).unwrap_or_else(|e| panic!("{part:?}: {e}"));
        common::record(&doc).unwrap_or_else(|e| panic!("{part:?}: {e}"));
    }
    // A word longer than 65,535 bytes.
    for letter in ["ا", "و", "ـ", "\u{64b}", "a", "1", "ﷺ"] {
        let text = format!("قال الوزير {} نعم", letter.repeat(70_000));
        common::read(Report { text, ..Report::default() }).unwrap_or_else(|e| panic!("{letter:?}: {e}"));
    }
}
