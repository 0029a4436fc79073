//! Reads config.yaml: the actions in their order. What is not understood is kept as unknown and told, with its line.
//!
//! The format is that of AlmaLinux's autopatch-tool: `actions` is a list of maps with one key each, the action's name, whose
//! value is a list of entries.

#[cfg(test)]
mod tests;

use super::action::{Action, ActionEntry, AddedFileKind, Pattern, Target};
use super::expression::Expression;
use crate::publish::{Cause, Error};
use crate::report::limits;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_saphyr::Spanned;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Bytes that a configuration may have.
const BYTES_MAX: u64 = 1 << 20;
/// Nodes of YAML that a configuration may come to, what aliases repeat counted each time.
const NODES_MAX: usize = 100_000;

/// A configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Autopatch {
    /// What it does, in order.
    pub entries: Vec<ActionEntry>,
    /// The branch that its result goes to, where that is another than usual.
    pub target_branch: Option<String>,
    /// What was not understood, each with its line.
    pub warnings: Vec<String>,
    /// The contents of the patches beside it that it adds, by name, as far as they are at hand.
    pub own_patches: BTreeMap<String, Vec<u8>>,
}

#[derive(Deserialize)]
struct ConfigurationFile {
    #[serde(default)]
    parameters: Option<BTreeMap<String, Spanned<Value>>>,
    #[serde(default)]
    actions: Option<Vec<Spanned<ActionTable>>>,
    #[serde(flatten)]
    others: BTreeMap<String, Value>,
}

/// An action's name with its entries.
type ActionTable = BTreeMap<String, Spanned<Value>>;

#[derive(Deserialize)]
struct ReplaceTable {
    target: String,
    find: Option<String>,
    rfind: Option<String>,
    #[serde(default)]
    replace: String,
    count: Option<i64>,
}

#[derive(Deserialize)]
struct DeleteLineTable {
    target: String,
    lines: OneOrMany,
}

#[derive(Deserialize)]
struct AddLineTable {
    target: String,
    section: String,
    location: String,
    content: String,
    subpackage: Option<String>,
}

#[derive(Deserialize)]
struct AddFilesTable {
    r#type: String,
    name: String,
    number: Option<Value>,
    #[serde(default = "yes", deserialize_with = "boolean")]
    modify_spec: bool,
}

#[derive(Deserialize)]
struct DeleteFilesTable {
    file_name: String,
}

#[derive(Deserialize)]
struct RunScriptTable {
    script: String,
}

#[derive(Deserialize)]
struct ModifyReleaseTable {
    suffix: String,
    #[serde(default = "yes", deserialize_with = "boolean")]
    enabled: bool,
    #[serde(default, deserialize_with = "boolean")]
    auto_increment: bool,
}

#[derive(Deserialize)]
struct ChangelogTable {
    name: String,
    email: String,
    line: OneOrMany,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// Reads a file; one that is no such YAML is an error, with its line.
pub fn read_autopatch_file(path: &Path) -> Result<Autopatch, Error> {
    let io = |error| Error::io(path, error);
    if fs::metadata(path).map_err(io)?.len() > BYTES_MAX {
        let cause = Cause::TooLong {
            limit: BYTES_MAX,
            stated: false,
        };
        return Err(Error::at(path.display(), cause));
    }
    let fault = |line: Option<u64>, what: String| {
        let (place, what_to_correct) = match line {
            Some(line) => (format!("{}: line {line}", path.display()), "that line"),
            None => (path.display().to_string(), "the file"),
        };
        let remedy = format!("correct {what_to_correct}, or take the package out");
        Error::configuration(place, what, remedy)
    };
    let text = String::from_utf8(fs::read(path).map_err(io)?)
        .map_err(|_| fault(None, "it is not written in UTF-8".to_owned()))?;
    read_autopatch(&text).map_err(|(line, what)| fault(line, what))
}

/// Reads a text; what is wrong is given back with its line.
pub fn read_autopatch(text: &str) -> Result<Autopatch, (Option<u64>, String)> {
    let budget = serde_saphyr::budget! { max_nodes: NODES_MAX };
    // As the tool's own reader has it: y is a letter, and 0010 is 8.
    let options = serde_saphyr::options! { budget: budget, strict_booleans: true, legacy_octal_numbers: true };
    let file: ConfigurationFile =
        serde_saphyr::from_str_with_options(text, options).map_err(|error| {
            let line = error.location().map(|location| location.line());
            (line, cause_of(error.without_snippet()))
        })?;
    let mut autopatch = Autopatch::default();
    autopatch.read_parameters(file.parameters.unwrap_or_default());
    for name in file.others.keys() {
        autopatch.warnings.push(format!("there is no key {name}"));
    }
    let Some(actions) = file.actions else {
        return Err((None, "it has no actions".to_owned()));
    };
    for action in actions {
        let line = action.referenced.line();
        if action.value.len() != 1 {
            autopatch.warn(
                line,
                "an action has one name, and this one has several or none",
            );
        }
        for (name, entries) in action.value {
            autopatch.read_action(&name, entries);
        }
    }
    limits::within("changes", autopatch.entries.len(), limits::FILES)
        .map_err(|what| (None, what))?;
    Ok(autopatch)
}

impl Autopatch {
    fn warn(&mut self, line: u64, what: &str) {
        self.warnings.push(format!("line {line}: {what}"));
    }

    /// The parameters steer how and where the tool publishes, not what a change is: of them the branch counts, and the others' names are
    /// held against what is known.
    fn read_parameters(&mut self, parameters: BTreeMap<String, Spanned<Value>>) {
        const KNOWN: [&str; 8] = [
            "insert_almalinux_line",
            "custom_target_branch",
            "pre_clean",
            "ignore_version_macros",
            "ignore_release_macros",
            "tag_prefix",
            "el_version",
            "rhel_version",
        ];
        for (name, value) in parameters {
            if name == "custom_target_branch" {
                self.target_branch = match &value.value {
                    Value::Null => None,
                    Value::String(branch) => Some(branch.trim().to_owned()),
                    other => Some(other.to_string()),
                };
            }
            if !KNOWN.contains(&name.as_str()) {
                self.warn(
                    value.referenced.line(),
                    &format!("there is no parameter {name}"),
                );
            }
        }
    }

    fn read_action(&mut self, name: &str, entries: Spanned<Value>) {
        let line = entries.referenced.line();
        let entries = match entries.value {
            Value::Array(entries) => entries,
            single => vec![single],
        };
        let Some((_, keys)) = KINDS.iter().find(|(kind, _)| *kind == name) else {
            self.warn(
                line,
                &format!("there is no action {name}; what it does is not known"),
            );
            let name = name.to_owned();
            self.push(line, Action::Unknown { name });
            return;
        };
        for (index, entry) in entries.into_iter().enumerate() {
            match check_keys(&entry, keys).and_then(|()| action_of(name, entry)) {
                Ok(Some(action)) => self.push(line, action),
                Ok(None) => {}
                Err(what) => {
                    let place = format!("{name}, entry {}", index + 1);
                    self.warn(line, &format!("{place}: {what}; what it does is not known"));
                    self.push(line, Action::Unknown { name: place });
                }
            }
        }
    }

    fn push(&mut self, line: u64, action: Action) {
        self.entries.push(ActionEntry { line, action });
    }
}

/// The actions, each with the keys that its entries may have.
const KINDS: [(&str, &[&str]); 8] = [
    ("replace", &["target", "find", "rfind", "replace", "count"]),
    ("delete_line", &["target", "lines"]),
    (
        "add_line",
        &["target", "section", "location", "content", "subpackage"],
    ),
    (
        "add_files",
        &[
            "type",
            "name",
            "number",
            "modify_spec",
            "insert_almalinux_line",
            "no_backup",
        ],
    ),
    ("delete_files", &["file_name"]),
    ("run_script", &["script", "cwd"]),
    ("modify_release", &["suffix", "enabled", "auto_increment"]),
    ("changelog_entry", &["name", "email", "line"]),
];

/// Whether an entry has only keys that are known: what another one would change of the action is not.
fn check_keys(entry: &Value, known: &[&str]) -> Result<(), String> {
    let Some(entry) = entry.as_object() else {
        return Err("an entry has keys, and this one has none".to_owned());
    };
    match entry.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(format!("there is no key {key}")),
        None => Ok(()),
    }
}

/// The action of an entry; `None` for one that is switched off.
fn action_of(name: &str, entry: Value) -> Result<Option<Action>, String> {
    Ok(Some(match name {
        "replace" => replace_of(table(entry)?)?,
        "delete_line" => {
            let table: DeleteLineTable = table(entry)?;
            Action::DeleteLine {
                target: target_of(table.target),
                blocks: table.lines.into_lines(),
            }
        }
        "add_line" => add_line_of(table(entry)?)?,
        "add_files" => add_file_of(table(entry)?)?,
        "delete_files" => {
            let table: DeleteFilesTable = table(entry)?;
            Action::DeleteFile {
                name: table.file_name,
            }
        }
        "run_script" => {
            let table: RunScriptTable = table(entry)?;
            Action::RunScript {
                script: table.script,
            }
        }
        "modify_release" => {
            let table: ModifyReleaseTable = table(entry)?;
            if !table.enabled {
                return Ok(None);
            }
            Action::ModifyRelease {
                suffix: table.suffix,
                counts_up: table.auto_increment,
            }
        }
        _ => {
            let table: ChangelogTable = table(entry)?;
            Action::ChangelogEntry {
                name: table.name,
                email: table.email,
                lines: table.line.into_lines(),
            }
        }
    }))
}

fn table<T: DeserializeOwned>(entry: Value) -> Result<T, String> {
    serde_json::from_value(entry).map_err(|error| error.to_string())
}

fn replace_of(table: ReplaceTable) -> Result<Action, String> {
    let find = match (table.find, table.rfind) {
        (Some(find), None) if !find.is_empty() => Pattern::Literal(find),
        (None, Some(find)) if !find.is_empty() => {
            Expression::new(&find)?;
            Pattern::Expression(find)
        }
        _ => return Err("it needs either find or rfind".to_owned()),
    };
    let count = match table.count {
        None | Some(-1) => None,
        // The tool fails at an entry that replaces nothing.
        Some(count) => Some(
            u64::try_from(count)
                .ok()
                .filter(|count| *count > 0)
                .ok_or_else(|| format!("the count {count} is neither -1 nor above 0"))?,
        ),
    };
    Ok(Action::Replace {
        target: target_of(table.target),
        find,
        replace: table.replace,
        count,
    })
}

fn add_line_of(table: AddLineTable) -> Result<Action, String> {
    if target_of(table.target) != Target::Spec {
        return Err("its target must be spec".to_owned());
    }
    let at_bottom = match table.location.to_lowercase().as_str() {
        "top" => false,
        "bottom" => true,
        other => return Err(format!("the location “{other}” is neither top nor bottom")),
    };
    Ok(Action::AddLine {
        section: table.section,
        subpackage: table.subpackage,
        at_bottom,
        content: table.content,
    })
}

fn add_file_of(table: AddFilesTable) -> Result<Action, String> {
    let kind = match table.r#type.as_str() {
        "patch" => AddedFileKind::Patch,
        "source" => AddedFileKind::Source,
        other => return Err(format!("the type “{other}” is neither patch nor source")),
    };
    let number = match table.number {
        None => None,
        Some(Value::String(word)) if word == "Latest" => None,
        Some(value) => {
            let number = match &value {
                Value::String(digits) => digits.parse().ok(),
                value => value.as_u64().and_then(|number| u32::try_from(number).ok()),
            };
            Some(
                number
                    .ok_or_else(|| format!("the number {value} is neither a number nor Latest"))?,
            )
        }
    };
    Ok(Action::AddFile {
        kind,
        name: table.name,
        number,
        modifies_spec: table.modify_spec,
    })
}

fn target_of(target: String) -> Target {
    match target.as_str() {
        "spec" => Target::Spec,
        _ => Target::Files(target),
    }
}

/// What is wrong, in one line.
fn cause_of(error: &serde_saphyr::Error) -> String {
    match error {
        // What the reader says of it is for programmers.
        serde_saphyr::Error::DuplicateMappingKey { key, .. } => {
            format!("{} is there twice", key.as_deref().unwrap_or("a key"))
        }
        error => error
            .to_string()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned(),
    }
}

fn yes() -> bool {
    true
}

/// A boolean in any spelling of YAML 1.1 that the tool's own reader takes for one.
fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Spelling {
        Boolean(bool),
        Word(String),
    }
    match Spelling::deserialize(deserializer)? {
        Spelling::Boolean(value) => Ok(value),
        Spelling::Word(word) => match word.as_str() {
            "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Ok(true),
            "no" | "No" | "NO" | "off" | "Off" | "OFF" => Ok(false),
            _ => Err(D::Error::custom(format!("“{word}” is neither yes nor no"))),
        },
    }
}

impl OneOrMany {
    fn into_lines(self) -> Vec<String> {
        match self {
            Self::One(line) => vec![line],
            Self::Many(lines) => lines,
        }
    }
}
