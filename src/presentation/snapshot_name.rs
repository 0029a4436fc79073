//! Snapshots as readers name them: by the name in addresses, by the day, or by the minor release; and where those are that the
//! index does not list.

use crate::domain::{MinorRelease, Timestamp};
use crate::report::{Digest, HistoryYear, ReleaseEntry, SnapshotEntry, YearEntry};
use std::sync::Arc;

/// A snapshot that the index does not list, found in the history.
#[derive(Clone, Debug, PartialEq)]
pub struct ArchivedSnapshot {
    /// The release that it is of.
    pub release: String,
    /// Itself.
    pub entry: SnapshotEntry,
}

impl ArchivedSnapshot {
    /// Whether it is that of this release and name.
    pub fn is(&self, release: &str, id: &str) -> bool {
        self.release == release && self.entry.id == id
    }
}

/// The year and month in which a snapshot of this name or day was taken; `None` where the name is neither.
pub fn month_of_snapshot(name: &str) -> Option<(i32, u8)> {
    if is_day(name) {
        let day: Timestamp = name.parse().ok()?;
        let (year, month, _) = day.year_month_day();
        return Some((year, month));
    }
    let (year, month) = (name.get(..4)?, name.get(4..6)?);
    let is_name = name.len() == "20261120T041000Z".len() && name.ends_with('Z');
    let month = month.parse().ok().filter(|month| (1..=12).contains(month));
    Some((year.parse().ok()?, month?)).filter(|_| is_name)
}

/// The name of a snapshot in addresses, of its time.
pub fn snapshot_id(taken: Timestamp) -> String {
    taken.to_string().replace(['-', ':'], "")
}

/// Whether a snapshot is meant by its name, or by its day, such as “2026-11-20”.
pub fn is_meant_by(name: &str, snapshot: &SnapshotEntry) -> bool {
    let is_of_day = || is_day(name) && snapshot.taken.0.to_string().starts_with(name);
    snapshot.id == name || is_of_day()
}

fn is_day(name: &str) -> bool {
    name.len() == "2026-11-20".len() && name.matches('-').count() == 2
}

/// The snapshot that a reader means by its name, or the newest one of that day or of the minor release of that name. Snapshots are
/// in the order of time.
///
/// Of a minor release the newest counts in which both sides have it: the reference has the next one first, and is as good as never at
/// the same as the distribution on the distribution's last day. Where there is none, the distribution's newest counts.
pub fn snapshot_named<'a>(snapshots: &'a [SnapshotEntry], name: &str) -> Option<&'a SnapshotEntry> {
    let snapshots = || snapshots.iter().rev();
    snapshots()
        .find(|snapshot| is_meant_by(name, snapshot))
        .or_else(|| snapshots().find(|snapshot| is_of_both(name, snapshot)))
        .or_else(|| snapshots().find(|snapshot| snapshot.distribution_minor == name))
}

/// Whether both sides have the minor release of this name.
fn is_of_both(name: &str, snapshot: &SnapshotEntry) -> bool {
    snapshot.distribution_minor == name && snapshot.reference_minor == name
}

/// What the reader must know of the snapshot that a minor release means where the reference does not have it there.
pub fn minor_note(
    name: &str,
    snapshot: &SnapshotEntry,
    distribution: &str,
    reference: &str,
) -> Option<String> {
    let is_named_itself = is_meant_by(name, snapshot) || snapshot.distribution_minor != name;
    (!is_named_itself && !is_of_both(name, snapshot)).then(|| {
        format!(
            "{name} means {}, the newest report with {distribution} {name}: {reference} is {} there, and no report has {name} on both sides.",
            snapshot.id, snapshot.reference_minor
        )
    })
}

/// Whether the history has more snapshots of a release than the index lists.
pub fn has_older(release: &ReleaseEntry) -> bool {
    release.snapshot_count() as usize > release.snapshots.len()
}

/// The years that may have the snapshot that is meant and that the index does not list with the one before it: that of its moment,
/// or all of them where a minor release is named that no listed one has on both sides. `None` where the index lists both, or no year
/// can have it.
pub fn years_with(release: &ReleaseEntry, name: &str) -> Option<Vec<YearEntry>> {
    let may_be_older = |listed: &&SnapshotEntry| {
        has_older(release) && !is_meant_by(name, listed) && !is_of_both(name, listed)
    };
    let listed = snapshot_named(&release.snapshots, name);
    let listed = listed.filter(|listed| !may_be_older(listed));
    let is_first = has_older(release) && listed == release.snapshots.first();
    if listed.is_some() && !is_first {
        return None;
    }
    let moment = month_of_snapshot(listed.map_or(name, |listed| &listed.id));
    let is_minor = || has_older(release) && name.parse::<MinorRelease>().is_ok();
    let may_have = |year: &YearEntry| match moment {
        Some((of_moment, _)) => year.year == of_moment,
        None => is_minor(),
    };
    let years = release.years.iter().filter(|year| may_have(year));
    let years: Vec<YearEntry> = years.cloned().collect();
    (!years.is_empty()).then_some(years)
}

/// The document of the month that may have the snapshot that is meant, and by which name or day to look for it there; `None` where
/// the years have neither. The years are in order.
pub fn month_with(years: &[Arc<HistoryYear>], name: &str) -> Option<(Digest, String)> {
    let of_minor = || {
        let points = years
            .iter()
            .rev()
            .flat_map(|year| year.points().into_iter().rev());
        let own = points.filter(|point| !point.is_lost() && point.distribution_minor == name);
        let own: Vec<_> = own.collect();
        let of_both = own.iter().find(|point| point.reference_minor == name);
        Some(snapshot_id(of_both.or(own.first())?.taken))
    };
    let name = match month_of_snapshot(name) {
        Some(_) => name.to_owned(),
        None => of_minor()?,
    };
    let (year, month) = month_of_snapshot(&name)?;
    let year = years.iter().find(|known| known.year == year)?;
    let entry = year.months.iter().find(|entry| entry.month == month)?;
    Some((entry.digest.clone(), name))
}

#[cfg(test)]
mod tests;
