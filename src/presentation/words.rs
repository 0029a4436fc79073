//! Verdicts, causes and evidence in the reader's words, each with its glyph.

use crate::domain::{
    Cause, ChangeClass, Choice, Ending, Evidence, NotComparedReason, Outcome, Presence, Verdict,
    VersionRelation,
};

/// How an outcome is marked: a word, a glyph, and the name of its colour; never by colour alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The word.
    pub word: &'static str,
    /// The glyph.
    pub glyph: &'static str,
    /// The class that colours it.
    pub class: &'static str,
}

/// What is said of a side that may have a package although its list, which is not complete or could not be read, has it not.
pub const UNLISTED: &str = "not on the list at hand";

/// How it is marked that neither side lists a package, and that this means nothing.
pub const UNLISTED_MARK: Mark = Mark {
    word: UNLISTED,
    glyph: "–",
    class: "not-compared",
};

/// The mark of a verdict.
pub fn verdict_mark(verdict: Verdict) -> Mark {
    let (word, glyph, class) = match verdict {
        Verdict::Matched => ("matched", "●", "matched"),
        Verdict::Patched => ("patched", "◐", "patched"),
        Verdict::Diverging => ("diverging", "▲", "diverging"),
        Verdict::NotCompared => ("not compared", "–", "not-compared"),
    };
    Mark { word, glyph, class }
}

/// Whether the package is known to be missing or extra. What an incomplete list lacks is neither.
pub fn known_absence(outcome: &Outcome) -> Option<Presence> {
    use NotComparedReason::{AddedOnPurpose, NoCounterpart, RemovedOnPurpose};
    let is_known = match outcome.not_compared {
        None => outcome.presence == Presence::Missing,
        Some(reason) => matches!(reason, AddedOnPurpose | NoCounterpart | RemovedOnPurpose),
    };
    is_known.then_some(outcome.presence)
}

/// The mark of an outcome: the verdict's, unless the package is known to be missing or extra.
pub fn outcome_mark(outcome: &Outcome) -> Mark {
    match known_absence(outcome) {
        None | Some(Presence::Both) => verdict_mark(outcome.verdict),
        Some(Presence::Missing) => Mark {
            word: "missing",
            glyph: "○",
            class: if outcome.verdict == Verdict::Diverging {
                "diverging"
            } else {
                "missing"
            },
        },
        Some(Presence::Extra) => Mark {
            word: "extra",
            glyph: "+",
            class: "not-compared",
        },
    }
}

/// A cause, as a label.
pub fn cause_label(cause: Cause) -> &'static str {
    match cause {
        Cause::ByChoice(Choice::Kernel) => "kernel by choice",
        Cause::ByChoice(Choice::SecurityFixAhead) => "security fix ahead",
        Cause::ByChoice(Choice::Hardware) => "hardware kept",
        Cause::ByChoice(Choice::Feature) => "feature by choice",
        Cause::UpdatePending => "update pending",
        Cause::MissingUnexpectedly => "missing unexpectedly",
        Cause::Unexplained => "unexplained",
    }
}

/// A cause, as it stands in addresses.
pub fn cause_key(cause: Cause) -> &'static str {
    match cause {
        Cause::ByChoice(Choice::Kernel) => "kernel",
        Cause::ByChoice(Choice::SecurityFixAhead) => "security-fix-ahead",
        Cause::ByChoice(Choice::Hardware) => "hardware",
        Cause::ByChoice(Choice::Feature) => "feature",
        Cause::UpdatePending => "update-pending",
        Cause::MissingUnexpectedly => "missing",
        Cause::Unexplained => "unexplained",
    }
}

/// How a deviation ended, as it stands in addresses.
pub fn ending_key(ending: Ending) -> &'static str {
    match ending {
        Ending::Resynced => "resynced",
        Ending::TakenUp => "taken-up",
        Ending::RolledBack => "rolled-back",
        Ending::BothChanged => "both-changed",
        Ending::KnowledgeChanged => "knowledge-changed",
        Ending::Unknown => "unknown",
        Ending::RemovedByDistribution => "removed-by-distribution",
        Ending::RemovedByReference => "removed-by-reference",
        Ending::RemovedByBoth => "removed-by-both",
        Ending::NoLongerCompared => "no-longer-compared",
    }
}

/// How a deviation ended, as a label.
pub fn ending_label(ending: Ending, distribution: &str, reference: &str) -> String {
    match ending {
        Ending::Resynced => "re-synced".to_owned(),
        Ending::TakenUp => format!("taken up by {reference}"),
        Ending::RolledBack => format!("rolled back by {reference}"),
        Ending::BothChanged => "in step again, both changed".to_owned(),
        Ending::KnowledgeChanged => "in step, as is known now".to_owned(),
        Ending::Unknown => "in step again, who changed is not known".to_owned(),
        Ending::RemovedByDistribution => format!("removed by {distribution}"),
        Ending::RemovedByReference => format!("removed by {reference}"),
        Ending::RemovedByBoth => "removed by both".to_owned(),
        Ending::NoLongerCompared => "no longer compared".to_owned(),
    }
}

/// A class of changes, as it stands in addresses.
pub fn class_key(class: ChangeClass) -> &'static str {
    match class {
        ChangeClass::Branding => "branding",
        ChangeClass::RebuildFix => "rebuild-fix",
        ChangeClass::BackportedFix => "backported-fix",
        ChangeClass::SecurityFixAhead => "security-fix-ahead",
        ChangeClass::HardwareKept => "hardware-kept",
        ChangeClass::Feature => "feature",
        ChangeClass::Architecture => "architecture",
        ChangeClass::ReleaseMechanics => "release-mechanics",
        ChangeClass::Unknown => "unknown",
    }
}

/// A cause, as a sentence about a package.
pub fn cause_sentence(cause: Cause, distribution: &str, reference: &str) -> String {
    match cause {
        Cause::ByChoice(Choice::Kernel) => {
            format!("{distribution} builds its kernel with changes of its own.")
        }
        Cause::ByChoice(Choice::SecurityFixAhead) => {
            format!("{distribution} fixed a vulnerability before {reference} did.")
        }
        Cause::ByChoice(Choice::Hardware) => {
            format!("{distribution} keeps hardware that {reference} dropped.")
        }
        Cause::ByChoice(Choice::Feature) => {
            format!("{distribution} adds a feature that {reference} does not have.")
        }
        Cause::UpdatePending => format!("{distribution}’s version is older than {reference}’s."),
        Cause::MissingUnexpectedly => {
            format!("{reference} has it, {distribution} has not, and no list says why.")
        }
        Cause::Unexplained => {
            format!(
                "{distribution}’s version is newer than {reference}’s, or it is the same with a change of unknown purpose: nothing that is known explains it."
            )
        }
    }
}

/// Why an outcome diverges, as a sentence that says of its version no more than was found.
pub fn diverging_sentence(
    cause: Cause,
    version: Option<VersionRelation>,
    distribution: &str,
    reference: &str,
) -> String {
    match (cause, version) {
        (Cause::Unexplained, Some(VersionRelation::Same)) => format!(
            "{reference}’s version, modified by {distribution}; nothing that is known explains all of what was changed."
        ),
        (Cause::Unexplained, Some(VersionRelation::Ahead)) => format!(
            "{distribution}’s version is newer than {reference}’s, and nothing that is known explains it."
        ),
        _ => cause_sentence(cause, distribution, reference),
    }
}

/// Where a package is found, in a word or two.
pub fn presence_word(presence: Presence) -> &'static str {
    match presence {
        Presence::Both => "both",
        Presence::Missing => "missing",
        Presence::Extra => "extra",
    }
}

/// Why something was not compared, as a label.
pub fn reason_label(reason: NotComparedReason) -> &'static str {
    match reason {
        NotComparedReason::AddedOnPurpose => "added on purpose",
        NotComparedReason::NoCounterpart => "no counterpart",
        NotComparedReason::RemovedOnPurpose => "removed on purpose",
        NotComparedReason::ReferenceIncomplete => "the reference’s list is not complete",
        NotComparedReason::DistributionIncomplete => "the distribution’s list is not complete",
        NotComparedReason::NoReferenceArchitecture => "the reference lacks the architecture",
        NotComparedReason::Unreadable => "an entry could not be read",
        NotComparedReason::OwnVersions => "versions of its own",
        NotComparedReason::UnmarkedVersion => "nothing tells of its source",
    }
}

/// Why an outcome was not compared, as a sentence about a package on the side or sides that have it.
pub fn not_compared_sentence(
    reason: NotComparedReason,
    presence: Presence,
    distribution: &str,
    reference: &str,
) -> String {
    match (reason, presence) {
        (NotComparedReason::ReferenceIncomplete, Presence::Missing) => format!(
            "{distribution} does not have it, which means nothing here: the list of {reference}’s packages at hand is not complete, and \
             may be put together from other days."
        ),
        _ => reason_sentence(reason, distribution, reference),
    }
}

/// Why something was not compared, as a sentence about packages.
pub fn reason_sentence(reason: NotComparedReason, distribution: &str, reference: &str) -> String {
    match reason {
        NotComparedReason::AddedOnPurpose => {
            format!("{distribution} adds it to what {reference} has.")
        }
        NotComparedReason::NoCounterpart => {
            format!("{reference} does not have it, and no list says why {distribution} does.")
        }
        NotComparedReason::RemovedOnPurpose => format!("{distribution} leaves it out on purpose."),
        NotComparedReason::ReferenceIncomplete => {
            format!(
                "The list of {reference}’s packages at hand is not complete, so that absence means nothing."
            )
        }
        NotComparedReason::DistributionIncomplete => {
            format!(
                "The list of {distribution}’s packages at hand is not complete, so that absence means nothing."
            )
        }
        NotComparedReason::NoReferenceArchitecture => {
            format!("{reference} does not have this architecture.")
        }
        NotComparedReason::Unreadable => {
            "An entry of it on the other side could not be read, so it may be there after all."
                .to_owned()
        }
        NotComparedReason::OwnVersions => {
            format!(
                "{distribution} publishes it under another name and numbers its versions on its own."
            )
        }
        NotComparedReason::UnmarkedVersion => format!(
            "It keeps {reference}’s version even when {distribution} changes it, and nothing else tells of its source."
        ),
    }
}

/// A grade of evidence, as a label.
pub fn evidence_label(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Proven => "proven",
        Evidence::Tagged => "tagged",
        Evidence::Inferred => "inferred",
    }
}

/// What a grade of evidence means.
pub fn evidence_sentence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Proven => "Both sides’ sources were compared.",
        Evidence::Tagged => "The build system recorded which source it was built from.",
        Evidence::Inferred => "Told from published versions and lists, not from the sources.",
    }
}

/// What a class of change makes of the verdict.
pub fn class_effect(class: ChangeClass) -> &'static str {
    match class {
        ChangeClass::Unknown => "whether it alters behaviour is not known either: diverging",
        _ if class.alters_behaviour() => "alters behaviour on purpose: diverging",
        _ => "does not alter behaviour on purpose: patched",
    }
}

/// What a class of change means.
pub fn class_sentence(class: ChangeClass) -> &'static str {
    match class {
        ChangeClass::Branding => "names, logos, addresses and identity of the distribution",
        ChangeClass::RebuildFix => "what is needed to build the same software here",
        ChangeClass::BackportedFix => {
            "a correction that upstream or the reference’s own development already has"
        }
        ChangeClass::SecurityFixAhead => {
            "a security correction that the reference does not have yet"
        }
        ChangeClass::HardwareKept => "support for hardware that the reference dropped",
        ChangeClass::Feature => "something that the reference’s package cannot do",
        ChangeClass::Architecture => "what an architecture needs that the reference does not have",
        ChangeClass::ReleaseMechanics => {
            "what every rebuild writes of itself: the mark in the release, the entry in the changelog"
        }
        ChangeClass::Unknown => "it is not known what it is for",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_causes_or_verdicts_look_alike() {
        let keys: BTreeSet<_> = Cause::ALL.map(cause_key).into();
        let labels: BTreeSet<_> = Cause::ALL.map(cause_label).into();
        let glyphs: BTreeSet<_> = Verdict::ALL
            .map(|verdict| verdict_mark(verdict).glyph)
            .into();
        assert_eq!((keys.len(), labels.len(), glyphs.len()), (7, 7, 4));
    }

    #[test]
    fn the_sentence_tells_of_the_list_that_is_not_complete_and_of_the_side_that_lacks_it() {
        use NotComparedReason::{DistributionIncomplete, ReferenceIncomplete};
        let check = |reason, presence, expected: &str| {
            let sentence = not_compared_sentence(reason, presence, "AlmaLinux", "RHEL");
            assert_eq!(sentence, expected, "{reason:?} {presence:?}");
        };
        check(
            ReferenceIncomplete,
            Presence::Extra,
            "The list of RHEL’s packages at hand is not complete, so that absence means nothing.",
        );
        check(
            ReferenceIncomplete,
            Presence::Missing,
            "AlmaLinux does not have it, which means nothing here: the list of RHEL’s packages at hand is not complete, and may be put \
             together from other days.",
        );
        check(
            DistributionIncomplete,
            Presence::Missing,
            "The list of AlmaLinux’s packages at hand is not complete, so that absence means nothing.",
        );
    }
}
