use super::*;
use crate::domain::{
    AbiNotComparedReason, AbiVerdict, Evidence, Outcome, SourceState, VersionRelation,
};
use crate::presentation::route::decode;
use proptest::prelude::*;

fn read(query: &str) -> Filter {
    let decoded = |text: &str| decode(&text.replace('+', " ")).unwrap();
    let pairs: Vec<(String, String)> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(key, value)| (decoded(key), decoded(value)))
        .collect();
    Filter::from_query(
        pairs
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str())),
    )
}

fn compared(verdict: Verdict, cause: Option<Cause>) -> Outcome {
    Outcome {
        presence: Presence::Both,
        version: Some(VersionRelation::Same),
        source: SourceState::Unknown,
        verdict,
        cause,
        evidence: Some(Evidence::Inferred),
        not_compared: None,
    }
}

#[test]
fn reviewed_is_what_is_founded_on_more_than_versions_everywhere() {
    let inferred = Some(compared(Verdict::Matched, None));
    let graded = |evidence| {
        let outcome = compared(Verdict::Matched, None);
        Some(Outcome {
            evidence: Some(evidence),
            ..outcome
        })
    };
    let (proven, tagged) = (graded(Evidence::Proven), graded(Evidence::Tagged));
    let mut table = table();
    table.rows = [
        ("inferred", [inferred, inferred]),
        ("both", [proven, tagged]),
        ("one", [proven, inferred]),
        ("alone", [proven, None]),
    ]
    .map(|(name, outcomes)| row(name, outcomes, [None, None]))
    .to_vec();
    let shown = read("evidence=reviewed").apply(&table);
    let names: Vec<&str> = shown
        .iter()
        .map(|&row| table.rows[row].name.as_str())
        .collect();
    assert_eq!(names, ["both", "alone"]);
}

fn row(name: &str, outcomes: [Option<Outcome>; 2], abi: [Option<AbiVerdict>; 2]) -> PackageRow {
    PackageRow {
        name: name.to_owned(),
        name_lowercase: name.to_ascii_lowercase(),
        distribution_evr: "1-1".to_owned(),
        reference_evr: "1-1".to_owned(),
        outcomes: outcomes.to_vec(),
        abi: abi.to_vec(),
        level: None,
        changes: Vec::new(),
        origin_missing: false,
        repository: Some(0),
        origin: None,
        built: None,
        reason: None,
    }
}

/// bash matches everywhere, cockpit is patched, kernel diverges on one of two architectures.
fn table() -> ReleaseRows {
    use AbiVerdict::{Broken, Extended, Kept, NotCompared};
    let matched = compared(Verdict::Matched, None);
    let patched = compared(Verdict::Patched, None);
    let behind = compared(Verdict::Diverging, Some(Cause::UpdatePending));
    let nothing = NotCompared(AbiNotComparedReason::NothingExported);
    let mut bash = row(
        "bash",
        [Some(matched), Some(matched)],
        [Some(nothing), Some(nothing)],
    );
    bash.level = Some(1);
    let mut cockpit = row("cockpit", [Some(patched), None], [Some(Kept), None]);
    cockpit.changes = vec![ChangeClass::Branding, ChangeClass::ReleaseMechanics];
    cockpit.level = Some(2);
    cockpit.origin_missing = true;
    let mut kernel = row(
        "Kernel",
        [Some(matched), Some(behind)],
        [Some(Extended), Some(Broken)],
    );
    kernel.changes = vec![ChangeClass::HardwareKept];
    kernel.origin = Some(0);
    ReleaseRows {
        architectures: vec!["x86_64".to_owned(), "aarch64".to_owned()],
        repositories: vec!["BaseOS".to_owned()],
        origins: vec!["CentOS Stream".to_owned()],
        has_abi: true,
        has_facets: true,
        rows: vec![bash, cockpit, kernel],
    }
}

fn check(query: &str, expected: &[&str]) {
    let table = table();
    let shown = read(query).apply(&table);
    let names: Vec<&str> = shown
        .iter()
        .map(|&index| table.rows[index].name.as_str())
        .collect();
    assert_eq!(names, expected, "{query}");
}

#[test]
fn every_choice_narrows_the_table() {
    check("", &["bash", "cockpit", "Kernel"]);
    check("verdict=patched,diverging", &["cockpit", "Kernel"]);
    check("verdict=matched&arch=x86_64", &["bash", "Kernel"]);
    check("cause=update-pending", &["Kernel"]);
    check("cause=update-pending&arch=x86_64", &[]);
    check("arch=riscv64", &[]);
    check("source=CentOS%20Stream", &["Kernel"]);
    check("source=unknown", &["bash", "cockpit"]);
    check("repository=BaseOS&q=KER", &["Kernel"]);
    check("abi=broken", &["Kernel"]);
    check("abi=broken&arch=x86_64", &[]);
    check("abi=extended&arch=x86_64", &["Kernel"]);
    check("abi=kept", &["cockpit"]);
    check("abi=not-compared", &["bash"]);
    check("level=1", &["bash"]);
    check("level=none", &["Kernel"]);
    check("change=branding", &["cockpit"]);
    check("change=hardware-kept&level=none", &["Kernel"]);
    check("origin=missing", &["cockpit"]);
    check("sort=-name", &["Kernel", "cockpit", "bash"]);
    check("sort=-verdict", &["Kernel", "cockpit", "bash"]);
}

#[test]
fn nothing_is_shown_for_a_choice_that_cannot_be_answered() {
    let table = ReleaseRows {
        has_facets: false,
        ..table()
    };
    assert_eq!(read("abi=kept").apply(&table).len(), 1);
    for query in ["level=none", "change=branding", "origin=missing"] {
        assert!(read(query).apply(&table).is_empty(), "{query}");
    }
}

#[test]
fn what_is_not_known_is_passed_over() {
    for query in [
        "x=1",
        "abi=whole",
        "level=5",
        "change=decoration",
        "origin=stated",
        "sort=size",
        "verdict=good",
    ] {
        assert_eq!(read(query), Filter::default(), "{query}");
    }
}

#[test]
fn each_package_is_in_one_choice_of_the_binary_interface_and_of_the_levels() {
    let table = table();
    for row in &table.rows {
        for architecture in [None, Some(0), Some(1)] {
            let abi = AbiChoice::ALL.iter();
            assert_eq!(
                abi.filter(|choice| choice.admits(row, architecture))
                    .count(),
                1
            );
        }
        let levels = LevelChoice::ALL.iter();
        assert_eq!(levels.filter(|choice| choice.admits(row)).count(), 1);
    }
}

#[test]
fn counts_keep_the_other_choices() {
    let table = table();
    assert_eq!(read("verdict=patched").verdict_counts(&table), [1, 1, 1, 0]);
    assert_eq!(read("change=branding").verdict_counts(&table), [0, 1, 0, 0]);
    let position = Cause::ALL
        .iter()
        .position(|cause| *cause == Cause::UpdatePending)
        .unwrap();
    assert_eq!(read("").cause_counts(&table)[position], 1);
    assert_eq!(read("verdict=matched").cause_counts(&table)[position], 0);
}

fn option<T: Clone + std::fmt::Debug + 'static>(
    all: &'static [T],
) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(proptest::sample::select(all))
}

proptest! {
    #[test]
    fn every_filter_is_read_back(
        verdicts in proptest::sample::subsequence(Verdict::ALL.to_vec(), 0..=4),
        causes in proptest::sample::subsequence(Cause::ALL.to_vec(), 0..=7),
        presence in proptest::option::of(prop_oneof![Just(Presence::Missing), Just(Presence::Extra)]),
        names in proptest::collection::vec(proptest::option::of("[a-z +&=%]{1,8}"), 3),
        (abi, level, change) in (option(&AbiChoice::ALL), option(&LevelChoice::ALL), option(&ChangeClass::ALL)),
        (origin_missing, reviewed) in (any::<bool>(), any::<bool>()),
        text in "[a-zA-Z +&=%é]{0,8}",
        column in proptest::sample::select(&SortColumn::ALL[..]),
        descending: bool,
    ) {
        let filter = Filter {
            verdicts: verdicts.into_iter().collect(),
            causes: causes.into_iter().collect(),
            presence,
            architecture: names[0].clone(),
            repository: names[1].clone(),
            origin: names[2].clone(),
            abi,
            level,
            change,
            origin_missing,
            reviewed,
            text,
            sort: Sort { column, descending },
        };
        prop_assert_eq!(read(&filter.query()), filter);
    }
}
