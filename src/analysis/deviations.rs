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
                follow(&mut deviation, transition);
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

fn follow(deviation: &mut Deviation, transition: &Transition) {
    for architecture in &transition.architectures {
        deviation
            .standings
            .retain(|(standing, _)| standing != architecture);
        if transition.after.diverges() {
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
}

/// How a deviation ended with the last transitions of its package; `None` where none of them is an end, since it was none.
fn end_of(transitions: &[&Transition], observation: &Observation) -> Option<EndOfDeviation> {
    let ends = || {
        let mut ends = transitions.iter();
        std::iter::from_fn(move || {
            ends.find(|transition| transition.before.diverges() && !transition.after.diverges())
        })
    };
    // Of several architectures the first that is in step again tells more than one that lost the package.
    let endings = ends().map(|transition| (ending_of(transition), &transition.after));
    let (ending, standing) = endings.min_by_key(|(ending, _)| *ending)?;
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
mod tests {
    use super::*;
    use crate::domain::{
        Cause, Evidence, NotComparedReason, Outcome, Presence, SourceState, VersionRelation,
    };
    use proptest::prelude::*;

    fn at(day: u32) -> Timestamp {
        Timestamp::from_unix_days(20_000 + i64::from(day)).unwrap()
    }

    fn standing(verdict: Verdict, distribution: &str, reference: &str) -> Standing {
        let evr = |evr: &str| (evr != "-").then(|| evr.replace('?', ""));
        let compared = verdict != Verdict::NotCompared;
        Standing {
            outcome: Some(Outcome {
                presence: Presence::Both,
                version: Some(VersionRelation::Same),
                source: SourceState::Unknown,
                verdict,
                cause: (verdict == Verdict::Diverging).then_some(Cause::UpdatePending),
                evidence: compared.then_some(Evidence::Inferred),
                not_compared: (!compared).then_some(NotComparedReason::NoCounterpart),
            }),
            distribution: evr(distribution),
            reference: evr(reference),
            ..Standing::default()
        }
    }

    fn diverging(distribution: &str, reference: &str) -> Standing {
        standing(Verdict::Diverging, distribution, reference)
    }

    fn matched(evr: &str) -> Standing {
        standing(Verdict::Matched, evr, evr)
    }

    fn transition(on: &[&str], before: Standing, after: Standing) -> Transition {
        Transition {
            package: "bash".to_owned(),
            architectures: on.iter().map(|name| (*name).to_owned()).collect(),
            before,
            after,
        }
    }

    /// A snapshot with architectures, each with the day of the snapshot before.
    fn observed(
        day: u32,
        architectures: &[(&str, Option<u32>)],
        transitions: &[Transition],
    ) -> Observation {
        Observation {
            taken: at(day),
            architectures: architectures
                .iter()
                .map(|(name, before)| ((*name).to_owned(), before.map(at)))
                .collect(),
            transitions: transitions.to_vec(),
        }
    }

    /// Each deviation in words: architectures, days, ending.
    fn check(observations: &[Observation], expected: &[&str]) {
        let day = |moment: Timestamp| moment.unix_days() - 20_000;
        let found: Vec<String> = deviations(observations)
            .iter()
            .map(|deviation| {
                let after = deviation
                    .opened_after
                    .map_or("at least".to_owned(), |after| format!("{}+", day(after)));
                let end = deviation.ending.as_ref().map_or_else(
                    || format!("open, seen {}", day(deviation.seen)),
                    |end| format!("{} {:?}", day(end.at), end.ending),
                );
                format!(
                    "{} {after} {} to {end}",
                    deviation.architectures.join(","),
                    day(deviation.opened)
                )
            })
            .collect();
        assert_eq!(found, expected);
    }

    const X: (&str, Option<u32>) = ("x86_64", Some(0));

    fn ended(before: Standing, after: Standing, expected: &str) {
        let opened = transition(&["x86_64"], matched("1"), before.clone());
        let closed = transition(&["x86_64"], before, after);
        let expected = format!("x86_64 0+ 1 to 2 {expected}");
        check(
            &[observed(1, &[X], &[opened]), observed(2, &[X], &[closed])],
            &[&expected],
        );
    }

    #[test]
    fn each_ending_is_told_by_who_changed_what() {
        let none = Standing::default;
        let not_compared = |d: &str, r: &str| standing(Verdict::NotCompared, d, r);
        ended(diverging("1", "2"), matched("2"), "Resynced");
        ended(diverging("-", "2"), matched("2"), "Resynced");
        ended(diverging("2", "1"), matched("2"), "TakenUp");
        ended(diverging("1-2", "1-1"), matched("1-2"), "TakenUp");
        ended(diverging("1-1", "1-2"), matched("1-1"), "RolledBack");
        ended(diverging("1", "2"), matched("3"), "BothChanged");
        ended(diverging("2", "2"), matched("2"), "KnowledgeChanged");
        ended(diverging("?", "2"), matched("3"), "Unknown");
        ended(diverging("1", "2"), none(), "RemovedByBoth");
        ended(
            diverging("1", "2"),
            not_compared("-", "2"),
            "RemovedByDistribution",
        );
        ended(
            diverging("1", "2"),
            not_compared("1", "-"),
            "RemovedByReference",
        );
        ended(diverging("-", "2"), none(), "RemovedByReference");
        ended(
            diverging("1", "2"),
            not_compared("1", "2"),
            "NoLongerCompared",
        );
    }

    #[test]
    fn what_diverged_at_the_first_look_is_at_least_as_old() {
        let first = transition(&["x86_64"], Standing::default(), diverging("1", "2"));
        check(
            &[
                observed(1, &[("x86_64", None)], &[first]),
                observed(2, &[X], &[]),
            ],
            &["x86_64 at least 1 to open, seen 2"],
        );
    }

    #[test]
    fn what_could_not_be_told_before_is_at_least_as_old() {
        let unlisted = |outcome: Standing| Standing {
            reference: None,
            reference_untold: true,
            ..outcome
        };
        let check_before = |before: Standing, expected: &str| {
            let after = diverging("1", "2");
            check(
                &[observed(1, &[X], &[transition(&["x86_64"], before, after)])],
                &[expected],
            );
        };
        let alone = standing(Verdict::NotCompared, "1", "-");
        check_before(alone.clone(), "x86_64 0+ 1 to open, seen 1");
        check_before(unlisted(alone.clone()), "x86_64 at least 1 to open, seen 1");
        check_before(Standing::default(), "x86_64 0+ 1 to open, seen 1");
        let on_no_list = unlisted(Standing::default());
        check_before(on_no_list, "x86_64 at least 1 to open, seen 1");
        // Nor does what drops off such a list end by anybody's doing.
        ended(diverging("1", "2"), unlisted(alone), "NoLongerCompared");
    }

    #[test]
    fn what_only_came_to_be_known_is_at_least_as_old() {
        let known = transition(&["x86_64"], matched("2"), diverging("2", "2"));
        check(
            &[observed(1, &[X], &[known])],
            &["x86_64 at least 1 to open, seen 1"],
        );
    }

    #[test]
    fn a_deviation_lasts_while_any_architecture_deviates() {
        let (same, late) = (matched("1"), diverging("1", "2"));
        let both = ["aarch64", "x86_64"];
        let on = [("aarch64", Some(0)), X];
        check(
            &[
                observed(
                    1,
                    &on,
                    &[transition(&["x86_64"], same.clone(), late.clone())],
                ),
                observed(2, &on, &[transition(&["aarch64"], same, late.clone())]),
                observed(
                    3,
                    &on,
                    &[transition(&["x86_64"], late.clone(), matched("2"))],
                ),
                observed(
                    4,
                    &on,
                    &[transition(&["aarch64"], late.clone(), matched("2"))],
                ),
                observed(
                    5,
                    &on,
                    &[transition(&both, matched("2"), diverging("2", "3"))],
                ),
            ],
            &[
                "aarch64,x86_64 0+ 1 to 4 Resynced",
                "aarch64,x86_64 0+ 5 to open, seen 5",
            ],
        );
    }

    #[test]
    fn of_several_architectures_the_earliest_look_before_counts() {
        let opened = transition(&["aarch64", "x86_64"], matched("1"), diverging("1", "2"));
        let check_after = |looked_at: [u32; 2], expected: &str| {
            let on = [
                ("aarch64", Some(looked_at[0])),
                ("x86_64", Some(looked_at[1])),
            ];
            check(
                &[observed(11, &on, std::slice::from_ref(&opened))],
                &[expected],
            );
        };
        check_after([1, 10], "aarch64,x86_64 1+ 11 to open, seen 11");
        check_after([10, 10], "aarch64,x86_64 10+ 11 to open, seen 11");
    }

    #[test]
    fn one_that_ended_tells_the_versions_that_it_had_at_last() {
        let opened = transition(&["x86_64"], matched("1"), diverging("1", "2"));
        // From 1 and 2 to 3 and 4 it diverged on, which is no transition.
        let closed = transition(&["x86_64"], diverging("3", "4"), matched("4"));
        let found = deviations(&[observed(1, &[X], &[opened]), observed(3, &[X], &[closed])]);
        let expected = ("x86_64".to_owned(), diverging("3", "4"));
        assert_eq!(found[0].standings, [expected]);
    }

    #[test]
    fn an_architecture_that_is_left_out_ends_nothing() {
        let opened = transition(&["x86_64"], matched("1"), diverging("1", "2"));
        let closed = transition(&["x86_64"], diverging("1", "2"), matched("2"));
        let other = [("aarch64", Some(0))];
        check(
            &[
                observed(1, &[X], std::slice::from_ref(&opened)),
                observed(2, &other, &[]),
            ],
            &["x86_64 0+ 1 to open, seen 1"],
        );
        check(
            &[
                observed(1, &[X], &[opened]),
                observed(2, &other, &[]),
                observed(3, &[("x86_64", Some(1))], &[closed]),
            ],
            &["x86_64 0+ 1 to 3 Resynced"],
        );
    }

    #[test]
    fn what_one_architecture_showed_last_counts_where_another_is_left_out() {
        let on =
            |names: &[&str], before: Standing, after: Standing| [transition(names, before, after)];
        let late = || diverging("1", "2");
        let both = [("aarch64", Some(0)), X];
        let mut observations = vec![
            observed(1, &both, &on(&["aarch64", "x86_64"], matched("1"), late())),
            observed(4, &[("x86_64", Some(1))], &[]),
            observed(
                7,
                &[("x86_64", Some(4))],
                &on(&["x86_64"], late(), matched("2")),
            ),
        ];
        check(&observations, &["aarch64,x86_64 0+ 1 to open, seen 4"]);
        let again = [("aarch64", Some(1)), ("x86_64", Some(7))];
        observations.push(observed(9, &again, &on(&["aarch64"], late(), matched("2"))));
        check(&observations, &["aarch64,x86_64 0+ 1 to 9 Resynced"]);
        let end = deviations(&observations)[0].ending.clone().unwrap();
        assert_eq!(end.after, at(4));
    }

    #[test]
    fn a_change_of_cause_goes_on() {
        let (late, none) = (diverging("1", "2"), matched("1"));
        let opened = transition(&["x86_64"], none, late.clone());
        let worse = transition(&["x86_64"], late, diverging("-", "2"));
        check(
            &[observed(1, &[X], &[opened]), observed(2, &[X], &[worse])],
            &["x86_64 0+ 1 to open, seen 2"],
        );
    }

    proptest! {
        /// Whatever the verdicts are, deviations of one package never overlap, and one is open exactly when it diverges last.
        #[test]
        fn deviations_follow_the_verdicts(diverges in prop::collection::vec(any::<bool>(), 1..30)) {
            let standing = |diverges: bool| if diverges { diverging("1", "2") } else { matched("2") };
            let observations: Vec<Observation> = diverges
                .iter()
                .enumerate()
                .map(|(index, now)| {
                    let before = index.checked_sub(1).map(|before| diverges[before]);
                    let transitions = match before {
                        None if *now => vec![transition(&["x86_64"], Standing::default(), standing(true))],
                        Some(before) if before != *now => {
                            vec![transition(&["x86_64"], standing(before), standing(*now))]
                        }
                        _ => Vec::new(),
                    };
                    let day = index as u32 + 1;
                    observed(day, &[("x86_64", before.map(|_| day - 1))], &transitions)
                })
                .collect();
            let found = deviations(&observations);
            let begun = diverges.iter().enumerate().filter(|(index, now)| **now && (*index == 0 || !diverges[index - 1])).count();
            prop_assert_eq!(found.len(), begun);
            prop_assert_eq!(found.iter().any(|deviation| deviation.ending.is_none()), *diverges.last().unwrap());
            for pair in found.windows(2) {
                let end = pair[0].ending.as_ref().map(|end| end.at);
                prop_assert!(end.is_some_and(|end| end < pair[1].opened));
            }
        }
    }
}
