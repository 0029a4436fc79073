//! Configurations of autopatch from git repositories, which git makes in a temporary folder.

use super::support::server::{Reply, Server};
use super::support::{FIRST, SECOND, World, git_in, moment, rows};
use almanac::report::InputKind;
use std::fs;

const CONFIGURATION: &str = "actions:\n  - add_files: [{type: patch, name: fix.patch, number: 2001}]\n  - modify_release: [{suffix: .alma.1}]\n";
const PATCH: &str = "Subject: [PATCH] Keep the driver\n\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";

fn commit(world: &World) {
    let folder = world.path("repositories/dnf.git");
    git_in(&folder, &["add", "--all", "."]);
    git_in(&folder, &["commit", "--quiet", "-m", "change"]);
}

/// With a configuration and its patch on the branch a9.
fn with_repository() -> World {
    let world = World::new();
    world.configure(
        "[[release.autopatch]]\ngit = \"repositories/{package}.git\"\nbranch = \"a9\"\npackages = [\"dnf\"]\n\
         url = \"https://a.example/{package}/src/branch/a9\"",
    );
    let folder = world.path("repositories/dnf.git");
    fs::create_dir_all(&folder).unwrap();
    git_in(&folder, &["init", "--quiet", "--initial-branch=a9"]);
    world.write("repositories/dnf.git/config.yaml", CONFIGURATION);
    world.write("repositories/dnf.git/files/fix.patch", PATCH);
    commit(&world);
    world
}

fn summaries(world: &World) -> Vec<String> {
    let changes = world.package("9", "dnf").changes;
    changes.into_iter().map(|change| change.summary).collect()
}

fn check_left_out(world: &World, expected: &[&str]) {
    world.publish_at(SECOND).unwrap();
    assert_eq!(summaries(world), [""; 0]);
    let warnings = world.report("9").warnings;
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    let failures = world.index().input_failures;
    let kinds: Vec<_> = failures
        .iter()
        .map(|failure| (failure.kind, failure.name.as_str()))
        .collect();
    assert_eq!(kinds, [(InputKind::Autopatch, "dnf")]);
    for words in expected {
        assert!(
            warnings[0].contains(words),
            "{words} is not in {warnings:?}"
        );
    }
}

#[test]
fn changes_come_from_the_branch() {
    let world = with_repository();
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        summaries(&world),
        [
            "Adds the patch fix.patch: Keep the driver",
            "Appends .alma.1 to the release"
        ]
    );
    let report = world.report("9");
    assert_eq!(report.warnings, [""; 0]);
    assert_eq!(
        rows(&report.packages)[1],
        "dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | diverging hardware"
    );
    let origin = world.package("9", "dnf").changes[0].origin.clone();
    assert_eq!(
        origin.as_deref(),
        Some("https://a.example/dnf/src/branch/a9")
    );
}

#[test]
fn the_branch_is_read_again_when_it_moved_on() {
    let world = with_repository();
    world.publish_at(FIRST).unwrap();
    world.write(
        "repositories/dnf.git/config.yaml",
        "actions:\n  - modify_release: [{suffix: .alma.1}]\n",
    );
    commit(&world);
    world.publish_at(SECOND).unwrap();
    assert_eq!(summaries(&world), ["Appends .alma.1 to the release"]);
}

#[test]
fn a_repository_that_fails_later_is_read_from_the_cache() {
    let world = with_repository();
    world.publish_at(FIRST).unwrap();
    let before = summaries(&world);
    world.write("repositories/dnf.git/.git/config", "[");
    world.publish_at(SECOND).unwrap();
    assert_eq!(summaries(&world), before);
    let warnings = world.report("9").warnings;
    assert!(
        warnings[0].starts_with("dnf: ")
            && warnings[0].ends_with("which was fetched before and may be old."),
        "{warnings:?}"
    );
}

#[test]
fn a_repository_that_is_lost_later_is_read_from_the_cache() {
    let check = |packages: &str, lose: fn(&World)| {
        let world = with_repository();
        world.reconfigure("[\"dnf\"]", packages);
        world.publish_at(FIRST).unwrap();
        let before = summaries(&world);
        assert_eq!(before.len(), 2);
        lose(&world);
        assert!(!world.publish_at(SECOND).unwrap().is_of_all());
        assert_eq!(summaries(&world), before);
        let failures = world.index().input_failures;
        let told: Vec<_> = failures
            .iter()
            .map(|failure| (failure.kind, &*failure.name, failure.last_read.is_some()))
            .collect();
        assert_eq!(told, [(InputKind::Autopatch, "dnf", true)]);
    };
    for packages in ["[\"dnf\"]", "[\"*\"]"] {
        check(packages, |world| {
            fs::remove_dir_all(world.path("repositories/dnf.git")).unwrap();
        });
        check(packages, |world| {
            fs::remove_dir_all(world.path("repositories/dnf.git/.git")).unwrap();
        });
    }
}

#[test]
fn a_branch_that_the_repository_has_no_longer_is_told_as_lost() {
    let world = with_repository();
    world.reconfigure("[\"dnf\"]", "[\"*\"]");
    let since = |world: &World| {
        let failures = world.index().input_failures;
        let told = failures
            .into_iter()
            .map(|failure| (failure.name, failure.since.0));
        told.collect::<Vec<_>>()
    };
    world.publish_at(FIRST).unwrap();
    let folder = world.path("repositories/dnf.git");
    git_in(&folder, &["branch", "--move", "a9", "a9-old"]);
    assert!(!world.publish_at(SECOND).unwrap().is_of_all());
    assert_eq!(summaries(&world), [""; 0]);
    let lost = [("dnf".to_owned(), moment(SECOND))];
    assert_eq!(since(&world), lost);
    let cause = &world.index().input_failures[0].cause;
    assert!(
        cause.contains("the branch a9, which was there before, is not there any more"),
        "{cause}"
    );
    // The commit of before is no stand-in any more.
    fs::remove_dir_all(folder.join(".git")).unwrap();
    world.publish_at("2026-11-22T04:10:00Z").unwrap();
    assert_eq!(summaries(&world), [""; 0]);
    assert_eq!(since(&world), lost);
}

/// What a host answers of repositories that a pattern asks for, and the causes of the failures that are told.
#[test]
fn only_what_a_host_says_is_not_there_is_not_there() {
    let check = |status: &'static str, body: &'static str, expected: &[&str]| {
        let world = with_repository();
        let server = Server::start(&world.path("repositories"), move |_| {
            Reply::Status(status, String::new(), body)
        });
        world.reconfigure("repositories/", &format!("http://{}/", server.address));
        world.reconfigure("[\"dnf\"]", "[\"dn*\"]");
        let is_of_all = world.publish_at(FIRST).unwrap().is_of_all();
        let failures = world.index().input_failures;
        assert_eq!(failures.len(), expected.len(), "{failures:?}");
        assert_eq!(is_of_all, expected.is_empty(), "{status}");
        for (failure, words) in failures.iter().zip(expected) {
            assert!(failure.cause.contains(words), "{words}: {failure:?}");
        }
    };
    let none = "none of the 1 package that patterns choose has a repository";
    check("404 Not Found", "", &[none]);
    let login = "it is not known which of them have one";
    check("401 Unauthorized", "", &[login]);
    check("403 Forbidden", "", &["the host answered with status 403"]);
    check("410 Gone", "", &["the host answered with status 410"]);
    let page = "the answer names no branch at all";
    check("200 OK", "<html>Welcome</html>", &[page]);
    check(
        "200 OK",
        "<html>\nWelcome\n</html>\n",
        &["is this a git repository?"],
    );
}

#[test]
fn what_is_not_there_or_not_understood_is_told_and_left_out() {
    let world = with_repository();
    world.reconfigure("branch = \"a9\"", "branch = \"a8\"");
    check_left_out(&world, &["dnf: ", "has no branch a8, or is not there"]);
    world.reconfigure("branch = \"a8\"", "branch = \"a9\"");
    world.write(
        "repositories/dnf.git/config.yaml",
        "actions:\n  - replace: a: b\n",
    );
    commit(&world);
    check_left_out(&world, &["dnf: ", "dnf.git: config.yaml: line 2"]);
    let warnings = world.report("9").warnings.join("\n");
    assert!(!warnings.contains("cache"), "{warnings}");
    fs::remove_file(world.path("repositories/dnf.git/config.yaml")).unwrap();
    commit(&world);
    check_left_out(&world, &["dnf: ", "its branch a9 has no config.yaml"]);
    world.reconfigure("repositories/", "http://127.0.0.1:1/");
    check_left_out(
        &world,
        &["dnf: configuration of autopatch: http://127.0.0.1:1/dnf.git: git failed: "],
    );
}

#[test]
fn a_cache_in_the_working_folder_is_not_told_as_a_place() {
    let world = with_repository();
    world.write(
        "repositories/dnf.git/config.yaml",
        "actions:\n  - replace: a: b\n",
    );
    commit(&world);
    let output = world.publish_from("here", "kept", FIRST);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let warnings = world.report("9").warnings.join("\n");
    assert!(
        warnings.contains("dnf.git: config.yaml: line 2") && !warnings.contains("kept"),
        "{warnings}"
    );
}

#[test]
fn sources_and_configurations_that_fail_are_told_apart() {
    let world = with_repository();
    world.configure(
        "[[release.sources]]\ngit = \"repositories/{package}.git\"\nbefore_branch = \"c8\"\n\
         after_branch = \"a9\"\npackages = [\"dnf\"]",
    );
    world.reconfigure("branch = \"a9\"\npackages", "branch = \"a8\"\npackages");
    world.publish_at(FIRST).unwrap();
    let warnings = world.report("9").warnings;
    let begin = |warning: &String, start: &str| warning.starts_with(start);
    assert!(
        warnings.len() == 2
            && begin(&warnings[0], "dnf: configuration of autopatch: ")
            && begin(&warnings[1], "dnf: source texts: "),
        "{warnings:?}"
    );
}

#[test]
fn patterns_choose_among_what_the_distribution_has() {
    let world = with_repository();
    world.publish_at(FIRST).unwrap();
    let named = summaries(&world);
    // bash and openssl have no repository, as packages that are not patched.
    world.reconfigure("[\"dnf\"]", "[\"*\"]");
    world.publish_at(SECOND).unwrap();
    assert_eq!(summaries(&world), named);
    assert_eq!(world.report("9").warnings, [""; 0]);
    assert_eq!(world.index().input_failures, []);
    // One that is named must be there.
    world.reconfigure("[\"*\"]", "[\"*\", \"bash\"]");
    world.publish_at("2026-11-22T04:10:00Z").unwrap();
    let failures = world.index().input_failures;
    let names: Vec<&str> = failures.iter().map(|failure| &*failure.name).collect();
    assert_eq!(names, ["bash"]);
    world.reconfigure("[\"*\", \"bash\"]", "[\"*\"]");
    world.reconfigure("branch = \"a9\"", "branch = \"a8\"");
    world.publish_at("2026-11-23T04:10:00Z").unwrap();
    let warnings = world.report("9").warnings;
    assert!(
        warnings.len() == 1
            && warnings[0].starts_with("configuration of autopatch: none of the 3 packages")
            && warnings[0].ends_with("repositories/{package}.git with the branch a8."),
        "{warnings:?}"
    );
    let failures = world.index().input_failures;
    assert!(
        failures.len() == 1
            && failures[0].location.ends_with("repositories/{package}.git")
            && failures[0]
                .cause
                .contains("correct the address, the branch or the patterns"),
        "{failures:?}"
    );
}

#[test]
fn a_repository_of_a_package_that_neither_side_has_is_not_asked_for() {
    let world = with_repository();
    world.reconfigure("[\"dnf\"]", "[\"dnf\", \"dmf\"]");
    world.publish_at(FIRST).unwrap();
    let warnings = world.report("9").warnings;
    assert_eq!(
        warnings,
        [
            "dmf: changes, source texts or reports of it are at hand, yet no list that was read has this package."
        ]
    );
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let check = |from: &str, to: &str, expected: &str| {
        with_repository().check_fault(|world| world.reconfigure(from, to), &[expected]);
    };
    check(
        "git = ",
        "folder = \"autopatch\"\ngit = ",
        "names neither a folder alone nor all that git",
    );
    check("branch = \"a9\"\n", "", "git with branch and packages");
    check(
        "repositories/{package}",
        "repositories/dnf",
        "write {package} for it",
    );
    check("repositories/", "ssh://a.example/", "ssh:// is not read");
    check(
        "branch = \"a9\"",
        "branch = \"--a9\"",
        "is no name of a branch",
    );
    check(
        "[\"dnf\"]",
        "[\"../dnf\"]",
        "is no name of a source package",
    );
    check(
        "https://a.example/{package}",
        "https://a.example",
        "{package}",
    );
}
