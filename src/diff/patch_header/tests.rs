mod corrections;
mod origins;

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
fn commits_as_git_shows_them() {
    let diff = "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-x\n+y\n";
    let first = "commit 1234567890123456789012345678901234567890 (HEAD)\nAuthor:     Ada Lovelace <ada@example.org>\nAuthorDate: Mon Jan 1 00:00:00 2024 +0000\nCommit:     Bea <bea@example.org>\n\n    Add a thing\n\n    Subject: no\n\n";
    let second = "\ncommit 0123abcd\nAuthor: Bea <bea@example.org>\nDate:   Tue Jan 2 00:00:00 2024 +0000\n\n    [PATCH] Fix CVE-2026-1234\n\n";
    let headers = read_patch_headers([first, diff, second, diff].concat().as_bytes());
    let expected = [
        PatchHeader {
            subject: text("Add a thing"),
            author: text("Ada Lovelace"),
            date: text("Mon Jan 1 00:00:00 2024 +0000"),
            origin: text("commit 1234567890123456789012345678901234567890"),
            ..PatchHeader::default()
        },
        PatchHeader {
            subject: text("Fix CVE-2026-1234"),
            author: text("Bea"),
            date: text("Tue Jan 2 00:00:00 2024 +0000"),
            origin: text("commit 0123abcd"),
            cves: vec!["CVE-2026-1234".to_owned()],
            corrected_cves: vec!["CVE-2026-1234".to_owned()],
            ..PatchHeader::default()
        },
    ];
    assert_eq!(headers, expected);
    assert!(headers.iter().all(PatchHeader::has_origin));
    assert!(!headers[1].is_from_upstream("x.patch"));
    let picked = "    x\n\n    (cherry picked from commit 0123456)\n";
    let headers = read_patch_headers(format!("commit 0123abcd\n\n{picked}").as_bytes());
    let origin = text("cherry picked from commit 0123456");
    assert_eq!(headers[0].origin, origin);
    for no_commit in ["commit to it", "commit defaced by it"] {
        let text = format!("{no_commit}\n\n    indented\n");
        check(&text, PatchHeader::default());
    }
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
