//! The advisories of one package, as its page lists them.

use super::words::{fact_text, lag_or_reason, severity_label, state_mark};
use crate::domain::{DatedFact, FixState, lag_of};
use crate::presentation::date::day;
use crate::presentation::hidden_characters::visible;
use crate::presentation::words::Mark;
use crate::report::{Package, PackageAdvisory, PointInTime};

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageAdvisoryLine {
    /// The advisory.
    pub id: String,
    /// How severe it is.
    pub severity: &'static str,
    /// The EVR that fixes the package.
    pub evr: String,
    /// The reference's day.
    pub reference: String,
    /// The distribution's day.
    pub distribution: String,
    /// The time between them, or why there is none.
    pub lag: String,
    /// How far the distribution is.
    pub state: Mark,
    /// The day of which the state is, where that is not the report’s and the state may be another since.
    pub as_of: Option<String>,
}

/// The lines, the newest first. `as_of` is when the security clock was made, where that is before the report.
pub fn package_advisories(
    package: &Package,
    as_of: Option<PointInTime>,
) -> Vec<PackageAdvisoryLine> {
    let advisories = package.advisories.iter();
    advisories.map(|advisory| line(advisory, as_of)).collect()
}

fn line(advisory: &PackageAdvisory, as_of: Option<PointInTime>) -> PackageAdvisoryLine {
    let state = FixState::from(advisory.state);
    let reference = advisory.reference.map(DatedFact::from);
    let distribution = advisory.distribution.map(DatedFact::from);
    let lag = lag_of(
        state,
        advisory.counterpart.is_some(),
        reference,
        distribution,
    );
    PackageAdvisoryLine {
        id: visible(&advisory.id),
        severity: severity_label(advisory.severity.into()),
        evr: visible(&advisory.evr),
        reference: fact_text(reference),
        distribution: fact_text(distribution),
        lag: lag_or_reason(lag),
        state: state_mark(state),
        as_of: as_of
            .filter(|_| state != FixState::Announced)
            .map(|made| format!("as of {}", day(made.0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{DateSourceName, DayRecord, FixStateName, SeverityName};

    #[test]
    fn a_line_says_what_the_document_says() {
        let day = |day, source| Some(DayRecord { day, source });
        let advisory = PackageAdvisory {
            id: "ALSA-2026:0001".to_owned(),
            severity: SeverityName::Unrated,
            state: FixStateName::Announced,
            evr: "1-1.el9".to_owned(),
            counterpart: Some("RHSA-2026:0001".to_owned()),
            reference: day(20_635, DateSourceName::Issued),
            distribution: day(20_637, DateSourceName::Updated),
        };
        let found = line(&advisory, None);
        assert_eq!(found.reference.replace('\u{a0}', " "), "1 Jul 2026");
        assert_eq!(found.distribution.replace('\u{a0}', " "), "by 3 Jul 2026");
        assert_eq!(found.lag.replace('\u{a0}', " "), "≤ 2 days later");
        assert_eq!(
            (found.severity, found.state.word),
            ("not rated", "advisory")
        );
    }

    #[test]
    fn a_state_that_may_be_another_since_says_of_which_day_it_is() {
        let made = PointInTime("2026-07-06T04:10:00Z".parse().unwrap());
        let check = |state, as_of, expected: Option<&str>| {
            let advisory = PackageAdvisory {
                id: "RHSA-2026:0001".to_owned(),
                severity: SeverityName::Unrated,
                state,
                evr: "1-1.el9".to_owned(),
                counterpart: None,
                reference: None,
                distribution: None,
            };
            let found = line(&advisory, as_of).as_of;
            let found = found.map(|found| found.replace('\u{a0}', " "));
            assert_eq!(found.as_deref(), expected);
        };
        check(FixStateName::Open, None, None);
        check(FixStateName::Open, Some(made), Some("as of 6 Jul 2026"));
        check(FixStateName::Announced, Some(made), None);
    }
}
