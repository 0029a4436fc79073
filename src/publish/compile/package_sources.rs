//! Hands on the sources of each package that a release has some of: from folders, git repositories or source packages.

use super::chosen_packages::{ChosenPackage, Wanted, chosen_packages};
use super::git_sources::{GitSources, settle_logins};
use super::input_failures::ToldInputs;
use super::lists::ReleaseLists;
use super::packed_sources::PackedReader;
use super::release::Occasion;
use super::source_texts::{PackageFolder, package_names, read_package_folder};
use crate::domain::Evr;
use crate::publish::Error;
use crate::publish::configuration::{ReleaseSetting, SourcesSetting};
use crate::publish::numbers::counted;
use crate::publish::output::Staging;
use crate::publish::side_by_side::several_at_a_time;
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
    lists: &ReleaseLists,
    occasion: &Occasion<'_>,
    staging: &mut Staging,
    mut take: impl FnMut(String, PackageFolder),
) -> Result<SourcesTold, Error> {
    let configuration = occasion.configuration;
    let mut described = BTreeSet::new();
    let mut told = ToldInputs::of(InputKind::SourceTexts);
    let mut read = BTreeSet::new();
    let names = lists.names();
    let parties = (
        configuration.reference.name.as_str(),
        configuration.distribution.name.as_str(),
    );
    let packed = PackedReader {
        fetcher: occasion.fetcher,
        stops_on_failure: configuration.stops_on_failure,
        parties,
        release: &release.id,
    };
    let wanted = release.sources.iter().map(|setting| {
        Ok(match setting {
            SourcesSetting::Folder(folder) => Wanted::InFolder(package_names(folder)?),
            SourcesSetting::Git { repositories, .. } => Wanted::Chosen(&repositories.packages),
            SourcesSetting::Packed(sources) => Wanted::Chosen(&sources.packages),
        })
    });
    let wanted: Vec<Wanted<'_>> = wanted.collect::<Result<_, Error>>()?;
    // What is named under the reference's name for it is not chosen once more under the distribution's.
    let named: BTreeSet<&str> = wanted.iter().flat_map(Wanted::names).collect();
    let is_named = |name: &&str| named.contains(lists.side_names(name)[0]);
    let known = lists.names_on_both_sides().into_iter();
    let known = known.filter(|name| !is_named(name)).collect();
    let chosen = chosen_packages(&release.id, &wanted, &known)?;
    for (setting, mut packages) in release.sources.iter().zip(chosen) {
        described.extend(packages.iter().map(|package| package.name.clone()));
        packages.retain(|package| names.contains(package.name.as_str()));
        let twice = packages
            .iter()
            .find(|package| !read.insert(lists.own_name(package.name.clone())));
        if let Some(ChosenPackage { name, .. }) = twice {
            return Err(Error::configuration(
                place_of(setting, name),
                "another [[release.sources]] has source texts of this package, too",
                format!(
                    "take {name} out of packages of one of the two, or its folder out of one that is a folder"
                ),
            ));
        }
        // Those that a pattern chose and of which there is nothing; told once for all of them.
        let mut absent = 0;
        let by_pattern = packages.iter().filter(|package| package.is_by_pattern);
        let (by_pattern, wanted) = (by_pattern.count(), packages.len());
        match setting {
            SourcesSetting::Folder(folder) => {
                for ChosenPackage { name, .. } in packages {
                    let read = read_package_folder(
                        &folder.join(&name),
                        &name,
                        parties,
                        staging,
                        &mut told.warnings,
                    )?;
                    take(name, read);
                }
            }
            SourcesSetting::Git {
                repositories,
                branches: [before, after],
                names,
            } => {
                let packages: Vec<GitSources<'_>> = packages
                    .iter()
                    .map(|package| {
                        let names = lists.side_names(&package.name);
                        GitSources::of(names, package, repositories, occasion.fetcher)
                    })
                    .collect();
                let branches = [before.as_str(), after.as_str()];
                occasion.progress.expect(packages.len());
                let wanted: Vec<(&GitSources<'_>, [Vec<&Evr>; 2])> = packages
                    .iter()
                    .map(|package| (package, lists.versions_of(package.name())))
                    .collect();
                let fetched =
                    several_at_a_time(&wanted, occasion.threads, |(package, versions)| {
                        let fetched =
                            package.fetch(branches, versions.each_ref().map(Vec::as_slice));
                        occasion.progress.package_read(package.name());
                        fetched
                    });
                let packages = packages.iter().map(|package| (package.first(), package));
                let fetched = packages.zip(fetched);
                let fetched =
                    fetched.map(|((first, package), fetched)| (first, (package, fetched)));
                let location = repositories.location.to_string();
                let fetched = settle_logins(
                    fetched.collect(),
                    &location,
                    &mut told,
                    |(_, [before, _])| &mut before.fetched,
                );
                for (first, (package, fetched)) in fetched {
                    let each = || fetched.iter().map(|side| &side.fetched);
                    let is_absent = each().any(|fetched| matches!(fetched, Ok(None)))
                        && each().all(Result::is_ok);
                    absent += usize::from(first.may_be_absent && is_absent);
                    let parties = names.or(parties);
                    let own = package.read(branches, fetched, parties, staging, &mut told)?;
                    if let Some(own) = own {
                        take(package.name().to_owned(), own);
                    }
                }
            }
            SourcesSetting::Packed(sources) => {
                let packed = PackedReader {
                    parties: sources.names.or(parties),
                    ..packed
                };
                let names = packages
                    .iter()
                    .flat_map(|package| lists.side_names(&package.name));
                let listed = packed.list(sources, &names.collect(), &mut told)?;
                occasion.progress.expect(packages.len());
                for package in packages {
                    let [before, after] = lists.versions_of(&package.name);
                    let names = lists.side_names(&package.name);
                    let is_listed = listed.iter().zip(names).all(|(side, name)| side.has(name));
                    if package.is_by_pattern && !is_listed {
                        absent += 1;
                    } else {
                        let versions = [before.as_slice(), after.as_slice()];
                        let own = packed.sources(names, &listed, versions, staging, &mut told)?;
                        if let Some(own) = own {
                            take(package.name.clone(), own);
                        }
                    }
                    occasion.progress.package_read(&package.name);
                }
            }
        }
        if absent > 0 && absent == wanted {
            let places = places_of(setting);
            let cause = format!(
                "there is nothing of any of the {} that patterns choose, or not on both sides: correct the place or the patterns",
                counted(absent, "package", "packages")
            );
            told.failed(&places, &places, None, cause);
        }
        if absent > 0 {
            told.warnings.push(format!(
                "{}: of {absent} of the {by_pattern} packages that patterns choose there is nothing at {}, or not on both sides.",
                InputKind::SourceTexts,
                places_of(setting)
            ));
        }
    }
    Ok(SourcesTold { described, told })
}

fn place_of(setting: &SourcesSetting, name: &str) -> String {
    match setting {
        SourcesSetting::Folder(folder) => folder.join(name).display().to_string(),
        SourcesSetting::Git { repositories, .. } => repositories.of(name).to_string(),
        SourcesSetting::Packed(_) => format!("the source package {name}"),
    }
}

/// Where an entry has the sources of its packages.
fn places_of(setting: &SourcesSetting) -> String {
    match setting {
        SourcesSetting::Folder(folder) => folder.display().to_string(),
        SourcesSetting::Git {
            repositories,
            branches: [before, after],
            ..
        } => format!("{}, branches {before} and {after}", repositories.location),
        SourcesSetting::Packed(sources) => {
            let places = sources.locations.iter().flatten();
            let places: Vec<String> = places.map(ToString::to_string).collect();
            places.join(", ")
        }
    }
}
