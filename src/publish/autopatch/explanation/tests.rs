//! What a configuration explains, in small texts.

use super::super::configuration::read_autopatch;
use super::*;

/// One line per hunk: the lines on both sides, then the changes or the reason.
fn told(explanation: &Explanation) -> Vec<String> {
    let range = |lines: &ChangedLines| {
        let ChangedLines { before, after, .. } = lines;
        format!(
            "{}..{} → {}..{}",
            before.start, before.end, after.start, after.end
        )
    };
    let explained = explanation.explained.iter();
    let unexplained = explanation.unexplained.iter();
    explained
        .map(|(lines, changes)| format!("{}: {changes:?}", range(lines)))
        .chain(unexplained.map(|hunk| format!("{}: {}", range(&hunk.lines), hunk.reason)))
        .collect()
}

fn check_file(
    path: &str,
    actions: &str,
    before: Option<&str>,
    after: Option<&str>,
    expected: &[&str],
) {
    let autopatch = read_autopatch(&format!("actions:\n{actions}")).unwrap();
    let content = |text: &'static str| FileContent::Text(text.as_bytes());
    let leaked = |text: Option<&str>| text.map(|text| content(String::leak(text.to_owned())));
    let file = FilePair {
        path,
        before: leaked(before),
        after: leaked(after),
    };
    assert_eq!(
        told(&explain(&autopatch, &[file], false)),
        expected,
        "{actions}"
    );
}

fn check(actions: &str, before: &str, after: &str, expected: &[&str]) {
    check_file("a.spec", actions, Some(before), Some(after), expected);
}

const REPLACE: &str = "  - replace: [{target: spec, find: b, replace: \"B\", count: 1}]\n";
const RELEASE: &str = "  - modify_release: [{suffix: .alma.1}]\n";
const PATCH: &str = "  - add_files: [{type: patch, name: x.patch, number: 1000}]\n";

#[test]
fn a_hunk_is_explained_by_the_changes_that_write_it() {
    check(REPLACE, "a\nb\nc\n", "a\nB\nc\n", &["1..2 → 1..2: [0]"]);
    check(
        &format!("{REPLACE}{RELEASE}"),
        "Release: 1\nx\nb\n",
        "Release: 1.alma.1\nx\nB\n",
        &["0..1 → 0..1: [1]", "2..3 → 2..3: [0]"],
    );
    check(
        PATCH,
        "Patch1: a.patch\n\n%prep\n",
        "Patch1: a.patch\n\n# AlmaLinux Patch\nPatch1000: x.patch\n\n%prep\n",
        &["2..2 → 2..5: [0]"],
    );
    check(
        "  - delete_line: [{target: spec, lines: [b]}]\n",
        "a\nb\n",
        "a\n",
        &["1..2 → 1..1: [0]"],
    );
}

#[test]
fn another_text_than_the_configuration_comes_to_is_not_explained() {
    check(
        REPLACE,
        "a\nb\nc\n",
        "a\nX\nc\n",
        &["1..2 → 1..2: the configuration comes to “B” here, and “X” stands here"],
    );
    check(
        REPLACE,
        "a\nb\nc\nd\ne\nf\ng\n",
        "a\nB\nc\nd\ne\nf\nG\n",
        &[
            "1..2 → 1..2: [0]",
            "6..7 → 6..7: no action of the configuration touches this",
        ],
    );
    check(
        PATCH,
        "Patch1: a.patch\n",
        "Patch1: a.patch\nPatch1000: x.patch\nPatch1001: y.patch\n",
        &[
            "1..1 → 1..3: the configuration changes other lines here, and no action of it touches “Patch1001: y.patch”",
        ],
    );
    check(
        "  - run_script: [{script: x.sh}]\n  - paint: [{}]\n",
        "a\n",
        "b\n",
        &[
            "0..1 → 0..1: no action of the configuration is known to touch this; what the script x.sh, the action paint does is not known",
        ],
    );
    check(REPLACE, "a\nb", "a\nB\n", &["1..2 → 1..2: [0]"]);
    check(
        "  []\n",
        "a\n",
        "a\r\n",
        &["0..1 → 0..1: nothing but the line ends differs"],
    );
    check(
        "  []\n",
        "a",
        "a\n",
        &["0..1 → 0..1: nothing but the line ends differs"],
    );
}

#[test]
fn a_line_beside_one_that_an_action_touches_is_named() {
    check(
        REPLACE,
        "a\nb\nc\n",
        "a\nB\nX\nc\n",
        &[
            "1..2 → 1..3: the configuration changes other lines here, and no action of it touches “X”",
        ],
    );
    check(
        REPLACE,
        "a\nb\nX\nc\n",
        "a\nB\nc\n",
        &[
            "1..3 → 1..2: the configuration changes other lines here, and no action of it touches “X”",
        ],
    );
    check(
        &format!("{REPLACE}  - run_script: [{{script: x.sh}}]\n"),
        "a\nb\n",
        "a\nB\nX\n",
        &[
            "1..2 → 1..3: the configuration changes other lines here, and no action of it is known to touch “X”; what the script x.sh does is not known",
        ],
    );
}

#[test]
fn one_byte_beside_a_change_is_not_explained_by_it() {
    let check = |before: &[u8], after: &[u8], expected: &str| {
        let autopatch = read_autopatch(&format!("actions:\n{RELEASE}")).unwrap();
        let file = FilePair {
            path: "a.spec",
            before: Some(FileContent::Text(before)),
            after: Some(FileContent::Text(after)),
        };
        let told = told(&explain(&autopatch, &[file], true));
        assert_eq!(told, ["0..1 → 0..1: [0]", expected]);
    };
    check(
        b"Release: 5\nA: 1\nB: caf\xe9\n",
        b"Release: 5.alma.1\nA: 1\nB: caf\xe8\n",
        "2..3 → 2..3: no action of the configuration touches this",
    );
    check(
        b"Release: 5\nA: 1\nB: x\n",
        b"Release: 5.alma.1\nA: 1\nB: x\r\n",
        "2..3 → 2..3: nothing but the line ends differs",
    );
    check(
        b"Release: 5\nA: 1\nB: x",
        b"Release: 5.alma.1\nA: 1\nB: x\n",
        "2..3 → 2..3: nothing but the line ends differs",
    );
}

#[test]
fn only_the_number_of_the_added_patch_is_its_application() {
    check(
        "  - add_files: [{type: patch, name: debrand.patch, number: 1001}]\n",
        "Patch7: evil.patch\n%prep\n%setup -q\n",
        "Patch7: evil.patch\nPatch1001: debrand.patch\n%prep\n%setup -q\n%patch -P 7 -p1\n",
        &[
            "1..1 → 1..2: [0]",
            "3..3 → 4..5: no action of the configuration touches this",
        ],
    );
}

#[test]
fn the_same_difference_may_stand_at_another_of_equal_lines() {
    let wrap = "  - replace:\n    - target: spec\n      find: |\n        x\n        %endif\n      replace: |\n        %if 1\n        x\n        %endif\n        %endif\n";
    check(
        wrap,
        "%if 0\nx\n%endif\n%endif\n",
        "%if 0\n%if 1\nx\n%endif\n%endif\n%endif\n",
        &["1..1 → 1..2: [0]", "4..4 → 5..6: [0]"],
    );
}

#[test]
fn a_change_that_is_not_there_is_of_no_hunk_beside_it() {
    let replace = |find: &str, with: &str| {
        format!("  - replace: [{{target: spec, find: {find}, replace: \"{with}\"}}]\n")
    };
    let delete = |line: &str| format!("  - delete_line: [{{target: spec, lines: [{line}]}}]\n");
    let both = replace("b", "B") + &replace("d", "D");
    check(&both, "b\nx\nd\n", "b\nx\nD\n", &["2..3 → 2..3: [1]"]);
    check(&both, "b\nd\n", "b\nD\n", &["1..2 → 1..2: [1]"]);
    check(&both, "d\nb\n", "D\nb\n", &["0..1 → 0..1: [1]"]);
    let deleted = delete("b") + &replace("d", "D");
    check(&deleted, "b\nd\n", "b\nD\n", &["1..2 → 1..2: [1]"]);
    check(&deleted, "b\nd\n", "d\n", &["0..1 → 0..0: [0]"]);
    let two = delete("b") + &delete("d");
    check(&two, "b\nd\ne\n", "b\ne\n", &["1..2 → 1..1: [1]"]);
    check(&two, "b\nd\ne\n", "e\n", &["0..2 → 0..0: [0, 1]"]);
    // Of a block that is replaced the lines that it keeps at either end are not its text.
    let block = "  - replace:\n    - target: spec\n      find: |\n        B\n        d\n      replace: |\n        B\n        D\n";
    let above = replace("b", "B") + block;
    check(&above, "b\nd\n", "B\nd\n", &["0..1 → 0..1: [0]"]);
}

#[test]
fn a_part_of_a_change_is_another_text_than_it_comes_to() {
    let replace = |find: &str, with: &str| {
        format!("  - replace: [{{target: spec, find: {find}, replace: \"{with}\"}}]\n")
    };
    check(
        &replace("b", "B\\nC"),
        "b\nd\n",
        "B\nd\n",
        &["0..1 → 0..1: the configuration comes to “C” here, and “” stands here"],
    );
    check(
        &replace("b", "b\\nB\\nC"),
        "b\nd\n",
        "b\nC\nd\n",
        &["1..1 → 1..2: the configuration comes to “B” here, and “” stands here"],
    );
    check(
        &(replace("b", "B") + &replace("d", "D")),
        "b\nd\n",
        "d\n",
        &["0..1 → 0..0: the configuration comes to “B” here, and “d” stands here"],
    );
}

#[test]
fn files_come_and_go() {
    check_file(
        "SOURCES/x.patch",
        PATCH,
        None,
        Some("+x\n"),
        &["0..0 → 0..1: [0]"],
    );
    check_file(
        "SOURCES/y.patch",
        PATCH,
        None,
        Some("+x\n"),
        &["0..0 → 0..1: no action of the configuration touches this"],
    );
    check_file(
        "SOURCES/x.patch",
        PATCH,
        Some("+x\n"),
        Some("+y\n"),
        &["0..1 → 0..1: [0]"],
    );
    let delete = "  - delete_files: [{file_name: y.cer}]\n";
    check_file("y.cer", delete, Some("1\n2\n"), None, &["0..2 → 0..0: [0]"]);
    check_file(
        ".a.metadata",
        delete,
        Some("aa SOURCES/x\nbb SOURCES/y.cer\n"),
        Some("aa SOURCES/x\n"),
        &["1..2 → 1..1: [0]"],
    );
}

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

/// The changes in doubt, of a spec, and of a patch of the configuration's beside it.
#[test]
fn a_patch_that_does_not_do_what_it_says() {
    let check = |spec: &str, patch: Option<&str>, own: Option<&str>, expected: Option<Doubt>| {
        let mut autopatch = read_autopatch(&format!("actions:\n{PATCH}")).unwrap();
        let own = own.map(|own| ("x.patch".to_owned(), own.as_bytes().to_vec()));
        autopatch.own_patches.extend(own);
        let file = |path, before, after: Option<&'static [u8]>| FilePair {
            path,
            before,
            after: after.map(FileContent::Text),
        };
        let leaked = |text: &str| -> &'static [u8] { String::leak(text.to_owned()).as_bytes() };
        let files = [
            file(
                "SPECS/a.spec",
                Some(FileContent::Text(b"%prep\n%setup -q\n")),
                Some(leaked(spec)),
            ),
            file("SOURCES/x.patch", None, patch.map(leaked)),
        ];
        let explanation = explain(&autopatch, &files, true);
        let doubts: Vec<Doubt> = explanation.doubts.iter().map(|(_, doubt)| *doubt).collect();
        assert_eq!(doubts, Vec::from_iter(expected), "{spec}");
        let is_explained = |path: &str| {
            let mut explained = explanation.explained.iter();
            explained.any(|(lines, _)| lines.file == path)
        };
        let is_other = expected == Some(Doubt::OtherContent);
        assert_eq!(
            is_explained("SOURCES/x.patch"),
            patch.is_some() && !is_other
        );
    };
    let applied = "Patch1000: x.patch\n%prep\n%autosetup\n";
    check(applied, Some("+a\n"), None, None);
    check(applied, Some("+a\n"), Some("+a\n"), None);
    check(
        applied,
        Some("+a\n"),
        Some("+b\n"),
        Some(Doubt::OtherContent),
    );
    check(applied, None, None, Some(Doubt::Absent));
    let only_declared = "Patch1000: x.patch\n%prep\n%setup -q\n";
    let left_out = Some(Doubt::NotApplied);
    check(only_declared, Some("+a\n"), None, left_out);
    check("%prep\n%autosetup\n", Some("+a\n"), None, left_out);
}
