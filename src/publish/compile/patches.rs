//! What the patches among the source texts say of themselves, and which files are patches.

use super::source_texts::{ReadFile, SourceFiles};
use crate::diff::{PatchHeader, PatchLine, cves_in, read_patch, read_patch_headers};
use crate::domain::without_mail_words;
use crate::publish::autopatch::{Action, AddedFileKind, Autopatch};
use crate::report::{PatchOriginName, PatchRecord, PatchSize, limits};
use std::collections::{BTreeMap, BTreeSet};

/// The patches among a package's files, and what they say.
#[derive(Default)]
pub struct PackagePatches {
    /// The headers by the patches' names, one for each mail in the file. Where both sides have a patch, the distribution's counts.
    pub headers: BTreeMap<String, Vec<PatchHeader>>,
    /// The CVEs that the reference's own patches name, in their names or their headers.
    pub reference_cves: BTreeSet<String>,
    /// What is published of them, by path.
    pub records: Vec<PatchRecord>,
}

/// Reads the patches among a package's files. What cannot be read as a patch is told.
pub fn patches_of(
    package: &str,
    files: &SourceFiles,
    configuration: Option<&Autopatch>,
    warnings: &mut Vec<String>,
) -> PackagePatches {
    let mut names: BTreeSet<String> = configuration.into_iter().flat_map(added_patches).collect();
    for side in [&files.reference, &files.distribution] {
        names.extend(side.iter().flat_map(declared_patches));
    }
    let mut read = PackagePatches {
        records: Vec::with_capacity(names.len().min(limits::FILES)),
        ..PackagePatches::default()
    };
    let mut patches: BTreeMap<&str, &[u8]> = BTreeMap::new();
    let mut not_read: BTreeMap<&str, &'static str> = BTreeMap::new();
    for (side, is_reference) in [(&files.reference, true), (&files.distribution, false)] {
        for (path, file) in side {
            let name = name_of(path);
            if !is_named_as_patch(path) && !names.contains(name) {
                continue;
            }
            if file.text.is_none() {
                let is_too_long = file.side.bytes > limits::TEXT_BYTES as u64;
                let cause = if is_too_long {
                    "is too long"
                } else {
                    "is no text"
                };
                not_read.insert(path, cause);
            }
            if let Some(text) = &file.text {
                if is_reference {
                    read.reference_cves.extend(cves_in(name));
                    let headers = read_patch_headers(text);
                    read.reference_cves
                        .extend(headers.into_iter().flat_map(|header| header.cves));
                }
                patches.insert(path, text);
            }
        }
    }
    warnings.extend(not_read.into_iter().map(|(path, cause)| {
        format!("{package}: {path} {cause}, so that it is not read as a patch.")
    }));
    let specs = [&files.reference, &files.distribution]
        .into_iter()
        .flatten();
    let specs = specs.filter(|(path, _)| path.ends_with(".spec"));
    let specs = specs.filter_map(|(path, file)| Some((path.as_str(), file.text.as_deref()?)));
    let read_by_words = patches
        .iter()
        .map(|(path, text)| (*path, *text))
        .chain(specs);
    let in_other_encodings: BTreeSet<&str> = read_by_words
        .filter(|(_, text)| std::str::from_utf8(text).is_err())
        .map(|(path, _)| path)
        .collect();
    warnings.extend(in_other_encodings.into_iter().map(|path| {
        format!("{package}: {path} is not written in UTF-8: each character that is not stands as \u{fffd} in what is told of it.")
    }));
    for (path, text) in patches {
        let headers = read_patch_headers(text);
        let record = record_of(path, text, &headers);
        if let Some(fault) = &record.fault {
            warnings.push(format!(
                "{package}: {path} is shown as text, for it cannot be read as a patch: {fault}."
            ));
        }
        read.records.push(record);
        read.headers.insert(name_of(path).to_owned(), headers);
    }
    read
}

/// Whether a file is named as patches are; one that a spec calls a patch is one all the same, like bash's `bash52-001`.
pub fn is_named_as_patch(path: &str) -> bool {
    path.ends_with(".patch") || path.ends_with(".diff")
}

/// The names of the patches that a configuration adds.
pub fn added_patches(autopatch: &Autopatch) -> impl Iterator<Item = String> {
    autopatch
        .entries
        .iter()
        .filter_map(|entry| match &entry.action {
            Action::AddFile {
                kind: AddedFileKind::Patch,
                name,
                ..
            } => Some(name.clone()),
            _ => None,
        })
}

/// The names of the files that a spec declares as `Patch` or `PatchN`, where no macro is in them.
fn declared_patches((path, file): (&String, &ReadFile)) -> Vec<String> {
    let spec = file.text.as_deref().filter(|_| path.ends_with(".spec"));
    let spec = String::from_utf8_lossy(spec.unwrap_or_default());
    let names = declarations(&spec, "Patch").map(name_of);
    names
        .filter(|name| !name.is_empty() && !name.contains('%'))
        .map(str::to_owned)
        .collect()
}

/// What a spec declares by a tag, such as `Patch: x` or `Patch12: x`, as it is written; rpm does not look at a tag's case.
pub fn declarations<'a>(spec: &'a str, tag: &'a str) -> impl Iterator<Item = &'a str> {
    spec.lines().filter_map(move |line| {
        let (declared, value) = line.split_once(':')?;
        let declared = declared.trim();
        let word = declared.trim_end_matches(|character: char| character.is_ascii_digit());
        word.eq_ignore_ascii_case(tag).then(|| value.trim())
    })
}

/// A path's last part.
pub fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn record_of(path: &str, text: &[u8], headers: &[PatchHeader]) -> PatchRecord {
    let header = PatchHeader::joined(headers);
    let named = cves_in(name_of(path)).into_iter();
    let cves: BTreeSet<String> = named.chain(header.cves).collect();
    let (size, fault) = match size_of(text) {
        Ok(size) => (Some(size), None),
        Err(fault) => (None, Some(fault)),
    };
    PatchRecord {
        path: path.to_owned(),
        subject: header.subject.as_deref().map(without_mail_words),
        author: header.author,
        date: header.date,
        origin_state: if headers.iter().all(PatchHeader::has_origin) {
            PatchOriginName::Stated
        } else {
            PatchOriginName::Missing
        },
        origin: header.origin,
        forwarded: header.forwarded,
        applied_upstream: header.applied_upstream,
        last_update: header.last_update,
        commit_links: header.commit_links,
        cves: cves.into_iter().collect(),
        bugs: header.bugs,
        size,
        fault,
    }
}

/// What a patch changes; a binary file counts as a file and has no lines.
fn size_of(text: &[u8]) -> Result<PatchSize, String> {
    let files = read_patch(text).map_err(|error| error.to_string())?.files;
    if files.is_empty() {
        return Err(match text.trim_ascii() {
            b"" => "it is empty".to_owned(),
            _ => "it has no change in the unified format".to_owned(),
        });
    }
    let binary = files.iter().filter(|file| file.binary_line.is_some());
    let mut size = PatchSize {
        files: files.len() as u32,
        binary_files: binary.count() as u32,
        added: 0,
        removed: 0,
    };
    let hunks = files.iter().flat_map(|file| &file.hunks);
    for line in hunks.flat_map(|hunk| &hunk.lines) {
        match line {
            PatchLine::Added(_) => size.added += 1,
            PatchLine::Removed(_) => size.removed += 1,
            PatchLine::Context(_) => {}
        }
    }
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::super::source_texts::read_content;
    use super::*;

    #[test]
    fn a_cve_in_the_name_of_a_patch_is_one_of_its_own() {
        let text = b"Fixes CVE-2026-0002\n--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n";
        let check = |path: &str, expected: &[&str]| {
            let record = record_of(path, text, &read_patch_headers(text));
            assert_eq!(record.cves, expected, "{path}");
        };
        check("SOURCES/fix.patch", &["CVE-2026-0002"]);
        check("SOURCES/cve-2026-0002.patch", &["CVE-2026-0002"]);
        check(
            "SOURCES/CVE-2026-00017.patch",
            &["CVE-2026-00017", "CVE-2026-0002"],
        );
        check("CVE-2026-0003/fix.patch", &["CVE-2026-0002"]);
    }

    #[test]
    fn a_subject_names_no_address_of_mail() {
        let check = |line: &str, expected: &str| {
            let text = format!("{line}\n--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n");
            let text = text.as_bytes();
            let record = record_of("a.patch", text, &read_patch_headers(text));
            assert_eq!(record.subject.as_deref(), Some(expected));
        };
        check("Subject: Fix it for ada@example.org", "Fix it for …");
        check("Description: Fix (by <ada@example.org>)", "Fix (by …");
        check("Subject: Fix @ in names", "Fix @ in names");
    }

    #[test]
    fn a_patch_that_is_no_text_is_told() {
        let check = |path: &str, content: &[u8], expected: &[&str]| {
            let file = read_content(&mut &*content).unwrap();
            let files = SourceFiles {
                distribution: BTreeMap::from([(path.to_owned(), file)]),
                ..SourceFiles::default()
            };
            let mut warnings = Vec::new();
            patches_of("bash", &files, None, &mut warnings);
            assert_eq!(warnings, expected, "{path}");
        };
        let packed = [0x1f, 0x8b, 8, 0];
        let told = "bash: SOURCES/a.patch is no text, so that it is not read as a patch.";
        check("SOURCES/a.patch", &packed, &[told]);
        check("SOURCES/a.tar.gz", &packed, &[]);
        let long = vec![b'x'; limits::TEXT_BYTES + 1];
        let told = "bash: a.diff is too long, so that it is not read as a patch.";
        check("a.diff", &long, &[told]);
        check("a.patch", b"--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n", &[]);
    }

    #[test]
    fn a_text_in_another_encoding_keeps_its_fields_and_is_told() {
        let text = b"From: Andr\xe9 <a@b.example>\nSubject: Caf\xe9\nOrigin: upstream\n\n--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n";
        let file = |content: &[u8]| read_content(&mut &*content).unwrap();
        let files = SourceFiles {
            reference: BTreeMap::from([("SPECS/a.spec".to_owned(), file(b"# \xe9\n"))]),
            distribution: BTreeMap::from([
                ("SOURCES/a.patch".to_owned(), file(text)),
                ("SOURCES/b.conf".to_owned(), file(b"\xe9\n")),
                ("SPECS/a.spec".to_owned(), file("# é\n".as_bytes())),
            ]),
        };
        let mut warnings = Vec::new();
        let patches = patches_of("bash", &files, None, &mut warnings);
        let told = |path: &str| {
            format!(
                "bash: {path} is not written in UTF-8: each character that is not stands as \u{fffd} in what is told of it."
            )
        };
        assert_eq!(warnings, [told("SOURCES/a.patch"), told("SPECS/a.spec")]);
        let record = &patches.records[0];
        assert_eq!(record.author.as_deref(), Some("Andr\u{fffd}"));
        assert_eq!(record.subject.as_deref(), Some("Caf\u{fffd}"));
        assert_eq!(record.origin.as_deref(), Some("upstream"));
    }

    #[test]
    fn what_a_patch_changes() {
        let check = |text: &str, expected: Result<(u32, u32, u32), &str>| {
            let size = size_of(text.as_bytes());
            let size = size
                .as_ref()
                .map(|size| (size.files, size.added, size.removed));
            assert_eq!(size.map_err(String::as_str), expected, "{text}");
        };
        check("--- a\n+++ b\n@@ -1,2 +1 @@\n-x\n-y\n+z\n", Ok((1, 1, 2)));
        check("\n", Err("it is empty"));
        check("1c\ny\n.\n", Err("it has no change in the unified format"));
        check(
            "*** a\n--- b\n***************\n*** 1 ****\n! x\n--- 1 ----\n! z\n",
            Err("line 3 of the patch: this is a context diff, and not in the unified format"),
        );
        check(
            "diff --git a/x b/x\nindex 1..2 100644\nGIT binary patch\nliteral 3\nKcmXX\n\ndiff --git a/y b/y\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n",
            Ok((2, 1, 1)),
        );
        check(
            "--- a\r\n+++ b\r\n@@ -1,3 +1,3 @@\r\n-a\r\n+b\r\n\r\n c\r\n",
            Ok((1, 1, 1)),
        );
        check(
            "--- a\n+++ b\n@@ -1,2 +1 @@\n-x\n",
            Err("line 4 of the patch: the patch stops here in the middle of a change"),
        );
    }
}
