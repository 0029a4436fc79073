//! The changes of packages as the configurations of the patching tool tell them, held against the source texts.

use super::package_configurations::PackageConfiguration;
use super::patches::name_of;
use super::source_texts::{ReadFile, SourceFiles};
use crate::analysis::ChangeRule;
use crate::diff::PatchHeader;
use crate::domain::Change;
use crate::publish::autopatch::{
    Action, Autopatch, Bearings, Explanation, FileContent, FilePair, changes_of, explain,
};
use crate::report::{HunkRecord, UnexplainedRecord};
use std::collections::BTreeMap;

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

/// What a configuration tells of a package whose files are at hand, or are not. `headers` are those of the patches among them.
pub fn configured_changes(
    package: &str,
    configuration: &PackageConfiguration,
    files: &SourceFiles,
    headers: &BTreeMap<String, PatchHeader>,
    rules: &[ChangeRule],
) -> ConfiguredChanges {
    let autopatch = &configuration.autopatch;
    let explanation = explain(autopatch, &pairs_of(files));
    let mut known_headers = configuration.headers.clone();
    known_headers.extend(headers.clone());
    let bearings = Bearings {
        package,
        rules,
        headers: &known_headers,
        reference_texts: &reference_texts(files),
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
            .any(|entry| matches!(entry.action, Action::ModifyRelease { .. })),
        warnings: warnings_of(package, autopatch, &explanation),
    }
}

fn pairs_of(files: &SourceFiles) -> Vec<FilePair<'_>> {
    fn content(file: &ReadFile) -> FileContent<'_> {
        file.text
            .as_deref()
            .map_or(FileContent::Binary, FileContent::Text)
    }
    let mut paths: Vec<&String> = files
        .reference
        .keys()
        .chain(files.distribution.keys())
        .collect();
    paths.sort();
    paths.dedup();
    let sides = paths.into_iter().map(|path| {
        (
            path,
            files.reference.get(path),
            files.distribution.get(path),
        )
    });
    sides
        .filter(|(_, before, after)| before != after)
        .map(|(path, before, after)| FilePair {
            path,
            before: before.map(content),
            after: after.map(content),
        })
        .collect()
}

/// The reference's specs and the names of its files: where it corrected something, they say so.
fn reference_texts(files: &SourceFiles) -> String {
    let mut texts = String::new();
    for (path, file) in &files.reference {
        texts.push_str(name_of(path));
        texts.push('\n');
        if path.ends_with(".spec") {
            texts.push_str(&String::from_utf8_lossy(
                file.text.as_deref().unwrap_or_default(),
            ));
        }
    }
    texts.to_ascii_uppercase()
}

fn warnings_of(package: &str, autopatch: &Autopatch, explanation: &Explanation) -> Vec<String> {
    let read = autopatch.warnings.iter();
    let mut warnings: Vec<String> = read
        .map(|warning| format!("{package}: config.yaml of autopatch: {warning}."))
        .collect();
    warnings.extend(explanation.idle.iter().map(|&index| {
        let entry = &autopatch.entries[index];
        format!(
            "{package}: config.yaml of autopatch: line {}: what the action {} would change is not so in the source texts.",
            entry.line,
            entry.action.kind().name()
        )
    }));
    if let count @ 1.. = explanation.unexplained.len() {
        let hunks = if count == 1 {
            "1 hunk".to_owned()
        } else {
            format!("{count} hunks")
        };
        warnings.push(format!(
            "{package}: {hunks} of the source texts are explained by no action of autopatch."
        ));
    }
    warnings.dedup();
    warnings
}
