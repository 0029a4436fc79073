//! Hands on the sources of each package that a release has some of: from folders, git repositories or source packages.

use super::git_sources::GitPackage;
use super::input_failures::ToldInputs;
use super::lists::ReleaseLists;
use super::packed_sources::{Listed, PackedReader};
use super::source_texts::{PackageFolder, package_names, read_package_folder};
use crate::publish::configuration::{Configuration, ReleaseSetting, SourcesSetting};
use crate::publish::fetch::Fetcher;
use crate::publish::output::Staging;
use crate::publish::{Cause, Error};
use crate::report::InputKind;
use std::collections::BTreeSet;

/// What is told beside the sources.
pub struct SourcesTold {
    /// The packages that sources were to be read of, whether either side has them or not.
    pub described: BTreeSet<String>,
    /// What could not be read, or is doubtful.
    pub told: ToldInputs,
}

/// Reads the sources of the packages that either side has, one package at a time. Their texts are put into the published set.
pub fn for_each_package_with_sources(
    release: &ReleaseSetting,
    configuration: &Configuration,
    lists: &ReleaseLists,
    fetcher: &Fetcher,
    staging: &mut Staging,
    mut take: impl FnMut(String, PackageFolder),
) -> Result<SourcesTold, Error> {
    let mut described = BTreeSet::new();
    let mut told = ToldInputs::of(InputKind::SourceTexts);
    let mut read = BTreeSet::new();
    let names = lists.names();
    let parties = (
        configuration.reference.name.as_str(),
        configuration.distribution.name.as_str(),
    );
    let packed = PackedReader {
        fetcher,
        stops_on_failure: configuration.stops_on_failure,
        parties,
    };
    for setting in &release.sources {
        let packages = match setting {
            SourcesSetting::Folder(folder) => package_names(folder)?,
            SourcesSetting::Git { repositories, .. } => repositories.keys().cloned().collect(),
            SourcesSetting::Packed(sources) => sources.packages.iter().cloned().collect(),
        };
        let listed = match setting {
            SourcesSetting::Packed(sources) => {
                let wanted = packages.iter().map(String::as_str);
                let wanted = wanted.filter(|name| names.contains(name)).collect();
                packed.list(sources, &wanted, &mut told)?
            }
            SourcesSetting::Folder(_) | SourcesSetting::Git { .. } => Listed::default(),
        };
        for name in packages {
            described.insert(name.clone());
            if !names.contains(name.as_str()) {
                continue;
            }
            if !read.insert(name.clone()) {
                let cause = "another entry has source texts of this package, too".to_owned();
                return Err(Error::at(
                    place_of(setting, &name),
                    Cause::SourceText(cause),
                ));
            }
            let package = match setting {
                SourcesSetting::Folder(folder) => {
                    Some(read_package_folder(&folder.join(&name), parties, staging)?)
                }
                SourcesSetting::Git {
                    repositories,
                    branches: [before, after],
                } => {
                    let package = GitPackage {
                        name: &name,
                        repository: &repositories[&name],
                        fetcher,
                    };
                    let versions = lists.versions_of(&name);
                    let versions = versions.each_ref().map(Vec::as_slice);
                    package.sources([before, after], versions, parties, staging, &mut told)?
                }
                SourcesSetting::Packed(_) => {
                    let [before, after] = lists.versions_of(&name);
                    packed.sources(&name, &listed, [&before, &after], staging, &mut told)?
                }
            };
            if let Some(package) = package {
                take(name, package);
            }
        }
    }
    Ok(SourcesTold { described, told })
}

fn place_of(setting: &SourcesSetting, name: &str) -> String {
    match setting {
        SourcesSetting::Folder(folder) => folder.join(name).display().to_string(),
        SourcesSetting::Git { repositories, .. } => repositories[name].to_string(),
        SourcesSetting::Packed(_) => format!("the source package {name}"),
    }
}
