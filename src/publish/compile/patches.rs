//! What the patches among the source texts say of themselves.

use super::source_texts::{ReadFile, SourceFiles};
use crate::diff::{Patch, PatchHeader, PatchLine, read_patch, read_patch_header};
use crate::report::{PatchOriginName, PatchRecord, PatchSize, limits};
use std::collections::BTreeMap;

/// The headers of the patches by the patches' names, and what is published of them, by path. Where both sides have a patch, the
/// distribution's counts. What cannot be read as a patch is told.
pub fn patches_of(
    package: &str,
    files: &SourceFiles,
    warnings: &mut Vec<String>,
) -> (BTreeMap<String, PatchHeader>, Vec<PatchRecord>) {
    let mut patches: BTreeMap<&str, &[u8]> = BTreeMap::new();
    for side in [&files.reference, &files.distribution] {
        for (path, file) in side.iter().filter(|(path, _)| is_patch(path)) {
            if let ReadFile {
                text: Some(text), ..
            } = file
            {
                patches.insert(path, text);
            }
        }
    }
    let mut headers = BTreeMap::new();
    let mut records = Vec::with_capacity(patches.len().min(limits::FILES));
    for (path, text) in patches {
        let header = read_patch_header(text);
        let record = record_of(path, text, &header);
        if let Some(fault) = &record.fault {
            warnings.push(format!(
                "{package}: {path} is shown as text, for it cannot be read as a patch: {fault}."
            ));
        }
        records.push(record);
        headers.insert(name_of(path).to_owned(), header);
    }
    (headers, records)
}

/// Whether a file is named as patches are.
pub fn is_patch(path: &str) -> bool {
    path.ends_with(".patch") || path.ends_with(".diff")
}

/// A path's last part.
pub fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn record_of(path: &str, text: &[u8], header: &PatchHeader) -> PatchRecord {
    let (size, fault) = match size_of(text) {
        Ok(size) => (Some(size), None),
        Err(fault) => (None, Some(fault)),
    };
    PatchRecord {
        path: path.to_owned(),
        subject: header.subject.clone(),
        author: header.author.clone(),
        date: header.date.clone(),
        origin_state: if header.has_origin() {
            PatchOriginName::Stated
        } else {
            PatchOriginName::Missing
        },
        origin: header.origin.clone(),
        forwarded: header.forwarded.clone(),
        applied_upstream: header.applied_upstream.clone(),
        last_update: header.last_update.clone(),
        commit_links: header.commit_links.clone(),
        cves: header.cves.clone(),
        bugs: header.bugs.clone(),
        size,
        fault,
    }
}

fn size_of(text: &[u8]) -> Result<PatchSize, String> {
    let files = read_patch(text)
        .and_then(Patch::texts)
        .map_err(|error| error.to_string())?;
    if files.is_empty() {
        return Err("it changes no file".to_owned());
    }
    let mut size = PatchSize {
        files: files.len() as u32,
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
    use super::*;

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
        check("nothing\n", Err("it changes no file"));
        check(
            "--- a\n+++ b\n@@ -1,2 +1 @@\n-x\n",
            Err("line 4 of the patch: the patch stops here in the middle of a change"),
        );
    }
}
