//! Reads one input of the security clock, whatever its format.

use super::csaf::read_csaf;
use super::dates::read_dates;
use super::errata::read_errata;
use super::osv::{is_archive, read_osv, read_osv_archive};
use super::unpacking::{BYTES_MAX, Unpacked};
use super::updateinfo::read_updateinfo;
use crate::analysis::Advisory;
use crate::domain::{AdvisoryId, Timestamp, is_cve};
use crate::publish::configuration::AdvisoriesSetting;
use crate::publish::fetch::Fetcher;
use crate::publish::json_file::json_files;
use crate::publish::repository::{ByteLimit, Location, without_credentials};
use crate::publish::{Cause, Error};
use crate::report::{AdvisoryFormatName, SideName, limits};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

/// What one input says.
#[derive(Debug, Default)]
pub struct AdvisoryInput {
    /// Its advisories.
    pub advisories: Vec<Advisory>,
    /// The dates of a table of dates.
    pub dates: BTreeMap<AdvisoryId, Timestamp>,
    /// When vulnerabilities became public.
    pub disclosures: BTreeMap<String, Timestamp>,
    /// What was left out, and why; one sentence each.
    pub warnings: Vec<String>,
}

/// A text that is not copied where it holds no escapes.
#[derive(Deserialize)]
pub struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// Reads an input: a file or a folder of JSON documents of this machine, or a file at an address.
pub fn read_advisories(
    setting: &AdvisoriesSetting,
    fetcher: &Fetcher,
) -> Result<AdvisoryInput, Error> {
    let mut input = match &setting.location {
        Location::Address(address) => {
            let place = without_credentials(address);
            let limit = ByteLimit {
                bytes: BYTES_MAX,
                stated: false,
            };
            let read = |bytes: &[u8]| read_bytes(bytes, &place, setting);
            fetcher.document(address, limit, read)?.value
        }
        Location::Path(path) if path.is_dir() => {
            let mut input = AdvisoryInput::default();
            for file in json_files(path)? {
                let place = file.display().to_string();
                input.append(read_bytes(&bytes_of(&file)?, &place, setting)?);
            }
            input
        }
        Location::Path(path) => {
            let place = path.display().to_string();
            read_bytes(&bytes_of(path)?, &place, setting)?
        }
    };
    if setting.format == AdvisoryFormatName::Osv && setting.side == SideName::Distribution {
        for advisory in &mut input.advisories {
            advisory.issue_is_copied = true;
        }
    }
    limits::within("advisories", input.advisories.len(), limits::ADVISORIES * 4)
        .map_err(|cause| Error::at(&setting.location, Cause::Limit(cause)))?;
    input.warnings.truncate(limits::ENTRIES / 4);
    Ok(input)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Error> {
    let io = |error| Error::io(path, error);
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(io)?;
    let length = fs::metadata(path).map_err(io)?.len();
    file.take(BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(io)?;
    if length.max(bytes.len() as u64) > BYTES_MAX {
        let cause = Cause::TooLong {
            limit: BYTES_MAX,
            stated: false,
        };
        return Err(Error::at(path.display(), cause));
    }
    Ok(bytes)
}

fn read_bytes(
    bytes: &[u8],
    place: &str,
    setting: &AdvisoriesSetting,
) -> Result<AdvisoryInput, Error> {
    let ecosystem = setting.ecosystem.as_str();
    let unpacked = Unpacked::new(bytes, place)?;
    match setting.format {
        AdvisoryFormatName::Errata => read_errata(&unpacked.whole()?, place),
        AdvisoryFormatName::Updateinfo => read_updateinfo(unpacked, place),
        AdvisoryFormatName::Osv if is_archive(bytes) => {
            read_osv_archive(unpacked, place, ecosystem)
        }
        AdvisoryFormatName::Osv => read_osv(&unpacked.whole()?, place, ecosystem),
        AdvisoryFormatName::Csaf => read_csaf(&unpacked.whole()?, place, ecosystem),
        AdvisoryFormatName::Dates => read_dates(&unpacked.whole()?, place, &setting.dates),
    }
}

impl AdvisoryInput {
    /// The name of an advisory; a text that is none is told.
    pub fn id_of(&mut self, text: &str, place: &str) -> Option<AdvisoryId> {
        match text.parse() {
            Ok(id) => Some(id),
            Err(_) => {
                let text: String = text.chars().take(80).collect();
                self.warnings.push(format!(
                    "{place}: “{text}” names no advisory such as ALSA-2024:1234, and is left out."
                ));
                None
            }
        }
    }

    fn append(&mut self, other: Self) {
        self.advisories.extend(other.advisories);
        self.dates.extend(other.dates);
        self.warnings.extend(other.warnings);
        for (cve, moment) in other.disclosures {
            self.add_disclosure(cve, moment);
        }
    }

    /// Adds when a vulnerability became public; the earliest counts.
    pub fn add_disclosure(&mut self, cve: String, moment: Timestamp) {
        let known = self.disclosures.entry(cve).or_insert(moment);
        *known = (*known).min(moment);
    }

    /// The newest date in it.
    pub fn dated(&self) -> Option<Timestamp> {
        let advisories = self.advisories.iter();
        let moments = advisories.flat_map(|advisory| advisory.issued.max(advisory.updated));
        moments.chain(self.dates.values().copied()).max()
    }
}

/// Adds what an address or a name refers to: a vulnerability, or another advisory.
pub fn add_reference(advisory: &mut Advisory, text: &str) {
    let name = text.rsplit('/').next().unwrap_or_default();
    let name = name.strip_suffix(".html").unwrap_or(name);
    if is_cve(name) {
        let is_known = advisory.cves.iter().any(|known| known == name);
        if !is_known && advisory.cves.len() < limits::CVES {
            advisory.cves.push(name.to_owned());
        }
    } else if let Ok(id) = name.parse::<AdvisoryId>()
        && id != advisory.id
        && !advisory.named.contains(&id)
    {
        advisory.named.push(id);
    }
}
