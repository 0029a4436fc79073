//! A build of a source package by the distribution's build system.

use super::PointInTime;
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
    /// The source as the build system names it, such as `imports/c9/nginx-1.20.1-16.el9_4.1`.
    pub git_ref: String,
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
    /// One task for each architecture, sorted by its name.
    pub tasks: Vec<BuildTaskRecord>,
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
}

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct TestCounts {
    /// Those that passed.
    pub passed: u32,
    /// Those that failed.
    pub failed: u32,
    /// Those that did not end, or whose end is not known.
    pub other: u32,
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
