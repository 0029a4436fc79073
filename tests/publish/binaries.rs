//! Binary packages that one side alone has of a source package of both: told on its page, counted, and expected where a list says so.

use super::support::{FIRST, World, package};
use almanac::publish::sample::WrittenCompression;
use almanac::report::ExpectedBinaries;

fn world(expected: &str) -> World {
    let world = World::new();
    let nvr = "tools-1.0-1.el9";
    let built = |name: &str| package(&format!("{name}-1.0-1.el9.x86_64"), nvr);
    for (folder, names) in [
        ("reference", &["tools", "tools-cockpit", "tools-icons"][..]),
        ("distribution", &["tools", "tools-doc"]),
    ] {
        world.repository(
            &format!("{folder}/x86_64"),
            &names.iter().map(|name| built(name)).collect::<Vec<_>>(),
            WrittenCompression::Gzip,
        );
    }
    world.configure(expected);
    world.publish_at(FIRST).unwrap();
    world
}

const COUNTED: &str = "1 source package of both sides has binary packages that the reference alone publishes: verdicts are about \
                       sources, and the pages of these packages name them.";

fn check(expected_list: &str, expected: &[(&str, &[&str])], warnings: &[&str]) {
    let world = world(expected_list);
    let package = world.package("9", "tools");
    let on = &package.architectures[0];
    assert_eq!(on.reference_alone, ["tools-cockpit", "tools-icons"]);
    assert_eq!(on.distribution_alone, ["tools-doc"]);
    let owned = |&(reason, binaries): &(&str, &[&str])| ExpectedBinaries {
        reason: reason.to_owned(),
        binaries: binaries.iter().map(|&name| name.to_owned()).collect(),
    };
    let expected: Vec<_> = expected.iter().map(owned).collect();
    assert_eq!(package.expected_binaries, expected);
    assert_eq!(world.report("9").warnings, warnings);
}

#[test]
fn binary_packages_that_one_side_alone_has_are_told_and_counted() {
    check("", &[], &[COUNTED]);
}

#[test]
fn lists_may_expect_binary_packages_by_name_or_pattern() {
    check(
        "[[release.expected]]\npresence = \"missing\"\npackages = [\"tools-cockpit\"]\nreason = \"It subscribes\"\n\
         [[release.expected]]\npresence = \"extra\"\npackages = [\"*-doc\"]\nreason = \"Read more\"",
        &[
            ("It subscribes", &["tools-cockpit"]),
            ("Read more", &["tools-doc"]),
        ],
        &[COUNTED],
    );
    check(
        "[[release.expected]]\npresence = \"extra\"\npackages = [\"tools-icons\"]\nreason = \"Its own\"",
        &[],
        &[
            COUNTED,
            "tools-icons: a list expects it to be missing or extra, and it is so on no architecture.",
        ],
    );
}

#[test]
fn where_the_distributions_list_is_not_complete_nothing_is_missing_of_it() {
    let world = world("");
    world.reconfigure(
        "location = \"distribution/$arch\"",
        "location = \"distribution/$arch\"\ncomplete = false",
    );
    world.publish_at("2026-11-21T04:10:00Z").unwrap();
    let package = world.package("9", "tools");
    let on = &package.architectures[0];
    assert_eq!(on.reference_alone, [""; 0]);
    assert_eq!(on.distribution_alone, ["tools-doc"]);
}
