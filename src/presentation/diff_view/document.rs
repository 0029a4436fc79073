//! A compared file: its texts, its counts and what is said of it.

use super::DiffFile;
use super::facts::DiffFacts;
use super::line_ends::changed_ends;
use super::line_range::Side;
use super::long_lines::LongLines;
use super::notes::notes;
use super::rows::ROWS_MAX;
use crate::diff::{Counterparts, Hunk, Text, TextComparison};
use crate::presentation::number::counted;
use std::collections::HashSet;

/// A file on both sides and all that differs between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffDocument {
    pub(super) comparison: TextComparison,
    /// The hunks where all space counts, where those of the comparison are others.
    pub(super) exact_hunks: Option<Vec<Hunk>>,
    /// The hunks that are changes to the reader.
    pub(super) changes: Vec<usize>,
    counterparts: Counterparts,
    one_sided: bool,
    pub(super) differs: bool,
    pub(super) is_utf8: bool,
    pub(super) line_ends_vary: bool,
    /// The lines whose end is a change.
    pub(super) changed_ends: HashSet<(Side, usize)>,
    columns: [usize; 2],
    notes: Vec<String>,
    pub(super) explanations: Option<super::FileExplanations>,
    pub(super) long_lines: LongLines,
}

impl DiffDocument {
    /// The document of a comparison that was made elsewhere of the file's sides. `exact_hunks` are those where all space counts,
    /// if it did not in the comparison.
    pub fn new(
        file: &DiffFile,
        comparison: TextComparison,
        exact_hunks: Option<Vec<Hunk>>,
        facts: &DiffFacts,
    ) -> Self {
        let [before, after] = facts.sides;
        Self {
            exact_hunks,
            counterparts: Counterparts::new(&comparison.moves.blocks),
            one_sided: file.reference.is_none() || file.distribution.is_none(),
            differs: file.reference != file.distribution,
            is_utf8: !facts.sides.iter().any(|side| side.has_stray_bytes),
            line_ends_vary: facts.line_ends_vary(),
            changed_ends: match facts.line_ends_vary() {
                true => changed_ends(&comparison),
                false => HashSet::new(),
            },
            columns: [before.columns, after.columns],
            notes: notes(file, &comparison, facts),
            changes: comparison.changes().map(|(index, _)| index).collect(),
            explanations: file.explanations.clone(),
            long_lines: LongLines::default(),
            comparison,
        }
    }

    /// The document of a file that is compared here and now. The page leaves that to a worker.
    #[cfg(test)]
    pub(super) fn compared_here(file: &DiffFile, space: crate::diff::Space) -> Self {
        let [before, after] = file.texts();
        let request = super::DiffRequest::of(file, space);
        let (comparison, exact_hunks) = request.compare(before, after);
        let facts = DiffFacts::of(&comparison);
        Self::new(file, comparison, exact_hunks, &facts)
    }

    pub(super) fn comparison(&self) -> &TextComparison {
        &self.comparison
    }

    /// Whether only one side has the file.
    pub fn one_sided(&self) -> bool {
        self.one_sided
    }

    /// Whether all unchanged lines can be shown at once: more rows than a browser can scroll to cannot.
    pub fn can_show_whole(&self) -> bool {
        let (before, after) = (&self.comparison.before, &self.comparison.after);
        before.line_count().max(after.line_count()) <= ROWS_MAX
    }

    /// What the reader should know before the lines, in sentences.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// How many lines were added and removed: `+3 −2`.
    pub fn counts(&self) -> String {
        format!(
            "+{} −{}",
            self.comparison.added_count(),
            self.comparison.removed_count()
        )
    }

    /// The same in words: `3 lines added, 2 lines removed`.
    pub fn counts_in_words(&self) -> String {
        let lines = |number: usize| counted(clamped(number), "line", "lines");
        let (added, removed) = (
            self.comparison.added_count(),
            self.comparison.removed_count(),
        );
        format!("{} added, {} removed", lines(added), lines(removed))
    }

    /// The width of the widest line of a side, in columns of the monospaced font.
    pub fn columns(&self, side: Side) -> usize {
        match side {
            Side::Reference => self.columns[0],
            Side::Distribution => self.columns[1],
        }
    }

    /// The number of digits of the greatest line number.
    pub fn number_digits(&self) -> usize {
        let lines = self
            .comparison
            .before
            .line_count()
            .max(self.comparison.after.line_count());
        lines.to_string().len()
    }

    pub(super) fn text(&self, side: Side) -> &Text {
        match side {
            Side::Reference => &self.comparison.before,
            Side::Distribution => &self.comparison.after,
        }
    }

    pub(super) fn counterpart(&self, side: Side, index: usize) -> Option<usize> {
        self.counterparts.of(side == Side::Reference, index)
    }
}

/// A count as the formatter of numbers takes it.
pub(super) fn clamped(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::diff::Space;

    pub fn file(reference: Option<&str>, distribution: Option<&str>) -> DiffFile {
        DiffFile {
            path: "SPECS/cockpit.spec".to_owned(),
            reference_label: "CentOS Stream".to_owned(),
            distribution_label: "AlmaLinux".to_owned(),
            reference: reference.map(|text| text.as_bytes().to_vec().into()),
            distribution: distribution.map(|text| text.as_bytes().to_vec().into()),
            ..DiffFile::default()
        }
    }

    #[test]
    fn counts_are_shown_and_said() {
        let document =
            DiffDocument::compared_here(&file(Some("a\nb\n"), Some("a\n")), Space::Exact);
        assert_eq!(document.counts(), "+0 −1");
        assert_eq!(document.counts_in_words(), "0 lines added, 1 line removed");
    }
}
