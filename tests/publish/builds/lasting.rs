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
fn builds_that_came_and_left_the_pages_between_two_snapshots_may_have_ended_in_any_way() {
    let bash =
        |id: u64, status: u32| build(id, "imports/c9/bash-5.1.8-9.el9", &[("x86_64", status)]);
    let dnf =
        |id: u64, status: u32| build(id, "imports/c9/dnf-4.14.0-25.el9", &[("x86_64", status)]);
    let openssl = build(3, "imports/c9/openssl-3.2.2-6.el9_5", &[("x86_64", 3)]);
    // The first, those long after with a day without an answer before them, the next, and all of them.
    let pages = [
        Some(vec![bash(1, 2), dnf(2, 2), openssl]),
        None,
        Some(vec![bash(50, 3)]),
        Some(vec![dnf(51, 3)]),
        Some((4..52).map(|id| dnf(id, 2)).collect()),
    ];
    let pages = pages.map(|builds| match builds {
        Some(builds) => &*Box::leak(json!({ "builds": builds }).to_string().into_boxed_str()),
        None => "",
    });
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), move |asked| {
        match pages[asked.before.min(4)] {
            "" => Reply::Status("404 Not Found", String::new(), ""),
            page => answer(page),
        }
    });
    let world = world_with(&server);
    world.reconfigure("pages = 3", "pages = 1");
    let check = |day: u32, expected: &[&str], unread: Option<(u64, u64)>| {
        world
            .publish_at(&format!("2026-11-{day}T04:10:00Z"))
            .unwrap();
        let builds = builds_of(&world);
        let told = builds.packages.iter().flat_map(|record| {
            record.others.iter().map(move |other| {
                let id = |point: &Option<BuildPointRecord>| point.as_ref().map(|point| point.id);
                format!(
                    "{} {:?} {:?} {} {:?}",
                    record.package,
                    id(&other.succeeded),
                    id(&other.failing_since),
                    other.may_fail_longer,
                    id(&other.unknown_since)
                )
            })
        });
        assert_eq!(told.collect::<Vec<_>>(), expected, "{day}");
        assert_eq!(ranges(&builds), Vec::from_iter(unread));
        let warnings = world.report("9").warnings;
        let told = warnings
            .iter()
            .filter(|told| told.contains("were not read, or are not there"));
        assert_eq!(told.count(), usize::from(day == 22), "{warnings:?}");
        assert_eq!(verify(&world.output()).faults, []);
    };
    let openssl = "openssl None Some(103) false None";
    check(20, &[openssl], None);
    std::fs::remove_dir_all(world.path("cache")).unwrap();
    check(21, &[openssl], None);
    let hole = Some((103, 150));
    let unknown = "openssl None None false Some(103)";
    check(22, &["bash Some(101) Some(150) true None", unknown], hole);
    let both = [
        "bash Some(101) Some(150) true None",
        "dnf Some(102) Some(151) true None",
        unknown,
    ];
    check(23, &both, hole);
    // What is read after all leaves nothing open.
    check(24, &[openssl], None);
}

/// The numbers that pages do not reach.
fn ranges(builds: &Builds) -> Vec<(u64, u64)> {
    let ranges = builds.sources.iter().flat_map(|source| source.unread());
    ranges.map(|range| (range.after, range.before)).collect()
}

/// A world whose build system gives one page after the other, each of builds of bash with these numbers.
fn world_of_pages(pages: &[std::ops::RangeInclusive<u64>]) -> (World, Server) {
    let pages: Vec<&'static str> = pages
        .iter()
        .map(|ids| {
            // Numbers say the day of November.
            let builds = ids.clone().map(|id| {
                let mut build = build(id / 10, "imports/c9/bash-5.1.8-9.el9", &[("x86_64", 2)]);
                build["id"] = json!(id);
                build
            });
            let page = json!({ "builds": builds.rev().collect::<Vec<_>>() }).to_string();
            &*Box::leak(page.into_boxed_str())
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), move |asked| answer(pages[asked.before]));
    let world = world_with(&server);
    world.reconfigure("pages = 3", "pages = 1");
    (world, server)
}

#[test]
fn each_range_that_pages_leave_out_is_told_until_pages_reach_it() {
    let pages = [
        100..=105,
        120..=125,
        126..=129,
        140..=145,
        124..=149,
        104..=150,
    ];
    let (world, _server) = world_of_pages(&pages);
    let mut check = {
        let mut day = 19;
        move |expected: &[(u64, u64)]| {
            day += 1;
            world
                .publish_at(&format!("2026-11-{day}T04:10:00Z"))
                .unwrap();
            assert_eq!(ranges(&builds_of(&world)), expected, "{day}");
            assert_eq!(verify(&world.output()).faults, []);
        }
    };
    check(&[]);
    check(&[(105, 120)]);
    check(&[(105, 120)]);
    check(&[(105, 120), (129, 140)]);
    check(&[(105, 120)]);
    check(&[]);
}

#[test]
fn builds_that_a_day_which_is_filled_in_leaves_out_are_not_taken_as_read() {
    let pages = [100..=109, 105..=165, 170..=179];
    let (world, _server) = world_of_pages(&pages);
    let check = |day: u32, read_to: u64, expected: &[(u64, u64)]| {
        world
            .publish_at(&format!("2026-11-{day}T04:10:00Z"))
            .unwrap();
        let builds = builds_of(&world);
        assert_eq!(builds.sources[0].read_to, Some(read_to), "{day}");
        assert_eq!(ranges(&builds), expected, "{day}");
        assert_eq!(verify(&world.output()).faults, []);
    };
    check(11, 109, &[]);
    // Made days later: what was ordered since is on its page, and left out.
    check(12, 129, &[]);
    check(20, 179, &[(129, 170)]);
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
