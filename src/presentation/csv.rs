//! The package table as CSV (RFC 4180), as it is shown.

use super::abi::abi_mark;
use super::release_rows::ReleaseRows;
use super::words::{cause_label, evidence_label, presence_word, reason_label, verdict_mark};
use crate::report::write_csv_line;

/// The rows in the order given, one line per package and architecture-independent columns first, then one per
/// architecture with the outcome there.
pub fn csv(table: &ReleaseRows, rows: &[usize], architecture: Option<usize>) -> String {
    let mut text = String::new();
    let heads = [
        "package",
        "reference",
        "distribution",
        "verdict",
        "presence",
        "cause",
        "not compared because",
        "evidence",
        "source",
        "repository",
        "updated",
        "binary interface",
        "level",
        "changes",
        "patch without origin",
    ];
    let heads = heads
        .into_iter()
        .chain(table.architectures.iter().map(String::as_str));
    write_csv_line(&mut text, heads.map(str::to_owned));
    for &index in rows {
        let Some(row) = table.rows.get(index) else {
            continue;
        };
        let outcome = row.outcome(architecture);
        let name = |names: &[String], index: Option<usize>| {
            index
                .and_then(|index| names.get(index))
                .cloned()
                .unwrap_or_default()
        };
        let or_empty = |label: Option<&str>| label.unwrap_or_default().to_owned();
        let built = row.built.map(|built| built.to_string()[..10].to_owned());
        let fields = [
            row.name.clone(),
            row.reference_evr.clone(),
            row.distribution_evr.clone(),
            or_empty(outcome.map(|outcome| verdict_mark(outcome.verdict).word)),
            or_empty(outcome.map(|outcome| presence_word(outcome.presence))),
            or_empty(outcome.and_then(|outcome| outcome.cause).map(cause_label)),
            or_empty(
                outcome
                    .and_then(|outcome| outcome.not_compared)
                    .map(reason_label),
            ),
            or_empty(
                outcome
                    .and_then(|outcome| outcome.evidence)
                    .map(evidence_label),
            ),
            name(&table.origins, row.origin),
            name(&table.repositories, row.repository),
            built.unwrap_or_default(),
            or_empty(
                row.abi_verdict(architecture)
                    .map(|verdict| abi_mark(verdict).word),
            ),
            row.level.map(|level| level.to_string()).unwrap_or_default(),
            row.changes
                .iter()
                .map(|class| class.name())
                .collect::<Vec<_>>()
                .join(", "),
            or_empty(
                table
                    .has_facets
                    .then_some(if row.origin_missing { "yes" } else { "no" }),
            ),
        ];
        let cells = row.outcomes.iter().map(|outcome| {
            or_empty(
                outcome
                    .as_ref()
                    .map(|outcome| verdict_mark(outcome.verdict).word),
            )
        });
        write_csv_line(&mut text, fields.into_iter().chain(cells));
    }
    text
}
