//! Fixes that no advisory of the distribution announces, and those that one does under another name.

use super::*;

#[test]
fn what_the_repositories_have_of_a_fix_without_an_advisory() {
    let check = |fixed: &[&str],
                 distribution: &[&'static str],
                 testing: &[&'static str],
                 expected: FixState| {
        let world = World {
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", fixed)],
            distribution: distribution.to_vec(),
            testing: testing.to_vec(),
            ..World::default()
        };
        assert_eq!(
            world.clock().advisories[0].state,
            expected,
            "{fixed:?} {distribution:?}"
        );
    };
    check(
        &["a=1-2.el9"],
        &["a=1-2.el9"],
        &[],
        FixState::FixedWithoutAdvisory,
    );
    check(
        &["a=1-2.el9"],
        &["a=1-2.el9.alma.1"],
        &[],
        FixState::FixedWithoutAdvisory,
    );
    check(
        &["a-libs=1-2.el9"],
        &["a=1-3.el9"],
        &[],
        FixState::FixedWithoutAdvisory,
    );
    check(
        &["a=1-2.el9", "b=1-1.el9"],
        &["a=1-2.el9", "b=1-0.el9"],
        &[],
        FixState::Open,
    );
    check(
        &["a=1-2.el9"],
        &["a=1-1.el9"],
        &["a=1-2.el9"],
        FixState::InTesting,
    );
    check(
        &["a=1-2.el9"],
        &["a=1-1.el9"],
        &["a=1-1.el9"],
        FixState::Open,
    );
    check(
        &["a=1-2.el9"],
        &["b=1-1.el9"],
        &[],
        FixState::Unknown(UnknownFix::NoSuchPackage),
    );
    check(
        &["a=1-2.module+el9.1.0+1+abc"],
        &["a=1-2.module_el9.1.0+2+def"],
        &[],
        FixState::Unknown(UnknownFix::ModuleStream),
    );
    check(
        &["a-libs=1-2.el9", "a-libs=2-2.el9"],
        &["a=1-2.el9"],
        &[],
        FixState::Unknown(UnknownFix::SeveralVersions),
    );
    // The version of the package's own name stands for the source.
    check(
        &["a=1-2.el9", "a-libs=7-2.el9"],
        &["a=1-2.el9"],
        &[],
        FixState::FixedWithoutAdvisory,
    );
    let world = World {
        reference: vec![advisory(
            "RHSA-2024:0001",
            "2024-01-10",
            "",
            &["a=1:1-2.el9"],
        )],
        distribution: vec!["a=1-2.el9"],
        no_epochs: true,
        ..World::default()
    };
    world.check(&["RHSA-2024:0001 Unknown(NoEpochs) NotAnnounced"]);
}

#[test]
fn a_fix_is_not_there_where_some_of_its_packages_are_missing() {
    let check = |fixed: &[&str],
                 distribution: &[&'static str],
                 is_incomplete: bool,
                 unreadable: &[&'static str],
                 expected: FixState| {
        let world = World {
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", fixed)],
            distribution: distribution.to_vec(),
            testing: vec!["a=1-2.el9"],
            is_incomplete,
            unreadable: unreadable.to_vec(),
            ..World::default()
        };
        let found = world.clock().advisories[0].state;
        assert_eq!(found, expected, "{fixed:?} {distribution:?} {unreadable:?}");
    };
    let both = ["a=1-2.el9", "b=1-3.el9"];
    let missing = FixState::Unknown(UnknownFix::MissingPackages);
    let untold = FixState::Unknown(UnknownFix::IncompleteLists);
    check(&both, &["a=1-2.el9"], false, &[], missing);
    check(&both, &["a=1-2.el9"], true, &[], untold);
    check(&both, &["a=1-2.el9"], false, &["b"], untold);
    check(&both, &both, true, &[], FixState::FixedWithoutAdvisory);
    // What is older in the repositories is so whatever they lack, and testing lacks it too.
    check(&both, &["a=1-1.el9"], false, &[], FixState::Open);
    check(&both, &["a=1-1.el9"], true, &[], FixState::Open);
    let none = FixState::Unknown(UnknownFix::NoSuchPackage);
    check(&both, &["c=1-1.el9"], true, &[], none);
    // The symbols of a package are of its build.
    let symbols = ["a=1-2.el9", "a-libs-debuginfo=7-2.el9"];
    let fixed = FixState::FixedWithoutAdvisory;
    check(&symbols, &["a=1-2.el9"], false, &[], fixed);
}

#[test]
fn a_fix_is_in_testing_where_each_architecture_that_lacks_it_has_it_there() {
    let check = |elsewhere: [&[&'static str]; 2], expected: FixState| {
        let world = World {
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", &["a=1-2.el9"])],
            distribution: vec!["a=1-1.el9"],
            testing: vec!["a=1-2.el9"],
            elsewhere: Some(elsewhere.map(<[_]>::to_vec)),
            ..World::default()
        };
        let clock = &world.clock().advisories[0];
        assert_eq!(clock.state, expected, "{elsewhere:?}");
        let is_dated = clock.testing.is_some();
        assert_eq!(is_dated, expected == FixState::InTesting, "{elsewhere:?}");
    };
    let (older, fixed) = (&["a=1-1.el9"][..], &["a=1-2.el9"][..]);
    check([older, fixed], FixState::InTesting);
    check([older, older], FixState::Open);
    check([older, &[]], FixState::Open);
    check([fixed, &[]], FixState::InTesting);
    check([&[], &[]], FixState::InTesting);
}

#[test]
fn a_fix_that_was_in_testing_is_so_where_testing_cannot_be_read() {
    use Architecture::{Aarch64, X86_64};
    let check = |was: FixState,
                 [here, there]: [&'static str; 2],
                 unread: &[Architecture],
                 expected: FixState| {
        let before = Before {
            state: was,
            in_repositories: None,
            testing: None,
        };
        let world = World {
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", &["a=1-2.el9"])],
            distribution: vec!["a=1-1.el9"],
            testing: vec![here],
            elsewhere: Some([vec!["a=1-1.el9"], vec![there]]),
            testing_unread: unread.to_vec(),
            before: Some(vec![("RHSA-2024:0001", before)]),
            ..World::default()
        };
        let found = world.clock().advisories[0].state;
        assert_eq!(found, expected, "{was:?} {here} {there} {unread:?}");
    };
    let (fixed, other) = ("a=1-2.el9", "b=1-1.el9");
    let (was, open) = (FixState::InTesting, FixState::Open);
    check(was, [other, other], &[X86_64, Aarch64], was);
    check(was, [fixed, other], &[Aarch64], was);
    // What could be read has it no more.
    check(was, [other, other], &[Aarch64], open);
    check(was, [fixed, other], &[], open);
    check(open, [fixed, other], &[Aarch64], open);
}

#[test]
fn testing_had_a_fix_by_the_snapshot_that_saw_it_first_whenever_its_advisory_comes() {
    let (here, elsewhere) = (Architecture::X86_64, Architecture::Aarch64);
    let check = |published: &'static str,
                 tested_before: &[(&'static str, Architecture, &'static str)],
                 expected: Option<&str>| {
        let world = World {
            reference: vec![advisory("RHSA-2024:0001", "2024-01-10", "", &["a=1-2.el9"])],
            distribution: vec![published],
            testing: vec!["a=1-2.el9.alma.1"],
            elsewhere: Some([vec![published], vec!["a=1-2.el9.alma.1"]]),
            tested_before: tested_before.to_vec(),
            ..World::default()
        };
        let testing = world.clock().advisories[0].testing;
        let day = testing.map(|fact| Timestamp::from_unix_days(fact.day).unwrap().to_string());
        let day = day.as_ref().map(|text| &text[..10]);
        assert_eq!(day, expected, "{published} {tested_before:?}");
    };
    let (older, fixed) = ("a=1-1.el9", "a=1-3.el9");
    let first = ("a=1-2.el9.alma.1", here, "2024-02-20");
    let second = ("a=1-2.el9.alma.1", elsewhere, "2024-02-22");
    let newer = ("a=1-3.el9", elsewhere, "2024-02-21");
    check(older, &[first, second], Some("2024-02-22"));
    check(older, &[first, second, newer], Some("2024-02-21"));
    check(fixed, &[first, newer], Some("2024-02-21"));
    // What was in testing for one architecture was not there for the other.
    check(older, &[first], Some("2024-03-01"));
    check(fixed, &[first], None);
    check(
        older,
        &[first, ("a=1-1.el9", elsewhere, "2024-02-20")],
        Some("2024-03-01"),
    );
}

#[test]
fn an_advisory_that_names_one_whose_day_is_not_known_is_not_without_one() {
    let check = |named: &[&str], reference: Vec<Advisory>, expected: &str| {
        let own = Advisory {
            named: named.iter().map(|name| id(name)).collect(),
            ..advisory("ALSA-2024:A001", "2024-01-05", "", &["a=1-1.el9.alma.1"])
        };
        let world = World {
            own: vec![own],
            reference,
            distribution: vec!["a=1-1.el9.alma.1"],
            ..World::default()
        };
        let clock = world.clock();
        let clock = &clock.advisories[0];
        let counterpart = clock.counterpart.as_ref().map(|known| known.id.to_string());
        let found = match clock.lag() {
            Ok(lag) => lag.days.to_string(),
            Err(reason) => format!("{reason:?}"),
        };
        assert_eq!(
            format!("{} {found}", counterpart.unwrap_or_default()),
            expected
        );
    };
    let dated = |day: &str| vec![advisory("RHSA-2024:0002", day, "", &["a=1-2.el9"])];
    check(&[], vec![], " NoCounterpart");
    check(
        &["RHSA-2024:0001"],
        vec![],
        "RHSA-2024:0001 ReferenceDayUnknown",
    );
    // The one that it names may be the first.
    check(
        &["RHSA-2024:0001"],
        dated("2024-01-20"),
        "RHSA-2024:0001 ReferenceDayUnknown",
    );
    check(
        &["RHSA-2024:0001", "RHSA-2024:0002"],
        dated("2024-01-20"),
        "RHSA-2024:0002 -15",
    );
    check(&[], dated("2024-01-20"), "RHSA-2024:0002 -15");
    check(&[], dated(""), "RHSA-2024:0002 ReferenceDayUnknown");
}

#[test]
fn a_fix_that_an_advisory_of_the_distributions_own_names_is_announced() {
    let check = |distribution: &'static str, expected: &[&str]| {
        let own = Advisory {
            named: vec![id("RHSA-2024:0001"), id("RHSA-2024:0002")],
            ..advisory("ALSA-2024:A001", "2024-01-05", "", &["a=1-2.el9"])
        };
        World {
            own: vec![own],
            reference: vec![
                advisory("RHSA-2024:0001", "2024-01-10", "", &["a=1-2.el9"]),
                advisory("RHSA-2024:0002", "2024-01-11", "", &["a=1-3.el9"]),
                advisory("RHSA-2024:0003", "2024-01-11", "", &["a=1-2.el9"]),
            ],
            distribution: vec![distribution],
            ..World::default()
        }
        .check(expected);
    };
    check(
        "a=1-3.el9",
        &[
            "ALSA-2024:A001 Announced -5",
            "RHSA-2024:0003 FixedWithoutAdvisory NotAnnounced",
        ],
    );
    check(
        "a=1-2.el9",
        &[
            "ALSA-2024:A001 Announced -5",
            "RHSA-2024:0002 Open NotAnnounced",
            "RHSA-2024:0003 FixedWithoutAdvisory NotAnnounced",
        ],
    );
}

#[test]
fn a_fix_that_one_of_the_distributions_own_corrects_as_a_whole_is_announced() {
    let check = |cves: &[&str], packages: &[&str], is_announced: bool| {
        let own = "ALSA-2024:A001 Announced -5";
        let other = "RHSA-2024:0001 FixedWithoutAdvisory NotAnnounced";
        let expected = if is_announced {
            &[own][..]
        } else {
            &[own, other]
        };
        // Naming it announces no more of it than the rest does.
        for named in [vec![], vec![id("RHSA-2024:0001")]] {
            let cves = cves.iter().map(|cve| (*cve).to_owned()).collect();
            let reference = Advisory {
                cves,
                ..advisory("RHSA-2024:0001", "2024-01-10", "", packages)
            };
            let own = Advisory {
                named,
                ..advisory("ALSA-2024:A001", "2024-01-05", "", &["a=1-2.el9"])
            };
            World {
                own: vec![own],
                reference: vec![reference],
                distribution: vec!["a=1-2.el9", "b=1-2.el9"],
                ..World::default()
            }
            .check(expected);
        }
    };
    let (one, more) = (["CVE-2024-0001"], ["CVE-2024-0001", "CVE-2024-0002"]);
    check(&one, &["a=1-2.el9"], true);
    check(&more, &["a=1-2.el9"], false);
    check(&one, &["a=1-2.el9", "b=1-2.el9"], false);
}

#[test]
fn all_that_one_of_the_distributions_own_names_are_told_the_first_issued_first() {
    let names = ["RHSA-2024:0003", "RHSA-2024:0001", "RHSA-2024:0002"];
    let check = |named: &[&str], expected: &[(&str, Option<&str>)]| {
        let own = Advisory {
            named: named.iter().map(|name| id(name)).collect(),
            ..advisory("ALSA-2024:A001", "2024-01-20", "", &["a=1-2.el9"])
        };
        let world = World {
            own: vec![own],
            reference_dates: vec![
                ("RHSA-2024:0002", "2024-01-10"),
                ("RHSA-2024:0001", "2024-01-11"),
            ],
            ..World::default()
        };
        let told = world.clock().named.remove(&id("ALSA-2024:A001"));
        let expected = expected.iter().map(|(name, day)| NamedAdvisory {
            id: id(name),
            issued: day.map(|day| DatedFact::of(at(day), DateSource::ListedIssue)),
        });
        assert_eq!(told.unwrap_or_default(), expected.collect::<Vec<_>>());
    };
    let all = [
        ("RHSA-2024:0002", Some("2024-01-10")),
        ("RHSA-2024:0001", Some("2024-01-11")),
        ("RHSA-2024:0003", None),
    ];
    check(&names, &all);
    check(&names[..1], &[]);
}
