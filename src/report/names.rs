//! The names of binary packages, for the search.

use super::document::{Document, FormatVersion};
use super::limits;
use serde::{Deserialize, Serialize};

/// The binary packages of a release that bear another name than their source package, as columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Names {
    /// The version of the format.
    pub format: FormatVersion,
    /// The names, sorted.
    pub binaries: Vec<String>,
    /// For each the row of its source package in the table.
    pub rows: Vec<u32>,
}

impl Document for Names {
    const KIND: &'static str = "names";
    const BYTES_MAX: usize = limits::NAMES_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within("binary packages", self.binaries.len(), limits::BINARIES)?;
        if self.binaries.len() == self.rows.len() {
            Ok(())
        } else {
            Err("the columns of names differ in length".to_owned())
        }
    }
}
