//! What the configuration says of configurations of the patching tool, and of branches.

use super::check::{Fault, fault, http_address};
use super::file::AutopatchTable;
use super::model::{AutopatchSetting, AutopatchSource};
use super::packages::{GitRepositories, is_name};
use std::path::Path;

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
            repositories: GitRepositories::parse(&git, packages, folder)?,
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
