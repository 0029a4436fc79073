//! What builds prove of a published package, and answers of the build system that are not what was asked for.

use super::builds::{ONE, answer, build, source_by, world_with};
use super::support::server::Server;
use super::support::{FIRST, World};
use almanac::report::EvidenceName;
use serde_json::{Value, json};

#[test]
fn a_build_tells_only_of_what_was_released_from_the_own_repository_for_an_architecture() {
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let check = |change: &dyn Fn(&mut Value), evidence: EvidenceName, doubts: &[&str]| {
        let mut build = build(2, tag, &[("s390x", 2), ("x86_64", 2)]);
        change(&mut build);
        let (_, found, warnings) = source_by(&[build]);
        assert_eq!(found, Some(evidence), "{warnings:?}");
        assert_eq!(warnings, doubts);
    };
    let (tagged, inferred) = (EvidenceName::Tagged, EvidenceName::Inferred);
    check(&|_| {}, tagged, &[]);
    check(&|build| build["tasks"][0]["status"] = json!(3), tagged, &[]);
    check(
        &|build| build["tasks"][1]["status"] = json!(3),
        inferred,
        &[],
    );
    check(&|build| build["released"] = json!(false), inferred, &[]);
    let silent = "builds: 1 build does not say whether what was built was released, such as build 102: its source tells nothing of \
                  what was changed.";
    check(
        &|build| build["released"] = Value::Null,
        inferred,
        &[silent],
    );
    let foreign = "build 102: a source of its is of https://git.example.org/rpms/bash.git, which is not AlmaLinux’s own repository of a \
                   package, so that it is left out.";
    check(
        &|build| build["tasks"][1]["ref"]["url"] = json!("https://git.example.org/rpms/bash.git"),
        inferred,
        &[foreign],
    );
    check(
        &|build| build["tasks"][1]["artifacts"][1]["name"] = json!("bash-5.1.8-8.el9.x86_64.rpm"),
        inferred,
        &[],
    );
}

#[test]
fn without_a_platform_a_build_of_stream_tells_nothing_of_the_release() {
    for (branch, evidence) in [
        ("c9", EvidenceName::Tagged),
        ("c9s", EvidenceName::Inferred),
    ] {
        let tag = format!("imports/{branch}/bash-5.1.8-9.el9");
        let (_, found, warnings) = source_by(&[build(2, &tag, &[("x86_64", 2)])]);
        assert_eq!(found, Some(evidence), "{branch}");
        assert_eq!(warnings, [""; 0]);
    }
}

#[test]
fn another_build_than_the_one_asked_for_is_an_input_that_could_not_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |_| answer(ONE));
    let world = World::new();
    world.configure(&format!(
        "[[release.builds]]\naddress = \"http://{}/api/v1\"\nids = [8]",
        server.address
    ));
    assert!(!world.publish_at(FIRST).unwrap().is_of_all());
    let failures = world.index().input_failures;
    assert!(
        failures.len() == 1
            && failures[0].cause.starts_with("build 8 of http://")
            && failures[0]
                .cause
                .ends_with("it is build 7, and not build 8; see in a browser what it answers, or take 8 out of ids"),
        "{failures:?}"
    );
    assert_eq!(world.package("9", "bash").builds, []);
}

#[test]
fn a_page_with_fewer_builds_than_it_states_is_an_input_that_could_not_be_read() {
    let check = |second: &'static str, cause: Option<&str>| {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(folder.path(), move |_| answer(second));
        let world = world_with(&server);
        assert_eq!(
            world.publish_at(FIRST).unwrap().is_of_all(),
            cause.is_none()
        );
        let failures = world.index().input_failures;
        let told = failures.first().map(|failure| failure.cause.as_str());
        assert!(
            match (told, cause) {
                (Some(told), Some(cause)) => told.contains(cause),
                (told, cause) => told == cause,
            },
            "{told:?}"
        );
    };
    check(r#"{ "builds": [], "total_builds": 0 }"#, None);
    check(r#"{ "builds": [] }"#, None);
    check(
        r#"{ "builds": [], "total_builds": 3 }"#,
        Some("it has 0 of the 3 builds that are to be on it"),
    );
    check(
        r#"{ "builds": [], "total_builds": 0, "current_page": 4 }"#,
        Some("it is page 4, and not page 1"),
    );
}
