//! Where documents are in a published set, and how they are named.

use crate::publish::repository::hexadecimal;
use crate::report::Digest;
use sha2::Digest as _;

/// The folders of documents that are named by what they hold, in the order in which they are put in place: what a document
/// refers to stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Folder {
    /// Source texts.
    Texts,
    /// Package documents.
    Packages,
    /// Directories of package documents.
    Directories,
    /// Names of binary packages.
    Names,
    /// Days of builds.
    BuildDays,
    /// How builds stand.
    Builds,
    /// Facets of packages.
    Facets,
    /// Versions that fix the packages of security clocks.
    Fixes,
    /// Security clocks.
    Security,
    /// Boards of repositories.
    Repositories,
    /// Compatibility reports.
    Compatibility,
    /// Months of the history of a release.
    Months,
    /// Years of it.
    Years,
    /// Deviations that ended in a quarter.
    Ended,
    /// Ledgers of deviations.
    Ledgers,
}

impl Folder {
    /// All of them, in that order.
    pub const ALL: [Folder; 15] = [
        Self::Texts,
        Self::Packages,
        Self::Directories,
        Self::Names,
        Self::BuildDays,
        Self::Builds,
        Self::Facets,
        Self::Fixes,
        Self::Security,
        Self::Repositories,
        Self::Compatibility,
        Self::Months,
        Self::Years,
        Self::Ended,
        Self::Ledgers,
    ];

    /// Those whose documents the next snapshot publishes anew, with what was in them before. What was superseded stays, so that a
    /// page that was loaded a moment ago finds what its index names.
    pub const SUPERSEDED: [Folder; 4] = [Self::Months, Self::Years, Self::Ended, Self::Ledgers];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Texts => "texts",
            Self::Packages => "packages",
            Self::Directories => "directories",
            Self::Names => "names",
            Self::BuildDays => "build-days",
            Self::Builds => "builds",
            Self::Facets => "facets",
            Self::Fixes => "fixes",
            Self::Security => "security",
            Self::Repositories => "repositories",
            Self::Compatibility => "compatibility",
            Self::Months => "months",
            Self::Years => "years",
            Self::Ended => "ended",
            Self::Ledgers => "ledgers",
        }
    }

    /// The path of a document in the published set.
    pub fn path(self, digest: &Digest) -> String {
        let extension = if self == Self::Texts { "txt" } else { "json" };
        format!("{}/{digest}.{extension}", self.name())
    }
}

/// The SHA-256 of bytes.
pub fn digest_of(bytes: &[u8]) -> Digest {
    digest_of_hash(&sha2::Sha256::digest(bytes))
}

/// A digest of its 32 bytes.
pub fn digest_of_hash(hash: &[u8]) -> Digest {
    // 32 bytes give 64 digits in lower case, which is all that a digest demands.
    Digest::try_from(hexadecimal(hash)).unwrap_or_else(|_| unreachable!("SHA-256 has 32 bytes"))
}
