use super::super::configuration::read_autopatch;
use super::super::explanation::Doubt;
use super::*;
use crate::analysis::Rules;

fn check(action: &str, expected: &str) {
    let known = BTreeSet::from(["CVE-2025-2222".to_owned()]);
    check_with(action, Some(known), expected);
}

fn check_with(action: &str, known: Option<BTreeSet<String>>, expected: &str) {
    let header = PatchHeader {
        subject: Some("Fix FTBFS".to_owned()),
        corrected_cves: vec!["CVE-2026-1111".to_owned()],
        ..PatchHeader::default()
    };
    check_headers(action, vec![header], known, expected);
}

fn check_headers(
    action: &str,
    headers: Vec<PatchHeader>,
    known: Option<BTreeSet<String>>,
    expected: &str,
) {
    let autopatch = read_autopatch(&format!("actions:\n  - {action}\n")).unwrap();
    let rules = Rules::default().change_rules;
    let changes = changes_of(
        &autopatch,
        &Explanation::default(),
        &Bearings {
            package: "bash",
            rules: &rules,
            headers: &BTreeMap::from([("known.patch".to_owned(), headers)]),
            reference_cves: known.as_ref(),
            reference_cves_are_complete: true,
            advised_cves: &BTreeSet::from(["CVE-2026-3333".to_owned()]),
            texts_are_compared: true,
            origin: None,
        },
    );
    let shown: Vec<String> = changes
        .iter()
        .map(|change| format!("{}: {}", change.class, change.summary))
        .collect();
    assert_eq!(shown.join("; "), expected);
}

#[test]
fn each_action_in_a_sentence() {
    check(
        "replace: [{target: spec, find: O = Red Hat, replace: O = AlmaLinux}]",
        "branding: Replaces “O = Red Hat” by “O = AlmaLinux” in the spec",
    );
    check(
        "replace: [{target: spec, find: \"Patch1: redhat-help.patch\", replace: \"#Patch1: redhat-help.patch\"}]",
        "unknown: Takes “Patch1: redhat-help.patch” out of the spec",
    );
    check(
        "replace: [{target: \"*.config\", find: \"a\\n\", replace: \"a\\nb\\nc\\n\"}]",
        "unknown: Adds “b” and 1 more line to *.config",
    );
    check(
        "replace: [{target: spec, find: \"Patch: RHEL-illustrations.patch\", replace: \"%if 1\\nPatch: RHEL-illustrations.patch\\n%endif\"}]",
        "branding: Puts “Patch: RHEL-illustrations.patch” in the spec under “%if 1”",
    );
    check(
        "delete_line: [{target: spec, lines: [x]}]",
        "unknown: Deletes “x” from the spec",
    );
    check(
        "modify_release: [{suffix: .alma.1, auto_increment: true}]",
        "release mechanics: Appends .alma.1 to the release, counted up with each rebuild",
    );
    check(
        "run_script: [{script: x.sh}]",
        "unknown: Runs the script x.sh, whose effect is not known",
    );
    check(
        "paint: []",
        "unknown: Does something that is not known, by the action paint",
    );
}

#[test]
fn one_purpose_classes_what_says_nothing_itself() {
    let line = |said: &str| {
        format!(
            "changelog_entry: [{{name: A, email: a@b, line: [{said}]}}]\n  - add_files: [{{type: patch, name: rename.patch}}]"
        )
    };
    let said = "release mechanics: Says in the changelog: ";
    let adds = "Adds the patch rename.patch";
    for (line_said, told, class) in [
        ("Fix FTBFS", "“Fix FTBFS”", "rebuild fix"),
        (
            "\"Fix FTBFS, ada@example.org\"",
            "“Fix FTBFS, …”",
            "unknown",
        ),
        (
            "\"AlmaLinux changes: Fix FTBFS\"",
            "“AlmaLinux changes: Fix FTBFS”",
            "rebuild fix",
        ),
        ("Fix FTBFS and more", "“Fix FTBFS and more”", "unknown"),
        ("AlmaLinux changes", "“AlmaLinux changes”", "unknown"),
        ("Fix FTBFS, more", "“Fix FTBFS” and 1 more line", "unknown"),
    ] {
        check(&line(line_said), &format!("{said}{told}; {class}: {adds}"));
    }
}

#[test]
fn a_vulnerability_that_the_reference_names_is_corrected_there() {
    check(
        "add_files: [{type: patch, name: known.patch}]",
        "security fix ahead: Adds the patch known.patch: Fix FTBFS",
    );
    check(
        "add_files: [{type: patch, name: CVE-2025-2222.patch}]",
        "backported fix: Adds the patch CVE-2025-2222.patch",
    );
    check(
        "add_files: [{type: patch, name: CVE-2025-22222.patch}]",
        "security fix ahead: Adds the patch CVE-2025-22222.patch",
    );
    check(
        "add_files: [{type: patch, name: CVE-2026-3333.patch}]",
        "unknown: Adds the patch CVE-2026-3333.patch",
    );
    check_with(
        "add_files: [{type: patch, name: CVE-2025-2222.patch}]",
        None,
        "unknown: Adds the patch CVE-2025-2222.patch",
    );
}

#[test]
fn a_patch_that_does_the_opposite_corrects_nothing() {
    let check = |name: &str, subject: &str, is_complete: bool, expected: &str| {
        let header = PatchHeader {
            subject: Some(subject.to_owned()),
            corrected_cves: Vec::new(),
            ..PatchHeader::default()
        };
        let text = format!("actions:\n  - add_files: [{{type: patch, name: {name}}}]\n");
        let changes = changes_of(
            &read_autopatch(&text).unwrap(),
            &Explanation::default(),
            &Bearings {
                package: "bash",
                rules: &Rules::default().change_rules,
                headers: &BTreeMap::from([(name.to_owned(), vec![header])]),
                reference_cves: Some(&BTreeSet::new()),
                reference_cves_are_complete: is_complete,
                advised_cves: &BTreeSet::new(),
                texts_are_compared: true,
                origin: None,
            },
        );
        assert_eq!(changes[0].class.name(), expected, "{name} {subject}");
    };
    let patch = "CVE-2026-1111.patch";
    check(patch, "Check a length", true, "security fix ahead");
    check(patch, "Check a length", false, "unknown");
    check("CVE-2026-1111-disable-fix.patch", "x", true, "unknown");
    check("test-CVE-2026-1111.patch", "x", true, "unknown");
    for name in [
        "0001-rollback-fix-for-CVE-2026-1111.patch",
        "opt-out-of-CVE-2026-1111.patch",
        "turn-off-CVE-2026-1111-mitigation.patch",
        "bypass-CVE-2026-1111.patch",
        "restore-behaviour-before-CVE-2026-1111.patch",
        "CVE-2026-1111-remove.patch",
        "CVE-2026-1111-breaks-build.patch",
        "CVE-2026-1111-rollback.patch",
    ] {
        check(name, "x", true, "unknown");
    }
    for name in [
        "CVE-2026-1111-drop-fix.patch",
        "CVE-2026-1111-allow-legacy.patch",
        "CVE-2026-1111-optional.patch",
    ] {
        check(name, "x", true, "unknown");
    }
    for subject in [
        "CVE-2026-1111: allow old behaviour",
        "CVE-2026-1111: wait for upstream",
        "Make the fix optional",
    ] {
        check(patch, subject, true, "unknown");
    }
    for subject in [
        "parser: use another table (CVE-2026-1111)",
        "CVE-2026-1111: log attempts",
    ] {
        check(patch, subject, true, "security fix ahead");
    }
    let named = "bash-5.1-CVE-2026-1111.patch";
    check(named, "x", true, "security fix ahead");
    let described = "0001-Fix-CVE-2026-1111-length-of-names.patch";
    check(described, "x", true, "security fix ahead");
    for subject in [
        "Disable the fix for CVE-2026-1111",
        "Add test for CVE-2026-1111",
        "Undo the check of a length",
    ] {
        check(patch, subject, true, "unknown");
    }
}

#[test]
fn what_almalinux_keeps_is_not_from_upstream() {
    let check = |address: &str, expected: &str| {
        let header = PatchHeader {
            subject: Some("Fix a crash".to_owned()),
            origin: Some(format!("Upstream commit: {address}")),
            ..PatchHeader::default()
        };
        let changes = changes_of(
            &read_autopatch("actions:\n  - add_files: [{type: patch, name: x.patch}]\n").unwrap(),
            &Explanation::default(),
            &Bearings {
                package: "bash",
                rules: &Rules::default().change_rules,
                headers: &BTreeMap::from([("x.patch".to_owned(), vec![header])]),
                reference_cves: None,
                reference_cves_are_complete: false,
                advised_cves: &BTreeSet::new(),
                texts_are_compared: true,
                origin: None,
            },
        );
        assert_eq!(changes[0].class.name(), expected, "{address}");
    };
    check("https://a.example/commit/0123abcd", "backported fix");
    check("https://github.com/AlmaLinux/b/commit/0123abcd", "unknown");
    check("https://git.almalinux.org/b/commit/0123abcd", "unknown");
}

#[test]
fn what_upstream_does_is_a_fix_where_it_says_so() {
    let check = |subjects: &[&str], expected: &str| {
        let headers = subjects.iter().map(|subject| PatchHeader {
            subject: Some((*subject).to_owned()),
            origin: Some("cherry picked from commit 0123abcd".to_owned()),
            ..PatchHeader::default()
        });
        let action = "add_files: [{type: patch, name: known.patch}]";
        let told = subjects.join("; ").replace("ada@example.org", "…");
        let expected = format!("{expected}: Adds the patch known.patch: {told}");
        check_headers(action, headers.collect(), None, &expected);
    };
    check(&["Fix a crash"], "backported fix");
    check(&["Fix a crash of ada@example.org"], "backported fix");
    check(&["Fix a crash", "Avoid a leak"], "backported fix");
    check(&["Fix a crash", "Remove SSLv3"], "unknown");
    check(&["Disable TLS 1.1 by default"], "unknown");
}

#[test]
fn what_upstream_does_for_a_vulnerability_that_the_reference_does_not_name_is_no_mere_fix() {
    let check = |cve: &str, expected: &str| {
        let header = PatchHeader {
            subject: Some("Fix a crash".to_owned()),
            origin: Some("cherry picked from commit 0123abcd".to_owned()),
            cves: vec![cve.to_owned()],
            ..PatchHeader::default()
        };
        let known = BTreeSet::from(["CVE-2025-2222".to_owned()]);
        let action = "add_files: [{type: patch, name: known.patch}]";
        let expected = format!("{expected}: Adds the patch known.patch: Fix a crash");
        check_headers(action, vec![header], Some(known), &expected);
    };
    check("CVE-2024-1234", "unknown");
    check("CVE-2025-2222", "backported fix");
    check("CVE-2026-3333", "backported fix");
}

#[test]
fn a_change_in_doubt_is_of_no_class() {
    let check = |doubt: Option<Doubt>, are_compared: bool, expected: &str| {
        let text = "actions:\n  - add_files: [{type: patch, name: CVE-2026-1111.patch}]\n";
        let explanation = Explanation {
            doubts: doubt.map(|doubt| (0, doubt)).into_iter().collect(),
            ..Explanation::default()
        };
        let changes = changes_of(
            &read_autopatch(text).unwrap(),
            &explanation,
            &Bearings {
                package: "bash",
                rules: &Rules::default().change_rules,
                headers: &BTreeMap::new(),
                reference_cves: Some(&BTreeSet::new()),
                reference_cves_are_complete: true,
                advised_cves: &BTreeSet::new(),
                texts_are_compared: are_compared,
                origin: None,
            },
        );
        assert_eq!(changes[0].class.name(), expected, "{doubt:?}");
    };
    check(None, true, "security fix ahead");
    for doubt in [Doubt::Absent, Doubt::NotApplied, Doubt::OtherContent] {
        check(Some(doubt), true, "unknown");
        check(Some(doubt), false, "security fix ahead");
    }
}

#[test]
fn a_patch_that_names_its_origin_comes_from_there() {
    let check = |origin: Option<&str>, link: Option<&str>, expected: &str| {
        let header = PatchHeader {
            origin: origin.map(str::to_owned),
            commit_links: link.map(str::to_owned).into_iter().collect(),
            ..PatchHeader::default()
        };
        let text = "actions:\n  - add_files: [{type: patch, name: known.patch}]\n";
        let changes = changes_of(
            &read_autopatch(text).unwrap(),
            &Explanation::default(),
            &Bearings {
                package: "bash",
                rules: &[],
                headers: &BTreeMap::from([("known.patch".to_owned(), vec![header])]),
                reference_cves: None,
                reference_cves_are_complete: false,
                advised_cves: &BTreeSet::new(),
                texts_are_compared: true,
                origin: Some("https://autopatch.example"),
            },
        );
        assert_eq!(changes[0].origin.as_deref(), Some(expected));
    };
    let commit = "https://a.example/commit/1";
    check(Some("upstream, https://a.example/commit/1"), None, commit);
    check(Some("vendor"), Some(commit), "https://autopatch.example");
    check(None, None, "https://autopatch.example");
}

#[test]
fn what_one_mail_of_a_patch_says_is_not_what_the_patch_does() {
    let header = |subject: &str, cve: &str| PatchHeader {
        subject: Some(subject.to_owned()),
        corrected_cves: cves_in(cve),
        ..PatchHeader::default()
    };
    let check = |subject: &str, cve: &str, expected: &str| {
        let headers = vec![header(subject, cve), header("Fix", "CVE-2025-2222")];
        let known = BTreeSet::from(["CVE-2025-2222".to_owned()]);
        let action = "add_files: [{type: patch, name: known.patch}]";
        let expected = format!("{expected}: Adds the patch known.patch: {subject}; Fix");
        check_headers(action, headers, Some(known), &expected);
    };
    check("Rebranding", "", "unknown");
    check("Other", "CVE-2025-2222", "backported fix");
    check("Other", "CVE-2026-1111", "security fix ahead");
    check("Revert the fix", "CVE-2025-2222", "unknown");
}
