//! Whether a spec may declare more files than its lines show, as where a macro makes lines.

use super::macros::{closing_brace, split_word};
use crate::publish::compile::rebuilt_spec::section_begun;
use std::collections::{BTreeMap, BTreeSet};

/// Whether anything in a spec may make lines that declare files: what reads other files, lists files, or runs a program, and in
/// a preamble each line that runs a program outside of a definition, puts in what such a definition comes to, or is a macro, unless it
/// is known that it declares nothing.
pub(super) fn may_hide_declarations(spec: &str) -> bool {
    const MAKES_LINES: [&str; 9] = [
        "%include",
        "%{include:",
        "%load",
        "%{load:",
        "%sourcelist",
        "%patchlist",
        "%{lua:",
        "%expand",
        "%{expand:",
    ];
    let of_several_lines = macros_of_several_lines(spec);
    let mut in_preamble = true;
    for line in spec.lines() {
        // rpmautospec's template, which counts a release.
        if line.starts_with("%define autorelease(") {
            continue;
        }
        if MAKES_LINES.iter().any(|maker| line.contains(maker)) {
            return true;
        }
        if let Some(section) = section_begun(line) {
            in_preamble = section == "%package";
            continue;
        }
        // What a program prints may be several lines; where a definition has it, the value is not certain.
        let before_definition = ["%global", "%define"].iter().fold(line, |text, start| {
            text.split(start).next().unwrap_or_default()
        });
        let is_unknown_macro = line.trim_start().starts_with('%') && !declares_nothing(line);
        let may_be_several_lines = before_definition.contains("%(")
            || called_in(before_definition).any(|name| of_several_lines.contains(name));
        if in_preamble && (is_unknown_macro || may_be_several_lines) {
            return true;
        }
    }
    false
}

/// Whether a line that begins with a macro is one of those that are known to declare no file, or comes to one of them where
/// another macro is or is not defined: `%{!?license: %global license %%doc}`.
fn declares_nothing(line: &str) -> bool {
    const KNOWN: [&str; 29] = [
        "if",
        "ifarch",
        "ifnarch",
        "ifos",
        "ifnos",
        "elif",
        "elifarch",
        "elifos",
        "else",
        "endif",
        "global",
        "define",
        "undefine",
        "bcond",
        "bcond_with",
        "bcond_without",
        "dnl",
        "nil",
        "systemd_requires",
        "systemd_ordering",
        "selinux_requires",
        "sysusers_requires_compat",
        "perl_default_filter",
        "python_provide",
        "py_provides",
        "python_enable_dependency_generator",
        "filter_setup",
        "filter_provides_in",
        "filter_requires_in",
    ];
    let Some(rest) = line.trim().strip_prefix('%') else {
        return false;
    };
    let (word, after) = split_word(rest.trim_start_matches(['{', '?', '!']));
    let ends_with_line = || closing_brace(after).is_some_and(|end| end + 1 == after.len());
    match after.strip_prefix(':').map(str::trim) {
        None => KNOWN.contains(&word) && (!rest.starts_with('{') || ends_with_line()),
        // It goes on in the lines below.
        Some("") => KNOWN.contains(&word),
        Some(body) => body
            .strip_suffix('}')
            .is_some_and(|body| closing_brace(body).is_none() && declares_nothing(body)),
    }
}

/// The macros of a spec that may come to several lines: those that run a program or are written in several lines, and those that
/// call one of them.
fn macros_of_several_lines(spec: &str) -> BTreeSet<&str> {
    let mut callers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut found: Vec<&str> = Vec::new();
    for line in spec.lines() {
        let definitions = ["%global", "%define"].into_iter();
        let starts =
            definitions.flat_map(|word| line.match_indices(word).map(move |(at, _)| (at, word)));
        for (at, word) in starts {
            let (name, body) = split_word(line[at + word.len()..].trim_start());
            if body.contains("%(") || body.trim_end().ends_with('\\') {
                found.push(name);
            }
            for called in called_in(body) {
                callers.entry(called).or_default().push(name);
            }
        }
    }
    let mut all = BTreeSet::new();
    while let Some(name) = found.pop() {
        if all.insert(name) {
            found.extend(callers.get(name).into_iter().flatten());
        }
    }
    all
}

/// The macros whose values a text puts in: not those of which it only asks whether they are defined.
fn called_in(text: &str) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    text.split('%').skip(1).filter_map(move |call| {
        // Of `%%name` nothing is called.
        if is_escaped || call.is_empty() {
            is_escaped = !is_escaped;
            return None;
        }
        let call = call.strip_prefix('{').unwrap_or(call);
        let name = call.trim_start_matches(['?', '!']);
        let flags = &call[..call.len() - name.len()];
        let (name, after) = split_word(name);
        let only_asks = flags.contains('!') || (flags.contains('?') && after.starts_with(':'));
        (!name.is_empty() && !only_asks).then_some(name)
    })
}
