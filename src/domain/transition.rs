//! What became of a package from one snapshot to a later one.

use super::{NotComparedReason, Outcome};

/// How one package stands on one architecture at one snapshot.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Standing {
    /// What the comparison came to; `None` where neither side has the package.
    pub outcome: Option<Outcome>,
    /// The distribution's EVR, as it is published; empty where it has the package in a version that is not known here.
    pub distribution: Option<String>,
    /// The reference's EVR likewise.
    pub reference: Option<String>,
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
    /// From the version before to that after; of each, whether its absence means that the side does not have the package.
    fn between(before: (Option<&str>, bool), after: (Option<&str>, bool)) -> Self {
        match (before, after) {
            ((None, false), (Some(_), _)) | ((Some(_), _), (None, false)) => Self::Unknown,
            ((None, true), (Some(_), _)) => Self::Added,
            ((Some(_), _), (None, true)) => Self::Removed,
            ((before, _), (after, _)) if before == after => Self::Unchanged,
            _ => Self::Updated,
        }
    }
}

impl Standing {
    /// Whether what a side does not list it does not have. Of the reasons for which nothing is compared, some say that it cannot
    /// be told.
    fn absence_means(&self, untold: &[NotComparedReason]) -> bool {
        let reason = self.outcome.and_then(|outcome| outcome.not_compared);
        reason.is_none_or(|reason| !untold.contains(&reason))
    }
}

impl Transition {
    /// What the distribution did. Where neither side did anything, what is known of the package has changed.
    pub fn distribution(&self) -> SideChange {
        use NotComparedReason::{DistributionIncomplete, Unreadable};
        let untold = [DistributionIncomplete, Unreadable];
        let [before, after] = [&self.before, &self.after].map(|standing| {
            let evr = standing.distribution.as_deref();
            (evr, standing.absence_means(&untold))
        });
        SideChange::between(before, after)
    }

    /// What the reference did.
    pub fn reference(&self) -> SideChange {
        use NotComparedReason::{NoReferenceArchitecture, ReferenceIncomplete, Unreadable};
        let untold = [NoReferenceArchitecture, ReferenceIncomplete, Unreadable];
        let [before, after] = [&self.before, &self.after].map(|standing| {
            let evr = standing.reference.as_deref();
            (evr, standing.absence_means(&untold))
        });
        SideChange::between(before, after)
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
    fn what_a_list_that_is_not_complete_lacks_was_not_removed() {
        let listed = |reference: Option<&str>, reason: Option<NotComparedReason>| Standing {
            outcome: reason.map(|reason| Outcome::not_compared(Presence::Extra, reason)),
            distribution: Some("1-1".to_owned()),
            reference: reference.map(str::to_owned),
        };
        let check = |reason: Option<NotComparedReason>, expected: [SideChange; 2]| {
            let (there, absent) = (listed(Some("1-1"), None), listed(None, reason));
            let between = |before: &Standing, after: &Standing| Transition {
                package: "bash".to_owned(),
                architectures: Vec::new(),
                before: before.clone(),
                after: after.clone(),
            };
            let ways = [between(&there, &absent), between(&absent, &there)];
            assert_eq!(
                ways.clone().map(|way| way.reference()),
                expected,
                "{reason:?}"
            );
            let distribution = ways.map(|way| way.distribution());
            assert_eq!(distribution, [SideChange::Unchanged; 2]);
        };
        use NotComparedReason::{NoCounterpart, ReferenceIncomplete, Unreadable};
        use SideChange::{Added, Removed, Unknown};
        check(None, [Removed, Added]);
        check(Some(NoCounterpart), [Removed, Added]);
        check(Some(ReferenceIncomplete), [Unknown; 2]);
        check(Some(Unreadable), [Unknown; 2]);
    }
}
