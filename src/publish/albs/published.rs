//! What is published of a build and its tasks as the build system words it. Anything may stand in its texts, so that only what is of
//! the shape that is expected, and is no address of mail, comes through.

use super::document::{Artifact, Build, Task, signing_status, task_status, test_counts};
use crate::domain::{Timestamp, line_of, line_of_platform, names_mail_address};
use crate::publish::configuration::BuildsSetting;
use crate::report::{
    BuildLogRecord, BuildRunRecord, BuildStatus, BuildTaskRecord, PointInTime, is_http_address,
    limits,
};

/// A build as it is published, with the tasks of one source.
pub fn run_of(
    build: &Build,
    git_ref: String,
    tasks: &[&Task],
    setting: &BuildsSetting,
) -> BuildRunRecord {
    let signing_number = build.sign_tasks.last().and_then(|signing| signing.status);
    let signing = signing_number.map(signing_status);
    let commit = tasks.iter().find_map(|task| commit_of(task));
    let line = line_by_platform(&git_ref, tasks);
    let mut tasks: Vec<BuildTaskRecord> = tasks
        .iter()
        .map(|task| {
            let status = task.status.map_or(BuildStatus::Unknown, task_status);
            BuildTaskRecord {
                architecture: published_architecture(task),
                status,
                status_number: task
                    .status
                    .and_then(|number| status.number_if_unknown(number)),
                started: task.started_at.as_deref().and_then(moment),
                finished: task.finished_at.as_deref().and_then(moment),
                tests: test_counts(&task.test_tasks),
                logs: logs_of(&task.artifacts, build.id, setting.logs.as_deref()),
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
        git_ref,
        line,
        commit,
        created: build.created_at.as_deref().and_then(moment),
        finished: build.finished_at.as_deref().and_then(moment),
        released: build.released == Some(true),
        signing,
        signing_number: signing_number.filter(|_| signing == Some(BuildStatus::Unknown)),
        tasks,
        unread_after: false,
    }
}

/// The line of development of a source that names none, where all of its tasks are for platforms that build the same.
fn line_by_platform(git_ref: &str, tasks: &[&Task]) -> Option<String> {
    if line_of(git_ref).is_some() {
        return None;
    }
    let mut lines = tasks
        .iter()
        .map(|task| line_of_platform(&task.platform.as_ref()?.name));
    let first = lines.next()??;
    lines
        .all(|line| line.as_ref() == Some(&first))
        .then_some(first)
}

/// The build system writes times in UTC, with a fraction and without a zone.
pub fn moment(text: &str) -> Option<PointInTime> {
    let seconds = text.split(['.', '+', 'Z']).next()?;
    let timestamp: Timestamp = format!("{seconds}Z").parse().ok()?;
    Some(PointInTime(timestamp))
}

/// The logs of a task that tell most: how the packages were built, how the place was set up that they were built in, and what the
/// build system itself did. `template` is where a log is published, with `{id}` for the build's number and `{log}` for the name
/// of the file; without it only logs with an address of their own can be opened.
fn logs_of(artifacts: &[Artifact], build: u64, template: Option<&str>) -> Vec<BuildLogRecord> {
    let rank = |name: &str| {
        let beginnings = ["mock_build.", "mock_root.", "albs."];
        // The packages of a task are built after its source package, whose logs say so.
        let position = beginnings.iter().position(|start| name.starts_with(start));
        (
            position.unwrap_or(beginnings.len()),
            name.contains(".srpm."),
        )
    };
    let is_log =
        |artifact: &&Artifact| artifact.kind == "build_log" && artifact.name.ends_with(".log");
    let mut logs: Vec<BuildLogRecord> = artifacts
        .iter()
        .filter(is_log)
        .filter_map(|artifact| {
            let url = match (&artifact.href, template) {
                (Some(href), _) if is_http_address(href) => href.clone(),
                (_, Some(template)) if is_plain(&artifact.name) => template
                    .replace("{id}", &build.to_string())
                    .replace("{log}", &artifact.name),
                _ => return None,
            };
            let name = artifact.name.clone();
            let is_personal = [&name, &url]
                .into_iter()
                .any(|text| names_mail_address(text));
            (!is_personal).then_some(BuildLogRecord { name, url })
        })
        .collect();
    logs.sort_by(|left, right| {
        (rank(&left.name), &left.name).cmp(&(rank(&right.name), &right.name))
    });
    // Of each kind the first is enough.
    logs.dedup_by_key(|log| rank(&log.name).0);
    logs.truncate(limits::BUILD_LOGS);
    logs
}

/// An architecture as it is published; `…` where it is no plain word, so that it may be anything.
fn published_architecture(task: &Task) -> String {
    match is_plain(&task.arch) {
        true => task.arch.clone(),
        false => "…".to_owned(),
    }
}

/// The commit of a task's source, where what it states is one.
fn commit_of(task: &Task) -> Option<String> {
    let is_commit = |text: &&String| {
        (1..=limits::NAME_CHARACTERS).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    task.source
        .git_commit_hash
        .as_ref()
        .filter(is_commit)
        .cloned()
}

/// Whether a name means itself in an address.
fn is_plain(name: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    name.len() <= limits::NAME_CHARACTERS && name.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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

    #[test]
    fn logs_that_can_be_opened_are_kept_the_one_that_tells_most_first() {
        let check = |names: &[&str], template: Option<&str>, expected: &[&str]| {
            let artifacts: Vec<Artifact> = names
                .iter()
                .map(|name| Artifact {
                    name: name.rsplit('/').next().unwrap_or_default().to_owned(),
                    kind: if name.ends_with(".rpm") {
                        "rpm"
                    } else {
                        "build_log"
                    }
                    .to_owned(),
                    href: Some(match name.starts_with("http") {
                        true => (*name).to_owned(),
                        false => "/pulp/api/v3/content/file/files/1/".to_owned(),
                    }),
                })
                .collect();
            let logs = logs_of(&artifacts, 7, template);
            let urls: Vec<&str> = logs.iter().map(|log| log.url.as_str()).collect();
            assert_eq!(urls, expected, "{names:?}");
        };
        let template = Some("https://example.org/build-{id}/{log}");
        check(
            &[
                "bash-5.1-1.el9.x86_64.rpm",
                "mock.1.2.cfg",
                "albs.1.2.log",
                "mock_build.srpm.1.2.log",
                "mock_build.1.3.log",
                "mock_hw_info.1.3.log",
                "mock_root.1.3.log",
            ],
            template,
            &[
                "https://example.org/build-7/mock_build.1.3.log",
                "https://example.org/build-7/mock_root.1.3.log",
                "https://example.org/build-7/albs.1.2.log",
            ],
        );
        check(
            &["mock_build.srpm.1.2.log"],
            template,
            &["https://example.org/build-7/mock_build.srpm.1.2.log"],
        );
        check(&["mock_build.1.log", "..?x#.log"], None, &[]);
        check(&["a b.log", "x%2e.log"], template, &[]);
        check(
            &["https://example.org/own.log"],
            None,
            &["https://example.org/own.log"],
        );
        for personal in [
            "https://example.org/ada@example.org/own.log",
            "https://example.org/ada%40example.org.log",
            "mock_build.ada@example.org.log",
        ] {
            check(&[personal], template, &[]);
        }
    }

    #[test]
    fn of_architectures_and_commits_only_what_is_one_is_published() {
        let check = |arch: &str, hash: &str, expected: (&str, Option<&str>)| {
            let task = json!({ "arch": arch, "ref": { "git_commit_hash": hash } });
            let task: Task = serde_json::from_value(task).unwrap();
            let (architecture, commit) = (published_architecture(&task), commit_of(&task));
            assert_eq!((architecture.as_str(), commit.as_deref()), expected);
        };
        check("x86_64_v2", "0aF9", ("x86_64_v2", Some("0aF9")));
        check("ada@example.org", "ada@example.org", ("…", None));
        check("", "", ("", None));
    }
}
