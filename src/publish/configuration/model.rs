//! A configuration that was held against what is possible.

use super::packages::{GitRepositories, PackageChoice};
use crate::analysis::{Expectation, Mark, Rules};
use crate::domain::{Architecture, MinorRelease};
use crate::publish::fetch::ClientFiles;
use crate::publish::repository::Location;
use crate::report::{AdvisoryFormatName, Party, Promise, SideName};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What is to be published.
#[derive(Clone, Debug)]
pub struct Configuration {
    /// Whether all of it is invented.
    pub sample: bool,
    /// The distribution.
    pub distribution: Party,
    /// The reference.
    pub reference: Party,
    /// What the distribution once promised.
    pub promise: Option<Promise>,
    /// The distribution's rules.
    pub rules: Rules,
    /// How origins mark what they changed; none is marked by a role that is not here.
    pub origin_marks: BTreeMap<OriginRole, Vec<Mark>>,
    /// Whether nothing is published when a repository over http(s) cannot be read.
    pub stops_on_failure: bool,
    /// Certificates for some addresses.
    pub clients: Vec<ClientFiles>,
    /// The releases.
    pub releases: Vec<ReleaseSetting>,
}

/// One release.
#[derive(Clone, Debug)]
pub struct ReleaseSetting {
    /// Its name in addresses.
    pub id: String,
    /// The distribution's minor release.
    pub distribution_minor: MinorRelease,
    /// The reference's minor release.
    pub reference_minor: MinorRelease,
    /// Whether the binary interfaces of packages are compared.
    pub abi: bool,
    /// Its architectures, in the order in which they are shown.
    pub architectures: Vec<ArchitectureSetting>,
    /// The repositories to read, one for each architecture that they are read for, in the order of preference.
    pub repositories: Vec<RepositorySetting>,
    /// Source texts.
    pub sources: Vec<SourcesSetting>,
    /// Configurations of the patching tool.
    pub autopatch: Vec<AutopatchSetting>,
    /// Files of changes.
    pub change_files: Vec<PathBuf>,
    /// Folders of the reference's package manifest.
    pub manifest: Vec<ManifestSetting>,
    /// Files of what people say of packages.
    pub statements: Vec<StatementsSetting>,
    /// Folders of builds.
    pub builds: Vec<BuildsSetting>,
    /// Advisories of both sides.
    pub advisories: Vec<AdvisoriesSetting>,
    /// Folders of lists of kernel symbols.
    pub kernel_lists: Vec<KernelListsSetting>,
    /// Folders of reports of other tools.
    pub tool_report_folders: Vec<PathBuf>,
    /// Differences in presence that are expected.
    pub expected: Vec<ExpectedList>,
}

/// Folders of both sides' lists of kernel symbols.
#[derive(Clone, Debug)]
pub struct KernelListsSetting {
    /// The reference's.
    pub reference: PathBuf,
    /// The distribution's.
    pub distribution: PathBuf,
}

/// One architecture of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ArchitectureSetting {
    /// The distribution's.
    pub name: Architecture,
    /// The reference's; `None` where it has none.
    pub compared_with: Option<Architecture>,
}

/// What a repository is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A repository of the distribution.
    Distribution,
    /// A repository of the reference.
    Reference,
    /// A repository that sources may come from.
    Origin(OriginRole),
    /// A repository that is not compared, and without which the comparison is as good.
    Further(FurtherRole),
}

/// Whose repository it is that sources may come from; the first is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OriginRole {
    /// CentOS Stream, whose dist tags name no minor release.
    Stream,
    /// The reference's Universal Base Images.
    Ubi,
    /// The projects themselves.
    Upstream,
    /// Oracle Linux.
    Oracle,
    /// Any other.
    Other,
}

/// What a repository is that is read for what it tells beside the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FurtherRole {
    /// Where packages wait before the distribution publishes them.
    Testing,
    /// Packages that the distribution adds until another has them.
    Synergy,
    /// Packages that others maintain for the reference.
    Epel,
    /// The distribution's extras.
    Extras,
    /// Packages that only builds need.
    Devel,
}

impl From<Role> for SideName {
    fn from(role: Role) -> Self {
        match role {
            Role::Distribution => Self::Distribution,
            Role::Reference => Self::Reference,
            Role::Origin(_) => Self::Origin,
            Role::Further(FurtherRole::Testing) => Self::Testing,
            Role::Further(FurtherRole::Synergy) => Self::Synergy,
            Role::Further(FurtherRole::Epel) => Self::Epel,
            Role::Further(FurtherRole::Extras) => Self::Extras,
            Role::Further(FurtherRole::Devel) => Self::Devel,
        }
    }
}

impl Role {
    /// Whether the comparison is wrong without it.
    pub fn is_compared(self) -> bool {
        matches!(self, Self::Distribution | Self::Reference)
    }
}

/// A repository for one architecture.
#[derive(Clone, Debug)]
pub struct RepositorySetting {
    /// What it is read as.
    pub role: Role,
    /// Its name; of an origin the origin's.
    pub name: String,
    /// The distribution's architecture that it is read for.
    pub architecture: Architecture,
    /// The architecture whose packages count.
    pub read_as: Architecture,
    /// Where it is.
    pub location: Location,
    /// Where else it is, in the order of preference.
    pub mirrors: Vec<Location>,
    /// Where it is as the operator wrote it, without credentials.
    pub published_location: String,
    /// Whether it has all that there is.
    pub complete: bool,
    /// Whether its metadata record epochs.
    pub records_epochs: bool,
    /// Binary packages to leave out.
    pub excluded: BTreeSet<String>,
}

/// A folder of the reference's package manifest.
#[derive(Clone, Debug)]
pub struct ManifestSetting {
    /// It has one JSON file for each table.
    pub folder: PathBuf,
    /// The major release whose tables count.
    pub major: String,
}

/// A file of what people say of packages.
#[derive(Clone, Debug)]
pub struct StatementsSetting {
    /// A list in JSON, or notes in TOML.
    pub file: PathBuf,
    /// Who says it.
    pub who: String,
    /// The name of the release in the list.
    pub release: String,
}

/// Where builds are read from.
#[derive(Clone, Debug)]
pub enum BuildsSource {
    /// A folder of files.
    Folder(PathBuf),
    /// The build system itself.
    Service {
        /// Where its interface is, such as `https://build.almalinux.org/api/v1`.
        address: String,
        /// How many of its pages are read, the newest builds first.
        pages: u32,
        /// The numbers of single builds that are read, too.
        ids: BTreeSet<u64>,
    },
}

/// Builds as the build system answers them.
#[derive(Clone, Debug)]
pub struct BuildsSetting {
    /// Where they are.
    pub source: BuildsSource,
    /// The only platform whose tasks count, such as `AlmaLinux-9`.
    pub platform: Option<String>,
    /// The address of a build's page, with `{id}` for its number.
    pub page: Option<String>,
    /// The address of a log, with `{id}` for the number of its build and `{log}` for the name of its file.
    pub logs: Option<String>,
}

/// One input of the security clock.
#[derive(Clone, Debug)]
pub struct AdvisoriesSetting {
    /// Whose advisories it has: the distribution's or the reference's.
    pub side: SideName,
    /// What it is.
    pub format: AdvisoryFormatName,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub location: Location,
    /// Where it is as the operator wrote it, without credentials.
    pub published_location: String,
    /// The ecosystem or product that counts in documents of OSV and CSAF.
    pub ecosystem: String,
    /// The address of an advisory's page, with `{id}` or `{id-with-dash}` for its name.
    pub page: Option<String>,
    /// What counts in a table of dates.
    pub dates: DatesSetting,
}

/// What counts in a table of dates.
#[derive(Clone, Debug)]
pub struct DatesSetting {
    /// The column that has the dates.
    pub date_column: String,
    /// The column that says of which rows many came at once.
    pub bulk_column: Option<String>,
    /// The release that counts where there is a column `release`.
    pub release: String,
}

/// Where source texts are.
#[derive(Clone, Debug)]
pub enum SourcesSetting {
    /// A folder with one folder per source package.
    Folder(PathBuf),
    /// Two branches of git repositories.
    Git {
        /// One for each source package.
        repositories: GitRepositories,
        /// The reference's and the distribution's.
        branches: [String; 2],
        /// Whose texts they have.
        names: SideNames,
    },
    /// Source packages.
    Packed(PackedSources),
}

/// Source packages (SRPM files) of both sides.
#[derive(Clone, Debug)]
pub struct PackedSources {
    /// The reference's and the distribution's source repositories, or folders of files.
    pub locations: [Vec<Location>; 2],
    /// The packages that are read.
    pub packages: PackageChoice,
    /// Whose they are.
    pub names: SideNames,
}

/// Whose texts those of the reference's and the distribution's side are, where they are of others, such as UBI for RHEL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SideNames(pub [Option<String>; 2]);

impl SideNames {
    /// The names, those of the `parties` where there are no others.
    pub fn or<'a>(&'a self, (reference, distribution): (&'a str, &'a str)) -> (&'a str, &'a str) {
        let [before, after] = self.0.each_ref().map(Option::as_deref);
        (before.unwrap_or(reference), after.unwrap_or(distribution))
    }
}

/// Where configurations of the patching tool are.
#[derive(Clone, Debug)]
pub enum AutopatchSource {
    /// A folder with one folder per source package.
    Folder(PathBuf),
    /// A branch of git repositories.
    Git {
        /// One for each source package.
        repositories: GitRepositories,
        /// The branch.
        branch: String,
    },
}

/// Configurations of the patching tool.
#[derive(Clone, Debug)]
pub struct AutopatchSetting {
    /// Where they are.
    pub source: AutopatchSource,
    /// Where the configuration of a package is published, with `{package}`.
    pub url: Option<String>,
}

/// Source and binary packages that may be missing or extra.
#[derive(Clone, Debug)]
pub struct ExpectedList {
    /// Which of the two.
    pub expectation: Expectation,
    /// Their names, or patterns of them.
    pub packages: Vec<String>,
    /// The architectures that it is said of.
    pub architectures: Vec<Architecture>,
    /// Why, in one sentence.
    pub reason: String,
}
