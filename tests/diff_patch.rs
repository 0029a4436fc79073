//! Patches written here are applied by git and by patch, and git's are read here.

use almanac::diff::{
    FilePatch, Hunk, Patch, Space, Text, line_hunks, read_patch, write_hunk, write_patch,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The files of a folder by name; a side of a pair may be absent.
type Files = BTreeMap<String, Vec<u8>>;

const PAIRS: usize = 10_000;

/// How each tool applies a patch, whose path follows.
const GIT_APPLY: &[&str] = &["apply", "--whitespace=nowarn"];
const PATCH_APPLY: &[&str] = &[
    "--strip=1",
    "--binary",
    "--batch",
    "--silent",
    "--fuzz=0",
    "--input",
];

/// Numbers that are the same in every run (Marsaglia's xorshift64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }

    fn one_in(&mut self, bound: usize) -> bool {
        self.below(bound) == 0
    }

    /// A line from a small stock, so that equal lines occur.
    fn line(&mut self) -> Vec<u8> {
        let stock: [&[u8]; 12] = [
            b"",
            b"Name: cockpit",
            b"Release: 1%{?dist}",
            b"Release: 1%{?dist}.alma.1",
            b"\t indented",
            b"-- ",
            b"+++ b",
            b"--- a",
            b"@@ -1 +1 @@",
            b"\\ No newline",
            "größe \u{202e}".as_bytes(),
            b"caf\xe9\r",
        ];
        let end: &[u8] = if self.one_in(6) { b"\r\n" } else { b"\n" };
        [stock[self.below(stock.len())], end].concat()
    }

    /// A text and one that was made from it.
    fn pair(&mut self) -> [Vec<u8>; 2] {
        let count = if self.one_in(8) { 0 } else { self.below(40) };
        let before: Vec<Vec<u8>> = (0..count).map(|_| self.line()).collect();
        let mut after = before.clone();
        for _ in 0..self.below(7) {
            let at = self.below(after.len() + 1);
            match self.below(3) {
                0 => after.insert(at, self.line()),
                1 if at < after.len() => after[at] = self.line(),
                2 if at < after.len() => drop(after.remove(at)),
                _ => after.clear(),
            }
        }
        [before, after].map(|lines| {
            let mut text = lines.concat();
            if self.one_in(3) && text.last() == Some(&b'\n') {
                text.pop();
            }
            text
        })
    }
}

/// Both sides of many files, some of which are on one side alone.
fn pairs() -> [Files; 2] {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    let [mut before, mut after] = [Files::new(), Files::new()];
    for index in 0..PAIRS {
        let name = format!("file {index:05}.spec");
        let [old, new] = numbers.pair();
        let absent = numbers.below(16);
        if absent != 0 {
            before.insert(name.clone(), old);
        }
        if absent != 1 {
            after.insert(name, new);
        }
    }
    [before, after]
}

/// An empty folder of this test's.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn write(folder: &Path, files: &Files) {
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
}

fn read(folder: &Path) -> Files {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let file = |entry: fs::DirEntry| {
        (
            entry.file_name().into_string().unwrap(),
            fs::read(entry.path()).unwrap(),
        )
    };
    entries.map(file).collect()
}

/// A command that sees no configuration and no repository around its folder; none where the tool is not installed.
fn tool(name: &str, folder: &Path) -> Option<Command> {
    if Command::new(name).arg("--version").output().is_err() {
        println!("skipped: {name} is not installed");
        return None;
    }
    let mut command = Command::new(name);
    command
        .current_dir(folder)
        .env("GIT_CEILING_DIRECTORIES", env!("CARGO_TARGET_TMPDIR"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null");
    Some(command)
}

/// Files, what they become, and the patch that makes that of them.
struct Patched {
    before: Files,
    after: Files,
    patch: Vec<u8>,
}

/// Every pair, as a whole.
fn whole_changes() -> Patched {
    let [before, after] = pairs();
    let mut patch = Vec::new();
    for index in 0..PAIRS {
        let file = format!("file {index:05}.spec");
        let side = |files: &Files| files.get(&file).map(|bytes| Text::new(bytes.clone()));
        patch.extend(write_patch(
            &file,
            side(&before).as_ref(),
            side(&after).as_ref(),
        ));
    }
    Patched {
        before,
        after,
        patch,
    }
}

/// Of every pair the last hunk alone, as the page copies it, whatever space is ignored: there a newline may be missing.
fn last_hunks() -> Patched {
    let spaces = [
        Space::Exact,
        Space::IgnoreTrailing,
        Space::IgnoreAll,
        Space::IgnoreBlankLines,
    ];
    let mut patched = Patched {
        before: Files::new(),
        after: Files::new(),
        patch: Vec::new(),
    };
    let [before, after] = pairs();
    for ((file, old), space) in before.iter().zip(spaces.into_iter().cycle()) {
        let Some(new) = after.get(file) else {
            continue;
        };
        let (before, after) = (Text::new(old.clone()), Text::new(new.clone()));
        if let Some(hunk) = line_hunks(&before, &after, space).last() {
            let patch = write_hunk(file, &before, &after, hunk);
            patched.patch.extend(patch);
            patched.before.insert(file.clone(), old.clone());
            let made = with_hunk(&before, &after, hunk);
            patched.after.insert(file.clone(), made);
        }
    }
    patched
}

/// The first text with one hunk of the second. What others then follow ends, as it does in the second text.
fn with_hunk(before: &Text, after: &Text, hunk: &Hunk) -> Vec<u8> {
    let head = before.raw_lines(0..hunk.before.start);
    let changed = after.raw_lines(hunk.after.clone());
    let tail = before.raw_lines(hunk.before.end..before.line_count());
    let mut lines: Vec<&[u8]> = head.chain(changed).chain(tail).collect();
    let last = lines.len().saturating_sub(1);
    let open = lines[..last].iter().position(|line| !line.ends_with(b"\n"));
    if let Some(open) = open {
        let ended = after.raw_lines(hunk.after.start - 1..hunk.after.start);
        lines.splice(open..=open, ended);
    }
    lines.concat()
}

/// Has a tool apply a patch in a folder, and compares what it made.
fn check_applied_by(name: &str, arguments: &[&str], folder_name: &str, patched: &Patched) {
    let root = folder(&format!("{folder_name}-patched-by-{name}"));
    let Some(mut tool) = tool(name, &root) else {
        return;
    };
    let Patched {
        before,
        after,
        patch,
    } = patched;
    write(&root, before);
    let patch_path = root.with_extension("patch");
    fs::write(&patch_path, patch).unwrap();
    let output = tool.args(arguments).arg(&patch_path).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let made = read(&root);
    for file in made.keys().chain(after.keys()) {
        assert_eq!(shown(made.get(file)), shown(after.get(file)), "{file}");
    }
}

/// A side of a pair as a failure shows it.
fn shown(bytes: Option<&Vec<u8>>) -> Option<String> {
    bytes.map(|bytes| bytes.escape_ascii().to_string())
}

#[test]
fn git_applies_what_is_written() {
    check_applied_by("git", GIT_APPLY, "whole", &whole_changes());
}

#[test]
fn patch_applies_what_is_written() {
    check_applied_by("patch", PATCH_APPLY, "whole", &whole_changes());
}

#[test]
fn one_hunk_alone_applies_whatever_space_is_ignored() {
    let patched = last_hunks();
    check_applied_by("git", GIT_APPLY, "hunk", &patched);
    check_applied_by("patch", PATCH_APPLY, "hunk", &patched);
}

#[test]
fn what_git_writes_is_read() {
    let [before, after] = pairs();
    let root = folder("diffed-by-git");
    let Some(mut git) = tool("git", &root) else {
        return;
    };
    for (name, files) in [("before", &before), ("after", &after)] {
        fs::create_dir(root.join(name)).unwrap();
        write(&root.join(name), files);
    }
    let output = git
        .args([
            "diff",
            "--no-index",
            "--no-renames",
            "--text",
            "before",
            "after",
        ])
        .output()
        .unwrap();
    let read = read_patch(&output.stdout).unwrap();
    assert!(
        read.to_bytes() == output.stdout,
        "what git wrote is not written back"
    );
    let patches = read.texts().unwrap();
    let name_of = |patch: &FilePatch| {
        let path = patch
            .before_path
            .clone()
            .or(patch.after_path.clone())
            .unwrap();
        path.rsplit('/').next().unwrap().to_owned()
    };
    let mut made = before.clone();
    for patch in &patches {
        let name = name_of(patch);
        let old = before.get(&name).cloned().unwrap_or_default();
        let new = patch
            .apply(&old)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        match patch.after_path {
            Some(_) => drop(made.insert(name, new)),
            None => drop(made.remove(&name)),
        }
    }
    assert!(patches.len() > PAIRS / 2);
    for file in made.keys().chain(after.keys()) {
        assert_eq!(shown(made.get(file)), shown(after.get(file)), "{file}");
    }
}

/// Reads a patch that a tool wrote and writes it back.
fn assert_written_back(patch: &[u8], what: &str) {
    let read = read_patch(patch).unwrap_or_else(|error| panic!("{what}: {error}"));
    let differs = read
        .to_bytes()
        .iter()
        .zip(patch)
        .position(|(one, other)| one != other);
    assert_eq!(differs, None, "{what} is written otherwise at this byte");
    assert_eq!(read.to_bytes().len(), patch.len(), "{what}");
}

#[test]
fn whatever_git_writes_is_written_back() {
    let root = folder("written-by-git");
    let Some(_) = tool("git", &root) else {
        return;
    };
    let git = |arguments: &[&str]| {
        let output = tool("git", &root)
            .expect("it was there a moment ago")
            .args(["-c", "user.name=a", "-c", "user.email=a@b.c"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        output.stdout
    };
    git(&["init", "--quiet"]);
    let [before, after] = pairs();
    let some = |files: &Files| -> Files {
        let files = files.iter().take(300);
        files
            .map(|(name, bytes)| (name.clone(), bytes.clone()))
            .collect()
    };
    write(&root, &some(&before));
    fs::write(root.join("binary"), [0, 1, 2, 0, 255]).unwrap();
    fs::write(root.join("renamed \"a\"\t"), b"one\ntwo\nthree\nfour\n").unwrap();
    fs::write(root.join("copied"), b"five\nsix\nseven\neight\n").unwrap();
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message=before"]);
    for name in some(&before).keys() {
        fs::remove_file(root.join(name)).unwrap();
    }
    write(&root, &some(&after));
    fs::write(root.join("binary"), [0, 1, 3, 0, 255]).unwrap();
    fs::rename(root.join("renamed \"a\"\t"), root.join("größe")).unwrap();
    fs::write(root.join("copied"), b"five\nsix\nseven\neight\nnine\n").unwrap();
    fs::write(root.join("copy"), b"five\nsix\nseven\neight\n").unwrap();
    git(&["add", "--all"]);
    git(&["update-index", "--chmod=+x", "copied"]);
    git(&["commit", "--quiet", "--message=after\n\nWith text."]);
    for arguments in [
        &["diff", "HEAD~", "HEAD"][..],
        &[
            "diff",
            "-M",
            "-C",
            "--find-copies-harder",
            "--binary",
            "HEAD~",
            "HEAD",
        ],
        &["diff", "--unified=0", "HEAD~", "HEAD"],
        &["diff", "--unified=9", "--function-context", "HEAD~", "HEAD"],
        &["format-patch", "--stdout", "-1"],
        &["show", "--stat", "--patch", "HEAD"],
    ] {
        let patch = git(arguments);
        assert!(patch.len() > 1_000, "{arguments:?}");
        assert_written_back(&patch, &arguments.join(" "));
    }
}

#[test]
fn whatever_diff_writes_is_written_back() {
    let root = folder("written-by-diff");
    let [before, after] = pairs();
    for (name, files) in [("before", &before), ("after", &after)] {
        fs::create_dir(root.join(name)).unwrap();
        write(&root.join(name), files);
    }
    for arguments in [
        &["-ru"][..],
        &["-ruN"],
        &["-ruNp"],
        &["-rU0"],
        &["-ruN", "--text"],
        &["-ruN", "--suppress-blank-empty"],
    ] {
        let Some(mut diff) = tool("diff", &root) else {
            return;
        };
        let output = diff
            .args(arguments)
            .args(["before", "after"])
            .output()
            .unwrap();
        assert!(output.stdout.len() > 1_000, "{arguments:?}");
        assert_written_back(&output.stdout, &arguments.join(" "));
    }
}

/// Every patch in the folder of real data, and the change of each pair of files in it.
#[test]
fn real_patches_are_written_back_and_real_changes_apply() {
    let Some(data) = std::env::var_os("ALMANAC_REAL_DATA") else {
        println!("skipped: ALMANAC_REAL_DATA names no folder of real inputs");
        return;
    };
    let root = Path::new(&data).join("autopatch");
    let (mut patches, mut pairs, mut changes) = (0, 0, 0);
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        let mut specs: Vec<Vec<u8>> = Vec::new();
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            let ending = path.extension().and_then(|ending| ending.to_str());
            if path.is_dir() {
                folders.push(path);
            } else if matches!(ending, Some("patch" | "diff")) {
                let patch = fs::read(&path).unwrap();
                assert_written_back(&patch, &path.display().to_string());
                patches += 1;
            } else if ending == Some("spec") {
                specs.push(fs::read(&path).unwrap());
            }
        }
        if let [one, other] = &specs[..] {
            for (before, after) in [(one, other), (other, one)] {
                let (old, new) = (Text::new(before.clone()), Text::new(after.clone()));
                let patch = write_patch("a", Some(&old), Some(&new));
                let files = read_patch(&patch).and_then(Patch::texts).unwrap();
                let made = files
                    .first()
                    .map_or(before.clone(), |file| file.apply(before).unwrap());
                assert!(made == *after, "{}", folder.display());
                let place = folder.display().to_string();
                assert_tools_make(&patch, before, after, &place);
                // Each change alone, as the page copies it.
                for hunk in line_hunks(&old, &new, Space::Exact) {
                    let expected = with_hunk(&old, &new, &hunk);
                    let patch = write_hunk("a", &old, &new, &hunk);
                    assert_tools_make(&patch, before, &expected, &place);
                    changes += 1;
                }
                pairs += 1;
            }
        }
    }
    println!("{patches} patches, {pairs} pairs and {changes} changes alone");
    assert!(patches > 0 && pairs > 0 && changes > 0);
}

/// Has git and patch apply a patch of the file `a`, as far as they are installed, and compares what they make of it.
fn assert_tools_make(patch: &[u8], before: &[u8], after: &[u8], place: &str) {
    for (name, arguments) in [("git", GIT_APPLY), ("patch", PATCH_APPLY)] {
        let root = folder(&format!("one-patched-by-{name}"));
        let Some(mut tool) = tool(name, &root) else {
            continue;
        };
        if patch.is_empty() {
            assert!(before == after, "{place}");
            continue;
        }
        fs::write(root.join("a"), before).unwrap();
        let patch_path = root.with_extension("patch");
        fs::write(&patch_path, patch).unwrap();
        let output = tool.args(arguments).arg(&patch_path).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{place}: {name}: {said}");
        assert!(
            fs::read(root.join("a")).unwrap() == after,
            "{place}: {name}"
        );
    }
}
