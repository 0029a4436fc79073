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
    /// The vulnerabilities that patches among the source texts name, sorted; absent in reports of an older Almanac.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patch_cves: Option<Vec<NamingRows>>,
}

/// The packages with a patch that names a vulnerability.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct NamingRows {
    /// The vulnerability, such as `CVE-2026-1234`.
    pub cve: String,
    /// The rows, sorted.
    pub rows: Vec<u32>,
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

impl Facets {
    /// The rows with a patch that names a vulnerability; `None` where that is not told.
    pub fn rows_naming(&self, cve: &str) -> Option<&[u32]> {
        let all = self.patch_cves.as_ref()?;
        let found = all.binary_search_by(|naming| naming.cve.as_str().cmp(cve));
        Some(found.map_or(&[], |index| &all[index].rows))
    }
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
        let naming = || self.patch_cves.iter().flatten();
        if !naming().is_sorted_by(|left, right| left.cve < right.cve) {
            return Err("the vulnerabilities are not sorted, or one stands twice".to_owned());
        }
        let of_classes = self.changes.iter().map(|changed| &changed.rows);
        let of_patches = naming().map(|naming| &naming.rows);
        for rows in of_classes.chain([&self.origin_missing]).chain(of_patches) {
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
            patch_cves: None,
        };
        assert_eq!(facets.check().is_ok(), expected, "{facets:?}");
    }

    fn naming(patch_cves: Option<&[(&str, &[u32])]>) -> Facets {
        let naming = |(cve, rows): &(&str, &[u32])| NamingRows {
            cve: (*cve).to_owned(),
            rows: rows.to_vec(),
        };
        Facets {
            format: FormatVersion::CURRENT,
            levels: Vec::new(),
            changes: Vec::new(),
            origin_missing: Vec::new(),
            patch_cves: patch_cves.map(|all| all.iter().map(naming).collect()),
        }
    }

    #[test]
    fn a_vulnerability_leads_to_the_packages_whose_patches_name_it() {
        let check = |facets: &Facets, cve: &str, expected: Option<&[u32]>| {
            assert!(facets.check().is_ok());
            assert_eq!(facets.rows_naming(cve), expected);
        };
        let known = naming(Some(&[("CVE-2026-1", &[3]), ("CVE-2026-2", &[1, 7])]));
        check(&known, "CVE-2026-2", Some(&[1, 7]));
        check(&known, "CVE-2026-3", Some(&[]));
        check(&naming(None), "CVE-2026-1", None);
        let is_refused = |facets: Facets| assert!(facets.check().is_err(), "{facets:?}");
        is_refused(naming(Some(&[("CVE-2026-2", &[3]), ("CVE-2026-1", &[1])])));
        is_refused(naming(Some(&[("CVE-2026-1", &[3, 1])])));
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
