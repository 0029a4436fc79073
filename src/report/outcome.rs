//! An outcome as the format writes it.

use super::vocabulary::{
    CauseName, EvidenceName, NotComparedName, PresenceName, SourceStateName, VerdictName,
    VersionRelationName,
};
use crate::domain::Outcome;
use serde::{Deserialize, Serialize};

/// Mirrors [`Outcome`]; what is not there is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct OutcomeRecord {
    /// The verdict.
    pub verdict: VerdictName,
    /// Why it diverges; there exactly when it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<CauseName>,
    /// The grade of evidence; there exactly when it was compared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceName>,
    /// Why it was not compared; there exactly when it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_compared: Option<NotComparedName>,
    /// Where it is found.
    pub presence: PresenceName,
    /// The relation of the versions; there when it is in both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<VersionRelationName>,
    /// What is known of the source.
    pub source: SourceStateName,
}

impl OutcomeRecord {
    /// Whether cause, evidence and reason are there exactly when the verdict demands them.
    pub fn check(&self) -> Result<(), String> {
        let diverging = self.verdict == VerdictName::Diverging;
        let compared = self.verdict != VerdictName::NotCompared;
        let consistent = self.cause.is_some() == diverging
            && self.evidence.is_some() == compared
            && self.not_compared.is_some() != compared
            && self.version.is_some() == (self.presence == PresenceName::Both);
        consistent
            .then_some(())
            .ok_or_else(|| format!("the outcome {self:?} contradicts itself"))
    }
}

impl From<Outcome> for OutcomeRecord {
    fn from(outcome: Outcome) -> Self {
        Self {
            verdict: outcome.verdict.into(),
            cause: outcome.cause.map(Into::into),
            evidence: outcome.evidence.map(Into::into),
            not_compared: outcome.not_compared.map(Into::into),
            presence: outcome.presence.into(),
            version: outcome.version.map(Into::into),
            source: outcome.source.into(),
        }
    }
}

impl From<OutcomeRecord> for Outcome {
    fn from(record: OutcomeRecord) -> Self {
        Self {
            presence: record.presence.into(),
            version: record.version.map(Into::into),
            source: record.source.into(),
            verdict: record.verdict.into(),
            cause: record.cause.map(Into::into),
            evidence: record.evidence.map(Into::into),
            not_compared: record.not_compared.map(Into::into),
        }
    }
}
