//! Which changes the files show, and which they refute, in small texts.

use super::super::super::configuration::read_autopatch;
use super::super::{FileContent, FilePair, explain};

const REPLACE: &str = "  - replace: [{target: spec, find: b, replace: \"B\", count: 1}]\n";
const RELEASE: &str = "  - modify_release: [{suffix: .alma.1}]\n";

#[test]
fn a_change_that_finds_nothing_is_idle() {
    let autopatch = read_autopatch(&format!("actions:\n{REPLACE}{RELEASE}")).unwrap();
    let file = |path, before: &'static str, after: &'static str| FilePair {
        path,
        before: Some(FileContent::Text(before.as_bytes())),
        after: Some(FileContent::Text(after.as_bytes())),
    };
    let idle = |file| explain(&autopatch, &[file], false).idle;
    assert_eq!(
        idle(file("a.spec", "Release: 1\n", "Release: 1.alma.1\n")),
        [0]
    );
    assert_eq!(
        idle(file(
            "a.spec",
            "b\n\n\n\n\n\n\n\nx\n",
            "b\n\n\n\n\n\n\n\ny\n"
        )),
        [0, 1]
    );
    assert_eq!(idle(file("other", "b\n", "c\n")), [0; 0]);
}

#[test]
fn a_change_that_the_files_refute_is_idle() {
    let check = |actions: &str, files: &[(&str, &str, &str)], are_complete, expected: &[usize]| {
        let autopatch = read_autopatch(&format!("actions:\n{RELEASE}{actions}")).unwrap();
        // An empty text stands for a file that is not there.
        let side =
            |text: &'static str| (!text.is_empty()).then_some(FileContent::Text(text.as_bytes()));
        let leaked = |text: &str| side(String::leak(text.to_owned()));
        let files: Vec<FilePair<'_>> = files
            .iter()
            .map(|(path, before, after)| FilePair {
                path,
                before: leaked(before),
                after: leaked(after),
            })
            .collect();
        let explanation = explain(&autopatch, &files, are_complete);
        assert_eq!(explanation.idle, expected, "{actions}");
        for index in 0..autopatch.entries.len() {
            assert_eq!(explanation.refutes(index), expected.contains(&index));
        }
    };
    let spec = ("a.spec", "Release: 5\n", "Release: 5.alma.1\n");
    let ghost = "  - add_files: [{type: patch, name: 2001-hw.patch, number: 2001}]\n";
    check(ghost, &[spec], false, &[1]);
    let declared = "Release: 5.alma.1\nPatch2001: 2001-hw.patch\nX: y\n";
    check(ghost, &[("a.spec", "Release: 5\n", declared)], false, &[]);
    let file = "  - add_files: [{type: source, name: x, number: 9, modify_spec: no}]\n";
    check(file, &[spec], false, &[]);
    check(file, &[spec], true, &[1]);
    check(file, &[spec, ("SOURCES/x", "", "x\n")], true, &[]);
    let gone = ("SOURCES/x", "x\n", "");
    check(file, &[spec, gone], true, &[1]);
    check(file, &[spec, gone], false, &[]);
    let replace = "  - replace: [{target: '*.conf', find: Red Hat, replace: AlmaLinux}]\n";
    let equal = ("SOURCES/a.conf", "Red Hat\n", "Red Hat\n");
    check(replace, &[spec, equal], false, &[1]);
    check(replace, &[spec], false, &[]);
    check(replace, &[spec], true, &[1]);
    let delete = "  - delete_files: [{file_name: logo.png}]\n";
    check(delete, &[spec, ("logo.png", "x\n", "x\n")], false, &[1]);
    check(delete, &[spec], false, &[]);
    check(delete, &[spec, ("logo.png", "x\n", "")], true, &[]);
    let line = "  - delete_line: [{target: spec, lines: [b]}]\n";
    let kept = ("a.spec", "Release: 5\nb\n", "Release: 5.alma.1\nb\n");
    check(line, &[kept], false, &[1]);
    check(REPLACE, &[spec], false, &[1]);
    let back = "  - replace: [{target: spec, find: B, replace: b}]\n";
    let cancelled = format!("{REPLACE}{back}");
    check(&cancelled, &[kept], false, &[1, 2]);
    let added = "  - replace: [{target: spec, find: b, replace: \"b\\nnew\"}]\n";
    let deleted = "  - delete_line: [{target: spec, lines: [new]}]\n";
    check(&format!("{added}{deleted}"), &[kept], false, &[1, 2]);
    let several = (
        "a.spec",
        "Release: 5\na\nb\nc\nd\n",
        "Release: 5.alma.1\na\nb\nc\nd\n",
    );
    let replace = |find: &str, with: &str| {
        format!("  - replace: [{{target: spec, find: \"{find}\", replace: \"{with}\"}}]\n")
    };
    let there_and_back = replace("b\\nc", "B") + &replace("B", "b\\nc");
    check(&there_and_back, &[several], false, &[1, 2]);
    let around = replace("c", "x\\nc\\ny");
    let deleted = "  - delete_line: [{target: spec, lines: [x, y]}]\n";
    check(&(around + deleted), &[several], false, &[1, 2]);
    let deleted = "  - delete_line: [{target: spec, lines: [\"b\\nc\"]}]\n".to_owned();
    let added = replace("d", "b\\nc\\nd");
    check(&(deleted.clone() + &added), &[several], false, &[1, 2]);
    // Where the one is not the other’s opposite, both are there.
    let otherwise = ("a.spec", several.1, "Release: 5.alma.1\na\nc\nb\nd\n");
    let added = replace("d", "c\\nb\\nd");
    check(&(deleted + &added), &[otherwise], false, &[]);
}

#[test]
fn a_change_that_one_of_its_files_does_not_show_is_told() {
    let actions =
        "actions:\n  - replace: [{target: '*.conf', find: Red Hat, replace: AlmaLinux}]\n";
    let autopatch = read_autopatch(actions).unwrap();
    let check = |second: &'static str, expected: &[usize]| {
        let file = |path, before: &'static str, after: &'static str| FilePair {
            path,
            before: Some(FileContent::Text(before.as_bytes())),
            after: Some(FileContent::Text(after.as_bytes())),
        };
        let files = [
            file("a.conf", "Red Hat\n", "AlmaLinux\n"),
            file("b.conf", second, second),
        ];
        let explanation = explain(&autopatch, &files, true);
        assert_eq!(explanation.idle, expected, "{second}");
        // The first file shows it, so that it is there, if not everywhere.
        assert!(!explanation.refutes(0));
        assert_eq!(explanation.unexplained, []);
    };
    check("Red Hat\n", &[0]);
    check("x\nRed Hat 9\n", &[0]);
    check("CentOS\n", &[]);
}

#[test]
fn marks_of_a_rebuild_that_the_spec_refutes_are_idle() {
    let entry = "  - changelog_entry: [{name: A, email: a@b, line: [Debrand]}]\n";
    let autopatch = read_autopatch(&format!("actions:\n{RELEASE}{entry}")).unwrap();
    let check = |before: &str, after: &str, expected: &[usize]| {
        let file = FilePair {
            path: "a.spec",
            before: Some(FileContent::Text(before.as_bytes())),
            after: Some(FileContent::Text(after.as_bytes())),
        };
        for are_complete in [false, true] {
            let explanation = explain(&autopatch, &[file], are_complete);
            assert_eq!(explanation.idle, expected, "{after}");
        }
    };
    let before = "Release: 5\nX: y\n%changelog\n* Mon B <b@b> - 5\n- Old\n";
    let rebuilt = "Release: 5.alma.1\nX: y\n%changelog\n* Tue A <a@b> - 5.alma.1\n- Debrand\n\n* Mon B <b@b> - 5\n- Old\n";
    check(before, rebuilt, &[]);
    check(before, before, &[0, 1]);
    check(before, &before.replace("X: y", "X: z"), &[0, 1]);
    check(
        before,
        &before.replace("Release: 5", "Release: 5.alma.1"),
        &[1],
    );
    check(before, &rebuilt.replace("5.alma.1\nX", "5\nX"), &[0]);
    check(before, &rebuilt.replace("Debrand", "Another"), &[1]);
    // What is made when the package is built does not stand in the spec.
    let counted = "Release: %autorelease\n%changelog\n%autochangelog\n";
    check(counted, counted, &[]);
}
