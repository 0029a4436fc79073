//! Reads the configurations of the patching tool: from a folder, or from git repositories.

use super::git_sources::GitPackage;
use super::input_failures::ToldInputs;
use super::patches::{added_patches, is_named_as_patch};
use super::source_texts::package_names;
use crate::diff::{PatchHeader, read_patch_headers};
use crate::publish::autopatch::{Autopatch, read_autopatch_file};
use crate::publish::configuration::{AutopatchSetting, AutopatchSource, ReleaseSetting};
use crate::publish::fetch::Fetcher;
use crate::publish::{Cause, Error};
use crate::report::{InputKind, limits};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

/// Bytes of a patch in which its headers are looked for.
const PATCH_BYTES: u64 = limits::TEXT_BYTES as u64;

/// The configuration of one package.
pub struct PackageConfiguration {
    /// What it says.
    pub autopatch: Autopatch,
    /// Where it is published.
    pub url: Option<String>,
    /// What the patches beside it say of themselves, by name.
    pub headers: BTreeMap<String, Vec<PatchHeader>>,
}

/// The configurations that were read, by package.
pub struct PackageConfigurations {
    /// They.
    pub configurations: BTreeMap<String, PackageConfiguration>,
    /// The packages that a configuration was to be read of, whether either side has them or not.
    pub described: BTreeSet<String>,
    /// What could not be read.
    pub told: ToldInputs,
}

/// Reads the configurations of a release. `names` are the source packages of either side: git repositories of others are not
/// asked for. A git repository that cannot be read is told and left out.
pub fn read_configurations(
    release: &ReleaseSetting,
    names: &BTreeSet<&str>,
    fetcher: &Fetcher,
) -> Result<PackageConfigurations, Error> {
    let mut read = PackageConfigurations {
        configurations: BTreeMap::new(),
        described: BTreeSet::new(),
        told: ToldInputs::of(InputKind::Autopatch),
    };
    for setting in &release.autopatch {
        let packages = match &setting.source {
            AutopatchSource::Folder(folder) => package_names(folder)?,
            AutopatchSource::Git { repositories, .. } => repositories.keys().cloned().collect(),
        };
        for name in packages {
            let place = match &setting.source {
                AutopatchSource::Folder(folder) => folder.join(&name).display().to_string(),
                AutopatchSource::Git { repositories, .. } => repositories[&name].to_string(),
            };
            if !read.described.insert(name.clone()) {
                let cause = "another entry has a configuration of this package, too";
                return Err(Error::at(place, Cause::SourceText(cause.to_owned())));
            }
            let configuration = match &setting.source {
                AutopatchSource::Folder(folder) => {
                    Some(read_configuration(&folder.join(&name), &name, setting)?)
                }
                AutopatchSource::Git { .. } if !names.contains(name.as_str()) => None,
                AutopatchSource::Git {
                    repositories,
                    branch,
                } => {
                    let package = GitPackage {
                        name: &name,
                        repository: &repositories[&name],
                        fetcher,
                    };
                    package.read_branch(branch, &mut read.told, |folder| {
                        if !folder.join("config.yaml").is_file() {
                            let cause = format!("its branch {branch} has no config.yaml");
                            return Err(Error::at(&place, Cause::SourceText(cause)));
                        }
                        read_configuration(folder, &name, setting)
                    })?
                }
            };
            read.configurations
                .extend(configuration.map(|configuration| (name, configuration)));
        }
    }
    Ok(read)
}

fn read_configuration(
    folder: &Path,
    name: &str,
    setting: &AutopatchSetting,
) -> Result<PackageConfiguration, Error> {
    let autopatch = read_autopatch_file(&folder.join("config.yaml"))?;
    let added: BTreeSet<String> = added_patches(&autopatch).collect();
    Ok(PackageConfiguration {
        url: setting
            .url
            .as_ref()
            .map(|url| url.replace("{package}", name)),
        headers: headers_beside(&folder.join("files"), &added)?,
        autopatch,
    })
}

fn headers_beside(
    folder: &Path,
    added: &BTreeSet<String>,
) -> Result<BTreeMap<String, Vec<PatchHeader>>, Error> {
    let mut headers = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(headers);
    }
    let io = |error| Error::io(folder, error);
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if (is_named_as_patch(&name) || added.contains(&name)) && path.is_file() {
            let mut patch = Vec::new();
            let file = File::open(&path).map_err(|error| Error::io(&path, error))?;
            file.take(PATCH_BYTES)
                .read_to_end(&mut patch)
                .map_err(|error| Error::io(&path, error))?;
            headers.insert(name, read_patch_headers(&patch));
        }
    }
    Ok(headers)
}
