//! A text that is edited, of which each line knows the changes that wrote it and those that deleted what stood before it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The index of a change in the configuration.
pub type ChangeIndex = usize;

/// A text with the marks of its changes. It ends with a line of no text, so that what is deleted at its end has a place.
#[derive(Clone, Debug)]
pub struct TracedText {
    lines: Vec<TracedLine>,
    /// Who rewrote or deleted a line of the original, by its index there.
    touched: BTreeMap<usize, Vec<ChangeIndex>>,
}

#[derive(Clone, Debug, Default)]
struct TracedLine {
    text: String,
    /// The lines of the original in whose place it stands; empty at the line before which it was inserted.
    original: Range<usize>,
    /// Who wrote it; empty for a line of the original.
    written_by: Vec<ChangeIndex>,
    /// Who deleted lines between the line before and this one.
    deleted_by: Vec<ChangeIndex>,
    /// Who inserted lines there and deleted them again, so that nothing is left of either.
    cancelled_by: Vec<ChangeIndex>,
}

/// What is again as in the original, by the indices of lines.
#[derive(Default)]
struct Restored {
    lines: Vec<bool>,
    /// Whether nothing is deleted between the line before and this one.
    places: Vec<bool>,
}

impl TracedText {
    /// A text that nothing has changed yet, of its lines without their ends.
    pub fn new(lines: impl Iterator<Item = String>) -> Self {
        let with_end = lines.chain(std::iter::once(String::new()));
        let lines = with_end.enumerate().map(|(index, text)| TracedLine {
            text,
            original: index..index + 1,
            ..TracedLine::default()
        });
        Self {
            lines: lines.collect(),
            touched: BTreeMap::new(),
        }
    }

    /// How many lines it has.
    pub fn len(&self) -> usize {
        self.lines.len() - 1
    }

    /// A line that is there.
    pub fn line(&self, index: usize) -> &str {
        &self.lines[index].text
    }

    /// All lines, from the first.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines[..self.len()]
            .iter()
            .map(|line| line.text.as_str())
    }

    /// Puts lines in the place of others in the name of a change; lines that are equal at either end stay as they are.
    pub fn replace(&mut self, range: Range<usize>, mut with: Vec<String>, change: ChangeIndex) {
        let is_equal = |(line, with): &(&TracedLine, &String)| line.text == **with;
        let old = &self.lines[range.clone()];
        let above = old.iter().zip(&with).take_while(is_equal).count();
        let rest = old[above..].iter().rev().zip(with[above..].iter().rev());
        let below = rest.take_while(is_equal).count();
        let range = range.start + above..range.end - below;
        with.truncate(with.len() - below);
        with.drain(..above);
        if range.is_empty() {
            if !with.is_empty() {
                self.insert(range.start, with, change);
            }
            return;
        }
        let removed: Vec<TracedLine> = self.lines[range.clone()].to_vec();
        let writers = removed.iter().flat_map(|line| &line.written_by);
        let written_by = sorted(writers.chain([&change]));
        let deleters = || removed.iter().flat_map(|line| &line.deleted_by);
        let cancellers = || removed.iter().flat_map(|line| &line.cancelled_by);
        let were_inserted = removed.iter().all(|line| line.original.is_empty());
        let starts = removed.iter().map(|line| line.original.start);
        let ends = removed.iter().map(|line| line.original.end);
        let original = starts.min().unwrap_or_default()..ends.max().unwrap_or_default();
        for index in original.clone() {
            self.touched.entry(index).or_default().push(change);
        }
        if with.is_empty() {
            let below = &mut self.lines[range.end];
            below.deleted_by.extend(deleters());
            below.cancelled_by.extend(cancellers());
            match were_inserted {
                true => below.cancelled_by.extend(&written_by),
                false => below.deleted_by.extend(&written_by),
            }
        }
        let in_pairs = with.len() == removed.len();
        let with = with
            .into_iter()
            .enumerate()
            .map(|(index, text)| TracedLine {
                text,
                original: match in_pairs {
                    true => removed[index].original.clone(),
                    false => original.clone(),
                },
                written_by: written_by.clone(),
                deleted_by: match index {
                    0 => sorted(deleters()),
                    _ => Vec::new(),
                },
                cancelled_by: match index {
                    0 => sorted(cancellers()),
                    _ => Vec::new(),
                },
            });
        self.lines.splice(range, with);
    }

    /// Puts lines before a line, or at the end, in the name of a change.
    pub fn insert(&mut self, index: usize, lines: Vec<String>, change: ChangeIndex) {
        let below = &mut self.lines[index];
        let deleted_by = std::mem::take(&mut below.deleted_by);
        let cancelled_by = std::mem::take(&mut below.cancelled_by);
        let place = below.original.start;
        let mut lines: Vec<TracedLine> = lines
            .into_iter()
            .map(|text| TracedLine {
                text,
                original: place..place,
                written_by: vec![change],
                ..TracedLine::default()
            })
            .collect();
        let first = match lines.first_mut() {
            Some(first) => first,
            None => &mut self.lines[index],
        };
        first.deleted_by = deleted_by;
        first.cancelled_by = cancelled_by;
        self.lines.splice(index..index, lines);
    }

    /// The changes whose lines stand outside of these ranges, and those that deleted lines at no edge of them, sorted. Lines that
    /// are again as they were in `original`, the text that nothing had changed, are of none, nor is one that was inserted and
    /// deleted again: there one change cancels another.
    pub fn changes_outside(
        &self,
        ranges: &[Range<usize>],
        original: &[String],
    ) -> Vec<ChangeIndex> {
        let mut changes = Vec::new();
        let restored = self.restored(original);
        for (index, line) in self.lines.iter().enumerate() {
            let was = original.get(line.original.start);
            let is_again = line.original.len() == 1 && was == Some(&line.text);
            let is_inside = || ranges.iter().any(|range| range.contains(&index));
            if !restored.lines[index] && !is_again && !is_inside() {
                changes.extend(&line.written_by);
            }
            let is_edge = |range: &Range<usize>| range.start <= index && index <= range.end;
            if !restored.places[index] && !ranges.iter().any(is_edge) {
                changes.extend(&line.deleted_by);
            }
        }
        changes.sort_unstable();
        changes.dedup();
        changes
    }

    /// Which lines and which places before lines are again as in the original. Lines that stand in the place of the same lines of
    /// the original are compared with those; lines inserted between two such groups, with the original's lines that are gone there.
    fn restored(&self, original: &[String]) -> Restored {
        let mut restored = Restored::default();
        let mut original_end = 0;
        let mut is_above_restored = true;
        let mut index = 0;
        while index < self.lines.len() {
            let inserted = self.lines[index..]
                .iter()
                .take_while(|line| line.original.is_empty());
            let start = index + inserted.count();
            let Some(first) = self.lines.get(start) else {
                break;
            };
            let (end, group) = self.group_at(start, first.original.clone());
            let is_untouched = self.lines[start..end]
                .iter()
                .all(|line| line.written_by.is_empty());
            let is_restored =
                is_untouched || self.stands_again(start..end, original.get(group.clone()));
            let gone = original.get(original_end..first.original.start);
            let is_between_restored =
                is_above_restored && is_restored && self.stands_again(index..start, gone);
            restored.lines.resize(start, is_between_restored);
            restored.places.resize(start + 1, is_between_restored);
            restored.lines.resize(end, is_restored);
            restored.places.resize(end, is_restored);
            (original_end, is_above_restored, index) = (group.end, is_restored, end);
        }
        restored.lines.resize(self.lines.len(), false);
        restored.places.resize(self.lines.len(), false);
        restored
    }

    /// Where the lines end that stand in the place of the same lines of the original as one of them, and which those are.
    fn group_at(&self, start: usize, mut original: Range<usize>) -> (usize, Range<usize>) {
        let mut end = start + 1;
        let below = self.lines.iter().enumerate().skip(end);
        for (index, line) in below.filter(|(_, line)| !line.original.is_empty()) {
            if line.original.start >= original.end {
                break;
            }
            original.end = original.end.max(line.original.end);
            end = index + 1;
        }
        (end, original)
    }

    fn stands_again(&self, lines: Range<usize>, original: Option<&[String]>) -> bool {
        let texts = self.lines[lines].iter().map(|line| &line.text);
        original.is_some_and(|original| texts.eq(original))
    }

    /// The changes that wrote one of these lines, sorted.
    pub fn changes_that_wrote(&self, range: Range<usize>) -> Vec<ChangeIndex> {
        let lines = self.lines[range].iter();
        sorted(lines.flat_map(|line| &line.written_by))
    }

    /// The changes that rewrote or deleted one of these lines of the original, sorted.
    pub fn changes_that_touched(&self, original: Range<usize>) -> Vec<ChangeIndex> {
        sorted(
            self.touched
                .range(original)
                .flat_map(|(_, changes)| changes),
        )
    }

    /// Whether a line stands in the place of one of these lines of the original, or was inserted by one of these changes.
    pub fn is_of(&self, index: usize, original: &Range<usize>, changes: &[ChangeIndex]) -> bool {
        let line = &self.lines[index];
        if line.original.is_empty() {
            return line
                .written_by
                .iter()
                .any(|change| changes.contains(change));
        }
        line.original.start < original.end && original.start < line.original.end
    }

    /// The changes that wrote one of these lines or deleted something beside one of them, sorted.
    pub fn changes_in(&self, range: Range<usize>) -> Vec<ChangeIndex> {
        let end = range.end.min(self.len());
        let start = range.start.min(end);
        let written = self.lines[start..end]
            .iter()
            .flat_map(|line| &line.written_by);
        let deleted = self.lines[start..=end]
            .iter()
            .flat_map(|line| line.deleted_by.iter().chain(&line.cancelled_by));
        sorted(written.chain(deleted))
    }
}

fn sorted<'a>(changes: impl Iterator<Item = &'a ChangeIndex>) -> Vec<ChangeIndex> {
    let changes: BTreeSet<ChangeIndex> = changes.copied().collect();
    changes.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_know_who_wrote_and_who_deleted() {
        let mut text = TracedText::new(["a", "b", "c", "d"].map(str::to_owned).into_iter());
        text.replace(1..2, vec!["B".to_owned(), "BB".to_owned()], 7);
        text.replace(2..3, vec!["bb".to_owned()], 8);
        text.replace(4..5, vec![], 9);
        text.insert(0, vec!["top".to_owned()], 3);
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            ["top", "a", "B", "bb", "c"]
        );
        assert_eq!(text.changes_in(0..1), [3]);
        assert_eq!(text.changes_in(2..3), [7]);
        assert_eq!(text.changes_in(3..4), [7, 8]);
        assert_eq!(text.changes_in(1..2), [0; 0]);
        assert_eq!(text.changes_in(5..5), [9]);
        let original = ["a", "b", "c", "d"].map(str::to_owned);
        let outside = |ranges: &[Range<usize>]| text.changes_outside(ranges, &original);
        assert_eq!(outside(&[]), [3, 7, 8, 9]);
        assert_eq!(outside(&[2..3, 5..5]), [3, 7, 8]);
        assert_eq!(outside(&[0..2, 2..5]), [0; 0]);
        text.replace(4..5, vec!["c".to_owned()], 10);
        assert_eq!(text.changes_in(4..5), [9]);
    }

    #[test]
    fn a_line_that_is_again_as_it_was_is_of_no_change() {
        let original = ["a", "b"].map(str::to_owned);
        let mut text = TracedText::new(original.iter().cloned());
        text.replace(1..2, vec!["B".to_owned(), "C".to_owned()], 1);
        assert_eq!(text.changes_outside(&[], &original), [1]);
        text.replace(1..3, vec!["b".to_owned()], 2);
        assert_eq!(text.changes_outside(&[], &original), [0; 0]);
        text.replace(0..1, vec!["A".to_owned()], 1);
        assert_eq!(text.changes_outside(&[], &original), [1]);
    }

    #[test]
    fn lines_that_are_again_as_they_were_are_of_no_change() {
        let original = ["a", "b", "c", "d"].map(str::to_owned);
        let owned = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
        let check = |edits: &[(Range<usize>, &[&str])], expected: &[ChangeIndex]| {
            let mut text = TracedText::new(original.iter().cloned());
            for (change, (range, with)) in (1..).zip(edits) {
                text.replace(range.clone(), owned(with), change);
            }
            let found = text.changes_outside(&[], &original);
            assert_eq!(found, expected, "{edits:?}");
        };
        check(&[(1..3, &["B"]), (1..2, &["b", "c"])], &[]);
        check(&[(1..4, &["B", "C"]), (1..3, &["b", "c", "d"])], &[]);
        check(&[(1..3, &[]), (1..1, &["b", "c"])], &[]);
        check(&[(0..1, &["x", "a", "y"]), (0..1, &[]), (1..2, &[])], &[]);
        check(&[(4..4, &["x", "y"]), (4..6, &[])], &[]);
        check(&[(1..3, &["B"]), (1..2, &["b", "C"])], &[1, 2]);
        check(&[(0..1, &["A", "y"]), (1..2, &[])], &[1, 2]);
        check(&[(0..1, &["A"]), (1..3, &["B"]), (1..2, &["b", "c"])], &[1]);
        check(&[(1..3, &["B"]), (1..2, &["c", "b"])], &[1, 2]);
        // Beside them another change counts.
        check(&[(1..3, &["B"]), (1..2, &["b", "c"]), (3..4, &[])], &[3]);
        check(&[(2..4, &["B"]), (2..3, &["c", "d"]), (0..1, &[])], &[3]);
    }

    #[test]
    fn a_line_that_is_inserted_and_deleted_again_is_of_no_change() {
        let original = ["a", "b"].map(str::to_owned);
        let mut text = TracedText::new(original.iter().cloned());
        text.insert(1, vec!["new".to_owned()], 1);
        text.replace(1..2, vec![], 2);
        assert_eq!(text.changes_outside(&[], &original), [0; 0]);
        // Where it stands all the same, both are about it.
        assert_eq!(text.changes_in(1..1), [1, 2]);
        text.insert(1, vec!["more".to_owned()], 3);
        assert_eq!(text.changes_outside(&[], &original), [3]);
        text.replace(1..3, vec![], 4);
        assert_eq!(text.changes_outside(&[], &original), [3, 4]);
        assert_eq!(text.changes_in(1..1), [1, 2, 3, 4]);
    }

    #[test]
    fn lines_of_the_original_know_who_touched_them() {
        let mut text = TracedText::new(["a", "b", "c", "d"].map(str::to_owned).into_iter());
        let owned = |lines: &[&str]| lines.iter().map(|&line| line.to_owned()).collect();
        text.replace(0..3, owned(&["a", "B", "c"]), 1);
        text.replace(2..4, owned(&["c", "x", "d"]), 2);
        text.replace(3..4, owned(&["X", "Y"]), 3);
        text.replace(0..1, vec![], 4);
        assert_eq!(text.lines().collect::<Vec<_>>(), ["B", "c", "X", "Y", "d"]);
        let touched = [0, 1, 2, 3].map(|index| text.changes_that_touched(index..index + 1));
        assert_eq!(touched, [vec![4], vec![1], vec![], vec![]]);
        let wrote = [0, 1, 2, 3, 4].map(|index| text.changes_that_wrote(index..index + 1));
        assert_eq!(wrote, [vec![1], vec![], vec![2, 3], vec![2, 3], vec![]]);
        assert!(text.is_of(0, &(1..2), &[]) && !text.is_of(0, &(2..3), &[1]));
        assert!(text.is_of(2, &(3..4), &[3]) && !text.is_of(2, &(3..4), &[1]));
    }
}
