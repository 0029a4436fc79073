//! Whether files that are added do what the configuration says: are there, as the configuration has them, and applied.

use super::super::action::{Action, AddedFileKind};
use super::super::configuration::Autopatch;
use super::super::patch_application::surely_leaves_out;
use super::super::traced_text::ChangeIndex;
use super::{FileContent, FilePair};
use std::fmt;

/// Why a file that is added does not do what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The source has no such file.
    Absent,
    /// The spec does not apply the patch.
    NotApplied,
    /// The source's file of that name is not the configuration's.
    OtherContent,
}

/// The files that are added and of which the texts tell for certain that they do not do what they say.
pub(super) fn doubts(
    autopatch: &Autopatch,
    files: &[FilePair<'_>],
    are_complete: bool,
) -> Vec<(ChangeIndex, Doubt)> {
    let specs = files.iter().filter(|file| file.path.ends_with(".spec"));
    let mut specs = specs.filter_map(|file| match file.after? {
        FileContent::Text(text) => Some(String::from_utf8_lossy(text)),
        FileContent::Binary(_) => None,
    });
    let spec = specs.next().filter(|_| specs.next().is_none());
    let doubt_of = |action: &Action| {
        let Action::AddFile { kind, name, .. } = action else {
            return None;
        };
        let is_patch = *kind == AddedFileKind::Patch;
        let has_name = |file: &&FilePair<'_>| file.path.rsplit('/').next() == Some(name.as_str());
        let content = files.iter().find(has_name).and_then(|file| file.after);
        match (content, &spec) {
            (None, Some(_)) if is_patch && are_complete => Some(Doubt::Absent),
            (Some(content), _) if has_other_content(autopatch, name, content) => {
                Some(Doubt::OtherContent)
            }
            (_, Some(spec)) if is_patch && surely_leaves_out(spec, name) => Some(Doubt::NotApplied),
            _ => None,
        }
    };
    let entries = autopatch.entries.iter().enumerate();
    entries
        .filter_map(|(index, entry)| Some((index, doubt_of(&entry.action)?)))
        .collect()
}

/// Whether the configuration has a patch of that name, with other content.
pub(super) fn has_other_content(
    autopatch: &Autopatch,
    name: &str,
    content: FileContent<'_>,
) -> bool {
    match content {
        FileContent::Text(text) => autopatch
            .own_patches
            .get(name)
            .is_some_and(|own| own != text),
        FileContent::Binary(_) => false,
    }
}

/// What is so, in words that follow a file's name.
impl fmt::Display for Doubt {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Absent => "is not among the source texts, which are complete",
            Self::NotApplied => "is not applied by the spec",
            Self::OtherContent => "has other content in the source texts than in the configuration",
        })
    }
}

#[cfg(test)]
mod tests;
