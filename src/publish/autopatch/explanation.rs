//! Holds both sides' texts against a configuration: which change explains which lines, and which lines none explains.
//!
//! The actions are applied to the reference's text. Where that comes to the distribution's text, the lines are explained by the
//! changes that wrote them; where it does not, they are not explained, whatever the configuration means to do there.

mod differences;
mod doubts;
mod explainer;
mod findings;
mod judged;
#[cfg(test)]
mod tests;
mod texts;
mod unexplained;

use super::configuration::Autopatch;
use super::traced_text::ChangeIndex;
use crate::domain::ChangedLines;
pub use doubts::Doubt;
use doubts::doubts;
use explainer::Explainer;
use findings::Findings;
pub use unexplained::{Unexplained, UnexplainedReason};

/// One file of a package, whether it differs between the sides or not.
#[derive(Clone, Copy, Debug)]
pub struct FilePair<'a> {
    /// Its path in the source package.
    pub path: &'a str,
    /// The reference's text; `None` where it has no such file.
    pub before: Option<FileContent<'a>>,
    /// The distribution's text.
    pub after: Option<FileContent<'a>>,
}

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileContent<'a> {
    /// A text.
    Text(&'a [u8]),
    /// Something that is no text, or too large for one: its digest.
    Binary(&'a str),
}

/// What the configuration explains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// Lines with the changes that explain them, sorted.
    pub explained: Vec<(ChangedLines, Vec<ChangeIndex>)>,
    /// Lines that no change explains, sorted.
    pub unexplained: Vec<Unexplained>,
    /// Changes of which the files tell that they are not there: they found nothing to change, or their text is not there.
    pub idle: Vec<ChangeIndex>,
    /// Changes whose lines may be there, and which do not do what they say, sorted.
    pub doubts: Vec<(ChangeIndex, Doubt)>,
}

/// Explains the files of a package. `are_complete` tells whether they are all files of the source, so that what is not among them
/// is not there.
pub fn explain(autopatch: &Autopatch, files: &[FilePair<'_>], are_complete: bool) -> Explanation {
    let mut explanation = Explanation::default();
    let mut findings = Findings::default();
    for file in files {
        let mut explainer = Explainer {
            autopatch,
            explanation: &mut explanation,
            findings: &mut findings,
            path: file.path,
            are_complete,
        };
        explainer.judge(file);
        if file.before != file.after {
            explainer.explain(file);
        } else if let Some(FileContent::Text(text)) = file.after {
            explainer.take_undone(text);
        }
    }
    if are_complete && !files.is_empty() {
        findings.judge_all(autopatch);
    }
    explanation.explained.sort();
    explanation
        .unexplained
        .sort_by(|left, right| left.lines.cmp(&right.lines));
    explanation.idle = findings.idle();
    explanation.doubts = doubts(autopatch, files, are_complete);
    explanation
}

impl Explanation {
    /// Whether the files tell that nothing of a change is there.
    pub fn refutes(&self, change: ChangeIndex) -> bool {
        self.idle.contains(&change)
            && !self
                .explained
                .iter()
                .any(|(_, changes)| changes.contains(&change))
    }
}
