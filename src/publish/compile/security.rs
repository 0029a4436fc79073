//! The security clock of a release: reads its advisories, and carries on what earlier snapshots saw.
//!
//! An input that cannot be read over http(s), or one of the distribution's that has no advisory, fails alone. What is published then stays as it is, if it was made with that input.
//! Else the clock is made without inputs of the reference, and not at all without one of the distribution's, since every fix that
//! it announces would look unannounced.

use super::earlier_clocks::{EarlierClocks, earlier_clocks, is_same, owned};
use super::held_before::held_before;
use super::input_failures::cause_at;
use super::lists::ReleaseLists;
use super::release::Occasion;
use super::tested_before::tested_before;
use crate::analysis::{
    ClockInputs, Holding, Holdings, LagStatistics, NamedFix, NamedFixes, security_clock,
};
use crate::domain::{AdvisoryClock, AdvisoryId, AdvisoryKind, Evr, FixState};
use crate::publish::advisories::{AdvisoryInput, read_advisories};
use crate::publish::configuration::{
    AdvisoriesSetting, FurtherRole, ReleaseSetting, RepositorySetting, Role,
};
use crate::publish::output::{Folder, Staging};
use crate::publish::repository::Location;
use crate::publish::{Cause, Error, numbers::counted};
use crate::report::{
    AdvisoryFailure, AdvisoryFormatName, AdvisoryInputRecord, Digest, EarlierAdvisories, Fixes,
    FormatVersion, LagRecord, PointInTime, Security, SideName, SnapshotEntry, SourceFailure,
};
use std::collections::{BTreeMap, BTreeSet};

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
fn snapshot_replaced<'a>(
    release: &ReleaseSetting,
    occasion: &Occasion<'a>,
) -> Option<&'a SnapshotEntry> {
    let mut entries = occasion.published?.releases.iter();
    let entry = entries.find(|entry| entry.id == release.id)?;
    let mut snapshots = entry.snapshots.iter();
    snapshots.find(|snapshot| snapshot.taken.0 == occasion.taken)
}

/// The clock of a snapshot that is published.
fn published_clock(
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

/// What was read for a clock, and what of it could not be.
struct ClockSources<'a> {
    lists: &'a ReleaseLists,
    testing_failures: Vec<SourceFailure>,
    advisories: Vec<(&'a AdvisoriesSetting, AdvisoryInput)>,
}

fn clock(
    release: &ReleaseSetting,
    sources: ClockSources<'_>,
    before: Option<Security>,
    occasion: &Occasion<'_>,
    warnings: &mut Vec<String>,
    staging: &mut Staging,
) -> Result<PublishedClock, Error> {
    let ClockSources {
        lists,
        testing_failures,
        advisories: read,
    } = sources;
    let records: Vec<AdvisoryInputRecord> = read.iter().map(record_of).collect();
    let earlier = earlier_clocks(release, occasion, before.as_ref(), warnings);
    warnings.extend(records.iter().filter_map(|now| earlier.shrunk(now)));
    let held = held_before(release, lists, before.as_ref(), occasion, warnings);
    let mut inputs = ClockInputs {
        major: release.distribution_minor.major,
        own: Vec::new(),
        first_appearances: BTreeMap::new(),
        reference: Vec::new(),
        reference_dates: BTreeMap::new(),
        disclosures: BTreeMap::new(),
        holdings: holdings_of(release, lists, &testing_failures, occasion)
            .with_tested_before(tested_before(release, &testing_failures, occasion)),
        before_had_inputs: before
            .as_ref()
            .is_some_and(|before| has_inputs(before, &records)),
        arrivals: earlier.arrivals(&records),
        last_whole: earlier.whole(&records).pop_last().map(|taken| taken.0),
        before: earlier.known.clone(),
        announced_before: earlier.announced.clone(),
        held_before: held.at_clocks,
        held_since: held.since_clock,
        taken: occasion.taken,
    };
    // What one input says to be withdrawn is so although another has it still.
    let withdrawn: BTreeSet<AdvisoryId> = read
        .iter()
        .flat_map(|(_, input)| input.withdrawn.keys().cloned())
        .collect();
    for (setting, mut input) in read {
        input
            .advisories
            .retain(|advisory| !withdrawn.contains(&advisory.id));
        warnings.extend(input.warnings);
        let (advisories, dates) = match setting.side {
            SideName::Reference => (&mut inputs.reference, &mut inputs.reference_dates),
            _ => (&mut inputs.own, &mut inputs.first_appearances),
        };
        advisories.extend(input.advisories);
        for (id, date) in input.dates {
            let known = dates.entry(id).or_insert(date);
            *known = (*known).min(date);
        }
        for (cve, date) in input.disclosures {
            let known = inputs.disclosures.entry(cve).or_insert(date);
            *known = (*known).min(date);
        }
    }
    let clock = security_clock(&inputs);
    if clock.of_other_releases > 0 {
        warnings.push(format!(
            "{} left out of the security clock: their packages are of other releases.",
            counted(clock.of_other_releases, "advisory is", "advisories are")
        ));
    }
    let (package_names, advisories) = Security::tabled(&clock.advisories);
    let fixes = Fixes::of(&release.id, &clock.fixed);
    let document = Security {
        format: FormatVersion::CURRENT,
        release: release.id.clone(),
        taken: PointInTime(occasion.taken),
        inputs: records,
        of_other_releases: clock.of_other_releases as u32,
        testing_failures,
        package_names,
        advisories,
        earlier: earlier_advisories(&clock.advisories, &earlier, &inputs),
        fixes: staging.add(Folder::Fixes, &fixes)?,
    };
    Ok(PublishedClock { document, fixes })
}

/// What this snapshot hands on to those after it.
fn earlier_advisories(
    clocks: &[AdvisoryClock],
    earlier: &EarlierClocks,
    inputs: &ClockInputs<'_>,
) -> EarlierAdvisories {
    let announced = || {
        let clocks = clocks.iter();
        let announced = clocks.filter(|clock| clock.state == FixState::Announced);
        announced.map(|clock| &clock.id)
    };
    let departed = earlier.departed(&announced().map(owned).collect());
    let arrivals = announced().chain(departed.keys()).filter_map(|id| {
        let record = inputs.arrival(id)?.try_into().ok()?;
        Some((id.to_string(), record))
    });
    EarlierAdvisories {
        arrivals: arrivals.collect(),
        departed: departed
            .iter()
            .map(|(id, record)| (id.to_string(), *record))
            .collect(),
    }
}

fn record_of((setting, input): &(&AdvisoriesSetting, AdvisoryInput)) -> AdvisoryInputRecord {
    let entries = match setting.format {
        AdvisoryFormatName::Dates => input.dates.len(),
        // One may be there several times: the older errata have it once for each repository.
        _ => {
            let ids = input.advisories.iter().map(|advisory| &advisory.id);
            ids.collect::<BTreeSet<_>>().len()
        }
    };
    AdvisoryInputRecord {
        side: setting.side,
        format: setting.format,
        name: setting.name.clone(),
        location: setting.published_location.clone(),
        entries: entries as u32,
        page: setting.page.clone(),
        dated: input.dated().map(PointInTime),
    }
}

/// Whether a clock was made from all of these inputs that have the distribution's advisories, and none was empty: from others,
/// what is new in them may have been there for long.
fn has_inputs(before: &Security, records: &[AdvisoryInputRecord]) -> bool {
    let own = |record: &&AdvisoryInputRecord| record.side == SideName::Distribution;
    records.iter().filter(own).all(|record| {
        let mut inputs = before.inputs.iter();
        inputs.any(|input| is_same(input, record) && input.entries > 0)
    })
}

fn holdings_of<'a>(
    release: &ReleaseSetting,
    lists: &'a ReleaseLists,
    testing_failures: &[SourceFailure],
    occasion: &'a Occasion<'_>,
) -> Holdings<'a> {
    let records_epochs = |architecture| {
        let is_own = |setting: &&RepositorySetting| {
            setting.role == Role::Distribution && setting.architecture == architecture
        };
        let mut own = release.repositories.iter().filter(is_own);
        own.all(|setting| setting.records_epochs)
    };
    let distribution = lists.architectures.iter().map(|list| Holding {
        architecture: list.architecture,
        sources: &list.distribution,
        records_epochs: records_epochs(list.architecture),
        is_complete: list.distribution_complete,
        unreadable: &list.distribution_unreadable,
    });
    let testing = lists.further.iter();
    let testing = testing.filter(|((role, _), _)| *role == FurtherRole::Testing);
    let testing = testing.map(|((_, architecture), sources)| (*architecture, sources));
    let architectures = lists.architectures.iter().map(|list| list.architecture);
    let unread = architectures.filter(|architecture| {
        let mut failures = testing_failures.iter();
        failures.any(|failure| failure.architecture == architecture.name())
    });
    Holdings::new(
        distribution.collect(),
        testing.collect(),
        &occasion.configuration.rules.marks,
    )
    .with_testing_unread(unread.collect())
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
