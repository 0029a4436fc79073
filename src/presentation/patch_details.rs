//! One patch of a package: what it is for, and all that it says of itself.

use super::hidden_characters::visible;
use super::patch_words::patch_size;
use crate::domain::ChangeClass;
use crate::report::{Package, PatchOriginName, PatchRecord, is_http_address};

/// What is known of a patch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchDetails {
    /// Where it comes from, or that this is missing, in one sentence.
    pub lead: String,
    /// The rest, in the order in which it is shown.
    pub fields: Vec<PatchField>,
}

/// One thing that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchField {
    /// What it is, as patches call it.
    pub name: &'static str,
    /// What it says, each with its http(s) address where it is one; empty where it says nothing.
    pub values: Vec<(String, Option<String>)>,
}

/// The patch of a number, which counts from 1 in the order of the package's patches.
pub fn patch_numbered(package: &Package, number: usize) -> Option<&PatchRecord> {
    package.patches.get(number.checked_sub(1)?)
}

/// The digest of the text of a patch: the distribution's, or the reference's where the distribution has it no more. `None`
/// where it is not published.
pub fn patch_text<'package>(
    package: &'package Package,
    patch: &PatchRecord,
) -> Option<&'package crate::report::Digest> {
    let mut files = package.texts.as_ref()?.files.iter();
    let file = files.find(|file| file.path == patch.path)?;
    let side = file.distribution.as_ref().or(file.reference.as_ref())?;
    side.published.then_some(&side.digest)
}

/// What is known of a patch.
pub fn patch_details(package: &Package, patch: &PatchRecord) -> PatchDetails {
    let plain = |text: &str| (visible(text), None);
    let one = |name: &'static str, value: &Option<String>| PatchField {
        name,
        values: value.as_deref().map(plain).into_iter().collect(),
    };
    let several = |name: &'static str, values: &[String]| {
        let values = values.iter().map(|value| {
            let url = Some(value.clone()).filter(|url| is_http_address(url));
            (visible(value), url)
        });
        PatchField {
            name,
            values: values.collect(),
        }
    };
    let changes = package
        .changes
        .iter()
        .filter(|change| change.files.contains(&patch.path));
    let classes = changes.map(|change| {
        let class: ChangeClass = change.class.into();
        plain(&format!("{class}: {}", change.summary))
    });
    let size = Some(patch_size(patch)).filter(|size| !size.is_empty());
    let always = [
        PatchField {
            name: "Class",
            values: classes.collect(),
        },
        one("From", &patch.author),
        one("Date", &patch.date),
        one("Subject", &patch.subject),
    ];
    let where_said = [
        one("Origin", &patch.origin),
        several("Commits", &patch.commit_links),
        several("CVEs", &patch.cves),
        several("Bugs", &patch.bugs),
        one("Forwarded", &patch.forwarded),
        one("Applied-Upstream", &patch.applied_upstream),
        one("Last-Update", &patch.last_update),
        one("Changes", &size),
        one("Not readable", &patch.fault),
    ];
    let said = where_said
        .into_iter()
        .filter(|field| !field.values.is_empty());
    PatchDetails {
        lead: lead(patch),
        fields: always.into_iter().chain(said).collect(),
    }
}

fn lead(patch: &PatchRecord) -> String {
    match (patch.origin_state, &patch.origin) {
        (PatchOriginName::Missing, Some(_)) => {
            "Origin missing: not every mail in this file says where its patch comes from."
                .to_owned()
        }
        (PatchOriginName::Missing, None) => {
            "Origin missing: this patch does not say where it comes from.".to_owned()
        }
        (PatchOriginName::Stated, Some(origin)) => {
            format!("This patch says where it comes from: {}.", visible(origin))
        }
        (PatchOriginName::Stated, None) => {
            "This patch names where it comes from by a commit or an address.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::presentation::package_summary::tests::package;
    use crate::report::{ChangeClassName, ChangeRecord};

    fn patch(origin_state: PatchOriginName) -> PatchRecord {
        PatchRecord {
            path: "SOURCES/1.patch".to_owned(),
            subject: None,
            author: Some("A\u{202e}da".to_owned()),
            date: None,
            origin_state,
            origin: None,
            forwarded: Some("no".to_owned()),
            applied_upstream: None,
            last_update: None,
            commit_links: vec!["https://git.example/1".to_owned()],
            cves: vec![],
            bugs: vec!["RHEL-1".to_owned()],
            size: None,
            fault: None,
        }
    }

    fn shown(details: &PatchDetails) -> Vec<String> {
        let field = |field: &PatchField| {
            let values = field.values.iter().map(|(text, url)| match url {
                Some(_) => format!("<{text}>"),
                None => text.clone(),
            });
            format!("{}: {}", field.name, values.collect::<Vec<_>>().join(", "))
        };
        details.fields.iter().map(field).collect()
    }

    #[test]
    fn a_patch_shows_what_it_says_and_what_it_leaves_out() {
        let mut package = package(&[]);
        package.changes = vec![ChangeRecord {
            class: ChangeClassName::Branding,
            summary: "Renames it.".to_owned(),
            origin: None,
            files: vec!["SOURCES/1.patch".to_owned()],
            hunks: vec![],
        }];
        let details = patch_details(&package, &patch(PatchOriginName::Missing));
        assert!(
            details.lead.starts_with("Origin missing"),
            "{}",
            details.lead
        );
        assert_eq!(
            shown(&details),
            [
                "Class: branding: Renames it.",
                "From: A⟨U+202E⟩da",
                "Date: ",
                "Subject: ",
                "Commits: <https://git.example/1>",
                "Bugs: RHEL-1",
                "Forwarded: no",
            ]
        );
    }

    #[test]
    fn patches_are_numbered_from_one() {
        let mut package = package(&[]);
        package.patches = vec![patch(PatchOriginName::Stated)];
        let found = [0, 1, 2].map(|number| patch_numbered(&package, number).is_some());
        assert_eq!(found, [false, true, false]);
    }
}
