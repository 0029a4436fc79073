//! What a reader chose to see of the package table, as it stands in the address.

mod choices;
mod query;
#[cfg(test)]
mod tests;

pub use choices::{AbiChoice, LevelChoice};
pub use query::verdict_key;

use super::release_rows::{PackageRow, ReleaseRows};
use crate::domain::{Cause, ChangeClass, Evr, Presence, Verdict};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The reader's choice; the default shows everything, sorted by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The verdicts to show; all where none is chosen.
    pub verdicts: BTreeSet<Verdict>,
    /// The causes to show; all where none is chosen.
    pub causes: BTreeSet<Cause>,
    /// Only what is missing, or only what is extra, somewhere.
    pub presence: Option<Presence>,
    /// The architecture whose outcomes count; else the least favourable of all.
    pub architecture: Option<String>,
    /// The repository.
    pub repository: Option<String>,
    /// The origin of the source; [`UNKNOWN_ORIGIN`] for those that are not known.
    pub origin: Option<String>,
    /// What became of the binary interface.
    pub abi: Option<AbiChoice>,
    /// The level in the reference's package manifest.
    pub level: Option<LevelChoice>,
    /// A class of which it has a change.
    pub change: Option<ChangeClass>,
    /// Only what has a patch that does not say where it comes from.
    pub origin_missing: bool,
    /// Only those whose verdict is founded on more than versions, on each architecture.
    pub reviewed: bool,
    /// A part of the name.
    pub text: String,
    /// The order.
    pub sort: Sort,
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// The column.
    pub column: SortColumn,
    /// Whether the greatest comes first.
    pub descending: bool,
}

/// A column that rows can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortColumn {
    /// The name.
    #[default]
    Name,
    /// The reference's EVR, by rpm's order.
    Reference,
    /// The distribution's EVR, by rpm's order.
    Distribution,
    /// The verdict.
    Verdict,
    /// The origin of the source.
    Origin,
    /// The day of the distribution's build.
    Built,
}

/// How the address names a source whose origin is not known.
pub const UNKNOWN_ORIGIN: &str = "unknown";

impl SortColumn {
    /// All columns, in the order in which they are shown.
    pub const ALL: [SortColumn; 6] = [
        Self::Name,
        Self::Reference,
        Self::Distribution,
        Self::Verdict,
        Self::Origin,
        Self::Built,
    ];

    /// The column as it stands in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Reference => "reference",
            Self::Distribution => "distribution",
            Self::Verdict => "verdict",
            Self::Origin => "source",
            Self::Built => "updated",
        }
    }
}

impl Filter {
    /// The indices of the rows to show, in their order.
    pub fn apply(&self, table: &ReleaseRows) -> Vec<usize> {
        let architecture = self.architecture_index(table);
        let text = self.text.trim().to_ascii_lowercase();
        let mut shown: Vec<usize> = (0..table.rows.len())
            .filter(|&index| {
                let row = &table.rows[index];
                self.admits(row, table, architecture, &text)
                    && self.admits_verdict(row, architecture)
                    && self.admits_cause(row, architecture)
            })
            .collect();
        self.order(&mut shown, table, architecture);
        shown
    }

    /// How many rows each verdict would show, the other choices kept.
    pub fn verdict_counts(&self, table: &ReleaseRows) -> [u32; 4] {
        let mut counts = [0; 4];
        self.for_each_admitted(table, |row, architecture| {
            if !self.admits_cause(row, architecture) {
                return;
            }
            let position = Verdict::ALL
                .iter()
                .position(|&known| Some(known) == row.verdict(architecture));
            if let Some(position) = position {
                counts[position] += 1;
            }
        });
        counts
    }

    /// How many rows each cause would show, the other choices kept.
    pub fn cause_counts(&self, table: &ReleaseRows) -> [u32; 7] {
        let mut counts = [0; 7];
        self.for_each_admitted(table, |row, architecture| {
            if !self.admits_verdict(row, architecture) {
                return;
            }
            for (count, cause) in counts.iter_mut().zip(Cause::ALL) {
                *count += u32::from(has_cause(row, architecture, |known| known == cause));
            }
        });
        counts
    }

    /// How many rows each choice of one kind would show, the other choices kept: `counted` names a row's choices.
    pub fn counts_of(
        &self,
        table: &ReleaseRows,
        choices: usize,
        counted: impl Fn(&PackageRow, usize) -> bool,
    ) -> Vec<u32> {
        let mut counts = vec![0; choices];
        for index in self.apply(table) {
            for (choice, count) in counts.iter_mut().enumerate() {
                *count += u32::from(counted(&table.rows[index], choice));
            }
        }
        counts
    }

    /// Whether it chooses by what is not in the table itself.
    pub fn needs_facets(&self) -> bool {
        self.level.is_some() || self.change.is_some() || self.origin_missing
    }

    /// The position of the chosen architecture.
    pub fn architecture_index(&self, table: &ReleaseRows) -> Option<usize> {
        self.architecture
            .as_deref()
            .and_then(|name| table.architecture(name))
    }

    fn for_each_admitted(
        &self,
        table: &ReleaseRows,
        mut act: impl FnMut(&PackageRow, Option<usize>),
    ) {
        let architecture = self.architecture_index(table);
        let text = self.text.trim().to_ascii_lowercase();
        for row in &table.rows {
            if self.admits(row, table, architecture, &text) {
                act(row, architecture);
            }
        }
    }

    /// Everything but verdict and cause.
    fn admits(
        &self,
        row: &PackageRow,
        table: &ReleaseRows,
        architecture: Option<usize>,
        text: &str,
    ) -> bool {
        let named = |choice: &Option<String>, names: &[String], index: Option<usize>| match choice {
            None => true,
            Some(name) => index.and_then(|index| names.get(index)) == Some(name),
        };
        let origin = match self.origin.as_deref() {
            Some(UNKNOWN_ORIGIN) => row.origin.is_none() && !row.distribution_evr.is_empty(),
            _ => named(&self.origin, &table.origins, row.origin),
        };
        let is_changed = self.change.is_none_or(|class| row.changes.contains(&class));
        let presence = match self.presence {
            Some(Presence::Missing) => row.is_missing(architecture),
            Some(Presence::Extra) => row.is_extra(architecture),
            Some(Presence::Both) | None => true,
        };
        let architecture_known = self.architecture.is_none() || architecture.is_some();
        architecture_known
            && row.outcome(architecture).is_some()
            && origin
            && presence
            && self
                .abi
                .is_none_or(|choice| choice.admits(row, architecture))
            && self.level.is_none_or(|choice| choice.admits(row))
            && is_changed
            && (table.has_facets || !self.needs_facets())
            && (!self.origin_missing || row.origin_missing)
            && (!self.reviewed || row.is_reviewed())
            && named(&self.repository, &table.repositories, row.repository)
            && row.name_lowercase.contains(text)
    }

    fn admits_verdict(&self, row: &PackageRow, architecture: Option<usize>) -> bool {
        self.verdicts.is_empty()
            || row
                .verdict(architecture)
                .is_some_and(|verdict| self.verdicts.contains(&verdict))
    }

    fn admits_cause(&self, row: &PackageRow, architecture: Option<usize>) -> bool {
        self.causes.is_empty() || has_cause(row, architecture, |cause| self.causes.contains(&cause))
    }

    fn order(&self, shown: &mut [usize], table: &ReleaseRows, architecture: Option<usize>) {
        let evr = |text: &str| Evr::parse(text);
        let compare = |left: &PackageRow, right: &PackageRow| match self.sort.column {
            SortColumn::Name => Ordering::Equal,
            SortColumn::Reference => evr(&left.reference_evr).cmp(&evr(&right.reference_evr)),
            SortColumn::Distribution => {
                evr(&left.distribution_evr).cmp(&evr(&right.distribution_evr))
            }
            SortColumn::Verdict => left.verdict(architecture).cmp(&right.verdict(architecture)),
            SortColumn::Origin => left.origin.cmp(&right.origin),
            SortColumn::Built => left.built.cmp(&right.built),
        };
        // Rows come sorted by name, and a stable sort keeps that among equals.
        shown.sort_by(|&left, &right| {
            let order = compare(&table.rows[left], &table.rows[right]);
            if self.sort.descending {
                order.reverse()
            } else {
                order
            }
        });
        if self.sort.column == SortColumn::Name && self.sort.descending {
            shown.reverse();
        }
    }
}

/// Whether the package has such a cause on the architecture, or on any.
fn has_cause(
    row: &PackageRow,
    architecture: Option<usize>,
    wanted: impl Fn(Cause) -> bool,
) -> bool {
    row.outcomes
        .iter()
        .enumerate()
        .filter(|(index, _)| architecture.is_none_or(|chosen| chosen == *index))
        .filter_map(|(_, outcome)| outcome.as_ref()?.cause)
        .any(wanted)
}
