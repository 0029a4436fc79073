//! How packages stand in a report, as the domain knows it, and what became of them from one report to a later one.

use super::{Compatibility, OutcomeRecord, SideName};
use crate::analysis::{PackageStandings, is_transition, transitions_of};
use crate::domain::{
    Evidence, NotComparedReason, Outcome, Presence, Standing, Transition, Verdict,
};

impl Compatibility {
    /// The names of its architectures, in order.
    pub fn architecture_names(&self) -> impl Iterator<Item = &str> {
        self.architectures
            .iter()
            .map(|architecture| architecture.name.as_str())
    }

    /// How a package stands on those of the wanted architectures that the report has. A report of an older Almanac has one version
    /// of each side, that on the first architecture that has the package. Where another outcome was found, the versions there may
    /// be others: they are not known, and left empty.
    pub fn standings(&self, name: &str, wanted: &[&str]) -> PackageStandings {
        let table = &self.packages;
        let row = table.row_of(name);
        let outcomes = || {
            let mut outcomes = row.map(|row| table.outcomes_of(row)).into_iter().flatten();
            self.architecture_names().map(move |architecture| {
                let record: Option<&OutcomeRecord> = outcomes.next().flatten();
                (architecture, record.map(|&record| Outcome::from(record)))
            })
        };
        let others_are_told = table.other_versions.is_some();
        let has = |outcome: &Outcome, side: Presence| {
            outcome.presence == Presence::Both || outcome.presence == side
        };
        let version = |evr: &str, side: Presence, outcome: &Outcome| {
            let mut found = outcomes().filter_map(|(_, outcome)| outcome);
            let first = found.find(|outcome| has(outcome, side));
            has(outcome, side).then(|| {
                if others_are_told || first.as_ref() == Some(outcome) {
                    evr.to_owned()
                } else {
                    String::new()
                }
            })
        };
        let standing = |position: usize, architecture: &str, outcome: Option<Outcome>| {
            let evrs = row.map(|row| table.evrs_on(row, position));
            let known = outcome.as_ref().zip(evrs);
            let distribution =
                known.and_then(|(outcome, [evr, _])| version(evr, Presence::Extra, outcome));
            let reference =
                known.and_then(|(outcome, [_, evr])| version(evr, Presence::Missing, outcome));
            let reason = outcome.and_then(|outcome| outcome.not_compared);
            let is_unreadable = reason == Some(NotComparedReason::Unreadable);
            let untold = |side| is_unreadable || !self.is_complete(side, architecture);
            Standing {
                distribution_untold: distribution.is_none() && untold(SideName::Distribution),
                reference_untold: reference.is_none()
                    && (untold(SideName::Reference)
                        || reason == Some(NotComparedReason::NoReferenceArchitecture)),
                outcome,
                distribution,
                reference,
            }
        };
        let on = outcomes().enumerate();
        let on = on.filter(|(_, (architecture, _))| wanted.contains(architecture));
        PackageStandings {
            package: name.to_owned(),
            on: on
                .map(|(position, (architecture, outcome))| {
                    let standing = standing(position, architecture, outcome);
                    (architecture.to_owned(), standing)
                })
                .collect(),
        }
    }

    /// Whether all lists of a side for an architecture have all that there is.
    fn is_complete(&self, side: SideName, architecture: &str) -> bool {
        let mut sources = self.sources.iter();
        sources.all(|source| {
            source.complete || source.side != side || source.architecture != architecture
        })
    }

    /// The packages that diverge on any architecture, in the order of the table, with their rows.
    pub fn diverging(&self) -> impl Iterator<Item = (usize, &str)> {
        let rows = self.packages.names.iter().enumerate();
        rows.filter(|(row, _)| {
            let mut outcomes = self.packages.outcomes_of(*row).flatten();
            outcomes.any(|outcome| Verdict::from(outcome.verdict) == Verdict::Diverging)
        })
        .map(|(row, name)| (row, name.as_str()))
    }

    /// How many source packages have a verdict that is founded on more than versions, on each architecture that was compared.
    pub fn reviewed(&self) -> u32 {
        let rows = 0..self.packages.names.len();
        let is_reviewed = |row: &usize| {
            let outcomes = self.packages.outcomes_of(*row).flatten();
            let grades = outcomes.filter_map(|outcome| outcome.evidence.map(Evidence::from));
            grades.min().is_some_and(|least| least > Evidence::Inferred)
        };
        rows.filter(is_reviewed).count() as u32
    }

    fn outcome_on(&self, name: &str, architecture: &str) -> Option<Outcome> {
        let row = self.packages.row_of(name)?;
        let position = self
            .architecture_names()
            .position(|name| name == architecture)?;
        let outcome = self.packages.outcomes_of(row).nth(position)?;
        outcome.map(|&record: &OutcomeRecord| record.into())
    }
}

/// The transitions between two reports of one release on some architectures, in the order of the packages' names.
pub fn transitions_between(
    before: &Compatibility,
    after: &Compatibility,
    architectures: &[&str],
) -> Vec<Transition> {
    let mut names: Vec<&String> = before
        .packages
        .names
        .iter()
        .chain(&after.packages.names)
        .collect();
    names.sort();
    names.dedup();
    let compare = |name: &String| {
        // Nearly all stay as they are, which two rows of the tables tell sooner than two standings.
        let changed = |architecture: &&str| {
            let (then, now) = (
                before.outcome_on(name, architecture),
                after.outcome_on(name, architecture),
            );
            is_transition(then.as_ref(), now.as_ref())
        };
        if !architectures.iter().any(changed) {
            return Vec::new();
        }
        transitions_of(
            &before.standings(name, architectures),
            &after.standings(name, architectures),
        )
    };
    names.into_iter().flat_map(compare).collect()
}

/// How the packages that diverge on some architectures stand there when these are first looked at: transitions from nothing.
pub fn diverging_at_first(report: &Compatibility, architectures: &[&str]) -> Vec<Transition> {
    let of_package = |(_, name): (usize, &str)| {
        let mut standings = report.standings(name, architectures);
        standings.on.retain(|(_, standing)| {
            let outcome = standing.outcome;
            outcome.is_some_and(|outcome| outcome.verdict == Verdict::Diverging)
        });
        transitions_of(&PackageStandings::default(), &standings)
    };
    report.diverging().flat_map(of_package).collect()
}
