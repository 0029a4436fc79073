//! What `almanac explain` prints of the sample, held against a golden file.

use almanac::presentation::builds::task_mark;
use almanac::presentation::explanation::{Explained, explanation};
use almanac::publish::published_set::PublishedSet;
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
    for (name, expected) in [
        (
            "redhat-logos",
            "remedy: name almalinux-logos, as AlmaLinux calls it\n",
        ),
        (
            "redhat-logos-httpd",
            "remedy: name almalinux-logos, from which a binary package of that name is built\n",
        ),
    ] {
        let output = explain(&[name, "--reports", "public/reports", "--release", "9"]);
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.ends_with(expected), "{told}");
    }
    let output = explain(&["bash", "--reports", "nowhere"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        told,
        "error: nowhere/index.json: nothing is published here\n\
         remedy: name the folder that almanac publish has written into\n"
    );
}

#[test]
fn what_a_package_page_links_and_names_is_printed_too() {
    let set = PublishedSet::new(&Path::new(env!("CARGO_MANIFEST_DIR")).join("public/reports"));
    let index = set.index().unwrap();
    let mut met = [0; 6];
    for release in &index.releases {
        let snapshot = release.latest().unwrap();
        let report = set.report(&snapshot.report).unwrap();
        for name in &report.packages.names {
            let package = set.package(&report, name).unwrap().unwrap();
            let printed = explanation(&Explained {
                index: &index,
                snapshot,
                report: &report,
                package: &package,
            });
            let abis = || {
                package
                    .architectures
                    .iter()
                    .filter_map(|on| on.abi.as_ref())
            };
            let added = abis().flat_map(|abi| &abi.added);
            let moved = abis().flat_map(|abi| &abi.moved);
            let expected: [Vec<String>; 6] = [
                package
                    .statements
                    .iter()
                    .filter_map(|said| said.url.clone())
                    .collect(),
                package
                    .statements
                    .iter()
                    .filter_map(|said| said.since.clone())
                    .collect(),
                package
                    .builds
                    .iter()
                    .flat_map(|run| &run.tasks)
                    .map(|task| format!("{} {}", task.architecture, task_mark(task).word))
                    .collect(),
                package
                    .patches
                    .iter()
                    .flat_map(|patch| patch.commit_links.clone())
                    .collect(),
                added
                    .map(|entry| format!("+ {} ({})", entry.entry, entry.package))
                    .collect(),
                moved
                    .map(|entry| format!("→ {} from {} to {}", entry.entry, entry.from, entry.to))
                    .collect(),
            ];
            for (met, expected) in met.iter_mut().zip(&expected) {
                *met += expected.len();
                for words in expected {
                    assert!(
                        printed.contains(words),
                        "{name}: {words} is not in:\n{printed}"
                    );
                }
            }
        }
    }
    assert!(met.iter().all(|met| *met > 0), "{met:?}");
}
