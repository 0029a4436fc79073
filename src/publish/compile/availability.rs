//! What of a release can be compared when some repositories could not be read.
//!
//! A repository that was not read says nothing of the packages that it has: compared without it, they would look missing. So
//! an architecture is compared only if all of its repositories were read. And since a release must not lose an architecture
//! because a host is down, it stays at its newest snapshot where that has an architecture that cannot be compared now.
//! Repositories that are not compared are left out alone.

use super::input_failures::cause_at;
use super::reading::{Attempts, CollectedSources, Reading, is_of};
use crate::domain::{Architecture, Timestamp};
use crate::publish::Error;
use crate::publish::configuration::{ReleaseSetting, RepositorySetting};
use crate::report::{Index, PointInTime, ReleaseEntry, SourceFailure, SourceStanding};
use std::collections::BTreeSet;

/// The repositories of a release, all of them read.
pub struct Readings {
    /// The repositories.
    pub repositories: Vec<Reading>,
    /// The source packages of each repository of the release.
    pub collected: Vec<CollectedSources>,
    /// For each repository of the release the index of its reading.
    pub reading_of: Vec<usize>,
    /// For each reading what it is called in messages.
    pub labels: Vec<String>,
    /// The repositories that are not compared and could not be read.
    pub unread: Vec<RepositorySetting>,
}

/// What there is of a release.
pub struct Availability {
    /// The release with the architectures that can be compared and their repositories, and what was read of these; `None`
    /// where the release is not published anew.
    pub comparable: Option<(ReleaseSetting, Readings)>,
    /// What could not be read, in the order of the configuration.
    pub failures: Vec<SourceFailure>,
    /// The error of the first of them.
    pub error: Option<Error>,
}

/// Finds out what there is of a release, by what was read of it and what is published of it.
pub fn availability_of(
    release: &ReleaseSetting,
    attempts: Attempts,
    published: Option<&Index>,
    taken: Timestamp,
) -> Availability {
    let entry = published.and_then(|index| {
        let mut entries = index.releases.iter();
        entries.find(|entry| entry.id == release.id)
    });
    let settings = || release.repositories.iter().zip(&attempts.reading_of);
    let failed_architectures: BTreeSet<Architecture> = settings()
        .filter(|(setting, reading)| {
            setting.role.is_compared() && attempts.results[**reading].is_err()
        })
        .map(|(setting, _)| setting.architecture)
        .collect();
    let published_architectures = entry.map_or(&[][..], |entry| &entry.architectures);
    let would_lose_one = published_architectures.iter().any(|published| {
        failed_architectures
            .iter()
            .any(|failed| failed.name() == published.name)
    });
    let mut failures = Vec::new();
    for (setting, &reading) in settings() {
        if let Err(error) = &attempts.results[reading] {
            // A snapshot that is taken without it has nothing of it, not even what is old.
            let kept = entry.filter(|_| setting.role.is_compared() || would_lose_one);
            let mut failure = failure_of(release, setting, error, kept, taken);
            let before = published.and_then(|index| {
                let mut failures = index.failures.iter();
                failures.find(|before| before.is_of_same_source(&failure))
            });
            // What it was read for since then ended the failures of before, which may be of a repeated run of that very time.
            let goes_on = |before: &&SourceFailure| {
                failure
                    .last_read
                    .is_none_or(|last_read| last_read <= before.since)
            };
            if let Some(before) = before.filter(goes_on) {
                failure.since = failure.since.min(before.since);
            }
            failures.push(failure);
        }
    }
    let (remaining, readings, error) = without(release, attempts, &failed_architectures);
    let comparable = !remaining.architectures.is_empty() && !would_lose_one;
    Availability {
        comparable: comparable.then_some((remaining, readings)),
        failures,
        error,
    }
}

fn failure_of(
    release: &ReleaseSetting,
    setting: &RepositorySetting,
    error: &Error,
    published: Option<&ReleaseEntry>,
    taken: Timestamp,
) -> SourceFailure {
    let side = setting.role.into();
    let last_read = published.and_then(|entry| {
        let mut sources = entry.sources.iter();
        let is_there = sources.any(|source| is_of(source, setting));
        entry.latest().filter(|_| is_there)
    });
    SourceFailure {
        release: release.id.clone(),
        side,
        name: setting.name.clone(),
        architecture: setting.architecture.name().to_owned(),
        location: setting.published_location.clone(),
        state: match last_read {
            Some(_) => SourceStanding::Old,
            None => SourceStanding::Absent,
        },
        last_read: last_read.map(|snapshot| snapshot.taken),
        since: PointInTime(taken),
        cause: cause_at(error),
    }
}

/// A release without some architectures, what was read of the others, and the first error.
fn without(
    release: &ReleaseSetting,
    attempts: Attempts,
    failed_architectures: &BTreeSet<Architecture>,
) -> (ReleaseSetting, Readings, Option<Error>) {
    let mut remaining = release.clone();
    let stays = |architecture: Architecture| !failed_architectures.contains(&architecture);
    remaining
        .architectures
        .retain(|setting| stays(setting.name));
    let mut readings = Readings {
        repositories: Vec::new(),
        collected: Vec::new(),
        reading_of: Vec::new(),
        labels: Vec::new(),
        unread: Vec::new(),
    };
    let mut first_error = None;
    let mut collected = Vec::new();
    let mut new_index = Vec::new();
    for (result, label) in attempts.results.into_iter().zip(attempts.labels) {
        match result {
            Ok(mut repository) => {
                collected.push(std::mem::take(&mut repository.collected).into_iter());
                new_index.push(Some(readings.repositories.len()));
                readings.repositories.push(repository);
                readings.labels.push(label);
            }
            Err(error) => {
                collected.push(Vec::new().into_iter());
                new_index.push(None);
                first_error = first_error.or(Some(error));
            }
        }
    }
    remaining.repositories.clear();
    for (setting, reading) in release.repositories.iter().zip(attempts.reading_of) {
        // They stand in the order of the repositories of the release.
        let own = collected[reading].next();
        if !stays(setting.architecture) {
            continue;
        }
        match (new_index[reading], own) {
            (Some(index), Some(own)) => {
                remaining.repositories.push(setting.clone());
                readings.reading_of.push(index);
                readings.collected.push(own);
            }
            _ => readings.unread.push(setting.clone()),
        }
    }
    (remaining, readings, first_error)
}
