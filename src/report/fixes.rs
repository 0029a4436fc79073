//! The versions that fix the packages of a release's advisories, apart from the security clock, whose list does without them.

use super::document::{Document, FormatVersion};
use super::{Security, limits};
use crate::domain::Evr;
use serde::{Deserialize, Serialize};

/// The fixing versions of one security clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Fixes {
    /// The version of the format.
    pub format: FormatVersion,
    /// The release's name in addresses.
    pub release: String,
    /// For each row of the clock's table, and each of its packages, the EVR that fixes it.
    pub versions: Vec<Vec<String>>,
}

impl Fixes {
    /// Those of clocks whose versions stand in the same order.
    pub fn of(release: &str, fixed: &[Vec<Evr>]) -> Self {
        let row = |versions: &Vec<Evr>| versions.iter().map(Evr::to_string).collect();
        Self {
            format: FormatVersion::CURRENT,
            release: release.to_owned(),
            versions: fixed.iter().map(row).collect(),
        }
    }

    /// Whether each package of each advisory of a clock has its version here.
    pub fn fit(&self, security: &Security) -> bool {
        let packages = security.advisories.packages.iter().map(Vec::len);
        self.release == security.release && packages.eq(self.versions.iter().map(Vec::len))
    }
}

impl Document for Fixes {
    const KIND: &'static str = "fixes";
    const BYTES_MAX: usize = limits::SECURITY_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        limits::within("advisories", self.versions.len(), limits::ADVISORIES)?;
        let mut versions = self.versions.iter().flatten();
        match versions.find(|version| Evr::parse(version).is_none()) {
            Some(version) => Err(format!("“{version}” is no version")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_version_is_refused() {
        let check = |version: &str, expected: bool| {
            let fixes = Fixes {
                format: FormatVersion::CURRENT,
                release: "9".to_owned(),
                versions: vec![vec![version.to_owned()]],
            };
            assert_eq!(fixes.check().is_ok(), expected, "{version}");
        };
        check("2:1.0-1.el9", true);
        check("", false);
    }
}
