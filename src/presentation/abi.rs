//! What became of a binary interface, in words.

use crate::domain::{AbiCounts, AbiNotComparedReason, AbiVerdict};
use crate::presentation::hidden_characters::visible;
use crate::presentation::number::{count, counted, percent};
use crate::presentation::words::Mark;
use crate::report::{
    AbiNotComparedName, AbiRecord, AbiTotalsRecord, ToolName, ToolReport, ToolStatusName,
};

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
        AbiNotComparedReason::ReferenceKernelUnknown => no_kernel_symbols(reference),
        AbiNotComparedReason::DistributionKernelUnknown => no_kernel_symbols(distribution),
        AbiNotComparedReason::KernelSourcesDiffer => {
            "Its kernel symbols are known of one side from what the packages provide, of the other from a list of the stable ones alone.".to_owned()
        }
    }
}

fn no_kernel_symbols(side: &str) -> String {
    format!(
        "No kernel symbols of {side} are at hand, neither in what its packages provide nor in a list."
    )
}

/// One line on a package's binary interface: what is kept of what, or why nothing was compared.
pub fn abi_line(record: &AbiRecord, distribution: &str, reference: &str) -> String {
    let absent = (!record.absent_beside.is_empty()).then(|| {
        let names = record.absent_beside.join(", ");
        format!("{distribution} does not have {}", visible(&names))
    });
    if let AbiVerdict::NotCompared(reason) = record.outcome.into() {
        let reason = abi_reason(reason, distribution, reference);
        return match absent {
            Some(absent) => format!("{reason} {absent}."),
            None => reason,
        };
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
    parts.extend(absent);
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

/// The totals of an architecture: the share that is kept, its formula, what became of the packages, and what of the
/// reference's exports could not be compared.
pub fn abi_totals(totals: &AbiTotalsRecord) -> (String, String) {
    let mut counts = AbiCounts::from(totals.symbol_versions);
    counts += totals.kernel_symbols.into();
    let share = percent(counts.kept, counts.reference());
    let reasons = totals.not_compared.iter();
    let (without_exports, not_compared) = reasons.fold(
        (0, 0),
        |(without_exports, not_compared), reason| match reason.reason {
            AbiNotComparedName::NothingExported => {
                (without_exports + reason.packages, not_compared)
            }
            _ => (without_exports, not_compared + reason.packages),
        },
    );
    let kept = if counts.reference() == 0 {
        "nothing was compared".to_owned()
    } else {
        format!(
            "{} of {} exported symbol versions and kernel symbols kept",
            count(counts.kept),
            count(counts.reference())
        )
    };
    let entries = match totals.entries_not_compared {
        0 => String::new(),
        entries => format!(
            "; {} not compared",
            counted(entries, "known export", "known exports")
        ),
    };
    let formula = format!(
        "{kept}{entries}; {} kept, {} extended, {} broken, {} without exports, {} not compared",
        counted(totals.kept, "package", "packages"),
        count(totals.extended),
        count(totals.broken),
        count(without_exports),
        count(not_compared),
    );
    (share, formula)
}

/// How many entries differ, those that are not listed included: `300 differences`.
pub fn difference_count(record: &AbiRecord) -> String {
    let [missing, changed, added, moved] = totals_of_differences(record);
    counted(
        missing + changed + added + moved,
        "difference",
        "differences",
    )
}

fn totals_of_differences(record: &AbiRecord) -> [u32; 4] {
    let mut sum = AbiCounts::default();
    let counts = [record.symbol_versions, record.kernel_symbols];
    for counts in counts.into_iter().flatten() {
        sum += counts.into();
    }
    let moved = record.moved.len() as u32 + record.moved_unlisted;
    [sum.missing, sum.changed, sum.added, moved]
}

/// The entries that differ, by name, one line each: missing, changed, added and moved ones, and of each kind how many more there
/// are than are listed.
pub fn difference_lines(record: &AbiRecord) -> Vec<String> {
    let missing = record
        .missing
        .iter()
        .map(|entry| format!("− {} ({})", entry.entry, entry.package));
    let changed = record.changed.iter().map(|entry| {
        format!(
            "± {} ({}): {} → {}",
            entry.entry, entry.package, entry.reference, entry.distribution
        )
    });
    let added = record
        .added
        .iter()
        .map(|entry| format!("+ {} ({})", entry.entry, entry.package));
    let moved = record
        .moved
        .iter()
        .map(|entry| format!("→ {} from {} to {}", entry.entry, entry.from, entry.to));
    let more = |total: u32, listed: usize, word: &str| {
        let unlisted = total.saturating_sub(listed as u32);
        (unlisted > 0).then(|| format!("and {} more {word}", count(unlisted)))
    };
    let [all_missing, all_changed, all_added, all_moved] = totals_of_differences(record);
    let lines = missing
        .chain(more(all_missing, record.missing.len(), "missing"))
        .chain(changed)
        .chain(more(all_changed, record.changed.len(), "changed"))
        .chain(added)
        .chain(more(all_added, record.added.len(), "added"))
        .chain(moved)
        .chain(more(all_moved, record.moved.len(), "moved"));
    lines.map(|line| visible(&line)).collect()
}

/// The name of another tool.
pub fn tool_name(tool: ToolName) -> &'static str {
    match tool {
        ToolName::Abipkgdiff => "abipkgdiff",
        ToolName::Rpminspect => "rpminspect",
    }
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
    visible(&format!("{status}{place}{said}"))
}

/// The lines that sum up what another tool said, and how many more there are.
pub fn tool_details(report: &ToolReport) -> Vec<String> {
    let more = (report.lines_unlisted > 0).then(|| {
        format!(
            "and {}",
            counted(report.lines_unlisted, "more line", "more lines")
        )
    });
    let lines = report.lines.iter().map(|line| visible(line));
    lines.chain(more).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::AbiComparison;
    use crate::domain::AbiTotals;
    use crate::report::{AbiChangeRecord, AbiDifferenceRecord, AbiMoveRecord};

    #[test]
    fn totals_tell_what_was_not_compared_beside_what_was() {
        let check = |verdicts: &[(AbiVerdict, u32, u32)], share: &str, formula: &str| {
            let mut totals = AbiTotals::default();
            for &(verdict, kept, not_compared) in verdicts {
                let counts = AbiCounts {
                    kept,
                    ..AbiCounts::default()
                };
                totals.add(verdict, Some(counts), None, not_compared);
            }
            let told = abi_totals(&AbiTotalsRecord::from(totals));
            let told = (told.0.replace('\u{a0}', " "), told.1);
            assert_eq!(told, (share.to_owned(), formula.to_owned()));
        };
        let not_compared = AbiVerdict::NotCompared;
        let nothing = not_compared(AbiNotComparedReason::NothingExported);
        let unrecorded = not_compared(AbiNotComparedReason::ReferenceUnrecorded);
        let no_list = not_compared(AbiNotComparedReason::DistributionKernelUnknown);
        check(
            &[
                (AbiVerdict::Kept, 4, 0),
                (nothing, 0, 0),
                (unrecorded, 0, 0),
                (no_list, 0, 20),
            ],
            "100.0 %",
            "4 of 4 exported symbol versions and kernel symbols kept; 20 known exports not compared; \
             1 package kept, 0 extended, 0 broken, 1 without exports, 2 not compared",
        );
        check(
            &[(nothing, 0, 0), (unrecorded, 0, 1)],
            "–",
            "nothing was compared; 1 known export not compared; \
             0 packages kept, 0 extended, 0 broken, 1 without exports, 1 not compared",
        );
    }

    #[test]
    fn what_others_wrote_shows_its_hidden_characters() {
        let hidden = "libx\u{202e}.so.1";
        let difference = || AbiDifferenceRecord {
            entry: hidden.to_owned(),
            package: "libs".to_owned(),
        };
        let not_compared = AbiComparison::not_compared(AbiNotComparedReason::CrcUnknown, None);
        let record = AbiRecord {
            missing: vec![difference()],
            changed: vec![AbiChangeRecord {
                entry: "kernel(a)".to_owned(),
                package: "core".to_owned(),
                reference: "0x1".to_owned(),
                distribution: "0x2".to_owned(),
            }],
            added: vec![difference()],
            moved: vec![AbiMoveRecord {
                entry: hidden.to_owned(),
                from: "libs".to_owned(),
                to: "compat".to_owned(),
            }],
            ..AbiRecord::from(&not_compared)
        };
        assert_eq!(
            difference_lines(&record),
            [
                "− libx⟨U+202E⟩.so.1 (libs)",
                "± kernel(a) (core): 0x1 → 0x2",
                "+ libx⟨U+202E⟩.so.1 (libs)",
                "→ libx⟨U+202E⟩.so.1 from libs to compat",
            ]
        );
        let report = ToolReport {
            tool: ToolName::Rpminspect,
            architecture: None,
            status: ToolStatusName::Unknown,
            said: Some("OD\u{200b}D".to_owned()),
            lines: vec![hidden.to_owned()],
            lines_unlisted: 3,
        };
        assert_eq!(tool_line(&report), "the report does not tell (OD⟨U+200B⟩D)");
        assert_eq!(
            tool_details(&report),
            ["libx⟨U+202E⟩.so.1", "and 3 more lines"]
        );
    }

    #[test]
    fn a_package_that_the_distribution_dropped_is_named() {
        let nothing = AbiComparison::not_compared(AbiNotComparedReason::NothingExported, None);
        let mut record = AbiRecord {
            entries_not_compared: 2,
            absent_beside: vec!["zlib.i686".to_owned(), "zlib-devel.i686".to_owned()],
            ..AbiRecord::from(&nothing)
        };
        let line = |record: &AbiRecord| abi_line(record, "AlmaLinux", "RHEL");
        assert_eq!(
            line(&record),
            "It exports no library and no kernel symbol. AlmaLinux does not have zlib.i686, zlib-devel.i686."
        );
        record.outcome = AbiVerdict::Kept.into();
        let kept = AbiCounts {
            kept: 4,
            ..AbiCounts::default()
        };
        record.symbol_versions = Some(kept.into());
        assert_eq!(
            line(&record),
            "4 of 4 symbol versions kept; 2 entries not compared; AlmaLinux does not have zlib.i686, zlib-devel.i686"
        );
    }

    #[test]
    fn what_is_not_listed_is_counted() {
        let not_compared = AbiComparison::not_compared(AbiNotComparedReason::CrcUnknown, None);
        let difference = |at: usize| AbiDifferenceRecord {
            entry: format!("liba.so.{at}"),
            package: "libs".to_owned(),
        };
        let check = |missing: u32, listed: usize, title: &str, last: &str| {
            let record = AbiRecord {
                missing: (0..listed).map(difference).collect(),
                symbol_versions: Some(
                    AbiCounts {
                        missing,
                        ..AbiCounts::default()
                    }
                    .into(),
                ),
                ..AbiRecord::from(&not_compared)
            };
            assert_eq!(difference_count(&record), title);
            let lines = difference_lines(&record);
            assert_eq!(lines.last().map(String::as_str), Some(last));
        };
        check(300, 200, "300 differences", "and 100 more missing");
        check(1, 1, "1 difference", "− liba.so.0 (libs)");
    }

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
