//! The payload of a source package: an archive of cpio, compressed, read as a stream.

use super::super::repository::{ByteLimit, CheckedStream, Compression, OpenStream, unwrapped};
use super::header::{HeaderFault, PackedFile, SourceHeader, read_header};
use crate::publish::{Cause, Error};
use crate::report::limits;
use cpio::newc;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

const BUFFER_BYTES: usize = 64 << 10;
/// Bytes of an entry's head before its name.
const HEAD_BYTES: usize = 110;
/// Where in it the bytes of the name stand, in hexadecimal digits.
const NAME_BYTES_DIGITS: std::ops::Range<usize> = 94..102;
/// Bytes that a name may have.
const NAME_BYTES_MAX: u64 = 4 * limits::NAME_CHARACTERS as u64;
/// The kind of file in the mode of an entry, and a regular one.
const FILE_KIND: u32 = 0o170_000;
const REGULAR_FILE: u32 = 0o100_000;

/// Reads a source package, which `file` is at the start of, and hands each of its files to `take`. Nothing that `take` saw may
/// be used unless this ends well: only then do sizes and checksums hold, and all files are there.
pub fn read_source_package(
    file: File,
    place: &str,
    mut take: impl FnMut(&str, &mut dyn Read) -> Result<(), Error>,
) -> Result<SourceHeader, Error> {
    // It counts the bytes for messages; what is digested are the files inside.
    let limit = ByteLimit {
        bytes: u64::MAX,
        stated: false,
    };
    let counted = CheckedStream::counting(file, place, limit);
    let mut packed = BufReader::with_capacity(BUFFER_BYTES, counted);
    let header = read_header(&mut packed).map_err(|fault| fault.at(place))?;
    let io = |error: io::Error| match error.kind() {
        io::ErrorKind::UnexpectedEof => refused(place, "its payload ends in the middle"),
        io::ErrorKind::InvalidData => refused(place, format!("its payload is damaged: {error}")),
        _ => unwrapped(error, place),
    };
    let start = packed.fill_buf().map_err(io)?;
    let compression = Compression::of_start(start).ok_or_else(|| {
        refused(
            place,
            "its payload is compressed as none of gz, xz and zstd",
        )
    })?;
    let mut payload = OpenStream::new(compression, packed, place).map_err(io)?;
    let mut seen = BTreeSet::new();
    loop {
        let mut head = [0; HEAD_BYTES];
        payload.read_exact(&mut head).map_err(io)?;
        if name_bytes(&head).is_none_or(|bytes| bytes > NAME_BYTES_MAX) {
            return Err(refused(place, "its payload has an entry that is none"));
        }
        let mut entry = newc::Reader::new(head.chain(&mut payload)).map_err(io)?;
        if entry.entry().is_trailer() {
            break;
        }
        let name = entry.entry().name();
        let name = name.strip_prefix("./").unwrap_or(name).to_owned();
        let Some(stated) = header.files.get(&name) else {
            return Err(refused(
                place,
                "its payload has a file that its header does not name",
            ));
        };
        if !seen.insert(name.clone()) {
            return Err(refused(place, format!("its payload has {name} twice")));
        }
        if entry.entry().mode() & FILE_KIND != REGULAR_FILE {
            return Err(refused(place, format!("{name} is no regular file")));
        }
        if u64::from(entry.entry().file_size()) != stated.bytes {
            return Err(refused(
                place,
                format!("{name} is not as long as its header says"),
            ));
        }
        take_checked(&mut entry, &name, stated, place, &mut take)?;
        entry.finish().map_err(io)?;
    }
    match header.files.keys().find(|name| !seen.contains(*name)) {
        Some(name) => Err(refused(place, format!("{name} is not in its payload"))),
        None => Ok(header),
    }
}

fn take_checked(
    entry: &mut impl Read,
    name: &str,
    stated: &PackedFile,
    place: &str,
    take: &mut impl FnMut(&str, &mut dyn Read) -> Result<(), Error>,
) -> Result<(), Error> {
    let limit = ByteLimit {
        bytes: stated.bytes,
        stated: true,
    };
    let mut content = CheckedStream::new(entry, place, stated.checksum.kind, limit);
    take(name, &mut content)?;
    io::copy(&mut content, &mut io::sink()).map_err(|error| unwrapped(error, place))?;
    let (_, measured) = content.into_parts();
    match measured.verify(true, Some(&stated.checksum), Some(stated.bytes)) {
        Ok(()) => Ok(()),
        Err(Error {
            cause: Cause::Size { .. },
            ..
        }) => Err(refused(place, "its payload ends in the middle")),
        Err(_) => {
            let kind = stated.checksum.kind;
            let cause = format!("the {kind} of {name} is not the one in its header");
            Err(refused(place, cause))
        }
    }
}

fn name_bytes(head: &[u8; HEAD_BYTES]) -> Option<u64> {
    let digits = std::str::from_utf8(&head[NAME_BYTES_DIGITS]).ok()?;
    u64::from_str_radix(digits, 16).ok()
}

fn refused(place: &str, cause: impl Into<String>) -> Error {
    Error::at(place, Cause::SourcePackage(cause.into()))
}

impl HeaderFault {
    /// The fault as that of a file.
    pub fn at(self, place: &str) -> Error {
        match self {
            Self::Io(error) => unwrapped(error, place),
            Self::Malformed(what) => refused(place, what),
        }
    }
}
