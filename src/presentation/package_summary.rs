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
pub(super) mod tests {
    use super::*;
    use crate::domain::{Evidence, NotComparedReason, Presence, VersionRelation};
    use crate::report::{FormatVersion, PackageOnArchitecture};

    pub fn package(outcomes: &[(&str, Outcome)]) -> Package {
        Package {
            format: FormatVersion::CURRENT,
            release: "9".to_owned(),
            name: "bash".to_owned(),
            reference_name: None,
            architectures: outcomes
                .iter()
                .map(|&(architecture, outcome)| PackageOnArchitecture {
                    elsewhere: Vec::new(),
                    architecture: architecture.to_owned(),
                    outcome: outcome.into(),
                    reference: None,
                    distribution: None,
                    origin: None,
                    origin_evr: None,
                    origin_changed: false,
                    abi: None,
                    reference_alone: vec![],
                    distribution_alone: vec![],
                })
                .collect(),
            binaries: vec![],
            expectation: None,
            expected_binaries: vec![],
            changes: vec![],
            levels: vec![],
            statements: vec![],
            builds: vec![],
            unexplained: vec![],
            patches: vec![],
            texts: None,
            tool_reports: vec![],
            versions_beside: vec![],
            advisories: vec![],
        }
    }

    #[test]
    fn what_deviates_is_led_to_its_beginning() {
        let label = |verdict, cause| ledger_label(&package(&[("x86_64", outcome(verdict, cause))]));
        assert_eq!(
            label(Verdict::Diverging, Some(Cause::UpdatePending)),
            "Since when it deviates, and whether it did before"
        );
        assert_eq!(
            label(Verdict::Matched, None),
            "Whether it deviated before, and until when"
        );
    }

    pub fn outcome(verdict: Verdict, cause: Option<Cause>) -> Outcome {
        Outcome {
            presence: Presence::Both,
            version: Some(VersionRelation::Same),
            source: SourceState::Unknown,
            verdict,
            cause,
            evidence: Some(Evidence::Inferred),
            not_compared: None,
        }
    }

    #[test]
    fn says_the_least_favourable_and_how_architectures_differ() {
        let matched = outcome(Verdict::Matched, None);
        let behind = outcome(Verdict::Diverging, Some(Cause::UpdatePending));
        let package = package(&[("x86_64", matched), ("s390x", behind)]);
        assert_eq!(
            sentence(&package, "AlmaLinux", "RHEL"),
            "AlmaLinux’s version is older than RHEL’s."
        );
        assert_eq!(
            differences(&package).unwrap(),
            "matched on x86_64; diverging on s390x"
        );
        assert!(bug_advice(&package, "AlmaLinux", "CentOS Stream").distribution_tracker);
    }

    #[test]
    fn counts_the_changes_of_a_patched_package() {
        let mut package = package(&[("x86_64", outcome(Verdict::Patched, None))]);
        let check = |package: &Package, expected: &str| {
            assert_eq!(sentence(package, "AlmaLinux", "RHEL"), expected);
        };
        check(
            &package,
            "RHEL’s version, modified by AlmaLinux; what was changed is not known.",
        );
        let compared = Outcome {
            source: SourceState::Modified,
            evidence: Some(Evidence::Proven),
            ..outcome(Verdict::Patched, None)
        };
        package.architectures[0].outcome = compared.into();
        check(
            &package,
            "RHEL’s version, built again by AlmaLinux; nothing but its release and its changelog is known to differ.",
        );
        let change = ChangeRecord {
            class: ChangeClassName::Branding,
            summary: "Replaces the logo".to_owned(),
            origin: None,
            files: vec![],
            hunks: vec![],
        };
        package.changes = vec![change.clone()];
        check(
            &package,
            "RHEL’s version with 1 change by AlmaLinux, which does not alter behaviour on purpose.",
        );
        let mechanics = ChangeRecord {
            class: ChangeClassName::ReleaseMechanics,
            ..change.clone()
        };
        package.changes = vec![change.clone(), mechanics.clone(), change];
        check(
            &package,
            "RHEL’s version with 2 changes by AlmaLinux, none of which alters behaviour on purpose.",
        );
        package.changes = vec![mechanics];
        check(
            &package,
            "RHEL’s version, built again by AlmaLinux; nothing but its release and its changelog is known to differ.",
        );
    }

    #[test]
    fn versions_that_are_not_compared_are_told_for_each_side() {
        let mut package = package(&[]);
        let beside = |side, count| VersionsBesideRecord {
            side,
            count,
            newest: "15.1-1.module+el9.4.0+1+a".to_owned(),
        };
        package.versions_beside = vec![
            beside(SideName::Reference, 1),
            beside(SideName::Distribution, 3),
        ];
        let told = versions_beside_in_words(&package, "AlmaLinux", "RHEL");
        let starts = [
            "RHEL has another version of it, 15.1-1.module+el9.4.0+1+a. Some were built as modules",
            "AlmaLinux has 3 other versions of it, such as 15.1-1.module+el9.4.0+1+a. Some",
        ];
        assert_eq!(told.len(), starts.len());
        for (told, start) in told.iter().zip(starts) {
            assert!(told.starts_with(start), "{told}");
        }
    }

    #[test]
    fn a_matched_package_is_reported_upstream() {
        let package = package(&[("x86_64", outcome(Verdict::Matched, None))]);
        let advice = bug_advice(&package, "AlmaLinux", "CentOS Stream");
        assert_eq!(
            (advice.reference_tracker, advice.distribution_tracker),
            (true, false)
        );
        assert_eq!(differences(&package), None);
    }

    #[test]
    fn what_was_not_compared_says_why() {
        let extra =
            Outcome::not_compared(Presence::Extra, NotComparedReason::NoReferenceArchitecture);
        let package = package(&[("i686", extra)]);
        assert_eq!(
            sentence(&package, "AlmaLinux", "RHEL"),
            "RHEL does not have this architecture."
        );
    }

    #[test]
    fn an_unexplained_change_of_the_same_version_is_not_called_newer() {
        let unexplained = outcome(Verdict::Diverging, Some(Cause::Unexplained));
        let text = sentence(&package(&[("x86_64", unexplained)]), "AlmaLinux", "RHEL");
        assert!(
            text.starts_with("RHEL’s version, modified by AlmaLinux;"),
            "{text}"
        );
    }

    #[test]
    fn an_origin_that_changed_the_source_is_said_to_have() {
        let matched = outcome(Verdict::Matched, None);
        let mut package = package(&[("x86_64", matched), ("aarch64", matched)]);
        for (on, evr) in package
            .architectures
            .iter_mut()
            .zip(["1-1.0.1.el9", "1-1.el9"])
        {
            on.distribution = Some(crate::report::BuildRecord {
                evr: "1-1.el9".to_owned(),
                repository: "BaseOS".to_owned(),
                built: None,
            });
            on.origin = Some("Oracle Linux".to_owned());
            on.origin_evr = Some(evr.to_owned());
            on.origin_changed = evr.contains(".0.1");
        }
        assert_eq!(
            origins_in_words(&package),
            [
                "Its source on aarch64 is published in the same version by Oracle Linux: 1-1.el9.",
                "Its source on x86_64 is published in the same version by Oracle Linux: 1-1.0.1.el9, which is marked as changed by Oracle Linux.",
            ]
        );
    }

    #[test]
    fn what_other_repositories_have_and_what_is_promised_is_said() {
        let matched = outcome(Verdict::Matched, None);
        let mut package = package(&[("x86_64", matched), ("aarch64", matched)]);
        for on in &mut package.architectures {
            on.elsewhere.push(crate::report::ElsewhereRecord {
                side: crate::report::SideName::Testing,
                build: crate::report::BuildRecord {
                    evr: "5.2-1.el9".to_owned(),
                    repository: "Testing".to_owned(),
                    built: None,
                },
            });
        }
        package.levels.push(crate::report::LevelRecord {
            level: 1,
            binaries: vec!["bash".to_owned(), "bash-devel".to_owned()],
        });
        assert_eq!(
            elsewhere_in_words(&package),
            ["Testing (testing, not compared) has 5.2-1.el9 for x86_64, aarch64."]
        );
        assert_eq!(
            levels_in_words(&package, "RHEL"),
            ["Level 1 of RHEL’s package manifest: bash, bash-devel"]
        );
    }
}
