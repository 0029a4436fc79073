//! A deviation: the time through which a package diverged, and how that ended.

use super::{Standing, Timestamp};

/// The time through which a package diverged on any architecture of a release, without a break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The source package.
    pub package: String,
    /// The architectures on which it diverged at any time of it, sorted.
    pub architectures: Vec<String>,
    /// The first snapshot that shows it.
    pub opened: Timestamp,
    /// The snapshot before, which does not show it; `None` where nobody had looked before, so that it may be older.
    pub opened_after: Option<Timestamp>,
    /// How it stands, or stood last, on each architecture where it diverges, sorted by architecture; never empty.
    pub standings: Vec<(String, Standing)>,
    /// The newest snapshot that has one of those architectures.
    pub seen: Timestamp,
    /// How it ended; `None` while it is open.
    pub ending: Option<EndOfDeviation>,
}

/// When and how a deviation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndOfDeviation {
    /// The first snapshot that shows it no more.
    pub at: Timestamp,
    /// How it ended.
    pub ending: Ending,
    /// How the package stands since, on the architecture by which the ending was told.
    pub standing: Standing,
}

/// How a deviation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// The distribution changed its package: it is in step with the reference again.
    Resynced,
    /// The reference changed its package: it has what the distribution had.
    TakenUp,
    /// Both changed theirs.
    BothChanged,
    /// Neither changed anything: more is known of the package, or it is compared differently.
    KnowledgeChanged,
    /// It is in step again, and which side changed is not known.
    Unknown,
    /// The distribution removed the package.
    RemovedByDistribution,
    /// The reference removed it.
    RemovedByReference,
    /// Both removed it.
    RemovedByBoth,
    /// It is not compared any more. It may well deviate still: this is no resolution.
    NoLongerCompared,
}

impl Ending {
    /// All endings, in the order in which they are shown.
    pub const ALL: [Ending; 9] = [
        Self::Resynced,
        Self::TakenUp,
        Self::BothChanged,
        Self::KnowledgeChanged,
        Self::Unknown,
        Self::RemovedByDistribution,
        Self::RemovedByReference,
        Self::RemovedByBoth,
        Self::NoLongerCompared,
    ];

    /// Whether the deviation is over: it is in step again, or there is nothing that could deviate.
    pub fn is_resolution(self) -> bool {
        self != Self::NoLongerCompared
    }
}
