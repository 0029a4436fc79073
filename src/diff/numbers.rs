//! A comparison without its texts as plain numbers, to be sent from where it was made to where it is drawn.

use super::budget::WordLimit;
use super::comparison::{ComparedHunk, TextComparison};
use super::hunks::Hunk;
use super::moves::{MovedBlock, Moves};
use super::pairing::LinePair;
use super::space::Space;
use super::text::Text;
use std::ops::Range;

impl TextComparison {
    /// The hunks and moves as numbers.
    pub fn to_numbers(&self) -> Vec<u32> {
        let mut numbers = Vec::new();
        push(&mut numbers, self.hunks.len());
        for compared in &self.hunks {
            let hunk = &compared.hunk;
            for range in [&hunk.before, &hunk.after] {
                push_range(&mut numbers, range);
            }
            let limit = match compared.word_limit {
                None => 0,
                Some(WordLimit::Hunk) => 1,
                Some(WordLimit::Text) => 2,
            };
            numbers.push(limit << 1 | u32::from(compared.counts));
            push(&mut numbers, compared.pairs.len());
            for pair in &compared.pairs {
                // 0 stands for no line.
                for line in [pair.before, pair.after] {
                    push(&mut numbers, line.map_or(0, |line| line + 1));
                }
            }
            for marks in [&compared.before_marks, &compared.after_marks] {
                push(&mut numbers, marks.len());
                for marks in marks {
                    push(&mut numbers, marks.len());
                    marks.iter().for_each(|mark| push_range(&mut numbers, mark));
                }
            }
        }
        push(&mut numbers, self.moves.blocks.len());
        for block in &self.moves.blocks {
            push_range(&mut numbers, &block.before);
            push_range(&mut numbers, &block.after);
        }
        push(&mut numbers, self.moves.skipped_lines);
        numbers
    }

    /// The comparison of two texts whose hunks and moves are given as numbers; `None` where these are nothing of that form,
    /// or name lines that the texts do not have.
    pub fn from_numbers(before: Text, after: Text, space: Space, numbers: &[u32]) -> Option<Self> {
        let mut reader = Reader { numbers };
        let hunks = reader.list(Reader::compared_hunk)?;
        let blocks = reader.list(|reader| {
            let (before, after) = (reader.range()?, reader.range()?);
            (before.len() == after.len()).then_some(MovedBlock { before, after })
        })?;
        let skipped_lines = reader.number()?;
        let counts = [before.line_count(), after.line_count()];
        let are_within = blocks
            .iter()
            .all(|block| block.before.end <= counts[0] && block.after.end <= counts[1]);
        let differ = hunks.iter().map(|compared| &compared.hunk);
        let is_sound = reader.numbers.is_empty() && are_within && leave_the_same(differ, counts);
        is_sound.then_some(Self {
            before,
            after,
            space,
            hunks,
            moves: Moves {
                blocks,
                skipped_lines,
            },
        })
    }
}

/// Hunks alone as numbers.
pub fn hunks_to_numbers(hunks: &[Hunk]) -> Vec<u32> {
    let mut numbers = Vec::new();
    for range in hunks.iter().flat_map(|hunk| [&hunk.before, &hunk.after]) {
        push_range(&mut numbers, range);
    }
    numbers
}

/// Reads what [`hunks_to_numbers`] wrote; `None` where these are no hunks of two texts of so many lines.
pub fn hunks_from_numbers(counts: [usize; 2], numbers: &[u32]) -> Option<Vec<Hunk>> {
    let mut reader = Reader { numbers };
    let mut hunks = Vec::new();
    while !reader.numbers.is_empty() {
        hunks.push(reader.hunk()?);
    }
    leave_the_same(hunks.iter(), counts).then_some(hunks)
}

/// Whether hunks follow one another in texts of so many lines, and leave equally many lines on either side between them.
fn leave_the_same<'hunk>(hunks: impl Iterator<Item = &'hunk Hunk>, counts: [usize; 2]) -> bool {
    let mut next = [0, 0];
    let mut is_sound = true;
    let same_between = |next: [usize; 2], starts: [usize; 2]| {
        let between = [
            starts[0].checked_sub(next[0]),
            starts[1].checked_sub(next[1]),
        ];
        between[0].is_some() && between[0] == between[1]
    };
    for hunk in hunks {
        is_sound &= same_between(next, [hunk.before.start, hunk.after.start]);
        next = [hunk.before.end, hunk.after.end];
    }
    is_sound && same_between(next, counts)
}

/// Texts that can be drawn have fewer lines and bytes than a number holds.
fn push(numbers: &mut Vec<u32>, number: usize) {
    numbers.push(u32::try_from(number).unwrap_or(u32::MAX));
}

fn push_range(numbers: &mut Vec<u32>, range: &Range<usize>) {
    push(numbers, range.start);
    push(numbers, range.end);
}

struct Reader<'numbers> {
    numbers: &'numbers [u32],
}

impl Reader<'_> {
    fn number(&mut self) -> Option<usize> {
        let (number, rest) = self.numbers.split_first()?;
        self.numbers = rest;
        Some(*number as usize)
    }

    fn range(&mut self) -> Option<Range<usize>> {
        let (start, end) = (self.number()?, self.number()?);
        (start <= end).then_some(start..end)
    }

    /// As many items as a number says; what claims to be longer than all that follows is refused before room is made.
    fn list<T>(&mut self, item: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.number()?;
        if count > self.numbers.len() {
            return None;
        }
        (0..count).map(|_| item(self)).collect()
    }

    fn hunk(&mut self) -> Option<Hunk> {
        Some(Hunk {
            before: self.range()?,
            after: self.range()?,
        })
    }

    fn compared_hunk(&mut self) -> Option<ComparedHunk> {
        let hunk = self.hunk()?;
        let flags = self.number()?;
        let pairs = self.list(|reader| {
            Some(LinePair {
                before: reader.number()?.checked_sub(1),
                after: reader.number()?.checked_sub(1),
            })
        })?;
        let lines = |side: fn(&LinePair) -> Option<usize>| pairs.iter().filter_map(side);
        let is_whole = lines(|pair| pair.before).eq(hunk.before.clone())
            && lines(|pair| pair.after).eq(hunk.after.clone());
        let before_marks = self.list(|reader| reader.list(Self::range))?;
        let after_marks = self.list(|reader| reader.list(Self::range))?;
        is_whole.then_some(ComparedHunk {
            hunk,
            pairs,
            word_limit: match flags >> 1 {
                0 => None,
                1 => Some(WordLimit::Hunk),
                _ => Some(WordLimit::Text),
            },
            counts: flags & 1 != 0,
            before_marks,
            after_marks,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_texts::{any_space, text_pair};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_read_back((before, after) in text_pair(), space in any_space()) {
            let comparison = TextComparison::new(Text::new(before), Text::new(after), space);
            let numbers = comparison.to_numbers();
            let (before, after) = (comparison.before.clone(), comparison.after.clone());
            let counts = [before.line_count(), after.line_count()];
            let hunks: Vec<Hunk> = comparison.hunks.iter().map(|compared| compared.hunk.clone()).collect();
            prop_assert_eq!(TextComparison::from_numbers(before, after, space, &numbers), Some(comparison));
            prop_assert_eq!(hunks_from_numbers(counts, &hunks_to_numbers(&hunks)), Some(hunks));
        }

        #[test]
        fn numbers_that_were_damaged_are_refused_or_harmless(
            (before, after) in text_pair(),
            at in any::<prop::sample::Index>(),
            number in prop_oneof![0_u32..50, any::<u32>()],
        ) {
            let (before, after) = (Text::new(before), Text::new(after));
            let mut numbers = TextComparison::new(before.clone(), after.clone(), Space::Exact).to_numbers();
            let at = at.index(numbers.len());
            numbers[at] = number;
            if let Some(comparison) = TextComparison::from_numbers(before, after, Space::Exact, &numbers) {
                for compared in &comparison.hunks {
                    prop_assert!(compared.hunk.before.end <= comparison.before.line_count());
                }
            }
        }
    }
}
