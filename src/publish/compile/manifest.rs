//! Reads the reference's package manifest: which application compatibility level each binary package has.
//!
//! Format: Red Hat's “Package manifest”, one JSON file for each table of its pages: `{major, type: "package", packages:
//! [{package, compatibility_level}]}` or `{major, type: "module", modules: [{packages, compatibility_level}]}`. Levels go
//! from 1, the longest promise, to 4, none; packages without one have none recorded.

use crate::analysis::PackageComparison;
use crate::domain::{Shares, Verdict};
use crate::publish::configuration::ManifestSetting;
use crate::publish::json_file::{json_files, read_json};
use crate::publish::{Cause, Error};
use crate::report::{LevelRecord, LevelSharesRecord};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The level of each binary package.
pub type Levels = BTreeMap<String, u8>;

#[derive(Deserialize)]
struct Table {
    major: String,
    #[serde(default)]
    packages: Vec<ListedPackage>,
    #[serde(default)]
    modules: Vec<Module>,
}

#[derive(Deserialize)]
struct ListedPackage {
    package: String,
    compatibility_level: Option<String>,
}

#[derive(Deserialize)]
struct Module {
    #[serde(default)]
    packages: Vec<String>,
    compatibility_level: Option<String>,
}

const LEVELS: std::ops::RangeInclusive<u8> = 1..=4;

/// Reads every `*.json` of a folder, as far as it is of the major release. Of two levels of one package the lower number
/// counts: the longer promise.
pub fn read_manifest(setting: &ManifestSetting, levels: &mut Levels) -> Result<(), Error> {
    for file in json_files(&setting.folder)? {
        let table: Table = read_json(&file, Cause::Manifest)?;
        if table.major != setting.major {
            continue;
        }
        let listed = table
            .packages
            .into_iter()
            .map(|listed| (listed.package, listed.compatibility_level));
        let in_modules = table.modules.into_iter().flat_map(|module| {
            let level = module.compatibility_level;
            let names = module.packages.into_iter();
            names.map(move |name| (name, level.clone()))
        });
        for (name, level) in listed.chain(in_modules) {
            // “Not Applicable” stands where there is none.
            let Some(level) = level.and_then(|level| level.parse::<u8>().ok()) else {
                continue;
            };
            if !LEVELS.contains(&level) {
                let cause = format!("“{level}” of {name} is no level from 1 to 4");
                return Err(Error::at(file.display(), Cause::Manifest(cause)));
            }
            let known = levels.entry(name).or_insert(level);
            *known = level.min(*known);
        }
    }
    Ok(())
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
