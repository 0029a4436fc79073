//! Where the package documents of consecutive rows of a table are.
//!
//! The digests cannot be compressed and most readers open few packages, so they are kept out of the table.

use super::Digest;
use super::document::{Document, FormatVersion};
use super::limits;
use serde::{Deserialize, Serialize};

/// How many rows of a package table one directory covers.
pub const ROWS_PER_DIRECTORY: usize = 128;

/// The package documents of up to [`ROWS_PER_DIRECTORY`] consecutive rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Directory {
    /// The version of the format.
    pub format: FormatVersion,
    /// The package documents, in the order of the rows.
    pub packages: Vec<Digest>,
}

impl Document for Directory {
    const KIND: &'static str = "directory";
    const BYTES_MAX: usize = limits::DIRECTORY_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within(
            "packages in a directory",
            self.packages.len(),
            ROWS_PER_DIRECTORY,
        )
    }
}
