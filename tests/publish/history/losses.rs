//! What lost reports, documents and indexes do to the history.

use super::super::support::{World, assert_told, document};
use super::{
    DAYS, EXPECTED, as_format_1_0, assert_holds, day_by_day, ended, ledger, months, publish_day,
    release, set_up, side, told, years,
};
use almanac::presentation::history::{TrendRange, listed_trend, trend_of_years};
use almanac::publish::history::join;
use almanac::publish::verification::verify;
use almanac::report::Index;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

#[test]
fn a_lost_report_is_a_gap_and_its_changes_are_told_by_the_next() {
    let world = World::new();
    for day in 0..4 {
        publish_day(&world, &world.output(), day);
    }
    let lost = &release(&world.output()).snapshots[1].report;
    let report = world.output().join(format!("compatibility/{lost}.json"));
    let kept = world.path("kept");
    fs::rename(&report, &kept).unwrap();
    as_format_1_0(&world.output());
    set_up(&world, 4);
    let publication = world
        .publish_into(&world.output(), DAYS[4], 2)
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(publication.losses.len(), 1, "{:?}", publication.losses);
    let summary = almanac::publish::summary(&publication);
    assert!(
        summary.contains("history: a snapshot is a gap in it"),
        "{summary}"
    );
    assert_eq!(
        told(&world.output()),
        [
            EXPECTED[0],
            "1031 since : ",
            "1101 since 1030: bash@x86_64 Matched to Diverging",
            EXPECTED[3],
            EXPECTED[4],
        ]
    );
    let months = months(&world.output());
    assert_eq!(months[0].snapshots[1].figures, None);
    let points = years(&world.output())[0].points();
    assert_eq!(
        points[1].shares.diverging, 2,
        "the share is that of the index"
    );
    assert_eq!(points[1].architectures, [None]);
    assert_eq!(points[1].reviewed, None);
    assert_eq!(listed(&world.output()), ["1030", "1101", "1102", "0103"]);
    assert_eq!(verify(&world.output()).faults, []);
    let index = world.output().join("index.json");
    let mut told: serde_json::Value = serde_json::from_slice(&fs::read(&index).unwrap()).unwrap();
    let of_release = told["releases"][0].as_object_mut().unwrap();
    assert!(of_release.remove("lost").is_some());
    fs::write(&index, told.to_string()).unwrap();
    let cause = "the lost snapshots of release 9 are not those of its history";
    assert_told(&world, "index.json", cause);
}

/// The days of the snapshots that the index lists.
fn listed(folder: &Path) -> Vec<String> {
    let snapshots = release(folder).snapshots;
    let days = snapshots
        .iter()
        .map(|snapshot| snapshot.id[4..8].to_owned());
    days.collect()
}

fn lose_report(folder: &Path, position: usize) {
    let lost = &release(folder).snapshots[position].report;
    fs::remove_file(folder.join(format!("compatibility/{lost}.json"))).unwrap();
}

#[test]
fn a_joined_set_leads_nobody_to_a_lost_report() {
    let world = World::new();
    day_by_day(&world, &world.output());
    lose_report(&world.output(), 1);
    let joined = world.path("joined");
    let result = join(&[world.output()], &joined).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(result.losses.len(), 1);
    let loss = result.losses[0].to_string();
    assert!(
        loss.starts_with("release 9 at 20261031T041000Z: ")
            && loss.contains("names this document, and it is not there"),
        "{loss}"
    );
    assert_eq!(listed(&joined), ["1030", "1101", "1102", "0103"]);
    assert_eq!(
        told(&joined),
        [
            EXPECTED[0],
            "1031 since : ",
            "1101 since 1030: bash@x86_64 Matched to Diverging",
            EXPECTED[3],
            EXPECTED[4],
        ]
    );
    assert_eq!(verify(&joined).faults, []);
    let years: Vec<_> = years(&joined).into_iter().map(Arc::new).collect();
    let trend = trend_of_years(&years, TrendRange::All, ("AlmaLinux", "RHEL"));
    assert_eq!(trend.points().len(), 4, "the lost one is no point");
    let listed = listed_trend(&release(&joined), TrendRange::Recent, ("AlmaLinux", "RHEL"));
    for trend in [trend, listed] {
        let lengths: Vec<usize> = trend.segments().map(<[_]>::len).collect();
        assert_eq!(lengths, [1, 2, 1], "no line is drawn through the lost one");
    }
}

#[test]
fn a_deviation_that_a_lost_report_may_have_broken_says_so() {
    let world = World::new();
    day_by_day(&world, &world.output());
    let lost = |folder: &Path| -> Vec<(String, u32)> {
        let ended = ended(folder).into_iter();
        ended
            .map(|record| (record.package, record.reports_lost))
            .collect()
    };
    let of = |bash, zsh| [("bash".to_owned(), bash), ("zsh".to_owned(), zsh)];
    assert_eq!(lost(&world.output()), of(0, 0));
    // The last report left that shows bash is the one before; zsh is shown after it, too.
    lose_report(&world.output(), 2);
    let joined = world.path("joined");
    join(&[world.output()], &joined).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(lost(&joined), of(0, 1));
    assert_eq!(verify(&joined).faults, []);
    for (feed, expected) in [
        (
            "csv",
            "Z,removed-by-both,,,,1,,x86_64 2027-01-03T04:10:00Z removed-by-both\r\n",
        ),
        (
            "atom",
            ", and 1 report was lost in between: whether it deviated then is not known. ",
        ),
    ] {
        let text = fs::read_to_string(joined.join(format!("deviations.{feed}"))).unwrap();
        assert_eq!(text.matches(expected).count(), 1, "{text}");
    }
}

/// The names that entries of the Atom feed have, by their titles.
fn atom_names(folder: &Path) -> BTreeMap<String, String> {
    let atom = fs::read_to_string(folder.join("deviations.atom")).unwrap();
    let of = |entry: &str, element: &str| {
        let (_, rest) = entry.split_once(&format!("<{element}>")).unwrap();
        rest.split('<').next().unwrap().to_owned()
    };
    let entries = atom.split("<entry>").skip(1);
    entries
        .map(|entry| (of(entry, "title"), of(entry, "id")))
        .collect()
}

#[test]
fn an_entry_of_the_feed_keeps_its_name_where_an_earlier_report_is_filled_in() {
    let world = World::new();
    for day in [1, 2, 3] {
        publish_day(&world, &world.output(), day);
    }
    let opened = |folder: &Path| ledger(folder).open[0].opened.0.to_string();
    let names = atom_names(&world.output());
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!(opened(&world.output()), DAYS[1]);
    publish_day(&world, &world.output(), 0);
    assert_eq!(opened(&world.output()), DAYS[0]);
    assert_eq!(atom_names(&world.output()), names);
    assert_holds(&world.output());
}

/// What the command prints, on both outputs.
fn printed(arguments: &[&str], folder: &Path) -> String {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_almanac"))
        .args(arguments)
        .arg(folder)
        .output()
        .unwrap();
    String::from_utf8([done.stdout, done.stderr].concat()).unwrap()
}

#[test]
fn a_gap_is_told_as_one_on_the_command_line() {
    let world = World::new();
    day_by_day(&world, &world.output());
    let (source, joined) = (world.output(), world.path("joined"));
    let compare = ["compare", "2026-10-30", "2026-11-01", "--reports"];
    let whole = printed(&compare, &source);
    assert!(whole.contains("RHEL changed its version (1)"), "{whole}");
    assert!(!whole.contains("gap"), "{whole}");
    for position in [1, 3] {
        lose_report(&source, position);
    }
    let told = printed(&["history", &source.to_string_lossy(), "--output"], &joined);
    let line = "AlmaLinux 9: 3 snapshots in 2 years, and 2 gaps whose reports were lost\n";
    assert!(told.contains(line), "{told}");
    let check = |from: &str, to: &str, expected: &str| {
        let told = printed(&["compare", from, to, "--reports"], &joined);
        assert!(told.contains(expected), "{from} {to}: {told}");
    };
    check(
        "2026-10-30",
        "2026-11-01",
        "note: There is a gap in between: the report of 20261031T041000Z was lost. What was so only then is not known.",
    );
    check(
        "2026-10-30",
        "2027-01-03",
        "note: There are gaps in between: 2 reports were lost, from 20261031T041000Z to 20261102T041000Z.",
    );
    for day in ["2026-10-31", "20261031T041000Z"] {
        check(
            day,
            "2026-11-01",
            "and 2026-11-01; the report of release 9 at 20261031T041000Z was lost, a gap",
        );
    }
}

#[test]
fn where_the_newest_report_is_lost_the_one_before_is_the_newest() {
    let world = World::new();
    day_by_day(&world, &world.output());
    lose_report(&world.output(), 4);
    let joined = world.path("joined");
    join(&[world.output()], &joined).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(listed(&joined), ["1030", "1031", "1101", "1102"]);
    let index: Index = document(&joined.join("index.json"));
    assert_eq!(index.generated.0.to_string(), DAYS[3]);
    assert_eq!(verify(&joined).faults, []);
    for position in 0..4 {
        lose_report(&world.output(), position);
    }
    let error = join(&[world.output()], &world.path("nothing")).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("names this document, and it is not there"),
        "{error}"
    );
}

#[test]
fn a_history_that_cannot_be_read_stops_the_run_and_is_kept() {
    let world = World::new();
    publish_day(&world, &world.output(), 0);
    world.check_fault(
        |world| {
            let digest = &years(&world.output())[0].months[0].digest;
            let path = world.output().join(format!("months/{digest}.json"));
            fs::write(path, "{").unwrap();
        },
        &[
            "months/",
            "its digest is not its name",
            "remedy: restore the file from a copy",
        ],
    );
}

#[test]
fn an_index_that_is_lost_is_noticed_and_a_copy_of_it_leads_to_the_same_history() {
    let world = World::new();
    let index = world.output().join("index.json");
    for day in 0..3 {
        publish_day(&world, &world.output(), day);
    }
    let copy = fs::read(&index).unwrap();
    publish_day(&world, &world.output(), 3);
    set_up(&world, 4);
    let expected = [
        "published/index.json: the folder has reports, and this file, which names them, is not there",
        "remedy: restore the file from a copy",
    ];
    world.check_fault(|_| fs::remove_file(&index).unwrap(), &expected);
    // Neither is it joined to another set as if it had nothing, nor overwritten by one.
    let other = world.path("other");
    publish_day(&world, &other, 4);
    for (folder, output) in [
        (world.output(), world.path("joined")),
        (other.clone(), world.output()),
    ] {
        let error = join(&[folder], &output).unwrap_err().to_string();
        for words in expected {
            assert!(error.contains(words), "{error}");
        }
    }
    fs::write(&index, copy).unwrap();
    for day in [3, 4] {
        publish_day(&world, &world.output(), day);
    }
    assert_eq!(told(&world.output()), EXPECTED);
    assert_holds(&world.output());
}

#[test]
fn a_snapshot_of_the_future_is_refused() {
    let world = World::new();
    let output = world.publish_from("here", "kept", "2962-01-02T00:00:00Z");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{told}");
    let expected = "error: --at: 2962-01-02T00:00:00Z is more than a day after the clock of this machine\nremedy: correct it";
    assert!(told.starts_with(expected), "{told}");
    assert!(!world.output().exists());
}

#[test]
fn an_entry_of_the_feed_keeps_its_name_where_another_deviation_is_found_before_it() {
    let ids = |folder: &Path| -> Vec<(String, String)> {
        let atom = fs::read_to_string(folder.join("deviations.atom")).unwrap();
        let of = |entry: &str, element: &str| {
            let (_, rest) = entry.split_once(&format!("<{element}>")).unwrap();
            rest.split_once('<').unwrap().0.to_owned()
        };
        let entries = atom.split("<entry>").skip(1);
        let entries = entries.filter(|entry| of(entry, "title").starts_with("bash "));
        entries
            .map(|entry| (of(entry, "published"), of(entry, "id")))
            .collect()
    };
    let id_of = |ids: &[(String, String)], opened: &str| {
        let mut ids = ids.iter();
        ids.find(|(published, _)| published == opened)
            .unwrap()
            .1
            .clone()
    };
    let check = |reference: [&str; 4], late: usize, moved_to: usize| {
        let world = World::new();
        let days = (0..4).filter(|day| *day != late).chain([late]);
        let mut before = Vec::new();
        for day in days {
            if day == late {
                before = ids(&world.output());
            }
            side(&world, "distribution", "x86_64", "1-1", "");
            side(&world, "reference", "x86_64", reference[day], "");
            world.publish_into(&world.output(), DAYS[day], 2).unwrap();
        }
        let after = ids(&world.output());
        assert_eq!(before.len(), 1);
        assert_eq!(id_of(&after, DAYS[moved_to]), before[0].1);
        let mut names: Vec<&String> = after.iter().map(|(_, id)| id).collect();
        names.dedup();
        assert_eq!(names.len(), after.len());
        assert_eq!(verify(&world.output()).faults, []);
        // Made again from what was published, it keeps them, too.
        let joined = world.path("joined");
        join(&[world.output()], &joined).unwrap();
        assert_eq!(ids(&joined), after);
    };
    // Its beginning moves to an earlier day, or another one is found before it.
    check(["1-1", "1-2", "1-2", "1-2"], 1, 1);
    check(["1-1", "1-2", "1-1", "1-2"], 1, 3);
}
