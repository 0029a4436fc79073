//! Which changes a file would show if they were there.

use super::super::action::Action;
use super::super::application::{is_counted_release, takes_mark};
use super::explainer::Explainer;
use super::{FileContent, FilePair};

impl Explainer<'_> {
    /// Takes in which changes the file would show.
    pub(super) fn judge(&mut self, file: &FilePair<'_>) {
        let role = self.role();
        let are_texts = matches!(
            (file.before, file.after),
            (Some(FileContent::Text(_)), Some(FileContent::Text(_)))
        );
        for (index, entry) in self.autopatch.entries.iter().enumerate() {
            let is_seen = match &entry.action {
                Action::Replace { target, .. } | Action::DeleteLine { target, .. } => {
                    role.is_hit_by(target).then_some(are_texts)
                }
                Action::AddLine { .. } => role.is_spec.then_some(are_texts),
                Action::AddFile {
                    modifies_spec: true,
                    ..
                } if role.is_spec => Some(are_texts),
                // What the distribution's files lack that are not complete may be there all the same.
                Action::AddFile { name, .. } | Action::DeleteFile { name } => {
                    (role.name() == name).then_some(self.are_complete || file.after.is_some())
                }
                Action::ModifyRelease { .. } => role
                    .is_spec
                    .then_some(are_texts && shows_its_release(file.before)),
                Action::ChangelogEntry { .. } => role
                    .is_spec
                    .then_some(are_texts && !has_line(file.after, is_made_changelog)),
                Action::RunScript { .. } | Action::Unknown { .. } => None,
            };
            match is_seen {
                Some(true) => self.findings.judged.insert(index),
                Some(false) => self.findings.unseen.insert(index),
                None => false,
            };
        }
    }
}

fn has_line(content: Option<FileContent<'_>>, is_meant: fn(&str) -> bool) -> bool {
    match content {
        Some(FileContent::Text(text)) => String::from_utf8_lossy(text).lines().any(is_meant),
        Some(FileContent::Binary(_)) | None => false,
    }
}

/// Whether a mark in the release would be seen in the spec, which is not so where its release is made when it is built.
fn shows_its_release(spec: Option<FileContent<'_>>) -> bool {
    has_line(spec, takes_mark) || !has_line(spec, is_counted_release)
}

/// Whether a line of a spec stands for a changelog that is made when it is built.
fn is_made_changelog(line: &str) -> bool {
    line.trim() == "%autochangelog"
}
