//! Finds blocks of lines that were taken away in one place and put in elsewhere.
//!
//! As git's `--color-moved=blocks` does, only blocks with at least 20 letters and digits count, so that an `%endif` that
//! occurs everywhere is no move.

use super::hunks::Hunk;
use super::text::Text;
use imara_diff::Token;
use std::ops::Range;

/// Lines that moved. Both ranges are equally long and count lines from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedBlock {
    /// Where they were in the first text.
    pub before: Range<usize>,
    /// Where they are in the second.
    pub after: Range<usize>,
}

/// All blocks that moved, in the order of the second text; no line is in two of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// The blocks.
    pub blocks: Vec<MovedBlock>,
    /// How many added lines might begin a block, but were not looked for, because they were taken away in too many places.
    pub skipped_lines: usize,
}

/// Where each line that moved is on the other side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counterparts {
    /// Of either side: its lines that moved, in order, and where the first of them is on the other.
    sides: [Vec<(Range<usize>, usize)>; 2],
}

/// A block has at least as many letters and digits.
const LETTERS_MIN: usize = 20;

/// A block has at least as many lines: a single one is told by search.
const LINES_MIN: usize = 2;

/// A line that was taken away in more places than this begins no block, which keeps the work linear.
const PLACES_MAX: usize = 16;

/// A line of a hunk.
struct HunkLine {
    /// Its index in its text.
    line: usize,
    /// Two lines are equal where these are.
    token: u32,
}

/// The blocks that moved between two texts, the second of which is `after`. `tokens` stand for the lines of either.
pub(super) fn moved_blocks(after: &Text, hunks: &[Hunk], tokens: &[Vec<Token>; 2]) -> Moves {
    let removed = lines_of(hunks, |hunk| &hunk.before, &tokens[0]);
    let added = lines_of(hunks, |hunk| &hunk.after, &tokens[1]);
    let mut places: Vec<(u32, usize)> = removed.iter().map(|line| line.token).zip(0..).collect();
    places.sort_unstable();
    let mut is_taken = vec![false; removed.len()];
    let mut moves = Moves::default();
    let mut next = 0;
    while let Some(&HunkLine { line: first, token }) = added.get(next) {
        let known = &places[places.partition_point(|(other, _)| *other < token)..];
        let known = &known[..known.partition_point(|(other, _)| *other == token)];
        let is_skipped = known.len() > PLACES_MAX;
        let candidates = if is_skipped { &[] } else { known };
        let longest = candidates
            .iter()
            .map(|&(_, place)| {
                (
                    place,
                    common_length(&removed[place..], &added[next..], &is_taken[place..]),
                )
            })
            // The first of equally long ones.
            .rev()
            .max_by_key(|(_, length)| *length);
        let Some((place, length)) = longest.filter(|(_, length)| {
            *length >= LINES_MIN && letters(after, first..first + length) >= LETTERS_MIN
        }) else {
            let might_begin = || letters(after, first..first + 1) >= LETTERS_MIN;
            moves.skipped_lines += usize::from(is_skipped && might_begin());
            next += 1;
            continue;
        };
        is_taken[place..place + length].fill(true);
        let start = removed[place].line;
        moves.blocks.push(MovedBlock {
            before: start..start + length,
            after: first..first + length,
        });
        next += length;
    }
    moves
}

impl Counterparts {
    /// Of blocks of which no line is in two.
    pub fn new(blocks: &[MovedBlock]) -> Self {
        let side = |range: fn(&MovedBlock) -> [&Range<usize>; 2]| {
            let sides = blocks.iter().map(range);
            let mut sides: Vec<_> = sides.map(|[from, to]| (from.clone(), to.start)).collect();
            sides.sort_by_key(|(from, _)| from.start);
            sides
        };
        Self {
            sides: [
                side(|block| [&block.before, &block.after]),
                side(|block| [&block.after, &block.before]),
            ],
        }
    }

    /// Where a line of the first text moved to, or where a line of the second came from.
    pub fn of(&self, is_before: bool, line: usize) -> Option<usize> {
        let [before, after] = &self.sides;
        let side = if is_before { before } else { after };
        let later = side.partition_point(|(from, _)| from.start <= line);
        let (from, to) = side.get(later.checked_sub(1)?)?;
        from.contains(&line).then(|| to + line - from.start)
    }
}

/// The lines of one side of all hunks.
fn lines_of(hunks: &[Hunk], side: fn(&Hunk) -> &Range<usize>, tokens: &[Token]) -> Vec<HunkLine> {
    let lines = hunks.iter().map(side).flat_map(Range::clone);
    let known = lines.filter_map(|line| Some((line, tokens.get(line)?.0)));
    known
        .map(|(line, token)| HunkLine { line, token })
        .collect()
}

/// How many lines at the start of both are equal, follow one another in their texts, and moved nowhere else.
fn common_length(removed: &[HunkLine], added: &[HunkLine], is_taken: &[bool]) -> usize {
    let follows = |lines: &[HunkLine], index: usize| lines[index].line == lines[0].line + index;
    let pairs = removed.iter().zip(added).zip(is_taken).enumerate();
    pairs
        .take_while(|(index, ((gone, come), taken))| {
            !**taken
                && gone.token == come.token
                && follows(removed, *index)
                && follows(added, *index)
        })
        .count()
}

/// The letters and digits of lines, up to as many as a block needs.
fn letters(text: &Text, lines: Range<usize>) -> usize {
    let bytes = text.raw_lines(lines).flatten();
    bytes
        .filter(|byte| byte.is_ascii_alphanumeric() || **byte >= 0x80)
        .take(LETTERS_MIN)
        .count()
}

#[cfg(test)]
mod tests {
    use super::super::hunks::{LineDifference, line_difference};
    use super::super::space::Space;
    use super::super::test_texts::{any_space, text_pair};
    use super::*;
    use proptest::prelude::*;

    fn moves_between(before: &Text, after: &Text, space: Space) -> Moves {
        let LineDifference { hunks, tokens } = line_difference(before, after, space);
        moved_blocks(after, &hunks, &tokens)
    }

    fn check(before: &str, after: &str, expected: &str) {
        let (before, after) = (Text::new(before), Text::new(after));
        let moves = moves_between(&before, &after, Space::Exact);
        let shown: Vec<String> = moves
            .blocks
            .iter()
            .map(|block| format!("{:?} → {:?}", block.before, block.after))
            .collect();
        assert_eq!(shown.join(", "), expected);
    }

    #[test]
    fn a_block_that_went_elsewhere_is_found() {
        let block = "Requires: one-package\nRequires: another-package\n";
        let rest = "a\nb\nc\nd\ne\nf\n";
        check(
            &format!("{block}{rest}"),
            &format!("{rest}{block}"),
            "0..2 → 6..8",
        );
        check(
            &format!("{block}{rest}"),
            &format!("{rest}{block}{block}"),
            "0..2 → 6..8",
        );
    }

    #[test]
    fn what_says_little_is_no_move() {
        check("%endif\n%endif\na\nb\nc\n", "a\nb\nc\n%endif\n%endif\n", "");
        check(
            "Requires: one-package-alone\na\nb\n",
            "a\nb\nRequires: one-package-alone\n",
            "",
        );
    }

    #[test]
    fn lines_that_are_everywhere_are_skipped_and_counted() {
        let check = |line: &str, expected: usize| {
            let before = Text::new(format!("{}a\nb\nc\n", line.repeat(PLACES_MAX + 1)));
            let after = Text::new(format!("a\nb\nc\n{}", line.repeat(2)));
            let moves = moves_between(&before, &after, Space::Exact);
            assert_eq!((moves.blocks, moves.skipped_lines), (vec![], expected));
        };
        check("Requires: one-package-alone\n", 2);
        check("%endif\n", 0);
    }

    #[test]
    fn moved_lines_know_their_counterparts() {
        let block = |before: Range<usize>, after: usize| MovedBlock {
            after: after..after + before.len(),
            before,
        };
        let counterparts = Counterparts::new(&[block(7..9, 2), block(0..2, 6)]);
        let of_before = [0, 1, 2, 7, 8, 9].map(|line| counterparts.of(true, line));
        let expected = [Some(6), Some(7), None, Some(2), Some(3), None];
        assert_eq!(of_before, expected);
        assert_eq!(
            [2, 5, 7].map(|line| counterparts.of(false, line)),
            [Some(7), None, Some(1)]
        );
        assert_eq!(Counterparts::default().of(true, 0), None);
    }

    proptest! {
        #[test]
        fn moved_lines_are_equal_and_move_once((before, after) in text_pair(), space in any_space()) {
            let (before, after) = (Text::new(before), Text::new(after));
            let hunks = line_difference(&before, &after, space).hunks;
            let mut gone = vec![false; before.line_count()];
            let mut next = 0;
            for block in moves_between(&before, &after, space).blocks {
                prop_assert_eq!(block.before.len(), block.after.len());
                prop_assert!(block.after.start >= next);
                next = block.after.end;
                for (one, other) in block.before.zip(block.after) {
                    prop_assert!(!std::mem::replace(&mut gone[one], true));
                    prop_assert!(hunks.iter().any(|hunk| hunk.before.contains(&one)));
                    prop_assert!(hunks.iter().any(|hunk| hunk.after.contains(&other)));
                    let line = |text: &Text, index: usize| text.raw_lines(index..index + 1).next().unwrap().to_vec();
                    let lines = [line(&before, one), line(&after, other)];
                    prop_assert_eq!(space.compared(&lines[0]), space.compared(&lines[1]));
                }
            }
        }
    }
}
