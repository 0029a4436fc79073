//! What a package page says in words: the verdict, why, and where to report a bug.

use super::words::{diverging_sentence, not_compared_sentence};
use crate::domain::{Cause, Evidence, Outcome, SourceState, Verdict};
use crate::report::{ChangeClassName, ChangeRecord, Package, SideName, VersionsBesideRecord};
use std::collections::BTreeMap;

/// The outcome that stands for the package: the least favourable of its architectures.
pub fn outcome_of(package: &Package) -> Option<Outcome> {
    let outcomes = package.architectures.iter().rev();
    outcomes
        .map(|on| Outcome::from(on.outcome))
        .max_by_key(|outcome| outcome.verdict)
}

/// What the ledger of deviations says of a package, which its own document does not.
pub fn ledger_label(package: &Package) -> &'static str {
    let deviates = outcome_of(package).is_some_and(|outcome| outcome.verdict == Verdict::Diverging);
    match deviates {
        true => "Since when it deviates, and whether it did before",
        false => "Whether it deviated before, and until when",
    }
}

/// The verdict in a sentence.
pub fn sentence(package: &Package, distribution: &str, reference: &str) -> String {
    let Some(outcome) = outcome_of(package) else {
        return "Nothing is known of it.".to_owned();
    };
    // What every rebuild writes of itself is no change to count.
    let is_mechanics = |change: &&ChangeRecord| change.class == ChangeClassName::ReleaseMechanics;
    let mechanics = package.changes.iter().filter(is_mechanics).count();
    let changes = package.changes.len() - mechanics;
    // What differs beyond them without a change that is known of is unexplained, and diverges.
    let only_mechanics_differ =
        outcome.evidence == Some(Evidence::Proven) && outcome.source == SourceState::Modified;
    match outcome.verdict {
        Verdict::Matched if outcome.source == SourceState::Unmodified => {
            format!("{reference}’s version, built from the same source.")
        }
        Verdict::Matched => {
            format!("{reference}’s version, and nothing tells of a change to its source.")
        }
        Verdict::Patched if changes == 0 && (mechanics > 0 || only_mechanics_differ) => {
            format!(
                "{reference}’s version, built again by {distribution}; nothing but its release and its changelog is known to differ."
            )
        }
        Verdict::Patched if changes == 0 => {
            format!(
                "{reference}’s version, modified by {distribution}; what was changed is not known."
            )
        }
        Verdict::Patched => {
            let altered = match changes {
                1 => "1 change".to_owned(),
                _ => format!("{changes} changes"),
            };
            let effect = if changes == 1 {
                "which does not alter"
            } else {
                "none of which alters"
            };
            format!(
                "{reference}’s version with {altered} by {distribution}, {effect} behaviour on purpose."
            )
        }
        Verdict::Diverging => outcome.cause.map_or_else(String::new, |cause| {
            diverging_sentence(cause, outcome.version, distribution, reference)
        }),
        Verdict::NotCompared => outcome.not_compared.map_or_else(String::new, |reason| {
            not_compared_sentence(reason, outcome.presence, distribution, reference)
        }),
    }
}

/// The architectures by outcome, where they differ: `diverging on s390x; matched on x86_64, aarch64`.
pub fn differences(package: &Package) -> Option<String> {
    let mut groups: Vec<(&'static str, Vec<&str>)> = Vec::new();
    for on in &package.architectures {
        let word = super::words::outcome_mark(&on.outcome.into()).word;
        match groups.iter_mut().find(|(known, _)| *known == word) {
            Some((_, names)) => names.push(&on.architecture),
            None => groups.push((word, vec![&on.architecture])),
        }
    }
    let listed = groups
        .iter()
        .map(|(word, names)| format!("{word} on {}", names.join(", ")));
    (groups.len() > 1).then(|| listed.collect::<Vec<_>>().join("; "))
}

/// What to do with a bug: advice, and whether the reference's tracker or the distribution's comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BugAdvice {
    /// Where to look first and why.
    pub text: String,
    /// Whether the reference's tracker is offered, so that the bug is corrected for everyone.
    pub reference_tracker: bool,
    /// Whether the distribution's tracker is offered.
    pub distribution_tracker: bool,
}

/// Where a bug in the package belongs; `upstream` is what the reference's tracker is called, such as “CentOS Stream”.
pub fn bug_advice(package: &Package, distribution: &str, upstream: &str) -> BugAdvice {
    let outcome = outcome_of(package);
    let verdict = outcome.map_or(Verdict::NotCompared, |outcome| outcome.verdict);
    let cause = outcome.and_then(|outcome| outcome.cause);
    let (text, reference_tracker, distribution_tracker) = match verdict {
        Verdict::Matched => (
            format!(
                "{distribution} is not known to change this package. See if the bug also shows on {upstream} and report it there, where it will be fixed for everyone."
            ),
            true,
            false,
        ),
        Verdict::Diverging if cause == Some(Cause::MissingUnexpectedly) => (
            format!(
                "{distribution} lacks this package on some architecture. If you need it, tell {distribution}."
            ),
            false,
            true,
        ),
        Verdict::Diverging if cause == Some(Cause::UpdatePending) => (
            format!(
                "{distribution}’s version is older on some architecture. See if the newer version has the bug too: if it has, report it to {upstream}; if not, the update will bring the fix."
            ),
            true,
            true,
        ),
        Verdict::Patched | Verdict::Diverging => (
            format!(
                "{distribution} changes this package. Check first if the bug also shows on {upstream}: if it does, report it there, where it will be fixed for everyone. If not, the change by {distribution} is the likely cause."
            ),
            true,
            true,
        ),
        Verdict::NotCompared => (
            format!(
                "This package could not be compared, so nothing tells whose change a bug is. See if it also shows on {upstream}, where the package exists there."
            ),
            true,
            true,
        ),
    };
    BugAdvice {
        text,
        reference_tracker,
        distribution_tracker,
    }
}

/// A text to paste into a bug report: what was found with which version.
pub fn bug_text(package: &Package, distribution: &str, upstream: &str) -> String {
    let mut lines = vec![format!("Package: {}", package.name)];
    for on in &package.architectures {
        if let Some(build) = &on.distribution {
            lines.push(format!(
                "{distribution} {} {}: {}",
                package.release, on.architecture, build.evr
            ));
        }
    }
    lines.push(format!("Reproduced on {upstream}: yes / no"));
    lines.push("Steps to reproduce:".to_owned());
    lines.join("\n")
}

/// Where the source of a package comes from.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Origin<'package> {
    name: &'package str,
    evr: Option<&'package str>,
    is_changed: bool,
}

/// Where its source comes from, one sentence for each origin; the architectures are named where they differ.
pub fn origins_in_words(package: &Package) -> Vec<String> {
    let mut origins: BTreeMap<Option<Origin<'_>>, Vec<&str>> = BTreeMap::new();
    let published = package
        .architectures
        .iter()
        .filter(|on| on.distribution.is_some());
    for on in published {
        let origin = on.origin.as_deref();
        let found = origin.map(|name| Origin {
            name,
            evr: on.origin_evr.as_deref(),
            is_changed: on.origin_changed,
        });
        origins.entry(found).or_default().push(&on.architecture);
    }
    let differ = origins.len() > 1;
    let sentence = |(origin, architectures): (Option<Origin<'_>>, Vec<&str>)| {
        let place = if differ {
            format!(" on {}", architectures.join(", "))
        } else {
            String::new()
        };
        match origin {
            Some(Origin {
                name: origin,
                evr,
                is_changed,
            }) => {
                let evr = evr.map(|evr| format!(": {evr}")).unwrap_or_default();
                let changed = match is_changed {
                    true => format!(", which is marked as changed by {origin}"),
                    false => String::new(),
                };
                format!(
                    "Its source{place} is published in the same version by {origin}{evr}{changed}."
                )
            }
            None => format!("Where its source{place} comes from is not known."),
        }
    };
    origins.into_iter().rev().map(sentence).collect()
}

/// What repositories that are not compared have of it, such as that of packages in testing.
pub fn elsewhere_in_words(package: &Package) -> Vec<String> {
    let mut places: BTreeMap<(String, &str, &str), Vec<&str>> = BTreeMap::new();
    for on in &package.architectures {
        for elsewhere in &on.elsewhere {
            let build = &elsewhere.build;
            let place = (elsewhere.side.to_string(), &*build.repository, &*build.evr);
            places.entry(place).or_default().push(&on.architecture);
        }
    }
    let sentence = |((side, repository, evr), architectures): ((String, &str, &str), Vec<&str>)| {
        format!(
            "{repository} ({side}, not compared) has {evr} for {}.",
            architectures.join(", ")
        )
    };
    places.into_iter().map(sentence).collect()
}

/// The levels of its binary packages in the reference's package manifest.
pub fn levels_in_words(package: &Package, reference: &str) -> Vec<String> {
    let levels = package.levels.iter().map(|record| {
        format!(
            "Level {} of {reference}’s package manifest: {}",
            record.level,
            record.binaries.join(", ")
        )
    });
    levels.collect()
}

/// What each side has of it that is not compared, since it has a newer version beside it, a sentence for each side.
pub fn versions_beside_in_words(
    package: &Package,
    distribution: &str,
    reference: &str,
) -> Vec<String> {
    let sentence = |beside: &VersionsBesideRecord| {
        let side = match beside.side {
            SideName::Reference => reference,
            _ => distribution,
        };
        let others = match beside.count {
            1 => format!("another version of it, {}", beside.newest),
            count => format!("{count} other versions of it, such as {}", beside.newest),
        };
        format!(
            "{side} has {others}. Some were built as modules, of which repositories have several streams beside each other: only the newest version of each side is compared, and neither the source nor the binary interface of any other."
        )
    };
    package.versions_beside.iter().map(sentence).collect()
}

/// The warnings of a report that are about a package: they start with its name, or say that an entry of it is left out.
pub fn warnings_about<'a>(
    warnings: &'a [String],
    name: &str,
) -> impl Iterator<Item = &'a str> + use<'a> {
    let (start, left_out) = (format!("{name}: "), format!(": {name} is left out"));
    warnings
        .iter()
        .map(String::as_str)
        .filter(move |warning| warning.starts_with(&start) || warning.contains(&left_out))
}

#[cfg(test)]
pub(super) mod tests;
