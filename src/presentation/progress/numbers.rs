//! The numbers, each with its formula and the page that has the evidence.

use super::quarters::label;
use super::share::{Difference, points_between};
use super::{ProgressPoint, year_apart};
use crate::analysis::MEDIAN_COUNT_MIN;
use crate::domain::{Shares, Timestamp};
use crate::presentation::comparable_shares::other_things;
use crate::presentation::date::day;
use crate::presentation::deviations::DeviationFilter;
use crate::presentation::filter::Filter;
use crate::presentation::history::Parties;
use crate::presentation::key_figures::{KeyFigure, failing_figure, lag_figure};
use crate::presentation::number::{count, counted};
use crate::presentation::route::Route;
use crate::presentation::snapshot_name::snapshot_id;
use crate::report::{Ledger, QuarterRecord, ReleaseEntry};

/// The numbers, each with its evidence; one that is not known is left out.
pub fn progress_numbers(
    entry: &ReleaseEntry,
    points: &[ProgressPoint],
    ledger: Option<&Ledger>,
    parties: Parties<'_>,
) -> Vec<KeyFigure> {
    let release = entry.id.as_str();
    let newest = entry.latest();
    let numbers = [
        share_number(release, points, parties),
        ledger.and_then(|ledger| resolved_number(release, ledger)),
        ledger.and_then(|ledger| median_number(release, ledger)),
        newest.and_then(|newest| lag_figure(release, newest, parties)),
        newest.and_then(|newest| failing_figure(release, newest)),
        reviewed_number(release, points),
    ];
    numbers.into_iter().flatten().collect()
}

pub(super) fn share_number(
    release: &str,
    points: &[ProgressPoint],
    parties: Parties<'_>,
) -> Option<KeyFigure> {
    let (then, now) = year_apart(points)?;
    let (before, after): (Shares, Shares) = (then.shares.into(), now.shares.into());
    let part = |shares: &Shares, taken: Timestamp| {
        format!(
            "{} of {} on {}",
            count(shares.matching()),
            count(shares.compared()),
            day(taken)
        )
    };
    let difference = points_between(&before, &after)?;
    let obstacle = other_things(&then.measured(), &now.measured(), parties);
    let since = format!("in the share that matches since {}", day(then.taken));
    let (value, what) = match (&obstacle, difference) {
        (Some(_), _) => ("not comparable".to_owned(), since),
        (None, Difference::Of(points)) => (points, since),
        (None, Difference::None) => (
            "the same".to_owned(),
            format!("share that matches as on {}", day(then.taken)),
        ),
    };
    Some(KeyFigure {
        value,
        what,
        formula: format!(
            "{}Matched and patched of all compared source packages: {}, {}.",
            obstacle.map(|why| why + " ").unwrap_or_default(),
            part(&before, then.taken),
            part(&after, now.taken)
        ),
        evidence: (
            Route::Changes {
                release: release.to_owned(),
            },
            format!(
                "from={}&to={}",
                snapshot_id(then.taken),
                snapshot_id(now.taken)
            ),
        ),
    })
}

fn resolved_number(release: &str, ledger: &Ledger) -> Option<KeyFigure> {
    let quarter = ledger.quarters.last()?;
    Some(KeyFigure {
        value: format!("{} / {}", count(quarter.resolved), count(quarter.opened)),
        what: format!("deviations resolved / begun in {} so far", label(quarter)),
        formula: format!(
            "By the first report that shows each, up to {}; {} of those resolved were re-synced. {}",
            day(ledger.taken.0),
            count(quarter.resynced),
            found_at_first(quarter)
        ),
        evidence: in_quarter(release, quarter, None),
    })
}

/// The deviations of a quarter: those that began or ended in it, or those alone that ended.
fn in_quarter(release: &str, quarter: &QuarterRecord, open: Option<bool>) -> (Route, String) {
    let filter = DeviationFilter {
        release: Some(release.to_owned()),
        open,
        quarter: Some(quarter.into()),
        ..DeviationFilter::default()
    };
    (Route::Deviations, filter.query())
}

fn found_at_first(quarter: &QuarterRecord) -> String {
    match quarter.found_at_first {
        0 => String::new(),
        found => format!(
            "{} first seen in it are not counted as begun, since they may be older.",
            count(found)
        ),
    }
}

fn median_number(release: &str, ledger: &Ledger) -> Option<KeyFigure> {
    let mut quarters = ledger.quarters.iter().rev();
    let quarter = quarters.find(|quarter| quarter.median_of > 0)?;
    let days = counted(quarter.median_days_open?, "day", "days");
    let label = label(quarter);
    let known = counted(quarter.median_of, "deviation", "deviations");
    let way = "From the first report that shows a deviation to the first that does not";
    let too_few = format!(
        "A median is given from {MEDIAN_COUNT_MIN} on; the table of quarters gives that of fewer, with its count."
    );
    let (value, what, formula) = match quarter.median_of {
        1 => (
            "1 resolved".to_owned(),
            format!("after {days}, in {label}, of those whose beginning is known"),
            format!("{way}. {too_few}"),
        ),
        few if few < MEDIAN_COUNT_MIN => (
            format!("{} resolved", count(few)),
            format!("in {label} whose beginning is known, too few for a median of the time open"),
            too_few,
        ),
        _ => (
            days,
            format!("median time open of deviations resolved in {label}"),
            format!("{way}, by nearest rank over the {known} whose beginning is known."),
        ),
    };
    Some(KeyFigure {
        value,
        what,
        formula,
        evidence: in_quarter(release, quarter, Some(false)),
    })
}

fn reviewed_number(release: &str, points: &[ProgressPoint]) -> Option<KeyFigure> {
    let newest = points.last()?;
    let shares: Shares = newest.shares.into();
    let reviewed = Filter {
        reviewed: true,
        ..Filter::default()
    };
    Some(KeyFigure {
        value: format!("{} / {}", count(newest.reviewed?), count(shares.compared())),
        what: "packages reviewed / compared".to_owned(),
        formula: format!(
            "Reviewed: the verdict is proven by the sources or tagged by the build system on every architecture that was compared, and not inferred from versions; {}.",
            day(newest.taken)
        ),
        evidence: (
            Route::Packages {
                release: release.to_owned(),
            },
            reviewed.query(),
        ),
    })
}
