//! What abipkgdiff of libabigail reported: its text, and its exit status where that was kept.
//!
//! The exit status is a sum of bits: 1 error, 2 wrong usage, 4 a change, 8 a change that is incompatible. Without a change
//! there is no text. Source: the manual of abidiff, “Return values”. Where the exit status was not kept, the text tells what
//! sets bit 8 and can be read there: something was removed, or the soname is another one. Where the exit status and the text do
//! not agree on whether anything changed, or on whether anything was removed, neither counts: they may be of different runs. Of a
//! removed function or variable and of another soname libabigail 2.2 sets bits 4 and 8 always; of a removed binary it sets none.

use super::report_file::listed;
use crate::report::{ToolName, ToolReport, ToolStatusName};

const ERROR_BITS: u8 = 1 | 2;
const CHANGE_BIT: u8 = 4;
const INCOMPATIBLE_BIT: u8 = 8;

/// The report of a text and, where it was kept, an exit status.
pub fn abipkgdiff_report(text: &str, exit_status: Option<u8>) -> ToolReport {
    let told_by_text = match text.trim() {
        "" => ToolStatusName::Unchanged,
        _ => status_of_text(text),
    };
    let told_by_status = exit_status.map(|status| match status {
        status if status & ERROR_BITS != 0 => ToolStatusName::Failed,
        status if status & INCOMPATIBLE_BIT != 0 => ToolStatusName::Incompatible,
        status if status & CHANGE_BIT != 0 => ToolStatusName::Changed,
        0 => ToolStatusName::Unchanged,
        _ => ToolStatusName::Unknown,
    });
    let contradiction = told_by_status.and_then(|status| contradiction(status, told_by_text));
    let status = match contradiction {
        Some(_) => ToolStatusName::Unknown,
        None => told_by_status.unwrap_or(told_by_text),
    };
    let (lines, lines_unlisted) = listed(text.lines().filter(|line| is_summary(line)).map(cleaned));
    ToolReport {
        tool: ToolName::Abipkgdiff,
        architecture: None,
        status,
        said: exit_status.map(|status| {
            let but = contradiction.unwrap_or_default();
            format!("exit status {status}{but}")
        }),
        lines,
        lines_unlisted,
    }
}

/// How the text contradicts the exit status, in words that follow it; `None` where both tell of a change or neither does, or one
/// of them does not tell. What is incompatible without a removal only the exit status tells. A text that is not understood contradicts that nothing changed: without a change there is none.
fn contradiction(by_status: ToolStatusName, by_text: ToolStatusName) -> Option<&'static str> {
    use ToolStatusName::{Changed, Incompatible, Unchanged, Unknown};
    match (by_status, by_text) {
        (Unchanged, Incompatible) => Some(", no change, yet the text tells of removals"),
        (Unchanged, Changed) => Some(", no change, yet the text tells of changes"),
        (Unchanged, Unknown) => Some(", no change, yet there is a text, which is not understood"),
        (Changed, Incompatible) => Some(", no incompatible change, yet the text tells of removals"),
        (Changed | Incompatible, Unchanged) => Some(", a change, yet the text tells of none"),
        _ => None,
    }
}

/// The gravest of what the lines tell.
fn status_of_text(text: &str) -> ToolStatusName {
    let statuses = text.lines().filter_map(|line| {
        let line = line.trim();
        let is_incompatible = line == "Removed binaries:"
            || line.starts_with("[D] ")
            || line.starts_with("SONAME changed from ");
        let is_change =
            line == "Added binaries:" || ["[A] ", "[C] "].iter().any(|mark| line.starts_with(mark));
        if is_incompatible {
            Some(ToolStatusName::Incompatible)
        } else if is_change {
            Some(ToolStatusName::Changed)
        } else {
            line.split_once("summary: ")
                .map(|(_, counts)| status_of_counts(counts))
        }
    });
    let rank = |status: &ToolStatusName| match status {
        ToolStatusName::Incompatible => 2,
        ToolStatusName::Changed => 1,
        _ => 0,
    };
    statuses.max_by_key(rank).unwrap_or(ToolStatusName::Unknown)
}

/// What `1 Removed, 1 Changed (78 filtered out), 8 Added functions` tells; what was filtered out is no part of the numbers.
fn status_of_counts(counts: &str) -> ToolStatusName {
    let counted = counts.split(", ").filter(|part| {
        let number = part
            .split_whitespace()
            .next()
            .and_then(|word| word.parse::<u32>().ok());
        number != Some(0)
    });
    let mut status = ToolStatusName::Unchanged;
    for part in counted {
        if part.to_ascii_lowercase().contains("removed") {
            return ToolStatusName::Incompatible;
        }
        status = ToolStatusName::Changed;
    }
    status
}

/// Whether a line names a library or binaries, counts changes, or tells of one that was removed, added or changed.
fn is_summary(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("================ changes of ")
        || line.contains("changes summary: ")
        || line.ends_with(" binaries:")
        || ["[D] ", "[A] ", "[C] "]
            .iter()
            .any(|mark| line.starts_with(mark))
        || line.starts_with("SONAME changed from ")
}

fn cleaned(line: &str) -> String {
    line.trim_matches(['=', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "================ changes of 'libx.so.1'===============\n  \
        Functions changes summary: 1 Removed, 0 Changed, 0 Added function\n\n  1 Removed function:\n\n    \
        [D] 'function int x()'    {x@@X_1}\n\n================ end of changes of 'libx.so.1'===============\n";

    fn check(text: &str, exit_status: Option<u8>, status: ToolStatusName, lines: &[&str]) {
        let report = abipkgdiff_report(text, exit_status);
        assert_eq!(report.status, status, "{text} {exit_status:?}");
        assert_eq!(report.lines, lines, "{text}");
    }

    #[test]
    fn the_exit_status_tells_and_the_text_where_there_is_none() {
        use ToolStatusName::*;
        let lines = [
            "changes of 'libx.so.1'",
            "Functions changes summary: 1 Removed, 0 Changed, 0 Added function",
            "[D] 'function int x()'    {x@@X_1}",
        ];
        check(REPORT, Some(12), Incompatible, &lines);
        check(REPORT, Some(4), Unknown, &lines);
        check(
            "  [C] 'function int y()'\n",
            Some(12),
            Incompatible,
            &["[C] 'function int y()'"],
        );
        check(REPORT, None, Incompatible, &lines);
        check("", Some(0), Unchanged, &[]);
        check("", None, Unchanged, &[]);
        check("", Some(1), Failed, &[]);
        check("", Some(3), Failed, &[]);
        check("", Some(16), Unknown, &[]);
        check("nothing that is understood", Some(0), Unknown, &[]);
        check("nothing that is understood", Some(4), Changed, &[]);
        check("abipkgdiff: no such file", None, Unknown, &[]);
    }

    #[test]
    fn what_contradicts_each_other_tells_nothing() {
        let check = |text: &str, exit_status: u8, said: &str| {
            let report = abipkgdiff_report(text, Some(exit_status));
            let told = (report.status, report.said.as_deref());
            assert_eq!(told, (ToolStatusName::Unknown, Some(said)), "{text}");
        };
        let of_removals = "exit status 0, no change, yet the text tells of removals";
        check(REPORT, 0, of_removals);
        check("Removed binaries:\n  [D] libx.so.1\n", 0, of_removals);
        let of_a_change = "exit status 4, no incompatible change, yet the text tells of removals";
        check(REPORT, 4, of_a_change);
        check(
            "SONAME changed from 'libx.so.1' to 'libx.so.2'\n",
            4,
            of_a_change,
        );
        check("Removed binaries:\n  [D] libx.so.1\n", 4, of_a_change);
        let of_changes = "exit status 0, no change, yet the text tells of changes";
        check("  [A] 'function int y()'\n", 0, of_changes);
        let of_nothing = "exit status 0, no change, yet there is a text, which is not understood";
        for text in ["<html>503</html>", "Error happened", "nothing"] {
            check(text, 0, of_nothing);
        }
        check("", 4, "exit status 4, a change, yet the text tells of none");
        check(
            "\n",
            12,
            "exit status 12, a change, yet the text tells of none",
        );
    }

    #[test]
    fn without_an_exit_status_the_gravest_line_tells() {
        use ToolStatusName::*;
        let check = |lines: &[&str], expected| {
            let report = abipkgdiff_report(&lines.join("\n"), None);
            assert_eq!(report.status, expected, "{lines:?}");
        };
        let filtered =
            "  Functions changes summary: 0 Removed, 0 Changed (12 filtered out), 0 Added function";
        let no_variables = "  Variables changes summary: 0 Removed, 0 Changed, 0 Added variable";
        let added = "  Functions changes summary: 0 Removed, 0 Changed, 4 Added functions";
        check(&[filtered, no_variables], Unchanged);
        check(&[no_variables, added, no_variables], Changed);
        check(
            &[
                "  Functions changes summary: 0 Removed, 2 Changed (3 filtered out), 0 Added functions",
            ],
            Changed,
        );
        check(
            &[
                added,
                "  Variable symbols changes summary: 6 Removed, 6 Added variable symbols not referenced by debug info",
            ],
            Incompatible,
        );
        check(
            &["  Leaf changes summary: 1 artifact changed (1 filtered out)"],
            Changed,
        );
        check(
            &["  Removed/Changed/Added functions summary: 1 Removed, 0 Changed, 0 Added function"],
            Incompatible,
        );
        check(
            &["Removed binaries:", "  [D] libm1.so.1, SONAME: libm1.so.1"],
            Incompatible,
        );
        check(
            &[
                "Added binaries:",
                "  [A] /usr/lib64/libx.so.2, SONAME: libx.so.2",
            ],
            Changed,
        );
        check(
            &["  SONAME changed from 'libx.so.1' to 'libx.so.2'"],
            Incompatible,
        );
        check(&["Segmentation fault"], Unknown);
    }

    #[test]
    fn many_lines_are_counted() {
        let report = abipkgdiff_report(&"[D] x\n".repeat(100), Some(12));
        assert_eq!((report.lines.len(), report.lines_unlisted), (40, 60));
    }
}
