//! A file on both sides.

use super::FileExplanations;
use crate::diff::Text;
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
    /// What explains its lines; absent where nobody knows it of these two sides.
    pub explanations: Option<FileExplanations>,
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
}
