//! Makes the security clock of a release from what was read of it and what earlier snapshots saw.

use super::earlier_clocks::{EarlierClocks, earlier_clocks, is_same, owned};
use super::held_before::held_before;
use super::lists::ReleaseLists;
use super::release::Occasion;
use super::security::{PublishedClock, published_clock, snapshot_replaced};
use super::tested_before::tested_before;
use crate::analysis::{
    ClockInputs, Holding, Holdings, NamedAdvisory, SecurityClock, security_clock,
};
use crate::domain::{AdvisoryClock, AdvisoryId, FixState};
use crate::publish::advisories::AdvisoryInput;
use crate::publish::configuration::{
    AdvisoriesSetting, FurtherRole, ReleaseSetting, RepositorySetting, Role,
};
use crate::publish::output::{Folder, Staging};
use crate::publish::{Error, numbers::counted};
use crate::report::{
    AdvisoryFormatName, AdvisoryInputRecord, EarlierAdvisories, Fixes, FormatVersion,
    NamedAdvisoryRecord, PointInTime, Security, SideName, SourceFailure,
};
use std::collections::{BTreeMap, BTreeSet};

/// What was read for a clock, and what of it could not be.
pub struct ClockSources<'a> {
    /// The lists of its repositories.
    pub lists: &'a ReleaseLists,
    /// The repositories of packages in testing that could not be read.
    pub testing_failures: Vec<SourceFailure>,
    /// The inputs of its advisories.
    pub advisories: Vec<(&'a AdvisoriesSetting, AdvisoryInput)>,
}

/// Makes the clock. `before` is the one before it.
pub fn clock(
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
    let mut earlier = earlier_clocks(release, occasion, before.as_ref(), warnings);
    if !testing_failures.is_empty() {
        let replaced = snapshot_replaced(release, occasion);
        let replaced = published_clock(replaced, occasion, warnings);
        replaced
            .iter()
            .for_each(|(_, replaced)| earlier.add_waiting(&replaced.document));
    }
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
        named: named_records(&clock),
        earlier: earlier_advisories(&clock.advisories, &earlier, &inputs),
        fixes: staging.add(Folder::Fixes, &fixes)?,
    };
    Ok(PublishedClock { document, fixes })
}

/// What those of the distribution's own name which name several of the reference's.
fn named_records(clock: &SecurityClock) -> BTreeMap<String, Vec<NamedAdvisoryRecord>> {
    let record = |named: &NamedAdvisory| NamedAdvisoryRecord {
        id: named.id.to_string(),
        issued: named.issued.and_then(|issued| issued.try_into().ok()),
    };
    let named = clock.named.iter();
    named
        .map(|(id, named)| (id.to_string(), named.iter().map(record).collect()))
        .collect()
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
