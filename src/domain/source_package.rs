//! A source package, as its binary packages in a repository tell of it.

use super::{Evr, SourceAbi, Timestamp};

/// One source package of one architecture of one side of a comparison, in the newest version that is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePackage {
    /// Its name.
    pub name: String,
    /// Its EVR; the epoch is that of its binary packages.
    pub evr: Evr,
    /// Whether any of its binary packages tells its epoch, as those with a version of their own do not; else it is 0 in `evr`.
    pub epoch_known: bool,
    /// The repository that has it, by name.
    pub repository: String,
    /// When it was built: the latest build of its binary packages.
    pub built: Option<Timestamp>,
    /// The names of its binary packages, sorted.
    pub binaries: Vec<String>,
    /// Its binary interface.
    pub abi: SourceAbi,
    /// The other versions of it that are there, the newest first, if any of them or it itself was built as a module: a side may have
    /// several streams of one beside each other. Of other packages they are what was there before, and not kept.
    pub versions_beside: Vec<Evr>,
}
