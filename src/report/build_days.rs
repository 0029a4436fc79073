//! The days on which the packages of a table were built.
//!
//! Days hardly compress and only the list of packages shows them, so they are kept out of the table.

use super::document::{Document, FormatVersion};
use super::limits;
use serde::{Deserialize, Serialize};

/// For each row of a package table the day on which the distribution's package was built.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct BuildDays {
    /// The version of the format.
    pub format: FormatVersion,
    /// The days in the order of the rows, since 1970-01-01; null where not known.
    pub days: Vec<Option<u32>>,
}

impl Document for BuildDays {
    const KIND: &'static str = "build-days";
    const BYTES_MAX: usize = limits::BUILD_DAYS_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within("days", self.days.len(), limits::PACKAGES)
    }
}
