//! Which packages an entry reads one by one, and where the git repository of each is.

use super::check::{Fault, fault};
use crate::publish::numbers::thousands;
use crate::publish::repository::{Location, without_credentials};
use glob::Pattern;
use std::collections::BTreeSet;
use std::path::Path;

/// Packages that one entry may be read for; each costs requests.
const PACKAGES_MAX: usize = 5_000;

/// Stands in the location of a git repository for the name of the package.
const PACKAGE: &str = "{package}";

/// Packages that are read one by one: those that are named, and those that patterns choose among what there is.
#[derive(Clone, Debug)]
pub struct PackageChoice {
    /// The names.
    pub names: BTreeSet<String>,
    patterns: Vec<Pattern>,
}

/// Git repositories, one for each package.
#[derive(Clone, Debug)]
pub struct GitRepositories {
    /// Where they are, with `{package}` for the name of the package.
    pub location: Location,
    /// The packages.
    pub packages: PackageChoice,
}

impl PackageChoice {
    /// What stands in a configuration: names, and patterns with `*`, `?` and `[…]`.
    pub fn parse(entries: Vec<String>) -> Result<Self, Fault> {
        let mut choice = Self {
            names: BTreeSet::new(),
            patterns: Vec::new(),
        };
        for entry in entries {
            if is_name(&entry, "+._-") {
                choice.names.insert(entry);
                continue;
            }
            let is_pattern = entry.contains(['*', '?', '['])
                && entry.chars().all(|character| {
                    character.is_ascii_alphanumeric() || "+._-*?[]!".contains(character)
                });
            match Pattern::new(&entry) {
                Ok(pattern) if is_pattern => choice.patterns.push(pattern),
                _ => {
                    return fault(
                        format!(
                            "“{entry}”, to be read by itself, is no name of a source package, and no pattern of names"
                        ),
                        "write names such as bash, or patterns such as python3*",
                    );
                }
            }
        }
        choice.check(choice.names.len())?;
        Ok(choice)
    }

    /// The packages among `known` that patterns choose and that are not named. `Err` says that there are too many.
    pub fn by_pattern<'a>(&self, known: &BTreeSet<&'a str>) -> Result<BTreeSet<&'a str>, Fault> {
        let is_chosen = |name: &&str| {
            !self.names.contains(*name)
                && is_name(name, "+._-")
                && self.patterns.iter().any(|pattern| pattern.matches(name))
        };
        let chosen: BTreeSet<&str> = known.iter().copied().filter(is_chosen).collect();
        self.check(self.names.len() + chosen.len())?;
        Ok(chosen)
    }

    fn check(&self, packages: usize) -> Result<(), Fault> {
        if packages <= PACKAGES_MAX {
            return Ok(());
        }
        fault(
            format!(
                "{} packages are to be read one by one, and {} are the most that one entry reads",
                thousands(packages as u64),
                thousands(PACKAGES_MAX as u64)
            ),
            "write narrower patterns, or name fewer packages",
        )
    }
}

impl GitRepositories {
    /// The repositories of packages by a location with `{package}`; paths are relative to `folder`.
    pub fn parse(location: &str, packages: Vec<String>, folder: &Path) -> Result<Self, Fault> {
        if !location.contains(PACKAGE) {
            let location = without_credentials(location);
            return fault(
                format!(
                    "the git repository “{location}” does not say where the name of a package goes"
                ),
                "write {package} for it",
            );
        }
        let packages = PackageChoice::parse(packages)?;
        match Location::parse(location, folder) {
            Ok(location) => Ok(Self { location, packages }),
            Err(what) => fault(
                format!("the git repositories: {what}"),
                "write an address that starts with https:// or http://",
            ),
        }
    }

    /// The repository of a package.
    pub fn of(&self, package: &str) -> Location {
        match &self.location {
            Location::Address(address) => Location::Address(address.replace(PACKAGE, package)),
            Location::Path(path) => {
                Location::Path(path.to_string_lossy().replace(PACKAGE, package).into())
            }
        }
    }
}

/// Whether git can take it for nothing else, such as an option or a pattern.
pub fn is_name(name: &str, also: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || also.contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choice(entries: &[&str]) -> Result<PackageChoice, Fault> {
        PackageChoice::parse(entries.iter().map(|&entry| entry.to_owned()).collect())
    }

    #[test]
    fn names_and_patterns_choose() {
        let known = BTreeSet::from(["bash", "python3", "python3.11", "..", "-x", "kernel"]);
        let check = |entries: &[&str], names: &[&str], chosen: &[&str]| {
            let choice = choice(entries).unwrap();
            assert!(choice.names.iter().eq(names), "{entries:?}");
            let by_pattern = choice.by_pattern(&known).unwrap();
            assert!(by_pattern.iter().eq(chosen), "{by_pattern:?}");
        };
        check(&["bash", "gone"], &["bash", "gone"], &[]);
        check(&["bash", "python3*"], &["bash"], &["python3", "python3.11"]);
        // Names that git could take for something else are never chosen.
        check(&["*"], &[], &["bash", "kernel", "python3", "python3.11"]);
        check(&["kerne[lm]", "bas?"], &[], &["bash", "kernel"]);
        for entry in ["../x", "-x", "a b", "", "x/*", "[", "a[", "***"] {
            assert!(choice(&[entry]).is_err(), "{entry}");
        }
    }

    #[test]
    fn too_many_are_told() {
        let names: Vec<String> = (0..=PACKAGES_MAX)
            .map(|number| format!("a{number}"))
            .collect();
        let known = names.iter().map(String::as_str).collect();
        let (what, _) = choice(&["a*"]).unwrap().by_pattern(&known).unwrap_err();
        assert_eq!(
            what,
            "5,001 packages are to be read one by one, and 5,000 are the most that one entry reads"
        );
        assert!(PackageChoice::parse(names).is_err());
    }
}
