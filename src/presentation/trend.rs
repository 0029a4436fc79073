//! The share that matches, over time: points, gaps, marks of releases, and the same in words.

mod share_axis;
mod time_axis;

pub use share_axis::{ShareAxis, ShareTick};
pub use time_axis::{TimeTick, time_ticks};

use super::date::day;
use super::number::{count, percent};
use crate::domain::Timestamp;
use std::ops::Range;

/// How many times the median distance of two days with snapshots must pass before the line is broken: one lost run makes it twice.
pub const GAP_FACTOR: f64 = 1.5;

/// The share of one snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrendPoint {
    /// When the snapshot was taken.
    pub taken: Timestamp,
    /// Source packages that match, which is the share's numerator.
    pub matching: u32,
    /// Source packages that were compared, its denominator; never 0 in a [`Trend`].
    pub compared: u32,
}

/// The most points of a drawing: with more, several fall on each pixel.
pub const POINTS_MAX: usize = 400;

/// Where a minor release is first seen, which is marked in the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseMark {
    /// The first snapshot of it.
    pub first_seen: Timestamp,
    /// The minor release: “9.6” where it is one of both sides, else with whose it is.
    pub release: String,
}

/// From which snapshot on a share is of other architectures than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The snapshot.
    pub from: Timestamp,
    /// Its architectures.
    pub architectures: Vec<String>,
}

/// One row of the table behind the chart, ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrendRow {
    /// The snapshot's day.
    pub day: String,
    /// Its share, in percent.
    pub share: String,
    /// Source packages that match.
    pub matching: String,
    /// Source packages that were compared.
    pub compared: String,
    /// The minor releases that are first seen then, or since the row below; empty where there are none.
    pub releases: String,
}

/// The history of a share, oldest point first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trend {
    points: Vec<TrendPoint>,
    releases: Vec<ReleaseMark>,
    /// Stretches of points with no gap inside.
    segments: Vec<Range<usize>>,
    /// When snapshots were taken whose share is not known, oldest first.
    untold: Vec<Timestamp>,
    /// Where the share is of other architectures than before, oldest first.
    coverages: Vec<Coverage>,
    /// How many snapshots there are, where only some of them are points.
    thinned_from: Option<usize>,
}

impl TrendPoint {
    /// The share, from 0 to 1.
    pub fn share(&self) -> f64 {
        f64::from(self.matching) / f64::from(self.compared)
    }

    /// The snapshot in a line, such as “20 Nov 2026: 98.9 %, 2,655 of 2,684”.
    pub fn caption(&self) -> String {
        let (matching, compared) = (count(self.matching), count(self.compared));
        format!("{}, {matching} of {compared}", self.day_and_share(": "))
    }

    fn day_and_share(&self, between: &str) -> String {
        let share = percent(self.matching, self.compared);
        format!("{}{between}{share}", day(self.taken))
    }
}

impl ReleaseMark {
    /// What is written at the mark, such as “9.6 first seen”.
    pub fn label(&self) -> String {
        format!("{} first seen", self.release)
    }
}

impl Trend {
    /// Sorts points and marks by time and breaks the line where the days of two points are more than `gap_factor` times the median
    /// distance of days with a point apart ([`GAP_FACTOR`] is the usual one), and where a snapshot in between has no share, since
    /// nothing was compared in it. A mark before the first point or after the last is left out.
    pub fn new(
        points: impl IntoIterator<Item = TrendPoint>,
        releases: impl IntoIterator<Item = ReleaseMark>,
        gap_factor: f64,
    ) -> Self {
        let (mut points, without): (Vec<_>, Vec<_>) =
            points.into_iter().partition(|point| point.compared > 0);
        points.sort_by_key(|point| point.taken);
        let mut releases: Vec<_> = releases
            .into_iter()
            .filter(|mark| {
                points
                    .first()
                    .is_some_and(|point| point.taken <= mark.first_seen)
                    && points
                        .last()
                        .is_some_and(|point| mark.first_seen <= point.taken)
            })
            .collect();
        releases.sort_by_key(|mark| mark.first_seen);
        let segments = segments(&points, gap_factor);
        let trend = Self {
            points,
            releases,
            segments,
            untold: Vec::new(),
            coverages: Vec::new(),
            thinned_from: None,
        };
        trend.broken_at(without.into_iter().map(|point| point.taken))
    }

    /// With the line broken at snapshots whose share is not known, since their reports were lost.
    pub fn broken_at(mut self, untold: impl IntoIterator<Item = Timestamp>) -> Self {
        self.untold.extend(untold);
        self.untold.sort_unstable();
        self.split_segments(Self::is_untold_before);
        self
    }

    /// With the line broken where the share is of other architectures than before, so that it is another figure.
    pub fn broken_at_coverages(mut self, coverages: impl IntoIterator<Item = Coverage>) -> Self {
        self.coverages.extend(coverages);
        self.coverages.sort_by_key(|coverage| coverage.from);
        self.split_segments(|trend, index| trend.coverage_from(index).is_some());
        self
    }

    fn split_segments(&mut self, is_broken_before: impl Fn(&Self, usize) -> bool) {
        let segments = std::mem::take(&mut self.segments);
        for segment in segments {
            let mut start = segment.start;
            for index in segment.start + 1..segment.end {
                if is_broken_before(self, index) {
                    self.segments.push(start..index);
                    start = index;
                }
            }
            self.segments.push(start..segment.end);
        }
    }

    /// What the share is of from a point on, where that is something else than at the point before it.
    fn coverage_from(&self, index: usize) -> Option<&Coverage> {
        let (before, after) = (self.points[index - 1].taken, self.points[index].taken);
        let mut coverages = self.coverages.iter().rev();
        coverages.find(|coverage| before < coverage.from && coverage.from <= after)
    }

    /// Whether a snapshot without a known share is between a point and the one before it.
    fn is_untold_before(&self, index: usize) -> bool {
        let (before, after) = (self.points[index - 1].taken, self.points[index].taken);
        let next = self.untold.partition_point(|untold| *untold <= before);
        self.untold.get(next).is_some_and(|untold| *untold < after)
    }

    /// With at most about `points_max` points: where there are more, the last of each of equally long stretches of days, and both
    /// ends of each segment, so that no gap is lost. The newest point always stays.
    pub fn thinned(self, points_max: usize) -> Self {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return self;
        };
        if self.points.len() <= points_max {
            return self;
        }
        let first_day = first.taken.unix_days();
        let days = last.taken.unix_days() - first_day + 1;
        let stretch = (days / i64::try_from(points_max.max(1)).unwrap_or(i64::MAX)).max(1) + 1;
        let stretch_of = |point: &TrendPoint| (point.taken.unix_days() - first_day) / stretch;
        let (mut points, mut segments) = (Vec::new(), Vec::new());
        for segment in &self.segments {
            let start = points.len();
            let of_segment = &self.points[segment.clone()];
            for (index, point) in of_segment.iter().enumerate() {
                let next = of_segment.get(index + 1);
                let is_last = next.is_none_or(|next| stretch_of(next) != stretch_of(point));
                if index == 0 || is_last {
                    points.push(*point);
                }
            }
            segments.push(start..points.len());
        }
        Self {
            thinned_from: Some(self.points.len()),
            releases: self.releases,
            untold: self.untold,
            coverages: self.coverages,
            points,
            segments,
        }
    }

    /// What a reader must know of points that stand for several snapshots.
    pub fn thinned_note(&self) -> Option<String> {
        let all = u32::try_from(self.thinned_from?).unwrap_or(u32::MAX);
        let shown = u32::try_from(self.points.len()).unwrap_or(u32::MAX);
        Some(format!(
            "{} of {} snapshots are drawn, evenly apart.",
            count(shown),
            count(all)
        ))
    }

    /// What a reader must know of points before and after which the share is of other architectures.
    pub fn coverage_note(&self) -> Option<String> {
        let starts = self.segments.iter().skip(1).map(|segment| segment.start);
        let sentences: Vec<String> = starts
            .filter_map(|start| Some((self.coverage_from(start)?, self.points[start].taken)))
            .map(|(coverage, taken)| {
                let architectures = coverage.architectures.join(", ");
                format!(
                    "From {} on the share is of other architectures than before: {architectures}.",
                    day(taken)
                )
            })
            .collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }

    /// The points, oldest first.
    pub fn points(&self) -> &[TrendPoint] {
        &self.points
    }

    /// The newest point.
    pub fn latest(&self) -> Option<&TrendPoint> {
        self.points.last()
    }

    /// The marks between the first and the last point, oldest first.
    pub fn releases(&self) -> &[ReleaseMark] {
        &self.releases
    }

    /// The stretches between gaps; each point is in one of them.
    pub fn segments(&self) -> impl Iterator<Item = &[TrendPoint]> {
        self.segments
            .iter()
            .map(|segment| &self.points[segment.clone()])
    }

    /// The axis on which the movement is seen; `None` without a point.
    pub fn share_axis(&self) -> Option<ShareAxis> {
        let (lowest, highest) = self.extremes()?;
        Some(ShareAxis::covering(lowest.share(), highest.share()))
    }

    /// What the chart shows, in sentences, for who cannot see it.
    pub fn description(&self) -> String {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return NO_SNAPSHOT.to_owned();
        };
        let mut sentences = vec![if first == last {
            format!("One snapshot, {}.", last.caption())
        } else {
            format!(
                "{} snapshots, from {} to {}.",
                self.points.len(),
                first.day_and_share(": "),
                last.day_and_share(": ")
            )
        }];
        if let (Some((lowest, highest)), Some(axis)) = (self.extremes(), self.share_axis()) {
            if first != last {
                sentences.push(format!(
                    "Lowest on {}, highest on {}.",
                    lowest.day_and_share(": "),
                    highest.day_and_share(": ")
                ));
            }
            let (low, high) = (axis.lowest(), axis.highest());
            sentences.push(format!(
                "The axis runs from {} to {}.",
                low.label, high.label
            ));
        }
        sentences.extend(
            self.releases
                .iter()
                .map(|mark| format!("{} on {}.", mark.label(), day(mark.first_seen))),
        );
        sentences.extend(self.thinned_note());
        sentences.extend(self.coverage_note());
        let gaps = self.segments.windows(2);
        let gaps = gaps.filter(|pair| {
            self.is_untold_before(pair[1].start) || self.coverage_from(pair[1].start).is_none()
        });
        sentences.extend(gaps.map(|pair| {
            let (before, after) = (self.points[pair[1].start - 1], self.points[pair[1].start]);
            let what = match self.is_untold_before(pair[1].start) {
                true => "No share is known",
                false => "No snapshot",
            };
            format!(
                "{what} between {} and {}.",
                day(before.taken),
                day(after.taken)
            )
        }));
        sentences.join(" ")
    }

    /// The table behind the chart, newest first.
    pub fn rows(&self) -> Vec<TrendRow> {
        let mut before = None;
        let mut rows: Vec<TrendRow> = Vec::with_capacity(self.points.len());
        for point in &self.points {
            rows.push(TrendRow {
                day: day(point.taken),
                share: percent(point.matching, point.compared),
                matching: count(point.matching),
                compared: count(point.compared),
                releases: self.releases_between(before, point.taken),
            });
            before = Some(point.taken);
        }
        rows.reverse();
        rows
    }

    /// The marks after one point up to another, in words; with their day where the snapshot that saw one first is no point.
    fn releases_between(&self, before: Option<Timestamp>, point: Timestamp) -> String {
        let own = self.releases.iter().filter(|mark| {
            mark.first_seen <= point && before.is_none_or(|before| before < mark.first_seen)
        });
        let words = own.map(|mark| match mark.first_seen == point {
            true => mark.label(),
            false => format!("{} {}", mark.label(), day(mark.first_seen)),
        });
        words.collect::<Vec<_>>().join(", ")
    }

    fn extremes(&self) -> Option<(&TrendPoint, &TrendPoint)> {
        let by_share =
            |left: &&TrendPoint, right: &&TrendPoint| left.share().total_cmp(&right.share());
        Some((
            self.points.iter().min_by(by_share)?,
            self.points.iter().max_by(by_share)?,
        ))
    }
}

/// What is said in place of a chart without points.
pub const NO_SNAPSHOT: &str = "No snapshot with a share yet.";

fn segments(points: &[TrendPoint], gap_factor: f64) -> Vec<Range<usize>> {
    let distances = points
        .windows(2)
        .map(|pair| pair[1].taken.unix_days() - pair[0].taken.unix_days());
    // Several snapshots of one day are no shorter rhythm.
    let mut sorted: Vec<i64> = distances.clone().filter(|days| *days > 0).collect();
    sorted.sort_unstable();
    let median = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let longest = median as f64 * gap_factor;

    let gaps = distances
        .enumerate()
        .filter(|(_, days)| *days as f64 > longest)
        .map(|(index, _)| index + 1);
    let mut start = 0;
    let mut segments = Vec::new();
    for end in gaps.chain([points.len()]) {
        if start < end {
            segments.push(start..end);
        }
        start = end;
    }
    segments
}

#[cfg(test)]
mod tests;
