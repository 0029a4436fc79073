//! Reads builds from files or from the build system, and sorts them by source package.

use super::document::{Build, Task, builds_of, signing_status, task_status, test_counts};
use crate::analysis::SourceTag;
use crate::domain::{Evr, Nvr, SourceState, Timestamp};
use crate::publish::configuration::{BuildsSetting, BuildsSource};
use crate::publish::fetch::Fetcher;
use crate::publish::json_file::{BYTES_MAX, json_files, parse_json, read_json};
use crate::publish::repository::{ByteLimit, without_credentials};
use crate::publish::{Cause, Error};
use crate::report::{BuildRunRecord, BuildStatus, BuildTaskRecord, PointInTime, limits};
use serde_json::Value;
use std::collections::BTreeMap;

/// What the build system tells of one source package.
#[derive(Debug, Default, PartialEq)]
pub struct PackageBuilds {
    /// Which version was built from which kind of source; failed builds do not count.
    pub tags: Vec<SourceTag>,
    /// The builds, as they were read.
    pub runs: Vec<BuildRunRecord>,
}

/// Builds by source package, and what is doubtful about them.
type BuildsAndWarnings = (BTreeMap<String, PackageBuilds>, Vec<String>);

/// Reads every `*.json` of a folder, or the newest pages and single builds of the build system. A page that does not come is told
/// and ends the reading of pages: what the build system did not say is not known.
pub fn read_builds(setting: &BuildsSetting, fetcher: &Fetcher) -> Result<BuildsAndWarnings, Error> {
    let mut warnings = Vec::new();
    let mut read = Vec::new();
    match &setting.source {
        BuildsSource::Folder(folder) => {
            for file in json_files(folder)? {
                let answer = read_json(&file, Cause::Builds)?;
                let (builds, odd) = builds_at(answer, &file.display().to_string())?;
                read.extend(builds);
                warnings.extend(odd);
            }
        }
        BuildsSource::Service {
            address,
            pages,
            ids,
        } => {
            let mut ask = |what: String, url: String| {
                let place = without_credentials(&url);
                let limit = ByteLimit {
                    bytes: BYTES_MAX,
                    stated: false,
                };
                let fetched = fetcher.document(&url, limit, |bytes| {
                    builds_at(parse_json(bytes, &place, Cause::Builds)?, &place)
                });
                match fetched.map(|fetched| fetched.value) {
                    Ok((builds, odd)) => {
                        warnings.extend(odd);
                        builds
                    }
                    Err(error) => {
                        let cause = error.cause;
                        warnings.push(format!(
                            "builds: {what} of {place} could not be read: {cause}"
                        ));
                        Vec::new()
                    }
                }
            };
            for page in 1..=*pages {
                let url = format!("{address}/builds/?pageNumber={page}");
                let builds = ask(format!("page {page}"), url);
                if builds.is_empty() {
                    break;
                }
                read.extend(builds);
            }
            for id in ids {
                read.extend(ask(
                    format!("build {id}"),
                    format!("{address}/builds/{id}/"),
                ));
            }
        }
    }
    let mut packages = BTreeMap::new();
    for build in &read {
        add_build(build, setting, &mut packages, &mut warnings);
    }
    Ok((packages, warnings))
}

/// The last builds of a package, the newest first, each once: answers overlap.
pub fn last_runs(mut runs: Vec<BuildRunRecord>) -> Vec<BuildRunRecord> {
    runs.sort_by(|one, other| (other.id, &one.git_ref).cmp(&(one.id, &other.git_ref)));
    runs.dedup_by(|one, other| (one.id, &one.git_ref) == (other.id, &other.git_ref));
    runs.truncate(limits::BUILD_RUNS);
    runs
}

fn builds_at(answer: Value, place: &str) -> Result<(Vec<Build>, Vec<String>), Error> {
    let (builds, odd) =
        builds_of(answer).map_err(|cause| Error::at(place, Cause::Builds(cause)))?;
    let odd = odd.iter().map(|what| format!("builds: {place}: {what}"));
    Ok((builds, odd.collect()))
}

/// Whether anything but the source package was built.
fn is_built(tasks: &[&Task]) -> bool {
    let is_built = |task: &&Task| {
        task.arch != "src" && task.status.map(task_status) == Some(BuildStatus::Completed)
    };
    tasks.iter().any(is_built)
}

fn add_build(
    build: &Build,
    setting: &BuildsSetting,
    packages: &mut BTreeMap<String, PackageBuilds>,
    warnings: &mut Vec<String>,
) {
    let mut by_source: BTreeMap<&str, Vec<&Task>> = BTreeMap::new();
    for task in &build.tasks {
        let platform = task.platform.as_ref().map(|platform| &platform.name);
        if setting.platform.is_some() && platform != setting.platform.as_ref() {
            continue;
        }
        let git_ref = task.source.git_ref.as_deref().unwrap_or("without a name");
        by_source.entry(git_ref).or_default().push(task);
    }
    for (git_ref, tasks) in by_source {
        // A branch or a commit of somebody's own names no version.
        let Some((state, nvr)) = parse_git_ref(git_ref) else {
            warnings.push(format!(
                "build {}: the source {git_ref} names no imported or changed version, so it tells nothing.",
                build.id
            ));
            continue;
        };
        let known = packages.entry(nvr.name.clone()).or_default();
        // A build that failed tells nothing of what was published.
        if is_built(&tasks) {
            known.tags.push(SourceTag {
                evr: Evr::new(0, nvr.version, nvr.release),
                released: build.released,
                state,
            });
        }
        known.runs.push(run_of(build, git_ref, &tasks, setting));
    }
}

/// Reads `imports/BRANCH/NVR`, a source taken as it is, and `changed/BRANCH/NVR`, a modified one.
fn parse_git_ref(git_ref: &str) -> Option<(SourceState, Nvr)> {
    let (kind, rest) = git_ref.split_once('/')?;
    let state = match kind {
        "imports" => SourceState::Unmodified,
        "changed" => SourceState::Modified,
        _ => return None,
    };
    let (_branch, nvr) = rest.rsplit_once('/')?;
    Some((state, nvr.parse().ok()?))
}

fn run_of(
    build: &Build,
    git_ref: &str,
    tasks: &[&Task],
    setting: &BuildsSetting,
) -> BuildRunRecord {
    let signing = build.sign_tasks.last().and_then(|signing| signing.status);
    let commit = tasks
        .iter()
        .find_map(|task| task.source.git_commit_hash.clone());
    let mut tasks: Vec<BuildTaskRecord> = tasks
        .iter()
        .map(|task| {
            let status = task.status.map_or(BuildStatus::Unknown, task_status);
            BuildTaskRecord {
                architecture: task.arch.clone(),
                status,
                status_number: task
                    .status
                    .and_then(|number| status.number_if_unknown(number)),
                started: task.started_at.as_deref().and_then(moment),
                finished: task.finished_at.as_deref().and_then(moment),
                tests: test_counts(&task.test_tasks),
            }
        })
        .collect();
    tasks.sort_by(|one, other| one.architecture.cmp(&other.architecture));
    tasks.truncate(limits::ARCHITECTURES);
    BuildRunRecord {
        id: build.id,
        url: setting
            .page
            .as_ref()
            .map(|page| page.replace("{id}", &build.id.to_string())),
        git_ref: git_ref.to_owned(),
        commit,
        created: build.created_at.as_deref().and_then(moment),
        finished: build.finished_at.as_deref().and_then(moment),
        released: build.released,
        signing: signing.map(signing_status),
        tasks,
    }
}

/// The build system writes times in UTC, with a fraction and without a zone.
fn moment(text: &str) -> Option<PointInTime> {
    let seconds = text.split(['.', '+', 'Z']).next()?;
    let timestamp: Timestamp = format!("{seconds}Z").parse().ok()?;
    Some(PointInTime(timestamp))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_of_a_source_tells_whether_it_was_changed() {
        let check = |git_ref: &str, expected: Option<(SourceState, &str)>| {
            let found = parse_git_ref(git_ref);
            let found = found.map(|(state, nvr)| {
                (
                    state,
                    format!("{} {} {}", nvr.name, nvr.version, nvr.release),
                )
            });
            let expected = expected.map(|(state, nvr)| (state, nvr.to_owned()));
            assert_eq!(found, expected, "{git_ref}");
        };
        check(
            "imports/c9/nginx-1.20.1-16.el9_4.1",
            Some((SourceState::Unmodified, "nginx 1.20.1 16.el9_4.1")),
        );
        check(
            "changed/a8-stream-1.24/nginx-1.24.0-1.module_el8.10.0+3+d.alma.1",
            Some((
                SourceState::Modified,
                "nginx 1.24.0 1.module_el8.10.0+3+d.alma.1",
            )),
        );
        check("a9", None);
        check("refs/heads/x/y-1-2", None);
        check("imports/c9/nonsense", None);
    }

    #[test]
    fn times_are_read_without_their_fraction() {
        let read = |text| moment(text).map(|moment| moment.0.to_string());
        assert_eq!(
            read("2024-09-03T13:17:19.527127"),
            Some("2024-09-03T13:17:19Z".to_owned())
        );
        assert_eq!(
            read("2024-09-03T13:17:19"),
            Some("2024-09-03T13:17:19Z".to_owned())
        );
        assert_eq!(read("yesterday"), None);
    }
}
