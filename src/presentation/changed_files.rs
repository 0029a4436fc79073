//! The files of a package that differ between the two sides.

use crate::report::{Package, SourceFile};

/// A file that differs, as it stands in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its path in the source package.
    pub path: String,
    /// `+3 −2`, that one side alone has it, or its sizes where it is not shown as text.
    pub what: String,
    /// Whether both sides are published as texts, as far as they exist.
    pub has_text: bool,
}

/// The files that differ, in the order of their paths; those whose path has `part`, whatever its letters' size.
pub fn changed_files(package: &Package, part: &str) -> Vec<ChangedFile> {
    let part = part.trim().to_lowercase();
    let files = package.texts.iter().flat_map(|texts| &texts.files);
    let changed = files.filter(|file| is_changed(file));
    changed
        .filter(|file| file.path.to_lowercase().contains(&part))
        .map(|file| ChangedFile {
            path: file.path.clone(),
            what: what(file),
            has_text: has_text(file),
        })
        .collect()
}

/// The paths of the changed files before and after one, of those that have texts.
pub fn neighbours(package: &Package, path: &str) -> [Option<String>; 2] {
    let files: Vec<ChangedFile> = changed_files(package, "")
        .into_iter()
        .filter(|file| file.has_text)
        .collect();
    let before = files.iter().rev().find(|file| file.path.as_str() < path);
    let after = files.iter().find(|file| file.path.as_str() > path);
    [before, after].map(|file| file.map(|file| file.path.clone()))
}

fn is_changed(file: &SourceFile) -> bool {
    let digest = |side: &Option<crate::report::SourceFileSide>| {
        side.as_ref().map(|side| side.digest.clone())
    };
    digest(&file.reference) != digest(&file.distribution)
}

fn has_text(file: &SourceFile) -> bool {
    let mut sides = [&file.reference, &file.distribution].into_iter().flatten();
    sides.all(|side| side.published)
}

fn what(file: &SourceFile) -> String {
    let counts = file
        .lines
        .map(|lines| format!("+{} −{}", lines.added, lines.removed));
    let presence = match (&file.reference, &file.distribution) {
        (None, Some(_)) => Some("added".to_owned()),
        (Some(_), None) => Some("removed".to_owned()),
        _ => None,
    };
    let text = (!has_text(file)).then(|| "binary or too large".to_owned());
    let parts: Vec<String> = [presence, counts, text].into_iter().flatten().collect();
    parts.join(", ")
}
