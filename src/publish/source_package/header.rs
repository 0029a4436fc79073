//! The header of a source package: what it is, and size and checksum of each of its files.

use super::super::repository::{Checksum, ChecksumKind};
use crate::domain::Evr;
use crate::report::limits;
use rpm::{DigestAlgorithm, IndexTag, PackageMetadata};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

/// What the header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceHeader {
    /// The package's name.
    pub name: String,
    /// Its EVR.
    pub evr: Evr,
    /// Its files, by name.
    pub files: BTreeMap<String, PackedFile>,
    /// The names of those that are named alone: a spec says by `NoSource` that they are not passed on.
    pub withheld: BTreeSet<String>,
}

/// A file of the payload, as the header says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackedFile {
    /// Its bytes.
    pub bytes: u64,
    /// Its checksum.
    pub checksum: Checksum,
}

/// Bytes of the lead, which tells nothing that the headers do not.
const LEAD_BYTES: usize = 96;
/// Bytes before the index of a header: magic, version, four that are reserved, entries, bytes of data.
const INTRODUCTION_BYTES: usize = 16;
const INDEX_ENTRY_BYTES: usize = 16;
const INDEX_ENTRIES_MAX: usize = 4_096;
/// Bytes of data in one header; the changelogs of kernels have about two million.
const DATA_BYTES_MAX: usize = 16 << 20;
/// The signature's header is filled up to a multiple of this.
const SIGNATURE_ALIGNMENT: usize = 8;
/// Bytes that all files of a package may come to.
const PAYLOAD_BYTES_MAX: u64 = 4 << 30;

/// The flag of a file that is in the header and not in the payload, `RPMFILE_GHOST`.
const GHOST_FLAG: u32 = 1 << 6;

/// Why there is no header to be had.
pub enum HeaderFault {
    /// It cannot be read.
    Io(io::Error),
    /// It is none, or says what cannot be.
    Malformed(String),
}

impl From<io::Error> for HeaderFault {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            Self::Malformed("it ends in its header".to_owned())
        } else {
            Self::Io(error)
        }
    }
}

/// Reads the header of a source package; the payload comes next.
pub fn read_header(source: &mut impl Read) -> Result<SourceHeader, HeaderFault> {
    let mut bytes = vec![0; LEAD_BYTES];
    source.read_exact(&mut bytes)?;
    let signature_bytes = read_index(source, &mut bytes)?;
    let filling = signature_bytes.next_multiple_of(SIGNATURE_ALIGNMENT) - signature_bytes;
    read_more(source, filling, &mut bytes)?;
    read_index(source, &mut bytes)?;
    let metadata = PackageMetadata::parse(&mut bytes.as_slice()).map_err(malformed)?;
    header_of(&metadata)
}

fn malformed(error: rpm::Error) -> HeaderFault {
    HeaderFault::Malformed(format!("its header cannot be read: {error}"))
}

/// Adds one header to `bytes`, and gives back the bytes of its data. The crate rpm follows each offset and count, so none may
/// lead out of the data, nor all together be more than there are.
fn read_index(source: &mut impl Read, bytes: &mut Vec<u8>) -> Result<usize, HeaderFault> {
    let start = bytes.len();
    read_more(source, INTRODUCTION_BYTES, bytes)?;
    let number = |bytes: &[u8], at: usize| -> usize {
        let digits = bytes[at..at + 4].iter();
        digits.fold(0, |number, &byte| number << 8 | usize::from(byte))
    };
    let (entries, data) = (number(bytes, start + 8), number(bytes, start + 12));
    if entries > INDEX_ENTRIES_MAX || data > DATA_BYTES_MAX {
        return Err(HeaderFault::Malformed(
            "its header is larger than any that is read, or this is no package".to_owned(),
        ));
    }
    let index = bytes.len();
    read_more(source, entries * INDEX_ENTRY_BYTES, bytes)?;
    let mut counted = 0;
    for entry in bytes[index..].chunks_exact(INDEX_ENTRY_BYTES) {
        let (offset, count) = (number(entry, 8), number(entry, 12));
        counted += count;
        if counted > data || offset > data || count > data - offset {
            return Err(HeaderFault::Malformed(
                "its header names data that it does not have".to_owned(),
            ));
        }
    }
    read_more(source, data, bytes)?;
    Ok(data)
}

fn read_more(source: &mut impl Read, count: usize, bytes: &mut Vec<u8>) -> io::Result<()> {
    let start = bytes.len();
    source.take(count as u64).read_to_end(bytes)?;
    if bytes.len() - start < count {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

fn header_of(metadata: &PackageMetadata) -> Result<SourceHeader, HeaderFault> {
    let refused = |what: &str| Err(HeaderFault::Malformed(what.to_owned()));
    if !metadata.is_source_package() {
        return refused("it is no source package");
    }
    let epoch = match metadata.get_epoch() {
        Ok(epoch) => epoch,
        Err(rpm::Error::TagNotFound(_)) => 0,
        Err(error) => return Err(malformed(error)),
    };
    let version = metadata.get_version().map_err(malformed)?;
    let release = metadata.get_release().map_err(malformed)?;
    let kind = match metadata.get_file_digest_algorithm() {
        Ok(DigestAlgorithm::Sha2_256) => ChecksumKind::Sha256,
        Ok(DigestAlgorithm::Sha2_512) => ChecksumKind::Sha512,
        _ => return refused("the checksums of its files are neither SHA-256 nor SHA-512"),
    };
    let texts = |tag| {
        let read = metadata.header.get_entry_data_as_string_array(tag);
        read.map_err(malformed)
    };
    let (names, digests) = (
        texts(IndexTag::RPMTAG_BASENAMES)?,
        texts(IndexTag::RPMTAG_FILEDIGESTS)?,
    );
    let sizes = sizes_of(metadata).map_err(malformed)?;
    let flags = metadata
        .header
        .get_entry_data_as_u32_array(IndexTag::RPMTAG_FILEFLAGS);
    let flags = match flags {
        Ok(flags) => flags,
        Err(rpm::Error::TagNotFound(_)) => vec![0; names.len()],
        Err(error) => return Err(malformed(error)),
    };
    if [digests.len(), sizes.len(), flags.len()].map(|count| count == names.len()) != [true; 3] {
        return refused("its header does not say as much of each file");
    }
    if let Err(what) = limits::within("source files", names.len(), limits::FILES) {
        return Err(HeaderFault::Malformed(what));
    }
    let mut total: u64 = 0;
    let mut files = BTreeMap::new();
    let mut withheld = BTreeSet::new();
    for (((name, digits), bytes), flags) in names.into_iter().zip(digests).zip(sizes).zip(flags) {
        if !is_file_name(name) {
            return refused(
                "it has a file whose name leads elsewhere, is too long or cannot be shown",
            );
        }
        if flags & GHOST_FLAG != 0 {
            withheld.insert(name.to_owned());
            continue;
        }
        if digits.is_empty() {
            return refused("it has something that is no regular file");
        }
        total = total.saturating_add(bytes);
        let file = PackedFile {
            bytes,
            checksum: Checksum {
                kind,
                digits: digits.to_ascii_lowercase(),
            },
        };
        if files.insert(name.to_owned(), file).is_some() {
            return refused("it has two files of one name");
        }
    }
    if total > PAYLOAD_BYTES_MAX {
        return refused("its files come to more than 4 GiB, the most that is read");
    }
    Ok(SourceHeader {
        name: metadata.get_name().map_err(malformed)?.to_owned(),
        evr: Evr::new(epoch, version, release),
        files,
        withheld,
    })
}

fn sizes_of(metadata: &PackageMetadata) -> Result<Vec<u64>, rpm::Error> {
    let header = &metadata.header;
    match header.get_entry_data_as_u32_array(IndexTag::RPMTAG_FILESIZES) {
        Ok(sizes) => Ok(sizes.into_iter().map(u64::from).collect()),
        Err(rpm::Error::TagNotFound(_)) => {
            header.get_entry_data_as_u64_array(IndexTag::RPMTAG_LONGFILESIZES)
        }
        Err(error) => Err(error),
    }
}

/// Files of a source package stand side by side.
fn is_file_name(name: &str) -> bool {
    !matches!(name, "" | "." | "..")
        && !name.contains('/')
        && !name.contains(char::is_control)
        && name.chars().count() <= limits::NAME_CHARACTERS / 2
}
