//! What the configuration says of source texts.

use super::check::{Fault, fault, label};
use super::file::SourcesTable;
use super::git::branch_of;
use super::model::{PackedSources, SideNames, SourcesSetting};
use super::packages::{GitRepositories, PackageChoice};
use crate::publish::repository::Location;
use std::collections::BTreeSet;
use std::path::Path;

/// Where source texts are: a folder, git repositories, or source packages.
pub fn sources_of(table: SourcesTable, folder: &Path) -> Result<SourcesSetting, Fault> {
    let SourcesTable {
        folder: texts,
        git,
        before_branch,
        after_branch,
        srpms_before,
        srpms_after,
        before_name,
        after_name,
        packages,
    } = table;
    let names = SideNames::parse(before_name, after_name)?;
    let branches = (before_branch, after_branch);
    match (texts, git, branches, (srpms_before, srpms_after), packages) {
        (Some(path), None, (None, None), (None, None), None) if names == SideNames::default() => {
            Ok(SourcesSetting::Folder(folder.join(path)))
        }
        (None, Some(git), (Some(before), Some(after)), (None, None), Some(packages)) => {
            if before == after {
                return fault(
                    format!(
                        "before_branch and after_branch of a [[release.sources]] are both “{before}”, which would be compared with itself"
                    ),
                    "write the reference’s branch as before_branch, such as c9, and the distribution’s as after_branch, such as a9",
                );
            }
            Ok(SourcesSetting::Git {
                repositories: GitRepositories::parse(&git, packages, folder)?,
                branches: [branch_of(before)?, branch_of(after)?],
                names,
            })
        }
        (None, None, (None, None), (Some(before), Some(after)), Some(packages)) => {
            let locations = [locations_of(before, folder)?, locations_of(after, folder)?];
            let [before, after] = locations.each_ref().map(BTreeSet::from_iter);
            if before == after {
                let places: Vec<String> = before.iter().map(ToString::to_string).collect();
                return fault(
                    format!(
                        "srpms_before and srpms_after of a [[release.sources]] are both {}, which would be compared with itself",
                        places.join(", ")
                    ),
                    "write where the reference’s source packages are as srpms_before, and where the distribution’s are as srpms_after",
                );
            }
            Ok(SourcesSetting::Packed(PackedSources {
                locations,
                packages: PackageChoice::parse(packages)?,
                names,
            }))
        }
        _ => fault(
            "a [[release.sources]] names neither a folder alone, nor all that git repositories or source packages need",
            "write folder, or git with before_branch, after_branch and packages, or srpms_before with srpms_after and packages",
        ),
    }
}

impl SideNames {
    fn parse(before: Option<String>, after: Option<String>) -> Result<Self, Fault> {
        let checked =
            |name: Option<String>, key: &str| name.map(|name| label(name, key)).transpose();
        Ok(Self([
            checked(before, "before_name")?,
            checked(after, "after_name")?,
        ]))
    }
}

fn locations_of(locations: Vec<String>, folder: &Path) -> Result<Vec<Location>, Fault> {
    let parsed = locations.iter().map(|text| {
        Location::parse(text, folder).or_else(|what| {
            fault(
                format!("a location of source packages: {what}"),
                "write a folder, or an address that starts with https:// or http://",
            )
        })
    });
    parsed.collect()
}
