//! Compares the binary interface of a source package on both sides: what of the reference's exports the distribution has.

mod kernel_symbols;
mod moves;

use super::pairing::Pair;
use crate::domain::{AbiCounts, AbiEntry, AbiNotComparedReason, AbiVerdict, SourcePackage};
use kernel_symbols::{
    KernelSymbols, is_recorded, kernel_entries, listed, provided, provided_beside,
};
pub use moves::new_places;
use std::collections::{BTreeMap, BTreeSet};

/// What the comparison of one source package on one architecture found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbiComparison {
    /// What it comes to.
    pub verdict: AbiVerdict,
    /// The libraries and their symbol versions, where they were compared.
    pub symbol_versions: Option<AbiCounts>,
    /// The kernel's symbols, where they were compared.
    pub kernel_symbols: Option<AbiCounts>,
    /// The differences, sorted by entry and package.
    pub differences: AbiDifferences,
    /// The entries that the reference is known to export and that were not compared.
    pub entries_not_compared: u32,
    /// Why it counts as not compared where nothing is broken.
    pub doubt: Option<AbiNotComparedReason>,
}

/// The entries that differ, by the binary packages that have them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AbiDifferences {
    /// What only the reference has.
    pub missing: Vec<AbiDifference>,
    /// What has another checksum in the distribution.
    pub changed: Vec<AbiChange>,
    /// What only the distribution has.
    pub added: Vec<AbiDifference>,
    /// What another binary package has, of the same source or of another: kept.
    pub moved: Vec<AbiMove>,
    /// The packages of another architecture, `zlib.i686`, that export something and that the distribution does not have; sorted.
    /// Whether that is on purpose is not known, so their entries count as not compared.
    pub absent_beside: Vec<String>,
}

/// An entry that one side has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbiDifference {
    /// The entry as rpm writes it.
    pub entry: String,
    /// The binary package.
    pub package: String,
}

/// A kernel symbol with another checksum on each side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbiChange {
    /// The entry without its checksum.
    pub entry: String,
    /// The reference's binary package.
    pub package: String,
    /// The reference's checksum.
    pub reference: u32,
    /// The distribution's checksum.
    pub distribution: u32,
}

/// An entry that moved from one binary package to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbiMove {
    /// The entry as rpm writes it.
    pub entry: String,
    /// The reference's binary package.
    pub from: String,
    /// The distribution's binary package.
    pub to: String,
}

/// Which of the two lists that are compared are complete. What stands only in a package that a list lacks is not judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Completeness {
    /// Whether the reference's list has all binary packages that there are.
    pub reference: bool,
    /// Whether the distribution's has.
    pub distribution: bool,
}

/// The binary packages that have an entry, given without its checksum, with the checksums there.
type Surface<'a> = BTreeMap<AbiEntry<'a>, BTreeMap<&'a str, BTreeSet<Option<u32>>>>;

/// What became of an entry of the reference.
enum Fate<'a> {
    Kept,
    Moved(&'a str),
    Changed(u32),
    Missing,
    Unknown(AbiNotComparedReason),
}

/// Compares the binary interfaces of a pair.
///
/// An entry counts for each binary package that has it. A library may move between the binary packages of its source, since
/// rpm finds it by its soname, and its symbol versions with it alone; a kernel's symbol only to a package that did not have it: it belongs to one kernel of several.
/// What moved to another source is missing here, and found by [`new_places`].
///
/// Packages of another architecture that stand in the same repositories are compared where both sides have them. Whether such a
/// package lacks on purpose is not known: what is then nowhere to be found counts as not compared, and decides no verdict.
pub fn compare_abi(pair: Pair<'_>, completeness: Completeness) -> AbiComparison {
    let (reference, distribution) = match pair {
        Pair::Both {
            reference,
            distribution,
        } => (reference, distribution),
        Pair::ReferenceOnly(reference) => {
            let reason = match completeness.distribution {
                true => AbiNotComparedReason::NotInDistribution,
                false => AbiNotComparedReason::DistributionIncomplete,
            };
            return AbiComparison::not_compared(reason, Some(reference));
        }
        Pair::DistributionOnly(_) => {
            let reason = match completeness.reference {
                true => AbiNotComparedReason::NotInReference,
                false => AbiNotComparedReason::ReferenceIncomplete,
            };
            return AbiComparison::not_compared(reason, None);
        }
    };
    let kernel_symbols = KernelSymbols::of(reference, distribution);
    let unrecorded = if !is_recorded(reference) {
        Some(AbiNotComparedReason::ReferenceUnrecorded)
    } else if !is_recorded(distribution) {
        Some(AbiNotComparedReason::DistributionUnrecorded)
    } else {
        None
    };
    if let (Some(reason), false) = (unrecorded, kernel_symbols == KernelSymbols::Listed) {
        let has_list = [reference, distribution]
            .iter()
            .any(|side| side.abi.kernel_list.is_some());
        let reason = match kernel_symbols {
            // Lists would do where provides are not recorded: that one is not there is why nothing was compared.
            KernelSymbols::NotCompared(reason) if has_list => reason,
            _ => reason,
        };
        return AbiComparison::not_compared(reason, Some(reference));
    }
    let is_recorded = unrecorded.is_none();
    // The lists are no packages; both sides' stand under one name, the source's.
    let surface_of = |side| surface(side, is_recorded, kernel_symbols, &reference.name);
    let (before, after) = (surface_of(reference), surface_of(distribution));
    let mut doubts = BTreeSet::new();
    let mut comparison = AbiComparison {
        verdict: AbiVerdict::Kept,
        symbol_versions: is_recorded.then(AbiCounts::default),
        kernel_symbols: Some(AbiCounts::default()),
        differences: AbiDifferences::default(),
        entries_not_compared: 0,
        doubt: None,
    };
    if let KernelSymbols::NotCompared(reason) = kernel_symbols {
        doubts.insert(reason);
        comparison.kernel_symbols = None;
        comparison.entries_not_compared = kernel_entries(reference) as u32;
    }
    let lacks_packages = |side: &SourcePackage, other: &SourcePackage| {
        let mut others = other.binaries.iter();
        others.any(|binary| !side.binaries.contains(binary))
    };
    let absence_tells = completeness.distribution || !lacks_packages(distribution, reference);
    let is_in_lists =
        |entry: AbiEntry<'_>| entry.is_of_kernel() && kernel_symbols == KernelSymbols::Listed;
    if is_recorded && completeness.distribution {
        comparison.differences.absent_beside = absent_beside(reference, distribution);
    }
    for (&entry, packages) in &before {
        for (&package, crcs) in packages {
            for &crc in crcs {
                let fate = match fate(entry, package, crc, &before, &after) {
                    Fate::Missing
                        if has_beside(reference, package) && !has_beside(distribution, package) =>
                    {
                        comparison.entries_not_compared += 1;
                        continue;
                    }
                    Fate::Missing if !absence_tells && !is_in_lists(entry) => {
                        Fate::Unknown(AbiNotComparedReason::DistributionIncomplete)
                    }
                    fate => fate,
                };
                if let Fate::Unknown(reason) = fate {
                    doubts.insert(reason);
                }
                comparison.count(entry, package, crc, fate);
            }
        }
    }
    for (entry, package) in added(&before, &after) {
        if has_beside(distribution, package) && !has_beside(reference, package) {
            continue;
        }
        let is_listed = completeness.reference
            || is_in_lists(entry)
            || has_beside(reference, package)
            || reference.binaries.iter().any(|binary| binary == package);
        if is_listed {
            comparison.count_added(entry, package);
        } else {
            doubts.insert(AbiNotComparedReason::ReferenceIncomplete);
        }
    }
    comparison.doubt = doubts.first().copied();
    comparison.concluded(reference)
}

fn surface<'a>(
    package: &'a SourcePackage,
    is_recorded: bool,
    kernel_symbols: KernelSymbols,
    list_name: &'a str,
) -> Surface<'a> {
    let mut surface = Surface::new();
    let mut add = |entry: AbiEntry<'a>, package: &'a str| {
        let packages = surface.entry(entry.unchecked()).or_default();
        packages.entry(package).or_default().insert(entry.crc());
    };
    if is_recorded {
        for (binary, entry) in provided(package).chain(provided_beside(package)) {
            if !entry.is_of_kernel() || kernel_symbols == KernelSymbols::Provided {
                add(entry, binary);
            }
        }
    }
    if kernel_symbols == KernelSymbols::Listed {
        for entry in listed(package) {
            add(entry, list_name);
        }
    }
    surface
}

/// Whether a side has a package of another architecture, of which it is recorded what it provides.
fn has_beside(side: &SourcePackage, package: &str) -> bool {
    let mut beside = side.abi.multilib.iter();
    beside.any(|(name, list)| name == package && list.is_some())
}

/// The packages of another architecture that export something and stand in no list of the distribution.
fn absent_beside(reference: &SourcePackage, distribution: &SourcePackage) -> Vec<String> {
    let is_listed = |name: &str| {
        let mut beside = distribution.abi.multilib.iter();
        beside.any(|(other, _)| other == name)
    };
    let exporting: BTreeSet<&str> = provided_beside(reference).map(|(name, _)| name).collect();
    let absent = exporting.into_iter().filter(|name| !is_listed(name));
    absent.map(str::to_owned).collect()
}

/// What became of an entry of one binary package of the reference.
fn fate<'a>(
    entry: AbiEntry<'_>,
    package: &str,
    crc: Option<u32>,
    before: &Surface<'_>,
    after: &Surface<'a>,
) -> Fate<'a> {
    let Some(places) = after.get(&entry) else {
        return Fate::Missing;
    };
    let met = |crcs: &BTreeSet<Option<u32>>| match (crc, crcs.first()) {
        _ if !entry.is_of_kernel() => Fate::Kept,
        (Some(_), _) if crcs.contains(&crc) => Fate::Kept,
        (Some(_), Some(&Some(other))) => Fate::Changed(other),
        _ => Fate::Unknown(AbiNotComparedReason::CrcUnknown),
    };
    if let Some(crcs) = places.get(package) {
        return met(crcs);
    }
    // The loader finds the symbol versions of a library in that library alone.
    let has_its_library = |package: &str| {
        let library = entry.library();
        library.map(|library| {
            let packages = after.get(&library);
            packages.is_some_and(|packages| packages.contains_key(package))
        })
    };
    if has_its_library(package) == Some(true) {
        return Fate::Missing;
    }
    let had_it = |other: &str| {
        before
            .get(&entry)
            .is_some_and(|packages| packages.contains_key(other))
    };
    let mut worse = Fate::Missing;
    for (&other, crcs) in places {
        if (entry.is_of_kernel() && had_it(other)) || has_its_library(other) == Some(false) {
            continue;
        }
        match met(crcs) {
            Fate::Kept => return Fate::Moved(other),
            fate => worse = fate,
        }
    }
    worse
}

/// What only the distribution has, and what did not come there from another of the reference's packages.
fn added<'a>(before: &Surface<'_>, after: &Surface<'a>) -> Vec<(AbiEntry<'a>, &'a str)> {
    let mut found = Vec::new();
    for (&entry, places) in after {
        let was = before.get(&entry);
        // Where a package of the reference's lost it, it came from there.
        let came_from_another = || {
            was.is_some_and(|packages| packages.keys().any(|package| !places.contains_key(package)))
        };
        let is_new = |package: &str| match was {
            None => true,
            Some(packages) => {
                entry.is_of_kernel() && !packages.contains_key(package) && !came_from_another()
            }
        };
        let new = places.keys().filter(|package| is_new(package));
        found.extend(new.map(|&package| (entry, package)));
    }
    found
}

impl AbiComparison {
    /// A package that was not compared, with what the reference is known to export.
    pub fn not_compared(reason: AbiNotComparedReason, reference: Option<&SourcePackage>) -> Self {
        let entries = reference.map_or(0, |reference| {
            let all = provided(reference).chain(provided_beside(reference));
            let libraries = all.filter(|(_, entry)| !entry.is_of_kernel());
            libraries.count() + kernel_entries(reference)
        });
        Self {
            verdict: AbiVerdict::NotCompared(reason),
            symbol_versions: None,
            kernel_symbols: None,
            differences: AbiDifferences::default(),
            entries_not_compared: entries as u32,
            doubt: None,
        }
    }

    fn counts_of(&mut self, entry: AbiEntry<'_>) -> Option<&mut AbiCounts> {
        if entry.is_of_kernel() {
            self.kernel_symbols.as_mut()
        } else {
            self.symbol_versions.as_mut()
        }
    }

    fn count(&mut self, entry: AbiEntry<'_>, package: &str, crc: Option<u32>, fate: Fate<'_>) {
        let package = package.to_owned();
        let text = match entry {
            AbiEntry::KernelSymbol { name, .. } => AbiEntry::KernelSymbol { name, crc },
            other => other,
        }
        .to_string();
        let mut unmet = AbiCounts::default();
        let counts = self.counts_of(entry).unwrap_or(&mut unmet);
        match fate {
            Fate::Kept => counts.kept += 1,
            Fate::Moved(to) => {
                counts.kept += 1;
                self.differences.moved.push(AbiMove {
                    entry: text,
                    from: package,
                    to: to.to_owned(),
                });
            }
            Fate::Changed(distribution) => {
                counts.changed += 1;
                self.differences.changed.push(AbiChange {
                    entry: entry.to_string(),
                    package,
                    reference: crc.unwrap_or_default(),
                    distribution,
                });
            }
            Fate::Missing => {
                counts.missing += 1;
                self.differences.missing.push(AbiDifference {
                    entry: text,
                    package,
                });
            }
            Fate::Unknown(_) => self.entries_not_compared += 1,
        }
    }

    fn count_added(&mut self, entry: AbiEntry<'_>, package: &str) {
        if let Some(counts) = self.counts_of(entry) {
            counts.added += 1;
        }
        self.differences.added.push(AbiDifference {
            entry: entry.to_string(),
            package: package.to_owned(),
        });
    }

    /// With the verdict that the counts come to.
    fn concluded(self, reference: &SourcePackage) -> Self {
        let mut sum = AbiCounts::default();
        for counts in [self.symbol_versions, self.kernel_symbols]
            .into_iter()
            .flatten()
        {
            sum += counts;
        }
        let verdict = if sum.missing + sum.changed > 0 {
            AbiVerdict::Broken
        } else if let Some(reason) = self.doubt {
            return Self::not_compared(reason, Some(reference));
        } else if sum.added > 0 {
            AbiVerdict::Extended
        } else if sum.kept > 0 {
            AbiVerdict::Kept
        } else {
            return Self {
                entries_not_compared: self.entries_not_compared,
                differences: self.differences,
                ..Self::not_compared(AbiNotComparedReason::NothingExported, None)
            };
        };
        Self { verdict, ..self }
    }
}

#[cfg(test)]
mod tests;
