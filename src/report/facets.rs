//! What the packages of a table can be chosen by, beside what the table itself holds.
//!
//! Only the list of packages needs it, so it is kept out of the table.

use super::document::{Document, FormatVersion};
use super::limits;
use super::vocabulary::ChangeClassName;
use serde::{Deserialize, Serialize};

/// Facets of the rows of a package table, as their package documents have them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Facets {
    /// The version of the format.
    pub format: FormatVersion,
    /// For each row the lowest number of an application compatibility level of its binary packages, null where none is
    /// recorded; without any entry where no package manifest was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Option<u8>>,
    /// The classes of the changes that are known of, sorted by class; no class without a row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ChangedRows>,
    /// The rows with a patch of the distribution's own, added or altered, that does not say where it comes from, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub origin_missing: Vec<u32>,
}

/// The packages that have a change of one class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ChangedRows {
    /// The class.
    pub class: ChangeClassName,
    /// The rows, sorted.
    pub rows: Vec<u32>,
}

impl Document for Facets {
    const KIND: &'static str = "facets";
    const BYTES_MAX: usize = limits::FACETS_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within("levels", self.levels.len(), limits::PACKAGES)?;
        let is_sorted = self
            .changes
            .is_sorted_by(|left, right| left.class < right.class);
        if !is_sorted {
            return Err("the classes of changes are not sorted, or one stands twice".to_owned());
        }
        let of_classes = self.changes.iter().map(|changed| &changed.rows);
        for rows in of_classes.chain([&self.origin_missing]) {
            limits::within("rows", rows.len(), limits::PACKAGES)?;
            if !rows.is_sorted_by(|left, right| left < right) {
                return Err("rows are not sorted, or one stands twice".to_owned());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(changes: &[(ChangeClassName, &[u32])], origin_missing: &[u32], expected: bool) {
        let facets = Facets {
            format: FormatVersion::CURRENT,
            levels: Vec::new(),
            changes: changes
                .iter()
                .map(|(class, rows)| ChangedRows {
                    class: *class,
                    rows: rows.to_vec(),
                })
                .collect(),
            origin_missing: origin_missing.to_vec(),
        };
        assert_eq!(facets.check().is_ok(), expected, "{facets:?}");
    }

    #[test]
    fn what_is_not_sorted_is_refused() {
        use ChangeClassName::{Branding, Feature};
        check(&[], &[], true);
        check(&[(Branding, &[0, 2]), (Feature, &[1])], &[1, 2], true);
        check(&[(Feature, &[1]), (Branding, &[0])], &[], false);
        check(&[(Branding, &[0]), (Branding, &[1])], &[], false);
        check(&[(Branding, &[2, 2])], &[], false);
        check(&[], &[2, 1], false);
    }
}
