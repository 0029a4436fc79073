//! What `almanac explain` prints of the sample, held against a golden file.

use std::path::Path;
use std::process::{Command, Output};

fn explain(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_almanac"))
        .arg("explain")
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the command runs")
}

#[test]
fn a_patched_package_is_explained() {
    let output = explain(&["cockpit", "--reports", "public/reports", "--release", "9"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/publish/explain-cockpit.txt");
    let expected = std::fs::read_to_string(golden).unwrap();
    assert_eq!(
        printed,
        expected,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn what_is_not_there_offers_the_nearest() {
    let output = explain(&["opensll", "--reports", "public/reports"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("remedy: it may be openssl"), "{told}");
    for (arguments, expected) in [
        (
            ["--release", "7"],
            "there is no release 7\nremedy: name one of 10, 9, 8",
        ),
        (
            ["--snapshot", "x"],
            "there is no snapshot x\nremedy: name one of 2",
        ),
    ] {
        let [option, value] = arguments;
        let output = explain(&["bash", "--reports", "public/reports", option, value]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(expected), "{told}");
    }
    let output = explain(&["bash", "--reports", "nowhere"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("nowhere/index.json"), "{told}");
}
