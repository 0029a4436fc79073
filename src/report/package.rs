//! One source package of one release, in detail. It names no snapshot, so that an unchanged package is written once.

use super::abi::AbiRecord;
use super::build_run::BuildRunRecord;
use super::change_evidence::{HunkRecord, PatchRecord, UnexplainedRecord};
use super::document::{Document, FormatVersion};
use super::level::LevelRecord;
use super::limits;
use super::outcome::OutcomeRecord;
use super::statement::StatementRecord;
use super::tool_report::ToolReport;
use super::vocabulary::{ChangeClassName, SideName};
use super::{Digest, PackageAdvisory, PointInTime};
use serde::{Deserialize, Serialize};

/// All that is known of a source package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Package {
    /// The version of the format.
    pub format: FormatVersion,
    /// The release's name in addresses.
    pub release: String,
    /// The package's name: the distribution's where it has one.
    pub name: String,
    /// The reference's name where it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_name: Option<String>,
    /// What was found on each architecture that either side has it for.
    pub architectures: Vec<PackageOnArchitecture>,
    /// What each side has of it beside the newest version, which alone is compared, where any was built as a module.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions_beside: Vec<VersionsBesideRecord>,
    /// The names of its binary packages on either side, sorted.
    pub binaries: Vec<String>,
    /// What a list says of its presence, in one sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expectation: Option<String>,
    /// What lists say of binary packages that one side alone has, sorted by the reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub expected_binaries: Vec<ExpectedBinaries>,
    /// The changes that are known of.
    pub changes: Vec<ChangeRecord>,
    /// The levels of its binary packages in the reference's package manifest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelRecord>,
    /// What people say of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementRecord>,
    /// Its last builds, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub builds: Vec<BuildRunRecord>,
    /// What differs in the source texts and is explained by none of the changes, although they are meant to be all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unexplained: Vec<UnexplainedRecord>,
    /// What the patches among the source texts say of themselves, sorted by path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub patches: Vec<PatchRecord>,
    /// Both sides' source texts, where they are at hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub texts: Option<SourceTextsRecord>,
    /// What other tools said of its binary interface.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_reports: Vec<ToolReport>,
    /// The advisories that fix it, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub advisories: Vec<PackageAdvisory>,
}

/// A source package on one architecture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct PackageOnArchitecture {
    /// The distribution's architecture.
    pub architecture: String,
    /// What the comparison came to.
    pub outcome: OutcomeRecord,
    /// The reference's package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<BuildRecord>,
    /// The distribution's package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<BuildRecord>,
    /// What repositories have of it that are not compared, such as that of packages in testing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub elsewhere: Vec<ElsewhereRecord>,
    /// Where its source comes from; absent where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The EVR that was found there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin_evr: Option<String>,
    /// Whether the origin's own mark in that EVR says that the source was changed there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub origin_changed: bool,
    /// What became of its binary interface; absent where that was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub abi: Option<AbiRecord>,
    /// The binary packages of it that the reference alone has there, sorted. Empty too where the distribution's list is not complete,
    /// or where one side lacks the whole source package.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reference_alone: Vec<String>,
    /// Those that the distribution alone has there; empty too where the reference's list is not complete.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub distribution_alone: Vec<String>,
}

/// Binary packages that a list announces as missing or extra, and that one side alone has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ExpectedBinaries {
    /// Why, in the words of the list.
    pub reason: String,
    /// Their names, sorted.
    pub binaries: Vec<String>,
}

/// The other versions that one side has of a package, on any architecture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct VersionsBesideRecord {
    /// Whose they are: the distribution's or the reference's.
    pub side: SideName,
    /// How many there are.
    pub count: u32,
    /// The EVR of the newest of them.
    pub newest: String,
}

/// One published version of a package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct BuildRecord {
    /// Its EVR.
    pub evr: String,
    /// The repository that has it.
    pub repository: String,
    /// When it was built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built: Option<PointInTime>,
}

/// One change to the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ChangeRecord {
    /// What it is for.
    pub class: ChangeClassName,
    /// What it does, in one sentence.
    pub summary: String,
    /// Where it comes from, an http(s) address; absent where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// The source files that show it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// The lines that it explains, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hunks: Vec<HunkRecord>,
}

/// The source texts of both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SourceTextsRecord {
    /// What the reference's side is, such as “CentOS Stream c9s 1f0c2ab”.
    pub reference_label: String,
    /// What the distribution's side is.
    pub distribution_label: String,
    /// The EVR that the reference's side belongs to, where it is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_evr: Option<String>,
    /// The EVR that the distribution's side belongs to, where it is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution_evr: Option<String>,
    /// Whether every file of the source is there.
    pub complete: bool,
    /// Whether they are the texts of the versions compared on at least one architecture; otherwise they prove nothing.
    pub current: bool,
    /// The files of either side, sorted by path.
    pub files: Vec<SourceFile>,
}

/// One file of the source on both sides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SourceFile {
    /// Its path in the source package, with `/`.
    pub path: String,
    /// The reference's; absent where the distribution added the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<SourceFileSide>,
    /// The distribution's; absent where the distribution deleted the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<SourceFileSide>,
    /// How many lines the distribution added and removed, all white space counted; absent where the sides are equal or one of
    /// them is no text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<ChangedLineCounts>,
}

/// How many lines of a file differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ChangedLineCounts {
    /// Lines that only the distribution has.
    pub added: u32,
    /// Lines that only the reference has.
    pub removed: u32,
}

/// One side of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SourceFileSide {
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// Its size in bytes.
    pub bytes: u64,
    /// Whether its bytes are published under `texts/`; those of binary and of very large files are not.
    pub published: bool,
}

/// What a repository has of a package that is not compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ElsewhereRecord {
    /// What the repository is.
    pub side: SideName,
    /// The package there.
    pub build: BuildRecord,
}

impl Document for Package {
    const KIND: &'static str = "package";
    const BYTES_MAX: usize = limits::PACKAGE_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within(
            "architectures",
            self.architectures.len(),
            limits::ARCHITECTURES,
        )?;
        limits::within("sides with other versions", self.versions_beside.len(), 2)?;
        limits::within("levels", self.levels.len(), limits::LEVELS)?;
        limits::within("statements", self.statements.len(), limits::STATEMENTS)?;
        limits::within("builds", self.builds.len(), limits::BUILD_RUNS)?;
        limits::within("advisories", self.advisories.len(), limits::ADVISORIES)?;
        limits::within("changes", self.changes.len(), limits::FILES)?;
        limits::within("binary packages", self.binaries.len(), limits::BINARIES)?;
        let alone = self.architectures.iter();
        let alone = alone.map(|on| on.reference_alone.len() + on.distribution_alone.len());
        limits::within("binary packages of one side", alone.sum(), limits::BINARIES)?;
        limits::within(
            "expected binary packages",
            self.expected_binaries.len(),
            limits::ENTRIES,
        )?;
        let files = self.texts.as_ref().map_or(0, |texts| texts.files.len());
        limits::within("source files", files, limits::FILES)?;
        limits::within("patches", self.patches.len(), limits::FILES)?;
        limits::within("unexplained hunks", self.unexplained.len(), limits::HUNKS)?;
        let hunks = self.changes.iter().map(|change| change.hunks.len()).sum();
        limits::within("hunks", hunks, limits::HUNKS)?;
        limits::within(
            "reports of tools",
            self.tool_reports.len(),
            limits::TOOL_REPORTS,
        )?;
        self.tool_reports.iter().try_for_each(ToolReport::check)?;
        self.architectures.iter().try_for_each(|architecture| {
            architecture.outcome.check()?;
            architecture.abi.as_ref().map_or(Ok(()), AbiRecord::check)
        })
    }
}
