//! A compared file: its counts, its notes and the cells of its rows.

use super::DiffFile;
use super::address::{DiffOptions, Layout};
use super::cell::{Cell, CellKind};
use super::colours::Colours;
use super::drawn_part::{CHARACTERS_MAX, drawn_columns, shown_bytes};
use super::facts::{DiffFacts, plain_width};
use super::line_ends::changed_ends;
use super::line_range::Side;
use super::long_lines::LongLines;
use super::notes::notes;
use super::rows::{LineRow, OPENED_AT_ONCE, ROWS_MAX, Row, Rows, Slot};
use super::search::found_in;
use super::segments::{LineMarks, Segment, segments};
use super::wrapping::{COLUMNS_MIN, wrapped};
use crate::diff::{Counterparts, Hunk, Line, OpenedLines, Text, TextComparison};
use crate::presentation::number::counted;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

/// A file on both sides and all that differs between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffDocument {
    pub(super) comparison: TextComparison,
    /// The hunks where all space counts, where those of the comparison are others.
    pub(super) exact_hunks: Option<Vec<Hunk>>,
    /// The hunks that are changes to the reader.
    pub(super) changes: Vec<usize>,
    counterparts: Counterparts,
    one_sided: bool,
    pub(super) differs: bool,
    pub(super) is_utf8: bool,
    pub(super) line_ends_vary: bool,
    /// The lines whose end is a change.
    pub(super) changed_ends: HashSet<(Side, usize)>,
    columns: [usize; 2],
    notes: Vec<String>,
    explanations: Option<super::FileExplanations>,
    long_lines: LongLines,
}

/// What the reader looks at in the lines, beside what differs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Look {
    /// What is searched for; empty for nothing.
    pub wanted: String,
    /// Whether spaces and tabs are drawn as signs.
    pub shows_space: bool,
    /// Where long lines are continued in further rows: the columns of a row.
    pub wrap_columns: Option<usize>,
    /// Where a screen would have too much text: the columns that are drawn of a line at most.
    pub columns_max: Option<usize>,
}

impl Look {
    /// The same with lines that are cut to so many columns.
    pub fn with_columns_max(&self, columns_max: Option<usize>) -> Self {
        Self {
            columns_max,
            ..self.clone()
        }
    }
}

impl DiffDocument {
    /// The document of a comparison that was made elsewhere of the file's sides. `exact_hunks` are those where all space counts,
    /// if it did not in the comparison.
    pub fn new(
        file: &DiffFile,
        comparison: TextComparison,
        exact_hunks: Option<Vec<Hunk>>,
        facts: &DiffFacts,
    ) -> Self {
        let [before, after] = facts.sides;
        Self {
            exact_hunks,
            counterparts: Counterparts::new(&comparison.moves.blocks),
            one_sided: file.reference.is_none() || file.distribution.is_none(),
            differs: file.reference != file.distribution,
            is_utf8: !facts.sides.iter().any(|side| side.has_stray_bytes),
            line_ends_vary: facts.line_ends_vary(),
            changed_ends: match facts.line_ends_vary() {
                true => changed_ends(&comparison),
                false => HashSet::new(),
            },
            columns: [before.columns, after.columns],
            notes: notes(file, &comparison, facts),
            changes: comparison.changes().map(|(index, _)| index).collect(),
            explanations: file.explanations.clone(),
            long_lines: LongLines::default(),
            comparison,
        }
    }

    /// The document of a file that is compared here and now. The page leaves that to a worker.
    #[cfg(test)]
    pub(super) fn compared_here(file: &DiffFile, space: crate::diff::Space) -> Self {
        let [before, after] = file.texts();
        let request = super::DiffRequest::of(file, space);
        let (comparison, exact_hunks) = request.compare(before, after);
        let facts = DiffFacts::of(&comparison);
        Self::new(file, comparison, exact_hunks, &facts)
    }

    pub(super) fn comparison(&self) -> &TextComparison {
        &self.comparison
    }

    /// Whether only one side has the file.
    pub fn one_sided(&self) -> bool {
        self.one_sided
    }

    /// Whether all unchanged lines can be shown at once: more rows than a browser can scroll to cannot.
    pub fn can_show_whole(&self) -> bool {
        let (before, after) = (&self.comparison.before, &self.comparison.after);
        before.line_count().max(after.line_count()) <= ROWS_MAX
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
    fn moved(&self, side: Side, index: usize, change: Option<usize>) -> Option<usize> {
        let counterpart = change.and_then(|_| self.counterpart(side, index));
        counterpart.map(|line| line + 1)
    }

    /// Which of the rows that a line is continued in has a kind of segment first, from 0; nothing where what is drawn of the line
    /// has none.
    pub(super) fn first_part(
        &self,
        (side, index): (Side, usize),
        change: Option<usize>,
        look: &Look,
        is_sought: impl Fn(&Segment) -> bool,
    ) -> Option<usize> {
        let rows = self.rows_of_line((side, index), change, look, &Colours::default());
        rows.iter().position(|row| row.iter().any(&is_sought))
    }

    /// What is drawn of a line in each of the rows that it takes; no row where there is no such line.
    pub(super) fn rows_of_line(
        &self,
        (side, index): (Side, usize),
        change: Option<usize>,
        look: &Look,
        colours: &Colours,
    ) -> Arc<Vec<Vec<Segment>>> {
        let Some(line) = self.text(side).line(index) else {
            return Arc::default();
        };
        let make = || {
            let marks = self.marks(side, index, change, look, colours);
            let marks = marks.unwrap_or_default();
            let mut segments = segments(line.content, &marks);
            segments.extend(self.end_sign((side, index), line.end, look));
            let moved = self.moved(side, index, change);
            match look.wrap_columns {
                Some(columns) => {
                    // Where there is no room for where it moved to, that gets a row of its own.
                    wrapped(segments, columns, moved.map_or(0, |_| MOVED_COLUMNS))
                }
                None => vec![segments],
            }
        };
        if line.content.len() <= CHARACTERS_MAX {
            return Arc::new(make());
        }
        let colours = colours.spans(side, index).len();
        let key = (side, index, change, look.clone(), colours);
        self.long_lines.get(key, make)
    }

    pub(super) fn text(&self, side: Side) -> &Text {
        match side {
            Side::Reference => &self.comparison.before,
            Side::Distribution => &self.comparison.after,
        }
    }

    fn counterpart(&self, side: Side, index: usize) -> Option<usize> {
        self.counterparts.of(side == Side::Reference, index)
    }

    /// What is known of a line that is drawn.
    pub(super) fn marks(
        &self,
        side: Side,
        index: usize,
        change: Option<usize>,
        look: &Look,
        colours: &Colours,
    ) -> Option<LineMarks<'_>> {
        let hunk = change.and_then(|change| self.changes.get(change));
        let compared = hunk.and_then(|hunk| self.comparison.hunks.get(*hunk));
        let changed: &[Range<usize>] = match (side, compared) {
            (_, None) => &[],
            (Side::Reference, Some(hunk)) => hunk.before_marks(index),
            (Side::Distribution, Some(hunk)) => hunk.after_marks(index),
        };
        let line = self.text(side).line(index)?;
        // Only of a line that is not drawn as a whole it matters.
        let whole = look.columns_max.unwrap_or(CHARACTERS_MAX);
        let is_cut = changed.is_empty() && line.content.len() > whole;
        let gap = compared.filter(|_| is_cut);
        let gap = gap.and_then(|hunk| match side {
            Side::Reference => hunk.gap_in_before(index),
            Side::Distribution => hunk.gap_in_after(index),
        });
        let unmarked = compared.filter(|hunk| is_cut && hunk.word_limit.is_some());
        let gap = gap.or_else(|| {
            let is_before = side == Side::Reference;
            self.comparison
                .first_difference(unmarked?, is_before, index)
        });
        let shown = shown_bytes(line.content, changed, gap);
        Some(LineMarks {
            changed,
            gap,
            found: found_in(line.content, &shown, &look.wanted),
            spans: colours.spans(side, index),
            shows_space: look.shows_space,
            columns_max: look.columns_max,
        })
    }
}

/// So many columns are left for where a moved line is on the other side.
const MOVED_COLUMNS: usize = 20;

impl DiffOptions {
    /// The lines that are open from the start.
    pub fn opened(self) -> OpenedLines {
        if self.whole {
            OpenedLines::whole()
        } else {
            OpenedLines::default()
        }
    }
}

/// A count as the formatter of numbers takes it.
pub(super) fn clamped(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::diff::Space;

    pub fn file(reference: Option<&str>, distribution: Option<&str>) -> DiffFile {
        DiffFile {
            path: "SPECS/cockpit.spec".to_owned(),
            reference_label: "CentOS Stream".to_owned(),
            distribution_label: "AlmaLinux".to_owned(),
            reference: reference.map(|text| text.as_bytes().to_vec().into()),
            distribution: distribution.map(|text| text.as_bytes().to_vec().into()),
            ..DiffFile::default()
        }
    }

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

    #[test]
    fn a_very_long_line_that_lacks_something_is_shown_where_it_lacks_it() {
        let line = "012345678 ".repeat(2_000);
        let longer = format!("{}alma {}", &line[..10_000], &line[10_000..]);
        let check = |one: &str, other: &str| {
            let file = file(Some(one), Some(other));
            let document = DiffDocument::compared_here(&file, Space::Exact);
            let look = Look::default();
            let rows = document.rows(Layout::Split, &OpenedLines::default(), &look);
            let Row::Line(row) = document.row(rows.slot(0).unwrap(), &look, &Colours::default())
            else {
                panic!("a line");
            };
            for cell in [row.reference, row.distribution] {
                let segments = cell.unwrap().segments;
                assert_eq!(segments[0].text, "⟨9,500 more characters⟩");
                assert!(segments[1].text.starts_with("012345678 "));
            }
        };
        check(&line, &longer);
        check(&longer, &line);
    }

    #[test]
    fn very_long_lines_whose_words_are_not_compared_are_shown_where_they_differ() {
        let line = |end: &str| format!("{}{end}\n", "012345678,".repeat(8_000));
        let (before, after) = (line("a") + &line("b"), line("A") + &line("B"));
        let file = file(Some(&before), Some(&after));
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let look = Look::default();
        let rows = document.rows(Layout::Split, &OpenedLines::default(), &look);
        let Row::Line(row) = document.row(rows.slot(1).unwrap(), &look, &Colours::default()) else {
            panic!("a line");
        };
        let shown = [row.reference, row.distribution].map(|cell| {
            let segments = cell.unwrap().segments;
            assert_eq!(segments[0].text, "⟨79,500 more characters⟩");
            segments[1].text.chars().last()
        });
        assert_eq!(shown, [Some('b'), Some('B')]);
    }

    #[test]
    fn counts_are_shown_and_said() {
        let document =
            DiffDocument::compared_here(&file(Some("a\nb\n"), Some("a\n")), Space::Exact);
        assert_eq!(document.counts(), "+0 −1");
        assert_eq!(document.counts_in_words(), "0 lines added, 1 line removed");
    }
}
