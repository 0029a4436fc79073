//! Finds what became of packages from one snapshot to a later one.

use crate::domain::{Outcome, Standing, Transition};

/// How one package stands on each architecture of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PackageStandings {
    /// The source package.
    pub package: String,
    /// Its standings by the architecture's name, in the order of the report; also where neither side lists it.
    pub on: Vec<(String, Standing)>,
}

/// Whether a reader is told something else of a package: another verdict, cause or reason. Better evidence alone is no transition.
pub fn is_transition(before: Option<&Outcome>, after: Option<&Outcome>) -> bool {
    let told = |outcome: Option<&Outcome>| {
        outcome.map(|outcome| (outcome.verdict, outcome.cause, outcome.not_compared))
    };
    told(before) != told(after)
}

/// The transitions of one package; those alike on several architectures are one.
pub fn transitions_of(before: &PackageStandings, after: &PackageStandings) -> Vec<Transition> {
    let nothing = Standing::default();
    let mut transitions: Vec<Transition> = Vec::new();
    for (architecture, standing) in architectures(before, after) {
        let earlier = standing_on(before, &architecture).unwrap_or(&nothing);
        let later = standing.unwrap_or(&nothing);
        if !is_transition(earlier.outcome.as_ref(), later.outcome.as_ref()) {
            continue;
        }
        let alike = transitions
            .iter_mut()
            .find(|transition| transition.before == *earlier && transition.after == *later);
        match alike {
            Some(transition) => transition.architectures.push(architecture),
            None => transitions.push(Transition {
                package: after.package.clone(),
                architectures: vec![architecture],
                before: earlier.clone(),
                after: later.clone(),
            }),
        }
    }
    transitions
}

/// All architectures of both, with the later standing.
fn architectures<'a>(
    before: &'a PackageStandings,
    after: &'a PackageStandings,
) -> impl Iterator<Item = (String, Option<&'a Standing>)> {
    let later = after
        .on
        .iter()
        .map(|(architecture, standing)| (architecture.clone(), Some(standing)));
    let gone = before
        .on
        .iter()
        .filter(|(architecture, _)| standing_on(after, architecture).is_none())
        .map(|(architecture, _)| (architecture.clone(), None));
    later.chain(gone)
}

fn standing_on<'a>(standings: &'a PackageStandings, architecture: &str) -> Option<&'a Standing> {
    let found = standings.on.iter().find(|(name, _)| name == architecture);
    found.map(|(_, standing)| standing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        Cause, Evidence, Presence, SideChange, SourceState, Verdict, VersionRelation,
    };

    fn matched(evr: &str) -> Standing {
        standing(Verdict::Matched, None, VersionRelation::Same, evr, evr)
    }

    fn behind(distribution: &str, reference: &str) -> Standing {
        let cause = Some(Cause::UpdatePending);
        standing(
            Verdict::Diverging,
            cause,
            VersionRelation::Behind,
            distribution,
            reference,
        )
    }

    fn standing(
        verdict: Verdict,
        cause: Option<Cause>,
        version: VersionRelation,
        distribution: &str,
        reference: &str,
    ) -> Standing {
        Standing {
            outcome: Some(Outcome {
                presence: Presence::Both,
                version: Some(version),
                source: SourceState::Unknown,
                verdict,
                cause,
                evidence: Some(Evidence::Inferred),
                not_compared: None,
            }),
            distribution: Some(distribution.to_owned()),
            reference: Some(reference.to_owned()),
            ..Standing::default()
        }
    }

    fn package(on: &[(&str, Standing)]) -> PackageStandings {
        PackageStandings {
            package: "bash".to_owned(),
            on: on
                .iter()
                .map(|(name, standing)| ((*name).to_owned(), standing.clone()))
                .collect(),
        }
    }

    fn check(
        before: &PackageStandings,
        after: &PackageStandings,
        expected: &[(&str, SideChange, SideChange)],
    ) {
        let found = transitions_of(before, after);
        let found: Vec<_> = found
            .iter()
            .map(|transition| {
                (
                    transition.architectures.join(" "),
                    transition.distribution(),
                    transition.reference(),
                )
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(names, ours, theirs)| ((*names).to_owned(), *ours, *theirs))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_update_of_either_side_is_told_with_who_made_it() {
        use SideChange::{Added, Removed, Unchanged, Updated};
        let (same, late) = (matched("5.1-1"), behind("5.1-1", "5.1-2"));
        let both = |standing: &Standing| {
            package(&[("x86_64", standing.clone()), ("aarch64", standing.clone())])
        };
        check(
            &both(&same),
            &both(&late),
            &[("x86_64 aarch64", Unchanged, Updated)],
        );
        check(
            &both(&late),
            &both(&matched("5.1-2")),
            &[("x86_64 aarch64", Updated, Unchanged)],
        );
        check(&both(&same), &both(&matched("5.1-2")), &[]);
        check(
            &package(&[]),
            &both(&same),
            &[("x86_64 aarch64", Added, Added)],
        );
        check(
            &both(&same),
            &package(&[]),
            &[("x86_64 aarch64", Removed, Removed)],
        );
        let one = package(&[("x86_64", same.clone()), ("aarch64", late)]);
        check(&both(&same), &one, &[("aarch64", Unchanged, Updated)]);
    }

    #[test]
    fn better_evidence_is_no_transition() {
        let proven = Standing {
            outcome: matched("1-1").outcome.map(|outcome| Outcome {
                evidence: Some(Evidence::Proven),
                ..outcome
            }),
            ..matched("1-1")
        };
        check(
            &package(&[("x86_64", matched("1-1"))]),
            &package(&[("x86_64", proven)]),
            &[],
        );
    }
}
