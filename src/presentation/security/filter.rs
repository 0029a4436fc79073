//! What is shown of the table of advisories, and how it stands in the address.

use super::words::{STATES, severity_key, state_key};
use super::{SecurityRow, SecurityRows};
use crate::domain::{AdvisoryKind, Severity};
use crate::presentation::route::encode;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// The reader's choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecurityFilter {
    /// Severities; all where empty.
    pub severities: BTreeSet<Severity>,
    /// The positions of states in [`STATES`]; all where empty.
    pub states: BTreeSet<usize>,
    /// Which advisories.
    pub series: Series,
    /// The quarter, as it stands in addresses.
    pub quarter: Option<String>,
    /// A part of a name of an advisory, package or vulnerability.
    pub text: String,
    /// The order.
    pub sort: SecuritySort,
}

/// Which advisories are in the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Series {
    /// Security advisories that mirror the reference's, or that only the reference has.
    #[default]
    Mirrored,
    /// Security advisories that the distribution counts on its own.
    Own,
    /// Bug fixes.
    Bugfix,
    /// Enhancements.
    Enhancement,
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecuritySort {
    /// By what.
    pub column: SecurityColumn,
    /// Whether the other way round.
    pub reversed: bool,
}

/// A column that can be sorted by; each has the order first that readers look for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecurityColumn {
    /// The reference's day, the newest first.
    #[default]
    Reference,
    /// The distribution's day, the newest first.
    Distribution,
    /// The lag, the longest first.
    Lag,
    /// The severity, the worst first.
    Severity,
    /// The name.
    Name,
}

impl Series {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Series; 4] = [Self::Mirrored, Self::Own, Self::Bugfix, Self::Enhancement];

    /// As it stands in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Mirrored => "mirrored",
            Self::Own => "own",
            Self::Bugfix => "bugfix",
            Self::Enhancement => "enhancement",
        }
    }

    fn admits(self, row: &SecurityRow) -> bool {
        let id = &row.clock.id;
        match self {
            Self::Mirrored => row.is_counted(),
            Self::Own => id.kind == AdvisoryKind::Security && id.is_own(),
            Self::Bugfix => id.kind == AdvisoryKind::Bugfix,
            Self::Enhancement => id.kind == AdvisoryKind::Enhancement,
        }
    }
}

impl SecurityColumn {
    const ALL: [SecurityColumn; 5] = [
        Self::Reference,
        Self::Distribution,
        Self::Lag,
        Self::Severity,
        Self::Name,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Reference => "reference",
            Self::Distribution => "distribution",
            Self::Lag => "lag",
            Self::Severity => "severity",
            Self::Name => "name",
        }
    }
}

impl SecuritySort {
    /// Whether the greatest, the newest or the longest stands first.
    pub fn is_descending(self) -> bool {
        let is_natural = matches!(
            self.column,
            SecurityColumn::Reference | SecurityColumn::Distribution | SecurityColumn::Lag
        );
        is_natural != self.reversed
    }
}

impl SecurityFilter {
    /// Reads the pairs of a query, decoded; what is not known is passed over.
    pub fn from_query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut filter = Self::default();
        for (key, value) in pairs {
            let mut listed = value.split(',');
            match key {
                "severity" => {
                    let severities = Severity::ALL.into_iter();
                    filter.severities = severities
                        .filter(|severity| {
                            listed.clone().any(|word| word == severity_key(*severity))
                        })
                        .collect();
                }
                "state" => {
                    filter.states = (0..STATES.len())
                        .filter(|index| listed.clone().any(|word| word == STATES[*index].0))
                        .collect();
                }
                "series" => {
                    let mut series = Series::ALL.into_iter();
                    filter.series = series
                        .find(|series| series.key() == value)
                        .unwrap_or_default();
                }
                "quarter" => {
                    filter.quarter = listed
                        .next()
                        .filter(|text| !text.is_empty())
                        .map(str::to_owned)
                }
                "q" => value.clone_into(&mut filter.text),
                "sort" => {
                    let (column, reversed) = match value.strip_prefix('-') {
                        Some(column) => (column, true),
                        None => (value, false),
                    };
                    let mut columns = SecurityColumn::ALL.into_iter();
                    let column = columns.find(|known| known.key() == column);
                    filter.sort = column.map_or(SecuritySort::default(), |column| SecuritySort {
                        column,
                        reversed,
                    });
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
        let joined = |words: Vec<&str>| words.join(",");
        if self.series != Series::default() {
            add("series", self.series.key().to_owned());
        }
        add(
            "severity",
            joined(
                self.severities
                    .iter()
                    .map(|severity| severity_key(*severity))
                    .collect(),
            ),
        );
        add(
            "state",
            joined(self.states.iter().map(|index| STATES[*index].0).collect()),
        );
        // A plus would be read as a space in a query.
        let value = |text: &str| encode(text).replace('+', "%2B");
        add(
            "quarter",
            self.quarter.as_deref().map(value).unwrap_or_default(),
        );
        add("q", value(&self.text));
        if self.sort != SecuritySort::default() {
            let sign = if self.sort.reversed { "-" } else { "" };
            add("sort", format!("{sign}{}", self.sort.column.key()));
        }
        parts.join("&")
    }

    /// The indices of the rows to show, in their order.
    pub fn apply(&self, table: &SecurityRows) -> Vec<usize> {
        let mut shown: Vec<usize> = (0..table.rows.len())
            .filter(|index| {
                let row = &table.rows[*index];
                self.admits(row) && self.admits_severity(row) && self.admits_state(row)
            })
            .collect();
        shown.sort_by(|left, right| {
            let order = self.order(&table.rows[*left], &table.rows[*right]);
            if self.sort.reversed {
                order.reverse()
            } else {
                order
            }
        });
        if self.sort
            == (SecuritySort {
                column: SecurityColumn::Reference,
                reversed: true,
            })
        {
            shown.reverse();
        }
        shown
    }

    /// How many rows each severity would show, the other choices kept.
    pub fn severity_counts(&self, table: &SecurityRows) -> [u32; Severity::ALL.len()] {
        Severity::ALL.map(|severity| {
            let rows = table.rows.iter();
            let rows = rows.filter(|row| {
                row.clock.severity == severity && self.admits(row) && self.admits_state(row)
            });
            rows.count() as u32
        })
    }

    /// How many rows each of [`STATES`] would show, the other choices kept.
    pub fn state_counts(&self, table: &SecurityRows) -> [u32; STATES.len()] {
        STATES.map(|(key, _)| {
            let rows = table.rows.iter();
            let rows = rows.filter(|row| {
                state_key(row.clock.state) == key && self.admits(row) && self.admits_severity(row)
            });
            rows.count() as u32
        })
    }

    /// How many rows each of [`Series::ALL`] has, whatever else is chosen.
    pub fn series_counts(table: &SecurityRows) -> [u32; Series::ALL.len()] {
        Series::ALL.map(|series| table.rows.iter().filter(|row| series.admits(row)).count() as u32)
    }

    /// Everything but severity and state.
    fn admits(&self, row: &SecurityRow) -> bool {
        let text = self.text.trim().to_ascii_lowercase();
        let is_of_quarter = self
            .quarter
            .as_ref()
            .is_none_or(|quarter| row.quarter.is_some_and(|own| own.key() == *quarter));
        self.series.admits(row) && is_of_quarter && row.search.contains(&text)
    }

    fn admits_severity(&self, row: &SecurityRow) -> bool {
        self.severities.is_empty() || self.severities.contains(&row.clock.severity)
    }

    fn admits_state(&self, row: &SecurityRow) -> bool {
        let own = state_key(row.clock.state);
        self.states.is_empty() || self.states.iter().any(|index| STATES[*index].0 == own)
    }

    /// The order of a column; a stable sort keeps that of the rows among equals.
    fn order(&self, left: &SecurityRow, right: &SecurityRow) -> Ordering {
        let day = |row: &SecurityRow| row.clock.distribution.map(|fact| fact.day);
        let lag = |row: &SecurityRow| row.lag.ok().map(|lag| lag.days);
        match self.sort.column {
            SecurityColumn::Reference => Ordering::Equal,
            SecurityColumn::Distribution => day(right).cmp(&day(left)),
            SecurityColumn::Lag => lag(right).cmp(&lag(left)),
            SecurityColumn::Severity => left.clock.severity.cmp(&right.clock.severity),
            SecurityColumn::Name => left.clock.id.cmp(&right.clock.id),
        }
    }
}
