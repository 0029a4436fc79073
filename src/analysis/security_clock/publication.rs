//! When the distribution published an advisory.

use super::{ClockInputs, Merged, owned, seen};
use crate::domain::{AdvisoryId, DateGrade, DateSource, DatedFact, Timestamp};
use std::collections::BTreeSet;

/// Between which snapshots the distribution published an advisory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The last snapshot before the first that had it. It was made from the same inputs, and they were whole.
    pub last_without: Timestamp,
    /// The first snapshot that had it.
    pub first_with: Timestamp,
}

impl ClockInputs<'_> {
    /// Between which snapshots an advisory of the distribution came, where snapshots tell it.
    pub fn arrival(&self, id: &AdvisoryId) -> Option<Arrival> {
        let id = owned(id);
        if self.announced_before.contains_key(&id) {
            return self.arrivals.get(&id).copied();
        }
        self.last_whole.map(|last_without| Arrival {
            last_without,
            first_with: self.taken,
        })
    }
}

/// The day on which the distribution published an advisory: the earliest that is known. The reference's days of issue are
/// `references`. A day that the advisory says itself does not count where a later snapshot did not have it.
pub(super) fn publication(
    known: &Merged,
    references: &BTreeSet<DatedFact>,
    inputs: &ClockInputs<'_>,
) -> Option<DatedFact> {
    let id = &known.advisory.id;
    let is_copy = |day: i64| references.iter().any(|reference| is_copy(day, *reference));
    let is_own_day = |day: i64| id.is_own() || (!references.is_empty() && !is_copy(day));
    let days_before = inputs.announced_before.get(&owned(id));
    // The day of the last snapshot without it, and what counts instead of a day before that.
    let told = inputs.arrival(id).map(|arrival| {
        let by = DatedFact::of(arrival.first_with, DateSource::SnapshotAgainstDate);
        (arrival.last_without.unix_days(), by)
    });
    // A date that was refuted once is not believed when the snapshots that tell it are listed no more.
    let told = told.or_else(|| {
        let mut days = days_before?.iter();
        let refuting = days.find(|fact| fact.source == DateSource::SnapshotAgainstDate)?;
        Some((refuting.day, *refuting))
    });
    let is_possible =
        |fact: &DatedFact| told.is_none_or(|(last_without, _)| last_without <= fact.day);
    let issues = known.issues.iter();
    let issues = issues.filter(|issue| is_own_day(issue.unix_days()));
    let stated = issues.map(|issue| DatedFact::of(*issue, DateSource::Issued));
    let updates = known.updates.iter();
    let updated = updates.map(|update| DatedFact::of(*update, DateSource::Updated));
    let (said, refuted): (Vec<DatedFact>, Vec<DatedFact>) =
        stated.chain(updated).partition(is_possible);
    // Nothing else that it says of itself counts then.
    let (said, instead) = match told.filter(|_| !refuted.is_empty()) {
        Some((_, by)) => (Vec::new(), Some(by)),
        None => (said, None),
    };
    let appeared = inputs.first_appearances.get(id);
    let appeared = appeared.map(|day| DatedFact::of(*day, DateSource::FirstAppearance));
    // An advisory that is edited, or withdrawn and back, was published by the day that was known before all the same, unless
    // that day is known by now to be the reference's.
    let bound = |fact: &DatedFact| match (fact.source, fact.grade()) {
        // Whether its date still contradicts the snapshots is told anew.
        (DateSource::SnapshotAgainstDate, _) => Some(DatedFact {
            source: DateSource::Snapshot,
            ..*fact
        }),
        (_, DateGrade::UpperBound) => Some(*fact),
        _ => is_own_day(fact.day).then_some(DatedFact {
            day: fact.day,
            source: DateSource::Updated,
        }),
    };
    let carried = match days_before {
        Some(days) => {
            let days = days.iter().filter_map(bound);
            days.filter(|fact| fact.source == DateSource::FirstAppearance || is_possible(fact))
                .min()
        }
        None => seen(inputs, inputs.before_had_inputs),
    };
    // Of two on one day the exact one counts, which the order of sources puts first.
    let said = said.into_iter();
    said.chain(appeared).chain(carried).chain(instead).min()
}

/// Whether a day of issue may be the reference's own: the same day, or the one before, which time zones make of it.
fn is_copy(day: i64, reference: DatedFact) -> bool {
    (reference.day - 1..=reference.day).contains(&day)
}
