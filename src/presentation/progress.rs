//! The sponsors' page of one release: numbers with their formulas and evidence, and the quarters of the ledger.

use super::date::day;
use super::deviations::DeviationFilter;
use super::filter::Filter;
use super::history::Parties;
use super::number::{count, counted, percent};
use super::route::Route;
use super::security::words::{bounded, distance};
use crate::analysis::LAGS_MIN;
use crate::domain::{Shares, Timestamp};
use crate::report::{
    HistoryYear, Ledger, QuarterRecord, ReleaseEntry, SharesRecord, SnapshotEntry, YearEntry,
};
use std::sync::Arc;

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

/// One quarter in the chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarterBars {
    /// Such as “Q4 2026”.
    pub label: String,
    /// Deviations that began; `None` where no report was made.
    pub opened: Option<u32>,
    /// Deviations that were resolved; `None` where no report was made.
    pub resolved: Option<u32>,
    /// The median of the days that those resolved were open.
    pub median_days: Option<u32>,
    /// How many deviations that median is over.
    pub median_of: u32,
}

/// Days after which a snapshot is of the year before.
const YEAR_DAYS: i64 = 365;
/// Quarters in the chart; the table has all.
pub const QUARTERS_DRAWN: usize = 12;

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
}

impl From<&SnapshotEntry> for ProgressPoint {
    fn from(snapshot: &SnapshotEntry) -> Self {
        Self {
            taken: snapshot.taken.0,
            shares: snapshot.shares,
            reviewed: None,
            distribution_minor: snapshot.distribution_minor.clone(),
            reference_minor: snapshot.reference_minor.clone(),
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
    let points = years.iter().flat_map(|year| year.points());
    points
        .filter(|point| !point.is_lost())
        .map(|point| ProgressPoint {
            taken: point.taken,
            shares: point.shares,
            reviewed: point.reviewed,
            distribution_minor: point.distribution_minor,
            reference_minor: point.reference_minor,
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
            if other_things(&then, newest, (distribution, reference)).is_some() {
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

/// How many times the difference of two counts of compared packages the greater one must at least be for their shares to be
/// subtracted: where more than a fifth was added or left out, the shares differ by what is compared.
const COMPARED_DIFFERENCE_MIN: u32 = 5;

/// Why the shares of two snapshots are of other things, so that their difference says nothing; `None` where they are not. Minor
/// releases count where the sides are not of the same one, since they are then further apart or nearer for that alone.
fn other_things(
    then: &ProgressPoint,
    now: &ProgressPoint,
    (distribution, reference): Parties<'_>,
) -> Option<String> {
    let is_of_one_minor = |point: &ProgressPoint| point.distribution_minor == point.reference_minor;
    let minors = |point: &ProgressPoint| {
        (
            point.distribution_minor.clone(),
            point.reference_minor.clone(),
        )
    };
    let is_as_near = minors(then) == minors(now) || (is_of_one_minor(then) && is_of_one_minor(now));
    let minors = (!is_as_near).then(|| {
        let way = |name: &str, from: &str, to: &str| match from == to {
            true => format!("{name} stayed at {to}"),
            false => format!("{name} went from {from} to {to}"),
        };
        format!(
            "{}, and {}",
            way(reference, &then.reference_minor, &now.reference_minor),
            way(
                distribution,
                &then.distribution_minor,
                &now.distribution_minor
            )
        )
    });
    let [before, after] = [then, now].map(|point| Shares::from(point.shares).compared());
    let differs = before.abs_diff(after) > before.max(after) / COMPARED_DIFFERENCE_MIN;
    let compared = differs.then(|| {
        let (before, after) = (count(before), count(after));
        format!("the packages compared went from {before} to {after}")
    });
    match (minors, compared) {
        (None, None) => None,
        (Some(minors), Some(compared)) => Some(format!("{minors}; {compared}.")),
        (Some(minors), None) => Some(format!("{minors}.")),
        (None, Some(compared)) => Some(format!("{}.", compared.replacen("the", "The", 1))),
    }
}

/// The difference of two shares in percentage points: `+0.4 points`; `None` where one of them is a share of nothing.
fn points_between(then: &Shares, now: &Shares) -> Option<String> {
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

fn share_number(
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
    let points = points_between(&before, &after)?;
    let obstacle = other_things(&then, &now, parties);
    Some(ProgressNumber {
        value: match &obstacle {
            None => points,
            Some(_) => "not comparable".to_owned(),
        },
        what: format!("in the share that matches since {}", day(then.taken)),
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
            "{} that the first report of them showed already are not counted as begun: they may be older.",
            count(found)
        ),
    }
}

fn median_number(release: &str, ledger: &Ledger) -> Option<ProgressNumber> {
    let mut quarters = ledger.quarters.iter().rev();
    let quarter = quarters.find(|quarter| quarter.median_of > 0)?;
    let days = quarter.median_days_open?;
    Some(ProgressNumber {
        value: counted(days, "day", "days"),
        what: format!(
            "median time open of deviations resolved in {}",
            label(quarter)
        ),
        formula: format!(
            "From the first report that shows a deviation to the first that does not, over the {} whose beginning is known.",
            counted(quarter.median_of, "deviation", "deviations")
        ),
        evidence: in_quarter(release, quarter, Some(false)),
    })
}

fn lag_number(
    release: &str,
    newest: &SnapshotEntry,
    (distribution, reference): Parties<'_>,
) -> Option<ProgressNumber> {
    let lag = newest.security.as_ref()?.lag?;
    let evidence = (
        Route::Security {
            release: release.to_owned(),
        },
        String::new(),
    );
    let what = format!("median from {reference}’s security advisory to {distribution}’s");
    let lags = lag.exact + lag.upper_bounds;
    let known = counted(lags, "security advisory", "security advisories");
    if lags < LAGS_MIN {
        return Some(ProgressNumber {
            value: "not known".to_owned(),
            what,
            formula: format!(
                "Both days are known of {known}, which is too few: a median is given from {LAGS_MIN} on. Report of {}.",
                day(newest.taken.0)
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
            "By nearest rank over {known} with both days known; nine in ten came {} {reference}’s.{bounds}{copies} Report of {}.",
            distance(lag.p90_days.into(), lag.upper_bounds > 0),
            day(newest.taken.0)
        ),
        evidence,
    })
}

fn failing_number(release: &str, newest: &SnapshotEntry) -> Option<ProgressNumber> {
    let builds = newest.builds?;
    let until = builds
        .newest
        .map_or_else(String::new, |newest| format!(", up to {}", day(newest.0)));
    Some(ProgressNumber {
        value: format!("{} / {}", count(builds.failing), count(builds.packages)),
        what: "packages that fail to build / with builds that were read".to_owned(),
        formula: format!(
            "Failing: the newest build for at least one architecture failed, of those that were read{until}. A package counts once for each line of its development. Report of {}.",
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

/// The quarters, oldest first.
pub fn quarter_bars(ledger: &Ledger) -> Vec<QuarterBars> {
    let bars = |quarter: &QuarterRecord| {
        let is_known = quarter.snapshots > 0;
        QuarterBars {
            label: label(quarter),
            opened: is_known.then_some(quarter.opened),
            resolved: is_known.then_some(quarter.resolved),
            median_days: quarter.median_days_open,
            median_of: quarter.median_of,
        }
    };
    ledger.quarters.iter().map(bars).collect()
}

/// What the chart of quarters shows, in sentences, for who cannot see it.
pub fn quarters_description(bars: &[QuarterBars]) -> String {
    let sentences: Vec<String> = bars
        .iter()
        .map(|bar| match (bar.opened, bar.resolved) {
            (Some(opened), Some(resolved)) => {
                format!(
                    "{}: {} began, {} resolved.",
                    bar.label,
                    count(opened),
                    count(resolved)
                )
            }
            _ => format!("{}: no report.", bar.label),
        })
        .collect();
    sentences.join(" ")
}

fn label(quarter: &QuarterRecord) -> String {
    format!("Q{}\u{a0}{}", quarter.quarter, quarter.year)
}

/// The name of a snapshot in addresses, of its time.
fn snapshot_id(taken: Timestamp) -> String {
    taken.to_string().replace(['-', ':'], "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{
        BuildsEntry, Digest, FormatVersion, LagRecord, PointInTime, SecurityEntry,
    };

    fn point(day: &str, matched: u32, diverging: u32, reviewed: Option<u32>) -> ProgressPoint {
        ProgressPoint {
            taken: day.parse().unwrap(),
            shares: SharesRecord {
                matched,
                patched: 0,
                diverging,
                not_compared: 7,
            },
            reviewed,
            distribution_minor: "9.6".to_owned(),
            reference_minor: "9.6".to_owned(),
        }
    }

    fn quarter(
        number: u8,
        snapshots: u32,
        opened: u32,
        resolved: u32,
        median: Option<u32>,
    ) -> QuarterRecord {
        QuarterRecord {
            year: 2026,
            quarter: number,
            snapshots,
            opened,
            found_at_first: 0,
            resolved,
            resynced: 1,
            median_days_open: median,
            median_of: if median.is_some() { resolved } else { 0 },
            ended: None,
        }
    }

    fn ledger(quarters: Vec<QuarterRecord>) -> Ledger {
        let at = |day: &str| PointInTime(day.parse().unwrap());
        Ledger {
            format: FormatVersion::CURRENT,
            release: "9".to_owned(),
            taken: at("2026-11-20"),
            first_taken: at("2026-01-01"),
            open: Vec::new(),
            quarters,
        }
    }

    fn entry(lag: Option<LagRecord>, builds: Option<BuildsEntry>) -> ReleaseEntry {
        let digest = || Digest::try_from("0".repeat(64)).unwrap();
        let snapshot = SnapshotEntry {
            id: "20261120T000000Z".to_owned(),
            taken: PointInTime("2026-11-20".parse().unwrap()),
            report: digest(),
            distribution_minor: "9.6".to_owned(),
            reference_minor: "9.6".to_owned(),
            distribution_dated: None,
            distribution_dated_from: None,
            reference_dated: None,
            reference_dated_from: None,
            shares: point("2026-11-20", 989, 11, None).shares,
            notices: Vec::new(),
            security: Some(SecurityEntry {
                document: digest(),
                lag,
            }),
            builds,
        };
        ReleaseEntry {
            id: "9".to_owned(),
            architectures: Vec::new(),
            snapshots: vec![snapshot],
            years: Vec::new(),
            ledger: None,
            sources: Vec::new(),
        }
    }

    fn plain(text: &str) -> String {
        text.replace('\u{a0}', " ")
    }

    #[test]
    fn the_sentence_says_what_became_of_the_share() {
        let check = |points: &[ProgressPoint], expected: &str| {
            let found = progress_sentence(points, "AlmaLinux 9.6", "RHEL 9.6");
            assert_eq!(plain(&found), expected);
        };
        check(&[], "No report of AlmaLinux 9.6 with a share yet");
        let now = point("2026-11-20", 989, 11, None);
        check(
            std::slice::from_ref(&now),
            "98.9 % of AlmaLinux 9.6 matches RHEL 9.6",
        );
        let old = point("2025-11-20", 985, 15, None);
        let older = point("2025-11-01", 900, 100, None);
        let later = point("2025-11-21", 950, 50, None);
        check(
            &[older, old.clone(), later.clone(), now.clone()],
            "98.9 % of AlmaLinux 9.6 matches RHEL 9.6, +0.4 points since 20 Nov 2025",
        );
        check(
            &[later, now],
            "98.9 % of AlmaLinux 9.6 matches RHEL 9.6, +3.9 points since 21 Nov 2025",
        );
        let nothing = point("2026-11-20", 0, 0, None);
        check(
            &[old, nothing.clone()],
            "Nothing of AlmaLinux 9.6 could be compared with RHEL 9.6",
        );
        check(
            &[nothing, point("2026-11-21", 1, 1, None)],
            "50.0 % of AlmaLinux 9.6 matches RHEL 9.6",
        );
    }

    #[test]
    fn a_small_change_is_never_none() {
        let check = |then: (u32, u32), now: (u32, u32), expected: Option<&str>| {
            let shares = |(matched, diverging)| Shares {
                matched,
                diverging,
                ..Shares::default()
            };
            let found = points_between(&shares(then), &shares(now));
            assert_eq!(found.as_deref().map(plain).as_deref(), expected);
        };
        check((1, 1), (1, 1), Some("unchanged"));
        check((1, 1), (2, 2), Some("unchanged"));
        check((9_999, 10_001), (1, 1), Some("up by less than 0.1 points"));
        check(
            (1, 1),
            (9_999, 10_001),
            Some("down by less than 0.1 points"),
        );
        check((1, 1), (1, 3), Some("−25.0 points"));
        check((0, 0), (1, 3), None);
    }

    #[test]
    fn each_number_has_its_formula_and_evidence() {
        let points = [
            point("2025-11-20", 985, 15, None),
            point("2026-11-20", 989, 11, Some(400)),
        ];
        let ledger = ledger(vec![
            quarter(3, 90, 5, 4, Some(6)),
            quarter(4, 51, 3, 2, None),
        ]);
        let parties = ("AlmaLinux", "RHEL");
        let unknown = entry(None, None);
        let numbers = progress_numbers(&unknown, &points, Some(&ledger), parties);
        let values: Vec<String> = numbers.iter().map(|number| plain(&number.value)).collect();
        assert_eq!(values, ["+0.4 points", "2 / 3", "6 days", "400 / 1,000"]);
        let evidence = |index: usize| {
            let (route, query) = &numbers[index].evidence;
            format!("{}?{query}", route.path())
        };
        assert_eq!(
            evidence(0),
            "/9/changes?from=20251120T000000Z&to=20261120T000000Z"
        );
        assert_eq!(evidence(1), "/deviations?release=9&quarter=2026-q4");
        assert_eq!(evidence(2), "/deviations?release=9&open=no&quarter=2026-q3");
        assert_eq!(evidence(3), "/9/packages?evidence=reviewed");
        assert!(
            plain(&numbers[2].what).ends_with("in Q3 2026"),
            "{}",
            numbers[2].what
        );
        assert!(numbers[3].formula.contains("not inferred from versions"));
        let single = progress_numbers(&unknown, &points[..1], None, parties);
        assert_eq!(single, []);
    }

    #[test]
    fn lags_and_builds_are_those_of_the_newest_snapshot() {
        let lag = LagRecord {
            median_days: 4,
            p90_days: 31,
            exact: 1,
            upper_bounds: 1_400,
            from_copies: 900,
        };
        let exact = LagRecord {
            median_days: -2,
            p90_days: 0,
            exact: 12,
            upper_bounds: 0,
            from_copies: 0,
        };
        let builds = BuildsEntry {
            packages: 1_204,
            failing: 3,
            newest: Some(PointInTime("2026-11-19".parse().unwrap())),
        };
        let check = |lag, builds, expected: &[[&str; 4]]| {
            let entry = entry(lag, builds);
            let numbers = progress_numbers(&entry, &[], None, ("AlmaLinux", "RHEL"));
            let found: Vec<[String; 4]> = numbers
                .into_iter()
                .map(|number| {
                    let (route, query) = number.evidence;
                    let evidence = format!("{}?{query}", route.path());
                    [number.value, number.what, number.formula, evidence].map(|text| plain(&text))
                })
                .collect();
            assert_eq!(found, expected);
        };
        let what = "median from RHEL’s security advisory to AlmaLinux’s";
        check(None, None, &[]);
        check(
            Some(lag),
            Some(builds),
            &[
                [
                    "≤ 4 days",
                    what,
                    "By nearest rank over 1,401 security advisories with both days known; nine in ten came within at most 31 days of RHEL’s. 1,400 of the lags are upper bounds (≤), and so are both figures. For 900 RHEL’s day is AlmaLinux’s copy of it. Report of 20 Nov 2026.",
                    "/9/security?",
                ],
                [
                    "3 / 1,204",
                    "packages that fail to build / with builds that were read",
                    "Failing: the newest build for at least one architecture failed, of those that were read, up to 19 Nov 2026. A package counts once for each line of its development. Report of 20 Nov 2026.",
                    "/9/builds?status=failed",
                ],
            ],
        );
        check(
            Some(exact),
            None,
            &[[
                "−2 days",
                what,
                "By nearest rank over 12 security advisories with both days known; nine in ten came on the day of RHEL’s. Report of 20 Nov 2026.",
                "/9/security?",
            ]],
        );
        let few = LagRecord { exact: 2, ..exact };
        check(
            Some(few),
            None,
            &[[
                "not known",
                what,
                "Both days are known of 2 security advisories, which is too few: a median is given from 10 on. Report of 20 Nov 2026.",
                "/9/security?",
            ]],
        );
    }

    #[test]
    fn shares_of_other_things_are_not_subtracted() {
        let at = |day: &str, compared: u32, minors: [&str; 2]| ProgressPoint {
            distribution_minor: minors[0].to_owned(),
            reference_minor: minors[1].to_owned(),
            ..point(day, compared / 2, compared - compared / 2, None)
        };
        let check = |then: ProgressPoint, now: ProgressPoint, expected: [&str; 2]| {
            let points = [then, now];
            let sentence = progress_sentence(&points, "AlmaLinux", "RHEL");
            let number = share_number("10", &points, ("AlmaLinux", "RHEL")).unwrap();
            assert_eq!(
                plain(&sentence),
                format!("50.0 % of AlmaLinux matches RHEL{}", expected[0])
            );
            let formula = plain(&number.formula);
            assert!(formula.starts_with(expected[1]), "{formula}");
            assert_eq!(
                number.value == "not comparable",
                expected[0].contains("not comparable")
            );
        };
        let (then, now) = ("2025-12-31", "2026-09-06");
        let formula = "Matched and patched of all compared source packages: ";
        check(
            at(then, 62, ["10.0", "10.1"]),
            at(now, 310, ["10.0", "10.2"]),
            [
                ", not comparable with 31 Dec 2025",
                "RHEL went from 10.1 to 10.2, and AlmaLinux stayed at 10.0; the packages compared went from 62 to 310. Matched",
            ],
        );
        check(
            at(then, 300, ["10.0", "10.1"]),
            at(now, 300, ["10.0", "10.2"]),
            [
                ", not comparable with 31 Dec 2025",
                "RHEL went from 10.1 to 10.2, and AlmaLinux stayed at 10.0. Matched",
            ],
        );
        check(
            at(then, 200, ["10.0", "10.1"]),
            at(now, 300, ["10.0", "10.1"]),
            [
                ", not comparable with 31 Dec 2025",
                "The packages compared went from 200 to 300. Matched",
            ],
        );
        // Where both go from one minor release to the next, they are as far from each other as before.
        check(
            at(then, 300, ["10.1", "10.1"]),
            at(now, 310, ["10.2", "10.2"]),
            [", unchanged since 31 Dec 2025", formula],
        );
    }

    #[test]
    fn a_quarter_without_a_report_is_a_gap() {
        let bars = quarter_bars(&ledger(vec![
            quarter(2, 0, 0, 0, None),
            quarter(3, 1, 2, 1, None),
        ]));
        assert_eq!(bars[0].opened, None);
        assert_eq!(
            plain(&quarters_description(&bars)),
            "Q2 2026: no report. Q3 2026: 2 began, 1 resolved."
        );
    }
}
