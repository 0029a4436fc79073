//! Gathers what packages can be chosen by from their documents.

use crate::report::{
    ChangeClassName, ChangedRows, Facets, FormatVersion, Package, PatchOriginName,
};
use std::collections::{BTreeMap, BTreeSet};

/// Facets that grow by one row per package document, in the order of the table.
#[derive(Default)]
pub struct FacetsBuilder {
    levels: Vec<Option<u8>>,
    changes: BTreeMap<ChangeClassName, Vec<u32>>,
    origin_missing: Vec<u32>,
}

impl FacetsBuilder {
    /// Adds the document of the next row.
    pub fn add(&mut self, package: &Package) {
        let row = self.levels.len() as u32;
        let levels = package.levels.iter().map(|record| record.level);
        self.levels.push(levels.min());
        let classes: BTreeSet<ChangeClassName> =
            package.changes.iter().map(|change| change.class).collect();
        for class in classes {
            self.changes.entry(class).or_default().push(row);
        }
        let mut patches = package.patches.iter();
        if patches.any(|patch| patch.origin_state == PatchOriginName::Missing) {
            self.origin_missing.push(row);
        }
    }

    /// The facets.
    pub fn finish(self) -> Facets {
        let is_any_known = self.levels.iter().any(Option::is_some);
        Facets {
            format: FormatVersion::CURRENT,
            levels: if is_any_known {
                self.levels
            } else {
                Vec::new()
            },
            changes: self
                .changes
                .into_iter()
                .map(|(class, rows)| ChangedRows { class, rows })
                .collect(),
            origin_missing: self.origin_missing,
        }
    }
}
