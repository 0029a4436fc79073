//! What is known of packages beside the repositories: source texts, changes, and lists of what is expected.

use super::builds::published_runs;
use super::configured_changes::{ConfiguredChanges, HeldAgainst, configured_changes};
use super::earlier_builds::carry_on_builds;
use super::expected_binaries::Meant;
use super::input_failures::ToldInputs;
use super::lists::ReleaseLists;
use super::manifest::{Levels, read_manifest};
use super::package_configurations::{PackageConfiguration, read_configurations};
use super::package_file::ChangesFile;
use super::package_sources::for_each_package_with_sources;
use super::patches::patches_of;
use super::release::Occasion;
use super::renamed_packages::under_own_names;
use super::source_texts::{PackageFolder, SourceFiles};
use super::statements::{Statements, read_statements};
use crate::analysis::{BuildMark, PackageKnowledge, Rules};
use crate::domain::{Architecture, Change};
use crate::publish::abi_reports::read_tool_reports;
use crate::publish::albs::{PagesRead, ReadBuilds, read_builds};
use crate::publish::configuration::{ReleaseSetting, read_toml};
use crate::publish::output::Staging;
use crate::publish::{Error, FailedInput};
use crate::report::{
    BuildRunRecord, BuildsSourceRecord, InputKind, PackageAdvisory, PatchRecord, SourceTextsRecord,
    ToolReport, UnexplainedRecord,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a release's packages.
#[derive(Default)]
pub struct Knowledge {
    /// What the comparison needs, by source package.
    pub packages: BTreeMap<String, PackageKnowledge>,
    /// The source texts as they are published.
    pub texts: BTreeMap<String, SourceTextsRecord>,
    /// The levels of the reference's package manifest, by binary package.
    pub levels: Levels,
    /// What people say of packages.
    pub statements: Statements,
    /// The last builds of a package.
    pub builds: BTreeMap<String, Vec<BuildRunRecord>>,
    /// What was read of build systems, in the order of the configuration.
    pub build_sources: Vec<BuildsSourceRecord>,
    /// What the patches among them say of themselves.
    pub patches: BTreeMap<String, Vec<PatchRecord>>,
    /// What differs in them and no change explains.
    pub unexplained: BTreeMap<String, Vec<UnexplainedRecord>>,
    /// The packages whose last changes, so many, are those of a configuration that marks what it builds so.
    pub(super) marking: BTreeMap<String, (usize, BuildMark)>,
    /// What lists say of a package's presence, in sentences.
    pub expectations: BTreeMap<String, String>,
    /// The advisories that fix a package.
    pub advisories: BTreeMap<String, Vec<PackageAdvisory>>,
    /// The CVEs that advisories of the reference name.
    advised_cves: BTreeSet<String>,
    /// What other tools said of packages.
    pub tool_reports: BTreeMap<String, Vec<ToolReport>>,
    /// The packages of which changes, texts or reports are at hand.
    pub described: BTreeSet<String>,
    /// What could not be read.
    pub failed: Vec<FailedInput>,
    /// What is doubtful about it.
    pub warnings: Vec<String>,
}

/// Reads all that is known of a release's packages; texts of those that either side has are put into the published set.
/// `advised_cves` are those that advisories of the reference name.
pub fn knowledge_of(
    release: &ReleaseSetting,
    lists: &ReleaseLists,
    advised_cves: BTreeSet<String>,
    occasion: &Occasion<'_>,
    staging: &mut Staging,
) -> Result<Knowledge, Error> {
    let rules = &occasion.configuration.rules;
    let mut knowledge = Knowledge {
        advised_cves,
        ..Knowledge::default()
    };
    for file in &release.change_files {
        let changes: ChangesFile = read_toml(file)?;
        for table in changes.change {
            let name = lists.own_name(table.package.clone());
            knowledge.described.insert(name.clone());
            knowledge
                .packages
                .entry(name)
                .or_default()
                .changes
                .push(Change::from(table));
        }
    }
    let read = read_configurations(release, lists, occasion)?;
    let mut configurations = under_own_names(read.configurations, &lists.renamed);
    knowledge.describe(read.described, lists);
    knowledge.take_told(read.told);
    let take = |name: String, package: PackageFolder| {
        let name = lists.own_name(name);
        if let Some(record) = package.record {
            knowledge.texts.insert(name.clone(), record);
        }
        let known = knowledge.packages.entry(name.clone()).or_default();
        known.texts = package.evidence;
        known.changes.extend(package.changes);
        let own = configurations.remove(&name);
        let texts = known.texts.as_ref();
        let are_compared = texts.is_some_and(|texts| lists.compare(&name, texts, rules));
        knowledge.add_files(name, &package.files, are_compared, own.as_ref(), rules);
    };
    let sources = for_each_package_with_sources(release, lists, occasion, staging, take)?;
    knowledge.describe(sources.described, lists);
    knowledge.take_told(sources.told);
    for (name, own) in configurations {
        knowledge.add_files(name, &SourceFiles::default(), false, Some(&own), rules);
    }
    let (mut oldest, mut pages) = (None, PagesRead::default());
    for setting in &release.builds {
        let ReadBuilds {
            packages,
            source,
            oldest_of_pages,
            pages: pages_of_system,
            failed,
            warnings,
        } = read_builds(
            setting,
            release.distribution_minor.major,
            occasion.fetcher,
            occasion.taken,
        )?;
        // Numbers of several build systems cannot be held against each other.
        oldest = oldest_of_pages.filter(|_| release.builds.len() == 1);
        pages = pages_of_system;
        knowledge.build_sources.push(source);
        knowledge.failed.extend(failed);
        knowledge.warnings.extend(warnings);
        for (name, builds) in packages {
            let name = lists.own_name(name);
            let known = knowledge.packages.entry(name.clone()).or_default();
            known.tags.extend(builds.tags);
            knowledge
                .builds
                .entry(name)
                .or_default()
                .extend(builds.runs);
        }
    }
    for runs in knowledge.builds.values_mut() {
        *runs = published_runs(std::mem::take(runs));
    }
    carry_on_builds(release, oldest, pages, occasion, &mut knowledge);
    let architectures: Vec<Architecture> = release
        .architectures
        .iter()
        .map(|setting| setting.name)
        .collect();
    for folder in &release.tool_report_folders {
        let warnings = &mut knowledge.warnings;
        for (name, reports) in read_tool_reports(folder, &architectures, warnings)? {
            let name = lists.own_name(name);
            knowledge.described.insert(name.clone());
            let known = knowledge.tool_reports.entry(name).or_default();
            known.extend(reports);
        }
    }
    let stops_on_failure = occasion.configuration.stops_on_failure;
    let mut told = ToldInputs::of(InputKind::Manifest);
    for setting in &release.manifest {
        match read_manifest(setting, &mut knowledge.levels) {
            Ok(warnings) => told.warnings.extend(warnings),
            Err(error) => {
                let folder = setting.folder.display().to_string();
                told.file_failed(&folder, error, stops_on_failure)?;
            }
        }
    }
    knowledge.take_told(told);
    let mut told = ToldInputs::of(InputKind::Statements);
    for setting in &release.statements {
        let statements = &mut knowledge.statements;
        match read_statements(setting, &release.id, occasion, statements) {
            Ok(warnings) => told.warnings.extend(warnings),
            Err(error) => {
                let file = setting.file.display().to_string();
                told.file_failed(&file, error, stops_on_failure)?;
            }
        }
    }
    knowledge.take_told(told);
    for (name, own) in &lists.renamed {
        if let Some(said) = knowledge.statements.remove(name) {
            let known = knowledge.statements.entry(own.clone()).or_default();
            known.extend(said);
        }
    }
    drop_files_that_are_not_there(&mut knowledge);
    Ok(knowledge)
}

impl Knowledge {
    /// Notes packages of which something was to be read.
    fn describe(&mut self, names: BTreeSet<String>, lists: &ReleaseLists) {
        let own = names.into_iter().map(|name| lists.own_name(name));
        self.described.extend(own);
    }

    fn take_told(&mut self, told: ToldInputs) {
        self.failed.extend(told.failed);
        self.warnings.extend(told.warnings);
    }

    /// Takes in what lists say of presence.
    pub fn add_expectations(
        &mut self,
        release: &ReleaseSetting,
        lists: &ReleaseLists,
    ) -> Result<(), Error> {
        let names = lists.names();
        let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for list in &release.expected {
            for name in list.packages.iter().map(String::as_str) {
                let meant = names_meant(name, &names, lists.binary_names());
                if meant.is_empty() {
                    self.warnings.push(format!(
                        "{name}: a list expects such packages to be missing or extra, and neither side has one."
                    ));
                }
                for name in meant {
                    let known = self.packages.entry(name.to_owned()).or_default();
                    for &architecture in &list.architectures {
                        let before = known.expectations.insert(architecture, list.expectation);
                        if before.is_some_and(|before| before != list.expectation) {
                            return Err(Error::configuration(
                                format_args!("release {}", release.id),
                                format!(
                                    "{name} is expected to be missing and to be extra on {architecture}"
                                ),
                                "take it out of one of the two lists",
                            ));
                        }
                    }
                    let reasons = reasons.entry(name).or_default();
                    if !reasons.contains(&list.reason.as_str()) {
                        reasons.push(&list.reason);
                    }
                }
            }
        }
        let sentences = reasons
            .into_iter()
            .map(|(name, reasons)| (name.to_owned(), reasons.join("; ")));
        self.expectations = sentences.collect();
        Ok(())
    }

    /// Takes in what a package's files tell, and its configuration, where it has one. `are_compared` tells whether the files are
    /// those of the versions that are compared.
    fn add_files(
        &mut self,
        name: String,
        files: &SourceFiles,
        are_compared: bool,
        configuration: Option<&PackageConfiguration>,
        rules: &Rules,
    ) {
        let autopatch = configuration.map(|configuration| &configuration.autopatch);
        let mut patches = patches_of(&name, files, autopatch, &mut self.warnings);
        let records = std::mem::take(&mut patches.records);
        if !records.is_empty() {
            self.patches.insert(name.clone(), records);
        }
        let Some(configuration) = configuration else {
            return;
        };
        let texts = self
            .packages
            .get(&name)
            .and_then(|known| known.texts.as_ref());
        let held_against = HeldAgainst {
            files,
            patches: &patches,
            are_compared,
            release: texts
                .and_then(|texts| texts.distribution.as_ref())
                .filter(|_| are_compared)
                .map(|evr| evr.release.as_str()),
            are_complete: texts.is_some_and(|texts| texts.complete),
            advised_cves: &self.advised_cves,
        };
        let ConfiguredChanges {
            changes,
            unexplained,
            mark,
            warnings,
        } = configured_changes(&name, configuration, &held_against, rules);
        self.warnings.extend(warnings);
        let known = self.packages.entry(name.clone()).or_default();
        match mark {
            None => {}
            // The source texts show them.
            Some(mark @ BuildMark::Release(_)) => {
                known.changes_of_marked_builds = changes.len();
                known.build_mark = mark;
            }
            Some(mark) => {
                self.marking.insert(name.clone(), (changes.len(), mark));
            }
        }
        known.has_unexplained_lines = !unexplained.is_empty();
        known.changes.extend(changes);
        if !unexplained.is_empty() {
            self.unexplained.insert(name, unexplained);
        }
    }
}

/// The packages that an entry of a list means: those that its pattern fits, of source packages or else of binary packages, or the
/// one that it names.
fn names_meant<'a>(
    entry: &'a str,
    names: &BTreeSet<&'a str>,
    binaries: impl Iterator<Item = &'a str>,
) -> BTreeSet<&'a str> {
    let meant = match Meant::new(entry) {
        Meant::Name(name) => return BTreeSet::from([name]),
        pattern => pattern,
    };
    let sources: BTreeSet<_> = names
        .iter()
        .copied()
        .filter(|name| meant.means(name))
        .collect();
    match sources.is_empty() {
        true => binaries.filter(|name| meant.means(name)).collect(),
        false => sources,
    }
}

/// A change may name only files that the reader can open. Where both sides were brought into the layout of a source package, it may
/// still name one by its place in the other.
fn drop_files_that_are_not_there(knowledge: &mut Knowledge) {
    for (name, known) in &mut knowledge.packages {
        let texts = knowledge.texts.get(name);
        let is_there = |path: &String| {
            texts.is_some_and(|texts| {
                texts
                    .files
                    .binary_search_by(|file| file.path.cmp(path))
                    .is_ok()
            })
        };
        for change in &mut known.changes {
            let named = std::mem::take(&mut change.files);
            for path in named {
                let mut places = ["", "SPECS/", "SOURCES/"].map(|folder| format!("{folder}{path}"));
                match places.iter_mut().find(|place| is_there(place)) {
                    Some(place) => change.files.push(std::mem::take(place)),
                    None => knowledge.warnings.push(format!(
                        "{name}: the change “{}” names the file {path}, which is not among the source texts.",
                        change.summary
                    )),
                }
            }
        }
    }
}
