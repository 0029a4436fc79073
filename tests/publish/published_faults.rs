//! What is wrong in the folder that is published to: never overwritten, never lost.

use super::support::{FIRST, SECOND, World, tree};
use std::fs;

fn check(spoil: impl FnOnce(&World), expected: &[&str]) {
    World::new().check_fault(spoil, expected);
}

fn edit_index(world: &World, from: &str, to: &str) {
    let path = world.output().join("index.json");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from));
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn an_index_that_cannot_be_read_is_kept() {
    const RESTORE: &str = "remedy: restore the file from a copy, or publish into another folder";
    check(
        |world| world.write("published/index.json", "{\"format\": {\"major\": 1"),
        &[
            "published/index.json: what was published before cannot be read: it ends in the middle",
            RESTORE,
        ],
    );
    check(
        |world| world.write("published/index.json", "[]"),
        &["published/index.json", "no report of this format", RESTORE],
    );
    check(
        |world| world.write("published/index.json", "<html>"),
        &["a page of HTML instead of JSON", RESTORE],
    );
    check(
        |world| edit_index(world, "\"major\": 1", "\"major\": 2"),
        &[
            "published/index.json: ",
            "it is written in format 2.1",
            "remedy: publish with the newer Almanac",
        ],
    );
    check(
        |world| edit_index(world, "\"minor\": 1", "\"minor\": 7"),
        &[
            "published/index.json: ",
            "it is written in format 1.7",
            "remedy: publish with the newer Almanac",
        ],
    );
}

#[test]
fn a_sample_and_a_report_never_stand_beside_each_other() {
    check(
        |world| world.reconfigure("[distribution]", "sample = true\n[distribution]"),
        &[
            "published/index.json: what was published before is no sample",
            "remedy: publish into another folder",
        ],
    );
}

#[test]
fn two_runs_at_a_time_are_told_apart() {
    let world = World::new();
    world.publish_at(FIRST).unwrap();
    let lock = fs::File::open(world.output()).unwrap();
    lock.lock().unwrap();
    world.check_fault(
        |_| {},
        &[
            "published: another process is publishing into this folder",
            "remedy: wait",
        ],
    );
    drop(lock);
    world.publish_at(SECOND).unwrap();
}

#[test]
fn what_a_killed_run_left_is_removed() {
    let world = World::new();
    world.publish_at(FIRST).unwrap();
    let good = tree(&world.output());
    world.write("published/.almanac-staging-4711/packages/half", "{");
    world.publish_at(FIRST).unwrap();
    assert!(tree(&world.output()) == good);
}

#[test]
fn a_document_of_another_length_is_written_again() {
    let world = World::new();
    world.publish_at(FIRST).unwrap();
    let good = tree(&world.output());
    let path = good
        .keys()
        .find(|path| path.to_string_lossy().contains("packages/"))
        .unwrap();
    fs::write(path, "{").unwrap();
    world.publish_at(FIRST).unwrap();
    assert!(tree(&world.output()) == good);
}
