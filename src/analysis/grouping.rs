//! Groups binary packages by the source package that they were built from, and keeps the newest of each name.

use super::pairing::SourceList;
use crate::domain::{
    AbiList, Architecture, BinaryPackage, Evr, SourceAbi, SourcePackage, Timestamp,
};
use std::collections::BTreeMap;

/// Collects the binary packages of one side's repositories for one architecture.
///
/// Repositories are added in the order of preference: a source package whose binaries are spread over several
/// repositories belongs to the first of them.
#[derive(Debug)]
pub struct SourceCollector {
    architecture: Architecture,
    builds: BTreeMap<String, BTreeMap<(String, String), Build>>,
}

/// The binary packages of one version of one source package.
#[derive(Debug)]
struct Build {
    epoch: u32,
    epoch_standing: EpochStanding,
    repository: String,
    built: Option<Timestamp>,
    binaries: BTreeMap<String, Option<AbiList>>,
}

/// How well a binary package speaks for its source's epoch, the best greatest: `rpm:sourcerpm` does not carry it, and
/// a subpackage may have a version and an epoch of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum EpochStanding {
    VersionOfItsOwn,
    SameBuild,
    Namesake,
}

impl SourceCollector {
    /// Collects what runs on one architecture.
    pub fn new(architecture: Architecture) -> Self {
        Self {
            architecture,
            builds: BTreeMap::new(),
        }
    }

    /// Adds a binary package; says whether it counts for this architecture (multilib packages of another do not).
    pub fn add(&mut self, repository: &str, package: BinaryPackage) -> bool {
        if !self.architecture.runs(package.nevra.architecture) {
            return false;
        }
        let standing = epoch_standing(&package);
        let epoch = package.nevra.evr.epoch;
        let build = self
            .builds
            .entry(package.source.name)
            .or_default()
            .entry((package.source.version, package.source.release))
            .or_insert_with(|| Build {
                epoch,
                epoch_standing: standing,
                repository: repository.to_owned(),
                built: None,
                binaries: BTreeMap::new(),
            });
        if standing > build.epoch_standing
            || standing == build.epoch_standing && epoch > build.epoch
        {
            build.epoch = epoch;
            build.epoch_standing = standing;
        }
        build.built = build.built.max(package.built);
        // One package may stand in several repositories, of which not all record what it provides.
        let abi = build.binaries.entry(package.nevra.name).or_default();
        if abi.is_none() {
            *abi = package.abi;
        }
        true
    }

    /// The newest version of each source package, by rpm's order.
    pub fn into_sources(self) -> SourceList {
        self.builds
            .into_iter()
            .filter_map(|(name, builds)| {
                let newest = builds
                    .into_iter()
                    .map(|((version, release), build)| {
                        (Evr::new(build.epoch, version, release), build)
                    })
                    .max_by(|(left, _), (right, _)| left.cmp(right));
                newest.map(|(evr, build)| {
                    let (binaries, abi) = build.binaries.into_iter().unzip();
                    let package = SourcePackage {
                        name: name.clone(),
                        evr,
                        repository: build.repository,
                        built: build.built,
                        binaries,
                        abi: SourceAbi {
                            binaries: abi,
                            kernel_list: None,
                        },
                    };
                    (name, package)
                })
            })
            .collect()
    }
}

fn epoch_standing(package: &BinaryPackage) -> EpochStanding {
    let (evr, source) = (&package.nevra.evr, &package.source);
    if evr.version != source.version || evr.release != source.release {
        EpochStanding::VersionOfItsOwn
    } else if package.nevra.name != source.name {
        EpochStanding::SameBuild
    } else {
        EpochStanding::Namesake
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Nvr;

    fn check(packages: &[(&str, &str)], expected: &[&str]) {
        let mut collector = SourceCollector::new(Architecture::X86_64);
        for (nevra, source) in packages {
            collector.add(
                "BaseOS",
                BinaryPackage {
                    nevra: nevra.parse().unwrap(),
                    source: source.parse::<Nvr>().unwrap(),
                    built: None,
                    abi: None,
                },
            );
        }
        let shown: Vec<String> = collector
            .into_sources()
            .into_values()
            .map(|package| {
                let binaries = package.binaries.join(",");
                format!("{} {} [{binaries}]", package.name, package.evr)
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn groups_and_keeps_the_newest() {
        check(
            &[
                ("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9"),
                ("bash-5.1.8-10.el9.x86_64", "bash-5.1.8-10.el9"),
                ("bash-doc-5.1.8-10.el9.noarch", "bash-5.1.8-10.el9"),
                ("glibc-2.34-1.el9.i686", "glibc-2.34-1.el9"),
            ],
            &["bash 5.1.8-10.el9 [bash,bash-doc]"],
        );
    }

    #[test]
    fn a_subpackage_with_a_version_of_its_own_does_not_lend_its_epoch() {
        check(
            &[
                ("perl-libs-4:5.32.1-481.el9.x86_64", "perl-5.32.1-481.el9"),
                ("perl-Errno-0:1.30-481.el9.x86_64", "perl-5.32.1-481.el9"),
                ("perl-CPAN-9:2.28-481.el9.noarch", "perl-5.32.1-481.el9"),
            ],
            &["perl 4:5.32.1-481.el9 [perl-CPAN,perl-Errno,perl-libs]"],
        );
        check(
            &[
                ("bind-libs-33:9.16-1.el9.x86_64", "bind-9.16-1.el9"),
                ("bind-32:9.16-1.el9.x86_64", "bind-9.16-1.el9"),
            ],
            &["bind 32:9.16-1.el9 [bind,bind-libs]"],
        );
    }

    #[test]
    fn an_epoch_outranks_a_version_when_the_newest_is_chosen() {
        check(
            &[
                ("dbus-1:1.12-1.el9.x86_64", "dbus-1.12-1.el9"),
                ("dbus-1.14-1.el9.x86_64", "dbus-1.14-1.el9"),
            ],
            &["dbus 1:1.12-1.el9 [dbus]"],
        );
    }
}
