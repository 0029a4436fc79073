//! What waits in a repository of packages in testing, on one architecture, and whether the reference has it meanwhile.

use super::comparison::ArchitectureLists;
use super::normalisation::normalise_release;
use super::pairing::{Pair, SourceList, pair};
use super::rules::Rules;
use crate::domain::{Evr, ReferenceStanding, SourcePackage};

/// A package that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting<'a> {
    /// What waits.
    pub testing: &'a SourcePackage,
    /// What the distribution has of it: something older, or nothing.
    pub distribution: Option<&'a SourcePackage>,
    /// Whether the distribution may have it although its list, which is not complete or could not be read, has it not.
    pub distribution_untold: bool,
    /// What the reference has of it.
    pub reference: Option<&'a SourcePackage>,
    /// Whether the reference has what waits.
    pub standing: ReferenceStanding,
}

/// The packages of which the repository in testing has a newer version than the distribution, sorted by name. Epochs count
/// where `epochs_recorded`.
///
/// Against the distribution versions are compared as they are, since a mark alone is an update; against the reference as all
/// versions are, marks taken off. Where the distribution has the version already and another mark alone waits, what waits is the
/// distribution's own change, which the same version of the reference does not have.
pub fn waiting<'a>(
    testing: &'a SourceList,
    lists: &'a ArchitectureLists,
    epochs_recorded: bool,
    rules: &Rules,
) -> Vec<Waiting<'a>> {
    let reference = lists.reference.as_ref();
    let pairs: Vec<(&'a SourcePackage, Option<&'a SourcePackage>)> = match reference {
        Some(reference) => pair(reference, testing, &rules.renames)
            .into_iter()
            .filter_map(|pair| match pair {
                Pair::Both {
                    reference,
                    distribution,
                } => Some((distribution, Some(reference))),
                Pair::DistributionOnly(package) => Some((package, None)),
                Pair::ReferenceOnly(_) => None,
            })
            .collect(),
        None => testing.values().map(|package| (package, None)).collect(),
    };
    // Two versions as they are compared: with their epochs where both are known.
    let compared = |one: &SourcePackage, other: &SourcePackage| {
        let epochs_known = epochs_recorded && one.epoch_known && other.epoch_known;
        [one, other].map(|package| Evr {
            epoch: if epochs_known { package.evr.epoch } else { 0 },
            ..package.evr.clone()
        })
    };
    // Their order, marks taken off.
    let order = |one: &SourcePackage, other: &SourcePackage| {
        let [one, other] = compared(one, other).map(|evr| Evr {
            release: normalise_release(&evr.release, &rules.marks).0,
            ..evr
        });
        one.cmp(&other)
    };
    pairs
        .into_iter()
        .filter_map(|(testing, reference)| {
            let distribution = lists.distribution.get(&testing.name);
            let is_newer = distribution.is_none_or(|published| {
                let [testing, published] = compared(testing, published);
                testing > published
            });
            let mark_alone_waits =
                distribution.is_some_and(|published| order(published, testing).is_eq());
            let standing = match reference.map(|reference| order(reference, testing)) {
                Some(held) if held.is_gt() || (held.is_eq() && !mark_alone_waits) => {
                    ReferenceStanding::Has
                }
                _ if lists.reference.is_none() => ReferenceStanding::NoArchitecture,
                _ if !lists.reference_complete => ReferenceStanding::Unknown,
                Some(_) => ReferenceStanding::Older,
                None => ReferenceStanding::Lacks,
            };
            let is_untold = !lists.distribution_complete
                || lists.distribution_unreadable.contains(&testing.name);
            is_newer.then_some(Waiting {
                testing,
                distribution,
                distribution_untold: distribution.is_none() && is_untold,
                reference,
                standing,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::comparison::tests::lists;
    use super::*;
    use crate::domain::{Architecture, SourceAbi};

    fn list(packages: &[&str]) -> SourceList {
        let packages = packages.iter().map(|text| {
            let (name, evr) = text.split_once(' ').unwrap();
            let package = SourcePackage {
                name: name.to_owned(),
                evr: Evr::parse(evr).unwrap(),
                epoch_known: true,
                repository: "BaseOS".to_owned(),
                built: None,
                binaries: vec![name.to_owned()],
                abi: SourceAbi::default(),
                versions_beside: vec![],
            };
            (name.to_owned(), package)
        });
        packages.collect()
    }

    /// How the reference's list is read.
    #[derive(Clone, Copy, PartialEq)]
    enum Reference {
        Complete,
        Incomplete,
        Absent,
    }

    fn check(
        testing: &str,
        distribution: &[&str],
        reference: &[&str],
        read: Reference,
        expected: &[&str],
    ) {
        let lists = ArchitectureLists {
            distribution: list(distribution),
            reference: (read != Reference::Absent).then(|| list(reference)),
            reference_complete: read == Reference::Complete,
            ..lists(Architecture::X86_64, SourceList::new(), None)
        };
        let testing = list(&[testing]);
        let found: Vec<String> = waiting(&testing, &lists, true, &Rules::default())
            .iter()
            .map(|waiting| {
                let evr = |package: Option<&SourcePackage>| {
                    package.map_or("-".to_owned(), |package| package.evr.to_string())
                };
                format!(
                    "{} over {}, {:?} {}",
                    waiting.testing.evr,
                    evr(waiting.distribution),
                    waiting.standing,
                    evr(waiting.reference)
                )
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn only_what_is_newer_waits() {
        use Reference::Complete;
        let older = ["a 1-1.el9"];
        check("a 1-1.el9", &older, &older, Complete, &[]);
        check("a 0-1.el9", &older, &older, Complete, &[]);
        check(
            "a 1-2.el9",
            &older,
            &older,
            Complete,
            &["1-2.el9 over 1-1.el9, Older 1-1.el9"],
        );
        check(
            "a 1-1.el9.alma.1",
            &older,
            &older,
            Complete,
            &["1-1.el9.alma.1 over 1-1.el9, Older 1-1.el9"],
        );
        check(
            "a 1:0-1.el9",
            &older,
            &older,
            Complete,
            &["1:0-1.el9 over 1-1.el9, Older 1-1.el9"],
        );
        check(
            "b 1-1.el9",
            &older,
            &older,
            Complete,
            &["1-1.el9 over -, Lacks -"],
        );
    }

    #[test]
    fn the_reference_does_not_have_a_change_of_the_distributions_own() {
        use Reference::{Complete, Incomplete};
        let check = |published: &str, reference: &str, read, expected: &str| {
            let expected = format!("1-1.el9.alma.2 over {published}, {expected} {reference}");
            let [published, reference] = [published, reference].map(|evr| format!("a {evr}"));
            check(
                "a 1-1.el9.alma.2",
                &[&published],
                &[&reference],
                read,
                &[&expected],
            );
        };
        check("1-1.el9.alma.1", "1-1.el9", Complete, "Older");
        check("1-1.el9", "1-1.el9", Complete, "Older");
        check("1-1.el9", "1-1.el9", Incomplete, "Unknown");
        check("1-1.el9.alma.1", "1-2.el9", Complete, "Has");
        check("1-0.el9", "1-1.el9", Complete, "Has");
    }

    #[test]
    fn what_an_incomplete_list_lacks_may_be_there() {
        let check = |distribution: &[&str], complete, unreadable: &[&str], expected: bool| {
            let lists = ArchitectureLists {
                distribution: list(distribution),
                distribution_complete: complete,
                distribution_unreadable: unreadable.iter().map(|&name| name.to_owned()).collect(),
                ..lists(Architecture::X86_64, SourceList::new(), None)
            };
            let testing = list(&["a 1-2.el9"]);
            let found = waiting(&testing, &lists, true, &Rules::default());
            assert_eq!(found[0].distribution_untold, expected);
        };
        check(&[], true, &[], false);
        check(&[], true, &["a"], true);
        check(&[], false, &[], true);
        check(&["a 1-1.el9"], false, &[], false);
    }

    #[test]
    fn the_reference_may_have_it_meanwhile() {
        use Reference::{Absent, Complete, Incomplete};
        let older = ["a 1-1.el9"];
        let newer = ["a 1-3.el9"];
        check(
            "a 1-2.el9.alma.1",
            &older,
            &newer,
            Complete,
            &["1-2.el9.alma.1 over 1-1.el9, Has 1-3.el9"],
        );
        check(
            "a 1-2.el9",
            &older,
            &newer,
            Incomplete,
            &["1-2.el9 over 1-1.el9, Has 1-3.el9"],
        );
        check(
            "a 1-2.el9",
            &older,
            &older,
            Incomplete,
            &["1-2.el9 over 1-1.el9, Unknown 1-1.el9"],
        );
        check(
            "a 1-2.el9",
            &older,
            &[],
            Incomplete,
            &["1-2.el9 over 1-1.el9, Unknown -"],
        );
        check(
            "a 1-2.el9",
            &older,
            &newer,
            Absent,
            &["1-2.el9 over 1-1.el9, NoArchitecture -"],
        );
        check(
            "almalinux-release 9.7-1.el9",
            &["almalinux-release 9.6-1.el9"],
            &["redhat-release 9.7-1.el9"],
            Complete,
            &["9.7-1.el9 over 9.6-1.el9, Has 9.7-1.el9"],
        );
    }
}
