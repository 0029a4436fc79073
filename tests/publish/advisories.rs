//! Advisories of both sides: what becomes of them from snapshot to snapshot, and what happens when one cannot be read.

mod faults;
mod hardly_any;
mod in_testing;
mod long_after;
mod unread;

use super::support::{FIRST, SECOND, World, moment, package};
use almanac::domain::DateSource;
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{Fixes, Security, SecurityEntry};

const THIRD: &str = "2026-11-22T04:10:00Z";

const INPUTS: &str = r#"
[[release.advisories]]
side = "distribution"
format = "errata"
name = "errata"
location = "errata.json"
[[release.advisories]]
side = "reference"
format = "osv"
name = "reference"
location = "reference"
"#;

/// One erratum of bash with the reference's date.
fn erratum(number: &str, issued: &str, updated: &str) -> String {
    format!(
        r#"{{"id": "ALSA-{number}", "issued_date": "{issued}", "updated_date": "{updated}", "severity": "Important",
            "packages": [{{"name": "bash", "epoch": "0", "version": "5.1.8", "release": "9.el9", "src": "bash-5.1.8-9.el9.src.rpm"}}],
            "references": [{{"id": "CVE-2026-1001"}}]}}"#
    )
}

fn errata(entries: &[String]) -> String {
    format!(r#"{{"data": [{}]}}"#, entries.join(","))
}

/// The reference's advisory of one package.
fn reference(id: &str, published: &str, package: &str, fixed: &str) -> String {
    format!(
        r#"{{"id": "{id}", "published": "{published}", "related": ["CVE-2026-1001"],
            "affected": [{{"package": {{"ecosystem": "Red Hat:enterprise_linux:9::baseos", "name": "{package}"}},
                "ranges": [{{"events": [{{"fixed": "{fixed}"}}]}}]}}]}}"#
    )
}

fn world() -> World {
    let world = World::new();
    world.configure(INPUTS);
    world.write(
        "errata.json",
        errata(&[erratum("2026:0001", "2026-11-03", "2026-11-03")]),
    );
    world.write(
        "reference/1.json",
        reference(
            "RHSA-2026:0001",
            "2026-11-03T10:00:00Z",
            "bash",
            "5.1.8-9.el9",
        ),
    );
    world.write(
        "reference/2.json",
        reference(
            "RHSA-2026:0002",
            "2026-11-04T10:00:00Z",
            "dnf",
            "4.14.0-25.el9",
        ),
    );
    world.write(
        "reference/3.json",
        reference(
            "RHSA-2026:0003",
            "2026-11-05T10:00:00Z",
            "openssl",
            "1:3.2.2-6.el9_6",
        ),
    );
    world
}

fn entry(world: &World) -> Option<SecurityEntry> {
    let index = world.index();
    index.releases[0]
        .latest()
        .and_then(|snapshot| snapshot.security.clone())
}

fn security(world: &World) -> Security {
    let entry = entry(world).expect("a security clock");
    world.named("security", &entry.document)
}

/// Each advisory as `ID state day-of-the-distribution`.
fn lines(world: &World) -> Vec<String> {
    let clocks = security(world).clocks();
    let lines = clocks.iter().map(|clock| {
        let day = clock.distribution.map_or("-".to_owned(), |fact| {
            let moment = almanac::domain::Timestamp::from_unix_days(fact.day).unwrap();
            format!("{:?} {}", fact.source, &moment.to_string()[..10])
        });
        format!("{} {:?} {day}", clock.id, clock.state)
    });
    lines.collect()
}

fn check_sound(world: &World) {
    let verification = verify(&world.output());
    assert_eq!(verification.faults, []);
    assert_eq!(verification.remarks, [""; 0]);
}

#[test]
fn advisories_of_both_sides_are_put_together() {
    let world = world();
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        lines(&world),
        [
            "ALSA-2026:0001 Announced -",
            "RHSA-2026:0002 FixedWithoutAdvisory -",
            "RHSA-2026:0003 Open -",
        ]
    );
    let bash = world.package("9", "bash").advisories;
    assert_eq!(bash.len(), 1);
    assert_eq!(
        (bash[0].id.as_str(), bash[0].evr.as_str()),
        ("ALSA-2026:0001", "5.1.8-9.el9")
    );
    assert_eq!(entry(&world).map(|entry| entry.lag), Some(None));
    check_sound(&world);
}

#[test]
fn an_advisory_that_stands_several_times_counts_once() {
    let world = world();
    let one = erratum("2026:0001", "2026-11-03", "2026-11-05");
    world.write("errata.json", errata(&[one.clone(), one.clone()]));
    world.write("again.json", errata(&[one]));
    world.configure(
        "[[release.advisories]]\nside = \"distribution\"\nformat = \"errata\"\nname = \"again\"\nlocation = \"again.json\"",
    );
    world.publish_at(FIRST).unwrap();
    let inputs = security(&world).inputs;
    let entries: Vec<u32> = inputs.iter().map(|input| input.entries).collect();
    assert_eq!(entries, [1, 3, 1]);
    let own = "ALSA-2026:0001 Announced Updated 2026-11-05";
    assert_eq!((lines(&world).len(), lines(&world)[0].as_str()), (3, own));
    let lag = entry(&world).and_then(|entry| entry.lag).unwrap();
    assert_eq!((lag.exact, lag.upper_bounds), (0, 1));
    assert_eq!(world.package("9", "bash").advisories.len(), 1);
    check_sound(&world);
}

#[test]
fn what_is_new_in_a_snapshot_was_there_by_then() {
    let world = world();
    world.publish_at(FIRST).unwrap();
    world.write(
        "errata.json",
        errata(&[
            erratum("2026:0001", "2026-11-03", "2026-11-03"),
            erratum("2026:0002", "2026-11-04", "2026-11-04"),
        ]),
    );
    world.publish_at(SECOND).unwrap();
    let expected = [
        "ALSA-2026:0001 Announced -",
        "ALSA-2026:0002 Announced Snapshot 2026-11-21",
        "RHSA-2026:0003 Open -",
    ];
    assert_eq!(lines(&world), expected);
    world.publish_at(THIRD).unwrap();
    assert_eq!(lines(&world), expected);
    let lag = entry(&world).and_then(|entry| entry.lag).unwrap();
    assert_eq!(
        (lag.median_days, lag.p90_days, lag.exact, lag.upper_bounds),
        (17, 17, 0, 1)
    );
    check_sound(&world);
}

#[test]
fn what_was_known_before_outlasts_edits_and_an_input_that_is_empty_for_once() {
    let world = world();
    let own = |updated: &str, others: &[&str]| {
        let mut entries = vec![erratum("2026:0001", "2026-11-03", updated)];
        entries.extend(
            others
                .iter()
                .map(|id| erratum(id, "2026-11-04", "2026-11-04")),
        );
        world.write("errata.json", errata(&entries));
    };
    let publication_of = |id: &str| {
        let clocks = security(&world).clocks();
        let clock = clocks.into_iter().find(|clock| clock.id.to_string() == id);
        let fact = clock.unwrap().distribution;
        fact.map(|fact| {
            (
                fact.day - moment("2026-11-01T00:00:00Z").unix_days() + 1,
                fact.source,
            )
        })
    };
    own("2026-11-05", &["2026:0002"]);
    world.publish_at(FIRST).unwrap();
    let first = Some((5, DateSource::Updated));
    assert_eq!(publication_of("ALSA-2026:0001"), first);
    assert_eq!(publication_of("ALSA-2026:0002"), None);
    world.write("errata.json", errata(&[]));
    let emptied = world.publish_at(SECOND).unwrap();
    let failures = &emptied.releases[0].advisory_failures;
    assert_eq!(failures.len(), 1);
    assert!(
        failures[0].cause.ends_with(": it has no advisory"),
        "{failures:?}"
    );
    // What was announced stays so.
    assert_eq!(security(&world).taken.0, moment(FIRST));
    own("2026-11-21", &["2026:0002", "2026:0003"]);
    let filled = world.publish_at(THIRD).unwrap();
    assert_eq!(filled.releases[0].advisory_failures, []);
    assert_eq!(publication_of("ALSA-2026:0001"), first);
    assert_eq!(publication_of("ALSA-2026:0002"), None);
    // The last list that could be read did not have it.
    let arrived = Some((22, DateSource::Snapshot));
    assert_eq!(publication_of("ALSA-2026:0003"), arrived);
    check_sound(&world);
}

#[test]
fn an_input_that_was_added_says_nothing_of_first_appearances() {
    let world = world();
    world.publish_at(FIRST).unwrap();
    world.configure(
        "[[release.advisories]]\nside = \"distribution\"\nformat = \"errata\"\nname = \"more\"\nlocation = \"more.json\"",
    );
    world.write(
        "more.json",
        errata(&[erratum("2026:0009", "2026-11-03", "2026-11-03")]),
    );
    world.publish_at(SECOND).unwrap();
    assert_eq!(lines(&world)[1], "ALSA-2026:0009 Announced -");
}

#[test]
fn a_date_before_a_snapshot_that_lacked_the_advisory_contradicts_it() {
    let world = world();
    let own = |numbers: &[(&str, &str)]| {
        let entries = numbers
            .iter()
            .map(|(number, day)| erratum(number, day, day));
        world.write("errata.json", errata(&entries.collect::<Vec<_>>()));
    };
    let of = |id: &str| lines(&world).into_iter().find(|line| line.starts_with(id));
    let first = ("2026:0001", "2026-11-03");
    own(&[first]);
    world.publish_at(FIRST).unwrap();
    own(&[
        first,
        ("2026:0002", "2026-11-10"),
        ("2026:0003", "2026-11-20"),
    ]);
    let contradicted = "ALSA-2026:0002 Announced SnapshotAgainstDate 2026-11-21";
    let possible = "ALSA-2026:0003 Announced Issued 2026-11-20";
    for taken in [SECOND, THIRD] {
        world.publish_at(taken).unwrap();
        assert_eq!(of("ALSA-2026:0002").as_deref(), Some(contradicted));
        assert_eq!(of("ALSA-2026:0003").as_deref(), Some(possible));
    }
    check_sound(&world);
}

#[test]
fn a_list_that_was_cut_off_contradicts_no_date() {
    let world = world();
    let own = |numbers: &[u32]| {
        let entries = numbers
            .iter()
            .map(|number| erratum(&format!("2026:{number:04}"), "2026-11-10", "2026-11-10"));
        world.write("errata.json", errata(&entries.collect::<Vec<_>>()));
    };
    own(&[1, 4, 5]);
    world.publish_at(FIRST).unwrap();
    own(&[1]);
    world.publish_at(SECOND).unwrap();
    own(&[1, 4, 5, 2]);
    world.publish_at(THIRD).unwrap();
    let arrived = lines(&world);
    let expected = "ALSA-2026:0002 Announced SnapshotAgainstDate 2026-11-22";
    assert!(arrived.contains(&expected.to_owned()), "{arrived:?}");
    // Only what the cut list alone lacked is undisputed.
    world.write(
        "errata.json",
        errata(&[erratum("2026:0001", "2026-11-10", "2026-11-10")]),
    );
    world.publish_at("2026-11-23T04:10:00Z").unwrap();
    let issued = erratum("2026:0003", "2026-11-22", "2026-11-22");
    let others = [1, 4, 5, 2]
        .map(|number| erratum(&format!("2026:{number:04}"), "2026-11-10", "2026-11-10"));
    let entries: Vec<String> = others.into_iter().chain([issued]).collect();
    world.write("errata.json", errata(&entries));
    world.publish_at("2026-11-24T04:10:00Z").unwrap();
    let arrived = lines(&world);
    let expected = "ALSA-2026:0003 Announced Issued 2026-11-22";
    assert!(arrived.contains(&expected.to_owned()), "{arrived:?}");
}

#[test]
fn a_withdrawn_advisory_announces_nothing() {
    let world = world();
    world.configure(
        "[[release.advisories]]\nside = \"distribution\"\nformat = \"osv\"\nname = \"archive\"\nlocation = \"archive\"",
    );
    let document = |withdrawn: &str| {
        let text = r#"{"id": "ALSA-2026:0001", "published": "2026-11-03T00:00:00Z", "modified": "2026-11-05T00:00:00Z""#;
        world.write("archive/1.json", format!("{text}{withdrawn}}}"));
    };
    document("");
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        lines(&world)[0],
        "ALSA-2026:0001 Announced Updated 2026-11-05"
    );
    document(", \"withdrawn\": \"2026-11-20T10:00:00Z\"");
    let outcome = world.publish_at(SECOND).unwrap();
    // The errata have it still.
    assert_eq!(lines(&world)[0], "RHSA-2026:0001 FixedWithoutAdvisory -");
    assert_eq!(entry(&world).and_then(|entry| entry.lag), None);
    let told = "archive: 1 advisory is withdrawn, and left out, such as ALSA-2026:0001.";
    let warnings = &outcome.releases[0].warnings;
    assert!(
        warnings.iter().any(|warning| warning == told),
        "{warnings:?}"
    );
    check_sound(&world);
}

#[test]
fn versions_that_went_missing_are_told_and_known_again_at_the_next_snapshot() {
    let world = world();
    world.publish_at(FIRST).unwrap();
    let fixes: Fixes = world.named("fixes", &security(&world).fixes);
    assert!(fixes.fit(&security(&world)));
    assert_eq!(fixes.versions[0], ["5.1.8-9.el9"]);
    let path = format!("published/fixes/{}.json", security(&world).fixes);
    std::fs::remove_file(world.path(&path)).unwrap();
    let faults = verify(&world.output()).faults;
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert!(path.ends_with(&faults[0].path), "{faults:?}");
    let publication = world.publish_at(SECOND).unwrap();
    let warnings = &publication.releases[0].warnings;
    let told = warnings.iter().find(|told| told.contains("fixes/"));
    assert!(
        told.is_some_and(|told| told.contains("no first appearance is carried on")),
        "{warnings:?}"
    );
    check_sound(&world);
}
