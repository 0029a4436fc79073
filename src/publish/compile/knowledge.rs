//! What is known of packages beside the repositories: source texts, changes, and lists of what is expected.

use super::package_file::ChangesFile;
use super::source_texts::read_source_folder;
use crate::analysis::PackageKnowledge;
use crate::domain::Change;
use crate::publish::abi_reports::read_tool_reports;
use crate::publish::albs::read_builds;
use crate::publish::configuration::{Configuration, ReleaseSetting, read_toml};
use crate::publish::output::Staging;
use crate::publish::{Cause, Error};
use crate::report::{BuildRunRecord, SourceTextsRecord, ToolReport};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a release's packages.
#[derive(Default)]
pub struct Knowledge {
    /// What the comparison needs, by source package.
    pub packages: BTreeMap<String, PackageKnowledge>,
    /// The source texts as they are published.
    pub texts: BTreeMap<String, SourceTextsRecord>,
    /// The last builds of a package.
    pub builds: BTreeMap<String, Vec<BuildRunRecord>>,
    /// What lists say of a package's presence, in sentences.
    pub expectations: BTreeMap<String, String>,
    /// What other tools said of packages.
    pub tool_reports: BTreeMap<String, Vec<ToolReport>>,
    /// The packages of which changes, texts or reports are at hand.
    pub described: BTreeSet<String>,
    /// What is doubtful about it.
    pub warnings: Vec<String>,
}

/// Reads all that is known of a release's packages; texts are put into the published set.
pub fn knowledge_of(
    release: &ReleaseSetting,
    configuration: &Configuration,
    staging: &mut Staging,
) -> Result<Knowledge, Error> {
    let mut knowledge = Knowledge::default();
    let parties = (
        configuration.reference.name.as_str(),
        configuration.distribution.name.as_str(),
    );
    for folder in &release.source_folders {
        for (name, package) in read_source_folder(folder, parties, staging)? {
            if !knowledge.described.insert(name.clone()) {
                let cause = Cause::SourceText(
                    "another folder has source texts of this package, too".to_owned(),
                );
                return Err(Error::at(folder.join(name).display(), cause));
            }
            if let Some(record) = package.record {
                knowledge.texts.insert(name.clone(), record);
            }
            let known = knowledge.packages.entry(name).or_default();
            known.texts = package.evidence;
            known.changes.extend(package.changes);
        }
    }
    for file in &release.change_files {
        let changes: ChangesFile = read_toml(file)?;
        for table in changes.change {
            let name = table.package.clone();
            knowledge.described.insert(name.clone());
            knowledge
                .packages
                .entry(name)
                .or_default()
                .changes
                .push(Change::from(table));
        }
    }
    for setting in &release.builds {
        let (packages, warnings) = read_builds(setting)?;
        knowledge.warnings.extend(warnings);
        for (name, builds) in packages {
            let known = knowledge.packages.entry(name.clone()).or_default();
            known.tags.extend(builds.tags);
            knowledge
                .builds
                .entry(name)
                .or_default()
                .extend(builds.runs);
        }
    }
    for folder in &release.tool_report_folders {
        for (name, reports) in read_tool_reports(folder)? {
            knowledge.described.insert(name.clone());
            let known = knowledge.tool_reports.entry(name).or_default();
            known.extend(reports);
        }
    }
    add_expectations(release, &mut knowledge)?;
    drop_files_that_are_not_there(&mut knowledge);
    Ok(knowledge)
}

fn add_expectations(release: &ReleaseSetting, knowledge: &mut Knowledge) -> Result<(), Error> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for list in &release.expected {
        for name in &list.packages {
            let known = knowledge.packages.entry(name.clone()).or_default();
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
    let sentences = reasons
        .into_iter()
        .map(|(name, reasons)| (name.to_owned(), reasons.join("; ")));
    knowledge.expectations = sentences.collect();
    Ok(())
}

/// A change may name only files that the reader can open.
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
            for path in change.files.iter().filter(|path| !is_there(path)) {
                knowledge.warnings.push(format!(
                    "{name}: the change “{}” names the file {path}, which is not among the source texts.",
                    change.summary
                ));
            }
            change.files.retain(is_there);
        }
    }
}
