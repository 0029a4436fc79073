//! A table of every rule and cause.

use super::*;
use crate::domain::{SourceAbi, SourcePackage};

fn package(name: &str, evr: &str) -> SourcePackage {
    SourcePackage {
        name: name.to_owned(),
        evr: Evr::parse(evr).unwrap(),
        epoch_known: true,
        repository: "BaseOS".to_owned(),
        built: None,
        binaries: vec![name.to_owned()],
        abi: SourceAbi::default(),
        versions_beside: vec![],
    }
}

fn change(class: ChangeClass) -> Change {
    Change {
        class,
        summary: "Does something".to_owned(),
        origin: None,
        files: vec![],
        hunks: vec![],
    }
}

/// The usual case: complete lists, epochs recorded, nothing else known.
fn usual(rules: &Rules) -> Circumstances<'_> {
    Circumstances {
        rules,
        reference_complete: true,
        distribution_complete: true,
        epochs_recorded: true,
        unreadable: false,
        finding: None,
        changes: &[],
        has_unexplained_lines: false,
        expectation: None,
    }
}

/// What the outcome says, in one line: verdict, cause or reason, evidence.
fn shown(outcome: Outcome) -> String {
    let mut parts = vec![format!("{:?}", outcome.verdict)];
    parts.extend(outcome.cause.map(|cause| format!("{cause:?}")));
    parts.extend(outcome.not_compared.map(|reason| format!("{reason:?}")));
    parts.extend(outcome.evidence.map(|evidence| format!("{evidence:?}")));
    parts.join(" ")
}

fn check_named(
    names: (&str, &str),
    evrs: (&str, &str),
    adjust: impl FnOnce(&mut Circumstances<'_>),
    expected: &str,
) {
    let rules = Rules::default();
    let (reference, distribution) = (package(names.0, evrs.0), package(names.1, evrs.1));
    let pair = Pair::Both {
        reference: &reference,
        distribution: &distribution,
    };
    let mut circumstances = usual(&rules);
    adjust(&mut circumstances);
    assert_eq!(
        shown(classify(pair, &circumstances)),
        expected,
        "{names:?} {evrs:?}"
    );
}

fn check(reference: &str, distribution: &str, changes: &[ChangeClass], expected: &str) {
    let changes: Vec<Change> = changes.iter().copied().map(change).collect();
    let rules = Rules::default();
    let (left, right) = (package("bash", reference), package("bash", distribution));
    let pair = Pair::Both {
        reference: &left,
        distribution: &right,
    };
    let circumstances = Circumstances {
        changes: &changes,
        ..usual(&rules)
    };
    assert_eq!(
        shown(classify(pair, &circumstances)),
        expected,
        "{reference} {distribution} {changes:?}"
    );
}

#[test]
fn versions_alone() {
    check("5-9.el9", "5-9.el9", &[], "Matched Inferred");
    check("5-9.el9", "5-9.el9.alma.1", &[], "Patched Inferred");
    check(
        "5-9.el9",
        "5-8.el9",
        &[],
        "Diverging UpdatePending Inferred",
    );
    check(
        "5-9.el9",
        "5-8.el9.alma.1",
        &[],
        "Diverging UpdatePending Inferred",
    );
    check("5-9.el9", "5-10.el9", &[], "Diverging Unexplained Inferred");
    check(
        "5-9.el9",
        "5-10.el9.alma.1",
        &[],
        "Diverging Unexplained Inferred",
    );
    check(
        "1:5-9.el9",
        "5-9.el9",
        &[],
        "Diverging UpdatePending Inferred",
    );
    check(
        "18-1.module+el8.10.0+22283+43c6ba5f",
        "18-1.module_el8.10.0+3894+5b4d6e1a",
        &[],
        "Matched Inferred",
    );
    check(
        "18-3.module+el9.2.0.z+18964+42696395",
        "18-3.module_el9.2.0+30+e3312493",
        &[],
        "Matched Inferred",
    );
}

#[test]
fn classes_of_change() {
    use ChangeClass::*;
    for class in [
        Branding,
        RebuildFix,
        BackportedFix,
        Architecture,
        ReleaseMechanics,
    ] {
        check("5-9.el9", "5-9.el9.alma.1", &[class], "Patched Inferred");
        check("5-9.el9", "5-9.el9", &[class], "Patched Inferred");
        check(
            "5-9.el9",
            "5-10.el9",
            &[class],
            "Diverging Unexplained Inferred",
        );
    }
    for (class, choice) in [
        (SecurityFixAhead, "SecurityFixAhead"),
        (HardwareKept, "Hardware"),
        (Feature, "Feature"),
    ] {
        let expected = format!("Diverging ByChoice({choice}) Inferred");
        check("5-9.el9", "5-9.el9.alma.1", &[Branding, class], &expected);
        check("5-9.el9", "5-10.el9", &[class], &expected);
        check(
            "5-9.el9",
            "5-8.el9",
            &[class],
            "Diverging UpdatePending Inferred",
        );
    }
    check(
        "5-9.el9",
        "5-9.el9",
        &[Feature, SecurityFixAhead],
        "Diverging ByChoice(SecurityFixAhead) Inferred",
    );
}

#[test]
fn what_is_not_known_is_never_called_harmless_nor_given_a_cause() {
    use ChangeClass::*;
    let (same, marked) = ("5-9.el9", "5-9.el9.alma.1");
    let unexplained = "Diverging Unexplained Inferred";
    check(same, marked, &[ReleaseMechanics, Unknown], unexplained);
    check(same, marked, &[HardwareKept, Unknown], unexplained);
    check(
        same,
        "5-8.el9.alma.1",
        &[Unknown],
        "Diverging UpdatePending Inferred",
    );
    let bash = ("bash", "bash");
    let finding = Some(SourceFinding {
        state: SourceState::Modified,
        evidence: Evidence::Proven,
    });
    check_named(
        bash,
        (same, marked),
        |c| (c.finding, c.has_unexplained_lines) = (finding, true),
        "Diverging Unexplained Proven",
    );
    let kernel = ("kernel", "kernel");
    check_named(
        kernel,
        (same, same),
        |c| (c.finding, c.has_unexplained_lines) = (finding, true),
        "Diverging Unexplained Proven",
    );
}

#[test]
fn classes_that_alter_behaviour_are_those_with_a_choice() {
    for class in ChangeClass::ALL {
        let choice = choice_of(&[change(class)]);
        assert_eq!(choice.is_some(), class.alters_behaviour(), "{class}");
    }
}

#[test]
fn texts_prove() {
    let finding = |state| {
        Some(SourceFinding {
            state,
            evidence: Evidence::Proven,
        })
    };
    let same = ("5-9.el9", "5-9.el9");
    let bash = ("bash", "bash");
    check_named(
        bash,
        same,
        |c| c.finding = finding(SourceState::Unmodified),
        "Matched Proven",
    );
    check_named(
        bash,
        same,
        |c| c.finding = finding(SourceState::Modified),
        "Patched Proven",
    );
    let marked = ("5-9.el9", "5-9.el9.alma.1");
    check_named(
        bash,
        marked,
        |c| c.finding = finding(SourceState::Unmodified),
        "Patched Inferred",
    );
}

#[test]
fn known_changes_do_not_overrule_what_texts_or_builds_tell() {
    let check = |name: &str, evidence, class, expected: &str| {
        let changes = [change(class)];
        let rules = Rules::default();
        let package = package(name, "5-9.el9");
        let pair = Pair::Both {
            reference: &package,
            distribution: &package,
        };
        let circumstances = Circumstances {
            changes: &changes,
            finding: Some(SourceFinding {
                state: SourceState::Unmodified,
                evidence,
            }),
            ..usual(&rules)
        };
        let outcome = classify(pair, &circumstances);
        assert_eq!(shown(outcome), expected, "{name} {class}");
    };
    for class in ChangeClass::ALL {
        check("bash", Evidence::Proven, class, "Matched Proven");
    }
    let kernel = ("kernel", ChangeClass::Unknown);
    check(kernel.0, Evidence::Proven, kernel.1, "Matched Proven");
    for class in ChangeClass::ALL {
        check("bash", Evidence::Tagged, class, "Matched Tagged");
    }
}

#[test]
fn a_kernel_keeps_its_version_so_that_versions_alone_say_nothing() {
    let (kernel, same) = (
        ("kernel", "kernel"),
        ("5.14.0-570.el9_6", "5.14.0-570.el9_6"),
    );
    check_named(kernel, same, |_| (), "NotCompared UnmarkedVersion");
    let behind = ("5.14.0-570.el9_6", "5.14.0-569.el9_6");
    check_named(kernel, behind, |_| (), "Diverging UpdatePending Inferred");
    let modified = Some(SourceFinding {
        state: SourceState::Modified,
        evidence: Evidence::Proven,
    });
    check_named(
        kernel,
        same,
        |c| c.finding = modified,
        "Diverging ByChoice(Kernel) Proven",
    );
    let unmodified = Some(SourceFinding {
        state: SourceState::Unmodified,
        evidence: Evidence::Proven,
    });
    check_named(kernel, same, |c| c.finding = unmodified, "Matched Proven");
}

#[test]
fn epochs_count_only_where_both_sides_record_them() {
    let evrs = ("1:1.54.3-4.el9_8", "1.54.3-4.el9_8");
    let names = ("NetworkManager", "NetworkManager");
    check_named(names, evrs, |_| (), "Diverging UpdatePending Inferred");
    check_named(
        names,
        evrs,
        |c| c.epochs_recorded = false,
        "Matched Inferred",
    );
    let check = |known: (bool, bool), expected: &str| {
        let rules = Rules::default();
        let side = |evr, epoch_known| SourcePackage {
            epoch_known,
            ..package("perl", evr)
        };
        let reference = side("5.40.2-512.2.el10_0", known.0);
        let distribution = side("4:5.40.2-512.2.el10_0", known.1);
        let pair = Pair::Both {
            reference: &reference,
            distribution: &distribution,
        };
        let outcome = classify(pair, &usual(&rules));
        assert_eq!(shown(outcome), expected, "{known:?}");
    };
    check((true, true), "Diverging Unexplained Inferred");
    check((false, true), "Matched Inferred");
    check((true, false), "Matched Inferred");
}

#[test]
fn another_name_is_a_modification() {
    let names = ("lorax-templates-rhel", "lorax-templates-almalinux");
    check_named(names, ("9-1.el9", "9-1.el9"), |_| (), "Patched Inferred");
    check_named(
        names,
        ("9-2.el9", "9-1.el9"),
        |_| (),
        "Diverging UpdatePending Inferred",
    );
}

#[test]
fn versions_of_its_own_say_nothing_even_where_they_look_the_same() {
    let names = ("redhat-release", "almalinux-release");
    for reference in ["9.6-1.el9", "9.6-0.1.el9"] {
        let evrs = (reference, "9.6-1.el9");
        check_named(names, evrs, |_| (), "NotCompared OwnVersions");
    }
}

#[test]
fn what_could_not_be_read_is_not_missing_and_not_extra() {
    let rules = Rules::default();
    let circumstances = Circumstances {
        unreadable: true,
        expectation: Some(Expectation::Missing),
        ..usual(&rules)
    };
    let only = package("bash", "5-1.el9");
    for pair in [Pair::ReferenceOnly(&only), Pair::DistributionOnly(&only)] {
        let outcome = classify(pair, &circumstances);
        assert_eq!(shown(outcome), "NotCompared Unreadable");
    }
}

#[test]
fn another_version_is_read_off_the_versions_however_well_the_source_is_known() {
    let proven = |circumstances: &mut Circumstances<'_>| {
        circumstances.finding = Some(SourceFinding {
            state: SourceState::Modified,
            evidence: Evidence::Proven,
        });
    };
    let bash = ("bash", "bash");
    let pending = "Diverging UpdatePending Inferred";
    check_named(bash, ("5-2.el9", "5-1.el9.alma.1"), proven, pending);
    check_named(
        bash,
        ("5-1.el9", "5-1.el9.alma.1"),
        proven,
        "Patched Proven",
    );
}

#[test]
fn presence() {
    let rules = Rules::default();
    let only = package("insights-client", "3-1.el9");
    let check = |pair: Pair<'_>, adjust: fn(&mut Circumstances<'_>), expected: &str| {
        let mut circumstances = usual(&rules);
        adjust(&mut circumstances);
        assert_eq!(shown(classify(pair, &circumstances)), expected);
    };
    let missing = Pair::ReferenceOnly(&only);
    check(missing, |_| (), "Diverging MissingUnexpectedly Inferred");
    check(
        missing,
        |c| c.expectation = Some(Expectation::Missing),
        "NotCompared RemovedOnPurpose",
    );
    check(
        missing,
        |c| c.expectation = Some(Expectation::Extra),
        "Diverging MissingUnexpectedly Inferred",
    );
    check(
        missing,
        |c| c.distribution_complete = false,
        "NotCompared DistributionIncomplete",
    );
    let reference_incomplete: fn(&mut Circumstances<'_>) = |c| c.reference_complete = false;
    check(
        missing,
        reference_incomplete,
        "NotCompared ReferenceIncomplete",
    );
    let extra = Pair::DistributionOnly(&only);
    check(extra, |_| (), "NotCompared NoCounterpart");
    check(
        extra,
        |c| c.expectation = Some(Expectation::Extra),
        "NotCompared AddedOnPurpose",
    );
    check(
        extra,
        reference_incomplete,
        "NotCompared ReferenceIncomplete",
    );
}
