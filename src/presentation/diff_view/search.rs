//! Finds a text in the lines of a diff, those that are folded away included.

use super::document::DiffDocument;
use super::line_range::Side;
use crate::diff::{Stretch, Text, stretches};
use memchr::memchr2_iter;
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
    /// The lines that have a text, in the order in which they are shown. Great and small letters of ASCII are the same. Nothing
    /// has the empty text.
    pub fn find(&self, wanted: &str) -> Vec<Found> {
        let comparison = self.comparison();
        let mut found = Vec::new();
        let mut look = |side: Side, lines: Range<usize>| {
            let text = match side {
                Side::Reference => &comparison.before,
                Side::Distribution => &comparison.after,
            };
            let numbers = lines_with(text, lines, wanted).into_iter();
            found.extend(numbers.map(|number| Found { side, number }));
        };
        for stretch in stretches(comparison) {
            match stretch {
                Stretch::Change(index) => {
                    let hunk = &comparison.hunks[index].hunk;
                    look(Side::Reference, hunk.before.clone());
                    look(Side::Distribution, hunk.after.clone());
                }
                Stretch::Unchanged(unchanged) => {
                    // Lines that follow one another are looked at together, which is far less work.
                    let mut together: Option<(Side, Range<usize>)> = None;
                    for (before, after) in unchanged.lines(0..unchanged.row_count()) {
                        let (side, line) = match (before, after) {
                            (_, Some(line)) => (Side::Distribution, line),
                            (Some(line), None) => (Side::Reference, line),
                            (None, None) => continue,
                        };
                        match &mut together {
                            Some((of_side, lines)) if *of_side == side && lines.end == line => {
                                lines.end = line + 1;
                            }
                            _ => {
                                let earlier = together.replace((side, line..line + 1));
                                earlier
                                    .into_iter()
                                    .for_each(|(side, lines)| look(side, lines));
                            }
                        }
                    }
                    together
                        .into_iter()
                        .for_each(|(side, lines)| look(side, lines));
                }
            }
        }
        found
    }
}

/// The numbers of the lines that have a text, of a range of lines that counts from 0.
fn lines_with(text: &Text, lines: Range<usize>, wanted: &str) -> Vec<usize> {
    let (start, bytes) = text.bytes_of(lines);
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(found) = next_in(bytes, at, wanted.as_bytes()) {
        let line = text.line_at(start + found);
        numbers.push(line + 1);
        at = text.stop_of(line) - start;
    }
    numbers
}

/// Where in a line a text stands, in bytes; the ranges rise and do not overlap.
pub(super) fn ranges_of(line: &[u8], wanted: &str) -> Vec<Range<usize>> {
    let needle = wanted.as_bytes();
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(found) = next_in(line, at, needle) {
        at = found + needle.len();
        ranges.push(found..at);
    }
    ranges
}

/// Where a text stands next in these bytes, from a place on.
fn next_in(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let first = needle.first()?;
    let (small, great) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    let rest = bytes.get(from..)?;
    let mut places = memchr2_iter(small, great, rest);
    let is_here = |at: &usize| {
        let here = rest.get(*at..*at + needle.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(needle))
    };
    places.find(is_here).map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_a_text_in_a_line() {
        let check = |line: &str, wanted: &str, expected: &[Range<usize>]| {
            assert_eq!(ranges_of(line.as_bytes(), wanted), expected);
        };
        check("abAB", "ab", &[0..2, 2..4]);
        check("abAB", "AB", &[0..2, 2..4]);
        check("aaa", "aa", std::slice::from_ref(&(0..2)));
        check("größe", "ß", std::slice::from_ref(&(4..6)));
        check("abc", "", &[]);
        check("ab", "abc", &[]);
    }

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
}
