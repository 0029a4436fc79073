//! What the security clocks of earlier snapshots tell of advisories.

use super::release::Occasion;
use crate::analysis::{Arrival, Before, MirroredId};
use crate::domain::{AdvisoryId, DateSource, DatedFact, FixState};
use crate::publish::configuration::ReleaseSetting;
use crate::publish::numbers::counted;
use crate::report::{AdvisoryInputRecord, DepartedAdvisory, PointInTime, Security, SideName};
use std::collections::{BTreeMap, BTreeSet};

/// What the clocks of all earlier snapshots that the index lists tell of advisories.
#[derive(Default)]
pub struct EarlierClocks {
    /// The advisories that the distribution had, each with the days of publication that the clocks told.
    pub announced: BTreeMap<MirroredId, BTreeSet<DatedFact>>,
    /// What the newest clock that had each of them knew of its day.
    newest: BTreeMap<MirroredId, (AdvisoryId, Option<DatedFact>)>,
    /// When the first clock was made that had each of them.
    first_with: BTreeMap<MirroredId, PointInTime>,
    /// What the newest clock that has an advisory knew of it, with the first day of all on which it was in testing.
    pub known: BTreeMap<MirroredId, Before>,
    /// The inputs, each as the newest of the clocks has it that had the most entries, with the time of that.
    most: Vec<(PointInTime, AdvisoryInputRecord)>,
    /// What each clock was made from, and between which snapshots it says that advisories came; the newest first.
    made: Vec<Made>,
    /// The advisories that the distribution did not have for a while: the first clock that lists them again is not the first.
    departed: BTreeSet<MirroredId>,
}

/// One clock.
struct Made {
    taken: PointInTime,
    inputs: Vec<AdvisoryInputRecord>,
    arrivals: BTreeMap<MirroredId, Arrival>,
}

impl EarlierClocks {
    /// Adds a clock that is older than those before.
    fn add(&mut self, document: &Security) {
        for clock in document.clocks() {
            let id = owned(&clock.id);
            if clock.state == FixState::Announced {
                let days = self.announced.entry(id.clone()).or_default();
                days.extend(clock.distribution);
                self.first_with.insert(id.clone(), document.taken);
                self.newest
                    .entry(id.clone())
                    .or_insert((clock.id, clock.distribution));
            }
            let known = self.known.entry(id).or_insert(Before {
                state: clock.state,
                in_repositories: match clock.state {
                    // Where no snapshot tells since when it is there, it was there by that one.
                    FixState::FixedWithoutAdvisory => Some(
                        clock
                            .distribution
                            .unwrap_or(DatedFact::of(document.taken.0, DateSource::Snapshot)),
                    ),
                    _ => clock.in_repositories,
                },
                testing: None,
            });
            known.testing = known.testing.into_iter().chain(clock.testing).min();
        }
        for (name, record) in &document.earlier.departed {
            if let Ok(name) = name.parse() {
                self.add_departed(name, record);
            }
        }
        let arrivals = document.earlier.arrivals();
        self.made.push(Made {
            taken: document.taken,
            inputs: document.inputs.clone(),
            arrivals: arrivals.map(|(id, known)| (owned(&id), known)).collect(),
        });
        for input in &document.inputs {
            let mut most = self.most.iter_mut();
            match most.find(|(_, known)| is_same(known, input)) {
                Some(known) if known.1.entries < input.entries => {
                    *known = (document.taken, input.clone());
                }
                Some(_) => {}
                None => self.most.push((document.taken, input.clone())),
            }
        }
    }

    /// Adds what an earlier run of the same snapshot saw in testing, of which this one could not read all: it is there still.
    pub fn add_waiting(&mut self, replaced: &Security) {
        let clocks = replaced.clocks().into_iter();
        for clock in clocks.filter(|clock| clock.state == FixState::InTesting) {
            let known = self.known.entry(owned(&clock.id)).or_insert(Before {
                state: FixState::InTesting,
                in_repositories: None,
                testing: None,
            });
            known.state = FixState::InTesting;
            known.testing = known.testing.into_iter().chain(clock.testing).min();
        }
    }

    fn add_departed(&mut self, name: AdvisoryId, record: &DepartedAdvisory) {
        let id = owned(&name);
        let distribution = record.distribution.map(DatedFact::from);
        let days = self.announced.entry(id.clone()).or_default();
        days.extend(distribution);
        self.newest
            .entry(id.clone())
            .or_insert((name, distribution));
        let known = self.known.entry(id.clone()).or_insert(Before {
            state: FixState::Announced,
            in_repositories: None,
            testing: None,
        });
        let testing = record.testing.map(DatedFact::from);
        known.testing = known.testing.into_iter().chain(testing).min();
        self.departed.insert(id);
    }

    /// What was known of the advisories that the distribution had, and now has not.
    pub fn departed(&self, now: &BTreeSet<MirroredId>) -> BTreeMap<AdvisoryId, DepartedAdvisory> {
        let departed = self.newest.iter().filter(|(id, _)| !now.contains(*id));
        let departed = departed.map(|(id, (name, distribution))| {
            let record = |fact: Option<DatedFact>| fact.and_then(|fact| fact.try_into().ok());
            let known = self.known.get(id);
            let departed = DepartedAdvisory {
                distribution: record(*distribution),
                testing: record(known.and_then(|known| known.testing)),
            };
            (name.clone(), departed)
        });
        departed.collect()
    }

    /// Between which clocks the advisories came that the distribution had, where clocks tell it that were made from what is read now.
    pub fn arrivals(&self, now: &[AdvisoryInputRecord]) -> BTreeMap<MirroredId, Arrival> {
        let whole = self.whole(now);
        let listed = self.first_with.iter();
        let listed = listed.filter(|(id, _)| !self.departed.contains(*id));
        let listed = listed.filter_map(|(id, first_with)| {
            let last_without = *whole.range(..first_with).next_back()?;
            let arrival = Arrival {
                last_without: last_without.0,
                first_with: first_with.0,
            };
            Some((id.clone(), arrival))
        });
        let mut arrivals: BTreeMap<MirroredId, Arrival> = listed.collect();
        // What an older clock told that is listed no more.
        let own = own_inputs(now);
        let has_all = |made: &&Made| {
            let mut own = own.iter();
            own.all(|input| made.inputs.iter().any(|known| is_same(known, input)))
        };
        for (id, told) in self
            .made
            .iter()
            .filter(has_all)
            .flat_map(|made| &made.arrivals)
        {
            let known = arrivals.entry(id.clone()).or_insert(*told);
            if told.first_with < known.first_with {
                *known = *told;
            }
        }
        arrivals
    }

    /// When the clocks were made whose inputs were those that are read now and whole, as far as they can be held against older ones.
    pub fn whole(&self, now: &[AdvisoryInputRecord]) -> BTreeSet<PointInTime> {
        let own = own_inputs(now);
        let mut most = vec![0; own.len()];
        let mut whole = BTreeSet::new();
        for made in self.made.iter().rev() {
            let mut are_whole = !own.is_empty();
            for (input, most) in own.iter().zip(&mut most) {
                let same = made.inputs.iter().find(|known| is_same(known, input));
                let entries = same.map_or(0, |same| same.entries);
                are_whole &= entries > 0 && is_whole(entries, *most);
                *most = entries.max(*most);
            }
            if are_whole {
                whole.insert(made.taken);
            }
        }
        whole
    }

    /// What is doubtful of an input that has fewer entries than it had, with more lost than are ever withdrawn.
    pub fn shrunk(&self, now: &AdvisoryInputRecord) -> Option<String> {
        let mut most = self.most.iter();
        let (taken, before) = most.find(|(_, known)| is_same(known, now))?;
        let consequence = match now.side {
            SideName::Distribution => "a fix whose advisory it lacks may be called unannounced",
            _ => "what it lacks is not told",
        };
        (!is_whole(now.entries, before.entries)).then(|| {
            format!(
                "{} has {}, and had {} at {}: it may be cut off; {consequence}, and what comes back is not dated by its return.",
                now.name,
                counted(now.entries as usize, "entry", "entries"),
                before.entries,
                taken.0
            )
        })
    }
}

/// Few advisories are ever withdrawn; a list that lost more than a tenth was cut off.
fn is_whole(entries: u32, most: u32) -> bool {
    entries >= most - most / 10
}

fn own_inputs(inputs: &[AdvisoryInputRecord]) -> Vec<&AdvisoryInputRecord> {
    let own = inputs.iter();
    own.filter(|input| input.side == SideName::Distribution)
        .collect()
}

/// Whether two records are of one input.
pub fn is_same(left: &AdvisoryInputRecord, right: &AdvisoryInputRecord) -> bool {
    left.location == right.location && left.format == right.format
}

/// What the clocks before this one tell, of which `newest` is at hand. One that cannot be read is told.
pub fn earlier_clocks(
    release: &ReleaseSetting,
    occasion: &Occasion<'_>,
    newest: Option<&Security>,
    warnings: &mut Vec<String>,
) -> EarlierClocks {
    let mut earlier = EarlierClocks::default();
    if let Some(newest) = newest {
        earlier.add(newest);
    }
    let releases = occasion
        .published
        .into_iter()
        .flat_map(|index| &index.releases);
    let snapshots = releases
        .filter(|entry| entry.id == release.id)
        .flat_map(|entry| entry.snapshots.iter().rev())
        .filter(|snapshot| snapshot.taken.0 < occasion.taken);
    for snapshot in snapshots.skip(usize::from(newest.is_some())) {
        let Some(security) = &snapshot.security else {
            continue;
        };
        match occasion.published_set.security(&security.document) {
            Ok(document) => earlier.add(&document),
            Err(error) => warnings.push(format!(
                "What snapshot {} knew of advisories cannot be read, so that it is not carried on: {}: {}",
                snapshot.id, error.place, error.cause
            )),
        }
    }
    earlier
}

/// What an advisory shares with the one that it mirrors.
pub fn owned(id: &AdvisoryId) -> MirroredId {
    let (kind, year, number) = id.mirrored();
    (kind, year, number.to_owned())
}
