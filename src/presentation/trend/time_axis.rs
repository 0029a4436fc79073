//! The horizontal axis of a trend: starts of months, as many as fit.

use crate::domain::Timestamp;
use crate::presentation::date::{MONTHS, day};

/// A labelled moment of the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeTick {
    /// The moment.
    pub moment: Timestamp,
    /// Such as “Jan 2026”, or “Apr” where the year stands further left.
    pub label: String,
}

/// At most `count_max` starts of months from `first` to `last`, evenly apart; the two days themselves where months do not
/// give two ticks.
pub fn time_ticks(first: Timestamp, last: Timestamp, count_max: usize) -> Vec<TimeTick> {
    let months = MONTH_STRIDES
        .into_iter()
        .map(|stride| month_starts(first, last, stride))
        .find(|starts| starts.len() <= count_max)
        .unwrap_or_default();
    if months.len() >= 2 {
        return months
            .iter()
            .enumerate()
            .map(|(index, moment)| month_tick(*moment, index == 0))
            .collect();
    }
    let mut ends = vec![first, last];
    ends.dedup_by_key(|moment| moment.unix_days());
    ends.into_iter()
        .map(|moment| TimeTick {
            moment,
            label: day(moment),
        })
        .collect()
}

/// Months from one tick to the next; those up to a year divide it, so that each January has one.
const MONTH_STRIDES: [i32; 8] = [1, 2, 3, 6, 12, 24, 60, 120];

fn month_starts(first: Timestamp, last: Timestamp, stride: i32) -> Vec<Timestamp> {
    (months_since_year_0(first)..=months_since_year_0(last))
        .filter(|month| month % stride == 0)
        .filter_map(|month| {
            format!("{:04}-{:02}-01", month / 12, month % 12 + 1)
                .parse()
                .ok()
        })
        .filter(|start| (first..=last).contains(start))
        .collect()
}

fn months_since_year_0(moment: Timestamp) -> i32 {
    let (year, month, _) = moment.year_month_day();
    year * 12 + i32::from(month) - 1
}

fn month_tick(moment: Timestamp, is_first: bool) -> TimeTick {
    let (year, month, _) = moment.year_month_day();
    let name = MONTHS[usize::from(month - 1)];
    TimeTick {
        moment,
        label: if is_first || month == 1 {
            format!("{name}\u{a0}{year}")
        } else {
            name.to_owned()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(first: &str, last: &str, count_max: usize, expected: &str) {
        let ticks = time_ticks(first.parse().unwrap(), last.parse().unwrap(), count_max);
        let labels: Vec<_> = ticks
            .iter()
            .map(|tick| tick.label.replace('\u{a0}', " "))
            .collect();
        assert_eq!(labels.join(", "), expected, "{first} to {last}");
    }

    #[test]
    fn chooses_months_that_fit() {
        check(
            "2025-11-01",
            "2026-03-20",
            8,
            "Nov 2025, Dec, Jan 2026, Feb, Mar",
        );
        check(
            "2025-11-02",
            "2026-11-20",
            6,
            "Jan 2026, Mar, May, Jul, Sep, Nov",
        );
        check(
            "2024-05-06",
            "2026-11-20",
            5,
            "Jul 2024, Jan 2025, Jul, Jan 2026, Jul",
        );
        check("2016-05-06", "2026-11-20", 4, "Jan 2020, Jan 2025");
    }

    #[test]
    fn falls_back_to_days() {
        check("2026-11-06", "2026-11-20", 8, "6 Nov 2026, 20 Nov 2026");
        check("2026-10-06", "2026-11-20", 8, "6 Oct 2026, 20 Nov 2026");
        check("2026-11-20", "2026-11-20", 8, "20 Nov 2026");
        check("2020-01-01", "2026-11-20", 0, "1 Jan 2020, 20 Nov 2026");
    }
}
