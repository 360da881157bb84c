//! From a form to the event that it may name.

use musnad_lexicon::{Part, Table, arabic, fold};

/// The types and modes of a word or phrase, each with the part of the paradigm under which it was found.
fn events(word: &str) -> Vec<(&'static str, &'static str, Part)> {
    let folded: Vec<String> = word.split(' ').map(fold).collect();
    let lexicon = arabic();
    let mut out = Vec::new();
    for entry in lexicon.entries(&folded.join(" ")).iter() {
        for trigger in lexicon.linked(entry, Table::Trigger) {
            let row = lexicon.row(trigger);
            if !row.get("type").is_empty() {
                out.push((row.get("type"), row.get("mode"), trigger.feat.part()));
            }
        }
    }
    out.sort();
    out.dedup();
    out
}

#[test]
fn forms_lead_to_their_events() {
    for (word, kind, mode, part) in [
        ("التقى", "CONSULT", "", Part::Past),
        ("يلتقي", "CONSULT", "", Part::Present),
        ("محادثات", "CONSULT", "", Part::Noun),
        ("زيارة", "CONSULT", "visit", Part::Masdar),
        ("تزور", "CONSULT", "visit", Part::Present),
        ("اعتقال", "COERCE", "arrest", Part::Masdar),
        ("اعتقلوا", "COERCE", "arrest", Part::Past),
        ("غارات", "ASSAULT", "aerial", Part::Noun),
        ("اغتيل", "ASSAULT", "targeted", Part::Past),
        ("متوعدا", "THREATEN", "violence", Part::Active),
        // ألقت القبض "laid hands on": القبض names the event, the verb tells who does it.
        ("قبض", "COERCE", "arrest", Part::Masdar),
        ("مظاهرات", "PROTEST", "demo", Part::Noun),
        ("استقالة", "RETREAT", "resign", Part::Masdar),
        ("يستقيل", "RETREAT", "resign", Part::Present),
        ("سيطرت", "COERCE", "seize", Part::Past),
        ("يحتلون", "COERCE", "seize", Part::Present),
        ("حظر التجول", "COERCE", "curfew", Part::None),
        ("أفرج", "RETREAT", "release", Part::Past),
        ("هدنة", "RETREAT", "ceasefire", Part::Noun),
        ("تهجير", "COERCE", "deport", Part::Masdar),
        ("أسرت", "COERCE", "arrest", Part::Past),
    ] {
        let events = events(word);
        assert!(
            events.contains(&(kind, mode, part)),
            "{word}: {kind}/{mode} as {part:?} is not in {events:?}"
        );
    }
    assert!(events("كتاب").is_empty(), "a book is no event");
    assert!(events("وزير الدفاع").is_empty(), "an office is no event");
}

#[test]
fn a_verb_with_further_words_names_nothing_alone() {
    assert!(events("أجرى").is_empty(), "he carried out");
    assert!(events("ضبط النفس").is_empty(), "restraint");
}

#[test]
fn every_type_has_its_words() {
    let lexicon = arabic();
    let mut kinds: Vec<&str> = lexicon.rows(Table::Trigger).map(|(_, row)| row.get("type")).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), 17, "sixteen types and none: {kinds:?}");
    assert!(lexicon.rows(Table::Trigger).count() >= 900);
}
