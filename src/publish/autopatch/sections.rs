//! Finds the section of a spec that lines are added to, as the patching tool finds it.

use super::traced_text::TracedText;

/// What begins a section.
const STARTS: [&str; 19] = [
    "%description",
    "%prep",
    "%build",
    "%install",
    "%check",
    "%clean",
    "%files",
    "%changelog",
    "%pre",
    "%post",
    "%preun",
    "%postun",
    "%package",
    "%triggerin",
    "%triggerun",
    "%triggerpostun",
    "%verifyscript",
    "%pretrans",
    "%posttrans",
];

/// Sections whose first line names the subpackage that they belong to.
const OF_A_SUBPACKAGE: [&str; 6] = ["files", "description", "pre", "post", "preun", "postun"];

/// Whether a line of a spec begins a section.
pub(super) fn begins_section(line: &str) -> bool {
    STARTS.iter().any(|start| line.starts_with(start))
}

/// The index before which lines are to be put; `None` where the spec has no such section.
pub fn place_in_section(
    spec: &TracedText,
    section: &str,
    subpackage: Option<&str>,
    at_bottom: bool,
) -> Option<usize> {
    let is_start = |line: &str| begins_section(line.trim());
    let end_after = |first: usize| {
        let mut rest = first..spec.len();
        rest.find(|&index| is_start(spec.line(index)))
            .unwrap_or(spec.len())
    };
    let first = match (section, subpackage) {
        ("global", None) => return Some(if at_bottom { end_after(0) } else { 0 }),
        ("global", Some(name)) => spec
            .lines()
            .position(|line| package_of(line) == Some(name))?,
        _ => section_start(spec, section, subpackage)?,
    };
    Some(if at_bottom {
        end_after(first + 1)
    } else {
        first + 1
    })
}

fn section_start(spec: &TracedText, section: &str, subpackage: Option<&str>) -> Option<usize> {
    let marker = format!("%{section}");
    let names_its_own = OF_A_SUBPACKAGE.contains(&section);
    let mut current = None;
    spec.lines().position(|line| {
        if let Some(package) = package_of(line) {
            current = Some(package.to_owned());
        }
        let line = line.trim();
        if !line.starts_with(&marker) {
            return false;
        }
        if names_its_own {
            named_in(line) == subpackage
        } else {
            subpackage.is_none() || current.as_deref() == subpackage
        }
    })
}

/// The name that `%package NAME` or `%package -n NAME` begins.
fn package_of(line: &str) -> Option<&str> {
    let line = line.trim();
    line.starts_with("%package")
        .then(|| named_in(line))
        .flatten()
}

/// The name behind a section's marker: `%files NAME`, `%files -n NAME`.
fn named_in(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace().skip(1);
    match words.next() {
        Some("-n") => words.next(),
        name => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEC: &str = "Name: a\n\n%description\nA.\n%package -n b\nSummary: b\n\n%description -n b\nB.\n%prep\n%setup\n%files\n/a\n%files -n b\n/b\n%changelog";

    fn check(section: &str, subpackage: Option<&str>, at_bottom: bool, expected: Option<usize>) {
        let spec = TracedText::new(SPEC.lines().map(str::to_owned));
        assert_eq!(
            place_in_section(&spec, section, subpackage, at_bottom),
            expected,
            "{section} {subpackage:?} {at_bottom}"
        );
    }

    #[test]
    fn sections_and_those_of_subpackages() {
        check("global", None, false, Some(0));
        check("global", None, true, Some(2));
        check("global", Some("b"), false, Some(5));
        check("global", Some("b"), true, Some(7));
        check("description", None, true, Some(4));
        check("description", Some("b"), false, Some(8));
        check("prep", None, true, Some(11));
        check("files", Some("b"), true, Some(15));
        check("files", Some("c"), true, None);
        check("check", None, true, None);
    }
}
