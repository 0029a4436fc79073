//! Which minor release a side's metadata say that they are of, by the package that names it.

use super::comparison::ArchitectureLists;
use super::pairing::SourceList;
use super::warning::Warning;
use crate::domain::{Architecture, MinorRelease};
use std::collections::BTreeMap;

/// Packages whose version is the minor release that they are of. That of CentOS Stream is the same in all of them.
const RELEASE_PACKAGES: [&str; 4] = [
    "almalinux-release",
    "oraclelinux-release",
    "redhat-release",
    "rocky-release",
];

/// What is told where the metadata of a side are of another minor release than the configuration says; `minors` are the reference's and
/// the distribution's. Nothing is told of a side without such a package, or of which no minor release is said.
pub(super) fn other_minors(
    lists: &[ArchitectureLists],
    minors: (MinorRelease, MinorRelease),
) -> Vec<Warning> {
    let (reference, distribution) = minors;
    let mut found: BTreeMap<(bool, &str, MinorRelease), Vec<Architecture>> = BTreeMap::new();
    for list in lists {
        let sides = [
            (true, list.reference.as_ref(), reference),
            (false, Some(&list.distribution), distribution),
        ];
        for (in_reference, packages, stated) in sides {
            for (package, minor) in packages.into_iter().flat_map(named_in) {
                if differ(minor, stated) {
                    let architectures = found.entry((in_reference, package, minor)).or_default();
                    architectures.push(list.architecture);
                }
            }
        }
    }
    let told = found
        .into_iter()
        .map(
            |((in_reference, package, found), architectures)| Warning::OtherMinor {
                in_reference,
                package: package.to_owned(),
                found,
                stated: if in_reference {
                    reference
                } else {
                    distribution
                },
                architectures,
            },
        );
    told.collect()
}

/// The packages of a list that name a minor release, with it.
fn named_in(packages: &SourceList) -> impl Iterator<Item = (&'static str, MinorRelease)> {
    RELEASE_PACKAGES.into_iter().filter_map(|name| {
        let package = packages.get(name)?;
        Some((name, package.evr.version.parse().ok()?))
    })
}

fn differ(one: MinorRelease, other: MinorRelease) -> bool {
    let minors = one.minor.zip(other.minor);
    one.major != other.major || minors.is_some_and(|(one, other)| one != other)
}
