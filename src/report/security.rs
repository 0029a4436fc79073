//! When the fixes of advisories came where: one release, as its inputs were when they were read.
//!
//! Days are counted from 1970-01-01, in UTC.

use super::advisory_table::{AdvisoryTable, DayRecord};
use super::document::{Document, FormatVersion};
use super::limits;
use super::vocabulary::{AdvisoryFormatName, FixStateName, SeverityName, SideName};
use super::{Digest, EarlierAdvisories, Fixes, PointInTime, SourceFailure, is_http_address};
use crate::domain::{AdvisoryClock, AdvisoryId, DatedFact};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The security clock of one release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Security {
    /// The version of the format.
    pub format: FormatVersion,
    /// The release's name in addresses.
    pub release: String,
    /// When its inputs were read.
    pub taken: PointInTime,
    /// What it was made from.
    pub inputs: Vec<AdvisoryInputRecord>,
    /// Advisories that are left out because all their packages are of other releases.
    #[serde(default)]
    pub of_other_releases: u32,
    /// The repositories of packages in testing that could not be read: a fix that was there when they were last read is told as
    /// being there still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub testing_failures: Vec<SourceFailure>,
    /// The names of source packages that the table refers to, sorted.
    pub package_names: Vec<String>,
    /// The advisories, sorted by name.
    pub advisories: AdvisoryTable,
    /// What those of the distribution's own name which name several advisories of the reference, the first issued first.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub named: BTreeMap<String, Vec<NamedAdvisoryRecord>>,
    /// What the snapshots so far tell of the distribution's advisories beyond that; only the next snapshot asks for it, no page.
    #[cfg_attr(
        feature = "publish",
        serde(default, skip_serializing_if = "EarlierAdvisories::is_empty")
    )]
    #[cfg_attr(not(feature = "publish"), serde(skip))]
    pub earlier: EarlierAdvisories,
    /// The document with the versions that fix the packages, which the page of one advisory alone needs.
    pub fixes: Digest,
}

/// An advisory of the reference that one of the distribution's own names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct NamedAdvisoryRecord {
    /// Its name.
    pub id: String,
    /// When the reference issued it; absent where that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<DayRecord>,
}

/// One input of the security clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AdvisoryInputRecord {
    /// Whose advisories it has.
    pub side: SideName,
    /// What it is.
    pub format: AdvisoryFormatName,
    /// What it is called.
    pub name: String,
    /// Where it is, without credentials.
    pub location: String,
    /// How many advisories of the release it has, or how many dates.
    pub entries: u32,
    /// The address of an advisory's page, with `{id}` or `{id-with-dash}` for its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The newest date in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dated: Option<PointInTime>,
}

/// An advisory as the document of one of its packages has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct PackageAdvisory {
    /// The distribution's name of it; the reference's where the distribution has none.
    pub id: String,
    /// How severe it is.
    pub severity: SeverityName,
    /// How far the distribution is with it.
    pub state: FixStateName,
    /// The EVR of the package that fixes it.
    pub evr: String,
    /// The reference's advisory that it is measured against.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterpart: Option<String>,
    /// When the reference issued its advisory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<DayRecord>,
    /// When the distribution published it, or for a fix without an advisory had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<DayRecord>,
}

/// The security clock of a snapshot, as the index has it: readers of it need no report of the packages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SecurityEntry {
    /// The document, which is older than the snapshot where an input could not be read for it.
    pub document: Digest,
    /// When the document was made, where that is before the snapshot. An older Almanac left it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<PointInTime>,
    /// What its lags come to; absent where none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lag: Option<LagRecord>,
}

/// What the lags of security advisories come to that mirror one of the reference's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct LagRecord {
    /// The median in days, by nearest rank.
    pub median_days: i32,
    /// What nine tenths do not exceed, in days, by nearest rank.
    pub p90_days: i32,
    /// How many lags end on the very day of the distribution's publication.
    pub exact: u32,
    /// How many are upper bounds.
    pub upper_bounds: u32,
    /// How many of both begin on a day of the reference that is known from the distribution's copy alone.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub from_copies: u32,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Security {
    /// The names of packages and the table of clocks, which are sorted by name.
    pub fn tabled(clocks: &[AdvisoryClock]) -> (Vec<String>, AdvisoryTable) {
        AdvisoryTable::of(clocks)
    }

    /// The clock of a row; `None` where there is none, or where it is not whole.
    pub fn clock(&self, row: usize) -> Option<AdvisoryClock> {
        self.advisories.clock(row, &self.package_names)
    }

    /// The clocks; of a document that [`Document::check`] refuses, those of the rows that are whole.
    pub fn clocks(&self) -> Vec<AdvisoryClock> {
        let rows = 0..self.advisories.ids.len();
        rows.filter_map(|row| self.clock(row)).collect()
    }

    /// The advisories of each package, the newest first. `fixes` are those of this very document.
    pub fn by_package(&self, fixes: &Fixes) -> BTreeMap<String, Vec<PackageAdvisory>> {
        let mut packages: BTreeMap<String, Vec<PackageAdvisory>> = BTreeMap::new();
        for (clock, versions) in self.clocks().iter().zip(&fixes.versions).rev() {
            let record = |fact: Option<DatedFact>| fact.and_then(|fact| fact.try_into().ok());
            for (name, evr) in clock.packages.iter().zip(versions) {
                packages
                    .entry(name.clone())
                    .or_default()
                    .push(PackageAdvisory {
                        id: clock.id.to_string(),
                        severity: clock.severity.into(),
                        state: clock.state.into(),
                        evr: evr.clone(),
                        counterpart: clock.counterpart.as_ref().map(|known| known.id.to_string()),
                        reference: record(clock.reference),
                        distribution: record(clock.distribution),
                    });
            }
        }
        for advisories in packages.values_mut() {
            advisories.sort_by_key(|advisory| {
                let day = advisory.reference.or(advisory.distribution);
                std::cmp::Reverse(day.map(|record| record.day))
            });
        }
        packages
    }
}

impl Document for Security {
    const KIND: &'static str = "security";
    const BYTES_MAX: usize = limits::SECURITY_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        self.advisories.check(&self.package_names)?;
        limits::within("inputs", self.inputs.len(), limits::ENTRIES)?;
        limits::within("failures", self.testing_failures.len(), limits::ENTRIES)?;
        limits::within("packages", self.package_names.len(), limits::PACKAGES)?;
        let named = self.named.values().map(Vec::len).sum();
        limits::within("named advisories", named, limits::ADVISORIES)?;
        let earlier = self.earlier.names();
        limits::within("earlier advisories", earlier.count(), limits::ADVISORIES)?;
        let mut earlier = self.earlier.names();
        if let Some(name) = earlier.find(|name| name.parse::<AdvisoryId>().is_err()) {
            return Err(format!("{name} is no name of an advisory"));
        }
        let mut pages = self.inputs.iter().filter_map(|input| input.page.as_ref());
        if let Some(page) = pages.find(|page| !is_http_address(page)) {
            return Err(format!("“{page}” is no http(s) address"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Counterpart, DateSource, FixState, PairBasis, Severity, UnknownFix};
    use crate::report::{ArrivalRecord, DepartedAdvisory};

    fn clock(id: &str, state: FixState, packages: &[&str]) -> AdvisoryClock {
        AdvisoryClock {
            id: id.parse().unwrap(),
            severity: Severity::Important,
            state,
            counterpart: Some(Counterpart {
                id: "RHSA-2024:0001".parse().unwrap(),
                basis: PairBasis::Named,
            }),
            disclosed: Some(DatedFact {
                day: 19_700,
                source: DateSource::Disclosed,
            }),
            reference: Some(DatedFact {
                day: 19_723,
                source: DateSource::ListedIssue,
            }),
            testing: None,
            distribution: Some(DatedFact {
                day: 19_725,
                source: DateSource::Snapshot,
            }),
            in_repositories: (state == FixState::Announced).then_some(DatedFact {
                day: 19_724,
                source: DateSource::Snapshot,
            }),
            cves: vec!["CVE-2024-1234".to_owned()],
            packages: packages.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    fn document(clocks: &[AdvisoryClock]) -> Security {
        let (package_names, advisories) = Security::tabled(clocks);
        Security {
            format: FormatVersion::CURRENT,
            release: "9".to_owned(),
            taken: PointInTime("2026-11-20T04:10:00Z".parse().unwrap()),
            inputs: vec![],
            of_other_releases: 0,
            testing_failures: vec![],
            package_names,
            advisories,
            named: BTreeMap::new(),
            earlier: EarlierAdvisories::default(),
            fixes: Digest::try_from("0".repeat(64)).unwrap(),
        }
    }

    #[test]
    fn clocks_are_read_back_as_they_were_written() {
        let clocks = [
            clock("ALSA-2024:0001", FixState::Announced, &["a", "z"]),
            clock(
                "RHSA-2024:0002",
                FixState::Unknown(UnknownFix::ModuleStream),
                &[],
            ),
        ];
        let mut written = document(&clocks);
        let arrival = ArrivalRecord {
            last_without: 19_724,
            first_with: 19_725,
        };
        let arrivals = &mut written.earlier.arrivals;
        arrivals.insert("ALSA-2024:0001".to_owned(), arrival);
        assert_eq!(written.check(), Ok(()));
        assert_eq!(written.clocks(), clocks);
        let arrivals = written.earlier.arrivals().map(|(id, arrival)| {
            let days = [arrival.last_without, arrival.first_with];
            (id.to_string(), days.map(|day| day.unix_days()))
        });
        let arrivals: Vec<_> = arrivals.collect();
        assert_eq!(arrivals, [("ALSA-2024:0001".to_owned(), [19_724, 19_725])]);
        let json = serde_json::to_vec(&written).unwrap();
        let read = super::super::read::<Security>(&json).unwrap().0;
        if !cfg!(feature = "publish") {
            // No page reads that.
            assert!(read.earlier.is_empty());
            written.earlier = EarlierAdvisories::default();
        }
        assert_eq!(read, written);
        let fixes = Fixes {
            format: FormatVersion::CURRENT,
            release: "9".to_owned(),
            versions: vec![vec!["1-1.el9".to_owned(), "2:1-1.el9".to_owned()], vec![]],
        };
        assert!(fixes.fit(&written));
        let of_package = &written.by_package(&fixes)["z"][0];
        assert_eq!(
            (of_package.evr.as_str(), of_package.id.as_str()),
            ("2:1-1.el9", "ALSA-2024:0001")
        );
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let first = || clock("ALSA-2024:0001", FixState::Announced, &["a"]);
        let second = || clock("ALSA-2024:0002", FixState::Announced, &[]);
        let check = |clocks: &[AdvisoryClock], spoil: fn(&mut Security), expected: bool| {
            let mut document = document(clocks);
            spoil(&mut document);
            assert_eq!(document.check().is_ok(), expected, "{document:?}");
        };
        check(&[first(), second()], |_| {}, true);
        check(&[second(), first()], |_| {}, false);
        check(&[first()], |it| it.advisories.packages[0][0] = 7, false);
        check(
            &[first()],
            |it| it.advisories.cves[0].push("x".to_owned()),
            false,
        );
        check(&[first()], |it| it.advisories.ids[0].push('x'), false);
        check(
            &[first()],
            |it| it.advisories.reference.days[0] = None,
            false,
        );
        check(&[first()], |it| it.advisories.states.clear(), false);
        fn depart(document: &mut Security, name: &str) {
            let departed = DepartedAdvisory {
                distribution: None,
                testing: None,
            };
            document.earlier.departed.insert(name.to_owned(), departed);
        }
        check(&[first()], |it| depart(it, "ALSA-2024:0009"), true);
        check(&[first()], |it| depart(it, "x"), false);
    }
}
