//! A comparison without its texts as plain numbers, to be sent from where it was made to where it is drawn.

use super::comparison::{ComparedHunk, TextComparison};
use super::hunks::Hunk;
use super::moves::MovedBlock;
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
            let flags = u32::from(compared.words_compared) | u32::from(compared.counts) << 1;
            numbers.push(flags);
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
        push(&mut numbers, self.moves.len());
        for block in &self.moves {
            push_range(&mut numbers, &block.before);
            push_range(&mut numbers, &block.after);
        }
        numbers
    }

    /// The comparison of two texts whose hunks and moves are given as numbers; `None` where these are nothing of that form,
    /// or name lines that the texts do not have.
    pub fn from_numbers(before: Text, after: Text, space: Space, numbers: &[u32]) -> Option<Self> {
        let mut reader = Reader { numbers };
        let hunks = reader.list(Reader::hunk)?;
        let moves = reader.list(|reader| {
            let (before, after) = (reader.range()?, reader.range()?);
            (before.len() == after.len()).then_some(MovedBlock { before, after })
        })?;
        let counts = [before.line_count(), after.line_count()];
        let is_within = |ranges: [&Range<usize>; 2]| {
            let ends = ranges.into_iter().zip(counts);
            ends.into_iter().all(|(range, count)| range.end <= count)
        };
        let rise = |hunks: &[ComparedHunk]| {
            let follows = |one: &Range<usize>, next: &Range<usize>| one.end <= next.start;
            let unchanged = |one: &Hunk, next: &Hunk| {
                follows(&one.before, &next.before)
                    && follows(&one.after, &next.after)
                    && next.before.start - one.before.end == next.after.start - one.after.end
            };
            hunks
                .windows(2)
                .all(|pair| unchanged(&pair[0].hunk, &pair[1].hunk))
        };
        let whole = Hunk {
            before: counts[0]..counts[0],
            after: counts[1]..counts[1],
        };
        let (first, last) = (hunks.first(), hunks.last());
        let first = first.map_or(&whole, |compared| &compared.hunk);
        let last = last
            .map_or(0..0, |compared| compared.hunk.before.clone())
            .end
            ..last
                .map_or(0..0, |compared| compared.hunk.after.clone())
                .end;
        let begins_alike = first.before.start == first.after.start;
        let is_sound = reader.numbers.is_empty()
            && hunks
                .iter()
                .all(|compared| is_within([&compared.hunk.before, &compared.hunk.after]))
            && moves
                .iter()
                .all(|block| is_within([&block.before, &block.after]))
            && rise(&hunks)
            && begins_alike
            && counts[0].checked_sub(last.start) == counts[1].checked_sub(last.end);
        is_sound.then_some(Self {
            before,
            after,
            space,
            hunks,
            moves,
        })
    }
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

    fn hunk(&mut self) -> Option<ComparedHunk> {
        let hunk = Hunk {
            before: self.range()?,
            after: self.range()?,
        };
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
            words_compared: flags & 1 != 0,
            counts: flags & 2 != 0,
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
            prop_assert_eq!(TextComparison::from_numbers(before, after, space, &numbers), Some(comparison));
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
