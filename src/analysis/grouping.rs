//! Groups binary packages by the source package that they were built from, and keeps the newest of each name.

use super::origin::SourceVersions;
use super::pairing::SourceList;
use crate::domain::{
    AbiList, Architecture, BinaryPackage, Evr, SourceAbi, SourcePackage, Timestamp,
};
use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

/// What the release of every package has that was built as a module.
const MODULE_TAG: &str = ".module";

/// Collects the binary packages of one side's repositories for one architecture.
///
/// Repositories are added in the order of preference: a source package whose binaries are spread over several
/// repositories belongs to the first of them.
#[derive(Debug)]
pub struct SourceCollector {
    architecture: Architecture,
    /// By name; nearly all have one version, so that a list of them takes least memory.
    builds: BTreeMap<String, Vec<Build>>,
    /// Packages of another architecture beside them, by source package: they are part of a source's binary interface alone.
    multilib: BTreeMap<String, Vec<Multilib>>,
    /// The source packages of those of yet another architecture, which are passed over.
    passed_over: BTreeMap<Architecture, BTreeSet<String>>,
    own_versions: OwnVersions,
}

/// The EVRs of binary packages that may not be their source's.
#[derive(Debug, Default)]
pub struct OwnVersions {
    /// By the binary package, and the version and release of its source.
    evrs: BTreeMap<(String, String, String), Evr>,
}

impl OwnVersions {
    /// The EVR of a binary package of a source package: its own, else the source's.
    pub fn of<'a>(&'a self, binary: &str, source: &'a SourcePackage) -> &'a Evr {
        let Evr {
            version, release, ..
        } = &source.evr;
        let key = (binary.to_owned(), version.clone(), release.clone());
        self.evrs.get(&key).unwrap_or(&source.evr)
    }
}

/// A binary package of another architecture.
#[derive(Debug)]
struct Multilib {
    source_version: String,
    source_release: String,
    name: String,
    abi: Option<AbiList>,
}

/// The binary packages of one version of one source package.
#[derive(Debug)]
struct Build {
    version: String,
    release: String,
    epoch: u32,
    epoch_standing: EpochStanding,
    repository: String,
    built: Option<Timestamp>,
    /// As they come: one may be there twice.
    binaries: Vec<(String, Option<AbiList>)>,
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
            multilib: BTreeMap::new(),
            passed_over: BTreeMap::new(),
            own_versions: OwnVersions::default(),
        }
    }

    /// Adds a binary package; says whether it counts for this architecture (multilib packages of another do not).
    pub fn add(&mut self, repository: &str, package: BinaryPackage) -> bool {
        let architecture = package.nevra.architecture;
        if self.architecture.multilib() == Some(architecture) {
            let multilib = Multilib {
                source_version: package.source.version,
                source_release: package.source.release,
                name: format!("{}.{architecture}", package.nevra.name),
                abi: package.abi,
            };
            let known = self.multilib.entry(package.source.name).or_default();
            known.push(multilib);
            return false;
        }
        if !self.architecture.runs(architecture) {
            let passed_over = self.passed_over.entry(architecture).or_default();
            passed_over.insert(package.source.name);
            return false;
        }
        let standing = (epoch_standing(&package), package.nevra.evr.epoch);
        self.note_own_version(&package, standing);
        let (source, binary) = (package.source, (package.nevra.name, package.abi));
        let builds = self.builds.entry(source.name).or_default();
        let is_same =
            |known: &&mut Build| known.version == source.version && known.release == source.release;
        if let Some(known) = builds.iter_mut().find(is_same) {
            known.note(standing, package.built);
            known.binaries.push(binary);
            return true;
        }
        builds.reserve_exact(1);
        builds.push(Build {
            version: source.version,
            release: source.release,
            epoch: standing.1,
            epoch_standing: standing.0,
            repository: repository.to_owned(),
            built: package.built,
            binaries: vec![binary],
        });
        true
    }

    /// Keeps the EVR of a package that its source does not tell: nearly all have their source's.
    fn note_own_version(&mut self, package: &BinaryPackage, standing: (EpochStanding, u32)) {
        let is_of_source = match standing {
            (EpochStanding::VersionOfItsOwn, _) => false,
            (EpochStanding::SameBuild, epoch) => epoch == 0,
            (EpochStanding::Namesake, _) => true,
        };
        if !is_of_source {
            let (nevra, source) = (&package.nevra, &package.source);
            let key = (
                nevra.name.clone(),
                source.version.clone(),
                source.release.clone(),
            );
            self.own_versions.evrs.insert(key, nevra.evr.clone());
        }
    }

    /// The EVRs of binary packages that may not be their source's, which are taken out.
    pub fn take_own_versions(&mut self) -> OwnVersions {
        take(&mut self.own_versions)
    }

    /// Adds a source package that a repository has itself, whatever was built from it.
    pub fn add_source(&mut self, repository: &str, name: &str, evr: &Evr) {
        let builds = self.builds.entry(name.to_owned()).or_default();
        add_build(
            builds,
            Build {
                version: evr.version.clone(),
                release: evr.release.clone(),
                epoch: evr.epoch,
                epoch_standing: EpochStanding::Namesake,
                repository: repository.to_owned(),
                built: None,
                binaries: Vec::new(),
            },
        );
    }

    /// Adds what another collected, which comes after this one in the order of preference.
    pub fn merge(&mut self, other: Self) {
        for (name, others) in other.builds {
            let builds = self.builds.entry(name).or_default();
            for build in others {
                add_build(builds, build);
            }
        }
        self.own_versions.evrs.extend(other.own_versions.evrs);
        for (name, others) in other.multilib {
            self.multilib.entry(name).or_default().extend(others);
        }
        for (architecture, others) in other.passed_over {
            self.passed_over
                .entry(architecture)
                .or_default()
                .extend(others);
        }
    }

    /// The source packages that have binary packages for another architecture alone, so that they are not among the sources; by that
    /// architecture.
    pub fn of_other_architectures(&self) -> Vec<(Architecture, Vec<&str>)> {
        let without_own = |name: &&str| !self.builds.contains_key(*name);
        let multilib = self.multilib.keys().map(String::as_str);
        let multilib = multilib.filter(without_own).collect();
        let multilib = self.architecture.multilib().map(|other| (other, multilib));
        let passed_over = self.passed_over.iter().map(|(other, names)| {
            let names = names.iter().map(String::as_str);
            (*other, names.filter(without_own).collect())
        });
        let alone = multilib.into_iter().chain(passed_over);
        alone
            .filter(|(_, names): &(_, Vec<&str>)| !names.is_empty())
            .collect()
    }

    /// Every version of each source package.
    pub fn into_versions(self) -> SourceVersions {
        let builds = self.builds.into_iter();
        let versions = |builds: Vec<Build>| {
            let evrs = builds.into_iter().map(|build| build.with_evr().0);
            evrs.collect()
        };
        builds
            .map(|(name, builds)| (name, versions(builds)))
            .collect()
    }

    /// The newest version of each source package, by rpm's order. A version whose epoch is not known is taken to have the greatest
    /// that is known of another, since epochs do not go back.
    pub fn into_sources(self) -> SourceList {
        let mut multilib = self.multilib;
        self.builds
            .into_iter()
            .filter_map(|(name, builds)| {
                let known = builds.iter().filter_map(Build::known_epoch);
                let greatest = known.max().unwrap_or(0);
                let supposed = |(evr, build): &(Evr, Build)| Evr {
                    epoch: build.known_epoch().unwrap_or(greatest),
                    ..evr.clone()
                };
                let mut versions: Vec<(Evr, Build)> =
                    builds.into_iter().map(Build::with_evr).collect();
                versions.sort_by_cached_key(supposed);
                let newest = versions.pop();
                newest.map(|(evr, build)| {
                    let is_module = |evr: &Evr| evr.release.contains(MODULE_TAG);
                    let beside = versions.into_iter().rev().map(|(evr, _)| evr);
                    let mut versions_beside: Vec<Evr> = beside.collect();
                    if !is_module(&evr) && !versions_beside.iter().any(is_module) {
                        versions_beside = Vec::new();
                    }
                    let beside = multilib.remove(&name).unwrap_or_default().into_iter();
                    // One of another version is there, and tells nothing of this version's binary interface.
                    let beside = beside.map(|package| {
                        let is_same = package.source_version == evr.version
                            && package.source_release == evr.release;
                        (package.name, package.abi.filter(|_| is_same))
                    });
                    let beside = beside.collect();
                    let epoch_known = build.known_epoch().is_some();
                    let (binaries, abi) = each_once(build.binaries).into_iter().unzip();
                    let package = SourcePackage {
                        name: name.clone(),
                        evr,
                        epoch_known,
                        repository: build.repository,
                        built: build.built,
                        binaries,
                        abi: SourceAbi {
                            binaries: abi,
                            multilib: each_once(beside),
                            kernel_list: None,
                        },
                        versions_beside,
                    };
                    (name, package)
                })
            })
            .collect()
    }
}

impl Build {
    /// Takes in what one more of its binary packages says of its epoch, and when it was built.
    fn note(&mut self, standing: (EpochStanding, u32), built: Option<Timestamp>) {
        (self.epoch_standing, self.epoch) = (self.epoch_standing, self.epoch).max(standing);
        self.built = self.built.max(built);
    }

    fn with_evr(mut self) -> (Evr, Self) {
        let (version, release) = (take(&mut self.version), take(&mut self.release));
        let epoch = self.known_epoch().unwrap_or(0);
        (Evr::new(epoch, version, release), self)
    }

    /// The source's epoch; `None` where all of its binary packages have a version of their own.
    fn known_epoch(&self) -> Option<u32> {
        (self.epoch_standing > EpochStanding::VersionOfItsOwn).then_some(self.epoch)
    }
}

fn add_build(builds: &mut Vec<Build>, build: Build) {
    let known = builds
        .iter_mut()
        .find(|known| known.version == build.version && known.release == build.release);
    let Some(known) = known else {
        builds.reserve_exact(1);
        builds.push(build);
        return;
    };
    known.note((build.epoch_standing, build.epoch), build.built);
    known.binaries.extend(build.binaries);
}

/// Binary packages by name. One may stand in several repositories, of which not all record what it provides.
fn each_once(mut binaries: Vec<(String, Option<AbiList>)>) -> Vec<(String, Option<AbiList>)> {
    binaries.sort_by(|(left, _), (right, _)| left.cmp(right));
    binaries.dedup_by(|(name, abi), (kept, kept_abi)| {
        let is_same = name == kept;
        if is_same && kept_abi.is_none() {
            *kept_abi = abi.take();
        }
        is_same
    });
    binaries
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
mod tests;
