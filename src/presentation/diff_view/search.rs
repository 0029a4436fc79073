//! Finds a text in the lines of a diff, those that are folded away included.

use super::document::DiffDocument;
use super::line_range::Side;
use crate::diff::{Stretch, Text, stretches};
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
    /// The lines that have a text, in the order in which they are shown. Whether letters are great or small counts only
    /// where the text has a great one. Nothing has the empty text.
    pub fn find(&self, wanted: &str) -> Vec<Found> {
        let mut found = Vec::new();
        if wanted.is_empty() {
            return found;
        }
        let comparison = self.comparison();
        let mut look = |side: Side, text: &Text, lines: Range<usize>| {
            let numbers = lines.clone().map(|index| index + 1);
            let has = text
                .lines(lines)
                .map(|line| !ranges_of(line.content, wanted).is_empty());
            let hits = numbers.zip(has).filter(|(_, has)| *has);
            found.extend(hits.map(|(number, _)| Found { side, number }));
        };
        for stretch in stretches(comparison) {
            match stretch {
                Stretch::Change(index) => {
                    let hunk = &comparison.hunks[index].hunk;
                    look(Side::Reference, &comparison.before, hunk.before.clone());
                    look(Side::Distribution, &comparison.after, hunk.after.clone());
                }
                Stretch::Unchanged(unchanged) => {
                    for (before, after) in unchanged.lines(0..unchanged.row_count()) {
                        match (before, after) {
                            (_, Some(line)) => {
                                look(Side::Distribution, &comparison.after, line..line + 1);
                            }
                            (Some(line), None) => {
                                look(Side::Reference, &comparison.before, line..line + 1);
                            }
                            (None, None) => {}
                        }
                    }
                }
            }
        }
        found
    }
}

/// Where in a line a text stands, in bytes; the ranges rise and do not overlap.
pub(super) fn ranges_of(line: &[u8], wanted: &str) -> Vec<Range<usize>> {
    let needle = wanted.as_bytes();
    let Some(first) = needle.first() else {
        return Vec::new();
    };
    let is_exact = wanted.bytes().any(|byte| byte.is_ascii_uppercase());
    let mut ranges = Vec::new();
    let mut at = 0;
    while at + needle.len() <= line.len() {
        let begins = line[at] == *first || !is_exact && line[at].eq_ignore_ascii_case(first);
        let here = &line[at..at + needle.len()];
        if begins && (here == needle || !is_exact && here.eq_ignore_ascii_case(needle)) {
            ranges.push(at..at + needle.len());
            at += needle.len();
        } else {
            at += 1;
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(
        clippy::single_range_in_vec_init,
        reason = "one range is a range, and not the numbers in it"
    )]
    fn finds_a_text_in_a_line() {
        let check = |line: &str, wanted: &str, expected: &[Range<usize>]| {
            assert_eq!(ranges_of(line.as_bytes(), wanted), expected);
        };
        check("abAB", "ab", &[0..2, 2..4]);
        check("abAB", "AB", &[2..4]);
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
        assert_eq!(found("line 20"), ["R22"]);
        assert_eq!(found("nowhere"), [""; 0]);
        assert_eq!(found(""), [""; 0]);
    }
}
