//! The snapshots that the numbers go by, and which two of them are a year apart.

use crate::domain::Timestamp;
use crate::presentation::comparable_shares::Measured;
use crate::report::{HistoryYear, ReleaseEntry, SharesRecord, SnapshotEntry, YearEntry};
use std::sync::Arc;

/// Days after which a snapshot is of the year before.
const YEAR_DAYS: i64 = 365;

/// One snapshot of the columns that the numbers need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressPoint {
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
    /// The architectures that were compared; none where not known.
    pub architectures: Vec<String>,
}

impl ProgressPoint {
    /// Its shares, with what they are of.
    pub(super) fn measured(&self) -> Measured<'_> {
        Measured {
            shares: self.shares.into(),
            minors: (&self.distribution_minor, &self.reference_minor),
            architectures: &self.architectures,
        }
    }
}

impl From<&SnapshotEntry> for ProgressPoint {
    fn from(snapshot: &SnapshotEntry) -> Self {
        Self {
            taken: snapshot.taken.0,
            shares: snapshot.shares,
            reviewed: None,
            distribution_minor: snapshot.distribution_minor.clone(),
            reference_minor: snapshot.reference_minor.clone(),
            architectures: Vec::new(),
        }
    }
}

/// The years that have the newest snapshot and the one of a year before.
pub fn years_for_progress(release: &ReleaseEntry) -> Vec<YearEntry> {
    let newest = release.latest().map(|latest| latest.taken.0.unix_days());
    let first_year = newest
        .and_then(|newest| Timestamp::from_unix_days(newest - 2 * YEAR_DAYS))
        .map(|moment| moment.year_month_day().0);
    let years = release.years.iter();
    years
        .filter(|year| first_year.is_some_and(|first| first <= year.year))
        .cloned()
        .collect()
}

/// The snapshots of years, oldest first, but those whose reports were lost: nobody could open them.
pub fn progress_points(years: &[Arc<HistoryYear>]) -> Vec<ProgressPoint> {
    let points = years.iter().flat_map(|year| {
        let points = year.points().into_iter();
        points.map(move |point| (year, point))
    });
    points
        .filter(|(_, point)| !point.is_lost())
        .map(|(year, point)| ProgressPoint {
            taken: point.taken,
            shares: point.shares,
            reviewed: point.reviewed,
            distribution_minor: point.distribution_minor,
            reference_minor: point.reference_minor,
            architectures: year
                .architectures
                .iter()
                .zip(&point.architectures)
                .filter(|(_, shares)| shares.is_some())
                .map(|(architecture, _)| architecture.name.clone())
                .collect(),
        })
        .collect()
}

/// The newest snapshot, and the one to compare it with: the newest that is a year older, else the oldest there is.
pub fn year_apart(points: &[ProgressPoint]) -> Option<(ProgressPoint, ProgressPoint)> {
    let newest = points.last()?;
    let is_a_year_older =
        |point: &&ProgressPoint| newest.taken.unix_days() - point.taken.unix_days() >= YEAR_DAYS;
    let then = points.iter().rfind(is_a_year_older).or(points.first())?;
    (then.taken < newest.taken).then(|| (then.clone(), newest.clone()))
}
