//! Repositories that are read for what they tell beside the comparison.

use super::support::metadata::{metadata, package_xml};
use super::support::server::{Reply, Server};
use super::support::{FIRST, SECOND, World, package, rows};
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{Repositories, SideName, SourceStanding};

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
fn one_that_is_empty_is_told_and_stops_nothing() {
    let world = with_testing("testing");
    world.repository("testing", &[], WrittenCompression::Gzip);
    world.publish_at(FIRST).unwrap();
    let report = world.report("9");
    assert_eq!(
        report.warnings,
        ["9 x86_64 Testing (testing): the repository has no packages"]
    );
    let boards: Repositories = world.named("repositories", &report.repositories.unwrap());
    assert_eq!(boards.testing, Some(Vec::new()));
    assert_eq!(elsewhere(&world, "bash"), [""; 0]);
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
fn an_origin_that_cannot_be_read_leaves_where_sources_come_from_unknown() {
    let world = World::new();
    let built = [package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9")];
    world.repository("stream", &built, WrittenCompression::Gzip);
    world.repository("oracle", &built, WrittenCompression::Gzip);
    // Listed first, and not preferred.
    for (role, name) in [("oracle", "Oracle Linux"), ("stream", "CentOS Stream")] {
        let location = if role == "stream" { "stream" } else { "oracle" };
        world.configure(&format!(
            "[[release.origin]]\nrole = \"{role}\"\nname = \"{name}\"\nlocation = \"{location}\""
        ));
    }
    world.publish_at(FIRST).unwrap();
    let origin = |world: &World| {
        let on = world.package("9", "bash").architectures[0].clone();
        (on.origin, on.origin_evr)
    };
    let found = (
        Some("CentOS Stream".to_owned()),
        Some("5.1.8-9.el9".to_owned()),
    );
    assert_eq!(origin(&world), found);
    let server = Server::start(&world.path(""), |_| {
        Reply::Status("404 Not Found", String::new(), "no")
    });
    world.reconfigure(
        "location = \"stream\"",
        &format!("location = \"http://{}/stream\"", server.address),
    );
    let publication = world.publish_at(SECOND).unwrap();
    assert_eq!(publication.failures[0].side, SideName::Origin);
    assert_eq!(publication.failures[0].state, SourceStanding::Absent);
    assert_eq!(publication.releases.len(), 1);
    assert_eq!(origin(&world), (None, None));
    let warnings = world.report("9").warnings;
    assert!(
        warnings[0].starts_with("x86_64: the repository CentOS Stream (origin) could not be read"),
        "{warnings:?}"
    );
    assert_eq!(verify(&world.output()).faults, []);
}

/// Where the source of bash comes from: the origin, what it has, and whether it changed that.
fn origin_of_bash(world: &World) -> (Option<String>, Option<String>, bool) {
    let on = world.package("9", "bash").architectures[0].clone();
    (on.origin, on.origin_evr, on.origin_changed)
}

#[test]
fn an_origin_that_marks_its_changes_has_the_same_version() {
    let world = World::new();
    world.repository(
        "oracle",
        &[package(
            "bash-5.1.8-9.0.1.el9.x86_64",
            "bash-5.1.8-9.0.1.el9",
        )],
        WrittenCompression::Gzip,
    );
    world.configure(
        "[[release.origin]]\nrole = \"oracle\"\nname = \"Oracle Linux\"\nlocation = \"oracle\"",
    );
    world.publish_at(FIRST).unwrap();
    let evr = Some("5.1.8-9.0.1.el9".to_owned());
    let oracle = Some("Oracle Linux".to_owned());
    assert_eq!(origin_of_bash(&world), (oracle, evr, true));
    // Its marks are data.
    world.reconfigure(
        "[reference]",
        "[rules.origin_marks]\noracle = [{ suffix = \"ol\" }]\n[reference]",
    );
    world.publish_at(SECOND).unwrap();
    assert_eq!(origin_of_bash(&world), (None, None, false));
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn an_origin_may_be_a_source_repository() {
    let world = World::new();
    let bash =
        package_xml("bash", "src", "", "a").replace("ver=\"1\" rel=\"1", "ver=\"5.1.8\" rel=\"9");
    world.primary("sources", &String::from_utf8(metadata(&bash)).unwrap());
    world.configure("[[release.origin]]\nrole = \"ubi\"\nname = \"UBI\"\nlocation = \"sources\"");
    world.publish_at(FIRST).unwrap();
    let evr = Some("5.1.8-9.el9".to_owned());
    assert_eq!(origin_of_bash(&world), (Some("UBI".to_owned()), evr, false));
    let report = world.report("9");
    let source = report.sources.last().unwrap();
    let counts = (
        source.binary_packages,
        source.binary_packages_counted,
        source.source_packages_counted,
    );
    assert_eq!((source.side, counts), (SideName::Origin, (0, 0, 1)));
    assert_eq!(verify(&world.output()).faults, []);
    // Sources alone are nothing to compare with.
    world.check_fault(
        |world| {
            world.reconfigure("location = \"reference/$arch\"", "location = \"sources\"");
            world.reconfigure("role = \"ubi\"", "role = \"stream\"");
        },
        &["sources", "no package"],
    );
}

#[test]
fn a_role_that_does_not_exist_is_refused() {
    with_testing("testing").check_fault(
        |world| world.reconfigure("role = \"testing\"", "role = \"tests\""),
        &["unknown variant `tests`, expected one of `testing`, `synergy`, `epel`, `extras`, `devel`"],
    );
}
