//! What a reader chose to see of the package table, as it stands in the address.

use super::release_rows::{PackageRow, ReleaseRows};
use super::route::encode;
use super::words::cause_key;
use crate::domain::{Cause, Evr, Presence, Verdict};
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

/// A verdict as it stands in addresses.
pub fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Matched => "matched",
        Verdict::Patched => "patched",
        Verdict::Diverging => "diverging",
        Verdict::NotCompared => "not-compared",
    }
}

impl Filter {
    /// Reads the pairs of a query, decoded; what is not known is passed over.
    pub fn from_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        let some = |value: &str| (!value.is_empty()).then(|| value.to_owned());
        for (key, value) in pairs {
            match key {
                "verdict" => filter.verdicts = listed(value, &Verdict::ALL, verdict_key),
                "cause" => filter.causes = listed(value, &Cause::ALL, cause_key),
                "presence" => {
                    filter.presence = match value {
                        "missing" => Some(Presence::Missing),
                        "extra" => Some(Presence::Extra),
                        _ => None,
                    }
                }
                "arch" => filter.architecture = some(value),
                "repository" => filter.repository = some(value),
                "source" => filter.origin = some(value),
                "q" => filter.text = value.to_owned(),
                "sort" => {
                    let (column, descending) = match value.strip_prefix('-') {
                        Some(column) => (column, true),
                        None => (value, false),
                    };
                    let column = SortColumn::ALL
                        .into_iter()
                        .find(|known| known.key() == column);
                    filter.sort =
                        column.map_or(Sort::default(), |column| Sort { column, descending });
                }
                _ => {}
            }
        }
        filter
    }

    /// The query of the address, without its question mark; empty for the default.
    pub fn query(&self) -> String {
        let mut parts = Vec::new();
        let mut add = |key: &str, value: String| {
            if !value.is_empty() {
                parts.push(format!("{key}={value}"));
            }
        };
        let joined = |keys: Vec<&str>| keys.join(",");
        add(
            "verdict",
            joined(self.verdicts.iter().copied().map(verdict_key).collect()),
        );
        add(
            "cause",
            joined(self.causes.iter().copied().map(cause_key).collect()),
        );
        let presence = match self.presence {
            Some(Presence::Missing) => "missing",
            Some(Presence::Extra) => "extra",
            Some(Presence::Both) | None => "",
        };
        add("presence", presence.to_owned());
        let chosen =
            |choice: &Option<String>| choice.as_deref().map(encode_value).unwrap_or_default();
        add("arch", chosen(&self.architecture));
        add("source", chosen(&self.origin));
        add("repository", chosen(&self.repository));
        add("q", encode_value(&self.text));
        if self.sort != Sort::default() {
            let sign = if self.sort.descending { "-" } else { "" };
            add("sort", format!("{sign}{}", self.sort.column.key()));
        }
        parts.join("&")
    }

    /// The indices of the rows to show, in their order.
    pub fn apply(&self, table: &ReleaseRows) -> Vec<usize> {
        let architecture = self.architecture_index(table);
        let text = self.text.trim().to_lowercase();
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
        let text = self.text.trim().to_lowercase();
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

/// Encodes a value of a query; a plus would be read as a space there.
fn encode_value(value: &str) -> String {
    encode(value).replace('+', "%2B")
}

fn listed<T: Copy + Ord>(value: &str, known: &[T], key: impl Fn(T) -> &'static str) -> BTreeSet<T> {
    let keys: Vec<&str> = value.split(',').collect();
    known
        .iter()
        .copied()
        .filter(|&item| keys.contains(&key(item)))
        .collect()
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
