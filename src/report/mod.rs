//! The published JSON, format version 1: the only serde types of the project, their version and their limits.
//!
//! ```text
//! index.json                       what there is: releases, snapshots, sources (written last, by rename)
//! schema/KIND.schema.json          the JSON Schema of each kind of document
//! years/SHA256.json                the shares of a release in one year, for the chart
//! months/SHA256.json               the snapshots of a release in one month, with what became of packages at each
//! ledgers/SHA256.json              the deviations of a release that are open, and the quarters in which others ended
//! ended/SHA256.json                the deviations of a release that ended in one quarter
//! deviations.csv, .json, .atom     all that deviate or did within a year, for other programs (replaced with the index)
//! compatibility/SHA256.json        one release at one snapshot, with the columnar table of its packages
//! directories/SHA256.json          the package documents of consecutive rows of a table
//! names/SHA256.json                the binary packages of a release, for the search
//! build-days/SHA256.json           when the packages of a release were built
//! builds/SHA256.json               how the builds of a release's packages stand
//! facets/SHA256.json               what else the packages of a release can be chosen by
//! security/SHA256.json             when the fixes of a release's advisories came where
//! fixes/SHA256.json                the versions that fix the packages of those advisories
//! repositories/SHA256.json         what waits in testing, and what is added until others have it
//! packages/SHA256.json             one source package of one release, in detail
//! texts/SHA256.txt                 one side of one source file, byte for byte
//! ```
//!
//! All but the index, the schemas and the feeds are named by the SHA-256 of what they hold, never change, and may be kept for ever.
//! A minor version adds fields, never values of an enumeration, and unknown fields are ignored: an older reader can read
//! a newer minor version. A newer major version is refused.

mod abi;
mod advisory_table;
mod build_days;
mod build_run;
mod builds;
mod change_evidence;
mod compatibility;
mod csv_line;
mod digest;
mod directory;
mod document;
mod earlier_advisories;
mod facets;
mod fixes;
mod history_month;
mod history_year;
mod index;
mod ledger;
mod level;
pub mod limits;
mod names;
mod outcome;
mod package;
mod package_table;
mod point_in_time;
mod repositories;
mod security;
mod source_failure;
mod standings;
mod statement;
mod tool_report;
mod vocabulary;

pub use abi::{
    AbiChangeRecord, AbiCountsRecord, AbiDifferenceRecord, AbiMoveRecord, AbiNotComparedCount,
    AbiOutcomeRecord, AbiRecord, AbiTotalsRecord,
};
pub use advisory_table::{AdvisoryTable, DayColumn, DayRecord};
pub use build_days::BuildDays;
pub use build_run::{BuildLogRecord, BuildRunRecord, BuildStatus, BuildTaskRecord, TestCounts};
pub use builds::{
    ArchitectureBuildsRecord, BuildFailureRecord, BuildPointRecord, Builds, BuildsEntry,
    BuildsSourceRecord, ForeignBuildsRecord, OldAnswersRecord, PackageBuildsRecord,
    UnreadBuildsRecord,
};
pub use change_evidence::{
    ChangeRuleRecord, HunkRecord, PatchOriginName, PatchRecord, PatchSize, UnexplainedRecord,
};
pub use compatibility::{ArchitectureRecord, Compatibility, SharesRecord, SourceRecord};
pub use csv_line::{DEVIATION_COLUMNS, endings_field, evr_field, write_csv_line};
pub use digest::Digest;
pub use directory::{Directory, ROWS_PER_DIRECTORY};
pub use document::{Document, FormatVersion, Notice, ReadError, read};
pub use earlier_advisories::{ArrivalRecord, DepartedAdvisory, EarlierAdvisories};
pub use facets::{ChangedRows, Facets, NamingRows};
pub use fixes::Fixes;
pub use history_month::{
    ArchitectureShares, HistoryMonth, HistorySnapshot, ReasonChange, ReasonRecord, SinceRecord,
    SnapshotFigures, StandingRecord, TransitionRecord,
};
pub use history_year::{
    ArchitectureColumns, HistoryYear, MinorsRecord, MonthEntry, SharesColumns, YearPoint,
};
pub use index::{
    ArchitectureEntry, CoverageRecord, Index, Party, Promise, ReleaseEntry, SnapshotEntry, Tracker,
    YearEntry, dates_of, is_http_address,
};
pub use ledger::{
    ArchitectureEndingRecord, DeviationRecord, EndedDeviations, EndingRecord, Ledger, QuarterRecord,
};
pub use level::{LevelRecord, LevelSharesRecord};
pub use names::Names;
pub use outcome::OutcomeRecord;
pub use package::{
    BuildRecord, ChangeRecord, ChangedLineCounts, ElsewhereRecord, ExpectedBinaries, Package,
    PackageOnArchitecture, SourceFile, SourceFileSide, SourceTextsRecord, VersionsBesideRecord,
};
pub use package_table::{OtherVersions, PackageTable, Reason};
pub use point_in_time::PointInTime;
pub use repositories::{
    AdditionRecord, AwaitedAdvisoryRecord, FixesRecord, HolderRecord, ReplacedRecord, Repositories,
    SeenRecord, WaitingRecord, WaitingStandingRecord,
};
pub use security::{
    AdvisoryInputRecord, LagRecord, NamedAdvisoryRecord, PackageAdvisory, Security, SecurityEntry,
};
pub use source_failure::{AdvisoryFailure, InputFailure, InputKind, SourceFailure, SourceStanding};
pub use standings::{diverging_at_first, transitions_between};
pub use statement::{StatedSource, StatementRecord};
pub use tool_report::ToolReport;
pub use vocabulary::{
    AbiNotComparedName, AbiVerdictName, AdvisoryFormatName, CauseName, ChangeClassName,
    ClaimKindName, DateSourceName, EndingName, EvidenceName, FixStateName, NotComparedName,
    PairBasisName, PresenceName, ReferenceStandingName, SeverityName, SideName, SourceStateName,
    ToolName, ToolStatusName, VerdictName, VersionRelationName,
};

/// The path of the index in a published set.
pub const INDEX_PATH: &str = "index.json";
