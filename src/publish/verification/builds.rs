//! Whether the document of builds says what the documents of packages say.

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
    expected.packages.iter().all(|record| {
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
    fn an_older_document_without_the_last_failure_agrees_and_a_wrong_one_does_not() {
        let run = |id: u64, status: BuildStatus| BuildRunRecord {
            id,
            url: None,
            git_ref: "imports/c9/bash-5.1-1.el9".to_owned(),
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
            builder.finish(Vec::new())
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
        check(
            |found| {
                let failure = &mut found.packages[0].others[0].failure;
                failure.as_mut().unwrap().build.id = 7;
            },
            false,
        );
    }
}
