//! What repositories have of the packages that advisories fix.

use super::FixedPackage;
use crate::analysis::{Mark, SourceList, normalise_release};
use crate::domain::{Architecture, Evr, FixState, Timestamp, UnknownFix};
use std::collections::{BTreeMap, BTreeSet};

/// The end of the name of the binary package that has a source package's files for debuggers, in its version.
const DEBUG_SOURCE: &str = "-debugsource";

/// The end of the name of a binary package that has the symbols of another for debuggers.
const DEBUG_INFO: &str = "-debuginfo";

/// The distribution's repositories on one architecture.
#[derive(Clone, Copy)]
pub struct Holding<'a> {
    /// The architecture.
    pub architecture: Architecture,
    /// Their source packages.
    pub sources: &'a SourceList,
    /// Whether they record epochs.
    pub records_epochs: bool,
    /// Whether they have no source package beside these.
    pub is_complete: bool,
    /// Source packages that they may have all the same: what they say of them could not be read.
    pub unreadable: &'a BTreeSet<String>,
}

/// What the distribution's repositories and those of packages in testing have.
pub struct Holdings<'a> {
    distribution: Vec<Holding<'a>>,
    testing: BTreeMap<Architecture, &'a SourceList>,
    marks: &'a [Mark],
    source_of_binary: BTreeMap<&'a str, &'a str>,
    tested_before: TestedBefore,
    testing_unread: BTreeSet<Architecture>,
}

/// The distribution's source packages at an earlier snapshot, which read the repositories that are read now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldAt {
    /// When it was taken.
    pub taken: Timestamp,
    /// The versions of each package, on whatever architectures.
    pub versions: BTreeMap<String, Vec<Evr>>,
    /// Whether these are all; otherwise other architectures may have had others.
    pub tells_all: bool,
}

/// What earlier snapshots had in testing, by source package.
pub type TestedBefore = BTreeMap<String, Vec<TestedBuild>>;

/// A build of a source package that earlier snapshots had in testing for one architecture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestedBuild {
    /// Its version.
    pub evr: Evr,
    /// The architecture.
    pub architecture: Architecture,
    /// By when it was there.
    pub by: Timestamp,
}

impl<'a> Holdings<'a> {
    /// Of one entry for each architecture, and of the source packages in testing.
    pub fn new(
        distribution: Vec<Holding<'a>>,
        testing: BTreeMap<Architecture, &'a SourceList>,
        marks: &'a [Mark],
    ) -> Self {
        let mut source_of_binary = BTreeMap::new();
        let sources = distribution.iter().map(|holding| holding.sources);
        for sources in testing.values().copied().chain(sources) {
            for source in sources.values() {
                for binary in &source.binaries {
                    source_of_binary.insert(binary.as_str(), source.name.as_str());
                }
            }
        }
        Self {
            distribution,
            testing,
            marks,
            source_of_binary,
            tested_before: TestedBefore::new(),
            testing_unread: BTreeSet::new(),
        }
    }

    /// With what earlier snapshots had in testing.
    pub fn with_tested_before(self, tested_before: TestedBefore) -> Self {
        Self {
            tested_before,
            ..self
        }
    }

    /// With the architectures whose packages in testing could not all be read.
    pub fn with_testing_unread(self, testing_unread: BTreeSet<Architecture>) -> Self {
        Self {
            testing_unread,
            ..self
        }
    }

    /// The source packages of fixed packages with their versions, sorted. The version of a binary package of the same name
    /// stands for its source; where there is none, every version that its binary packages have is listed. Binary packages
    /// whose source package is not known stand for themselves, unless they are of a build that another stands for.
    pub fn sources_of(&self, packages: &[FixedPackage]) -> Vec<(String, Evr)> {
        let mut by_source: BTreeMap<&str, Vec<&FixedPackage>> = BTreeMap::new();
        let mut unknown = Vec::new();
        for package in packages {
            match self.source_of(package) {
                Some(source) => by_source.entry(source).or_default().push(package),
                None => unknown.push(package),
            }
        }
        let mut sources: Vec<(String, Evr)> = Vec::new();
        for (source, packages) in by_source {
            let is_namesake = |package: &&&FixedPackage| {
                let rest = package.name.strip_prefix(source);
                rest.is_some_and(|rest| rest.is_empty() || rest == DEBUG_SOURCE)
            };
            let namesakes: Vec<_> = packages.iter().filter(is_namesake).copied().collect();
            let standing = if namesakes.is_empty() {
                packages
            } else {
                namesakes
            };
            sources.extend(
                standing
                    .iter()
                    .map(|package| (source.to_owned(), package.evr.clone())),
            );
        }
        for package in unknown {
            let is_one_build = |evr: &Evr| {
                evr.version == package.evr.version && evr.release == package.evr.release
            };
            if !sources.iter().any(|(_, evr)| is_one_build(evr)) {
                sources.push((package.name.clone(), package.evr.clone()));
            }
        }
        sources.sort();
        sources.dedup();
        sources
    }

    fn source_of<'b>(&'b self, package: &'b FixedPackage) -> Option<&'b str> {
        let stated = package.source.as_deref();
        let known = |binary: &str| self.source_of_binary.get(binary).copied();
        stated
            .or_else(|| known(&package.name))
            .or_else(|| known(package.name.strip_suffix(DEBUG_INFO)?))
            .or_else(|| package.name.strip_suffix(DEBUG_SOURCE))
    }

    /// Whether testing has exactly these builds, on the architectures that have the packages at all.
    pub fn testing_has_builds(&self, packages: &[(String, Evr)]) -> bool {
        let has = |(name, evr): &(String, Evr)| {
            let builds = self.testing.values();
            let mut builds = builds.filter_map(|sources| sources.get(name));
            builds.any(|build| build.evr == *evr)
        };
        !packages.is_empty() && packages.iter().all(has)
    }

    /// By when testing had all of these very builds, as earlier snapshots tell it.
    pub fn testing_had_builds_by(&self, packages: &[(String, Evr)]) -> Option<Timestamp> {
        let by = packages
            .iter()
            .map(|(name, evr)| self.tested_by(name, |build| build.evr == *evr));
        latest(by)
    }

    /// By when testing had versions that are not older than these on all architectures that have the packages, as earlier snapshots
    /// tell it. A build for one architecture is none for another.
    pub fn testing_had_fixes_by(&self, packages: &[(String, Evr)]) -> Option<Timestamp> {
        let by = packages.iter().flat_map(|(name, fixed)| {
            let having = self.distribution.iter();
            let having = having.filter(move |holding| holding.sources.contains_key(name));
            having.map(move |holding| {
                self.tested_by(name, |build| {
                    build.architecture == holding.architecture
                        && self.normalised(&build.evr) >= self.normalised(fixed)
                })
            })
        });
        latest(by)
    }

    /// By when earlier snapshots had one of a package's builds in testing.
    fn tested_by(&self, name: &str, is_meant: impl Fn(&TestedBuild) -> bool) -> Option<Timestamp> {
        let builds = self.tested_before.get(name).into_iter().flatten();
        let meant = builds.filter(|build| is_meant(build));
        meant.map(|build| build.by).min()
    }

    /// How far the repositories are with fixes of which the distribution has no advisory. What was in testing, as `was_in_testing`
    /// says, is there still where that could not be read.
    pub fn state_of(&self, packages: &[(String, Evr)], was_in_testing: bool) -> FixState {
        let is_of_module = |(_, evr): &(String, Evr)| evr.release.contains(".module");
        if packages.iter().any(is_of_module) {
            return FixState::Unknown(UnknownFix::ModuleStream);
        }
        // They are sorted, so that two of one name stand beside each other.
        if packages.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return FixState::Unknown(UnknownFix::SeveralVersions);
        }
        let (mut held, mut lacking) = (BTreeSet::new(), Vec::new());
        let mut is_untold = false;
        for package in packages {
            for holding in &self.distribution {
                let Some(build) = holding.sources.get(&package.0) else {
                    is_untold |= !holding.is_complete || holding.unreadable.contains(&package.0);
                    continue;
                };
                let epoch_known = holding.records_epochs && build.epoch_known;
                if !epoch_known && package.1.epoch > 0 {
                    return FixState::Unknown(UnknownFix::NoEpochs);
                }
                held.insert(package);
                if self.normalised(&build.evr) < self.normalised(&package.1) {
                    lacking.push((package, holding.architecture));
                }
            }
        }
        // A build for one architecture is none for another.
        let is_in_testing = |(package, architecture): &(&(String, Evr), Architecture)| {
            let sources = self.testing.get(architecture);
            let build = sources.and_then(|sources| sources.get(&package.0));
            build.is_some_and(|build| self.normalised(&build.evr) >= self.normalised(&package.1))
                || was_in_testing && self.testing_unread.contains(architecture)
        };
        let are_all_held = held.len() == packages.len();
        if held.is_empty() {
            FixState::Unknown(UnknownFix::NoSuchPackage)
        } else if !lacking.is_empty() {
            match are_all_held && !is_untold && lacking.iter().all(is_in_testing) {
                true => FixState::InTesting,
                false => FixState::Open,
            }
        } else if is_untold {
            FixState::Unknown(UnknownFix::IncompleteLists)
        } else if !are_all_held {
            FixState::Unknown(UnknownFix::MissingPackages)
        } else {
            FixState::FixedWithoutAdvisory
        }
    }

    /// By when these versions came, of which the distribution has all `now`: the first in a row of snapshots that had them, where
    /// the one before it had an older one. The snapshots are given the newest first.
    pub fn came_by<'h>(
        &self,
        packages: &[(String, Evr)],
        held: impl Iterator<Item = &'h HeldAt>,
        now: Timestamp,
    ) -> Option<Timestamp> {
        let mut first = now;
        for held in held {
            if !self.had(packages, held) {
                return self.lacked(packages, held).then_some(first);
            }
            first = held.taken;
        }
        None
    }

    /// The first in a row of snapshots that had all of these versions; `None` where the newest, which is given first, did not.
    pub fn held_by<'h>(
        &self,
        packages: &[(String, Evr)],
        held: impl Iterator<Item = &'h HeldAt>,
    ) -> Option<Timestamp> {
        let had = held.take_while(|held| self.had(packages, held));
        had.last().map(|held| held.taken)
    }

    /// Whether a snapshot is known to have had all of these versions.
    fn had(&self, packages: &[(String, Evr)], held: &HeldAt) -> bool {
        let had = |(name, fixed): &(String, Evr)| {
            let versions = held.versions.get(name);
            versions.is_some_and(|versions| {
                let mut versions = versions.iter();
                versions.all(|held| self.normalised(held) >= self.normalised(fixed))
            })
        };
        held.tells_all && packages.iter().all(had)
    }

    /// Whether a snapshot is known to have had any of these packages in an older version.
    fn lacked(&self, packages: &[(String, Evr)], held: &HeldAt) -> bool {
        packages.iter().any(|(name, fixed)| {
            let mut versions = held.versions.get(name).into_iter().flatten();
            versions.any(|held| self.normalised(held) < self.normalised(fixed))
        })
    }

    fn normalised(&self, evr: &Evr) -> Evr {
        let (release, _) = normalise_release(&evr.release, self.marks);
        Evr::new(evr.epoch, evr.version.clone(), release)
    }
}

/// The last of several times; `None` where one of them is not known, or there is none.
fn latest(times: impl Iterator<Item = Option<Timestamp>>) -> Option<Timestamp> {
    let known: Option<Vec<Timestamp>> = times.collect();
    known?.into_iter().max()
}
