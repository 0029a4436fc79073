//! An input that could not be read, as whoever reads it tells it.

use crate::domain::Timestamp;
use crate::report::InputKind;

/// An input beside repositories and advisories that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedInput {
    /// What it is read as.
    pub kind: InputKind,
    /// The source package that it tells of; of what tells of several, where it is.
    pub name: String,
    /// Where it is, without credentials.
    pub location: String,
    /// When that was read which stands in for it; `None` where nothing does.
    pub last_read: Option<Timestamp>,
    /// Why, in words.
    pub cause: String,
}
