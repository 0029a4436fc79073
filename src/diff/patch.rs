//! Reads patches in the unified format: one or several files, with or without git's headers.

use super::patch_lines::{PatchHunk, PatchLines};
use std::error::Error;
use std::fmt::{self, Display, Formatter};

/// A patch, all that stands around its files included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// What it does to each file, in order.
    pub files: Vec<FilePatch>,
    /// What stands after the last hunk.
    pub trailer: Vec<u8>,
}

/// What a patch does to one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePatch {
    /// The old file's path as the patch names it (`a/SPECS/x.spec`); absent where it creates the file.
    pub before_path: Option<String>,
    /// The new file's path as the patch names it; absent where it deletes the file.
    pub after_path: Option<String>,
    /// The line of the patch, from 1, that says that the file is binary, so that its change is no text.
    pub binary_line: Option<usize>,
    /// The changes, in order.
    pub hunks: Vec<PatchHunk>,
}

/// What is wrong with a patch, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchError {
    /// The line of the patch, from 1.
    pub line: usize,
    /// What is wrong there.
    pub fault: PatchFault,
}

/// What can be wrong with a patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatchFault {
    /// A hunk stands before any file is named.
    NoFile,
    /// `@@ -a,b +c,d @@` was expected.
    HunkHeader,
    /// A hunk has a line that is neither context nor removed nor added, or more of one than its header says.
    HunkLine,
    /// A hunk has fewer lines than its header says.
    HunkCutShort,
    /// `@@@`: the change is that of a merge against all its parents, which git shows and nothing applies.
    Combined,
    /// The change is in the context format, of `diff -c`.
    ContextFormat,
    /// A change of a binary file, which is no text.
    Binary,
    /// The file has other lines where the hunk should apply.
    Mismatch,
}

/// Reads a patch. What stands around its hunks is kept with them as it is.
///
/// # Errors
/// The first place where it is not in the unified format.
pub fn read_patch(patch: &[u8]) -> Result<Patch, PatchError> {
    let mut lines = PatchLines::new(patch);
    let mut files: Vec<FilePatch> = Vec::new();
    let mut around: Vec<u8> = Vec::new();
    // A mail's text may quote the line of a hunk, before its patch names a file.
    let mut is_in_mail = true;
    let mut quoted = None;
    while let Some(line) = lines.take() {
        if line.starts_with(b"@@ ") && is_in_mail {
            quoted = quoted.or(Some(lines.fault(PatchFault::NoFile)));
        } else if line.starts_with(b"@@ ") {
            let mut hunk = lines.take_hunk(line)?;
            if let Some(file) = files.last_mut() {
                hunk.preamble = std::mem::take(&mut around);
                file.hunks.push(hunk);
            }
            continue;
        }
        let other_format = if line.starts_with(b"@@@ -") {
            Some(PatchFault::Combined)
        } else if is_context_hunk(line, lines.peek()) {
            Some(PatchFault::ContextFormat)
        } else {
            None
        };
        match other_format.map(|fault| lines.fault(fault)) {
            Some(error) if is_in_mail => quoted = quoted.or(Some(error)),
            Some(error) => return Err(error),
            None => {}
        }
        around.extend(line);
        if let Some(names) = line.strip_prefix(b"diff --git ") {
            is_in_mail = false;
            let (before, after) = git_names(names);
            files.push(FilePatch {
                before_path: before,
                after_path: after,
                ..FilePatch::default()
            });
        } else if let Some(before) = line.strip_prefix(b"--- ")
            && let Some(next) = lines.peek()
            && let Some(after) = next.strip_prefix(b"+++ ")
        {
            is_in_mail = false;
            lines.take();
            around.extend(next);
            // Without git's header, or after a file's hunks, these two lines begin a file.
            if files.last().is_none_or(|file| !file.hunks.is_empty()) {
                files.push(FilePatch::default());
            }
            if let Some(file) = files.last_mut() {
                file.before_path = header_name(before);
                file.after_path = header_name(after);
            }
        } else if line.starts_with(b"GIT binary patch") || line.starts_with(b"Binary files ") {
            // Without git's header, no line before this one begins the file.
            if files.last().is_none_or(|file| !file.hunks.is_empty()) {
                files.push(FilePatch::default());
            }
            if let Some(file) = files.last_mut() {
                file.binary_line = Some(lines.number());
            }
        } else if line.starts_with(b"From ") {
            is_in_mail = true;
        } else if let Some(file) = files.last_mut().filter(|file| file.hunks.is_empty()) {
            if line.starts_with(b"new file mode ") {
                file.before_path = None;
            } else if line.starts_with(b"deleted file mode ") {
                file.after_path = None;
            }
        }
    }
    match quoted.filter(|_| files.is_empty()) {
        Some(error) => Err(error),
        None => Ok(Patch {
            files,
            trailer: around,
        }),
    }
}

impl Patch {
    /// The files, all of whose changes are text.
    ///
    /// # Errors
    /// [`PatchFault::Binary`] at the first change of a binary file.
    pub fn texts(self) -> Result<Vec<FilePatch>, PatchError> {
        match self.files.iter().find_map(|file| file.binary_line) {
            Some(line) => Err(PatchError {
                line,
                fault: PatchFault::Binary,
            }),
            None => Ok(self.files),
        }
    }

    /// The patch as it is written; for one that git or GNU diff wrote, the very bytes that were read.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for hunk in self.files.iter().flat_map(|file| &file.hunks) {
            hunk.write(&mut bytes);
        }
        bytes.extend(&self.trailer);
        bytes
    }
}

/// Whether a hunk of a context diff begins: a row of stars, and `*** 1,2 ****` below it.
fn is_context_hunk(line: &[u8], next: Option<&[u8]>) -> bool {
    line.starts_with(b"***************")
        && next.is_some_and(|next| {
            next.starts_with(b"*** ") && next.trim_ascii_end().ends_with(b" ****")
        })
}

/// The name in a `---` or `+++` line; none for `/dev/null`.
fn header_name(rest: &[u8]) -> Option<String> {
    let rest = String::from_utf8_lossy(rest);
    let rest = rest.trim_end_matches(['\n', '\r']);
    let name = match unquoted(rest) {
        Some((name, _)) => name,
        None => rest.split('\t').next().unwrap_or_default().to_owned(),
    };
    (name != "/dev/null").then_some(name)
}

/// The two names in a `diff --git` line. Unquoted they may hold spaces, but then both are equally long.
fn git_names(rest: &[u8]) -> (Option<String>, Option<String>) {
    let rest = String::from_utf8_lossy(rest);
    let rest = rest.trim_end_matches(['\n', '\r']);
    if let Some((before, rest)) = unquoted(rest) {
        let rest = rest.trim_start();
        let after = unquoted(rest).map_or_else(|| rest.to_owned(), |(after, _)| after);
        return (Some(before), Some(after));
    }
    let halves = rest.split_at_checked(rest.len() / 2);
    match halves.and_then(|(before, after)| Some((before, after.strip_prefix(' ')?))) {
        Some((before, after)) => (Some(before.to_owned()), Some(after.to_owned())),
        None => (None, None),
    }
}

/// A name in quotes with C's escapes, and what follows it; nothing where no quote stands.
fn unquoted(text: &str) -> Option<(String, &str)> {
    let mut name = Vec::new();
    let mut bytes = text.strip_prefix('"')?.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => {
                let name = String::from_utf8_lossy(&name).into_owned();
                return Some((name, text.get(at + 2..)?));
            }
            b'\\' => match bytes.next()?.1 {
                b't' => name.push(b'\t'),
                b'n' => name.push(b'\n'),
                b'r' => name.push(b'\r'),
                b'a' => name.push(7),
                b'b' => name.push(8),
                b'v' => name.push(11),
                b'f' => name.push(12),
                high @ b'0'..=b'3' => {
                    let octal = [high, bytes.next()?.1, bytes.next()?.1];
                    name.push(u8::from_str_radix(std::str::from_utf8(&octal).ok()?, 8).ok()?);
                }
                other => name.push(other),
            },
            other => name.push(other),
        }
    }
    None
}

impl Display for PatchError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let what = match self.fault {
            PatchFault::NoFile => "a change stands here before any file is named",
            PatchFault::HunkHeader => "“@@ -a,b +c,d @@” was expected here",
            PatchFault::HunkLine => "this line does not fit the lines that its change announces",
            PatchFault::HunkCutShort => "the patch stops here in the middle of a change",
            PatchFault::Combined => {
                "this is a combined diff of a merge, and not in the unified format"
            }
            PatchFault::ContextFormat => "this is a context diff, and not in the unified format",
            PatchFault::Binary => "this changes a binary file, which is no text",
            PatchFault::Mismatch => "the file has other lines where this change should apply",
        };
        write!(formatter, "line {} of the patch: {what}", self.line)
    }
}

impl Error for PatchError {}

#[cfg(test)]
mod tests {
    use super::super::test_texts::text_pair;
    use super::super::{PatchLine, Text, write_patch};
    use super::*;
    use proptest::prelude::*;

    fn check(patch: &str, expected: &str) {
        let shown = match read_patch(patch.as_bytes()).and_then(Patch::texts) {
            Err(error) => error.to_string(),
            Ok(files) => {
                let file = |file: &FilePatch| {
                    let name = |path: &Option<String>| path.clone().unwrap_or("none".to_owned());
                    let lines: usize = file.hunks.iter().map(|hunk| hunk.lines.len()).sum();
                    format!(
                        "{} → {}: {lines}",
                        name(&file.before_path),
                        name(&file.after_path)
                    )
                };
                files.iter().map(file).collect::<Vec<_>>().join("; ")
            }
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn reads_files_with_and_without_git_headers() {
        check("", "");
        check(
            "From: me\n\ndiff -u a b\n--- a\t2026-01-01\n+++ b\n@@ -1 +1 @@\n-x\n+y\n-- \n2.50\n",
            "a → b: 2",
        );
        check(
            "diff --git a/x y b/x y\nnew file mode 100644\nindex 0..1\ndiff --git \"a/\\303\\251\" \"b/\\303\\251\"\n--- \"a/\\303\\251\"\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n",
            "none → b/x y: 0; a/é → none: 1",
        );
        check(
            "--- a\n+++ a\n@@ -1 +1 @@\n-x\n+y\n--- b\n+++ b\n@@ -0,0 +1 @@ fn x\n+y\n",
            "a → a: 2; b → b: 1",
        );
    }

    #[test]
    fn says_where_a_patch_is_broken() {
        check(
            "@@ -1 +1 @@\n-x\n+y\n",
            "line 1 of the patch: a change stands here before any file is named",
        );
        check(
            "--- a\n+++ b\n@@ -1 +1\n",
            "line 3 of the patch: “@@ -a,b +c,d @@” was expected here",
        );
        check(
            "--- a\n+++ b\n@@ -1 +1 @@\n-x\n",
            "line 4 of the patch: the patch stops here in the middle of a change",
        );
        check(
            "--- a\n+++ b\n@@ -1 +1 @@\n-x\n-y\n",
            "line 5 of the patch: this line does not fit the lines that its change announces",
        );
        check(
            "diff --git a/x b/x\nGIT binary patch\n",
            "line 2 of the patch: this changes a binary file, which is no text",
        );
        check(
            "diff --cc x\nindex 1,2..3\n--- a/x\n+++ b/x\n@@@ -1,1 -1,1 +1,1 @@@\n- x\n -z\n++y\n",
            "line 5 of the patch: this is a combined diff of a merge, and not in the unified format",
        );
        check(
            "*** a/x\t2026\n--- b/x\t2026\n***************\n*** 1,2 ****\n! x\n  y\n--- 1,2 ----\n! z\n  y\n",
            "line 3 of the patch: this is a context diff, and not in the unified format",
        );
        check(
            "As in\n***************\n*** 1 ****\n@@@ -1 -1 +1 @@@\n--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n",
            "a → b: 2",
        );
    }

    #[test]
    fn what_is_read_is_written_back() {
        let check = |patch: &str| {
            let read = read_patch(patch.as_bytes()).unwrap();
            assert_eq!(String::from_utf8(read.to_bytes()).unwrap(), patch);
        };
        check("");
        check("a mail alone\n");
        check(
            "From: me\n\n---\n a | 2 +-\n\ndiff --git a/a b/a\nindex 1..2 100644\n--- a/a\n+++ b/a\n@@ -1 +1 @@ f()\n-x\n+y\n\\ No newline at end of file\n-- \n2.50\n\n",
        );
        check("--- a\n+++ b\n@@ -1,2 +1 @@\n\n-x\n");
        check("--- a\n+++ b\n@@ -1,4 +1,3 @@\n \r\n\n \n-x\n");
        check("--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n\\ Kein Zeilenumbruch am Dateiende.\n");
        check(
            "From 1 Mon\nSubject: a\n\nBefore:\n@@ -1 +1 @@\n-x\n\n--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\nFrom 2 Mon\n\n@@ as above\n--- c\n+++ d\n@@ -1 +1 @@\n-x\n+y\n",
        );
        check("--- a\r\n+++ b\r\n@@ -1,2 +1 @@\r\n\r\n-x\r\n");
        check(
            "diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\ndiff --git a/l b/l\nGIT binary patch\nliteral 1\nIcmZPo000310RR91\n\n",
        );
        check("Only in a: x\n--- a\r\n+++ b\r\n@@ -0,0 +1 @@\r\n+x\r\n");
    }

    #[test]
    fn an_empty_line_without_its_space_is_context() {
        let files = read_patch(b"--- a\n+++ b\n@@ -1,2 +1 @@\n\n-x\n")
            .unwrap()
            .files;
        let expected = [
            PatchLine::Context(b"\n".to_vec()),
            PatchLine::Removed(b"x\n".to_vec()),
        ];
        assert_eq!(files[0].hunks[0].lines, expected);
        check(
            "--- a/y\r\n+++ b/y\r\n@@ -1,3 +1,3 @@\r\n-a\r\n+b\r\n\r\n c\r\n",
            "a/y → b/y: 4",
        );
    }

    proptest! {
        #[test]
        fn a_written_patch_applies((before, after) in text_pair(), path in "[ -~é\t\n]{1,12}") {
            let patch = write_patch(&path, Some(&Text::new(before.clone())), Some(&Text::new(after.clone())));
            let read = read_patch(&patch).unwrap();
            prop_assert_eq!(read.to_bytes(), patch);
            let files = read.files;
            match files.as_slice() {
                [] => prop_assert_eq!(before, after),
                [file] => {
                    prop_assert_eq!(&file.before_path, &Some(format!("a/{path}")));
                    prop_assert_eq!(&file.after_path, &Some(format!("b/{path}")));
                    prop_assert_eq!(file.apply(&before).unwrap(), after);
                }
                files => prop_assert!(false, "{} files", files.len()),
            }
        }

        #[test]
        fn no_bytes_make_reading_panic(patch in "(diff --git a b\n|--- a\n|\\+\\+\\+ b\n|@@ -[0-9],[0-9] \\+[0-9] @@\n|[-+ \\\\]x?\n|\"){0,12}") {
            if let Ok(files) = read_patch(patch.as_bytes()).and_then(Patch::texts) {
                for file in files {
                    let _ = file.apply(b"x\nx\n");
                }
            }
        }
    }
}
