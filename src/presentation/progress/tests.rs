//! The sentence, the numbers and the quarters of the sponsors' page.

use super::numbers::share_number;
use super::*;
use crate::domain::Shares;
use crate::report::{
    BuildsEntry, Digest, FormatVersion, LagRecord, Ledger, PointInTime, QuarterRecord,
    ReleaseEntry, SecurityEntry, SharesRecord, SnapshotEntry,
};

mod shares;

fn point(day: &str, matched: u32, diverging: u32, reviewed: Option<u32>) -> ProgressPoint {
    ProgressPoint {
        taken: day.parse().unwrap(),
        shares: SharesRecord {
            matched,
            patched: 0,
            diverging,
            not_compared: 7,
        },
        reviewed,
        distribution_minor: "9.6".to_owned(),
        architectures: Vec::new(),
        reference_minor: "9.6".to_owned(),
    }
}

fn quarter(
    number: u8,
    snapshots: u32,
    opened: u32,
    resolved: u32,
    median: Option<u32>,
) -> QuarterRecord {
    QuarterRecord {
        year: 2026,
        quarter: number,
        snapshots,
        opened,
        found_at_first: 0,
        resolved,
        resynced: 1,
        median_days_open: median,
        median_of: if median.is_some() { resolved } else { 0 },
        ended: None,
    }
}

fn ledger(quarters: Vec<QuarterRecord>) -> Ledger {
    let at = |day: &str| PointInTime(day.parse().unwrap());
    Ledger {
        format: FormatVersion::CURRENT,
        release: "9".to_owned(),
        taken: at("2026-11-20"),
        first_taken: at("2026-01-01"),
        open: Vec::new(),
        quarters,
    }
}

fn entry(lag: Option<LagRecord>, builds: Option<BuildsEntry>) -> ReleaseEntry {
    let digest = || Digest::try_from("0".repeat(64)).unwrap();
    let snapshot = SnapshotEntry {
        id: "20261120T000000Z".to_owned(),
        taken: PointInTime("2026-11-20".parse().unwrap()),
        report: digest(),
        distribution_minor: "9.6".to_owned(),
        reference_minor: "9.6".to_owned(),
        distribution_dated: None,
        distribution_dated_from: None,
        reference_dated: None,
        reference_dated_from: None,
        shares: point("2026-11-20", 989, 11, None).shares,
        notices: Vec::new(),
        security: Some(SecurityEntry {
            document: digest(),
            as_of: None,
            lag,
        }),
        builds,
    };
    ReleaseEntry {
        lost: Vec::new(),
        coverages: Vec::new(),
        id: "9".to_owned(),
        architectures: Vec::new(),
        snapshots: vec![snapshot],
        years: Vec::new(),
        ledger: None,
        sources: Vec::new(),
    }
}

fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

#[test]
fn each_number_has_its_formula_and_evidence() {
    let points = [
        point("2025-11-20", 985, 15, None),
        point("2026-11-20", 989, 11, Some(400)),
    ];
    let ledger = ledger(vec![
        quarter(3, 90, 5, 14, Some(6)),
        quarter(4, 51, 3, 2, None),
    ]);
    let parties = ("AlmaLinux", "RHEL");
    let unknown = entry(None, None);
    let numbers = progress_numbers(&unknown, &points, Some(&ledger), parties);
    let values: Vec<String> = numbers.iter().map(|number| plain(&number.value)).collect();
    assert_eq!(values, ["+0.4 points", "2 / 3", "6 days", "400 / 1,000"]);
    let evidence = |index: usize| {
        let (route, query) = &numbers[index].evidence;
        format!("{}?{query}", route.path())
    };
    assert_eq!(
        evidence(0),
        "/9/changes?from=20251120T000000Z&to=20261120T000000Z"
    );
    assert_eq!(evidence(1), "/deviations?release=9&quarter=2026-q4");
    assert_eq!(evidence(2), "/deviations?release=9&open=no&quarter=2026-q3");
    assert_eq!(evidence(3), "/9/packages?evidence=reviewed");
    assert!(
        plain(&numbers[2].what).ends_with("in Q3 2026"),
        "{}",
        numbers[2].what
    );
    assert!(numbers[3].formula.contains("not inferred from versions"));
    let single = progress_numbers(&unknown, &points[..1], None, parties);
    assert_eq!(single, []);
    let as_before = ["2025-11-20", "2026-11-20"].map(|day| point(day, 985, 15, None));
    let as_before = share_number("9", &as_before, parties).unwrap();
    assert_eq!(as_before.value, "the same");
    assert_eq!(
        plain(&as_before.what),
        "share that matches as on 20 Nov 2025"
    );
}

#[test]
fn a_median_of_few_is_withheld_and_what_is_known_is_told() {
    let check = |resolved: u32, expected: [&str; 3]| {
        let ledger = ledger(vec![quarter(3, 90, 5, resolved, Some(61))]);
        let numbers = progress_numbers(&entry(None, None), &[], Some(&ledger), ("A", "R"));
        let median = numbers.last().unwrap();
        let found = [&median.value, &median.what, &median.formula].map(|text| plain(text));
        assert_eq!(found, expected);
    };
    let too_few =
        "A median is given from 10 on; the table of quarters gives that of fewer, with its count.";
    check(
        1,
        [
            "1 resolved",
            "after 61 days, in Q3 2026, of those whose beginning is known",
            &format!(
                "From the first report that shows a deviation to the first that does not. {too_few}"
            ),
        ],
    );
    check(
        9,
        [
            "9 resolved",
            "in Q3 2026 whose beginning is known, too few for a median of the time open",
            too_few,
        ],
    );
    check(
        10,
        [
            "61 days",
            "median time open of deviations resolved in Q3 2026",
            "From the first report that shows a deviation to the first that does not, by nearest rank over the 10 deviations whose beginning is known.",
        ],
    );
}

#[test]
fn lags_and_builds_are_those_of_the_newest_snapshot() {
    let lag = LagRecord {
        median_days: 4,
        p90_days: 31,
        exact: 1,
        upper_bounds: 1_400,
        from_copies: 900,
    };
    let exact = LagRecord {
        median_days: -2,
        p90_days: 0,
        exact: 12,
        upper_bounds: 0,
        from_copies: 0,
    };
    let builds = BuildsEntry {
        packages: 1_204,
        failing: 3,
        uncertain: 0,
        newest: Some(PointInTime("2026-11-19".parse().unwrap())),
    };
    let check = |lag, builds, expected: &[[&str; 4]]| {
        let entry = entry(lag, builds);
        let numbers = progress_numbers(&entry, &[], None, ("AlmaLinux", "RHEL"));
        let found: Vec<[String; 4]> = numbers
            .into_iter()
            .map(|number| {
                let (route, query) = number.evidence;
                let evidence = format!("{}?{query}", route.path());
                [number.value, number.what, number.formula, evidence].map(|text| plain(&text))
            })
            .collect();
        assert_eq!(found, expected);
    };
    let what = "median from RHEL’s security advisory to AlmaLinux’s";
    check(None, None, &[]);
    check(
        Some(lag),
        Some(builds),
        &[
            [
                "≤ 4 days",
                what,
                "By nearest rank over 1,401 security advisories with both days known; nine in ten came within at most 31 days of RHEL’s. 1,400 of the lags are upper bounds (≤), and so are both figures. For 900 RHEL’s day is AlmaLinux’s copy of it. Report of 20 Nov 2026.",
                "/9/security?",
            ],
            [
                "3 / 1,204",
                "packages that fail to build / with builds that were read",
                "Failing: the newest build for at least one of the release’s architectures failed, those aside that wait, run or were cancelled, of those that were read, up to 19 Nov 2026. A package counts once for each line of its development. Report of 20 Nov 2026.",
                "/9/builds?status=failed",
            ],
        ],
    );
    check(
        Some(exact),
        None,
        &[[
            "−2 days",
            what,
            "By nearest rank over 12 security advisories with both days known; nine in ten came on the day of RHEL’s. Report of 20 Nov 2026.",
            "/9/security?",
        ]],
    );
    let few = LagRecord { exact: 2, ..exact };
    check(
        Some(few),
        None,
        &[[
            "not known",
            what,
            "Both days are known of 2 security advisories, which is too few: a median is given from 10 on. Report of 20 Nov 2026.",
            "/9/security?",
        ]],
    );
}

#[test]
fn lags_are_told_as_of_the_day_of_their_clock() {
    let check = |exact: u32| {
        let lag = LagRecord {
            median_days: 6,
            p90_days: 9,
            exact,
            upper_bounds: 0,
            from_copies: 0,
        };
        let mut entry = entry(Some(lag), None);
        let security = entry.snapshots[0].security.as_mut().unwrap();
        security.as_of = Some(PointInTime("2026-11-05T04:10:00Z".parse().unwrap()));
        let numbers = progress_numbers(&entry, &[], None, ("AlmaLinux", "RHEL"));
        let formula = plain(&numbers[0].formula);
        let end = " As of 5 Nov 2026, 04:10 UTC: what came later could not be read.";
        assert!(formula.ends_with(end), "{formula}");
        assert!(!formula.contains("Report of"), "{formula}");
    };
    check(12);
    check(2);
}

#[test]
fn a_quarter_without_a_report_is_a_gap() {
    let bars = quarter_bars(&ledger(vec![
        quarter(2, 0, 0, 0, None),
        quarter(3, 1, 2, 1, None),
    ]));
    assert_eq!(bars[0].opened, None);
    assert_eq!(
        plain(&quarters_description(&bars)),
        "Q2 2026: no report. Q3 2026: 2 began, 1 resolved."
    );
}
