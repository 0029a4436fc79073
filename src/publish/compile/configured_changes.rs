//! The changes of packages as the configurations of the patching tool tell them, held against the source texts.

use super::patches::{is_patch, name_of};
use super::source_texts::{ReadFile, SourceFiles, package_names};
use crate::analysis::ChangeRule;
use crate::diff::{PatchHeader, read_patch_header};
use crate::domain::Change;
use crate::publish::Error;
use crate::publish::autopatch::{
    Action, Autopatch, Bearings, Explanation, FileContent, FilePair, changes_of, explain,
    read_autopatch_file,
};
use crate::publish::configuration::AutopatchSetting;
use crate::report::{HunkRecord, UnexplainedRecord};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

/// Bytes of a patch that its header may take.
const HEADER_BYTES: u64 = 64 << 10;

/// The configuration of one package.
pub struct PackageConfiguration {
    autopatch: Autopatch,
    /// Where it is published.
    url: Option<String>,
    /// What the patches beside it say of themselves, by name.
    headers: BTreeMap<String, PatchHeader>,
}

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

/// Reads the configurations in a folder, by package.
pub fn read_configurations(
    setting: &AutopatchSetting,
) -> Result<BTreeMap<String, PackageConfiguration>, Error> {
    let mut configurations = BTreeMap::new();
    for name in package_names(&setting.folder)? {
        let folder = setting.folder.join(&name);
        let configuration = PackageConfiguration {
            autopatch: read_autopatch_file(&folder.join("config.yaml"))?,
            url: setting
                .url
                .as_ref()
                .map(|url| url.replace("{package}", &name)),
            headers: headers_beside(&folder.join("files"))?,
        };
        configurations.insert(name, configuration);
    }
    Ok(configurations)
}

fn headers_beside(folder: &Path) -> Result<BTreeMap<String, PatchHeader>, Error> {
    let mut headers = BTreeMap::new();
    if !folder.is_dir() {
        return Ok(headers);
    }
    let io = |error| Error::io(folder, error);
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if is_patch(&name) && path.is_file() {
            let mut start = Vec::new();
            let file = File::open(&path).map_err(|error| Error::io(&path, error))?;
            file.take(HEADER_BYTES)
                .read_to_end(&mut start)
                .map_err(|error| Error::io(&path, error))?;
            headers.insert(name, read_patch_header(&start));
        }
    }
    Ok(headers)
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
