//! The advisories of one package, as its page lists them.

use super::words::{fact_text, lag_or_reason, severity_label, state_mark};
use crate::domain::{DatedFact, FixState, lag_of};
use crate::presentation::hidden_characters::visible;
use crate::presentation::words::Mark;
use crate::report::{Package, PackageAdvisory};

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
}

/// The lines, the newest first.
pub fn package_advisories(package: &Package) -> Vec<PackageAdvisoryLine> {
    package.advisories.iter().map(line).collect()
}

fn line(advisory: &PackageAdvisory) -> PackageAdvisoryLine {
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
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{DateSourceName, DayRecord, FixStateName, SeverityName};

    #[test]
    fn a_line_says_what_the_document_says() {
        let day = |day, source| Some(DayRecord { day, source });
        let found = line(&PackageAdvisory {
            id: "ALSA-2026:0001".to_owned(),
            severity: SeverityName::Unrated,
            state: FixStateName::Announced,
            evr: "1-1.el9".to_owned(),
            counterpart: Some("RHSA-2026:0001".to_owned()),
            reference: day(20_635, DateSourceName::Issued),
            distribution: day(20_637, DateSourceName::Updated),
        });
        assert_eq!(found.reference.replace('\u{a0}', " "), "1 Jul 2026");
        assert_eq!(found.distribution.replace('\u{a0}', " "), "by 3 Jul 2026");
        assert_eq!(found.lag.replace('\u{a0}', " "), "≤ 2 days later");
        assert_eq!(
            (found.severity, found.state.word),
            ("not rated", "advisory")
        );
    }
}
