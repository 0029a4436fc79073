//! Verifying a published set: a good one holds, and each fault is told with its file.

use super::support::{FIRST, SECOND, World, assert_told};
use almanac::publish::output::digest_of;
use almanac::publish::verification::verify;
use almanac::report::{Compatibility, Facets};
use std::fs;
use std::path::PathBuf;

fn published() -> World {
    let world = World::new();
    world.configure("[[release.sources]]\nfolder = \"sources\"");
    world.configure("[[release.manifest]]\nfolder = \"manifest\"");
    let listed = |name: &str, level: u8| {
        format!("{{\"package\": \"{name}\", \"compatibility_level\": \"{level}\"}}")
    };
    world.write(
        "manifest/packages.json",
        format!(
            "{{\"major\": \"9\", \"type\": \"package\", \"packages\": [{}, {}, {}]}}",
            listed("bash", 1),
            listed("openssl", 3),
            listed("openssl-libs", 2)
        ),
    );
    world.write("sources/dnf/before/SPECS/dnf.spec", "Release: 25\n");
    world.write("sources/dnf/after/SPECS/dnf.spec", "Release: 25.alma.1\n");
    world.publish_at(FIRST).unwrap();
    world.publish_at(SECOND).unwrap();
    world
}

fn one_of(world: &World, folder: &str) -> PathBuf {
    let mut paths: Vec<PathBuf> = fs::read_dir(world.output().join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.swap_remove(0)
}

#[test]
fn a_good_set_holds() {
    let world = published();
    let verification = verify(&world.output());
    assert_eq!(verification.faults, []);
    assert_eq!(verification.remarks, [""; 0]);
    assert_eq!(
        verification.contents,
        "1 release, 2 snapshots, 4 packages, 2 texts"
    );
}

fn check(spoil: impl FnOnce(&World), path: &str, cause: &str) {
    let world = published();
    spoil(&world);
    assert_told(&world, path, cause);
}

#[test]
fn damaged_documents_are_told() {
    for folder in [
        "texts",
        "packages",
        "directories",
        "names",
        "build-days",
        "facets",
        "compatibility",
    ] {
        check(
            |world| {
                let path = one_of(world, folder);
                let mut bytes = fs::read(&path).unwrap();
                let last = bytes.len() - 2;
                bytes[last] ^= 1;
                fs::write(path, bytes).unwrap();
            },
            folder,
            "it is not what was published under this name",
        );
        check(
            |world| fs::remove_file(one_of(world, folder)).unwrap(),
            folder,
            "it cannot be read",
        );
    }
    check(
        |world| fs::remove_file(world.output().join("index.json")).unwrap(),
        "index.json",
        "it cannot be read",
    );
    check(
        |world| world.write("published/index.json", "{"),
        "index.json",
        "it ends in the middle",
    );
    check(
        |world| fs::remove_file(world.output().join("schema/package.schema.json")).unwrap(),
        "schema/package",
        "cannot be read",
    );
}

/// Replaces a text in the newest compatibility report and publishes the result under its new name.
fn edit_report(world: &World, from: &str, to: &str) {
    let old = world.index().releases[0].latest().unwrap().report.clone();
    let path = world.output().join(format!("compatibility/{old}.json"));
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    let text = text.replacen(from, to, 1);
    let new = digest_of(text.as_bytes());
    world.write(&format!("published/compatibility/{new}.json"), text);
    let index = world.output().join("index.json");
    let text = fs::read_to_string(&index).unwrap();
    fs::write(index, text.replace(old.as_str(), new.as_str())).unwrap();
}

#[test]
fn documents_that_contradict_each_other_are_told() {
    let edited = |from: &'static str, to: &'static str, path: &str, cause: &str| {
        check(|world| edit_report(world, from, to), path, cause);
    };
    edited(
        "\"matched\":1",
        "\"matched\":2",
        "compatibility",
        "the share over all packages is not that of its table",
    );
    edited(
        "\"matched\":1",
        "\"matched\":2",
        "compatibility",
        "the share is not what the index says",
    );
    edited(
        "\"compared_with\":\"x86_64\",\"shares\":{\"matched\":1",
        "\"compared_with\":\"x86_64\",\"shares\":{\"matched\":3",
        "compatibility",
        "the share of x86_64 is not that of its table",
    );
    edited(
        "\"level\":2,\"shares\":{\"matched\":0",
        "\"level\":2,\"shares\":{\"matched\":1",
        "compatibility",
        "the shares of the levels of the package manifest are not those of its packages",
    );
    edited(
        "\"level\":2,",
        "\"level\":3,",
        "compatibility",
        "the shares of the levels of the package manifest are not those of its packages",
    );
    edited(
        "\"names\":[\"bash\"",
        "\"names\":[\"bush\"",
        "packages",
        "it is bash of release 9, where bush belongs",
    );
    edited(
        "\"release\":\"9\"",
        "\"release\":\"8\"",
        "compatibility",
        "the release is not what the index says",
    );
    edited(
        "\"pattern\":[0,1",
        "\"pattern\":[1,0",
        "packages",
        "its outcomes are not those of bash in the table",
    );
    edited(
        "\"abi\":{\"kept\":0",
        "\"abi\":{\"kept\":7",
        "compatibility",
        "the totals of binary interfaces of x86_64 are not those of its packages",
    );
    edited(
        "\"not_compared\":\"reference-unrecorded\"",
        "\"not_compared\":\"crc-unknown\"",
        "packages",
        "what became of its binary interface is not that of",
    );
    edited(
        "\"verdict\":\"matched\"",
        "\"verdict\":\"perfect\"",
        "compatibility",
        "no report of this format",
    );
    edited(
        "\"warnings\":",
        "\"warnings\":17,\"rest\":",
        "compatibility",
        "no report of this format",
    );
}

#[test]
fn facets_are_held_against_the_documents_of_the_packages() {
    let facets = |world: &World| {
        let report = world.index().releases[0].latest().unwrap().report.clone();
        let path = world.output().join(format!("compatibility/{report}.json"));
        let report: Compatibility = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        report.facets.unwrap()
    };
    check(
        |world| {
            let old = facets(world);
            let path = world.output().join(format!("facets/{old}.json"));
            let text = fs::read_to_string(path).unwrap();
            let text = text.replacen("\"format\"", "\"origin_missing\":[3],\"format\"", 1);
            let new = digest_of(text.as_bytes());
            world.write(&format!("published/facets/{new}.json"), text);
            edit_report(world, old.as_str(), new.as_str());
        },
        "facets",
        "it does not say of the packages what their documents say",
    );
}

#[test]
fn a_vulnerability_leads_to_the_packages_whose_patches_name_it() {
    let world = published();
    let patch = "Subject: parser: check the length (CVE-2020-1111)\n\n--- a\n+++ b\n";
    for side in ["before", "after"] {
        world.write(&format!("sources/dnf/{side}/SOURCES/length.patch"), patch);
    }
    world.publish_at(SECOND).unwrap();
    let report = world.report("9");
    let facets: Facets = world.named("facets", report.facets.as_ref().unwrap());
    let row = report.packages.row_of("dnf").unwrap() as u32;
    assert_eq!(facets.rows_naming("CVE-2020-1111"), Some(&[row][..]));
    assert_eq!(facets.rows_naming("CVE-2020-1112"), Some(&[][..]));
    assert_eq!(verify(&world.output()).faults, []);
    // Facets of an older Almanac do not tell, which is no fault.
    let old = report.facets.unwrap();
    let path = world.output().join(format!("facets/{old}.json"));
    let mut text: serde_json::Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    text.as_object_mut().unwrap().remove("patch_cves").unwrap();
    let text = text.to_string();
    let new = digest_of(text.as_bytes());
    world.write(&format!("published/facets/{new}.json"), text);
    edit_report(&world, old.as_str(), new.as_str());
    let faults = verify(&world.output()).faults;
    let of_facets = faults
        .iter()
        .filter(|fault| fault.path.starts_with("facets"));
    assert_eq!(of_facets.count(), 0, "{faults:?}");
}

#[test]
fn documents_are_held_against_their_schemas() {
    check(
        |world| {
            let index = world.output().join("index.json");
            let text = fs::read_to_string(&index).unwrap();
            // A day alone is a time to the reader, and not what the schema says.
            let of_day = text.replacen(
                "\"generated\": \"2026-11-21T04:10:00Z\"",
                "\"generated\": \"2026-11-21\"",
                1,
            );
            assert_ne!(text, of_day);
            fs::write(index, of_day).unwrap();
        },
        "index.json",
        "it breaks its schema",
    );
}

#[test]
fn what_nothing_refers_to_is_remarked() {
    let world = published();
    world.write("published/texts/stray.txt", "x");
    world.write(
        "published/schema/names.schema.json",
        r#"{ "type": "object" }"#,
    );
    let verification = verify(&world.output());
    assert_eq!(verification.faults, []);
    assert_eq!(
        verification.remarks,
        [
            "schema/names.schema.json: another version of Almanac wrote this schema",
            "texts/stray.txt: nothing refers to it"
        ]
    );
}

#[test]
fn a_schema_that_says_nothing_is_a_fault() {
    for text in ["{}", "garbage", r#"{ "type": 7 }"#] {
        let world = published();
        world.write("published/schema/names.schema.json", text);
        let faults = verify(&world.output()).faults;
        assert_eq!(faults.len(), 1, "{text}: {faults:?}");
        assert!(faults[0].cause.contains("no JSON Schema"), "{faults:?}");
    }
}

#[test]
fn it_never_panics_on_an_empty_folder() {
    let folder = tempfile::tempdir().unwrap();
    let verification = verify(folder.path());
    assert_eq!(verification.faults.len(), 1);
}
