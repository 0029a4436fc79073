use super::*;
use crate::presentation::route::decode;
use crate::report::{
    CauseName, EndingName, EndingRecord, FormatVersion, QuarterRecord, StatementRecord,
};

pub fn at(day: &str) -> PointInTime {
    PointInTime(day.parse().unwrap())
}

pub fn record(package: &str, opened: &str, after: Option<&str>) -> DeviationRecord {
    DeviationRecord {
        package: package.to_owned(),
        architectures: vec!["x86_64".to_owned()],
        opened: at(opened),
        opened_after: after.map(at),
        causes: vec![CauseName::UpdatePending],
        evidence: None,
        distribution: Some("1-1".to_owned()),
        reference: Some("1-2".to_owned()),
        reason: None,
        last_seen: None,
        reports_lost: 0,
        first_opened: None,
        number: None,
        ended_on: Vec::new(),
        ending: None,
    }
}

fn ended(package: &str, opened: &str, end: &str, how: EndingName) -> DeviationRecord {
    DeviationRecord {
        ending: Some(EndingRecord {
            after: at(opened),
            at: at(end),
            how,
            verdict: None,
            distribution: Some("1-2".to_owned()),
            reference: Some("1-2".to_owned()),
            distribution_untold: false,
            reference_untold: false,
        }),
        ..record(package, opened, Some("2026-01-01"))
    }
}

pub fn ledger(open: Vec<DeviationRecord>) -> Ledger {
    Ledger {
        format: FormatVersion::CURRENT,
        release: "9".to_owned(),
        taken: at("2026-11-20"),
        first_taken: at("2026-01-01"),
        open,
        quarters: Vec::new(),
    }
}

fn rows(open: Vec<DeviationRecord>, over: Vec<DeviationRecord>) -> Vec<DeviationRow> {
    let ledger = ledger(open);
    let ended = EndedDeviations {
        format: FormatVersion::CURRENT,
        release: "9".to_owned(),
        year: 2026,
        quarter: 4,
        deviations: over,
    };
    deviation_rows(&[Arc::new(ledger)], &[Arc::new(ended)])
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn the_first_line_counts_what_is_open_and_what_came_back() {
    let check = |open, over, releases: &[&str], newest, expected: &str| {
        let said = ledger_sentence(&rows(open, over), releases, at(newest));
        assert_eq!(plain(&said), expected);
    };
    let unseen = || DeviationRecord {
        last_seen: Some(at("2026-11-12")),
        ..record("c", "2026-11-01", None)
    };
    let late = || record("a", "2026-11-01", None);
    let back = |end| ended("b", "2026-02-01", end, EndingName::Resynced);
    check(
        vec![late(), unseen()],
        vec![],
        &["9"],
        "2026-11-20",
        "1 package of release 9 deviates; of 1 more it is not known, since newer reports say nothing of their architectures; 0 were re-synced in the 90 days up to 20 Nov 2026",
    );
    check(
        vec![],
        vec![],
        &["9"],
        "2026-11-20",
        "No package of release 9 deviates; 0 were re-synced in the 90 days up to 20 Nov 2026",
    );
    check(
        vec![late()],
        vec![back("2026-11-01"), back("2026-03-01")],
        &["9"],
        "2026-11-20",
        "1 package of release 9 deviates; 1 was re-synced in the 90 days up to 20 Nov 2026",
    );
    // Another release went on: what came back then is long ago.
    check(
        vec![late()],
        vec![back("2026-11-01"), back("2026-03-01")],
        &["9"],
        "2027-09-20",
        "1 package of release 9 deviates; 0 were re-synced in the 90 days up to 20 Sep 2027",
    );
    let taken_up = ended("c", "2026-10-01", "2026-11-01", EndingName::TakenUp);
    check(
        vec![late(), late()],
        vec![taken_up],
        &["10", "9", "8"],
        "2026-11-20",
        "2 deviations of 1 package are open in 3 releases; 0 were re-synced in the 90 days up to 20 Nov 2026",
    );
}

#[test]
fn versions_that_a_list_does_not_tell_are_not_called_none() {
    let check = |reference: Option<&str>, reference_untold, expected: &str| {
        let versions = Versions {
            distribution: Some("8.9.1-5.el10".to_owned()),
            reference: reference.map(str::to_owned),
            reference_untold,
            ..Versions::default()
        };
        assert_eq!(versions.words("AlmaLinux", "RHEL"), expected);
    };
    check(Some("1-1"), false, "AlmaLinux 8.9.1-5.el10, RHEL 1-1");
    check(None, false, "AlmaLinux 8.9.1-5.el10, RHEL has none");
    check(
        None,
        true,
        "AlmaLinux 8.9.1-5.el10, RHEL not on the list at hand",
    );
}

#[test]
fn a_beginning_says_how_well_it_is_known() {
    let check = |record: DeviationRecord, expected: [&str; 2]| {
        let row = &rows(vec![record], vec![])[0];
        assert_eq!(
            [plain(&row.opened_words()), plain(&row.length_words())],
            expected
        );
    };
    check(
        record("a", "2026-11-19", Some("2026-11-18")),
        ["19 Nov 2026", "1 day"],
    );
    check(
        record("a", "2026-11-10", Some("2026-10-10")),
        ["between 10 Oct 2026 and 10 Nov 2026", "10 to 41 days"],
    );
    check(
        record("a", "2026-11-20", Some("2026-10-20")),
        ["between 20 Oct 2026 and 20 Nov 2026", "at most 31 days"],
    );
    check(
        record("a", "2026-11-10", None),
        ["10 Nov 2026 at the latest", "at least 10 days"],
    );
    let gone = DeviationRecord {
        last_seen: Some(at("2026-11-12")),
        ..record("a", "2026-11-10", Some("2026-11-09"))
    };
    check(gone, ["10 Nov 2026", "2 to 11 days"]);
}

#[test]
fn what_ended_between_two_reports_lasted_a_range_of_days() {
    let check = |after: Option<&str>, expected: &str| {
        let mut over = ended("a", "2026-02-01", "2026-03-01", EndingName::Resynced);
        over.opened_after = after.map(at);
        let found = rows(vec![], vec![over]);
        assert_eq!(plain(&found[0].length_words()), expected);
    };
    check(Some("2026-01-31"), "at most 29 days");
    check(None, "at least 0 days");
}

#[test]
fn the_newest_event_stands_first() {
    let found = rows(
        vec![
            record("a", "2026-11-01", None),
            record("b", "2026-11-15", None),
        ],
        vec![ended("c", "2026-01-02", "2026-11-10", EndingName::TakenUp)],
    );
    let names: Vec<&str> = found.iter().map(|row| row.package.as_str()).collect();
    assert_eq!(names, ["b", "c", "a"]);
}

#[test]
fn only_http_addresses_are_links_and_what_is_hidden_is_seen() {
    let statement = |url: &str| StatementRecord {
        who: "A list".to_owned(),
        source: None,
        text: Some("Kept\u{202e} for drivers".to_owned()),
        url: Some(url.to_owned()),
        since: None,
    };
    let reason = ReasonRecord {
        package: "a".to_owned(),
        text: None,
        statements: vec![
            statement("javascript:alert(1)"),
            statement("https://a.example/1"),
        ],
        changes: vec![],
    };
    let (said, links) = reason_words(&reason);
    assert_eq!(
        links,
        [("A list".to_owned(), "https://a.example/1".to_owned())]
    );
    assert!(
        said.iter().all(|said| !said.contains('\u{202e}')),
        "{said:?}"
    );
}

#[test]
fn a_filter_is_written_and_read_back() {
    let check = |query: &str, admitted: &[&str]| {
        let pairs: Vec<(&str, &str)> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .collect();
        let pairs: Vec<(&str, String)> = pairs
            .into_iter()
            .filter_map(|(key, value)| Some((key, decode(value)?)))
            .collect();
        let pairs = pairs.iter().map(|(key, value)| (*key, value.as_str()));
        let filter = DeviationFilter::from_query(pairs);
        assert_eq!(filter.query(), query);
        let all = rows(
            vec![record("bash", "2026-11-01", None)],
            vec![
                ended("curl", "2026-02-01", "2026-10-10", EndingName::Resynced),
                ended("dnf", "2026-02-01", "2026-10-09", EndingName::TakenUp),
            ],
        );
        let found: Vec<&str> = all
            .iter()
            .filter(|row| filter.admits(row))
            .map(|row| row.package.as_str())
            .collect();
        assert_eq!(found, admitted, "{query}");
    };
    check("", &["bash", "curl", "dnf"]);
    check("release=9&open=yes", &["bash"]);
    check("release=8", &[]);
    check("open=no", &["curl", "dnf"]);
    check("cause=update-pending&ended=resynced", &["curl"]);
    check("cause=kernel", &[]);
    check("q=d&period=year", &["dnf"]);
    check("period=all&shown=400", &["bash", "curl", "dnf"]);
    check("q=c%2B%2B", &[]);
    // The first report showed bash already, so that it did not begin then.
    check("quarter=2026-q4", &["curl", "dnf"]);
    check("quarter=2026-q1", &["curl", "dnf"]);
    check("open=no&quarter=2026-q1", &[]);
    check("open=no&quarter=2026-q4", &["curl", "dnf"]);
    check("open=yes&quarter=2026-q4", &[]);
    let misspelt =
        DeviationFilter::from_query([("open", "perhaps"), ("cause", "x"), ("shown", "3")]);
    assert_eq!(misspelt, DeviationFilter::default());
    for quarter in ["2026", "2026-q0", "2026-q5", "2026-q03", "q1"] {
        let misspelt = DeviationFilter::from_query([("quarter", quarter)]);
        assert_eq!(misspelt, DeviationFilter::default(), "{quarter}");
    }
}

#[test]
fn the_quarter_of_the_address_says_what_is_fetched_and_counted() {
    let quarter = |number| QuarterRecord {
        year: 2026,
        quarter: number,
        snapshots: 1,
        opened: 0,
        found_at_first: 0,
        resolved: 0,
        resynced: 0,
        median_days_open: None,
        median_of: 0,
        ended: None,
    };
    let ledger = Ledger {
        format: FormatVersion::CURRENT,
        release: "9".to_owned(),
        taken: at("2026-11-20"),
        first_taken: at("2026-01-01"),
        open: Vec::new(),
        quarters: (1..=4).map(quarter).collect(),
    };
    let check = |key: &str, value: &str, expected: &[u8]| {
        let filter = DeviationFilter::from_query([(key, value)]);
        let quarters = filter.quarters(&ledger).iter();
        let quarters: Vec<u8> = quarters.map(|quarter| quarter.quarter).collect();
        assert_eq!(quarters, expected, "{key}={value}");
    };
    check("q", "", &[3, 4]);
    check("quarter", "2026-q2", &[2, 3, 4]);
    check("quarter", "2025-q4", &[1, 2, 3, 4]);
    // The first line counts what came back lately, whatever quarter is chosen.
    check("quarter", "2026-q4", &[3, 4]);
    check("quarter", "2027-q1", &[3, 4]);
    let all = rows(
        vec![record("bash", "2026-11-01", Some("2026-10-31"))],
        vec![
            ended("curl", "2026-10-05", "2026-11-10", EndingName::Resynced),
            ended("dnf", "2026-02-01", "2026-10-09", EndingName::TakenUp),
            ended("zsh", "2026-01-02", "2026-02-02", EndingName::Resynced),
        ],
    );
    let of_quarter = DeviationFilter::from_query([("quarter", "2026-q4")]);
    assert_eq!(of_quarter.open_counts(&all), [3, 1, 2]);
    assert_eq!(DeviationFilter::default().open_counts(&all), [4, 1, 3]);
}

#[test]
fn the_page_of_a_package_leads_to_what_the_ledger_says_of_it() {
    let filter = DeviationFilter::of_package("9", "libstdc++");
    assert_eq!(filter.query(), "release=9&q=libstdc%2B%2B&period=all");
}

#[test]
fn a_file_says_when_an_architecture_was_looked_at_last_and_what_was_lost_in_between() {
    let check = |last_seen: Option<&str>, reports_lost: u32, expected: &str| {
        let open = DeviationRecord {
            last_seen: last_seen.map(at),
            reports_lost,
            ..record("a", "2026-11-10", None)
        };
        let all = rows(vec![open], vec![]);
        let text = deviations_csv(&all.iter().collect::<Vec<_>>());
        let head = ",reference since,last seen,reports lost in between,open on,ended on\r\n";
        assert!(text.contains(head), "{text}");
        assert!(text.ends_with(&format!(",,,,,{expected}\r\n")), "{text}");
    };
    check(Some("2026-11-12"), 0, "2026-11-12T00:00:00Z,0,x86_64,");
    check(None, 2, ",2,x86_64,");
}

#[test]
fn a_file_says_on_which_architectures_it_is_open_and_when_it_ended_on_others() {
    let both = |record: DeviationRecord| DeviationRecord {
        architectures: vec!["aarch64".to_owned(), "x86_64".to_owned()],
        ended_on: vec![ArchitectureEndingRecord {
            architecture: "aarch64".to_owned(),
            at: at("2026-11-12"),
            how: EndingName::Resynced,
        }],
        ..record
    };
    let check = |open: Vec<DeviationRecord>, over: Vec<DeviationRecord>, expected: &str| {
        let all = rows(open, over);
        let text = deviations_csv(&all.iter().collect::<Vec<_>>());
        assert!(text.ends_with(&format!("{expected}\r\n")), "{text}");
    };
    let aarch64 = "aarch64 2026-11-12T00:00:00Z resynced";
    let open = both(record("a", "2026-11-10", None));
    check(vec![open], vec![], &format!(",0,x86_64,{aarch64}"));
    let over = both(ended("a", "2026-11-12", "2026-11-14", EndingName::TakenUp));
    let x86_64 = "x86_64 2026-11-14T00:00:00Z taken-up";
    check(vec![], vec![over], &format!(",0,,{aarch64}; {x86_64}"));
}

#[test]
fn a_row_says_on_which_architectures_it_ended_otherwise_than_as_a_whole() {
    let on = |record: DeviationRecord| DeviationRecord {
        architectures: ["aarch64", "ppc64le", "x86_64"].map(str::to_owned).to_vec(),
        ended_on: ["aarch64", "ppc64le"]
            .map(|architecture| ArchitectureEndingRecord {
                architecture: architecture.to_owned(),
                at: at("2026-11-12"),
                how: EndingName::Resynced,
            })
            .to_vec(),
        ..record
    };
    let check = |open: Vec<DeviationRecord>, over: Vec<DeviationRecord>, expected: &[&str]| {
        let told = rows(open, over)[0].endings_elsewhere("AlmaLinux", "RHEL");
        let told: Vec<String> = told.iter().map(|line| plain(line)).collect();
        assert_eq!(told, expected);
    };
    let earlier = ["aarch64, ppc64le: re-synced, 12 Nov 2026"];
    check(vec![on(record("a", "2026-11-10", None))], vec![], &earlier);
    let over = |day, how| vec![on(ended("a", "2026-11-10", day, how))];
    check(vec![], over("2026-11-14", EndingName::TakenUp), &earlier);
    check(vec![], over("2026-11-12", EndingName::Resynced), &[]);
    check(vec![record("a", "2026-11-10", None)], vec![], &[]);
}

#[test]
fn what_is_not_known_of_a_deviation_is_told() {
    let check = |last_seen: Option<&str>, reports_lost: u32, expected: Option<&str>| {
        let open = DeviationRecord {
            last_seen: last_seen.map(at),
            reports_lost,
            ..record("a", "2026-11-10", None)
        };
        let doubt = rows(vec![open], vec![])[0].doubt();
        assert_eq!(doubt.map(|doubt| plain(&doubt)).as_deref(), expected);
    };
    check(None, 0, None);
    check(
        None,
        1,
        Some("1 report was lost in between: whether it deviated then is not known."),
    );
    check(
        Some("2026-11-12"),
        2,
        Some(
            "Last seen 12 Nov 2026: newer reports say nothing of x86_64, so that whether it is still there is not known. \
             2 reports were lost in between: whether it deviated then is not known.",
        ),
    );
}

#[test]
fn a_file_never_computes() {
    let all = rows(vec![record("=cmd()", "2026-11-01", None)], vec![]);
    let text = deviations_csv(&all.iter().collect::<Vec<_>>());
    let line = text.lines().nth(1).unwrap();
    assert!(
        line.starts_with(
            "9,'=cmd(),x86_64,2026-11-01T00:00:00Z,not known,19,not known,update-pending,"
        ),
        "{line}"
    );
}
