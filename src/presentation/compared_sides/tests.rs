use super::*;
use crate::presentation::package_summary::tests::package;
use crate::report::{SourceFile, SourceFileSide, SourceTextsRecord};
use proptest::prelude::*;

fn check_query(query: &str, expected: &str) {
    assert_eq!(ComparedSides::from_query(query).to_string(), expected);
}

#[test]
fn sides_are_read_and_written() {
    check_query("", "");
    check_query("from=reference&to=distribution", "");
    check_query("view=split&to=reference:10", "to=reference:10");
    check_query(
        "from=distribution:9:2026%2011&to=distribution",
        "from=distribution:9:2026%2011",
    );
    for wrong in [
        "from=",
        "from=both",
        "from=reference:",
        "from=reference::x",
        "to=%zz",
    ] {
        check_query(wrong, "");
    }
}

proptest! {
    #[test]
    fn every_pair_is_read_back(release in "[^:]{1,9}", snapshot in ".{1,20}", is_reference: bool) {
        let side = if is_reference { Side::Reference } else { Side::Distribution };
        let named = NamedSide { side, release: Some(release), snapshot: Some(snapshot) };
        prop_assert_eq!(NamedSide::parse(&named.to_string()), Some(named.clone()));
        let sides = ComparedSides { to: named, ..ComparedSides::default() };
        prop_assert_eq!(ComparedSides::from_query(&sides.to_string()), sides);
    }
}

/// Two releases; the first has two snapshots.
fn index() -> Index {
    let snapshot = |id: &str, day: u32, minor: &str| {
        let report = "a".repeat(64);
        format!(
            r#"{{"id":"{id}","taken":"2026-11-{day}T04:10:00Z","report":"{report}","distribution_minor":"{minor}",
            "reference_minor":"{minor}","shares":{{"matched":1,"patched":0,"diverging":0,"not_compared":0}}}}"#
        )
    };
    let release = |id: &str, snapshots: &[String]| {
        let snapshots = snapshots.join(",");
        format!(r#"{{"id":"{id}","architectures":[],"snapshots":[{snapshots}],"sources":[]}}"#)
    };
    let releases = [
        release("10", &[snapshot("c", 20, "10.0")]),
        release("9", &[snapshot("a", 19, "9.6"), snapshot("b", 20, "9.6")]),
    ];
    let text = format!(
        r#"{{"format":{{"major":1,"minor":0}},"generator":"","generated":"2026-11-20T04:10:00Z","distribution":{{"name":"Alma"}},
        "reference":{{"name":"RHEL"}},"releases":[{}]}}"#,
        releases.join(",")
    );
    let (index, _) = crate::report::read(text.as_bytes()).unwrap();
    index
}

#[test]
fn all_sides_of_all_reports_can_be_chosen() {
    let choices = side_choices(&index(), "9", "b");
    let shown = choices.into_iter().map(|release| {
        let sides = release.sides.into_iter();
        let sides = sides.map(|(side, label)| format!("{side} {label}").replace('\u{a0}', " "));
        (release.title, sides.collect::<Vec<_>>())
    });
    let expected = [
        (
            "Release 9",
            vec![
                "reference text for RHEL 9.6, 20 Nov 2026",
                "distribution Alma 9.6, 20 Nov 2026",
                "reference:9:a text for RHEL 9.6, 19 Nov 2026",
                "distribution:9:a Alma 9.6, 19 Nov 2026",
            ],
        ),
        (
            "Release 10",
            vec![
                "reference:10:c text for RHEL 10.0, 20 Nov 2026",
                "distribution:10:c Alma 10.0, 20 Nov 2026",
            ],
        ),
    ];
    let expected = expected.map(|(title, sides)| {
        let sides = sides.into_iter().map(str::to_owned).collect::<Vec<_>>();
        (title.to_owned(), sides)
    });
    assert_eq!(shown.collect::<Vec<_>>(), expected);
}

#[test]
fn a_side_finds_its_report_or_says_that_there_is_none() {
    let check = |name: &str, frozen: Option<&str>, expected: Result<&str, &str>| {
        let index = index();
        let named = NamedSide::parse(name).unwrap();
        let found = named.snapshot(&index, "9", frozen);
        let found = found.map(|(_, snapshot)| snapshot.id.as_str());
        assert_eq!(found, expected.map_err(str::to_owned));
    };
    check("reference", None, Ok("b"));
    check("reference", Some("a"), Ok("a"));
    check("reference:10", Some("a"), Ok("c"));
    check("reference:9:a", None, Ok("a"));
    check(
        "reference:7",
        None,
        Err("No report of release 7 is published."),
    );
    check(
        "reference:9:x",
        None,
        Err("The report x of release 9 is not published."),
    );
}

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
    check(&some, "distribution", "SOURCES/logo.png", "absent");
    check(&all, "distribution", "SOURCES/new", "absent");
    check(
        &some,
        "distribution",
        "SOURCES/new",
        "The report does not have every file of Alma 9, and not this one: it is not known whether it is there.",
    );
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

/// Digests of two reports.
fn reports() -> [Digest; 2] {
    ["a", "b"].map(|digit| Digest::try_from(digit.repeat(64)).unwrap())
}

#[test]
fn what_explains_a_change_is_told_between_the_two_sides_of_one_report() {
    let [one, other] = &reports();
    let check = |query: &str, reports: [&Digest; 2], is_told: bool| {
        let sides = ComparedSides::from_query(query);
        let found = sides.explanations(reports, &package(&[]), "a.spec");
        let told = "What explains a change is told only between the two sides of one report, and so not here.";
        assert_eq!(
            found.err().as_deref(),
            (!is_told).then_some(told),
            "{query}"
        );
    };
    check("", [one, one], true);
    check("to=distribution:9", [one, one], true);
    check("from=reference:9&to=distribution:9:a", [one, one], true);
    check("from=distribution:9:a&to=reference", [one, one], true);
    check("from=reference:9:a", [one, other], false);
    check(
        "from=distribution:9:a&to=reference:9:b",
        [one, other],
        false,
    );
    check("from=reference&to=reference", [one, one], false);
    check("from=distribution:9&to=distribution:9:a", [one, one], false);
}

#[test]
fn what_explains_a_change_is_exchanged_with_the_sides() {
    let check = |query: &str, before_is_named: bool| {
        let mut package = package(&[]);
        package.unexplained = vec![crate::report::UnexplainedRecord {
            hunk: crate::report::HunkRecord {
                file: "a.spec".to_owned(),
                before_line: 3,
                before_lines: 1,
                after_line: 2,
                after_lines: 0,
            },
            reason: String::new(),
        }];
        let [report, _] = &reports();
        let sides = ComparedSides::from_query(query);
        let known = sides.explanations([report, report], &package, "a.spec");
        let usual = FileExplanations::of(&package, "a.spec");
        let expected = match before_is_named {
            true => usual,
            false => usual.exchanged(),
        };
        assert_eq!(known, Ok(expected), "{query}");
    };
    check("", true);
    check("from=distribution&to=reference", false);
}
