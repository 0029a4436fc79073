//! What the reader selected among the drawn lines, as the text that the file has there.

use super::colours::Colours;
use super::document::DiffDocument;
use super::line_range::Side;
use super::look::Look;
use super::rows::Slot;
use super::segments::{Segment, text_drawn_as};
use crate::diff::LineEnd;
use std::ops::Range;

/// What is selected in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedPart {
    /// The row.
    pub slot: Slot,
    /// The side whose line it is.
    pub side: Side,
    /// Where in what the row shows of the line, in units of UTF-16, as a browser counts them; of no meaning for a fold, of which
    /// all lines are selected.
    pub units: Range<usize>,
}

/// What is selected of one line, in however many rows that is.
struct SelectedLine {
    side: Side,
    index: usize,
    change: Option<usize>,
    /// Where in all that is drawn of the line.
    units: Range<usize>,
}

impl DiffDocument {
    /// The text of what is selected from the first row to the last: without signs for what would not be seen, each line with its
    /// own end, lines that are continued in further rows as one, and lines that are folded away between others with them.
    pub fn selected_text(&self, parts: &[SelectedPart], look: &Look) -> String {
        // A browser may end a selection where the line after it begins.
        let parts = match parts {
            [earlier @ .., last] if earlier.iter().any(is_of_line) && ends_before(last) => earlier,
            parts => parts,
        };
        let mut text = String::new();
        let mut earlier_end = None;
        for line in self.selected_lines(parts, look) {
            text.push_str(match earlier_end {
                None => "",
                Some(LineEnd::CarriageReturnLineFeed) => "\r\n",
                Some(LineEnd::LineFeed | LineEnd::Missing) => "\n",
            });
            let (side, index) = (line.side, line.index);
            let Some(content) = self.text(side).line(index) else {
                continue;
            };
            earlier_end = Some(content.end);
            let marks = self.marks(side, index, line.change, look, &Colours::default());
            let of_line = marks.map(|marks| text_drawn_as(content.content, &marks, &line.units));
            text.extend(of_line);
        }
        text
    }

    fn selected_lines(&self, parts: &[SelectedPart], look: &Look) -> Vec<SelectedLine> {
        let mut lines: Vec<SelectedLine> = Vec::new();
        let mut follows_fold = false;
        for SelectedPart { slot, side, units } in parts {
            let (reference, distribution, change, part) = match *slot {
                Slot::Line {
                    reference,
                    distribution,
                    change,
                    part,
                } => (reference, distribution, change, part),
                Slot::Fold { .. } => {
                    follows_fold = true;
                    continue;
                }
                Slot::Heading { .. } => continue,
            };
            let line = match side {
                Side::Reference => reference,
                Side::Distribution => distribution,
            };
            let Some(index) = line else {
                continue;
            };
            if std::mem::take(&mut follows_fold) {
                let earlier = lines.iter().rfind(|line| line.side == *side);
                let folded = earlier.map_or(index, |line| line.index + 1)..index;
                lines.extend(folded.map(|index| SelectedLine {
                    side: *side,
                    index,
                    change: None,
                    units: 0..usize::MAX,
                }));
            }
            let before = self.units_before_part((*side, index), change, part, look);
            let units = before + units.start..before + units.end;
            match lines.last_mut() {
                Some(last) if (last.side, last.index) == (*side, index) => {
                    last.units.end = units.end;
                }
                _ => lines.push(SelectedLine {
                    side: *side,
                    index,
                    change,
                    units,
                }),
            }
        }
        lines
    }

    /// How much of a line is drawn in the rows before the one that it is continued in.
    fn units_before_part(
        &self,
        (side, index): (Side, usize),
        change: Option<usize>,
        part: usize,
        look: &Look,
    ) -> usize {
        if part == 0 {
            return 0;
        }
        let rows = self.rows_of_line((side, index), change, look, &Colours::default());
        let units = |segment: &Segment| segment.text.encode_utf16().count();
        rows.iter().take(part).flatten().map(units).sum()
    }
}

/// Whether something of a line is selected.
fn is_of_line(part: &SelectedPart) -> bool {
    matches!(part.slot, Slot::Line { .. })
}

/// Whether a selection ends before the first character of a line.
fn ends_before(last: &SelectedPart) -> bool {
    matches!(last.slot, Slot::Line { part: 0, .. }) && last.units.end == 0
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::file;
    use super::*;
    use crate::diff::{OpenedLines, Space};
    use crate::presentation::diff_view::{Layout, Row};

    /// Everything of the distribution's side that is drawn in one column, but for a few units at both ends.
    fn check(distribution: &str, look: &Look, [first, last]: [usize; 2], expected: &str) {
        let file = file(None, Some(distribution));
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let rows = document.rows(Layout::Single, &OpenedLines::whole(), look);
        let mut parts = Vec::new();
        for slot in (0..rows.count()).filter_map(|row| rows.slot(row)) {
            let Row::Line(line) = document.row(slot, look, &Colours::default()) else {
                continue;
            };
            let cell = line.distribution.unwrap();
            let shown: String = cell.segments.into_iter().map(|one| one.text).collect();
            parts.push(SelectedPart {
                slot,
                side: Side::Distribution,
                units: 0..shown.encode_utf16().count(),
            });
        }
        parts.first_mut().unwrap().units.start += first;
        parts.last_mut().unwrap().units.end -= last;
        assert_eq!(document.selected_text(&parts, look), expected);
    }

    #[test]
    fn what_is_selected_is_copied_as_the_file_has_it() {
        let plain = Look::default();
        check("a\n\nb\n", &plain, [0, 0], "a\n\nb");
        check("one\ntwo\n", &plain, [1, 2], "ne\nt");
        check("one\ntwo\n", &plain, [0, 3], "one");
        check("one\n\n", &plain, [0, 0], "one");
        check("one\n", &plain, [0, 3], "");
        // The signs for how lines end stand for nothing.
        check("a\r\nb\nc", &plain, [0, 0], "a\r\nb\nc");
        check("a\u{202e}b\nc\n", &plain, [0, 0], "a\u{202e}b\nc");
        let spaces = Look {
            shows_space: true,
            ..Look::default()
        };
        check("\ta b\nc \n", &spaces, [0, 0], "\ta b\nc ");
    }

    #[test]
    fn a_line_in_several_rows_is_one() {
        let look = Look {
            wrap_columns: Some(8),
            ..Look::default()
        };
        check(
            "0123456789abcdefghij\nk\n",
            &look,
            [1, 0],
            "123456789abcdefghij\nk",
        );
        check(
            "0123456789abcdefghij\n",
            &look,
            [0, 2],
            "0123456789abcdefgh",
        );
        check(
            "0123456789\u{200b}bcdefghij\r\nb\n",
            &look,
            [9, 0],
            "9\u{200b}bcdefghij\r\nb",
        );
    }

    #[test]
    fn each_side_gives_its_own_lines() {
        let file = file(Some("a\nb\nc\n"), Some("a\nB\nc\n"));
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let look = Look::default();
        let rows = document.rows(Layout::Unified, &OpenedLines::whole(), &look);
        let slots = (0..rows.count()).filter_map(|row| rows.slot(row));
        let parts: Vec<SelectedPart> = slots
            .map(|slot| {
                let is_removed = matches!(
                    slot,
                    Slot::Line {
                        distribution: None,
                        ..
                    }
                );
                SelectedPart {
                    slot,
                    side: if is_removed {
                        Side::Reference
                    } else {
                        Side::Distribution
                    },
                    units: 0..1,
                }
            })
            .collect();
        assert_eq!(document.selected_text(&parts, &look), "a\nb\nB\nc");
    }

    #[test]
    fn what_is_folded_away_between_lines_is_copied_with_them() {
        let lines = |first: &str, last: &str| {
            let middle = (2..20).map(|line| format!("line {line}\n"));
            format!("{first}\n{}{last}", middle.collect::<String>())
        };
        let (before, after) = (lines("a", "b"), lines("A", "B"));
        let file = file(Some(&before), Some(&after));
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let check = |layout, side_of: fn(Slot) -> Side, kept: Range<usize>, expected: &str| {
            let rows = document.rows(layout, &OpenedLines::default(), &Look::default());
            let slots = kept.filter_map(|row| rows.slot(row));
            let parts: Vec<SelectedPart> = slots
                .map(|slot| SelectedPart {
                    slot,
                    side: side_of(slot),
                    units: 0..100,
                })
                .collect();
            assert_eq!(document.selected_text(&parts, &Look::default()), expected);
        };
        check(Layout::Split, |_| Side::Reference, 0..100, &before);
        check(Layout::Split, |_| Side::Distribution, 0..100, &after);
        let drawn = |slot| match slot {
            Slot::Line {
                distribution: None, ..
            } => Side::Reference,
            _ => Side::Distribution,
        };
        let both = format!("a\n{}", after.replace("\nB", "\nb\nB"));
        check(Layout::Unified, drawn, 0..100, &both);
        // What is folded away before or after all lines that are selected is not.
        check(
            Layout::Split,
            |_| Side::Reference,
            1..5,
            "line 2\nline 3\nline 4",
        );
    }
}
