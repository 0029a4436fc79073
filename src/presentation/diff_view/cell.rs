//! One line of one side, ready to be drawn.

use super::segments::Segment;

/// A line of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The line's number, from 1.
    pub number: usize,
    /// Whether the other side has it.
    pub kind: CellKind,
    /// Whether the other side has it elsewhere.
    pub is_moved: bool,
    /// The number of the other side's line that it moved to or came from, in the last of the rows that the line takes.
    pub moved: Option<usize>,
    /// Its text in pieces.
    pub segments: Vec<Segment>,
}

/// Whether the other side has a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellKind {
    /// It does.
    Unchanged,
    /// Only the reference has it.
    Removed,
    /// Only the distribution has it.
    Added,
}

impl CellKind {
    /// The sign in the gutter.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Unchanged => "",
            Self::Removed => "−",
            Self::Added => "+",
        }
    }

    /// Its name in classes, and what a screen reader says of the line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}
