//! Tells of a spec that it does not apply a patch, where that is certain: macros and scripts may hide that it does.

use super::patch_calls::{is_patch_call, may_apply};
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
const HARMLESS: [&str; 19] = [
    "%gpgverify",
    "%setup",
    "%else",
    "%endif",
    "autoreconf",
    "cat",
    "cd",
    "chmod",
    "cp",
    "echo",
    "find",
    "ln",
    "mkdir",
    "mv",
    "popd",
    "pushd",
    "rm",
    "sed",
    "touch",
];

/// Whether it is certain that a spec does not apply the patch of this name: it does not declare it, but in a comment or under
/// `%if 0`, or nothing in it applies the patches of the numbers that it declares it by.
pub(super) fn surely_leaves_out(spec: &str, patch: &str) -> bool {
    let lines = active_lines(spec);
    let lower: Vec<String> = lines.iter().map(|line| line.to_lowercase()).collect();
    let hides = |line: &String| HIDING.iter().any(|hiding| line.contains(hiding));
    if lower.iter().any(hides) {
        return false;
    }
    let names_it = |line: &&str| line.contains(patch);
    if lines.iter().any(names_it) {
        let numbers = numbers_of(&lines, patch);
        return has_known_preparation(&lines)
            && numbers.is_some_and(|numbers| applies_none_of(&lines, &numbers));
    }
    let may_name_it = |line: &String| line.contains('%') && line.contains("patch");
    !lower
        .iter()
        .filter(|line| declared(line, "patch").is_some() || declared(line, "source").is_some())
        .any(may_name_it)
}

/// The numbers that a patch is declared by; `None` where it is named elsewhere as well, or has a number that is not certain.
fn numbers_of(lines: &[&str], patch: &str) -> Option<Vec<u32>> {
    let mut numbers = Vec::new();
    let mut last = None;
    // What other lines of macros declare may count as well.
    let mut are_counted = true;
    for line in lines {
        let Some((digits, value)) = declared(line, "patch") else {
            if line.contains(patch) {
                return None;
            }
            let word = line.split_whitespace().next().unwrap_or_default();
            are_counted &= !word.starts_with('%') || ["%global", "%define"].contains(&word);
            continue;
        };
        let next = match last {
            Some(last) => u32::checked_add(last, 1)?,
            None => 0,
        };
        let number = match digits {
            "" => next,
            digits => digits.parse().ok()?,
        };
        last = Some(number);
        let is_it = value.rsplit('/').next() == Some(patch)
            || (value.contains(patch) && value.contains('%'));
        if !is_it {
            continue;
        }
        if digits.is_empty() {
            // For rpm before 4.15 a patch without a number is the first.
            are_counted.then(|| numbers.push(0))?;
        }
        numbers.push(number);
    }
    Some(numbers)
}

/// Whether a spec has a `%prep`, of commands that are known.
fn has_known_preparation(lines: &[&str]) -> bool {
    let Some(start) = lines.iter().position(|line| line.trim() == "%prep") else {
        return false;
    };
    let mut prep = lines[start + 1..]
        .iter()
        .take_while(|line| !begins_section(line));
    prep.all(|line| {
        let word = line.split_whitespace().next().unwrap_or("%if");
        word.starts_with("%if") || HARMLESS.contains(&word) || is_patch_call(word)
    })
}

/// Whether nothing in a spec but the declarations speaks of patches with these numbers.
fn applies_none_of(lines: &[&str], numbers: &[u32]) -> bool {
    let mut others = lines
        .iter()
        .filter(|line| declared(line, "patch").is_none());
    !others.any(|line| numbers.iter().any(|&number| may_apply(line, number)))
}

/// The number, as it is written, and the value of a tag such as `Patch12: x`, in any case.
fn declared<'a>(line: &'a str, tag: &str) -> Option<(&'a str, &'a str)> {
    let (declared, value) = line.split_once(':')?;
    let (start, number) = declared.trim().split_at_checked(tag.len())?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    (start.eq_ignore_ascii_case(tag) && is_number).then(|| (number, value.trim()))
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
            let is_comment = line.starts_with('#') || line.starts_with("%dnl");
            !is_comment && !never_holds.contains(&true)
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
        for left_out in [
            "%setup -q\n%patch2 -p1",
            "%setup -q\n%patch -P 2 -p1\n#%patch1 -p1",
            "%setup -q\n%patch2 -p1\n%dnl %patch1 -p1",
            "%autosetup -N\n%autopatch -p1 -m 2",
            "%setup -q\n%patch2 -p1\n%if 0\n%patch1 -p1\n%endif",
        ] {
            check(
                &format!("{declared}Patch2: y.patch\n%prep\n{left_out}\n%build\n"),
                true,
            );
        }
        for unknown in [
            "%patch2 -p1\n%{vendor_prep}",
            "%patch2 -p1\npatch -p1 < x.patch",
            "%patch2 -p1\n%patch%{number} -p1",
            "%patch2 -p1\n%build\npatch -p1 < %{PATCH1}",
        ] {
            check(&format!("{declared}%prep\n{unknown}\n%build\n"), false);
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

    #[test]
    fn numbers_that_a_patch_is_declared_by() {
        let check = |spec: &str, expected: Option<&[u32]>| {
            let lines: Vec<&str> = spec.lines().collect();
            assert_eq!(numbers_of(&lines, "x.patch").as_deref(), expected, "{spec}");
        };
        check("Patch0012: x.patch", Some(&[12]));
        check("patch12 : https://example.org/x.patch", Some(&[12]));
        check("Patch1: x.patch\nPatch3: x.patch", Some(&[1, 3]));
        check("Patch1: foo-x.patch\nPatch3: x.patch", Some(&[3]));
        check("Patch1: %{name}x.patch\nPatch3: x.patch", Some(&[1, 3]));
        check("Patch: y.patch\nPatch: x.patch", Some(&[0, 1]));
        check(
            "%global a b\nPatch7: y.patch\nPatch: x.patch",
            Some(&[0, 8]),
        );
        check("%if a\nPatch: y.patch\n%endif\nPatch: x.patch", None);
        check(
            "%if a\nPatch1: y.patch\n%endif\nPatch2: x.patch",
            Some(&[2]),
        );
        check("Patch1: x.patch\n%build\nls x.patch", None);
        check("Patch99999999999: x.patch", None);
    }
}
