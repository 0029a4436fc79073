//! What the configuration says of git repositories, one for each of the packages that it names.

use super::check::{Fault, fault, http_address};
use super::file::{AutopatchTable, SourcesTable};
use super::model::{AutopatchSetting, AutopatchSource, SourcesSetting};
use crate::publish::repository::{Location, without_credentials};
use crate::report::limits;
use std::collections::BTreeMap;
use std::path::Path;

/// Repositories that one table may name; each costs requests.
const PACKAGES_MAX: usize = 2_000;
const BRANCH_BYTES: usize = 64;

/// Where source texts are: a folder, or git repositories.
pub fn sources_of(table: SourcesTable, folder: &Path) -> Result<SourcesSetting, Fault> {
    match (
        table.folder,
        table.git,
        table.before_branch,
        table.after_branch,
        table.packages,
    ) {
        (Some(path), None, None, None, None) => Ok(SourcesSetting::Folder(folder.join(path))),
        (None, Some(git), Some(before), Some(after), Some(packages)) => Ok(SourcesSetting::Git {
            repositories: repositories_of(&git, packages, folder)?,
            branches: [branch_of(before)?, branch_of(after)?],
        }),
        _ => fault(
            "a [[release.sources]] names neither a folder alone nor all that git repositories need",
            "write folder, or git with before_branch, after_branch and packages",
        ),
    }
}

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

fn repositories_of(
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
    if let Err(what) = limits::within("packages from git", packages.len(), PACKAGES_MAX) {
        return fault(what, "name fewer");
    }
    let repositories = packages.into_iter().map(|name| {
        if !is_name(&name, "+._-") {
            return fault(
                format!("“{name}”, to be read from git, is no name of a source package"),
                "write exact names",
            );
        }
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

fn branch_of(branch: String) -> Result<String, Fault> {
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
