//! What many lags come to.

use crate::domain::{DateGrade, Lag};

/// Median, ninth decile and the counts behind them.
///
/// Where lags are upper bounds, so are median and ninth decile: the true ones are no greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LagStatistics {
    /// The median in days, by nearest rank.
    pub median_days: i64,
    /// The value that nine tenths do not exceed, in days, by nearest rank.
    pub p90_days: i64,
    /// How many lags end on the very day of the distribution's publication.
    pub exact: u32,
    /// How many are upper bounds.
    pub upper_bounds: u32,
    /// How many of both begin on a day of the reference that is known from the distribution's copy alone.
    pub from_copies: u32,
}

/// The fewest numbers of days that a median and a ninth decile are told of in a sentence: of fewer than ten, the ninth decile by
/// nearest rank is the greatest of them, and each moves the median.
pub const MEDIAN_COUNT_MIN: u32 = 10;

impl LagStatistics {
    /// Of any lags; `None` where there are none.
    pub fn of(lags: impl IntoIterator<Item = Lag>) -> Option<Self> {
        let lags: Vec<Lag> = lags.into_iter().collect();
        let mut days: Vec<i64> = lags.iter().map(|lag| lag.days).collect();
        days.sort_unstable();
        let exact = lags.iter().filter(|lag| lag.grade == DateGrade::Exact);
        let exact = exact.count() as u32;
        Some(Self {
            median_days: nearest_rank(&days, 50)?,
            p90_days: nearest_rank(&days, 90)?,
            exact,
            upper_bounds: days.len() as u32 - exact,
            from_copies: lags.iter().filter(|lag| lag.from_copy).count() as u32,
        })
    }

    /// How many lags there are.
    pub fn counted(&self) -> u32 {
        self.exact + self.upper_bounds
    }
}

/// The smallest value that so many percent of sorted values do not exceed; `None` of none.
pub fn nearest_rank(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(days: &[i64], expected: Option<(i64, i64)>) {
        let lags = days.iter().map(|&days| Lag {
            days,
            grade: DateGrade::Exact,
            from_copy: false,
        });
        let found = LagStatistics::of(lags);
        let found = found.map(|found| (found.median_days, found.p90_days));
        assert_eq!(found, expected, "{days:?}");
    }

    #[test]
    fn ranks_are_nearest() {
        check(&[], None);
        check(&[4], Some((4, 4)));
        check(&[9, 1], Some((1, 9)));
        check(&[1, 2, 3], Some((2, 3)));
        check(&[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], Some((5, 9)));
        check(&[-3, 0, 0, 5], Some((0, 5)));
    }

    #[test]
    fn bounds_are_counted_apart() {
        let lag = |days, grade| Lag {
            days,
            grade,
            from_copy: false,
        };
        let found = LagStatistics::of([
            lag(1, DateGrade::Exact),
            lag(2, DateGrade::UpperBound),
            lag(3, DateGrade::UpperBound),
        ]);
        let found = found.map(|found| (found.exact, found.upper_bounds, found.counted()));
        assert_eq!(found, Some((1, 2, 3)));
    }

    proptest! {
        #[test]
        fn so_many_percent_do_not_exceed_it(mut days in prop::collection::vec(-50i64..500, 1..60), percent in 1usize..=100) {
            days.sort_unstable();
            let found = nearest_rank(&days, percent).unwrap();
            let within = days.iter().filter(|day| **day <= found).count();
            let below = days.iter().filter(|day| **day < found).count();
            prop_assert!(within * 100 >= days.len() * percent);
            prop_assert!(below * 100 < days.len() * percent);
        }
    }
}
