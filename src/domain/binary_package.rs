//! A package as it is installed.

use super::{Nevra, Nvr, Timestamp};

/// One binary package of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinaryPackage {
    /// What names it.
    pub nevra: Nevra,
    /// The source package that it was built from.
    pub source: Nvr,
    /// When it was built, where the metadata say so.
    pub built: Option<Timestamp>,
}
