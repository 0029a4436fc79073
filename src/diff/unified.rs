//! Writes the differences of two texts in the unified format, with git's headers.
//!
//! The format is that of `diff -u` (POSIX) with the extended headers of git-diff(1), so that `git apply` and `patch`
//! take it, an empty new file included.

use super::folding::CONTEXT_LINES;
use super::hunks::{Hunk, line_hunks};
use super::patch_lines::{PatchHunk, PatchLine};
use super::space::Space;
use super::text::Text;
use std::ops::Range;

/// Git's name for an empty file, as it shortens it.
const EMPTY_BLOB: &str = "e69de29";

/// Git's name for a file that is not there, as it shortens it.
const NO_BLOB: &str = "0000000";

/// What follows a line that the end of the file ends.
const NO_NEWLINE: &[u8] = b"\\ No newline at end of file\n";

/// The patch that makes `after` of `before` for the file at `path`; empty when they are equal.
///
/// A side that is absent is a file that does not exist there. A new or deleted file is said to be an ordinary one
/// (mode 100644).
pub fn write_patch(path: &str, before: Option<&Text>, after: Option<&Text>) -> Vec<u8> {
    let nothing = Text::default();
    let hunks = line_hunks(
        before.unwrap_or(&nothing),
        after.unwrap_or(&nothing),
        Space::Exact,
    );
    write_patch_of(path, before, after, &hunks)
}

/// The same where the hunks are known, all space counted, which spares comparing once more.
pub fn write_patch_of(
    path: &str,
    before: Option<&Text>,
    after: Option<&Text>,
    hunks: &[Hunk],
) -> Vec<u8> {
    let nothing = Text::default();
    let mut patch = Vec::new();
    let created = before.is_none();
    let deleted = after.is_none();
    if before == after {
        return patch;
    }
    let (before, after) = (before.unwrap_or(&nothing), after.unwrap_or(&nothing));
    let (old, new) = (quoted(&format!("a/{path}")), quoted(&format!("b/{path}")));
    patch.extend(format!("diff --git {old} {new}\n").bytes());
    if created {
        patch.extend(b"new file mode 100644\n");
    }
    if deleted {
        patch.extend(b"deleted file mode 100644\n");
    }
    if hunks.is_empty() {
        // An empty file comes or goes: patch heeds that only when it is told that the file is empty.
        let (old, new) = if created {
            (NO_BLOB, EMPTY_BLOB)
        } else {
            (EMPTY_BLOB, NO_BLOB)
        };
        patch.extend(format!("index {old}..{new}\n").bytes());
        return patch;
    }
    let header = |sign: &str, name: &str, absent: bool| {
        let name = if absent { "/dev/null" } else { name };
        format!("{sign} {name}\n")
    };
    patch.extend(header("---", &old, created).bytes());
    patch.extend(header("+++", &new, deleted).bytes());
    for group in groups(hunks) {
        write_group(&mut patch, group, group, before, after);
    }
    patch
}

/// The patch of one hunk alone, for the file at `path` that both sides have. It applies to `before`; where context lines differ
/// in what was ignored, they are those of `before`.
pub fn write_hunk(path: &str, before: &Text, after: &Text, hunk: &Hunk) -> Vec<u8> {
    let hunk = with_line_that_ends(before, hunk);
    let (old, new) = (quoted(&format!("a/{path}")), quoted(&format!("b/{path}")));
    let mut patch = format!("diff --git {old} {new}\n--- {old}\n+++ {new}\n").into_bytes();
    // Alone, it makes lines that stand where those of the reference stood.
    let moved = Hunk {
        before: hunk.before.clone(),
        after: hunk.before.start..hunk.before.start + hunk.after.len(),
    };
    write_group(
        &mut patch,
        std::slice::from_ref(&hunk),
        &[moved],
        before,
        after,
    );
    patch
}

/// A hunk with the line before it where that one ends only as the hunk is made: the last line of `before`, which has no newline,
/// and which others then follow. Even where line ends are ignored that is a change, and as context git would join the lines.
fn with_line_that_ends(before: &Text, hunk: &Hunk) -> Hunk {
    let is_followed = hunk.before.start == before.line_count() && !hunk.after.is_empty();
    let is_open = is_followed && !before.bytes().ends_with(b"\n");
    let further = usize::from(is_open && hunk.before.start > 0 && hunk.after.start > 0);
    Hunk {
        before: hunk.before.start - further..hunk.before.end,
        after: hunk.after.start - further..hunk.after.end,
    }
}

/// Hunks whose context would overlap or touch, together.
fn groups(hunks: &[Hunk]) -> impl Iterator<Item = &[Hunk]> {
    hunks.chunk_by(|one, next| next.before.start - one.before.end <= 2 * CONTEXT_LINES)
}

/// Writes hunks with their context. `placed` are the same hunks as they stand in what the patch makes.
fn write_group(patch: &mut Vec<u8>, group: &[Hunk], placed: &[Hunk], before: &Text, after: &Text) {
    let (Some(first), Some(last)) = (placed.first(), placed.last()) else {
        return;
    };
    let leading = CONTEXT_LINES.min(first.before.start);
    let trailing = CONTEXT_LINES.min(before.line_count() - last.before.end);
    let old = first.before.start - leading..last.before.end + trailing;
    let new = first.after.start - leading..last.after.end + trailing;
    let header = format!("@@ -{} +{} @@\n", numbers(&old), numbers(&new));
    patch.extend(header.bytes());
    let mut next = old.start;
    for hunk in group {
        write_lines(patch, b' ', before, next..hunk.before.start);
        write_lines(patch, b'-', before, hunk.before.clone());
        write_lines(patch, b'+', after, hunk.after.clone());
        next = hunk.before.end;
    }
    write_lines(patch, b' ', before, next..old.end);
}

fn write_lines(patch: &mut Vec<u8>, sign: u8, text: &Text, range: Range<usize>) {
    for line in text.raw_lines(range) {
        write_line(patch, sign, line, NO_NEWLINE);
    }
}

fn write_line(patch: &mut Vec<u8>, sign: u8, line: &[u8], end_mark: &[u8]) {
    patch.push(sign);
    patch.extend(line);
    if !line.ends_with(b"\n") {
        patch.push(b'\n');
        patch.extend(end_mark);
    }
}

impl PatchHunk {
    /// Writes a hunk that was read, with what stood before it.
    pub(super) fn write(&self, patch: &mut Vec<u8>) {
        let count = |is_counted: fn(&PatchLine) -> bool| {
            let lines = self.lines.iter();
            lines.filter(|line| is_counted(line)).count()
        };
        let before = count(|line| !matches!(line, PatchLine::Added(_)));
        let after = count(|line| !matches!(line, PatchLine::Removed(_)));
        patch.extend(&self.preamble);
        let (old, new) = (
            numbers(&(self.before_start..self.before_start + before)),
            numbers(&(self.after_start..self.after_start + after)),
        );
        patch.extend(format!("@@ -{old} +{new} @@").bytes());
        patch.extend(&self.section);
        for (index, line) in self.lines.iter().enumerate() {
            let (sign, line) = match line {
                PatchLine::Context(line) if self.bare_lines.contains(&index) => {
                    patch.extend(line);
                    continue;
                }
                PatchLine::Context(line) => (b' ', line),
                PatchLine::Removed(line) => (b'-', line),
                PatchLine::Added(line) => (b'+', line),
            };
            write_line(patch, sign, line, &self.end_mark);
        }
    }
}

/// A range as the format counts it: from 1, without the length where it is 1, and with the line before where it is 0.
fn numbers(range: &Range<usize>) -> String {
    match range.len() {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        length => format!("{},{length}", range.start + 1),
    }
}

/// A file name in quotes, with C's escapes, where it has a character that would be misread. Git leaves spaces bare, but
/// patch would then take the name of an empty file to stop at the first one.
fn quoted(name: &str) -> String {
    let plain = |byte: u8| !byte.is_ascii_control() && !b" \"\\".contains(&byte);
    if name.bytes().all(plain) {
        return name.to_owned();
    }
    let mut quoted = String::from("\"");
    for character in name.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\t' => quoted.push_str("\\t"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            control if control.is_ascii_control() => {
                quoted.push_str(&format!("\\{:03o}", u32::from(control)))
            }
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::super::read_patch;
    use super::super::test_texts::{any_space, text_pair};
    use super::*;
    use proptest::prelude::*;

    fn check(path: &str, before: Option<&str>, after: Option<&str>, expected: &str) {
        let (before, after) = (before.map(Text::new), after.map(Text::new));
        let patch = write_patch(path, before.as_ref(), after.as_ref());
        assert_eq!(String::from_utf8(patch).unwrap(), expected);
    }

    #[test]
    fn equal_texts_need_no_patch() {
        check("a", Some("x\n"), Some("x\n"), "");
        check("a", None, None, "");
    }

    #[test]
    fn a_change_has_three_lines_around_it() {
        check(
            "SPECS/a.spec",
            Some("1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
            Some("1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "diff --git a/SPECS/a.spec b/SPECS/a.spec\n--- a/SPECS/a.spec\n+++ b/SPECS/a.spec\n\
             @@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n",
        );
    }

    #[test]
    fn a_missing_newline_is_said() {
        check(
            "a",
            Some("x"),
            Some("x\n"),
            "diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n",
        );
    }

    #[test]
    fn a_file_may_come_and_go() {
        check(
            "a b",
            None,
            Some("x\n"),
            "diff --git \"a/a b\" \"b/a b\"\nnew file mode 100644\n--- /dev/null\n+++ \"b/a b\"\n@@ -0,0 +1 @@\n+x\n",
        );
        check(
            "a",
            Some("x\n"),
            None,
            "diff --git a/a b/a\ndeleted file mode 100644\n--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n",
        );
        check(
            "a",
            None,
            Some(""),
            "diff --git a/a b/a\nnew file mode 100644\nindex 0000000..e69de29\n",
        );
    }

    #[test]
    fn a_name_that_could_be_misread_is_quoted() {
        check(
            "a\"\n",
            None,
            Some(""),
            "diff --git \"a/a\\\"\\n\" \"b/a\\\"\\n\"\nnew file mode 100644\nindex 0000000..e69de29\n",
        );
    }

    #[test]
    fn a_line_that_gets_its_newline_is_a_change_of_its_own() {
        let check = |before: &str, after: &str, space, expected: &str| {
            let (before, after) = (Text::new(before), Text::new(after));
            let hunks = line_hunks(&before, &after, space);
            let patch = String::from_utf8(write_hunk("a", &before, &after, &hunks[0])).unwrap();
            let header = "diff --git a/a b/a\n--- a/a\n+++ b/a\n";
            assert_eq!(patch.strip_prefix(header), Some(expected), "{space:?}");
        };
        let mark = "\\ No newline at end of file\n";
        for space in [Space::Exact, Space::IgnoreTrailing, Space::IgnoreAll] {
            let expected = format!("@@ -1,2 +1,3 @@\n a\n-b\n{mark}+b\n+c\n{mark}");
            check("a\nb", "a\nb\nc", space, &expected);
        }
        // Nothing follows it.
        let expected = format!("@@ -1,2 +1,2 @@\n-a\n+A\n b\n{mark}");
        check("a\nb", "A\nb\n", Space::IgnoreAll, &expected);
        check("", "a\n", Space::IgnoreAll, "@@ -0,0 +1 @@\n+a\n");
    }

    proptest! {
        #[test]
        fn the_patch_of_one_hunk_makes_that_change_alone((before, after) in text_pair(), space in any_space()) {
            let (before, after) = (Text::new(before), Text::new(after));
            for hunk in line_hunks(&before, &after, space) {
                let patch = write_hunk("a", &before, &after, &hunk);
                let files = read_patch(&patch).unwrap().files;
                let head = before.raw_lines(0..hunk.before.start);
                let tail = before.raw_lines(hunk.before.end..usize::MAX);
                let mut made: Vec<&[u8]> = head.chain(after.raw_lines(hunk.after.clone())).chain(tail).collect();
                let last = made.len().saturating_sub(1);
                // What others follow ends, as it does in the second text.
                if let Some(open) = made[..last].iter().position(|line| !line.ends_with(b"\n")) {
                    prop_assert_eq!(open + 1, hunk.before.start);
                    made.splice(open..=open, after.raw_lines(hunk.after.start - 1..hunk.after.start));
                }
                let expected = made.concat();
                prop_assert_eq!(files[0].apply(before.bytes()).unwrap(), expected);
            }
        }
    }
}
