//! What a patch says of itself, in words.

use crate::presentation::hidden_characters::visible;
use crate::presentation::number::{count, counted};
use crate::report::PatchRecord;

/// What it changes: `2 files, 1 of them binary, +10 −3`; a patch that cannot be read has no size.
pub fn patch_size(patch: &PatchRecord) -> String {
    patch.size.map_or_else(String::new, |size| {
        let binary = match size.binary_files {
            0 => String::new(),
            files => format!("{} of them binary, ", count(files)),
        };
        format!(
            "{}, {binary}+{} −{}",
            counted(size.files, "file", "files"),
            count(size.added),
            count(size.removed)
        )
    })
}

/// Author, date, CVEs, bugs, and what became of it upstream, as far as it says.
pub fn patch_facts(patch: &PatchRecord) -> String {
    let mut facts = Vec::new();
    facts.extend(patch.author.as_ref().map(|author| format!("by {author}")));
    facts.extend(patch.date.clone());
    facts.extend((!patch.cves.is_empty()).then(|| patch.cves.join(", ")));
    facts.extend((!patch.bugs.is_empty()).then(|| patch.bugs.join(", ")));
    facts.extend(
        patch
            .forwarded
            .as_ref()
            .map(|forwarded| format!("forwarded: {forwarded}")),
    );
    facts.extend(
        patch
            .applied_upstream
            .as_ref()
            .map(|applied| format!("upstream: {applied}")),
    );
    facts.extend(
        patch
            .last_update
            .as_ref()
            .map(|update| format!("updated {update}")),
    );
    visible(&facts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{PatchOriginName, PatchSize};

    #[test]
    fn sizes_in_words() {
        let check = |binary_files: u32, expected: &str| {
            let patch = PatchRecord {
                size: Some(PatchSize {
                    files: 2,
                    binary_files,
                    added: 10,
                    removed: 3,
                }),
                path: "x.patch".to_owned(),
                subject: None,
                author: None,
                date: None,
                origin_state: PatchOriginName::Missing,
                origin: None,
                forwarded: None,
                applied_upstream: None,
                last_update: None,
                commit_links: vec![],
                cves: vec![],
                bugs: vec![],
                fault: None,
            };
            assert_eq!(patch_size(&patch), expected);
        };
        check(0, "2 files, +10 −3");
        check(1, "2 files, 1 of them binary, +10 −3");
    }
}
