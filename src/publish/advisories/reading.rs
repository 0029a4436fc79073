//! Reads one input of the security clock, whatever its format.

use super::csaf::read_csaf;
use super::dates::read_dates;
use super::errata::read_errata;
use super::folder::documents;
use super::moment::moment;
use super::osv::{is_archive, read_osv, read_osv_archive};
use super::unpacking::{BYTES_MAX, Unpacked};
use super::updateinfo::read_updateinfo;
use crate::analysis::Advisory;
use crate::domain::{AdvisoryId, Timestamp, is_cve};
use crate::publish::configuration::AdvisoriesSetting;
use crate::publish::fetch::Fetcher;
use crate::publish::numbers::counted;
use crate::publish::repository::{ByteLimit, Location, without_credentials};
use crate::publish::{Cause, Error};
use crate::report::{AdvisoryFormatName, SideName, limits};
use serde::Deserialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Display;
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
    /// The advisories that are withdrawn, with the time from which on they do not count; `None` where that cannot be read.
    pub withdrawn: BTreeMap<AdvisoryId, Option<Timestamp>>,
    /// When vulnerabilities became public.
    pub disclosures: BTreeMap<String, Timestamp>,
    /// What was left out, and why; one sentence each.
    pub warnings: Vec<String>,
}

/// Dates before this year are slips, such as a small number taken for seconds since 1970: no release that is compared here is
/// older than RHEL 2.1 of 2002.
const FIRST_YEAR: i32 = 2000;

/// A text that is not copied where it holds no escapes.
#[derive(Deserialize)]
pub struct Text<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// Reads an input: a file or a folder of documents of this machine, or a file at an address. One of the distribution's that has no
/// advisory is refused: every fix would look unannounced.
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
            for file in documents(path, setting.format)? {
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
    let is_own = setting.side == SideName::Distribution;
    let has_none = input.advisories.is_empty() && setting.format != AdvisoryFormatName::Dates;
    if is_own && has_none {
        // It is published why, and so no path of this machine.
        let place = &setting.published_location;
        return Err(Error::at(place, Cause::NoAdvisories));
    }
    if is_own && setting.format == AdvisoryFormatName::Osv {
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

    /// A date of an advisory or a vulnerability; one that cannot be read is told, and not known. `what` is what the input calls it.
    pub fn moment_of(
        &mut self,
        text: &str,
        what: &str,
        of: &dyn Display,
        place: &str,
    ) -> Option<Timestamp> {
        if text.trim().is_empty() {
            return None;
        }
        let found = moment(text);
        if found.is_none() {
            self.warnings.push(format!(
                "{place}: {of}: its {what} “{text:.40}” is no date, and is not known therefore."
            ));
        }
        found
    }

    /// Adds what another input says.
    pub fn append(&mut self, other: Self) {
        self.advisories.extend(other.advisories);
        self.dates.extend(other.dates);
        self.withdrawn.extend(other.withdrawn);
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

    /// Takes out the advisories that are withdrawn at the snapshot. `name` is what the input is called in the warning.
    pub fn without_withdrawn_advisories(mut self, name: &str, taken: Timestamp) -> Self {
        self.withdrawn
            .retain(|_, since| since.is_none_or(|since| since.unix_days() <= taken.unix_days()));
        self.advisories
            .retain(|advisory| !self.withdrawn.contains_key(&advisory.id));
        if let Some(id) = self.withdrawn.keys().next() {
            self.warnings.push(format!(
                "{name}: {} withdrawn, and left out, such as {id}.",
                counted(self.withdrawn.len(), "advisory is", "advisories are")
            ));
        }
        self
    }

    /// Takes out the advisories that their own date of issue puts after the day of the snapshot: they did not exist then. `name`
    /// is what the input is called in the warning.
    pub fn without_later_advisories(mut self, name: &str, taken: Timestamp) -> Self {
        let mut later = BTreeMap::new();
        self.advisories.retain(|advisory| {
            let own = advisory.issued.filter(|_| !advisory.issue_is_copied);
            let after = own.filter(|issued| issued.unix_days() > taken.unix_days());
            later.extend(after.map(|issued| (advisory.id.clone(), issued)));
            after.is_none()
        });
        if let Some((id, issued)) = later.first_key_value() {
            self.warnings.push(format!(
                "{name}: {} dated after the day of the report, and left out, such as {id} of {issued}.",
                counted(later.len(), "advisory is", "advisories are")
            ));
        }
        self
    }

    /// Takes out the dates that cannot be, before [`FIRST_YEAR`] or after the day of the snapshot: they are not known then. `name`
    /// is what the input is called in the warning.
    pub fn without_impossible_dates(mut self, name: &str, taken: Timestamp) -> Self {
        let is_possible = |moment: Timestamp| {
            moment.year_month_day().0 >= FIRST_YEAR && moment.unix_days() <= taken.unix_days()
        };
        let mut left_out: Vec<String> = Vec::new();
        let mut leave_out = |of: &dyn Display, moment: Timestamp| {
            left_out.push(format!("{of}: {moment}"));
        };
        for advisory in &mut self.advisories {
            for date in [&mut advisory.issued, &mut advisory.updated] {
                if let Some(moment) = date.take_if(|moment| !is_possible(*moment)) {
                    leave_out(&advisory.id, moment);
                }
            }
        }
        self.dates.retain(|id, moment| {
            let is_kept = is_possible(*moment);
            if !is_kept {
                leave_out(id, *moment);
            }
            is_kept
        });
        self.disclosures.retain(|cve, moment| {
            let is_kept = is_possible(*moment);
            if !is_kept {
                leave_out(cve, *moment);
            }
            is_kept
        });
        if let Some(first) = left_out.first() {
            self.warnings.push(format!(
                "{name}: {} before {FIRST_YEAR} or after the day of the report, and not known therefore, such as {first}.",
                counted(left_out.len(), "date is", "dates are")
            ));
        }
        self
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Severity;

    #[test]
    fn an_advisory_of_a_later_day_did_not_exist_yet() {
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let advisory = |issued: Option<&str>, issue_is_copied| Advisory {
            id: "ALSA-2026:0001".parse().unwrap(),
            severity: Severity::Low,
            issued: issued.map(at),
            issue_is_copied,
            updated: Some(at("2026-09-08T00:00:00Z")),
            cves: Vec::new(),
            named: Vec::new(),
            packages: Vec::new(),
        };
        let check = |issued: Option<&str>, issue_is_copied: bool, expected: Option<&str>| {
            let input = AdvisoryInput {
                advisories: vec![advisory(issued, issue_is_copied)],
                ..AdvisoryInput::default()
            };
            let kept = input.without_later_advisories("errata", at("2026-09-06T04:10:00Z"));
            let is_kept = expected.is_none();
            let left = vec![advisory(issued, issue_is_copied); usize::from(is_kept)];
            assert_eq!(kept.advisories, left);
            assert_eq!(kept.warnings, Vec::from_iter(expected));
        };
        check(
            Some("2026-09-07T00:00:00Z"),
            false,
            Some(
                "errata: 1 advisory is dated after the day of the report, and left out, such as ALSA-2026:0001 of 2026-09-07T00:00:00Z.",
            ),
        );
        check(Some("2026-09-07T00:00:00Z"), true, None);
        check(Some("2026-09-06T23:00:00Z"), false, None);
        check(Some("1969-12-31T00:00:00Z"), false, None);
        check(None, false, None);
    }

    #[test]
    fn a_withdrawn_advisory_counts_no_more_from_then_on() {
        let check = |withdrawn: &str, kept: usize, expected: &[&str]| {
            let text = format!(
                r#"{{"id": "ALSA-2026:0001", "published": "2026-09-01T00:00:00Z", "withdrawn": {withdrawn}}}"#
            );
            let input = read_osv(text.as_bytes(), "a.json", "AlmaLinux:9").unwrap();
            let taken = "2026-09-06T04:10:00Z".parse().unwrap();
            let input = input.without_withdrawn_advisories("osv", taken);
            assert_eq!(input.advisories.len(), kept, "{withdrawn}");
            assert_eq!(input.warnings, expected, "{withdrawn}");
        };
        let told = "osv: 1 advisory is withdrawn, and left out, such as ALSA-2026:0001.";
        check("null", 1, &[]);
        check("\"2026-09-05T10:00:00Z\"", 0, &[told]);
        check("\"2026-09-07T00:00:00Z\"", 1, &[]);
        let no_date =
            "a.json: ALSA-2026:0001: its withdrawn “soon” is no date, and is not known therefore.";
        check("\"soon\"", 0, &[no_date, told]);
    }

    #[test]
    fn dates_that_cannot_be_are_not_known_and_told() {
        let check = |issued: i64, expected: Option<i64>| {
            let id: AdvisoryId = "ALSA-2026:0001".parse().unwrap();
            let moment = |seconds| Timestamp::from_unix_seconds(seconds).unwrap();
            let advisory = Advisory {
                id: id.clone(),
                severity: Severity::Low,
                issued: Some(moment(issued)),
                issue_is_copied: false,
                updated: None,
                cves: Vec::new(),
                named: Vec::new(),
                packages: Vec::new(),
            };
            let input = AdvisoryInput {
                advisories: vec![advisory],
                dates: [(id, moment(issued))].into(),
                withdrawn: BTreeMap::new(),
                disclosures: [("CVE-2026-0001".to_owned(), moment(issued))].into(),
                warnings: Vec::new(),
            };
            let taken = "2026-09-06T04:10:00Z".parse().unwrap();
            let kept = input.without_impossible_dates("errata", taken);
            let expected = expected.map(moment);
            let told = kept.warnings.join(" ");
            assert_eq!(kept.advisories[0].issued, expected);
            assert_eq!(kept.dates.into_values().next(), expected);
            assert_eq!(kept.disclosures.into_values().next(), expected);
            assert_eq!(told.is_empty(), expected.is_some(), "{told}");
            told
        };
        let told = check(-5, None);
        let expected = "errata: 3 dates are before 2000 or after the day of the report, and not known therefore, such as ALSA-2026:0001: 1969-12-31T23:59:55Z.";
        assert_eq!(told, expected);
        let at = |text: &str| text.parse::<Timestamp>().unwrap().unix_seconds();
        for day in ["1999-12-31", "2026-09-07"] {
            check(at(day), None);
        }
        for day in ["2000-01-01", "2026-09-06T23:00:00Z"] {
            check(at(day), Some(at(day)));
        }
    }
}
