//! The definition of the invented distribution, word for word.

use super::exports::{ExportsFile, read_exports};
use super::further::{FurtherFile, FurtherTable};
use crate::domain::{Architecture, Evr, Timestamp};
use crate::publish::Error;
use crate::publish::configuration::read_toml;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// All of the definition.
pub struct Definition {
    /// Releases and snapshots.
    pub distribution: DistributionFile,
    /// The source packages.
    pub packages: Vec<PackageTable>,
    /// What may be missing or extra.
    pub expected: Vec<ExpectedTable>,
    /// Advisories of both sides.
    pub advisories: Vec<AdvisoryTable>,
    /// What repositories have that are not compared.
    pub further: Vec<FurtherTable>,
    /// What the packages provide.
    pub exports: ExportsFile,
}

/// `distribution.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistributionFile {
    /// When both sides were looked at, the oldest first.
    pub snapshots: Vec<Moment>,
    /// The releases.
    pub release: Vec<ReleaseTable>,
}

/// One release.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseTable {
    /// Its name in addresses.
    pub id: String,
    /// The distribution's minor release.
    pub distribution_minor: String,
    /// The reference's minor release.
    pub reference_minor: String,
    /// The dist tag without its dot, such as `el9`; each version of the release has it.
    pub dist_tag: String,
    /// The name that a repository of the packages has in this release.
    #[serde(default)]
    pub repository_names: BTreeMap<String, String>,
    /// The distribution's architectures.
    pub architectures: Vec<ArchitectureTable>,
}

/// One architecture of a release.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchitectureTable {
    /// The distribution's.
    pub name: ArchitectureName,
    /// The reference's; the same where absent, `none` where there is none.
    pub compared_with: Option<String>,
    /// The only source packages that it has.
    pub packages: Option<Vec<String>>,
    /// The side, `distribution` or `reference`, whose list is not complete on it.
    pub incomplete: Option<String>,
}

/// `packages.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PackagesFile {
    package: Vec<PackageTable>,
}

/// One source package.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageTable {
    /// The reference's name.
    pub name: String,
    /// The distribution's name where it is another.
    pub renamed_to: Option<String>,
    /// The repository that has it.
    pub repository: String,
    /// Where the distribution takes its source from.
    #[serde(default = "centos_stream")]
    pub origin: String,
    /// The only architectures that it is built for.
    pub architectures: Option<Vec<ArchitectureName>>,
    /// Its binary packages; one of its own name where empty.
    #[serde(default)]
    pub binaries: Vec<String>,
    /// Those of them that do not depend on the architecture.
    #[serde(default)]
    pub noarch: Vec<String>,
    /// Those of them that the distribution does not publish.
    #[serde(default)]
    pub not_published: Vec<String>,
    /// The version of each release that has it.
    pub versions: BTreeMap<String, EvrText>,
    /// The day on which the distribution built it, by release.
    #[serde(default)]
    pub updated: BTreeMap<String, Moment>,
    /// What differs from that.
    #[serde(default)]
    pub deviation: Vec<DeviationTable>,
    /// Why the distribution's source differs.
    #[serde(default)]
    pub change: Vec<ChangeTable>,
}

/// Something that differs between the sides, or from the entry.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeviationTable {
    /// The releases that it applies to.
    pub releases: Option<Vec<String>>,
    /// The architectures that it applies to.
    pub architectures: Option<Vec<ArchitectureName>>,
    /// The distribution's version.
    pub distribution: Option<EvrText>,
    /// The reference's version.
    pub reference: Option<EvrText>,
    /// What stands behind the distribution's version.
    pub suffix: Option<String>,
    /// The side that does not have it.
    pub absent: Option<SideWord>,
    /// From this day on.
    pub since: Option<Moment>,
    /// Until before this day.
    pub until: Option<Moment>,
}

/// Why the distribution's source differs.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeTable {
    /// The releases that it applies to.
    pub releases: Option<Vec<String>>,
    /// The class in words.
    pub class: String,
    /// What it does.
    pub summary: String,
    /// Where it comes from.
    pub origin: Option<String>,
    /// The texts that show it.
    #[serde(default)]
    pub files: Vec<String>,
    /// From this day on.
    pub since: Option<Moment>,
    /// Until before this day.
    pub until: Option<Moment>,
}

/// `expected.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedFile {
    expected: Vec<ExpectedTable>,
}

/// Packages that may be missing or extra.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedTable {
    /// Which of the two.
    pub presence: String,
    /// The releases that it applies to.
    pub releases: Option<Vec<String>>,
    /// The architectures that it applies to.
    pub architectures: Option<Vec<String>>,
    /// The packages.
    pub packages: Vec<String>,
    /// Why.
    pub reason: String,
}

/// `advisories.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AdvisoriesFile {
    advisory: Vec<AdvisoryTable>,
}

/// One advisory, of one side or both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdvisoryTable {
    /// The release.
    pub release: String,
    /// Year and number, as both sides' names have them.
    pub number: String,
    /// The severity in words.
    pub severity: String,
    /// The source packages with the versions that fix them.
    pub packages: BTreeMap<String, EvrText>,
    /// The vulnerabilities with the days on which they became public.
    pub cves: BTreeMap<String, Moment>,
    /// The day of the reference's advisory.
    pub reference: Option<Moment>,
    /// The day of the distribution's.
    pub published: Option<Moment>,
    /// Whether the distribution's has the reference's date.
    #[serde(default)]
    pub copied: bool,
    /// When the distribution's was changed last.
    pub updated: Option<Moment>,
}

/// One of the two sides.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum SideWord {
    /// The distribution.
    Distribution,
    /// The reference.
    Reference,
}

/// An EVR as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct EvrText(pub Evr);

/// A day or a time as it is written.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(try_from = "String")]
pub struct Moment(pub Timestamp);

/// An architecture as it is written.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(try_from = "String")]
pub struct ArchitectureName(pub Architecture);

/// Reads the definition in a folder. A version without the dist tag of its release is refused, as most likely misspelt.
pub fn read_definition(folder: &Path) -> Result<Definition, Error> {
    let distribution: DistributionFile = read_toml(&folder.join("distribution.toml"))?;
    let packages: PackagesFile = read_toml(&folder.join("packages.toml"))?;
    let expected: ExpectedFile = read_toml(&folder.join("expected.toml"))?;
    let advisories: AdvisoriesFile = read_toml(&folder.join("advisories.toml"))?;
    let further: FurtherFile = read_toml(&folder.join("further.toml"))?;
    for package in &packages.package {
        for (release, version) in &package.versions {
            let tag = distribution
                .release
                .iter()
                .find(|known| known.id == *release)
                .map(|known| &known.dist_tag);
            if tag.is_none_or(|tag| !version.0.release.contains(tag.as_str())) {
                return Err(Error::configuration(
                    folder.join("packages.toml").display(),
                    format!(
                        "{}: {} is no version of release {release}",
                        package.name, version.0
                    ),
                    "correct the version or the release",
                ));
            }
        }
    }
    Ok(Definition {
        distribution,
        packages: packages.package,
        expected: expected.expected,
        advisories: advisories.advisory,
        further: further.package,
        exports: read_exports(folder)?,
    })
}

fn centos_stream() -> String {
    "CentOS Stream".to_owned()
}

impl TryFrom<String> for EvrText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Evr::parse(&text)
            .map(Self)
            .ok_or_else(|| format!("“{text}” is no epoch:version-release"))
    }
}

impl TryFrom<String> for Moment {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
            .map(Self)
            .map_err(|error: crate::domain::MalformedTimestamp| error.to_string())
    }
}

impl TryFrom<String> for ArchitectureName {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
            .map(Self)
            .map_err(|error: crate::domain::UnknownArchitecture| error.to_string())
    }
}
