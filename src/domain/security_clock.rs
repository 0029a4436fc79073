//! How far a distribution is with a security fix, measured against the reference's advisory.

use super::{AdvisoryId, DateGrade, DatedFact, Severity};

/// One advisory with the days on which its fix came where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdvisoryClock {
    /// The distribution's name of it; the reference's where the distribution has none.
    pub id: AdvisoryId,
    /// How severe it is.
    pub severity: Severity,
    /// How far the distribution is with it.
    pub state: FixState,
    /// The reference's advisory that it is measured against.
    pub counterpart: Option<Counterpart>,
    /// When the first of its vulnerabilities became public.
    pub disclosed: Option<DatedFact>,
    /// When the reference issued its advisory.
    pub reference: Option<DatedFact>,
    /// When the repository of packages in testing had the fixing build.
    pub testing: Option<DatedFact>,
    /// When the distribution published it.
    pub distribution: Option<DatedFact>,
    /// When its repositories had the fix of which it published an advisory later.
    pub in_repositories: Option<DatedFact>,
    /// The vulnerabilities, sorted.
    pub cves: Vec<String>,
    /// The source packages that it fixes, sorted; one stands there as often as it has versions.
    pub packages: Vec<String>,
}

/// The reference's advisory that one of the distribution's is measured against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counterpart {
    /// Its name.
    pub id: AdvisoryId,
    /// Why it is that one.
    pub basis: PairBasis,
}

/// Why two advisories belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PairBasis {
    /// They have one kind, year and number.
    SameNumber,
    /// The distribution's names the reference's.
    Named,
    /// They correct one vulnerability in one package; it is the first such advisory.
    SharedVulnerability,
}

/// How far the distribution is with a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FixState {
    /// It has an advisory of the fix.
    Announced,
    /// Its repositories have the fixed version, and it has no advisory of it.
    FixedWithoutAdvisory,
    /// Its repository of packages in testing has the fixed version.
    InTesting,
    /// Its repositories have an older version.
    Open,
    /// It has no advisory of it, and whether its repositories have the fix cannot be told.
    Unknown(UnknownFix),
}

/// Why it cannot be told whether repositories have a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnknownFix {
    /// None of its packages is in the distribution's repositories.
    NoSuchPackage,
    /// The repositories have the fix of some of its packages, and do not have others.
    MissingPackages,
    /// They have the fix of what they list, and may have more than they list.
    IncompleteLists,
    /// It is of a module stream, several of which stand beside each other.
    ModuleStream,
    /// The reference's advisory has several versions for one source package, and none of them is known to be its own.
    SeveralVersions,
    /// The repositories do not record the epochs that order the versions.
    NoEpochs,
}

/// The signed time from the reference's advisory to the distribution's; negative where the distribution leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lag {
    /// Whole days between the two days, in UTC.
    pub days: i64,
    /// Whether it is that long, or at most that long.
    pub grade: DateGrade,
    /// Whether the reference's day is known from the distribution's copy of it alone.
    pub from_copy: bool,
}

/// Why no lag is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoLag {
    /// The distribution has no advisory.
    NotAnnounced,
    /// It is the distribution's own, and no advisory of the reference is known that corrects the same.
    NoCounterpart,
    /// The day of the reference's advisory is not known.
    ReferenceDayUnknown,
    /// The day of the distribution's publication is not known.
    DistributionDayUnknown,
}

impl NoLag {
    /// All of them, in the order in which they are told.
    pub const ALL: [NoLag; 4] = [
        Self::ReferenceDayUnknown,
        Self::DistributionDayUnknown,
        Self::NoCounterpart,
        Self::NotAnnounced,
    ];
}

impl AdvisoryClock {
    /// The time from the reference's advisory to the distribution's, where both days are known.
    pub fn lag(&self) -> Result<Lag, NoLag> {
        lag_of(
            self.state,
            self.counterpart.is_some(),
            self.reference,
            self.distribution,
        )
    }
}

/// The time between two days, where the distribution announced the fix, there is something to measure it against, and both
/// days are known.
pub fn lag_of(
    state: FixState,
    has_counterpart: bool,
    reference: Option<DatedFact>,
    distribution: Option<DatedFact>,
) -> Result<Lag, NoLag> {
    if state != FixState::Announced {
        return Err(NoLag::NotAnnounced);
    }
    if !has_counterpart {
        return Err(NoLag::NoCounterpart);
    }
    let reference = reference.ok_or(NoLag::ReferenceDayUnknown)?;
    let distribution = distribution.ok_or(NoLag::DistributionDayUnknown)?;
    Ok(Lag {
        days: distribution.day - reference.day,
        grade: distribution.grade(),
        from_copy: reference.grade() == DateGrade::Copied,
    })
}
