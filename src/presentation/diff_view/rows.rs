//! Lays a compared file out in rows: split or unified, with folds closed or open.

use super::address::Layout;
use super::cell::Cell;
use super::line_range::Side;
use crate::diff::{Stretch, TextComparison, stretches};
use std::collections::BTreeSet;

/// All rows of a diff, without the texts in them, so that many cost little.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    slots: Vec<Slot>,
    changes: Vec<usize>,
}

/// What stands in a row. Lines count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// A line of one side or of both.
    Line {
        /// The reference's line.
        reference: Option<usize>,
        /// The distribution's line.
        distribution: Option<usize>,
        /// The change that it belongs to, from 0; none where it is unchanged.
        change: Option<usize>,
    },
    /// Lines that are folded away.
    Fold {
        /// The fold, by the index of its first line in the reference.
        id: usize,
        /// How many lines.
        count: usize,
    },
}

/// A row, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A line of one side or of both.
    Line(LineRow),
    /// Lines that are folded away.
    Fold {
        /// The fold.
        id: usize,
        /// `38 lines unchanged`
        label: String,
    },
}

/// A row of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineRow {
    /// The reference's side.
    pub reference: Option<Cell>,
    /// The distribution's side.
    pub distribution: Option<Cell>,
    /// The change that it belongs to, from 0; none where it is unchanged.
    pub change: Option<usize>,
}

impl Rows {
    /// Lays out a comparison; `opened` has the folds that are open.
    pub(super) fn new(
        comparison: &TextComparison,
        layout: Layout,
        opened: &BTreeSet<usize>,
    ) -> Self {
        let mut rows = Self::default();
        for stretch in all_stretches(comparison) {
            match stretch {
                Stretch::Fold(lines) if !opened.contains(&lines.before.start) => {
                    rows.slots.push(Slot::Fold {
                        id: lines.before.start,
                        count: lines.before.len(),
                    })
                }
                Stretch::Fold(lines) | Stretch::Context(lines) => {
                    let pairs = lines.before.zip(lines.after);
                    rows.slots
                        .extend(pairs.map(|(one, other)| line(Some(one), Some(other), None)));
                }
                Stretch::Change(index) => rows.push_change(comparison, layout, index),
            }
        }
        rows
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.slots.len()
    }

    /// What stands in a row; nothing past the last.
    pub fn slot(&self, row: usize) -> Option<Slot> {
        self.slots.get(row).copied()
    }

    /// How many changes there are.
    pub fn change_count(&self) -> usize {
        self.changes.len()
    }

    /// The row that a change begins in.
    pub fn row_of_change(&self, change: usize) -> Option<usize> {
        self.changes.get(change).copied()
    }

    /// The row of a line by its number on one side; nothing where it is folded away or there is none.
    pub fn row_of_line(&self, side: Side, number: usize) -> Option<usize> {
        let index = number.checked_sub(1)?;
        self.slots.iter().position(|slot| match (slot, side) {
            (Slot::Line { reference, .. }, Side::Reference) => *reference == Some(index),
            (Slot::Line { distribution, .. }, Side::Distribution) => *distribution == Some(index),
            (Slot::Fold { .. }, _) => false,
        })
    }

    fn push_change(&mut self, comparison: &TextComparison, layout: Layout, index: usize) {
        self.changes.push(self.slots.len());
        let Some(compared) = comparison.hunks.get(index) else {
            return;
        };
        let change = Some(index);
        match layout {
            Layout::Split => {
                let pairs = compared.pairs.iter();
                self.slots
                    .extend(pairs.map(|pair| line(pair.before, pair.after, change)));
            }
            Layout::Unified => {
                let removed = compared.hunk.before.clone();
                self.slots
                    .extend(removed.map(|one| line(Some(one), None, change)));
                let added = compared.hunk.after.clone();
                self.slots
                    .extend(added.map(|other| line(None, Some(other), change)));
            }
        }
    }
}

fn line(reference: Option<usize>, distribution: Option<usize>, change: Option<usize>) -> Slot {
    Slot::Line {
        reference,
        distribution,
        change,
    }
}

/// The folds that hide lines of a range of numbers on one side.
pub(super) fn folds_over(
    comparison: &TextComparison,
    side: Side,
    first: usize,
    last: usize,
) -> impl Iterator<Item = usize> {
    all_stretches(comparison)
        .into_iter()
        .filter_map(move |stretch| {
            let Stretch::Fold(lines) = stretch else {
                return None;
            };
            let of_side = match side {
                Side::Reference => lines.before.clone(),
                Side::Distribution => lines.after,
            };
            (of_side.start < last && of_side.end >= first).then_some(lines.before.start)
        })
}

fn all_stretches(comparison: &TextComparison) -> Vec<Stretch> {
    let hunks = comparison.hunks.iter().map(|compared| &compared.hunk);
    stretches(
        hunks,
        comparison.before.line_count(),
        comparison.after.line_count(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::test_texts::{any_space, text_pair};
    use crate::diff::{Space, Text};
    use proptest::prelude::*;

    fn shown(rows: &Rows) -> String {
        let side = |line: Option<usize>| line.map_or("-".to_owned(), |line| (line + 1).to_string());
        let slot = |slot: &Slot| match *slot {
            Slot::Fold { count, .. } => format!("fold {count}"),
            Slot::Line {
                reference,
                distribution,
                change,
            } => {
                let sign = if change.is_some() { "*" } else { "" };
                format!("{}|{}{sign}", side(reference), side(distribution))
            }
        };
        rows.slots.iter().map(slot).collect::<Vec<_>>().join(" ")
    }

    fn example() -> TextComparison {
        let before = Text::new("a\nb\nc\nd\ne\nf\ng\n1%{?dist}\n");
        let after = Text::new("a\nb\nc\nd\ne\nf\ng\nnew\n1%{?dist}.alma.1\n");
        TextComparison::new(before, after, Space::Exact)
    }

    #[test]
    fn split_and_unified_rows() {
        let closed = BTreeSet::new();
        let split = Rows::new(&example(), Layout::Split, &closed);
        assert_eq!(shown(&split), "fold 4 5|5 6|6 7|7 -|8* 8|9*");
        let unified = Rows::new(&example(), Layout::Unified, &closed);
        assert_eq!(shown(&unified), "fold 4 5|5 6|6 7|7 8|-* -|8* -|9*");
        assert_eq!(unified.row_of_change(0), Some(4));
        assert_eq!(unified.row_of_change(1), None);
    }

    #[test]
    fn an_open_fold_shows_its_lines() {
        let rows = Rows::new(&example(), Layout::Split, &BTreeSet::from([0]));
        assert_eq!(shown(&rows), "1|1 2|2 3|3 4|4 5|5 6|6 7|7 -|8* 8|9*");
    }

    #[test]
    fn lines_are_found_by_their_numbers() {
        let rows = Rows::new(&example(), Layout::Split, &BTreeSet::new());
        assert_eq!(rows.row_of_line(Side::Distribution, 8), Some(4));
        assert_eq!(rows.row_of_line(Side::Reference, 8), Some(5));
        assert_eq!(rows.row_of_line(Side::Reference, 2), None);
        assert_eq!(rows.row_of_line(Side::Reference, 0), None);
        let folds =
            |first, last| folds_over(&example(), Side::Reference, first, last).collect::<Vec<_>>();
        assert_eq!(folds(4, 5), [0]);
        assert!(folds(5, 9).is_empty());
    }

    proptest! {
        #[test]
        fn rows_hold_every_line_once_and_in_order((before, after) in text_pair(), space in any_space(), split: bool) {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
            let counts = [comparison.before.line_count(), comparison.after.line_count()];
            let layout = if split { Layout::Split } else { Layout::Unified };
            let opened: BTreeSet<usize> = folds_over(&comparison, Side::Reference, 1, usize::MAX).collect();
            let rows = Rows::new(&comparison, layout, &opened);
            let mut seen = [Vec::new(), Vec::new()];
            for slot in &rows.slots {
                match *slot {
                    Slot::Fold { .. } => prop_assert!(false, "a fold was left closed"),
                    Slot::Line { reference, distribution, .. } => {
                        seen[0].extend(reference);
                        seen[1].extend(distribution);
                    }
                }
            }
            prop_assert_eq!(seen, counts.map(|count| (0..count).collect::<Vec<_>>()));
        }
    }
}
