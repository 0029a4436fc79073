//! Whether packages that the distribution adds are still needed, and whether they take the place of any that they must not.

use super::grouping::OwnVersions;
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
    /// The binary packages whose place its own take or whose name they provide, sorted.
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

/// What somebody has on one architecture.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// Who.
    pub holder: Holder,
    /// The source packages.
    pub sources: &'a SourceList,
    /// The versions of its binary packages.
    pub versions: &'a OwnVersions,
    /// Whether it is known which epochs they have.
    pub epochs_recorded: bool,
}

/// A binary package whose place another takes, or whose name another provides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replaced<'a> {
    /// The other binary package.
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
/// apart. What the distribution has in the very repository of the package is the package itself. What is obsoleted in other versions
/// than there are is left alone.
pub fn additions<'a>(
    added: &'a SourceList,
    claims: &'a [Claim],
    holders: &[Held<'a>],
) -> Vec<Addition<'a>> {
    let owners: Vec<(&Held<'a>, BTreeMap<&'a str, &'a SourcePackage>)> = holders
        .iter()
        // EPEL promises itself not to replace packages of the reference; what Synergy replaces of EPEL harms nobody.
        .filter(|held| held.holder != Holder::Epel)
        .map(|held| {
            let binaries = held.sources.values().flat_map(|package| {
                let names = package.binaries.iter();
                names.map(move |name| (name.as_str(), package))
            });
            (held, binaries.collect())
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
    let is_of = |claim: &Claim, held: &Held<'a>, name: &str, package: &'a SourcePackage| {
        let versions = claim.versions.as_ref();
        // What a package provides under a name is a version of its own, and not one of the other's.
        let versions = versions.filter(|_| claim.kind == ClaimKind::Obsoletes);
        versions
            .is_none_or(|range| range.has(held.versions.of(name, package), held.epochs_recorded))
    };
    let replaced = |own: &'a SourcePackage, by: &'a str, claim: Option<&'a Claim>| {
        let (kind, name) = claim.map_or((ClaimKind::SameName, by), |claim| {
            (claim.kind, claim.name.as_str())
        });
        let found = owners.iter().filter_map(move |(held, owners)| {
            let (name, package) = owners.get_key_value(name)?;
            let is_meant = claim.is_none_or(|claim| is_of(claim, held, name, package));
            (is_meant && !is_itself(held.holder, own, package)).then_some(Replaced {
                by,
                kind,
                of: held.holder,
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
                all.extend(replaced(package, binary, None));
                for claim in claims_of.get(binary.as_str()).into_iter().flatten() {
                    all.extend(replaced(package, binary, Some(claim)));
                }
            }
            all.sort();
            all.dedup();
            let own = holders.iter();
            Addition {
                package,
                holders: own
                    .filter_map(|held| Some((held.holder, held.sources.get(&package.name)?)))
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
    use crate::analysis::SourceCollector;
    use crate::domain::{Architecture, BinaryPackage, Evr, Nvr, SourceAbi, VersionRange};

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

    /// Claims are of names, or of a name and the greatest version that is meant: `bash 0`.
    fn check(added: &str, claims: &[(&str, ClaimKind, &str)], expected: &[&str]) {
        let added = list(&[added]);
        let claims: Vec<Claim> = claims
            .iter()
            .map(|&(binary, kind, other)| {
                let (name, version) = other.split_once(' ').unwrap_or((other, ""));
                Claim {
                    binary: binary.to_owned(),
                    kind,
                    name: name.to_owned(),
                    versions: VersionRange::new("LE", "0", version, ""),
                }
            })
            .collect();
        let distribution = list(&["bash: bash bash-doc"]);
        let reference = list(&["bash: bash", "insights: insights"]);
        let epel = list(&["htop: htop"]);
        // The documentation has a version of its own.
        let mut collector = SourceCollector::new(Architecture::X86_64);
        collector.add(
            "BaseOS",
            BinaryPackage {
                nevra: "bash-doc-3-1.x86_64".parse().unwrap(),
                source: Nvr::of_source_file("bash-1-1.src.rpm").unwrap(),
                built: None,
                abi: None,
            },
        );
        let versions = collector.take_own_versions();
        let holders = [
            (Holder::Distribution, &distribution),
            (Holder::Reference, &reference),
            (Holder::Epel, &epel),
        ];
        let holders = holders.map(|(holder, sources)| Held {
            holder,
            sources,
            versions: &versions,
            epochs_recorded: true,
        });
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
    #[test]
    fn what_is_obsoleted_in_other_versions_is_left_alone() {
        use ClaimKind::{Obsoletes, Provides};
        check("shell: shell", &[("shell", Obsoletes, "bash 0.9")], &[]);
        check("shell: shell", &[("shell", Obsoletes, "bash-doc 2")], &[]);
        check(
            "shell: shell",
            &[
                ("shell", Obsoletes, "bash 1"),
                ("shell", Obsoletes, "bash-doc 3"),
                ("shell", Provides, "insights 0.1"),
            ],
            &[
                "shell Provides insights of Reference insights",
                "shell Obsoletes bash of Distribution bash",
                "shell Obsoletes bash-doc of Distribution bash",
                "shell Obsoletes bash of Reference bash",
            ],
        );
    }
}
