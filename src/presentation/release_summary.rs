//! The sentence of a release, with its formula, and the figures beside it.

use super::date::moment;
use super::key_figures::{KeyFigure, abi_figure, failing_figure, lag_figure};
use super::number::{count, counted, percent};
use super::repository_boards::{BoardSources, waiting_figure};
use crate::domain::{Shares, Verdict};
use crate::report::{LevelSharesRecord, PointInTime, SnapshotEntry};

/// The names of both sides with their minor releases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sides {
    /// Such as “AlmaLinux 9.6”.
    pub distribution: String,
    /// Such as “RHEL 9.6”.
    pub reference: String,
}

/// The one strong sentence: the share that matches.
pub fn headline(shares: &Shares, sides: &Sides) -> String {
    let Sides {
        distribution,
        reference,
    } = sides;
    if shares.compared() == 0 {
        return format!("Nothing of {distribution} could be compared with {reference}.");
    }
    let share = percent(shares.matching(), shares.compared());
    format!("{share} of {distribution} matches {reference}.")
}

/// The formula behind it: numerator, denominator, and what is left out.
pub fn formula(shares: &Shares) -> String {
    format!(
        "({} matched + {} patched) of {} compared; {} not compared and in no share.",
        count(shares.matched),
        count(shares.patched),
        counted(shares.compared(), "source package", "source packages"),
        count(shares.not_compared),
    )
}

/// What a release's page opens with: the binary interface, the lag of its advisories, its builds and what waits; what is not known is
/// left out.
pub fn release_figures(
    snapshot: Option<&SnapshotEntry>,
    sources: &BoardSources<'_>,
) -> Vec<KeyFigure> {
    let parties = (sources.distribution, sources.reference);
    let report = sources.report;
    let release = &report.release;
    let totals: Vec<_> = report
        .architectures
        .iter()
        .filter_map(|architecture| architecture.abi.as_ref())
        .collect();
    let figures = [
        abi_figure(release, report.taken.0, &totals, parties),
        snapshot.and_then(|snapshot| lag_figure(release, snapshot, parties)),
        snapshot.and_then(|snapshot| failing_figure(release, snapshot)),
        waiting_figure(sources),
    ];
    figures.into_iter().flatten().collect()
}

/// When both sides' metadata were made, as half a sentence: “AlmaLinux 9.6 as of 20 Nov 2026, RHEL 9.6 as of …”.
pub fn dates(snapshot: &SnapshotEntry, sides: &Sides) -> String {
    let of = |name: &str, newest: Option<PointInTime>, oldest: Option<PointInTime>| match (
        newest, oldest,
    ) {
        (Some(newest), Some(oldest)) => {
            format!("{name} as of {} to {}", moment(oldest.0), moment(newest.0))
        }
        (Some(newest), None) => format!("{name} as of {}", moment(newest.0)),
        (None, _) => format!("{name}’s date is not recorded"),
    };
    let distribution = of(
        &sides.distribution,
        snapshot.distribution_dated,
        snapshot.distribution_dated_from,
    );
    let reference = of(
        &sides.reference,
        snapshot.reference_dated,
        snapshot.reference_dated_from,
    );
    format!("{distribution}, {reference}")
}

/// The share of the packages with the longest promises, levels 1 and 2 of the reference's package manifest; `None` where no
/// manifest was read.
pub fn promised_share(levels: &[LevelSharesRecord], reference: &str) -> Option<String> {
    let shares = levels.iter().filter(|level| level.level <= 2);
    let mut sum = Shares::default();
    for level in shares {
        let shares: Shares = level.shares.into();
        sum.matched += shares.matched;
        sum.patched += shares.patched;
        sum.diverging += shares.diverging;
        sum.not_compared += shares.not_compared;
    }
    (sum.total() > 0).then(|| {
        format!(
            "Of levels 1 and 2 of {reference}’s package manifest, {} match: {}",
            percent(sum.matching(), sum.compared()),
            formula(&sum)
        )
    })
}

/// The bar in words, for readers who do not see it.
pub fn bar_text(shares: &Shares) -> String {
    let part = |verdict, word| format!("{word} {}", percent(shares.of(verdict), shares.compared()));
    format!(
        "{}, {}, {}",
        part(Verdict::Matched, "matched"),
        part(Verdict::Patched, "patched"),
        part(Verdict::Diverging, "diverging"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_and_its_formula() {
        let sides = Sides {
            distribution: "AlmaLinux 9.6".to_owned(),
            reference: "RHEL 9.6".to_owned(),
        };
        let shares = Shares {
            matched: 2016,
            patched: 639,
            diverging: 29,
            not_compared: 3,
        };
        let plain = |text: String| text.replace('\u{a0}', " ");
        assert_eq!(
            plain(headline(&shares, &sides)),
            "98.9 % of AlmaLinux 9.6 matches RHEL 9.6."
        );
        assert_eq!(
            formula(&shares),
            "(2,016 matched + 639 patched) of 2,684 source packages compared; 3 not compared and in no share."
        );
        assert_eq!(
            plain(bar_text(&shares)),
            "matched 75.1 %, patched 23.8 %, diverging 1.1 %"
        );
        let none = headline(&Shares::default(), &sides);
        assert_eq!(
            none,
            "Nothing of AlmaLinux 9.6 could be compared with RHEL 9.6."
        );
    }
}
