//! Whether the document of builds says what the documents of packages say.

use crate::domain::is_line_of_release;
use crate::report::{Builds, PackageBuildsRecord};
use std::collections::BTreeMap;

/// Whether what stands there of builds is what the documents of packages give. It may have packages that no table has.
pub fn agrees_with(found: &Builds, expected: Builds) -> bool {
    let comparable = |builds: &Builds, record: &PackageBuildsRecord| {
        let built = builds.sets.get(record.built as usize).cloned();
        let record = PackageBuildsRecord {
            built: 0,
            ..record.clone()
        };
        (built, record)
    };
    let known: BTreeMap<(&str, &str), &PackageBuildsRecord> = found
        .packages
        .iter()
        .map(|record| ((record.package.as_str(), record.line.as_str()), record))
        .collect();
    let is_told_apart_alike = |package: &str| {
        let mut lines = found
            .packages
            .iter()
            .filter(|record| record.package == package);
        lines.all(|record| is_line_of_release(&record.line) && !record.line.ends_with("-beta"))
    };
    expected.packages.iter().all(|record| {
        // An older Almanac, which did not say of which architectures a release is, made a line of each commit, and ended no beta.
        if found.architectures.is_empty() && !is_told_apart_alike(&record.package) {
            return true;
        }
        let key = (record.package.as_str(), record.line.as_str());
        known.get(&key).is_some_and(|known| {
            let record = as_told_of_failures(known, record);
            comparable(found, known) == comparable(&expected, &record)
        })
    })
}

/// A record without the last failures that another one, written by an older Almanac, does not tell.
fn as_told_of_failures(
    found: &PackageBuildsRecord,
    expected: &PackageBuildsRecord,
) -> PackageBuildsRecord {
    let mut expected = expected.clone();
    for (found, other) in found.others.iter().zip(&mut expected.others) {
        other.failure = other.failure.take().filter(|_| found.failure.is_some());
    }
    expected
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::compile::BuildsBuilder;
    use crate::report::{BuildRunRecord, BuildStatus, BuildTaskRecord, TestCounts};

    #[test]
    fn an_older_document_agrees_as_far_as_it_tells_the_same_and_a_wrong_one_does_not() {
        let run = |id: u64, status: BuildStatus| BuildRunRecord {
            id,
            url: None,
            git_ref: "imports/c9/bash-5.1-1.el9".to_owned(),
            line: None,
            commit: None,
            created: None,
            finished: None,
            released: false,
            signing: None,
            signing_number: None,
            tasks: vec![BuildTaskRecord {
                architecture: "x86_64".to_owned(),
                status,
                status_number: None,
                started: None,
                finished: None,
                tests: TestCounts::default(),
                logs: Vec::new(),
            }],
            unread_after: false,
        };
        let builds = || {
            let mut builder = BuildsBuilder::default();
            let runs = [run(2, BuildStatus::Started), run(1, BuildStatus::Failed)];
            builder.add("bash", &runs);
            builder.finish(Vec::new(), Vec::new())
        };
        let check = |change: fn(&mut Builds), expected: bool| {
            let mut found = builds();
            change(&mut found);
            assert_eq!(agrees_with(&found, builds()), expected);
        };
        let failed = builds().packages[0].others[0].failure.take();
        assert_eq!(failed.map(|failure| failure.build.id), Some(1));
        check(|_| {}, true);
        check(|found| found.packages[0].others[0].failure = None, true);
        check(|found| found.packages[0].line = "0d5f6c1e".to_owned(), true);
        check(
            |found| {
                found.packages[0].line = "0d5f6c1e".to_owned();
                found.architectures = vec!["x86_64".to_owned()];
            },
            false,
        );
        check(
            |found| {
                let failure = &mut found.packages[0].others[0].failure;
                failure.as_mut().unwrap().build.id = 7;
            },
            false,
        );
    }
}
