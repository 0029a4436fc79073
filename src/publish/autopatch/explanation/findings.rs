//! What the files of a package tell of changes: which they show, and which they would show.

use super::super::configuration::Autopatch;
use super::super::traced_text::ChangeIndex;
use std::collections::BTreeSet;

/// What the files tell of changes.
#[derive(Default)]
pub(super) struct Findings {
    /// Changes that could be seen in the files if they were there.
    pub(super) judged: BTreeSet<ChangeIndex>,
    /// Changes that are seen in them.
    pub(super) present: BTreeSet<ChangeIndex>,
    /// Changes to files that are not looked into.
    pub(super) unseen: BTreeSet<ChangeIndex>,
    /// Changes of which a part is not there.
    pub(super) undone: BTreeSet<ChangeIndex>,
}

impl Findings {
    /// With all files at hand, what they do not show is not there.
    pub(super) fn judge_all(&mut self, autopatch: &Autopatch) {
        let entries = autopatch.entries.iter().enumerate();
        let of_files = entries.filter(|(_, entry)| entry.action.shows_in_files());
        self.judged.extend(of_files.map(|(index, _)| index));
    }

    /// The changes of which the files tell that they are not there, or not all of them.
    pub(super) fn idle(self) -> Vec<ChangeIndex> {
        let seen = self.present.union(&self.unseen).copied().collect();
        let absent = self.judged.difference(&seen);
        let idle: BTreeSet<ChangeIndex> = absent.chain(&self.undone).copied().collect();
        idle.into_iter().collect()
    }
}

#[cfg(test)]
mod tests;
