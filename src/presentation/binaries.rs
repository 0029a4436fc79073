//! The binary packages of a source package in words: which of them one side alone has, and what is said of that.

use super::number::counted;
use crate::report::{Package, PackageOnArchitecture};
use std::collections::BTreeMap;

/// How many names a sentence at the top of a page has at most.
const NAMES_MAX: usize = 3;

/// The binary packages that the reference alone has of a source package of both, in one sentence; nothing where it has none.
pub fn missing_binaries(package: &Package, reference: &str) -> Option<String> {
    let names = by_name(package, |on| &on.reference_alone);
    let names: Vec<&str> = names.into_keys().collect();
    let named = names.get(..NAMES_MAX).unwrap_or(&names).join(", ");
    let more = match names.len().checked_sub(NAMES_MAX) {
        None | Some(0) => String::new(),
        Some(more) => format!(" and {more} more"),
    };
    let packages = counted(
        names.len() as u32,
        "binary package of it",
        "binary packages of it",
    );
    let sentence = || format!("{reference} alone publishes {packages}: {named}{more}.");
    (!names.is_empty()).then(sentence)
}

/// Which binary packages one side alone has, with the architectures, and what lists say of them, each in one sentence.
pub fn binaries_alone_in_words(
    package: &Package,
    distribution: &str,
    reference: &str,
) -> Vec<String> {
    let sides = [
        (reference, by_name(package, |on| &on.reference_alone)),
        (distribution, by_name(package, |on| &on.distribution_alone)),
    ];
    let alone = sides.into_iter().flat_map(|(side, names)| {
        let mut alike: BTreeMap<Vec<&str>, Vec<&str>> = BTreeMap::new();
        for (name, architectures) in names {
            alike.entry(architectures).or_default().push(name);
        }
        let sentence = move |(architectures, names): (Vec<&str>, Vec<&str>)| {
            let (names, architectures) = (names.join(", "), architectures.join(", "));
            format!("{side} alone publishes, for {architectures}: {names}")
        };
        alike.into_iter().map(sentence)
    });
    let expected = package.expected_binaries.iter();
    let expected = expected.map(|expected| {
        let names = expected.binaries.join(", ");
        format!("Expected of {names}: {}", expected.reason)
    });
    alone.chain(expected).collect()
}

/// The architectures of each name.
fn by_name(
    package: &Package,
    names: impl Fn(&PackageOnArchitecture) -> &Vec<String>,
) -> BTreeMap<&str, Vec<&str>> {
    let mut architectures: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for on in &package.architectures {
        for name in names(on) {
            let known = architectures.entry(name).or_default();
            known.push(&on.architecture);
        }
    }
    architectures
}

#[cfg(test)]
mod tests {
    use super::super::package_summary::tests::{outcome, package};
    use super::*;
    use crate::domain::Verdict;
    use crate::report::ExpectedBinaries;

    #[test]
    fn what_one_side_alone_has_is_said_with_its_architectures() {
        let matched = outcome(Verdict::Matched, None);
        let mut package = package(&[("x86_64", matched), ("aarch64", matched)]);
        assert_eq!(missing_binaries(&package, "RHEL"), None);
        assert_eq!(
            binaries_alone_in_words(&package, "AlmaLinux", "RHEL"),
            [""; 0]
        );
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        package.architectures[0].reference_alone = owned(&["a", "b", "c", "d"]);
        package.architectures[1].reference_alone = owned(&["a", "b"]);
        package.architectures[1].distribution_alone = owned(&["e"]);
        package.expected_binaries = vec![ExpectedBinaries {
            reason: "It needs a subscription.".to_owned(),
            binaries: owned(&["a", "d"]),
        }];
        assert_eq!(
            missing_binaries(&package, "RHEL").unwrap(),
            "RHEL alone publishes 4 binary packages of it: a, b, c and 1 more."
        );
        assert_eq!(
            binaries_alone_in_words(&package, "AlmaLinux", "RHEL"),
            [
                "RHEL alone publishes, for x86_64: c, d",
                "RHEL alone publishes, for x86_64, aarch64: a, b",
                "AlmaLinux alone publishes, for aarch64: e",
                "Expected of a, d: It needs a subscription.",
            ]
        );
        package.architectures[0].reference_alone = owned(&["a"]);
        package.architectures[1].reference_alone = owned(&[]);
        assert_eq!(
            missing_binaries(&package, "RHEL").unwrap(),
            "RHEL alone publishes 1 binary package of it: a."
        );
    }
}
