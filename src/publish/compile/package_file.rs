//! What the operator wrote of single packages: `package.toml` beside source texts, and files of changes.

use crate::domain::{Change, ChangeClass, Evr};
use crate::publish::Error;
use crate::publish::configuration::read_toml;
use crate::report::limits;
use serde::Deserialize;
use std::path::Path;

/// `package.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageFile {
    /// The EVR that the reference's texts belong to.
    pub reference: Option<EvrText>,
    /// The EVR that the distribution's texts belong to.
    pub distribution: Option<EvrText>,
    /// What the reference's side is.
    pub reference_label: Option<String>,
    /// What the distribution's side is.
    pub distribution_label: Option<String>,
    /// Whether every file of the source is there.
    #[serde(default)]
    pub complete: bool,
    /// The changes that are known of.
    #[serde(default)]
    pub change: Vec<ChangeTable>,
}

/// A file of changes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangesFile {
    /// The changes.
    #[serde(default)]
    pub change: Vec<PackageChangeTable>,
}

/// `[[change]]` of `package.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeTable {
    class: ClassName,
    summary: String,
    origin: Option<HttpAddress>,
    #[serde(default)]
    files: Vec<String>,
}

/// `[[change]]` of a file of changes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackageChangeTable {
    /// The source package.
    pub package: String,
    class: ClassName,
    summary: String,
    origin: Option<HttpAddress>,
    #[serde(default)]
    files: Vec<String>,
}

/// An EVR as it is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
pub struct EvrText(pub Evr);

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
struct ClassName(ChangeClass);

#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct HttpAddress(String);

/// Reads `package.toml`; one that is not there says nothing.
pub fn read_package_file(path: &Path) -> Result<PackageFile, Error> {
    if path.exists() {
        read_toml(path)
    } else {
        Ok(PackageFile::default())
    }
}

impl From<ChangeTable> for Change {
    fn from(table: ChangeTable) -> Self {
        Self {
            class: table.class.0,
            summary: table.summary,
            origin: table.origin.map(|origin| origin.0),
            files: table.files,
            hunks: Vec::new(),
        }
    }
}

impl From<PackageChangeTable> for Change {
    fn from(table: PackageChangeTable) -> Self {
        Self {
            class: table.class.0,
            summary: table.summary,
            origin: table.origin.map(|origin| origin.0),
            files: table.files,
            hunks: Vec::new(),
        }
    }
}

impl TryFrom<String> for EvrText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Evr::parse(&text)
            .filter(|_| text.chars().count() <= limits::NAME_CHARACTERS)
            .map(Self)
            .ok_or_else(|| format!("“{text}” is no epoch:version-release"))
    }
}

impl TryFrom<String> for ClassName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        name.parse().map(Self)
    }
}

impl TryFrom<String> for HttpAddress {
    type Error = String;

    fn try_from(url: String) -> Result<Self, String> {
        let is_http = url.starts_with("https://") || url.starts_with("http://");
        if is_http
            && !url.contains(|character: char| character.is_whitespace() || character.is_control())
        {
            Ok(Self(url))
        } else {
            Err(format!("the origin “{url}” is no http(s) address"))
        }
    }
}
