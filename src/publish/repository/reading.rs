//! Reads a whole repository: its packages in compact form, what was doubtful, and when it was made.

use super::abi_lists::AbiLists;
use super::checked_stream::{ByteLimit, CheckedStream};
use super::collection::Collection;
use super::compression::{Compression, OpenStream, starts_as_html};
use super::location::Location;
use super::primary::{Extent, PrimaryEntry, read_primary};
use super::read_ahead::read_ahead;
use super::repomd::{PrimaryFile, Repomd, read_repomd};
use crate::domain::{Architecture, BinaryPackage, Claim, Evr, Timestamp};
use crate::publish::fetch::{Fetched, Fetcher};
use crate::publish::numbers::counted;
use crate::publish::{Cause, Error};
use crate::report::Digest;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader, Read};

/// One repository, read and checked.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Its binary packages, in the order of the metadata.
    pub packages: Vec<BinaryPackage>,
    /// The names and versions of the source packages that it has itself, where they were asked for.
    pub sources: Vec<(String, Evr)>,
    /// What they say of packages of other names, where that was asked for, and for which architecture.
    pub claims: Vec<(Architecture, Claim)>,
    /// The names of packages, and of their source packages, whose entries could not be read.
    pub left_out: BTreeSet<String>,
    /// What was left out, and why; one sentence each.
    pub warnings: Vec<String>,
    /// When it was made.
    pub dated: Option<Timestamp>,
    /// The SHA-256 of its repomd.xml.
    pub digest: Digest,
    /// Where it was read from.
    pub location: Location,
    /// The bytes that came over the network for it.
    pub received_bytes: u64,
}

/// What the metadata of a repository say of themselves.
#[derive(Clone, Debug)]
pub struct Metadata {
    /// What repomd.xml says.
    pub repomd: Repomd,
    /// The SHA-256 of repomd.xml.
    pub digest: Digest,
    /// The bytes that came over the network.
    pub received_bytes: u64,
    /// How many packages primary.xml says that it has, once it was read.
    packages_stated: Option<usize>,
}

const REPOMD_BYTES_MAX: u64 = 16 << 20;
/// The most that is read of any file, whatever repomd.xml says.
const BYTES_MAX: u64 = 4 << 30;
const BUFFER_BYTES: usize = 64 << 10;

/// What is wanted of a repository.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The names of binary packages to leave out.
    pub excluded: &'a BTreeSet<String>,
    /// What is read of each package.
    pub extent: Extent,
    /// Whether source packages that the repository has itself count.
    pub sources: bool,
    /// Whether that it has no packages is no error.
    pub may_be_empty: bool,
    /// Where lists of what packages provide are kept.
    pub abi_lists: &'a AbiLists,
    /// When what was read of it before was made, than which no mirror may be older, nor its location without being told.
    pub dated_before: Option<Timestamp>,
}

/// Reads a repository from its location, else from the first of its mirrors that is good and no older than what is known of the
/// repository: a mirror that lags behind would show versions that were replaced as those of today. Its own location may be put back on
/// purpose: what is older there than what was read before is believed, and told.
pub fn read_repository(
    location: &Location,
    mirrors: &[Location],
    wanted: Wanted<'_>,
    fetcher: &Fetcher,
) -> Result<Repository, Error> {
    let mut newest = wanted.dated_before;
    let mut errors = Vec::new();
    let read = read_at(location, wanted, fetcher, |dated| {
        newest = newest.max(dated);
        Ok(())
    });
    match read {
        Err(error) if !mirrors.is_empty() && !error.is_of_this_machine() => errors.push(error),
        Ok(mut repository) => {
            let dates = repository.dated.zip(wanted.dated_before);
            if let Some((dated, before)) = dates.filter(|(dated, before)| dated < before) {
                repository.warnings.push(format!(
                    "the metadata at {location} are of {dated}, older than those of {before} that were read before: the repository lags \
                     behind, or was put back."
                ));
            }
            return Ok(repository);
        }
        result => return result,
    }
    for mirror in mirrors {
        let read = read_at(mirror, wanted, fetcher, |dated| {
            match dated.zip(newest).filter(|(dated, newest)| dated < newest) {
                Some((dated, newest)) => Err(Cause::OldMirror { dated, newest }),
                None => {
                    newest = newest.max(dated);
                    Ok(())
                }
            }
        });
        match read {
            Err(error) if !error.is_of_this_machine() => errors.push(error),
            Ok(mut repository) => {
                let told: Vec<String> = errors.iter().map(in_one_line).collect();
                repository.warnings.push(format!(
                    "read from the mirror {mirror}: {}.",
                    told.join("; ")
                ));
                return Ok(repository);
            }
            result => return result,
        }
    }
    Err(Error::at(location, Cause::Everywhere(errors)))
}

fn in_one_line(error: &Error) -> String {
    format!("{}: {}", error.place, error.cause)
}

/// `accept` is told when the repository was made before its packages are read.
fn read_at(
    location: &Location,
    wanted: Wanted<'_>,
    fetcher: &Fetcher,
    accept: impl FnOnce(Option<Timestamp>) -> Result<(), Cause>,
) -> Result<Repository, Error> {
    let mut collection = Collection::new(wanted.abi_lists, wanted.sources);
    let metadata = read_metadata(location, fetcher)?;
    let repomd = location.file("repodata/repomd.xml");
    accept(metadata.repomd.dated).map_err(|cause| Error::at(repomd, cause))?;
    let mut entries = 0;
    let metadata = read_packages(
        metadata,
        location,
        wanted.extent,
        fetcher,
        |entry, place| {
            entries += 1;
            collection.add(entry, wanted.excluded, place)
        },
    )?;
    let place = location.file(&metadata.repomd.primary.path).to_string();
    let mut collected = collection.finish(&place, wanted.may_be_empty)?;
    let stated = metadata.packages_stated;
    if let Some(stated) = stated.filter(|stated| *stated != entries) {
        let stated = counted(stated, "package", "packages");
        collected.warnings.push(format!(
            "primary.xml says that it has {stated}, and has {entries}"
        ));
    }
    Ok(Repository {
        packages: collected.packages,
        sources: collected.sources,
        claims: collected.claims,
        left_out: collected.left_out,
        warnings: collected.warnings,
        dated: metadata.repomd.dated,
        digest: metadata.digest,
        location: location.clone(),
        received_bytes: metadata.received_bytes,
    })
}

/// Reads repomd.xml and hands each entry of primary.xml to `take`, with what primary.xml is called in messages. Nothing that
/// `take` saw may be used unless this ends well: only then do sizes and checksums hold.
pub fn for_each_package(
    location: &Location,
    extent: Extent,
    fetcher: &Fetcher,
    take: impl FnMut(&PrimaryEntry, &str) -> Result<(), Error>,
) -> Result<Metadata, Error> {
    let metadata = read_metadata(location, fetcher)?;
    read_packages(metadata, location, extent, fetcher, take)
}

fn read_packages(
    mut metadata: Metadata,
    location: &Location,
    extent: Extent,
    fetcher: &Fetcher,
    mut take: impl FnMut(&PrimaryEntry, &str) -> Result<(), Error>,
) -> Result<Metadata, Error> {
    let primary = &metadata.repomd.primary;
    let file = location.file(&primary.path);
    let place = file.to_string();
    let compression = Compression::of_file_name(&primary.path)
        .ok_or_else(|| Error::at(&place, Cause::UnknownCompression))?;
    let limit = limit_of(primary.size);
    let opened = match &file {
        Location::Path(path) => File::open(path).map_err(|error| Error::io(path, error))?,
        Location::Address(address) => {
            let fetched = fetcher.file(address, &primary.checksum, primary.size, limit)?;
            metadata.received_bytes += fetched.received_bytes;
            fetched.value
        }
    };
    let kind = primary.checksum.kind;
    let at = |error: io::Error| Error::at(&place, Cause::Io(error));
    let checked = CheckedStream::new(opened, &place, kind, limit);
    let mut compressed = BufReader::with_capacity(BUFFER_BYTES, checked);
    if starts_as_html(&mut compressed).map_err(|error| unwrapped(error, &place))? {
        return Err(Error::at(&place, Cause::Html));
    }
    let stream = OpenStream::new(compression, compressed, &place).map_err(at)?;
    let open = CheckedStream::counting(stream, &place, limit_of(primary.open_size));
    let (read, open) = read_ahead(open, |stream| {
        read_primary(stream, &place, extent, |entry| take(entry, &place))
    });
    match read {
        Ok(stated) => {
            verify(open, primary, &place)?;
            metadata.packages_stated = stated;
        }
        Err(error) => return Err(deeper_cause(error, open, primary)),
    }
    Ok(metadata)
}

fn read_metadata(location: &Location, fetcher: &Fetcher) -> Result<Metadata, Error> {
    let file = location.file("repodata/repomd.xml");
    let place = file.to_string();
    if let (Location::Path(folder), Location::Path(path)) = (location, &file)
        && !path.exists()
    {
        let cause = if folder.is_dir() {
            Cause::NoRepository
        } else {
            Cause::NoFolder
        };
        return Err(Error::at(location, cause));
    }
    let limit = ByteLimit {
        bytes: REPOMD_BYTES_MAX,
        stated: false,
    };
    let read = |mut bytes: &[u8]| {
        if starts_as_html(&mut bytes).unwrap_or(false) {
            return Err(Error::at(&place, Cause::Html));
        }
        let repomd = read_repomd(bytes, &place)?;
        Ok((repomd, crate::publish::output::digest_of(bytes)))
    };
    let fetched = match &file {
        Location::Path(path) => {
            let opened = File::open(path).map_err(|error| Error::io(path, error))?;
            let mut bytes = Vec::new();
            CheckedStream::counting(opened, &place, limit)
                .read_to_end(&mut bytes)
                .map_err(|error| unwrapped(error, &place))?;
            Fetched {
                value: read(&bytes)?,
                received_bytes: 0,
            }
        }
        Location::Address(address) => fetcher.document(address, limit, read)?,
    };
    let (repomd, digest) = fetched.value;
    Ok(Metadata {
        repomd,
        digest,
        received_bytes: fetched.received_bytes,
        packages_stated: None,
    })
}

/// What cannot be read is often a file that was not fetched whole or is an old one: then its checksum says so, and that is
/// the cause.
fn deeper_cause(error: Error, open: CheckedStream<OpenStream>, primary: &PrimaryFile) -> Error {
    let is_of_its_bytes = matches!(
        error.cause,
        Cause::Xml(_)
            | Cause::OtherDocument { .. }
            | Cause::DocumentType
            | Cause::NoSourcePackage { .. }
    );
    if !is_of_its_bytes {
        return error;
    }
    let (stream, _) = open.into_parts();
    let Ok(file) = stream.into_read_file() else {
        return error;
    };
    let (_, file) = file.into_parts();
    match file.verify(false, Some(&primary.checksum), primary.size) {
        Err(mismatch) => mismatch,
        Ok(()) => error,
    }
}

fn verify(
    open: CheckedStream<OpenStream>,
    primary: &PrimaryFile,
    place: &str,
) -> Result<(), Error> {
    let (stream, open) = open.into_parts();
    let file = stream
        .into_read_file()
        .map_err(|error| unwrapped(error, place))?;
    // The file first: where it is damaged, what is in it is damaged, too.
    let (_, file) = file.into_parts();
    file.verify(false, Some(&primary.checksum), primary.size)?;
    open.verify(true, None, primary.open_size)
}

fn limit_of(stated: Option<u64>) -> ByteLimit {
    ByteLimit {
        bytes: stated.unwrap_or(BYTES_MAX).min(BYTES_MAX),
        stated: stated.is_some_and(|stated| stated <= BYTES_MAX),
    }
}

/// The error that a stream of ours wrapped for the way through `Read`, or what the system said.
pub fn unwrapped(error: io::Error, place: &str) -> Error {
    error
        .downcast::<Error>()
        .unwrap_or_else(|error| Error::at(place, Cause::Io(error)))
}
