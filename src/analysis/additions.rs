//! Whether packages that the distribution adds are still needed, and whether they take the place of any that they must not.

use super::pairing::SourceList;
use crate::domain::{Claim, ClaimKind, SourcePackage};
use std::collections::BTreeMap;

/// A package that the distribution adds, on one architecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addition<'a> {
    /// The package.
    pub package: &'a SourcePackage,
    /// Those who have it, too.
    pub holders: Vec<(Holder, &'a SourcePackage)>,
    /// The binary packages whose place its own take, sorted.
    pub replaced: Vec<Replaced<'a>>,
}

/// Who has packages, too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The distribution, in a repository that is compared.
    Distribution,
    /// The reference.
    Reference,
    /// Those who maintain packages for the reference.
    Epel,
}

/// A binary package whose place another takes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replaced<'a> {
    /// The binary package that takes its place.
    pub by: &'a str,
    /// How.
    pub kind: ClaimKind,
    /// Whose it is.
    pub of: Holder,
    /// Its name.
    pub name: &'a str,
    /// Its source package.
    pub source: &'a str,
}

/// What others have of the packages that the distribution adds, and what those replace, sorted by name. `claims` is what the
/// added binary packages say of others.
///
/// A package is another's where its source package bears the same name: what takes the place of one binary package alone is told
/// apart. What the distribution has in the very repository of the package is the package itself.
pub fn additions<'a>(
    added: &'a SourceList,
    claims: &'a [Claim],
    holders: &[(Holder, &'a SourceList)],
) -> Vec<Addition<'a>> {
    let owners: Vec<(Holder, BTreeMap<&str, &'a SourcePackage>)> = holders
        .iter()
        // EPEL promises itself not to replace packages of the reference; what Synergy replaces of EPEL harms nobody.
        .filter(|(holder, _)| *holder != Holder::Epel)
        .map(|(holder, list)| {
            let binaries = list.values().flat_map(|package| {
                let names = package.binaries.iter();
                names.map(move |name| (name.as_str(), package))
            });
            (*holder, binaries.collect())
        })
        .collect();
    let mut claims_of: BTreeMap<&str, Vec<&'a Claim>> = BTreeMap::new();
    for claim in claims {
        claims_of.entry(&claim.binary).or_default().push(claim);
    }
    let is_itself = |holder: Holder, own: &SourcePackage, other: &SourcePackage| {
        holder == Holder::Distribution
            && own.name == other.name
            && own.repository == other.repository
    };
    let replaced = |own: &'a SourcePackage, by: &'a str, kind: ClaimKind, name: &str| {
        let found = owners.iter().filter_map(move |(of, owners)| {
            let (name, package) = owners.get_key_value(name)?;
            (!is_itself(*of, own, package)).then_some(Replaced {
                by,
                kind,
                of: *of,
                name,
                source: &package.name,
            })
        });
        found.collect::<Vec<_>>()
    };
    added
        .values()
        .map(|package| {
            let mut all = Vec::new();
            for binary in &package.binaries {
                all.extend(replaced(package, binary, ClaimKind::SameName, binary));
                for claim in claims_of.get(binary.as_str()).into_iter().flatten() {
                    all.extend(replaced(package, binary, claim.kind, &claim.name));
                }
            }
            all.sort();
            all.dedup();
            let own = holders.iter();
            Addition {
                package,
                holders: own
                    .filter_map(|(holder, list)| Some((*holder, list.get(&package.name)?)))
                    .filter(|(holder, held)| !is_itself(*holder, package, held))
                    .collect(),
                replaced: all,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Evr, SourceAbi};

    /// Source packages of their names and binary packages: `a: b c`.
    fn list(packages: &[&str]) -> SourceList {
        let packages = packages.iter().map(|text| {
            let (name, binaries) = text.split_once(": ").unwrap();
            let package = SourcePackage {
                name: name.to_owned(),
                evr: Evr::new(0, "1", "1"),
                epoch_known: true,
                repository: String::new(),
                built: None,
                binaries: binaries.split(' ').map(str::to_owned).collect(),
                abi: SourceAbi::default(),
                versions_beside: vec![],
            };
            (name.to_owned(), package)
        });
        packages.collect()
    }

    fn check(added: &str, claims: &[(&str, ClaimKind, &str)], expected: &[&str]) {
        let added = list(&[added]);
        let claims: Vec<Claim> = claims
            .iter()
            .map(|&(binary, kind, name)| Claim {
                binary: binary.to_owned(),
                kind,
                name: name.to_owned(),
            })
            .collect();
        let distribution = list(&["bash: bash bash-doc"]);
        let reference = list(&["bash: bash", "insights: insights"]);
        let epel = list(&["htop: htop"]);
        let holders = [
            (Holder::Distribution, &distribution),
            (Holder::Reference, &reference),
            (Holder::Epel, &epel),
        ];
        let found: Vec<String> = additions(&added, &claims, &holders)
            .iter()
            .flat_map(|addition| {
                let holders = addition
                    .holders
                    .iter()
                    .map(|(holder, package)| format!("{} is in {holder:?}", package.name));
                let replaced = addition.replaced.iter().map(|replaced| {
                    let Replaced {
                        by,
                        kind,
                        of,
                        name,
                        source,
                    } = replaced;
                    format!("{by} {kind:?} {name} of {of:?} {source}")
                });
                holders.chain(replaced).collect::<Vec<_>>()
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_others_have_is_not_needed_any_more() {
        check("htop: htop", &[], &["htop is in Epel"]);
        check("other: other", &[], &[]);
        check(
            "insights: insights-next",
            &[],
            &["insights is in Reference"],
        );
    }

    #[test]
    fn what_takes_the_place_of_another_package_is_told() {
        use ClaimKind::{Obsoletes, Provides};
        check(
            "shell: bash-doc shell",
            &[("shell", Obsoletes, "bash"), ("shell", Provides, "htop")],
            &[
                "bash-doc SameName bash-doc of Distribution bash",
                "shell Obsoletes bash of Distribution bash",
                "shell Obsoletes bash of Reference bash",
            ],
        );
        check("shell: shell", &[("shell", Provides, "nothing")], &[]);
    }
}
