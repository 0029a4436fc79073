//! What is read of build systems: pages, single builds, files, and what of them cannot be read.

use super::*;

#[test]
fn builds_that_failed_tell_nothing_and_released_ones_most() {
    let (imported, changed) = ("imports/c9/bash-5.1.8-9.el9", "changed/a9/bash-5.1.8-9.el9");
    let (completed, failed) = (2, 3);
    let inferred = (SourceStateName::Unknown, Some(EvidenceName::Inferred));
    let tagged = |state| (state, Some(EvidenceName::Tagged));
    let check = |builds: &[Value], expected: (SourceStateName, Option<EvidenceName>), doubts| {
        let (source, evidence, warnings) = source_by(builds);
        assert_eq!((source, evidence), expected, "{builds:?}");
        let disagree = "bash: the build system built this version from an imported source and from a changed one";
        assert_eq!(warnings.len(), doubts, "{warnings:?}");
        assert!(warnings.iter().all(|warning| warning.starts_with(disagree)));
    };
    check(&[finished_build(1, imported, failed, false)], inferred, 0);
    check(
        &[
            finished_build(1, imported, failed, false),
            finished_build(2, changed, completed, true),
        ],
        tagged(SourceStateName::Modified),
        0,
    );
    check(
        &[
            finished_build(1, imported, completed, false),
            finished_build(2, changed, completed, true),
        ],
        tagged(SourceStateName::Modified),
        1,
    );
    check(
        &[
            finished_build(1, imported, completed, true),
            finished_build(2, changed, completed, true),
        ],
        inferred,
        1,
    );
}

#[test]
fn only_branches_of_the_own_major_release_tell_what_was_changed() {
    let check = |branch: &str, is_of_release: bool| {
        let world = World::new();
        let source = format!("imports/{branch}/bash-5.1.8-9.el9");
        let build = build(2, &source, &[("x86_64", 2)]);
        world.write("builds/all.json", json!({ "builds": [build] }).to_string());
        world.configure("[[release.builds]]\nfolder = \"builds\"\nplatform = \"AlmaLinux-9\"");
        world.publish_at(FIRST).unwrap();
        let evidence = world.package("9", "bash").architectures[0].outcome.evidence;
        let warnings = world.report("9").warnings;
        let (expected, told) = match is_of_release {
            true => (EvidenceName::Tagged, vec![]),
            false => (
                EvidenceName::Inferred,
                vec![format!(
                    "build 102: the source {source} is of no branch of release 9, so it tells nothing of what was changed there."
                )],
            ),
        };
        assert_eq!((evidence, warnings), (Some(expected), told), "{branch}");
    };
    for branch in ["c9", "c9s", "c9-beta", "a9-stream-1.24"] {
        check(branch, true);
    }
    for branch in ["c8", "a10", "c8-stream-9", "main"] {
        check(branch, false);
    }
}

#[test]
fn several_build_systems_fill_one_list_of_last_builds() {
    let world = World::new();
    let tag = "imports/c9/bash-5.1.8-9.el9";
    for (folder, ids) in [("one", 1..9), ("two", 6..15)] {
        let builds: Vec<Value> = ids.map(|id| finished_build(id, tag, 2, true)).collect();
        world.write(
            &format!("{folder}/all.json"),
            Value::Array(builds).to_string(),
        );
        world.configure(&format!("[[release.builds]]\nfolder = \"{folder}\""));
    }
    world.publish_at(FIRST).unwrap();
    let runs = world.package("9", "bash").builds;
    let ids: Vec<u64> = runs.iter().map(|run| run.id).collect();
    assert_eq!(ids, (5..15).rev().collect::<Vec<u64>>());
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn an_address_of_mail_in_a_branch_is_not_published() {
    let world = world_with_builds(&[build(7, "jane@example.org/fix", &[("x86_64", 3)])]);
    world.publish_at(FIRST).unwrap();
    assert_eq!(world.package("9", "bash").builds[0].git_ref, "…/fix");
    assert_eq!(
        world.report("9").warnings,
        [
            "build 107: the source …/fix names no imported or changed version, so it tells nothing of what was changed."
        ]
    );
}

#[test]
fn an_odd_build_is_told_and_costs_no_other() {
    let odd = json!({ "id": 7, "tasks": [{ "status": 2 }] });
    let (_, evidence, warnings) = source_by(&[
        odd,
        finished_build(8, "imports/c9/bash-5.1.8-9.el9", 2, true),
    ]);
    assert_eq!(evidence, Some(EvidenceName::Tagged));
    assert!(
        warnings.len() == 1
            && warnings[0].contains("all.json: build 7 is left out")
            && warnings[0].ends_with("missing field `arch`"),
        "{warnings:?}"
    );
}

#[test]
fn single_builds_are_asked_for_by_their_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |asked| match asked.path.as_str() {
        "/api/v1/builds/7/" => answer(ONE),
        _ => Reply::Status("404 Not Found", String::new(), ""),
    });
    let world = World::new();
    world.configure(&format!(
        "[[release.builds]]\naddress = \"http://{}/api/v1/\"\nids = [9, 7, 7]",
        server.address
    ));
    world.publish_at(FIRST).unwrap();
    assert_eq!(server.count("/api/v1/builds/7/"), 1);
    assert_eq!(server.count("/api/v1/builds/?pageNumber="), 0);
    let outcome = world.package("9", "bash").architectures[0].outcome;
    assert_eq!(outcome.evidence, Some(EvidenceName::Tagged));
    let warnings = world.report("9").warnings;
    assert!(
        warnings.len() == 1 && warnings[0].starts_with("builds: build 9 of http://"),
        "{warnings:?}"
    );
}

#[test]
fn the_newest_pages_of_the_build_system_tag_what_was_imported() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |asked| match asked.before {
        0 => answer(PAGE),
        _ => answer(r#"{ "builds": [] }"#),
    });
    let world = world_with(&server);
    world.publish_at(FIRST).unwrap();
    assert_eq!(server.count("/api/v1/builds/?pageNumber="), 2);
    let bash = world.package("9", "bash");
    let outcome = bash.architectures[0].outcome;
    assert_eq!(
        (outcome.source, outcome.evidence),
        (SourceStateName::Unmodified, Some(EvidenceName::Tagged))
    );
    let tasks = &bash.builds[0].tasks;
    assert_eq!(
        (tasks[0].status, tasks[0].status_number),
        (BuildStatus::Unknown, Some(42))
    );
    assert_eq!(tasks[1].status, BuildStatus::Completed);
    let published = serde_json::to_string(&bash).unwrap();
    assert!(!published.contains("git.almalinux.org"), "{published}");
}

#[test]
fn a_page_whose_builds_cannot_be_read_does_not_end_the_pages() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |asked| match asked.before {
        0 => answer(r#"{ "builds": [{ "id": "nine" }] }"#),
        1 => answer(PAGE),
        _ => answer(r#"{ "builds": [] }"#),
    });
    let world = world_with(&server);
    world.publish_at(FIRST).unwrap();
    let outcome = world.package("9", "bash").architectures[0].outcome;
    assert_eq!(outcome.evidence, Some(EvidenceName::Tagged));
    let warnings = world.report("9").warnings;
    assert!(
        warnings.len() == 1 && warnings[0].contains("build \"nine\" is left out"),
        "{warnings:?}"
    );
}

#[test]
fn a_build_system_that_does_not_answer_is_told_and_stops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |_| {
        Reply::Status("404 Not Found", String::new(), "")
    });
    let world = world_with(&server);
    world.publish_at(FIRST).unwrap();
    let warnings = world.report("9").warnings;
    assert!(
        warnings.len() == 1 && warnings[0].starts_with("builds: page 1 of http://"),
        "{warnings:?}"
    );
    let outcome = world.package("9", "bash").architectures[0].outcome;
    assert_eq!(outcome.evidence, Some(EvidenceName::Inferred));
}

#[test]
fn the_first_and_the_last_build_are_told_by_when_they_were_ordered() {
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let of = |id: u64, day: u64| {
        let mut build = build(day, tag, &[("x86_64", 2)]);
        build["id"] = json!(id);
        build
    };
    let world = world_with_builds(&[of(1, 12), of(2, 10), of(3, 14), of(4, 13)]);
    world.publish_at(FIRST).unwrap();
    let source = &builds_of(&world).sources[0];
    let ids = [&source.oldest, &source.newest].map(|point| point.as_ref().map(|point| point.id));
    assert_eq!(ids, [Some(2), Some(3)]);
    let last = world.package("9", "bash").builds[0].id;
    assert_eq!(last, 3);
}

#[test]
fn a_build_from_an_srpm_is_one_of_its_package() {
    let srpm = "https://example.org/SRPMS/bash-5.1.8-10.el9.src.rpm";
    let of_srpm = |day: u64| {
        let mut build = build(day, "", &[("x86_64", 3)]);
        build["tasks"][0]["ref"] = json!({ "url": srpm, "ref_type": 3 });
        build
    };
    let mut unnamed = of_srpm(3);
    unnamed["tasks"][0]["ref"] = json!({ "url": "https://example.org/", "ref_type": 3 });
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let world = world_with_builds(&[build(1, tag, &[("x86_64", 2)]), of_srpm(2), unnamed]);
    world.publish_at(FIRST).unwrap();
    let runs = world.package("9", "bash").builds;
    let sources: Vec<&str> = runs.iter().map(|run| run.git_ref.as_str()).collect();
    assert_eq!(sources, [srpm, tag]);
    assert_eq!(builds_of(&world).sources[0].unnamed, 1);
    let warnings = world.report("9").warnings;
    let told = "build 103: a source of its names no package, so that it is left out.";
    assert!(
        warnings.iter().any(|warning| warning == told),
        "{warnings:?}"
    );
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn a_build_of_a_foreign_repository_is_told_and_is_none_of_the_package() {
    let foreign = |day: u64, url: &str, git_ref: &str| {
        let mut build = build(day, git_ref, &[("x86_64", 3)]);
        build["tasks"][0]["ref"]["url"] = json!(url);
        build
    };
    let fork = "https://git.almalinux.org/somebody/bash.git";
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let world = world_with_builds(&[
        build(1, tag, &[("x86_64", 2)]),
        foreign(2, fork, "main"),
        foreign(3, "https://github.com/somebody/bash.git", tag),
    ]);
    world.publish_at(FIRST).unwrap();
    let runs = world.package("9", "bash").builds;
    let ids: Vec<u64> = runs.iter().map(|run| run.id).collect();
    assert_eq!(ids, [101]);
    let published = builds_of(&world);
    let left_out = published.sources[0].foreign.clone().unwrap();
    assert_eq!((left_out.builds, left_out.repository.as_str()), (2, fork));
    assert_eq!(published.entry().failing, 0);
    let warnings = world.report("9").warnings;
    assert!(
        warnings.len() == 2 && warnings[0].contains(fork) && warnings[0].ends_with("left out."),
        "{warnings:?}"
    );
    assert_eq!(verify(&world.output()).faults, []);
}
