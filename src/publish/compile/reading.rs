//! Reads all repositories of a release, several at a time; each once, whatever architectures it is read for.

use crate::publish::Error;
use crate::publish::configuration::{Configuration, ReleaseSetting, RepositorySetting, Role};
use crate::publish::progress::Progress;
use crate::publish::repository::{Location, Repository, read_repository};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

/// What was read, and which of it each repository of the release is.
pub struct Readings {
    /// The repositories read.
    pub repositories: Vec<Repository>,
    /// For each repository of the release the index of its reading.
    pub reading_of: Vec<usize>,
    /// For each reading what it is called in messages, such as `9 x86_64 BaseOS (AlmaLinux)`.
    pub labels: Vec<String>,
}

/// One repository to read.
struct Job<'a> {
    location: &'a Location,
    excluded: &'a BTreeSet<String>,
    label: String,
}

/// Reads the repositories of a release on so many threads. Where several fail, the first in the configuration is told.
pub fn read_repositories(
    release: &ReleaseSetting,
    configuration: &Configuration,
    threads: usize,
    progress: &Progress,
) -> Result<Readings, Error> {
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
            let result = read_repository(job.location, job.excluded);
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
                        started.elapsed(),
                    );
                }
                Err(_) => failed.store(true, Ordering::Relaxed),
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
    let repositories = results
        .into_iter()
        .filter_map(|slot| slot.into_inner().ok().flatten())
        .collect::<Result<_, _>>()?;
    Ok(Readings {
        repositories,
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
            .entry((&setting.location, &setting.excluded))
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
                Role::Distribution => configuration.distribution.name.as_str(),
                Role::Reference => configuration.reference.name.as_str(),
                Role::Origin => "origin",
            };
            Job {
                location: &first.location,
                excluded: &first.excluded,
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
