//! From the repositories read to the lists that are compared, and to the record of what they were made from.

use super::availability::Readings;
use super::kernel_lists::add_kernel_lists;
use super::list_doubts::{compared_with_themselves, dated_after, of_other_architectures};
use super::reading::{CollectedSources, Reading};
use super::renamed_packages::{RenamedPackages, renamed_in};
use crate::analysis::{
    ArchitectureLists, Mark, Origin, OwnVersions, Pair, Rules, SourceCollector, SourceList,
    SourceTexts,
};
use crate::domain::{Architecture, Claim, Evr, SourcePackage, Timestamp};
use crate::publish::configuration::{
    ArchitectureSetting, Configuration, FurtherRole, OriginRole, ReleaseSetting, RepositorySetting,
    Role,
};
use crate::publish::{Cause, Error, FailedInput};
use crate::report::{PointInTime, SideName, SourceRecord};
use std::collections::{BTreeMap, BTreeSet};

/// What a release is compared from.
pub struct ReleaseLists {
    /// One for each architecture.
    pub architectures: Vec<ArchitectureLists>,
    /// The names of the origins, in the order of preference; each architecture has one list for each.
    pub origins: Vec<String>,
    /// The source packages of repositories that are not compared, by what they are and the distribution's architecture.
    pub further: BTreeMap<(FurtherRole, Architecture), SourceList>,
    /// What the binary packages that the distribution adds say of others, by the distribution's architecture.
    pub claims: BTreeMap<Architecture, Vec<Claim>>,
    /// The versions of binary packages of either side that are not their source's, by the side and the distribution's architecture.
    pub own_versions: BTreeMap<(SideName, Architecture), OwnVersions>,
    /// What it was made from.
    pub sources: Vec<SourceRecord>,
    /// What was left out on reading, or not believed.
    pub warnings: Vec<String>,
    /// What could not be read beside the repositories.
    pub failed: Vec<FailedInput>,
    /// The packages that the distribution has under another name.
    pub renamed: RenamedPackages,
}

impl ReleaseLists {
    /// The name that a package goes by: what others know of a renamed one is written under the reference's name for it, too.
    pub fn own_name(&self, name: String) -> String {
        self.renamed.get(&name).cloned().unwrap_or(name)
    }

    /// What the reference and the distribution call a package, given by either name.
    pub fn side_names<'a>(&'a self, name: &'a str) -> [&'a str; 2] {
        let renamed = self.renamed.iter();
        let mut names = renamed.map(|(reference, own)| [reference.as_str(), own.as_str()]);
        names
            .find(|names| names.contains(&name))
            .unwrap_or([name, name])
    }

    /// The versions of a source package, given by either name, that the reference and the distribution have, on any
    /// architecture.
    pub fn versions_of<'a>(&'a self, name: &str) -> [Vec<&'a Evr>; 2] {
        let lists = || self.architectures.iter();
        let reference = lists().flat_map(|lists| &lists.reference);
        let distribution = lists().map(|lists| &lists.distribution);
        let [reference_name, own_name] = self.side_names(name);
        [
            reference
                .filter_map(|list| Some(&list.get(reference_name)?.evr))
                .collect(),
            distribution
                .filter_map(|list| Some(&list.get(own_name)?.evr))
                .collect(),
        ]
    }

    /// Whether source texts are those of the versions that are compared on any architecture, of a package by the distribution's
    /// name.
    pub fn compare(&self, name: &str, texts: &SourceTexts, rules: &Rules) -> bool {
        self.architectures.iter().any(|lists| {
            let renamed = |package: &&SourcePackage| {
                let names = rules.renames.iter();
                names
                    .filter_map(|rename| rename.of_reference(&package.name))
                    .any(|renamed| renamed == name)
            };
            let list = lists.reference.as_ref();
            let reference = list.and_then(|list| {
                list.get(name)
                    .or_else(|| list.values().find(|package| renamed(package)))
            });
            match (reference, lists.distribution.get(name)) {
                (Some(reference), Some(distribution)) => texts.are_of(Pair::Both {
                    reference,
                    distribution,
                }),
                _ => false,
            }
        })
    }

    /// The source packages that the distribution has on any architecture.
    pub fn names_of_distribution(&self) -> BTreeSet<&str> {
        let lists = self.architectures.iter().map(|lists| &lists.distribution);
        lists
            .flat_map(|list| list.keys().map(String::as_str))
            .collect()
    }

    /// The source packages that both sides have, each on any architecture, by the distribution's names.
    pub fn names_on_both_sides(&self) -> BTreeSet<&str> {
        let is_in_reference = |name: &&str| {
            let mut references = self.architectures.iter().flat_map(|lists| &lists.reference);
            references.any(|list| list.contains_key(*name))
        };
        let names = self.names_of_distribution().into_iter();
        let renamed = self.renamed.values().map(String::as_str);
        names.filter(is_in_reference).chain(renamed).collect()
    }

    /// The source packages that either side has on any architecture.
    pub fn names(&self) -> BTreeSet<&str> {
        let lists = self
            .architectures
            .iter()
            .flat_map(|lists| lists.reference.iter().chain([&lists.distribution]));
        lists
            .flat_map(|list| list.keys().map(String::as_str))
            .collect()
    }

    /// The binary packages of either side, one for each architecture that has it.
    pub fn binary_names(&self) -> impl Iterator<Item = &str> {
        let lists = self
            .architectures
            .iter()
            .flat_map(|lists| lists.reference.iter().chain([&lists.distribution]));
        lists
            .flat_map(|list| list.values())
            .flat_map(|package| package.binaries.iter().map(String::as_str))
    }
}

/// Makes the lists of a release for a report of the time `taken`.
///
/// A repository of either side that has no package for its architecture is an error: most likely its location is another
/// architecture's, and every package would look missing.
pub fn lists_of(
    release: &ReleaseSetting,
    mut readings: Readings,
    configuration: &Configuration,
    taken: Timestamp,
) -> Result<ReleaseLists, Error> {
    let collected = std::mem::take(&mut readings.collected);
    let mut collected: Vec<_> = collected.into_iter().map(Some).collect();
    let origins = origins_of(release, &readings.unread);
    let mut sources: Vec<Option<SourceRecord>> = vec![None; release.repositories.len()];
    let mut further = BTreeMap::new();
    let mut claims = BTreeMap::new();
    let mut own_versions = BTreeMap::new();
    let mut warnings = Vec::new();
    let mut architectures: Vec<ArchitectureLists> = release
        .architectures
        .iter()
        .map(|&architecture| {
            let mut collector = Collector {
                architecture,
                release,
                origin_marks: &configuration.origin_marks,
                readings: &readings,
                collected: &mut collected,
                sources: &mut sources,
                own_versions: &mut own_versions,
                warnings: &mut warnings,
            };
            further.extend(collector.further());
            claims.insert(architecture.name, collector.claims());
            collector.lists(&origins)
        })
        .collect();
    let kernel_lists = add_kernel_lists(&mut architectures, release, configuration)?;
    let sources: Vec<SourceRecord> = sources.into_iter().flatten().collect();
    for source in &sources {
        let is_side = matches!(source.side, SideName::Distribution | SideName::Reference);
        if is_side && source.binary_packages_counted == 0 {
            let cause = Cause::NoPackagesOf {
                architecture: source.architecture.clone(),
            };
            return Err(Error::at(&source.location, cause));
        }
    }
    let labelled = readings.labels.iter().zip(&readings.repositories);
    let left_out = labelled.flat_map(|(label, repository)| {
        let warnings = repository.warnings.iter();
        warnings.map(move |warning| format!("{label}: {warning}"))
    });
    Ok(ReleaseLists {
        renamed: renamed_in(&architectures, &configuration.rules),
        architectures,
        origins: origins.into_iter().map(|(_, name)| name).collect(),
        further,
        claims,
        own_versions,
        sources,
        warnings: left_out
            .chain(warnings)
            .chain(kernel_lists.warnings)
            .chain(compared_with_themselves(release, &readings))
            .chain(dated_after(taken, &readings))
            .collect(),
        failed: kernel_lists.failed,
    })
}

/// The origins in the order of preference: that of their roles, else that of the configuration.
fn origins_of(release: &ReleaseSetting, unread: &[RepositorySetting]) -> Vec<(OriginRole, String)> {
    let mut origins: Vec<(OriginRole, String)> = Vec::new();
    for setting in release.repositories.iter().chain(unread) {
        if let Role::Origin(role) = setting.role {
            let origin = (role, setting.name.clone());
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
    }
    origins.sort_by_key(|(role, _)| *role);
    origins
}

/// Makes the lists of one architecture.
struct Collector<'a> {
    architecture: ArchitectureSetting,
    release: &'a ReleaseSetting,
    /// How origins mark what they changed.
    origin_marks: &'a BTreeMap<OriginRole, Vec<Mark>>,
    readings: &'a Readings,
    /// The source packages of each repository, until they are taken.
    collected: &'a mut [Option<CollectedSources>],
    /// What was read of each repository, filled as it is collected.
    sources: &'a mut [Option<SourceRecord>],
    /// Filled as the lists of either side are made.
    own_versions: &'a mut BTreeMap<(SideName, Architecture), OwnVersions>,
    /// What is doubtful about what was collected.
    warnings: &'a mut Vec<String>,
}

impl<'a> Collector<'a> {
    /// The repositories that are read for the architecture, by their index.
    fn settings(&self) -> impl Iterator<Item = (usize, &'a RepositorySetting)> + use<'a> {
        let own = self.architecture.name;
        let settings = self.release.repositories.iter().enumerate();
        settings.filter(move |(_, setting)| setting.architecture == own)
    }

    fn repository(&self, index: usize) -> &'a Reading {
        &self.readings.repositories[self.readings.reading_of[index]]
    }

    fn lists(&mut self, origins: &[(OriginRole, String)]) -> ArchitectureLists {
        let architecture = self.architecture;
        let [distribution, reference] = [Role::Distribution, Role::Reference].map(|role| {
            let mut collector = self.collect(|setting| setting.role == role);
            let side = (role.into(), architecture.name);
            self.own_versions
                .insert(side, collector.take_own_versions());
            let told = of_other_architectures(&collector, role.into(), architecture.name);
            self.warnings.extend(told);
            collector.into_sources()
        });
        let origins = origins
            .iter()
            .map(|(role, name)| self.origin(*role, name))
            .collect();
        let all = |role, holds: fn(&RepositorySetting) -> bool| {
            let mut own = self.settings().filter(|(_, setting)| setting.role == role);
            own.all(|(_, setting)| holds(setting))
        };
        let epochs = |role| all(role, |setting| setting.records_epochs);
        let unreadable = |role| {
            let own = self.settings().filter(|(_, setting)| setting.role == role);
            own.flat_map(|(index, _)| &self.repository(index).left_out)
                .cloned()
                .collect()
        };
        ArchitectureLists {
            distribution_unreadable: unreadable(Role::Distribution),
            reference_unreadable: unreadable(Role::Reference),
            architecture: architecture.name,
            distribution,
            reference: architecture.compared_with.map(|_| reference),
            distribution_complete: all(Role::Distribution, |setting| setting.complete),
            reference_complete: all(Role::Reference, |setting| setting.complete),
            abi_read: self.release.abi,
            epochs_recorded: epochs(Role::Distribution) && epochs(Role::Reference),
            origins,
        }
    }

    /// What an origin has for the architecture.
    fn origin(&mut self, role: OriginRole, name: &str) -> Origin {
        let architecture = self.architecture.name;
        let is_of_it = |setting: &RepositorySetting| {
            setting.role == Role::Origin(role) && setting.name == name
        };
        let own = |setting: &&RepositorySetting| {
            is_of_it(setting) && setting.architecture == architecture
        };
        Origin {
            versions: self.collect(is_of_it).into_versions(),
            marks: self.origin_marks.get(&role).cloned().unwrap_or_default(),
            is_whole: !self.readings.unread.iter().any(|setting| own(&setting)),
            is_without_minors: role == OriginRole::Stream,
            epochs_recorded: self
                .settings()
                .filter(|(_, setting)| is_of_it(setting))
                .all(|(_, setting)| setting.records_epochs),
        }
    }

    /// The lists of repositories that are not compared, one for each role that there is.
    fn further(&mut self) -> Vec<((FurtherRole, Architecture), SourceList)> {
        let roles: BTreeSet<FurtherRole> = self
            .settings()
            .filter_map(|(_, setting)| match setting.role {
                Role::Further(role) => Some(role),
                _ => None,
            })
            .collect();
        let architecture = self.architecture.name;
        let lists = roles.into_iter().map(|role| {
            let list = self.collect(|setting| setting.role == Role::Further(role));
            ((role, architecture), list.into_sources())
        });
        lists.collect()
    }

    /// What the packages that the distribution adds say of others.
    fn claims(&self) -> Vec<Claim> {
        let added = self
            .settings()
            .filter(|(_, setting)| setting.role == Role::Further(FurtherRole::Synergy));
        let claims = added.flat_map(|(index, setting)| {
            let claims = self.repository(index).claims.iter();
            claims.filter(move |(architecture, _)| setting.read_as.runs(*architecture))
        });
        claims.map(|(_, claim)| claim.clone()).collect()
    }

    fn collect(&mut self, chosen: impl Fn(&RepositorySetting) -> bool) -> SourceCollector {
        let chosen: Vec<(usize, &RepositorySetting)> = self
            .settings()
            .filter(|(_, setting)| chosen(setting))
            .collect();
        let read_as = chosen
            .first()
            .map_or(self.architecture.name, |(_, setting)| setting.read_as);
        let mut collector = SourceCollector::new(read_as);
        for (index, setting) in chosen {
            if let Some(own) = self.collected[index].take() {
                let repository = self.repository(index);
                self.sources[index] = Some(source_record(setting, repository, &own));
                collector.merge(own.collector);
            }
        }
        collector
    }
}

fn source_record(
    setting: &RepositorySetting,
    repository: &Reading,
    own: &CollectedSources,
) -> SourceRecord {
    SourceRecord {
        side: setting.role.into(),
        name: setting.name.clone(),
        architecture: setting.architecture.name().to_owned(),
        location: if repository.location == setting.location {
            setting.published_location.clone()
        } else {
            repository.location.to_string()
        },
        complete: setting.complete,
        records_epochs: setting.records_epochs,
        dated: repository.dated.map(PointInTime),
        digest: repository.digest.clone(),
        binary_packages: repository.binary_packages as u32,
        binary_packages_counted: own.binary_packages_counted,
        source_packages_counted: own.source_packages_counted,
    }
}
