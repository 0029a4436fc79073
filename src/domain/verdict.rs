//! Verdict, cause and grade of evidence: what a comparison comes to.

/// What the comparison of one source package on one architecture comes to.
///
/// The order is that of distance from the reference, so that the greatest of several is the least favourable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Nothing to compare with: never part of a share, its count stands beside it.
    NotCompared,
    /// In both, same version, not modified.
    Matched,
    /// In both, same version once the suffix is taken off, and no change alters behaviour on purpose.
    Patched,
    /// Everything else that was compared; always with a cause.
    Diverging,
}

/// Why a package diverges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The distribution decided it.
    ByChoice(Choice),
    /// The distribution's version is older than the reference's.
    UpdatePending,
    /// The reference has it, the distribution has not, and no list says so.
    MissingUnexpectedly,
    /// Nothing that is known explains it: a state of its own, never hidden in another.
    Unexplained,
}

/// What the distribution decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Choice {
    /// It keeps hardware that the reference dropped.
    Hardware,
    /// It adds a feature.
    Feature,
    /// It builds the kernel from other sources.
    Kernel,
    /// It fixed a vulnerability before the reference did.
    SecurityFixAhead,
}

/// How well a verdict is founded, the best grade greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// Versions alone.
    Inferred,
    /// What the build system recorded as the source of the build.
    Tagged,
    /// Both sides' sources were compared.
    Proven,
}

impl Verdict {
    /// All verdicts, in the order in which they are shown.
    pub const ALL: [Verdict; 4] = [
        Self::Matched,
        Self::Patched,
        Self::Diverging,
        Self::NotCompared,
    ];
}

impl Cause {
    /// All causes, in the order in which they are shown.
    pub const ALL: [Cause; 7] = [
        Self::ByChoice(Choice::Kernel),
        Self::ByChoice(Choice::SecurityFixAhead),
        Self::ByChoice(Choice::Hardware),
        Self::ByChoice(Choice::Feature),
        Self::UpdatePending,
        Self::MissingUnexpectedly,
        Self::Unexplained,
    ];
}
