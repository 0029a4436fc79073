use super::*;
use proptest::prelude::*;

fn check(patch: &str, expected: PatchHeader) {
    assert_eq!(read_patch_header(patch.as_bytes()), expected);
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
            author: text("=?ISO-8859-1?q?Ren=E9e?="),
            ..PatchHeader::default()
        },
    );
}

#[test]
fn a_bare_patch_says_nothing_of_itself() {
    let header = read_patch_header(b"--- a/x: y\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n");
    assert_eq!(header, PatchHeader::default());
    assert!(!header.has_origin());
}

#[test]
fn what_only_looks_like_a_reference_is_none() {
    let check = |line: &str, origin: Option<&str>, links: &[&str], bugs: &[&str]| {
        let header = read_patch_header(format!("Subject: x\n\n{line}\n").as_bytes());
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
fn numbers_of_bugs_are_found_where_they_are_red_hats() {
    let check = |line: &str, expected: &[&str]| {
        let header = read_patch_header(format!("Subject: x\n\n{line}\n").as_bytes());
        assert_eq!(header.bugs, expected, "{line}");
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
        read_patch_header(&bytes);
    }

    #[test]
    fn any_text_has_a_header(text in "(From|Subject|=\\?utf-8\\?q\\?|\\?=|=C|3|Origin|CVE-|:|\\[|\\n| |<|é|-|2025|#){0,40}") {
        read_patch_header(text.as_bytes());
    }
}
