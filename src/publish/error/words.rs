//! What each cause is called, and what to do about it.

use super::Cause;
use crate::publish::numbers::thousands;
use crate::report::ReadError;
use std::fmt;
use std::io;

impl Cause {
    /// What to do about it.
    pub fn remedy(&self) -> String {
        const FETCH_AGAIN: &str =
            "fetch the repository again (reposync, dnf download) and publish once more";
        let remedy = match self {
            Self::Io(error)
                if error.kind() == io::ErrorKind::StorageFull
                    || error.kind() == io::ErrorKind::FileTooLarge =>
            {
                "make room on that disk, or publish to another"
            }
            Self::Io(error) if error.kind() == io::ErrorKind::NotFound => {
                "correct the path, or put the file there"
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
            Self::Git(_) => {
                "see whether git clone reaches it from this machine, or take the package out of packages"
            }
            Self::GitLogin => {
                "see whether the repository is there and open to all, or take the package out of packages"
            }
            Self::OldMirror { .. } => {
                "wait until the mirror has followed, or name another in mirrors"
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
                    "make the metadata again with createrepo_c, or leave the package out with exclude = [\"{package}\"]"
                );
            }
            Self::Duplicate { .. } => {
                "remove one of the two and make the metadata again with createrepo_c"
            }
            Self::UnknownKey {
                nearest: Some(nearest),
                ..
            } => {
                return format!("write {nearest} instead, or take the line out");
            }
            Self::UnknownKey { known, .. } => {
                return format!("take the line out; there are {}", known.join(", "));
            }
            Self::Configuration { remedy, .. } => remedy,
            Self::SourceText(_) => "take the file out of the source texts, or rename it",
            Self::SourcePackage(_) => {
                "fetch the package again, or take it out of packages in [[release.sources]]"
            }
            Self::LackingSourcePackage { package, .. } => {
                return format!("put the file there, or take {package} out of packages");
            }
            Self::Manifest(_) => "fetch the manifest again, or take the file out of its folder",
            Self::Statements(_) => "correct the file, or take it out of the configuration",
            Self::Builds(_) => {
                "save what the build system answers under /api/v1/builds/, or take the file out"
            }
            Self::Advisories(_) => {
                "correct the format in [[release.advisories]], fetch the file again, or take the entry out"
            }
            Self::NoAdvisories => {
                "fetch it again, correct its location or ecosystem, or take the entry out of [[release.advisories]]"
            }
            Self::NotOneUpdateinfo { .. } => {
                "name the file itself, or a folder that has one updateinfo.xml (.gz, .xz, .zst), in it or in its repodata"
            }
            Self::ToolReport(_) => "let the tool write the file again, or take it out",
            Self::Limit(_) => "publish less in one release",
            Self::Published(ReadError::NewerMajor(_)) => {
                "publish with the newer Almanac that wrote it, or into another folder"
            }
            Self::Published(_) => {
                "restore the file from a copy, or publish into another folder; almanac history with this folder and another as --output \
                 makes years, months and ledgers of the reports anew, and tells a lost report as a gap; it is not overwritten, so \
                 that no snapshot is lost"
            }
            Self::HistoryLost(_) => {
                "restore the file from a copy, or name a folder as well whose history has these snapshots"
            }
            Self::SampleMixed { .. } => {
                "publish into another folder: invented and real reports must not stand beside each other"
            }
            Self::NotPublished => "name the folder that almanac publish has written into",
            Self::IndexLost => {
                "restore the file from a copy, an older one at the worst, which knows fewer snapshots; or publish into another folder"
            }
            Self::Busy => "wait until it has ended",
        };
        remedy.to_owned()
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
            Self::GitLogin => formatter.write_str(
                "the host asks for a login: it is not known whether the repository is there",
            ),
            Self::OldMirror { dated, newest } => write!(
                formatter,
                "the mirror lags behind: what it has was made on {dated}, and what is known of the repository on {newest}"
            ),
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
                kind,
                stated,
                found,
            } => write!(
                formatter,
                "the {kind} of the file is {found}, and repomd.xml says {stated}"
            ),
            Self::NotPublished => formatter.write_str("nothing is published here"),
            Self::IndexLost => formatter
                .write_str("the folder has reports, and this file, which names them, is not there"),
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
            Self::Git(cause)
            | Self::SourceText(cause)
            | Self::SourcePackage(cause)
            | Self::ToolReport(cause) => formatter.write_str(cause),
            Self::LackingSourcePackage { package, places } => write!(
                formatter,
                "no file {package}-VERSION-RELEASE.src.rpm is in {places}"
            ),
            Self::Manifest(cause) => {
                write!(formatter, "this is no table of a package manifest: {cause}")
            }
            Self::Statements(cause) => {
                write!(formatter, "this is no list of statements: {cause}")
            }
            Self::Builds(cause) => {
                write!(formatter, "this is no answer of the build system: {cause}")
            }
            Self::Advisories(cause) => write!(formatter, "this holds no advisories: {cause}"),
            Self::NoAdvisories => formatter.write_str("it has no advisory"),
            Self::NotOneUpdateinfo { found: 0 } => {
                formatter.write_str("the folder has no updateinfo.xml")
            }
            Self::NotOneUpdateinfo { found } => {
                write!(formatter, "the folder has {found} files of updateinfo")
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
            Self::HistoryLost(cause) => write!(
                formatter,
                "{cause}; not all of the snapshots of this history are named elsewhere"
            ),
            Self::Busy => formatter.write_str("another process is publishing into this folder"),
        }
    }
}
