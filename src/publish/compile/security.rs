//! The security clock of a release: reads its advisories, and carries on what earlier snapshots saw.
//!
//! An input that cannot be read over http(s), or one of the distribution's that has no advisory, fails alone. What is published then
//! stays as it is, if it was made with that input.
//! Else the clock is made without inputs of the reference, and not at all without one of the distribution's, since every fix that
//! it announces would look unannounced.

use super::clock::{ClockSources, clock};
use super::input_failures::cause_at;
use super::lists::ReleaseLists;
use super::release::Occasion;
use crate::analysis::{LagStatistics, NamedFix, NamedFixes};
use crate::domain::{AdvisoryClock, AdvisoryKind, Evr};
use crate::publish::advisories::read_advisories;
use crate::publish::configuration::{AdvisoriesSetting, ReleaseSetting};
use crate::publish::output::Staging;
use crate::publish::repository::Location;
use crate::publish::{Cause, Error};
use crate::report::{
    AdvisoryFailure, Digest, Fixes, LagRecord, PointInTime, Security, SideName, SnapshotEntry,
    SourceFailure,
};

/// What became of a release's advisories.
#[derive(Default)]
pub struct SecurityOutcome {
    /// The clock, where there is one.
    pub clock: Option<PublishedClock>,
    /// Its digest where it is the one that was published before.
    pub kept: Option<Digest>,
    /// What could not be read.
    pub failures: Vec<AdvisoryFailure>,
    /// What is doubtful about it.
    pub warnings: Vec<String>,
}

/// A security clock with the versions that fix its packages.
pub struct PublishedClock {
    /// The clock.
    pub document: Security,
    /// The versions.
    pub fixes: Fixes,
}

impl PublishedClock {
    /// The versions that the advisories of its clocks name.
    pub fn named_fixes<'a>(&self, clocks: &'a [AdvisoryClock]) -> NamedFixes<'a> {
        let mut named = NamedFixes::default();
        for (clock, versions) in clocks.iter().zip(&self.fixes.versions) {
            for (package, version) in clock.packages.iter().zip(versions) {
                if let Some(evr) = Evr::parse(version) {
                    named.add(package, NamedFix { clock, evr });
                }
            }
        }
        named
    }
}

/// Makes the security clock of a release, and puts the fixing versions that it refers to into the published set.
pub fn security_of(
    release: &ReleaseSetting,
    lists: &ReleaseLists,
    failures: &[SourceFailure],
    occasion: &Occasion<'_>,
    staging: &mut Staging,
) -> Result<SecurityOutcome, Error> {
    if release.advisories.is_empty() {
        return Ok(SecurityOutcome::default());
    }
    let testing_failures = testing_failures(lists, failures);
    let mut outcome = SecurityOutcome::default();
    let before = snapshot_before(release, occasion);
    let before = published_clock(before, occasion, &mut outcome.warnings);
    let (mut inputs, mut unread) = (Vec::new(), Vec::new());
    for setting in &release.advisories {
        match read_advisories(setting, occasion.fetcher) {
            Ok(input) => {
                let input = input
                    .without_withdrawn_advisories(&setting.name, occasion.taken)
                    .without_later_advisories(&setting.name, occasion.taken)
                    .without_impossible_dates(&setting.name, occasion.taken);
                inputs.push((setting, input));
            }
            Err(error) if stops_the_run(setting, &error, occasion) => return Err(error),
            Err(error) => {
                occasion.progress.repository_failed(&setting.name, &error);
                unread.push((setting, error));
            }
        }
    }
    // A run that is repeated and reads less leaves the clock of the snapshot that it replaces.
    let before = match unread.is_empty() {
        true => before,
        false => {
            let replaced = snapshot_replaced(release, occasion);
            published_clock(replaced, occasion, &mut outcome.warnings).or(before)
        }
    };
    let last_read = before.as_ref().map(|(_, before)| &before.document);
    let failures = unread
        .iter()
        .map(|(setting, error)| failure_of(release, setting, error, last_read, occasion));
    outcome.failures = failures.collect();
    let is_lacking = |side: SideName| {
        let own = release
            .advisories
            .iter()
            .filter(|setting| setting.side == side);
        own.count()
            != inputs
                .iter()
                .filter(|(setting, _)| setting.side == side)
                .count()
    };
    // What never was in the clock is not lost when it is made anew.
    let would_lose = |failure: &AdvisoryFailure| failure.last_read.is_some();
    let is_kept = outcome.failures.iter().any(would_lose) || is_lacking(SideName::Distribution);
    match before {
        Some((digest, clock)) if is_kept => {
            outcome.kept = Some(digest);
            outcome.clock = Some(clock);
        }
        _ if is_lacking(SideName::Distribution) => {}
        before => {
            let before = before.map(|(_, clock)| clock.document);
            outcome.clock = Some(clock(
                release,
                ClockSources {
                    lists,
                    testing_failures,
                    advisories: inputs,
                },
                before,
                occasion,
                &mut outcome.warnings,
                staging,
            )?);
        }
    }
    Ok(outcome)
}

fn stops_the_run(setting: &AdvisoriesSetting, error: &Error, occasion: &Occasion<'_>) -> bool {
    occasion.configuration.stops_on_failure
        || matches!(setting.location, Location::Path(_))
            // An empty list is no slip of this machine: the distribution publishes one while its own is made anew.
            && !matches!(error.cause, Cause::NoAdvisories)
        || error.is_of_this_machine()
}

/// The newest snapshot that is older than this one.
pub fn snapshot_before<'a>(
    release: &ReleaseSetting,
    occasion: &Occasion<'a>,
) -> Option<&'a SnapshotEntry> {
    let mut entries = occasion.published?.releases.iter();
    let entry = entries.find(|entry| entry.id == release.id)?;
    let mut snapshots = entry.snapshots.iter().rev();
    snapshots.find(|snapshot| snapshot.taken.0 < occasion.taken)
}

/// The snapshot of the same time that this one replaces.
pub fn snapshot_replaced<'a>(
    release: &ReleaseSetting,
    occasion: &Occasion<'a>,
) -> Option<&'a SnapshotEntry> {
    let mut entries = occasion.published?.releases.iter();
    let entry = entries.find(|entry| entry.id == release.id)?;
    let mut snapshots = entry.snapshots.iter();
    snapshots.find(|snapshot| snapshot.taken.0 == occasion.taken)
}

/// The clock of a snapshot that is published.
pub fn published_clock(
    snapshot: Option<&SnapshotEntry>,
    occasion: &Occasion<'_>,
    warnings: &mut Vec<String>,
) -> Option<(Digest, PublishedClock)> {
    let snapshot = snapshot?;
    let digest = snapshot.security.as_ref()?.document.clone();
    let read = |digest: &Digest| {
        let document = occasion.published_set.security(digest)?;
        let fixes = occasion.published_set.fixes(&document)?;
        Ok::<_, Error>(PublishedClock { document, fixes })
    };
    match read(&digest) {
        Ok(clock) => Some((digest, clock)),
        Err(error) => {
            warnings.push(format!(
            "What snapshot {} knew of advisories cannot be read, so that no first appearance is carried on: {}: {}",
            snapshot.id, error.place, error.cause
            ));
            None
        }
    }
}

fn failure_of(
    release: &ReleaseSetting,
    setting: &AdvisoriesSetting,
    error: &Error,
    before: Option<&Security>,
    occasion: &Occasion<'_>,
) -> AdvisoryFailure {
    let was_read = |before: &&Security| {
        let mut inputs = before.inputs.iter();
        inputs.any(|input| input.location == setting.published_location)
    };
    let published = occasion
        .published
        .map_or(&[][..], |index| &index.advisory_failures);
    let since = published
        .iter()
        .find(|known| known.release == release.id && known.location == setting.published_location)
        .map(|known| known.since);
    let taken = PointInTime(occasion.taken);
    AdvisoryFailure {
        release: release.id.clone(),
        name: setting.name.clone(),
        location: setting.published_location.clone(),
        last_read: before.filter(was_read).map(|before| before.taken),
        since: since.map_or(taken, |since| since.min(taken)),
        cause: cause_at(error),
    }
}

/// The repositories of packages in testing that could not be read, of architectures that are compared.
fn testing_failures(lists: &ReleaseLists, failures: &[SourceFailure]) -> Vec<SourceFailure> {
    let is_compared = |failure: &&SourceFailure| {
        let mut compared = lists.architectures.iter();
        compared.any(|list| list.architecture.name() == failure.architecture)
    };
    let testing = failures
        .iter()
        .filter(|failure| failure.side == SideName::Testing);
    testing.filter(is_compared).cloned().collect()
}

/// What the lags of the security advisories come to that mirror one of the reference's; `None` where none is known.
pub fn lag_record(document: &Security) -> Option<LagRecord> {
    let clocks = document.clocks();
    let counted = clocks
        .iter()
        .filter(|clock| clock.id.kind == AdvisoryKind::Security && !clock.id.is_own());
    let statistics = LagStatistics::of(counted.filter_map(|clock| clock.lag().ok()))?;
    Some(LagRecord {
        median_days: statistics.median_days.try_into().ok()?,
        p90_days: statistics.p90_days.try_into().ok()?,
        exact: statistics.exact,
        upper_bounds: statistics.upper_bounds,
        from_copies: statistics.from_copies,
    })
}
