//! What became of the share that matches, where the shares of two snapshots can be subtracted at all.

use super::{ProgressPoint, year_apart};
use crate::domain::Shares;
use crate::presentation::comparable_shares::other_things;
use crate::presentation::date::day;
use crate::presentation::number::percent;

/// The sentence that answers the page's question: the share now, and what became of it.
pub fn progress_sentence(points: &[ProgressPoint], distribution: &str, reference: &str) -> String {
    let Some(newest) = points.last() else {
        return format!("No report of {distribution} with a share yet");
    };
    let now: Shares = newest.shares.into();
    if now.compared() == 0 {
        return format!("Nothing of {distribution} could be compared with {reference}");
    }
    let share = percent(now.matching(), now.compared());
    let change = year_apart(points).and_then(|(then, _)| {
        let shares: Shares = then.shares.into();
        let difference = points_between(&shares, &now)?;
        let since = day(then.taken);
        let parties = (distribution, reference);
        let obstacle = other_things(&then.measured(), &newest.measured(), parties);
        Some(match (obstacle, difference) {
            (Some(_), _) => format!(", not comparable with {since}"),
            (None, Difference::None) => format!(", the same as on {since}"),
            (None, Difference::Of(points)) => format!(", {points} since {since}"),
        })
    });
    format!(
        "{share} of {distribution} matches {reference}{}",
        change.unwrap_or_default()
    )
}

/// What lies between two shares, whatever they were in between.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// Nothing: they are the same.
    None,
    /// So many percentage points, such as `+0.4 points`.
    Of(String),
}

/// The difference of two shares; `None` where one of them is a share of nothing.
pub(super) fn points_between(then: &Shares, now: &Shares) -> Option<Difference> {
    if then.compared() == 0 || now.compared() == 0 {
        return None;
    }
    let share = |shares: &Shares| f64::from(shares.matching()) / f64::from(shares.compared());
    let difference = share(now) - share(then);
    let tenths = (difference * 1_000.0).round().abs() / 10.0;
    Some(if difference == 0.0 {
        Difference::None
    } else if tenths == 0.0 {
        let way = if difference > 0.0 { "up" } else { "down" };
        Difference::Of(format!("{way} by less than 0.1\u{a0}points"))
    } else {
        let sign = if difference > 0.0 { '+' } else { '−' };
        Difference::Of(format!("{sign}{tenths:.1}\u{a0}points"))
    })
}
