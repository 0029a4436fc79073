//! From where a patch says that it comes.

use super::*;

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
        "Origin: upstream, https://a.example/x/-/commit/0123abcd.patch",
        "Origin: upstream, https://a.example/x.git/commit/?id=0123abcd",
        "Origin: backport, 0123456789012345678901234567890123456789",
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
        "Origin: upstream, 2.1",
        "Origin: upstream, 2bad",
        "Origin: upstream, 0badca",
        "Origin: upstream, defaced",
        "Origin: upstream, 20260102",
        "Origin: upstream",
        "Origin: backport",
        "Origin: upstream, https://a.example/blog",
        "Origin: backport, https://a.example/forum/12",
        "Origin: https://a.example/x/pull/3",
        "Origin: upstream, https://a.example/x/merge_requests/3",
        "Upstream patch: https://a.example/commit/3",
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
fn what_says_that_it_corrects_and_changes_nothing_on_purpose() {
    let check = |subject: &str, name: &str, expected: bool| {
        let headers = read_patch_headers(format!("Subject: {subject}\n").as_bytes());
        let corrects = headers[0].says_that_it_corrects(name);
        assert_eq!(corrects, expected, "{subject:?} {name}");
    };
    for subject in [
        "Fix a crash of the parser",
        "net: sched: avoid a use after free",
        "Prevent an endless loop",
        "Don't crash on empty input",
        "Do not leak memory",
        "Correct off-by-one in the decoder",
        "Fix memory leak in parser",
        "memory leak in parser",
        "bug 1234: Avoid null dereference",
        "Bug #1234 - Fix a crash",
        "fix(parser): crash on empty input",
        "Fix a leak in tty_remove()",
    ] {
        check(subject, "a.patch", true);
    }
    check("", "0003-fix-crash.patch", true);
    check("", "0003-crash.patch", false);
    check("", "0003-fix-off-by-one.patch", true);
    check("Fix a crash", "0003-disable-tls.patch", false);
    for subject in [
        "Remove SSLv3",
        "Disable TLS 1.1 by default",
        "Change default from A to B",
        "Add support for new cipher",
        "Bump to 2.0",
        "Rewrite in Rust",
        "Turn off feature X",
        "Use AlmaLinux default",
        "manager: keep the order of arguments",
        "Fix the default of TLS",
        "Fix names: rename the option",
        "Handle new ciphers",
        "Do not use TLS 1.1",
        "Don't check signatures",
        "Avoid the check of signatures",
        "Crash reporter in parser",
        "Reject SHA-1",
        "Turn it off by default",
        "Documentation of the memory leak in parser",
    ] {
        check(subject, "a.patch", false);
    }
}
