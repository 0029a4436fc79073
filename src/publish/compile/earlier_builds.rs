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
use crate::publish::albs::PagesRead;
use crate::publish::configuration::ReleaseSetting;
use crate::publish::numbers::counted;
use crate::report::{
    BuildRunRecord, BuildStatus, BuildsSourceRecord, EvidenceName, Package, SnapshotEntry,
    UnreadBuildsRecord,
};
use std::collections::BTreeSet;

/// Adds to what is known what the snapshot before knew of builds that are older than all that the pages have now. `oldest` is the
/// smallest number among those; without pages nothing is carried on. Where `pages` do not reach what was read before, builds are
/// marked after which others were not read.
pub fn carry_on_builds(
    release: &ReleaseSetting,
    oldest: Option<u64>,
    pages: PagesRead,
    occasion: &Occasion<'_>,
    knowledge: &mut Knowledge,
) {
    let Some(oldest) = oldest else { return };
    let snapshot = snapshot_before(release, occasion);
    let before = snapshot.map(|snapshot| (&snapshot.id, known_before(snapshot, occasion)));
    let (id, KnownBefore { source, packages }) = match before {
        Some((id, Ok(before))) => (id.as_str(), before),
        Some((id, Err(error))) => {
            knowledge.warnings.push(format!(
                "builds: what snapshot {id} knew of them cannot be read, so that it is not carried on: {}: {}",
                error.place, error.cause
            ));
            ("", KnownBefore::default())
        }
        None => ("", KnownBefore::default()),
    };
    let mut carried = BTreeSet::new();
    let mut marked: BTreeSet<(String, u64)> = BTreeSet::new();
    for package in packages {
        let tags = tags_of(&package);
        let name = package.name;
        let now = knowledge.builds.get(&name).map_or(&[][..], Vec::as_slice);
        let is_read = |run: &BuildRunRecord| now.iter().any(|now| now.id == run.id);
        let lost = package.builds.iter().filter(|run| run.unread_after);
        marked.extend(lost.map(|run| (name.clone(), run.id)));
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
        knowledge.builds.entry(name).or_default().extend(runs);
    }
    let read_to = source.as_ref().and_then(read_to);
    let lost = read_to.and_then(|read_to| pages.unread_after(read_to));
    let known = source.iter().flat_map(BuildsSourceRecord::unread);
    let known = known.filter_map(|range| pages.still_unread(range));
    let unread = joined(known.chain(lost));
    for (name, runs) in &mut knowledge.builds {
        mark(runs, lost);
        for run in runs.iter_mut() {
            // The pages that reach a build reach all that came after it.
            let is_reached = unread.iter().all(|range| range.before <= run.id);
            run.unread_after |= marked.contains(&(name.clone(), run.id));
            run.unread_after &= !is_reached;
        }
        *runs = published_runs(std::mem::take(runs));
    }
    for source in &mut knowledge.build_sources {
        source.read_to = read_to.max(pages.newest);
        source.unread_ranges = unread.clone();
    }
    if !carried.is_empty() {
        knowledge.warnings.push(format!(
            "builds: {} not on the pages that were read, and told by what snapshot {id} knew.",
            counted(carried.len(), "build is", "builds are"),
        ));
    }
    knowledge.warnings.extend(lost.map(|lost| {
        format!(
            "builds: the pages that were read begin with build {}, and those before ended with {}: builds with numbers between were not read, or are not there. A greater number of pages leaves none out.",
            lost.before, lost.after
        )
    }));
}

/// Ranges in their order, those that meet as one.
fn joined(ranges: impl Iterator<Item = UnreadBuildsRecord>) -> Vec<UnreadBuildsRecord> {
    let mut joined: Vec<UnreadBuildsRecord> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.after < last.before => last.before = last.before.max(range.before),
            _ => joined.push(range),
        }
    }
    joined
}

/// Marks of the builds of a package those after which some may be among others that no page had.
fn mark(runs: &mut [BuildRunRecord], lost: Option<UnreadBuildsRecord>) {
    let Some(UnreadBuildsRecord { after, before }) = lost else {
        return;
    };
    let ids = runs.iter().map(|run| run.id);
    let last = ids.filter(|id| *id <= after).max();
    for run in runs {
        let is_between = after < run.id && run.id < before;
        run.unread_after |= is_between || Some(run.id) == last;
    }
}

/// The number up to which builds were read; by that of the newest where an older Almanac did not record it.
fn read_to(source: &BuildsSourceRecord) -> Option<u64> {
    let newest = source.newest.as_ref();
    source.read_to.or_else(|| newest.map(|newest| newest.id))
}

/// What a snapshot knew of builds.
#[derive(Default)]
struct KnownBefore {
    /// What was read of the build system; `None` where there were several.
    source: Option<BuildsSourceRecord>,
    /// The packages of which builds are known.
    packages: Vec<Package>,
}

fn known_before(snapshot: &SnapshotEntry, occasion: &Occasion<'_>) -> Result<KnownBefore, Error> {
    let set = occasion.published_set;
    let report = set.report(&snapshot.report)?;
    let Some(mut builds) = set.builds(&report)? else {
        return Ok(KnownBefore::default());
    };
    let source = builds.sources.pop().filter(|_| builds.sources.is_empty());
    let mut packages = Vec::new();
    for directory in &report.directories {
        for digest in &set.directory(directory)?.packages {
            let package = set.package_named(digest)?;
            if !package.builds.is_empty() {
                packages.push(package);
            }
        }
    }
    Ok(KnownBefore { source, packages })
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
