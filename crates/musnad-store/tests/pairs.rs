//! The labelled pairs of real reports: how many are put together that belong together, and how many that do not.
//!
//! Only the reports of the pairs are read here, not the corpus that they come from, so that the test takes seconds. The example `across` reads all of it.

mod common;

use std::collections::BTreeSet;

/// The least precision and recall, of all together: what holds today, less what a change of the reader may shift.
const LEAST: [(&str, f64, f64); 4] =
    [("copy", 0.85, 0.8), ("entity", 0.9, 0.9), ("happening", 0.8, 0.68), ("utterance", 0.85, 0.78)];

#[test]
fn labelled_pairs_are_told_apart() {
    let Some(news) = common::folder() else {
        println!("skipped: the reports are not here; MUSNAD_SHARED may name the folder that has them");
        return;
    };
    let pairs = common::pairs();
    assert!(pairs.len() >= 200);
    let wanted: BTreeSet<&str> = pairs.iter().flat_map(|p| p.sides.iter().map(|s| s.0.as_str())).collect();
    let all = common::read(&news, |id| wanted.contains(id));
    assert_eq!(all.len(), wanted.len());
    let (found, _) = common::find(&all);
    let scores = common::score(&pairs, |p| found.together(&all, p));
    for (kind, precision, recall) in LEAST {
        let mut sum = common::Score::default();
        for ((_, _), s) in scores.iter().filter(|((k, _), _)| k == kind) {
            sum.right += s.right;
            sum.wrong += s.wrong;
            sum.missed += s.missed;
        }
        println!("{kind}: precision {:.3}, recall {:.3}", sum.precision(), sum.recall());
        assert!(sum.precision() >= precision && sum.recall() >= recall, "{kind}: {sum:?}");
    }
}

#[test]
fn pairs_are_well_formed() {
    let pairs = common::pairs();
    let kinds = ["copy", "entity", "happening", "utterance"];
    for pair in &pairs {
        assert!(
            kinds.contains(&pair.kind.as_str())
                && ["tuned", "untouched", "drawn"].contains(&pair.half.as_str())
        );
        assert_ne!(pair.sides[0], pair.sides[1]);
        assert!(pair.sides.iter().all(|s| s.1.is_some() == (pair.kind != "copy")));
    }
    let sides: BTreeSet<String> = pairs.iter().map(|p| format!("{:?}", p.sides)).collect();
    assert_eq!(sides.len(), pairs.len(), "a pair stands twice");
    let page = include_str!("../../../docs/across.md");
    assert!(page.contains(&format!("has {} pairs", pairs.len())), "docs/across.md tells another number");
}
