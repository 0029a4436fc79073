//! Builds of the build system: from its interface, page by page, and what becomes of the verdict.

mod inputs;
mod lasting;
mod standing;

use super::support::server::{Reply, Server};
use super::support::{FIRST, SECOND, World, moment, package};
use almanac::publish::compile::BuildsBuilder;
use almanac::publish::sample::WrittenCompression;
use almanac::publish::summary;
use almanac::publish::verification::verify;
use almanac::report::{
    BuildPointRecord, BuildRunRecord, BuildStatus, BuildTaskRecord, Builds, EvidenceName,
    InputKind, PointInTime, SourceStateName, TestCounts,
};
use serde_json::{Value, json};
use std::io::Write;

const PAGE: &str = r#"{ "builds": [{
    "id": 7, "created_at": "2026-01-02T03:04:05.678901", "finished_at": null, "released": true, "owner": { "email": "who@example.org" },
    "sign_tasks": [{ "status": 3 }],
    "tasks": [
        { "arch": "x86_64", "status": 2, "started_at": null, "finished_at": null, "platform": { "name": "AlmaLinux-9" },
          "ref": { "url": "https://git.almalinux.org/rpms/bash.git", "git_ref": "imports/c9/bash-5.1.8-9.el9", "git_commit_hash": "abc" },
          "artifacts": [{ "name": "bash-5.1.8-9.el9.src.rpm", "type": "rpm" }, { "name": "bash-5.1.8-9.el9.x86_64.rpm", "type": "rpm" }],
          "test_tasks": [{ "status": 3 }] },
        { "arch": "riscv64", "status": 42, "started_at": null, "finished_at": null, "platform": { "name": "AlmaLinux-9" },
          "ref": { "url": null, "git_ref": "imports/c9/bash-5.1.8-9.el9", "git_commit_hash": "abc" }, "test_tasks": [] }
    ] }] }"#;

pub const ONE: &str = r#"{ "id": 7, "created_at": "2026-01-02T03:04:05", "released": true, "tasks": [
    { "arch": "x86_64", "status": 2,
      "ref": { "url": "https://git.almalinux.org/rpms/bash.git", "git_ref": "imports/c9/bash-5.1.8-9.el9" },
      "artifacts": [{ "name": "bash-5.1.8-9.el9.x86_64.rpm", "type": "rpm" }] } ] }"#;

pub fn world_with(server: &Server) -> World {
    let world = World::new();
    world.configure(&format!(
        "[[release.builds]]\naddress = \"http://{}/api/v1\"\npages = 3\nplatform = \"AlmaLinux-9\"",
        server.address
    ));
    world
}

/// What of a package's source is known from builds in a folder, how well, and the doubts about it.
pub fn source_by(builds: &[Value]) -> (SourceStateName, Option<EvidenceName>, Vec<String>) {
    let world = World::new();
    world.write("builds/all.json", json!({ "builds": builds }).to_string());
    world.configure("[[release.builds]]\nfolder = \"builds\"");
    world.publish_at(FIRST).unwrap();
    let outcome = world.package("9", "bash").architectures[0].outcome;
    (outcome.source, outcome.evidence, world.report("9").warnings)
}

pub fn answer(body: &'static str) -> Reply {
    Reply::Status(
        "200 OK",
        "Content-Type: application/json\r\n".to_owned(),
        body,
    )
}

/// A build of one source, with one task of this status.
fn finished_build(id: u64, git_ref: &str, status: u32, released: bool) -> Value {
    let reference = json!({ "url": "https://git.almalinux.org/rpms/bash.git", "git_ref": git_ref });
    let built = format!("{}.x86_64.rpm", git_ref.rsplit('/').next().unwrap());
    let task = json!({
        "arch": "x86_64", "status": status, "ref": reference, "artifacts": [{ "name": built, "type": "rpm" }],
    });
    let source = json!({ "arch": "src", "status": 2, "ref": reference });
    json!({ "id": id, "created_at": "2026-01-02T03:04:05", "released": released, "tasks": [source, task] })
}

/// A build of the package, with a task of each architecture and its status; the day is that of November.
pub fn build(day: u64, git_ref: &str, tasks: &[(&str, u32)]) -> Value {
    let nvr = git_ref.rsplit('/').next().unwrap();
    let package = nvr.split_once('-').map_or("bash", |(package, _)| package);
    let tasks: Vec<Value> = tasks
        .iter()
        .map(|(architecture, status)| {
            json!({
                "arch": architecture, "status": status, "platform": { "name": "AlmaLinux-9" },
                "ref": { "url": format!("https://git.almalinux.org/rpms/{package}.git"), "git_ref": git_ref },
                "artifacts": [
                    { "name": format!("mock_build.{day}.log"), "type": "build_log", "href": "/pulp/1/" },
                    { "name": format!("{nvr}.{architecture}.rpm"), "type": "rpm", "href": "/pulp/2/" },
                ],
            })
        })
        .collect();
    let created = format!("2026-11-{day:02}T10:00:00");
    json!({ "id": 100 + day, "created_at": created, "released": true, "tasks": tasks })
}

fn world_with_builds(builds: &[Value]) -> World {
    let world = World::new();
    world.write("builds/all.json", json!({ "builds": builds }).to_string());
    world.configure(
        "[[release.builds]]\nfolder = \"builds\"\nplatform = \"AlmaLinux-9\"\npage = \"https://example.org/{id}\"\n\
         logs = \"https://example.org/{id}/{log}\"",
    );
    world
}

fn builds_of(world: &World) -> Builds {
    let digest = world.report("9").builds.expect("builds");
    world.named("builds", &digest)
}

/// What is published of each architecture that is not built: its package, status, and the days of the last try, of the last
/// success and of the first failure.
fn told(builds: &Builds) -> Vec<String> {
    let day = |point: Option<u64>| point.map_or("-".to_owned(), |id| (id - 100).to_string());
    let records = builds.packages.iter().flat_map(|record| {
        record.others.iter().map(move |other| {
            let id = |point: &almanac::report::BuildPointRecord| point.id;
            format!(
                "{} {} {}: {:?} {}, {}, {}",
                record.package,
                record.line,
                other.architecture,
                other.status,
                day(Some(other.tried.as_ref().map_or(record.last.id, id))),
                day(other.succeeded.as_ref().map(id)),
                day(other.failing_since.as_ref().map(id))
            )
        })
    });
    records.collect()
}

#[test]
fn what_fails_is_published_with_the_build_since_which_it_does() {
    let tag = |release: u32| format!("imports/c9/bash-5.1.8-{release}.el9");
    let mut builds: Vec<Value> = (1..=14)
        .map(|day| build(day, &tag(9), &[("src", 2), ("s390x", 2), ("x86_64", 2)]))
        .collect();
    // Twelve failures: the first of them and the last success are older than what is published otherwise.
    builds.extend(
        (15..=26).map(|day| build(day, &tag(10), &[("src", 2), ("s390x", 3), ("x86_64", 2)])),
    );
    builds.push(build(27, "a9", &[("x86_64", 1)]));
    // Pages overlap where builds are ordered while they are read.
    builds.push(builds[20].clone());
    builds.reverse();
    let world = world_with_builds(&builds);
    world.publish_at("2026-11-27T04:10:00Z").unwrap();
    let published = builds_of(&world);
    assert_eq!(
        told(&published),
        [
            "bash 9 s390x: Failed 26, 14, 15",
            "bash 9 src: Completed 26, 26, -",
            "bash 9 x86_64: Started 27, 26, -",
        ]
    );
    assert_eq!(published.sources[0].builds, 27);
    let bash = world.package("9", "bash");
    let days: Vec<u64> = bash.builds.iter().map(|run| run.id - 100).collect();
    assert_eq!(days, [27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 15, 14]);
    let log = &published.packages[0].others[0].logs[0];
    assert_eq!(log.url, "https://example.org/126/mock_build.26.log");
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn the_logs_of_the_last_failure_are_published_while_another_try_runs() {
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let world = world_with_builds(&[
        build(1, tag, &[("x86_64", 3)]),
        build(2, tag, &[("x86_64", 3)]),
        build(3, tag, &[("x86_64", 1)]),
    ]);
    world.publish_at("2026-11-27T04:10:00Z").unwrap();
    let published = builds_of(&world);
    let failure = published.packages[0].others[0].failure.as_ref().unwrap();
    let told = (failure.build.id, failure.logs[0].url.as_str());
    assert_eq!(told, (102, "https://example.org/102/mock_build.2.log"));
    assert_eq!(verify(&world.output()).faults, []);
}

/// The numbers of the published builds of bash, the newest first, and the doubts.
fn runs_and_doubts(builds: &[Value]) -> (Vec<u64>, Vec<String>) {
    let world = world_with_builds(builds);
    world.publish_at(FIRST).unwrap();
    let runs = world.package("9", "bash").builds;
    let ids = runs.iter().map(|run| run.id).collect();
    (ids, world.report("9").warnings)
}

#[test]
fn of_several_saved_answers_of_a_build_the_last_file_counts() {
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let check = |file: &str, expected: BuildStatus| {
        let world = world_with_builds(&[build(19, tag, &[("x86_64", 2)])]);
        let running = json!({ "builds": [build(19, tag, &[("x86_64", 1)])] });
        world.write(file, running.to_string());
        world.publish_at(FIRST).unwrap();
        let runs = world.package("9", "bash").builds;
        let found: Vec<BuildStatus> = runs.iter().map(|run| run.tasks[0].status).collect();
        assert_eq!(found, [expected], "{file}");
    };
    // The other file is all.json.
    check("builds/2026-11-19.json", BuildStatus::Completed);
    check("builds/later.json", BuildStatus::Started);
}

#[test]
fn a_build_of_a_later_day_is_told_and_is_no_last_try() {
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let of = |day: u64, status: u32| build(day, tag, &[("x86_64", status)]);
    let (ids, doubts) = runs_and_doubts(&[of(21, 3), of(19, 2), of(20, 2), of(30, 3)]);
    assert_eq!(ids, [120, 119]);
    assert_eq!(
        doubts,
        [
            "builds: 2 builds are dated after the day of the report, and left out, such as build 121 of 2026-11-21T10:00:00Z."
        ]
    );
}

#[test]
fn a_build_that_does_not_say_when_is_told_and_stands_where_its_number_puts_it() {
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let of = |day: u64| build(day, tag, &[("x86_64", 2)]);
    for created in [Value::Null, json!("soon")] {
        let mut undated = of(15);
        undated["created_at"] = created;
        let (ids, doubts) = runs_and_doubts(&[undated, of(12), of(14)]);
        assert_eq!(ids, [115, 114, 112]);
        assert_eq!(
            doubts,
            [
                "builds: 1 build does not say when it was ordered, such as build 115: its date is not known, and its number alone tells its place among the others."
            ]
        );
    }
}

#[test]
fn whether_it_fails_is_not_known_after_a_build_that_was_not_for_the_architecture() {
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let world = world_with_builds(&[
        build(1, tag, &[("i686", 2), ("x86_64", 2)]),
        build(2, tag, &[("i686", 3), ("x86_64", 2)]),
        build(3, tag, &[("x86_64", 2)]),
    ]);
    world.publish_at(FIRST).unwrap();
    let published = builds_of(&world);
    let i686 = &published.packages[0].others[0];
    let id = |point: &Option<almanac::report::BuildPointRecord>| point.as_ref().map(|at| at.id);
    assert_eq!(i686.status, BuildStatus::Failed);
    assert_eq!(
        [&i686.tried, &i686.failing_since, &i686.unknown_since].map(id),
        [Some(102), None, Some(103)]
    );
    let entry = published.entry();
    assert_eq!((entry.failing, entry.uncertain), (0, 1));
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn whether_it_fails_is_not_known_after_a_status_that_is_not_known() {
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let of = |day: u64, status: u32| build(day, tag, &[("i686", status), ("x86_64", 2)]);
    let world = world_with_builds(&[of(1, 2), of(2, 3), of(3, 42), of(4, 1)]);
    world.publish_at(FIRST).unwrap();
    let published = builds_of(&world);
    let i686 = &published.packages[0].others[0];
    let id = |point: &Option<almanac::report::BuildPointRecord>| point.as_ref().map(|at| at.id);
    assert_eq!(
        [&i686.succeeded, &i686.failing_since, &i686.unknown_since].map(id),
        [Some(101), None, Some(103)]
    );
    let entry = published.entry();
    assert_eq!((entry.failing, entry.uncertain), (0, 1));
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn lines_of_development_and_packages_that_neither_side_has_stand_alone() {
    let world = world_with_builds(&[
        build(1, "changed/a9/bash-5.1.8-9.el9", &[("x86_64", 3)]),
        build(2, "changed/a9-stream-6/bash-6.0-1.el9", &[("x86_64", 2)]),
        build(3, "changed/a9/zsh-6.0-1.el9", &[("x86_64", 3)]),
    ]);
    world.publish_at(FIRST).unwrap();
    let published = builds_of(&world);
    assert_eq!(
        told(&published),
        [
            "bash 9 x86_64: Failed 1, -, 1",
            "zsh 9 x86_64: Failed 3, -, 3"
        ]
    );
    let lines: Vec<&str> = published
        .packages
        .iter()
        .map(|record| record.line.as_str())
        .collect();
    assert_eq!(lines, ["9", "9-stream-6", "9"]);
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn without_builds_there_is_no_document_of_them() {
    let world = World::new();
    world.publish_at(FIRST).unwrap();
    assert_eq!(world.report("9").builds, None);
}

#[test]
fn builds_that_contradict_their_packages_are_a_fault() {
    let world = world_with_builds(&[build(1, "imports/c9/bash-5.1.8-9.el9", &[("x86_64", 3)])]);
    world.publish_at(FIRST).unwrap();
    let mut builds = builds_of(&world);
    builds.packages[0].others[0].failing_since = None;
    let mut report = world.report("9");
    let replace = |folder: &str, bytes: Vec<u8>| {
        let digest = almanac::publish::output::digest_of(&bytes);
        world.write(&format!("published/{folder}/{digest}.json"), bytes);
        digest
    };
    report.builds = Some(replace("builds", serde_json::to_vec(&builds).unwrap()));
    let digest = replace("compatibility", serde_json::to_vec(&report).unwrap());
    let mut index = world.index();
    index.releases[0].snapshots[0].report = digest;
    world.write("published/index.json", serde_json::to_vec(&index).unwrap());
    // The history still names the report as it was, which is told, too.
    let faults = verify(&world.output()).faults;
    let of_builds: Vec<&str> = faults
        .iter()
        .filter(|fault| fault.path.starts_with("builds/"))
        .map(|fault| fault.cause.as_str())
        .collect();
    assert_eq!(
        of_builds,
        [
            "what its builds come to is not what the index says",
            "it does not say of builds what the documents of their packages say"
        ]
    );
}

#[test]
fn an_address_of_logs_without_a_place_for_their_name_is_refused() {
    world_with_builds(&[]).check_fault(
        |world| world.reconfigure("/{log}", ""),
        &["is no address of a log", "{log}"],
    );
}

/// Numbers that look random and are the same every time (xorshift).
fn chance(state: &mut u64, bound: u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state % bound
}

#[test]
fn the_builds_of_three_thousand_packages_take_at_most_150_kilobytes() {
    let architectures = ["src", "aarch64", "i686", "ppc64le", "s390x", "x86_64"];
    let mut state = 2026;
    let mut builder = BuildsBuilder::default();
    for package in 0..3_000 {
        let name = format!(
            "{}{:x}",
            ["lib", "python-", "perl-", "gnome-", ""][package % 5],
            chance(&mut state, 1 << 30)
        );
        let runs: Vec<BuildRunRecord> = (0..2)
            .map(|_| {
                let id = 10_000 + chance(&mut state, 60_000);
                let fails = chance(&mut state, 20) == 0;
                let ordered = moment("2024-01-01T00:00:00Z").unix_seconds() as u64 + id * 900;
                let at = almanac::domain::Timestamp::from_unix_seconds(
                    (ordered + chance(&mut state, 9_000)) as i64,
                );
                let version = format!("{}.{}", chance(&mut state, 20), chance(&mut state, 40));
                let tests = chance(&mut state, 30) as u32;
                BuildRunRecord {
                    id,
                    url: Some(format!("https://build.almalinux.org/build/{id}")),
                    git_ref: format!("imports/c9/{name}-{version}-{}.el9", chance(&mut state, 30)),
                    line: None,
                    commit: None,
                    created: at.map(PointInTime),
                    finished: at.map(PointInTime),
                    released: !fails,
                    signing: (!fails).then_some(BuildStatus::Completed),
                    signing_number: None,
                    tasks: architectures
                        .iter()
                        .map(|architecture| BuildTaskRecord {
                            architecture: (*architecture).to_owned(),
                            status: if fails && *architecture != "src" && chance(&mut state, 2) == 0 {
                                BuildStatus::Failed
                            } else {
                                BuildStatus::Completed
                            },
                            status_number: None,
                            started: None,
                            finished: None,
                            tests: TestCounts {
                                passed: tests,
                                ..TestCounts::default()
                            },
                            logs: ["mock_build", "mock_root", "albs"]
                                .map(|kind| almanac::report::BuildLogRecord {
                                    name: format!("{kind}.{}.{}.log", id * 10, ordered),
                                    url: format!(
                                        "https://build.almalinux.org/pulp/content/build_logs/build-{id}-build_log/{kind}.{}.{ordered}.log",
                                        id * 10
                                    ),
                                })
                                .to_vec(),
                        })
                        .collect(),
                    unread_after: false,
                }
            })
            .collect();
        builder.add(&name, &runs);
    }
    let builds = builder.finish(Vec::new(), Vec::new());
    let failing = builds
        .packages
        .iter()
        .flat_map(|record| &record.others)
        .filter(|other| other.failing_since.is_some())
        .count();
    let json = serde_json::to_vec(&builds).unwrap();
    let mut compressed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut compressed, 1 << 16, 11, 24);
    writer.write_all(&json).unwrap();
    drop(writer);
    println!(
        "3,000 packages, {failing} architectures failing: {} bytes, {} compressed",
        json.len(),
        compressed.len()
    );
    assert!(
        failing > 100 && compressed.len() <= 150_000,
        "{failing}, {}",
        compressed.len()
    );
}
