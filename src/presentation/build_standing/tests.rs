use super::*;
use crate::report::{BuildFailureRecord, BuildTaskRecord, TestCounts};

#[test]
fn the_main_line_needs_no_name() {
    let check = |line: &str, expected: Option<&str>| {
        assert_eq!(line_label(line).as_deref(), expected, "{line}");
    };
    check("9", None);
    check("8-stream-1.24", Some("stream 1.24"));
    check("9-beta", Some("beta"));
    check("10s", Some("10s"));
    check("main", Some("main"));
}

#[test]
fn only_logs_that_can_be_opened_are_shown() {
    let log = |name: &str, url: &str| BuildLogRecord {
        name: name.to_owned(),
        url: url.to_owned(),
    };
    let logs = LogLink::of(&[
        log("mock_build.1.log", "https://example.org/1"),
        log("mock_root.1.log", "javascript:alert(1)"),
        log("o\u{202e}ther.log", "http://example.org/2"),
    ]);
    let told: Vec<(&str, &str)> = logs
        .iter()
        .map(|log| (log.label.as_str(), log.url.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("build", "https://example.org/1"),
            ("o⟨U+202E⟩ther.log", "http://example.org/2")
        ]
    );
}

fn log(build: u64) -> BuildLogRecord {
    BuildLogRecord {
        name: "mock_build.1.log".to_owned(),
        url: format!("https://example.org/{build}"),
    }
}

#[test]
fn the_logs_of_what_fails_are_those_of_a_build_that_failed() {
    let point = |id| BuildPointRecord {
        id,
        url: None,
        at: None,
    };
    let check = |status, fails: bool, failure: Option<u64>, expected: (Option<&str>, &[&str])| {
        let record = ArchitectureBuildsRecord {
            architecture: "x86_64".to_owned(),
            status,
            status_number: None,
            tried: None,
            succeeded: None,
            failing_since: fails.then(|| point(1)),
            may_fail_longer: false,
            unknown_since: None,
            logs: vec![log(3)],
            failure: failure.map(|id| BuildFailureRecord {
                build: point(id),
                logs: vec![log(id)],
            }),
        };
        let standing = BuildStanding::of_record(&record, &point(3), None);
        let build = standing.logs_of.map(|link| link.number);
        let urls: Vec<&str> = standing.logs.iter().map(|log| log.url.as_str()).collect();
        assert_eq!((build.as_deref(), &urls[..]), expected);
    };
    let (of_last, of_second) = (["https://example.org/3"], ["https://example.org/2"]);
    check(BuildStatus::Failed, true, None, (None, &of_last));
    check(BuildStatus::Started, true, Some(2), (Some("2"), &of_second));
    check(BuildStatus::Started, true, None, (None, &[]));
    check(BuildStatus::Started, false, None, (None, &of_last));
}

#[test]
fn the_last_try_stands_beside_the_last_success() {
    let run = |id: u64, statuses: [(&str, BuildStatus); 2]| BuildRunRecord {
        id,
        url: None,
        git_ref: "changed/a9/bash-5.1-1.el9.alma.1".to_owned(),
        line: None,
        commit: None,
        created: None,
        finished: None,
        released: false,
        signing: None,
        signing_number: None,
        tasks: statuses
            .into_iter()
            .map(|(architecture, status)| BuildTaskRecord {
                architecture: architecture.to_owned(),
                status,
                status_number: None,
                started: None,
                finished: None,
                tests: TestCounts::default(),
                logs: vec![log(id)],
            })
            .collect(),
        unread_after: false,
    };
    use BuildStatus::{Completed, Failed, Started};
    let lines = standings_of(&[
        run(3, [("src", Completed), ("x86_64", Started)]),
        run(2, [("src", Completed), ("x86_64", Failed)]),
        run(1, [("src", Completed), ("x86_64", Completed)]),
    ]);
    assert_eq!(lines.len(), 1);
    let told: Vec<String> = lines[0]
        .standings
        .iter()
        .map(|standing| {
            let number = |link: &BuildLink| link.number.clone();
            format!(
                "{}: {} {}, success {:?}, fails since {:?}, log of {:?} at {}",
                standing.architecture,
                standing.tried.number,
                standing.mark.word,
                standing.succeeded.as_ref().map(number),
                standing.failing.as_ref().map(|since| number(&since.build)),
                standing.logs_of.as_ref().map(number),
                standing.logs[0].url,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "source package: 3 built, success Some(\"3\"), fails since None, log of None at https://example.org/3",
            "x86_64: 3 running, success Some(\"1\"), fails since Some(\"2\"), log of Some(\"2\") at https://example.org/2",
        ]
    );
}

#[test]
fn a_success_before_builds_that_were_not_read_may_not_be_the_last() {
    let run = |id: u64, status: BuildStatus, unread_after: bool| BuildRunRecord {
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
        unread_after,
    };
    use BuildStatus::{Completed, Failed};
    let check = |runs: &[BuildRunRecord], expected: (bool, Option<bool>)| {
        let standing = standings_of(runs).remove(0).standings.remove(0);
        let at_least = standing.failing.map(|failing| failing.at_least);
        assert_eq!((standing.succeeded_of_read, at_least), expected);
    };
    let failed = || run(1005, Failed, false);
    check(&[failed(), run(1, Completed, true)], (true, Some(true)));
    check(&[failed(), run(1, Completed, false)], (false, Some(false)));
    check(&[run(1, Completed, true)], (true, None));
    let point = run(4, Completed, false).point();
    let of_read = [None, Some(4), Some(5)].map(|before| is_of_read(&point, before));
    assert_eq!(of_read, [false, false, true]);
}
