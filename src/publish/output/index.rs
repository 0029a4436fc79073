//! The index that results when new snapshots join what was published before.

use super::folder::Folder;
use crate::analysis::ChangeRule;
use crate::domain::{Timestamp, compare_versions};
use crate::publish::compile::{CompiledRelease, merged_failures_of};
use crate::publish::configuration::Configuration;
use crate::publish::history::PublishedHistory;
use crate::publish::{Cause, Error};
use crate::report::{
    self, ChangeRuleRecord, FormatVersion, INDEX_PATH, Index, Notice, PointInTime, ReadError,
    ReleaseEntry, SourceFailure,
};
use std::fs;
use std::io;
use std::path::Path;

/// Reads the index of a published set; `None` where nothing was published yet. That it is not there although there are reports is
/// an error: what it named would be lost.
pub fn read_index(output: &Path) -> Result<Option<Index>, Error> {
    let path = output.join(INDEX_PATH);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return match has_reports(output)? {
                true => Err(Error::at(path.display(), Cause::IndexLost)),
                false => Ok(None),
            };
        }
        Err(error) => return Err(Error::io(&path, error)),
    };
    let unreadable = |error: ReadError| Error::at(path.display(), Cause::Published(error));
    let (index, notice) = report::read::<Index>(&bytes).map_err(unreadable)?;
    match notice {
        None => Ok(Some(index)),
        // Written again in an older version it would lose the fields that this Almanac does not know.
        Some(Notice::NewerMinor(version)) => Err(unreadable(ReadError::NewerMajor(version))),
    }
}

fn has_reports(output: &Path) -> Result<bool, Error> {
    let folder = output.join(Folder::Compatibility.name());
    match fs::read_dir(&folder) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::io(&folder, error)),
    }
}

/// The index with new snapshots, and with what could not be read for them. Other releases and snapshots stay; a snapshot of
/// the same name is replaced.
pub fn merged_index(
    published: Option<Index>,
    configuration: &Configuration,
    compiled: &[(CompiledRelease, PublishedHistory)],
    failures: &[SourceFailure],
    output: &Path,
    taken: Timestamp,
) -> Result<Index, Error> {
    if let Some(index) = published
        .as_ref()
        .filter(|index| index.sample != configuration.sample)
    {
        let cause = Cause::SampleMixed {
            published_sample: index.sample,
        };
        return Err(Error::at(output.join(INDEX_PATH).display(), cause));
    }
    let failures = merged_failures(published.as_ref(), configuration, failures, taken);
    let advisory_failures = failures_of_inputs(
        published.as_ref(),
        compiled,
        taken,
        |index| &index.advisory_failures,
        |release| &release.advisory_failures,
        |failure| &failure.release,
    );
    let input_failures = failures_of_inputs(
        published.as_ref(),
        compiled,
        taken,
        |index| &index.input_failures,
        |release| &release.input_failures,
        |failure| &failure.release,
    );
    let mut releases = published.map(|index| index.releases).unwrap_or_default();
    for (release, history) in compiled {
        insert(&mut releases, release, history);
    }
    releases.sort_by(|left, right| {
        compare_versions(&right.id, &left.id).then_with(|| right.id.cmp(&left.id))
    });
    let newest = releases
        .iter()
        .filter_map(ReleaseEntry::latest)
        .map(|snapshot| snapshot.taken)
        .max();
    Ok(Index {
        format: FormatVersion::CURRENT,
        generator: concat!("almanac ", env!("CARGO_PKG_VERSION")).to_owned(),
        generated: newest.unwrap_or(PointInTime(taken)),
        sample: configuration.sample,
        distribution: configuration.distribution.clone(),
        reference: configuration.reference.clone(),
        promise: configuration.promise.clone(),
        change_rules: configuration
            .rules
            .change_rules
            .iter()
            .map(rule_record)
            .collect(),
        releases,
        failures,
        advisory_failures,
        input_failures,
    })
}

/// What could not be read, release by release: of those that this run has tried what it met, of others what was met before.
/// A run that fills in a snapshot older than the newest says nothing of today; one that repeats the newest does, also where it leaves
/// that as it was.
fn merged_failures(
    published: Option<&Index>,
    configuration: &Configuration,
    failures: &[SourceFailure],
    taken: Timestamp,
) -> Vec<SourceFailure> {
    let newest = |release: &str| {
        let entry = published?.releases.iter().find(|entry| entry.id == release);
        entry?.latest().map(|snapshot| snapshot.taken.0)
    };
    let is_configured = |release: &str| {
        configuration
            .releases
            .iter()
            .any(|setting| setting.id == release)
    };
    let is_told_anew = |release: &str| {
        is_configured(release) && newest(release).is_none_or(|newest| newest <= taken)
    };
    let before = published.map_or(&[][..], |index| &index.failures);
    let kept = before.iter().filter(|failure| {
        let release = &failure.release;
        !is_told_anew(release) && (is_configured(release) || newest(release).is_some())
    });
    let new = failures
        .iter()
        .filter(|failure| is_told_anew(&failure.release));
    kept.chain(new).cloned().collect()
}

/// Inputs of the releases that could not be read; a release that was not compiled now keeps those of before.
fn failures_of_inputs<T: Clone>(
    published: Option<&Index>,
    compiled: &[(CompiledRelease, PublishedHistory)],
    taken: Timestamp,
    in_index: fn(&Index) -> &[T],
    in_release: fn(&CompiledRelease) -> &[T],
    release_of: fn(&T) -> &str,
) -> Vec<T> {
    let tried: Vec<(&str, &[T])> = compiled
        .iter()
        .map(|(release, _)| (release.id.as_str(), in_release(release)))
        .collect();
    let newest = |release: &str| {
        let mut entries = published?.releases.iter();
        let entry = entries.find(|entry| entry.id == release)?;
        entry.latest().map(|snapshot| snapshot.taken.0)
    };
    let before = published.map_or(&[][..], in_index);
    merged_failures_of(before, &tried, taken, newest, release_of)
}

fn rule_record(rule: &ChangeRule) -> ChangeRuleRecord {
    ChangeRuleRecord {
        class: rule.class.into(),
        conditions: rule.to_string(),
        because: rule.because.clone(),
    }
}

fn insert(
    releases: &mut Vec<ReleaseEntry>,
    compiled: &CompiledRelease,
    history: &PublishedHistory,
) {
    let position = releases
        .iter()
        .position(|release| release.id == compiled.id)
        .unwrap_or_else(|| {
            releases.push(ReleaseEntry {
                id: compiled.id.clone(),
                architectures: Vec::new(),
                snapshots: Vec::new(),
                lost: Vec::new(),
                coverages: Vec::new(),
                years: Vec::new(),
                ledger: None,
                sources: Vec::new(),
            });
            releases.len() - 1
        });
    let release = &mut releases[position];
    release.snapshots.clone_from(&history.snapshots);
    release.lost.clone_from(&history.lost);
    release.coverages.clone_from(&history.coverages);
    release.years.clone_from(&history.years);
    release.ledger.clone_from(&history.ledger);
    if release.latest() == Some(&compiled.snapshot) {
        release.architectures = compiled.architecture_entries();
        release.sources = compiled.sources.clone();
    }
}
