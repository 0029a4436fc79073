//! Divides two compared texts into hunks, the lines around them, and stretches to fold away.

use super::hunks::Hunk;
use std::ops::Range;

/// How many unchanged lines are shown around a hunk, as in the unified format.
pub const CONTEXT_LINES: usize = 3;

/// The fewest lines that are folded: a fold takes the room of one line itself.
const FOLDED_LINES_MIN: usize = 2;

/// A stretch of two compared texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// Unchanged lines near a hunk, by their ranges in both texts, which are equally long.
    Context(Hunk),
    /// Unchanged lines far from every hunk, by their ranges in both texts.
    Fold(Hunk),
    /// Lines that differ, by the index of their hunk.
    Change(usize),
}

/// All stretches, in order. `before` and `after` are the texts' line counts.
pub fn stretches<'hunks>(
    hunks: impl IntoIterator<Item = &'hunks Hunk>,
    before: usize,
    after: usize,
) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    let mut next = (0, 0);
    let mut leading = 0;
    for (index, hunk) in hunks.into_iter().enumerate() {
        let equal = equal_lines(next, (hunk.before.start, hunk.after.start));
        push_unchanged(&mut stretches, &equal, leading, CONTEXT_LINES);
        stretches.push(Stretch::Change(index));
        next = (hunk.before.end, hunk.after.end);
        leading = CONTEXT_LINES;
    }
    push_unchanged(
        &mut stretches,
        &equal_lines(next, (before, after)),
        leading,
        0,
    );
    stretches
}

fn equal_lines(start: (usize, usize), end: (usize, usize)) -> Hunk {
    Hunk {
        before: start.0..end.0,
        after: start.1..end.1,
    }
}

/// Adds unchanged lines, of which `leading` and `trailing` many stay in sight.
fn push_unchanged(stretches: &mut Vec<Stretch>, equal: &Hunk, leading: usize, trailing: usize) {
    let count = equal.before.len();
    let part = |range: Range<usize>| Hunk {
        before: equal.before.start + range.start..equal.before.start + range.end,
        after: equal.after.start + range.start..equal.after.start + range.end,
    };
    if count == 0 {
        return;
    }
    if count < leading + trailing + FOLDED_LINES_MIN {
        stretches.push(Stretch::Context(part(0..count)));
        return;
    }
    if leading > 0 {
        stretches.push(Stretch::Context(part(0..leading)));
    }
    stretches.push(Stretch::Fold(part(leading..count - trailing)));
    if trailing > 0 {
        stretches.push(Stretch::Context(part(count - trailing..count)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_texts::{any_space, text_pair};
    use super::super::{Space, Text, line_hunks};
    use super::*;
    use proptest::prelude::*;

    fn check(hunks: &[(Range<usize>, Range<usize>)], lengths: (usize, usize), expected: &str) {
        let hunks: Vec<Hunk> = hunks
            .iter()
            .map(|(before, after)| Hunk {
                before: before.clone(),
                after: after.clone(),
            })
            .collect();
        let shown: Vec<String> = stretches(&hunks, lengths.0, lengths.1)
            .iter()
            .map(|stretch| match stretch {
                Stretch::Context(lines) => format!("{:?}", lines.before),
                Stretch::Fold(lines) => format!("fold {:?}", lines.before),
                Stretch::Change(index) => format!("change {index}"),
            })
            .collect();
        assert_eq!(shown.join(", "), expected);
    }

    #[test]
    fn folds_what_is_far_from_a_change() {
        check(&[], (0, 0), "");
        check(&[], (9, 9), "fold 0..9");
        check(&[(0..1, 0..1)], (1, 1), "change 0");
        check(
            &[(10..11, 10..12)],
            (20, 21),
            "fold 0..7, 7..10, change 0, 11..14, fold 14..20",
        );
        check(
            &[(2..3, 2..3), (46..46, 46..47)],
            (47, 48),
            "0..2, change 0, 3..6, fold 6..43, 43..46, change 1, 46..47",
        );
    }

    #[test]
    fn a_single_line_is_not_folded() {
        check(&[(4..5, 4..5)], (9, 9), "0..4, change 0, 5..9");
        check(&[(5..6, 5..6)], (6, 6), "fold 0..2, 2..5, change 0");
    }

    proptest! {
        #[test]
        fn stretches_cover_both_texts((before, after) in text_pair(), space in any_space()) {
            let (before, after) = (Text::new(before), Text::new(after));
            let hunks = line_hunks(&before, &after, space);
            let mut next = (0, 0);
            for stretch in stretches(&hunks, before.line_count(), after.line_count()) {
                let lines = match stretch {
                    Stretch::Context(lines) | Stretch::Fold(lines) => {
                        prop_assert_eq!(lines.before.len(), lines.after.len());
                        if space == Space::Exact {
                            prop_assert!(before.raw_lines(lines.before.clone()).eq(after.raw_lines(lines.after.clone())));
                        }
                        lines
                    }
                    Stretch::Change(index) => hunks[index].clone(),
                };
                prop_assert_eq!((lines.before.start, lines.after.start), next);
                next = (lines.before.end, lines.after.end);
            }
            prop_assert_eq!(next, (before.line_count(), after.line_count()));
        }
    }
}
