//! What the commands say to a reader that leaves, and to a disk that is full.

use super::support::{FIRST, SECOND, World};
use std::fs::File;
use std::process::{Command, Output, Stdio};

/// All commands that tell something, of one world that is published.
fn commands(world: &World) -> Vec<Command> {
    world.publish_at(FIRST).unwrap();
    let published = world.output();
    let command = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_almanac"));
        command.args(words);
        command
    };
    let mut explain = command(&["explain", "bash", "--reports"]);
    explain.arg(&published);
    let mut verify = command(&["verify"]);
    verify.arg(&published);
    let mut history = command(&["history", "--output"]);
    history.arg(world.path("joined")).arg(&published);
    let mut publish = command(&["publish", "--at", SECOND, "--output"]);
    publish.arg(&published).arg(world.path("almanac.toml"));
    publish.arg("--cache").arg(world.path("cache"));
    vec![explain, verify, history, publish]
}

#[track_caller]
fn check(output: &Output, code: i32, expected: &str) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(told.contains(expected), "{told}");
    assert!(!told.contains("panicked"), "{told}");
}

#[test]
fn a_reader_that_leaves_is_no_failure() {
    let world = World::new();
    for mut command in commands(&world) {
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        drop(child.stdout.take());
        check(&child.wait_with_output().unwrap(), 0, "");
    }
    let mut again = commands(&world).pop().unwrap();
    let mut child = again
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_said_is_one_error() {
    let world = World::new();
    for mut command in commands(&world) {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command.stdout(full).output().unwrap();
        check(
            &output,
            1,
            "error: standard output: No space left on device",
        );
        check(&output, 1, "remedy: write it to where there is room");
    }
}
