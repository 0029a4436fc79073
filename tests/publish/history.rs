//! The history: what each snapshot adds, what a repeated, lost or late run does to it, and making it again from old sets.

mod contradictions;
mod joining;
mod losses;
mod snapshots;

use super::support::{World, document, package, tree};
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{
    DeviationRecord, EndedDeviations, HistoryMonth, HistorySnapshot, HistoryYear, Index, Ledger,
    ReleaseEntry,
};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

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
