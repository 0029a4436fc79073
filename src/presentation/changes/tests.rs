//! What is told of the changes between two reports.

use super::*;
use crate::domain::{Shares, Timestamp, Verdict};
use crate::report::{
    ArchitectureRecord, CauseName, Digest, EvidenceName, FormatVersion, HistorySnapshot,
    NotComparedName, OtherVersions, OutcomeRecord, PackageTable, PointInTime, PresenceName,
    SharesRecord, SideName, SnapshotFigures, SourceRecord, SourceStateName, VerdictName,
    VersionRelationName,
};

const DIGEST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

fn matched() -> OutcomeRecord {
    OutcomeRecord {
        verdict: VerdictName::Matched,
        cause: None,
        evidence: Some(EvidenceName::Inferred),
        not_compared: None,
        presence: PresenceName::Both,
        version: Some(VersionRelationName::Same),
        source: SourceStateName::Unknown,
    }
}

fn behind() -> OutcomeRecord {
    OutcomeRecord {
        verdict: VerdictName::Diverging,
        cause: Some(CauseName::UpdatePending),
        version: Some(VersionRelationName::Behind),
        ..matched()
    }
}

fn extra() -> OutcomeRecord {
    OutcomeRecord {
        verdict: VerdictName::NotCompared,
        evidence: None,
        not_compared: Some(NotComparedName::NoCounterpart),
        presence: PresenceName::Extra,
        version: None,
        ..matched()
    }
}

/// A report of a day: packages with the distribution's and the reference's EVR, and the outcome on each architecture.
fn report(
    taken: &str,
    architectures: &[&str],
    packages: &[(&str, &str, &str, &[Option<OutcomeRecord>])],
) -> Compatibility {
    let digest: Digest = DIGEST.to_owned().try_into().unwrap();
    let mut table = PackageTable::default();
    let mut shares = SharesRecord {
        matched: 0,
        patched: 0,
        diverging: 0,
        not_compared: 0,
    };
    for (name, distribution, reference, outcomes) in packages {
        let indices = outcomes.iter().map(|outcome| {
            outcome.map(|outcome| {
                table.outcomes.push(outcome);
                table.outcomes.len() as u32 - 1
            })
        });
        let indices: Vec<_> = indices.collect();
        match outcomes
            .iter()
            .flatten()
            .map(|outcome| Verdict::from(outcome.verdict))
            .max()
        {
            Some(Verdict::Matched) => shares.matched += 1,
            Some(Verdict::Patched) => shares.patched += 1,
            Some(Verdict::Diverging) => shares.diverging += 1,
            _ => shares.not_compared += 1,
        }
        table.patterns.push(indices);
        table.pattern.push(table.patterns.len() as u32 - 1);
        table.names.push((*name).to_owned());
        table.distribution.push((*distribution).to_owned());
        table.reference.push((*reference).to_owned());
        table.repository.push(None);
        table.origin.push(None);
    }
    let taken: Timestamp = taken.parse().unwrap();
    let record = |name: &&str| ArchitectureRecord {
        name: (*name).to_owned(),
        compared_with: Some((*name).to_owned()),
        shares,
        abi: None,
    };
    Compatibility {
        format: FormatVersion::CURRENT,
        release: "9".to_owned(),
        snapshot: taken.to_string(),
        taken: PointInTime(taken),
        distribution_minor: "9.6".to_owned(),
        reference_minor: "9.6".to_owned(),
        notices: Vec::new(),
        warnings: Vec::new(),
        shares,
        architectures: architectures.iter().map(record).collect(),
        sources: Vec::new(),
        levels: Vec::new(),
        packages: table,
        directories: Vec::new(),
        names: digest.clone(),
        build_days: digest,
        facets: None,
        builds: None,
        repositories: None,
    }
}

fn check(before: &Compatibility, after: &Compatibility, expected: &str) {
    let changes = changes_between(before, after, "AlmaLinux", "RHEL");
    let text = changes_text(&changes).replace('\u{a0}', " ");
    assert_eq!(text.trim_end(), expected.trim());
}

#[test]
fn the_net_change_stands_first_and_each_change_with_who_made_it() {
    let two = ["x86_64", "aarch64"];
    let all = |outcome: OutcomeRecord| [Some(outcome), Some(outcome)];
    let before = report(
        "2026-11-01",
        &two,
        &[
            ("bash", "5.1-1", "=", &all(matched())),
            ("calm", "1-1", "=", &all(matched())),
            ("gone", "1-1", "=", &all(matched())),
            ("kernel", "5.14-1", "5.14-2", &all(behind())),
            ("steady", "1-1", "=", &all(matched())),
        ],
    );
    let after = report(
        "2026-11-08",
        &two,
        &[
            ("bash", "5.1-1", "5.1-2", &[Some(behind()), Some(matched())]),
            ("calm", "1-1", "=", &all(matched())),
            ("kernel", "5.14-2", "=", &all(matched())),
            ("own", "1-1", "", &all(extra())),
            ("steady", "1-2", "=", &all(matched())),
        ],
    );
    check(
        &before,
        &after,
        "
−5.0 percentage points: the share that matches went from 80.0 % (4 of 5) on 1 Nov 2026 to 75.0 % (3 of 4) on 8 Nov 2026.
1 package ceased to diverge and 1 package began to; 1 package came in and 1 package went.

AlmaLinux changed its version (1)
  kernel: diverging, update pending (5.14-1 / 5.14-2) → matched (5.14-2 / 5.14-2)

RHEL changed its version (1)
  bash on x86_64: matched (5.1-1 / 5.1-1) → diverging, update pending (5.1-1 / 5.1-2)

AlmaLinux added it (1)
  own: not there → extra (1-1 / –)

Gone from both sides (1)
  gone: matched (1-1 / 1-1) → not there",
    );
}

#[test]
fn no_version_is_told_that_the_table_does_not_have() {
    let two = ["x86_64", "s390x"];
    let all = [Some(matched()), Some(matched())];
    let before = report("2026-11-01", &two, &[("libxml2", "1-1", "=", &all)]);
    let late = [Some(matched()), Some(behind())];
    let after = report("2026-11-02", &two, &[("libxml2", "1-1", "=", &late)]);
    check(
        &before,
        &after,
        "
−100.0 percentage points: the share that matches went from 100.0 % (1 of 1) on 1 Nov 2026 to 0.0 % (0 of 1) on 2 Nov 2026.
0 packages ceased to diverge and 1 package began to; 0 packages came in and 0 packages went.

On some architectures alone, whose versions stand on the package’s page (1)
  libxml2 on s390x: matched (1-1 / 1-1) → diverging, update pending",
    );
}

#[test]
fn a_change_on_one_architecture_is_told_with_the_versions_there() {
    let two = ["x86_64", "s390x"];
    let mut before = report(
        "2026-11-01",
        &two,
        &[("bash", "5.1-1", "=", &[Some(matched()), Some(matched())])],
    );
    let mut after = report(
        "2026-11-08",
        &two,
        &[("bash", "5.1-2", "=", &[Some(matched()), Some(behind())])],
    );
    before.packages.other_versions = Some(Vec::new());
    after.packages.other_versions = Some(vec![OtherVersions {
        row: 0,
        architectures: vec![1],
        distribution: Some("5.1-1".to_owned()),
        reference: None,
    }]);
    let changes = changes_between(&before, &after, "AlmaLinux", "RHEL");
    let told = changes_text(&changes);
    let expected = "RHEL changed its version (1)\n  bash on s390x: matched (5.1-1 / 5.1-1) → diverging, update pending (5.1-1 / 5.1-2)";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn what_cannot_be_compared_is_no_change() {
    let before = report(
        "2026-11-01",
        &["x86_64"],
        &[("bash", "1-1", "=", &[Some(matched())])],
    );
    let mut after = report(
        "2026-11-02",
        &["x86_64", "riscv64"],
        &[("bash", "1-1", "=", &[Some(matched()), Some(behind())])],
    );
    after.reference_minor = "9.7".to_owned();
    check(
        &before,
        &after,
        "
Not comparable: 100.0 % (1 of 1) matched on 1 Nov 2026, and 0.0 % (0 of 1) on 2 Nov 2026. RHEL went from 9.6 to 9.7, and AlmaLinux stayed at 9.6. The architectures went from x86_64 to x86_64, riscv64.
0 packages ceased to diverge and 0 packages began to; 0 packages came in and 0 packages went.
note: RHEL went from 9.6 to 9.7 in between.
note: riscv64: only in the later report, so nothing there counts as a change.
No package changed its verdict, its cause, or why it is not compared.",
    );
}

#[test]
fn shares_of_other_packages_are_not_subtracted() {
    let all = [Some(matched())];
    let before = report("2026-11-01", &["x86_64"], &[("bash", "1-1", "=", &all)]);
    let packages = [("bash", "1-1", "=", &all[..]), ("zsh", "1-1", "=", &all)];
    let after = report("2026-11-02", &["x86_64"], &packages);
    let changes = changes_between(&before, &after, "AlmaLinux", "RHEL");
    assert_eq!(
        changes.net[0].replace('\u{a0}', " "),
        "Not comparable: 100.0 % (1 of 1) matched on 1 Nov 2026, and 100.0 % (2 of 2) on 2 Nov 2026. The packages compared went from 1 to 2."
    );
}

#[test]
fn what_only_came_to_be_known_neither_began_nor_ceased() {
    let unexplained = OutcomeRecord {
        verdict: VerdictName::Diverging,
        cause: Some(CauseName::Unexplained),
        ..matched()
    };
    let of = |taken: &str, bash, zsh| {
        let packages = [
            ("bash", "1-1", "=", &[Some(bash)][..]),
            ("zsh", "1-1", "=", &[Some(zsh)]),
        ];
        report(taken, &["x86_64"], &packages)
    };
    let before = of("2026-11-01", matched(), unexplained);
    let after = of("2026-11-02", unexplained, matched());
    let changes = changes_between(&before, &after, "AlmaLinux", "RHEL");
    assert_eq!(
        changes.net[1..],
        [
            "0 packages ceased to diverge and 0 packages began to; 0 packages came in and 0 packages went.",
            "1 package of unchanged versions is now known to diverge, and 1 no longer: only what is known of them changed, or how they are compared."
        ]
    );
}

#[test]
fn the_same_versions_that_are_known_differently_are_called_that() {
    let before = report(
        "2026-11-01",
        &["x86_64"],
        &[("bash", "1-1", "=", &[Some(matched())])],
    );
    let patched = OutcomeRecord {
        verdict: VerdictName::Patched,
        ..matched()
    };
    let after = report(
        "2026-11-02",
        &["x86_64"],
        &[("bash", "1-1", "=", &[Some(patched)])],
    );
    check(
        &before,
        &after,
        "
No change: the share that matches went from 100.0 % (1 of 1) on 1 Nov 2026 to 100.0 % (1 of 1) on 2 Nov 2026.
0 packages ceased to diverge and 0 packages began to; 0 packages came in and 0 packages went.

The same versions, known or compared differently (1)
  bash: matched (1-1 / 1-1) → patched (1-1 / 1-1)",
    );
}

/// The report with the reference's list of an architecture, which is not complete.
fn against_a_part(report: Compatibility) -> Compatibility {
    let source = SourceRecord {
        side: SideName::Reference,
        name: "seen".to_owned(),
        architecture: "x86_64".to_owned(),
        location: String::new(),
        complete: false,
        records_epochs: true,
        dated: None,
        digest: report.names.clone(),
        binary_packages: 1,
        binary_packages_counted: 1,
        source_packages_counted: 0,
    };
    Compatibility {
        sources: vec![source],
        ..report
    }
}

#[test]
fn what_a_list_that_is_not_complete_lacks_neither_came_nor_went_nor_began_nor_ceased() {
    let untold = OutcomeRecord {
        not_compared: Some(NotComparedName::ReferenceIncomplete),
        ..extra()
    };
    let missing = OutcomeRecord {
        presence: PresenceName::Missing,
        ..untold
    };
    let before = report(
        "2025-12-31",
        &["x86_64"],
        &[
            ("acl", "2.3.2-3", "", &[Some(untold)]),
            ("curl", "8.9.1-5", "8.12-1", &[Some(behind())]),
            ("expat", "2.7-1", "=", &[Some(matched())]),
            ("jq", "1.7-8", "1.7-9", &[Some(behind())]),
        ],
    );
    let after = report(
        "2026-09-06",
        &["x86_64"],
        &[
            ("acl", "2.3.2-3", "2.3.2-4", &[Some(behind())]),
            ("curl", "8.9.1-5", "", &[Some(untold)]),
            ("expat", "2.7-1", "2.7-5", &[Some(behind())]),
            ("jq", "1.7-9", "=", &[Some(matched())]),
            ("rust-podman-sequoia", "", "0.1-1", &[Some(missing)]),
        ],
    );
    check(
        &against_a_part(before),
        &against_a_part(after),
        "
No change: the share that matches went from 33.3 % (1 of 3) on 31 Dec 2025 to 33.3 % (1 of 3) on 6 Sep 2026.
1 package ceased to diverge and 1 package began to; 0 packages came in and 0 packages went.
1 package that diverges could not be compared before, and 1 that diverged cannot be compared any more; whether they began or ceased to in between is not known.
1 package came onto the lists at hand and 0 dropped off them, which means nothing: a list is not complete, or could not be read.

AlmaLinux changed its version (1)
  jq: diverging, update pending (1.7-8 / 1.7-9) → matched (1.7-9 / 1.7-9)

RHEL changed its version (1)
  expat: matched (2.7-1 / 2.7-1) → diverging, update pending (2.7-1 / 2.7-5)

Not listed before or after, which means nothing: the list is not complete, or could not be read (3)
  acl: not compared (2.3.2-3 / not on the list at hand) → diverging, update pending (2.3.2-3 / 2.3.2-4)
  curl: diverging, update pending (8.9.1-5 / 8.12-1) → not compared (8.9.1-5 / not on the list at hand)
  rust-podman-sequoia: not on the list at hand → not compared (– / 0.1-1)",
    );
}

fn snapshot(taken: &str) -> SnapshotEntry {
    SnapshotEntry {
        id: taken.replace(['-', ':'], ""),
        taken: PointInTime(taken.parse().unwrap()),
        report: DIGEST.to_owned().try_into().unwrap(),
        distribution_minor: "9.6".to_owned(),
        reference_minor: "9.6".to_owned(),
        distribution_dated: None,
        distribution_dated_from: None,
        reference_dated: None,
        reference_dated_from: None,
        shares: Shares::default().into(),
        notices: Vec::new(),
        security: None,
        builds: None,
    }
}

/// The year of snapshots at four in the morning of days, of which those with a `!` were lost.
fn year(year: i32, days: &[&str]) -> Arc<HistoryYear> {
    let of_day = |day: &&str| HistorySnapshot {
        entry: snapshot(&format!("{}T04:00:00Z", day.trim_end_matches('!'))),
        figures: (!day.ends_with('!')).then(|| SnapshotFigures {
            reviewed: 0,
            architectures: Vec::new(),
        }),
        since: Vec::new(),
        transitions: Vec::new(),
        reasons: Vec::new(),
    };
    let snapshots: Vec<HistorySnapshot> = days.iter().map(of_day).collect();
    let snapshots: Vec<&HistorySnapshot> = snapshots.iter().collect();
    Arc::new(HistoryYear::new("9", year, &snapshots, Vec::new()))
}

#[test]
fn reports_that_were_lost_in_between_are_a_gap() {
    let years = [
        year(2025, &["2025-12-29", "2025-12-30!", "2025-12-31"]),
        year(2026, &["2026-01-01!", "2026-01-02", "2026-01-03"]),
    ];
    let lost = lost_in(&years);
    let check = |earlier: &str, later: &str, expected: Option<&str>| {
        let [earlier, later] = [earlier, later].map(|day| snapshot(&format!("{day}T04:00:00Z")));
        assert_eq!(gap_note(&lost, &earlier, &later).as_deref(), expected);
    };
    check("2026-01-02", "2026-01-03", None);
    check(
        "2025-12-29",
        "2025-12-31",
        Some(
            "There is a gap in between: the report of 20251230T040000Z was lost. What was so only then is not known.",
        ),
    );
    check(
        "2025-12-29",
        "2026-01-03",
        Some(
            "There are gaps in between: 2 reports were lost, from 20251230T040000Z to 20260101T040000Z. What was so only then is not known.",
        ),
    );
}

#[test]
fn the_years_in_between_are_asked_where_the_index_does_not_list_every_snapshot() {
    let check = |snapshots_of_2024: u32, expected: &[i32]| {
        let entry = |year: i32, snapshots: u32| YearEntry {
            year,
            snapshots,
            digest: DIGEST.to_owned().try_into().unwrap(),
        };
        let [earlier, later] = ["2025-12-31T04:00:00Z", "2026-01-03T04:00:00Z"].map(snapshot);
        let release = ReleaseEntry {
            lost: Vec::new(),
            coverages: Vec::new(),
            id: "9".to_owned(),
            architectures: Vec::new(),
            snapshots: vec![earlier.clone(), later.clone()],
            years: vec![
                entry(2024, snapshots_of_2024),
                entry(2025, 1),
                entry(2026, 1),
            ],
            ledger: None,
            sources: Vec::new(),
        };
        let has_note = older_note(&release).is_some();
        assert_eq!(has_note, !expected.is_empty());
        let years = years_between(&release, &earlier, &later);
        let years: Vec<i32> = years.into_iter().map(|year| year.year).collect();
        assert_eq!(years, expected);
    };
    check(0, &[]);
    check(1, &[2025, 2026]);
}
