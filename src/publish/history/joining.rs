//! One set with the history of several: the union of their snapshots, compared with each other anew.

use super::feeds::feeds;
use super::release_history::{Loss, PublishedHistory, ReleaseHistory};
use crate::domain::compare_versions;
use crate::publish::output::{Counts, Folder, Staging, digest_of, read_index};
use crate::publish::published_set::PublishedSet;
use crate::publish::{Cause, Error};
use crate::report::{
    ArchitectureRecord, Compatibility, Digest, FormatVersion, INDEX_PATH, Index, PointInTime,
    ReleaseEntry, SnapshotEntry, SourceFailure,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What joining came to.
#[derive(Debug)]
pub struct Joined {
    /// The index of the joined set.
    pub index: Index,
    /// Reports that are in none of the folders, or damaged: their snapshots are gaps, and the index does not list them.
    pub losses: Vec<Loss>,
    /// How many documents were new in the output.
    pub counts: Counts,
}

impl Joined {
    /// How many snapshots of a release can be opened.
    pub fn kept(&self, release: &ReleaseEntry) -> u32 {
        release
            .snapshot_count()
            .saturating_sub(self.gaps(&release.id))
    }

    /// How many snapshots of a release are gaps.
    pub fn gaps(&self, release: &str) -> u32 {
        let losses = self.losses.iter().filter(|loss| loss.release == release);
        losses.count() as u32
    }

    /// Whether any listed snapshot has a security clock.
    pub fn has_clocks(&self) -> bool {
        let releases = self.index.releases.iter();
        let mut snapshots = releases.flat_map(|release| &release.snapshots);
        snapshots.any(|snapshot| snapshot.security.is_some())
    }
}

/// Joins published sets into one in `output`, which may be one of them or have a set already. Of two snapshots of one release at
/// one time that of the folder named last counts; what is in `output` counts least. All that the set says of the present is that
/// of the newest set. Security clocks stay as each set has them: when an advisory first appeared is not found out anew.
pub fn join(folders: &[PathBuf], output: &Path) -> Result<Joined, Error> {
    let mut staging = Staging::open(output)?;
    let mut indexes: Vec<Index> = read_index(output)?.into_iter().collect();
    let mut searched = vec![output.to_owned()];
    for folder in folders {
        let index = read_index(folder)?.ok_or_else(|| not_published(folder))?;
        if let Some(first) = indexes.first()
            && first.sample != index.sample
        {
            let cause = Cause::SampleMixed {
                published_sample: first.sample,
            };
            return Err(Error::at(folder.join(INDEX_PATH).display(), cause));
        }
        indexes.push(index);
        searched.push(folder.clone());
    }
    let set = PublishedSet::of_folders(searched);
    for folder in folders {
        adopt_documents(folder, output, &mut staging)?;
    }
    let Some(newest) = indexes.iter().max_by_key(|index| index.generated).cloned() else {
        return Err(not_published(output));
    };
    let mut snapshots: BTreeMap<String, BTreeMap<PointInTime, SnapshotEntry>> = BTreeMap::new();
    for release in indexes.iter().flat_map(|index| &index.releases) {
        let entries = match set.snapshots(release) {
            Ok(taken) => taken.kept.into_iter().chain(taken.lost).collect(),
            Err(error) => {
                let named = named_snapshots(release, &set);
                // None of them may vanish untold.
                if named.len() < release.snapshot_count() as usize {
                    let cause = Cause::HistoryLost(error.cause.to_string());
                    return Err(Error::at(error.place, cause));
                }
                named
            }
        };
        let of_release = snapshots.entry(release.id.clone()).or_default();
        of_release.extend(entries.into_iter().map(|entry| (entry.taken, entry)));
    }
    let (mut releases, mut losses) = (Vec::new(), Vec::new());
    for (id, entries) in snapshots {
        let entries = entries.into_values().collect();
        let mut history = ReleaseHistory::of_reports(&id, entries, &set)?;
        let before = indexes.iter().flat_map(|index| &index.releases);
        for release in before.filter(|release| release.id == id) {
            history.keep_names(release, &set);
        }
        let published = history.write(&mut staging)?;
        losses.extend(history.into_losses());
        // Where all were lost, there is nothing that the index could name.
        if let Some(latest) = published.snapshots.last() {
            let report = set.report(&latest.report)?;
            releases.push(release_entry(id, published, report));
        }
    }
    if releases.is_empty() && !losses.is_empty() {
        return Err(losses.swap_remove(0).cause);
    }
    releases.sort_by(|left, right| {
        compare_versions(&right.id, &left.id).then_with(|| right.id.cmp(&left.id))
    });
    let taken = |id: &str| {
        let release = releases.iter().find(|release| release.id == id)?;
        release.latest().map(|latest| latest.taken)
    };
    let failures = newest.failures.iter().map(|failure| SourceFailure {
        last_read: failure.last_read.and(taken(&failure.release)),
        ..failure.clone()
    });
    let failures = failures.collect();
    let newest_taken = releases.iter().filter_map(ReleaseEntry::latest);
    let newest_taken = newest_taken.map(|latest| latest.taken).max();
    let index = Index {
        format: FormatVersion::CURRENT,
        generated: newest_taken.unwrap_or(newest.generated),
        failures,
        releases,
        ..newest
    };
    let feeds = feeds(&index, &staging.set())?;
    let counts = staging.commit(&index, feeds)?;
    Ok(Joined {
        index,
        losses,
        counts,
    })
}

/// The snapshots of a release that the index and what can be read of its history name, oldest first.
fn named_snapshots(release: &ReleaseEntry, set: &PublishedSet) -> Vec<SnapshotEntry> {
    let years = release.years.iter();
    let years = years.filter_map(|year| set.year(&year.digest).ok());
    let months = years.flat_map(|year| year.months);
    let months = months.filter_map(|month| set.month(&month.digest).ok());
    let of_months = months.flat_map(|month| month.snapshots);
    let entries = of_months.map(|snapshot| snapshot.entry);
    let entries = entries.chain(release.snapshots.iter().cloned());
    let by_time: BTreeMap<PointInTime, SnapshotEntry> =
        entries.map(|entry| (entry.taken, entry)).collect();
    by_time.into_values().collect()
}

/// What the index says of a release, whose newest report says what it was made from.
fn release_entry(id: String, history: PublishedHistory, report: Compatibility) -> ReleaseEntry {
    ReleaseEntry {
        id,
        architectures: report
            .architectures
            .iter()
            .map(ArchitectureRecord::entry)
            .collect(),
        snapshots: history.snapshots,
        lost: history.lost,
        coverages: history.coverages,
        years: history.years,
        ledger: history.ledger,
        sources: report.sources,
    }
}

fn not_published(folder: &Path) -> Error {
    Error::at(folder.join(INDEX_PATH).display(), Cause::NotPublished)
}

/// Takes over the documents that are named by what they hold, but those of histories, which are made anew.
fn adopt_documents(folder: &Path, output: &Path, staging: &mut Staging) -> Result<(), Error> {
    let kinds = Folder::ALL
        .into_iter()
        .filter(|kind| !Folder::SUPERSEDED.contains(kind));
    for kind in kinds {
        let place = folder.join(kind.name());
        if !place.is_dir() || place == output.join(kind.name()) {
            continue;
        }
        let io = |error| Error::io(&place, error);
        for entry in fs::read_dir(&place).map_err(io)? {
            let path = entry.map_err(io)?.path();
            let stem = path.file_stem().and_then(|stem| stem.to_str());
            let Some(digest) = stem.and_then(|stem| Digest::try_from(stem.to_owned()).ok()) else {
                continue;
            };
            let bytes = fs::read(&path).map_err(|error| Error::io(&path, error))?;
            // A damaged document is no document; a report among them is told as a gap.
            if digest_of(&bytes) == digest {
                staging.adopt(kind, &digest, &bytes)?;
            }
        }
    }
    Ok(())
}
