//! What is doubtful about what a release is compared from, though all of it could be read.

use super::availability::Readings;
use crate::analysis::SourceCollector;
use crate::domain::{Architecture, Timestamp};
use crate::publish::configuration::{ReleaseSetting, RepositorySetting, Role};
use crate::report::SideName;

/// The repositories of the distribution whose metadata are those of one of the reference for the architecture, byte for byte,
/// wherever each was read from: they tell nothing but that they are alike, a sentence each.
pub fn compared_with_themselves(release: &ReleaseSetting, readings: &Readings) -> Vec<String> {
    let digests = readings.reading_of.iter();
    let digests = digests.map(|&index| &readings.repositories[index].digest);
    let repositories = || release.repositories.iter().zip(digests.clone());
    let own = repositories().filter(|(own, _)| own.role == Role::Distribution);
    let told = own.filter_map(|(own, digest)| {
        let (other, _) = repositories().find(|(other, other_digest)| {
            other.role == Role::Reference
                && (other.architecture, other.read_as) == (own.architecture, own.read_as)
                && *other_digest == digest
        })?;
        let RepositorySetting {
            published_location: place,
            architecture,
            ..
        } = own;
        Some(if *place == other.published_location {
            format!(
                "{place} is a repository of the distribution and of the reference for {architecture}, and is compared with itself."
            )
        } else {
            format!(
                "{place} of the distribution and {} of the reference for {architecture} have the same metadata, so that a \
                 repository is compared with itself.",
                other.published_location
            )
        })
    });
    told.collect()
}

/// How far after a report a repository may be dated: clocks that differ explain no more.
const SECONDS_AHEAD_MAX: i64 = 86_400;

/// The repositories that say of themselves that they were made after a report of the time `taken`, a sentence each.
pub fn dated_after(taken: Timestamp, readings: &Readings) -> Vec<String> {
    let labelled = readings.labels.iter().zip(&readings.repositories);
    let told = labelled.filter_map(|(label, repository)| {
        let dated = repository.dated?;
        (dated.unix_seconds() - taken.unix_seconds() > SECONDS_AHEAD_MAX).then(|| {
            format!(
                "{label}: its metadata are dated {dated}, more than a day after this report, so that their age is not known."
            )
        })
    });
    told.collect()
}

/// The source packages of a side that have packages for another architecture than the one that is compared alone, a sentence for each
/// such architecture.
pub fn of_other_architectures(
    collector: &SourceCollector,
    side: SideName,
    compared: Architecture,
) -> Vec<String> {
    let told = collector.of_other_architectures().into_iter();
    let told = told.filter_map(|(other, names)| {
        let (first, others) = names.split_first()?;
        let more = match others.len() {
            0 => String::new(),
            count => format!(" and {count} more"),
        };
        Some(format!(
            "{side} for {compared}: packages of {first}{more} are there for {other} alone, and are not compared."
        ))
    });
    told.collect()
}
