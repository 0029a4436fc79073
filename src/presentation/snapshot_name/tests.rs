//! Which snapshots are meant by names, and where they are looked for.

use super::*;
use crate::domain::Shares;
use crate::report::{HistorySnapshot, MonthEntry, PointInTime, SnapshotFigures};

fn digest(number: u8) -> Digest {
    Digest::try_from(number.to_string().repeat(64)).unwrap()
}

/// The snapshot of a day at ten past four in the morning.
fn snapshot(day: &str, minor: &str) -> SnapshotEntry {
    let taken: Timestamp = format!("{day}T04:10:00Z").parse().unwrap();
    SnapshotEntry {
        id: snapshot_id(taken),
        taken: PointInTime(taken),
        report: digest(0),
        distribution_minor: minor.to_owned(),
        reference_minor: minor.to_owned(),
        distribution_dated: None,
        distribution_dated_from: None,
        reference_dated: None,
        reference_dated_from: None,
        shares: Shares::default().into(),
        notices: Vec::new(),
        security: None,
        builds: None,
    }
}

/// A year of snapshots of minor releases, “9.5/9.6” where the reference's is another, of which those with a `!` were lost; its digest and those of its months are of their
/// numbers.
fn year(year: i32, days: &[(&str, &str)]) -> Arc<HistoryYear> {
    let entry = |day: &str, minors: &str| {
        let (distribution, reference) = minors.split_once('/').unwrap_or((minors, minors));
        SnapshotEntry {
            reference_minor: reference.to_owned(),
            ..snapshot(day.trim_end_matches('!'), distribution)
        }
    };
    let of_day = |(day, minors): &(&str, &str)| HistorySnapshot {
        entry: entry(day, minors),
        figures: (!day.ends_with('!')).then(|| SnapshotFigures {
            reviewed: 0,
            architectures: Vec::new(),
        }),
        since: Vec::new(),
        transitions: Vec::new(),
        reasons: Vec::new(),
    };
    let snapshots: Vec<HistorySnapshot> = days.iter().map(of_day).collect();
    let months = (1..=9).map(|month| MonthEntry {
        month,
        snapshots: 1,
        transitions: 0,
        digest: digest(month),
    });
    let snapshots: Vec<&HistorySnapshot> = snapshots.iter().collect();
    Arc::new(HistoryYear::new("9", year, &snapshots, months.collect()))
}

#[test]
fn names_of_snapshots_tell_their_month() {
    let check = |id: &str, expected: Option<(i32, u8)>| {
        assert_eq!(month_of_snapshot(id), expected, "{id}");
    };
    check("20261120T041000Z", Some((2026, 11)));
    check("2026-11-20", Some((2026, 11)));
    check("2026-13-20", None);
    check("ü026-11-20", None);
    check("20261320T041000Z", None);
    check("20261120", None);
    check("nonesuch-snapshot", None);
    check("ü0261120T041000Z", None);
    check("", None);
}

#[test]
fn a_snapshot_is_meant_by_its_name_or_its_day() {
    let snapshot = snapshot("2026-06-20", "9.6");
    for (name, expected) in [
        ("20260620T041000Z", true),
        ("2026-06-20", true),
        ("2026-06-21", false),
        ("2026-06", false),
        ("2026-06-20T04:10:00Z", false),
        ("", false),
    ] {
        assert_eq!(is_meant_by(name, &snapshot), expected, "{name}");
    }
}

#[test]
fn a_snapshot_is_named_by_its_name_its_minor_release_or_its_day() {
    let mut snapshots = ["2026-06-19", "2026-06-20", "2026-06-20"].map(|day| snapshot(day, "9.6"));
    snapshots[2].id = "20260620T161000Z".to_owned();
    let check = |name: &str, expected: Option<usize>| {
        let expected = expected.map(|index| &snapshots[index]);
        assert_eq!(snapshot_named(&snapshots, name), expected, "{name}");
    };
    check("20260619T041000Z", Some(0));
    check("9.6", Some(2));
    check("2026-06-19", Some(0));
    check("2026-06-20", Some(2));
    check("2026-06-21", None);
}

#[test]
fn a_minor_release_means_a_snapshot_in_which_both_sides_have_it() {
    let check = |references: [&str; 3], name: &str, expected: Option<usize>, note: Option<&str>| {
        let mut snapshots =
            ["2026-05-01", "2026-05-19", "2026-05-25"].map(|day| snapshot(day, "9.5"));
        for (snapshot, reference) in snapshots.iter_mut().zip(references) {
            reference.clone_into(&mut snapshot.reference_minor);
        }
        let found = snapshot_named(&snapshots, name);
        assert_eq!(
            found,
            expected.map(|index| &snapshots[index]),
            "{references:?}"
        );
        let told = found.and_then(|found| minor_note(name, found, "AlmaLinux", "RHEL"));
        assert_eq!(told.as_deref(), note, "{references:?}");
    };
    check(["9.5", "9.5", "9.6"], "9.5", Some(1), None);
    check(
        ["9.4", "9.4", "9.6"],
        "9.5",
        Some(2),
        Some(
            "9.5 means 20260525T041000Z, the newest report with AlmaLinux 9.5: RHEL is 9.6 there, and no report has 9.5 on both sides.",
        ),
    );
    check(["9.5", "9.5", "9.6"], "9.6", None, None);
    check(["9.5", "9.5", "9.6"], "2026-05-25", Some(2), None);
}

#[test]
fn what_the_index_does_not_list_is_looked_for_in_the_years_that_may_have_it() {
    let check = |older: u32, name: &str, expected: Option<&[i32]>| {
        let entry = |year: i32, snapshots: u32| YearEntry {
            year,
            snapshots,
            digest: digest(0),
        };
        let release = ReleaseEntry {
            lost: Vec::new(),
            coverages: Vec::new(),
            id: "9".to_owned(),
            architectures: Vec::new(),
            snapshots: vec![snapshot("2026-06-19", "9.5"), snapshot("2026-06-20", "9.6")],
            years: vec![entry(2025, older), entry(2026, 2)],
            ledger: None,
            sources: Vec::new(),
        };
        let years = years_with(&release, name);
        let years: Option<Vec<i32>> =
            years.map(|years| years.iter().map(|year| year.year).collect());
        assert_eq!(years.as_deref(), expected, "{older} {name}");
    };
    check(1, "2025-03-01", Some(&[2025]));
    check(1, "20250301T041000Z", Some(&[2025]));
    check(1, "2024-03-01", None);
    check(1, "9.4", Some(&[2025, 2026]));
    check(1, "9.6", None);
    // The one before it is asked for, too.
    check(1, "9.5", Some(&[2026]));
    check(1, "2026-06-19", Some(&[2026]));
    check(1, "nonesuch", None);
    check(0, "9.4", None);
    check(0, "9.5", None);
}

#[test]
fn a_minor_release_that_both_sides_have_in_no_listed_snapshot_is_looked_for_in_the_years() {
    let check = |older: u32, expected: Option<&[i32]>| {
        let mut newest = snapshot("2026-06-20", "9.5");
        newest.reference_minor = "9.6".to_owned();
        let release = ReleaseEntry {
            lost: Vec::new(),
            coverages: Vec::new(),
            id: "9".to_owned(),
            architectures: Vec::new(),
            snapshots: vec![newest],
            years: vec![YearEntry {
                year: 2026,
                snapshots: 1 + older,
                digest: digest(0),
            }],
            ledger: None,
            sources: Vec::new(),
        };
        let years = years_with(&release, "9.5");
        let years: Option<Vec<i32>> =
            years.map(|years| years.iter().map(|year| year.year).collect());
        assert_eq!(years.as_deref(), expected);
    };
    check(1, Some(&[2026]));
    check(0, None);
}

#[test]
fn a_minor_release_means_its_last_report_that_was_not_lost() {
    let years = [
        year(2025, &[("2025-08-01", "9.3"), ("2025-09-01", "9.4")]),
        year(
            2026,
            &[
                ("2026-01-01", "9.4"),
                ("2026-02-01", "9.4"),
                ("2026-03-01!", "9.4"),
                ("2026-03-02", "9.4/9.5"),
                ("2026-04-01", "9.5/9.4"),
            ],
        ),
    ];
    let check = |name: &str, expected: Option<(u8, &str)>| {
        let expected = expected.map(|(month, name)| (digest(month), name.to_owned()));
        assert_eq!(month_with(&years, name), expected, "{name}");
    };
    check("9.4", Some((2, "20260201T041000Z")));
    check("9.3", Some((8, "20250801T041000Z")));
    check("9.5", Some((4, "20260401T041000Z")));
    check("9.6", None);
    check("2026-03-01", Some((3, "2026-03-01")));
    check("20250801T041000Z", Some((8, "20250801T041000Z")));
    check("2024-08-01", None);
    check("2026-12-01", None);
}
