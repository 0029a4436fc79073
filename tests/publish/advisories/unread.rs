//! What becomes of the clock where an input of it cannot be read.

use super::*;
use crate::support::server::{Reply, Server};
use almanac::report::PointInTime;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[test]
fn an_input_that_cannot_be_fetched_leaves_the_clock_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let good = errata(&[erratum("2026:0001", "2026-11-03", "2026-11-07")]);
    std::fs::write(folder.path().join("errata.json"), &good).unwrap();
    let is_broken = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let told = is_broken.clone();
    let server = Server::start(folder.path(), move |_| {
        if told.load(std::sync::atomic::Ordering::Relaxed) {
            Reply::Status("404 Not Found", String::new(), "")
        } else {
            Reply::File
        }
    });
    let world = world();
    world.reconfigure(
        "location = \"errata.json\"",
        &format!("location = \"http://{}/errata.json\"", server.address),
    );
    world.publish_at(FIRST).unwrap();
    let before = entry(&world);
    is_broken.store(true, std::sync::atomic::Ordering::Relaxed);
    for taken in [SECOND, THIRD] {
        let publication = world.publish_at(taken).unwrap();
        assert_eq!(publication.releases[0].advisory_failures.len(), 1);
    }
    let first = moment(FIRST);
    let kept = before.map(|before| SecurityEntry {
        as_of: Some(PointInTime(first)),
        ..before
    });
    assert_eq!(entry(&world), kept);
    assert_eq!(security(&world).taken.0, first);
    let failures = world.index().advisory_failures;
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert_eq!(failures[0].since.0, moment(SECOND));
    assert_eq!(failures[0].last_read.unwrap().0, moment(FIRST));
    assert!(failures[0].cause.contains("404"), "{}", failures[0].cause);
    assert_eq!(world.package("9", "bash").advisories.len(), 1);
    check_sound(&world);
    is_broken.store(false, std::sync::atomic::Ordering::Relaxed);
    world.publish_at("2026-11-23T04:10:00Z").unwrap();
    assert_eq!(world.index().advisory_failures, []);
    assert_eq!(entry(&world).unwrap().as_of, None);
}

#[test]
fn an_input_that_never_was_in_the_clock_does_not_stop_it() {
    let world = world();
    let server = Server::start(&world.path(""), |_| {
        Reply::Status("404 Not Found", String::new(), "")
    });
    world.configure(&format!(
        "[[release.advisories]]\nside = \"reference\"\nformat = \"dates\"\nname = \"Days\"\n\
         location = \"http://{}/days.csv\"\ndate_column = \"date\"",
        server.address
    ));
    for taken in [FIRST, SECOND] {
        world.publish_at(taken).unwrap();
        assert_eq!(security(&world).taken.0, moment(taken));
        assert_eq!(entry(&world).unwrap().as_of, None);
        let failures = world.index().advisory_failures;
        assert_eq!(failures.len(), 1, "{failures:?}");
        assert_eq!(failures[0].since.0, moment(FIRST));
        assert_eq!(failures[0].last_read, None);
    }
    check_sound(&world);
}

/// A world whose errata are on a host that can be told to fail.
pub fn world_with_host() -> (World, Arc<AtomicBool>, Server) {
    let world = world();
    let is_broken = Arc::new(AtomicBool::new(false));
    let told = is_broken.clone();
    let server = Server::start(&world.path(""), move |_| {
        match told.load(Ordering::Relaxed) {
            true => Reply::Status("404 Not Found", String::new(), ""),
            false => Reply::File,
        }
    });
    world.reconfigure(
        "location = \"errata.json\"",
        &format!("location = \"http://{}/errata.json\"", server.address),
    );
    (world, is_broken, server)
}

#[test]
fn a_repeated_day_says_what_its_last_run_could_not_read() {
    let (world, is_broken, _server) = world_with_host();
    world.publish_at(FIRST).unwrap();
    for (is_down, expected) in [(true, 1), (false, 0), (true, 1)] {
        is_broken.store(is_down, Ordering::Relaxed);
        world.publish_at(SECOND).unwrap();
        assert_eq!(world.index().advisory_failures.len(), expected);
        assert_eq!(verify(&world.output()).faults, []);
    }
    // What was read by then is not lost again.
    assert_eq!(security(&world).taken.0, moment(SECOND));
}

#[test]
fn a_fix_that_came_while_advisories_could_not_be_read_is_dated_by_the_first_that_had_it() {
    let (world, is_broken, _server) = world_with_host();
    let advisory = std::fs::read(world.path("reference/2.json")).unwrap();
    let dnf = |nvr: &str| {
        let built = [package(&format!("{nvr}.noarch"), nvr)];
        world.repository("distribution/x86_64", &built, WrittenCompression::Gzip);
    };
    std::fs::remove_file(world.path("reference/2.json")).unwrap();
    dnf("dnf-4.14.0-24.el9");
    world.publish_at(FIRST).unwrap();
    is_broken.store(true, Ordering::Relaxed);
    dnf("dnf-4.14.0-25.el9.alma.1");
    world.publish_at(SECOND).unwrap();
    is_broken.store(false, Ordering::Relaxed);
    world.write("reference/2.json", advisory);
    world.publish_at(THIRD).unwrap();
    let expected = "RHSA-2026:0002 FixedWithoutAdvisory Snapshot 2026-11-21";
    let lines = lines(&world);
    assert!(lines.contains(&expected.to_owned()), "{lines:?}");
}

#[test]
fn without_the_distributions_errata_there_is_no_clock_and_the_index_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |_| Reply::File);
    let world = world();
    world.reconfigure(
        "location = \"errata.json\"",
        &format!("location = \"http://{}/errata.json\"", server.address),
    );
    world.publish_at(FIRST).unwrap();
    assert_eq!(entry(&world), None);
    let failures = world.index().advisory_failures;
    assert_eq!((failures.len(), failures[0].last_read), (1, None));
    check_sound(&world);
}

#[test]
fn a_fix_that_came_long_before_advisories_are_read_again_is_dated_by_the_first_that_had_it() {
    let (world, is_broken, _server) = world_with_host();
    let dnf = |nvr: &str| {
        let built = [package(&format!("{nvr}.noarch"), nvr)];
        world.repository("distribution/x86_64", &built, WrittenCompression::Gzip);
    };
    for day in 1..=16 {
        is_broken.store((2..16).contains(&day), Ordering::Relaxed);
        dnf(match day < 4 {
            true => "dnf-4.14.0-24.el9",
            false => "dnf-4.14.0-25.el9.alma.1",
        });
        world
            .publish_at(&format!("2026-11-{day:02}T04:10:00Z"))
            .unwrap();
    }
    let expected = "RHSA-2026:0002 FixedWithoutAdvisory Snapshot 2026-11-04";
    let lines = lines(&world);
    assert!(lines.contains(&expected.to_owned()), "{lines:?}");
}
