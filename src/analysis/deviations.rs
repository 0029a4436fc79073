//! Folds transitions into deviations: when each began, and when and how it ended.

use crate::domain::{
    Deviation, EndOfDeviation, Ending, Evr, SideChange, Standing, Timestamp, Transition, Verdict,
};
use std::collections::BTreeMap;

/// One snapshot, as the ledger needs it.
#[derive(Clone, Debug)]
pub struct Observation {
    /// When it was taken.
    pub taken: Timestamp,
    /// The architectures that it has, each with the snapshot that its transitions are relative to; `None` where it was not
    /// looked at before.
    pub architectures: Vec<(String, Option<Timestamp>)>,
    /// What became of packages since then.
    pub transitions: Vec<Transition>,
}

/// The deviations that observations show, in the order of time: by beginning, then by package. An architecture that one of them
/// does not have changes nothing.
pub fn deviations(observations: &[Observation]) -> Vec<Deviation> {
    let mut running: BTreeMap<String, Deviation> = BTreeMap::new();
    let mut over = Vec::new();
    let mut looked_at: BTreeMap<&str, Timestamp> = BTreeMap::new();
    for observation in observations {
        let mut by_package: BTreeMap<&str, Vec<&Transition>> = BTreeMap::new();
        for transition in &observation.transitions {
            let of_package = by_package.entry(&transition.package).or_default();
            of_package.push(transition);
        }
        for (package, transitions) in by_package {
            let mut deviation = running
                .remove(package)
                .unwrap_or_else(|| beginning(package, observation, &transitions));
            deviation.seen = last_seen(&deviation, &looked_at);
            let stood = last_standings(&deviation, &transitions);
            for transition in &transitions {
                follow(&mut deviation, transition, observation.taken);
            }
            if !deviation.standings.is_empty() {
                running.insert(package.to_owned(), deviation);
            } else if let Some(mut end) = end_of(&transitions, observation) {
                // One that begins with its end was not seen before.
                if !stood.is_empty() {
                    end.after = end.after.max(deviation.seen);
                }
                // What it was is told as it stood last.
                deviation.standings = stood;
                deviation.ending = Some(end);
                over.push(deviation);
            }
        }
        for (architecture, _) in &observation.architectures {
            looked_at.insert(architecture, observation.taken);
        }
    }
    for deviation in running.values_mut() {
        deviation.seen = last_seen(deviation, &looked_at);
    }
    for deviation in &mut over {
        deviation.seen = deviation
            .ending
            .as_ref()
            .map_or(deviation.seen, |end| end.at);
    }
    over.extend(running.into_values());
    over.sort_by(|left, right| (left.opened, &left.package).cmp(&(right.opened, &right.package)));
    over
}

/// When a deviation was there at last, on any architecture, given when each was looked at last. Those where it stands no more
/// were counted when that was seen.
fn last_seen(deviation: &Deviation, looked_at: &BTreeMap<&str, Timestamp>) -> Timestamp {
    let standings = deviation.standings.iter();
    let seen = standings.filter_map(|(architecture, _)| looked_at.get(architecture.as_str()));
    seen.max()
        .map_or(deviation.seen, |seen| deviation.seen.max(*seen))
}

/// A deviation that begins with these transitions, if it does.
fn beginning(package: &str, observation: &Observation, transitions: &[&Transition]) -> Deviation {
    let begun = transitions
        .iter()
        .filter(|transition| transition.after.diverges())
        .flat_map(|transition| {
            transition
                .architectures
                .iter()
                .map(move |on| (transition, on))
        });
    // Where nobody had looked at one of them, it could not be told how the package stood, or only what is known of it changed, it may
    // have begun there long ago.
    let opened_after: Option<Vec<Timestamp>> = begun
        .map(|(transition, begun)| {
            let mut architectures = observation.architectures.iter();
            let known = architectures.find(|(architecture, _)| architecture == begun);
            let looked_at_before = known.and_then(|(_, before)| *before);
            looked_at_before
                .filter(|_| transition.before.is_told() && !transition.is_of_knowledge())
        })
        .collect();
    Deviation {
        package: package.to_owned(),
        architectures: Vec::new(),
        opened: observation.taken,
        opened_after: opened_after.and_then(|before| before.into_iter().min()),
        standings: Vec::new(),
        seen: observation.taken,
        over: Vec::new(),
        ending: None,
    }
}

/// How a deviation stood before transitions, on the architectures where it diverged. What diverged as before with other versions
/// was no transition of its own, so that the transition that comes next tells it.
fn last_standings(deviation: &Deviation, transitions: &[&Transition]) -> Vec<(String, Standing)> {
    let last = |(architecture, standing): &(String, Standing)| {
        let mut transitions = transitions.iter();
        let next = transitions.find(|transition| transition.architectures.contains(architecture));
        let before = next.map(|transition| &transition.before);
        let before = before.filter(|before| before.diverges());
        (architecture.clone(), before.unwrap_or(standing).clone())
    };
    deviation.standings.iter().map(last).collect()
}

fn follow(deviation: &mut Deviation, transition: &Transition, taken: Timestamp) {
    for architecture in &transition.architectures {
        let stood = deviation.standings.len();
        deviation
            .standings
            .retain(|(standing, _)| standing != architecture);
        if !transition.after.diverges() && deviation.standings.len() < stood {
            let ending = ending_of(transition);
            deviation.over.push((architecture.clone(), taken, ending));
        }
        if transition.after.diverges() {
            deviation.over.retain(|(over, _, _)| over != architecture);
            let standing = (architecture.clone(), transition.after.clone());
            deviation.standings.push(standing);
            if !deviation.architectures.contains(architecture) {
                deviation.architectures.push(architecture.clone());
            }
        }
    }
    deviation
        .standings
        .sort_by(|left, right| left.0.cmp(&right.0));
    deviation.architectures.sort();
    deviation.over.sort();
}

/// How a deviation ended with the last transitions of its package; `None` where none of them is an end, since it was none.
fn end_of(transitions: &[&Transition], observation: &Observation) -> Option<EndOfDeviation> {
    let ends = || {
        let mut ends = transitions.iter();
        std::iter::from_fn(move || {
            ends.find(|transition| transition.before.diverges() && !transition.after.diverges())
        })
    };
    // Of several architectures the first that is in step again tells more than one that lost the package, and one of which it
    // cannot be told whether it deviates still leaves the whole untold.
    let endings = ends().map(|transition| (ending_of(transition), &transition.after));
    let (ending, standing) = endings.min_by_key(|(ending, _)| (ending.is_resolution(), *ending))?;
    let ended = ends().flat_map(|transition| &transition.architectures);
    let last_shown = ended.filter_map(|ended| {
        let mut architectures = observation.architectures.iter();
        architectures
            .find(|(architecture, _)| architecture == ended)?
            .1
    });
    Some(EndOfDeviation {
        after: last_shown.max()?,
        at: observation.taken,
        ending,
        standing: standing.clone(),
    })
}

fn ending_of(transition: &Transition) -> Ending {
    use SideChange::{Removed, Unchanged, Unknown};
    let sides = (transition.distribution(), transition.reference());
    let verdict = transition.after.outcome.map(|outcome| outcome.verdict);
    match (verdict, sides) {
        // What a list lacks that is not complete was neither removed nor resolved, whatever the other side did.
        (None | Some(Verdict::NotCompared), _) if !transition.after.is_told() => {
            Ending::NoLongerCompared
        }
        (None | Some(Verdict::NotCompared), (Removed, Removed)) => Ending::RemovedByBoth,
        (None | Some(Verdict::NotCompared), (Removed, _)) => Ending::RemovedByDistribution,
        (None | Some(Verdict::NotCompared), (_, Removed)) => Ending::RemovedByReference,
        (None | Some(Verdict::NotCompared), _) => Ending::NoLongerCompared,
        _ if !transition.knows_versions() => Ending::Unknown,
        (_, (Unknown, _) | (_, Unknown)) => Ending::Unknown,
        (_, (Unchanged, Unchanged)) => Ending::KnowledgeChanged,
        (_, (_, Unchanged)) => Ending::Resynced,
        (_, (Unchanged, _)) if reference_went_back(transition) => Ending::RolledBack,
        (_, (Unchanged, _)) => Ending::TakenUp,
        _ => Ending::BothChanged,
    }
}

/// Whether the reference has an older version than before.
fn reference_went_back(transition: &Transition) -> bool {
    let [before, after] = [&transition.before, &transition.after]
        .map(|standing| standing.reference.as_deref().and_then(Evr::parse));
    before
        .zip(after)
        .is_some_and(|(before, after)| after < before)
}

#[cfg(test)]
mod tests;
