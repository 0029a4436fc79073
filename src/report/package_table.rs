//! The columnar table of a release's source packages: equal things are written once, so that it stays small.

use super::abi::AbiOutcomeRecord;
use super::limits;
use super::outcome::OutcomeRecord;
use serde::{Deserialize, Serialize};

/// One row per source package, sorted by name; a row is the same position in every column.
///
/// What was found on the architectures is written in two steps: `outcomes` holds each outcome once, `patterns` holds
/// each combination of outcomes over the architectures once, and `pattern` names one of those for each row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct PackageTable {
    /// The outcomes that occur.
    pub outcomes: Vec<OutcomeRecord>,
    /// The combinations that occur: for each architecture the index of an outcome, or null where neither side has the
    /// package.
    pub patterns: Vec<Vec<Option<u32>>>,
    /// The names of the repositories.
    pub repositories: Vec<String>,
    /// The names of the origins of sources.
    pub origins: Vec<String>,
    /// Column: names, sorted.
    pub names: Vec<String>,
    /// Column: the distribution's EVR on the first architecture that has it; empty where none has.
    pub distribution: Vec<String>,
    /// Column: the reference's EVR likewise; `=` where it is the distribution's to the letter.
    pub reference: Vec<String>,
    /// The EVRs on architectures where a side has another than the column says, sorted by row; absent in reports of an older
    /// Almanac, which do not tell whether there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_versions: Option<Vec<OtherVersions>>,
    /// Column: index of a pattern.
    pub pattern: Vec<u32>,
    /// Column: index of the repository; null where the distribution does not have the package.
    pub repository: Vec<Option<u32>>,
    /// Column: index of the origin; null where it is not known.
    pub origin: Vec<Option<u32>>,
    /// Why rows diverge, where it is known.
    pub reasons: Vec<Reason>,
    /// The outcomes of comparing binary interfaces that occur; none where these were not read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub abi_outcomes: Vec<AbiOutcomeRecord>,
    /// The combinations of them that occur, as in `patterns`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub abi_patterns: Vec<Vec<Option<u32>>>,
    /// Column: index of such a combination; without any entry where binary interfaces were not read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub abi: Vec<u32>,
}

/// The EVRs of one package on architectures where a side has another than the columns of the table say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct OtherVersions {
    /// The row.
    pub row: u32,
    /// The architectures, by their position in the report.
    pub architectures: Vec<u32>,
    /// The distribution's EVR there; absent where it has that of the column, or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<String>,
    /// The reference's EVR likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// Why one package diverges, in one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "publish", derive(schemars::JsonSchema))]
pub struct Reason {
    /// The row.
    pub row: u32,
    /// The sentence.
    pub text: String,
}

impl PackageTable {
    /// The reference's EVR in a row, with `=` resolved; empty where it has none or there is no such row.
    pub fn reference_evr(&self, row: usize) -> &str {
        match self.reference.get(row).map(String::as_str) {
            Some("=") => self.distribution.get(row).map_or("", String::as_str),
            other => other.unwrap_or(""),
        }
    }

    /// The EVRs of the distribution and the reference in a row on one architecture, given by its position. Of a side that does not
    /// have the package there they say nothing; nor where another outcome was found there and `other_versions` is absent.
    pub fn evrs_on(&self, row: usize, architecture: usize) -> [&str; 2] {
        let mut others = self.other_versions.iter().flatten();
        let others = others.find(|others| {
            others.row as usize == row && others.architectures.contains(&(architecture as u32))
        });
        let other = |side: fn(&OtherVersions) -> Option<&String>| others.and_then(side);
        let of_row = self.distribution.get(row).map_or("", String::as_str);
        [
            other(|others| others.distribution.as_ref()).map_or(of_row, String::as_str),
            other(|others| others.reference.as_ref())
                .map_or_else(|| self.reference_evr(row), String::as_str),
        ]
    }

    /// The outcomes of a row in the order of the architectures; empty where there is no such row.
    pub fn outcomes_of(&self, row: usize) -> impl Iterator<Item = Option<&OutcomeRecord>> {
        let pattern = self
            .pattern
            .get(row)
            .and_then(|&pattern| self.patterns.get(pattern as usize));
        pattern
            .into_iter()
            .flatten()
            .map(|outcome| outcome.and_then(|index| self.outcomes.get(index as usize)))
    }

    /// What became of the binary interface of a row in the order of the architectures; empty where that was not read.
    pub fn abi_outcomes_of(&self, row: usize) -> impl Iterator<Item = Option<&AbiOutcomeRecord>> {
        let pattern = self
            .abi
            .get(row)
            .and_then(|&pattern| self.abi_patterns.get(pattern as usize));
        pattern
            .into_iter()
            .flatten()
            .map(|outcome| outcome.and_then(|index| self.abi_outcomes.get(index as usize)))
    }

    /// The row of a package.
    pub fn row_of(&self, name: &str) -> Option<usize> {
        self.names
            .binary_search_by(|row| row.as_str().cmp(name))
            .ok()
    }

    /// Whether all columns have one length and all indices and rows exist.
    pub fn check(&self, architectures: usize) -> Result<(), String> {
        let rows = self.names.len();
        limits::within("packages", rows, limits::PACKAGES)?;
        let lengths = [
            self.distribution.len(),
            self.reference.len(),
            self.pattern.len(),
            self.repository.len(),
            self.origin.len(),
        ];
        let abi_is_whole = self.abi.is_empty() || self.abi.len() == rows;
        if !abi_is_whole || lengths.iter().any(|&length| length != rows) {
            return Err("the columns of the package table differ in length".to_owned());
        }
        let others = self.other_versions.as_ref().map_or(0, Vec::len);
        limits::within("other versions", others, rows * architectures)?;
        if !self.names.is_sorted_by(|left, right| left < right) {
            return Err(
                "the names of the package table are not sorted, or one stands twice".to_owned(),
            );
        }
        if let Some(name) = self
            .names
            .iter()
            .find(|name| name.is_empty() || name.chars().count() > limits::NAME_CHARACTERS)
        {
            return Err(format!("“{name}” is too short or too long for a name"));
        }
        if self
            .patterns
            .iter()
            .chain(&self.abi_patterns)
            .any(|pattern| pattern.len() != architectures)
        {
            return Err("a pattern does not have one outcome for each architecture".to_owned());
        }
        let exists = |index: &u32, length: usize| (*index as usize) < length;
        let mut others = self.other_versions.iter().flatten();
        let others_exist = others.all(|others| {
            let mut positions = others.architectures.iter();
            exists(&others.row, rows) && positions.all(|position| exists(position, architectures))
        });
        let sound = others_exist
            && self
                .pattern
                .iter()
                .all(|index| exists(index, self.patterns.len()))
            && self
                .patterns
                .iter()
                .flatten()
                .flatten()
                .all(|index| exists(index, self.outcomes.len()))
            && self
                .repository
                .iter()
                .flatten()
                .all(|index| exists(index, self.repositories.len()))
            && self
                .origin
                .iter()
                .flatten()
                .all(|index| exists(index, self.origins.len()))
            && self
                .abi
                .iter()
                .all(|index| exists(index, self.abi_patterns.len()))
            && self
                .abi_patterns
                .iter()
                .flatten()
                .flatten()
                .all(|index| exists(index, self.abi_outcomes.len()))
            && self.reasons.iter().all(|reason| exists(&reason.row, rows));
        if !sound {
            return Err("the package table points at something that is not there".to_owned());
        }
        self.outcomes.iter().try_for_each(OutcomeRecord::check)?;
        self.abi_outcomes
            .iter()
            .try_for_each(AbiOutcomeRecord::check)
    }
}
