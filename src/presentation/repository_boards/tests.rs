use super::*;
use crate::report::{
    AdditionRecord, AwaitedAdvisoryRecord, BuildRecord, ClaimKindName, FixesRecord, FormatVersion,
    HolderRecord, Index, Party, PointInTime, ReferenceStandingName, ReplacedRecord, SeverityName,
    SharesRecord, SourceRecord, SourceStanding, WaitingRecord, WaitingStandingRecord,
};
use proptest::prelude::*;

const DIGEST: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn at(day: &str) -> PointInTime {
    PointInTime(format!("{day}T04:10:00Z").parse().unwrap())
}

fn source(side: SideName) -> SourceRecord {
    SourceRecord {
        side,
        name: side.to_string(),
        architecture: "x86_64".to_owned(),
        location: String::new(),
        complete: true,
        records_epochs: true,
        dated: Some(at("2026-11-19")),
        digest: DIGEST.to_owned().try_into().unwrap(),
        binary_packages: 3,
        binary_packages_counted: 2,
        source_packages_counted: 0,
    }
}

#[test]
fn the_newest_release_that_reads_synergy_is_led_to() {
    let check = |releases: &[(&str, &[SideName])], expected: Option<&str>| {
        let party = |name: &str| Party {
            name: name.to_owned(),
            tracker: None,
        };
        let releases = releases.iter().map(|(id, sides)| ReleaseEntry {
            lost: Vec::new(),
            coverages: Vec::new(),
            id: (*id).to_owned(),
            architectures: Vec::new(),
            snapshots: Vec::new(),
            years: Vec::new(),
            ledger: None,
            sources: sides.iter().copied().map(source).collect(),
        });
        let index = Index {
            format: FormatVersion::CURRENT,
            generator: String::new(),
            generated: at("2026-11-20"),
            sample: false,
            distribution: party("AlmaLinux"),
            reference: party("RHEL"),
            promise: None,
            change_rules: Vec::new(),
            releases: releases.collect(),
            failures: Vec::new(),
            advisory_failures: Vec::new(),
            input_failures: Vec::new(),
        };
        assert_eq!(release_with_synergy(&index), expected);
    };
    let (base, synergy) = (SideName::Distribution, SideName::Synergy);
    check(&[], None);
    check(&[("10", &[base]), ("9", &[base])], Some("10"));
    check(&[("10", &[base]), ("9", &[base, synergy])], Some("9"));
}

fn report(sides: &[SideName]) -> Compatibility {
    let digest = || DIGEST.to_owned().try_into().unwrap();
    Compatibility {
        format: FormatVersion::CURRENT,
        release: "9".to_owned(),
        snapshot: "20261120T041000Z".to_owned(),
        taken: at("2026-11-20"),
        distribution_minor: "9.6".to_owned(),
        reference_minor: "9.6".to_owned(),
        notices: Vec::new(),
        warnings: Vec::new(),
        shares: SharesRecord {
            matched: 0,
            patched: 0,
            diverging: 0,
            not_compared: 0,
        },
        architectures: Vec::new(),
        sources: sides.iter().copied().map(source).collect(),
        levels: Vec::new(),
        packages: PackageTable {
            names: vec!["bash".to_owned()],
            ..PackageTable::default()
        },
        directories: Vec::new(),
        names: digest(),
        build_days: digest(),
        facets: None,
        builds: None,
        repositories: None,
    }
}

fn boards(
    testing: Option<Vec<WaitingRecord>>,
    synergy: Option<Vec<AdditionRecord>>,
) -> Repositories {
    Repositories {
        format: FormatVersion::CURRENT,
        failures: Vec::new(),
        kept: Vec::new(),
        testing,
        synergy,
    }
}

fn failure(side: SideName) -> SourceFailure {
    SourceFailure {
        release: "9".to_owned(),
        side,
        name: "Testing".to_owned(),
        architecture: "aarch64".to_owned(),
        location: String::new(),
        state: SourceStanding::Absent,
        last_read: None,
        since: at("2026-11-18"),
        cause: "status 404".to_owned(),
    }
}

fn waiting(
    package: &str,
    standing: ReferenceStandingName,
    fixes: Option<FixesRecord>,
) -> WaitingRecord {
    WaitingRecord {
        package: package.to_owned(),
        evr: "1-2.el9".to_owned(),
        built: Some(at("2026-11-03")),
        since: SeenRecord {
            at_the_latest: at("2026-11-20"),
            not_before: Some(at("2026-10-20")),
        },
        fixes,
        standings: vec![WaitingStandingRecord {
            architectures: vec!["x86_64".to_owned()],
            testing: "1-2.el9".to_owned(),
            distribution: Some("1-1.el9".to_owned()),
            distribution_untold: false,
            reference: Some("1-2.el9".to_owned()),
            standing,
            since: None,
            advisories: None,
        }],
    }
}

fn addition(package: &str, due: bool, replaces: bool) -> AdditionRecord {
    AdditionRecord {
        package: package.to_owned(),
        evr: "1-1.el9".to_owned(),
        built: None,
        architectures: vec!["x86_64".to_owned(), "s390x".to_owned()],
        holders: due
            .then(|| HolderRecord {
                side: SideName::Epel,
                build: BuildRecord {
                    evr: "1-3.el9".to_owned(),
                    repository: "EPEL".to_owned(),
                    built: None,
                },
                architectures: vec!["x86_64".to_owned()],
            })
            .into_iter()
            .collect(),
        due: due.then(|| SeenRecord {
            at_the_latest: at("2026-11-20"),
            not_before: None,
        }),
        replaced: replaces
            .then(|| ReplacedRecord {
                by: "shell".to_owned(),
                kind: ClaimKindName::Obsoletes,
                side: SideName::Reference,
                name: "bash".to_owned(),
                source: "bash".to_owned(),
            })
            .into_iter()
            .collect(),
    }
}

fn check<T>(
    sides: &[SideName],
    boards: Option<&Repositories>,
    made: fn(&BoardSources<'_>) -> T,
) -> T {
    made(&BoardSources {
        report: &report(sides),
        boards,
        distribution: "AlmaLinux",
        reference: "RHEL",
        advisories_as_of: None,
    })
}

fn plain(texts: &[String]) -> Vec<String> {
    let texts = texts.iter().map(|text| text.replace('\u{a0}', " "));
    texts.collect()
}

#[test]
fn the_first_line_says_how_much_waits() {
    use ReferenceStandingName::{Has, Older};
    let of = |records: Vec<WaitingRecord>| {
        let boards = boards(Some(records), None);
        check(&[SideName::Testing], Some(&boards), testing_headline)
    };
    assert_eq!(of(vec![]), "Nothing waits in Testing");
    let untold = |package| {
        let mut record = waiting(package, Has, None);
        record.standings[0].distribution = None;
        record.standings[0].distribution_untold = true;
        record
    };
    assert_eq!(of(vec![untold("a")]), "Nothing is known to wait in Testing");
    let records = vec![untold("a"), waiting("b", Older, None)];
    assert_eq!(
        of(records.clone()),
        "1 package waits in Testing; RHEL is known to have none of it"
    );
    let boards = boards(Some(records), None);
    let board = check(&[SideName::Testing], Some(&boards), testing_board);
    assert_eq!(board.rows[0].cells[2], "not known");
    assert_eq!(
        board.notes,
        [
            "1 package in Testing is not counted: AlmaLinux’s list, which is not complete or could not be read, does not have it, so that it may be there already."
        ]
    );
    assert_eq!(
        of(vec![waiting("a", Has, None)]),
        "1 package waits in Testing; RHEL has it meanwhile"
    );
    assert_eq!(
        of(vec![waiting("a", Has, None), waiting("b", Older, None)]),
        "2 packages wait in Testing; RHEL has 1 of them meanwhile"
    );
    assert_eq!(
        of(vec![waiting("a", Older, None)]),
        "1 package waits in Testing; RHEL is known to have none of it"
    );
}

#[test]
fn the_figure_of_what_waits_tells_what_it_leaves_out() {
    use ReferenceStandingName::{Has, Older};
    let of = |boards: Option<&Repositories>| {
        let figure = check(&[SideName::Testing], boards, waiting_figure);
        figure.map(|figure| (figure.value, figure.what, figure.formula))
    };
    assert_eq!(of(None), None);
    assert_eq!(of(Some(&boards(None, None))), None);
    let mut untold = waiting("a", Has, None);
    untold.standings[0].distribution_untold = true;
    let records = vec![untold, waiting("b", Has, None), waiting("c", Older, None)];
    let partly = Repositories {
        failures: vec![failure(SideName::Testing)],
        ..boards(Some(records), None)
    };
    let (value, what, formula) = of(Some(&partly)).unwrap();
    assert_eq!(
        (value.as_str(), what.as_str()),
        ("2", "packages wait in Testing")
    );
    assert_eq!(
        plain(&[formula]),
        [
            "Testing has them, and AlmaLinux is known not to have them on some architecture. RHEL has 1 of them meanwhile. 1 package in Testing is not counted: AlmaLinux’s list, which is not complete or could not be read, does not have it, so that it may be there already. Testing for aarch64 could not be read since 18 Nov 2026: status 404. What it has is not known. Report of 20 Nov 2026."
        ]
    );
    let (value, _, formula) = of(Some(&boards(Some(Vec::new()), None))).unwrap();
    assert_eq!(value, "0");
    assert_eq!(
        plain(&[formula]),
        [
            "Testing has them, and AlmaLinux is known not to have them on some architecture. Report of 20 Nov 2026."
        ]
    );
}

#[test]
fn what_is_not_read_is_not_known() {
    let none = "What waits in Testing is not known: no such repository is read for this report";
    assert_eq!(check(&[], None, testing_headline), none);
    assert_eq!(
        check(&[], Some(&boards(None, None)), testing_headline),
        none
    );
    let failed = Repositories {
        failures: vec![failure(SideName::Testing)],
        ..boards(None, None)
    };
    let board = check(&[], Some(&failed), testing_board);
    assert_eq!(
        board.title,
        "What waits in Testing is not known: the repository could not be read"
    );
    assert_eq!(
        plain(&board.notes),
        [
            "Testing for aarch64 could not be read since 18 Nov 2026: status 404. What it has is not known."
        ]
    );
    let synergy = boards(None, Some(vec![addition("a", false, false)]));
    let board = check(&[SideName::Synergy], Some(&synergy), synergy_board);
    assert_eq!(
        board.notes,
        ["EPEL was not read: whether it has these packages is not known."]
    );
    assert_eq!(board.rows[0].cells[2], "not known");
}

#[test]
fn advisories_that_are_older_than_the_board_are_told() {
    let check = |testing: Option<Vec<WaitingRecord>>, as_of, expected: &[&str]| {
        let board = testing_board(&BoardSources {
            report: &report(&[SideName::Testing]),
            boards: Some(&boards(testing, None)),
            distribution: "AlmaLinux",
            reference: "RHEL",
            advisories_as_of: as_of,
        });
        assert_eq!(plain(&board.notes), expected);
    };
    let waits = || Some(vec![waiting("bash", ReferenceStandingName::Has, None)]);
    let as_of = Some(at("2026-11-18"));
    let told = "The advisories of this board are as of 18 Nov 2026, 04:10 UTC: what came later could not be read.";
    check(waits(), None, &[]);
    check(waits(), as_of, &[told]);
    check(None, as_of, &[]);
}

#[test]
fn a_board_of_an_earlier_run_is_told() {
    let of = |kept: &[SideName]| {
        let boards = Repositories {
            failures: vec![failure(SideName::Testing), failure(SideName::Epel)],
            kept: kept.to_vec(),
            ..boards(Some(Vec::new()), Some(Vec::new()))
        };
        let [testing, synergy] = [testing_board, synergy_board]
            .map(|board| plain(&check(&[], Some(&boards), board).notes));
        (testing, synergy)
    };
    let told = "An earlier run for the report of 20 Nov 2026, 04:10 UTC read what stands here; the last run could not read all of it.";
    let unread = "EPEL was not read: whether it has these packages is not known.";
    let (testing, synergy) = of(&[]);
    assert_eq!((testing.len(), synergy.len()), (1, 2));
    assert_eq!(synergy[1], unread);
    let (testing, synergy) = of(&[SideName::Testing, SideName::Synergy]);
    assert_eq!((testing[1].as_str(), synergy[1].as_str()), (told, told));
}

#[test]
fn what_waits_stands_with_what_both_sides_have() {
    use ReferenceStandingName::{Has, Lacks, NoArchitecture, Older, Unknown};
    let cells = |standing, fixes| {
        let boards = boards(Some(vec![waiting("bash", standing, fixes)]), None);
        let board = check(&[SideName::Testing], Some(&boards), testing_board);
        assert!(board.rows[0].has_page);
        plain(&board.rows[0].cells)
    };
    assert_eq!(
        cells(Has, None),
        [
            "x86_64",
            "1-2.el9",
            "1-1.el9",
            "between 20 Oct 2026 and 20 Nov 2026; built 3 Nov 2026",
            "has it: 1-2.el9",
            "not known"
        ]
    );
    assert_eq!(cells(Older, None)[4], "older: 1-2.el9");
    assert_eq!(cells(Lacks, None)[4], "does not have the package");
    assert_eq!(
        cells(Unknown, None)[4],
        "not known; its list, not complete, has 1-2.el9"
    );
    assert_eq!(
        cells(NoArchitecture, None)[4],
        "RHEL does not have the architecture"
    );
    let fixes = FixesRecord {
        cves: vec!["CVE-2026-1".to_owned()],
        changes: vec!["Checks a \u{202e}length".to_owned()],
    };
    assert_eq!(
        cells(Has, Some(fixes))[5],
        "its source names CVE-2026-1; Checks a ⟨U+202E⟩length"
    );
    assert_eq!(
        cells(Has, Some(FixesRecord::default()))[5],
        "its source names no fix"
    );
}

#[test]
fn what_waits_names_the_advisories_whose_fixes_wait() {
    let advisory = |id: &str, side, severity, cves: &[&str]| AwaitedAdvisoryRecord {
        id: id.to_owned(),
        side,
        severity,
        cves: cves.iter().map(|cve| (*cve).to_owned()).collect(),
        evr: "1-2.el9".to_owned(),
    };
    let cell = |advisories: Vec<AwaitedAdvisoryRecord>, fixes| {
        let mut record = waiting("bash", ReferenceStandingName::Has, fixes);
        record.standings[0].advisories = Some(advisories);
        let boards = boards(Some(vec![record]), None);
        let board = check(&[SideName::Testing], Some(&boards), testing_board);
        plain(&board.rows[0].cells)[5].clone()
    };
    let important = advisory(
        "RHSA-2026:0003",
        SideName::Reference,
        SeverityName::Important,
        &["CVE-2026-1", "CVE-2026-2"],
    );
    let unrated = advisory(
        "ALBA-2026:A001",
        SideName::Distribution,
        SeverityName::Unrated,
        &[],
    );
    assert_eq!(
        cell(vec![important.clone()], None),
        "fixes RHSA-2026:0003: CVE-2026-1, CVE-2026-2, important (RHEL’s advisory names 1-2.el9)"
    );
    assert_eq!(
        cell(vec![unrated, important], Some(FixesRecord::default())),
        "fixes ALBA-2026:A001 (AlmaLinux’s advisory names 1-2.el9); fixes RHSA-2026:0003: CVE-2026-1, CVE-2026-2, important (RHEL’s advisory names 1-2.el9); its source names no fix"
    );
    assert_eq!(
        cell(vec![], None),
        "no security advisory in this report names it"
    );
    let mut added = waiting("bash", ReferenceStandingName::Has, None);
    added.standings[0].distribution = None;
    added.standings[0].advisories = Some(Vec::new());
    let published = boards(Some(vec![added]), None);
    let board = check(&[SideName::Testing], Some(&published), testing_board);
    assert_eq!(board.rows[0].cells[5], "not known");
}

#[test]
fn what_is_added_stands_with_who_has_it_and_what_it_replaces() {
    let sides = [SideName::Synergy, SideName::Epel, SideName::Reference];
    let of = |records: Vec<AdditionRecord>| {
        let boards = boards(None, Some(records));
        check(&sides, Some(&boards), synergy_board)
    };
    let board = of(vec![addition("a", true, true), addition("b", false, false)]);
    assert_eq!(
        board.title,
        "1 of 2 packages in Synergy is due for removal; 1 package replaces another that it must not"
    );
    assert_eq!(board.notes, [""; 0]);
    assert_eq!(
        plain(&board.rows[0].cells),
        [
            "x86_64 s390x",
            "1-1.el9",
            "EPEL has 1-3.el9 on x86_64",
            "20 Nov 2026 at the latest",
            "shell obsoletes RHEL’s bash"
        ]
    );
    assert_eq!(
        plain(&board.rows[1].cells)[2..],
        ["neither has it", "not due", "nothing"]
    );
    assert_eq!(board.counts(&BoardFilter::default()), [1, 1]);
    // Both can be installed where one provides the other's name alone.
    let mut providing = addition("a", false, true);
    providing.replaced[0].kind = ClaimKindName::Provides;
    let board = of(vec![providing]);
    assert_eq!(
        board.title,
        "The one package in Synergy is not due for removal; none replaces another"
    );
    assert_eq!(
        plain(&board.rows[0].cells)[4],
        "nothing; shell provides the name of RHEL’s bash"
    );
    assert_eq!(board.counts(&BoardFilter::default()), [0, 0]);
    assert_eq!(of(vec![]).title, "Synergy has no package");
    assert_eq!(
        of(vec![addition("a", false, false)]).title,
        "The one package in Synergy is not due for removal; none replaces another"
    );
    assert!(
        of(vec![addition("a", true, false)])
            .title
            .starts_with("The one package in Synergy is due for removal; ")
    );
    // Where EPEL was not read, nobody knows of a package that it is not due.
    let boards = boards(None, Some(vec![addition("a", false, false)]));
    let board = check(
        &[SideName::Synergy, SideName::Reference],
        Some(&boards),
        synergy_board,
    );
    assert_eq!(
        board.title,
        "The one package in Synergy is not known to be due for removal; none replaces another"
    );
    assert_eq!(
        plain(&board.rows[0].cells)[2..],
        ["not known", "not known", "nothing"]
    );
}

#[test]
fn choices_narrow_a_board() {
    use ReferenceStandingName::{Has, Older, Unknown};
    let records = vec![
        waiting("bash", Has, None),
        waiting("curl", Older, None),
        waiting("zsh", Unknown, None),
    ];
    let boards = boards(Some(records), None);
    let board = check(&[SideName::Testing], Some(&boards), testing_board);
    let names = |pairs: &[(&str, &str)]| {
        let shown = board.shown(&BoardFilter::from_query(pairs.iter().copied()));
        let names = shown.into_iter().map(|row| row.package);
        names.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names(&[]), "bash curl zsh");
    assert_eq!(names(&[("show", "has")]), "bash");
    assert_eq!(names(&[("show", "lacks")]), "curl");
    assert_eq!(names(&[("show", "unknown"), ("q", "Z")]), "zsh");
    assert_eq!(names(&[("show", "unknown"), ("q", "bash")]), "");
    assert_eq!(board.counts(&BoardFilter::default()), [1, 1, 1]);
}

#[test]
fn repositories_are_listed_with_their_age() {
    let failed = Repositories {
        failures: vec![failure(SideName::Testing)],
        ..boards(None, None)
    };
    let sides = [SideName::Reference, SideName::Distribution];
    let lines = check(&sides, Some(&failed), repository_lines);
    let told: Vec<String> = lines
        .iter()
        .map(|line| {
            format!(
                "{} {} {} {} {:?} {:?}",
                line.role,
                line.name,
                line.architectures,
                line.packages,
                line.dated.map(|dated| dated.to_string()),
                line.failure
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "AlmaLinux distribution x86_64 2 Some(\"2026-11-19T04:10:00Z\") None",
            "RHEL reference x86_64 2 Some(\"2026-11-19T04:10:00Z\") None",
            "testing Testing aarch64 0 None Some(\"status 404\")",
        ]
    );
}

proptest! {
    #[test]
    fn a_choice_is_read_back_from_its_query(choice in 0_usize..6, text in "[a-z+& %=]{0,8}") {
        let keys = ["has", "lacks", "unknown", "due", "replaces"];
        let pairs = [("show", keys.get(choice).copied().unwrap_or("")), ("q", text.as_str())];
        let filter = BoardFilter::from_query(pairs);
        let written = filter.query();
        let decoded: Vec<(String, String)> = written
            .split('&')
            .filter_map(|pair| {
                let (key, value) = pair.split_once('=')?;
                Some((key.to_owned(), crate::presentation::route::decode(value)?))
            })
            .collect();
        let pairs = decoded.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        prop_assert_eq!(BoardFilter::from_query(pairs), filter);
    }
}
