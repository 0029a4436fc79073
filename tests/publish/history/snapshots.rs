//! What each snapshot adds to the history, and what a repeated or late run does to it.

use super::super::support::{World, package};
use super::{
    DAYS, EXPECTED, assert_holds, day_by_day, ended, ledger, publish_day, reached, release, set_up,
    side, told, years,
};
use almanac::analysis::deviations;
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{EndingName, HistoryYear};
use std::fs;

#[test]
fn each_snapshot_adds_its_shares_and_what_became_of_packages() {
    let world = World::new();
    day_by_day(&world, &world.output());
    assert_eq!(told(&world.output()), EXPECTED);
    let years = years(&world.output());
    let counts: Vec<(i32, usize, usize)> = years
        .iter()
        .map(|year| (year.year, year.taken.len(), year.months.len()))
        .collect();
    assert_eq!(counts, [(2026, 4, 2), (2027, 1, 1)]);
    let diverging: Vec<u32> = years
        .iter()
        .flat_map(HistoryYear::points)
        .map(|point| point.shares.diverging)
        .collect();
    assert_eq!(diverging, [1, 2, 2, 1, 0]);
    let on: Vec<Option<u32>> = years[0]
        .points()
        .iter()
        .map(|point| point.architectures[0].map(|shares| shares.diverging))
        .collect();
    assert_eq!(on, [Some(1), Some(2), Some(2), Some(1)]);
    assert_holds(&world.output());
}

#[test]
fn the_ledger_says_when_each_deviation_began_and_how_it_ended() {
    let world = World::new();
    day_by_day(&world, &world.output());
    let ledger = ledger(&world.output());
    assert_eq!(ledger.open, []);
    let quarters: Vec<_> = ledger
        .quarters
        .iter()
        .map(|q| {
            (
                q.year,
                q.quarter,
                q.opened,
                q.found_at_first,
                q.resolved,
                q.median_days_open,
            )
        })
        .collect();
    assert_eq!(
        quarters,
        [(2026, 4, 1, 1, 1, Some(2)), (2027, 1, 0, 0, 1, None)]
    );
    let ended: Vec<_> = ended(&world.output())
        .into_iter()
        .map(|record| {
            let after = record.opened_after.map(|after| after.0.to_string());
            let end = record.ending.unwrap();
            (
                record.package,
                record.opened.0.to_string(),
                after,
                end.at.0.to_string(),
                end.how,
            )
        })
        .collect();
    let owned = |text: &str| text.to_owned();
    assert_eq!(
        ended,
        [
            (
                owned("bash"),
                owned(DAYS[1]),
                Some(owned(DAYS[0])),
                owned(DAYS[3]),
                EndingName::Resynced
            ),
            (
                owned("zsh"),
                owned(DAYS[0]),
                None,
                owned(DAYS[4]),
                EndingName::RemovedByBoth
            ),
        ]
    );
}

#[test]
fn a_repeated_run_replaces_its_snapshot_alone() {
    let world = World::new();
    day_by_day(&world, &world.output());
    let good = reached(&world.output());
    publish_day(&world, &world.output(), 2);
    assert_eq!(told(&world.output()), EXPECTED);
    assert!(reached(&world.output()) == good);
    // What is found otherwise the second time is told otherwise, on that day and on the next.
    set_up(&world, 0);
    world
        .publish_into(&world.output(), DAYS[2], 2)
        .unwrap_or_else(|error| panic!("{error}"));
    let found = told(&world.output());
    assert_eq!(
        found[2],
        "1101 since 1031: bash@x86_64 Diverging to Matched"
    );
    assert_eq!(found[3], "1102 since 1101: ");
    // The report that was replaced stays, and nothing refers to it.
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn a_snapshot_that_is_filled_in_later_gives_the_same_history() {
    let (world, late) = (World::new(), World::new());
    day_by_day(&world, &world.output());
    for day in [4, 0, 3, 1, 2] {
        publish_day(&late, &late.output(), day);
    }
    assert_eq!(told(&late.output()), EXPECTED);
    assert_eq!(ended(&late.output()), ended(&world.output()));
    assert_holds(&late.output());
}

#[test]
fn an_architecture_that_is_left_out_for_a_day_makes_no_transitions() {
    let world = World::new();
    let both = "[[release.architecture]]\nname = \"aarch64\"\n[[release.distribution]]";
    world.reconfigure("[[release.distribution]]", both);
    let publish = |day: usize, aarch64: Option<(&str, &str)>| {
        set_up(&world, 0);
        if let Some((distribution, reference)) = aarch64 {
            side(&world, "distribution", "aarch64", distribution, "");
            side(&world, "reference", "aarch64", reference, "");
        } else {
            world.reconfigure(both, "[[release.distribution]]");
        }
        world
            .publish_into(&world.output(), DAYS[day], 2)
            .unwrap_or_else(|error| panic!("{error}"));
        if aarch64.is_none() {
            world.reconfigure("[[release.distribution]]", both);
        }
    };
    publish(0, Some(("1-1", "1-1")));
    publish(1, None);
    publish(2, Some(("1-1", "1-2")));
    assert_eq!(
        told(&world.output()),
        [
            "1030 since : zsh@x86_64 none to Diverging",
            "1031 since 1030: ",
            "1101 since 1031+1030: bash@aarch64 Matched to Diverging",
        ]
    );
    let points = years(&world.output())[0].points();
    let aarch64: Vec<bool> = points
        .iter()
        .map(|point| point.architectures[1].is_some())
        .collect();
    assert_eq!(aarch64, [true, false, true]);
    let coverages = release(&world.output()).coverages;
    let coverages: Vec<(String, String)> = coverages
        .iter()
        .map(|coverage| {
            (
                coverage.from.0.to_string(),
                coverage.architectures.join("+"),
            )
        })
        .collect();
    let expected = [(DAYS[1], "x86_64"), (DAYS[2], "aarch64+x86_64")];
    assert_eq!(
        coverages,
        expected.map(|(day, names)| (day.to_owned(), names.to_owned()))
    );
    assert_holds(&world.output());
}

#[test]
fn the_index_lists_the_newest_snapshots_and_the_years_have_all() {
    let world = World::new();
    set_up(&world, 0);
    let first: almanac::domain::Timestamp = "2026-01-01T04:10:00Z".parse().unwrap();
    for day in 0..40 {
        let taken =
            almanac::domain::Timestamp::from_unix_seconds(first.unix_seconds() + day * 86_400);
        world
            .publish_into(&world.output(), &taken.unwrap().to_string(), 2)
            .unwrap_or_else(|error| panic!("{error}"));
    }
    let release = release(&world.output());
    assert_eq!(
        (release.snapshots.len(), release.snapshot_count()),
        (32, 40)
    );
    assert_eq!(release.snapshots[0].id, "20260109T041000Z");
    assert_eq!(told(&world.output()).len(), 40);
    assert_holds(&world.output());
    let compared = std::process::Command::new(env!("CARGO_BIN_EXE_almanac"))
        .args([
            "compare",
            "20260101T041000Z",
            "20260209T041000Z",
            "--reports",
        ])
        .arg(world.output())
        .output()
        .unwrap();
    let printed = String::from_utf8(compared.stdout).unwrap();
    assert!(
        printed.contains("from 20260101T041000Z to 20260209T041000Z"),
        "{printed}"
    );
}

#[test]
fn the_fold_of_no_snapshot_is_empty() {
    assert_eq!(deviations(&[]), []);
}

#[test]
fn the_feed_says_how_many_deviations_it_leaves_out() {
    let check = |deviations: usize, expected: Option<&str>| {
        let world = World::new();
        for (folder, release) in [("distribution/x86_64", 1), ("reference/x86_64", 2)] {
            let packages: Vec<_> = (0..deviations)
                .map(|number| {
                    let build = format!("p{number}-1-{release}.el9");
                    package(&format!("{build}.x86_64"), &build)
                })
                .collect();
            world.repository(folder, &packages, WrittenCompression::Gzip);
        }
        world.publish_into(&world.output(), DAYS[0], 2).unwrap();
        let atom = fs::read_to_string(world.output().join("deviations.atom")).unwrap();
        assert_eq!(atom.matches("<entry>").count(), deviations.min(200));
        let subtitle = atom.split_once("<subtitle>");
        let subtitle = subtitle.and_then(|(_, rest)| Some(rest.split_once('<')?.0));
        assert_eq!(subtitle, expected);
        let link = "<link rel=\"related\" href=\"deviations.json\"/>";
        assert_eq!(atom.contains(link), expected.is_some());
    };
    check(200, None);
    check(
        203,
        Some(
            "The newest 200 of 203 deviations that are open or ended within a year; deviations.json has all of them.",
        ),
    );
}
