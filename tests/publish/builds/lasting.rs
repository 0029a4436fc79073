//! What builds told outlasts their leaving the newest pages, and days without an answer.

use super::*;

#[test]
fn what_a_build_told_outlasts_its_leaving_the_newest_pages() {
    let old = [
        build(1, "changed/a9/bash-5.1.8-9.el9", &[("x86_64", 2)]),
        build(2, "imports/c9/bash-5.1.8-10.el9", &[("x86_64", 3)]),
        build(3, "imports/c9/dnf-4.14.0-25.el9", &[("x86_64", 1)]),
    ];
    let new = [build(4, "imports/c9/zsh-5-1.el9", &[("x86_64", 2)])];
    let pages = [&old[..], &new, &new].map(|builds| {
        let page = json!({ "builds": builds }).to_string();
        &*Box::leak(page.into_boxed_str())
    });
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), move |asked| {
        answer(pages[asked.before.min(2)])
    });
    let world = world_with(&server);
    world.reconfigure("pages = 3", "pages = 1");
    world.publish_at("2026-11-20T04:10:00Z").unwrap();
    let outcome = world.package("9", "bash").architectures[0].outcome;
    assert_eq!(outcome.source, SourceStateName::Modified);
    let failing = |world: &World| {
        let packages = builds_of(world).packages;
        let bash = packages.into_iter().find(|record| record.package == "bash");
        let state = bash.unwrap().others.remove(0);
        let ids = [state.succeeded, state.failing_since];
        ids.map(|point| point.map(|point| point.id))
    };
    assert_eq!(failing(&world), [Some(101), Some(102)]);
    for taken in ["2026-11-21T04:10:00Z", "2026-11-22T04:10:00Z"] {
        world.publish_at(taken).unwrap();
        assert_eq!(world.package("9", "bash").architectures[0].outcome, outcome);
        assert_eq!(failing(&world), [Some(101), Some(102)]);
        // Nobody looked how this one ended.
        let status = world.package("9", "dnf").builds[0].tasks[0].status;
        assert_eq!(status, BuildStatus::Unknown);
        let warnings = world.report("9").warnings;
        let told =
            "builds: 3 builds are not on the pages that were read, and told by what snapshot ";
        let told = warnings.iter().filter(|warning| warning.starts_with(told));
        assert_eq!(told.count(), 1, "{warnings:?}");
        assert_eq!(verify(&world.output()).faults, []);
    }
    // A version that was published since is not what the build told of.
    let newer = [package("bash-5.1.8-11.el9.x86_64", "bash-5.1.8-11.el9")];
    world.repository("distribution/x86_64", &newer, WrittenCompression::Gzip);
    world.publish_at("2026-11-22T04:10:00Z").unwrap();
    let outcome = world.package("9", "bash").architectures[0].outcome;
    assert_eq!(outcome.source, SourceStateName::Unknown);
}

#[test]
fn what_builds_told_outlasts_a_day_without_an_answer() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |asked| match asked.before {
        0 => answer(PAGE),
        _ => Reply::Status("404 Not Found", String::new(), ""),
    });
    let world = world_with(&server);
    world.reconfigure("pages = 3", "pages = 1");
    world.publish_at(FIRST).unwrap();
    let first = world.package("9", "bash");
    assert!(!first.builds.is_empty());
    // Not even what it answered last is at hand.
    std::fs::remove_dir_all(world.path("cache")).unwrap();
    assert!(!world.publish_at(SECOND).unwrap().is_of_all());
    let second = world.package("9", "bash");
    assert_eq!(second.builds, first.builds);
    assert_eq!(second.architectures, first.architectures);
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn a_page_that_does_not_come_is_told_with_the_builds() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |asked| match asked.before {
        0 => answer(PAGE),
        _ => Reply::Status("404 Not Found", String::new(), ""),
    });
    let world = world_with(&server);
    world.publish_at(FIRST).unwrap();
    let source = &builds_of(&world).sources[0];
    let failure = source.failure.as_deref().unwrap_or_default();
    assert!(
        source.builds == 1 && failure.starts_with("page 2 of http://"),
        "{source:?}"
    );
    assert_eq!(
        source.location,
        Some(format!("http://{}/api/v1", server.address))
    );
    world.publish_at(SECOND).unwrap();
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn a_page_that_came_once_stands_in_for_one_that_does_not_come() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |asked| match asked.before {
        0 => answer(PAGE),
        1 => answer(r#"{ "builds": [] }"#),
        _ => Reply::Status("404 Not Found", String::new(), ""),
    });
    let world = world_with(&server);
    assert!(world.publish_at(FIRST).unwrap().is_of_all());
    assert_eq!(world.index().input_failures, []);
    let first = world.package("9", "bash");
    let publication = world.publish_at(SECOND).unwrap();
    assert!(!publication.is_of_all());
    assert_eq!(world.package("9", "bash").builds, first.builds);
    let failures = world.index().input_failures;
    let location = format!("http://{}/api/v1", server.address);
    assert_eq!(
        failures
            .iter()
            .map(|failure| (failure.kind, failure.name.as_str(), failure.since.0))
            .collect::<Vec<_>>(),
        [(InputKind::Builds, location.as_str(), moment(SECOND))]
    );
    assert!(failures[0].cause.starts_with("page 1 of http://"));
    let read = failures[0].last_read.unwrap();
    let warnings = world.report("9").warnings;
    assert!(
        warnings[0].ends_with(&format!(
            ": the answer of {} stands in for it, which may be old.",
            read.0
        )),
        "{warnings:?}"
    );
    let old = builds_of(&world).sources[0].old_answers.clone();
    assert_eq!(old.unwrap().oldest, read);
    let third = "2026-11-22T04:10:00Z";
    world.publish_at(third).unwrap();
    assert_eq!(world.index().input_failures[0].since.0, moment(SECOND));
    assert!(summary(&publication).contains("(builds) is old, as of "));
    assert_eq!(verify(&world.output()).faults, []);
}
