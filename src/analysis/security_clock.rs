//! Puts the advisories of both sides together, and says when each fix came where.
//!
//! A rebuilt distribution copies the reference's date of issue into most of its advisories: such a date is not the day of its
//! own publication. It counts only where it is another day than the reference's; else the earliest day by which the advisory
//! is known to have been there stands in, as an upper bound. A date that is known to be such a copy tells the reference's day
//! where nothing better does.

mod holdings;
mod pairing;
mod publication;
mod statistics;
#[cfg(test)]
mod tests;

pub use holdings::{HeldAt, Holding, Holdings, TestedBefore, TestedBuild};
pub use pairing::NamedAdvisory;
pub use publication::Arrival;
pub use statistics::{LagStatistics, MEDIAN_COUNT_MIN, nearest_rank};

use crate::domain::{
    AdvisoryClock, AdvisoryId, AdvisoryKind, DateGrade, DateSource, DatedFact, DistTag, Evr,
    FixState, PairBasis, Severity, Timestamp,
};
use pairing::Pairing;
use publication::publication;
use std::collections::{BTreeMap, BTreeSet};

/// An advisory as one input has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advisory {
    /// Its name.
    pub id: AdvisoryId,
    /// How severe it is.
    pub severity: Severity,
    /// Its date of issue.
    pub issued: Option<Timestamp>,
    /// Whether that date is known to be the reference's, as OSV's `published` is.
    pub issue_is_copied: bool,
    /// When it was changed last.
    pub updated: Option<Timestamp>,
    /// The vulnerabilities that it corrects.
    pub cves: Vec<String>,
    /// Other advisories that it names.
    pub named: Vec<AdvisoryId>,
    /// The packages with the version that fixes them.
    pub packages: Vec<FixedPackage>,
}

/// A package with the version that fixes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FixedPackage {
    /// The binary package, or the source package where that is what the input names.
    pub name: String,
    /// The source package, where the input says it.
    pub source: Option<String>,
    /// The version.
    pub evr: Evr,
}

/// What an advisory shares with the one that it mirrors: kind, year, number.
pub type MirroredId = (AdvisoryKind, u16, String);

/// What was known of an advisory at the newest earlier snapshot that had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Before {
    /// How far the distribution was.
    pub state: FixState,
    /// When its repositories had the fix without an advisory.
    pub in_repositories: Option<DatedFact>,
    /// The first day on which any earlier snapshot knew it to be in testing.
    pub testing: Option<DatedFact>,
}

/// All that a release's security clock is made from.
pub struct ClockInputs<'a> {
    /// The major release: an advisory of one release can list packages of another.
    pub major: u32,
    /// The distribution's advisories; one may be there several times.
    pub own: Vec<Advisory>,
    /// When an advisory of the distribution first appeared in an archive.
    pub first_appearances: BTreeMap<AdvisoryId, Timestamp>,
    /// The reference's advisories.
    pub reference: Vec<Advisory>,
    /// When the reference issued advisories.
    pub reference_dates: BTreeMap<AdvisoryId, Timestamp>,
    /// When vulnerabilities became public.
    pub disclosures: BTreeMap<String, Timestamp>,
    /// What repositories have.
    pub holdings: Holdings<'a>,
    /// What earlier snapshots knew.
    pub before: BTreeMap<MirroredId, Before>,
    /// Whether that snapshot was made from the same inputs of the distribution's advisories, none of them empty: only then is an
    /// advisory that it did not have a new one.
    pub before_had_inputs: bool,
    /// The advisories that the distribution had at any earlier snapshot, each with the days of publication that these told.
    pub announced_before: BTreeMap<MirroredId, BTreeSet<DatedFact>>,
    /// Between which snapshots those of them came of which snapshots tell it.
    pub arrivals: BTreeMap<MirroredId, Arrival>,
    /// The newest earlier snapshot that was made from the same inputs, which were whole: it did not have what no snapshot had.
    pub last_whole: Option<Timestamp>,
    /// The distribution's source packages when the clock before was made and at the snapshots before that, the newest first, as far
    /// back as they were from the same repositories.
    pub held_before: Vec<HeldAt>,
    /// Those of the snapshots since, likewise: their advisories could not be read.
    pub held_since: Vec<HeldAt>,
    /// When the snapshot is taken.
    pub taken: Timestamp,
}

impl ClockInputs<'_> {
    /// What the snapshots before had, the newest first.
    fn held(&self) -> impl Iterator<Item = &HeldAt> {
        self.held_since.iter().chain(&self.held_before)
    }
}

/// The clocks of a release, and what was left out.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SecurityClock {
    /// One for each advisory, sorted by name.
    pub advisories: Vec<AdvisoryClock>,
    /// For each of them the versions that fix its packages, one for each package.
    pub fixed: Vec<Vec<Evr>>,
    /// The advisories of the reference that those of the distribution's own name which name several, the first issued first.
    pub named: BTreeMap<AdvisoryId, Vec<NamedAdvisory>>,
    /// Advisories whose packages are all of another release.
    pub of_other_releases: usize,
}

/// Makes the clocks of a release.
pub fn security_clock(inputs: &ClockInputs<'_>) -> SecurityClock {
    let (own, own_elsewhere) = merged(&inputs.own, inputs.major);
    let (reference, reference_elsewhere) = merged(&inputs.reference, inputs.major);
    let pairing = Pairing::new(inputs, &reference);
    let mut clocks: Vec<(AdvisoryClock, Vec<Evr>)> = own
        .values()
        .map(|advisory| announced(advisory, &pairing, inputs))
        .collect();
    let mirrored: BTreeSet<_> = own.keys().map(AdvisoryId::mirrored).collect();
    let only_reference = reference.values().filter(|advisory| {
        advisory.advisory.id.kind == AdvisoryKind::Security
            && !mirrored.contains(&advisory.advisory.id.mirrored())
            && !advisory.advisory.packages.is_empty()
    });
    let unannounced = only_reference.map(|advisory| unannounced(advisory, &pairing, inputs));
    let unannounced: Vec<_> = unannounced
        .filter(|(clock, _)| {
            clock.state != FixState::FixedWithoutAdvisory
                || !is_announced_by_own(clock, own.values().zip(&clocks))
        })
        .collect();
    clocks.extend(unannounced);
    let named = own.values().filter(|known| known.advisory.id.is_own());
    let named = named.map(|known| (known.advisory.id.clone(), pairing.named(&known.advisory)));
    let named = named.filter(|(_, named)| named.len() > 1).collect();
    clocks.sort_by(|(left, _), (right, _)| left.id.cmp(&right.id));
    let (advisories, fixed) = clocks.into_iter().unzip();
    SecurityClock {
        advisories,
        fixed,
        named,
        of_other_releases: own_elsewhere + reference_elsewhere,
    }
}

/// Whether an advisory of the distribution's own that names one of the reference, or is measured against it, announces all that
/// this corrects.
fn is_announced_by_own<'a>(
    reference: &AdvisoryClock,
    mut announced: impl Iterator<Item = (&'a Merged, &'a (AdvisoryClock, Vec<Evr>))>,
) -> bool {
    announced.any(|(known, (own, _))| {
        let counterpart = own.counterpart.as_ref().map(|counterpart| &counterpart.id);
        own.id.is_own()
            && (counterpart == Some(&reference.id) || known.advisory.named.contains(&reference.id))
            && reference.cves.iter().all(|cve| own.cves.contains(cve))
            && reference
                .packages
                .iter()
                .all(|package| own.packages.contains(package))
    })
}

/// An advisory as all inputs together have it.
struct Merged {
    advisory: Advisory,
    /// The dates of issue that may be its own.
    issues: BTreeSet<Timestamp>,
    /// The days by which it was there, as it says itself.
    updates: BTreeSet<Timestamp>,
    /// The reference's dates of issue that it copies.
    copies: BTreeSet<Timestamp>,
}

/// Puts together what several inputs have of an advisory, and takes out packages of other releases; counts the advisories of
/// which nothing is left.
fn merged(advisories: &[Advisory], major: u32) -> (BTreeMap<AdvisoryId, Merged>, usize) {
    let mut merged: BTreeMap<AdvisoryId, Merged> = BTreeMap::new();
    let mut elsewhere = BTreeSet::new();
    for advisory in advisories {
        let mut own = advisory.clone();
        own.packages
            .retain(|package| major_of(&package.evr.release).is_none_or(|own| own == major));
        if own.packages.is_empty() && !advisory.packages.is_empty() {
            elsewhere.insert(&advisory.id);
            continue;
        }
        let issue = own.issued.filter(|_| !own.issue_is_copied);
        let copy = own.issued.filter(|_| own.issue_is_copied);
        // A date of change that is not after the date of issue was copied together with it.
        let update = own
            .updated
            .filter(|updated| own.issued.is_some_and(|issued| *updated > issued));
        match merged.get_mut(&own.id) {
            None => {
                let known = Merged {
                    issues: issue.into_iter().collect(),
                    updates: update.into_iter().collect(),
                    copies: copy.into_iter().collect(),
                    advisory: own,
                };
                merged.insert(advisory.id.clone(), known);
            }
            Some(known) => {
                known.issues.extend(issue);
                known.updates.extend(update);
                known.copies.extend(copy);
                known.advisory.severity = known.advisory.severity.min(own.severity);
                known.advisory.cves.extend(own.cves);
                known.advisory.named.extend(own.named);
                known.advisory.packages.extend(own.packages);
            }
        }
    }
    for known in merged.values_mut() {
        known.advisory.cves.sort();
        known.advisory.cves.dedup();
    }
    elsewhere.retain(|id| !merged.contains_key(*id));
    (merged, elsewhere.len())
}

/// The major release that a package was built for, also where its module tag alone says it.
fn major_of(release: &str) -> Option<u32> {
    let spelt = release
        .replace(".module_el", ".el")
        .replace(".module+el", ".el");
    DistTag::of_release(&spelt).map(|tag| tag.major)
}

fn owned(id: &AdvisoryId) -> MirroredId {
    (id.kind, id.year, id.number.clone())
}

/// The clock of an advisory that the distribution has, with the versions that fix its packages.
fn announced(
    known: &Merged,
    pairing: &Pairing<'_>,
    inputs: &ClockInputs<'_>,
) -> (AdvisoryClock, Vec<Evr>) {
    let advisory = &known.advisory;
    let packages = inputs.holdings.sources_of(&advisory.packages);
    let counterpart = pairing.counterpart(advisory, &packages);
    let references = counterpart.as_ref().map(|counterpart| {
        let copy = known.copies.first();
        let copy = copy.filter(|_| counterpart.basis == PairBasis::SameNumber);
        let copy = copy.map(|copy| DatedFact::of(*copy, DateSource::CopiedIssue));
        let stated = pairing.issued.get(&counterpart.id).cloned();
        stated.unwrap_or_else(|| copy.into_iter().collect())
    });
    let references = references.unwrap_or_default();
    let before = before(inputs, &advisory.id);
    let tested = inputs.holdings.testing_had_builds_by(&packages);
    let tested = tested.map(|by| DatedFact::of(by, DateSource::Snapshot));
    let testing = before
        .and_then(|before| before.testing)
        .into_iter()
        .chain(tested)
        .min()
        .or_else(|| seen(inputs, inputs.holdings.testing_has_builds(&packages)));
    let distribution = publication(known, &references, inputs);
    let is_earlier =
        |fact: &DatedFact| distribution.is_none_or(|published| fact.day < published.day);
    let in_repositories = before
        .and_then(|before| before.in_repositories)
        .or_else(|| held_without(&advisory.id, &packages, distribution, inputs));
    let (packages, fixed) = packages.into_iter().unzip();
    let clock = AdvisoryClock {
        state: FixState::Announced,
        distribution,
        in_repositories: in_repositories.filter(is_earlier),
        counterpart,
        reference: references.first().copied(),
        testing,
        ..common(advisory, packages, inputs)
    };
    (clock, fixed)
}

/// By when the repositories had the fix of an advisory that no snapshot had before, as these tell it; `None` where the advisory may
/// have been there by then.
fn held_without(
    id: &AdvisoryId,
    packages: &[(String, Evr)],
    distribution: Option<DatedFact>,
    inputs: &ClockInputs<'_>,
) -> Option<DatedFact> {
    let holdings = &inputs.holdings;
    if inputs.announced_before.contains_key(&owned(id))
        || holdings.state_of(packages, false) != FixState::FixedWithoutAdvisory
    {
        return None;
    }
    let by = holdings.held_by(packages, inputs.held())?;
    let came_after_lists = inputs.last_whole.is_some_and(|without| by <= without);
    let is_issued_later = distribution
        .is_some_and(|fact| fact.grade() == DateGrade::Exact && by.unix_days() < fact.day);
    (came_after_lists || is_issued_later).then(|| DatedFact::of(by, DateSource::Snapshot))
}

/// The clock of an advisory that the reference alone has, with the versions that fix its packages.
fn unannounced(
    known: &Merged,
    pairing: &Pairing<'_>,
    inputs: &ClockInputs<'_>,
) -> (AdvisoryClock, Vec<Evr>) {
    let advisory = &known.advisory;
    let packages = inputs.holdings.sources_of(&advisory.packages);
    let before = before(inputs, &advisory.id);
    let was_in_testing = before.is_some_and(|before| before.state == FixState::InTesting);
    let state = inputs.holdings.state_of(&packages, was_in_testing);
    let was_fixed = before.filter(|before| {
        before.state == FixState::FixedWithoutAdvisory || before.in_repositories.is_some()
    });
    // Of an advisory that the snapshot before did not know, the versions tell which snapshots had the fix.
    let lacked =
        before.is_some_and(|before| matches!(before.state, FixState::Open | FixState::InTesting));
    let holdings = &inputs.holdings;
    let came_by = || match lacked {
        true => {
            let by = holdings.held_by(&packages, inputs.held_since.iter());
            Some(by.unwrap_or(inputs.taken))
        }
        false => holdings.came_by(&packages, inputs.held(), inputs.taken),
    };
    let distribution = (state == FixState::FixedWithoutAdvisory)
        .then(|| match was_fixed {
            Some(before) => before.in_repositories,
            None => came_by().map(|by| DatedFact::of(by, DateSource::Snapshot)),
        })
        .flatten();
    // Where the versions tell how far the fix is they tell by when testing had it, too: its advisory may have come later.
    let is_told = matches!(state, FixState::InTesting | FixState::FixedWithoutAdvisory);
    let tested = holdings.testing_had_fixes_by(&packages);
    let tested = tested.filter(|_| is_told);
    let tested = tested.map(|by| DatedFact::of(by, DateSource::Snapshot));
    let testing = before
        .and_then(|before| before.testing)
        .into_iter()
        .chain(tested)
        .min()
        .or_else(|| seen(inputs, state == FixState::InTesting));
    let (packages, fixed) = packages.into_iter().unzip();
    let clock = AdvisoryClock {
        state,
        distribution,
        reference: pairing
            .issued
            .get(&advisory.id)
            .and_then(BTreeSet::first)
            .copied(),
        testing,
        ..common(advisory, packages, inputs)
    };
    (clock, fixed)
}

fn common(advisory: &Advisory, packages: Vec<String>, inputs: &ClockInputs<'_>) -> AdvisoryClock {
    let disclosures = advisory
        .cves
        .iter()
        .filter_map(|cve| inputs.disclosures.get(cve));
    AdvisoryClock {
        id: advisory.id.clone(),
        severity: advisory.severity,
        state: FixState::Announced,
        counterpart: None,
        disclosed: disclosures
            .min()
            .map(|moment| DatedFact::of(*moment, DateSource::Disclosed)),
        reference: None,
        testing: None,
        distribution: None,
        in_repositories: None,
        cves: advisory.cves.clone(),
        packages,
    }
}

fn before<'a>(inputs: &'a ClockInputs<'_>, id: &AdvisoryId) -> Option<&'a Before> {
    inputs.before.get(&owned(id))
}

/// What is so now was so at this snapshot at the latest.
fn seen(inputs: &ClockInputs<'_>, is_so: bool) -> Option<DatedFact> {
    is_so.then(|| DatedFact::of(inputs.taken, DateSource::Snapshot))
}
