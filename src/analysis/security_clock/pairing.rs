//! Which of the reference's advisories those of the distribution are measured against.

use super::{Advisory, ClockInputs, Merged, MirroredId, owned};
use crate::domain::{AdvisoryId, Counterpart, DateSource, DatedFact, Evr, PairBasis};
use std::collections::{BTreeMap, BTreeSet};

/// An advisory of the reference that one of the distribution's names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAdvisory {
    /// Its name.
    pub id: AdvisoryId,
    /// When it was issued, where that is known.
    pub issued: Option<DatedFact>,
}

/// Finds the reference's advisories, and when they were issued.
pub(super) struct Pairing<'a> {
    by_mirrored: BTreeMap<MirroredId, &'a AdvisoryId>,
    /// The earliest day of several counts.
    pub issued: BTreeMap<&'a AdvisoryId, BTreeSet<DatedFact>>,
    /// By vulnerability and source package, the first issued first, and those of which the day is not known last.
    by_vulnerability: BTreeMap<(&'a str, String), BTreeSet<(i64, &'a AdvisoryId)>>,
}

impl<'a> Pairing<'a> {
    pub fn new(inputs: &'a ClockInputs<'_>, reference: &'a BTreeMap<AdvisoryId, Merged>) -> Self {
        let listed = inputs.reference_dates.iter();
        let listed = listed.map(|(id, date)| (id, DatedFact::of(*date, DateSource::ListedIssue)));
        let stated = inputs.reference.iter().filter_map(|advisory| {
            let fact = DatedFact::of(advisory.issued?, DateSource::Issued);
            Some((&advisory.id, fact))
        });
        let mut issued: BTreeMap<_, BTreeSet<DatedFact>> = BTreeMap::new();
        for (id, fact) in listed.chain(stated) {
            issued.entry(id).or_default().insert(fact);
        }
        let mut by_vulnerability: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (id, known) in reference {
            let day = day_of(&issued, id);
            let packages = inputs.holdings.sources_of(&known.advisory.packages);
            for (package, _) in packages {
                for cve in &known.advisory.cves {
                    by_vulnerability
                        .entry((cve.as_str(), package.clone()))
                        .or_default()
                        .insert((day, id));
                }
            }
        }
        Self {
            by_mirrored: reference
                .keys()
                .chain(issued.keys().copied())
                .map(|id| (owned(id), id))
                .collect(),
            issued,
            by_vulnerability,
        }
    }

    /// The advisory of the reference that one of the distribution's is measured against.
    pub fn counterpart(
        &self,
        advisory: &Advisory,
        packages: &[(String, Evr)],
    ) -> Option<Counterpart> {
        if !advisory.id.is_own() {
            let mut mirrored = others(advisory).filter(|id| id.mirrors(&advisory.id));
            let known = self.by_mirrored.get(&owned(&advisory.id)).copied();
            return known.or(mirrored.next()).map(|id| Counterpart {
                id: id.clone(),
                basis: PairBasis::SameNumber,
            });
        }
        if let Some(first) = self.named(advisory).into_iter().next() {
            return Some(Counterpart {
                id: first.id,
                basis: PairBasis::Named,
            });
        }
        let sharing = advisory.cves.iter().flat_map(|cve| {
            packages.iter().filter_map(|(package, _)| {
                let known = self
                    .by_vulnerability
                    .get(&(cve.as_str(), package.clone()))?;
                known.first()
            })
        });
        sharing.min().map(|(_, id)| Counterpart {
            id: (*id).clone(),
            basis: PairBasis::SharedVulnerability,
        })
    }

    /// The advisories of the reference that one of the distribution's names, the first issued first; one of which the day is not
    /// known is named all the same, after the others.
    pub fn named(&self, advisory: &Advisory) -> Vec<NamedAdvisory> {
        let named = others(advisory).map(|id| (day_of(&self.issued, id), id));
        let named: BTreeSet<(i64, &AdvisoryId)> = named.collect();
        let named = named.into_iter().map(|(_, id)| NamedAdvisory {
            id: id.clone(),
            issued: self.issued.get(id).and_then(BTreeSet::first).copied(),
        });
        named.collect()
    }
}

/// The advisories of others that one names.
fn others(advisory: &Advisory) -> impl Iterator<Item = &AdvisoryId> {
    let named = advisory.named.iter();
    named.filter(|id| id.vendor != advisory.id.vendor)
}

/// The day on which an advisory was issued; after all others where it is not known.
fn day_of(issued: &BTreeMap<&AdvisoryId, BTreeSet<DatedFact>>, id: &AdvisoryId) -> i64 {
    let fact = issued.get(id).and_then(BTreeSet::first);
    fact.map_or(i64::MAX, |fact| fact.day)
}
