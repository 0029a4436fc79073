//! A compared file: its counts, its notes and the cells of its rows.

use super::DiffFile;
use super::address::Layout;
use super::cell::{Cell, CellKind};
use super::line_range::{LineRange, Side};
use super::notes::notes;
use super::rows::{LineRow, Row, Rows, Slot, folds_over};
use super::segments::{CHARACTERS_MAX, Segment, segments};
use crate::diff::{LineEnd, Space, Text, TextComparison, write_patch};
use crate::presentation::number::counted;
use std::collections::BTreeSet;
use std::ops::Range;

/// A file on both sides and all that differs between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffDocument {
    comparison: TextComparison,
    one_sided: bool,
    line_ends_differ: bool,
    columns: [usize; 2],
    notes: Vec<String>,
}

/// How wide a tab is, in characters.
const TAB_COLUMNS: usize = 8;

impl DiffDocument {
    /// Compares a file's sides. This is the costly step: some 100 ms for 50,000 lines.
    pub fn new(file: &DiffFile, space: Space) -> Self {
        let text = |bytes: &Option<Vec<u8>>| Text::new(bytes.clone().unwrap_or_default());
        let (before, after) = (text(&file.reference), text(&file.distribution));
        let comparison = TextComparison::new(before, after, space);
        let sides = [&comparison.before, &comparison.after];
        Self {
            one_sided: file.reference.is_none() || file.distribution.is_none(),
            line_ends_differ: has_windows_ends(sides[0]) != has_windows_ends(sides[1]),
            columns: sides.map(widest),
            notes: notes(file, &comparison),
            comparison,
        }
    }

    /// Whether only one side has the file.
    pub fn one_sided(&self) -> bool {
        self.one_sided
    }

    /// What the reader should know before the lines, in sentences.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// How many lines were added and removed: `+3 −2`.
    pub fn counts(&self) -> String {
        format!(
            "+{} −{}",
            self.comparison.added_count(),
            self.comparison.removed_count()
        )
    }

    /// The same in words: `3 lines added, 2 lines removed`.
    pub fn counts_in_words(&self) -> String {
        let lines = |number: usize| counted(clamped(number), "line", "lines");
        let (added, removed) = (
            self.comparison.added_count(),
            self.comparison.removed_count(),
        );
        format!("{} added, {} removed", lines(added), lines(removed))
    }

    /// The width of the widest line of a side, in columns of the monospaced font.
    pub fn columns(&self, side: Side) -> usize {
        match side {
            Side::Reference => self.columns[0],
            Side::Distribution => self.columns[1],
        }
    }

    /// The number of digits of the greatest line number.
    pub fn number_digits(&self) -> usize {
        let lines = self
            .comparison
            .before
            .line_count()
            .max(self.comparison.after.line_count());
        lines.to_string().len()
    }

    /// Lays the rows out; `opened` has the folds that are open.
    pub fn rows(&self, layout: Layout, opened: &BTreeSet<usize>) -> Rows {
        Rows::new(&self.comparison, layout, opened)
    }

    /// The folds to open so that a range of lines is seen.
    pub fn folds_over(&self, range: LineRange) -> impl Iterator<Item = usize> {
        folds_over(&self.comparison, range.side(), range.first(), range.last())
    }

    /// What is drawn in a row.
    pub fn row(&self, slot: Slot) -> Row {
        match slot {
            Slot::Fold { id, count } => Row::Fold {
                id,
                label: format!("{} unchanged", counted(clamped(count), "line", "lines")),
            },
            Slot::Line {
                reference,
                distribution,
                change,
            } => Row::Line(LineRow {
                reference: reference.and_then(|line| self.cell(Side::Reference, line, change)),
                distribution: distribution
                    .and_then(|line| self.cell(Side::Distribution, line, change)),
                change,
            }),
        }
    }

    fn cell(&self, side: Side, index: usize, change: Option<usize>) -> Option<Cell> {
        let compared = change.and_then(|change| self.comparison.hunks.get(change));
        let (text, marks, kind): (_, &[Range<usize>], _) = match (side, compared) {
            (Side::Reference, None) => (&self.comparison.before, &[], CellKind::Unchanged),
            (Side::Distribution, None) => (&self.comparison.after, &[], CellKind::Unchanged),
            (Side::Reference, Some(hunk)) => (
                &self.comparison.before,
                hunk.before_marks(index),
                CellKind::Removed,
            ),
            (Side::Distribution, Some(hunk)) => (
                &self.comparison.after,
                hunk.after_marks(index),
                CellKind::Added,
            ),
        };
        let line = text.line(index)?;
        let mut segments = segments(line.content, marks);
        if kind != CellKind::Unchanged && self.comparison.space == Space::Exact {
            match line.end {
                LineEnd::Missing => {
                    segments.push(Segment::sign("⟨no newline at end of file⟩", false))
                }
                LineEnd::CarriageReturnLineFeed if self.line_ends_differ => {
                    segments.push(Segment::sign("⟨CRLF⟩", true))
                }
                LineEnd::CarriageReturnLineFeed | LineEnd::LineFeed => {}
            }
        }
        Some(Cell {
            number: index + 1,
            kind,
            segments,
        })
    }
}

impl DiffFile {
    /// The patch that makes the distribution's side of the reference's, in the unified format. Space always counts in it.
    /// Nothing where the sides are equal, and where a side is not all UTF-8, which text cannot hold.
    pub fn patch(&self) -> Option<String> {
        let text = |bytes: &Option<Vec<u8>>| bytes.clone().map(Text::new);
        let patch = write_patch(
            &self.path,
            text(&self.reference).as_ref(),
            text(&self.distribution).as_ref(),
        );
        String::from_utf8(patch)
            .ok()
            .filter(|patch| !patch.is_empty())
    }

    /// Whether there is a patch, which is less work to know than to write it.
    pub fn has_patch(&self) -> bool {
        let mut sides = [&self.reference, &self.distribution].into_iter().flatten();
        self.reference != self.distribution && sides.all(|bytes| std::str::from_utf8(bytes).is_ok())
    }
}

fn has_windows_ends(text: &Text) -> bool {
    let mut lines = text.lines(0..text.line_count());
    lines.any(|line| line.end == LineEnd::CarriageReturnLineFeed)
}

/// The columns of a text's widest line, as far as it is drawn. A stray byte or a hidden character takes more than one,
/// which is reckoned with generously rather than measured.
fn widest(text: &Text) -> usize {
    let columns = |line: &[u8]| {
        let signs = if line.is_ascii() { 0 } else { 10 };
        let wide = line
            .iter()
            .take(4 * CHARACTERS_MAX)
            .fold(0, |column, byte| match byte {
                b'\t' => column + TAB_COLUMNS - column % TAB_COLUMNS,
                0x80..=0xbf => column,
                0x00..=0x1f => column + TAB_COLUMNS,
                0xe0.. => column + 2,
                _ => column + 1,
            });
        (wide + signs).min(2 * CHARACTERS_MAX)
    };
    let lines = text.lines(0..text.line_count());
    lines
        .map(|line| columns(line.content))
        .max()
        .unwrap_or_default()
}

/// A count as the formatter of numbers takes it.
pub(super) fn clamped(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(reference: Option<&str>, distribution: Option<&str>) -> DiffFile {
        DiffFile {
            path: "SPECS/cockpit.spec".to_owned(),
            reference_label: "CentOS Stream".to_owned(),
            distribution_label: "AlmaLinux".to_owned(),
            reference: reference.map(|text| text.as_bytes().to_vec()),
            distribution: distribution.map(|text| text.as_bytes().to_vec()),
        }
    }

    fn check(reference: &str, distribution: &str, layout: Layout, expected: &[&str]) {
        let document = DiffDocument::new(&file(Some(reference), Some(distribution)), Space::Exact);
        let rows = document.rows(layout, &BTreeSet::new());
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
        let row = |row: usize| match document.row(rows.slot(row).unwrap()) {
            Row::Fold { label, .. } => label,
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
    }

    #[test]
    fn counts_are_shown_and_said() {
        let document = DiffDocument::new(&file(Some("a\nb\n"), Some("a\n")), Space::Exact);
        assert_eq!(document.counts(), "+0 −1");
        assert_eq!(document.counts_in_words(), "0 lines added, 1 line removed");
    }

    #[test]
    fn folds_over_a_range_are_found() {
        let before = "x\n".repeat(50);
        let document = DiffDocument::new(
            &file(Some(&before), Some(&format!("{before}y\n"))),
            Space::Exact,
        );
        let folds = |fragment: &str| {
            let range = LineRange::parse(fragment).unwrap();
            document.folds_over(range).collect::<Vec<_>>()
        };
        assert_eq!(folds("R3-R5"), [0]);
        assert!(folds("L49").is_empty());
    }

    #[test]
    fn a_patch_is_text_or_nothing() {
        let check = |file: DiffFile, expected: Option<&str>| {
            let patch = file.patch();
            assert_eq!(file.has_patch(), patch.is_some());
            assert_eq!(patch.is_some(), expected.is_some());
            assert!(
                patch
                    .unwrap_or_default()
                    .ends_with(expected.unwrap_or_default())
            );
        };
        check(file(Some("a"), Some("a")), None);
        check(file(None, Some("a\n")), Some("@@ -0,0 +1 @@\n+a\n"));
        check(file(None, Some("")), Some("index 0000000..e69de29\n"));
        let mut latin = file(Some("a"), None);
        latin.distribution = Some(b"caf\xe9".to_vec());
        check(latin, None);
    }
}
