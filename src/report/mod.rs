//! The published JSON, format version 1: the only serde types of the project, their version and their limits.
//!
//! ```text
//! index.json                       what there is: releases, snapshots, sources (written last, by rename)
//! schema/KIND.schema.json          the JSON Schema of each kind of document
//! compatibility/SHA256.json        one release at one snapshot, with the columnar table of its packages
//! directories/SHA256.json          the package documents of consecutive rows of a table
//! names/SHA256.json                the binary packages of a release, for the search
//! build-days/SHA256.json           when the packages of a release were built
//! facets/SHA256.json               what else the packages of a release can be chosen by
//! packages/SHA256.json             one source package of one release, in detail
//! texts/SHA256.txt                 one side of one source file, byte for byte
//! ```
//!
//! All but the index and the schemas are named by the SHA-256 of what they hold, never change, and may be kept for ever.
//! A minor version adds fields, never values of an enumeration, and unknown fields are ignored: an older reader can read
//! a newer minor version. A newer major version is refused.

mod abi;
mod build_days;
mod build_run;
mod change_evidence;
mod compatibility;
mod digest;
mod directory;
mod document;
mod facets;
mod index;
mod level;
pub mod limits;
mod names;
mod outcome;
mod package;
mod package_table;
mod point_in_time;
mod source_failure;
mod statement;
mod tool_report;
mod vocabulary;

pub use abi::{
    AbiChangeRecord, AbiCountsRecord, AbiDifferenceRecord, AbiMoveRecord, AbiNotComparedCount,
    AbiOutcomeRecord, AbiRecord, AbiTotalsRecord,
};
pub use build_days::BuildDays;
pub use build_run::{BuildRunRecord, BuildStatus, BuildTaskRecord, TestCounts};
pub use change_evidence::{
    ChangeRuleRecord, HunkRecord, PatchOriginName, PatchRecord, PatchSize, UnexplainedRecord,
};
pub use compatibility::{ArchitectureRecord, Compatibility, SharesRecord, SourceRecord};
pub use digest::Digest;
pub use directory::{Directory, ROWS_PER_DIRECTORY};
pub use document::{Document, FormatVersion, Notice, ReadError, read};
pub use facets::{ChangedRows, Facets};
pub use index::{
    ArchitectureEntry, Index, Party, Promise, ReleaseEntry, SnapshotEntry, Tracker, dates_of,
    is_http_address,
};
pub use level::{LevelRecord, LevelSharesRecord};
pub use names::Names;
pub use outcome::OutcomeRecord;
pub use package::{
    BuildRecord, ChangeRecord, ChangedLineCounts, ElsewhereRecord, Package, PackageOnArchitecture,
    SourceFile, SourceFileSide, SourceTextsRecord,
};
pub use package_table::{PackageTable, Reason};
pub use point_in_time::PointInTime;
pub use source_failure::{SourceFailure, SourceStanding};
pub use statement::{StatedSource, StatementRecord};
pub use tool_report::ToolReport;
pub use vocabulary::{
    AbiNotComparedName, AbiVerdictName, CauseName, ChangeClassName, EvidenceName, NotComparedName,
    PresenceName, SideName, SourceStateName, ToolName, ToolStatusName, VerdictName,
    VersionRelationName,
};

/// The path of the index in a published set.
pub const INDEX_PATH: &str = "index.json";
