//! How the builds of packages stand, from the builds that were read of each.

use crate::analysis::{ArchitectureBuilds, build_states, in_order_of_time, needed};
use crate::domain::BuildProgress;
use crate::report::{
    ArchitectureBuildsRecord, BuildFailureRecord, BuildRunRecord, BuildStatus, BuildTaskRecord,
    Builds, BuildsSourceRecord, FormatVersion, PackageBuildsRecord, TestCounts, limits,
};
use std::collections::{BTreeMap, BTreeSet};

/// Builds of a package that are published beside those that say how they stand.
const NEWEST: usize = 10;

/// Of the builds of a package those that are published, the newest first: the newest, and those without which it would not be
/// known since when it fails and when it was built last.
pub fn published_runs(runs: Vec<BuildRunRecord>) -> Vec<BuildRunRecord> {
    let mut runs = newest_first(runs);
    // The same build may come from two places.
    let mut known = BTreeSet::new();
    runs.retain(|run| known.insert((run.id, run.git_ref.clone())));
    let tries: Vec<_> = runs.iter().map(BuildRunRecord::as_try).collect();
    let needed = needed(&build_states(&tries));
    let mut positions = 0..;
    runs.retain(|_| {
        let position = positions.next().unwrap_or_default();
        position < NEWEST || needed.contains(&position)
    });
    runs.truncate(limits::BUILD_RUNS);
    runs
}

fn newest_first(runs: Vec<BuildRunRecord>) -> Vec<BuildRunRecord> {
    let tries: Vec<_> = runs.iter().map(BuildRunRecord::as_try).collect();
    let order = in_order_of_time(&tries);
    let mut runs: Vec<Option<BuildRunRecord>> = runs.into_iter().map(Some).collect();
    let newest_first = order.into_iter().rev();
    newest_first
        .filter_map(|position| runs[position].take())
        .collect()
}

/// How builds stand, package by package.
#[derive(Default)]
pub struct BuildsBuilder {
    sets: BTreeMap<Vec<String>, u32>,
    packages: Vec<PackageBuildsRecord>,
}

impl BuildsBuilder {
    /// Adds the builds of a package.
    pub fn add(&mut self, package: &str, runs: &[BuildRunRecord]) {
        let tries: Vec<_> = runs.iter().map(BuildRunRecord::as_try).collect();
        for line in build_states(&tries) {
            let last = &runs[line.last];
            let is_built = |state: &ArchitectureBuilds<'_>| {
                state.last == line.last && state.progress == BuildProgress::Succeeded
            };
            let (built, others): (Vec<&ArchitectureBuilds<'_>>, Vec<_>) =
                line.architectures.iter().partition(|state| is_built(state));
            let built: Vec<String> = built
                .iter()
                .map(|state| state.architecture.to_owned())
                .collect();
            let next = self.sets.len() as u32;
            self.packages.push(PackageBuildsRecord {
                package: package.to_owned(),
                line: line.line.to_owned(),
                last: last.point(),
                git_ref: last.git_ref.clone(),
                released: last.released,
                signing: last.signing,
                signing_number: last.signing_number,
                tests: TestCounts::sum(last.tasks.iter().map(|task| task.tests)),
                built: *self.sets.entry(built).or_insert(next),
                others: others
                    .into_iter()
                    .map(|state| architecture_record(state, line.last, runs))
                    .collect(),
            });
        }
    }

    /// All of them; `sources` is what was read, `architectures` are those of the release.
    pub fn finish(
        mut self,
        sources: Vec<BuildsSourceRecord>,
        architectures: Vec<String>,
    ) -> Builds {
        let key = |record: &PackageBuildsRecord| (record.package.clone(), record.line.clone());
        self.packages.sort_by_cached_key(key);
        let mut sets: Vec<(Vec<String>, u32)> = self.sets.into_iter().collect();
        sets.sort_by_key(|(_, index)| *index);
        Builds {
            format: FormatVersion::CURRENT,
            sources,
            architectures,
            sets: sets.into_iter().map(|(set, _)| set).collect(),
            packages: self.packages,
        }
    }
}

fn architecture_record(
    state: &ArchitectureBuilds<'_>,
    last: usize,
    runs: &[BuildRunRecord],
) -> ArchitectureBuildsRecord {
    let task = runs[state.last].task_for(state.architecture);
    let logs =
        |task: Option<&BuildTaskRecord>| task.map(|task| task.logs.clone()).unwrap_or_default();
    let point = |position: usize| runs[position].point();
    ArchitectureBuildsRecord {
        architecture: state.architecture.to_owned(),
        status: task.map_or(BuildStatus::Unknown, |task| task.status),
        status_number: task.and_then(|task| task.status_number),
        tried: (state.last != last).then(|| point(state.last)),
        succeeded: state.succeeded.map(point),
        failing_since: state.failing.map(|failing| point(failing.since)),
        may_fail_longer: state.succeeded.is_some()
            && state.failing.is_some_and(|failing| failing.at_least),
        unknown_since: state.unknown_since.map(point),
        logs: logs(task),
        failure: state
            .failure_before_last()
            .map(|position| BuildFailureRecord {
                build: point(position),
                logs: logs(runs[position].task_for(state.architecture)),
            }),
    }
}
