//! Repositories that are read for what they tell beside the comparison.

use super::support::server::{Reply, Server};
use super::support::{FIRST, SECOND, World, package, rows};
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{SideName, SourceStanding};

fn with_testing(location: &str) -> World {
    let world = World::new();
    world.repository(
        "testing",
        &[
            package("bash-5.1.8-10.el9.x86_64", "bash-5.1.8-10.el9"),
            package("waiting-1-1.el9.x86_64", "waiting-1-1.el9"),
        ],
        WrittenCompression::Gzip,
    );
    world.configure(&format!(
        "[[release.further]]\nrole = \"testing\"\nname = \"Testing\"\nlocation = \"{location}\""
    ));
    world
}

fn elsewhere(world: &World, name: &str) -> Vec<String> {
    let package = world.package("9", name);
    let records = package
        .architectures
        .iter()
        .flat_map(|on| &on.elsewhere)
        .map(|record| {
            format!(
                "{}: {} {}",
                record.side, record.build.repository, record.build.evr
            )
        });
    records.collect()
}

#[test]
fn they_are_told_and_change_no_verdict() {
    let plain = World::new();
    plain.publish_at(FIRST).unwrap();
    let world = with_testing("testing");
    world.repository(
        "epel",
        &[package("dnf-5-1.el9.noarch", "dnf-5-1.el9")],
        WrittenCompression::Gzip,
    );
    for role in ["synergy", "extras", "devel", "epel"] {
        world.configure(&format!(
            "[[release.further]]\nrole = \"{role}\"\nname = \"{role}\"\nlocation = \"epel\""
        ));
    }
    world.publish_at(FIRST).unwrap();
    let [before, after] = [&plain, &world].map(|world| world.report("9"));
    assert_eq!(rows(&before.packages), rows(&after.packages));
    assert_eq!(before.shares, after.shares);
    assert_eq!(after.warnings, [""; 0]);
    assert_eq!(elsewhere(&world, "bash"), ["testing: Testing 5.1.8-10.el9"]);
    assert_eq!(
        elsewhere(&world, "dnf"),
        [
            "synergy: synergy 5-1.el9",
            "EPEL: epel 5-1.el9",
            "extras: extras 5-1.el9",
            "devel: devel 5-1.el9"
        ]
    );
    let sides: Vec<SideName> = after.sources.iter().map(|source| source.side).collect();
    assert_eq!(
        sides,
        [
            SideName::Distribution,
            SideName::Reference,
            SideName::Testing,
            SideName::Synergy,
            SideName::Extras,
            SideName::Devel,
            SideName::Epel
        ]
    );
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn one_that_cannot_be_read_is_told_and_stops_nothing() {
    let world = with_testing("testing");
    world.publish_at(FIRST).unwrap();
    let server = Server::start(&world.path(""), |_| {
        Reply::Status("404 Not Found", String::new(), "no")
    });
    world.reconfigure(
        "location = \"testing\"",
        &format!("location = \"http://{}/testing\"", server.address),
    );
    let publication = world.publish_at(SECOND).unwrap();
    assert_eq!(publication.releases.len(), 1);
    let failure = &publication.failures[0];
    assert_eq!(
        (failure.side, failure.state, failure.last_read),
        (SideName::Testing, SourceStanding::Absent, None)
    );
    let report = world.report("9");
    assert_eq!(report.notices, [""; 0]);
    let [warning] = report.warnings.as_slice() else {
        panic!("{:?}", report.warnings);
    };
    assert!(
        warning.starts_with("x86_64: the repository Testing (testing) could not be read since")
            && warning.ends_with("what it has is not known."),
        "{warning}"
    );
    assert_eq!(elsewhere(&world, "bash"), [""; 0]);
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn a_role_that_does_not_exist_is_refused() {
    with_testing("testing").check_fault(
        |world| world.reconfigure("role = \"testing\"", "role = \"tests\""),
        &["unknown variant `tests`, expected one of `testing`, `synergy`, `epel`, `extras`, `devel`"],
    );
}
