//! Lays a compared file out in rows: split or unified, with folds closed or open.

use super::address::Layout;
use super::cell::Cell;
use super::hunk_explanation::HunkExplanation;
use super::line_range::Side;
use crate::diff::{OpenedLines, Stretch, TextComparison, Unchanged, stretches};
use std::ops::Range;

/// Browsers draw nothing that is more than some 33 million pixels down a page, and no row is higher than 24.
pub(super) const ROWS_MAX: usize = 1_300_000;

/// So many lines of a fold are opened at once.
pub(super) const OPENED_AT_ONCE: usize = 20;

/// All rows of a diff, without the texts in them, so that many cost little.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    pub(super) slots: Vec<Slot>,
    changes: Vec<usize>,
    left_out: usize,
    /// The unchanged lines that are shown beside those near changes.
    pub(super) opened: OpenedLines,
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
        /// Which of the rows that the line is continued in, from 0.
        part: usize,
    },
    /// What explains the change that begins in the next row.
    Heading {
        /// The change, from 0.
        change: usize,
    },
    /// Lines that are folded away.
    Fold {
        /// The place of the first of them.
        start: usize,
        /// The place after the first [`OPENED_AT_ONCE`].
        first_end: usize,
        /// The place of the last [`OPENED_AT_ONCE`].
        last_start: usize,
        /// The place after the last of them.
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
        /// The places by which all of them are opened.
        places: Range<usize>,
        /// Those of the first and of the last [`OPENED_AT_ONCE`], where there are more.
        ends: Option<[Range<usize>; 2]>,
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
    /// Whether it continues the line of the row before.
    pub is_continued: bool,
}

/// How many rows a line of a side takes, given its index and the change that it belongs to.
pub(super) type RowsOfLine<'document> = dyn Fn(Side, usize, Option<usize>) -> usize + 'document;

impl Rows {
    /// Lays out a comparison; `opened` has the unchanged lines that are shown beside those near changes. Each change has a
    /// heading where `has_headings` says so.
    pub(super) fn new(
        comparison: &TextComparison,
        layout: Layout,
        opened: &OpenedLines,
        has_headings: bool,
        rows_of_line: &RowsOfLine<'_>,
    ) -> Self {
        let mut rows = Self {
            opened: opened.clone(),
            ..Self::default()
        };
        for stretch in stretches(comparison) {
            match stretch {
                Stretch::Unchanged(unchanged) => {
                    for part in unchanged.divided(opened) {
                        if part.is_folded {
                            rows.slots.push(fold(&unchanged, part.rows));
                            continue;
                        }
                        for (one, other) in unchanged.lines(part.rows) {
                            rows.push_line(one, other, None, rows_of_line);
                        }
                    }
                }
                Stretch::Change(index) => {
                    let change = rows.changes.len();
                    if rows.slots.len() < ROWS_MAX {
                        rows.changes.push(rows.slots.len());
                    }
                    if has_headings {
                        rows.slots.push(Slot::Heading { change });
                    }
                    rows.push_change(comparison, layout, (index, change), rows_of_line);
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

    /// How many rows there would be more, were there room for them.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// How many changes there are.
    pub fn change_count(&self) -> usize {
        self.changes.len()
    }

    /// The row that a change begins in.
    pub fn row_of_change(&self, change: usize) -> Option<usize> {
        self.changes.get(change).copied()
    }

    /// The first change that begins in a row or after it; the last one where none does.
    pub fn change_from(&self, row: usize) -> Option<usize> {
        let next = self.changes.partition_point(|begin| *begin < row);
        Some(next.min(self.changes.len().checked_sub(1)?))
    }

    /// The last change that begins before a row; the first one where none does.
    pub fn change_before(&self, row: usize) -> Option<usize> {
        let next = self.changes.partition_point(|begin| *begin < row);
        (!self.changes.is_empty()).then(|| next.saturating_sub(1))
    }

    /// Whether a row at any of these places is folded away.
    pub fn hides(&self, places: &Range<usize>) -> bool {
        self.slots.iter().any(|slot| match slot {
            Slot::Fold { start, end, .. } => *start < places.end && places.start < *end,
            Slot::Line { .. } | Slot::Heading { .. } => false,
        })
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
        (index, change): (usize, usize),
        rows_of_line: &RowsOfLine<'_>,
    ) {
        let Some(compared) = comparison.hunks.get(index) else {
            return;
        };
        let change = Some(change);
        match layout {
            Layout::Split => {
                for pair in &compared.pairs {
                    self.push_line(pair.before, pair.after, change, rows_of_line);
                }
            }
            Layout::Unified | Layout::Single => {
                for one in compared.hunk.before.clone() {
                    self.push_line(Some(one), None, change, rows_of_line);
                }
                for other in compared.hunk.after.clone() {
                    self.push_line(None, Some(other), change, rows_of_line);
                }
            }
        }
    }

    /// As many rows as the longer of both lines takes.
    fn push_line(
        &mut self,
        reference: Option<usize>,
        distribution: Option<usize>,
        change: Option<usize>,
        rows_of_line: &RowsOfLine<'_>,
    ) {
        let of_side =
            |side, line: Option<usize>| line.map_or(1, |line| rows_of_line(side, line, change));
        let count =
            of_side(Side::Reference, reference).max(of_side(Side::Distribution, distribution));
        let drawn = count.min(ROWS_MAX.saturating_sub(self.slots.len()));
        self.left_out += count - drawn;
        self.slots.extend((0..drawn).map(|part| Slot::Line {
            reference,
            distribution,
            change,
            part,
        }));
    }
}

/// Rows of what is unchanged that are folded away.
fn fold(unchanged: &Unchanged, rows: Range<usize>) -> Slot {
    let Range { start, end } = unchanged.places(rows.clone());
    let count = rows.len();
    let few = count.min(OPENED_AT_ONCE);
    Slot::Fold {
        start,
        first_end: unchanged.places(rows.start..rows.start + few).end,
        last_start: unchanged.places(rows.end - few..rows.end).start,
        end,
        count,
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
                part,
            } => {
                let side = |line: &Option<usize>| {
                    line.map_or("-".to_owned(), |line| (line + 1).to_string())
                };
                let sign = if change.is_some() { "*" } else { "" };
                let part = "+".repeat(*part);
                format!("{}|{}{sign}{part}", side(reference), side(distribution))
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
        let rows = Rows::new(&example(), layout, opened, has_headings, &|_, _, _| 1);
        assert_eq!(shown(&rows), expected);
    }

    /// Split, with its fold closed.
    fn folded() -> Rows {
        let closed = OpenedLines::default();
        Rows::new(&example(), Layout::Split, &closed, false, &|_, _, _| 1)
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
        let rows = Rows::new(&example(), Layout::Unified, &closed, true, &|_, _, _| 1);
        assert_eq!(rows.row_of_change(0), Some(4));
        assert_eq!(rows.row_of_change(1), None);
    }

    #[test]
    fn opened_lines_are_rows() {
        let mut opened = OpenedLines::default();
        opened.open(0..4);
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
    fn a_pair_takes_the_rows_of_its_longer_line() {
        let rows_of_line = |side: Side, line: usize, _: Option<usize>| match (side, line) {
            (Side::Reference, 7) => 2,
            (Side::Distribution, 8) => 3,
            _ => 1,
        };
        let (opened, split) = (OpenedLines::default(), Layout::Split);
        let rows = Rows::new(&example(), split, &opened, false, &rows_of_line);
        assert_eq!(shown(&rows), "fold 4 5|5 6|6 7|7 -|8* 8|9* 8|9*+ 8|9*++");
        assert_eq!(rows.row_of_line(Side::Distribution, 9), Some(5));
        let unified = Rows::new(&example(), Layout::Unified, &opened, false, &rows_of_line);
        assert_eq!(
            shown(&unified),
            "fold 4 5|5 6|6 7|7 8|-* 8|-*+ -|8* -|9* -|9*+ -|9*++"
        );
    }

    #[test]
    fn changes_are_found_from_a_row() {
        let rows = Rows {
            changes: vec![4, 9],
            ..Rows::default()
        };
        let from = [0, 4, 5, 9, 10].map(|row| rows.change_from(row));
        assert_eq!(from, [0, 0, 1, 1, 1].map(Some));
        let before = [0, 4, 5, 9, 10].map(|row| rows.change_before(row));
        assert_eq!(before, [0, 0, 0, 0, 1].map(Some));
        assert_eq!(Rows::default().change_from(0), None);
        assert_eq!(Rows::default().change_before(0), None);
    }

    #[test]
    fn a_fold_hides_its_lines() {
        let rows = folded();
        let hides = [0..2, 6..10, 8..16].map(|lines| rows.hides(&lines));
        assert_eq!(hides, [true, true, false]);
    }

    #[test]
    fn a_fold_of_ignored_blank_lines_opens_some_at_either_end() {
        let lines: String = (0..40).map(|line| format!("{line}\n")).collect();
        let after = lines.replace("\n5\n", &format!("\n5\n{}", "\n".repeat(200)));
        let comparison =
            TextComparison::new(Text::new(lines), Text::new(after), Space::IgnoreBlankLines);
        let rows = |opened: &OpenedLines| {
            Rows::new(&comparison, Layout::Split, opened, false, &|_, _, _| 1)
        };
        let mut opened = OpenedLines::default();
        let [
            Slot::Fold {
                start,
                first_end,
                last_start,
                end,
                count: 240,
            },
        ] = rows(&opened).slots[..]
        else {
            panic!("a fold of all");
        };
        opened.open(start..first_end);
        opened.open(last_start..end);
        let rows = rows(&opened);
        let folded = |slot: &Slot| matches!(slot, Slot::Fold { count: 200, .. });
        assert_eq!(rows.slots.iter().position(folded), Some(20));
        assert_eq!(rows.count(), 41);
    }

    #[test]
    fn rows_that_nobody_could_scroll_to_are_counted() {
        let rows = Rows::new(
            &example(),
            Layout::Split,
            &OpenedLines::whole(),
            false,
            &|_, _, _| ROWS_MAX / 4,
        );
        assert_eq!(rows.count(), ROWS_MAX);
        assert_eq!(rows.left_out(), 5 * (ROWS_MAX / 4));
        assert_eq!(rows.change_count(), 0);
    }

    #[test]
    fn lines_are_found_by_their_numbers() {
        let rows = folded();
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
            let rows = Rows::new(&comparison, layout, &OpenedLines::whole(), true, &|_, _, _| 1);
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
