//! What a reader must know before trusting a comparison.

use super::classification::ToldBy;
use crate::domain::{Architecture, MinorRelease};
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
    /// The metadata of a side are of another minor release than the configuration says.
    OtherMinor {
        /// Whether it is the reference's side.
        in_reference: bool,
        /// The package whose version tells.
        package: String,
        /// The minor release that it is of.
        found: MinorRelease,
        /// The one that the configuration says.
        stated: MinorRelease,
        /// The architectures for which it is so.
        architectures: Vec<Architecture>,
    },
    /// One side's packages have no epochs although the other's of the same versions do: most likely it does not record them.
    EpochsLookUnrecorded {
        /// The distribution's architecture.
        architecture: Architecture,
        /// Whether it is the reference that has none.
        in_reference: bool,
        /// Some of the packages whose versions are the same but for the epoch.
        packages: Vec<String>,
        /// How many those are.
        count: usize,
    },
    /// Packages of both sides have other versions beside the newest, of which some were built as modules.
    VersionsBeside {
        /// How many packages.
        count: usize,
    },
    /// The distribution lacks binary packages of source packages that it has.
    BinariesMissing {
        /// How many source packages.
        count: usize,
    },
    /// Something says that a package is modified, and its complete source texts are the reference's.
    MarkedButIdentical {
        /// The package.
        package: String,
        /// What says that it is modified.
        told_by: ToldBy,
    },
    /// A package is known to be modified, and the build system says that its source was taken as it is.
    ModifiedButImported {
        /// The package.
        package: String,
        /// What says that it is modified.
        told_by: ToldBy,
    },
    /// Source texts and build system contradict each other.
    TextsAndBuildDisagree {
        /// The package.
        package: String,
    },
    /// The build system built this very version from a source taken as it is, and from a modified one.
    BuildsDisagree {
        /// The package.
        package: String,
    },
    /// Source texts differ in files that none of the known changes names.
    FilesOfNoChange {
        /// The package.
        package: String,
        /// The first of the files.
        file: String,
        /// How many more there are.
        others: usize,
    },
    /// One side of source texts that are not complete lacks files, and nothing else tells of a modification.
    AbsenceProvesNothing {
        /// The package.
        package: String,
        /// Whether it is the reference's side that lacks them.
        in_reference: bool,
        /// The first of the files.
        file: String,
        /// How many more there are.
        others: usize,
    },
    /// The source texts at hand are those of another version than the one compared.
    TextsOfOtherVersion {
        /// The package.
        package: String,
    },
    /// Of which version the source texts at hand are is recorded for one side alone, whose are those of the version compared.
    TextsOfUnrecordedSide {
        /// The package.
        package: String,
        /// Whether it is the reference's side of which it is not recorded.
        of_reference: bool,
    },
    /// Of which versions the source texts at hand are is recorded for neither side.
    TextsOfNoRecordedVersion {
        /// The package.
        package: String,
    },
}

impl Warning {
    /// Whether it is about the comparison as a whole, so that it must be read before any figure.
    pub fn is_of_the_whole(&self) -> bool {
        matches!(
            self,
            Self::DifferentMinors { .. }
                | Self::OtherMinor { .. }
                | Self::EpochsLookUnrecorded { .. }
        )
    }
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
            Self::OtherMinor {
                in_reference,
                package,
                found,
                stated,
                architectures,
            } => {
                let side = match in_reference {
                    true => "reference",
                    false => "distribution",
                };
                let architectures: Vec<&str> =
                    architectures.iter().map(|name| name.name()).collect();
                write!(
                    formatter,
                    "The configuration says that the {side} is {stated}, and its metadata for {} have {package} {found}: packages that \
                     look behind or ahead may only belong to another minor release.",
                    architectures.join(", ")
                )
            }
            Self::EpochsLookUnrecorded {
                architecture,
                in_reference,
                packages,
                count,
            } => {
                let (side, relation) = if *in_reference {
                    ("reference", "ahead")
                } else {
                    ("distribution", "behind")
                };
                let (noun, verb) = if *count == 1 {
                    ("package", "looks")
                } else {
                    ("packages", "look")
                };
                let more = if *count > packages.len() {
                    " and others"
                } else {
                    ""
                };
                write!(
                    formatter,
                    "On {architecture} the {side}’s metadata seem to record no epochs: {count} {noun} ({}{more}) {verb} {relation} \
                     for that alone. If they do not, the configuration must say records_epochs = false.",
                    packages.join(", ")
                )
            }
            Self::VersionsBeside { count } => {
                let packages = match count {
                    1 => "1 package has".to_owned(),
                    _ => format!("{count} packages have"),
                };
                write!(
                    formatter,
                    "{packages} versions beside the newest, some built as modules: only the newest of each side is compared, and \
                     neither the shares nor the totals of binary interfaces tell of the others, which may be other streams."
                )
            }
            Self::BinariesMissing { count } => {
                let packages = match count {
                    1 => "1 source package of both sides has binary packages".to_owned(),
                    _ => format!("{count} source packages of both sides have binary packages"),
                };
                write!(
                    formatter,
                    "{packages} that the reference alone publishes: verdicts are about sources, and the pages of these packages name them."
                )
            }
            Self::MarkedButIdentical { package, told_by } => write!(
                formatter,
                "{package}: {} says that it is modified, yet both sides’ source texts are the same.",
                in_words(*told_by)
            ),
            Self::ModifiedButImported { package, told_by } => write!(
                formatter,
                "{package}: {} says that it is modified, yet the build system imported its source unchanged.",
                in_words(*told_by)
            ),
            Self::TextsAndBuildDisagree { package } => write!(
                formatter,
                "{package}: the build system and the source texts disagree on whether its source was changed; the texts count."
            ),
            Self::BuildsDisagree { package } => write!(
                formatter,
                "{package}: the build system built this version from an imported source and from a changed one; builds that were \
                 released count, and tell nothing where they disagree."
            ),
            Self::FilesOfNoChange {
                package,
                file,
                others,
            } => write!(
                formatter,
                "{package}: the source texts differ in {}, and no known change says that it is seen there: a change explains the \
                 files that it names.",
                and_more(file, *others)
            ),
            Self::AbsenceProvesNothing {
                package,
                in_reference,
                file,
                others,
            } => {
                let side = match in_reference {
                    true => "reference",
                    false => "distribution",
                };
                write!(
                    formatter,
                    "{package}: the source texts are not known to be complete, so it proves nothing that the {side}’s lack {}.",
                    and_more(file, *others)
                )
            }
            Self::TextsOfOtherVersion { package } => write!(
                formatter,
                "{package}: the source texts at hand are those of another version, so they prove nothing here."
            ),
            Self::TextsOfUnrecordedSide {
                package,
                of_reference,
            } => {
                let side = match of_reference {
                    true => "reference",
                    false => "distribution",
                };
                write!(
                    formatter,
                    "{package}: it is not recorded of which version the {side}’s source texts at hand are, so they prove nothing here."
                )
            }
            Self::TextsOfNoRecordedVersion { package } => write!(
                formatter,
                "{package}: it is not recorded of which versions the source texts at hand are, so they prove nothing here."
            ),
        }
    }
}

/// A file, and how many more.
fn and_more(file: &str, others: usize) -> String {
    match others {
        0 => file.to_owned(),
        _ => format!("{file} and {others} more"),
    }
}

fn in_words(told_by: ToldBy) -> &'static str {
    match told_by {
        ToldBy::Release => "its release",
        ToldBy::Change => "a known change",
        ToldBy::Name => "its name, which is not the reference’s,",
    }
}
