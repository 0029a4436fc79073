//! Lays a compared file out in rows: split or unified, with folds closed or open.

use super::address::Layout;
use super::cell::Cell;
use super::hunk_explanation::HunkExplanation;
use super::line_range::Side;
use crate::diff::{OpenedLines, Stretch, TextComparison, stretches};
use std::ops::Range;

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
    /// What explains the change that begins in the next row.
    Heading {
        /// The change, from 0.
        change: usize,
    },
    /// Lines that are folded away.
    Fold {
        /// The first of them in the reference.
        start: usize,
        /// The line of the reference after the last.
        end: usize,
        /// How many rows.
        count: usize,
    },
}

/// A row, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A line of one side or of both.
    Line(LineRow),
    /// What explains the change that begins in the next row.
    Heading(HunkExplanation),
    /// Lines that are folded away.
    Fold {
        /// The lines of the reference, by which they are opened.
        lines: Range<usize>,
        /// How many rows.
        count: usize,
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
    /// Lays out a comparison; `opened` has the unchanged lines that are shown beside those near changes. Each change has a
    /// heading where `has_headings` says so.
    pub(super) fn new(
        comparison: &TextComparison,
        layout: Layout,
        opened: &OpenedLines,
        has_headings: bool,
    ) -> Self {
        let mut rows = Self::default();
        for stretch in stretches(comparison) {
            match stretch {
                Stretch::Unchanged(unchanged) => {
                    for part in unchanged.divided(opened) {
                        if part.is_folded {
                            let count = part.rows.len();
                            let Range { start, end } = unchanged.places(part.rows);
                            rows.slots.push(Slot::Fold { start, end, count });
                            continue;
                        }
                        let lines = unchanged.lines(part.rows);
                        rows.slots
                            .extend(lines.map(|(one, other)| line(one, other, None)));
                    }
                }
                Stretch::Change(index) => {
                    let change = rows.changes.len();
                    rows.changes.push(rows.slots.len());
                    if has_headings {
                        rows.slots.push(Slot::Heading { change });
                    }
                    rows.push_change(comparison, layout, index, change);
                }
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
            (Slot::Fold { .. } | Slot::Heading { .. }, _) => false,
        })
    }

    fn push_change(
        &mut self,
        comparison: &TextComparison,
        layout: Layout,
        index: usize,
        change: usize,
    ) {
        let Some(compared) = comparison.hunks.get(index) else {
            return;
        };
        let change = Some(change);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::test_texts::{any_space, text_pair};
    use crate::diff::{Space, Text};
    use proptest::prelude::*;

    fn shown(rows: &Rows) -> String {
        let slot = |slot: &Slot| match slot {
            Slot::Fold { count, .. } => format!("fold {count}"),
            Slot::Heading { change } => format!("change {change}"),
            Slot::Line {
                reference,
                distribution,
                change,
            } => {
                let side = |line: &Option<usize>| {
                    line.map_or("-".to_owned(), |line| (line + 1).to_string())
                };
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

    fn check(layout: Layout, opened: &OpenedLines, has_headings: bool, expected: &str) {
        let rows = Rows::new(&example(), layout, opened, has_headings);
        assert_eq!(shown(&rows), expected);
    }

    #[test]
    fn split_and_unified_rows() {
        let closed = OpenedLines::default();
        check(
            Layout::Split,
            &closed,
            false,
            "fold 4 5|5 6|6 7|7 -|8* 8|9*",
        );
        check(
            Layout::Unified,
            &closed,
            true,
            "fold 4 5|5 6|6 7|7 change 0 8|-* -|8* -|9*",
        );
        let rows = Rows::new(&example(), Layout::Unified, &closed, true);
        assert_eq!(rows.row_of_change(0), Some(4));
        assert_eq!(rows.row_of_change(1), None);
    }

    #[test]
    fn opened_lines_are_rows() {
        let mut opened = OpenedLines::default();
        opened.open(0..2);
        check(
            Layout::Split,
            &opened,
            false,
            "1|1 2|2 fold 2 5|5 6|6 7|7 -|8* 8|9*",
        );
        check(
            Layout::Split,
            &OpenedLines::whole(),
            false,
            "1|1 2|2 3|3 4|4 5|5 6|6 7|7 -|8* 8|9*",
        );
    }

    #[test]
    fn lines_are_found_by_their_numbers() {
        let rows = Rows::new(&example(), Layout::Split, &OpenedLines::default(), false);
        assert_eq!(rows.row_of_line(Side::Distribution, 8), Some(4));
        assert_eq!(rows.row_of_line(Side::Reference, 8), Some(5));
        assert_eq!(rows.row_of_line(Side::Reference, 2), None);
        assert_eq!(rows.row_of_line(Side::Reference, 0), None);
    }

    proptest! {
        #[test]
        fn rows_hold_every_line_once_and_in_order((before, after) in text_pair(), space in any_space(), split: bool) {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
            let counts = [comparison.before.line_count(), comparison.after.line_count()];
            let layout = if split { Layout::Split } else { Layout::Unified };
            let rows = Rows::new(&comparison, layout, &OpenedLines::whole(), true);
            let mut seen = [Vec::new(), Vec::new()];
            for slot in &rows.slots {
                match *slot {
                    Slot::Fold { .. } => prop_assert!(false, "a fold was left closed"),
                    Slot::Heading { .. } => {}
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
