//! How far back a reader looks, what has to be fetched for it, and the trends that it gives.

use super::snapshot_name::has_older;
use super::trend::{Coverage, GAP_FACTOR, POINTS_MAX, ReleaseMark, Trend, TrendPoint};
use crate::domain::{MinorRelease, Shares, Timestamp};
use crate::report::{HistoryYear, ReleaseEntry, SharesRecord, YearEntry};
use std::sync::Arc;

/// How far back a chart goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TrendRange {
    /// The snapshots that the index lists.
    #[default]
    Recent,
    /// The last 366 days before the newest snapshot.
    Year,
    /// All that there is.
    All,
}

impl TrendRange {
    /// All ranges, the shortest first.
    pub const ALL: [TrendRange; 3] = [Self::Recent, Self::Year, Self::All];

    /// As it stands in addresses.
    pub fn key(self) -> &'static str {
        match self {
            Self::Recent => "recent",
            Self::Year => "year",
            Self::All => "all",
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Recent => "Newest reports",
            Self::Year => "One year",
            Self::All => "All",
        }
    }

    /// The range of a key; the shortest for another text.
    pub fn of_key(key: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|range| range.key() == key).unwrap_or_default()
    }

    /// The first moment in it of a release whose newest snapshot is given.
    fn starts(self, newest: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Year => Timestamp::from_unix_days(newest.unix_days() - YEAR_DAYS),
            Self::Recent | Self::All => None,
        }
    }

    /// The years to fetch; none where the index has all of it, or is of a format without years.
    pub fn years(self, release: &ReleaseEntry) -> Vec<YearEntry> {
        let Some(newest) = release.latest() else {
            return Vec::new();
        };
        if self == Self::Recent || !has_older(release) {
            return Vec::new();
        }
        let first_year = self
            .starts(newest.taken.0)
            .map(|moment| moment.year_month_day().0);
        let years = release.years.iter();
        years
            .filter(|year| first_year.is_none_or(|first| first <= year.year))
            .cloned()
            .collect()
    }
}

/// A range of one year reaches back to the same day of the year before, leap years included.
const YEAR_DAYS: i64 = 366;

/// The names of the distribution and the reference.
pub type Parties<'a> = (&'a str, &'a str);

/// The minor releases of the distribution and the reference at one snapshot.
type Minors<'a> = (&'a str, &'a str);

/// The trend of the snapshots that the index lists.
pub fn listed_trend(release: &ReleaseEntry, range: TrendRange, parties: Parties<'_>) -> Trend {
    let newest = release.latest().map(|latest| latest.taken.0);
    let starts = newest.and_then(|newest| range.starts(newest));
    let points = release.snapshots.iter().map(|snapshot| {
        let distribution = snapshot.distribution_minor.as_str();
        let minors = (distribution, snapshot.reference_minor.as_str());
        (snapshot.taken.0, snapshot.shares, minors)
    });
    let lost: Vec<Timestamp> = release.lost.iter().map(|lost| lost.0).collect();
    let coverages = release.coverages.iter().map(|record| Coverage {
        from: record.from.0,
        architectures: record.architectures.clone(),
    });
    let trend = trend_of(points, &lost, starts, parties);
    trend.broken_at_coverages(coverages).thinned(POINTS_MAX)
}

/// The trend of years, oldest first.
pub fn trend_of_years(
    years: &[Arc<HistoryYear>],
    range: TrendRange,
    parties: Parties<'_>,
) -> Trend {
    let points: Vec<(Timestamp, SharesRecord, Minors<'_>)> = years
        .iter()
        .flat_map(|year| {
            let points = year.points().into_iter().enumerate();
            // A lost report is a gap, although the index once said its share.
            let kept = points.filter(|(_, point)| !point.is_lost());
            kept.map(|(position, point)| (point.taken, point.shares, minors_of(year, position)))
        })
        .collect();
    let newest = points.last().map(|(taken, _, _)| *taken);
    let starts = newest.and_then(|newest| range.starts(newest));
    let all = years.iter().flat_map(|year| year.points());
    let lost = all.filter(|point| point.is_lost()).map(|point| point.taken);
    let lost: Vec<Timestamp> = lost.collect();
    let trend = trend_of(points.into_iter(), &lost, starts, parties);
    trend
        .broken_at_coverages(coverages_of_years(years))
        .thinned(POINTS_MAX)
}

/// Where the snapshots of years have other architectures than the one before.
fn coverages_of_years(years: &[Arc<HistoryYear>]) -> Vec<Coverage> {
    let mut before: Option<Vec<String>> = None;
    let mut coverages = Vec::new();
    for year in years {
        for point in year.points().into_iter().filter(|point| !point.is_lost()) {
            let told = year.architectures.iter().zip(&point.architectures);
            let told = told.filter(|(_, shares)| shares.is_some());
            let mut architectures: Vec<String> = told.map(|(one, _)| one.name.clone()).collect();
            architectures.sort();
            if before
                .replace(architectures.clone())
                .is_some_and(|before| before != architectures)
            {
                coverages.push(Coverage {
                    from: point.taken,
                    architectures,
                });
            }
        }
    }
    coverages
}

/// The minor releases at one snapshot of a year.
fn minors_of(year: &HistoryYear, position: usize) -> Minors<'_> {
    let mut begun = year.minors.iter().rev();
    let minors = begun.find(|minors| minors.snapshot as usize <= position);
    minors
        .map(|minors| (minors.distribution.as_str(), minors.reference.as_str()))
        .unwrap_or_default()
}

/// The trend from a moment on, with a mark where another minor release of the distribution or the reference is first seen, and
/// broken where reports were lost.
fn trend_of<'a>(
    points: impl Iterator<Item = (Timestamp, SharesRecord, Minors<'a>)>,
    lost: &[Timestamp],
    starts: Option<Timestamp>,
    parties: Parties<'_>,
) -> Trend {
    let mut marks: Vec<ReleaseMark> = Vec::new();
    let mut seen: Vec<Minors<'_>> = Vec::new();
    let mut kept = Vec::new();
    for (taken, shares, minors) in points {
        let release = release_begun(&seen, minors, parties);
        marks.extend(release.map(|release| ReleaseMark {
            first_seen: taken,
            release,
        }));
        if seen.last() != Some(&minors) {
            seen.push(minors);
        }
        let shares: Shares = shares.into();
        if starts.is_none_or(|starts| starts <= taken) {
            kept.push(TrendPoint {
                taken,
                matching: shares.matching(),
                compared: shares.compared(),
            });
        }
    }
    Trend::new(kept, marks, GAP_FACTOR).broken_at(lost.iter().copied())
}

/// The minor releases that are first seen, with whose they are unless they are one of both sides; `None` where none is.
fn release_begun(
    seen: &[Minors<'_>],
    (distribution, reference): Minors<'_>,
    parties: Parties<'_>,
) -> Option<String> {
    let of = |name: &str, minor: &str| format!("{name} {minor}");
    let of_distribution = is_first_seen(distribution, seen.iter().map(|seen| seen.0));
    let of_reference = is_first_seen(reference, seen.iter().map(|seen| seen.1));
    match (of_distribution, of_reference) {
        (true, true) if distribution == reference => Some(distribution.to_owned()),
        (true, true) => Some(format!(
            "{} and {}",
            of(parties.0, distribution),
            of(parties.1, reference)
        )),
        (true, false) => Some(of(parties.0, distribution)),
        (false, true) => Some(of(parties.1, reference)),
        (false, false) => None,
    }
}

/// Whether a minor release follows others and is seen for the first time: what a side goes back to was there before, although
/// the snapshots at hand may not show it.
fn is_first_seen<'a>(minor: &str, seen: impl Iterator<Item = &'a str>) -> bool {
    let number = |minor: &str| minor.parse::<MinorRelease>().ok();
    let mut seen = seen.peekable();
    seen.peek().is_some() && seen.all(|known| number(known) < number(minor))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(diverging: u32) -> SharesRecord {
        SharesRecord {
            matched: 100 - diverging,
            patched: 0,
            diverging,
            not_compared: 5,
        }
    }

    #[test]
    fn a_minor_release_is_marked_where_it_is_first_seen() {
        let check = |minors: &[&str], starts: Option<&str>, expected: &[&str], points: usize| {
            let days = (0..).map(|day| Timestamp::from_unix_days(20_000 + day).unwrap());
            let snapshots = days.zip(minors).map(|(taken, minors)| {
                let minors = minors.split_once('/').unwrap_or((minors, minors));
                (taken, shares(1), minors)
            });
            let starts = starts.map(|day| day.parse().unwrap());
            let trend = trend_of(snapshots, &[], starts, ("AlmaLinux", "RHEL"));
            let marks = trend.releases().iter();
            let marks: Vec<&str> = marks.map(|mark| mark.release.as_str()).collect();
            assert_eq!((marks, trend.points().len()), (expected.to_vec(), points));
        };
        check(&[], None, &[], 0);
        check(&["9.5", "9.5"], None, &[], 2);
        check(&["9.5", "9.6", "9.6", "9.7"], None, &["9.6", "9.7"], 4);
        check(
            &["9.5", "9.5/9.6", "9.6/9.6"],
            None,
            &["RHEL 9.6", "AlmaLinux 9.6"],
            3,
        );
        check(
            &["9.5/9.4", "9.6/9.5"],
            None,
            &["AlmaLinux 9.6 and RHEL 9.5"],
            2,
        );
        // What a side goes back to is not first seen then, nor what it returns to.
        check(&["9.5", "9.6", "9.5", "9.6"], None, &["9.6"], 4);
        check(
            &["9.5", "9.6/9.5", "9.5/9.5", "9.6/9.6"],
            None,
            &["AlmaLinux 9.6", "RHEL 9.6"],
            4,
        );
        check(&["9.10", "9.9", "9.11"], None, &["9.11"], 3);
        // Day 20,000 is 4 October 2024.
        check(
            &["9.5", "9.6", "9.6", "9.7"],
            Some("2024-10-06"),
            &["9.7"],
            2,
        );
    }

    #[test]
    fn ranges_are_read_from_addresses() {
        for range in TrendRange::ALL {
            assert_eq!(TrendRange::of_key(range.key()), range);
        }
        assert_eq!(TrendRange::of_key("decade"), TrendRange::Recent);
    }
}
