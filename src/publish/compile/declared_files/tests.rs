//! Tests of the files that specs declare.

use super::*;
use crate::publish::compile::source_texts::read_content;

const DIGEST: &str = "0123456789abcdef0123456789abcdef";

fn side(files: &[(&str, &str)]) -> Side {
    let files = files.iter().map(|(path, text)| {
        let file = read_content(&mut text.as_bytes()).unwrap();
        ((*path).to_owned(), file)
    });
    files.collect()
}

fn check(spec: &str, others: &[(&str, &str)], expected: bool) {
    let spec = format!("Name: bash\nVersion: 5\n{spec}\n%description\nA shell.\n");
    let mut files = vec![("SPECS/bash.spec", spec.as_str())];
    files.extend(others);
    let mut sides = [side(&files), side(&files)];
    let is_complete = keep_source_files(&mut sides, ["bash"; 2]);
    assert_eq!(is_complete, expected, "{spec} {others:?}");
}

#[test]
fn a_branch_is_complete_where_it_has_each_declared_file_or_its_digest() {
    let archive = "Source0: https://a.example/%{name}-%{version}.tar.gz";
    let new = format!("SHA512 (bash-5.tar.gz) = {DIGEST}\n");
    let old = format!("{DIGEST}  bash-5.tar.gz\n");
    let path = format!("{DIGEST} SOURCES/bash-5.tar.gz\n");
    check(archive, &[], false);
    check(archive, &[("sources", &new)], true);
    check(archive, &[("sources", &old)], true);
    check(archive, &[(".bash.metadata", &path)], true);
    check(archive, &[(".other.metadata", &path)], false);
    check(archive, &[("tests/sources", &new)], false);
    check(archive, &[("sources", "")], false);
    check(archive, &[("sources", "garbage\n")], false);
    check(archive, &[("sources", "ab bash-5.tar.gz\n")], false);
    check(archive, &[("sources", &new.replace("bash", "zsh"))], false);
    let logo = ("SOURCES/logo.xpm", "x");
    check("Icon: logo.xpm", &[], false);
    check("Icon: logo.xpm", &[logo], true);
    let patched = format!("{archive}\nPatch1: fix.patch");
    check(&patched, &[("sources", &new)], false);
    let patch = ("SOURCES/fix.patch", "x");
    check(&patched, &[("sources", &new), patch], true);
    check(&patched, &[("sources", &new), ("fix.patch", "x")], true);
    check(
        &patched,
        &[("sources", &new), ("tests/fix.patch", "x")],
        false,
    );
}

#[test]
fn a_branch_is_not_complete_where_a_macro_may_declare_files() {
    for line in [
        "Source1: %{forgesource}",
        "%{expand: Source7: big.tar.xz}",
        "%define more Source8: big.tar.xz\n%more",
        "%{?more}",
        "%{include:more.inc}",
        "%include more.inc",
        "%{load:more.inc}",
        "%(cat more.inc)",
        "%{lua: print(\"Source1: x\")}",
        "%global a %b\n%global b %a\nSource1: %a",
        "%global a 1\n%global a 2\nSource1: %a.tar.gz",
        "%package doc\n%more",
        "%prep\n%sourcelist\nbig.tar.xz",
        "%{?systemd_requires:Source1: x}",
        "%{!?a: %global a b} %{more}",
        "%{?systemd_requires}%{more}",
        "Requires: a%(printf '\\nSource1: x')",
        "%global more %(printf '\\nSource1: x')\nRequires: a%{more}",
        "%global more %(printf '\\nSource1: x')\nRequires: a%{?more}",
        "%{!?more: %global more %(cat x)}\nVersion: %more",
        "%define more b%{other}\n%global other %(cat x)\n%package a\nRequires: %{more}",
        "%global more 1\\\nSource1: x\nRequires: a%{more}",
    ] {
        check(line, &[], false);
    }
    for line in [
        "%{!?license: %global license %%doc}",
        "%{?python_provide:%python_provide python3-%{name}}",
        "%{?filter_setup:\n%filter_provides_in /plugins/.*\n%filter_setup\n}",
        "%if 0%{?rhel}\n%endif\n%{?systemd_requires}",
        "%global more 1\n%prep\n%autosetup",
        "%{!?more: %global more %(echo 1)}",
        "%prep\nRequires: a%(echo 1)",
        "%global more %(echo 1)\n%prep\nmake %{more}",
        "%global more %(echo 1)\n%{!?more: %global more 2}\nRequires: a%{?more:b}%%{more}",
        "%global more %(echo 1)\nRequires: a%{?_isa}%{more_or_less}",
        "%define autorelease(e:s:pb:n) %{?-p:0.}%{lua:\n    print(1)\n}%{?-e:.%{-e*}}",
    ] {
        check(line, &[], true);
    }
}

#[test]
fn macros_are_expanded_where_their_values_are_certain() {
    let check = |spec: &str, name: &str, expected: bool| {
        check(spec, &[(&format!("SOURCES/{name}"), "x")], expected);
    };
    let known = "%global a 1\nSource1: ";
    check(&format!("{known}%{{a}}.x"), "1.x", true);
    check(
        &format!("{known}%a-%{{?a:%{{name}}-%{{a}}}}.x"),
        "1-bash-1.x",
        true,
    );
    check(&format!("{known}x%{{!?a:y}}%{{nil}}.x"), "x.x", true);
    check(
        "%define a %b.x\n%global b %{version}\nPatch: %a",
        "5.x",
        true,
    );
    // The version of a subpackage is that of the lines below it.
    check("Source1: %{version}.x\n%package a\nVersion: 6", "5.x", true);
    check(
        "%package a\nVersion: 6\nSource1: %{version}.x",
        "6.x",
        false,
    );
    for definition in [
        "%if 0%{?rhel}\n%global a 1\n%endif",
        "%{?rhel: %global a 1}",
        "%global a() 1",
        "%global a 1\\\n2",
        "%global a 1\n%undefine a",
        "%global a 2\n%global a 1",
        "%global a %(echo 1)",
        "%global a 1%{?dist}",
        "",
    ] {
        check(&format!("{definition}\nSource1: %{{a}}.x"), "1.x", false);
    }
    check("Source1: %{a}.x\n%global a 1", "1.x", false);
    check(&format!("{known}%{{a:b}}.x"), "1.x", false);
    check(&format!("{known}%{{lower:%{{a}}}}.x"), "1.x", false);
}

#[test]
fn a_declared_file_that_is_certain_and_not_there_is_lacking() {
    let check = |spec: &str, others: &[(&str, &str)], expected: &[&str]| {
        let spec = format!("Name: bash\nVersion: 5\n{spec}\n");
        let mut files = vec![("SPECS/bash.spec", spec.as_str())];
        files.extend(others);
        assert_eq!(lacking_files(&side(&files), "bash"), expected, "{spec}");
    };
    let archive = "Source0: https://a.example/%{name}-%{version}.tar.gz\nPatch1: fix.patch";
    check(archive, &[], &["bash-5.tar.gz", "fix.patch"]);
    let there = [("a/bash-5.tar.gz", "x"), ("SOURCES/fix.patch", "x")];
    check(archive, &there, &[]);
    let listed = format!("SHA512 (bash-5.tar.gz) = {DIGEST}\n");
    check(archive, &[("SOURCES/sources", &listed)], &["fix.patch"]);
    for uncertain in [
        "Source1: %{more}.x",
        "%if 0%{?fedora}\nSource1: more.x\n%endif",
        "%{?fedora:Source1: more.x}",
        "%{?fedora:\nSource1: more.x\n}",
        "%define more() \\\nSource1: more.x",
        "%description\nSource1: more.x",
        "%prep\ncat > x <<X\nSource1: more.x\nX",
        "Source1:",
        "#Source1: more.x",
    ] {
        check(uncertain, &[], &[]);
    }
    let certain = "%if 1\n%endif\n%{?a:%global b 1}\n%package doc\nSource1: more.x";
    check(certain, &[], &["more.x"]);
}

#[test]
fn what_only_a_repository_needs_is_no_part_of_the_source() {
    let check = |spec: &str, expected: &[&str]| {
        let mut sides = [
            side(&[("bash.spec", spec), ("sources", "")]),
            side(&[
                (".gitignore", "x"),
                (".fmf/version", "1"),
                ("README.md", "x"),
                ("bash.spec", spec),
                ("fix.patch", "x"),
                ("gating.yaml", "x"),
                ("sources", ""),
                ("tests/fix.patch", "x"),
            ]),
        ];
        keep_source_files(&mut sides, ["bash"; 2]);
        let kept: Vec<&str> = sides[1].keys().map(String::as_str).collect();
        assert_eq!(kept, expected, "{spec}");
    };
    check("Name: bash\n", &["bash.spec", "sources"]);
    check(
        "Patch1: fix.patch\nSource1: README.md\n",
        &["README.md", "bash.spec", "fix.patch", "sources"],
    );
    let unknown = ["bash.spec", "fix.patch", "sources"];
    check("Patch1: %{more}\n", &unknown);
}

#[test]
fn what_rpm_never_packs_decides_nothing_where_a_macro_is_unknown() {
    let spec = ("bash.spec", "Name: bash\nSource1: %{more}\n");
    let check = |path: &str, decides: bool| {
        let mut sides = [side(&[spec]), side(&[spec, (path, "x")])];
        keep_source_files(&mut sides, ["bash"; 2]);
        assert_eq!(sides[0] != sides[1], decides, "{path}");
    };
    for path in [
        ".gitignore",
        ".fmf/version",
        "README",
        "ci.fmf",
        "gating.yaml",
        "rpminspect.yaml",
        "bash.rpmlintrc",
        "package.cfg",
        "plans/main.fmf",
        "tests/runtest.sh",
        "SOURCES/deep/fix.patch",
    ] {
        check(path, false);
    }
    for path in [
        "fix.patch",
        "SOURCES/fix.patch",
        "SOURCES/gating.yaml",
        "tests",
    ] {
        check(path, true);
    }
}

#[test]
fn of_lists_of_archives_the_digests_of_declared_files_decide() {
    const SHA1: &str = "0123456789abcdef0123456789abcdef01234567";
    const OTHER: &str = "fedcba9876543210fedcba9876543210";
    let check_spec = |spec: &str, before: &[(&str, &str)], after: &[(&str, &str)], expected| {
        let with_spec = |lists: &[(&str, &str)]| side(&[lists, &[("bash.spec", spec)]].concat());
        let mut sides = [with_spec(before), with_spec(after)];
        let is_complete = keep_source_files(&mut sides, ["bash"; 2]);
        let found = (sides[0] == sides[1], is_complete);
        assert_eq!(found, expected, "{spec} {before:?} {after:?}");
    };
    let check = |before: &str, after: &str, expected| {
        let spec = "Name: bash\nSource0: a.gz\nSource1: b.gz\n";
        check_spec(
            spec,
            &[("sources", before)],
            &[("sources", after)],
            expected,
        );
    };
    let line = |name: &str| format!("{DIGEST} {name}\n");
    let (a, b) = (line("a.gz"), line("b.gz"));
    let both = format!("{a}{b}");
    check(&both, &format!("{b}{a}"), (true, true));
    check(&both, &format!("{a}{}{b}", line("old.gz")), (true, true));
    check(
        &both,
        &format!("\n{}", both.replace(DIGEST, &DIGEST.to_uppercase())),
        (true, true),
    );
    let labelled = format!("MD5 (a.gz) = {DIGEST}\nMD5 (b.gz) = {DIGEST}\n");
    check(&both, &labelled, (true, true));
    // One that is declared and is not listed on one side, or listed with another digest.
    check(&both, &a, (false, false));
    check(&both, &both.replacen(DIGEST, OTHER, 1), (false, true));
    // Of other algorithms it is not known whether they are digests of the same file.
    check(&both, &both.replacen(DIGEST, SHA1, 1), (true, false));
    check(&both, &format!("{both}{OTHER} a.gz\n"), (true, false));
    let metadata = both.replace(" ", " SOURCES/");
    check_spec(
        "Source0: a.gz\n",
        &[("sources", &both)],
        &[(".bash.metadata", &metadata)],
        (true, true),
    );
    // Where it is not known what is declared, what both list is compared.
    let unknown = "Source0: %{more}\n";
    let lists = |text: &'static str| [("sources", text)];
    let leaked = |text: &str| -> &'static str { String::leak(text.to_owned()) };
    let (both, a, other) = (
        leaked(&both),
        leaked(&a),
        leaked(&both.replacen(DIGEST, OTHER, 1)),
    );
    check_spec(unknown, &lists(both), &lists(a), (true, false));
    check_spec(unknown, &lists(both), &lists(other), (false, false));
    check_spec(unknown, &lists("\0"), &lists(a), (true, false));
}

#[test]
fn two_layouts_are_compared_as_one() {
    let check = |before: &[(&str, &str)], after: &[(&str, &str)], expected: [&[&str]; 2]| {
        let mut sides = [side(before), side(after)];
        bring_into_one_layout(&mut sides, ["bash"; 2]);
        let paths = |side: &Side| -> Vec<String> { side.keys().cloned().collect() };
        assert_eq!(
            sides.each_ref().map(paths),
            expected,
            "{before:?} {after:?}"
        );
    };
    let spec = "Patch1: A.patch\nSource1: README.md\n";
    let flat = [
        (".gitignore", "x"),
        ("A.patch", "x"),
        ("README.md", "x"),
        ("bash.spec", spec),
        ("sources", ""),
        ("tests/t", "x"),
    ];
    let in_folders = [("SOURCES/A.patch", "x"), ("SPECS/bash.spec", spec)];
    let brought = [
        ".gitignore",
        "SOURCES/A.patch",
        "SOURCES/README.md",
        "SPECS/bash.spec",
        "sources",
        "tests/t",
    ];
    let as_it_is = ["SOURCES/A.patch", "SPECS/bash.spec"];
    check(&flat, &in_folders, [&brought, &as_it_is]);
    check(&in_folders, &flat, [&as_it_is, &brought]);
    check(&flat, &flat, [flat.map(|(path, _)| path).as_slice(); 2]);
    // One that is in its place already, with other bytes, is another file.
    let twice = |text: &'static str| [("A.patch", text), in_folders[0], in_folders[1]];
    check(&[flat[3]], &twice("x"), [&["SPECS/bash.spec"], &as_it_is]);
    check(
        &[flat[3]],
        &twice("y"),
        [
            &["SPECS/bash.spec"],
            &["A.patch", "SOURCES/A.patch", "SPECS/bash.spec"],
        ],
    );
}

#[test]
fn an_archive_itself_and_its_digest_in_a_list_are_one_archive() {
    const ARCHIVE: &str = "the archive";
    let sha256 = side(&[("a", ARCHIVE)])["a"].side.digest.to_string();
    let sha512 = "0".repeat(128);
    let spec = "Name: bash\nSource0: a.gz\n";
    let listed = |digest: &str| format!("{digest} a.gz\n");
    let (own, other) = (listed(&sha256), listed(&"0".repeat(64)));
    let (of_other_kind, of_third_kind) = (listed(&sha512), listed(DIGEST));
    // Whether the sides are the same then, and whether their archives were compared.
    let check = |before: &[(&str, &str)], after: &[(&str, &str)], expected: (bool, bool)| {
        let with_spec = |files: &[(&str, &str)]| side(&[files, &[("bash.spec", spec)]].concat());
        for sides in [[before, after], [after, before]] {
            let mut of_folders = sides.map(with_spec);
            let are_comparable = leave_out_what_decides_nothing(&mut of_folders, "bash");
            let found = (of_folders[0] == of_folders[1], are_comparable);
            assert_eq!(found, expected, "{sides:?}");
            let mut of_branches = sides.map(with_spec);
            let are_complete = keep_source_files(&mut of_branches, ["bash"; 2]);
            let found = (of_branches[0] == of_branches[1], are_complete);
            assert_eq!(found, expected, "{sides:?}");
        }
    };
    let itself = [("a.gz", ARCHIVE)];
    check(&[("sources", &own)], &itself, (true, true));
    check(&[("sources", &other)], &itself, (false, true));
    check(&[("sources", &of_other_kind)], &itself, (true, false));
    check(
        &[("sources", &of_other_kind)],
        &[("sources", &of_other_kind), itself[0]],
        (true, true),
    );
    check(
        &[("sources", &of_other_kind)],
        &[(".bash.metadata", &of_third_kind)],
        (true, false),
    );
    check(&itself, &[("a.gz", "another")], (false, true));
}

#[test]
fn of_folders_what_only_a_repository_needs_is_left_out() {
    let check = |path: &str, is_kept: bool| {
        let spec = "Patch1: fix.patch\n";
        let kept = |spec_path: &str| {
            let mut sides = [
                side(&[(spec_path, spec), (path, "x")]),
                side(&[(spec_path, spec)]),
            ];
            leave_out_what_decides_nothing(&mut sides, "bash");
            sides[0].contains_key(path)
        };
        assert_eq!(kept("SPECS/bash.spec"), is_kept, "{path}");
        assert_eq!(kept("bash.spec"), is_kept, "{path}");
        // Where no spec stands where rpm has it, it is not known what its folders are.
        assert!(kept("rpm/bash.spec"), "{path}");
    };
    for path in [
        "SOURCES/fix.patch",
        "SOURCES/more.patch",
        "a/fix.patch",
        "more.patch",
        "SOURCES/sources",
    ] {
        check(path, true);
    }
    for path in [".gitignore", "README.md", "tests/t", "gating.yaml"] {
        check(path, false);
    }
}
