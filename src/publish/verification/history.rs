//! Whether the history of a release is what its reports say, and its ledger and the feeds what the history says.

use super::documents::Documents;
use crate::publish::history::{FEEDS, ReleaseHistory, coverages, feeds};
use crate::publish::output::{Folder, digest_of};
use crate::publish::published_set::PublishedSet;
use crate::report::{
    EndedDeviations, HistoryMonth, HistorySnapshot, HistoryYear, INDEX_PATH, Index, Ledger,
    MonthEntry, PointInTime, ReleaseEntry, SnapshotEntry,
};
use std::fs;
use std::path::Path;

/// Holds the history of a release against the index and the reports. Gives back its snapshots, oldest first, but those that the
/// history tells as gaps, since their reports were lost before it was made.
pub fn verify_history(documents: &mut Documents, release: &ReleaseEntry) -> Vec<SnapshotEntry> {
    // An index of format 1.0 lists every snapshot and has no history.
    if release.years.is_empty() {
        return release.snapshots.clone();
    }
    let mut snapshots = Vec::new();
    for year in &release.years {
        if let Some(document) = documents.named::<HistoryYear>(Folder::Years, &year.digest) {
            let of_year = verify_year(documents, release, &document);
            if (document.year, of_year.len()) != (year.year, year.snapshots as usize) {
                let cause =
                    "it is another year, or has another number of snapshots, than the index says";
                documents.fault(&Folder::Years.path(&year.digest), cause);
            }
            snapshots.extend(of_year);
        }
    }
    if coverages(snapshots.iter(), &release.snapshots) != release.coverages {
        let id = &release.id;
        let cause =
            format!("the changes of architectures of release {id} are not those of its history");
        documents.fault(INDEX_PATH, cause);
    }
    let (lost, kept): (Vec<_>, Vec<_>) = snapshots.into_iter().partition(HistorySnapshot::is_lost);
    let mut entries: Vec<SnapshotEntry> = kept.into_iter().map(|one| one.entry).collect();
    let lost = lost.into_iter().map(|one| one.entry.taken);
    let first = release.snapshots.first().map(|first| first.taken);
    let is_listed = |taken: &PointInTime| first.is_some_and(|first| first < *taken);
    if !lost.filter(is_listed).eq(release.lost.iter().copied()) {
        let id = &release.id;
        let cause = format!("the lost snapshots of release {id} are not those of its history");
        documents.fault(INDEX_PATH, cause);
    }
    if !entries.ends_with(&release.snapshots) {
        let id = &release.id;
        let cause = format!("the newest snapshots of release {id} are not those of its history");
        documents.fault(INDEX_PATH, cause);
        // What the index names is what readers get.
        entries.extend_from_slice(&release.snapshots);
    }
    let set = documents.set();
    // Whatever cannot be read of it was told above.
    if let Ok(history) = ReleaseHistory::read(release, &set) {
        for (snapshot, what) in history.disagreements(&set) {
            let path = format!("months of {}", release.id);
            let id = &snapshot.id;
            documents.fault(&path, format!("at {id} {what} not what the reports say"));
        }
        verify_ledger(documents, release, &history, &set);
    }
    entries
}

/// The snapshots of a year, whose columns must be theirs.
fn verify_year(
    documents: &mut Documents,
    release: &ReleaseEntry,
    year: &HistoryYear,
) -> Vec<HistorySnapshot> {
    let mut snapshots = Vec::new();
    for entry in &year.months {
        let Some(month) = documents.named::<HistoryMonth>(Folder::Months, &entry.digest) else {
            return snapshots;
        };
        let transitions = month.snapshots.iter().map(|one| one.transitions.len());
        let expected = MonthEntry {
            month: month.month,
            snapshots: month.snapshots.len() as u32,
            transitions: transitions.sum::<usize>() as u32,
            digest: entry.digest.clone(),
        };
        if month.release != release.id || *entry != expected {
            let cause = "it is another month than its year says";
            documents.fault(&Folder::Months.path(&entry.digest), cause);
        }
        snapshots.extend(month.snapshots);
    }
    let of_year: Vec<&HistorySnapshot> = snapshots.iter().collect();
    let expected = HistoryYear::new(&release.id, year.year, &of_year, year.months.clone());
    let expected = HistoryYear {
        format: year.format,
        ..expected
    };
    if *year != expected {
        let cause = format!("the shares of {} are not those of its months", year.year);
        documents.fault(&format!("years of {}", release.id), cause);
    }
    snapshots
}

fn verify_ledger(
    documents: &mut Documents,
    release: &ReleaseEntry,
    history: &ReleaseHistory,
    set: &PublishedSet,
) {
    let published = release.ledger.as_ref();
    let ledger = published.and_then(|digest| documents.named::<Ledger>(Folder::Ledgers, digest));
    let Some(mut ledger) = ledger else {
        if published.is_none() && history.ledger(set).is_some() {
            let cause = format!("release {} has a history and no ledger", release.id);
            documents.fault(INDEX_PATH, cause);
        }
        return;
    };
    let mut ended = Vec::new();
    for quarter in &mut ledger.quarters {
        let digest = quarter.ended.take();
        ended.extend(
            digest.and_then(|digest| documents.named::<EndedDeviations>(Folder::Ended, &digest)),
        );
    }
    let agrees = history.ledger(set).is_some_and(|mut expected| {
        expected.ledger.format = ledger.format;
        for (expected, found) in expected.ended.iter_mut().zip(&ended) {
            expected.format = found.format;
        }
        expected.ledger == ledger && expected.ended == ended
    });
    if !agrees {
        let cause = "the deviations are not those that the history shows";
        documents.fault(&format!("ledger of {}", release.id), cause);
    }
}

/// Holds the feeds against the ledgers.
pub fn verify_feeds(documents: &mut Documents, index: &Index) {
    if index
        .releases
        .iter()
        .all(|release| release.ledger.is_none())
    {
        return;
    }
    let set = documents.set();
    let expected = feeds(index, &set);
    for path in FEEDS {
        let Some(bytes) = documents.bytes(path) else {
            continue;
        };
        // What cannot be read of the ledgers was told with them.
        let agrees = expected.as_ref().is_ok_and(|expected| {
            let mut feeds = expected.iter();
            feeds.any(|(name, expected)| name == path && *expected == bytes)
        });
        if !agrees {
            documents.fault(path, "it does not say what the ledgers say");
        }
    }
}

/// Documents of histories that later ones superseded: nothing refers to them, and they must be whole all the same.
pub fn verify_superseded(documents: &mut Documents, folder: &Path) {
    for kind in Folder::SUPERSEDED {
        let Ok(entries) = fs::read_dir(folder.join(kind.name())) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = format!("{}/{name}", kind.name());
            if documents.seen.contains(&path) {
                continue;
            }
            let bytes = documents.bytes(&path);
            let digest = bytes.map(|bytes| digest_of(&bytes).to_string());
            if digest.is_some_and(|digest| format!("{digest}.json") != name) {
                let cause = "it is not what was published under this name";
                documents.fault(&path, cause);
            }
        }
    }
}
