//! What can be chosen of binary interfaces and levels, each package being in one choice alone.

use super::PackageRow;
use crate::domain::AbiVerdict;

/// What became of a binary interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbiChoice {
    /// All is kept.
    Kept,
    /// All is kept, and there is more.
    Extended,
    /// Something is missing or changed.
    Broken,
    /// It was not compared.
    NotCompared,
}

/// A level of the reference's package manifest, by the longest promise for any of a package's binary packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelChoice {
    /// That level, from 1, the longest promise, to 4, none.
    Level(u8),
    /// None is recorded.
    Unrecorded,
}

impl AbiChoice {
    /// All of them, in the order in which they are shown.
    pub const ALL: [AbiChoice; 4] = [Self::Kept, Self::Extended, Self::Broken, Self::NotCompared];

    /// As it stands in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Extended => "extended",
            Self::Broken => "broken",
            Self::NotCompared => "not-compared",
        }
    }

    /// As a label.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotCompared => "not compared",
            other => other.key(),
        }
    }

    /// Whether a package is of this choice, on one architecture or by the least favourable of all.
    pub fn admits(self, row: &PackageRow, architecture: Option<usize>) -> bool {
        let choice = match row.abi_verdict(architecture) {
            Some(AbiVerdict::Kept) => Self::Kept,
            Some(AbiVerdict::Extended) => Self::Extended,
            Some(AbiVerdict::Broken) => Self::Broken,
            Some(AbiVerdict::NotCompared(_)) | None => Self::NotCompared,
        };
        self == choice
    }
}

impl LevelChoice {
    /// All of them, in the order in which they are shown.
    pub const ALL: [LevelChoice; 5] = [
        Self::Level(1),
        Self::Level(2),
        Self::Level(3),
        Self::Level(4),
        Self::Unrecorded,
    ];

    /// As it stands in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Level(1) => "1",
            Self::Level(2) => "2",
            Self::Level(3) => "3",
            Self::Level(_) => "4",
            Self::Unrecorded => "none",
        }
    }

    /// As a label.
    pub fn label(self) -> String {
        match self {
            Self::Level(level) => format!("level {level}"),
            Self::Unrecorded => "no level recorded".to_owned(),
        }
    }

    /// Whether a package is of this choice.
    pub fn admits(self, row: &PackageRow) -> bool {
        let choice = row.level.map_or(Self::Unrecorded, Self::Level);
        self == choice
    }
}
