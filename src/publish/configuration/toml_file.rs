//! Reads a TOML file into a type; what is wrong is told with line, column, table and the nearest key that exists.

use crate::publish::{Cause, Error};
use serde::de::DeserializeOwned;
use std::fs;
use std::path::Path;
use toml::de::{DeTable, DeValue};

/// Bytes that a configuration may have.
const BYTES_MAX: u64 = 16 << 20;

/// Reads a file.
pub fn read_toml<T: DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let io = |error| Error::io(path, error);
    let bytes = fs::metadata(path).map_err(io)?.len();
    if bytes > BYTES_MAX {
        let cause = Cause::TooLong {
            limit: BYTES_MAX,
            stated: false,
        };
        return Err(Error::at(path.display(), cause));
    }
    let text = fs::read(path).map_err(io)?;
    let text = String::from_utf8(text).map_err(|_| {
        Error::configuration(
            path.display(),
            "it is not written in UTF-8",
            "save it as UTF-8",
        )
    })?;
    toml::from_str(&text).map_err(|error| explained(path, &text, &error))
}

fn explained(path: &Path, text: &str, error: &toml::de::Error) -> Error {
    let start = error.span().map_or(0, |span| span.start);
    let (line, column) = line_and_column(text, start);
    let place = format!("{}: line {line}, column {column}", path.display());
    let table = table_path(text, start);
    let message = error.message().trim();
    // Serde names the unknown key and all known ones, each between backticks.
    if message.starts_with("unknown field") {
        let mut names = message.split('`').skip(1).step_by(2).map(str::to_owned);
        let key = names.next().unwrap_or_default();
        let known: Vec<String> = names.collect();
        let parent = table
            .strip_suffix(&key)
            .unwrap_or(&table)
            .trim_end_matches('.');
        let key_path = if parent.is_empty() {
            key.clone()
        } else {
            format!("{parent}.{key}")
        };
        let cause = Cause::UnknownKey {
            path: key_path,
            nearest: nearest(&key, &known),
            known,
        };
        return Error::at(place, cause);
    }
    // The parser says no more than that, at the second of the two keys or headers.
    if message == "duplicate key" {
        let key = error.span().and_then(|span| text.get(span));
        return Error::configuration(
            place,
            format!("{} is there twice", key.unwrap_or("a key")),
            "keep one of the two, and take the other out",
        );
    }
    let what = if table.is_empty() {
        message.replace('\n', "; ")
    } else {
        format!("{table}: {}", message.replace('\n', "; "))
    };
    Error::configuration(place, what, "correct that line")
}

fn line_and_column(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (
        before.matches('\n').count() + 1,
        before[line_start..].chars().count() + 1,
    )
}

/// The key that is alike enough to be meant.
fn nearest(key: &str, known: &[String]) -> Option<String> {
    known
        .iter()
        .map(|name| (strsim::jaro_winkler(key, name), name))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|(left, _), (right, _)| left.total_cmp(right))
        .map(|(_, name)| name.clone())
}

/// The tables and keys around a byte, `release.9.distribution`, where an array's entry goes by its `id` or `name`, else by
/// its number from 1; empty where the text is no TOML at all.
fn table_path(text: &str, byte: usize) -> String {
    let Ok(document) = DeTable::parse(text) else {
        return String::new();
    };
    let mut path = Vec::new();
    collect_path(document.get_ref(), byte, &mut path);
    path.join(".")
}

/// Adds the innermost path to `byte`; says whether the byte belongs to this table.
fn collect_path(table: &DeTable<'_>, byte: usize, path: &mut Vec<String>) -> bool {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        if key.span().contains(&byte) || collect_value(value.get_ref(), value.span(), byte, path) {
            return true;
        }
        path.pop();
    }
    false
}

fn collect_value(
    value: &DeValue<'_>,
    span: std::ops::Range<usize>,
    byte: usize,
    path: &mut Vec<String>,
) -> bool {
    match value {
        DeValue::Table(table) => collect_path(table, byte, path) || span.contains(&byte),
        DeValue::Array(entries) => {
            for (index, entry) in entries.iter().enumerate() {
                path.push(entry_name(entry.get_ref(), index));
                if collect_value(entry.get_ref(), entry.span(), byte, path) {
                    return true;
                }
                path.pop();
            }
            span.contains(&byte)
        }
        _ => span.contains(&byte),
    }
}

fn entry_name(entry: &DeValue<'_>, index: usize) -> String {
    let name = |key: &str| {
        entry
            .get(key)
            .and_then(|value| value.get_ref().as_str().map(str::to_owned))
    };
    name("id")
        .or_else(|| name("name"))
        .unwrap_or_else(|| (index + 1).to_string())
}
