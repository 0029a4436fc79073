//! What a text comes to on architectures other than some.
//!
//! Three forms are known to hold for an architecture alone: `%ifarch`; a branch of Lua that gives `arch` another name,
//! `elseif arch == "x86_64_v2" then` with `arch = "x86_64"` below; and an expression on a line of its own that is empty elsewhere,
//! `%[0%{?x86_64_v2} ? "-Ctarget_cpu=x86-64-v2" : ""]`.

use super::wording::is_condition;

/// Whether what is taken away and what is put in are the same on all architectures but these, which may end with a star for any
/// characters. Their names in lists make no difference, nor does `%{x86_64}` in place of `x86_64`.
pub(super) fn differ_on_alone(removed: &str, added: &str, architectures: &[String]) -> bool {
    elsewhere(removed, architectures) == elsewhere(added, architectures)
}

/// The words of a text but for what is said of these architectures alone.
fn elsewhere(text: &str, architectures: &[String]) -> Vec<String> {
    let is_named = |word: &str| {
        let word = word.trim_matches(['"', '\'', ',', ';', '(', ')']);
        architectures
            .iter()
            .any(|name| match name.strip_suffix('*') {
                Some(start) => word.starts_with(start),
                None => word == name,
            })
    };
    let text = text.to_lowercase().replace("%{x86_64}", "x86_64");
    let mut words = Vec::new();
    // Of each condition that is open: whether what stands there holds elsewhere; nothing where it is no such condition.
    let mut open: Vec<Option<bool>> = Vec::new();
    let mut lines = text.lines().map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if branch_of(line).is_some_and(is_named)
            && lines
                .next_if(|line| is_quoted_after("arch = ", line))
                .is_some()
            || expression_of(line).is_some_and(is_named)
        {
            continue;
        }
        let (keyword, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let is_of_these = !rest.is_empty() && rest.split_whitespace().all(is_named);
        let is_of_system = match keyword {
            "%ifarch" | "%ifnarch" if is_of_these => {
                open.push(Some(keyword == "%ifnarch"));
                true
            }
            "%else" => match open.last_mut() {
                Some(Some(holds)) => {
                    *holds = !*holds;
                    true
                }
                _ => false,
            },
            "%endif" => matches!(open.pop(), Some(Some(_))),
            _ => {
                if keyword.starts_with("%if") {
                    open.push(None);
                }
                false
            }
        };
        let holds = open.iter().flatten().all(|holds| *holds);
        let says_nothing = is_condition(line) && !keyword.starts_with('%');
        if holds && !is_of_system && !says_nothing {
            let kept = line.split_whitespace().filter(|word| !is_named(word));
            words.extend(kept.map(str::to_owned));
        }
    }
    words
}

/// The architecture of a branch in Lua.
fn branch_of(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("elseif arch == \"")?.split_once('"')?;
    (rest == " then").then_some(name)
}

/// Whether a line is nothing but a start and a text in quotes, which runs nothing.
fn is_quoted_after(start: &str, line: &str) -> bool {
    let quoted = line.strip_prefix(start).and_then(|rest| {
        let text = rest.strip_prefix('"')?;
        text.strip_suffix('"')
    });
    quoted.is_some_and(|text| !text.contains(['"', '\\', '%']))
}

/// The architecture on which alone an expression comes to anything.
fn expression_of(line: &str) -> Option<&str> {
    let (name, rest) = line.strip_prefix("%[0%{?")?.split_once("} ? ")?;
    let text = rest.strip_suffix(" : \"\"]")?;
    is_quoted_after("", text).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_architectures_stay_as_they_are() {
        let check = |removed: &str, added: &str, expected: bool| {
            let names = ["x86_64_v2".to_owned(), "riscv*".to_owned()];
            let found = differ_on_alone(removed, added, &names);
            assert_eq!(found, expected, "{removed} → {added}");
        };
        check("", "%ifarch x86_64_v2\na\n%endif", true);
        check("", "%ifarch x86_64_v2\na\n%else\n%endif", true);
        check("", "%ifarch x86_64_v2\na\n%else\nb\n%endif", false);
        check("b", "%ifarch x86_64_v2\na\n%else\nb\n%endif", true);
        check("b", "%ifnarch riscv64\nb\n%endif", true);
        check("b", "%ifarch riscv64\nb\n%endif", false);
        check("", "%ifarch riscv64 x86_64\na\n%endif", false);
        check("%ifarch x86_64", "%ifarch x86_64 riscv64", true);
        check("\"x86_64 arm\"", "\"%{x86_64} arm\"", true);
        check("Arch: x86_64", "Arch: x86_64 x86_64_v2", true);
        check(
            "Arch: x86_64\nfips 1",
            "Arch: x86_64 riscv64\nfips 0",
            false,
        );
        check("a", "# for riscv64\nb", false);
        check("a", "# for riscv64\na", true);
        check("", "%if 0\n%ifarch riscv64\na\n%endif\n%endif", false);
        let branch = "elseif arch == \"x86_64_v2\" then\n  arch = \"x86_64\"";
        check("", branch, true);
        check("", &branch.replace("_v2", ""), false);
        check("", &branch.replace("elseif", "if"), false);
        check("", &branch.replace("then", "or true then"), false);
        check("", &branch.replace("arch = ", "cpu = "), false);
        check("", &branch.replace("\"x86_64\"", "f(\"x86_64\")"), false);
        check("", &format!("{branch}\nfips = 0"), false);
        let expression = "%[0%{?x86_64_v2} ? \"-Ctarget_cpu=x86-64-v2\" : \"\"]";
        check("", expression, true);
        check("", &expression.replace("_v2}", "}"), false);
        check("", &expression.replace("{?", "{!?"), false);
        check("", &expression.replace("\"\"", "\"-g\""), false);
        check("", &expression.replace("x86-64-v2", "%(x)"), false);
        check("", &format!("-g {expression}"), false);
    }
}
