//! What the distribution's repositories had at the snapshots before, which tells by when a fix was there.

use super::lists::ReleaseLists;
use super::release::Occasion;
use crate::analysis::HeldAt;
use crate::domain::{Evr, Timestamp};
use crate::publish::configuration::ReleaseSetting;
use crate::report::{Compatibility, PackageTable, Security, SideName, SnapshotEntry, SourceRecord};
use std::collections::{BTreeMap, BTreeSet};

/// Snapshots up to the one that the clock before was made for that are looked through: of a fix that all of them had it is not told
/// since when.
const SNAPSHOTS_BEFORE: usize = 8;

/// What snapshots had, each list the newest first.
#[derive(Default)]
pub struct HeldBefore {
    /// The one that the clock before was made for, and those before it.
    pub at_clocks: Vec<HeldAt>,
    /// Those since: days on which advisories could not be read keep the clock of before, which knew nothing of what their packages
    /// fix.
    pub since_clock: Vec<HeldAt>,
}

/// The distribution's source packages at snapshots before, as far back as the same repositories were read, which record epochs.
pub fn held_before(
    release: &ReleaseSetting,
    lists: &ReleaseLists,
    before: Option<&Security>,
    occasion: &Occasion<'_>,
    warnings: &mut Vec<String>,
) -> HeldBefore {
    let entries = occasion.published.into_iter();
    let entry = entries
        .flat_map(|index| &index.releases)
        .find(|entry| entry.id == release.id);
    let snapshots = entry.into_iter().flat_map(|entry| &entry.snapshots).rev();
    let snapshots: Vec<&SnapshotEntry> = snapshots
        .filter(|snapshot| snapshot.taken.0 < occasion.taken)
        .collect();
    // The one of the clock may be listed no more.
    let is_since =
        |snapshot: &&&SnapshotEntry| before.is_some_and(|before| before.taken < snapshot.taken);
    let since = snapshots.iter().take_while(is_since).count();
    let (since_clock, at_clocks) = snapshots.split_at(since);
    let now = repositories_read(&lists.sources);
    if now.iter().any(|(_, _, records_epochs)| !records_epochs) {
        return HeldBefore::default();
    }
    let mut held = |snapshots: &[&SnapshotEntry]| -> Vec<HeldAt> {
        let reports = snapshots.iter().map_while(|snapshot| {
            let report = occasion.published_set.report(&snapshot.report);
            report
                .map_err(|error| {
                    warnings.push(format!(
                        "What snapshot {} had of packages cannot be read, so that it does not tell which fixes are new: {}: {}",
                        snapshot.id, error.place, error.cause
                    ));
                })
                .ok()
        });
        reports
            .take_while(|report| repositories_read(&report.sources) == now)
            .map(held_at)
            .collect()
    };
    HeldBefore {
        at_clocks: held(&at_clocks[..at_clocks.len().min(SNAPSHOTS_BEFORE)]),
        since_clock: held(since_clock),
    }
}

/// The distribution's repositories: their names and architectures, and whether they record epochs.
fn repositories_read(sources: &[SourceRecord]) -> BTreeSet<(&str, &str, bool)> {
    let own = sources
        .iter()
        .filter(|source| source.side == SideName::Distribution);
    own.map(|source| {
        (
            source.name.as_str(),
            source.architecture.as_str(),
            source.records_epochs,
        )
    })
    .collect()
}

fn held_at(report: Compatibility) -> HeldAt {
    let table = report.packages;
    let taken: Timestamp = report.taken.0;
    HeldAt {
        taken,
        tells_all: table.other_versions.is_some(),
        versions: versions_of(&table),
    }
}

/// The versions of each package on all architectures that have it. One that cannot be read tells nothing of its package.
fn versions_of(table: &PackageTable) -> BTreeMap<String, Vec<Evr>> {
    let mut texts: Vec<Vec<&str>> = table
        .distribution
        .iter()
        .map(|text| vec![text.as_str()])
        .collect();
    for other in table.other_versions.iter().flatten() {
        if let (Some(texts), Some(text)) = (texts.get_mut(other.row as usize), &other.distribution)
        {
            texts.push(text);
        }
    }
    let rows = table.names.iter().zip(texts);
    rows.filter_map(|(name, texts)| {
        let versions: Option<Vec<Evr>> = texts.into_iter().map(Evr::parse).collect();
        Some((name.clone(), versions?))
    })
    .collect()
}
