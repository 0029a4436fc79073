//! Builds the columnar table of a release, each equal thing once, in the order of its first use.

use crate::analysis::{Cell, PackageComparison};
use crate::domain::{Cause, Change, Verdict};
use crate::report::{AbiOutcomeRecord, OtherVersions, OutcomeRecord, PackageTable, Reason};
use std::collections::HashMap;
use std::hash::Hash;

/// A table that grows by one row per package, in the order of their names.
#[derive(Default)]
pub struct TableBuilder {
    table: PackageTable,
    other_versions: Vec<OtherVersions>,
    outcomes: HashMap<OutcomeRecord, u32>,
    patterns: HashMap<Vec<Option<u32>>, u32>,
    abi_outcomes: HashMap<AbiOutcomeRecord, u32>,
    abi_patterns: HashMap<Vec<Option<u32>>, u32>,
    repositories: HashMap<String, u32>,
    origins: HashMap<String, u32>,
}

impl TableBuilder {
    /// Adds a package. `origins` are the names of the lists that its cells may name.
    pub fn add(&mut self, package: &PackageComparison, origins: &[String], changes: &[Change]) {
        let row = self.table.names.len() as u32;
        let pattern = package
            .cells
            .iter()
            .map(|cell| {
                let record = OutcomeRecord::from(cell.as_ref()?.outcome);
                Some(interned(
                    &mut self.outcomes,
                    &mut self.table.outcomes,
                    record,
                ))
            })
            .collect();
        let pattern = interned(&mut self.patterns, &mut self.table.patterns, pattern);
        if package
            .cells
            .iter()
            .flatten()
            .any(|cell| cell.abi.is_some())
        {
            self.add_abi(package);
        }
        let cells = || package.cells.iter().flatten();
        let published = cells().find(|cell| cell.distribution.is_some());
        let distribution = published.and_then(|cell| cell.distribution.as_ref());
        let reference = cells().find_map(|cell| cell.reference.as_ref());
        let evr = distribution.map_or_else(String::new, |package| package.evr.to_string());
        let reference_evr = match reference.map(|package| package.evr.to_string()) {
            Some(reference) if reference == evr => "=".to_owned(),
            Some(reference) => reference,
            None => String::new(),
        };
        let repository = distribution.map(|package| {
            interned(
                &mut self.repositories,
                &mut self.table.repositories,
                package.repository.clone(),
            )
        });
        let origin = published
            .and_then(|cell| origins.get(cell.origin.as_ref()?.origin))
            .map(|origin| interned(&mut self.origins, &mut self.table.origins, origin.clone()));
        let table = &mut self.table;
        table.names.push(package.name.clone());
        table.distribution.push(evr);
        table.reference.push(reference_evr);
        let of_row = [
            &table.distribution[row as usize],
            table.reference_evr(row as usize),
        ];
        let others = other_versions(package, row, of_row);
        self.other_versions.extend(others);
        table.pattern.push(pattern);
        table.repository.push(repository);
        table.origin.push(origin);
        if let Some(text) = reason_of(package, changes) {
            table.reasons.push(Reason { row, text });
        }
    }

    fn add_abi(&mut self, package: &PackageComparison) {
        let pattern = package
            .cells
            .iter()
            .map(|cell| {
                let record = AbiOutcomeRecord::from(cell.as_ref()?.abi.as_ref()?.verdict);
                Some(interned(
                    &mut self.abi_outcomes,
                    &mut self.table.abi_outcomes,
                    record,
                ))
            })
            .collect();
        let pattern = interned(
            &mut self.abi_patterns,
            &mut self.table.abi_patterns,
            pattern,
        );
        self.table.abi.push(pattern);
    }

    /// The table.
    pub fn finish(self) -> PackageTable {
        PackageTable {
            other_versions: Some(self.other_versions),
            ..self.table
        }
    }
}

/// The versions on architectures where a side, the distribution or the reference, has another than the row says.
fn other_versions(package: &PackageComparison, row: u32, of_row: [&str; 2]) -> Vec<OtherVersions> {
    let mut all: Vec<OtherVersions> = Vec::new();
    for (position, cell) in package.cells.iter().enumerate() {
        let Some(cell) = cell else { continue };
        let sides = [cell.distribution.as_ref(), cell.reference.as_ref()];
        let [distribution, reference] = [0, 1].map(|side| {
            let evr = sides[side]?.evr.to_string();
            (evr != of_row[side]).then_some(evr)
        });
        if distribution.is_none() && reference.is_none() {
            continue;
        }
        let alike = all
            .iter_mut()
            .find(|others| others.distribution == distribution && others.reference == reference);
        match alike {
            Some(others) => others.architectures.push(position as u32),
            None => all.push(OtherVersions {
                row,
                architectures: vec![position as u32],
                distribution,
                reference,
            }),
        }
    }
    all
}

/// The sentence of the change by which a package diverges; nothing where it diverges for another cause.
fn reason_of(package: &PackageComparison, changes: &[Change]) -> Option<String> {
    let by_choice = |cell: &Cell| {
        cell.outcome.verdict == Verdict::Diverging
            && matches!(cell.outcome.cause, Some(Cause::ByChoice(_)))
    };
    if !package.cells.iter().flatten().any(by_choice) {
        return None;
    }
    let altering = changes
        .iter()
        .find(|change| change.class.alters_behaviour());
    altering
        .or(changes.first())
        .map(|change| change.summary.clone())
}

fn interned<T: Clone + Eq + Hash>(
    known: &mut HashMap<T, u32>,
    values: &mut Vec<T>,
    value: T,
) -> u32 {
    if let Some(&index) = known.get(&value) {
        return index;
    }
    let index = values.len() as u32;
    values.push(value.clone());
    known.insert(value, index);
    index
}
