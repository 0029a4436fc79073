//! Reads all repositories of a release, several at a time; each once, whatever architectures it is read for.

use crate::analysis::SourceCollector;
use crate::domain::{Architecture, BinaryPackage, Claim, Evr, Timestamp};
use crate::publish::Error;
use crate::publish::configuration::{
    Configuration, FurtherRole, ReleaseSetting, RepositorySetting, Role,
};
use crate::publish::fetch::Fetcher;
use crate::publish::progress::Progress;
use crate::publish::repository::{AbiLists, Extent, Location, Repository, Wanted, read_repository};
use crate::report::{Digest, ReleaseEntry, SideName, SourceRecord};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

/// What was read or could not be, and which of it each repository of the release is.
pub struct Attempts {
    /// The repositories.
    pub results: Vec<Result<Reading, Error>>,
    /// For each repository of the release the index of its reading.
    pub reading_of: Vec<usize>,
    /// For each reading what it is called in messages, such as `9 x86_64 BaseOS (AlmaLinux)`.
    pub labels: Vec<String>,
}

/// What was read of one repository.
pub struct Reading {
    /// Its source packages, for each of the release's repositories that it is, in their order.
    pub collected: Vec<CollectedSources>,
    /// What its binary packages say of packages of other names, where that is needed, and for which architecture.
    pub claims: Vec<(Architecture, Claim)>,
    /// The names of packages, and of their source packages, whose entries could not be read.
    pub left_out: BTreeSet<String>,
    /// What was left out, and why; one sentence each.
    pub warnings: Vec<String>,
    /// When it was made.
    pub dated: Option<Timestamp>,
    /// The SHA-256 of its repomd.xml.
    pub digest: Digest,
    /// Where it was read from.
    pub location: Location,
    /// How many binary packages it has.
    pub binary_packages: usize,
}

/// The source packages of a repository for one architecture.
pub struct CollectedSources {
    /// They.
    pub collector: SourceCollector,
    /// How many of the binary packages count for the architecture.
    pub binary_packages_counted: u32,
    /// How many source packages count that the repository has itself.
    pub source_packages_counted: u32,
}

/// One repository to read.
struct Job<'a> {
    /// The release's repositories that it is, in their order.
    users: Vec<&'a RepositorySetting>,
    location: &'a Location,
    mirrors: &'a [Location],
    excluded: &'a BTreeSet<String>,
    extent: Extent,
    sources: bool,
    may_be_empty: bool,
    /// When what is published of it was made.
    dated_before: Option<Timestamp>,
    label: String,
}

/// Reads the repositories of a release on so many threads. What fails over http(s) is told in its place, unless the
/// configuration says that it stops the run, as do folders that cannot be read and faults of this machine; where several do,
/// the first in the configuration is told. `published` is what was published of the release before.
pub fn read_repositories(
    release: &ReleaseSetting,
    published: Option<&ReleaseEntry>,
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
    let (jobs, reading_of) = jobs_of(release, published, configuration);
    progress.expect(jobs.len());
    let next = AtomicUsize::new(0);
    let failed = AtomicBool::new(false);
    let results: Vec<Mutex<Option<Result<Reading, Error>>>> =
        jobs.iter().map(|_| Mutex::new(None)).collect();
    let abi_lists = AbiLists::default();
    let work = || {
        // Jobs are taken in order and a taken one is ended: all before the first that fails have a result.
        while !failed.load(Ordering::Relaxed) {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(job) = jobs.get(index) else { return };
            let started = Instant::now();
            let wanted = Wanted {
                excluded: job.excluded,
                extent: job.extent,
                sources: job.sources,
                may_be_empty: job.may_be_empty,
                abi_lists: &abi_lists,
                dated_before: job.dated_before,
            };
            let result = read_repository(job.location, job.mirrors, wanted, fetcher);
            match &result {
                Ok(repository) => {
                    let built = repository.packages.iter();
                    let built = built.map(|package| package.source.name.as_str());
                    let own = repository.sources.iter().map(|(name, _)| name.as_str());
                    let sources: BTreeSet<&str> = built.chain(own).collect();
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
                // Binary packages take most memory: they are grouped before the next repository is read.
                *slot = Some(result.map(|repository| grouped(repository, &job.users)));
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

fn grouped(repository: Repository, users: &[&RepositorySetting]) -> Reading {
    let Repository {
        packages,
        sources,
        claims,
        left_out,
        warnings,
        dated,
        digest,
        location,
        received_bytes: _,
    } = repository;
    let binary_packages = packages.len();
    let mut collected = Vec::with_capacity(users.len());
    if let Some((last, others)) = users.split_last() {
        let clones = others
            .iter()
            .map(|user| collected_for(user, packages.iter().cloned(), &sources));
        collected.extend(clones);
        collected.push(collected_for(last, packages.into_iter(), &sources));
    }
    Reading {
        collected,
        claims,
        left_out,
        warnings,
        dated,
        digest,
        location,
        binary_packages,
    }
}

fn collected_for(
    setting: &RepositorySetting,
    packages: impl Iterator<Item = BinaryPackage>,
    sources: &[(String, Evr)],
) -> CollectedSources {
    let mut collector = SourceCollector::new(setting.read_as);
    let counted = packages.filter_map(|package| {
        let counts = collector.add(&setting.name, package);
        counts.then_some(())
    });
    let binary_packages_counted = counted.count() as u32;
    // What is compared are builds; sources come from where the source alone is, too.
    let sources = match setting.role {
        Role::Origin(_) => sources,
        _ => &[],
    };
    for (name, evr) in sources {
        collector.add_source(&setting.name, name, evr);
    }
    CollectedSources {
        collector,
        binary_packages_counted,
        source_packages_counted: sources.len() as u32,
    }
}

/// Whether a source of a report is a repository of the configuration.
pub(super) fn is_of(source: &SourceRecord, setting: &RepositorySetting) -> bool {
    source.side == SideName::from(setting.role)
        && source.name == setting.name
        && source.architecture == setting.architecture.name()
}

fn jobs_of<'a>(
    release: &'a ReleaseSetting,
    published: Option<&ReleaseEntry>,
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
            let label = format!(
                "{} {} {} ({party})",
                release.id,
                architectures.join(","),
                first.name
            );
            let is_compared = users
                .iter()
                .any(|setting| matches!(setting.role, Role::Distribution | Role::Reference));
            let adds = users
                .iter()
                .any(|setting| setting.role == Role::Further(FurtherRole::Synergy));
            let sources = published.into_iter().flat_map(|entry| &entry.sources);
            let own = sources.filter(|source| users.iter().any(|user| is_of(source, user)));
            let dated_before = own.filter_map(|source| Some(source.dated?.0)).max();
            Job {
                dated_before,
                location: &first.location,
                mirrors: &first.mirrors,
                excluded: &first.excluded,
                extent: match (release.abi && is_compared, adds) {
                    (true, true) => Extent::NamesAbiAndClaims,
                    (true, false) => Extent::NamesAndAbi,
                    (false, true) => Extent::NamesAndClaims,
                    (false, false) => Extent::Names,
                },
                sources: users
                    .iter()
                    .any(|setting| matches!(setting.role, Role::Origin(_))),
                // Nothing waits at times; what is compared has packages.
                may_be_empty: users
                    .iter()
                    .all(|setting| matches!(setting.role, Role::Further(_))),
                users,
                label,
            }
        })
        .collect();
    (jobs, reading_of)
}
