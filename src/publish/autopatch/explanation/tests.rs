//! What a configuration explains, in small texts.

use super::super::configuration::read_autopatch;
use super::*;

/// One line per hunk: the lines on both sides, then the changes or the reason.
fn shown(explanation: &Explanation) -> Vec<String> {
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
    assert_eq!(shown(&explain(&autopatch, &[file])), expected, "{actions}");
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
        &["1..1 → 1..3: no action of the configuration touches this"],
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
    let idle = |file| explain(&autopatch, &[file]).idle;
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
