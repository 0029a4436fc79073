//! What a patch says of itself, in words.

use crate::presentation::hidden_characters::visible;
use crate::presentation::number::{count, counted};
use crate::report::{PatchOriginName, PatchRecord};

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

/// Where it comes from, as it says, or that this is missing, if only for some of the mails in its file.
pub fn patch_origin(patch: &PatchRecord) -> String {
    match (patch.origin_state, &patch.origin) {
        (PatchOriginName::Stated, Some(origin)) => visible(origin),
        (PatchOriginName::Stated, None) => "it names where it comes from".to_owned(),
        (PatchOriginName::Missing, None) => "origin missing".to_owned(),
        (PatchOriginName::Missing, Some(origin)) => format!(
            "origin missing for some of the mails in its file, of others: {}",
            visible(origin)
        ),
    }
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
    use crate::report::PatchSize;

    fn patch() -> PatchRecord {
        PatchRecord {
            size: None,
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
        }
    }

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
                ..patch()
            };
            assert_eq!(patch_size(&patch), expected);
        };
        check(0, "2 files, +10 −3");
        check(1, "2 files, 1 of them binary, +10 −3");
    }

    #[test]
    fn an_origin_that_is_missing_is_told_beside_those_that_are_not() {
        let check = |origin_state, origin: Option<&str>, expected: &str| {
            let patch = PatchRecord {
                origin_state,
                origin: origin.map(str::to_owned),
                ..patch()
            };
            assert_eq!(patch_origin(&patch), expected);
        };
        let picked = "cherry picked from commit abcdef";
        check(PatchOriginName::Missing, None, "origin missing");
        check(PatchOriginName::Stated, Some(picked), picked);
        check(
            PatchOriginName::Missing,
            Some(picked),
            "origin missing for some of the mails in its file, of others: cherry picked from commit abcdef",
        );
    }
}
