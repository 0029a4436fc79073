//! Inputs of advisories that hold none where they are looked for, or fewer than before: no fix is called unannounced for that.

use super::*;

/// A folder of documents of OSV as the distribution's only input, laid out as its database is.
fn world_of_folder() -> World {
    let world = world();
    world.reconfigure("format = \"errata\"", "format = \"osv\"");
    world.reconfigure("location = \"errata.json\"", "location = \"database\"");
    let folder = std::path::Path::new("database/advisories/almalinux9");
    let document = |number: &str, package: &str, fixed: &str| {
        let document = reference(
            &format!("ALSA-{number}"),
            "2026-11-03T10:00:00Z",
            package,
            fixed,
        );
        document.replace("Red Hat:enterprise_linux:9::baseos", "AlmaLinux:9")
    };
    let path = |file: &str| folder.join(file).display().to_string();
    world.write(
        &path("1.json"),
        document("2026:0001", "bash", "5.1.8-9.el9"),
    );
    world.write(
        &path("2.json"),
        document("2026:0002", "dnf", "4.14.0-25.el9"),
    );
    world
}

#[test]
fn documents_in_folders_of_a_folder_are_read() {
    let world = world_of_folder();
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        lines(&world),
        [
            "ALSA-2026:0001 Announced -",
            "ALSA-2026:0002 Announced -",
            "RHSA-2026:0003 Open -",
        ]
    );
}

#[test]
fn a_folder_without_documents_is_refused() {
    for files in [
        &[
            "database/advisories/almalinux9/1.json",
            "database/advisories/almalinux9/2.json",
        ][..],
        &["reference/1.json", "reference/2.json", "reference/3.json"],
    ] {
        let world = world_of_folder();
        for file in files {
            std::fs::remove_file(world.path(file)).unwrap();
        }
        let error = world.publish_at(FIRST).unwrap_err().to_string();
        let expected = "this holds no advisories: the folder has no JSON document";
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn updateinfo_is_read_from_the_folder_of_its_repository() {
    let world = world();
    world.reconfigure("format = \"errata\"", "format = \"updateinfo\"");
    world.reconfigure(
        "location = \"errata.json\"",
        "location = \"distribution/x86_64\"",
    );
    let update = "<updates><update><id>ALSA-2026:0001</id><issued date=\"2026-11-04 00:00:00 UTC\"/></update></updates>";
    let file = "distribution/x86_64/repodata/ab-updateinfo.xml";
    let error = world.publish_at(FIRST).unwrap_err().to_string();
    assert!(
        error.contains("the folder has no updateinfo.xml"),
        "{error}"
    );
    assert!(error.contains("remedy: name the file itself"), "{error}");
    world.write(file, update);
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        lines(&world)[0],
        "ALSA-2026:0001 Announced Issued 2026-11-04"
    );
}

#[test]
fn a_list_without_advisories_is_unread() {
    let world = world();
    world.write("errata.json", errata(&[]));
    let publication = world.publish_at(FIRST).unwrap();
    assert_eq!(publication.releases[0].advisory_failures.len(), 1);
    assert_eq!(entry(&world), None);
    let failures = world.index().advisory_failures;
    assert!(
        failures[0].cause.ends_with(": it has no advisory"),
        "{failures:?}"
    );
    // Of the reference nothing is claimed to be fixed without an advisory.
    let world = super::world();
    for number in 1..=3 {
        let file = format!("reference/{number}.json");
        let document = std::fs::read_to_string(world.path(&file)).unwrap();
        world.write(&file, document.replace(":9::", ":8::"));
    }
    world.publish_at(FIRST).unwrap();
    assert_eq!(lines(&world), ["ALSA-2026:0001 Announced -"]);
}

#[test]
fn a_list_that_lost_more_than_a_tenth_is_told() {
    let world = world();
    let check = |taken: &str, entries: u32, expected: Option<&str>| {
        let entries = (0..entries)
            .map(|number| erratum(&format!("2026:1{number:03}"), "2026-11-03", "2026-11-03"));
        world.write("errata.json", errata(&entries.collect::<Vec<_>>()));
        let publication = world.publish_at(taken).unwrap();
        let warnings = publication.releases[0].warnings.iter();
        let told: Vec<_> = warnings
            .filter(|warning| warning.contains("may be cut off"))
            .collect();
        assert_eq!(told, Vec::from_iter(expected), "{taken}");
    };
    let told = |entries: &str| {
        format!(
            "errata has {entries}, and had 20 at {FIRST}: it may be cut off; a fix whose advisory it lacks may be called unannounced, \
             and what comes back is not dated by its return."
        )
    };
    check(FIRST, 20, None);
    check(SECOND, 17, Some(&told("17 entries")));
    check(THIRD, 1, Some(&told("1 entry")));
    check("2026-11-23T04:10:00Z", 18, None);
}
