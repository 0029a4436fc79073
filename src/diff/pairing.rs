//! Sets a hunk's lines side by side: like beside like, the rest from the top.

use super::likeness::SharedText;

/// One row of a side by side view, as indices of lines that count from 0. At least one side is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LinePair {
    /// The line of the first text.
    pub before: Option<usize>,
    /// The line of the second text.
    pub after: Option<usize>,
}

/// Lines stand side by side for their likeness when at least one byte in this many is in common, space left out.
const SHARED_ONE_IN: usize = 3;

/// Pairs a hunk's lines, every line once and in order on each side.
///
/// `before` and `after` are the lengths of the lines in bytes, space left out; `shared` is what they have in common. Of
/// all ways that cross no other, the pairs with the most text in common are chosen; what stands between two such
/// pairs is set side by side as it comes.
pub(super) fn pair_lines(
    before: &[usize],
    after: &[usize],
    shared: &[SharedText],
) -> Vec<LinePair> {
    let mut rows = Vec::with_capacity(before.len().max(after.len()));
    let mut next = (0, 0);
    for anchor in anchors(before, after, shared) {
        fill(&mut rows, next, (anchor.before, anchor.after));
        fill(
            &mut rows,
            (anchor.before, anchor.after),
            (anchor.before + 1, anchor.after + 1),
        );
        next = (anchor.before + 1, anchor.after + 1);
    }
    fill(&mut rows, next, (before.len(), after.len()));
    rows
}

/// Sets the lines of two ranges side by side, from `start` up to `end`.
fn fill(rows: &mut Vec<LinePair>, start: (usize, usize), end: (usize, usize)) {
    let (before, after) = (end.0 - start.0, end.1 - start.1);
    rows.extend((0..before.max(after)).map(|row| LinePair {
        before: (row < before).then_some(start.0 + row),
        after: (row < after).then_some(start.1 + row),
    }));
}

/// The chain of rising pairs with the most shared bytes.
///
/// Neither index falls from one entry of `shared` to the next, so the entries that may come before one are a prefix of
/// the list, and the best chain of each prefix is known by the time it is asked for.
fn anchors(before: &[usize], after: &[usize], shared: &[SharedText]) -> Vec<SharedText> {
    let alike: Vec<SharedText> = shared
        .iter()
        .filter(|entry| {
            let longer = before[entry.before].max(after[entry.after]);
            entry.bytes > 0 && entry.bytes * SHARED_ONE_IN >= longer
        })
        .copied()
        .collect();
    // For each prefix: the bytes of its best chain, and the entry that this chain ends with.
    let mut best: Vec<(usize, Option<usize>)> = vec![(0, None)];
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(alike.len());
    for (index, entry) in alike.iter().enumerate() {
        let earlier = alike[..index]
            .partition_point(|other| other.before < entry.before && other.after < entry.after);
        let (bytes, end) = best[earlier];
        previous.push(end);
        let with_this = bytes + entry.bytes;
        let without = best[index];
        best.push(if with_this > without.0 {
            (with_this, Some(index))
        } else {
            without
        });
    }
    let mut chain = Vec::new();
    let mut at = best.last().and_then(|(_, end)| *end);
    while let Some(index) = at {
        chain.push(alike[index]);
        at = previous[index];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lengths: [usize; 2], shared: &[(usize, usize, usize)], expected: &str) {
        let shared: Vec<SharedText> = shared
            .iter()
            .map(|&(before, after, bytes)| SharedText {
                before,
                after,
                bytes,
            })
            .collect();
        let rows = pair_lines(&vec![9; lengths[0]], &vec![9; lengths[1]], &shared);
        let side = |index: Option<usize>| index.map_or("-".to_owned(), |index| index.to_string());
        let shown: Vec<String> = rows
            .iter()
            .map(|row| format!("{}|{}", side(row.before), side(row.after)))
            .collect();
        assert_eq!(shown.join(" "), expected);
    }

    #[test]
    fn like_stands_beside_like() {
        check([1, 1], &[], "0|0");
        check([1, 3], &[(0, 2, 9)], "-|0 -|1 0|2");
        check([3, 1], &[(1, 0, 9)], "0|- 1|0 2|-");
        check([2, 2], &[(0, 1, 9)], "-|0 0|1 1|-");
    }

    #[test]
    fn a_weak_likeness_pairs_nothing() {
        check([2, 1], &[(1, 0, 2)], "0|0 1|-");
    }

    #[test]
    fn the_chain_with_the_most_in_common_wins() {
        check([2, 2], &[(0, 0, 3), (0, 1, 9), (1, 1, 4)], "-|0 0|1 1|-");
        check([2, 2], &[(0, 0, 6), (0, 1, 4), (1, 1, 5)], "0|0 1|1");
    }
}
