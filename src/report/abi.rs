//! The binary interface of a package, as the format writes it, and the totals of an architecture.

use super::limits;
use super::vocabulary::{AbiNotComparedName, AbiVerdictName};
use crate::analysis::{AbiComparison, AbiDifference};
use crate::domain::{AbiCounts, AbiNotComparedReason, AbiTotals, AbiVerdict};
use serde::{Deserialize, Serialize};

/// The verdict on a binary interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AbiOutcomeRecord {
    /// The verdict.
    pub verdict: AbiVerdictName,
    /// Why it was not compared; there exactly when it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_compared: Option<AbiNotComparedName>,
}

/// Counts of entries of one kind. Their sum without `added` is what the reference exports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AbiCountsRecord {
    /// The distribution has it, too.
    pub kept: u32,
    /// Only the reference has it.
    pub missing: u32,
    /// The distribution has it with another checksum.
    pub changed: u32,
    /// Only the distribution has it.
    pub added: u32,
}

/// The binary interface of a package on one architecture. Each list has at most [`limits::ABI_DIFFERENCES`] entries, sorted;
/// how many there are is said by the counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AbiRecord {
    /// The verdict.
    pub outcome: AbiOutcomeRecord,
    /// Libraries with their symbol versions; absent where they were not compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub symbol_versions: Option<AbiCountsRecord>,
    /// Kernel symbols with their checksums; absent where there are none, or where they were not compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kernel_symbols: Option<AbiCountsRecord>,
    /// The entries that the reference is known to export and that were not compared.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub entries_not_compared: u32,
    /// What only the reference has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<AbiDifferenceRecord>,
    /// What has another checksum in the distribution.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<AbiChangeRecord>,
    /// What only the distribution has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<AbiDifferenceRecord>,
    /// What another binary package has, of the same source or of another; it counts as kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved: Vec<AbiMoveRecord>,
    /// How many more moved than are listed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub moved_unlisted: u32,
    /// The packages of another architecture, `zlib.i686`, that only the reference has; what they export counts as not compared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent_beside: Vec<String>,
}

/// An entry that one side has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AbiDifferenceRecord {
    /// The entry as rpm writes it, `libcrypto.so.3(OPENSSL_3.0.0)(64bit)` or `kernel(printk) = 0x92997ed8`.
    pub entry: String,
    /// The binary package that has it.
    pub package: String,
}

/// A kernel symbol with another checksum on each side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AbiChangeRecord {
    /// The entry, `kernel(printk)`.
    pub entry: String,
    /// The reference's binary package.
    pub package: String,
    /// The reference's checksum, `0x92997ed8`.
    pub reference: String,
    /// The distribution's checksum.
    pub distribution: String,
}

/// An entry that moved from one binary package to another, of the same source or of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AbiMoveRecord {
    /// The entry as rpm writes it.
    pub entry: String,
    /// The reference's binary package.
    pub from: String,
    /// The distribution's binary package.
    pub to: String,
}

/// What the comparisons of binary interfaces come to over all packages of an architecture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AbiTotalsRecord {
    /// Packages that keep all and add nothing.
    pub kept: u32,
    /// Packages that keep all and add something.
    pub extended: u32,
    /// Packages that miss or change something.
    pub broken: u32,
    /// Packages that were not compared, by the reason; sorted, no reason twice.
    pub not_compared: Vec<AbiNotComparedCount>,
    /// Libraries and their symbol versions, in the packages compared.
    pub symbol_versions: AbiCountsRecord,
    /// Kernel symbols, in the packages compared.
    pub kernel_symbols: AbiCountsRecord,
    /// Entries that the reference is known to export and that were not compared.
    pub entries_not_compared: u32,
}

/// How many packages were not compared for one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AbiNotComparedCount {
    /// The reason.
    pub reason: AbiNotComparedName,
    /// How many.
    pub packages: u32,
}

impl AbiOutcomeRecord {
    /// Whether the reason is there exactly when the verdict demands it.
    pub fn check(&self) -> Result<(), String> {
        let is_not_compared = self.verdict == AbiVerdictName::NotCompared;
        if self.not_compared.is_some() == is_not_compared {
            Ok(())
        } else {
            Err(format!("the outcome {self:?} contradicts itself"))
        }
    }
}

impl AbiRecord {
    /// Whether verdict, counts and lists agree, and the lists keep to their limit.
    pub fn check(&self) -> Result<(), String> {
        self.outcome.check()?;
        let mut sum = AbiCounts::default();
        let counts = [self.symbol_versions, self.kernel_symbols];
        for counts in counts.into_iter().flatten() {
            sum += counts.into();
        }
        let is_compared = counts.iter().any(Option::is_some);
        let implied = match (is_compared, sum.missing + sum.changed, sum.added) {
            (false, ..) => AbiVerdictName::NotCompared,
            (true, 0, 0) => AbiVerdictName::Kept,
            (true, 0, _) => AbiVerdictName::Extended,
            _ => AbiVerdictName::Broken,
        };
        let listed = |length: usize, count: u32| {
            let count = count as usize;
            let least = limits::ABI_DIFFERENCES_LISTED.min(count);
            (least..=limits::ABI_DIFFERENCES.min(count)).contains(&length)
        };
        let is_sound = implied == self.outcome.verdict
            && listed(self.missing.len(), sum.missing)
            && listed(self.changed.len(), sum.changed)
            && listed(self.added.len(), sum.added);
        if !is_sound {
            return Err("the binary interface of a package contradicts itself".to_owned());
        }
        let absent = self.absent_beside.len();
        limits::within("absent packages", absent, limits::ABI_DIFFERENCES)?;
        limits::within("moved entries", self.moved.len(), limits::ABI_DIFFERENCES)
    }
}

impl From<AbiVerdict> for AbiOutcomeRecord {
    fn from(verdict: AbiVerdict) -> Self {
        let (verdict, not_compared) = match verdict {
            AbiVerdict::Kept => (AbiVerdictName::Kept, None),
            AbiVerdict::Extended => (AbiVerdictName::Extended, None),
            AbiVerdict::Broken => (AbiVerdictName::Broken, None),
            AbiVerdict::NotCompared(reason) => (AbiVerdictName::NotCompared, Some(reason.into())),
        };
        Self {
            verdict,
            not_compared,
        }
    }
}

impl From<AbiOutcomeRecord> for AbiVerdict {
    /// A reason that lacks, which [`AbiOutcomeRecord::check`] refuses, is read as nothing exported.
    fn from(record: AbiOutcomeRecord) -> Self {
        match record.verdict {
            AbiVerdictName::Kept => Self::Kept,
            AbiVerdictName::Extended => Self::Extended,
            AbiVerdictName::Broken => Self::Broken,
            AbiVerdictName::NotCompared => Self::NotCompared(
                record
                    .not_compared
                    .map_or(AbiNotComparedReason::NothingExported, Into::into),
            ),
        }
    }
}

impl From<AbiCounts> for AbiCountsRecord {
    fn from(counts: AbiCounts) -> Self {
        Self {
            kept: counts.kept,
            missing: counts.missing,
            changed: counts.changed,
            added: counts.added,
        }
    }
}

impl From<AbiCountsRecord> for AbiCounts {
    fn from(record: AbiCountsRecord) -> Self {
        Self {
            kept: record.kept,
            missing: record.missing,
            changed: record.changed,
            added: record.added,
        }
    }
}

impl From<&AbiComparison> for AbiRecord {
    fn from(comparison: &AbiComparison) -> Self {
        let crc = |crc: u32| format!("{crc:#010x}");
        let differences = &comparison.differences;
        let moved: Vec<AbiMoveRecord> = listed(&differences.moved)
            .map(|entry| AbiMoveRecord {
                entry: entry.entry.clone(),
                from: entry.from.clone(),
                to: entry.to.clone(),
            })
            .collect();
        let record = |difference: &AbiDifference| AbiDifferenceRecord {
            entry: difference.entry.clone(),
            package: difference.package.clone(),
        };
        Self {
            outcome: comparison.verdict.into(),
            symbol_versions: comparison.symbol_versions.map(Into::into),
            kernel_symbols: comparison
                .kernel_symbols
                .filter(|counts| *counts != AbiCounts::default())
                .map(Into::into),
            entries_not_compared: comparison.entries_not_compared,
            missing: listed(&differences.missing).map(record).collect(),
            changed: listed(&differences.changed)
                .map(|change| AbiChangeRecord {
                    entry: change.entry.clone(),
                    package: change.package.clone(),
                    reference: crc(change.reference),
                    distribution: crc(change.distribution),
                })
                .collect(),
            added: listed(&differences.added).map(record).collect(),
            moved_unlisted: (differences.moved.len() - moved.len()) as u32,
            moved,
            absent_beside: listed(&differences.absent_beside).cloned().collect(),
        }
    }
}

impl From<AbiTotals> for AbiTotalsRecord {
    fn from(totals: AbiTotals) -> Self {
        Self {
            kept: totals.kept,
            extended: totals.extended,
            broken: totals.broken,
            not_compared: totals
                .not_compared
                .into_iter()
                .map(|(reason, packages)| AbiNotComparedCount {
                    reason: reason.into(),
                    packages,
                })
                .collect(),
            symbol_versions: totals.symbol_versions.into(),
            kernel_symbols: totals.kernel_symbols.into(),
            entries_not_compared: totals.entries_not_compared,
        }
    }
}

fn listed<T>(entries: &[T]) -> impl Iterator<Item = &T> {
    entries.iter().take(limits::ABI_DIFFERENCES)
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
