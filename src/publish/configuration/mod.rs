//! What the operator wrote: read from TOML, held against what is possible, and made values of the domain.

mod advisories;
mod check;
mod file;
mod git;
mod model;
mod packages;
mod remote;
mod repositories;
mod rules;
mod sources;
mod toml_file;

pub use model::{
    AdvisoriesSetting, ArchitectureSetting, AutopatchSetting, AutopatchSource, BuildsSetting,
    BuildsSource, Configuration, DatesSetting, ExpectedList, FurtherRole, KernelListsSetting,
    ManifestSetting, OriginRole, PackedSources, ReleaseSetting, RepositorySetting, Role,
    SourcesSetting, StatementsSetting,
};
pub use packages::{GitRepositories, PackageChoice};
pub use toml_file::read_toml;

use super::Error;
use std::path::Path;

/// Reads a configuration. Paths in it are relative to its folder.
pub fn read_configuration(path: &Path) -> Result<Configuration, Error> {
    check::checked(read_toml(path)?, path)
}
