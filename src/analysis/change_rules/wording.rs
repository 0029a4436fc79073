//! Which words of a changed text say something: none of a condition, of a comment beside what is done, or of what is switched off.

use super::ActionKind;

/// A text in small letters, as rules look for words in it.
pub(super) struct Wording {
    /// All of it but conditions on macros, `%{?rhel}`.
    all: String,
    /// That without comments, but where there is nothing else.
    done: String,
    /// That without the macros that a line with `%if` asks for.
    named: String,
    /// What is switched off in it, and nowhere switched on.
    switched_off: Vec<String>,
}

impl Wording {
    /// The wording of what an action takes away or puts in. The names and subjects of files have no comments, and switch nothing.
    pub(super) fn of(text: &str, action: ActionKind) -> Self {
        use ActionKind::{AddLine, DeleteLine, Replace};
        let text = text.to_lowercase();
        let all = without_conditions(&text);
        let is_edit = matches!(action, Replace | DeleteLine | AddLine);
        let done = match is_edit {
            true => without_comments(&all),
            false => all.clone(),
        };
        Self {
            named: done.lines().map(without_asked_macros).collect(),
            switched_off: match is_edit {
                true => switched_off(&text),
                false => Vec::new(),
            },
            all,
            done,
        }
    }

    /// Whether one of the words stands in it and says something; so does none of no words.
    pub(super) fn names_one(&self, words: &[String]) -> bool {
        // Of macros only such words speak that are macros themselves.
        let text_for = |word: &str| match word.contains('%') {
            true => &self.done,
            false => &self.named,
        };
        words.is_empty() || words.iter().any(|word| names(text_for(word), word))
    }

    /// Whether one of the words stands anywhere in it.
    pub(super) fn has_any(&self, words: &[String]) -> bool {
        words.iter().any(|word| names(&self.all, word))
    }

    /// Whether it switches off anything that another one does not.
    pub(super) fn switches_off_beside(&self, other: &Self) -> bool {
        let mut pieces = self.switched_off.iter();
        pieces.any(|piece| !other.switched_off.contains(piece))
    }

    /// All of it but conditions on macros.
    pub(super) fn text(&self) -> &str {
        &self.all
    }
}

/// A condition on a macro, `%{?rhel}` or `%{!?rhel}`, names no brand.
fn without_conditions(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(start) = rest.find("%{") {
        let (before, macros) = rest.split_at(start);
        let is_condition = macros.starts_with("%{?") || macros.starts_with("%{!?");
        let end = macros.find('}').map_or(macros.len(), |end| end + 1);
        kept.push_str(before);
        if !is_condition {
            kept.push_str(&macros[..end]);
        }
        rest = &macros[end..];
    }
    kept.push_str(rest);
    kept
}

/// The lines without comments, whole ones and those behind something, as spec files, scripts and settings have them; all lines where
/// they are comments alone.
fn without_comments(text: &str) -> String {
    let done: Vec<&str> = text.lines().map(before_comment).collect();
    match done.iter().all(|line| is_condition(line)) {
        true => text.to_owned(),
        false => done.join("\n"),
    }
}

fn before_comment(line: &str) -> &str {
    const DIRECTIVES: [&str; 10] = [
        "define", "elif", "else", "endif", "error", "if", "include", "line", "pragma", "undef",
    ];
    if let Some(rest) = line.trim_start().strip_prefix('#') {
        let is_directive = DIRECTIVES.iter().any(|word| rest.starts_with(word));
        return if is_directive { line } else { "" };
    }
    let mut marks = line.match_indices('#').map(|(at, _)| at);
    let start = marks.find(|&at| line[..at].ends_with([' ', '\t']));
    start.map_or(line, |at| &line[..at])
}

/// A line and its end; where it is a condition, without the macros that it asks for: `%{rhel}`, `%rhel`, `%{defined rhel}`.
fn without_asked_macros(line: &str) -> String {
    let start = line.trim_start();
    let asks = ["%if", "%elif"].iter().any(|word| start.starts_with(word));
    let is_of_system = [
        "%ifarch",
        "%ifnarch",
        "%ifos",
        "%ifnos",
        "%elifarch",
        "%elifos",
    ]
    .iter()
    .any(|word| start.starts_with(word));
    if !asks || is_of_system {
        return format!("{line}\n");
    }
    let is_asked = |word: &&str| {
        // `%{with x}` is two words here, and none that is asked for.
        if word.contains('{') != word.contains('}') {
            return false;
        }
        let name = word.trim_start_matches(['(', '!', '0']).strip_prefix('%');
        let name = name.map(|name| name.trim_matches(['{', '}', '?', '!', ')']));
        name.is_some_and(|name| {
            name.chars()
                .all(|character| character.is_ascii_alphanumeric() || character == '_')
        })
    };
    let line = line
        .replace("%{defined ", "%{")
        .replace("%{undefined ", "%{");
    let kept: Vec<&str> = line
        .split_whitespace()
        .filter(|word| !is_asked(word))
        .collect();
    kept.join(" ") + "\n"
}

/// The parts of a text that switch something off, `x=n`, `%global x 0`, `%bcond_with x`, `--without-x`, `# x is not set`; not a macro
/// that is also switched on, as for some architectures alone.
fn switched_off(text: &str) -> Vec<String> {
    let macros: Vec<(&str, &str)> = text.lines().filter_map(defined_macro).collect();
    let is_on = |own: &str| {
        let mut values = macros.iter().filter(|(name, _)| *name == own);
        values.any(|(_, value)| !is_off(value))
    };
    let mut pieces = Vec::new();
    for line in text.lines() {
        let line = line.trim().trim_end_matches('\\').trim_end();
        if let Some((name, value)) = defined_macro(line) {
            if is_off(value) && !is_on(name) {
                pieces.push(line.to_owned());
            }
            continue;
        }
        let is_setting = line
            .split_once(['=', ':'])
            .is_some_and(|(_, value)| is_off(value));
        if is_setting || line.ends_with(" is not set") || line.starts_with("%bcond_with ") {
            pieces.push(line.to_owned());
            continue;
        }
        let is_option_off = |word: &&str| {
            let is_valued = || word.split_once('=').is_some_and(|(_, value)| is_off(value));
            word.starts_with("--without-") || word.starts_with("--disable-") || is_valued()
        };
        let words = line.split_whitespace().filter(is_option_off);
        pieces.extend(words.map(str::to_owned));
    }
    pieces
}

/// The name and the value of a macro that a line defines, with `%bcond`, too.
fn defined_macro(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let mut definitions = ["%global ", "%define ", "%bcond "].iter();
    let rest = definitions.find_map(|start| line.strip_prefix(start))?;
    let (name, value) = rest.trim().split_once(char::is_whitespace)?;
    Some((name, value))
}

fn is_off(value: &str) -> bool {
    const OFF: [&str; 6] = ["0", "disabled", "false", "n", "no", "off"];
    OFF.contains(&value.trim().trim_matches(['"', '\'']))
}

/// Whether a line neither does nor names anything by itself: an empty one, a comment, a condition of a spec.
pub(super) fn is_condition(line: &str) -> bool {
    let line = line.trim();
    line.is_empty()
        || ["%if", "%else", "%endif", "#"]
            .iter()
            .any(|start| line.starts_with(start))
}

/// Whether a text in lower case has a word on its own. A space in the word stands for a space, a dash or an underscore; a star
/// at its end for anything that follows.
fn names(text: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    let (word, is_open) = match word.strip_suffix('*') {
        Some(start) => (start, true),
        None => (word.as_str(), false),
    };
    let is_alike = |expected: u8, found: u8| {
        expected == found || (expected == b' ' && matches!(found, b'-' | b'_'))
    };
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let joins = |byte: Option<&u8>, own: Option<&u8>| {
        byte.is_some_and(u8::is_ascii_alphanumeric) && own.is_some_and(u8::is_ascii_alphanumeric)
    };
    !word.is_empty()
        && text.windows(word.len()).enumerate().any(|(at, found)| {
            let before = at.checked_sub(1).and_then(|at| text.get(at));
            let after = text.get(at + word.len());
            word.iter()
                .zip(found)
                .all(|(&word, &found)| is_alike(word, found))
                && !joins(before, word.first())
                && (is_open || !joins(after, word.last()))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_conditions_name_nothing_beside_what_is_done() {
        let check = |text: &str, word: &str, expected: bool| {
            let wording = Wording::of(text, ActionKind::Replace);
            let names = wording.names_one(&[word.to_owned()]);
            assert_eq!(names, expected, "{text:?} {word}");
        };
        check("make check || : # riscv64", "riscv*", false);
        check("# for riscv64\nmake check || :", "riscv*", false);
        check("# for riscv64\n%if 1\n%endif", "riscv*", true);
        check("#define VENDOR riscv64\nx", "riscv*", true);
        check("%ifarch riscv64\nx\n%endif", "riscv*", true);
        for condition in [
            "%if %{rhel}",
            "%if 0%{?rhel} > 9",
            "%if !%{rhel}",
            "%if %{defined rhel} && %rhel",
            "%elif (%{rhel})",
        ] {
            check(&format!("{condition}\nx\n%endif"), "rhel", false);
        }
        check("%if %{have_spice}\nx\n%endif", "%{have_spice}", true);
        check("%if %{with spice}\nx\n%endif", "with spice", true);
        check("x=%{rhel}", "rhel", true);
    }

    #[test]
    fn what_is_switched_off() {
        let check = |text: &str, expected: bool| {
            let wording = Wording::of(text, ActionKind::Replace);
            let mut pieces = wording.switched_off.iter();
            let switches_off = pieces.any(|piece| names(piece, "spice"));
            assert_eq!(switches_off, expected, "{text:?}");
            // What was switched off before is not switched off by the change.
            assert!(!wording.switches_off_beside(&wording));
            let nothing = Wording::of("", ActionKind::Replace);
            assert!(!switches_off || wording.switches_off_beside(&nothing));
        };
        for text in [
            "%global have_spice 0",
            "%global have_spice    0\n%global other 1",
            "%bcond_with spice",
            "%bcond spice 0",
            "CONFIG_SPICE=n",
            "# CONFIG_SPICE is not set",
            "spice: false",
            "SPICE = \"off\"",
            "  --enable-spice=no \\",
            "configure --disable-spice --enable-x",
            "-Duse-spice=disabled",
        ] {
            check(text, true);
        }
        for text in [
            "%global have_spice 0\n%ifarch x86_64\n%global have_spice 1\n%endif",
            "%bcond_without spice",
            "CONFIG_SPICE=y",
            "--enable-spice --disable-x",
            "%if 0%{have_spice}",
            "Requires: spice",
        ] {
            check(text, false);
        }
    }
}
