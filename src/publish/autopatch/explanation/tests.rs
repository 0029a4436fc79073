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
