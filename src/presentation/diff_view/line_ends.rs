//! Which lines end otherwise than those that they stand beside.

use super::line_range::Side;
use crate::diff::TextComparison;
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
