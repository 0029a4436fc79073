//! What a reader must know before trusting a comparison.

use crate::domain::MinorRelease;
use std::fmt;

/// A doubt about a comparison as a whole or about one package in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// The two sides are different minor releases, so that “behind” is no lag.
    DifferentMinors {
        /// The reference's.
        reference: MinorRelease,
        /// The distribution's.
        distribution: MinorRelease,
    },
    /// A package bears the distribution's mark, and its complete source texts are the reference's.
    MarkedButIdentical {
        /// The package.
        package: String,
    },
    /// A package is known to be modified, and the build system says that its source was taken as it is.
    ModifiedButImported {
        /// The package.
        package: String,
    },
    /// Source texts and build system contradict each other.
    TextsAndBuildDisagree {
        /// The package.
        package: String,
    },
    /// The source texts at hand are those of another version than the one compared.
    TextsOfOtherVersion {
        /// The package.
        package: String,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DifferentMinors {
                reference,
                distribution,
            } => write!(
                formatter,
                "This report compares {distribution} with {reference}: packages that look behind or ahead may only \
                 belong to another minor release."
            ),
            Self::MarkedButIdentical { package } => write!(
                formatter,
                "{package}: the release is marked as modified, yet both sides’ source texts are the same."
            ),
            Self::ModifiedButImported { package } => write!(
                formatter,
                "{package}: its release or a known change says that it is modified, yet the build system imported its source unchanged."
            ),
            Self::TextsAndBuildDisagree { package } => write!(
                formatter,
                "{package}: the build system and the source texts disagree on whether its source was changed; the texts count."
            ),
            Self::TextsOfOtherVersion { package } => write!(
                formatter,
                "{package}: the source texts at hand are those of another version, so they prove nothing here."
            ),
        }
    }
}
