//! What the configuration says of git repositories, one for each of the packages that it names.

use super::check::{Fault, fault, http_address};
use super::file::AutopatchTable;
use super::model::{AutopatchSetting, AutopatchSource};
use crate::publish::repository::{Location, without_credentials};
use crate::report::limits;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Packages that one table may name; each costs requests.
const PACKAGES_MAX: usize = 2_000;
const BRANCH_BYTES: usize = 64;

/// Where configurations of the patching tool are: a folder, or git repositories.
pub fn autopatch_of(table: AutopatchTable, folder: &Path) -> Result<AutopatchSetting, Fault> {
    let url = table
        .url
        .map(|url| http_address(url, "the url of an autopatch"))
        .transpose()?;
    if url.as_ref().is_some_and(|url| !url.contains("{package}")) {
        return fault(
            "the url of an autopatch does not say where the package's name goes",
            "write {package} for it",
        );
    }
    let source = match (table.folder, table.git, table.branch, table.packages) {
        (Some(path), None, None, None) => AutopatchSource::Folder(folder.join(path)),
        (None, Some(git), Some(branch), Some(packages)) => AutopatchSource::Git {
            repositories: repositories_of(&git, packages, folder)?,
            branch: branch_of(branch)?,
        },
        _ => {
            return fault(
                "a [[release.autopatch]] names neither a folder alone nor all that git repositories need",
                "write folder, or git with branch and packages",
            );
        }
    };
    Ok(AutopatchSetting { source, url })
}

/// The git repositories of packages, by a pattern.
pub fn repositories_of(
    pattern: &str,
    packages: Vec<String>,
    folder: &Path,
) -> Result<BTreeMap<String, Location>, Fault> {
    if !pattern.contains("{package}") {
        let pattern = without_credentials(pattern);
        return fault(
            format!("the git repository “{pattern}” does not say where the name of a package goes"),
            "write {package} for it",
        );
    }
    let repositories = names_of(packages)?.into_iter().map(|name| {
        match Location::parse(&pattern.replace("{package}", &name), folder) {
            Ok(location) => Ok((name, location)),
            Err(what) => fault(
                format!("the git repository of {name}: {what}"),
                "write an address that starts with https:// or http://",
            ),
        }
    });
    repositories.collect()
}

/// The source packages that are to be read one by one.
pub fn names_of(packages: Vec<String>) -> Result<BTreeSet<String>, Fault> {
    if let Err(what) = limits::within(
        "packages to be read one by one",
        packages.len(),
        PACKAGES_MAX,
    ) {
        return fault(what, "name fewer");
    }
    match packages.iter().find(|name| !is_name(name, "+._-")) {
        Some(name) => fault(
            format!("“{name}”, to be read by itself, is no name of a source package"),
            "write exact names",
        ),
        None => Ok(packages.into_iter().collect()),
    }
}

/// A branch that git can take for nothing else.
pub fn branch_of(branch: String) -> Result<String, Fault> {
    if branch.len() <= BRANCH_BYTES && !branch.contains("..") && is_name(&branch, "+._-/") {
        return Ok(branch);
    }
    fault(
        format!("“{branch}” is no name of a branch"),
        "write a name such as a9",
    )
}

/// Whether git can take it for nothing else, such as an option or a pattern.
fn is_name(name: &str, also: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphanumeric())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || also.contains(character))
}
