//! One run of publishing: configuration in, published set out, or an error and everything as it was.

use super::Error;
use super::compile::{CompiledRelease, Occasion, compile_release};
use super::configuration::{ReleaseSetting, read_configuration};
use super::fetch::{FetchSettings, Fetcher};
use super::history::{Loss, ReleaseHistory, feeds};
use super::output::{Counts, Staging, merged_index, read_index};
use super::progress::Progress;
use super::published_set::PublishedSet;
use crate::domain::Timestamp;
use crate::report::SourceFailure;
use std::path::PathBuf;

/// What is to be published, and where.
pub struct Request {
    /// The configuration file.
    pub configuration: PathBuf,
    /// The folder of the published set.
    pub output: PathBuf,
    /// When the snapshot is taken.
    pub taken: Timestamp,
    /// How many repositories are read at a time.
    pub threads: usize,
    /// How what is not on this machine is fetched.
    pub fetch: FetchSettings,
    /// Whether progress is told on standard error.
    pub shows_progress: bool,
}

/// What was published.
#[derive(Clone, Debug)]
pub struct Publication {
    /// The distribution's name.
    pub distribution: String,
    /// The reference's name.
    pub reference: String,
    /// The releases that were published anew, in the order of the configuration.
    pub releases: Vec<CompiledRelease>,
    /// What could not be read, in the order of the configuration.
    pub failures: Vec<SourceFailure>,
    /// Older reports that could not be read when the history was made of them, so that it has gaps.
    pub losses: Vec<String>,
    /// How many documents were new.
    pub counts: Counts,
}

impl Publication {
    /// Whether all that the configuration names was read as it is now.
    pub fn is_of_all(&self) -> bool {
        let mut releases = self.releases.iter();
        self.failures.is_empty()
            && releases.all(|release| {
                release.advisory_failures.is_empty() && release.input_failures.is_empty()
            })
    }
}

/// Publishes a snapshot of every release of a configuration. A release whose repositories could not be read over http(s) stays
/// as it is published; an error is returned where none was published, now or before.
pub fn publish(request: &Request) -> Result<Publication, Error> {
    let configuration = read_configuration(&request.configuration)?;
    let mut staging = Staging::open(&request.output)?;
    let published = read_index(&request.output)?;
    // Told before the long part, since it is known already.
    merged_index(
        published.clone(),
        &configuration,
        &[],
        &[],
        &request.output,
        request.taken,
    )?;
    let progress = if request.shows_progress {
        Progress::shown()
    } else {
        Progress::hidden()
    };
    let fetcher = Fetcher::new(
        request.fetch.clone(),
        &configuration.clients,
        progress.clone(),
    )?;
    let occasion = Occasion {
        configuration: &configuration,
        taken: request.taken,
        published: published.as_ref(),
        published_set: &PublishedSet::new(&request.output),
        fetcher: &fetcher,
        threads: request.threads,
        progress: &progress,
    };
    let outcomes = configuration
        .releases
        .iter()
        .map(|release| compile_release(release, &occasion, &mut staging))
        .collect::<Result<Vec<_>, _>>();
    progress.finish();
    fetcher.tidy();
    let (mut releases, mut failures, mut first_error) = (Vec::new(), Vec::new(), None);
    for outcome in outcomes? {
        releases.extend(outcome.compiled);
        failures.extend(outcome.failures);
        first_error = first_error.or(outcome.error);
    }
    let is_published = |release: &ReleaseSetting| {
        let index = published.as_ref();
        index.is_some_and(|index| index.releases.iter().any(|entry| entry.id == release.id))
    };
    if let Some(error) = first_error
        && releases.is_empty()
        && !configuration.releases.iter().any(is_published)
    {
        return Err(error);
    }
    let mut losses = Vec::new();
    let mut with_histories = Vec::new();
    for release in releases {
        let entry = published
            .as_ref()
            .and_then(|index| index.releases.iter().find(|entry| entry.id == release.id));
        let mut history = match entry {
            Some(entry) => ReleaseHistory::read(entry, &staging.set())?,
            None => ReleaseHistory::new(&release.id),
        };
        history.record(release.snapshot.clone(), &staging.set())?;
        losses.extend(history.losses().iter().map(Loss::to_string));
        with_histories.push((release, history.write(&mut staging)?));
    }
    let index = merged_index(
        published,
        &configuration,
        &with_histories,
        &failures,
        &request.output,
        request.taken,
    )?;
    let feeds = feeds(&index, &staging.set())?;
    let counts = staging.commit(&index, feeds)?;
    let releases = with_histories
        .into_iter()
        .map(|(release, _)| release)
        .collect();
    Ok(Publication {
        distribution: configuration.distribution.name,
        reference: configuration.reference.name,
        releases,
        failures,
        losses,
        counts,
    })
}
