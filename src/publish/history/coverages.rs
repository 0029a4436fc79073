//! Where the shares of a release are of other architectures than before.

use crate::report::{CoverageRecord, HistorySnapshot, PointInTime, SnapshotEntry};

/// Which of the listed snapshots, oldest first, have other architectures than the one before; the first of them tells none.
pub fn coverages<'a>(
    snapshots: impl Iterator<Item = &'a HistorySnapshot>,
    listed: &[SnapshotEntry],
) -> Vec<CoverageRecord> {
    let first = listed.first().map(|entry| entry.taken);
    let is_listed = |taken: PointInTime| first.is_some_and(|first| first <= taken);
    let mut before: Option<Vec<String>> = None;
    let mut coverages = Vec::new();
    for snapshot in snapshots.filter(|snapshot| is_listed(snapshot.entry.taken)) {
        let Some(figures) = &snapshot.figures else {
            continue;
        };
        let names = figures.architectures.iter().map(|one| one.name.clone());
        let mut architectures: Vec<String> = names.collect();
        architectures.sort();
        if before
            .replace(architectures.clone())
            .is_some_and(|before| before != architectures)
        {
            coverages.push(CoverageRecord {
                from: snapshot.entry.taken,
                architectures,
            });
        }
    }
    coverages
}
