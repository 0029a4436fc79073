//! Whether the reference has what the distribution's users wait for.

/// Whether the reference has a version of a package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReferenceStanding {
    /// It has that version, or a newer one.
    Has,
    /// It has an older one, or that version without the distribution's own change, which alone waits.
    Older,
    /// It does not have the package.
    Lacks,
    /// Its list is not complete, and does not have that version.
    Unknown,
    /// It does not have the architecture.
    NoArchitecture,
}
