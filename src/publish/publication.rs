//! One run of publishing: configuration in, published set out, or an error and everything as it was.

use super::Error;
use super::compile::{CompiledRelease, Occasion, compile_release};
use super::configuration::read_configuration;
use super::output::{Counts, Staging, merged_index, read_index};
use super::progress::Progress;
use crate::domain::Timestamp;
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
    /// The releases, in the order of the configuration.
    pub releases: Vec<CompiledRelease>,
    /// How many documents were new.
    pub counts: Counts,
}

/// Publishes a snapshot of every release of a configuration.
pub fn publish(request: &Request) -> Result<Publication, Error> {
    let configuration = read_configuration(&request.configuration)?;
    let mut staging = Staging::open(&request.output)?;
    let published = read_index(&request.output)?;
    // Told before the long part, since it is known already.
    merged_index(
        published.clone(),
        &configuration,
        &[],
        &request.output,
        request.taken,
    )?;
    let progress = if request.shows_progress {
        Progress::shown()
    } else {
        Progress::hidden()
    };
    let occasion = Occasion {
        configuration: &configuration,
        taken: request.taken,
        threads: request.threads,
        progress: &progress,
    };
    let releases = configuration
        .releases
        .iter()
        .map(|release| compile_release(release, &occasion, &mut staging))
        .collect::<Result<Vec<_>, _>>();
    progress.finish();
    let releases = releases?;
    let index = merged_index(
        published,
        &configuration,
        &releases,
        &request.output,
        request.taken,
    )?;
    let counts = staging.commit(&index)?;
    Ok(Publication {
        distribution: configuration.distribution.name,
        reference: configuration.reference.name,
        releases,
        counts,
    })
}
