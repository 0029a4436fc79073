//! The enumerations of the format, each the mirror of one of the domain's.

use crate::domain;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Declares a serde enumeration in kebab case, the domain's type that it mirrors, and the conversions both ways.
macro_rules! mirror {
    ($(#[$doc:meta])* $name:ident of $domain:ty { $($variant:ident = $value:expr => $value_pattern:pat),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
        #[serde(rename_all = "kebab-case")]
        #[allow(missing_docs, reason = "the domain's type documents each value")]
        pub enum $name { $($variant),+ }

        impl From<$domain> for $name {
            fn from(value: $domain) -> Self {
                match value { $($value_pattern => Self::$variant),+ }
            }
        }

        impl From<$name> for $domain {
            fn from(name: $name) -> Self {
                match name { $($name::$variant => $value),+ }
            }
        }
    };
}

mirror!(
    /// Mirrors [`domain::Presence`].
    PresenceName of domain::Presence {
        Both = domain::Presence::Both => domain::Presence::Both,
        Missing = domain::Presence::Missing => domain::Presence::Missing,
        Extra = domain::Presence::Extra => domain::Presence::Extra,
    }
);

mirror!(
    /// Mirrors [`domain::VersionRelation`].
    VersionRelationName of domain::VersionRelation {
        Same = domain::VersionRelation::Same => domain::VersionRelation::Same,
        Ahead = domain::VersionRelation::Ahead => domain::VersionRelation::Ahead,
        Behind = domain::VersionRelation::Behind => domain::VersionRelation::Behind,
    }
);

mirror!(
    /// Mirrors [`domain::SourceState`].
    SourceStateName of domain::SourceState {
        Unmodified = domain::SourceState::Unmodified => domain::SourceState::Unmodified,
        Modified = domain::SourceState::Modified => domain::SourceState::Modified,
        Unknown = domain::SourceState::Unknown => domain::SourceState::Unknown,
    }
);

mirror!(
    /// Mirrors [`domain::Verdict`].
    VerdictName of domain::Verdict {
        Matched = domain::Verdict::Matched => domain::Verdict::Matched,
        Patched = domain::Verdict::Patched => domain::Verdict::Patched,
        Diverging = domain::Verdict::Diverging => domain::Verdict::Diverging,
        NotCompared = domain::Verdict::NotCompared => domain::Verdict::NotCompared,
    }
);

mirror!(
    /// Mirrors [`domain::Cause`] with its choices side by side.
    CauseName of domain::Cause {
        Kernel = domain::Cause::ByChoice(domain::Choice::Kernel) => domain::Cause::ByChoice(domain::Choice::Kernel),
        SecurityFixAhead = domain::Cause::ByChoice(domain::Choice::SecurityFixAhead)
            => domain::Cause::ByChoice(domain::Choice::SecurityFixAhead),
        Hardware = domain::Cause::ByChoice(domain::Choice::Hardware) => domain::Cause::ByChoice(domain::Choice::Hardware),
        Feature = domain::Cause::ByChoice(domain::Choice::Feature) => domain::Cause::ByChoice(domain::Choice::Feature),
        UpdatePending = domain::Cause::UpdatePending => domain::Cause::UpdatePending,
        MissingUnexpectedly = domain::Cause::MissingUnexpectedly => domain::Cause::MissingUnexpectedly,
        Unexplained = domain::Cause::Unexplained => domain::Cause::Unexplained,
    }
);

mirror!(
    /// Mirrors [`domain::Evidence`].
    EvidenceName of domain::Evidence {
        Inferred = domain::Evidence::Inferred => domain::Evidence::Inferred,
        Tagged = domain::Evidence::Tagged => domain::Evidence::Tagged,
        Proven = domain::Evidence::Proven => domain::Evidence::Proven,
    }
);

mirror!(
    /// Mirrors [`domain::NotComparedReason`].
    NotComparedName of domain::NotComparedReason {
        AddedOnPurpose = domain::NotComparedReason::AddedOnPurpose => domain::NotComparedReason::AddedOnPurpose,
        NoCounterpart = domain::NotComparedReason::NoCounterpart => domain::NotComparedReason::NoCounterpart,
        RemovedOnPurpose = domain::NotComparedReason::RemovedOnPurpose => domain::NotComparedReason::RemovedOnPurpose,
        ReferenceIncomplete = domain::NotComparedReason::ReferenceIncomplete
            => domain::NotComparedReason::ReferenceIncomplete,
        DistributionIncomplete = domain::NotComparedReason::DistributionIncomplete
            => domain::NotComparedReason::DistributionIncomplete,
        NoReferenceArchitecture = domain::NotComparedReason::NoReferenceArchitecture
            => domain::NotComparedReason::NoReferenceArchitecture,
        Unreadable = domain::NotComparedReason::Unreadable => domain::NotComparedReason::Unreadable,
        OwnVersions = domain::NotComparedReason::OwnVersions => domain::NotComparedReason::OwnVersions,
        UnmarkedVersion = domain::NotComparedReason::UnmarkedVersion => domain::NotComparedReason::UnmarkedVersion,
    }
);

mirror!(
    /// Mirrors [`domain::Ending`].
    EndingName of domain::Ending {
        Resynced = domain::Ending::Resynced => domain::Ending::Resynced,
        TakenUp = domain::Ending::TakenUp => domain::Ending::TakenUp,
        RolledBack = domain::Ending::RolledBack => domain::Ending::RolledBack,
        BothChanged = domain::Ending::BothChanged => domain::Ending::BothChanged,
        KnowledgeChanged = domain::Ending::KnowledgeChanged => domain::Ending::KnowledgeChanged,
        Unknown = domain::Ending::Unknown => domain::Ending::Unknown,
        RemovedByDistribution = domain::Ending::RemovedByDistribution => domain::Ending::RemovedByDistribution,
        RemovedByReference = domain::Ending::RemovedByReference => domain::Ending::RemovedByReference,
        RemovedByBoth = domain::Ending::RemovedByBoth => domain::Ending::RemovedByBoth,
        NoLongerCompared = domain::Ending::NoLongerCompared => domain::Ending::NoLongerCompared,
    }
);

mirror!(
    /// Mirrors [`domain::ChangeClass`].
    ChangeClassName of domain::ChangeClass {
        Branding = domain::ChangeClass::Branding => domain::ChangeClass::Branding,
        RebuildFix = domain::ChangeClass::RebuildFix => domain::ChangeClass::RebuildFix,
        BackportedFix = domain::ChangeClass::BackportedFix => domain::ChangeClass::BackportedFix,
        SecurityFixAhead = domain::ChangeClass::SecurityFixAhead => domain::ChangeClass::SecurityFixAhead,
        HardwareKept = domain::ChangeClass::HardwareKept => domain::ChangeClass::HardwareKept,
        Feature = domain::ChangeClass::Feature => domain::ChangeClass::Feature,
        Architecture = domain::ChangeClass::Architecture => domain::ChangeClass::Architecture,
        ReleaseMechanics = domain::ChangeClass::ReleaseMechanics => domain::ChangeClass::ReleaseMechanics,
        Unknown = domain::ChangeClass::Unknown => domain::ChangeClass::Unknown,
    }
);

mirror!(
    /// Mirrors [`domain::AbiNotComparedReason`].
    AbiNotComparedName of domain::AbiNotComparedReason {
        NothingExported = domain::AbiNotComparedReason::NothingExported => domain::AbiNotComparedReason::NothingExported,
        NotInReference = domain::AbiNotComparedReason::NotInReference => domain::AbiNotComparedReason::NotInReference,
        NotInDistribution = domain::AbiNotComparedReason::NotInDistribution
            => domain::AbiNotComparedReason::NotInDistribution,
        NoReferenceArchitecture = domain::AbiNotComparedReason::NoReferenceArchitecture
            => domain::AbiNotComparedReason::NoReferenceArchitecture,
        ReferenceUnrecorded = domain::AbiNotComparedReason::ReferenceUnrecorded
            => domain::AbiNotComparedReason::ReferenceUnrecorded,
        DistributionUnrecorded = domain::AbiNotComparedReason::DistributionUnrecorded
            => domain::AbiNotComparedReason::DistributionUnrecorded,
        ReferenceIncomplete = domain::AbiNotComparedReason::ReferenceIncomplete
            => domain::AbiNotComparedReason::ReferenceIncomplete,
        DistributionIncomplete = domain::AbiNotComparedReason::DistributionIncomplete
            => domain::AbiNotComparedReason::DistributionIncomplete,
        CrcUnknown = domain::AbiNotComparedReason::CrcUnknown => domain::AbiNotComparedReason::CrcUnknown,
        ReferenceKernelUnknown = domain::AbiNotComparedReason::ReferenceKernelUnknown
            => domain::AbiNotComparedReason::ReferenceKernelUnknown,
        DistributionKernelUnknown = domain::AbiNotComparedReason::DistributionKernelUnknown
            => domain::AbiNotComparedReason::DistributionKernelUnknown,
        KernelSourcesDiffer = domain::AbiNotComparedReason::KernelSourcesDiffer
            => domain::AbiNotComparedReason::KernelSourcesDiffer,
    }
);

mirror!(
    /// Mirrors [`domain::ReferenceStanding`].
    ReferenceStandingName of domain::ReferenceStanding {
        Has = domain::ReferenceStanding::Has => domain::ReferenceStanding::Has,
        Older = domain::ReferenceStanding::Older => domain::ReferenceStanding::Older,
        Lacks = domain::ReferenceStanding::Lacks => domain::ReferenceStanding::Lacks,
        Unknown = domain::ReferenceStanding::Unknown => domain::ReferenceStanding::Unknown,
        NoArchitecture = domain::ReferenceStanding::NoArchitecture => domain::ReferenceStanding::NoArchitecture,
    }
);

mirror!(
    /// Mirrors [`domain::ClaimKind`].
    ClaimKindName of domain::ClaimKind {
        SameName = domain::ClaimKind::SameName => domain::ClaimKind::SameName,
        Provides = domain::ClaimKind::Provides => domain::ClaimKind::Provides,
        Obsoletes = domain::ClaimKind::Obsoletes => domain::ClaimKind::Obsoletes,
    }
);

/// Mirrors [`domain::AbiVerdict`], whose reason stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the domain's type documents each value")]
pub enum AbiVerdictName {
    Kept,
    Extended,
    Broken,
    NotCompared,
}

/// A tool that compares packages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ToolName {
    /// abipkgdiff of libabigail.
    Abipkgdiff,
    /// rpminspect, of which the inspections of binary interfaces count.
    Rpminspect,
}

/// What a tool found of a binary interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ToolStatusName {
    /// No change.
    Unchanged,
    /// A change, of which the tool does not say that it breaks anything.
    Changed,
    /// A change that breaks something.
    Incompatible,
    /// The tool failed.
    Failed,
    /// The report does not tell.
    Unknown,
}

/// What a source of a report was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SideName {
    /// A repository of the distribution.
    Distribution,
    /// A repository of the reference.
    Reference,
    /// A repository that the distribution's sources may come from.
    Origin,
    /// A repository where packages wait before the distribution publishes them.
    Testing,
    /// A repository of packages that the distribution adds until another has them.
    Synergy,
    /// A repository of packages that others maintain for the reference, such as EPEL.
    Epel,
    /// A repository of the distribution's extras.
    Extras,
    /// A repository of packages that only builds need.
    Devel,
}

impl fmt::Display for SideName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Distribution => "distribution",
            Self::Reference => "reference",
            Self::Origin => "origin",
            Self::Testing => "testing",
            Self::Synergy => "synergy",
            Self::Epel => "EPEL",
            Self::Extras => "extras",
            Self::Devel => "devel",
        })
    }
}

mirror!(
    /// Mirrors [`domain::Severity`].
    SeverityName of domain::Severity {
        Critical = domain::Severity::Critical => domain::Severity::Critical,
        Important = domain::Severity::Important => domain::Severity::Important,
        Moderate = domain::Severity::Moderate => domain::Severity::Moderate,
        Low = domain::Severity::Low => domain::Severity::Low,
        Unrated = domain::Severity::Unrated => domain::Severity::Unrated,
    }
);

mirror!(
    /// Mirrors [`domain::DateSource`].
    DateSourceName of domain::DateSource {
        Issued = domain::DateSource::Issued => domain::DateSource::Issued,
        Updated = domain::DateSource::Updated => domain::DateSource::Updated,
        FirstAppearance = domain::DateSource::FirstAppearance => domain::DateSource::FirstAppearance,
        SnapshotAgainstDate = domain::DateSource::SnapshotAgainstDate => domain::DateSource::SnapshotAgainstDate,
        Snapshot = domain::DateSource::Snapshot => domain::DateSource::Snapshot,
        ListedIssue = domain::DateSource::ListedIssue => domain::DateSource::ListedIssue,
        Disclosed = domain::DateSource::Disclosed => domain::DateSource::Disclosed,
        CopiedIssue = domain::DateSource::CopiedIssue => domain::DateSource::CopiedIssue,
    }
);

mirror!(
    /// Mirrors [`domain::PairBasis`].
    PairBasisName of domain::PairBasis {
        SameNumber = domain::PairBasis::SameNumber => domain::PairBasis::SameNumber,
        Named = domain::PairBasis::Named => domain::PairBasis::Named,
        SharedVulnerability = domain::PairBasis::SharedVulnerability => domain::PairBasis::SharedVulnerability,
    }
);

mirror!(
    /// Mirrors [`domain::FixState`].
    FixStateName of domain::FixState {
        Announced = domain::FixState::Announced => domain::FixState::Announced,
        FixedWithoutAdvisory = domain::FixState::FixedWithoutAdvisory => domain::FixState::FixedWithoutAdvisory,
        InTesting = domain::FixState::InTesting => domain::FixState::InTesting,
        Open = domain::FixState::Open => domain::FixState::Open,
        NoSuchPackage = domain::FixState::Unknown(domain::UnknownFix::NoSuchPackage) => domain::FixState::Unknown(domain::UnknownFix::NoSuchPackage),
        MissingPackages = domain::FixState::Unknown(domain::UnknownFix::MissingPackages) => domain::FixState::Unknown(domain::UnknownFix::MissingPackages),
        IncompleteLists = domain::FixState::Unknown(domain::UnknownFix::IncompleteLists) => domain::FixState::Unknown(domain::UnknownFix::IncompleteLists),
        ModuleStream = domain::FixState::Unknown(domain::UnknownFix::ModuleStream) => domain::FixState::Unknown(domain::UnknownFix::ModuleStream),
        SeveralVersions = domain::FixState::Unknown(domain::UnknownFix::SeveralVersions) => domain::FixState::Unknown(domain::UnknownFix::SeveralVersions),
        NoEpochs = domain::FixState::Unknown(domain::UnknownFix::NoEpochs) => domain::FixState::Unknown(domain::UnknownFix::NoEpochs),
    }
);

/// What an input of the security clock is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AdvisoryFormatName {
    /// AlmaLinux's `errata.full.json`, or the older `errata.json`.
    Errata,
    /// `updateinfo.xml` of a repository.
    Updateinfo,
    /// Documents in the format of OSV.
    Osv,
    /// Documents in the format CSAF.
    Csaf,
    /// A table of dates.
    Dates,
}
