//! What abipkgdiff of libabigail reported: its text, and its exit status where that was kept.
//!
//! The exit status is a sum of bits: 1 error, 2 wrong usage, 4 a change, 8 a change that is incompatible. Without a change
//! there is no text. Source: the manual of abidiff, “Return values”. Where the exit status was not kept, the text tells of an
//! error, and what sets bit 8 and can be read there: something was removed, or the soname or the architecture is another one. Where
//! the exit status and the text do not agree on whether there was an error, whether anything changed, or on whether anything was
//! removed, neither counts: they may be of different runs. Of a removed function or variable and of another soname or architecture
//! libabigail 2.2 sets bits 4 and 8 always; of types that no interface reaches it does not set 8. Of a binary that was removed or
//! added as a whole it sets none, so of these the text alone tells.

use super::report_file::listed;
use crate::report::{ToolName, ToolReport, ToolStatusName};

const ERROR_BITS: u8 = 1 | 2;
const CHANGE_BIT: u8 = 4;
const INCOMPATIBLE_BIT: u8 = 8;

/// What is said of an exit status that counts no binary as a whole.
const NOT_COUNTED: &str = ", which leaves out binaries that were removed or added";

/// The report of a text and, where it was kept, an exit status.
pub fn abipkgdiff_report(text: &str, exit_status: Option<u8>) -> ToolReport {
    let told_by_text = TextStatus::of(text);
    let told_by_status = exit_status.map(|status| match status {
        status if status & ERROR_BITS != 0 => ToolStatusName::Failed,
        status if status & INCOMPATIBLE_BIT != 0 => ToolStatusName::Incompatible,
        status if status & CHANGE_BIT != 0 => ToolStatusName::Changed,
        0 => ToolStatusName::Unchanged,
        _ => ToolStatusName::Unknown,
    });
    let contradiction = told_by_status.and_then(|status| contradiction(status, told_by_text));
    let told = told_by_status.unwrap_or(told_by_text.within_binaries);
    let graver = told_by_text.of_binaries.filter(|status| *status > told);
    let status = match contradiction {
        Some(_) => ToolStatusName::Unknown,
        None => graver.unwrap_or(told),
    };
    let (lines, lines_unlisted) = listed(text.lines().filter(|line| is_summary(line)).map(cleaned));
    ToolReport {
        tool: ToolName::Abipkgdiff,
        architecture: None,
        status,
        said: exit_status.map(|status| {
            let but = contradiction.or(graver.map(|_| NOT_COUNTED));
            format!("exit status {status}{}", but.unwrap_or_default())
        }),
        lines,
        lines_unlisted,
    }
}

/// How the text contradicts the exit status, in words that follow it; `None` where both tell of a change or neither does, or one
/// of them does not tell. What is incompatible without a removal only the exit status tells. A text that is not understood contradicts that nothing changed: without a change there is none.
fn contradiction(by_status: ToolStatusName, by_text: TextStatus) -> Option<&'static str> {
    use ToolStatusName::{Changed, Failed, Incompatible, Unchanged, Unknown};
    match (by_status, by_text.within_binaries) {
        (Unchanged | Changed | Incompatible, Failed) => {
            Some(", no error, yet the text tells of one")
        }
        (Unchanged, Incompatible) => Some(", no change, yet the text tells of an incompatible one"),
        (Unchanged, Changed) => Some(", no change, yet the text tells of changes"),
        (Unchanged, Unknown) => Some(", no change, yet there is a text, which is not understood"),
        (Changed, Incompatible) => Some(", no incompatible change, yet the text tells of one"),
        (Changed | Incompatible, Unchanged) if by_text.of_binaries.is_none() => {
            Some(", a change, yet the text tells of none")
        }
        _ => None,
    }
}

/// What a text tells.
#[derive(Clone, Copy)]
struct TextStatus {
    /// Of binaries that were removed or added as a whole; nothing where none was.
    of_binaries: Option<ToolStatusName>,
    /// The gravest of what changed within binaries.
    within_binaries: ToolStatusName,
}

impl TextStatus {
    fn of(text: &str) -> Self {
        let mut of_binaries = None;
        let mut within_binaries = None;
        let mut lists_binaries = false;
        let mut lists_unreachable = false;
        for line in text.lines().map(str::trim) {
            let of_list = match line {
                "Removed binaries:" => Some(ToolStatusName::Incompatible),
                "Added binaries:" => Some(ToolStatusName::Changed),
                _ => None,
            };
            lists_binaries = of_list.is_some() || lists_binaries && is_entry(line);
            lists_unreachable = tells_of_unreachable_types(line)
                || lists_unreachable && (line.is_empty() || is_entry(line));
            if lists_binaries {
                of_binaries = of_binaries.max(of_list);
            } else {
                let of_line = status_of_line(line);
                within_binaries = within_binaries.max(match lists_unreachable {
                    true => of_line.min(Some(ToolStatusName::Changed)),
                    false => of_line,
                });
            }
        }
        let says_nothing_else = text.trim().is_empty() || of_binaries.is_some();
        let without = match says_nothing_else {
            true => ToolStatusName::Unchanged,
            false => ToolStatusName::Unknown,
        };
        Self {
            of_binaries,
            within_binaries: within_binaries.unwrap_or(without),
        }
    }
}

/// Whether a line tells of one thing that was removed, added or changed.
fn is_entry(line: &str) -> bool {
    let marks = ["[D] ", "[A] ", "[C] "];
    marks.iter().any(|mark| line.starts_with(mark))
}

/// Whether a line begins a list of types that no interface reaches, or counts them.
fn tells_of_unreachable_types(line: &str) -> bool {
    line.starts_with("Unreachable types summary: ") || line.contains(" unreachable from ")
}

/// What a line tells of the inside of a binary; nothing where it tells of no change and of no number of changes.
fn status_of_line(line: &str) -> Option<ToolStatusName> {
    if line.starts_with("==== Error happened during ") {
        return Some(ToolStatusName::Failed);
    }
    if line.starts_with("[D] ") || is_of_another_abi(line) {
        return Some(ToolStatusName::Incompatible);
    }
    if is_entry(line) {
        return Some(ToolStatusName::Changed);
    }
    let (_, counts) = line.split_once("summary: ")?;
    Some(status_of_counts(counts))
}

/// Whether a line says that the soname or the architecture of a binary is another one.
fn is_of_another_abi(line: &str) -> bool {
    const STARTS: [&str; 4] = [
        "SONAME changed from ",
        "ELF SONAME changed",
        "architecture changed from ",
        "ELF architecture changed",
    ];
    STARTS.iter().any(|start| line.starts_with(start))
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

/// Whether a line names a library or binaries, counts changes, or tells of an error or of what was removed, added or changed.
fn is_summary(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("================ changes of ")
        || line.contains("changes summary: ")
        || line.ends_with(" binaries:")
        || is_entry(line)
        || is_of_another_abi(line)
        || line.starts_with("==== Error happened during ")
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
        let of_an_incompatible_one =
            "exit status 0, no change, yet the text tells of an incompatible one";
        check(REPORT, 0, of_an_incompatible_one);
        let of_a_change = "exit status 4, no incompatible change, yet the text tells of one";
        check(REPORT, 4, of_a_change);
        check(
            "SONAME changed from 'libx.so.1' to 'libx.so.2'\n",
            4,
            of_a_change,
        );
        let of_changes = "exit status 0, no change, yet the text tells of changes";
        check("  [A] 'function int y()'\n", 0, of_changes);
        let of_nothing = "exit status 0, no change, yet there is a text, which is not understood";
        for text in ["<html>503</html>", "Error happened", "nothing"] {
            check(text, 0, of_nothing);
        }
        let error = "==== Error happened during processing of 'libx.so.1' ====";
        check(
            error,
            0,
            "exit status 0, no error, yet the text tells of one",
        );
        check(
            &format!("{error}\n{REPORT}"),
            12,
            "exit status 12, no error, yet the text tells of one",
        );
        check(
            "architecture changed from 'elf-amd-x86_64' to 'elf-intel-80386'\n",
            0,
            of_an_incompatible_one,
        );
        check("", 4, "exit status 4, a change, yet the text tells of none");
        check(
            "\n",
            12,
            "exit status 12, a change, yet the text tells of none",
        );
    }

    #[test]
    fn of_whole_binaries_the_text_tells_as_the_exit_status_does_not() {
        use ToolStatusName::*;
        let check = |text: &str, exit_status: u8, status, said: &str| {
            let report = abipkgdiff_report(text, Some(exit_status));
            let told = (report.status, report.said.as_deref());
            assert_eq!(told, (status, Some(said)), "{text}");
        };
        let removed = "Removed binaries:\n  [D] /usr/lib/liby.so.1, SONAME: liby.so.1\n";
        let added = "Added binaries:\n  [A] /usr/lib/liby.so.1, SONAME: liby.so.1\n";
        let but = |status: u8| format!("exit status {status}{NOT_COUNTED}");
        check(removed, 0, Incompatible, &but(0));
        check(added, 0, Changed, &but(0));
        check(&format!("{added}{removed}"), 0, Incompatible, &but(0));
        check(removed, 4, Incompatible, &but(4));
        check(removed, 12, Incompatible, "exit status 12");
        check(removed, 1, Failed, "exit status 1");
        // What changed within binaries is held against the exit status all the same.
        let of_an_incompatible_one =
            "exit status 0, no change, yet the text tells of an incompatible one";
        check(
            &format!("{removed}\n{REPORT}"),
            0,
            Unknown,
            of_an_incompatible_one,
        );
        check(
            &format!("{removed}\n{REPORT}"),
            12,
            Incompatible,
            "exit status 12",
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
        for another in [
            "  architecture changed from 'elf-amd-x86_64' to 'elf-intel-80386'",
            "  ELF architecture changed",
            "  ELF SONAME changed",
        ] {
            check(&[no_variables, another], Incompatible);
        }
        let error = "==== Error happened during processing of 'libx.so.1' ====";
        check(&[error, "", no_variables], Failed);
        check(&["  [D] 'function int x()'", error], Failed);
        check(
            &[
                no_variables,
                "  Unreachable types summary: 1 removed, 0 changed, 0 added type",
                "",
                "  1 removed type unreachable from any public interface:",
                "",
                "    [D] 'struct x' at x.c:1:1",
            ],
            Changed,
        );
        check(&["Segmentation fault"], Unknown);
    }

    #[test]
    fn many_lines_are_counted() {
        let report = abipkgdiff_report(&"[D] x\n".repeat(100), Some(12));
        assert_eq!((report.lines.len(), report.lines_unlisted), (40, 60));
    }
}
