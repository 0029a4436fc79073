//! Advisories of both sides: what becomes of them from snapshot to snapshot, and what happens when one cannot be read.

mod long_after;
mod unread;

use super::support::server::{Reply, Server};
use super::support::{FIRST, SECOND, World, moment, package};
use almanac::domain::{DateSource, FixState};
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{Fixes, PointInTime, Repositories, Security, SecurityEntry};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
fn a_day_in_testing_outlasts_inputs_that_lack_it_for_once() {
    let world = world();
    world.configure(
        "[[release.further]]\nrole = \"testing\"\nname = \"Testing\"\nlocation = \"testing/$arch\"",
    );
    let first = moment(FIRST).unix_days();
    for (taken, is_empty) in [(FIRST, false), (SECOND, true), (THIRD, false)] {
        let entries =
            ["2026:0009", "2026:A001"].map(|number| erratum(number, "2026-11-03", "2026-11-03"));
        let builds = [package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9")];
        let (entries, builds) = match is_empty {
            true => (&entries[..1], &builds[..0]),
            false => (&entries[..], &builds[..]),
        };
        world.write("errata.json", errata(entries));
        world.repository("testing/x86_64", builds, WrittenCompression::Gzip);
        world.publish_at(taken).unwrap();
        let clocks = security(&world).clocks();
        let own = clocks.iter().find(|clock| clock.id.is_own());
        let testing = own.map(|clock| clock.testing.map(|fact| fact.day));
        assert_eq!(testing, (!is_empty).then_some(Some(first)), "{taken}");
    }
    check_sound(&world);
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
fn testing_is_seen_and_remembered() {
    let world = world();
    world.configure(
        "[[release.further]]\nrole = \"testing\"\nname = \"Testing\"\nlocation = \"testing/$arch\"",
    );
    let testing = |packages: &[&str]| {
        let packages: Vec<_> = packages
            .iter()
            .map(|nevra| package(nevra, "openssl-3.2.2-6.el9_6"))
            .chain([package("x-1-1.el9.x86_64", "x-1-1.el9")])
            .collect();
        world.repository("testing/x86_64", &packages, WrittenCompression::Gzip);
    };
    testing(&["openssl-1:3.2.2-6.el9_6.x86_64"]);
    world.publish_at(FIRST).unwrap();
    let openssl = || {
        let clocks = security(&world).clocks();
        let clock = clocks
            .into_iter()
            .find(|clock| clock.id.number == "0003")
            .unwrap();
        (clock.state, clock.testing.map(|fact| fact.day))
    };
    let first = super::support::moment(FIRST).unix_days();
    assert_eq!(openssl(), (FixState::InTesting, Some(first)));
    let digest = world.report("9").repositories.unwrap();
    let boards: Repositories = world.named("repositories", &digest);
    let waiting = boards.testing.unwrap();
    let of = |package: &str| {
        let record = waiting.iter().find(|record| record.package == package);
        let advisories = record.unwrap().standings[0].advisories.clone().unwrap();
        let named = advisories.iter().map(|record| {
            let cves = record.cves.join(" ");
            format!("{:?} {} {} {cves}", record.side, record.id, record.evr)
        });
        named.collect::<Vec<_>>()
    };
    assert_eq!(
        of("openssl"),
        ["Reference RHSA-2026:0003 1:3.2.2-6.el9_6 CVE-2026-1001"]
    );
    assert_eq!(of("x"), [""; 0]);
    check_sound(&world);
    testing(&[]);
    world.publish_at(SECOND).unwrap();
    assert_eq!(openssl(), (FixState::Open, Some(first)));
}

#[test]
fn a_build_that_has_left_testing_when_its_advisory_comes_was_there() {
    let world = world();
    world.configure(
        "[[release.further]]\nrole = \"testing\"\nname = \"Testing\"\nlocation = \"testing/$arch\"",
    );
    let build = [package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9")];
    let older = [package("bash-5.1.8-8.el9.x86_64", "bash-5.1.8-8.el9")];
    let repository = |folder: &str, packages: &[_]| {
        world.repository(folder, packages, WrittenCompression::Gzip);
    };
    let other = erratum("2026:A000", "2026-11-03", "2026-11-03").replace("bash", "zsh");
    world.write("errata.json", errata(std::slice::from_ref(&other)));
    repository("distribution/x86_64", &older);
    repository("testing/x86_64", &build);
    world.publish_at(FIRST).unwrap();
    repository("distribution/x86_64", &build);
    repository("testing/x86_64", &[]);
    world.publish_at(SECOND).unwrap();
    let own = [other, erratum("2026:A001", "2026-11-22", "2026-11-22")];
    world.write("errata.json", errata(&own));
    world.publish_at(THIRD).unwrap();
    let clocks = security(&world).clocks();
    let own = clocks
        .iter()
        .find(|clock| clock.id.number == "A001")
        .unwrap();
    let testing = own.testing.map(|fact| (fact.day, fact.source));
    let first = moment(FIRST).unix_days();
    assert_eq!(testing, Some((first, DateSource::Snapshot)));
    check_sound(&world);
}

#[test]
fn an_input_that_cannot_be_fetched_leaves_the_clock_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let good = errata(&[erratum("2026:0001", "2026-11-03", "2026-11-07")]);
    std::fs::write(folder.path().join("errata.json"), &good).unwrap();
    let is_broken = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let told = is_broken.clone();
    let server = Server::start(folder.path(), move |_| {
        if told.load(std::sync::atomic::Ordering::Relaxed) {
            Reply::Status("404 Not Found", String::new(), "")
        } else {
            Reply::File
        }
    });
    let world = world();
    world.reconfigure(
        "location = \"errata.json\"",
        &format!("location = \"http://{}/errata.json\"", server.address),
    );
    world.publish_at(FIRST).unwrap();
    let before = entry(&world);
    is_broken.store(true, std::sync::atomic::Ordering::Relaxed);
    for taken in [SECOND, THIRD] {
        let publication = world.publish_at(taken).unwrap();
        assert_eq!(publication.releases[0].advisory_failures.len(), 1);
    }
    let first = super::support::moment(FIRST);
    let kept = before.map(|before| SecurityEntry {
        as_of: Some(PointInTime(first)),
        ..before
    });
    assert_eq!(entry(&world), kept);
    assert_eq!(security(&world).taken.0, first);
    let failures = world.index().advisory_failures;
    assert_eq!(failures.len(), 1, "{failures:?}");
    assert_eq!(failures[0].since.0, super::support::moment(SECOND));
    assert_eq!(
        failures[0].last_read.unwrap().0,
        super::support::moment(FIRST)
    );
    assert!(failures[0].cause.contains("404"), "{}", failures[0].cause);
    assert_eq!(world.package("9", "bash").advisories.len(), 1);
    check_sound(&world);
    is_broken.store(false, std::sync::atomic::Ordering::Relaxed);
    world.publish_at("2026-11-23T04:10:00Z").unwrap();
    assert_eq!(world.index().advisory_failures, []);
    assert_eq!(entry(&world).unwrap().as_of, None);
}

#[test]
fn an_input_that_never_was_in_the_clock_does_not_stop_it() {
    let world = world();
    let server = Server::start(&world.path(""), |_| {
        Reply::Status("404 Not Found", String::new(), "")
    });
    world.configure(&format!(
        "[[release.advisories]]\nside = \"reference\"\nformat = \"dates\"\nname = \"Days\"\n\
         location = \"http://{}/days.csv\"\ndate_column = \"date\"",
        server.address
    ));
    for taken in [FIRST, SECOND] {
        world.publish_at(taken).unwrap();
        assert_eq!(security(&world).taken.0, moment(taken));
        assert_eq!(entry(&world).unwrap().as_of, None);
        let failures = world.index().advisory_failures;
        assert_eq!(failures.len(), 1, "{failures:?}");
        assert_eq!(failures[0].since.0, moment(FIRST));
        assert_eq!(failures[0].last_read, None);
    }
    check_sound(&world);
}

/// A world whose errata are on a host that can be told to fail.
fn world_with_host() -> (World, Arc<AtomicBool>, Server) {
    let world = world();
    let is_broken = Arc::new(AtomicBool::new(false));
    let told = is_broken.clone();
    let server = Server::start(&world.path(""), move |_| {
        match told.load(Ordering::Relaxed) {
            true => Reply::Status("404 Not Found", String::new(), ""),
            false => Reply::File,
        }
    });
    world.reconfigure(
        "location = \"errata.json\"",
        &format!("location = \"http://{}/errata.json\"", server.address),
    );
    (world, is_broken, server)
}

#[test]
fn a_repeated_day_says_what_its_last_run_could_not_read() {
    let (world, is_broken, _server) = world_with_host();
    world.publish_at(FIRST).unwrap();
    for (is_down, expected) in [(true, 1), (false, 0), (true, 1)] {
        is_broken.store(is_down, Ordering::Relaxed);
        world.publish_at(SECOND).unwrap();
        assert_eq!(world.index().advisory_failures.len(), expected);
        assert_eq!(verify(&world.output()).faults, []);
    }
    // What was read by then is not lost again.
    assert_eq!(security(&world).taken.0, moment(SECOND));
}

#[test]
fn a_fix_that_came_while_advisories_could_not_be_read_is_dated_by_the_first_that_had_it() {
    let (world, is_broken, _server) = world_with_host();
    let advisory = std::fs::read(world.path("reference/2.json")).unwrap();
    let dnf = |nvr: &str| {
        let built = [package(&format!("{nvr}.noarch"), nvr)];
        world.repository("distribution/x86_64", &built, WrittenCompression::Gzip);
    };
    std::fs::remove_file(world.path("reference/2.json")).unwrap();
    dnf("dnf-4.14.0-24.el9");
    world.publish_at(FIRST).unwrap();
    is_broken.store(true, Ordering::Relaxed);
    dnf("dnf-4.14.0-25.el9.alma.1");
    world.publish_at(SECOND).unwrap();
    is_broken.store(false, Ordering::Relaxed);
    world.write("reference/2.json", advisory);
    world.publish_at(THIRD).unwrap();
    let expected = "RHSA-2026:0002 FixedWithoutAdvisory Snapshot 2026-11-21";
    let lines = lines(&world);
    assert!(lines.contains(&expected.to_owned()), "{lines:?}");
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

#[test]
fn without_the_distributions_errata_there_is_no_clock_and_the_index_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path(), |_| Reply::File);
    let world = world();
    world.reconfigure(
        "location = \"errata.json\"",
        &format!("location = \"http://{}/errata.json\"", server.address),
    );
    world.publish_at(FIRST).unwrap();
    assert_eq!(entry(&world), None);
    let failures = world.index().advisory_failures;
    assert_eq!((failures.len(), failures[0].last_read), (1, None));
    check_sound(&world);
}

#[test]
fn files_that_hold_no_advisories_stop_the_run() {
    world().check_fault(
        |world| world.write("errata.json", "{"),
        &[
            "errata.json: this holds no advisories",
            "[[release.advisories]]",
        ],
    );
    world().check_fault(
        |world| world.write("reference/2.json", "[]"),
        &["reference/2.json: this holds no advisories"],
    );
    world().check_fault(
        |world| std::fs::remove_file(world.path("errata.json")).unwrap(),
        &["errata.json: there is no such file"],
    );
    world().check_fault(
        |world| world.write("errata.json", &b"\x1f\x8b\x08\0\0\0\0\0\0\x03x"[..]),
        &["errata.json: the gzip stream"],
    );
}

#[test]
fn what_the_configuration_says_of_advisories_is_held_against_what_is_possible() {
    let check = |from: &str, to: &str, words: &str| {
        world().check_fault(
            |world| world.reconfigure(from, to),
            &[words, "almanac.toml"],
        );
    };
    check(
        "location = \"errata.json\"",
        "location = \"ftp://a.example\"",
        "the advisories “errata”: ftp://",
    );
    check(
        "location = \"errata.json\"",
        "location = \"errata.json\"\npage = \"https://a.example/\"",
        "no address of an advisory’s page",
    );
    check(
        "location = \"errata.json\"",
        "location = \"errata.json\"\ndate_column = \"x\"",
        "is no table of dates",
    );
    check(
        "location = \"errata.json\"",
        "location = \"errata.json\"\necosystem = \"x\"",
        "which its format does not have",
    );
    check("format = \"errata\"", "format = \"rss\"", "format");
}
