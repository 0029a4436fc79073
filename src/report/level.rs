//! Application compatibility levels of the reference's package manifest.

use super::SharesRecord;
use serde::{Deserialize, Serialize};

/// The binary packages of a source package that have a level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct LevelRecord {
    /// From 1, the longest promise, to 4, none.
    pub level: u8,
    /// Their names, sorted.
    pub binaries: Vec<String>,
}

/// The shares of the source packages of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct LevelSharesRecord {
    /// From 1, the longest promise, to 4, none.
    pub level: u8,
    /// The shares, each source package by the lowest number of its binary packages.
    pub shares: SharesRecord,
}
