//! What the distribution changed in a source package, and to what end.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

/// What a change is for. Only some classes alter how software behaves on purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeClass {
    /// Names, logos, addresses and identity of the distribution.
    Branding,
    /// What is needed to build the same software here.
    RebuildFix,
    /// A correction that upstream or CentOS Stream already has.
    BackportedFix,
    /// A security correction that RHEL does not have yet.
    SecurityFixAhead,
    /// Support for hardware that RHEL dropped.
    HardwareKept,
    /// Something that RHEL's package cannot do.
    Feature,
    /// What an architecture needs that RHEL does not have.
    Architecture,
    /// What every rebuild writes of itself: the mark in the release, the entry in the changelog.
    ReleaseMechanics,
    /// It is not known what it is for, nor whether it alters behaviour.
    Unknown,
}

/// One change to a source package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is for.
    pub class: ChangeClass,
    /// What it does, in one sentence.
    pub summary: String,
    /// Where it comes from, an http(s) address; `None` where the origin is not known.
    pub origin: Option<String>,
    /// The files of the source package that show it, as paths in its folder.
    pub files: Vec<String>,
    /// The lines that it explains, sorted by file and line.
    pub hunks: Vec<ChangedLines>,
}

/// Lines of a source file that differ between the two sides. Lines count from 0; one range may be empty, and then says where
/// the other's lines went or came.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ChangedLines {
    /// The file's path in its folder.
    pub file: String,
    /// The lines of the reference's side.
    pub before: LineRange,
    /// The lines of the distribution's side.
    pub after: LineRange,
}

/// Lines from `start` up to before `end`, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineRange {
    /// The first line.
    pub start: usize,
    /// The line after the last.
    pub end: usize,
}

impl From<Range<usize>> for LineRange {
    fn from(range: Range<usize>) -> Self {
        Self {
            start: range.start,
            end: range.end,
        }
    }
}

impl ChangeClass {
    /// All classes, in the order in which they are shown.
    pub const ALL: [ChangeClass; 9] = [
        Self::Branding,
        Self::RebuildFix,
        Self::BackportedFix,
        Self::Architecture,
        Self::SecurityFixAhead,
        Self::HardwareKept,
        Self::Feature,
        Self::ReleaseMechanics,
        Self::Unknown,
    ];

    /// The class in words, as it is written in configuration and shown.
    pub fn name(self) -> &'static str {
        match self {
            Self::Branding => "branding",
            Self::RebuildFix => "rebuild fix",
            Self::BackportedFix => "backported fix",
            Self::SecurityFixAhead => "security fix ahead",
            Self::HardwareKept => "hardware kept",
            Self::Feature => "feature",
            Self::Architecture => "architecture",
            Self::ReleaseMechanics => "release mechanics",
            Self::Unknown => "unknown",
        }
    }

    /// Whether such a change is known to make software behave otherwise than RHEL's on purpose. An unknown one may as well:
    /// nothing follows from a `false` for it.
    pub fn alters_behaviour(self) -> bool {
        matches!(
            self,
            Self::SecurityFixAhead | Self::HardwareKept | Self::Feature
        )
    }
}

impl FromStr for ChangeClass {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(ChangeClass::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|class| class.name() == name)
            .ok_or_else(|| format!("“{name}” is no class of change (known: {})", known()))
    }
}

impl fmt::Display for ChangeClass {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_is_read_back() {
        for class in ChangeClass::ALL {
            assert_eq!(class.name().parse(), Ok(class));
        }
        assert!("decoration".parse::<ChangeClass>().is_err());
    }
}
