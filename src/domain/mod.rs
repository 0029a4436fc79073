//! The vocabulary: what packages, versions, releases and verdicts are. Knows no IO, no format and no screen.

mod abi;
mod abi_totals;
mod architecture;
mod axes;
mod binary_package;
mod change;
mod dist_tag;
mod evr;
mod minor_release;
mod nevra;
mod outcome;
mod shares;
mod source_package;
mod timestamp;
mod transition;
mod verdict;

pub use abi::{AbiCounts, AbiEntry, AbiList, AbiNotComparedReason, AbiVerdict, SourceAbi};
pub use abi_totals::AbiTotals;
pub use architecture::{Architecture, UnknownArchitecture};
pub use axes::{Presence, SourceState, VersionRelation};
pub use binary_package::BinaryPackage;
pub use change::{Change, ChangeClass, ChangedLines, LineRange};
pub use dist_tag::{DistTag, dist_tag_position};
pub use evr::{Evr, compare_versions};
pub use minor_release::{MalformedMinorRelease, MinorRelease};
pub use nevra::{MalformedName, Nevra, Nvr};
pub use outcome::{NotComparedReason, Outcome};
pub use shares::{Shares, permille};
pub use source_package::SourcePackage;
pub use timestamp::{MalformedTimestamp, Timestamp};
pub use transition::{SideChange, Standing, Transition};
pub use verdict::{Cause, Choice, Evidence, Verdict};
