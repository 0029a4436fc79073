//! How lines end: which end otherwise than those that they stand beside, and the signs for it.

use super::document::DiffDocument;
use super::line_range::Side;
use super::look::Look;
use super::needle::Needle;
use super::segments::Segment;
use crate::diff::{Line, LineEnd, TextComparison};
use std::collections::HashSet;
use std::ops::Range;

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
        place: (Side, usize),
        line: Line<'_>,
        look: &Look,
    ) -> Option<Segment> {
        let text = self.end_text(line.end)?;
        let counts = line.end == LineEnd::CarriageReturnLineFeed;
        let is_changed = counts && self.changed_ends.contains(&place);
        let wanted = self.wanted_end(&look.wanted);
        Some(Segment {
            found: wanted.is_some_and(|wanted| wanted.before_end_of(line).is_some()),
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

    /// The end of a line that is searched for, where what is wanted ends with the sign that is drawn for one.
    pub(super) fn wanted_end(&self, wanted: &str) -> Option<WantedEnd> {
        let ends = [LineEnd::Missing, LineEnd::CarriageReturnLineFeed];
        ends.into_iter().find_map(|end| {
            let sign = self.end_text(end)?;
            let (before, last) = wanted.split_at_checked(wanted.len().checked_sub(sign.len())?)?;
            last.eq_ignore_ascii_case(sign).then(|| WantedEnd {
                before: Needle::new(before),
                end,
            })
        })
    }
}

/// An end of a line that is searched for, with what stands before it.
pub(super) struct WantedEnd {
    before: Needle,
    end: LineEnd,
}

impl WantedEnd {
    /// The bytes of a line right before its end that are searched for with the end; nothing where the line has another end or
    /// other text there.
    pub(super) fn before_end_of(&self, line: Line<'_>) -> Option<Range<usize>> {
        let is_same = line.end == self.end;
        is_same.then(|| self.before.at_end_of(line.content))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::{Space, Text};
    use crate::presentation::diff_view::Colours;

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

    #[test]
    fn an_end_is_marked_with_what_is_searched_for_before_it() {
        let file = super::super::document::tests::file(Some("a\n"), Some("a foo foo\r\n"));
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let check = |wanted: &str, expected: &str| {
            let look = Look {
                wanted: wanted.to_owned(),
                ..Look::default()
            };
            let place = (Side::Distribution, 0);
            let rows = document.rows_of_line(place, Some(0), &look, &Colours::default());
            let drawn = rows.iter().flatten().map(|segment| match segment.found {
                true => format!("[{}]", segment.text),
                false => segment.text.clone(),
            });
            assert_eq!(drawn.collect::<String>().replace("][", ""), expected);
        };
        check("foo", "a [foo] [foo]⟨CRLF⟩");
        check("⟨CRLF⟩", "a foo foo[⟨CRLF⟩]");
        check("Foo⟨crlf⟩", "a foo [foo⟨CRLF⟩]");
        check("o foo⟨CRLF⟩", "a fo[o foo⟨CRLF⟩]");
        check("fo⟨CRLF⟩", "a foo foo⟨CRLF⟩");
    }
}
