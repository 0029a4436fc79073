//! The builds of a package in words.

use crate::presentation::date::day;
use crate::presentation::number::counted;
use crate::report::{BuildRunRecord, BuildStatus, BuildTaskRecord};

/// How a build stands on one architecture, with a sign that needs no colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildMark {
    /// The sign.
    pub glyph: &'static str,
    /// The word.
    pub word: String,
}

/// How far a task is; a status that is not known keeps its number.
pub fn task_mark(task: &BuildTaskRecord) -> BuildMark {
    let mark = status_mark(task.status);
    match task.status_number {
        Some(number) => BuildMark {
            word: format!("{} ({number})", mark.word),
            ..mark
        },
        None => mark,
    }
}

/// A status as a sign and a word.
pub fn status_mark(status: BuildStatus) -> BuildMark {
    let (glyph, word) = match status {
        BuildStatus::Idle => ("…", "waiting"),
        BuildStatus::Started => ("…", "running"),
        BuildStatus::Completed => ("✓", "built"),
        BuildStatus::Failed => ("✗", "failed"),
        BuildStatus::Excluded => ("–", "left out"),
        BuildStatus::Cancelled => ("–", "cancelled"),
        BuildStatus::Unknown => ("?", "status not known"),
    };
    BuildMark {
        glyph,
        word: word.to_owned(),
    }
}

/// Where the source of a build comes from.
pub fn source_in_words(run: &BuildRunRecord) -> &'static str {
    if run.git_ref.starts_with("imports/") {
        "imported unchanged"
    } else {
        "changed"
    }
}

/// When a build ended, or was ordered, or that neither is recorded.
pub fn when(run: &BuildRunRecord) -> String {
    match (run.finished, run.created) {
        (Some(finished), _) => day(finished.0),
        (None, Some(created)) => format!("ordered {}", day(created.0)),
        (None, None) => "not recorded".to_owned(),
    }
}

/// What became of the packages after they were built: tests, signing, release.
pub fn aftermath(run: &BuildRunRecord) -> String {
    let (passed, failed) = run.tasks.iter().fold((0, 0), |(passed, failed), task| {
        (passed + task.tests.passed, failed + task.tests.failed)
    });
    let mut parts = Vec::new();
    match (passed, failed) {
        (0, 0) => parts.push("no tests recorded".to_owned()),
        (passed, 0) => parts.push(format!("{} passed", counted(passed, "test", "tests"))),
        (passed, failed) => parts.push(format!(
            "{failed} of {} failed",
            counted(passed + failed, "test", "tests")
        )),
    }
    parts.push(match run.signing {
        Some(BuildStatus::Completed) => "signed".to_owned(),
        Some(BuildStatus::Failed) => "signing failed".to_owned(),
        Some(_) => "signing not done".to_owned(),
        None => "not signed".to_owned(),
    });
    parts.push(
        if run.released {
            "released"
        } else {
            "not released"
        }
        .to_owned(),
    );
    parts.join(", ")
}

/// The last build of exactly this version, if there is one: `evr` is the published one, its epoch not counting.
pub fn build_of<'a>(
    runs: &'a [BuildRunRecord],
    name: &str,
    evr: &str,
) -> Option<&'a BuildRunRecord> {
    let version = evr.split_once(':').map_or(evr, |(_, version)| version);
    let nvr = format!("{name}-{version}");
    runs.iter()
        .find(|run| run.git_ref.rsplit('/').next() == Some(&nvr))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::TestCounts;

    fn run() -> BuildRunRecord {
        let task = |architecture: &str, status, status_number, passed, failed| BuildTaskRecord {
            architecture: architecture.to_owned(),
            status,
            status_number,
            started: None,
            finished: None,
            tests: TestCounts {
                passed,
                failed,
                other: 0,
            },
        };
        BuildRunRecord {
            id: 7,
            url: None,
            git_ref: "changed/a9/bash-5.1-1.el9.alma.1".to_owned(),
            commit: None,
            created: None,
            finished: None,
            released: true,
            signing: Some(BuildStatus::Completed),
            tasks: vec![
                task("x86_64", BuildStatus::Completed, None, 3, 0),
                task("riscv64", BuildStatus::Unknown, Some(9), 0, 1),
            ],
        }
    }

    #[test]
    fn a_status_that_is_not_known_keeps_its_number() {
        let words = run()
            .tasks
            .iter()
            .map(|task| task_mark(task).word)
            .collect::<Vec<_>>();
        assert_eq!(words, ["built", "status not known (9)"]);
    }

    #[test]
    fn a_build_is_told_in_words() {
        let run = run();
        assert_eq!(source_in_words(&run), "changed");
        assert_eq!(when(&run), "not recorded");
        assert_eq!(aftermath(&run), "1 of 4 tests failed, signed, released");
    }

    #[test]
    fn a_build_belongs_to_its_very_version() {
        let runs = [run()];
        assert!(build_of(&runs, "bash", "1:5.1-1.el9.alma.1").is_some());
        assert!(build_of(&runs, "bash", "5.1-1.el9").is_none());
        assert!(build_of(&runs, "sh", "5.1-1.el9.alma.1").is_none());
    }
}
