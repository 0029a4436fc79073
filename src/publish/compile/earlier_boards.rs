//! What the boards of snapshots before tell, and those of an earlier run of the same snapshot.

use super::repositories::BoardInputs;
use crate::domain::Architecture;
use crate::publish::configuration::{FurtherRole, Role};
use crate::report::{
    PointInTime, Repositories, SeenRecord, SideName, SnapshotEntry, SourceFailure, SourceRecord,
};
use std::collections::BTreeSet;

/// The boards of an earlier snapshot.
pub struct Earlier {
    /// When it was taken.
    pub taken: PointInTime,
    /// What it was made from.
    pub sources: Vec<SourceRecord>,
    /// They.
    pub boards: Repositories,
}

/// The boards of the snapshots before that the index lists, the newest first, as far as they are needed. One that cannot be read is
/// told: since when something is so is then known less well.
pub fn earlier_boards(inputs: &BoardInputs<'_>) -> (Vec<Earlier>, Vec<String>) {
    let taken = inputs.occasion.taken;
    let before = listed(inputs).filter(|snapshot| snapshot.taken.0 < taken);
    let (mut found, mut warnings) = (Vec::<Earlier>::new(), Vec::new());
    for snapshot in before {
        match inputs.occasion.published_set.repositories(&snapshot.report) {
            Ok(Some((report, boards))) => found.push(Earlier {
                taken: report.taken,
                sources: report.sources,
                boards,
            }),
            Ok(None) => {}
            Err(error) => warnings.push(format!(
                "since when packages wait or are due is known less well: {}: {}",
                error.place, error.cause
            )),
        }
        // Most have all that was read, and then it ends with the first.
        if found
            .last()
            .is_some_and(|earlier| tells_all(earlier, inputs))
        {
            break;
        }
    }
    (found, warnings)
}

/// The snapshots of the release that the index lists, the newest first.
fn listed<'a>(inputs: &BoardInputs<'a>) -> impl Iterator<Item = &'a SnapshotEntry> {
    let releases = inputs.occasion.published.into_iter();
    let releases = releases.flat_map(|index| &index.releases);
    let release = inputs.release;
    let own = releases.filter(|entry| entry.id == release.id);
    own.flat_map(|entry| entry.snapshots.iter().rev())
}

/// Whether all repositories that the release has now were read for an earlier snapshot.
fn tells_all(earlier: &Earlier, inputs: &BoardInputs<'_>) -> bool {
    let Repositories {
        failures,
        testing,
        synergy,
        ..
    } = &earlier.boards;
    let is_set = |role, side| {
        let mut settings = inputs.release.repositories.iter();
        settings.any(|setting| setting.role == Role::Further(role))
            || inputs.failures.iter().any(|failure| failure.side == side)
    };
    failures.is_empty()
        && (testing.is_some() || !is_set(FurtherRole::Testing, SideName::Testing))
        && (synergy.is_some() || !is_set(FurtherRole::Synergy, SideName::Synergy))
}

/// Puts the boards of an earlier run of the same snapshot in the place of those for which this one read less; tells what of them
/// cannot be read.
pub fn keep_what_was_read(inputs: &BoardInputs<'_>, boards: &mut Repositories) -> Option<String> {
    let taken = inputs.occasion.taken;
    let replaced = listed(inputs).find(|snapshot| snapshot.taken.0 == taken)?;
    let set = inputs.occasion.published_set;
    let before = match set.repositories(&replaced.report) {
        Ok(before) => before?.1,
        Err(error) => {
            return Some(format!(
                "what an earlier run of this snapshot read in repositories is not known: {}: {}",
                error.place, error.cause
            ));
        }
    };
    let reads_less = |board: SideName, sides: &[SideName]| {
        let was_kept = before.kept.contains(&board);
        let mut failures = boards.failures.iter();
        failures.any(|failure| {
            let is_known = || before.failures.iter().any(|known| is_same(known, failure));
            sides.contains(&failure.side) && (was_kept || !is_known())
        })
    };
    let is_kept = [
        before.testing.is_some() && reads_less(SideName::Testing, &[SideName::Testing]),
        before.synergy.is_some()
            && reads_less(SideName::Synergy, &[SideName::Synergy, SideName::Epel]),
    ];
    if is_kept[0] {
        boards.testing = before.testing;
        boards.kept.push(SideName::Testing);
    }
    if is_kept[1] {
        boards.synergy = before.synergy;
        boards.kept.push(SideName::Synergy);
    }
    None
}

/// Whether two failures are of one repository.
fn is_same(left: &SourceFailure, right: &SourceFailure) -> bool {
    let repository = |failure: &SourceFailure| {
        let SourceFailure {
            side,
            name,
            architecture,
            ..
        } = failure.clone();
        (side, name, architecture)
    };
    repository(left) == repository(right)
}

/// What something is seen in: the repositories of some sides, on one architecture or all.
pub struct Seen<'a> {
    /// The sides.
    pub sides: &'a [SideName],
    /// The architecture; `None` for all.
    pub architecture: Option<Architecture>,
}

impl Seen<'_> {
    fn has(&self, source: &SourceRecord) -> bool {
        let architecture = self.architecture.map(Architecture::name);
        self.sides.contains(&source.side)
            && architecture.is_none_or(|architecture| architecture == source.architecture)
    }
}

/// Whether the same repositories were read in an earlier snapshot, all of them complete: what a list lacked that is not complete
/// may have been there.
fn same_were_read(seen: &Seen<'_>, inputs: &BoardInputs<'_>, earlier: &Earlier) -> bool {
    let read = |sources: &[SourceRecord]| -> BTreeSet<(SideName, String, String)> {
        sources
            .iter()
            .filter(|source| seen.has(source))
            .map(|source| {
                (
                    source.side,
                    source.name.clone(),
                    source.architecture.clone(),
                )
            })
            .collect()
    };
    let mut sources = earlier.sources.iter();
    let were_complete = sources.all(|source| source.complete || !seen.has(source));
    were_complete && read(&inputs.lists.sources) == read(&earlier.sources)
}

/// What is so since now at the latest; not before an earlier snapshot if that read the same and had it not.
pub fn seen_now(
    seen: &Seen<'_>,
    inputs: &BoardInputs<'_>,
    earlier: Option<&Earlier>,
) -> SeenRecord {
    SeenRecord {
        at_the_latest: PointInTime(inputs.occasion.taken),
        not_before: earlier
            .filter(|earlier| same_were_read(seen, inputs, earlier))
            .map(|earlier| earlier.taken),
    }
}
