//! What waits in the distribution's testing, and what it adds of its own until others have it.

use super::document::{Document, FormatVersion};
use super::limits;
use super::package::BuildRecord;
use super::vocabulary::{ClaimKindName, ReferenceStandingName, SeverityName, SideName};
use super::{PointInTime, SourceFailure};
use serde::{Deserialize, Serialize};

/// The boards of a release at one snapshot. Of repositories that are not compared the report says which were read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Repositories {
    /// The version of the format.
    pub format: FormatVersion,
    /// The repositories that are not compared and could not be read: what they have is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<SourceFailure>,
    /// The sides whose board is what an earlier run of the same snapshot read, since the last one could not read as much; none where
    /// the last one read it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<SideName>,
    /// What waits in testing, sorted by package; absent where no repository in testing was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub testing: Option<Vec<WaitingRecord>>,
    /// What the distribution adds, sorted by package; absent where no such repository was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub synergy: Option<Vec<AdditionRecord>>,
}

/// A source package that waits in testing: it is newer there than what the distribution has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct WaitingRecord {
    /// Its name.
    pub package: String,
    /// The newest version that waits, its EVR.
    pub evr: String,
    /// When it was built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built: Option<PointInTime>,
    /// Since when that version waits on the first of the architectures where it does.
    pub since: SeenRecord,
    /// What it fixes; absent where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixes: Option<FixesRecord>,
    /// How it stands on the architectures that it waits on.
    pub standings: Vec<WaitingStandingRecord>,
}

/// Since when something is so, as far as snapshots tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SeenRecord {
    /// The first snapshot in which it was so: it is so since then at the latest.
    pub at_the_latest: PointInTime,
    /// The last snapshot before in which it was not; absent where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<PointInTime>,
}

/// What is known of what a version fixes, by the changes and patches of its source.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct FixesRecord {
    /// The CVEs that its patches name, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cves: Vec<String>,
    /// What its changes do that are fixes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<String>,
}

/// An advisory whose fix waits: it names a version up to the one that waits, and what is published is older.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AwaitedAdvisoryRecord {
    /// Its name.
    pub id: String,
    /// Whose it is.
    pub side: SideName,
    /// How severe it is.
    pub severity: SeverityName,
    /// The vulnerabilities that it corrects, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cves: Vec<String>,
    /// The EVR of the package that it names.
    pub evr: String,
}

/// How a waiting package stands on architectures where all is the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct WaitingStandingRecord {
    /// The distribution's architectures.
    pub architectures: Vec<String>,
    /// The EVR that waits.
    pub testing: String,
    /// The distribution's EVR; absent where it does not have the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<String>,
    /// Whether the distribution may have it although its list has it not: the list is not complete, or could not be read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub distribution_untold: bool,
    /// The reference's EVR, as far as its list has the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whether the reference has what waits.
    pub standing: ReferenceStandingName,
    /// Since when it waits on these architectures; absent in boards of older Almanacs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<SeenRecord>,
    /// The advisories whose fixes wait, sorted by name; absent where no advisories were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advisories: Option<Vec<AwaitedAdvisoryRecord>>,
}

/// A source package that the distribution adds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AdditionRecord {
    /// Its name.
    pub package: String,
    /// The newest version, its EVR.
    pub evr: String,
    /// When it was built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built: Option<PointInTime>,
    /// The distribution's architectures that it is there for.
    pub architectures: Vec<String>,
    /// The others who have it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holders: Vec<HolderRecord>,
    /// Since when the reference or EPEL has it, so that it is due for removal; absent where neither has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<SeenRecord>,
    /// The binary packages whose place its own take or whose name they provide, which replaces nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<ReplacedRecord>,
}

/// Somebody who has a package, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct HolderRecord {
    /// Who.
    pub side: SideName,
    /// The package there.
    pub build: BuildRecord,
    /// The distribution's architectures that it is there for.
    pub architectures: Vec<String>,
}

/// A binary package of the distribution or the reference whose place another takes, or whose name another provides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ReplacedRecord {
    /// The other binary package.
    pub by: String,
    /// How.
    pub kind: ClaimKindName,
    /// Whose the other is: the distribution's or the reference's.
    pub side: SideName,
    /// Its name.
    pub name: String,
    /// Its source package.
    pub source: String,
}

impl Document for Repositories {
    const KIND: &'static str = "repositories";
    const BYTES_MAX: usize = limits::REPOSITORIES_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within("failures", self.failures.len(), limits::ENTRIES)?;
        limits::within("boards of an earlier run", self.kept.len(), limits::ENTRIES)?;
        let waiting = self.testing.iter().flatten();
        let added = self.synergy.iter().flatten();
        let names: [Vec<&str>; 2] = [
            waiting.map(|record| record.package.as_str()).collect(),
            added.map(|record| record.package.as_str()).collect(),
        ];
        for names in names {
            limits::within("packages", names.len(), limits::PACKAGES)?;
            if !names.is_sorted_by(|left, right| left < right) {
                return Err(
                    "the packages of a board are not sorted, or one stands twice".to_owned(),
                );
            }
        }
        let standings = self.testing.iter().flatten();
        for standing in standings.flat_map(|record| &record.standings) {
            let advisories = standing.advisories.as_ref().map_or(0, Vec::len);
            limits::within("advisories", advisories, limits::ADVISORIES)?;
        }
        let waiting = self.testing.iter().flatten();
        let since = waiting.flat_map(|record| {
            let standings = record.standings.iter();
            let on_some = standings.filter_map(|standing| standing.since);
            on_some.chain([record.since])
        });
        let due = self
            .synergy
            .iter()
            .flatten()
            .filter_map(|record| record.due);
        let is_ordered = |seen: SeenRecord| {
            seen.not_before
                .is_none_or(|before| before < seen.at_the_latest)
        };
        if since.chain(due).all(is_ordered) {
            Ok(())
        } else {
            Err("something was so before it was not".to_owned())
        }
    }
}
