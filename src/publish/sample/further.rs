//! Writes the repositories of the invented distribution that are not compared.

use super::definition::{ArchitectureName, Definition, EvrText, Moment, ReleaseTable};
use super::repository_writer::{WrittenCompression, WrittenPackage, write_repository};
use super::state::is_within;
use crate::domain::{Nevra, Nvr, Timestamp};
use crate::publish::Error;
use crate::publish::configuration::FurtherRole;
use crate::publish::output::digest_of;
use serde::Deserialize;
use std::path::Path;

/// `further.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurtherFile {
    /// The packages.
    pub package: Vec<FurtherTable>,
}

/// A source package of a repository that is not compared.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurtherTable {
    role: FurtherRole,
    release: String,
    name: String,
    version: EvrText,
    /// Its binary packages; one of its own name where empty.
    #[serde(default)]
    binaries: Vec<String>,
    built: Moment,
    since: Moment,
    until: Option<Moment>,
    /// The only architectures that it is there for.
    architectures: Option<Vec<ArchitectureName>>,
}

/// What each role is called, as the configuration and as the reader calls it.
const ROLES: [(FurtherRole, &str, &str); 3] = [
    (FurtherRole::Testing, "testing", "Testing"),
    (FurtherRole::Synergy, "synergy", "synergy-updates"),
    (FurtherRole::Epel, "epel", "EPEL"),
];

/// Writes them for a release at a snapshot, and gives back their tables of the configuration.
pub fn write_further(
    definition: &Definition,
    release: &ReleaseTable,
    target: &Path,
    snapshot: Timestamp,
) -> Result<String, Error> {
    let mut text = String::new();
    for (role, key, name) in ROLES {
        let mut written = Vec::new();
        for architecture in &release.architectures {
            let own = architecture.name;
            let there = definition.further.iter().filter(|package| {
                package.role == role
                    && package.release == release.id
                    && is_within(snapshot, Some(package.since), package.until)
                    && package
                        .architectures
                        .as_ref()
                        .is_none_or(|names| names.contains(&own))
            });
            let packages: Vec<WrittenPackage> = there
                .flat_map(|package| binaries_of(package, own))
                .collect();
            if packages.is_empty() {
                continue;
            }
            let folder = target
                .join(&release.id)
                .join("further")
                .join(key)
                .join(own.0.name());
            let made = Timestamp::from_unix_seconds(snapshot.unix_seconds() - 3 * 3_600);
            let made = made.unwrap_or(snapshot);
            write_repository(&folder, &packages, WrittenCompression::Gzip, made)?;
            written.push(format!("{:?}", own.0.name()));
        }
        if !written.is_empty() {
            text.push_str(&format!(
                "[[release.further]]\nrole = {key:?}\nname = {name:?}\nlocation = \"{}/further/{key}/$arch\"\narchitectures = [{}]\n",
                release.id,
                written.join(", ")
            ));
        }
    }
    Ok(text)
}

fn binaries_of(
    package: &FurtherTable,
    architecture: ArchitectureName,
) -> impl Iterator<Item = WrittenPackage> {
    let evr = &package.version.0;
    let binaries = match package.binaries.as_slice() {
        [] => std::slice::from_ref(&package.name),
        binaries => binaries,
    };
    binaries.iter().map(move |binary| {
        let nevra = Nevra {
            name: binary.clone(),
            evr: evr.clone(),
            architecture: architecture.0,
        };
        WrittenPackage {
            source: Nvr {
                name: package.name.clone(),
                version: evr.version.clone(),
                release: evr.release.clone(),
            },
            built: package.built.0,
            digest: digest_of(format!("further {nevra}").as_bytes()).to_string(),
            provides: String::new(),
            requires: String::new(),
            nevra,
        }
    })
}
