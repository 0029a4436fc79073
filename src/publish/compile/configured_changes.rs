//! The changes of packages as the configurations of the patching tool tell them, held against the source texts.

use super::package_configurations::PackageConfiguration;
use super::patches::{PackagePatches, name_of};
use super::rebuilt_spec::without_release_and_changelog;
use super::source_texts::{ReadFile, Side, SourceFiles};
use crate::analysis::{BuildMark, Rules, normalise_release};
use crate::diff::cves_in;
use crate::domain::{Change, ChangedLines};
use crate::publish::autopatch::{
    Action, Autopatch, Bearings, Explanation, FileContent, FilePair, changes_of, changes_shown,
    explain, leaves_out,
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
    /// The mark that a build with these changes bears; `None` where it bears none.
    pub mark: Option<BuildMark>,
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
    /// The release that the distribution's are of, where they are those that are compared.
    pub release: Option<&'a str>,
    /// Whether they are all files of the source.
    pub are_complete: bool,
    /// The CVEs that advisories of the reference name.
    pub advised_cves: &'a BTreeSet<String>,
}

/// What a configuration tells of a package whose files are at hand, or are not. Where these are of a build that was made with another
/// state of it, those of its changes are there that the files show.
pub fn configured_changes(
    package: &str,
    configuration: &PackageConfiguration,
    texts: &HeldAgainst<'_>,
    rules: &Rules,
) -> ConfiguredChanges {
    let mark = mark_of(&configuration.autopatch, rules);
    let other_release = mark
        .as_ref()
        .zip(texts.release)
        .filter(|(mark, release)| !mark.is_on(release, &rules.marks))
        .map(|(_, release)| release);
    let of_other_build = other_release.map(|_| with_any_number(&configuration.autopatch));
    let autopatch = of_other_build.as_ref().unwrap_or(&configuration.autopatch);
    let mut explanation = explain(autopatch, &pairs_of(texts.files), texts.are_complete);
    if of_other_build.is_some() {
        explanation
            .unexplained
            .retain(|hunk| !is_of_rebuild(&hunk.lines, texts.files));
    }
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
    let mut warnings = warnings_of(package, autopatch, &explanation, texts.are_compared);
    let changes = match other_release {
        None => {
            warnings.extend(idle_actions(
                package,
                autopatch,
                &explanation,
                texts.are_compared,
            ));
            changes_of(autopatch, &explanation, &bearings)
        }
        Some(release) => {
            let marks = match &mark {
                Some(BuildMark::Suffix(suffix)) => format!("{suffix} to its release"),
                _ => "a mark to its release".to_owned(),
            };
            warnings.push(format!(
                "{package}: the configuration of autopatch appends {marks}, and the published one is {release}: it is of another build, and those of its changes alone count that the source texts show."
            ));
            changes_shown(autopatch, &explanation, &bearings)
        }
    };
    warnings.dedup();
    ConfiguredChanges {
        changes,
        unexplained: explanation
            .unexplained
            .iter()
            .map(|hunk| UnexplainedRecord {
                hunk: HunkRecord::from(&hunk.lines),
                reason: hunk.reason.to_string(),
            })
            .collect(),
        mark: match other_release {
            None => mark,
            Some(release) => Some(BuildMark::Release(release.to_owned())),
        },
        warnings,
    }
}

/// By what a build with a configuration is known, where that gives the release a mark that is known as the distribution's. A number
/// that the tool counts up, or a macro, does not tell which build it is.
fn mark_of(autopatch: &Autopatch, rules: &Rules) -> Option<BuildMark> {
    let mut whole = String::new();
    let mut is_certain = true;
    for entry in &autopatch.entries {
        if let Action::ModifyRelease { suffix, counts_up } = &entry.action {
            whole.push_str(suffix.trim());
            is_certain &= !counts_up && !suffix.contains('%');
        }
    }
    let (_, is_marked) = normalise_release(&format!("1{whole}"), &rules.marks);
    is_marked.then_some(match is_certain {
        true => BuildMark::Suffix(whole),
        false => BuildMark::Any,
    })
}

/// A configuration of which any number at the end of the release explains that: another build bears another.
fn with_any_number(autopatch: &Autopatch) -> Autopatch {
    let mut autopatch = autopatch.clone();
    for entry in &mut autopatch.entries {
        if let Action::ModifyRelease { counts_up, .. } = &mut entry.action {
            *counts_up = true;
        }
    }
    autopatch
}

/// Whether lines of a spec are nothing but its release and its changelog, which every rebuild writes: with the reference's in their
/// place the rest is the same.
fn is_of_rebuild(lines: &ChangedLines, files: &SourceFiles) -> bool {
    fn lines_of<'a>(side: &'a Side, path: &str) -> Option<Vec<&'a [u8]>> {
        let text = side.get(path)?.text.as_deref()?;
        Some(text.split_inclusive(|byte| *byte == b'\n').collect())
    }
    let ChangedLines {
        file,
        before,
        after,
    } = lines;
    let is_of_rebuild = || {
        let old = lines_of(&files.reference, file)?;
        let new = lines_of(&files.distribution, file)?;
        let taken_back = [
            new.get(..after.start)?,
            old.get(before.start..before.end)?,
            new.get(after.end..)?,
        ]
        .concat();
        let [new, taken_back] = [new.concat(), taken_back.concat()];
        Some(without_release_and_changelog(&new) == without_release_and_changelog(&taken_back))
    };
    file.ends_with(".spec") && is_of_rebuild().unwrap_or(false)
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
    warnings
}

/// What is told of the actions that find nothing to change.
fn idle_actions(
    package: &str,
    autopatch: &Autopatch,
    explanation: &Explanation,
    are_compared: bool,
) -> Vec<String> {
    let idle = explanation.idle.iter().map(|&index| {
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
    });
    idle.collect()
}
