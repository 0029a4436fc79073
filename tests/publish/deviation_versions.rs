//! The versions in the ledger of deviations, and in its feeds, of what deviates on some architectures alone.

use super::support::{FIRST, SECOND, World, package};
use almanac::presentation::deviations::{deviation_rows, deviations_csv};
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{Compatibility, DeviationRecord, Ledger, OtherVersions};
use std::fs;
use std::sync::Arc;

/// The versions of bash of the distribution and the reference on x86_64, where both are in step, and on s390x; none is empty.
fn set_up(world: &World, x86_64: &str, s390x: [&str; 2]) {
    let sides = [("distribution", s390x[0]), ("reference", s390x[1])];
    for (side, on_s390x) in sides {
        for (architecture, version) in [("x86_64", x86_64), ("s390x", on_s390x)] {
            let mut packages = vec![package(
                &format!("sed-1-1.el9.{architecture}"),
                "sed-1-1.el9",
            )];
            if !version.is_empty() {
                let nevra = format!("bash-{version}.el9.{architecture}");
                packages.push(package(&nevra, &format!("bash-{version}.el9")));
            }
            let folder = format!("{side}/{architecture}");
            world.repository(&folder, &packages, WrittenCompression::Gzip);
        }
    }
}

/// Both in step on the first day, and these versions on s390x on the second.
fn published(s390x: [&str; 2]) -> World {
    let world = World::new();
    world.reconfigure(
        "[[release.distribution]]",
        "[[release.architecture]]\nname = \"s390x\"\n[[release.distribution]]",
    );
    set_up(&world, "1-1", ["1-1", "1-1"]);
    world.publish_at(FIRST).unwrap();
    set_up(&world, "1-2", s390x);
    world.publish_at(SECOND).unwrap();
    world
}

fn deviation(world: &World) -> DeviationRecord {
    let digest = world.index().releases[0].ledger.clone().unwrap();
    let ledger: Ledger = world.named("ledgers", &digest);
    let [deviation] = &ledger.open[..] else {
        panic!("{:?}", ledger.open);
    };
    deviation.clone()
}

fn check(s390x: [&str; 2], versions: [Option<&str>; 2], csv: &str, atom: &str) {
    let world = published(s390x);
    let deviation = deviation(&world);
    assert_eq!(deviation.architectures, ["s390x"]);
    let found = [deviation.distribution, deviation.reference];
    assert_eq!(found.each_ref().map(Option::as_deref), versions);
    for (feed, expected) in [("csv", csv), ("atom", atom)] {
        let path = world.output().join(format!("deviations.{feed}"));
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains(expected), "{expected} is not in\n{text}");
    }
    let published = fs::read_to_string(world.output().join("deviations.csv")).unwrap();
    assert_eq!(saved_csv(&world), published);
    assert_eq!(verify(&world.output()).faults, []);
}

/// What a reader saves of all that is open.
fn saved_csv(world: &World) -> String {
    let digest = world.index().releases[0].ledger.clone().unwrap();
    let ledger: Ledger = world.named("ledgers", &digest);
    let rows = deviation_rows(&[Arc::new(ledger)], &[]);
    deviations_csv(&rows.iter().collect::<Vec<_>>())
}

#[test]
fn they_are_those_of_the_architecture_that_deviates() {
    check(
        ["1-1", "1-2"],
        [Some("1-1.el9"), Some("1-2.el9")],
        ",update-pending,inferred,1-1.el9,1-2.el9,",
        "On s390x: AlmaLinux 1-1.el9, RHEL 1-2.el9; first seen",
    );
    check(
        ["1-0", "1-1"],
        [Some("1-0.el9"), Some("1-1.el9")],
        ",update-pending,inferred,1-0.el9,1-1.el9,",
        "On s390x: AlmaLinux 1-0.el9, RHEL 1-1.el9; first seen",
    );
}

#[test]
fn a_side_without_the_package_has_none() {
    check(
        ["", "1-2"],
        [None, Some("1-2.el9")],
        ",missing-unexpectedly,inferred,,1-2.el9,",
        "On s390x: AlmaLinux none, RHEL 1-2.el9; first seen",
    );
}

#[test]
fn an_open_one_has_those_of_the_newest_report_and_one_that_ended_those_it_had_at_last() {
    let world = published(["1-1", "1-2"]);
    set_up(&world, "1-2", ["1-2", "1-4"]);
    world.publish_at("2026-11-22T04:10:00Z").unwrap();
    let open = deviation(&world);
    let of_open = [open.distribution, open.reference];
    assert_eq!(
        of_open.each_ref().map(Option::as_deref),
        [Some("1-2.el9"), Some("1-4.el9")]
    );
    assert_eq!(open.opened.0.to_string(), SECOND);
    assert_eq!(verify(&world.output()).faults, []);
    set_up(&world, "1-2", ["1-5", "1-5"]);
    world.publish_at("2026-11-23T04:10:00Z").unwrap();
    let csv = fs::read_to_string(world.output().join("deviations.csv")).unwrap();
    let ended = ",1-2.el9,1-4.el9,,,2026-11-23T04:10:00Z,both-changed,1-5.el9,1-5.el9,";
    assert!(csv.contains(ended), "{csv}");
    assert_eq!(verify(&world.output()).faults, []);
}

/// Changes the newest report, and leaves all that was made of the one before.
fn edit_report(world: &World, edit: impl FnOnce(&mut Compatibility)) {
    let old = world.index().releases[0].latest().unwrap().report.clone();
    let mut report: Compatibility = world.named("compatibility", &old);
    edit(&mut report);
    let text = serde_json::to_vec(&report).unwrap();
    let new = almanac::publish::output::digest_of(&text);
    world.write(&format!("published/compatibility/{new}.json"), text);
    let index = world.output().join("index.json");
    let text = fs::read_to_string(&index).unwrap();
    fs::write(index, text.replace(old.as_str(), new.as_str())).unwrap();
}

#[test]
fn those_that_an_older_report_does_not_have_are_not_known() {
    let world = published(["1-1", "1-2"]);
    edit_report(&world, |report| report.packages.other_versions = None);
    let index = world.output().join("index.json");
    let mut text: serde_json::Value = serde_json::from_slice(&fs::read(&index).unwrap()).unwrap();
    // Without years the history is made of the reports that the index lists.
    text["releases"][0].as_object_mut().unwrap().remove("years");
    fs::write(&index, text.to_string()).unwrap();
    let joined = world.path("joined");
    almanac::publish::history::join(&[world.output()], &joined).unwrap();
    let csv = fs::read_to_string(joined.join("deviations.csv")).unwrap();
    assert!(csv.contains(",inferred,not known,not known,"), "{csv}");
    let atom = fs::read_to_string(joined.join("deviations.atom")).unwrap();
    assert!(
        atom.contains("On s390x: AlmaLinux not known, RHEL not known;"),
        "{atom}"
    );
}

#[test]
fn a_table_whose_versions_are_not_those_of_the_packages_is_told() {
    let world = published(["1-1", "1-2"]);
    edit_report(&world, |report| {
        let expected = OtherVersions {
            row: 0,
            architectures: vec![1],
            distribution: Some("1-1.el9".to_owned()),
            reference: None,
        };
        assert_eq!(report.packages.other_versions, Some(vec![expected]));
        report.packages.other_versions = Some(Vec::new());
    });
    let faults = verify(&world.output()).faults;
    let cause = "its versions are not those of bash in the table";
    assert!(
        faults.iter().any(|fault| fault.cause == cause),
        "{faults:?}"
    );
}
