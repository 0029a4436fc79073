//! By when repositories had a fix, as the snapshots before tell it.

use super::*;

#[test]
fn a_fix_without_an_advisory_came_by_the_snapshot_whose_predecessor_had_an_older_version() {
    let check = |before: Option<FixState>, held_before: Vec<&'static str>, expected: bool| {
        let before = before.map(|state| Before {
            state,
            in_repositories: None,
            testing: None,
        });
        let world = World {
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", &["a=1-3.el9"])],
            distribution: vec!["a=1-3.el9"],
            before: Some(
                before
                    .map(|known| ("RHSA-2024:0001", known))
                    .into_iter()
                    .collect(),
            ),
            held_before: held_before.clone(),
            ..World::default()
        };
        let by_snapshot = DatedFact::of(at("2024-03-01"), DateSource::Snapshot);
        let found = world.clock().advisories[0].distribution;
        assert_eq!(found, expected.then_some(by_snapshot), "{held_before:?}");
    };
    check(None, vec!["a=1-2.el9"], true);
    check(None, vec!["a=1-2.el9.alma.1"], true);
    check(None, vec!["a=1-3.el9"], false);
    check(None, vec![], false);
    check(Some(FixState::Open), vec![], true);
    check(
        Some(FixState::FixedWithoutAdvisory),
        vec!["a=1-3.el9"],
        false,
    );
    let untold = FixState::Unknown(UnknownFix::NoSuchPackage);
    check(Some(untold), vec![], false);
}

#[test]
fn the_first_of_the_snapshots_that_had_a_fix_bounds_it_where_the_one_before_was_older() {
    let check = |held: [&[&'static str]; 3], expected: Option<&str>| {
        let [newest, middle, oldest] = held.map(<[_]>::to_vec);
        let world = World {
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", &["a=1-3.el9"])],
            distribution: vec!["a=1-3.el9"],
            held_before: newest,
            held_earlier: vec![("2024-02-20", middle), ("2024-02-10", oldest)],
            ..World::default()
        };
        let found = world.clock().advisories[0].distribution;
        let expected = expected.map(|day| DatedFact::of(at(day), DateSource::Snapshot));
        assert_eq!(found, expected, "{held:?}");
    };
    let (older, fixed) = (&["a=1-2.el9"][..], &["a=1-3.el9"][..]);
    check([fixed, fixed, older], Some("2024-02-20"));
    check([fixed, older, older], Some("2024-02-29"));
    check([older, fixed, older], Some("2024-03-01"));
    // Another architecture was older still.
    let both = &["a=1-3.el9", "a=1-2.el9"];
    check([fixed, both, older], Some("2024-02-29"));
    check([fixed, fixed, fixed], None);
    check([fixed, fixed, &[]], None);
}

#[test]
fn a_fix_that_came_while_advisories_could_not_be_read_came_by_the_snapshot_that_had_it_first() {
    let check = |before: Option<FixState>, held: [&'static str; 3], expected: Option<&str>| {
        let [newest, oldest, at_clock] = held;
        let before = before.map(|state| Before {
            state,
            in_repositories: None,
            testing: None,
        });
        let before = before.map(|known| ("RHSA-2024:0001", known));
        let world = World {
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", &["a=1-2.el9"])],
            distribution: vec!["a=1-2.el9"],
            before: Some(before.into_iter().collect()),
            held_before: vec![at_clock],
            held_since: vec![
                ("2024-02-29T18:00:00Z", vec![newest]),
                ("2024-02-29T12:00:00Z", vec![oldest]),
            ],
            ..World::default()
        };
        let found = world.clock().advisories[0].distribution;
        let expected = expected.map(|day| DatedFact::of(at(day), DateSource::Snapshot));
        assert_eq!(found, expected, "{held:?}");
    };
    let (older, fixed) = ("a=1-1.el9", "a=1-2.el9");
    let (by, now) = (Some("2024-02-29"), Some("2024-03-01"));
    for state in [
        None,
        Some(FixState::Open),
        Some(FixState::Unknown(UnknownFix::IncompleteLists)),
    ] {
        check(state, [fixed, fixed, older], by);
        check(state, [fixed, older, older], by);
        check(state, [older, older, older], now);
        check(state, [older, fixed, older], now);
    }
    check(None, [fixed, fixed, fixed], None);
}

#[test]
fn a_new_advisory_tells_of_the_snapshots_that_had_its_fix_without_it() {
    let check = |issued: &str, [before, since]: [&'static str; 2], expected: Option<&str>| {
        let world = World {
            own: vec![advisory("ALSA-2024:0001", issued, "", &["a=1-2.el9"])],
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", &["a=1-2.el9"])],
            distribution: vec!["a=1-2.el9"],
            before: Some(vec![]),
            held_before: vec![before],
            held_earlier: vec![("2024-02-20", vec!["a=1-1.el9"])],
            held_since: vec![("2024-02-29T12:00:00Z", vec![since])],
            last_whole: Some("2024-02-29"),
            ..World::default()
        };
        let found = world.clock().advisories[0].in_repositories;
        let expected = expected.map(|day| DatedFact::of(at(day), DateSource::Snapshot));
        assert_eq!(found, expected, "{issued} {before} {since}");
    };
    let (older, fixed) = ("a=1-1.el9", "a=1-2.el9");
    let by = Some("2024-02-29");
    check("2024-03-01", [fixed, fixed], by);
    check("", [fixed, fixed], by);
    // The advisories could not be read by then: only its own day tells that it was not there.
    check("2024-03-01", [older, fixed], by);
    check("", [older, fixed], None);
    check("2024-02-29", [older, fixed], None);
    check("2024-03-01", [older, older], None);
}
