//! The build system's JSON, as far as it is used. Owners and their addresses are not read at all, and addresses of mail are left out
//! of what is told and published of the rest.
//!
//! Source: `https://build.almalinux.org/api/v1/builds/?pageNumber=N` and `/api/v1/builds/ID/`.

use crate::domain::without_mail_addresses;
use crate::report::{BuildStatus, TestCounts};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The builds of an answer, and what of it could not be read: `/builds/?pageNumber=N`, a list that somebody collected, or one
/// build, `/builds/ID/`. Only an answer that is none of these is an error.
pub fn builds_of(answer: Value) -> Result<(Vec<Build>, Vec<String>), String> {
    let several = match answer {
        Value::Array(builds) => builds,
        Value::Object(mut page) if page.contains_key("builds") => match page.remove("builds") {
            Some(Value::Array(builds)) => builds,
            _ => return Err("its builds are no list".to_owned()),
        },
        build if build.get("id").is_some() => vec![build],
        _ => return Err("it is neither a build with its id nor a list of builds".to_owned()),
    };
    let (mut builds, mut odd) = (Vec::new(), Vec::new());
    for build in several {
        let id = build
            .get("id")
            .map_or_else(|| "without an id".to_owned(), Value::to_string);
        match serde_json::from_value(build) {
            Ok(build) => builds.push(build),
            Err(error) => odd.push(without_mail_addresses(&format!(
                "build {id} is left out, for it could not be read: {error}"
            ))),
        }
    }
    Ok((builds, odd))
}

/// A number that explains a status; none where there is something else, so that the status is not known.
fn status_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(value.as_u64().and_then(|number| u32::try_from(number).ok()))
}

/// One build.
#[derive(Deserialize)]
pub struct Build {
    /// Its number.
    pub id: u64,
    /// When it was ordered; RFC 3339 without a zone, in UTC.
    pub created_at: Option<String>,
    /// When its last task ended.
    pub finished_at: Option<String>,
    /// Whether its packages were released; the oldest answers do not say so.
    pub released: Option<bool>,
    /// One task for each architecture and source.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// The signing of its packages, one for each try.
    #[serde(default)]
    pub sign_tasks: Vec<StatusOnly>,
}

/// One task.
#[derive(Deserialize)]
pub struct Task {
    /// The architecture, or `src`.
    pub arch: String,
    /// See [`task_status`].
    #[serde(default, deserialize_with = "status_number")]
    pub status: Option<u32>,
    /// When it began.
    pub started_at: Option<String>,
    /// When it ended.
    pub finished_at: Option<String>,
    /// What it is built for.
    pub platform: Option<Platform>,
    /// The source.
    #[serde(rename = "ref", default)]
    pub source: Source,
    /// The tests of its packages, again and again where they were restarted.
    #[serde(default)]
    pub test_tasks: Vec<Test>,
    /// What it left: packages and logs.
    #[serde(default)]
    pub artifacts: Vec<Artifact>,
}

/// A file that a task left.
#[derive(Deserialize)]
pub struct Artifact {
    /// Its name.
    pub name: String,
    /// `rpm` or `build_log`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where the storage behind the build system keeps it; a path that readers cannot open, or an address.
    pub href: Option<String>,
}

/// `platform`.
#[derive(Deserialize)]
pub struct Platform {
    /// Such as `AlmaLinux-9`.
    pub name: String,
}

/// `ref`.
#[derive(Default, Deserialize)]
pub struct Source {
    /// The repository, such as `https://git.almalinux.org/rpms/bash.git`.
    pub url: Option<String>,
    /// Such as `imports/c9/NVR` or `changed/a9/NVR`.
    pub git_ref: Option<String>,
    /// The commit.
    pub git_commit_hash: Option<String>,
}

/// What is read of a test.
#[derive(Deserialize)]
pub struct Test {
    /// A number that is explained by [`test_counts`].
    #[serde(default, deserialize_with = "status_number")]
    pub status: Option<u32>,
    /// Counts the restarts of a task's tests, from 1.
    #[serde(default)]
    pub revision: u32,
}

/// What is read of a signing.
#[derive(Deserialize)]
pub struct StatusOnly {
    /// A number that is explained by [`signing_status`].
    #[serde(default, deserialize_with = "status_number")]
    pub status: Option<u32>,
}

/// The status of a task: 0 idle, 1 started, 2 completed, 3 failed, 4 excluded, 5 cancelled.
pub fn task_status(number: u32) -> BuildStatus {
    match number {
        0 => BuildStatus::Idle,
        1 => BuildStatus::Started,
        2 => BuildStatus::Completed,
        3 => BuildStatus::Failed,
        4 => BuildStatus::Excluded,
        5 => BuildStatus::Cancelled,
        _ => BuildStatus::Unknown,
    }
}

/// The status of signing: 1 idle, 2 in progress, 3 completed, 4 failed.
pub fn signing_status(number: u32) -> BuildStatus {
    match number {
        1 => BuildStatus::Idle,
        2 => BuildStatus::Started,
        3 => BuildStatus::Completed,
        4 => BuildStatus::Failed,
        _ => BuildStatus::Unknown,
    }
}

/// Counts tests by their status: 1 created, 2 started, 3 completed, 4 failed, 5 cancelled. Of tests that were restarted the
/// last try counts.
pub fn test_counts(tests: &[Test]) -> TestCounts {
    let last = tests.iter().map(|test| test.revision).max();
    let statuses: Vec<Option<u32>> = tests
        .iter()
        .filter(|test| Some(test.revision) == last)
        .map(|test| test.status)
        .collect();
    let count = |wanted: &[u32]| {
        let found = statuses
            .iter()
            .filter(|status| status.is_some_and(|status| wanted.contains(&status)));
        found.count() as u32
    };
    let (passed, failed) = (count(&[3]), count(&[4]));
    TestCounts {
        passed,
        failed,
        other: statuses.len() as u32 - passed - failed,
        underway: count(&[1, 2]),
        cancelled: count(&[5]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_last_try_of_restarted_tests_counts() {
        let tests = |statuses: &[(u32, u32)]| -> Vec<Test> {
            let tests = statuses.iter().map(|&(revision, status)| Test {
                status: Some(status),
                revision,
            });
            tests.collect()
        };
        let check = |statuses: &[(u32, u32)], expected: [u32; 5]| {
            let counts = test_counts(&tests(statuses));
            let found = [
                counts.passed,
                counts.failed,
                counts.other,
                counts.underway,
                counts.cancelled,
            ];
            assert_eq!(found, expected, "{statuses:?}");
        };
        check(&[], [0; 5]);
        check(&[(1, 4), (1, 3)], [1, 1, 0, 0, 0]);
        check(&[(1, 4), (1, 3), (2, 3), (2, 3)], [2, 0, 0, 0, 0]);
        check(&[(1, 1), (1, 2), (1, 5), (1, 9), (1, 3)], [1, 0, 4, 2, 1]);
    }

    fn check(answer: Value, ids: &[u64], odd: &[&str]) {
        let (builds, told) = builds_of(answer).unwrap();
        let read: Vec<u64> = builds.iter().map(|build| build.id).collect();
        assert_eq!(read, ids);
        assert_eq!(told, odd);
    }

    #[test]
    fn an_odd_build_is_told_and_costs_no_other() {
        let task = |status: Value| json!({ "arch": "x86_64", "status": status, "ref": { "git_ref": "imports/c9/a-1-1" } });
        let sound = json!({ "id": 2, "tasks": [task(json!(2))] });
        check(json!({ "builds": [sound] }), &[2], &[]);
        check(json!([sound, { "id": 1 }]), &[2, 1], &[]);
        check(
            json!({ "id": 7, "tasks": [{ "status": 2 }] }),
            &[],
            &["build 7 is left out, for it could not be read: missing field `arch`"],
        );
        check(
            json!({ "id": 7, "tasks": "ada@example.org" }),
            &[],
            &[
                "build 7 is left out, for it could not be read: invalid type: string … expected a sequence",
            ],
        );
        check(
            json!({ "id": 1, "tasks": [task(Value::Null), task(json!(-1))] }),
            &[1],
            &[],
        );
        check(
            json!({ "builds": [{ "id": 1, "tasks": [{ "status": 2 }] }, sound, { "x": 1 }] }),
            &[2],
            &[
                "build 1 is left out, for it could not be read: missing field `arch`",
                "build without an id is left out, for it could not be read: missing field `id`",
            ],
        );
        let status = |number: Value| {
            let task: Task = serde_json::from_value(task(number)).unwrap();
            task.status
        };
        assert_eq!(
            [status(json!(42)), status(json!(-1)), status(Value::Null)],
            [Some(42), None, None]
        );
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        let neither = "it is neither a build with its id nor a list of builds";
        for (answer, cause) in [
            (json!({ "detail": "Not found" }), neither),
            (json!("<html>"), neither),
            (json!({ "builds": 3 }), "its builds are no list"),
        ] {
            assert_eq!(builds_of(answer).err().as_deref(), Some(cause));
        }
    }
}
