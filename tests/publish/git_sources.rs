//! Source texts from git repositories, which git makes in a temporary folder.

use super::support::server::{Reply, Server};
use super::support::{FIRST, SECOND, World, git_in, moment, rows};
use almanac::presentation::changed_files::texts_in_words;
use almanac::report::{EvidenceName, InputFailure, InputKind, VerdictName};
use std::fs;

fn git(world: &World, arguments: &[&str]) {
    git_in(&world.path("repositories/bash.git"), arguments);
}

fn commit(world: &World, branch: &str, spec: &str, tag: &str) {
    git(world, &["checkout", "--quiet", "-B", branch]);
    world.write("repositories/bash.git/SPECS/bash.spec", spec);
    git(world, &["add", "."]);
    git(world, &["commit", "--quiet", "-m", "import"]);
    git(world, &["tag", "-a", "-m", "import", tag]);
}

/// With a repository that has no commit yet, of which the branches c9 and a9 are read.
fn with_empty_repository() -> World {
    let world = World::new();
    world.configure(
        "[[release.sources]]\ngit = \"repositories/{package}.git\"\nbefore_branch = \"c9\"\n\
         after_branch = \"a9\"\npackages = [\"bash\"]",
    );
    fs::create_dir_all(world.path("repositories/bash.git")).unwrap();
    git(&world, &["init", "--quiet"]);
    world
}

/// With a tagged commit on the branches c9 and a9, without the archive that the spec declares.
fn with_repository() -> World {
    let world = with_empty_repository();
    let spec = |release: &str| format!("Release: {release}\nSource0: bash.tar.gz\n");
    commit(&world, "c9", &spec("9"), "imports/c9/bash-5.1.8-9.el9");
    let changed = "changed/a9/bash-5.1.8-9.el9";
    commit(&world, "a9", &spec("9%{?dist}"), changed);
    world
}

/// The one input that could not be read.
fn only_failure(world: &World) -> InputFailure {
    let failures = world.index().input_failures;
    assert_eq!(failures.len(), 1, "{failures:?}");
    let failure = failures[0].clone();
    assert_eq!(
        (failure.kind, failure.name.as_str()),
        (InputKind::SourceTexts, "bash")
    );
    failure
}

fn check_warning(world: &World, expected: &[&str]) {
    world.publish_at(SECOND).unwrap();
    let warnings = world.report("9").warnings.join("\n");
    for words in expected {
        assert!(warnings.contains(words), "{words} is not in\n{warnings}");
    }
}

#[test]
fn labels_name_whose_branches_they_are() {
    let world = with_repository();
    world.reconfigure("[\"bash\"]", "[\"bash\"]\nbefore_name = \"CentOS Stream\"");
    world.publish_at(FIRST).unwrap();
    let texts = world.package("9", "bash").texts.unwrap();
    let labels = [texts.reference_label, texts.distribution_label];
    let labels = labels
        .each_ref()
        .map(|label| label.rsplit_once(' ').unwrap().0);
    assert_eq!(labels, ["CentOS Stream c9", "AlmaLinux a9"]);
}

#[test]
fn tagged_branches_prove_a_modification() {
    let world = with_repository();
    world.publish_at(FIRST).unwrap();
    let texts = world.package("9", "bash").texts.unwrap();
    assert!(texts.current && !texts.complete);
    assert_eq!(texts.files.len(), 1);
    assert!(texts.reference_label.starts_with("RHEL c9 "));
    let report = world.report("9");
    assert!(report.warnings.is_empty(), "{:?}", report.warnings);
    let without = World::new();
    without.publish_at(FIRST).unwrap();
    assert_eq!(
        [&without, &world].map(|world| rows(&world.report("9").packages)[0].clone()),
        [
            "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | matched",
            "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | patched"
        ]
    );
    let mut names: Vec<_> = fs::read_dir(world.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "almanac.toml",
            "cache",
            "distribution",
            "published",
            "reference",
            "repositories"
        ]
    );
}

#[test]
fn the_commit_of_the_published_version_is_read_and_one_without_a_tag_proves_nothing() {
    let world = with_repository();
    world.write("repositories/bash.git/SPECS/bash.spec", "Release: 10\n");
    git(&world, &["commit", "--quiet", "-a", "-m", "later"]);
    world.publish_at(FIRST).unwrap();
    let texts = world.package("9", "bash").texts.unwrap();
    assert!(texts.current);
    assert_eq!(texts.distribution_evr.as_deref(), Some("5.1.8-9.el9"));
    git(&world, &["tag", "-d", "changed/a9/bash-5.1.8-9.el9"]);
    world.publish_at(SECOND).unwrap();
    let texts = world.package("9", "bash").texts.unwrap();
    assert!(!texts.current && texts.distribution_evr.is_none());
}

#[test]
fn equal_branches_prove_a_match_where_all_files_are_told() {
    const ARCHIVE: &str = "Release: 9\nSource0: https://a.example/bash.tar.gz\n";
    let check = |file: &str, spec: &str, expected: Option<&str>| {
        let world = with_empty_repository();
        world.write(
            &format!("repositories/bash.git/{file}"),
            "0123456789abcdef0123456789abcdef SOURCES/bash.tar.gz\n",
        );
        commit(&world, "c9", spec, "imports/c9/bash-5.1.8-9.el9");
        git(&world, &["checkout", "--quiet", "-B", "a9"]);
        git(
            &world,
            &["tag", "-a", "-m", "import", "imports/a9/bash-5.1.8-9.el9"],
        );
        world.publish_at(FIRST).unwrap();
        let package = world.package("9", "bash");
        let outcome = package.architectures[0].outcome;
        assert_eq!(outcome.verdict, VerdictName::Matched);
        let is_proven = outcome.evidence == Some(EvidenceName::Proven);
        let sentence = texts_in_words(&package).unwrap();
        match expected {
            None => assert_eq!(
                sentence,
                "All files of the source were compared by their digests: 2 files, equal on both sides."
            ),
            Some(words) => assert!(sentence.contains(words), "{sentence}"),
        }
        assert_eq!(is_proven, expected.is_none(), "{file} {spec}");
    };
    let lacking = Some("other files of it, such as archives, are not at hand");
    check(".bash.metadata", ARCHIVE, None);
    check("sources", ARCHIVE, None);
    check("other", ARCHIVE, lacking);
    check("SOURCES/bash.tar.gz", ARCHIVE, None);
    check("SOURCES/fix.patch", "patch1: fix.patch\n", None);
    check("SOURCES/fix.patch", "patch1: other.patch\n", lacking);
    check("SOURCES/fix.patch", "Patch1: %{name}.patch\n", lacking);
    check("SOURCES/fix.patch", "%include fix.patch\n", lacking);
}

#[test]
fn a_cache_in_the_working_folder_serves_from_wherever_the_command_runs() {
    let world = with_repository();
    for (folder, taken) in [("here", FIRST), ("elsewhere", SECOND)] {
        let output = world.publish_from(folder, "kept", taken);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(world.path(folder).join("kept/git").is_dir(), "{folder}");
        assert!(world.package("9", "bash").texts.unwrap().current);
    }
    assert!(!world.path("kept").exists());
}

#[test]
fn a_repository_that_fails_later_is_read_from_the_cache() {
    let world = with_repository();
    world.publish_at(FIRST).unwrap();
    let first = world.package("9", "bash");
    world.write("repositories/bash.git/.git/config", "[");
    check_warning(
        &world,
        &["bash: ", "which was fetched before and may be old"],
    );
    assert!(world.package("9", "bash") == first);
    let failure = only_failure(&world);
    assert!(failure.last_read.is_some(), "{failure:?}");
    assert_eq!(failure.since.0, moment(SECOND));
    world.publish_at("2026-11-22T04:10:00Z").unwrap();
    assert_eq!(only_failure(&world).since.0, moment(SECOND));
}

#[test]
fn what_is_not_there_or_not_reached_is_told() {
    let world = with_repository();
    world.reconfigure("\"a9\"", "\"a8\"");
    check_warning(&world, &["bash: ", "has no branch a8, or is not there"]);
    assert_eq!(only_failure(&world).last_read, None);
    world.reconfigure("repositories/{package}", "elsewhere/{package}");
    check_warning(&world, &["bash: ", "has no branch c9, or is not there"]);
    world.reconfigure("elsewhere/", "http://127.0.0.1:1/");
    check_warning(
        &world,
        &["bash: source texts: http://127.0.0.1:1/bash.git: git failed: "],
    );
    assert!(world.package("9", "bash").texts.is_none());
}

#[test]
fn patterns_choose_among_what_both_sides_have() {
    let world = with_repository();
    world.reconfigure("[\"bash\"]", "[\"*\"]");
    world.publish_at(FIRST).unwrap();
    assert!(world.package("9", "bash").texts.is_some());
    assert_eq!(world.index().input_failures, []);
    // Of dnf and openssl there is no repository, which is no fault, and told once.
    let warnings = world.report("9").warnings;
    assert!(
        warnings.len() == 1
            && warnings[0].starts_with("source texts: of 2 of the 3 packages that patterns choose")
            && warnings[0]
                .ends_with("repositories/{package}.git, branches c9 and a9, or not on both sides."),
        "{warnings:?}"
    );
}

#[test]
fn patterns_of_which_there_is_nothing_at_all_are_an_input_that_could_not_be_read() {
    let world = with_repository();
    world.reconfigure("[\"bash\"]", "[\"*\"]");
    world.reconfigure("repositories/{package}", "elsewhere/{package}");
    assert!(!world.publish_at(FIRST).unwrap().is_of_all());
    let failures = world.index().input_failures;
    assert!(
        failures.len() == 1
            && failures[0].kind == InputKind::SourceTexts
            && failures[0]
                .location
                .contains("elsewhere/{package}.git, branches c9 and a9")
            && failures[0]
                .cause
                .contains("correct the place or the patterns"),
        "{failures:?}"
    );
}

#[test]
fn a_host_that_asks_for_a_login_does_not_say_what_is_there() {
    let world = with_repository();
    let server = Server::start(&world.path("repositories"), move |_| {
        Reply::Status("401 Unauthorized", String::new(), "")
    });
    world.reconfigure("repositories/", &format!("http://{}/", server.address));
    check_warning(
        &world,
        &["bash.git: the host asks for a login: it is not known whether the repository is there"],
    );
    only_failure(&world);
    world.reconfigure("[\"bash\"]", "[\"b*\"]");
    world.publish_at("2026-11-22T04:10:00Z").unwrap();
    let warnings = world.report("9").warnings;
    let told = "the host asks for a login for 1 of the packages that patterns choose, and hands out no such branch";
    assert!(
        warnings.len() == 1 && warnings[0].contains(told),
        "{warnings:?}"
    );
    let failures = world.index().input_failures;
    let location = format!("http://{}/{{package}}.git", server.address);
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert_eq!(
        [&failures[0].name, &failures[0].location],
        [&location, &location]
    );
}

#[test]
fn what_the_network_makes_fail_is_tried_again_and_what_the_host_refuses_is_not() {
    let check = |status: &'static str, tries: usize| {
        let world = with_repository();
        let server = Server::start(&world.path("repositories"), move |_| {
            Reply::Status(status, String::new(), "")
        });
        world.reconfigure("repositories/", &format!("http://{}/", server.address));
        assert!(!world.publish_at(FIRST).unwrap().is_of_all());
        assert_eq!(server.count("/bash.git/info/refs"), tries, "{status}");
        only_failure(&world);
    };
    check("503 Service Unavailable", 3);
    check("403 Forbidden", 1);
    let world = with_repository();
    world.reconfigure("repositories/", "http://127.0.0.1:1/");
    world.publish_at(FIRST).unwrap();
    let failure = only_failure(&world);
    assert_eq!(failure.location, "http://127.0.0.1:1/bash.git");
    assert!(failure.cause.ends_with("(tried 3 times)"), "{failure:?}");
}

#[test]
fn a_package_that_two_entries_name_is_to_be_taken_out_of_one() {
    let entry = "[[release.sources]]\ngit = \"repositories/{package}.git\"\nbefore_branch = \"c9\"\n\
                 after_branch = \"a9\"\npackages = [\"bash\"]";
    with_repository().check_fault(
        |world| world.configure(entry),
        &[
            "repositories/bash.git: another [[release.sources]] has source texts of this package, too",
            "remedy: take bash out of packages of one of the two",
        ],
    );
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let check = |from: &str, to: &str, expected: &str| {
        with_repository().check_fault(|world| world.reconfigure(from, to), &[expected]);
    };
    check(
        "git = ",
        "folder = \"sources\"\ngit = ",
        "names neither a folder alone",
    );
    check(
        "before_branch = \"c9\"\n",
        "",
        "before_branch, after_branch and packages",
    );
    check("{package}", "bash", "write {package} for it");
    check("repositories/", "ssh://a.example/", "ssh:// is not read");
    check("\"c9\"", "\"--c9\"", "is no name of a branch");
    check(
        "\"c9\"",
        "\"a9\"",
        "release 9: before_branch and after_branch of a [[release.sources]] are both “a9”",
    );
    check(
        "[\"bash\"]",
        "[\"../bash\"]",
        "is no name of a source package",
    );
}
