//! A text that is edited, of which each line knows the changes that wrote it and those that deleted what stood before it.

use std::ops::Range;

/// The index of a change in the configuration.
pub type ChangeIndex = usize;

/// A text with the marks of its changes. It ends with a line of no text, so that what is deleted at its end has a place.
#[derive(Clone, Debug)]
pub struct TracedText {
    lines: Vec<TracedLine>,
}

#[derive(Clone, Debug, Default)]
struct TracedLine {
    text: String,
    /// Who wrote it; empty for a line of the original.
    written_by: Vec<ChangeIndex>,
    /// Who deleted lines between the line before and this one.
    deleted_by: Vec<ChangeIndex>,
}

impl TracedText {
    /// A text that nothing has changed yet, of its lines without their ends.
    pub fn new(lines: impl Iterator<Item = String>) -> Self {
        let mut lines: Vec<TracedLine> = lines
            .map(|text| TracedLine {
                text,
                ..TracedLine::default()
            })
            .collect();
        lines.push(TracedLine::default());
        Self { lines }
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

    /// Puts lines in the place of others in the name of a change; equal lines change nothing.
    pub fn replace(&mut self, range: Range<usize>, with: Vec<String>, change: ChangeIndex) {
        if self.lines[range.clone()]
            .iter()
            .map(|line| &line.text)
            .eq(&with)
        {
            return;
        }
        let removed: Vec<TracedLine> = self.lines[range.clone()].to_vec();
        let mut earlier: Vec<ChangeIndex> = removed
            .iter()
            .flat_map(|line| line.written_by.iter().chain(&line.deleted_by))
            .copied()
            .collect();
        earlier.push(change);
        earlier.sort_unstable();
        earlier.dedup();
        if with.is_empty() {
            let next = &mut self.lines[range.end].deleted_by;
            next.extend(&earlier);
            next.sort_unstable();
            next.dedup();
        }
        let with = with.into_iter().map(|text| TracedLine {
            text,
            written_by: earlier.clone(),
            deleted_by: Vec::new(),
        });
        self.lines.splice(range, with);
    }

    /// Puts lines before a line, or at the end, in the name of a change.
    pub fn insert(&mut self, index: usize, lines: Vec<String>, change: ChangeIndex) {
        let deleted_by = std::mem::take(&mut self.lines[index].deleted_by);
        let mut lines: Vec<TracedLine> = lines
            .into_iter()
            .map(|text| TracedLine {
                text,
                written_by: vec![change],
                deleted_by: Vec::new(),
            })
            .collect();
        match lines.first_mut() {
            Some(first) => first.deleted_by = deleted_by,
            None => self.lines[index].deleted_by = deleted_by,
        }
        self.lines.splice(index..index, lines);
    }

    /// The changes whose lines stand outside of these ranges, and those that deleted lines at no edge of them, sorted.
    pub fn changes_outside(&self, ranges: &[Range<usize>]) -> Vec<ChangeIndex> {
        let mut changes = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            if !ranges.iter().any(|range| range.contains(&index)) {
                changes.extend(&line.written_by);
            }
            let is_edge = |range: &Range<usize>| range.start <= index && index <= range.end;
            if !ranges.iter().any(is_edge) {
                changes.extend(&line.deleted_by);
            }
        }
        changes.sort_unstable();
        changes.dedup();
        changes
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
            .flat_map(|line| &line.deleted_by);
        let mut changes: Vec<ChangeIndex> = written.chain(deleted).copied().collect();
        changes.sort_unstable();
        changes.dedup();
        changes
    }
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
        assert_eq!(text.changes_outside(&[]), [3, 7, 8, 9]);
        assert_eq!(text.changes_outside(&[2..3, 5..5]), [3, 7, 8]);
        assert_eq!(text.changes_outside(&[0..2, 2..5]), [0; 0]);
        text.replace(4..5, vec!["c".to_owned()], 10);
        assert_eq!(text.changes_in(4..5), [9]);
    }
}
