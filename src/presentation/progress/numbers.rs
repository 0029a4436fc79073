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
use crate::presentation::number::{count, counted};
use crate::presentation::route::Route;
use crate::presentation::security::words::{as_of_sentence, bounded, distance};
use crate::presentation::snapshot_name::snapshot_id;
use crate::report::{Ledger, QuarterRecord, ReleaseEntry, SnapshotEntry};

/// One number, with what it says, how it was computed, and where it can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressNumber {
    /// The number.
    pub value: String,
    /// What it counts.
    pub what: String,
    /// How it was computed, and of which days.
    pub formula: String,
    /// The page that has the evidence, with its query.
    pub evidence: (Route, String),
}

/// The numbers, each with its evidence; one that is not known is left out.
pub fn progress_numbers(
    entry: &ReleaseEntry,
    points: &[ProgressPoint],
    ledger: Option<&Ledger>,
    parties: Parties<'_>,
) -> Vec<ProgressNumber> {
    let release = entry.id.as_str();
    let newest = entry.latest();
    let numbers = [
        share_number(release, points, parties),
        ledger.and_then(|ledger| resolved_number(release, ledger)),
        ledger.and_then(|ledger| median_number(release, ledger)),
        newest.and_then(|newest| lag_number(release, newest, parties)),
        newest.and_then(|newest| failing_number(release, newest)),
        reviewed_number(release, points),
    ];
    numbers.into_iter().flatten().collect()
}

pub(super) fn share_number(
    release: &str,
    points: &[ProgressPoint],
    parties: Parties<'_>,
) -> Option<ProgressNumber> {
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
    Some(ProgressNumber {
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

fn resolved_number(release: &str, ledger: &Ledger) -> Option<ProgressNumber> {
    let quarter = ledger.quarters.last()?;
    Some(ProgressNumber {
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

fn median_number(release: &str, ledger: &Ledger) -> Option<ProgressNumber> {
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
    Some(ProgressNumber {
        value,
        what,
        formula,
        evidence: in_quarter(release, quarter, Some(false)),
    })
}

fn lag_number(
    release: &str,
    newest: &SnapshotEntry,
    (distribution, reference): Parties<'_>,
) -> Option<ProgressNumber> {
    let security = newest.security.as_ref()?;
    let lag = security.lag?;
    let of_day = match security.as_of {
        Some(made) => as_of_sentence(made),
        None => format!("Report of {}.", day(newest.taken.0)),
    };
    let evidence = (
        Route::Security {
            release: release.to_owned(),
        },
        String::new(),
    );
    let what = format!("median from {reference}’s security advisory to {distribution}’s");
    let lags = lag.exact + lag.upper_bounds;
    let known = counted(lags, "security advisory", "security advisories");
    if lags < MEDIAN_COUNT_MIN {
        return Some(ProgressNumber {
            value: "not known".to_owned(),
            what,
            formula: format!(
                "Both days are known of {known}, which is too few: a median is given from {MEDIAN_COUNT_MIN} on. {of_day}"
            ),
            evidence,
        });
    }
    let bounds = match lag.upper_bounds {
        0 => String::new(),
        number => format!(
            " {} of the lags are upper bounds (≤), and so are both figures.",
            count(number)
        ),
    };
    let copies = match lag.from_copies {
        0 => String::new(),
        number => format!(
            " For {} {reference}’s day is {distribution}’s copy of it.",
            count(number)
        ),
    };
    Some(ProgressNumber {
        value: bounded(lag.median_days.into(), lag.upper_bounds),
        what,
        formula: format!(
            "By nearest rank over {known} with both days known; nine in ten came {} {reference}’s.{bounds}{copies} {of_day}",
            distance(lag.p90_days.into(), lag.upper_bounds > 0)
        ),
        evidence,
    })
}

fn failing_number(release: &str, newest: &SnapshotEntry) -> Option<ProgressNumber> {
    let builds = newest.builds?;
    let until = builds
        .newest
        .map_or_else(String::new, |newest| format!(", up to {}", day(newest.0)));
    let uncertain = match builds.uncertain {
        0 => String::new(),
        uncertain => format!(
            " Of {} that failed it is not known whether they still do, so that they are not among them.",
            count(uncertain)
        ),
    };
    Some(ProgressNumber {
        value: format!("{} / {}", count(builds.failing), count(builds.packages)),
        what: "packages that fail to build / with builds that were read".to_owned(),
        formula: format!(
            "Failing: the newest build for at least one architecture failed, those aside that wait, run or were cancelled, of those that were read{until}. A package counts once for each line of its development.{uncertain} Report of {}.",
            day(newest.taken.0)
        ),
        evidence: (
            Route::Builds {
                release: release.to_owned(),
            },
            "status=failed".to_owned(),
        ),
    })
}

fn reviewed_number(release: &str, points: &[ProgressPoint]) -> Option<ProgressNumber> {
    let newest = points.last()?;
    let shares: Shares = newest.shares.into();
    let reviewed = Filter {
        reviewed: true,
        ..Filter::default()
    };
    Some(ProgressNumber {
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
