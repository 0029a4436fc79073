//! Reads what people say of packages.

use super::release::Occasion;
use crate::domain::Timestamp;
use crate::publish::configuration::{StatementsSetting, read_toml};
use crate::publish::json_file::read_json;
use crate::publish::{Cause, Error};
use crate::report::{StatedSource, StatementRecord, is_http_address};
use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeMap;

/// Statements by source package.
pub type Statements = BTreeMap<String, Vec<StatementRecord>>;

/// A package and what is said of it.
type Said = (String, StatementRecord);

/// A list of packages as AlmaLinux keeps it by hand, from its wiki's page “Modified packages”.
#[derive(Deserialize)]
struct ListedPackage {
    package: String,
    #[serde(default)]
    table: ListTable,
    /// A [`ListedState`] by release; that of another release may be anything.
    #[serde(default)]
    releases: BTreeMap<String, Value>,
    #[serde(default)]
    comments: Vec<Comment>,
}

/// In which of the page's tables a package stands.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ListTable {
    #[default]
    Current,
    NoLongerRequired,
}

#[derive(Deserialize)]
struct ListedState {
    state: StatedSource,
    url: Option<String>,
    note: Option<String>,
}

#[derive(Deserialize)]
struct Comment {
    /// The releases that it is about; all in which the package is or was to be modified where absent.
    releases: Option<Vec<String>>,
    text: String,
}

/// A file of notes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notes {
    #[serde(default)]
    note: Vec<Note>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    package: String,
    /// The release that it is about; all where absent.
    release: Option<String>,
    reason: String,
    link: Option<String>,
    /// The day since which it holds, as a text or as TOML's own date.
    #[serde(default, deserialize_with = "day_as_text")]
    since: Option<String>,
}

fn day_as_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match toml::Value::deserialize(deserializer)? {
        toml::Value::String(text) => Ok(Some(text)),
        toml::Value::Datetime(day) => Ok(Some(day.to_string())),
        other => {
            let expected = "a day such as 2026-01-31";
            let what = Unexpected::Other(other.type_str());
            Err(D::Error::invalid_type(what, &expected))
        }
    }
}

/// Reads a list in JSON or notes in TOML, and adds what they say of the release; what is said twice counts once. Gives back what is
/// doubtful of them, a sentence for each. What others wrote in a list and cannot be meant so is left out and told; in notes it is an
/// error, with which nothing is added.
pub fn read_statements(
    setting: &StatementsSetting,
    release: &str,
    occasion: &Occasion<'_>,
    statements: &mut Statements,
) -> Result<Vec<String>, Error> {
    let (said, warnings) = match setting.file.extension().and_then(|ending| ending.to_str()) {
        Some("json") => of_list(setting)?,
        _ => {
            let notes: Notes = read_toml(&setting.file)?;
            let warnings = doubts_of_notes(&notes.note, setting, occasion)?;
            check_links(&notes.note, setting)?;
            (of_notes(notes.note, setting, release), warnings)
        }
    };
    for (package, statement) in said {
        let known = statements.entry(package).or_default();
        if !known.contains(&statement) {
            known.push(statement);
        }
    }
    Ok(warnings)
}

/// Fails at the first link of a note that is none.
fn check_links(notes: &[Note], setting: &StatementsSetting) -> Result<(), Error> {
    for note in notes {
        let link = note.link.as_deref();
        if let Some(link) = link.filter(|link| !is_http_address(link)) {
            let cause = Cause::Statements(format!(
                "the link of {}, “{link}”, is no http(s) address",
                note.package
            ));
            return Err(Error::at(setting.file.display(), cause));
        }
    }
    Ok(())
}

/// What the entries of a list say of the release, and what is odd about others, a sentence each.
fn of_list(setting: &StatementsSetting) -> Result<(Vec<Said>, Vec<String>), Error> {
    let listed: Vec<Value> = read_json(&setting.file, Cause::Statements)?;
    let place = setting.file.display();
    let (mut statements, mut warnings) = (Vec::new(), Vec::new());
    for (index, entry) in listed.into_iter().enumerate() {
        let name = match entry.get("package").and_then(Value::as_str) {
            Some(name) => format!("{name}: "),
            None => String::new(),
        };
        match of_entry(entry, setting) {
            Ok(Some((package, mut statement))) => {
                if let Some(link) = statement.url.take_if(|link| !is_http_address(link)) {
                    warnings.push(format!(
                        "{name}{place}: its link “{link}” is no http(s) address, so that it is left out: correct the link."
                    ));
                }
                statements.push((package, statement));
            }
            Ok(None) => {}
            Err(error) => warnings.push(format!(
                "{name}{place}: entry {} could not be read, so that it is left out: {error}: correct the entry, or take it out.",
                index + 1
            )),
        }
    }
    Ok((statements, warnings))
}

/// What an entry of a list says of the release; nothing where it is about others.
fn of_entry(entry: Value, setting: &StatementsSetting) -> Result<Option<Said>, serde_json::Error> {
    let mut listed: ListedPackage = serde_json::from_value(entry)?;
    let Some(state) = listed.releases.remove(&setting.release) else {
        return Ok(None);
    };
    let state: ListedState = serde_json::from_value(state)?;
    let about = |comment: &&Comment| {
        let releases = comment.releases.as_ref();
        match releases {
            Some(releases) => releases.contains(&setting.release),
            // It says what is modified, which is elsewhere.
            None => state.state != StatedSource::Unmodified,
        }
    };
    let comments = listed.comments.iter().filter(about);
    let comments = comments.map(|comment| comment.text.as_str());
    let text: Vec<&str> = comments.chain(state.note.as_deref()).collect();
    let statement = StatementRecord {
        who: setting.who.clone(),
        source: Some(stated_source(listed.table, state.state)),
        text: (!text.is_empty()).then(|| text.join("; ")),
        url: state.url,
        since: None,
    };
    Ok(Some((listed.package, statement)))
}

/// What a package was modified for in a table of what is past need not be so any longer.
fn stated_source(table: ListTable, state: StatedSource) -> StatedSource {
    match (table, state) {
        (ListTable::NoLongerRequired, StatedSource::Modified | StatedSource::ToBeModified) => {
            StatedSource::NoLongerRequired
        }
        _ => state,
    }
}

/// What notes say of the release.
fn of_notes(notes: Vec<Note>, setting: &StatementsSetting, release: &str) -> Vec<Said> {
    let of_release = notes
        .into_iter()
        .filter(|note| note.release.as_deref().is_none_or(|of| of == release));
    of_release
        .map(|note| {
            let statement = StatementRecord {
                who: setting.who.clone(),
                source: None,
                text: Some(note.reason),
                url: note.link,
                since: note.since,
            };
            (note.package, statement)
        })
        .collect()
}

/// Tells the notes that nobody can have meant so: of a release that there is none of, or since a day that is yet to come.
fn doubts_of_notes(
    notes: &[Note],
    setting: &StatementsSetting,
    occasion: &Occasion<'_>,
) -> Result<Vec<String>, Error> {
    let mut warnings = Vec::new();
    for (index, note) in notes.iter().enumerate() {
        let place = format!("{}: note {}", setting.file.display(), index + 1);
        let mut releases = occasion.configuration.releases.iter();
        if let Some(of) = &note.release
            && !releases.any(|configured| configured.id == *of)
        {
            warnings.push(format!(
                "{}: {place} is about release {of}, which the configuration does not have: correct its release, or take the note out.",
                note.package
            ));
        }
        let Some(since) = &note.since else { continue };
        let day: Timestamp = since.parse().map_err(|_| {
            Error::configuration(
                format_args!("{place} ({})", note.package),
                format!("since is “{since}”, which is no day"),
                "write a day such as 2026-01-31, or take since out",
            )
        })?;
        if day.unix_days() > occasion.taken.unix_days() {
            warnings.push(format!(
                "{}: {place} holds since {since}, which is after the day of the report: correct the day.",
                note.package
            ));
        }
    }
    Ok(warnings)
}
