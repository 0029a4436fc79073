//! The days of one advisory, in their order, each with where it is known from.

use super::SecurityRow;
use super::words::{fact_text, holding_sentence, source_sentence};
use crate::domain::{AdvisoryId, Counterpart, DatedFact, FixState, PairBasis};
use crate::presentation::hidden_characters::visible;
use crate::report::{NamedAdvisoryRecord, Security, SideName, is_http_address};

/// One step of a fix on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What happened.
    pub what: String,
    /// When, in words.
    pub when: String,
    /// Where the day is known from, or why none is.
    pub source: String,
}

/// The steps: those whose days are known in the order of the days, then the others.
pub fn timeline(row: &SecurityRow, distribution: &str, reference: &str) -> Vec<Step> {
    let clock = &row.clock;
    let told = |fact: Option<DatedFact>, why: String| {
        fact.map_or(why, |fact| source_sentence(fact.source).to_owned())
    };
    // Of the snapshots from before the advisory only the nearest are looked through.
    let untested = "None of the snapshots that were looked through saw all of the fix in the repository of packages in testing; those from long before the advisory are not.";
    let tested = clock.testing.map(|fact| holding_sentence(fact.source));
    let mut facts: Vec<(String, Option<DatedFact>, String)> = vec![
        (
            "Vulnerability disclosed".to_owned(),
            clock.disclosed,
            told(
                clock.disclosed,
                "None of the inputs says when it became public.".to_owned(),
            ),
        ),
        (
            match &clock.counterpart {
                Some(known) => format!("{reference}: {}", known.id),
                None => format!("{reference}’s advisory"),
            },
            clock.reference,
            told(
                clock.reference,
                format!("None of the inputs says when {reference} issued it."),
            ),
        ),
        (
            format!("In {distribution}’s Testing"),
            clock.testing,
            tested.unwrap_or(untested).to_owned(),
        ),
    ];
    // The state itself says that the fix is not there.
    let older = match clock.state {
        FixState::Open => Some("Its repositories have an older version."),
        FixState::InTesting => Some("Its other repositories have an older version."),
        _ => None,
    };
    let without_advisory = format!("In {distribution}, without an advisory");
    let (what, why) = match clock.state {
        FixState::Announced => (
            format!("{distribution}: {}", clock.id),
            format!(
                "The date in {distribution}’s advisory may be {reference}’s, and nothing later shows when it was there."
            ),
        ),
        FixState::FixedWithoutAdvisory => (
            without_advisory.clone(),
            "It was there at this report; no earlier one tells since when.".to_owned(),
        ),
        _ => (
            format!("In {distribution}"),
            "Whether it is there cannot be told.".to_owned(),
        ),
    };
    if let Some(fact) = clock.in_repositories {
        let source = holding_sentence(fact.source).to_owned();
        facts.push((without_advisory.clone(), Some(fact), source));
    }
    let source = match (clock.state, clock.distribution) {
        (FixState::FixedWithoutAdvisory, Some(fact)) => holding_sentence(fact.source).to_owned(),
        (_, fact) => told(fact, why),
    };
    if older.is_none() {
        facts.push((what, clock.distribution, source));
    }
    // A stable sort keeps the usual order among steps of one day, and puts unknown days last.
    facts.sort_by_key(|(_, fact, _)| fact.map_or(i64::MAX, |fact| fact.day));
    let steps = facts.into_iter().map(|(what, fact, source)| Step {
        what,
        when: fact_text(fact),
        source,
    });
    let not_yet = older.map(|older| Step {
        what: format!("In {distribution}"),
        when: "not yet".to_owned(),
        source: older.to_owned(),
    });
    steps.chain(not_yet).collect()
}

/// Why an advisory is measured against the one that it is measured against. Where it names several, these are `named`, the first
/// issued first.
pub fn basis_sentence(
    counterpart: &Counterpart,
    named: &[NamedAdvisoryRecord],
    reference: &str,
) -> String {
    let id = &counterpart.id;
    match counterpart.basis {
        PairBasis::SameNumber => format!("It takes over {reference}’s {id}, whose number it has."),
        PairBasis::Named if named.len() > 1 => {
            let days = named.iter().map(|named| {
                let day = fact_text(named.issued.map(DatedFact::from));
                format!("{} ({day})", visible(&named.id))
            });
            let days = days.collect::<Vec<_>>().join(", ");
            let counts = match named.iter().any(|named| named.issued.is_some()) {
                true => "the earliest of these days counts",
                false => "the day of none of them is known",
            };
            format!("It names {reference}’s {days}: {counts}.")
        }
        PairBasis::Named => {
            format!("It names {reference}’s {id}, the first of those that it names.")
        }
        PairBasis::SharedVulnerability => format!(
            "It is measured against {reference}’s {id}, the first that corrects one of its vulnerabilities in one of its packages."
        ),
    }
}

/// The pages of an advisory on either side, each with a label; http(s) addresses alone.
pub fn pages_of(row: &SecurityRow, document: &Security) -> Vec<(String, String)> {
    let clock = &row.clock;
    let page = |side: SideName, id: &AdvisoryId| {
        let mut inputs = document.inputs.iter().filter(|input| input.side == side);
        let pattern = inputs.find_map(|input| input.page.as_ref())?;
        let address = page_address(pattern, &id.to_string());
        is_http_address(&address).then(|| (id.to_string(), address))
    };
    let counterpart = clock.counterpart.as_ref().map(|known| &known.id);
    let (own, reference) = match clock.state {
        FixState::Announced => (Some(&clock.id), counterpart),
        _ => (None, Some(&clock.id)),
    };
    let own = own.and_then(|id| page(SideName::Distribution, id));
    let reference = reference.and_then(|id| page(SideName::Reference, id));
    own.into_iter().chain(reference).collect()
}

/// The address of an advisory's page, of the pattern of an input.
pub fn page_address(pattern: &str, id: &str) -> String {
    pattern
        .replace("{id-with-dash}", &id.replace(':', "-"))
        .replace("{id}", id)
}
