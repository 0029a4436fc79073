//! Source texts from the source packages (SRPMs) of both sides.

use super::input_failures::{ToldInputs, cause_at};
use super::package_file::{EvrText, PackageFile};
use super::source_texts::{PackageFolder, ReadFile, Side, add_texts, compose, read_content};
use crate::domain::Evr;
use crate::publish::configuration::PackedSources;
use crate::publish::fetch::Fetcher;
use crate::publish::output::Staging;
use crate::publish::repository::{Location, unwrapped};
use crate::publish::source_package::{ListedPackage, list_folder, list_repository};
use crate::publish::{Cause, Error};
use crate::report::limits;
use std::collections::{BTreeMap, BTreeSet};

/// Bytes that the texts of one source package may come to.
const TEXTS_BYTES_MAX: usize = 128 << 20;

/// Reads source packages; what cannot be read over http(s) is told and left out, unless the configuration says otherwise.
pub struct PackedReader<'a> {
    /// What fetches.
    pub fetcher: &'a Fetcher,
    /// Whether what cannot be read over http(s) stops the run.
    pub stops_on_failure: bool,
    /// Whose the source packages of both sides are.
    pub parties: (&'a str, &'a str),
    /// The release that they are read for.
    pub release: &'a str,
}

/// The source packages of the reference and of the distribution that can be had.
pub type Listed = [ListedSide; 2];

/// The source packages of one side that can be had.
#[derive(Default)]
pub struct ListedSide {
    packages: BTreeMap<String, Vec<ListedPackage>>,
    /// Where they are looked for.
    places: Vec<String>,
    /// Whether any of the places is of another machine.
    is_remote: bool,
    /// Whether a place could not be read, so that what is not listed may be there.
    is_partly_unread: bool,
}

impl ListedSide {
    /// Whether it has a package, as far as is known.
    pub fn has(&self, name: &str) -> bool {
        self.packages.contains_key(name) || self.is_partly_unread
    }
}

impl PackedReader<'_> {
    /// The source packages of these names that there are.
    pub fn list(
        &self,
        sources: &PackedSources,
        names: &BTreeSet<&str>,
        told: &mut ToldInputs,
    ) -> Result<Listed, Error> {
        let mut listed = Listed::default();
        for (listed, locations) in listed.iter_mut().zip(&sources.locations) {
            for location in locations {
                let read = match location {
                    Location::Path(folder) if !folder.join("repodata").is_dir() => {
                        list_folder(folder, names)
                    }
                    _ => list_repository(location, names, self.fetcher),
                };
                let is_remote = matches!(location, Location::Address(_));
                let place = location.to_string();
                listed.is_remote |= is_remote;
                listed.places.push(place.clone());
                let read = self.or_left_out(read, is_remote, [&place, &place], told)?;
                listed.is_partly_unread |= read.is_none();
                for package in read.into_iter().flatten() {
                    let packages = &mut listed.packages;
                    packages
                        .entry(package.name.clone())
                        .or_default()
                        .push(package);
                }
            }
        }
        Ok(listed)
    }

    /// Both sides' texts of one package, by the name that each has for it, of the versions that are compared where there are
    /// source packages of them, else of the newest.
    pub fn sources(
        &self,
        names: [&str; 2],
        listed: &Listed,
        compared: [&[&Evr]; 2],
        staging: &mut Staging,
        told: &mut ToldInputs,
    ) -> Result<Option<PackageFolder>, Error> {
        let mut sides = Vec::new();
        let mut complete = true;
        let parties = [self.parties.0, self.parties.1];
        let keys = ["srpms_before", "srpms_after"];
        let by_side = listed.iter().zip(compared).zip(names).zip(keys);
        for (((listed, compared), name), key) in by_side {
            let packages = listed.packages.get(name).map_or(&[][..], Vec::as_slice);
            let Some(package) = chosen(packages, compared) else {
                // It is told already of the place that could not be read.
                if listed.is_partly_unread {
                    return Ok(None);
                }
                let error = self.lacking(name, listed, key);
                let place = listed.places.join(", ");
                return self.or_left_out(Err(error), listed.is_remote, [name, &place], told);
            };
            let read = self.read_side(package);
            let place = package.place();
            let Some((side, withheld)) =
                self.or_left_out(read, package.is_remote(), [name, &place], told)?
            else {
                return Ok(None);
            };
            if !withheld.is_empty() {
                let files: Vec<&str> = withheld.iter().map(String::as_str).collect();
                told.warnings.push(format!(
                    "{name}: {place} does not pass on {}: it does not count as complete.",
                    files.join(", ")
                ));
            }
            complete &= withheld.is_empty();
            sides.push((package, side));
        }
        let mut sides = sides.into_iter();
        let (Some((before, reference)), Some((after, distribution))) = (sides.next(), sides.next())
        else {
            return Ok(None);
        };
        let label = |party: &str| {
            let label = format!("{party} SRPM");
            Some(label.chars().take(limits::NAME_CHARACTERS).collect())
        };
        let file = PackageFile {
            reference: Some(EvrText(before.evr.clone())),
            distribution: Some(EvrText(after.evr.clone())),
            reference_label: label(parties[0]),
            distribution_label: label(parties[1]),
            complete,
            change: Vec::new(),
        };
        let sides = [reference, distribution];
        add_texts(&sides, staging)?;
        compose(file, sides, &after.place(), self.parties).map(Some)
    }

    /// The error of a package that is named, and of which one side has no file.
    fn lacking(&self, name: &str, listed: &ListedSide, key: &str) -> Error {
        Error::at(
            format_args!("release {}: [[release.sources]]: {key}", self.release),
            Cause::LackingSourcePackage {
                package: name.to_owned(),
                places: listed.places.join(", "),
            },
        )
    }

    /// The files of one source package where rpmbuild keeps them, specs in SPECS, all else in SOURCES, and the names of those that it
    /// does not pass on.
    fn read_side(&self, package: &ListedPackage) -> Result<(Side, BTreeSet<String>), Error> {
        let place = package.place();
        let mut side = Side::new();
        let mut texts_bytes = 0;
        let header = package.read(self.fetcher, |name, content| {
            let read: ReadFile = read_content(content).map_err(|error| unwrapped(error, &place))?;
            texts_bytes += read.text.as_ref().map_or(0, Vec::len);
            if texts_bytes > TEXTS_BYTES_MAX {
                let cause = "its texts come to more than 128 MiB, the most that is read".to_owned();
                return Err(Error::at(&place, Cause::SourcePackage(cause)));
            }
            let folder = if name.ends_with(".spec") {
                "SPECS"
            } else {
                "SOURCES"
            };
            side.insert(format!("{folder}/{name}"), read);
            Ok(())
        })?;
        Ok((side, header.withheld))
    }

    /// What was read, or nothing once it is told why, of an input with a name and a place.
    fn or_left_out<T>(
        &self,
        read: Result<T, Error>,
        is_remote: bool,
        [name, place]: [&str; 2],
        told: &mut ToldInputs,
    ) -> Result<Option<T>, Error> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(error) if !is_remote || self.stops_on_failure || error.is_of_this_machine() => {
                Err(error)
            }
            Err(error) => {
                told.left_out(name, place, cause_at(&error));
                Ok(None)
            }
        }
    }
}

/// Of a package the file with a version that is compared, else the newest.
fn chosen<'a>(packages: &'a [ListedPackage], compared: &[&Evr]) -> Option<&'a ListedPackage> {
    let newest = |left: &&ListedPackage, right: &&ListedPackage| left.evr.cmp(&right.evr);
    let is_compared = |package: &&ListedPackage| {
        let evr = package.evr.without_epoch();
        compared.iter().any(|other| other.without_epoch() == evr)
    };
    let same = packages.iter().filter(is_compared).max_by(newest);
    same.or_else(|| packages.iter().max_by(newest))
}
