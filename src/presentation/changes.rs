//! What became of a release's packages from one snapshot to a later one: the net change first, then each, grouped by who made it.

mod text;

pub use text::changes_text;

use super::date::day;
use super::history::is_meant_by;
use super::number::{count, counted, percent};
use super::words::{Mark, cause_label, outcome_mark};
use crate::domain::{Shares, SideChange, Standing, Transition, Verdict};
use crate::report::{Compatibility, SnapshotEntry, transitions_between};
use std::collections::BTreeMap;

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
    /// The mark of its verdict; `None` where neither side has it.
    pub mark: Option<Mark>,
    /// Why it diverges.
    pub cause: Option<&'static str>,
    /// The distribution's EVR; empty where it has none.
    pub distribution: String,
    /// The reference's EVR; empty where it has none.
    pub reference: String,
}

/// The snapshot that a reader means by its name, or the newest one of that day or of the minor release of that name. Snapshots are
/// in the order of time.
pub fn snapshot_named<'a>(snapshots: &'a [SnapshotEntry], name: &str) -> Option<&'a SnapshotEntry> {
    let snapshots = || snapshots.iter().rev();
    snapshots()
        .find(|snapshot| is_meant_by(name, snapshot))
        .or_else(|| snapshots().find(|snapshot| snapshot.distribution_minor == name))
}

/// The snapshot before another one.
pub fn snapshot_before<'a>(
    snapshots: &'a [SnapshotEntry],
    later: &SnapshotEntry,
) -> Option<&'a SnapshotEntry> {
    let mut snapshots = snapshots.iter().rev();
    snapshots.find(|snapshot| snapshot.taken < later.taken)
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
    for transition in transitions_between(before, after, &in_both) {
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
            .push(row_of(&transition, in_both.len()));
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
        net: net_change(before, after),
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
    Stand {
        mark: standing.outcome.as_ref().map(outcome_mark),
        cause: standing
            .outcome
            .and_then(|outcome| outcome.cause)
            .map(cause_label),
        distribution: standing.distribution.clone().unwrap_or_default(),
        reference: standing.reference.clone().unwrap_or_default(),
    }
}

/// The shares then and now, and how many packages went which way; each counts by its least favourable architecture.
fn net_change(before: &Compatibility, after: &Compatibility) -> Vec<String> {
    let (then, now): (Shares, Shares) = (before.shares.into(), after.shares.into());
    let (from, to) = (day(before.taken.0), day(after.taken.0));
    let share = |shares: &Shares| {
        let (matching, compared) = (shares.matching(), shares.compared());
        format!(
            "{} ({} of {})",
            percent(matching, compared),
            count(matching),
            count(compared)
        )
    };
    let strongest = match (then.compared(), now.compared()) {
        (0, _) | (_, 0) => {
            format!("From {from} to {to} there is no share on both days to compare.")
        }
        _ => format!(
            "{}: the share that matches went from {} on {from} to {} on {to}.",
            points(&then, &now),
            share(&then),
            share(&now)
        ),
    };
    let worst = |report: &Compatibility| -> BTreeMap<String, Verdict> {
        let table = &report.packages;
        let verdict = |row: usize| {
            let outcomes = table.outcomes_of(row).flatten();
            outcomes.map(|outcome| Verdict::from(outcome.verdict)).max()
        };
        let rows = table.names.iter().enumerate();
        rows.filter_map(|(row, name)| Some((name.clone(), verdict(row)?)))
            .collect()
    };
    let (earlier, later) = (worst(before), worst(after));
    let diverges = |verdicts: &BTreeMap<String, Verdict>, name: &String| {
        verdicts.get(name) == Some(&Verdict::Diverging)
    };
    let number = |found: usize| {
        counted(
            u32::try_from(found).unwrap_or(u32::MAX),
            "package",
            "packages",
        )
    };
    let began = later
        .keys()
        .filter(|name| diverges(&later, name) && !diverges(&earlier, name))
        .count();
    let ended = earlier
        .keys()
        .filter(|name| diverges(&earlier, name) && !diverges(&later, name))
        .count();
    let joined = later
        .keys()
        .filter(|name| !earlier.contains_key(*name))
        .count();
    let left = earlier
        .keys()
        .filter(|name| !later.contains_key(*name))
        .count();
    vec![
        strongest,
        format!(
            "{} ceased to diverge and {} began to; {} came in and {} went.",
            number(ended),
            number(began),
            number(joined),
            number(left)
        ),
    ]
}

/// The difference of two shares, such as `+0.4 percentage points`.
fn points(then: &Shares, now: &Shares) -> String {
    let share = |shares: &Shares| f64::from(shares.matching()) / f64::from(shares.compared());
    let tenths = ((share(now) - share(then)) * 1_000.0).round();
    match tenths {
        _ if share(now) == share(then) => "No change".to_owned(),
        0.0 => "Less than 0.1\u{a0}percentage points".to_owned(),
        _ => {
            let sign = if tenths > 0.0 { "+" } else { "−" };
            format!("{sign}{:.1}\u{a0}percentage points", tenths.abs() / 10.0)
        }
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
