//! The changes of packages as the configurations of the patching tool tell them, held against the source texts.

use super::package_configurations::PackageConfiguration;
use super::patches::{PackagePatches, name_of};
use super::source_texts::{ReadFile, SourceFiles};
use crate::analysis::{Rules, normalise_release};
use crate::diff::cves_in;
use crate::domain::Change;
use crate::publish::autopatch::{
    Action, Autopatch, Bearings, Explanation, FileContent, FilePair, changes_of, explain,
    leaves_out,
};
use crate::publish::numbers::counted;
use crate::report::{HunkRecord, UnexplainedRecord};
use std::collections::BTreeSet;

/// What a configuration tells of a package.
pub struct ConfiguredChanges {
    /// The changes.
    pub changes: Vec<Change>,
    /// What differs and none of them explains.
    pub unexplained: Vec<UnexplainedRecord>,
    /// Whether a build with these changes bears the distribution's mark.
    pub marks_release: bool,
    /// What is doubtful about it.
    pub warnings: Vec<String>,
}

/// A package's source texts, as a configuration is held against them.
pub struct HeldAgainst<'a> {
    /// The files; none where no texts are at hand.
    pub files: &'a SourceFiles,
    /// What the patches among them say.
    pub patches: &'a PackagePatches,
    /// Whether they are those of the versions that are compared: only then do they tell what is in the build.
    pub are_compared: bool,
    /// Whether they are all files of the source.
    pub are_complete: bool,
    /// The CVEs that advisories of the reference name.
    pub advised_cves: &'a BTreeSet<String>,
}

/// What a configuration tells of a package whose files are at hand, or are not.
pub fn configured_changes(
    package: &str,
    configuration: &PackageConfiguration,
    texts: &HeldAgainst<'_>,
    rules: &Rules,
) -> ConfiguredChanges {
    let autopatch = &configuration.autopatch;
    let explanation = explain(autopatch, &pairs_of(texts.files), texts.are_complete);
    let mut known_headers = configuration.headers.clone();
    known_headers.extend(texts.patches.headers.clone());
    let reference_cves = cves_of_reference(texts);
    let bearings = Bearings {
        package,
        rules: &rules.change_rules,
        headers: &known_headers,
        reference_cves: reference_cves.as_ref(),
        reference_cves_are_complete: texts.are_complete,
        advised_cves: texts.advised_cves,
        texts_are_compared: texts.are_compared,
        origin: configuration.url.as_deref(),
    };
    ConfiguredChanges {
        changes: changes_of(autopatch, &explanation, &bearings),
        unexplained: explanation
            .unexplained
            .iter()
            .map(|hunk| UnexplainedRecord {
                hunk: HunkRecord::from(&hunk.lines),
                reason: hunk.reason.to_string(),
            })
            .collect(),
        marks_release: autopatch
            .entries
            .iter()
            .any(|entry| marks_release(&entry.action, rules)),
        warnings: warnings_of(package, autopatch, &explanation, texts.are_compared),
    }
}

/// Whether an action gives the release a mark that is known as the distribution's.
fn marks_release(action: &Action, rules: &Rules) -> bool {
    match action {
        Action::ModifyRelease { suffix, .. } => {
            normalise_release(&format!("1{suffix}"), &rules.marks).1
        }
        _ => false,
    }
}

fn pairs_of(files: &SourceFiles) -> Vec<FilePair<'_>> {
    fn content(file: &ReadFile) -> FileContent<'_> {
        file.text.as_deref().map_or(
            FileContent::Binary(file.side.digest.as_str()),
            FileContent::Text,
        )
    }
    let mut paths: Vec<&String> = files
        .reference
        .keys()
        .chain(files.distribution.keys())
        .collect();
    paths.sort();
    paths.dedup();
    paths
        .into_iter()
        .map(|path| FilePair {
            path,
            before: files.reference.get(path).map(content),
            after: files.distribution.get(path).map(content),
        })
        .collect()
}

/// The CVEs that the reference's own texts name: its specs, its patches, the names of its files. `None` where there is no spec of
/// the version compared, so that nothing is known of what it has corrected.
fn cves_of_reference(texts: &HeldAgainst<'_>) -> Option<BTreeSet<String>> {
    let files = || texts.files.reference.iter();
    let mut specs = files()
        .filter(|(path, _)| path.ends_with(".spec"))
        .filter_map(|(_, file)| file.text.as_deref())
        .peekable();
    specs.peek().filter(|_| texts.are_compared)?;
    let mut cves = texts.patches.reference_cves.clone();
    cves.extend(files().flat_map(|(path, _)| cves_in(name_of(path))));
    for spec in specs {
        // Line by line, for of one text only so many are kept.
        cves.extend(String::from_utf8_lossy(spec).lines().flat_map(cves_in));
    }
    Some(cves)
}

fn warnings_of(
    package: &str,
    autopatch: &Autopatch,
    explanation: &Explanation,
    are_compared: bool,
) -> Vec<String> {
    let read = autopatch.warnings.iter();
    let mut warnings: Vec<String> = read
        .map(|warning| format!("{package}: config.yaml of autopatch: {warning}."))
        .collect();
    warnings.extend(explanation.idle.iter().map(|&index| {
        let entry = &autopatch.entries[index];
        let left_out = match are_compared && leaves_out(explanation, index, &entry.action) {
            true => ", and the change is left out",
            false => "",
        };
        format!(
            "{package}: config.yaml of autopatch: line {}: what the action {} would change is not so in the source texts{left_out}.",
            entry.line,
            entry.action.kind().name()
        )
    }));
    let doubts = explanation.doubts.iter().filter(|_| are_compared);
    warnings.extend(doubts.filter_map(|&(index, doubt)| {
        let entry = &autopatch.entries[index];
        let Action::AddFile { name, .. } = &entry.action else {
            return None;
        };
        let is_left_out = leaves_out(explanation, index, &entry.action);
        (!is_left_out).then(|| {
            format!(
                "{package}: config.yaml of autopatch: line {}: {name} {doubt}, so that its class is not known.",
                entry.line
            )
        })
    }));
    if let count @ 1.. = explanation.unexplained.len() {
        let hunks = counted(count, "hunk", "hunks");
        warnings.push(format!(
            "{package}: no action of autopatch explains {hunks} of the source texts."
        ));
    }
    warnings.dedup();
    warnings
}
