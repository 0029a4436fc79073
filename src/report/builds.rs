//! How the builds of all packages of a release stand, as far as builds were read.

use super::PointInTime;
use super::build_run::{BuildLogRecord, BuildStatus, TestCounts};
use super::document::{Document, FormatVersion};
use super::limits;
use crate::domain::Architecture;
use serde::{Deserialize, Serialize};

/// The last build of each package, and of each architecture that it does not build on since when that is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Builds {
    /// The version of the format.
    pub format: FormatVersion,
    /// What was read: a package that is not listed has no build among it.
    pub sources: Vec<BuildsSourceRecord>,
    /// The architectures of the release, on which alone a failure counts; none where an older Almanac made this, which counted on all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub architectures: Vec<String>,
    /// The sets of architectures that occur as those that a build built.
    pub sets: Vec<Vec<String>>,
    /// One for each package and line of development, sorted by both.
    pub packages: Vec<PackageBuildsRecord>,
}

/// What was read of one build system.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct BuildsSourceRecord {
    /// Where it was asked, without credentials; absent where saved answers were read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// How many builds were read, of whatever platform.
    pub builds: u32,
    /// The one of them that was ordered first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub oldest: Option<BuildPointRecord>,
    /// The one that was ordered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<BuildPointRecord>,
    /// Why reading ended before all that was asked for was there; absent where it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    /// Answers kept from earlier that stand in for those which did not come; absent where none do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_answers: Option<OldAnswersRecord>,
    /// Builds that are left out as far as they are of a repository that is none of AlmaLinux's own; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub foreign: Option<ForeignBuildsRecord>,
    /// How many builds are left out as far as a source of theirs names no package.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unnamed: u32,
    /// The number up to which pages of this snapshot and those before had builds; absent where no page was read. Those that were
    /// ordered after the day of the snapshot, and left out, begin after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_to: Option<u64>,
    /// The numbers that pages do not reach, each range apart and the first first; none where pages leave none out, or an older
    /// Almanac did not look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread_ranges: Vec<UnreadBuildsRecord>,
    /// The one range in which an older Almanac told them, from the first to the last; never written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unread: Option<UnreadBuildsRecord>,
}

/// Builds of repositories that are none of AlmaLinux's own: what stands there under the name of a package may be anything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ForeignBuildsRecord {
    /// How many they are.
    pub builds: u32,
    /// The repository of one of them, without credentials.
    pub repository: String,
}

/// Numbers of builds of which some were on no page that was read: more came between two snapshots than the pages have. Builds that
/// have them were not read, or are not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct UnreadBuildsRecord {
    /// The last number before them up to which builds were read.
    pub after: u64,
    /// The first build after the last of them that was read.
    pub before: u64,
}

/// Answers of a build system, kept from earlier, that stand in for those which did not come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct OldAnswersRecord {
    /// When the oldest of them was last known to hold.
    pub oldest: PointInTime,
    /// Why the first of the newer ones did not come, in words.
    pub cause: String,
}

/// A build by its number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct BuildPointRecord {
    /// The build system's number of it.
    pub id: u64,
    /// Its page in the build system, an http(s) address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it ended or, where that is not recorded, was ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<PointInTime>,
}

/// How the builds of one package on one line of development stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct PackageBuildsRecord {
    /// The source package.
    pub package: String,
    /// The line of development, such as `9` or `8-stream-1.24`; empty of builds whose line is not known.
    pub line: String,
    /// The last build.
    pub last: BuildPointRecord,
    /// Its source as the build system names it.
    pub git_ref: String,
    /// Whether its packages were released.
    pub released: bool,
    /// How far the signing of its packages is; absent where it was not begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing: Option<BuildStatus>,
    /// The build system's number of a status of signing that is not known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing_number: Option<u32>,
    /// The tests of its packages, on all architectures together.
    pub tests: TestCounts,
    /// The architectures that the last build built: an index of `sets`.
    pub built: u32,
    /// The other architectures that any build was for, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<ArchitectureBuildsRecord>,
}

/// An architecture that the last build of a package did not build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ArchitectureBuildsRecord {
    /// The architecture; `src` is the making of the source package.
    pub architecture: String,
    /// How far the last build that was for it is.
    pub status: BuildStatus,
    /// The build system's number of a status that is not known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_number: Option<u32>,
    /// The last build that was for it, where that is not the package's last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<BuildPointRecord>,
    /// The last build that built it; absent where none of those that were read did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub succeeded: Option<BuildPointRecord>,
    /// The first build that failed after that, where it fails now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<BuildPointRecord>,
    /// Whether it may have failed before that although a success is known: it is not known how a build in between ended.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_fail_longer: bool,
    /// The first build after one that failed of which it is not known how far it is, or that ended and was not for the architecture,
    /// or the first after which builds may not have been read, so that it is not known whether it fails now; the build that failed
    /// itself where it is not known of which line of development it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unknown_since: Option<BuildPointRecord>,
    /// The logs of the last build that was for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub logs: Vec<BuildLogRecord>,
    /// The last build that failed, where it fails now and that is not the last build that was for it. An older Almanac left it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<BuildFailureRecord>,
}

/// A build that failed for an architecture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct BuildFailureRecord {
    /// The build.
    pub build: BuildPointRecord,
    /// Its logs for the architecture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub logs: Vec<BuildLogRecord>,
}

/// How builds stand, as the index has it of a snapshot: readers of it need no report of the packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct BuildsEntry {
    /// Packages of which builds were read; one counts for each line of its development.
    pub packages: u32,
    /// Of them those that fail on at least one architecture of the release.
    pub failing: u32,
    /// Of the others those that failed on one, and of which it is not known whether they still do.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub uncertain: u32,
    /// When the newest build that was read ended or was ordered; absent where that is not recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<PointInTime>,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl ArchitectureBuildsRecord {
    /// Whether it fails, or failed and may do so still.
    pub fn has_failed(&self) -> bool {
        self.failing_since.is_some() || self.unknown_since.is_some()
    }
}

impl BuildsSourceRecord {
    /// The numbers that pages do not reach.
    pub fn unread(&self) -> impl Iterator<Item = UnreadBuildsRecord> + '_ {
        self.unread_ranges.iter().copied().chain(self.unread)
    }
}

impl Builds {
    /// Whether what is built for an architecture is of the release: for one of its own, or for one that these carry libraries of, or
    /// the source package itself.
    pub fn counts(&self, architecture: &str) -> bool {
        let carries = |own: &String| {
            let multilib = own.parse().ok().and_then(Architecture::multilib);
            own == architecture || multilib.is_some_and(|name| name.name() == architecture)
        };
        let is_of_all = [Architecture::Src, Architecture::Noarch]
            .iter()
            .any(|of_all| of_all.name() == architecture);
        is_of_all || self.architectures.is_empty() || self.architectures.iter().any(carries)
    }

    /// What the index says of it.
    pub fn entry(&self) -> BuildsEntry {
        let counted = |record: &PackageBuildsRecord, is: fn(&ArchitectureBuildsRecord) -> bool| {
            let mut others = record.others.iter();
            others.any(|other| is(other) && self.counts(&other.architecture))
        };
        let fails =
            |record: &&PackageBuildsRecord| counted(record, |other| other.failing_since.is_some());
        let is_uncertain = |record: &&PackageBuildsRecord| {
            !fails(record) && counted(record, |other| other.unknown_since.is_some())
        };
        let points = self
            .sources
            .iter()
            .filter_map(|source| source.newest.as_ref());
        BuildsEntry {
            packages: self.packages.len() as u32,
            failing: self.packages.iter().filter(fails).count() as u32,
            uncertain: self.packages.iter().filter(is_uncertain).count() as u32,
            newest: points.filter_map(|point| point.at).max(),
        }
    }
}

impl Document for Builds {
    const KIND: &'static str = "builds";
    const BYTES_MAX: usize = limits::BUILDS_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within("packages", self.packages.len(), limits::PACKAGES)?;
        limits::within("sources of builds", self.sources.len(), limits::ENTRIES)?;
        for source in &self.sources {
            let ranges = source.unread_ranges.len();
            limits::within("ranges of builds", ranges, limits::ENTRIES)?;
        }
        let architectures = self.architectures.len();
        limits::within("architectures", architectures, limits::ARCHITECTURES)?;
        limits::within("sets of architectures", self.sets.len(), limits::PACKAGES)?;
        let key = |record: &PackageBuildsRecord| (record.package.clone(), record.line.clone());
        if !self
            .packages
            .is_sorted_by(|left, right| key(left) < key(right))
        {
            return Err("the builds are not sorted, or a package stands twice".to_owned());
        }
        self.packages.iter().try_for_each(|record| {
            let architectures = record.others.len();
            limits::within("architectures", architectures, limits::ARCHITECTURES)?;
            if record.built as usize >= self.sets.len() {
                let package = &record.package;
                return Err(format!(
                    "what the last build of {package} built is not there"
                ));
            }
            Ok(())
        })
    }
}
