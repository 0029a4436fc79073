//! Explains one file: which changes make its lines what they are, or why none does.

use super::super::action::Action;
use super::super::application::FileRole;
use super::super::configuration::Autopatch;
use super::super::traced_text::ChangeIndex;
use super::doubts::has_other_content;
use super::findings::Findings;
use super::{Explanation, FileContent, FilePair, Unexplained, UnexplainedReason};
use crate::diff::{Hunk, Space, Text, line_hunks};
use crate::domain::ChangedLines;
use std::ops::Range;

/// Explains one file of a package.
pub(super) struct Explainer<'a> {
    pub(super) autopatch: &'a Autopatch,
    pub(super) explanation: &'a mut Explanation,
    pub(super) findings: &'a mut Findings,
    pub(super) path: &'a str,
    /// Whether the files are all of the source.
    pub(super) are_complete: bool,
}

impl<'a> Explainer<'a> {
    /// Explains the file, of which both sides differ.
    pub(super) fn explain(&mut self, file: &FilePair<'_>) {
        let role = self.role();
        let name = role.name();
        match (file.before, file.after) {
            (before, Some(after)) if has_other_content(self.autopatch, name, after) => {
                let before = before.map_or(0, line_count);
                let reason = UnexplainedReason::OtherContent;
                self.push(0..before, 0..line_count(after), Err(reason));
            }
            (Some(_), Some(_)) if !self.changes_that(is_added).is_empty() => {
                let mut changes = self.changes_that(is_added);
                changes.extend(self.changes_that(is_deleted));
                changes.sort_unstable();
                self.overwritten(file, &changes);
            }
            (Some(FileContent::Text(before)), Some(FileContent::Text(after))) => {
                self.texts(before, after);
            }
            (Some(_), Some(_)) => {
                let reason = UnexplainedReason::Binary;
                self.push(0..0, 0..0, Err(reason));
            }
            (None, Some(after)) => self.whole_file(0..0, 0..line_count(after), is_added),
            (Some(before), None) => self.whole_file(0..line_count(before), 0..0, is_deleted),
            (None, None) => {}
        }
    }

    /// The changes whose action is such a one for the file.
    pub(super) fn changes_that(&self, does: fn(&Action, &str) -> bool) -> Vec<ChangeIndex> {
        let role = self.role();
        let entries = self.autopatch.entries.iter().enumerate();
        entries
            .filter(|(_, entry)| does(&entry.action, role.name()))
            .map(|(index, _)| index)
            .collect()
    }

    /// A file that one side alone has. Where the files are not all of the source, the other side may have it, too, so that there is
    /// nothing to explain.
    fn whole_file(
        &mut self,
        before: Range<usize>,
        after: Range<usize>,
        does: fn(&Action, &str) -> bool,
    ) {
        let changes = self.changes_that(does);
        let outcome = match changes.is_empty() {
            false => Ok(changes),
            true if self.are_complete => Err(UnexplainedReason::NoAction(self.opaque())),
            true => return,
        };
        self.push(before, after, outcome);
    }

    /// A file of the reference's in whose place the configuration puts its own.
    fn overwritten(&mut self, file: &FilePair<'_>, changes: &[ChangeIndex]) {
        let hunks = match (file.before, file.after) {
            (Some(FileContent::Text(before)), Some(FileContent::Text(after))) => {
                line_hunks(&Text::new(before), &Text::new(after), Space::Exact)
            }
            _ => vec![Hunk {
                before: 0..0,
                after: 0..0,
            }],
        };
        for hunk in hunks {
            self.push(hunk.before, hunk.after, Ok(changes.to_vec()));
        }
    }

    /// The actions of which nothing is known.
    pub(super) fn opaque(&self) -> Vec<String> {
        let entries = self.autopatch.entries.iter();
        entries
            .filter_map(|entry| match &entry.action {
                Action::RunScript { script } => Some(format!("the script {script}")),
                Action::Unknown { name } => Some(format!("the action {name}")),
                _ => None,
            })
            .collect()
    }

    /// What the file is to the configuration.
    pub(super) fn role(&self) -> FileRole<'a> {
        FileRole {
            path: self.path,
            is_spec: self.path.ends_with(".spec"),
        }
    }

    /// Takes in what explains some lines, or why nothing does.
    pub(super) fn push(
        &mut self,
        before: Range<usize>,
        after: Range<usize>,
        outcome: Result<Vec<ChangeIndex>, UnexplainedReason>,
    ) {
        let lines = ChangedLines {
            file: self.path.to_owned(),
            before: before.into(),
            after: after.into(),
        };
        match outcome {
            Ok(changes) => {
                self.findings.present.extend(&changes);
                self.explanation.explained.push((lines, changes));
            }
            Err(reason) => self
                .explanation
                .unexplained
                .push(Unexplained { lines, reason }),
        }
    }
}

fn line_count(content: FileContent<'_>) -> usize {
    match content {
        FileContent::Text(text) => Text::new(text).line_count(),
        FileContent::Binary(_) => 0,
    }
}

fn is_added(action: &Action, file: &str) -> bool {
    matches!(action, Action::AddFile { name, .. } if name == file)
}

fn is_deleted(action: &Action, file: &str) -> bool {
    matches!(action, Action::DeleteFile { name } if name == file)
}
