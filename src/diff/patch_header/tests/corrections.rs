//! Which vulnerabilities are said to be corrected.

use super::super::corrections::subject_corrects_cve;
use super::*;

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

#[test]
fn what_is_mentioned_is_not_corrected() {
    let check = |header: &str, expected: &[&str]| {
        let headers = read_patch_headers(format!("{header}\n---\n").as_bytes());
        assert_eq!(headers[0].corrected_cves, expected, "{header}");
    };
    let after_subject = |line: &str| format!("From: Ada <a@b>\nSubject: Other\n\n{line}");
    for line in [
        "CVE: CVE-2025-1111",
        "CVE: CVE-2025-1111\nFixes: a crash",
        "Fixes: CVE-2025-1111",
        "Resolves: CVE-2025-1111",
        "* Fix for CVE-2025-1111, a crash",
        "Security: fixes CVE-2025-1111.",
        "Fixes CVE-2025-1111: a length is not checked",
    ] {
        check(&after_subject(line), &["CVE-2025-1111"]);
    }
    for line in [
        "CVE-2025-1111",
        "CVE-2025-1111: a crash",
        "Not affected:\n* CVE-2025-1111",
        "Related vulnerabilities:\nCVE-2025-1111\nCVE-2025-1112",
        "This does not fix it.\nFixes: CVE-2025-1111",
        "Upstream fixed it like this:\nFix CVE-2025-1111\nbut we do not.",
        "This needs the upstream\nfix for CVE-2025-1111.",
        "Fix CVE-2025-1111\nis what upstream says of it.",
        "Fix CVE-2025-1111 detection",
        "Fixes: CVE-2025-1111 false positive",
        "Related: CVE-2025-1111",
        "CVE: like CVE-2025-1111",
        "Fixes CVE-2025-1111, unlike the first try",
        "Fixes CVE-2025-1111 in a release to come",
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
        let also = format!("From: Ada <a@b>\nSubject: {subject}\n\nFixes: CVE-2025-1111\n");
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
        "CVE-2025-1111: off-by-one in nf_tables_newset()",
        "net/sched: act: prevent use-after-free (CVE-2025-1111)",
        "Security fix for CVE-2025-1111",
        "Fix CVE-2025-1111: validate the option",
    ] {
        check_subject(subject, &["CVE-2025-1111"]);
    }
    for subject in [
        "CVE-2025-1111: drop the fix",
        "CVE-2025-1111: drop_the_fix",
        "CVE-2025-1111: back out",
        "CVE-2025-1111: turn the mitigation off by default",
        "CVE-2025-1111: do not apply",
        "CVE-2025-1111: not vulnerable",
        "CVE-2025-1111: ignore",
        "CVE-2025-1111: skip check for trusted users",
        "CVE-2025-1111: allow old behaviour",
        "CVE-2025-1111: reintroduce legacy path",
        "CVE-2025-1111: mark as wontfix",
        "CVE-2025-1111: wait for upstream",
        "CVE-2025-1111: make the fix optional",
        "CVE-2025-1111: log attempts only",
        "CVE-2025-1111: lower the limit of the mitigation",
        "CVE-2025-1111: reject the fix",
        "CVE-2025-1111: avoid the bounds check",
        "CVE-2025-1111: wrong fix",
        "CVE-2025-1111: fix in upstream",
        "CVE-2025-1111: fix missing",
        "Fixed in RHEL already (CVE-2025-1111)",
        "Fixed in 2.0 (CVE-2025-1111)",
        "Fixed upstream: CVE-2025-1111",
        "Fix slowness of the mitigation (CVE-2025-1111)",
        "Fix performance (CVE-2025-1111 follow-up)",
        "Fix CVE-2025-1111 detection in the scanner",
        "Fix the fix for CVE-2025-1111",
        "Fix build without the CVE-2025-1111 fix",
        "Fixes: CVE-2025-1111 false positive",
        "Fix CVE-2025-1111 patch",
        "Fix CVE-2025-1111 check",
        "CVE-2025-1111: option for users",
        "Check for CVE-2025-1111",
        "For CVE-2025-1111",
        "Related: CVE-2025-1111",
        "wontfix: fix CVE-2025-1111",
        "net: CVE-2025-1111",
    ] {
        check(&format!("From: Ada <a@b>\nSubject: {subject}\n"), &[]);
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
        "Remove the mitigation",
        "Make the fix optional",
        "CVE-2025-1111: turn it off",
        "CVE-2025-1111: back out",
    ] {
        check_subject(subject, &[]);
        assert!(denies_correction(subject), "{subject}");
    }
    check_subject("Check the length, as for CVE-2025-1111", &[]);
}

#[test]
fn a_subject_that_opens_with_a_correction_may_say_anything_but_a_denial() {
    let check = |subject: &str, expected: bool| {
        assert_eq!(subject_corrects_cve(subject), expected, "{subject}");
    };
    for subject in [
        "getaddrinfo: Fix use after free in getcanonname (CVE-2023-4806)",
        "tunables: Terminate if end of input is reached (CVE-2023-4911)",
        "iconv: ISO-2022-CN-EXT: fix out-of-bound writes when writing escape sequence (CVE-2024-2961)",
        "nscd: Do not send missing not-found response in addgetnetgrentX (bug 31678) (CVE-2024-33600)",
        "CVE-2024-33599: nscd: Stack-based buffer overflow in netgroup cache (bug 31677)",
        "malloc: Check the alignment of memalign (CVE-2026-1111)",
        "gh-12345: Fix quadratic complexity in parser (CVE-2026-1111)",
        "gh-12345: [CVE-2026-1111] Reject malformed addresses in email.parseaddr",
        "[CVE-2026-1111] Reject malformed addresses in email.parseaddr",
        "http2: fix push headers memory-leak (CVE-2026-1111)",
        "CVE-2023-38408: terminate process if requested to load a PKCS#11 provider that isn't one",
        "CVE-2023-38408: Ensure FIDO/PKCS11 libraries contain expected symbols",
        "x86/entry: Fix speculation bug (CVE-2023-1234)",
        "Fix leak of file descriptors (CVE-2026-1111)",
        "Fix DoS via crafted TIFF (CVE-2026-1111)",
        "Fix CVE-2026-1111 in libfoo",
        "Fix CVE-2026-1111 by checking the length",
        "Fixes CVE-2026-1111 (#123)",
        "Bug 1234: Validate chunk size (CVE-2026-1111)",
        "Validate chunk size (CVE-2026-1111, CVE-2026-1112).",
        "Don't follow symlinks outside of the root (CVE-2026-1111)",
        "Do not allow symlinks outside of the root [CVE-2026-1111] (#12)",
        "libxml2: Add missing bounds check to xmlParse() (CVE-2026-1111)",
        "Prevent authentication bypass (CVE-2026-1111)",
        "Prevent sandbox escape (CVE-2026-1111)",
        "Prevent an overflow in the check of a length (CVE-2026-1111)",
        "perf: Correctly handle tty_remove() of a device (CVE-2026-1111)",
        "fix(parser): heap overflow (CVE-2026-1111)",
        "Fix off-by-one in the decoder (CVE-2026-1111)",
        "buildah: fix a crash (CVE-2026-1111)",
        "security: fix CVE-2026-1111",
        "Backport: fix CVE-2026-1111",
    ] {
        check(subject, true);
    }
    for subject in [
        "Fix typo in the fix of (CVE-2026-1111)",
        "Fix the build after the fix of (CVE-2026-1111)",
        "Fix regression of the parser (CVE-2026-1111)",
        "Fix backport of the parser (CVE-2026-1111)",
        "Fix backport of CVE-2026-1111",
        "Fix the documentation (CVE-2026-1111)",
        "Fix a broken check in the changelog (CVE-2026-1111)",
        "Fix the CVE number (CVE-2026-1111)",
        "Fix in the parser (CVE-2026-1111)",
        "Fix CVE-2026-1111, an overflow in the fix of CVE-2026-1110",
        "Fixes: 0123456789ab (\"Fix CVE-2026-1111\")",
        "Resolve merge (CVE-2026-1111)",
        "Fix an overflow like CVE-2026-1110 (CVE-2026-1111)",
        "Fix CVE-2026-1111, follow up",
        "Fix CVE-2026-1111 scanner",
        "Fixed CVE-2026-1111 in 2.0",
        "Fix for CVE-2026-1111, which was incomplete",
        "CVE-2026-1111-option",
        "Avoid the limit (CVE-2026-1111)",
        "Prevent the check (CVE-2026-1111)",
        "Do not validate the length (CVE-2026-1111)",
        "Do not apply (CVE-2026-1111)",
        "Do not follow the fix (CVE-2026-1111)",
        "Check that the fix is there (CVE-2026-1111)",
        "Check length and allow the old one (CVE-2026-1111)",
        "Refactor the parser (CVE-2026-1111)",
        "Rename the parser (CVE-2026-1111)",
        "Use constant-time comparison (CVE-2026-1111)",
        "Add missing test (CVE-2026-1111)",
        "Add missing file (CVE-2026-1111)",
        "selftests/net: fix a crash (CVE-2026-1111)",
        "todo: fix a crash (CVE-2026-1111)",
        "Known issue: heap overflow (CVE-2026-1111)",
        "CVE-2026-1111: crash reporter",
        "CVE-2026-1111: overflow stays possible",
        "CVE-2026-1111 is not affected",
        "CVE-2026-1111 check",
        "Heap overflow detector (CVE-2026-1111)",
        "Merge branch fix-CVE-2026-1111",
    ] {
        check(subject, false);
    }
}

#[test]
fn what_denies_does_so_in_any_place_but_not_what_only_sounds_so() {
    let check = |text: &str, expected: bool| {
        assert_eq!(denies_correction(text), expected, "{text}");
    };
    for subject in [
        "CVE-2026-1111: allow old behaviour",
        "CVE-2026-1111: wait for upstream",
        "CVE-2026-1111: turn it off by default",
        "CVE-2026-1111: lower the limit of the mitigation",
        "bypass CVE-2026-1111",
        "Not needed: CVE-2026-1111",
        "todo: fix CVE-2026-1111",
        "Fix the fix for CVE-2026-1111",
        "Check the mitigation",
    ] {
        check(subject, true);
    }
    for subject in [
        "CVE-2026-1111: log attempts",
        "Disable async-signal-unsafe logging",
        "Do not allow links (CVE-2026-1111)",
        "Fix off-by-one (CVE-2026-1111)",
        "Prevent a bypass of the sandbox (CVE-2026-1111)",
        "Fix a crash in tty_remove() (CVE-2026-1111)",
    ] {
        check(subject, false);
    }
}

#[test]
fn a_name_of_a_file_corrects_in_words_that_are_known() {
    let check = |name: &str, expected: bool| {
        assert_eq!(name_corrects_cve(name, "openssh"), expected, "{name}");
    };
    for name in [
        "CVE-2026-1111.patch",
        "CVE-2026-1111-CVE-2026-22222.patch",
        "openssh-8.7p1-CVE-2026-1111.patch",
        "openssh-8.7p1-upstream-cve-2026-1111.patch",
        "0004-CVE-2026-1111-2-heap-overflow.patch",
        "00351-cve-2026-1111-fix-infinite-loop.patch",
        "0001-Fix-CVE-2026-1111-use-after-free.patch",
        "CVE-2026-1111_check_length.patch",
        "1000-CVE-2026-1111-check-host-option.patch",
        "CVE-2026-1111-part-1.patch",
        "CVE-2026-1111-fix-parser.patch",
    ] {
        check(name, true);
    }
    for name in [
        "CVE-2026-1111-drop-fix.patch",
        "CVE-2026-1111_drop_fix.patch",
        "CVE-2026-1111-off.patch",
        "CVE-2026-1111-back-out.patch",
        "CVE-2026-1111-skip.patch",
        "CVE-2026-1111-not-needed.patch",
        "CVE-2026-1111-ignore.patch",
        "CVE-2026-1111-unfix.patch",
        "unfix-CVE-2026-1111.patch",
        "CVE-2026-1111-reintroduce.patch",
        "CVE-2026-1111-kill-mitigation.patch",
        "CVE-2026-1111-allow-legacy.patch",
        "CVE-2026-1111-optional.patch",
        "CVE-2026-1111-option.patch",
        "CVE-2026-1111-upstream.patch",
        "0250-More-complete-fix-for-CVE-2026-1111.patch",
        "Fix-CVE-2026-1111-detection.patch",
        "Fix-CVE-2026-1111-check.patch",
        "Fix-the-fix-for-CVE-2026-1111.patch",
        "CVE-2026-1111-crash-reproducer.patch",
    ] {
        check(name, false);
    }
}
