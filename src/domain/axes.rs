//! The three axes along which a package is compared, kept apart: presence, version and source.

/// Where a source package is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// In the reference and in the distribution.
    Both,
    /// In the reference alone.
    Missing,
    /// In the distribution alone.
    Extra,
}

/// The distribution's version against the reference's, both releases normalised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionRelation {
    /// The same.
    Same,
    /// The distribution's is newer.
    Ahead,
    /// The distribution's is older.
    Behind,
}

/// What is known of the distribution's source against the reference's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceState {
    /// The same source.
    Unmodified,
    /// A changed source.
    Modified,
    /// Nothing tells.
    Unknown,
}
