//! What `almanac compare` prints of the sample, held against a golden file.

use std::path::Path;
use std::process::{Command, Output};

fn compare(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_almanac"))
        .arg("compare")
        .args(arguments)
        .args(["--reports", "public/reports"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the command runs")
}

#[test]
fn two_snapshots_are_compared() {
    let output = compare(&["20261020T041000Z", "20261120T041000Z", "--release", "9"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/publish/compare-9.txt");
    let expected = std::fs::read_to_string(golden).unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(printed, expected, "{said}");
    // A minor release stands for its newest snapshot.
    let newest = compare(&["20261020T041000Z", "9.6", "--release", "9"]);
    assert_eq!(String::from_utf8(newest.stdout).unwrap(), expected);
}

#[test]
fn a_snapshot_that_is_not_there_is_told_with_those_that_are() {
    let output = compare(&["nonesuch", "9.6"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        told.contains("no release has both the snapshots nonesuch and 9.6"),
        "{told}"
    );
    assert!(told.contains("20261120T041000Z"), "{told}");
}

#[test]
fn a_day_names_its_newest_snapshot() {
    let output = compare(&["2026-10-20", "2026-11-20", "--release", "9"]);
    let named = compare(&["20261020T041000Z", "20261120T041000Z", "--release", "9"]);
    assert_eq!(output.stdout, named.stdout);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn a_history_that_runs_backwards_is_refused() {
    let check = |from: &str, to: &str, expected: &str| {
        let output = compare(&[from, to]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(expected), "{told}");
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
    };
    check(
        "20261120T041000Z",
        "20261020T041000Z",
        "20261120T041000Z is not earlier than 20261020T041000Z",
    );
    check("2026-11-20", "2026-11-20", "is not earlier than");
}

#[test]
fn each_snapshot_is_offered_once_in_the_order_of_time() {
    let told = String::from_utf8(compare(&["nonesuch", "9.6"]).stderr).unwrap();
    let offered = told.split("name two of ").nth(1).unwrap();
    let offered = offered.split(", or minor releases").next().unwrap();
    let offered: Vec<&str> = offered.split(", ").collect();
    assert!(offered.is_sorted_by(|left, right| left < right), "{told}");
}
