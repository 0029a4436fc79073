//! Rows of a small document, and what the page says of them.

use super::filter::{SecurityColumn, SecurityFilter, SecuritySort};
use super::timeline::{basis_sentence, page_address, timeline};
use super::words::advisory_headline;
use super::*;
use crate::domain::{Counterpart, DateSource, DatedFact, PairBasis, UnknownFix};
use crate::report::{DayRecord, NamedAdvisoryRecord};
use proptest::prelude::*;

/// 1 July 2026.
const JULY: i64 = 20_635;

/// An advisory: its name, severity, the reference's day and the distribution's, counted from [`JULY`].
fn clock(
    id: &str,
    severity: Severity,
    reference: Option<i64>,
    distribution: Option<(i64, DateSource)>,
) -> AdvisoryClock {
    let id: crate::domain::AdvisoryId = id.parse().unwrap();
    let counterpart = format!("RHSA-{}:{}", id.year, id.number.trim_start_matches('A'));
    AdvisoryClock {
        severity,
        state: if id.vendor == "RH" {
            FixState::Open
        } else {
            FixState::Announced
        },
        counterpart: (id.vendor != "RH").then(|| Counterpart {
            id: counterpart.parse().unwrap(),
            basis: PairBasis::SameNumber,
        }),
        disclosed: None,
        reference: reference.map(|day| DatedFact {
            day: JULY + day,
            source: DateSource::Issued,
        }),
        testing: None,
        distribution: distribution.map(|(day, source)| DatedFact {
            day: JULY + day,
            source,
        }),
        in_repositories: None,
        cves: vec![format!("CVE-2026-{}", 1_000 + id.number.len())],
        packages: vec!["bash".to_owned()],
        id,
    }
}

fn rows(clocks: Vec<AdvisoryClock>) -> SecurityRows {
    let mut clocks = clocks;
    clocks.sort_by(|left, right| left.id.cmp(&right.id));
    let (package_names, advisories) = Security::tabled(&clocks);
    SecurityRows::of(&Security {
        format: crate::report::FormatVersion::CURRENT,
        release: "9".to_owned(),
        taken: crate::report::PointInTime("2026-11-20T04:10:00Z".parse().unwrap()),
        inputs: vec![],
        of_other_releases: 0,
        testing_failures: vec![],
        package_names,
        advisories,
        named: std::collections::BTreeMap::new(),
        earlier: crate::report::EarlierAdvisories::default(),
        fixes: crate::report::Digest::try_from("0".repeat(64)).unwrap(),
    })
}

fn several() -> SecurityRows {
    use DateSource::{Issued, Updated};
    rows(vec![
        clock(
            "ALSA-2026:0001",
            Severity::Important,
            Some(0),
            Some((2, Issued)),
        ),
        clock(
            "ALSA-2026:0002",
            Severity::Moderate,
            Some(1),
            Some((6, Updated)),
        ),
        clock(
            "ALSA-2026:0003",
            Severity::Moderate,
            Some(-200),
            Some((-200, Updated)),
        ),
        clock("ALSA-2026:0004", Severity::Low, None, Some((3, Updated))),
        clock("ALSA-2026:0005", Severity::Low, Some(3), None),
        clock(
            "ALSA-2026:A001",
            Severity::Critical,
            Some(9),
            Some((2, Issued)),
        ),
        clock("RHSA-2026:0006", Severity::Critical, Some(5), None),
        clock(
            "ALBA-2026:0007",
            Severity::Unrated,
            Some(5),
            Some((900, Updated)),
        ),
    ])
}

#[test]
fn of_several_that_an_advisory_names_each_has_its_day() {
    let check = |named: &[(&str, Option<i32>)], expected: &str| {
        let records = named.iter().map(|(id, day)| NamedAdvisoryRecord {
            id: (*id).to_owned(),
            issued: day.map(|day| DayRecord {
                day: JULY as i32 + day,
                source: DateSource::Issued.into(),
            }),
        });
        let counterpart = Counterpart {
            id: "RHSA-2026:0001".parse().unwrap(),
            basis: PairBasis::Named,
        };
        let told = basis_sentence(&counterpart, &records.collect::<Vec<_>>(), "RHEL");
        assert_eq!(told.replace('\u{a0}', " "), expected);
    };
    let first = "It names RHEL’s RHSA-2026:0001, the first of those that it names.";
    check(&[], first);
    check(
        &[
            ("RHSA-2026:0001", Some(0)),
            ("RHSA-2026:0002", Some(9)),
            ("RHSA-2026:0003", None),
        ],
        "It names RHEL’s RHSA-2026:0001 (1 Jul 2026), RHSA-2026:0002 (10 Jul 2026), RHSA-2026:0003 (not known): the earliest of these days counts.",
    );
    check(
        &[("RHSA-2026:0001", None), ("RHSA-2026:0002", None)],
        "It names RHEL’s RHSA-2026:0001 (not known), RHSA-2026:0002 (not known): the day of none of them is known.",
    );
}

/// As many advisories as a median is told of, each with the distribution's day, the reference's being the day 0.
fn enough(distribution: (i64, DateSource)) -> SecurityRows {
    let clocks = (1..=10).map(|number| {
        let id = format!("ALSA-2026:{number:04}");
        clock(&id, Severity::Low, Some(0), Some(distribution))
    });
    rows(clocks.collect())
}

#[test]
fn the_first_sentence_answers_the_question() {
    let check = |rows: SecurityRows, expected: &str| {
        let found = rows
            .headline("AlmaLinux 9.8", "RHEL")
            .replace('\u{a0}', " ");
        assert_eq!(found, expected);
    };
    check(
        several(),
        "How long security fixes take to reach AlmaLinux 9.8 is not known: the days of 3 are, which is too few for a median.",
    );
    check(
        rows(vec![]),
        "This report has no security advisory of AlmaLinux 9.8.",
    );
    let unknown = clock("ALSA-2026:0001", Severity::Low, Some(0), None);
    check(
        rows(vec![unknown]),
        "How long security fixes take to reach AlmaLinux 9.8 is not known.",
    );
    let check = |distribution, when: &str| {
        let expected = format!(
            "Half of the 10 security fixes whose days are known came to AlmaLinux 9.8 {when} RHEL’s advisory."
        );
        check(enough(distribution), &expected);
    };
    check((1, DateSource::Issued), "within 1 day of");
    check((2, DateSource::Updated), "within at most 2 days of");
    check((0, DateSource::Updated), "on the day of or before");
    check((-3, DateSource::Issued), "3 days before");
    check((-3, DateSource::Updated), "at least 3 days before");
}

#[test]
fn the_formula_has_the_counts_behind_it() {
    let check = |rows: SecurityRows, expected: &str| {
        let formula = rows
            .formula("AlmaLinux", "RHEL")
            .map(|text| text.replace('\u{a0}', " "));
        assert_eq!(formula.as_deref(), Some(expected));
    };
    check(
        several(),
        "Here a median is given from 10 fixes on; the tables below give those of fewer, each with its count. 6 security advisories were read of either side: AlmaLinux has 5, and of 3 both days are known: 1 to the day, 2 as an upper bound.",
    );
    check(
        enough((5, DateSource::Updated)),
        "Nine in ten came within at most 5 days of it. 10 security advisories were read of either side: AlmaLinux has 10, and of 10 both days are known: 0 to the day, 10 as an upper bound.",
    );
    assert_eq!(rows(vec![]).formula("AlmaLinux", "RHEL"), None);
    assert_eq!(
        several().not_computed("AlmaLinux", "RHEL").len(),
        4,
        "the reference's day, the distribution's day, no advisory, other kinds"
    );
}

#[test]
fn quarters_without_an_advisory_are_shown_as_gaps() {
    let groups = several().by_quarter();
    let found: Vec<_> = groups
        .iter()
        .map(|group| (group.key.as_str(), group.advisories, group.buckets))
        .collect();
    assert_eq!(
        found,
        [
            ("2026Q3", 5, [0, 1, 1, 0, 0]),
            ("2026Q2", 0, [0; 5]),
            ("2026Q1", 0, [0; 5]),
            ("2025Q4", 1, [1, 0, 0, 0, 0]),
        ]
    );
    assert_eq!(groups[1].bar_text(), "no lag is known");
    assert_eq!(groups[0].bar_text(), "1 to 3 days: 1, 4 to 7 days: 1");
    assert_eq!(rows(vec![]).by_quarter(), []);
    let severities = several().by_severity();
    let found: Vec<_> = severities
        .iter()
        .map(|group| (group.key.as_str(), group.advisories))
        .collect();
    assert_eq!(
        found,
        [
            ("critical", 1),
            ("important", 1),
            ("moderate", 2),
            ("low", 2)
        ]
    );
}

fn shown(query: &[(&str, &str)]) -> Vec<String> {
    let table = several();
    let filter = SecurityFilter::from_query(query.iter().copied());
    filter
        .apply(&table)
        .into_iter()
        .map(|index| table.rows[index].clock.id.to_string())
        .collect()
}

#[test]
fn the_address_chooses_the_rows_and_their_order() {
    let check = |query: &[(&str, &str)], expected: &[&str]| {
        let numbers: Vec<String> = shown(query)
            .iter()
            .map(|id| id.rsplit(':').next().unwrap().to_owned())
            .collect();
        assert_eq!(numbers, expected, "{query:?}");
    };
    check(&[], &["0006", "0005", "0004", "0002", "0001", "0003"]);
    check(
        &[("sort", "-reference")],
        &["0003", "0001", "0002", "0004", "0005", "0006"],
    );
    check(
        &[("sort", "lag")],
        &["0002", "0001", "0003", "0006", "0005", "0004"],
    );
    check(
        &[("sort", "severity"), ("quarter", "2026Q3")],
        &["0006", "0001", "0002", "0005", "0004"],
    );
    check(&[("severity", "low,critical")], &["0006", "0005", "0004"]);
    check(&[("state", "open")], &["0006"]);
    check(&[("series", "own")], &["A001"]);
    check(&[("series", "bugfix")], &["0007"]);
    check(&[("q", "rhsa-2026:0005")], &["0005"]);
    check(&[("q", "no such")], &[]);
    check(
        &[("q", "BASH"), ("quarter", "2025Q4"), ("nonsense", "x")],
        &["0003"],
    );
}

#[test]
fn the_counts_of_a_choice_are_what_it_would_show() {
    let table = several();
    let filter = SecurityFilter::from_query([("severity", "low")]);
    assert_eq!(filter.severity_counts(&table), [1, 1, 2, 2, 0]);
    assert_eq!(filter.state_counts(&table), [2, 0, 0, 0, 0]);
    assert_eq!(SecurityFilter::series_counts(&table), [6, 1, 1, 0]);
}

#[test]
fn an_advisory_is_found_by_either_name_and_by_its_vulnerabilities() {
    let table = several();
    let found = |name: &str| {
        table
            .named(name)
            .iter()
            .map(|row| row.clock.id.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(found("ALSA-2026-0001"), ["ALSA-2026:0001"]);
    assert_eq!(found("rhsa-2026:0001"), ["ALSA-2026:0001"]);
    assert_eq!(found("CVE-2026-1004").len(), 8);
    assert_eq!(found("nonsense"), [""; 0]);
}

#[test]
fn a_timeline_is_in_the_order_of_its_days_and_says_what_is_not_known() {
    let check = |id: &str, expected: &[&str]| {
        let table = several();
        let steps = timeline(table.named(id)[0], "AlmaLinux", "RHEL");
        let steps: Vec<String> = steps
            .iter()
            .map(|step| format!("{}: {}", step.what, step.when).replace('\u{a0}', " "))
            .collect();
        assert_eq!(steps, expected);
    };
    check(
        "ALSA-2026:A001",
        &[
            "AlmaLinux: ALSA-2026:A001: 3 Jul 2026",
            "RHEL: RHSA-2026:001: 10 Jul 2026",
            "Vulnerability disclosed: not known",
            "In AlmaLinux’s Testing: not known",
        ],
    );
    check(
        "ALSA-2026:0002",
        &[
            "RHEL: RHSA-2026:0002: 2 Jul 2026",
            "AlmaLinux: ALSA-2026:0002: by 7 Jul 2026",
            "Vulnerability disclosed: not known",
            "In AlmaLinux’s Testing: not known",
        ],
    );
    let last = |state: FixState| {
        let mut row = several().named("RHSA-2026:0006")[0].clone();
        row.clock.state = state;
        let step = timeline(&row, "AlmaLinux", "RHEL").pop().unwrap();
        format!("{}: {}. {}", step.what, step.when, step.source)
    };
    for (state, expected) in [
        (
            FixState::Open,
            "In AlmaLinux: not yet. Its repositories have an older version.",
        ),
        (
            FixState::InTesting,
            "In AlmaLinux: not yet. Its other repositories have an older version.",
        ),
        (
            FixState::Unknown(UnknownFix::NoSuchPackage),
            "In AlmaLinux: not known. Whether it is there cannot be told.",
        ),
    ] {
        assert_eq!(last(state), expected);
    }
    let mut tested = several().named("ALSA-2026:0002")[0].clone();
    tested.clock.testing = tested.clock.distribution.map(|fact| DatedFact {
        source: DateSource::Snapshot,
        ..fact
    });
    let steps = timeline(&tested, "AlmaLinux", "RHEL");
    let testing = steps.iter().find(|step| step.what.ends_with("Testing"));
    assert_eq!(
        testing.map(|step| step.source.as_str()),
        Some("An upper bound: the snapshot of that day had it.")
    );
    let mut fixed = several().named("ALSA-2026:0002")[0].clone();
    fixed.clock.in_repositories = Some(DatedFact {
        day: JULY + 3,
        source: DateSource::Snapshot,
    });
    let steps = timeline(&fixed, "AlmaLinux", "RHEL");
    assert_eq!(steps[1].what, "In AlmaLinux, without an advisory");
    assert_eq!(steps[1].when.replace('\u{a0}', " "), "by 4 Jul 2026");
    let headline = advisory_headline("ALSA-2026:0002", &[&fixed], "AlmaLinux", "RHEL");
    assert_eq!(
        headline.replace('\u{a0}', " "),
        "ALSA-2026:0002: AlmaLinux had it at most 2 days after RHEL’s advisory."
    );
    assert_eq!(
        page_address("https://a.example/9/{id-with-dash}.html", "ALSA-2026:0001"),
        "https://a.example/9/ALSA-2026-0001.html"
    );
}

proptest! {
    #[test]
    fn a_filter_is_read_back_from_its_query(
        severities in prop::collection::btree_set(prop::sample::select(Severity::ALL.to_vec()), 0..3),
        states in prop::collection::btree_set(0usize..5, 0..3),
        quarter in prop::option::of("20[0-9]{2}Q[1-4]"),
        text in "[a-zA-Z0-9 +&=%é-]{0,12}",
        reversed: bool,
    ) {
        let filter = SecurityFilter {
            severities,
            states,
            series: filter::Series::Own,
            quarter,
            text,
            sort: SecuritySort { column: SecurityColumn::Lag, reversed },
        };
        let query = filter.query();
        let pairs: Vec<(String, String)> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(key, value)| (key.to_owned(), crate::presentation::route::decode(value).unwrap()))
            .collect();
        let pairs = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        prop_assert_eq!(SecurityFilter::from_query(pairs), filter);
    }
}
