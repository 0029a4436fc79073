//! A file on both sides, and the patch that makes one side of the other.

use super::FileExplanations;
use crate::diff::{Text, write_patch};
use std::sync::Arc;

/// A file on both sides, as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffFile {
    /// Its path in the source package.
    pub path: String,
    /// What the reference's side is, such as “CentOS Stream c9s 1f0c2ab”.
    pub reference_label: String,
    /// What the distribution's side is.
    pub distribution_label: String,
    /// The reference's bytes; absent where the reference does not have the file.
    pub reference: Option<Arc<Vec<u8>>>,
    /// The distribution's bytes; absent where the distribution does not have the file.
    pub distribution: Option<Arc<Vec<u8>>>,
    /// What explains its lines, where that is known.
    pub explanations: FileExplanations,
    /// What else the reader should know before the lines, in sentences.
    pub remarks: Vec<String>,
    /// Whether it is shown for itself: both sides are the same, and nobody compares them.
    pub is_alone: bool,
}

impl DiffFile {
    /// Both sides as texts; one that does not exist is empty.
    pub fn texts(&self) -> [Text; 2] {
        let text =
            |bytes: &Option<Arc<Vec<u8>>>| bytes.clone().map(Text::shared).unwrap_or_default();
        [text(&self.reference), text(&self.distribution)]
    }

    /// The patch that makes the distribution's side of the reference's, in the unified format. Space always counts in it.
    /// Nothing where the sides are equal, and where a side is not all UTF-8, which text cannot hold.
    pub fn patch(&self) -> Option<String> {
        let [before, after] = self.texts();
        let patch = write_patch(
            &self.path,
            self.reference.as_ref().map(|_| &before),
            self.distribution.as_ref().map(|_| &after),
        );
        String::from_utf8(patch)
            .ok()
            .filter(|patch| !patch.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::Space;
    use crate::presentation::diff_view::DiffDocument;

    fn file(reference: Option<&str>, distribution: Option<&str>) -> DiffFile {
        DiffFile {
            path: "SPECS/cockpit.spec".to_owned(),
            reference: reference.map(|text| text.as_bytes().to_vec().into()),
            distribution: distribution.map(|text| text.as_bytes().to_vec().into()),
            ..DiffFile::default()
        }
    }

    #[test]
    fn a_patch_is_text_or_nothing() {
        let check = |file: DiffFile, expected: Option<&str>| {
            let patch = file.patch();
            let document = DiffDocument::compared_here(&file, Space::Exact);
            assert_eq!(document.has_patch(), patch.is_some());
            assert_eq!(patch.is_some(), expected.is_some());
            assert!(
                patch
                    .unwrap_or_default()
                    .ends_with(expected.unwrap_or_default())
            );
        };
        check(file(Some("a"), Some("a")), None);
        check(file(None, Some("a\n")), Some("@@ -0,0 +1 @@\n+a\n"));
        check(file(None, Some("")), Some("index 0000000..e69de29\n"));
        let mut latin = file(Some("a"), None);
        latin.distribution = Some(b"caf\xe9".to_vec().into());
        check(latin, None);
    }
}
