//! How the actions of a patching tool are classed by a table. The first line that fits counts; what no line knows is unknown.

mod architectures;
mod known_words;
mod word_differences;
mod wording;

use crate::domain::ChangeClass;
use architectures::differ_on_alone;
use known_words::has_only_words;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;
use word_differences::differ_in_words_alone;
use wording::{Wording, is_condition};

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
    /// Words of which one must stand in what is taken away. Neither here nor in `adds` and `names` do words count that stand in
    /// comments beside something else, or in a macro that a condition asks for.
    pub removes: Vec<String>,
    /// Words of which none may stand there.
    pub removes_none: Vec<String>,
    /// Words of which one must stand in what is put in, or in the name or subject of a file; nothing may be switched off there that
    /// was not before.
    pub adds: Vec<String>,
    /// Words of which none may stand there.
    pub adds_none: Vec<String>,
    /// Words of which each that is put in must be one, where there are any; those of `adds` and `names`, numbers, single letters and the
    /// package's own name aside. The name and the subject of a file may say anything in words that a rule does not know.
    pub known_words: Vec<String>,
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
    /// Whether each word of what is taken away must be put in again, conditions and comments aside.
    pub only_adds: bool,
    /// Whether what is put in must be what is taken away, but for the words of `removes` and `adds`. An address on a host that is
    /// one of these words, or on one below it, is such a word as a whole; one on another host is none, whatever it names, nor one that
    /// software is downloaded from.
    pub only_words: bool,
    /// Architectures, with a star at the end for any characters, on which alone anything may change.
    pub only_on: Vec<String>,
    /// Whether the header of a patch must say from where upstream it was taken, and that it corrects something.
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
    /// Whether the header of a patch says from where upstream it was taken, and that it corrects something.
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
    let [removed_text, added_text] =
        [&features.removed, &features.added].map(|text| text.to_lowercase());
    let removed = Wording::of(&features.removed, action);
    let added = Wording::of(&features.added, action);
    let purpose = features.purpose.as_deref().unwrap_or_default();
    let purpose = Wording::of(purpose, ActionKind::ChangelogEntry);
    let is_opaque = matches!(action, ActionKind::RunScript | ActionKind::Unknown);
    let fits = |rule: &&ChangeRule| {
        (rule.actions.contains(&action) || (rule.actions.is_empty() && !is_opaque))
            && (rule.packages.is_empty() || rule.packages.iter().any(|name| name == package))
            && rule.numbers.as_ref().is_none_or(|numbers| {
                features
                    .number
                    .is_some_and(|number| numbers.contains(&number))
            })
            && removed.names_one(&rule.removes)
            && !removed.has_any(&rule.removes_none)
            && added.names_one(&rule.adds)
            && !added.has_any(&rule.adds_none)
            && has_only_words(&added_text, package, rule)
            && (rule.adds.is_empty() || !added.switches_off_beside(&removed))
            && (removed.names_one(&rule.names) || added.names_one(&rule.names))
            && purpose.names_one(&rule.says)
            && rule.looks_at_what_is_changed()
            && has_only_lines(&[removed.text(), added.text()], &rule.only_lines)
            && (!rule.only_removes || puts_nothing_in(added.text()))
            && (!rule.only_adds || takes_nothing_away(removed.text(), added.text()))
            && (!rule.only_words || differ_in_words_alone(&removed_text, &added_text, rule))
            && (rule.only_on.is_empty()
                || differ_on_alone(&features.removed, &features.added, &rule.only_on))
            && (!rule.from_upstream || features.from_upstream)
            && (rule.known_cve.is_none() || rule.known_cve == features.known_cve)
    };
    rules
        .iter()
        .find(fits)
        .map_or(ChangeClass::Unknown, |rule| rule.class)
}

/// Whether each word that is taken away is put in again, conditions and comments aside.
fn takes_nothing_away(removed: &str, added: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let lines = text.lines().filter(|line| !is_condition(line));
        let words = lines
            .flat_map(|line| line.split(|character: char| !character.is_alphanumeric()))
            .map(str::to_owned);
        words.filter(|word| !word.is_empty()).collect()
    };
    words(removed).is_subset(&words(added))
}

fn puts_nothing_in(added: &str) -> bool {
    added.lines().all(is_condition)
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
        let one_of = |what: &str, words: &[String]| {
            (!words.is_empty()).then(|| format!("{what} {}", words.join(", ")))
        };
        let where_so = |is_so: bool, what: &str| is_so.then(|| what.to_owned());
        let numbers = self.numbers.as_ref();
        let of_cve = self.known_cve.map(|is_known| match is_known {
            true => "says that it corrects a CVE that the reference names, too".to_owned(),
            false => "says that it corrects a CVE that the reference does not name".to_owned(),
        });
        let conditions = [
            one_of("of", &self.packages),
            numbers.map(|numbers| format!("number {} to {}", numbers.start(), numbers.end())),
            one_of("takes away one of:", &self.removes),
            one_of("takes away none of:", &self.removes_none),
            one_of("puts in one of:", &self.adds),
            one_of("puts in none of:", &self.adds_none),
            one_of("besides puts in no words but:", &self.known_words),
            one_of("takes away or puts in one of:", &self.names),
            one_of(
                "the changelog says one thing alone, with one of:",
                &self.says,
            ),
            one_of("changes only lines like:", &self.only_lines),
            where_so(self.only_removes, "puts nothing in"),
            where_so(self.only_adds, "takes no word away"),
            one_of("changes nothing but on", &self.only_on),
            where_so(
                self.only_words,
                "nothing else differs, an address on such a host being one word",
            ),
            where_so(
                self.from_upstream,
                "its header says from which commit upstream it was taken, and that it corrects something",
            ),
            of_cve,
        ];
        conditions
            .into_iter()
            .flatten()
            .try_for_each(|condition| write!(formatter, "; {condition}"))
    }
}

#[cfg(test)]
mod tests;
