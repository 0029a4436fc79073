//! From the three axes to a verdict, its cause and its grade of evidence.

use super::normalisation::normalise_release;
use super::pairing::Pair;
use super::rules::Rules;
use super::source_evidence::SourceFinding;
use crate::domain::{
    Cause, Change, ChangeClass, Choice, Evidence, Evr, NotComparedReason, Outcome, Presence,
    SourcePackage, SourceState, Verdict, VersionRelation,
};
use std::cmp::Ordering;

/// What is known beside the two packages themselves.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// The distribution's rules.
    pub rules: &'a Rules,
    /// Whether the reference's list is complete: otherwise absence there means nothing.
    pub reference_complete: bool,
    /// Whether the distribution's list is complete.
    pub distribution_complete: bool,
    /// Whether both lists record epochs; where one does not, epochs are not compared.
    pub epochs_recorded: bool,
    /// Whether an entry of the package could not be read on the side that lacks it: it may be there after all.
    pub unreadable: bool,
    /// What the source texts or the build system tell of the source.
    pub finding: Option<SourceFinding>,
    /// The changes that are known of.
    pub changes: &'a [Change],
    /// Whether the source texts of these very versions differ in lines that none of the changes explains, although the list
    /// of changes is meant to be whole.
    pub has_unexplained_lines: bool,
    /// What a list says of its presence.
    pub expectation: Option<Expectation>,
}

/// A difference in presence that a list announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// The distribution removed it.
    Missing,
    /// The distribution added it.
    Extra,
}

/// What says that a source is modified, where that was neither measured nor recorded; what says it best where several do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ToldBy {
    /// The distribution's mark in its release.
    Release,
    /// A change that is known of.
    Change,
    /// Its name, which is not the reference's.
    Name,
}

impl ToldBy {
    /// What says of a pair that it is modified, if anything does.
    pub fn of(pair: Pair<'_>, changes: &[Change], rules: &Rules) -> Option<Self> {
        let Pair::Both {
            reference,
            distribution,
        } = pair
        else {
            return None;
        };
        let is_marked = |side: &SourcePackage| normalise_release(&side.evr.release, &rules.marks).1;
        if is_marked(distribution) && !is_marked(reference) {
            Some(Self::Release)
        } else if !changes.is_empty() {
            Some(Self::Change)
        } else {
            pair.is_renamed().then_some(Self::Name)
        }
    }
}

/// The outcome for one pair on one architecture that the reference has.
pub fn classify(pair: Pair<'_>, circumstances: &Circumstances<'_>) -> Outcome {
    match pair {
        Pair::ReferenceOnly(_) => missing(circumstances),
        Pair::DistributionOnly(_) => extra(circumstances),
        Pair::Both {
            reference,
            distribution,
        } => {
            let (version, marked) = relate(reference, distribution, circumstances);
            in_both(pair, version, marked, circumstances)
        }
    }
}

fn missing(circumstances: &Circumstances<'_>) -> Outcome {
    if circumstances.unreadable {
        return Outcome::not_compared(Presence::Missing, NotComparedReason::Unreadable);
    }
    if circumstances.expectation == Some(Expectation::Missing) {
        return Outcome::not_compared(Presence::Missing, NotComparedReason::RemovedOnPurpose);
    }
    if !circumstances.distribution_complete {
        return Outcome::not_compared(Presence::Missing, NotComparedReason::DistributionIncomplete);
    }
    // An incomplete list was put together from several days and minor releases: what it alone has may be newer than
    // the distribution's release, so its absence there is no finding.
    if !circumstances.reference_complete {
        return Outcome::not_compared(Presence::Missing, NotComparedReason::ReferenceIncomplete);
    }
    Outcome {
        presence: Presence::Missing,
        version: None,
        source: SourceState::Unknown,
        verdict: Verdict::Diverging,
        cause: Some(Cause::MissingUnexpectedly),
        evidence: Some(Evidence::Inferred),
        not_compared: None,
    }
}

fn extra(circumstances: &Circumstances<'_>) -> Outcome {
    let reason = if circumstances.unreadable {
        NotComparedReason::Unreadable
    } else if circumstances.expectation == Some(Expectation::Extra) {
        NotComparedReason::AddedOnPurpose
    } else if circumstances.reference_complete {
        NotComparedReason::NoCounterpart
    } else {
        NotComparedReason::ReferenceIncomplete
    };
    Outcome::not_compared(Presence::Extra, reason)
}

/// The relation of the normalised versions, and whether the distribution's bears a mark that the reference's lacks. Epochs count
/// where both are known.
fn relate(
    reference: &SourcePackage,
    distribution: &SourcePackage,
    circumstances: &Circumstances<'_>,
) -> (VersionRelation, bool) {
    let epochs_known =
        circumstances.epochs_recorded && reference.epoch_known && distribution.epoch_known;
    let normalised = |evr: &Evr| {
        let (release, marked) = normalise_release(&evr.release, &circumstances.rules.marks);
        let epoch = if epochs_known { evr.epoch } else { 0 };
        (Evr::new(epoch, evr.version.clone(), release), marked)
    };
    let (reference, reference_marked) = normalised(&reference.evr);
    let (distribution, distribution_marked) = normalised(&distribution.evr);
    let relation = match distribution.cmp(&reference) {
        Ordering::Equal => VersionRelation::Same,
        Ordering::Greater => VersionRelation::Ahead,
        Ordering::Less => VersionRelation::Behind,
    };
    (relation, distribution_marked && !reference_marked)
}

fn in_both(
    pair: Pair<'_>,
    version: VersionRelation,
    marked: bool,
    circumstances: &Circumstances<'_>,
) -> Outcome {
    let listed = |names: &[String]| names.iter().any(|name| name == pair.name());
    let source = source_of(pair, marked, circumstances);
    // The release of `almalinux-release` says nothing about that of `redhat-release`: neither is behind the other.
    let has_own_versions = match pair {
        Pair::Both {
            reference,
            distribution,
        } => circumstances
            .rules
            .numbers_on_its_own(&reference.name, &distribution.name),
        Pair::ReferenceOnly(_) | Pair::DistributionOnly(_) => false,
    };
    if has_own_versions {
        return Outcome {
            version: Some(version),
            source: source.state,
            ..Outcome::not_compared(Presence::Both, NotComparedReason::OwnVersions)
        };
    }
    if version == VersionRelation::Same
        && source.state == SourceState::Unknown
        && listed(&circumstances.rules.unmarked_packages)
    {
        return Outcome {
            version: Some(version),
            ..Outcome::not_compared(Presence::Both, NotComparedReason::UnmarkedVersion)
        };
    }
    let is_kernel = listed(&circumstances.rules.kernel_packages);
    let modified = source.state == SourceState::Modified;
    let reason = match reason_of(circumstances) {
        _ if !modified => None,
        Some(Cause::Unexplained) => Some(Cause::Unexplained),
        _ if is_kernel => Some(Cause::ByChoice(Choice::Kernel)),
        reason => reason,
    };
    let (verdict, cause) = match (version, reason) {
        (VersionRelation::Behind, _) => (Verdict::Diverging, Some(Cause::UpdatePending)),
        (_, Some(cause)) => (Verdict::Diverging, Some(cause)),
        (VersionRelation::Ahead, None) => (Verdict::Diverging, Some(Cause::Unexplained)),
        (VersionRelation::Same, None) if modified => (Verdict::Patched, None),
        (VersionRelation::Same, None) => (Verdict::Matched, None),
    };
    // That a version is another one is read off the versions alone, however well the source is known.
    let evidence = match cause {
        Some(Cause::UpdatePending | Cause::Unexplained) if version != VersionRelation::Same => {
            Evidence::Inferred
        }
        _ => source.evidence,
    };
    Outcome {
        presence: Presence::Both,
        version: Some(version),
        source: source.state,
        verdict,
        cause,
        evidence: Some(evidence),
        not_compared: None,
    }
}

/// What the texts prove; else what the mark, a known change or another name tell; else nothing.
fn source_of(pair: Pair<'_>, marked: bool, circumstances: &Circumstances<'_>) -> SourceFinding {
    let evidence = circumstances.finding.map(|finding| finding.evidence);
    // A list of changes overrules neither what was measured nor what the build system recorded: the doubt is a warning.
    let is_known = matches!(evidence, Some(Evidence::Proven | Evidence::Tagged));
    let changes_tell = !circumstances.changes.is_empty() && !is_known;
    let told_modified = marked || pair.is_renamed() || changes_tell;
    match circumstances.finding {
        // A mark and equal texts contradict each other; the mark is what the publisher says, and the doubt is a warning.
        Some(finding) if !(finding.state == SourceState::Unmodified && told_modified) => finding,
        _ => SourceFinding {
            state: if told_modified {
                SourceState::Modified
            } else {
                SourceState::Unknown
            },
            evidence: Evidence::Inferred,
        },
    }
}

/// Why a modified source diverges, by its changes. One whose effect is not known makes the cause unexplained whatever else
/// is known: otherwise it would hide behind the others. Release mechanics and the like are no reason to diverge.
fn reason_of(circumstances: &Circumstances<'_>) -> Option<Cause> {
    let mut changes = circumstances.changes.iter();
    if circumstances.has_unexplained_lines
        || changes.any(|change| change.class == ChangeClass::Unknown)
    {
        return Some(Cause::Unexplained);
    }
    choice_of(circumstances.changes).map(Cause::ByChoice)
}

/// The choice that the changes express: the one that matters most to users where several do.
fn choice_of(changes: &[Change]) -> Option<Choice> {
    let has = |class| changes.iter().any(|change| change.class == class);
    [
        (ChangeClass::SecurityFixAhead, Choice::SecurityFixAhead),
        (ChangeClass::HardwareKept, Choice::Hardware),
        (ChangeClass::Feature, Choice::Feature),
    ]
    .into_iter()
    .find_map(|(class, choice)| has(class).then_some(choice))
}

#[cfg(test)]
mod tests;
