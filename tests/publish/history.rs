//! The history: what each snapshot adds, what a repeated, lost or late run does to it, and making it again from old sets.

use super::support::{World, document, package, tree};
use almanac::analysis::deviations;
use almanac::presentation::history::{TrendRange, listed_trend, trend_of_years};
use almanac::publish::history::join;
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{
    DeviationRecord, EndedDeviations, EndingName, HistoryMonth, HistorySnapshot, HistoryYear,
    Index, Ledger, ReleaseEntry,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const DAYS: [&str; 5] = [
    "2026-10-30T04:10:00Z",
    "2026-10-31T04:10:00Z",
    "2026-11-01T04:10:00Z",
    "2026-11-02T04:10:00Z",
    "2027-01-03T04:10:00Z",
];

/// Writes one side with the versions of bash and zsh; a side has no package whose version is empty.
fn side(world: &World, side: &str, architecture: &str, bash: &str, zsh: &str) {
    let packages: Vec<_> = [("bash", bash), ("zsh", zsh)]
        .into_iter()
        .filter(|(_, version)| !version.is_empty())
        .map(|(name, version)| {
            package(
                &format!("{name}-{version}.el9.{architecture}"),
                &format!("{name}-{version}.el9"),
            )
        })
        .collect();
    let folder = format!("{side}/{architecture}");
    world.repository(&folder, &packages, WrittenCompression::Gzip);
}

/// What both sides have on the days: bash is late, then in step; zsh is late from the first day, and taken out in the end.
fn set_up(world: &World, day: usize) {
    let (distribution, reference) = match day {
        0 => (["1-1", "5-1"], ["1-1", "5-2"]),
        1 => (["1-1", "5-1"], ["1-2", "5-2"]),
        2 => (["1-1", "5-1"], ["1-2", "5-2"]),
        3 => (["1-2", "5-1"], ["1-2", "5-2"]),
        _ => (["1-2", ""], ["1-2", ""]),
    };
    side(
        world,
        "distribution",
        "x86_64",
        distribution[0],
        distribution[1],
    );
    side(world, "reference", "x86_64", reference[0], reference[1]);
}

fn publish_day(world: &World, output: &Path, day: usize) {
    set_up(world, day);
    if let Err(error) = world.publish_into(output, DAYS[day], 2) {
        panic!("{error}");
    }
}

fn release(folder: &Path) -> ReleaseEntry {
    let index: Index = document(&folder.join("index.json"));
    index.releases[0].clone()
}

fn years(folder: &Path) -> Vec<HistoryYear> {
    let release = release(folder);
    let years = release.years.iter();
    years
        .map(|year| document(&folder.join(format!("years/{}.json", year.digest))))
        .collect()
}

fn months(folder: &Path) -> Vec<HistoryMonth> {
    let years = years(folder);
    let months = years.iter().flat_map(|year| &year.months);
    months
        .map(|month| document(&folder.join(format!("months/{}.json", month.digest))))
        .collect()
}

/// Each snapshot in words: its day, those that it is compared with, and its transitions.
fn told(folder: &Path) -> Vec<String> {
    let of_snapshot = |month: &HistoryMonth, snapshot: &HistorySnapshot| {
        let since: Vec<&str> = snapshot
            .since
            .iter()
            .map(|since| &since.snapshot[4..8])
            .collect();
        let transitions: Vec<String> = month
            .transitions_of(snapshot)
            .iter()
            .map(|transition| {
                let verdict = |standing: &almanac::domain::Standing| {
                    standing.outcome.map_or("none".to_owned(), |outcome| {
                        format!("{:?}", outcome.verdict)
                    })
                };
                format!(
                    "{}@{} {} to {}",
                    transition.package,
                    transition.architectures.join("+"),
                    verdict(&transition.before),
                    verdict(&transition.after)
                )
            })
            .collect();
        let id = &snapshot.entry.id[4..8];
        format!("{id} since {}: {}", since.join("+"), transitions.join(", "))
    };
    months(folder)
        .iter()
        .flat_map(|month| {
            month
                .snapshots
                .iter()
                .map(|snapshot| of_snapshot(month, snapshot))
        })
        .collect()
}

fn ledger(folder: &Path) -> Ledger {
    let digest = release(folder).ledger.expect("a ledger");
    document(&folder.join(format!("ledgers/{digest}.json")))
}

fn ended(folder: &Path) -> Vec<DeviationRecord> {
    let ledger = ledger(folder);
    let quarters = ledger
        .quarters
        .iter()
        .filter_map(|quarter| quarter.ended.as_ref());
    quarters
        .flat_map(|digest| {
            let document: EndedDeviations = document(&folder.join(format!("ended/{digest}.json")));
            document.deviations
        })
        .collect()
}

/// Everything that readers reach from the index, by path; superseded documents are left out.
fn reached(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files: BTreeMap<PathBuf, Vec<u8>> = tree(folder)
        .into_iter()
        .map(|(path, bytes)| (path.strip_prefix(folder).unwrap().to_owned(), bytes))
        .collect();
    let release = release(folder);
    let mut digests: Vec<String> = release
        .years
        .iter()
        .map(|year| year.digest.to_string())
        .collect();
    digests.extend(release.ledger.iter().map(ToString::to_string));
    for year in years(folder) {
        digests.extend(year.months.iter().map(|month| month.digest.to_string()));
    }
    let quarters = ledger(folder).quarters;
    digests.extend(
        quarters
            .iter()
            .filter_map(|quarter| Some(quarter.ended.as_ref()?.to_string())),
    );
    files.retain(|path, _| {
        let is_history = ["years", "months", "ledgers", "ended"]
            .iter()
            .any(|name| path.starts_with(name));
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        !is_history || digests.contains(&stem)
    });
    files
}

fn assert_holds(folder: &Path) {
    let verification = verify(folder);
    assert_eq!(verification.faults, []);
    assert_eq!(verification.remarks, [""; 0]);
}

fn day_by_day(world: &World, output: &Path) {
    for day in 0..DAYS.len() {
        publish_day(world, output, day);
    }
}

const EXPECTED: [&str; 5] = [
    "1030 since : zsh@x86_64 none to Diverging",
    "1031 since 1030: bash@x86_64 Matched to Diverging",
    "1101 since 1031: ",
    "1102 since 1101: bash@x86_64 Diverging to Matched",
    "0103 since 1102: zsh@x86_64 Diverging to none",
];

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
    assert_holds(&world.output());
}

/// Makes the index of format 1.0 of a set: every snapshot in it, and no history.
fn as_format_1_0(folder: &Path) {
    let mut index: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.join("index.json")).unwrap()).unwrap();
    let entries: Vec<serde_json::Value> = months(folder)
        .iter()
        .flat_map(|month| &month.snapshots)
        .map(|snapshot| serde_json::to_value(&snapshot.entry).unwrap())
        .collect();
    index["format"]["minor"] = 0.into();
    let release = index["releases"][0].as_object_mut().unwrap();
    release.remove("years");
    release.remove("ledger");
    release.insert("snapshots".to_owned(), entries.into());
    fs::write(
        folder.join("index.json"),
        serde_json::to_vec(&index).unwrap(),
    )
    .unwrap();
    for name in ["years", "months", "ledgers", "ended"] {
        fs::remove_dir_all(folder.join(name)).unwrap();
    }
    for name in ["csv", "json", "atom"] {
        fs::remove_file(folder.join(format!("deviations.{name}"))).unwrap();
    }
}

#[test]
fn an_older_set_gets_its_history_at_the_next_snapshot() {
    let (world, old) = (World::new(), World::new());
    day_by_day(&world, &world.output());
    for day in 0..4 {
        publish_day(&old, &old.output(), day);
    }
    as_format_1_0(&old.output());
    assert_holds(&old.output());
    publish_day(&old, &old.output(), 4);
    assert_eq!(told(&old.output()), EXPECTED);
    assert!(reached(&old.output()) == reached(&world.output()));
}

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
fn years_and_months_that_are_lost_are_made_anew_where_all_snapshots_are_named_elsewhere() {
    let world = World::new();
    day_by_day(&world, &world.output());
    let whole = reached(&world.output());
    let check = |spoil: &dyn Fn(&Path), expected: Option<&str>| {
        let (folder, joined) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        join(&[world.output()], folder.path()).unwrap_or_else(|error| panic!("{error}"));
        spoil(folder.path());
        match (join(&[folder.path().to_owned()], joined.path()), expected) {
            (Ok(_), None) => assert!(reached(joined.path()) == whole),
            (Err(error), Some(expected)) => {
                let error = error.to_string();
                assert!(error.contains(expected), "{error}");
            }
            (found, expected) => panic!("{found:?}, and not {expected:?}"),
        }
    };
    let lose_month = |folder: &Path| {
        let digest = &years(folder)[0].months[0].digest;
        fs::remove_file(folder.join(format!("months/{digest}.json"))).unwrap();
    };
    check(&lose_month, None);
    let lose_year = |folder: &Path| {
        let digest = &release(folder).years[0].digest;
        fs::remove_file(folder.join(format!("years/{digest}.json"))).unwrap();
    };
    check(&lose_year, None);
    // The index lists the newest snapshots alone, here only the last.
    let list_fewer = |folder: &Path| {
        lose_month(folder);
        let index = folder.join("index.json");
        let text = fs::read_to_string(&index).unwrap();
        let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
        let snapshots = value["releases"][0]["snapshots"].as_array_mut().unwrap();
        snapshots.drain(..4);
        fs::write(&index, value.to_string()).unwrap();
    };
    let expected = "not all of the snapshots of this history are named elsewhere\nremedy: restore";
    check(&list_fewer, Some(expected));
}

#[test]
fn old_sets_are_joined_to_the_history_that_was_made_day_by_day() {
    let world = World::new();
    day_by_day(&world, &world.output());
    let folders: Vec<PathBuf> = (0..DAYS.len())
        .map(|day| {
            let folder = world.path(&format!("set-{day}"));
            publish_day(&world, &folder, day);
            folder
        })
        .collect();
    let joined = world.path("joined");
    let mut shuffled = folders.clone();
    shuffled.reverse();
    let result = join(&shuffled, &joined).unwrap_or_else(|error| panic!("{error}"));
    assert!(result.losses.is_empty(), "{:?}", result.losses);
    assert_eq!(told(&joined), EXPECTED);
    assert!(reached(&joined) == reached(&world.output()));
    assert_holds(&joined);
    // Once more into the same folder changes nothing, and a part is filled up.
    join(&folders[1..3], &joined).unwrap_or_else(|error| panic!("{error}"));
    assert!(reached(&joined) == reached(&world.output()));
}

#[test]
fn joining_tells_what_is_no_set() {
    let world = World::new();
    publish_day(&world, &world.output(), 0);
    let error = join(&[world.path("nowhere")], &world.output())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("nowhere/index.json: nothing is published here"),
        "{error}"
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

fn spoiled(spoil: impl FnOnce(&World), path: &str, cause: &str) {
    let world = World::new();
    day_by_day(&world, &world.output());
    spoil(&world);
    let faults = verify(&world.output()).faults;
    let is_told = faults
        .iter()
        .any(|fault| fault.path.starts_with(path) && fault.cause.contains(cause));
    assert!(is_told, "{path}: {cause} is not among {faults:?}");
}

/// Replaces a document by an edited one under its new name, and its name in the document that names it, up to the index.
fn edit(world: &World, folder: &str, from: &str, to: &str) {
    let output = world.output();
    let (mut from, mut to) = (from.to_owned(), to.to_owned());
    let chain = ["months", "years", "index.json"];
    for folder in chain.iter().skip_while(|name| **name != folder) {
        let paths: Vec<PathBuf> = if *folder == "index.json" {
            vec![output.join(folder)]
        } else {
            reached(&output)
                .into_keys()
                .filter(|path| path.starts_with(folder) && path.extension().is_some())
                .map(|path| output.join(path))
                .collect()
        };
        let path = paths
            .into_iter()
            .find(|path| fs::read_to_string(path).unwrap().contains(&from))
            .unwrap_or_else(|| panic!("no {folder} has {from}"));
        let text = fs::read_to_string(&path).unwrap().replacen(&from, &to, 1);
        if *folder == "index.json" {
            fs::write(path, text).unwrap();
            return;
        }
        from = path.file_stem().unwrap().to_string_lossy().into_owned();
        to = almanac::publish::output::digest_of(text.as_bytes()).to_string();
        fs::write(output.join(format!("{folder}/{to}.json")), text).unwrap();
    }
}

#[test]
fn what_the_history_says_is_held_against_the_reports() {
    spoiled(
        |world| {
            edit(
                world,
                "months",
                "\"package\":\"bash\"",
                "\"package\":\"bush\"",
            )
        },
        "months of 9",
        "what became of packages is not what the reports say",
    );
    spoiled(
        |world| edit(world, "months", "\"reviewed\":0", "\"reviewed\":1"),
        "months of 9",
        "the figures are not what the reports say",
    );
    spoiled(
        |world| edit(world, "years", "\"diverging\":[1,1", "\"diverging\":[1,0"),
        "years of 9",
        "are not those of its months",
    );
    spoiled(
        |world| {
            let old = release(&world.output()).ledger.unwrap().to_string();
            let path = world.output().join(format!("ledgers/{old}.json"));
            let text =
                fs::read_to_string(path)
                    .unwrap()
                    .replacen("\"resolved\":1", "\"resolved\":7", 1);
            let new = almanac::publish::output::digest_of(text.as_bytes());
            world.write(&format!("published/ledgers/{new}.json"), text);
            let index = world.output().join("index.json");
            let text = fs::read_to_string(&index).unwrap();
            fs::write(index, text.replace(&old, new.as_str())).unwrap();
        },
        "ledger of 9",
        "not those that the history shows",
    );
    spoiled(
        |world| world.write("published/deviations.csv", "release\r\n"),
        "deviations.csv",
        "it does not say what the ledgers say",
    );
    spoiled(
        |world| {
            let superseded = tree(&world.output())
                .into_keys()
                .find(|path| {
                    let relative = path.strip_prefix(world.output()).unwrap();
                    relative.starts_with("years")
                        && path.is_file()
                        && !reached(&world.output()).contains_key(relative)
                })
                .unwrap();
            fs::write(superseded, "{}").unwrap();
        },
        "years/",
        "it is not what was published under this name",
    );
}

#[test]
fn the_fold_of_no_snapshot_is_empty() {
    assert_eq!(deviations(&[]), []);
}
