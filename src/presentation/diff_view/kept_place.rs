//! Where the reader is among rows that were laid out anew: by another view or look, by other white space, by folds, or in a window of
//! another size.

use super::line_range::Side;
use super::rows::{Rows, Slot};
use crate::diff::OpenedLines;
use std::ops::Range;

impl Rows {
    /// The row on top when the reader stays where they were among the rows as they were laid out before, given those that were seen
    /// and how many there is room for now; nothing for those from the first row on, or where no such place is known.
    ///
    /// What the reader went to, of which the first line is given, stays where it was in sight, else the first line there; where
    /// there is no room for it so far down any more, it moves up. Where lines were opened at a fold, these come into sight: what
    /// stands above them stays.
    pub fn top_as_earlier(
        &self,
        earlier: &Self,
        seen: Range<usize>,
        room: usize,
        gone_to: Option<(Side, usize)>,
    ) -> Option<usize> {
        let top = seen.start;
        let whole = OpenedLines::whole();
        let are_whole = [self, earlier].map(|rows| rows.opened == whole);
        let is_opened_at_fold = self.opened != earlier.opened && are_whole == [false; 2];
        if is_opened_at_fold {
            return (top > 0).then(|| self.row_of_earlier(earlier, top))?;
        }
        let gone_to = earlier.row_in_sight(&seen, gone_to);
        let is_line = |row: &usize| matches!(earlier.slot(*row), Some(Slot::Line { .. }));
        let first_line = || (top > 0).then(|| seen.clone().find(is_line))?;
        let row = gone_to.or_else(first_line)?;
        let here = self.row_of_earlier(earlier, row)?;
        let above = match row - top {
            above if above < room => above,
            _ => room / 3,
        };
        Some(here.saturating_sub(above))
    }

    /// The row of what the reader went to, of which the first line is given, where it is among those that are seen.
    pub fn row_in_sight(
        &self,
        seen: &Range<usize>,
        gone_to: Option<(Side, usize)>,
    ) -> Option<usize> {
        let row = gone_to.and_then(|(side, number)| self.row_of_line(side, number));
        row.filter(|row| seen.contains(row))
    }

    /// The row in which stands what stood in a row of these lines as they were laid out before; nothing where no line stood there
    /// or above.
    fn row_of_earlier(&self, earlier: &Self, row: usize) -> Option<usize> {
        let (at, reference, distribution) =
            (0..=row).rev().find_map(|at| match earlier.slot(at)? {
                Slot::Line {
                    reference,
                    distribution,
                    ..
                } => Some((at, reference, distribution)),
                Slot::Heading { .. } | Slot::Fold { .. } => None,
            })?;
        let on = |side, line: Option<usize>| self.row_of_line(side, line? + 1);
        let here = on(Side::Reference, reference)
            .or_else(|| on(Side::Distribution, distribution))
            .or_else(|| self.fold_of(Side::Reference, reference?))
            .or_else(|| self.fold_of(Side::Distribution, distribution?))?;
        Some((here + row - at).min(self.slots.len() - 1))
    }

    /// The row of the fold that a line of a side is in.
    fn fold_of(&self, side: Side, line: usize) -> Option<usize> {
        let line_of = |slot: &Slot| match (*slot, side) {
            (Slot::Line { reference, .. }, Side::Reference) => reference,
            (Slot::Line { distribution, .. }, Side::Distribution) => distribution,
            (Slot::Fold { .. } | Slot::Heading { .. }, _) => None,
        };
        let is_above = |slot: &Slot| line_of(slot).is_some_and(|above| above < line);
        let above = self.slots.iter().rposition(is_above);
        let below = self.slots.iter().enumerate();
        let mut between = below
            .skip(above.map_or(0, |row| row + 1))
            .take_while(|(_, slot)| line_of(slot).is_none());
        let fold = between.find(|(_, slot)| matches!(slot, Slot::Fold { .. }));
        fold.map(|(row, _)| row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Space, Text, TextComparison};
    use crate::presentation::diff_view::Layout;

    /// Rows of a change at the end, each line in so many.
    fn rows(layout: Layout, opened: &OpenedLines, has_headings: bool, of_line: usize) -> Rows {
        let before = Text::new("a\nb\nc\nd\ne\nf\ng\n1%{?dist}\n");
        let after = Text::new("a\nb\nc\nd\ne\nf\ng\nnew\n1%{?dist}.alma.1\n");
        let comparison = TextComparison::new(before, after, Space::Exact);
        Rows::new(&comparison, layout, opened, has_headings, &|_, _, _| {
            of_line
        })
    }

    #[test]
    fn what_stood_in_a_row_is_found_again() {
        let check = |earlier: &Rows, later: &Rows, expected: &[Option<usize>]| {
            let found = (0..earlier.count()).map(|row| later.row_of_earlier(earlier, row));
            assert_eq!(found.collect::<Vec<_>>(), expected);
        };
        let folded = rows(Layout::Split, &OpenedLines::default(), false, 1);
        let rows = |layout, opened: &OpenedLines| rows(layout, opened, true, 1);
        // "1|1 2|2 3|3 4|4 5|5 6|6 7|7 change 0 -|8* 8|9*"
        let whole = rows(Layout::Split, &OpenedLines::whole());
        check(
            &folded,
            &whole,
            &[None, Some(4), Some(5), Some(6), Some(8), Some(9)],
        );
        let back = [0, 0, 0, 0, 1, 2, 3, 4, 4, 5].map(Some);
        check(&whole, &folded, &back);
        // "fold 4 5|5 6|6 7|7 change 0 8|-* -|8* -|9*"
        let unified = rows(Layout::Unified, &OpenedLines::default());
        check(
            &folded,
            &unified,
            &[None, Some(1), Some(2), Some(3), Some(6), Some(5)],
        );
        check(
            &folded,
            &folded,
            &[None, Some(1), Some(2), Some(3), Some(4), Some(5)],
        );
    }

    #[test]
    fn what_the_reader_went_to_stays_in_sight() {
        let closed = OpenedLines::default();
        // "fold 4 5|5 6|6 7|7 -|8* 8|9*"
        let folded = rows(Layout::Split, &closed, false, 1);
        let whole = rows(Layout::Split, &OpenedLines::whole(), false, 1);
        let wrapped = rows(Layout::Split, &closed, false, 3);
        let check = |(earlier, later): (&Rows, &Rows), seen, gone_to, expected| {
            let number = gone_to;
            let gone_to = Some((Side::Distribution, number));
            assert_eq!(later.top_as_earlier(earlier, seen, 6, gone_to), expected);
        };
        // From row 4 to row 10, and to row 7.
        check((&folded, &wrapped), 0..6, 8, Some(6));
        check((&folded, &whole), 0..6, 8, Some(3));
        check((&wrapped, &folded), 6..13, 8, Some(0));
        // What is out of sight does not count, and the first line that is seen does.
        check((&folded, &wrapped), 0..3, 8, None);
        check((&folded, &wrapped), 2..4, 8, Some(4));
        check((&whole, &folded), 2..5, 8, Some(0));
    }

    #[test]
    fn what_the_reader_went_to_moves_up_where_a_window_gets_low() {
        let closed = OpenedLines::default();
        // "fold 4 5|5 6|6 7|7 -|8* 8|9*", and each line in three rows.
        let folded = rows(Layout::Split, &closed, false, 1);
        let wrapped = rows(Layout::Split, &closed, false, 3);
        let check = |(earlier, later): (&Rows, &Rows), room, expected| {
            let gone_to = Some((Side::Distribution, 8));
            assert_eq!(
                later.top_as_earlier(earlier, 0..6, room, gone_to),
                Some(expected)
            );
        };
        // In row 4, and in row 10.
        check((&folded, &folded), 6, 0);
        check((&folded, &folded), 5, 0);
        check((&folded, &folded), 4, 3);
        check((&folded, &wrapped), 5, 6);
        check((&folded, &wrapped), 3, 9);
        check((&folded, &wrapped), 0, 10);
    }

    #[test]
    fn a_fold_on_top_is_no_place_in_what_is_shown_whole() {
        let lines = |second: &str, last: &str| {
            let middle: String = (3..50).map(|line| format!("{line}\n")).collect();
            Text::new(format!("1\n{second}\n{middle}{last}\n"))
        };
        let comparison = TextComparison::new(lines("a", "b"), lines("A", "B"), Space::Exact);
        let rows = |opened: &OpenedLines| {
            Rows::new(&comparison, Layout::Split, opened, false, &|_, _, _| 1)
        };
        let mut opened = OpenedLines::default();
        // "1|1 2|2* 3|3 4|4 5|5 fold 41 47|47 48|48 49|49 50|50*"
        let folded = rows(&opened);
        let whole = rows(&OpenedLines::whole());
        assert_eq!(whole.top_as_earlier(&folded, 5..9, 9, None), Some(45));
        let gone_to = Some((Side::Reference, 50));
        assert_eq!(whole.top_as_earlier(&folded, 5..10, 9, gone_to), Some(45));
        // Lines that are opened at the fold come into sight.
        opened.open(10..50);
        let some = rows(&opened);
        assert_eq!(some.top_as_earlier(&folded, 5..10, 9, gone_to), Some(5));
    }

    #[test]
    fn a_line_that_differs_no_more_is_found_in_its_fold() {
        let rows = |space| {
            let text = |fifth: &str, last: &str| {
                let lines = (1..30).map(|line| match line {
                    5 => format!("{fifth}\n"),
                    line => format!("{line}\n"),
                });
                Text::new(format!("{}{last}\n", lines.collect::<String>()))
            };
            let comparison = TextComparison::new(text("a b", "x"), text("a  b", "y"), space);
            let closed = OpenedLines::default();
            Rows::new(&comparison, Layout::Unified, &closed, false, &|_, _, _| 1)
        };
        let (exact, ignored) = (rows(Space::Exact), rows(Space::IgnoreAll));
        let row = |side| exact.row_of_line(side, 5).unwrap();
        let found = [Side::Reference, Side::Distribution]
            .map(|side| ignored.row_of_earlier(&exact, row(side)));
        assert_eq!(found, [Some(0); 2]);
    }
}
