//! Writes all repositories and configurations of a sample.

use super::advisories::{WrittenAdvisories, write_advisories};
use super::builds::write_builds;
use super::configuration_text::{
    ORIGINS, WrittenRepositories, WrittenRepository, changes_text, configuration_text,
};
use super::definition::{ArchitectureTable, Definition, ReleaseTable, SideWord, read_definition};
use super::exports::{ExportsFile, Situation};
use super::further::write_further;
use super::repository_writer::{WrittenCompression, WrittenPackage, write_repository};
use super::state::{PackageState, state_of};
use crate::analysis::{Rules, normalise_release};
use crate::domain::{Architecture, Evr, Nevra, Nvr, Timestamp};
use crate::publish::Error;
use crate::publish::output::digest_of;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const DAY_SECONDS: i64 = 86_400;

/// Which metadata are being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side<'a> {
    Distribution,
    Reference,
    Origin(&'a str),
}

/// Writes a folder for each snapshot into `output`, named by its day, and gives back the configurations with the times of
/// their snapshots, the oldest first. The snapshots are those of the definition, or the one that is taken at a given time. The
/// same definition gives the same bytes.
pub fn generate_sample(
    definition_folder: &Path,
    output: &Path,
    taken: Option<Timestamp>,
) -> Result<Vec<(PathBuf, Timestamp)>, Error> {
    let definition = read_definition(definition_folder)?;
    let of_definition = definition.distribution.snapshots.iter();
    let snapshots = match taken {
        Some(taken) => vec![taken],
        None => of_definition.map(|snapshot| snapshot.0).collect(),
    };
    let sources = definition_folder.join("sources");
    let sources = sources
        .canonicalize()
        .map_err(|error| Error::io(&sources, error))?;
    let mut configurations = Vec::new();
    for snapshot in snapshots {
        let (year, month, day) = snapshot.year_month_day();
        let target = output.join(format!("{year:04}-{month:02}-{day:02}"));
        if target.exists() {
            fs::remove_dir_all(&target).map_err(|error| Error::io(&target, error))?;
        }
        let mut written = Vec::new();
        for release in &definition.distribution.release {
            let mut repositories = write_release(&definition, release, &target, snapshot)?;
            let folder = target.join(&release.id);
            repositories.advisories = write_advisories(&definition, release, &folder, snapshot)?;
            written.push(repositories);
            let changes = changes_text(&definition, release, &sources, snapshot);
            write(&folder.join("changes.toml"), &changes)?;
            let builds = definition_folder.join("builds").join(&release.id);
            write_builds(&builds, &folder, snapshot)?;
        }
        let path = target.join("almanac.toml");
        write(&path, &configuration_text(&definition, &sources, &written))?;
        configurations.push((path, snapshot));
    }
    Ok(configurations)
}

fn write_release(
    definition: &Definition,
    release: &ReleaseTable,
    target: &Path,
    snapshot: Timestamp,
) -> Result<WrittenRepositories, Error> {
    let mut written = WrittenRepositories {
        distribution: write_side(definition, release, Side::Distribution, target, snapshot)?,
        reference: write_side(definition, release, Side::Reference, target, snapshot)?,
        origins: Vec::new(),
        advisories: WrittenAdvisories::default(),
        further: write_further(definition, release, target, snapshot)?,
    };
    for origin in ORIGINS {
        let side = Side::Origin(origin);
        written
            .origins
            .extend(write_side(definition, release, side, target, snapshot)?);
    }
    Ok(written)
}

fn write_side(
    definition: &Definition,
    release: &ReleaseTable,
    side: Side<'_>,
    target: &Path,
    snapshot: Timestamp,
) -> Result<Vec<WrittenRepository>, Error> {
    let mut repositories: BTreeMap<String, BTreeMap<Architecture, Vec<WrittenPackage>>> =
        BTreeMap::new();
    let mut readers: BTreeMap<Architecture, Vec<String>> = BTreeMap::new();
    for architecture in &release.architectures {
        let Some(own) = architecture_of(side, architecture) else {
            continue;
        };
        let readers = readers.entry(own).or_default();
        readers.push(architecture.name.0.name().to_owned());
        // The reference's repositories are read for several of the distribution's architectures, and written for its own.
        if readers.len() > 1 {
            continue;
        }
        for package in &definition.packages {
            let Some(state) = state_of(package, release, architecture, snapshot) else {
                continue;
            };
            let name = match side {
                Side::Origin(origin) => origin.to_owned(),
                _ => release
                    .repository_names
                    .get(&package.repository)
                    .unwrap_or(&package.repository)
                    .clone(),
            };
            let packages = packages_of(&state, &definition.exports, release, side, own, snapshot);
            if !packages.is_empty() {
                repositories
                    .entry(name)
                    .or_default()
                    .entry(own)
                    .or_default()
                    .extend(packages);
            }
        }
    }
    let mut written = Vec::new();
    for (name, architectures) in repositories {
        let folder = format!("{}/{}/{}", release.id, side_folder(side), slug(&name));
        let mut read_for = Vec::new();
        for (architecture, mut packages) in architectures {
            packages.sort_by(|left, right| left.nevra.name.cmp(&right.nevra.name));
            let compression = compression_of(release, side, &name, architecture);
            let made = moment_before(
                snapshot,
                if side == Side::Distribution { 2 } else { 9 } * 3_600,
            );
            write_repository(
                &target.join(&folder).join(architecture.name()),
                &packages,
                compression,
                made,
            )?;
            read_for.extend(readers.get(&architecture).into_iter().flatten().cloned());
        }
        written.push(WrittenRepository {
            name,
            location: format!("{folder}/$arch"),
            architectures: read_for,
        });
    }
    written.sort_by_key(|repository| preference(&repository.name));
    Ok(written)
}

/// The architecture whose repository stands for one of the distribution's.
fn architecture_of(side: Side<'_>, architecture: &ArchitectureTable) -> Option<Architecture> {
    let own = architecture.name.0;
    let reference = match architecture.compared_with.as_deref() {
        None => Some(own),
        Some(name) => name.parse().ok(),
    };
    match side {
        Side::Distribution => Some(own),
        Side::Reference => reference,
        Side::Origin(_) => Some(reference.unwrap_or(own)),
    }
}

fn packages_of(
    state: &PackageState<'_>,
    exports: &ExportsFile,
    release: &ReleaseTable,
    side: Side<'_>,
    architecture: Architecture,
    snapshot: Timestamp,
) -> Vec<WrittenPackage> {
    let situation = Situation {
        release: &release.id,
        side: match side {
            Side::Distribution => Some(SideWord::Distribution),
            Side::Reference => Some(SideWord::Reference),
            Side::Origin(_) => None,
        },
        architecture,
        snapshot,
    };
    let package = state.package;
    let evr = match side {
        Side::Distribution => state.distribution.clone(),
        Side::Reference => state.reference.clone(),
        Side::Origin(origin) if package.origin == origin => {
            state.distribution.as_ref().map(unmarked)
        }
        Side::Origin(_) => None,
    };
    let Some(evr) = evr else { return Vec::new() };
    let new_name = package
        .renamed_to
        .as_ref()
        .filter(|_| side != Side::Reference)
        .unwrap_or(&package.name);
    let binaries = if package.binaries.is_empty() {
        std::slice::from_ref(&package.name)
    } else {
        &package.binaries
    };
    let is_published =
        |binary: &&String| side != Side::Distribution || !package.not_published.contains(binary);
    binaries
        .iter()
        .filter(is_published)
        .map(|binary| {
            let name = binary
                .strip_prefix(&package.name)
                .map_or_else(|| binary.clone(), |rest| format!("{new_name}{rest}"));
            let is_noarch = package.noarch.contains(binary);
            let nevra = Nevra {
                name,
                evr: evr.clone(),
                architecture: if is_noarch {
                    Architecture::Noarch
                } else {
                    architecture
                },
            };
            WrittenPackage {
                source: Nvr {
                    name: new_name.clone(),
                    version: evr.version.clone(),
                    release: evr.release.clone(),
                },
                built: built(state, release, side, snapshot),
                digest: digest_of(format!("{side:?} {nevra}").as_bytes()).to_string(),
                provides: exports.provides_of(&package.name, binary, &nevra, situation),
                requires: String::new(),
                nevra,
            }
        })
        .collect()
}

/// The version that the source came in: without the distribution's mark.
fn unmarked(evr: &Evr) -> Evr {
    let (release, marked) = normalise_release(&evr.release, &Rules::default().marks);
    if marked {
        Evr::new(evr.epoch, evr.version.clone(), release)
    } else {
        evr.clone()
    }
}

/// When a package was built: on the day that its entry says, else on an invented one; before the snapshot in any case. The
/// others built it some days earlier.
fn built(
    state: &PackageState<'_>,
    release: &ReleaseTable,
    side: Side<'_>,
    snapshot: Timestamp,
) -> Timestamp {
    let package = state.package;
    let chance = chance_of(&format!("{} {}", package.name, release.id));
    let invented = 30 + chance % 300;
    let seconds_of_day = chance % DAY_SECONDS;
    let mut day = match package.updated.get(&release.id) {
        Some(updated) => updated.0.unix_days(),
        None => FIRST_SNAPSHOT_DAY - invented,
    };
    if side != Side::Distribution {
        day -= 1 + chance % 6;
    }
    // A rebuild of the same version: earlier snapshots show the one before.
    while day >= snapshot.unix_days() {
        day -= 40 + chance % 90;
    }
    Timestamp::from_unix_seconds(day * DAY_SECONDS + seconds_of_day).unwrap_or(snapshot)
}

/// 2026-05-20, before which packages without a day of their own were built.
const FIRST_SNAPSHOT_DAY: i64 = 20_593;

/// A number that looks random and is the same every time.
fn chance_of(text: &str) -> i64 {
    let digest = digest_of(text.as_bytes());
    i64::from_str_radix(&digest.as_str()[..8], 16).unwrap_or(0)
}

fn moment_before(moment: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(moment.unix_seconds() - seconds).unwrap_or(moment)
}

/// gzip, as most repositories have it; one each in the other two, so that all are read.
fn compression_of(
    release: &ReleaseTable,
    side: Side<'_>,
    name: &str,
    architecture: Architecture,
) -> WrittenCompression {
    let is_chosen =
        release.id == "9" && name == "AppStream" && architecture == Architecture::Aarch64;
    match side {
        Side::Distribution if is_chosen => WrittenCompression::Xz,
        Side::Reference if is_chosen => WrittenCompression::Zstandard,
        _ => WrittenCompression::Gzip,
    }
}

/// BaseOS and AppStream come first, as repositories are listed everywhere.
fn preference(name: &str) -> (usize, String) {
    let first = ["BaseOS", "AppStream"];
    let position = first
        .iter()
        .position(|known| *known == name)
        .unwrap_or(first.len());
    (position, name.to_owned())
}

fn side_folder(side: Side<'_>) -> &'static str {
    match side {
        Side::Distribution => "distribution",
        Side::Reference => "reference",
        Side::Origin(_) => "origin",
    }
}

fn slug(name: &str) -> String {
    name.replace(' ', "-")
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
    }
    fs::write(path, text).map_err(|error| Error::io(path, error))
}
