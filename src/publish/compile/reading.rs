//! Reads all repositories of a release, several at a time; each once, whatever architectures it is read for.

use crate::publish::Error;
use crate::publish::configuration::{Configuration, ReleaseSetting, RepositorySetting, Role};
use crate::publish::fetch::Fetcher;
use crate::publish::progress::Progress;
use crate::publish::repository::{Extent, Location, Repository, read_repository};
use crate::report::SideName;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

/// What was read or could not be, and which of it each repository of the release is.
pub struct Attempts {
    /// The repositories.
    pub results: Vec<Result<Repository, Error>>,
    /// For each repository of the release the index of its reading.
    pub reading_of: Vec<usize>,
    /// For each reading what it is called in messages, such as `9 x86_64 BaseOS (AlmaLinux)`.
    pub labels: Vec<String>,
}

/// One repository to read.
struct Job<'a> {
    location: &'a Location,
    mirrors: &'a [Location],
    excluded: &'a BTreeSet<String>,
    extent: Extent,
    label: String,
}

/// Reads the repositories of a release on so many threads. What fails over http(s) is told in its place, unless the
/// configuration says that it stops the run, as do folders that cannot be read and faults of this machine; where several do,
/// the first in the configuration is told.
pub fn read_repositories(
    release: &ReleaseSetting,
    configuration: &Configuration,
    fetcher: &Fetcher,
    threads: usize,
    progress: &Progress,
) -> Result<Attempts, Error> {
    let stops_the_run = |location: &Location, error: &Error| {
        configuration.stops_on_failure
            || matches!(location, Location::Path(_))
            || error.is_of_this_machine()
    };
    let (jobs, reading_of) = jobs_of(release, configuration);
    progress.expect(jobs.len());
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let results: Vec<Mutex<Option<Result<Repository, Error>>>> =
        jobs.iter().map(|_| Mutex::new(None)).collect();
    let work = || {
        // Jobs are taken in order and a taken one is ended: all before the first that fails have a result.
        while !failed.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else { return };
            let started = Instant::now();
            let result =
                read_repository(job.location, job.mirrors, job.excluded, job.extent, fetcher);
            match &result {
                Ok(repository) => {
                    let sources: BTreeSet<&str> = repository
                        .packages
                        .iter()
                        .map(|package| package.source.name.as_str())
                        .collect();
                    progress.repository_read(
                        &job.label,
                        repository.packages.len(),
                        sources.len(),
                        repository.received_bytes,
                        started.elapsed(),
                    );
                }
                Err(error) if stops_the_run(job.location, error) => {
                    failed.store(true, Ordering::Relaxed);
                }
                Err(error) => progress.repository_failed(&job.label, error),
            }
            if let Ok(mut slot) = results[index].lock() {
                *slot = Some(result);
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, jobs.len().max(1)) {
            scope.spawn(work);
        }
    });
    let results = results
        .into_iter()
        .filter_map(|slot| slot.into_inner().ok().flatten());
    let results = results
        .zip(&jobs)
        .map(|(result, job)| match result {
            Err(error) if stops_the_run(job.location, &error) => Err(error),
            result => Ok(result),
        })
        .collect::<Result<_, _>>()?;
    Ok(Attempts {
        results,
        reading_of,
        labels: jobs.into_iter().map(|job| job.label).collect(),
    })
}

fn jobs_of<'a>(
    release: &'a ReleaseSetting,
    configuration: &Configuration,
) -> (Vec<Job<'a>>, Vec<usize>) {
    let mut users: Vec<Vec<&RepositorySetting>> = Vec::new();
    let mut known = BTreeMap::new();
    let mut reading_of = Vec::with_capacity(release.repositories.len());
    for setting in &release.repositories {
        let index = *known
            .entry((&setting.location, &setting.mirrors, &setting.excluded))
            .or_insert_with(|| {
                users.push(Vec::new());
                users.len() - 1
            });
        users[index].push(setting);
        reading_of.push(index);
    }
    let jobs = users
        .into_iter()
        .map(|users| {
            let architectures: Vec<&str> = users
                .iter()
                .map(|setting| setting.architecture.name())
                .collect();
            let first = users[0];
            let party = match first.role {
                Role::Distribution => configuration.distribution.name.clone(),
                Role::Reference => configuration.reference.name.clone(),
                role => SideName::from(role).to_string(),
            };
            let is_compared = users
                .iter()
                .any(|setting| matches!(setting.role, Role::Distribution | Role::Reference));
            Job {
                location: &first.location,
                mirrors: &first.mirrors,
                excluded: &first.excluded,
                extent: if release.abi && is_compared {
                    Extent::NamesAndAbi
                } else {
                    Extent::Names
                },
                label: format!(
                    "{} {} {} ({party})",
                    release.id,
                    architectures.join(","),
                    first.name
                ),
            }
        })
        .collect();
    (jobs, reading_of)
}
