//! What waits in testing and what the distribution adds of its own, at one snapshot; since when is carried on from the snapshots
//! before.

use super::due_before::{DueBefore, due_before};
use super::earlier_boards::{Earlier, Seen, earlier_boards, keep_what_was_read, seen_now};
use super::knowledge::Knowledge;
use super::lists::ReleaseLists;
use super::release::Occasion;
use crate::analysis::{
    Addition, Held, Holder, NamedFixes, OwnVersions, Waiting, additions, waiting,
};
use crate::domain::{Architecture, ChangeClass, Evr, FixState, SourcePackage};
use crate::publish::configuration::{FurtherRole, ReleaseSetting, Role};
use crate::report::{
    AdditionRecord, AwaitedAdvisoryRecord, BuildRecord, FixesRecord, FormatVersion, HolderRecord,
    PointInTime, ReplacedRecord, Repositories, SeenRecord, SideName, SourceFailure, WaitingRecord,
    WaitingStandingRecord,
};
use std::collections::{BTreeMap, BTreeSet};

/// What the boards are made from.
pub struct BoardInputs<'a> {
    /// The release.
    pub release: &'a ReleaseSetting,
    /// What was read of it.
    pub lists: &'a ReleaseLists,
    /// What is known of its packages.
    pub knowledge: &'a Knowledge,
    /// What could not be read.
    pub failures: &'a [SourceFailure],
    /// The versions that advisories name; `None` where no advisories were read.
    pub advisories: Option<&'a NamedFixes<'a>>,
    /// When.
    pub occasion: &'a Occasion<'a>,
}

/// The boards of a release, and what is doubtful of those before; `None` where no repository is read that is not compared.
pub fn repositories_of(inputs: &BoardInputs<'_>) -> (Option<Repositories>, Vec<String>) {
    let failures: Vec<SourceFailure> = inputs
        .failures
        .iter()
        .filter(|failure| is_further(failure.side))
        .cloned()
        .collect();
    if inputs.lists.further.is_empty() && failures.is_empty() {
        return (None, Vec::new());
    }
    let (earlier, mut warnings) = earlier_boards(inputs);
    let mut boards = Repositories {
        format: FormatVersion::CURRENT,
        failures,
        kept: Vec::new(),
        testing: testing_board(inputs, &earlier),
        synergy: synergy_board(inputs, &earlier),
    };
    warnings.extend(keep_what_was_read(inputs, &mut boards));
    (Some(boards), warnings)
}

fn is_further(side: SideName) -> bool {
    !matches!(
        side,
        SideName::Distribution | SideName::Reference | SideName::Origin
    )
}

/// A package that waits on one architecture.
struct Found<'a> {
    architecture: Architecture,
    waiting: Waiting<'a>,
    epochs_recorded: bool,
}

fn testing_board(inputs: &BoardInputs<'_>, earlier: &[Earlier]) -> Option<Vec<WaitingRecord>> {
    let rules = &inputs.occasion.configuration.rules;
    let mut packages: BTreeMap<&str, Vec<Found<'_>>> = BTreeMap::new();
    let mut was_read = false;
    for lists in &inputs.lists.architectures {
        let architecture = lists.architecture;
        let key = (FurtherRole::Testing, architecture);
        let Some(testing) = inputs.lists.further.get(&key) else {
            continue;
        };
        was_read = true;
        let mut own = inputs.release.repositories.iter();
        let epochs_recorded = lists.epochs_recorded
            && own.all(|setting| {
                setting.role != Role::Further(FurtherRole::Testing) || setting.records_epochs
            });
        for waiting in waiting(testing, lists, epochs_recorded, rules) {
            let known = packages.entry(&waiting.testing.name).or_default();
            known.push(Found {
                architecture,
                waiting,
                epochs_recorded,
            });
        }
    }
    let records = packages
        .into_iter()
        .map(|(package, found)| waiting_record(package, &found, inputs, earlier));
    was_read.then(|| records.collect())
}

/// Since when a version waits on an architecture, by the newest earlier snapshot that tells it. One that could not read the
/// repository which has it now tells only what it had.
fn waits_since(found: &Found<'_>, inputs: &BoardInputs<'_>, earlier: &[Earlier]) -> SeenRecord {
    let architecture = found.architecture.name();
    let SourcePackage {
        name,
        evr,
        repository,
        ..
    } = found.waiting.testing;
    let waited = |earlier: &Earlier| {
        let mut records = earlier.boards.testing.iter().flatten();
        let record = records.find(|record| record.package == *name)?;
        let mut standings = record.standings.iter();
        let standing = standings.find(|standing| {
            standing.testing == evr.to_string()
                && standing.architectures.iter().any(|own| own == architecture)
        })?;
        // A board of an older Almanac says since when the newest version waits on any architecture.
        let is_newest = record.evr == standing.testing;
        Some(standing.since.unwrap_or(SeenRecord {
            at_the_latest: earlier.taken,
            not_before: record.since.not_before.filter(|_| is_newest),
        }))
    };
    let tells = |earlier: &&Earlier| {
        let is_testing = |side, of: &str| side == SideName::Testing && of == architecture;
        let mut sources = earlier.sources.iter();
        let mut failures = earlier.boards.failures.iter();
        let was_read = sources.any(|source| is_testing(source.side, &source.architecture));
        let has_failed = failures.any(|failure| {
            is_testing(failure.side, &failure.architecture) && failure.name == *repository
        });
        waited(earlier).is_some() || was_read && !has_failed
    };
    let seen = Seen {
        sides: &[SideName::Testing, SideName::Distribution],
        architecture: Some(found.architecture),
    };
    let earlier = earlier.iter().find(tells);
    let before = earlier.and_then(waited);
    before.unwrap_or_else(|| seen_now(&seen, inputs, earlier))
}

fn waiting_record(
    package: &str,
    found: &[Found<'_>],
    inputs: &BoardInputs<'_>,
    earlier: &[Earlier],
) -> WaitingRecord {
    let newest = newest(found.iter().map(|found| found.waiting.testing));
    let evr = newest
        .map(|package| package.evr.to_string())
        .unwrap_or_default();
    let mut standings: Vec<WaitingStandingRecord> = Vec::new();
    for found in found {
        let waiting = &found.waiting;
        let text = |package: &SourcePackage| package.evr.to_string();
        let standing = WaitingStandingRecord {
            architectures: Vec::new(),
            testing: text(waiting.testing),
            distribution: waiting.distribution.map(text),
            distribution_untold: waiting.distribution_untold,
            reference: waiting.reference.map(text),
            standing: waiting.standing.into(),
            since: Some(waits_since(found, inputs, earlier)),
            advisories: inputs
                .advisories
                .map(|named| awaited_advisories(found, named, inputs)),
        };
        let facts = |known: &WaitingStandingRecord| {
            let WaitingStandingRecord {
                testing,
                distribution,
                distribution_untold,
                reference,
                standing,
                since,
                ..
            } = known.clone();
            (
                testing,
                distribution,
                distribution_untold,
                reference,
                standing,
                since,
            )
        };
        let name = found.architecture.name().to_owned();
        let mut same = standings.iter_mut();
        match same.find(|known| facts(known) == facts(&standing)) {
            Some(known) => known.architectures.push(name),
            None => standings.push(WaitingStandingRecord {
                architectures: vec![name],
                ..standing
            }),
        }
    }
    let of_newest = standings.iter().filter(|standing| standing.testing == evr);
    let since = of_newest
        .filter_map(|standing| standing.since)
        .min_by_key(|since| (since.at_the_latest, since.not_before))
        .unwrap_or(SeenRecord {
            at_the_latest: PointInTime(inputs.occasion.taken),
            not_before: None,
        });
    WaitingRecord {
        package: package.to_owned(),
        built: newest.and_then(|package| package.built).map(PointInTime),
        since,
        fixes: newest.and_then(|package| fixes_of(package, inputs.knowledge)),
        evr,
        standings,
    }
}

/// The advisories whose fixes come with a version that waits; none where nothing is published that lacks them.
fn awaited_advisories(
    found: &Found<'_>,
    named: &NamedFixes<'_>,
    inputs: &BoardInputs<'_>,
) -> Vec<AwaitedAdvisoryRecord> {
    let Some(published) = found.waiting.distribution else {
        return Vec::new();
    };
    let SourcePackage { name, evr, .. } = found.waiting.testing;
    let marks = &inputs.occasion.configuration.rules.marks;
    let fixes = named.awaited(name, &published.evr, evr, found.epochs_recorded, marks);
    let records = fixes.into_iter().map(|fix| AwaitedAdvisoryRecord {
        id: fix.clock.id.to_string(),
        side: match fix.clock.state {
            FixState::Announced => SideName::Distribution,
            _ => SideName::Reference,
        },
        severity: fix.clock.severity.into(),
        cves: fix.clock.cves.clone(),
        evr: fix.evr.to_string(),
    });
    records.collect()
}

/// What the source of a version names as fixed; `None` where the source texts at hand are of another version, or none are.
fn fixes_of(package: &SourcePackage, knowledge: &Knowledge) -> Option<FixesRecord> {
    let texts = knowledge.texts.get(&package.name)?;
    let evr = texts.distribution_evr.as_deref().and_then(Evr::parse)?;
    if evr.without_epoch() != package.evr.without_epoch() {
        return None;
    }
    let patches = knowledge.patches.get(&package.name).into_iter().flatten();
    let cves: BTreeSet<&String> = patches.flat_map(|patch| &patch.cves).collect();
    let known = knowledge.packages.get(&package.name);
    let changes = known.into_iter().flat_map(|known| &known.changes);
    let is_fix = |class| {
        matches!(
            class,
            ChangeClass::SecurityFixAhead | ChangeClass::BackportedFix | ChangeClass::RebuildFix
        )
    };
    Some(FixesRecord {
        cves: cves.into_iter().cloned().collect(),
        changes: changes
            .filter(|change| is_fix(change.class))
            .map(|change| change.summary.clone())
            .collect(),
    })
}

fn synergy_board(inputs: &BoardInputs<'_>, earlier: &[Earlier]) -> Option<Vec<AdditionRecord>> {
    let mut packages: BTreeMap<&str, Vec<(Architecture, Addition<'_>)>> = BTreeMap::new();
    let mut was_read = false;
    let source_versions = OwnVersions::default();
    for lists in &inputs.lists.architectures {
        let architecture = lists.architecture;
        let further = |role| inputs.lists.further.get(&(role, architecture));
        let Some(added) = further(FurtherRole::Synergy) else {
            continue;
        };
        was_read = true;
        let held = |holder, sources| Held {
            holder,
            sources,
            versions: inputs
                .lists
                .own_versions
                .get(&(side_of(holder), architecture))
                .unwrap_or(&source_versions),
            epochs_recorded: lists.epochs_recorded,
        };
        let mut holders = vec![held(Holder::Distribution, &lists.distribution)];
        let reference = lists.reference.as_ref();
        holders.extend(reference.map(|list| held(Holder::Reference, list)));
        holders.extend(further(FurtherRole::Epel).map(|list| held(Holder::Epel, list)));
        let claims = inputs.lists.claims.get(&architecture);
        let claims = claims.map_or(&[][..], Vec::as_slice);
        for addition in additions(added, claims, &holders) {
            let known = packages.entry(&addition.package.name).or_default();
            known.push((architecture, addition));
        }
    }
    let records = packages
        .into_iter()
        .map(|(package, found)| addition_record(package, &found, inputs, earlier));
    was_read.then(|| records.collect())
}

fn addition_record(
    package: &str,
    found: &[(Architecture, Addition<'_>)],
    inputs: &BoardInputs<'_>,
    earlier: &[Earlier],
) -> AdditionRecord {
    let newest = newest(found.iter().map(|(_, addition)| addition.package));
    let mut holders: Vec<HolderRecord> = Vec::new();
    let mut replaced: Vec<ReplacedRecord> = Vec::new();
    for (architecture, addition) in found {
        let name = architecture.name().to_owned();
        for (holder, held) in &addition.holders {
            let side = side_of(*holder);
            let build = BuildRecord {
                evr: held.evr.to_string(),
                repository: held.repository.clone(),
                built: held.built.map(PointInTime),
            };
            let same = holders.iter_mut().find(|known| {
                known.side == side
                    && (&known.build.evr, &known.build.repository)
                        == (&build.evr, &build.repository)
            });
            match same {
                Some(known) => known.architectures.push(name.clone()),
                None => holders.push(HolderRecord {
                    side,
                    build,
                    architectures: vec![name.clone()],
                }),
            }
        }
        for other in &addition.replaced {
            let record = ReplacedRecord {
                by: other.by.to_owned(),
                kind: other.kind.into(),
                side: side_of(other.of),
                name: other.name.to_owned(),
                source: other.source.to_owned(),
            };
            if !replaced.contains(&record) {
                replaced.push(record);
            }
        }
    }
    holders.sort_by_key(|holder| holder.side);
    let is_due = holders
        .iter()
        .any(|holder| matches!(holder.side, SideName::Reference | SideName::Epel));
    let seen = Seen {
        sides: &[SideName::Synergy, SideName::Reference, SideName::Epel],
        architecture: None,
    };
    let due = is_due.then(|| match due_before(package, earlier) {
        DueBefore::Since(since) => since,
        DueBefore::NotIn(earlier) => seen_now(&seen, inputs, earlier),
    });
    AdditionRecord {
        package: package.to_owned(),
        evr: newest
            .map(|package| package.evr.to_string())
            .unwrap_or_default(),
        built: newest.and_then(|package| package.built).map(PointInTime),
        architectures: found
            .iter()
            .map(|(architecture, _)| architecture.name().to_owned())
            .collect(),
        holders,
        due,
        replaced,
    }
}

fn side_of(holder: Holder) -> SideName {
    match holder {
        Holder::Distribution => SideName::Distribution,
        Holder::Reference => SideName::Reference,
        Holder::Epel => SideName::Epel,
    }
}

fn newest<'a>(packages: impl Iterator<Item = &'a SourcePackage>) -> Option<&'a SourcePackage> {
    packages.max_by(|left, right| left.evr.cmp(&right.evr))
}
