//! Tells of a spec that it does not apply a patch, where that is certain: macros and scripts may hide that it does.

use super::sections::begins_section;

/// Parts of lines that bring in what is not read here.
const HIDING: [&str; 9] = [
    "%include",
    "%{include",
    "%load",
    "%{load",
    "%{lua",
    "%{expand",
    "%patchlist",
    "_sourcedir",
    "rpm_source_dir",
];
/// Commands of `%prep` that apply no patch.
const HARMLESS: [&str; 14] = [
    "%setup", "%else", "%endif", "cd", "chmod", "cp", "echo", "find", "ln", "mkdir", "mv", "rm",
    "sed", "touch",
];

/// Whether it is certain that a spec does not apply the patch of this name: it does not declare it, but in a comment or under
/// `%if 0`, or nothing in it applies any patch.
pub(super) fn surely_leaves_out(spec: &str, patch: &str) -> bool {
    let lines = active_lines(spec);
    let lower: Vec<String> = lines.iter().map(|line| line.to_lowercase()).collect();
    let hides = |line: &String| HIDING.iter().any(|hiding| line.contains(hiding));
    if lower.iter().any(hides) {
        return false;
    }
    let names_it = |line: &&str| line.contains(patch);
    if lines.iter().any(names_it) {
        return applies_nothing(&lower);
    }
    let may_name_it = |line: &String| line.contains('%') && line.contains("patch");
    !lower
        .iter()
        .filter(|line| is_declaration(line, "patch") || is_declaration(line, "source"))
        .any(may_name_it)
}

/// Whether a spec, in lower case, has a `%prep` of known commands, and nothing in it speaks of patches but their declarations.
fn applies_nothing(lines: &[String]) -> bool {
    let Some(start) = lines.iter().position(|line| line.trim() == "%prep") else {
        return false;
    };
    let mut prep = lines[start + 1..]
        .iter()
        .take_while(|line| !begins_section(line));
    let is_harmless = |line: &String| {
        let word = line.split_whitespace().next().unwrap_or("%if");
        word.starts_with("%if") || HARMLESS.contains(&word)
    };
    let may_apply = |line: &&String| line.contains("patch") || line.contains("autosetup");
    prep.all(is_harmless)
        && !lines
            .iter()
            .filter(|line| !is_declaration(line, "patch"))
            .any(|line| may_apply(&line))
}

/// Whether a line in lower case is a tag such as `patch12: x`.
fn is_declaration(line: &str, tag: &str) -> bool {
    let declared = line.split_once(':').map(|(declared, _)| declared.trim());
    declared
        .and_then(|declared| declared.strip_prefix(tag))
        .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The lines before the changelog that are neither comments nor under `%if 0`.
fn active_lines(spec: &str) -> Vec<&str> {
    let mut never_holds: Vec<bool> = Vec::new();
    let lines = spec.lines().take_while(|line| line.trim() != "%changelog");
    lines
        .filter(|line| {
            let line = line.trim();
            if line.starts_with("%if") {
                never_holds.push(line == "%if 0");
            } else if line.starts_with("%el") {
                if let Some(last) = never_holds.last_mut() {
                    *last = false;
                }
            } else if line.starts_with("%endif") {
                never_holds.pop();
            }
            !line.starts_with('#') && !never_holds.contains(&true)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_applies_no_patch_for_certain() {
        let check = |spec: &str, expected: bool| {
            assert_eq!(surely_leaves_out(spec, "x.patch"), expected, "{spec}");
        };
        let declared = "Patch1: x.patch\n";
        for applied in [
            "%autosetup -p1",
            "%setup -q\n%patch1 -p1",
            "%setup -q\n%patch -P 1 -p1",
            "%setup -q\n%autopatch -p1",
            "%setup -q\n%{vendor_prep}",
            "%setup -q\n./prepare.sh",
            "%include x.inc",
            "git am %{patches}",
        ] {
            check(&format!("{declared}%prep\n{applied}\n%build\n"), false);
        }
        let build = "%build\nmake\n%changelog\n- %patch1\n";
        check(&format!("{declared}%prep\n%setup -q\n{build}"), true);
        check(
            &format!("{declared}%prep\n%setup -q\n#%patch1\n{build}"),
            true,
        );
        check(
            &format!("{declared}%prep\n%setup -q\n%if 0\n%patch1\n%endif\n{build}"),
            true,
        );
        check(
            &format!("{declared}%prep\n%setup -q\n%if 0\n%else\n%patch1\n%endif\n{build}"),
            false,
        );
        check(declared, false);
        let prep = "%prep\n%autosetup\n";
        check(prep, true);
        check(&format!("Patch1: y.patch\n{prep}"), true);
        check(&format!("#Patch1: x.patch\n{prep}"), true);
        check(&format!("%if 0\n{declared}%endif\n{prep}"), true);
        check(&format!("%if 1\n{declared}%endif\n{prep}"), false);
        check(&format!("Patch1: %{{name}}.patch\n{prep}"), false);
        check(&format!("%patchlist\nx.patch\n{prep}"), false);
        check(&format!("Source1: x.patch\n{prep}"), false);
    }
}
