//! Tests of the trend.

use super::*;

fn at(day: &str) -> Timestamp {
    day.parse().unwrap()
}

fn point(day: &str, matching: u32, compared: u32) -> TrendPoint {
    TrendPoint {
        taken: at(day),
        matching,
        compared,
    }
}

fn trend(days: &[&str]) -> Trend {
    let points = days.iter().map(|day| point(day, 1, 2));
    Trend::new(points, [], GAP_FACTOR)
}

#[test]
fn breaks_the_line_where_snapshots_are_missing() {
    let check = |days: &[&str], expected: &[usize]| {
        let trend = trend(days);
        let lengths: Vec<_> = trend.segments().map(<[_]>::len).collect();
        assert_eq!(lengths, expected, "{days:?}");
    };
    check(&[], &[]);
    check(&["2026-01-01"], &[1]);
    check(&["2026-01-01", "2026-06-01"], &[2]);
    check(
        &["2026-01-01", "2026-01-08", "2026-01-15", "2026-01-25"],
        &[4],
    );
    check(
        &["2026-01-01", "2026-01-08", "2026-01-15", "2026-01-26"],
        &[3, 1],
    );
    // One daily run is lost, and months are not equally long.
    check(
        &["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-05"],
        &[3, 1],
    );
    check(
        &["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"],
        &[4],
    );
    // Several snapshots a day are no shorter rhythm, and a day is none where one of them is lost.
    let twice = [
        "2026-01-01T04:10:00Z",
        "2026-01-01T06:10:00Z",
        "2026-01-02T04:10:00Z",
        "2026-01-02T06:10:00Z",
        "2026-01-03T06:10:00Z",
    ];
    check(&twice, &[5]);
    let skipped = [&twice[..], &["2026-01-05T04:10:00Z"]].concat();
    check(&skipped, &[5, 1]);
    check(&twice[..2], &[2]);
    check(
        &[
            "2026-01-01",
            "2026-03-01",
            "2026-03-08",
            "2026-03-15",
            "2026-03-22",
        ],
        &[1, 4],
    );
}

#[test]
fn breaks_the_line_at_a_snapshot_whose_share_is_not_known() {
    let days = ["2026-01-01", "2026-01-03", "2026-01-10", "2026-01-17"];
    let check = |untold: &[&str], expected: &[usize], words: &str| {
        let trend = trend(&days).broken_at(untold.iter().map(|day| at(day)));
        let lengths: Vec<_> = trend.segments().map(<[_]>::len).collect();
        assert_eq!(lengths, expected, "{untold:?}");
        let description = trend.description().replace('\u{a0}', " ");
        assert!(description.ends_with(words), "{description}");
    };
    check(&[], &[4], "%.");
    check(&["2025-12-31", "2026-01-18"], &[4], "%.");
    let gap = "No share is known between 1 Jan 2026 and 3 Jan 2026.";
    check(&["2026-01-02"], &[1, 3], gap);
    check(&["2026-01-15", "2026-01-02"], &[1, 2, 1], "17 Jan 2026.");
    let nothing_compared = point("2026-01-02", 0, 0);
    let points = days.map(|day| point(day, 1, 2));
    let trend = Trend::new(points.into_iter().chain([nothing_compared]), [], GAP_FACTOR);
    assert_eq!(trend.segments().count(), 2);
    assert_eq!(trend.thinned(2).segments().count(), 2);
}

#[test]
fn sorts_and_leaves_out_what_has_no_share() {
    let mark = |day, release: &str| ReleaseMark {
        first_seen: at(day),
        release: release.to_owned(),
    };
    let trend = Trend::new(
        [
            point("2026-02-01", 3, 4),
            point("2026-01-15", 0, 0),
            point("2026-01-01", 1, 4),
        ],
        [
            mark("2026-03-01", "9.7"),
            mark("2026-01-20", "9.6"),
            mark("2025-12-31", "9.5"),
        ],
        GAP_FACTOR,
    );
    let shares: Vec<_> = trend.points().iter().map(TrendPoint::share).collect();
    assert_eq!(shares, [0.25, 0.75]);
    assert_eq!(trend.releases(), [mark("2026-01-20", "9.6")]);
}

#[test]
fn says_the_chart_in_words() {
    let check = |trend: Trend, expected: &str| {
        assert_eq!(trend.description().replace('\u{a0}', " "), expected);
    };
    check(trend(&[]), NO_SNAPSHOT);
    check(
        trend(&["2026-11-20"]),
        "One snapshot, 20 Nov 2026: 50.0 %, 1 of 2. The axis runs from 49.8 % to 50.2 %.",
    );
    let points = [
        point("2026-01-01", 980, 1000),
        point("2026-01-08", 985, 1000),
        point("2026-01-15", 979, 1000),
        point("2026-03-15", 984, 1000),
    ];
    let released = ReleaseMark {
        first_seen: at("2026-01-10"),
        release: "9.6".to_owned(),
    };
    check(
        Trend::new(points, [released], GAP_FACTOR),
        "4 snapshots, from 1 Jan 2026: 98.0 % to 15 Mar 2026: 98.4 %. \
         Lowest on 15 Jan 2026: 97.9 %, highest on 8 Jan 2026: 98.5 %. \
         The axis runs from 97.8 % to 98.6 %. 9.6 first seen on 10 Jan 2026. \
         No snapshot between 15 Jan 2026 and 15 Mar 2026.",
    );
}

#[test]
fn many_points_are_thinned_and_no_gap_is_lost() {
    let days = (0..4_000).filter(|day| !(1_000..1_100).contains(day));
    let points = days.map(|day| TrendPoint {
        taken: Timestamp::from_unix_days(20_000 + day).unwrap(),
        matching: 1,
        compared: 2,
    });
    let all = Trend::new(points, [], GAP_FACTOR);
    let newest = *all.latest().unwrap();
    let thinned = all.thinned(400);
    let lengths: Vec<usize> = thinned.segments().map(<[_]>::len).collect();
    assert_eq!(lengths.len(), 2);
    assert!(
        (300..=402).contains(&lengths.iter().sum::<usize>()),
        "{lengths:?}"
    );
    assert_eq!(*thinned.latest().unwrap(), newest);
    let ends: Vec<i64> = thinned
        .segments()
        .flat_map(|segment| [segment[0], segment[segment.len() - 1]])
        .map(|point| point.taken.unix_days() - 20_000)
        .collect();
    assert_eq!(ends, [0, 999, 1_100, 3_999]);
    let note = thinned.thinned_note().unwrap();
    assert!(
        note.ends_with("of 3,900 snapshots are drawn, evenly apart."),
        "{note}"
    );
    assert_eq!(trend(&["2026-01-01"]).thinned(1).thinned_note(), None);
}

#[test]
fn the_table_starts_with_the_newest() {
    let points = [point("2026-01-01", 1, 4), point("2026-11-20", 2655, 2684)];
    let marks = [("2026-11-02", "RHEL 9.6"), ("2026-11-20", "AlmaLinux 9.6")];
    let marks = marks.map(|(day, release)| ReleaseMark {
        first_seen: at(day),
        release: release.to_owned(),
    });
    let trend = Trend::new(points, marks, GAP_FACTOR);
    let rows = trend.rows();
    let row = &rows[0];
    assert_eq!(
        [
            &row.day,
            &row.share,
            &row.matching,
            &row.compared,
            &row.releases
        ]
        .map(|text| text.replace('\u{a0}', " ")),
        [
            "20 Nov 2026",
            "98.9 %",
            "2,655",
            "2,684",
            "RHEL 9.6 first seen 2 Nov 2026, AlmaLinux 9.6 first seen"
        ]
    );
    assert_eq!(rows[1].releases, "");
}

#[test]
fn breaks_the_line_where_the_share_is_of_other_architectures() {
    let coverage = |from: &str, architectures: &[&str]| Coverage {
        from: at(from),
        architectures: architectures.iter().map(|&name| name.to_owned()).collect(),
    };
    let days = ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"];
    let check = |coverages: &[Coverage], expected: &[usize], note: Option<&str>| {
        let trend = trend(&days).broken_at_coverages(coverages.iter().cloned());
        let lengths: Vec<_> = trend.segments().map(<[_]>::len).collect();
        assert_eq!(lengths, expected, "{coverages:?}");
        let found = trend
            .coverage_note()
            .map(|note| note.replace('\u{a0}', " "));
        assert_eq!(found.as_deref(), note);
        let description = trend.description().replace('\u{a0}', " ");
        assert!(description.ends_with(note.unwrap_or("%.")), "{description}");
    };
    check(&[], &[4], None);
    check(&[coverage("2026-01-01", &["x86_64"])], &[4], None);
    check(
        &[coverage("2026-01-03", &["aarch64", "x86_64"])],
        &[2, 2],
        Some(
            "From 3 Jan 2026 on the share is of other architectures than before: aarch64, x86_64.",
        ),
    );
}
