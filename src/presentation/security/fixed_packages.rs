//! The packages of one advisory, each with the version that fixes it once that is known.

use crate::domain::AdvisoryClock;
use crate::presentation::hidden_characters::visible;
use crate::report::{Fixes, Security};

/// A package that an advisory fixes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedPackage {
    /// Its name.
    pub name: String,
    /// The version that fixes it, ready to print; `None` where the versions are not at hand.
    pub evr: Option<String>,
}

/// The packages of an advisory. Versions of another security clock are none of this one's.
pub fn fixed_packages(
    clock: &AdvisoryClock,
    document: &Security,
    fixes: Option<&Fixes>,
) -> Vec<FixedPackage> {
    let id = clock.id.to_string();
    let row = document
        .advisories
        .ids
        .iter()
        .position(|known| *known == id);
    let versions = fixes
        .filter(|fixes| fixes.fit(document))
        .and_then(|fixes| fixes.versions.get(row?));
    let packages = clock.packages.iter().enumerate();
    let packages = packages.map(|(index, name)| FixedPackage {
        name: name.clone(),
        evr: versions.and_then(|versions| Some(visible(versions.get(index)?))),
    });
    let mut packages: Vec<FixedPackage> = packages.collect();
    // One with several versions stands once as long as they are not at hand.
    packages.dedup();
    packages
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{FixState, Severity};
    use crate::report::{Digest, EarlierAdvisories, FormatVersion, PointInTime};

    #[test]
    fn packages_have_their_versions_once_those_are_at_hand() {
        let clock = |id: &str, packages: &[&str]| AdvisoryClock {
            id: id.parse().unwrap(),
            severity: Severity::Important,
            state: FixState::Open,
            counterpart: None,
            disclosed: None,
            reference: None,
            testing: None,
            distribution: None,
            in_repositories: None,
            cves: Vec::new(),
            packages: packages.iter().map(|name| (*name).to_owned()).collect(),
        };
        let clocks = [
            clock("RHSA-2026:0001", &["bash"]),
            clock("RHSA-2026:0002", &["nodejs", "nodejs", "zlib"]),
        ];
        let (package_names, advisories) = Security::tabled(&clocks);
        let document = Security {
            format: FormatVersion::CURRENT,
            release: "9".to_owned(),
            taken: PointInTime("2026-11-20".parse().unwrap()),
            inputs: Vec::new(),
            of_other_releases: 0,
            testing_failures: vec![],
            package_names,
            advisories,
            named: std::collections::BTreeMap::new(),
            earlier: EarlierAdvisories::default(),
            fixes: Digest::try_from("0".repeat(64)).unwrap(),
        };
        let versions = |rows: &[&[&str]]| Fixes {
            format: FormatVersion::CURRENT,
            release: "9".to_owned(),
            versions: rows
                .iter()
                .map(|row| row.iter().map(|evr| (*evr).to_owned()).collect())
                .collect(),
        };
        let check = |fixes: Option<&Fixes>, expected: &[&str]| {
            let found = fixed_packages(&clocks[1], &document, fixes);
            let found: Vec<String> = found
                .into_iter()
                .map(|package| format!("{} {}", package.name, package.evr.unwrap_or_default()))
                .collect();
            assert_eq!(found, expected);
        };
        check(None, &["nodejs ", "zlib "]);
        let own = versions(&[&["5-1"], &["18-1", "20-1", "1-1"]]);
        check(Some(&own), &["nodejs 18-1", "nodejs 20-1", "zlib 1-1"]);
        let of_another = versions(&[&["5-1"], &["18-1"]]);
        check(Some(&of_another), &["nodejs ", "zlib "]);
    }
}
