//! Finds for each source package of one side its counterpart on the other, renamed ones included.

use super::rules::Rename;
use crate::domain::SourcePackage;
use std::collections::{BTreeMap, BTreeSet};

/// The source packages of one side on one architecture, by name.
pub type SourceList = BTreeMap<String, SourcePackage>;

/// A source package and its counterpart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair<'a> {
    /// In both, perhaps under two names.
    Both {
        /// The reference's.
        reference: &'a SourcePackage,
        /// The distribution's.
        distribution: &'a SourcePackage,
    },
    /// In the reference alone.
    ReferenceOnly(&'a SourcePackage),
    /// In the distribution alone.
    DistributionOnly(&'a SourcePackage),
}

impl<'a> Pair<'a> {
    /// The name that the pair goes by: the distribution's where it has one.
    pub fn name(self) -> &'a str {
        match self {
            Self::Both { distribution, .. } => &distribution.name,
            Self::ReferenceOnly(package) | Self::DistributionOnly(package) => &package.name,
        }
    }

    /// Whether both sides have it, under two names.
    pub fn is_renamed(self) -> bool {
        matches!(self, Self::Both { reference, distribution } if reference.name != distribution.name)
    }
}

/// Pairs two lists, sorted by the pairs' names.
///
/// A rename counts only where the reference's own name has no counterpart: `redhat-rpm-config` keeps its name.
pub fn pair<'a>(
    reference: &'a SourceList,
    distribution: &'a SourceList,
    renames: &[Rename],
) -> Vec<Pair<'a>> {
    let mut pairs = Vec::with_capacity(distribution.len());
    let mut paired = BTreeSet::new();
    for package in reference.values() {
        let renamed = || {
            renames
                .iter()
                .filter_map(|rename| rename.of_reference(&package.name))
                .filter(|name| !reference.contains_key(name))
                .find_map(|name| distribution.get(&name))
        };
        match distribution.get(&package.name).or_else(renamed) {
            Some(counterpart) if paired.insert(counterpart.name.as_str()) => {
                pairs.push(Pair::Both {
                    reference: package,
                    distribution: counterpart,
                });
            }
            _ => pairs.push(Pair::ReferenceOnly(package)),
        }
    }
    let unpaired = distribution
        .values()
        .filter(|package| !paired.contains(package.name.as_str()));
    pairs.extend(unpaired.map(Pair::DistributionOnly));
    pairs.sort_by(|left, right| left.name().cmp(right.name()));
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Rules;
    use crate::domain::{Evr, SourceAbi};

    fn list(names: &[&str]) -> SourceList {
        names
            .iter()
            .map(|&name| {
                let package = SourcePackage {
                    name: name.to_owned(),
                    evr: Evr::new(0, "1", "1"),
                    epoch_known: true,
                    repository: "BaseOS".to_owned(),
                    built: None,
                    binaries: vec![name.to_owned()],
                    abi: SourceAbi::default(),
                    versions_beside: vec![],
                };
                (name.to_owned(), package)
            })
            .collect()
    }

    fn check(reference: &[&str], distribution: &[&str], expected: &[&str]) {
        let (reference, distribution) = (list(reference), list(distribution));
        let shown: Vec<String> = pair(&reference, &distribution, &Rules::default().renames)
            .into_iter()
            .map(|pair| match pair {
                Pair::Both {
                    reference,
                    distribution,
                } => format!("{}={}", reference.name, distribution.name),
                Pair::ReferenceOnly(package) => format!("{}=", package.name),
                Pair::DistributionOnly(package) => format!("={}", package.name),
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn pairs_by_name() {
        check(&["a", "b"], &["b", "c"], &["a=", "b=b", "=c"]);
        check(&[], &[], &[]);
    }

    #[test]
    fn pairs_what_was_renamed_unless_the_name_was_kept() {
        check(
            &["redhat-release", "redhat-rpm-config"],
            &["almalinux-release", "redhat-rpm-config"],
            &[
                "redhat-release=almalinux-release",
                "redhat-rpm-config=redhat-rpm-config",
            ],
        );
        check(
            &["lorax-templates-rhel"],
            &["lorax-templates-almalinux"],
            &["lorax-templates-rhel=lorax-templates-almalinux"],
        );
        check(
            &["almalinux-logos", "redhat-logos"],
            &["almalinux-logos"],
            &["almalinux-logos=almalinux-logos", "redhat-logos="],
        );
    }
}
