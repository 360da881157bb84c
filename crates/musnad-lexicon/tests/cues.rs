//! From a form to the rows that say what it reports.

use musnad_lexicon::{Number, Part, Table, arabic, fold};

/// The acts of a word or phrase, each with the part of the paradigm under which it was found.
fn acts(word: &str) -> Vec<(&'static str, Part)> {
    let folded: Vec<String> = word.split(' ').map(fold).collect();
    let lexicon = arabic();
    let mut out = Vec::new();
    for entry in lexicon.entries(&folded.join(" ")).iter() {
        for cue in lexicon.linked(entry, Table::Cue) {
            out.push((lexicon.row(cue).get("act"), cue.feat.part()));
        }
    }
    out.sort();
    out.dedup();
    out
}

#[test]
fn forms_lead_to_their_acts() {
    for (word, act, part) in [
        ("قال", "say", Part::Past),
        ("تقول", "say", Part::Present),
        ("يقل", "say", Part::Present),
        ("قيل", "say", Part::Past),
        ("قائلين", "say", Part::Active),
        ("قول", "say", Part::Masdar),
        ("مشيرة", "explain", Part::Active),
        ("محذّراً", "warn", Part::Active),
        ("نفت", "deny", Part::Past),
        ("ينف", "deny", Part::Present),
        ("أكدا", "affirm", Part::Past),
        ("اتهامات", "accuse", Part::Masdar),
        ("تعهدوا", "promise", Part::Past),
        ("دعوات", "demand", Part::Masdar),
        ("يدعون", "demand", Part::Present),
        ("تبنت", "claim", Part::Past),
        ("رأت", "believe", Part::Past),
        ("آراء", "believe", Part::Masdar),
        ("ندّدوا", "criticize", Part::Past),
        ("تصريحات", "say", Part::Noun),
        ("رفعت صوتها", "criticize", Part::Past),
        ("وفقا", "say", Part::None),
        ("نقلاً عن", "say", Part::None),
        ("مؤتمر صحافي", "none", Part::None),
        ("ألقت باللوم", "accuse", Part::Past),
        ("يلقي باللوم", "accuse", Part::Present),
        ("معرباً عن رفضه", "reject", Part::Active),
        ("جاء في", "say", Part::Past),
        ("وجهت اتهامات", "accuse", Part::Past),
    ] {
        let acts = acts(word);
        assert!(acts.contains(&(act, part)), "{word}: {act} as {part:?} is not among {acts:?}");
    }
    for phrase in ["على حد قوله", "على حد تعبيرها", "نقلا عنه"] {
        assert_eq!(acts(phrase), [("say", Part::None)], "{phrase}");
    }
    assert!(acts("كتاب مدرسي").is_empty());
    assert!(acts("ألقيتم باللوم").is_empty(), "phrases have no second person");
}

#[test]
fn a_verb_with_further_words_says_nothing_of_the_verb_alone() {
    assert!(acts("ألقى").is_empty(), "he threw");
    assert!(acts("شن").is_empty(), "he launched");
}

#[test]
fn homographs_are_told_apart_by_their_form() {
    let lexicon = arabic();
    let mut acts = Vec::new();
    for entry in lexicon.entries("ذكر").of(Table::Verb) {
        let form = lexicon.row(entry).get("form");
        for cue in lexicon.linked(entry, Table::Cue) {
            acts.push((form, lexicon.row(cue).get("act")));
        }
    }
    acts.sort_unstable();
    acts.dedup();
    assert_eq!(acts, [("I", "say"), ("II", "explain")]);
}

#[test]
fn the_medium_of_a_noun_is_found_from_all_its_forms() {
    let lexicon = arabic();
    for (word, medium) in [
        ("بيان", "statement"),
        ("بيانين", "statement"),
        ("تغريدات", "social_media"),
        ("خطاب", "speech"),
        ("رسالتين", "letter"),
        ("مقابلة", "interview"),
    ] {
        let media: Vec<&str> = lexicon
            .entries(&fold(word))
            .of(Table::Noun)
            .flat_map(|entry| lexicon.linked(entry, Table::Cue))
            .map(|cue| lexicon.row(cue).get("medium"))
            .collect();
        assert!(media.contains(&medium), "{word}: {media:?}");
    }
}

#[test]
fn every_verb_of_saying_has_its_frames() {
    let lexicon = arabic();
    for (_, row) in lexicon.rows(Table::Cue) {
        if row.get("act") != "none" {
            assert!(row.list("frames").next().is_some(), "{row:?}", row = row.line());
        }
    }
}

#[test]
fn titles_are_declined() {
    let lexicon = arabic();
    for (word, number, feminine) in [
        ("وزير", Number::Singular, false),
        ("وزيرا", Number::Singular, false),
        ("وزيرة", Number::Singular, true),
        ("وزيري", Number::Dual, false),
        ("وزيرتان", Number::Dual, true),
        ("وزراء", Number::Plural, false),
        ("مسؤولو", Number::Plural, false),
        ("مسئولين", Number::Plural, false),
        ("رئيسا جمهورية", Number::Dual, false),
        ("قاض", Number::Singular, false),
        ("قاضيا", Number::Singular, false),
        ("قضاة", Number::Plural, false),
    ] {
        let found = lexicon
            .entries(&fold(word))
            .of(Table::Title)
            .any(|e| e.feat.is_human() && e.feat.get_number() == number && e.feat.is_feminine() == feminine);
        assert!(found, "{word} as {number:?}, feminine {feminine}");
    }
}
