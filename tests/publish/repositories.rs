//! What waits in testing and what is due for removal: since when is carried on from snapshot to snapshot.

mod unread;

use super::support::metadata::package_xml;
use super::support::{World, package};
use almanac::publish::output::digest_of;
use almanac::publish::sample::WrittenCompression;
use almanac::publish::verification::verify;
use almanac::report::{Repositories, SeenRecord};

const DAYS: [&str; 4] = [
    "2026-11-20T04:10:00Z",
    "2026-11-21T04:10:00Z",
    "2026-11-22T04:10:00Z",
    "2026-11-23T04:10:00Z",
];

/// Packages of their NVRs, each of one binary package of its own name, for the architecture that the folder names.
fn repository(world: &World, folder: &str, packages: &[&str]) {
    let architecture = match folder.ends_with("aarch64") {
        true => "aarch64",
        false => "x86_64",
    };
    let packages: Vec<_> = packages
        .iter()
        .map(|nvr| package(&format!("{nvr}.{architecture}"), nvr))
        .collect();
    world.repository(folder, &packages, WrittenCompression::Gzip);
}

fn with_further(roles: &[(&str, &[&str])]) -> World {
    let world = World::new();
    for (role, packages) in roles {
        repository(&world, role, packages);
        world.configure(&format!(
            "[[release.further]]\nrole = \"{role}\"\nname = \"{role}\"\nlocation = \"{role}\""
        ));
    }
    world
}

fn boards(world: &World) -> Repositories {
    let digest = world.report("9").repositories.expect("boards");
    world.named("repositories", &digest)
}

fn since(seen: SeenRecord) -> String {
    let day = |moment: almanac::report::PointInTime| moment.0.to_string()[8..10].to_owned();
    match seen.not_before {
        Some(before) => format!("{} to {}", day(before), day(seen.at_the_latest)),
        None => format!("by {}", day(seen.at_the_latest)),
    }
}

fn waiting(world: &World) -> Vec<String> {
    let records = boards(world).testing.expect("a board").into_iter();
    records
        .map(|record| {
            let standings = record.standings.iter().map(|standing| {
                format!(
                    "{} over {} {:?}",
                    standing.testing,
                    standing.distribution.as_deref().unwrap_or("-"),
                    standing.standing
                )
            });
            let standings = standings.collect::<Vec<_>>().join(", ");
            format!(
                "{}: {standings}, since {}",
                record.package,
                since(record.since)
            )
        })
        .collect()
}

fn added(world: &World) -> Vec<String> {
    let records = boards(world).synergy.expect("a board").into_iter();
    records
        .map(|record| {
            let replaced = record.replaced.iter().map(|other| {
                format!(
                    ", {} {:?} {} of {}",
                    other.by, other.kind, other.name, other.side
                )
            });
            let replaced = replaced.collect::<String>();
            let due = record.due.map_or("not due".to_owned(), since);
            format!("{}: {due}{replaced}", record.package)
        })
        .collect()
}

#[test]
fn epochs_that_a_list_of_testing_does_not_record_are_not_compared() {
    let world = with_further(&[("testing", &["openssl-3.2.2-7.el9"])]);
    world.publish_at(DAYS[0]).unwrap();
    assert_eq!(waiting(&world), [""; 0]);
    world.reconfigure("role = ", "records_epochs = false\nrole = ");
    world.publish_at(DAYS[1]).unwrap();
    assert_eq!(
        waiting(&world),
        ["openssl: 3.2.2-7.el9 over 1:3.2.2-6.el9_5 Older, since 20 to 21"]
    );
}

#[test]
fn what_waits_waits_since_the_snapshot_that_had_it_first() {
    let world = with_further(&[("testing", &["bash-5.1.8-10.el9", "dnf-4.14.0-24.el9"])]);
    world.publish_at(DAYS[0]).unwrap();
    assert_eq!(
        waiting(&world),
        ["bash: 5.1.8-10.el9 over 5.1.8-9.el9 Older, since by 20"]
    );
    repository(&world, "testing", &["bash-5.1.8-10.el9", "new-1-1.el9"]);
    world.publish_at(DAYS[1]).unwrap();
    let both = [
        "bash: 5.1.8-10.el9 over 5.1.8-9.el9 Older, since by 20",
        "new: 1-1.el9 over - Lacks, since 20 to 21",
    ];
    assert_eq!(waiting(&world), both);
    world.publish_at(DAYS[2]).unwrap();
    assert_eq!(waiting(&world), both);
    // Another version begins to wait anew, and what is published waits no more.
    repository(&world, "testing", &["bash-5.1.8-11.el9"]);
    world.publish_at(DAYS[3]).unwrap();
    assert_eq!(
        waiting(&world),
        ["bash: 5.1.8-11.el9 over 5.1.8-9.el9 Older, since 22 to 23"]
    );
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn each_architecture_waits_since_its_own_day() {
    let world = World::new();
    world.reconfigure(
        "name = \"x86_64\"",
        "name = \"x86_64\"\n[[release.architecture]]\nname = \"aarch64\"",
    );
    world.configure(
        "[[release.further]]\nrole = \"testing\"\nname = \"testing\"\nlocation = \"testing/$arch\"",
    );
    for side in ["distribution", "reference"] {
        let packages = ["bash-5.1.8-9.el9", "dnf-4.14.0-25.el9"];
        repository(&world, &format!("{side}/aarch64"), &packages);
    }
    let check = |day: &str, x86_64: &[&str], aarch64: &[&str], expected: &[&str]| {
        for (architecture, waiting) in [("x86_64", x86_64), ("aarch64", aarch64)] {
            // One that is published already waits no more.
            let packages: Vec<&str> = waiting
                .iter()
                .copied()
                .chain(["dnf-4.14.0-24.el9"])
                .collect();
            repository(&world, &format!("testing/{architecture}"), &packages);
        }
        world.publish_at(day).unwrap();
        let records = boards(&world).testing.expect("a board").into_iter();
        let standings = records.flat_map(|record| record.standings);
        let told = standings.map(|standing| {
            let since = standing.since.map(since).unwrap_or_default();
            format!(
                "{} {}: {since}",
                standing.architectures.join(" "),
                standing.testing
            )
        });
        let mut told: Vec<String> = told.collect();
        told.sort();
        assert_eq!(told, expected, "{day}");
    };
    let (first, second) = (&["bash-5.1.8-10.el9"][..], &["bash-5.1.8-11.el9"][..]);
    check(DAYS[0], first, &[], &["x86_64 5.1.8-10.el9: by 20"]);
    let aarch64 = "aarch64 5.1.8-10.el9: 20 to 21";
    check(
        DAYS[1],
        first,
        first,
        &[aarch64, "x86_64 5.1.8-10.el9: by 20"],
    );
    // What is newer there begins to wait anew on that architecture alone.
    let newer = "x86_64 5.1.8-11.el9: 21 to 22";
    check(DAYS[2], second, first, &[aarch64, newer]);
    // It is released there, and the other waits on.
    let published = ["bash-5.1.8-11.el9", "dnf-4.14.0-25.el9"];
    repository(&world, "distribution/x86_64", &published);
    check(DAYS[3], second, first, &[aarch64]);
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn what_epel_or_the_reference_has_is_due_since_then() {
    let world = with_further(&[
        (
            "synergy",
            &["gala-1-1.el9", "htop-1-1.el9", "insights-client-3.1-1.el9"],
        ),
        ("epel", &["other-1-1.el9"]),
    ]);
    world.publish_at(DAYS[0]).unwrap();
    let insights = "insights-client: by 20, insights-client SameName insights-client of reference";
    assert_eq!(added(&world), ["gala: not due", "htop: not due", insights]);
    repository(&world, "epel", &["other-1-1.el9", "htop-2-1.el9"]);
    world.publish_at(DAYS[1]).unwrap();
    let due = ["gala: not due", "htop: 20 to 21", insights];
    assert_eq!(added(&world), due);
    world.publish_at(DAYS[2]).unwrap();
    assert_eq!(added(&world), due);
    assert_eq!(verify(&world.output()).faults, []);
}

#[test]
fn what_a_list_lacked_that_is_not_complete_tells_no_earliest_day() {
    let check = |complete: bool, expected: &str| {
        let world = with_further(&[
            ("synergy", &["htop-1-1.el9"]),
            ("testing", &["bash-1-1.el9"]),
            ("epel", &["gala-1-1.el9"]),
        ]);
        let list = "location = \"reference/$arch\"";
        world.reconfigure(list, &format!("{list}\ncomplete = {complete}"));
        world.publish_at(DAYS[0]).unwrap();
        repository(
            &world,
            "reference/x86_64",
            &["htop-1-1.el9", "bash-1-1.el9"],
        );
        world.publish_at(DAYS[1]).unwrap();
        assert_eq!(added(&world), [expected]);
    };
    check(true, "htop: 20 to 21, htop SameName htop of reference");
    check(false, "htop: by 21, htop SameName htop of reference");
}

/// What the board says of a package of Synergy that obsoletes these, and provides the name of another.
fn added_with(obsoletes: &str) -> Vec<String> {
    let world = with_further(&[("synergy", &["shell-1-1.el9"])]);
    let claims = format!(
        "<rpm:sourcerpm>shell-1-1.el9.src.rpm</rpm:sourcerpm>\
         <rpm:provides><rpm:entry name=\"shell\"/><rpm:entry name=\"openssl-libs\"/><rpm:entry name=\"libshell.so.1()(64bit)\"/></rpm:provides>\
         <rpm:requires><rpm:entry name=\"dnf\"/></rpm:requires>\
         <rpm:obsoletes>{obsoletes}<rpm:entry name=\"nothing\"/></rpm:obsoletes>"
    );
    let primary = format!(
        "<metadata packages=\"1\">{}</metadata>",
        package_xml("shell", "x86_64", &claims, &"a".repeat(64))
    );
    let digest = digest_of(primary.as_bytes());
    world.write("synergy/repodata/primary.xml", &primary);
    world.write(
        "synergy/repodata/repomd.xml",
        format!(
            "<repomd><data type=\"primary\"><checksum type=\"sha256\">{digest}</checksum>\
             <location href=\"repodata/primary.xml\"/></data></repomd>"
        ),
    );
    world.publish_at(DAYS[0]).unwrap();
    added(&world)
}

#[test]
fn what_is_provided_or_obsoleted_takes_the_place_of_another() {
    let provides = "shell: not due, shell Provides openssl-libs of distribution";
    let obsoletes = ", shell Obsoletes bash of distribution, shell Obsoletes bash of reference";
    let bash = |range: &str| format!("<rpm:entry name=\"bash\" {range}/>");
    let below = bash("flags=\"LT\" epoch=\"0\" ver=\"9\"");
    assert_eq!(added_with(&below), [format!("{provides}{obsoletes}")]);
    assert_eq!(added_with(&bash("")), [format!("{provides}{obsoletes}")]);
    // Both sides have a newer one, which stays.
    let older = bash("flags=\"LT\" epoch=\"0\" ver=\"5.1.8\" rel=\"1\"");
    assert_eq!(added_with(&older), [provides]);
}

#[test]
fn without_such_repositories_there_are_no_boards() {
    let world = World::new();
    world.publish_at(DAYS[0]).unwrap();
    assert_eq!(world.report("9").repositories, None);
}
