//! What the reader takes along of a diff: patches and lines.

use super::DiffFile;
use super::document::DiffDocument;
use super::line_range::{LineRange, Side};
use crate::diff::{write_hunk, write_patch_of};
use crate::presentation::hidden_characters::visible;

impl DiffDocument {
    /// Whether the sides differ in any byte, so that there is a patch.
    pub fn has_patch(&self) -> bool {
        self.differs
    }

    /// Whether all of both sides is UTF-8, so that the patch can be copied as text.
    pub fn is_utf8(&self) -> bool {
        self.is_utf8
    }

    /// The patch that makes the distribution's side of the reference's, in the unified format. Space always counts in it. Empty
    /// where the sides are equal.
    pub fn patch(&self, file: &DiffFile) -> Vec<u8> {
        let (before, after) = (&self.comparison.before, &self.comparison.after);
        let compared = || self.comparison.hunks.iter();
        let hunks = match &self.exact_hunks {
            Some(hunks) => hunks.clone(),
            None => compared().map(|compared| compared.hunk.clone()).collect(),
        };
        write_patch_of(
            &file.path,
            file.reference.as_ref().map(|_| before),
            file.distribution.as_ref().map(|_| after),
            &hunks,
        )
    }

    /// The patch of one change alone, which applies to the reference's side; nothing where a line is no UTF-8.
    pub fn patch_of_change(&self, path: &str, change: usize) -> Option<String> {
        let hunk = &self.comparison.hunks.get(*self.changes.get(change)?)?.hunk;
        let (before, after) = (&self.comparison.before, &self.comparison.after);
        String::from_utf8(write_hunk(path, before, after, hunk)).ok()
    }

    /// The text of a range of lines of one side, as they are; nothing where it is no UTF-8, or the side has no such lines.
    pub fn text_of(&self, range: LineRange) -> Option<String> {
        let text = self.text(range.side());
        let lines: Vec<&[u8]> = text.raw_lines(range.first() - 1..range.last()).collect();
        let bytes = (!lines.is_empty()).then(|| lines.concat())?;
        String::from_utf8(bytes).ok()
    }

    /// A range of lines in words: `line 10`; of the reference's side `removed line 10` where all of it was removed, else
    /// `line 10 of CentOS Stream c9s 1f0c2ab`.
    pub fn in_words(&self, file: &DiffFile, range: LineRange) -> String {
        match range.side() {
            Side::Reference if self.has_removed(range) => range.in_words(),
            Side::Reference if !file.is_alone => {
                let label = visible(&file.reference_label);
                format!("{} of {label}", range.numbers_in_words())
            }
            Side::Reference | Side::Distribution => range.numbers_in_words(),
        }
    }

    /// Whether all lines of a range of the reference's side were removed.
    fn has_removed(&self, range: LineRange) -> bool {
        let hunks = self.changes.iter();
        let hunks = hunks.filter_map(|index| self.comparison.hunks.get(*index));
        let first_kept = hunks.fold(range.first() - 1, |line, compared| {
            let removed = &compared.hunk.before;
            if removed.contains(&line) {
                removed.end
            } else {
                line
            }
        });
        first_kept >= range.last()
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::tests::file;
    use super::*;
    use crate::diff::Space;

    #[test]
    fn a_patch_is_that_of_all_space_whatever_is_ignored() {
        let check = |reference: Option<&str>, distribution: Option<&str>, expected: &str| {
            for space in [Space::Exact, Space::IgnoreAll, Space::IgnoreBlankLines] {
                let file = file(reference, distribution);
                let document = DiffDocument::compared_here(&file, space);
                let patch = String::from_utf8(document.patch(&file)).unwrap();
                assert!(patch.ends_with(expected), "{patch}");
                assert_eq!(document.has_patch(), !patch.is_empty());
            }
        };
        check(Some("a"), Some("a"), "");
        check(None, Some("a\n"), "@@ -0,0 +1 @@\n+a\n");
        check(None, Some(""), "index 0000000..e69de29\n");
        check(
            Some("a b\n"),
            Some("a  b\n\n"),
            "@@ -1 +1,2 @@\n-a b\n+a  b\n+\n",
        );
        let mut latin = file(Some("a"), None);
        latin.distribution = Some(b"caf\xe9".to_vec().into());
        let document = DiffDocument::compared_here(&latin, Space::Exact);
        assert!(document.has_patch() && !document.is_utf8());
        assert!(
            document
                .patch(&latin)
                .ends_with(b"+caf\xe9\n\\ No newline at end of file\n")
        );
    }

    #[test]
    fn lines_and_changes_are_copied_as_they_are() {
        let file = file(Some("a\nb\nc\n"), Some("a\nB\nc"));
        let document = DiffDocument::compared_here(&file, Space::Exact);
        let text = |fragment: &str| document.text_of(LineRange::parse(fragment).unwrap());
        assert_eq!(text("R2-R3").as_deref(), Some("B\nc"));
        assert_eq!(text("L9"), None);
        let patch = document.patch_of_change("a", 0).unwrap();
        assert!(
            patch.ends_with("@@ -1,3 +1,3 @@\n a\n-b\n-c\n+B\n+c\n\\ No newline at end of file\n"),
            "{patch}"
        );
        assert_eq!(document.patch_of_change("a", 1), None);
    }

    #[test]
    fn lines_are_called_removed_only_where_all_of_them_are() {
        let mut file = file(Some("a\nb\nc\nd\n"), Some("a\nB\nd\n"));
        let check = |file: &DiffFile, fragment: &str, expected: &str| {
            let document = DiffDocument::compared_here(file, Space::Exact);
            let range = LineRange::parse(fragment).unwrap();
            assert_eq!(document.in_words(file, range), expected);
        };
        check(&file, "L2", "removed line 2");
        check(&file, "L2-L3", "removed lines 2–3");
        check(&file, "L1", "line 1 of CentOS Stream");
        check(&file, "L1-L2", "lines 1–2 of CentOS Stream");
        check(&file, "L3-L4", "lines 3–4 of CentOS Stream");
        check(&file, "L3-L9", "lines 3–9 of CentOS Stream");
        check(&file, "R1-R2", "lines 1–2");
        file.distribution = file.reference.clone();
        file.is_alone = true;
        check(&file, "L2", "line 2");
    }
}
