//! What all kinds of document share: their version, and the one way to read them.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of the format, in every document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct FormatVersion {
    /// Another major version cannot be read.
    pub major: u32,
    /// A newer minor version has fields that an older reader ignores.
    pub minor: u32,
}

/// A kind of document.
pub trait Document: Serialize + DeserializeOwned {
    /// What a reader calls it.
    const KIND: &'static str;
    /// The most bytes that it may have.
    const BYTES_MAX: usize;

    /// The version that it was written in.
    fn format(&self) -> FormatVersion;

    /// Holds it against the limits and its own consistency.
    fn check(&self) -> Result<(), String>;
}

/// Something a reader should know of a document that it could read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It was written by a newer Almanac, and some of it may not be shown.
    NewerMinor(FormatVersion),
}

/// Why a document could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadError {
    /// It is larger than the format allows.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// A page of HTML, as many hosts answer for a file that is not there.
    Html,
    /// It ends in the middle.
    Truncated,
    /// It is no such JSON.
    Malformed(String),
    /// It was written by a newer Almanac, in a format that this one cannot read.
    NewerMajor(FormatVersion),
    /// It breaks a limit of the format or contradicts itself.
    Inconsistent(String),
}

impl FormatVersion {
    /// The version that this code writes and reads.
    pub const CURRENT: FormatVersion = FormatVersion { major: 1, minor: 1 };
}

/// Reads a document: size, version, JSON, limits, in this order, so that a newer format is called that.
pub fn read<T: Document>(bytes: &[u8]) -> Result<(T, Option<Notice>), ReadError> {
    if bytes.len() > T::BYTES_MAX {
        return Err(ReadError::TooLarge {
            bytes: bytes.len(),
            limit: T::BYTES_MAX,
        });
    }
    if bytes.trim_ascii_start().starts_with(b"<") {
        return Err(ReadError::Html);
    }
    let version: Versioned = serde_json::from_slice(bytes).map_err(read_error)?;
    if version.format.major != FormatVersion::CURRENT.major {
        return Err(ReadError::NewerMajor(version.format));
    }
    let document: T = serde_json::from_slice(bytes).map_err(read_error)?;
    document.check().map_err(ReadError::Inconsistent)?;
    let is_newer = version.format.minor > FormatVersion::CURRENT.minor;
    Ok((
        document,
        is_newer.then_some(Notice::NewerMinor(version.format)),
    ))
}

impl fmt::Display for FormatVersion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let current = FormatVersion::CURRENT;
        match self {
            Self::TooLarge { bytes, limit } => write!(
                formatter,
                "it has {bytes} bytes, and the format allows {limit}"
            ),
            Self::Html => {
                formatter.write_str("the host answered with a page of HTML instead of JSON")
            }
            Self::Truncated => {
                formatter.write_str("it ends in the middle: it was not fetched or written whole")
            }
            Self::Malformed(cause) => write!(formatter, "it is no report of this format: {cause}"),
            Self::NewerMajor(version) => write!(
                formatter,
                "it is written in format {version}, and this Almanac reads format {}",
                current.major
            ),
            Self::Inconsistent(cause) => {
                write!(formatter, "it breaks the rules of the format: {cause}")
            }
        }
    }
}

impl std::error::Error for ReadError {}

#[derive(Deserialize)]
struct Versioned {
    format: FormatVersion,
}

fn read_error(error: serde_json::Error) -> ReadError {
    if error.is_eof() {
        ReadError::Truncated
    } else {
        ReadError::Malformed(error.to_string())
    }
}
