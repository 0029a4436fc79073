//! A deviation: the time through which a package diverged, and how that ended.

use super::{Standing, Timestamp};

/// The time through which a package diverged on any architecture of a release, without a break in any snapshot that is at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deviation {
    /// The source package.
    pub package: String,
    /// The architectures on which it diverged at any time of it, sorted.
    pub architectures: Vec<String>,
    /// The first snapshot that shows it.
    pub opened: Timestamp,
    /// The snapshot before, which does not show it; of several architectures the earliest that was looked at before on one of
    /// them. `None` where it may be older: nobody had looked before, it could not be told how the package stood, or both sides
    /// had the same versions, and only less was known of them.
    pub opened_after: Option<Timestamp>,
    /// How it stands, or stood last, on each architecture where it diverges, sorted by architecture; never empty.
    pub standings: Vec<(String, Standing)>,
    /// The newest snapshot that has one of those architectures.
    pub seen: Timestamp,
    /// The architectures on which it is over, each with the first snapshot that shows it there no more and how it ended; sorted.
    pub over: Vec<(String, Timestamp, Ending)>,
    /// How it ended; `None` while it is open.
    pub ending: Option<EndOfDeviation>,
}

/// When and how a deviation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndOfDeviation {
    /// The last snapshot that shows it.
    pub after: Timestamp,
    /// The first snapshot that shows it no more.
    pub at: Timestamp,
    /// How it ended.
    pub ending: Ending,
    /// How the package stands since, on the architecture by which the ending was told.
    pub standing: Standing,
}

/// How many whole days a deviation lasted, or has lasted so far: snapshots tell neither its beginning nor its end to the hour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaysOpen {
    /// From the first snapshot that shows it to the last.
    pub at_least: u32,
    /// From the last snapshot before it to the first after it; `None` where it may be older.
    pub at_most: Option<u32>,
}

impl DaysOpen {
    /// In words. Snapshots that are a day apart tell the days as well as days can be told.
    pub fn in_words(self, counted: impl Fn(u32) -> String) -> String {
        let Some(at_most) = self.at_most else {
            return format!("at least {}", counted(self.at_least));
        };
        match (self.at_least, at_most.saturating_sub(self.at_least)) {
            (0, 1..) => format!("at most {}", counted(at_most)),
            (_, 0 | 1) => counted(self.at_least),
            _ => format!("{} to {}", self.at_least, counted(at_most)),
        }
    }
}

/// How a deviation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// The distribution changed its package: it is in step with the reference again.
    Resynced,
    /// The reference changed its package: it has what the distribution had.
    TakenUp,
    /// The reference went back to an older version of its package, which the distribution still had.
    RolledBack,
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
    pub const ALL: [Ending; 10] = [
        Self::Resynced,
        Self::TakenUp,
        Self::RolledBack,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_say_how_well_they_are_known() {
        let check = |at_least, at_most, expected: &str| {
            let days = DaysOpen { at_least, at_most };
            assert_eq!(days.in_words(|days| format!("{days} days")), expected);
        };
        check(0, Some(0), "0 days");
        check(0, Some(1), "at most 1 days");
        check(0, Some(31), "at most 31 days");
        check(7, Some(8), "7 days");
        check(31, Some(62), "31 to 62 days");
        check(31, None, "at least 31 days");
    }
}
