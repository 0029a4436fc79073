//! The days of advisories and of builds in testing: what bounds them, and what a later run makes of them.

use super::*;

#[test]
fn a_snapshot_bounds_what_the_one_before_did_not_have() {
    let known = |state, distribution: Option<i64>| Before {
        state,
        in_repositories: distribution.map(|day| DatedFact {
            day,
            source: DateSource::Snapshot,
        }),
        testing: None,
    };
    let check = |before: Option<Vec<(&'static str, Before)>>, expected: &str| {
        let own = before.iter().flatten();
        let announced_before = own
            .filter(|(_, before)| before.state == FixState::Announced)
            .map(|(name, before)| (*name, before.in_repositories))
            .collect();
        World {
            own: vec![advisory("ALSA-2024:0001", "", "", &["a=1-1.el9"])],
            reference_dates: vec![("RHSA-2024:0001", "2024-01-10")],
            before,
            announced_before,
            ..World::default()
        }
        .check(&[expected]);
    };
    let january_30 = at("2024-01-30").unix_days();
    check(None, "ALSA-2024:0001 Announced DistributionDayUnknown");
    check(Some(vec![]), "ALSA-2024:0001 Announced ≤51");
    check(
        Some(vec![(
            "ALSA-2024:0001",
            known(FixState::Announced, Some(january_30)),
        )]),
        "ALSA-2024:0001 Announced ≤20",
    );
    check(
        Some(vec![("ALSA-2024:0001", known(FixState::Announced, None))]),
        "ALSA-2024:0001 Announced DistributionDayUnknown",
    );
    check(
        Some(vec![("RHSA-2024:0001", known(FixState::Open, None))]),
        "ALSA-2024:0001 Announced ≤51",
    );
}

#[test]
fn a_bound_that_was_known_before_only_falls() {
    let check = |updated: &str, before: Option<(&str, DateSource)>, expected: &str| {
        let bound = before.map(|(day, source)| DatedFact::of(at(day), source));
        World {
            own: vec![advisory(
                "ALSA-2024:0001",
                "2024-01-10",
                updated,
                &["a=1-1.el9"],
            )],
            reference_dates: vec![("RHSA-2024:0001", "2024-01-10")],
            // The snapshot before had it no more.
            before: Some(vec![]),
            announced_before: vec![("ALSA-2024:0001", bound)],
            ..World::default()
        }
        .check(&[&format!("ALSA-2024:0001 Announced {expected}")]);
    };
    for source in [
        DateSource::Updated,
        DateSource::FirstAppearance,
        DateSource::Snapshot,
    ] {
        check("2024-02-25", Some(("2024-01-12", source)), "≤2");
        check("", Some(("2024-01-12", source)), "≤2");
        check("2024-01-11", Some(("2024-01-12", source)), "≤1");
    }
    check("2024-02-25", None, "≤46");
    check("", None, "DistributionDayUnknown");
}

#[test]
fn an_edit_moves_no_day_of_publication_to_a_later_one() {
    let check = |name: &str, issued: &str, reference: &'static str, expected: &str| {
        let before = DatedFact::of(at("2024-01-12"), DateSource::Issued);
        let own = Advisory {
            named: vec![id("RHSA-2024:0001")],
            ..advisory(name, issued, "", &["a=1-1.el9"])
        };
        World {
            own: vec![own],
            reference_dates: vec![("RHSA-2024:0001", reference)],
            before: Some(vec![]),
            announced_before: vec![
                ("ALSA-2024:0001", Some(before)),
                ("ALSA-2024:A001", Some(before)),
            ],
            ..World::default()
        }
        .check(&[&format!("{name} Announced {expected}")]);
    };
    check("ALSA-2024:0001", "2024-01-12", "2024-01-10", "2");
    check("ALSA-2024:0001", "2024-02-20", "2024-01-10", "≤2");
    check("ALSA-2024:0001", "2024-01-11", "2024-01-08", "3");
    check("ALSA-2024:A001", "2024-02-20", "2024-01-12", "≤0");
    // The day was the reference's, as is known by now.
    check("ALSA-2024:0001", "2024-02-20", "2024-01-12", "39");
    check(
        "ALSA-2024:0001",
        "2024-01-12",
        "2024-01-12",
        "DistributionDayUnknown",
    );
}

#[test]
fn a_date_that_a_later_snapshot_contradicts_does_not_count() {
    use DateSource::{FirstAppearance, Issued, SnapshotAgainstDate, Updated};
    let check = |issued: &str,
                 updated: &str,
                 known: Option<(&str, DateSource)>,
                 snapshots: (&'static str, Option<&'static str>),
                 expected: (&str, DateSource)| {
        let (last_without, first_with) = snapshots;
        let before = known.map(|(day, source)| DatedFact::of(at(day), source));
        let name = "ALSA-2024:0001";
        let world = World {
            own: vec![advisory(name, issued, updated, &["a=1-1.el9"])],
            reference_dates: vec![("RHSA-2024:0001", "2024-01-20")],
            before: Some(vec![]),
            announced_before: first_with.iter().map(|_| (name, before)).collect(),
            arrivals: first_with
                .iter()
                .map(|first_with| (name, last_without, *first_with))
                .collect(),
            last_whole: Some(last_without),
            ..World::default()
        };
        let found = world.clock().advisories[0].distribution;
        let expected = DatedFact::of(at(expected.0), expected.1);
        assert_eq!(found, Some(expected), "{issued} {updated} {snapshots:?}");
    };
    // It is new at this snapshot.
    let lead = "2024-01-12";
    let new = |last_without| (last_without, None);
    check(lead, "", None, new("2024-01-11T04:10:00Z"), (lead, Issued));
    check(lead, "", None, new("2024-01-12T04:10:00Z"), (lead, Issued));
    let now = ("2024-03-01", SnapshotAgainstDate);
    check(lead, "", None, new("2024-01-13T04:10:00Z"), now);
    check(lead, "2024-02-10", None, new("2024-01-13T04:10:00Z"), now);
    // An earlier snapshot had it first, and an older Almanac believed the date.
    let came = ("2024-01-13T04:10:00Z", Some("2024-01-14T04:10:00Z"));
    let by = ("2024-01-14", SnapshotAgainstDate);
    check(lead, "", Some((lead, Issued)), came, by);
    check(
        lead,
        "",
        Some(("2024-01-14", SnapshotAgainstDate)),
        came,
        by,
    );
    check("2024-01-13", "", None, came, ("2024-01-13", Issued));
    // What an archive had, it had.
    let archived = (lead, FirstAppearance);
    check(lead, "", Some(archived), came, archived);
    // A copy of the reference's date is no contradiction.
    check(
        "2024-01-20",
        "2024-02-10",
        None,
        came,
        ("2024-02-10", Updated),
    );
}

#[test]
fn a_date_that_was_refuted_is_not_believed_when_the_snapshots_are_gone_that_tell_it() {
    use DateSource::{Issued, Snapshot, SnapshotAgainstDate};
    let check = |issued: &str, before: DateSource, expected: (&str, DateSource)| {
        let name = "ALSA-2024:0001";
        let before = DatedFact::of(at("2024-01-14"), before);
        let world = World {
            own: vec![advisory(name, issued, "", &["a=1-1.el9"])],
            reference_dates: vec![("RHSA-2024:0001", "2024-01-20")],
            before: Some(vec![]),
            announced_before: vec![(name, Some(before))],
            ..World::default()
        };
        let found = world.clock().advisories[0].distribution;
        let expected = DatedFact::of(at(expected.0), expected.1);
        assert_eq!(found, Some(expected), "{issued} {before:?}");
    };
    let by = ("2024-01-14", SnapshotAgainstDate);
    check("2024-01-12", SnapshotAgainstDate, by);
    check("2024-01-14", SnapshotAgainstDate, ("2024-01-14", Issued));
    // The date that contradicted the snapshots is another by now.
    check("2024-01-16", SnapshotAgainstDate, ("2024-01-14", Snapshot));
    check("2024-01-12", Snapshot, ("2024-01-12", Issued));
}

#[test]
fn what_repositories_told_before_outlasts_a_change_of_inputs() {
    let fact = |day: &str| Some(DatedFact::of(at(day), DateSource::Snapshot));
    let fixed = Before {
        state: FixState::FixedWithoutAdvisory,
        in_repositories: fact("2024-02-01"),
        testing: fact("2024-01-20"),
    };
    let check = |before_had_other_inputs: bool, new_advisory: Option<DatedFact>| {
        let world = World {
            own: vec![advisory("ALSA-2024:0002", "", "", &["b=1-1.el9"])],
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", &["a=1-2.el9"])],
            distribution: vec!["a=1-2.el9"],
            before: Some(vec![("RHSA-2024:0001", fixed.clone())]),
            before_had_other_inputs,
            ..World::default()
        };
        let clocks = world.clock().advisories;
        let days: Vec<_> = clocks
            .iter()
            .map(|clock| (clock.distribution, clock.testing))
            .collect();
        let kept = (fact("2024-02-01"), fact("2024-01-20"));
        assert_eq!(days, [(new_advisory, None), kept]);
    };
    check(false, fact("2024-03-01"));
    check(true, None);
}

#[test]
fn the_day_on_which_the_repositories_had_a_fix_outlasts_its_advisory() {
    let fact = |day: &str, source| Some(DatedFact::of(at(day), source));
    let check = |state: FixState, updated: &str, now: &[&str], expected: Option<DatedFact>| {
        let before = Before {
            state,
            in_repositories: fact("2024-02-01", DateSource::Snapshot),
            testing: None,
        };
        let own = now.iter();
        let own = own.map(|name| advisory(name, "2024-01-10", updated, &["a=1-2.el9"]));
        let world = World {
            own: own.collect(),
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", &["a=1-2.el9"])],
            distribution: vec!["a=1-2.el9"],
            before: Some(vec![("RHSA-2024:0001", before)]),
            ..World::default()
        };
        let clock = &world.clock().advisories[0];
        let found = match clock.state {
            FixState::Announced => clock.in_repositories,
            _ => clock.distribution,
        };
        assert_eq!(found, expected, "{state:?} {updated} {now:?}");
    };
    let own = ["ALSA-2024:0001"];
    let known = fact("2024-02-01", DateSource::Snapshot);
    for state in [FixState::FixedWithoutAdvisory, FixState::Announced] {
        check(state, "2024-02-20", &own, known);
        // Where the advisory was there by then, it was not without one.
        check(state, "2024-02-01", &own, None);
        check(state, "2024-01-20", &own, None);
        // The advisory is gone, and the fix is there still.
        check(state, "", &[], known);
    }
}

#[test]
fn testing_is_dated_by_the_first_snapshot_that_had_the_build() {
    let world = |testing, before| World {
        own: vec![advisory("ALSA-2024:0001", "", "", &["a=1-1.el9"])],
        testing,
        before,
        ..World::default()
    };
    let testing_day = |world: World| world.clock().advisories[0].testing.map(|fact| fact.day);
    let march_1 = at("2024-03-01").unix_days();
    assert_eq!(testing_day(world(vec!["a=1-1.el9"], None)), Some(march_1));
    assert_eq!(testing_day(world(vec!["a=1-2.el9"], None)), None);
    let before = Before {
        state: FixState::Announced,
        in_repositories: None,
        testing: Some(DatedFact {
            day: march_1 - 9,
            source: DateSource::Snapshot,
        }),
    };
    let carried = world(vec![], Some(vec![("ALSA-2024:0001", before)]));
    assert_eq!(testing_day(carried), Some(march_1 - 9));
}
