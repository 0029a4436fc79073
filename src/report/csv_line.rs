//! One line of CSV (RFC 4180), and the columns of a file of them.

use super::{ArchitectureEndingRecord, EndingName};
use std::fmt::Write;

/// The columns of files of deviations: those that are published and those that a reader saves.
pub const DEVIATION_COLUMNS: [&str; 21] = [
    "release",
    "package",
    "architectures",
    "opened",
    "opened after",
    "days open at least",
    "days open at most",
    "causes",
    "evidence",
    "distribution",
    "reference",
    "reason",
    "links",
    "ended",
    "how",
    "distribution since",
    "reference since",
    "last seen",
    "reports lost in between",
    "open on",
    "ended on",
];

/// The EVR of a side in such a file: empty where it does not have the package, “not known” where its list does not tell, or the
/// version is not recorded.
pub fn evr_field(evr: &Option<String>, untold: bool) -> String {
    match evr.as_deref() {
        None if untold => "not known".to_owned(),
        Some("") => "not known".to_owned(),
        evr => evr.unwrap_or_default().to_owned(),
    }
}

/// When and how a deviation ended on each architecture where it did, in such a file.
pub fn endings_field(
    endings: &[ArchitectureEndingRecord],
    name: impl Fn(EndingName) -> String,
) -> String {
    let each = endings
        .iter()
        .map(|ended| format!("{} {} {}", ended.architecture, ended.at.0, name(ended.how)));
    each.collect::<Vec<_>>().join("; ")
}

/// Adds a line. A field that a spreadsheet would take for a formula is guarded by an apostrophe.
pub fn write_csv_line(text: &mut String, fields: impl IntoIterator<Item = String>) {
    for (index, field) in fields.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        // A leading sign, tabulator or line break would make a spreadsheet compute the field.
        let guarded = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            format!("'{field}")
        } else {
            field
        };
        if guarded.contains(['"', ',', '\n', '\r']) {
            let _ = write!(text, "\"{}\"", guarded.replace('"', "\"\""));
        } else {
            text.push_str(&guarded);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(fields: &[&str], expected: &str) {
        let mut text = String::new();
        write_csv_line(&mut text, fields.iter().map(|field| (*field).to_owned()));
        assert_eq!(text, format!("{expected}\r\n"));
    }

    #[test]
    fn a_version_that_is_not_known_is_not_none() {
        let check = |evr: Option<&str>, untold, expected| {
            assert_eq!(evr_field(&evr.map(str::to_owned), untold), expected);
        };
        check(Some("1-1"), false, "1-1");
        check(None, false, "");
        check(None, true, "not known");
        check(Some(""), false, "not known");
    }

    #[test]
    fn fields_are_quoted_and_never_formulas() {
        check(
            &["a", "b,c", "d\"e", "=1+1", ""],
            "a,\"b,c\",\"d\"\"e\",'=1+1,",
        );
        check(&["\t=1", "\r=1", "@x"], "'\t=1,\"'\r=1\",'@x");
    }
}
