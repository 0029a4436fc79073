//! The vocabulary: what packages, versions, releases and verdicts are. Knows no IO, no format and no screen.

mod abi;
mod abi_totals;
mod advisory;
mod architecture;
mod axes;
mod binary_package;
mod build;
mod change;
mod claim;
mod dated_fact;
mod deviation;
mod dist_tag;
mod evr;
mod mail_address;
mod minor_release;
mod nevra;
mod outcome;
mod reference_standing;
mod security_clock;
mod shares;
mod source_package;
mod timestamp;
mod transition;
mod verdict;

pub use abi::{AbiCounts, AbiEntry, AbiList, AbiNotComparedReason, AbiVerdict, SourceAbi};
pub use abi_totals::AbiTotals;
pub use advisory::{AdvisoryId, AdvisoryKind, MalformedAdvisoryId, Severity, is_cve};
pub use architecture::{Architecture, UnknownArchitecture};
pub use axes::{Presence, SourceState, VersionRelation};
pub use binary_package::BinaryPackage;
pub use build::{
    BuildProgress, BuildSource, is_line_of_release, is_of_stream, line_of, line_of_platform,
    major_release_of, srpm_of, stated_nvr,
};
pub use change::{Change, ChangeClass, ChangedLines, LineRange};
pub use claim::{Claim, ClaimKind, VersionRange};
pub use dated_fact::{DateGrade, DateSource, DatedFact};
pub use deviation::{DaysOpen, Deviation, EndOfDeviation, Ending};
pub use dist_tag::{DistTag, dist_tag_position};
pub use evr::{Evr, compare_versions};
pub use mail_address::{names_mail_address, without_mail_addresses, without_mail_words};
pub use minor_release::{MalformedMinorRelease, MinorRelease};
pub use nevra::{MalformedName, Nevra, Nvr};
pub use outcome::{NotComparedReason, Outcome};
pub use reference_standing::ReferenceStanding;
pub use security_clock::{
    AdvisoryClock, Counterpart, FixState, Lag, NoLag, PairBasis, UnknownFix, lag_of,
};
pub use shares::{Shares, permille};
pub use source_package::SourcePackage;
pub use timestamp::{MalformedTimestamp, Timestamp};
pub use transition::{SideChange, Standing, Transition};
pub use verdict::{Cause, Choice, Evidence, Verdict};
