//! What of a fix is in testing, and since when.

use super::*;
use crate::support::server::{Reply, Server};
use almanac::domain::{DateSource, FixState};
use almanac::report::{PointInTime, Repositories};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn a_day_in_testing_outlasts_inputs_that_lack_it_for_once() {
    let world = world();
    world.configure(
        "[[release.further]]\nrole = \"testing\"\nname = \"Testing\"\nlocation = \"testing/$arch\"",
    );
    let first = moment(FIRST).unix_days();
    for (taken, is_empty) in [(FIRST, false), (SECOND, true), (THIRD, false)] {
        let entries =
            ["2026:0009", "2026:A001"].map(|number| erratum(number, "2026-11-03", "2026-11-03"));
        let builds = [package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9")];
        let (entries, builds) = match is_empty {
            true => (&entries[..1], &builds[..0]),
            false => (&entries[..], &builds[..]),
        };
        world.write("errata.json", errata(entries));
        world.repository("testing/x86_64", builds, WrittenCompression::Gzip);
        world.publish_at(taken).unwrap();
        let clocks = security(&world).clocks();
        let own = clocks.iter().find(|clock| clock.id.is_own());
        let testing = own.map(|clock| clock.testing.map(|fact| fact.day));
        assert_eq!(testing, (!is_empty).then_some(Some(first)), "{taken}");
    }
    check_sound(&world);
}

#[test]
fn testing_is_seen_and_remembered() {
    let world = world();
    world.configure(
        "[[release.further]]\nrole = \"testing\"\nname = \"Testing\"\nlocation = \"testing/$arch\"",
    );
    let testing = |packages: &[&str]| {
        let packages: Vec<_> = packages
            .iter()
            .map(|nevra| package(nevra, "openssl-3.2.2-6.el9_6"))
            .chain([package("x-1-1.el9.x86_64", "x-1-1.el9")])
            .collect();
        world.repository("testing/x86_64", &packages, WrittenCompression::Gzip);
    };
    testing(&["openssl-1:3.2.2-6.el9_6.x86_64"]);
    world.publish_at(FIRST).unwrap();
    let openssl = || {
        let clocks = security(&world).clocks();
        let clock = clocks
            .into_iter()
            .find(|clock| clock.id.number == "0003")
            .unwrap();
        (clock.state, clock.testing.map(|fact| fact.day))
    };
    let first = moment(FIRST).unix_days();
    assert_eq!(openssl(), (FixState::InTesting, Some(first)));
    let digest = world.report("9").repositories.unwrap();
    let boards: Repositories = world.named("repositories", &digest);
    let waiting = boards.testing.unwrap();
    let of = |package: &str| {
        let record = waiting.iter().find(|record| record.package == package);
        let advisories = record.unwrap().standings[0].advisories.clone().unwrap();
        let named = advisories.iter().map(|record| {
            let cves = record.cves.join(" ");
            format!("{:?} {} {} {cves}", record.side, record.id, record.evr)
        });
        named.collect::<Vec<_>>()
    };
    assert_eq!(
        of("openssl"),
        ["Reference RHSA-2026:0003 1:3.2.2-6.el9_6 CVE-2026-1001"]
    );
    assert_eq!(of("x"), [""; 0]);
    check_sound(&world);
    testing(&[]);
    world.publish_at(SECOND).unwrap();
    assert_eq!(openssl(), (FixState::Open, Some(first)));
}

#[test]
fn a_build_that_has_left_testing_when_its_advisory_comes_was_there() {
    let world = world();
    world.configure(
        "[[release.further]]\nrole = \"testing\"\nname = \"Testing\"\nlocation = \"testing/$arch\"",
    );
    let build = [package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9")];
    let older = [package("bash-5.1.8-8.el9.x86_64", "bash-5.1.8-8.el9")];
    let repository = |folder: &str, packages: &[_]| {
        world.repository(folder, packages, WrittenCompression::Gzip);
    };
    let other = erratum("2026:A000", "2026-11-03", "2026-11-03").replace("bash", "zsh");
    world.write("errata.json", errata(std::slice::from_ref(&other)));
    repository("distribution/x86_64", &older);
    repository("testing/x86_64", &build);
    world.publish_at(FIRST).unwrap();
    repository("distribution/x86_64", &build);
    repository("testing/x86_64", &[]);
    world.publish_at(SECOND).unwrap();
    let own = [other, erratum("2026:A001", "2026-11-22", "2026-11-22")];
    world.write("errata.json", errata(&own));
    world.publish_at(THIRD).unwrap();
    let clocks = security(&world).clocks();
    let own = clocks
        .iter()
        .find(|clock| clock.id.number == "A001")
        .unwrap();
    let testing = own.testing.map(|fact| (fact.day, fact.source));
    let first = moment(FIRST).unix_days();
    assert_eq!(testing, Some((first, DateSource::Snapshot)));
    check_sound(&world);
}

#[test]
fn a_fix_waits_in_testing_since_before_the_references_advisory_came() {
    let (world, is_broken, _server) = unread::world_with_host();
    world.configure(
        "[[release.further]]\nrole = \"testing\"\nname = \"Testing\"\nlocation = \"testing/$arch\"",
    );
    let advisory = std::fs::read(world.path("reference/3.json")).unwrap();
    std::fs::remove_file(world.path("reference/3.json")).unwrap();
    let testing = |packages: &[_]| {
        world.repository("testing/x86_64", packages, WrittenCompression::Gzip);
    };
    let other = package("x-1-1.el9.x86_64", "x-1-1.el9");
    let fixed = package("openssl-1:3.2.2-6.el9_6.x86_64", "openssl-3.2.2-6.el9_6");
    testing(std::slice::from_ref(&other));
    world.publish_at(FIRST).unwrap();
    // The errata are not there either when it comes.
    is_broken.store(true, Ordering::Relaxed);
    testing(&[fixed, other]);
    world.publish_at(SECOND).unwrap();
    is_broken.store(false, Ordering::Relaxed);
    world.write("reference/3.json", advisory);
    world.publish_at(THIRD).unwrap();
    let digest = world.report("9").repositories.unwrap();
    let boards: Repositories = world.named("repositories", &digest);
    let waiting = boards.testing.unwrap();
    let second = moment(SECOND);
    assert_eq!(waiting[0].since.at_the_latest, PointInTime(second));
    let clocks = security(&world).clocks();
    let clock = clocks.iter().find(|clock| clock.id.number == "0003");
    let told = clock.map(|clock| (clock.state, clock.testing.map(|fact| fact.day)));
    assert_eq!(told, Some((FixState::InTesting, Some(second.unix_days()))));
    check_sound(&world);
}

#[test]
fn what_an_earlier_run_of_the_day_saw_in_testing_is_there_where_the_next_cannot_read_it() {
    let world = world();
    let is_broken = Arc::new(AtomicBool::new(false));
    let told = is_broken.clone();
    let server = Server::start(&world.path(""), move |_| {
        match told.load(Ordering::Relaxed) {
            true => Reply::Status("404 Not Found", String::new(), ""),
            false => Reply::File,
        }
    });
    world.configure(&format!(
        "[[release.further]]\nrole = \"testing\"\nname = \"Testing\"\nlocation = \"http://{}/testing/$arch\"",
        server.address
    ));
    let fixed = package("openssl-1:3.2.2-6.el9_6.x86_64", "openssl-3.2.2-6.el9_6");
    world.repository("testing/x86_64", &[fixed], WrittenCompression::Gzip);
    for is_down in [false, true, true] {
        is_broken.store(is_down, Ordering::Relaxed);
        world.publish_at(FIRST).unwrap();
        let lines = lines(&world);
        assert!(
            lines.contains(&"RHSA-2026:0003 InTesting -".to_owned()),
            "{lines:?}"
        );
        assert_eq!(verify(&world.output()).faults, []);
    }
}
