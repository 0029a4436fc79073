//! How lines end: which end otherwise than those that they stand beside, and the signs for it.

use super::document::DiffDocument;
use super::line_range::Side;
use super::look::Look;
use super::segments::Segment;
use crate::diff::{LineEnd, TextComparison};
use std::collections::HashSet;

/// The changed lines that end otherwise than the line on the other side, where line ends count. Lines count from 0.
pub(super) fn changed_ends(comparison: &TextComparison) -> HashSet<(Side, usize)> {
    if !comparison.space.counts_line_ends() {
        return HashSet::new();
    }
    let pairs = comparison.changes().flat_map(|(_, change)| &change.pairs);
    let both = pairs.filter_map(|pair| pair.before.zip(pair.after));
    let differ = both.filter(|(before, after)| {
        let end = |text: &crate::diff::Text, line| text.line(line).map(|line| line.end);
        end(&comparison.before, *before) != end(&comparison.after, *after)
    });
    differ
        .flat_map(|(before, after)| [(Side::Reference, before), (Side::Distribution, after)])
        .collect()
}

impl DiffDocument {
    /// The sign that says how a line ends, where it is not as one would think.
    pub(super) fn end_sign(
        &self,
        line: (Side, usize),
        end: LineEnd,
        look: &Look,
    ) -> Option<Segment> {
        let text = self.end_text(end)?;
        let counts = end == LineEnd::CarriageReturnLineFeed;
        let is_changed = counts && self.changed_ends.contains(&line);
        Some(Segment {
            found: self.is_end(end, &look.wanted),
            ..Segment::sign(text, is_changed)
        })
    }

    /// What the sign of an end is, where one is drawn.
    pub(super) fn end_text(&self, end: LineEnd) -> Option<&'static str> {
        match end {
            LineEnd::Missing => Some("⟨no newline at end of file⟩"),
            LineEnd::CarriageReturnLineFeed if self.line_ends_vary => Some("⟨CRLF⟩"),
            LineEnd::CarriageReturnLineFeed | LineEnd::LineFeed => None,
        }
    }

    /// Whether an end of lines is drawn as the sign that is searched for.
    pub(super) fn is_end(&self, end: LineEnd, wanted: &str) -> bool {
        let sign = self.end_text(end);
        sign.is_some_and(|sign| sign.eq_ignore_ascii_case(wanted))
    }

    /// Whether any is.
    pub(super) fn draws_end(&self, wanted: &str) -> bool {
        let ends = [LineEnd::Missing, LineEnd::CarriageReturnLineFeed];
        ends.into_iter().any(|end| self.is_end(end, wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Space, Text};

    #[test]
    fn an_end_is_changed_where_the_line_beside_it_has_another() {
        let check = |(before, after), space, expected: &[(Side, usize)]| {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
            let mut found: Vec<_> = changed_ends(&comparison).into_iter().collect();
            found.sort_by_key(|(side, line)| (*side as usize, *line));
            assert_eq!(found, expected);
        };
        let both = [(Side::Reference, 0), (Side::Distribution, 0)];
        let ends = ("a\nb\n", "a\r\nb\n");
        check(ends, Space::Exact, &both);
        check(ends, Space::IgnoreBlankLines, &both);
        check(ends, Space::IgnoreTrailing, &[]);
        // The text of the line is another, and its end is not.
        check(("a 1\r\nb\n", "a 2\r\nb\n"), Space::Exact, &[]);
        // Nothing stands beside it.
        check(("b\n", "a\r\nb\n"), Space::Exact, &[]);
    }
}
