//! Compares all source packages of one release on all its architectures.

mod doubts;

use super::abi::{AbiComparison, Completeness, compare_abi, new_places};
use super::binaries_alone::{BinariesAlone, BinaryNames};
use super::build_mark::BuildMark;
use super::classification::{Circumstances, Expectation, classify};
use super::origin::{Origin, OriginFinding, origin_of};
use super::pairing::{Pair, SourceList, pair};
use super::release_packages::other_minors;
use super::rules::{Rename, Rules};
use super::source_evidence::{SourceTag, SourceTexts, finding_of_tags, finding_of_texts};
use super::warning::Warning;
use crate::domain::{
    AbiNotComparedReason, Architecture, Change, ChangeClass, Evr, MinorRelease, NotComparedReason,
    Outcome, Presence, SourcePackage, Verdict,
};
use doubts::{doubts, unrecorded_epochs};
use std::collections::{BTreeMap, BTreeSet};

/// What both sides have for one architecture.
#[derive(Clone, Debug)]
pub struct ArchitectureLists {
    /// The distribution's architecture.
    pub architecture: Architecture,
    /// The distribution's packages.
    pub distribution: SourceList,
    /// The reference's packages; `None` where the reference does not have the architecture.
    pub reference: Option<SourceList>,
    /// Whether the distribution's list is complete.
    pub distribution_complete: bool,
    /// Whether the reference's list is complete.
    pub reference_complete: bool,
    /// The names of source and binary packages of the distribution whose entries could not be read.
    pub distribution_unreadable: BTreeSet<String>,
    /// Those of the reference.
    pub reference_unreadable: BTreeSet<String>,
    /// Whether both lists record epochs.
    pub epochs_recorded: bool,
    /// Whether it was read what packages provide.
    pub abi_read: bool,
    /// What the distribution's sources may come from, in the order of preference.
    pub origins: Vec<Origin>,
}

/// What is known of one source package beside the lists, under the distribution's name for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageKnowledge {
    /// What its source texts tell.
    pub texts: Option<SourceTexts>,
    /// What the build system says of its source.
    pub tags: Vec<SourceTag>,
    /// The changes that are known of.
    pub changes: Vec<Change>,
    /// How many of them, the last ones, come only with builds that bear a mark.
    pub changes_of_marked_builds: usize,
    /// That mark.
    pub build_mark: BuildMark,
    /// Whether the source texts differ in lines that none of the changes explains, although the list of changes is meant to
    /// be whole.
    pub has_unexplained_lines: bool,
    /// What lists say of its presence, by the distribution's architecture.
    pub expectations: BTreeMap<Architecture, Expectation>,
}

impl PackageKnowledge {
    /// The changes that can be in what the distribution publishes on an architecture: builds of some may lag behind others'.
    pub fn changes_in(&self, published: Option<&SourcePackage>, rules: &Rules) -> &[Change] {
        let is_marked =
            |package: &SourcePackage| self.build_mark.is_on(&package.evr.release, &rules.marks);
        let left_out = match published.is_none_or(is_marked) {
            true => 0,
            false => self.changes_of_marked_builds,
        };
        &self.changes[..self.changes.len().saturating_sub(left_out)]
    }

    /// The paths of the source texts that differ beyond a rebuild and that none of the changes names: what names no file, or nothing
    /// but a rebuild, explains none of them.
    fn unexplained_files(&self, changes: &[Change]) -> Vec<&str> {
        let explains_more = |change: &&Change| {
            change.class != ChangeClass::ReleaseMechanics || !change.hunks.is_empty()
        };
        let named: BTreeSet<&str> = changes
            .iter()
            .filter(explains_more)
            .flat_map(|change| &change.files)
            .map(String::as_str)
            .collect();
        let texts = self.texts.iter();
        let changed = texts.flat_map(SourceTexts::changed_beyond_rebuild);
        changed.filter(|path| !named.contains(path)).collect()
    }
}

/// One source package on all architectures.
#[derive(Clone, Debug, PartialEq)]
pub struct PackageComparison {
    /// The name that it goes by: the distribution's where it has one.
    pub name: String,
    /// One cell per architecture, in the order of the lists; `None` where neither side has the package.
    pub cells: Vec<Option<Cell>>,
}

/// One source package on one architecture.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The reference's package.
    pub reference: Option<SourcePackage>,
    /// The distribution's package.
    pub distribution: Option<SourcePackage>,
    /// Where its source comes from; `None` is not known.
    pub origin: Option<OriginFinding>,
    /// What the comparison comes to.
    pub outcome: Outcome,
    /// What the comparison of the binary interfaces comes to; `None` where they were not read.
    pub abi: Option<AbiComparison>,
    /// The binary packages that one side alone has, where both have the source package.
    pub binaries_alone: BinariesAlone,
}

impl PackageComparison {
    /// The verdict of the package as a whole: the least favourable of all architectures that were compared.
    pub fn verdict(&self) -> Verdict {
        let verdicts = self.cells.iter().flatten().map(|cell| cell.outcome.verdict);
        verdicts.max().unwrap_or(Verdict::NotCompared)
    }

    /// The reference's and the distribution's versions that are not compared, although both sides have the package, since they are
    /// beside a newer one and may be of another stream of a module.
    pub fn versions_beside(&self) -> [BTreeSet<&Evr>; 2] {
        let both = self.cells.iter().flatten().filter_map(|cell| {
            let sides = cell.reference.as_ref().zip(cell.distribution.as_ref())?;
            Some([&sides.0.versions_beside, &sides.1.versions_beside])
        });
        both.fold(
            Default::default(),
            |[mut reference, mut distribution], [before, after]| {
                reference.extend(before);
                distribution.extend(after);
                [reference, distribution]
            },
        )
    }
}

/// Compares all packages of a release, sorted by name, and says what a reader must know before trusting it.
pub fn compare_release(
    lists: &[ArchitectureLists],
    minors: (MinorRelease, MinorRelease),
    knowledge: &BTreeMap<String, PackageKnowledge>,
    rules: &Rules,
) -> (Vec<PackageComparison>, Vec<Warning>) {
    let mut packages: BTreeMap<String, Vec<Option<Cell>>> = BTreeMap::new();
    let mut warnings = BTreeSet::new();
    let (reference, distribution) = minors;
    if reference != distribution {
        warnings.insert(Warning::DifferentMinors {
            reference,
            distribution,
        });
    }
    warnings.extend(other_minors(lists, minors));
    let nothing_known = PackageKnowledge::default();
    for (index, list) in lists.iter().enumerate() {
        warnings.extend(unrecorded_epochs(list));
        let binaries = BinaryNames::new(list, rules);
        for (name, pair) in pairs_of(list, rules) {
            let known = knowledge.get(name).unwrap_or(&nothing_known);
            let cell = cell_of(list, &binaries, pair, known, rules);
            let changes = known.changes_in(cell.distribution.as_ref(), rules);
            warnings.extend(doubts(pair, list.architecture, known, changes, rules));
            let cells = packages
                .entry(name.to_owned())
                .or_insert_with(|| vec![None; lists.len()]);
            cells[index] = Some(cell);
        }
        find_moved_libraries(list, index, &mut packages);
    }
    let packages = packages
        .into_iter()
        .map(|(name, cells)| PackageComparison { name, cells })
        .collect::<Vec<_>>();
    let count = packages
        .iter()
        .filter(|package: &&PackageComparison| {
            let sides = package.versions_beside();
            sides.iter().any(|versions| !versions.is_empty())
        })
        .count();
    if count > 0 {
        warnings.insert(Warning::VersionsBeside { count });
    }
    let lacks_binaries = |package: &&PackageComparison| {
        let mut cells = package.cells.iter().flatten();
        cells.any(|cell| !cell.binaries_alone.reference.is_empty())
    };
    let count = packages.iter().filter(lacks_binaries).count();
    if count > 0 {
        warnings.insert(Warning::BinariesMissing { count });
    }
    (packages, warnings.into_iter().collect())
}

/// Looks among all packages of an architecture, the `index`th, for the libraries that some of them lost.
fn find_moved_libraries(
    list: &ArchitectureLists,
    index: usize,
    packages: &mut BTreeMap<String, Vec<Option<Cell>>>,
) {
    let Some(reference) = &list.reference else {
        return;
    };
    let abis = packages
        .values()
        .filter_map(|cells| cells[index].as_ref()?.abi.as_ref());
    let missing: BTreeSet<String> = abis
        .flat_map(AbiComparison::missing_libraries)
        .map(str::to_owned)
        .collect();
    if missing.is_empty() {
        return;
    }
    let places = new_places(&missing, reference, &list.distribution);
    let cells = packages
        .values_mut()
        .filter_map(|cells| cells[index].as_mut());
    for Cell { reference, abi, .. } in cells {
        if let Some(reference) = reference {
            *abi = abi
                .take()
                .map(|own| own.with_places(&places, list.reference_complete, reference));
        }
    }
}

fn pairs_of<'a>(list: &'a ArchitectureLists, rules: &Rules) -> Vec<(&'a str, Pair<'a>)> {
    let pairs = match &list.reference {
        Some(reference) => pair(reference, &list.distribution, &rules.renames),
        None => list
            .distribution
            .values()
            .map(Pair::DistributionOnly)
            .collect(),
    };
    pairs.into_iter().map(|pair| (pair.name(), pair)).collect()
}

fn cell_of(
    list: &ArchitectureLists,
    binaries: &BinaryNames<'_>,
    pair: Pair<'_>,
    known: &PackageKnowledge,
    rules: &Rules,
) -> Cell {
    let (reference, distribution) = match pair {
        Pair::Both {
            reference,
            distribution,
        } => (Some(reference), Some(distribution)),
        Pair::ReferenceOnly(reference) => (Some(reference), None),
        Pair::DistributionOnly(distribution) => (None, Some(distribution)),
    };
    let finding = known
        .texts
        .as_ref()
        .and_then(|texts| finding_of_texts(texts, pair));
    let changes = known.changes_in(distribution, rules);
    let outcome = if list.reference.is_some() {
        classify(
            pair,
            &Circumstances {
                rules,
                reference_complete: list.reference_complete,
                distribution_complete: list.distribution_complete,
                epochs_recorded: list.epochs_recorded,
                unreadable: is_unreadable(list, pair, rules),
                finding: finding.or_else(|| finding_of_tags(&known.tags, list.architecture, pair)),
                changes,
                has_unexplained_lines: finding.is_some()
                    && (known.has_unexplained_lines
                        || !known.unexplained_files(changes).is_empty()),
                expectation: known.expectations.get(&list.architecture).copied(),
            },
        )
    } else {
        Outcome::not_compared(Presence::Extra, NotComparedReason::NoReferenceArchitecture)
    };
    let abi = list.abi_read.then(|| abi_of(list, pair, outcome));
    Cell {
        reference: reference.cloned(),
        distribution: distribution.cloned(),
        origin: distribution.and_then(|package| {
            let name = reference_name_of(pair, rules);
            origin_of(package, name, list.epochs_recorded, &list.origins, rules)
        }),
        outcome,
        abi,
        binaries_alone: match pair {
            Pair::Both {
                reference,
                distribution,
            } => binaries.alone(reference, distribution),
            _ => BinariesAlone::default(),
        },
    }
}

/// The reference's name of a renamed package whose versions are those of the reference.
fn reference_name_of<'a>(pair: Pair<'a>, rules: &Rules) -> Option<&'a str> {
    match pair {
        Pair::Both {
            reference,
            distribution,
        } if pair.is_renamed()
            && !rules.numbers_on_its_own(&reference.name, &distribution.name) =>
        {
            Some(&reference.name)
        }
        _ => None,
    }
}

fn abi_of(list: &ArchitectureLists, pair: Pair<'_>, outcome: Outcome) -> AbiComparison {
    if list.reference.is_none() {
        let reason = AbiNotComparedReason::NoReferenceArchitecture;
        return AbiComparison::not_compared(reason, None);
    }
    // One that could not be read on the other side may be there.
    let is_read = outcome.not_compared != Some(NotComparedReason::Unreadable);
    let completeness = Completeness {
        reference: list.reference_complete && is_read,
        distribution: list.distribution_complete && is_read,
    };
    compare_abi(pair, completeness)
}

/// Whether the side that lacks a package has entries of it, or of its binary packages, that could not be read.
fn is_unreadable(list: &ArchitectureLists, pair: Pair<'_>, rules: &Rules) -> bool {
    let named = |unreadable: &BTreeSet<String>, package: &SourcePackage| {
        unreadable.contains(&package.name)
            || package
                .binaries
                .iter()
                .any(|name| unreadable.contains(name))
    };
    match pair {
        Pair::Both { .. } => false,
        Pair::ReferenceOnly(package) => {
            let renamed = |rename: &Rename| rename.of_reference(&package.name);
            named(&list.distribution_unreadable, package)
                || rules
                    .renames
                    .iter()
                    .filter_map(renamed)
                    .any(|name| list.distribution_unreadable.contains(&name))
        }
        Pair::DistributionOnly(package) => named(&list.reference_unreadable, package),
    }
}

#[cfg(test)]
pub(super) mod tests;
