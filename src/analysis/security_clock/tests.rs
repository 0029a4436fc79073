//! Small worlds of advisories, and what their clocks say.

use super::*;
use crate::analysis::SourceList;
use crate::domain::{DateGrade, SourceAbi, SourcePackage, UnknownFix};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn id(text: &str) -> AdvisoryId {
    text.parse().unwrap()
}

/// An advisory of `name=evr` packages.
fn advisory(name: &str, issued: &str, updated: &str, packages: &[&str]) -> Advisory {
    let moment = |text: &str| (!text.is_empty()).then(|| at(text));
    Advisory {
        id: id(name),
        severity: Severity::Important,
        issued: moment(issued),
        issue_is_copied: false,
        updated: moment(updated),
        cves: vec!["CVE-2024-0001".to_owned()],
        named: vec![],
        packages: packages
            .iter()
            .map(|text| {
                let (name, evr) = text.split_once('=').unwrap();
                FixedPackage {
                    name: name.to_owned(),
                    source: None,
                    evr: Evr::parse(evr).unwrap(),
                }
            })
            .collect(),
    }
}

/// Source packages of `name=evr`, each with binaries of its own name and with `-libs`.
fn sources(packages: &[&str]) -> SourceList {
    let packages = packages.iter().map(|text| {
        let (name, evr) = text.split_once('=').unwrap();
        let package = SourcePackage {
            name: name.to_owned(),
            evr: Evr::parse(evr).unwrap(),
            epoch_known: true,
            repository: "BaseOS".to_owned(),
            built: None,
            binaries: vec![name.to_owned(), format!("{name}-libs")],
            abi: SourceAbi::default(),
        };
        (name.to_owned(), package)
    });
    packages.collect()
}

#[derive(Default)]
struct World {
    own: Vec<Advisory>,
    reference: Vec<Advisory>,
    reference_dates: Vec<(&'static str, &'static str)>,
    first_appearances: Vec<(&'static str, &'static str)>,
    distribution: Vec<&'static str>,
    testing: Vec<&'static str>,
    before: Option<Vec<(&'static str, Before)>>,
    before_had_other_inputs: bool,
    announced_before: Vec<(&'static str, Option<DatedFact>)>,
    /// The last snapshot without, and the first with.
    arrivals: Vec<(&'static str, &'static str, &'static str)>,
    last_whole: Option<&'static str>,
    held_before: Vec<&'static str>,
    no_epochs: bool,
}

impl World {
    fn clock(&self) -> SecurityClock {
        let (distribution, testing) = (sources(&self.distribution), sources(&self.testing));
        let dates = |pairs: &[(&str, &str)]| {
            pairs
                .iter()
                .map(|(name, day)| (id(name), at(day)))
                .collect()
        };
        let holding = |sources, records_epochs| Holding {
            sources,
            records_epochs,
        };
        let marks = crate::analysis::Rules::default().marks;
        let before = self.before.iter().flatten();
        let before = before.map(|(name, known)| (owned(&id(name)), known.clone()));
        security_clock(&ClockInputs {
            major: 9,
            own: self.own.clone(),
            first_appearances: dates(&self.first_appearances),
            reference: self.reference.clone(),
            reference_dates: dates(&self.reference_dates),
            disclosures: [("CVE-2024-0001".to_owned(), at("2024-01-01"))].into(),
            holdings: Holdings::new(
                vec![holding(&distribution, !self.no_epochs)],
                vec![holding(&testing, true)],
                &marks,
            ),
            before: before.collect(),
            before_had_inputs: self.before.is_some() && !self.before_had_other_inputs,
            announced_before: self
                .announced_before
                .iter()
                .map(|(name, fact)| (owned(&id(name)), fact.iter().copied().collect()))
                .collect(),
            arrivals: self
                .arrivals
                .iter()
                .map(|(name, last_without, first_with)| {
                    let arrival = Arrival {
                        last_without: at(last_without),
                        first_with: at(first_with),
                    };
                    (owned(&id(name)), arrival)
                })
                .collect(),
            last_whole: self.last_whole.map(at),
            held_before: sources(&self.held_before)
                .into_values()
                .map(|package| (package.name, package.evr))
                .collect(),
            taken: at("2024-03-01T04:10:00Z"),
        })
    }

    /// Each advisory as `ID state lag`, with `≤` before an upper bound.
    fn check(&self, expected: &[&str]) {
        let clock = self.clock();
        let lines: Vec<String> = clock
            .advisories
            .iter()
            .map(|clock| {
                let lag = match clock.lag() {
                    Ok(lag) if lag.grade == DateGrade::Exact => lag.days.to_string(),
                    Ok(lag) => format!("≤{}", lag.days),
                    Err(reason) => format!("{reason:?}"),
                };
                format!("{} {:?} {lag}", clock.id, clock.state)
            })
            .collect();
        assert_eq!(lines, expected);
    }
}

#[test]
fn a_date_of_issue_that_is_the_references_is_not_the_distributions() {
    let check = |issued: &str, updated: &str, expected: &str| {
        World {
            own: vec![advisory("ALSA-2024:0001", issued, updated, &["a=1-1.el9"])],
            reference_dates: vec![("RHSA-2024:0001", "2024-01-10")],
            ..World::default()
        }
        .check(&[expected]);
    };
    check("2024-01-12", "", "ALSA-2024:0001 Announced 2");
    check(
        "2024-01-10",
        "",
        "ALSA-2024:0001 Announced DistributionDayUnknown",
    );
    check(
        "2024-01-09T23:00:00Z",
        "",
        "ALSA-2024:0001 Announced DistributionDayUnknown",
    );
    check("2024-01-05", "", "ALSA-2024:0001 Announced -5");
    check("2024-01-10", "2024-01-13", "ALSA-2024:0001 Announced ≤3");
    check(
        "2024-01-10",
        "2024-01-10T09:00:00Z",
        "ALSA-2024:0001 Announced ≤0",
    );
    check(
        "2024-01-10",
        "2024-01-10",
        "ALSA-2024:0001 Announced DistributionDayUnknown",
    );
    check("2024-01-12", "2024-02-20", "ALSA-2024:0001 Announced 2");
    check(
        "",
        "2024-01-13",
        "ALSA-2024:0001 Announced DistributionDayUnknown",
    );
}

#[test]
fn the_copied_date_of_an_archive_never_counts() {
    let mut own = advisory("ALSA-2024:0001", "2024-01-12", "2024-01-15", &["a=1-1.el9"]);
    own.issue_is_copied = true;
    let world = World {
        own: vec![own],
        reference_dates: vec![("RHSA-2024:0001", "2024-01-10")],
        ..World::default()
    };
    world.check(&["ALSA-2024:0001 Announced ≤5"]);
    World {
        first_appearances: vec![("ALSA-2024:0001", "2024-01-14")],
        ..world
    }
    .check(&["ALSA-2024:0001 Announced ≤4"]);
}

#[test]
fn what_is_not_known_is_not_computed() {
    let own = || vec![advisory("ALSA-2024:0001", "2024-01-12", "", &["a=1-1.el9"])];
    World {
        own: own(),
        ..World::default()
    }
    .check(&["ALSA-2024:0001 Announced NoCounterpart"]);
    let mut named = own();
    named[0].named = vec![id("RHSA-2024:0001")];
    World {
        own: named,
        ..World::default()
    }
    .check(&["ALSA-2024:0001 Announced ReferenceDayUnknown"]);
}

#[test]
fn the_distributions_own_are_measured_against_the_first_that_corrects_the_same() {
    let own = advisory("ALSA-2024:A001", "2024-01-05", "", &["a=1-1.el9.alma.1"]);
    let late = advisory("RHSA-2024:0002", "2024-01-20", "", &["a=1-2.el9"]);
    let early = advisory("RHSA-2024:0001", "2024-01-11", "", &["a=1-2.el9"]);
    let world = World {
        own: vec![own],
        reference: vec![late, early],
        distribution: vec!["a=1-1.el9.alma.1"],
        ..World::default()
    };
    let clock = world.clock();
    let counterpart = clock.advisories[0].counterpart.clone().unwrap();
    assert_eq!(
        (counterpart.id, counterpart.basis),
        (id("RHSA-2024:0001"), PairBasis::SharedVulnerability)
    );
    world.check(&[
        "ALSA-2024:A001 Announced -6",
        "RHSA-2024:0001 Open NotAnnounced",
        "RHSA-2024:0002 Open NotAnnounced",
    ]);
    let other = World {
        own: vec![advisory("ALSA-2024:A001", "2024-01-05", "", &["b=1-1.el9"])],
        ..world
    };
    assert_eq!(other.clock().advisories[0].counterpart, None);
}

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
fn packages_and_advisories_of_other_releases_are_left_out() {
    let world = World {
        own: vec![
            advisory("ALSA-2024:0001", "", "", &["a=1-1.el9_4", "b=1-1.el8_4"]),
            advisory("ALSA-2024:0002", "", "", &["b=1-1.el8_4"]),
            advisory(
                "ALSA-2024:0003",
                "",
                "",
                &["b=1-1.module_el8.5.0+2632+14ced695"],
            ),
            advisory("ALSA-2024:0004", "", "", &["b=1-1"]),
        ],
        ..World::default()
    };
    let clock = world.clock();
    let found: Vec<_> = clock
        .advisories
        .iter()
        .map(|clock| (clock.id.to_string(), clock.packages.len()))
        .collect();
    assert_eq!(
        found,
        [
            ("ALSA-2024:0001".to_owned(), 1),
            ("ALSA-2024:0004".to_owned(), 1)
        ]
    );
    assert_eq!(clock.of_other_releases, 2);
}

#[test]
fn a_snapshot_bounds_what_the_one_before_did_not_have() {
    let known = |state, distribution: Option<i64>| Before {
        state,
        distribution: distribution.map(|day| DatedFact {
            day,
            source: DateSource::Snapshot,
        }),
        testing: None,
    };
    let check = |before: Option<Vec<(&'static str, Before)>>, expected: &str| {
        let own = before.iter().flatten();
        let announced_before = own
            .filter(|(_, before)| before.state == FixState::Announced)
            .map(|(name, before)| (*name, before.distribution))
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
fn what_repositories_told_before_outlasts_a_change_of_inputs() {
    let fact = |day: &str| Some(DatedFact::of(at(day), DateSource::Snapshot));
    let fixed = Before {
        state: FixState::FixedWithoutAdvisory,
        distribution: fact("2024-02-01"),
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
fn of_several_days_of_the_reference_the_earliest_counts() {
    let check = |own: &str, documents: &[&str], listed: Option<&'static str>, expected: &str| {
        let document = |day: &&str| advisory("RHSA-2024:0001", day, "", &["a=1-1.el9"]);
        World {
            own: vec![advisory("ALSA-2024:0001", own, "", &["a=1-1.el9"])],
            reference: documents.iter().map(document).collect(),
            reference_dates: listed
                .map(|day| ("RHSA-2024:0001", day))
                .into_iter()
                .collect(),
            ..World::default()
        }
        .check(&[&format!("ALSA-2024:0001 Announced {expected}")]);
    };
    for documents in [["2024-01-10", "2024-01-20"], ["2024-01-20", "2024-01-10"]] {
        check("2024-01-12", &documents, None, "2");
        // Which of its days a copy has is not known.
        check("2024-01-20", &documents, None, "DistributionDayUnknown");
    }
    check("2024-01-12", &["2024-01-20"], Some("2024-01-10"), "2");
    check("2024-01-12", &["2024-01-10"], Some("2024-01-20"), "2");
    check(
        "2024-01-20",
        &["2024-01-10"],
        Some("2024-01-20"),
        "DistributionDayUnknown",
    );
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
        let cves = cves.iter().map(|cve| (*cve).to_owned()).collect();
        let reference = Advisory {
            cves,
            ..advisory("RHSA-2024:0001", "2024-01-10", "", packages)
        };
        let own = "ALSA-2024:A001 Announced -5";
        let other = "RHSA-2024:0001 FixedWithoutAdvisory NotAnnounced";
        let expected = if is_announced {
            &[own][..]
        } else {
            &[own, other]
        };
        World {
            own: vec![advisory("ALSA-2024:A001", "2024-01-05", "", &["a=1-2.el9"])],
            reference: vec![reference],
            distribution: vec!["a=1-2.el9", "b=1-2.el9"],
            ..World::default()
        }
        .check(expected);
    };
    let (one, more) = (["CVE-2024-0001"], ["CVE-2024-0001", "CVE-2024-0002"]);
    check(&one, &["a=1-2.el9"], true);
    check(&more, &["a=1-2.el9"], false);
    check(&one, &["a=1-2.el9", "b=1-2.el9"], false);
}

#[test]
fn a_fix_without_an_advisory_came_by_the_snapshot_whose_predecessor_had_an_older_version() {
    let check = |before: Option<FixState>, held_before: Vec<&'static str>, expected: bool| {
        let before = before.map(|state| Before {
            state,
            distribution: None,
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
        distribution: None,
        testing: Some(DatedFact {
            day: march_1 - 9,
            source: DateSource::Snapshot,
        }),
    };
    let carried = world(vec![], Some(vec![("ALSA-2024:0001", before)]));
    assert_eq!(testing_day(carried), Some(march_1 - 9));
}

#[test]
fn what_several_inputs_have_of_an_advisory_is_put_together() {
    let mut archive = advisory(
        "ALSA-2024:0001",
        "2024-01-10",
        "2024-01-15",
        &["a-libs=1-1.el9"],
    );
    archive.issue_is_copied = true;
    archive.severity = Severity::Unrated;
    archive.cves = vec!["CVE-2024-0002".to_owned()];
    let errata = advisory("ALSA-2024:0001", "2024-01-12", "", &["a=1-1.el9"]);
    let world = World {
        own: vec![archive, errata],
        reference_dates: vec![("RHSA-2024:0001", "2024-01-10")],
        distribution: vec!["a=1-1.el9"],
        ..World::default()
    };
    world.check(&["ALSA-2024:0001 Announced 2"]);
    let clock = &world.clock().advisories[0];
    assert_eq!(clock.severity, Severity::Important);
    assert_eq!(clock.cves, ["CVE-2024-0001", "CVE-2024-0002"]);
    assert_eq!(clock.packages.len(), 1);
    assert_eq!(
        clock.disclosed.map(|fact| fact.day),
        Some(at("2024-01-01").unix_days())
    );
}

#[test]
fn a_copied_date_is_the_references_day_where_nothing_better_tells_it() {
    let check = |mirrored: &str, listed: Option<&'static str>, errata: &str, expected: &str| {
        let copy = Advisory {
            issue_is_copied: true,
            named: vec![id("RHSA-2024:0001")],
            ..advisory(mirrored, "2024-01-10", "2024-01-12", &["a=1-1.el9"])
        };
        let world = World {
            own: vec![copy, advisory(mirrored, errata, "", &["a=1-1.el9"])],
            reference_dates: listed
                .map(|day| ("RHSA-2024:0001", day))
                .into_iter()
                .collect(),
            ..World::default()
        };
        world.check(&[&format!("{mirrored} Announced {expected}")]);
        let reference = world.clock().advisories[0].reference;
        let source = reference.map(|fact| fact.source);
        let best = match listed {
            Some(_) => Some(DateSource::ListedIssue),
            None => (!id(mirrored).is_own()).then_some(DateSource::CopiedIssue),
        };
        assert_eq!(source, best, "{mirrored}");
    };
    check("ALSA-2024:0001", None, "", "≤2");
    check("ALSA-2024:0001", Some("2024-01-09"), "", "≤3");
    // What the errata say is the distribution's own day where it is another than the copied one.
    check("ALSA-2024:0001", None, "2024-01-11", "1");
    check("ALSA-2024:0001", None, "2024-01-10", "≤2");
    check("ALSA-2024:A001", None, "", "ReferenceDayUnknown");
}
