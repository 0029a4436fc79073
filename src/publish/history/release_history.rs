//! The snapshots of a release in order, each with what became of packages since the one before.

use super::coverages::coverages;
use super::ledger::{LedgerDocuments, NewestReports};
use super::names::published_deviations;
use super::reasons::changed_reasons;
use super::reports::Reports;
use crate::analysis::Observation;
use crate::domain::Transition;
use crate::publish::Error;
use crate::publish::output::{Folder, Staging};
use crate::publish::published_set::PublishedSet;
use crate::report::{
    ArchitectureShares, Compatibility, CoverageRecord, DeviationRecord, Digest, HistoryMonth,
    HistorySnapshot, HistoryYear, MonthEntry, PointInTime, ReasonRecord, ReleaseEntry, SinceRecord,
    SnapshotEntry, SnapshotFigures, YearEntry, diverging_at_first, limits, transitions_between,
};
use std::collections::BTreeMap;
use std::fmt;

/// All snapshots of a release, oldest first.
pub struct ReleaseHistory {
    release: String,
    recorded: Vec<Recorded>,
    /// Reports that could not be read, so that their snapshots are gaps.
    losses: Vec<Loss>,
    /// The deviations that were published before, which keep their names in feeds.
    published: Vec<DeviationRecord>,
}

/// A report that could not be read, so that its snapshot is a gap.
#[derive(Debug)]
pub struct Loss {
    /// The release's name in addresses.
    pub release: String,
    snapshot: String,
    /// Why it could not.
    pub cause: Error,
}

impl fmt::Display for Loss {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            release,
            snapshot,
            cause,
        } = self;
        let reason = &cause.cause;
        write!(
            formatter,
            "release {release} at {snapshot}: {}: {reason}",
            cause.place
        )
    }
}

/// One snapshot with its transitions.
struct Recorded {
    /// Without its transitions.
    snapshot: HistorySnapshot,
    transitions: Vec<Transition>,
}

/// What the index says of a history.
#[derive(Clone, Debug)]
pub struct PublishedHistory {
    /// The newest snapshots whose reports are there, oldest first; none where all were lost.
    pub snapshots: Vec<SnapshotEntry>,
    /// When those after the first of them were taken whose reports were lost, oldest first.
    pub lost: Vec<PointInTime>,
    /// Which of them have other architectures than the one before, oldest first.
    pub coverages: Vec<CoverageRecord>,
    /// All years.
    pub years: Vec<YearEntry>,
    /// The ledger.
    pub ledger: Option<Digest>,
}

impl ReleaseHistory {
    /// The history of a release that was not published yet.
    pub fn new(release: &str) -> Self {
        Self {
            release: release.to_owned(),
            recorded: Vec::new(),
            losses: Vec::new(),
            published: Vec::new(),
        }
    }

    /// Lets deviations have the names in feeds that they have in the ledger of a published release.
    pub fn keep_names(&mut self, release: &ReleaseEntry, set: &PublishedSet) {
        let published = published_deviations(release.ledger.as_ref(), set);
        self.published.extend(published);
    }

    /// The history of a published release. Where its index is of format 1.0, which has none, it is made of the reports.
    pub fn read(release: &ReleaseEntry, set: &PublishedSet) -> Result<Self, Error> {
        if release.years.is_empty() {
            return Self::of_reports(&release.id, release.snapshots.clone(), set);
        }
        let mut history = Self::new(&release.id);
        history.keep_names(release, set);
        for year in &release.years {
            for month in &set.year(&year.digest)?.months {
                let month = set.month(&month.digest)?;
                for snapshot in &month.snapshots {
                    history.recorded.push(Recorded {
                        transitions: month.transitions_of(snapshot),
                        snapshot: HistorySnapshot {
                            transitions: Vec::new(),
                            ..snapshot.clone()
                        },
                    });
                }
            }
        }
        Ok(history)
    }

    /// The history that the reports of snapshots give. A report that cannot be read is a gap.
    pub fn of_reports(
        release: &str,
        mut entries: Vec<SnapshotEntry>,
        set: &PublishedSet,
    ) -> Result<Self, Error> {
        let mut history = Self::new(release);
        let mut reports = Reports::of(set);
        entries.sort_by_key(|entry| entry.taken);
        for entry in entries {
            let figures = match reports.read(&entry.report) {
                Ok(report) => Some(figures_of(&report)),
                Err(error) => {
                    history.losses.push(Loss {
                        release: release.to_owned(),
                        snapshot: entry.id.clone(),
                        cause: error,
                    });
                    None
                }
            };
            history.recorded.push(Recorded::new(entry, figures));
            history.compare(history.recorded.len() - 1, &mut reports)?;
        }
        Ok(history)
    }

    /// Reports that could not be read, so that their snapshots are gaps.
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The same, where nothing else of it is needed.
    pub fn into_losses(self) -> impl Iterator<Item = Loss> {
        self.losses.into_iter()
    }

    /// Its snapshots, oldest first.
    pub fn entries(&self) -> impl Iterator<Item = &SnapshotEntry> {
        self.recorded
            .iter()
            .map(|recorded| &recorded.snapshot.entry)
    }

    /// Adds a snapshot, or replaces the one of the same time, and compares anew what is relative to it.
    pub fn record(&mut self, entry: SnapshotEntry, set: &PublishedSet) -> Result<(), Error> {
        let mut reports = Reports::of(set);
        let figures = figures_of(&*reports.read(&entry.report)?);
        let id = entry.id.clone();
        let taken = |recorded: &Recorded| recorded.snapshot.entry.taken;
        let position = self
            .recorded
            .partition_point(|recorded| taken(recorded) < entry.taken);
        let same = self.recorded.get(position);
        let is_repeated = same.is_some_and(|recorded| taken(recorded) == entry.taken);
        let recorded = Recorded::new(entry, Some(figures));
        if is_repeated {
            self.recorded[position] = recorded;
        } else {
            self.recorded.insert(position, recorded);
        }
        self.compare(position, &mut reports)?;
        for later in position + 1..self.recorded.len() {
            let since = self.since(later);
            let is_relative = since.iter().any(|record| record.snapshot == id);
            if is_relative || since != self.recorded[later].snapshot.since {
                self.compare(later, &mut reports)?;
            }
        }
        Ok(())
    }

    /// Writes its years, months and ledger.
    pub fn write(&self, staging: &mut Staging) -> Result<PublishedHistory, Error> {
        let mut months: BTreeMap<(i32, u8), Vec<&Recorded>> = BTreeMap::new();
        for recorded in &self.recorded {
            let (year, month, _) = recorded.snapshot.entry.taken.0.year_month_day();
            months.entry((year, month)).or_default().push(recorded);
        }
        let mut years: BTreeMap<i32, Vec<MonthEntry>> = BTreeMap::new();
        for ((year, month), recorded) in &months {
            let transitions: usize = recorded.iter().map(|one| one.transitions.len()).sum();
            let snapshots = recorded
                .iter()
                .map(|one| (one.snapshot.clone(), one.transitions.clone()));
            let document = HistoryMonth::new(&self.release, (*year, *month), snapshots);
            years.entry(*year).or_default().push(MonthEntry {
                month: *month,
                snapshots: recorded.len() as u32,
                transitions: transitions as u32,
                digest: staging.add(Folder::Months, &document)?,
            });
        }
        let mut entries = Vec::new();
        for (year, months) in years {
            let of_year = self.recorded.iter().map(|recorded| &recorded.snapshot);
            let of_year: Vec<&HistorySnapshot> = of_year
                .filter(|snapshot| snapshot.entry.taken.0.year_month_day().0 == year)
                .collect();
            let document = HistoryYear::new(&self.release, year, &of_year, months);
            entries.push(YearEntry {
                year,
                snapshots: of_year.len() as u32,
                digest: staging.add(Folder::Years, &document)?,
            });
        }
        let listed = self.listed();
        let first = listed.first().map(|entry| entry.taken);
        let lost = self.recorded.iter().filter(|one| one.snapshot.is_lost());
        let lost = lost.map(|one| one.snapshot.entry.taken);
        let snapshots = self.recorded.iter().map(|recorded| &recorded.snapshot);
        Ok(PublishedHistory {
            coverages: coverages(snapshots, &listed),
            lost: lost
                .filter(|taken| first.is_some_and(|first| first < *taken))
                .collect(),
            snapshots: listed,
            years: entries,
            ledger: self
                .ledger(&staging.set())
                .map(|ledger| ledger.write(staging))
                .transpose()?,
        })
    }

    /// The newest snapshots that can be opened, as the index lists them.
    fn listed(&self) -> Vec<SnapshotEntry> {
        let kept = self.recorded.iter().map(|recorded| &recorded.snapshot);
        let mut kept: Vec<SnapshotEntry> = kept
            .filter(|snapshot| !snapshot.is_lost())
            .map(|snapshot| snapshot.entry.clone())
            .collect();
        kept.split_off(kept.len().saturating_sub(limits::SNAPSHOTS_LISTED))
    }

    /// Its deviations, the open ones with the versions of the newest reports in the set; `None` where no snapshot is known but
    /// gaps.
    pub fn ledger(&self, set: &PublishedSet) -> Option<LedgerDocuments> {
        let newest = self.newest_reports(set);
        let snapshots = self.recorded.iter().map(|recorded| &recorded.snapshot);
        let lost = snapshots.filter(|snapshot| snapshot.is_lost());
        let lost: Vec<_> = lost.map(|snapshot| snapshot.entry.taken.0).collect();
        LedgerDocuments::new(
            &self.release,
            &self.observations(),
            &lost,
            &self.reasons(),
            &newest,
            &self.published,
        )
    }

    fn newest_reports(&self, set: &PublishedSet) -> NewestReports {
        let mut reports = Reports::of(set);
        let mut by_architecture: BTreeMap<&str, &Digest> = BTreeMap::new();
        for Recorded { snapshot, .. } in &self.recorded {
            let figures = snapshot.figures.iter();
            for architecture in figures.flat_map(|figures| &figures.architectures) {
                by_architecture.insert(&architecture.name, &snapshot.entry.report);
            }
        }
        let read = |(name, digest): (&str, &Digest)| {
            let report = reports.read(digest).ok()?;
            Some((name.to_owned(), report))
        };
        by_architecture.into_iter().filter_map(read).collect()
    }

    /// What the history says otherwise than the reports, where these can be read: the snapshot, and what differs.
    pub fn disagreements(&self, set: &PublishedSet) -> Vec<(SnapshotEntry, &'static str)> {
        let mut reports = Reports::of(set);
        let mut found = Vec::new();
        for (index, recorded) in self.recorded.iter().enumerate() {
            let snapshot = &recorded.snapshot;
            let Some(figures) = &snapshot.figures else {
                continue;
            };
            let mut differs = |what| found.push((snapshot.entry.clone(), what));
            match reports.read(&snapshot.entry.report) {
                Ok(report) if figures_of(&report) != *figures => differs("the figures are"),
                _ => {}
            }
            let Ok(expected) = self.compared(index, &mut reports) else {
                continue;
            };
            if snapshot.since != expected.since {
                differs("the snapshots that it is compared with are");
            }
            if recorded.transitions != expected.transitions {
                differs("what became of packages is");
            }
            if snapshot.reasons != expected.reasons {
                differs("why packages diverge is");
            }
        }
        found
    }

    /// The snapshots as the fold of deviations takes them; a gap is none.
    fn observations(&self) -> Vec<Observation> {
        let taken: BTreeMap<&str, _> = self
            .entries()
            .map(|entry| (entry.id.as_str(), entry.taken.0))
            .collect();
        let observation = |recorded: &Recorded| {
            let snapshot = &recorded.snapshot;
            let figures = snapshot.figures.as_ref()?;
            let architectures = figures.architectures.iter().map(|architecture| {
                let name = &architecture.name;
                let mut since = snapshot.since.iter();
                let since = since.find(|since| since.architectures.contains(name));
                let before = since.and_then(|since| taken.get(since.snapshot.as_str()));
                (name.clone(), before.copied())
            });
            Some(Observation {
                taken: snapshot.entry.taken.0,
                architectures: architectures.collect(),
                transitions: recorded.transitions.clone(),
            })
        };
        self.recorded.iter().filter_map(observation).collect()
    }

    fn reasons(&self) -> Vec<&HistorySnapshot> {
        self.recorded
            .iter()
            .map(|recorded| &recorded.snapshot)
            .filter(|snapshot| !snapshot.reasons.is_empty())
            .collect()
    }

    /// The snapshots that one is compared with, the newest first.
    fn since(&self, index: usize) -> Vec<SinceRecord> {
        let mut since: Vec<SinceRecord> = Vec::new();
        let figures = self.recorded[index].snapshot.figures.iter();
        let names = figures.flat_map(|figures| &figures.architectures);
        let mut bases: Vec<(usize, &str)> = names
            .filter_map(|architecture| {
                let name = architecture.name.as_str();
                let mut earlier = self.recorded[..index].iter();
                let base = earlier.rposition(|recorded| recorded.has(name))?;
                Some((base, name))
            })
            .collect();
        // Stable, so that architectures stay in the order of the report.
        bases.sort_by_key(|(base, _)| std::cmp::Reverse(*base));
        for (base, name) in bases {
            let id = &self.recorded[base].snapshot.entry.id;
            match since.last_mut() {
                Some(last) if last.snapshot == *id => last.architectures.push(name.to_owned()),
                _ => since.push(SinceRecord {
                    snapshot: id.clone(),
                    architectures: vec![name.to_owned()],
                }),
            }
        }
        since
    }

    /// Compares a snapshot with those before it; a gap is compared with nothing.
    fn compare(&mut self, index: usize, reports: &mut Reports<'_>) -> Result<(), Error> {
        if self.recorded[index].snapshot.figures.is_some() {
            let Compared {
                since,
                transitions,
                reasons,
            } = self.compared(index, reports)?;
            let recorded = &mut self.recorded[index];
            recorded.snapshot.since = since;
            recorded.snapshot.reasons = reasons;
            recorded.transitions = transitions;
        }
        Ok(())
    }

    fn compared(&self, index: usize, reports: &mut Reports<'_>) -> Result<Compared, Error> {
        let since = self.since(index);
        let snapshot = &self.recorded[index].snapshot;
        let after = reports.read(&snapshot.entry.report)?;
        let mut transitions = Vec::new();
        let mut newest_before = None;
        let mut known: Vec<&str> = Vec::new();
        for record in &since {
            let mut entries = self.entries();
            let Some(entry) = entries.find(|entry| entry.id == record.snapshot) else {
                continue;
            };
            let before = reports.read(&entry.report)?;
            let architectures: Vec<&str> =
                record.architectures.iter().map(String::as_str).collect();
            transitions.extend(transitions_between(&before, &after, &architectures));
            known.extend(architectures);
            newest_before = newest_before.or(Some(before));
        }
        let new: Vec<&str> = after
            .architecture_names()
            .filter(|name| !known.contains(name))
            .collect();
        transitions.extend(diverging_at_first(&after, &new));
        transitions.sort_by(|left, right| left.package.cmp(&right.package));
        let reasons = changed_reasons(newest_before.as_deref(), &after, reports.set())?;
        Ok(Compared {
            since,
            transitions,
            reasons,
        })
    }
}

/// What comparing a snapshot with those before it gives.
struct Compared {
    since: Vec<SinceRecord>,
    transitions: Vec<Transition>,
    reasons: Vec<ReasonRecord>,
}

impl Recorded {
    fn new(entry: SnapshotEntry, figures: Option<SnapshotFigures>) -> Self {
        Self {
            snapshot: HistorySnapshot {
                entry,
                figures,
                since: Vec::new(),
                transitions: Vec::new(),
                reasons: Vec::new(),
            },
            transitions: Vec::new(),
        }
    }

    fn has(&self, architecture: &str) -> bool {
        let mut names = self.snapshot.figures.iter().flat_map(|f| &f.architectures);
        names.any(|own| own.name == architecture)
    }
}

fn figures_of(report: &Compatibility) -> SnapshotFigures {
    SnapshotFigures {
        reviewed: report.reviewed(),
        architectures: report
            .architectures
            .iter()
            .map(|architecture| ArchitectureShares {
                name: architecture.name.clone(),
                shares: architecture.shares,
            })
            .collect(),
    }
}
