//! Folded spelling: the form of a word under which the lexicons know it.
//!
//! Arabic newspapers agree on letters but not on hamzas, and add or leave out vowel signs and stretching at will. Folding
//! removes what varies freely and keeps what tells words apart:
//!
//! * vowel signs, the superscript alef, Quranic marks, tatweel and invisible direction marks disappear;
//! * أ إ آ ٱ become ا; presentation forms (ﻻ) become letters; Persian and Urdu shapes of kaf and yeh become Arabic ones;
//! * Arabic-Indic digits become ASCII digits, Latin letters lower case;
//! * ة and ه, ى and ي, ؤ and و stay apart: على "on" is not the name علي, قوله "his saying" is not a noun in ة.
//!   Careless spelling is met with [`lenient`], which is tried only where the strict form is unknown.

use unicode_normalization::UnicodeNormalization;

/// Appends the folded spelling of `word` to `out`.
pub fn fold_into(word: &str, out: &mut String) {
    if word.chars().any(is_presentation_form) {
        for c in word.nfkc() {
            push(c, out);
        }
    } else {
        for c in word.chars() {
            push(c, out);
        }
    }
}

/// The folded spelling of `word`.
///
/// ```
/// # use musnad_lexicon::fold;
/// assert_eq!(fold("إِيـــرانَ"), "ايران"); // Iran, with vowels and stretching
/// assert_eq!(fold("٢٠١٨"), "2018");
/// ```
#[must_use]
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// The spelling that a careless writer may have meant: final ى for ي, final ه for ة. `None` when neither applies.
///
/// Takes and gives folded spelling.
#[must_use]
pub fn lenient(folded: &str) -> Option<String> {
    let (last, to) = match folded.chars().next_back()? {
        'ى' => ('ى', 'ي'),
        'ي' => ('ي', 'ى'),
        'ه' => ('ه', 'ة'),
        'ة' => ('ة', 'ه'),
        _ => return None,
    };
    let mut out = folded[..folded.len() - last.len_utf8()].to_owned();
    out.push(to);
    Some(out)
}

/// What one letter folds to; `None` when it disappears. Presentation forms are not handled here, they need [`fold_into`].
#[must_use]
pub fn fold_char(c: char) -> Option<char> {
    Some(match c {
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}' | '\u{640}' => {
            return None;
        }
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{61c}' => {
            return None;
        }
        'ک' => 'ك',
        'ی' => 'ي',
        'ھ' | 'ہ' => 'ه',
        '٠'..='٩' => char::from(b'0' + (c as u32 - '٠' as u32) as u8),
        '۰'..='۹' => char::from(b'0' + (c as u32 - '۰' as u32) as u8),
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => c,
    })
}

/// Whether `c` is a compatibility form that [`fold_into`] takes apart (Arabic Presentation Forms A and B).
#[must_use]
pub fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

fn push(c: char, out: &mut String) {
    if let Some(f) = fold_char(c) {
        if f.is_ascii() || !f.is_uppercase() {
            out.push(f);
        } else {
            out.extend(f.to_lowercase());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_varies_and_keeps_what_tells_apart() {
        assert_eq!(fold("أُعلِنَ"), "اعلن");
        assert_eq!(fold("على"), "على");
        assert_eq!(fold("علي"), "علي");
        assert_eq!(fold("وزارة"), "وزارة");
        assert_eq!(fold("ﻻ"), "لا");
        assert_eq!(fold("ﺑﻴﺎﻥ"), "بيان");
        assert_eq!(fold("Reuters"), "reuters");
        assert_eq!(lenient("فى").as_deref(), Some("في"));
        assert_eq!(lenient("من"), None);
    }
}
