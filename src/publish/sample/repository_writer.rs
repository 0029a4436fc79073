//! Writes the metadata of a repository as createrepo_c does: repomd.xml and primary.xml, the same bytes every time.

use crate::domain::{Nevra, Nvr, Timestamp};
use crate::publish::Error;
use crate::publish::output::digest_of;
use quick_xml::escape::escape;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

/// How primary.xml is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenCompression {
    /// Not at all.
    Plain,
    /// gzip.
    Gzip,
    /// xz.
    Xz,
    /// Zstandard.
    Zstandard,
}

/// A binary package in the metadata.
#[derive(Clone, Debug)]
pub struct WrittenPackage {
    /// What names it.
    pub nevra: Nevra,
    /// The source package that it was built from.
    pub source: Nvr,
    /// When it was built.
    pub built: Timestamp,
    /// The digest of its file, 64 hexadecimal digits.
    pub digest: String,
    /// What it provides, as the text of `rpm:entry` elements; may be empty.
    pub provides: String,
    /// What it requires, likewise.
    pub requires: String,
}

/// Writes `repodata/` into a folder.
pub fn write_repository(
    folder: &Path,
    packages: &[WrittenPackage],
    compression: WrittenCompression,
    made: Timestamp,
) -> Result<(), Error> {
    let repodata = folder.join("repodata");
    fs::create_dir_all(&repodata).map_err(|error| Error::io(&repodata, error))?;
    let open = primary_text(packages);
    let (extension, bytes) =
        compressed(open.as_bytes(), compression).map_err(|error| Error::io(&repodata, error))?;
    let digest = digest_of(&bytes);
    let name = format!("{digest}-primary.xml{extension}");
    let repomd = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <repomd xmlns=\"http://linux.duke.edu/metadata/repo\" xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\">\n  \
         <revision>{seconds}</revision>\n  <data type=\"primary\">\n    \
         <checksum type=\"sha256\">{digest}</checksum>\n    \
         <open-checksum type=\"sha256\">{open_digest}</open-checksum>\n    \
         <location href=\"repodata/{name}\"/>\n    <timestamp>{seconds}</timestamp>\n    \
         <size>{size}</size>\n    <open-size>{open_size}</open-size>\n  </data>\n</repomd>\n",
        seconds = made.unix_seconds(),
        open_digest = digest_of(open.as_bytes()),
        size = bytes.len(),
        open_size = open.len(),
    );
    for (name, bytes) in [
        (name.as_str(), bytes.as_slice()),
        ("repomd.xml", repomd.as_bytes()),
    ] {
        let path = repodata.join(name);
        fs::write(&path, bytes).map_err(|error| Error::io(&path, error))?;
    }
    Ok(())
}

fn primary_text(packages: &[WrittenPackage]) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<metadata xmlns=\"http://linux.duke.edu/metadata/common\" \
         xmlns:rpm=\"http://linux.duke.edu/metadata/rpm\" packages=\"{}\">\n",
        packages.len()
    );
    for package in packages {
        let (nevra, evr) = (&package.nevra, &package.nevra.evr);
        let (name, version, release) = (
            escape(&nevra.name),
            escape(&evr.version),
            escape(&evr.release),
        );
        let seconds = package.built.unix_seconds();
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "<package type=\"rpm\">\n  <name>{name}</name>\n  <arch>{architecture}</arch>\n  \
             <version epoch=\"{epoch}\" ver=\"{version}\" rel=\"{release}\"/>\n  \
             <checksum type=\"sha256\" pkgid=\"YES\">{digest}</checksum>\n  <summary></summary>\n  \
             <description></description>\n  <packager></packager>\n  <url></url>\n  \
             <time file=\"{seconds}\" build=\"{seconds}\"/>\n  <size package=\"0\" installed=\"0\" archive=\"0\"/>\n  \
             <location href=\"Packages/{first}/{name}-{version}-{release}.{architecture}.rpm\"/>\n  <format>\n    \
             <rpm:license></rpm:license>\n    <rpm:vendor></rpm:vendor>\n    <rpm:group></rpm:group>\n    \
             <rpm:buildhost></rpm:buildhost>\n    <rpm:sourcerpm>{source}.src.rpm</rpm:sourcerpm>\n    \
             <rpm:header-range start=\"0\" end=\"0\"/>\n    <rpm:provides>{provides}</rpm:provides>\n{requires}  </format>\n</package>\n",
            architecture = nevra.architecture,
            epoch = evr.epoch,
            digest = package.digest,
            first = nevra
                .name
                .chars()
                .next()
                .unwrap_or('_')
                .to_ascii_lowercase(),
            source = escape(package.source.to_string()),
            provides = package.provides,
            requires = match package.requires.as_str() {
                "" => String::new(),
                entries => format!("    <rpm:requires>{entries}</rpm:requires>\n"),
            },
        );
    }
    text.push_str("</metadata>\n");
    text
}

fn compressed(
    bytes: &[u8],
    compression: WrittenCompression,
) -> io::Result<(&'static str, Vec<u8>)> {
    Ok(match compression {
        WrittenCompression::Plain => ("", bytes.to_vec()),
        WrittenCompression::Gzip => {
            // The builder writes no time into the header unless told one.
            let mut encoder =
                flate2::GzBuilder::new().write(Vec::new(), flate2::Compression::new(6));
            encoder.write_all(bytes)?;
            (".gz", encoder.finish()?)
        }
        WrittenCompression::Xz => {
            let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 6);
            encoder.write_all(bytes)?;
            (".xz", encoder.finish()?)
        }
        WrittenCompression::Zstandard => (".zst", zstd::encode_all(bytes, 9)?),
    })
}
