//! When the fixes of advisories came where: one release, as its inputs were when they were read.
//!
//! Days are counted from 1970-01-01, in UTC. Columns have one entry for each advisory, in one order.

use super::document::{Document, FormatVersion};
use super::limits;
use super::vocabulary::{
    AdvisoryFormatName, DateSourceName, FixStateName, PairBasisName, SeverityName, SideName,
};
use super::{Digest, EarlierAdvisories, Fixes, PointInTime, SourceFailure, is_http_address};
use crate::domain::{AdvisoryClock, AdvisoryId, Counterpart, DatedFact, is_cve};
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

/// Columns of advisories.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct AdvisoryTable {
    /// The distribution's name of it; the reference's where the distribution has none.
    pub ids: Vec<String>,
    /// How severe it is.
    pub severities: Vec<SeverityName>,
    /// How far the distribution is with it.
    pub states: Vec<FixStateName>,
    /// The reference's advisory that it is measured against; null where there is none or it is the advisory itself.
    pub counterparts: Vec<Option<String>>,
    /// The counterparts that do not have the same number, by row.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub bases: BTreeMap<u32, PairBasisName>,
    /// When the first of its vulnerabilities became public.
    pub disclosed: Vec<Option<i32>>,
    /// When the reference issued its advisory.
    pub reference: DayColumn,
    /// When the repository of packages in testing had the fixing build.
    pub testing: DayColumn,
    /// When the distribution published it, or for a fix without an advisory had it.
    pub distribution: DayColumn,
    /// When the distribution had the fix of which it published an advisory later, by row.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub in_repositories: BTreeMap<u32, DayRecord>,
    /// The vulnerabilities without `CVE-`, sorted.
    pub cves: Vec<Vec<String>>,
    /// The source packages, as indices of their names; one stands there as often as it has versions.
    pub packages: Vec<Vec<u32>>,
}

/// Days, with where each is known from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct DayColumn {
    /// Days since 1970-01-01; null where none is known.
    pub days: Vec<Option<i32>>,
    /// Where each is known from; null where none is.
    pub sources: Vec<Option<DateSourceName>>,
}

/// A day, with where it is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct DayRecord {
    /// Days since 1970-01-01.
    pub day: i32,
    /// Where it is known from.
    pub source: DateSourceName,
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

impl From<DayRecord> for DatedFact {
    fn from(record: DayRecord) -> Self {
        Self {
            day: record.day.into(),
            source: record.source.into(),
        }
    }
}

impl TryFrom<DatedFact> for DayRecord {
    type Error = std::num::TryFromIntError;

    fn try_from(fact: DatedFact) -> Result<Self, Self::Error> {
        Ok(Self {
            day: fact.day.try_into()?,
            source: fact.source.into(),
        })
    }
}

impl DayColumn {
    fn push(&mut self, fact: Option<DatedFact>) {
        // Timestamps end with the year 9999, so that every day has a place.
        let record = fact.and_then(|fact| DayRecord::try_from(fact).ok());
        self.days.push(record.map(|record| record.day));
        self.sources.push(record.map(|record| record.source));
    }

    fn at(&self, row: usize) -> Option<DatedFact> {
        let (day, source) = (*self.days.get(row)?, *self.sources.get(row)?);
        Some(DatedFact {
            day: day?.into(),
            source: source?.into(),
        })
    }

    fn is_sound(&self, rows: usize) -> bool {
        let pairs = self.days.iter().zip(&self.sources);
        self.days.len() == rows
            && self.sources.len() == rows
            && pairs
                .into_iter()
                .all(|(day, source)| day.is_some() == source.is_some())
    }
}

impl Security {
    /// The names of packages and the table of clocks, which are sorted by name.
    pub fn tabled(clocks: &[AdvisoryClock]) -> (Vec<String>, AdvisoryTable) {
        let names = clocks.iter().flat_map(|clock| &clock.packages);
        let mut names: Vec<String> = names.cloned().collect();
        names.sort();
        names.dedup();
        let mut table = AdvisoryTable::default();
        for clock in clocks {
            let row = table.ids.len() as u32;
            table.ids.push(clock.id.to_string());
            table.severities.push(clock.severity.into());
            table.states.push(clock.state.into());
            let counterpart = clock.counterpart.as_ref();
            table
                .counterparts
                .push(counterpart.map(|counterpart| counterpart.id.to_string()));
            let basis = counterpart.map(|counterpart| PairBasisName::from(counterpart.basis));
            if let Some(basis) = basis.filter(|basis| *basis != PairBasisName::SameNumber) {
                table.bases.insert(row, basis);
            }
            let disclosed = clock.disclosed.and_then(|fact| fact.day.try_into().ok());
            table.disclosed.push(disclosed);
            table.reference.push(clock.reference);
            table.testing.push(clock.testing);
            table.distribution.push(clock.distribution);
            let in_repositories = clock.in_repositories.and_then(|fact| fact.try_into().ok());
            table
                .in_repositories
                .extend(in_repositories.map(|record: DayRecord| (row, record)));
            let cves = clock.cves.iter();
            table.cves.push(
                cves.map(|cve| cve.trim_start_matches(CVE).to_owned())
                    .collect(),
            );
            let index = |name: &String| names.binary_search(name).unwrap_or_default() as u32;
            table
                .packages
                .push(clock.packages.iter().map(index).collect());
        }
        (names, table)
    }

    /// The clocks; of a document that [`Document::check`] refuses, those of the rows that are whole.
    pub fn clocks(&self) -> Vec<AdvisoryClock> {
        let rows = 0..self.advisories.ids.len();
        rows.filter_map(|row| self.clock(row)).collect()
    }

    /// The clock of a row; `None` where there is none, or where it is not whole.
    pub fn clock(&self, row: usize) -> Option<AdvisoryClock> {
        let table = &self.advisories;
        let key = u32::try_from(row).ok()?;
        let basis = table.bases.get(&key);
        let in_repositories = table.in_repositories.get(&key);
        let counterpart = match table.counterparts.get(row)? {
            Some(id) => Some(Counterpart {
                id: id.parse().ok()?,
                basis: basis.copied().unwrap_or(PairBasisName::SameNumber).into(),
            }),
            None => None,
        };
        let packages = table.packages.get(row)?.iter();
        let disclosed = *table.disclosed.get(row)?;
        let cves = table.cves.get(row)?.iter();
        Some(AdvisoryClock {
            id: table.ids.get(row)?.parse().ok()?,
            severity: (*table.severities.get(row)?).into(),
            state: (*table.states.get(row)?).into(),
            counterpart,
            disclosed: disclosed.map(|day| DatedFact {
                day: day.into(),
                source: DateSourceName::Disclosed.into(),
            }),
            reference: table.reference.at(row),
            testing: table.testing.at(row),
            distribution: table.distribution.at(row),
            in_repositories: in_repositories.copied().map(DatedFact::from),
            cves: cves.map(|cve| format!("{CVE}{cve}")).collect(),
            packages: packages
                .map(|name| self.package_names.get(*name as usize).cloned())
                .collect::<Option<_>>()?,
        })
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

const CVE: &str = "CVE-";

impl Document for Security {
    const KIND: &'static str = "security";
    const BYTES_MAX: usize = limits::SECURITY_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        let table = &self.advisories;
        let rows = table.ids.len();
        limits::within("advisories", rows, limits::ADVISORIES)?;
        limits::within("inputs", self.inputs.len(), limits::ENTRIES)?;
        limits::within("failures", self.testing_failures.len(), limits::ENTRIES)?;
        limits::within("packages", self.package_names.len(), limits::PACKAGES)?;
        let lengths = [
            table.severities.len(),
            table.states.len(),
            table.counterparts.len(),
            table.disclosed.len(),
            table.cves.len(),
            table.packages.len(),
        ];
        let days = [&table.reference, &table.testing, &table.distribution];
        if lengths.iter().any(|length| *length != rows)
            || !days.iter().all(|column| column.is_sound(rows))
        {
            return Err("the columns of advisories do not have one entry for each".to_owned());
        }
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
        for row in 0..rows {
            let id = &table.ids[row];
            limits::within(
                "vulnerabilities of an advisory",
                table.cves[row].len(),
                limits::CVES,
            )?;
            let cves = table.cves[row].iter();
            let are_cves = cves
                .map(|cve| format!("{CVE}{cve}"))
                .all(|cve| is_cve(&cve));
            if !are_cves || self.clock(row).is_none() {
                return Err(format!("what it says of the advisory {id} cannot be"));
            }
        }
        let ids: Vec<Option<AdvisoryId>> = table.ids.iter().map(|id| id.parse().ok()).collect();
        if !ids.is_sorted_by(|left, right| left < right) {
            return Err("the advisories are not sorted, or one stands twice".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{DateSource, FixState, PairBasis, Severity, UnknownFix};
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
