//! What became of a release's packages from one snapshot to a later one: the net change first, then each, grouped by who made it.

mod net;
mod text;

pub use text::changes_text;

use super::number::count;
use super::snapshot_name::{has_older, snapshot_id};
use super::words::{Mark, UNLISTED, UNLISTED_MARK, cause_label, outcome_mark};
use crate::domain::{SideChange, Standing, Timestamp, Transition};
use crate::report::{
    Compatibility, HistoryYear, ReleaseEntry, SnapshotEntry, YearEntry, transitions_between,
};
use net::{Movement, net_change};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The changes between two reports of one release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseChanges {
    /// The net change, in sentences; the first is the strongest.
    pub net: Vec<String>,
    /// What the reader must know of the comparison.
    pub notes: Vec<String>,
    /// The changes of packages.
    pub groups: Vec<ChangeGroup>,
}

/// Changes that came about in the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeGroup {
    /// How, such as “RHEL changed its version”.
    pub title: String,
    /// Its packages, in the order of their names.
    pub rows: Vec<ChangeRow>,
}

/// The change of one package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRow {
    /// Its name.
    pub package: String,
    /// The architectures; `None` where it is all that both reports have.
    pub architectures: Option<String>,
    /// How it stood.
    pub before: Stand,
    /// How it stands.
    pub after: Stand,
}

/// How a package stands, ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stand {
    /// The mark of its verdict, or of that neither side lists it, which means nothing; `None` where neither side has it.
    pub mark: Option<Mark>,
    /// Why it diverges.
    pub cause: Option<&'static str>,
    /// The distribution's EVR, or that its list tells nothing of it; empty where it has none.
    pub distribution: String,
    /// The reference's likewise.
    pub reference: String,
}

/// The snapshot before another one.
pub fn snapshot_before<'a>(
    snapshots: &'a [SnapshotEntry],
    later: &SnapshotEntry,
) -> Option<&'a SnapshotEntry> {
    let mut snapshots = snapshots.iter().rev();
    snapshots.find(|snapshot| snapshot.taken < later.taken)
}

/// How reports are named that the lists of the page do not offer; `None` where they offer all.
pub fn older_note(release: &ReleaseEntry) -> Option<String> {
    let oldest = release.snapshots.first().filter(|_| has_older(release))?;
    let (year, month, day) = oldest.taken.0.year_month_day();
    Some(format!(
        "The newest {} reports can be chosen. An older one is named in the address, by its day or its minor release, such as ?from={year:04}-{month:02}-{day:02} or ?from={}.",
        release.snapshots.len(),
        oldest.distribution_minor
    ))
}

/// The years that tell which reports between two snapshots were lost; none where the index lists every snapshot, so that none was.
pub fn years_between(
    release: &ReleaseEntry,
    earlier: &SnapshotEntry,
    later: &SnapshotEntry,
) -> Vec<YearEntry> {
    if !has_older(release) {
        return Vec::new();
    }
    let [first, last] = [earlier, later].map(|snapshot| snapshot.taken.0.year_month_day().0);
    let years = release.years.iter();
    years
        .filter(|year| (first..=last).contains(&year.year))
        .cloned()
        .collect()
}

/// When the snapshots of years were taken whose reports were lost, oldest first. The years are in order.
pub fn lost_in(years: &[Arc<HistoryYear>]) -> Vec<Timestamp> {
    let points = years.iter().flat_map(|year| year.points());
    points
        .filter(|point| point.is_lost())
        .map(|point| point.taken)
        .collect()
}

/// That reports between two snapshots were lost; `None` where none was. `lost` is when those of the release were taken that were
/// lost, oldest first.
pub fn gap_note(
    lost: &[Timestamp],
    earlier: &SnapshotEntry,
    later: &SnapshotEntry,
) -> Option<String> {
    let between = lost
        .iter()
        .filter(|taken| earlier.taken.0 < **taken && **taken < later.taken.0);
    let between: Vec<String> = between.map(|taken| snapshot_id(*taken)).collect();
    match &between[..] {
        [] => None,
        [one] => Some(format!(
            "There is a gap in between: the report of {one} was lost. What was so only then is not known."
        )),
        [first, .., last] => Some(format!(
            "There are gaps in between: {} reports were lost, from {first} to {last}. What was so only then is not known.",
            count(u32::try_from(between.len()).unwrap_or(u32::MAX))
        )),
    }
}

/// Compares two reports of one release. `distribution` and `reference` are the names of the sides.
pub fn changes_between(
    before: &Compatibility,
    after: &Compatibility,
    distribution: &str,
    reference: &str,
) -> ReleaseChanges {
    let in_both: Vec<&str> = after
        .architecture_names()
        .filter(|name| before.architecture_names().any(|other| other == *name))
        .collect();
    let mut groups: BTreeMap<usize, Vec<ChangeRow>> = BTreeMap::new();
    let transitions = transitions_between(before, after, &in_both);
    let movement = Movement::of(before, after, &in_both, &transitions);
    for transition in &transitions {
        let way = (transition.distribution(), transition.reference());
        let known = WAYS.iter().position(|(known, _)| *known == way);
        let position = match known {
            _ if !transition.knows_versions() => WAYS.len() + 1,
            _ if way.0 == SideChange::Unknown || way.1 == SideChange::Unknown => WAYS.len() + 2,
            Some(position) => position,
            None => WAYS.len(),
        };
        groups
            .entry(position)
            .or_default()
            .push(row_of(transition, in_both.len()));
    }
    let groups = groups.into_iter().map(|(position, rows)| ChangeGroup {
        title: match WAYS.get(position) {
            Some((_, title)) => title.replace("{D}", distribution).replace("{R}", reference),
            None if position == WAYS.len() => "Several things at once".to_owned(),
            None if position == WAYS.len() + 2 => {
                "Not listed before or after, which means nothing: the list is not complete, or could not be read".to_owned()
            }
            None => {
                "On some architectures alone, whose versions stand on the package’s page".to_owned()
            }
        },
        rows,
    });
    ReleaseChanges {
        net: net_change(before, after, &movement, (distribution, reference)),
        notes: notes(before, after, distribution, reference),
        groups: groups.collect(),
    }
}

/// How a change can come about, in the order in which it is shown.
const WAYS: [((SideChange, SideChange), &str); 12] = {
    use SideChange::{Added, Removed, Unchanged, Updated};
    [
        ((Updated, Unchanged), "{D} changed its version"),
        ((Unchanged, Updated), "{R} changed its version"),
        ((Updated, Updated), "Both changed their versions"),
        ((Added, Unchanged), "{D} added it"),
        ((Removed, Unchanged), "{D} removed it"),
        ((Unchanged, Added), "{R} added it"),
        ((Unchanged, Removed), "{R} removed it"),
        ((Added, Added), "New on both sides"),
        ((Removed, Removed), "Gone from both sides"),
        ((Updated, Added), "{D} changed its version, {R} added it"),
        ((Added, Updated), "{R} changed its version, {D} added it"),
        (
            (Unchanged, Unchanged),
            "The same versions, known or compared differently",
        ),
    ]
};

fn row_of(transition: &Transition, architectures: usize) -> ChangeRow {
    let everywhere = transition.architectures.len() == architectures;
    ChangeRow {
        package: transition.package.clone(),
        architectures: (!everywhere).then(|| transition.architectures.join(", ")),
        before: stand_of(&transition.before),
        after: stand_of(&transition.after),
    }
}

fn stand_of(standing: &Standing) -> Stand {
    let unlisted = standing.distribution_untold || standing.reference_untold;
    let version = |evr: &Option<String>, untold: bool| match evr {
        None if untold && standing.outcome.is_some() => UNLISTED.to_owned(),
        evr => evr.clone().unwrap_or_default(),
    };
    Stand {
        mark: match &standing.outcome {
            None => unlisted.then_some(UNLISTED_MARK),
            Some(outcome) => Some(outcome_mark(outcome)),
        },
        cause: standing
            .outcome
            .and_then(|outcome| outcome.cause)
            .map(cause_label),
        distribution: version(&standing.distribution, standing.distribution_untold),
        reference: version(&standing.reference, standing.reference_untold),
    }
}

fn notes(
    before: &Compatibility,
    after: &Compatibility,
    distribution: &str,
    reference: &str,
) -> Vec<String> {
    let mut notes = Vec::new();
    for (side, then, now) in [
        (
            distribution,
            &before.distribution_minor,
            &after.distribution_minor,
        ),
        (reference, &before.reference_minor, &after.reference_minor),
    ] {
        if then != now {
            notes.push(format!("{side} went from {then} to {now} in between."));
        }
    }
    let lacking = |report: &Compatibility, other: &Compatibility| {
        let only = report
            .architecture_names()
            .filter(|name| other.architecture_names().all(|found| found != *name));
        only.collect::<Vec<_>>().join(", ")
    };
    for (architectures, when) in [
        (lacking(before, after), "earlier"),
        (lacking(after, before), "later"),
    ] {
        if !architectures.is_empty() {
            notes.push(format!(
                "{architectures}: only in the {when} report, so nothing there counts as a change."
            ));
        }
    }
    notes
}

#[cfg(test)]
mod tests;
