//! A stream that counts and digests its bytes as they are read, and ends with an error beyond a limit.

use crate::publish::{Cause, Error};
use sha2::Digest as _;
use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

/// How a checksum is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChecksumKind {
    /// SHA-1, which repomd.xml calls `sha` or `sha1`.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// A checksum as repomd.xml says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    /// How it is computed.
    pub kind: ChecksumKind,
    /// Its hexadecimal digits, in lower case.
    pub digits: String,
}

/// The most bytes that a stream may have.
#[derive(Clone, Copy, Debug)]
pub struct ByteLimit {
    /// How many.
    pub bytes: u64,
    /// Whether repomd.xml says so.
    pub stated: bool,
}

/// A stream, what it is called in messages, and what was read from it so far.
pub struct CheckedStream<R> {
    inner: R,
    place: String,
    limit: ByteLimit,
    bytes: u64,
    hasher: Option<Hasher>,
}

/// What was measured of a stream that was read to its end.
pub struct Measured {
    place: String,
    bytes: u64,
    digits: Option<String>,
}

enum Hasher {
    Sha1(sha1::Sha1),
    Sha256(sha2::Sha256),
    Sha512(sha2::Sha512),
}

impl<R> CheckedStream<R> {
    /// A stream that is to have one kind of checksum.
    pub fn new(inner: R, place: &str, kind: ChecksumKind, limit: ByteLimit) -> Self {
        Self {
            hasher: Some(Hasher::new(kind)),
            ..Self::counting(inner, place, limit)
        }
    }

    /// A stream whose bytes are only counted.
    pub fn counting(inner: R, place: &str, limit: ByteLimit) -> Self {
        Self {
            inner,
            place: place.to_owned(),
            limit,
            bytes: 0,
            hasher: None,
        }
    }

    /// The bytes read so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// What it was read from, and what was measured of it.
    pub fn into_parts(self) -> (R, Measured) {
        let measured = Measured {
            place: self.place,
            bytes: self.bytes,
            digits: self.hasher.map(Hasher::digits),
        };
        (self.inner, measured)
    }
}

impl Measured {
    /// Whether size and checksum are those stated, as far as they were measured. `open` says which of the two files of repomd.xml
    /// it is.
    pub fn verify(
        self,
        open: bool,
        checksum: Option<&Checksum>,
        bytes: Option<u64>,
    ) -> Result<(), Error> {
        let cause = match (bytes, checksum, self.digits) {
            (Some(stated), ..) if stated != self.bytes => Cause::Size {
                open,
                stated,
                found: self.bytes,
            },
            (_, Some(checksum), Some(found)) if checksum.digits != found => Cause::Checksum {
                kind: checksum.kind,
                stated: checksum.digits.clone(),
                found,
            },
            _ => return Ok(()),
        };
        Err(Error::at(self.place, cause))
    }
}

impl<R: Read> Read for CheckedStream<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        if self.bytes > self.limit.bytes {
            let cause = Cause::TooLong {
                limit: self.limit.bytes,
                stated: self.limit.stated,
            };
            return Err(io::Error::other(Error::at(&self.place, cause)));
        }
        if let Some(hasher) = &mut self.hasher {
            hasher.update(&buffer[..read]);
        }
        Ok(read)
    }
}

impl Hasher {
    fn new(kind: ChecksumKind) -> Self {
        match kind {
            ChecksumKind::Sha1 => Self::Sha1(sha1::Sha1::new()),
            ChecksumKind::Sha256 => Self::Sha256(sha2::Sha256::new()),
            ChecksumKind::Sha512 => Self::Sha512(sha2::Sha512::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(hasher) => hasher.update(bytes),
            Self::Sha256(hasher) => hasher.update(bytes),
            Self::Sha512(hasher) => hasher.update(bytes),
        }
    }

    fn digits(self) -> String {
        match self {
            Self::Sha1(hasher) => hexadecimal(&hasher.finalize()),
            Self::Sha256(hasher) => hexadecimal(&hasher.finalize()),
            Self::Sha512(hasher) => hexadecimal(&hasher.finalize()),
        }
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(
        String::with_capacity(2 * bytes.len()),
        |mut digits, byte| {
            // Writing to a string cannot fail.
            let _ = write!(digits, "{byte:02x}");
            digits
        },
    )
}

impl FromStr for ChecksumKind {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "sha" | "sha1" => Ok(Self::Sha1),
            "sha256" => Ok(Self::Sha256),
            "sha512" => Ok(Self::Sha512),
            _ => Err(format!(
                "the checksum “{name}” is none of sha256, sha512 and sha1"
            )),
        }
    }
}

impl fmt::Display for ChecksumKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(match self {
            Self::Sha1 => "SHA-1",
            Self::Sha256 => "SHA-256",
            Self::Sha512 => "SHA-512",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: ChecksumKind, expected_start: &str) {
        let limit = ByteLimit {
            bytes: 3,
            stated: true,
        };
        let mut stream = CheckedStream::new(&b"abc"[..], "file", kind, limit);
        io::copy(&mut stream, &mut io::sink()).unwrap();
        let digits = stream.into_parts().1.digits.unwrap();
        assert!(digits.starts_with(expected_start), "{kind}");
    }

    #[test]
    fn digests_as_the_standards_say() {
        // FIPS 180-4, the examples for “abc”.
        check(ChecksumKind::Sha1, "a9993e364706816aba3e");
        check(ChecksumKind::Sha256, "ba7816bf8f01cfea4141");
        check(ChecksumKind::Sha512, "ddaf35a193617abacc41");
        assert_eq!("sha".parse(), Ok(ChecksumKind::Sha1));
        assert!("md5".parse::<ChecksumKind>().is_err());
    }

    #[test]
    fn ends_beyond_its_limit() {
        let limit = ByteLimit {
            bytes: 2,
            stated: false,
        };
        let mut stream = CheckedStream::new(&b"abc"[..], "file", ChecksumKind::Sha256, limit);
        let error = io::copy(&mut stream, &mut io::sink()).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("error: file: it goes on beyond 2 bytes"),
            "{error}"
        );
    }
}
