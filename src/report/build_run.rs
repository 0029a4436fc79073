//! A build of a source package by the distribution's build system.

use super::{BuildPointRecord, PointInTime};
use crate::analysis::BuildTry;
use crate::domain::{BuildProgress, Evr, line_of, stated_nvr};
use serde::{Deserialize, Serialize};

/// One build, as far as it is about one source package.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct BuildRunRecord {
    /// The build system's number of it.
    pub id: u64,
    /// Its page in the build system, an http(s) address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The source as the build system names it, such as `imports/c9/nginx-1.20.1-16.el9_4.1`; the address of an SRPM where it was
    /// made from one.
    pub git_ref: String,
    /// The line of development of a source that names none, by the platform that it was built for; absent where the source names one,
    /// or that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<String>,
    /// The commit of that source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// When it was ordered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<PointInTime>,
    /// When its last task ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished: Option<PointInTime>,
    /// Whether its packages were released.
    pub released: bool,
    /// How far the signing of its packages is; absent where it was not begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing: Option<BuildStatus>,
    /// The build system's number of a status of signing that is not known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing_number: Option<u32>,
    /// One task for each architecture, sorted by its name.
    pub tasks: Vec<BuildTaskRecord>,
    /// Whether builds of the package may have followed that were on no page which was read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unread_after: bool,
}

/// The build for one architecture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct BuildTaskRecord {
    /// The architecture; `src` is the making of the source package.
    pub architecture: String,
    /// How far it is.
    pub status: BuildStatus,
    /// The build system's number of a status that is not known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_number: Option<u32>,
    /// When it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<PointInTime>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished: Option<PointInTime>,
    /// The tests of its packages.
    pub tests: TestCounts,
    /// Its logs, the one that tells most first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub logs: Vec<BuildLogRecord>,
}

/// A log of a build.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct BuildLogRecord {
    /// The name of its file.
    pub name: String,
    /// Where it is, an http(s) address.
    pub url: String,
}

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct TestCounts {
    /// Those that passed.
    pub passed: u32,
    /// Those that failed.
    pub failed: u32,
    /// All others.
    pub other: u32,
    /// Of the others, those that wait or run.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub underway: u32,
    /// Of the others, those that somebody stopped. The rest have a status that is not known here.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub cancelled: u32,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// How far a build is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum BuildStatus {
    /// It waits.
    Idle,
    /// It runs.
    Started,
    /// It ended well.
    Completed,
    /// It failed.
    Failed,
    /// It was left out on purpose.
    Excluded,
    /// Somebody stopped it.
    Cancelled,
    /// The build system gives it a number that is not known here.
    Unknown,
}

impl BuildStatus {
    /// The build system's number, where it alone tells something.
    pub fn number_if_unknown(self, number: u32) -> Option<u32> {
        (self == Self::Unknown).then_some(number)
    }
}

impl BuildRunRecord {
    /// The build as the builds of a package are compared.
    pub fn as_try(&self) -> BuildTry<'_> {
        let tasks = self.tasks.iter();
        let named = line_of(&self.git_ref);
        BuildTry {
            ordered: self.created.map(|created| created.0),
            id: self.id,
            line: named.or(self.line.as_deref()).unwrap_or_default(),
            names_line: named.is_some(),
            version: stated_nvr(&self.git_ref).map(|nvr| Evr::new(0, nvr.version, nvr.release)),
            released: self.released,
            progress: tasks
                .map(|task| (task.architecture.as_str(), task.status.into()))
                .collect(),
            unread_after: self.unread_after,
        }
    }

    /// The task for an architecture that counts: of several the one that is furthest; `None` where there is none.
    pub fn task_for(&self, architecture: &str) -> Option<&BuildTaskRecord> {
        let tasks = self.tasks.iter();
        tasks
            .filter(|task| task.architecture == architecture)
            .max_by_key(|task| BuildProgress::from(task.status))
    }

    /// The build by its number.
    pub fn point(&self) -> BuildPointRecord {
        BuildPointRecord {
            id: self.id,
            url: self.url.clone(),
            at: self.finished.or(self.created),
        }
    }
}

impl TestCounts {
    /// The tests of several tasks together.
    pub fn sum(counts: impl IntoIterator<Item = Self>) -> Self {
        counts
            .into_iter()
            .fold(Self::default(), |sum, counts| Self {
                passed: sum.passed + counts.passed,
                failed: sum.failed + counts.failed,
                other: sum.other + counts.other,
                underway: sum.underway + counts.underway,
                cancelled: sum.cancelled + counts.cancelled,
            })
    }
}

impl From<BuildStatus> for BuildProgress {
    fn from(status: BuildStatus) -> Self {
        match status {
            BuildStatus::Idle | BuildStatus::Started => Self::Underway,
            BuildStatus::Completed => Self::Succeeded,
            BuildStatus::Failed => Self::Failed,
            BuildStatus::Excluded => Self::LeftOut,
            BuildStatus::Cancelled => Self::Stopped,
            BuildStatus::Unknown => Self::Unknown,
        }
    }
}
