//! Lines of a change, as what is known of it names them.

use super::line_range::{LineRange, Side};
use crate::diff::Hunk;
use std::ops::Range;

/// Some lines of either side, which count from 0 and rise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HunkLines {
    before: Vec<Range<usize>>,
    after: Vec<Range<usize>>,
}

impl HunkLines {
    /// The lines that two hunks have in common.
    pub(super) fn shared(one: &Hunk, other: &Hunk) -> Self {
        let shared = |one: &Range<usize>, other: &Range<usize>| {
            let lines = one.start.max(other.start)..one.end.min(other.end);
            (!lines.is_empty()).then_some(lines).into_iter().collect()
        };
        Self {
            before: shared(&one.before, &other.before),
            after: shared(&one.after, &other.after),
        }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.before.is_empty() && self.after.is_empty()
    }

    /// Takes in lines that follow these.
    pub(super) fn extend(&mut self, others: Self) {
        self.before.extend(others.before);
        self.after.extend(others.after);
    }

    /// Leaves only the lines that a hunk does not have.
    pub(super) fn remove(&mut self, hunk: &Hunk) {
        let remaining = |lines: &[Range<usize>], removed: &Range<usize>| {
            let parts = lines.iter().flat_map(|lines| {
                let above = lines.start..lines.end.min(removed.start);
                let below = lines.start.max(removed.end)..lines.end;
                [above, below]
            });
            parts.filter(|part| !part.is_empty()).collect()
        };
        for (lines, removed) in [
            (&mut self.before, &hunk.before),
            (&mut self.after, &hunk.after),
        ] {
            if !removed.is_empty() {
                *lines = remaining(lines, removed);
            }
        }
    }

    /// The distribution's lines in words, `line 3, lines 5–6`; where there are none, the reference's as removed ones.
    pub(super) fn in_words(&self) -> String {
        let (side, lines) = match self.after.as_slice() {
            [] => (Side::Reference, &self.before),
            _ => (Side::Distribution, &self.after),
        };
        let words = lines
            .iter()
            .map(|lines| LineRange::new(side, lines.start + 1, lines.end).in_words());
        words.collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hunk(before: Range<usize>, after: Range<usize>) -> Hunk {
        Hunk { before, after }
    }

    #[test]
    fn lines_are_shared_and_named() {
        let check = |one: Hunk, other: Hunk, expected: &str| {
            assert_eq!(HunkLines::shared(&one, &other).in_words(), expected);
        };
        check(hunk(1..5, 1..5), hunk(1..2, 1..2), "line 2");
        check(hunk(1..5, 1..3), hunk(2..9, 3..9), "removed lines 3–5");
        check(hunk(1..5, 3..3), hunk(6..7, 1..9), "");
    }

    #[test]
    fn what_is_named_is_taken_out() {
        let check = |removed: Hunk, expected: &str| {
            let all = hunk(0..4, 0..6);
            let mut lines = HunkLines::shared(&all, &all);
            lines.remove(&removed);
            assert_eq!(lines.in_words(), expected);
        };
        check(hunk(1..2, 1..2), "line 1, lines 3–6");
        check(hunk(1..2, 0..6), "removed line 1, removed lines 3–4");
        check(hunk(2..2, 3..3), "lines 1–6");
        check(hunk(0..4, 0..6), "");
    }
}
