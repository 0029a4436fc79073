//! The configuration word for word: one type per table, every key that there is.

use super::model::{FurtherRole, OriginRole};
use crate::report::AdvisoryFormatName;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigurationFile {
    /// Whether all of it is invented.
    #[serde(default)]
    pub sample: bool,
    /// The distribution.
    pub distribution: PartyTable,
    /// The reference.
    pub reference: PartyTable,
    /// What the distribution once promised.
    pub promise: Option<PromiseTable>,
    /// The distribution's rules; AlmaLinux's where absent.
    #[serde(default)]
    pub rules: RulesTable,
    /// What happens when a repository over http(s) cannot be read.
    #[serde(default)]
    pub on_failure: OnFailureWord,
    /// Certificates for some addresses.
    #[serde(default)]
    pub client: Vec<ClientTable>,
    /// The releases.
    #[serde(default)]
    pub release: Vec<ReleaseTable>,
}

/// What happens when a repository over http(s) cannot be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OnFailureWord {
    /// The run goes on without what the repository had.
    #[default]
    Continue,
    /// Nothing is published.
    Stop,
}

/// `[[client]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientTable {
    /// The beginning of the addresses.
    pub prefix: String,
    /// A file with the operator's certificate in PEM.
    pub client_certificate: Option<String>,
    /// A file with the key of it in PEM.
    pub client_key: Option<String>,
    /// A file with the authorities that may sign the host's certificate, in PEM.
    pub ca_certificate: Option<String>,
}

/// `[distribution]` or `[reference]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyTable {
    /// Its name.
    pub name: String,
    /// Its bug tracker.
    pub tracker: Option<TrackerTable>,
}

/// A bug tracker.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrackerTable {
    /// What it is called.
    pub name: String,
    /// Its http(s) address.
    pub url: String,
}

/// `[promise]`, in percent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromiseTable {
    /// What it is called.
    pub label: String,
    /// Percent matched.
    pub matched: f64,
    /// Percent patched.
    pub patched: f64,
    /// Percent diverging.
    pub diverging: f64,
    /// Where it was announced.
    pub url: Option<String>,
}

/// `[rules]`; each key that is there replaces the default.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RulesTable {
    /// How releases of changed packages are marked.
    pub marks: Option<Vec<MarkTable>>,
    /// How releases of packages are marked that an origin changed, by its role.
    pub origin_marks: Option<BTreeMap<OriginRole, Vec<MarkTable>>>,
    /// Packages that bear another name in the distribution.
    pub renames: Option<Vec<RenameTable>>,
    /// Source packages whose version does not show a change.
    pub unmarked_packages: Option<Vec<String>>,
    /// Source packages that are kernels.
    pub kernel_packages: Option<Vec<String>>,
    /// The table by which changes are classed, the first line that fits first.
    pub changes: Option<Vec<ChangeRuleTable>>,
}

/// One line of the table by which changes are classed. All that it names must hold.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRuleTable {
    /// The class in words.
    pub class: String,
    /// Kinds of action in words; all where absent.
    #[serde(default)]
    pub actions: Vec<String>,
    /// Source packages; all where absent.
    #[serde(default)]
    pub packages: Vec<String>,
    /// The first and the last number of patches or sources.
    pub numbers: Option<[u32; 2]>,
    /// Words of which one must be taken away.
    #[serde(default)]
    pub removes: Vec<String>,
    /// Words of which none may be taken away.
    #[serde(default)]
    pub removes_none: Vec<String>,
    /// Words of which one must be put in.
    #[serde(default)]
    pub adds: Vec<String>,
    /// Words of which none may be put in.
    #[serde(default)]
    pub adds_none: Vec<String>,
    /// Words of which each that is put in must be one, beside those of `adds` and `names`; any where absent.
    #[serde(default)]
    pub known_words: Vec<String>,
    /// Words of which one must be taken away or put in.
    #[serde(default)]
    pub names: Vec<String>,
    /// Words of which one must stand in the changelog's only line; beside words or lines that must be changed.
    #[serde(default)]
    pub says: Vec<String>,
    /// Patterns with `*` of which each changed line must fit one.
    #[serde(default)]
    pub only_lines: Vec<String>,
    /// Whether nothing may be put in.
    #[serde(default)]
    pub only_removes: bool,
    /// Whether each word that is taken away must be put in again.
    #[serde(default)]
    pub only_adds: bool,
    /// Architectures, with a star at the end for any characters, on which alone anything may change.
    #[serde(default)]
    pub only_on: Vec<String>,
    /// Whether nothing but the words of `removes` and `adds` may differ.
    #[serde(default)]
    pub only_words: bool,
    /// Whether the header of a patch must say from where upstream it was taken, and that it corrects something.
    #[serde(default)]
    pub from_upstream: bool,
    /// Whether a CVE must be said to be corrected that the reference names, too, or does not name.
    pub known_cve: Option<bool>,
    /// Why, in one sentence.
    pub because: String,
}

/// One mark: `suffix` with `numbers`, or `before_dist_tag`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarkTable {
    /// A word of its own in the release.
    pub suffix: Option<String>,
    /// How many numbers may follow it.
    pub numbers: Option<usize>,
    /// `.0.N` before the dist tag.
    #[serde(default)]
    pub before_dist_tag: bool,
}

/// One rename: both prefixes, or both names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenameTable {
    /// The beginning of the reference's names.
    pub reference_prefix: Option<String>,
    /// The beginning of the distribution's names.
    pub distribution_prefix: Option<String>,
    /// The reference's name.
    pub reference: Option<String>,
    /// The distribution's name.
    pub distribution: Option<String>,
    /// Whether the distribution numbers its versions on its own.
    #[serde(default)]
    pub own_versions: bool,
}

/// `[[release]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseTable {
    /// Its name in addresses.
    pub id: String,
    /// Whether the binary interfaces of packages are compared.
    #[serde(default = "yes")]
    pub abi: bool,
    /// The distribution's minor release.
    pub distribution_minor: String,
    /// The reference's minor release.
    pub reference_minor: String,
    /// Its architectures.
    #[serde(default)]
    pub architecture: Vec<ArchitectureTable>,
    /// The distribution's repositories, in the order of preference.
    #[serde(default)]
    pub distribution: Vec<RepositoryTable>,
    /// The reference's repositories.
    #[serde(default)]
    pub reference: Vec<RepositoryTable>,
    /// Repositories that sources may come from.
    #[serde(default)]
    pub origin: Vec<BesideTable<OriginRole>>,
    /// Repositories that are read for what they tell beside the comparison.
    #[serde(default)]
    pub further: Vec<BesideTable<FurtherRole>>,
    /// Source texts.
    #[serde(default)]
    pub sources: Vec<SourcesTable>,
    /// Configurations of the patching tool.
    #[serde(default)]
    pub autopatch: Vec<AutopatchTable>,
    /// Files of changes.
    #[serde(default)]
    pub changes: Vec<ChangesTable>,
    /// Folders of the reference's package manifest.
    #[serde(default)]
    pub manifest: Vec<ManifestTable>,
    /// Files of what people say of packages.
    #[serde(default)]
    pub statements: Vec<StatementsTable>,
    /// Folders of builds.
    #[serde(default)]
    pub builds: Vec<BuildsTable>,
    /// Advisories of both sides.
    #[serde(default)]
    pub advisories: Vec<AdvisoriesTable>,
    /// Folders of lists of kernel symbols.
    #[serde(default)]
    pub kernel_lists: Vec<KernelListsTable>,
    /// Folders of reports of other tools.
    #[serde(default)]
    pub tool_reports: Vec<ToolReportsTable>,
    /// Differences in presence that are expected.
    #[serde(default)]
    pub expected: Vec<ExpectedTable>,
}

/// `[[release.architecture]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArchitectureTable {
    /// The distribution's architecture.
    pub name: String,
    /// The reference's; the same where absent, `none` where there is none.
    pub compared_with: Option<String>,
}

/// `[[release.distribution]]` or `[[release.reference]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RepositoryTable {
    /// The repository's name.
    pub name: String,
    /// A folder or address, with `$arch` for the architecture.
    pub location: String,
    /// Further addresses of the same repository, tried in this order.
    #[serde(default)]
    pub mirrors: Vec<String>,
    /// Whether it has all that there is.
    #[serde(default = "yes")]
    pub complete: bool,
    /// Whether its metadata record epochs.
    #[serde(default = "yes")]
    pub records_epochs: bool,
    /// The only architectures of the distribution that it is read for.
    pub architectures: Option<Vec<String>>,
    /// Binary packages to leave out.
    #[serde(default)]
    pub exclude: Vec<String>,
}

/// `[[release.origin]]` or `[[release.further]]`: a repository that is read and not compared.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BesideTable<Role> {
    /// What it is.
    pub role: Role,
    /// The repository's name, or the origin's.
    pub name: String,
    /// A folder or address, with `$arch` for the architecture.
    pub location: String,
    /// Further addresses of the same repository, tried in this order.
    #[serde(default)]
    pub mirrors: Vec<String>,
    /// Whether its metadata record epochs.
    #[serde(default = "yes")]
    pub records_epochs: bool,
    /// The only architectures of the distribution that it is read for.
    pub architectures: Option<Vec<String>>,
    /// Binary packages to leave out.
    #[serde(default)]
    pub exclude: Vec<String>,
}

impl<Role> BesideTable<Role> {
    /// Its role, and the rest as that of a repository that has all that there is.
    pub fn into_repository(self) -> (Role, RepositoryTable) {
        let repository = RepositoryTable {
            name: self.name,
            location: self.location,
            mirrors: self.mirrors,
            complete: true,
            records_epochs: self.records_epochs,
            architectures: self.architectures,
            exclude: self.exclude,
        };
        (self.role, repository)
    }
}

/// `[[release.sources]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcesTable {
    /// A folder with one folder per source package.
    pub folder: Option<String>,
    /// Instead of it the git repository of a package, with `{package}`.
    pub git: Option<String>,
    /// The reference's branch.
    pub before_branch: Option<String>,
    /// The distribution's branch.
    pub after_branch: Option<String>,
    /// Instead of both the reference's source packages: source repositories, or folders of SRPM files.
    pub srpms_before: Option<Vec<String>>,
    /// The distribution's.
    pub srpms_after: Option<Vec<String>>,
    /// Whose texts those of the reference's side are, where they are of another, such as `UBI`.
    pub before_name: Option<String>,
    /// Whose those of the distribution's side are.
    pub after_name: Option<String>,
    /// The source packages that are read from git repositories or SRPM files; patterns choose among those that both sides have.
    pub packages: Option<Vec<String>>,
}

/// `[[release.autopatch]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AutopatchTable {
    /// A folder with one folder per source package, each with its `config.yaml`.
    pub folder: Option<String>,
    /// Instead of it the git repository of a package, with `{package}`.
    pub git: Option<String>,
    /// The branch that has the configuration.
    pub branch: Option<String>,
    /// The source packages whose repositories are read; patterns choose among those that the distribution has.
    pub packages: Option<Vec<String>>,
    /// Where the configuration of a package is published, an http(s) address with `{package}`.
    pub url: Option<String>,
}

/// `[[release.changes]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangesTable {
    /// A file of changes.
    pub file: String,
}

/// `[[release.manifest]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestTable {
    /// A folder with one JSON file for each table of the manifest.
    pub folder: String,
    /// The major release whose tables count; the release's id where absent.
    pub major: Option<String>,
}

/// `[[release.statements]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementsTable {
    /// A list in JSON, as AlmaLinux keeps one of modified packages, or notes in TOML.
    pub file: String,
    /// Who says it.
    pub who: String,
    /// The name of the release in the list; its id where absent.
    pub release: Option<String>,
}

/// `[[release.builds]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuildsTable {
    /// A folder with files of builds.
    pub folder: Option<String>,
    /// The address of the build system's interface, in place of a folder.
    pub address: Option<String>,
    /// How many of its pages are read.
    pub pages: Option<u32>,
    /// Single builds that are read, by their numbers; without `pages` they alone.
    pub ids: Option<Vec<u64>>,
    /// The only platform whose tasks count.
    pub platform: Option<String>,
    /// The address of a build's page, with `{id}` for its number.
    pub page: Option<String>,
    /// The address of a log, with `{id}` for the number of its build and `{log}` for the name of its file.
    pub logs: Option<String>,
}

/// `[[release.advisories]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdvisoriesTable {
    /// Whose advisories they are.
    pub side: AdvisorySideWord,
    /// What the file is.
    pub format: AdvisoryFormatName,
    /// What it is called.
    pub name: String,
    /// A file, a folder of JSON documents, or the address of a file.
    pub location: String,
    /// The ecosystem or product that counts in documents of OSV and CSAF.
    pub ecosystem: Option<String>,
    /// The address of an advisory's page, with `{id}` or `{id-with-dash}` for its name.
    pub page: Option<String>,
    /// The column of a table of dates that has them; `date` where absent.
    pub date_column: Option<String>,
    /// Its column that says of which rows many came at once, so that their dates tell nothing.
    pub bulk_column: Option<String>,
}

/// Whose advisories.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AdvisorySideWord {
    /// The distribution's.
    Distribution,
    /// The reference's.
    Reference,
}

/// `[[release.kernel_lists]]`, both sides' lists of kernel symbols.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KernelListsTable {
    /// A folder with the reference's lists, one file per version and architecture.
    pub reference: String,
    /// A folder with the distribution's.
    pub distribution: String,
}

/// `[[release.tool_reports]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToolReportsTable {
    /// A folder with one folder per source package.
    pub folder: String,
}

/// `[[release.expected]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedTable {
    /// `missing` or `extra`.
    pub presence: PresenceWord,
    /// Source or binary packages, by their names or by patterns of them (`rhc-*`).
    pub packages: Vec<String>,
    /// The only architectures of the distribution that it is said of.
    pub architectures: Option<Vec<String>>,
    /// Why, in one sentence.
    pub reason: String,
}

/// What is expected.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PresenceWord {
    /// The distribution removed it.
    Missing,
    /// The distribution added it.
    Extra,
}

fn yes() -> bool {
    true
}
