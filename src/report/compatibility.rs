//! The compatibility report: one release at one snapshot.

use super::abi::AbiTotalsRecord;
use super::document::{Document, FormatVersion};
use super::index::ArchitectureEntry;
use super::level::LevelSharesRecord;
use super::limits;
use super::package_table::PackageTable;
use super::vocabulary::SideName;
use super::{Digest, PointInTime, ROWS_PER_DIRECTORY};
use crate::domain::Shares;
use serde::{Deserialize, Serialize};

/// What one snapshot says of one release.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Compatibility {
    /// The version of the format.
    pub format: FormatVersion,
    /// The release's name in addresses.
    pub release: String,
    /// The snapshot's name in addresses.
    pub snapshot: String,
    /// When the snapshot was taken.
    pub taken: PointInTime,
    /// The distribution's minor release.
    pub distribution_minor: String,
    /// The reference's minor release.
    pub reference_minor: String,
    /// What must be read before any figure.
    #[serde(default)]
    pub notices: Vec<String>,
    /// Doubts about single packages and their metadata.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// The shares over all packages; each counts by the least favourable architecture that was compared.
    pub shares: SharesRecord,
    /// The architectures, with the shares of each.
    pub architectures: Vec<ArchitectureRecord>,
    /// What it was made from.
    pub sources: Vec<SourceRecord>,
    /// The shares of each level of the reference's package manifest, where one was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelSharesRecord>,
    /// One row per source package.
    pub packages: PackageTable,
    /// The directories of the package documents, [`ROWS_PER_DIRECTORY`] rows each.
    pub directories: Vec<Digest>,
    /// The binary packages, for the search.
    pub names: Digest,
    /// When the packages were built.
    pub build_days: Digest,
    /// What else the packages can be chosen by; absent in reports of an older Almanac.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facets: Option<Digest>,
    /// How the builds of packages stand; absent where no builds are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub builds: Option<Digest>,
    /// What waits in testing, and what the distribution adds; absent where no repository is read that is not compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repositories: Option<Digest>,
}

/// One architecture of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ArchitectureRecord {
    /// Its name.
    pub name: String,
    /// The reference's architecture that it is compared with; absent where the reference has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compared_with: Option<String>,
    /// The shares on it.
    pub shares: SharesRecord,
    /// What the comparisons of binary interfaces come to; absent where they were not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abi: Option<AbiTotalsRecord>,
}

impl ArchitectureRecord {
    /// The architecture as the index lists it.
    pub fn entry(&self) -> ArchitectureEntry {
        ArchitectureEntry {
            name: self.name.clone(),
            compared_with: self.compared_with.clone(),
        }
    }
}

/// Counts of source packages by verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SharesRecord {
    /// Matched.
    pub matched: u32,
    /// Patched.
    pub patched: u32,
    /// Diverging.
    pub diverging: u32,
    /// Not compared; in no share.
    pub not_compared: u32,
}

/// One repository that the report was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SourceRecord {
    /// What it was read as.
    pub side: SideName,
    /// The repository's name; for an origin the origin's name.
    pub name: String,
    /// The architecture that it was read for.
    pub architecture: String,
    /// Where it is published, without credentials.
    pub location: String,
    /// Whether it has all that there is: against a list that is not complete, “missing” and “extra” mean nothing.
    pub complete: bool,
    /// Whether it records epochs.
    pub records_epochs: bool,
    /// The newest timestamp in its repomd.xml.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<PointInTime>,
    /// The SHA-256 of its repomd.xml.
    pub digest: Digest,
    /// The binary packages read, and how many of them count for the architecture.
    pub binary_packages: u32,
    /// Of the binary packages, those that count for the architecture.
    pub binary_packages_counted: u32,
    /// Of an origin the source packages that it has itself, as a source repository does.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub source_packages_counted: u32,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Document for Compatibility {
    const KIND: &'static str = "compatibility";
    const BYTES_MAX: usize = limits::COMPATIBILITY_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within("levels", self.levels.len(), limits::LEVELS)?;
        limits::within(
            "architectures",
            self.architectures.len(),
            limits::ARCHITECTURES,
        )?;
        limits::within("sources", self.sources.len(), limits::ENTRIES)?;
        limits::within("warnings", self.warnings.len(), limits::ENTRIES)?;
        self.packages.check(self.architectures.len())?;
        let directories = self.packages.names.len().div_ceil(ROWS_PER_DIRECTORY);
        if self.directories.len() != directories {
            let found = self.directories.len();
            return Err(format!(
                "{found} directories where the table needs {directories}"
            ));
        }
        Ok(())
    }
}

impl From<Shares> for SharesRecord {
    fn from(shares: Shares) -> Self {
        Self {
            matched: shares.matched,
            patched: shares.patched,
            diverging: shares.diverging,
            not_compared: shares.not_compared,
        }
    }
}

impl From<SharesRecord> for Shares {
    fn from(record: SharesRecord) -> Self {
        Self {
            matched: record.matched,
            patched: record.patched,
            diverging: record.diverging,
            not_compared: record.not_compared,
        }
    }
}
