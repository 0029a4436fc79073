use super::*;
use proptest::prelude::*;

fn check(patch: &str, expected: PatchHeader) {
    assert_eq!(read_patch_headers(patch.as_bytes()), [expected]);
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_patch_of_git() {
    check(
        "From 0123 Mon Sep 17 00:00:00 2001\nFrom: Ada Lovelace <ada@example.org>\nDate: Tue, 4 Nov 2025 10:00:00 +0100\nSubject: [PATCH 2/3] net: check the\n length of it\n\nFixes CVE-2025-12345, see https://git.example.org/x/commit/abc.\nResolves: rhbz#12, RHEL-345\n(cherry picked from commit abcdef)\n---\n a | 1 +\n\ndiff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-CVE-2001-0001\n+b\n",
        PatchHeader {
            subject: text("net: check the length of it"),
            author: text("Ada Lovelace"),
            date: text("Tue, 4 Nov 2025 10:00:00 +0100"),
            origin: text("cherry picked from commit abcdef"),
            commit_links: vec!["https://git.example.org/x/commit/abc".to_owned()],
            cves: vec!["CVE-2025-12345".to_owned()],
            corrected_cves: vec!["CVE-2025-12345".to_owned()],
            bugs: vec!["RHEL-345".to_owned(), "rhbz#12".to_owned()],
            ..PatchHeader::default()
        },
    );
}

#[test]
fn fields_of_dep_3() {
    check(
        "Description: Say no\nOrigin: upstream, https://a.example/commit/1\nBug: https://a.example/issues/7\nForwarded: not-needed\nApplied-Upstream: 2.1\nLast-Update: 2026-01-02\nAuthor: ada@example.org\n\n--- x\n+++ y\n",
        PatchHeader {
            subject: text("Say no"),
            origin: text("upstream, https://a.example/commit/1"),
            forwarded: text("not-needed"),
            applied_upstream: text("2.1"),
            last_update: text("2026-01-02"),
            commit_links: vec!["https://a.example/commit/1".to_owned()],
            bugs: vec!["https://a.example/issues/7".to_owned()],
            ..PatchHeader::default()
        },
    );
}

#[test]
fn a_long_description_is_no_part_of_a_subject() {
    let subject = |header: &str| {
        let headers = read_patch_headers(format!("{header}\n--- x\n").as_bytes());
        headers[0].subject.clone()
    };
    let long = "Description: Say no\n It adds PCI IDs.\n .\n Really.\nOrigin: vendor\n";
    assert_eq!(subject(long), text("Say no"));
    assert_eq!(subject("Description:\n Say no\n at all\n"), text("Say no"));
    let folded = "From: Ada <a@b>\nSubject: Say\n no\n";
    assert_eq!(subject(folded), text("Say no"));
}

#[test]
fn names_are_decoded_and_where_it_was_sent_is_no_origin() {
    check(
        "From: =?UTF-8?q?Ren=C3=A9e=20S=C3=B8?= =?utf-8?Q?rensen?= <r@example.org>\nSubject: [PATCH] =?UTF-8?q?=C3=A9t=C3?=\nForwarded: https://a.example/x/pull/1\n---\n",
        PatchHeader {
            subject: text("ét\u{fffd}"),
            author: text("Renée Sørensen"),
            forwarded: text("https://a.example/x/pull/1"),
            ..PatchHeader::default()
        },
    );
    check(
        "From: =?ISO-8859-1?q?Ren=E9e?= <r@example.org>\n",
        PatchHeader {
            author: text("Renée"),
            ..PatchHeader::default()
        },
    );
    for from in [
        "ada@example.org (Ada Lovelace)",
        "\"Ada Lovelace\" <ada@example.org>",
    ] {
        check(
            &format!("\u{feff}From: {from}\n"),
            PatchHeader {
                author: text("Ada Lovelace"),
                ..PatchHeader::default()
            },
        );
    }
}

#[test]
fn an_origin_that_is_not_known_is_none() {
    let check = |origin: &str, expected: bool| {
        let headers = read_patch_headers(format!("Subject: x\nOrigin: {origin}\n").as_bytes());
        assert_eq!(headers[0].has_origin(), expected, "{origin}");
    };
    for denied in [
        "none",
        "Unknown",
        "not known",
        "N/A",
        "no",
        "TODO",
        "none (to be found)",
        "-",
        "?",
    ] {
        check(denied, false);
    }
    for stated in [
        "vendor",
        "other",
        "upstream, 1.2",
        "Notmuch",
        "not merged yet, https://a.example/pull/1",
    ] {
        check(stated, true);
    }
}

#[test]
fn a_field_of_bugs_names_bugs_alone() {
    let check = |field: &str, expected: &[&str]| {
        let headers = read_patch_headers(format!("Subject: x\n{field}\n").as_bytes());
        assert_eq!(headers[0].bugs, expected, "{field}");
    };
    check("Bug: none", &[]);
    check("Bug-Debian: not-needed", &[]);
    check("Bug: see the list of 2019 for it", &[]);
    check("Bug-Ubuntu: LP: #1234", &["LP: #1234"]);
    check("Bug: 12, 13", &["12", "13"]);
    check(
        "Bug: https://a.example/T1 (closed)",
        &["https://a.example/T1"],
    );
}

#[test]
fn a_bare_patch_says_nothing_of_itself() {
    let headers = read_patch_headers(b"--- a/x: y\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n");
    assert_eq!(headers, [PatchHeader::default()]);
    assert!(!headers[0].has_origin());
}

#[test]
fn what_only_looks_like_a_reference_is_none() {
    let check = |line: &str, origin: Option<&str>, links: &[&str], bugs: &[&str]| {
        let [header] = &read_patch_headers(format!("Subject: x\n\n{line}\n").as_bytes())[..] else {
            panic!("{line}");
        };
        assert_eq!(header.origin.as_deref(), origin, "{line}");
        assert_eq!(header.commit_links, links, "{line}");
        assert_eq!(header.bugs, bugs, "{line}");
    };
    check("This is not an upstream commit at all.", None, &[], &[]);
    check("No upstream commit exists", None, &[], &[]);
    check(
        "[ Upstream commit 0123abcd ]",
        Some("Upstream commit 0123abcd"),
        &[],
        &[],
    );
    check(
        "Upstream-commit: 0123abcd",
        Some("Upstream-commit: 0123abcd"),
        &[],
        &[],
    );
    check(
        "commit 0123abcd upstream.",
        Some("commit 0123abcd upstream."),
        &[],
        &[],
    );
    check("Enable on RHEL-9 and RHEL-10.1", None, &[], &[]);
    check("RHEL-123, rhbz#7", None, &[], &["RHEL-123", "rhbz#7"]);
    check("https://github.com/foo/debugger", None, &[], &[]);
    check("https://bugs.example.org/", None, &[], &[]);
    check("https://lists.example.org/c/thread", None, &[], &[]);
    let kernel = "https://git.kernel.org/torvalds/c/0123abcd";
    check(kernel, None, &[kernel], &[]);
    for bug in [
        "https://bugzilla.redhat.com/show_bug.cgi?id=12",
        "https://bugzilla.redhat.com/12",
        "https://bugs.launchpad.net/x/+bug/12",
        "https://a.example/x/issues/12",
        "https://issues.redhat.com/browse/RHEL-12",
    ] {
        check(bug, None, &[], &[bug]);
    }
}

#[test]
fn several_mails_in_one_file() {
    let diff = "diff --git a/a b/a\nindex 1..2 100644\n--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@ f\n-Subject: no\n+CVE-2001-0001\n \n\n\\ No newline at end of file\n";
    let binary = "diff --git a/x b/x\nGIT binary patch\nliteral 3\nKcmCVE-2001-0002\n\nliteral 0\nHcmV?d00001\n\n";
    let first = "From 0123 Mon Sep 17 00:00:00 2001\nFrom: Ada <a@b>\nSubject: [PATCH 1/2] One\n\nRHEL-123\n---\n a | 2 +-\n\n";
    let second = "-- \n2.43.0\n\nFrom 0124 Mon Sep 17 00:00:00 2001\nFrom: Bea <b@b>\nSubject: [PATCH 2/2] Two\n\nFixes CVE-2026-99999\nhttps://a.example/commit/1\n---\n\n";
    let check = |patch: &str| {
        let headers = read_patch_headers(patch.as_bytes());
        let one = PatchHeader {
            subject: text("One"),
            author: text("Ada"),
            bugs: vec!["RHEL-123".to_owned()],
            ..PatchHeader::default()
        };
        let two = PatchHeader {
            subject: text("Two"),
            author: text("Bea"),
            cves: vec!["CVE-2026-99999".to_owned()],
            corrected_cves: vec!["CVE-2026-99999".to_owned()],
            commit_links: vec!["https://a.example/commit/1".to_owned()],
            ..PatchHeader::default()
        };
        assert_eq!(headers, [one, two], "{patch}");
        let joined = PatchHeader::joined(&headers);
        assert_eq!(joined.subject, text("One; Two"));
        assert_eq!(joined.cves, ["CVE-2026-99999"]);
    };
    check(&[first, diff, second, diff].concat());
    check(&[first, diff, binary, second, binary, diff].concat());
    let cut = diff.replace("-1,3 +1,3", "-1,9 +1,9");
    check(&[first, diff, second, &cut].concat());
    let bare = [diff, "# CVE-2026-1111\n", diff, second, diff].concat();
    let headers = read_patch_headers(bare.as_bytes());
    assert_eq!(headers.len(), 2, "{headers:?}");
    assert_eq!(headers[0].cves, ["CVE-2026-1111"]);
}

#[test]
fn what_says_that_it_is_from_upstream() {
    let check = |name: &str, header: &str, expected: bool| {
        let headers = read_patch_headers(header.as_bytes());
        assert_eq!(
            headers[0].is_from_upstream(name),
            expected,
            "{name} {header}"
        );
    };
    let link = "https://a.example/commit/0123abcd";
    check("upstream.patch", "Subject: Backport of it\n", false);
    check(
        "x.patch",
        "Subject: Revert upstream hardening, feature X\n",
        false,
    );
    check("x.patch", "Origin: upstream, 2.1\n", true);
    check("x.patch", "Origin: backport\n", true);
    check("x.patch", "Applied-Upstream: 2.1\n", true);
    check("x.patch", "Applied-Upstream: not yet\n", false);
    check("x.patch", &format!("Subject: x\n\n{link}\n"), false);
    for said in [
        &format!("Upstream commit: {link}"),
        &format!("Upstream-Status: Backport [{link}]"),
        &format!("Backported from {link}"),
        &format!("Backport of upstream commit\n\n{link}"),
        &format!("(cherry picked from {link})"),
        &format!("Origin: {link}"),
        &format!("Origin: upstream, {link}"),
        &format!("Applied-Upstream: {link}"),
        "Applied-Upstream: yes, in version 5.3, 2026-01-02",
        "Applied-Upstream: commit:abcdefa",
        "Applied-Upstream: v2.1",
        "[ Upstream commit 0123abcd ]",
        "commit 0123abcd upstream.",
        "(cherry picked from commit 0123abcd in master)",
        "Upstream commit: 0123abcd (\"Fix x\")",
        "Upstream commit 0123abcd: fix x",
        "Origin: upstream, commit:0123abcd",
    ] {
        check("x.patch", &format!("Subject: x\n{said}\n"), true);
    }
    for said in [
        &format!("Fixes: {link}"),
        &format!("See also {link}"),
        &format!("This works around a bug introduced by\n{link}"),
        &format!("This is not upstream: {link} broke it"),
        &format!("It is broken by upstream commit 0123abcd, {link}"),
        &format!("Undo {link}"),
        &format!("Upstream-Status: Pending [{link}]"),
        &format!("Upstream-Status: Backport\nsee {link}"),
        "https://github.com/AlmaLinux/b/commit/0123abcd",
        "Applied-Upstream: no",
        "Applied-Upstream: no, rejected in 2.1",
        "Applied-Upstream: unknown",
        "Applied-Upstream: will be in 5.3",
        "Applied-Upstream: 5.3 (not released yet)",
        "Applied-Upstream: 5.3, in future",
        "Applied-Upstream: not-needed since 5.3",
        "Applied-Upstream: yes",
        "Applied-Upstream: see https://a.example/2",
        "Applied-Upstream: 2 years ago someone proposed it",
        "Upstream commit 0123abcd removed it, and we go on without.",
        "Backport of 0123abcd is impossible, so disable the feature.",
        &format!("Upstream patch {link} was rejected; this is ours."),
        &format!("Upstream commit {link}, but without its test of keys"),
        "Upstream: deadbeefcafe broke this",
        "commit 0123abcd was reverted upstream.",
        &format!("Origin: {link} (rejected)"),
        "Origin: upstream, but never merged",
        &format!("Origin: upstream, {link}, never merged"),
    ] {
        check("x.patch", &format!("Subject: x\n{said}\n"), false);
    }
    check(
        "x.patch",
        &format!("Subject: Undo x\n\nUpstream commit: {link}\n"),
        false,
    );
    check("x.patch", &format!("Origin: vendor, {link}\n"), false);
    check("x.patch", &format!("Subject: Revert x\n\n{link}\n"), false);
    check("revert-x.patch", &format!("Subject: x\n\n{link}\n"), false);
    check(
        "x.patch",
        "Subject: Revert upstream commit 0123abcd\n",
        false,
    );
    check("x.patch", "Subject: x\n\nUpstream commit 0123abcd\n", true);
    check(
        "0001-Revert-x.patch",
        "Subject: Revert x\n\n(cherry picked from commit 0123abcd)\n",
        true,
    );
}

#[test]
fn numbers_of_bugs_are_found_where_they_are_red_hats() {
    let check = |line: &str, expected: &[&str]| {
        let headers = read_patch_headers(format!("Subject: x\n\n{line}\n").as_bytes());
        assert_eq!(headers[0].bugs, expected, "{line}");
    };
    check("See bz#19415 and BZ#2012345.", &["bz#19415", "bz#2012345"]);
    check(
        "[RHBZ#2012345] RHEL-12345:",
        &["RHEL-12345", "rhbz#2012345"],
    );
    check(
        "Resolves: #2012345, #2012346",
        &["rhbz#2012345", "rhbz#2012346"],
    );
    check("    Related: #2012345", &["rhbz#2012345"]);
    check("Resolves: rhbz#2012345", &["rhbz#2012345"]);
    check(
        "RH-Bugzilla: 2012345 987654",
        &["rhbz#2012345", "rhbz#987654"],
    );
    check("Bugzilla: 2012345", &["rhbz#2012345"]);
    check("Red Hat Bugzilla: #2012345", &["rhbz#2012345"]);
    check("Red Hat Bug 2012345 - it fails", &["rhbz#2012345"]);
    check("RH-Jira: RHEL-12345", &["RHEL-12345"]);
    for other in [
        "#2012345 is bad",
        "Bug 2012345 - of Mozilla's",
        "Resolves: #123",
        "Fixes: #2012345",
        "Bugzilla: 123",
        "Resolves: 2012345",
        "bz#",
        "RH-Bugzilla: none 123",
        "Bugzilla: see 2012345",
    ] {
        check(other, &[]);
    }
}

#[test]
fn what_is_a_cve() {
    let check = |text: &str, expected: &[&str]| assert_eq!(cves_in(text), expected, "{text}");
    check("cve-2025-1234.patch", &["CVE-2025-1234"]);
    check("CVE-2025-123, CVE-20xx-12345, CVE-", &[]);
    check(
        "CVE-2025-2 CVE-2026-0002 CVE-2024-99999",
        &["CVE-2024-99999", "CVE-2026-0002"],
    );
}

proptest! {
    #[test]
    fn any_bytes_have_a_header(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        read_patch_headers(&bytes);
    }

    #[test]
    fn any_text_has_a_header(text in "(From|Subject|=\\?utf-8\\?q\\?|\\?=|=C|3|Origin|CVE-|:|\\[|\\n| |<|é|-|2025|#){0,40}") {
        read_patch_headers(text.as_bytes());
    }
}

#[test]
fn what_is_mentioned_is_not_corrected() {
    let check = |header: &str, expected: &[&str]| {
        let headers = read_patch_headers(format!("{header}\n---\n").as_bytes());
        assert_eq!(headers[0].corrected_cves, expected, "{header}");
    };
    let after_subject = |line: &str| format!("From: Ada <a@b>\nSubject: Other\n\n{line}");
    for line in [
        "CVE-2025-1111",
        "CVE: CVE-2025-1111",
        "Fixes: CVE-2025-1111",
        "* Fix for CVE-2025-1111, a crash",
        "Security: fixes CVE-2025-1111.",
        "Fixes CVE-2025-1111: a length is not checked",
    ] {
        check(&after_subject(line), &["CVE-2025-1111"]);
    }
    for line in [
        "Unlike CVE-2025-1111 this is no security matter.",
        "This follows up on CVE-2025-1111, which is fixed already.",
        "Not fixed: CVE-2025-1111",
        "CVE-2025-1111 is not fixed by this.",
        "CVE-2025-1111: test that it stays fixed",
        "CVE-2025-1111 stays open",
        "For CVE-2025-1111 nothing is needed.",
        "The CVE-2025-1111 issue came with 1.2",
        "The fix for CVE-2025-1111 came too late.",
        "A vulnerability, CVE-2025-1111, made upstream remove the old one.",
    ] {
        check(&after_subject(line), &[]);
    }
    let check_subject = |subject: &str, expected: &[&str]| {
        check(&format!("From: Ada <a@b>\nSubject: {subject}\n"), expected);
        let also = format!("From: Ada <a@b>\nSubject: {subject}\n\nCVE-2025-1111\n");
        let denied = denies_correction(subject);
        check(&also, if denied { &[] } else { &["CVE-2025-1111"] });
    };
    for subject in [
        "net: correct CVE-2025-1111",
        "CVE-2025-1111",
        "CVE-2025-1111: check the length",
        "Fix CVE-2025-1111",
        "Fixed: CVE-2025-1111, a crash",
        "Backport the fix for CVE-2025-1111",
        "Mitigate CVE-2025-1111",
        "Fix a crash of the parser (CVE-2025-1111)",
        "CVE-2025-1111 a length is not checked",
    ] {
        check_subject(subject, &["CVE-2025-1111"]);
    }
    check_subject("Fix a typo in the comment on it (CVE-2025-1111)", &[]);
    check_subject("Resolve a conflict with the patch (CVE-2025-1111)", &[]);
    for subject in [
        "Disable the fix for CVE-2025-1111",
        "Add test for CVE-2025-1111",
        "tests: CVE-2025-1111",
        "Document CVE-2025-1111",
        "Fix regression introduced by the fix for CVE-2025-1111",
        "Fix what broke with the fix (CVE-2025-1111)",
        "Back out fix for CVE-2025-1111",
        "Drop CVE-2025-1111 mitigation",
        "Undo CVE-2025-1111",
        "Revert CVE-2025-1111",
        "Prepare for CVE-2025-1111",
        "Not affected by CVE-2025-1111",
        "CVE-2025-1111 does not affect us",
        "CVE-2025-1111: add regression test",
        "Relax the check added for CVE-2025-1111",
        "CVE-2025-1111: relax the check",
        "Weaken the mitigation of CVE-2025-1111",
    ] {
        check_subject(subject, &[]);
        assert!(denies_correction(subject), "{subject}");
    }
    check_subject("Check the length, as for CVE-2025-1111", &[]);
}

#[test]
fn addresses_of_mail_are_left_out() {
    check(
        "Origin: ada@example.org\nForwarded: to ada@example.org\nBug: ada@example.org 12\nLast-Update: ada@example.org\nApplied-Upstream: 1.2 by ada@example.org\nDate: ada@example.org\nFrom: ada%40example.org\n",
        PatchHeader {
            origin: text("…"),
            forwarded: text("to …"),
            last_update: text("…"),
            applied_upstream: text("1.2 by …"),
            date: text("…"),
            ..PatchHeader::default()
        },
    );
    let archive = "https://lore.example/all/1-ada@example.org/";
    check(
        &format!("Origin: upstream, {archive}\n"),
        PatchHeader {
            origin: Some(format!("upstream, {archive}")),
            ..PatchHeader::default()
        },
    );
}
