//! Where the libraries went that a source package lost: to packages of other sources.

use super::{AbiComparison, AbiDifference, AbiMove, provided, provided_beside};
use crate::analysis::pairing::SourceList;
use crate::domain::{AbiEntry, AbiNotComparedReason, SourcePackage};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// For each of these entries of libraries the binary package of the distribution's that has it now. One of a name by which the
/// reference had the entry, too, does not count, nor one of a source that had it: nothing moved there. Of each library one
/// package counts, the one that has it with most of the symbol versions: the loader finds these in the library that it took.
pub fn new_places(
    entries: &BTreeSet<String>,
    reference: &SourceList,
    distribution: &SourceList,
) -> BTreeMap<String, String> {
    let wanted: HashSet<AbiEntry<'_>> = entries
        .iter()
        .filter_map(|entry| AbiEntry::of_provide(entry, ""))
        .collect();
    let (packages_before, sources_before): (HashSet<_>, HashSet<_>) =
        provided_by_all(reference, &wanted)
            .map(|(entry, package, source)| ((entry, package), (entry, source)))
            .unzip();
    let mut homes: BTreeMap<(&str, &str), BTreeMap<&str, BTreeSet<AbiEntry<'_>>>> = BTreeMap::new();
    for (entry, package, source) in provided_by_all(distribution, &wanted) {
        if let AbiEntry::SymbolVersion { soname, mark, .. } = entry
            && !packages_before.contains(&(entry, package))
            && !sources_before.contains(&(entry, source))
        {
            let packages = homes.entry((soname, mark)).or_default();
            packages.entry(package).or_default().insert(entry);
        }
    }
    let mut places = BTreeMap::new();
    for packages in homes.into_values() {
        let best = packages
            .into_iter()
            .filter(|(_, entries)| entries.iter().any(is_library_itself))
            .max_by_key(|&(package, ref entries)| (entries.len(), Reverse(package)));
        if let Some((package, entries)) = best {
            let entries = entries.iter().map(AbiEntry::to_string);
            places.extend(entries.map(|entry| (entry, package.to_owned())));
        }
    }
    places
}

/// Each of the wanted entries with the binary package that has it and the source of that.
fn provided_by_all<'a>(
    list: &'a SourceList,
    wanted: &'a HashSet<AbiEntry<'_>>,
) -> impl Iterator<Item = (AbiEntry<'a>, &'a str, &'a str)> {
    list.values().flat_map(move |source| {
        provided(source)
            .chain(provided_beside(source))
            .filter(|(_, entry)| wanted.contains(entry))
            .map(move |(package, entry)| (entry, package, source.name.as_str()))
    })
}

impl AbiComparison {
    /// The libraries and symbol versions that are missing.
    pub fn missing_libraries(&self) -> impl Iterator<Item = &str> {
        let missing = self.differences.missing.iter();
        let entries = missing.map(|difference| difference.entry.as_str());
        entries.filter(|entry| is_of_library(entry))
    }

    /// Counts as kept, and as moved, what is missing and has a new place: rpm finds a library by its soname, wherever it is.
    /// The symbol versions that are missing from a library that stays where it was did not move with it. Where the reference's list is not complete, the new place may have had it before, and what became of it is not known.
    pub fn with_places(
        mut self,
        places: &BTreeMap<String, String>,
        reference_complete: bool,
        reference: &SourcePackage,
    ) -> Self {
        let differences = &mut self.differences;
        let lost = std::mem::take(&mut differences.missing);
        let lost_by_packages: HashSet<(&str, &str)> = lost
            .iter()
            .map(|AbiDifference { entry, package }| (package.as_str(), entry.as_str()))
            .collect();
        let is_moved = |AbiDifference { entry, package }: &AbiDifference| {
            let library = AbiEntry::of_provide(entry, "")
                .map(|entry| entry.library().unwrap_or(entry).to_string());
            let has_moved =
                |library: String| lost_by_packages.contains(&(package.as_str(), library.as_str()));
            is_of_library(entry) && places.contains_key(entry) && library.is_some_and(has_moved)
        };
        let (moved, missing): (Vec<AbiDifference>, Vec<_>) =
            lost.iter().cloned().partition(is_moved);
        differences.missing = missing;
        if moved.is_empty() {
            return self;
        }
        if let Some(counts) = &mut self.symbol_versions {
            counts.missing -= moved.len() as u32;
            if reference_complete {
                counts.kept += moved.len() as u32;
            }
        }
        if !reference_complete {
            self.entries_not_compared += moved.len() as u32;
            let reason = AbiNotComparedReason::ReferenceIncomplete;
            self.doubt = Some(self.doubt.map_or(reason, |doubt| doubt.min(reason)));
            return self.concluded(reference);
        }
        let moves = moved
            .into_iter()
            .map(|AbiDifference { entry, package }| AbiMove {
                to: places[&entry].clone(),
                from: package,
                entry,
            });
        differences.moved.extend(moves);
        differences
            .moved
            .sort_by(|one, other| (&one.entry, &one.from).cmp(&(&other.entry, &other.from)));
        self.concluded(reference)
    }
}

fn is_library_itself(entry: &AbiEntry<'_>) -> bool {
    matches!(entry, AbiEntry::SymbolVersion { version: "", .. })
}

fn is_of_library(entry: &str) -> bool {
    AbiEntry::of_provide(entry, "").is_some_and(|entry| !entry.is_of_kernel())
}
