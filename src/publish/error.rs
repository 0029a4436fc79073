//! Why publishing or verifying could not go on: the place, the cause, and what to do about it.

mod words;

use super::fetch::Failure;
use super::numbers::thousands;
use super::repository::ChecksumKind;
use crate::domain::Timestamp;
use crate::report::ReadError;
use std::fmt;
use std::io;
use std::path::Path;

/// What stopped the work. It prints as two lines: place and cause, then the remedy.
#[derive(Debug)]
pub struct Error {
    /// The file or address, with the line or byte where one is known.
    pub place: String,
    /// What is wrong there.
    pub cause: Cause,
}

/// What can be wrong.
#[derive(Debug)]
pub enum Cause {
    /// The operating system refused to read or write.
    Io(io::Error),
    /// A host did not give what was asked for.
    Fetch {
        /// What went wrong.
        failure: Failure,
        /// How often it was tried.
        tries: u32,
    },
    /// A git repository cannot be read.
    Git(String),
    /// A git host asks for a login, as many do for repositories that are not there, too.
    GitLogin,
    /// None of a repository's addresses could be read.
    Everywhere(Vec<Error>),
    /// A mirror of a repository lags behind what is known of the repository.
    OldMirror {
        /// When what the mirror has was made.
        dated: Timestamp,
        /// When the newest that is known was made.
        newest: Timestamp,
    },
    /// A repository's folder is not there.
    NoFolder,
    /// A folder holds no repository.
    NoRepository,
    /// A file holds a page of HTML.
    Html,
    /// Another XML document than the one expected.
    OtherDocument {
        /// The root element that was expected.
        expected: &'static str,
        /// The root element that is there.
        found: String,
    },
    /// The XML is not well-formed, or lacks what it must have.
    Xml(String),
    /// Declarations of a document type, and with them of entities, are refused.
    DocumentType,
    /// A compressed stream ends early.
    Truncated(&'static str),
    /// A compressed stream is damaged.
    Corrupt(&'static str, String),
    /// The end of a file's name names no compression that is known.
    UnknownCompression,
    /// A file is not as long as repomd.xml says.
    Size {
        /// Whether the size is that of the open, uncompressed file.
        open: bool,
        /// Bytes that repomd.xml says.
        stated: u64,
        /// Bytes that there are.
        found: u64,
    },
    /// A file goes on beyond a size: the one that repomd.xml says, or the greatest that is read.
    TooLong {
        /// Bytes after which reading stopped.
        limit: u64,
        /// Whether repomd.xml says that limit.
        stated: bool,
    },
    /// A checksum is not the one in repomd.xml.
    Checksum {
        /// How it is computed.
        kind: ChecksumKind,
        /// What repomd.xml says.
        stated: String,
        /// What it is.
        found: String,
    },
    /// repomd.xml names no primary.xml.
    NoPrimary,
    /// Unpacking a stream would take more memory than is given for it.
    TooMuchMemory(&'static str),
    /// A repository has no package at all.
    NoPackages,
    /// No entry of a repository could be read, or all of them were excluded.
    NoReadablePackages {
        /// How many entries there are.
        entries: usize,
        /// What is wrong with the first, if anything.
        first: String,
    },
    /// A repository has no package for the architecture that it is read for.
    NoPackagesOf {
        /// The architecture.
        architecture: String,
    },
    /// A binary package does not say which source package it was built from.
    NoSourcePackage {
        /// The package.
        package: String,
    },
    /// Two different packages bear one name.
    Duplicate {
        /// Their NEVRA.
        package: String,
    },
    /// The configuration has a key that does not exist.
    UnknownKey {
        /// The key with the tables that it is in.
        path: String,
        /// The nearest key that exists.
        nearest: Option<String>,
        /// All keys that exist there.
        known: Vec<String>,
    },
    /// The configuration says something that cannot be.
    Configuration {
        /// What.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// A file of the source texts cannot be published.
    SourceText(String),
    /// A source package cannot be read, or is not what it is said to be.
    SourcePackage(String),
    /// There is no source package of a name where one is to be.
    LackingSourcePackage {
        /// The name.
        package: String,
        /// Where it was looked for.
        places: String,
    },
    /// A file is no table of the reference's package manifest.
    Manifest(String),
    /// A file of what people say of packages is none.
    Statements(String),
    /// A file holds no answer of the build system.
    Builds(String),
    /// An input of the distribution's advisories has none.
    NoAdvisories,
    /// A folder holds no file of updateinfo, or several.
    NotOneUpdateinfo {
        /// How many.
        found: usize,
    },
    /// A file holds no advisories.
    Advisories(String),
    /// A file is not what the tool writes that it is said to be of.
    ToolReport(String),
    /// A document exceeds a limit of the format.
    Limit(String),
    /// A folder has no published set.
    NotPublished,
    /// A folder has reports, and the index that names them is not there.
    IndexLost,
    /// What was published before cannot be read.
    Published(ReadError),
    /// A document of a history cannot be read, and not all of its snapshots are named elsewhere: why, in words.
    HistoryLost(String),
    /// What was published before and what is to be published do not belong together.
    SampleMixed {
        /// Whether what was published before is invented.
        published_sample: bool,
    },
    /// Another process publishes into the same folder.
    Busy,
}

impl Error {
    /// An error at a file or address.
    pub fn at(place: impl fmt::Display, cause: Cause) -> Self {
        Self {
            place: place.to_string(),
            cause,
        }
    }

    /// An error at a byte of a file or address.
    pub fn at_byte(place: impl fmt::Display, byte: u64, cause: Cause) -> Self {
        Self::at(format_args!("{place}: byte {}", thousands(byte)), cause)
    }

    /// What the operating system refused to do with a file.
    pub fn io(path: &Path, error: io::Error) -> Self {
        Self::at(path.display(), Cause::Io(error))
    }

    /// Whether this machine is at fault, and not what was read: other sources would meet the same.
    pub fn is_of_this_machine(&self) -> bool {
        matches!(self.cause, Cause::Io(_) | Cause::Configuration { .. })
    }

    /// Something in a configuration that cannot be, and what to do about it.
    pub fn configuration(
        place: impl fmt::Display,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self::at(
            place,
            Cause::Configuration {
                what: what.into(),
                remedy: remedy.into(),
            },
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "error: {}: {}\nremedy: {}",
            self.place,
            self.cause,
            self.cause.remedy()
        )
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.cause {
            Cause::Io(error) => Some(error),
            Cause::Published(error) => Some(error),
            _ => None,
        }
    }
}
