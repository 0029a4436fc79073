use super::*;
use crate::report::{
    BuildPointRecord, BuildStatus, BuildsSourceRecord, ForeignBuildsRecord, FormatVersion,
    OldAnswersRecord, PointInTime, TestCounts, UnreadBuildsRecord,
};

mod choices;
mod extent;

fn point(id: u64) -> BuildPointRecord {
    BuildPointRecord {
        id,
        url: None,
        at: Some(PointInTime(
            format!("2026-11-{id:02}T00:00:00Z").parse().unwrap(),
        )),
    }
}

fn architecture(
    name: &str,
    status: BuildStatus,
    succeeded: Option<u64>,
    failing_since: Option<u64>,
) -> ArchitectureBuildsRecord {
    ArchitectureBuildsRecord {
        architecture: name.to_owned(),
        status,
        status_number: (status == BuildStatus::Unknown).then_some(42),
        tried: None,
        succeeded: succeeded.map(point),
        failing_since: failing_since.map(point),
        may_fail_longer: false,
        unknown_since: None,
        logs: Vec::new(),
        failure: None,
    }
}

fn package(name: &str, built: u32, others: Vec<ArchitectureBuildsRecord>) -> PackageBuildsRecord {
    PackageBuildsRecord {
        package: name.to_owned(),
        line: "9".to_owned(),
        last: point(9),
        git_ref: format!("imports/c9/{name}-1-2.el9"),
        released: true,
        signing: Some(BuildStatus::Completed),
        signing_number: None,
        tests: TestCounts {
            passed: 2,
            ..TestCounts::default()
        },
        built,
        others,
    }
}

fn document(packages: Vec<PackageBuildsRecord>) -> Builds {
    Builds {
        format: FormatVersion::CURRENT,
        sources: vec![BuildsSourceRecord {
            location: None,
            builds: 7,
            oldest: Some(point(1)),
            newest: Some(point(9)),
            ..BuildsSourceRecord::default()
        }],
        architectures: Vec::new(),
        sets: vec![vec!["src".to_owned(), "x86_64".to_owned()], Vec::new()],
        packages,
    }
}

fn table(names: &[&str]) -> PackageTable {
    PackageTable {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        ..PackageTable::default()
    }
}

fn board() -> BuildsBoard {
    use BuildStatus::{Cancelled, Completed, Excluded, Failed, Started, Unknown};
    let packages = vec![
        package(
            "again",
            0,
            vec![architecture("s390x", Started, Some(3), Some(5))],
        ),
        package("bash", 0, vec![architecture("i686", Excluded, None, None)]),
        package(
            "failing",
            1,
            vec![
                architecture("aarch64", Failed, None, Some(4)),
                architecture("x86_64", Failed, Some(2), Some(4)),
            ],
        ),
        package(
            "left-out",
            1,
            vec![architecture("x86_64", Excluded, None, None)],
        ),
        package(
            "older",
            0,
            vec![architecture("aarch64", Completed, Some(1), None)],
        ),
        package(
            "stopped",
            0,
            vec![
                architecture("aarch64", Cancelled, Some(1), None),
                architecture("s390x", Unknown, None, None),
            ],
        ),
    ];
    BuildsBoard::of(&document(packages), &table(&["bash", "failing", "zsh"]))
}

#[test]
fn the_index_counts_what_the_page_counts() {
    let fails = || vec![architecture("x86_64", BuildStatus::Failed, None, Some(4))];
    let packages = vec![
        package("bash", 0, Vec::new()),
        package("curl", 1, fails()),
        package("dnf", 1, fails()),
    ];
    let document = document(packages);
    let entry = document.entry();
    let [failing, ..] = BuildsBoard::of(&document, &table(&[])).counts(&BuildsFilter::default());
    assert_eq!((entry.packages, entry.failing), (3, 2));
    assert_eq!(entry.failing, failing);
    assert_eq!(entry.newest, point(9).at);
}

fn told(builds: &[OpenBuild]) -> Vec<String> {
    let since = |standing: &BuildStanding| {
        let failing = standing.failing.as_ref()?;
        let sign = if failing.at_least { "at least " } else { "" };
        Some(format!(" since {sign}{}", failing.build.number))
    };
    builds
        .iter()
        .map(|open| {
            let BuildStanding {
                architecture,
                mark,
                succeeded,
                ..
            } = &open.standing;
            let succeeded = succeeded.as_ref().map_or("none", |link| &link.number);
            format!(
                "{} {architecture} {}{}, success {succeeded}",
                open.name.package,
                mark.word,
                since(&open.standing).unwrap_or_default()
            )
        })
        .collect()
}

fn query(text: &str) -> BuildsFilter {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    BuildsFilter::from_query(pairs)
}

#[test]
fn each_build_stands_where_it_belongs() {
    let shown = board().shown(&BuildsFilter::default());
    assert_eq!(
        told(&shown.failing),
        [
            "again s390x running since 5, success 3",
            "failing aarch64 failed since at least 4, success none",
            "failing x86_64 failed since 4, success 2",
        ]
    );
    assert_eq!(
        told(&shown.running),
        ["again s390x running since 5, success 3"]
    );
    assert_eq!(
        told(&shown.undecided),
        [
            "left-out x86_64 left out, success none",
            "stopped aarch64 cancelled, success 1",
            "stopped s390x status not known (42), success none",
        ]
    );
    let done: Vec<String> = shown
        .done
        .iter()
        .map(|done| {
            format!(
                "{} {} {} in {}: {}",
                done.name.package,
                done.version,
                done.architectures.join(","),
                done.built.number,
                done.then
            )
        })
        .collect();
    let then = "2 tests passed, signed, released";
    assert_eq!(
        done,
        [
            format!("bash 1-2.el9 x86_64 in 9: {then}"),
            format!("older 1-2.el9 x86_64 in 9: {then}")
        ]
    );
}

#[test]
fn the_title_answers_the_question() {
    let check = |packages: Vec<PackageBuildsRecord>, expected: &str| {
        let board = BuildsBoard::of(&document(packages), &table(&[]));
        assert_eq!(board.title(), expected);
    };
    assert_eq!(
        board().title(),
        "2 packages fail to build on at least one architecture; 1 is being built"
    );
    check(vec![], "No build of this release was read");
    check(
        vec![package("bash", 0, vec![])],
        "No package fails to build; none is being built",
    );
    let running = architecture("x86_64", BuildStatus::Idle, None, None);
    check(
        vec![
            package("a", 1, vec![running.clone()]),
            package("b", 1, vec![running]),
        ],
        "No package fails to build; 2 are being built",
    );
    let failing = architecture("x86_64", BuildStatus::Failed, None, Some(1));
    check(
        vec![package("a", 1, vec![failing])],
        "1 package fails to build on at least one architecture; none is being built",
    );
}

#[test]
fn what_failed_before_a_state_that_is_not_known_may_fail_still() {
    let uncertain = |status| ArchitectureBuildsRecord {
        unknown_since: Some(point(7)),
        ..architecture("x86_64", status, Some(3), None)
    };
    let failing = || ArchitectureBuildsRecord {
        may_fail_longer: true,
        ..architecture("s390x", BuildStatus::Failed, Some(3), Some(4))
    };
    let check = |packages: Vec<PackageBuildsRecord>, expected: &str, uncertain: u32| {
        let document = document(packages);
        let board = BuildsBoard::of(&document, &table(&[]));
        assert_eq!(board.title(), expected);
        assert_eq!(document.entry().uncertain, uncertain);
        let shown = board.shown(&BuildsFilter::default());
        let numbers = shown.undecided.iter().map(|open| {
            let since = open.standing.unknown_since.as_ref();
            since.map(|link| link.number.as_str())
        });
        assert!(numbers.eq([Some("7")]), "{:?}", shown.undecided);
        assert!(board.tells_since(BuildsStatus::Undecided));
        shown
    };
    let one = vec![package("a", 1, vec![uncertain(BuildStatus::Unknown)])];
    check(
        one,
        "No package fails to build; of 1 that failed it is not known whether it still does; none is being built",
        1,
    );
    let again = vec![package("a", 1, vec![uncertain(BuildStatus::Started)])];
    let shown = check(
        again,
        "No package fails to build; of 1 that failed it is not known whether it still does; 1 is being built",
        1,
    );
    assert_eq!(told(&shown.running), ["a x86_64 running, success 3"]);
    let elsewhere = vec![package(
        "a",
        1,
        vec![failing(), uncertain(BuildStatus::Unknown)],
    )];
    let shown = check(
        elsewhere,
        "1 package fails to build on at least one architecture; none is being built",
        0,
    );
    assert_eq!(
        told(&shown.failing),
        ["a s390x failed since at least 4, success 3"]
    );
    assert!(!board().tells_since(BuildsStatus::Undecided));
}

#[test]
fn what_came_before_builds_that_were_not_read_is_of_those_read() {
    let older = ArchitectureBuildsRecord {
        tried: Some(point(8)),
        ..architecture("s390x", BuildStatus::Completed, Some(3), None)
    };
    let failing = architecture("x86_64", BuildStatus::Failed, Some(3), Some(9));
    let check = |before: Option<u64>, expected: [bool; 3]| {
        let mut document = document(vec![
            package("a", 0, vec![older.clone()]),
            package("b", 1, vec![failing.clone()]),
        ]);
        let ranges = before.map(|before| UnreadBuildsRecord { after: 3, before });
        document.sources[0].unread_ranges = ranges.into_iter().collect();
        let board = BuildsBoard::of(&document, &table(&[]));
        let shown = board.shown(&BuildsFilter::default());
        let elsewhere = board.shown(&query("arch=s390x"));
        let found = [
            shown.done[0].of_read,
            elsewhere.done[0].of_read,
            shown.failing[0].standing.succeeded_of_read,
        ];
        assert_eq!(found, expected, "{before:?}");
        let told = " The pages that were read leave out numbers between 3 and 7: their builds were not read, or are not there.";
        assert_eq!(board.extent[0].ends_with(told), before == Some(7));
    };
    check(None, [false; 3]);
    check(Some(7), [false, true, true]);
    check(Some(20), [true; 3]);
}
