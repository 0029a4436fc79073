//! `updateinfo.xml`, the advisories of one repository.
//!
//! Source: createrepo_c and dnf. Checksums of packages are not read.

use super::errata::{each_build_once, fixed_package};
use super::reading::{AdvisoryInput, add_reference};
use crate::analysis::Advisory;
use crate::domain::{AdvisoryId, Severity};
use crate::publish::Error;
use crate::publish::repository::{Piece, XmlStream, attribute, attributes};
use std::io::Read;

/// Where text goes.
#[derive(Clone, Copy)]
enum Field {
    None,
    Id,
    Title,
    Severity,
}

/// What one `update` says, before it is known to be whole.
#[derive(Default)]
struct Update {
    id: String,
    title: String,
    severity: String,
    issued: String,
    updated: String,
    references: Vec<String>,
    packages: Vec<[String; 5]>,
}

/// Reads the document; `place` is what it is called in messages.
pub fn read_updateinfo(source: impl Read, place: &str) -> Result<AdvisoryInput, Error> {
    let mut stream = XmlStream::new(source, place, "updates");
    let mut input = AdvisoryInput::default();
    let mut update = Update::default();
    let mut field = Field::None;
    loop {
        let fault = match stream.next()? {
            Piece::Eof => return Ok(input),
            Piece::Start { tag, depth, .. } => {
                field = match (depth, tag.local_name().as_ref()) {
                    (2, "id") => Field::Id,
                    (2, "title") => Field::Title,
                    (2, "severity") => Field::Severity,
                    _ => Field::None,
                };
                match (depth, tag.local_name().as_ref()) {
                    (1, "update") => {
                        update = Update::default();
                        None
                    }
                    (2, "issued") => attribute(&tag, "date")
                        .map(|date| update.issued = date.unwrap_or_default())
                        .err(),
                    (2, "updated") => attribute(&tag, "date")
                        .map(|date| update.updated = date.unwrap_or_default())
                        .err(),
                    (3, "reference") => attributes(&tag, |name, value| {
                        if matches!(name, "href" | "id") {
                            update.references.push(value.to_owned());
                        }
                    })
                    .err(),
                    (4, "package") => {
                        let mut package: [String; 5] = Default::default();
                        let read = attributes(&tag, |name, value| {
                            let keys = ["name", "epoch", "version", "release", "src"];
                            if let Some(index) = keys.iter().position(|key| *key == name) {
                                value.clone_into(&mut package[index]);
                            }
                        });
                        update.packages.push(package);
                        read.err()
                    }
                    _ => None,
                }
            }
            Piece::Text(text) => {
                match field {
                    Field::Id => update.id.push_str(&text),
                    Field::Title => update.title.push_str(&text),
                    Field::Severity => update.severity.push_str(&text),
                    Field::None => {}
                }
                None
            }
            Piece::End { depth } => {
                field = Field::None;
                if depth == 1 {
                    let update = std::mem::take(&mut update);
                    if let Some(id) = input.id_of(update.id.trim(), place) {
                        let issued = input.moment_of(&update.issued, "issued", &id, place);
                        let updated = input.moment_of(&update.updated, "updated", &id, place);
                        let advisory = Advisory {
                            issued,
                            updated,
                            ..advisory(id, &update)
                        };
                        input.advisories.push(advisory);
                    }
                }
                None
            }
        };
        if let Some(cause) = fault {
            return Err(stream.error(cause));
        }
    }
}

/// An advisory without its dates.
fn advisory(id: AdvisoryId, update: &Update) -> Advisory {
    let packages = update.packages.iter();
    let packages = packages.map(|[name, epoch, version, release, source]| {
        fixed_package(name, epoch.parse().unwrap_or(0), version, release, source)
    });
    let mut advisory = Advisory {
        id,
        severity: match Severity::of_word(&update.severity) {
            Severity::Unrated => Severity::of_title(&update.title),
            severity => severity,
        },
        issued: None,
        issue_is_copied: false,
        updated: None,
        cves: Vec::new(),
        named: Vec::new(),
        packages: each_build_once(packages.collect()),
    };
    for reference in &update.references {
        add_reference(&mut advisory, reference);
    }
    advisory
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<updates><update status="final" type="security"><id>ALSA-2022:4940</id><title>Important: xz &amp; more</title>
<issued date="2022-06-08 00:00:00"/><updated date="2023-03-07 17:32:16"/><description><![CDATA[x]]></description>
<references><reference href="https://access.redhat.com/errata/RHSA-2022:4940" id="RHSA-2022:4940" type="rhsa"/>
<reference href="https://access.redhat.com/security/cve/CVE-2022-1271" id="CVE-2022-1271" type="cve"/></references>
<pkglist><collection short="x"><name>x</name><package name="xz" version="5.2.5" release="8.el9_0" epoch="0" arch="x86_64"
src="xz-5.2.5-8.el9_0.src.rpm"><filename>f</filename><sum type="sha256">deadbeef</sum></package>
<package name="xz-libs" version="5.2.5" release="8.el9_0" epoch="0" arch="x86_64" src="xz-5.2.5-8.el9_0.src.rpm"/></collection></pkglist>
</update><update><id>other</id></update></updates>"#;

    #[test]
    fn an_update_is_read() {
        let input = read_updateinfo(DOCUMENT.as_bytes(), "updateinfo.xml").unwrap();
        let [advisory] = &input.advisories[..] else {
            panic!("{:?}", input.advisories);
        };
        assert_eq!(advisory.id.to_string(), "ALSA-2022:4940");
        assert_eq!(advisory.severity, Severity::Important);
        assert_eq!(advisory.issued.unwrap().to_string(), "2022-06-08T00:00:00Z");
        assert_eq!(
            advisory.updated.unwrap().to_string(),
            "2023-03-07T17:32:16Z"
        );
        assert_eq!(advisory.cves, ["CVE-2022-1271"]);
        assert_eq!(advisory.named[0].to_string(), "RHSA-2022:4940");
        let packages = advisory.packages.iter();
        let packages: Vec<_> = packages
            .map(|known| format!("{} {}", known.name, known.evr))
            .collect();
        assert_eq!(packages, ["xz 5.2.5-8.el9_0"]);
        assert!(
            input.warnings[0].contains("updateinfo.xml: “other”"),
            "{:?}",
            input.warnings
        );
    }

    #[test]
    fn a_date_that_cannot_be_read_is_told() {
        let text = DOCUMENT.replace("2022-06-08 00:00:00", "2022-06-08 24h");
        let input = read_updateinfo(text.as_bytes(), "updateinfo.xml").unwrap();
        assert_eq!(input.advisories[0].issued, None);
        assert!(input.advisories[0].updated.is_some());
        assert_eq!(
            input.warnings[0],
            "updateinfo.xml: ALSA-2022:4940: its issued “2022-06-08 24h” is no date, and is not known therefore."
        );
    }

    #[test]
    fn what_is_none_is_an_error_that_names_the_file() {
        for text in ["", "<updates>", "<metadata/>", "<html></html>"] {
            let error = read_updateinfo(text.as_bytes(), "updateinfo.xml").unwrap_err();
            assert!(
                error.to_string().contains("error: updateinfo.xml: "),
                "{error}"
            );
        }
    }
}
