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
    /// How many added lines might be a block, but were not looked for, because each of them was taken away in too many places.
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

/// A line that was taken away in more places than this is only looked for beside one that was not, which keeps the work linear.
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
    let mut skipped: Vec<usize> = Vec::new();
    // Where the lines begin that were skipped right before the next one.
    let mut first_skipped = 0;
    let mut next = 0;
    while let Some(&HunkLine { line, token }) = added.get(next) {
        let known = &places[places.partition_point(|(other, _)| *other < token)..];
        let known = &known[..known.partition_point(|(other, _)| *other == token)];
        if known.len() > PLACES_MAX {
            skipped.push(line);
            next += 1;
            continue;
        }
        let longest = known
            .iter()
            .filter(|(_, place)| !is_taken[*place])
            .map(|&(_, place)| {
                let ahead = common_length(&removed[place..], &added[next..], &is_taken[place..]);
                let earlier = &added[first_skipped..=next];
                let behind = common_length_behind(&removed[..=place], earlier, &is_taken[..place]);
                (place - behind, behind, behind + ahead)
            })
            // The first of equally long ones.
            .rev()
            .max_by_key(|(_, _, length)| *length);
        let is_block = |behind: usize, length: usize| {
            let first = line - behind;
            length >= LINES_MIN && letters(after, first..first + length) >= LETTERS_MIN
        };
        match longest.filter(|(_, behind, length)| is_block(*behind, *length)) {
            Some((place, behind, length)) => {
                is_taken[place..place + length].fill(true);
                skipped.truncate(skipped.len() - behind);
                let (start, first) = (removed[place].line, line - behind);
                moves.blocks.push(MovedBlock {
                    before: start..start + length,
                    after: first..first + length,
                });
                next += length - behind;
            }
            None => next += 1,
        }
        first_skipped = next;
    }
    let runs = skipped.chunk_by(|one, next| one + 1 == *next);
    let might_be_block = |run: &&[usize]| {
        run.len() >= LINES_MIN && letters(after, run[0]..run[0] + run.len()) >= LETTERS_MIN
    };
    moves.skipped_lines = runs.filter(might_be_block).map(<[usize]>::len).sum();
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

/// How many lines before the last of both are equal, are followed by it in their texts, and moved nowhere else.
fn common_length_behind(removed: &[HunkLine], added: &[HunkLine], is_taken: &[bool]) -> usize {
    let (Some((last_gone, removed)), Some((last_come, added))) =
        (removed.split_last(), added.split_last())
    else {
        return 0;
    };
    let pairs = removed.iter().zip(is_taken).rev().zip(added.iter().rev());
    (1..)
        .zip(pairs)
        .take_while(|(back, ((gone, taken), come))| {
            !**taken
                && gone.token == come.token
                && gone.line + back == last_gone.line
                && come.line + back == last_come.line
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
    fn lines_that_are_everywhere_and_say_enough_together_are_counted() {
        let rest: String = (0..40).map(|line| format!("{line}\n")).collect();
        let block = "  nop();\n".repeat(20);
        let (before, after) = (format!("{block}{rest}"), format!("{rest}{block}"));
        let moves = moves_between(&Text::new(before), &Text::new(after), Space::Exact);
        assert_eq!((moves.blocks, moves.skipped_lines), (vec![], 20));
    }

    #[test]
    fn a_block_has_the_lines_before_it_that_are_everywhere() {
        let rest: String = (0..60).map(|line| format!("{line}\n")).collect();
        let functions: Vec<String> = (0..20)
            .map(|number| format!("static int\nfunction_{number}(void);\n"))
            .collect();
        let check = |moved: Vec<String>, blocks: usize| {
            let before = format!("{}{rest}", functions.concat());
            let after = format!("{rest}{}", moved.concat());
            let moves = moves_between(&Text::new(before), &Text::new(after), Space::Exact);
            let lines: usize = moves.blocks.iter().map(|block| block.after.len()).sum();
            let found = (moves.blocks.len(), lines, moves.skipped_lines);
            assert_eq!(found, (blocks, 40, 0));
        };
        check(functions.clone(), 1);
        check(functions.iter().rev().cloned().collect(), 20);
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
