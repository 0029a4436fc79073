//! Reads primary.xml as a stream: of each package only what a comparison needs.

use super::xml::{Piece, XmlStream, attribute, attributes};
use crate::publish::{Cause, Error};
use quick_xml::events::BytesStart;
use std::io::Read;

/// What primary.xml says of one package, word for word; what it does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrimaryEntry {
    /// `name`.
    pub name: String,
    /// `arch`.
    pub architecture: String,
    /// `version@epoch`.
    pub epoch: String,
    /// `version@ver`.
    pub version: String,
    /// `version@rel`.
    pub release: String,
    /// `checksum`, the digest of the package's file.
    pub digest: String,
    /// `location@href`.
    pub location: String,
    /// `format/sourcerpm`, the file name of the source package; empty for a source package.
    pub source_file: String,
    /// `time@build`, in seconds since 1970.
    pub built: Option<i64>,
}

/// Where text goes.
#[derive(Clone, Copy)]
enum Field {
    None,
    Unneeded,
    Name,
    Architecture,
    Digest,
    SourceFile,
}

/// Reads primary.xml to its end and hands each package to `take`, in the order of the file. `place` is what it is called in
/// messages.
pub fn read_primary(
    source: impl Read,
    place: &str,
    mut take: impl FnMut(&PrimaryEntry) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut stream = XmlStream::new(source, place, "metadata");
    let mut entry = PrimaryEntry::default();
    let mut in_package = false;
    let mut in_format = false;
    let mut format_end = String::new();
    let mut field = Field::None;
    loop {
        match stream.next()? {
            Piece::Eof => return Ok(()),
            Piece::Start { tag, depth, ended } => {
                let name = tag.local_name();
                let name = name.as_ref();
                let result = match depth {
                    1 => {
                        in_package = name == "package" && !ended;
                        entry.clear();
                        Ok(Field::None)
                    }
                    2 if in_package => {
                        in_format = name == "format" && !ended;
                        if in_format {
                            format_end.clear();
                            format_end.push_str("</");
                            format_end.push_str(tag.name().as_ref());
                        }
                        entry.start(name, &tag)
                    }
                    3 if in_format && name == "sourcerpm" => Ok(Field::SourceFile),
                    // Nearly all of the file are lists of files and dependencies, and texts about the package.
                    2.. => Ok(Field::Unneeded),
                    _ => Ok(Field::None),
                };
                field = match result {
                    Ok(field) if !ended => field,
                    Ok(_) => Field::None,
                    Err(cause) => return Err(stream.error(cause)),
                };
                if matches!(field, Field::Unneeded) {
                    stream.skip_element()?;
                }
            }
            Piece::Text(text) => match field {
                Field::None | Field::Unneeded => {}
                Field::Name => entry.name.push_str(&text),
                Field::Architecture => entry.architecture.push_str(&text),
                Field::Digest => entry.digest.push_str(&text),
                Field::SourceFile => entry.source_file.push_str(&text),
            },
            Piece::End { depth } => {
                // Behind the source's name come the lists, which are most of the file.
                if matches!(field, Field::SourceFile) {
                    stream.skip_to(&format_end)?;
                }
                field = Field::None;
                if depth == 2 {
                    in_format = false;
                } else if depth == 1 && std::mem::take(&mut in_package) {
                    take(&entry)?;
                }
            }
        }
    }
}

impl PrimaryEntry {
    fn clear(&mut self) {
        let texts = [
            &mut self.name,
            &mut self.architecture,
            &mut self.epoch,
            &mut self.version,
            &mut self.release,
            &mut self.digest,
            &mut self.location,
            &mut self.source_file,
        ];
        texts.into_iter().for_each(String::clear);
        self.built = None;
    }

    fn start(&mut self, name: &str, tag: &BytesStart<'_>) -> Result<Field, Cause> {
        Ok(match name {
            "name" => Field::Name,
            "arch" => Field::Architecture,
            "checksum" => Field::Digest,
            "version" => {
                attributes(tag, |name, value| match name {
                    "epoch" => self.epoch.push_str(value),
                    "ver" => self.version.push_str(value),
                    "rel" => self.release.push_str(value),
                    _ => {}
                })?;
                Field::None
            }
            "time" => {
                self.built = attribute(tag, "build")?.and_then(|seconds| seconds.parse().ok());
                Field::None
            }
            "location" => {
                attributes(tag, |name, value| {
                    if name == "href" {
                        self.location.push_str(value);
                    }
                })?;
                Field::None
            }
            "format" => Field::None,
            _ => Field::Unneeded,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(document: &str, expected: &[&str]) {
        let mut shown = Vec::new();
        read_primary(document.as_bytes(), "primary.xml", |entry| {
            shown.push(format!(
                "{}|{}|{}:{}-{}|{}|{}|{}|{:?}",
                entry.name,
                entry.architecture,
                entry.epoch,
                entry.version,
                entry.release,
                entry.digest,
                entry.location,
                entry.source_file,
                entry.built
            ));
            Ok(())
        })
        .unwrap();
        assert_eq!(shown, expected);
    }

    #[test]
    fn reads_packages_with_and_without_prefixes() {
        let package = "<package type='rpm'><name>libstdc++</name><arch>x86_64</arch>\
             <version epoch='0' ver='11.5.0' rel='5.el9'/><checksum type='sha256' pkgid='YES'>ab</checksum>\
             <summary>not this <name>name</name></summary><time file='2' build='3'/><location href='Packages/l.rpm'/>\
             <format><RPM:sourcerpm>gcc-11.5.0-5.el9.src.rpm</RPM:sourcerpm>\
             <RPM:provides><RPM:entry name='a'><sourcerpm>x</sourcerpm></RPM:entry></RPM:provides></format></package>";
        let read =
            "libstdc++|x86_64|0:11.5.0-5.el9|ab|Packages/l.rpm|gcc-11.5.0-5.el9.src.rpm|Some(3)";
        let bare = package.replace("RPM:", "");
        check(
            &format!("<metadata packages='1'>{bare}</metadata>"),
            &[read],
        );
        let prefixed = package.replace("RPM", "rpm");
        check(
            &format!("<metadata xmlns:rpm='x'>{prefixed}{prefixed}</metadata>"),
            &[read, read],
        );
    }

    #[test]
    fn what_is_lacking_is_empty() {
        check(
            "<metadata><package/><package></package></metadata>",
            &["||:-||||None"],
        );
        check("<metadata/>", &[]);
    }
}
