//! Reads repomd.xml, which says which files a repository has, with their sizes and checksums.

use super::checked_stream::Checksum;
use super::location::leads_out;
use super::xml::{Piece, XmlStream, attribute};
use crate::domain::Timestamp;
use crate::publish::{Cause, Error};
use std::io::Read;

/// What repomd.xml says, as far as it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repomd {
    /// When the packages were last written down: the timestamp of primary.xml, else the revision where it is a time.
    pub dated: Option<Timestamp>,
    /// The file with the packages.
    pub primary: PrimaryFile,
}

/// The file with the packages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrimaryFile {
    /// Its path, relative to the repository; never outside of it.
    pub path: String,
    /// The checksum of the file. That of what is in it uncompressed is not read: where the file is the right one, its content is.
    pub checksum: Checksum,
    /// Bytes of the file, where they are stated.
    pub size: Option<u64>,
    /// Bytes of what is in it uncompressed, where they are stated.
    pub open_size: Option<u64>,
}

/// What the elements of one `data` say, before it is known to be whole.
#[derive(Default)]
struct Data {
    is_primary: bool,
    path: Option<String>,
    checksum: Option<(String, String)>,
    size: String,
    open_size: String,
    timestamp: String,
}

/// Where text goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    None,
    Revision,
    Checksum,
    Size,
    OpenSize,
    Timestamp,
}

/// Reads repomd.xml; `place` is what it is called in messages.
pub fn read_repomd(source: impl Read, place: &str) -> Result<Repomd, Error> {
    let mut stream = XmlStream::new(source, place, "repomd");
    let mut revision = String::new();
    let mut data = Data::default();
    let mut primary = None;
    let mut field = Field::None;
    loop {
        let ended_data = match stream.next()? {
            Piece::Eof => break,
            Piece::Start { tag, depth, ended } => {
                let name = tag.local_name();
                let result = match (depth, name.as_ref()) {
                    (1, "revision") => Ok(Field::Revision),
                    (1, "data") => attribute(&tag, "type").map(|kind| {
                        data = Data {
                            is_primary: kind.as_deref() == Some("primary"),
                            ..Data::default()
                        };
                        Field::None
                    }),
                    (2, name) => data.start(name, &tag),
                    _ => Ok(Field::None),
                };
                field = result.map_err(|cause| stream_error(place, cause))?;
                if ended {
                    field = Field::None;
                }
                ended && depth == 1
            }
            Piece::Text(text) => {
                match field {
                    Field::None => {}
                    Field::Revision => revision.push_str(&text),
                    field => data.text(field, &text),
                }
                false
            }
            Piece::End { depth } => {
                field = Field::None;
                depth == 1
            }
        };
        if ended_data && std::mem::take(&mut data.is_primary) {
            let dated = moment(&data.timestamp);
            let file = std::mem::take(&mut data)
                .into_file()
                .map_err(|cause| stream.error(cause))?;
            primary = Some((file, dated));
        }
    }
    let (primary, dated) = primary.ok_or_else(|| Error::at(place, Cause::NoPrimary))?;
    Ok(Repomd {
        dated: dated.or_else(|| moment(&revision)),
        primary,
    })
}

fn stream_error(place: &str, cause: Cause) -> Error {
    Error::at(place, cause)
}

impl Data {
    fn start(
        &mut self,
        name: &str,
        tag: &quick_xml::events::BytesStart<'_>,
    ) -> Result<Field, Cause> {
        let kind = || attribute(tag, "type").map(Option::unwrap_or_default);
        Ok(match name {
            "checksum" => {
                self.checksum = Some((kind()?, String::new()));
                Field::Checksum
            }
            "location" => {
                self.path = attribute(tag, "href")?;
                Field::None
            }
            "size" => Field::Size,
            "open-size" => Field::OpenSize,
            "timestamp" => Field::Timestamp,
            _ => Field::None,
        })
    }

    fn text(&mut self, field: Field, text: &str) {
        let digits = |checksum: &mut Option<(String, String)>| {
            if let Some((_, digits)) = checksum {
                digits.push_str(text);
            }
        };
        match field {
            Field::Checksum => digits(&mut self.checksum),
            Field::Size => self.size.push_str(text),
            Field::OpenSize => self.open_size.push_str(text),
            Field::Timestamp => self.timestamp.push_str(text),
            Field::Revision | Field::None => {}
        }
    }

    fn into_file(self) -> Result<PrimaryFile, Cause> {
        let lacking = |what: &str| Cause::Xml(format!("the entry of primary.xml has no {what}"));
        let path = self.path.ok_or_else(|| lacking("location"))?;
        if leads_out(&path) {
            return Err(Cause::Xml(format!(
                "the location “{path}” leads out of the repository"
            )));
        }
        Ok(PrimaryFile {
            path,
            checksum: self
                .checksum
                .map(checksum)
                .transpose()?
                .ok_or_else(|| lacking("checksum"))?,
            size: number(&self.size)?,
            open_size: number(&self.open_size)?,
        })
    }
}

fn checksum((kind, digits): (String, String)) -> Result<Checksum, Cause> {
    Ok(Checksum {
        kind: kind.parse().map_err(Cause::Xml)?,
        digits: digits.trim().to_ascii_lowercase(),
    })
}

fn number(text: &str) -> Result<Option<u64>, Cause> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|_| Cause::Xml(format!("the size “{text}” is no number")))
}

/// Seconds since 1970 as a time, fractions cut off. Revisions may be anything: only what lies between the first rpm-md
/// repository and the year 2100 counts as a time.
fn moment(text: &str) -> Option<Timestamp> {
    let seconds: i64 = text.trim().split('.').next()?.parse().ok()?;
    (1_000_000_000..4_102_444_800)
        .contains(&seconds)
        .then(|| Timestamp::from_unix_seconds(seconds))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::repository::ChecksumKind;

    fn with(entry: &str) -> String {
        format!(
            "<repomd xmlns='http://linux.duke.edu/metadata/repo'><revision>1765000000</revision>\
             <data type='filelists'><location href='f.xml.gz'/></data>{entry}</repomd>"
        )
    }

    #[test]
    fn reads_the_entry_of_primary() {
        let document = with(
            "<data type='primary'><checksum type='sha256'>AB</checksum><open-checksum type='sha'>cd</open-checksum>\
             <location href='repodata/p.xml.gz'/><timestamp>1765000001.25</timestamp><size>12</size></data>",
        );
        let repomd = read_repomd(document.as_bytes(), "repomd.xml").unwrap();
        assert_eq!(repomd.dated, Timestamp::from_unix_seconds(1_765_000_001));
        let checksum = |kind, digits: &str| Checksum {
            kind,
            digits: digits.to_owned(),
        };
        assert_eq!(
            repomd.primary,
            PrimaryFile {
                path: "repodata/p.xml.gz".to_owned(),
                checksum: checksum(ChecksumKind::Sha256, "ab"),
                size: Some(12),
                open_size: None,
            }
        );
    }

    fn check(entry: &str, expected: &str) {
        let error = read_repomd(with(entry).as_bytes(), "repomd.xml")
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{entry} gave {error}");
    }

    #[test]
    fn refuses_what_cannot_be_checked_or_leads_out() {
        check("", "repomd.xml: it names no primary.xml");
        check(
            "<data type='primary'><location href='p.xml'/></data>",
            "has no checksum",
        );
        check(
            "<data type='primary'><checksum type='sha256'>a</checksum></data>",
            "has no location",
        );
        let with_checksum = |rest: &str| {
            format!("<data type='primary'><checksum type='sha256'>a</checksum>{rest}</data>")
        };
        for path in [
            "../p.xml",
            "/etc/p.xml",
            "a/../../p.xml",
            "http://b.example/p.xml",
        ] {
            check(
                &with_checksum(&format!("<location href='{path}'/>")),
                "leads out of the repository",
            );
        }
        check(
            &with_checksum("<location href='p.xml'/><size>x</size>"),
            "“x” is no number",
        );
        check(
            "<data type='primary'><checksum type='crc'>a</checksum><location href='p.xml'/></data>",
            "“crc” is none of",
        );
    }
}
