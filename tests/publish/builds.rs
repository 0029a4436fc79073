//! Builds of the build system: from its interface, page by page, and what becomes of the verdict.

use super::support::server::{Reply, Server};
use super::support::{FIRST, World};
use almanac::report::{BuildStatus, EvidenceName, SourceStateName};

const PAGE: &str = r#"{ "builds": [{
    "id": 7, "created_at": "2026-01-02T03:04:05.678901", "finished_at": null, "released": true, "owner": { "email": "who@example.org" },
    "sign_tasks": [{ "status": 3 }],
    "tasks": [
        { "arch": "x86_64", "status": 2, "started_at": null, "finished_at": null, "platform": { "name": "AlmaLinux-9" },
          "ref": { "url": "https://example.org/bash.git", "git_ref": "imports/c9/bash-5.1.8-9.el9", "git_commit_hash": "abc" },
          "test_tasks": [{ "status": 3 }] },
        { "arch": "riscv64", "status": 42, "started_at": null, "finished_at": null, "platform": { "name": "AlmaLinux-9" },
          "ref": { "url": null, "git_ref": "imports/c9/bash-5.1.8-9.el9", "git_commit_hash": "abc" }, "test_tasks": [] }
    ] }] }"#;

fn world_with(server: &Server) -> World {
    let world = World::new();
    world.configure(&format!(
        "[[release.builds]]\naddress = \"http://{}/api/v1\"\npages = 3\nplatform = \"AlmaLinux-9\"",
        server.address
    ));
    world
}

fn json(body: &'static str) -> Reply {
    Reply::Status(
        "200 OK",
        "Content-Type: application/json\r\n".to_owned(),
        body,
    )
}

#[test]
fn the_newest_pages_of_the_build_system_tag_what_was_imported() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |asked| match asked.before {
        0 => json(PAGE),
        _ => json(r#"{ "builds": [] }"#),
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
    assert!(!published.contains("example.org"), "{published}");
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
