//! The builds of a package in words.

use crate::domain::{BuildSource, SourceState, srpm_of};
use crate::presentation::date::day;
use crate::presentation::number::counted;
use crate::report::{
    BuildRunRecord, BuildStatus, BuildTaskRecord, PackageBuildsRecord, TestCounts,
};

/// How a build stands on one architecture, with a sign that needs no colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildMark {
    /// The sign.
    pub glyph: &'static str,
    /// The word.
    pub word: String,
}

/// What became of the packages of a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BuildOutcome {
    tests: TestCounts,
    signing: Option<BuildStatus>,
    signing_number: Option<u32>,
    released: bool,
}

impl BuildOutcome {
    /// Of a build of one package.
    pub fn of_run(run: &BuildRunRecord) -> Self {
        Self {
            tests: TestCounts::sum(run.tasks.iter().map(|task| task.tests)),
            signing: run.signing,
            signing_number: run.signing_number,
            released: run.released,
        }
    }

    /// Of a package's last build.
    pub fn of_record(record: &PackageBuildsRecord) -> Self {
        Self {
            tests: record.tests,
            signing: record.signing,
            signing_number: record.signing_number,
            released: record.released,
        }
    }
}

/// How far a task is; a status that is not known keeps its number.
pub fn task_mark(task: &BuildTaskRecord) -> BuildMark {
    built_mark(status_mark(task.status), task.status_number)
}

/// A mark with the build system's number of a status that is not known.
pub fn built_mark(mark: BuildMark, number: Option<u32>) -> BuildMark {
    match number {
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

/// Where the source of a build comes from, as far as its name tells.
pub fn source_in_words(run: &BuildRunRecord) -> &'static str {
    match BuildSource::parse(&run.git_ref).map(|source| source.state) {
        Some(SourceState::Unmodified) => "imported unchanged",
        Some(SourceState::Modified) => "changed",
        None if srpm_of(&run.git_ref).is_some() => {
            "from an SRPM of this address, not known whether changed"
        }
        Some(SourceState::Unknown) | None => "not known whether changed",
    }
}

/// How far each of its tasks is, by architecture: `aarch64 built, x86_64 failed`.
pub fn tasks_in_words(run: &BuildRunRecord) -> String {
    let tasks = run
        .tasks
        .iter()
        .map(|task| format!("{} {}", task.architecture, task_mark(task).word));
    tasks.collect::<Vec<_>>().join(", ")
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
pub fn aftermath(outcome: &BuildOutcome) -> String {
    let signing = match outcome.signing {
        None => "signing not begun".to_owned(),
        Some(BuildStatus::Completed) => "signed".to_owned(),
        Some(BuildStatus::Failed) => "signing failed".to_owned(),
        Some(BuildStatus::Started) => "being signed".to_owned(),
        Some(BuildStatus::Idle) => "waiting to be signed".to_owned(),
        Some(BuildStatus::Excluded | BuildStatus::Cancelled) => "not signed".to_owned(),
        Some(BuildStatus::Unknown) => {
            let number = outcome.signing_number.map(|number| format!(" ({number})"));
            format!("status of signing not known{}", number.unwrap_or_default())
        }
    };
    let release = if outcome.released {
        "released"
    } else {
        "not released"
    };
    format!("{}, {signing}, {release}", tests_in_words(outcome.tests))
}

/// How tests ended: the failed ones first, then those that did not end.
pub fn tests_in_words(tests: TestCounts) -> String {
    let (passed, failed) = (tests.passed, tests.failed);
    let ended = match (passed, failed) {
        (0, 0) if tests.other > 0 => None,
        (0, 0) => Some("no tests recorded".to_owned()),
        (passed, 0) => Some(format!("{} passed", counted(passed, "test", "tests"))),
        (passed, failed) => Some(format!(
            "{failed} of {} failed",
            counted(passed + failed, "test", "tests")
        )),
    };
    let unknown = tests
        .other
        .saturating_sub(tests.underway)
        .saturating_sub(tests.cancelled);
    let other = [
        (tests.underway, "not ended"),
        (tests.cancelled, "cancelled"),
        (unknown, "of a status that is not known"),
    ];
    let other = other
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, how)| format!("{} {how}", counted(number, "test", "tests")));
    ended
        .into_iter()
        .chain(other)
        .collect::<Vec<_>>()
        .join(", ")
}

/// The last try of an architecture among the builds of exactly this version, if there is one: a build may have been of other
/// architectures alone. `evr` is the published one, its epoch not counting.
pub fn task_of<'a>(
    runs: &'a [BuildRunRecord],
    name: &str,
    evr: &str,
    architecture: &str,
) -> Option<&'a BuildTaskRecord> {
    let version = evr.split_once(':').map_or(evr, |(_, version)| version);
    let nvr = format!("{name}-{version}");
    runs.iter()
        .filter(|run| run.git_ref.rsplit('/').next() == Some(&nvr))
        .find_map(|run| {
            let mut tasks = run.tasks.iter();
            tasks.find(|task| task.architecture == architecture)
        })
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
                ..TestCounts::default()
            },
            logs: Vec::new(),
        };
        BuildRunRecord {
            id: 7,
            url: None,
            git_ref: "changed/a9/bash-5.1-1.el9.alma.1".to_owned(),
            line: None,
            commit: None,
            created: None,
            finished: None,
            released: true,
            signing: Some(BuildStatus::Completed),
            signing_number: None,
            tasks: vec![
                task("x86_64", BuildStatus::Completed, None, 3, 0),
                task("riscv64", BuildStatus::Unknown, Some(9), 0, 1),
            ],
            unread_after: false,
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
        assert_eq!(
            tasks_in_words(&run()),
            "x86_64 built, riscv64 status not known (9)"
        );
    }

    #[test]
    fn a_build_is_told_in_words() {
        let run = run();
        assert_eq!(source_in_words(&run), "changed");
        assert_eq!(when(&run), "not recorded");
        assert_eq!(
            aftermath(&BuildOutcome::of_run(&run)),
            "1 of 4 tests failed, signed, released"
        );
        let branch = BuildRunRecord {
            git_ref: "a9".to_owned(),
            ..run
        };
        assert_eq!(source_in_words(&branch), "not known whether changed");
        let srpm = BuildRunRecord {
            git_ref: "https://example.org/bash-5.1-1.el9.src.rpm".to_owned(),
            ..branch
        };
        assert_eq!(
            source_in_words(&srpm),
            "from an SRPM of this address, not known whether changed"
        );
    }

    #[test]
    fn tests_and_signing_are_told_by_name() {
        let check =
            |tests: [u32; 5], signing: Option<(BuildStatus, Option<u32>)>, expected: &str| {
                let [passed, failed, other, underway, cancelled] = tests;
                let outcome = BuildOutcome {
                    tests: TestCounts {
                        passed,
                        failed,
                        other,
                        underway,
                        cancelled,
                    },
                    signing: signing.map(|(status, _)| status),
                    signing_number: signing.and_then(|(_, number)| number),
                    released: false,
                };
                assert_eq!(aftermath(&outcome), expected);
            };
        check(
            [0; 5],
            None,
            "no tests recorded, signing not begun, not released",
        );
        check(
            [2, 0, 3, 1, 1],
            Some((BuildStatus::Started, None)),
            "2 tests passed, 1 test not ended, 1 test cancelled, 1 test of a status that is not known, being signed, not released",
        );
        check(
            [0, 0, 1, 1, 0],
            Some((BuildStatus::Unknown, Some(9))),
            "1 test not ended, status of signing not known (9), not released",
        );
        check(
            [0, 1, 0, 0, 0],
            Some((BuildStatus::Failed, None)),
            "1 of 1 test failed, signing failed, not released",
        );
    }

    #[test]
    fn a_task_belongs_to_its_very_version_and_is_the_last_try() {
        let mut of_one = run();
        of_one.tasks.remove(0);
        of_one.tasks[0].status = BuildStatus::Failed;
        let runs = [of_one, run()];
        let check = |name: &str, evr: &str, architecture: &str, expected: Option<BuildStatus>| {
            let task = task_of(&runs, name, evr, architecture);
            assert_eq!(task.map(|task| task.status), expected);
        };
        let published = "1:5.1-1.el9.alma.1";
        check("bash", published, "riscv64", Some(BuildStatus::Failed));
        check("bash", published, "x86_64", Some(BuildStatus::Completed));
        check("bash", published, "s390x", None);
        check("bash", "5.1-1.el9", "x86_64", None);
        check("sh", "5.1-1.el9.alma.1", "x86_64", None);
    }
}
