//! Places that share a name: the report's company must tell which one is meant. The cases stand in `places.tsv`.

#[allow(dead_code)] // Only its reading is used here.
mod common;

use musnad::Report;
use musnad::document::{EntityKind, MentionKind};

/// How many of the cases must link the right place, in percent.
const SHARE: usize = 95;

#[test]
fn company_tells_places_of_one_name_apart() {
    let rows: Vec<Vec<&str>> = include_str!("places.tsv")
        .lines()
        .filter(|l| !l.starts_with('#'))
        .skip(1)
        .map(|l| l.split('\t').collect())
        .collect();
    assert!(rows.len() >= 150);
    let mut wrong = Vec::new();
    for row in &rows {
        let [sentence, name, geonames, gloss] = row[..] else { panic!("four columns: {row:?}") };
        let doc = common::read(Report { text: sentence.into(), ..Report::default() }).unwrap();
        let folded = musnad_lexicon::fold(name);
        let found = doc.cast.entities.iter().find(|e| {
            e.kind == EntityKind::Place
                && e.mentions
                    .iter()
                    .filter(|m| m.kind == MentionKind::Name)
                    .any(|m| musnad_lexicon::fold(doc.text(m.span)).contains(&folded))
        });
        let link = found.and_then(|e| e.link.as_ref()).map(|l| l.id.as_str());
        if link != Some(geonames) {
            wrong.push(format!("{gloss} {geonames}: {link:?} {:?} in {sentence}", found.map(|e| &e.name_en)));
        }
    }
    println!("{} of {} places are right\n{}", rows.len() - wrong.len(), rows.len(), wrong.join("\n"));
    assert!((rows.len() - wrong.len()) * 100 >= SHARE * rows.len(), "{} wrong", wrong.len());
}
