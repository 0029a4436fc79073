//! Finds a text in the lines of a diff, those that are folded away included.

use super::DiffFile;
use super::address::Layout;
use super::document::DiffDocument;
use super::line_range::Side;
use super::look::Look;
use super::needle::Needle;
use super::rows::{Rows, Slot};
use crate::diff::{Space, Stretch, Text, stretches};
use crate::presentation::hidden_characters::visible;
use std::ops::Range;

/// A line that has what is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whose line: the distribution's, unless only the reference has it.
    pub side: Side,
    /// Its number, from 1.
    pub number: usize,
}

impl DiffDocument {
    /// The lines that have a text on either side, in the order in which they are shown. Great and small letters are the same. What
    /// ends a line is found by the sign that is drawn for it, also together with what stands before it. Nothing has the empty text.
    pub fn find(&self, wanted: &str) -> Vec<Found> {
        let comparison = self.comparison();
        let needle = Needle::new(wanted);
        let wanted_end = self.wanted_end(wanted);
        let lines_of = |side, lines: Range<usize>| {
            let mut numbers = lines_with(self.text(side), lines.clone(), &needle);
            if let Some(wanted_end) = &wanted_end {
                let ends = (lines.start + 1..).zip(self.text(side).lines(lines));
                let ends = ends.filter(|(_, line)| wanted_end.before_end_of(*line).is_some());
                numbers.extend(ends.map(|(number, _)| number));
                numbers.sort_unstable();
                numbers.dedup();
            }
            numbers
        };
        let found_on = |side| move |number| Found { side, number };
        let mut found = Vec::new();
        for stretch in stretches(comparison) {
            match stretch {
                Stretch::Change(index) => {
                    let hunk = &comparison.hunks[index].hunk;
                    for (side, lines) in [
                        (Side::Reference, hunk.before.clone()),
                        (Side::Distribution, hunk.after.clone()),
                    ] {
                        found.extend(lines_of(side, lines).into_iter().map(found_on(side)));
                    }
                }
                Stretch::Unchanged(unchanged) => {
                    let (before, after) = unchanged.ranges();
                    let distribution = lines_of(Side::Distribution, after);
                    if comparison.space == Space::Exact {
                        let numbers = distribution.into_iter();
                        found.extend(numbers.map(found_on(Side::Distribution)));
                        continue;
                    }
                    // Where space is ignored, the reference's line may have another text.
                    let reference = lines_of(Side::Reference, before);
                    if reference.is_empty() && distribution.is_empty() {
                        continue;
                    }
                    for (one, other) in unchanged.lines(0..unchanged.row_count()) {
                        let has = |numbers: &[usize], line: usize| {
                            let number = line + 1;
                            numbers.binary_search(&number).is_ok().then_some(number)
                        };
                        let here = other
                            .and_then(|line| has(&distribution, line))
                            .map(found_on(Side::Distribution))
                            .or_else(|| {
                                let number = one.and_then(|line| has(&reference, line));
                                number.map(found_on(Side::Reference))
                            });
                        found.extend(here);
                    }
                }
            }
        }
        found
    }

    /// Says where something that was found stands, if it is not drawn: of a very long line only a part is, and in one column only
    /// the distribution's text of a line that differs in ignored space. Nothing where it is drawn.
    pub fn remark_on_found(
        &self,
        file: &DiffFile,
        (rows, layout): (&Rows, Layout),
        found: Found,
        look: &Look,
    ) -> Option<String> {
        let is_beneath = layout != Layout::Split && found.side == Side::Reference && {
            let row = rows.row_of_line(found.side, found.number);
            let slot = row.and_then(|row| rows.slot(row));
            matches!(
                slot,
                Some(Slot::Line {
                    distribution: Some(_),
                    ..
                })
            )
        };
        if is_beneath {
            let label = visible(&file.reference_label);
            return Some(format!(
                "in the same line of {label}, which differs in space alone and is not shown. “Split” shows it"
            ));
        }
        let is_drawn = self.part_of_found(found, look).is_some();
        (!is_drawn).then(|| "in the part of the line that is not shown".to_owned())
    }

    /// The row of what was found: of a line that is continued in further rows, the first that has it. Nothing where the line is
    /// folded away.
    pub fn row_of_found(&self, rows: &Rows, found: Found, look: &Look) -> Option<usize> {
        let first = rows.row_of_line(found.side, found.number)?;
        Some(first + self.part_of_found(found, look).unwrap_or(0))
    }

    fn part_of_found(&self, found: Found, look: &Look) -> Option<usize> {
        let Found { side, number } = found;
        let line = (side, number.checked_sub(1)?);
        let change = self.change_of(side, number);
        self.first_part(line, change, look, |segment| segment.found)
    }
}

/// The numbers of the lines that have a text, of a range of lines that counts from 0. What ends a line is no text of it.
fn lines_with(text: &Text, lines: Range<usize>, needle: &Needle) -> Vec<usize> {
    let (start, bytes) = text.bytes_of(lines);
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(found) = needle.next_in(bytes, at) {
        let line = text.line_at(start + found.start);
        let stop = text.stop_of(line) - start;
        let end = text.line(line).map_or(0, |line| line.end.bytes().len());
        if found.end <= stop - end {
            numbers.push(line + 1);
        }
        at = stop;
    }
    numbers
}

/// Where the wanted text stands in a line, as far as it is among these bytes of it.
pub(super) fn found_in(line: &[u8], shown: &Range<usize>, wanted: &str) -> Vec<Range<usize>> {
    let needle = Needle::new(wanted);
    // What begins before them may reach into them.
    let start = shown.start.saturating_sub(needle.bytes_max());
    let end = shown.end.saturating_add(needle.bytes_max()).min(line.len());
    let ranges = needle
        .ranges_in(line.get(start..end).unwrap_or_default())
        .into_iter();
    ranges
        .map(|range| start + range.start..start + range.end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::OpenedLines;

    #[test]
    fn finds_lines_of_both_sides_and_of_folds() {
        let rest: String = (0..30).map(|number| format!("line {number}\n")).collect();
        let file = crate::presentation::diff_view::DiffFile {
            reference: Some(format!("old word\n{rest}").into_bytes().into()),
            distribution: Some(format!("new word\n{rest}").into_bytes().into()),
            ..Default::default()
        };
        let document = DiffDocument::compared_here(&file, crate::diff::Space::Exact);
        let found = |wanted: &str| -> Vec<String> {
            let lines = document.find(wanted).into_iter();
            lines
                .map(|line| format!("{}{}", line.side.letter(), line.number))
                .collect()
        };
        assert_eq!(found("word"), ["L1", "R1"]);
        assert_eq!(found("Line 20"), ["R22"]);
        assert_eq!(found("e 1").len(), 11);
        assert_eq!(found("WORD\nLINE"), [""; 0]);
        assert_eq!(found("nowhere"), [""; 0]);
        assert_eq!(found(""), [""; 0]);
    }

    fn document(before: &str, after: &str, space: Space) -> DiffDocument {
        let file = crate::presentation::diff_view::DiffFile {
            reference: Some(before.as_bytes().to_vec().into()),
            distribution: Some(after.as_bytes().to_vec().into()),
            ..Default::default()
        };
        DiffDocument::compared_here(&file, space)
    }

    #[test]
    fn finds_what_differs_only_in_ignored_space() {
        let check = |(before, after), space, wanted: &str, expected: &[&str]| {
            let lines = document(before, after, space).find(wanted).into_iter();
            let found: Vec<String> = lines
                .map(|line| format!("{}{}", line.side.letter(), line.number))
                .collect();
            assert_eq!(found, expected);
        };
        let texts = ("a  b c\nd\n", "a b  c\nd\n");
        check(texts, Space::Exact, "a", &["L1", "R1"]);
        check(texts, Space::IgnoreAll, "a", &["R1"]);
        check(texts, Space::IgnoreAll, "b  c", &["R1"]);
        check(texts, Space::IgnoreAll, "a  b", &["L1"]);
        check(texts, Space::IgnoreAll, "d", &["R2"]);
        let texts = ("a\n  \nb\n", "a\nb\n");
        check(texts, Space::IgnoreBlankLines, "  ", &["L2"]);
        check(texts, Space::IgnoreBlankLines, "b", &["R2"]);
    }

    /// What is said of the only line that has a text.
    fn remark(
        document: &DiffDocument,
        layout: Layout,
        opened: &OpenedLines,
        wanted: &str,
    ) -> Option<String> {
        let look = Look {
            wanted: wanted.to_owned(),
            ..Look::default()
        };
        let [found] = document.find(wanted)[..] else {
            panic!("one line");
        };
        let file = DiffFile {
            reference_label: "CentOS Stream".to_owned(),
            ..DiffFile::default()
        };
        let rows = document.rows(layout, opened, &look);
        document.remark_on_found(&file, (&rows, layout), found, &look)
    }

    #[test]
    fn what_one_column_does_not_show_is_found_and_told() {
        let texts = ("a  b c\nd\n\t\n", "a b  c\nd\n");
        let check = |space, layout, wanted: &str, is_told: bool| {
            let document = document(texts.0, texts.1, space);
            let told = "in the same line of CentOS Stream, which differs in space alone and is not shown. “Split” shows it";
            let remark = remark(&document, layout, &OpenedLines::whole(), wanted);
            assert_eq!(remark.as_deref(), is_told.then_some(told), "{wanted}");
        };
        check(Space::IgnoreAll, Layout::Unified, "a  b", true);
        check(Space::IgnoreAll, Layout::Split, "a  b", false);
        check(Space::IgnoreAll, Layout::Unified, "b  c", false);
        check(Space::Exact, Layout::Unified, "a  b", false);
        // A blank line that one side alone has is shown.
        check(Space::IgnoreBlankLines, Layout::Unified, "\t", false);
    }

    #[test]
    fn line_ends_are_found_by_the_signs_that_are_drawn() {
        let check = |(before, after), wanted: &str, expected: &[&str]| {
            let document = document(before, after, Space::Exact);
            let look = Look {
                wanted: wanted.to_owned(),
                ..Look::default()
            };
            let lines = document.find(wanted).into_iter();
            let found: Vec<String> = lines
                .map(|line| {
                    assert!(document.part_of_found(line, &look).is_some(), "{wanted}");
                    format!("{}{}", line.side.letter(), line.number)
                })
                .collect();
            assert_eq!(found, expected, "{wanted}");
        };
        let mixed = ("a\r\nb\n", "a\nb\r\nc\rd\r\n⟨CRLF⟩");
        check(mixed, "⟨CRLF⟩", &["L1", "R2", "R3", "R4"]);
        check(mixed, "⟨crlf⟩", &["L1", "R2", "R3", "R4"]);
        check(mixed, "⟨U+000D⟩", &["R3"]);
        check(mixed, "⟨U+000A⟩", &[]);
        check(mixed, "⟨no newline at end of file⟩", &["R4"]);
        // With what stands before them.
        check(mixed, "A⟨CRLF⟩", &["L1"]);
        check(mixed, "b⟨CRLF⟩", &["R2"]);
        check(mixed, "c⟨CRLF⟩", &[]);
        check(mixed, "⟨CRLF⟩⟨no newline at end of file⟩", &["R4"]);
        // All lines end as on Windows, which is not drawn.
        let windows = ("a\r\n", "a\r\nb\r\n");
        check(windows, "⟨CRLF⟩", &[]);
        check(windows, "⟨U+000D⟩", &[]);
        check(windows, "B", &["R2"]);
    }

    #[test]
    fn what_is_found_is_in_a_row_of_its_line() {
        let long = format!("{}word", "0123456789".repeat(3));
        let document = document("a\n", &format!("a\n{long}\n"), Space::Exact);
        let check = |wrap_columns, wanted: &str, expected: Option<usize>| {
            let look = Look {
                wanted: wanted.to_owned(),
                wrap_columns,
                ..Look::default()
            };
            let rows = document.rows(Layout::Split, &OpenedLines::default(), &look);
            let found = Found {
                side: Side::Distribution,
                number: 2,
            };
            assert_eq!(document.row_of_found(&rows, found, &look), expected);
        };
        check(None, "word", Some(1));
        check(Some(10), "word", Some(4));
        check(Some(10), "89w", Some(3));
        check(Some(10), "0", Some(1));
    }

    #[test]
    fn what_is_found_may_be_in_what_is_not_drawn() {
        let line = format!("near{}far\n", "x".repeat(20_000));
        let document = document("", &line, Space::Exact);
        let check = |wanted: &str, is_drawn: bool| {
            let told = "in the part of the line that is not shown";
            let remark = remark(&document, Layout::Split, &OpenedLines::default(), wanted);
            assert_eq!(remark.as_deref(), (!is_drawn).then_some(told), "{wanted}");
        };
        check("near", true);
        check("xfar", false);
    }
}
