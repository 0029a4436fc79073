//! Documents in the format of OSV, of either side.
//!
//! Source: <https://ossf.github.io/osv-schema/>. Of AlmaLinux's documents `published` is the day of the reference's advisory,
//! not that of AlmaLinux's; `modified` is AlmaLinux's. One with `withdrawn` counts no more from that time on.

use super::reading::{AdvisoryInput, Text, add_reference};
use super::unpacking::unwrapped;
use crate::analysis::{Advisory, FixedPackage};
use crate::domain::{Evr, Severity};
use crate::publish::repository::Compression;
use crate::publish::side_by_side::act_while_finding;
use crate::publish::{Cause, Error};
use serde::Deserialize;
use smallvec::SmallVec;
use std::borrow::Cow;
use std::io::{BufReader, Read};
use std::ops::Range;

/// Bytes of one document of an archive.
const DOCUMENT_BYTES_MAX: u64 = 16 << 20;
/// Bytes of the documents that are handed to a thread together: enough that handing them over takes no time beside reading.
const BATCH_BYTES: usize = 64 << 10;
const BUFFER_BYTES: usize = 64 << 10;
/// Room for a batch and the document that fills it. The allocator keeps pieces of this size; were they larger, it would ask the
/// system for each anew, which takes longer than reading them.
const BATCH_ROOM_BYTES: usize = BATCH_BYTES + (32 << 10);

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, default)]
    summary: Option<Text<'a>>,
    #[serde(borrow, default)]
    affected: Vec<Affected<'a>>,
    #[serde(borrow, default)]
    related: Vec<Text<'a>>,
    #[serde(borrow, default)]
    aliases: Vec<Text<'a>>,
    #[serde(borrow, default)]
    upstream: Vec<Text<'a>>,
    #[serde(borrow, default)]
    published: Option<Text<'a>>,
    #[serde(borrow, default)]
    modified: Option<Text<'a>>,
    #[serde(borrow, default)]
    withdrawn: Option<Text<'a>>,
    #[serde(borrow, default)]
    references: Vec<Reference<'a>>,
}

#[derive(Deserialize)]
struct Affected<'a> {
    #[serde(borrow)]
    package: Package<'a>,
    #[serde(borrow, default)]
    ranges: SmallVec<[AffectedRange<'a>; 1]>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    ecosystem: Cow<'a, str>,
    #[serde(borrow)]
    name: Cow<'a, str>,
}

#[derive(Deserialize)]
struct AffectedRange<'a> {
    #[serde(borrow, default)]
    events: SmallVec<[Event<'a>; 2]>,
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(borrow)]
    fixed: Option<Text<'a>>,
}

#[derive(Deserialize)]
struct Reference<'a> {
    #[serde(borrow)]
    url: Cow<'a, str>,
}

/// Whether bytes are those of an archive and not of a document: compressed, or with the mark of tar.
pub fn is_archive(bytes: &[u8]) -> bool {
    let is_compressed =
        Compression::of_start(bytes).is_some_and(|compression| compression != Compression::Plain);
    is_compressed || bytes.get(257..262) == Some(b"ustar")
}

/// Reads all documents of a tar archive, of which those count that are of the ecosystem; files that are no JSON are passed
/// over, and a document that cannot be read is told. `place` is what the archive is called in messages.
pub fn read_osv_archive(
    archive: impl Read,
    place: &str,
    ecosystem: &str,
) -> Result<AdvisoryInput, Error> {
    let told = |error| match unwrapped(error, place) {
        // The archive says in words what it is lacking.
        Error {
            place,
            cause: Cause::Io(error),
        } => Error::at(place, Cause::Advisories(error.to_string())),
        error => error,
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let batches = act_while_finding(
        threads,
        |batch: Batch| batch.read(place, ecosystem),
        |give| {
            let mut batch = Batch::new();
            // Archives are read in small pieces, and unpacked far quicker in large ones.
            let archive = BufReader::with_capacity(BUFFER_BYTES, archive);
            let mut archive = tar::Archive::new(archive);
            for entry in archive.entries().map_err(told)? {
                let mut entry = entry.map_err(told)?;
                let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
                if !entry.header().entry_type().is_file() || !path.ends_with(".json") {
                    continue;
                }
                if entry.size() > DOCUMENT_BYTES_MAX {
                    let cause = Cause::TooLong {
                        limit: DOCUMENT_BYTES_MAX,
                        stated: false,
                    };
                    return Err(Error::at(format_args!("{place}: {path}"), cause));
                }
                let start = batch.bytes.len();
                batch.bytes.reserve(entry.size() as usize);
                entry.read_to_end(&mut batch.bytes).map_err(told)?;
                batch.documents.push((path, start..batch.bytes.len()));
                if batch.bytes.len() > BATCH_BYTES {
                    give(std::mem::replace(&mut batch, Batch::new()));
                }
            }
            give(batch);
            Ok(())
        },
    )?;
    let mut input = AdvisoryInput::default();
    let mut documents = 0;
    for (read, of_batch) in batches {
        documents += read;
        input.append(of_batch);
    }
    if documents == 0 {
        let cause = Cause::Advisories("the archive has no JSON document".to_owned());
        return Err(Error::at(place, cause));
    }
    Ok(input)
}

/// Documents of an archive that one thread reads.
struct Batch {
    bytes: Vec<u8>,
    documents: Vec<(String, Range<usize>)>,
}

impl Batch {
    fn new() -> Self {
        Self {
            bytes: Vec::with_capacity(BATCH_ROOM_BYTES),
            documents: Vec::new(),
        }
    }

    /// How many documents these are, and what they say.
    fn read(self, place: &str, ecosystem: &str) -> (usize, AdvisoryInput) {
        let mut input = AdvisoryInput::default();
        for (path, extent) in &self.documents {
            match parsed(&self.bytes[extent.clone()]) {
                Ok(document) => add(&document, place, ecosystem, &mut input),
                Err(error) => input.warnings.push(format!(
                    "{place}: {path}: this is no document of OSV, and is left out: {error}."
                )),
            }
        }
        (self.documents.len(), input)
    }
}

/// Reads one document.
pub fn read_osv(bytes: &[u8], place: &str, ecosystem: &str) -> Result<AdvisoryInput, Error> {
    let document =
        parsed(bytes).map_err(|error| Error::at(place, Cause::Advisories(error.to_string())))?;
    let mut input = AdvisoryInput::default();
    add(&document, place, ecosystem, &mut input);
    Ok(input)
}

/// A document whose bytes are checked to be text all at once, which takes less time than text by text.
fn parsed(bytes: &[u8]) -> serde_json::Result<Document<'_>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => serde_json::from_str(text),
        // This tells the line that has them.
        Err(_) => serde_json::from_slice(bytes),
    }
}

/// Adds an advisory, unless all its packages are of other ecosystems.
fn add(document: &Document<'_>, place: &str, ecosystem: &str, input: &mut AdvisoryInput) {
    let mut affected = document
        .affected
        .iter()
        .filter(|affected| is_of(&affected.package.ecosystem, ecosystem))
        .peekable();
    if affected.peek().is_none() && !document.affected.is_empty() {
        return;
    }
    let Some(id) = input.id_of(&document.id, place) else {
        return;
    };
    let mut packages = Vec::with_capacity(document.affected.len());
    packages.extend(affected.flat_map(|affected| {
        let events = affected.ranges.iter().flat_map(|range| &range.events);
        events.filter_map(|event| {
            Some(FixedPackage {
                name: affected.package.name.clone().into_owned(),
                source: None,
                evr: Evr::parse(&event.fixed.as_ref()?.0)?,
            })
        })
    }));
    let mut date =
        |text: &Option<Text<'_>>, what: &str| input.moment_of(&text.as_ref()?.0, what, &id, place);
    let issued = date(&document.published, "published");
    let updated = date(&document.modified, "modified");
    if document.withdrawn.is_some() {
        let since = date(&document.withdrawn, "withdrawn");
        input.withdrawn.insert(id.clone(), since);
    }
    let summary = document.summary.as_ref().map_or("", |text| &text.0);
    let mut advisory = Advisory {
        id,
        severity: Severity::of_title(summary),
        issued,
        issue_is_copied: false,
        updated,
        cves: Vec::new(),
        named: Vec::new(),
        packages,
    };
    let named = [&document.related, &document.aliases, &document.upstream];
    for text in named.into_iter().flatten() {
        add_reference(&mut advisory, &text.0);
    }
    for reference in &document.references {
        add_reference(&mut advisory, &reference.url);
        // Red Hat's documents say the severity in the address of its explanation alone.
        if let Some((_, word)) = reference.url.split_once("/classification/#") {
            advisory.severity = advisory.severity.min(Severity::of_word(word));
        }
    }
    input.advisories.push(advisory);
}

/// Whether an ecosystem such as `Red Hat:enterprise_linux:9::appstream` is the one wanted or a part of it.
pub fn is_of(ecosystem: &str, wanted: &str) -> bool {
    let rest = ecosystem.strip_prefix(wanted);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.']))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OF_BOTH: &str = r#"{"id": "ALSA-2024:8127", "summary": "Critical: a security update", "details": "\u00e9",
        "affected": [
            {"package": {"ecosystem": "AlmaLinux:9", "name": "a"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1:2-3.el9_4"}]}]},
            {"package": {"ecosystem": "AlmaLinux:8", "name": "a"}, "ranges": [{"events": [{"fixed": "1:2-3.el8_10"}]}]}],
        "related": ["CVE-2024-9675", "CVE-2024-9676"],
        "published": "2024-10-15T00:00:00Z", "modified": "2024-10-17T08:00:00.5Z",
        "references": [{"type": "ADVISORY", "url": "https://access.redhat.com/errata/RHSA-2024:8127"},
            {"url": "https://errata.almalinux.org/9/ALSA-2024-8127.html"}, {"url": "https://a.example/CVE-2024-9675"}]}"#;

    fn check(text: &str, ecosystem: &str, expected: &[&str]) {
        let input = read_osv(text.as_bytes(), "a.json", ecosystem).unwrap();
        let found: Vec<String> = input
            .advisories
            .iter()
            .map(|advisory| {
                let packages = advisory.packages.iter();
                let packages: Vec<_> = packages
                    .map(|known| format!("{} {}", known.name, known.evr))
                    .collect();
                let named: Vec<_> = advisory.named.iter().map(ToString::to_string).collect();
                let moment = |moment: Option<_>| {
                    moment.map(|moment: crate::domain::Timestamp| moment.to_string())
                };
                format!(
                    "{} {:?} {} {} {packages:?} {:?} {named:?}",
                    advisory.id,
                    advisory.severity,
                    moment(advisory.issued).unwrap_or_default(),
                    moment(advisory.updated).unwrap_or_default(),
                    advisory.cves
                )
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_packages_of_one_ecosystem_are_read() {
        check(
            OF_BOTH,
            "AlmaLinux:9",
            &[
                r#"ALSA-2024:8127 Critical 2024-10-15T00:00:00Z 2024-10-17T08:00:00Z ["a 1:2-3.el9_4"] ["CVE-2024-9675", "CVE-2024-9676"] ["RHSA-2024:8127"]"#,
            ],
        );
        check(OF_BOTH, "AlmaLinux:10", &[]);
        check(
            r#"{"id": "RHSA-2024:1", "references": [{"url": "https://a.example/updates/classification/#important"}]}"#,
            "Red Hat:enterprise_linux:9",
            &[r#"RHSA-2024:1 Important   [] [] []"#],
        );
    }

    #[test]
    fn a_date_that_cannot_be_read_is_told() {
        let text = r#"{"id": "ALSA-2026:0001", "published": "2026-13-01T00:00:00Z", "modified": "2026-11-03"}"#;
        let input = read_osv(text.as_bytes(), "a.json", "AlmaLinux:9").unwrap();
        assert_eq!(
            input.warnings,
            [
                "a.json: ALSA-2026:0001: its published “2026-13-01T00:00:00Z” is no date, and is not known therefore."
            ]
        );
        assert_eq!(input.advisories[0].issued, None);
        assert!(input.advisories[0].updated.is_some());
    }

    #[test]
    fn an_ecosystem_has_parts() {
        for (ecosystem, expected) in [
            ("Red Hat:enterprise_linux:9::appstream", true),
            ("Red Hat:enterprise_linux:9", true),
            ("Red Hat:enterprise_linux:9.2", true),
            ("Red Hat:enterprise_linux:90", false),
            ("Red Hat:rhel_eus:9.2::appstream", false),
        ] {
            assert_eq!(
                is_of(ecosystem, "Red Hat:enterprise_linux:9"),
                expected,
                "{ecosystem}"
            );
        }
    }

    fn archive(files: &[(&str, &str)]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (path, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            builder
                .append_data(&mut header, path, text.as_bytes())
                .unwrap();
        }
        builder.into_inner().unwrap()
    }

    #[test]
    fn an_archive_is_read_whole_or_not_at_all() {
        let whole = archive(&[
            ("README.md", "not JSON"),
            ("advisories/almalinux9/a.json", OF_BOTH),
            ("advisories/almalinux9/b.json", "{}"),
        ]);
        assert!(is_archive(&whole));
        let input = read_osv_archive(&whole[..], "a.tar", "AlmaLinux:9").unwrap();
        assert_eq!(input.advisories.len(), 1);
        assert!(
            input.warnings[0].contains("a.tar: advisories/almalinux9/b.json"),
            "{:?}",
            input.warnings
        );
        for cut in [600, 1_100, 1_700] {
            let error = read_osv_archive(&whole[..cut], "a.tar", "AlmaLinux:9").unwrap_err();
            assert!(
                error.to_string().contains("error: a.tar: "),
                "{cut}: {error}"
            );
        }
        let empty = archive(&[("README.md", "x")]);
        assert!(read_osv_archive(&empty[..], "a.tar", "AlmaLinux:9").is_err());
    }
}
