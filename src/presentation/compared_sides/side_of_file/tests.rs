use super::*;
use crate::presentation::package_summary::tests::package;

fn side(published: bool) -> Option<SourceFileSide> {
    Some(SourceFileSide {
        digest: Digest::try_from("a".repeat(64)).unwrap(),
        bytes: 1,
        published,
    })
}

fn with_texts(complete: bool) -> Package {
    let file = |path: &str, reference, distribution| SourceFile {
        path: path.to_owned(),
        reference,
        distribution,
        lines: None,
    };
    Package {
        texts: Some(SourceTextsRecord {
            reference_label: "CentOS Stream c9s".to_owned(),
            distribution_label: String::new(),
            reference_evr: None,
            distribution_evr: None,
            complete,
            current: true,
            files: vec![
                file("SOURCES/logo.png", side(false), None),
                file("SPECS/x.spec", side(true), side(true)),
            ],
        }),
        ..package(&[])
    }
}

#[test]
fn what_is_not_there_is_told_apart_from_what_is_not_known() {
    let check = |package: &Package, name: &str, path: &str, expected: &str| {
        let named = NamedSide::parse(name).unwrap();
        let found = match named.of_file(package, path, "Alma 9") {
            SideOfFile::Text(_) => "text".to_owned(),
            SideOfFile::Absent => "absent".to_owned(),
            SideOfFile::NotAtHand(sentence) => sentence,
        };
        assert_eq!(found, expected);
    };
    let (some, all) = (with_texts(false), with_texts(true));
    check(&some, "reference", "SPECS/x.spec", "text");
    check(
        &some,
        "reference",
        "SOURCES/logo.png",
        &format!(
            "The file of CentOS Stream c9s is binary: it has 1 byte and the SHA-256 {}.",
            "a".repeat(64)
        ),
    );
    check(
        &some,
        "reference:9",
        "SOURCES/logo.png",
        &format!(
            "The file of CentOS Stream c9s (for Alma 9) is binary: it has 1 byte and the SHA-256 {}.",
            "a".repeat(64)
        ),
    );
    check(&all, "distribution", "SOURCES/logo.png", "absent");
    let not_known = "The report does not have every file of Alma 9, and not this one: it is not known whether it is there.";
    check(&some, "distribution", "SOURCES/logo.png", not_known);
    check(&all, "distribution", "SOURCES/new", "absent");
    check(&some, "distribution", "SOURCES/new", not_known);
    check(
        &package(&[]),
        "reference",
        "SPECS/x.spec",
        "The source texts of Alma 9 are not at hand.",
    );
}

#[test]
fn labels_say_whose_text_it_is_and_of_which_report() {
    let check = |name: &str, expected: &str| {
        let named = NamedSide::parse(name).unwrap();
        assert_eq!(
            named.label(&with_texts(true), "RHEL 9.6, 1 May 2026"),
            expected
        );
    };
    check("reference", "CentOS Stream c9s");
    check(
        "reference:9",
        "CentOS Stream c9s (for RHEL 9.6, 1 May 2026)",
    );
    check("distribution:9", "RHEL 9.6, 1 May 2026");
}

fn of_another_version(reference_evr: Option<&str>) -> Package {
    let mut package = with_texts(true);
    let texts = package.texts.as_mut().unwrap();
    texts.current = false;
    texts.reference_evr = reference_evr.map(str::to_owned);
    package
}

#[test]
fn a_text_of_another_version_is_not_said_to_be_that_of_a_release_and_day() {
    let check = |name: &str, evr: Option<&str>, expected: &str| {
        let named = NamedSide::parse(name).unwrap();
        let label = named.label(&of_another_version(evr), "RHEL 9.6, 1 May 2026");
        assert_eq!(label, expected);
    };
    check("reference", Some("5-1"), "CentOS Stream c9s");
    check("reference:9", Some("5-1"), "CentOS Stream c9s (5-1)");
    check("reference:9", None, "CentOS Stream c9s");
}

#[test]
fn texts_of_other_versions_are_told() {
    let check = |reports: [usize; 2], packages: [&Package; 2], expected: &[&str]| {
        let digests = ["a", "b"].map(|digit| Digest::try_from(digit.repeat(64)).unwrap());
        let [from, to] = std::array::from_fn(|side| (&digests[reports[side]], packages[side]));
        let sides = ComparedSides::from_query("to=reference:9");
        let found = sides.version_remarks((from.0, from.1, "RHEL 9.6"), (to.0, to.1, "RHEL 9.5"));
        assert_eq!(found, expected);
    };
    let current = with_texts(true);
    let (other, unrecorded) = (of_another_version(Some("5-1")), of_another_version(None));
    check([0, 0], [&current, &current], &[]);
    check([0, 1], [&current, &current], &[]);
    check(
        [0, 0],
        [&other, &other],
        &[
            "The source texts at hand are those of 5-1 and of no recorded version: they prove nothing about the versions compared.",
        ],
    );
    check(
        [0, 1],
        [&other, &unrecorded],
        &[
            "The texts of CentOS Stream c9s are those of 5-1, not of the version that the report of RHEL 9.6 compares: they prove nothing about that.",
            "The texts of CentOS Stream c9s are of no recorded version: they prove nothing about the version that the report of RHEL 9.5 compares.",
        ],
    );
}

#[test]
fn a_file_is_found_where_the_source_has_other_folders() {
    let check = |paths: &[&str], wanted: &str, expected: &str| {
        let mut package = with_texts(true);
        let files = paths.iter().map(|path| SourceFile {
            path: (*path).to_owned(),
            reference: side(true),
            distribution: None,
            lines: None,
        });
        package.texts.as_mut().unwrap().files = files.collect();
        let named = NamedSide::parse("reference:9").unwrap();
        let found = match named.of_file(&package, wanted, "RHEL 9") {
            SideOfFile::Text(_) => "text".to_owned(),
            SideOfFile::Absent => "absent".to_owned(),
            SideOfFile::NotAtHand(sentence) => sentence,
        };
        assert_eq!(found, expected, "{wanted} in {paths:?}");
    };
    check(&["x.spec"], "SPECS/x.spec", "text");
    check(&["x.spec", "a.patch"], "SOURCES/a.patch", "text");
    check(&["SPECS/x.spec", "SOURCES/a.patch"], "a.patch", "text");
    check(&["SPECS/x.spec"], "x.spec", "text");
    check(&["x.spec"], "SOURCES/a.patch", "absent");
    // In one layout the folder counts.
    check(&["SPECS/x.spec", "a"], "SOURCES/a", "absent");
    check(&["x.spec", "tests/a"], "a", "absent");
    check(
        &["SPECS/x", "SOURCES/x"],
        "x",
        "The files of RHEL 9 lie in other folders, and more than one has this name: it is not known which is meant.",
    );
}
