//! Reads the configurations of the patching tool: from a folder, or from git repositories.

use super::chosen_packages::{ChosenPackage, Wanted, chosen_packages};
use super::git_sources::{Fetched, GitPackage, settle_logins};
use super::input_failures::ToldInputs;
use super::lists::ReleaseLists;
use super::patches::{added_patches, is_named_as_patch};
use super::release::Occasion;
use super::source_texts::package_names;
use crate::diff::{PatchHeader, read_patch_headers};
use crate::publish::autopatch::{Autopatch, read_autopatch_file};
use crate::publish::configuration::{
    AutopatchSetting, AutopatchSource, GitRepositories, ReleaseSetting,
};
use crate::publish::numbers::counted;
use crate::publish::side_by_side::several_at_a_time;
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

/// Reads the configurations of a release. Git repositories of packages that neither side has are not asked for; one that cannot
/// be read is told and left out.
pub fn read_configurations(
    release: &ReleaseSetting,
    lists: &ReleaseLists,
    occasion: &Occasion<'_>,
) -> Result<PackageConfigurations, Error> {
    let mut read = PackageConfigurations {
        configurations: BTreeMap::new(),
        described: BTreeSet::new(),
        told: ToldInputs::of(InputKind::Autopatch),
    };
    let wanted = release.autopatch.iter().map(|setting| {
        Ok(match &setting.source {
            AutopatchSource::Folder(folder) => Wanted::InFolder(package_names(folder)?),
            AutopatchSource::Git { repositories, .. } => Wanted::Chosen(&repositories.packages),
        })
    });
    let wanted: Vec<Wanted<'_>> = wanted.collect::<Result<_, Error>>()?;
    // The repository of a renamed package may bear either name.
    let mut known = lists.names_of_distribution();
    known.extend(lists.renamed.keys().map(String::as_str));
    let chosen = chosen_packages(&release.id, &wanted, &known)?;
    for (setting, packages) in release.autopatch.iter().zip(chosen) {
        let place_of = |name: &str| match &setting.source {
            AutopatchSource::Folder(folder) => folder.join(name).display().to_string(),
            AutopatchSource::Git { repositories, .. } => repositories.of(name).to_string(),
        };
        for ChosenPackage { name, .. } in &packages {
            if !read.described.insert(name.clone()) {
                return Err(Error::configuration(
                    place_of(name),
                    "another [[release.autopatch]] has a configuration of this package, too",
                    format!(
                        "take {name} out of packages of one of the two, or its folder out of one that is a folder"
                    ),
                ));
            }
        }
        match &setting.source {
            AutopatchSource::Folder(folder) => {
                let branch = format!("a{}", release.distribution_minor.major);
                for ChosenPackage { name, .. } in packages {
                    let own = read_configuration(&folder.join(&name), &name, setting)?;
                    read.take(name, own, &branch);
                }
            }
            AutopatchSource::Git {
                repositories,
                branch,
            } => {
                let names = lists.names();
                let packages = packages.iter();
                let packages: Vec<GitPackage<'_>> = packages
                    .filter(|package| names.contains(package.name.as_str()))
                    .map(|package| GitPackage::of(package, repositories, occasion.fetcher))
                    .collect();
                read.read_branches(setting, repositories, &packages, branch, occasion)?;
            }
        }
    }
    Ok(read)
}

impl PackageConfigurations {
    /// Reads the configurations on a branch of git repositories, which are fetched several at a time.
    fn read_branches(
        &mut self,
        setting: &AutopatchSetting,
        repositories: &GitRepositories,
        packages: &[GitPackage<'_>],
        branch: &str,
        occasion: &Occasion<'_>,
    ) -> Result<(), Error> {
        occasion.progress.expect(packages.len());
        let fetched = several_at_a_time(packages, occasion.threads, |package| {
            let fetched = package.fetch(branch);
            occasion.progress.package_read(package.name);
            fetched
        });
        let is_there = |fetched: &Fetched| !matches!(fetched, Ok(None));
        let by_pattern = packages.iter().filter(|package| package.may_be_absent);
        let by_pattern = by_pattern.count();
        let location = repositories.location.to_string();
        // A package that is not patched has none; that no package has one is a fault of the address or the branch.
        if by_pattern > 0 && !fetched.iter().any(is_there) {
            let none = format!(
                "none of the {} that patterns choose has a repository {location} with the branch {branch}",
                counted(by_pattern, "package", "packages")
            );
            let kind = InputKind::Autopatch;
            self.told.warnings.push(format!("{kind}: {none}."));
            let cause = format!("{none}: correct the address, the branch or the patterns");
            self.told.failed(&location, &location, None, cause);
        }
        let fetched = packages.iter().zip(fetched).collect();
        let fetched = settle_logins(fetched, &location, &mut self.told, |fetched| fetched);
        for (package, fetched) in fetched {
            let own = package.read_branch(branch, fetched, &mut self.told, |folder| {
                if !folder.join("config.yaml").is_file() {
                    let cause = format!("its branch {branch} has no config.yaml");
                    return Err(Error::at(&package.repository, Cause::SourceText(cause)));
                }
                read_configuration(folder, package.name, setting)
            })?;
            if let Some(own) = own {
                self.take(package.name.to_owned(), own, branch);
            }
        }
        Ok(())
    }

    /// Takes in a configuration, if its result goes to the branch that the package is built from.
    fn take(&mut self, name: String, own: PackageConfiguration, branch: &str) {
        let target = own.autopatch.target_branch.as_deref();
        match target.filter(|target| !target.is_empty() && *target != branch) {
            Some(target) => self.told.warnings.push(format!(
                "{name}: config.yaml of autopatch: its result goes to the branch {target}, not to {branch}: it is left out."
            )),
            None => {
                self.configurations.insert(name, own);
            }
        }
    }
}

fn read_configuration(
    folder: &Path,
    name: &str,
    setting: &AutopatchSetting,
) -> Result<PackageConfiguration, Error> {
    let mut autopatch = read_autopatch_file(&folder.join("config.yaml"))?;
    let added: BTreeSet<String> = added_patches(&autopatch).collect();
    let patches = patches_beside(&folder.join("files"), &added)?;
    let headers = patches
        .iter()
        .map(|(name, patch)| (name.clone(), read_patch_headers(patch)));
    let headers = headers.collect();
    // What is as long as is read at most may be longer.
    let is_whole = |patch: &[u8]| (patch.len() as u64) < PATCH_BYTES;
    autopatch.own_patches = patches
        .into_iter()
        .filter(|(name, patch)| added.contains(name) && is_whole(patch))
        .collect();
    Ok(PackageConfiguration {
        url: setting
            .url
            .as_ref()
            .map(|url| url.replace("{package}", name)),
        headers,
        autopatch,
    })
}

/// The patches in a folder, by name: what is named as one, or added as one.
fn patches_beside(
    folder: &Path,
    added: &BTreeSet<String>,
) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let mut patches = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(patches);
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
            patches.insert(name, patch);
        }
    }
    Ok(patches)
}
