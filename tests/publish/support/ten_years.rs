//! Ten years of daily snapshots of three releases, invented: what a history is measured by, and what a page of it is drawn from.

use almanac::domain::{
    Cause, Evidence, Outcome, Presence, SourceState, Standing, Timestamp, Transition, Verdict,
    VersionRelation,
};
use almanac::report::{
    ArchitectureShares, Digest, HistoryMonth, HistorySnapshot, HistoryYear, MonthEntry,
    PointInTime, SharesRecord, SinceRecord, SnapshotEntry, SnapshotFigures,
};
use std::collections::BTreeMap;

/// Days in ten years.
pub const DAYS: i64 = 3_653;
/// The releases.
pub const RELEASES: [&str; 3] = ["8", "9", "10"];
/// The days on which nothing was published: three weeks from 22 June 2021 on.
pub const LOST_DAYS: std::ops::Range<i64> = 2_000..2_021;
const ARCHITECTURES: [&str; 5] = ["x86_64", "x86_64_v2", "aarch64", "ppc64le", "s390x"];
const PACKAGES: usize = 2_700;

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

/// The days of a release, but for those that were lost.
fn snapshots(release: &str, seed: u64) -> Vec<(HistorySnapshot, Vec<Transition>)> {
    let mut state = Release::new(seed);
    let mut before: Option<String> = None;
    let mut days = Vec::new();
    for day in 0..DAYS {
        let transitions = state.pass(day);
        if LOST_DAYS.contains(&day) {
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

/// The history of a release as it is published: its years, each with its snapshots, and its months.
pub fn history(
    release: &str,
    seed: u64,
) -> (Vec<(HistoryYear, Vec<HistorySnapshot>)>, Vec<HistoryMonth>) {
    let digest = |number: usize| Digest::try_from(format!("{number:064x}")).unwrap();
    let mut by_month: BTreeMap<(i32, u8), Vec<_>> = BTreeMap::new();
    for (snapshot, transitions) in snapshots(release, seed) {
        let (year, month, _) = snapshot.entry.taken.0.year_month_day();
        let of_month = by_month.entry((year, month)).or_default();
        of_month.push((snapshot, transitions));
    }
    let mut by_year: BTreeMap<i32, (Vec<HistorySnapshot>, Vec<MonthEntry>)> = BTreeMap::new();
    let mut months = Vec::new();
    for ((year, month), days) in by_month {
        let (of_year, entries) = by_year.entry(year).or_default();
        of_year.extend(days.iter().map(|(snapshot, _)| snapshot.clone()));
        let document = HistoryMonth::new(release, (year, month), days);
        let transitions = document.snapshots.iter().map(|one| one.transitions.len());
        entries.push(MonthEntry {
            month,
            snapshots: document.snapshots.len() as u32,
            transitions: transitions.sum::<usize>() as u32,
            digest: digest(usize::from(month)),
        });
        months.push(document);
    }
    let years = by_year.into_iter().map(|(year, (snapshots, months))| {
        let references: Vec<&HistorySnapshot> = snapshots.iter().collect();
        let document = HistoryYear::new(release, year, &references, months);
        (document, snapshots)
    });
    (years.collect(), months)
}
