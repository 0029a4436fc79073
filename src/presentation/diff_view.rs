//! The view model of a diff: what is asked for in the address, and the rows that are drawn.

mod address;
mod cell;
mod document;
mod facts;
mod hunk_explanation;
mod line_range;
mod notes;
mod rows;
mod search;
mod segments;
mod work;

pub use crate::diff::{OpenedLines, Space};
pub use address::{DiffOptions, Layout, SPACES, View};
pub use cell::{Cell, CellKind};
pub use document::{DiffDocument, Look};
pub use hunk_explanation::{FileExplanations, HunkExplanation};
pub use line_range::{LineRange, Side};
pub use rows::{LineRow, Row, Rows, Slot};
pub use search::Found;
pub use segments::{CHARACTERS_MAX, Segment};
pub use work::{DiffAnswer, DiffRequest, PARTS};

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
}
