//! Of which line of development a build is, when that ends, and on which architectures a failure counts.

use super::*;

/// How the builds of bash stand: its lines, and how many packages fail or may fail.
fn standing(builds: &[Value]) -> (Vec<String>, u32, u32) {
    let world = world_with_builds(builds);
    world.publish_at(FIRST).unwrap();
    assert_eq!(verify(&world.output()).faults, []);
    let published = builds_of(&world);
    let records = published.packages.iter();
    let lines = records.map(|record| record.line.clone()).collect();
    let entry = published.entry();
    (lines, entry.failing, entry.uncertain)
}

/// A build of bash from its own repository, whatever its source is called.
fn of_bash(day: u64, git_ref: &str, status: u32) -> Value {
    let mut build = build(day, git_ref, &[("x86_64", status)]);
    build["tasks"][0]["ref"]["url"] = json!("https://git.almalinux.org/rpms/bash.git");
    build
}

#[test]
fn what_failed_of_a_commit_a_branch_or_a_beta_fails_no_more_once_it_was_built_for_the_release() {
    let released = of_bash(2, "imports/c9/bash-5.1.8-9.el9", 2);
    for git_ref in [
        "0d5f6c1e7a9b4c2d8e3f1a0b9c8d7e6f5a4b3c2d",
        "a9-fix-build",
        "imports/c9-beta/bash-5.1.8-9.el9",
        "imports/c9-beta/bash-5.1.8-8.el9",
    ] {
        let builds = [of_bash(1, git_ref, 3), released.clone()];
        let expected = (vec!["9".to_owned()], 0, 0);
        assert_eq!(standing(&builds), expected, "{git_ref}");
    }
    let newer = of_bash(1, "imports/c9-beta/bash-5.1.8-10.el9", 3);
    let lines = ["9", "9-beta"].map(str::to_owned).to_vec();
    assert_eq!(standing(&[newer, released]), (lines, 1, 0));
}

#[test]
fn of_a_commit_for_a_platform_that_is_not_told_it_is_not_known_whether_it_still_fails() {
    let mut commit = of_bash(1, "0d5f6c1e7a9b4c2d8e3f1a0b9c8d7e6f5a4b3c2d", 3);
    commit["tasks"][0]["platform"] = Value::Null;
    let world = World::new();
    world.write("builds/all.json", json!({ "builds": [commit] }).to_string());
    world.configure("[[release.builds]]\nfolder = \"builds\"");
    world.publish_at(FIRST).unwrap();
    let published = builds_of(&world);
    let entry = published.entry();
    assert_eq!((entry.failing, entry.uncertain), (0, 1));
    assert_eq!(published.packages[0].line, "");
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn a_failure_on_an_architecture_that_the_release_does_not_have_does_not_count() {
    let tag = "imports/c9/bash-5.1.8-9.el9";
    let failing = |architecture: &str| {
        let tasks = [("src", 2), ("x86_64", 2), (architecture, 3)];
        standing(&[build(1, tag, &tasks)]).1
    };
    assert_eq!(failing("riscv64"), 0);
    assert_eq!(failing("i686"), 1);
    assert_eq!(failing("src"), 1);
}
