use super::*;
use proptest::prelude::*;

/// Shows each piece that is not plain as `class⟨piece⟩`.
fn shown(text: &str, language: Language) -> String {
    let highlighting = highlight(text.lines().map(str::as_bytes), language);
    let lines = text.lines().enumerate().map(|(index, line)| {
        let mut shown = String::new();
        let mut at = 0;
        for span in highlighting.spans(index) {
            shown += &line[at..span.range.start];
            shown += &format!("{}⟨{}⟩", span.class.name(), &line[span.range.clone()]);
            at = span.range.end;
        }
        shown + &line[at..]
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn check(language: Language, text: &str, expected: &str) {
    assert_eq!(shown(text, language), expected);
}

#[test]
fn a_spec_file() {
    check(
        Language::Spec,
        "%global with_x 1\nName: bash\nRequires(post): %{_bindir}/x\n# a comment\n%if 0%{?rhel} >= 9\n%description\nIt runs 50%% of it.\n%build\n# why\n%configure --with-x=\"$X\"\nif [ -f a ]; then make %{?_smp_mflags}; fi\n%files -f x.lang\n%doc README\n%changelog\n* Mon Jan 01 2024 A <a@b.c> - 1-1\n- Fixed it",
        "keyword⟨%global⟩ with_x 1\nname⟨Name:⟩ bash\nname⟨Requires(post):⟩ macro⟨%{_bindir}⟩/x\ncomment⟨# a comment⟩\nkeyword⟨%if⟩ 0macro⟨%{?rhel}⟩ >= 9\nsection⟨%description⟩\nIt runs 50%% of it.\nsection⟨%build⟩\ncomment⟨# why⟩\nmacro⟨%configure⟩ --with-x=literal⟨\"$X\"⟩\nkeyword⟨if⟩ [ -f a ]; keyword⟨then⟩ make macro⟨%{?_smp_mflags}⟩; keyword⟨fi⟩\nsection⟨%files⟩ -f x.lang\nmacro⟨%doc⟩ README\nsection⟨%changelog⟩\nname⟨* Mon Jan 01 2024 A <a@b.c> - 1-1⟩\n- Fixed it",
    );
}

#[test]
fn a_document_within_a_script_ends_with_its_word() {
    check(
        Language::Spec,
        "%install\ncat > x <<EOF\nno %if here\n$HOME\nEOF\necho done\n%check",
        "section⟨%install⟩\ncat > x <<keyword⟨EOF⟩\nliteral⟨no %if here⟩\nliteral⟨$HOME⟩\nkeyword⟨EOF⟩\necho keyword⟨done⟩\nsection⟨%check⟩",
    );
    check(
        Language::Shell,
        "cat <<-'E' <<<word\n\tx\n\tE\n$x",
        "cat <<-keyword⟨'E'⟩ <<<word\nliteral⟨\tx⟩\nkeyword⟨\tE⟩\nmacro⟨$x⟩",
    );
}

#[test]
fn a_section_begins_whatever_is_open_before() {
    check(
        Language::Spec,
        "%pre\necho 'it\n%if\n%files\n%doc README\n%post\ncat <<E\n%changelog\n- it's",
        "section⟨%pre⟩\necho literal⟨'it⟩\nkeyword⟨%if⟩\nsection⟨%files⟩\nmacro⟨%doc⟩ README\nsection⟨%post⟩\ncat <<keyword⟨E⟩\nsection⟨%changelog⟩\n- it's",
    );
}

#[test]
fn a_condition_is_one_whatever_is_open_in_the_script() {
    check(
        Language::Spec,
        "%post\ncat <<E\na\n%ifarch x86_64\nb\n%endif\nE\necho 'c\n%if 0%{?rhel}\nd'\necho 1",
        "section⟨%post⟩\ncat <<keyword⟨E⟩\nliteral⟨a⟩\nkeyword⟨%ifarch⟩ x86_64\nliteral⟨b⟩\nkeyword⟨%endif⟩\nkeyword⟨E⟩\necho literal⟨'c⟩\nkeyword⟨%if⟩ 0macro⟨%{?rhel}⟩\nliteral⟨d'⟩\necho number⟨1⟩",
    );
}

#[test]
fn what_shifts_begins_no_document() {
    let check = |line: &str, expected: &str| {
        let text = format!("{line}\nfi");
        let shown = shown(&text, Language::Shell);
        assert_eq!(shown.lines().last(), Some(expected), "{line}");
    };
    for line in [
        "size=$((1 << 20))",
        "mask=$(( size<<x ))",
        "((n <<= m))",
        "for ((i=a; i<<(b); i++)); do",
        "let y=1<<4",
    ] {
        check(line, "keyword⟨fi⟩");
    }
    // Behind the arithmetic, and in brackets that are none, it does.
    for line in [
        "echo $((1 << 2)) <<E",
        "((a); cat <<E)",
        "$( (cat <<E) )",
        "( ( b ) ; cat <<'E' )",
    ] {
        check(line, "literal⟨fi⟩");
    }
}

#[test]
fn a_script_for_another_program_is_none_of_the_shell() {
    check(
        Language::Spec,
        "%pretrans -p <lua>\n-- We use lua's %{name}\nif x then\n%post -p /bin/sh\n'a'\n%preun -n x -p /usr/bin/python3\n'a'\n%pre -n x-p\n'a'",
        "section⟨%pretrans⟩ -p <lua>\n-- We use lua's macro⟨%{name}⟩\nif x then\nsection⟨%post⟩ -p /bin/sh\nliteral⟨'a'⟩\nsection⟨%preun⟩ -n x -p /usr/bin/python3\n'a'\nsection⟨%pre⟩ -n x-p\nliteral⟨'a'⟩",
    );
}

#[test]
fn what_is_open_at_the_end_of_a_cut_line_does_not_go_on() {
    let check = |language, open: &str, next: &str, expected: &str| {
        let check = |length: usize, expected: &str| {
            let line = "x".repeat(length);
            let shown = shown(&format!("{open}{line}\n{next}"), language);
            assert_eq!(shown.lines().last(), Some(expected), "{language:?}");
        };
        check(HIGHLIGHTED_BYTES_MAX, expected);
        // A line that is seen whole goes on.
        let class = if language == Language::C {
            "comment"
        } else {
            "literal"
        };
        check(9, &format!("{class}⟨{next}⟩"));
    };
    check(Language::Shell, "'", "a 1", "a number⟨1⟩");
    check(Language::Spec, "%build\n\"", "a 1", "a number⟨1⟩");
    check(Language::Yaml, "- '", "- 1", "- number⟨1⟩");
    check(Language::C, "/*", "/1", "/number⟨1⟩");
}

#[test]
fn a_shell_script() {
    check(
        Language::Shell,
        "#!/bin/sh\nfor i in 1 2; do # each\n  echo \"$i\n and\" 'it''s' ${i%x} $1 a#b\ndone",
        "comment⟨#!/bin/sh⟩\nkeyword⟨for⟩ i keyword⟨in⟩ number⟨1⟩ number⟨2⟩; keyword⟨do⟩ comment⟨# each⟩\n  echo literal⟨\"$i⟩\nliteral⟨ and\"⟩ literal⟨'it''s'⟩ macro⟨${i%x}⟩ macro⟨$1⟩ a#b\nkeyword⟨done⟩",
    );
}

#[test]
fn a_c_file() {
    check(
        Language::C,
        "#include <a.h>\n/* one\ntwo */ static int x = 0x1f; // end\nchar *s = \"a\\\"b\"; char c = '\\'';",
        "section⟨#include⟩ <a.h>\ncomment⟨/* one⟩\ncomment⟨two */⟩ keyword⟨static⟩ keyword⟨int⟩ x = number⟨0x1f⟩; comment⟨// end⟩\nkeyword⟨char⟩ *s = literal⟨\"a\\\"b\"⟩; keyword⟨char⟩ c = literal⟨'\\''⟩;",
    );
}

#[test]
fn a_yaml_file() {
    check(
        Language::Yaml,
        "---\nactions:\n  - replace:\n      target: \"a: b\" # c\n      find: |\n        key: text\n\n      count: 1\n  - &x true\n  - http://x",
        "section⟨---⟩\nname⟨actions⟩:\n  - name⟨replace⟩:\n      name⟨target⟩: literal⟨\"a: b\"⟩ comment⟨# c⟩\n      name⟨find⟩: keyword⟨|⟩\nliteral⟨        key: text⟩\n\n      name⟨count⟩: number⟨1⟩\n  - macro⟨&x⟩ keyword⟨true⟩\n  - http://x",
    );
}

#[test]
fn a_block_of_yaml_ends_with_the_next_key_beside_its_own() {
    check(
        Language::Yaml,
        "- run: |\n    make\n  name: x\n- 'a b': >-\n    y\n  c: 1\n- |\n text\n- - d: &e |\n      z\n    f: 2",
        "- name⟨run⟩: keyword⟨|⟩\nliteral⟨    make⟩\n  name⟨name⟩: x\n- literal⟨'a b'⟩: keyword⟨>-⟩\nliteral⟨    y⟩\n  name⟨c⟩: number⟨1⟩\n- keyword⟨|⟩\nliteral⟨ text⟩\n- - name⟨d⟩: macro⟨&e⟩ keyword⟨|⟩\nliteral⟨      z⟩\n    name⟨f⟩: number⟨2⟩",
    );
}

#[test]
fn a_quote_that_stands_twice_is_one_in_the_text() {
    check(
        Language::Yaml,
        "a: 'it''s' # b\nc: 'd''\n  e' # f",
        "name⟨a⟩: literal⟨'it''s'⟩ comment⟨# b⟩\nname⟨c⟩: literal⟨'d''⟩\nliteral⟨  e'⟩ comment⟨# f⟩",
    );
}

#[test]
fn a_patch_with_its_mail() {
    check(
        Language::Patch,
        "From: A <a@b.c>\nSubject: [PATCH] x\n\nText: with + and -\n---\n a | 2 +-\ndiff --git a/a b/a\nindex 1..2 100644\n--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@ int f(void)\n x\n--- removed\n++added\n y\n-- \n2.43.0",
        "name⟨From:⟩ A <a@b.c>\nname⟨Subject:⟩ [PATCH] x\n\nname⟨Text:⟩ with + and -\n---\n a | 2 +-\nplace⟨diff --git a/a b/a⟩\nplace⟨index 1..2 100644⟩\nplace⟨--- a/a⟩\nplace⟨+++ b/a⟩\nplace⟨@@ -1,3 +1,3 @@⟩ int f(void)\n x\nremoved⟨--- removed⟩\nadded⟨++added⟩\n y\n-- \n2.43.0",
    );
}

#[test]
fn a_patch_of_a_patch_is_a_diff_in_a_diff() {
    check(
        Language::Patch,
        "--- /dev/null\n+++ b/SOURCES/1000-x.patch\n@@ -0,0 +1,6 @@\n+--- a/a\n++++ b/a\n+@@ -1,2 +1,2 @@\n+ kept\n+-gone\n++come",
        "place⟨--- /dev/null⟩\nplace⟨+++ b/SOURCES/1000-x.patch⟩\nplace⟨@@ -0,0 +1,6 @@⟩\nadded⟨+⟩place⟨--- a/a⟩\nadded⟨+⟩place⟨+++ b/a⟩\nadded⟨+⟩place⟨@@ -1,2 +1,2 @@⟩\nadded⟨+⟩ kept\nadded⟨+⟩removed⟨-gone⟩\nadded⟨++come⟩",
    );
}

#[test]
fn sentences_of_a_mail_name_no_files() {
    for line in [
        "diff between a and b is right",
        "index into the table",
        "Only in some cases",
        "rename from a to b",
    ] {
        check(Language::Patch, line, line);
    }
    let git = "diff --git a/a b/b\nsimilarity index 90%\nrename from a\nrename to b";
    let painted = git.lines().map(|line| format!("place⟨{line}⟩"));
    check(
        Language::Patch,
        git,
        &painted.collect::<Vec<_>>().join("\n"),
    );
    check(
        Language::Patch,
        "diff -ru a b\nOnly in a/c: d",
        "place⟨diff -ru a b⟩\nplace⟨Only in a/c: d⟩",
    );
}

#[test]
fn each_mail_of_several_has_its_headers() {
    let start = format!("From {} Mon Sep 17 00:00:00 2001", "a".repeat(40));
    check(
        Language::Patch,
        &format!("--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n-- \n2.43.0\n\n{start}\nSubject: x"),
        &format!(
            "place⟨--- a⟩\nplace⟨+++ b⟩\nplace⟨@@ -1 +1 @@⟩\nremoved⟨-a⟩\nadded⟨+b⟩\n-- \n2.43.0\n\n{start}\nname⟨Subject:⟩ x"
        ),
    );
}

#[test]
fn a_hunk_of_a_patch_that_changes_is_a_hunk_on_both_sides() {
    check(
        Language::Patch,
        "--- a/x.patch\n+++ b/x.patch\n@@ -1,5 +1,6 @@\n-@@ -1,3 +1,3 @@ f\n+@@ -1,3 +1,4 @@ f\n  a\n--b\n+-c\n++d\n++e\n  g\n",
        "place⟨--- a/x.patch⟩\nplace⟨+++ b/x.patch⟩\nplace⟨@@ -1,5 +1,6 @@⟩\nremoved⟨-⟩place⟨@@ -1,3 +1,3 @@⟩ f\nadded⟨+⟩place⟨@@ -1,3 +1,4 @@⟩ f\n  a\nremoved⟨--b⟩\nadded⟨+⟩removed⟨-c⟩\nadded⟨++d⟩\nadded⟨++e⟩\n  g",
    );
}

#[test]
fn what_did_not_fail_is_no_error() {
    for line in [
        "120 tests passed, 0 failed",
        "0 tests failed out of 9",
        "gcc -Werror -Wno-deprecated -c a.c",
        "checking for strerror ... yes",
        "3 passed, 1 xfailed",
    ] {
        check(Language::BuildLog, line, line);
    }
    for line in [
        "10 failed",
        "2 tests failed",
        "make: Error 2",
        "ImportError: x",
    ] {
        check(Language::BuildLog, line, &format!("error⟨{line}⟩"));
    }
}

#[test]
fn a_build_log() {
    check(
        Language::BuildLog,
        "Executing(%build): /bin/sh -e\n+ make\na.c:1: warning: unused\na.c:2: error: no\nok",
        "section⟨Executing(%build): /bin/sh -e⟩\nkeyword⟨+ make⟩\nwarning⟨a.c:1: warning: unused⟩\nerror⟨a.c:2: error: no⟩\nok",
    );
}

#[test]
fn files_tell_their_language() {
    let check = |path: &str, first_line: &str, expected: Language| {
        assert_eq!(Language::of_file(path, first_line.as_bytes()), expected);
    };
    check("SPECS/bash.spec", "", Language::Spec);
    check("SOURCES/1000-x.patch", "", Language::Patch);
    check("SOURCES/mod-sign.sh", "", Language::Shell);
    check("SOURCES/filter", "#!/usr/bin/env bash", Language::Shell);
    check("SOURCES/filter", "#!/usr/bin/python3", Language::Plain);
    check("config.yaml", "", Language::Yaml);
    let mail = format!("From {} Mon Sep 17 00:00:00 2001", "0a".repeat(20));
    check("SOURCES/fix", &mail, Language::Patch);
    check("SOURCES/fix", "From here on", Language::Plain);
    check("a.b/c", "", Language::Plain);
    check("root.log", "", Language::BuildLog);
}

#[test]
fn a_very_long_line_is_classed_up_to_the_limit() {
    let line = "é".repeat(HIGHLIGHTED_BYTES_MAX);
    let text = format!("/*{line}");
    let highlighting = highlight([text.as_bytes()].into_iter(), Language::C);
    let spans: Vec<Span> = highlighting.spans(0).collect();
    assert_eq!(spans.len(), 1);
    assert_eq!(spans[0].range, 0..HIGHLIGHTED_BYTES_MAX);
}

/// Every class has its own number in a message.
#[test]
fn classes_stand_at_their_numbers() {
    for (number, class) in SyntaxClass::ALL.into_iter().enumerate() {
        assert_eq!(class as usize, number);
    }
}

/// Lines of pieces that mean something in some language.
fn any_text() -> impl Strategy<Value = Vec<u8>> {
    let pieces = proptest::sample::select(&[
        "%if",
        "%{",
        "}",
        "%build",
        "%changelog",
        "\n",
        "\n",
        "\n",
        " ",
        "\"",
        "'",
        "<<EOF",
        "EOF",
        "#",
        "/*",
        "*/",
        "//",
        "|",
        "key: ",
        "- ",
        "@@ -1,2 +1,2 @@",
        "+++ b/x.patch",
        "--- ",
        "+",
        "-",
        "$",
        "${",
        "(",
        ")",
        "\\",
        "é",
        "\u{202e}",
        "error: ",
        "x1_",
    ]);
    let bytes = proptest::collection::vec(any::<u8>(), 1..3);
    let piece = prop_oneof![9 => pieces.prop_map(|piece| piece.as_bytes().to_vec()), 1 => bytes];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn spans_rise_within_their_lines_and_between_characters(
        text in any_text(),
        language in proptest::sample::select(&Language::ALL[..]),
    ) {
        let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
        let highlighting = highlight(lines.iter().copied(), language);
        for (index, line) in lines.iter().enumerate() {
            let mut end = 0;
            for span in highlighting.spans(index) {
                prop_assert!(span.range.start >= end && span.range.start < span.range.end);
                end = span.range.end;
                prop_assert!(end <= line.len());
                if let Ok(line) = std::str::from_utf8(line) {
                    prop_assert!(line.is_char_boundary(span.range.start) && line.is_char_boundary(end));
                }
            }
        }
        prop_assert_eq!(highlighting.spans(lines.len()).count(), 0);
    }

    #[test]
    fn numbers_are_read_back(text in any_text(), language in proptest::sample::select(&Language::ALL[..])) {
        let highlighting = highlight(text.split(|byte| *byte == b'\n'), language);
        let numbers = highlighting.clone().into_numbers();
        prop_assert_eq!(Highlighting::from_numbers(&numbers), Some(highlighting));
    }

    #[test]
    fn any_numbers_are_read_without_panic(numbers in proptest::collection::vec(any::<u32>(), 0..9)) {
        if let Some(highlighting) = Highlighting::from_numbers(&numbers) {
            let _ = highlighting.spans(0).count();
        }
    }
}
