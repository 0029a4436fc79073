//! Reads the reference's package manifest: which application compatibility level each binary package has.
//!
//! Format: Red Hat's “Package manifest”, one JSON file for each table of its pages: `{major, type: "package", packages:
//! [{package, compatibility_level}]}` or `{major, type: "module", modules: [{packages, compatibility_level}]}`. Levels go
//! from 1, the longest promise, to 4, none; packages without one have none recorded. What is written in another way is taken for
//! what it clearly means, and told where it means nothing clear.

use crate::analysis::PackageComparison;
use crate::domain::{Shares, Verdict};
use crate::publish::configuration::ManifestSetting;
use crate::publish::json_file::{json_files, read_json};
use crate::publish::numbers::counted;
use crate::publish::{Cause, Error};
use crate::report::{LevelRecord, LevelSharesRecord};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The level of each binary package.
pub type Levels = BTreeMap<String, u8>;

#[derive(Deserialize)]
struct Table {
    /// A text or a number.
    major: Value,
    /// Each a [`ListedPackage`].
    #[serde(default)]
    packages: Vec<Value>,
    /// Each a [`Module`].
    #[serde(default)]
    modules: Vec<Value>,
}

#[derive(Deserialize)]
struct ListedPackage {
    package: String,
    compatibility_level: Option<Value>,
}

#[derive(Deserialize)]
struct Module {
    #[serde(default)]
    packages: Vec<String>,
    compatibility_level: Option<Value>,
}

const LEVELS: std::ops::RangeInclusive<u8> = 1..=4;
/// Characters that are told of a level that is not understood.
const WRITTEN_CHARACTERS_MAX: usize = 40;

/// Reads every `*.json` of a folder, as far as it is of the major release. Of two levels of one package the lower number
/// counts: the longer promise. Where a file cannot be read, none counts: the others may have a level that it has lower. Gives back what is
/// not understood, a sentence for each way in which that is written, and which entries
/// could not be read at all.
pub fn read_manifest(setting: &ManifestSetting, levels: &mut Levels) -> Result<Vec<String>, Error> {
    let mut warnings = Vec::new();
    let mut found = Levels::new();
    for file in json_files(&setting.folder)? {
        let table: Table = read_json(&file, Cause::Manifest)?;
        let major = match table.major {
            Value::String(major) => major,
            other => other.to_string(),
        };
        if major != setting.major {
            continue;
        }
        let packages: Vec<ListedPackage> =
            entries_of(table.packages, "packages", &file, &mut warnings);
        let listed = packages
            .into_iter()
            .map(|listed| (listed.package, listed.compatibility_level));
        let modules: Vec<Module> = entries_of(table.modules, "modules", &file, &mut warnings);
        let in_modules = modules.into_iter().flat_map(|module| {
            let level = module.compatibility_level;
            let names = module.packages.into_iter();
            names.map(move |name| (name, level.clone()))
        });
        let mut unclear: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, level) in listed.chain(in_modules) {
            let level = match level.as_ref().map(level_said) {
                None | Some(Ok(None)) => continue,
                Some(Ok(Some(level))) if LEVELS.contains(&level) => level,
                Some(Ok(Some(level))) => {
                    unclear.entry(level.to_string()).or_default().push(name);
                    continue;
                }
                Some(Err(written)) => {
                    unclear.entry(written).or_default().push(name);
                    continue;
                }
            };
            take_lower(&mut found, name, level);
        }
        let places = unclear.into_iter().map(|(written, names)| {
            let others = match names.len() {
                0 | 1 => String::new(),
                count => format!(" and {}", counted(count - 1, "other", "others")),
            };
            let first = names.first().map_or("", String::as_str);
            format!(
                "{}: the compatibility level “{written}” of {first}{others} is not understood, so that none is recorded: write 1, 2, 3 \
                 or 4, or Not Applicable where there is none.",
                file.display()
            )
        });
        warnings.extend(places);
    }
    for (name, level) in found {
        take_lower(levels, name, level);
    }
    Ok(warnings)
}

fn take_lower(levels: &mut Levels, name: String, level: u8) {
    let known = levels.entry(name).or_insert(level);
    *known = level.min(*known);
}

/// The entries of a list that can be read; each other one is told.
fn entries_of<T: DeserializeOwned>(
    listed: Vec<Value>,
    list: &str,
    file: &Path,
    warnings: &mut Vec<String>,
) -> Vec<T> {
    let mut entries = Vec::with_capacity(listed.len());
    for (index, entry) in listed.into_iter().enumerate() {
        match serde_json::from_value(entry) {
            Ok(entry) => entries.push(entry),
            Err(error) => warnings.push(format!(
                "{}: entry {} of {list} could not be read, so that it is left out: {error}: correct the entry, or take it out.",
                file.display(),
                index + 1
            )),
        }
    }
    entries
}

/// The level that is meant, none where it is said that there is none, or what is written where that is not clear.
fn level_said(written: &Value) -> Result<Option<u8>, String> {
    const NONE: [&str; 5] = ["not applicable", "n/a", "na", "none", "-"];
    const ROMAN: [&str; 4] = ["i", "ii", "iii", "iv"];
    let text = match written {
        Value::Null => return Ok(None),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let lower = text.trim().to_lowercase();
    if NONE.contains(&lower.as_str()) {
        return Ok(None);
    }
    let mut number = lower.as_str();
    for word in ["application", "compatibility", "acl", "level"] {
        number = number
            .strip_prefix(word)
            .unwrap_or(number)
            .trim_start_matches([' ', ':', '-']);
    }
    let number = number.strip_suffix(".0").unwrap_or(number);
    let roman = (1..).zip(ROMAN).find(|(_, numeral)| *numeral == number);
    match number.parse().ok().or(roman.map(|(level, _)| level)) {
        Some(level) => Ok(Some(level)),
        None => Err(text.chars().take(WRITTEN_CHARACTERS_MAX).collect()),
    }
}

/// The levels of a package's binary packages, the lowest number first.
pub fn levels_of<'a>(binaries: impl Iterator<Item = &'a str>, levels: &Levels) -> Vec<LevelRecord> {
    let mut by_level: BTreeMap<u8, BTreeSet<&str>> = BTreeMap::new();
    for name in binaries {
        if let Some(&level) = levels.get(name) {
            by_level.entry(level).or_default().insert(name);
        }
    }
    by_level
        .into_iter()
        .map(|(level, names)| LevelRecord {
            level,
            binaries: names.into_iter().map(str::to_owned).collect(),
        })
        .collect()
}

/// The shares of the source packages of each level, by the lowest number of their binary packages.
pub fn shares_by_level(packages: &[PackageComparison], levels: &Levels) -> Vec<LevelSharesRecord> {
    let mut verdicts: BTreeMap<u8, Vec<Verdict>> = BTreeMap::new();
    for package in packages {
        let sides = package
            .cells
            .iter()
            .flatten()
            .flat_map(|cell| [&cell.reference, &cell.distribution]);
        let binaries = sides.flatten().flat_map(|side| &side.binaries);
        if let Some(level) = binaries.filter_map(|name| levels.get(name)).min() {
            verdicts.entry(*level).or_default().push(package.verdict());
        }
    }
    verdicts
        .into_iter()
        .map(|(level, verdicts)| LevelSharesRecord {
            level,
            shares: Shares::count(verdicts).into(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_level_is_what_is_clearly_meant() {
        let check = |written: Value, expected: Result<Option<u8>, &str>| {
            let found = level_said(&written);
            assert_eq!(found, expected.map_err(str::to_owned), "{written}");
        };
        for two in [
            "2", " 2", "2 ", "2.0", "Level 2", "level: 2", "LEVEL2", "II",
        ] {
            check(json!(two), Ok(Some(2)));
        }
        check(json!("Compatibility level 3"), Ok(Some(3)));
        check(json!("ACL 4"), Ok(Some(4)));
        check(json!("iv"), Ok(Some(4)));
        check(json!(1), Ok(Some(1)));
        check(json!(1.0), Ok(Some(1)));
        check(json!("9"), Ok(Some(9)));
        for none in ["Not Applicable", "N/A", "n/a ", "none", "-"] {
            check(json!(none), Ok(None));
        }
        check(Value::Null, Ok(None));
        for unclear in ["", " ", "2.5", "Tier 2", "two", "1-2", "V", "-2x", "level"] {
            check(json!(unclear), Err(unclear));
        }
        check(json!([2]), Err("[2]"));
    }
}
