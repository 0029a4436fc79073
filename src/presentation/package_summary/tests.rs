//! What the page of a small package says.

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
    let extra = Outcome::not_compared(Presence::Extra, NotComparedReason::NoReferenceArchitecture);
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
