//! A package as it is installed.

use super::{AbiList, Nevra, Nvr, Timestamp};

/// One binary package of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BinaryPackage {
    /// What names it.
    pub nevra: Nevra,
    /// The source package that it was built from.
    pub source: Nvr,
    /// When it was built, where the metadata say so.
    pub built: Option<Timestamp>,
    /// What it provides of a binary interface; `None` where the metadata do not record it, or where it was not read.
    pub abi: Option<AbiList>,
}
