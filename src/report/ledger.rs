//! The ledger of a release: each deviation with its beginning, its reason and its end.

use super::document::{Document, FormatVersion};
use super::history_month::ReasonRecord;
use super::limits;
use super::vocabulary::{CauseName, EndingName, EvidenceName, VerdictName};
use super::{Digest, PointInTime};
use crate::domain::DaysOpen;
use serde::{Deserialize, Serialize};

/// The deviations of a release that are open, and what became of the others, quarter by quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Ledger {
    /// The version of the format.
    pub format: FormatVersion,
    /// The release's name in addresses.
    pub release: String,
    /// The newest snapshot that it goes by.
    pub taken: PointInTime,
    /// The oldest snapshot: what deviated then may have done so for long.
    pub first_taken: PointInTime,
    /// The open ones, by beginning, then by package.
    pub open: Vec<DeviationRecord>,
    /// The quarters from the first snapshot to the newest, in order.
    pub quarters: Vec<QuarterRecord>,
}

/// One quarter of a year in the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct QuarterRecord {
    /// The year, in UTC.
    pub year: i32,
    /// The quarter, from 1.
    pub quarter: u8,
    /// Snapshots taken in it; without one nothing is known of it.
    pub snapshots: u32,
    /// Deviations that began, seen by the first snapshot that shows each.
    pub opened: u32,
    /// Deviations that were there when their architecture was first looked at, or when the package could first be compared, or
    /// that came to be known although neither side had changed its version; they are not counted as begun.
    pub found_at_first: u32,
    /// Deviations that were resolved: in step again, or the package removed.
    pub resolved: u32,
    /// Of those resolved, those that the distribution re-synced.
    pub resynced: u32,
    /// The median, by nearest rank, of the days from the first snapshot that shows a deviation to the first that does not, over
    /// those resolved of which the beginning is known; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_days_open: Option<u32>,
    /// How many deviations that median is over.
    pub median_of: u32,
    /// The deviations that ended in it; absent where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<Digest>,
}

/// The deviations of a release that ended in one quarter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct EndedDeviations {
    /// The version of the format.
    pub format: FormatVersion,
    /// The release's name in addresses.
    pub release: String,
    /// The year, in UTC.
    pub year: i32,
    /// The quarter, from 1.
    pub quarter: u8,
    /// The deviations, by end, then by package.
    pub deviations: Vec<DeviationRecord>,
}

/// The time through which a package diverged on any architecture, without a break in any report that is at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct DeviationRecord {
    /// The source package.
    pub package: String,
    /// The architectures on which it diverged at any time of it.
    pub architectures: Vec<String>,
    /// The first snapshot that shows it.
    pub opened: PointInTime,
    /// The snapshot before, which does not show it; of several architectures the earliest that was looked at before on one of
    /// them. Absent where it may be older: nobody had looked before, it could not be told how the package stood, or both sides
    /// had the same versions, and only less was known of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened_after: Option<PointInTime>,
    /// Why it diverges, or did at last, on any architecture; sorted.
    pub causes: Vec<CauseName>,
    /// The weakest grade of evidence of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceName>,
    /// The distribution's EVR on the first architecture where it diverges, as the newest report with that architecture has it,
    /// or where it did at last, as the last report that shows it has it; absent where the distribution does not have the package,
    /// empty where the version is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<String>,
    /// The reference's EVR likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What is said of why, where anything is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<ReasonRecord>,
    /// The newest snapshot that has one of the architectures, where it is not the newest of all: whether it deviates still is
    /// not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_seen: Option<PointInTime>,
    /// How many reports were lost between the first that shows it and the last: whether the package deviated then, too, is not
    /// known.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub reports_lost: u32,
    /// Its beginning as it was first published, after which feeds name it; absent where that is `opened`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_opened: Option<PointInTime>,
    /// The number after which an older Almanac named it in feeds, which do so still; absent where none did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
    /// The architectures on which it ended at another time, or otherwise, than on the last; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ended_on: Vec<ArchitectureEndingRecord>,
    /// How it ended; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<EndingRecord>,
}

/// How a deviation ended on one architecture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ArchitectureEndingRecord {
    /// The architecture.
    pub architecture: String,
    /// The first snapshot that shows it there no more.
    pub at: PointInTime,
    /// How.
    pub how: EndingName,
}

/// How a deviation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct EndingRecord {
    /// The last snapshot that shows it.
    pub after: PointInTime,
    /// The first snapshot that shows it no more.
    pub at: PointInTime,
    /// How.
    pub how: EndingName,
    /// What the package is since; absent where neither side has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<VerdictName>,
    /// The distribution's EVR since; absent where it does not have the package, empty where the version is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<String>,
    /// The reference's EVR likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whether the distribution may have the package although its list has it not: the list is not complete, or could not be
    /// read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub distribution_untold: bool,
    /// Likewise of the reference.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reference_untold: bool,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl DeviationRecord {
    /// The whole days that it lasted, or has lasted so far at the newest snapshot of its release.
    pub fn days_open(&self, newest: PointInTime) -> DaysOpen {
        let days = |from: PointInTime, to: PointInTime| {
            let seconds = to.0.unix_seconds() - from.0.unix_seconds();
            u32::try_from(seconds / 86_400).unwrap_or(0)
        };
        let (last_shown, over) = match &self.ending {
            Some(ending) => (ending.after, ending.at),
            None => (self.last_seen.unwrap_or(newest), newest),
        };
        DaysOpen {
            at_least: days(self.opened, last_shown),
            at_most: self.opened_after.map(|after| days(after, over)),
        }
    }

    /// The beginning after which feeds name it.
    pub fn named_for(&self) -> PointInTime {
        self.first_opened.unwrap_or(self.opened)
    }

    /// The architectures on which it is open.
    pub fn open_on(&self) -> Vec<&str> {
        let all = self.architectures.iter().map(String::as_str);
        match self.ending {
            Some(_) => Vec::new(),
            None => all.filter(|name| !self.ended_apart(name)).collect(),
        }
    }

    /// When and how it ended on each architecture where it did, sorted by architecture.
    pub fn endings(&self) -> Vec<ArchitectureEndingRecord> {
        let others = self.ending.iter().flat_map(|ending| {
            let together = self.architectures.iter();
            let together = together.filter(|name| !self.ended_apart(name));
            together.map(|name| ArchitectureEndingRecord {
                architecture: name.clone(),
                at: ending.at,
                how: ending.how,
            })
        });
        let mut endings: Vec<_> = self.ended_on.iter().cloned().chain(others).collect();
        endings.sort_by(|left, right| left.architecture.cmp(&right.architecture));
        endings
    }

    fn ended_apart(&self, architecture: &str) -> bool {
        let mut apart = self.ended_on.iter();
        apart.any(|ended| ended.architecture == architecture)
    }

    fn check(&self) -> Result<(), String> {
        let package = &self.package;
        let follows = self.opened_after.is_none_or(|after| after < self.opened)
            && self
                .ending
                .as_ref()
                .is_none_or(|ending| self.opened <= ending.after && ending.after < ending.at);
        if !follows || self.causes.is_empty() || self.architectures.is_empty() {
            return Err(format!("the deviation of {package} contradicts itself"));
        }
        for number in [self.architectures.len(), self.ended_on.len()] {
            limits::within("architectures", number, limits::HISTORY_ARCHITECTURES)?;
        }
        self.reason.as_ref().map_or(Ok(()), ReasonRecord::check)
    }
}

impl Document for Ledger {
    const KIND: &'static str = "ledger";
    const BYTES_MAX: usize = limits::LEDGER_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within("deviations", self.open.len(), limits::PACKAGES)?;
        limits::within("quarters", self.quarters.len(), 4 * limits::YEARS)?;
        if self.open.iter().any(|deviation| deviation.ending.is_some()) {
            return Err("a deviation that ended stands among the open ones".to_owned());
        }
        let in_order = self
            .quarters
            .is_sorted_by(|left, right| (left.year, left.quarter) < (right.year, right.quarter));
        if !in_order {
            return Err("the quarters are not in order".to_owned());
        }
        self.open.iter().try_for_each(DeviationRecord::check)
    }
}

impl Document for EndedDeviations {
    const KIND: &'static str = "ended";
    const BYTES_MAX: usize = limits::LEDGER_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within("deviations", self.deviations.len(), limits::TRANSITIONS)?;
        let mut deviations = self.deviations.iter();
        if deviations.any(|deviation| deviation.ending.is_none()) {
            return Err("an open deviation stands among those that ended".to_owned());
        }
        self.deviations.iter().try_for_each(DeviationRecord::check)
    }
}
