//! Inputs and settings that stop the run.

use super::*;

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
