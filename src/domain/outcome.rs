//! The outcome of one comparison: the three axes, and the verdict, cause and evidence that follow from them.

use super::{Cause, Evidence, Presence, SourceState, Verdict, VersionRelation};

/// What is said of one source package on one architecture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Outcome {
    /// Where it is found.
    pub presence: Presence,
    /// The relation of the versions; `None` unless it is in both.
    pub version: Option<VersionRelation>,
    /// What is known of the source.
    pub source: SourceState,
    /// What it comes to.
    pub verdict: Verdict,
    /// Why it diverges; there exactly when it does.
    pub cause: Option<Cause>,
    /// How well that is founded; `None` exactly when it was not compared.
    pub evidence: Option<Evidence>,
    /// Why it was not compared; there exactly when it was not.
    pub not_compared: Option<NotComparedReason>,
}

/// Why there is no verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NotComparedReason {
    /// The distribution added it, as a list says.
    AddedOnPurpose,
    /// The distribution alone has it, and no list says why.
    NoCounterpart,
    /// The distribution removed it, as a list says.
    RemovedOnPurpose,
    /// The reference's list is not complete, so its absence there means nothing.
    ReferenceIncomplete,
    /// The distribution's list is not complete, so its absence there means nothing.
    DistributionIncomplete,
    /// The reference does not have this architecture.
    NoReferenceArchitecture,
    /// An entry of it on the other side could not be read.
    Unreadable,
    /// It bears another name in the distribution, which, as the rules say, numbers its versions on its own.
    OwnVersions,
    /// Its version carries no mark when it is modified, and nothing else tells of its source.
    UnmarkedVersion,
}

impl Outcome {
    /// An outcome without a verdict, and why.
    pub fn not_compared(presence: Presence, reason: NotComparedReason) -> Self {
        Self {
            presence,
            version: None,
            source: SourceState::Unknown,
            verdict: Verdict::NotCompared,
            cause: None,
            evidence: None,
            not_compared: Some(reason),
        }
    }
}

impl NotComparedReason {
    /// All reasons, in the order in which they are shown.
    pub const ALL: [NotComparedReason; 9] = [
        Self::AddedOnPurpose,
        Self::NoCounterpart,
        Self::RemovedOnPurpose,
        Self::ReferenceIncomplete,
        Self::DistributionIncomplete,
        Self::NoReferenceArchitecture,
        Self::Unreadable,
        Self::OwnVersions,
        Self::UnmarkedVersion,
    ];
}
