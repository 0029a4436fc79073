//! What the snapshot before knew of builds that have left the build system's newest pages since.
//!
//! The pages show the newest builds of all packages. A build that is not among them any more was as it was: what it told of a
//! package's source, since when it fails and when it was built last stays known until newer builds tell otherwise.

use super::builds::published_runs;
use super::knowledge::Knowledge;
use super::release::Occasion;
use super::security::snapshot_before;
use crate::analysis::SourceTag;
use crate::domain::Evr;
use crate::publish::Error;
use crate::publish::configuration::ReleaseSetting;
use crate::publish::numbers::counted;
use crate::report::{BuildRunRecord, BuildStatus, EvidenceName, Package, SnapshotEntry};
use std::collections::BTreeSet;

/// Adds to what is known what the snapshot before knew of builds that are older than all that the pages have now. `oldest` is the
/// smallest number among those; without pages nothing is carried on.
pub fn carry_on_builds(
    release: &ReleaseSetting,
    oldest: Option<u64>,
    occasion: &Occasion<'_>,
    knowledge: &mut Knowledge,
) {
    let Some((oldest, snapshot)) = oldest.zip(snapshot_before(release, occasion)) else {
        return;
    };
    let id = &snapshot.id;
    let packages = match packages_with_builds(snapshot, occasion) {
        Ok(packages) => packages,
        Err(error) => {
            knowledge.warnings.push(format!(
                "builds: what snapshot {id} knew of them cannot be read, so that it is not carried on: {}: {}",
                error.place, error.cause
            ));
            return;
        }
    };
    let mut carried = BTreeSet::new();
    for package in packages {
        let tags = tags_of(&package);
        let name = package.name;
        let now = knowledge.builds.get(&name).map_or(&[][..], Vec::as_slice);
        let is_read = |run: &BuildRunRecord| now.iter().any(|now| now.id == run.id);
        let left = package.builds.into_iter();
        let left = left.filter(|run| run.id < oldest && !is_read(run));
        let runs: Vec<BuildRunRecord> = left.map(no_longer_followed).collect();
        if runs.is_empty() {
            continue;
        }
        carried.extend(runs.iter().map(|run| run.id));
        let known = knowledge.packages.entry(name.clone()).or_default();
        for tag in tags {
            let mut now = known.tags.iter();
            if !now.any(|now| (now.architecture, &now.evr) == (tag.architecture, &tag.evr)) {
                known.tags.push(tag);
            }
        }
        let all = knowledge.builds.entry(name).or_default();
        all.extend(runs);
        *all = published_runs(std::mem::take(all));
    }
    if !carried.is_empty() {
        knowledge.warnings.push(format!(
            "builds: {} not on the pages that were read, and told by what snapshot {id} knew.",
            counted(carried.len(), "build is", "builds are"),
        ));
    }
}

/// The documents of the packages of a snapshot of which builds are known.
fn packages_with_builds(
    snapshot: &SnapshotEntry,
    occasion: &Occasion<'_>,
) -> Result<Vec<Package>, Error> {
    let set = occasion.published_set;
    let report = set.report(&snapshot.report)?;
    let mut packages = Vec::new();
    if report.builds.is_none() {
        return Ok(packages);
    }
    for directory in &report.directories {
        for digest in &set.directory(directory)?.packages {
            let package = set.package_named(digest)?;
            if !package.builds.is_empty() {
                packages.push(package);
            }
        }
    }
    Ok(packages)
}

/// What released builds told of the source of the versions that the distribution had.
fn tags_of(package: &Package) -> Vec<SourceTag> {
    let tagged = package
        .architectures
        .iter()
        .filter(|on| on.outcome.evidence == Some(EvidenceName::Tagged));
    tagged
        .filter_map(|on| {
            Some(SourceTag {
                evr: Evr::parse(&on.distribution.as_ref()?.evr)?.without_epoch(),
                architecture: on.architecture.parse().ok()?,
                released: true,
                state: on.outcome.source.into(),
            })
        })
        .collect()
}

/// A build that is not looked at any more: how what was under way ended is not known.
fn no_longer_followed(mut run: BuildRunRecord) -> BuildRunRecord {
    for task in &mut run.tasks {
        if matches!(task.status, BuildStatus::Idle | BuildStatus::Started) {
            task.status = BuildStatus::Unknown;
        }
        task.tests.underway = 0;
    }
    if matches!(run.signing, Some(BuildStatus::Idle | BuildStatus::Started)) {
        run.signing = Some(BuildStatus::Unknown);
    }
    run
}
