//! What became of a package from one snapshot to a later one.

use super::{NotComparedReason, Outcome, Verdict};

/// How one package stands on one architecture at one snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// What the comparison came to; `None` where neither side has the package.
    pub outcome: Option<Outcome>,
    /// The distribution's EVR, as it is published; empty where it has the package in a version that is not known here.
    pub distribution: Option<String>,
    /// The reference's EVR likewise.
    pub reference: Option<String>,
    /// Whether the distribution may have the package although its list at hand has it not: the list is not complete, or could
    /// not be read.
    pub distribution_untold: bool,
    /// Likewise of the reference.
    pub reference_untold: bool,
}

/// What one side did with a package meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SideChange {
    /// It has the version that it had, or still none.
    Unchanged,
    /// It has it now.
    Added,
    /// It has it no more.
    Removed,
    /// It has another version of it.
    Updated,
    /// It is not listed, or was not, and that means nothing: the list is not complete, or could not be read.
    Unknown,
}

/// Another verdict, cause or reason than at the snapshot before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The source package.
    pub package: String,
    /// The architectures on which it went this way, in the order of the report.
    pub architectures: Vec<String>,
    /// How it stood.
    pub before: Standing,
    /// How it stands.
    pub after: Standing,
}

impl SideChange {
    /// From the version before to that after; of each, whether its absence means nothing.
    fn between(before: (Option<&str>, bool), after: (Option<&str>, bool)) -> Self {
        match (before, after) {
            ((None, true), (Some(_), _)) | ((Some(_), _), (None, true)) => Self::Unknown,
            ((None, false), (Some(_), _)) => Self::Added,
            ((Some(_), _), (None, false)) => Self::Removed,
            ((before, _), (after, _)) if before == after => Self::Unchanged,
            _ => Self::Updated,
        }
    }
}

impl Standing {
    /// Whether it diverges.
    pub fn diverges(&self) -> bool {
        let verdict = self.outcome.map(|outcome| outcome.verdict);
        verdict == Some(Verdict::Diverging)
    }

    /// Whether it can be told if it diverges: it was compared, or a side is known not to have it.
    pub fn is_told(&self) -> bool {
        use NotComparedReason::{AddedOnPurpose, NoCounterpart, RemovedOnPurpose};
        let reason = self.outcome.and_then(|outcome| outcome.not_compared);
        let is_told = reason.is_none_or(|reason| {
            matches!(reason, AddedOnPurpose | NoCounterpart | RemovedOnPurpose)
        });
        is_told && !self.distribution_untold && !self.reference_untold
    }
}

impl Transition {
    /// What the distribution did. Where neither side did anything, what is known of the package has changed.
    pub fn distribution(&self) -> SideChange {
        let [before, after] = [&self.before, &self.after].map(|standing| {
            let evr = standing.distribution.as_deref();
            (evr, standing.distribution_untold)
        });
        SideChange::between(before, after)
    }

    /// What the reference did.
    pub fn reference(&self) -> SideChange {
        let [before, after] = [&self.before, &self.after].map(|standing| {
            let evr = standing.reference.as_deref();
            (evr, standing.reference_untold)
        });
        SideChange::between(before, after)
    }

    /// Whether both sides have what they had, so that only what is known of the package, or how it is compared, has changed.
    pub fn is_of_knowledge(&self) -> bool {
        let sides = (self.distribution(), self.reference());
        self.knows_versions() && sides == (SideChange::Unchanged, SideChange::Unchanged)
    }

    /// Whether the versions of both sides are known, before and after.
    pub fn knows_versions(&self) -> bool {
        let (before, after) = (&self.before, &self.after);
        let versions = [
            &before.distribution,
            &before.reference,
            &after.distribution,
            &after.reference,
        ];
        !versions.into_iter().flatten().any(String::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Presence;

    #[test]
    fn what_a_list_that_is_not_complete_lacks_was_neither_removed_nor_added() {
        let listed = |reference: Option<&str>, reference_untold| Standing {
            distribution: Some("1-1".to_owned()),
            reference: reference.map(str::to_owned),
            reference_untold,
            ..Standing::default()
        };
        let check = |untold, expected: [SideChange; 2]| {
            let (there, absent) = (listed(Some("1-1"), false), listed(None, untold));
            let between = |before: &Standing, after: &Standing| Transition {
                package: "bash".to_owned(),
                architectures: Vec::new(),
                before: before.clone(),
                after: after.clone(),
            };
            let ways = [between(&there, &absent), between(&absent, &there)];
            assert_eq!(ways.clone().map(|way| way.reference()), expected);
            let distribution = ways.map(|way| way.distribution());
            assert_eq!(distribution, [SideChange::Unchanged; 2]);
        };
        use SideChange::{Added, Removed, Unknown};
        check(false, [Removed, Added]);
        check(true, [Unknown; 2]);
    }

    #[test]
    fn whether_it_diverges_is_told_where_it_was_compared_or_a_side_lacks_it() {
        let check = |reason: Option<NotComparedReason>, reference_untold, expected| {
            let standing = Standing {
                outcome: reason.map(|reason| Outcome::not_compared(Presence::Extra, reason)),
                reference_untold,
                ..Standing::default()
            };
            assert_eq!(standing.is_told(), expected, "{reason:?}");
        };
        check(None, false, true);
        check(None, true, false);
        check(Some(NotComparedReason::NoCounterpart), false, true);
        check(Some(NotComparedReason::AddedOnPurpose), true, false);
        check(Some(NotComparedReason::ReferenceIncomplete), true, false);
        check(Some(NotComparedReason::Unreadable), true, false);
        check(Some(NotComparedReason::UnmarkedVersion), false, false);
    }
}
