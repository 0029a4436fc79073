//! Makes changes of the domain of a configuration's actions: what each does in a sentence, its class, the lines that it explains.

use super::action::{Action, AddedFileKind, Target};
use super::configuration::Autopatch;
use super::explanation::Explanation;
use super::traced_text::ChangeIndex;
use crate::analysis::{ChangeFeatures, ChangeRule, class_of};
use crate::diff::{PatchHeader, cves_in, denies_correction, name_corrects_cve};
use crate::domain::{Change, ChangeClass, ChangedLines, without_mail_words};
use crate::report::is_http_address;
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a line that a sentence quotes.
const QUOTED_CHARACTERS: usize = 100;

/// What is at hand to class the actions of a package by.
#[derive(Clone, Copy, Debug)]
pub struct Bearings<'a> {
    /// The source package.
    pub package: &'a str,
    /// The table.
    pub rules: &'a [ChangeRule],
    /// What the headers of the patches at hand say, by the patches' names: one for each mail in the file.
    pub headers: &'a BTreeMap<String, Vec<PatchHeader>>,
    /// The CVEs that the reference's own texts of the version compared name; `None` where there are no such texts, so that it is
    /// not known what it has corrected.
    pub reference_cves: Option<&'a BTreeSet<String>>,
    /// Whether those are all: of texts that are not complete a patch may be missing that corrects another.
    pub reference_cves_are_complete: bool,
    /// The CVEs that advisories of the reference name, whatever its texts say.
    pub advised_cves: &'a BTreeSet<String>,
    /// Whether the explanation is of the texts of the versions compared, so that what they refute is not in the build.
    pub texts_are_compared: bool,
    /// Where the configuration is published, an http(s) address.
    pub origin: Option<&'a str>,
}

/// The changes of a package, in the order of the actions, without those that its texts refute.
pub fn changes_of(
    autopatch: &Autopatch,
    explanation: &Explanation,
    bearings: &Bearings<'_>,
) -> Vec<Change> {
    let purpose = only_purpose(autopatch);
    let entries = autopatch.entries.iter().enumerate();
    entries
        .filter(|(index, entry)| {
            !bearings.texts_are_compared || !leaves_out(explanation, *index, &entry.action)
        })
        .map(|(index, entry)| {
            change_of(
                index,
                &entry.action,
                explanation,
                purpose.as_deref(),
                bearings,
            )
        })
        .collect()
}

/// The changes that the texts of another build than the configuration's show. What that appends to the release, and what its changelog
/// says of all changes, is of its own build.
pub fn changes_shown(
    autopatch: &Autopatch,
    explanation: &Explanation,
    bearings: &Bearings<'_>,
) -> Vec<Change> {
    let entries = autopatch.entries.iter().enumerate();
    entries
        .filter(|(_, entry)| !matches!(entry.action, Action::ModifyRelease { .. }))
        .map(|(index, entry)| change_of(index, &entry.action, explanation, None, bearings))
        .filter(|change| !change.hunks.is_empty())
        .collect()
}

fn change_of(
    index: ChangeIndex,
    action: &Action,
    explanation: &Explanation,
    purpose: Option<&str>,
    bearings: &Bearings<'_>,
) -> Change {
    let mut doubts = explanation.doubts.iter();
    let is_doubted = bearings.texts_are_compared && doubts.any(|(doubted, _)| *doubted == index);
    let hunks = hunks_of(index, explanation);
    Change {
        class: match is_doubted {
            true => ChangeClass::Unknown,
            false => class_of_action(action, purpose, bearings),
        },
        summary: summary_of(action, bearings),
        origin: origin_of(action, bearings),
        files: files_of(&hunks),
        hunks,
    }
}

/// Whether a change is left out of a build of which these are the texts: they show nothing of it. What a script does is not known.
pub fn leaves_out(explanation: &Explanation, index: ChangeIndex, action: &Action) -> bool {
    action.shows_in_files() && explanation.refutes(index)
}

fn class_of_action(action: &Action, purpose: Option<&str>, bearings: &Bearings<'_>) -> ChangeClass {
    let Bearings { package, rules, .. } = *bearings;
    let features = ChangeFeatures {
        purpose: purpose.map(str::to_owned),
        ..features_of(action, bearings)
    };
    class_of(rules, package, action.kind(), &features)
}

/// What the changelog says where it says one thing alone: then all actions serve it. A list of things is not one.
fn only_purpose(autopatch: &Autopatch) -> Option<String> {
    let mut said = autopatch
        .entries
        .iter()
        .flat_map(|entry| match &entry.action {
            Action::ChangelogEntry { lines, .. } => lines.as_slice(),
            _ => &[],
        });
    let line = said.next().filter(|_| said.next().is_none())?;
    let about = ["AlmaLinux change:", "AlmaLinux changes:"]
        .iter()
        .find_map(|start| line.strip_prefix(start));
    let purpose = about.unwrap_or(line);
    // What stands in parentheses says where to read on.
    let purpose = purpose.split('(').next().unwrap_or_default().trim();
    let is_list = [", ", "; ", " and ", ": "]
        .iter()
        .any(|joint| purpose.contains(joint));
    (!purpose.is_empty() && !is_list).then(|| purpose.to_owned())
}

fn hunks_of(index: usize, explanation: &Explanation) -> Vec<ChangedLines> {
    let explained = explanation.explained.iter();
    explained
        .filter(|(_, changes)| changes.contains(&index))
        .map(|(lines, _)| lines.clone())
        .collect()
}

fn files_of(hunks: &[ChangedLines]) -> Vec<String> {
    let mut files: Vec<String> = hunks.iter().map(|lines| lines.file.clone()).collect();
    files.dedup();
    files
}

fn features_of(action: &Action, bearings: &Bearings<'_>) -> ChangeFeatures {
    match action {
        Action::Replace { find, replace, .. } => {
            let mut features = replaced(find.text(), replace);
            if let Some(lines) = put_under_condition(&features, replace) {
                features.removed = lines;
            }
            features
        }
        Action::DeleteLine { blocks, .. } => ChangeFeatures {
            removed: blocks.join("\n"),
            ..ChangeFeatures::default()
        },
        Action::AddLine { content, .. } => ChangeFeatures {
            added: content.clone(),
            ..ChangeFeatures::default()
        },
        Action::AddFile { name, number, .. } => added_file(name, *number, bearings),
        Action::DeleteFile { name } => ChangeFeatures {
            removed: name.clone(),
            ..ChangeFeatures::default()
        },
        Action::ModifyRelease { suffix, .. } => ChangeFeatures {
            added: suffix.clone(),
            ..ChangeFeatures::default()
        },
        Action::ChangelogEntry { lines, .. } => ChangeFeatures {
            added: lines.join("\n"),
            ..ChangeFeatures::default()
        },
        Action::RunScript { script } => ChangeFeatures {
            added: script.clone(),
            ..ChangeFeatures::default()
        },
        Action::Unknown { .. } => ChangeFeatures::default(),
    }
}

/// Lines that stand in both texts are neither taken away nor put in, and one that is commented out is taken away.
fn replaced(find: &str, replace: &str) -> ChangeFeatures {
    let lines =
        |text: &str| -> Vec<String> { text.lines().map(|line| line.trim().to_owned()).collect() };
    let (old, new) = (lines(find), lines(replace));
    let removed = old.iter().filter(|line| !new.contains(line));
    let added = new.iter().filter(|line| {
        let commented_out = line.strip_prefix('#').map(str::trim);
        !old.contains(line)
            && !commented_out.is_some_and(|text| old.iter().any(|line| line == text))
    });
    ChangeFeatures {
        removed: removed.cloned().collect::<Vec<_>>().join("\n"),
        added: added.cloned().collect::<Vec<_>>().join("\n"),
        ..ChangeFeatures::default()
    }
}

/// The lines to which nothing is done but to put them under a condition, which is to take them away where it does not hold.
fn put_under_condition(features: &ChangeFeatures, replace: &str) -> Option<String> {
    let is_condition = |line: &str| line.starts_with("%if") || line.starts_with("%endif");
    let condition = features.added.lines().next()?;
    let only_conditions = condition.starts_with("%if") && features.added.lines().all(is_condition);
    if !only_conditions || !features.removed.is_empty() {
        return None;
    }
    let lines: Vec<&str> = replace.lines().map(str::trim).collect();
    let start = lines.iter().position(|line| *line == condition)?;
    let end = lines.iter().rposition(|line| line.starts_with("%endif"))?;
    (start < end).then(|| lines[start + 1..end].join("\n"))
}

fn added_file(name: &str, number: Option<u32>, bearings: &Bearings<'_>) -> ChangeFeatures {
    let headers = headers_of(name, bearings);
    let mut added = vec![name.to_owned()];
    // The words of one of several mails tell nothing of the others.
    if let [header] = headers {
        added.extend(header.subject.clone());
    }
    let mut cves = match name_corrects_cve(name, bearings.package) {
        true => cves_in(name),
        false => Vec::new(),
    };
    let each_names_one = !cves.is_empty()
        || headers
            .iter()
            .all(|header| !header.corrected_cves.is_empty());
    let corrected = headers.iter().flat_map(|header| &header.corrected_cves);
    cves.extend(corrected.cloned());
    let is_denied = denies_correction(name) || headers.iter().any(PatchHeader::denies_correction);
    ChangeFeatures {
        removed: String::new(),
        added: added.join("\n"),
        number,
        from_upstream: !headers.is_empty()
            && !names_unknown_cve(name, headers, bearings)
            && headers.iter().all(|header| {
                header.is_from_upstream(name)
                    && header.says_that_it_corrects(name)
                    && !is_kept_by_almalinux(header)
            }),
        known_cve: bearings
            .reference_cves
            .filter(|_| !cves.is_empty() && each_names_one && !is_denied)
            .map(|known| cves.iter().filter(|cve| !known.contains(*cve)))
            // The reference may have corrected in another way what its texts do not name.
            .filter(|unknown| {
                !unknown
                    .clone()
                    .any(|cve| bearings.advised_cves.contains(cve))
            })
            .map(|unknown| unknown.count() == 0)
            .filter(|is_known| *is_known || bearings.reference_cves_are_complete),
        purpose: None,
    }
}

/// Whether a patch names a CVE, for whatever reason, that the reference is not known to have corrected: to take it may be to correct
/// that before the reference does.
fn names_unknown_cve(name: &str, headers: &[PatchHeader], bearings: &Bearings<'_>) -> bool {
    let is_known = |cve: &String| {
        let by_texts = bearings
            .reference_cves
            .is_some_and(|known| known.contains(cve));
        by_texts || bearings.advised_cves.contains(cve)
    };
    let mut in_headers = headers.iter().flat_map(|header| &header.cves);
    !in_headers.all(is_known) || !cves_in(name).iter().all(is_known)
}

/// Where a change comes from: the place that the patch names which it adds, else that of the configuration.
fn origin_of(action: &Action, bearings: &Bearings<'_>) -> Option<String> {
    let headers = match action {
        Action::AddFile { name, .. } => headers_of(name, bearings),
        _ => &[],
    };
    let named = match headers {
        [header] => header.origin_address(),
        // What one of several mails names is not where the others come from.
        _ => None,
    };
    named
        .filter(|address| is_http_address(address))
        .or_else(|| bearings.origin.map(str::to_owned))
}

/// Whether a patch names a repository of AlmaLinux's as its origin: its patches are kept there, and none comes from there.
fn is_kept_by_almalinux(header: &PatchHeader) -> bool {
    let address = header.origin_address();
    address.is_some_and(|address| address.to_ascii_lowercase().contains("almalinux"))
}

fn headers_of<'a>(name: &str, bearings: &Bearings<'a>) -> &'a [PatchHeader] {
    bearings.headers.get(name).map_or(&[], Vec::as_slice)
}

fn summary_of(action: &Action, bearings: &Bearings<'_>) -> String {
    match action {
        Action::Replace {
            target,
            find,
            replace,
            ..
        } => summary_of_replace(target, find.text(), replace),
        Action::DeleteLine { target, blocks } => {
            format!(
                "Deletes {} from {}",
                quoted(&blocks.join("\n")),
                file_of(target)
            )
        }
        Action::AddLine {
            section, content, ..
        } => format!(
            "Adds {} to the section {section} of the spec",
            quoted(content)
        ),
        Action::AddFile { kind, name, .. } => {
            let subject = PatchHeader::joined(headers_of(name, bearings)).subject;
            let what = match kind {
                AddedFileKind::Patch => "patch",
                AddedFileKind::Source => "file",
            };
            match subject {
                Some(subject) => {
                    format!("Adds the {what} {name}: {}", without_mail_words(&subject))
                }
                None => format!("Adds the {what} {name}"),
            }
        }
        Action::DeleteFile { name } => format!("Deletes the file {name}"),
        Action::RunScript { script } => {
            format!("Runs the script {script}, whose effect is not known")
        }
        Action::ModifyRelease { suffix, counts_up } => {
            let counting = if *counts_up {
                ", counted up with each rebuild"
            } else {
                ""
            };
            format!("Appends {suffix} to the release{counting}")
        }
        Action::ChangelogEntry { lines, .. } => {
            let said = without_mail_words(&lines.join("\n"));
            format!("Says in the changelog: {}", quoted(&said))
        }
        Action::Unknown { name } => {
            format!("Does something that is not known, by the action {name}")
        }
    }
}

fn summary_of_replace(target: &Target, find: &str, replace: &str) -> String {
    let features = replaced(find, replace);
    let file = file_of(target);
    if let Some(lines) = put_under_condition(&features, replace) {
        let condition = features.added.lines().next().unwrap_or_default();
        return format!(
            "Puts {} in {file} under {}",
            quoted(&lines),
            quoted(condition)
        );
    }
    match (features.removed.trim(), features.added.trim()) {
        ("", "") => format!("Replaces {} in {file}", quoted(find)),
        ("", added) => format!("Adds {} to {file}", quoted(added)),
        (removed, "") => format!("Takes {} out of {file}", quoted(removed)),
        (removed, added) => format!(
            "Replaces {} by {} in {file}",
            quoted(removed),
            quoted(added)
        ),
    }
}

fn file_of(target: &Target) -> &str {
    match target {
        Target::Spec => "the spec",
        Target::Files(pattern) => pattern,
    }
}

/// The first line that says something, in quotes, and how many more there are.
fn quoted(text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let shown: String = first.chars().take(QUOTED_CHARACTERS).collect();
    let cut = if shown.len() < first.len() { "…" } else { "" };
    match lines.count() {
        0 => format!("“{shown}{cut}”"),
        1 => format!("“{shown}{cut}” and 1 more line"),
        more => format!("“{shown}{cut}” and {more} more lines"),
    }
}

#[cfg(test)]
mod tests;
