//! What earlier snapshots had in testing: an advisory is mostly published when its builds have left it.

use super::release::Occasion;
use super::repositories::SNAPSHOTS_BEFORE;
use crate::analysis::TestedBefore;
use crate::domain::Evr;
use crate::publish::configuration::{FurtherRole, ReleaseSetting, Role};
use crate::report::SourceFailure;

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
    for snapshot in before.take(SNAPSHOTS_BEFORE) {
        let read = occasion.published_set.repositories(&snapshot.report);
        let Ok(Some((_, boards))) = read else {
            continue;
        };
        for record in boards.testing.into_iter().flatten() {
            for standing in record.standings {
                let Some(evr) = Evr::parse(&standing.testing) else {
                    continue;
                };
                let by = standing.since.unwrap_or(record.since).at_the_latest.0;
                let known = tested.entry((record.package.clone(), evr)).or_insert(by);
                *known = by.min(*known);
            }
        }
    }
    tested
}
