//! What is told when publishing has ended: the shares of each architecture as a table, and what must be read before them.

use super::Publication;
use super::compile::CompiledRelease;
use super::numbers::{counted, thousands};
use crate::domain::{AbiCounts, Shares, Verdict, permille};
use crate::report::{
    AbiNotComparedName, AbiTotalsRecord, AdvisoryFailure, InputFailure, PointInTime, SharesRecord,
    SourceFailure,
};
use std::fmt::Write;

/// Warnings that are told in the summary; the report has all.
const WARNINGS_TOLD: usize = 20;

/// The summary, as lines of text.
pub fn summary(publication: &Publication) -> String {
    let mut text = String::new();
    for release in &publication.releases {
        // Writing to a string cannot fail.
        let _ = write!(text, "{}", release_summary(release, publication));
    }
    for failure in &publication.failures {
        let _ = writeln!(text, "{}", failure_line(failure));
    }
    for failure in publication
        .releases
        .iter()
        .flat_map(|release| &release.advisory_failures)
    {
        let _ = writeln!(text, "{}", advisory_failure_line(failure));
    }
    for failure in publication
        .releases
        .iter()
        .flat_map(|release| &release.input_failures)
    {
        let _ = writeln!(text, "{}", input_failure_line(failure));
    }
    for loss in &publication.losses {
        let _ = writeln!(text, "history: a snapshot is a gap in it: {loss}");
    }
    let counts = publication.counts;
    let _ = writeln!(
        text,
        "Published: {}, {} there already",
        counted(counts.added, "new document", "new documents"),
        thousands(counts.unchanged as u64)
    );
    text
}

fn release_summary(release: &CompiledRelease, publication: &Publication) -> String {
    let snapshot = &release.snapshot;
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{} {} against {} {}, snapshot {}",
        publication.distribution,
        snapshot.distribution_minor,
        publication.reference,
        snapshot.reference_minor,
        snapshot.id
    );
    for notice in &snapshot.notices {
        let _ = writeln!(text, "notice: {notice}");
    }
    let header = [
        "architecture",
        "matches",
        "matched",
        "patched",
        "diverging",
        "not compared",
    ]
    .map(str::to_owned);
    let mut rows = vec![header];
    rows.extend(
        release
            .architectures
            .iter()
            .map(|record| row(&record.name, record.shares)),
    );
    rows.push(row("all", snapshot.shares));
    text.push_str(&table(&rows));
    for record in &release.architectures {
        if let Some(abi) = &record.abi {
            let _ = writeln!(text, "ABI {}: {}", record.name, abi_words(abi));
        }
    }
    for warning in release.warnings.iter().take(WARNINGS_TOLD) {
        let _ = writeln!(text, "warning: {warning}");
    }
    if release.warnings.len() > WARNINGS_TOLD {
        let more = release.warnings.len() - WARNINGS_TOLD;
        let _ = writeln!(
            text,
            "{} in the report",
            counted(more, "more warning", "more warnings")
        );
    }
    text.push('\n');
    text
}

fn failure_line(failure: &SourceFailure) -> String {
    let SourceFailure {
        release,
        architecture,
        name,
        side,
        ..
    } = failure;
    let what = format!("{release} {architecture} {name} ({side})");
    line_of(
        &what,
        &last_read(failure.last_read, failure.absent_words()),
        failure.since,
        &failure.cause,
    )
}

fn advisory_failure_line(failure: &AdvisoryFailure) -> String {
    let what = format!("{} {} (advisories)", failure.release, failure.name);
    line_of(
        &what,
        &last_read(failure.last_read, "absent, never read"),
        failure.since,
        &failure.cause,
    )
}

fn input_failure_line(failure: &InputFailure) -> String {
    let what = format!("{} {} ({})", failure.release, failure.name, failure.kind);
    let state = match failure.last_read {
        Some(read) => format!("old, as of {}", read.0),
        None => "absent".to_owned(),
    };
    line_of(&what, &state, failure.since, &failure.cause)
}

/// Of when what stands in for an input is, where anything does.
fn last_read(read: Option<PointInTime>, absent: &str) -> String {
    match read {
        Some(read) => format!("old, read last at {}", read.0),
        None => absent.to_owned(),
    }
}

fn line_of(what: &str, state: &str, since: PointInTime, cause: &str) -> String {
    format!(
        "source: {what} is {state}, fails since {}: {cause}",
        since.0
    )
}

/// What became of binary interfaces: entries kept of those that the reference exports, and the packages.
fn abi_words(totals: &AbiTotalsRecord) -> String {
    let kinds = [
        (totals.symbol_versions, "symbol versions"),
        (totals.kernel_symbols, "kernel symbols"),
    ];
    let kept: Vec<String> = kinds
        .into_iter()
        .map(|(counts, what)| (AbiCounts::from(counts), what))
        .filter(|(counts, _)| counts.reference() > 0)
        .map(|(counts, what)| {
            let [kept, all] =
                [counts.kept, counts.reference()].map(|count| thousands(count.into()));
            format!("{kept} of {all} {what}")
        })
        .collect();
    let packages = |exports_nothing: bool| -> u32 {
        let chosen = totals.not_compared.iter().filter(|count| {
            (count.reason == AbiNotComparedName::NothingExported) == exports_nothing
        });
        chosen.map(|count| count.packages).sum()
    };
    let [
        kept_packages,
        extended,
        broken,
        exporting_nothing,
        not_compared,
    ] = [
        totals.kept,
        totals.extended,
        totals.broken,
        packages(true),
        packages(false),
    ]
    .map(|count| thousands(count.into()));
    let entries = if kept.is_empty() {
        "nothing was compared".to_owned()
    } else {
        format!("{} kept", kept.join(" and "))
    };
    let entries = match totals.entries_not_compared {
        0 => entries,
        1 => format!("{entries}, 1 known export not compared"),
        not_compared => format!(
            "{entries}, {} known exports not compared",
            thousands(not_compared.into())
        ),
    };
    format!(
        "{entries}; packages: {kept_packages} kept, {extended} extended, {broken} broken, {exporting_nothing} without exports, \
         {not_compared} not compared"
    )
}

fn row(name: &str, shares: SharesRecord) -> [String; 6] {
    let shares = Shares::from(shares);
    let matches = match permille(shares.matching(), shares.compared()) {
        Some(permille) => format!("{}.{} %", permille / 10, permille % 10),
        None => "-".to_owned(),
    };
    let count = |verdict| thousands(u64::from(shares.of(verdict)));
    [
        name.to_owned(),
        matches,
        count(Verdict::Matched),
        count(Verdict::Patched),
        count(Verdict::Diverging),
        count(Verdict::NotCompared),
    ]
}

fn table(rows: &[[String; 6]]) -> String {
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let mut text = String::new();
    for row in rows {
        let _ = write!(text, "{:<1$}", row[0], width(0));
        for (column, cell) in row.iter().enumerate().skip(1) {
            let _ = write!(text, "  {:>1$}", cell, width(column));
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_the_share_and_its_counts() {
        let shares = SharesRecord {
            matched: 1_999,
            patched: 0,
            diverging: 1,
            not_compared: 3,
        };
        assert_eq!(
            row("x86_64", shares),
            ["x86_64", "99.9 %", "1,999", "0", "1", "3"].map(str::to_owned)
        );
        let nothing = SharesRecord {
            matched: 0,
            diverging: 0,
            ..shares
        };
        assert_eq!(row("i686", nothing)[1], "-");
    }
}
