//! The repositories that a report was made from, by what they are, with their age.

use super::BoardSources;
use crate::domain::Timestamp;
use crate::presentation::hidden_characters::visible;
use crate::report::{PointInTime, SideName, SourceRecord};
use std::collections::BTreeMap;

/// One repository, for all architectures that it was read for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepositoryLine {
    /// What it is.
    pub role: String,
    /// Its name.
    pub name: String,
    /// The architectures that it was read for.
    pub architectures: String,
    /// How many packages count, on all of them together.
    pub packages: u32,
    /// The oldest date in its metadata; `None` where none is recorded.
    pub dated: Option<Timestamp>,
    /// Why it could not be read, where it could not.
    pub failure: Option<String>,
}

/// What was read of a repository, on all architectures together.
#[derive(Default)]
struct Read<'a> {
    architectures: Vec<&'a str>,
    packages: u32,
    dated: Vec<Option<PointInTime>>,
}

/// How many packages of a repository count: binary packages, and the sources that an origin has itself.
pub fn packages_counted(source: &SourceRecord) -> u32 {
    source.binary_packages_counted + source.source_packages_counted
}

/// The repositories, sorted by what they are and in the order of the configuration.
pub fn repository_lines(sources: &BoardSources<'_>) -> Vec<RepositoryLine> {
    let role = |side: SideName| match side {
        SideName::Distribution => sources.distribution.to_owned(),
        SideName::Reference => sources.reference.to_owned(),
        SideName::Origin => "origin of sources".to_owned(),
        side => side.to_string(),
    };
    let mut order: Vec<(SideName, &str)> = Vec::new();
    let mut found: BTreeMap<(SideName, &str), Read<'_>> = BTreeMap::new();
    for source in &sources.report.sources {
        let key = (source.side, source.name.as_str());
        if !order.contains(&key) {
            order.push(key);
        }
        let read = found.entry(key).or_default();
        read.architectures.push(&source.architecture);
        read.packages += packages_counted(source);
        read.dated.push(source.dated);
    }
    order.sort_by_key(|(side, _)| *side);
    let read = order.into_iter().filter_map(|key| {
        let Read {
            architectures,
            packages,
            dated,
        } = found.remove(&key)?;
        let is_dated = dated.iter().all(Option::is_some);
        Some(RepositoryLine {
            role: role(key.0),
            name: key.1.to_owned(),
            architectures: architectures.join(" "),
            packages,
            dated: dated
                .into_iter()
                .flatten()
                .min()
                .filter(|_| is_dated)
                .map(|dated| dated.0),
            failure: None,
        })
    });
    let failures = sources
        .boards
        .into_iter()
        .flat_map(|boards| &boards.failures);
    let unread = failures.map(|failure| RepositoryLine {
        role: role(failure.side),
        name: failure.name.clone(),
        architectures: failure.architecture.clone(),
        packages: 0,
        dated: None,
        failure: Some(visible(&failure.cause)),
    });
    read.chain(unread).collect()
}
