//! Days that are known of an advisory, each with where it is known from and how exactly.

use super::Timestamp;

/// A day on which something was so for the first time, or at the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DatedFact {
    /// Days since 1970-01-01, in UTC.
    pub day: i64,
    /// Where it is known from, which says how exact it is.
    pub source: DateSource,
}

/// Where a day is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateSource {
    /// The advisory's own date of issue.
    Issued,
    /// When the advisory was changed last, or its own date of issue before it was changed: it was there by then.
    Updated,
    /// When a copy of the advisory first appeared in an archive: it was published by then.
    FirstAppearance,
    /// The first snapshot that had it, where one before did not although the advisory's own date is earlier still.
    SnapshotAgainstDate,
    /// The first snapshot that had it, where the last one before it whose advisories were read did not; of a build in testing, or in
    /// the repositories without an advisory, one that had it.
    Snapshot,
    /// A list of dates of issue.
    ListedIssue,
    /// When the vulnerability became public, as the reference's advisory says.
    Disclosed,
    /// The reference's date of issue as the distribution copies it, as OSV's `published` is.
    CopiedIssue,
}

/// How exactly a day is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateGrade {
    /// It was that day.
    Exact,
    /// It was that day if another's copy of it is right.
    Copied,
    /// It was that day or earlier.
    UpperBound,
}

impl DateSource {
    /// How exact a day from there is.
    pub fn grade(self) -> DateGrade {
        match self {
            Self::Issued | Self::ListedIssue | Self::Disclosed => DateGrade::Exact,
            Self::CopiedIssue => DateGrade::Copied,
            Self::Updated | Self::FirstAppearance | Self::SnapshotAgainstDate | Self::Snapshot => {
                DateGrade::UpperBound
            }
        }
    }
}

impl DatedFact {
    /// The day of a moment.
    pub fn of(moment: Timestamp, source: DateSource) -> Self {
        Self {
            day: moment.unix_days(),
            source,
        }
    }

    /// How exact it is.
    pub fn grade(self) -> DateGrade {
        self.source.grade()
    }
}
