//! What became of a package from one snapshot to a later one.

use super::Outcome;

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
    fn between(before: Option<&str>, after: Option<&str>) -> Self {
        match (before, after) {
            (None, Some(_)) => Self::Added,
            (Some(_), None) => Self::Removed,
            (before, after) if before == after => Self::Unchanged,
            _ => Self::Updated,
        }
    }
}

impl Transition {
    /// What the distribution did. Where neither side did anything, what is known of the package has changed.
    pub fn distribution(&self) -> SideChange {
        SideChange::between(
            self.before.distribution.as_deref(),
            self.after.distribution.as_deref(),
        )
    }

    /// What the reference did.
    pub fn reference(&self) -> SideChange {
        SideChange::between(
            self.before.reference.as_deref(),
            self.after.reference.as_deref(),
        )
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
