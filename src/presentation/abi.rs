//! What became of a binary interface, in words.

use crate::domain::{AbiCounts, AbiNotComparedReason, AbiVerdict};
use crate::presentation::number::{count, counted, percent};
use crate::presentation::words::Mark;
use crate::report::{AbiRecord, AbiTotalsRecord, ToolReport, ToolStatusName};

/// The mark of a verdict on a binary interface.
pub fn abi_mark(verdict: AbiVerdict) -> Mark {
    let (word, glyph, class) = match verdict {
        AbiVerdict::Kept => ("kept", "●", "matched"),
        AbiVerdict::Extended => ("extended", "◐", "matched"),
        AbiVerdict::Broken => ("broken", "▲", "diverging"),
        AbiVerdict::NotCompared(_) => ("not compared", "–", "not-compared"),
    };
    Mark { word, glyph, class }
}

/// Why a binary interface was not compared.
pub fn abi_reason(reason: AbiNotComparedReason, distribution: &str, reference: &str) -> String {
    match reason {
        AbiNotComparedReason::NothingExported => {
            "It exports no library and no kernel symbol.".to_owned()
        }
        AbiNotComparedReason::NotInReference => format!("{reference} does not have it."),
        AbiNotComparedReason::NotInDistribution => format!("{distribution} does not have it."),
        AbiNotComparedReason::NoReferenceArchitecture => {
            format!("{reference} does not have this architecture.")
        }
        AbiNotComparedReason::ReferenceUnrecorded => {
            format!("{reference}’s metadata do not record what its packages provide.")
        }
        AbiNotComparedReason::DistributionUnrecorded => {
            format!("{distribution}’s metadata do not record what its packages provide.")
        }
        AbiNotComparedReason::ReferenceIncomplete => {
            format!("The list of {reference}’s packages at hand is not complete.")
        }
        AbiNotComparedReason::DistributionIncomplete => {
            format!("The list of {distribution}’s packages at hand is not complete.")
        }
        AbiNotComparedReason::CrcUnknown => {
            "The checksums of its kernel symbols are not known.".to_owned()
        }
    }
}

/// One line on a package's binary interface: what is kept of what, or why nothing was compared.
pub fn abi_line(record: &AbiRecord, distribution: &str, reference: &str) -> String {
    if let AbiVerdict::NotCompared(reason) = record.outcome.into() {
        return abi_reason(reason, distribution, reference);
    }
    let kinds = [
        (record.symbol_versions, "symbol versions"),
        (record.kernel_symbols, "kernel symbols"),
    ];
    let mut parts: Vec<String> = kinds
        .into_iter()
        .filter_map(|(counts, what)| counts_line(counts?.into(), what))
        .collect();
    if record.entries_not_compared > 0 {
        parts.push(format!(
            "{} not compared",
            counted(record.entries_not_compared, "entry", "entries")
        ));
    }
    parts.join("; ")
}

fn counts_line(counts: AbiCounts, what: &str) -> Option<String> {
    if counts.reference() == 0 && counts.added == 0 {
        return None;
    }
    let mut line = format!(
        "{} of {} {what} kept",
        count(counts.kept),
        count(counts.reference())
    );
    let rest = [
        (counts.missing, "missing"),
        (counts.changed, "changed"),
        (counts.added, "added"),
    ];
    for (number, word) in rest.into_iter().filter(|(number, _)| *number > 0) {
        line.push_str(&format!(", {} {word}", count(number)));
    }
    Some(line)
}

/// The totals of an architecture: the share that is kept, its formula, and what became of the packages.
pub fn abi_totals(totals: &AbiTotalsRecord) -> (String, String) {
    let mut counts = AbiCounts::from(totals.symbol_versions);
    counts += totals.kernel_symbols.into();
    let share = percent(counts.kept, counts.reference());
    if counts.reference() == 0 {
        let all = totals.kept + totals.extended + totals.broken + not_compared_of(totals);
        let all = counted(all, "package", "packages");
        let why = "they export nothing, or one side’s metadata do not record what packages provide";
        return (share, format!("nothing was compared of {all}: {why}"));
    }
    let not_compared = not_compared_of(totals);
    let formula = format!(
        "{} of {} exported symbol versions and kernel symbols kept; {} kept, {} extended, {} broken, {} without exports or not compared",
        count(counts.kept),
        count(counts.reference()),
        counted(totals.kept, "package", "packages"),
        count(totals.extended),
        count(totals.broken),
        count(not_compared),
    );
    (share, formula)
}

fn not_compared_of(totals: &AbiTotalsRecord) -> u32 {
    let reasons = totals.not_compared.iter();
    reasons.map(|reason| reason.packages).sum()
}

/// What another tool found, in a few words.
pub fn tool_line(report: &ToolReport) -> String {
    let status = match report.status {
        ToolStatusName::Unchanged => "no change",
        ToolStatusName::Changed => "a change, not said to break anything",
        ToolStatusName::Incompatible => "a change that breaks something",
        ToolStatusName::Failed => "the tool failed",
        ToolStatusName::Unknown => "the report does not tell",
    };
    let place = report
        .architecture
        .as_ref()
        .map(|on| format!(" on {on}"))
        .unwrap_or_default();
    let said = report
        .said
        .as_ref()
        .map(|said| format!(" ({said})"))
        .unwrap_or_default();
    format!("{status}{place}{said}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_with_what_differs() {
        let check = |counts: [u32; 4], expected: Option<&str>| {
            let [kept, missing, changed, added] = counts;
            let counts = AbiCounts {
                kept,
                missing,
                changed,
                added,
            };
            assert_eq!(counts_line(counts, "symbol versions").as_deref(), expected);
        };
        check([0, 0, 0, 0], None);
        check([4, 0, 0, 0], Some("4 of 4 symbol versions kept"));
        check(
            [4, 1, 2, 3],
            Some("4 of 7 symbol versions kept, 1 missing, 2 changed, 3 added"),
        );
    }
}
