//! Which words are names and which are ordinary.

use musnad_lexicon::{Part, Table, arabic, fold};

#[test]
fn ordinary_words_are_told_from_names() {
    let lexicon = arabic();
    for word in ["زيارته", "وبالمحادثات", "للمناقشات", "المسافرين"] {
        assert!(lexicon.is_ordinary(&fold(word)), "{word}");
    }
    for word in ["بوغدانوف", "ترمب", "الزهراوي", "غريفيث"] {
        assert!(!lexicon.is_ordinary(&fold(word)), "{word}");
    }
}

#[test]
fn names_know_their_doubts() {
    let lexicon = arabic();
    let first = |word: &str, table: Table| lexicon.entries(&fold(word)).first(table).expect(word).feat;
    assert!(!first("أحمد", Table::Given).is_doubtful());
    assert!(first("جمال", Table::Given).is_doubtful() || first("أمل", Table::Given).is_doubtful());
    assert!(first("فاطمة", Table::Given).is_feminine());
    // الباب is "the door" too, a town only in company; دمشق is nothing but Damascus.
    assert!(first("الباب", Table::Place).is_doubtful());
    assert!(!first("دمشق", Table::Place).is_doubtful());
    assert_eq!(first("متظاهرات", Table::Group).part(), Part::Noun);
    assert!(first("متظاهرات", Table::Group).is_feminine());
}
