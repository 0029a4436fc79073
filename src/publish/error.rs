//! Why publishing or verifying could not go on: the place, the cause, and what to do about it.

use super::fetch::Failure;
use super::numbers::thousands;
use super::repository::ChecksumKind;
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
    /// None of a repository's addresses could be read.
    Everywhere(Vec<Error>),
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
        /// Whether it is that of the open, uncompressed file.
        open: bool,
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
    /// A file is no table of the reference's package manifest.
    Manifest(String),
    /// A file of what people say of packages is none.
    Statements(String),
    /// A file holds no answer of the build system.
    Builds(String),
    /// A file is not what the tool writes that it is said to be of.
    ToolReport(String),
    /// A document exceeds a limit of the format.
    Limit(String),
    /// What was published before cannot be read.
    Published(ReadError),
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

impl Cause {
    /// What to do about it.
    pub fn remedy(&self) -> String {
        const FETCH_AGAIN: &str =
            "fetch the repository again (reposync, dnf download) and publish once more";
        const UNTOUCHED: &str = "what was published before is untouched";
        let remedy = match self {
            Self::Io(error)
                if error.kind() == io::ErrorKind::StorageFull
                    || error.kind() == io::ErrorKind::FileTooLarge =>
            {
                "make room on that disk, or publish to another"
            }
            Self::Io(error) if error.kind() == io::ErrorKind::NotFound => {
                "correct the path in the configuration, or put the file there"
            }
            Self::Io(_) => {
                "see to it that this file can be read and written by the user who publishes"
            }
            Self::Fetch { failure, .. } => failure.remedy(),
            Self::Everywhere(errors) => {
                return errors
                    .first()
                    .map(|error| error.cause.remedy())
                    .unwrap_or_default();
            }
            Self::NoFolder => {
                "correct the location in the configuration: a path is relative to the configuration file, an address starts \
                 with https://"
            }
            Self::NoRepository => {
                "name the folder that holds repodata/repomd.xml; run createrepo_c there if it has packages but no metadata"
            }
            Self::Html => {
                "correct the location: a host answers with such a page for what it does not have; look at the file in a browser"
            }
            Self::OtherDocument { .. } => "name the folder that holds repodata/repomd.xml",
            Self::Xml(_) => {
                "make the metadata again with createrepo_c, or fetch the repository again"
            }
            Self::DocumentType => {
                "metadata of rpm have no such declarations: do not trust this source; make them again with createrepo_c"
            }
            Self::UnknownCompression => {
                "make the metadata again with createrepo_c as gz, xz or zst"
            }
            Self::Truncated(_) | Self::Corrupt(..) | Self::Size { .. } | Self::Checksum { .. } => {
                FETCH_AGAIN
            }
            Self::TooLong { stated: true, .. } => {
                "do not trust this source; fetch the repository again from another mirror"
            }
            Self::TooLong { stated: false, .. } => "split the repository, or correct the location",
            Self::NoPrimary => "make the metadata again with createrepo_c",
            Self::NoPackages => {
                "take the repository out of the configuration if it has none for this architecture, or fetch it again"
            }
            Self::NoReadablePackages { .. } => {
                "make the metadata again with createrepo_c, or exclude fewer packages"
            }
            Self::NoPackagesOf { .. } => {
                "write $arch in its location, or limit it with `architectures` to those that it has packages for"
            }
            Self::TooMuchMemory(_) => "compress it with a weaker preset, such as xz -6 or zstd -19",
            Self::NoSourcePackage { package } => {
                return format!(
                    "make the metadata again with createrepo_c, or leave the package out with exclude = [\"{package}\"]; \
                     {UNTOUCHED}"
                );
            }
            Self::Duplicate { .. } => {
                "remove one of the two and make the metadata again with createrepo_c"
            }
            Self::UnknownKey {
                nearest: Some(nearest),
                ..
            } => {
                return format!("write {nearest} instead, or take the line out; {UNTOUCHED}");
            }
            Self::UnknownKey { known, .. } => {
                return format!(
                    "take the line out; there are {}; {UNTOUCHED}",
                    known.join(", ")
                );
            }
            Self::Configuration { remedy, .. } => remedy,
            Self::SourceText(_) => "take the file out of the source texts, or rename it",
            Self::Manifest(_) => "fetch the manifest again, or take the file out of its folder",
            Self::Statements(_) => "correct the file, or take it out of the configuration",
            Self::Builds(_) => {
                "save what the build system answers under /api/v1/builds/, or take the file out"
            }
            Self::ToolReport(_) => "let the tool write the file again, or take it out",
            Self::Limit(_) => "publish less in one release",
            Self::Published(ReadError::NewerMajor(_)) => {
                "publish with the newer Almanac that wrote it, or into another folder"
            }
            Self::Published(_) => {
                "restore the file from a copy, or publish into another folder; it is not overwritten, so that no snapshot is lost"
            }
            Self::SampleMixed { .. } => {
                "publish into another folder: invented and real reports must not stand beside each other"
            }
            Self::Busy => "wait until it has ended",
        };
        format!("{remedy}; {UNTOUCHED}")
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

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whose = |open: bool| {
            if open {
                "the uncompressed file"
            } else {
                "the file"
            }
        };
        match self {
            Self::Io(error) => match error.kind() {
                io::ErrorKind::NotFound => formatter.write_str("there is no such file or folder"),
                io::ErrorKind::StorageFull => formatter.write_str("the disk is full"),
                io::ErrorKind::FileTooLarge => formatter
                    .write_str("the system does not allow a file of this size to be written"),
                _ => error.fmt(formatter),
            },
            Self::Fetch { failure, tries: 1 } => failure.fmt(formatter),
            Self::Fetch { failure, tries } => write!(formatter, "{failure} (tried {tries} times)"),
            Self::Everywhere(errors) => {
                let told: Vec<String> = errors
                    .iter()
                    .map(|error| format!("{}: {}", error.place, error.cause))
                    .collect();
                write!(
                    formatter,
                    "neither it nor a mirror can be read: {}",
                    told.join("; ")
                )
            }
            Self::NoFolder => formatter.write_str("there is no such folder"),
            Self::NoRepository => {
                formatter.write_str("there is no repository here: repodata/repomd.xml is not there")
            }
            Self::Html => {
                formatter.write_str("this is a page of HTML, no metadata of a repository")
            }
            Self::OtherDocument { expected, found } => {
                write!(
                    formatter,
                    "the document is a <{found}>, and a <{expected}> belongs here"
                )
            }
            Self::Xml(cause) => formatter.write_str(cause),
            Self::DocumentType => formatter.write_str(
                "it declares a document type, by which entities can be expanded without bounds",
            ),
            Self::Truncated(format) => write!(formatter, "the {format} stream ends in the middle"),
            Self::Corrupt(format, cause) => {
                write!(formatter, "the {format} stream is damaged: {cause}")
            }
            Self::UnknownCompression => {
                formatter.write_str("its name ends in none of .xml, .xml.gz, .xml.xz and .xml.zst")
            }
            Self::Size {
                open,
                stated,
                found,
            } => write!(
                formatter,
                "{} has {} bytes, and repomd.xml says {}",
                whose(*open),
                thousands(*found),
                thousands(*stated)
            ),
            Self::TooLong {
                limit,
                stated: true,
            } => write!(
                formatter,
                "it goes on beyond the {} bytes that repomd.xml says; reading stopped there",
                thousands(*limit)
            ),
            Self::TooLong {
                limit,
                stated: false,
            } => write!(
                formatter,
                "it goes on beyond {} bytes, the most that is read; reading stopped there",
                thousands(*limit)
            ),
            Self::Checksum {
                open,
                kind,
                stated,
                found,
            } => write!(
                formatter,
                "the {kind} of {} is {found}, and repomd.xml says {stated}",
                whose(*open)
            ),
            Self::NoPrimary => formatter.write_str("it names no primary.xml"),
            Self::NoPackages => formatter.write_str("the repository has no packages"),
            Self::NoReadablePackages { entries, first } if first.is_empty() => {
                write!(
                    formatter,
                    "none of its {entries} packages counts: all are excluded"
                )
            }
            Self::NoReadablePackages { entries, first } => write!(
                formatter,
                "none of its {entries} packages can be read; of the first it is said: {first}"
            ),
            Self::NoPackagesOf { architecture } => {
                write!(
                    formatter,
                    "the repository has no package for {architecture}"
                )
            }
            Self::TooMuchMemory(format) => write!(
                formatter,
                "unpacking this {format} stream would take more than 32 MB of memory"
            ),
            Self::NoSourcePackage { package } => {
                write!(
                    formatter,
                    "{package} does not say which source package it was built from (rpm:sourcerpm)"
                )
            }
            Self::Duplicate { package } => {
                write!(
                    formatter,
                    "{package} is there twice, with different checksums"
                )
            }
            Self::UnknownKey { path, .. } => write!(formatter, "there is no key {path}"),
            Self::Configuration { what, .. } => formatter.write_str(what),
            Self::SourceText(cause) | Self::ToolReport(cause) => formatter.write_str(cause),
            Self::Manifest(cause) => {
                write!(formatter, "this is no table of a package manifest: {cause}")
            }
            Self::Statements(cause) => {
                write!(formatter, "this is no list of statements: {cause}")
            }
            Self::Builds(cause) => {
                write!(formatter, "this is no answer of the build system: {cause}")
            }
            Self::Limit(cause) => write!(formatter, "it breaks a limit of the format: {cause}"),
            Self::Published(error) => write!(
                formatter,
                "what was published before cannot be read: {error}"
            ),
            Self::SampleMixed { published_sample } => formatter.write_str(if *published_sample {
                "what was published before is a sample, and the configuration is not marked as one"
            } else {
                "what was published before is no sample, and the configuration is marked as one"
            }),
            Self::Busy => formatter.write_str("another process is publishing into this folder"),
        }
    }
}
