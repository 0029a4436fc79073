//! What of a spec is left where its release and its changelog do not count, which are all that a mere rebuild changes.

use crate::publish::autopatch::holds_release;
use crate::publish::rpmautospec::release_line_count;

/// What begins a section, by rpm's `parseSpec.c`.
const SECTIONS: [&str; 36] = [
    "%package",
    "%prep",
    "%generate_buildrequires",
    "%conf",
    "%build",
    "%install",
    "%check",
    "%clean",
    "%preun",
    "%postun",
    "%preuntrans",
    "%postuntrans",
    "%pretrans",
    "%posttrans",
    "%pre",
    "%post",
    "%files",
    "%changelog",
    "%description",
    "%triggerpostun",
    "%triggerprein",
    "%triggerun",
    "%triggerin",
    "%trigger",
    "%verifyscript",
    "%sepolicy",
    "%filetriggerin",
    "%filetrigger",
    "%filetriggerun",
    "%filetriggerpostun",
    "%transfiletriggerin",
    "%transfiletrigger",
    "%transfiletriggerun",
    "%transfiletriggerpostun",
    "%sourcelist",
    "%patchlist",
];

/// The section that a line of a spec begins, in small letters; rpm does not look at their case.
pub fn section_begun(line: &str) -> Option<&'static str> {
    let word = line.split(char::is_whitespace).next()?;
    let mut sections = SECTIONS.into_iter();
    sections.find(|section| word.eq_ignore_ascii_case(section))
}

/// The lines of a spec without its releases, the block by which rpmautospec counts one included, and its changelog. A line there that
/// runs something else is kept: it may do anything.
pub fn without_release_and_changelog(spec: &[u8]) -> Vec<&[u8]> {
    let (mut in_preamble, mut in_changelog) = (true, false);
    let is_kept = |line: &&[u8]| {
        let text = String::from_utf8_lossy(line);
        if let Some(section) = section_begun(&text) {
            in_preamble = section == "%package";
            in_changelog = section == "%changelog";
            return !in_changelog;
        }
        let is_dropped = if in_changelog {
            !is_macro(&text) || text.starts_with("%autochangelog")
        } else {
            in_preamble && holds_release(&text)
        };
        !is_dropped || runs_something(&text)
    };
    spec.split_inclusive(|byte| *byte == b'\n')
        .skip(release_line_count(spec))
        .filter(is_kept)
        .collect()
}

fn is_macro(line: &str) -> bool {
    line.trim_start().starts_with('%')
}

fn runs_something(line: &str) -> bool {
    ["%(", "%{lua:"].iter().any(|start| line.contains(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(spec: &str, expected: &[&str]) {
        let lines = without_release_and_changelog(spec.as_bytes());
        let lines: Vec<&str> = lines
            .into_iter()
            .map(|line| std::str::from_utf8(line).unwrap().trim_end())
            .collect();
        assert_eq!(lines, expected, "{spec}");
    }

    #[test]
    fn what_a_rebuild_leaves() {
        check("Name: a\nRelease: 1%{?dist}.alma.1\n", &["Name: a"]);
        check("%package b\nRelease: 2\n", &["%package b"]);
        check("Release: 1%(touch x)\n", &["Release: 1%(touch x)"]);
        check("%post\nRelease: 1\n", &["%post", "Release: 1"]);
        check("%changelog\n* now\n- x\n", &[]);
        check("%changelog\n%autochangelog\n", &[]);
        check("%changelog\n- %(touch x)\n", &["- %(touch x)"]);
        check("%changelog\n%include x\n", &["%include x"]);
        check("%changelog\n- x\n%post\nrm\n", &["%post", "rm"]);
        let counted = "## START: Set by rpmautospec\n## (rpmautospec version 0.6.5)\n## END: Set by rpmautospec\n\n";
        check(&format!("{counted}Name: a\n"), &["Name: a"]);
    }

    #[test]
    fn every_section_of_rpm_ends_the_changelog() {
        for section in [
            "%conf",
            "%generate_buildrequires",
            "%sourcelist",
            "%patchlist",
            "%filetriggerin -- /usr",
            "%transfiletriggerin -- /usr",
            "%preuntrans",
            "%Build",
        ] {
            let spec = format!("%changelog\n- x\n{section}\nrm\n");
            check(&spec, &[section, "rm"]);
        }
    }
}
