//! The rows of a compared file, and what is drawn in each.

use super::address::Layout;
use super::cell::{Cell, CellKind};
use super::colours::Colours;
use super::document::{DiffDocument, clamped};
use super::drawn_part::drawn_columns;
use super::facts::plain_width;
use super::line_range::Side;
use super::look::Look;
use super::rows::{LineRow, OPENED_AT_ONCE, Row, Rows, Slot};
use super::wrapping::COLUMNS_MIN;
use crate::diff::{Line, OpenedLines};
use crate::presentation::number::counted;

impl DiffDocument {
    /// Lays the rows out; `opened` has the unchanged lines that are shown beside those near changes. Of the look, what is
    /// searched for makes no difference.
    pub fn rows(&self, layout: Layout, opened: &OpenedLines, look: &Look) -> Rows {
        let has_headings = self.explanations.is_some();
        let rows_of_line = |side: Side, line: usize, change: Option<usize>| {
            let columns = look.wrap_columns;
            columns.map_or(1, |columns| {
                self.row_count(side, line, change, look, columns)
            })
        };
        Rows::new(
            &self.comparison,
            layout,
            opened,
            has_headings,
            &rows_of_line,
        )
    }

    /// How many rows of so many columns a line takes.
    fn row_count(
        &self,
        side: Side,
        index: usize,
        change: Option<usize>,
        look: &Look,
        columns: usize,
    ) -> usize {
        let line = self.text(side).line(index);
        let has_signs = |line: Line<'_>| {
            self.end_text(line.end).is_some()
                || change.is_some() && self.counterpart(side, index).is_some()
        };
        let width = line.filter(|line| !has_signs(*line));
        let width = width.and_then(|line| plain_width(line.content));
        match width {
            Some(width) => width.div_ceil(columns.max(COLUMNS_MIN)).max(1),
            // What is not plain is drawn to see how much room it takes.
            None => {
                let line = (side, index);
                let rows = self.rows_of_line(line, change, look, &Colours::default());
                rows.len().max(1)
            }
        }
    }

    /// How many columns the texts of a row take, that of the reference first, where they are not limited.
    pub fn columns_of(&self, slot: Slot, look: &Look) -> [usize; 2] {
        let (
            Slot::Line {
                reference,
                distribution,
                ..
            },
            None,
        ) = (slot, look.wrap_columns)
        else {
            return [0, 0];
        };
        let columns = |side, line: Option<usize>| {
            let line = self.text(side).line(line?)?;
            Some(drawn_columns(line.content, look.shows_space))
        };
        [
            (Side::Reference, reference),
            (Side::Distribution, distribution),
        ]
        .map(|(side, line)| columns(side, line).unwrap_or(0))
    }

    /// What is drawn in a row.
    pub fn row(&self, slot: Slot, look: &Look, colours: &Colours) -> Row {
        match slot {
            Slot::Fold {
                start,
                first_end,
                last_start,
                end,
                count,
            } => Row::Fold {
                places: start..end,
                ends: (count > OPENED_AT_ONCE).then_some([start..first_end, last_start..end]),
                label: format!("{} unchanged", counted(clamped(count), "line", "lines")),
            },
            Slot::Heading { change } => {
                let hunk = self.changes.get(change);
                let hunk = hunk.and_then(|index| self.comparison.hunks.get(*index));
                let explained = hunk.zip(self.explanations.as_ref());
                Row::Heading(
                    explained.map_or_else(Default::default, |(compared, known)| {
                        let hunk = &compared.hunk;
                        let exact = self.exact_hunks.as_deref();
                        known.of_hunk(hunk, exact.unwrap_or(std::slice::from_ref(hunk)))
                    }),
                )
            }
            Slot::Line {
                reference,
                distribution,
                change,
                part,
            } => {
                let cell = |side, line| self.cell((side, line), change, part, look, colours);
                Row::Line(LineRow {
                    reference: reference.and_then(|line| cell(Side::Reference, line)),
                    distribution: distribution.and_then(|line| cell(Side::Distribution, line)),
                    change,
                    is_continued: part > 0,
                })
            }
        }
    }

    fn cell(
        &self,
        (side, index): (Side, usize),
        change: Option<usize>,
        part: usize,
        look: &Look,
        colours: &Colours,
    ) -> Option<Cell> {
        let rows = self.rows_of_line((side, index), change, look, colours);
        let last = rows.len().checked_sub(1)?;
        let moved = self.moved(side, index, change);
        Some(Cell {
            number: index + 1,
            kind: match (side, change) {
                (_, None) => CellKind::Unchanged,
                (Side::Reference, Some(_)) => CellKind::Removed,
                (Side::Distribution, Some(_)) => CellKind::Added,
            },
            is_moved: moved.is_some(),
            moved: moved.filter(|_| part == last),
            segments: rows.get(part).cloned().unwrap_or_default(),
        })
    }

    /// The number of the other side's line that a changed line moved to or came from.
    pub(super) fn moved(&self, side: Side, index: usize, change: Option<usize>) -> Option<usize> {
        let counterpart = change.and_then(|_| self.counterpart(side, index));
        counterpart.map(|line| line + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::file;
    use super::*;
    use crate::diff::Space;
    use crate::presentation::diff_view::Segment;

    fn check(reference: &str, distribution: &str, layout: Layout, expected: &[&str]) {
        let document =
            DiffDocument::compared_here(&file(Some(reference), Some(distribution)), Space::Exact);
        let rows = document.rows(layout, &OpenedLines::default(), &Look::default());
        let cell = |cell: Option<Cell>| {
            let Some(cell) = cell else {
                return String::new();
            };
            let text = |segment: Segment| {
                if segment.changed {
                    format!("[{}]", segment.text)
                } else {
                    segment.text
                }
            };
            let text: String = cell.segments.into_iter().map(text).collect();
            format!("{}{} {text}", cell.number, cell.kind.sign())
        };
        let row = |row: usize| match document.row(
            rows.slot(row).unwrap(),
            &Look::default(),
            &Colours::default(),
        ) {
            Row::Fold { label, .. } => label,
            Row::Heading(explanation) => explanation.text(),
            Row::Line(line) => format!("{} | {}", cell(line.reference), cell(line.distribution)),
        };
        assert_eq!((0..rows.count()).map(row).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn rows_have_numbers_signs_and_marks() {
        let (before, after) = (
            "a\nb\nc\nd\ne\n1%{?dist}\n",
            "a\nb\nc\nd\ne\n1%{?dist}.alma.1",
        );
        check(
            before,
            after,
            Layout::Split,
            &[
                "2 lines unchanged",
                "3 c | 3 c",
                "4 d | 4 d",
                "5 e | 5 e",
                "6− 1%{?dist} | 6+ 1%{?dist}[.alma.1]⟨no newline at end of file⟩",
            ],
        );
        check(
            "x\n",
            "x\r\n",
            Layout::Unified,
            &["1− x | ", " | 1+ x[⟨CRLF⟩]"],
        );
        check(
            "a\r\nb\nc\r\nd",
            "a\nb\nc\r\nd",
            Layout::Split,
            &[
                "1− a[⟨CRLF⟩] | 1+ a",
                "2 b | 2 b",
                "3 c⟨CRLF⟩ | 3 c⟨CRLF⟩",
                "4 d⟨no newline at end of file⟩ | 4 d⟨no newline at end of file⟩",
            ],
        );
        check("a\r\n", "b\r\n", Layout::Split, &["1− a | 1+ b"]);
        check(
            "a 1\r\nb\n",
            "a 2\r\nb\n",
            Layout::Split,
            &["1− a [1]⟨CRLF⟩ | 1+ a [2]⟨CRLF⟩", "2 b | 2 b"],
        );
    }

    #[test]
    fn how_lines_end_is_shown_whatever_space_is_ignored() {
        let check = |(before, after), space, expected: [&str; 2]| {
            let document = DiffDocument::compared_here(&file(Some(before), Some(after)), space);
            let look = Look::default();
            let rows = document.rows(Layout::Split, &OpenedLines::whole(), &look);
            let slot = rows.slot(0).unwrap();
            let Row::Line(row) = document.row(slot, &look, &Colours::default()) else {
                panic!("a line");
            };
            let shown = [row.reference, row.distribution].map(|cell| {
                let segments = cell.unwrap().segments.into_iter();
                let shown = segments.map(|segment| match segment.changed {
                    true => format!("[{}]", segment.text),
                    false => segment.text,
                });
                shown.collect::<String>()
            });
            assert_eq!(shown, expected, "{space:?}");
        };
        let ends = ("a\n", "a\r\n");
        check(ends, Space::IgnoreBlankLines, ["a", "a[⟨CRLF⟩]"]);
        check(ends, Space::IgnoreTrailing, ["a", "a⟨CRLF⟩"]);
        check(ends, Space::IgnoreAll, ["a", "a⟨CRLF⟩"]);
        let last = ["a⟨no newline at end of file⟩", "a"];
        for space in [
            Space::IgnoreBlankLines,
            Space::IgnoreTrailing,
            Space::IgnoreAll,
        ] {
            check(("a", "a\n"), space, last);
        }
    }
}
