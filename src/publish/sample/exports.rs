//! What the packages of the sample provide: their own names, and the entries of binary interfaces that the definition lists.

use super::definition::{ArchitectureName, Moment, SideWord};
use super::state::{applies_to, is_within};
use crate::domain::{AbiEntry, Architecture, Nevra, Timestamp};
use crate::publish::Error;
use crate::publish::configuration::read_toml;
use quick_xml::escape::escape;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// `exports.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExportsFile {
    exports: Vec<ExportsTable>,
    deviation: Vec<ExportsDeviationTable>,
}

/// What binary packages export: by their names, each line a soname with its symbol versions or a kernel symbol with its
/// checksum.
type Exports = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExportsTable {
    package: String,
    releases: Option<Vec<String>>,
    binaries: Exports,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExportsDeviationTable {
    package: String,
    releases: Option<Vec<String>>,
    architectures: Option<Vec<ArchitectureName>>,
    /// What binary packages of the distribution export instead.
    #[serde(default)]
    distribution: Exports,
    /// The side whose metadata do not record what the package provides.
    unrecorded: Option<SideWord>,
    since: Option<Moment>,
    until: Option<Moment>,
}

/// Where and when a package is looked at.
#[derive(Clone, Copy)]
pub struct Situation<'a> {
    /// The release.
    pub release: &'a str,
    /// The side; `None` for an origin, whose provides nobody reads.
    pub side: Option<SideWord>,
    /// The architecture that its repository is for.
    pub architecture: Architecture,
    /// When.
    pub snapshot: Timestamp,
}

/// Reads the file in a definition's folder.
pub fn read_exports(folder: &Path) -> Result<ExportsFile, Error> {
    read_toml(&folder.join("exports.toml"))
}

impl ExportsFile {
    /// What a binary package of a source package provides, as the text of `rpm:entry` elements. `binary` is the name that
    /// the definition has for it.
    pub fn provides_of(
        &self,
        package: &str,
        binary: &str,
        nevra: &Nevra,
        situation: Situation<'_>,
    ) -> String {
        let mut text = String::new();
        let Some(side) = situation.side else {
            return text;
        };
        let own = self.exports.iter().filter(|table| {
            table.package == package && applies_to(table.releases.as_ref(), situation.release)
        });
        let mut lines = own
            .filter_map(|table| table.binaries.get(binary))
            .next_back();
        for deviation in self.deviation.iter().filter(|table| {
            table.package == package
                && applies_to(table.releases.as_ref(), situation.release)
                && is_within(situation.snapshot, table.since, table.until)
                && table
                    .architectures
                    .as_ref()
                    .is_none_or(|names| names.iter().any(|name| name.0 == situation.architecture))
        }) {
            if deviation.unrecorded == Some(side) {
                return String::new();
            }
            if side == SideWord::Distribution {
                lines = deviation.distribution.get(binary).or(lines);
            }
        }
        let evr = &nevra.evr;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n      <rpm:entry name=\"{}\" flags=\"EQ\" epoch=\"{}\" ver=\"{}\" rel=\"{}\"/>",
            escape(&nevra.name),
            evr.epoch,
            escape(&evr.version),
            escape(&evr.release)
        );
        for line in lines.into_iter().flatten() {
            write_entries(&mut text, line, situation.architecture);
        }
        text.push_str("\n    ");
        text
    }
}

fn write_entries(text: &mut String, line: &str, architecture: Architecture) {
    let mut words = line.split_whitespace();
    let name = words.next().unwrap_or_default();
    if name.starts_with("kernel(") {
        let crc = words.next().unwrap_or_default();
        let _ = write!(
            text,
            "\n      <rpm:entry name=\"{}\" flags=\"EQ\" epoch=\"0\" ver=\"{}\"/>",
            escape(name),
            escape(crc)
        );
        return;
    }
    let mark = if architecture == Architecture::I686 {
        ""
    } else {
        "(64bit)"
    };
    for version in std::iter::once("").chain(words) {
        let entry = AbiEntry::SymbolVersion {
            soname: name,
            version,
            mark,
        };
        let _ = write!(
            text,
            "\n      <rpm:entry name=\"{}\"/>",
            escape(entry.to_string())
        );
    }
}
