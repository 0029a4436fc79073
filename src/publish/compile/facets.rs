//! Gathers what packages can be chosen by from their documents.

use crate::report::{
    ChangeClassName, ChangedRows, Facets, FormatVersion, NamingRows, Package, PatchOriginName,
    SourceFileSide,
};
use std::collections::{BTreeMap, BTreeSet};

/// Facets that grow by one row per package document, in the order of the table.
#[derive(Default)]
pub struct FacetsBuilder {
    levels: Vec<Option<u8>>,
    changes: BTreeMap<ChangeClassName, Vec<u32>>,
    origin_missing: Vec<u32>,
    patch_cves: BTreeMap<String, Vec<u32>>,
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
        if patches.any(|patch| {
            patch.origin_state == PatchOriginName::Missing && is_own(&patch.path, package)
        }) {
            self.origin_missing.push(row);
        }
        let cves: BTreeSet<&String> = package
            .patches
            .iter()
            .flat_map(|patch| &patch.cves)
            .collect();
        for cve in cves {
            self.patch_cves.entry(cve.clone()).or_default().push(row);
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
            patch_cves: Some(
                self.patch_cves
                    .into_iter()
                    .map(|(cve, rows)| NamingRows { cve, rows })
                    .collect(),
            ),
        }
    }
}

/// Whether a file is the distribution's: one that the reference does not have, or has otherwise.
fn is_own(path: &str, package: &Package) -> bool {
    let mut files = package.texts.iter().flat_map(|texts| &texts.files);
    files.any(|file| {
        let digest = |side: &Option<SourceFileSide>| side.as_ref().map(|side| side.digest.clone());
        file.path == path
            && file.distribution.is_some()
            && digest(&file.distribution) != digest(&file.reference)
    })
}
