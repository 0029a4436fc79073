//! Where the text that a configuration comes to differs from the one that stands there, and at which hunks of the two sides that is.

use super::super::traced_text::{ChangeIndex, TracedText};
use super::UnexplainedReason;
use crate::diff::Hunk;
use std::ops::Range;

/// How far apart the same difference may stand in two comparisons, for equal lines beside it.
const SLIDE_LINES: usize = 3;

/// A place where the configuration comes to another text than the one that stands there.
pub(super) struct Difference {
    /// The lines that it comes to, and those that stand there.
    pub(super) hunk: Hunk,
    /// The changes that explain it all the same; otherwise why none does.
    pub(super) verdict: Result<Vec<ChangeIndex>, UnexplainedReason>,
}

/// For each hunk the differences that stand at its lines, and those that stand at none. One that stands beside a hunk belongs to
/// it: of several equal lines either comparison may have taken another.
pub(super) fn shared_out(
    differences: &[Difference],
    hunks: &[Hunk],
) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut near = vec![Vec::new(); hunks.len()];
    let mut elsewhere = Vec::new();
    for (index, difference) in differences.iter().enumerate() {
        let distances = || {
            hunks
                .iter()
                .map(|hunk| distance(&difference.hunk.after, &hunk.after))
        };
        let nearest = distances().min().filter(|nearest| *nearest <= SLIDE_LINES);
        match nearest {
            Some(nearest) => {
                let same = distances()
                    .enumerate()
                    .filter(|(_, distance)| *distance == nearest);
                same.for_each(|(hunk, _)| near[hunk].push(index));
            }
            None => elsewhere.push(index),
        }
    }
    (near, elsewhere)
}

/// How many lines lie between two ranges; none where they overlap, or where one of them is empty and stands at the other.
fn distance(one: &Range<usize>, other: &Range<usize>) -> usize {
    let gap = one
        .start
        .max(other.start)
        .saturating_sub(one.end.min(other.end));
    let (first, second) = if one.start <= other.start {
        (one, other)
    } else {
        (other, one)
    };
    let adjoin = gap == 0 && first.end == second.start && !one.is_empty() && !other.is_empty();
    if adjoin { 1 } else { gap }
}

/// The changes that explain a hunk, or why none does; `None` where no reason is found either.
pub(super) fn outcome_of(
    hunk: &Hunk,
    differences: &[Difference],
    near: &[usize],
    made: &TracedText,
) -> Option<Result<Vec<ChangeIndex>, UnexplainedReason>> {
    let mut changes = Vec::new();
    for &index in near {
        match &differences[index].verdict {
            Ok(more) => changes.extend(more),
            Err(reason) => return Some(Err(reason.clone())),
        }
    }
    let place = |line| place_in_made(differences, line);
    let (start, end) = (place(hunk.after.start), place(hunk.after.end));
    changes.extend(made.changes_in(start..end));
    // The configuration comes to these very lines here, so what it wrote nearby is another of several equal lines.
    if changes.is_empty() {
        changes.extend(made.changes_in(start.saturating_sub(SLIDE_LINES)..end + SLIDE_LINES));
    }
    changes.sort_unstable();
    changes.dedup();
    (!changes.is_empty()).then_some(Ok(changes))
}

/// The line of the text that was made which stands at a line of the distribution's text.
fn place_in_made(differences: &[Difference], line: usize) -> usize {
    let before = differences
        .iter()
        .rev()
        .find(|difference| difference.hunk.after.start <= line);
    match before.map(|difference| &difference.hunk) {
        None => line,
        Some(hunk) if line < hunk.after.end => hunk.before.start,
        Some(hunk) => hunk.before.end + (line - hunk.after.end),
    }
}
