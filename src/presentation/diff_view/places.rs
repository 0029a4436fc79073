//! Where the lines that a link or the reader names stand.

use super::DiffFile;
use super::document::{DiffDocument, clamped};
use super::hunk_lines::HunkLines;
use super::line_range::{LineRange, Side};
use super::look::Look;
use super::rows::{Rows, Slot};
use super::segments::Segment;
use crate::diff::{CONTEXT_LINES, Hunk};
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::{count, counted};
use std::ops::Range;

impl DiffDocument {
    /// The places to open so that a range of lines is seen, with some around it.
    pub fn lines_around(&self, range: LineRange) -> Range<usize> {
        let first = range.first().saturating_sub(CONTEXT_LINES);
        self.places_of(
            range.side(),
            first,
            range.last().saturating_add(CONTEXT_LINES),
        )
    }

    /// The places of a range of lines.
    pub fn places(&self, range: LineRange) -> Range<usize> {
        self.places_of(range.side(), range.first(), range.last())
    }

    fn places_of(&self, side: Side, first: usize, last: usize) -> Range<usize> {
        let place = |number: usize| self.place_of(side, number.saturating_sub(1));
        place(first)..place(last) + 1
    }

    /// The place of a line of a side: how many lines of both sides stand before it.
    fn place_of(&self, side: Side, line: usize) -> usize {
        let sides = |hunk: &Hunk| match side {
            Side::Reference => [hunk.before.clone(), hunk.after.clone()],
            Side::Distribution => [hunk.after.clone(), hunk.before.clone()],
        };
        let hunks = &self.comparison.hunks;
        let next = hunks.partition_point(|compared| sides(&compared.hunk)[0].end <= line);
        let next_hunk = hunks.get(next).map(|compared| sides(&compared.hunk));
        let other = match next_hunk {
            Some([own, other]) if own.contains(&line) => {
                other.end.min(other.start + line - own.start)
            }
            _ => {
                let earlier = next.checked_sub(1).and_then(|index| hunks.get(index));
                let earlier = earlier.map(|compared| sides(&compared.hunk));
                let [own_end, other_end] =
                    earlier.map_or([0, 0], |sides| sides.map(|lines| lines.end));
                other_end + line - own_end
            }
        };
        line + other
    }

    /// The hunk of a change.
    pub fn hunk_of(&self, change: usize) -> Option<&Hunk> {
        let hunk = self.comparison.hunks.get(*self.changes.get(change)?)?;
        Some(&hunk.hunk)
    }

    /// The first change that has any line of a hunk, which may be one of another comparison of the same texts.
    pub fn change_at(&self, hunk: &Hunk) -> Option<usize> {
        let has_line = |change: &usize| {
            let here = self.hunk_of(*change);
            here.is_some_and(|here| !HunkLines::shared(here, hunk).is_empty())
        };
        (0..self.changes.len()).find(has_line)
    }

    /// The change that a line of a side belongs to, from 0.
    pub fn change_of(&self, side: Side, number: usize) -> Option<usize> {
        let line = number.checked_sub(1)?;
        self.changes.iter().position(|index| {
            let hunk = self.comparison.hunks.get(*index);
            hunk.is_some_and(|compared| match side {
                Side::Reference => compared.hunk.before.contains(&line),
                Side::Distribution => compared.hunk.after.contains(&line),
            })
        })
    }

    /// The row in which the words that changed first stand at the beginning of a change, or its first line where none are marked.
    pub fn row_of_changed_words(&self, rows: &Rows, change: usize, look: &Look) -> Option<usize> {
        let hunk = self.comparison.hunks.get(*self.changes.get(change)?)?;
        let Range { start, end } = hunk.hunk.after;
        let begin = rows.row_of_change(change)?;
        // A heading may stand before the first line.
        let (first, reference, distribution) =
            (begin..=begin + 1).find_map(|row| match rows.slot(row)? {
                Slot::Line {
                    reference,
                    distribution,
                    ..
                } => Some((row, reference, distribution)),
                Slot::Heading { .. } | Slot::Fold { .. } => None,
            })?;
        // In one column the line that replaces a single one stands right below it.
        let below = (hunk.hunk.before.len() == 1 && start < end).then_some(start);
        let row_of = |side, line: Option<usize>| {
            let line = line?;
            let is_changed = |segment: &Segment| segment.changed;
            let part = self.first_part((side, line), Some(change), look, is_changed)?;
            Some(rows.row_of_line(side, line + 1)? + part)
        };
        row_of(Side::Reference, reference)
            .or_else(|| row_of(Side::Distribution, distribution.or(below)))
            .or(Some(first))
    }

    /// The lines of a range that there are; the first of it where there are none.
    pub fn lines_there(&self, range: LineRange) -> LineRange {
        let lines = self.text(range.side()).line_count();
        let last = range.last().min(lines).max(range.first());
        LineRange::new(range.side(), range.first(), last)
    }

    /// Why a link shows less than it names; nothing where the side has all of its lines.
    pub fn note_on_link(&self, file: &DiffFile, range: LineRange) -> Option<String> {
        let lines = self.text(range.side()).line_count();
        let (label, is_there) = match range.side() {
            Side::Reference => (&file.reference_label, file.reference.is_some()),
            Side::Distribution => (&file.distribution_label, file.distribution.is_some()),
        };
        (range.last() > lines).then(|| {
            if !is_there {
                return format!(
                    "The link is to a line of {}, which does not have this file.",
                    visible(label)
                );
            }
            let lines = counted(clamped(lines), "line", "lines");
            format!(
                "The link is to line {}, and {} has {lines}.",
                count(clamped(range.last())),
                visible(label)
            )
        })
    }
}

/// The first line of a change, by its number on the side that has it.
pub fn first_line_of(hunk: &Hunk) -> (Side, usize) {
    match hunk.before.is_empty() {
        true => (Side::Distribution, hunk.after.start + 1),
        false => (Side::Reference, hunk.before.start + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::super::address::Layout;
    use super::super::document::tests::file;
    use super::*;
    use crate::diff::{OpenedLines, Space};

    #[test]
    fn the_lines_around_a_link_are_the_same_on_both_sides() {
        let before: String = (0..50).map(|line| format!("{line}\n")).collect();
        let after = format!("new\n{before}end\n");
        let file = file(Some(&before), Some(&after));
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let around = |fragment: &str| document.lines_around(LineRange::parse(fragment).unwrap());
        assert_eq!(around("L20"), 33..46);
        assert_eq!(around("R21"), 33..46);
        assert_eq!(around("R21-R22"), 33..48);
        assert_eq!(around("L1"), 1..8);
    }

    #[test]
    fn a_change_is_known_again_where_other_space_counts() {
        let text = |first: &str, second: &str, third: &str| {
            let lines = (1..30).map(|line| match line {
                5 => format!("{first}\n"),
                15 => format!("{second}\n"),
                25 => format!("{third}\n"),
                line => format!("{line}\n"),
            });
            lines.collect::<String>()
        };
        let (before, after) = (text("a b", "c", "e"), text("a  b", "d", "f"));
        let file = file(Some(&before), Some(&after));
        let [exact, ignored] =
            [Space::Exact, Space::IgnoreAll].map(|space| DiffDocument::compared_here(&file, space));
        let found = [0, 1, 2].map(|change| ignored.change_at(exact.hunk_of(change).unwrap()));
        assert_eq!(found, [None, Some(0), Some(1)]);
        let back = [0, 1].map(|change| exact.change_at(ignored.hunk_of(change).unwrap()));
        assert_eq!(back, [Some(1), Some(2)]);
        assert_eq!(exact.hunk_of(3), None);
        assert_eq!(
            first_line_of(exact.hunk_of(1).unwrap()),
            (Side::Reference, 15)
        );
        let added = Hunk {
            before: 3..3,
            after: 4..6,
        };
        assert_eq!(first_line_of(&added), (Side::Distribution, 5));
    }

    #[test]
    fn a_range_ends_with_the_lines() {
        let file = file(Some("a\n"), Some("a\nb\nc\n"));
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let check = |fragment: &str, expected: &str| {
            let there = document.lines_there(LineRange::parse(fragment).unwrap());
            assert_eq!(there.to_string(), expected);
        };
        check("R2-R3", "R2-R3");
        check("R2-R500", "R2-R3");
        check("L1-L2", "L1");
        check("R7-R9", "R7");
    }

    #[test]
    fn a_link_past_the_end_is_told() {
        let file = file(Some("a\n"), Some("a\nb\n"));
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let note =
            |fragment: &str| document.note_on_link(&file, LineRange::parse(fragment).unwrap());
        assert_eq!(note("R1-R2"), None);
        let expected = "The link is to line 99,999, and CentOS Stream has 1 line.";
        assert_eq!(note("L1-L99999").as_deref(), Some(expected));
        let mut alone = file.clone();
        alone.reference = None;
        assert_eq!(
            DiffDocument::compared_here(&alone, Space::Exact)
                .note_on_link(&alone, LineRange::parse("L1").unwrap())
                .as_deref(),
            Some("The link is to a line of CentOS Stream, which does not have this file.")
        );
        let change = |side, number| document.change_of(side, number);
        assert_eq!(change(Side::Distribution, 2), Some(0));
        assert_eq!(change(Side::Reference, 1), None);
    }

    #[test]
    fn a_change_is_gone_to_where_its_first_words_changed() {
        let check = |(before, after), layout, wrap_columns, expected: usize| {
            let file = file(Some(before), Some(after));
            let document = DiffDocument::compared_here(&file, Space::Exact);
            let look = Look {
                wrap_columns,
                ..Look::default()
            };
            let rows = document.rows(layout, &OpenedLines::default(), &look);
            let row = document.row_of_changed_words(&rows, 0, &look);
            assert_eq!(row, Some(expected));
        };
        let replaced = (
            "a\n0123456789 0123456789 end old\n",
            "a\n0123456789 0123456789 end new\n",
        );
        check(replaced, Layout::Split, None, 1);
        check(replaced, Layout::Split, Some(10), 3);
        check(replaced, Layout::Unified, Some(10), 3);
        let added = (
            "a\n0123456789 0123456789 end\n",
            "a\n0123456789 0123456789 end new\n",
        );
        check(added, Layout::Split, None, 1);
        check(added, Layout::Split, Some(10), 3);
        // The removed line takes three rows, and the added one is below it.
        check(added, Layout::Unified, None, 2);
        check(added, Layout::Unified, Some(10), 6);
        let whole = ("a\n", "a\n0123456789 0123456789 end\n");
        check(whole, Layout::Split, Some(10), 1);
    }
}
