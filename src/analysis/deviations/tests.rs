//! Tests of the deviations that transitions make.

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
fn a_package_that_one_side_removed_is_not_over_where_the_other_list_tells_nothing() {
    let gone = Standing {
        reference_untold: true,
        ..Standing::default()
    };
    ended(diverging("1", "2"), gone.clone(), "NoLongerCompared");
    let listed = standing(Verdict::NotCompared, "-", "2");
    ended(diverging("1", "2"), listed.clone(), "RemovedByDistribution");
    let of_a_part = Standing {
        outcome: listed.outcome.map(|outcome| Outcome {
            not_compared: Some(NotComparedReason::ReferenceIncomplete),
            ..outcome
        }),
        ..listed
    };
    ended(diverging("1", "2"), of_a_part, "NoLongerCompared");
    // Nor is it where another architecture is in step again.
    let on = [("aarch64", Some(0)), X];
    let both = ["aarch64", "x86_64"];
    let opened = transition(&both, matched("1"), diverging("1", "2"));
    let closed = [
        transition(&["aarch64"], diverging("1", "2"), gone),
        transition(&["x86_64"], diverging("1", "2"), matched("2")),
    ];
    check(
        &[observed(1, &on, &[opened]), observed(2, &on, &closed)],
        &["aarch64,x86_64 0+ 1 to 2 NoLongerCompared"],
    );
}

#[test]
fn each_architecture_tells_when_it_was_over_there() {
    let on = [("aarch64", Some(0)), X];
    let both = ["aarch64", "x86_64"];
    let late = || diverging("1", "2");
    let over = |observations: &[Observation]| -> Vec<String> {
        let found = deviations(observations).remove(0).over.into_iter();
        let day = |moment: Timestamp| moment.unix_days() - 20_000;
        found
            .map(|(architecture, at, ending)| format!("{architecture} {} {ending:?}", day(at)))
            .collect()
    };
    let mut observations = vec![
        observed(1, &on, &[transition(&both, matched("1"), late())]),
        observed(2, &on, &[transition(&["aarch64"], late(), matched("2"))]),
    ];
    assert_eq!(over(&observations), ["aarch64 2 Resynced"]);
    let again = transition(&["aarch64"], matched("2"), diverging("2", "3"));
    observations.push(observed(3, &on, &[again]));
    assert_eq!(over(&observations), [""; 0]);
    observations.push(observed(
        4,
        &on,
        &[transition(&["x86_64"], late(), matched("2"))],
    ));
    assert_eq!(over(&observations), ["x86_64 4 Resynced"]);
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
    let on = |names: &[&str], before: Standing, after: Standing| [transition(names, before, after)];
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
