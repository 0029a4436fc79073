//! The files that a branch of a git repository gives its source package: those that its specs declare.

use super::patches::{declarations, name_of};
use super::rebuilt_spec::section_begun;
use super::source_texts::Side;
use std::collections::{BTreeMap, BTreeSet};

/// Macros that are looked up for one name, so that those that name each other come to an end.
const LOOK_UPS_MAX: u32 = 64;
/// Characters of a name with its macros expanded.
const NAME_CHARACTERS_MAX: usize = 1_000;

/// The files that the specs of a branch declare.
struct DeclaredFiles {
    /// The names of the sources, patches and icons.
    names: BTreeSet<String>,
    /// Those of them that every build needs: declared in a preamble, and under no condition.
    certain: BTreeSet<String>,
    /// Whether these are all: each spec is a text, each name is known, and no macro may make a line that declares another.
    are_all: bool,
}

/// Leaves of two branches of a package what belongs to its source: the specs, what they declare, and the lists of archives.
/// Where it is not known what they declare, all counts but what only a repository needs: hidden files and READMEs.
///
/// Says whether every file of the source is there: archives stand beside a repository, and are in it by their digests, in
/// `sources`, as Fedora's dist-git has it, or in `.NAME.metadata`, as that of the rebuilds has it.
pub fn keep_source_files(sides: &mut [Side; 2], package: &str) -> bool {
    let lists = lists_of(package);
    let declared = sides.each_ref().map(declared_files);
    let are_all = declared.iter().all(|files| files.are_all);
    let is_complete = are_all
        && sides
            .iter()
            .zip(&declared)
            .all(|(side, files)| has_all(side, &files.names, &lists));
    let is_declared = |path: &str| {
        let name = source_name(path);
        name.is_some_and(|name| declared.iter().any(|files| files.names.contains(name)))
    };
    for side in sides {
        side.retain(|path, _| {
            is_spec(path)
                || lists.contains(path)
                || is_declared(path)
                || !(are_all || is_of_repository(path))
        });
    }
    is_complete
}

/// The files that the specs of one side are certain to declare and that it has neither itself, in whatever folder, nor in a list of
/// archives.
pub fn lacking_files(side: &Side, package: &str) -> Vec<String> {
    let lists = lists_of(package);
    let is_list = |path: &&String| lists.iter().any(|list| list == name_of(path));
    let mut there: BTreeSet<&str> = side.keys().map(|path| name_of(path)).collect();
    there.extend(archives_in(side.keys().filter(is_list), side));
    let certain = declared_files(side).certain.into_iter();
    certain
        .filter(|name| !there.contains(name.as_str()))
        .collect()
}

/// Where a repository lists the digests of its archives.
fn lists_of(package: &str) -> [String; 2] {
    ["sources".to_owned(), format!(".{package}.metadata")]
}

/// Whether a branch has each of these files itself, or its digest.
fn has_all(side: &Side, names: &BTreeSet<String>, lists: &[String]) -> bool {
    let mut there: BTreeSet<&str> = side.keys().filter_map(|path| source_name(path)).collect();
    there.extend(archives_in(lists.iter(), side));
    names.iter().all(|name| there.contains(name.as_str()))
}

/// The names of the archives that lists at these paths have the digests of.
fn archives_in<'a>(
    lists: impl Iterator<Item = &'a String>,
    side: &'a Side,
) -> impl Iterator<Item = &'a str> {
    let texts = lists.filter_map(|list| side.get(list)?.text.as_deref());
    let lines = texts.filter_map(|text| std::str::from_utf8(text).ok());
    lines.flat_map(str::lines).filter_map(listed_archive)
}

/// The name of the archive whose digest a line has: `SHA512 (NAME) = DIGEST`, or `DIGEST NAME`, of which the name may be a path.
fn listed_archive(line: &str) -> Option<&str> {
    let is_digest = |text: &str| {
        text.len() >= 32 && text.chars().all(|character| character.is_ascii_hexdigit())
    };
    if let Some((before, digest)) = line.split_once(") = ") {
        let (_, name) = before.split_once('(')?;
        return is_digest(digest.trim()).then_some(name);
    }
    let (digest, path) = line.trim().split_once(char::is_whitespace)?;
    is_digest(digest).then(|| name_of(path.trim()))
}

/// The name of a file that stands where a source package takes its files from.
fn source_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix("SOURCES/").unwrap_or(path);
    (!name.contains('/')).then_some(name)
}

fn is_spec(path: &str) -> bool {
    let name = path.strip_prefix("SPECS/").unwrap_or(path);
    name.ends_with(".spec") && !name.contains('/')
}

/// Whether a file is for the repository's own use by its name.
fn is_of_repository(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.')) || name_of(path).starts_with("README")
}

fn declared_files(side: &Side) -> DeclaredFiles {
    let mut specs = side.iter().filter(|(path, _)| is_spec(path)).peekable();
    let mut declared = DeclaredFiles {
        names: BTreeSet::new(),
        certain: BTreeSet::new(),
        are_all: specs.peek().is_some(),
    };
    for (_, file) in specs {
        let Some(text) = &file.text else {
            declared.are_all = false;
            continue;
        };
        let spec = String::from_utf8_lossy(text);
        let mut macros = Macros::default();
        let mut places = Places::default();
        for line in spec.lines() {
            let is_certain = places.is_certain(line) && macros.conditions == 0;
            for value in ["Source", "Patch", "Icon"]
                .into_iter()
                .flat_map(|tag| declarations(line, tag))
            {
                let mut look_ups = LOOK_UPS_MAX;
                match macros.expanded(value, &mut look_ups) {
                    Some(value) => {
                        let name = name_of(&value).to_owned();
                        if is_certain && !name.is_empty() {
                            declared.certain.insert(name.clone());
                        }
                        declared.names.insert(name);
                    }
                    None => declared.are_all = false,
                }
            }
            macros.take(line);
        }
        declared.are_all &= !may_hide_declarations(&spec);
    }
    declared
}

/// Where the lines of a spec stand, one after the other.
#[derive(Default)]
struct Places {
    in_other_section: bool,
    in_definition: bool,
    open_braces: usize,
}

impl Places {
    /// Whether what the next line declares is declared in every build: it is of a preamble, and no part of a macro that began in a
    /// line above.
    fn is_certain(&mut self, line: &str) -> bool {
        if let Some(section) = section_begun(line) {
            self.in_other_section = section != "%package";
        }
        let is_certain = !self.in_other_section && !self.in_definition && self.open_braces == 0;
        self.in_definition = line.ends_with('\\');
        if !self.in_other_section {
            let count = |brace| line.matches(brace).count();
            self.open_braces = (self.open_braces + count('{')).saturating_sub(count('}'));
        }
        is_certain
    }
}

/// Whether anything in a spec may make lines that declare files: what reads other files, lists files, or runs a program, and in
/// a preamble each line that runs a program outside of a definition, or is a macro, unless it is known that it declares nothing.
fn may_hide_declarations(spec: &str) -> bool {
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
        if in_preamble && (is_unknown_macro || before_definition.contains("%(")) {
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

/// The macros of a spec as far as they are certain, line by line: those that it defines once, outside of conditions. `None` stands
/// for one that is defined in another way as well, so that its value is not known.
#[derive(Default)]
struct Macros<'a> {
    values: BTreeMap<String, Option<&'a str>>,
    /// The conditions that are open.
    conditions: usize,
}

impl<'a> Macros<'a> {
    /// Takes in what a line defines for the lines below it.
    fn take(&mut self, line: &'a str) {
        let start = line.trim_start();
        if start.starts_with("%if") {
            self.conditions += 1;
        } else if start.starts_with("%endif") {
            self.conditions = self.conditions.saturating_sub(1);
        }
        let is_certain = self.conditions == 0;
        for tag in ["Name", "Version", "Release", "URL"] {
            if let Some(value) = declarations(line, tag).next() {
                self.define(
                    &tag.to_ascii_lowercase(),
                    Some(value).filter(|_| is_certain),
                );
            }
        }
        for definition in ["%global", "%define"] {
            for (at, _) in line.match_indices(definition) {
                let rest = &line[at + definition.len()..];
                if !rest.starts_with(char::is_whitespace) {
                    continue;
                }
                let (name, after) = split_word(rest.trim_start());
                let value = after.trim();
                // One with parameters, or of several lines, or that another macro makes, is none that is read here.
                let is_plain = is_certain
                    && line.trim_start().starts_with(definition)
                    && line.find(definition) == Some(at)
                    && !after.starts_with('(')
                    && !value.ends_with('\\');
                self.define(name, Some(value).filter(|_| is_plain));
            }
        }
        if let Some(name) = start.strip_prefix("%undefine") {
            self.define(name.trim(), None);
        }
    }

    fn define(&mut self, name: &str, value: Option<&'a str>) {
        let known = self.values.entry(name.to_owned()).or_insert(value);
        if *known != value {
            *known = None;
        }
    }

    /// A value with its macros expanded; `None` where one of them is not known.
    fn expanded(&self, value: &str, look_ups: &mut u32) -> Option<String> {
        let mut text = String::new();
        let mut rest = value;
        while let Some((before, behind)) = rest.split_once('%') {
            text.push_str(before);
            if let Some(after) = behind.strip_prefix('%') {
                text.push('%');
                rest = after;
                continue;
            }
            let (call, after) = match behind.strip_prefix('{') {
                Some(behind) => {
                    let end = closing_brace(behind)?;
                    (&behind[..end], &behind[end + 1..])
                }
                None => split_word(behind),
            };
            *look_ups = look_ups.checked_sub(1)?;
            text.push_str(&self.called(call, look_ups)?);
            if text.len() > NAME_CHARACTERS_MAX {
                return None;
            }
            rest = after;
        }
        text.push_str(rest);
        Some(text)
    }

    /// What a macro comes to: `name`, `?name`, or with words for where it is or is not defined `?name:words`, `!?name:words`.
    fn called(&self, call: &str, look_ups: &mut u32) -> Option<String> {
        let name = call.trim_start_matches(['?', '!']);
        let flags = &call[..call.len() - name.len()];
        let (name, words) = match name.split_once(':') {
            Some((name, words)) if flags.contains('?') => (name, Some(words)),
            Some(_) => return None,
            None => (name, None),
        };
        if name == "nil" && words.is_none() {
            return Some(String::new());
        }
        let own = (*self.values.get(name)?)?;
        match flags {
            "" | "?" => self.expanded(words.unwrap_or(own), look_ups),
            "!?" | "?!" => Some(String::new()),
            _ => None,
        }
    }
}

/// The word of letters, digits and underscores that a text begins with, and what follows it.
fn split_word(text: &str) -> (&str, &str) {
    let is_of_word = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let end = text.find(|character| !is_of_word(character));
    text.split_at(end.unwrap_or(text.len()))
}

/// The byte of the brace that closes one which was opened before the text.
fn closing_brace(text: &str) -> Option<usize> {
    let mut open = 1_usize;
    text.bytes().position(|byte| {
        match byte {
            b'{' => open += 1,
            b'}' => open -= 1,
            _ => {}
        }
        open == 0
    })
}

#[cfg(test)]
mod tests;
