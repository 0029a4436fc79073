//! Small worlds of advisories, and what their clocks say.

mod days;
mod fixes;
mod held;

use super::*;
use crate::analysis::SourceList;
use crate::domain::{Architecture, DateGrade, SourceAbi, SourcePackage, UnknownFix};

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
            versions_beside: vec![],
        };
        (name.to_owned(), package)
    });
    packages.collect()
}

/// What a snapshot had; a package that stands there several times has several versions.
fn held_at(taken: &str, packages: &[&str]) -> HeldAt {
    let mut versions: BTreeMap<String, Vec<Evr>> = BTreeMap::new();
    for text in packages {
        let (name, evr) = text.split_once('=').unwrap();
        let own = versions.entry(name.to_owned()).or_default();
        own.push(Evr::parse(evr).unwrap());
    }
    HeldAt {
        taken: at(taken),
        versions,
        tells_all: true,
    }
}

#[derive(Default)]
struct World {
    own: Vec<Advisory>,
    reference: Vec<Advisory>,
    reference_dates: Vec<(&'static str, &'static str)>,
    first_appearances: Vec<(&'static str, &'static str)>,
    distribution: Vec<&'static str>,
    testing: Vec<&'static str>,
    /// What another architecture has, and what testing has for it.
    elsewhere: Option<[Vec<&'static str>; 2]>,
    testing_unread: Vec<Architecture>,
    /// What snapshots before had in testing, for which architecture, and by when.
    tested_before: Vec<(&'static str, Architecture, &'static str)>,
    before: Option<Vec<(&'static str, Before)>>,
    before_had_other_inputs: bool,
    announced_before: Vec<(&'static str, Option<DatedFact>)>,
    /// The last snapshot without, and the first with.
    arrivals: Vec<(&'static str, &'static str, &'static str)>,
    last_whole: Option<&'static str>,
    held_before: Vec<&'static str>,
    /// What snapshots before that one had, the newest first.
    held_earlier: Vec<(&'static str, Vec<&'static str>)>,
    /// What snapshots since had whose advisories could not be read.
    held_since: Vec<(&'static str, Vec<&'static str>)>,
    no_epochs: bool,
    is_incomplete: bool,
    unreadable: Vec<&'static str>,
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
        let unreadable = self.unreadable.iter().map(|name| (*name).to_owned());
        let unreadable = unreadable.collect();
        let holding = |architecture, sources| Holding {
            architecture,
            sources,
            records_epochs: !self.no_epochs,
            is_complete: !self.is_incomplete,
            unreadable: &unreadable,
        };
        let elsewhere = self.elsewhere.as_ref();
        let elsewhere = elsewhere.map(|both| both.each_ref().map(|packages| sources(packages)));
        let mut holdings = vec![holding(Architecture::X86_64, &distribution)];
        let mut tested = BTreeMap::from([(Architecture::X86_64, &testing)]);
        if let Some([distribution, testing]) = &elsewhere {
            holdings.push(holding(Architecture::Aarch64, distribution));
            tested.insert(Architecture::Aarch64, testing);
        }
        let marks = crate::analysis::Rules::default().marks;
        let mut tested_before = TestedBefore::new();
        for (text, architecture, by) in &self.tested_before {
            let (name, evr) = text.split_once('=').unwrap();
            let builds = tested_before.entry(name.to_owned()).or_default();
            builds.push(TestedBuild {
                evr: Evr::parse(evr).unwrap(),
                architecture: *architecture,
                by: at(by),
            });
        }
        let before = self.before.iter().flatten();
        let before = before.map(|(name, known)| (owned(&id(name)), known.clone()));
        security_clock(&ClockInputs {
            major: 9,
            own: self.own.clone(),
            first_appearances: dates(&self.first_appearances),
            reference: self.reference.clone(),
            reference_dates: dates(&self.reference_dates),
            disclosures: [("CVE-2024-0001".to_owned(), at("2024-01-01"))].into(),
            holdings: Holdings::new(holdings, tested, &marks)
                .with_testing_unread(self.testing_unread.iter().copied().collect())
                .with_tested_before(tested_before),
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
            held_before: [held_at("2024-02-29", &self.held_before)]
                .into_iter()
                .chain(
                    self.held_earlier
                        .iter()
                        .map(|(taken, held)| held_at(taken, held)),
                )
                .collect(),
            held_since: self
                .held_since
                .iter()
                .map(|(taken, held)| held_at(taken, held))
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
