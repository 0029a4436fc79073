//! What abipkgdiff of libabigail reported: its text, and its exit status where that was kept.
//!
//! The exit status is a sum of bits: 1 error, 2 wrong usage, 4 a change, 8 a change that is incompatible. Without a change
//! there is no text. Source: the manual of abidiff, “Return values”.

use super::report_file::listed;
use crate::report::{ToolName, ToolReport, ToolStatusName};

const ERROR_BITS: u8 = 1 | 2;
const CHANGE_BIT: u8 = 4;
const INCOMPATIBLE_BIT: u8 = 8;

/// The report of a text and, where it was kept, an exit status.
pub fn abipkgdiff_report(text: &str, exit_status: Option<u8>) -> ToolReport {
    let status = match exit_status {
        Some(status) if status & ERROR_BITS != 0 => ToolStatusName::Failed,
        Some(status) if status & INCOMPATIBLE_BIT != 0 => ToolStatusName::Incompatible,
        Some(status) if status & CHANGE_BIT != 0 => ToolStatusName::Changed,
        Some(0) => ToolStatusName::Unchanged,
        Some(_) => ToolStatusName::Unknown,
        None if text.trim().is_empty() => ToolStatusName::Unchanged,
        None if text.lines().any(is_summary) => ToolStatusName::Changed,
        None => ToolStatusName::Unknown,
    };
    let (lines, lines_unlisted) = listed(text.lines().filter(|line| is_summary(line)).map(cleaned));
    ToolReport {
        tool: ToolName::Abipkgdiff,
        architecture: None,
        status,
        said: exit_status.map(|status| format!("exit status {status}")),
        lines,
        lines_unlisted,
    }
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
        check(REPORT, Some(4), Changed, &lines);
        check(REPORT, None, Changed, &lines);
        check("", Some(0), Unchanged, &[]);
        check("", None, Unchanged, &[]);
        check("", Some(1), Failed, &[]);
        check("", Some(3), Failed, &[]);
        check("", Some(16), Unknown, &[]);
        check("abipkgdiff: no such file", None, Unknown, &[]);
        check(
            "Removed binaries:\n  [D] /lib64/libx.so.1, SONAME: libx.so.1\n",
            None,
            Changed,
            &[
                "Removed binaries:",
                "[D] /lib64/libx.so.1, SONAME: libx.so.1",
            ],
        );
    }

    #[test]
    fn many_lines_are_counted() {
        let report = abipkgdiff_report(&"[D] x\n".repeat(100), Some(12));
        assert_eq!((report.lines.len(), report.lines_unlisted), (40, 60));
    }
}
