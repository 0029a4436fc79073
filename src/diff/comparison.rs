//! Compares two texts in full: hunks, their words, and their lines side by side.

use super::budget::{TokenBudget, WordLimit};
use super::hunks::{Hunk, LineDifference, line_difference};
use super::likeness::shared_text;
use super::moves::{MovedBlock, Moves, moved_blocks};
use super::pairing::{LinePair, pair_lines};
use super::space::Space;
use super::text::{Line, Text};
use super::tokens::{Token, compared_tokens};
use super::words::{first_difference, mark_extent, mark_words};
use std::ops::Range;

/// Two texts and all that differs between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextComparison {
    /// The first text.
    pub before: Text,
    /// The second text.
    pub after: Text,
    /// Which white space was compared.
    pub space: Space,
    /// What differs, in order.
    pub hunks: Vec<ComparedHunk>,
    /// The lines that moved.
    pub moves: Moves,
}

/// A hunk with its words and its lines side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedHunk {
    /// The lines that differ.
    pub hunk: Hunk,
    /// Its lines side by side.
    pub pairs: Vec<LinePair>,
    /// What kept the words from being compared; nothing where they were, or where the hunk has one side alone, and so no words to
    /// compare.
    pub word_limit: Option<WordLimit>,
    /// Whether it is a change to the reader: blank lines that are ignored are none.
    pub counts: bool,
    pub(super) before_marks: Vec<Vec<Range<usize>>>,
    pub(super) after_marks: Vec<Vec<Range<usize>>>,
}

impl TextComparison {
    /// Compares two texts.
    pub fn new(before: Text, after: Text, space: Space) -> Self {
        let mut budget = TokenBudget::new();
        let LineDifference { hunks, tokens } = line_difference(&before, &after, space);
        let counted: Vec<Hunk> = hunks
            .iter()
            .filter(|hunk| counts(hunk, &before, &after, space))
            .cloned()
            .collect();
        let moves = moved_blocks(&after, &counted, &tokens);
        let hunks = hunks
            .into_iter()
            .map(|hunk| compare_hunk(hunk, &before, &after, space, &mut budget))
            .collect();
        Self {
            before,
            after,
            space,
            hunks,
            moves,
        }
    }

    /// The same with the texts exchanged: what went came, and what came went. Comparing them the other way round may find other hunks.
    pub fn exchanged(self) -> Self {
        let blocks = self.moves.blocks.into_iter().map(|block| MovedBlock {
            before: block.after,
            after: block.before,
        });
        let mut blocks: Vec<MovedBlock> = blocks.collect();
        blocks.sort_by_key(|block| block.after.start);
        Self {
            before: self.after,
            after: self.before,
            space: self.space,
            hunks: self
                .hunks
                .into_iter()
                .map(ComparedHunk::exchanged)
                .collect(),
            moves: Moves {
                blocks,
                ..self.moves
            },
        }
    }

    /// The byte at which a line of a hunk begins to differ from the line beside it; `is_before` tells whether it is one of the first
    /// text.
    pub fn first_difference(
        &self,
        compared: &ComparedHunk,
        is_before: bool,
        line: usize,
    ) -> Option<usize> {
        let mut pairs = compared.pairs.iter();
        let pair = pairs.find(|pair| match is_before {
            true => pair.before == Some(line),
            false => pair.after == Some(line),
        })?;
        let (one, other) = (
            self.before.line(pair.before?)?,
            self.after.line(pair.after?)?,
        );
        Some(first_difference(one.content, other.content))
    }

    /// The hunks that are changes to the reader, with their positions among all.
    pub fn changes(&self) -> impl Iterator<Item = (usize, &ComparedHunk)> {
        let hunks = self.hunks.iter().enumerate();
        hunks.filter(|(_, compared)| compared.counts)
    }

    /// How many lines are only in the first text.
    pub fn removed_count(&self) -> usize {
        self.changes()
            .map(|(_, compared)| compared.hunk.before.len())
            .sum()
    }

    /// How many lines are only in the second text.
    pub fn added_count(&self) -> usize {
        self.changes()
            .map(|(_, compared)| compared.hunk.after.len())
            .sum()
    }
}

impl ComparedHunk {
    fn exchanged(self) -> Self {
        let pairs = self.pairs.into_iter().map(|pair| LinePair {
            before: pair.after,
            after: pair.before,
        });
        Self {
            hunk: self.hunk.exchanged(),
            pairs: pairs.collect(),
            before_marks: self.after_marks,
            after_marks: self.before_marks,
            ..self
        }
    }

    /// The byte ranges of a line of the first text that are not in the second; none where the line changed as a whole.
    pub fn before_marks(&self, line: usize) -> &[Range<usize>] {
        marks_of(&self.before_marks, &self.hunk.before, line)
    }

    /// The byte ranges of a line of the second text that are not in the first; none where the line changed as a whole.
    pub fn after_marks(&self, line: usize) -> &[Range<usize>] {
        marks_of(&self.after_marks, &self.hunk.after, line)
    }

    /// The byte of a line of the first text at which the line beside it has something that it has not.
    pub fn gap_in_before(&self, line: usize) -> Option<usize> {
        let pair = self.pairs.iter().find(|pair| pair.before == Some(line))?;
        Some(self.after_marks(pair.after?).first()?.start)
    }

    /// The byte of a line of the second text at which the line beside it has something that it has not.
    pub fn gap_in_after(&self, line: usize) -> Option<usize> {
        let pair = self.pairs.iter().find(|pair| pair.after == Some(line))?;
        Some(self.before_marks(pair.before?).first()?.start)
    }
}

fn marks_of<'marks>(
    marks: &'marks [Vec<Range<usize>>],
    lines: &Range<usize>,
    line: usize,
) -> &'marks [Range<usize>] {
    let of_line = line
        .checked_sub(lines.start)
        .and_then(|index| marks.get(index));
    of_line.map_or(&[], Vec::as_slice)
}

fn compare_hunk(
    hunk: Hunk,
    before: &Text,
    after: &Text,
    space: Space,
    budget: &mut TokenBudget,
) -> ComparedHunk {
    let counts = counts(&hunk, before, after, space);
    let before: Vec<Line<'_>> = before.lines(hunk.before.clone()).collect();
    let after: Vec<Line<'_>> = after.lines(hunk.after.clone()).collect();
    let one_sided = before.is_empty() || after.is_empty();
    let words = match one_sided {
        true => Err(None),
        false => compare_words(&before, &after, space, budget).map_err(Some),
    };
    let word_limit = words.as_ref().err().copied().flatten();
    let mut words = words.unwrap_or_else(|_| HunkWords {
        pairs: pair_lines(&vec![0; before.len()], &vec![0; after.len()], &[]),
        marks: match (before.as_slice(), after.as_slice()) {
            ([one], [other]) => mark_extent(one, other).map(|marks| vec![marks]),
            _ => [Vec::new(), Vec::new()],
        },
    });
    for pair in &mut words.pairs {
        pair.before = pair.before.map(|index| hunk.before.start + index);
        pair.after = pair.after.map(|index| hunk.after.start + index);
    }
    let [before_marks, after_marks] = words.marks;
    ComparedHunk {
        hunk,
        pairs: words.pairs,
        word_limit,
        counts,
        before_marks,
        after_marks,
    }
}

/// Whether a hunk is a change where blank lines may be ignored.
fn counts(hunk: &Hunk, before: &Text, after: &Text, space: Space) -> bool {
    let lines = || {
        let gone = before.raw_lines(hunk.before.clone());
        gone.chain(after.raw_lines(hunk.after.clone()))
    };
    space != Space::IgnoreBlankLines || lines().any(|line| !line.trim_ascii().is_empty())
}

/// What the words of a hunk say of its lines, by their indices in the hunk.
struct HunkWords {
    pairs: Vec<LinePair>,
    marks: [Vec<Vec<Range<usize>>>; 2],
}

/// Compares the words of a hunk, when the budget allows it.
fn compare_words(
    before: &[Line<'_>],
    after: &[Line<'_>],
    space: Space,
    budget: &mut TokenBudget,
) -> Result<HunkWords, WordLimit> {
    let bytes = before.iter().chain(after).map(|line| line.content.len());
    budget.admit_bytes(bytes.sum())?;
    let (old, new) = (tokens_of(before, space), tokens_of(after, space));
    budget.spend(old.iter().chain(&new).map(Vec::len).sum())?;
    let pairs = pair_lines(&weights(&old), &weights(&new), &shared_text(&old, &new));
    let mut marks = [
        vec![Vec::new(); before.len()],
        vec![Vec::new(); after.len()],
    ];
    for pair in &pairs {
        if let (Some(one), Some(other)) = (pair.before, pair.after) {
            [marks[0][one], marks[1][other]] =
                mark_words((&before[one], &old[one]), (&after[other], &new[other]));
        }
    }
    Ok(HunkWords { pairs, marks })
}

fn tokens_of<'text>(lines: &[Line<'text>], space: Space) -> Vec<Vec<Token<'text>>> {
    lines
        .iter()
        .map(|line| compared_tokens(line, space))
        .collect()
}

/// The length of each line in bytes, space left out.
fn weights(lines: &[Vec<Token<'_>>]) -> Vec<usize> {
    let lines = lines.iter();
    lines
        .map(|tokens| tokens.iter().map(Token::weight).sum())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::test_texts::{any_space, text_pair};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_blank_lines_that_are_ignored_are_no_change() {
        let check = |after: &str, expected: [usize; 2]| {
            let compare = |space| {
                let comparison = TextComparison::new(Text::new("a\nb\n"), Text::new(after), space);
                comparison.changes().count()
            };
            let counts = [Space::Exact, Space::IgnoreBlankLines].map(compare);
            assert_eq!(counts, expected, "{after:?}");
        };
        check("a\n\n \t\nb\n", [1, 0]);
        check("a\n\nc\nb\n", [1, 1]);
        check("a\nb\n\n", [1, 0]);
        check("a\nb \n", [1, 1]);
    }

    #[test]
    fn an_added_line_does_not_tear_a_pair_apart() {
        let before = Text::new("%if 1\n  --with-branding=redhat\n%endif\n");
        let after = Text::new("%if 1\n  --new-option\n  --with-branding=almalinux\n%endif\n");
        let comparison = TextComparison::new(before, after, Space::Exact);
        assert_eq!(comparison.hunks.len(), 1);
        let hunk = &comparison.hunks[0];
        let pair = |before, after| LinePair { before, after };
        assert_eq!(hunk.pairs, [pair(None, Some(1)), pair(Some(1), Some(2))]);
        assert_eq!(hunk.before_marks(1), std::slice::from_ref(&(18..24)));
        assert_eq!(hunk.after_marks(2), std::slice::from_ref(&(18..27)));
    }

    #[test]
    fn lines_begin_to_differ_where_their_bytes_do() {
        let comparison = TextComparison::new(
            Text::new("größe ä\nsame\none\n"),
            Text::new("größe ö\nsame\n"),
            Space::Exact,
        );
        let differ = |hunk: usize, is_before, line| {
            comparison.first_difference(&comparison.hunks[hunk], is_before, line)
        };
        assert_eq!([differ(0, true, 0), differ(0, false, 0)], [Some(8); 2]);
        assert_eq!([differ(1, true, 2), differ(0, true, 1)], [None; 2]);
    }

    proptest! {
        #[test]
        fn exchanged_texts_have_the_same_hunks((before, after) in text_pair(), space in any_space()) {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
            let exchanged = comparison.clone().exchanged();
            prop_assert_eq!(exchanged.removed_count(), comparison.added_count());
            let hunks = comparison.hunks.iter().map(|compared| compared.hunk.clone().exchanged());
            prop_assert!(hunks.eq(exchanged.hunks.iter().map(|compared| compared.hunk.clone())));
            prop_assert!(exchanged.moves.blocks.is_sorted_by_key(|block| block.after.start));
            prop_assert_eq!(exchanged.exchanged(), comparison);
        }

        #[test]
        fn pairs_hold_every_line_once_and_in_order((before, after) in text_pair(), space in any_space()) {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
            for compared in &comparison.hunks {
                let before: Vec<usize> = compared.pairs.iter().filter_map(|pair| pair.before).collect();
                let after: Vec<usize> = compared.pairs.iter().filter_map(|pair| pair.after).collect();
                prop_assert_eq!(before, compared.hunk.before.clone().collect::<Vec<_>>());
                prop_assert_eq!(after, compared.hunk.after.clone().collect::<Vec<_>>());
                prop_assert!(compared.pairs.iter().all(|pair| pair.before.is_some() || pair.after.is_some()));
            }
        }

        #[test]
        fn marks_are_rising_ranges_of_their_line((before, after) in text_pair(), space in any_space()) {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
            for compared in &comparison.hunks {
                for line in compared.hunk.before.clone() {
                    let length = comparison.before.line(line).unwrap().content.len();
                    let mut next = 0;
                    for mark in compared.before_marks(line) {
                        prop_assert!(mark.start >= next && mark.end > mark.start && mark.end <= length);
                        next = mark.end;
                    }
                }
            }
        }
    }
}
