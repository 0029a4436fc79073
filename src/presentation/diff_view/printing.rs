//! What is printed of a diff, and what is said of the rest.

use super::DiffFile;
use super::document::clamped;
use super::line_range::Side;
use super::rows::{Rows, Slot};
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::{count, counted};

/// Printing draws this many rows at most: some 16 pages. Browsers take minutes to lay some thousand rows out on paper, or give up.
pub const PRINTED_ROWS_MAX: usize = 1_000;

impl Rows {
    /// Says up to which lines of a file its rows are printed; nothing where all of them are.
    pub fn remark_on_print(&self, file: &DiffFile) -> Option<String> {
        let more = self.count().saturating_sub(PRINTED_ROWS_MAX) + self.left_out();
        if more == 0 {
            return None;
        }
        let last = |side| {
            let last = self.last_line_before(PRINTED_ROWS_MAX, side);
            last.map(|line| count(clamped(line + 1)))
        };
        let of_side = |side, label: &str| {
            let line = last(side);
            line.map(|line| format!("line {line} of {}", visible(label)))
        };
        let lines = match file.is_alone {
            true => last(Side::Distribution).map(|line| format!("line {line}")),
            false => {
                let sides = [
                    of_side(Side::Reference, &file.reference_label),
                    of_side(Side::Distribution, &file.distribution_label),
                ];
                let lines: Vec<String> = sides.into_iter().flatten().collect();
                (!lines.is_empty()).then(|| lines.join(" and "))
            }
        };
        let up_to = lines.map_or_else(String::new, |lines| format!("This is up to {lines}. "));
        let more = counted(clamped(more), "more row is", "more rows are");
        let advice = match file.is_alone {
            true => "Save the file to print all of it.",
            false => "Save the patch to print every change.",
        };
        Some(format!("{up_to}{more} not printed. {advice}"))
    }

    /// The last line of a side that ends before a row, counted from 0.
    fn last_line_before(&self, row: usize, side: Side) -> Option<usize> {
        let begins_line = |slot: Option<Slot>| !matches!(slot, Some(Slot::Line { part: 1.., .. }));
        let end = (0..=row).rev().find(|row| begins_line(self.slot(*row)))?;
        let line = |row| match (self.slot(row)?, side) {
            (Slot::Line { reference, .. }, Side::Reference) => reference,
            (Slot::Line { distribution, .. }, Side::Distribution) => distribution,
            (Slot::Fold { .. } | Slot::Heading { .. }, _) => None,
        };
        (0..end).rev().find_map(line)
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::file;
    use super::*;
    use crate::diff::{OpenedLines, Space};
    use crate::presentation::diff_view::{DiffDocument, Layout, Look};

    #[test]
    fn what_is_not_printed_is_told_with_the_lines_up_to_which_it_is() {
        let lines = |count: usize| {
            let lines = (0..count).map(|line| format!("{line:0>30}\n"));
            lines.collect::<String>()
        };
        let check = |added: usize, count, wrap_columns, is_alone, expected: Option<&str>| {
            let (before, after) = (lines(count), "new\n".repeat(added) + &lines(count));
            let file = DiffFile {
                is_alone,
                ..file(Some(&before), Some(&after))
            };
            let document = DiffDocument::compared_here(&file, Space::Exact);
            let look = Look {
                wrap_columns,
                ..Look::default()
            };
            let layout = match is_alone {
                true => Layout::Single,
                false => Layout::Split,
            };
            let rows = document.rows(layout, &OpenedLines::whole(), &look);
            assert_eq!(rows.remark_on_print(&file).as_deref(), expected);
        };
        check(1, 999, None, false, None);
        check(
            1,
            1_000,
            None,
            false,
            Some(
                "This is up to line 999 of CentOS Stream and line 1,000 of AlmaLinux. 1 more row is not printed. Save the patch to \
                 print every change.",
            ),
        );
        check(
            0,
            3_000,
            None,
            true,
            Some(
                "This is up to line 1,000. 2,000 more rows are not printed. Save the file to print all of it.",
            ),
        );
        // One line is only printed by half.
        check(
            0,
            1_000,
            Some(11),
            true,
            Some(
                "This is up to line 333. 2,000 more rows are not printed. Save the file to print all of it.",
            ),
        );
        check(
            2_000,
            1,
            None,
            false,
            Some(
                "This is up to line 1,000 of AlmaLinux. 1,001 more rows are not printed. Save the patch to print every change.",
            ),
        );
    }
}
