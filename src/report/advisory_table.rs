//! The clocks of advisories as columns. Each has one entry for each advisory, in one order.

use super::limits;
use super::vocabulary::{DateSourceName, FixStateName, PairBasisName, SeverityName};
use crate::domain::{AdvisoryClock, AdvisoryId, Counterpart, DatedFact, is_cve};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the names of vulnerabilities begin with, and the table leaves out.
const CVE: &str = "CVE-";

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

impl AdvisoryTable {
    /// The names of packages and the table of clocks, which are sorted by name.
    pub(super) fn of(clocks: &[AdvisoryClock]) -> (Vec<String>, Self) {
        let names = clocks.iter().flat_map(|clock| &clock.packages);
        let mut names: Vec<String> = names.cloned().collect();
        names.sort();
        names.dedup();
        let mut table = Self::default();
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

    /// The clock of a row; `None` where there is none, or where it is not whole.
    pub(super) fn clock(&self, row: usize, package_names: &[String]) -> Option<AdvisoryClock> {
        let key = u32::try_from(row).ok()?;
        let basis = self.bases.get(&key);
        let in_repositories = self.in_repositories.get(&key);
        let counterpart = match self.counterparts.get(row)? {
            Some(id) => Some(Counterpart {
                id: id.parse().ok()?,
                basis: basis.copied().unwrap_or(PairBasisName::SameNumber).into(),
            }),
            None => None,
        };
        let packages = self.packages.get(row)?.iter();
        let disclosed = *self.disclosed.get(row)?;
        let cves = self.cves.get(row)?.iter();
        Some(AdvisoryClock {
            id: self.ids.get(row)?.parse().ok()?,
            severity: (*self.severities.get(row)?).into(),
            state: (*self.states.get(row)?).into(),
            counterpart,
            disclosed: disclosed.map(|day| DatedFact {
                day: day.into(),
                source: DateSourceName::Disclosed.into(),
            }),
            reference: self.reference.at(row),
            testing: self.testing.at(row),
            distribution: self.distribution.at(row),
            in_repositories: in_repositories.copied().map(DatedFact::from),
            cves: cves.map(|cve| format!("{CVE}{cve}")).collect(),
            packages: packages
                .map(|name| package_names.get(*name as usize).cloned())
                .collect::<Option<_>>()?,
        })
    }

    /// Holds it against the limits and its own consistency.
    pub(super) fn check(&self, package_names: &[String]) -> Result<(), String> {
        let rows = self.ids.len();
        limits::within("advisories", rows, limits::ADVISORIES)?;
        let lengths = [
            self.severities.len(),
            self.states.len(),
            self.counterparts.len(),
            self.disclosed.len(),
            self.cves.len(),
            self.packages.len(),
        ];
        let days = [&self.reference, &self.testing, &self.distribution];
        if lengths.iter().any(|length| *length != rows)
            || !days.iter().all(|column| column.is_sound(rows))
        {
            return Err("the columns of advisories do not have one entry for each".to_owned());
        }
        for row in 0..rows {
            let id = &self.ids[row];
            limits::within(
                "vulnerabilities of an advisory",
                self.cves[row].len(),
                limits::CVES,
            )?;
            let cves = self.cves[row].iter();
            let are_cves = cves
                .map(|cve| format!("{CVE}{cve}"))
                .all(|cve| is_cve(&cve));
            if !are_cves || self.clock(row, package_names).is_none() {
                return Err(format!("what it says of the advisory {id} cannot be"));
            }
        }
        let ids: Vec<Option<AdvisoryId>> = self.ids.iter().map(|id| id.parse().ok()).collect();
        if !ids.is_sorted_by(|left, right| left < right) {
            return Err("the advisories are not sorted, or one stands twice".to_owned());
        }
        Ok(())
    }
}
