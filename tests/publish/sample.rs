//! The sample that is published with the dashboard is what its definition gives.

use super::support::{moment, tree};
use almanac::publish::fetch::FetchSettings;
use almanac::publish::sample::generate_sample;
use almanac::publish::verification::verify;
use almanac::publish::{Request, publish};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn relative(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    tree(folder)
        .into_iter()
        .map(|(path, bytes)| (path.strip_prefix(folder).unwrap().to_owned(), bytes))
        .collect()
}

#[test]
fn the_published_sample_is_what_its_definition_gives() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("reports");
    for (configuration, taken) in generate_sample(
        &root.join("tests/sample"),
        &folder.path().join("sample"),
        None,
    )
    .unwrap()
    {
        publish(&Request {
            configuration,
            output: output.clone(),
            taken,
            threads: 2,
            fetch: FetchSettings::default(),
            shows_progress: false,
        })
        .unwrap_or_else(|error| panic!("{error}"));
    }
    let verification = verify(&output);
    assert_eq!(verification.faults, []);
    assert_eq!(verification.remarks, [""; 0]);
    println!("{}", verification.contents);
    let (fresh, published) = (relative(&output), relative(&root.join("public/reports")));
    let differing: Vec<&PathBuf> = fresh
        .keys()
        .chain(published.keys())
        .filter(|path| fresh.get(*path) != published.get(*path))
        .collect();
    assert!(
        differing.is_empty(),
        "public/reports is not what `make sample` gives: {} files differ, the first {:?}",
        differing.len(),
        differing[0]
    );
}

#[test]
fn a_sample_of_any_day_can_be_made() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("reports");
    let days = [
        "2016-11-21T04:10:00Z",
        "2016-11-22T04:10:00Z",
        "2026-11-19T04:10:00Z",
    ];
    for day in days {
        let input = folder.path().join("sample");
        let made = generate_sample(&root.join("tests/sample"), &input, Some(moment(day))).unwrap();
        let [(configuration, taken)] = &made[..] else {
            panic!("{made:?}");
        };
        publish(&Request {
            configuration: configuration.clone(),
            output: output.clone(),
            taken: *taken,
            threads: 2,
            fetch: FetchSettings::default(),
            shows_progress: false,
        })
        .unwrap_or_else(|error| panic!("{error}"));
    }
    let verification = verify(&output);
    assert_eq!(verification.faults, []);
    assert!(
        verification
            .contents
            .starts_with("3 releases, 9 snapshots, "),
        "{}",
        verification.contents
    );
}

#[test]
fn a_sample_is_the_same_every_time() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = [(); 2].map(|()| tempfile::tempdir().unwrap());
    for folder in &folders {
        let configurations =
            generate_sample(&root.join("tests/sample"), folder.path(), None).unwrap();
        assert_eq!(configurations[0].1, moment("2026-05-20T04:10:00Z"));
    }
    let [first, second] = folders.each_ref().map(|folder| relative(folder.path()));
    assert!(first == second);
    let compressed = |end: &str| {
        first
            .keys()
            .filter(|path| path.to_string_lossy().ends_with(end))
            .count()
    };
    assert!(compressed(".gz") > 100 && compressed(".xz") > 0 && compressed(".zst") > 0);
}
