//! What is said of why packages diverge, told where it changed from one report to the next.

use crate::publish::Error;
use crate::publish::published_set::PublishedSet;
use crate::report::{Compatibility, Digest, Package, ReasonChange, ReasonRecord};

/// The reasons of packages that diverge, where they are new or others than in the report before.
pub fn changed_reasons(
    before: Option<&Compatibility>,
    after: &Compatibility,
    set: &PublishedSet,
) -> Result<Vec<ReasonRecord>, Error> {
    let now = digests_of_diverging(after, set)?;
    // Reports whose details were lost say nothing of reasons, which are then told anew.
    let then = match before {
        Some(before) => digests_of_diverging(before, set).unwrap_or_default(),
        None => Vec::new(),
    };
    let mut changed = Vec::new();
    for (name, digest) in now {
        let earlier = then.iter().find(|(earlier, _)| *earlier == name);
        if earlier.is_some_and(|(_, earlier)| *earlier == digest) {
            continue;
        }
        let reason = reason_of(after, &name, &set.package_named(&digest)?);
        let said_before = earlier.zip(before).and_then(|((_, digest), before)| {
            let package = set.package_named(digest).ok()?;
            Some(reason_of(before, &name, &package))
        });
        let nothing = ReasonRecord {
            package: name,
            ..ReasonRecord::default()
        };
        if reason != said_before.unwrap_or(nothing) {
            changed.push(reason);
        }
    }
    Ok(changed)
}

/// The packages that diverge, with the digests of their documents, in the order of the table.
fn digests_of_diverging(
    report: &Compatibility,
    set: &PublishedSet,
) -> Result<Vec<(String, Digest)>, Error> {
    let mut names = report.diverging().peekable();
    let mut digests = Vec::new();
    for (position, directory) in report.directories.iter().enumerate() {
        let rows = crate::report::ROWS_PER_DIRECTORY;
        let end = (position + 1) * rows;
        if names.peek().is_none_or(|(row, _)| *row >= end) {
            continue;
        }
        let directory = set.directory(directory)?;
        while let Some((row, name)) = names.next_if(|(row, _)| *row < end) {
            if let Some(digest) = directory.packages.get(row % rows) {
                digests.push((name.to_owned(), digest.clone()));
            }
        }
    }
    Ok(digests)
}

fn reason_of(report: &Compatibility, name: &str, package: &Package) -> ReasonRecord {
    let table = &report.packages;
    let row = table.row_of(name);
    let text = table
        .reasons
        .iter()
        .find(|reason| Some(reason.row as usize) == row)
        .map(|reason| reason.text.clone());
    ReasonRecord {
        package: name.to_owned(),
        text,
        statements: package.statements.clone(),
        changes: package
            .changes
            .iter()
            .map(|change| ReasonChange {
                class: change.class,
                summary: change.summary.clone(),
                origin: change.origin.clone(),
            })
            .collect(),
    }
}
