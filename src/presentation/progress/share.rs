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
        let points = points_between(&shares, &now)?;
        let since = day(then.taken);
        Some(
            if other_things(
                &then.measured(),
                &newest.measured(),
                (distribution, reference),
            )
            .is_some()
            {
                format!(", not comparable with {since}")
            } else {
                format!(", {points} since {since}")
            },
        )
    });
    format!(
        "{share} of {distribution} matches {reference}{}",
        change.unwrap_or_default()
    )
}

/// The difference of two shares in percentage points: `+0.4 points`; `None` where one of them is a share of nothing.
pub(super) fn points_between(then: &Shares, now: &Shares) -> Option<String> {
    if then.compared() == 0 || now.compared() == 0 {
        return None;
    }
    let share = |shares: &Shares| f64::from(shares.matching()) / f64::from(shares.compared());
    let difference = share(now) - share(then);
    let tenths = (difference * 1_000.0).round().abs() / 10.0;
    Some(if difference == 0.0 {
        "unchanged".to_owned()
    } else if tenths == 0.0 {
        let way = if difference > 0.0 { "up" } else { "down" };
        format!("{way} by less than 0.1\u{a0}points")
    } else {
        let sign = if difference > 0.0 { '+' } else { '−' };
        format!("{sign}{tenths:.1}\u{a0}points")
    })
}
