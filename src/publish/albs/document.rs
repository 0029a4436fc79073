//! The build system's JSON, as far as it is used. Owners and their addresses are not read at all.
//!
//! Source: `https://build.almalinux.org/api/v1/builds/?pageNumber=N` and `/api/v1/builds/ID/`.

use crate::report::{BuildStatus, TestCounts};
use serde::Deserialize;

/// What a file may hold: one build, or a page of them.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum Answer {
    /// `/builds/?pageNumber=N`
    Page {
        /// The builds of the page.
        builds: Vec<Build>,
    },
    /// `/builds/ID/`
    One(Box<Build>),
    /// Several builds that somebody collected.
    Several(Vec<Build>),
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
    /// Whether its packages were released.
    #[serde(default)]
    pub released: bool,
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
    pub status: u32,
    /// When it began.
    pub started_at: Option<String>,
    /// When it ended.
    pub finished_at: Option<String>,
    /// What it is built for.
    pub platform: Option<Platform>,
    /// The source.
    #[serde(rename = "ref")]
    pub source: Source,
    /// The tests of its packages.
    #[serde(default)]
    pub test_tasks: Vec<StatusOnly>,
}

/// `platform`.
#[derive(Deserialize)]
pub struct Platform {
    /// Such as `AlmaLinux-9`.
    pub name: String,
}

/// `ref`.
#[derive(Deserialize)]
pub struct Source {
    /// Such as `imports/c9/NVR` or `changed/a9/NVR`.
    pub git_ref: Option<String>,
    /// The commit.
    pub git_commit_hash: Option<String>,
}

/// What is read of a test or a signing.
#[derive(Deserialize)]
pub struct StatusOnly {
    /// A number that is explained by [`test_counts`] or [`signing_status`].
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

/// Counts tests by their status: 3 completed, 4 failed; created, started, cancelled and unknown ones are the rest.
pub fn test_counts(tests: &[StatusOnly]) -> TestCounts {
    let count = |wanted: u32| {
        let found = tests.iter().filter(|test| test.status == Some(wanted));
        found.count() as u32
    };
    let (passed, failed) = (count(3), count(4));
    TestCounts {
        passed,
        failed,
        other: tests.len() as u32 - passed - failed,
    }
}
