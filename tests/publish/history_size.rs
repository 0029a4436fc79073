//! How many bytes ten years of daily snapshots of three releases take on their way to the reader.

use almanac::domain::{
    Cause, Evidence, Outcome, Presence, SourceState, Standing, Timestamp, Transition, Verdict,
    VersionRelation,
};
use almanac::report::{
    ArchitectureShares, Digest, Document, HistoryMonth, HistorySnapshot, HistoryYear, MonthEntry,
    PointInTime, SharesRecord, SinceRecord, SnapshotEntry, SnapshotFigures,
};
use std::collections::BTreeMap;
use std::io::Write;

const DAYS: i64 = 3_653;
const RELEASES: [&str; 3] = ["8", "9", "10"];
const ARCHITECTURES: [&str; 5] = ["x86_64", "x86_64_v2", "aarch64", "ppc64le", "s390x"];
const PACKAGES: usize = 2_700;
/// For the data of all charts.
const BYTES_MAX: usize = 300_000;
/// For what one page loads.
const PAGE_BYTES_MAX: usize = 150_000;

fn brotli_bytes(document: &impl serde::Serialize) -> usize {
    let json = serde_json::to_vec(document).unwrap();
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, 9, 22);
    writer.write_all(&json).unwrap();
    drop(writer);
    compressed.len()
}

/// A sequence that looks random and is the same every time (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

/// The packages of one release: how many days each still lags behind on each architecture; 0 is in step.
struct Release {
    lag_days: Vec<[u8; ARCHITECTURES.len()]>,
    versions: Vec<u32>,
    chance: Chance,
}

impl Release {
    fn new(seed: u64) -> Self {
        Self {
            lag_days: vec![[0; ARCHITECTURES.len()]; PACKAGES],
            versions: vec![1; PACKAGES],
            chance: Chance(seed),
        }
    }

    /// Lets a day pass: what lags comes a day nearer, the reference updates four packages, and of a minor release, twice a year,
    /// four hundred at once. Every architecture of a package is built on the same day, but for one in ten.
    fn pass(&mut self, day: i64) -> Vec<Transition> {
        let before = self.lag_days.clone();
        for lags in self.lag_days.iter_mut().flatten() {
            *lags = lags.saturating_sub(1);
        }
        let updates = if day % 182 == 100 {
            400
        } else {
            self.chance.below(9)
        };
        for _ in 0..updates {
            let package = self.chance.below(PACKAGES);
            self.versions[package] += 1;
            let lag = 1 + self.chance.below(14) as u8;
            self.lag_days[package] = [lag; ARCHITECTURES.len()];
            if self.chance.below(10) == 0 {
                let late = self.chance.below(ARCHITECTURES.len());
                self.lag_days[package][late] += 5;
            }
        }
        let mut transitions = Vec::new();
        for (package, (then, now)) in before.iter().zip(&self.lag_days).enumerate() {
            for (from, to) in [(false, true), (true, false)] {
                let on: Vec<String> = ARCHITECTURES
                    .iter()
                    .enumerate()
                    .filter(|(index, _)| ((then[*index] > 0), (now[*index] > 0)) == (from, to))
                    .map(|(_, name)| (*name).to_owned())
                    .collect();
                if !on.is_empty() {
                    transitions.push(Transition {
                        package: format!("package-{package}"),
                        architectures: on,
                        before: self.standing(package, from),
                        after: self.standing(package, to),
                    });
                }
            }
        }
        transitions
    }

    fn standing(&self, package: usize, lags: bool) -> Standing {
        let version = self.versions[package];
        let evr = |version: u32| format!("{}.{}-{version}.el9", package % 7, package % 31);
        Standing {
            outcome: Some(Outcome {
                presence: Presence::Both,
                version: Some(if lags {
                    VersionRelation::Behind
                } else {
                    VersionRelation::Same
                }),
                source: SourceState::Unknown,
                verdict: if lags {
                    Verdict::Diverging
                } else {
                    Verdict::Matched
                },
                cause: lags.then_some(Cause::UpdatePending),
                evidence: Some(Evidence::Inferred),
                not_compared: None,
            }),
            distribution: Some(evr(version - u32::from(lags))),
            reference: Some(evr(version)),
            ..Standing::default()
        }
    }

    fn shares(&self, counts: impl Fn(&[u8; ARCHITECTURES.len()]) -> bool) -> SharesRecord {
        let diverging = self.lag_days.iter().filter(|lags| counts(lags)).count() as u32;
        let patched = 600;
        SharesRecord {
            matched: PACKAGES as u32 - patched - diverging,
            patched,
            diverging,
            not_compared: 40,
        }
    }
}

/// The days of a release, but for three weeks in which nothing was published.
fn snapshots(release: &str, seed: u64) -> Vec<(HistorySnapshot, Vec<Transition>)> {
    let mut state = Release::new(seed);
    let mut before: Option<String> = None;
    let mut days = Vec::new();
    for day in 0..DAYS {
        let transitions = state.pass(day);
        if (2_000..2_021).contains(&day) {
            continue;
        }
        // A few minutes sooner or later, as machines are.
        let second = 86_400 * (16_800 + day) + 15_000 + state.chance.below(300) as i64;
        let taken = Timestamp::from_unix_seconds(second).unwrap();
        let id = taken.to_string().replace(['-', ':'], "");
        let digits = format!("{:064x}", u128::from(seed) << 64 | day as u128);
        let minor = format!("{release}.{}", day / 182);
        let shares_on = |index: usize| state.shares(|lags| lags[index] > 0);
        let snapshot = HistorySnapshot {
            entry: SnapshotEntry {
                id: id.clone(),
                taken: PointInTime(taken),
                report: Digest::try_from(digits).unwrap(),
                distribution_minor: minor.clone(),
                reference_minor: minor,
                distribution_dated: Some(PointInTime(taken)),
                distribution_dated_from: None,
                reference_dated: Some(PointInTime(taken)),
                reference_dated_from: None,
                shares: state.shares(|lags| lags.iter().any(|lag| *lag > 0)),
                notices: Vec::new(),
                security: None,
                builds: None,
            },
            figures: Some(SnapshotFigures {
                reviewed: 700 + (day / 20) as u32,
                architectures: ARCHITECTURES
                    .iter()
                    .enumerate()
                    .map(|(index, name)| ArchitectureShares {
                        name: (*name).to_owned(),
                        shares: shares_on(index),
                    })
                    .collect(),
            }),
            since: before
                .iter()
                .map(|before| SinceRecord {
                    snapshot: before.clone(),
                    architectures: ARCHITECTURES.map(str::to_owned).to_vec(),
                })
                .collect(),
            transitions: Vec::new(),
            reasons: Vec::new(),
        };
        before = Some(id);
        days.push((snapshot, transitions));
    }
    days
}

#[test]
fn ten_years_of_daily_snapshots_of_three_releases_fit() {
    let digest = |number: usize| Digest::try_from(format!("{number:064x}")).unwrap();
    let mut of_all_charts = 0;
    let mut largest_month = 0;
    for (number, release) in RELEASES.iter().enumerate() {
        let days = snapshots(release, 7 + number as u64);
        let mut months: BTreeMap<(i32, u8), Vec<_>> = BTreeMap::new();
        for (snapshot, transitions) in days {
            let (year, month, _) = snapshot.entry.taken.0.year_month_day();
            months
                .entry((year, month))
                .or_default()
                .push((snapshot, transitions));
        }
        let mut years: BTreeMap<i32, (Vec<HistorySnapshot>, Vec<MonthEntry>)> = BTreeMap::new();
        for ((year, month), days) in months {
            let of_year = years.entry(year).or_default();
            of_year
                .0
                .extend(days.iter().map(|(snapshot, _)| snapshot.clone()));
            let document = HistoryMonth::new(release, (year, month), days);
            document.check().unwrap();
            largest_month = largest_month.max(brotli_bytes(&document));
            of_year.1.push(MonthEntry {
                month,
                snapshots: document.snapshots.len() as u32,
                transitions: document
                    .snapshots
                    .iter()
                    .map(|one| one.transitions.len() as u32)
                    .sum(),
                digest: digest(usize::from(month)),
            });
        }
        let mut of_release = 0;
        let mut read = 0;
        for (year, (snapshots, months)) in years {
            let references: Vec<&HistorySnapshot> = snapshots.iter().collect();
            let document = HistoryYear::new(release, year, &references, months);
            document.check().unwrap();
            let points = document.points();
            let shares: Vec<SharesRecord> = points.iter().map(|point| point.shares).collect();
            let expected: Vec<SharesRecord> =
                snapshots.iter().map(|one| one.entry.shares).collect();
            assert_eq!(shares, expected, "{year}");
            read += points.len();
            of_release += brotli_bytes(&document);
        }
        assert_eq!(read as i64, DAYS - 21);
        println!("release {release}: {read} snapshots, {of_release} bytes for its chart");
        assert!(of_release < PAGE_BYTES_MAX, "{of_release} bytes");
        of_all_charts += of_release;
    }
    println!("all charts: {of_all_charts} bytes; the largest month: {largest_month} bytes");
    assert!(of_all_charts < BYTES_MAX, "{of_all_charts} bytes");
    assert!(largest_month < PAGE_BYTES_MAX, "{largest_month} bytes");
}
