//! The figures that a page opens with, each with its formula, its day and the page that has its evidence.

use super::date::day;
use super::filter::{AbiChoice, Filter};
use super::history::Parties;
use super::number::{count, counted};
use super::route::Route;
use super::security::words::{as_of_sentence, bounded, distance};
use crate::analysis::MEDIAN_COUNT_MIN;
use crate::domain::{AbiCounts, Timestamp};
use crate::report::{AbiTotalsRecord, SnapshotEntry};

/// One figure, with what it says, how it was computed, and where it can be checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFigure {
    /// The number.
    pub value: String,
    /// What it counts.
    pub what: String,
    /// How it was computed, and of which days.
    pub formula: String,
    /// The page that has the evidence, with its query.
    pub evidence: (Route, String),
}

/// How much of what the reference's libraries and kernels export is kept, over all architectures; absent where nothing was compared.
pub fn abi_figure(
    release: &str,
    taken: Timestamp,
    totals: &[&AbiTotalsRecord],
    (distribution, reference): Parties<'_>,
) -> Option<KeyFigure> {
    let mut counts = AbiCounts::default();
    for total in totals {
        counts += total.symbol_versions.into();
        counts += total.kernel_symbols.into();
    }
    if counts.reference() == 0 {
        return None;
    }
    let entries_not_compared: u32 = totals.iter().map(|total| total.entries_not_compared).sum();
    let not_compared = match entries_not_compared {
        0 => String::new(),
        entries => format!(
            " {} known to be exported were not compared and are not counted.",
            count(entries)
        ),
    };
    let is_broken = totals.iter().any(|total| total.broken > 0);
    let packages = Filter {
        abi: Some(if is_broken {
            AbiChoice::Broken
        } else {
            AbiChoice::Kept
        }),
        ..Filter::default()
    };
    Some(KeyFigure {
        value: format!("{} / {}", count(counts.kept), count(counts.reference())),
        what: "exported symbol versions and kernel symbols kept".to_owned(),
        formula: format!(
            "Those that {reference}’s packages export and {distribution}’s export, too, as both sides’ metadata record, each architecture counted.{not_compared} Report of {}.",
            day(taken)
        ),
        evidence: (
            Route::Packages {
                release: release.to_owned(),
            },
            packages.query(),
        ),
    })
}

/// The median lag of security advisories; absent where none is known.
pub fn lag_figure(
    release: &str,
    newest: &SnapshotEntry,
    (distribution, reference): Parties<'_>,
) -> Option<KeyFigure> {
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
        return Some(KeyFigure {
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
    Some(KeyFigure {
        value: bounded(lag.median_days.into(), lag.upper_bounds),
        what,
        formula: format!(
            "By nearest rank over {known} with both days known; nine in ten came {} {reference}’s.{bounds}{copies} {of_day}",
            distance(lag.p90_days.into(), lag.upper_bounds > 0)
        ),
        evidence,
    })
}

/// How many packages fail to build, of those whose builds were read; absent where none were.
pub fn failing_figure(release: &str, newest: &SnapshotEntry) -> Option<KeyFigure> {
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
    Some(KeyFigure {
        value: format!("{} / {}", count(builds.failing), count(builds.packages)),
        what: "packages that fail to build / with builds that were read".to_owned(),
        formula: format!(
            "Failing: the newest build for at least one of the release’s architectures failed, those aside that wait, run or were cancelled, of those that were read{until}. A package counts once for each line of its development.{uncertain} Report of {}.",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{AbiTotals, AbiVerdict};

    #[test]
    fn what_is_kept_of_the_binary_interface() {
        let totals = |verdict, kept, missing, not_compared| {
            let counts = AbiCounts {
                kept,
                missing,
                ..AbiCounts::default()
            };
            let mut totals = AbiTotals::default();
            totals.add(verdict, Some(counts), Some(counts), not_compared);
            AbiTotalsRecord::from(totals)
        };
        let check = |totals: &[AbiTotalsRecord], expected: Option<(&str, &str, &str)>| {
            let totals: Vec<&AbiTotalsRecord> = totals.iter().collect();
            let taken = "2026-11-20".parse().unwrap();
            let figure = abi_figure("9", taken, &totals, ("AlmaLinux", "RHEL"));
            let told = figure.map(|figure| {
                let formula = figure.formula.replace('\u{a0}', " ");
                (figure.value, formula, figure.evidence.1)
            });
            let told = told
                .as_ref()
                .map(|(value, formula, query)| (value.as_str(), formula.as_str(), query.as_str()));
            assert_eq!(told, expected);
        };
        let whole = totals(AbiVerdict::Kept, 600, 0, 0);
        let less = totals(AbiVerdict::Broken, 7, 1, 20);
        let nothing = totals(AbiVerdict::Kept, 0, 0, 20);
        check(&[], None);
        check(&[nothing], None);
        check(
            std::slice::from_ref(&whole),
            Some((
                "1,200 / 1,200",
                "Those that RHEL’s packages export and AlmaLinux’s export, too, as both sides’ metadata record, each architecture counted. Report of 20 Nov 2026.",
                "abi=kept",
            )),
        );
        check(
            &[whole, less],
            Some((
                "1,214 / 1,216",
                "Those that RHEL’s packages export and AlmaLinux’s export, too, as both sides’ metadata record, each architecture counted. 20 known to be exported were not compared and are not counted. Report of 20 Nov 2026.",
                "abi=broken",
            )),
        );
    }
}
