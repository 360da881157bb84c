//! `musnad lexicon`, through the program.

mod common;

use common::musnad;

#[test]
fn a_verb_shows_its_clitics_its_row_and_its_cue() {
    let run = musnad(&["lexicon", "وقالت"]).expect(0); // "and she said"
    for part in [
        "و + قالت",
        "verbs.tsv:",
        "past 3rd person feminine",
        "lemma:",
        "cue cues.tsv:",
        "act:",
        "\u{2068}say\u{2069}",
    ] {
        assert!(run.out.contains(part), "{part} is missing:\n{}", run.out);
    }
}

#[test]
fn a_noun_with_article_and_pronoun() {
    let run = musnad(&["lexicon", "وتصريحاته"]).expect(0); // "and his statements"
    for part in ["و + تصريحات + ه", "nouns.tsv:", "plural"] {
        assert!(run.out.contains(part), "{part} is missing:\n{}", run.out);
    }
}

#[test]
fn a_phrase_is_found_as_one() {
    let run = musnad(&["lexicon", "الأمم المتحدة"]).expect(0);
    assert!(
        run.out.contains("الأمم المتحدة\u{2069} phrase") && run.out.contains("organizations.tsv:"),
        "{}",
        run.out
    );
    // The same as one argument or as two.
    assert_eq!(musnad(&["lexicon", "الأمم", "المتحدة"]).expect(0).out, run.out);
}

#[test]
fn the_line_that_is_told_is_the_line_of_the_file() {
    let run = musnad(&["lexicon", "مصر"]).expect(0);
    let place = run.out.split_whitespace().find(|w| w.starts_with("countries.tsv:")).unwrap();
    let line: usize = place.trim_start_matches("countries.tsv:").parse().unwrap();
    let table = concat!(env!("CARGO_MANIFEST_DIR"), "/../musnad-lexicon/data/ar/countries.tsv");
    assert!(std::fs::read_to_string(table).unwrap().lines().nth(line - 1).unwrap().starts_with("EGY\tمصر"));
}

#[test]
fn a_function_word_has_its_class() {
    let run = musnad(&["lexicon", "لم"]).expect(0); // "did not"
    assert!(run.out.contains("negation"), "{}", run.out);
}

#[test]
fn a_word_that_nothing_is_known_of() {
    let run = musnad(&["lexicon", "شغخظثضق"]).expect(1);
    assert!(run.out.contains("in no table"), "{}", run.out);
}

#[test]
fn the_tables_pass_their_check() {
    let run = musnad(&["lexicon", "check"]).expect(0);
    assert!(run.out.contains(" rows, 0 faults"), "{}", run.out);
    assert_eq!(run.err, "");
}
