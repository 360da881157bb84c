//! What hangs together.

use std::collections::BTreeMap;

/// The groups of `things` by `edges`: each sorted, and in the order of their first members. Who has no edge is a group alone.
///
/// Neither the order of things or edges nor their repetition changes the result; an edge to something that is not among the things is
/// passed over.
///
/// ```
/// # use musnad_store::across::groups::groups;
/// assert_eq!(groups(&[3, 1, 2, 4], &[(3, 1), (1, 3), (4, 9)]), [vec![1, 3], vec![2], vec![4]]);
/// ```
#[must_use]
pub fn groups<T: Copy + Ord>(things: &[T], edges: &[(T, T)]) -> Vec<Vec<T>> {
    let mut sorted: Vec<T> = things.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let mut classes = musnad::ar::entities::same::Classes::new(sorted.len());
    for (a, b) in edges {
        if let (Ok(a), Ok(b)) = (sorted.binary_search(a), sorted.binary_search(b)) {
            classes.join(a, b);
        }
    }
    let mut out: BTreeMap<usize, Vec<T>> = BTreeMap::new();
    for (i, thing) in sorted.iter().enumerate() {
        out.entry(classes.find(i)).or_default().push(*thing);
    }
    out.into_values().collect()
}

/// The groups of `things` where only some may be together: edges are taken from the strongest to the weakest, and one that would put
/// together what `fits` refuses is passed over. Of equally strong edges the one between smaller things comes first.
///
/// Unlike [`groups`] the outcome hangs on all edges of a component, never on their order.
#[must_use]
pub fn guarded_groups<T: Copy + Ord>(
    things: &[T],
    edges: &[(T, T, f32)],
    fits: impl Fn(&[T], &[T]) -> bool,
) -> Vec<Vec<T>> {
    let mut edges: Vec<(T, T, f32)> =
        edges.iter().map(|(a, b, strength)| (*a.min(b), *a.max(b), *strength)).collect();
    edges.sort_by(|x, y| y.2.total_cmp(&x.2).then(x.0.cmp(&y.0)).then(x.1.cmp(&y.1)));
    let mut home: BTreeMap<T, T> = things.iter().map(|t| (*t, *t)).collect();
    let mut members: BTreeMap<T, Vec<T>> = things.iter().map(|t| (*t, vec![*t])).collect();
    for (a, b, _) in edges {
        let (Some(a), Some(b)) = (home.get(&a).copied(), home.get(&b).copied()) else { continue };
        if a == b {
            continue;
        }
        let (low, high) = (a.min(b), a.max(b));
        let refused = match (members.get(&low), members.get(&high)) {
            (Some(x), Some(y)) => !fits(x, y),
            _ => true,
        };
        if refused {
            continue;
        }
        let moved = members.remove(&high).unwrap_or_default();
        for t in &moved {
            home.insert(*t, low);
        }
        members.entry(low).or_default().extend(moved);
    }
    let mut out: Vec<Vec<T>> = members.into_values().collect();
    for group in &mut out {
        group.sort_unstable();
    }
    out.sort();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn neither_order_nor_repetition_matters(
            things in proptest::collection::vec(0u8..20, 0..20),
            edges in proptest::collection::vec((0u8..20, 0u8..20), 0..30),
        ) {
            let once = groups(&things, &edges);
            let mut turned = edges.clone();
            turned.reverse();
            let turned: Vec<_> = turned.iter().chain(&edges).map(|(a, b)| (*b, *a)).collect();
            let mut back = things.clone();
            back.reverse();
            prop_assert_eq!(once, groups(&back, &turned));
        }

        #[test]
        fn a_guard_holds_in_any_order(
            edges in proptest::collection::vec((0u8..20, 0u8..20, 0u8..4), 0..40),
        ) {
            let things: Vec<u8> = (0..20).collect();
            let fits = |a: &[u8], b: &[u8]| a.iter().all(|x| b.iter().all(|y| x.abs_diff(*y) <= 5));
            let edges: Vec<(u8, u8, f32)> = edges.iter().map(|(a, b, s)| (*a, *b, f32::from(*s))).collect();
            let once = guarded_groups(&things, &edges, fits);
            for group in &once {
                prop_assert!(group.iter().all(|x| group.iter().all(|y| x.abs_diff(*y) <= 5)));
            }
            let back: Vec<_> = edges.iter().rev().chain(&edges).map(|(a, b, s)| (*b, *a, *s)).collect();
            prop_assert_eq!(once, guarded_groups(&things, &back, fits));
        }
    }
}
