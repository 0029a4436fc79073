//! Where the libraries went that a source package lost: to packages of other sources.

use super::{AbiComparison, AbiDifference, AbiMove, provided, provided_beside};
use crate::analysis::pairing::SourceList;
use crate::domain::{AbiEntry, SourcePackage};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// For each of these entries of libraries the binary package of the distribution's that has it now. One of a name by which the
/// reference had the entry, too, does not count: nothing moved there.
pub fn new_places(
    entries: &BTreeSet<String>,
    reference: &SourceList,
    distribution: &SourceList,
) -> BTreeMap<String, String> {
    let wanted: HashSet<AbiEntry<'_>> = entries
        .iter()
        .filter_map(|entry| AbiEntry::of_provide(entry, ""))
        .collect();
    let before: HashSet<(AbiEntry<'_>, &str)> = provided_by_all(reference, &wanted).collect();
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    for (entry, package) in provided_by_all(distribution, &wanted) {
        if before.contains(&(entry, package)) {
            continue;
        }
        let place = places
            .entry(entry.to_string())
            .or_insert_with(|| package.to_owned());
        if package < place.as_str() {
            *place = package.to_owned();
        }
    }
    places
}

fn provided_by_all<'a>(
    list: &'a SourceList,
    wanted: &'a HashSet<AbiEntry<'_>>,
) -> impl Iterator<Item = (AbiEntry<'a>, &'a str)> {
    let provided = list
        .values()
        .flat_map(|source| provided(source).chain(provided_beside(source)));
    provided
        .filter(|(_, entry)| wanted.contains(entry))
        .map(|(package, entry)| (entry, package))
}

impl AbiComparison {
    /// The libraries and symbol versions that are missing.
    pub fn missing_libraries(&self) -> impl Iterator<Item = &str> {
        let missing = self.differences.missing.iter();
        let entries = missing.map(|difference| difference.entry.as_str());
        entries.filter(|entry| is_of_library(entry))
    }

    /// Counts as kept, and as moved, what is missing and has a new place: rpm finds a library by its soname, wherever it is.
    pub fn with_places(
        mut self,
        places: &BTreeMap<String, String>,
        reference: &SourcePackage,
    ) -> Self {
        let differences = &mut self.differences;
        let (moved, missing): (Vec<AbiDifference>, Vec<_>) =
            std::mem::take(&mut differences.missing)
                .into_iter()
                .partition(|difference| {
                    is_of_library(&difference.entry) && places.contains_key(&difference.entry)
                });
        differences.missing = missing;
        if moved.is_empty() {
            return self;
        }
        if let Some(counts) = &mut self.symbol_versions {
            counts.missing -= moved.len() as u32;
            counts.kept += moved.len() as u32;
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

fn is_of_library(entry: &str) -> bool {
    AbiEntry::of_provide(entry, "").is_some_and(|entry| !entry.is_of_kernel())
}
