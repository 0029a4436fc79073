//! Repositories and other inputs that could not be read when they were last tried, and what that does to what is published.

use super::PointInTime;
use super::vocabulary::SideName;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A repository that could not be read when it was last tried. One that is not listed was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SourceFailure {
    /// The release that it is read for; one that was never published has no entry of its own in the index.
    pub release: String,
    /// What it is read as.
    pub side: SideName,
    /// The repository's name; for an origin the origin's name.
    pub name: String,
    /// The architecture that it is read for.
    pub architecture: String,
    /// Where it is published, without credentials.
    pub location: String,
    /// What is published of it.
    pub state: SourceStanding,
    /// When it was last read for what is published: the time of the release's newest snapshot. Absent where nothing is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_read: Option<PointInTime>,
    /// The first of the tries that failed one after the other.
    pub since: PointInTime,
    /// Why, in words: of the last try.
    pub cause: String,
}

impl SourceFailure {
    /// That nothing of it is published, in words. A repository that is not compared is left out of the newest snapshot alone, and
    /// may have been read before.
    pub fn absent_words(&self) -> &'static str {
        match self.side {
            SideName::Distribution | SideName::Reference | SideName::Origin => "absent, never read",
            _ => "absent",
        }
    }
}

/// What is published of a repository that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SourceStanding {
    /// What it had when the newest snapshot was taken; the release stays at that snapshot.
    Old,
    /// Nothing: the architecture is left out of the release, or the release is not published.
    Absent,
}

/// An input of a security clock that could not be read when it was last tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AdvisoryFailure {
    /// The release that it is read for.
    pub release: String,
    /// What it is called.
    pub name: String,
    /// Where it is, without credentials.
    pub location: String,
    /// When it was last read for what is published. Absent where nothing of it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_read: Option<PointInTime>,
    /// The first of the tries that failed one after the other.
    pub since: PointInTime,
    /// Why, in words: of the last try.
    pub cause: String,
}

/// An input beside repositories and advisories that could not be read when it was last tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct InputFailure {
    /// The release that it is read for.
    pub release: String,
    /// What it is read as.
    pub kind: InputKind,
    /// The source package that it tells of; of what tells of several, where it is.
    pub name: String,
    /// Where it is, without credentials.
    pub location: String,
    /// When that was read which stands in for it. Absent where nothing does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_read: Option<PointInTime>,
    /// The first of the tries that failed one after the other.
    pub since: PointInTime,
    /// Why, in words: of the last try.
    pub cause: String,
}

/// What an input beside repositories and advisories is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum InputKind {
    /// A build system.
    Builds,
    /// The source of a package: branches of a git repository, or source packages.
    SourceTexts,
    /// A configuration of autopatch.
    Autopatch,
    /// What people say of packages.
    Statements,
    /// The reference's package manifest.
    Manifest,
    /// Lists of kernels' stable symbols.
    KernelLists,
}

impl fmt::Display for InputKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Builds => "builds",
            Self::SourceTexts => "source texts",
            Self::Autopatch => "configuration of autopatch",
            Self::Statements => "statements",
            Self::Manifest => "package manifest",
            Self::KernelLists => "kernel lists",
        })
    }
}

impl InputFailure {
    /// Whether two entries are of one input of one release.
    pub fn is_of_same_input(&self, other: &Self) -> bool {
        let key = |failure: &Self| {
            (
                failure.release.clone(),
                failure.kind,
                failure.name.clone(),
                failure.location.clone(),
            )
        };
        key(self) == key(other)
    }
}

impl SourceFailure {
    /// Whether two entries are of one repository of one release.
    pub fn is_of_same_source(&self, other: &Self) -> bool {
        let key = |failure: &Self| {
            (
                failure.release.clone(),
                failure.side,
                failure.name.clone(),
                failure.architecture.clone(),
            )
        };
        key(self) == key(other)
    }

    /// Whether it says what it can say.
    pub(super) fn check(&self) -> Result<(), String> {
        let is_old = self.state == SourceStanding::Old;
        // A run that repeats the time of the newest snapshot may fail to read what that was made of.
        let follows = self.last_read.is_none_or(|read| read <= self.since);
        if is_old != self.last_read.is_some() || !follows {
            let (release, name) = (&self.release, &self.name);
            return Err(format!(
                "what is said of the source {name} of release {release} contradicts itself"
            ));
        }
        Ok(())
    }
}
