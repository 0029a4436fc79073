//! What earlier snapshots had in testing: an advisory is mostly published when its builds have left it.

use super::release::Occasion;
use crate::analysis::{TestedBefore, TestedBuild};
use crate::domain::Evr;
use crate::publish::configuration::{FurtherRole, ReleaseSetting, Role};
use crate::report::{SideName, SourceFailure};

/// Snapshots that are looked through; those that could not read all of testing do not count.
const SNAPSHOTS_BEFORE: usize = 8;

/// The builds that waited in testing at the snapshots before, and by when they were there. A board that cannot be read is told
/// where the boards of this snapshot are made.
pub fn tested_before(
    release: &ReleaseSetting,
    testing_failures: &[SourceFailure],
    occasion: &Occasion<'_>,
) -> TestedBefore {
    let mut tested = TestedBefore::new();
    let mut settings = release.repositories.iter();
    let is_read = settings.any(|setting| setting.role == Role::Further(FurtherRole::Testing));
    if !is_read && testing_failures.is_empty() {
        return tested;
    }
    let entries = occasion.published.into_iter();
    let entry = entries
        .flat_map(|index| &index.releases)
        .find(|entry| entry.id == release.id);
    let snapshots = entry.into_iter().flat_map(|entry| &entry.snapshots).rev();
    let before = snapshots.filter(|snapshot| snapshot.taken.0 < occasion.taken);
    let mut whole = 0;
    for snapshot in before {
        if whole == SNAPSHOTS_BEFORE {
            break;
        }
        let read = occasion.published_set.repositories(&snapshot.report);
        let Ok(Some((_, boards))) = read else {
            continue;
        };
        let mut failures = boards.failures.iter();
        whole += usize::from(failures.all(|failure| failure.side != SideName::Testing));
        for record in boards.testing.into_iter().flatten() {
            for standing in record.standings {
                let Some(evr) = Evr::parse(&standing.testing) else {
                    continue;
                };
                let by = standing.since.unwrap_or(record.since).at_the_latest.0;
                let architectures = standing.architectures.iter();
                let builds = architectures.filter_map(|architecture| {
                    Some(TestedBuild {
                        evr: evr.clone(),
                        architecture: architecture.parse().ok()?,
                        by,
                    })
                });
                let known = tested.entry(record.package.clone()).or_default();
                known.extend(builds);
            }
        }
    }
    tested
}
