//! Which source packages there are at a place: a source repository with its metadata, or a folder of files.

use super::super::repository::{
    ByteLimit, CheckedStream, Checksum, Extent, Location, for_each_package, leads_out, unwrapped,
};
use super::header::{SourceHeader, read_header};
use super::payload::read_source_package;
use crate::domain::{Evr, Nvr};
use crate::publish::fetch::Fetcher;
use crate::publish::{Cause, Error};
use crate::report::limits;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek as _};
use std::path::Path;

/// Bytes that the file of a source package may have.
const BYTES_MAX: u64 = 2 << 30;

/// A source package that can be had.
#[derive(Clone, Debug)]
pub struct ListedPackage {
    /// Its name.
    pub name: String,
    /// Its EVR.
    pub evr: Evr,
    /// Its file.
    file: Location,
    /// The checksum that the repository states; a folder states none.
    checksum: Option<Checksum>,
}

/// The source packages of these names that a source repository lists.
pub fn list_repository(
    location: &Location,
    names: &BTreeSet<&str>,
    fetcher: &Fetcher,
) -> Result<Vec<ListedPackage>, Error> {
    let mut listed = Vec::new();
    for_each_package(location, Extent::Names, fetcher, |entry, place| {
        let is_source = matches!(entry.architecture.as_str(), "src" | "nosrc");
        if !is_source || !names.contains(entry.name.as_str()) {
            return Ok(());
        }
        let fault = |what: &str| {
            let cause = format!("of the source package {} {what}", entry.name);
            Error::at(place, Cause::Xml(cause))
        };
        if leads_out(&entry.location) {
            return Err(fault("the location leads out of the repository"));
        }
        let epoch = match entry.epoch.as_str() {
            "" => 0,
            epoch => epoch.parse().map_err(|_| fault("the epoch is no number"))?,
        };
        let kind = entry.digest_kind.parse();
        listed.push(ListedPackage {
            name: entry.name.clone(),
            evr: Evr::new(epoch, entry.version.clone(), entry.release.clone()),
            file: location.file(&entry.location),
            checksum: Some(Checksum {
                kind: kind.map_err(|cause: String| fault(&format!("it is said: {cause}")))?,
                digits: entry.digest.trim().to_ascii_lowercase(),
            }),
        });
        limits::within("source packages", listed.len(), limits::BINARIES)
            .map_err(|cause| Error::at(place, Cause::Limit(cause)))
    })?;
    Ok(listed)
}

/// The source packages of these names whose files stand in a folder, `NAME-VERSION-RELEASE.src.rpm`.
pub fn list_folder(folder: &Path, names: &BTreeSet<&str>) -> Result<Vec<ListedPackage>, Error> {
    let io = |error| Error::io(folder, error);
    let mut listed = Vec::new();
    for entry in fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_wanted = Nvr::of_source_file(&file_name)
            .is_ok_and(|package| names.contains(package.name.as_str()));
        if !is_wanted {
            continue;
        }
        let opened = File::open(&path).map_err(|error| Error::io(&path, error))?;
        let place = path.display().to_string();
        let header = read_header(&mut BufReader::new(opened)).map_err(|fault| fault.at(&place))?;
        listed.push(ListedPackage {
            name: header.name,
            evr: header.evr,
            file: Location::Path(path),
            checksum: None,
        });
    }
    listed.sort_by(|left, right| left.file.cmp(&right.file));
    Ok(listed)
}

impl ListedPackage {
    /// Where its file is, for messages.
    pub fn place(&self) -> String {
        self.file.to_string()
    }

    /// Whether it is not on this machine.
    pub fn is_remote(&self) -> bool {
        matches!(self.file, Location::Address(_))
    }

    /// Reads it, once its checksum holds, and hands each of its files to `take`; see [`read_source_package`].
    pub fn read(
        &self,
        fetcher: &Fetcher,
        take: impl FnMut(&str, &mut dyn Read) -> Result<(), Error>,
    ) -> Result<SourceHeader, Error> {
        let place = self.place();
        let file = self
            .open(fetcher, &place)
            .map_err(|Error { place, cause }| match cause {
                Cause::Checksum { kind, .. } => {
                    let cause = format!("its {kind} is not the one that its repository states");
                    Error::at(place, Cause::SourcePackage(cause))
                }
                Cause::TooLong { .. } => {
                    let cause = "it is longer than 2 GiB, the most that is read".to_owned();
                    Error::at(place, Cause::SourcePackage(cause))
                }
                cause => Error { place, cause },
            })?;
        let header = read_source_package(file, &place, take)?;
        if header.name != self.name || header.evr != self.evr {
            let cause = format!(
                "its header calls it {} {}, and its repository {} {}",
                header.name, header.evr, self.name, self.evr
            );
            return Err(Error::at(place, Cause::SourcePackage(cause)));
        }
        Ok(header)
    }

    /// Its file, at the start.
    fn open(&self, fetcher: &Fetcher, place: &str) -> Result<File, Error> {
        let limit = ByteLimit {
            bytes: BYTES_MAX,
            stated: false,
        };
        match (&self.file, &self.checksum) {
            (Location::Address(address), Some(checksum)) => {
                Ok(fetcher.file(address, checksum, None, limit)?.value)
            }
            (Location::Path(path), checksum) => {
                let io = |error| Error::io(path, error);
                let mut file = File::open(path).map_err(io)?;
                if let Some(checksum) = checksum {
                    let mut checked = CheckedStream::new(&file, place, checksum.kind, limit);
                    io::copy(&mut checked, &mut io::sink())
                        .map_err(|error| unwrapped(error, place))?;
                    checked.into_parts().1.verify(false, Some(checksum), None)?;
                    file.rewind().map_err(io)?;
                }
                Ok(file)
            }
            (Location::Address(_), None) => {
                let cause = "its repository states no checksum of it".to_owned();
                Err(Error::at(place, Cause::SourcePackage(cause)))
            }
        }
    }
}
