//! AlmaLinux's errata in JSON: `errata.full.json` and the older `errata.json`, whose advisories stand there once for each
//! repository.
//!
//! Source: `https://errata.almalinux.org/9/errata.full.json`. Checksums are not read.

use super::reading::{AdvisoryInput, Text, add_reference};
use crate::analysis::{Advisory, FixedPackage};
use crate::domain::{Evr, Nvr, Severity};
use crate::publish::{Cause, Error};
use serde::Deserialize;
use serde_json::{Number, Value};
use std::borrow::Cow;

/// The newer form.
#[derive(Deserialize)]
struct Full<'a> {
    #[serde(borrow)]
    data: Vec<Record<'a>>,
}

/// One advisory of either form.
#[derive(Deserialize)]
struct Record<'a> {
    #[serde(borrow, alias = "updateinfo_id")]
    id: Cow<'a, str>,
    issued_date: Option<Date>,
    updated_date: Option<Date>,
    #[serde(borrow)]
    severity: Option<Text<'a>>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow, default)]
    packages: Vec<Package<'a>>,
    #[serde(borrow)]
    pkglist: Option<PackageList<'a>>,
    #[serde(borrow, default)]
    references: Vec<Reference<'a>>,
}

/// Seconds since 1970, milliseconds in the older form, a text, or anything else, which is no date.
#[derive(Deserialize)]
#[serde(untagged)]
enum Date {
    Seconds(Number),
    Milliseconds {
        #[serde(rename = "$date")]
        milliseconds: Number,
    },
    Text(String),
    Other(Value),
}

#[derive(Deserialize)]
struct PackageList<'a> {
    #[serde(borrow, default)]
    packages: Vec<Package<'a>>,
}

#[derive(Deserialize)]
struct Package<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    epoch: Option<Epoch>,
    #[serde(borrow)]
    version: Cow<'a, str>,
    #[serde(borrow)]
    release: Cow<'a, str>,
    #[serde(borrow)]
    src: Option<Text<'a>>,
}

/// A number, or one in quotation marks.
#[derive(Deserialize)]
#[serde(untagged)]
enum Epoch {
    Number(u32),
    Text(String),
}

#[derive(Deserialize)]
struct Reference<'a> {
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    href: Option<Text<'a>>,
}

/// Reads either form; `place` is what it is called in messages.
pub fn read_errata(bytes: &[u8], place: &str) -> Result<AdvisoryInput, Error> {
    let malformed =
        |error: serde_json::Error| Error::at(place, Cause::Advisories(error.to_string()));
    let is_older = bytes.trim_ascii_start().starts_with(b"[");
    let records: Vec<Record<'_>> = if is_older {
        serde_json::from_slice(bytes).map_err(malformed)?
    } else {
        let full: Full<'_> = serde_json::from_slice(bytes).map_err(malformed)?;
        full.data
    };
    let mut input = AdvisoryInput::default();
    for record in &records {
        let Some(id) = input.id_of(&record.id, place) else {
            continue;
        };
        let mut moment = |date: &Option<Date>, what: &str| {
            input.moment_of(&date.as_ref()?.text(), what, &id, place)
        };
        let issued = moment(&record.issued_date, "issued_date");
        let updated = moment(&record.updated_date, "updated_date");
        let mut advisory = Advisory {
            id,
            severity: match Severity::of_word(word(&record.severity)) {
                Severity::Unrated => Severity::of_title(word(&record.title)),
                severity => severity,
            },
            issued,
            issue_is_copied: false,
            updated,
            cves: Vec::new(),
            named: Vec::new(),
            packages: packages_of(record),
        };
        for reference in &record.references {
            add_reference(&mut advisory, word(&reference.id));
            add_reference(&mut advisory, word(&reference.href));
        }
        input.advisories.push(advisory);
    }
    Ok(input)
}

fn word<'a>(text: &'a Option<Text<'_>>) -> &'a str {
    text.as_ref().map_or("", |text| &text.0)
}

fn packages_of(record: &Record<'_>) -> Vec<FixedPackage> {
    let listed = record.pkglist.iter().flat_map(|list| &list.packages);
    let packages = record.packages.iter().chain(listed).map(|package| {
        let epoch = match &package.epoch {
            Some(Epoch::Number(epoch)) => *epoch,
            Some(Epoch::Text(epoch)) => epoch.parse().unwrap_or(0),
            None => 0,
        };
        let Package {
            name,
            version,
            release,
            ..
        } = package;
        fixed_package(name, epoch, version, release, word(&package.src))
    });
    each_build_once(packages.collect())
}

/// Each version of a source package once, with the greatest epoch that a binary package says.
pub fn each_build_once(mut packages: Vec<FixedPackage>) -> Vec<FixedPackage> {
    packages.sort_by(|left, right| right.cmp(left));
    packages.dedup_by(|later, earlier| {
        later.name == earlier.name && later.evr.without_epoch() == earlier.evr.without_epoch()
    });
    packages
}

/// A binary package with its source package, whose version and release its file's name says.
pub fn fixed_package(
    name: &str,
    epoch: u32,
    version: &str,
    release: &str,
    source_file: &str,
) -> FixedPackage {
    let stem = source_file.strip_suffix(".src.rpm").unwrap_or(source_file);
    match stem.parse::<Nvr>() {
        Ok(source) => {
            let is_same = source.version == version && source.release == release;
            FixedPackage {
                name: source.name.clone(),
                // A subpackage of another version has an epoch of its own.
                evr: Evr::new(
                    if is_same { epoch } else { 0 },
                    source.version,
                    source.release,
                ),
                source: Some(source.name),
            }
        }
        Err(_) => FixedPackage {
            name: name.to_owned(),
            source: None,
            evr: Evr::new(epoch, version, release),
        },
    }
}

impl Date {
    /// The date as a text; of what is no date, that which stands there.
    fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Seconds(number) => match whole(number) {
                Some(seconds) => seconds.to_string().into(),
                None => number.to_string().into(),
            },
            Self::Milliseconds { milliseconds } => match whole(milliseconds) {
                Some(milliseconds) => milliseconds.div_euclid(1_000).to_string().into(),
                None => milliseconds.to_string().into(),
            },
            Self::Text(text) => text.into(),
            Self::Other(value) => value.to_string().into(),
        }
    }
}

/// The number, where it is a whole one, however it is written.
fn whole(number: &Number) -> Option<i64> {
    /// Up to here each whole number has a place among the floating ones.
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    let is_whole = |value: &f64| value.fract() == 0.0 && value.abs() <= EXACT_MAX;
    number
        .as_i64()
        .or_else(|| number.as_f64().filter(is_whole).map(|value| value as i64))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Timestamp;

    const FULL: &str = r#"{"schema_version": "1.0", "data": [{
        "id": "ALSA-2019:3708", "issued_date": 1572983623, "updated_date": 1651142818, "severity": "Moderate",
        "title": "Moderate: mariadb:10.3", "type": "security", "unknown": {"a": [1]},
        "packages": [
            {"name": "mariadb", "epoch": "3", "version": "10.3.17", "release": "1.el8", "src": "mariadb-10.3.17-1.el8.src.rpm", "checksum": "deadbeef"},
            {"name": "mariadb-extra", "epoch": 0, "version": "2", "release": "1.el8", "src": "mariadb-10.3.17-1.el8.src.rpm"},
            {"name": "Judy", "epoch": "0", "version": "1.0.5", "release": "18.el8", "src": null}],
        "references": [{"id": "CVE-2019-2510", "href": "https://vulners.com/cve/CVE-2019-2510"},
            {"id": "RHSA-2019:3708", "href": "https://access.redhat.com/errata/RHSA-2019:3708"},
            {"id": "ALSA-2019-3708", "href": "https://errata.almalinux.org/8/ALSA-2019-3708.html"}]},
        {"id": "nonsense"}]}"#;

    const OLDER: &str = r#"[{"_id": {"$oid": "6"}, "updateinfo_id": "ALSA-2021:3253",
        "issued_date": {"$date": 1629790196000}, "updated_date": {"$date": 1629804795086},
        "pkglist": {"name": "x", "packages": [{"name": "libsndfile", "version": "1.0.28", "release": "10.el8_4.1",
            "epoch": "0", "arch": "i686", "src": "libsndfile-1.0.28-10.el8_4.1.src.rpm"}]},
        "references": [{"href": "https://vulners.com/cve/CVE-2021-3246", "id": "CVE-2021-3246"}],
        "severity": "Important", "title": "Important: libsndfile security update"}]"#;

    fn check(text: &str, expected: &[&str], warnings: usize) {
        let input = read_errata(text.as_bytes(), "errata.json").unwrap();
        let found: Vec<String> = input
            .advisories
            .iter()
            .map(|advisory| {
                let moment = |moment: Option<Timestamp>| {
                    moment.map_or("none".to_owned(), |moment| moment.to_string())
                };
                let packages = advisory.packages.iter();
                let packages: Vec<_> = packages
                    .map(|package| format!("{} {}", package.name, package.evr))
                    .collect();
                let named: Vec<_> = advisory.named.iter().map(ToString::to_string).collect();
                format!(
                    "{} {:?} {} {} [{}] [{}] [{}]",
                    advisory.id,
                    advisory.severity,
                    moment(advisory.issued),
                    moment(advisory.updated),
                    packages.join(", "),
                    advisory.cves.join(", "),
                    named.join(", ")
                )
            })
            .collect();
        assert_eq!(found, expected);
        assert_eq!(input.warnings.len(), warnings, "{:?}", input.warnings);
    }

    #[test]
    fn both_forms_are_read() {
        check(
            FULL,
            &[
                "ALSA-2019:3708 Moderate 2019-11-05T19:53:43Z 2022-04-28T10:46:58Z [mariadb 3:10.3.17-1.el8, Judy 1.0.5-18.el8] \
                 [CVE-2019-2510] [RHSA-2019:3708]",
            ],
            1,
        );
        check(
            OLDER,
            &[
                "ALSA-2021:3253 Important 2021-08-24T07:29:56Z 2021-08-24T11:33:15Z [libsndfile 1.0.28-10.el8_4.1] \
                 [CVE-2021-3246] []",
            ],
            0,
        );
        check(r#"{"data": []}"#, &[], 0);
    }

    #[test]
    fn a_date_that_cannot_be_read_is_told() {
        let check = |date: &str, expected: &[&str]| {
            let text = format!(
                r#"{{"data": [{{"id": "ALSA-2026:0001", "issued_date": {date}, "updated_date": 1651142818}}]}}"#
            );
            let input = read_errata(text.as_bytes(), "errata.json").unwrap();
            assert_eq!(input.warnings, expected);
            assert_eq!(input.advisories[0].issued, None);
            assert!(input.advisories[0].updated.is_some());
        };
        check("null", &[]);
        check("\"\"", &[]);
        check(
            "\"soon\"",
            &[
                "errata.json: ALSA-2026:0001: its issued_date “soon” is no date, and is not known therefore.",
            ],
        );
        check(
            "9223372036854775807",
            &[
                "errata.json: ALSA-2026:0001: its issued_date “9223372036854775807” is no date, and is not known therefore.",
            ],
        );
    }

    #[test]
    fn a_date_that_is_written_otherwise_stops_nothing() {
        let check = |date: &str, expected: Option<&str>, warning: Option<&str>| {
            let text = format!(
                r#"{{"data": [{{"id": "ALSA-2026:0001", "issued_date": {date}}}, {{"id": "ALSA-2026:0002", "issued_date": 1572983623}}]}}"#
            );
            let input = read_errata(text.as_bytes(), "errata.json").unwrap();
            let issued = input.advisories.iter().map(|advisory| advisory.issued);
            let issued: Vec<_> = issued
                .map(|issued| issued.map(|at| at.to_string()))
                .collect();
            let other = "2019-11-05T19:53:43Z".to_owned();
            assert_eq!(issued, [expected.map(str::to_owned), Some(other)], "{date}");
            let warning = warning.map(|what| {
                format!("errata.json: ALSA-2026:0001: its issued_date “{what}” is no date, and is not known therefore.")
            });
            assert_eq!(input.warnings, Vec::from_iter(warning), "{date}");
        };
        let at = Some("2019-11-05T19:53:43Z");
        check("1572983623.0", at, None);
        check("1.572983623e9", at, None);
        check("\"1572983623\"", at, None);
        check("{\"$date\": 1572983623000.0}", at, None);
        check("null", None, None);
        check("1572983623.5", None, Some("1572983623.5"));
        check("true", None, Some("true"));
        check("[1]", None, Some("[1]"));
        check("18446744073709551615", None, Some("18446744073709551615"));
        check("{\"$date\": \"x\"}", None, Some("{\"$date\":\"x\"}"));
    }

    #[test]
    fn what_is_none_is_an_error_that_names_the_file() {
        for text in ["", "{}", "{\"data\": 1}", "<html></html>", "[{\"a\": 1}]"] {
            let error = read_errata(text.as_bytes(), "errata.json").unwrap_err();
            assert!(
                error.to_string().contains("error: errata.json: "),
                "{error}"
            );
        }
    }
}
