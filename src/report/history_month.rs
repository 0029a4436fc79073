//! The snapshots of a release in one month, each with what became of packages since the one before it.

use super::compatibility::SharesRecord;
use super::document::{Document, FormatVersion};
use super::index::{SnapshotEntry, is_http_address};
use super::limits;
use super::outcome::OutcomeRecord;
use super::statement::StatementRecord;
use super::vocabulary::ChangeClassName;
use crate::domain::{Standing, Transition};
use serde::{Deserialize, Serialize};

/// One month of a release's history. It is never changed: the next snapshot of the month is published with those before it in
/// a new document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct HistoryMonth {
    /// The version of the format.
    pub format: FormatVersion,
    /// The release's name in addresses.
    pub release: String,
    /// The year, in UTC.
    pub year: i32,
    /// The month, from 1.
    pub month: u8,
    /// The outcomes that occur in transitions.
    pub outcomes: Vec<OutcomeRecord>,
    /// The snapshots, oldest first; never empty.
    pub snapshots: Vec<HistorySnapshot>,
}

/// One snapshot in the history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct HistorySnapshot {
    /// The snapshot, as the index lists the newest ones.
    pub entry: SnapshotEntry,
    /// What its report says in figures; absent where the report was lost before the history knew it. Then no transition is
    /// relative to it, and its own changes are told by the next snapshot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figures: Option<SnapshotFigures>,
    /// The snapshots that the transitions are relative to, the newest first: for each architecture the newest earlier one that
    /// has it. On an architecture that is in none of them the transitions tell what diverged when it was first looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub since: Vec<SinceRecord>,
    /// What became of packages since then, sorted by package.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitions: Vec<TransitionRecord>,
    /// Why packages diverge, for those of which something else was said at the first of the snapshots in `since`, or which did
    /// not diverge there; sorted by package.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<ReasonRecord>,
}

/// The figures of one report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SnapshotFigures {
    /// Source packages whose verdict is founded on more than versions, on each architecture that was compared.
    pub reviewed: u32,
    /// The shares on each architecture.
    pub architectures: Vec<ArchitectureShares>,
}

/// The shares on one architecture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ArchitectureShares {
    /// Its name.
    pub name: String,
    /// The shares.
    pub shares: SharesRecord,
}

/// An earlier snapshot with the architectures on which it is the one to compare with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SinceRecord {
    /// The snapshot's name in addresses.
    pub snapshot: String,
    /// The architectures.
    pub architectures: Vec<String>,
}

/// What became of one package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct TransitionRecord {
    /// The source package.
    pub package: String,
    /// The architectures on which it went this way.
    pub architectures: Vec<String>,
    /// How it stood.
    pub before: StandingRecord,
    /// How it stands.
    pub after: StandingRecord,
}

/// How a package stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct StandingRecord {
    /// Index of the outcome; absent where neither side has the package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<u32>,
    /// The distribution's EVR; absent where it does not have the package, empty where the version is not known on these
    /// architectures.
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

/// What is said of why a package diverges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ReasonRecord {
    /// The source package.
    pub package: String,
    /// In one sentence, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What people say of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<StatementRecord>,
    /// The changes to its source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ReasonChange>,
}

/// A change to the source, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ReasonChange {
    /// What it is for.
    pub class: ChangeClassName,
    /// What it does.
    pub summary: String,
    /// Where it comes from, an http(s) address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
}

impl HistorySnapshot {
    /// Whether its report was lost, so that it can be neither opened nor compared.
    pub fn is_lost(&self) -> bool {
        self.figures.is_none()
    }
}

impl HistoryMonth {
    /// A month that holds snapshots, oldest first, each with its transitions.
    pub fn new(
        release: &str,
        (year, month): (i32, u8),
        snapshots: impl IntoIterator<Item = (HistorySnapshot, Vec<Transition>)>,
    ) -> Self {
        let mut outcomes = Vec::new();
        let snapshots = snapshots.into_iter().map(|(snapshot, transitions)| {
            let transitions = transitions.iter();
            HistorySnapshot {
                transitions: transitions
                    .map(|transition| record_of(transition, &mut outcomes))
                    .collect(),
                ..snapshot
            }
        });
        Self {
            format: FormatVersion::CURRENT,
            release: release.to_owned(),
            year,
            month,
            snapshots: snapshots.collect(),
            outcomes,
        }
    }

    /// The transitions of one of its snapshots.
    pub fn transitions_of(&self, snapshot: &HistorySnapshot) -> Vec<Transition> {
        let standing = |record: &StandingRecord| Standing {
            outcome: record
                .outcome
                .and_then(|index| self.outcomes.get(index as usize))
                .map(|outcome| (*outcome).into()),
            distribution: record.distribution.clone(),
            reference: record.reference.clone(),
            distribution_untold: record.distribution_untold,
            reference_untold: record.reference_untold,
        };
        let transitions = snapshot.transitions.iter();
        transitions
            .map(|record| Transition {
                package: record.package.clone(),
                architectures: record.architectures.clone(),
                before: standing(&record.before),
                after: standing(&record.after),
            })
            .collect()
    }
}

fn record_of(transition: &Transition, outcomes: &mut Vec<OutcomeRecord>) -> TransitionRecord {
    let mut standing = |standing: &Standing| StandingRecord {
        outcome: standing.outcome.map(|outcome| {
            let record = OutcomeRecord::from(outcome);
            let known = outcomes.iter().position(|known| *known == record);
            known.unwrap_or_else(|| {
                outcomes.push(record);
                outcomes.len() - 1
            }) as u32
        }),
        distribution: standing.distribution.clone(),
        reference: standing.reference.clone(),
        distribution_untold: standing.distribution_untold,
        reference_untold: standing.reference_untold,
    };
    TransitionRecord {
        package: transition.package.clone(),
        architectures: transition.architectures.clone(),
        before: standing(&transition.before),
        after: standing(&transition.after),
    }
}

impl ReasonRecord {
    /// Whether it keeps the limits, and links to http(s) alone.
    pub(super) fn check(&self) -> Result<(), String> {
        limits::within("statements", self.statements.len(), limits::STATEMENTS)?;
        limits::within("changes", self.changes.len(), limits::FILES)?;
        let links = self
            .statements
            .iter()
            .map(|statement| &statement.url)
            .chain(self.changes.iter().map(|change| &change.origin));
        match links.flatten().find(|link| !is_http_address(link)) {
            Some(link) => Err(format!("“{link}” is no http(s) address")),
            None => Ok(()),
        }
    }
}

impl Document for HistoryMonth {
    const KIND: &'static str = "month";
    const BYTES_MAX: usize = limits::MONTH_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within("snapshots", self.snapshots.len(), limits::SNAPSHOTS)?;
        if self.snapshots.is_empty() {
            return Err("the month has no snapshot".to_owned());
        }
        let is_sorted = self
            .snapshots
            .is_sorted_by(|left, right| left.entry.taken < right.entry.taken);
        let is_of_month = |snapshot: &HistorySnapshot| {
            let (year, month, _) = snapshot.entry.taken.0.year_month_day();
            (year, month) == (self.year, self.month)
        };
        if !is_sorted || !self.snapshots.iter().all(is_of_month) {
            return Err("the snapshots are not in order, or not of this month".to_owned());
        }
        self.outcomes.iter().try_for_each(OutcomeRecord::check)?;
        for snapshot in &self.snapshots {
            let transitions = &snapshot.transitions;
            limits::within("transitions", transitions.len(), limits::TRANSITIONS)?;
            limits::within("reasons", snapshot.reasons.len(), limits::PACKAGES)?;
            snapshot.reasons.iter().try_for_each(ReasonRecord::check)?;
            let standings = transitions
                .iter()
                .flat_map(|transition| [&transition.before, &transition.after]);
            let mut outcomes = standings.filter_map(|standing| standing.outcome);
            if outcomes.any(|index| index as usize >= self.outcomes.len()) {
                return Err("a transition points at an outcome that is not there".to_owned());
            }
        }
        Ok(())
    }
}
