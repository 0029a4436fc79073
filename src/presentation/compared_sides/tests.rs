use super::*;
use crate::presentation::package_summary::tests::package;
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

fn snapshot(id: &str, day: &str, minor: &str) -> String {
    let report = "a".repeat(64);
    format!(
        r#"{{"id":"{id}","taken":"{day}T04:10:00Z","report":"{report}","distribution_minor":"{minor}",
        "reference_minor":"{minor}","shares":{{"matched":1,"patched":0,"diverging":0,"not_compared":0}}}}"#
    )
}

/// An index of releases as they stand in one.
fn index_of(releases: &[String]) -> Index {
    let text = format!(
        r#"{{"format":{{"major":1,"minor":0}},"generator":"","generated":"2026-11-20T04:10:00Z","distribution":{{"name":"Alma"}},
        "reference":{{"name":"RHEL"}},"releases":[{}]}}"#,
        releases.join(",")
    );
    let (index, _) = crate::report::read(text.as_bytes()).unwrap();
    index
}

/// A snapshot of release 9 that the index does not list.
fn archived() -> ArchivedSnapshot {
    let older = snapshot("20251101T041000Z", "2025-11-01", "9.5");
    let release = format!(r#"{{"id":"9","architectures":[],"snapshots":[{older}],"sources":[]}}"#);
    let index = index_of(&[release]);
    ArchivedSnapshot {
        release: "9".to_owned(),
        entry: index.releases[0].snapshots[0].clone(),
    }
}

/// Two releases; the second has two snapshots that are listed, and a year with another.
fn index() -> Index {
    let snapshot = |id: &str, day: u32, minor: &str| snapshot(id, &format!("2026-11-{day}"), minor);
    let release = |id: &str, snapshots: &[String]| {
        let snapshots = snapshots.join(",");
        let digest = "b".repeat(64);
        let year = format!(r#"{{"year":2025,"snapshots":1,"digest":"{digest}"}}"#);
        let years = if id == "9" { year } else { String::new() };
        format!(
            r#"{{"id":"{id}","architectures":[],"snapshots":[{snapshots}],"years":[{years}],"sources":[]}}"#
        )
    };
    let releases = [
        release("10", &[snapshot("c", 20, "10.0")]),
        release("9", &[snapshot("a", 19, "9.6"), snapshot("b", 20, "9.6")]),
    ];
    index_of(&releases)
}

#[test]
fn all_sides_of_all_reports_can_be_chosen() {
    let choices = side_choices(&index(), "9", "b", &[archived()]);
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
                "reference:9:20251101T041000Z text for RHEL 9.5, 1 Nov 2025",
                "distribution:9:20251101T041000Z Alma 9.5, 1 Nov 2025",
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
fn a_side_that_cannot_be_chosen_is_in_words() {
    let check = |name: &str, expected: &str| {
        let named = NamedSide::parse(name).unwrap();
        assert_eq!(named_in_words(&index(), &named), expected);
    };
    check("reference", "text for RHEL, this page’s report");
    check("distribution:9", "Alma, newest report of release 9");
    check("reference:9:x", "text for RHEL, report x of release 9");
}

#[test]
fn only_what_the_history_may_have_is_looked_for_there() {
    let check = |name: &str, expected: Option<(&str, &str)>| {
        let named = NamedSide::parse(name).unwrap();
        let found = named.unlisted(&index(), "9");
        let found = found
            .as_ref()
            .map(|(release, name)| (release.id.as_str(), name.as_str()));
        assert_eq!(found, expected, "{name}");
    };
    check(
        "distribution:9:20251101T041000Z",
        Some(("9", "20251101T041000Z")),
    );
    check("distribution:9:20241101T041000Z", None);
    check("distribution:10:20251101T041000Z", None);
    check("distribution:9:a", None);
    check("distribution:9", None);
    check("distribution", None);
}

#[test]
fn a_side_finds_its_report_or_says_that_there_is_none() {
    let check = |name: &str, frozen: Option<&str>, expected: Result<&str, &str>| {
        let index = index();
        let named = NamedSide::parse(name).unwrap();
        let archived = [archived()];
        let found = named.snapshot(&index, "9", frozen, &archived);
        let found = found.map(|snapshot| snapshot.id.as_str());
        assert_eq!(found, expected.map_err(str::to_owned));
    };
    check("reference", None, Ok("b"));
    check("reference", Some("a"), Ok("a"));
    check("reference:10", Some("a"), Ok("c"));
    check("reference:9:a", None, Ok("a"));
    let older = "20251101T041000Z";
    check("reference", Some(older), Ok(older));
    check(&format!("reference:9:{older}"), None, Ok(older));
    check(
        &format!("reference:10:{older}"),
        None,
        Err("The report 20251101T041000Z of release 10 is not published."),
    );
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
