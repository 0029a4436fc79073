//! What a good run publishes, and how runs add up.

use super::support::{FIRST, SECOND, World, package, rows, tree};
use almanac::publish::sample::WrittenCompression;
use almanac::report::{Index, Names};
use std::path::Path;

#[test]
fn a_report_says_what_was_found() {
    let world = World::new();
    let publication = world.publish_at(FIRST).unwrap();
    let report = world.report("9");
    assert_eq!(
        rows(&report.packages),
        [
            "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | matched",
            "dnf | 4.14.0-25.el9.alma.1 | 4.14.0-25.el9 | patched",
            "insights-client |  | 3.2-1.el9 | diverging missing-unexpectedly",
            "openssl | 1:3.2.2-6.el9_5 | 1:3.2.2-6.el9_6 | diverging update-pending",
        ]
    );
    assert_eq!(report.packages.reference[0], "=");
    assert_eq!(report.packages.repositories, ["BaseOS"]);
    assert_eq!(
        report.packages.repository,
        [Some(0), Some(0), None, Some(0)]
    );
    assert_eq!(
        (
            report.shares.matched,
            report.shares.patched,
            report.shares.diverging
        ),
        (1, 1, 2)
    );
    assert_eq!(report.snapshot, "20261120T041000Z");
    let names: Names = world.named("names", &report.names);
    assert_eq!(
        (names.binaries, names.rows),
        (vec!["openssl-libs".to_owned()], vec![3])
    );
    assert_eq!(report.sources.len(), 2);
    assert_eq!(report.sources[0].location, "distribution/x86_64");
    assert_eq!(
        (
            report.sources[0].binary_packages,
            report.sources[0].binary_packages_counted
        ),
        (4, 4)
    );
    let document = world.package("9", "openssl");
    assert_eq!(document.binaries, ["openssl", "openssl-libs"]);
    let told = almanac::publish::summary(&publication);
    assert!(
        told.contains("x86_64         50.0 %        1        1          2             0\n"),
        "{told}"
    );
}

#[test]
fn the_same_inputs_give_the_same_bytes_whatever_the_number_of_threads() {
    let world = World::new();
    for name in ["AppStream", "CRB", "HighAvailability"] {
        let nevra = format!("{}-1-1.el9.x86_64", name.to_lowercase());
        let source = format!("{}-1-1.el9", name.to_lowercase());
        for side in ["distribution", "reference"] {
            world.repository(
                &format!("{side}-{name}"),
                &[package(&nevra, &source)],
                WrittenCompression::Zstandard,
            );
            world.configure(&format!(
                "[[release.{side}]]\nname = \"{name}\"\nlocation = \"{side}-{name}\""
            ));
        }
    }
    let published = |threads: usize| {
        let output = world.path(&format!("published-{threads}"));
        world.publish_into(&output, FIRST, threads).unwrap();
        let relative = |path: &Path| path.strip_prefix(&output).unwrap().to_owned();
        tree(&output)
            .into_iter()
            .map(|(path, bytes)| (relative(&path), bytes))
            .collect::<Vec<_>>()
    };
    let one = published(1);
    assert!(one.len() > 15);
    assert!(one == published(2));
    assert!(one == published(7));
}

#[test]
fn snapshots_join_in_the_order_of_time_and_one_of_the_same_time_is_replaced() {
    let world = World::new();
    world.publish_at(SECOND).unwrap();
    let of = |index: &Index| -> Vec<(String, u32)> {
        let snapshots = &index.releases[0].snapshots;
        snapshots
            .iter()
            .map(|snapshot| (snapshot.id.clone(), snapshot.shares.matched))
            .collect()
    };
    world.publish_at(FIRST).unwrap();
    let expected = |first, second| {
        vec![
            ("20261120T041000Z".to_owned(), first),
            ("20261121T041000Z".to_owned(), second),
        ]
    };
    assert_eq!(of(&world.index()), expected(1, 1));
    world.repository(
        "distribution/x86_64",
        &[
            package("dnf-4.14.0-25.el9.noarch", "dnf-4.14.0-25.el9"),
            package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9"),
        ],
        WrittenCompression::Xz,
    );
    let sources = world.index().releases[0].sources.clone();
    world.publish_at(FIRST).unwrap();
    assert_eq!(of(&world.index()), expected(2, 1));
    assert_eq!(world.index().generated.0.to_string(), SECOND);
    assert_eq!(
        world.index().releases[0].sources,
        sources,
        "what the newest snapshot was made from stays"
    );
    world.publish_at("2026-11-22T04:10:00Z").unwrap();
    assert_ne!(world.index().releases[0].sources, sources);
}

#[test]
fn releases_that_left_the_configuration_stay_and_the_newest_is_first() {
    let world = World::new();
    world.publish_at(FIRST).unwrap();
    world.reconfigure("id = \"9\"", "id = \"10\"");
    let counts = world.publish_at(SECOND).unwrap().counts;
    assert!(counts.added > 0);
    let ids: Vec<String> = world
        .index()
        .releases
        .into_iter()
        .map(|release| release.id)
        .collect();
    assert_eq!(ids, ["10", "9"]);
}

#[test]
fn an_unchanged_package_is_not_written_again() {
    let world = World::new();
    let first = world.publish_at(FIRST).unwrap().counts;
    let second = world.publish_at(SECOND).unwrap().counts;
    assert_eq!((first.added, first.unchanged), (12, 0));
    assert_eq!(
        (second.added, second.unchanged),
        (4, 8),
        "only the report itself and the history name its snapshot"
    );
}

#[test]
fn a_list_is_complete_only_when_all_of_its_repositories_are() {
    let world = World::new();
    world.repository(
        "more",
        &[package("zsh-1-1.el9.x86_64", "zsh-1-1.el9")],
        WrittenCompression::Plain,
    );
    world.configure(
        "[[release.distribution]]\nname = \"more\"\nlocation = \"more\"\ncomplete = false",
    );
    world.publish_at(FIRST).unwrap();
    let found = rows(&world.report("9").packages);
    assert!(
        found.contains(
            &"insights-client |  | 3.2-1.el9 | not-compared distribution-incomplete".to_owned()
        ),
        "{found:?}"
    );
    assert!(
        found.contains(&"zsh | 1-1.el9 |  | not-compared no-counterpart".to_owned()),
        "{found:?}"
    );
}

#[test]
fn what_a_list_expects_may_depend_on_the_architecture() {
    let world = World::new();
    for side in ["distribution", "reference"] {
        let more = if side == "reference" {
            vec![package(
                "insights-client-3.2-1.el9.noarch",
                "insights-client-3.2-1.el9",
            )]
        } else {
            vec![]
        };
        let bash = package("bash-5.1.8-9.el9.s390x", "bash-5.1.8-9.el9");
        world.repository(
            &format!("{side}/s390x"),
            &[more, vec![bash]].concat(),
            WrittenCompression::Gzip,
        );
    }
    world.configure(
        "[[release.architecture]]\nname = \"s390x\"\n[[release.architecture]]\nname = \"i686\"\ncompared_with = \"none\"\n\
         [[release.expected]]\npresence = \"missing\"\npackages = [\"insights-client\"]\narchitectures = [\"s390x\"]\n\
         reason = \"Connects to Red Hat\"",
    );
    world.repository(
        "distribution/i686",
        &[package("bash-5.1.8-9.el9.i686", "bash-5.1.8-9.el9")],
        WrittenCompression::Gzip,
    );
    world.publish_at(FIRST).unwrap();
    let found = rows(&world.report("9").packages);
    assert_eq!(
        found[0],
        "bash | 5.1.8-9.el9 | 5.1.8-9.el9 | matched, matched, not-compared no-reference-architecture"
    );
    assert_eq!(
        found[2],
        "insights-client |  | 3.2-1.el9 | diverging missing-unexpectedly, not-compared removed-on-purpose, -"
    );
    assert_eq!(
        world.package("9", "insights-client").expectation.as_deref(),
        Some("Connects to Red Hat")
    );
}

#[test]
fn sources_are_traced_to_the_first_origin_that_has_them() {
    let world = World::new();
    world.repository(
        "stream",
        &[package("dnf-4.14.0-25.el9.noarch", "dnf-4.14.0-25.el9")],
        WrittenCompression::Gzip,
    );
    world.repository(
        "ubi",
        &[
            package("bash-5.1.8-9.el9.x86_64", "bash-5.1.8-9.el9"),
            package("dnf-4.14.0-25.el9.noarch", "dnf-4.14.0-25.el9"),
        ],
        WrittenCompression::Gzip,
    );
    world.configure(
        "[[release.origin]]\nrole = \"stream\"\nname = \"CentOS Stream\"\nlocation = \"stream\"",
    );
    world.configure("[[release.origin]]\nrole = \"ubi\"\nname = \"UBI\"\nlocation = \"ubi\"");
    world.publish_at(FIRST).unwrap();
    let table = world.report("9").packages;
    let origins: Vec<_> = table
        .origin
        .iter()
        .map(|origin| origin.map(|index| table.origins[index as usize].as_str()))
        .collect();
    assert_eq!(origins, [Some("UBI"), Some("CentOS Stream"), None, None]);
}

#[test]
fn another_distribution_needs_rules_and_no_code() {
    let world = World::new();
    world.reconfigure(
        "[reference]",
        "[rules]\nmarks = [{ suffix = \"rocky\", numbers = 2 }, { before_dist_tag = true }]\n\
         renames = [{ reference = \"redhat-release\", distribution = \"rocky-release\" }]\n[reference]",
    );
    world.repository(
        "distribution/x86_64",
        &[
            package(
                "dnf-4.14.0-25.el9.rocky.0.1.noarch",
                "dnf-4.14.0-25.el9.rocky.0.1",
            ),
            package("rocky-release-9-1.el9.noarch", "rocky-release-9-1.el9"),
            package(
                "openssl-1:3.2.2-6.0.1.el9_6.x86_64",
                "openssl-3.2.2-6.0.1.el9_6",
            ),
        ],
        WrittenCompression::Gzip,
    );
    world.repository(
        "reference/x86_64",
        &[
            package("dnf-4.14.0-25.el9.noarch", "dnf-4.14.0-25.el9"),
            package("redhat-release-9-1.el9.noarch", "redhat-release-9-1.el9"),
            package("openssl-1:3.2.2-6.el9_6.x86_64", "openssl-3.2.2-6.el9_6"),
        ],
        WrittenCompression::Gzip,
    );
    world.publish_at(FIRST).unwrap();
    let verdicts: Vec<String> = rows(&world.report("9").packages)
        .iter()
        .map(|row| row.replace(' ', ""))
        .collect();
    assert!(
        verdicts.iter().all(|row| row.ends_with("|patched")),
        "{verdicts:?}"
    );
    assert_eq!(
        world
            .package("9", "rocky-release")
            .reference_name
            .as_deref(),
        Some("redhat-release")
    );
}
