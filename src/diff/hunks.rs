//! Finds the runs of lines that differ between two texts.

use super::space::Space;
use super::text::Text;
use imara_diff::{Algorithm, Diff, InternedInput, Interner, Token};
use std::hash::Hash;
use std::ops::Range;

/// A run of lines that were replaced: the lines of `before` went, those of `after` came in their place.
///
/// The ranges count lines from 0. One of them may be empty, and then says where the other's lines went or came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The lines that are only in the first text.
    pub before: Range<usize>,
    /// The lines that are only in the second text.
    pub after: Range<usize>,
}

impl Hunk {
    /// The hunk that makes the first text of the second.
    pub fn exchanged(self) -> Self {
        Self {
            before: self.after,
            after: self.before,
        }
    }
}

/// What differs between two texts, line by line.
pub(super) struct LineDifference {
    /// The hunks, as [`line_hunks`] has them.
    pub(super) hunks: Vec<Hunk>,
    /// For each line of either text what stands for it: two lines are equal where these are. Empty for texts that have too many
    /// lines.
    pub(super) tokens: [Vec<Token>; 2],
}

/// The hunks that make `after` of `before`, in order; two of them have at least one equal line between them.
///
/// Found with the histogram algorithm, or, where few lines of very many differ, with that of Myers; where a hunk could stand at
/// several places, at the one that fits the indentation.
pub fn line_hunks(before: &Text, after: &Text, space: Space) -> Vec<Hunk> {
    line_difference(before, after, space).hunks
}

/// As [`line_hunks`], with what was found on the way.
pub(super) fn line_difference(before: &Text, after: &Text, space: Space) -> LineDifference {
    match space {
        Space::Exact | Space::IgnoreBlankLines => difference_of(before, after, |raw| raw),
        Space::IgnoreTrailing | Space::IgnoreAll => {
            difference_of(before, after, |raw| space.compared(raw))
        }
    }
}

/// Compares what `compared` makes of each line that is given with its end.
fn difference_of<'text, L: AsRef<[u8]> + Eq + Hash>(
    before: &'text Text,
    after: &'text Text,
    compared: impl Fn(&'text [u8]) -> L,
) -> LineDifference {
    let counts = [before.line_count(), after.line_count()];
    if counts.iter().any(|count| *count >= i32::MAX as usize) {
        let all = Hunk {
            before: 0..counts[0],
            after: 0..counts[1],
        };
        return LineDifference {
            hunks: vec![all],
            tokens: Default::default(),
        };
    }
    let mut input = InternedInput {
        before: Vec::with_capacity(counts[0]),
        after: Vec::with_capacity(counts[1]),
        interner: Interner::new(counts[0] + counts[1]),
    };
    input.update_before(before.raw_lines(0..counts[0]).map(&compared));
    intern_after(&mut input, after.raw_lines(0..counts[1]).map(&compared));
    let mut diff = Diff::compute(algorithm_for(&input), &input);
    diff.postprocess_lines(&input);
    let hunks = diff.hunks().map(|hunk| Hunk {
        before: indices(&hunk.before),
        after: indices(&hunk.after),
    });
    LineDifference {
        hunks: hunks.collect(),
        tokens: [input.before, input.after],
    }
}

/// Interns the lines of the second text. Where they go on as those of the first do, they are only held against these, which
/// spares most of the hashing where little differs.
fn intern_after<L: Eq + Hash>(input: &mut InternedInput<L>, lines: impl Iterator<Item = L>) {
    let InternedInput {
        before,
        after,
        interner,
    } = input;
    // Tokens are numbered as they come up first.
    let mut first_lines: Vec<usize> = Vec::new();
    for (line, token) in before.iter().enumerate() {
        if token.0 as usize == first_lines.len() {
            first_lines.push(line);
        }
    }
    let mut expected = 0;
    for line in lines {
        let as_expected = before
            .get(expected)
            .filter(|token| interner[**token] == line);
        match as_expected {
            Some(token) => {
                after.push(*token);
                expected += 1;
            }
            None => {
                let token = interner.intern(line);
                after.push(token);
                let found = first_lines.get(token.0 as usize);
                expected = found.map_or(expected, |line| line + 1);
            }
        }
    }
}

/// Lines of both texts from which on the algorithm is chosen by how many of them differ.
const MANY_LINES: usize = 20_000;
/// Of so many lines at most one may differ for Myers' algorithm to be chosen.
const LINES_PER_DIFFERENCE: usize = 16;

/// The histogram algorithm finds the better hunks where much differs, and takes very much longer where little does: there
/// both find the same.
fn algorithm_for<T>(input: &InternedInput<T>) -> Algorithm {
    let lines = input.before.len() + input.after.len();
    if lines < MANY_LINES {
        return Algorithm::Histogram;
    }
    let mut surplus = vec![0_i64; input.interner.num_tokens() as usize];
    input
        .before
        .iter()
        .for_each(|line| surplus[line.0 as usize] += 1);
    input
        .after
        .iter()
        .for_each(|line| surplus[line.0 as usize] -= 1);
    let differences: u64 = surplus.iter().map(|count| count.unsigned_abs()).sum();
    if differences.saturating_mul(LINES_PER_DIFFERENCE as u64) < lines as u64 {
        Algorithm::Myers
    } else {
        Algorithm::Histogram
    }
}

/// imara-diff's indices as those of slices.
pub(super) fn indices(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

#[cfg(test)]
mod tests {
    use super::super::test_texts::text_pair;
    use super::*;
    use proptest::prelude::*;

    fn check(before: &str, after: &str, space: Space, expected: &str) {
        let hunks = line_hunks(&Text::new(before), &Text::new(after), space);
        let shown: Vec<String> = hunks
            .iter()
            .map(|hunk| format!("{:?} → {:?}", hunk.before, hunk.after))
            .collect();
        assert_eq!(shown.join(", "), expected);
    }

    #[test]
    fn finds_what_was_replaced() {
        check("", "", Space::Exact, "");
        check("a\nb\nc\n", "a\nB\nc\n", Space::Exact, "1..2 → 1..2");
        check("a\nc\n", "a\nb\nc\n", Space::Exact, "1..1 → 1..2");
        check("a\n", "", Space::Exact, "0..1 → 0..0");
    }

    #[test]
    fn a_line_end_counts_unless_space_is_ignored() {
        check("a\nb\n", "a\r\nb", Space::Exact, "0..2 → 0..2");
        check("a\nb\n", "a\r\nb", Space::IgnoreTrailing, "");
        check("a\nb\n", "a\r\nb", Space::IgnoreAll, "");
    }

    #[test]
    fn only_space_that_is_ignored_is_ignored() {
        check(
            "if a:\n",
            "if  a:  \n",
            Space::IgnoreTrailing,
            "0..1 → 0..1",
        );
        check("if a:\n", "if a:  \n", Space::IgnoreTrailing, "");
        // As `git diff -w` shows it.
        for space in [Space::IgnoreTrailing, Space::IgnoreAll] {
            check("a\n", "a\u{c}\n", space, "0..1 → 0..1");
            check("a\n", "a \t\r\n", space, "");
        }
        check("if a:\n", "\tif  a :  \n", Space::IgnoreAll, "");
        check("if a:\n", "if b:\n", Space::IgnoreAll, "0..1 → 0..1");
    }

    #[test]
    fn a_new_block_stands_whole() {
        let before = "%if x\na\n%endif\n\n%if y\nb\n%endif\n";
        let after = "%if x\na\n%endif\n\n%if z\nc\n%endif\n\n%if y\nb\n%endif\n";
        check(before, after, Space::Exact, "4..4 → 4..8");
    }

    #[test]
    fn few_changes_of_very_many_lines_are_found_one_by_one() {
        let line = |number: usize| format!("line {number}\n");
        let before: String = (0..MANY_LINES).map(line).collect();
        let changed = |number: usize| {
            if number % 1_000 == 500 {
                "changed\n".to_owned()
            } else {
                line(number)
            }
        };
        let after: String = (0..MANY_LINES).map(changed).collect();
        let hunks = line_hunks(&Text::new(before), &Text::new(after), Space::Exact);
        let expected: Vec<Hunk> = (0..MANY_LINES / 1_000)
            .map(|index| index * 1_000 + 500)
            .map(|line| Hunk {
                before: line..line + 1,
                after: line..line + 1,
            })
            .collect();
        assert_eq!(hunks, expected);
    }

    proptest! {
        #[test]
        fn applied_hunks_give_the_second_text((before, after) in text_pair()) {
            let (before, after) = (Text::new(before), Text::new(after));
            let mut made = Vec::new();
            let mut next = 0;
            for hunk in line_hunks(&before, &after, Space::Exact) {
                prop_assert!(hunk.before.start > next || next == 0);
                made.extend(before.raw_lines(next..hunk.before.start));
                made.extend(after.raw_lines(hunk.after));
                next = hunk.before.end;
            }
            made.extend(before.raw_lines(next..usize::MAX));
            prop_assert_eq!(made.concat(), after.bytes());
        }
    }
}
