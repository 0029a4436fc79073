//! How the actions of a patching tool are classed by a table. The first line that fits counts; what no line knows is unknown.

use crate::domain::ChangeClass;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// What kind of action makes a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ActionKind {
    /// Text is replaced.
    Replace,
    /// Lines are deleted.
    DeleteLine,
    /// Lines are added to a section of the spec.
    AddLine,
    /// A patch is added.
    AddPatch,
    /// A source file is added.
    AddSource,
    /// A file is deleted.
    DeleteFile,
    /// A script is run.
    RunScript,
    /// The release gets the distribution's mark.
    ModifyRelease,
    /// An entry in the changelog.
    ChangelogEntry,
    /// An action that is not known.
    Unknown,
}

/// One line of the table. All that it names must hold; what it leaves empty does not matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRule {
    /// The class that it gives.
    pub class: ChangeClass,
    /// The kinds of action that it is about; all where empty.
    pub actions: Vec<ActionKind>,
    /// The source packages that it is about; all where empty.
    pub packages: Vec<String>,
    /// The numbers of patches or sources that it is about.
    pub numbers: Option<RangeInclusive<u32>>,
    /// Words of which one must stand in what is taken away.
    pub removes: Vec<String>,
    /// Words of which none may stand there.
    pub removes_none: Vec<String>,
    /// Words of which one must stand in what is put in, or in the name or subject of a file.
    pub adds: Vec<String>,
    /// Words of which none may stand there.
    pub adds_none: Vec<String>,
    /// Words of which one must stand in what is taken away or put in.
    pub names: Vec<String>,
    /// Words of which one must stand in what the changelog says, where it says one thing alone. They decide only together with a
    /// condition on what is changed: that an action serves what is said is not known.
    pub says: Vec<String>,
    /// Patterns of which each line that is taken away or put in must fit one, with `*` for any characters; comments, conditions and
    /// empty lines aside.
    pub only_lines: Vec<String>,
    /// Whether nothing may be put in but conditions.
    pub only_removes: bool,
    /// Whether what is put in must be what is taken away, but for the words of `removes` and `adds`. An address on a host that is
    /// one of these words, or on one below it, is such a word as a whole; one on another host is none, whatever it names.
    pub only_words: bool,
    /// Whether the header of a patch must say from where upstream it was taken.
    pub from_upstream: bool,
    /// Whether a CVE must be said to be corrected: `Some(true)` one that the reference's own texts name, too, `Some(false)` one
    /// that they do not name.
    pub known_cve: Option<bool>,
    /// Why that makes it this class, in one sentence.
    pub because: String,
}

/// What a rule looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeFeatures {
    /// What is taken away: the text, or the name of the file.
    pub removed: String,
    /// What is put in: the text, or the name and the subject of the file.
    pub added: String,
    /// The number of a patch or source, where one is given.
    pub number: Option<u32>,
    /// Whether the header of a patch says from where upstream it was taken.
    pub from_upstream: bool,
    /// Whether a CVE is said to be corrected: `Some(true)` one that the reference's own texts name, too; `None` also where those are
    /// not known, or not all of them.
    pub known_cve: Option<bool>,
    /// What the changelog says, where it says one thing alone.
    pub purpose: Option<String>,
}

/// The class that the table gives, [`ChangeClass::Unknown`] where no line fits. What a script or an action that is not known does
/// is told by no word in it: a line must name such a kind to be about it.
pub fn class_of(
    rules: &[ChangeRule],
    package: &str,
    action: ActionKind,
    features: &ChangeFeatures,
) -> ChangeClass {
    let removed = without_conditions(&features.removed.to_lowercase());
    let added = without_conditions(&features.added.to_lowercase());
    let purpose = features.purpose.as_deref().unwrap_or_default();
    let purpose = purpose.to_lowercase();
    let names_any = |text: &str, words: &[String]| words.iter().any(|word| names(text, word));
    let names_one = |text: &str, words: &[String]| words.is_empty() || names_any(text, words);
    let is_opaque = matches!(action, ActionKind::RunScript | ActionKind::Unknown);
    let fits = |rule: &&ChangeRule| {
        (rule.actions.contains(&action) || (rule.actions.is_empty() && !is_opaque))
            && (rule.packages.is_empty() || rule.packages.iter().any(|name| name == package))
            && rule.numbers.as_ref().is_none_or(|numbers| {
                features
                    .number
                    .is_some_and(|number| numbers.contains(&number))
            })
            && names_one(&removed, &rule.removes)
            && !names_any(&removed, &rule.removes_none)
            && names_one(&added, &rule.adds)
            && !names_any(&added, &rule.adds_none)
            && (names_one(&removed, &rule.names) || names_any(&added, &rule.names))
            && names_one(&purpose, &rule.says)
            && rule.looks_at_what_is_changed()
            && has_only_lines(&[&removed, &added], &rule.only_lines)
            && (!rule.only_removes || puts_nothing_in(&added))
            && (!rule.only_words || differ_in_words_alone(&removed, &added, rule))
            && (!rule.from_upstream || features.from_upstream)
            && (rule.known_cve.is_none() || rule.known_cve == features.known_cve)
    };
    rules
        .iter()
        .find(fits)
        .map_or(ChangeClass::Unknown, |rule| rule.class)
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

fn puts_nothing_in(added: &str) -> bool {
    added.lines().all(is_condition)
}

/// Whether a line neither does nor names anything by itself: an empty one, a comment, a condition of a spec.
fn is_condition(line: &str) -> bool {
    let line = line.trim();
    line.is_empty()
        || ["%if", "%else", "%endif", "#"]
            .iter()
            .any(|start| line.starts_with(start))
}

fn has_only_lines(texts: &[&str], patterns: &[String]) -> bool {
    let fits_one = |line: &str| {
        patterns
            .iter()
            .any(|pattern| fits_pattern(line.trim(), &pattern.to_lowercase()))
    };
    let mut lines = texts
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !is_condition(line))
        .peekable();
    patterns.is_empty() || (lines.peek().is_some() && lines.all(fits_one))
}

/// Whether a line fits a pattern in which a star stands for any characters.
fn fits_pattern(line: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = line.strip_prefix(first) else {
        return false;
    };
    let Some(last) = parts.next_back() else {
        return rest.is_empty();
    };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

fn differ_in_words_alone(removed: &str, added: &str, rule: &ChangeRule) -> bool {
    let words = [rule.removes.as_slice(), &rule.adds].concat();
    without_words(removed, &words) == without_words(added, &words)
}

/// A text in lower case with single spaces and one sign in the place of each of the words, at the start of a word of the text. A
/// space in a word stands for a space, a dash or an underscore; a star takes the rest of that word. A word such as `example.org` is
/// a host: an address of the web or of mail on that host, or on one below it, is such a sign as a whole; one on another host stays
/// as it is.
fn without_words(text: &str, words: &[String]) -> String {
    const SIGN: &str = "\u{a4}";
    let mut words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let (hosts, words): (Vec<String>, Vec<String>) =
        words.into_iter().partition(|word| is_host(word));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_edge =
        |character: char| character.is_whitespace() || "\"'=,;()<>[]{}".contains(character);
    let mut made = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(character) = rest.chars().next() {
        let last = made.chars().next_back();
        if last.is_none_or(is_edge) {
            let (token, after) = rest.split_at(rest.find(is_edge).unwrap_or(rest.len()));
            if is_address_on(token, &hosts) {
                made.push_str(SIGN);
                rest = after;
                continue;
            }
            if is_address(token) {
                // A query is part of it.
                let is_end = |character: char| is_edge(character) && character != '=';
                let (address, after) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
                made.push_str(address);
                rest = after;
                continue;
            }
        }
        let is_start = !last.is_some_and(char::is_alphanumeric);
        let found = words.iter().filter(|_| is_start).find_map(|word| {
            let after = after_word(rest, word.trim_end_matches('*'))?;
            Some(match word.ends_with('*') {
                true => after.trim_start_matches(char::is_alphanumeric),
                false => after,
            })
        });
        match found {
            Some(after) => {
                made.push_str(SIGN);
                rest = after;
            }
            None => {
                made.push(character);
                rest = &rest[character.len_utf8()..];
            }
        }
    }
    made
}

/// What follows a word at the start of a text.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for expected in word.chars() {
        let found = rest.next()?;
        if found != expected && !(expected == ' ' && matches!(found, '-' | '_')) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// Whether a word is the name of a host.
fn is_host(word: &str) -> bool {
    word.contains('.') && !word.ends_with('.') && !word.contains(char::is_whitespace)
}

/// Whether this is an address on one of these hosts or below it: `https://bugs.example.org/1`, `mailto:a@example.org`,
/// `bugs.example.org`. What a shell would take for a command beside it makes it none.
fn is_address_on(address: &str, hosts: &[String]) -> bool {
    let is_plain =
        |character: char| character.is_ascii_alphanumeric() || "-._~:/?#@%+".contains(character);
    let host = host_of(address);
    address.chars().all(is_plain)
        && hosts.iter().any(|known| {
            let below = host.strip_suffix(known.as_str());
            below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
        })
}

/// Whether this is an address on any host: one with a scheme, or a host with a path behind it or a user before it.
fn is_address(token: &str) -> bool {
    let is_host = host_of(token).rsplit_once('.').is_some_and(|(name, top)| {
        !name.is_empty() && top.len() > 1 && top.chars().all(char::is_alphabetic)
    });
    token.contains("://") || (is_host && token.contains(['/', '@']))
}

/// The host of an address, if it is one.
fn host_of(address: &str) -> &str {
    let (_, rest) = address.split_once("://").unwrap_or(("", address));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // Before an @ there may be another host's name.
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default()
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

impl ActionKind {
    /// All kinds.
    pub const ALL: [ActionKind; 10] = [
        Self::Replace,
        Self::DeleteLine,
        Self::AddLine,
        Self::AddPatch,
        Self::AddSource,
        Self::DeleteFile,
        Self::RunScript,
        Self::ModifyRelease,
        Self::ChangelogEntry,
        Self::Unknown,
    ];

    /// The kind in words, as it is written in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Replace => "replace",
            Self::DeleteLine => "delete line",
            Self::AddLine => "add line",
            Self::AddPatch => "add patch",
            Self::AddSource => "add source",
            Self::DeleteFile => "delete file",
            Self::RunScript => "run script",
            Self::ModifyRelease => "modify release",
            Self::ChangelogEntry => "changelog entry",
            Self::Unknown => "unknown",
        }
    }
}

impl FromStr for ActionKind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = || Self::ALL.map(ActionKind::name).join(", ");
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == name)
            .ok_or_else(|| format!("“{name}” is no kind of action (known: {})", known()))
    }
}

impl ChangeRule {
    /// Whether the changelog alone does not decide: words or lines of the change itself must fit, too.
    pub fn looks_at_what_is_changed(&self) -> bool {
        let conditions = [&self.removes, &self.adds, &self.names, &self.only_lines];
        self.says.is_empty() || conditions.iter().any(|words| !words.is_empty())
    }
}

/// What must hold, in words: `add patch; number 2000 to 2999`.
impl fmt::Display for ChangeRule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let actions: Vec<&str> = self.actions.iter().map(|action| action.name()).collect();
        formatter.write_str(&match actions.is_empty() {
            true => "any action".to_owned(),
            false => actions.join(", "),
        })?;
        if !self.packages.is_empty() {
            write!(formatter, "; of {}", self.packages.join(", "))?;
        }
        if let Some(numbers) = &self.numbers {
            write!(
                formatter,
                "; number {} to {}",
                numbers.start(),
                numbers.end()
            )?;
        }
        if !self.removes.is_empty() {
            write!(
                formatter,
                "; takes away one of: {}",
                self.removes.join(", ")
            )?;
        }
        if !self.removes_none.is_empty() {
            write!(
                formatter,
                "; takes away none of: {}",
                self.removes_none.join(", ")
            )?;
        }
        if !self.adds.is_empty() {
            write!(formatter, "; puts in one of: {}", self.adds.join(", "))?;
        }
        if !self.adds_none.is_empty() {
            write!(
                formatter,
                "; puts in none of: {}",
                self.adds_none.join(", ")
            )?;
        }
        if !self.names.is_empty() {
            write!(
                formatter,
                "; takes away or puts in one of: {}",
                self.names.join(", ")
            )?;
        }
        if !self.says.is_empty() {
            write!(
                formatter,
                "; the changelog says one thing alone, with one of: {}",
                self.says.join(", ")
            )?;
        }
        if !self.only_lines.is_empty() {
            write!(
                formatter,
                "; changes only lines like: {}",
                self.only_lines.join(", ")
            )?;
        }
        if self.only_removes {
            formatter.write_str("; puts nothing in")?;
        }
        if self.only_words {
            formatter
                .write_str("; nothing else differs, an address on such a host being one word")?;
        }
        if self.from_upstream {
            formatter.write_str("; its header says from where upstream it was taken")?;
        }
        match self.known_cve {
            Some(true) => {
                formatter.write_str("; says that it corrects a CVE that the reference names, too")
            }
            Some(false) => formatter
                .write_str("; says that it corrects a CVE that the reference does not name"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
