//! The view model of a diff: what is asked for in the address, and the rows that are drawn.

mod address;
mod cell;
mod colours;
mod copying;
mod document;
mod facts;
mod file;
mod hunk_explanation;
mod hunk_lines;
mod line_ends;
mod line_range;
mod long_lines;
mod needle;
mod notes;
mod places;
mod rows;
mod search;
mod segments;
mod selected;
mod thinning;
mod work;
mod wrapping;

pub use crate::diff::{OpenedLines, Space};
pub use address::{DiffOptions, Layout, SPACES, View, Wrap};
pub use cell::{Cell, CellKind};
pub use colours::Colours;
pub use document::{DiffDocument, Look};
pub use file::DiffFile;
pub use hunk_explanation::{ChangeOrigin, FileExplanations, HunkExplanation};
pub use line_range::{LineRange, Side};
pub use rows::{LineRow, Row, Rows, Slot};
pub use search::Found;
pub use segments::{CHARACTERS_MAX, Segment};
pub use selected::SelectedPart;
pub use thinning::{piece_limits, pieces_of};
pub use work::{DiffAnswer, DiffFinding, DiffRequest};
