//! The shares of a release in one year in columns, for the chart: small, since most days are like the day before.

use super::Digest;
use super::compatibility::SharesRecord;
use super::document::{Document, FormatVersion};
use super::history_month::HistorySnapshot;
use super::limits;
use crate::domain::Timestamp;
use serde::{Deserialize, Serialize};

/// One year of a release's shares. Columns have one entry for each snapshot, oldest first: the first is the value, each
/// further one the difference to the last value before it. Null stands where there is no value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct HistoryYear {
    /// The version of the format.
    pub format: FormatVersion,
    /// The release's name in addresses.
    pub release: String,
    /// The year, in UTC.
    pub year: i32,
    /// Column: when the snapshot was taken, in seconds since 1970.
    pub taken: Vec<i64>,
    /// Column: source packages whose verdict is founded on more than versions.
    pub reviewed: Vec<Option<i64>>,
    /// The shares over all packages.
    pub shares: SharesColumns,
    /// The shares on each architecture that any snapshot has.
    pub architectures: Vec<ArchitectureColumns>,
    /// Where other minor releases begin; the first is at the first snapshot.
    pub minors: Vec<MinorsRecord>,
    /// The months with a snapshot, in order.
    pub months: Vec<MonthEntry>,
}

/// Shares, column by column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct SharesColumns {
    /// Column: matched.
    pub matched: Vec<Option<i64>>,
    /// Column: patched.
    pub patched: Vec<Option<i64>>,
    /// Column: diverging.
    pub diverging: Vec<Option<i64>>,
    /// Column: not compared.
    pub not_compared: Vec<Option<i64>>,
}

/// The shares on one architecture, column by column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct ArchitectureColumns {
    /// Its name.
    pub name: String,
    /// The shares; null where the snapshot does not have the architecture, or its report was lost.
    pub shares: SharesColumns,
}

/// Minor releases from a snapshot on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct MinorsRecord {
    /// The first snapshot with them, as a position in the columns.
    pub snapshot: u32,
    /// The distribution's.
    pub distribution: String,
    /// The reference's.
    pub reference: String,
}

/// One month of a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct MonthEntry {
    /// The month, from 1.
    pub month: u8,
    /// How many snapshots it has.
    pub snapshots: u32,
    /// How many transitions it has.
    pub transitions: u32,
    /// The document of the month.
    pub digest: Digest,
}

/// One snapshot of a year, read from the columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearPoint {
    /// When it was taken.
    pub taken: Timestamp,
    /// The shares over all packages.
    pub shares: SharesRecord,
    /// Source packages whose verdict is founded on more than versions; `None` where not known.
    pub reviewed: Option<u32>,
    /// The distribution's minor release.
    pub distribution_minor: String,
    /// The reference's minor release.
    pub reference_minor: String,
    /// The shares on each architecture of the year; `None` where it has none.
    pub architectures: Vec<Option<SharesRecord>>,
}

impl YearPoint {
    /// Whether its report was lost, so that nothing but its share is known.
    pub fn is_lost(&self) -> bool {
        self.reviewed.is_none()
    }
}

impl HistoryYear {
    /// The year of snapshots, oldest first, whose months are published already.
    pub fn new(
        release: &str,
        year: i32,
        snapshots: &[&HistorySnapshot],
        months: Vec<MonthEntry>,
    ) -> Self {
        let mut names: Vec<&str> = Vec::new();
        let figures = snapshots
            .iter()
            .flat_map(|snapshot| &snapshot.figures)
            .flat_map(|figures| &figures.architectures);
        for architecture in figures {
            if !names.contains(&architecture.name.as_str()) {
                names.push(&architecture.name);
            }
        }
        let on = |name: &str| {
            let shares = snapshots.iter().map(|snapshot| {
                let mut architectures = snapshot.figures.iter().flat_map(|f| &f.architectures);
                architectures
                    .find(|architecture| architecture.name == name)
                    .map(|architecture| architecture.shares)
            });
            SharesColumns::new(shares.collect())
        };
        let mut minors: Vec<MinorsRecord> = Vec::new();
        for (position, snapshot) in snapshots.iter().enumerate() {
            let entry = &snapshot.entry;
            let of_entry = (&entry.distribution_minor, &entry.reference_minor);
            let last = minors.last();
            if last.is_none_or(|last| (&last.distribution, &last.reference) != of_entry) {
                minors.push(MinorsRecord {
                    snapshot: position as u32,
                    distribution: entry.distribution_minor.clone(),
                    reference: entry.reference_minor.clone(),
                });
            }
        }
        let taken = snapshots
            .iter()
            .map(|snapshot| Some(snapshot.entry.taken.0.unix_seconds()));
        let reviewed = snapshots.iter().map(|snapshot| {
            let figures = snapshot.figures.as_ref();
            figures.map(|figures| i64::from(figures.reviewed))
        });
        Self {
            format: FormatVersion::CURRENT,
            release: release.to_owned(),
            year,
            taken: differences(taken).into_iter().flatten().collect(),
            reviewed: differences(reviewed),
            shares: SharesColumns::new(
                snapshots
                    .iter()
                    .map(|snapshot| Some(snapshot.entry.shares))
                    .collect(),
            ),
            architectures: names
                .iter()
                .map(|name| ArchitectureColumns {
                    name: (*name).to_owned(),
                    shares: on(name),
                })
                .collect(),
            minors,
            months,
        }
    }

    /// Its snapshots, oldest first. What the columns cannot say is left out; [`Document::check`] refuses such columns.
    pub fn points(&self) -> Vec<YearPoint> {
        let taken = sums(self.taken.iter().copied().map(Some));
        let reviewed = sums(self.reviewed.iter().copied());
        let shares = self.shares.records();
        let on: Vec<_> = self
            .architectures
            .iter()
            .map(|architecture| architecture.shares.records())
            .collect();
        let point = |(index, taken): (usize, Option<i64>)| {
            let mut minors = self.minors.iter().rev();
            let minors = minors.find(|minors| minors.snapshot as usize <= index);
            let minor =
                |of: fn(&MinorsRecord) -> &String| minors.map(of).cloned().unwrap_or_default();
            Some(YearPoint {
                distribution_minor: minor(|minors| &minors.distribution),
                reference_minor: minor(|minors| &minors.reference),
                taken: Timestamp::from_unix_seconds(taken?)?,
                shares: (*shares.get(index)?)?,
                reviewed: reviewed
                    .get(index)
                    .copied()
                    .flatten()
                    .and_then(|count| u32::try_from(count).ok()),
                architectures: on
                    .iter()
                    .map(|records| records.get(index).copied().flatten())
                    .collect(),
            })
        };
        taken.into_iter().enumerate().filter_map(point).collect()
    }
}

impl SharesColumns {
    fn new(records: Vec<Option<SharesRecord>>) -> Self {
        let column = |of: fn(&SharesRecord) -> u32| {
            let values = records.iter().map(|record| record.as_ref().map(of));
            differences(values.map(|value| value.map(i64::from)))
        };
        Self {
            matched: column(|shares| shares.matched),
            patched: column(|shares| shares.patched),
            diverging: column(|shares| shares.diverging),
            not_compared: column(|shares| shares.not_compared),
        }
    }

    fn records(&self) -> Vec<Option<SharesRecord>> {
        let column = |of: &[Option<i64>]| sums(of.iter().copied());
        let columns = self.columns().map(column);
        let [matched, patched, diverging, not_compared] = &columns;
        let at = |index: usize| {
            let value = |column: &Vec<Option<i64>>| {
                u32::try_from(column.get(index).copied().flatten()?).ok()
            };
            Some(SharesRecord {
                matched: value(matched)?,
                patched: value(patched)?,
                diverging: value(diverging)?,
                not_compared: value(not_compared)?,
            })
        };
        (0..self.matched.len()).map(at).collect()
    }

    fn columns(&self) -> [&[Option<i64>]; 4] {
        [
            &self.matched,
            &self.patched,
            &self.diverging,
            &self.not_compared,
        ]
    }

    fn has_rows(&self, rows: usize) -> bool {
        self.columns().iter().all(|column| column.len() == rows)
    }
}

/// The first value, then the differences to the last value before.
fn differences(values: impl Iterator<Item = Option<i64>>) -> Vec<Option<i64>> {
    let mut last = 0;
    let difference = |value: Option<i64>| {
        value.map(|value: i64| {
            let difference = value - last;
            last = value;
            difference
        })
    };
    values.map(difference).collect()
}

/// The values of differences.
fn sums(differences: impl Iterator<Item = Option<i64>>) -> Vec<Option<i64>> {
    let mut last = 0_i64;
    let sum = |difference: Option<i64>| {
        difference.map(|difference| {
            last = last.saturating_add(difference);
            last
        })
    };
    differences.map(sum).collect()
}

impl Document for HistoryYear {
    const KIND: &'static str = "year";
    const BYTES_MAX: usize = limits::YEAR_BYTES;

    fn format(&self) -> FormatVersion {
        self.format
    }

    fn check(&self) -> Result<(), String> {
        let rows = self.taken.len();
        limits::within("snapshots", rows, limits::SNAPSHOTS)?;
        limits::within(
            "architectures",
            self.architectures.len(),
            limits::HISTORY_ARCHITECTURES,
        )?;
        limits::within("months", self.months.len(), 12)?;
        let shares = self
            .architectures
            .iter()
            .map(|architecture| &architecture.shares);
        let whole = self.reviewed.len() == rows
            && shares
                .chain([&self.shares])
                .all(|columns| columns.has_rows(rows));
        if !whole {
            return Err("the columns of the year differ in length".to_owned());
        }
        let points = self.points();
        let in_order = points.is_sorted_by(|left, right| left.taken < right.taken)
            && points
                .iter()
                .all(|point| point.taken.year_month_day().0 == self.year);
        if points.len() != rows || rows == 0 || !in_order {
            return Err(
                "the snapshots of the year are not in order, not of this year, or no counts"
                    .to_owned(),
            );
        }
        let months_in_order = self
            .months
            .is_sorted_by(|left, right| left.month < right.month);
        let counted: u64 = self
            .months
            .iter()
            .map(|month| u64::from(month.snapshots))
            .sum();
        if !months_in_order || counted != rows as u64 {
            return Err("the months of the year are not in order, or not all of it".to_owned());
        }
        let minors_in_order = self
            .minors
            .is_sorted_by(|left, right| left.snapshot < right.snapshot);
        let exist = self
            .minors
            .iter()
            .all(|minors| (minors.snapshot as usize) < rows);
        if !minors_in_order || !exist {
            return Err("the minor releases of the year are not in order".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(values: &[Option<i64>], expected: &[Option<i64>]) {
        assert_eq!(differences(values.iter().copied()), expected);
    }

    #[test]
    fn columns_hold_differences_to_the_last_value() {
        check(&[], &[]);
        check(&[Some(7), Some(7), Some(9)], &[Some(7), Some(0), Some(2)]);
        check(
            &[None, Some(7), None, Some(5)],
            &[None, Some(7), None, Some(-2)],
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(values in prop::collection::vec(prop::option::of(0..100_000_i64), 0..40)) {
            let written = differences(values.iter().copied());
            prop_assert_eq!(sums(written.into_iter()), values);
        }

        #[test]
        fn any_column_is_read_without_panic(values in prop::collection::vec(prop::option::of(any::<i64>()), 0..20)) {
            let _ = sums(values.into_iter());
        }
    }
}
