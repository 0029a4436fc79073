//! The rows of a release's package table, ready to be filtered, sorted and shown.

use super::number::count;
use super::words::known_absence;
use crate::domain::{
    AbiVerdict, Cause, ChangeClass, Evidence, Outcome, Presence, Timestamp, Verdict,
};
use crate::report::{AbiOutcomeRecord, BuildDays, Compatibility, Facets, OutcomeRecord};

/// The packages of one report, with the outcome of each on each architecture.
#[derive(Clone, Debug, PartialEq)]
pub struct ReleaseRows {
    /// The architectures' names, in the order of the outcomes.
    pub architectures: Vec<String>,
    /// The names of the repositories.
    pub repositories: Vec<String>,
    /// The names of the origins of sources.
    pub origins: Vec<String>,
    /// Whether binary interfaces were read.
    pub has_abi: bool,
    /// Whether levels, classes of changes and origins of patches are known.
    pub has_facets: bool,
    /// One row per source package, sorted by name.
    pub rows: Vec<PackageRow>,
}

/// One source package.
#[derive(Clone, Debug, PartialEq)]
pub struct PackageRow {
    /// Its name.
    pub name: String,
    /// Its name in lower case, for the search.
    pub name_lowercase: String,
    /// The distribution's EVR; empty where it has none.
    pub distribution_evr: String,
    /// The reference's EVR; empty where it has none.
    pub reference_evr: String,
    /// What was found on each architecture; `None` where neither side has it.
    pub outcomes: Vec<Option<Outcome>>,
    /// What became of its binary interface on each architecture; without any where that was not read.
    pub abi: Vec<Option<AbiVerdict>>,
    /// The lowest number of an application compatibility level of its binary packages.
    pub level: Option<u8>,
    /// The classes of the changes that are known of, in the order of [`ChangeClass::ALL`].
    pub changes: Vec<ChangeClass>,
    /// Whether it has a patch that does not say where it comes from.
    pub origin_missing: bool,
    /// The index of the repository.
    pub repository: Option<usize>,
    /// The index of the origin of its source.
    pub origin: Option<usize>,
    /// The day on which the distribution's package was built; `None` also where the days were not loaded.
    pub built: Option<Timestamp>,
    /// Why it diverges, where a sentence says so.
    pub reason: Option<String>,
}

impl PackageRow {
    /// Whether its verdict is founded on more than versions, on each architecture that was compared.
    pub fn is_reviewed(&self) -> bool {
        let outcomes = self.outcomes.iter().flatten();
        let grades = outcomes.filter_map(|outcome| outcome.evidence);
        grades.min().is_some_and(|least| least > Evidence::Inferred)
    }
}

impl ReleaseRows {
    /// The rows of a report.
    pub fn of(report: &Compatibility) -> Self {
        let table = &report.packages;
        let mut rows: Vec<PackageRow> = (0..table.names.len())
            .map(|row| PackageRow {
                name: table.names[row].clone(),
                name_lowercase: table.names[row].to_ascii_lowercase(),
                distribution_evr: table.distribution[row].clone(),
                reference_evr: table.reference_evr(row).to_owned(),
                outcomes: table
                    .outcomes_of(row)
                    .map(|outcome| outcome.map(|&record: &OutcomeRecord| record.into()))
                    .collect(),
                abi: table
                    .abi_outcomes_of(row)
                    .map(|outcome| outcome.map(|&record: &AbiOutcomeRecord| record.into()))
                    .collect(),
                level: None,
                changes: Vec::new(),
                origin_missing: false,
                repository: table.repository[row].map(|index| index as usize),
                origin: table.origin[row].map(|index| index as usize),
                built: None,
                reason: None,
            })
            .collect();
        for reason in &table.reasons {
            if let Some(row) = rows.get_mut(reason.row as usize) {
                row.reason = Some(reason.text.clone());
            }
        }
        let names = |record: &crate::report::ArchitectureRecord| record.name.clone();
        Self {
            architectures: report.architectures.iter().map(names).collect(),
            repositories: table.repositories.clone(),
            origins: table.origins.clone(),
            has_abi: !table.abi.is_empty(),
            has_facets: false,
            rows,
        }
    }

    /// The same rows with the days of their builds.
    pub fn with_build_days(mut self, build_days: &BuildDays) -> Self {
        for (row, day) in self.rows.iter_mut().zip(&build_days.days) {
            row.built = day.and_then(|day| Timestamp::from_unix_days(day.into()));
        }
        self
    }

    /// The same rows with their facets.
    pub fn with_facets(mut self, facets: &Facets) -> Self {
        self.has_facets = true;
        for (row, level) in self.rows.iter_mut().zip(&facets.levels) {
            row.level = *level;
        }
        for class in ChangeClass::ALL {
            let changed = facets.changes.iter();
            let changed = changed.filter(|changed| ChangeClass::from(changed.class) == class);
            for &index in changed.flat_map(|changed| &changed.rows) {
                if let Some(row) = self.rows.get_mut(index as usize) {
                    row.changes.push(class);
                }
            }
        }
        for &index in &facets.origin_missing {
            if let Some(row) = self.rows.get_mut(index as usize) {
                row.origin_missing = true;
            }
        }
        self
    }

    /// The position of an architecture.
    pub fn architecture(&self, name: &str) -> Option<usize> {
        self.architectures.iter().position(|known| known == name)
    }
}

impl PackageRow {
    /// The outcome that stands for the package: on one architecture, or the least favourable of all.
    pub fn outcome(&self, architecture: Option<usize>) -> Option<&Outcome> {
        match architecture {
            Some(index) => self.outcomes.get(index)?.as_ref(),
            None => self
                .outcomes
                .iter()
                .flatten()
                .rev()
                .max_by_key(|outcome| outcome.verdict),
        }
    }

    /// The verdict that stands for the package.
    pub fn verdict(&self, architecture: Option<usize>) -> Option<Verdict> {
        self.outcome(architecture).map(|outcome| outcome.verdict)
    }

    /// The verdict on its binary interface that stands for the package: on one architecture, or the least favourable of
    /// those compared.
    pub fn abi_verdict(&self, architecture: Option<usize>) -> Option<AbiVerdict> {
        let favour = |verdict: &AbiVerdict| match verdict {
            AbiVerdict::NotCompared(_) => 0,
            AbiVerdict::Kept => 1,
            AbiVerdict::Extended => 2,
            AbiVerdict::Broken => 3,
        };
        match architecture {
            Some(index) => self.abi.get(index).copied().flatten(),
            None => self.abi.iter().flatten().copied().max_by_key(favour),
        }
    }

    /// Whether the distribution lacks it anywhere, or on one architecture.
    pub fn is_missing(&self, architecture: Option<usize>) -> bool {
        self.has_presence(Presence::Missing, architecture)
    }

    /// Whether the distribution alone has it anywhere, or on one architecture.
    pub fn is_extra(&self, architecture: Option<usize>) -> bool {
        self.has_presence(Presence::Extra, architecture)
    }

    fn has_presence(&self, presence: Presence, architecture: Option<usize>) -> bool {
        let considered = match architecture {
            Some(index) => self.outcomes.get(index..=index).unwrap_or_default(),
            None => &self.outcomes[..],
        };
        considered
            .iter()
            .flatten()
            .any(|outcome| known_absence(outcome) == Some(presence))
    }
}

/// How many packages of the distribution come from each origin, most first; `None` is not known, and last.
pub fn origin_counts(table: &ReleaseRows) -> Vec<(Option<String>, u32)> {
    let mut counts: Vec<(Option<String>, u32)> = table
        .origins
        .iter()
        .map(|origin| (Some(origin.clone()), 0))
        .collect();
    let mut unknown = 0;
    for row in table
        .rows
        .iter()
        .filter(|row| !row.distribution_evr.is_empty())
    {
        match row.origin.and_then(|index| counts.get_mut(index)) {
            Some((_, count)) => *count += 1,
            None => unknown += 1,
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if unknown > 0 {
        counts.push((None, unknown));
    }
    counts
}

/// How many packages have each cause on some architecture; causes that none has are left out.
pub fn cause_counts(table: &ReleaseRows) -> Vec<(Cause, u32)> {
    let has = |row: &PackageRow, cause| {
        row.outcomes
            .iter()
            .flatten()
            .any(|outcome| outcome.cause == Some(cause))
    };
    Cause::ALL
        .into_iter()
        .map(|cause| {
            let count = table.rows.iter().filter(|row| has(row, cause)).count();
            (cause, u32::try_from(count).unwrap_or(u32::MAX))
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// What a link to all diverging packages says.
pub fn all_diverging(total: u32) -> String {
    match total {
        1 => "The only diverging package".to_owned(),
        _ => format!("All {} diverging packages", count(total)),
    }
}

/// Up to `limit` diverging packages, those with a known reason and those by choice first.
pub fn most_telling(mut rows: Vec<PackageRow>, limit: usize) -> Vec<PackageRow> {
    rows.sort_by_key(|row| {
        let cause = row.outcome(None).and_then(|outcome| outcome.cause);
        (row.reason.is_none(), cause, row.name.clone())
    });
    rows.truncate(limit);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_package_is_not_several() {
        let check = |total: u32, expected: &str| assert_eq!(all_diverging(total), expected);
        check(1, "The only diverging package");
        check(2, "All 2 diverging packages");
        check(1_234, "All 1,234 diverging packages");
    }
}
