//! What is doubtful, and published all the same: counted, and told in the report and in the summary.

use super::support::metadata::{Lies, metadata, package_xml, replace_primary, source};
use super::support::{FIRST, World, package};
use almanac::publish::sample::WrittenCompression;
use almanac::publish::summary;
use almanac::report::{NotComparedName, SideName, StatedSource, VersionsBesideRecord};

fn check(packages: &str, expected: &[&str]) {
    let world = World::new();
    replace_primary(&world, &metadata(packages), Lies::default());
    let publication = world.publish_at(FIRST).unwrap();
    assert_eq!(world.report("9").warnings, expected);
    let told = summary(&publication);
    for warning in expected {
        assert!(told.contains(&format!("warning: {warning}\n")), "{told}");
    }
}

fn bash() -> String {
    package_xml("bash", "x86_64", &source("bash-1-1.el9.src.rpm"), "a")
}

#[test]
fn packages_that_cannot_be_compared_are_left_out() {
    check(
        &(bash() + &package_xml("odd", "sparc64", &source("odd-1-1.src.rpm"), "b")),
        &["9 x86_64 BaseOS (RHEL): odd is left out: “sparc64” is no known architecture"],
    );
    check(
        &(bash() + &package_xml("odd:name", "x86_64", &source("odd-1-1.src.rpm"), "b")),
        &["9 x86_64 BaseOS (RHEL): odd:name is left out: this is no name of a package"],
    );
    check(
        &(bash() + &package_xml("odd", "x86_64", &source("odd"), "b")),
        &[
            "9 x86_64 BaseOS (RHEL): odd is left out: the name of its source package is malformed: “odd” lacks a name, \
             version or release",
        ],
    );
}

#[test]
fn repositories_that_are_dated_after_the_report_are_told() {
    let check = |taken: &str, expected: &[&str]| {
        let world = World::new();
        world.publish_at(taken).unwrap();
        assert_eq!(world.report("9").warnings, expected, "{taken}");
    };
    // The repositories are of 2026-11-19T00:00:00Z.
    check("2026-11-18T00:00:00Z", &[]);
    let told = "its metadata are dated 2026-11-19T00:00:00Z, more than a day after this report, so that their age is not known.";
    check(
        "2026-11-17T23:59:59Z",
        &[
            &format!("9 x86_64 BaseOS (AlmaLinux): {told}"),
            &format!("9 x86_64 BaseOS (RHEL): {told}"),
        ],
    );
}

#[test]
fn packages_of_another_architecture_alone_are_told() {
    check(
        &(bash() + &package_xml("wine", "i686", &source("wine-1-1.src.rpm"), "b")),
        &["reference for x86_64: packages of wine are there for i686 alone, and are not compared."],
    );
    let other = |name: &str| {
        let source = source(&format!("{name}-1-1.src.rpm"));
        package_xml(name, "x86_64_v2", &source, name)
    };
    check(
        &(bash() + &other("a") + &other("b") + &other("bash")),
        &[
            "reference for x86_64: packages of a and 1 more are there for x86_64_v2 alone, and are not compared.",
        ],
    );
}

#[test]
fn metadata_that_have_other_packages_than_they_say_are_told() {
    let world = World::new();
    let text = String::from_utf8(metadata(&bash())).unwrap();
    let text = text.replace("packages=\"1\"", "packages=\"2\"");
    replace_primary(&world, text.as_bytes(), Lies::default());
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        world.report("9").warnings,
        ["9 x86_64 BaseOS (RHEL): primary.xml says that it has 2 packages, and has 1"]
    );
}

#[test]
fn a_package_that_is_listed_twice_counts_once() {
    check(
        &(bash() + &bash()),
        &[
            "9 x86_64 BaseOS (RHEL): bash-1-1.el9.x86_64 is listed twice with one checksum; it counts once",
        ],
    );
}

#[test]
fn versions_beside_the_newest_of_a_module_are_told_on_its_page_and_counted() {
    let world = World::new();
    let module = |version: &str, release: &str| {
        let nvr = format!("pg-{version}-1.{release}");
        package(&format!("{nvr}.x86_64"), &nvr)
    };
    let (reference, own) = (
        "module+el9.4.0+22196+d82931da",
        "module_el9.4.0+22+abcdef12",
    );
    let reference = ["14.9", "15.1", "16.1"].map(|version| module(version, reference));
    let distribution = [module("16.1", own)];
    for (folder, packages) in [
        ("reference/x86_64", &reference[..]),
        ("distribution/x86_64", &distribution[..]),
    ] {
        world.repository(folder, packages, WrittenCompression::Gzip);
    }
    world.publish_at(FIRST).unwrap();
    let expected = "1 package has versions beside the newest, some built as modules: only the newest of each side is compared, and \
                    neither the shares nor the totals of binary interfaces tell of the others, which may be other streams.";
    assert_eq!(world.report("9").warnings, [expected]);
    let beside = VersionsBesideRecord {
        side: SideName::Reference,
        count: 2,
        newest: "15.1-1.module+el9.4.0+22196+d82931da".to_owned(),
    };
    assert_eq!(world.package("9", "pg").versions_beside, [beside]);
}

#[test]
fn what_is_excluded_is_not_looked_at() {
    let world = World::new();
    let orphan = package_xml("orphan", "x86_64", "", "b");
    replace_primary(&world, &metadata(&(bash() + &orphan)), Lies::default());
    world.reconfigure(
        "location = \"reference/$arch\"",
        "location = \"reference/$arch\"\nexclude = [\"orphan\"]",
    );
    world.publish_at(FIRST).unwrap();
    assert_eq!(world.report("9").warnings, [""; 0]);
}

#[test]
fn different_minor_releases_are_told_first() {
    let world = World::new();
    world.reconfigure("reference_minor = \"9.6\"", "reference_minor = \"9.7\"");
    let publication = world.publish_at(FIRST).unwrap();
    let report = world.report("9");
    assert_eq!(report.notices.len(), 1);
    assert!(
        report.notices[0].starts_with("This report compares 9.6 with 9.7"),
        "{:?}",
        report.notices
    );
    assert_eq!(
        world.index().releases[0].snapshots[0].notices,
        report.notices
    );
    let told = summary(&publication);
    assert!(
        told.lines()
            .nth(1)
            .unwrap()
            .starts_with("notice: This report compares"),
        "{told}"
    );
}

#[test]
fn changes_of_a_package_that_nobody_has_are_told() {
    let world = World::new();
    world.configure("[[release.changes]]\nfile = \"changes.toml\"");
    world.write(
        "changes.toml",
        "[[change]]\npackage = \"bsah\"\nclass = \"branding\"\nsummary = \"Names\"\nfiles = [\"SPECS/a\"]\n",
    );
    world.publish_at(FIRST).unwrap();
    assert_eq!(
        world.report("9").warnings,
        [
            "bsah: changes, source texts or reports of it are at hand, yet no list that was read has this package.",
            "bsah: the change “Names” names the file SPECS/a, which is not among the source texts.",
        ]
    );
}

#[test]
fn what_was_left_out_is_neither_missing_nor_extra() {
    let world = World::new();
    let odd = package_xml(
        "bash-doc",
        "x86_64",
        &source("bash-5.1.8-9.el9.src.rpm"),
        "b",
    );
    let odd = odd.replace("epoch=\"0\"", "epoch=\"zz\"");
    assert!(odd.contains("zz"), "{odd}");
    let zlib = package_xml("zlib", "x86_64", &source("zlib-1-1.el9.src.rpm"), "c");
    replace_primary(&world, &metadata(&(odd + &zlib)), Lies::default());
    world.publish_at(FIRST).unwrap();
    let outcome = world.package("9", "bash").architectures[0].outcome;
    assert_eq!(outcome.not_compared, Some(NotComparedName::Unreadable));
}

#[test]
fn expectations_that_do_not_hold_are_told_and_not_shown() {
    let world = World::new();
    world.configure(
        "[[release.expected]]\npresence = \"missing\"\npackages = [\"bash\", \"nobody\"]\nreason = \"Left out\"",
    );
    world.publish_at(FIRST).unwrap();
    assert_eq!(world.package("9", "bash").expectation, None);
    let told = "a list expects it to be missing or extra, and it is so on no architecture.";
    assert_eq!(
        world.report("9").warnings,
        ["bash", "nobody"].map(|name| format!("{name}: {told}"))
    );
}

#[test]
fn epochs_that_one_side_does_not_record_are_told_first() {
    let world = World::new();
    let packages = [
        package_xml("bash", "x86_64", &source("bash-5.1.8-9.el9.src.rpm"), "a"),
        package_xml(
            "openssl",
            "x86_64",
            &source("openssl-3.2.2-6.el9_5.src.rpm"),
            "b",
        )
        .replace("ver=\"1\"", "ver=\"3.2.2\"")
        .replace("rel=\"1.el9\"", "rel=\"6.el9_5\""),
    ];
    replace_primary(&world, &metadata(&packages.concat()), Lies::default());
    world.publish_at(FIRST).unwrap();
    let notices = world.report("9").notices;
    assert_eq!(notices.len(), 1, "{notices:?}");
    assert!(
        notices[0].starts_with(
            "On x86_64 the reference’s metadata seem to record no epochs: 1 package (openssl)"
        ),
        "{notices:?}"
    );
}

#[test]
fn patterns_choose_among_the_packages_that_there_are() {
    let world = World::new();
    world.configure(
        "[[release.expected]]\npresence = \"extra\"\npackages = [\"almalinux-*\", \"nobody-*\"]\nreason = \"Its own\"",
    );
    world.publish_at(FIRST).unwrap();
    let warnings = world.report("9").warnings;
    assert!(
        warnings.iter().any(|warning| warning
            == "nobody-*: a list expects such packages to be missing or extra, and neither side has one."),
        "{warnings:?}"
    );
}

#[test]
fn what_is_said_twice_counts_once() {
    let world = World::new();
    let files = ["notes.toml", "again.toml"];
    for file in files {
        let note = "[[note]]\npackage = \"bash\"\nreason = \"Watched\"\n";
        world.write(file, note.repeat(2));
        world.configure(&format!(
            "[[release.statements]]\nfile = \"{file}\"\nwho = \"Our notes\""
        ));
    }
    world.publish_at(FIRST).unwrap();
    assert_eq!(world.package("9", "bash").statements.len(), 1);
}

#[test]
fn what_people_say_is_shown_and_held_against_what_was_measured() {
    let world = World::new();
    world.configure(
        "[[release.statements]]\nfile = \"list.json\"\nwho = \"The list\"\n\
         [[release.statements]]\nfile = \"notes.toml\"\nwho = \"Our notes\"",
    );
    world.write(
        "list.json",
        r#"[{ "package": "dnf", "releases": { "9": { "state": "unmodified", "url": null } }, "comments": [{ "releases": null, "text": "None" }] },
            { "package": "bash", "releases": { "10": { "state": "modified", "url": null } } },
            { "package": "bash", "table": "current", "releases": { "9": { "state": "modified", "url": null, "note": null } } },
            { "package": "bash", "table": "no-longer-required", "releases": { "9": { "state": "modified", "url": null, "note": "since 9.4" } }, "comments": [{ "text": "Old patch" }] },
            { "package": "bash", "table": "no-longer-required", "releases": { "9": { "state": "unmodified", "url": null } } }]"#,
    );
    world.write(
        "notes.toml",
        "[[note]]\npackage = \"bash\"\nreason = \"Watched\"\nlink = \"https://example.org/1\"\nsince = \"2026-01-02\"\n\
         [[note]]\npackage = \"bash\"\nrelease = \"8\"\nreason = \"Elsewhere\"\n\
         [[note]]\npackage = \"dnf\"\nreason = \"Later\"\nsince = \"2036-01-02\"\n",
    );
    world.publish_at(FIRST).unwrap();
    let bash = world.package("9", "bash").statements;
    let said: Vec<_> = bash
        .iter()
        .map(|statement| (statement.source, statement.text.as_deref()))
        .collect();
    assert_eq!(
        said,
        [
            (Some(StatedSource::Modified), None),
            (
                Some(StatedSource::NoLongerRequired),
                Some("Old patch; since 9.4")
            ),
            (Some(StatedSource::Unmodified), None),
            (None, Some("Watched")),
        ]
    );
    assert_eq!(
        world.package("9", "dnf").statements[0].source,
        Some(StatedSource::Unmodified)
    );
    let notes = world.path("notes.toml").display().to_string();
    assert_eq!(
        world.report("9").warnings,
        [
            &*format!(
                "bash: {notes}: note 2 is about release 8, which the configuration does not have: correct its release, or take the \
                 note out."
            ),
            "bash: The list says that it is modified; found was the same version with no mark of a change, by the version alone.",
            &*format!(
                "dnf: {notes}: note 3 holds since 2036-01-02, which is after the day of the report: correct the day."
            ),
            "dnf: The list says that it is not modified; found was a modified source, by the release alone."
        ]
    );
}

#[test]
fn a_modification_that_is_said_to_be_past_and_is_in_the_build_is_a_contradiction() {
    let world = World::new();
    world.configure(
        "[[release.statements]]\nfile = \"list.json\"\nwho = \"The list\"\n\
         [[release.statements]]\nfile = \"notes.toml\"\nwho = \"Our notes\"",
    );
    let past = |package: &str| {
        format!(
            r#"{{ "package": "{package}", "table": "no-longer-required", "releases": {{ "9": {{ "state": "modified", "url": null }} }} }}"#
        )
    };
    world.write("list.json", format!("[{}, {}]", past("bash"), past("dnf")));
    let note = |package: &str, reason: &str| {
        format!("[[note]]\npackage = \"{package}\"\nreason = \"{reason}\"\n")
    };
    let notes = note("dnf", "No longer needed since 9.4")
        + &note("dnf", "Watched")
        + &note("bash", "No longer needed");
    world.write("notes.toml", notes);
    world.publish_at(FIRST).unwrap();
    let found =
        "need not be modified any longer; found was a modified source, by the release alone";
    assert_eq!(
        world.report("9").warnings,
        ["Our notes", "The list"].map(|who| format!("dnf: {who} says that it {found}."))
    );
}

#[test]
fn a_level_that_is_not_understood_is_told_by_name() {
    let world = World::new();
    world.configure("[[release.manifest]]\nfolder = \"manifest\"");
    let listed = |name: &str, level: &str| {
        format!("{{\"package\": \"{name}\", \"compatibility_level\": {level}}}")
    };
    let packages = [
        listed("bash", "\" Level 2\""),
        listed("dnf", "\"Tier 2\""),
        listed("openssl", "\"Tier 2\""),
        listed("openssl-libs", "\"N/A\""),
    ];
    let table = format!(
        "{{\"major\": \"9\", \"packages\": [{}]}}",
        packages.join(", ")
    );
    world.write("manifest/packages.json", table);
    world.publish_at(FIRST).unwrap();
    let path = world.path("manifest/packages.json").display().to_string();
    assert_eq!(
        world.report("9").warnings,
        [format!(
            "{path}: the compatibility level “Tier 2” of dnf and 1 other is not understood, so that none is recorded: write 1, 2, 3 \
             or 4, or Not Applicable where there is none."
        )]
    );
    assert_eq!(world.package("9", "bash").levels[0].level, 2);
    assert_eq!(world.package("9", "dnf").levels, []);
}

#[test]
fn a_repository_of_both_sides_is_told_to_be_compared_with_itself() {
    let check = |location: &str, told: &str| {
        let world = World::new();
        let location = location.replace("{folder}", &world.path("").display().to_string());
        world.reconfigure("reference/$arch", &location);
        world.publish_at(FIRST).unwrap();
        let told = told.replace("{location}", &location.replace("$arch", "x86_64"));
        assert_eq!(world.report("9").warnings, [told]);
    };
    check(
        "distribution/$arch",
        "distribution/x86_64 is a repository of the distribution and of the reference for x86_64, and is compared with itself.",
    );
    for location in [
        "./distribution/$arch",
        "reference/../distribution/$arch",
        "file://{folder}/distribution/$arch",
    ] {
        check(
            location,
            "distribution/x86_64 of the distribution and {location} of the reference for x86_64 have the same metadata, so that a \
             repository is compared with itself.",
        );
    }
}
